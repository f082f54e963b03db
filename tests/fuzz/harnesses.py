"""One harness for each layer: it takes any bytes, and raises where the program does what it should not.

What a layer may raise is a `SummarizeError`, or a `click.UsageError` for settings, with one line. A `ValueError` is for
programmers, so no input may lead to one.
"""

import io
import json
import tempfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import click
import numpy as np
from fakes import FakeGrammar, FakeJudge
from models import random_model

from summarize.cli import main
from summarize.command.coprocess import serve
from summarize.command.option import Option
from summarize.command.screens import options_of
from summarize.command.settings_file import checked, read_toml
from summarize.command.work import Job, JobRunner
from summarize.config import SelectionConfig
from summarize.decide.fusion import fuse_sentences
from summarize.decide.shortening import find_shorter_forms
from summarize.document import LANGUAGES, Document, Source
from summarize.errors import SummarizeError
from summarize.formats.table import FORMATS, Format
from summarize.formats.view import PLAIN_VIEW
from summarize.inputs.door import read_bytes
from summarize.inputs.table import SOURCE_FORMATS, Options
from summarize.network.scorer import NetworkScorer
from summarize.network.storage import FILES, SETTINGS_FILE, load_model, save_model
from summarize.pipeline import summarize_text
from summarize.text.documents import as_document
from summarize.text.pieces import make_whole_draft
from summarize.text.segmentation import find_sentences
from summarize.text.tokenization import tokenize
from summarize.text.word_lists import read_lexicon

MAX_CHARS = 20_000  # of what is summarized: more of the same finds nothing else
SUFFIXES = ("", ".txt", ".md", ".html", ".tex", ".json", ".csv", ".srt", ".eml", ".ipynb", ".docx", ".pptx", ".pdf")
WISHES: tuple[Mapping[str, Any], ...] = (
    {},
    {"sentences": 2},
    {"chars": 30},
    {"words": 15},
    {"ratio": 0.3, "order": "salience"},
    {"length": "long", "keywords": 5},
    {"title": True, "chars": 60},
    {"by_heading": True},
    {"query": "what did the river do 河水"},
    {"language": "zh", "fuse": False},
    {"language": "en", "compress": False, "words": 40},
)
_LENIENT = SelectionConfig(
    least_good=1e-6, least_good_end=1e-6, most_false=1, least_good_fused=1e-6, most_false_fused=1
)


@contextmanager
def only_one_line() -> Iterator[None]:
    """Let nothing pass but a clear error of one line, which is no fault."""
    try:
        yield
    except (SummarizeError, click.UsageError) as error:
        message = error.format_message() if isinstance(error, click.UsageError) else str(error)
        if len(message.splitlines()) != 1:
            raise AssertionError(f"the message has several lines, or none: {message!r}") from error


@cache
def scorer() -> NetworkScorer:
    """A small network whose numbers are drawn at random."""
    return NetworkScorer(random_model(1))


def check_source(source: Source) -> None:
    """Raise AssertionError if what was read breaks a promise of `Source`."""
    size = len(source.text)
    for text in (source.text, source.name, source.title or "", *source.warnings):
        text.encode()
        assert "\0" not in text
    assert all(len(line.splitlines()) == 1 for line in (*source.warnings, source.name) if line)
    starts = [part.start for part in source.parts]
    assert starts == sorted(starts)
    assert all(0 <= part.start <= part.end <= size for part in source.parts)
    assert all(0 <= place.start <= size for place in source.places)
    assert all(0 <= start <= end <= size for start, end in source.speakers)


def read(data: bytes) -> list[Source]:
    """Return the texts of bytes whose first two say by which format and suffix they are read; none if refused."""
    choice, rest = (data[:2] + b"\0\0")[:2], data[2:]
    source_format = (None, *SOURCE_FORMATS)[choice[0] % (len(SOURCE_FORMATS) + 1)]
    suffix = SUFFIXES[choice[1] % len(SUFFIXES)]
    if source_format == "pdf" or (source_format is None and b"%PDF" in rest[:1100]):
        return []  # which is read in a process of its own; `damaged` copies test that
    with only_one_line():
        sources = read_bytes(rest, Options(name=f"a{suffix}", suffix=suffix), source_format=source_format)
        assert sources
        return sources
    return []


def readers(data: bytes) -> None:
    """Read bytes of any format."""
    for source in read(data):
        check_source(source)


def everything(data: bytes) -> None:
    """Read, summarize and print; the third byte says what is asked for, and in which format it is printed."""
    format_number, wish = divmod((data[2:3] or b"\0")[0], len(WISHES))
    for source in read(data[:2] + data[3:])[:2]:
        check_summary(source, WISHES[wish], [FORMATS[format_number % len(FORMATS)]])


def check_summary(
    source: Source | str, summary_options: Mapping[str, Any], formats: Sequence[Format] = FORMATS
) -> None:
    """Summarize a text and print it in some formats, all by default."""
    if len(source if isinstance(source, str) else source.text) > MAX_CHARS:
        return
    with only_one_line():
        summary = summarize_text(source, scorer=scorer(), explain=True, **summary_options)
        assert summary.text.strip()
        for known in formats:
            with only_one_line():
                printed = known.render(summary, PLAIN_VIEW)
                printed.encode()
                if known.name == "json":
                    assert json.loads(printed)["summary"] == summary.text
                    assert len(printed.splitlines()) == 1


def _text_of(data: bytes) -> str:
    return data.decode("utf-8", "replace")[:MAX_CHARS]


def segmentation(data: bytes) -> None:
    """Find the sentences of a text: no character but white space is lost."""
    text = _text_of(data)
    behind = 0
    for sentence in find_sentences(text):
        assert not text[behind : sentence.start].strip()
        assert sentence.start <= sentence.body < sentence.end
        behind = sentence.end
    assert not text[behind:].strip()


def tokenization(data: bytes) -> None:
    """Cut a text into words, which give it back."""
    text = _text_of(data)
    assert "".join(tokenize(text)) == text


def _document_of(data: bytes) -> Document:
    return as_document(Source(_text_of(data[1:]), "utf-8"), LANGUAGES[(data[:1] or b"\0")[0] % len(LANGUAGES)])


def cuts(data: bytes) -> None:
    """Shorten each sentence in every way that a lenient judge lets through: what is printed stands in the text.

    The network judges where the first byte is above 127.
    """
    document = _document_of(data)
    has_network = data[:1] > b"\x7f" and document.sentences
    judge = scorer().read(document, 1) if has_network else FakeJudge()
    for index in range(min(20, len(document.sentences))):
        for form in find_shorter_forms(document, index, judge, _LENIENT, most_chars=60):
            for piece in form.draft.pieces:
                if piece.start is not None and piece.end is not None:
                    source = document.text[piece.start : piece.end]
                    assert piece.text[1:] == source[1:] or piece.text.strip() == source.strip()


def fusion(data: bytes) -> None:
    """Fuse the sentences of a text: none is lost, and each piece has its place."""
    document = _document_of(data)
    drafts = [make_whole_draft(document, index) for index in range(len(document.sentences))]
    for grammar in (FakeGrammar(), scorer().grammar):
        fused = fuse_sentences(document, drafts, grammar, FakeJudge(), _LENIENT)
        assert sorted(index for draft in fused for index in draft.indices) == list(range(len(drafts)))


@cache
def _sound_files() -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        save_model(random_model(1), Path(folder))
        return {name: (Path(folder) / name).read_bytes() for name in FILES}


def model(data: bytes) -> None:
    """Load a model of which one file is these bytes, or has them in a place; the settings vouch for it."""
    choice = (data[:1] or b"\0")[0]
    name, is_patch = FILES[choice % len(FILES)], choice >= 128
    content = data[1:]
    if is_patch:
        place = int.from_bytes(data[1:4], "little") % len(_sound_files()[name])
        content = _sound_files()[name][:place] + data[4:] + _sound_files()[name][place + len(data[4:]) :]
    files = _sound_files() | {name: content}
    if name != SETTINGS_FILE:
        settings = json.loads(files[SETTINGS_FILE])
        settings["crc32"][name] = f"{zlib.crc32(content):08x}"
        files[SETTINGS_FILE] = json.dumps(settings).encode()
    with tempfile.TemporaryDirectory() as folder:
        for one, held in files.items():
            (Path(folder) / one).write_bytes(held)
        with only_one_line():
            loaded = NetworkScorer(load_model(Path(folder)))
            assert np.isfinite(loaded.model.weights["words/v"]).all()
            with only_one_line():
                summarize_text("The river rose. 河水上涨。The city closed both bridges.", scorer=loaded, words=5)


@cache
def _options() -> list[Option]:
    return [option for option in options_of(main) if option.is_setting]


def settings(data: bytes) -> None:
    """Read a settings file."""
    with tempfile.TemporaryDirectory() as folder, only_one_line():
        path = Path(folder) / "summarize.toml"
        path.write_bytes(data)
        checked(read_toml(path), path, _options())


def dictionary(data: bytes) -> None:
    """Read a list of words and one of stop words, and summarize with them."""
    with tempfile.TemporaryDirectory() as folder, only_one_line():
        path = Path(folder) / "words.txt"
        path.write_bytes(data)
        lexicon = read_lexicon(path, path)
        summarize_text("The river rose. 河水上涨，市政府关闭了大桥。", scorer=scorer(), lexicon=lexicon, keywords=3)


def coprocess(data: bytes) -> None:
    """Answer lines: as many answers as lines, each of them JSON."""
    answers: list[str] = []
    work = JobRunner(Job(format="json"), scorer())
    serve(work, io.BytesIO(data[:MAX_CHARS]), answers.append, lambda _: None)
    assert len(answers) == len(data[:MAX_CHARS].removesuffix(b"\n").split(b"\n")) - (not data[:MAX_CHARS])
    for answer in answers:
        record = json.loads(answer)
        assert ("error" in record) != ("summary" in record)
        assert not record.get("error", "").startswith("internal error")


HARNESSES: dict[str, Callable[[bytes], None]] = {
    harness.__name__: harness
    for harness in (
        *(readers, everything, segmentation, tokenization, cuts, fusion),
        *(model, settings, dictionary, coprocess),
    )
}

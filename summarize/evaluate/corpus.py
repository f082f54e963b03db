"""Corpora: gzip-packed or plain JSONL, one document a line.

Fields read: `text` (paragraphs separated by line breaks) and `summary` (the reference) are required; `lang`
("zh" or "en") is detected if it is missing, `summaries` (several references) replaces `summary` when scoring,
`id` names the document in messages. Others are ignored.
"""

import gzip
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from summarize.document import LANGUAGES, Document
from summarize.errors import InputError
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences

# Corpora of tokenized text part what users write together: "do n't", "paris 's".
_PARTED = re.compile(r"(?<=\w) (n't|'(?:s|re|ve|ll|d|m))(?!\w)")


@dataclass(frozen=True, slots=True)
class CorpusDocument:
    """A document and what people wrote as its summary.

    Args:
        name: how messages call it.
        document: the text, its sentences and its language.
        references: human summaries, at least one.
    """

    name: str
    document: Document
    references: tuple[str, ...]


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of a UTF-8 text file, through gzip if its name ends in `.gz`.

    Raises:
        InputError: the file cannot be opened, or what is in it cannot be read.
    """
    opener = gzip.open if path.suffix == ".gz" else Path.open
    try:
        with opener(path, "rt", encoding="utf-8") as file:
            yield from file
    except (OSError, EOFError, UnicodeDecodeError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or f"damaged: {error}"
        raise InputError(f"{path}: {reason}") from error


def parse_row(line: str, name: str) -> CorpusDocument:
    """Read one line of a corpus.

    Raises:
        InputError: the line is not an object with the text fields `text` and `summary`.
    """
    try:
        row = json.loads(line)
        text, references = row["text"], row.get("summaries") or [row["summary"]]
        language = row.get("lang") or detect_language(text)
        if language not in LANGUAGES or not all(isinstance(item, str) for item in [text, *references]):
            raise ValueError("`text` and `summary` must be strings and `lang` zh or en")
        if not text.strip():
            raise ValueError("`text` is empty")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{name}: not a corpus row with `text` and `summary`: {error}") from error
    if "marks" not in row:  # whose offsets are those of the text as it stands
        text = _PARTED.sub(r"\1", text)
    document = Document(text, find_sentences(text), language)
    return CorpusDocument(f"{name} {row.get('id', '')}".strip(), document, tuple(references))


def _numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the lines of a file that are not blank, with their numbers from 1."""
    yield from ((number, line) for number, line in enumerate(read_lines(path), start=1) if line.strip())


def read_corpus(path: Path, limit: int | None = None) -> Iterator[CorpusDocument]:
    """Yield the documents of a corpus file in order, at most the first `limit` of them.

    Raises:
        InputError: the file cannot be read or a line is not a document; names the file and the line.
    """
    for number, line in islice(_numbered_lines(path), limit):
        yield parse_row(line, f"{path}:{number}")


def sample_corpus(path: Path, limit: int) -> Iterator[CorpusDocument]:
    """Yield `limit` documents, evenly spread over a corpus file, or all if there are no more; the same ones each time.

    Corpora come sorted: cnndm is CNN first and then the Daily Mail, where the lead scores 30 and 40 ROUGE-1.

    Raises:
        InputError: as for `read_corpus`.
    """
    total = max(limit, sum(1 for _ in _numbered_lines(path)))
    for index, (number, line) in enumerate(_numbered_lines(path)):
        if index * limit // total < (index + 1) * limit // total:
            yield parse_row(line, f"{path}:{number}")


def corpus_names(paths: Sequence[Path]) -> dict[str, Path]:
    """Return corpora by names that tell them apart: their short names, with the language's folder where two have one.

    Raises:
        InputError: two corpora cannot be told apart.
    """
    named: dict[str, Path] = {}
    short = Counter(map(corpus_name, paths))
    for path in paths:
        name = corpus_name(path)
        name = name if short[name] == 1 else f"{path.absolute().parent.parent.name}-{name}"
        if name in named:
            raise InputError(f"two corpora have one name, {name}; rename one of the files")
        named[name] = path
    return named


def corpus_name(path: Path) -> str:
    """Return a corpus' short name: `shared/zh/dev/dtels.jsonl.gz` is `dtels`."""
    return path.name.removesuffix(".gz").removesuffix(".jsonl")

"""A summary as a page for the browser: the text shaded by weight, and the choice as something to play with.

The page is one file that asks no host for anything. What the program answers for each length and each kind of attention
lies in it as JSON (`answers.py`), and its script shows what is picked; it decides nothing.
"""

import hashlib
import re
from base64 import b64encode
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from importlib.resources import files
from itertools import groupby, pairwise, takewhile
from pathlib import PurePath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from summarize.document import ATTENTION_KINDS, Sentence
from summarize.errors import InputError
from summarize.explanation import WordWeight
from summarize.formats.answers import SHADES, PageData, Run, shades
from summarize.formats.digest import keyword_line
from summarize.formats.figures import explanation_of, heavy_words
from summarize.formats.view import PLAIN_VIEW, View
from summarize.formats.wording import wording
from summarize.interface import _
from summarize.summary import Summary
from summarize.text.printing import printable

# Nothing to a browser, but not to a terminal that shows the page; in the data of the script they are escaped.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")

MAX_SENTENCES = 2000  # of a text; a browser would not be quick with more


def to_html(summary: Summary, view: View = PLAIN_VIEW) -> str:
    """Return a page that can be encoded in UTF-8, whatever the text and the name are.

    Args:
        summary: with its explanation.
        view: where it comes from.

    Raises:
        ValueError: the summary has no explanation.
        InputError: the text is too long for a page.
    """
    document, explanation = summary.document, explanation_of(summary)
    if len(document.sentences) > MAX_SENTENCES:
        raise InputError(
            _("{number} sentences are too many for an HTML page (at most {most}); use --format json").format(
                number=len(document.sentences), most=MAX_SENTENCES
            )
        )
    strings = wording(document.language, "page")
    answers = PageData(summary, explanation)
    own, lengths, length = list(answers.own()), answers.lengths, len(summary.selected)
    runs = [run for _, found in own for run in found if run.index is not None]
    style, script = _resource("report.css"), _resource("report.js")
    environment = Environment(
        loader=PackageLoader("summarize.formats"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.policies["json.dumps_kwargs"] = {"separators": (",", ":")}  # ASCII only, as by default
    page = environment.get_template("report.html.jinja").render(
        attention=summary.attention,
        data=answers.data() | {"strings": strings},
        drafts=own,
        keywords=None if summary.keywords is None else keyword_line(summary),
        kinds=ATTENTION_KINDS,
        language={"zh": "zh-CN", "en": "en"}[document.language],
        length=length,
        lengths=lengths,
        name=printable(view.name or (strings["stdin"] if view.path is None else PurePath(view.path).name or view.path)),
        num_characters=f"{len(document.text):,}",
        num_sentences=len(document.sentences),
        num_shades=SHADES,
        num_steps=len(explanation.account.steps.shares),
        paragraphs=_paragraphs(summary, answers.places, runs),
        parts=wording(document.language, "plain")["parts"],
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        script=script,
        sections=summary.sections,
        said={span for run in runs for span in range(run.first, run.last + 1)},
        strings=strings,
        style=style,
        title=summary.title.text if summary.title else None,
    )
    # A lone surrogate, a byte of a file name that is not UTF-8, is shown as the messages of the command show it.
    return _CONTROL.sub("\ufffd", page).encode("utf-8", "backslashreplace").decode("utf-8")


def _resource(name: str) -> str:
    return (files("summarize.formats") / "templates" / name).read_text("utf-8")


def _digest(content: str) -> str:
    """Return what a content security policy calls an inline style or script."""
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _paragraphs(summary: Summary, spans: Sequence[tuple[int, int]], own: Sequence[Run]) -> list[list[dict[str, Any]]]:
    """Return what the page shows of each sentence, by paragraph.

    Args:
        summary: with its explanation.
        spans: what summaries are made of: offsets in the source.
        own: the runs of this one that come from the text.
    """
    document, words = summary.document, explanation_of(summary).words
    back = {run.index: run.first for run in reversed(own)}
    chosen, dark = set(summary.selected), shades(summary.weights)
    previous_end, paragraphs = 0, []
    for _number, paragraph in groupby(enumerate(document.sentences), key=lambda pair: pair[1].paragraph):
        shown = []
        for index, sentence in paragraph:
            shown.append(
                {
                    "index": index,
                    "gap": document.text[previous_end : sentence.start],
                    "is_chosen": index in chosen,
                    "role": sentence.role,
                    "shade": dark[index],
                    "parts": _parts(document.text, sentence, words[index], spans),
                    "back": back.get(index),
                }
            )
            previous_end = sentence.end
        paragraphs.append(shown)
    return paragraphs


def _parts(
    text: str, sentence: Sentence, words: Sequence[WordWeight], places: Sequence[tuple[int, int]]
) -> Iterator[tuple[int | None, list[tuple[str, bool]]]]:
    """Yield the parts of a sentence: the number of the place that each is, and its text with what is heavy in it.

    Args:
        text: the source.
        sentence: where it stands.
        words: its words.
        places: what summaries are made of, in order and apart.
    """
    first = bisect_left(places, (sentence.start, 0))
    own = list(takewhile(lambda pair: pair[1][0] < sentence.end, enumerate(places[first:], start=first)))
    heavy = heavy_words(words)
    marked = {offset for start, end in heavy for offset in range(start, end)}
    number_of = {offset: number for number, (start, end) in own for offset in range(start, end)}
    spans = [(sentence.start, sentence.end), *heavy, *(span for _, span in own)]
    cuts = sorted({bound for span in spans for bound in span})
    for number, runs in groupby(pairwise(cuts), key=lambda run: number_of.get(run[0])):
        yield number, [(text[start:end], start in marked) for start, end in runs]

"""A summary as a page for the browser: the text shaded by weight, and the choice as something to play with.

The page is one file that asks no host for anything. What it is told of the decision lies in it as JSON, and its script
chooses from that as `decide.selection.select` does: weights and likenesses are given to the last digit, so that both
choose the same.
"""

import hashlib
import math
from base64 import b64encode
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from itertools import groupby, pairwise
from pathlib import PurePath
from typing import Any

import numpy as np
from jinja2 import Environment, PackageLoader, StrictUndefined

from summarize.decide.pieces import whole
from summarize.decide.selection import TIE, Similarity, select
from summarize.document import ATTENTION_KINDS, Draft, Sentence
from summarize.errors import InputError
from summarize.explanation import Account, Explanation, WordWeight
from summarize.formats.figures import explanation_of, heavy_words, num_chars
from summarize.formats.wording import wording
from summarize.summary import Summary

MOST_SENTENCES = 2000  # of a text; a browser would not be quick with more
LONGEST = 20  # sentences, the end of the slider unless the summary is longer
SHADES = 9


@dataclass(frozen=True, slots=True)
class _Place:
    """A run of the summary and where it stands in the source.

    Args:
        number: from 0 within the page.
        text: what is printed.
        index: its sentence; None for a joining mark of ours.
        start: offset in the source.
        end: offset behind it.
    """

    number: int
    text: str
    index: int | None
    start: int
    end: int


def to_html(summary: Summary, path: str | None = None) -> str:
    """Return a page that can be encoded in UTF-8, whatever the text and the name are.

    Args:
        summary: with its explanation.
        path: the file as the user named it; None for standard input.

    Raises:
        ValueError: the summary has no explanation.
        InputError: the text is too long for a page.
    """
    document, explanation = summary.document, explanation_of(summary)
    if len(document.sentences) > MOST_SENTENCES:
        raise InputError(
            f"{len(document.sentences)} sentences are too many for a page, at most {MOST_SENTENCES}; use --format json"
        )
    strings = wording(document.language, "page")
    longest = min(int(np.count_nonzero(summary.weights)), max(LONGEST, len(summary.selected)))
    drafts = _places(summary)
    places = [place for _, draft in drafts for place in draft]
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
        data=_data(summary, explanation, longest) | {"strings": strings},
        drafts=drafts,
        kinds=ATTENTION_KINDS,
        language={"zh": "zh-CN", "en": "en"}[document.language],
        length=len(summary.selected),
        longest=longest,
        name=strings["stdin"] if path is None else PurePath(path).name or path,
        num_characters=f"{len(document.text):,}",
        num_sentences=len(document.sentences),
        num_shades=SHADES,
        num_steps=len(explanation.account.steps.shares),
        paragraphs=_paragraphs(summary, explanation, places),
        policy=f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'",
        script=script,
        strings=strings,
        style=style,
    )
    # A lone surrogate, a byte of a file name that is not UTF-8, is shown as the messages of the command show it.
    return page.encode("utf-8", "backslashreplace").decode("utf-8")


def _resource(name: str) -> str:
    return (files("summarize.formats") / "templates" / name).read_text("utf-8")


def _digest(content: str) -> str:
    """Return what a content security policy calls an inline style or script."""
    return f"sha256-{b64encode(hashlib.sha256(content.encode()).digest()).decode()}"


def _places(summary: Summary) -> list[tuple[str, list[_Place]]]:
    """Return the summary sentence by sentence: the space before each, and its runs."""
    document = summary.document
    starts = [sentence.start for sentence in document.sentences]
    runs, number, printed = [], 0, 0
    for draft in summary.drafts:
        at = summary.text.index(draft.text, printed)
        places = []
        for text, start, end in _spans(draft, document.sentences):
            index = None if start is None else bisect_right(starts, start) - 1
            places.append(_Place(number, text, index, start or 0, end or 0))
            number += 1
        runs.append((summary.text[printed:at], places))
        printed = at + len(draft.text)
    return runs


def _spans(draft: Draft, sentences: Sequence[Sentence]) -> list[tuple[str, int | None, int | None]]:
    """Return the text of each run of a draft and its offsets; a sentence is one, in however many lines it stood."""
    if draft.is_whole and len(draft.indices) == 1:
        sentence = sentences[draft.indices[0]]
        return [(draft.text, sentence.start, sentence.end)]
    return [(piece.text, piece.start, piece.end) for piece in draft.pieces]


def _paragraphs(summary: Summary, explanation: Explanation, places: Sequence[_Place]) -> list[list[dict[str, Any]]]:
    """Return what the page shows of each sentence, by paragraph."""
    document = summary.document
    heaviest = max(summary.weights)
    paragraphs = []
    behind = 0
    for _, paragraph in groupby(enumerate(document.sentences), key=lambda pair: pair[1].paragraph):
        shown = []
        for index, sentence in paragraph:
            own = [place for place in places if place.index == index]
            shown.append(
                {
                    "index": index,
                    "gap": document.text[behind : sentence.start],
                    "is_chosen": index in summary.selected,
                    "role": sentence.role,
                    "shade": math.ceil(SHADES * summary.weights[index] / heaviest),
                    "spans": list(_runs(document.text, sentence, explanation.words[index], own)),
                    "back": own[0].number if own else None,
                }
            )
            behind = sentence.end
        paragraphs.append(shown)
    return paragraphs


def _runs(
    text: str, sentence: Sentence, words: Sequence[WordWeight], places: Sequence[_Place]
) -> Iterator[tuple[int | None, list[tuple[str, bool]]]]:
    """Yield the parts of a sentence: the run of the summary that each is, and its text with what is heavy in it.

    Args:
        text: the source.
        sentence: where it stands.
        words: its words.
        places: the runs of the summary that come from it.
    """
    heavy = heavy_words(words)
    marked = {offset for start, end in heavy for offset in range(start, end)}
    spans = [(sentence.start, sentence.end), *heavy, *((place.start, place.end) for place in places)]
    cuts = sorted({bound for span in spans for bound in span})

    def number(run: tuple[int, int]) -> int | None:
        return next((place.number for place in places if place.start <= run[0] < place.end), None)

    for found, runs in groupby(pairwise(cuts), key=number):
        yield found, [(text[start:end], start in marked) for start, end in runs]


def _data(summary: Summary, explanation: Explanation, longest: int) -> dict[str, Any]:
    """Return what the script is told: to choose, all that the program knows; to show, rounded."""
    likeness = cache(explanation.similarity)
    accounts = [explanation.reweigh(number) for number in range(1, min(longest, explanation.most_wanted) + 1)]
    choosable = sorted(_choosable(explanation, accounts, likeness, longest))
    return {
        "attention": summary.attention,
        "accounts": [_account(account) for account in (explanation.account, *accounts)],  # the program's own first
        "verdicts": [asdict(verdict) for verdict in summary.verdicts],
        "selection": {kind: asdict(explanation.selection[kind]) for kind in ATTENTION_KINDS},
        "tie": TIE,
        "likeness": {index: likeness(index).tolist() for index in choosable},
        "chars": num_chars(summary),
        "texts": {index: whole(summary.document, index).text for index in choosable},
        "shades": SHADES,
    }


def _choosable(explanation: Explanation, accounts: Sequence[Account], likeness: Similarity, longest: int) -> set[int]:
    """Return the sentences that some summary of at most so many sentences has."""
    found: set[int] = set()
    for number, account in enumerate(accounts, start=1):
        for kind, weighing in account.weighings.items():
            choices = select(
                weighing.weights,
                np.ones((len(weighing.weights), 1), np.int64),
                likeness,
                budget=[longest if number == len(accounts) else number],
                config=explanation.selection[kind],
            )
            found.update(choice.index for choice in choices)
    return found


def _account(account: Account) -> dict[str, Any]:
    steps = zip(account.steps.shares.tolist(), account.steps.weights.tolist(), strict=True)
    return {
        "weighings": {
            kind: {
                "weights": weighing.weights.tolist(),
                "terms": {name: np.round(term, 6).tolist() for name, term in weighing.terms.items()},
            }
            for kind, weighing in account.weighings.items()
        },
        "steps": [
            {"share": round(share, 6), "weights": [round(weight, 6) for weight in weights]} for share, weights in steps
        ],
        "tree": {
            "parents": account.tree.parents.tolist(),
            "weights": [round(weight, 4) for weight in account.tree.weights.tolist()],
        },
    }

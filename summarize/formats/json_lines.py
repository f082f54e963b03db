"""A summary as one line of JSON for programs: the whole decision, with offsets into the source.

`summary.schema.json` beside this file says what is in it. Offsets are code points into the decoded text.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.document import Draft, LocationKind, Piece, Shortening
from summarize.explanation import NO_TREE, ROOT, Explanation
from summarize.formats.citing import SentenceLocations, as_text
from summarize.formats.view import PLAIN_VIEW, View
from summarize.summary import Summary

# Legal inside a JSON string, but: `str.splitlines` and some terminals break lines at U+0085, U+2028 and U+2029, the
# other controls talk to terminals, some turn the direction of writing, and a lone surrogate (a byte of a file name that
# is not UTF-8) has no UTF-8.
_ESCAPED = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_DIGITS = 6  # decimals of terms: enough to recompute the choice
_STABLE_DIGITS = 5  # of all other figures: types of processor add up in different orders, which shows in the fifteenth


def to_json_line(summary: Summary, view: View = PLAIN_VIEW) -> str:
    """Return a JSON object in one line, with its line break.

    Args:
        summary: what to print; with an explanation, that is in it as well.
        view: where it comes from.
    """
    document = summary.document
    selected, locations = set(summary.selected), SentenceLocations(document)
    values = zip(document.sentences, summary.weights, summary.ranks, strict=True)
    sentences: list[dict[str, Any]] = [
        {
            "index": index,
            "start": sentence.start,
            "end": sentence.end,
            "text": document.text[sentence.start : sentence.end],
            "role": sentence.role,
            "body": sentence.body,
            "speaker": sentence.speaker,
            "place": _location(locations.of(index)),
            "weight": _stable(weight),
            "rank": rank,
            "selected": index in selected,
        }
        for index, (sentence, weight, rank) in enumerate(values)
    ]
    record = {
        "path": view.path,
        "name": view.name or None,
        "format": document.format,
        "language": document.language,
        "foreign": document.foreign,
        "attention": summary.attention,
        "summary": summary.text,
        **_beside(summary),
        "sentences": sentences,
        "pieces": _pieces(summary.pieces),
    }
    if summary.explanation:
        _explain(record, summary, summary.explanation)
    return _json(record) + "\n"


def to_error_line(error: str, view: View = PLAIN_VIEW) -> str:
    """Return a JSON object in one line, with its line break, for a text that has no summary.

    Args:
        error: why.
        view: where the text comes from.
    """
    return _json({"path": view.path, "name": view.name or None, "error": error}) + "\n"


def add_id(line: str, identity: Any) -> str:
    """Return the JSON object in a line with something by which whoever asked for it knows it again.

    Args:
        line: as `to_json_line` and `to_error_line` return it.
        identity: what JSON has made; it comes first, as `id`.
    """
    return f'{{"id": {_json(identity)}, {line[1:]}'


def _json(value: Any) -> str:
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _location(locations: Mapping[LocationKind, str]) -> dict[str, str | int]:
    return {kind: int(value) if kind in ("line", "paragraph") else value for kind, value in locations.items()}


def _beside(summary: Summary) -> dict[str, Any]:
    """Return what comes with the summary where it was asked for."""
    found: dict[str, Any] = {}
    if summary.query is not None:
        query = summary.query
        spans = [span for own in query.spans for span in own]
        found["query"] = {"text": query.text, "terms": query.terms, "matched": query.is_matched, "spans": spans}
    if summary.wants_title:
        title = summary.title
        found["title"] = title and {"text": title.text, "sentences": title.indices, "pieces": _pieces(title.pieces)}
    if summary.keywords is not None:
        found["keywords"] = [
            {"text": keyword.text, "weight": _stable(keyword.weight), "spans": keyword.spans}
            for keyword in summary.keywords
        ]
    if summary.sections is not None:
        found["sections"] = [
            {
                "heading": section.heading,
                "first": section.first,
                "end": section.end,
                "summary": as_text(summary.document, section.drafts),
                "drafts": _drafts(section.drafts),
            }
            for section in summary.sections
        ]
    return found


def _drafts(drafts: Iterable[Draft]) -> list[dict[str, Any]]:
    return [
        {
            "sentences": draft.indices,
            "whole": draft.is_whole,
            "shortening": _shortening(draft.shortening) if draft.shortening else None,
            "pieces": _pieces(draft.pieces),
        }
        for draft in drafts
    ]


def _shortening(made: Shortening) -> dict[str, Any]:
    return {"cuts": made.cuts, "good": _stable(made.good), "false": _stable(made.false)}


def _stable(figure: float) -> float:
    """Return a figure with as many digits as are the same on all types of processor."""
    return float(f"{figure:.{_STABLE_DIGITS}g}")


def _stable_all(figures: NDArray[np.floating]) -> list[float]:
    return [_stable(figure) for figure in figures.tolist()]


def _pieces(pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "start": piece.start, "end": piece.end} for piece in pieces]


def _explain(record: dict[str, Any], summary: Summary, explanation: Explanation) -> None:
    """Add what is known about why."""
    for sentence, verdict, words in zip(record["sentences"], summary.verdicts, explanation.words, strict=True):
        sentence |= {"outcome": verdict.outcome, "redundancy": _stable(verdict.redundancy), "like": verdict.like}
        sentence["words"] = [[word.start, word.end, _stable(word.weight)] for word in words]
    weighings = explanation.account.weighings
    steps, tree = explanation.account.steps, explanation.account.tree
    record |= {
        "drafts": _drafts(summary.drafts),
        "weights": {kind: _stable_all(weighing.weights) for kind, weighing in weighings.items()},
        "terms": {
            kind: {name: (term.round(_DIGITS) + 0.0).tolist() for name, term in weighing.terms.items()}
            for kind, weighing in weighings.items()
        },
        "steps": [
            {"share": share, "weights": _stable_all(weights)}
            for share, weights in zip(_stable_all(steps.shares), steps.weights, strict=True)
        ],
        "tree": [
            {"sentence": index, "parent": None if parent == ROOT else parent, "weight": weight}
            for index, (parent, weight) in enumerate(zip(tree.parents.tolist(), _stable_all(tree.weights), strict=True))
            if parent != NO_TREE
        ],
    }

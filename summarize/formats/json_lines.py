"""A summary as one line of JSON for programs: the whole decision, with offsets into the source.

`summary.schema.json` beside this file says what is in it. Offsets are code points into the decoded text.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from summarize.document import Draft, Piece, PlaceKind
from summarize.explanation import NO_TREE, ROOT, Explanation
from summarize.formats.citing import Places, as_text
from summarize.formats.view import PLAIN_VIEW, View
from summarize.summary import Summary

# Legal inside a JSON string, but: `str.splitlines` and some terminals break lines at U+0085, U+2028 and U+2029, the
# other controls talk to terminals, and a lone surrogate (a byte of a file name that is not UTF-8) has no UTF-8.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_DIGITS = 6  # of what is read by people: terms, and the weights of words


def to_json_line(summary: Summary, view: View = PLAIN_VIEW) -> str:
    """Return a JSON object in one line, with its line break.

    Args:
        summary: what to print; with an explanation, that is in it as well.
        view: where it comes from.
    """
    document = summary.document
    selected, places = set(summary.selected), Places(document)
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
            "place": _place(places.of(index)),
            "weight": weight,
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


def identified(line: str, identity: Any) -> str:
    """Return the JSON object in a line with something by which whoever asked for it knows it again.

    Args:
        line: as `to_json_line` and `to_error_line` return it.
        identity: what JSON has made; it comes first, as `id`.
    """
    return f'{{"id": {_json(identity)}, {line[1:]}'


def _json(value: Any) -> str:
    line = json.dumps(value, ensure_ascii=False, allow_nan=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def _place(places: Mapping[PlaceKind, str]) -> dict[str, str | int]:
    return {kind: int(value) if kind in ("line", "paragraph") else value for kind, value in places.items()}


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
            {"text": keyword.text, "weight": round(keyword.weight, _DIGITS), "spans": keyword.spans}
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
            "shortening": asdict(draft.shortening) if draft.shortening else None,
            "pieces": _pieces(draft.pieces),
        }
        for draft in drafts
    ]


def _pieces(pieces: Iterable[Piece]) -> list[dict[str, Any]]:
    return [{"text": piece.text, "start": piece.start, "end": piece.end} for piece in pieces]


def _explain(record: dict[str, Any], summary: Summary, explanation: Explanation) -> None:
    """Add what is known about why."""
    for sentence, verdict, words in zip(record["sentences"], summary.verdicts, explanation.words, strict=True):
        sentence |= {"outcome": verdict.outcome, "redundancy": verdict.redundancy, "like": verdict.like}
        sentence["words"] = [[word.start, word.end, round(word.weight, _DIGITS)] for word in words]
    weighings = explanation.account.weighings
    steps, tree = explanation.account.steps, explanation.account.tree
    record |= {
        "drafts": _drafts(summary.drafts),
        "weights": {kind: weighing.weights.tolist() for kind, weighing in weighings.items()},
        "terms": {
            kind: {name: term.round(_DIGITS).tolist() for name, term in weighing.terms.items()}
            for kind, weighing in weighings.items()
        },
        "steps": [
            {"share": share, "weights": weights}
            for share, weights in zip(steps.shares.tolist(), steps.weights.tolist(), strict=True)
        ],
        "tree": [
            {"sentence": index, "parent": None if parent == ROOT else parent, "weight": weight}
            for index, (parent, weight) in enumerate(zip(tree.parents.tolist(), tree.weights.tolist(), strict=True))
            if parent != NO_TREE
        ],
    }

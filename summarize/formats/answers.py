"""The data of an HTML page: the summaries for each length and each kind of attention.

The page computes nothing. Its script looks up the selected summary and shows it:

    accounts   how the text is weighed, once for each number of sentences that makes a difference
    drafts     the sentences of all summaries, each once: their runs, and by sentence how it was made
    own        the summary that was asked for
    answers    by kind of attention, the summary of each of the lengths

All is as exact as it is shown: weights and likelihoods in hundredths of a percent, terms and densities in hundredths,
a digit for each shade and for each outcome.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, get_args

import numpy as np
from numpy.typing import ArrayLike

from summarize.document import ATTENTION_KINDS, Document, Draft
from summarize.explanation import Answer, AttentionReport, Explanation, Outcome, SentenceScores, steady
from summarize.formats.figures import densities, describe_draft, hundredths
from summarize.formats.wording import wording
from summarize.summary import Summary

LONGEST = 20  # sentences to which the slider goes, beside the length of the summary that was asked for
SHADES = 9
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"  # as JavaScript's parseInt(digit, 36) reads them


@dataclass(frozen=True, slots=True)
class Run:
    """A run of a summary, and where it stands in the source.

    Args:
        text: what is printed.
        index: its sentence; None for a mark of ours.
        first: the first of the places that it comes from.
        last: the last of them.
    """

    text: str
    index: int | None = None
    first: int = 0
    last: int = 0


class PageData:
    """The summaries that a page can show.

    Args:
        summary: the one that was asked for.
        explanation: that of the summary.

    Attributes:
        lengths: the numbers of sentences from which one may choose, ascending; that of the summary is among them.
        places: start and end of each run of the source that any summary takes as a whole or not at all, in order.
    """

    def __init__(self, summary: Summary, explanation: Explanation) -> None:
        self._summary, self._explanation = summary, explanation
        longest, own = min(int(np.count_nonzero(summary.weights)), LONGEST), len(summary.selected)
        self.lengths: list[int] = [*range(1, longest + 1), *([own] if own > longest else [])]
        self._answers = {
            kind: [explanation.answer(kind, number) for number in self.lengths] for kind in ATTENTION_KINDS
        }
        answers = [summary, *(answer for of_kind in self._answers.values() for answer in of_kind)]
        drafts = dict.fromkeys(draft for answer in answers for draft in answer.drafts)
        self._numbers = {draft: number for number, draft in enumerate(drafts)}
        spans = {draft: list(_spans(summary.document, draft)) for draft in drafts}
        self.places: list[tuple[int, int]] = _cut(
            (start, end) for found in spans.values() for _, start, end in found if start < end
        )
        first = {start: number for number, (start, _) in enumerate(self.places)}
        last = {end: number for number, (_, end) in enumerate(self.places)}
        starts = [sentence.start for sentence in summary.document.sentences]
        self._runs = {
            draft: [
                Run(text, bisect_right(starts, start) - 1, first[start], last[end]) if start < end else Run(text)
                for text, start, end in found
            ]
            for draft, found in spans.items()
        }

    def own(self) -> Iterator[tuple[str, list[Run]]]:
        """Yield the sentences of the summary that was asked for: what stands before each, and its runs."""
        for gap, draft in _printed(self._summary):
            yield gap, self._runs[draft]

    def data(self) -> dict[str, Any]:
        """Return what the script is told."""
        summary, explanation = self._summary, self._explanation
        accounts = [explanation.account]
        answers: dict[str, list[dict[str, Any]]] = {kind: [] for kind in ATTENTION_KINDS}
        for place, number in enumerate(self.lengths):
            account = explanation.reweigh(number)
            if all(account is not known for known in accounts):
                accounts.append(account)
            at = next(index for index, known in enumerate(accounts) if known is account)
            for kind in ATTENTION_KINDS:
                answers[kind].append({"account": at, **self._told(self._answers[kind][place])})
        say = wording(summary.document.language, "page")
        return {
            "attention": summary.attention,
            "lengths": self.lengths,
            "outcomes": OUTCOMES,
            "accounts": [_account(summary.document, account) for account in accounts],
            "drafts": [
                {
                    "runs": [
                        [run.text] if run.index is None else [run.text, run.index, run.first, run.last] for run in runs
                    ],
                    "making": {index: describe_draft(draft, index, say) for index in draft.indices},
                }
                for draft, runs in self._runs.items()
            ],
            "own": {"account": 0, **self._told(summary)},
            "answers": answers,
        }

    def _told(self, answer: Answer) -> dict[str, Any]:
        """Return a summary, and what became of each sentence."""
        printed = [part for gap, draft in _printed(answer) for part in (gap, self._numbers[draft]) if part != ""]
        fates = "".join(_DIGITS[OUTCOMES.index(verdict.outcome)] for verdict in answer.verdicts)
        off = [
            [index, taken_off, verdict.like]
            for index, verdict in enumerate(answer.verdicts)
            if verdict.like is not None and (taken_off := round(10_000 * verdict.redundancy))
        ]
        return {"printed": printed, "fates": fates, "off": off}


def _spans(document: Document, draft: Draft) -> Iterator[tuple[str, int, int]]:
    """Yield the text of each run of a draft and its offsets, the same where it is a mark of ours.

    A sentence that stands whole is one run, in however many lines it stood. Runs are found by their offsets: the text
    may differ from the source in the case of its first letter.
    """
    if draft.is_whole and len(draft.indices) == 1:
        sentence = document.sentences[draft.indices[0]]
        yield draft.text, sentence.start, sentence.end
        return
    for piece in draft.pieces:
        yield piece.text, piece.start or 0, piece.end or 0


def _cut(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return what spans cover, cut wherever one of them begins or ends."""
    opened: Counter[int] = Counter()
    for start, end in set(spans):
        opened[start] += 1
        opened[end] -= 1
    places, num_open = [], 0
    for start, end in pairwise(sorted(opened)):
        num_open += opened[start]
        if num_open:
            places.append((start, end))
    return places


def _printed(answer: Answer) -> Iterator[tuple[str, Draft]]:
    """Yield the sentences of a summary, and the white space before each."""
    text, at = "".join(piece.text for piece in answer.pieces), 0
    for draft in answer.drafts:
        start = text.index(draft.text, at)
        yield text[at:start], draft
        at = start + len(draft.text)


def shades(weights: ArrayLike) -> list[int]:
    """Return how dark each sentence is, (S,): 0 to `SHADES`, the heaviest the darkest."""
    weights = np.asarray(weights)
    return [int(shade) for shade in np.ceil(SHADES * (weights / weights.max()))]


def _account(document: Document, account: AttentionReport) -> dict[str, Any]:
    steps = zip(account.steps.shares.tolist(), account.steps.weights, strict=True)
    return {
        "weighings": {kind: _weighing(document, weighing) for kind, weighing in account.weighings.items()},
        "steps": [{"share": round(10_000 * share), **_shown(weights)} for share, weights in steps],
        "tree": {"parents": account.tree.parents.tolist(), "weights": _scaled(10_000, account.tree.weights)},
    }


def _weighing(document: Document, weighing: SentenceScores) -> dict[str, Any]:
    weights = weighing.weights
    ranks = np.argsort(np.argsort(-steady(weights), kind="stable")) + 1
    terms = hundredths(list(weighing.terms.values()))  # (T, S)
    return {
        **_shown(weights),
        "ranks": np.where(weights > 0, ranks, 0).tolist(),  # 0: it may not be chosen
        "densities": _scaled(100, densities(document, weights)),
        "terms": dict(zip(weighing.terms, terms.tolist(), strict=True)),
    }


def _shown(weights: ArrayLike) -> dict[str, Any]:
    return {"weights": _scaled(10_000, weights), "shades": "".join(map(str, shades(weights)))}


def _scaled(factor: int, values: ArrayLike) -> list[int]:
    rounded: list[int] = np.round(factor * np.asarray(values, np.float64)).astype(np.int64).tolist()
    return rounded

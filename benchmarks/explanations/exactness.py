"""Exactness of explanations: terms sum to scores, scores determine weights, weights determine the choice.

The choice is recomputed from the published explanation by the published rule: from terms with six digits, from
similarities, and from the record of what did not fit. Nothing of `decide` is called.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.budget import Budget
from summarize.decide.selection import TIE
from summarize.document import AttentionKind, Document, Language
from summarize.errors import BudgetError
from summarize.explanation import Outcome, SentenceScores, Verdict
from summarize.pipeline import Scorer, read_for, write_summary
from summarize.summary import Summary

Floats = NDArray[np.float64]

LENGTHS: dict[Language, Budget] = {"zh": Budget(chars=60), "en": Budget(words=30)}
EXACT = ("terms are scores", "scores are weights", "weights are choice", "weights are choice under a length")

_TOLERANCE = 1e-6  # of terms, in nats, and of weights
_DIGITS = 6  # of the terms that sentences are chosen from here, as in the JSON that users get
_TRACED = 1e-5  # by so much redundancy may differ from the trace's: it is worked out from rounded terms
_LEAST = float(np.finfo(np.float32).tiny)  # under the logarithm of a weight
_NOTHING = 10 * _LEAST  # so small a weight may be 0
_NEVER: tuple[Outcome, ...] = ("heading", "apparatus", "question", "short")  # why something has no weight
_NO_ROOM: tuple[Outcome, ...] = ("length", "form")


def retrace(
    weighing: SentenceScores,
    likeness: Floats,
    trace: Sequence[Verdict],
    config: SelectionConfig,
    *,
    target_sentences: int | None,
) -> list[Verdict]:
    """Decide again from the terms and what sentences have in common, by the rule as readers are told it.

    Of the trace nothing is believed except for which sentences there was no room, and why something has no weight.

    Args:
        weighing: whose terms are looked at.
        likeness: (S, S), cosines.
        trace: what is said to have become of each sentence, (S,).
        config: redundancy, near-duplicates, and what is too light to fill a length.
        target_sentences: most sentences; None under a length in characters or words, which is filled while something
            adds enough to it.
    """
    mask = weighing.candidates
    grown = np.where(mask, np.exp(np.sum(list(weighing.terms.values()), axis=0)), 0.0)
    weights = [float(weight) for weight in grown / grown.sum()]
    candidates = [index for index, weight in enumerate(weights) if weight > _NOTHING]
    least = config.filling_share * max(weights) if target_sentences is None else 0.0
    chosen: list[int] = []
    # Light lines without a stop fill no length; that they have none, the trace is believed.
    mere = [
        index
        for index in candidates
        if trace[index].outcome == "light" and weights[index] < config.least_share * max(weights)
    ]

    def closest(index: int) -> tuple[float, int | None]:
        """The likeness to the chosen sentence that is most like one, those chosen after it left out, and which."""
        others = chosen[: chosen.index(index)] if index in chosen else chosen
        best = max(others, key=lambda other: float(likeness[index, other]), default=None)
        return (float(likeness[index, best]), best) if best is not None and likeness[index, best] > 0 else (0.0, None)

    def redundancy(index: int) -> float:
        return config.redundancy_weight * weights[index] * closest(index)[0]

    def is_repeated(index: int) -> bool:
        return closest(index)[0] >= config.duplicate_similarity

    while len(chosen) < (len(trace) if target_sentences is None else target_sentences):
        scores = {
            index: weights[index] - redundancy(index)
            for index in candidates
            if index not in (*chosen, *mere) and trace[index].outcome not in _NO_ROOM and not is_repeated(index)
        }
        best = max(scores.values(), default=0.0)
        if not scores or (chosen and best < least):
            break
        chosen.append(next(index for index, score in scores.items() if score >= best * (1 - TIE)))

    def outcome(index: int) -> Outcome:
        if index in chosen:
            return "chosen"
        known = _NO_ROOM if index in candidates else _NEVER
        if trace[index].outcome in known:
            return trace[index].outcome
        if index not in candidates:
            return known[-1]
        if index in mere:
            return "light"
        return "repeats" if is_repeated(index) else "light" if target_sentences is None else "lighter"

    return [Verdict(outcome(index), redundancy(index), closest(index)[1]) for index in range(len(trace))]


def is_retraced(
    weighing: SentenceScores,
    likeness: Floats,
    summary: Summary,
    config: SelectionConfig,
    *,
    target_sentences: int | None,
) -> bool:
    """Return whether a summary's sentences and its trace are what its terms, as they are printed, lead to.

    Arguments as for `retrace`; the terms are printed with six digits.
    """
    printed = replace(weighing, terms={name: term.round(_DIGITS) for name, term in weighing.terms.items()})
    found = retrace(printed, likeness, summary.verdicts, config, target_sentences=target_sentences)
    chosen = {index for index, verdict in enumerate(found) if verdict.outcome == "chosen"}
    return chosen == set(summary.selected) and all(
        (one.outcome, one.like) == (other.outcome, other.like) and abs(one.redundancy - other.redundancy) <= _TRACED
        for one, other in zip(found, summary.verdicts, strict=True)
    )


def exactness(
    weighing: SentenceScores,
    weights: Floats,
    summary: Summary,
    likeness: Floats,
    target_sentences: int,
    config: SelectionConfig,
) -> list[float]:
    """Return 1 or 0 for each of `EXACT` but the last.

    Args:
        weighing: what is told of the weights.
        weights: what sentences are chosen by, (S,).
        summary: what is chosen, and its trace.
        likeness: (S, S), cosines.
        target_sentences: most sentences.
        config: redundancy and near-duplicates.
    """
    mask = weighing.candidates
    logs = np.log(np.maximum(weights[mask], _LEAST))
    told = np.sum([term[mask] for term in weighing.terms.values()], axis=0)
    of_all = np.zeros_like(weights)
    of_all[mask] = np.exp(told) / np.exp(told).sum()
    return [
        float(np.abs(told - (logs - logs.mean())).max() <= _TOLERANCE),
        float(np.abs(of_all - weights).max() <= _TOLERANCE),
        float(is_retraced(weighing, likeness, summary, config, target_sentences=target_sentences)),
    ]


def exactness_under_length(
    document: Document, scorer: Scorer, kinds: Sequence[AttentionKind], likeness: Floats
) -> list[float]:
    """Return the last of `EXACT` for each kind: 1 or 0, NaN where no sentence fits. Sentences may be shortened."""
    budget = LENGTHS[document.language]
    reading = read_for(document, budget, scorer)
    account = reading.explain()
    found = []
    for kind in kinds:
        try:
            summary = write_summary(document, reading, kind, budget, scorer, fuse=False)
        except BudgetError:
            found.append(np.nan)
        else:
            weighing, config = account.weighings[kind], scorer.selection(kind)
            found.append(float(is_retraced(weighing, likeness, summary, config, target_sentences=None)))
    return found

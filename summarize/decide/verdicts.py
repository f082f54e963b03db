"""What became of each sentence, and why: said afterwards, from the weights and the choice alone."""

from collections.abc import Callable, Collection

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.selection import TIE, choose_best
from summarize.document import Document
from summarize.explanation import Outcome, Verdict
from summarize.text.marks import asks

Floats = NDArray[np.float64]


def verdicts(
    document: Document,
    weights: Floats,
    similarity: Callable[[int], Floats],
    selected: Collection[int],
    config: SelectionConfig,
    *,
    is_shortened: bool,
) -> tuple[Verdict, ...]:
    """Return the verdict on each sentence, (S,).

    Chosen sentences are gone through as they were chosen, the one with the highest score first.

    Args:
        document: the source.
        weights: attention weight of each sentence, (S,).
        similarity: from a sentence to the likeness of all to it, (S,), 0 to 1.
        selected: what was chosen.
        config: redundancy weight and near-duplicates.
        is_shortened: whether some of it was shortened: then the path of a shorter form counts beside the weight.
    """
    likeness, like = np.zeros(len(weights)), np.full(len(weights), -1)
    taken_off = np.zeros(len(weights))
    waiting = np.isin(np.arange(len(weights)), list(selected))
    lowest = np.inf
    while waiting.any():
        scores = weights - config.redundancy_weight * weights * likeness
        index = choose_best(scores, waiting)
        taken_off[index], lowest = weights[index] - scores[index], min(lowest, scores[index])
        waiting[index] = False
        found = similarity(index)
        is_other = np.isin(np.arange(len(weights)), list(selected), invert=True) | waiting
        closer = is_other & (found > likeness)
        likeness[closer], like[closer] = found[closer], index
    rest = config.redundancy_weight * weights * likeness
    chosen = set(selected)

    def outcome(index: int) -> Outcome:
        if index in chosen:
            return "chosen"
        if weights[index] == 0:
            sentence = document.sentences[index]
            if sentence.role != "text":
                return sentence.role
            return "question" if asks(document.text[sentence.body : sentence.end]) else "short"
        if likeness[index] >= config.duplicate_similarity:
            return "repeats"
        if weights[index] - rest[index] <= lowest * (1 + TIE):
            return "lighter"
        return "form" if is_shortened else "length"

    return tuple(
        Verdict(
            outcome(index),
            float(taken_off[index] if index in chosen else rest[index]),
            int(like[index]) if like[index] >= 0 else None,
        )
        for index in range(len(weights))
    )

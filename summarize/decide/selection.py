"""Which units make the summary: greedily by attention weight, less what is already said, under a budget.

    score_i = w_i - lambda w_i r_i        r_i = largest similarity of i to a chosen unit

This is maximal marginal relevance (Carbonell & Goldstein 1998) with the redundancy in shares of the unit's own
weight, so that it means the same in a document of three sentences and of three thousand. Nothing else is read:
the weights and the redundancy terms are the whole decision.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig

Floats = NDArray[np.float64]
Similarity = Callable[[int], Floats]

TIE = 1e-5  # scores that differ by less than this share of the best are equal, on any machine


@dataclass(frozen=True, slots=True)
class Choice:
    """One chosen unit.

    Args:
        index: which.
        weight: its attention weight.
        redundancy: what was taken off its weight when it was chosen.
    """

    index: int
    weight: float
    redundancy: float


def choose_best(scores: Floats, is_open: NDArray[np.bool_]) -> int:
    """Return the open unit of the highest score, of equal scores the first; scores below 0 count as 0.

    Args:
        scores: (U,).
        is_open: (U,), True somewhere.
    """
    scores = np.where(is_open, np.maximum(0, scores), -1.0)
    return int(np.argmax(scores >= scores.max() * (1 - TIE)))


def select(
    weights: Floats,
    costs: NDArray[np.int64],
    similarity: Similarity,
    *,
    budget: Sequence[int] | NDArray[np.int64],
    config: SelectionConfig,
    enough: Sequence[int] | NDArray[np.int64] | None = None,
    taken: Sequence[int] = (),
) -> list[Choice]:
    """Choose units, the one of the highest score first; of equal scores the earlier one.

    Units that do not fit are passed over, near-duplicates of chosen ones as well. Chosen costs never exceed the
    budget. The result is empty if no unit fits.

    Args:
        weights: (U,), 0 or more; a unit of weight 0 is never chosen.
        costs: (U, D), what a unit takes from each of D budgets.
        similarity: from a unit to the similarity of every unit with it, (U,), 0 to 1.
        budget: (D,), most that the chosen units may cost together.
        config: redundancy weight and near-duplicates.
        enough: (D,), stop once the chosen units cost as much of each budget; None: go on while something fits.
        taken: units that are in the summary already; they are not chosen again, and what is like them is redundant.
    """
    weights = np.asarray(weights, np.float64)
    remaining = np.asarray(budget, np.int64)
    redundancy = np.zeros(len(weights))
    is_open = weights > 0
    for index in taken:
        is_open[index] = False
        redundancy = np.maximum(redundancy, similarity(index))
    spent = np.zeros_like(remaining)
    chosen: list[Choice] = []
    while enough is None or (spent < np.asarray(enough)).any():
        is_open &= (costs <= remaining).all(axis=1) & (redundancy < config.duplicate_similarity)
        if not is_open.any():
            break
        taken_off = config.redundancy_weight * weights * redundancy
        index = choose_best(weights - taken_off, is_open)
        chosen.append(Choice(index, float(weights[index]), float(taken_off[index])))
        remaining, spent = remaining - costs[index], spent + costs[index]
        is_open[index] = False
        redundancy = np.maximum(redundancy, similarity(index))
    return chosen

"""Greedy selection of units by attention weight minus redundancy.

    score_i = w_i - lambda w_i r_i        r_i = largest similarity of i to a chosen unit

This is maximal marginal relevance (Carbonell & Goldstein 1998) with the redundancy in shares of the unit's own
weight, so that it means the same in a document of three sentences and of three thousand. Only the weights and the
redundancy terms decide; the caller provides the budget.
"""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.value import value

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

NOISE = 1e-9  # likenesses that differ by less are equal, on any machine
TIE = 1e-5  # scores that differ by less than this share of the best are equal, on any machine


class Similarity(Protocol):
    """The likeness of units."""

    def __call__(self, index: int, first: int = 0, end: int | None = None, /) -> Floats:
        """Return that of the units from `first` to before `end`, all by default, to one, (end - first,), 0 to 1."""
        ...


@value
class Selected:
    """One chosen unit.

    Args:
        index: which.
        weight: its attention weight.
        redundancy: what was taken off its weight when it was chosen.
    """

    index: int
    weight: float
    redundancy: float


class GreedySelector:
    """Units that are chosen one after the other.

    Args:
        weights: (U,), 0 or more; a unit of weight 0 is never chosen.
        similarity: of the units.
        config: redundancy weight and near-duplicates.

    Attributes:
        weights: (U,).
        likeness: (U,), the largest similarity of each unit to a chosen one.
        like: (U,), which chosen one that is; -1 where it is none.
        is_open: (U,), True where a unit may still be chosen: not chosen yet, and not closed by the caller.
        redundancy: (U,), what is taken off the weight of each unit now.
        scores: (U,), the weight of each unit less its redundancy.
        repeats: (U,), whether each unit is a near-duplicate of a chosen one.
        choices: what was chosen, in order.
    """

    def __init__(self, weights: Floats, similarity: Similarity, config: SelectionConfig) -> None:
        self.weights: NDArray[np.float64] = np.asarray(weights, np.float64)
        self.likeness: NDArray[np.float64] = np.zeros(len(self.weights))
        self.like: NDArray[np.intp] = np.full(len(self.weights), -1)
        self.is_open: NDArray[np.bool_] = self.weights > 0
        self.choices: list[Selected] = []
        self.redundancy: Floats = np.zeros(len(self.weights))
        self.scores: Floats = np.maximum(0, self.weights)
        self.repeats: Mask = self.likeness >= config.duplicate_similarity - NOISE
        self._is_chosen = np.zeros(len(self.weights), np.bool_)
        self._similarity, self._config = similarity, config

    @property
    def indices(self) -> list[int]:
        """The chosen units in order of choice."""
        return [choice.index for choice in self.choices]

    def best(self, may_be: Mask, first: int = 0, end: int | None = None) -> int | None:
        """Return the open unit of the highest score, of equal scores the first; None if there is none.

        Args:
            may_be: (end - first,), True where a unit is asked for; near-duplicates of chosen ones are not.
            first: of the units that are looked at.
            end: where these end; None is the end of all.
        """
        asked = self.is_open[first:end] & may_be & ~self.repeats[first:end]
        if not asked.any():
            return None
        scores = np.where(asked, self.scores[first:end], -1.0)
        return first + int(np.argmax(scores >= scores.max() * (1 - TIE)))

    def take(self, index: int, first: int = 0, end: int | None = None) -> None:
        """Choose a unit, and take off the others what it says.

        Args:
            index: of the unit.
            first: of the others that are held against it.
            end: where these end; None is the end of all.
        """
        self.choices.append(Selected(index, float(self.weights[index]), float(self.redundancy[index])))
        self.is_open[index], self._is_chosen[index] = False, True
        found, within = self._similarity(index, first, end), slice(first, end)
        is_closer = (found > self.likeness[within] + NOISE) & ~self._is_chosen[within]
        changed = first + np.flatnonzero(is_closer)
        self.likeness[changed], self.like[changed] = found[is_closer], index
        self.redundancy[changed] = self._config.redundancy_weight * self.weights[changed] * self.likeness[changed]
        self.scores[changed] = np.maximum(0, self.weights[changed] - self.redundancy[changed])
        self.repeats[changed] = self.likeness[changed] >= self._config.duplicate_similarity - NOISE


def select(
    weights: Floats,
    costs: NDArray[np.int64],
    similarity: Similarity,
    *,
    budget: Sequence[int] | NDArray[np.int64],
    config: SelectionConfig,
) -> list[Selected]:
    """Choose units while one fits, the one of the highest score first; of equal scores the earlier one.

    Units that do not fit are passed over, near-duplicates of chosen ones as well. Chosen costs never exceed the
    budget. The result is empty if no unit fits.

    Args:
        weights: (U,), 0 or more; a unit of weight 0 is never chosen.
        costs: (U, D), what a unit takes from each of D budgets.
        similarity: of the units.
        budget: (D,), most that the chosen units may cost together.
        config: redundancy weight and near-duplicates.
    """
    greedy = GreedySelector(weights, similarity, config)
    remaining = np.asarray(budget, np.int64)
    while (index := greedy.best(np.all(costs <= remaining, axis=1))) is not None:
        greedy.take(index)
        remaining = remaining - costs[index]
    return greedy.choices

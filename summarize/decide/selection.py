"""Which units are chosen: greedily by attention weight, less what is already said.

    score_i = w_i - lambda w_i r_i        r_i = largest similarity of i to a chosen unit

This is maximal marginal relevance (Carbonell & Goldstein 1998) with the redundancy in shares of the unit's own
weight, so that it means the same in a document of three sentences and of three thousand. Nothing else is read:
the weights and the redundancy terms are the whole decision; how much there is room for, the caller says.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.value import value

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Similarity = Callable[[int], Floats]

NOISE = 1e-9  # likenesses that differ by less are equal, on any machine
TIE = 1e-5  # scores that differ by less than this share of the best are equal, on any machine


@value
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


class Greedy:
    """Units that are chosen one after the other.

    Args:
        weights: (U,), 0 or more; a unit of weight 0 is never chosen.
        similarity: from a unit to the similarity of every unit with it, (U,), 0 to 1.
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
        self.weights = np.asarray(weights, np.float64)
        self.likeness, self.like = np.zeros(len(self.weights)), np.full(len(self.weights), -1)
        self.is_open = self.weights > 0
        self.choices: list[Choice] = []
        self._similarity, self._config = similarity, config
        self._score()

    def _score(self) -> None:
        self.redundancy: Floats = self._config.redundancy_weight * self.weights * self.likeness
        self.scores: Floats = np.maximum(0, self.weights - self.redundancy)
        self.repeats: Mask = self.likeness >= self._config.duplicate_similarity - NOISE

    @property
    def indices(self) -> list[int]:
        """The chosen units in order of choice."""
        return [choice.index for choice in self.choices]

    def best(self, may_be: Mask) -> int | None:
        """Return the open unit of the highest score, of equal scores the first; None if there is none.

        Args:
            may_be: (U,), True where a unit is asked for; near-duplicates of chosen ones are not.
        """
        asked = self.is_open & may_be & ~self.repeats
        if not asked.any():
            return None
        scores = np.where(asked, self.scores, -1.0)
        return int(np.argmax(scores >= scores.max() * (1 - TIE)))

    def take(self, index: int) -> None:
        """Choose a unit."""
        self.choices.append(Choice(index, float(self.weights[index]), float(self.redundancy[index])))
        self.is_open[index] = False
        found = self._similarity(index)
        is_closer = found > self.likeness + NOISE
        is_closer[self.indices] = False
        self.likeness[is_closer], self.like[is_closer] = found[is_closer], index
        self._score()


def select(
    weights: Floats,
    costs: NDArray[np.int64],
    similarity: Similarity,
    *,
    budget: Sequence[int] | NDArray[np.int64],
    config: SelectionConfig,
) -> list[Choice]:
    """Choose units while one fits, the one of the highest score first; of equal scores the earlier one.

    Units that do not fit are passed over, near-duplicates of chosen ones as well. Chosen costs never exceed the
    budget. The result is empty if no unit fits.

    Args:
        weights: (U,), 0 or more; a unit of weight 0 is never chosen.
        costs: (U, D), what a unit takes from each of D budgets.
        similarity: from a unit to the similarity of every unit with it, (U,), 0 to 1.
        budget: (D,), most that the chosen units may cost together.
        config: redundancy weight and near-duplicates.
    """
    greedy = Greedy(weights, similarity, config)
    remaining = np.asarray(budget, np.int64)
    while (index := greedy.best(np.all(costs <= remaining, axis=1))) is not None:
        greedy.take(index)
        remaining = remaining - costs[index]
    return greedy.choices

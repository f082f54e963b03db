"""Agreement of two readers on the same texts, by unit; it is the upper bound for any system.

    kappa = 1 - sum over i, j of w_ij O_ij / sum over i, j of w_ij E_ij,   w_ij = (i - j)^2

O counts the units that one reader marked i and the other j, E is what chance would give with the same marks of each.
Source: Cohen 1968, Weighted kappa (Psychological Bulletin 70).

Besides, each reader's choice of N units is judged by the other's marks, as the choice of a system is: the units that
the reader named as best, then those with the reader's highest marks, among ties the earlier.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.evaluate.choices import judge
from summarize.evaluate.marks import BEST_RANKS, MOST

Floats = NDArray[np.float64]
Row = Mapping[str, Any]  # of a file of marks, with its `text`

AGREEMENTS = ("exact", "within one", "kappa")


@dataclass(frozen=True, slots=True)
class TwoReadings:
    """A text that two readers marked.

    Args:
        language: of the text; empty if neither row says.
        marks: (2, U), what each gave each unit.
        best: the units that each named as best, the best first, at most three.
    """

    language: str
    marks: NDArray[np.int64]
    best: tuple[tuple[int, ...], tuple[int, ...]]


def pair_up(rows: Iterable[Row], others: Iterable[Row]) -> tuple[list[TwoReadings], int]:
    """Return the texts that stand among both, and how many of these were cut into other units and cannot be compared.

    Raises:
        ValueError: a row has no marks as it should.
    """
    by_text = {row["text"]: row for row in others}
    pairs, num_otherwise = [], 0
    for row in rows:
        other = by_text.get(row["text"])
        if other is None:
            continue
        units, other_units = (np.array([unit[:2] for unit in each["marks"]]).tolist() for each in (row, other))
        if units != other_units or not units:
            num_otherwise += 1
            continue
        marks = np.array([[unit[2] for unit in each["marks"]] for each in (row, other)], np.int64)  # (2, U)
        if marks.min() < 0 or marks.max() > MOST:
            raise ValueError(f"marks must be 0 to {MOST}, got {marks.min()} to {marks.max()}")
        index_of = {tuple(unit): index for index, unit in enumerate(units)}
        one, two = (
            tuple(
                index_of[tuple(unit[:2])] for unit in each.get("best", ())[:BEST_RANKS] if tuple(unit[:2]) in index_of
            )
            for each in (row, other)
        )
        pairs.append(TwoReadings(row.get("lang", ""), marks, (one, two)))
    return pairs, num_otherwise


def confusion(pair: TwoReadings) -> Floats:
    """Return how many units the first reader marked i and the second j, (4, 4)."""
    counts = np.zeros((MOST + 1, MOST + 1))
    np.add.at(counts, (pair.marks[0], pair.marks[1]), 1)
    return counts


def agreements(counts: Floats) -> Floats:
    """Return `AGREEMENTS` of counts or their means: from (4, 4, ...) to (3, ...).

    Kappa is NaN where all marks are the same one.
    """
    mark = np.arange(MOST + 1)
    distance = np.abs(mark[:, np.newaxis] - mark)
    total = counts.sum(axis=(0, 1))
    chance = counts.sum(axis=1)[:, np.newaxis] * counts.sum(axis=0)[np.newaxis] / total  # (4, 4, ...)
    observed, expected = (np.tensordot(distance**2, each, 2) for each in (counts, chance))
    ratio = np.divide(observed, expected, out=np.full(np.shape(expected), np.nan), where=expected > 0)
    exact, near = (counts[distance <= step].sum(axis=0) / total for step in (0, 1))
    return np.array([exact, near, 1 - ratio])


def choice(pair: TwoReadings, reader: int, num_units: int) -> list[int]:
    """Return the units that a reader would choose, the first first; all if there are no more."""
    order = [*pair.best[reader], *np.argsort(-pair.marks[reader], kind="stable").tolist()]
    return list(dict.fromkeys(order))[:num_units]


def judged_by_other(pair: TwoReadings, reader: int, lengths: Sequence[int]) -> Floats:
    """Return what the other reader thinks of a reader's choices, (lengths, 3, 2), as `choices.judge` says it."""
    marks, best = pair.marks[1 - reader], pair.best[1 - reader]
    return np.array(
        [judge(marks, best, choice(pair, reader, num_units), target_sentences=num_units) for num_units in lengths]
    )

"""Bootstrap confidence intervals over documents.

A draw takes as many documents as there are, with replacement, and the same ones for every system. So the difference of
two systems is evaluated on the same documents (paired), and the difficulty of documents cancels out.

Source: Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 13 (percentile intervals); for comparing
summarizers and translators Koehn 2004 (EMNLP).
"""

import math
import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
Statistic = Callable[[Floats], Floats]

CONFIDENCE = 0.95
_NUMBERS_AT_ONCE = 2_000_000  # 16 MB of drawn scores


@dataclass(frozen=True, slots=True)
class Intervals:
    """Figures and the ends of their intervals, arrays of one shape; NaN where there is none."""

    values: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure and the ends of its 95% interval, to four places; None where it is not defined."""

    value: float | None
    low: float | None
    high: float | None

    @property
    def sign(self) -> int:
        """1 if the interval lies above 0, -1 if below, else 0."""
        if self.low is None or self.high is None:
            return 0
        return int(self.low > 0) - int(self.high < 0)

    @property
    def half_width(self) -> float | None:
        """Half the width of the interval; None if there is none."""
        return None if self.low is None or self.high is None else (self.high - self.low) / 2


def estimate(intervals: Intervals, index: tuple[int, ...]) -> Estimate:
    """Return one of many figures."""
    ends = (float(part[index]) for part in (intervals.values, intervals.low, intervals.high))
    return Estimate(*(round(end, 4) if math.isfinite(end) else None for end in ends))


def bootstrap(scores: Floats, figure: Statistic, *, resamples: int, seed: int) -> Intervals:
    """Return figures of a corpus with their 95% intervals.

    Args:
        scores: (documents, ...), what was measured on each document.
        figure: from means over documents, (...) or (..., draws), to figures, their trailing axis kept.
        resamples: draws, at least 1.
        seed: of the draws.

    Returns:
        Figures as `figure` shapes them. One document has no interval: its ends are NaN.
    """
    values = figure(scores.mean(axis=0))
    if len(scores) == 1:
        nothing = np.full(np.shape(values), np.nan)
        return Intervals(values, nothing, nothing)

    def drawn_figure(drawn: Floats, axis: int) -> Floats:
        return figure(drawn.mean(axis=axis))

    with warnings.catch_warnings():
        # A figure that is not defined in some draw (a share of a gap of 0) gets NaN; that needs no warning.
        warnings.simplefilter("ignore", stats.DegenerateDataWarning)
        found = stats.bootstrap(
            (np.moveaxis(scores, 0, -1),),
            drawn_figure,
            n_resamples=resamples,
            batch=max(1, _NUMBERS_AT_ONCE // scores.size),
            vectorized=True,
            axis=-1,
            confidence_level=CONFIDENCE,
            method="percentile",
            rng=np.random.default_rng(seed),
        )
    return Intervals(values, *found.confidence_interval)

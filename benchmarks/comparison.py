"""What several systems get on the same items, and how much more the last one gets, as a table for the terminal."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rich.table import Table

from summarize.evaluate.bootstrap import bootstrap


def comparison_table(
    title: str, systems: Sequence[str], measures: Sequence[str], scores: NDArray[np.float64], *, resamples: int
) -> Table:
    """Return the mean of each system, and the paired difference to the last one, with 95% intervals.

    Args:
        title: of the table.
        systems: names; what the last one has more than each other one is shown.
        measures: names.
        scores: (items, systems, measures); a measure that is NaN for the first system is not known here: `-`.
        resamples: draws of items for the intervals.
    """
    own = bootstrap(scores, lambda means: means, resamples=resamples, seed=1)
    more = bootstrap(scores, lambda means: means[-1:] - means, resamples=resamples, seed=1)
    is_known = ~np.isnan(own.values[0])
    table = Table("", *measures, *(f"more {measure}" for measure in measures), title=title)
    for row, system in enumerate(systems):
        halves = (own.high[row] - own.low[row]) / 2
        cells = [f"{value:.1f} ± {half:.1f}" for value, half in zip(own.values[row], halves, strict=True)]
        if row + 1 < len(systems):
            ends = zip(more.values[row], more.low[row], more.high[row], strict=True)
            cells += [f"{value:+.1f} [{low:+.1f}, {high:+.1f}]" for value, low, high in ends]
        shown = [cell if is_known[at % len(measures)] else "-" for at, cell in enumerate(cells)]
        table.add_row(system, *shown)
    return table

"""How good shortened sentences are against how many are printed, over how sure the judge must be.

    coverage(t)     share of the judged sentences that the judge takes for good with at least t
    precision(t)    share of these that readers found good

The sentences are those that were printed, so the curve begins where `make` was told to be sure: to see what is below
the settings of a model, make items with a lower `--least-good`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.editing.counts import Judged, share
from benchmarks.editing.items import SHORTENED
from benchmarks.editing.tables import Row, Table
from benchmarks.pairs.counts import wilson

NUM_POINTS = 10


@dataclass(frozen=True, slots=True)
class Point:
    """A threshold and what comes of it.

    Args:
        threshold: how likely the judge must take a sentence for good.
        num_printed: sentences for which it does.
        num_good: those of them that readers found good.
        num_false: and false.
        coverage: share of all sentences, 0 to 1.
    """

    threshold: float
    num_printed: int
    num_good: int
    num_false: int
    coverage: float

    @property
    def precision(self) -> float:
        """Share of good ones, 0 to 1."""
        return self.num_good / self.num_printed


def find_curve(judged: Sequence[Judged], most_false: float = 1.0, num_points: int = NUM_POINTS) -> list[Point]:
    """Return points of equal steps in coverage, the most sentences first; none if the judge was asked about none.

    Args:
        judged: items and what readers say of them; those that were not shortened are left out.
        most_false: how likely the judge may take a sentence for false, 0 to 1.
        num_points: of the curve.
    """
    asked = [
        (each.item.good, verdict)
        for each, verdict in judged
        if each.item.made == SHORTENED
        and each.item.good is not None
        and each.item.false is not None
        and each.item.false <= most_false
    ]
    asked.sort(key=lambda pair: -pair[0])
    sizes = sorted({-(-len(asked) * step // num_points) for step in range(1, num_points + 1)} - {0}, reverse=True)
    points = []
    for size in sizes:
        threshold = asked[size - 1][0]
        printed = [verdict for good, verdict in asked if good >= threshold]  # with those that are just as good
        num_good, num_false = (sum(verdict.verdict == name for verdict in printed) for name in ("good", "false"))
        points.append(Point(threshold, len(printed), num_good, num_false, len(printed) / len(asked)))
    return list(dict.fromkeys(points))


def curve_table(points: Sequence[Point]) -> Table:
    """Return the points as a table."""
    rows: list[Row] = [
        (
            f"{point.threshold:.3f}",
            100 * point.coverage,
            point.num_printed,
            share(point.num_good, point.num_printed),
            share(point.num_false, point.num_printed),
        )
        for point in points
    ]
    head = ("least good", "coverage, %", "sentences", "good, %", "false, %")
    return Table("Shortened sentences by how sure the judge was", head, rows)


def draw_curve(path: Path, points: Sequence[Point]) -> None:
    """Draw precision with its 95% interval against coverage into an SVG, the same bytes each time."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    coverage = [100 * point.coverage for point in points]
    ends = [wilson(point.num_good, point.num_printed) for point in points]
    with pyplot.rc_context({"svg.hashsalt": "summarize", "svg.fonttype": "none", "font.size": 9}):
        figure, panel = pyplot.subplots(figsize=(6, 4))
        panel.plot(coverage, [100 * point.precision for point in points], color="#c0392b", marker="o", markersize=4)
        low, high = ([100 * end[side] for end in ends] for side in (0, 1))
        panel.fill_between(coverage, low, high, color="#c0392b", alpha=0.15, linewidth=0)
        panel.set_xlabel("coverage: % of the judged sentences that are printed")
        panel.set_ylabel("precision: % of these that readers found good")
        panel.grid(alpha=0.25)
        figure.tight_layout()
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
        pyplot.close(figure)

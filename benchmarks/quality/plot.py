"""ROUGE-1 against the length of summaries, every system a curve over N: one SVG, the same bytes each time."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.quality.measure import Scores
from benchmarks.quality.sets import TestSet
from summarize.document import ATTENTION_KINDS
from summarize.evaluate.systems import CENTRALITY, LEAD, ORACLE

_OURS = dict(zip(ATTENTION_KINDS, ("#c0392b", "#e67e22", "#8e44ad"), strict=True))
_PLAIN = {LEAD: ("black", "--"), CENTRALITY: ("black", ":"), ORACLE: ("#888888", "-."), "boosted": ("#2471a3", "-")}
_PEER_COLOURS = ("#16a085", "#7f8c8d", "#b7950b", "#5d6d7e", "#a04000", "#229954", "#6c3483", "#117a65", "#935116")
_MARKERS = "osv^D<>PX"


@dataclass(frozen=True, slots=True)
class Curves:
    """A set measured at several lengths.

    Args:
        test_set: the set; its own N does not matter.
        lengths: N of each point of a curve.
        scores: what the systems got.
    """

    test_set: TestSet
    lengths: tuple[int, ...]
    scores: Scores


def _style(name: str, peers: Sequence[str]) -> dict[str, object]:
    if name in _OURS:
        return {"color": _OURS[name], "linewidth": 2.2, "marker": "o", "markersize": 4, "zorder": 4}
    if name in _PLAIN:
        colour, line = _PLAIN[name]
        return {"color": colour, "linestyle": line, "linewidth": 1.6, "marker": ".", "zorder": 3}
    at = peers.index(name)
    colour, marker = _PEER_COLOURS[at % len(_PEER_COLOURS)], _MARKERS[at % len(_MARKERS)]
    line = "-" if at < len(_PEER_COLOURS) else "--"
    return {"color": colour, "linestyle": line, "linewidth": 0.8, "marker": marker, "markersize": 3, "zorder": 2}


def draw(path: Path, curves: Sequence[Curves]) -> None:
    """Draw a panel for each set into an SVG."""
    import matplotlib

    matplotlib.use("svg")
    from matplotlib import pyplot

    known = (*_OURS, *_PLAIN)
    names = list(dict.fromkeys(name for curve in curves for name in curve.scores.systems))
    peers = [name for name in names if name not in known]
    rows = (len(curves) + 1) // 2
    # Text stays text, and ids come from a fixed salt: no fonts and no chance in the file.
    with pyplot.rc_context({"svg.hashsalt": "summarize", "svg.fonttype": "none", "font.size": 9}):
        figure, panels = pyplot.subplots(rows, min(2, len(curves)), figsize=(11, 4.4 * rows), squeeze=False)
        handles = {}
        for panel in panels.flat[len(curves) :]:
            panel.set_axis_off()
        for panel, curve in zip(panels.flat, curves, strict=False):
            for column, name in enumerate(curve.scores.systems):
                lengths = np.ma.masked_equal(curve.scores.lengths_chars[:, :, column], 0).mean(axis=0)
                rouge = curve.scores.rouge[:, :, column, 0].mean(axis=0)
                (handles[name],) = panel.plot(lengths, rouge, label=name, **_style(name, peers))
            num_documents = len(curve.scores.rouge)
            panel.set_title(f"{curve.test_set.corpus}, {num_documents:,} documents, N = {_range(curve.lengths)}")
            panel.set_xlabel("mean length of a summary, characters")
            panel.set_ylabel("ROUGE-1 F1")
            panel.grid(alpha=0.25)
        ordered = [name for name in (*_OURS, *_PLAIN, *peers) if name in handles]
        figure.legend([handles[name] for name in ordered], ordered, loc="outside lower center", ncols=6, frameon=False)
        figure.tight_layout(rect=(0, 0.05 + 0.12 / rows, 1, 1))
        figure.savefig(path, format="svg", metadata={"Date": None, "Creator": None})
        pyplot.close(figure)


def _range(lengths: Sequence[int]) -> str:
    return f"{lengths[0]} to {lengths[-1]}" if len(lengths) > 1 else str(lengths[0])

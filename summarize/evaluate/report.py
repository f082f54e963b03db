"""Scores to a table for people and to an object for machines."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TextIO

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from summarize.evaluate.bootstrap import CONFIDENCE, Estimate, Floats, bootstrap, estimate
from summarize.evaluate.faithfulness import CHECKS
from summarize.evaluate.measure import CorpusScores
from summarize.evaluate.rouge import METRICS
from summarize.evaluate.systems import LEAD, ORACLE

_HEADINGS = {"rouge1": "ROUGE-1", "rouge2": "ROUGE-2", "rougeL": "ROUGE-L"}
_PIPE_WIDTH = 100  # columns where there is no terminal to ask; the widest table needs 79
LEGEND = """\
ROUGE: mean F1 in percent, ± half the width of its 95% interval; below it the difference to the lead on the same
documents, with * if its interval excludes 0. gap: share of the way from the lead to the oracle in ROUGE-1. chars: mean
length of a summary. none: documents without a summary, because no sentence fits; they are scored 0. violations: how
often summaries break a rule of `summarize.evaluate.faithfulness`, all together, and documents in which one does."""


@dataclass(frozen=True, slots=True)
class SystemFigures:
    """What one system is worth on one corpus.

    Args:
        name: the system.
        rouge: mean F1 in percent, by metric.
        minus_lead: the same less the lead's, by metric.
        closed_gap: (ROUGE-1 - lead's) / (oracle's - lead's), in percent.
        length_chars: mean code points of the summaries that there are; None if there is none.
        num_failures: documents without a summary, because nothing fitted; they count with a score of 0.
        violations: how often its summaries break each rule of faithfulness, over all documents; None if it is no
            attention, and was not checked.
        num_unfaithful: documents whose summary breaks one.
    """

    name: str
    rouge: dict[str, Estimate]
    minus_lead: dict[str, Estimate]
    closed_gap: Estimate
    length_chars: float | None
    num_failures: int
    violations: dict[str, int] | None
    num_unfaithful: int


def _closed_gaps(means: Floats, lead: int, oracle: int) -> Floats:
    """Return each system's share of the way from lead to oracle in percent, (systems, ...); NaN if there is no way."""
    ours = means[:, METRICS.index("rouge1")]  # (systems, ...)
    gap = np.broadcast_to(ours[oracle] - ours[lead], ours.shape)
    return np.asarray(np.divide(100 * (ours - ours[lead]), gap, out=np.full(ours.shape, np.nan), where=gap > 0))


def find_figures(scores: CorpusScores, *, resamples: int, seed: int) -> list[SystemFigures]:
    """Return the figures of each system on a corpus, with intervals from `resamples` draws of its documents.

    Args:
        scores: of systems among which are the lead and the oracle.
        resamples: draws, at least 1.
        seed: of the draws.
    """
    lead, oracle = scores.systems.index(LEAD), scores.systems.index(ORACLE)

    def figures_of(means: Floats) -> Floats:
        """From (systems, metrics, ...) to (systems, metrics + metrics + 1, ...)."""
        gaps = _closed_gaps(means, lead, oracle)[:, np.newaxis]
        return np.concatenate([means, means - means[lead], gaps], axis=1)

    intervals = bootstrap(scores.rouge, figures_of, resamples=resamples, seed=seed)
    num_metrics = len(METRICS)
    figures = []
    for row, name in enumerate(scores.systems):
        lengths = scores.lengths_chars[:, row]
        printed = lengths[lengths > 0]
        found = scores.violations[:, [kind == name for kind in scores.kinds]]  # (documents, 1 or 0, checks)
        figures.append(
            SystemFigures(
                name=name,
                rouge={metric: estimate(intervals, (row, at)) for at, metric in enumerate(METRICS)},
                minus_lead={metric: estimate(intervals, (row, num_metrics + at)) for at, metric in enumerate(METRICS)},
                closed_gap=estimate(intervals, (row, 2 * num_metrics)),
                length_chars=round(float(printed.mean()), 1) if len(printed) else None,
                num_failures=len(lengths) - len(printed),
                violations=dict(zip(CHECKS, found.sum(axis=(0, 1)).tolist(), strict=True)) if found.shape[1] else None,
                num_unfaithful=int(found.any(axis=(1, 2)).sum()),
            )
        )
    return figures


def _length(scores: CorpusScores) -> tuple[str, int]:
    """Return the unit and the number of what the summaries of a corpus may be long."""
    if scores.budget.chars:
        return "chars", scores.budget.chars
    if scores.budget.words:
        return "words", scores.budget.words
    assert scores.budget.sentences
    return "sentences", scores.budget.sentences


def to_json(scores: CorpusScores, figures: Sequence[SystemFigures]) -> dict[str, Any]:
    """Return a corpus' figures as plain values."""

    def plain(figure: Estimate) -> dict[str, float | None]:
        return {"value": figure.value, "low": figure.low, "high": figure.high}

    unit, number = _length(scores)
    return {
        "name": scores.name,
        "path": str(scores.path),
        "sha256": scores.sha256,
        "num_documents": len(scores.rouge),
        "languages": scores.languages,
        "length": {"unit": unit, "at_most": number},
        "confidence": CONFIDENCE,
        "systems": {
            system.name: {
                "rouge": {metric: plain(figure) for metric, figure in system.rouge.items()},
                "minus_lead": {metric: plain(figure) for metric, figure in system.minus_lead.items()},
                "closed_gap": plain(system.closed_gap),
                "length_chars": system.length_chars,
                "num_failures": system.num_failures,
                "violations": system.violations,
                "num_unfaithful": system.num_unfaithful,
            }
            for system in figures
        },
    }


def _shown(figure: Estimate, sign: str = "") -> str:
    """Return a figure and half of its interval: `31.4 ±1.2`."""
    if figure.value is None:
        return "-"
    shown = f"{figure.value:{sign}.1f}"
    return shown if figure.half_width is None else f"{shown} ±{figure.half_width:.1f}"


def _row(system: SystemFigures) -> list[str]:
    """Return the cells of a system's row, each with the difference to the lead in a second line."""
    is_lead = system.name == LEAD
    cells = [system.name]
    for metric in METRICS:
        difference = system.minus_lead[metric]
        star = "* " if difference.sign else ""
        second_line = "" if is_lead else f"\n[dim]{star}{_shown(difference, '+')}[/dim]"
        cells.append(_shown(system.rouge[metric]) + second_line)
    gap = system.closed_gap.value
    return [
        *cells,
        "-" if gap is None else f"{gap:.0f}%",
        "-" if system.length_chars is None else f"{system.length_chars:.0f}",
        str(system.num_failures),
    ]


def print_table(scores: CorpusScores, figures: Sequence[SystemFigures], file: TextIO) -> None:
    """Print a corpus' figures as tables: in colours and as wide as a terminal, plain and wide enough in a pipe."""
    unit, number = _length(scores)
    unit = unit.removesuffix("s") if number == 1 else unit
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column("system", no_wrap=True)
    for heading in (*(_HEADINGS[metric] for metric in METRICS), "gap", "chars", "none"):
        table.add_column(heading, justify="right")
    for system in figures:
        table.add_row(*_row(system))
    console = Console(file=file, highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    title = f"{'/'.join(scores.languages)} {scores.name}: {len(scores.rouge)} documents, at most {number} {unit}"
    console.print(f"{title}, sha256 {scores.sha256[:12]}", style="bold", markup=False, soft_wrap=True)
    console.print(table)
    checked = [(system, system.violations) for system in figures if system.violations is not None]
    if checked:
        table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, 0, 0, 1))
        table.add_column("violations", no_wrap=True)
        for heading in (*CHECKS, "documents"):
            table.add_column(heading, justify="right")
        for system, found in checked:
            table.add_row(system.name, *(str(found[check]) for check in CHECKS), str(system.num_unfaithful))
        console.print()
        console.print(table)
    console.print()

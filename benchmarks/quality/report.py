"""Scores to the record that is shown in docs/PEERS.md."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.measure import Scores
from benchmarks.quality.sets import AS_IS, CONDITIONS, TestSet
from benchmarks.results import Block, Table
from summarize.document import LANGUAGES
from summarize.evaluate.bootstrap import Floats, bootstrap
from summarize.evaluate.rouge import METRICS
from summarize.evaluate.systems import CENTRALITY, LEAD, ORACLE

ABOVE, BELOW = "▲", "▼"
LANGUAGE_NAMES = {"zh": "Chinese", "en": "English"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A mean or a difference of means, and the ends of its 95% interval; NaN where there is none."""

    value: float
    low: float
    high: float

    @property
    def mark(self) -> str:
        """`▲` if the interval lies above 0, `▼` if below, else nothing."""
        return ABOVE if self.low > 0 else BELOW if self.high < 0 else ""


@dataclass(frozen=True, slots=True)
class Row:
    """What one system is worth on a set.

    Args:
        name: the system.
        rouge: mean F1 in percent, by metric.
        minus_lead: the same less the lead's.
        ours_minus_it: the default attention's less the system's.
        gap: (ROUGE-1 - lead's) / (oracle's - lead's), in percent; NaN where there is no way between them.
        length_chars: mean code points of the summaries that there are; NaN if there is none.
        num_failures: documents without a summary, scored 0.
    """

    name: str
    rouge: tuple[float, ...]
    minus_lead: tuple[Figure, ...]
    ours_minus_it: tuple[Figure, ...]
    gap: float
    length_chars: float
    num_failures: int


def find_rows(scores: Scores, default: str, *, resamples: int, seed: int, length_at: int = 0) -> list[Row]:
    """Return the mean of each system, and intervals for what lies between systems, from paired draws of documents."""
    systems, num_metrics = scores.systems, len(METRICS)
    lead, oracle, ours = (systems.index(name) for name in (LEAD, ORACLE, default))
    rouge = scores.rouge[:, length_at]  # (documents, systems, metrics)

    def differences(means: Floats) -> Floats:  # (systems, metrics, ...) to (systems, metrics + metrics, ...)
        return np.concatenate([means - means[lead], means[ours] - means], axis=1)

    found = bootstrap(rouge, differences, resamples=resamples, seed=seed)
    means: NDArray[np.float64] = rouge.mean(axis=0)
    way = means[oracle, 0] - means[lead, 0]

    def figure(row: int, column: int) -> Figure:
        return Figure(*(float(part[row, column]) for part in (found.values, found.low, found.high)))

    rows = []
    for row, name in enumerate(systems):
        lengths = scores.lengths_chars[:, length_at, row]
        has_summary = lengths > 0
        rows.append(
            Row(
                name,
                tuple(means[row].tolist()),
                tuple(figure(row, at) for at in range(num_metrics)),
                tuple(figure(row, num_metrics + at) for at in range(num_metrics)),
                float(100 * (means[row, 0] - means[lead, 0]) / way) if way > 0 else float("nan"),
                float(lengths[has_summary].mean()) if has_summary.any() else float("nan"),
                int((~has_summary).sum()),
            )
        )
    return rows


@dataclass(frozen=True, slots=True)
class Result:
    """A set under a condition, measured.

    Args:
        test_set: the set.
        condition: a name from `CONDITIONS`.
        num_documents: documents measured.
        sha256: digest of the corpus file.
        rows: what each system is worth.
        errors: for each peer that failed, how often it did and why.
    """

    test_set: TestSet
    condition: str
    num_documents: int
    sha256: str
    rows: list[Row]
    errors: Mapping[str, Counter[str]]


def _rouge(row: Row) -> str:
    return "/".join(f"{value:.1f}" for value in row.rouge)


def _difference(figure: Figure) -> str:
    interval = "" if np.isnan(figure.low) else f" [{figure.low:.1f}, {figure.high:.1f}]"
    return f"{figure.value:+.1f}{interval} {figure.mark}".rstrip()


def _rounded(value: float, unit: str = "") -> str:
    return "-" if np.isnan(value) else f"{value:.0f}{unit}"


def _overview(results: Sequence[Result], default: str) -> Table:
    """ROUGE-1 of all systems on all sets of a language; marked where the default attention is apart from one."""
    names = list(dict.fromkeys(row.name for result in results for row in result.rows))
    by_name = [{row.name: row for row in result.rows} for result in results]
    lines = []
    for name in names:
        cells = [f"**{name}**" if name == default else name]
        for rows in by_name:
            row = rows.get(name)
            cells.append("-" if row is None else f"{row.rouge[0]:.1f} {row.ours_minus_it[0].mark}".rstrip())
        lines.append(cells)
    head = [f"{result.test_set.name}, N = {result.test_set.num_sentences}" for result in results]
    return {"head": ["ROUGE-1", *head], "rows": lines}


def _in_full(result: Result, default: str) -> list[Block]:
    rows = []
    for row in result.rows:
        lead_cells = ["", "", ""] if row.name == LEAD else [_difference(figure) for figure in row.minus_lead]
        is_ours = row.name == default
        rows.append(
            [
                f"**{row.name}**" if is_ours else row.name,
                _rouge(row),
                *lead_cells,
                *(["", "", ""] if is_ours else [_difference(figure) for figure in row.ours_minus_it]),
                _rounded(row.gap, "%"),
                _rounded(row.length_chars),
                str(row.num_failures),
            ]
        )
    less_lead = [f"R{metric} - lead" for metric in "12L"]
    ours = [f"{default} - it, R{metric}" for metric in "12L"]
    test_set = result.test_set
    failures = "\n".join(
        f"- {name} failed: {', '.join(f'{count} times {error}' for error, count in errors.most_common(3))}"
        for name, errors in result.errors.items()
    )
    return [
        f"#### {test_set.corpus}, N = {test_set.num_sentences}",
        f"{result.num_documents:,} documents, sha256 {result.sha256[:12]}",
        {"head": ["system", "R1/R2/RL", *less_lead, *ours, "gap", "chars", "none"], "rows": rows},
        *([failures] if failures else []),
    ]


def _changed(results: Sequence[Result], default: str) -> Table:
    lines = []
    for result in results:
        row_of = {row.name: row for row in result.rows}
        ours = row_of[default]
        lines.append(
            [
                f"{result.test_set.name} ({result.num_documents:,})",
                result.condition,
                *(_rouge(row_of[name]) for name in (LEAD, CENTRALITY, default, ORACLE)),
                _difference(ours.minus_lead[0]),
                _difference(row_of[CENTRALITY].ours_minus_it[0]),
                _rounded(ours.gap, "%"),
            ]
        )
    head = ["set (documents)", "text", LEAD, CENTRALITY, default, ORACLE, "R1 - lead", "R1 - centrality", "gap"]
    return {"head": head, "rows": lines}


def to_record(results: Sequence[Result], default: str, about: Sequence[str]) -> list[Block]:
    """Return the record of everything that was measured.

    Args:
        results: sets under conditions.
        default: the attention that the others are compared with.
        about: paragraphs on what was measured with what.
    """
    as_is = [result for result in results if result.condition == AS_IS]
    altered = {result.test_set.corpus for result in results if result.condition != AS_IS}
    blocks: list[Block] = [
        "## ROUGE on whole sentences",
        *about,
        f"In the first tables {ABOVE} says that the default attention, {default}, is above the system, and {BELOW} "
        "that it is below: the 95% interval of their difference, from paired draws of documents, excludes 0.",
    ]
    for language in LANGUAGES:
        of_language = [result for result in as_is if result.test_set.language == language]
        if of_language:
            blocks += [f"### {LANGUAGE_NAMES[language]}", _overview(of_language, default)]
    if altered:
        order = list(CONDITIONS)
        shown = sorted(
            (result for result in results if result.test_set.corpus in altered),
            key=lambda result: (
                ([found.test_set for found in as_is].index(result.test_set), order.index(result.condition))
                if as_is
                else (0, order.index(result.condition))
            ),
        )
        blocks += [
            "### Where the place tells less",
            "shuffled: the sentences in random order, the same for every system; beheaded: without the first three, "
            "documents of fewer than six left out. Headings stay.",
            _changed(shown, default),
        ]
    blocks += [
        "### In full",
        "R1, R2, RL: mean ROUGE-1, ROUGE-2 and ROUGE-L F1 in percent; differences with their 95% intervals. gap: share "
        "of the way from the lead to the oracle in ROUGE-1. chars: mean length of a summary. none: documents on which "
        "the system failed, returned nothing or took too long; they are scored 0.",
    ]
    for result in as_is:
        blocks += _in_full(result, default)
    return blocks

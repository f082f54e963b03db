"""What was found out about explanations, to tables for people and to an object for machines."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any, TextIO

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.explanations.changes import CHANGES
from benchmarks.explanations.erasure import PERCENTS
from benchmarks.explanations.exactness import EXACT
from benchmarks.explanations.examination import (
    AGREEMENTS,
    DROPS,
    FEWEST,
    MOST,
    PLAUSIBILITY,
    RANKINGS,
    RIVALS,
    STAYS,
    CorpusFindings,
    Findings,
)
from summarize.document import AttentionKind
from summarize.evaluate.bootstrap import CONFIDENCE, Floats, bootstrap

CLASSES = ((FEWEST, 10), (11, 20), (21, 40), (41, MOST))  # sentences that may be chosen
ATTENTION, *BASELINES = RANKINGS
COMPREHENSIVENESS, SUFFICIENCY = "comprehensiveness", "sufficiency"
_PERCENTS = ", ".join(map(str, PERCENTS))
LEGEND = f"""\
Means over documents, ± half the width of the 95% interval. exact: documents in which the terms are the scores, the
scores the weights, and the weights the choice and its trace, in sentences and under a length. tau: Kendall's, of the
weights and of what is lost without each sentence: of the account in words, in the network's content, and of the
weights; then in words among the heavier half alone, among those above the mean weight, and if the rest kept its
proportions and were not read again. most missed: documents in which most words are lost without the heaviest sentence.
comprehensiveness: what the account loses without the first sentences of a ranking, the more the better; sufficiency:
what it loses with nothing but them, the less the better; both are means over {_PERCENTS}% of the sentences, and below
them stands the attention's less the ranking's on the same documents, with * if the interval excludes 0. uniform: ranked
by what is lost if all sentences weigh the same; central: by the share in their mean. seeds: of the weights of two
models, trained from other seeds. changes: of the text, none of which should matter; Spearman's, and documents in which
the same sentences are chosen. auc, ndcg: of the weights against the oracle's sentences, and against the ROUGE of each
sentence."""

_PIPE_WIDTH = 140  # columns where there is no terminal to ask


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over documents and its 95% interval.

    Args:
        value: the mean; None if no document counts.
        low: where the interval begins; None for fewer than two documents.
        high: where it ends.
        num_documents: documents that count.
        num_undefined: documents in which it is not defined, left out of the mean.
    """

    value: float | None
    low: float | None
    high: float | None
    num_documents: int
    num_undefined: int

    @property
    def is_apart_from_zero(self) -> bool:
        """Whether the interval lies above or below 0 altogether."""
        return self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)

    def shown(self, sign: str = "", digits: int = 3) -> str:
        """Return the mean and half of its interval: `0.713 ±0.021`."""
        if self.value is None:
            return "-"
        text = f"{self.value:{sign}.{digits}f}"
        return text if self.low is None or self.high is None else f"{text} ±{(self.high - self.low) / 2:.{digits}f}"


Figures = dict[str, Any]  # nested by name; at the ends means and counts


class _Averager:
    """Means of what was found on documents, with intervals from `resamples` draws of them."""

    def __init__(self, resamples: int, seed: int) -> None:
        self._resamples, self._seed = resamples, seed

    def __call__(self, values: Floats) -> Mean:
        """From (documents,) to their mean; NaN is left out and counted."""
        defined = values[np.isfinite(values)]
        num_undefined = len(values) - len(defined)
        if not len(defined):
            return Mean(None, None, None, 0, num_undefined)
        found = bootstrap(defined, lambda means: means, resamples=self._resamples, seed=self._seed)
        low, high = (round(float(end), 4) if math.isfinite(end) else None for end in (found.low, found.high))
        return Mean(round(float(found.values), 4), low, high, len(defined), num_undefined)

    def named(self, values: Floats, names: Sequence[str]) -> dict[str, Mean]:
        """From (documents, names) to a mean by name."""
        return {name: self(values[:, at]) for at, name in enumerate(names)}


def find_figures(
    documents: Sequence[Findings],
    kinds: Sequence[AttentionKind],
    models: Sequence[str],
    *,
    resamples: int,
    seed: int,
) -> Figures:
    """Return the figures of documents, by kind of attention.

    Args:
        documents: what was found on each, at least one.
        kinds: attentions that were measured.
        models: names of the model and of the others, in the order in which they were compared.
        resamples: draws for the intervals, at least 1.
        seed: of the draws.
    """
    mean = _Averager(resamples, seed)

    def stacked(name: str) -> Floats:
        return np.stack([getattr(document, name) for document in documents])

    exact, taus, most_missed, curves = (stacked(name) for name in ("exact", "taus", "most_missed", "curves"))
    seeds, changes, plausibility = (stacked(name) for name in ("seeds", "changes", "plausibility"))
    cut_otherwise = stacked("is_cut_otherwise")
    sizes = np.array([document.num_candidates for document in documents])
    pairs = [f"{one}, {other}" for one, other in combinations(models, 2)]

    def curve_figures(own: Floats) -> Figures:
        """From (documents, rankings, 2, percents)."""
        areas = own.mean(axis=-1)
        return {
            measure: {
                name: {
                    "mean": mean(areas[:, rank, at]),
                    "attention_minus": mean(areas[:, 0, at] - areas[:, rank, at]) if rank else None,
                    "by_percent": {
                        str(percent): round(float(own[:, rank, at, column].mean()), 4)
                        for column, percent in enumerate(PERCENTS)
                    },
                }
                for rank, name in enumerate(RANKINGS)
            }
            for at, measure in enumerate((COMPREHENSIVENESS, SUFFICIENCY))
        }

    def seed_figures(own: Floats) -> Figures:
        """From (documents, pairs, agreements)."""
        of_pairs = {pair: mean.named(own[:, at], AGREEMENTS) for at, pair in enumerate(pairs)}
        # A document counts in the mean over pairs if it is defined in each of them.
        return {"mean": mean.named(own.mean(axis=1), AGREEMENTS), "pairs": of_pairs} if pairs else {}

    by_kind = {
        kind: {
            "exact": {**mean.named(exact[:, at], EXACT), "all": mean(np.nanmin(exact[:, at], axis=1))},
            "tau": mean.named(taus[:, at], DROPS),
            "most_missed": mean(most_missed[:, at]),
            "tau_by_length": {
                f"{low}-{high}": mean(taus[(sizes >= low) & (sizes <= high), at, 0]) for low, high in CLASSES
            },
            "erasure": curve_figures(curves[:, at]),
            "seeds": seed_figures(seeds[:, at]),
            "changes": {name: mean.named(changes[:, at, row], STAYS) for row, name in enumerate(CHANGES)},
            "plausibility": mean.named(plausibility[:, at], PLAUSIBILITY),
        }
        for at, kind in enumerate(kinds)
    }
    rivals = {name: mean.named(plausibility[:, len(kinds) + at], PLAUSIBILITY) for at, name in enumerate(RIVALS)}
    counts = {
        name: {"changed": int(np.isfinite(cut).sum()), "cut_otherwise": int(np.nansum(cut))}
        for name, cut in zip(CHANGES, cut_otherwise.T, strict=True)
    }
    return {"num_documents": len(documents), "kinds": by_kind, "rivals": rivals, "changes": counts}


def _plain(figures: Any) -> Any:
    if isinstance(figures, Mean):
        return asdict(figures)
    if isinstance(figures, dict):
        return {name: _plain(value) for name, value in figures.items()}
    return figures


def to_json(findings: CorpusFindings, figures: Figures) -> dict[str, Any]:
    """Return a corpus' figures as plain values."""
    return {
        "name": findings.name,
        "path": str(findings.path),
        "sha256": findings.sha256,
        "num_wanted": findings.target_sentences,
        "num_left_out": findings.num_left_out,
        "confidence": CONFIDENCE,
        **_plain(figures),
    }


def plain(figures: Figures) -> dict[str, Any]:
    """Return figures as plain values."""
    return dict(_plain(figures))


def corpus_title(findings: CorpusFindings) -> str:
    """Return what stands above a corpus' tables."""
    languages = "/".join(sorted({document.language for document in findings.documents}))
    unit = "sentence" if findings.target_sentences == 1 else "sentences"
    return (
        f"{languages} {findings.name}: {len(findings.documents)} documents, {findings.num_left_out} left out, "
        f"{findings.target_sentences} {unit}, sha256 {findings.sha256[:12]}"
    )


def _table(heading: str, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(heading, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _trust(of_kinds: Mapping[str, Figures]) -> Table:
    table = _table("tau of weights and", "exact", *DROPS, "undefined", "most missed")
    for kind, own in of_kinds.items():
        taus = [own["tau"][name] for name in DROPS]
        table.add_row(
            kind, f"{own['exact']['all'].value:.1%}", *(tau.shown() for tau in taus), str(taus[0].num_undefined)
        )
    return table


def _lengths(of_kinds: Mapping[str, Figures]) -> Table:
    names = [f"{low}-{high}" for low, high in CLASSES]
    counts = next(iter(of_kinds.values()))["tau_by_length"]
    table = _table("tau by sentences", *(f"{name} ({counts[name].num_documents})" for name in names))
    for kind, own in of_kinds.items():
        table.add_row(kind, *(own["tau_by_length"][name].shown() for name in names))
    return table


def _erasure(of_kinds: Mapping[str, Figures]) -> Table:
    table = _table("comprehensiveness, sufficiency", *RANKINGS)
    for kind, own in of_kinds.items():
        for measure, of_rankings in own["erasure"].items():
            cells = []
            for figures in of_rankings.values():
                less = figures["attention_minus"]
                star = "* " if less and less.is_apart_from_zero else ""
                second_line = f"\n[dim]{star}{less.shown('+')}[/dim]" if less else ""
                cells.append(f"{figures['mean'].value:.3f}{second_line}")
            table.add_row(f"{kind}, {measure[:4]}.", *cells)
    return table


def _seeds(of_kinds: Mapping[str, Figures]) -> Table | None:
    table = _table("seeds", "spearman", "same favourite", "overlap of the first")
    for kind, own in of_kinds.items():
        if not own["seeds"]:
            return None
        for name, agreements in [("all pairs", own["seeds"]["mean"]), *own["seeds"]["pairs"].items()]:
            table.add_row(f"{kind}: {name}", *(agreements[measure].shown() for measure in AGREEMENTS))
    return table


def _changes(of_kinds: Mapping[str, Figures], counts: Mapping[str, Mapping[str, int]]) -> Table:
    table = _table("changes", "documents", "cut otherwise", *of_kinds)
    for name, count in counts.items():
        cells = []
        for own in of_kinds.values():
            stays = own["changes"][name]
            share = stays["choice"].value
            choice = "" if share is None else f", {share:.1%}"
            cells.append(f"{stays['spearman'].shown()}{choice}" if count["changed"] else "not measured")
        table.add_row(name, str(count["changed"]), str(count["cut_otherwise"]), *cells)
    return table


def _plausibility(of_kinds: Mapping[str, Figures], rivals: Mapping[str, Mapping[str, Mean]]) -> Table:
    names = [*of_kinds, *rivals]
    found = [*(own["plausibility"] for own in of_kinds.values()), *rivals.values()]
    table = _table("plausibility", *names)
    for measure in PLAUSIBILITY:
        table.add_row(measure, *(means[measure].shown() for means in found))
    return table


def print_tables(title: str, figures: Figures, file: TextIO) -> None:
    """Print figures as tables: in colours and as wide as a terminal, plain and wide enough in a pipe."""
    console = Console(file=file, highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    console.print(title, style="bold", markup=False, soft_wrap=True)
    of_kinds = figures["kinds"]
    tables = (
        _trust(of_kinds),
        _lengths(of_kinds),
        _erasure(of_kinds),
        _seeds(of_kinds),
        _changes(of_kinds, figures["changes"]),
        _plausibility(of_kinds, figures["rivals"]),
    )
    for table in tables:
        if table is not None:
            console.print(table)
            console.print()

"""What readers think of choices, to tables for people and to an object for machines."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, TextIO

import numpy as np
from rich import box
from rich.console import Console
from rich.table import Table

from summarize.document import LANGUAGES, Language
from summarize.evaluate.agreement import AGREEMENTS, TwoReadings, agreements, confusion, judged_by_other
from summarize.evaluate.bootstrap import CONFIDENCE, Estimate, Floats, bootstrap, estimate
from summarize.evaluate.choices import DEFAULT, LENGTHS, MEASURES, TextScores

LEGEND = """\
share: marks of the chosen sentences over the highest sum that so many sentences have. empty: chosen sentences with mark
0. hit: texts in which one of the reader's best three is chosen. ± half the width of the 95% interval, from draws of
texts; * where the interval of the difference to the default attention on the same texts excludes 0. default: no length
is given, and rules choose as many as the default attention."""
AGREEMENT_LEGEND = """\
Units of the same texts, marked by two readers. exact: the same mark; within one: at most one step apart; kappa:
Cohen's with quadratic weights. Below, what the units that a reader would choose are worth by the other's marks. ± half
the width of the 95% interval, from draws of texts."""
READERS = ("first by second", "second by first")  # whose choice is judged, and by whose marks
_PIPE_WIDTH = 140  # columns where there is no terminal to ask


def _short(value: float) -> str:
    """Return a share with two places: `.51`, `1.00`."""
    return f"{value:.2f}".removeprefix("0")


def shown_share(figure: Estimate) -> str:
    """Return a figure and half of its interval: `.51 ±.05`."""
    if figure.value is None:
        return "-"
    return _short(figure.value) if figure.half_width is None else f"{_short(figure.value)} ±{_short(figure.half_width)}"


@dataclass(frozen=True, slots=True)
class Figures:
    """What a choice is worth.

    Args:
        measures: share, empty and hit.
        ours_minus_it: the default attention's less the system's, on the same texts.
    """

    measures: dict[str, Estimate]
    ours_minus_it: dict[str, Estimate]


@dataclass(frozen=True, slots=True)
class Group:
    """Texts, and what every system is worth on them.

    Args:
        name: of the file, or of the kind of text; empty for all files together.
        languages: how many texts are in each language.
        num_unmarked: texts left out, because no candidate has a mark above 0.
        lengths: for each length the figures by system.
    """

    name: str
    languages: dict[Language, int]
    num_unmarked: int
    lengths: dict[str, dict[str, Figures]]

    @property
    def num_texts(self) -> int:
        """Texts measured."""
        return sum(self.languages.values())


def _ratios(means: Floats) -> Floats:
    """Return numerators over denominators, from (..., 2) to (...); NaN over 0."""
    above, below = means[..., 0], means[..., 1]
    return np.asarray(np.divide(above, below, out=np.full(np.shape(above), np.nan), where=below > 0))


def find_group(
    name: str,
    scores: Sequence[TextScores],
    systems: Sequence[str],
    ours: str,
    lengths: Sequence[int] = LENGTHS,
    *,
    resamples: int,
    seed: int,
) -> Group:
    """Return the figures of every system on texts.

    Args:
        name: of the group.
        scores: of the texts.
        systems: names, in the order of the scores.
        ours: the system that the others are compared with.
        lengths: N of the scores, without the last length, which is none.
        resamples: draws of texts for the intervals, at least 1.
        seed: of the draws.
    """
    kept = [score for score in scores if score.parts is not None]
    languages = {language: sum(score.language == language for score in kept) for language in LANGUAGES}
    languages = {language: count for language, count in languages.items() if count}
    if not kept:
        return Group(name, {}, len(scores), {})

    def figures(means: Floats) -> Floats:
        """From (2, lengths, systems, measures, ...) to (2, lengths, systems, measures, ...): values, ours less them."""
        values = _ratios(np.moveaxis(means, 0, -1))
        at = systems.index(ours)
        return np.stack([values, values[:, at : at + 1] - values])

    # Numerators and denominators first, since draws come last.
    parts = np.stack([np.moveaxis(score.parts, -1, 0) for score in kept if score.parts is not None])
    found = bootstrap(parts, figures, resamples=resamples, seed=seed)
    by_length = {
        length: {
            system: Figures(
                *(
                    {measure: estimate(found, (part, row, column, at)) for at, measure in enumerate(MEASURES)}
                    for part in (0, 1)
                )
            )
            for column, system in enumerate(systems)
        }
        for row, length in enumerate([*map(str, lengths), DEFAULT])
    }
    return Group(name, languages, len(scores) - len(kept), by_length)


def by_kind(scores: Iterable[TextScores]) -> dict[str, list[TextScores]]:
    """Return texts by language and kind, `zh essay`; Chinese first, then by name."""
    groups: dict[str, list[TextScores]] = {}
    for score in scores:
        groups.setdefault(f"{score.language} {score.source}".strip(), []).append(score)
    order = sorted(groups, key=lambda name: (LANGUAGES.index(groups[name][0].language), name))
    return {name: groups[name] for name in order}


def to_json(figures: "Group | Agreement") -> dict[str, Any]:
    """Return figures as plain values."""
    return {**asdict(figures), "num_texts": figures.num_texts, "confidence": CONFIDENCE}


def _console(file: TextIO) -> Console:
    console = Console(file=file, highlight=False)
    if not console.is_terminal:
        console.width = _PIPE_WIDTH
    return console


def _table(heading: str, columns: Iterable[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False)
    table.add_column(heading, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right")
    return table


def _headings(lengths: Iterable[str]) -> list[str]:
    return [
        f"{measure}\n{length if length == DEFAULT else f'N = {length}'}" for length in lengths for measure in MEASURES
    ]


def _print(console: Console, title: str, table: Table) -> None:
    console.print(title, style="bold", markup=False, soft_wrap=True)
    console.print(table)
    console.print()


def _title(group: Group) -> str:
    counts = ", ".join(f"{count} {language}" for language, count in group.languages.items())
    left_out = f"; {group.num_unmarked} without a mark above 0 left out" if group.num_unmarked else ""
    return f"{group.name}: {counts or 'no text'}{left_out}"


def print_group(group: Group, file: TextIO) -> None:
    """Print the figures of every system: in colours and as wide as a terminal, plain and wide enough in a pipe."""
    table = _table("system", _headings(group.lengths))
    for system in next(iter(group.lengths.values()), ()):
        cells = []
        for figures in group.lengths.values():
            for measure, figure in figures[system].measures.items():
                star = "*" if figures[system].ours_minus_it[measure].sign else " "
                cells.append(f"{shown_share(figure)}{star}")
        table.add_row(system, *cells)
    _print(_console(file), _title(group), table)


def print_kinds(groups: Sequence[Group], system: str, file: TextIO) -> None:
    """Print what one system is worth by kind of text."""
    lengths = next((group.lengths for group in groups if group.lengths), {})
    table = _table("texts", ["count", *_headings(lengths)])
    for group in groups:
        found = [figures[system].measures for figures in group.lengths.values()]
        cells = [shown_share(of_length[measure]) for of_length in found for measure in MEASURES]
        table.add_row(group.name, str(group.num_texts), *cells)
    _print(_console(file), f"{system} by kind of text", table)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two readers agree.

    Args:
        num_texts: texts that both marked, in the same units.
        num_units: the units of these.
        num_cut_otherwise: texts that both marked in other units, left out.
        agreed: exact, within one and kappa.
        choices: what each reader's own choice is worth by the other's marks: by reader, length and measure.
    """

    num_texts: int
    num_units: int
    num_cut_otherwise: int
    agreed: dict[str, Estimate]
    choices: dict[str, dict[str, dict[str, Estimate]]]


def find_agreement(
    pairs: Sequence[TwoReadings], num_cut_otherwise: int, lengths: Sequence[int], *, resamples: int, seed: int
) -> Agreement:
    """Return how far two readers agree on texts, at least one, with intervals from draws of them.

    Args:
        pairs: what both say of each text.
        num_cut_otherwise: texts that are left out.
        lengths: N of the choices that are judged by the other's marks.
        resamples: draws of texts, at least 1.
        seed: of the draws.
    """
    find = partial(bootstrap, resamples=resamples, seed=seed)
    found = find(np.stack([confusion(pair) for pair in pairs]), agreements)
    agreed = {name: estimate(found, (at,)) for at, name in enumerate(AGREEMENTS)}
    choices = {}
    for reader, name in enumerate(READERS):
        parts = np.stack([np.moveaxis(judged_by_other(pair, reader, lengths), -1, 0) for pair in pairs])
        found = find(parts, lambda means: _ratios(np.moveaxis(means, 0, -1)))
        choices[name] = {
            str(length): {measure: estimate(found, (row, at)) for at, measure in enumerate(MEASURES)}
            for row, length in enumerate(lengths)
        }
    num_units = sum(pair.marks.shape[1] for pair in pairs)
    return Agreement(len(pairs), num_units, num_cut_otherwise, agreed, choices)


def print_agreement(found: Agreement, file: TextIO) -> None:
    """Print how far two readers agree, as `print_group` prints."""
    table = _table("readers", AGREEMENTS)
    table.add_row("both", *map(shown_share, found.agreed.values()))
    left_out = f"; {found.num_cut_otherwise} cut into other units left out" if found.num_cut_otherwise else ""
    _print(_console(file), f"{found.num_texts} texts, {found.num_units} units{left_out}", table)
    table = _table("choice", _headings(next(iter(found.choices.values()))))
    for name, of_lengths in found.choices.items():
        table.add_row(name, *(shown_share(one) for measures in of_lengths.values() for one in measures.values()))
    _print(_console(file), "a reader's own choice by the other's marks", table)

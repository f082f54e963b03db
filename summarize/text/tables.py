"""Rows of tables: of Markdown and of spreadsheets (`name,2,3`), or set in columns with tabs or blanks.

A row is told by its company: lines one below the other with the same marks between their cells, and with figures in
most of them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from summarize.text.marks import ends_with_stop
from summarize.text.patterns import lazy_pattern
from summarize.text.units import Unit

_MAX_ROW_CHARS = 300
_MIN_ROWS = 3
_MIN_PIPED_ROWS = 2
_SEPARATORS = "\t|,;，；"
_MAX_PAIR_CHARS = 30  # of a row of two cells with a comma between
_LOG_TIME = lazy_pattern(r"[\[(]?\d{4}[-/]\d\d[-/]\d\d[ T]\d\d:\d\d")
_BLANKS = lazy_pattern(r"(?<=\S) {2,}(?=\S)")
_QUOTED = lazy_pattern(r'"[^"]*"')
_FIGURE = lazy_pattern(r"\s*[-+±<>≈$￥¥€£]?\d[\d\s.,:/%％年月日T-]*(?:[^\W\d]{0,3})?\s*")
_MAY_PART = lazy_pattern(r"[\t|,;，；]| {2}")


class _Row(NamedTuple):
    """How the cells of a row are separated, by what and how often; and whether one of them is a figure."""

    separator: str
    num_separators: int
    has_figure: bool


def mark_tables(text: str, units: Sequence[Unit]) -> None:
    """Flag the rows of tables as apparatus.

    Args:
        text: the text.
        units: all of it, in order; lines of symbols may stand between the rows.
    """
    if _MAY_PART.search(text) is None:
        return
    rows: list[tuple[Unit, _Row]] = []
    for unit in units:
        row = _row(text, unit)
        if row is None and unit.is_symbols:
            continue
        if rows and (row is None or row[:2] != rows[0][1][:2]):
            _mark(rows)
            rows = []
        if row is not None:
            rows.append((unit, row))
    _mark(rows)


def _row(text: str, unit: Unit) -> _Row | None:
    """Return what a unit is as a row; None if it cannot be one."""
    if unit.role != "text" or unit.num_lines > 1 or unit.speaker or unit.end - unit.start > _MAX_ROW_CHARS:
        return None
    line = text[unit.start : unit.end]
    if line[0] == "|":
        return _Row("|", line.count("|"), has_figure=True) if line.count("|") > 1 else None
    if '"' in line:
        line = _QUOTED.sub("0", line)
    if ends_with_stop(line, 0, len(line)) and line[-1] not in ";；":
        return None
    if _LOG_TIME.match(line):
        return None
    for separator in _SEPARATORS:
        num_separators = line.count(separator)
        if separator not in "\t|" and (
            f"{separator} " in line or (num_separators == 1 and len(line) > _MAX_PAIR_CHARS)
        ):
            continue
        if num_separators:
            figures = [_FIGURE.fullmatch(cell) is not None for cell in line.split(separator)]
            return _Row(separator, num_separators, separator == "\t" or any(figures))
    cells = _BLANKS.split(line)
    return _Row(" ", len(cells) - 1, any(map(_FIGURE.fullmatch, cells))) if len(cells) > 1 else None


def _mark(rows: Sequence[tuple[Unit, _Row]]) -> None:
    """Flag rows if they are enough, with figures in most of them below the head."""
    if len(rows) < (_MIN_PIPED_ROWS if rows and rows[0][1].separator == "|" else _MIN_ROWS):
        return
    num_figures = sum(row.has_figure for _, row in rows[1:])
    if 2 * num_figures > len(rows) - 1:
        for unit, _ in rows:
            unit.role = "apparatus"

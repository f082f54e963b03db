"""Tables among the lines of a region: those of numbers and of contents go, rows of words become apparatus."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from summarize.inputs.pdf_lines import Line
from summarize.text.marks import ends_with_stop
from summarize.text.patterns import lazy_pattern

_ENTRY = lazy_pattern(r"(?:[.·…․‥]\s?){4,}\s*(?:[A-Z]?-?\d{1,4}|[ivxlc]{1,7})\Z")
_CHAPTER_ENTRY = lazy_pattern(r"\S.*\s(?:\d{1,4}|[ivxlc]{1,7})\Z")
_MAX_ENTRY_LINES = 2  # without a number in a row within a table of contents
_FIGURE = lazy_pattern(r"[-+−±<>≈~$￥¥€£(]*\d[\d\s.,:/%％‰)年月日*–−-]*(?:[^\W\d]{0,3})\s*\)?|[-–—−./*]+|[nN]/?[aA]\.?")
_MIN_ROWS = 3
_MIN_WIDE_ROWS, _WIDE_ROW_CELLS = 2, 4
_MAX_LABEL_LINES = 2  # lines of one cell between two rows of a table
_MAX_LABEL_WIDTH = 0.6  # of the widest row


def without_figures(lines: Sequence[Line]) -> list[Line]:
    """Return the lines of a region without entries of a table of contents and without tables of numbers.

    Only the rows of tables of words keep their cells.
    """
    kept: list[Line] = []
    lines = _without_contents(lines)
    start = 0
    while start < len(lines):
        end = _table_end(lines, start)
        rows = [line for line in lines[start:end] if len(line.cells) > 1]
        end = max(end, start + 1)
        if not _is_table(rows):
            kept += [replace(line, cells=()) for line in lines[start:end]]
        elif not _is_of_numbers(rows):
            kept += [replace(line, role="apparatus") for line in lines[start:end]]
        elif kept and _is_head_of(kept[-1], rows[0]):
            kept.pop()
        start = end
    return kept


def _without_contents(lines: Sequence[Line]) -> list[Line]:
    """Leave out the entries of a table of contents, lines between two of them, and those of chapters beside them."""
    entries = [index for index, line in enumerate(lines) if _ENTRY.search(line.text)]
    dropped = set(entries)
    for index, following in pairwise(entries):
        if following - index <= _MAX_ENTRY_LINES + 1:
            dropped.update(range(index, following))
    for index in entries:
        for step in (-1, 1):
            near = index + step
            while 0 <= near < len(lines) and (near in dropped or _CHAPTER_ENTRY.fullmatch(lines[near].text)):
                dropped.add(near)
                near += step
    return [line for index, line in enumerate(lines) if index not in dropped]


def _table_end(lines: Sequence[Line], start: int) -> int:
    """Return the place after the last row of the table that may begin at a line."""
    end = start
    for index in range(start, len(lines)):
        line = lines[index]
        if len(line.cells) > 1:
            end = index + 1
        elif index - end >= _MAX_LABEL_LINES or end == start or not _is_label(line):
            break
    return end


def _is_label(line: Line) -> bool:
    """Whether a line of one cell may stand between the rows of a table."""
    is_short = line.right - line.left <= _MAX_LABEL_WIDTH * (line.margins[1] - line.margins[0])
    return is_short and not ends_with_stop(line.text, 0, len(line.text))


def _is_table(rows: Sequence[Line]) -> bool:
    if len(rows) >= _MIN_WIDE_ROWS and all(len(row.cells) >= _WIDE_ROW_CELLS for row in rows):
        return True
    return len(rows) >= _MIN_ROWS and (sum(len(row.cells) for row in rows) >= 2.5 * len(rows) or _is_of_numbers(rows))


_MAX_HEAD_STEP = 2.5  # sizes between the head of a table and its first row


def _is_head_of(line: Line, row: Line) -> bool:
    """Whether a line has a word for each cell of the row below it."""
    is_near = 0 < row.base - line.base <= _MAX_HEAD_STEP * row.size
    return is_near and len(line.text.split()) == len(row.cells) and not ends_with_stop(line.text, 0, len(line.text))


def _is_of_numbers(rows: Sequence[Line]) -> bool:
    """Whether half of the cells after the first ones are figures."""
    cells = [cell for row in rows for cell in row.cells[1:]]
    return 2 * sum(_FIGURE.fullmatch(cell) is not None for cell in cells) >= len(cells)

"""Margins of pages: running headers, footers and page numbers, which are removed, and footnotes, which are marked.

A line at the top or the bottom of a page is a running one if it comes again on other pages at the same height, with
other numbers at most. Where most pages have one, another line at that height is one too: the head of a short chapter.
"""

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from summarize.inputs.pdf_lines import Line
from summarize.text.pages import is_page_number
from summarize.text.patterns import lazy_pattern

_NUM_OUTER_ROWS = 3  # at either end of a page that may be running ones
_MAX_HEAD_CHARS = 200
_SAME_HEIGHT = 3.0  # points
_MIN_PAGES = 3  # that a running line is on, unless its numbers count the pages
_FEW_PAGES = 5  # of a document in which two do
_MAX_PAGE_STEP = 4  # from one page with a running line to the next; left and right pages may have their own
_TITLE = 1.12  # sizes of the text from which on a line may be the title of it
_LARGE = 1.25  # sizes of the text from which on a line is a title: with another number, it is another one
_MIN_LEVEL_SHARE = 0.4  # of the pages that have one at a height
_NUMBER = lazy_pattern(r"\d+|\b[ivxlc]+\b")
_BARE_NUMBER = lazy_pattern(r"[A-Z]?-?\d{1,4}|[ivxlc]{1,7}")
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


def remove_margins(pages: Sequence[Sequence[Line]], size: float) -> list[list[Line]]:
    """Return the lines of pages without running heads and feet and without page numbers.

    Args:
        pages: the lines of each.
        size: of the font of the text.
    """
    pages = _without_steps(pages)
    outer = [_outer_lines(lines) for lines in pages]
    running = _running(outer, size)
    running |= _at_levels(outer, running, size)
    running |= set(_page_numbers(outer, size))
    if _share(pages, running) > _MAX_RUNNING_SHARE:
        running = set(_page_numbers(outer, size))
    running -= {id(line) for lines in pages[:1] for line in lines if line.size >= _TITLE * size}
    return [_within_edges([line for line in lines if id(line) not in running], size) for lines in pages]


_MAX_RUNNING_SHARE = 0.5  # of the text; where all pages are alike, as letters to many, they have their lines in common


def _share(pages: Sequence[Sequence[Line]], running: set[int]) -> float:
    """Return how much of the text some lines have."""
    lengths = [(len(line.text), id(line) in running) for lines in pages for line in lines]
    return sum(length for length, is_running in lengths if is_running) / max(1, sum(length for length, _ in lengths))


_MIN_STEP_LINES = 2


def _without_steps(pages: Sequence[Sequence[Line]]) -> list[Sequence[Line]]:
    """Leave out pages of which the next one has all lines and more: slides on which one point after another shows."""
    kept: list[Sequence[Line]] = list(pages)
    keys = [{(_NUMBER.sub("#", line.text), round(line.base)) for line in lines} for lines in pages]
    for index, (key, following) in enumerate(pairwise(keys)):
        if len(key) >= _MIN_STEP_LINES and key < following:
            kept[index] = ()
    return kept


_MIN_EDGE_LINES = 2


def _within_edges(lines: Sequence[Line], size: float) -> list[Line]:
    """Return lines with the edges of their regions as the text has them, without what stood around it."""
    regions: dict[tuple[float, float], list[Line]] = {}
    for line in lines:
        regions.setdefault(line.margins, []).append(line)
    edges: dict[tuple[float, float], tuple[float, float]] = {}
    for margins, members in regions.items():
        texts = [line for line in members if _SMALL * size <= line.size < _TITLE * size]
        texts = texts if len(texts) >= _MIN_EDGE_LINES else members
        edges[margins] = min(line.left for line in texts), max(line.right for line in texts)
    return [replace(line, margins=edges[line.margins]) for line in lines]


def _outer_lines(lines: Sequence[Line]) -> list[list[Line]]:
    """Return the outer rows of a page, from either end: each the lines of one height."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.base):
        if rows and line.base - rows[-1][0].base <= _SAME_HEIGHT:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows[:_NUM_OUTER_ROWS] + rows[max(_NUM_OUTER_ROWS, len(rows) - _NUM_OUTER_ROWS) :]


def _running(outer: Sequence[Sequence[Sequence[Line]]], size: float) -> set[int]:
    """Return the identities of the lines that come again."""
    groups: dict[tuple[str, int], list[Line]] = {}
    for line in (line for rows in outer for row in rows for line in row):
        if len(line.text) <= _MAX_HEAD_CHARS:
            key = line.text if line.size >= _LARGE * size else _NUMBER.sub("#", line.text)
            level = round(line.base / _SAME_HEIGHT)
            for near in (level, level + 1):  # two heights that are near each other have one of these in common
                groups.setdefault((key, near), []).append(line)
    least_pages = 2 if len(outer) <= _FEW_PAGES else _MIN_PAGES
    found: set[int] = set()
    for (key, _), lines in groups.items():
        lines.sort(key=lambda line: line.page)
        for series in _series(lines):
            num_pages = len({line.page for line in series})
            is_counting = num_pages > 1 and _counts_pages(series)
            if is_counting or (num_pages >= least_pages and any(map(str.isalpha, key))):
                found.update(map(id, series))
    return found


def _series(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield lines in runs of pages that follow each other closely."""
    series: list[Line] = []
    for line in lines:
        if series and line.page - series[-1].page > _MAX_PAGE_STEP:
            yield series
            series = []
        series.append(line)
    if series:
        yield series


def _counts_pages(lines: Sequence[Line]) -> bool:
    """Whether a number in the lines grows as the pages do, from most of them to the next."""
    steps = [
        any(
            parse_number(after) - parse_number(before) == following.page - line.page
            for before, after in zip(_NUMBER.findall(line.text), _NUMBER.findall(following.text), strict=False)
        )
        for line, following in pairwise(lines)
        if following.page > line.page
    ]
    return 2 * sum(steps) > len(steps)


def parse_number(number: str) -> int:
    """Return what a number in Arabic or small Roman digits counts."""
    if number.isdecimal():
        return int(number)
    digits = [_ROMAN_DIGITS[digit] for digit in number]
    return sum(-digit if digit < max(digits[index:]) else digit for index, digit in enumerate(digits))


def _at_levels(outer: Sequence[Sequence[Sequence[Line]]], running: set[int], size: float) -> set[int]:
    """Return the outermost lines that stand where most pages have a running line, or one apart from the text."""
    levels: Counter[tuple[int, int]] = Counter()
    outermost: list[Line] = []
    for rows in outer:
        found: set[tuple[int, int]] = set()
        for row, neighbour in _outermost(rows):
            is_apart = abs(row[0].base - neighbour[0].base) >= _MIN_GAP * size
            outermost += row
            found |= {_level(line) for line in row if id(line) in running or (is_apart and line.size < _TITLE * size)}
        levels.update(found)
    least = max(_MIN_PAGES, _MIN_LEVEL_SHARE * len(outer))
    return {id(line) for line in outermost if len(line.text) <= _MAX_HEAD_CHARS and levels[_level(line)] >= least}


def _outermost(rows: Sequence[Sequence[Line]]) -> list[tuple[Sequence[Line], Sequence[Line]]]:
    """Return the first and the last row of a page, each with the one beside it."""
    return [(rows[0], rows[1]), (rows[-1], rows[-2])] if len(rows) > 1 else []


def _level(line: Line) -> tuple[int, int]:
    return round(line.base), round(2 * line.size)


_MIN_GAP = 1.8  # sizes between the text and what stands around it


# What a browser prints above a page, `11/28/26, 10:19 AM` and the title, and below it, the address and `1/2`.
_PRINTED_AT = lazy_pattern(
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s(?:[上下]午\s?)?\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?", re.I
)
_PRINTED_FROM = lazy_pattern(r"(?:https?|file)://.*", re.I)
_PRINTED_PAGE = lazy_pattern(r".*\d{1,4}/\d{1,4}")


def _is_of_browser(row: Sequence[Line], size: float) -> bool:
    """Return whether a browser printed an outermost row around the page.

    Args:
        row: its lines from left to right; the title may be part of the first.
        size: of the font of the text.
    """
    first = row[0]
    printed_at = _PRINTED_AT.match(first.text)
    if printed_at:
        return printed_at.end() == len(first.text) or first.size < _SMALL * size
    return _PRINTED_FROM.fullmatch(first.text) is not None and _PRINTED_PAGE.fullmatch(row[-1].text) is not None


def _page_numbers(outer: Sequence[Sequence[Sequence[Line]]], size: float) -> Iterator[int]:
    """Yield the identities of outermost lines that are nothing but the number of a page, or what a browser prints."""
    for row, neighbour in (pair for rows in outer for pair in _outermost(rows)):
        if _is_of_browser(sorted(row, key=lambda line: line.left), size):
            yield from map(id, row)
        for line in row if len(row) == 1 else ():
            is_apart = abs(line.base - neighbour[0].base) >= _MIN_GAP * size
            if is_page_number(line.text) or (is_apart and _BARE_NUMBER.fullmatch(line.text)):
                yield id(line)


_SMALL = 0.93  # sizes of the text below which a line may be a footnote
_MIN_TEXT_LINES = 3  # of a page with footnotes
_NOTE = lazy_pattern(
    r"(?:\d{1,3}(?!\d)|[*∗†‡§¶#]{1,3}|[①-⑳]|[\[(（［〔]\d{1,3}[\])）］〕]|[⁰¹²³⁴-⁹]{1,3})[.)）]?\s?\S|[a-z](?:[.)]\s?|\s)\S"
)
_NUMBERED_NOTE = lazy_pattern(r"[\[(（［〔]?(\d{1,3})(?![\d.．、)）:：/%-])[\])）］〕]?\s?(?=[^\W\d_])")
_MIN_NOTE_GAP = 1.5  # sizes over small print without a mark
_MAX_SMALL_SHARE = 0.12  # of the lines of a page that it is


def with_footnotes(pages: Sequence[Sequence[Line]], size: float) -> list[list[Line]]:
    """Return the lines of pages with the footnotes marked as apparatus.

    They are the last lines of a region, smaller than the text, from one on that begins with a mark or stands apart; or
    as large as the text, from one on that stands apart and begins with the number of a mark in the page.

    Args:
        pages: the lines of each in reading order, without running feet.
        size: of the font of the text.
    """
    return [_with_footnotes(lines, size) for lines in pages]


def _with_footnotes(lines: Sequence[Line], size: float) -> list[Line]:
    marked = list(lines)
    if sum(line.size >= _SMALL * size for line in lines) < _MIN_TEXT_LINES:
        return marked
    marks = frozenset(mark.strip("[]()（）［］") for line in lines for mark in line.notes)
    end = len(lines)
    while end > 0:
        start = end - 1
        while (
            start > 0 and lines[start - 1].margins == lines[start].margins and lines[start].base > lines[start - 1].base
        ):
            start -= 1
        for index in _footnote(lines, start, end, size) or _large_footnote(lines, start, end, size, marks):
            marked[index] = replace(lines[index], role="apparatus")
        end = start
    return marked


def _footnote(lines: Sequence[Line], start: int, end: int, size: float) -> range:
    """Return the places of the footnotes at the end of a region."""
    first = end
    while first > start and lines[first - 1].size < _SMALL * size:
        first -= 1
    if first == end or not _is_lowest(lines, end - 1, size):
        return range(0)
    is_apart = first > start and lines[first].base - lines[first - 1].base >= _MIN_NOTE_GAP * size
    if is_apart and end - first <= _MAX_SMALL_SHARE * len(lines):
        return range(first, end)
    index = next((index for index in range(first, end) if _NOTE.match(lines[index].text)), end)
    return range(index, end)


def _is_lowest(lines: Sequence[Line], index: int, size: float) -> bool:
    """Return whether no line of the text stands below one."""
    last = lines[index]
    return not any(line.size >= _SMALL * size and line.base > last.base and _overlap(line, last) for line in lines)


def _large_footnote(lines: Sequence[Line], start: int, end: int, size: float, marks: Container[str]) -> range:
    """Return the places of the footnotes at the end of a region that are as large as the text."""
    for index in range(start + 1, end) if marks and _is_lowest(lines, end - 1, size) else ():
        number = _NUMBERED_NOTE.match(lines[index].text)
        is_apart = lines[index].base - lines[index - 1].base >= _MIN_NOTE_GAP * size
        if number and number[1] in marks and is_apart:
            return range(index, end)
    return range(0)


def _overlap(line: Line, other: Line) -> bool:
    return line.left < other.right and other.left < line.right

"""The columns of a page: its words to regions, each of one column, in the order in which they are read.

Columns stand beside each other where a gutter, a strip without words, runs down through many rows of prose. What stands
over the gutter is read first, then what is left of it, what is right of it, and what stands below it; each of them may
have gutters of its own.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.inputs.pdf_words import Word, usual_size
from summarize.text.patterns import lazy_pattern


@dataclass(frozen=True, slots=True)
class _Run:
    """Words of a row with small gaps between them."""

    words: tuple[Word, ...]
    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Row:
    """Runs beside each other."""

    runs: tuple[_Run, ...]
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class _Strip:
    """A strip without words through the rows from `first` to before `end`."""

    left: float
    right: float
    first: int
    end: int


_MIN_GAP = 0.7  # sizes between two runs; a blank of justified prose is seldom as wide
_ROW_STEP = 0.35  # sizes that the bases of a row may differ by
_RISE, _FALL = 0.75, 0.25  # sizes that letters reach above and below their base
_MAX_DEPTH = 6  # gutters within gutters
_MAX_TRIED = 200  # gutters; a page of a newspaper has some 20


Gutter = tuple[float, float]  # its left and its right edge


def regions_of(words: Sequence[Word], known: Sequence[Gutter] = ()) -> tuple[list[list[Word]], list[Gutter]]:
    """Return the words of a page by their regions in reading order, and the gutters between these.

    The words of a region are in no order.

    Args:
        words: turned upright.
        known: gutters of other pages, at which columns may be as short as a line.
    """
    if not words:
        return [], []
    size = usual_size(words)
    found: list[Gutter] = []
    regions = _split(_rows(words, size), _Search(size, tuple(known), found), 0)
    return [[word for row in rows for run in row.runs for word in run.words] for rows in regions], found


@dataclass(frozen=True, slots=True)
class _Search:
    """What is the same all over a page: the size of its text, the gutters of others, and those found on it."""

    size: float
    known: Sequence[Gutter]
    found: list[Gutter]

    def is_known(self, strip: "_Strip") -> bool:
        """Whether a strip is where another page has a gutter."""
        return any(strip.left <= (left + right) / 2 <= strip.right for left, right in self.known)


def _rows(words: Sequence[Word], size: float) -> list[_Row]:
    """Gather words into rows and runs."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.base):
        if rows and word.base - rows[-1][0].base <= _ROW_STEP * size:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_row(row, size) for row in rows]


def _row(words: list[Word], size: float) -> _Row:
    words = _with_leaders(sorted(words, key=lambda word: word.left))
    runs: list[list[Word]] = []
    right = 0.0
    for word in words:
        if runs and word.left - right < _MIN_GAP * max(size, word.size):
            runs[-1].append(word)
            right = max(right, word.right)
        else:
            runs.append([word])
            right = word.right
    return _as_row(tuple(_Run(tuple(run), run[0].left, max(word.right for word in run)) for run in runs))


_LEADERS = lazy_pattern(r"[.·…․‥]+")
_PAGE_NUMBER = lazy_pattern(r"[A-Z]?-?\d{1,4}|[ivxlc]{1,7}")
_MIN_LEADERS = 4  # dots before the number of a page


def _with_leaders(words: Sequence[Word]) -> list[Word]:
    """Return the words of a row with the dots before the number of a page, and the number, as one."""
    joined: list[Word] = []
    num_dots = 0
    for word in words:
        is_dots = _LEADERS.fullmatch(word.text) is not None
        if joined and num_dots and (is_dots or (num_dots >= _MIN_LEADERS and _PAGE_NUMBER.fullmatch(word.text))):
            joined[-1] = joined[-1]._replace(text=joined[-1].text + word.text, right=word.right)
        else:
            joined.append(word)
        num_dots = num_dots + len(word.text) if is_dots else 0
    return joined


def _as_row(runs: tuple[_Run, ...]) -> _Row:
    words = [word for run in runs for word in run.words]
    top = min(word.base - _RISE * word.size for word in words)
    return _Row(runs, top, max(word.base + _FALL * word.size for word in words))


def _split(rows: list[_Row], search: _Search, depth: int) -> Iterator[list[_Row]]:
    """Yield the rows of each region, in reading order."""
    gutter = _find_gutter(rows, search) if depth < _MAX_DEPTH else None
    if gutter is None:
        if rows:
            yield rows
        return
    search.found.append((gutter.left, gutter.right))
    middle = (gutter.left + gutter.right) / 2
    band = rows[gutter.first : gutter.end]
    yield from _split(rows[: gutter.first], search, depth + 1)
    yield from _split(_side(band, middle, is_left=True), search, depth + 1)
    yield from _split(_side(band, middle, is_left=False), search, depth + 1)
    yield from _split(rows[gutter.end :], search, depth + 1)


def _side(rows: Sequence[_Row], middle: float, *, is_left: bool) -> list[_Row]:
    """Return what the rows have on one side of a gutter."""
    sides = (tuple(run for run in row.runs if (run.right <= middle) is is_left) for row in rows)
    return [_as_row(runs) for runs in sides if runs]


def _find_gutter(rows: Sequence[_Row], search: _Search) -> _Strip | None:
    """Return the gutter through the most rows; None if there is none."""
    best: _Strip | None = None
    tried: list[_Strip] = []
    for index in range(len(rows)):
        for left, right in _gaps(rows, index):
            if any(
                gutter.first <= index < gutter.end and left <= gutter.left and gutter.right <= right for gutter in tried
            ):
                continue
            if len(tried) == _MAX_TRIED:
                return best
            gutter = _widest(rows, index, left, right, search.size)
            tried.append(gutter)
            trimmed = _trimmed(rows, gutter, search)
            if _parts_columns(rows, trimmed, search) and (best is None or _height(rows, trimmed) > _height(rows, best)):
                best = trimmed
    return best


def _gaps(rows: Sequence[_Row], index: int) -> Iterator[Gutter]:
    """Yield the gaps of a row, and those between it and a row that stands lower by less than a line."""
    runs = rows[index].runs
    for run, following in pairwise(runs):
        yield run.right, following.left
    if index + 1 < len(rows) and rows[index + 1].top < rows[index].bottom:
        right = 0.0
        for place, run in enumerate(sorted((*runs, *rows[index + 1].runs), key=lambda run: run.left)):
            if place and run.left > right:
                yield right, run.left
            right = max(right, run.right) if place else run.right


def _height(rows: Sequence[_Row], gutter: _Strip) -> float:
    return rows[gutter.end - 1].bottom - rows[gutter.first].top


def _widest(rows: Sequence[_Row], seed: int, left: float, right: float, size: float) -> _Strip:
    """Return how far a gap between the runs of a row goes on above and below it."""
    least = _MIN_GAP * size
    first, end = seed, seed + 1
    for step, limit in ((1, len(rows)), (-1, -1)):
        for index in range(seed + step, limit, step):
            narrowed = _narrowed(rows[index], left, right)
            if narrowed[1] - narrowed[0] < least:
                break
            left, right = narrowed
            first, end = min(first, index), max(end, index + 1)
    return _Strip(left, right, first, end)


def _narrowed(row: _Row, left: float, right: float) -> tuple[float, float]:
    """Return the widest part of a gap that no run of a row stands in."""
    for run in row.runs:
        if run.right <= left or run.left >= right:
            continue
        left, right = (left, run.left) if run.left - left >= right - run.right else (run.right, right)
    return left, right


_MIN_BREAK = 1.6  # sizes of white over the whole width that part what is no column from columns
_MIN_COLUMN_ROWS = 3


def _trimmed(rows: Sequence[_Row], gutter: _Strip, search: _Search) -> _Strip:
    """Leave out rows at either end that have next to nothing on one side and stand apart from the columns.

    Those with nothing at all on one side, as the last line of an abstract over both columns, are cut off at the widest
    of the gaps between what crosses the gutter and what has both sides.
    """
    first, end = gutter.first, gutter.end
    least_rows = 1 if search.is_known(gutter) else _MIN_COLUMN_ROWS
    least_break = _MIN_BREAK * search.size
    bottom = rows[first].bottom
    for cut in range(first + 1, end):
        if rows[cut].top - bottom >= least_break and not _has_both(rows[first:cut], gutter, least_rows):
            first = cut
        bottom = max(bottom, rows[cut].bottom)
    top = rows[end - 1].top
    for cut in range(end - 1, first, -1):
        if top - rows[cut - 1].bottom >= least_break and not _has_both(rows[cut:end], gutter, least_rows):
            end = cut
        top = min(top, rows[cut - 1].top)
    sided = [index for index in range(first, end) if _has_both(rows[max(first, index - 1) : index + 2], gutter, 1)]
    if sided and first > 0:
        first = max(range(first, sided[0] + 1), key=lambda index: rows[index].top - rows[index - 1].bottom)
    if sided and end < len(rows):
        end = max(range(sided[-1] + 1, end + 1), key=lambda index: rows[index].top - rows[index - 1].bottom)
    return _Strip(gutter.left, gutter.right, first, end)


def _has_both(rows: Sequence[_Row], gutter: _Strip, least_rows: int) -> bool:
    """Whether rows have so many lines on both sides of a gutter."""
    num_left = sum(row.runs[0].right <= gutter.left for row in rows)
    num_right = sum(row.runs[-1].left >= gutter.right for row in rows)
    return min(num_left, num_right) >= least_rows


_MIN_COLUMN_WIDTH = 8.0  # sizes
_MIN_FILL = 0.5  # of the width of a column that its lines take on average
_WIDE_GUTTER = 2.5  # sizes
_MIN_FILL_AT_WIDE_GUTTER = 0.3
_MIN_ROWS_AT_NARROW_GUTTER = 5
_NARROW_GUTTER = 1.2
_MIN_LETTERS = 0.6  # of the characters of prose


def _parts_columns(rows: Sequence[_Row], gutter: _Strip, search: _Search) -> bool:
    """Whether there is prose on both sides of a gutter, and not the cells of a table."""
    band = rows[gutter.first : gutter.end]
    size, width, middle = search.size, gutter.right - gutter.left, (gutter.left + gutter.right) / 2
    sides = _side(band, middle, is_left=True), _side(band, middle, is_left=False)
    if search.is_known(gutter):
        return all(side and _has_letters(side) for side in sides)
    least_rows = _MIN_ROWS_AT_NARROW_GUTTER if width < _NARROW_GUTTER * size else _MIN_COLUMN_ROWS
    least_fill = _MIN_FILL_AT_WIDE_GUTTER if width >= _WIDE_GUTTER * size else _MIN_FILL
    return all(len(side) >= least_rows and _is_prose(side, size, least_fill) for side in sides)


def _is_prose(rows: Sequence[_Row], size: float, least_fill: float) -> bool:
    left = min(row.runs[0].left for row in rows)
    right = max(row.runs[-1].right for row in rows)
    if right - left < _MIN_COLUMN_WIDTH * size:
        return False
    filled = sum(run.right - run.left for row in rows for run in row.runs)
    return filled >= least_fill * (right - left) * len(rows) and _has_letters(rows)


def _has_letters(rows: Sequence[_Row]) -> bool:
    text = "".join(word.text for row in rows for run in row.runs for word in run.words)
    return sum(map(str.isalpha, text)) >= _MIN_LETTERS * len(text)

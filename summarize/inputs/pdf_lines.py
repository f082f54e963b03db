"""The lines of a region of a page: words to what stands in them, and the rows of tables among them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarize.document import Role
from summarize.inputs.pdf_words import Word, usual_size
from summarize.text.markers import match_marker
from summarize.text.marks import ends_with_stop, is_wide
from summarize.text.patterns import lazy
from summarize.text.pieces import needs_space


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text.

    Args:
        text: what stands in it, without blanks at its ends.
        page: its page, from 0.
        left: where it begins.
        right: where it ends.
        base: where its letters stand.
        size: of the font of most of it.
        margins: the left and the right edge of its region.
        opening: the width of what has to stand together at its beginning: a word, or a Chinese character and marks.
        is_bold: whether all of it is.
        opens_bold: whether its first word is.
        is_fixed: whether all letters of its font have one width.
        cells: what stands in it, parted at wide gaps; of text that is no table none.
        role: what it is: apparatus is a footnote or the row of a table.
    """

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float
    margins: tuple[float, float]
    opening: float
    is_bold: bool = False
    opens_bold: bool = False
    is_fixed: bool = False
    cells: tuple[str, ...] = ()
    role: Role = "text"


_RISE, _FALL = 0.7, 0.2  # sizes that letters reach above and below their base
_LEAST_OVERLAP = 0.5  # of the height of the lower one of two words in a line
_DROP_CAP = 1.8  # sizes of an initial that goes down through several lines


def lines_of(words: Sequence[Word], page: int) -> list[Line]:
    """Return the lines of a region from top to bottom."""
    rows = _rows(words)
    margins = min(word.left for word in words), max(word.right for word in words)
    return [line for row in rows if (line := _line(row, page, margins)).text]


class _Row:
    """Words in a line, and how high they reach."""

    __slots__ = ("bottom", "size", "top", "words")

    def __init__(self, word: Word) -> None:
        self.words = [word]
        self.size, self.top, self.bottom = word.size, *_height(word)

    def overlaps(self, word: Word) -> bool:
        top, bottom = _height(word)
        return min(bottom, self.bottom) - max(top, self.top) >= _LEAST_OVERLAP * min(
            bottom - top, self.bottom - self.top
        )

    def add(self, word: Word) -> None:
        self.words.append(word)
        if word.size > self.size:  # what was there before is raised
            self.size, self.top, self.bottom = word.size, *_height(word)


def _height(word: Word) -> tuple[float, float]:
    return word.base - _RISE * word.size, word.base + _FALL * word.size


def _rows(words: Sequence[Word]) -> list[list[Word]]:
    """Gather the words of each line, from left to right."""
    size = usual_size(words)
    rows: list[_Row] = []
    initials: list[Word] = []
    for word in sorted(words, key=lambda word: word.base):
        if len(word.text) == 1 and word.size >= _DROP_CAP * size and word.text.isalpha():
            initials.append(word)
        elif rows and rows[-1].overlaps(word):
            rows[-1].add(word)
        else:
            rows.append(_Row(word))
    for word in initials:
        top, bottom = _height(word)
        beside = next((row for row in rows if top <= (row.top + row.bottom) / 2 <= bottom), None)
        if beside is None:
            rows.append(_Row(word))
        else:
            beside.words.append(word._replace(left=min(word.left, *(other.left for other in beside.words))))
    return [
        sorted(row.words, key=lambda word: (word.left, -word.size)) for row in sorted(rows, key=lambda row: row.bottom)
    ]


_RAISED_SIZE, _RAISED_STEP = 0.85, 0.12  # most size and least rise of a superscript, in sizes of its line
_NOTE_MARK = lazy(r"[\[(（［]?\d{1,3}(?:[,，、–-]\d{1,3}){0,4}[\])）］]?|[*∗†‡§¶#]{1,3}|[①-⑳]")
_MOST_MARK_GAP = 0.4  # sizes before it
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_REFERS = lazy(r"(?:[^\W\d_]{4}|[^\0-\u2e7f]|[.,;:!?)”’\"'])\Z")  # at the end of what a note is to; m² is none
_LEAST_CELL_GAP = 0.9  # sizes
_LEAST_BLANK = 0.15  # sizes
_LEAST_HAN_BLANK = 0.25  # sizes between two Chinese characters, where the file has no blank
_LEAST_LOOSE_HAN_BLANK = 0.6
_LOOSE_CHARS = 3  # on average between gaps; Chinese that is spread over the width of its line has fewer


def _line(words: Sequence[Word], page: int, margins: tuple[float, float]) -> Line:
    """Return the line of words from left to right."""
    size = usual_size(words)
    base = max((word for word in words if word.size >= size), key=lambda word: len(word.text)).base
    text, cells, right, opening = "", [0], words[0].left, 0.0
    is_loose = sum(len(word.text) for word in words) < _LOOSE_CHARS * len(words)
    for word in words:
        said, gap = word.text, (word.left - right) / size
        if (
            text
            and word.blank != " "
            and gap <= _MOST_MARK_GAP
            and _is_raised(word, size, base)
            and _NOTE_MARK.fullmatch(said)
        ):
            if _REFERS.search(text[-4:]):
                right = max(right, word.right)
                continue
            said = said.translate(_SUPERSCRIPTS)
        if gap >= _LEAST_DASH_GAP and (text in _POINTS or (text in _DASHES and is_wide(said[0]))):
            text = f"{_BULLET} "
        elif text and gap >= _LEAST_CELL_GAP and not _is_marker(text):
            cells.append(len(text) + 1)
            text += " "
        elif text and _is_parted(text[-2:], word, gap, is_loose=is_loose):
            text += " "
        if not opening and " " in text:
            opening = right - words[0].left
        text += said
        right = max(right, word.right)
    return Line(
        text,
        page,
        words[0].left,
        right,
        base,
        size,
        margins,
        opening=_opening(text, size) or opening or right - words[0].left,
        is_bold=all(word.is_bold for word in words),
        opens_bold=words[0].is_bold,
        is_fixed=all(word.is_fixed for word in words),
        cells=tuple(text[start:end].strip() for start, end in zip(cells, [*cells[1:], len(text)], strict=True)),
    )


_MOST_MARKER_CHARS = 12


def _is_marker(text: str) -> bool:
    """Whether a line is nothing yet but the mark of a list."""
    return len(text) <= _MOST_MARKER_CHARS and match_marker(text, 0, len(text))[1] == len(text)


def _is_raised(word: Word, size: float, base: float) -> bool:
    return word.size <= _RAISED_SIZE * size and word.base <= base - _RAISED_STEP * size


_POINTS = frozenset("*·∙‣⁃−o")  # that open an item of a list where a gap follows
_DASHES = frozenset("-–—")  # that do so with a blank
_LEAST_DASH_GAP = 0.15  # sizes
_BULLET = "•"
_HAN_OPENING = lazy(r"[“‘「『《〈（【]*[^\0-\u2e7f“”‘’](?:[^\w\s]+(?:[A-Za-z0-9]+|[^\0-\u2e7f])?)?")


def _opening(text: str, size: float) -> float:
    """Return the width of the Chinese that stands together at the beginning of a line; 0 if there is none."""
    match = _HAN_OPENING.match(text)
    return size * sum(1.0 if is_wide(mark) else 0.5 for mark in match[0]) if match else 0.0


def _is_parted(text: str, word: Word, gap: float, *, is_loose: bool) -> bool:
    """Whether there is a blank between the last characters of a line and its next word.

    Args:
        text: ends with them.
        word: it.
        gap: between them, in sizes.
        is_loose: whether there are gaps all over the line.
    """
    if is_wide(text[-1]) and is_wide(word.text[0]):
        if word.blank == " ":
            return gap >= _LEAST_BLANK
        return gap >= (_LEAST_LOOSE_HAN_BLANK if is_loose else _LEAST_HAN_BLANK)
    if not needs_space(text, word.text):
        return word.blank == " " and gap >= _LEAST_BLANK / 2
    return word.blank == " " or gap >= (_LEAST_BLANK / 2 if word.blank else _LEAST_BLANK)


_ENTRY = lazy(r"(?:[.·…․‥]\s?){4,}\s*(?:[A-Z]?-?\d{1,4}|[ivxlc]{1,7})\Z")
_CHAPTER_ENTRY = lazy(r"\S.*\s(?:\d{1,4}|[ivxlc]{1,7})\Z")
_MOST_ENTRY_LINES = 2  # without a number in a row within a table of contents
_FIGURE = lazy(r"[-+−±<>≈~$￥¥€£(]*\d[\d\s.,:/%％‰)年月日*–−-]*(?:[^\W\d]{0,3})\s*\)?|[-–—−./*]+|[nN]/?[aA]\.?")
_LEAST_ROWS = 3
_LEAST_WIDE_ROWS, _WIDE_ROW_CELLS = 2, 4
_MOST_LABEL_LINES = 2  # lines of one cell between two rows of a table
_MOST_LABEL_WIDTH = 0.6  # of the widest row


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
    entries = [place for place, line in enumerate(lines) if _ENTRY.search(line.text)]
    dropped = set(entries)
    for place, following in pairwise(entries):
        if following - place <= _MOST_ENTRY_LINES + 1:
            dropped.update(range(place, following))
    for place in entries:
        for step in (-1, 1):
            near = place + step
            while 0 <= near < len(lines) and (near in dropped or _CHAPTER_ENTRY.fullmatch(lines[near].text)):
                dropped.add(near)
                near += step
    return [line for place, line in enumerate(lines) if place not in dropped]


def _table_end(lines: Sequence[Line], start: int) -> int:
    """Return the place behind the last row of the table that may begin at a line."""
    end = start
    for place in range(start, len(lines)):
        line = lines[place]
        if len(line.cells) > 1:
            end = place + 1
        elif place - end >= _MOST_LABEL_LINES or end == start or not _is_label(line):
            break
    return end


def _is_label(line: Line) -> bool:
    """Whether a line of one cell may stand between the rows of a table."""
    is_short = line.right - line.left <= _MOST_LABEL_WIDTH * (line.margins[1] - line.margins[0])
    return is_short and not ends_with_stop(line.text, 0, len(line.text))


def _is_table(rows: Sequence[Line]) -> bool:
    if len(rows) >= _LEAST_WIDE_ROWS and all(len(row.cells) >= _WIDE_ROW_CELLS for row in rows):
        return True
    return len(rows) >= _LEAST_ROWS and (sum(len(row.cells) for row in rows) >= 2.5 * len(rows) or _is_of_numbers(rows))


_MOST_HEAD_STEP = 2.5  # sizes between the head of a table and its first row


def _is_head_of(line: Line, row: Line) -> bool:
    """Whether a line has a word for each cell of the row below it."""
    is_near = 0 < row.base - line.base <= _MOST_HEAD_STEP * row.size
    return is_near and len(line.text.split()) == len(row.cells) and not ends_with_stop(line.text, 0, len(line.text))


def _is_of_numbers(rows: Sequence[Line]) -> bool:
    """Whether half of the cells behind the first ones are figures."""
    cells = [cell for row in rows for cell in row.cells[1:]]
    return 2 * sum(_FIGURE.fullmatch(cell) is not None for cell in cells) >= len(cells)

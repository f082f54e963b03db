"""The lines of a region of a page: what its words say, where there are blanks between them, and how they are set."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.document import Role
from summarize.inputs.pdf_words import Word, usual_size
from summarize.text.markers import match_marker
from summarize.text.marks import is_wide
from summarize.text.patterns import lazy_pattern
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
        cells: what stands in it, separated at wide gaps; once tables have been looked for, of rows of tables only.
        role: what it is: apparatus is a footnote or the row of a table.
        notes: the marks of notes that were taken out of it.
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
    notes: tuple[str, ...] = ()


_RISE, _FALL = 0.7, 0.2  # sizes that letters reach above and below their base
_MIN_OVERLAP = 0.5  # of the height of the lower one of two words in a line
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
        return min(bottom, self.bottom) - max(top, self.top) >= _MIN_OVERLAP * min(bottom - top, self.bottom - self.top)

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
    large = sorted(word.base for word in words if word.size >= _DROP_CAP * size)
    for word in sorted(words, key=lambda word: word.base):
        if len(word.text) == 1 and word.size >= _DROP_CAP * size and _is_apart(word, large) and word.text.isalpha():
            initials.append(word)
        elif rows and rows[-1].overlaps(word):
            rows[-1].add(word)
        else:
            rows.append(_Row(word))
    for initial in initials:
        _add_initial(rows, initial)
    return [sorted(row.words, key=lambda word: word.left) for row in sorted(rows, key=lambda row: row.bottom)]


def _is_apart(word: Word, bases: Sequence[float]) -> bool:
    """Whether no other large word stands in the line of one, as those of a title do, though a letter may be lowered."""
    reach = _MIN_OVERLAP * word.size
    return bisect_left(bases, word.base + reach) - bisect_right(bases, word.base - reach) == 1


def _add_initial(rows: list[_Row], initial: Word) -> None:
    """Add a letter that goes down through several rows to the first word of the first of them."""
    top, bottom = _height(initial)
    row = next((row for row in rows if top <= (row.top + row.bottom) / 2 <= bottom), None)
    if row is None:
        rows.append(_Row(initial))
        return
    first = min(row.words, key=lambda word: word.left)
    between = " " if first.blank == " " else ""
    row.words.remove(first)
    row.words.append(first._replace(text=initial.text + between + first.text, left=min(initial.left, first.left)))


_RAISED_SIZE, _RAISED_STEP = 0.85, 0.12  # most size and least rise of a superscript, in sizes of its line
_RAISED_FAR = 0.25  # a rise of one as large as the line
_NOTE_MARK = lazy_pattern(r"[\[(（［]?\d{1,3}(?:[,，、–-]\d{1,3}){0,4}[\])）］]?|[*∗†‡§¶#]{1,3}|[①-⑳]")
_MAX_MARK_GAP = 0.4  # sizes before it
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_REFERS = lazy_pattern(r"(?:[^\W\d_]{4}|[^\0-\u2e7f]|[.,;:!?)”’\"'])\Z")  # at the end of what a note is to; m² is none
_MIN_CELL_GAP = 0.9  # sizes
_MIN_BLANK = 0.15  # sizes
_MIN_HAN_BLANK = 0.25  # sizes between two Chinese characters, where the file has no blank
_MIN_LOOSE_HAN_BLANK = 1.6
_MIN_LOOSE_CELL_GAP = 2.5
_LOOSE_CHARS = 3  # on average between gaps; Chinese that is spread over its line, or read from a scan, has fewer


def _line(words: Sequence[Word], page: int, margins: tuple[float, float]) -> Line:
    """Return the line of words from left to right."""
    size = usual_size(words)
    base = max((word for word in words if word.size >= size), key=lambda word: len(word.text)).base
    notes: list[str] = []
    said, opening = _said(words, size, base, notes)
    return Line(
        said.replace("\t", " "),
        page,
        words[0].left,
        max(word.right for word in words),
        base,
        size,
        margins,
        opening=_opening(said, size) or opening,
        is_bold=all(word.is_bold for word in words),
        opens_bold=words[0].is_bold,
        is_fixed=all(word.is_fixed for word in words),
        cells=tuple(cell.strip() for cell in said.split("\t")),
        notes=tuple(notes),
    )


def _said(words: Sequence[Word], size: float, base: float, notes: list[str]) -> tuple[str, float]:
    """Return what stands in a line, with tabs for wide gaps, and the width of its first word; note marks of notes."""
    text, right, opening = "", words[0].left, 0.0
    letters = "".join(word.text for word in words)
    is_loose = is_wide(max(letters)) and len(letters) < _LOOSE_CHARS * len(words)
    for word in words:
        said, gap = word.text, (word.left - right) / size
        if text and gap <= _MAX_MARK_GAP and _is_note(word, size, base):
            if _REFERS.search(text[-4:]):
                right = max(right, word.right)
                notes.append(said)
                continue
            said = said.translate(_SUPERSCRIPTS)
        if gap >= _MIN_DASH_GAP and (text in _POINTS or (text in _DASHES and is_wide(said[0]))):
            text = f"{_BULLET} "
        elif text:
            blank = _blank(text, word, gap, is_loose=is_loose)
            opening = opening or (right - words[0].left if blank else 0.0)
            text += blank
        text += said
        right = max(right, word.right)
    return text, opening or right - words[0].left


def _is_note(word: Word, size: float, base: float) -> bool:
    """Whether a word of a line may be the mark of a note: it is raised, far or small, and nothing is before it."""
    rise = (base - word.base) / size
    is_raised = rise >= _RAISED_FAR or (rise >= _RAISED_STEP and word.size <= _RAISED_SIZE * size)
    return is_raised and word.blank != " " and _NOTE_MARK.fullmatch(word.text) is not None


def _blank(text: str, word: Word, gap: float, *, is_loose: bool) -> str:
    """Return what stands between a line so far and its next word: nothing, a blank, or a tab."""
    if gap >= (_MIN_LOOSE_CELL_GAP if is_loose else _MIN_CELL_GAP) and not _is_marker(text):
        return "\t"
    return " " if _is_parted(text[-2:], word, gap, is_loose=is_loose) else ""


_MAX_MARKER_CHARS = 12


def _is_marker(text: str) -> bool:
    """Whether a line is nothing yet but the mark of a list."""
    return len(text) <= _MAX_MARKER_CHARS and match_marker(text, 0, len(text))[1] == len(text)


_POINTS = frozenset("*·∙‣⁃−o")  # that open an item of a list where a gap follows
_DASHES = frozenset("-–—")  # that do so with a blank
_MIN_DASH_GAP = 0.15  # sizes
_BULLET = "•"
_HAN_OPENING = lazy_pattern(r"[“‘「『《〈（【]*[^\0-\u2e7f“”‘’](?:[^\w\s]+(?:[A-Za-z0-9]+|[^\0-\u2e7f])?)?")


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
        if is_loose:
            return gap >= _MIN_LOOSE_HAN_BLANK
        return gap >= (_MIN_BLANK if word.blank == " " else _MIN_HAN_BLANK)
    if not needs_space(text, word.text):
        return word.blank == " " and gap >= _MIN_BLANK / 2
    return word.blank == " " or gap >= (_MIN_BLANK / 2 if word.blank else _MIN_BLANK)

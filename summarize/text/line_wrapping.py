"""Where the lines of a block were wrapped by a program, rather than ended by their author."""

import re
from itertools import pairwise

from summarize.text.headings import is_cut_off
from summarize.text.marks import GOES_ON, OPENERS, ends_with_stop
from summarize.text.patterns import lazy_pattern
from summarize.text.units import MAX_WRAP_COLUMNS, TextLine, Unit

_MIN_WRAP_COLUMNS = 40  # narrower lines are verse, menus or tables, unless they look like prose
_MIN_NARROW_COLUMNS = 12
_MIN_NARROW_LINES = 3
_WRAP_SLACK_COLUMNS = 2  # a Chinese line may end one character early, so that no comma starts the next

_UNBROKEN = lazy_pattern(r"\S{1,200}")
_FIRST_WORD = lazy_pattern(r"[!-\u2e7f]{1,40}|[^\s!-\u2e7f][，。、；：！？”’」』）】》]{0,2}")
_SMALL_WORD = lazy_pattern(r"[a-z]+(?:-[a-z]+)?(?![^\s,.;:)])")


def _width(text: str, start: int, end: int) -> int:
    """Columns that text[start:end] takes on a screen, nearly.

    A code point takes one column or two, and in UTF-8 one byte or three: columns are the mean of both counts.
    """
    part = text[start:end]
    return end - start if part.isascii() else (end - start + len(part.encode("utf-8", "surrogatepass"))) // 2


def is_full(text: str, line: TextLine, following: TextLine, wrap: int, word: re.Pattern[str] = _FIRST_WORD) -> bool:
    """Whether `line` had no room for the first word of the line below it, whatever a word is."""
    width = _width(text, line.start - line.indent, line.end)
    if width + _WRAP_SLACK_COLUMNS > wrap:
        return True
    first = word.match(text, _end_of_quote_marks(text, following), following.end)
    return first is not None and width + _width(text, *first.span()) + _WRAP_SLACK_COLUMNS > wrap


def choose_word_pattern(text: str, block: list[TextLine]) -> re.Pattern[str]:
    """Return what the lines of a block are separated between: words, or what stands between blanks.

    Programs that know English only break Chinese where it has a blank: beside a Latin word or a number.
    """
    is_at_blanks = not text[block[0].start : block[-1].end].isascii() and all(
        text[line.end - 1].isascii() or text[_end_of_quote_marks(text, following)].isascii()
        for line, following in pairwise(block)
    )
    return _UNBROKEN if is_at_blanks else _FIRST_WORD


def find_wrap(text: str, block: list[TextLine]) -> int:
    """The column at which an editor wrapped the lines of a block; 0 if each line is a paragraph.

    In wrapped prose most lines are full, few of these end in a stop, and few of the lines below them start as
    those of a log (digits, symbols) or of verse (always a capital) do.
    """
    if len(block) < 2:
        return 0
    longest = max([line.end - line.start for line in block])
    if not _MIN_NARROW_COLUMNS // 2 <= longest <= MAX_WRAP_COLUMNS:
        return 0  # without measuring each line: at most two columns a code point
    wrap = max([_width(text, line.start - line.indent, line.end) for line in block])
    if not _MIN_NARROW_COLUMNS <= wrap <= MAX_WRAP_COLUMNS:
        return 0
    if wrap < _MIN_WRAP_COLUMNS and not _is_narrow_prose(text, block, wrap):
        return 0
    num_full = num_stopped = num_words = num_capitals = 0
    word = choose_word_pattern(text, block)
    for line, following in pairwise(block):
        if is_full(text, line, following, wrap, word):
            initial = text[_end_of_quote_marks(text, following)]
            num_full += 1
            num_stopped += ends_with_stop(text, line.start, line.end)
            num_words += (
                initial.isalpha()
                or initial in OPENERS
                or (initial.isdigit() and (wrap < _MIN_WRAP_COLUMNS or is_cut_off(text[line.start : line.end])))
            )
            num_capitals += initial.isupper()
    is_mostly_full = num_full * 2 >= len(block) - 1
    is_mostly_open = num_stopped * 5 <= num_full * 2
    is_prose = num_words * 2 > num_full and not (num_full >= 3 and num_capitals == num_full)
    return wrap if is_mostly_full and is_mostly_open and is_prose else 0


_INNER_MARK = lazy_pattern(r"[，。；！？、：,;!?]|\. ")
_SENTENCE_MARK = lazy_pattern(r"[。！？!?]|\.(?!\w)")


def _is_narrow_prose(text: str, block: list[TextLine], wrap: int) -> bool:
    """Whether lines too narrow for an editor, as of a column or a telephone, are prose all the same.

    In prose the lines are full, whatever the sense: marks stand inside of them rather than at their ends, there is a
    sentence that ends, and English lines continue with small letters. In verse, menus and tables it is not so.
    """
    if len(block) < _MIN_NARROW_LINES:
        return False
    num_full = num_closed = num_marked = num_small = num_capitals = 0
    for line, following in pairwise(block):
        if is_full(text, line, following, wrap):
            initial = text[_end_of_quote_marks(text, following)]
            num_full += 1
            num_closed += text[line.end - 1] in GOES_ON or ends_with_stop(text, line.start, line.end)
            num_small += initial.islower()
            num_capitals += initial.isupper()
        num_marked += _INNER_MARK.search(text, line.start, line.end - 1) is not None
    has_sentence = any(_SENTENCE_MARK.search(text, line.start, line.end) for line in block)
    return (
        has_sentence
        and num_full * 5 >= (len(block) - 1) * 3
        and num_closed * 5 <= num_full * 2
        and num_marked * 4 >= len(block)
        and num_small >= num_capitals
    )


_QUOTE_MARK = lazy_pattern(r"(?:>[ \t]?)+(?=\S)")


def _end_of_quote_marks(text: str, line: TextLine) -> int:
    """The offset after the marks of quoted mail and Markdown at the start of a line."""
    match = _QUOTE_MARK.match(text, line.start, line.end) if text[line.start] == ">" else None
    return match.end() if match else line.start


def is_continued(text: str, unit: Unit, previous: TextLine, line: TextLine) -> bool:
    """Whether English that started with a capital and did not stop continues with a small letter."""
    last = text[previous.end - 1]
    return (
        _SMALL_WORD.match(text, _end_of_quote_marks(text, line), line.end) is not None
        and last.isascii()
        and (last.isalnum() or last in ",-)")
        and text[unit.body : unit.body + 1].isupper()
    )

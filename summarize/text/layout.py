"""Lines to units: which lines are one paragraph, which are list items, which are headings.

Lines are gathered into blocks at blank lines, blocks are cut into units, speakers and apparatus are found among these
(`turns`, `roles`), and headings are told from body text.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from summarize.document import Role
from summarize.text.markers import match_marker
from summarize.text.marks import (
    COMMA_MARKS,
    GOES_ON,
    LIST_COMMAS,
    OPENERS,
    SEMICOLON_MARKS,
    STOPS,
    ends_with_stop,
    is_wide,
)
from summarize.text.openings import end_of_opening
from summarize.text.pages import MAX_HEAD_CHARS, is_page_line, running_heads
from summarize.text.patterns import lazy_pattern
from summarize.text.raw_lines import NonProseSpan, find_non_prose, is_code
from summarize.text.roles import mark_apparatus
from summarize.text.subtitles import ARROW, find_timing_lines, join_cues
from summarize.text.tables import mark_tables
from summarize.text.turns import mark_turns
from summarize.text.units import Unit


class _Line(NamedTuple):
    """A line that is not blank; `start` and `end` leave out the white space around it."""

    start: int
    end: int
    indent: int  # white space before it, in code points
    after_blank: bool
    role: Role | None  # where it is no prose
    is_page: bool  # whether it is the number of a page


# From the first visible character of a line to its end; the breaks are those of `str.splitlines`.
_LINE = lazy_pattern(r"\S[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]*")
_PAGE_BREAK = lazy_pattern(r"[\n\r\x0b\x0c]+")


def _find_lines(text: str) -> Iterator[_Line]:
    """Yield the lines; a page break and the number of a page are no blank lines."""
    raw = iter(find_non_prose(text))
    heads = running_heads(text)
    span: NonProseSpan | None = next(raw, None)
    end = 0
    is_after_page = False
    for match in _LINE.finditer(text):
        start = match.start()
        gap = text[end:start]
        if gap in ("\n", "\n\n"):  # by far the most frequent
            indent, after_blank = 0, len(gap) == 2
        else:
            is_break = "\f" in gap and end > 0
            lines = (_PAGE_BREAK.sub("\n", gap) + "|" if is_break else f"{gap}|").splitlines()
            indent, after_blank = len(lines[-1]) - 1, len(lines) > 2 and not is_break
        end = start + len(match.group().rstrip())
        while span is not None and span.end <= start:
            span = next(raw, None)
        role: Role | None = None
        if span is not None and span.start <= start:
            role = span.role
        elif is_code(text, start, end, indent):
            role = "apparatus"
        is_page = role is None and is_page_line(text, start, end)
        if heads and role is None and end - start <= MAX_HEAD_CHARS and heads.get(text[start:end], start) < start:
            is_page = is_after_page or not after_blank  # a sentence may go on after it
            role = None if is_page else "apparatus"
        yield _Line(start, end, indent, after_blank and not (is_page or is_after_page), role, is_page)
        is_after_page = is_page


def _find_blocks(text: str) -> Iterator[list[_Line]]:
    """Yield the runs of lines without a blank line between them; a line that is no prose is one by itself."""
    block: list[_Line] = []
    for line in _find_lines(text):
        if block and (line.after_blank or line.role or block[-1].role):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


_MIN_WRAP_COLUMNS = 40  # narrower lines are verse, menus or tables, unless they look like prose
_MIN_NARROW_COLUMNS = 12
_MIN_NARROW_LINES = 3
_MAX_WRAP_COLUMNS = 130  # wider lines are whole paragraphs
_WRAP_SLACK_COLUMNS = 2  # a Chinese line may end one character early, so that no comma starts the next


_UNBROKEN = lazy_pattern(r"\S{1,200}")
_FIRST_WORD = lazy_pattern(r"[!-\u2e7f]{1,40}|[^\s!-\u2e7f][，。、；：！？”’」』）】》]{0,2}")


def _width(text: str, start: int, end: int) -> int:
    """Columns that text[start:end] takes on a screen, nearly.

    A code point takes one column or two, and in UTF-8 one byte or three: columns are the mean of both counts.
    """
    part = text[start:end]
    return end - start if part.isascii() else (end - start + len(part.encode("utf-8", "surrogatepass"))) // 2


def _is_full(text: str, line: _Line, following: _Line, wrap: int, word: re.Pattern[str] = _FIRST_WORD) -> bool:
    """Whether `line` had no room for the first word of the line below it, whatever a word is."""
    width = _width(text, line.start - line.indent, line.end)
    if width + _WRAP_SLACK_COLUMNS > wrap:
        return True
    first = word.match(text, _end_of_quote_marks(text, following), following.end)
    return first is not None and width + _width(text, *first.span()) + _WRAP_SLACK_COLUMNS > wrap


def _word_of(text: str, block: list[_Line]) -> re.Pattern[str]:
    """Return what the lines of a block are separated between: words, or what stands between blanks.

    Programs that know English only break Chinese where it has a blank: beside a Latin word or a number.
    """
    is_at_blanks = not text[block[0].start : block[-1].end].isascii() and all(
        text[line.end - 1].isascii() or text[_end_of_quote_marks(text, following)].isascii()
        for line, following in pairwise(block)
    )
    return _UNBROKEN if is_at_blanks else _FIRST_WORD


def _find_wrap(text: str, block: list[_Line]) -> int:
    """The column at which an editor wrapped the lines of a block; 0 if each line is a paragraph.

    In wrapped prose most lines are full, few of these end in a stop, and few of the lines below them start as
    those of a log (digits, symbols) or of verse (always a capital) do.
    """
    if len(block) < 2:
        return 0
    longest = max([line.end - line.start for line in block])
    if not _MIN_NARROW_COLUMNS // 2 <= longest <= _MAX_WRAP_COLUMNS:
        return 0  # without measuring each line: at most two columns a code point
    wrap = max([_width(text, line.start - line.indent, line.end) for line in block])
    if not _MIN_NARROW_COLUMNS <= wrap <= _MAX_WRAP_COLUMNS:
        return 0
    if wrap < _MIN_WRAP_COLUMNS and not _is_narrow_prose(text, block, wrap):
        return 0
    num_full = num_stopped = num_words = num_capitals = 0
    word = _word_of(text, block)
    for line, following in pairwise(block):
        if _is_full(text, line, following, wrap, word):
            initial = text[_end_of_quote_marks(text, following)]
            num_full += 1
            num_stopped += ends_with_stop(text, line.start, line.end)
            num_words += (
                initial.isalpha()
                or initial in OPENERS
                or (initial.isdigit() and (wrap < _MIN_WRAP_COLUMNS or _is_cut_off(text[line.start : line.end])))
            )
            num_capitals += initial.isupper()
    is_mostly_full = num_full * 2 >= len(block) - 1
    is_mostly_open = num_stopped * 5 <= num_full * 2
    is_prose = num_words * 2 > num_full and not (num_full >= 3 and num_capitals == num_full)
    return wrap if is_mostly_full and is_mostly_open and is_prose else 0


_INNER_MARK = lazy_pattern(r"[，。；！？、：,;!?]|\. ")
_SENTENCE_MARK = lazy_pattern(r"[。！？!?]|\.(?!\w)")


def _is_narrow_prose(text: str, block: list[_Line], wrap: int) -> bool:
    """Whether lines too narrow for an editor, as of a column or a telephone, are prose all the same.

    In prose the lines are full, whatever the sense: marks stand inside of them rather than at their ends, there is a
    sentence that ends, and English lines continue with small letters. In verse, menus and tables it is not so.
    """
    if len(block) < _MIN_NARROW_LINES:
        return False
    num_full = num_closed = num_marked = num_small = num_capitals = 0
    for line, following in pairwise(block):
        if _is_full(text, line, following, wrap):
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


def _end_of_quote_marks(text: str, line: _Line) -> int:
    """The offset after the marks of quoted mail and Markdown at the start of a line."""
    match = _QUOTE_MARK.match(text, line.start, line.end) if text[line.start] == ">" else None
    return match.end() if match else line.start


def find_units(text: str) -> Iterator[Unit]:
    """Yield the paragraphs, list items, headings and runs of symbol lines of a text, in order.

    Only white space lies before, between and after them, and none has white space at either end. Linear in the
    length of the text: every look back is bounded, every look ahead is bounded or done once.
    """
    units = list(_join_symbol_lines(unit for block in _find_blocks(text) for unit in _block_units(text, block)))
    if ARROW in text and find_timing_lines(text):
        units = list(join_cues(text, units))
    units = mark_turns(text, units)
    mark_tables(text, units)
    mark_apparatus(text, units)
    for unit in _mark_headings(text, units):
        unit.marker_end = max(unit.marker_end, unit.body)  # no stop in a label ends a sentence
        yield unit


_SECTION_MARKERS = frozenset({"markdown", "chapter", "decimal"})
_SPOKEN_MARKERS = frozenset({"chapter", "decimal"})  # they name what they head: 第三条, 2.1
_SYMBOLS = lazy_pattern(r"[\W_]+")  # fullmatch: a line without letter or digit
_UNDERLINE = lazy_pattern(r"={3,}|-{3,}")  # fullmatch: the line under a title
_NEVER_FIRST_ON_LINE = frozenset("，、；。,;”’」』）】》〉)")
_SMALL_WORD = lazy_pattern(r"[a-z]+(?:-[a-z]+)?(?![^\s,.;:)])")


def _block_units(text: str, block: list[_Line]) -> Iterator[Unit]:
    """Gather the lines of a block into units.

    The number of a page is a unit of its own, unless the sentence before it goes on after it: then it is in this one.
    """
    if len(block) == 1:
        yield _start_unit(text, block[0])
        return
    wrap, word = _find_wrap(text, block), _word_of(text, block)
    has_stops = any(ends_with_stop(text, line.start, line.end) for line in block)
    min_indent = min([line.indent for line in block])
    previous, unit = block[0], _start_unit(text, block[0])
    pages: list[Unit] = []
    for line in block[1:]:
        if line.is_page and (pages or not previous.is_page):
            pages.append(_start_unit(text, line))
            continue
        fresh = _start_unit(text, line)
        if not pages and fresh.is_symbols and _is_title_over(text, unit, line):
            unit.end, unit.role = line.end, "heading"
        elif _can_join(text, unit, fresh) and (
            text[line.start] in _NEVER_FIRST_ON_LINE
            or _is_bare_marker(unit)
            or (has_stops and _flows_on(text, unit, previous, line))
            or (wrap and _is_wrapped(unit, line, min_indent) and _is_full(text, previous, line, wrap, word))
        ):
            unit.end = line.end
            unit.num_lines += 1
        else:
            yield unit
            yield from pages
            unit = fresh
        previous, pages = line, []
    yield unit
    yield from pages


_BLANK = lazy_pattern(r"[ \t\u3000]*")


def _start_unit(text: str, line: _Line) -> Unit:
    body = end_of_opening(text, line.start, line.end)
    kind, marker_end = match_marker(text, body, line.end)
    if not kind:
        marker_end = line.start
    elif kind not in _SPOKEN_MARKERS:
        blank = _BLANK.match(text, marker_end, line.end)
        body = end_of_opening(text, blank.end() if blank else marker_end, line.end)
    is_symbols = not text[line.start].isalnum() and _SYMBOLS.fullmatch(text, line.start, line.end) is not None
    role: Role = "apparatus" if is_symbols else "heading" if kind == "markdown" else "text"
    return Unit(
        start=line.start,
        end=line.end,
        marker=kind,
        marker_end=marker_end,
        body=line.start if is_symbols else body,
        num_lines=1,
        after_blank=line.after_blank,
        is_symbols=is_symbols,
        role=line.role or ("apparatus" if line.is_page else role),
    )


def _is_title_over(text: str, unit: Unit, line: _Line) -> bool:
    """Whether `line` underlines the one-line unit over it."""
    return (
        unit.num_lines == 1
        and unit.role == "text"
        and unit.marker != "bullet"
        and unit.end - unit.start <= _MAX_WRAP_COLUMNS
        and not ends_with_stop(text, unit.start, unit.end)
        and _UNDERLINE.fullmatch(text, line.start, line.end) is not None
    )


# The time that opens a line of a log or a chat: in brackets, or with its day.
_STAMP = lazy_pattern(
    r"[\[(（【](?:\d{1,4}[-/.年]\d{1,2}(?:[-/.月]\d{1,4}日?)?,?[T ]{0,2})?(?:[上下]午 ?)?\d{1,2}[:：]\d\d"
    r"|\d{4}[-/]\d{1,2}[-/]\d{1,2}[T ]\d{1,2}:\d\d"
)
_OPENS_STAMP = frozenset("[(（【0123456789")


def _can_join(text: str, unit: Unit, fresh: Unit) -> bool:
    if (
        fresh.marker
        or fresh.is_symbols
        or unit.role != "text"
        or (text[unit.start] == ">") != (text[fresh.start] == ">")
    ):
        return False
    return text[fresh.start] not in _OPENS_STAMP or _STAMP.match(text, fresh.start, fresh.end) is None


def _is_bare_marker(unit: Unit) -> bool:
    """Whether a unit is a list mark alone on its line, `1.`, whose text follows on the next."""
    return unit.marker not in _SECTION_MARKERS and unit.marker_end >= unit.end


def _flows_on(text: str, unit: Unit, previous: _Line, line: _Line) -> bool:
    """Whether English that started with a capital and did not stop continues with a small letter."""
    last = text[previous.end - 1]
    return (
        _SMALL_WORD.match(text, _end_of_quote_marks(text, line), line.end) is not None
        and last.isascii()
        and (last.isalnum() or last in ",-)")
        and text[unit.body : unit.body + 1].isupper()
    )


def _is_wrapped(unit: Unit, line: _Line, min_indent: int) -> bool:
    """Whether the indent of `line` lets it go on: the first line of a paragraph may have more than the rest.

    A list item has its further lines indented instead.
    """
    return line.indent <= min_indent or unit.marker != ""


def _join_symbol_lines(units: Iterable[Unit]) -> Iterator[Unit]:
    """Make one unit of consecutive units of symbols."""
    last: Unit | None = None
    for unit in units:
        if last is not None and last.is_symbols and unit.is_symbols:
            last.end = unit.end
            continue
        if last is not None:
            yield last
        last = unit
    if last is not None:
        yield last


_MAX_HEADING_CHARS = 40  # of a heading with Chinese in it
_MAX_HEADING_WORDS = 12  # of any other
_MAX_LATIN_HEADING_CHARS = 120
_MAX_HEADING_ROWS = 2  # of one that is wrapped
_MAX_TITLE_LINES = 3  # title, subtitle, author
_MAX_HEADING_LINES = 2  # more short lines in a row are verse, a menu or a list
_LEAVES_OPEN = frozenset(COMMA_MARKS + SEMICOLON_MARKS + LIST_COMMAS)
_MIN_BODY = 1.5  # lengths of a heading without a mark; lines of a verse are as long as each other
_HAN_LINKS = ("其中", "以及", "是", "的", "和", "与", "在")
_LATIN_LINKS = frozenset(
    [
        *("a", "an", "the", "and", "or", "but", "as", "that", "which", "is", "are", "we"),
        *("of", "to", "in", "on", "for", "from", "by", "with"),
    ]
)
_STOP_IN_HEADING = lazy_pattern(r"[。！？；!?…]|\.\s")
_STOP_IN_BODY = lazy_pattern(r"[。！？；｡!?;…．]|\.(?!\w)")


def _mark_headings(text: str, units: Iterable[Unit]) -> Iterator[Unit]:
    """Yield the units with `is_heading` decided: short lines without stops over a longer unit with some."""
    candidates: list[Unit] = []
    pending: list[Unit] = []  # the candidates, and between them what has been flagged before
    is_top, is_open = True, False
    for unit in units:
        pending.append(unit)
        if unit.role != "text":
            continue
        follows_open_line = is_open and not unit.after_blank  # as in verse
        is_open = text[unit.end - 1] in _LEAVES_OPEN
        if unit.speaker is None and not follows_open_line and _looks_like_heading(text, unit):
            candidates.append(unit)
            continue
        if candidates and _STOP_IN_BODY.search(text, unit.marker_end, unit.end):
            _mark_candidates(
                candidates,
                unit.end - unit.start,
                is_top=is_top,
                has_full_stop=text[unit.end - 1] not in GOES_ON - STOPS,
            )
        yield from pending
        candidates, pending, is_top = [], [], False
    yield from pending  # nothing stands below these candidates, so they are no headings


def _looks_like_heading(text: str, unit: Unit) -> bool:
    """Whether a unit could be a heading, going by itself."""
    length_chars = unit.end - unit.start
    if unit.num_lines > _MAX_HEADING_ROWS or unit.marker == "bullet" or length_chars > _MAX_LATIN_HEADING_CHARS:
        return False
    if text[unit.start] in "|>":  # a row of a table, a quotation
        return False
    if text[unit.end - 1] in GOES_ON or ends_with_stop(text, unit.start, unit.end):
        return False
    if _STOP_IN_HEADING.search(text, unit.marker_end, unit.end) or _is_cut_off(text[unit.start : unit.end]):
        return False
    if is_wide(max(text[unit.start : unit.end])):
        return length_chars <= _MAX_HEADING_CHARS
    is_short = len(text[unit.start : unit.end].split()) <= _MAX_HEADING_WORDS
    return is_short and not text[unit.marker_end : unit.marker_end + 1].islower()


def _is_cut_off(line: str) -> bool:
    """Whether a line ends in a word that asks for another, as where a page has lost what stood between."""
    return line.endswith(_HAN_LINKS) or line[line.rfind(" ") + 1 :] in _LATIN_LINKS


def _mark_candidates(candidates: list[Unit], body_length_chars: int, *, is_top: bool, has_full_stop: bool) -> None:
    """Flag which of the candidates in a row over one body are headings.

    One with a mark is, unless a neighbour has a mark of the same kind: then they are a list. Of those
    without, all are at the top of the text and the last one is elsewhere, if there are few in a row.
    """
    kinds = ["", *(unit.marker for unit in candidates), ""]
    is_title = is_top and len(candidates) <= _MAX_TITLE_LINES
    for index, unit in enumerate(candidates):
        if unit.marker:
            stands_out = unit.marker not in (kinds[index], kinds[index + 2])
        else:
            is_last = index == len(candidates) - 1
            stands_out = is_title or (is_last and (unit.after_blank or len(candidates) <= _MAX_HEADING_LINES))
        least = 1 if unit.marker or is_title or has_full_stop else _MIN_BODY
        if stands_out and least * (unit.end - unit.start) < body_length_chars:
            unit.role = "heading"

"""Lines to units: which lines are one paragraph, which are list items, which are headings.

Lines are gathered into blocks at blank lines, blocks are cut into units, speakers and apparatus are found among these
(`turns`, `roles`), and headings are told from body text (`headings`).
"""

from collections.abc import Iterable, Iterator

from summarize.document import Role
from summarize.text.headings import mark_headings
from summarize.text.markers import match_marker
from summarize.text.marks import ends_with_stop
from summarize.text.openings import end_of_opening
from summarize.text.pages import MAX_HEAD_CHARS, is_page_line, running_heads
from summarize.text.patterns import lazy_pattern
from summarize.text.raw_lines import NonProseSpan, find_non_prose, is_code
from summarize.text.roles import mark_apparatus
from summarize.text.subtitles import ARROW, find_timing_lines, join_cues
from summarize.text.tables import mark_tables
from summarize.text.turns import mark_turns
from summarize.text.units import MAX_WRAP_COLUMNS, TextLine, Unit

# From the first visible character of a line to its end; the breaks are those of `str.splitlines`.
_LINE = lazy_pattern(r"\S[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]*")
_PAGE_BREAK = lazy_pattern(r"[\n\r\x0b\x0c]+")


def _find_lines(text: str) -> Iterator[TextLine]:
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
        yield TextLine(start, end, indent, after_blank and not (is_page or is_after_page), role, is_page)
        is_after_page = is_page


def _find_blocks(text: str) -> Iterator[list[TextLine]]:
    """Yield the runs of lines without a blank line between them; a line that is no prose is one by itself."""
    block: list[TextLine] = []
    for line in _find_lines(text):
        if block and (line.after_blank or line.role or block[-1].role):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


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
    for unit in mark_headings(text, units):
        unit.marker_end = max(unit.marker_end, unit.body)  # no stop in a label ends a sentence
        yield unit


_SECTION_MARKERS = frozenset({"markdown", "chapter", "decimal"})
_SPOKEN_MARKERS = frozenset({"chapter", "decimal"})  # they name what they head: 第三条, 2.1
_SYMBOLS = lazy_pattern(r"[\W_]+")  # fullmatch: a line without letter or digit
_UNDERLINE = lazy_pattern(r"={3,}|-{3,}")  # fullmatch: the line under a title
_NEVER_FIRST_ON_LINE = frozenset("，、；。,;”’」』）】》〉)")


def _block_units(text: str, block: list[TextLine]) -> Iterator[Unit]:
    """Gather the lines of a block into units.

    The number of a page is a unit of its own, unless the sentence before it goes on after it: then it is in this one.
    """
    if len(block) == 1:
        yield _start_unit(text, block[0])
        return
    # Here, because many texts have a paragraph on each line.
    from summarize.text.line_wrapping import choose_word_pattern, find_wrap, is_continued, is_full

    wrap, word = find_wrap(text, block), choose_word_pattern(text, block)
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
            or (has_stops and is_continued(text, unit, previous, line))
            or (wrap and _is_wrapped(unit, line, min_indent) and is_full(text, previous, line, wrap, word))
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


def _start_unit(text: str, line: TextLine) -> Unit:
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


def _is_title_over(text: str, unit: Unit, line: TextLine) -> bool:
    """Whether `line` underlines the one-line unit over it."""
    return (
        unit.num_lines == 1
        and unit.role == "text"
        and unit.marker != "bullet"
        and unit.end - unit.start <= MAX_WRAP_COLUMNS
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


def _is_wrapped(unit: Unit, line: TextLine, min_indent: int) -> bool:
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

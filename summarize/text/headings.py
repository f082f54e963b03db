"""Which units are headings: short lines without stops over a longer unit with some."""

from collections.abc import Iterable, Iterator

from summarize.text.marks import (
    COMMA_MARKS,
    GOES_ON,
    LIST_COMMAS,
    SEMICOLON_MARKS,
    STOPS,
    ends_with_stop,
    is_wide,
)
from summarize.text.patterns import lazy_pattern
from summarize.text.units import Unit

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


def mark_headings(text: str, units: Iterable[Unit]) -> Iterator[Unit]:
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
    if _STOP_IN_HEADING.search(text, unit.marker_end, unit.end) or is_cut_off(text[unit.start : unit.end]):
        return False
    if is_wide(max(text[unit.start : unit.end])):
        return length_chars <= _MAX_HEADING_CHARS
    is_short = len(text[unit.start : unit.end].split()) <= _MAX_HEADING_WORDS
    return is_short and not text[unit.marker_end : unit.marker_end + 1].islower()


def is_cut_off(line: str) -> bool:
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

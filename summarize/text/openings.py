"""Openings of lines and sentences that are not content: quote markers, check boxes, times, sources, list markers."""

import re

from summarize.text.credits import CREDIT_WORDS, CREDITS
from summarize.text.marks import HAN_DIGITS
from summarize.text.patterns import lazy_pattern
from summarize.text.units import Unit

_OPENS_SOURCE, _OPENS_QUOTE_OR_BOX = frozenset("（(【"), frozenset("><[")
_QUOTE_OR_BOX = lazy_pattern(
    r"(?:>[ \t]?)+|<v(?:\.[\w.]{1,20})?[ ][^<>\n]{1,30}>|\[[ xX✓]\][ \t]+|"
    r"\[\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?\][ \t]*"
)
_SOURCE = lazy_pattern(rf"[（(【](?:(?:{CREDITS})[:：/／\s]|via)[^。！？!?)）】]{{0,40}}[)）】][ \t\u3000]*")


def end_of_opening(text: str, start: int, end: int) -> int:
    """Return the offset after quote marks, check boxes, time stamps in brackets and sources that stand at `start`."""
    for _ in range(4):
        initial, match = text[start : start + 1], None
        if initial in _OPENS_SOURCE:
            match = _SOURCE.match(text, start, end) if text.startswith(CREDIT_WORDS, start + 1, end) else None
        elif initial in _OPENS_QUOTE_OR_BOX:
            match = _QUOTE_OR_BOX.match(text, start, end)
        if match is None:
            break
        start = match.end()
    return start


_CIRCLED = "①-⑳⑴-⒇㈠-㈩❶-❿"
_OPENS_NUMBER = frozenset("（(" + HAN_DIGITS)  # or a digit
_ENDS_NUMBER = frozenset(")）、.．")
_MAX_ITEM_CHARS = 1000  # so far before or after it the mark of the item next to it stands
_HAN_ONES = ["", *"一二三四五六七八九"]
_HAN_NUMBERS = [f"{ten}{one}" for ten in ("", "十", *(f"{one}十" for one in _HAN_ONES[2:])) for one in _HAN_ONES]
_ITEM_MARK = lazy_pattern(
    rf"(?:(?P<before>[（(]?)(?P<number>\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})(?P<behind>[)）、]|[.．][)）]?(?!\d))"
    rf"|(?P<circled>[{_CIRCLED}]))[ \t\u3000]*"
)


def end_of_item_marker(text: str, unit: Unit, start: int, end: int) -> int:
    """Where a later sentence of a unit says something, after the mark of a list that runs on in a paragraph.

    `二、`, `3.)` and `④` are marks where that of the item before or after stands in the unit as well; otherwise a
    number is a number.
    """
    mark = _ITEM_MARK.match(text, start, end) if _may_be_item(text[start : start + 5]) else None
    if mark is None or mark.end() >= end:
        return start
    low, high = max(unit.start, start - _MAX_ITEM_CHARS), min(unit.end, start + _MAX_ITEM_CHARS)
    before, after = _neighbours(mark)
    is_item = (before and _stands(text, before, low, start)) or (after and _stands(text, after, mark.end(), high))
    return mark.end() if is_item else start


def _may_be_item(head: str) -> bool:
    """Whether the first five code points of a sentence may hold the mark of an item."""
    if head[0] in _OPENS_NUMBER or head[0].isdecimal():
        return not _ENDS_NUMBER.isdisjoint(head[1:])
    return "①" <= head[0] <= "㈩"


def _neighbours(mark: re.Match[str]) -> tuple[str, str]:
    """The mark of the item before that of a mark and the one after; empty where there is none."""
    if mark["circled"]:
        return chr(ord(mark["circled"]) - 1), chr(ord(mark["circled"]) + 1)
    number = mark["number"]
    if number.isdecimal():
        numbers = [str(int(number) - 1), str(int(number) + 1)]
    elif number in _HAN_NUMBERS:
        index = _HAN_NUMBERS.index(number)
        numbers = [_HAN_NUMBERS[index - 1], *_HAN_NUMBERS[index + 1 : index + 2], ""][:2]
    else:
        return "", ""
    before, after = (f"{mark['before']}{one}{mark['behind']}" if one else "" for one in numbers)
    return before, after


def _stands(text: str, mark: str, start: int, end: int) -> bool:
    """Whether a mark stands in text[start:end], and not as the end of a longer number."""
    while (start := text.find(mark, start, end)) >= 0:
        if not (start and (text[start - 1].isdecimal() or text[start - 1] in HAN_DIGITS)):
            return True
        start += 1
    return False

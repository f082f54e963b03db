"""Page furniture: page numbers and running headers."""

from collections import Counter
from functools import lru_cache

from summarize.text.patterns import lazy_pattern

_PAGE_LINE = lazy_pattern(
    r"[-–—·]{1,3} ?\d{1,4} ?[-–—·]{1,3}|第 ?(?:\d{1,4}|[一二三四五六七八九十百]{1,4}) ?[页頁]"
    r"(?:[ ，,/]{0,3}共 ?\d{1,4} ?[页頁])?|\d{1,4} ?/ ?\d{1,4}"
    r"|[Pp](?:age|\.) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?"
)
_BARE_NUMBER = lazy_pattern(r"\d{1,4}")
_PAGE_INITIALS = frozenset("-–—·第Pp")  # or a digit
_PAGE_ENDS = frozenset("-–—·页頁")  # or a digit
_MAX_PAGE_CHARS = 24


def is_page_line(text: str, start: int, end: int) -> bool:
    """Return whether a line is the number of a page; a bare number is one where pages have a running head."""
    if end - start > _MAX_PAGE_CHARS or not _may_be_page(text[start], text[end - 1]):
        return False
    if text[start].isdecimal() and _BARE_NUMBER.fullmatch(text, start, end):
        return bool(running_heads(text))
    return _PAGE_LINE.fullmatch(text, start, end) is not None


def is_page_number(run: str) -> bool:
    """Return whether a line is the number of a page, as nothing else is written."""
    return _may_be_page(run[0], run[-1]) and _PAGE_LINE.fullmatch(run) is not None


def _may_be_page(initial: str, last: str) -> bool:
    return (initial in _PAGE_INITIALS or initial.isdecimal()) and (last in _PAGE_ENDS or last.isdecimal())


MAX_HEAD_CHARS = 40
_MIN_HEADS = 3
_MIN_PAGE_CHARS = 30  # on average from one to the next
_HEAD = lazy_pattern(r"[ \t\u3000\x0c]*([^\s\d:：，,][^\n\r]{1,38}[^\n\r:：，,、；;。！？.!?…”」\"）)])[ \t\r]*")
_CLOCK = lazy_pattern(r"\d[:：]\d\d")


@lru_cache(maxsize=1)
def running_heads(text: str) -> dict[str, int]:
    """Return the short lines without a stop that come again on page after page, and the offset of each's first.

    They come three times or more, at least 30 code points apart on average. A label of a speaker, which has a colon
    or a time of day, is none.
    """
    lines = text.split("\n")
    counts = Counter(lines)
    again = {line for line, count in counts.items() if count >= _MIN_HEADS and 2 < len(line) <= 2 * MAX_HEAD_CHARS}
    heads = {line: match[1] for line in again if (match := _HEAD.fullmatch(line)) and not _CLOCK.search(line)}
    offsets: dict[str, list[int]] = {}
    offset = 0
    for line in lines if heads else ():
        if line in heads:
            head = heads[line]
            offsets.setdefault(head, []).append(offset + line.index(head))
        offset += len(line) + 1
    return {
        head: found[0]
        for head, found in offsets.items()
        if found[-1] - found[0] >= (len(found) - 1) * _MIN_PAGE_CHARS and any(character.isalpha() for character in head)
    }

"""Matching of quotation marks and brackets, and the marks that a part of a text lacks.

A mark that is never closed in its paragraph opens nothing, except where the next paragraph begins with the same
mark: there a quotation continues over paragraphs, each of which opens it again. Marks pair across widths (`（…)`,
`“…"`), for people type them so. Apostrophes, also curly ones, are no marks.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from summarize.text.marks import COLON_MARKS, COMMA_MARKS, MARK_PAIRS, QUOTE_PAIRS, STRAIGHT_QUOTE, is_wide
from summarize.text.patterns import lazy_pattern

_MAX_DEPTH = 16  # pairs within pairs that a closing mark is looked up in
_MAX_PARAGRAPH_CHARS = 10_000  # each way, where a paragraph is looked for

_LOW = "„"  # as German opens: „so“, or „so”
_OPENING = {"``": "''", **MARK_PAIRS}
_CLOSING = {closer: opener for opener, closer in _OPENING.items()}
_EITHER = frozenset((STRAIGHT_QUOTE, "''"))
_ALIKE = {"（": "(", "［": "[", "〔": "["}  # openers that close as others do
_FAMILY = {opener: _ALIKE.get(opener, opener) for opener in _OPENING}
_FAMILY |= {closer: _FAMILY[opener] for closer, opener in _CLOSING.items()} | {STRAIGHT_QUOTE: "“", _LOW: "“"}
_MARKS = "[" + re.escape("".join(MARK_PAIRS) + "".join(MARK_PAIRS.values()) + STRAIGHT_QUOTE + _LOW)
# One class first, as the search for it is fast; then what it has to be.
_MARK = lazy_pattern(f"{_MARKS}`'](?:(?<={_MARKS}])|(?<=`)`|(?<=')')")
_ALWAYS_OPEN = frozenset(_OPENING) - {"‘", "“"} | {_LOW}
_ALWAYS_CLOSE = frozenset(_CLOSING) - {"’", "”"} - _EITHER
_BLANK_LINE = lazy_pattern(
    r"(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])[ \t\u3000]*(?:\r\n|[\n\r\x0b\x0c\x85\u2028\u2029])"
)


class MarkPair(NamedTuple):
    """Two marks that belong together.

    Args:
        opening: offset of the opening mark.
        closing: offset of the closing mark.
        opener: the mark that opens.
        closer: the mark that closes.
    """

    opening: int
    closing: int
    opener: str
    closer: str

    @property
    def end(self) -> int:
        """Offset after the pair."""
        return self.closing + len(self.closer)


def find_pairs(text: str, start: int, end: int) -> list[MarkPair]:
    """Return the pairs of marks in text[start:end], by their opening; they lie inside or beside each other.

    Linear in the length of the part.
    """
    return _match(text, start, end)[0]


def _match(text: str, start: int, end: int) -> tuple[list[MarkPair], list[tuple[int, str]]]:
    """The pairs of a paragraph, and its opening marks that nothing closes."""
    pairs: list[MarkPair] = []
    waiting: list[tuple[int, str]] = []  # offset and mark of what is open
    alone: list[tuple[int, str]] = []
    for match in _MARK.finditer(text, start, end):
        mark, offset = match.group(), match.start()
        if mark in _ALWAYS_OPEN:
            role = "open"
        elif mark in _ALWAYS_CLOSE:
            role = "close"
        else:
            role = _role(text, start, end, offset, mark, waiting)
        if role == "open":
            waiting.append((offset, mark))
        elif role == "close":
            index = _index_of_opener(waiting, mark)
            if index is not None:
                opening, opener = waiting[index]
                pairs.append(MarkPair(opening, offset, opener, mark))
                alone += waiting[index + 1 :]
                del waiting[index:]
    return sorted(pairs), sorted(alone + waiting)


def _role(text: str, start: int, end: int, offset: int, mark: str, waiting: list[tuple[int, str]]) -> str:
    """What a mark does that opens or closes as its neighbours say: "open", "close" or nothing."""
    end_of_mark = offset + len(mark)
    before, after = text[offset - 1 : offset] if offset > start else " ", text[end_of_mark : end_of_mark + 1]
    has_gap_before, has_gap_after = before.isspace(), end_of_mark >= end or after.isspace()
    if mark == "’" and before.isalnum() and not is_wide(before) and not has_gap_after and after.isalnum():
        return ""  # an apostrophe
    if mark == "‘" and after.isdigit():
        return ""  # the ‘90s
    if mark == "“":
        return "close" if any(opener == _LOW for _, opener in waiting[-_MAX_DEPTH:]) else "open"
    if mark in _EITHER:
        if _index_of_opener(waiting, mark) is not None:
            return "open" if has_gap_before and not has_gap_after and not is_wide(after) else "close"
        return "" if has_gap_after and not has_gap_before else "open"  # 5" wide
    if mark == "‘":
        return "open"
    if mark == "”" and _index_of_opener(waiting, mark) is None:  # ”typed so”
        return "open" if (before in COLON_MARKS + COMMA_MARKS or has_gap_before) and not has_gap_after else ""
    return "close"


def _index_of_opener(waiting: list[tuple[int, str]], closer: str) -> int | None:
    """Where in `waiting` the mark stands that `closer` closes."""
    family = _FAMILY[closer]
    for index in range(len(waiting) - 1, max(-1, len(waiting) - 1 - _MAX_DEPTH), -1):
        if _FAMILY[waiting[index][1]] == family:
            return index
    return None


def quotation_state(text: str, start: int, end: int, *, paragraph: tuple[int, int] | None = None) -> tuple[str, str]:
    """Tell which marks have to stand before and after a part of a text so that its pairs are whole.

    A sentence from the middle of a long quotation gets the marks of the quotation on both sides, the first one gets
    the mark that closes it, the last one the mark that opens it; of marks within marks the outer ones stand outside.
    A part with whole pairs only, and a stray mark that nothing tells how to mend, get nothing.

    Args:
        text: the whole text.
        start: offset of the part's first code point.
        end: offset after its last one.
        paragraph: start and end of the paragraph that the part lies in; None: from blank line to blank line. No more
            than 10,000 code points each way are looked at.

    Returns:
        What to put before it and what to put after it, each often the empty string; the same marks as in the text.
    """
    low, high = paragraph or _paragraph_around(text, start, end)
    low, high = max(low, start - _MAX_PARAGRAPH_CHARS), min(high, end + _MAX_PARAGRAPH_CHARS)
    pairs, alone = _match(text, low, high)
    openers = [(pair.opening, pair.opener) for pair in pairs if pair.opening < start <= pair.closing]
    closers = [(pair.opening, pair.closer) for pair in pairs if pair.opening < end <= pair.closing]
    for offset, mark in alone:
        if mark not in QUOTE_PAIRS and mark != STRAIGHT_QUOTE:
            continue
        is_inside = start <= offset < end
        goes_on = offset < start and _goes_on(text, high, mark)
        if goes_on:
            openers.append((offset, mark))
        if is_inside or goes_on:
            closers.append((offset, QUOTE_PAIRS.get(mark, mark)))
    return (
        "".join(mark for _, mark in sorted(openers)),
        "".join(mark for _, mark in sorted(closers, reverse=True)),
    )


def _goes_on(text: str, end: int, mark: str) -> bool:
    """Whether the paragraph after `end` begins with the same mark, as that of a quotation over paragraphs does."""
    return text[end : end + 20].lstrip().startswith(mark)


def _paragraph_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The part between blank lines that text[start:end] lies in, up to a bound."""
    low, high = max(0, start - _MAX_PARAGRAPH_CHARS), min(len(text), end + _MAX_PARAGRAPH_CHARS)
    low = max(_blank_lines(text, low, start), default=low)
    return low, min(_blank_lines(text, end, high), default=high)


def _blank_lines(text: str, start: int, end: int) -> Iterator[int]:
    return (match.start() + 1 for match in _BLANK_LINE.finditer(text, start, end))

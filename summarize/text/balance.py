"""Unbalanced quotation marks and brackets of a sentence that is printed on its own."""

from bisect import bisect_left
from collections.abc import Sequence

from summarize.text.marks import QUOTE_OPENERS, QUOTE_PAIRS, STRAIGHT_QUOTE, one_of
from summarize.text.patterns import lazy_pattern
from summarize.text.quotations import MarkPair, find_pairs

# Not that of 5" or of the ‘90s. One class first, as the search for it is fast.
_OPENING_QUOTE = lazy_pattern(
    f"{one_of(QUOTE_OPENERS + STRAIGHT_QUOTE)}"
    f"(?:(?<={STRAIGHT_QUOTE})(?<!\\w{STRAIGHT_QUOTE})(?=\\S)|(?<={one_of(QUOTE_OPENERS)})(?=[^\\s\\d]))"
)
_NOTHING = ("", "")
_MAX_OPEN_PAIRS = 4  # pairs within pairs that a sentence is given the marks of


def missing_marks(
    text: str, spans: Sequence[tuple[int, int]], pairs: Sequence[MarkPair] | None = None
) -> Sequence[tuple[str, str]]:
    """Return what has to stand before and after each sentence of a paragraph so that its pairs of marks are whole.

    Args:
        text: the text.
        spans: start and end of what each sentence says, in order.
        pairs: the pairs of marks from the start of the first one to the end of the last one; None: they are looked for.

    Returns:
        Two strings for each sentence, most of them empty. Linear in the length of the paragraph.
    """
    low, high = spans[0][0], spans[-1][1]
    if len(spans) == 1 and _OPENING_QUOTE.search(text, low, high) is None:
        return [_NOTHING]
    if pairs is None:
        pairs = find_pairs(text, low, high)
    alone = _alone(text, low, high, pairs)
    if not alone and (not pairs or len(spans) == 1):
        return [_NOTHING] * len(spans)
    missing: list[tuple[str, str]] = []
    around: list[MarkPair] = []  # the pairs that reach over the end of the sentence before
    number = 0
    for start, end in spans:
        around = [pair for pair in around if pair.closing >= start] if around else around
        opened = around
        while number < len(pairs) and pairs[number].opening < end:
            if pairs[number].closing >= end:
                opened = [*opened, pairs[number]][-_MAX_OPEN_PAIRS:]
            number += 1
        never_closed = _part_of(alone, start, end) if alone else []
        if not opened and not never_closed:
            missing.append(_NOTHING)
            continue
        closed = [pair for pair in opened if pair.closing >= end]
        closers = sorted(
            [(pair.opening, pair.closer) for pair in closed] + never_closed[-_MAX_OPEN_PAIRS:], reverse=True
        )
        missing.append(("".join(pair.opener for pair in around), "".join(closer for _, closer in closers)))
        around = closed
    return missing


def _alone(text: str, start: int, end: int, pairs: Sequence[MarkPair]) -> list[tuple[int, str]]:
    """The opening quotation marks that nothing closes, each with its offset and the mark that would."""
    paired: set[int] | None = None
    alone: list[tuple[int, str]] = []
    for match in _OPENING_QUOTE.finditer(text, start, end):
        if paired is None:
            paired = {pair.opening for pair in pairs} | {pair.closing for pair in pairs}
        if match.start() not in paired:
            alone.append((match.start(), QUOTE_PAIRS.get(match.group(), match.group())))
    return alone


def _part_of(alone: list[tuple[int, str]], start: int, end: int) -> list[tuple[int, str]]:
    """Those in the sentence from `start` to `end`; a mark at its end opens nothing in it."""
    return alone[bisect_left(alone, (start, "")) : bisect_left(alone, (end - 1, ""))]

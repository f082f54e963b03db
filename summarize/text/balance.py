"""Which quotation marks and brackets a sentence lacks where it is printed by itself."""

import re
from collections.abc import Sequence

from summarize.text.marks import MARK_PAIRS, QUOTE_PAIRS, STRAIGHT_QUOTE, one_of
from summarize.text.quotations import MarkPair, find_pairs

_ANY_MARK = re.compile("``|[" + re.escape("".join(MARK_PAIRS) + STRAIGHT_QUOTE) + "]")
# Not that of 5" or of the ‘90s.
_OPENING_QUOTE = re.compile(f"{one_of(''.join(QUOTE_PAIRS))}(?=[^\\s\\d])|(?<!\\w){STRAIGHT_QUOTE}(?=\\S)")
_MOST_OPEN_PAIRS = 4  # pairs within pairs that a sentence is given the marks of


def missing_marks(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, str]]:
    """Return what has to stand before and behind each sentence of a paragraph so that its pairs of marks are whole.

    Args:
        text: the text.
        spans: start and end of what each sentence says, in order.

    Returns:
        Two strings for each sentence, most of them empty. Linear in the length of the paragraph.
    """
    low, high = spans[0][0], spans[-1][1]
    if _ANY_MARK.search(text, low, high) is None:
        return [("", "")] * len(spans)
    pairs = find_pairs(text, low, high)
    paired = {pair.opening for pair in pairs} | {pair.closing for pair in pairs}
    missing: list[tuple[str, str]] = []
    around: list[MarkPair] = []  # the pairs that reach over the end of the sentence before
    number = 0
    for start, end in spans:
        around = [pair for pair in around if pair.closing >= start]
        opened = around
        while number < len(pairs) and pairs[number].opening < end:
            if pairs[number].closing >= end:
                opened = [*opened, pairs[number]][-_MOST_OPEN_PAIRS:]
            number += 1
        closed = [pair for pair in opened if pair.closing >= end]
        alone = [match for match in _OPENING_QUOTE.finditer(text, start, end) if match.start() not in paired]
        never_closed = [(match.start(), QUOTE_PAIRS.get(match.group(), match.group())) for match in alone]
        closers = sorted(
            [(pair.opening, pair.closer) for pair in closed] + never_closed[-_MOST_OPEN_PAIRS:], reverse=True
        )
        missing.append(("".join(pair.opener for pair in around), "".join(closer for _, closer in closers)))
        around = closed
    return missing

"""A paragraph or list item that is being split into sentences, with the queries that the rules need."""

from bisect import bisect_left
from collections.abc import Iterable

from summarize.text.language import HAN_RUN
from summarize.text.patterns import lazy_pattern
from summarize.text.quotations import MarkPair, find_pairs
from summarize.text.units import Unit

# What stays whole between its marks, in code points.
_MAX_KEPT_CHARS = 200
_MAX_KEPT_LATIN_CHARS = 500
_MAX_ABBREVIATION_CHARS = 20
_WORD_TAIL = lazy_pattern(r"[^\W_\u2e80-\U0010ffff](?:[^\W_\u2e80-\U0010ffff]|[.&'’-])*\Z")
_NEXT_WORD = lazy_pattern(r"[\"'“‘(\[«`*_#]{0,4}([\w'’]{0,20})")
_SMALL_WORD = lazy_pattern(r"(?<![\w.@/])[a-z]{4,20}(?!\w)")


class SmallWords:
    """The words of four letters and more that a text has in lower case; gathered when first asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._words: frozenset[str] | None = None

    def __contains__(self, word: object) -> bool:
        if self._words is None:
            self._words = frozenset(match.group() for match in _SMALL_WORD.finditer(self._text))
        return word in self._words


class Passage:
    """A unit that is cut into sentences, and how far that has come.

    It is a class because it owns a state: where the current sentence started, which pairs of marks there are.

    Args:
        text: the whole text.
        unit: what to cut.
        small_words: those of the whole text.
        has_emoji: whether the unit has any.
    """

    def __init__(self, text: str, unit: Unit, small_words: SmallWords, *, has_emoji: bool) -> None:
        self.text = text
        self.start: int = unit.start  # of the current sentence
        self.first: int = unit.marker_end  # the stop of `1.` is none
        self.unit_start: int = unit.start
        self.end: int = unit.end
        self.small_words = small_words
        self.has_emoji = has_emoji
        self.pairs: list[MarkPair] = find_pairs(text, unit.start, unit.end)
        # Of each closing mark, its opening.
        self.openings: dict[int, int] = {closing: opening for opening, closing, _, _ in self.pairs}
        self.whole_starts: list[int]
        self.whole_ends: list[int]
        self.whole_starts, self.whole_ends = _find_kept_pairs(text, self.pairs)
        self._small_letters_start: bool | None = None  # None until asked for

    def is_in_kept_pair(self, position: int) -> bool:
        """Whether `position` lies within a quotation or a bracket that is kept whole."""
        index = bisect_left(self.whole_starts, position) - 1 if self.whole_starts else -1
        return index >= 0 and position < self.whole_ends[index]

    def is_gap(self, position: int) -> bool:
        """Whether white space or the end stands at `position`."""
        return position >= self.end or self.text[position].isspace()

    def stands_alone(self, run_start: int) -> bool:
        """Whether white space stands before the stop, as in tokenized text."""
        return run_start > self.start and self.text[run_start - 1].isspace()

    def word_before(self, position: int) -> str:
        """The word of an alphabet that ends at `position`, dots inside it included; a long one is cut at the left."""
        low = max(self.start, position - _MAX_ABBREVIATION_CHARS)
        match = _WORD_TAIL.search(self.text, low, position) if position > low else None
        return match.group() if match else ""

    def next_word(self, position: int) -> str:
        """The word at `position`, after quotation marks and the like; a long one is cut at the right."""
        match = _NEXT_WORD.match(self.text, position, self.end)
        return match.group(1) if match else ""

    def small_letters_start(self) -> bool:
        """Whether the unit is written without capitals, so that a small letter can start a sentence.

        In tokenized text it cannot: there a stop stands alone, and one after a word belongs to the word.
        """
        if self._small_letters_start is None:
            unit_text = self.text[self.first : self.end]
            self._small_letters_start = unit_text.islower() and " . " not in unit_text
        return self._small_letters_start


def _find_kept_pairs(text: str, pairs: Iterable[MarkPair]) -> tuple[list[int], list[int]]:
    """Start and end of the outermost quotations and brackets that are short enough to be kept whole."""
    starts: list[int] = []
    ends: list[int] = []
    for pair in pairs:
        if (not ends or pair.opening >= ends[-1]) and _is_short(text, pair):
            starts.append(pair.opening)
            ends.append(pair.end)
    return starts, ends


def _is_short(text: str, pair: MarkPair) -> bool:
    length_chars = pair.end - pair.opening
    if length_chars <= _MAX_KEPT_CHARS:
        return True
    if length_chars > _MAX_KEPT_LATIN_CHARS:
        return False
    num_han = sum(match.end() - match.start() for match in HAN_RUN.finditer(text, pair.opening, pair.end))
    return length_chars + num_han * (_MAX_KEPT_LATIN_CHARS // _MAX_KEPT_CHARS) <= _MAX_KEPT_LATIN_CHARS

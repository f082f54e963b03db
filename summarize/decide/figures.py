"""Figures: numbers, units and times, and which of them belong together: 320万～350万, 10月3日至12日, March 3, 2024."""

from collections.abc import Iterator, Sequence

from summarize.decide.places import bits_of
from summarize.decide.words import Word, begins_with_number, is_time
from summarize.document import Language
from summarize.text.marks import DASH_MARKS, PARENTHESIS_PAIRS, RANGE_MARKS
from summarize.text.word_classes import words_of, words_of_all

UNITS = words_of_all("unit", "scale", "time_unit") | frozenset("%％‰℃年月日号时点分")
RANGES = words_of_all("range") | frozenset(RANGE_MARKS + DASH_MARKS + "-－/:：.") | {"through", "between"}
_SPANS = frozenset(RANGE_MARKS + DASH_MARKS + "-－至到") | {"to", "through"}  # between two times as well
_MONTHS = words_of("en", "month") | {month[:3] for month in words_of("en", "month")} | {"sept"}
_CLOSERS = {closer: opener for opener, closer in PARENTHESIS_PAIRS.items()}


def is_number_word(word: Word) -> bool:
    """Return whether a word is a number, a unit or a time."""
    text = word.text
    return begins_with_number(word) or text in UNITS or is_time(word) or _is_month(word)


def _is_month(word: Word) -> bool:
    return word.text[0].isupper() and word.text.lower() in _MONTHS


def find_linked_numbers(words: Sequence[Word], language: Language) -> list[int]:
    """Return two figures and what makes a range, a measure or a date of them, each as a set of places (`places`).

    A gloss after the first is passed over, as in 10月3日（周六）至12日.

    Args:
        words: of a sentence.
        language: of the document.
    """
    return [bits_of(places) for places in _find_bound(words, language)]


def _find_bound(words: Sequence[Word], language: Language) -> Iterator[tuple[int, ...]]:
    for index in [index for index, word in enumerate(words) if index and is_number_word(word)]:
        word, joint, first = words[index], words[index - 1], index - 2
        is_span = len(joint.text) > 1 and joint.text[-1] in _SPANS  # 10月3日至 | 11月12日, 9 | 时至 | 下午
        is_measure = begins_with_number(joint) and (word.text in UNITS or _is_month(word))
        if (is_span and (is_number_word(joint) or joint.text[:-1] in UNITS)) or is_measure or _is_month(joint):
            yield index - 1, index
        if first > 0 and words[first].text in _CLOSERS:
            opener = _CLOSERS[words[first].text]
            first = next((k for k in range(first, 0, -1) if words[k].text == opener), 0) - 1
        if first < 0:
            continue
        left, text = words[first], joint.text.lower()
        is_range = text in RANGES and (begins_with_number(left) or (text in _SPANS and is_number_word(left)))
        is_short_month = text == "." and _is_month(left)
        is_month_or_year = _is_month(word) or (len(word.text) == 4 and word.text.isdigit())
        is_date = language == "en" and text == "," and is_number_word(left) and is_month_or_year
        if is_range or is_short_month or is_date:
            yield first, index - 1, index

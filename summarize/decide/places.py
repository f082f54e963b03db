"""Places of words in the forms of a sentence: what is cut, where, and what a cut brings together or parts.

Sets of places are numbers with one bit for each of them, that of the first word the lowest: a form is asked whether it
cuts a pair of brackets in two by one operation.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from summarize.decide.words import PAIRS, Word, once
from summarize.document import Cut, Form, Language
from summarize.text.marks import STRAIGHT_QUOTE


def bits_of(places: Iterable[int]) -> int:
    """Return a set of places, none given twice."""
    return sum([1 << place for place in places])


def gone_bits(form: Form) -> int:
    """Return the places of the words that are cut."""
    return sum([(1 << cut.end) - (1 << cut.first) for cut in form.cuts])


def is_split(spans: Iterable[int], gone: int) -> bool:
    """Return whether of one of some sets of places a part is cut and a part is not."""
    return any([span & gone not in (0, span) for span in spans])


def edges(words: Sequence[Word], cut: Cut) -> list[int]:
    """Return the place at the beginning of a cut and that behind its end, without those at the ends of the sentence."""
    return [edge for edge in (cut.first, cut.end) if 0 < edge < len(words)]


def seams(form: Form) -> Iterator[tuple[int, int]]:
    """Yield the places of words that a cut, or several that touch, have brought together."""
    first = end = 0
    for cut in form.cuts:
        if cut.first > end:
            if first:
                yield first - 1, end
            first = cut.first
        end = cut.end
    if first and end <= form.kept[-1]:
        yield first - 1, end


def of_cut(
    breaks: Callable[[Sequence[Word], Cut, Language], bool],
) -> Callable[[Sequence[Word], Form, Language], bool]:
    """Return whether a form breaks a rule that is about each of its cuts alone; of each cut it is found out once."""

    def found(words: Sequence[Word], language: Language) -> dict[tuple[int, int, str], bool]:
        return {}

    def of_form(words: Sequence[Word], form: Form, language: Language) -> bool:
        known = once(found, words, language)
        for cut in form.cuts:
            key = cut.first, cut.end, cut.kind
            if key not in known:
                known[key] = breaks(words, cut, language)
            if known[key]:
                return True
        return False

    return of_form


def pairs(words: Sequence[Word], language: Language) -> tuple[list[int], list[int]]:
    """Return the places from one half of each pair of marks to the other, and the places of halves that are alone."""
    spans, opened = [], [(-1, "")]
    for place, word in enumerate(words):
        if word.text == opened[-1][1]:
            spans.append(bits_of(range(opened.pop()[0], place + 1)))
        elif word.text in PAIRS or word.text == STRAIGHT_QUOTE:
            opened.append((place, PAIRS.get(word.text, STRAIGHT_QUOTE)))
    return spans, [place for place, _ in opened[1:]]

"""Figures that a newer text updates: 截至10日已有12人死亡 in one text, 截至12日已有19人死亡 in a later one.

A sentence is superseded by one of a newer text on the same happening that has another value for the same unit beside
the same words. Either both count what has come together so far (已造成, at least), and neither text has several such
counts, of which nobody could tell which is which; or the newer sentence says nearly all of it except for the figures,
and both name the same times or none. Statements about two different times are two facts, and both are kept. Which of
two counts is newer is decided by their dates, or else by the dates of their texts; if neither is known, the larger one
is newer, since such counts grow. For other figures it is the one of the later text.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from itertools import islice, pairwise, takewhile
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from summarize.decide.words import is_time, words_between
from summarize.document import Document
from summarize.text.days import Day, chronological_order, compare, find_days
from summarize.text.marks import CLAUSE_MARKS
from summarize.text.patterns import lazy_pattern
from summarize.text.tokenization import is_word
from summarize.text.word_classes import words_of_all

Floats = NDArray[np.float64]

MIN_SAID = 0.75  # of an older sentence's information, what the newer one must say
# The cosine of two texts on one happening: nine in ten pairs of news on one have more, and but one in a hundred on two
# has half of it.
MIN_ALIKE = 0.25
MIN_CONTEXT = 0.5  # of what the words beside a figure say, what those beside the other one must say
MIN_CLOSE_CONTEXT = 0.8  # the same where the figures are no counts of what has come together
MIN_INFORMATION = 3.0  # nats that they have in common at least
WORDS_BEFORE, WORDS_AFTER = 3, 2  # a figure that show what it counts
MAX_COMPARED = 500  # sentences with figures, the first that are given: each is compared with all others

# What stands before a count of what has come together so far, in its clause.
_SO_FAR = lazy_pattern(
    r"已|累计|[升增]至|[升增]加到|至少|超过?|(?<!公)共(?![同产享识和])|"
    r"\b(?:so far|at least|more than|over|total|toll|have|has|(?:rose|risen|rises|climbed|climbs) to)\b"
)
_FIGURE = lazy_pattern(r"(\d+(?:,\d{3})*(?:\.\d+)?)([十百千]?[万亿]*)([%％‰]|[\u4e00-\u9fff]{1,3})?")
_SCALE = lazy_pattern(r"([十百千万亿]+)(?=[\u4e00-\u9fff])")  # of a word that begins with one: 亿台
_SCALES = {
    **{"十": 1e1, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8},
    **{"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
}
# Words for one thing that is counted again and again.
_SAME = {
    **dict.fromkeys(("遇难", "丧生", "身亡", "遇难者", "死者"), "死亡"),
    **dict.fromkeys(("失踪", "失踪者", "失联者"), "失联"),
    **dict.fromkeys(("dead", "die", "dies", "deaths", "killed"), "died"),
}
# Words beside a number that say nothing of what is counted.
_COUNTS = """
约 大约 近 逾 超 超过 至少 已 已经 累计 共 共计 共有 总计 总额 达 达到 人民币 目前
about roughly nearly more than over at least total now
"""
_COUNTING = frozenset(_COUNTS.split())
_TIMES = words_of_all("time_unit", "month")
_CURRENCIES, _SHARES = frozenset("$€£¥￥"), frozenset("%％‰")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a sentence that is no time.

    Args:
        value: 18600 of 超1.86万人.
        unit: the word after the number, or the currency before it.
        before: the words before it in its clause, back to another number.
        after: those after its unit.
        is_so_far: whether it counts what has come together so far.
    """

    value: float
    unit: str
    before: frozenset[str]
    after: frozenset[str]
    is_so_far: bool


def find_quantities(document: Document, index: int) -> list[Quantity]:
    """Return the figures of a sentence, in order."""
    sentence = document.sentences[index]
    words_found = words_between(document, sentence.body, sentence.end)
    words = [word.text.lower() for word in words_found]
    found = []
    for place, word in enumerate(words):
        match = _FIGURE.fullmatch(word)
        if match is None:
            continue
        value = float(match[1].replace(",", ""))
        value *= math.prod(_SCALES[one] for one in match[2])
        following = place + 1
        while following < len(words) and words[following] in _SCALES:
            value *= _SCALES[words[following]]
            following += 1
        unit = match[3] or (words[place - 1] if place and words[place - 1] in _CURRENCIES else "")
        if not unit and following < len(words):
            unit = words[following]
            following += 1
            if (scale := _SCALE.match(unit)) is not None:
                value *= math.prod(_SCALES[one] for one in scale[1])
                unit = unit[scale.end() :]
        if unit and unit not in _TIMES and (unit[0].isalnum() or unit in _CURRENCIES or unit in _SHARES):
            before, after = _beside(words[:place][::-1], WORDS_BEFORE), _beside(words[following:], WORDS_AFTER)
            clause = _clause_before(document.text[sentence.body : words_found[place].start])
            is_so_far = _SO_FAR.search(clause) is not None
            found.append(Quantity(round(value, 6), unit, frozenset(before), frozenset(after), is_so_far))
    return found


def _clause_before(text: str) -> str:
    """Return the end of a text from its last clause mark on; an enumeration is one clause."""
    start = max(text.rfind(mark) for mark in CLAUSE_MARKS)
    return text[start + 1 :].lower()


def _beside(words: Sequence[str], most: int) -> Iterator[str]:
    """Yield the words next to a figure that show what it counts, going away from it, up to a mark or another number."""
    telling = (_SAME.get(word, word) for word in takewhile(_goes_on, words) if word not in _COUNTING)
    yield from islice(telling, most)


def _goes_on(word: str) -> bool:
    return is_word(word) and not word[0].isdigit()


class SharedContent(Protocol):
    """A measure of the content that sentences share, apart from their figures."""

    def shared_with(self, index: int) -> Floats:
        """Return the share of what each sentence says that one of them says too, (S,), 0 to 1."""
        ...

    def information(self, words: Iterable[str]) -> float:
        """Return what some words say, in nats."""
        ...


def find_superseded(
    document: Document,
    candidates: Sequence[int],
    text_of: NDArray[np.int64],
    text_days: Sequence[Day | None],
    saying: SharedContent,
    nearness: Floats,
) -> dict[int, int]:
    """Return the sentences whose figures a newer text has otherwise, and the newest sentence that has them.

    Args:
        document: several texts.
        candidates: sentences that may be chosen, the most important first; of those with figures `MAX_COMPARED` are
            looked at.
        text_of: the number of each sentence's text, (S,).
        text_days: the day of each text, where it is known.
        saying: how much of what sentences say others say.
        nearness: the cosine of each text to each, (K, K).
    """
    figures = {index: found for index in candidates if (found := find_quantities(document, index))}
    compared = list(figures)[:MAX_COMPARED]
    ages = rank_by_date(text_days)
    units = {index: {figure.unit for figure in figures[index]} for index in compared}
    days = {index: _last_day(document, index) for index in compared}
    in_text: list[list[Quantity]] = [[] for _ in text_days]
    for index, found in figures.items():
        in_text[text_of[index]] += found
    values = [{(figure.unit, figure.value) for figure in found} for found in in_text]  # of each text
    times = {index: _times(document, index) for index in compared}
    information, has_several = _remembered(saying, in_text)
    newest: dict[int, int] = {}
    for new in compared:
        said: Floats | None = None
        for old in compared:
            one, other = int(text_of[old]), int(text_of[new])
            is_apart = one == other or nearness[one, other] < MIN_ALIKE
            if is_apart or units[old].isdisjoint(units[new]):
                continue
            pair = _rivals(figures[old], figures[new], information)
            if not pair:
                continue
            if all(figure.is_so_far for figure in pair):
                if has_several(one, pair[0]) or has_several(other, pair[1]):
                    continue
                before, after = days[old] or text_days[one], days[new] or text_days[other]
                sign = compare(before, after) if before and after else 0
                is_newer = sign < 0 if sign else pair[0].value < pair[1].value
            elif ages[one] < ages[other] and times[old] == times[new] and _is_close(pair, information):
                said = saying.shared_with(new) if said is None else said
                is_gone = (pair[0].unit, pair[0].value) not in values[other]  # what it says as well is not
                is_newer = bool(said[old] >= MIN_SAID) and is_gone
            else:
                is_newer = False
            if is_newer:
                newest[old] = max(newest.get(old, new), new, key=lambda index: (ages[text_of[index]], -index))
    return {old: _last(newest, old) for old in newest}


def _rivals(
    old: Sequence[Quantity], new: Sequence[Quantity], information: Callable[[frozenset[str]], float]
) -> tuple[Quantity, Quantity] | None:
    """Return two figures that are other values for one thing, of which neither sentence has the other's as well."""
    for one in old:
        for other in new:
            if not _count_alike(one, other):
                continue
            if _common(one, other, information) < MIN_CONTEXT:
                continue
            known = [{figure.value for figure in figures if figure.unit == one.unit} for figures in (old, new)]
            if one.value not in known[1] and other.value not in known[0]:
                return one, other
    return None


def _count_alike(one: Quantity, other: Quantity) -> bool:
    """Return whether two figures may be of one kind: 12人 and 19人死亡, but neither of these and 3辆, nor 12人受伤."""
    return one.unit == other.unit and not (one.after and other.after and one.after.isdisjoint(other.after))


def _has_several(figures: Iterable[Quantity], one: Quantity) -> bool:
    """Return whether among the figures of a text are several values of the kind of one of them."""
    return any(
        figure.value != one.value
        and _count_alike(figure, one)
        and not (figure.before.isdisjoint(one.before) and figure.after.isdisjoint(one.after))
        for figure in figures
    )


def _remembered(
    saying: SharedContent, in_text: Sequence[Sequence[Quantity]]
) -> tuple[Callable[[frozenset[str]], float], Callable[[int, Quantity], bool]]:
    """Return what words say, and `_has_several` of a text by its number, each found out once."""

    @cache
    def information(words: frozenset[str]) -> float:
        return saying.information(words)

    @cache
    def has_several(text: int, figure: Quantity) -> bool:
        return _has_several(in_text[text], figure)

    return information, has_several


def _common(one: Quantity, other: Quantity, information: Callable[[frozenset[str]], float]) -> float:
    """Return the larger of the shares that the words beside two figures have in common, 0 if these say little."""
    contexts = one.before | one.after, other.before | other.after
    common = information(contexts[0] & contexts[1])
    return common / min(map(information, contexts)) if common >= MIN_INFORMATION else 0.0


def _is_close(pair: tuple[Quantity, Quantity], information: Callable[[frozenset[str]], float]) -> bool:
    """Return whether the words beside two figures leave no doubt that these are of one thing."""
    return _common(*pair, information) >= MIN_CLOSE_CONTEXT


def rank_by_date(days: Sequence[Day | None]) -> list[int]:
    """Return how new each text is, from 0 for the oldest: by their days if these tell, else by their order."""
    ages = [0] * len(days)
    for age, index in enumerate(chronological_order(days) or range(len(days))):
        ages[index] = age
    return ages


def _last_day(document: Document, index: int) -> Day | None:
    """Return the last of the days that a sentence names, which it speaks of as of."""
    sentence = document.sentences[index]
    days = list(find_days(document.text[sentence.body : sentence.end]))
    return reduce(lambda last, day: day if compare(last, day) <= 0 else last, days) if days else None


def _times(document: Document, index: int) -> frozenset[str]:
    """Return the words of time that a sentence has."""
    sentence = document.sentences[index]
    words = words_between(document, sentence.body, sentence.end)
    units = (f"{number.text}{unit.text}" for number, unit in pairwise(words) if unit.text in _TIMES)
    return frozenset([*(word.text for word in words if is_time(word)), *units])


def _last(newest: Mapping[int, int], index: int) -> int:
    """Return what takes the place of a sentence in the end: what took its place may be superseded itself."""
    seen = {index}
    while index in newest and newest[index] not in seen:
        index = newest[index]
        seen.add(index)
    return index

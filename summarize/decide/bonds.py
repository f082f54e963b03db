"""Bonds: which words of a sentence are not kept without which others when it is shortened."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from summarize.decide.words import (
    ATTRIBUTED,
    CONDITION,
    HAN_NUMERALS,
    MODALITY,
    NEGATION,
    Word,
    begins_with_number,
    is_negated,
    is_time,
)
from summarize.document import LANGUAGES, Language
from summarize.text.marks import (
    CLAUSE_MARKS,
    COLON_MARKS,
    DASH_MARKS,
    LINE_STOPS,
    LIST_COMMAS,
    MARK_PAIRS,
    RANGE_MARKS,
    SEMICOLON_MARKS,
    STRAIGHT_QUOTE,
)
from summarize.text.tokenization import is_word
from summarize.text.word_classes import words_by_language, words_of, words_of_all

UNITS = words_of_all("unit") | frozenset("%％‰")
STOPS = LINE_STOPS  # printed behind whatever is kept
COMMAS = frozenset(CLAUSE_MARKS + LIST_COMMAS + DASH_MARKS)
BARRIERS = frozenset(COLON_MARKS + SEMICOLON_MARKS + DASH_MARKS)  # nothing is left out over them
NO_SPACE_BEFORE = frozenset(",.;:!?%)]}’”'")
NO_SPACE_AFTER = frozenset("([{‘“$£€#")
_BOUND_PAIRS = MARK_PAIRS | {STRAIGHT_QUOTE: STRAIGHT_QUOTE}  # what stands between is kept whole or not at all
_COORDINATORS = {language: words_of(language, "additive", "alternative") for language in LANGUAGES}
_LINKS = {
    "zh": _COORDINATORS["zh"]
    | words_of("zh", "clause_coordinator", "plain_preposition", "reason", "plain_copula")
    | words_of("zh", "structural", "genitive", "nominalizer", "aspect", "suffix", "question_particle"),
    "en": _COORDINATORS["en"]
    | words_of("en", "clause_coordinator", "plain_preposition", "infinitive", "subject_relative")
    | words_of("en", "plain_copula", "article", "possessive"),
}
# They make the opposite of the verb behind them, or less than it.
_TURNS = words_by_language("reversal", "approximator")
_COPULAS = {"zh": words_of("zh", "copula", "passive"), "en": words_of("en", "copula")}
_LEANING = words_of("en", "leaning_preposition", "clitic")  # on the word before them
_FURTHER = words_by_language("resumptive")  # they take up what was said before
_TAILS = {
    "zh": _COORDINATORS["zh"]
    | words_of("zh", "structural", "genitive", "aspect", "suffix", "question_particle", "tone_particle")
    | words_of("zh", "object_preposition"),
    "en": _COORDINATORS["en"]
    | words_of("en", "clause_coordinator", "plain_preposition", "path_preposition", "comparative", "infinitive")
    | words_of("en", "clitic", "subject_relative", "plain_copula", "be", "have", "future"),
}
_ORDINAL = "第"
_JOINING = frozenset().union(*_COORDINATORS.values()) - words_of("zh", "comitative")  # 与 may stand for "with"
_COMPARED = words_of("en", "gradable")
_BRIDGES = words_of("zh", "goal") | frozenset(LIST_COMMAS)  # between a word and what it leads to, as coordinators are
_BEFORE_FIGURES = (  # words without which a number behind them is another number
    words_of_all("approximator", "estimate", "sequence", "distributive") | words_of("zh", "demonstrative")
)
OF_ITS_CLAUSE = words_of("zh", "structural", "nominalizer")  # what they describe or lead to stands in their clause
_RANGES = words_of_all("range") | frozenset("-–/:")  # between two numbers that belong together
_CHINESE_RANGES = frozenset(RANGE_MARKS) | frozenset("至到—－")
_DATE_UNITS = frozenset("年月日号时点分万亿")
_MOST_RANGE_WORDS = 6  # on each side of the mark
_AUXILIARIES = {
    "zh": words_of("zh", "modal", "progress", "plain_negation", "plain_copula", "voice", "nominalizer"),
    "en": words_of("en", "modal", "be", "verbal_noun", "plain_copula", "have", "do", "plain_negation", "infinitive")
    | _COORDINATORS["en"],
}
_ARTICLES = words_of("en", "article", "demonstrative", "possessive", "own_possessive", "none")
_LITTLE_WORDS = (
    (_ARTICLES | _COORDINATORS["en"])
    | words_of("en", "clause_coordinator", "infinitive", "relative", "short_preposition")
    | (words_of("en", "subordinator") - words_of("en", "limiting_subordinator"))
    | words_of("en", "subject_pronoun", "locative_pronoun", "plain_negation", "light_adverb")
    | words_of("en", "plain_copula", "be", "have")
    | (words_of("en", "modal") - words_of("en", "obligation"))
)
_HYPHENS = frozenset("-‐–/&")
_DASHES = frozenset("–")
_PREPOSITIONS = words_by_language("preposition")
_SUBORDINATORS = {
    "zh": words_of("zh", "subordinator"),
    "en": words_of("en", "subordinator", "relative", "infinitive"),
}


def clauses_of(words: Sequence[Word]) -> NDArray[np.int64]:
    """Return the number of each word's clause, (T,); a comma is of the clause that it ends."""
    is_comma = np.array([word.text in COMMAS and word.text != "、" for word in words], np.int64)
    return np.cumsum(is_comma) - is_comma


def locked_words(words: Sequence[Word], language: Language) -> list[int]:
    """Return the places of words without which a clause says something else.

    Negation, modality and condition; verbs that turn those behind them; who is done to (被); what is the same (是).
    """
    lists = (NEGATION, MODALITY, CONDITION, _TURNS, _COPULAS)
    return [
        place
        for place, word in enumerate(words)
        if any(word.text.lower() in found[language] for found in lists) or is_negated(word.text, language)
    ]


def opens_condition(words: Sequence[Word], place: int, language: Language) -> bool:
    """Return whether a word is an "if" at the beginning of a clause."""
    is_first = not place or words[place - 1].text in COMMAS
    return is_first and words[place].text.lower() in CONDITION[language]


def counted_spans(words: Sequence[Word], language: Language) -> Iterator[tuple[int, int]]:
    """Yield first and last place of runs that must go on once begun: a number, its unit, what is counted."""
    for place, word in enumerate(words[:-1]):
        if not begins_with_number(word) or (
            is_time(word) and words[place + 1].text not in UNITS
        ):  # 3000多年 is no year
            continue
        if place + 2 < len(words) and words[place + 1].text in _RANGES and words[place + 2].text[0].isdigit():
            yield place, place + 2
            continue
        last = place + 1
        while last + 1 < len(words) and last < place + 3 and _goes_on(words[last], words[last + 1]):
            last += 1
        if is_word(words[place + 1].text):
            yield place, last


def _goes_on(unit: Word, following: Word) -> bool:
    return len(unit.text) == 1 and is_word(following.text) and unit.text not in "元%％"


def bound_spans(words: Sequence[Word], language: Language) -> Iterator[tuple[int, int]]:
    """Yield first and last place of runs that are kept whole or not at all."""
    opened: list[tuple[int, str]] = []
    last = len(words) - 1
    for place, word in enumerate(words):
        if opened and word.text == opened[-1][1]:
            yield opened.pop()[0], place
        elif word.text in _BOUND_PAIRS:
            opened.append((place, _BOUND_PAIRS[word.text]))
        if (language == "en" or word.text.isascii()) and _touches_next(words, place):
            yield place, place + 1
        if language == "en" and word.text.lower() in ("times", "as") and place + 1 < len(words):
            following = words[place + 1].text.lower()
            if following in _COMPARED and is_word(following):  # 2.4 times as many, as long
                yield place, place + 1
        if "·" in word.text and place:  # 贝拉 | 克·奥巴马: what is cut off before it is a part of it
            yield place - 1, place
        is_range = place + 2 < len(words) and words[place + 1].text in _RANGES
        if is_range and _is_figure(word) and _is_figure(words[place + 2]):  # 3月1日至5日
            yield place, place + 2
        if word.text in _CHINESE_RANGES and (span := _range_around(words, place)):
            yield span
        ends_open = begins_with_number(word) and word.text[-1] in _CHINESE_RANGES  # 320万至 | 350万
        if ends_open and place + 1 < len(words) and begins_with_number(words[place + 1]):
            yield place, place + 1
        if place + 1 < len(words) and is_word(words[place + 1].text):
            following = words[place + 1].text.lower()
            starts_number = _is_figure(word) and (following in UNITS or following.lstrip("多余来几") in UNITS)
            starts_number |= word.text[0].isdigit() and len(following) == 1
            qualifies = word.text == _ORDINAL or word.text.lower() in _BEFORE_FIGURES
            starts_number |= qualifies and begins_with_number(words[place + 1])
            if starts_number or word.text.lower() in NEGATION[language] or following in _LEANING:
                yield place, place + 1
    for place, _ in opened:  # its partner stands in another sentence
        if place < last:
            yield place, last


def _range_around(words: Sequence[Word], place: int) -> tuple[int, int] | None:
    """Return first and last place of what a range mark joins, numbers with their units: 10月3日～11月12日.

    None if there is no number on either side.
    """
    first = last = place
    while first and place - first < _MOST_RANGE_WORDS and _is_of_number(words, first - 1, first):
        first -= 1
    while last + 1 < len(words) and last - place < _MOST_RANGE_WORDS and _is_of_number(words, last + 1, last):
        last += 1
    has_numbers = begins_with_number(words[first]) and last > place and begins_with_number(words[place + 1])
    return (first, last) if has_numbers and first < place else None


def _is_of_number(words: Sequence[Word], place: int, neighbour: int) -> bool:
    """Return whether a word is a figure or its unit, right beside its neighbour."""
    one, other = sorted((place, neighbour))
    is_part = begins_with_number(words[place]) or words[place].text in UNITS or words[place].text in _DATE_UNITS
    return is_part and words[one].end == words[other].start


def _touches_next(words: Sequence[Word], place: int) -> bool:
    """Return whether a word is written together with the next one (well-known, Q&A), or held to it by a hyphen."""
    if place + 1 == len(words):
        return False
    word, following = words[place], words[place + 1]
    is_hyphen = following.text in _HYPHENS or word.text in _HYPHENS
    if not following.text.isascii():
        return is_hyphen and word.text not in _DASHES
    return is_hyphen or (word.end == following.start and following.text not in NO_SPACE_BEFORE | COMMAS)


def _is_figure(word: Word) -> bool:
    is_ordinal = word.text[0] == _ORDINAL and word.text[1:2] in HAN_NUMERALS
    return is_ordinal or begins_with_number(word) or is_time(word)


def coordinators(words: Sequence[Word]) -> list[int]:
    """Return the places of words that are kept with the word before them: what joins the parts of a list.

    Of 甲、乙、丙三县 the parts in front may not be left out: 丙三县 would be another thing.
    """
    return [
        place
        for place, word in enumerate(words)
        if place and (word.text.lower() in _JOINING or words[place - 1].text == "、")
    ]


def bridges(words: Sequence[Word]) -> list[int]:
    """Return the places of words without which their two neighbours would read as one: coordinators and the like."""
    inner = range(1, len(words) - 1)
    return [place for place in inner if words[place].text.lower() in _JOINING | _BRIDGES]


def articles(words: Sequence[Word], verbs: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the places of English articles and possessives, and of what none of them stands right before."""
    wrong = _LITTLE_WORDS | _PREPOSITIONS["en"]
    no_nouns = {place for place, word in enumerate(words) if not is_word(word.text) or word.text.lower() in wrong}
    return [place for place, word in enumerate(words) if word.text.lower() in _ARTICLES], sorted(no_nouns | {*verbs})


def unfinished_clauses(words: Sequence[Word], language: Language) -> list[int]:
    """Return the numbers of the clauses that a main clause has to follow: what begins with "if", but for the last."""
    clauses = clauses_of(words)
    return [
        int(clauses[place])
        for place, word in enumerate(words)
        if word.text.lower() in _SUBORDINATORS[language] | {"as"}
        and (not place or clauses[place - 1] != clauses[place])
        and clauses[place] != clauses[-1]
    ]


def goes_on(words: Sequence[Word], verbs: Sequence[int], is_noun: Sequence[bool], language: Language) -> list[int]:
    """Return the places of words that are not kept without the next one.

    A preposition keeps the word it stands before; an English auxiliary its verb, and an English noun or adjective the
    noun behind it (river water level).

    Args:
        words: those of the sentence.
        verbs: places of its verbs.
        is_noun: (T,), whether each word never begins a predicate.
        language: of the document.
    """
    found, of_verbs = [], set(verbs)
    for place, (word, following) in enumerate(pairwise(words)):
        text, behind = word.text.lower(), following.text.lower()
        if not is_word(behind):
            continue
        is_open = text in _PREPOSITIONS[language] or text in _AUXILIARIES[language]
        is_open |= language == "zh" and is_noun[place] and is_noun[place + 1] and _is_part_of_name(word, following)
        if language == "en":
            is_plain = is_noun[place + 1] and behind not in _LITTLE_WORDS and not behind.endswith("ly")
            is_open |= is_plain and text not in _ARTICLES and not is_time(following)
            is_open |= place in of_verbs and behind in _ARTICLES
            is_open |= text in ("a", "an")  # which of the two depends on the word behind
        if is_open:
            found.append(place)
    return found


def _is_part_of_name(word: Word, following: Word) -> bool:
    """Return whether a Chinese noun of one character goes on in the next: jieba cuts names that it does not know."""
    is_character = len(word.text) == 1 and not word.text.isascii() and word.end == following.start
    return is_character and word.text not in UNITS | _LINKS["zh"] | _TAILS["zh"] and not begins_with_number(word)


def objects(words: Sequence[Word], verbs: Sequence[int], is_noun: Sequence[bool]) -> list[int]:
    """Return the places of verbs with an object right behind them: something of their clause has to follow."""
    last = len(words) - 1
    return [
        place
        for place in verbs
        if place < last
        and (words[place + 1].text in "《「“" or (is_noun[place + 1] and is_word(words[place + 1].text)))
    ]


def subjects_of(words: Sequence[Word], is_noun: Sequence[bool]) -> list[int]:
    """Return for each clause the one that has its subject: itself, or an earlier one if it begins with a predicate."""
    clauses = clauses_of(words)
    found: list[int] = []
    for number in range(int(clauses.max(initial=-1)) + 1):
        first = int(np.flatnonzero(clauses == number)[0])
        is_own = is_noun[first] or is_time(words[first]) or not found
        found.append(number if is_own else found[-1])
    return found


def cannot_begin(words: Sequence[Word], language: Language) -> NDArray[np.bool_]:
    """Return which words a sentence does not begin with unless it did before, (T,)."""
    wrong = _TAILS[language] | _FURTHER[language] | (_COPULAS["zh"] if language == "zh" else frozenset())
    found = [word.text.lower() in wrong or word.text in COMMAS for word in words]
    return np.array([False, *found[1:]][: len(found)], bool)


def cannot_end(words: Sequence[Word], language: Language) -> NDArray[np.bool_]:
    """Return which words a sentence does not end with unless it did before, (T,)."""
    wrong = _LINKS[language] | ATTRIBUTED[language] | _SUBORDINATORS[language]
    found = [word.text.lower() in wrong or word.text in COMMAS for word in words]
    if found:
        found[-1] = words[-1].text in COMMAS
    return np.array(found, bool)


def main_verbs(words: Sequence[Word], verbs: Sequence[int], language: Language) -> list[int]:
    """Return the places of the verbs that are in no subordinate clause and, in Chinese, predicates of their clause."""
    inside = {
        place
        for opener, end in governed_spans(words, verbs, language)
        if words[opener].text.lower() in _SUBORDINATORS[language]
        for place in range(opener, end)
    }
    clauses = clauses_of(words)
    if language == "zh":  # 面对洪水, 通过投票: a clause that begins with a preposition
        phrases = {int(clauses[place]) for place in range(len(words)) if _begins_phrase(words, clauses, place)}
        outside = [place for place in verbs if place not in inside and int(clauses[place]) not in phrases]
        return [
            place
            for number in range(int(clauses.max(initial=-1)) + 1)
            for place in _predicates(words, outside, clauses == number)
        ]
    outside = [place for place in verbs if place not in inside]
    in_first = [place for place in outside if clauses[place] == 0]
    return in_first or [place for place in outside if not place or clauses[place - 1] != clauses[place]] or outside


def _predicates(words: Sequence[Word], verbs: Sequence[int], is_inside: NDArray[np.bool_]) -> list[int]:
    """Return the verbs of a Chinese clause that are said of its subject, not of a noun behind 的.

    They stand behind the last 的 with a verb before it: 来访的总统发表讲话. Where none does, the first verb is the
    predicate and what 的 ends is its object's: 会见来访的总统.
    """
    own = [place for place in verbs if is_inside[place]]
    inside = np.flatnonzero(is_inside).tolist()
    attributes = [place for place in inside if words[place].text == "的" and own and own[0] < place]
    return own if not attributes else [place for place in own if place > attributes[-1]] or own[:1]


def subordinate_spans(words: Sequence[Word], verbs: Sequence[int], language: Language) -> Iterator[tuple[int, int]]:
    """Yield first place and place behind the last of subordinate clauses that have a verb; "as" may open one."""
    clauses = clauses_of(words)
    for place, word in enumerate(words):
        end = int(np.searchsorted(clauses, clauses[place], side="right"))
        opens = word.text.lower() in _SUBORDINATORS[language] | {"as"}
        if opens and any(place < verb < end for verb in verbs):
            yield place, end


def _begins_phrase(words: Sequence[Word], clauses: NDArray[np.int64], place: int) -> bool:
    is_first = not place or clauses[place - 1] != clauses[place]
    return is_first and (words[place].text in _PREPOSITIONS["zh"] or words[place].text in ("面对", "面临", "基于"))


def governed_spans(words: Sequence[Word], verbs: Sequence[int], language: Language) -> Iterator[tuple[int, int]]:
    """Yield the place of each word that others depend on, and the place behind the last of these.

    A preposition governs what follows up to the next verb or preposition, a subordinator all of its clause, an English
    auxiliary the verb behind it. What is governed is not kept without the word that governs it.
    """
    clauses, of_verbs = clauses_of(words), set(verbs)
    for place, word in enumerate(words):
        text = word.text.lower()
        opens_clause = text in _SUBORDINATORS[language]
        if language == "en" and text in _AUXILIARIES["en"] and place + 1 in of_verbs:
            yield place, place + 2
        if not opens_clause and text not in _PREPOSITIONS[language]:
            continue
        end = place + 1
        while end < len(words) and clauses[end] == clauses[place]:
            following = words[end].text.lower()
            ends_phrase = following in _PREPOSITIONS[language] or following in _SUBORDINATORS[language]
            if not opens_clause and (ends_phrase or end in of_verbs):
                break
            end += 1
        yield place, end

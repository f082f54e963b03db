"""Rules against fusion: why two sentences with the same beginning are not fused.

A fusion must pass all of these rules; each rule has a name. A missing word in a list may admit a wrong fusion, while a
superfluous one only keeps two sentences apart, so the lists are generous.
"""

from collections.abc import Sequence

from summarize.decide.words import (
    ATTRIBUTED,
    CONDITION,
    HAN_NUMERALS,
    MODALITY,
    PAIRS,
    Word,
    has_any_word,
    has_negation,
    is_time,
)
from summarize.document import Language
from summarize.text.marks import (
    COLON_MARKS,
    COMMA_MARKS,
    DOUBLE_QUOTE_PAIRS,
    LIST_COMMAS,
    QUOTE_CLOSERS,
    SEMICOLON_MARKS,
    STRAIGHT_QUOTE,
    is_wide,
)
from summarize.text.patterns import lazy_pattern
from summarize.text.tokenization import is_word
from summarize.text.word_classes import words_by_language, words_of, words_of_all

_QUESTION = words_by_language("question")
_CONTRAST = words_by_language("contrast")
_CAUSE = words_by_language("cause")
_PRONOUN = words_by_language("anaphor")  # those that stand for somebody named before
_INDEFINITE = words_by_language("indefinite")
_ANYBODY = words_of_all("anybody")  # two of them need not be the same
_NOW_OR_THEN = words_of_all("now_or_then")
_AGES = words_of("zh", "era")  # what was so then need not be so
_AMOUNTS = "一某几数两多三四五六七八九十半"
_MEASURES = words_of("zh", "classifier")
_PRESENT = words_of("en", "present_auxiliary")
_TIME_UNITS = words_of("zh", "time_unit")
CLOSING_QUOTES = frozenset(QUOTE_CLOSERS + STRAIGHT_QUOTE + "'")
_SPEECH_MARKS = frozenset([*DOUBLE_QUOTE_PAIRS, *DOUBLE_QUOTE_PAIRS.values(), STRAIGHT_QUOTE])
_MARKS_OF_THE_LAST = {  # only the last of fused sentences may have them, and inside it
    "zh": frozenset(filter(is_wide, COLON_MARKS + SEMICOLON_MARKS)),
    "en": frozenset(),
}
_MARKS_INSIDE = {"zh": frozenset(filter(is_wide, COMMA_MARKS + LIST_COMMAS)), "en": frozenset(",")}
_NUMBERED = lazy_pattern(r"[\d一二三四五六七八九十]+|[A-Za-z]")
_POINTING = words_of_all("pointing")
_OPEN_ENDS = (
    words_of("zh", "structural", "genitive")
    | words_of("en", "article", "additive", "infinitive")
    | (words_of("en", "plain_preposition") - words_of("en", "means_preposition"))
)
_COORDINATED = words_of_all("additive", "alternative", "comitative")
_SCOPE_IN_SECOND = words_of("en", "hedge")
DETERMINERS = words_of(
    "en", "article", "possessive", "premodifier", "numeral", "path_preposition", "infinitive", "particle"
) | (words_of("en", "plain_preposition") - words_of("en", "genitive"))
_STOPS = {"zh": frozenset("。"), "en": frozenset(".")}


def is_stop(word: Word, language: Language) -> bool:
    """Return whether a mark ends a plain statement."""
    return word.text in _STOPS[language]


def starts_with_duration(words: Sequence[Word]) -> bool:
    """Return whether words begin with an amount of time: 两个 小时, 十六岁."""
    first = words[0].text
    number = first.lstrip("0123456789." + HAN_NUMERALS)
    if number == first:
        return False
    return number in _TIME_UNITS or (
        number in ("", "个", "多", "余") and words[1:2] != [] and words[1].text in _TIME_UNITS
    )


def why_sentence_stays(words: Sequence[Word], language: Language) -> str | None:
    """Return the reason why a sentence is never fused, or None.

    Args:
        words: those of the sentence with its marks.
        language: of the document.
    """
    body = words[:-1] if is_stop(words[-1], language) else words
    plain = _without_pairs(body)
    marks = {word.text for word in plain if not is_word(word.text)}
    if not marks <= _MARKS_INSIDE[language] | _MARKS_OF_THE_LAST[language]:
        return "marks"
    if body and body[-1].text in _MARKS_OF_THE_LAST[language]:  # an item of a list: no stop goes after its mark
        return "marks"
    if _NUMBERED.match(body[0].text) and len(body) > 1 and not is_word(body[1].text):
        return "list"
    if any(word.text in _SPEECH_MARKS for word in body) and has_any_word(body, ATTRIBUTED, language):
        return "quotation"
    texts = {word.text.lower() for word in plain}
    for reason, what in (
        ("question", _QUESTION),
        ("condition", CONDITION),
        ("contrast", _CONTRAST),
        ("cause", _CAUSE),
    ):
        if not texts.isdisjoint(what[language]):
            return reason
    return None


def _without_pairs(words: Sequence[Word]) -> list[Word]:
    """Return the words outside of marks that come in pairs (quotation marks, brackets), which have no stop inside."""
    outside: list[Word] = []
    closing, held = "", outside
    for word in words:
        if closing:
            held.append(word)
            if word.text == closing:
                closing, held = "", outside
        elif word.text in PAIRS:
            closing, held = PAIRS[word.text], []
        else:
            outside.append(word)
    return outside if not closing else list(words)  # a mark without its partner


def why_subjects_differ(words: Sequence[Word], language: Language) -> str | None:
    """Return the reason why a common beginning is not certain to be the same subject, or None."""
    first, last = words[0].text.lower(), words[-1].text.lower()
    if last in _PRONOUN[language] or (len(words) == 1 and first in _POINTING):
        return "pronoun"
    if len(words) == 1 and first in _ANYBODY:
        return "indefinite"
    if first in _INDEFINITE[language] or _indefinite_number(first, language):
        return "indefinite"
    if not is_word(last) and last not in PAIRS.values():
        return "marks"
    if is_time(words[-1]) or last in _OPEN_ENDS:
        return "no name"
    if any(word.text in "，,、" or word.text in _COORDINATED for word in words):
        return "several"
    return None


def _indefinite_number(word: str, language: Language) -> bool:
    is_amount = word[0] in _AMOUNTS and word[1:2] in _MEASURES and len(word) > 1
    return word[0].isdigit() or (language == "zh" and is_amount)


def why_pair_stays(first: Sequence[Word], second: Sequence[Word], language: Language) -> str | None:
    """Return the reason why two predicates do not fit into one sentence, or None.

    Args:
        first: the phrase before the first subject and its predicate.
        second: the second predicate.
        language: of the document.
    """
    if any(word.text in _MARKS_OF_THE_LAST[language] for word in first):
        return "marks"
    if has_any_word(first, ATTRIBUTED, language):
        return "attribution"
    plain = [word for word in first if word.text != second[0].text]  # 应当 ... 应当 ...: each has its own
    if has_any_word(plain[:-1], MODALITY, language):  # at the end 计划 is a plan, not a will
        return "modality"
    if has_negation(plain, language):
        return "negation"
    if any(word.text.lower() in _SCOPE_IN_SECOND for word in second):
        return "modality"
    if any(word.text[-2:] in _AGES for word in first):
        return "time"
    if any(is_time(word) for word in first) and any(is_time(word) for word in second[:3]):
        return "time"
    if second[0].text.lower() in _PRESENT and not any(word.text.lower() in _PRESENT for word in first):
        return "time"
    if any(word.text.lower() in _NOW_OR_THEN or word.text[0] == "每" for word in second[:3]):
        return "time"
    return None

"""The words of a sentence with their offsets, and predicates on words that fusion and shortening share.

What the classes of words lack is not recognized. For fusion that is why a pair has to pass several of them.
"""

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, Protocol, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document, Form, Language
from summarize.lexicon import UserDictionary
from summarize.text.marks import PARENTHESIS_PAIRS, QUOTE_PAIRS, TITLE_PAIRS
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.tokenization import is_word, tokenize
from summarize.text.word_classes import CONTEXT_DEPENDENT, words_by_language, words_of, words_of_all

T = TypeVar("T")

_OPENING_CHARS = 24  # of a sentence, in which its first word stands


class Word(NamedTuple):  # there are many, and a dataclass takes three times as long to make
    """A word or mark of a sentence.

    Args:
        text: as it is compared: in Simplified characters.
        start: offset in the source.
        end: offset after it.
    """

    text: str
    start: int
    end: int


class Words(list[Word]):
    """The words of a sentence, and what is asked of them for each of its forms."""

    @cached_property
    def lowered(self) -> list[str]:
        """Their texts in lower case."""
        return [word.text.lower() for word in self]

    @cached_property
    def known(self) -> dict[Any, Any]:
        """What `once` has found out of them."""
        return {}


def to_lowercase(words: Sequence[Word]) -> list[str]:
    """Return the texts of words in lower case; of `Words` they are known."""
    return words.lowered if isinstance(words, Words) else [word.text.lower() for word in words]


def once(find: Callable[[Sequence[Word], Language], T], words: Sequence[Word], language: Language) -> T:
    """Return what `find` says of words; of `Words` it is asked once, as a sentence has one language."""
    if not isinstance(words, Words):
        return find(words, language)
    if find not in words.known:
        words.known[find] = find(words, language)
    return cast(T, words.known[find])


class JudgeRequest(NamedTuple):
    """A request to the judge about one sentence.

    Args:
        words: of the sentence, without its stop, in Simplified characters.
        before: what stands before it.
        forms: N of them, at least one.
        has_stop: whether the sentence ends in a stop.
    """

    words: Sequence[str]
    before: Sequence[str]
    forms: Sequence[Form]
    has_stop: bool


class Judge(Protocol):
    """A model that estimates how well a shorter form of a sentence reads."""

    def may_be_predicate(self, word: str) -> bool:
        """Return whether a word, in Simplified characters, may begin a predicate."""
        ...

    def judge(
        self,
        words: Sequence[str],
        before: Sequence[str],
        forms: Sequence[Form],
        *,
        has_stop: bool,
        least_good: float = 0.0,
    ) -> NDArray[np.float64]:
        """Return how likely a reader calls each form good, poor and false, (N, 3).

        Args:
            words: of the sentence, without its stop, in Simplified characters.
            before: what stands before it.
            forms: N of them, at least one.
            has_stop: whether the sentence ends in a stop.
            least_good: for a form below this probability the exact value does not matter.
        """
        ...

    def judge_all(self, asked: Sequence[JudgeRequest], *, least_good: float = 0.0) -> list[NDArray[np.float64]]:
        """Return what `judge` says of each of some sentences; together they take less time."""
        ...


def words_between(document: Document, start: int, end: int) -> list[Word]:
    """Return the words and marks of `text[start:end]`, without white space."""
    found = []
    for token in _tokens(document.text[start:end], document.lexicon.own):
        if not token.isspace():
            found.append(Word(token, start, start + len(token)))
        start += len(token)
    return found


@lru_cache(maxsize=256)  # the same sentences are looked at for one length after the other
def _tokens(text: str, own: UserDictionary | None) -> tuple[str, ...]:
    return tuple(tokenize(normalize(text), own))


def depends_on_previous(document: Document, index: int) -> bool:
    """Return whether a sentence starts with a pronoun or connective that depends on the previous sentence."""
    sentence = document.sentences[index]
    opening = document.text[sentence.body : min(sentence.end, sentence.body + _OPENING_CHARS)]
    first = next((token for token in tokenize(normalize(opening), document.lexicon.own) if is_word(token)), "")
    return first.lower() in CONTEXT_DEPENDENT


ATTRIBUTED = words_by_language("attribution")  # attributed to somebody else
CONDITION = words_by_language("condition")
MODALITY = words_by_language("modality")
NEGATION = words_by_language("negation")
_NEGATION_BEGINS = "不没未无非"
_NOT_NEGATED = words_of("zh", "not_negated")
_TIME_WORDS = words_of_all("time")
_DATE = lazy_pattern(r"\d{4}|\d{4}年.*|\d{1,2}月.*|\d{1,2}[日号]")
HAN_NUMERALS = "一二三四五六七八九十百千万亿两几数半"
PAIRS = QUOTE_PAIRS | TITLE_PAIRS | PARENTHESIS_PAIRS


def is_time(word: Word) -> bool:
    """Return whether a word says when."""
    text = word.text
    return text.lower() in _TIME_WORDS or (text[0].isdecimal() and _DATE.fullmatch(text) is not None)


def has_any_word(found: Sequence[Word], what: dict[Language, frozenset[str]], language: Language) -> bool:
    """Return whether one of the words is in a class."""
    return not what[language].isdisjoint(word.text.lower() for word in found)


def has_negation(words: Sequence[Word], language: Language) -> bool:
    """Return whether one of the words negates."""
    return has_any_word(words, NEGATION, language) or any(is_negated(word.text, language) for word in words)


def is_negated(word: str, language: Language) -> bool:
    """Return whether a word holds a negation: 不能, didn't."""
    if language == "en":
        return word.endswith(("n't", "n’t"))
    return len(word) > 1 and word[0] in _NEGATION_BEGINS and word not in _NOT_NEGATED


def begins_with_number(word: Word) -> bool:
    """Return whether a word begins with a digit or a Chinese numeral."""
    return word.text[0].isdigit() or word.text[0] in HAN_NUMERALS

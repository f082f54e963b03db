"""Counting what `summarize.text.grammar` knows.

A word begins a predicate as surely as it follows a subject pronoun (他 赢得, she won) more often than elsewhere:

    lift(w) = P(w | a pronoun stands before it) / P(w)

In Chinese jieba's class of the word says besides whether it can be a verb, an adverb or a preposition at all. Two nouns
make one name if they stand together at least `MIN_PAIRS` times and far more often than by chance.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from summarize.document import Language
from summarize.evaluate.corpus import parse_row, read_lines
from summarize.text.grammar import LIKELY, NEVER, NOUN_TOO, OFTEN, Grammar, pair_code, word_set
from summarize.text.language import detect_language
from summarize.text.marks import LIST_COMMAS
from summarize.text.normalization import normalize
from summarize.text.tokenization import tokenize
from summarize.text.vocabulary import Vocabulary
from summarize.text.word_classes import words_by_language, words_of_all
from summarize.train.pool import map_in_order

_SUBJECTS = words_by_language("subject_of_verb")
_NO_PREDICATE = words_of_all("no_predicate") | frozenset(LIST_COMMAS)
_PREDICATE_CLASSES = word_set("v vd vi vq vg vx d df p c b")  # of jieba: verbs, adverbs, prepositions ...
_FUNCTION_CLASSES = word_set("d df p")
_VERB_CLASSES = word_set("v vd vi vq vg vx")
_NOUN_CLASSES = word_set("n nr ns nt nz ng nrt nrfg vn an j l i s f b t x eng")
_SURE_LIFT = {"zh": 0.15, "en": 1.0}
_MIN_LIFT = 0.4  # of an English word that may be a verb
_SURE_WHATEVER_THE_CLASS = 1.5
_CHUNK_CHARS = 400_000  # of texts that a worker counts at once
_MIN_COUNT = 20  # of a word of which we say anything
MIN_PAIRS = 3
_MIN_PAIRS_BY_CHARACTER = 8
_MIN_ASSOCIATION = 3.0  # times chance


@cache
def word_classes() -> dict[str, str]:
    """Return jieba's class of each word of its dictionary."""
    package = find_spec("jieba")
    assert package is not None
    assert package.origin is not None
    lines = Path(package.origin).with_name("dict.txt").read_text(encoding="utf-8").splitlines()
    return {word: of_class for word, _, of_class in (line.split(" ") for line in lines)}


def _is_noun(word: str) -> bool:
    return len(word) > 1 and word_classes().get(word, "") in _NOUN_CLASSES


@dataclass(slots=True)
class GrammarCounts:
    """How often words, words after subject pronouns, and pairs of nouns occur."""

    words: dict[Language, Counter[str]] = field(default_factory=lambda: {"zh": Counter(), "en": Counter()})
    after_subjects: dict[Language, Counter[str]] = field(default_factory=lambda: {"zh": Counter(), "en": Counter()})
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, text: str, language: Language) -> None:
        """Count a text."""
        words, after = self.words[language], self.after_subjects[language]
        last = ""
        for token in tokenize(normalize(text)):
            if token == " ":
                continue
            word = token.lower()
            words[word] += 1
            if last in _SUBJECTS[language]:
                after[word] += 1
            if language == "zh" and _is_noun(word) and _is_noun(last):
                self.pairs[last, word] += 1
            last = word

    def update(self, other: "GrammarCounts") -> None:
        """Add other counts to these."""
        for language in ("zh", "en"):
            self.words[language].update(other.words[language])
            self.after_subjects[language].update(other.after_subjects[language])
        self.pairs.update(other.pairs)


def count_grammar(corpora: Sequence[Path], plain: Sequence[Path]) -> GrammarCounts:
    """Count the texts of corpora and plain text, on all cores.

    Raises:
        InputError: one of them cannot be read.
    """
    counts = GrammarCounts()
    for counted in map_in_order(_count, _chunks(corpora, plain)):
        counts.update(counted)
    return counts


def is_held_out(line: str) -> bool:
    """Return whether a line of plain text is kept for measuring fusion, one in twenty."""
    return zlib.crc32(line.strip().encode()) % 20 == 0


def _chunks(corpora: Sequence[Path], plain: Sequence[Path]) -> Iterator[list[str]]:
    texts = (parse_row(line, path.name).document.text for path in corpora for line in read_lines(path) if line.strip())
    return _in_chunks(chain(texts, (line for path in plain for line in read_lines(path) if not is_held_out(line))))


def _count(texts: list[str]) -> GrammarCounts:
    counts = GrammarCounts()
    for text in texts:
        counts.add(text, detect_language(text))
    return counts


def _levels(counts: GrammarCounts, vocabulary: Vocabulary) -> NDArray[np.uint8]:
    totals = {language: counts.words[language].total() for language in counts.words}
    subjects = {language: sum(counts.words[language][w] for w in _SUBJECTS[language]) for language in counts.words}
    levels = np.full(len(vocabulary), NEVER, np.uint8)
    made_of_others = []
    for index, word in enumerate(vocabulary.terms):
        language: Language = "en" if word.isascii() else "zh"
        number = counts.words[language][word]
        if number < _MIN_COUNT or word in _NO_PREDICATE or word in _SUBJECTS[language]:
            continue
        lift = counts.after_subjects[language][word] / (number / totals[language] * max(1, subjects[language]))
        of_class = word_classes().get(word, "") if language == "zh" else ""
        is_of_class = language == "en" or of_class in _PREDICATE_CLASSES
        is_sure = lift >= _SURE_LIFT[language] or of_class in _FUNCTION_CLASSES
        if (is_of_class and is_sure) or (lift >= _SURE_WHATEVER_THE_CLASS and of_class not in _NOUN_CLASSES):
            levels[index] = OFTEN
        elif of_class == "vn":
            levels[index] = NOUN_TOO
        elif of_class in _VERB_CLASSES or (language == "en" and lift >= _MIN_LIFT):
            levels[index] = LIKELY
        elif language == "zh" and not of_class:
            made_of_others.append(index)
    known = Grammar(vocabulary, levels, np.zeros(0, np.uint32))
    for index in made_of_others:
        levels[index] = known.level_of_parts(vocabulary.terms[index])
    return levels


def _compounds(counts: GrammarCounts) -> Iterator[int]:
    words = counts.words["zh"]
    total = max(1, words.total())
    by_character: Counter[tuple[str, str]] = Counter()
    for (left, right), number in counts.pairs.items():
        if number >= MIN_PAIRS and number * total >= _MIN_ASSOCIATION * words[left] * words[right]:
            yield pair_code(left, right)
            by_character[left[-1], right] += number
    for (character, right), number in by_character.items():
        if number >= _MIN_PAIRS_BY_CHARACTER:
            yield pair_code(character, right)


def make_grammar(counts: GrammarCounts, vocabulary: Vocabulary) -> Grammar:
    """Return what the counts say about the words of a vocabulary."""
    return Grammar(vocabulary, _levels(counts, vocabulary), np.unique(np.fromiter(_compounds(counts), np.uint32)))


def _in_chunks(texts: Iterable[str]) -> Iterator[list[str]]:
    """Put texts together to lists of about `_CHUNK_CHARS` characters."""
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _CHUNK_CHARS:
            yield held
            held, size = [], 0
    yield held

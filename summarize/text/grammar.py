"""Corpus statistics on words: which start a predicate, and which pairs of nouns form one name.

Fusion uses them before it drops a subject or moves a name before a noun. No tagger is run: both were counted in advance
(`summarize.train.grammar`) and are looked up.
"""

import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.interface import _
from summarize.text.vocabulary import UNKNOWN_ID, Vocabulary
from summarize.text.word_classes import words_of, words_of_all
from summarize.value import value

# Levels of `Grammar.predicates`.
NEVER, NOUN_TOO, LIKELY, OFTEN = 0, 1, 2, 3


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces."""
    return frozenset(words.split())


# They begin predicates but only help their verbs, and never end a subject.
HELPING_WORDS = (
    (words_of("zh", "preposition") - words_of("zh", "opening_preposition"))
    | words_of("zh", "coverb", "comparative", "modal", "progress", "plain_negation", "plain_copula", "nominalizer")
    | words_of("en", "modal", "be", "verbal_noun", "plain_copula", "have", "do", "plain_negation", "infinitive")
    | (words_of("zh", "structural") & words_of("zh", "genitive"))
    | words_of_all("preverbal")
)


def pair_code(left: str, right: str) -> int:
    """Return 32 bits that stand for two words in a row; of 300,000 pairs one in 14,000 others looks like one."""
    return zlib.crc32(f"{left}\t{right}".encode())


@value
class Grammar:
    """Counted knowledge about the words of a vocabulary.

    Args:
        vocabulary: the words.
        predicates: uint8 (V,), how surely a word begins a predicate: `NEVER`, `NOUN_TOO` (研究), `LIKELY` (it can be a
            verb) or `OFTEN` (it was seen to).
        compounds: uint32 (C,), ascending: `pair_code` of two nouns that stand together in text (世界杯 冠军), and of
            the last character of the first and the second (杯 冠军).
    """

    vocabulary: Vocabulary
    predicates: NDArray[np.uint8]
    compounds: NDArray[np.uint32]

    def predicate_level(self, word: str) -> int:
        """Return how surely a word, lower-cased and in Simplified characters, begins a predicate."""
        token_id = self.vocabulary.id_of(word)
        return self.level_of_parts(word) if token_id == UNKNOWN_ID else int(self.predicates[token_id])

    def predicate_levels(self, words: Sequence[str]) -> NDArray[np.int64]:
        """Return the `predicate_level` of each word, (N,)."""
        token_ids = self.vocabulary.ids_of(words)
        levels = self.predicates[token_ids].astype(np.int64)
        for index in np.flatnonzero(token_ids == UNKNOWN_ID).tolist():
            levels[index] = self.level_of_parts(words[index])
        return levels

    def level_of_parts(self, word: str) -> int:
        """Return how surely a word that is not in the dictionary does: if it is two that do (仅用, 培育出)."""
        parts = ((word[:cut], word[cut:]) for cut in range(1, len(word)))
        return max((min(self._level(left), self._level(right)) for left, right in parts), default=NEVER)

    def _level(self, word: str) -> int:
        token_id = self.vocabulary.id_of(word)
        return NEVER if token_id == UNKNOWN_ID else int(self.predicates[token_id])

    def makes_compound(self, left: str, right: str) -> bool:
        """Return whether two nouns in this order make one name."""
        return self._has(pair_code(left, right)) or self._has(pair_code(left[-1:], right))

    def _has(self, code: int) -> bool:
        index = int(np.searchsorted(self.compounds, np.uint32(code)))
        return index < len(self.compounds) and int(self.compounds[index]) == code


def check_grammar(grammar: Grammar) -> None:
    """Raise ValueError unless the arrays are those of the vocabulary and of the right types."""
    arrays: tuple[tuple[NDArray[Any], type], ...] = ((grammar.predicates, np.uint8), (grammar.compounds, np.uint32))
    if any(array.dtype != dtype or array.ndim != 1 for array, dtype in arrays):
        raise ValueError(_("its grammar arrays have the wrong type"))
    if len(grammar.predicates) != len(grammar.vocabulary):
        raise ValueError(
            _("its grammar does not match a vocabulary of {size} terms").format(size=len(grammar.vocabulary))
        )


def check_order(grammar: Grammar) -> None:
    """Raise ValueError unless the compounds are in order, at all of which has to be looked."""
    if not (grammar.compounds[1:] > grammar.compounds[:-1]).all():
        raise ValueError(_("the compounds of its grammar are not sorted"))

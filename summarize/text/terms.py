"""A document as numbered terms, computed once for all users."""

from array import array
from collections.abc import Iterator
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.text.normalization import normalize
from summarize.text.tokenization import is_word, tokenize_all
from summarize.value import value


@value
class DocumentTerms:
    """The words of a document, sentence by sentence, as numbers of its own.

    Args:
        terms: the distinct words in the order of first occurrence: simplified, lower-cased.
        term_ids: int32 (words,), every word of the document as its index in `terms`.
        bounds: int64 (S + 1,); the words of sentence i are `term_ids[bounds[i]:bounds[i + 1]]`.
    """

    terms: tuple[str, ...]
    term_ids: NDArray[np.int32]
    bounds: NDArray[np.int64]

    @property
    def num_sentences(self) -> int:
        """S, the sentences of the document."""
        return len(self.bounds) - 1

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Words in each sentence, (S,)."""
        return np.diff(self.bounds)

    def reordered(self, indices: NDArray[np.int64]) -> "DocumentTerms":
        """Return the same sentences in another order; the terms keep their numbers.

        Args:
            indices: (S,), which sentence comes in each place.
        """
        runs = [self.sentence(index) for index in indices.tolist()]
        ids = np.concatenate(runs) if runs else self.term_ids
        return DocumentTerms(self.terms, ids, np.append(0, np.cumsum(self.lengths[indices])))

    def alone(self, indices: NDArray[np.int64]) -> "DocumentTerms":
        """Return some of the sentences as those of a document of their own, whose terms are numbered again.

        Args:
            indices: which come, in this order; at least one.
        """
        ids = np.concatenate([self.sentence(index) for index in indices.tolist()])
        found, first, inverse = np.unique(ids, return_index=True, return_inverse=True)
        order = np.argsort(first)  # of the terms, by first occurrence
        number = np.empty(len(order), np.int32)
        number[order] = np.arange(len(order))
        terms = tuple(self.terms[term] for term in found[order].tolist())
        return DocumentTerms(terms, number[inverse], np.append(0, np.cumsum(self.lengths[indices])))

    def sentence(self, index: int) -> NDArray[np.int32]:
        """Return the term ids of one sentence, in order."""
        return self.term_ids[self.bounds[index] : self.bounds[index + 1]]

    def are_first(self) -> NDArray[np.bool_]:
        """Return which words stand nowhere before, (words,)."""
        positions = np.arange(len(self.term_ids))
        first = np.zeros(len(self.terms), np.int64)
        first[self.term_ids[::-1]] = positions[::-1]  # of the places of a term the one that comes last stays
        return np.asarray(first[self.term_ids] == positions)

    def sentence_of(self, words: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the sentence of each of some words, by their places in `term_ids`."""
        return np.searchsorted(self.bounds, words, side="right") - 1


def runs(bounds: NDArray[np.int64], size: int) -> Iterator[tuple[slice, NDArray[np.int64], NDArray[np.int64]]]:
    """Yield what is in sentences in runs of at most `size`, so that memory stays flat; a run may end in a sentence.

    Args:
        bounds: (S + 1,), ascending from 0, where what is in each sentence begins and ends.
        size: at least 1.

    Yields:
        Where a run lies, the sentences that have something in it, and where in it that of each begins.
    """
    for start in range(0, int(bounds[-1]), size):
        end = min(start + size, int(bounds[-1]))
        first = int(np.searchsorted(bounds, start, side="right")) - 1
        inside = np.clip(bounds[first : int(np.searchsorted(bounds, end)) + 1], start, end)
        is_nonempty = np.flatnonzero(inside[1:] > inside[:-1])
        yield slice(start, end), first + is_nonempty, inside[is_nonempty] - start


_SENTENCES_AT_ONCE = 64  # of which the characters are turned together


def _said(document: Document) -> Iterator[str]:
    """Yield what each sentence says, from its body to its end, in Simplified characters."""
    for start in range(0, len(document.sentences), _SENTENCES_AT_ONCE):
        batch = document.sentences[start : start + _SENTENCES_AT_ONCE]
        low = batch[0].start
        text = normalize(document.text[low : batch[-1].end])
        yield from (text[sentence.body - low : sentence.end - low] for sentence in batch)


def _tokens(document: Document) -> Iterator[list[str]]:
    """Yield the tokens of each sentence, which joined are as long as what it says."""
    return tokenize_all(_said(document), document.lexicon.own, num_chars=len(document.text))


def word_spans(document: Document) -> Iterator[list[tuple[int, int]]]:
    """Yield where the words of each sentence start and end in the text; they are those of `find_terms`."""
    for sentence, tokens in zip(document.sentences, _tokens(document), strict=True):
        ends = list(accumulate(map(len, tokens), initial=sentence.body))
        yield [span for span, token in zip(pairwise(ends), tokens, strict=True) if is_word(token)]


class _Numbers(dict[str, int]):
    """The number of each token's term, found when it is first asked for; -1 for a token that is no word.

    Attributes:
        terms: those found so far, by number.
    """

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}

    def __missing__(self, token: str) -> int:
        is_term = token.isalnum() or is_word(token)  # most are, and to ask takes as long as to answer
        number = self.terms.setdefault(token.lower(), len(self.terms)) if is_term else -1
        self[token] = number
        return number


def find_terms(document: Document) -> DocumentTerms:
    """Cut a document into terms; punctuation and white space are not terms.

    A sentence of punctuation alone has no terms. Memory is four bytes a word and one string a distinct word.
    """
    numbers = _Numbers()
    number_of = numbers.__getitem__
    found = array("i")
    bounds = [0]
    for tokens in _tokens(document):
        found.extend([number for number in map(number_of, tokens) if number >= 0])
        bounds.append(len(found))
    return DocumentTerms(tuple(numbers.terms), np.array(found, np.int32), np.array(bounds, np.int64))

"""Similarities of the sentences of a long document, without storing a vector for each sentence.

    cos(i, j) = sum over the words w of i of  idf_w q_w / |i|        q = the unit vector of j over terms

A word that stands several times in a sentence counts as often, so no sentence has to be kept as a vector. The results
are those of `bags.SentenceBags`, up to the order of addition.
"""

import numpy as np
from numpy.typing import NDArray

from summarize.text.terms import DocumentTerms

Floats = NDArray[np.float64]

SLICE_SENTENCES = 4096  # that are looked at together: memory stays flat
_FEW_WORDS = 16  # times as many words are in the document: then looking up a word is quicker than a number for each


class Cosines:
    """The sentences of a document and how long each is as a vector of tf-idf.

    Args:
        terms: the document's terms.
        idf: (terms,), the information of each, above 0.
    """

    def __init__(self, terms: DocumentTerms, idf: Floats) -> None:
        self._terms, self._idf = terms, idf
        norms = [self._norms(start) for start in range(0, terms.num_sentences, SLICE_SENTENCES)]
        self._norms_of = np.concatenate([np.zeros(0), *norms])  # (S,), 1 where there is no word

    def similarity_to(self, index: int, first: int = 0, end: int | None = None) -> Floats:
        """Return the cosine of the sentences from `first` to before `end`, all by default, with one, 0 to 1.

        What it takes grows with these sentences, and not with the document.
        """
        own, counts = np.unique(self._terms.sentence(index), return_counts=True)
        asked = counts * self._idf[own] ** 2 / self._norms_of[index]  # idf_w q_w, (own words,)
        end = self._terms.num_sentences if end is None else end
        slices = [(start, min(start + SLICE_SENTENCES, end)) for start in range(first, end, SLICE_SENTENCES)]
        if _FEW_WORDS * (self._terms.bounds[end] - self._terms.bounds[first]) < len(self._idf):
            found = [self._sums_of(*one, own, asked) for one in slices]
        else:
            of_term = np.zeros(max(1, len(self._idf)))
            of_term[own] = asked
            found = [self._sums(*one, of_term) for one in slices]
        return np.asarray(np.concatenate([np.zeros(0), *found]) / self._norms_of[first:end])

    def centrality(self) -> Floats:
        """Return the mean cosine of each sentence to the others, over the largest, (S,), 0 to 1."""
        total = np.zeros(max(1, len(self._idf)))  # the sum of all sentences
        for start in range(0, self._terms.num_sentences, SLICE_SENTENCES):
            words, bounds = self._words(start, start + SLICE_SENTENCES)
            of_word = np.repeat(1 / self._norms_of[start : start + SLICE_SENTENCES], np.diff(bounds))
            total += np.bincount(words, of_word, len(total))
        asked = np.zeros(len(total))
        asked[: len(self._idf)] = total[: len(self._idf)] * self._idf**2
        starts = range(0, self._terms.num_sentences, SLICE_SENTENCES)
        found = [self._sums(start, start + SLICE_SENTENCES, asked) for start in starts]
        to_others = np.maximum(0, np.concatenate(found) / self._norms_of - (self._terms.lengths > 0))
        return np.asarray(to_others / max(float(to_others.max(initial=0.0)), 1e-9), np.float64)

    def _words(self, start: int, end: int) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """Return the words of a slice of sentences and where those of each start among them, with the end of all."""
        bounds = self._terms.bounds[start : end + 1]
        return self._terms.term_ids[bounds[0] : bounds[-1]], bounds - bounds[0]

    def _sums_of(self, start: int, end: int, own: NDArray[np.int32], asked: Floats) -> Floats:
        """Return the sum of what the words of each sentence of a slice have, (end - start,), if others have nothing.

        Args:
            start: of the slice.
            end: of it.
            own: the words that have something, rising; none in a sentence without words.
            asked: what each has.
        """
        words, bounds = self._words(start, end)
        if not len(own):
            return np.zeros(len(bounds) - 1)
        places = np.minimum(np.searchsorted(own, words), len(own) - 1)
        return _summed(np.where(own[places] == words, asked[places], 0), bounds)

    def _sums(self, start: int, end: int, of_term: Floats) -> Floats:
        """Return the sum of what the words of each sentence of a slice have, (at most `end - start`,)."""
        words, bounds = self._words(start, end)
        return _summed(of_term[words], bounds)

    def _norms(self, start: int) -> Floats:
        """Return the length of each sentence of a slice as a vector, (at most `SLICE_SENTENCES`,)."""
        words, bounds = self._words(start, start + SLICE_SENTENCES)
        rows = np.repeat(np.arange(len(bounds) - 1), np.diff(bounds))
        num_terms = max(1, len(self._idf))
        keys, counts = np.unique(rows * num_terms + words, return_counts=True)
        squares = (counts * self._idf[keys % num_terms]) ** 2 if len(keys) else np.zeros(0)
        norms = np.sqrt(np.bincount(keys // num_terms, squares, len(bounds) - 1))
        return np.where(norms > 0, norms, 1.0)


def _summed(numbers: Floats, bounds: NDArray[np.int64]) -> Floats:
    """Return the sum of the numbers between each two bounds, (bounds - 1,); 0 where there are none."""
    found = np.zeros(len(bounds) - 1)
    has_words = np.flatnonzero(np.diff(bounds))
    if len(has_words):
        found[has_words] = np.add.reduceat(numbers, bounds[has_words])
    return found

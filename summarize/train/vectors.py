"""Vocabulary and word vectors from text alone.

The vectors are a factorization of the positive pointwise mutual information of co-occurring terms:

    M_ab = max(0, log  #(a, b) #(.)  / (#(a) #(b)^0.75-smoothed) )         positive PMI
    M    ~ U S V^T,   w_a = U_a S^0.5, scaled to one length

which is as good as skip-gram with negative sampling (Levy, Goldberg & Dagan 2015, with their context smoothing
and exponent of S), needs no passes over the data but one, and is the same each time.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryFile
from weakref import finalize

import numpy as np
import scipy.sparse
import scipy.sparse.linalg
from numpy.typing import NDArray

from summarize.network.encoder import WordVectors
from summarize.text.vocabulary import SPECIAL_TERMS, lookup_form

WINDOW = 5  # terms to each side; a pair at distance d counts (WINDOW + 1 - d) / WINDOW
SMOOTHING = 0.75  # exponent of the context counts
COMMON = 1e-4  # terms above this share are dropped at random, as word2vec does
VECTOR_LENGTH = 4.0  # of each word vector; entries of about half a unit suit the tanh after them
MAX_TERMS = 4_000_000  # known while text is counted; the corpora of today have fewer
_MAX_PAIRS = 100_000_000  # counted terms near each other; then those that are seldom near are forgotten
_CHUNK_TERMS = 4_000_000


class TermCounts:
    """Collects the terms of documents: their counts, the documents that have them, and in a file their sequence.

    However much text there is, at most `most_terms` terms are known at a time: if there are more, the rarest are
    forgotten, and counted again should they come again (as lossy counting does, Manku & Motwani 2002).

    Args:
        folder: in which there is room for the file, four bytes a word; it has no name there.
        most_terms: known at a time.
    """

    def __init__(self, folder: Path | None = None, most_terms: int = MAX_TERMS) -> None:
        self._most_terms = most_terms
        self._sequence = TemporaryFile(dir=folder)  # noqa: SIM115 -- int32; closed with this object
        finalize(self, self._sequence.close)
        self._id_of: dict[str, int] = {}
        self._terms: list[str] = []
        self._bounds = [0]
        self._counts = np.zeros(0, np.int64)
        self._document_frequency = {True: np.zeros(0, np.int64), False: np.zeros(0, np.int64)}
        self._num_documents = {True: 0, False: 0}

    def add(self, terms: Sequence[str], term_ids: NDArray[np.int32], is_english: bool) -> None:
        """Add a document: its distinct terms, and its words as indices of them."""
        known = np.array([self._id(lookup_form(term)) for term in terms], np.int32)
        if len(self._terms) > len(self._counts):
            more = np.zeros(2 * len(self._terms) - len(self._counts), np.int64)
            self._counts = np.append(self._counts, more)
            for language, frequency in self._document_frequency.items():
                self._document_frequency[language] = np.append(frequency, more)
        ids = known[term_ids]
        self._sequence.write(ids.tobytes())
        self._bounds.append(self._bounds[-1] + len(ids))
        np.add.at(self._counts, ids, 1)
        self._document_frequency[is_english][np.unique(known)] += 1
        self._num_documents[is_english] += 1
        if len(self._id_of) > self._most_terms:
            self._forget()

    def _id(self, term: str) -> int:
        """Return the number of a term, a new one if it has none."""
        found = self._id_of.setdefault(term, len(self._terms))
        if found == len(self._terms):
            self._terms.append(term)
        return found

    def _forget(self) -> None:
        """Forget the rarest terms, half of what may be known or more."""
        ids = np.fromiter(self._id_of.values(), np.int64)
        most_forgotten = np.partition(self._counts[ids], self._most_terms // 2)[self._most_terms // 2]
        for number in ids[self._counts[ids] <= most_forgotten]:
            del self._id_of[self._terms[number]]
            self._terms[number] = ""

    @property
    def terms(self) -> list[str]:
        """The lookup forms by their numbers; one that has been forgotten is empty."""
        return self._terms

    def counts(self) -> NDArray[np.int64]:
        """Return how often each term occurs, (terms,)."""
        return self._counts[: len(self._terms)]

    def idf(self) -> NDArray[np.float64]:
        """Return log(documents / documents with the term) in the language that uses it most, at least 0.05."""
        share = np.zeros(len(self._terms))
        for is_english, frequency in self._document_frequency.items():
            share = np.maximum(share, frequency[: len(share)] / (1 + self._num_documents[is_english]))
        least = 1 / (1 + max(self._num_documents.values()))
        return np.maximum(0.05, -np.log(np.maximum(share, least)))

    def sequences(self) -> Iterator[NDArray[np.int32]]:
        """Yield the words of each document as indices of `terms`."""
        self._sequence.flush()
        ids = np.memmap(self._sequence, np.int32, "r") if self._bounds[-1] else np.zeros(0, np.int32)
        for start, end in pairwise(self._bounds):
            yield ids[start:end]


def _is_latin(term: str) -> bool:
    return term.isascii()


def choose_terms(counts: TermCounts, size: int, latin_share: float) -> list[str]:
    """Choose the terms of a vocabulary, the most frequent of both scripts, most frequent first.

    Single Han characters that occur inside frequent words come in by a fifth of the places, so that unknown
    words can be spelled.

    Args:
        counts: what was counted.
        size: V, special terms included.
        latin_share: share of places for terms in ASCII, 0 to 1.
    """
    occurrences = counts.counts()
    terms = counts.terms
    by_count = [index for index in np.argsort(-occurrences, kind="stable").tolist() if terms[index]]
    latin = [terms[index] for index in by_count if _is_latin(terms[index])]
    other = [terms[index] for index in by_count if not _is_latin(terms[index])]
    character_count: dict[str, int] = {}
    for index in by_count:
        if not _is_latin(terms[index]):
            for character in terms[index]:
                character_count[character] = character_count.get(character, 0) + int(occurrences[index])
    num_latin = int(latin_share * size)
    num_characters = (size - num_latin) // 5
    characters = sorted(character_count, key=lambda character: -character_count[character])[:num_characters]
    chosen = dict.fromkeys([*latin[:num_latin], *(c for c in characters if not c.isascii())])
    for term in other:
        if len(chosen) >= size - len(SPECIAL_TERMS):
            break
        chosen[term] = None
    position = {terms[index]: rank for rank, index in enumerate(by_count)}
    return [*SPECIAL_TERMS, *sorted(chosen, key=lambda term: position.get(term, len(position)))]


def _without_rarest(pairs: scipy.sparse.csr_matrix, most: int) -> scipy.sparse.csr_matrix:
    """Return the pairs without the rarest if there are more than so many, half of these or fewer."""
    if pairs.nnz > most:
        pairs.data[pairs.data <= np.partition(pairs.data, pairs.nnz - most // 2)[pairs.nnz - most // 2]] = 0
        pairs.eliminate_zeros()
    return pairs


def _near_pairs(
    sequences: Iterable[NDArray[np.int32]], size: int, keep: NDArray[np.float64], rng: np.random.Generator
) -> scipy.sparse.csr_matrix:
    """Count terms near each other, weighted by distance: (size, size), symmetric; ids below 2 do not count."""
    total = scipy.sparse.csr_matrix((size, size), dtype=np.float32)
    chunk: list[NDArray[np.int32]] = []
    held = 0

    def count(parts: list[NDArray[np.int32]]) -> scipy.sparse.csr_matrix:
        ids = np.concatenate(parts)
        ids = ids[(ids == 0) | (rng.random(len(ids)) < keep[ids])]
        pairs = scipy.sparse.csr_matrix((size, size), dtype=np.float32)
        for distance in range(1, WINDOW + 1):
            left, right = ids[:-distance], ids[distance:]
            real = (left > 1) & (right > 1)
            weight = np.full(int(real.sum()), (WINDOW + 1 - distance) / WINDOW, np.float32)
            pairs = pairs + scipy.sparse.coo_matrix((weight, (left[real], right[real])), (size, size)).tocsr()
        return pairs

    gap = np.zeros(WINDOW, np.int32)  # padding between documents: no pair reaches across
    for sequence in sequences:
        chunk += [sequence, gap]
        held += len(sequence)
        if held >= _CHUNK_TERMS:
            total = _without_rarest(total + count(chunk), _MAX_PAIRS)
            chunk, held = [], 0
    if chunk:
        total = total + count(chunk)
    return total + total.T


def _factorize(pairs: scipy.sparse.csr_matrix, width: int, seed: int) -> NDArray[np.float64]:
    """Return U S^0.5 of the positive PMI of pair counts, (size, width)."""
    of_term = np.asarray(pairs.sum(axis=1)).ravel()
    of_context = of_term**SMOOTHING
    matrix = pairs.tocoo()
    pmi = np.log(matrix.data * of_context.sum() / (of_term[matrix.row] * of_context[matrix.col]))
    positive = pmi > 0
    ppmi = scipy.sparse.csr_matrix(
        (pmi[positive].astype(np.float32), (matrix.row[positive], matrix.col[positive])), matrix.shape
    )
    if not ppmi.nnz:
        return np.zeros((ppmi.shape[0], width))
    start = np.random.default_rng(seed).standard_normal(min(ppmi.shape))
    left, strength, _ = scipy.sparse.linalg.svds(ppmi, k=width, v0=start.astype(np.float32))
    return left * np.sqrt(strength)


def quantize(vectors: NDArray[np.float64]) -> WordVectors:
    """Round vectors to eight bits a number, one scale a row."""
    scales = np.abs(vectors).max(axis=1) / 127
    codes = np.divide(vectors, scales[:, None], out=np.zeros_like(vectors), where=scales[:, None] > 0)
    return WordVectors(np.rint(codes).astype(np.int8), scales.astype(np.float32))


def learn_vectors(counts: TermCounts, terms: Sequence[str], width: int, seed: int) -> WordVectors:
    """Learn a vector for each term of a vocabulary.

    Args:
        counts: what was counted.
        terms: the vocabulary's terms, special ones first.
        width: E.
        seed: of the random dropping of common terms and of the factorization's start.

    Returns:
        Vectors of length `VECTOR_LENGTH`; that of a term without company is the mean of those of the terms that
        contain it, or zero. Those of the special terms are zero.
    """
    id_of = {term: index for index, term in enumerate(terms)}
    mapping = np.array([id_of.get(term, 1) for term in counts.terms], np.int32)
    occurrences = np.bincount(mapping, counts.counts(), len(terms)).astype(np.float64)
    share = occurrences / max(1.0, occurrences.sum())
    keep = np.minimum(1, np.sqrt(COMMON / np.maximum(share, 1e-12)))
    pairs = _near_pairs(
        (mapping[sequence] for sequence in counts.sequences()), len(terms), keep, np.random.default_rng(seed)
    )
    width_found = min(width, len(terms) - 1)
    vectors = np.zeros((len(terms), width))
    vectors[:, :width_found] = _factorize(pairs, width_found, seed)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    vectors = np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 1e-6)
    _fill_characters(vectors, terms, occurrences)
    vectors[: len(SPECIAL_TERMS)] = 0
    return quantize(vectors * VECTOR_LENGTH)


def _fill_characters(vectors: NDArray[np.float64], terms: Sequence[str], occurrences: NDArray[np.float64]) -> None:
    """Give single characters that rarely stand alone the mean direction of the words they are part of."""
    rare = {term: index for index, term in enumerate(terms) if len(term) == 1 and occurrences[index] < 50}
    sums = {character: np.zeros(vectors.shape[1]) for character in rare}
    for index, term in enumerate(terms[len(SPECIAL_TERMS) :], start=len(SPECIAL_TERMS)):
        if len(term) > 1 and not term.isascii():
            for character in rare.keys() & set(term):
                sums[character] += vectors[index] * np.log1p(occurrences[index])
    for character, index in rare.items():
        norm = np.linalg.norm(sums[character])
        if norm > 0:
            vectors[index] = sums[character] / norm

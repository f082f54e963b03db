"""Vocabulary and word vectors from text alone.

The vectors are a factorization of how much more often two terms stand near each other than by chance:

    M_ab = max(0, log  #(a, b) #(.)  / (#(a) #(b)^0.75-smoothed) )         positive PMI
    M    ~ U S V^T,   w_a = U_a S^0.5, scaled to one length

which is as good as skip-gram with negative sampling (Levy, Goldberg & Dagan 2015, with their context smoothing
and exponent of S), needs no passes over the data but one, and is the same each time.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import scipy.sparse
import scipy.sparse.linalg
from numpy.typing import NDArray

from summarize.network.encoder import WordVectors
from summarize.text.vocabulary import SPECIAL_TERMS, lookup_form

WINDOW = 5  # terms to each side; a pair at distance d counts (WINDOW + 1 - d) / WINDOW
SMOOTHING = 0.75  # exponent of the context counts
COMMON = 1e-4  # terms above this share are dropped at random, as word2vec does
VECTOR_LENGTH = 4.0  # of each word vector; entries of about half a unit suit the tanh behind them
_CHUNK_TERMS = 4_000_000


class TermCounts:
    """Collects the terms of documents: their sequence, their counts, the documents that have them."""

    def __init__(self) -> None:
        self._id_of: dict[str, int] = {}
        self._streams: list[NDArray[np.int32]] = []
        self._document_frequency: dict[bool, NDArray[np.int64]] = {}
        self._num_documents = {True: 0, False: 0}

    def add(self, terms: Sequence[str], term_ids: NDArray[np.int32], is_english: bool) -> None:
        """Add a document: its distinct terms, and its words as indices of them."""
        known = np.array([self._id_of.setdefault(lookup_form(term), len(self._id_of)) for term in terms], np.int32)
        self._streams.append(known[term_ids])
        frequency = self._document_frequency.get(is_english, np.zeros(0, np.int64))
        if len(frequency) < len(self._id_of):
            frequency = np.append(frequency, np.zeros(2 * len(self._id_of) - len(frequency), np.int64))
        frequency[np.unique(known)] += 1
        self._document_frequency[is_english] = frequency
        self._num_documents[is_english] += 1

    @property
    def terms(self) -> list[str]:
        """All distinct lookup forms in the order of first occurrence."""
        return list(self._id_of)

    def counts(self) -> NDArray[np.int64]:
        """Return how often each term occurs, (terms,)."""
        total = np.zeros(len(self._id_of), np.int64)
        for stream in self._streams:
            total += np.bincount(stream, minlength=len(total))
        return total

    def idf(self) -> NDArray[np.float64]:
        """Return log(documents / documents with the term) in the language that uses it most, at least 0.05."""
        share = np.zeros(len(self._id_of))
        for is_english, frequency in self._document_frequency.items():
            padded = np.append(frequency, np.zeros(len(share), np.int64))[: len(share)]
            share = np.maximum(share, padded / (1 + self._num_documents[is_english]))
        least = 1 / (1 + max(self._num_documents.values()))
        return np.maximum(0.05, -np.log(np.maximum(share, least)))

    def streams(self) -> Iterator[NDArray[np.int32]]:
        """Yield the words of each document as indices of `terms`."""
        return iter(self._streams)


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
    by_count = sorted(range(len(terms)), key=lambda index: -occurrences[index])
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


def _near_pairs(
    streams: Iterable[NDArray[np.int32]], size: int, keep: NDArray[np.float64], rng: np.random.Generator
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
    for stream in streams:
        chunk += [stream, gap]
        held += len(stream)
        if held >= _CHUNK_TERMS:
            total = total + count(chunk)
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
    pairs = _near_pairs((mapping[stream] for stream in counts.streams()), len(terms), keep, np.random.default_rng(seed))
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

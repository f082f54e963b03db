"""Words to a sentence vector, sentence vectors to sentence states.

    e_t    = [vector of the word ; what the word is to the document]
    p_t    = tanh(C [e_(t-1) ; e_t ; e_(t+1)] + b)            each word among its neighbours
    x_i    = sum over t of beta_t p_t,  beta = softmax(v . p_t)    the sentence is what its heavy words say
    h      = bidirectional GRU over i of [x_i ; f_i]          each sentence among its neighbours

After Yang et al. 2016 (hierarchical attention), with a convolution in place of the GRU over words.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.network.attention import Array, masked_softmax
from summarize.network.layers import Weights, bidirectional_gru

WINDOW_WORDS = 256  # most words of a sentence that are read at once; longer sentences are read in windows
SLICE_WINDOWS = 256  # windows of like length that are read together: memory stays flat


class WordVectors:
    """Word vectors of eight bits a number, one scale a row.

    Args:
        codes: int8 (V, E), may be memory-mapped: only the rows of a text are read.
        scales: float32 (V,); the vector of term t is `codes[t] * scales[t]`. Row 0 pads and is zero.
    """

    def __init__(self, codes: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
        self.codes = codes
        self.scales = scales

    def __getitem__(self, token_ids: NDArray[np.integer]) -> NDArray[np.float32]:
        """Return the vectors of token ids of any shape (...), float32 (..., E)."""
        return np.asarray(self.codes[token_ids].astype(np.float32) * self.scales[token_ids][..., None])


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a document as the network spells them.

    Args:
        ids: int32 (tokens,), token ids.
        terms: int32 (tokens,), the term of the document that each token spells or helps to spell.
        bounds: int64 (S + 1,); the tokens of sentence i are `ids[bounds[i]:bounds[i + 1]]`.
    """

    ids: NDArray[np.int32]
    terms: NDArray[np.int32]
    bounds: NDArray[np.int64]


def _slices(lengths: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """Yield indices of windows of like length, at most `SLICE_WINDOWS` together."""
    by_length = np.argsort(lengths, kind="stable")
    for start in range(0, len(by_length), SLICE_WINDOWS):
        yield by_length[start : start + SLICE_WINDOWS]


def _read_windows(
    tokens: Tokens,
    of_terms: Array,
    starts: NDArray[np.int64],
    ends: NDArray[np.int64],
    limits: tuple[NDArray[np.int64], NDArray[np.int64]],
    vectors: WordVectors,
    weights: Weights,
) -> tuple[Array, Array]:
    """Read windows of like length together.

    Args:
        tokens: those of the document.
        of_terms: (terms, G), what each term is to the document.
        starts: (N,), first word of each window.
        ends: (N,), word behind each window.
        limits: (N,) and (N,), where the sentence of each window starts and ends: the convolution sees
            neighbours in the same sentence, also beyond the window.
        vectors: the word vectors.
        weights: those of `sentence_vectors`.

    Returns:
        What the heavy words of each window say, (N, D), and the log of the window's mass in the softmax, (N,).
    """
    kernel = weights["words/convolution/kernel"]  # (3, E + G, D)
    reach = len(kernel) // 2
    longest = int((ends - starts).max())
    position = starts[:, None] + np.arange(-reach, longest + reach)  # (N, T + 2)
    is_of_sentence = (position >= limits[0][:, None]) & (position < limits[1][:, None])
    position = np.clip(position, 0, len(tokens.ids) - 1)
    vector = vectors[np.where(is_of_sentence, tokens.ids[position], 0)]  # (N, T + 2, E)
    company = of_terms[tokens.terms[position]] * is_of_sentence[..., None]  # (N, T + 2, G)
    embedded = np.concatenate([vector, company], axis=-1)
    convolved = sum(embedded[:, k : k + longest] @ kernel[k] for k in range(len(kernel)))
    p = np.tanh(convolved + weights["words/convolution/bias"])  # (N, T, D)
    u = p @ weights["words/v"]  # (N, T)
    mask = np.arange(longest) < (ends - starts)[:, None]
    beta = masked_softmax(u, mask)  # (N, T)
    mass = np.logaddexp.reduce(np.where(mask, u, -np.inf), axis=-1)  # (N,)
    return np.einsum("nt,ntd->nd", beta, p), mass


def sentence_vectors(tokens: Tokens, of_terms: Array, vectors: WordVectors, weights: Weights) -> Array:
    """Return the content of each sentence, x, float32 (S, D); a sentence without words is all zeros.

    A long sentence is read in windows; the softmax over its words is that over windows of that within them.

    Args:
        tokens: those of the document.
        of_terms: float32 (terms, G), what each term is to the document (`features.term_features`).
        vectors: the word vectors.
        weights: `words/convolution/kernel` (3, E + G, D), its `bias` (D,), `words/v` (D,).
    """
    bounds = tokens.bounds
    lengths = np.diff(bounds)
    x = np.zeros((len(lengths), weights["words/v"].shape[0]), np.float32)
    num_windows = -(-lengths // WINDOW_WORDS)  # (S,), 0 for a sentence without words
    sentence = np.repeat(np.arange(len(lengths)), num_windows)  # (N,), the sentence of each window
    if not len(sentence):
        return x
    first_window = np.cumsum(num_windows) - num_windows
    number = np.arange(len(sentence)) - first_window[sentence]
    starts = bounds[sentence] + number * WINDOW_WORDS
    ends = np.minimum(starts + WINDOW_WORDS, bounds[sentence + 1])
    read = np.empty((len(sentence), x.shape[1]), np.float32)
    mass = np.empty(len(sentence), np.float32)
    for some in _slices(ends - starts):
        limits = bounds[sentence[some]], bounds[sentence[some] + 1]
        read[some], mass[some] = _read_windows(tokens, of_terms, starts[some], ends[some], limits, vectors, weights)
    has_words = np.flatnonzero(num_windows)
    heads = first_window[has_words]
    total = np.logaddexp.reduceat(mass, heads)  # (sentences with words,)
    share = np.exp(mass - np.repeat(total, num_windows[has_words]))  # (N,)
    x[has_words] = np.add.reduceat(read * share[:, None], heads)
    return x


def sentence_states(x: Array, features: Array, weights: Weights) -> Array:
    """Return h, float32 (S, H): each sentence as the document around it makes it.

    Args:
        x: (S, D).
        features: (S, F).
        weights: `document/forward|backward/kernel|recurrent_kernel|bias`.
    """
    return bidirectional_gru(np.concatenate([x, features], axis=-1), weights, "document")

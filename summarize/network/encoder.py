"""Words to a sentence vector, sentence vectors to sentence states.

    e_t    = [vector of the word ; what the word is to the document]
    p_t    = tanh(C [e_(t-1) ; e_t ; e_(t+1)] + b)            each word among its neighbours
    u_t    = v . p_t                                     odds, as a logarithm, that a summary names the word
    x_i    = [sum over t of beta_t p_t ; m_i],  beta = softmax(u)      the sentence is what its heavy words say
    m_i    = log(1 + sum over t of exp(u_t)) / 5                          and how many of them it has
    h      = bidirectional GRU over i of [x_i ; f_i]          each sentence among its neighbours

After Yang et al. 2016 (hierarchical attention), with a convolution in place of the GRU over words.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from summarize.network.attention import Array, masked_softmax
from summarize.network.layers import Weights, bidirectional_gru
from summarize.value import value

WINDOW_WORDS = 256  # most words of a sentence that are read at once; longer sentences are read in windows
MASS_SCALE = 5  # brings m_i to about 0 to 1
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


@value
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
) -> tuple[Array, Array, Array]:
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
        What the heavy words of each window say, (N, D), the log of the window's mass in the softmax, (N,), and
        the attention of its words, (N, T), 0 behind its end.
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
    return np.einsum("nt,ntd->nd", beta, p), mass, beta


class _Windows:
    """The words of a document in windows, N of them; a sentence without words has none.

    Args:
        bounds: (S + 1,), where the words of each sentence lie.
    """

    def __init__(self, bounds: NDArray[np.int64]) -> None:
        lengths = np.diff(bounds)
        self.per_sentence = -(-lengths // WINDOW_WORDS)  # (S,)
        self.sentence = np.repeat(np.arange(len(lengths)), self.per_sentence)  # (N,)
        first = np.cumsum(self.per_sentence) - self.per_sentence
        self.has_words = np.flatnonzero(self.per_sentence)
        self.heads = first[self.has_words]  # the first window of each sentence that has words
        number = np.arange(len(self.sentence)) - first[self.sentence]
        self.starts = bounds[self.sentence] + number * WINDOW_WORDS
        self.ends = np.minimum(self.starts + WINDOW_WORDS, bounds[self.sentence + 1])
        self.limits = bounds[self.sentence], bounds[self.sentence + 1]

    def shares(self, mass: Array) -> Array:
        """Return what each window counts in its sentence, (N,), by the log of its mass in the softmax."""
        total = np.logaddexp.reduceat(mass, self.heads)  # (sentences with words,)
        return np.asarray(np.exp(mass - np.repeat(total, self.per_sentence[self.has_words])))

    def read(
        self, tokens: Tokens, of_terms: Array, vectors: WordVectors, weights: Weights
    ) -> Iterator[tuple[NDArray[np.int64], Array, Array, Array]]:
        """Yield some windows and what `_read_windows` says of them, until all are read."""
        for some in _slices(self.ends - self.starts):
            limits = self.limits[0][some], self.limits[1][some]
            yield some, *_read_windows(tokens, of_terms, self.starts[some], self.ends[some], limits, vectors, weights)


def sentence_vectors(tokens: Tokens, of_terms: Array, vectors: WordVectors, weights: Weights) -> Array:
    """Return the content of each sentence, x, float32 (S, D + 1); a sentence without words is all zeros.

    A long sentence is read in windows; the softmax over its words is that over windows of that within them.

    Args:
        tokens: those of the document.
        of_terms: float32 (terms, G), what each term is to the document (`features.term_features`).
        vectors: the word vectors.
        weights: `words/convolution/kernel` (3, E + G, D), its `bias` (D,), `words/v` (D,).
    """
    windows = _Windows(tokens.bounds)
    sentence_size = weights["words/v"].shape[0]
    x = np.zeros((len(windows.per_sentence), sentence_size + 1), np.float32)
    if not len(windows.sentence):
        return x
    read = np.empty((len(windows.sentence), sentence_size), np.float32)
    mass = np.empty(len(windows.sentence), np.float32)
    for some, said, masses, _ in windows.read(tokens, of_terms, vectors, weights):
        read[some], mass[some] = said, masses
    x[windows.has_words, :-1] = np.add.reduceat(read * windows.shares(mass)[:, None], windows.heads)
    x[windows.has_words, -1] = np.logaddexp(0, np.logaddexp.reduceat(mass, windows.heads)) / MASS_SCALE
    return x


def word_attention(tokens: Tokens, of_terms: Array, vectors: WordVectors, weights: Weights) -> Array:
    """Return beta, the share of each token in what its sentence says, float32 (tokens,); a sentence's sum to 1.

    The arguments are those of `sentence_vectors`.
    """
    windows = _Windows(tokens.bounds)
    beta = np.zeros(len(tokens.ids), np.float32)
    if not len(windows.sentence):
        return beta
    mass = np.empty(len(windows.sentence), np.float32)
    for some, _, masses, shares in windows.read(tokens, of_terms, vectors, weights):
        mass[some] = masses
        for window, share in zip(some, shares, strict=True):
            start, end = windows.starts[window], windows.ends[window]
            beta[start:end] = share[: end - start]
    lengths = windows.ends - windows.starts
    return np.asarray(beta * np.repeat(windows.shares(mass), lengths))


def sentence_states(x: Array, features: Array, weights: Weights) -> Array:
    """Return h, float32 (S, H): each sentence as the document around it makes it.

    Args:
        x: (S, D + 1).
        features: (S, F).
        weights: `document/forward|backward/kernel|recurrent_kernel|bias`.
    """
    return bidirectional_gru(np.concatenate([x, features], axis=-1), weights, "document")

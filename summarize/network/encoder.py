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

from summarize.network.layers import Array, Weights, bidirectional_gru
from summarize.value import value

MASS_SCALE = 5  # brings m_i to about 0 to 1
SLICE_TOKENS = 2048  # that are read together: memory stays flat. A sentence may lie in several slices


class WordVectors:
    """Word vectors of eight bits a number, one scale a row.

    Args:
        codes: int8 (V, E), may be memory-mapped: only the rows of a text are read.
        scales: float32 (V,); the vector of term t is `codes[t] * scales[t]`. Row 0 pads and is zero.
    """

    def __init__(self, codes: NDArray[np.int8], scales: NDArray[np.float32]) -> None:
        self.codes = codes
        self.scales = scales

    def __getitem__(self, token_ids: NDArray[np.integer]) -> NDArray[np.float64]:
        """Return the vectors of token ids of any shape (...), float64 (..., E)."""
        return np.asarray(self.codes[token_ids] * self.scales[token_ids].astype(np.float64)[..., None])


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


class _Slice:
    """Some tokens of a document in a row, N of them, as pieces of sentences.

    Args:
        tokens: those of the document.
        start: the first one.
        end: the one after the last, above `start`.

    Attributes:
        sentences: the sentence of each piece, ascending.
        starts: the first token of each piece, counted from `start`.
        lengths: tokens of each piece.
    """

    def __init__(self, tokens: Tokens, start: int, end: int) -> None:
        self._tokens, self._start, self._end = tokens, start, end
        first = int(np.searchsorted(tokens.bounds, start, side="right")) - 1
        last = int(np.searchsorted(tokens.bounds, end))
        bounds = np.clip(tokens.bounds[first : last + 1], start, end)
        has_tokens = np.flatnonzero(np.diff(bounds))
        self.sentences = first + has_tokens
        self.starts = bounds[has_tokens] - start
        self.lengths = np.diff(np.append(self.starts, end - start))

    def read(self, of_terms: Array, vectors: WordVectors, weights: Weights) -> tuple[Array, Array]:
        """Return p, (N, D), and u, (N,), of each token.

        What a token adds to its neighbours and to itself is worked out once for all its occurrences.

        Args:
            of_terms: (terms, G), what each term is to the document.
            vectors: the word vectors.
            weights: those of `sentence_vectors`.
        """
        kernel = weights["words/convolution/kernel"]  # (3, E + G, D)
        reach = len(kernel) // 2
        low, high = max(0, self._start - reach), min(len(self._tokens.ids), self._end + reach)
        ids, terms = self._tokens.ids[low:high], self._tokens.terms[low:high]
        _, different, inverse = np.unique(ids.astype(np.int64) << 32 | terms, return_index=True, return_inverse=True)
        embedded = np.concatenate([vectors[ids[different]], of_terms[terms[different]]], axis=-1)  # (P, E + G)
        added = np.zeros((len(kernel), len(different) + 1, kernel.shape[-1]))
        np.matmul(embedded, kernel, out=added[:, :-1])  # the last row is what another sentence adds
        added[reach] += weights["words/convolution/bias"]
        sentence_start, sentence_end = (
            np.repeat(self._tokens.bounds[self.sentences + offset], self.lengths) for offset in (0, 1)
        )  # (N,), of each token
        convolved = np.zeros((self._end - self._start, kernel.shape[-1]))
        adds = np.empty_like(convolved)
        for k in range(len(kernel)):
            position = np.arange(self._start, self._end) + (k - reach)
            is_of_sentence = (position >= sentence_start) & (position < sentence_end)
            near = inverse[np.minimum(np.maximum(position, low), high - 1) - low]
            added[k].take(np.where(is_of_sentence, near, len(different)), axis=0, out=adds, mode="clip")
            convolved += adds
        p = np.tanh(convolved, out=convolved)
        return p, p @ weights["words/v"]


def _slices(tokens: Tokens) -> Iterator[tuple[slice, _Slice]]:
    """Yield slices of a document until all tokens are in one, and where each lies."""
    for start in range(0, len(tokens.ids), SLICE_TOKENS):
        end = min(start + SLICE_TOKENS, len(tokens.ids))
        yield slice(start, end), _Slice(tokens, start, end)


def sentence_vectors(tokens: Tokens, of_terms: Array, vectors: WordVectors, weights: Weights) -> Array:
    """Return the content of each sentence, x, float64 (S, D + 1); a sentence without words is all zeros.

    A sentence that lies in several slices is what its pieces say, each by its mass in the softmax.

    Args:
        tokens: those of the document.
        of_terms: (terms, G), what each term is to the document (`features.term_features`).
        vectors: the word vectors.
        weights: `words/convolution/kernel` (3, E + G, D), its `bias` (D,), `words/v` (D,).
    """
    num_sentences, size = len(tokens.bounds) - 1, len(weights["words/v"])
    x = np.zeros((num_sentences, size + 1))
    mass = np.full(num_sentences, -np.inf)  # log of the sum over t of exp(u_t)
    for _, part in _slices(tokens):
        p, u = part.read(of_terms, vectors, weights)
        largest = np.maximum.reduceat(u, part.starts)
        shares = np.exp(u - np.repeat(largest, part.lengths))
        total = np.add.reduceat(shares, part.starts)
        said = np.add.reduceat(p * shares[:, None], part.starts) / total[:, None]  # (pieces, D)
        before, own = mass[part.sentences], largest + np.log(total)
        mass[part.sentences] = together = np.logaddexp(before, own)
        x[part.sentences, :-1] *= np.exp(before - together)[:, None]
        x[part.sentences, :-1] += said * np.exp(own - together)[:, None]
    x[:, -1] = np.logaddexp(0, mass) / MASS_SCALE
    return x


def word_attention(tokens: Tokens, of_terms: Array, vectors: WordVectors, weights: Weights) -> Array:
    """Return beta, the share of each token in what its sentence says, float64 (tokens,); a sentence's sum to 1.

    The arguments are those of `sentence_vectors`.
    """
    u = np.empty(len(tokens.ids))
    for where, part in _slices(tokens):
        u[where] = part.read(of_terms, vectors, weights)[1]
    lengths = np.diff(tokens.bounds)
    starts = tokens.bounds[:-1][lengths > 0]
    if not len(starts):
        return u
    lengths = lengths[lengths > 0]
    shares = np.exp(u - np.repeat(np.maximum.reduceat(u, starts), lengths))
    return np.asarray(shares / np.repeat(np.add.reduceat(shares, starts), lengths))


def sentence_states(x: Array, features: Array, weights: Weights) -> Array:
    """Return h, (..., S, H): each sentence as the document around it makes it.

    Args:
        x: (S, D + 1).
        features: (..., S, F), what they are, or what they could be as well.
        weights: `document/forward|backward/kernel|recurrent_kernel|bias`.
    """
    return bidirectional_gru([x, features], weights, "document")

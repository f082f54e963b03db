"""The reader: an RNN over the weighted sentences that must name the words of the reference.

    s     = GRU over i of (c alpha_i x_i)
    P(w)  = softmax over w of e_w . (P s) + b_w

As in the founding document, the weighted sequence feeds an RNN that computes the output. It reads sentence
vectors, not states: a state knows the whole document, a vector only its own sentence, so the words can be named
only if the weight lies on the sentences that hold them. It trains the attention and is not part of a summary.
"""

from typing import Any

import keras
from keras import ops

from summarize.config import NetworkConfig


class ReferenceReader(keras.layers.Layer):
    """Predicts the words of the reference from weighted sentences.

    Args:
        config: sizes.
        num_words: R, the words it may name: the first R of the vocabulary.

    Call arguments:
        x: sentence vectors, (N, S, D).
        alpha: attention weights, (N, S).
        table: word vectors, (V, E).
        mask: (N, S), True where a sentence is real: the RNN would move on at every place that is none.

    Returns:
        log P(w), (N, R).
    """

    def __init__(self, config: NetworkConfig, num_words: int) -> None:
        super().__init__(name="reader")
        self.num_words = min(num_words, config.vocabulary_size)
        self.rnn = keras.layers.GRU(config.embedding_size, name="rnn")
        self.project = keras.layers.Dense(config.embedding_size, name="project")
        self.scale = self.add_weight(shape=(), initializer=keras.initializers.Constant(8.0), name="scale")
        self.bias = self.add_weight(shape=(self.num_words,), initializer="zeros", name="bias")

    def call(self, x: Any, alpha: Any, table: Any, mask: Any) -> Any:
        state = self.rnn(self.scale * alpha[..., None] * x, mask=mask)  # (N, E)
        logits = ops.matmul(self.project(state), ops.transpose(table[: self.num_words])) + self.bias  # (N, R)
        return ops.log_softmax(logits, axis=-1)

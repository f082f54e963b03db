"""Words to a sentence vector, sentence vectors to sentence states; formulas in `summarize.network.encoder`."""

from typing import Any

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from summarize.config import NetworkConfig
from summarize.network.encoder import MASS_SCALE
from summarize.text.vocabulary import UNKNOWN_ID
from summarize.train.attention import MASKED_SCORE, masked_softmax


class SentenceReader(keras.layers.Layer):
    """Reads the words of each sentence into one vector.

    Args:
        config: sizes.
        vectors: word vectors, float32 (V, E); they stay as they are.
        word_dropout: share of words hidden while training, 0 to 1.

    Call arguments:
        token_ids: (B, S, T), 0 where there is no word.
        token_features: (B, S, T, G), what each word is to the document.

    Returns:
        x, (B, S, D + 1), zeros for a sentence without words; and log P(word is named) / P(it is not), (B, S, T).
    """

    def __init__(self, config: NetworkConfig, vectors: NDArray[np.float32], word_dropout: float) -> None:
        super().__init__(name="words")
        self.config = config
        self.word_dropout = word_dropout
        self.seed = keras.random.SeedGenerator()
        self.convolution = keras.layers.Conv1D(
            config.sentence_size, config.kernel_size, padding="same", activation="tanh", name="convolution"
        )
        self.table = self.add_weight(
            shape=vectors.shape, initializer=keras.initializers.Zeros(), trainable=False, name="table"
        )
        self.table.assign(vectors)
        self.v = self.add_weight(shape=(config.sentence_size,), initializer="random_normal", name="v")
        self.named_bias = self.add_weight(shape=(), initializer="zeros", name="named_bias")

    def call(self, token_ids: Any, token_features: Any, training: bool = False) -> Any:
        shape = ops.shape(token_ids)
        mask = token_ids > 0  # (B, S, T)
        if training and self.word_dropout:
            hidden = keras.random.uniform(shape, seed=self.seed) < self.word_dropout
            token_ids = ops.where(ops.logical_and(hidden, mask), UNKNOWN_ID, token_ids)
        embedded = ops.concatenate([ops.take(self.table, token_ids, axis=0), token_features], axis=-1)
        flat = ops.reshape(embedded, (shape[0] * shape[1], shape[2], embedded.shape[-1]))  # (B S, T, E + G)
        p = self.convolution(flat)  # (B S, T, D)
        u = ops.matmul(p, self.v)  # (B S, T)
        real = ops.reshape(mask, (shape[0] * shape[1], shape[2]))
        x = ops.einsum("nt,ntd->nd", masked_softmax(u, real), p)  # (B S, D)
        mass = ops.softplus(ops.logsumexp(ops.where(real, u, MASKED_SCORE), axis=-1, keepdims=True)) / MASS_SCALE
        x = ops.concatenate([x, mass], axis=-1)
        return ops.reshape(x, (shape[0], shape[1], self.config.sentence_size + 1)), ops.reshape(
            u + self.named_bias, shape
        )


def document_reader(config: NetworkConfig) -> keras.layers.Layer:
    """Return the layer that reads [x ; f], (B, S, D + 1 + F), from both ends into states h, (B, S, H)."""
    return keras.layers.Bidirectional(keras.layers.GRU(config.state_size // 2, return_sequences=True), name="document")

"""Parallel attention in Keras; formula in `summarize.network.parallel`."""

from typing import Any

import keras
from keras import ops

from summarize.config import NetworkConfig
from summarize.train.attention import masked_mean, masked_softmax


class ParallelAttention(keras.layers.Layer):
    """Weighs all sentences at once.

    Args:
        config: sizes.

    Call arguments:
        states: h, (B, S, H).
        features: f, (B, S, F).
        sentence_mask: (B, S), True where a sentence is real.
        candidate_mask: (B, S), True where it may be chosen.

    Returns:
        alpha, (B, S); a row sums to 1, or to 0 if nothing may be chosen.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__(name="parallel")
        self.supports_masking = True  # it takes its masks as arguments
        hidden, width = config.state_size, config.attention_size
        self.W = self.add_weight(shape=(hidden, width), name="W")
        self.U = self.add_weight(shape=(hidden, width), name="U")
        self.b = self.add_weight(shape=(width,), initializer="zeros", name="b")
        self.v = self.add_weight(shape=(width,), initializer="random_normal", name="v")
        self.w = self.add_weight(shape=(config.num_features,), initializer="zeros", name="w")

    def call(self, states: Any, features: Any, sentence_mask: Any, candidate_mask: Any) -> Any:
        mean_state = masked_mean(states, sentence_mask)  # (B, H)
        compared = ops.tanh(ops.matmul(states, self.W) + ops.matmul(mean_state, self.U)[:, None] + self.b)  # (B, S, A)
        u = ops.matmul(compared, self.v) + ops.matmul(features, self.w)  # (B, S)
        return masked_softmax(u, candidate_mask)

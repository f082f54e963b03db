"""Sequential attention in Keras; formula in `summarize.network.sequential`."""

from typing import Any

import keras
from keras import ops

from summarize.config import NetworkConfig
from summarize.train.attention import masked_mean, masked_softmax


class SequentialAttention(keras.layers.Layer):
    """Weighs the sentences step after step.

    Args:
        config: sizes.

    Call arguments:
        states: h, (B, S, H).
        features: f, (B, S, F).
        sentence_mask: (B, S), True where a sentence is real.
        candidate_mask: (B, S), True where it may be chosen.

    Returns:
        The weight of each sentence, (B, S), and of each at each step, (B, K, S). Rows sum to 1, or to 0 if nothing
        may be chosen.
    """

    def __init__(self, config: NetworkConfig) -> None:
        super().__init__(name="sequential")
        self.supports_masking = True  # it takes its masks as arguments
        hidden, width, steps, rank = (
            config.state_size,
            config.attention_size,
            config.num_steps,
            config.step_rank,
        )
        self.width = width
        self.num_steps = steps
        self.P = self.add_weight(shape=(hidden, width), name="P")
        self.W = self.add_weight(shape=(width + hidden, width), name="W")
        self.A = self.add_weight(shape=(steps, width + hidden, rank), name="A")
        self.B = self.add_weight(shape=(steps, rank, width), name="B")
        self.b = self.add_weight(shape=(steps, width), initializer="zeros", name="b")
        self.v = self.add_weight(shape=(steps, width), initializer="random_normal", name="v")
        self.w = self.add_weight(shape=(steps, config.num_features), initializer="zeros", name="w")
        self.c = self.add_weight(shape=(), initializer="ones", name="c")
        self.pi = self.add_weight(shape=(steps,), initializer="zeros", name="pi")
        self.reader = keras.layers.GRUCell(width, name="reader")

    def build(self, states_shape: tuple[int | None, ...], *_: Any) -> None:
        self.reader.build((None, states_shape[-1]))
        self.built = True

    def call(self, states: Any, features: Any, sentence_mask: Any, candidate_mask: Any) -> tuple[Any, Any]:
        state = ops.tanh(ops.matmul(masked_mean(states, sentence_mask), self.P))  # (B, A)
        of_state, of_sentence = self.W[: self.width], self.W[self.width :]
        shared = ops.matmul(states, of_sentence)  # (B, S, A)
        aversion = ops.softplus(self.c)
        covered = ops.zeros_like(features[..., 0])  # (B, S)
        steps = []
        for t in range(self.num_steps):
            left, right = self.A[t], self.B[t]  # (A + H, R), (R, A)
            asked = ops.matmul(state, of_state) + self.b[t]  # (B, A)
            asked = asked + ops.matmul(ops.matmul(state, left[: self.width]), right)
            answered = shared + ops.matmul(ops.matmul(states, left[self.width :]), right)  # (B, S, A)
            u = ops.matmul(ops.tanh(asked[:, None] + answered), self.v[t])  # (B, S)
            u = u + ops.matmul(features, self.w[t]) - aversion * covered
            alpha = masked_softmax(u, candidate_mask)  # (B, S)
            attended = ops.einsum("bs,bsh->bh", alpha, states)  # (B, H)
            state, _ = self.reader(attended, [state])  # (B, A)
            covered = covered + alpha
            steps.append(alpha)
        alphas = ops.stack(steps, axis=1)  # (B, K, S)
        return ops.einsum("k,bks->bs", ops.softmax(self.pi), alphas), alphas

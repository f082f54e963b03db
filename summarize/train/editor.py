"""The editor in Keras; formulas in `summarize.network.editor`."""

from typing import Any

import keras
import numpy as np
from keras import ops

from summarize.config import NetworkConfig
from summarize.network.editor import EDGE_FEATURES, WORD_FEATURES
from summarize.train.attention import MASKED_SCORE


class Editor(keras.Model):
    """Scores which word a shorter sentence keeps after each word.

    Args:
        state_size: H, both directions together.
        attention_size: A.
        dropout: share of the inputs hidden while training.

    Call arguments, a dict:
        embedded: float32 (B, T, E), marks for start and end included.
        features: float32 (B, T, F).
        edges: float32 (B, T, T, 5).
        allowed: bool (B, T, T), True where t is real and behind j.
        mask: bool (B, T), True where a word is real.

    Returns:
        log P(t|j), (B, T, T).
    """

    def __init__(self, state_size: int, attention_size: int, dropout: float) -> None:
        super().__init__(name="editor_network")
        self.dropout = keras.layers.Dropout(dropout)
        self.reader = keras.layers.Bidirectional(
            keras.layers.GRU(state_size // 2, return_sequences=True), name="editor"
        )
        shapes = {
            "Q": (state_size, attention_size),
            "K": (state_size, attention_size),
            "W": (state_size, attention_size),
        }
        self.matrices = {name: self.add_weight(shape=shape, name=name) for name, shape in shapes.items()}
        self.b = self.add_weight(shape=(attention_size,), initializer="zeros", name="b")
        self.v = self.add_weight(shape=(attention_size,), initializer="random_normal", name="v")
        self.c = self.add_weight(shape=(state_size,), initializer="random_normal", name="c")
        self.w_e = self.add_weight(shape=(len(EDGE_FEATURES),), initializer="zeros", name="w_e")
        self.width = attention_size

    def call(self, inputs: dict[str, Any], training: bool = False) -> Any:
        read = ops.concatenate([self.dropout(inputs["embedded"], training=training), inputs["features"]], axis=-1)
        states = self.dropout(self.reader(read, mask=inputs["mask"]), training=training)  # (B, T, H)
        queries, keys = ops.matmul(states, self.matrices["Q"]), ops.matmul(states, self.matrices["K"])
        scores = ops.einsum("bja,bta->bjt", queries, keys) / self.width**0.5
        scores = scores + ops.matmul(inputs["edges"], self.w_e)
        salience = ops.matmul(ops.tanh(ops.matmul(states, self.matrices["W"]) + self.b), self.v)  # (B, T)
        spared = ops.cumsum(ops.matmul(states, self.c), axis=1)  # (B, T)
        before = ops.pad(spared[:, :-1], [[0, 0], [1, 0]])
        scores = scores + salience[:, None] - (before[:, None] - spared[:, :, None])
        return ops.log_softmax(ops.where(inputs["allowed"], scores, MASKED_SCORE), axis=-1)

    def build_for(self, config: NetworkConfig) -> None:
        """Make the weights for inputs of a network's sizes."""
        inputs = {
            "embedded": np.zeros((1, 2, config.embedding_size), np.float32),
            "features": np.zeros((1, 2, len(WORD_FEATURES)), np.float32),
            "edges": np.zeros((1, 2, 2, len(EDGE_FEATURES)), np.float32),
            "allowed": np.ones((1, 2, 2), np.bool_),
            "mask": np.ones((1, 2), np.bool_),
        }
        self(inputs, training=True)

    def compute_loss(
        self, x: Any = None, y: Any = None, y_pred: Any = None, sample_weight: Any = None, training: bool = True
    ) -> Any:
        """Return the mean surprise at each step of the path; `y` is 1 where a step leads from j to t, (B, T, T)."""
        return -ops.sum(y * y_pred) / ops.maximum(ops.sum(y), 1.0)

    def export(self) -> dict[str, np.ndarray]:
        """Return the weights under the names that the NumPy forward pass reads."""
        arrays = {f"editor/{name}": value for name, value in self.matrices.items()}
        arrays |= {"editor/b": self.b, "editor/v": self.v, "editor/c": self.c, "editor/w_e": self.w_e}
        for direction, layer in (("forward", self.reader.forward_layer), ("backward", self.reader.backward_layer)):
            for part in ("kernel", "recurrent_kernel", "bias"):
                arrays[f"editor/{direction}/{part}"] = getattr(layer.cell, part)
        return {name: np.array(value, np.float32) for name, value in arrays.items()}

"""The judge in Keras; formulas in `summarize.network.judge`."""

from typing import Any

import keras
import numpy as np
from keras import ops

from summarize.document import CUT_KINDS
from summarize.network.judge import COMPRESSION_FEATURES, VERDICTS, WORD_FEATURES
from summarize.network.layers import Array


class Judge(keras.Model):
    """Says how likely a form of a sentence is good, poor or false.

    Args:
        embedding_size: E.
        state_size: H, both directions together, of each of the two readers.
        width: A.
        dropout: share of inputs and states hidden while training.

    Call arguments, a dict:
        embedded: float32 (B, T, E).
        features: float32 (B, T, F).
        mask: bool (B, T), True where a word is real.
        kept: int (B, K), padded with -1; `is_behind`, `gone`, `cuts`, `kinds` and `forms` as in `Layout`, each row
            a form of a sentence of its own.

    Returns:
        The scores before the softmax, (B, 3).
    """

    def __init__(self, embedding_size: int, state_size: int, width: int, dropout: float) -> None:
        super().__init__(name="judge_network")
        self.dropout = keras.layers.Dropout(dropout)
        self.source, self.kept = (
            keras.layers.Bidirectional(keras.layers.GRU(state_size // 2, return_sequences=True), name=name)
            for name in ("source", "kept")
        )
        inputs = embedding_size + len(WORD_FEATURES)
        self.source.build((None, None, inputs))
        self.kept.build((None, None, inputs + state_size + 2))
        pooled = 2 * state_size + 3 * width + len(COMPRESSION_FEATURES)
        shapes = {
            "W_g": (state_size, width),
            "W_c": (4 * state_size + len(CUT_KINDS), width),
            "W_1": (pooled, width),
            "W_2": (width, len(VERDICTS)),
        }
        self.matrices = {name: self.add_weight(shape=shape, name=name) for name, shape in shapes.items()}
        self.b_1 = self.add_weight(shape=(width,), initializer="zeros", name="b_1")
        self.b_2 = self.add_weight(shape=(len(VERDICTS),), initializer="zeros", name="b_2")

    def call(self, inputs: dict[str, Any], training: bool = False) -> Any:
        embedded = self.dropout(inputs["embedded"], training=training)
        read = ops.concatenate([embedded, inputs["features"]], axis=-1)  # (B, T, E + F)
        states = self.dropout(self.source(read, mask=inputs["mask"]), training=training)  # (B, T, H)
        is_kept = inputs["kept"] >= 0
        both = ops.concatenate([read, states], axis=-1)
        of_kept = ops.take_along_axis(both, ops.maximum(inputs["kept"], 0)[..., None], axis=1)
        of_kept = ops.concatenate([of_kept, inputs["is_behind"]], axis=-1)  # (B, K, E + F + H + 2)
        kept_states = self.dropout(self.kept(of_kept, mask=is_kept), training=training)  # (B, K, H)
        cut_states = ops.tanh(ops.matmul(states, self.matrices["W_g"]))  # (B, T, A)
        is_cut = inputs["cuts"][:, :, 0] >= 0
        size = ops.shape(inputs["cuts"])
        flat = ops.reshape(ops.maximum(inputs["cuts"], 0), (size[0], -1, 1))
        edges = ops.reshape(ops.take_along_axis(states, flat, axis=1), (size[0], size[1], -1))  # (B, C, 4H)
        edges = ops.concatenate([edges, inputs["kinds"]], axis=-1)
        seams = ops.tanh(ops.matmul(edges, self.matrices["W_c"]))  # (B, C, A)
        parts = [
            *_pooled(kept_states, is_kept),
            *_pooled(cut_states, inputs["gone"]),
            _pooled(seams, is_cut)[1],
            inputs["forms"],
        ]
        pooled = self.dropout(ops.concatenate(parts, axis=-1), training=training)  # (B, 2H + 3A + O)
        hidden = ops.tanh(ops.matmul(pooled, self.matrices["W_1"]) + self.b_1)
        return ops.matmul(hidden, self.matrices["W_2"]) + self.b_2

    def variables_by_name(self) -> dict[str, Any]:
        """Return the variables under the names that the NumPy forward pass reads."""
        found: dict[str, Any] = dict(self.matrices)
        found |= {"b_1": self.b_1, "b_2": self.b_2}
        for name, reader in (("source", self.source), ("kept", self.kept)):
            for direction, layer in (("forward", reader.forward_layer), ("backward", reader.backward_layer)):
                for part in ("kernel", "recurrent_kernel", "bias"):
                    found[f"{name}/{direction}/{part}"] = getattr(layer.cell, part)
        return found

    def export(self) -> dict[str, Array]:
        """Return copies of the weights under these names."""
        return {name: np.array(value, np.float32) for name, value in self.variables_by_name().items()}


def _pooled(states: Any, mask: Any) -> tuple[Any, Any]:
    """Return the mean and the maximum of the states that count, (B, A) each; 0 and -1 where none counts."""
    counted = ops.where(mask[..., None], states, 0.0)
    count = ops.maximum(ops.sum(ops.cast(mask, "float32"), axis=1), 1.0)
    return ops.sum(counted, axis=1) / count[:, None], ops.max(ops.where(mask[..., None], states, -1.0), axis=1)

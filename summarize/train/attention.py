"""Attention in Keras, as `summarize.network.attention` has it in NumPy."""

from typing import Any

from keras import ops

MASKED_SCORE = -1e9  # so low that exp gives 0; where all is masked the result is zeroed afterwards


def masked_softmax(scores: Any, mask: Any) -> Any:
    """Turn scores (..., S) into shares that sum to 1 where `mask` (..., S) is True, and to 0 where it never is."""
    shares = ops.softmax(ops.where(mask, scores, MASKED_SCORE), axis=-1)
    return ops.where(mask, shares, 0.0)


def masked_mean(states: Any, mask: Any) -> Any:
    """Return the mean of the real states: (B, S, H) and (B, S) to (B, H); zeros where nothing is real."""
    real = ops.cast(mask, states.dtype)  # (B, S)
    return ops.einsum("bs,bsh->bh", real, states) / ops.maximum(ops.sum(real, axis=-1, keepdims=True), 1.0)

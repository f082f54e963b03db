"""The two building blocks that NumPy lacks: Keras' GRU cell, and what surrounds it."""

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Weights = Mapping[str, Array]


def sigmoid(x: Array) -> Array:
    """Return 1 / (1 + exp(-x)) without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * x)))


def gru_step(state: Array, projected: Array, recurrent_kernel: Array, recurrent_bias: Array) -> Array:
    """Take one step of a gated recurrent unit (Cho et al. 2014) as Keras computes it (`reset_after=True`).

        z  = sigmoid(x W_z + s U_z + b)      r = sigmoid(x W_r + s U_r + b)
        s~ = tanh(x W_s + b + r (s U_s + c))
        s' = z s + (1 - z) s~

    Args:
        state: s, (..., H).
        projected: x W + b for the gates z, r and s~ in this order, (..., 3H).
        recurrent_kernel: U in the same order, (..., H, 3H); of many rows that share it, (..., N, H), the same.
        recurrent_bias: c in the same order, (..., 3H).

    Returns:
        s', (..., H).
    """
    size = state.shape[-1]
    if state.ndim < recurrent_kernel.ndim:
        recurrent = (state[..., None, :] @ recurrent_kernel)[..., 0, :] + recurrent_bias  # (..., 3H)
    else:
        recurrent = state @ recurrent_kernel + recurrent_bias
    gates = sigmoid(projected[..., : 2 * size] + recurrent[..., : 2 * size])  # (..., 2H)
    update, reset = gates[..., :size], gates[..., size:]
    candidate = np.tanh(projected[..., 2 * size :] + reset * recurrent[..., 2 * size :])  # (..., H)
    return update * state + (1 - update) * candidate


def bidirectional_gru(inputs: Array, weights: Weights, name: str) -> Array:
    """Read a sequence from both ends.

    Args:
        inputs: (S, I).
        weights: has `{name}/forward|backward/kernel|recurrent_kernel|bias`; each bias has two rows.
        name: where they are.

    Returns:
        (S, H): the forward state and the backward state of each position, side by side.
    """
    directions = ("forward", "backward")
    kernels, recurrent, biases = (
        np.stack([weights[f"{name}/{direction}/{part}"] for direction in directions])
        for part in ("kernel", "recurrent_kernel", "bias")
    )
    both_ways = np.stack([inputs, inputs[::-1]])  # (2, S, I)
    projected = both_ways @ kernels + biases[:, None, 0]  # (2, S, 3H/2)
    state = np.zeros((2, recurrent.shape[1]), inputs.dtype)  # (2, H/2)
    states = np.empty((len(inputs), *state.shape), inputs.dtype)  # (S, 2, H/2)
    for step in range(len(inputs)):
        state = gru_step(state, projected[:, step], recurrent, biases[:, 1])
        states[step] = state
    return np.concatenate([states[:, 0], states[::-1, 1]], axis=-1)  # (S, H)

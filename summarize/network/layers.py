"""The two building blocks that NumPy lacks: Keras' GRU cell, and what surrounds it."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Weights = Mapping[str, Array]


class Doubled(Mapping[str, Array]):
    """Weights in float64, each made when it is first asked for.

    In float64 the order in which a processor adds up shows in the fifteenth digit, in float32 in the seventh.

    Args:
        weights: in float32.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._doubled: dict[str, Array] = {}

    def __getitem__(self, name: str) -> Array:
        if name not in self._doubled:
            self._doubled[name] = self._weights[name].astype(np.float64)
        return self._doubled[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._weights)

    def __len__(self) -> int:
        return len(self._weights)


_doubled: list[tuple[Weights, Doubled]] = []


def doubled(weights: Weights) -> Doubled:
    """Return weights, which do not change, in float64; what is made of those asked for last is kept."""
    for known, found in _doubled:
        if known is weights:
            return found
    _doubled[:] = [(weights, Doubled(weights))]
    return _doubled[0][1]


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


def gru_states(projected: Array, recurrent_kernel: Array, recurrent_bias: Array) -> Array:
    """Return the states of sequences that are read side by side, (T, D, N, H), each step as `gru_step` takes it.

    As sigmoid(x) is (1 + tanh(x / 2)) / 2, the halves go into what is multiplied beforehand. Every array of a step is
    contiguous and made once: of such small ones NumPy takes most of the time to find its way through the others.

    Args:
        projected: x W + b of each step for the gates z, r and s~ in this order, (T, 3, D, N, H).
        recurrent_kernel: U in the same order, (3, D, H, H).
        recurrent_bias: c in the same order, (3, D, 1, H).
    """
    kernel, bias = recurrent_kernel / 2, recurrent_bias / 2
    opening = projected[:, :2] / 2 + bias[:2]  # (T, 2, D, N, H)
    recurrent = np.empty(projected.shape[1:], projected.dtype)  # (3, D, N, H)
    gates, candidate = recurrent[:2], recurrent[2]
    update, reset = gates  # twice of what they are
    bias_of_candidate = np.broadcast_to(bias[2], candidate.shape).copy()
    state = np.zeros_like(candidate)
    states = np.empty((len(projected), *state.shape), projected.dtype)
    for opens, content, after in zip(opening, projected[:, 2], states, strict=True):
        np.matmul(state, kernel, out=recurrent)
        np.add(gates, opens, out=gates)
        np.tanh(gates, out=gates)
        np.add(gates, 1, out=gates)
        np.add(candidate, bias_of_candidate, out=candidate)
        np.multiply(candidate, reset, out=candidate)
        np.add(candidate, content, out=candidate)
        np.tanh(candidate, out=candidate)
        np.subtract(state, candidate, out=after)  # s' = s~ + z (s - s~)
        np.multiply(after, update, out=after)
        np.multiply(after, 0.5, out=after)
        np.add(after, candidate, out=after)
        state = after
    return states


def bidirectional_gru(inputs: Sequence[Array], weights: Weights, name: str) -> Array:
    """Read sequences from both ends.

    Args:
        inputs: what is read, side by side in parts, (..., S, I) together. A part with fewer leading dimensions is the
            same for all of them, and is multiplied once.
        weights: has `{name}/forward|backward/kernel|recurrent_kernel|bias`; each bias has two rows.
        name: where they are.

    Returns:
        (..., S, H): the forward state and the backward state of each position, side by side.
    """
    forward, backward = projections(inputs, weights, name)  # (..., S, 3H/2)
    *leading, length, width = forward.shape
    flat = (prod(leading), length, width)
    states = both_ways(forward.reshape(flat), backward.reshape(flat)[:, ::-1], weights, name)  # (S, 2, N, H/2)
    together = np.concatenate([states[:, 0], states[::-1, 1]], axis=-1)  # (S, N, H)
    return together.swapaxes(0, 1).reshape(*leading, length, together.shape[-1])


def projections(inputs: Sequence[Array], weights: Weights, name: str) -> tuple[Array, Array]:
    """Return x W + b of each position for the reader from the front and for that from the end, (..., S, 3H/2) each.

    The arguments are those of `bidirectional_gru`; x may be the parts that stand first in it, and the others be added.
    """
    found = []
    for direction in ("forward", "backward"):
        kernel, bias = weights[f"{name}/{direction}/kernel"], weights[f"{name}/{direction}/bias"]
        read, first = bias[0], 0
        for part in inputs:
            *leading, width = part.shape
            own = part.reshape(prod(leading), width) @ kernel[first : first + width]  # one large matrix, not many
            read, first = own.reshape(*leading, own.shape[-1]) + read, first + width
        found.append(read)
    return found[0], found[1]


def both_ways(forward: Array, backward: Array, weights: Weights, name: str) -> Array:
    """Return the states of sequences and of the same turned around, (S, 2, N, H/2), each in the order it is read in.

    Args:
        forward: x W + b of N sequences for the reader from the front, (N, S, 3H/2), as `projections` returns it.
        backward: the same for the reader from the end, in the order in which it reads them.
        weights: as for `bidirectional_gru`.
        name: where they are.
    """
    num, length, width = forward.shape
    size = width // 3
    projected = np.empty((length, 3, 2, num, size), forward.dtype)
    recurrent, bias = np.empty((3, 2, size, size), forward.dtype), np.empty((3, 2, 1, size), forward.dtype)
    for number, (direction, read) in enumerate((("forward", forward), ("backward", backward))):
        recurrent_kernel, biases = (weights[f"{name}/{direction}/{part}"] for part in ("recurrent_kernel", "bias"))
        projected[:, :, number] = read.reshape(num, length, 3, size).transpose(1, 2, 0, 3)
        recurrent[:, number] = recurrent_kernel.reshape(size, 3, size).swapaxes(0, 1)
        bias[:, number, 0] = biases[1].reshape(3, size)
    return gru_states(projected, recurrent, bias)

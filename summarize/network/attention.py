"""Attention: a normalized weight for each item by how well its key matches a query.

    u_i     = score(q, k_i)
    alpha_i = exp(u_i) / sum over the real j of exp(u_j)
    a       = sum over i of alpha_i v_i

The three kinds that weigh sentences (`parallel`, `sequential`, `tree`) differ in where u comes from.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.floating[Any]]
Mask = NDArray[np.bool_]
Score = Callable[[Array, Array], Array]


def masked_softmax(scores: Array, mask: Mask | None = None) -> Array:
    """Turn scores into shares along the last axis; what is masked gets exactly 0.

    Args:
        scores: any shape (..., S); finite where the mask is True.
        mask: bool, broadcastable to `scores`, True where something is real. None: everything is.

    Returns:
        Shares of the shape of `scores`; they sum to 1 along the last axis, or to 0 where all is masked.
    """
    scores = np.asarray(scores)
    if mask is None:
        mask = np.ones(scores.shape, np.bool_)
    mask = np.broadcast_to(mask, scores.shape)
    masked = np.where(mask, scores, -np.inf)  # (..., S)
    largest = np.max(masked, axis=-1, keepdims=True, initial=-np.inf)  # (..., 1)
    shares = np.exp(masked - np.where(np.isfinite(largest), largest, 0))  # (..., S), 0 where masked
    total = shares.sum(axis=-1, keepdims=True)  # (..., 1)
    return np.asarray(np.divide(shares, total, out=np.zeros_like(shares), where=total > 0))


def scaled_dot_product(query: Array, keys: Array) -> Array:
    """Return q . k_i / sqrt(A) (Vaswani et al. 2017): query (..., A) and keys (..., S, A) to (..., S)."""
    return np.asarray(np.einsum("...a,...sa->...s", query, keys) / np.sqrt(keys.shape[-1]))


def attention(
    query: Array, keys: Array, values: Array, mask: Mask | None = None, *, score: Score = scaled_dot_product
) -> tuple[Array, Array]:
    """Weigh values by how well their keys answer a query.

    Args:
        query: (..., A), one question for each leading position.
        keys: (..., S, A), the key of each of S items.
        values: (..., S, D), the value of each item.
        mask: (..., S), True where a thing is real. None: all are.
        score: from query and keys to scores (..., S).

    Returns:
        The attended value (..., D) and the attention weights (..., S). The weights of a row sum to 1; a row
        without anything real has all-zero weights and an all-zero value.

    Raises:
        ValueError: keys and values differ in S, or query and keys in A under the default score.
    """
    if keys.shape[-2] != values.shape[-2]:
        raise ValueError(f"{keys.shape[-2]} keys for {values.shape[-2]} values: give one key for each value")
    if score is scaled_dot_product and query.shape[-1] != keys.shape[-1]:
        raise ValueError(f"query of width {query.shape[-1]} for keys of width {keys.shape[-1]}: make them equal")
    alpha = masked_softmax(score(query, keys), mask)  # (..., S)
    return np.einsum("...s,...sd->...d", alpha, values), alpha

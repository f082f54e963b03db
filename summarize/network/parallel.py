"""Parallel attention: every sentence is weighed at once, each against the whole document.

    a       = sum over i of alpha_i x_i
    alpha   = softmax over i of u_i
    u_i     = v . tanh(W h_i + U d + b) + w . f_i        d = mean over i of h_i

After Bahdanau et al. 2015, with the document's mean state as the question and the features seen directly.
"""

import numpy as np

from summarize.network.attention import Array, Mask, masked_softmax
from summarize.network.layers import Weights


def parallel_attention(states: Array, features: Array, mask: Mask, weights: Weights) -> Array:
    """Weigh the sentences of one document.

    Args:
        states: h, (..., S, H).
        features: f, (..., S, F).
        mask: (S,), True where a sentence may be chosen.
        weights: `parallel/W` (H, A), `U` (H, A), `b` (A,), `v` (A,), `w` (F,).

    Returns:
        alpha, (..., S); sums to 1, or to 0 if nothing may be chosen.
    """
    mean_state = states.mean(axis=-2, keepdims=True)  # d, (..., 1, H)
    asked = mean_state @ weights["parallel/U"] + weights["parallel/b"]  # (..., 1, A)
    u = np.tanh(states @ weights["parallel/W"] + asked) @ weights["parallel/v"]  # (..., S)
    return masked_softmax(u + features @ weights["parallel/w"], mask)

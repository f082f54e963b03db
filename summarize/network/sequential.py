"""Sequential attention: each step has its own small network that attends to the next sentence.

    a_t      = sum over i of alpha_ti x_i                     t = 1 .. K
    alpha_t  = softmax over i of u_ti
    u_ti     = v_t . tanh(W_t [s_(t-1) ; h_i] + b_t) + w_t . f_i - c sum over t' < t of alpha_t'i
    s_t      = GRU(s_(t-1), sum over i of alpha_ti h_i)      s_0 = tanh(P d),  d = mean over i of h_i
    alpha_i  = sum over t of pi_t alpha_ti                    pi = softmax of learned numbers

The steps share W and differ by a product of low rank, W_t = W + A_t B_t. What an earlier step has looked at
counts against a sentence (coverage, See et al. 2017), by a learned c >= 0.
"""

import numpy as np

from summarize.network.attention import Array, Mask, masked_softmax
from summarize.network.layers import Weights, gru_step


def sequential_attention(states: Array, features: Array, mask: Mask, weights: Weights) -> tuple[Array, Array]:
    """Weigh the sentences of one document step after step.

    Args:
        states: h, (..., S, H).
        features: f, (..., S, F).
        mask: (S,), True where a sentence may be chosen.
        weights: `sequential/P` (H, A), `W` (A + H, A), `A` (K, A + H, R), `B` (K, R, A), `b` and `v` (K, A),
            `w` (K, F), `c` (), `pi` (K,), and `reader/kernel` (H, 3A), `recurrent_kernel` (A, 3A), `bias` (2, 3A).

    Returns:
        The weight of each sentence, (..., S), and of each at each step, (..., K, S). Each row sums to 1, or to 0 if
        nothing may be chosen.
    """
    own = {name.removeprefix("sequential/"): weights[name] for name in weights if name.startswith("sequential/")}
    num_steps, attention_size = own["v"].shape
    state = np.tanh(states.mean(axis=-2, keepdims=True) @ own["P"])  # (..., 1, A)
    of_state, of_sentence = own["W"][:attention_size], own["W"][attention_size:]
    shared = states @ of_sentence  # (..., S, A)
    of_features = features @ own["w"].T  # (..., S, K)
    aversion = np.logaddexp(0, own["c"])  # softplus
    alphas = np.zeros((*states.shape[:-2], num_steps, states.shape[-2]), states.dtype)  # (..., K, S)
    for t in range(num_steps):
        left, right = own["A"][t], own["B"][t]  # (A + H, R), (R, A)
        asked = state @ of_state + (state @ left[:attention_size]) @ right + own["b"][t]  # (..., 1, A)
        answered = shared + (states @ left[attention_size:]) @ right  # (..., S, A)
        covered = alphas.sum(axis=-2)  # (..., S)
        u = np.tanh(asked + answered) @ own["v"][t] + of_features[..., t] - aversion * covered  # (..., S)
        alphas[..., t, :] = alpha = masked_softmax(u, mask)  # (..., S)
        attended = alpha[..., None, :] @ states  # (..., 1, H)
        projected = attended @ own["reader/kernel"] + own["reader/bias"][0]  # (..., 1, 3A)
        state = gru_step(state, projected, own["reader/recurrent_kernel"], own["reader/bias"][1])  # (..., 1, A)
    return masked_softmax(own["pi"]) @ alphas, alphas

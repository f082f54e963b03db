"""Gradient times input: how much the favourite's weight owes to each sentence, by small changes of what is read.

    g_i = d log alpha_k / d t  at t = 0,   where sentence i is read as (1 + t) [x_i ; f_i] and k is the favourite

This is the gradient times the input, summed over the inputs of a sentence, where the inputs are those of the network of
sentences. The favourite's weight stands for a class' probability. Central differences give it up to the square of the
step; they are taken with double precision.

Source: Shrikumar et al. 2017 (ICML), section 2; as a rival of attention Jain & Wallace 2019 (NAACL).
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from summarize.document import AttentionKind
from summarize.network.attention import Array
from summarize.network.encoder import sentence_states
from summarize.network.layers import Weights
from summarize.network.scorer import Reading, attend

Floats = NDArray[np.float64]

STEP = 1e-4


def to_float64(weights: Weights) -> dict[str, Array]:
    """Return weights in double precision."""
    return {name: weight.astype(np.float64) for name, weight in weights.items()}


def gradient_times_input(reading: Reading, kinds: Sequence[AttentionKind], weights: Mapping[str, Array]) -> Floats:
    """Return g for each kind of attention and each sentence, (kinds, S); 0 where a sentence may not be chosen.

    Args:
        reading: of a document with something that may be chosen.
        kinds: attentions.
        weights: those that it was read with, in double precision.
    """
    content, features = reading.content.astype(np.float64), reading.features.astype(np.float64)

    def logs(scale: Floats) -> Floats:
        """From a factor of each sentence's inputs, (S, 1), to the log of each weight, (kinds, candidates)."""
        scaled = scale * features
        with np.errstate(invalid="ignore"):  # OpenBLAS': see `Reading`
            states = sentence_states(scale * content, scaled, weights)
            alphas = [attend(kind, states, scaled, reading.paragraphs, reading.mask, weights) for kind in kinds]
        return np.asarray(np.log(np.stack(alphas)[:, reading.mask]))

    ones = np.ones((len(content), 1))
    favourites = logs(ones).argmax(axis=1)[:, None]  # (kinds, 1)
    gradient = np.zeros((len(kinds), len(content)))
    for index in np.flatnonzero(reading.mask):
        step = np.zeros_like(ones)
        step[index] = STEP
        change = logs(ones + step) - logs(ones - step)
        gradient[:, index] = np.take_along_axis(change, favourites, axis=1)[:, 0] / (2 * STEP)
    return gradient

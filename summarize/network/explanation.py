"""Why a sentence weighs what it weighs: its score, taken apart into terms that add up to it.

    score_i = log w_i - mean over candidates j of log w_j = sum over groups g of term_gi

Features act through the recurrent states as well as directly, so a term is what a group of them changes: the score
with the group less the score in which every sentence has the group's mean. The groups are let in one after the other,
and the mean of the order and its reverse is taken. That is the Shapley value estimated from two antithetic orders
(Castro et al. 2009, Mitchell et al. 2022): whatever the order, the terms add up. `content` is the score of the words
alone, with all groups at their means.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from summarize.network.attention import Array, Mask
from summarize.network.features import FEATURE_GROUPS

Floats = NDArray[np.float64]
_LEAST = np.finfo(np.float32).tiny  # under the logarithm of a weight


def score_terms(weigh_all: Callable[[Array], Sequence[Floats]], features: Array, mask: Mask) -> list[dict[str, Floats]]:
    """Return the terms of each sentence's score, (S,) by name, 0 where it may not be chosen; one dict for each kind.

    Args:
        weigh_all: from features, (S, F), to the weights of each kind of attention, (S,).
        features: those of the document.
        mask: (S,), True where a sentence may be chosen; somewhere at least.
    """

    def scores(known: Sequence[str]) -> Floats:
        columns = [column for group in known for column in FEATURE_GROUPS[group]]
        partly = neutral.copy()
        partly[:, columns] = features[:, columns]
        logs = np.log(np.maximum(weigh_all(partly), _LEAST))  # (kinds, S)
        return np.where(mask, logs - logs[:, mask].mean(axis=1, keepdims=True), 0.0)

    groups = list(FEATURE_GROUPS)
    grouped = [column for columns in FEATURE_GROUPS.values() for column in columns]
    neutral = features.copy()
    neutral[:, grouped] = features[mask][:, grouped].mean(axis=0)
    content, whole = scores([]), scores(groups)  # (kinds, S)
    terms = {"content": content, **{group: np.zeros_like(content) for group in groups}}
    for order in (groups, groups[::-1]):
        before = content
        for number, group in enumerate(order, start=1):
            after = whole if number == len(order) else scores(order[:number])
            terms[group] += (after - before) / 2
            before = after
    return [{name: term[kind] for name, term in terms.items()} for kind in range(len(content))]

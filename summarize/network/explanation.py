"""Attribution of the score of a sentence: additive terms by feature group.

    score_i = log w_i - mean over candidates j of log w_j = sum over groups g of term_gi

Features act through the recurrent states as well as directly, so a term is what a group of them changes: the score
with the group less the score in which every sentence has the group's mean. The groups are added one after the other, in
one order and its reverse, and the two results are averaged. That is the Shapley value estimated from two antithetic
orders (Castro et al. 2009, Mitchell et al. 2022): whatever the order, the terms add up. `content` is the score of the
words alone, with all groups at their means.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from summarize.network.attention import Array, Mask
from summarize.network.features import FEATURE_GROUPS

Floats = NDArray[np.float64]
_LEAST = np.finfo(np.float32).tiny  # under the logarithm of a weight


def score_terms(
    weigh_all: Callable[[Array], ArrayLike], weights: ArrayLike, features: Array, mask: Mask
) -> list[dict[str, Floats]]:
    """Return the terms of each sentence's score, (S,) by name, 0 where it may not be chosen; one dict for each kind.

    Args:
        weigh_all: from features as they could be, (N, S, F), to the weights of each kind of attention, (kinds, N, S).
        weights: those with the features as they are, (kinds, S).
        features: those of the document, (S, F).
        mask: (S,), True where a sentence may be chosen; somewhere at least.
    """
    groups = list(FEATURE_GROUPS)
    grouped = [column for columns in FEATURE_GROUPS.values() for column in columns]
    neutral = features.copy()
    neutral[:, grouped] = features[mask][:, grouped].mean(axis=0)
    orders = (groups, groups[::-1])
    known = dict.fromkeys(frozenset(order[:number]) for order in orders for number in range(len(order)))
    partly = np.repeat(neutral[None], len(known), axis=0)  # (N, S, F)
    for could_be, group_columns in zip(partly, known, strict=True):
        columns = [column for group in group_columns for column in FEATURE_GROUPS[group]]
        could_be[:, columns] = features[:, columns]
    found = np.concatenate([weigh_all(partly), np.asarray(weights)[:, None]], axis=1)  # (kinds, N + 1, S)
    logs = np.log(np.maximum(found, _LEAST))
    scores = np.where(mask, logs - logs[..., mask].mean(axis=-1, keepdims=True), 0.0)
    score_with = dict(zip((*known, frozenset(groups)), scores.swapaxes(0, 1), strict=True))  # of groups that are known
    content = score_with[frozenset()]  # (kinds, S)
    terms = {"content": content, **{group: np.zeros_like(content) for group in groups}}
    for order in orders:
        for number, group in enumerate(order):
            gained = score_with[frozenset(order[: number + 1])] - score_with[frozenset(order[:number])]
            terms[group] += gained / 2
    return [{name: term[kind] for name, term in terms.items()} for kind in range(len(content))]

"""Adding a term to the scores of sentences, and updating weights and explanation accordingly.

    w'_i = exp(log w_i + m_i) / sum over candidates j of exp(log w_j + m_j)

Each step of the sequential attention changes as the whole does, so that the shares times the steps stay the weights.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from summarize.document import AttentionKind
from summarize.explanation import AttentionReport, SentenceScores, Steps
from summarize.value import replace

Floats = NDArray[np.float64]
Terms = Mapping[str, Floats]

MIN_WEIGHT = float(np.finfo(np.float32).tiny)  # under its logarithm


def softmax(logs: Floats, mask: NDArray[np.bool_]) -> Floats:
    """Return the shares of the candidates by their scores, (S,), summing to 1; 0 elsewhere."""
    shares = np.where(mask, np.exp(np.where(mask, logs, 0.0) - logs[mask].max()), 0.0)
    return np.asarray(shares / shares.sum())


def add_to_scores(
    account: AttentionReport,
    logs: Mapping[AttentionKind, Floats],
    terms: Mapping[AttentionKind, Terms],
    name: str,
    mask: NDArray[np.bool_],
) -> AttentionReport:
    """Return the account of a document that is weighed otherwise.

    Args:
        account: of the document as it was weighed.
        logs: the new score of each sentence by kind of attention, (S,), up to a constant.
        terms: what the scores are made of, by name, up to a constant and to what is left for one more term.
        name: of that term.
        mask: (S,), True for the candidates.
    """
    weighings: dict[AttentionKind, SentenceScores] = {}
    for kind, score in logs.items():
        centred = {key: np.where(mask, term - term[mask].mean(), 0.0) for key, term in terms[kind].items()}
        relative = np.where(mask, score - score[mask].mean(), 0.0)
        centred[name] = relative - np.sum(list(centred.values()), axis=0)
        weighings[kind] = SentenceScores(softmax(score, mask), centred, mask)
    before, after = account.weighings["sequential"].weights, weighings["sequential"].weights
    factors = np.divide(after, before, out=np.zeros_like(after), where=before > 0)  # (S,)
    steps = account.steps.weights * factors  # (K, S)
    sums = steps.sum(axis=1)
    shares = account.steps.shares * sums
    steps = np.divide(steps, sums[:, None], out=np.zeros_like(steps), where=sums[:, None] > 0)
    return replace(account, weighings=weighings, steps=Steps(shares / shares.sum(), steps))

"""Losses; each returns one number per document, (B,)."""

from typing import Any

from keras import ops

_LEAST = 1e-9  # under a logarithm


def divergence(wanted: Any, alpha: Any) -> Any:
    """Return KL(wanted || alpha) over the last axis, (..., S) to (...); 0 where nothing is wanted."""
    ratio = ops.log(ops.maximum(wanted, _LEAST)) - ops.log(ops.maximum(alpha, _LEAST))
    return ops.sum(wanted * ratio, axis=-1)


def ranking(wanted: Any, alpha: Any, mask: Any) -> Any:
    """Return the mean of log(1 + alpha_j / alpha_i) over pairs of which i is wanted more, by how much more.

    Args:
        wanted: q, (B, S).
        alpha: (B, S).
        mask: (B, S), True where a sentence may be chosen.
    """
    u = ops.log(ops.maximum(alpha, _LEAST))
    real = ops.logical_and(mask[:, :, None], mask[:, None, :])
    more = ops.where(real, ops.relu(wanted[:, :, None] - wanted[:, None, :]), 0.0)  # (B, S, S)
    loss = more * ops.softplus(u[:, None, :] - u[:, :, None])
    return ops.sum(loss, axis=(1, 2)) / ops.maximum(ops.sum(more, axis=(1, 2)), _LEAST)


def coverage(steps: Any, wanted: Any) -> Any:
    """Return how much the steps look twice: sum of min(alpha_ti, sum over t' < t of alpha_t'i) (See et al. 2017).

    Args:
        steps: (B, K, S), the attention of each step.
        wanted: (B, K, S), its labels; steps without labels do not count.
    """
    before = ops.cumsum(steps, axis=1) - steps
    counts = ops.cast(ops.sum(wanted, axis=-1) > 0, steps.dtype)  # (B, K)
    return ops.sum(ops.sum(ops.minimum(steps, before), axis=-1) * counts, axis=-1) / steps.shape[1]


def naming(log_probabilities: Any, words: Any) -> Any:
    """Return the mean surprise at the reference's words: (N, R) and ids (N, W), 0 where there is none, to (N,)."""
    log_loss = -ops.take_along_axis(log_probabilities, words, axis=-1)  # (N, W)
    real = ops.cast(words > 0, log_loss.dtype)
    return ops.sum(log_loss * real, axis=-1) / ops.maximum(ops.sum(real, axis=-1), 1.0)


def word_naming(wanted: Any, logits: Any) -> Any:
    """Return the mean cross-entropy of whether the reference names a word, over the words of which that is known.

    Args:
        wanted: (B, S, T), 1 where it does, 0 where it does not, below 0 where it is not known.
        logits: (B, S, T).
    """
    known = ops.cast(wanted >= 0, logits.dtype)
    loss = ops.softplus(logits) - ops.relu(wanted) * logits
    return ops.sum(loss * known, axis=(1, 2)) / ops.maximum(ops.sum(known, axis=(1, 2)), 1.0)


def rating_loss(wanted: Any, log_probabilities: Any) -> Any:
    """Return the mean surprise at the marks of readers, over the sentences that have one.

    Args:
        wanted: int (B, S), the marks, below 0 where there is none.
        log_probabilities: (B, S, M), of each mark.
    """
    known = ops.cast(wanted >= 0, log_probabilities.dtype)  # (B, S)
    log_loss = -ops.take_along_axis(log_probabilities, ops.maximum(wanted, 0)[..., None], axis=-1)[..., 0]
    return ops.sum(log_loss * known, axis=-1) / ops.maximum(ops.sum(known, axis=-1), 1.0)

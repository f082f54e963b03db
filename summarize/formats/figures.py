"""Values that several formats show of a decision."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from summarize.document import Document, Draft
from summarize.explanation import Explanation, Floats, WordWeight
from summarize.summary import Summary

HEAVY = 2.0  # times the mean of the words of its sentence: from this weight on a word is marked


def explanation_of(summary: Summary) -> Explanation:
    """Return why a summary is what it is.

    Raises:
        ValueError: the summary has no explanation.
    """
    if summary.explanation is None:
        raise ValueError("this format needs the explanation of the summary; summarize with explain=True")
    return summary.explanation


def densities(document: Document, weights: ArrayLike) -> Floats:
    """Return how dense each sentence is, (S,): its weight per character beside that of what may be chosen.

        (w_i / c_i) / (sum of w / sum of c)        c_i = characters; sums over the sentences that may be chosen

    A sentence that may not be chosen has density 0.
    """
    weights = np.asarray(weights)
    chars = np.array([sentence.end - sentence.start for sentence in document.sentences])
    return np.asarray((weights / chars) / (weights.sum() / chars[weights > 0].sum()))


def hundredths(terms: ArrayLike) -> NDArray[np.int64]:
    """Return terms in hundredths that add up to their rounded sum: those with the largest remainders are rounded up.

    Args:
        terms: (T,), or those of all sentences, (T, S); only six digits of each are looked at.
    """
    exact = np.round(1_000_000 * np.asarray(terms, np.float64)).astype(np.int64)
    parts = exact // 10_000
    missing = (exact.sum(axis=0) + 5_000) // 10_000 - parts.sum(axis=0)  # (S,)
    by_remainder = np.argsort(10_000 * parts - exact, axis=0, kind="stable")  # the largest first
    return np.asarray(parts + (by_remainder.argsort(axis=0) < missing))


def heavy_words(words: Sequence[WordWeight]) -> list[tuple[int, int]]:
    """Return where the words of a sentence are that say much of what it says: offsets in the text, (start, end)."""
    return [(word.start, word.end) for word in words if word.weight * len(words) >= HEAVY]


def describe_draft(draft: Draft, index: int, say: Mapping[str, Any]) -> str:
    """Describe how a chosen sentence is printed: unchanged, shortened, or fused with which others; and the confidence.

    Args:
        draft: what it is printed by.
        index: of the sentence.
        say: the wording.
    """
    others = say["list"].join(say["sentence"].format(number=other + 1) for other in draft.indices if other != index)
    how = str(say["fusedWith"].format(others=others) if others else say["asItStands"])
    if draft.shortening and not others:
        cuts = say["list"].join(say["cuts"][cut] for cut in draft.shortening.cuts)
        how = str(say["shortened"].format(cuts=cuts))
    return how + describe_confidence(draft, say)


def describe_confidence(draft: Draft, say: Mapping[str, Any]) -> str:
    """Say how sure the judge was of a sentence that was shortened or fused; nothing of one that stands whole."""
    made = draft.shortening
    return str(say["judged"].format(good=f"{made.good:.1%}", false=f"{made.false:.1%}")) if made else ""

"""What more than one format shows of a decision."""

from collections.abc import Sequence

import numpy as np

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


def num_chars(summary: Summary) -> list[int]:
    """Return how long each sentence is, (S,)."""
    return [sentence.end - sentence.start for sentence in summary.document.sentences]


def densities(summary: Summary) -> Floats:
    """Return how dense each sentence is, (S,): its weight per character beside that of what may be chosen.

        (w_i / c_i) / (sum of w / sum of c)        c_i = characters; sums over the sentences that may be chosen

    A sentence that may not be chosen has density 0.
    """
    weights, chars = np.array(summary.weights), np.array(num_chars(summary))
    return np.asarray((weights / chars) / (weights.sum() / chars[weights > 0].sum()))


def hundredths(terms: Sequence[float]) -> list[int]:
    """Return terms in hundredths that add up to their rounded sum: those with the largest remainders are rounded up.

    Only six digits of each are looked at, as many as a page is told; `hundredths` of its script gives the same.
    """
    exact = [round(1_000_000 * term) for term in terms]
    parts = [term // 10_000 for term in exact]
    missing = (sum(exact) + 5_000) // 10_000 - sum(parts)
    for place in sorted(range(len(parts)), key=lambda place: 10_000 * parts[place] - exact[place])[:missing]:
        parts[place] += 1
    return parts


def heavy_words(words: Sequence[WordWeight]) -> list[tuple[int, int]]:
    """Return where the words of a sentence are that say much of what it says: offsets in the text, (start, end)."""
    return [(word.start, word.end) for word in words if word.weight * len(words) >= HEAVY]

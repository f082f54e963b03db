"""Soft oracle labels: how much each sentence contributes to the best extracts, measured against the reference.

One greedy 0/1 labelling hides that many selections are nearly as good (Xu & Lapata 2022, OREO). So a beam search
visits the best sets of up to so many sentences, each set s has a score (mean of ROUGE-1 and ROUGE-2 F1), and

    p(s)   = softmax over visited s of  SHARPNESS (score(s) - least) / (best - least)
    g_si   = max(0, score(s) - score(s without i))
    q_i    = sum over s that hold i of p(s) g_si / (sum over j in s of g_sj)

where least is the score of the worst single sentence. A set's mass goes to those that earn it (g): shared equally, it
went to short empty sentences ("谢谢。"), which any set can hold at no cost.

A headline says little about which five sentences are the best, so a reference of less than half the length of the
summary asked for is lengthened by the most central sentences of the document: a long summary stands for the whole text.

The sequential attention has labels of its own: at step t the gain in score of each next sentence, given those that the
greedy search has chosen before (Zhou et al. 2018, NeuSum), made a distribution in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.evaluate.overlap import ExtractScores, Floats

SHARPNESS = 12.0
BEAM_SIZE = 6
MAX_SET_SIZE = 5
MIN_SHARE = 1e-4  # of p: sets below it are left out
MIN_GAIN = 0.05  # of the score so far: what the next sentence of the greedy search must add
SHORT_REFERENCE = 0.5  # of the length of a summary of N mean sentences: below it a reference is lengthened
LENGTHENED_REFERENCE = 1.0  # to so much of that length


@dataclass(frozen=True, slots=True)
class Labels:
    """What a document's attention should be.

    Args:
        salience: q, (S,); sums to 1, or to 0 if the reference shares nothing with the candidates.
        steps: (K, S), what each step should look at; a row sums to 1, or to 0 where nothing more helps.
        oracle: the sentences that the greedy search chose, best first.
    """

    salience: Floats
    steps: Floats
    oracle: tuple[int, ...]


def lengthen_reference(
    reference: list[str],
    sentences: Sequence[list[str]],
    mask: NDArray[np.bool_],
    centrality: NDArray[np.floating],
    target_sentences: int,
) -> list[str]:
    """Return a reference long enough to judge a summary of several sentences by.

    Args:
        reference: its ROUGE units.
        sentences: those of each of S sentences.
        mask: (S,), True where a sentence may be chosen.
        centrality: (S,), how well each sentence stands for the whole text.
        target_sentences: sentences of the summary; for one the reference stays as it is.
    """
    lengths = [len(sentence) for sentence, may_be in zip(sentences, mask, strict=True) if may_be]
    wanted = target_sentences * sum(lengths) / max(1, len(lengths))
    if target_sentences == 1 or len(reference) >= SHORT_REFERENCE * wanted:
        return reference
    longer = list(reference)
    for index in np.argsort(-np.where(mask, centrality, -np.inf), kind="stable")[: len(lengths)]:
        if len(longer) >= LENGTHENED_REFERENCE * wanted:
            break
        longer += sentences[index]
    return longer


def _sharpen(scores: Floats, least: float) -> Floats:
    """Return softmax(SHARPNESS (score - least) / (best - least)) over the last axis; -inf stays 0."""
    real = np.isfinite(scores)
    best = scores[real].max()
    if best <= least:
        return real / real.sum()
    shares = np.exp(SHARPNESS * (scores - best) / (best - least))
    return shares / shares.sum()


def _best_sets(scores: ExtractScores, singles: Floats, max_size: int) -> dict[tuple[int, ...], float]:
    """Visit the best sets of up to `max_size` sentences and return the score of each."""
    visited: dict[tuple[int, ...], float] = {
        (index,): float(score) for index, score in enumerate(singles) if np.isfinite(score)
    }
    beam = sorted(visited, key=lambda chosen: -visited[chosen])[:BEAM_SIZE]
    for _ in range(1, min(max_size, len(visited))):
        found: dict[tuple[int, ...], float] = {}
        for chosen in beam:
            extended = np.where(np.isfinite(singles), scores.extended(chosen), -np.inf)
            extended[list(chosen)] = -np.inf
            for index in np.argsort(-extended, kind="stable")[:BEAM_SIZE]:
                if np.isfinite(extended[index]):
                    found[tuple(sorted((*chosen, int(index))))] = float(extended[index])
        beam = sorted(found, key=lambda chosen: -found[chosen])[:BEAM_SIZE]
        visited |= {chosen: found[chosen] for chosen in beam}
    return visited


def soft_labels(
    sentences: Sequence[list[str]], reference: list[str], mask: NDArray[np.bool_], *, max_size: int, num_steps: int
) -> Labels:
    """Label a document's sentences by a reference.

    Args:
        sentences: the ROUGE units of each of S sentences.
        reference: those of the reference.
        mask: (S,), True where a sentence may be chosen.
        max_size: most sentences of a set.
        num_steps: K.
    """
    scores = ExtractScores(sentences, reference)
    singles = np.where(mask, scores.extended(()), -np.inf)
    salience, steps = np.zeros(len(sentences)), np.zeros((num_steps, len(sentences)))
    if not np.isfinite(singles).any() or singles.max() <= 0:
        return Labels(salience, steps, ())
    least = float(singles[np.isfinite(singles)].min())
    visited = _best_sets(scores, singles, max_size)
    for chosen, share in zip(visited, _sharpen(np.array(list(visited.values())), least), strict=True):
        if share < MIN_SHARE:
            continue  # most sets: not worth asking who earned it
        earned = scores.contributions(chosen)
        if not earned.any():  # each alone is better than all together
            earned = singles[list(chosen)]
        salience[list(chosen)] += share * earned / earned.sum() if earned.any() else 0.0
    oracle: list[int] = []
    score = 0.0
    for step in range(num_steps):
        gains = np.where(mask, scores.extended(oracle), -np.inf) - score
        gains[oracle] = -np.inf
        if gains.max() <= MIN_GAIN * score:
            break
        steps[step] = _sharpen(gains, float(gains[np.isfinite(gains)].min()))
        oracle.append(int(gains.argmax()))
        score += gains.max()
    salience /= salience.sum()
    return Labels(salience, steps, tuple(oracle))


ONE_OF_MARK = np.array([0.0, 0.02, 0.2, 1.0])  # what a sentence of each mark is worth as the only one
SEVERAL_OF_MARK = np.array([0.0, 0.12, 0.6, 1.0])  # and as one of several
BEST_BONUS = 0.6  # what the reader's favourite is worth beyond its mark as the only one; a third of it among several
STEP_SHARPNESS = 2.0  # power to which the labels of a step are raised


def marked_labels(
    marks: NDArray[np.int64], best: Floats, mask: NDArray[np.bool_], num_steps: int
) -> tuple[Floats, Floats, Floats]:
    """Return the labels of a document that was marked by reading, each 0 where nothing may be chosen or is worth it.

    A mark of 0 is surely not to be chosen. A step of the sequential attention should look at what the steps before it
    have left, the best first.

    Args:
        marks: (S,), 0 to 3.
        best: (S,), 1 for the reader's favourite, less for the next ones, 0 for the others.
        mask: (S,), True where a sentence may be chosen.
        num_steps: K.

    Returns:
        q of a summary of one sentence, (S,), and of several, (S,), and the labels of the steps, (K, S); each
        distribution sums to 1, or to 0 if there is nothing to choose.
    """
    may_be = mask & (marks > 0)
    one = np.where(may_be, ONE_OF_MARK[marks] + BEST_BONUS * best, 0.0)
    several = np.where(may_be, SEVERAL_OF_MARK[marks] + BEST_BONUS / 3 * best, 0.0)
    steps = np.zeros((num_steps, len(marks)))
    order = np.argsort(-several, kind="stable")
    for step in range(num_steps):
        left = several.copy()
        left[order[:step]] = 0
        steps[step] = left**STEP_SHARPNESS
    return _normalized(one), _normalized(several), _normalized(steps)


def _normalized(values: Floats) -> Floats:
    total = values.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(values, total, out=np.zeros_like(values), where=total > 0))

"""Soft oracle labels: how much each sentence belongs to the best extracts, measured against the reference.

One greedy 0/1 labelling hides that many selections are nearly as good (Xu & Lapata 2022, OREO). So a beam search
visits the best sets of sentences, each set s has a score (mean of ROUGE-1 and ROUGE-2 F1), and

    p(s)   = softmax over visited s of  SHARPNESS (score(s) - least) / (best - least)
    g_si   = max(0, score(s) - score(s without i))
    q_i    = sum over s that hold i of p(s) g_si / (sum over j in s of g_sj)

A set's mass goes to those that earn it (g): shared equally, it went to short empty sentences ("谢谢。"), which any
set can hold at no cost. The sequential attention has labels of its own: at step t the gain in score of each next
sentence, given those that the greedy search has chosen before (Zhou et al. 2018, NeuSum), made a distribution in the
same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.evaluate.overlap import ExtractScores, Floats

SHARPNESS = 12.0
BEAM_SIZE = 6
MAX_SET_SIZE = 5
LEAST_SHARE = 1e-4  # of p: sets below it are left out
LEAST_GAIN = 0.05  # of the score so far: what the next sentence of the greedy search must add


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


def _sharpen(scores: Floats) -> Floats:
    """Return softmax(SHARPNESS x min-max scaled scores) over the last axis; -inf stays 0."""
    real = np.isfinite(scores)
    least, best = scores[real].min(), scores[real].max()
    if best <= least:
        return real / real.sum()
    shares = np.exp(SHARPNESS * (scores - best) / (best - least))
    return shares / shares.sum()


def _best_sets(scores: ExtractScores, singles: Floats) -> dict[tuple[int, ...], float]:
    """Visit the best sets of up to MAX_SET_SIZE sentences and return the score of each visited set."""
    visited: dict[tuple[int, ...], float] = {
        (index,): score for index, score in enumerate(singles) if np.isfinite(score)
    }
    beam = sorted(visited, key=lambda chosen: -visited[chosen])[:BEAM_SIZE]
    for _ in range(1, min(MAX_SET_SIZE, len(visited))):
        found: dict[tuple[int, ...], float] = {}
        for chosen in beam:
            extended = np.where(np.isfinite(singles), scores.extended(chosen), -np.inf)
            extended[list(chosen)] = -np.inf
            for index in np.argsort(-extended, kind="stable")[:BEAM_SIZE]:
                if np.isfinite(extended[index]):
                    found[tuple(sorted((*chosen, int(index))))] = extended[index]
        beam = sorted(found, key=lambda chosen: -found[chosen])[:BEAM_SIZE]
        visited |= {chosen: found[chosen] for chosen in beam}
    return visited


def soft_labels(
    sentences: Sequence[list[str]], reference: list[str], mask: NDArray[np.bool_], num_steps: int
) -> Labels:
    """Label a document's sentences by a reference.

    Args:
        sentences: the ROUGE units of each of S sentences.
        reference: those of the reference.
        mask: (S,), True where a sentence may be chosen.
        num_steps: K.
    """
    scores = ExtractScores(sentences, reference)
    singles = np.where(mask, scores.extended(()), -np.inf)
    salience, steps = np.zeros(len(sentences)), np.zeros((num_steps, len(sentences)))
    if not np.isfinite(singles).any() or singles.max() <= 0:
        return Labels(salience, steps, ())
    visited = _best_sets(scores, singles)
    for chosen, share in zip(visited, _sharpen(np.array(list(visited.values()))), strict=True):
        if share < LEAST_SHARE:
            continue  # most sets: not worth asking who earned it
        earned = scores.contributions(chosen)
        salience[list(chosen)] += share * earned / earned.sum() if earned.any() else 0.0
    oracle: list[int] = []
    score = 0.0
    for step in range(num_steps):
        gains = np.where(mask, scores.extended(oracle), -np.inf) - score
        gains[oracle] = -np.inf
        if gains.max() <= LEAST_GAIN * score:
            break
        steps[step] = _sharpen(gains)
        oracle.append(int(gains.argmax()))
        score += gains.max()
    salience /= salience.sum()
    return Labels(salience, steps, tuple(oracle))

"""Soft oracle labels: how much each sentence belongs to the best extracts, measured against the reference.

One greedy 0/1 labelling hides that many selections are nearly as good (Xu & Lapata 2022, OREO). So a beam search
visits the best sets of sentences, each set s has a score (mean of ROUGE-1 and ROUGE-2 F1), and

    p(s)   = softmax over visited s of  SHARPNESS (score(s) - least) / (best - least)
    q_i    = sum over s that hold i of p(s) / |s|

The sequential attention has labels of its own: at step t the gain in score of each next sentence, given those
that the greedy search has chosen before (Zhou et al. 2018, NeuSum), made a distribution in the same way.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.document import Language

Floats = NDArray[np.float64]

SHARPNESS = 12.0
BEAM_SIZE = 6
MAX_SET_SIZE = 5

_CHARACTERS = re.compile(r"[a-z0-9]+|[^\W\d_a-z]")
_WORDS = re.compile(r"[^\W_]+")


def rouge_units(text: str, language: Language) -> list[str]:
    """Cut a text into what ROUGE counts: Chinese characters and Latin or digit runs, or English words."""
    return (_CHARACTERS if language == "zh" else _WORDS).findall(text.lower())


@dataclass(frozen=True, slots=True)
class Overlap:
    """What each sentence shares with a reference, for one length of n-gram.

    Args:
        counts: (S, U), how often each sentence has each of the reference's distinct n-grams.
        lengths: (S,), n-grams in each sentence.
        wanted: (U,), how often the reference has each.
    """

    counts: Floats
    lengths: Floats
    wanted: Floats

    @classmethod
    def count(cls, sentences: Sequence[list[str]], reference: list[str], n: int) -> "Overlap":
        """Count the n-grams of sentences against those of a reference."""

        def ngrams(units: list[str]) -> list[tuple[str, ...]]:
            return list(zip(*(units[start:] for start in range(n)), strict=False))

        wanted = Counter(ngrams(reference))
        column = {ngram: index for index, ngram in enumerate(wanted)}
        counts = np.zeros((len(sentences), max(1, len(wanted))))
        lengths = np.zeros(len(sentences))
        for row, sentence in enumerate(sentences):
            for ngram in ngrams(sentence):
                lengths[row] += 1
                if ngram in column:
                    counts[row, column[ngram]] += 1
        return cls(counts, lengths, np.array(list(wanted.values()) or [0], np.float64))

    def f1(self, counts: Floats, lengths: Floats) -> Floats:
        """Return the F1 of sets of sentences with these n-gram counts (..., U) and lengths (...)."""
        matched = np.minimum(counts, self.wanted).sum(axis=-1)
        total = lengths + self.wanted.sum()
        return np.divide(2 * matched, total, out=np.zeros_like(matched), where=total > 0)


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


class _Scores:
    """Mean ROUGE-1 and ROUGE-2 F1 of sets of sentences against one reference."""

    def __init__(self, sentences: Sequence[list[str]], reference: list[str]) -> None:
        self.overlaps = [Overlap.count(sentences, reference, n) for n in (1, 2)]

    def extended(self, chosen: Sequence[int]) -> Floats:
        """Return the score of the chosen sentences with each sentence added, (S,)."""
        rows = list(chosen)
        return sum(
            (
                overlap.f1(
                    overlap.counts + overlap.counts[rows].sum(axis=0),
                    overlap.lengths + overlap.lengths[rows].sum(),
                )
                for overlap in self.overlaps
            ),
            start=np.zeros(len(self.overlaps[0].lengths)),
        ) / len(self.overlaps)


def _sharpen(scores: Floats) -> Floats:
    """Return softmax(SHARPNESS x min-max scaled scores) over the last axis; -inf stays 0."""
    real = np.isfinite(scores)
    least, best = scores[real].min(), scores[real].max()
    if best <= least:
        return real / real.sum()
    shares = np.exp(SHARPNESS * (scores - best) / (best - least))
    return shares / shares.sum()


def _best_sets(scores: _Scores, singles: Floats) -> dict[tuple[int, ...], float]:
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
    scores = _Scores(sentences, reference)
    singles = np.where(mask, scores.extended(()), -np.inf)
    salience, steps = np.zeros(len(sentences)), np.zeros((num_steps, len(sentences)))
    if not np.isfinite(singles).any() or singles.max() <= 0:
        return Labels(salience, steps, ())
    visited = _best_sets(scores, singles)
    for chosen, share in zip(visited, _sharpen(np.array(list(visited.values()))), strict=True):
        salience[list(chosen)] += share / len(chosen)
    oracle: list[int] = []
    score = 0.0
    for step in range(num_steps):
        gains = np.where(mask, scores.extended(oracle), -np.inf) - score
        gains[oracle] = -np.inf
        if gains.max() <= 0:
            break
        steps[step] = _sharpen(gains)
        oracle.append(int(gains.argmax()))
        score += gains.max()
    return Labels(salience, steps, tuple(oracle))

"""What sentences share with a reference, counted once, so that the ROUGE of any set of them is a sum away.

For searching among sets of sentences: the labels of the training and the oracle of the evaluation. The figures that
are reported come from `rouge.py`.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.document import Language

Floats = NDArray[np.float64]

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
        return np.asarray(np.divide(2 * matched, total, out=np.zeros_like(matched), where=total > 0))


class ExtractScores:
    """The mean of ROUGE-1 and ROUGE-2 F1 of sets of sentences against one reference.

    Args:
        sentences: the ROUGE units of each of S sentences.
        reference: those of the reference.
    """

    def __init__(self, sentences: Sequence[list[str]], reference: list[str]) -> None:
        self.overlaps: list[Overlap] = [Overlap.count(sentences, reference, n) for n in (1, 2)]

    def extended(self, chosen: Sequence[int]) -> Floats:
        """Return the score of the chosen sentences with each sentence added, (S,)."""
        rows = list(chosen)
        one, two = (
            overlap.f1(overlap.counts + overlap.counts[rows].sum(axis=0), overlap.lengths + overlap.lengths[rows].sum())
            for overlap in self.overlaps
        )
        return (one + two) / 2

    def contributions(self, chosen: Sequence[int]) -> Floats:
        """Return what the score of the chosen sentences loses without each of them, at least 0, (chosen,)."""
        rows = list(chosen)
        counts, lengths = (
            [getattr(overlap, name)[rows] for overlap in self.overlaps] for name in ("counts", "lengths")
        )
        kept = ~np.eye(len(rows), dtype=bool)
        with_all, without = (
            sum(
                overlap.f1(keep @ own_counts, keep @ own_lengths)
                for overlap, own_counts, own_lengths in zip(self.overlaps, counts, lengths, strict=True)
            )
            for keep in (np.ones(len(rows)), kept.astype(float))
        )
        return np.asarray(np.maximum(0, with_all - without) / 2)

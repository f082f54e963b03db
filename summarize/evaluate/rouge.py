"""ROUGE F1 in percent, of Chinese by characters and of English by stemmed words.

    ROUGE-N = 2 m / (a + b)      m = n-grams in common, each as often as in the one that has it less often;
                                 a, b = n-grams in the summary and in the reference
    ROUGE-L = 2 l / (a + b)      l = units in their longest common subsequence; a, b = units in each

Source: Lin 2004, ROUGE: A Package for Automatic Evaluation of Summaries, computed by Google's `rouge_score`. That
package's own tokenizer keeps `[a-z0-9]` alone, which of a Chinese text leaves the digits, so the units are ours. Of
several references the best one counts, for each metric by itself, as in `rouge_score.score_multi`.
"""

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray
from rouge_score import rouge_scorer, tokenizers

from summarize.document import Language
from summarize.evaluate.overlap import rouge_units

METRICS = ("rouge1", "rouge2", "rougeL")

_ENGLISH_WORD = re.compile("[a-z0-9]+")
_stemming_tokenizer = tokenizers.DefaultTokenizer(use_stemmer=True)


@lru_cache(maxsize=200_000)
def _stem(word: str) -> tuple[str, ...]:
    # The stemmer takes 20 microseconds a word; sentences are measured again and again, and words repeat.
    return tuple(_stemming_tokenizer.tokenize(word))


def units(text: str, language: Language) -> list[str]:
    """Cut a text into what ROUGE counts.

    Chinese: each ideograph and each run of Latin letters and digits, lower-cased. English: the words of
    `rouge_score` with its stemmer, that is runs of `[a-z0-9]` in lower case, those of more than three letters stemmed.
    """
    if language == "zh":
        return rouge_units(text, "zh")
    return [unit for word in _ENGLISH_WORD.findall(text.lower()) for unit in _stem(word)]


class _Tokenizer:
    """What `rouge_score` asks for units."""

    def __init__(self, language: Language) -> None:
        self._language = language

    def tokenize(self, text: str) -> list[str]:
        return units(text, self._language)


@cache
def _scorer(language: Language) -> rouge_scorer.RougeScorer:
    return rouge_scorer.RougeScorer(METRICS, tokenizer=_Tokenizer(language))


def rouge(summary: str, references: Sequence[str], language: Language) -> NDArray[np.float64]:
    """Return ROUGE-1, ROUGE-2 and ROUGE-L F1 in percent, (3,) in the order of `METRICS`.

    Args:
        summary: what is measured; an empty one gets 0.
        references: human summaries, at least one; the best one counts, for each metric by itself.
        language: decides what the units are.
    """
    scores = _scorer(language).score_multi(references, summary)
    return np.array([100 * scores[metric].fmeasure for metric in METRICS])

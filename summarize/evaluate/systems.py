"""Baselines and upper bounds: the lead, centrality, and the greedy oracle.

The lead, centrality and the oracle choose whole sentences under the same budget, by the same rule (a sentence that does
not fit is passed over), among the same candidates (headings are no candidates, as for the network), and are printed in
document order. What the network writes is what `summarize` prints, kept as a `Summary` so that it can be checked.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import partial

import numpy as np
from numpy.typing import NDArray

from summarize.decide.budget import Budget
from summarize.document import ATTENTION_KINDS, AttentionKind, Document
from summarize.errors import BudgetError
from summarize.evaluate.corpus import CorpusDocument
from summarize.evaluate.overlap import ExtractScores
from summarize.evaluate.rouge import units
from summarize.network.scorer import text_mask
from summarize.pipeline import Reading, Scorer, read_for, write_summary
from summarize.summary import Summary
from summarize.text import pieces
from summarize.text.pieces import count_words

MIN_GAIN = 1e-9  # a smaller one is rounding


def print_sentences(document: Document, indices: Iterable[int]) -> str:
    """Return sentences in document order, as `summarize` prints them."""
    drafts = [pieces.make_whole_draft(document, index) for index in sorted(indices)]
    return "".join(
        piece.text for piece in pieces.join_drafts(document, pieces.drop_repeated_speakers(document, drafts))
    )


class DocumentCase:
    """A document to summarize, and what several systems need of it, computed once.

    Args:
        item: the document, with at least one sentence, and its references.
        budget: how long a summary may be; without a bound only the network can choose.
        scorer: reads the document, once for all kinds of attention and for centrality.
        fuse: whether the network's sentences may be fused.
    """

    def __init__(self, item: CorpusDocument, budget: Budget, scorer: Scorer, *, fuse: bool = False) -> None:
        self.document: Document = item.document
        self.references: tuple[str, ...] = item.references
        self.budget: Budget = budget
        self.scorer: Scorer = scorer
        self.fuse: bool = fuse
        self._summaries: dict[AttentionKind, Summary | None] = {}
        self.reading: Reading = read_for(item.document, budget, scorer)
        self.mask: NDArray[np.bool_] = text_mask(item.document)
        self.candidates: NDArray[np.intp] = np.flatnonzero(self.mask)

    def summary(self, kind: AttentionKind) -> Summary | None:
        """Return what the network writes with a kind of attention; None if nothing fits."""
        if kind not in self._summaries:
            try:
                self._summaries[kind] = write_summary(
                    self.document, self.reading, kind, self.budget, self.scorer, fuse=self.fuse
                )
            except BudgetError:
                self._summaries[kind] = None
        return self._summaries[kind]

    def fits(self, indices: Sequence[int]) -> bool:
        """Return whether the summary of these sentences keeps within the budget."""
        sentences, chars, words = self.budget.bounds(len(self.document.text))
        if len(indices) > sentences:
            return False
        text = print_sentences(self.document, indices)
        return len(text) <= chars and (self.budget.words is None or count_words(text) <= words)

    def take(self, order: Iterable[int]) -> list[int]:
        """Return the sentences that fit, taken in this order; those that do not are passed over."""
        chosen: list[int] = []
        for index in order:
            if self.fits([*chosen, index]):
                chosen.append(index)
            elif len(chosen) == self.budget.sentences:
                break
        return chosen


def mean_similarity(reading: Reading, document: Document) -> NDArray[np.float64]:
    """Return the mean cosine of tf-idf of each sentence to all others, (S,), 0 to 1; 0 for the only one.

    Rounded, so that sentences which are alike are equal on any machine.
    """
    num_sentences = len(document.sentences)
    total = np.zeros(num_sentences)
    for index in range(num_sentences):
        similarity = reading.similarity(index).astype(np.float64)
        similarity[index] = 0  # not to itself
        total += similarity
    return np.round(total / max(1, num_sentences - 1), 9)


def lead(case: DocumentCase) -> list[int]:
    """Choose the first sentences."""
    return case.take(case.candidates.tolist())


def centrality(case: DocumentCase) -> list[int]:
    """Choose the sentences with the largest mean cosine of tf-idf to all others; among ties the earlier.

    As in Radev et al. 2004 (centroid) and the degree of LexRank, Erkan & Radev 2004, without a threshold and without
    regard to what is chosen already. The cosines are those that the network's redundancy term uses.
    """
    order = np.argsort(-mean_similarity(case.reading, case.document)[case.candidates], kind="stable")
    return case.take(case.candidates[order].tolist())


def greedy_oracle(
    sentences: Sequence[list[str]],
    reference: list[str],
    mask: NDArray[np.bool_],
    fits: Callable[[list[int]], bool],
) -> tuple[list[int], float]:
    """Choose sentences by their reference: always the one that helps most, until none helps or fits.

    Source: Nallapati et al. 2017, SummaRuNNer (AAAI), section 2.2; the score is the mean of ROUGE-1 and ROUGE-2 F1.

    Args:
        sentences: the units of each of S sentences.
        reference: those of the reference.
        mask: (S,), True where a sentence may be chosen.
        fits: whether these sentences keep within the budget.

    Returns:
        The chosen sentences, the first chosen first, and their score, 0 to 1. No sentence if none shares a unit with
        the reference.
    """
    scores = ExtractScores(sentences, reference)
    chosen: list[int] = []
    score = 0.0
    while True:
        extended = scores.extended(chosen)  # (S,)
        gains = np.where(mask, extended - score, -np.inf)
        gains[chosen] = -np.inf
        helpful = (int(index) for index in np.argsort(-gains, kind="stable") if gains[index] > MIN_GAIN)
        best = next((index for index in helpful if fits([*chosen, index])), None)
        if best is None:
            return chosen, score
        chosen.append(best)
        score = float(extended[best])


def oracle(case: DocumentCase) -> list[int]:
    """Choose by the reference, greedily; of several references by the one that can be met best.

    Where no sentence has anything in common with a reference, the lead stands in: all sentences are equally bad.
    """
    language = case.document.language
    sentences = [units(text, language) for text in case.document.sentence_texts()]
    found = (
        greedy_oracle(sentences, units(reference, language), case.mask, case.fits) for reference in case.references
    )
    chosen, _ = max(found, key=lambda result: result[1])
    return chosen or lead(case)


def summarize_with(case: DocumentCase, *, kind: AttentionKind) -> str:
    """Summarize as `summarize --attention KIND` does, with `--no-fuse` unless the case says otherwise.

    Nothing if no sentence fits.
    """
    summary = case.summary(kind)
    return summary.text if summary else ""


def select_with(case: DocumentCase, *, kind: AttentionKind) -> list[int]:
    """Return the sentences of that summary."""
    summary = case.summary(kind)
    return list(summary.selected) if summary else []


def cut_lead(case: DocumentCase) -> str:
    """Return the beginning of the text, headings left out, cut off where the budget of characters or words ends.

    Of words the last one is whole, and the marks after it are kept.
    """
    _, chars, words = case.budget.bounds(len(case.document.text))
    text = print_sentences(case.document, case.candidates)[:chars]
    if case.budget.words is None:
        return text
    end = bisect_right(range(len(text) + 1), words, key=lambda length: count_words(text[:length])) - 1
    return text[:end].rstrip()


def _sentences_of(choose_indices: Callable[[DocumentCase], list[int]]) -> Callable[[DocumentCase], str]:
    return lambda case: print_sentences(case.document, choose_indices(case))


System = Callable[[DocumentCase], str]  # the summary; empty if nothing fits

LEAD, LEAD_CUT, CENTRALITY, ORACLE = "lead", "lead-cut", "centrality", "oracle"
SYSTEMS: dict[str, System] = {
    LEAD: _sentences_of(lead),
    LEAD_CUT: cut_lead,
    CENTRALITY: _sentences_of(centrality),
    **{kind: partial(summarize_with, kind=kind) for kind in ATTENTION_KINDS},
    ORACLE: _sentences_of(oracle),
}


def systems_for(budget: Budget, kinds: Sequence[AttentionKind]) -> tuple[str, ...]:
    """Return the names of the systems to measure, in the order of the table.

    The lead that is cut in the middle of a sentence is of interest only under a budget of characters or words.
    """
    left_out = set(ATTENTION_KINDS) - set(kinds) | (set() if budget.chars or budget.words else {LEAD_CUT})
    return tuple(name for name in SYSTEMS if name not in left_out)

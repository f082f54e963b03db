"""Monitoring of training: scores on dev documents after each epoch.

No Keras here: what is measured is the model as it runs.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.decide.selection import select
from summarize.document import ATTENTION_KINDS, AttentionKind
from summarize.evaluate.corpus import CorpusDocument
from summarize.evaluate.marks import share_of_marks
from summarize.evaluate.overlap import Overlap, rouge_units
from summarize.network.scorer import Reading
from summarize.network.storage import Model
from summarize.text.terms import DocumentTerms

DevScores = dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class DevCorpus:
    """Documents that are summarized after each epoch.

    Args:
        name: the corpus.
        documents: some of its documents.
        terms: the terms of each.
        num_sentences: sentences of each summary.
        marks: of each document the mark of each sentence, (S,), 0 to 3, if readers marked the corpus.
    """

    name: str
    documents: tuple[CorpusDocument, ...]
    terms: tuple[DocumentTerms, ...]
    num_sentences: int
    marks: tuple[NDArray[np.int64], ...] | None = None


def quick_rouge(text: str, item: CorpusDocument) -> float:
    """Return the mean of ROUGE-1 and ROUGE-2 F1, in percent, of a summary against a document's first reference.

    Without stemming, and so only for watching a training; `summarize.evaluate` reports proper figures.
    """
    language = item.document.language
    summary, reference = rouge_units(text, language), rouge_units(item.references[0], language)
    overlaps = [Overlap.count([summary], reference, n) for n in (1, 2)]
    return 50 * sum(float(overlap.f1(overlap.counts[0], overlap.lengths[0])) for overlap in overlaps)


def measure_dev(model: Model, corpora: Sequence[DevCorpus]) -> DevScores:
    """Return how good the summaries are by corpus and kind of attention, as the NumPy forward pass scores sentences.

    It is the mean quick ROUGE or, of marks, the mean share of what could be had, in percent.
    """
    scores: DevScores = {}
    for corpus in corpora:
        found: dict[str, list[float]] = {kind: [] for kind in ATTENTION_KINDS}
        for number, (item, terms) in enumerate(zip(corpus.documents, corpus.terms, strict=True)):
            reading = Reading(item.document, terms, model, corpus.num_sentences)
            costs = np.ones((len(reading.mask), 1), np.int64)
            for kind in ATTENTION_KINDS:
                config, budget = model.selection[kind], [corpus.num_sentences]
                choices = select(reading.weigh(kind), costs, reading.similarity, budget=budget, config=config)
                chosen = [choice.index for choice in choices]
                if corpus.marks is not None:
                    share = share_of_marks(corpus.marks[number], chosen, corpus.num_sentences)
                    found[kind].append(100 * (1.0 if share is None else share))  # nothing could be had, all was
                    continue
                spans = [item.document.sentences[index] for index in sorted(chosen)]
                text = " ".join(item.document.text[span.start : span.end] for span in spans)
                found[kind].append(quick_rouge(text, item))
        scores[corpus.name] = {kind: float(np.mean(values)) for kind, values in found.items()}
    return scores


def best_attention(scores: DevScores, corpora: Sequence[DevCorpus]) -> AttentionKind:
    """Return the kind of attention that did best: where readers marked texts by their marks, text by text."""
    marked = [corpus for corpus in corpora if corpus.marks is not None]
    counted = marked or corpora
    counts = [len(corpus.documents) if marked else 1 for corpus in counted]

    def mean(kind: AttentionKind) -> float:
        return float(np.average([scores[corpus.name][kind] for corpus in counted], weights=counts))

    return max(ATTENTION_KINDS, key=mean)


def mean_scores(scores: DevScores, corpora: Sequence[DevCorpus]) -> dict[AttentionKind, float]:
    """Return the mean over corpora of each kind's score; where there are marks, that of theirs and of the rest's."""
    is_marked = {corpus.name: corpus.marks is not None for corpus in corpora}
    means: dict[AttentionKind, float] = {}
    for kind in ATTENTION_KINDS:
        groups = [[scores[name][kind] for name in scores if is_marked[name] is which] for which in (True, False)]
        means[kind] = float(np.mean([np.mean(group) for group in groups if group]))
    return means

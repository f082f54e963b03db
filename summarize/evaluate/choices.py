"""Evaluation of chosen sentences by readers' marks.

    share = sum of the marks of the chosen sentences / highest sum that so many of the candidates have
    empty = chosen sentences with mark 0 / chosen sentences
    hit   = whether one of the sentences that the reader named as best is chosen

Candidates are the sentences of text (`text_mask`), for every system the same. Of N sentences that are asked for, so
many count as there are candidates: a system that chooses fewer loses what it left. Without a length a system is
measured by as many as it chose.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from summarize.decide.budget import Budget
from summarize.document import AttentionKind, Document, Language
from summarize.evaluate.corpus import CorpusDocument
from summarize.evaluate.marks import MarkedText, share_of_marks
from summarize.evaluate.systems import CENTRALITY, LEAD, DocumentCase, mean_similarity, select_with
from summarize.network.scorer import text_mask
from summarize.pipeline import Reading, Scorer
from summarize.text.terms import find_terms

LONGEST, CENTRAL_AND_LONG = "longest", "centrality x root of length"
BASELINES = (LEAD, LONGEST, CENTRALITY, CENTRAL_AND_LONG)
MEASURES = ("share", "empty", "hit")
DEFAULT = "default"  # no length is given
LENGTHS: tuple[int, ...] = (1, 3)  # N, in sentences

Floats = NDArray[np.float64]


def rank_by_rules(document: Document, reading: Reading) -> dict[str, list[int]]:
    """Return the candidates in the order of each of `BASELINES`; among ties the earlier comes first.

    The lead takes them as they come, `longest` by characters, and the last by its mean cosine of tf-idf to all other
    sentences times the root of its length in words.
    """
    candidates = np.flatnonzero(text_mask(document))
    length_chars = np.array([len(text) for text in document.sentence_texts()], np.float64)
    centrality = mean_similarity(reading, document)
    both = centrality * np.sqrt(find_terms(document).lengths)

    def by(values: Floats) -> list[int]:
        return [int(index) for index in candidates[np.argsort(-values[candidates], kind="stable")]]

    return {
        LEAD: candidates.tolist(),
        LONGEST: by(length_chars),
        CENTRALITY: by(centrality),
        CENTRAL_AND_LONG: by(both),
    }


def judge(
    marks: NDArray[np.int64],
    best: Iterable[int],
    indices: Sequence[int],
    *,
    candidates: NDArray[np.bool_] | None = None,
    target_sentences: int | None = None,
) -> Floats:
    """Score a choice by a reader's marks: numerators and denominators of `MEASURES`, (3, 2).

    A denominator of 0 says that there is nothing to tell: no share where no candidate has a mark above 0, nothing that
    is empty if nothing was chosen, no hit if the reader named no best sentence. The share of no sentence, though some
    were asked for, is 0.

    Args:
        marks: of each sentence, (S,), 0 to 3.
        best: the sentences that the reader named as best.
        indices: the chosen sentences.
        candidates: (S,), True where a sentence can be chosen; by default all can.
        target_sentences: sentences that were asked for, at least 1; None for as many as were chosen.
    """
    num_counted = len(indices) if target_sentences is None else target_sentences
    share = share_of_marks(marks, indices, num_counted, candidates=candidates)
    named = set(best)
    return np.array(
        [
            [0, 0] if share is None else [share, 1],
            [(marks[list(indices)] == 0).sum(), len(indices)],
            [bool(named & set(indices)), bool(named)],
        ],
        np.float64,
    )


@dataclass(frozen=True, slots=True)
class TextScores:
    """What a reader thinks of the systems' choices of one text.

    Args:
        language: of the text.
        source: what kind of text it is.
        parts: (lengths + 1, systems, 3, 2), numerators and denominators of `MEASURES`; the last length is none. None if
            no candidate has a mark above 0.
    """

    language: Language
    source: str
    parts: Floats | None


def systems_of(kinds: Sequence[AttentionKind], others: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the names of all systems in the order of the tables: rules, others that only rank, attentions."""
    return (*BASELINES, *others, *kinds)


def measure_text(
    marked: MarkedText,
    scorer: Scorer,
    kinds: Sequence[AttentionKind],
    lengths: Sequence[int] = LENGTHS,
    rankings: Mapping[str, Sequence[int]] | None = None,
) -> TextScores:
    """Let every system choose sentences of a text at every length and without one, and judge them by its marks.

    Args:
        marked: the text.
        scorer: the network.
        kinds: attentions to measure; without fusion.
        lengths: N, in sentences, each at least 1.
        rankings: sentences in the order of further systems, empty where one failed. Like the rules they are not told
            of lengths: they choose their first N, and without one as many as the default attention does.
    """
    document = marked.document
    nothing = TextScores(document.language, marked.source, None)
    if not document.sentences:
        return nothing
    candidates = text_mask(document)
    if not marked.marks[candidates].any():
        return nothing
    item = CorpusDocument(marked.name, document, (marked.summary,))
    orders: dict[str, Sequence[int]] = {}
    rows = []
    for target_sentences in (*lengths, None):
        case = DocumentCase(item, Budget(sentences=target_sentences), scorer)
        if not orders:
            orders = {**rank_by_rules(document, case.reading), **(rankings or {})}
        num_taken = target_sentences or len(select_with(case, kind=scorer.default_attention))
        choices: list[tuple[Sequence[int], int | None]]
        choices = [(order[:num_taken], num_taken) for order in orders.values()]
        choices += [(select_with(case, kind=kind), target_sentences) for kind in kinds]
        rows.append(
            [
                judge(marked.marks, marked.best, indices, candidates=candidates, target_sentences=num_counted)
                for indices, num_counted in choices
            ]
        )
    return TextScores(document.language, marked.source, np.array(rows))

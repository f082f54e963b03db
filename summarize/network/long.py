"""Hierarchical reading of a long document: chunk by chunk, then the best sentences of all chunks as one text.

    w_i = m_p(i) a_i c_i f_i / sum over candidates j of m_p(j) a_j c_j f_j

    a_i     attention weight of the sentence in its chunk, read like a document of its own
    c_i     square root of the mean cosine of the sentence to all others, over the largest: how much it is on the whole
    f_i     `BOILERPLATE_FACTOR` where a sentence belongs to what stands around the text, such as its licence, else 1
    m_p     attention weight of the two best sentences of chunk p, by a c f, among those of all, read as one text

The network was trained on articles, not on books: the first pages of a book read in one pass would dominate. The best
sentences of very many chunks form a long document again and are read in the same way. Of a chunk nothing
but its weights is kept, so that memory is that of the words, four bytes each, and of a few numbers for each sentence.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from summarize.document import ATTENTION_KINDS, AttentionKind, Document
from summarize.explanation import NO_TREE, AttentionReport, SentenceScores, Steps, Tree, WordWeight, steady
from summarize.network.cosines import Cosines
from summarize.network.reweighing import MIN_WEIGHT, add_to_scores
from summarize.network.scorer import MAX_AT_ONCE, Reading, ReadingBase, candidate_mask
from summarize.network.storage import Model
from summarize.text.matter import find_boilerplate
from summarize.text.stretches import MAX_SENTENCES, split_into_chunks
from summarize.text.terms import DocumentTerms

Floats = NDArray[np.float64]
Indices = NDArray[np.int64]

WHOLE_TEXT_TERM = "whole"  # the name of the term of m_p, c and f in explanations
BOILERPLATE_FACTOR = 0.02
MIN_CENTRALITY = 0.01  # under the root of c
NUM_BEST = 2  # sentences that stand for a chunk; no more are asked of it, however long the summary is to be


class LongReading(ReadingBase):
    """A document of many sentences as the network has read it.

    Args:
        document: what to read; has at least one sentence.
        terms: its terms.
        model: what to read it with.
        target_sentences: sentences of the summary that is asked for, at least 1.

    Attributes:
        mask: (S,), True where a sentence may be chosen.
        max_target_sentences: a longer summary is weighed as one of n sentences.
    """

    max_target_sentences = NUM_BEST

    def __init__(self, document: Document, terms: DocumentTerms, model: Model, target_sentences: int) -> None:
        super().__init__(document, model)
        self._terms, self._num_wanted = terms, min(target_sentences, self.max_target_sentences)
        self.mask: NDArray[np.bool_] = candidate_mask(document, terms)
        self._stretches = [np.arange(part.start, part.stop) for part in split_into_chunks(document.sentences)]
        self._weighed = [stretch for stretch in self._stretches if self.mask[stretch].any()]
        self._cosines = Cosines(terms, self.information(terms.terms))
        central = np.sqrt(np.maximum(MIN_CENTRALITY, self._cosines.centrality()))
        self._factors = central * np.where(find_boilerplate(document, self.mask), BOILERPLATE_FACTOR, 1.0)
        self._found: dict[AttentionKind, Floats] = {}

    def _read(self, indices: Indices) -> Reading:
        """Read some sentences like a document."""
        sentences = tuple(self._document.sentences[index] for index in indices.tolist())
        part = replace(self._document, sentences=sentences)
        return Reading(part, self._terms.alone(indices), self._model, self._num_wanted, mask=self.mask[indices])

    def weigh(self, kind: AttentionKind) -> Floats:
        """Return the attention weight of each sentence, (S,), 0 to 1; they sum to 1. Found out once."""
        if kind not in self._found:
            within = [self._read(stretch).weigh(kind) for stretch in self._weighed]
            self._found[kind] = self._spread(self._joined(self._weighed, within, kind))
        return self._found[kind]

    def _spread(self, weights: Floats) -> Floats:
        """Return the weights of the sentences of all stretches that have some, for each sentence, (S,)."""
        found = np.zeros(len(self.mask))
        found[np.concatenate(self._weighed)] = weights
        return found

    def _joined(self, parts: Sequence[Indices], within: Sequence[Floats], kind: AttentionKind) -> Floats:
        """Return the weight of each sentence of some parts, one after the other, from those within each part."""
        weighed = [shares * self._factors[part] for part, shares in zip(parts, within, strict=True)]
        best = [_best(part, shares) for part, shares in zip(parts, weighed, strict=True)]
        part_of = np.repeat(np.arange(len(best)), [len(indices) for indices in best])
        masses = np.bincount(part_of, self._among(np.concatenate(best), kind))
        joined = np.concatenate([shares * mass for shares, mass in zip(weighed, masses, strict=True)])
        return np.asarray(joined / joined.sum())

    def _among(self, indices: Indices, kind: AttentionKind) -> Floats:
        """Return the weights of some sentences that may be chosen, read as one text; they sum to 1."""
        if len(indices) <= MAX_AT_ONCE:
            return self._read(indices).weigh(kind)
        parts = [indices[start : start + MAX_SENTENCES] for start in range(0, len(indices), MAX_SENTENCES)]
        return self._joined(parts, [self._read(part).weigh(kind) for part in parts], kind)

    def for_length(self, target_sentences: int) -> "LongReading":
        """Return the same document read for a summary of n sentences, at least 1; itself if it is weighed so."""
        if min(target_sentences, self.max_target_sentences) == self._num_wanted:
            return self
        other = copy(self)
        other._num_wanted, other._found = min(target_sentences, self.max_target_sentences), {}
        return other

    def explain(self) -> AttentionReport:
        """Weigh with each kind of attention as `weigh` does, and say why.

        The terms of a sentence are those in its stretch, and what is left of its score is what it is to the whole.
        Steps and trees are those in the stretches, too.
        """
        accounts = [self._read(stretch).explain() for stretch in self._weighed]
        account = _side_by_side(accounts, self._weighed, self.mask)
        scores, terms = {}, {}
        for kind, weighing in account.weighings.items():
            if kind not in self._found:
                within = [weighing.weights[stretch] for stretch in self._weighed]
                self._found[kind] = self._spread(self._joined(self._weighed, within, kind))
            scores[kind] = np.log(np.maximum(self._found[kind], MIN_WEIGHT))
            terms[kind] = weighing.terms
        return add_to_scores(account, scores, terms, WHOLE_TEXT_TERM, self.mask)

    def word_weights(self) -> list[list[WordWeight]]:
        """Return the words of each sentence and their share in what it says to the network, (S,)."""
        return [words for stretch in self._stretches for words in self._read(stretch).word_weights()]

    def similarity(self, index: int, first: int = 0, end: int | None = None) -> Floats:
        """Return the cosine of tf-idf of sentences, from `first` to before `end` or all, with one of them, 0 to 1."""
        return self._cosines.similarity_to(index, first, end)


def _best(part: Indices, shares: Floats) -> Indices:
    """Return the sentences that stand for a part, in order, at least one."""
    best = np.sort(np.argsort(-steady(shares), kind="stable")[:NUM_BEST])
    return part[best[shares[best] > 0]]


def _side_by_side(
    accounts: Sequence[AttentionReport], parts: Sequence[Indices], mask: NDArray[np.bool_]
) -> AttentionReport:
    """Return the accounts of parts of a document as one, in which the weights of each part sum to 1."""
    everywhere, starts = np.concatenate(parts), [int(part[0]) for part in parts]

    def spread(of_parts: Sequence[NDArray[np.floating]], rest: float = 0.0) -> Floats:
        values = np.concatenate(of_parts, axis=-1)
        found = np.full((*values.shape[:-1], len(mask)), rest)
        found[..., everywhere] = values
        return found

    weighings: dict[AttentionKind, SentenceScores] = {}
    for kind in ATTENTION_KINDS:
        found = [account.weighings[kind] for account in accounts]
        terms = {name: spread([weighing.terms[name] for weighing in found]) for name in found[0].terms}
        weighings[kind] = SentenceScores(spread([weighing.weights for weighing in found]), terms, mask)
    steps = Steps(accounts[0].steps.shares, spread([account.steps.weights for account in accounts]))
    trees = [account.tree for account in accounts]
    parents = [
        np.where(tree.parents >= 0, tree.parents + start, tree.parents)
        for tree, start in zip(trees, starts, strict=True)
    ]
    all_parents = spread(parents, NO_TREE).astype(np.int64)
    return AttentionReport(weighings, steps, Tree(all_parents, spread([tree.weights for tree in trees])))

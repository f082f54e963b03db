"""Erasure: how the attended content of a document changes when sentences are removed.

    account(D)  = sum over i of alpha_i s_i             s_i = unit vector of tf-idf of sentence i
    drop(D, D') = 1 - cos(account(D), account(D'))      D' = D without some sentences, read again

The account is the document as the attention has it: the words of its sentences, each as heavy as its sentence. The
vectors are those of the redundancy term. A word's idf does not depend on the document, so what is left over of a
document has the same ones, and their cosines are enough to tell a drop. Beside it stands the same with x_i, what the
words of a sentence say to the network, in place of s_i.

Erasure after Li et al. 2016 (Understanding Neural Networks through Representation Erasure) and, as a test of attention,
Serrano & Smith 2019 (ACL). Comprehensiveness, the drop without the heaviest sentences, and sufficiency, the drop with
nothing but them, are those of DeYoung et al. 2020, ERASER (ACL), with the account in place of a class' probability: a
summarizer has no class. Departs from it: sentences are taken out, not words, and the percentages are of sentences.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarize.document import AttentionKind, Document
from summarize.network.scorer import Reading
from summarize.network.storage import Model
from summarize.text.terms import DocumentTerms, find_terms

Floats = NDArray[np.float64]
Integers = NDArray[np.integer]

PERCENTS = (1, 5, 10, 20, 50)  # of the sentences that may be chosen
_DIGITS = 12  # of a drop: what is after them is noise of adding up


class ErasureResult(NamedTuple):
    """What some sentences of a document say when they are all of it.

    Args:
        weights: by kind of attention the weight of each sentence of the whole document, (kinds, S); 0 for what is gone.
        content: by kind the account with the network's own vectors, (kinds, D).
    """

    weights: Floats
    content: Floats


def subset_document(document: Document, kept: Sequence[int]) -> Document:
    """Return a document of some of its sentences, in order; their paragraphs are renumbered without gaps."""
    sentences = [document.sentences[index] for index in kept]
    _, paragraphs = np.unique([sentence.paragraph for sentence in sentences], return_inverse=True)
    numbered = zip(sentences, paragraphs.tolist(), strict=True)
    return replace(document, sentences=tuple(replace(sentence, paragraph=number) for sentence, number in numbered))


def subset_terms(terms: DocumentTerms, kept: Sequence[int]) -> DocumentTerms:
    """Return the terms of some sentences, at least one, as `find_terms` finds them in a document of these alone."""
    ids = np.concatenate([terms.sentence(index) for index in kept])
    found, first, places = np.unique(ids, return_index=True, return_inverse=True)
    order = np.argsort(first)  # of first occurrence
    names = tuple(terms.terms[term_id] for term_id in found[order])
    bounds = np.append(0, np.cumsum(terms.lengths[list(kept)]))
    return DocumentTerms(names, np.argsort(order)[places].astype(np.int32), bounds)


def words_drop(likeness: Floats, before: Floats, after: Floats) -> Floats:
    """Return the drop in the account of a document, (...), 0 to 1.

    An account without any word has cosine 1 with another such one, and 0 with all others.

    Args:
        likeness: (S, S), the cosine of tf-idf of each two sentences; 0 for one without words.
        before: weights, (..., S).
        after: weights, (..., S).
    """

    def product(one: Floats, other: Floats) -> Floats:
        return np.asarray(((one @ likeness) * other).sum(axis=-1))

    return _drop(product(before, after), product(before, before), product(after, after))


def content_drop(before: Floats, after: Floats) -> Floats:
    """Return 1 less the cosine of vectors, (..., D) and (..., D) to (...); of zeros as in `words_drop`."""
    return _drop(*((one * other).sum(axis=-1) for one, other in ((before, after), (before, before), (after, after))))


def _drop(product: Floats, before: Floats, after: Floats) -> Floats:
    """Return 1 less a cosine, from a dot product and two squared norms."""
    norms = np.sqrt(np.maximum(0, before) * np.maximum(0, after))
    both_empty = np.array((before <= 0) & (after <= 0), np.float64)
    cosine = np.divide(product, norms, out=both_empty, where=norms > 0)
    return np.asarray(np.round(np.maximum(0, 1 - cosine), _DIGITS))


class Eraser:
    """Reads a document with some of its sentences taken out, each selection once.

    Args:
        document: has at least one sentence.
        model: what to read it with.
        kinds: attentions to weigh with.
        target_sentences: sentences of the summary that is asked for, at least 1; of what remains, too.

    Attributes:
        terms: those of the document.
        reading: the whole document, read.
        whole: what it says.
        candidates: the sentences that may be chosen.
        likeness: (S, S), the cosine of tf-idf of each two sentences.
    """

    def __init__(self, document: Document, model: Model, kinds: Sequence[AttentionKind], target_sentences: int) -> None:
        self._document, self._model, self._kinds, self._num_wanted = document, model, kinds, target_sentences
        self._remains: dict[tuple[int, ...], ErasureResult] = {}
        everything = range(len(document.sentences))
        self.terms: DocumentTerms = find_terms(document)
        self.reading: Reading = Reading(document, self.terms, model, target_sentences)
        self.whole: ErasureResult = self._weigh(self.reading, everything)
        self.candidates: NDArray[np.int64] = np.flatnonzero(self.reading.mask)
        self.likeness: Floats = np.stack([self.reading.similarity(index) for index in everything])

    def _weigh(self, reading: Reading, kept: Sequence[int]) -> ErasureResult:
        own = np.stack([reading.weigh(kind) for kind in self._kinds])
        weights = np.zeros((len(self._kinds), len(self._document.sentences)))
        weights[:, list(kept)] = own
        return ErasureResult(weights, own @ reading.content.astype(np.float64))

    def keep(self, indices: Collection[int]) -> ErasureResult:
        """Return what some sentences say alone; at least one."""
        kept = tuple(sorted(indices))
        if kept not in self._remains:
            document, terms = subset_document(self._document, kept), subset_terms(self.terms, kept)
            self._remains[kept] = self._weigh(Reading(document, terms, self._model, self._num_wanted), kept)
        return self._remains[kept]

    def take_out(self, indices: Collection[int]) -> ErasureResult:
        """Return what the document says without some sentences; at least one must remain."""
        return self.keep(set(range(len(self._document.sentences))) - set(indices))

    def curves(self, order: Integers) -> tuple[Floats, Floats]:
        """Return comprehensiveness and sufficiency, (kinds, percents) each, 0 to 1.

        Comprehensiveness is the drop without the first sentences of an order: the more, the better. Sufficiency is the
        drop with nothing but them: the less, the better.

        Args:
            order: the candidates, at least two, the most important one first.
        """
        tops = [order[: num_of(percent, len(order))].tolist() for percent in PERCENTS]
        before = self.whole.weights
        missing = [words_drop(self.likeness, before, self.take_out(top).weights) for top in tops]
        alone = [words_drop(self.likeness, before, self.keep(top).weights) for top in tops]
        return np.stack(missing, axis=-1), np.stack(alone, axis=-1)


def num_of(percent: int, total: int) -> int:
    """Return so many percent of a total of at least 2, rounded up, but never all."""
    return min(-(-percent * total // 100), total - 1)

"""Multi-document weights: each text read by itself, all texts read as one in several orders, and their agreement.

    w_i ~ (product of a_i over n readings) ^ (1 / n) (e + s_i)

    a_i     attention weight of the sentence in a reading: in its own text by itself, where each text has the same to
            give, and in all texts as one, with each text as the first of them, since which comes first is no reason
    s_i     share of what it says that others say too: in each other text the sentence that says most of it counts, and
            the texts count alike, so far as they are on one thing: by the cosine of tf-idf of the two texts

What many texts say is what they have in common (Radev et al. 2004, Centroid-based summarization of multiple documents).
A sentence whose figures a newer text has otherwise may not be chosen (`decide.superseded`); the one that has them
weighs at least as much. Sentences of two texts are alike, however long, if the one says most of what the other does.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.decide.superseded import MIN_ALIKE, find_superseded
from summarize.decide.words import Judge
from summarize.document import ATTENTION_KINDS, AttentionKind, Document
from summarize.explanation import AttentionReport, Outcome, WordWeight, steady
from summarize.network.bags import SentenceBags
from summarize.network.judging import DelegatesJudging
from summarize.network.reweighing import MIN_WEIGHT, add_to_scores, softmax
from summarize.network.scorer import NetworkScorer, Reading
from summarize.network.sharing import SharedInformation
from summarize.network.storage import Model
from summarize.text.days import Day
from summarize.text.joining import join_documents
from summarize.text.terms import DocumentTerms, find_terms

if TYPE_CHECKING:
    from summarize.network.long import LongReading

Floats = NDArray[np.float64]

MIN_AGREEMENT = 0.05  # e: what nobody else says is not lost
AGREEMENT = "agreement"  # the name of its term in explanations
REPEATED = 0.75  # a sentence that shares so much with one of another text repeats it
REPEATS = 0.9  # the likeness that such a pair has at least
MAX_ORDERS = 8  # readings of all texts, which begin with texts that lie evenly among them
MAX_COUNTED = 2_000  # sentences in which others are looked for, the heaviest ones: each is compared with all


def document_similarity(bags: SentenceBags, text_of: NDArray[np.int64], mask: NDArray[np.bool_]) -> Floats:
    """Return the cosine of each text to each, by the sum of its sentences as unit vectors of tf-idf, (K, K), 0 to 1.

    Args:
        bags: the sentences of all texts.
        text_of: the number of each one's text, (S,).
        mask: (S,), True where a sentence counts; a text without such a sentence is near to none.
    """
    num_texts = int(text_of.max(initial=0)) + 1
    counted = mask[bags.rows]
    keys, inverse = np.unique(text_of[bags.rows[counted]] * bags.num_terms + bags.columns[counted], return_inverse=True)
    sums = np.asarray(np.bincount(inverse, bags.values[counted], len(keys)), np.float64)
    texts, terms = keys // bags.num_terms, keys % bags.num_terms
    sums = sums / np.sqrt(np.bincount(texts, sums**2, num_texts))[texts]
    found = np.zeros((num_texts, num_texts))
    for number in range(num_texts):
        own = np.bincount(terms, sums * (texts == number), bags.num_terms)
        found[number] = np.bincount(texts, sums * own[terms], num_texts)
    return found


@dataclass(frozen=True, slots=True)
class _Part:
    """A reading, and which sentences of all texts it has read.

    Args:
        reading: of some sentences.
        indices: which they are, in the order in which it read them.
    """

    reading: Reading
    indices: NDArray[np.int64]


class MultiDocumentReading(DelegatesJudging):
    """Several texts as the network has read them.

    Args:
        document: all of them.
        parts: readings of which each has read each sentence once for all its texts, all of them alike often; the first
            is that of all texts in their order.
        text_of: the number of each sentence's text, (S,).
        terms: those of the document.
        days: of each text, where it is known.

    Attributes:
        closed: the sentences that may not be chosen for what a newer text says, and what they are called.
    """

    max_target_sentences: int = Reading.max_target_sentences
    query = None

    def __init__(
        self,
        document: Document,
        parts: Sequence[_Part],
        text_of: NDArray[np.int64],
        terms: DocumentTerms,
        days: Sequence[Day | None],
    ) -> None:
        self.text_of: NDArray[np.int64] = text_of
        self._parts = list(parts)
        mask = self.mask
        idf = self.information(terms.terms)
        self._sharing = SharedInformation(terms, idf)
        order = np.argsort(-steady(self._readings("parallel")), kind="stable")
        candidates = [int(index) for index in order if mask[index]]
        near = document_similarity(SentenceBags(terms, idf), text_of, mask)
        agreed = self._sharing.agreement(text_of, candidates[:MAX_COUNTED], np.minimum(1.0, near / MIN_ALIKE))
        self._agreement = np.log(MIN_AGREEMENT + agreed)
        is_number = np.array([any(map(str.isdigit, term)) for term in terms.terms], np.bool_)
        without_figures = SharedInformation(terms, np.where(is_number, 0.0, idf))
        self._newer = find_superseded(document, candidates, text_of, days, without_figures, near)
        self.closed: Mapping[int, Outcome] = dict.fromkeys(self._newer, "superseded")

    @property
    def _joint_reading(self) -> Reading:
        return self._parts[0].reading

    @property
    def mask(self) -> NDArray[np.bool_]:
        """Which sentences may be chosen, (S,)."""
        return self._joint_reading.mask

    def _mean(self, of_parts: Sequence[Floats]) -> Floats:
        """Return the mean for each sentence of what the readings have found of theirs, (S,)."""
        total, number = np.zeros(len(self.text_of)), np.zeros(len(self.text_of))
        for part, found in zip(self._parts, of_parts, strict=True):
            total[part.indices] += found
            number[part.indices] += 1
        return total / number

    def _readings(self, kind: AttentionKind) -> Floats:
        """Return the mean logarithm of each sentence's weight in the readings, (S,)."""
        return self._mean([np.log(np.maximum(part.reading.weigh(kind), MIN_WEIGHT)) for part in self._parts])

    def _scores(self, readings: Floats) -> Floats:
        """Return the scores, (S,), up to a constant, from what `_readings` found."""
        scores = readings + self._agreement
        for older, newer in self._newer.items():
            scores[newer] = max(scores[newer], scores[older])
        return scores

    def information(self, terms: Sequence[str]) -> Floats:
        """Return the information of words in Simplified characters and small letters, (N,)."""
        return self._joint_reading.information(terms)

    def weigh(self, kind: AttentionKind) -> Floats:
        """Return the weight of each sentence, (S,), 0 to 1; they sum to 1."""
        return softmax(self._scores(self._readings(kind)), self.mask)

    def for_length(self, target_sentences: int) -> "MultiDocumentReading":
        """Return the same texts read for a summary of n sentences, at least 1; itself if they are weighed so."""
        parts = [_Part(part.reading.for_length(target_sentences), part.indices) for part in self._parts]
        if all(new.reading is old.reading for new, old in zip(parts, self._parts, strict=True)):
            return self
        other = copy(self)
        other._parts = parts
        return other

    def explain(self) -> AttentionReport:
        """Weigh with each kind of attention as `weigh` does, and say why.

        A term is the mean of what it is in the readings. What is left for the agreement is, beside that itself, how
        much a text by itself has to give to so many sentences, and what a newer sentence gets from one that it
        supersedes.
        """
        accounts = [part.reading.explain() for part in self._parts]
        scores, terms = {}, {}
        for kind in ATTENTION_KINDS:
            found = [account.weighings[kind] for account in accounts]
            logs = [np.log(np.maximum(weighing.weights, MIN_WEIGHT)) for weighing in found]
            scores[kind] = self._scores(self._mean(logs))
            terms[kind] = {name: self._mean([weighing.terms[name] for weighing in found]) for name in found[0].terms}
        return add_to_scores(accounts[0], scores, terms, AGREEMENT, self.mask)

    def word_weights(self) -> list[list[WordWeight]]:
        """Return the words of each sentence and their share in what it says to the network, (S,)."""
        return self._joint_reading.word_weights()

    def similarity(self, index: int, first: int = 0, end: int | None = None) -> Floats:
        """Return the likeness of the sentences from `first` to before `end`, all by default, to one, 0 to 1."""
        own = self._joint_reading.similarity(index, first, end)
        shared = np.minimum(1.0, self._sharing.overlap_with(index, first, end) * REPEATS / REPEATED)
        return np.where(self.text_of[first:end] == self.text_of[index], own, np.maximum(own, shared))

    @property
    def _judge(self) -> Judge:
        return self._joint_reading


class MultiDocumentScorer(NetworkScorer):
    """Weighs the sentences of several texts with a trained model.

    Args:
        model: what `load_model` read.
        joined: all texts in one document.
        documents: each by itself, in order; their sentences are those of the whole.
        days: of each, where it is known; without them a later text is taken for a newer one.
    """

    def __init__(
        self, model: Model, joined: Document, documents: Sequence[Document], days: Sequence[Day | None]
    ) -> None:
        super().__init__(model)
        self._joined = joined
        told = [(document, day) for document, day in zip(documents, days, strict=True) if document.sentences]
        self._documents, self._days = [document for document, _ in told], [day for _, day in told]

    def read(  # type: ignore[override]
        self, document: Document, target_sentences: int
    ) -> "Reading | LongReading | MultiDocumentReading":
        """Read the texts for a summary of n sentences; another document, such as a part of them, as any other."""
        if document.text != self._joined.text:
            return super().read(document, target_sentences)
        documents = [replace(part, lexicon=document.lexicon) for part in self._documents]
        own = [find_terms(part) for part in documents]
        sizes = [len(part.sentences) for part in documents]
        text_of, firsts = np.repeat(np.arange(len(sizes)), sizes), np.cumsum([0, *sizes])
        terms, orders = find_terms(document), _orders(len(sizes))
        parts = [_Part(Reading(document, terms, self.model, target_sentences), np.arange(len(text_of)))]
        for order in orders[1:]:
            indices = np.concatenate([np.arange(firsts[number], firsts[number + 1]) for number in order])
            turned = join_documents([documents[number] for number in order], [""] * len(order), document.language)
            turned = replace(turned, lexicon=document.lexicon)
            parts.append(_Part(Reading(turned, terms.reordered(indices), self.model, target_sentences), indices))
        for number, (part, of_part) in enumerate(zip(documents, own, strict=True)):
            indices = np.arange(firsts[number], firsts[number + 1])
            parts.append(_Part(Reading(part, of_part, self.model, target_sentences), indices))
        return MultiDocumentReading(document, parts, text_of, terms, self._days)


def _orders(num_texts: int) -> list[list[int]]:
    """Return the orders in which texts are read as one: their own, and some that begin with others and go round."""
    starts = [index * num_texts // min(num_texts, MAX_ORDERS) for index in range(min(num_texts, MAX_ORDERS))]
    return [[*range(start, num_texts), *range(start)] for start in starts]

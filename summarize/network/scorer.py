"""The network as a scorer: the attention weight of each sentence."""

from collections.abc import Mapping, Sequence
from copy import copy
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.words import JudgeRequest
from summarize.document import ATTENTION_KINDS, AttentionKind, Document, Form
from summarize.errors import ModelError
from summarize.explanation import AttentionReport, Outcome, SentenceScores, Steps, WordWeight
from summarize.interface import _
from summarize.lexicon import NO_INFORMATION
from summarize.network.attention import Array, masked_softmax
from summarize.network.bags import SentenceBags
from summarize.network.encoder import Tokens, sentence_states, sentence_vectors, word_attention
from summarize.network.explanation import score_terms
from summarize.network.features import (
    FEATURE_NAMES,
    MAX_TARGET_SENTENCES,
    WANTED_FEATURE,
    sentence_features,
    target_length_feature,
    term_features,
)
from summarize.network.judge import (
    CONTEXT_WORDS,
    embed,
    encode_forms,
    features_of_all,
    judge_sentences,
    spell,
    weights_of_judge,
)
from summarize.network.layers import Weights, doubled
from summarize.network.parallel import parallel_attention
from summarize.network.sequential import sequential_attention
from summarize.network.storage import Model
from summarize.network.tree import find_tree, tree_attention
from summarize.summary import QueryMatch
from summarize.text.grammar import LIKELY, Grammar
from summarize.text.marks import is_question_sentence
from summarize.text.terms import DocumentTerms, find_terms, word_spans
from summarize.text.vocabulary import UNKNOWN_ID, Vocabulary

if TYPE_CHECKING:
    from summarize.network.long import LongReading

# OpenBLAS computes small matrices in whole vector registers, and what lies in the unused lanes may raise the flag.
_without_false_alarm = np.errstate(invalid="ignore")

MIN_WORDS = 3  # of a sentence that may be chosen
_PAIRS_AT_ONCE = 1_000_000  # of sentences, when a document is weighed in several ways: memory stays flat
MAX_AT_ONCE = 400  # sentences; a longer document is read stretch by stretch (`network.long`)


def encode_terms(terms: DocumentTerms, vocabulary: Vocabulary, ids: NDArray[np.int32] | None = None) -> Tokens:
    """Spell a document's words with the ids of a vocabulary.

    There can be more tokens than words, since an unknown word may be spelled by its characters.

    Args:
        terms: those of the document.
        vocabulary: which terms are known.
        ids: what `Vocabulary.ids_of` says of the terms, if that is known.
    """
    flat, lengths = _spell(terms, vocabulary, ids)
    starts = np.cumsum(lengths) - lengths
    per_word = lengths[terms.term_ids]  # (words,)
    ends = np.cumsum(per_word)  # (words,)
    within = np.arange(int(per_word.sum())) - np.repeat(ends - per_word, per_word)
    token_ids = flat[np.repeat(starts[terms.term_ids], per_word) + within]
    return Tokens(token_ids, np.repeat(terms.term_ids, per_word), np.append(0, ends)[terms.bounds])


def _spell(
    terms: DocumentTerms, vocabulary: Vocabulary, ids: NDArray[np.int32] | None = None
) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """Return the token ids of the terms one after the other, and how many each has, (terms,)."""
    if ids is None:
        ids = vocabulary.ids_of(terms.terms)
    is_unknown = ids == UNKNOWN_ID
    spelled = [vocabulary.encode(terms.terms[number]) for number in np.flatnonzero(is_unknown).tolist()]
    lengths = np.ones(len(ids), np.int64)
    lengths[is_unknown] = [len(of_term) for of_term in spelled]
    flat = np.repeat(ids, lengths)
    flat[np.repeat(is_unknown, lengths)] = list(chain.from_iterable(spelled))
    return flat, lengths


def term_idf(terms: DocumentTerms, vocabulary: Vocabulary, idf: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the information of each of a document's terms, (terms,); that of an unknown one is `idf[1]`."""
    return idf[vocabulary.ids_of(terms.terms)].astype(np.float64)


def text_mask(document: Document) -> NDArray[np.bool_]:
    """Return which sentences are text, (S,); where there is none, which are headings; where there is none, all."""
    is_text = np.array([sentence.is_text for sentence in document.sentences])
    if is_text.any():
        return is_text
    is_heading = np.array([sentence.is_heading for sentence in document.sentences])
    return is_heading if is_heading.any() else ~is_heading


def candidate_mask(document: Document, terms: DocumentTerms) -> NDArray[np.bool_]:
    """Return which sentences may be chosen, (S,).

    They are text of at least `MIN_WORDS` words that asks nothing; where there is none, questions too, or all text.
    The network has learned that short sentences are often good, from headlines, and in speech it would choose "好。"
    A question is not a summary; its answer is.
    """
    is_text = text_mask(document)
    is_long_enough = is_text & (terms.lengths >= MIN_WORDS)
    is_statement = is_long_enough & ~np.array(
        [is_question_sentence(text) for text in document.sentence_texts()], np.bool_
    )
    return next((mask for mask in (is_statement, is_long_enough) if mask.any()), is_text)


def attend(
    kind: AttentionKind,
    states: Array,
    features: Array,
    paragraphs: NDArray[np.integer],
    mask: NDArray[np.bool_],
    weights: Weights,
) -> NDArray[np.float64]:
    """Return what a kind of attention gives each sentence, (..., S), summing to 1; at least one may be chosen.

    Args:
        kind: which.
        states: h, (..., S, H).
        features: f, (..., S, F).
        paragraphs: (S,), the number of each sentence's paragraph.
        mask: (S,), True where a sentence may be chosen.
        weights: those of the model.

    Raises:
        ModelError: it gives them no numbers, or none of them anything: the weights are none that were learned.
    """
    if kind == "parallel":
        alpha = parallel_attention(states, features, mask, weights)
    elif kind == "sequential":
        alpha = sequential_attention(states, features, mask, weights)[0]
    else:
        alpha = tree_attention(states, features, paragraphs, mask, weights)
    exact = alpha.astype(np.float64)
    total = exact.sum(axis=-1, keepdims=True)
    if not ((total > 0) & (total < np.inf)).all():  # nor is it more than 0 where a number is none
        raise ModelError(_("the model gives every sentence an invalid weight; train it again"))
    return np.asarray(exact / total)


class ReadingBase:
    """The base class of readings: what a model knows about words, independent of the sentences it reads.

    Args:
        document: what is read; has at least one sentence.
        model: what to read it with.

    Attributes:
        max_target_sentences: a longer summary is weighed as one of n sentences.
        closed: no sentence is ruled out but by its weight.
        query: none was asked.
    """

    max_target_sentences = MAX_TARGET_SENTENCES
    closed: Mapping[int, Outcome] = MappingProxyType({})
    query: QueryMatch | None = None

    def __init__(self, document: Document, model: Model) -> None:
        self._document, self._model = document, model
        self._weights = doubled(model.weights)

    def information(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """Return the information of words in Simplified characters and small letters, (N,).

        The words that the user says are stop words have next to none.
        """
        return self._informed(terms, self._model.vocabulary.ids_of(terms))

    def _informed(self, terms: Sequence[str], ids: NDArray[np.int32]) -> NDArray[np.float64]:
        found, stop_words = self._model.idf[ids].astype(np.float64), self._document.lexicon.stop_words
        if stop_words:
            found[[term in stop_words for term in terms]] = NO_INFORMATION
        return found

    @_without_false_alarm
    def judge(
        self,
        words: Sequence[str],
        before: Sequence[str],
        forms: Sequence[Form],
        *,
        has_stop: bool,
        least_good: float = 0.0,
    ) -> NDArray[np.float64]:
        """Return how likely a reader calls each form of a sentence good, poor and false, (N, 3) (`network.judge`).

        Of each form it is what the judge says who finds it least likely to be good.

        Args:
            words: of the sentence, without its stop, in Simplified characters.
            before: what stands before it.
            forms: N of them, at least one.
            has_stop: whether the sentence ends in a stop.
            least_good: a form that a judge finds less likely to be good is shown to no further judge.
        """
        return self.judge_all([JudgeRequest(words, before, forms, has_stop)], least_good=least_good)[0]

    @_without_false_alarm
    def judge_all(self, asked: Sequence[JudgeRequest], *, least_good: float = 0.0) -> list[NDArray[np.float64]]:
        """Return what `judge` says of each of some sentences, which are read side by side."""
        model, language = self._model, self._document.language
        words = [[*one.before[-CONTEXT_WORDS:], *one.words] for one in asked]
        num_context = [len(all_words) - len(one.words) for all_words, one in zip(words, asked, strict=True)]
        embedded = embed(spell(list(chain.from_iterable(words)), model.vocabulary), model.vectors)
        features = features_of_all(words, num_context, language, model.grammar)
        ends = np.cumsum([len(batch) for batch in words])[:-1]
        read = [np.concatenate(both, axis=-1) for both in zip(np.split(embedded, ends), features, strict=True)]
        found = [np.tile((1.0, 0.0, 0.0), (len(one.forms), 1)) for one in asked]
        for number in range(model.network.num_judges):
            shown = [np.flatnonzero(verdicts[:, 0] >= least_good) for verdicts in found]
            indices = [index for index, forms in enumerate(shown) if len(forms)]
            if not indices:
                break
            layouts = [
                encode_forms(
                    [asked[index].forms[form] for form in shown[index].tolist()],
                    words[index],
                    num_context[index],
                    language,
                    has_stop=asked[index].has_stop,
                )
                for index in indices
            ]
            weights = weights_of_judge(self._weights, number)
            for index, verdicts in zip(
                indices, judge_sentences([read[k] for k in indices], layouts, weights), strict=True
            ):
                is_worse = ~(verdicts[:, 0] >= found[index][shown[index], 0])  # nor is what is no number any better
                found[index][shown[index][is_worse]] = verdicts[is_worse]
        return found

    def may_be_predicate(self, word: str) -> bool:
        """Return whether a word, in Simplified characters, may begin a predicate."""
        return self._model.grammar.predicate_level(word.lower()) >= LIKELY


class Reading(ReadingBase):
    """A document as the network has read it.

    Args:
        document: what to read; has at least one sentence.
        terms: its terms.
        model: what to read it with.
        target_sentences: sentences of the summary that is asked for, at least 1.
        mask: (S,), True where a sentence may be chosen; by default what `candidate_mask` finds.

    Attributes:
        content: x, (S, D), what the words of each sentence say to the network.
        features: f, (S, F).
        states: h, (S, H).
        mask: (S,), True where a sentence may be chosen.
        paragraphs: (S,), the number of each sentence's paragraph.
    """

    @_without_false_alarm
    def __init__(
        self,
        document: Document,
        terms: DocumentTerms,
        model: Model,
        target_sentences: int,
        *,
        mask: NDArray[np.bool_] | None = None,
    ) -> None:
        super().__init__(document, model)
        ids = model.vocabulary.ids_of(terms.terms)
        idf = self._informed(terms.terms, ids)
        self._terms = terms
        self._bags = SentenceBags(terms, idf)
        self.features: NDArray[np.float64] = sentence_features(
            document, terms, self._bags, idf, target_sentences=target_sentences
        )
        self._of_terms = term_features(terms, self._bags, idf)
        self._tokens = encode_terms(terms, model.vocabulary, ids)
        self.content: Array = sentence_vectors(self._tokens, self._of_terms, model.vectors, self._weights)
        self.states: Array = sentence_states(self.content, self.features, self._weights)
        self.mask: NDArray[np.bool_] = candidate_mask(document, terms) if mask is None else mask
        self.paragraphs: NDArray[np.intp] = np.array([sentence.paragraph for sentence in document.sentences])

    @_without_false_alarm
    def weigh(self, kind: AttentionKind) -> NDArray[np.float64]:
        """Return the attention weight of each sentence, (S,), 0 to 1.

        They sum to 1. What may not be chosen has weight 0: headings, and sentences of a word or two.
        """
        return attend(kind, self.states, self.features, self.paragraphs, self.mask, self._weights)

    @_without_false_alarm
    def for_length(self, target_sentences: int) -> "Reading":
        """Return the same document read for a summary of n sentences, at least 1; itself if it is weighed so."""
        other = copy(self)
        other.features = self.features.copy()
        other.features[:, FEATURE_NAMES.index(WANTED_FEATURE)] = target_length_feature(target_sentences)
        if np.array_equal(other.features, self.features):
            return self
        other.states = sentence_states(self.content, other.features, self._weights)
        return other

    @_without_false_alarm
    def explain(self) -> AttentionReport:
        """Weigh with each kind of attention as `weigh` does, and say why."""

        def weigh_all(features: Array) -> NDArray[np.float64]:
            shared = self.paragraphs, self.mask, self._weights
            found = []
            for batch in np.array_split(features, 1 + features[..., 0].size * len(self.mask) // _PAIRS_AT_ONCE):
                states = sentence_states(self.content, batch, self._weights)
                found.append([attend(kind, states, batch, *shared) for kind in ATTENTION_KINDS])
            return np.concatenate(found, axis=1)

        weights = [self.weigh(kind) for kind in ATTENTION_KINDS]
        terms = score_terms(weigh_all, weights, self.features, self.mask)
        weighings: dict[AttentionKind, SentenceScores] = {
            kind: SentenceScores(of_kind, own, self.mask)
            for kind, of_kind, own in zip(ATTENTION_KINDS, weights, terms, strict=True)
        }
        _, steps = sequential_attention(self.states, self.features, self.mask, self._weights)
        tree = find_tree(self.states, self.features, self.paragraphs, self.mask, self._weights)
        return AttentionReport(weighings, Steps(masked_softmax(self._weights["sequential/pi"]), steps), tree)

    @_without_false_alarm
    def word_weights(self) -> list[list[WordWeight]]:
        """Return the words of each sentence and their share in what it says to the network, (S,)."""
        beta = word_attention(self._tokens, self._of_terms, self._model.vectors, self._weights)  # (tokens,)
        _, spelled = _spell(self._terms, self._model.vocabulary)
        cumulative = np.append(0, np.cumsum(beta, dtype=np.float64))[
            np.append(0, np.cumsum(spelled[self._terms.term_ids]))
        ]
        shares = iter(np.diff(cumulative).tolist())  # of each word
        return [[WordWeight(start, end, next(shares)) for start, end in spans] for spans in word_spans(self._document)]

    def similarity(self, index: int, first: int = 0, end: int | None = None) -> NDArray[np.float64]:
        """Return the cosine of tf-idf of sentences, from `first` to before `end` or all, with one of them, 0 to 1."""
        return self._bags.similarity_to(index, first, end)


class NetworkScorer:
    """Weighs the sentences of documents with a trained model.

    Args:
        model: what `load_model` read.
    """

    def __init__(self, model: Model) -> None:
        self.model = model

    @property
    def default_attention(self) -> AttentionKind:
        """The kind of attention that did best on dev."""
        return self.model.default_attention

    @property
    def grammar(self) -> Grammar:
        """What a corpus has shown about words."""
        return self.model.grammar

    def selection(self, kind: AttentionKind) -> SelectionConfig:
        """Return how sentences are chosen by the weights of a kind of attention."""
        return self.model.selection[kind]

    def read(self, document: Document, target_sentences: int) -> "Reading | LongReading":
        """Read a document that has at least one sentence, for a summary of n sentences."""
        terms = find_terms(document)
        if len(document.sentences) <= MAX_AT_ONCE:
            return Reading(document, terms, self.model, target_sentences)
        from summarize.network.long import LongReading  # a text of common length does not load it

        return LongReading(document, terms, self.model, target_sentences)

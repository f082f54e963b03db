"""Query-focused attention: the query's match with each sentence is combined with the attention weight.

    w_i = softmax over candidates i of (a log alpha_i + b . k(q, i))

    alpha   attention weights of the sentences without a query
    k       the numbers of `MATCH_FEATURES`, the key of a sentence under the query q: whether it has the words that are
            asked for, or words near to them (word vectors, pairs of Chinese characters); whether its neighbours, its
            heading and its speaker have them; whether it has what the question wants, a number, a time or a reason
    a, b    learned from questions and what people answered them with (`summarize.train.query`), in `query.json`

It is `attention` with a trained score of a query and keys. BM25 after Robertson & Zaragoza 2009.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from summarize.decide.selection import NOISE
from summarize.decide.words import Judge
from summarize.document import ATTENTION_KINDS, AttentionKind, Document
from summarize.errors import ModelError
from summarize.explanation import AttentionReport, Outcome, WordWeight
from summarize.interface import _
from summarize.network.judging import DelegatesJudging
from summarize.network.reweighing import MIN_WEIGHT, add_to_scores, softmax
from summarize.network.scorer import NetworkScorer, Reading
from summarize.network.storage import Model
from summarize.network.together import MultiDocumentReading
from summarize.summary import QueryMatch
from summarize.text.asking import WANTED_KINDS, Query, read_query, stem
from summarize.text.normalization import normalize
from summarize.text.terms import DocumentTerms, find_terms
from summarize.text.tokenization import is_word, tokenize
from summarize.text.word_classes import words_of_all

if TYPE_CHECKING:
    from summarize.network.long import LongReading

Floats = NDArray[np.float64]
Information = Callable[[Sequence[str]], Floats]

MATCH_FEATURES = (
    "ranking",  # its BM25, over the largest in the text
    "near_words",  # share of the information asked for, each word by how near the nearest of its own is
    "meaning",  # cosine of the mean word vectors
    "pairs",  # share of the pairs of characters asked for that it has, of what the text has
    "before",  # share of the information asked for, of what the text has, that the words of the sentence before it have
    "behind",  # the same of the sentence behind it
    "around",  # its mean in the ten sentences to both sides, over the largest in the text
    "heading",  # the same of the headings above it
    "speaker",  # share of the information asked for that the name of its speaker has
    *(f"wanted_{kind}" for kind in WANTED_KINDS),  # it has what the question wants
)
SALIENCE = "salience"  # a
QUERY_TERM = "query"  # the name of what the query adds, in explanations
WEIGHTS_FILE = Path(__file__).with_name("query.json")
FORMAT = 1  # of that file

_STEM_MATCH, _PART_MATCH = 0.9, 0.6  # how much a word counts that has but the stem, or is a part of the other
_MIN_PART = 2  # characters
_MIN_NEAR = 0.5  # cosine from which on words are near
_MIN_MATCHED = 0.25  # of what the words of a query say: what a text must have that has to do with it
_AROUND = 10  # sentences
_K1, _B = 1.2, 0.75
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万亿两]{2}|\b(?:two|three|four|five|six|seven|eight|nine|ten)\b")
_REASONS = words_of_all("reason", "cause")
_TIMES = words_of_all("time", "time_unit", "month", "weekday")


class QueryMatcher:
    """What the sentences of a document have to do with a query.

    Args:
        document: with at least one sentence.
        terms: its terms.
        model: has the word vectors and what words say.
        query: what is asked.
        information: from words to what they say, in nats.

    Attributes:
        features: (S, F), 0 to 1, in the order of `MATCH_FEATURES`; of meaning -1 to 1.
        is_matched: whether anything in the text has to do with the query.
    """

    def __init__(
        self, document: Document, terms: DocumentTerms, model: Model, query: Query, information: Information
    ) -> None:
        self._document, self._terms, self._query = document, terms, query
        self._rows = np.repeat(np.arange(terms.num_sentences), terms.lengths)  # (words,)
        self._information, self._of_terms = information(query.terms), information(terms.terms)  # (Q,), (terms,)
        self._matches = _matching_terms(query.terms, terms.terms)
        found = np.zeros((len(query.terms), terms.num_sentences))  # how well each word is met in each sentence
        for row, matches in zip(found, self._matches, strict=True):
            of_term = np.zeros(len(terms.terms))
            of_term[list(matches)] = list(matches.values())
            np.maximum.at(row, self._rows, of_term[terms.term_ids])
        speaker = self._speaker()
        known = found.max(axis=1, initial=0)
        words = self._share(found, known)
        near, meaning = self._vectors(model)
        columns = {
            "ranking": self._ranking(),
            "near_words": near,
            "meaning": meaning,
            "pairs": self._pairs(),
            "before": np.append(0.0, words[:-1]),
            "behind": np.append(words[1:], 0.0),
            "around": _around(words),
            "heading": _under_headings(document, words),
            "speaker": speaker,
            **self._wanted(),
        }
        self.features: Floats = np.stack([columns[name] for name in MATCH_FEATURES], axis=1)
        asked, has_words = self._information.sum(), self._information @ known
        self.is_matched: bool = bool(
            (has_words > 0 and has_words >= _MIN_MATCHED * asked * (1 - NOISE))
            or speaker.any()
            or columns["pairs"].any()
        )

    def _share(self, found: Floats, possible: Floats) -> Floats:
        """Return the share of what is possible that is found, weighed by what the words of the query say, (S,).

        Where less than half of what is asked for is possible, it is the share of that half: a text that has but the
        lightest word of a query has little to do with it.
        """
        most = max(float(self._information @ possible), float(self._information.sum()) / 2)
        return self._information @ found / most if most > 0 else np.zeros(found.shape[1])

    def _ranking(self) -> Floats:
        """Return the BM25 of each sentence over the largest, (S,)."""
        lengths = self._terms.lengths.astype(np.float64)
        relative = 1 - _B + _B * lengths / max(1.0, lengths.mean())
        total, num_sentences = np.zeros(len(lengths)), len(lengths)
        for matches in self._matches:
            of_term = np.zeros(len(self._terms.terms))
            of_term[list(matches)] = list(matches.values())
            counts = np.bincount(self._rows, of_term[self._terms.term_ids], num_sentences)
            num_having = np.count_nonzero(counts)
            rarity = math.log1p((num_sentences - num_having + 0.5) / (num_having + 0.5))
            total += rarity * counts * (_K1 + 1) / (counts + _K1 * relative)
        return _over_largest(total)

    def _vectors(self, model: Model) -> tuple[Floats, Floats]:
        """Return how near the words of each sentence come to those of the query, (S,), and the cosine of both, (S,)."""
        num_sentences = self._terms.num_sentences
        own, asked = (_term_vectors(words, model) for words in (self._terms.terms, self._query.terms))
        near = np.zeros((len(asked), num_sentences))
        for row, vector, matches in zip(near, asked, self._matches, strict=True):
            of_term = np.clip((own @ vector - _MIN_NEAR) / (1 - _MIN_NEAR), 0, 1)
            of_term[list(matches)] = np.maximum(of_term[list(matches)], list(matches.values()))
            np.maximum.at(row, self._rows, of_term[self._terms.term_ids])
        weighed = own * self._of_terms[:, None]  # (terms, E)
        sums = [np.bincount(self._rows, column[self._terms.term_ids], num_sentences) for column in weighed.T]
        means, wanted = np.stack(sums, axis=1), self._information @ asked  # (S, E), (E,)
        norms = np.linalg.norm(means, axis=1) * np.linalg.norm(wanted)
        meaning = np.divide(means @ wanted, norms, out=np.zeros(num_sentences), where=norms > 0)
        return self._share(near, np.ones(len(asked))), meaning

    def _pairs(self) -> Floats:
        """Return the share of the pairs of characters that each sentence has, of those that any has, (S,)."""
        texts = map(normalize, self._document.sentence_texts())
        found = np.array([[pair in text for pair in self._query.pairs] for text in texts], np.float64)
        most = np.count_nonzero(found.any(axis=0))
        return found.sum(axis=1) / most if most else np.zeros(len(found))

    def _speaker(self) -> Floats:
        """Return the share of what is asked for that the name of each sentence's speaker has, (S,)."""
        spans = [sentence.speaker for sentence in self._document.sentences]
        return np.array([self._of_name(self._document.text[slice(*span)]) if span else 0.0 for span in spans])

    @cache  # noqa: B019  # the few names of a text, as long as its matching lives
    def _of_name(self, name: str) -> float:
        words = tuple(token for token in tokenize(normalize(name).lower()) if is_word(token))
        met = [max(matches.values(), default=0.0) for matches in _matching_terms(self._query.terms, words)]
        return float(self._share(np.array(met)[:, None], np.ones(len(met)))[0]) if met else 0.0

    def _wanted(self) -> dict[str, Floats]:
        """Return whether each sentence has what the question wants, by kind, (S,)."""
        terms, texts = self._terms.terms, list(self._document.sentence_texts())
        has = {
            "number": [_NUMBER.search(text) is not None for text in texts],
            "time": self._has_any([term in _TIMES or term[-1:] in _TIMES for term in terms]),
            "reason": self._has_any([term in _REASONS for term in terms]),
        }
        return {
            f"wanted_{kind}": np.array(has[kind], np.float64) * (kind in self._query.wants) for kind in WANTED_KINDS
        }

    def _has_any(self, is_in_class: Sequence[bool]) -> Floats:
        counts = np.bincount(
            self._rows, np.array(is_in_class, np.float64)[self._terms.term_ids], self._terms.num_sentences
        )
        return np.asarray(counts > 0, np.float64)

    @cached_property
    def match(self) -> QueryMatch:
        """Where in the text the words are that the query asks for."""
        found = set().union(*self._matches) if self._matches else set()
        words = [
            sorted({self._terms.terms[term] for term in set(self._terms.sentence(index).tolist()) & found})
            for index in range(self._terms.num_sentences)
        ]
        pieces = zip(self._document.sentences, words, strict=True)
        text = normalize(self._document.text)
        spans = tuple(tuple(_find_words(text, sentence.body, sentence.end, own)) for sentence, own in pieces)
        return QueryMatch(self._query.text, self._query.terms, self.is_matched, spans)


def _matching_terms(wanted: Sequence[str], terms: Sequence[str]) -> list[dict[int, float]]:
    """Return for each of some words which of others meet it, and how well, above 0 to 1."""
    stems = {term: stem(term) for term in terms}
    found: list[dict[int, float]] = []
    for word in wanted:
        stemmed, is_latin = stem(word), word.isascii()
        own: dict[int, float] = {}
        for number, term in enumerate(terms):
            if term == word:
                own[number] = 1.0
            elif stems[term] == stemmed:
                own[number] = _STEM_MATCH
            elif not is_latin and min(len(term), len(word)) >= _MIN_PART and (term in word or word in term):
                own[number] = _PART_MATCH
        found.append(own)
    return found


def _find_words(text: str, start: int, end: int, words: Iterable[str]) -> Iterable[tuple[int, int]]:
    """Yield where some words stand in text[start:end], in order."""
    alternatives = "|".join(
        rf"(?<![^\W_]){re.escape(word)}(?![^\W_])" if word.isascii() else re.escape(word)
        for word in sorted(words, key=len, reverse=True)
    )
    if alternatives:
        yield from (match.span() for match in re.compile(alternatives, re.IGNORECASE).finditer(text, start, end))


def _term_vectors(words: Sequence[str], model: Model) -> Floats:
    """Return the word vectors of words as unit vectors, float64 (words, E); 0 for what has none."""
    vectors = np.zeros((len(words), model.network.embedding_size))
    for number, word in enumerate(words):
        vectors[number] = model.vectors[np.array(model.vocabulary.encode(word))].mean(axis=0)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(np.divide(vectors, norms, out=np.zeros_like(vectors), where=norms > 0))


def _over_largest(values: Floats) -> Floats:
    largest = values.max(initial=0.0)
    return values / largest if largest > 0 else np.zeros_like(values)


def _around(words: Floats) -> Floats:
    """Return the mean of what the sentences within `_AROUND` have, over the largest, (S,)."""
    sums = np.append(0.0, np.cumsum(words))
    index = np.arange(len(words))
    low, high = np.maximum(0, index - _AROUND), np.minimum(len(words), index + _AROUND + 1)
    return _over_largest((sums[high] - sums[low]) / (high - low))


def _under_headings(document: Document, words: Floats) -> Floats:
    """Return what the heading above each sentence has, the best of several that stand together, (S,)."""
    found, current, is_run = np.zeros(len(words)), 0.0, False
    for index, sentence in enumerate(document.sentences):
        if sentence.is_heading:
            current, is_run = max(words[index], current if is_run else 0.0), True
        else:
            found[index], is_run = current, False
    return found


class QueryReading(DelegatesJudging):
    """A document that is read for what a query asks.

    Args:
        reading: the same document without the query.
        matching: what its sentences have to do with it.
        weights: b, (F,), and a after them.
    """

    max_target_sentences: int = Reading.max_target_sentences

    def __init__(
        self, reading: "Reading | LongReading | MultiDocumentReading", matching: QueryMatcher, weights: Floats
    ) -> None:
        self._reading, self._weights, self._matching = reading, weights, matching
        self._asked = matching.features @ weights[:-1] if matching.is_matched else np.zeros(len(matching.features))
        self._salience = float(weights[-1]) if matching.is_matched else 1.0
        self.mask: NDArray[np.bool_] = reading.mask

    @property
    def query(self) -> QueryMatch:
        """What the document has to do with the query."""
        return self._matching.match

    @property
    def closed(self) -> Mapping[int, Outcome]:
        """The sentences that may not be chosen although they have a weight, and what becomes of them."""
        return self._reading.closed

    def information(self, terms: Sequence[str]) -> Floats:
        """Return the information of words in Simplified characters and small letters, (N,)."""
        return self._reading.information(terms)

    def weigh(self, kind: AttentionKind) -> Floats:
        """Return the weight of each sentence, (S,), 0 to 1; they sum to 1. Without a match no query counts."""
        logs = np.log(np.maximum(self._reading.weigh(kind), MIN_WEIGHT))
        return softmax(self._salience * logs + self._asked, self.mask)

    def for_length(self, target_sentences: int) -> "QueryReading":
        """Return the same document read for a summary of n sentences, at least 1; itself if it is weighed so."""
        reading = self._reading.for_length(target_sentences)
        return self if reading is self._reading else QueryReading(reading, self._matching, self._weights)

    def explain(self) -> AttentionReport:
        """Weigh with each kind of attention as `weigh` does, and say why; the query is a term beside the others."""
        account = self._reading.explain()
        scores, terms = {}, {}
        for kind in ATTENTION_KINDS:
            weighing = account.weighings[kind]
            logs = np.log(np.maximum(weighing.weights, MIN_WEIGHT))
            scores[kind] = self._salience * logs + self._asked
            terms[kind] = {name: self._salience * term for name, term in weighing.terms.items()}
        return add_to_scores(account, scores, terms, QUERY_TERM, self.mask)

    def word_weights(self) -> list[list[WordWeight]]:
        """Return the words of each sentence and their share in what it says to the network, (S,)."""
        return self._reading.word_weights()

    def similarity(self, index: int, first: int = 0, end: int | None = None) -> Floats:
        """Return the likeness of the sentences from `first` to before `end`, all by default, to one, 0 to 1."""
        return self._reading.similarity(index, first, end)

    @property
    def _judge(self) -> Judge:
        return self._reading


class QueryScorer(NetworkScorer):
    """Weighs the sentences of documents by what a query asks.

    Args:
        scorer: weighs them without it.
        text: the query.
        weights: as `load_weights` returns them; by default the ones supplied.

    Raises:
        ModelError: these cannot be read.
    """

    def __init__(self, scorer: NetworkScorer, text: str, weights: Floats | None = None) -> None:
        super().__init__(scorer.model)
        self._scorer, self._text = scorer, text
        self._weights = load_weights() if weights is None else weights

    def read(self, document: Document, target_sentences: int) -> QueryReading:  # type: ignore[override]
        """Read a document that has at least one sentence, for a summary of n sentences."""
        reading = self._scorer.read(document, target_sentences)
        query = read_query(self._text, document.lexicon)
        matching = QueryMatcher(document, find_terms(document), self.model, query, reading.information)
        return QueryReading(reading, matching, self._weights)


def load_weights(path: Path = WEIGHTS_FILE) -> Floats:
    """Read what `save_weights` wrote, (F + 1,).

    Raises:
        ModelError: the file is missing or damaged, or made for another version.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["format"] != FORMAT:
            raise ValueError(
                _("its format is {found}, but this version reads {known}").format(found=found["format"], known=FORMAT)
            )
        named: dict[str, float] = found["weights"]
        if list(named) != [*MATCH_FEATURES, SALIENCE]:
            raise ValueError(_("it was trained with other features than this version computes"))
        weights = np.array(list(named.values()), np.float64)
        if not np.isfinite(weights).all() or weights.shape != (len(named),) or weights[-1] < 0:
            raise ValueError(_("its weights are not usable numbers"))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            _("{name}: the query weights cannot be used: {reason}").format(name=path, reason=error)
        ) from error
    return weights


def save_weights(weights: Floats, path: Path = WEIGHTS_FILE) -> None:
    """Write the weights of a query, (F + 1,), rounded to four places."""
    named = dict(zip([*MATCH_FEATURES, SALIENCE], weights.round(4).tolist(), strict=True))
    path.write_text(json.dumps({"format": FORMAT, "weights": named}, indent=2) + "\n", encoding="utf-8")

"""A sentence's place and company as numbers: what the network is told beside the words.

Everything is linear in the length of the document: cosines to a sum of sentences are sums of cosines, and sums
over all earlier sentences are running sums within each term.
"""

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.text.marks import (
    CLAUSE_MARKS,
    DOUBLE_QUOTE_PAIRS,
    EXCLAMATION_MARKS,
    FINISHED,
    QUESTION_MARKS,
    STRAIGHT_QUOTE,
)
from summarize.text.patterns import has_any, lazy
from summarize.text.terms import DocumentTerms
from summarize.text.word_classes import CONCLUSION, COURTESY, LEANING, PERSONS, TALK

Floats = NDArray[np.float64]

PLACE_FEATURES = (
    "place_first",  # is the first sentence
    "place_last",
    "place_relative",  # 0 for the first sentence, 1 for the last
    "place_reciprocal",  # 1, 1/2, 1/3 ...
    "place_log",  # log(1 + index) / 5
    "paragraph_relative",  # the paragraph's place among paragraphs, 0 to 1
    "paragraph_first",  # is in the first paragraph
    "in_paragraph_relative",  # place within the paragraph, 0 to 1
    "opens_paragraph",
    "closes_paragraph",
)
COMPANY_FEATURES = (
    "length_log",  # log(1 + words) / 5
    "length_relative",  # words over the mean sentence's, halved, at most 2
    "length_rank",  # share of sentences that are shorter
    "centrality",  # mean cosine to the other sentences
    "centrality_relative",  # the same over the document's largest
    "centrality_rank",  # share of sentences that are less central
    "forward_centrality",  # mean cosine to the sentences behind it
    "backward_centrality",  # mean cosine to the sentences before it
    "title_similarity",  # cosine to the heading that opens the text; 0 without one
    "first_similarity",  # cosine to the first sentence that is not a heading
    "last_similarity",  # cosine to the last sentence
    "novelty",  # share of its information not said before
    "keyword_share",  # share of the document's 20 weightiest terms that it names, by weight
    "term_frequency",  # mean over its words of log(occurrences in the document), halved
    "idf_mean",  # mean information of its words / 10
    "has_number",
    "number_share",  # words with a digit / words
    "latin_share",  # words in Latin letters / words
    "is_quoted",
    "is_question",
    "is_exclamation",
    "is_unfinished",  # ends without a final mark
    "is_heading",
    "document_length",  # log(1 + sentences) / 6
    "is_english",
)
FORM_FEATURES = (
    "length_short",  # Chinese characters and 1.6 times its other words, over 60, at most 1
    "length_long",  # the same over 150
    "num_clauses",  # commas, semicolons and colons / 6, at most 1
    "num_numbers",  # words with a digit / 4, at most 1
    "leans",  # opens with a pronoun or connective that leans on what stands before
    "has_person",  # names whoever speaks or is spoken to
    "person_share",  # such words / words
    "talk_share",  # words of talk / words, at most 0.5, doubled
    "has_courtesy",  # has a word of greeting, of thanks, or of what stands around a text
    "has_conclusion",  # has a word of what follows from the rest
    "is_spoken",  # its speaker is named
    "opens_turn",  # is the first sentence of a turn of a named speaker
    "speaker_share",  # share of the document's words that its speaker says; 0 without a name
    "turn_length",  # log(1 + words of its turn) / 6; 0 without a name
    "is_listed",  # stands behind a list mark, a time stamp or the like
    "ends_open",  # ends in a colon, comma or semicolon
    "after_question",  # the sentence before it is a question
    "before_question",  # the sentence behind it is one
    "before_list",  # the sentence behind it is listed and it is not
    "is_apparatus",  # a byline, a caption ...
)
WANTED_FEATURE = "wanted_sentences"  # log(sentences of the summary asked for) / 2, at most that of `MOST_WANTED`
FEATURE_NAMES = (*PLACE_FEATURES, *COMPANY_FEATURES, *FORM_FEATURES, WANTED_FEATURE)
# What readers are told of; the rest is the same for all sentences of a document that may be chosen.
_GROUPS: dict[str, tuple[str, ...]] = {
    "place": PLACE_FEATURES,
    "length": ("length_log", "length_relative", "length_rank", "length_short", "length_long"),
    "centrality": (
        *("centrality", "centrality_relative", "centrality_rank", "forward_centrality", "backward_centrality"),
        *("keyword_share", "term_frequency"),
    ),
    "novelty": ("novelty",),
    "likeness": ("title_similarity", "first_similarity", "last_similarity"),
    "form": (
        *("idf_mean", "has_number", "number_share", "latin_share"),
        *("is_quoted", "is_question", "is_exclamation", "is_unfinished"),
        *(name for name in FORM_FEATURES if not name.startswith("length_")),
    ),
}
FEATURE_GROUPS = {group: [FEATURE_NAMES.index(name) for name in names] for group, names in _GROUPS.items()}
TERM_FEATURES = (
    "information",  # idf / 10
    "occurrences",  # log(occurrences in the document) / 3
    "spread",  # share of sentences that have it
    "in_opening",  # stands in the first sentence, heading or not
)
MOST_WANTED = 5  # a longer summary is chosen as one of so many sentences

_NUM_KEYWORDS = 20
_QUOTES = "".join([*DOUBLE_QUOTE_PAIRS, *DOUBLE_QUOTE_PAIRS.values(), STRAIGHT_QUOTE])
_DIGIT = lazy(r"\d")


class SentenceBags:
    """The sentences of a document as unit vectors of tf-idf, kept sparse.

    Args:
        terms: the document's terms.
        idf: (terms,), the information of each, above 0.
    """

    def __init__(self, terms: DocumentTerms, idf: Floats) -> None:
        self.num_sentences = terms.num_sentences
        self.num_terms = max(1, len(terms.terms))
        row_of_word = np.repeat(np.arange(terms.num_sentences), terms.lengths)
        keys, counts = np.unique(row_of_word * self.num_terms + terms.term_ids, return_counts=True)
        # Entries in coordinate form, sorted by sentence and by term within it.
        self.rows, self.columns = keys // self.num_terms, keys % self.num_terms  # (P,)
        values = counts * idf[self.columns] if len(keys) else np.zeros(0)
        norms = np.sqrt(_sums(self.rows, values**2, self.num_sentences))
        self.values: Floats = values / norms[self.rows]  # (P,)
        self._row_bounds = np.searchsorted(self.rows, np.arange(self.num_sentences + 1))
        self._by_term = np.argsort(self.columns, kind="stable")  # sorted by term and by sentence within it
        self._term_bounds = np.searchsorted(self.columns[self._by_term], np.arange(self.num_terms + 1))

    def total(self) -> Floats:
        """Return the sum of all sentences' vectors, (terms,)."""
        return _sums(self.columns, self.values, self.num_terms)

    def cosine_to(self, vector: Floats) -> Floats:
        """Return the dot product of each sentence with a vector over terms, (S,)."""
        return _sums(self.rows, self.values * vector[self.columns], self.num_sentences)

    def similarity_to(self, index: int) -> Floats:
        """Return the cosine of each sentence with one of them, (S,), 0 to 1; only its own terms are looked at."""
        own = slice(*self._row_bounds[index : index + 2])
        starts, ends = (self._term_bounds[self.columns[own] + step] for step in (0, 1))
        lengths = ends - starts
        behind = np.cumsum(lengths)
        position = np.arange(behind[-1] if len(behind) else 0) + np.repeat(starts - (behind - lengths), lengths)
        entries = self._by_term[position]
        products = self.values[entries] * np.repeat(self.values[own], lengths)
        return _sums(self.rows[entries], products, self.num_sentences)

    def similarity_to_earlier(self) -> Floats:
        """Return for each sentence the sum of its cosines to all sentences before it, (S,)."""
        values, columns = self.values[self._by_term], self.columns[self._by_term]
        running = np.cumsum(values) - values  # of all entries before, also those of other terms
        first_of_term = np.flatnonzero(np.diff(columns, prepend=-1))
        counts = np.diff(np.append(first_of_term, len(columns)))
        running -= np.repeat(running[first_of_term], counts)
        return _sums(self.rows[self._by_term], values * running, self.num_sentences)


def _sums(groups: NDArray[np.int64], values: Floats, num_groups: int) -> Floats:
    """Return the sum of the values of each group, (groups,)."""
    return np.asarray(np.bincount(groups, values, num_groups), np.float64)


def _rounded(sums: Floats) -> Floats:
    """Return sums of cosines without the noise of adding them up, which would be all there is where they are 0."""
    return np.maximum(0, np.round(sums, 9))


def _rank_share(values: Floats) -> Floats:
    """Return the share of values that are below each value, 0 to 1."""
    ordered = np.sort(values)
    return np.asarray(np.searchsorted(ordered, values) / max(1, len(values) - 1))


def _over(numerator: Floats, denominator: Floats | float) -> Floats:
    """Divide, with 0 where the denominator is 0."""
    denominator = np.broadcast_to(np.asarray(denominator, np.float64), numerator.shape)
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=denominator > 0)


def _place(document: Document) -> dict[str, Floats]:
    num_sentences = len(document.sentences)
    index = np.arange(num_sentences, dtype=np.float64)
    paragraph = np.array([sentence.paragraph for sentence in document.sentences])
    paragraph -= paragraph[0]  # of a part of a document
    opens = np.diff(paragraph, prepend=-1) != 0
    closes = np.append(opens[1:], True)
    first_of_paragraph = np.flatnonzero(opens)
    sizes = np.diff(np.append(first_of_paragraph, num_sentences))
    in_paragraph = index - np.repeat(first_of_paragraph, sizes)
    return {
        "place_first": index == 0,
        "place_last": index == num_sentences - 1,
        "place_relative": index / max(1, num_sentences - 1),
        "place_reciprocal": 1 / (1 + index),
        "place_log": np.log1p(index) / 5,
        "paragraph_relative": paragraph / max(1, paragraph[-1]),
        "paragraph_first": paragraph == 0,
        "in_paragraph_relative": in_paragraph / np.maximum(1, np.repeat(sizes, sizes) - 1),
        "opens_paragraph": opens,
        "closes_paragraph": closes,
    }


def _words(terms: DocumentTerms, idf: Floats) -> dict[str, Floats]:
    """What can be counted word by word."""
    num_sentences, lengths = terms.num_sentences, terms.lengths.astype(np.float64)
    row_of_word = np.repeat(np.arange(num_sentences), terms.lengths)

    def mean_over_words(of_term: Floats) -> Floats:
        return _over(_sums(row_of_word, of_term[terms.term_ids], num_sentences), lengths)

    occurrences = np.bincount(terms.term_ids, minlength=len(terms.terms)).astype(np.float64)
    first_seen = np.zeros(len(terms.term_ids), bool)
    first_seen[np.unique(terms.term_ids, return_index=True)[1]] = True
    information = idf[terms.term_ids]
    has_digit = np.array([bool(_DIGIT.search(term)) for term in terms.terms], np.float64)
    is_latin = np.array([term[0].isalpha() and term[0].isascii() for term in terms.terms], np.float64)
    number_share = mean_over_words(has_digit)
    return {
        "length_log": np.log1p(lengths) / 5,
        "length_relative": np.minimum(2, _over(lengths, lengths.mean()) / 2),
        "length_rank": _rank_share(lengths),
        "novelty": _over(
            _sums(row_of_word, information * first_seen, num_sentences),
            _sums(row_of_word, information, num_sentences),
        ),
        "term_frequency": mean_over_words(np.log(np.maximum(1, occurrences))) / 2,
        "idf_mean": mean_over_words(idf) / 10,
        "has_number": number_share > 0,
        "number_share": number_share,
        "latin_share": mean_over_words(is_latin),
    }


def _company(document: Document, terms: DocumentTerms, bags: SentenceBags, idf: Floats) -> dict[str, Floats]:
    """How each sentence relates to the others."""
    num_sentences = terms.num_sentences
    index = np.arange(num_sentences, dtype=np.float64)
    has_terms = terms.lengths > 0
    to_all = _rounded(bags.cosine_to(bags.total()) - has_terms)  # less its cosine to itself
    to_earlier = _rounded(bags.similarity_to_earlier())
    centrality = to_all / max(1, num_sentences - 1)
    headings = [not sentence.is_text for sentence in document.sentences]
    first = headings.index(False) if not all(headings) else 0
    weight_of_term = np.bincount(terms.term_ids, minlength=bags.num_terms)[: len(idf)] * idf
    keywords = np.zeros(bags.num_terms)
    weightiest = np.argsort(-weight_of_term, kind="stable")[:_NUM_KEYWORDS]
    keywords[weightiest] = weight_of_term[weightiest]
    named = _sums(bags.rows, keywords[bags.columns], num_sentences)
    return {
        "centrality": centrality,
        "centrality_relative": _over(centrality, max(0.0, centrality.max())),
        "centrality_rank": _rank_share(centrality),
        "forward_centrality": _rounded(to_all - to_earlier) / np.maximum(1, num_sentences - 1 - index),
        "backward_centrality": to_earlier / np.maximum(1, index),
        "title_similarity": bags.similarity_to(0) if document.sentences[0].is_heading else np.zeros(num_sentences),
        "first_similarity": bags.similarity_to(first),
        "last_similarity": bags.similarity_to(num_sentences - 1),
        "keyword_share": _over(named, keywords.sum()),
        "is_heading": np.array(headings, np.float64),
        "document_length": np.full(num_sentences, np.log1p(num_sentences) / 6),
        "is_english": np.full(num_sentences, document.language == "en"),
    }


def _marks(document: Document) -> dict[str, Floats]:
    """What the punctuation of each sentence shows."""

    def test(matches: Callable[[str], object]) -> Floats:
        return np.array([bool(matches(text)) for text in document.sentence_texts()], np.float64)

    return {
        "is_quoted": test(lambda text: has_any(_QUOTES, text)),
        "is_question": test(lambda text: has_any(QUESTION_MARKS, text)),
        "is_exclamation": test(lambda text: has_any(EXCLAMATION_MARKS, text)),
        "is_unfinished": 1 - test(lambda text: FINISHED.search(text[-8:])),
    }


def _form(document: Document, terms: DocumentTerms) -> dict[str, Floats]:
    """What a sentence is for, as its words and its place in talk and in lists show."""
    sentences, texts = document.sentences, list(document.sentence_texts())
    num_sentences, lengths = terms.num_sentences, terms.lengths.astype(np.float64)
    row_of_word = np.repeat(np.arange(num_sentences), terms.lengths)

    def count(is_in_class: Sequence[bool]) -> Floats:
        return _sums(row_of_word, np.array(is_in_class, np.float64)[terms.term_ids], num_sentences)

    def count_words(words: frozenset[str]) -> Floats:
        return count([term in words for term in terms.terms])

    is_wide_term = [not term[0].isascii() for term in terms.terms]
    chars_of_term = np.array([len(term) for term in terms.terms], np.float64)
    wide_chars = _sums(row_of_word, (np.array(is_wide_term, np.float64) * chars_of_term)[terms.term_ids], num_sentences)
    length = wide_chars + 1.6 * (lengths - count(is_wide_term))
    first_words = np.array([word in LEANING for word in terms.terms], np.float64)
    leans = np.zeros(num_sentences)
    has_words = np.flatnonzero(terms.lengths)
    leans[has_words] = first_words[terms.term_ids[terms.bounds[has_words]]]
    persons = count_words(PERSONS)
    turns = _turns(document)
    is_named = np.array([sentence.speaker is not None for sentence in sentences], np.float64)
    names = [document.text[slice(*sentence.speaker)] if sentence.speaker else "" for sentence in sentences]
    number_of_name = {name: number for number, name in enumerate(dict.fromkeys(names))}
    speaker = np.array([number_of_name[name] for name in names])
    words_of_speaker = _sums(speaker, lengths, len(number_of_name))[speaker]
    words_of_turn = _sums(turns, lengths, num_sentences)[turns]
    is_question = np.array([has_any(QUESTION_MARKS, text) for text in texts], np.float64)
    is_listed = np.array([sentence.body > sentence.start for sentence in sentences], np.float64)
    return {
        "length_short": np.minimum(1, length / 60),
        "length_long": np.minimum(1, length / 150),
        "num_clauses": np.minimum(1, np.array([sum(map(text.count, CLAUSE_MARKS)) for text in texts]) / 6),
        "num_numbers": np.minimum(1, count([bool(_DIGIT.search(term)) for term in terms.terms]) / 4),
        "leans": leans,
        "has_person": persons > 0,
        "person_share": _over(persons, lengths),
        "talk_share": np.minimum(1, 2 * _over(count_words(TALK), lengths)),
        "has_courtesy": count_words(COURTESY) > 0,
        "has_conclusion": count_words(CONCLUSION) > 0,
        "is_spoken": is_named,
        "opens_turn": is_named * (np.diff(turns, prepend=-1) != 0),
        "speaker_share": is_named * _over(words_of_speaker, lengths.sum()),
        "turn_length": is_named * np.log1p(words_of_turn) / 6,
        "is_listed": is_listed,
        "ends_open": np.array([text[-1:] in CLAUSE_MARKS and bool(text) for text in texts], np.float64),
        "after_question": np.append(0, is_question[:-1]),
        "before_question": np.append(is_question[1:], 0),
        "before_list": np.append(is_listed[1:], 0) * (1 - is_listed),
        "is_apparatus": np.array([sentence.role == "apparatus" for sentence in sentences], np.float64),
    }


def _turns(document: Document) -> NDArray[np.int64]:
    """Return the number of each sentence's turn, (S,), rising from 0: a turn ends where a name stands again."""
    labels = np.array([-1 if sentence.speaker is None else sentence.speaker[0] for sentence in document.sentences])
    return np.cumsum(np.diff(labels, prepend=labels[0]) != 0)


def wanted_feature(num_wanted: int) -> float:
    """Return what tells the network how many sentences are asked for, at least 1; 0 for one, at most 0.8."""
    return math.log(min(num_wanted, MOST_WANTED)) / 2


def term_features(terms: DocumentTerms, bags: SentenceBags, idf: Floats) -> NDArray[np.float32]:
    """Return what each term of a document is to the document, float32 (terms, G) in the order of `TERM_FEATURES`.

    The arguments are those of `sentence_features`.
    """
    num_terms = len(terms.terms)
    occurrences = np.bincount(terms.term_ids, minlength=num_terms).astype(np.float64)
    sentences = np.bincount(bags.columns, minlength=num_terms)[:num_terms]
    in_opening = np.zeros(num_terms)
    if terms.num_sentences:
        in_opening[terms.sentence(0)] = 1
    columns = (
        idf / 10,
        np.log(np.maximum(1, occurrences)) / 3,
        sentences / max(1, terms.num_sentences),
        in_opening,
    )
    return np.stack(columns, axis=1).astype(np.float32)


def sentence_features(
    document: Document, terms: DocumentTerms, bags: SentenceBags, idf: Floats, *, num_wanted: int = 1
) -> NDArray[np.float32]:
    """Return the features of each sentence, float32 (S, F) in the order of `FEATURE_NAMES`.

    All lie in about 0 to 1 (relative lengths up to 2). A document without sentences gives (0, F).

    Args:
        document: the document.
        terms: its terms.
        bags: its sentences over the same terms and idf.
        idf: (terms,), the information of each of the document's terms, in nats, above 0.
        num_wanted: sentences of the summary that is asked for, at least 1.
    """
    if not document.sentences:
        return np.zeros((0, len(FEATURE_NAMES)), np.float32)
    columns = _place(document) | _words(terms, idf) | _company(document, terms, bags, idf)
    columns |= _marks(document) | _form(document, terms)
    columns[WANTED_FEATURE] = np.full(len(document.sentences), wanted_feature(num_wanted))
    return np.stack([columns[name] for name in FEATURE_NAMES], axis=1).astype(np.float32)

"""Sentence and word features: the inputs of the network other than word vectors.

Everything is linear in the length of the document.
"""

import math
from collections.abc import Sequence
from functools import cache
from itertools import repeat

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.network.bags import SentenceBags
from summarize.text.marks import (
    CLAUSE_MARKS,
    DOUBLE_QUOTE_PAIRS,
    EXCLAMATION_MARKS,
    FINISHED,
    QUESTION_MARKS,
    STRAIGHT_QUOTE,
)
from summarize.text.patterns import lazy_pattern
from summarize.text.terms import DocumentTerms, runs
from summarize.text.word_classes import CONCLUSION, CONTEXT_DEPENDENT, COURTESY, PERSONS, TALK

Floats = NDArray[np.float64]

POSITION_FEATURES = (
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
RELATION_FEATURES = (
    "length_log",  # log(1 + words) / 5
    "length_relative",  # words over the mean sentence's, halved, at most 2
    "length_rank",  # share of sentences that are shorter
    "centrality",  # mean cosine to the other sentences
    "centrality_relative",  # the same over the document's largest
    "centrality_rank",  # share of sentences that are less central
    "forward_centrality",  # mean cosine to the sentences after it
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
    "is_listed",  # stands after a list mark, a time stamp or the like
    "ends_open",  # ends in a colon, comma or semicolon
    "after_question",  # the sentence before it is a question
    "before_question",  # the sentence after it is one
    "before_list",  # the sentence after it is listed and it is not
    "is_apparatus",  # a byline, a caption ...
)
WANTED_FEATURE = (
    "wanted_sentences"  # log(sentences of the summary asked for) / 2, at most that of `MAX_TARGET_SENTENCES`
)
FEATURE_NAMES = (*POSITION_FEATURES, *RELATION_FEATURES, *FORM_FEATURES, WANTED_FEATURE)
# What readers are told of; the rest is the same for all sentences of a document that may be chosen.
_GROUPS: dict[str, tuple[str, ...]] = {
    "place": POSITION_FEATURES,
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
MAX_TARGET_SENTENCES = 5  # a longer summary is chosen as one of n sentences

_NUM_KEYWORDS = 20
_WORDS_AT_ONCE = 20_000
_QUOTES = "".join([*DOUBLE_QUOTE_PAIRS, *DOUBLE_QUOTE_PAIRS.values(), STRAIGHT_QUOTE])
_COUNTED_MARKS = (_QUOTES, QUESTION_MARKS, EXCLAMATION_MARKS, CLAUSE_MARKS)
_DIGIT = lazy_pattern(r"\d")


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
    return np.divide(numerator, denominator, out=np.zeros_like(numerator), where=np.greater(denominator, 0))


def _position_features(document: Document) -> dict[str, Floats]:
    num_sentences = len(document.sentences)
    index = np.arange(num_sentences, dtype=np.float64)
    paragraph = np.array([sentence.paragraph for sentence in document.sentences])
    paragraph -= paragraph[0]  # of a part of a document
    opens, closes = np.ones(num_sentences, np.bool_), np.ones(num_sentences, np.bool_)
    opens[1:] = closes[:-1] = paragraph[1:] != paragraph[:-1]
    first_of_paragraph = np.flatnonzero(opens)
    sizes = np.diff(np.append(first_of_paragraph, num_sentences))
    in_paragraph = index - np.repeat(first_of_paragraph, sizes)
    is_listed = np.array([sentence.body > sentence.start for sentence in document.sentences], np.float64)
    before_list = np.zeros(num_sentences)
    before_list[:-1] = is_listed[1:] * (1 - is_listed[:-1])
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
        "is_listed": is_listed,
        "before_list": before_list,
        "is_apparatus": np.array([sentence.role == "apparatus" for sentence in document.sentences], np.float64),
    }


_COUNTED = (CONTEXT_DEPENDENT, PERSONS, TALK, COURTESY, CONCLUSION)  # classes of words


@cache
def _classes_of_words() -> dict[str, int]:
    """Return in which of the counted classes each word is: a bit for each class."""
    found: dict[str, int] = {}
    for bit, words in enumerate(_COUNTED):
        found |= {word: found.get(word, 0) | 1 << bit for word in words}
    return found


def _kinds(terms: Sequence[str]) -> Floats:
    """Return what each term is by itself, (5 + classes, terms), 1 where it is so.

    It has a digit, begins with a Latin letter, begins with another character than those of ASCII; its length where it
    does; it stands in each of the counted classes.
    """
    lengths = np.array(list(map(len, terms)), np.int64)
    codes = np.frombuffer("".join(terms).encode("utf-32-le", "surrogatepass"), "<u4")
    initials = codes[np.cumsum(lengths) - lengths]
    is_wide = initials >= 128
    has_digit = [not term.isalpha() and _DIGIT.search(term) is not None for term in terms]
    classes = np.array(list(map(_classes_of_words().get, terms, repeat(0))), np.int64)
    found = np.empty((4 + len(_COUNTED), len(terms)))
    found[0] = has_digit
    found[1] = (initials | 32) - 97 < 26  # unsigned, so that what lies below is large
    found[2] = is_wide
    found[3] = is_wide * lengths
    found[4:] = (classes >> np.arange(len(_COUNTED))[:, None]) & 1
    return found


def _words(terms: DocumentTerms, idf: Floats) -> dict[str, Floats]:
    """What can be counted word by word."""
    num_sentences, lengths = terms.num_sentences, terms.lengths.astype(np.float64)
    kinds = _kinds(terms.terms)
    occurrences = np.bincount(terms.term_ids, minlength=len(terms.terms))
    counted = np.concatenate([kinds, [idf, np.log(np.maximum(1, occurrences))]])  # (K, terms)
    sums = _sums_over_words(counted, terms)
    means = sums / np.maximum(1, lengths)  # what has no words has no sums
    digits, _, wide, wide_chars, _, persons, _, courtesy, conclusion, information, _ = sums
    first_words = np.flatnonzero(terms.are_first())
    new_information = _sums(terms.sentence_of(first_words), idf[terms.term_ids[first_words]], num_sentences)
    leans = np.zeros(num_sentences)
    has_words = np.flatnonzero(terms.lengths)
    leans[has_words] = kinds[4][terms.term_ids[terms.bounds[has_words]]]
    length = wide_chars + 1.6 * (lengths - wide)
    return {
        "length_log": np.log1p(lengths) / 5,
        "length_relative": np.minimum(2, lengths / (lengths.mean() or 1) / 2),
        "length_rank": _rank_share(lengths),
        "novelty": _over(new_information, information),
        "term_frequency": means[-1] / 2,
        "idf_mean": means[-2] / 10,
        "has_number": digits > 0,
        "number_share": means[0],
        "latin_share": means[1],
        "length_short": np.minimum(1, length / 60),
        "length_long": np.minimum(1, length / 150),
        "num_numbers": np.minimum(1, digits / 4),
        "leans": leans,
        "has_person": persons > 0,
        "person_share": means[5],
        "talk_share": np.minimum(1, 2 * means[6]),
        "has_courtesy": courtesy > 0,
        "has_conclusion": conclusion > 0,
    }


def _sums_over_words(of_terms: Floats, terms: DocumentTerms) -> Floats:
    """Return the sums over the words of each sentence, (K, S), of some numbers of each term, (K, terms)."""
    sums = np.zeros((len(of_terms), terms.num_sentences))
    for run, sentences, starts in runs(terms.bounds, _WORDS_AT_ONCE):
        sums[:, sentences] += np.add.reduceat(of_terms[:, terms.term_ids[run]], starts, axis=1)
    return sums


def _relation_features(document: Document, terms: DocumentTerms, bags: SentenceBags, idf: Floats) -> dict[str, Floats]:
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
        "document_length": np.log1p(num_sentences) / 6,
        "is_english": document.language == "en",
    }


@cache
def _marks_by_code() -> NDArray[np.uint8]:
    """Return which of `_COUNTED_MARKS` each code point is, (65,536,): a bit for each kind."""
    found = np.zeros(0x10000, np.uint8)
    for bit, marks in enumerate(_COUNTED_MARKS):
        found[[ord(mark) for mark in marks]] |= 1 << bit
    return found


def _marks(document: Document) -> dict[str, Floats]:
    """What the punctuation of each sentence shows."""
    texts = list(document.sentence_texts())
    ends = np.cumsum([len(text) for text in texts])
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    marks = _marks_by_code()[np.minimum(codes, 0xFFFF)]  # (characters,)
    starts = np.append(0, ends[:-1])  # a sentence is not empty
    is_quoted, is_question, is_exclamation = (
        np.bitwise_or.reduceat(marks, starts) >> np.arange(3, dtype=np.uint8)[:, None]
    ) & 1
    parts_clauses = marks >> 3
    after_question, before_question = np.zeros((2, len(texts)))
    after_question[1:], before_question[:-1] = is_question[:-1], is_question[1:]
    return {
        "is_quoted": is_quoted,
        "is_question": is_question,
        "is_exclamation": is_exclamation,
        "is_unfinished": np.array([FINISHED.search(text[-8:]) is None for text in texts]),
        "num_clauses": np.minimum(1, np.add.reduceat(parts_clauses, starts, dtype=np.int64) / 6),
        "ends_open": parts_clauses[ends - 1],
        "after_question": after_question,
        "before_question": before_question,
    }


def _talk(document: Document, terms: DocumentTerms) -> dict[str, Floats]:
    """Who says a sentence, and how much else."""
    sentences, lengths = document.sentences, terms.lengths.astype(np.float64)
    if all(sentence.speaker is None for sentence in sentences):
        return dict.fromkeys(("is_spoken", "opens_turn", "speaker_share", "turn_length"), np.zeros(len(sentences)))
    is_named = np.array([sentence.speaker is not None for sentence in sentences], np.float64)
    turns = _turns(document)
    names = [document.text[slice(*sentence.speaker)] if sentence.speaker else "" for sentence in sentences]
    number_of_name = {name: number for number, name in enumerate(dict.fromkeys(names))}
    speaker = np.array([number_of_name[name] for name in names])
    words_of_speaker = _sums(speaker, lengths, len(number_of_name))[speaker]
    words_of_turn = _sums(turns, lengths, len(sentences))[turns]
    return {
        "is_spoken": is_named,
        "opens_turn": is_named * (np.diff(turns, prepend=-1) != 0),
        "speaker_share": is_named * _over(words_of_speaker, lengths.sum()),
        "turn_length": is_named * np.log1p(words_of_turn) / 6,
    }


def _turns(document: Document) -> NDArray[np.int64]:
    """Return the number of each sentence's turn, (S,), ascending from 0: a turn ends where a name stands again."""
    labels = np.array([-1 if sentence.speaker is None else sentence.speaker[0] for sentence in document.sentences])
    return np.cumsum(np.diff(labels, prepend=labels[0]) != 0)


def target_length_feature(target_sentences: int) -> float:
    """Return the feature for the target number of sentences (at least 1): 0 for one sentence, at most 0.8."""
    return math.log(min(target_sentences, MAX_TARGET_SENTENCES)) / 2


def term_features(terms: DocumentTerms, bags: SentenceBags, idf: Floats) -> Floats:
    """Return what each term of a document is to the document, float64 (terms, G) in the order of `TERM_FEATURES`.

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
    return np.stack(columns, axis=1)


def sentence_features(
    document: Document, terms: DocumentTerms, bags: SentenceBags, idf: Floats, *, target_sentences: int = 1
) -> Floats:
    """Return the features of each sentence, float64 (S, F) in the order of `FEATURE_NAMES`.

    All lie in about 0 to 1 (relative lengths up to 2). A document without sentences gives (0, F).

    Args:
        document: the document.
        terms: its terms.
        bags: its sentences over the same terms and idf.
        idf: (terms,), the information of each of the document's terms, in nats, above 0.
        target_sentences: sentences of the summary that is asked for, at least 1.
    """
    if not document.sentences:
        return np.zeros((0, len(FEATURE_NAMES)))
    columns = _position_features(document) | _words(terms, idf) | _relation_features(document, terms, bags, idf)
    columns |= _marks(document) | _talk(document, terms)
    columns[WANTED_FEATURE] = np.asarray(target_length_feature(target_sentences))
    found = np.empty((len(FEATURE_NAMES), len(document.sentences)))
    for row, name in zip(found, FEATURE_NAMES, strict=True):
        row[:] = columns[name]
    return np.ascontiguousarray(found.T)

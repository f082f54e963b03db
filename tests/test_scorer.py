from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import document_of, random_model
from strategies import any_texts, articles, few_examples, marked_texts, rows_of_ids

from summarize.decide.cuts import find_forms
from summarize.decide.words import words_between
from summarize.document import ATTENTION_KINDS, AttentionKind, Cut, Document, Form
from summarize.network.bags import SentenceBags
from summarize.network.encoder import sentence_states, sentence_vectors
from summarize.network.features import sentence_features, term_features
from summarize.network.judge import (
    CONTEXT_WORDS,
    embed,
    encode_forms,
    judge_forms,
    spell,
    weights_of_judge,
    word_features,
)
from summarize.network.parallel import parallel_attention
from summarize.network.scorer import NetworkScorer, Reading, candidate_mask, encode_terms, term_idf, text_mask
from summarize.network.sequential import sequential_attention
from summarize.network.tree import tree_attention
from summarize.text.grammar import LIKELY, NEVER, NOUN_TOO, OFTEN, Grammar
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences
from summarize.text.terms import DocumentTerms, find_terms
from summarize.text.vocabulary import SPECIAL_TERMS, UNKNOWN_ID, Vocabulary

MODEL = random_model(1)
SCORER = NetworkScorer(MODEL)
kinds = pytest.mark.parametrize("kind", ATTENTION_KINDS)


def read_text(text: str) -> Document:
    return Document(text, find_sentences(text), detect_language(text))


def terms_of(rows: list[list[str]]) -> DocumentTerms:
    names = tuple(dict.fromkeys(term for row in rows for term in row))
    ids = np.array([names.index(term) for row in rows for term in row], np.int32)
    return DocumentTerms(names, ids, np.append(0, np.cumsum([len(row) for row in rows])).astype(np.int64))


# 2 rain, 3 下, 4 雨, 5 下雨天
VOCABULARY = Vocabulary([*SPECIAL_TERMS, "rain", "下", "雨", "下雨天"])


def test_encode_terms_by_hand() -> None:
    # 下雨 is not known and spelled, snow is not known at all
    tokens = encode_terms(terms_of([["下雨", "rain"], ["snow", "下雨天", "下雨"]]), VOCABULARY)
    assert tokens.ids.tolist() == [3, 4, 2, UNKNOWN_ID, 5, 3, 4]
    assert tokens.terms.tolist() == [0, 0, 1, 2, 3, 0, 0]
    assert tokens.bounds.tolist() == [0, 3, 7]
    assert (tokens.ids.dtype, tokens.terms.dtype, tokens.bounds.dtype) == (np.int32, np.int32, np.int64)


@pytest.mark.parametrize("rows", [[], [[]], [[], []]])
def test_encode_terms_of_nothing_is_nothing(rows: list[list[str]]) -> None:
    tokens = encode_terms(terms_of(rows), VOCABULARY)
    assert tokens.ids.tolist() == tokens.terms.tolist() == []
    assert tokens.bounds.tolist() == [0] * (len(rows) + 1)
    assert (tokens.ids.dtype, tokens.terms.dtype, tokens.bounds.dtype) == (np.int32, np.int32, np.int64)


NAMES = ("rain", "snow", "下雨", "下雨天", "天", "雨雨雨", "雪下")


@given(rows_of_ids(len(NAMES)))
def test_encode_terms_is_the_naive_loop(rows: list[list[int]]) -> None:
    named = [[NAMES[index] for index in row] for row in rows]
    tokens = encode_terms(terms_of(named), VOCABULARY)
    expected = [[token_id for term in row for token_id in VOCABULARY.encode(term)] for row in named]
    found = [tokens.ids[start:end].tolist() for start, end in pairwise(tokens.bounds)]
    assert found == expected


def test_term_idf_of_spelled_terms_is_that_of_unknown_ones() -> None:
    idf = np.array([0, 9, 2, 3, 4, 5], np.float32)
    found = term_idf(terms_of([["rain", "下雨", "snow", "雨"]]), VOCABULARY, idf)
    assert found.tolist() == [2, 9, 9, 4]
    assert found.dtype == np.float64


def test_term_idf_of_nothing_is_nothing() -> None:
    assert term_idf(terms_of([[]]), VOCABULARY, np.ones(6, np.float32)).shape == (0,)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ([], [True, True, True]),
        ([0], [False, True, True]),
        ([0, 2], [False, True, False]),
        ([0, 1, 2], [True, True, True]),
    ],
)
def test_text_is_all_but_headings(headings: list[int], expected: list[bool]) -> None:
    assert text_mask(document_of("A", "B", "C", headings=headings)).tolist() == expected


@pytest.mark.parametrize(
    ("lengths", "headings", "expected"),
    [
        ([3, 2, 4], [], [True, False, True]),
        ([2, 1, 0], [], [True, True, True]),  # no text is long enough: then all of it may be chosen
        ([3, 2, 1], [0], [False, True, True]),
        ([1, 3, 2], [2], [False, True, False]),
    ],
)
def test_candidates_are_text_of_three_words(lengths: list[int], headings: list[int], expected: list[bool]) -> None:
    terms = terms_of([["rain"] * length for length in lengths])
    assert candidate_mask(document_of("A", "B", "C", headings=headings), terms).tolist() == expected


@pytest.mark.parametrize(
    ("sentences", "headings", "expected"),
    [
        pytest.param(["Did the river rise?", "The river rose again."], [], [False, True], id="question"),
        pytest.param(["河水又上涨了吗？", "河水又上涨了。"], [], [False, True], id="Chinese question"),
        pytest.param(["“河水又上涨了吗？”", "河水又上涨了。"], [], [False, True], id="quoted question"),
        pytest.param(["“河水又上涨了吗？”他问。", "河水又上涨了。"], [], [True, True], id="who asked"),
        pytest.param(["The river rose again?!", "It fell?"], [], [True, False], id="no question mark at the end"),
        pytest.param(["Did the river rise?", "Yes."], [], [True, False], id="question beside a short sentence"),
        pytest.param(["Did the river rise?", "Why?"], [], [True, False], id="questions alone"),
        pytest.param(["So?", "Why?"], [], [True, True], id="short questions alone"),
        pytest.param(["The river rose again", "Why did it rise?"], [0], [False, True], id="question under a heading"),
    ],
)
def test_candidates_ask_nothing(sentences: list[str], headings: list[int], expected: list[bool]) -> None:
    document = document_of(*sentences, headings=headings, language="zh" if "河" in sentences[0] else "en")
    assert candidate_mask(document, find_terms(document)).tolist() == expected


TEXT = "# The flood\n\nThe river rose. The city slept.\n\nNobody was hurt in 2018! 今天又下雨。我们看河水。"


@kinds
def test_reading_weighs_sentences_and_no_heading(kind: AttentionKind) -> None:
    document = read_text(TEXT)
    weights = SCORER.read(document, 1).weigh(kind)
    assert weights.dtype == np.float64
    assert weights.shape == (6,)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert weights[0] == 0
    assert (weights[1:] > 0).all()


@kinds
def test_reading_weighs_headings_where_there_is_nothing_else(kind: AttentionKind) -> None:
    document = read_text("# One\n\n# Two")
    assert [sentence.is_heading for sentence in document.sentences] == [True, True]
    weights = SCORER.read(document, 1).weigh(kind)
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()


@kinds
@pytest.mark.parametrize("text", ["Rain.", "雨", "……", "# Rain", "7"])
def test_reading_of_one_sentence_gives_it_all(kind: AttentionKind, text: str) -> None:
    assert SCORER.read(read_text(text), 1).weigh(kind).tolist() == [1]


@kinds
def test_reading_is_the_same_every_time(kind: AttentionKind) -> None:
    document = read_text(TEXT)
    reading = SCORER.read(document, 1)
    first = reading.weigh(kind).tolist()
    assert reading.weigh(kind).tolist() == first
    assert NetworkScorer(random_model(1)).read(document, 1).weigh(kind).tolist() == first


def test_reading_weighs_in_three_ways() -> None:
    reading = SCORER.read(read_text(TEXT), 1)
    assert len({tuple(reading.weigh(kind).round(4)) for kind in ATTENTION_KINDS}) == 3


def test_reading_is_the_network_step_by_step() -> None:
    document = read_text(TEXT)
    terms = find_terms(document)
    idf = term_idf(terms, MODEL.vocabulary, MODEL.idf)
    bags = SentenceBags(terms, idf)
    features = sentence_features(document, terms, bags, idf, target_sentences=2)
    of_terms = term_features(terms, bags, idf)
    x = sentence_vectors(encode_terms(terms, MODEL.vocabulary), of_terms, MODEL.vectors, MODEL.weights)
    states = sentence_states(x, features, MODEL.weights)
    mask = np.array([False, True, True, True, True, True])
    paragraphs = np.array([0, 1, 1, 2, 2, 2])
    expected = {
        "parallel": parallel_attention(states, features, mask, MODEL.weights),
        "sequential": sequential_attention(states, features, mask, MODEL.weights)[0],
        "tree": tree_attention(states, features, paragraphs, mask, MODEL.weights),
    }
    reading = SCORER.read(document, 2)
    for kind in ATTENTION_KINDS:
        assert reading.weigh(kind) == pytest.approx(expected[kind], rel=1e-5), kind


@kinds
def test_reading_is_the_same_in_traditional_characters(kind: AttentionKind) -> None:
    simplified, traditional = "今天河水涨了。我们的城市没事。", "今天河水漲了。我們的城市沒事。"
    weights = SCORER.read(read_text(simplified), 1).weigh(kind)
    assert SCORER.read(read_text(traditional), 1).weigh(kind).tolist() == weights.tolist()


@kinds
@few_examples
@given(text=any_texts | marked_texts | articles(), seed=st.integers(0, 5))
def test_reading_weighs_any_text(kind: AttentionKind, text: str, seed: int) -> None:
    document = read_text(text)
    if not document.sentences:
        return
    weights = NetworkScorer(random_model(seed)).read(document, 1).weigh(kind)
    assert weights.sum() == pytest.approx(1, abs=1e-12)
    assert (weights[~candidate_mask(document, find_terms(document))] == 0).all()
    assert (weights >= 0).all()


@kinds
def test_reading_weighs_a_long_document(kind: AttentionKind) -> None:
    text = "\n\n".join(" ".join(f"Line {row} of the river {row * column}." for column in range(7)) for row in range(60))
    weights = SCORER.read(read_text(text), 1).weigh(kind)
    assert weights.shape == (420,)
    assert weights.sum() == pytest.approx(1)


@kinds
def test_reading_weighs_a_document_of_unknown_words(kind: AttentionKind) -> None:
    weights = SCORER.read(read_text("Qwx zyx. Vwq. Яблоко упало."), 1).weigh(kind)
    assert weights.sum() == pytest.approx(1)


def test_reading_similarity_is_the_cosine_of_sentences() -> None:
    reading = SCORER.read(document_of("The river.", "River, the!", "A city."), 1)
    assert reading.similarity(0) == pytest.approx([1, 1, 0])
    assert reading.similarity(2) == pytest.approx([0, 0, 1])


@few_examples
@given(articles())
def test_reading_similarity_is_symmetric(text: str) -> None:
    document = read_text(text)
    reading = SCORER.read(document, 1)
    rows = np.stack([reading.similarity(index) for index in range(len(document.sentences))])
    assert rows == pytest.approx(rows.T)
    assert (rows >= 0).all()
    assert (rows <= 1 + 1e-12).all()


WORDS = ["The", "flood", ",", "the", "unheard", "one", ",", "hit", "the", "city"]
FORMS = [
    Form((Cut(2, 7, "other"),), (0, 1, 7, 8, 9)),
    Form((Cut(0, 3, "opening"), Cut(4, 5, "adverb")), (3, 5, 6, 7, 8, 9)),
]


def by_judge(words: list[str], num_context: int, *, has_stop: bool) -> list[list[list[float]]]:
    """What each judge says of each form."""
    layout = encode_forms(FORMS, words, num_context, "en", has_stop=has_stop)
    features = word_features(words, num_context, "en", MODEL.grammar)
    embedded = embed(spell(words, MODEL.vocabulary), MODEL.vectors)
    judges = [weights_of_judge(MODEL.weights, number) for number in range(MODEL.network.num_judges)]
    return [judge_forms(embedded, features, layout, judge).tolist() for judge in judges]


@pytest.mark.parametrize("has_stop", [True, False], ids=["stop", "no stop"])
def test_reading_judges_as_the_judge_who_likes_a_form_least(has_stop: bool) -> None:
    before = ["A", "river", "rose"]
    one, other = by_judge([*before, *WORDS], 3, has_stop=has_stop)
    reading = SCORER.read(document_of("The river rose.", "A flood hit the city."), 1)
    found = reading.judge(WORDS, before, FORMS, has_stop=has_stop)
    assert found.tolist() == [min(rows) for rows in zip(one, other, strict=True)]
    assert found.sum(axis=1) == pytest.approx([1, 1])


def test_a_form_that_one_judge_finds_bad_is_shown_to_no_other() -> None:
    other, one = by_judge(WORDS, 0, has_stop=True)
    better, worse = sorted((0, 1), key=lambda form: -one[form][0])
    assert other[worse][0] < one[worse][0] < one[better][0]
    turned = {
        f"judge/{1 - number}/{name}": array
        for number in (0, 1)
        for name, array in weights_of_judge(MODEL.weights, number).items()
    }
    scorer = NetworkScorer(replace(MODEL, weights=MODEL.weights | turned))
    reading = scorer.read(document_of("A flood hit the city."), 1)
    found = reading.judge(WORDS, [], FORMS, has_stop=True, least_good=one[better][0]).tolist()
    assert found[worse] == pytest.approx(one[worse], abs=1e-12)
    assert found[better] == pytest.approx(min(one[better], other[better]), abs=1e-6)


def test_reading_judges_a_stop() -> None:
    reading = SCORER.read(document_of("The river."), 1)
    one, other = (reading.judge(WORDS, [], FORMS, has_stop=has_stop) for has_stop in (True, False))
    assert not np.allclose(one, other)


def test_reading_judges_by_the_last_words_before_a_sentence() -> None:
    reading = SCORER.read(document_of("The river."), 1)
    before = ["city", "river", "flood"] * CONTEXT_WORDS
    found = reading.judge(WORDS, before, FORMS, has_stop=True)
    assert found.tolist() == reading.judge(WORDS, before[-CONTEXT_WORDS:], FORMS, has_stop=True).tolist()
    assert np.abs(found - reading.judge(WORDS, [], FORMS, has_stop=True)).max() > 0.01


def test_reading_judges_each_form_as_if_it_were_alone() -> None:
    reading = SCORER.read(document_of("The river."), 1)
    alone = [reading.judge(WORDS, ["river"], [form], has_stop=True)[0] for form in FORMS]
    assert reading.judge(WORDS, ["river"], FORMS, has_stop=True) == pytest.approx(np.stack(alone), abs=1e-6)


@few_examples
@given(articles())
def test_reading_judges_any_sentence(text: str) -> None:
    document = read_text(text)
    reading = SCORER.read(document, 1)
    before: list[str] = []
    for sentence in document.sentences:
        words = words_between(document, sentence.start, sentence.end)
        texts = [word.text for word in words]
        forms = list(find_forms(words, [reading.may_be_predicate(word) for word in texts], document.language))[:20]
        if forms:
            verdicts = reading.judge(texts, before, forms, has_stop=False)
            assert verdicts.shape == (len(forms), 3)
            assert verdicts.sum(axis=1) == pytest.approx(np.ones(len(forms)))
            assert (verdicts >= 0).all()
        before = texts


def reading_with_levels(**levels: int) -> Reading:
    """A reading with a grammar of a few words."""
    terms = (*SPECIAL_TERMS, *levels)
    predicates = np.array([NEVER, NEVER, *levels.values()], np.uint8)
    grammar = Grammar(Vocabulary(terms), predicates, np.zeros(0, np.uint32))
    return NetworkScorer(replace(MODEL, grammar=grammar)).read(document_of("The river."), 1)


@pytest.mark.parametrize(
    ("word", "expected"),
    [("上涨", True), ("研究", False), ("下", True), ("河水", False), ("won", True), ("Won", True), ("unheard", False),
     ("has", True), ("Has", True)],
)  # fmt: skip
def test_reading_tells_what_may_be_a_predicate(word: str, expected: bool) -> None:
    levels = {"上涨": OFTEN, "研究": NOUN_TOO, "下": LIKELY, "河水": NEVER, "won": OFTEN, "has": OFTEN}
    assert reading_with_levels(**levels).may_be_predicate(word) is expected


def test_scorer_tells_what_its_model_says() -> None:
    assert SCORER.grammar is MODEL.grammar
    assert SCORER.default_attention == "tree"
    for kind in ATTENTION_KINDS:
        assert SCORER.selection(kind) is MODEL.selection[kind]

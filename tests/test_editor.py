"""The editor's forward pass and what it sees, worked out by hand; `train/test_edit_fit.py` sets it beside Keras."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import document_of, random_model
from strategies import arrays, few_examples
from summarize.network.editor import (
    DOCUMENT_FEATURES,
    EDGE_FEATURES,
    MOST_IDS,
    WORD_FEATURES,
    edge_features,
    embed,
    path_scores,
    spell,
    word_facts,
    word_features,
)

from summarize.document import Language
from summarize.network.encoder import WordVectors
from summarize.network.features import TERM_FEATURES
from summarize.network.layers import Array
from summarize.network.storage import weight_shapes
from summarize.text.grammar import LIKELY, NEVER, NOUN_TOO, OFTEN, Grammar, pair_code
from summarize.text.terms import find_terms
from summarize.text.vocabulary import SPECIAL_TERMS, UNKNOWN_ID, Vocabulary

LN2 = np.log(2)
VOCABULARY = Vocabulary((*SPECIAL_TERMS, "河水", "城市", "上涨", "研究", "用", "下", "雨", "天", "river", "rose"))
GRAMMAR = Grammar(
    VOCABULARY,
    np.array([NEVER, NEVER, NEVER, NEVER, OFTEN, NOUN_TOO, LIKELY, *[NEVER] * 4, OFTEN], np.uint8),
    np.unique(np.array([pair_code("城市", "河水"), pair_code("river", "city")], np.uint32)),
)


def seen(words: str, *, language: Language = "zh", of_document: np.ndarray | None = None) -> dict[str, list[float]]:
    """What is seen of the words of a sentence written with spaces, without the two marks."""
    columns = word_features(words.split(), language, of_document, GRAMMAR)
    assert columns.dtype == np.float32
    assert columns.shape == (len(words.split()) + 2, len(WORD_FEATURES))
    return {name: columns[1:-1, column].tolist() for column, name in enumerate(WORD_FEATURES)}


# Words


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(
            "河水 ， 、 “ ” —",
            {
                "is_word": [1, 0, 0, 0, 0, 0],
                "is_comma": [0, 1, 0, 0, 0, 0],
                "is_list_comma": [0, 0, 1, 0, 0, 0],
                "is_opening": [0, 0, 0, 1, 0, 0],
                "is_closing": [0, 0, 0, 0, 1, 0],
                "is_other_mark": [0, 0, 0, 0, 0, 1],
            },
            id="marks",
        ),
        pytest.param(
            "3 三十 2018年 今年 上午 岁月 河水 River",
            {
                "is_number": [1, 1, 1, 0, 0, 0, 0, 0],
                "is_time": [0, 0, 1, 1, 1, 1, 0, 0],
                "is_latin": [0, 0, 0, 0, 0, 0, 0, 1],
                "is_capital": [0, 0, 0, 0, 0, 0, 0, 1],
                "is_han": [0, 1, 0, 1, 1, 1, 1, 0],
            },
            id="kinds of words",
        ),
        pytest.param("的 之 of 河水", {"is_of": [1, 1, 1, 0]}, id="of"),
        pytest.param(
            "河水 研究 用 上涨 Rose ， 上涨用",
            {
                "never_predicate": [1, 0, 0, 0, 0, 0, 0],
                "noun_too": [0, 1, 0, 0, 0, 0, 0],
                "likely_predicate": [0, 0, 1, 0, 0, 0, 1],
                "often_predicate": [0, 0, 0, 1, 1, 0, 0],
            },
            id="predicates",
        ),
        pytest.param(
            "城市 河水 ， 城市 上涨",
            {"compound_after": [1, 0, 0, 0, 0], "compound_before": [0, 1, 0, 0, 0]},
            id="compounds",
        ),
        pytest.param(
            "河水 上涨 ， 城市 、 河水 ； 天",
            {
                "clause": [0, 0, 0, 1 / 4, 1 / 4, 1 / 4, 1 / 4, 2 / 4],
                "place_in_clause": [0, 0.1, 0.2, 0, 0.1, 0.2, 0.3, 0],
                "is_first_of_clause": [1, 0, 0, 1, 0, 0, 0, 1],
            },
            id="clauses",
        ),
        pytest.param(
            "河 河水 大城市 a",
            {
                "place": [0, 1 / 4, 2 / 4, 3 / 4],
                "place_from_end": [3 / 20, 2 / 20, 1 / 20, 0],
                "length": [1 / 4, 2 / 4, 3 / 4, 1 / 4],
            },
            id="places and lengths",
        ),
        pytest.param(
            " ".join(["，"] * 10 + ["大" * 15]),
            {"clause": [*[number / 4 for number in range(9)], 2, 2], "length": [1 / 4] * 10 + [3]},
            id="no more than so much",
        ),
        pytest.param("河水", {"is_english": [0], "is_start": [0], "is_end": [0], "has_document": [0]}, id="one word"),
    ],
)
def test_word_features_by_hand(words: str, expected: dict[str, list[float]]) -> None:
    found = seen(words)
    for name, values in expected.items():
        assert found[name] == pytest.approx(values), name


def test_word_features_mark_start_and_end() -> None:
    columns = word_features(["河水"], "zh", None, GRAMMAR)
    start, end, english = (WORD_FEATURES.index(name) for name in ("is_start", "is_end", "is_english"))
    assert columns[:, start].tolist() == [1, 0, 0]
    assert columns[:, end].tolist() == [0, 0, 1]
    assert columns[0].sum() == columns[-1].sum() == 1
    assert word_features(["rose"], "en", None, GRAMMAR)[:, english].tolist() == [1, 1, 1]


def test_word_features_see_compounds_in_chinese_alone() -> None:
    assert seen("river city", language="zh")["compound_after"] == [1, 0]
    assert seen("river city", language="en")["compound_after"] == [0, 0]


def test_word_features_have_those_of_the_document() -> None:
    facts = np.array([[0.1, 0.2, 0.3, 1], [0.4, 0.5, 0.6, 0]], np.float32)
    found = seen("河水 上涨", of_document=facts)
    for column, name in enumerate(TERM_FEATURES):
        assert found[name] == pytest.approx(facts[:, column].tolist())
    assert found["has_document"] == [1, 1]
    without = seen("河水 上涨")
    assert all(without[WORD_FEATURES[column]] == [0, 0] for column in DOCUMENT_FEATURES)
    assert {WORD_FEATURES[column] for column in DOCUMENT_FEATURES} == {*TERM_FEATURES, "has_document"}


def test_word_features_of_nothing_are_the_two_marks() -> None:
    assert word_features([], "zh", None, GRAMMAR).shape == (2, len(WORD_FEATURES))


@given(st.lists(st.sampled_from(["河水", "上涨", "，", "“", "3", "The", "…", "的"]), max_size=12))
def test_word_features_say_one_kind_of_each_word(words: list[str]) -> None:
    found = seen(" ".join(words)) if words else {}
    if found:
        kinds = ("is_comma", "is_list_comma", "is_opening", "is_closing", "is_other_mark", "is_word")
        assert np.sum([found[name] for name in kinds], axis=0).tolist() == [1] * len(words)
        levels = ("never_predicate", "noun_too", "likely_predicate", "often_predicate")
        assert np.sum([found[name] for name in levels], axis=0).tolist() == found["is_word"]


# Edges


def test_edge_features_by_hand() -> None:
    # start, 河水, a comma, 上涨, end: log1p(1) / 2, log1p(2) / 2 and log1p(3) / 2 for words left out
    one, two, three = np.log([2, 3, 4]) / 2
    edges = edge_features(word_features(["河水", "，", "上涨"], "zh", None, GRAMMAR))
    assert edges.dtype == np.float32
    assert edges.shape == (5, 5, len(EDGE_FEATURES))
    expected = {
        # is next, words left out, crosses a comma, crosses words alone, to the end
        (0, 1): [1, 0, 0, 0, 0],
        (0, 2): [0, one, 0, 1, 0],
        (0, 3): [0, two, 1, 0, 0],
        (0, 4): [0, three, 1, 0, 1],
        (1, 2): [1, 0, 0, 0, 0],
        (1, 3): [0, one, 1, 0, 0],
        (1, 4): [0, two, 1, 0, 1],
        (2, 3): [1, 0, 0, 0, 0],
        (2, 4): [0, one, 0, 1, 1],
        (3, 4): [1, 0, 0, 0, 1],
    }
    for step, values in expected.items():
        assert edges[step] == pytest.approx(values), step


# Words to numbers


def test_words_are_spelled() -> None:
    # 河水 is known, 下雨 is spelled, a comma has nothing, a capital is none of its own, an unknown word is unknown
    ids = spell(["河水", "下雨", "，", "River", "xyz"], VOCABULARY)
    assert ids.dtype == np.int32
    assert ids.tolist() == [[0] * 4, [2, 0, 0, 0], [7, 8, 0, 0], [0] * 4, [10, 0, 0, 0], [UNKNOWN_ID, 0, 0, 0], [0] * 4]


def test_words_are_spelled_by_four_characters_at_most() -> None:
    assert spell(["下雨下雨天"], VOCABULARY)[1].tolist() == [7, 8, 7, 8]
    assert MOST_IDS == 4


def test_words_embed_to_the_mean_of_their_vectors() -> None:
    codes = np.array([[0, 0], [10, 20], [30, -40]], np.int8)
    vectors = WordVectors(codes, np.array([1, 0.5, 0.1], np.float32))
    found = embed(np.array([[0, 0, 0, 0], [1, 0, 0, 0], [1, 2, 0, 0], [2, 2, 2, 2]]), vectors)
    assert found == pytest.approx(np.array([[0, 0], [5, 10], [4, 3], [3, -4]]))
    assert found.dtype == np.float32


def test_words_embed_in_minibatches_as_alone() -> None:
    model = random_model(2)
    ids = np.random.default_rng(1).integers(0, len(model.vocabulary), (2, 3, MOST_IDS))
    assert embed(ids, model.vectors)[1] == pytest.approx(embed(ids[1], model.vectors))


def test_word_facts_are_those_of_the_terms() -> None:
    terms = find_terms(document_of("The river rose.", "River floods."))
    assert terms.terms == ("the", "river", "rose", "floods")
    of_terms = np.arange(16, dtype=np.float32).reshape(4, 4) + 1
    found = word_facts(["River", "rose", ",", "unheard"], terms, of_terms)
    assert found.tolist() == [[5, 6, 7, 8], [9, 10, 11, 12], [0] * 4, [0] * 4]
    assert found.dtype == np.float32


# Paths


def simple_weights(**changes: object) -> dict[str, Array]:
    """Weights with E = 1, H = 2 (one forward, one backward) and A = 1: all zero but those given; `__` stands for `/`.

    The update gate is shut, so that the state is the candidate, tanh of what the kernel makes of a word alone.
    """
    inputs = 1 + len(WORD_FEATURES)
    gru = {"kernel": np.zeros((inputs, 3)), "recurrent_kernel": np.zeros((1, 3)), "bias": [[-60, 0, 0], [0, 0, 0]]}
    arrays: dict[str, object] = {"Q": [[0], [0]], "K": [[0], [0]], "W": [[0], [0]], "b": [0], "v": [0], "c": [0, 0]}
    arrays |= {"w_e": [0] * len(EDGE_FEATURES)}
    arrays |= {f"{direction}/{name}": value for direction in ("forward", "backward") for name, value in gru.items()}
    arrays |= {name.replace("__", "/"): value for name, value in changes.items()}
    return {f"editor/{name}": np.array(value, np.float64) for name, value in arrays.items()}


def kernel(size: float) -> np.ndarray:
    """A kernel that passes the first number of a word on to the candidate."""
    array = np.zeros((1 + len(WORD_FEATURES), 3))
    array[0, 2] = size
    return array


def p(embedded: Sequence[float], weights: dict[str, Array]) -> np.ndarray:
    """P(t|j) of words with one number each, the marks included; the words have no features."""
    column = np.array(embedded)[:, None]
    return np.exp(path_scores(column, np.zeros((len(column), len(WORD_FEATURES))), weights))


def test_steps_are_equally_likely_without_weights() -> None:
    expected = [[0, 1 / 3, 1 / 3, 1 / 3], [0, 0, 1 / 2, 1 / 2], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert p([0, 0, 0, 0], simple_weights()) == pytest.approx(np.array(expected))


def test_steps_are_scored_by_their_edge() -> None:
    # The next word has a score of ln 2, the end one of ln 3; the end that is next has both.
    expected = [[0, 2 / 6, 1 / 6, 3 / 6], [0, 0, 2 / 5, 3 / 5], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert p([0] * 4, simple_weights(w_e=[LN2, 0, 0, 0, np.log(3)])) == pytest.approx(np.array(expected))


# A forward state of 1/2 for the number 1 and of 0 for the number 0: tanh(ln 3 / 2) = 1/2.
HALF = kernel(np.log(3) / 2)


def test_steps_are_scored_by_the_word_they_lead_to() -> None:
    # v tanh(W h + b) is 2 ln 2 tanh(ln 3 h) = ln 2 for the second word, and 0 for the rest.
    weights = simple_weights(forward__kernel=HALF, W=[[np.log(3)], [0]], v=[2 * LN2])
    expected = [[0, 1 / 4, 2 / 4, 1 / 4], [0, 0, 2 / 3, 1 / 3], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert p([0, 0, 1, 0], weights) == pytest.approx(np.array(expected))


def test_steps_are_scored_by_both_their_words() -> None:
    # Q h_j K h_t is ln 2 from the first word to the second, both of 1/2, and 0 for all other steps.
    weights = simple_weights(forward__kernel=HALF, Q=[[2], [0]], K=[[2 * LN2], [0]])
    expected = [[0, 1 / 3, 1 / 3, 1 / 3], [0, 0, 2 / 3, 1 / 3], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert p([0, 1, 1, 0], weights) == pytest.approx(np.array(expected))


def test_scores_of_two_words_are_divided_by_the_root_of_the_width() -> None:
    # With A = 4 the sum is 4 ln 2 over the root of 4: 2 ln 2.
    wide = {"Q": np.full((2, 4), [[2], [0]]), "K": np.full((2, 4), [[2 * LN2], [0]])}
    weights = simple_weights(forward__kernel=HALF, W=np.zeros((2, 4)), b=[0] * 4, v=[0] * 4, **wide)
    assert p([0, 1, 1, 0], weights)[1] == pytest.approx([0, 0, 4 / 5, 1 / 5])


def test_steps_pay_for_the_words_they_leave_out() -> None:
    # c h is ln 2 for the first word: who steps over it has half the chance.
    weights = simple_weights(forward__kernel=HALF, c=[2 * LN2, 0])
    expected = [[0, 2 / 4, 1 / 4, 1 / 4], [0, 0, 1 / 2, 1 / 2], [0, 0, 0, 1], [0, 0, 0, 0]]
    assert p([0, 1, 0, 0], weights) == pytest.approx(np.array(expected))
    # Of two such words the step to the end leaves out both.
    assert p([0, 1, 1, 0], weights)[0] == pytest.approx([0, 4 / 7, 2 / 7, 1 / 7])


def test_steps_do_not_pay_for_the_words_they_join() -> None:
    weights = simple_weights(forward__kernel=HALF, c=[2 * LN2, 0])
    assert p([1, 0, 0, 1], weights)[0] == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3])


def test_words_are_read_from_both_ends() -> None:
    # The state of a direction becomes what was before it, once the update gate is open for words of 0: 1 is the last.
    gate = kernel(np.log(3) / 2)
    gate[0, 0] = -120  # shut for the number 1
    opened = [[60, 0, 0], [0, 0, 0]]
    forward = simple_weights(forward__kernel=gate, forward__bias=opened, W=[[np.log(3)], [0]], v=[2 * LN2])
    backward = simple_weights(backward__kernel=gate, backward__bias=opened, W=[[0], [np.log(3)]], v=[2 * LN2])
    # Forward the first word and all behind it have 1/2, and so a score of ln 2: steps are equal again.
    assert p([0, 1, 0, 0], forward)[0] == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3])
    assert p([0, 0, 1, 0], forward)[0] == pytest.approx([0, 1 / 5, 2 / 5, 2 / 5])
    # Backward the second word and all before it.
    assert p([0, 0, 1, 0], backward)[0] == pytest.approx([0, 2 / 5, 2 / 5, 1 / 5])


def test_probability_of_a_path_is_that_of_its_steps() -> None:
    weights = simple_weights(w_e=[LN2, 0, 0, 0, 0])
    log_p = path_scores(np.zeros((5, 1)), np.zeros((5, len(WORD_FEATURES))), weights)
    # Of three words the first and the third: 2/5, then 1/4 for the gap, then the end, which is next.
    assert np.exp(log_p[0, 1] + log_p[1, 3] + log_p[3, 4]) == pytest.approx(2 / 5 * 1 / 4 * 1)


MODEL = random_model(1)


@few_examples
@given(st.integers(1, 8), st.data())
def test_steps_lead_on_and_sum_to_one(size: int, data: st.DataObject) -> None:
    embedded = data.draw(arrays(size + 2, MODEL.network.embedding_size)).astype(np.float32)
    features = data.draw(arrays(size + 2, len(WORD_FEATURES))).astype(np.float32)
    log_p = path_scores(embedded, features, MODEL.weights)
    assert log_p.shape == (size + 2, size + 2)
    assert log_p.dtype == np.float64
    behind = np.triu(np.ones(log_p.shape, bool), 1)
    assert np.isfinite(log_p[behind]).all()
    assert (log_p[~behind] == -np.inf).all()
    assert np.exp(log_p).sum(axis=1) == pytest.approx([1] * (size + 1) + [0])


@few_examples
@given(st.integers(1, 6), st.data())
def test_paths_sum_to_one(size: int, data: st.DataObject) -> None:
    features = data.draw(arrays(size + 2, len(WORD_FEATURES))).astype(np.float32)
    embedded = np.zeros((size + 2, MODEL.network.embedding_size), np.float32)
    p_of = np.exp(path_scores(embedded, features, MODEL.weights))
    reached = np.eye(size + 2)[0]
    for t in range(1, size + 2):
        reached[t] = reached @ p_of[:, t]
    assert reached[-1] == pytest.approx(1)


def test_weights_are_those_that_a_model_is_checked_for() -> None:
    expected = {name for name in weight_shapes(MODEL.network) if name.startswith("editor/")}
    assert set(simple_weights()) == expected

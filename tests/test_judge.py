"""What the judge sees and its forward pass, worked out by hand; `train/test_parity.py` sets it beside Keras."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import marked_form, random_model, random_weights, words_of
from strategies import arrays, few_examples

from summarize.config import NetworkConfig
from summarize.decide.cuts import find_forms, make_form
from summarize.document import CUT_KINDS, LANGUAGES, Cut, Form, Language
from summarize.network.encoder import WordVectors
from summarize.network.judge import (
    COMPRESSION_FEATURES,
    MAX_IDS,
    VERDICTS,
    WORD_FEATURES,
    Layout,
    embed,
    encode_forms,
    features_of_all,
    judge_forms,
    judge_sentences,
    judge_shapes,
    spell,
    weights_of_judge,
    word_features,
)
from summarize.network.layers import Array
from summarize.network.storage import parameter_shapes
from summarize.text.grammar import LIKELY, NEVER, NOUN_TOO, OFTEN, Grammar
from summarize.text.vocabulary import SPECIAL_TERMS, UNKNOWN_ID, Vocabulary

LN2, LN3 = np.log(2), np.log(3)
VOCABULARY = Vocabulary((*SPECIAL_TERMS, "河水", "城市", "上涨", "研究", "用", "下", "雨", "天", "river", "rose"))
GRAMMAR = Grammar(
    VOCABULARY,
    np.array([NEVER, NEVER, NEVER, NEVER, OFTEN, NOUN_TOO, LIKELY, *[NEVER] * 4, OFTEN], np.uint8),
    np.zeros(0, np.uint32),
)


def seen(spaced: str, num_context: int = 0, language: Language = "zh") -> dict[str, list[float]]:
    """What is seen of words written with spaces."""
    columns = word_features(spaced.split(), num_context, language, GRAMMAR)
    assert columns.dtype == np.float64
    assert columns.shape == (len(spaced.split()), len(WORD_FEATURES))
    return {name: columns[:, column].tolist() for column, name in enumerate(WORD_FEATURES)}


def test_features_have_names_of_their_own() -> None:
    for names in (WORD_FEATURES, COMPRESSION_FEATURES, VERDICTS):
        assert len(set(names)) == len(names)


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
            "在 不 如果 可能 称 但 因为 河水",
            {
                "is_preposition": [1, 0, 0, 0, 0, 0, 0, 0],
                "is_negation": [0, 1, 0, 0, 0, 0, 0, 0],
                "is_condition": [0, 0, 1, 0, 0, 0, 0, 0],
                "is_modality": [0, 0, 0, 1, 0, 0, 0, 0],
                "is_attribution": [0, 0, 0, 0, 1, 0, 0, 0],
                "is_contrast": [0, 0, 0, 0, 0, 1, 0, 0],
                "is_cause": [0, 0, 0, 0, 0, 0, 1, 0],
                "is_subordinator": [0, 0, 1, 0, 0, 0, 1, 0],
            },
            id="classes",
        ),
        pytest.param(
            "The Who AND 的",
            {"is_article": [1, 0, 0, 0], "is_relative": [0, 1, 0, 0], "is_additive": [0, 0, 1, 0]},
            id="English classes in any case",
        ),
        pytest.param(
            "河水 上涨 ， 城市 、 河水 ； 天",
            {
                "clause": [0, 0, 0, 1 / 4, 1 / 4, 1 / 4, 1 / 4, 2 / 4],
                "place_in_clause": [0, 0.1, 0.2, 0, 0.1, 0.2, 0.3, 0],
            },
            id="clauses",
        ),
        pytest.param(
            "河 河水 大城市 a",
            {
                "place": [0, 1 / 4, 2 / 4, 3 / 4],
                "place_from_end": [3 / 20, 2 / 20, 1 / 20, 0],
                "length": [1 / 4, 2 / 4, 3 / 4, 1 / 4],
                "is_context": [0, 0, 0, 0],
            },
            id="places and lengths",
        ),
        pytest.param(
            " ".join(["，"] * 10 + ["大" * 15]),
            {"clause": [*[number / 4 for number in range(9)], 2, 2], "length": [1 / 4] * 10 + [3]},
            id="no more than so much",
        ),
        pytest.param("河水", {"is_english": [0], "place": [0], "place_from_end": [0]}, id="one word"),
    ],
)
def test_word_features_by_hand(words: str, expected: dict[str, list[float]]) -> None:
    found = seen(words)
    for name, values in expected.items():
        assert found[name] == pytest.approx(values), name


def test_word_features_of_long_sentences_stay_small() -> None:
    found = seen(" ".join(["河水"] * 100))
    assert found["place_from_end"][:41] == [3] * 40 + [pytest.approx(59 / 20)]
    assert found["place_in_clause"][-1] == 2
    assert found["place"][-1] == pytest.approx(0.99)


def test_word_features_count_from_the_beginning_of_the_sentence() -> None:
    found = seen("城市 ， 城市 。 河水 ， 上涨", num_context=4)
    assert found["is_context"] == [1, 1, 1, 1, 0, 0, 0]
    assert found["clause"] == [0, 0, 1 / 4, 1 / 4, 0, 0, 1 / 4]
    assert found["place_in_clause"] == pytest.approx([0, 0.1, 0, 0.1, 0, 0.1, 0])
    assert found["place"] == pytest.approx([0, 0, 0, 0, 0, 1 / 3, 2 / 3])
    assert found["place_from_end"] == pytest.approx([0, 0, 0, 0, 2 / 20, 1 / 20, 0])


def test_word_features_know_the_language() -> None:
    assert seen("river rose", language="en")["is_english"] == [1, 1]
    assert seen("river rose", language="zh")["is_english"] == [0, 0]


def test_word_features_of_nothing_are_none() -> None:
    assert word_features([], 0, "zh", GRAMMAR).shape == (0, len(WORD_FEATURES))


@given(st.lists(st.sampled_from(["河水", "上涨", "，", "“", "3", "The", "…", "的"]), min_size=1, max_size=12))
def test_word_features_say_one_kind_of_each_word(words: list[str]) -> None:
    found = seen(" ".join(words))
    kinds = ("is_comma", "is_list_comma", "is_opening", "is_closing", "is_other_mark", "is_word")
    assert np.sum([found[name] for name in kinds], axis=0).tolist() == [1] * len(words)
    levels = ("never_predicate", "noun_too", "likely_predicate", "often_predicate")
    assert np.sum([found[name] for name in levels], axis=0).tolist() == found["is_word"]


# Words to numbers


def test_words_are_spelled() -> None:
    # 河水 is known, 下雨 is spelled, a comma has nothing, a capital is none of its own, an unknown word is unknown
    ids = spell(["河水", "下雨", "，", "River", "xyz"], VOCABULARY)
    assert ids.dtype == np.int32
    assert ids.tolist() == [[2, 0, 0, 0], [7, 8, 0, 0], [0] * 4, [10, 0, 0, 0], [UNKNOWN_ID, 0, 0, 0]]


def test_words_are_spelled_by_four_characters_at_most() -> None:
    assert spell(["下雨下雨天"], VOCABULARY)[0].tolist() == [7, 8, 7, 8]
    assert MAX_IDS == 4


def test_words_embed_to_the_mean_of_their_vectors() -> None:
    codes = np.array([[0, 0], [10, 20], [30, -40]], np.int8)
    vectors = WordVectors(codes, np.array([1, 0.5, 0.1], np.float32))
    found = embed(np.array([[0, 0, 0, 0], [1, 0, 0, 0], [1, 2, 0, 0], [2, 2, 2, 2]]), vectors)
    assert found == pytest.approx(np.array([[0, 0], [5, 10], [4, 3], [3, -4]]))
    assert found.dtype == np.float64


def test_words_embed_in_minibatches_as_alone() -> None:
    model = random_model(2)
    ids = np.random.default_rng(1).integers(0, len(model.vocabulary), (2, 3, MAX_IDS))
    assert embed(ids, model.vectors)[1] == pytest.approx(embed(ids[1], model.vectors))


# Forms


def of_form(marked: str, *, has_stop: bool = True) -> dict[str, float]:
    """What is seen of a form as a whole; `[` and `]` stand around what is cut."""
    words, form, language = marked_form(marked)
    (found,) = encode_forms([form], [word.text for word in words], 0, language, has_stop=has_stop).forms
    assert found.dtype == np.float64
    return dict(zip(COMPRESSION_FEATURES, found.tolist(), strict=True))


def test_form_features_by_hand() -> None:
    # Three of six words are kept, and one of two commas; the list comma is neither.
    assert of_form("[ 昨天 ， ] 河水 、 湖水 上涨 [ ， 城市 停电 ]") == pytest.approx(
        {name: 0 for name in COMPRESSION_FEATURES}
        | {"share_kept": 3 / 6, "num_kept": 3 / 30, "num_cuts": 2 / 3, "opening": 1, "ending": 1, "clauses_cut": 2 / 4}
        | {"has_stop": 1}
    )
    assert of_form("河水 [ （ 新 ） ] 上涨 [ 昨天 ] 了 ， [ 大 ] 水", has_stop=False) == pytest.approx(
        {name: 0 for name in COMPRESSION_FEATURES}
        | {"share_kept": 4 / 7, "num_kept": 4 / 30, "num_cuts": 1, "gloss": 1, "time": 1, "clauses_kept": 1 / 4}
        | {"other": 1}
    )
    assert of_form("rivers rose [ and fell ]")["is_english"] == 1


def test_form_features_count_cuts_of_a_kind() -> None:
    found = of_form("道 [ 、 路 ] 等 和 桥 [ 、 管 ] 等 好")
    assert found["member"] == 2
    assert sum(found[kind] for kind in CUT_KINDS) == 2


def test_form_features_of_long_forms_stay_small() -> None:
    assert of_form(f"{'河水 ' * 70} [ 上涨 ]")["num_kept"] == 2
    assert of_form("， [ 。 ]")["share_kept"] == 0


def laid_out(*marked: str, before: Sequence[str] = (), has_stop: bool = True) -> Layout:
    """Forms of one sentence."""
    words, _, language = marked_form(marked[0])
    forms = [marked_form(one)[1] for one in marked]
    return encode_forms(forms, [*before, *(word.text for word in words)], len(before), language, has_stop=has_stop)


def test_forms_are_laid_out_by_hand() -> None:
    marked = ("[ a , ] b c [ d ] e", "a , b c [ d e ]", "a , b [ c d ] e")
    layout = laid_out(*marked)
    assert layout.kept.tolist() == [[2, 3, 5, -1], [0, 1, 2, 3], [0, 1, 2, 5]]
    assert layout.is_behind.dtype == np.float64
    assert layout.is_behind[..., 0].tolist() == [[1, 0, 1, 0], [0, 0, 0, 0], [0, 0, 0, 1]]
    assert layout.is_behind[..., 1].tolist() == [[0, 1, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0]]
    assert layout.gone.tolist() == [
        [True, True, False, False, True, False],
        [False, False, False, False, True, True],
        [False, False, False, True, True, False],
    ]
    # Before a cut that opens the sentence stands its own first word, behind one that ends it its own last.
    assert layout.cuts.tolist() == [[[0, 0, 1, 2], [3, 4, 4, 5]], [[3, 4, 5, 5], [-1] * 4], [[2, 3, 4, 5], [-1] * 4]]
    kinds = [[CUT_KINDS[kind] for kind in np.flatnonzero(row)] for row in layout.kinds.reshape(6, -1)]
    assert kinds == [["opening"], ["other"], ["ending"], [], ["other"], []]
    assert layout.kinds.dtype == np.float64
    assert layout.forms.tolist() == [list(of_form(one).values()) for one in marked]


def test_forms_are_laid_out_behind_what_stands_before() -> None:
    marked = ("[ a , ] b c [ d ] e", "a , b c [ d e ]")
    alone, behind = laid_out(*marked), laid_out(*marked, before=["x", "y", "."])
    assert behind.kept.tolist() == [[5, 6, 8, -1], [3, 4, 5, 6]]
    assert behind.cuts.tolist() == [[[3, 3, 4, 5], [6, 7, 7, 8]], [[6, 7, 8, 8], [-1] * 4]]
    assert not behind.gone[:, :3].any()
    assert np.array_equal(behind.gone[:, 3:], alone.gone)
    for name in ("is_behind", "kinds", "forms"):
        assert np.array_equal(getattr(behind, name), getattr(alone, name)), name


def test_cuts_that_touch_are_laid_out_one_behind_the_other() -> None:
    form = Form((Cut(1, 2, "time"), Cut(2, 4, "ending")), (0,))
    layout = encode_forms([form], list("abcd"), 0, "en", has_stop=False)
    assert layout.cuts.tolist() == [[[0, 1, 1, 2], [1, 2, 3, 3]]]
    assert layout.is_behind.tolist() == [[[0, 1]]]


def test_form_without_cuts_is_laid_out() -> None:
    layout = laid_out("a b c", "a [ b ] c")
    assert layout.cuts.tolist() == [[[-1] * 4], [[0, 1, 1, 2]]]
    assert layout.gone[0].tolist() == [False] * 3


# The forward pass


HIDDEN = 2  # H, one forward and one backward
# Places in what is pooled.
MEAN_KEPT, MAX_KEPT, MEAN_GONE, MAX_GONE, MAX_CUT, FORM = 0, HIDDEN, 2 * HIDDEN, 2 * HIDDEN + 1, 2 * HIDDEN + 2, 7
POOLED = FORM + len(COMPRESSION_FEATURES)
SIZES = NetworkConfig(
    vocabulary_size=2, num_features=1, num_term_features=1, embedding_size=1, judge_state_size=HIDDEN, judge_width=1
)


def matrix(rows: int, columns: int, values: dict[tuple[int, int], float]) -> np.ndarray:
    found = np.zeros((rows, columns))
    for place, value in values.items():
        found[place] = value
    return found


def simple_weights(**changes: object) -> dict[str, Array]:
    """Weights with E = 1, H = 2 and A = 1: all zero but those given; `__` stands for `/`.

    The update gates are shut, so that a state is the candidate, tanh of what the kernel makes of a word alone. A hidden
    number of 1/2 makes the first verdict twice as likely as each of the others.
    """
    weights = {name: np.zeros(shape) for name, shape in judge_shapes(SIZES).items()}
    for reader in ("source", "kept"):
        for direction in ("forward", "backward"):
            weights[f"{reader}/{direction}/bias"][0, 0] = -60
    weights["W_2"][0, 0] = 2 * LN2
    for name, value in changes.items():
        array = np.array(value, np.float64)
        assert array.shape == weights[name.replace("__", "/")].shape, name
        weights[name.replace("__", "/")] = array
    return weights


def kernel(reader: str, values: dict[int, float]) -> np.ndarray:
    """A kernel that passes numbers of a word on to the candidate; of the source the word's own is number 0."""
    rows = 1 + len(WORD_FEATURES) + (HIDDEN + 2 if reader == "kept" else 0)
    return matrix(rows, 3, {(row, 2): value for row, value in values.items()})


def head(row: int, value: float) -> np.ndarray:
    """A matrix that makes a hidden number of one pooled number."""
    return matrix(POOLED, 1, {(row, 0): value})


def judged(embedded: Sequence[float], layout: Layout, weights: dict[str, Array]) -> np.ndarray:
    """P of forms of words with one number each and without features."""
    column = np.array(embedded)[:, None]
    found = judge_forms(column, np.zeros((len(column), len(WORD_FEATURES))), layout, weights)
    assert found.dtype == np.float64
    assert found.shape == (len(layout.kept), len(VERDICTS))
    return found


def hidden(embedded: Sequence[float], layout: Layout, weights: dict[str, Array]) -> list[float]:
    """The hidden number of each form: log2 of how much likelier the first verdict is than the others, halved."""
    found = judged(embedded, layout, weights)
    assert found[:, 1] == pytest.approx(found[:, 2])
    return (np.log2(found[:, 0] / found[:, 1]) / 2).tolist()


# Of a number of 1 the state is 1/2: tanh(ln 3 / 2); of 0 it is 0.
HALF = {0: LN3 / 2}
THREE = laid_out("[ a ] b c d", "a [ b c ] d", "a b [ c ] d")


def test_verdicts_are_equally_likely_without_weights() -> None:
    assert judged([1, 2, 3, 4], THREE, simple_weights()) == pytest.approx(np.full((3, 3), 1 / 3))


def test_verdicts_have_their_own_share() -> None:
    found = judged([1, 2, 3, 4], THREE, simple_weights(b_2=np.log([1, 2, 5])))
    assert found == pytest.approx(np.tile([1 / 8, 2 / 8, 5 / 8], (3, 1)))


def test_verdicts_follow_the_hidden_number() -> None:
    # tanh(ln 3 / 2) = 1/2, and 2 ln 2 / 2 = ln 2; -1/2 the other way round.
    assert judged([0] * 4, THREE, simple_weights(b_1=[LN3 / 2])) == pytest.approx(
        np.tile([2 / 4, 1 / 4, 1 / 4], (3, 1))
    )
    assert judged([0] * 4, THREE, simple_weights(b_1=[-LN3 / 2])) == pytest.approx(
        np.tile([1 / 5, 2 / 5, 2 / 5], (3, 1))
    )


def test_form_as_a_whole_is_seen() -> None:
    # 3/4, 2/4 and 3/4 of the words are kept.
    found = hidden([0] * 4, THREE, simple_weights(W_1=head(FORM + COMPRESSION_FEATURES.index("share_kept"), LN3)))
    assert found == pytest.approx(np.tanh(LN3 * np.array([3, 2, 3]) / 4).tolist())
    assert found[1] == pytest.approx(1 / 2)


@pytest.mark.parametrize("direction", [0, 1], ids=["forward", "backward"])
def test_kept_words_are_pooled(direction: int) -> None:
    kernels = {f"kept__{('forward', 'backward')[direction]}__kernel": kernel("kept", HALF)}
    # Of b, c and d one has a state of 1/2, of a and d one as well, and of a, b and d two have: 1/6, 1/4 and 1/3.
    found = hidden([1, 1, 0, 0], THREE, simple_weights(W_1=head(MEAN_KEPT + direction, 2 * LN3), **kernels))
    assert found == pytest.approx(np.tanh(2 * LN3 * np.array([1 / 6, 1 / 4, 1 / 3])).tolist())
    # The largest state is 1/2 where a word of 1 is kept, and 0 without.
    found = hidden([1, 0, 0, 0], THREE, simple_weights(W_1=head(MAX_KEPT + direction, LN3), **kernels))
    assert found == pytest.approx([0, 1 / 2, 1 / 2])


def test_kept_words_are_pooled_without_those_of_longer_forms() -> None:
    # The largest state of a form of words of -1 is -1/2, not that of padding.
    weights = simple_weights(W_1=head(MAX_KEPT, LN3), kept__forward__kernel=kernel("kept", HALF))
    assert hidden([-1, -1, -1, -1], THREE, weights) == pytest.approx([-1 / 2] * 3)


def test_cut_words_are_pooled() -> None:
    # g of a word of 1 is tanh(ln 3 / 2) = 1/2. Of a, of b and c, and of c the mean is 1/2, 1/4 and 0.
    gone = {"source__forward__kernel": kernel("source", HALF), "W_g": [[LN3], [0]]}
    found = hidden([1, 1, 0, 0], THREE, simple_weights(W_1=head(MEAN_GONE, LN3), **gone))
    assert found == pytest.approx([1 / 2, np.tanh(LN3 / 4), 0])
    found = hidden([1, 1, 0, 0], THREE, simple_weights(W_1=head(MAX_GONE, LN3), **gone))
    assert found == pytest.approx([1 / 2, 1 / 2, 0])


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        pytest.param(0, [1, 1, 0], id="the kept word before; of an opening the first that is cut"),
        pytest.param(1, [1, 0, 0], id="the first that is cut"),
        pytest.param(2, [1, 0, 0], id="the last that is cut"),
        pytest.param(3, [0, 0, 0], id="the kept word behind"),
    ],
)
def test_cuts_are_seen_by_their_edges(place: int, expected: list[int]) -> None:
    # Only the first word has a state, of 1/2: c of a cut that has it there is tanh(ln 3 / 2) = 1/2.
    weights = simple_weights(
        source__forward__kernel=kernel("source", HALF),
        W_c=matrix(4 * HIDDEN + len(CUT_KINDS), 1, {(place * HIDDEN, 0): LN3}),
        W_1=head(MAX_CUT, LN3),
    )
    assert hidden([1, 0, 0, 0], THREE, weights) == pytest.approx([0.5 * one for one in expected])
    # Of a word of 1 at the end the edge is behind the second and the third cut alone.
    assert hidden([0, 0, 0, 1], THREE, weights) == pytest.approx([0, 0.5, 0.5] if place == 3 else [0, 0, 0])


def test_cuts_are_seen_by_their_kinds() -> None:
    weights = simple_weights(
        W_c=matrix(4 * HIDDEN + len(CUT_KINDS), 1, {(4 * HIDDEN + CUT_KINDS.index("opening"), 0): LN3 / 2}),
        W_1=head(MAX_CUT, LN3),
    )
    assert hidden([0] * 4, THREE, weights) == pytest.approx([1 / 2, 0, 0])


def test_cuts_are_pooled_by_the_largest() -> None:
    # Of two cuts one is seen as -1/2, for its kind, and the other as 0.
    weights = simple_weights(
        W_c=matrix(4 * HIDDEN + len(CUT_KINDS), 1, {(4 * HIDDEN + CUT_KINDS.index("opening"), 0): -LN3 / 2}),
        W_1=head(MAX_CUT, LN3),
    )
    layout = laid_out("[ a ] b c [ d ]", "[ a ] b c d")
    assert hidden([0] * 4, layout, weights) == pytest.approx([0, -1 / 2])


@pytest.mark.parametrize(("side", "expected"), [(0, [1 / 3, 1 / 2, 1 / 3]), (1, [0, 1 / 2, 1 / 3])])
def test_kept_words_know_where_cuts_are(side: int, expected: list[float]) -> None:
    # A word behind a cut, or before one, has a state of 1/2; of three kept words one is such, of two one as well.
    rows = 1 + len(WORD_FEATURES) + HIDDEN
    weights = simple_weights(kept__forward__kernel=kernel("kept", {rows + side: LN3 / 2}), W_1=head(MEAN_KEPT, 2 * LN3))
    assert hidden([0] * 4, THREE, weights) == pytest.approx(np.tanh(LN3 * np.array(expected)).tolist())


def test_kept_words_are_seen_in_their_sentence() -> None:
    # The state that the source has of a word, 1/2, is what the second reader makes tanh(ln 3 / 2) = 1/2 of.
    weights = simple_weights(
        source__forward__kernel=kernel("source", HALF),
        kept__forward__kernel=kernel("kept", {1 + len(WORD_FEATURES): LN3}),
        W_1=head(MAX_KEPT, LN3),
    )
    assert hidden([1, 0, 0, 0], THREE, weights) == pytest.approx([0, 1 / 2, 1 / 2])


def remembering(reader: str, direction: str) -> dict[str, object]:
    """Weights of a reader that keeps its state where a word has the number 0, and takes 1/2 for the number 1."""
    array = kernel(reader, HALF)
    array[0, 0] = -120  # the gate is shut for 1
    return {f"{reader}__{direction}__kernel": array, f"{reader}__{direction}__bias": [[60, 0, 0], [0, 0, 0]]}


def test_kept_words_are_read_from_both_ends() -> None:
    # Forward all words behind the one of 1 have its state, backward all before it. Of b, c, d: b is 1.
    mean = {"forward": MEAN_KEPT, "backward": MEAN_KEPT + 1}
    expected = {"forward": [3 / 6, 0, 2 / 6], "backward": [1 / 6, 0, 2 / 6]}
    for direction, row in mean.items():
        weights = simple_weights(W_1=head(row, 2 * LN3), **remembering("kept", direction))
        assert hidden([0, 1, 0, 0], THREE, weights) == pytest.approx(np.tanh(2 * LN3 * np.array(expected[direction])))


def test_shorter_forms_are_read_from_their_own_end() -> None:
    # The last of the two kept words of the second form is 1: backward both have its state, whatever is padded.
    weights = simple_weights(W_1=head(MEAN_KEPT + 1, LN3), **remembering("kept", "backward"))
    assert hidden([0, 0, 0, 1], THREE, weights) == pytest.approx([1 / 2] * 3)
    assert hidden([0, 0, 0, 1], laid_out("a [ b c ] d"), weights) == pytest.approx([1 / 2])


@pytest.mark.parametrize(("direction", "expected"), [("forward", [1 / 2, 1 / 2, 1 / 2]), ("backward", [0, 0, 0])])
def test_sentence_is_read_with_what_stands_before(direction: str, expected: list[float]) -> None:
    # The word before the sentence is 1; forward its state reaches the words that are cut.
    layout = laid_out("[ a ] b c d", "a [ b c ] d", "a b [ c ] d", before=["x"])
    column = 0 if direction == "forward" else 1
    weights = simple_weights(
        W_g=matrix(HIDDEN, 1, {(column, 0): LN3}), W_1=head(MEAN_GONE, LN3), **remembering("source", direction)
    )
    assert hidden([1, 0, 0, 0, 0], layout, weights) == pytest.approx(expected)


def test_features_of_words_are_seen() -> None:
    features = np.zeros((4, len(WORD_FEATURES)))
    features[0, 5] = 1
    weights = simple_weights(kept__forward__kernel=kernel("kept", {1 + 5: LN3 / 2}), W_1=head(MAX_KEPT, LN3))
    found = judge_forms(np.zeros((4, 1)), features, THREE, weights)
    assert found[:, 0] == pytest.approx([1 / 3, 2 / 4, 2 / 4])


# The whole, with weights by chance


def sigmoid(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def read_one_by_one(rows: list[np.ndarray], weights: dict[str, Array], reader: str) -> list[np.ndarray]:
    """The states of a bidirectional GRU, word by word."""
    both = []
    for direction in ("forward", "backward"):
        kernel, recurrent, bias = (
            weights[f"{reader}/{direction}/{part}"].astype(np.float64)
            for part in ("kernel", "recurrent_kernel", "bias")
        )
        size = recurrent.shape[0]
        state, states = np.zeros(size), []
        for row in rows if direction == "forward" else rows[::-1]:
            x, s = row @ kernel + bias[0], state @ recurrent + bias[1]
            z, r = sigmoid(x[:size] + s[:size]), sigmoid(x[size : 2 * size] + s[size : 2 * size])
            state = z * state + (1 - z) * np.tanh(x[2 * size :] + r * s[2 * size :])
            states.append(state)
        both.append(states if direction == "forward" else states[::-1])
    return [np.concatenate(pair) for pair in zip(*both, strict=True)]


def judge_one_by_one(
    embedded: np.ndarray,
    features: np.ndarray,
    form: Form,
    words: Sequence[str],
    num_context: int,
    has_stop: bool,
    language: Language,
    weights: dict[str, Array],
) -> np.ndarray:
    """The formulas of the module once more, for one form and without padding."""
    read = [np.concatenate(pair) for pair in zip(embedded, features, strict=True)]
    s = read_one_by_one(read, weights, "source")
    own = range(num_context, len(words))
    kept = [place + num_context for place in form.kept]
    rows = []
    for t in kept:
        before = t - 1 in own and t - 1 not in kept
        behind = t + 1 in own and t + 1 not in kept
        rows.append(np.concatenate([read[t], s[t], [float(before), float(behind)]]))
    k = np.array(read_one_by_one(rows, weights, "kept"))
    g = np.array([np.tanh(s[t] @ weights["W_g"]) for t in own if t not in kept])
    c = []
    for cut in form.cuts:
        a, z = cut.first + num_context, cut.end - 1 + num_context
        left, right = max(a - 1, own[0]), min(z + 1, own[-1])
        kind = [float(name == cut.kind) for name in CUT_KINDS]
        c.append(np.tanh(np.concatenate([s[left], s[a], s[z], s[right], kind]) @ weights["W_c"]))
    (o,) = encode_forms([form], words, num_context, language, has_stop=has_stop).forms
    pooled = np.concatenate([k.mean(axis=0), k.max(axis=0), g.mean(axis=0), g.max(axis=0), np.max(c, axis=0), o])
    scores = np.tanh(pooled @ weights["W_1"] + weights["b_1"]) @ weights["W_2"] + weights["b_2"]
    return np.exp(scores) / np.exp(scores).sum()


MODEL = random_model(1)
SPACED = "昨天 ， 河水 上涨 很 多 ， 城市 （ 江州 市区 ） 停电 ， the river on Monday rose"
WORDS = SPACED.split()


@st.composite
def sentences(draw: st.DrawFn) -> tuple[list[str], list[str], Language, list[Form]]:
    """Words before a sentence, its own, its language and some of its forms."""
    language = draw(st.sampled_from(LANGUAGES))
    before = draw(st.lists(st.sampled_from(WORDS), max_size=4))
    words = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=12))
    spaced = words_of(" ".join(words), language)
    forms = [form for form in find_forms(spaced, [True] * len(words), language)]
    any_kept = draw(st.sets(st.integers(0, len(words) - 1), min_size=1, max_size=len(words) - 1))
    forms.append(make_form(spaced, sorted(any_kept), language))
    chosen = draw(st.lists(st.sampled_from(forms), min_size=1, max_size=6))
    return before, words, language, chosen


@few_examples
@given(sentences(), st.booleans(), st.integers(0, 99))
def test_forward_pass_is_what_the_formulas_say(
    drawn: tuple[list[str], list[str], Language, list[Form]], has_stop: bool, seed: int
) -> None:
    before, words, language, forms = drawn
    weights = weights_of_judge(random_weights(MODEL.network, seed), 0)
    read = [*before, *words]
    embedded = embed(spell(read, MODEL.vocabulary), MODEL.vectors)
    features = word_features(read, len(before), language, MODEL.grammar)
    layout = encode_forms(forms, read, len(before), language, has_stop=has_stop)
    found = judge_forms(embedded, features, layout, weights)
    for form, row in zip(forms, found, strict=True):
        expected = judge_one_by_one(embedded, features, form, read, len(before), has_stop, language, weights)
        assert row == pytest.approx(expected, abs=1e-5)


@few_examples
@given(sentences(), st.data())
def test_figures_of_a_form_do_not_depend_on_its_neighbours(
    drawn: tuple[list[str], list[str], Language, list[Form]], data: st.DataObject
) -> None:
    before, words, language, forms = drawn
    read = [*before, *words]
    embedded = data.draw(arrays(len(read), MODEL.network.embedding_size)).astype(np.float32)
    features = word_features(read, len(before), language, MODEL.grammar)

    def figures(some: Sequence[Form]) -> np.ndarray:
        layout = encode_forms(some, read, len(before), language, has_stop=True)
        return judge_forms(embedded, features, layout, weights_of_judge(MODEL.weights, 0))

    together = figures(forms)
    assert together == pytest.approx(np.concatenate([figures([form]) for form in forms]), abs=1e-6)
    assert figures(forms[::-1]) == pytest.approx(together[::-1], abs=1e-6)
    assert together.sum(axis=1) == pytest.approx(np.ones(len(forms)))
    assert (together > 0).all()


@few_examples
@given(st.lists(sentences(), min_size=2, max_size=4), st.integers(0, 99))
def test_figures_of_a_sentence_do_not_depend_on_its_neighbours(
    drawn: list[tuple[list[str], list[str], Language, list[Form]]], seed: int
) -> None:
    weights = weights_of_judge(random_weights(MODEL.network, seed), 0)
    read, layouts = [], []
    for before, words, language, forms in drawn:
        both = [*before, *words]
        features = word_features(both, len(before), language, MODEL.grammar)
        read.append(np.concatenate([embed(spell(both, MODEL.vocabulary), MODEL.vectors), features], axis=-1))
        layouts.append(encode_forms(forms, both, len(before), language, has_stop=True))
    together = judge_sentences(read, layouts, weights)
    assert [len(figures) for figures in together] == [len(forms) for *_, forms in drawn]
    for one, layout, figures in zip(read, layouts, together, strict=True):
        assert figures == pytest.approx(judge_sentences([one], [layout], weights)[0], abs=1e-6)


def test_weights_are_those_that_a_model_is_checked_for() -> None:
    shapes = {name: array.shape for name, array in simple_weights().items()}
    both = {f"judge/{number}/{name}": shape for number in (0, 1) for name, shape in shapes.items()}
    assert {name: shape for name, shape in parameter_shapes(SIZES).items() if name.startswith("judge/")} == both


def test_shapes_by_hand() -> None:
    sizes = NetworkConfig(
        vocabulary_size=2, num_features=1, num_term_features=1, embedding_size=3, judge_state_size=4, judge_width=5
    )
    words, kinds, forms = len(WORD_FEATURES), len(CUT_KINDS), len(COMPRESSION_FEATURES)
    shapes = judge_shapes(sizes)
    assert shapes["source/forward/kernel"] == (3 + words, 6)
    assert shapes["kept/backward/kernel"] == (3 + words + 4 + 2, 6)
    assert shapes["kept/forward/recurrent_kernel"] == (2, 6)
    assert shapes["kept/forward/bias"] == (2, 6)
    assert shapes["W_g"] == (4, 5)
    assert shapes["W_c"] == (4 * 4 + kinds, 5)
    assert shapes["W_1"] == (2 * 4 + 3 * 5 + forms, 5)
    assert (shapes["b_1"], shapes["W_2"], shapes["b_2"]) == ((5,), (5, 3), (3,))


def test_features_of_several_sentences_are_those_of_each() -> None:
    spaced = ("河水 ， 上涨 ， 3 天 用", "雨 研究 ， 下 ， 城市", "， ，", "天")
    sentences, nums_context = [one.split() for one in spaced], [3, 0, 1, 0]
    found = features_of_all(sentences, nums_context, "zh", GRAMMAR)
    for columns, words, num_context in zip(found, sentences, nums_context, strict=True):
        np.testing.assert_array_equal(columns, word_features(words, num_context, "zh", GRAMMAR))

"""What the network says about its own weights."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import given
from models import document_of, random_model
from strategies import articles, few_examples

from summarize.document import ATTENTION_KINDS, Document
from summarize.explanation import NO_TREE, ROOT, steady
from summarize.network import explanation
from summarize.network.attention import Array, masked_softmax
from summarize.network.explanation import score_terms
from summarize.network.features import FEATURE_GROUPS, FEATURE_NAMES, WANTED_FEATURE
from summarize.network.scorer import NetworkScorer
from summarize.network.storage import load_model
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences

SCORER = NetworkScorer(random_model(1))
SHIPPED = NetworkScorer(load_model())


def read_text(text: str) -> Document:
    return Document(text, find_sentences(text), detect_language(text))


def shares(scores: Sequence[float]) -> np.ndarray:
    return np.exp(scores) / np.exp(scores).sum()


def terms_of(weigh: Callable[[Array], np.ndarray], features: Array, mask: np.ndarray) -> list[dict[str, np.ndarray]]:
    """The terms of the one kind of attention that `weigh` is, from the features of all sentences to their weights."""
    return score_terms(lambda several: [[weigh(some) for some in several]], [weigh(features)], features, mask)


def test_steady_numbers_are_equal_where_only_rounding_parts_them() -> None:
    assert 0.1 + 0.2 != 0.3
    found = steady([0.1 + 0.2, 0.3, -1e-30, -1e-30 * (1 + 1e-15), 0])
    assert found[0] == found[1] == pytest.approx(0.3, rel=1e-9)
    assert found[2] == found[3] == pytest.approx(-1e-30, rel=1e-9)
    assert found[4] == 0


def test_steady_numbers_keep_nine_digits() -> None:
    found = steady([[1, 1 + 1e-9], [3e-9, 3e-9 * (1 - 1e-9)]])
    assert found[0, 0] == 1 < found[0, 1]
    assert found[1, 0] > found[1, 1] > 0


@pytest.fixture
def two_groups(monkeypatch):
    monkeypatch.setattr(explanation, "FEATURE_GROUPS", {"place": [0], "length": [1]})


def test_score_terms_by_hand(two_groups) -> None:
    # The score is 1, 0, -1 for the words and f_0 + 2 f_1 beside; the means of the features are 1 and 2.
    def weigh(features: Array) -> np.ndarray:
        return shares([1, 0, -1] + features[:, 0] + 2 * features[:, 1])

    (terms,) = terms_of(weigh, np.array([[0.0, 2], [1, 4], [2, 0]]), np.ones(3, bool))
    assert terms["content"] == pytest.approx([1, 0, -1])
    assert terms["place"] == pytest.approx([-1, 0, 1])
    assert terms["length"] == pytest.approx([0, 4, -4])


def test_score_terms_share_what_two_groups_do_together(two_groups) -> None:
    # The score is f_0 f_1, so neither does it alone: with means 0, half of the product is each one's.
    def weigh(features: Array) -> np.ndarray:
        return shares(features[:, 0] * features[:, 1])

    (terms,) = terms_of(weigh, np.array([[1.0, 1], [-1, 1], [1, -1], [-1, -1]]), np.ones(4, bool))
    assert terms["content"] == pytest.approx([0] * 4)
    assert terms["place"] == pytest.approx([0.5, -0.5, -0.5, 0.5])
    assert terms["length"] == pytest.approx([0.5, -0.5, -0.5, 0.5])


def test_score_terms_leave_alone_what_may_not_be_chosen(two_groups) -> None:
    seen = []

    def weigh(features: Array) -> np.ndarray:
        seen.append(features[0].tolist())
        return np.append(0, shares(features[1:, 0]))

    (terms,) = terms_of(weigh, np.array([[9.0, 9], [1, 2], [3, 4]]), np.array([False, True, True]))
    assert [float(term[0]) for term in terms.values()] == [0, 0, 0]
    assert terms["place"] == pytest.approx([0, -1, 1])
    assert [2, 3] in seen  # the mean of the two others: what it is counts neither


def test_feature_groups_are_what_tells_sentences_apart() -> None:
    grouped = [FEATURE_NAMES[column] for columns in FEATURE_GROUPS.values() for column in columns]
    assert len(grouped) == len(set(grouped))
    assert set(FEATURE_NAMES) - set(grouped) == {"is_heading", "document_length", "is_english", WANTED_FEATURE}


@few_examples
@given(articles())
def test_terms_add_up_to_the_score_and_the_scores_to_the_weights(text: str) -> None:
    reading = SCORER.read(read_text(text), 2)
    for kind, weighing in reading.explain().weighings.items():
        assert weighing.weights.tolist() == reading.weigh(kind).tolist()
        assert masked_softmax(weighing.scores, weighing.candidates) == pytest.approx(weighing.weights, abs=1e-9)
        assert (weighing.scores[~weighing.candidates] == 0).all()
        assert weighing.scores.sum() == pytest.approx(0, abs=1e-9)
        assert weighing.candidates.tolist() == reading.mask.tolist()


@few_examples
@given(articles())
def test_steps_and_tree_are_those_of_the_attention(text: str) -> None:
    reading = SCORER.read(read_text(text), 2)
    account = reading.explain()
    assert account.steps.shares @ account.steps.weights == pytest.approx(reading.weigh("sequential"), abs=1e-6)
    assert account.steps.weights.sum(axis=1) == pytest.approx(1, abs=1e-5)
    parents, likely = account.tree
    assert (parents == NO_TREE).tolist() == (~reading.mask).tolist()
    assert ((likely >= 0) & (likely <= 1 + 1e-6)).all()
    for child in np.flatnonzero(reading.mask):
        steps, node = 0, int(child)
        while node != ROOT:
            node, steps = int(parents[node]), steps + 1
            assert steps <= len(parents)


def test_words_stand_where_they_are_said_to_and_share_the_sentence() -> None:
    text = "# 河水\n\n2018年6月5日，河水上漲了3.5%。The river rose — twice. ……\n"
    document = read_text(text)
    words = SHIPPED.read(document, 1).word_weights()
    found = [[text[start:end] for start, end, _ in of_sentence] for of_sentence in words]
    assert found[1] == ["2018年6月5日", "河水", "上漲", "了", "3.5%"]
    assert found[2] == ["The", "river", "rose", "twice"]
    for of_sentence in filter(None, words):
        assert sum(weight for *_, weight in of_sentence) == pytest.approx(1, abs=1e-5)


def test_words_that_are_spelled_by_their_characters_have_the_weight_of_all() -> None:
    (words,) = SHIPPED.read(document_of("鼌鼂麤麤河水上涨。", language="zh"), 1).word_weights()
    assert sum(weight for *_, weight in words) == pytest.approx(1, abs=1e-5)


def test_no_kind_is_explained_by_another() -> None:
    weighings = (
        SHIPPED.read(document_of("The river rose.", "The city slept well.", "It rained."), 1).explain().weighings
    )
    assert list(weighings) == list(ATTENTION_KINDS)
    assert len({tuple(weighing.weights.tolist()) for weighing in weighings.values()}) == 3

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import document_of
from strategies import arrays
from summarize.decide.verdicts import verdicts

from summarize.config import SelectionConfig
from summarize.decide.selection import select
from summarize.document import Document, Sentence
from summarize.explanation import Verdict

CONFIG = SelectionConfig(redundancy_weight=0.5, duplicate_similarity=0.9)
DOCUMENT = document_of("One river.", "Two rivers.", "Three rivers.", "Four rivers.")


def judge(weights, likeness, selected, document=DOCUMENT, *, is_shortened=False):
    matrix = np.array(likeness, np.float64)
    weights = np.array(weights, np.float64)
    return verdicts(document, weights, lambda index: matrix[index], selected, CONFIG, is_shortened=is_shortened)


def alike(*pairs, size=4):
    matrix = np.eye(size)
    for one, other, value in pairs:
        matrix[one, other] = matrix[other, one] = value
    return matrix


def test_verdicts_by_hand() -> None:
    # 0 is chosen first, 2 after it: half of 0.3 x 0.4 is taken off. 1 is as good as 0 said, 3 is light.
    found = judge([0.4, 0.2, 0.3, 0.1], alike((0, 2, 0.4), (0, 1, 0.95), (2, 3, 0.5)), {0, 2})
    assert found[0] == Verdict("chosen", 0, None)
    assert (found[1].outcome, found[1].like) == ("repeats", 0)
    assert found[1].redundancy == pytest.approx(0.5 * 0.2 * 0.95)
    assert (found[2].outcome, found[2].like) == ("chosen", 0)
    assert found[2].redundancy == pytest.approx(0.5 * 0.3 * 0.4)
    assert (found[3].outcome, found[3].like) == ("lighter", 2)
    assert found[3].redundancy == pytest.approx(0.5 * 0.1 * 0.5)


def test_heavier_sentence_that_was_not_chosen_had_no_room() -> None:
    assert [verdict.outcome for verdict in judge([0.4, 0.2, 0.3, 0.1], alike(), {1})] == [
        *("length", "chosen", "length", "lighter"),
    ]


def test_heavier_sentence_beside_a_shortened_one_had_no_better_form() -> None:
    found = judge([0.4, 0.2, 0.3, 0.1], alike(), {1}, is_shortened=True)
    assert [verdict.outcome for verdict in found] == ["form", "chosen", "form", "lighter"]


def test_sentence_as_heavy_as_the_chosen_one_is_no_heavier() -> None:
    found = judge([1, 1.000001, 0.5, 0.1], alike(), {0})
    assert [verdict.outcome for verdict in found] == ["chosen", "lighter", "lighter", "lighter"]


def test_what_may_not_be_chosen_is_a_heading_or_short() -> None:
    text = "Rivers\nYes.\nThe river rose."
    document = Document(text, (Sentence(0, 6, 0, "heading"), Sentence(7, 11, 1), Sentence(12, 27, 2)), "en")
    outcomes = [verdict.outcome for verdict in judge([0, 0, 1], alike(size=3), {2}, document)]
    assert outcomes == ["heading", "short", "chosen"]


def test_what_asks_was_no_candidate() -> None:
    # The quotation mark behind the question mark does not hide it; what has weight was a candidate, question or not.
    text = "Did it rise?\nIt rose. \u201cWhy?\u201d\nPhoto?"
    sentences = (
        Sentence(0, 12, 0),
        Sentence(13, 21, 1),
        Sentence(22, 28, 1),
        Sentence(29, 35, 2, "apparatus"),
    )
    document = Document(text, sentences, "en")
    assert [text[one.start : one.end] for one in sentences] == [
        "Did it rise?",
        "It rose.",
        "\u201cWhy?\u201d",
        "Photo?",
    ]
    outcomes = [verdict.outcome for verdict in judge([0, 1, 0, 0], alike(), {1}, document)]
    assert outcomes == ["question", "chosen", "question", "apparatus"]
    assert judge([0.2, 1, 0, 0], alike(), {1}, document)[0].outcome == "lighter"


@given(arrays(6, low=0, high=1), st.data())
def test_verdicts_take_off_what_was_taken_off_in_choosing(weights, data) -> None:
    half = data.draw(arrays(6, 6, low=0, high=1))
    matrix = np.maximum(half, half.T)
    np.fill_diagonal(matrix, 1)
    number = data.draw(st.integers(1, 6))
    choices = select(weights, np.ones((6, 1), np.int64), lambda index: matrix[index], budget=[number], config=CONFIG)
    document = document_of(*["The river rose."] * 6)
    found = judge(weights, matrix, [choice.index for choice in choices], document)
    for choice in choices:
        assert found[choice.index].outcome == "chosen"
        assert found[choice.index].redundancy == pytest.approx(choice.redundancy, abs=1e-9)
    assert sum(verdict.outcome == "chosen" for verdict in found) == len(choices)

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import document_of, random_model
from strategies import articles, few_examples

from benchmarks.explanations.erasure import (
    Eraser,
    ErasureResult,
    content_drop,
    num_of,
    subset_document,
    subset_terms,
    words_drop,
)
from summarize.document import ATTENTION_KINDS, Document
from summarize.network.scorer import Reading
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences
from summarize.text.terms import find_terms

MODEL = random_model(1)
TEXT = (
    "# The flood\n\nThe river rose again. The old city slept on.\n\nNobody was hurt in 2018! The river fell at night."
)


def read_text(text: str) -> Document:
    return Document(text, find_sentences(text), detect_language(text))


@few_examples
@given(articles(), st.data())
def test_cut_terms_are_those_of_the_cut_document(text: str, data: st.DataObject) -> None:
    document = read_text(text)
    everything = range(len(document.sentences))
    kept = sorted(data.draw(st.sets(st.sampled_from(everything), min_size=1)))
    found, expected = subset_terms(find_terms(document), kept), find_terms(subset_document(document, kept))
    assert found.terms == expected.terms
    assert found.term_ids.tolist() == expected.term_ids.tolist()
    assert found.bounds.tolist() == expected.bounds.tolist()
    assert (found.term_ids.dtype, found.bounds.dtype) == (expected.term_ids.dtype, expected.bounds.dtype)


def test_cut_document_numbers_paragraphs_anew() -> None:
    document = document_of("A", "B", "C", "D", paragraphs=[0, 1, 1, 3], headings=[0])
    found = subset_document(document, [1, 3])
    assert [(sentence.paragraph, sentence.is_heading) for sentence in found.sentences] == [(0, False), (1, False)]
    assert list(found.sentence_texts()) == ["B", "D"]
    assert found.language == document.language


@pytest.mark.parametrize(
    ("gone", "rest"),
    [
        ("The river rose again. ", [0, 2, 3, 4]),
        (" The river fell at night.", [0, 1, 2, 3]),
        ("The river rose again. The old city slept on.\n\n", [0, 3, 4]),
        ("# The flood\n\n", [1, 2, 3, 4]),
    ],
)
def test_eraser_reads_what_is_left_as_a_text_without_the_rest(gone: str, rest: list[int]) -> None:
    assert gone in TEXT
    fresh = read_text(TEXT.replace(gone, ""))
    reading = Reading(fresh, find_terms(fresh), MODEL, 2)
    found = Eraser(read_text(TEXT), MODEL, ATTENTION_KINDS, 2).keep(rest)
    for row, kind in enumerate(ATTENTION_KINDS):
        expected = reading.weigh(kind)
        assert found.weights[row, rest].tolist() == expected.tolist()
        np.testing.assert_allclose(found.content[row], expected @ reading.content, rtol=1e-6)
    left_out = [index for index in range(5) if index not in rest]
    assert not found.weights[:, left_out].any()


@few_examples
@given(articles(), st.data())
def test_eraser_reads_what_is_left_as_a_document_of_its_own(text: str, data: st.DataObject) -> None:
    document = read_text(text)
    kept = sorted(data.draw(st.sets(st.sampled_from(range(len(document.sentences))), min_size=1)))
    cut = subset_document(document, kept)
    reading = Reading(cut, find_terms(cut), MODEL, 1)
    found = Eraser(document, MODEL, ATTENTION_KINDS, 1).keep(kept)
    assert found.weights[:, kept].tolist() == [reading.weigh(kind).tolist() for kind in ATTENTION_KINDS]


def test_eraser_takes_out_what_it_does_not_keep() -> None:
    eraser = Eraser(read_text(TEXT), MODEL, ATTENTION_KINDS, 1)
    assert eraser.take_out([1, 4]) is eraser.keep([3, 0, 2])
    np.testing.assert_array_equal(eraser.keep(range(5)).weights, eraser.whole.weights)
    assert eraser.candidates.tolist() == [1, 2, 3, 4]


# Sentences 0 and 1 say the same, 2 something else.
ALIKE = np.array([[1.0, 1.0, 0.0], [1.0, 1.0, 0.0], [0.0, 0.0, 1.0]])


@pytest.mark.parametrize(
    ("likeness", "before", "after", "expected"),
    [
        pytest.param(np.eye(2), [1, 0], [1, 0], 0, id="nothing lost"),
        pytest.param(np.eye(2), [1, 0], [0, 1], 1, id="all lost"),
        # (0.6, 0.8) and (0, 1): the cosine is 0.8
        pytest.param(np.eye(2), [0.6, 0.8], [0, 1], 0.2, id="cosine 0.8"),
        pytest.param(np.eye(2), [0.6, 0.8], [0, 5], 0.2, id="length does not matter"),
        pytest.param(ALIKE, [0.5, 0.5, 0], [0, 1, 0], 0, id="said twice"),
        # (0.3 + 0.3, 0.8) and (0.3, 0.8) over sqrt(1 * 0.73)
        pytest.param(ALIKE, [0.3, 0.3, 0.8], [0, 0.3, 0.8], 1 - 0.82 / np.sqrt(0.73), id="half said twice"),
        pytest.param(np.zeros((2, 2)), [0.5, 0.5], [0, 1], 0, id="no words before and after"),
        pytest.param(np.diag([1.0, 0.0]), [0.5, 0.5], [0, 1], 1, id="no words after"),
    ],
)
def test_words_drop_by_hand(likeness: np.ndarray, before: list[float], after: list[float], expected: float) -> None:
    assert words_drop(likeness, np.array(before), np.array(after)) == pytest.approx(expected, abs=1e-12)


def test_words_drop_is_the_drop_of_the_accounts() -> None:
    random = np.random.default_rng(1)
    vectors = random.uniform(0, 1, (5, 7))
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    before, after = random.uniform(0, 1, (2, 3, 5))
    found = words_drop(vectors @ vectors.T, before, after)
    np.testing.assert_allclose(found, content_drop(before @ vectors, after @ vectors), atol=1e-11)


def test_content_drop_by_hand() -> None:
    found = content_drop(
        np.array([[3.0, 4.0], [0.0, 0.0], [1.0, 0.0]]), np.array([[4.0, 3.0], [0.0, 0.0], [-2.0, 0.0]])
    )
    np.testing.assert_allclose(found, [1 - 24 / 25, 0, 2], atol=1e-12)


@pytest.mark.parametrize(
    ("percent", "total", "expected"),
    [(1, 4, 1), (20, 4, 1), (50, 4, 2), (50, 5, 3), (50, 2, 1), (5, 60, 3), (1, 60, 1), (10, 30, 3), (10, 31, 4)],
)
def test_num_of_is_rounded_up_and_never_all(percent: int, total: int, expected: int) -> None:
    assert num_of(percent, total) == expected


class ByHand(Eraser):
    """Weighs unrelated sentences by numbers given by hand, and what is left of them in the same proportions."""

    def __init__(self, weights: list[float]) -> None:
        everything = range(len(weights))
        self._document = document_of(*(f"Sentence {number}" for number in everything))
        self._remains = {}
        for size in range(1, len(weights) + 1):
            for kept in combinations(everything, size):
                left = np.array([weights]) * np.isin(everything, kept)
                self._remains[kept] = ErasureResult(left / left.sum(), left)
        self.whole = self.keep(everything)
        self.likeness = np.eye(len(weights))
        self.candidates = np.arange(len(weights))


def test_curves_by_hand() -> None:
    # Of four unrelated sentences 1% to 20% are one, and 50% are two. The whole is (6, 5, 4, 2) / 17, its norm 9 / 17.
    missing, alone = ByHand([6, 5, 4, 2]).curves(np.array([0, 1, 2, 3]))
    without_one, without_two = 1 - np.sqrt(45) / 9, 1 - np.sqrt(20) / 9
    only_one, only_two = 1 - 6 / 9, 1 - np.sqrt(61) / 9
    np.testing.assert_allclose(missing, [[without_one] * 4 + [without_two]], atol=1e-12)
    np.testing.assert_allclose(alone, [[only_one] * 4 + [only_two]], atol=1e-12)

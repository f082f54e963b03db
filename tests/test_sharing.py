import numpy as np
import pytest
from models import document_of

from summarize.network.sharing import MAX_INFORMATION, SharedInformation
from summarize.text.terms import find_terms

DOCUMENT = document_of(
    "red blue green black", "red blue green black white", "red blue green", "gold gold silver copper iron red"
)


def shared(information=1.0):
    terms = find_terms(DOCUMENT)
    return SharedInformation(terms, np.full(len(terms.terms), information))


def test_a_sentence_says_what_it_has_words_for():
    assert shared().shared_with(1) == pytest.approx([1, 1, 0, 0])  # three words in common are too few
    assert shared().shared_with(0) == pytest.approx([1, 4 / 5, 0, 0])


def test_overlap_is_the_larger_of_both_shares():
    assert shared().overlap_with(0) == pytest.approx([1, 1, 0, 0])
    assert shared().overlap_with(1) == pytest.approx([1, 1, 0, 0])
    assert shared().overlap_with(3) == pytest.approx([0, 0, 0, 1])
    assert shared().overlap_with(0, 1, 3) == pytest.approx([1, 0])
    assert shared().overlap_with(3, 2) == pytest.approx([0, 1])


def test_a_word_counts_once_and_by_what_it_says():
    terms = find_terms(DOCUMENT)
    information = np.array([{"white": 4.0}.get(term, 1.0) for term in terms.terms])
    assert SharedInformation(terms, information).shared_with(0) == pytest.approx([1, 4 / 8, 0, 0])


def test_no_word_alone_is_all_that_a_sentence_says():
    assert shared(1000.0).information(["gold", "unheard"]) == MAX_INFORMATION


def test_words_that_do_not_count_are_no_words():
    assert shared(0.0).shared_with(0).tolist() == [0, 0, 0, 0]
    assert shared(0.0).overlap_with(0).tolist() == [0, 0, 0, 0]


def test_agreement_is_what_the_other_texts_say_as_far_as_they_are_near():
    text_of = np.array([0, 1, 1, 2])
    everything = np.ones((3, 3))
    found = shared().agreement(text_of, range(4), everything)
    # Of the first sentence all is said in one of two other texts, of the second 4/5 in one of two.
    assert found == pytest.approx([1 / 2, 2 / 5, 0, 0])
    half = np.where(np.eye(3, dtype=bool), 1.0, 0.5)
    assert shared().agreement(text_of, range(4), half) == pytest.approx([1 / 4, 1 / 5, 0, 0])
    assert shared().agreement(text_of, [3], everything).tolist() == [0, 0, 0, 0]  # looked for nowhere else
    assert shared().agreement(np.zeros(4, np.int64), range(4), np.ones((1, 1))).tolist() == [0, 0, 0, 0]

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score import rouge_scorer

from summarize.document import Language
from summarize.evaluate.overlap import ExtractScores, Overlap, rouge_units

words = st.lists(st.sampled_from(["river", "flood", "the", "city", "3", "rose"]), max_size=12)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("北京下雨。", "zh", ["北", "京", "下", "雨"], id="Chinese"),
        pytest.param("用GPT-4写2018年", "zh", ["用", "gpt", "4", "写", "2018", "年"], id="Latin in Chinese"),
        pytest.param("A river, 3.5 km!", "zh", ["a", "river", "3", "5", "km"], id="English as Chinese"),
        pytest.param("The river's 3.5% rise", "en", ["the", "river", "s", "3", "5", "rise"], id="English"),
        pytest.param("café_au lait", "en", ["café", "au", "lait"], id="accent and underscore"),
        pytest.param("the 长江 rose", "en", ["the", "长江", "rose"], id="Chinese in English"),
        pytest.param("……!? ", "zh", [], id="punctuation"),
        pytest.param("", "en", [], id="nothing"),
    ],
)
def test_rouge_units(text: str, language: Language, expected: list[str]) -> None:
    assert rouge_units(text, language) == expected


def test_overlap_counts_by_hand() -> None:
    overlap = Overlap.count([list("abab"), list("ac"), []], list("aba"), 2)
    # The bigrams of the reference are ab and ba, once each.
    assert overlap.wanted.tolist() == [1, 1]
    assert overlap.counts.tolist() == [[2, 1], [0, 0], [0, 0]]
    assert overlap.lengths.tolist() == [3, 1, 0]


def test_f1_counts_no_ngram_more_often_than_the_reference() -> None:
    # aaa against aab: 2 of 3 and 3
    overlap = Overlap.count([list("aaa")], list("aab"), 1)
    assert overlap.f1(overlap.counts, overlap.lengths) == pytest.approx([2 / 3])


@pytest.mark.parametrize("n", [1, 2])
@given(sentences=st.lists(words, min_size=1, max_size=4), reference=words)
def test_f1_is_that_of_the_library(n: int, sentences: list[list[str]], reference: list[str]) -> None:
    overlap = Overlap.count(sentences, reference, n)
    library = rouge_scorer.RougeScorer([f"rouge{n}"])
    expected = [library.score(" ".join(reference), " ".join(sentence))[f"rouge{n}"].fmeasure for sentence in sentences]
    assert overlap.f1(overlap.counts, overlap.lengths) == pytest.approx(np.array(expected))


def score(scores: ExtractScores, chosen: Sequence[int]) -> float:
    """Score a set in the plainest way."""
    rows = list(chosen)
    values = [
        float(overlap.f1(overlap.counts[rows].sum(axis=0), overlap.lengths[rows].sum())) for overlap in scores.overlaps
    ]
    return sum(values) / 2


@given(st.lists(words, min_size=1, max_size=6), words, st.data())
def test_extended_is_the_score_with_each_sentence_added(
    sentences: list[list[str]], reference: list[str], data: st.DataObject
) -> None:
    scores = ExtractScores(sentences, reference)
    chosen = data.draw(st.sets(st.integers(0, len(sentences) - 1)).map(sorted))
    extended = scores.extended(chosen)
    for index in set(range(len(sentences))) - set(chosen):
        assert extended[index] == pytest.approx(score(scores, [*chosen, index]))


@given(st.lists(words, min_size=1, max_size=6), words, st.data())
def test_contributions_are_what_the_score_loses(
    sentences: list[list[str]], reference: list[str], data: st.DataObject
) -> None:
    scores = ExtractScores(sentences, reference)
    chosen = data.draw(st.sets(st.integers(0, len(sentences) - 1), min_size=1).map(sorted))
    lost = [score(scores, chosen) - score(scores, [other for other in chosen if other != index]) for index in chosen]
    assert scores.contributions(chosen) == pytest.approx(np.maximum(0, lost))

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rouge_score import rouge_scorer

from summarize.evaluate.rouge import METRICS, rouge, units


@pytest.mark.parametrize(
    ("summary", "reference", "expected"),
    [
        # 4 and 5 characters, 4 in common; 3 and 4 pairs, 北京 and 京下 in common; 北京下雨 is a subsequence of both.
        pytest.param("北京下雨。", "北京下大雨", [800 / 9, 400 / 7, 800 / 9], id="insertion"),
        # The same characters in another order: all in common, no pair, a subsequence of one.
        pytest.param("上海", "海上", [100, 0, 50], id="order"),
        # 好 counts as often as in the reference: 1 of 3 and 1 of 2.
        pytest.param("好好好", "好人", [40, 0, 40], id="repetition"),
        pytest.param("", "好人", [0, 0, 0], id="no summary"),
        pytest.param("……", "好人", [0, 0, 0], id="punctuation"),
        # 用, gpt, 4, 写 and 用, gpt4, 写
        pytest.param("用GPT-4写", "用 gpt4 写", [400 / 7, 0, 400 / 7], id="latin runs"),
    ],
)
def test_rouge_counts_chinese_characters(summary: str, reference: str, expected: list[float]) -> None:
    np.testing.assert_allclose(rouge(summary, [reference], "zh"), expected)


def test_rouge_counts_stemmed_english_words() -> None:
    # the cat were run; a cat run: two of 4 and 3 in common, no pair (cat were, were run; a cat, cat run)
    np.testing.assert_allclose(rouge("The cats were running.", ["a cat runs"], "en"), [400 / 7, 0, 400 / 7])


def test_rouge_takes_the_best_reference_for_each_metric_by_itself() -> None:
    # 下雨了吗 against 雨下 (2 of 4 and 2 in common, no pair) and 下雨天阴风冷 (2 of 4 and 6, one pair of 3 and 5)
    np.testing.assert_allclose(rouge("下雨了吗", ["雨下", "下雨天阴风冷"], "zh"), [400 / 6, 200 / 8, 400 / 10])


@given(st.text(alphabet=st.characters(codec="latin-1")) | st.text())
def test_english_units_score_as_the_library_with_its_own_stemming(text: str) -> None:
    reference = "The runners, who'd easily won 3.5 races, are celebrating."
    library = rouge_scorer.RougeScorer(METRICS, use_stemmer=True)
    for summary in (text, reference + text):
        found = library.score(reference, summary)
        expected = [100 * found[metric].fmeasure for metric in METRICS]
        np.testing.assert_allclose(rouge(summary, [reference], "en"), expected)


def test_units_of_english_words_are_stemmed_only_from_four_letters_on() -> None:
    assert units("Easily won 3.5 races, was his", "en") == ["easili", "won", "3", "5", "race", "was", "his"]

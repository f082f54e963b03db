import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import document_of

from summarize.decide.budget import (
    DEFAULT_SENTENCES,
    DEFAULT_WORDS,
    FACTORS,
    UNLIMITED,
    Budget,
    default_word_range,
    sentence_costs,
)
from summarize.document import LANGUAGES, LENGTHS, Language, Length
from summarize.text.pieces import count_words


@pytest.mark.parametrize("name", ["sentences", "chars", "words"])
@pytest.mark.parametrize("value", [0, -3])
def test_budget_refuses_counts_below_one(name: str, value: int) -> None:
    with pytest.raises(ValueError, match=f"{name} must be at least 1, got {value}"):
        Budget(**{name: value})


@pytest.mark.parametrize("ratio", [0, -0.1, 1.01, float("nan"), float("inf")])
def test_budget_refuses_ratios_outside_zero_to_one(ratio: float) -> None:
    with pytest.raises(ValueError, match="ratio must be above 0 and at most 1"):
        Budget(ratio=ratio)


def test_budget_without_bounds_is_open() -> None:
    assert Budget().is_open


@pytest.mark.parametrize("bound", [{"sentences": 1}, {"chars": 1}, {"words": 1}, {"ratio": 1.0}], ids=str)
def test_budget_with_a_bound_is_not_open(bound: dict[str, Any]) -> None:
    assert not Budget(**bound).is_open


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (Budget(), (UNLIMITED, UNLIMITED, UNLIMITED)),
        (Budget(sentences=3), (3, UNLIMITED, UNLIMITED)),
        (Budget(chars=80), (UNLIMITED, 80, UNLIMITED)),
        (Budget(words=7), (UNLIMITED, UNLIMITED, 7)),
        (Budget(ratio=0.25), (UNLIMITED, 25, UNLIMITED)),
        (Budget(ratio=0.259), (UNLIMITED, 25, UNLIMITED)),
        (Budget(ratio=0.001), (UNLIMITED, 0, UNLIMITED)),
        (Budget(ratio=1), (UNLIMITED, 100, UNLIMITED)),
        (Budget(chars=20, ratio=0.25), (UNLIMITED, 20, UNLIMITED)),
        (Budget(chars=30, ratio=0.25), (UNLIMITED, 25, UNLIMITED)),
        (Budget(sentences=3, chars=20, words=7, ratio=0.25), (3, 20, 7)),
        (Budget(sentences=2**80, chars=2**80, words=2**80), (UNLIMITED, UNLIMITED, UNLIMITED)),
    ],
    ids=lambda value: "" if isinstance(value, Budget) else str(value).replace(str(UNLIMITED), "-"),
)
def test_budget_bounds_of_a_hundred_characters(budget: Budget, expected: tuple[int, int, int]) -> None:
    assert budget.bounds(100) == expected


@pytest.mark.parametrize("percent", range(1, 101))
def test_budget_takes_whole_percents_of_a_hundred_exactly(percent: int) -> None:
    assert Budget(ratio=percent / 100).bounds(100)[1] == percent  # 0.29 * 100 is 28.999999999999996


COSTS = np.array([[1, 30, 6], [1, 20, 9], [1, 45, 4]])


def test_budget_error_names_the_least_characters() -> None:
    error = Budget(chars=10).no_fit_error(COSTS, 200)
    assert str(error) == "no sentence fits into 10 characters; the shortest needs 20"


def test_budget_error_names_the_least_words() -> None:
    assert str(Budget(words=3).no_fit_error(COSTS, 200)) == "no sentence fits into 3 words; the shortest needs 4"


def test_budget_error_names_the_least_ratio() -> None:
    error = Budget(ratio=0.05).no_fit_error(COSTS, 200)
    assert str(error) == (
        "0.05 of the text is 10 characters, but the shortest sentence needs 20; use a ratio of at least 10%"
    )


def test_budget_error_names_the_tighter_of_characters_and_ratio() -> None:
    assert "into 8 characters" in str(Budget(chars=8, ratio=0.05).no_fit_error(COSTS, 200))
    assert "ratio of at least 10%" in str(Budget(chars=15, ratio=0.05).no_fit_error(COSTS, 200))


def test_budget_error_tells_that_bounds_exclude_each_other() -> None:
    error = Budget(chars=25, words=5).no_fit_error(COSTS, 200)
    assert str(error) == "no sentence fits into both 25 characters and 5 words; allow more of either"
    assert "both 20 characters and 5 words" in str(
        Budget(chars=20, words=5).no_fit_error(COSTS, 200)
    )  # just enough for the shortest
    assert "both 25 characters and 4 words" in str(Budget(chars=25, words=4).no_fit_error(COSTS, 200))


@given(st.integers(1, 5000), st.integers(1, 5000))
def test_budget_error_names_a_ratio_that_works(least_chars: int, more: int) -> None:
    length_chars = least_chars + more
    error = Budget(ratio=0.5 / length_chars).no_fit_error(np.array([[1, least_chars, 1]]), length_chars)
    found = re.search(r"at least ([\d.]+)%$", str(error))
    assert found is not None
    assert Budget(ratio=float(found.group(1)) / 100).bounds(length_chars)[1] >= least_chars


def test_sentence_costs_are_those_of_what_is_printed() -> None:
    # The line break of the second is printed as a space, that of the third not at all; a heading costs as well.
    document = document_of("It rained.", "We stayed\n  at home.", "下了\n雨。", "Title", headings=[3])
    assert sentence_costs(document).tolist() == [[1, 10, 2], [1, 18, 4], [1, 4, 3], [1, 5, 1]]


def test_sentence_costs_of_nothing_are_none() -> None:
    assert sentence_costs(document_of()).shape == (0, 3)


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (Budget(), DEFAULT_SENTENCES),
        (Budget(sentences=2), 2),
        (Budget(sentences=9), 9),
        (Budget(chars=10), 1),
        (Budget(chars=59), 2),
        (Budget(chars=60), 3),
        (Budget(words=16), 2),
        (Budget(ratio=0.4), 2),
        (Budget(sentences=4, chars=45), 2),
    ],
    ids=repr,
)
def test_num_wanted_is_how_many_mean_sentences_fit(budget: Budget, expected: int) -> None:
    # Of 10, 20 and 30 characters and of 4, 8 and 12 words.
    assert budget.target_sentences(np.array([[1, 10, 4], [1, 20, 8], [1, 30, 12]]), 100) == expected


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (Budget(), (UNLIMITED, UNLIMITED, UNLIMITED)),
        (Budget(sentences=3), (3, UNLIMITED, UNLIMITED)),
        (Budget(chars=15), (UNLIMITED, 24, UNLIMITED)),
        (Budget(chars=1), (UNLIMITED, 1, UNLIMITED)),
        (Budget(words=9), (UNLIMITED, UNLIMITED, 14)),
        (Budget(ratio=0.25), (UNLIMITED, 40, UNLIMITED)),
        (Budget(ratio=0.9), (UNLIMITED, 100, UNLIMITED)),
        (Budget(sentences=2, chars=20, words=5, ratio=0.1), (2, 16, 8)),
    ],
    ids=repr,
)
def test_stretched_budget_has_more_characters_and_words(budget: Budget, expected: tuple[int, int, int]) -> None:
    before = budget.bounds(100)
    assert budget.scaled_by(1.6).bounds(100) == expected
    assert budget.bounds(100) == before
    assert budget.scaled_by(1.0).bounds(100) == before


def test_stretched_budget_without_bounds_stays_open() -> None:
    assert Budget().scaled_by(1.6).is_open


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (Budget(), "Budget()"),
        (Budget(chars=9, ratio=0.5), "Budget(chars=9, ratio=0.5)"),
        (Budget(length="short"), "Budget(length='short')"),
    ],
)
def test_budget_is_shown_as_it_is_made(budget: Budget, expected: str) -> None:
    assert repr(budget) == expected


@pytest.mark.parametrize("name", ["chars", "words"])
@pytest.mark.parametrize("bound", [2**80, 10**400], ids=["2**80", "10**400"])
def test_budget_beyond_all_texts_can_be_stretched(name: str, bound: int) -> None:
    assert Budget(**{name: bound}).scaled_by(1.6).bounds(100) == (UNLIMITED, UNLIMITED, UNLIMITED)


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        (Budget(), True),
        (Budget(sentences=2), True),
        (Budget(sentences=1), False),
        (Budget(chars=20), True),
        (Budget(chars=19), False),
        (Budget(words=5), True),
        (Budget(words=4), False),
        (Budget(ratio=0.2), True),
        (Budget(ratio=0.199), False),
        (Budget(sentences=2, chars=20, words=5, ratio=0.2), True),
        (Budget(sentences=2, chars=20, words=4, ratio=0.2), False),
    ],
    ids=repr,
)
def test_budget_holds_what_is_within_all_its_bounds(budget: Budget, expected: bool) -> None:
    # 20 characters, 5 words and two sentences, of a text of 100 characters.
    assert budget.holds("It rained. We ate it", 100, 2) is expected


@given(st.text(max_size=40), st.integers(1, 40), st.integers(1, 40), st.integers(1, 3))
def test_budget_holds_exactly_what_its_bounds_say(text: str, chars: int, words: int, num_sentences: int) -> None:
    budget = Budget(sentences=2, chars=chars, words=words)
    expected = num_sentences <= 2 and len(text) <= chars and count_words(text) <= words
    assert budget.holds(text, 1000, num_sentences) is expected


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        pytest.param({}, False, id="open"),
        pytest.param({"sentences": 2}, False, id="sentences"),
        pytest.param({"chars": 9}, True, id="characters"),
        pytest.param({"words": 9}, True, id="words"),
        pytest.param({"ratio": 0.5, "sentences": 2}, True, id="a share beside sentences"),
    ],
)
def test_budget_is_fine_where_parts_of_sentences_count(bounds: dict[str, Any], expected: bool) -> None:
    assert Budget(**bounds).limits_text is expected


@pytest.mark.parametrize(
    ("num_words", "language", "expected"),
    [
        pytest.param(0, "zh", (1, 1, 160), id="nothing"),
        pytest.param(1, "zh", (1, 1, 160), id="one character"),
        pytest.param(50, "zh", (30, 30, 160), id="six tenths of a short text"),
        pytest.param(67, "zh", (40, 40, 160), id="the least"),  # 0.6 * 67 = 40.2
        pytest.param(70, "zh", (40, 42, 160), id="six tenths above the least"),  # and not 80 (7 / 60) ^ 1/4 = 46.8
        pytest.param(300, "zh", (40, 67, 160), id="notice"),  # 80 (1 / 2) ^ 1/4 = 67.3
        pytest.param(600, "zh", (40, 80, 160), id="page"),  # 15 * 40 words: twice the least
        pytest.param(2000, "zh", (40, 108, 160), id="article"),  # 80 (10 / 3) ^ 1/4 = 108.1
        pytest.param(7200, "zh", (40, 149, 160), id="report"),  # 80 * 12 ^ 1/4 = 148.9
        pytest.param(24_000, "zh", (40, 160, 160), id="the most"),  # and not 80 * 40 ^ 1/4 = 201.2
        pytest.param(32_000, "zh", (40, 169, 169), id="the most grow"),  # 160 (4 / 3) ^ 1/5 = 169.5
        pytest.param(24_000 * 3**5, "zh", (40, 480, 480), id="book"),  # 160 * 3, and not 80 * 9720 ^ 1/4 = 794.3
        pytest.param(40, "en", (24, 24, 90), id="short English text"),
        pytest.param(42, "en", (25, 25, 90), id="the least in English"),  # 0.6 * 42 = 25.2
        pytest.param(375, "en", (25, 50, 90), id="English page"),  # 15 * 25 words
        pytest.param(1250, "en", (25, 68, 90), id="English article"),  # 50 (10 / 3) ^ 1/4 = 67.6
        pytest.param(13_500 * 32, "en", (25, 180, 180), id="English book"),  # 90 * 2, and not 50 * 1152 ^ 1/4 = 291.3
    ],
)
def test_default_words_by_hand(num_words: int, language: Language, expected: tuple[int, int, int]) -> None:
    assert default_word_range(num_words, language) == expected


@pytest.mark.parametrize(
    ("num_words", "factor", "expected"),
    [
        pytest.param(2000, 0.5, (20, 54, 80), id="short"),  # 80 (10 / 3) ^ 1/4 = 108.1
        pytest.param(2000, 2.0, (80, 216, 320), id="long"),
        pytest.param(200, 2.0, (80, 120, 320), id="long, but shorter than the text"),  # 0.6 * 200
        pytest.param(50, 0.5, (20, 21, 80), id="short text"),  # 80 (1 / 12) ^ 1/4 = 43.0, and not half of 0.6 * 50
        pytest.param(10**9, 0.5, (20, 672, 672), id="the most as well"),  # 160 (10^9 / 24000) ^ 1/5 = 1343.4
    ],
)
def test_default_words_of_other_lengths_by_hand(num_words: int, factor: float, expected: tuple[int, int, int]) -> None:
    assert default_word_range(num_words, "zh", factor) == expected


@pytest.mark.parametrize(("length", "expected"), [("short", 1), ("medium", 2), ("long", 4), (None, 2)])
def test_length_by_name_is_of_a_summary_without_a_bound(length: Length | None, expected: int) -> None:
    budget = Budget(length=length)
    assert budget.is_open
    assert not budget.limits_text
    assert budget.target_sentences(COSTS, 200) == expected


@pytest.mark.parametrize("bound", [{"sentences": 1}, {"chars": 1}, {"words": 1}, {"ratio": 1.0}], ids=str)
def test_length_by_name_and_a_bound_exclude_each_other(bound: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="length short cannot be combined with another length"):
        Budget(length="short", **bound)


def test_budget_refuses_a_length_that_it_does_not_know() -> None:
    with pytest.raises(ValueError, match="length must be one of short, medium, long, got 'huge'"):
        Budget(length="huge")  # type: ignore[arg-type]


def test_lengths_are_those_of_the_budget() -> None:
    assert tuple(FACTORS) == LENGTHS


@given(st.integers(0, 10**8), st.integers(0, 10**8), st.sampled_from(LANGUAGES))
def test_default_words_grow_with_the_text_and_keep_in_bounds(one: int, other: int, language: Language) -> None:
    less, more = (default_word_range(num_words, language) for num_words in sorted((one, other)))
    assert all(one <= other for one, other in zip(less, more, strict=True))
    least, most = DEFAULT_WORDS[language]
    for num_words, (at_least, wanted, bound) in zip(sorted((one, other)), (less, more), strict=True):
        assert 1 <= at_least <= wanted <= bound
        assert at_least <= least
        assert wanted <= max(1, round(0.6 * num_words))
        assert bound >= most
        assert wanted >= least or wanted == max(1, round(0.6 * num_words))


@pytest.mark.parametrize("language", LANGUAGES)
def test_default_words_are_at_least_one_each(language: Language) -> None:
    assert default_word_range(1000, language, factor=1e-6) == (1, 1, 1)
    assert default_word_range(0, language)[:2] == (1, 1)

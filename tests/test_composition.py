"""What a summary is made of, with a made-up reading; every sentence is shortened as `test_compression.py` shows."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from fakes import FakeEditor, uniform_edit
from hypothesis import given
from hypothesis import strategies as st
from models import document_of
from strategies import articles, few_examples
from summarize.decide.composition import LEAST_SHARE, compose, indices_of, select_whole

from summarize.config import SelectionConfig
from summarize.decide.budget import Budget
from summarize.document import Document, Language, Piece
from summarize.errors import BudgetError
from summarize.text.language import detect_language
from summarize.text.pieces import SPACE, Draft, count_words, joined, whole
from summarize.text.segmentation import find_sentences

RIVER = "昨天河水上涨了很多。"  # 10 characters; 河水上涨很多。 7, 河水上涨了很多。 8, 昨天河水上涨很多。 9
CITY = "今天城市又停电。"  # 8; 城市又停电。 6, 今天城市停电。 7
STOP = "停。"
VERBS = ("上涨", "停电")


class Reading(FakeEditor):
    """Knows two verbs; nothing is alike.

    Args:
        surprise: what the steps of a path cost, as a share of their surprise where all are alike: of every sentence, or
            by its first word. With hardly any surprise the longest form that fits is the best.
        similarity: likeness of all sentences with each, if some are alike.
    """

    def __init__(
        self, surprise: float | Mapping[str, float] = 0.01, similarity: Sequence[Sequence[float]] | None = None
    ) -> None:
        self.surprise = surprise
        self.alike = similarity

    def similarity(self, index: int) -> np.ndarray:
        return np.array(self.alike[index]) if self.alike else np.zeros(100)[: self.size]

    def edit(self, words: Sequence[str]) -> np.ndarray:
        share = self.surprise if isinstance(self.surprise, float) else self.surprise[words[0]]
        log_p = uniform_edit(words)
        return np.where(np.isfinite(log_p), share * np.where(np.isfinite(log_p), log_p, 0), -np.inf)

    def is_verb(self, word: str) -> bool:
        return word in VERBS

    def is_noun(self, word: str) -> bool:
        return False


class Mute(Reading):
    """Must not be asked how to shorten anything."""

    def edit(self, words: Sequence[str]) -> np.ndarray:
        raise AssertionError(words)


def composed(
    texts: Sequence[str],
    weights: Sequence[float],
    reading: Reading | None = None,
    *,
    compress: bool = True,
    language: Language = "zh",
    **bounds: Any,
) -> list[str]:
    """The texts of a summary's sentences, the best first."""
    document = document_of(*texts, language=language)
    reading = reading or Reading()
    reading.size = len(texts)
    shares = np.array(weights, np.float64) / sum(weights)
    drafts = compose(document, shares, reading, Budget(**bounds), SelectionConfig(), compress=compress)
    assert [draft.is_whole for draft in drafts] == [draft.text in texts for draft in drafts]
    return [draft.text for draft in drafts]


def chosen(texts: Sequence[str], weights: Sequence[float], taken: Sequence[int] = (), **bounds: Any) -> list[int]:
    """The sentences that `select_whole` adds to others."""
    document, reading = document_of(*texts, language="zh"), Reading()
    reading.size = len(texts)
    drafts = [whole(document, index) for index in taken]
    found = select_whole(document, np.array(weights, float), reading, Budget(**bounds), SelectionConfig(), drafts)
    assert all(draft == whole(document, draft.indices[0]) for draft in found)
    return indices_of(found)


# Whole sentences


def test_whole_sentences_are_taken_by_weight() -> None:
    assert chosen([RIVER, CITY, STOP], [1, 3, 2], sentences=2) == [1, 2]


def test_whole_sentences_are_none_where_none_fits() -> None:
    assert chosen([RIVER, CITY], [1, 1], chars=7) == []


def test_whole_sentences_join_those_taken_before() -> None:
    assert chosen([RIVER, CITY, STOP], [1, 3, 2], taken=[1], sentences=2) == [2]
    assert chosen([RIVER, CITY, STOP], [1, 3, 2], taken=[1], chars=20) == [2, 0]
    assert chosen([RIVER, CITY, STOP], [1, 3, 2], taken=[1], chars=19) == [2]
    assert chosen([RIVER, CITY, STOP], [1, 3, 2], taken=[1], words=16) == [2]  # 7 and 1
    assert chosen([RIVER, CITY, STOP], [1, 3, 2], taken=[1], words=17) == [2, 0]  # and 9
    assert chosen([RIVER, CITY, STOP], [1, 3, 2], taken=[0, 1, 2]) == []


def test_whole_sentences_do_not_say_what_was_said_before() -> None:
    document = document_of(RIVER, CITY, STOP)
    reading = Reading(similarity=[[1, 1, 0], [1, 1, 0], [0, 0, 1]])
    weights, budget = np.array([0.4, 0.4, 0.2]), Budget(sentences=2)
    found = select_whole(document, weights, reading, budget, SelectionConfig(), [whole(document, 0)])
    assert indices_of(found) == [2]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        pytest.param({"chars": 30}, [0], id="characters"),
        pytest.param({"words": 30}, [0], id="words"),
        pytest.param({"ratio": 1.0}, [0], id="ratio"),
        pytest.param({"sentences": 2}, [0, 1], id="sentences"),
        pytest.param({"sentences": 2, "chars": 30}, [0, 1], id="sentences and characters"),
    ],
)
def test_light_sentences_do_not_fill_a_length(bounds: dict[str, Any], expected: list[int]) -> None:
    assert chosen([RIVER, CITY], [1, 0.99 * LEAST_SHARE], **bounds) == expected
    assert chosen([RIVER, CITY], [1, 1.01 * LEAST_SHARE], **bounds) == [0, 1]


# Without a length


def of_chars(*lengths: int) -> list[str]:
    """Different sentences of so many characters, stop not counted."""
    return ["雨水河城山风雷电云雪田木"[index] * length + "。" for index, length in enumerate(lengths)]


def test_summary_without_a_length_ends_when_it_is_as_long_as_one_expects() -> None:
    # Eight times 32 characters are 256 words: 80 (256 / 600) ^ 1/4 are 65, and two sentences have only 64.
    assert chosen(of_chars(*[32] * 8), [1, 2, 3, 4, 5, 6, 7, 8]) == [7, 6, 5]
    # Of 264 words 80 (264 / 600) ^ 1/4 = 65 are enough, and two have 66.
    assert chosen(of_chars(*[33] * 8), [1, 2, 3, 4, 5, 6, 7, 8]) == [7, 6]


def test_summary_of_a_short_text_without_a_length_is_shorter() -> None:
    # Of thirty words six tenths are 18.
    assert chosen(of_chars(10, 10, 10), [1, 3, 2]) == [1, 2]
    assert chosen(of_chars(18, 6, 6), [3, 2, 1]) == [0]
    assert chosen(of_chars(12), [1]) == [0]


def test_summary_without_a_length_has_few_sentences() -> None:
    # Of twelve sentences of six words six tenths, 43 words, are wanted; five sentences have 30, and end it.
    texts = of_chars(*[6] * 12)
    assert chosen(texts, [1] * 12) == [0, 1, 2, 3, 4]
    document, reading = document_of(*texts, language="zh"), Reading()
    reading.size = 12
    few = select_whole(document, np.ones(12), reading, Budget(), SelectionConfig(max_sentences=2))
    assert indices_of(few) == [0, 1]


def test_summary_without_a_length_passes_over_what_is_too_long() -> None:
    # 160 words are the most, but the best sentence may have half as many more.
    assert chosen(of_chars(240, 10, 20), [3, 1, 2]) == [0]
    assert chosen(of_chars(241, 10, 20), [3, 1, 2]) == [2, 1]
    assert chosen(of_chars(140, 30, 20), [2, 3, 1]) == [1, 2]  # 30 and 140 would be too many


def test_summary_without_a_length_has_no_light_sentence_unless_it_is_too_short() -> None:
    # Of 285 words 80 (285 / 600) ^ 1/4 = 66 are wanted, and at least 40 whatever they weigh; three tenths of the best
    # are heavy enough.
    texts = of_chars(41, 28, 20, 196)
    assert chosen(texts, [10, 2.9, 2.8, 0.7]) == [0]
    assert chosen(texts, [10, 3, 0.8, 0.7]) == [0, 1]
    assert chosen(of_chars(39, 28, 20, 198), [10, 0.9, 0.8, 0.7]) == [0, 1]


def test_summary_without_a_length_is_one_sentence_where_all_are_too_long() -> None:
    assert chosen(of_chars(270, 300, 280), [1, 3, 2]) == [1]
    assert chosen(of_chars(400), [1]) == [0]


def test_summary_without_a_length_counts_what_is_repeated_once() -> None:
    # Three different sentences of ten words: 18 are wanted, which two have. Counted each time it would be 53.
    one, other, third = of_chars(10, 10, 10)
    texts = [one] * 10 + [other, third]
    reading = Reading(similarity=[[float(text == like) for like in texts] for text in texts])
    assert composed(texts, [3] * 10 + [2, 1], reading) == [one, other]


def test_summary_without_a_length_counts_words_of_english() -> None:
    # Twelve sentences of ten words: 50 (120 / 375) ^ 1/4 are 38, which four have.
    texts = [" ".join(f"{letter}{number}" for number in "abcdefghij") + "." for letter in "abcdefghijkl"]
    assert composed(texts, [1] * 12, language="en") == texts[:4]


def test_summary_without_a_length_is_not_filled_beyond_what_is_taken() -> None:
    texts = of_chars(10, 10, 10)
    assert chosen(texts, [3, 2, 1], taken=[0]) == [1]
    assert chosen(texts, [3, 2, 1], taken=[0, 1]) == []
    assert chosen(of_chars(270, 300, 280), [1, 3, 2], taken=[1]) == []


def test_indices_are_those_of_all_sentences() -> None:
    drafts = [Draft((3,), ()), Draft((0, 2), (), is_whole=False)]
    assert indices_of(drafts) == [3, 0, 2]
    assert indices_of([]) == []


# What is shortened


@pytest.mark.parametrize(
    "bounds", [{}, {"sentences": 1}, {"sentences": 2}, {"chars": 18}, {"words": 16}, {"ratio": 1.0}], ids=str
)
def test_nothing_is_shortened_where_whole_sentences_do(bounds: dict[str, Any]) -> None:
    assert composed([RIVER, CITY], [2, 1], Mute(), **bounds)[0] == RIVER


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        pytest.param({"chars": 9}, "昨天河水上涨很多。", id="9 characters"),
        pytest.param({"chars": 8}, "河水上涨了很多。", id="8 characters"),
        pytest.param({"chars": 7}, "河水上涨很多。", id="7 characters"),
        pytest.param({"words": 8}, "昨天河水上涨很多。", id="8 words"),
        pytest.param({"words": 6}, "河水上涨很多。", id="6 words"),
        pytest.param({"ratio": 0.5}, "昨天河水上涨很多。", id="half of 19 characters"),
        pytest.param({"chars": 9, "words": 7}, "河水上涨了很多。", id="both at once"),
        pytest.param({"chars": 9, "sentences": 1}, "昨天河水上涨很多。", id="one sentence"),
    ],
)
def test_the_weightiest_is_shortened_if_it_does_not_fit(bounds: dict[str, Any], expected: str) -> None:
    # The other sentence would fit into 8 characters as it stands.
    assert composed([RIVER, CITY], [2, 1], **bounds) == [expected]


def test_nothing_is_shortened_unless_asked() -> None:
    assert composed([RIVER, CITY], [2, 1], Mute(), chars=9, compress=False) == [CITY]


def test_form_is_the_likeliest_that_fits() -> None:
    # Where surprise counts the shorter form is worth more than two characters.
    assert composed([RIVER, CITY], [2, 1], Reading(1.0), chars=9) == ["河水上涨很多。"]


def test_attention_is_weighed_against_the_path() -> None:
    # The river's forms are a surprise, of 3.0 nats, and the city's are not: that is worth 0.4 units of log weight.
    reading = Reading({"昨天": 0.7, "今天": 0.01})
    assert composed([RIVER, CITY], [1.1, 1], reading, chars=7) == ["今天城市停电。"]
    assert composed([RIVER, CITY], [3, 1], reading, chars=7) == ["河水上涨很多。"]


def test_form_that_is_doubtful_is_worth_less() -> None:
    # 4.3 nats for three words are more than one a word: to their half unit of log weight comes one and a half.
    reading = Reading({"昨天": 1.0, "今天": 0.01})
    assert composed([RIVER, CITY], [5, 1], reading, chars=7) == ["今天城市停电。"]
    assert composed([RIVER, CITY], [9, 1], reading, chars=7) == ["河水上涨很多。"]


def test_form_without_a_verb_is_worth_less() -> None:
    night = "河水和城市和夏天。"
    assert composed([night, CITY], [1, 1], chars=7) == ["今天城市停电。"]
    assert composed([night, CITY], [9, 1], chars=7)[0] != "今天城市停电。"


def test_what_is_left_beside_a_shortened_sentence_is_filled_with_whole_ones() -> None:
    assert composed([RIVER, STOP], [5, 1], Reading(1.0), chars=9) == ["河水上涨很多。", STOP]
    assert composed([RIVER, STOP], [5, 1], Reading(1.0), chars=8) == ["河水上涨很多。"]
    assert composed([RIVER, STOP], [5, 1], Reading(1.0), chars=9, sentences=1) == ["河水上涨很多。"]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        pytest.param({"chars": 18}, [RIVER, CITY], id="both whole"),
        pytest.param({"chars": 17}, [RIVER, "今天城市停电。"], id="7 of 17 characters are left"),
        pytest.param({"chars": 16}, [RIVER, "城市又停电。"], id="6 of 16"),
        pytest.param({"chars": 15}, [RIVER], id="5 of 15, less than any form has"),
        pytest.param({"words": 15}, [RIVER, "今天城市停电。"], id="6 of 15 words are left"),
        pytest.param({"chars": 17, "words": 14}, [RIVER, "城市又停电。"], id="characters and words"),
        pytest.param({"chars": 17, "sentences": 1}, [RIVER], id="one sentence"),
        pytest.param({"chars": 17, "sentences": 2}, [RIVER, "今天城市停电。"], id="two sentences"),
    ],
)
def test_much_room_is_filled_with_a_shortened_sentence(bounds: dict[str, Any], expected: list[str]) -> None:
    assert composed([RIVER, CITY], [2, 1], **bounds) == expected


def test_little_room_is_left_as_it_is() -> None:
    # 6 of 26 characters are left, and a form would fit into them.
    other = "昨天夜里下雨也很多。"
    assert composed([RIVER, other, CITY], [3, 2, 1], chars=26) == [RIVER, other]


def test_room_is_not_filled_with_an_unlikely_form() -> None:
    assert composed([RIVER, CITY], [2, 1], Reading({"昨天": 0.01, "今天": 1.0}), chars=17) == [RIVER]
    assert composed([RIVER, CITY], [2, 1], Reading({"昨天": 0.01, "今天": 0.1}), chars=17) == [RIVER, "今天城市停电。"]


def test_room_is_not_filled_with_what_is_said_already() -> None:
    alike = Reading(similarity=[[1, 0.95], [0.95, 1]])
    assert composed([RIVER, CITY], [2, 1], alike, chars=17) == [RIVER]
    assert composed([RIVER], [1], chars=40) == [RIVER]


def test_room_is_filled_with_the_best_of_the_others_that_says_something_new() -> None:
    other = "今天乡村又停电。"
    alike = [[1, 0.8, 0], [0.8, 1, 0], [0, 0, 1]]
    # The second has 0.5 of weight, of which a fifth is new.
    assert composed([RIVER, CITY, other], [4, 3, 1], Reading(similarity=alike), chars=17) == [RIVER, "今天乡村停电。"]
    assert composed([RIVER, CITY, other], [4, 3, 1], chars=17) == [RIVER, "今天城市停电。"]


def test_sentence_without_weight_is_never_shortened() -> None:
    assert composed([RIVER, CITY], [1, 0], chars=17) == [RIVER]
    with pytest.raises(BudgetError):
        composed([RIVER, CITY], [1, 0], chars=6)


def test_english_forms_keep_to_the_length_with_their_spaces() -> None:
    sentences = ["It rained.", "In town the old river rose again."]
    reading = Reading()
    reading.is_verb = lambda word: word in ("rained", "rose")  # type: ignore[method-assign]
    found = composed(sentences, [3, 1], reading, language="en", chars=33)
    assert found[0] == "It rained."
    assert len(" ".join(found)) <= 33


# Errors


@pytest.mark.parametrize(
    ("bounds", "compress", "message"),
    [
        pytest.param({"chars": 5}, True, "into 5 characters; the shortest one needs 6", id="characters"),
        pytest.param({"words": 4}, True, "into 4 words; the shortest one needs 5", id="words"),
        pytest.param({"ratio": 0.3}, True, "ask for a ratio of at least 31.6%", id="ratio: 6 of 19"),
        pytest.param({"chars": 7}, False, "into 7 characters; the shortest one needs 8", id="whole"),
    ],
)
def test_error_names_the_least_that_would_do(bounds: dict[str, Any], compress: bool, message: str) -> None:
    with pytest.raises(BudgetError, match=message):
        composed([RIVER, CITY], [2, 1], compress=compress, **bounds)


def test_error_does_not_name_what_has_no_weight() -> None:
    # The second could be shortened to three characters, but it is a heading.
    with pytest.raises(BudgetError, match="needs 6"):
        composed([CITY, "雨 雪 风 雷"], [1, 0], chars=2)


def test_error_does_not_name_what_is_too_light() -> None:
    with pytest.raises(BudgetError, match="needs 6"):
        composed([CITY, STOP], [1, 0.5 * LEAST_SHARE], chars=4)
    with pytest.raises(BudgetError, match="needs 8"):
        composed([CITY, STOP], [1, 0.5 * LEAST_SHARE], chars=4, compress=False)


@pytest.mark.parametrize("words", [1, 5])
def test_sentence_without_words_leaves_all_its_room(words: int) -> None:
    assert composed(["！！！"], [1], words=words) == ["！！！"]


class Chance(Reading):
    """Knows everything by chance, the same for the same words."""

    def __init__(self, seed: int, size: int) -> None:
        self.seed, self.size = seed, size
        alike = np.random.default_rng(seed).uniform(0, 1, (size, size))
        self.alike = np.maximum(alike, alike.T)

    def similarity(self, index: int) -> np.ndarray:
        return self.alike[index]

    def edit(self, words: Sequence[str]) -> np.ndarray:
        return uniform_edit(words) * np.random.default_rng(self.seed).uniform(0, 1)

    def is_verb(self, word: str) -> bool:
        return (sum(map(ord, word)) + self.seed) % 3 == 0


lengths = st.fixed_dictionaries(
    {}, optional={"sentences": st.integers(1, 4), "chars": st.integers(1, 120), "words": st.integers(1, 40)}
)


@few_examples
@given(articles(), lengths, st.booleans(), st.integers(0, 99))
def test_composition_keeps_within_every_length(text: str, bounds: dict[str, int], compress: bool, seed: int) -> None:
    document = Document(text, find_sentences(text), detect_language(text))
    size = len(document.sentences)
    weights = np.random.default_rng(seed).dirichlet(np.full(size, 0.5))
    reading, budget = Chance(seed, size), Budget(**bounds)
    try:
        drafts = compose(document, weights, reading, budget, SelectionConfig(), compress=compress)
    except BudgetError:
        assert bounds.keys() & {"chars", "words"}
        return
    assert len(set(indices_of(drafts))) == len(drafts) > 0
    assert compress or all(draft.is_whole for draft in drafts)
    for order in (drafts, sorted(drafts, key=lambda draft: draft.indices)):
        pieces = list(joined(draft.pieces for draft in order))
        printed = "".join(piece.text for piece in pieces)
        assert len(drafts) <= bounds.get("sentences", 5 if not bounds else 10**9)
        assert len(printed) <= bounds.get("chars", 10**9)
        assert count_words(printed) <= bounds.get("words", 10**9)
        assert all(piece == SPACE or text[piece.start : piece.end] == piece.text for piece in pieces)
    for draft in drafts:
        (index,) = draft.indices
        sentence = document.sentences[index]
        own: list[Piece] = [piece for piece in draft.pieces if piece != SPACE]
        assert sentence.start <= own[0].start
        assert own[-1].end <= sentence.end
        assert not draft.is_whole or draft == whole(document, index)


def test_length_is_not_filled_with_what_states_nothing() -> None:
    title, lead_in = "河水与城市", "他说："
    assert composed([title, RIVER, lead_in], [5, 1, 4], chars=20) == [RIVER]
    assert composed([title, RIVER, lead_in], [5, 1, 4], sentences=1) == [title]
    assert composed([title], [1], chars=20) == [title]


def test_what_is_said_without_a_stop_fills_a_length() -> None:
    text = "孙莉：几点集合？\n周凯：早上七点半在东门集合\n孙莉：我带了这些：\n周凯：好"
    document = Document(text, find_sentences(text), "zh")
    weights = np.array([3.0, 4.0, 5.0, 1.0])
    reading = Reading()
    reading.size = len(weights)
    drafts = compose(document, weights, reading, Budget(chars=40), SelectionConfig(), compress=False)
    assert sorted(indices_of(drafts)) == [0, 1, 3]

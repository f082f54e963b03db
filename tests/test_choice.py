"""The one decision under a number of sentences and without a length, and what became of each sentence."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from chooser import choose_again
from deciding import CITY, CONFIG, PLAN, REFUSED, RIVER, STOP, Case, case, of_chars, read, text_of
from hypothesis import given
from hypothesis import strategies as st
from models import document_of
from strategies import articles, few_examples, marked_texts

from summarize.decide.budget import sentence_costs
from summarize.decide.shortening import MAX_JUDGED
from summarize.document import Document, Location, Sentence
from summarize.errors import BudgetError
from summarize.explanation import Verdict
from summarize.text.pieces import make_whole_draft

# So many sentences


def test_sentences_are_taken_by_weight_and_printed_in_their_order() -> None:
    one = case([RIVER, CITY, STOP], [1, 3, 2])
    assert one.indices(sentences=2) == [1, 2]
    decision = one.decide(sentences=2)
    assert [draft.indices for draft in decision.drafts] == [(1,), (2,)]
    assert text_of(decision) == CITY + STOP
    assert [draft.indices for draft in one.decide(sentences=3).drafts] == [(0,), (1,), (2,)]


def test_sentences_may_be_printed_by_weight() -> None:
    decision = case([RIVER, CITY, STOP], [1, 3, 2]).decide(sentences=3, order="salience")
    assert [draft.indices for draft in decision.drafts] == [(1,), (2,), (0,)]
    assert text_of(decision) == CITY + STOP + RIVER


def test_drafts_are_whole_sentences_as_they_stand() -> None:
    one = case([RIVER, CITY], [1, 2])
    assert one.decide(sentences=2).drafts == (make_whole_draft(one.document, 0), make_whole_draft(one.document, 1))


def test_sentences_do_not_say_what_was_said() -> None:
    alike = [[1, 1, 0], [1, 1, 0], [0, 0, 1]]
    assert case([RIVER, RIVER, STOP], [0.5, 0.4, 0.1], likeness=alike).indices(sentences=2) == [0, 2]


def test_fewer_sentences_than_asked_for_are_all_there_are() -> None:
    one = case([RIVER, RIVER, STOP], [3, 2, 0])
    assert one.indices(sentences=9) == [0]


def test_nothing_is_shortened_where_sentences_are_counted() -> None:
    one = case([PLAN, CITY], [2, 1], others=(1, 0))
    assert one.texts(sentences=1) == [PLAN]
    assert one.reading.asked == []


@given(
    st.lists(st.integers(0, 9), min_size=1, max_size=7).filter(any),
    st.integers(0, 10**6),
    st.integers(1, 8),
    st.floats(0, 1),
)
def test_decision_is_what_the_rule_alone_decides(
    weights: list[int], seed: int, number: int, redundancy_weight: float
) -> None:
    random = np.random.default_rng(seed)
    alike = random.choice([0, 0.2, 0.5, 0.85, 0.95], (len(weights), len(weights)))
    alike = np.maximum(alike, alike.T)
    np.fill_diagonal(alike, 1)
    config = replace(CONFIG, redundancy_weight=redundancy_weight)
    one = case(["The river rose."] * len(weights), weights, likeness=alike.tolist())
    decision = one.decide(order="salience", sentences=number, config=config)
    chosen, taken, repeats = choose_again(
        weights, alike, number, redundancy_weight=redundancy_weight, duplicate_similarity=0.9
    )
    assert [index for draft in decision.drafts for index in draft.indices] == chosen
    for index, (verdict, (off, like)) in enumerate(zip(decision.verdicts, taken, strict=True)):
        assert verdict.redundancy == pytest.approx(off, abs=1e-9)
        assert verdict.like == like
        assert (verdict.outcome == "chosen") is (index in chosen)
        assert (verdict.outcome == "repeats") is (index in repeats)


# No bound


def test_summary_without_a_length_ends_when_it_is_as_long_as_one_expects() -> None:
    # Eight times 32 characters are 256 words: 80 (256 / 600) ^ 1/4 are 65, and two sentences have only 64.
    assert case(of_chars(*[32] * 8), [1, 2, 3, 4, 5, 6, 7, 8]).indices() == [7, 6, 5]
    # Of 264 words 80 (264 / 600) ^ 1/4 = 65 are enough, and two have 66.
    assert case(of_chars(*[33] * 8), [1, 2, 3, 4, 5, 6, 7, 8]).indices() == [7, 6]


def test_summary_of_a_short_text_without_a_length_is_shorter() -> None:
    # Of thirty words six tenths are 18.
    assert case(of_chars(10, 10, 10), [1, 3, 2]).indices() == [1, 2]
    assert case(of_chars(18, 6, 6), [3, 2, 1]).indices() == [0]
    assert case(of_chars(12), [1]).indices() == [0]


def test_summary_without_a_length_has_few_sentences() -> None:
    # Of twelve sentences of six words six tenths, 43 words, are wanted; five sentences have 30, and end it.
    one = case(of_chars(*[6] * 12), [1] * 12)
    assert one.indices() == [0, 1, 2, 3, 4]
    assert one.indices(config=replace(CONFIG, max_sentences=2)) == [0, 1]


def test_summary_without_a_length_passes_over_what_is_too_long() -> None:
    # 160 words are the most, but the best sentence may have half as many more.
    assert case(of_chars(240, 10, 20), [3, 1, 2]).indices() == [0]
    assert case(of_chars(241, 10, 20), [3, 1, 2]).indices() == [2, 1]
    assert case(of_chars(140, 30, 20), [2, 3, 1]).indices() == [1, 2]  # 30 and 140 would be too many


def test_summary_without_a_length_has_no_light_sentence_unless_it_is_too_short() -> None:
    # Of 285 words 80 (285 / 600) ^ 1/4 = 66 are wanted, and at least 40 whatever they weigh; three tenths of the best
    # are heavy enough.
    texts = of_chars(41, 28, 20, 196)
    assert case(texts, [10, 2.9, 2.8, 0.7]).indices() == [0]
    assert case(texts, [10, 3, 0.8, 0.7]).indices() == [0, 1]
    assert case(of_chars(39, 28, 20, 198), [10, 0.9, 0.8, 0.7]).indices() == [0, 1]


def test_summary_without_a_length_is_one_sentence_where_all_are_too_long() -> None:
    assert case(of_chars(270, 300, 280), [1, 3, 2]).indices() == [1]
    assert case(of_chars(400), [1]).indices() == [0]


def test_summary_without_a_length_counts_what_is_repeated_once() -> None:
    # Three different sentences of ten words: 18 are wanted, which two have. Counted each time it would be 53.
    one, other, third = of_chars(10, 10, 10)
    assert case([one] * 10 + [other, third], [3] * 10 + [2, 1]).texts() == [one, other]


def test_summary_without_a_length_counts_words_of_english() -> None:
    # Twelve sentences of ten words: 50 (120 / 375) ^ 1/4 are 38, which four have.
    texts = [" ".join(f"{letter}{number}" for number in "abcdefghij") + "." for letter in "abcdefghijkl"]
    assert case(texts, [1] * 12).texts() == texts[:4]


def test_summary_without_a_length_shortens_nothing() -> None:
    one = case([PLAN, *of_chars(240, 10)], [3, 2, 1], others=(1, 0))
    assert one.texts()[0] == PLAN
    assert one.reading.asked == []


# 12, 32 and 7 words: of 51 as many as 50 (51 / 375) ^ 1/4 = 30 are wanted, which the second has.
BEFORE = "The council of Harwick met in the hall on Monday and voted."
LEANS = (
    "It adopted a plan for the old bridge that was built long ago by the men of the mill and that nobody had liked or "
    "used since the river rose and fell."
)
BEHIND = "The river rose again in the night."


def test_sentence_that_a_chosen_one_leans_on_comes_with_it() -> None:
    assert case([BEFORE, LEANS, BEHIND], [4, 8, 1]).indices() == [1, 0]  # it is half as heavy
    assert case([BEFORE, LEANS, BEHIND], [3.9, 8, 1]).indices() == [1]
    assert case([BEFORE, LEANS, BEHIND], [3.9, 8, 1]).indices(config=replace(CONFIG, companion_share=0.4)) == [1, 0]


def test_sentence_that_leans_on_nothing_comes_alone() -> None:
    assert case([BEFORE, LEANS.replace("It", "Harwick"), BEHIND], [4, 8, 1]).indices() == [1]
    assert case([LEANS, BEFORE, BEHIND], [8, 4, 1]).indices() == [0]


def test_companion_says_nothing_that_is_said() -> None:
    alike = [[1, 0.95, 0], [0.95, 1, 0], [0, 0, 1]]
    assert case([BEFORE, LEANS, BEHIND], [4, 8, 1], likeness=alike).indices() == [1]


def test_companion_has_room_in_what_one_expects() -> None:
    assert case([BEFORE, LEANS, BEHIND], [4, 8, 1]).indices(config=replace(CONFIG, max_sentences=1)) == [1]
    # 85 words and 5 are 90, the most.
    leans = f"It {' '.join(['rose'] * 84)}."
    assert case(["The council met on Monday.", leans, BEHIND], [4, 8, 1]).indices() == [1, 0]
    assert case(["The council met on Monday night.", leans, BEHIND], [4, 8, 1]).indices() == [1]


def test_a_sentence_leans_on_none_of_another_text() -> None:
    one = case([BEFORE, LEANS, BEHIND], [4, 8, 1])
    seam = Location(one.document.sentences[1].start, "text", "b")
    joined = replace(one.document, places=(Location(0, "text", "a"), seam))
    assert Case(joined, one.weights, one.reading).indices() == [1]


# What became of each sentence


def test_verdicts_by_hand() -> None:
    # 0 is chosen first, 2 after it: half of 0.3 x 0.4 is taken off. 1 is as good as 0 said, 3 is light.
    alike = np.eye(4)
    for one, other, value in ((0, 2, 0.4), (0, 1, 0.95), (2, 3, 0.5)):
        alike[one, other] = alike[other, one] = value
    texts = ["One river.", "Two rivers.", "Three rivers.", "Four rivers."]
    found = case(texts, [0.4, 0.2, 0.3, 0.1], likeness=alike.tolist()).decide(
        sentences=2, config=replace(CONFIG, redundancy_weight=0.5)
    )
    assert found.verdicts == (
        Verdict("chosen", 0, None),
        Verdict("repeats", pytest.approx(0.5 * 0.2 * 0.95), 0),
        Verdict("chosen", pytest.approx(0.5 * 0.3 * 0.4), 0),
        Verdict("lighter", pytest.approx(0.5 * 0.1 * 0.5), 2),
    )


def test_sentence_as_heavy_as_the_chosen_one_is_no_heavier() -> None:
    one = case(["One river.", "Two rivers.", "Three rivers.", "Four rivers."], [1, 1.000001, 0.5, 0.1])
    assert one.outcomes(sentences=1) == ["chosen", "lighter", "lighter", "lighter"]


def test_sentence_as_heavy_as_the_one_that_fits_is_no_heavier() -> None:
    one = case([of_chars(12)[0], CITY], [0.4 * (1 + 1e-7), 0.4])
    assert one.outcomes(chars=9, sentences=1) == ["lighter", "chosen"]
    one = case([of_chars(12)[0], CITY], [0.4 * (1 + 1e-3), 0.4])
    assert one.outcomes(chars=9, sentences=1, compress=False) == ["length", "chosen"]


def test_heavier_sentence_for_which_there_is_no_room_says_so() -> None:
    one = case([*of_chars(12, 8, 11), STOP], [0.4, 0.2, 0.3, 0.1])
    assert one.outcomes(chars=9, compress=False) == ["length", "chosen", "length", "length"]
    assert one.outcomes(chars=11, compress=False) == ["length", "chosen", "length", "chosen"]


def test_free_room_is_not_called_no_room() -> None:
    # Two thirds of the length are free, and what is left adds too little.
    one = case([RIVER, CITY, STOP], [1, 0.01, 0.02])
    assert one.outcomes(ratio=1.0) == ["chosen", "light", "light"]


def test_what_would_not_fit_and_adds_nothing_is_light_where_lighter_ones_fit() -> None:
    one = case([RIVER, of_chars(40)[0], STOP, CITY], [1, 0.04, 0.03, 0.3])
    assert one.outcomes(chars=30, compress=False) == ["chosen", "light", "light", "chosen"]


def test_what_may_not_be_chosen_is_a_heading_or_short() -> None:
    text = "Rivers\nYes.\nThe river rose."
    document = Document(text, (Sentence(0, 6, 0, "heading"), Sentence(7, 11, 1), Sentence(12, 27, 2)), "en")
    for bounds in ({}, {"sentences": 2}, {"chars": 20}):
        assert case(document, [0, 0, 1]).outcomes(**bounds) == ["heading", "short", "chosen"]


def test_what_asks_was_no_candidate() -> None:
    # The quotation mark behind the question mark does not hide it; what has weight was a candidate, question or not.
    text = "Did it rise?\nIt rose. \u201cWhy?\u201d\nPhoto?"
    sentences = (Sentence(0, 12, 0), Sentence(13, 21, 1), Sentence(22, 28, 1), Sentence(29, 35, 2, "apparatus"))
    document = Document(text, sentences, "en")
    assert [text[one.start : one.end] for one in sentences][2:] == ["\u201cWhy?\u201d", "Photo?"]
    assert case(document, [0, 1, 0, 0]).outcomes(sentences=1) == ["question", "chosen", "question", "apparatus"]
    assert case(document, [0.2, 1, 0, 0]).outcomes(sentences=1)[0] == "lighter"


def test_outcomes_without_a_length() -> None:
    # Of 276 words 66 are wanted; the second has no room behind the first, and the last is lighter than three tenths.
    texts = of_chars(55, 170, 28, 23)
    assert case(texts, [10, 9, 8, 1]).outcomes() == ["chosen", "length", "chosen", "lighter"]
    assert case(texts, [10, 9, 2.9, 1]).outcomes() == ["chosen", "length", "lighter", "lighter"]
    assert case(texts, [10, 2, 2.9, 1]).outcomes() == ["chosen", "lighter", "lighter", "lighter"]
    assert case(of_chars(241, 10, 20), [3, 1, 2]).outcomes() == ["length", "chosen", "chosen"]


def test_sentence_that_prints_nothing_is_not_chosen() -> None:
    document = document_of("**", "It rained.")
    assert case(document, [5, 1]).texts(sentences=1) == ["It rained."]
    assert case(document, [5, 1]).outcomes(sentences=1) == ["short", "chosen"]
    assert case(document, [5, 1]).texts(chars=11) == ["It rained."]


# Errors


@pytest.mark.parametrize(
    ("bounds", "compress", "message"),
    [
        pytest.param({"chars": 6}, True, "into 6 characters; the shortest needs 7", id="characters"),
        pytest.param({"words": 5}, True, "into 5 words; the shortest needs 6", id="words"),
        pytest.param({"ratio": 0.2}, True, r"use a ratio of at least 20\.6%", id="ratio: 7 of 34"),
        pytest.param({"chars": 9}, False, "into 9 characters; the shortest needs 10", id="whole"),
    ],
)
def test_error_names_the_least_that_would_do(bounds: dict[str, Any], compress: bool, message: str) -> None:
    one = case([PLAN, RIVER], [2, 1], others=(1, 0))
    with pytest.raises(BudgetError, match=message):
        one.decide(compress=compress, **bounds)


def test_error_names_what_a_sure_form_needs() -> None:
    figures = {"市政府公布了方案": (0.95, 0)}
    with pytest.raises(BudgetError, match="needs 9"):
        case([PLAN, of_chars(15)[0]], [2, 1], figures=figures).decide(chars=8)
    with pytest.raises(BudgetError, match="needs 16"):
        case([PLAN, of_chars(15)[0]], [2, 1]).decide(chars=8)


def test_error_does_not_name_what_has_no_weight() -> None:
    with pytest.raises(BudgetError, match="needs 8"):
        case([CITY, STOP], [1, 0]).decide(chars=2)


@few_examples
@given(
    articles(max_sentences=5) | marked_texts.filter(str.strip),
    st.integers(0, 99),
    st.sampled_from(["chars", "words"]),
    st.data(),
)
def test_length_that_an_error_names_works(text: str, seed: int, name: str, data: st.DataObject) -> None:
    document = read(text)
    if not document.sentences:
        return
    random = np.random.default_rng(seed)
    weights = random.choice([0, 1, 2, 3], len(document.sentences)) + 1e-3
    one = case(document, weights.tolist(), others=data.draw(st.sampled_from([REFUSED, (1, 0), None])))
    try:
        one.decide(fuse=True, **{name: 1})
    except BudgetError as error:
        least = int(str(error).split()[-1])
        assert least > 1
        assert one.decide(fuse=True, **{name: least}).drafts
        # Of a sentence with many forms it is not asked about all.
        if all(len(asked) < MAX_JUDGED for _, _, asked, _ in one.reading.asked):
            with pytest.raises(BudgetError):
                one.decide(fuse=True, **{name: least - 1})
    else:
        assert (sentence_costs(document)[:, 1 if name == "chars" else 2] <= 1).any()

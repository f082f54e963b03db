"""The one decision, with weights, likeness and figures made up: what is chosen and printed, and what became of all.

The characters of a Chinese sentence are its words and its stop. `PLAN` has the forms that `test_shortening.py` shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest
from chooser import choose_again
from fakes import FakeGrammar, FakeReading
from hypothesis import given
from hypothesis import strategies as st
from models import document_of
from strategies import articles, few_examples, marked_texts

from summarize.config import SelectionConfig
from summarize.decide.budget import Budget, sentence_costs
from summarize.decide.choice import NUM_SHORTENED, NUM_SHORTENED_IF_NONE_FITS, Decision, Request, decide
from summarize.decide.room import Room
from summarize.decide.shortening import MAX_JUDGED
from summarize.document import Document, Location, Order, Piece, Sentence, Shortening
from summarize.errors import BudgetError
from summarize.explanation import Outcome, Verdict
from summarize.text.language import detect_language
from summarize.text.marks import FINISHED
from summarize.text.pieces import count_words, drop_repeated_speakers, join_drafts, make_whole_draft
from summarize.text.segmentation import find_sentences

RIVER = "昨天河水上涨了很多。"  # 10 characters
CITY = "今天城市又停电。"  # 8
STOP = "停。"
PLAN = "市政府公布了方案，居民可以写信，也可以打电话。"  # 23, 22 of them words and commas
FIRST, FIRST_TWO, SECOND = "市政府公布了方案。", "市政府公布了方案，居民可以写信。", "居民可以写信。"  # 9, 16, 7
LAST_TWO = "居民可以写信，也可以打电话。"  # 14

CONFIG = SelectionConfig(
    redundancy_weight=1.0,
    duplicate_similarity=0.9,
    max_sentences=5,
    companion_share=0.5,
    least_share=0.3,
    filling_share=0.05,
    least_good=0.85,
    least_good_end=0.85,
    most_false=0.03,
    least_good_fused=0.6,
    most_false_fused=0.15,
)
REFUSED = (0.0, 1.0)  # what a judge says who wants no shorter form


@dataclass(frozen=True)
class Case:
    """A document and what is known about it."""

    document: Document
    weights: np.ndarray
    reading: FakeReading

    def decide(
        self,
        *,
        order: Order = "document",
        fuse: bool = False,
        compress: bool = True,
        config: SelectionConfig | None = None,
        closed: Mapping[int, Outcome] | None = None,
        **bounds: Any,
    ) -> Decision:
        request = Request(Budget(**bounds), order, fuse, compress, closed or {})
        return decide(self.document, self.weights, self.reading, request, config or CONFIG, FakeGrammar())

    def indices(self, **options: Any) -> list[int]:
        """What is chosen, in order of choice."""
        drafts = self.decide(order="salience", **options).drafts
        return [index for draft in drafts for index in draft.indices]

    def texts(self, **options: Any) -> list[str]:
        """The sentences that are printed, in order of choice."""
        return [draft.text for draft in self.decide(order="salience", **options).drafts]

    def outcomes(self, **options: Any) -> list[str]:
        return [verdict.outcome for verdict in self.decide(**options).verdicts]


def case(
    texts: Sequence[str] | Document,
    weights: Sequence[float],
    *,
    figures: Mapping[str, tuple[float, float]] | None = None,
    others: tuple[float, float] | None = REFUSED,
    likeness: Sequence[Sequence[float]] | None = None,
) -> Case:
    """Sentences of which nothing has a good shorter form, unless it is said otherwise."""
    document = texts if isinstance(texts, Document) else document_of(*texts, language=detect_language("".join(texts)))
    reading = FakeReading(document, {}, likeness=likeness, figures=figures, others=others)
    return Case(document, np.array(weights, np.float64), reading)


def read(text: str) -> Document:
    return Document(text, find_sentences(text), detect_language(text))


def text_of(decision: Decision) -> str:
    return "".join(piece.text for piece in decision.pieces)


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


def of_chars(*lengths: int) -> list[str]:
    """Different sentences of so many characters, stop not counted."""
    return ["雨水河城山风雷电云雪田木"[index] * length + "。" for index, length in enumerate(lengths)]


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


# A length


def test_length_is_filled_with_whole_sentences_by_weight() -> None:
    one = case([RIVER, CITY, STOP], [1, 3, 2])
    assert one.indices(chars=20) == [1, 2, 0]
    assert one.indices(chars=19) == [1, 2]
    assert one.indices(chars=9) == [1]  # and one character is left
    assert one.indices(chars=7) == [2]
    assert one.indices(words=17) == [1, 2, 0]  # 7, 1 and 9
    assert one.indices(words=16) == [1, 2]
    assert one.indices(ratio=0.91) == [1, 2, 0]  # of 22 characters, line breaks included, 20
    assert one.indices(ratio=0.9) == [1, 2]
    assert one.indices(chars=20, sentences=2) == [1, 2]
    assert one.indices(chars=20, words=8) == [1, 2]
    assert one.indices(sentences=1, chars=20) == [1]


def test_length_goes_to_the_next_sentence_that_fits() -> None:
    assert case([RIVER, CITY, STOP], [3, 2, 1]).indices(chars=12) == [0, 2]
    assert case([RIVER, CITY, STOP], [3, 2, 1]).indices(chars=10) == [0]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        pytest.param({"chars": 30}, [0], id="characters"),
        pytest.param({"words": 30}, [0], id="words"),
        pytest.param({"ratio": 1.0}, [0], id="ratio"),
        pytest.param({"sentences": 2}, [0, 1], id="sentences"),
        pytest.param({"sentences": 2, "chars": 30}, [0], id="sentences and characters"),
    ],
)
def test_length_is_filled_down_to_what_adds_nothing(bounds: dict[str, Any], expected: list[int]) -> None:
    config = replace(CONFIG, filling_share=0.05)
    assert case([RIVER, CITY], [1, 0.049]).indices(config=config, **bounds) == expected
    assert case([RIVER, CITY], [1, 0.051]).indices(config=config, **bounds) == [0, 1]


def test_length_is_filled_by_what_is_new_in_a_sentence() -> None:
    # Of 0.3 a fifth is new, 0.06, and of 0.2 a fifth, 0.04; a twentieth of the best is 0.05.
    alike = [[1, 0.8, 0.8], [0.8, 1, 0], [0.8, 0, 1]]
    one = case([RIVER, CITY, STOP], [1, 0.3, 0.2], likeness=alike)
    assert one.indices(chars=30) == [0, 1]
    assert one.outcomes(chars=30) == ["chosen", "chosen", "light"]


def test_first_sentence_is_never_too_light() -> None:
    assert case([RIVER, STOP], [1, 0.001]).indices(chars=5) == [1]


def test_line_without_a_stop_fills_a_length() -> None:
    title, lead_in = "河水与城市", "他说："
    # 5 characters, a line break, 10, a line break and 2: the colon falls away.
    one = case([title, RIVER, lead_in], [5, 1, 4])
    assert one.indices(chars=30) == [0, 2, 1]


def test_length_of_english_counts_the_spaces_between() -> None:
    one = case(["It rained.", "We stayed.", "It was dark."], [3, 2, 1])
    assert one.indices(chars=34) == [0, 1, 2]  # 10, 10 and 12, and two spaces
    assert one.indices(chars=33) == [0, 1]
    assert one.indices(chars=21) == [0, 1]
    assert one.indices(chars=20) == [0]
    assert len(text_of(one.decide(chars=34))) == 34


def test_length_counts_both_line_breaks_around_a_line() -> None:
    # 4 characters, a line break, 5, a line break and 4 are 15.
    document = document_of("下雨了。", "河水与城市", "停电了。", paragraphs=[0, 1, 2], language="zh")
    one = case(document, [3, 1, 2])
    assert text_of(one.decide(chars=15)) == "下雨了。\n河水与城市\n停电了。"
    assert one.indices(chars=14) == [0, 2]
    assert one.outcomes(chars=14) == ["chosen", "length", "chosen"]


def test_what_has_no_room_for_its_line_breaks_is_what_nothing_repeats() -> None:
    # The third one repeats the second, for which there is no room after all.
    texts = ["下雨了。", "河水与城市", "河水与城市", "停电了。"]
    one = case(document_of(*texts, paragraphs=[0, 1, 2, 3], language="zh"), [4, 2, 1.5, 3])
    assert one.outcomes(chars=14) == ["chosen", "length", "length", "chosen"]
    assert [verdict.like for verdict in one.decide(chars=14).verdicts] == [None, None, None, None]


def test_length_counts_labels_and_what_parts_speakers() -> None:
    document = read("张三：我去江州。\n李四：我不去。\n张三：好的。\n李四：那里下雨了。")
    one = case(document, [1, 3, 0, 2])
    # 7 characters, a line break and 9 with a label, which falls away where the same one goes on speaking.
    assert text_of(one.decide(chars=17)) == "李四：我不去。\n那里下雨了。"
    assert text_of(one.decide(chars=16)) == "张三：我去江州。\n李四：我不去。"


def test_length_is_not_filled_with_light_lines_without_a_stop() -> None:
    texts = ["河水淹了桥。", "市政府办公室", "城市停电了。"]
    one = case(document_of(*texts, paragraphs=[0, 1, 2], language="zh"), [6, 1, 4])
    assert one.outcomes(chars=100) == ["chosen", "light", "chosen"]
    heavy = case(document_of(*texts, paragraphs=[0, 1, 2], language="zh"), [6, 2, 4])  # 2 >= 0.3 * 6
    assert heavy.outcomes(chars=100) == ["chosen", "chosen", "chosen"]
    alone = case(document_of(texts[1], language="zh"), [1])
    assert alone.outcomes(chars=100) == ["chosen"]


def test_summary_of_marks_alone_is_no_longer_than_asked_for() -> None:
    texts = ["It rained.", "…", "下雨了。", "……", "“…”", "We stayed"]
    weights = [3, 6, 2, 5, 4, 2]
    one = case(texts, weights)
    for order in ("document", "salience"):
        for chars in range(1, 45):
            assert 0 < len(text_of(one.decide(chars=chars, order=order))) <= chars
    assert len(text_of(one.decide(chars=44))) > 30


def test_sentence_without_words_leaves_all_its_room() -> None:
    assert case(["！！！"], [1]).texts(words=1) == ["！！！"]
    with pytest.raises(BudgetError, match="into 2 characters; the shortest needs 3"):
        case(["！！！"], [1]).decide(chars=2)


# Shorter forms


@pytest.mark.parametrize(
    "bounds", [{}, {"sentences": 1}, {"sentences": 2}, {"chars": 31}, {"words": 27}, {"ratio": 1.0}], ids=str
)
def test_nothing_is_shortened_where_whole_sentences_do(bounds: dict[str, Any]) -> None:
    one = case([PLAN, CITY], [2, 1], others=(1, 0))
    assert one.texts(**bounds)[0] == PLAN
    assert one.reading.asked == []


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        pytest.param({"chars": 22}, FIRST_TWO, id="22 characters"),
        pytest.param({"chars": 16}, FIRST_TWO, id="16 characters"),
        pytest.param({"chars": 15}, LAST_TWO, id="15 characters"),
        pytest.param({"chars": 9}, FIRST, id="9 characters"),
        pytest.param({"words": 14}, FIRST_TWO, id="14 words"),
        pytest.param({"words": 8}, FIRST, id="8 words"),
        pytest.param({"ratio": 0.5}, FIRST_TWO, id="half of 32 characters"),
        pytest.param({"chars": 16, "words": 8}, FIRST, id="both at once"),
        pytest.param({"chars": 9, "sentences": 1}, FIRST, id="one sentence"),
    ],
)
def test_heaviest_is_shortened_if_it_does_not_fit(bounds: dict[str, Any], expected: str) -> None:
    # Heavy enough that a third of it is worth more than the other, which fits as it stands.
    assert case([PLAN, CITY], [5, 1], others=(0.9, 0)).texts(**bounds)[0] == expected


def test_nothing_foreign_is_shortened_or_fused() -> None:
    foreign = replace(case([PLAN, CITY], [5, 1], others=(1, 0)).document, foreign="Japanese")
    one = case(foreign, [5, 1], others=(1, 0))
    assert one.decide(chars=22, fuse=True).drafts == (make_whole_draft(foreign, 1),)
    assert one.reading.asked == []
    with pytest.raises(BudgetError):
        one.decide(chars=6)


def test_form_is_the_surest_one() -> None:
    figures = {"市政府公布了方案": (0.95, 0), "居民可以写信": (0.94, 0)}
    assert case([PLAN, CITY], [9, 1], figures=figures, others=(0.9, 0)).texts(chars=16, sentences=1) == [FIRST]


def test_form_is_printed_with_the_figures_of_the_judge() -> None:
    (draft,) = case([PLAN, CITY], [9, 1], figures={"居民可以写信": (0.875, 0.02)}).decide(chars=7).drafts
    assert draft.text == SECOND
    assert not draft.is_whole
    assert draft.shortening == Shortening(("opening", "ending"), 0.875, 0.02)


def test_form_is_weighed_by_its_share_against_what_fits_whole() -> None:
    # FIRST_TWO keeps 15 of 22 characters: 0.6 of weight are worth 0.409, and 0.59 are worth 0.402.
    figures = {"市政府公布了方案，居民可以写信": (0.95, 0)}
    assert case([PLAN, CITY], [0.6, 0.4], figures=figures).texts(chars=16) == [FIRST_TWO]
    assert case([PLAN, CITY], [0.59, 0.41], figures=figures).texts(chars=16) == [CITY]


def test_form_is_not_asked_for_where_no_share_of_the_sentence_could_be_worth_it() -> None:
    # 10 of 23 characters are at most 43% of 0.69: 0.3, and the other one has 0.31.
    one = case([PLAN, CITY], [0.69, 0.31], others=(1, 0))
    assert one.texts(chars=10) == [CITY]
    assert one.reading.asked == []
    assert one.outcomes(chars=10) == ["length", "chosen"]
    # And 43% of 0.72 are 0.313; but the longest form that fits keeps 8 of 22 characters, which are 0.26.
    one = case([PLAN, CITY], [0.72, 0.28], others=(1, 0))
    assert one.texts(chars=10) == [CITY]
    assert one.reading.asked == []
    assert one.outcomes(chars=10) == ["form", "chosen"]


def test_another_sentence_is_taken_where_no_form_is_sure() -> None:
    one = case([PLAN, CITY], [9, 1])
    assert one.texts(chars=16) == [CITY]
    assert one.outcomes(chars=16) == ["form", "chosen"]
    assert len(one.reading.asked) == 2


def test_several_lighter_sentences_are_taken_where_no_form_is_sure() -> None:
    assert case([PLAN, RIVER, CITY, STOP], [9, 1, 3, 2]).texts(chars=20) == [CITY, STOP, RIVER]


def test_nothing_is_shortened_unless_asked() -> None:
    one = case([PLAN, CITY], [9, 1], others=(1, 0))
    assert one.texts(chars=16, compress=False) == [CITY]
    assert one.reading.asked == []
    assert one.outcomes(chars=16, compress=False) == ["length", "chosen"]


def test_what_is_left_beside_a_form_is_filled_with_whole_sentences() -> None:
    one = case([PLAN, STOP], [9, 1], figures={"市政府公布了方案": (0.95, 0)})
    assert one.texts(chars=11) == [FIRST, STOP]
    assert one.texts(chars=10) == [FIRST]
    assert one.texts(chars=11, sentences=1) == [FIRST]


def test_what_is_left_beside_whole_sentences_is_filled_with_a_form() -> None:
    # 9 of 19 characters are left beside the first.
    one = case([RIVER, PLAN], [2, 1], figures={"市政府公布了方案": (0.95, 0)})
    assert one.texts(chars=19) == [RIVER, FIRST]
    assert text_of(one.decide(chars=19)) == RIVER + FIRST
    assert one.texts(chars=18) == [RIVER]
    assert one.outcomes(chars=18) == ["chosen", "form"]
    assert one.texts(words=17) == [RIVER, FIRST]
    assert one.texts(words=16) == [RIVER]
    assert one.texts(chars=19, sentences=1) == [RIVER]


def test_little_room_is_left_as_it_is() -> None:
    # 9 of 26 characters are less than 35%, and a form would fit into them.
    one = case([of_chars(16)[0], PLAN], [2, 1], others=(1, 0))
    assert one.texts(chars=26) == of_chars(16)
    assert one.reading.asked == []
    assert one.outcomes(chars=26) == ["chosen", "length"]
    # 9 of 25 characters are more.
    assert case([of_chars(15)[0], PLAN], [2, 1], others=(1, 0)).texts(chars=25) == [of_chars(15)[0], FIRST]


def test_room_is_not_filled_with_a_form_that_adds_nothing() -> None:
    # FIRST keeps 8 of 22 characters: of 0.14 they are worth 0.0509, of 0.13 0.047; a twentieth of the best is 0.05.
    figures = {"市政府公布了方案": (0.95, 0)}
    assert case([RIVER, PLAN], [1, 0.14], figures=figures).texts(chars=19) == [RIVER, FIRST]
    one = case([RIVER, PLAN], [1, 0.13], figures=figures)
    assert one.texts(chars=19) == [RIVER]
    assert one.outcomes(chars=19) == ["chosen", "form"]


def test_room_is_not_filled_with_a_form_of_what_is_said() -> None:
    one = case([RIVER, PLAN], [2, 1], others=(1, 0), likeness=[[1, 0.95], [0.95, 1]])
    assert one.texts(chars=19) == [RIVER]
    assert one.outcomes(chars=19) == ["chosen", "repeats"]


def test_sentence_without_weight_is_never_shortened() -> None:
    one = case([RIVER, PLAN], [1, 0], others=(1, 0))
    assert one.texts(chars=19) == [RIVER]
    with pytest.raises(BudgetError, match="needs 8"):
        one.decide(chars=7)


def plans(number: int) -> list[str]:
    """Different sentences of 14 characters with a form of 7."""
    return [
        f"第{letter}座大桥通车，第{letter}条路通车。"
        for letter in "一二三四五六七八九十百千万亿甲乙丙丁戊己庚辛壬癸"[:number]
    ]


def test_only_the_heaviest_are_looked_at_where_another_fits() -> None:
    texts = [*plans(NUM_SHORTENED + 1), STOP]
    one = case(texts, [*range(30, 29 - NUM_SHORTENED, -1), 1])
    assert one.texts(chars=10) == [STOP]
    assert len(one.reading.asked) == NUM_SHORTENED
    assert one.outcomes(chars=10) == ["form"] * NUM_SHORTENED + ["length", "chosen"]


def test_more_are_looked_at_where_nothing_fits() -> None:
    texts = plans(NUM_SHORTENED_IF_NONE_FITS + 1)
    weights = list(range(40, 40 - len(texts), -1))
    last = f"第{texts[NUM_SHORTENED_IF_NONE_FITS - 1][1]}座大桥通车"
    assert case(texts, weights, figures={last: (1, 0)}).texts(chars=10) == [f"{last}。"]
    with pytest.raises(BudgetError):
        case(texts, weights, figures={f"第{texts[NUM_SHORTENED_IF_NONE_FITS][1]}座大桥通车": (1, 0)}).decide(chars=10)


def test_english_forms_keep_to_the_length_with_their_spaces() -> None:
    texts = ["It rained.", "The old river slowly rose again, which nobody there had expected."]
    one = case(texts, [1, 3], others=(0.9, 0))
    assert one.texts(chars=32) == ["The old river slowly rose again."]
    assert one.texts(chars=43) == ["The old river slowly rose again.", "It rained."]
    assert one.texts(chars=42) == ["The old river slowly rose again."]
    assert text_of(one.decide(chars=43)) == "It rained. The old river slowly rose again."
    # What is left beside a whole sentence is one character less than the form without the space.
    one = case(texts, [3, 1], others=(0.9, 0))
    assert one.texts(chars=43) == ["It rained.", "The old river slowly rose again."]
    assert one.texts(chars=42) == ["It rained.", "The old river rose again."]


def test_form_of_what_somebody_says_has_their_name() -> None:
    document = read(f"张三：我看{PLAN}\n李四：几点开会？\n张三：八点。\n李四：好。")
    one = case(document, [9, 1, 1, 1], others=(0.9, 0))
    assert one.texts(chars=17, sentences=1) == [f"张三：{LAST_TWO}"]
    assert one.texts(chars=16, sentences=1) == [f"张三：我看{FIRST}"]
    assert one.texts(chars=13, sentences=1) == [f"张三：{SECOND}"]


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


# Fusion


WON, BEAT = "江州队赢得了开幕战。", "江州队击败了北湾队。"  # 10 characters each
FUSED = "江州队赢得了开幕战，击败了北湾队。"  # 17
JUDGED = "江州队赢得了开幕战。击败了北湾队"  # what the judge is asked about


def test_sentences_with_one_subject_are_fused() -> None:
    one = case([WON, BEAT], [2, 1], figures={JUDGED: (0.7, 0.1)})
    decision = one.decide(sentences=2, fuse=True)
    (draft,) = decision.drafts
    assert draft.indices == (0, 1)
    assert text_of(decision) == FUSED
    assert draft.shortening == Shortening((), 0.7, 0.1)
    assert [verdict.outcome for verdict in decision.verdicts] == ["chosen", "chosen"]


def test_sentences_are_not_fused_unless_asked_nor_out_of_order() -> None:
    one = case([WON, BEAT], [2, 1], others=(1, 0))
    assert text_of(one.decide(sentences=2, fuse=False)) == WON + BEAT
    assert text_of(one.decide(sentences=2, fuse=True, order="salience")) == WON + BEAT
    assert (
        text_of(case([WON, BEAT], [1, 2], others=(1, 0)).decide(sentences=2, fuse=True, order="salience")) == BEAT + WON
    )


def test_sentences_are_not_fused_without_the_judges_consent() -> None:
    assert text_of(case([WON, BEAT], [2, 1], figures={JUDGED: (0.03, 0)}).decide(sentences=2, fuse=True)) == WON + BEAT
    assert (
        text_of(case([WON, BEAT], [2, 1], figures={JUDGED: (0.4, 0.55)}).decide(sentences=2, fuse=True)) == WON + BEAT
    )


def test_sentences_that_fit_only_fused_are_taken_for_a_length() -> None:
    one = case([WON, BEAT], [2, 1], figures={JUDGED: (0.9, 0)})
    assert text_of(one.decide(chars=17, fuse=True)) == FUSED
    assert one.outcomes(chars=17, fuse=True) == ["chosen", "chosen"]
    assert text_of(one.decide(chars=16, fuse=True)) == WON
    assert one.outcomes(chars=16, fuse=True) == ["chosen", "form"]
    assert text_of(one.decide(words=15, fuse=True)) == FUSED
    assert text_of(one.decide(words=14, fuse=True)) == WON
    assert text_of(case([WON, BEAT], [2, 1]).decide(chars=17, fuse=True)) == WON


def test_sentences_that_fit_only_fused_must_weigh_more() -> None:
    # Fused the two weigh 3, and the third alone weighs 4 and has no room beside them.
    texts = [WON, BEAT, of_chars(16)[0]]
    figures = {JUDGED: (0.9, 0)}
    assert text_of(case(texts, [2, 1, 4], figures=figures).decide(chars=17, fuse=True)) == texts[2]


def test_shortened_sentence_counts_half_beside_a_fusion() -> None:
    # Of 4.2 a form is worth 2.9, more than the first alone; fused the first two weigh 3, and half of 4.2 is less.
    figures = {JUDGED: (0.9, 0), "市政府公布了方案，居民可以写信": (0.95, 0)}
    one = case([WON, BEAT, PLAN], [2, 1, 4.2], figures=figures)
    assert text_of(one.decide(chars=17, fuse=False)) == FIRST_TWO
    assert text_of(one.decide(chars=17, fuse=True)) == FUSED
    assert text_of(case([WON, BEAT, PLAN], [2, 1, 6.2], figures=figures).decide(chars=17, fuse=True)) == FIRST_TWO


def test_fusion_counts_for_one_sentence() -> None:
    one = case([WON, BEAT, RIVER], [3, 2, 1], figures={JUDGED: (0.9, 0)})
    assert text_of(one.decide(chars=27, sentences=2, fuse=True)) == FUSED
    assert text_of(one.decide(chars=27, fuse=True)) == FUSED + RIVER


def test_shortened_sentences_are_not_fused() -> None:
    won = "江州队赢得了开幕战，球迷很高兴，城市也很高兴。"
    figures = {"江州队赢得了开幕战": (0.95, 0), JUDGED: (1, 0)}
    one = case([won, BEAT], [12, 4], figures=figures)
    assert text_of(one.decide(chars=20, fuse=True)) == WON + BEAT


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


# Properties


lengths = st.fixed_dictionaries(
    {},
    optional={
        "sentences": st.integers(1, 4),
        "chars": st.integers(1, 120),
        "words": st.integers(1, 40),
        "ratio": st.floats(0.05, 1),
    },
)


@few_examples
@given(
    articles() | marked_texts,
    lengths,
    st.booleans(),
    st.booleans(),
    st.sampled_from(["document", "salience"]),
    st.data(),
)
def test_decision_keeps_its_promises(
    text: str, bounds: dict[str, Any], compress: bool, fuse: bool, order: Order, data: st.DataObject
) -> None:
    document = read(text)
    size = len(document.sentences)
    if not size:
        return
    random = np.random.default_rng(data.draw(st.integers(0, 99)))
    weights = random.dirichlet(np.full(size, 0.5)) * (random.random(size) < 0.9)
    if not weights.any():
        weights[0] = 1
    alike = random.uniform(0, 1, (size, size))
    one = case(document, weights.tolist(), others=(0.9, 0.01), likeness=np.maximum(alike, alike.T).tolist())
    budget = Budget(**bounds)
    try:
        decision = one.decide(order=order, fuse=fuse, compress=compress, **bounds)
    except BudgetError:
        assert budget.limits_text
        return
    drafts, printed_text = decision.drafts, text_of(decision)
    indices = [index for draft in drafts for index in draft.indices]
    assert len(drafts) > 0
    assert budget.holds(printed_text, len(text), len(drafts))
    assert budget.limits_text or budget.sentences or len(indices) <= CONFIG.max_sentences
    # The trace agrees with what is printed.
    assert {index for index, verdict in enumerate(decision.verdicts) if verdict.outcome == "chosen"} == set(indices)
    assert len(set(indices)) == len(indices)
    assert len(decision.verdicts) == size
    assert list(decision.pieces) == list(join_drafts(document, drafts))
    assert order == "salience" or indices == sorted(indices)
    assert fuse or all(len(draft.indices) == 1 for draft in drafts)
    for index, verdict in enumerate(decision.verdicts):
        assert verdict.like is None or verdict.like in indices
        assert verdict.outcome != "repeats" or (verdict.like is not None and alike.max() >= 0.9)
        assert (verdict.outcome in ("heading", "apparatus", "question", "short")) <= (
            weights[index] == 0 or sentence_costs(document)[index, 1] == 0
        )
        assert verdict.outcome not in ("length", "form", "light") or verdict.redundancy < weights[index]
    # What is shortened would not fit as it stands, beside what else is printed.
    for place, draft in enumerate(drafts):
        if draft.is_whole or len(draft.indices) > 1:
            continue
        assert compress
        assert budget.limits_text
        full = drop_repeated_speakers(
            document, [*drafts[:place], make_whole_draft(document, draft.indices[0]), *drafts[place + 1 :]]
        )
        assert not budget.holds("".join(piece.text for piece in join_drafts(document, full)), len(text), len(full))
    # All that is printed stands in the source, but for a first letter and marks of ours.
    for piece in decision.pieces:
        assert piece.start is None or text[piece.start : piece.end].lower() == piece.text.lower()
        assert piece.start is not None or len(piece.text) <= 3


@few_examples
@given(articles(), st.integers(1, 150), st.integers(0, 99))
def test_length_has_no_room_left_for_what_adds_something(text: str, chars: int, seed: int) -> None:
    document = read(text)
    weights = np.random.default_rng(seed).dirichlet(np.full(len(document.sentences), 0.5))
    one = case(document, weights.tolist(), others=(0.9, 0.01))
    try:
        decision = one.decide(chars=chars)
    except BudgetError:
        return
    drafts = list(decision.drafts)
    for index, verdict in enumerate(decision.verdicts):
        if verdict.outcome in ("length", "form"):
            more = sorted([*drafts, make_whole_draft(document, index)], key=lambda draft: draft.indices)
            pieces: list[Piece] = list(join_drafts(document, drop_repeated_speakers(document, more)))
            by_weight = list(
                join_drafts(document, drop_repeated_speakers(document, [*drafts, make_whole_draft(document, index)]))
            )
            longest = max(sum(len(piece.text) for piece in found) for found in (pieces, by_weight))
            assert longest > chars - len(drafts)
        elif verdict.outcome == "light":
            sentence = document.sentences[index]
            has_stop = FINISHED.search(text[sentence.body : sentence.end]) is not None
            least = 0.05 if has_stop or sentence.speaker else 0.3
            assert weights[index] - verdict.redundancy < least * weights.max() * (1 + 1e-9)
        else:
            assert verdict.outcome in ("chosen", "repeats", "heading")


@few_examples
@given(
    st.lists(
        st.sampled_from(["It rained.", "…", "下雨了。", "- We stayed", "“…”", "张三：我去。", "停；"]),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 40),
    st.integers(0, 99),
    st.sampled_from(["document", "salience"]),
)
def test_length_is_never_exceeded(lines: list[str], chars: int, seed: int, order: Order) -> None:
    document = read("\n".join(lines))
    weights = np.random.default_rng(seed).dirichlet(np.ones(len(document.sentences)))
    one = case(document, weights.tolist(), others=(1, 0))
    try:
        decision = one.decide(chars=chars, order=order, fuse=True)
    except BudgetError:
        assert chars < min(cost for cost in sentence_costs(document)[:, 1] if cost)
        return
    assert 0 < len(text_of(decision)) <= chars
    assert count_words(text_of(decision)) <= chars


@pytest.mark.parametrize("bounds", [{"sentences": 1}, {"chars": 8}, {}])
def test_what_was_closed_before_is_never_chosen_and_says_why(bounds: dict[str, int]) -> None:
    decision = case([RIVER, CITY], [9, 1]).decide(closed={0: "superseded"}, **bounds)
    assert text_of(decision) == CITY
    assert [verdict.outcome for verdict in decision.verdicts] == ["superseded", "chosen"]


def test_a_closed_sentence_is_no_room_for_a_length_that_is_too_small() -> None:
    with pytest.raises(BudgetError, match="needs 8"):
        case([STOP, CITY], [9, 1]).decide(closed={0: "superseded"}, chars=5, compress=False)


def test_a_sentence_leans_on_none_of_another_text() -> None:
    one = case([BEFORE, LEANS, BEHIND], [4, 8, 1])
    seam = Location(one.document.sentences[1].start, "text", "b")
    joined = replace(one.document, places=(Location(0, "text", "a"), seam))
    assert Case(joined, one.weights, one.reading).indices() == [1]


@given(st.lists(st.tuples(st.integers(2, 14), st.integers(1, 9), st.booleans()), min_size=1, max_size=8), st.data())
@few_examples
def test_what_less_room_admits_is_what_is_chosen_for_it(
    sentences: list[tuple[int, int, bool]], data: st.DataObject
) -> None:
    texts = [("river rose " if is_english else "河水") + "长" * size + "。" for size, _, is_english in sentences]
    one = case(texts, [10 * weight + place / 7 for place, (_, weight, _) in enumerate(sentences)])
    chars = data.draw(st.integers(max(map(len, texts)), 100))
    drafts = one.decide(order="salience", compress=False, chars=chars).drafts
    less = data.draw(st.integers(1, chars))
    room = Room(one.document, Budget(chars=less).bounds(100))
    if room.admits(drafts, sentence_costs(one.document)):
        assert one.decide(order="salience", compress=False, chars=less).drafts == drafts
    else:
        assert sum(len(draft.text) for draft in drafts) + 2 * (len(drafts) - 1) > less


# So many sentences that each is held against those near it alone


@given(
    st.lists(st.tuples(st.integers(4, 30), st.floats(0.01, 1)), min_size=1, max_size=30),
    st.integers(0, 2**32 - 1),
    st.integers(1, 40),
    st.floats(0.2, 1),
)
@few_examples
def test_further_sentences_are_chosen_as_the_first_ones_where_all_are_near(
    sizes: list[tuple[int, float]], seed: int, num_sentences: int, share: float
) -> None:
    likeness = np.random.default_rng(seed).uniform(0, 1, (len(sizes), len(sizes)))
    texts = ["水" * size + "。" for size, _ in sizes]
    one = case(texts, [weight for _, weight in sizes], likeness=((likeness + likeness.T) / 2).tolist())
    for bounds in ({"sentences": num_sentences}, {"chars": max(35, round(share * sum(map(len, texts))))}):
        expected = one.decide(order="salience", compress=False, **bounds)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("summarize.decide.choice.NUM_EXACT", 1)
            found = one.decide(order="salience", compress=False, **bounds)
        assert found.drafts == expected.drafts
        chosen = [index for index, verdict in enumerate(found.verdicts) if verdict.outcome == "chosen"]
        assert [found.verdicts[index] for index in chosen] == [expected.verdicts[index] for index in chosen]


def test_further_sentence_is_held_against_those_near_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.decide.choice.NUM_EXACT", 1)
    monkeypatch.setattr("summarize.decide.many.NEAR", 2)
    alike = np.eye(5)
    alike[1, [3, 4]] = alike[[3, 4], 1] = 1  # the second of four is said again, near it and further off
    one = case([RIVER, CITY, STOP, CITY, CITY], [9, 8, 7, 6, 5], likeness=alike.tolist())
    assert one.indices(sentences=5) == [0, 1, 2, 4]


def held(num: int) -> int:
    """Return how many sentences are held against others in a summary of half of so many."""
    one, found = case(["水涨。"] * num, list(np.linspace(1, 2, num)), likeness=[[0.0]]), []

    def similarity(index: int, first: int = 0, end: int | None = None) -> np.ndarray:
        found.append((num if end is None else end) - first)
        return np.zeros(found[-1])

    one.reading.similarity = similarity
    one.indices(sentences=num // 2, compress=False)
    return sum(found)


def test_what_a_long_summary_takes_grows_with_it_and_not_with_its_square(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.decide.choice.NUM_EXACT", 10)
    monkeypatch.setattr("summarize.decide.many.NEAR", 20)
    assert held(1600) < 2.2 * held(800)

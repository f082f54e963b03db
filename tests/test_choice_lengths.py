"""The one decision under a length: what fits whole, and what comes in a shorter form."""

from dataclasses import replace
from typing import Any

import pytest
from deciding import CITY, CONFIG, FIRST, FIRST_TWO, LAST_TWO, PLAN, RIVER, SECOND, STOP, case, of_chars, read, text_of
from models import document_of

from summarize.decide.choice import NUM_SHORTENED, NUM_SHORTENED_IF_NONE_FITS
from summarize.document import Shortening
from summarize.errors import BudgetError
from summarize.text.pieces import make_whole_draft

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

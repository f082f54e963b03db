"""Summaries made by hand: `[...]` marks what is printed of a source, and what stands outside of it is left out."""

import re
from collections.abc import Sequence

import pytest

from summarize.decide.budget import Budget
from summarize.document import Document, Language, Piece
from summarize.evaluate.faithfulness import (
    CHECKS,
    JOINING_MARKS,
    count_split_words,
    lost_negations,
    misprints,
    over_budget,
    parted_numbers,
    unknown_marks,
    violations,
    wrong_offsets,
    wrong_seams,
)
from summarize.summary import Summary
from summarize.text.segmentation import find_sentences

ROOMY = Budget(chars=1000)


def summary_of(text: str, pieces: Sequence[Piece], language: Language = "zh") -> Summary:
    sentences = find_sentences(text)
    return Summary(Document(text, sentences, language), "tree", (1.0,) * len(sentences), (), tuple(pieces), ())


def kept(marked: str, language: Language = "zh") -> Summary:
    """The summary of a text that prints what stands in brackets, with a space between where English needs one."""
    pieces: list[Piece] = []
    text = ""
    for place, part in enumerate(re.split(r"[\[\]]", marked)):
        if place % 2:
            pieces += [Piece(" ")] if pieces and language == "en" else []
            pieces.append(Piece(part, len(text), len(text) + len(part)))
        text += part
    return summary_of(text, pieces, language)


@pytest.mark.parametrize(
    ("marked", "language"),
    [
        pytest.param("[河水今天上涨了3米。]城市没有停电。", "zh", id="a whole sentence"),
        pytest.param("[河水]今天[上涨了3米]，城市没有停电[。]", "zh", id="a shortened one"),
        pytest.param("[The river rose] early [today.] The city slept.", "en", id="in English"),
        pytest.param("昨天下午，[河水上涨了3米]，城市没有停电[。]", "zh", id="a clause of three"),
    ],
)
def test_clean_summary_has_no_violation(marked: str, language: Language) -> None:
    assert violations(kept(marked, language), ROOMY) == dict.fromkeys(CHECKS, 0)


def test_fused_summary_has_no_violation() -> None:
    text = "在2018年的世界杯中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。"
    found = [
        (text.index(part), len(part))
        for part in ("法国队赢得了", "2018年", "世界杯", "冠军", "在决赛中击败了克罗地亚队。")
    ]
    runs = [Piece(text[start : start + length], start, start + length) for start, length in found]
    assert violations(summary_of(text, [*runs[:4], Piece("，"), runs[4]]), ROOMY) == dict.fromkeys(CHECKS, 0)


def test_violations_names_each_rule_that_is_broken() -> None:
    text = "城市没有停电3小时。"
    pieces = [Piece("城市", 1, 3), Piece("停电3", 4, 7), Piece("！")]
    assert violations(summary_of(text, pieces), Budget(chars=2)) == {
        "offsets": 1,  # 城市 does not stand at 1
        "printed": 0,
        "marks": 1,
        "budget": 1,
        "numbers": 1,  # 3 without 小时
        "negation": 1,  # 没有 is left out: what is printed of it ends in its middle
        "words": 2,  # 城市 is said to be 市没, and ends in a word
    }


@pytest.mark.parametrize(
    "piece",
    [
        pytest.param(Piece("河水", 1, 3), id="other text"),
        pytest.param(Piece("河", 0, None), id="no end"),
        pytest.param(Piece("", 1, 1), id="nothing"),
        pytest.param(Piece("。", -1, 4), id="before the text"),
        pytest.param(Piece("涨。", 2, 5), id="behind the text"),
    ],
)
def test_wrong_offsets_counts_pieces_that_are_not_the_source(piece: Piece) -> None:
    assert wrong_offsets(summary_of("河水涨。", [Piece("河水", 0, 2), Piece("，"), piece])) == 1


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("The river rose.", 0, id="a capital"),
        pytest.param("the river rose.", 0, id="as in the source"),
        pytest.param("The River rose.", 1, id="two capitals"),
        pytest.param("A river rose.", 1, id="another letter"),
    ],
)
def test_wrong_offsets_knows_a_capital_at_the_beginning(printed: str, expected: int) -> None:
    text = "On Monday, the river rose."
    start = text.index("the")
    assert wrong_offsets(summary_of(text, [Piece(printed, start, len(text))], "en")) == expected


def test_wrong_offsets_does_not_take_a_capital_from_the_source() -> None:
    assert wrong_offsets(summary_of("Rivers rose.", [Piece("rivers rose.", 0, 12)], "en")) == 1


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        pytest.param("河水上涨。", 0, id="none"),
        pytest.param("河水上涨；。", 1, id="semicolon"),
        pytest.param("河水上涨：。桥，。", 2, id="two"),
        pytest.param("桥、，路。", 1, id="commas"),
        pytest.param("河水（今天），上涨……。", 0, id="closing marks and stops"),
        pytest.param("他说，…", 0, id="as in the source"),
        pytest.param("他说，…，…", 1, id="more often than in the source"),
    ],
)
def test_wrong_seams_counts_marks_that_run_together(printed: str, expected: int) -> None:
    assert wrong_seams(summary_of("他说，…河水上涨。", [Piece(printed)])) == expected


def test_misprints_holds_what_is_printed_against_the_pieces() -> None:
    summary = kept("[河水涨。]")
    assert [misprints(summary, printed) for printed in ("河水涨。", "河水涨", "", "河水涨。\n")] == [0, 1, 1, 1]
    assert misprints(summary_of("河水涨。", []), "") == 1


def test_unknown_marks_knows_a_closed_list() -> None:
    assert unknown_marks(summary_of("河水涨。", [Piece(mark) for mark in sorted(JOINING_MARKS)])) == 0
    assert unknown_marks(summary_of("河水涨。", [Piece("并"), Piece("，"), Piece(", ")])) == 2


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        pytest.param(Budget(chars=11), 0, id="characters"),
        pytest.param(Budget(chars=10), 1, id="a character too long"),
        pytest.param(Budget(sentences=2), 0, id="sentences"),
        pytest.param(Budget(sentences=1), 1, id="two sentences fused to one are two"),
        pytest.param(Budget(words=9), 0, id="words"),
        pytest.param(Budget(words=8), 1, id="a word too long"),
        pytest.param(Budget(ratio=0.5), 1, id="ratio"),
        pytest.param(Budget(), 0, id="no bound"),
    ],
)
def test_over_budget_counts_all_that_is_printed(budget: Budget, expected: int) -> None:
    text = "河水今天上涨。河水淹了桥。"
    pieces = [Piece(text[:6], 0, 6), Piece("，"), Piece(text[9:], 9, 13)]
    assert over_budget(summary_of(text, pieces), budget) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("[河水上涨了3]米。", 1, id="number without unit"),
        pytest.param("[河水上涨了]3[米。]", 1, id="unit without number"),
        pytest.param("[河水上涨了]3米[。]", 0, id="neither"),
        pytest.param("[河水上涨了3][米。]", 0, id="side by side"),
        pytest.param("[全长1500]公里[。]", 1, id="a number like a year"),
        pytest.param("[共有100]余名[群众。]", 1, id="about so many"),
        pytest.param("[一百多]艘[船沉没。]", 1, id="Chinese numeral"),
        pytest.param("[他排在第3]位[。]", 1, id="rank"),
        pytest.param("[花了]¥[50。]", 1, id="currency"),
        pytest.param("[增长了5.2%]以上[。]", 0, id="a number with its sign is one word"),
        pytest.param("[2018年]的[世界杯。]", 0, id="a date is one word"),
        pytest.param("[3]公司[上市。]", 0, id="no unit"),
    ],
)
def test_parted_numbers_in_chinese(marked: str, expected: int) -> None:
    assert parted_numbers(kept(marked)) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        pytest.param("[It cost $5.2] million [today.]", 1, id="number without million"),
        pytest.param("[It cost] $[5.2 million today.]", 1, id="without currency"),
        pytest.param("[It cost $5] million [dollars today.]", 2, id="a part in the middle"),
        pytest.param("[The man] in 3 [years.]", 1, id="unit alone"),
        pytest.param("[A 34]-year-old [man fell.]", 1, id="hyphen"),
        pytest.param("[A 34-year]-old [man fell.]", 0, id="number and unit"),
        pytest.param("[A 34-year-old man fell.]", 0, id="whole"),
        pytest.param("[He won 3] of [matches.]", 0, id="no unit"),
    ],
)
def test_parted_numbers_in_english(marked: str, expected: int) -> None:
    assert parted_numbers(kept(marked, "en")) == expected


def test_parted_numbers_sees_a_unit_that_stands_elsewhere() -> None:
    text = "河水上涨了3米。"
    pieces = [Piece("3", 5, 6), Piece("，"), Piece("河水上涨了", 0, 5), Piece("米。", 6, 8)]
    assert parted_numbers(summary_of(text, pieces)) == 1


@pytest.mark.parametrize(
    ("marked", "language", "expected"),
    [
        pytest.param("[城市]没有[停电。]", "zh", 1, id="negation"),
        pytest.param("[城市没有停电。]", "zh", 0, id="kept"),
        pytest.param("[河水上涨]，城市没有停电[。]", "zh", 0, id="in a clause of which nothing is kept"),
        pytest.param("[河水上涨]，[城市]没有[停电。]", "zh", 1, id="in the second clause"),
        pytest.param("[河水上涨，]城市没有停电[。]", "zh", 0, id="the comma is of the clause that it ends"),
        pytest.param("[桥、]路没有[停电。]", "zh", 1, id="a list is one clause"),
        pytest.param("[市长说：]城市没有[停电。]", "zh", 1, id="a colon ends no clause"),
        pytest.param("[河水上涨；]城市没有停电[。]", "zh", 0, id="a semicolon does"),
        pytest.param("[市长]（他没有离开，也没有睡）[来了。]", "zh", 2, id="what stands in brackets is of the clause"),
        pytest.param("[河水]可能[上涨。]", "zh", 1, id="possibility"),
        pytest.param("[The city] did not [sleep.]", "en", 1, id="not"),
        pytest.param("[The city] didn't [sleep.]", "en", 1, id="shortened not"),
        pytest.param("If it rains, [the city sleeps.]", "en", 0, id="condition of another clause"),
        pytest.param("The city [sleeps] if [it rains.]", "en", 1, id="condition"),
    ],
)
def test_lost_negations(marked: str, language: Language, expected: int) -> None:
    assert lost_negations(kept(marked, language)) == expected


@pytest.mark.parametrize(
    ("marked", "language", "expected"),
    [
        pytest.param("[河水]今天[上涨。]", "zh", 0, id="between words"),
        pytest.param("[世界]杯[结束了。]", "zh", 1, id="end"),
        pytest.param("世[界杯结束了。]", "zh", 1, id="beginning"),
        pytest.param("[在20]18年[结束了。]", "zh", 1, id="number"),
        pytest.param("[The riv]er [rose.]", "en", 1, id="English"),
        pytest.param("[The river ]slowly [rose.]", "en", 0, id="a space before the next word"),
        pytest.param("[雨停了。\n  ]", "zh", 1, id="behind the last sentence"),
    ],
)
def test_cut_words(marked: str, language: Language, expected: int) -> None:
    assert count_split_words(kept(marked, language)) == expected


def test_nothing_printed_breaks_one_rule() -> None:
    assert violations(summary_of("河水涨。", []), ROOMY) == dict.fromkeys(CHECKS, 0) | {"printed": 1}

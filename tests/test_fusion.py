"""Fusion with a made-up grammar, and the rules against it; `tests/fusion` has the cases for the shipped one."""

import numpy as np
import pytest
from fakes import FakeGrammar, FakeJudge
from hypothesis import given
from hypothesis import strategies as st
from strategies import few_examples

from summarize.config import SelectionConfig
from summarize.decide import doubt
from summarize.decide.fusion import MAX_STATEMENTS, fuse_sentences
from summarize.decide.words import Judge, Word, words_between
from summarize.document import Document, Draft, Language
from summarize.text.pieces import make_whole_draft
from summarize.text.segmentation import find_sentences


def fuse(document: Document, drafts: list[Draft], judge: Judge | None = None) -> list[Draft]:
    """The drafts, fused where they may be; by default the judge likes whatever it is shown."""
    return fuse_sentences(document, drafts, FakeGrammar(), judge or FakeJudge(), SelectionConfig())


def fused(text: str, language: Language = "zh", selected: list[int] | None = None) -> list[str]:
    """The sentences of the summary of all sentences, or of some."""
    document = Document(text, find_sentences(text), language)
    chosen = range(len(document.sentences)) if selected is None else selected
    return [
        "".join(piece.text for piece in one.pieces)
        for one in fuse(document, [make_whole_draft(document, index) for index in chosen])
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "在2018年的世界杯中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。",
            "法国队赢得了2018年世界杯冠军，在决赛中击败了克罗地亚队。",
            id="the phrase moves into the noun",
        ),
        pytest.param(
            "在2018年的杯赛中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。",
            "在2018年的杯赛中，法国队赢得了冠军，在决赛中击败了克罗地亚队。",
            id="the phrase stays where text has not shown it before the noun",
        ),
        pytest.param(
            "在2018年的世界杯中，法国队赢得了第三个冠军。法国队在决赛中击败了克罗地亚队。",
            "在2018年的世界杯中，法国队赢得了第三个冠军，在决赛中击败了克罗地亚队。",
            id="the phrase stays where the noun has words of its own",
        ),
        pytest.param(
            "在2018年的世界杯中，法国队赢得了冠军的奖杯。法国队在决赛中击败了克罗地亚队。",
            "在2018年的世界杯中，法国队赢得了冠军的奖杯，在决赛中击败了克罗地亚队。",
            id="the phrase stays where the noun belongs to another",
        ),
        pytest.param(
            "昨天主场作战，法国队赢得了冠军。法国队击败了北湾队。",
            "昨天主场作战，法国队赢得了冠军，击败了北湾队。",
            id="a phrase of three words that begins with a time",
        ),
        pytest.param("江州队赢得了开幕战。江州队击败了北湾队。", "江州队赢得了开幕战，击败了北湾队。", id="two"),
        pytest.param(
            "江州队赢得了开幕战。江州队击败了北湾队。江州队在周末休息。",
            "江州队赢得了开幕战，击败了北湾队，在周末休息。",
            id="three",
        ),
        pytest.param(
            "江州隊贏得了開幕戰。江州隊擊敗了北灣隊。", "江州隊贏得了開幕戰，擊敗了北灣隊。", id="Traditional"
        ),
        pytest.param("江州队赢得了开幕战。江州队击败了北湾队", "江州队赢得了开幕战，击败了北湾队。", id="no last stop"),
    ],
)
def test_sentences_with_one_subject_become_one(text: str, expected: str) -> None:
    assert fused(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Ann won the race. Ann beat the champion.", "Ann won the race and beat the champion.", id="two"),
        pytest.param(
            "Ann won the race. Ann beat the champion. Ann won the cup.",
            "Ann won the race, beat the champion and won the cup.",
            id="three",
        ),
        pytest.param(
            "Ann won the race and the cup. Ann beat the champion.",
            "Ann won the race and the cup, and beat the champion.",
            id="a comma where there is an and",
        ),
        pytest.param(
            "In 2016, the visitors won the race. The visitors beat the champion.",
            "In 2016, the visitors won the race and beat the champion.",
            id="a phrase in front",
        ),
    ],
)
def test_english_sentences_with_one_subject_become_one(text: str, expected: str) -> None:
    assert fused(text, "en") == [expected]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("江州队赢得了开幕战。北湾队击败了江州队。", id="other subject"),
        pytest.param("江州队赢得了开幕战。江州队教练在周末休息。", id="longer name"),
        pytest.param("江州队赢得了开幕战。江州队赢得。", id="no predicate worth the name"),
        pytest.param("据晚报消息，江州队赢得了开幕战。江州队击败了北湾队。", id="attribution"),
        pytest.param("江州队赢得了开幕战吗？江州队击败了北湾队。", id="question"),
        pytest.param("如果江州队赢得开幕战，城市会庆祝。江州队击败了北湾队。", id="condition"),
        pytest.param("去年，江州队赢得了开幕战。今年，江州队击败了北湾队。", id="other time"),
        pytest.param("江州队赢得了开幕战。但江州队在周末休息。", id="contrast"),
        pytest.param("江州队在周末可能赢得比赛。江州队击败了北湾队。", id="modality would spread"),
        pytest.param("江州队在周末没有休息。江州队击败了北湾队。", id="negation would spread"),
        pytest.param("他赢得了开幕战。他击败了北湾队。", id="pronoun"),
        pytest.param("一名选手赢得了开幕战。一名选手击败了北湾队。", id="somebody, and somebody else"),
        pytest.param("江州队赢得了开幕战。“我们在家庆祝。”江州队击败了北湾队。", id="speech before"),
        pytest.param("一、江州队赢得了开幕战。二、江州队击败了北湾队。", id="list"),
        pytest.param("昨天主场全力作战，江州队赢得了开幕战。江州队击败了北湾队。", id="a longer phrase before"),
        pytest.param("江州队和北湾队赢得了比赛。江州队和北湾队在周末休息。", id="several"),
    ],
)
def test_doubt_leaves_sentences_as_they_stand(text: str) -> None:
    document = Document(text, find_sentences(text), "zh")
    assert fused(text) == list(document.sentence_texts())


def test_sentences_far_from_each_other_stay_apart() -> None:
    between = "河水上涨。" * 3
    text = f"江州队赢得了开幕战。{between}江州队击败了北湾队。"
    assert len(fused(text, selected=[0, 4])) == 2
    assert len(fused(text.replace(between, "河水上涨。"), selected=[0, 2])) == 1


def test_sentences_of_other_paragraphs_stay_apart_unless_they_are_neighbours() -> None:
    assert len(fused("江州队赢得了开幕战。\n江州队击败了北湾队。")) == 1
    assert len(fused("江州队赢得了开幕战。\n河水上涨了。\n江州队击败了北湾队。", selected=[0, 2])) == 2


def test_a_sentence_holds_three_statements_at_most() -> None:
    text = "".join(f"江州队赢得了第{number}场比赛。" for number in "一二三四五")
    assert len(fused(text)) == -(-5 // MAX_STATEMENTS)


def test_pieces_name_their_place_in_the_source() -> None:
    text = "在2018年的世界杯中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。"
    document = Document(text, find_sentences(text), "zh")
    (sentence,) = fuse(document, [make_whole_draft(document, 0), make_whole_draft(document, 1)])
    assert sentence.indices == (0, 1)
    assert not sentence.is_whole
    assert [piece.text for piece in sentence.pieces if piece.start is None] == ["，"]
    assert all(text[p.start : p.end] == p.text for p in sentence.pieces if p.start is not None)
    assert [p.text for p in sentence.pieces] == [
        "法国队赢得了",
        "2018年",
        "世界杯",
        "冠军",
        "，",
        "在决赛中击败了克罗地亚队。",
    ]


@few_examples
@given(
    st.lists(
        st.sampled_from(["江州队赢得了", "击败了北湾队", "。", "，", "在2018年的世界杯中", "冠军", "没有", "“", "\n"]),
        max_size=14,
    )
)
def test_any_text_gives_its_own_words_in_runs(parts: list[str]) -> None:
    text = "".join(parts)
    document = Document(text, find_sentences(text), "zh")
    sentences = fuse(document, [make_whole_draft(document, index) for index in range(len(document.sentences))])
    assert [index for one in sentences for index in one.indices] == list(range(len(document.sentences)))
    for piece in (piece for one in sentences for piece in one.pieces):
        if piece.start is None:
            assert piece.text in ("，", " ") or set(piece.text) == {"”"}
        else:
            assert text[piece.start : piece.end] == piece.text


def test_words_have_their_places() -> None:
    text = "前言 Ann won."
    document = Document(text, find_sentences(text), "en")
    words = words_between(document, 3, len(text))
    assert [(word.text, word.start, word.end) for word in words] == [("Ann", 3, 6), ("won", 7, 10), (".", 10, 11)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("两个 小时 后", True),
        ("十六岁 开始", True),
        ("3 天", True),
        ("十余 天 后", True),
        ("十多 年", True),
        ("十个 月", True),
        ("几余 天", True),
        ("十万 人", False),
        ("三个 品种", False),
        ("一生 创作", False),
    ],
)
def test_amounts_of_time(words: str, expected: bool) -> None:
    assert doubt.starts_with_duration([Word(word, 0, 0) for word in words.split()]) is expected


class Verdict(FakeJudge):
    """Says the same of every form, and keeps what it was asked."""

    def __init__(self, good: float, false: float) -> None:
        self.verdict, self.asked = (good, 1 - good - false, false), []

    def judge(self, words, before, forms, *, has_stop, least_good=0.0):
        self.asked.append((list(words), [(form.kept, [cut.kind for cut in form.cuts]) for form in forms], has_stop))
        return np.array([self.verdict] * len(forms))


@pytest.mark.parametrize(
    ("good", "false", "is_fused"),
    [
        pytest.param(0.9, 0.02, True, id="sure"),
        pytest.param(0.015, 0.1, False, id="hardly good"),
        pytest.param(0.3, 0.65, False, id="rather false"),
    ],
)
def test_the_judge_has_the_last_word(good: float, false: float, is_fused: bool) -> None:
    text = "法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。"
    document, judge = Document(text, find_sentences(text), "zh"), Verdict(good, false)
    found = fuse(document, [make_whole_draft(document, 0), make_whole_draft(document, 1)], judge)
    assert [draft.indices for draft in found] == ([(0, 1)] if is_fused else [(0,), (1,)])
    (asked,) = judge.asked
    words, ((kept, kinds),), has_stop = asked
    assert words == ["法国队", "赢得", "了", "冠军", "。", "法国队", "在", "决赛", "中", "击败", "了", "克罗地亚队"]
    assert (kept, kinds, has_stop) == ((0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11), ["subject"], True)
    if is_fused:
        assert found[0].shortening is not None
        assert (found[0].shortening.good, found[0].shortening.false) == (good, false)

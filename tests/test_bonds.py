"""What compression must not part; `test_fusion.py` has the reasons against fusion."""

import numpy as np
import pytest
from models import words_of

from summarize.decide import bonds
from summarize.document import Language


def at(words: str, marked: list[str]) -> list[int]:
    """The places of words in a sentence written with spaces, each its first."""
    return [words.split().index(word) for word in marked]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("河水 上涨", [0, 0], id="one clause"),
        pytest.param("河水 上涨 ， 城市 停电", [0, 0, 0, 1, 1], id="a comma is of the clause that it ends"),
        pytest.param("苹果 、 香蕉 ， 橘子", [0, 0, 0, 0, 1], id="a list is one clause"),
        pytest.param("他 说 ： 走 ； 停 —— 看", [0, 0, 0, 1, 1, 2, 2, 2], id="colon and semicolon"),
        pytest.param("， 城市", [0, 1], id="comma first"),
        pytest.param("The river rose , the city slept", [0, 0, 0, 0, 1, 1, 1], id="English"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_clauses_are_numbered(words: str, expected: list[int]) -> None:
    assert bonds.clauses_of(words_of(words)).tolist() == expected


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        pytest.param("会议 没有 讨论 水位", "zh", ["没有"], id="negation"),
        pytest.param("会议 未 讨论 水位", "zh", ["未"], id="negation of one character"),
        pytest.param("会议 不能 讨论 水位", "zh", ["不能"], id="a word that begins with one"),
        pytest.param("会议 不断 讨论 非洲 未来", "zh", [], id="words that only look negated"),
        pytest.param("河水 可能 上涨", "zh", ["可能"], id="modality"),
        pytest.param("如果 河水 上涨", "zh", ["如果"], id="condition"),
        pytest.param("城市 停止 供水", "zh", ["停止"], id="the opposite"),
        pytest.param("河水 上涨 约 三 米", "zh", ["约"], id="less than it"),
        pytest.param("河水 上涨", "zh", [], id="nothing"),
        pytest.param("The city did not sleep", "en", ["not"], id="English negation"),
        pytest.param("The city didn't or didn’t sleep", "en", ["didn't", "didn’t"], id="English contraction"),
        pytest.param("The river May rise", "en", ["May"], id="English modality in any case"),
        pytest.param("If the river rose", "en", ["If"], id="English condition"),
        pytest.param("The city almost slept", "en", ["almost"], id="English limit"),
        pytest.param("The city slept", "en", [], id="English nothing"),
    ],
)
def test_words_are_locked_that_turn_the_meaning(words: str, language: Language, expected: list[str]) -> None:
    assert bonds.locked_words(words_of(words, language), language) == at(words, expected)


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        pytest.param("上涨 3 米 ， 停电", "zh", [(1, 2)], id="number and unit"),
        pytest.param("增加 3 个 村庄 今天", "zh", [(1, 3)], id="and what is counted"),
        pytest.param("增加 两 个 大 村庄 今天", "zh", [(1, 4)], id="three words at most"),
        pytest.param("花费 3 元 买 苹果", "zh", [(1, 2)], id="money counts nothing"),
        pytest.param("花费 3万 人民币 买", "zh", [(1, 2)], id="a unit of two characters ends it"),
        pytest.param("比分 3 比 1", "zh", [(1, 3)], id="two numbers that belong together"),
        pytest.param("2018年 河水 上涨", "zh", [], id="a date counts nothing"),
        pytest.param("上涨 3 ， 停电", "zh", [], id="nothing behind it"),
        pytest.param("上涨 3", "zh", [], id="last word"),
        pytest.param("The river rose 3 metres today", "en", [(3, 4)], id="English"),
        pytest.param("The river rose 3 to 5 metres", "en", [(3, 5), (5, 6)], id="English range"),
        pytest.param("One of two cities slept", "en", [], id="English words are no numbers"),
    ],
)
def test_counted_spans_are_a_number_and_what_it_counts(
    words: str, language: Language, expected: list[tuple[int, int]]
) -> None:
    assert list(bonds.counted_spans(words_of(words, language), language)) == expected


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        pytest.param("他 说 “ 明天 再 走 ” 然后", "zh", [(2, 6)], id="quotation"),
        pytest.param("“ 他 说 ‘ 走 ’ ”", "zh", [(3, 5), (0, 6)], id="quotation in a quotation"),
        pytest.param("读 《 河水 》 （ 今天 ） 停", "zh", [(1, 3), (4, 6)], id="title and brackets"),
        pytest.param("他 说 “ 明天 再 走", "zh", [(2, 5)], id="quotation that goes on in the next sentence"),
        pytest.param("明天 ” 再 走", "zh", [], id="mark without its partner, closing"),
        pytest.param("会议 没有 讨论 水位", "zh", [(1, 2)], id="negation and the next word"),
        pytest.param("河水 上涨 没有 ， 停电", "zh", [], id="negation before a comma"),
        pytest.param("上涨 3 米 以上", "zh", [(1, 2)], id="number and a short unit"),
        pytest.param("出席 第二十三 次 会议", "zh", [(1, 2)], id="ordinal and its unit"),
        pytest.param("出席 第 23 次 会议", "zh", [(1, 2), (2, 3)], id="ordinal in digits"),
        pytest.param("最后 2 分钟 停电", "zh", [(0, 1), (1, 2)], id="what makes it another number"),
        pytest.param("这 一 消息 传来", "zh", [(0, 1)], id="a demonstrative and one"),
        pytest.param("The “ old bridge ” fell", "en", [(1, 4)], id="English quotation"),
        pytest.param("The bridge ( built well ) fell", "en", [(2, 5)], id="English brackets"),
        pytest.param("The city did not sleep", "en", [(3, 4)], id="English negation"),
    ],
)
def test_bound_spans_are_kept_whole_or_not_at_all(
    words: str, language: Language, expected: list[tuple[int, int]]
) -> None:
    assert list(bonds.bound_spans(words_of(words, language), language)) == expected


def test_bound_spans_hold_what_stands_between_straight_quotation_marks() -> None:
    assert (2, 5) in bonds.bound_spans(words_of('He said " no more " and left', "en"), "en")


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        pytest.param("5月13日 至 15日 下雨", "zh", [(0, 2)], id="dates"),
        pytest.param("3 - 5 metres", "en", [(0, 2)], id="numbers"),
        pytest.param("The well - known city", "en", [(1, 2), (2, 3)], id="a compound with a hyphen"),
        pytest.param("梅琳 达·盖茨 说", "zh", [(0, 1)], id="a name with an interpunct"),
        pytest.param("The river , the city", "en", [], id="nothing over a comma"),
    ],
)
def test_bound_spans_part_no_range_and_no_compound(
    words: str, language: Language, expected: list[tuple[int, int]]
) -> None:
    assert set(expected) <= set(bonds.bound_spans(words_of(words, language), language))
    assert expected or not list(bonds.bound_spans(words_of(words, language), language))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("接待 320 万 ～ 350 万 人次", (1, 6), id="numbers with units"),
        pytest.param("将于 10 月 3 日 ~ 11 月 12 日 举行", (1, 9), id="dates"),
        pytest.param("接待 320万至 350万 人次", (1, 2), id="a word that ends in the mark"),
    ],
)
def test_bound_spans_part_no_chinese_range(words: str, expected: tuple[int, int]) -> None:
    beside, offset = [], 0
    for word in words.split():
        beside.append(bonds.Word(word, offset, offset + len(word)))
        offset += len(word)
    assert expected in set(bonds.bound_spans(beside, "zh"))


def test_words_that_touch_are_kept_together_in_english() -> None:
    touching = [bonds.Word("R", 0, 1), bonds.Word("&", 1, 2), bonds.Word("B", 2, 3), bonds.Word(",", 3, 4)]
    assert list(bonds.bound_spans(touching, "en")) == [(0, 1), (1, 2)]
    assert list(bonds.bound_spans(words_of("The river", "en"), "en")) == []


@pytest.mark.parametrize(
    ("words", "language", "verbs", "nouns", "expected"),
    [
        pytest.param("河水 在 夏天 上涨", "zh", ["上涨"], [], ["在"], id="preposition"),
        pytest.param("河水 在 ， 上涨", "zh", ["上涨"], [], [], id="preposition before a mark"),
        pytest.param("河水 将 上涨", "zh", ["上涨"], [], ["将"], id="auxiliary"),
        pytest.param("河水 上涨 在", "zh", ["上涨"], [], [], id="last word"),
        pytest.param("大 城市 停电", "zh", ["停电"], ["城市"], [], id="Chinese adjectives may stand alone"),
        pytest.param("The old bridge fell", "en", ["fell"], ["old", "bridge"], ["old"], id="before a noun"),
        pytest.param("The bridge fell today", "en", ["fell"], ["bridge", "today"], [], id="not before a time"),
        pytest.param("Water has reached the city", "en", ["reached"], ["city"], ["has", "reached"],
                     id="English auxiliary, and a verb before its article"),
    ],
)  # fmt: skip
def test_words_go_on(words: str, language: Language, verbs: list[str], nouns: list[str], expected: list[str]) -> None:
    is_noun = [word in nouns for word in words.split()]
    assert bonds.goes_on(words_of(words, language), at(words, verbs), is_noun, language) == at(words, expected)


@pytest.mark.parametrize(
    ("words", "verbs", "nouns", "expected"),
    [
        pytest.param("河水 淹没 城市", ["淹没"], ["河水", "城市"], ["淹没"], id="a noun right behind"),
        pytest.param("河水 淹没 了 城市", ["淹没"], ["河水", "城市"], [], id="another word right behind"),
        pytest.param("城市 停电", ["停电"], ["城市"], [], id="nothing behind"),
        pytest.param("城市 停电 ， 河水", ["停电"], ["城市", "，"], [], id="a mark"),
    ],
)
def test_objects_stand_right_behind_their_verbs(
    words: str, verbs: list[str], nouns: list[str], expected: list[str]
) -> None:
    is_noun = [word in nouns for word in words.split()]
    assert bonds.objects(words_of(words), at(words, verbs), is_noun) == at(words, expected)


@pytest.mark.parametrize(
    ("words", "nouns", "expected"),
    [
        pytest.param("河水 上涨 ， 城市 停电", ["河水", "城市"], [0, 1], id="each its own"),
        pytest.param("河水 上涨 ， 淹没 城市", ["河水", "城市"], [0, 0], id="the second has the first's"),
        pytest.param(
            "河水 涨 ， 城市 停 ， 没 水 ， 淹 桥", ["河水", "城市"], [0, 1, 1, 1], id="the last one that has one"
        ),
        pytest.param("上涨 ， 停电", [], [0, 0], id="none at all"),
        pytest.param("河水 上涨 ， 昨天 停电", ["河水"], [0, 1], id="a time begins anew"),
        pytest.param("", [], [], id="nothing"),
    ],
)
def test_subjects_are_those_of_a_clause_or_of_one_before(words: str, nouns: list[str], expected: list[int]) -> None:
    assert bonds.subjects_of(words_of(words), [word in nouns for word in words.split()]) == expected


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        pytest.param("河水 的 ， 和 停电", "zh", [0, 1, 1, 1, 0], id="Chinese"),
        pytest.param("The of , And slept", "en", [0, 1, 1, 1, 0], id="English in any case"),
        pytest.param("", "zh", [], id="nothing"),
    ],
)
def test_words_that_cannot_begin(words: str, language: Language, expected: list[int]) -> None:
    found = bonds.cannot_begin(words_of(words, language), language)
    assert found.dtype == np.bool_
    assert found.tolist() == expected


def test_sentence_may_begin_as_it_did() -> None:
    assert bonds.cannot_begin(words_of("In Paris the river rose", "en"), "en").tolist() == [False] * 5
    assert bonds.cannot_begin(words_of("和 城市"), "zh").tolist() == [False, False]


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        pytest.param("在 的 ， 城市 停电", "zh", [1, 1, 1, 0, 0], id="Chinese"),
        pytest.param("城市 停电 了", "zh", [0, 0, 0], id="as it ended before"),
        pytest.param("城市 停电 ，", "zh", [0, 0, 1], id="never with a comma"),
        pytest.param("The of , city slept in", "en", [1, 1, 1, 0, 0, 0], id="English in any case"),
        pytest.param("", "zh", [], id="nothing"),
    ],
)
def test_words_that_cannot_end(words: str, language: Language, expected: list[int]) -> None:
    found = bonds.cannot_end(words_of(words, language), language)
    assert found.dtype == np.bool_
    assert found.tolist() == expected


@pytest.mark.parametrize(
    ("words", "language", "verbs", "expected"),
    [
        pytest.param("河水 在 夏天 的 夜晚 上涨", "zh", ["上涨"], [(1, 5)], id="a preposition up to the verb"),
        pytest.param("河水 在 夏天 ， 停电", "zh", ["停电"], [(1, 4)], id="up to the end of the clause"),
        pytest.param("在 夏天 从 山上 来", "zh", [], [(0, 2), (2, 5)], id="up to another preposition"),
        pytest.param("在 上涨", "zh", ["上涨"], [(0, 1)], id="nothing before the verb"),
        pytest.param("如果 河水 上涨 ， 停电", "zh", ["上涨", "停电"], [(0, 4)], id="a condition over its verb"),
        pytest.param("The river rose In the night", "en", ["rose"], [(3, 6)], id="English in any case"),
        pytest.param("The city that slept in spring , fell", "en", ["slept", "fell"], [(2, 7), (4, 7)],
                     id="an English relative clause"),
        pytest.param("He came from under the bridge", "en", ["came"], [(2, 3), (3, 6)], id="two in a row"),
        pytest.param("河水 上涨", "zh", ["上涨"], [], id="nothing"),
    ],
)  # fmt: skip
def test_governed_spans_are_a_word_and_what_depends_on_it(
    words: str, language: Language, verbs: list[str], expected: list[tuple[int, int]]
) -> None:
    assert list(bonds.governed_spans(words_of(words, language), at(words, verbs), language)) == expected


@pytest.mark.parametrize(
    ("words", "language", "verbs", "expected"),
    [
        pytest.param("如果 河水 上涨 ， 城市 停电", "zh", ["上涨", "停电"], ["停电"], id="condition"),
        pytest.param("河水 上涨 ， 城市 停电", "zh", ["上涨", "停电"], ["上涨", "停电"], id="two clauses"),
        pytest.param("因为 上涨", "zh", ["上涨"], [], id="none"),
        pytest.param("来访 的 总统 会见 他", "zh", ["来访", "会见"], ["会见"], id="behind what describes the subject"),
        pytest.param("他 会见 来访 的 总统", "zh", ["来访", "会见"], ["会见"], id="before what describes the object"),
        pytest.param("The city slept when the river rose", "en", ["slept", "rose"], ["slept"], id="English"),
        pytest.param("When the river rose , the city slept", "en", ["slept", "rose"], ["slept"], id="in front"),
    ],
)
def test_main_verbs_are_in_no_subordinate_clause(
    words: str, language: Language, verbs: list[str], expected: list[str]
) -> None:
    assert bonds.main_verbs(words_of(words, language), sorted(at(words, verbs)), language) == at(words, expected)


def test_coordinators_join_what_stands_before_them() -> None:
    assert bonds.coordinators(words_of("和 河水 和 城市 与 会议 或 冠军")) == [2, 6]
    assert bonds.coordinators(words_of("The river and the city or town", "en")) == [2, 5]


def test_unfinished_clauses_wait_for_their_main_clause() -> None:
    assert bonds.unfinished_clauses(words_of("如果 河水 上涨 ， 城市 停电"), "zh") == [0]
    assert bonds.unfinished_clauses(words_of("城市 停电 ， 因为 河水 上涨"), "zh") == []
    assert bonds.unfinished_clauses(words_of("When it rained , the city slept", "en"), "en") == [0]


def test_bridges_stand_between_two_words() -> None:
    assert bonds.bridges(words_of("和 河水 、 城市 升 到 3 米 和")) == [2, 5]

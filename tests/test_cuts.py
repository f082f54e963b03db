"""The grammar of cuts: which forms a sentence has, on sentences made for it; `[` and `]` stand around what is cut."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import marked_form, marked_text, words_of
from strategies import few_examples

from summarize.decide.cuts import dateline_end, find_forms, find_small_cuts, make_form, split_clauses
from summarize.document import CUT_KINDS, LANGUAGES, Language

VERBS = ("公布", "征求", "修", "通车", "adopted", "opened", "fell", "left", "read")


def forms(spaced: str, language: Language = "zh", most_chars: int | None = None) -> list[str]:
    """The forms of a sentence, in order."""
    words = words_of(spaced, language)
    found = find_forms(words, [word.text in VERBS for word in words], language, most_chars)
    return [marked_text(words, form) for form in found]


def small_cuts(spaced: str, language: Language = "zh") -> list[tuple[str, str]]:
    """The kind and the words of each cut inside clauses."""
    words = words_of(spaced, language)
    found = find_small_cuts(words, [word.text in VERBS for word in words], language)
    return [(cut.kind, " ".join(word.text for word in words[cut.first : cut.end])) for cut in found]


# Clauses


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("河水 上涨", [(0, 2)], id="one clause"),
        pytest.param("河水 上涨 ， 城市 停电", [(0, 3), (3, 5)], id="a comma is of the clause that it ends"),
        pytest.param("河水 、 桥 ， 路", [(0, 4), (4, 5)], id="a list is one clause"),
        pytest.param("他 说 ： 走 ； 停 —— 看", [(0, 5), (5, 8)], id="semicolons part, colons and dashes do not"),
        pytest.param("， 城市", [(0, 1), (1, 2)], id="comma first"),
        pytest.param("桥 通车 ，", [(0, 3)], id="comma last"),
        pytest.param("The river rose , the city slept", [(0, 4), (4, 7)], id="English"),
        pytest.param("他 说 “ 好 ， 走 ” ， 停", [(0, 8), (8, 9)], id="not in a quotation"),
        pytest.param('he said " no , never " , and left', [(0, 8), (8, 10)], id="not between straight marks"),
        pytest.param("“ 他 说 ‘ 好 ， 走 ’ ， 停 ”", [(0, 11)], id="not in a quotation in a quotation"),
        pytest.param("桥 （ 长 ， 宽 ） ， 《 路 ， 桥 》", [(0, 7), (7, 12)], id="not in brackets and titles"),
        pytest.param("他 说 “ 好 ， 走", [(0, 6)], id="not behind a mark that nothing closes"),
        pytest.param("好 ” ， 走", [(0, 3), (3, 4)], id="behind a mark that nothing opens"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_clauses_are_what_stands_between_commas(words: str, expected: list[tuple[int, int]]) -> None:
    assert split_clauses(words_of(words)) == expected


# Cuts inside clauses


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("新华社 江州 1月13日 电 江州 大桥 通车", ["新华社 江州 1月13日 电"], id="agency"),
        pytest.param("新华社 江州 电 （ 记者 张三 ） 大桥 通车", ["新华社 江州 电 （ 记者 张三 ）"], id="reporter"),
        pytest.param("新华社 江州 电 （ 记者 张三 大桥 通车", ["新华社 江州 电"], id="bracket without its end"),
        pytest.param("江州 晚报 讯 ， 大桥 通车", ["江州 晚报 讯 ，"], id="paper, and its comma"),
        pytest.param("本报讯 记者 来 了", ["本报讯"], id="one word"),
        pytest.param("记者 张三 从 江州 来电 大桥 通车", ["记者 张三 从 江州 来电"], id="reporter who wires"),
        pytest.param("来电 ， 大桥 通车", [], id="no agency"),
        pytest.param("江州 的 大桥 和 道路 都 在 修 ， 水 和 煤 也 通 ， 新华社 电", [], id="too far behind"),
    ],
)
def test_chinese_datelines(words: str, expected: list[str]) -> None:
    assert [cut for kind, cut in small_cuts(words) if kind == "opening"] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("HARWICK , Ohio , May 4 — It opened", ["HARWICK , Ohio , May 4 —"], id="place and day"),
        pytest.param("Harwick -- The bridge opened", ["Harwick --"], id="two hyphens"),
        pytest.param("harwick – the bridge opened", [], id="no capital"),
        pytest.param("— The bridge opened", [], id="nothing before the dash"),
        pytest.param(f"The {'very ' * 13}— bridge opened", [], id="too far behind"),
    ],
)  # fmt: skip
def test_english_datelines(words: str, expected: list[str]) -> None:
    assert [cut for kind, cut in small_cuts(words, "en") if kind == "opening"] == expected


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        pytest.param("新华社 北京 1月13日电 大桥 通车", "zh", 3, id="a day and the sign"),
        pytest.param("本报 江州 1月13日讯 （ 记者 李四 ） 大桥 通车", "zh", 7, id="a day and the other sign"),
        pytest.param(
            "新华社 北京 1月13日 电 （ 记者 张三 ） 大桥 通车", "zh", 8, id="the sign alone, and the reporter"
        ),
        pytest.param("据 新华社 电 ， 大桥 通车", "zh", 4, id="an agency and the sign"),
        pytest.param("本报讯 （ 记者 李四 ） 大桥 通车", "zh", 5, id="one word"),
        pytest.param("江州 晚报 讯 大桥 通车", "zh", 3, id="a paper"),
        pytest.param("新华社 北京 3 电 大桥 通车", "zh", 0, id="a number that is no day"),
        pytest.param("新华社 北京 1月13日电", "zh", 0, id="nothing behind it"),
        pytest.param("南方电网 昨夜 停电 ， 居民 不满", "zh", 0, id="a power cut"),
        pytest.param("出版社 没电 了 ， 大家 回家", "zh", 0, id="no power"),
        pytest.param("旅行社 来电 ， 航班 取消", "zh", 0, id="a call"),
        pytest.param("电视台 3月5日 停电 ， 居民 不满", "zh", 0, id="a day before it"),
        pytest.param("电 ， 新华社 说", "zh", 0, id="the sign alone"),
        pytest.param("HARWICK , Ohio , March 14 — The bridge opened", "en", 7, id="place, state and day"),
        pytest.param("LONDON ( Reuters ) – Shares rose", "en", 5, id="agency in a bracket"),
        pytest.param("300 – 400 people came", "en", 0, id="a range"),
        pytest.param("Harwick , Ohio — the old town — fell", "en", 0, id="between two dashes"),
        pytest.param("Harwick , Ohio — an old town", "en", 0, id="no capital behind it"),
        pytest.param("Harwick — The bridge opened", "en", 0, id="neither comma nor bracket"),
        pytest.param("Sunday , March 3 — The fair opens", "en", 0, id="a day alone"),
        pytest.param("Harwick , Ohio —", "en", 0, id="nothing behind the dash"),
    ],
)
def test_datelines_that_are_sure(words: str, language: Language, expected: int) -> None:
    assert dateline_end(words_of(words, language), language) == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("新桥 （ 正在 建设 ） 通车", ["（ 正在 建设 ）"], id="bracket"),
        pytest.param(
            "新桥 ( 正在 建设 ) 通车 （ 昨天 下午 ）", ["( 正在 建设 )", "（ 昨天 下午 ）"], id="two brackets"
        ),
        pytest.param("（ 征求 意见稿 ） 公布 了", [], id="a bracket at the beginning"),
        pytest.param("江河 （ 中国 ） 公司 通车", [], id="a part of a name"),
        pytest.param("江河 （ 大中国 ） 公司 通车", [], id="of three characters at most"),
        pytest.param("江河 （ 大中国区 ） 公司 通车", ["（ 大中国区 ）"], id="of four characters"),
        pytest.param("江河 （ GDP ） 上涨", ["（ GDP ）"], id="letters"),
        pytest.param("用 node ( ) 写", [], id="nothing in it"),
        pytest.param("新桥 （ 在 建 通车", [], id="a bracket that nothing closes"),
        pytest.param("新桥 — 在 建 — 通车", ["— 在 建 —"], id="between two dashes"),
        pytest.param("新桥 —— 在 建 —— 通车", ["—— 在 建 ——"], id="between two long dashes"),
        pytest.param("新桥 — 在 建", [], id="one dash"),
        pytest.param("新桥 — 在 — 建 — 通车", [], id="three dashes"),
        pytest.param("新桥 “ 在 建 ” 通车", [], id="quotation marks"),
    ],
)
def test_glosses(words: str, expected: list[str]) -> None:
    assert [cut for kind, cut in small_cuts(words) if kind == "gloss"] == expected


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        pytest.param("市政府 昨天 下午 公布", "zh", ["昨天 下午"], id="a run"),
        pytest.param("市政府 昨天 公布 ， 今天 征求", "zh", ["昨天", "今天"], id="two runs"),
        pytest.param("市政府 在 3 月 5 日 公布", "zh", ["在 3 月 5 日"], id="with its preposition"),
        pytest.param("市政府 从 2018年 起 公布", "zh", ["从 2018年"], id="a year"),
        pytest.param("市政府 三 天 后 公布", "zh", ["三 天 后"], id="an amount and what is behind it"),
        pytest.param("市政府 三天 公布", "zh", ["三天"], id="an amount in one word"),
        pytest.param("十八岁 的 张三 公布", "zh", [], id="an age is no time"),
        pytest.param("市政府 公布 3 条", "zh", [], id="a number is no time"),
        pytest.param("在 昨天 公布", "zh", ["在 昨天"], id="at the beginning"),
        pytest.param("it opened on Monday and fell yesterday", "en", ["on Monday", "yesterday"], id="English"),
        pytest.param("it opened in March 1998 in Rome", "en", ["in March 1998"], id="a month and its year"),
        pytest.param("it opened 1998 times", "en", ["1998"], id="what looks like a year"),
        pytest.param("it opened 12 times", "en", [], id="a number is no English time"),
    ],
)
def test_times(words: str, language: Language, expected: list[str]) -> None:
    assert [cut for kind, cut in small_cuts(words, language) if kind == "time"] == expected


@pytest.mark.parametrize(
    ("words", "language", "expected"),
    [
        pytest.param("市政府 正式 公布 了", "zh", ["正式"], id="before a verb"),
        pytest.param("市政府 正式 方案 公布", "zh", [], id="before another word"),
        pytest.param("正式 公布 了", "zh", [], id="at the beginning"),
        pytest.param("市政府 公布 正式", "zh", [], id="at the end"),
        pytest.param("市政府 没有 公布 ， 不 征求 ， 仅 公布", "zh", [], id="what negates and limits"),
        pytest.param("市政府 应该 公布 ， 需要 征求", "zh", [], id="what must be"),
        pytest.param("市政府 也 公布 ， 首次 征求", "zh", [], id="what leans on another sentence, or concludes"),
        pytest.param("the council quietly adopted it", "en", ["quietly"], id="English"),
        pytest.param("the council soon and then adopted it", "en", ["soon"], id="of order, but then"),
        pytest.param("the early fly only adopted it", "en", ["early"], id="neither short nor limiting"),
        pytest.param("quietly it fell quietly", "en", [], id="neither first nor last"),
    ],
)  # fmt: skip
def test_adverbs(words: str, language: Language, expected: list[str]) -> None:
    assert [cut for kind, cut in small_cuts(words, language) if kind == "adverb"] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("道路 、 桥梁 、 管网 等 修 好 了", ["、 桥梁 、 管网"], id="all but the first"),
        pytest.param("道路 、 桥梁 等等", ["、 桥梁"], id="the other word"),
        pytest.param("道路 、 桥梁 等 3 项 工程", [], id="a counted list"),
        pytest.param("道路 、 桥梁 等 三 项 工程", [], id="counted in characters"),
        pytest.param("道路 、 桥梁 修 好 了", [], id="a closed list"),
        pytest.param("道路 等 修 好 了", [], id="one member"),
        pytest.param("道路 、 桥梁 等 、", ["、 桥梁"], id="a mark at the end"),
        pytest.param("道路 、 桥梁 ， 管网 、 水 等", ["、 水"], id="not over a comma"),
    ],
)
def test_members_of_open_lists(words: str, expected: list[str]) -> None:
    assert [cut for kind, cut in small_cuts(words) if kind == "member"] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param("the council adopted it in haste", ["in haste"], id="preposition"),
        pytest.param("the council adopted it in haste , and left", ["in haste"], id="up to the comma"),
        pytest.param("the bank of England fell", [], id="of is part of a name"),
        pytest.param("in haste it fell", [], id="not at the beginning"),
        pytest.param("rain on Monday fell hard", [], id="nor near it"),
        pytest.param("the bridge fell on", [], id="not the last word"),
        pytest.param("the bridge that stood there fell", ["that stood there fell"], id="relative"),
        pytest.param("the bridge fell because it stood alone", ["because it stood alone"], id="subordinator"),
        pytest.param("the council met to read it", ["to read it"], id="infinitive"),
        pytest.param("the bridge fell killing three men", ["killing three men"], id="participle"),
        pytest.param("the bridge fell king of all", [], id="a short word in ing"),
        pytest.param("Tom Wilbeck and Ted Bland opened it", [], id="two names"),
        pytest.param("the council met and left early", ["and left early"], id="a second verb"),
        pytest.param("the council met and the bridge fell", ["and the bridge fell"], id="a second subject"),
        pytest.param("it fell in March after rain", ["in March after rain", "after rain"], id="one in another"),
    ],
)
def test_english_tails(words: str, expected: list[str]) -> None:
    assert [cut for kind, cut in small_cuts(words, "en") if kind == "tail"] == expected


def test_chinese_has_no_tails_and_english_no_members() -> None:
    assert small_cuts("the council met and left 等") == []
    assert small_cuts("道路 、 桥梁 等 。", "en") == []


# Forms


def test_forms_are_clauses_in_a_row() -> None:
    assert forms("江州 方面 ， 市政府 公布 了 方案 ， 并 征求 意见") == [
        "江州 方面 [ ， 市政府 公布 了 方案 ， 并 征求 意见 ]",
        "江州 方面 ， 市政府 公布 了 方案 [ ， 并 征求 意见 ]",
        "[ 江州 方面 ， ] 市政府 公布 了 方案 [ ， 并 征求 意见 ]",
        "[ 江州 方面 ， ] 市政府 公布 了 方案 ， 并 征求 意见",
        "[ 江州 方面 ， 市政府 公布 了 方案 ， ] 并 征求 意见",
    ]


def test_forms_lack_one_small_cut_or_all_that_are_harmless_and_another() -> None:
    assert forms("市政府 昨天 正式 公布 了 方案 （ 征求 意见稿 ）") == [
        "市政府 昨天 正式 公布 了 方案 [ （ 征求 意见稿 ） ]",
        "市政府 [ 昨天 ] 正式 公布 了 方案 （ 征求 意见稿 ）",
        "市政府 昨天 [ 正式 ] 公布 了 方案 （ 征求 意见稿 ）",
        "市政府 [ 昨天 ] 正式 公布 了 方案 [ （ 征求 意见稿 ） ]",
        "市政府 昨天 [ 正式 ] 公布 了 方案 [ （ 征求 意见稿 ） ]",
    ]


def test_forms_lack_each_gloss_or_all() -> None:
    assert forms("新桥 （ 正在 建设 ） 和 路 （ 已经 很 旧 ） 通车") == [
        "新桥 [ （ 正在 建设 ） ] 和 路 （ 已经 很 旧 ） 通车",
        "新桥 （ 正在 建设 ） 和 路 [ （ 已经 很 旧 ） ] 通车",
        "新桥 [ （ 正在 建设 ） ] 和 路 [ （ 已经 很 旧 ） ] 通车",
    ]


def test_forms_combine_clauses_and_what_is_cut_inside() -> None:
    assert forms("The council quietly adopted it , and left", "en") == [
        "The council quietly adopted it [ , and left ]",
        "The council [ quietly ] adopted it [ , and left ]",
        "The council [ quietly ] adopted it , and left",
        "[ The council quietly adopted it , ] and left",
    ]


def test_forms_of_one_end_and_another_that_touch_are_one() -> None:
    # "on Monday" is a time and a tail, and each goes with the ending behind it: four ways to two forms.
    assert forms("The council adopted it on Monday , and left", "en") == [
        "The council adopted it on Monday [ , and left ]",
        "The council adopted it [ on Monday , and left ]",
        "The council adopted it [ on Monday ] , and left",
        "[ The council adopted it on Monday , ] and left",
    ]


def test_forms_with_a_dateline() -> None:
    assert forms("新华社 江州 电 （ 记者 张三 ） 大桥 通车 ， 路 也 通") == [
        "新华社 江州 电 （ 记者 张三 ） 大桥 通车 [ ， 路 也 通 ]",
        "[ 新华社 江州 电 （ 记者 张三 ） ] 大桥 通车 [ ， 路 也 通 ]",
        "新华社 江州 电 [ （ 记者 张三 ） ] 大桥 通车 [ ， 路 也 通 ]",
        "[ 新华社 江州 电 （ 记者 张三 ） ] 大桥 通车 ， 路 也 通",
        "新华社 江州 电 [ （ 记者 张三 ） ] 大桥 通车 ， 路 也 通",
        "[ 新华社 江州 电 （ 记者 张三 ） 大桥 通车 ， ] 路 也 通",
    ]


@pytest.mark.parametrize("words", ["", "桥", "桥 通车 了", "他 说 “ 桥 好 ， 路 好 ”"])
def test_sentence_without_boundaries_has_no_forms(words: str) -> None:
    assert forms(words) == []


def test_clause_that_is_a_comma_alone_makes_no_form() -> None:
    assert forms("， ， 桥 通车") == ["， [ ， 桥 通车 ]", "[ ， ] ， 桥 通车", "[ ， ， ] 桥 通车"]
    assert forms("，") == []


def test_clause_that_could_be_cut_as_a_whole_makes_no_form() -> None:
    assert forms("昨天 ， 桥 通车") == ["昨天 [ ， 桥 通车 ]", "[ 昨天 ] ， 桥 通车", "[ 昨天 ， ] 桥 通车"]


def test_comma_at_the_end_is_cut() -> None:
    assert forms("桥 通车 了 ，") == ["桥 通车 了 [ ， ]"]


@pytest.mark.parametrize(
    ("most_chars", "expected"),
    [
        (5, []),
        (6, ["市政府 公布 了 [ ， 征求 意见 ]"]),
        (7, ["市政府 公布 了 [ ， 征求 意见 ]"]),
        (10, ["市政府 公布 了 [ ， 征求 意见 ]"]),
    ],
)
def test_forms_keep_to_a_length(most_chars: int, expected: list[str]) -> None:
    found = forms("市政府 公布 了 ， 征求 意见", most_chars=most_chars)
    assert [form for form in found if form.startswith("市")] == expected
    assert ("[ 市政府 公布 了 ， ] 征求 意见" in found) is (most_chars >= 4)


def test_forms_name_their_cuts() -> None:
    words = words_of("江州 方面 ， 市政府 正式 公布 了 方案 （ 征求 意见稿 ） ， 并 征求 意见")
    found = find_forms(words, [word.text in VERBS for word in words], "zh")
    form = max(found, key=lambda form: len(form.cuts))
    assert (
        marked_text(words, form)
        == "[ 江州 方面 ， ] 市政府 [ 正式 ] 公布 了 方案 [ （ 征求 意见稿 ） ， 并 征求 意见 ]"
    )
    assert [(cut.first, cut.end, cut.kind) for cut in form.cuts] == [
        (0, 3, "opening"),
        (4, 5, "adverb"),
        (8, 12, "gloss"),
        (12, 16, "ending"),
    ]


# A form by what it keeps


@pytest.mark.parametrize(
    ("marked", "kinds"),
    [
        pytest.param("桥 通车 了", [], id="nothing is cut"),
        pytest.param("[ 昨天 ， ] 桥 通车 了", ["opening"], id="opening"),
        pytest.param("桥 通车 了 [ ， 昨天 ]", ["ending"], id="ending"),
        pytest.param("[ 昨天 ] 桥 通车 [ 了 ]", ["opening", "ending"], id="both ends"),
        pytest.param("桥 [ （ 新 ） ] 通车", ["gloss"], id="bracket"),
        pytest.param("桥 [ — 新 — ] 通车", ["gloss"], id="dashes"),
        pytest.param("桥 [ 昨天 下午 ] 通车", ["time"], id="time"),
        pytest.param("桥 [ 3 月 ] 通车", ["time"], id="counted time"),
        pytest.param("桥 [ 昨天 才 ] 通车", ["other"], id="not all of it is time"),
        pytest.param("桥 [ 、 路 ] 等 通车", ["member"], id="member"),
        pytest.param("桥 [ 正式 ] 通车", ["adverb"], id="adverb"),
        pytest.param("桥 [ 正式 地 ] 通车", ["other"], id="two words"),
        pytest.param("桥 [ 大 ] 通车", ["other"], id="another word"),
        pytest.param("it fell [ in haste ] , and left", ["tail"], id="English tail"),
        pytest.param("it fell [ in haste ] and left", ["other"], id="no tail before a word"),
        pytest.param("桥 通车 [ 了 ] ， 路 也 通", ["other"], id="no tail in Chinese"),
    ],
)
def test_form_of_what_is_kept_names_its_cuts(marked: str, kinds: list[str]) -> None:
    words, form, _ = marked_form(marked)
    assert [cut.kind for cut in form.cuts] == kinds
    assert marked_text(words, form) == marked


def test_form_of_what_is_kept_has_its_places() -> None:
    form = make_form(words_of("桥 昨天 正式 通车 了"), [0, 3], "zh")
    assert [(cut.first, cut.end) for cut in form.cuts] == [(1, 3), (4, 5)]
    assert form.kept == (0, 3)


# Properties


WORDS = """
    市政府 昨天 公布 正式 了 ， ， ； 、 等 （ ） “ ” — 新华社 电 3 月 在 the on Monday and that quietly fell , .
"""
spaced_sentences = st.lists(st.sampled_from(WORDS.split()), max_size=14).map(" ".join)


@few_examples
@given(spaced_sentences, st.sampled_from(LANGUAGES), st.booleans(), st.none() | st.integers(0, 30))
def test_forms_keep_their_promises(spaced: str, language: Language, is_verb: bool, most_chars: int | None) -> None:
    words = words_of(spaced, language)
    found = list(find_forms(words, [is_verb] * len(words), language, most_chars))
    assert len({form.kept for form in found}) == len(found)
    for form in found:
        assert 0 < len(form.kept) < len(words)
        assert all(one < other for one, other in pairwise(form.kept))
        assert form.cuts
        assert all(cut.first < cut.end and cut.kind in CUT_KINDS for cut in form.cuts)
        assert all(one.end <= other.first for one, other in pairwise(form.cuts))
        gone = [place for cut in form.cuts for place in range(cut.first, cut.end)]
        assert sorted([*gone, *form.kept]) == list(range(len(words)))
        chars = sum(words[place].end - words[place].start for place in form.kept)
        assert most_chars is None or chars <= most_chars


@few_examples
@given(spaced_sentences, st.sampled_from(LANGUAGES), st.data())
def test_forms_of_a_length_are_those_of_all_that_are_short_enough(
    spaced: str, language: Language, data: st.DataObject
) -> None:
    words = words_of(spaced, language)
    most_chars = data.draw(st.integers(0, len("".join(word.text for word in words))))
    kept_chars = {
        form.kept: sum(len(words[place].text) for place in form.kept)
        for form in find_forms(words, [True] * len(words), language)
    }
    expected = {kept for kept, chars in kept_chars.items() if chars <= most_chars}
    assert {form.kept for form in find_forms(words, [True] * len(words), language, most_chars)} == expected


@few_examples
@given(spaced_sentences, st.sampled_from(LANGUAGES), st.data())
def test_form_of_any_words_covers_all(spaced: str, language: Language, data: st.DataObject) -> None:
    words = words_of(spaced, language)
    kept = sorted(data.draw(st.sets(st.integers(0, len(words) - 1)))) if words else []
    form = make_form(words, kept, language)
    gone = [place for cut in form.cuts for place in range(cut.first, cut.end)]
    assert form.kept == tuple(kept)
    assert sorted([*gone, *kept]) == list(range(len(words)))
    assert all(one.end < other.first for one, other in pairwise(form.cuts))  # they do not even touch


@few_examples
@given(spaced_sentences)
def test_clauses_cover_the_sentence(spaced: str) -> None:
    words = words_of(spaced)
    bounds = [0, *(place for clause in split_clauses(words) for place in clause), len(words)]
    assert bounds[::2] == bounds[1::2]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("it met on March 3 in Harwick", ["on March 3"]),
        ("it met on March 3 , 2024 in Harwick", ["on March 3", "2024"]),
        ("it met in Harwick 3 times", []),
    ],
)
def test_a_day_stands_behind_its_month(words: str, expected: list[str]) -> None:
    assert [cut for kind, cut in small_cuts(words, "en") if kind == "time"] == expected

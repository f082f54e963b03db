import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import cuts, sentence_texts

from summarize.document import Sentence
from summarize.text.segmentation import find_sentences


def headings(text: str) -> list[str]:
    """Return what is set apart from the sentences: headings, and apparatus such as rules and bylines."""
    return [text[sentence.start : sentence.end] for sentence in find_sentences(text) if not sentence.is_text]


def paragraphs(text: str) -> list[int]:
    return [sentence.paragraph for sentence in find_sentences(text)]


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("雨停了。|街上有人！|谁在敲门？|我去看看；你等着。", id="each stop"),
        pytest.param("真的吗？！|太好了！！|我不信……|算了。", id="runs of stops"),
        pytest.param("雨停了", id="no final stop"),
        pytest.param("雨停了。|好", id="a single character behind a stop"),
        pytest.param("雨停了！ ——。|街上有人。", id="marks alone behind a sentence"),
        pytest.param("——。 雨停了。|街上有人。", id="marks alone before a sentence"),
        pytest.param("雨停了。|街上有人", id="no final stop after one"),
        pytest.param("买了米，面、油：都是零钱付的。", id="commas and colons"),
        pytest.param("“开饭了。”奶奶说。|我们坐下。", id="speech tag"),
        pytest.param("“去哪儿？”的问题没人答。", id="goes on with 的"),
        pytest.param("“快跑！”，他边喊边跳。", id="goes on with a comma"),
        pytest.param("《别走！》是一首老歌。|《出发！》", id="stop in a title"),
        pytest.param('他问:"几点了?"|我说:"三点。"|表停了。', id="straight quotes"),
        pytest.param('他来了。|"早"，他说。', id="opening straight quote"),
        pytest.param('“早点睡。明天要赶路。"妈妈说。', id="mixed quotes"),
        pytest.param("我……我不知道。|他想了很久……|最后走了。", id="stammer"),
        pytest.param("桌上有书、笔……等等。", id="ellipsis goes on"),
        pytest.param("水位下降（见图三。）之后回升。|完。", id="short parenthesis"),
        pytest.param("（河已结冰。）|人可以走过去。", id="sentence in parentheses"),
        pytest.param("“没有关上的引号。|下一句。|再一句。", id="open quote"),
        pytest.param("（没有关上的括号。|下一句。|再一句。", id="open parenthesis"),
        pytest.param("今 天 下 雨 。 ” |他 说 。", id="spaced Chinese"),
    ],
)
def test_segmentation_cuts_chinese(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("桥修好了；路也通了。|人都来了。", id="semicolon"),
        pytest.param("要求，一是清淤；二是加固；三是巡查。|会散了。", id="enumeration"),
        pytest.param("桥修好了;路也通了。|人都来了。", id="ASCII semicolon"),
        pytest.param("桥修好了！；路也通了。", id="semicolon behind a stop"),
    ],
)
def test_segmentation_parts_clauses_at_semicolons(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


def test_segmentation_ends_list_items_at_semicolons() -> None:
    text = "（一）清理河道；\n（二）加固堤坝；\n（三）日夜巡查。"
    assert sentence_texts(text) == text.split("\n")


@pytest.mark.parametrize("numbers", [["①", "②", "③"], ["（一）", "（二）", "（三）"], ["1.", "2.", "3."]], ids=str)
def test_segmentation_cuts_overlong_enumerations_before_their_numbers(numbers: list[str]) -> None:
    items = [f"{number}各村要派人巡查堤坝，{'发现渗水立即上报，' * 15}不得拖延" for number in numbers]
    found = sentence_texts(f"要求：{'；'.join(items)}。")
    assert found == [f"要求：{items[0]}；", f"{items[1]}；", f"{items[2]}。"]


@pytest.mark.parametrize(
    "line_break",
    ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85", "\x0b", "\x0c"],
    ids=["LF", "CRLF", "CR", "U+2028", "U+2029", "NEL", "VT", "FF"],
)
def test_segmentation_makes_each_line_a_paragraph(line_break: str) -> None:
    text = line_break.join(["春天来了。花开了。", "夏天很热。", "秋天丰收。"])
    assert sentence_texts(text) == ["春天来了。", "花开了。", "夏天很热。", "秋天丰收。"]
    assert paragraphs(text) == [0, 0, 1, 2]


WRAPPED_ENGLISH = """\
The old mill stands at the end of the lane, where the river bends to the
south and the willows reach the water. Nobody has worked there for many
years.

A family of owls lives under the roof now; they come out at dusk and fly
low over the fields.
"""


WRAPPED_CHINESE = """\
　　村口的老磨坊已经很多年没有人用了，河水在那里拐了一个弯，岸边的柳树一直垂到
水面上。每天傍晚都有一群孩子在那里玩耍，他们把石头一块一块地扔进水里，看谁扔得
更远。
　　后来磨坊的屋顶塌了，村里的人商量了很久，最后决定把它修好，改成一间小小的图书
馆。
"""


def test_segmentation_joins_wrapped_english() -> None:
    assert sentence_texts(WRAPPED_ENGLISH) == [
        "The old mill stands at the end of the lane, where the river bends to the\n"
        "south and the willows reach the water.",
        "Nobody has worked there for many\nyears.",
        "A family of owls lives under the roof now; they come out at dusk and fly\nlow over the fields.",
    ]
    assert paragraphs(WRAPPED_ENGLISH) == [0, 0, 1]


def test_segmentation_joins_a_wrapped_line_that_begins_with_a_number() -> None:
    text = (
        "Lena presented two proposals for the rents of the coming year, with a fund of\n"
        "20,000 pounds for tenants who cannot pay."
    )
    assert sentence_texts(text) == [text]
    log = "The mill in the upper lane was opened again by its new owners on 4 March at\n2025-03-04 10:00 wheel: turned."
    assert len(sentence_texts(log.replace(" at\n", "\n"))) == 2


def test_segmentation_joins_chinese_that_is_wrapped_at_its_blanks_alone() -> None:
    text = (
        "旧的 GitLab 服务器只有 8 GB 内存，每天早上九点到十点之间经常因为 OOM\n"
        "而重启。运维组试用了 Gitea，它只用 300 MB\n内存，所以决定在五一假期完成迁移。"
    )
    assert len(sentence_texts(text)) == 2


def test_segmentation_joins_wrapped_chinese_and_sees_indented_paragraphs() -> None:
    assert paragraphs(WRAPPED_CHINESE) == [0, 0, 1]
    assert sentence_texts(WRAPPED_CHINESE)[1].endswith("看谁扔得\n更远。")


def test_segmentation_joins_ragged_english() -> None:
    text = "The bridge\nwas built by hand.\nIt is narrow, and\nold.\n"
    assert sentence_texts(text) == ["The bridge\nwas built by hand.", "It is narrow, and\nold."]


def test_segmentation_joins_line_that_starts_with_a_comma() -> None:
    assert sentence_texts("他打开了窗户\n，风吹了进来。") == ["他打开了窗户\n，风吹了进来。"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("山前一条小路\n路边两棵老树\n树下三间瓦屋", id="verse"),
        pytest.param(
            "2026-01-02 10:00:01 INFO worker started with four threads\n"
            "2026-01-02 10:00:02 INFO worker opened the queue at once\n"
            "2026-01-02 10:00:03 INFO worker stopped after one error",
            id="log",
        ),
        pytest.param("apples\npears\nplums", id="bare words"),
    ],
)
def test_segmentation_keeps_lines_without_stops_apart(text: str) -> None:
    assert sentence_texts(text) == text.split("\n")
    assert headings(text) == []


@pytest.mark.parametrize(
    "mark",
    ["- ", "* ", "• ", "1. ", "1．", "1) ", "(1) ", "（一）", "一、", "① ", "第一条 ", "1.2 ", "a) ", "ii. ", "A."],
)
def test_segmentation_keeps_list_items_apart(mark: str) -> None:
    text = f"{mark}把米洗干净，再泡半个小时。\n{mark}水要没过米面一指。"
    assert sentence_texts(text) == text.split("\n")
    assert paragraphs(text) == [0, 1]


def test_segmentation_joins_bare_list_mark_with_its_text() -> None:
    assert sentence_texts("1.\n把米洗干净。\n2.\n加水。") == ["1.\n把米洗干净。", "2.\n加水。"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("# 标题\n正文在这里。", ["# 标题"], id="markdown"),
        pytest.param("正文在这里。\n## 尾声", ["## 尾声"], id="markdown in the last line"),
        pytest.param("Results\n=======\nIt works.", ["Results\n======="], id="underlined"),
        pytest.param("正文。\n-----\n后文。", ["-----"], id="rule under a sentence"),
        pytest.param("小镇来信\n\n今年的雪下得很早。", ["小镇来信"], id="title"),
        pytest.param("小镇来信\n作者：李小满\n今年的雪下得很早，路都封了。", ["小镇来信", "作者：李小满"], id="author"),
        pytest.param("一、背景\n这里多年缺水。\n二、办法\n先挖一口井。", ["一、背景", "二、办法"], id="Han sections"),
        pytest.param("第一章 总则\n第一条 为了保护水源，制定本办法。", ["第一章 总则"], id="chapter"),
        pytest.param("1.2 Methods\nWe dug a well.", ["1.2 Methods"], id="decimal section"),
        pytest.param("一、准备\n（一）工具\n先买好锅和刀。", ["一、准备", "（一）工具"], id="nested sections"),
        pytest.param("1. 苹果\n2. 香蕉\n3. 梨\n\n这些都是水果，可以放很久。", [], id="list"),
        pytest.param("小镇来信", [], id="only line"),
        pytest.param("今年的雪下得很早。\n小镇来信", [], id="last line"),
        pytest.param("他说：\n今年的雪下得很早。", [], id="colon"),
        pytest.param("今年的雪下得早。\n那条路是\n去县城的。", [], id="line cut off"),
        pytest.param("今年的雪下得很早，路都封了，很多车停在山下\n等天晴。", [], id="longer than the body"),
        pytest.param("山前小路\n路边老树\n树下瓦屋\n屋里灯火\n这首诗是祖父写的。", [], id="verse over a body"),
        pytest.param("The Long Road Home\n\nIt took us three days to walk.", ["The Long Road Home"], id="English"),
        pytest.param("we walked home\n\nIt took us three days to walk.", [], id="small letter"),
    ],
)
def test_segmentation_tells_headings(text: str, expected: list[str]) -> None:
    assert headings(text) == expected


def test_segmentation_makes_a_heading_its_own_paragraph() -> None:
    assert find_sentences("一、背景\n缺水。很久了。") == (
        Sentence(0, 4, 0, "heading", 2),
        Sentence(5, 8, 1),
        Sentence(8, 12, 1),
    )


def test_segmentation_gathers_symbol_lines() -> None:
    text = "雨停了。\n***\n\n----\n天晴了。"
    assert sentence_texts(text) == ["雨停了。", "***\n\n----", "天晴了。"]
    assert headings(text) == ["***\n\n----"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\t\r\n"], ids=["empty", "space", "breaks", "mixed"])
def test_segmentation_of_white_space_is_empty(text: str) -> None:
    assert find_sentences(text) == ()


def test_segmentation_leaves_out_white_space_around() -> None:
    assert find_sentences("　　雨停了。 \n") == (Sentence(2, 6, 0),)


# Characters that mean something to the rules, more often than chance would bring them.
rule_texts = st.text(
    st.sampled_from("天的说一图。！？；…，：“”‘’（）《》.!?;,:'\"()[]*_-=#&` \n\r\u3000\u2028\ufeff\u200b13aBI①第章")
)


texts = st.one_of(
    st.text(), rule_texts, st.lists(st.sampled_from([WRAPPED_ENGLISH, "一、\n", "1. ", "Dr. "])).map("".join)
)


@given(texts)
def test_segmentation_loses_no_character(text: str) -> None:
    position = 0
    for sentence in find_sentences(text):
        assert position <= sentence.start < sentence.end
        assert text[position : sentence.start].strip() == ""
        assert text[sentence.start : sentence.end].strip() == text[sentence.start : sentence.end]
        position = sentence.end
    assert text[position:].strip() == ""


@given(texts)
def test_segmentation_numbers_paragraphs_without_gaps(text: str) -> None:
    sentences = find_sentences(text)
    numbers = [sentence.paragraph for sentence in sentences]
    assert sorted(set(numbers)) == list(range(len(set(numbers))))
    assert numbers == sorted(numbers)
    for sentence in sentences:
        assert not sentence.is_heading or numbers.count(sentence.paragraph) == 1


@given(texts, st.text(st.sampled_from(" \t\n\r\u3000\u2028")))
def test_segmentation_ignores_white_space_at_the_end(text: str, space: str) -> None:
    assert find_sentences(text + space) == find_sentences(text)


PIECES = (
    """a 。 ( （。 " 。" 1. - # =\n a\n 。' …天 ..a * 。* [1] 。[ & &a;天 `` '' \u200b ， “。 天. 1.\n \f """
    """“。 “好。”他说： "A?"Bob, ～ 字～ 😀 ；① x.12"""
)


SPACED_PIECES = ["\n", " ", "。\u3000", "1. ", "a. ", "A. ", "Mr. ", "(a. ", ". ", ". )", "- "]


LINES = ["字" * 36 + "\n", "word " * 14 + "\n", "Title\n\n"]


@pytest.mark.parametrize(
    "piece",
    [
        "字",
        "。",
        "“",
        '"',
        "（",
        "\n",
        "1,",
        "a,",
        "> ",
        "甲：\n",
        "甲：“好\n",
        "[00:01] 甲：x\n",
        "From: a\n",
        "一、",
        "① ",
        "1.) a. ",
        "1\n00:00:01,000 --> 00:00:02,000\n水\n\n",
        "甲,1\n",
        "\\begin{table}\n",
        "河湾镇志\n水轮转了，\n3\n",
        "“水”他说，“轮。”",
        "🎉水轮转了呢。",
        ", Ariz. Fire came ",
        "【甲】水\n",
    ],
    ids=ascii,
)
def test_segmentation_time_is_linear_in_monotonous_text(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    start = time.process_time()
    find_sentences(text)
    assert time.process_time() - start < 5  # a fraction of a second; minutes where the time is quadratic


@pytest.mark.parametrize("piece", [*PIECES.split(" "), *SPACED_PIECES, *LINES], ids=ascii)
def test_segmentation_loses_nothing_of_long_monotonous_text(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    covered = "".join(text[sentence.start : sentence.end] for sentence in find_sentences(text))
    assert "".join(covered.split()) == "".join(text.split())

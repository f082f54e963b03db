import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Sentence
from summarize.text.segmentation import find_sentences


def sentence_texts(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in find_sentences(text)]


def headings(text: str) -> list[str]:
    """Return what is set apart from the sentences: headings, and apparatus such as rules and bylines."""
    return [text[sentence.start : sentence.end] for sentence in find_sentences(text) if not sentence.is_text]


def paragraphs(text: str) -> list[int]:
    return [sentence.paragraph for sentence in find_sentences(text)]


def cuts(marked: str) -> tuple[str, list[str]]:
    """A text and its sentences, from the text with `|` where one sentence ends."""
    return marked.replace("|", ""), [sentence.strip() for sentence in marked.split("|")]


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("雨停了。|街上有人！|谁在敲门？|我去看看；你等着。", id="each stop"),
        pytest.param("真的吗？！|太好了！！|我不信……|算了。", id="runs of stops"),
        pytest.param("雨停了", id="no final stop"),
        pytest.param("雨停了。|街上有人", id="no final stop after one"),
        pytest.param("买了米，面、油：都是零钱付的。", id="commas and colons"),
        pytest.param("老师说：“上课。”|学生坐好。", id="closing quote"),
        pytest.param("她写道：‘我到了。’”|信很短。", id="two closing marks"),
        pytest.param("「走了。」|『好。』|门关上了。", id="corner brackets"),
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
        pytest.param("河水上涨。[1]|桥被淹了。[12]", id="footnote"),
        pytest.param("**要点。** |正文在后。", id="markdown emphasis"),
        pytest.param("天黑了。\u200b|灯亮了。", id="invisible character"),
        pytest.param("今 天 下 雨 。 ” |他 说 。", id="spaced Chinese"),
    ],
)
def test_segmentation_cuts_chinese(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("给出一种新算法;证明其收敛.|实验表明,误差小于3.5%.|方法可行.", id="ASCII stops"),
        pytest.param("成本上升.|GDP放缓.|2019年回暖.", id="capital or digit follows"),
        pytest.param("请打开报告.docx或报告.PDF再看.", id="file name"),
        pytest.param("前人已有研究(王五,2001;赵六,2005),但样本小.", id="semicolon in parentheses"),
        pytest.param("用到CNN;再用RNN.|完.", id="semicolon behind Latin"),
        pytest.param("写成&nbsp;空格。", id="HTML entity"),
        pytest.param("步骤：1.洗菜;2.切菜;3.下锅。", id="numbers inside"),
        pytest.param("三．被告负担。|四．其余驳回。", id="Han number with a stop"),
        pytest.param("图 3. 桥的侧面。", id="caption"),
        pytest.param("脚本用 Python 3.11 写成。|It runs. |再看结果。", id="mixed"),
        pytest.param("它支持Node.js。|也支持.NET框架。", id="names with a dot"),
        pytest.param("他用Python.|结果不错!|Why?|因为快.", id="Han behind an English stop"),
        pytest.param("见U.S.政府网站。", id="abbreviation before Han"),
        pytest.param("价格为3.14元。|涨了0.5。", id="decimals"),
    ],
)
def test_segmentation_cuts_ascii_stops_beside_chinese(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("It rained. |We stayed in! |Did you? |Yes.", id="each stop"),
        pytest.param("Mr. Hall met Dr. Wu at St. Mary's. |They spoke.", id="titles"),
        pytest.param("The letter to J. K. Brown was lost. |Nobody knew.", id="initials"),
        pytest.param("Bring fruit, e.g. apples, i.e. food. |Leave the dog.", id="Latin abbreviations"),
        pytest.param("See Fig. 3 and No. 7 in Vol. 2. |Both are old.", id="numbered"),
        pytest.param("He moved to the U.S. in May. |He left the U.S. |The house was sold.", id="U.S."),
        pytest.param("She sells pens, ink, etc. |The shop is small.", id="etc. before a starter"),
        pytest.param("It closed at 5 p.m. EST. |Was it late?", id="a question"),
        pytest.param("He lives in Reno, Nev. |Trains stop there.", id="state behind a city"),
        pytest.param("It burned in Trenton, N.J. |Crews came at once.", id="state with stops"),
        pytest.param("In Reno, Nev. Mayor Joan Lee spoke.", id="state before a name"),
        pytest.param("Smith Inc. Holdings grew. |Smith Inc. |It shrank.", id="Inc."),
        pytest.param("We meet at 5 p.m. Friday. |We eat at 6 p.m. |Then we go.", id="p.m."),
        pytest.param("It closed on Jan. 5. |Sat. 9 was free.", id="dates"),
        pytest.param("Pi is 3.14, the build is 2.0.1. |Good.", id="decimals and versions"),
        pytest.param("Write to me@site.org or read README.md at www.site.org/a.html. |Thanks.", id="addresses"),
        pytest.param("I use Node.js; you do not; fine.", id="semicolon"),
        pytest.param('"Why now?" he asked. |"Go." |She went.', id="quotes"),
        pytest.param("“Why now?” he asked. |“Go.” |She went.", id="curly quotes"),
        pytest.param("Well... maybe. |I waited... |Nobody came.", id="ellipses"),
        pytest.param("What?! |No way!!! |Yes.", id="runs of stops"),
        pytest.param("(It was late.) |We left (it was late). |Home.", id="parentheses"),
        pytest.param("The price is 5,000. |The rate is $5. |I don't. |They can't.", id="numbers and contractions"),
        pytest.param("Use this. |iPhone users wait.", id="name with a small letter"),
        pytest.param("a small start. |another one, e.g. this. |done.", id="no capitals"),
        pytest.param("Steps: 1. Wash. |2. Dry. |The score was 3:2. |Over.", id="numbers inside"),
    ],
)
def test_segmentation_cuts_english(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("she was 70 . |the boat sank . |why ? |nobody knows .", id="small letters follow"),
        pytest.param("`` stop . '' |he did . |'' go on . '' |he did not .", id="paired quotes"),
        pytest.param('" stop . " |he did . |" go on . " |he did not .', id="straight quotes"),
        pytest.param("the boat ( built in 1900 . ) sank .", id="parentheses"),
        pytest.param("the road to st. ives and the u.s. border . |it was closed .", id="attached stops"),
        pytest.param("well . . . maybe . |no .", id="spaced ellipsis"),
        pytest.param("2 . buy bread . |3 . eat .", id="numbers"),
    ],
)
def test_segmentation_cuts_tokenized_english(marked: str) -> None:
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
    "marked",
    [
        pytest.param("“树都活了！”陈兰解释道。|后来下了雨。", id="解释道"),
        pytest.param("“树都活了。”县林业局副局长陈兰在山上说。|后来下了雨。", id="long subject"),
        pytest.param("“树都活了。”专家Ann Lee介绍，山上已经绿了。|后来下了雨。", id="Latin name"),
        pytest.param("“树都活了。” 专家 J. Lee 告诉记者。|后来下了雨。", id="blanks"),
        pytest.param("“树都活了。”陈兰告诉《江州日报》记者。|后来下了雨。", id="object"),
        pytest.param("“树都活了。”她摇摇头，轻声说。|后来下了雨。", id="two clauses"),
        pytest.param("“树都活了？”她问道：“那水呢？”|没人回答。", id="colon"),
        pytest.param("「樹都活了。」陳蘭強調。|後來下了雨。", id="Traditional"),
        pytest.param("「樹都活了。」她補充說。|後來下了雨。", id="Traditional, two characters"),
        pytest.param('"树都活了。"陈兰说。|后来下了雨。', id="straight marks"),
        pytest.param("“快浇水！”陈兰对大家喊话。|后来下了雨。", id="喊话"),
        pytest.param("“又没下雨。”护林员嘟囔了一句。|后来下了雨。", id="a sound or two"),
        pytest.param("陈兰表示，“树都活了。”|林业局回应称，山还会更绿。", id="speaker before, comma"),
        pytest.param("陈兰摇摇头，“树没活。”她说。|后来下了雨。", id="no verb of saying before"),
        pytest.param('"It is done!" Dr. Lee, who planned it, told the panel. |We left.', id="told whom"),
        pytest.param('"It rained." |Ann told the truth. |We left.', id="told what"),
        pytest.param("“树都活了……”她喃喃自语。|后来下了雨。", id="ellipsis"),
        pytest.param("“树都活了。”陈兰说", id="no stop"),
        pytest.param("“树都活了。”|这是陈兰的看法。|后来下了雨。", id="no tag"),
        pytest.param("“快跑！”|一行人跑上街道。|天黑了。", id="noun with the same end"),
        pytest.param("老周说：“走吧。”|老郑说：“再等等。”|天黑了。", id="next speaker"),
        pytest.param("“树都活了。”|他到山上看了看，水很清。", id="no verb of saying"),
        pytest.param('"Is it safe?" Harold asked. |Nobody knew.', id="name"),
        pytest.param('"It is done!" Deputy director Ann Lee said at the opening. |We left.', id="title and place"),
        pytest.param("“It is done!” Ann Lee, the mayor, said. |We left.", id="apposition"),
        pytest.param('"It rained." |The minister said the road was closed. |We left.', id="statement of its own"),
        pytest.param('"It rained." |Ann said, "The road is closed." |We left.', id="introduces the next"),
        pytest.param('"We will go," she added. |"We have no choice." |We left.', id="interrupted"),
    ],
)
def test_segmentation_keeps_quotations_with_their_speakers(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("何敏说：“树活了。水清了。鸟来了。”|会散了。", id="speaker before"),
        pytest.param("“树活了。水清了。”何敏说。|会散了。", id="speaker behind"),
        pytest.param("「樹活了。水清了。」何敏說。|會散了。", id="corner brackets"),
        pytest.param('"It rained. It snowed," said Ann. |We left.', id="English"),
        pytest.param("‘I don’t know. It’s late,’ she said. |We left.", id="single marks and apostrophes"),
        pytest.param("（树活了。水清了。）|会散了。", id="brackets"),
        pytest.param("The room (see the plan. It is old.) was cold. |We left.", id="parenthesis"),
        pytest.param("他说：“树活了。|水清了。|会散了。", id="never closed"),
        pytest.param('The 5" board broke. |"It is old. It is thin," he said. |We left.', id="inches"),
    ],
)
def test_segmentation_cuts_no_short_quotation(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


@pytest.mark.parametrize(
    ("statement", "most"), [("树又长高了一些。", 200), ("The trees grew a little. ", 500)], ids=["zh", "en"]
)
def test_segmentation_cuts_long_quotations(statement: str, most: int) -> None:
    fitting = most // len(statement) - 1
    assert len(sentence_texts(f"“{(statement * fitting).strip()}”")) == 1
    assert len(sentence_texts(f"“{(statement * (fitting + 3)).strip()}”")) == fitting + 3


@pytest.mark.parametrize(
    "marked",
    [
        pytest.param("去除率为98. 6%,差异显著(P < 0. 01).|方法可行.", id="blank in a decimal"),
        pytest.param("有效率为９８．６％．|差异显著．", id="full width"),
        pytest.param("2024.9.1发布了v1.2.3版。|很好用。", id="date and version"),
        pytest.param("答案：1.C 2.B 3.略 4.略", id="answers"),
        pytest.param("The town grew last year.|Incomes rose to 3.5 percent.|The roads are new.", id="no blank"),
        pytest.param(
            "See http://site.org/a.Html and call math.Floor(x) or use Foo.Bar here. |Done.", id="dotted names"
        ),
        pytest.param("Is it so?|Yes it is.", id="no blank behind a question"),
        pytest.param("It costs 5.|Then he left Paris.|The end was near.", id="no blank before a starter"),
        pytest.param("Call Tel. 555-0142, ext. 12, or see Apt. B in Bldg. 7. |Adm. Voss spoke.", id="notice"),
        pytest.param("Add 1 tsp. Turkish pepper and cook for 5 min. |Add salt.", id="recipe"),
        pytest.param(
            "We met at 5 p.m. |Former members came at 6 a.m. |Mr. Lee left. |It ended at 7 p.m. Friday.", id="p.m."
        ),
        pytest.param(
            "She met officials of Acme Inc. |Officials said no. |He joined Acme Inc. Holdings.", id="small elsewhere"
        ),
        pytest.param("RIVERTON (AP) — The dam held. |Gov. Ruiz went to St. Mary.", id="dateline"),
        pytest.param("T.J . Smith met U.S . officials . |George W . Lee came . |Mr . Hall left .", id="detached stops"),
        pytest.param("They agree. [1] |Others do not.[2-4] |We tried.12 |It failed.", id="numbers of notes"),
        pytest.param("味道不错~ |下次还来～ |环境也很好", id="tildes"),
        pytest.param("8月~ 9月开放，票价10～ 20元。", id="ranges"),
        pytest.param("今天去看花了😀 |天气特别好🌞🌞|明天还想再去", id="emoji"),
        pytest.param("📍江州市人民公园 ⏰上午九点开门", id="emoji before items"),
        pytest.param("真好！😀 |明天再来。|👉点这里。", id="emoji behind a stop"),
        pytest.param(
            "傍晚的风吹过河堤 |我在桥上等你 |灯一盏一盏亮起 |像小时候的故事 |你说过会回来 |在下雪的那一天", id="lyrics"
        ),
        pytest.param("傍晚的风吹过河堤 我在桥上等你", id="short line with blanks"),
    ],
)
def test_segmentation_tells_stops_from_points(marked: str) -> None:
    text, expected = cuts(marked)
    assert sentence_texts(text) == expected


def test_segmentation_leaves_words_with_blanks_between_together() -> None:
    text = "今天 我们 开会 主要 讲 一下 搬家 的 事情 时间 定在 周六 上午 九点 大家 记得 早点 来 不要 迟到"
    assert sentence_texts(text) == [text]


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

import pytest

from summarize.text.segmentation import find_sentences

PROSE = "镇上的旧磨坊昨天重新开门，第一天就磨了三百斤麦子。磨坊主说，水轮已经停了二十年。"
ENGLISH = "The old mill opened again on Friday and ground three sacks of oats. Its wheel had stood still for years."


def role_of(line: str, prose: str = PROSE) -> str:
    """The role of a line between two paragraphs of text."""
    text = f"{prose}\n\n{line}\n\n{prose}"
    place = text.index(line)
    roles = {one.role for one in find_sentences(text) if place <= one.start < place + len(line)}
    return roles.pop() if len(roles) == 1 else "mixed"


@pytest.mark.parametrize(
    "line",
    [
        "作者：林小河",
        "文/林小河 图/高山",
        "本报记者 林小河 通讯员 高山",
        "（来源：河湾网）",
        "（via）",
        "责任编辑：高山",
        "图1 修好的水轮",
        "图2：水轮的剖面",
        "▲水轮转动的样子",
        "2025年3月4日",
        "2025-03-04 07:30",
        "第 3 页 共 10 页",
        "- 7 -",
        "第一章 总则………………3",
        "目录",
        "扫码关注河湾公众号",
        "版权所有，未经授权不得转载。",
        "如果您错收了本邮件，请删除。",
        "https://example.org/mill",
        "[图片]",
        "此致 敬礼",
        "3.",
        "首页 > 本地 > 磨坊",
        '<div class="mill">',
        "| --- | --- |",
    ],
)
def test_apparatus_between_chinese_text(line: str) -> None:
    assert role_of(line) == "apparatus"


@pytest.mark.parametrize(
    "line",
    [
        "By Olga Brandt",
        "Photo: Olga Brandt",
        "Figure 2: The wheel in spring",
        "Table 3. Sacks by month",
        "March 4, 2025",
        "Page 3 of 10",
        "Chapter One ........ 12",
        "Kind regards,",
        "© 2025 The Mill. All rights reserved.",
        "Sign up for our newsletter",
        "[![build](https://example.org/b.svg)](https://example.org)",
    ],
)
def test_apparatus_between_english_text(line: str) -> None:
    assert role_of(line, ENGLISH) == "apparatus"


@pytest.mark.parametrize(
    "line",
    [
        "图书馆的新馆昨天开放，第一天来了两千人。",
        "图1显示，水位每年下降三厘米。",
        "作者在书里写道，水轮是他祖父修的。",
        "记者昨天看到，水轮已经转了起来。",
        "来源不明的麦子不能进磨坊。",
        "她关注这座磨坊已经二十年了。",
        "编辑部收到了三百封信。",
    ],
)
def test_text_that_only_begins_like_apparatus(line: str) -> None:
    assert role_of(line) == "text"


@pytest.mark.parametrize(
    "line",
    [
        "By noon the wheel turned.",
        "Figure 2 shows how the wheel turns.",
        "March 4, 2025 was the first day of work.",
        "Sources of the river lie in the hills.",
        "Dear old friends came to see the wheel turn again.",
    ],
)
def test_english_text_that_only_begins_like_apparatus(line: str) -> None:
    assert role_of(line, ENGLISH) == "text"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(f"---\ntitle: 磨坊\ntags: [水]\n---\n\n{PROSE}", id="front matter"),
        pytest.param(f"{PROSE}\n\n```sh\nmake all\n```\n\n{PROSE}", id="fenced code"),
        pytest.param(f"From: a@example.org\nTo: b@example.org\n\n{PROSE}", id="mail header"),
        pytest.param(f"{PROSE}\n\n<!-- a\ncomment -->\n\n{PROSE}", id="comment"),
        pytest.param(f"{ENGLISH}\n\n    let wheel = new Wheel();\n\n{ENGLISH}", id="indented code"),
    ],
)
def test_runs_of_lines_that_are_no_prose(text: str) -> None:
    for one in find_sentences(text):
        is_prose = text[one.start : one.end] in PROSE + ENGLISH
        assert (one.role == "text") == is_prose, text[one.start : one.end]


def test_the_subject_of_a_mail_is_a_heading() -> None:
    text = f"From: a@example.org\nSubject: 磨坊\n\n{PROSE}"
    assert [one.role for one in find_sentences(text)] == ["apparatus", "heading", "text", "text"]


def test_a_fence_that_is_never_closed_opens_no_code() -> None:
    text = f"```\n{PROSE}"
    assert [one.role for one in find_sentences(text)][-2:] == ["text", "text"]


def test_two_keys_without_a_sender_are_no_mail_header() -> None:
    assert [one.role for one in find_sentences("主题：磨坊\n时间：下午三点")] == ["text", "text"]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        pytest.param("- 水轮转了。", 2, id="bullet"),
        pytest.param("- [x] 水轮转了。", 6, id="check box"),
        pytest.param("> 水轮转了。", 2, id="quotation"),
        pytest.param("1. 水轮转了。", 3, id="number"),
        pytest.param("（3）水轮转了。", 3, id="parenthesis"),
        pytest.param("[00:21.10]水轮转了。", 10, id="time"),
        pytest.param("（来源：河湾网）水轮转了。", 8, id="source"),
        pytest.param("第三条 水轮归镇上所有。", 0, id="an article names itself"),
        pytest.param("水轮转了。", 0, id="nothing"),
    ],
)
def test_a_sentence_begins_to_speak_behind_its_marks(text: str, body: int) -> None:
    assert find_sentences(text)[0].body == body


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "一、先修堤坝。二、再清河道。三、三年内完工。", ["先修堤坝。", "再清河道。", "三年内完工。"], id="han"
        ),
        pytest.param("要点有二：(1) 修堤。(2) 清淤。", ["要点有二：(1) 修堤。", "清淤。"], id="brackets"),
        pytest.param("①修堤。②清淤。⑨不算。", ["修堤。", "清淤。", "⑨不算。"], id="circled"),
        pytest.param(
            "措施如下。九、修堤。十、清淤。十一、植树。", ["措施如下。", "修堤。", "清淤。", "植树。"], id="ten"
        ),
        pytest.param("1.) Mend the dam. 2.) Dredge the bed.", ["Mend the dam.", "Dredge the bed."], id="both marks"),
        pytest.param("他等了很久。二、三年后水退了。", ["他等了很久。", "二、三年后水退了。"], id="about so many"),
        pytest.param("The dam held. 12) is a note.", ["The dam held.", "12) is a note."], id="alone"),
        pytest.param("共12、13两项。3、其他。", ["共12、13两项。", "3、其他。"], id="end of a number"),
    ],
)
def test_marks_of_later_items_are_not_said(text: str, expected: list[str]) -> None:
    assert [text[one.body : one.end] for one in find_sentences(text)] == expected

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from summarize.text import credits, dates, forms, letters, notices, pages
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
        "git-log(1), git-show(1), gitrevisions(7)",
        "1. All figures are without tax.↩︎",
        "扫码关注河湾公众号",
        "- 您在第 123 页（位置 #12180-12182）的标注 | 添加于 2026年11月13日星期二 下午12:12:33",
        "- 您在位置 #610的笔记 | 添加于 2026年11月4日星期三 上午8:01:02",
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
        "- Your Highlight on page 12 | Location 180-182 | Added on Tuesday, November 3, 2026 9:12:33 PM",
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
    "pattern",
    [
        *(letters._CLOSING, credits._CREDIT, credits._BRACKETED_CREDIT, credits._REPORTERS, credits._ENGLISH_CREDIT),
        *(dates._DATE_LINE, dates._ENGLISH_DATE_LINE, dates._TIME_ONLY, pages._PAGE_LINE, notices._CALL),
        *(forms._CAPTION, forms._ENGLISH_FORM, forms._MAIL_QUOTED, forms._CONTENTS, forms._BRACKETED, forms._FIGURES),
        *(forms._MARKUP, forms._PATH),
    ],
    ids=lambda pattern: ascii(pattern.pattern.strip()[:20]),
)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))  # building strings is slow
@given(st.data())
def test_no_form_is_left_out_by_what_is_asked_before_it_is_tried(pattern: re.Pattern[str], data: st.DataObject) -> None:
    compiled = re.compile(pattern.pattern, pattern.flags)
    run = data.draw(st.from_regex(compiled, fullmatch=True).filter(lambda run: 0 < len(run) <= 60))
    assert forms.is_apparatus(run, 0, len(run), forms.cues_of(run))

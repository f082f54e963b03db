"""Markdown as it is read; `test_markdown.py` above is about Markdown as it is printed."""

import itertools

import pytest
from damage import damaged, outcome
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs import markdown
from summarize.inputs.door import read_bytes
from summarize.inputs.markdown import recognise
from summarize.inputs.markdown_html import read_html_texts
from summarize.inputs.table import Options
from summarize.text.documents import as_document


def read(text):
    return next(iter(markdown.read(Source(text, "utf-8"), Options(suffix=".md"))), Source("", "utf-8"))


def text_of(text):
    return read(text).text


def places(source, kind):
    return [(place.value, source.text[place.start :][:6]) for place in source.places if place.kind == kind]


README = """\
<p align="center"><img src="logo.png" alt="logo"></p>

# Mill

[![build](https://example.org/b.svg)](https://example.org) [![pypi](https://example.org/p.svg)](https://example.org)

[English](README.md) | [中文](README_zh.md)

Mill grinds **every grain** that you have,
as fine as you want it. See [the manual](https://example.org/manual "all of it").

## Install

Run this:

```sh
pip install mill
```

- [x] It needs *no* water
- It runs on `Linux`
  1. Turn it on
  2. Wait[^1]

[^1]: A minute.
    Or two.

| stones | weight |
|--------|-------:|
| 2      | 900    |
"""


def test_a_readme_is_read_without_its_marks():
    source = read(README)
    assert source.text == (
        "Mill\n\nMill grinds every grain that you have, as fine as you want it. See the manual.\n\nInstall\n\n"
        "Run this:\n\n- It needs no water\n- It runs on Linux\n1. Turn it on\n2. Wait"
    )
    assert (source.format, source.title, source.encoding) == ("markdown", "Mill", "utf-8")


def test_headings_are_headings_and_what_announces_code_is_set_aside():
    source = read(README)
    assert [(source.text[part.start : part.end], part.role) for part in source.parts] == [
        ("Mill", "heading"),
        ("Install", "heading"),
        ("Run this:", "apparatus"),
    ]
    roles = {source.text[s.start : s.end]: s.role for s in as_document(source).sentences}
    assert roles["Install"] == "heading"
    assert roles["Run this:"] == "apparatus"


def test_only_the_sentence_that_announces_code_is_set_aside():
    source = read("It is easy. Run this:\n\n    pip install mill\n\nThat is all.")
    assert [source.text[part.start : part.end] for part in source.parts] == ["Run this:"]
    assert source.text == "It is easy. Run this:\n\nThat is all."


def test_places_are_lines_of_the_file_and_chapters_of_the_top_two_levels():
    source = read(README + "\n### Third\n\nEnd.\n")
    assert places(source, "line")[:4] == [("3", "Mill\n\n"), ("9", "Mill g"), ("10", "as fin"), ("12", "Instal")]
    assert places(source, "line")[-2:] == [("32", "Third\n"), ("34", "End.")]
    assert places(source, "chapter") == [("Mill", "Mill\n\n"), ("Install", "Instal")]


def test_lines_are_right_behind_a_link_and_code_that_run_over_a_break():
    source = read("See [the\nmanual](https://example.org\n'title') and `a\nb` or\nthe mill.\n\n![x\ny](z) Wheel\n")
    assert places(source, "line") == [
        ("1", "See th"),
        ("2", "manual"),
        ("3", " and a"),
        ("4", " or th"),
        ("5", "the mi"),
        ("8", "Wheel"),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(line_end):
    source = read("# A\n\nThe wheel\nturns.\n\nIt is old.".replace("\n", line_end))
    assert source.text == "A\n\nThe wheel turns.\n\nIt is old."
    assert places(source, "line")[-1] == ("6", "It is ")


# Dialects

DIALECTS = {
    "front matter": ("---\ntitle: 冬\ntags: [a, b]\n---\n\n正文。", "正文。"),
    "front matter of TOML": ("+++\ntitle = 'Winter'\n+++\nText.", "Text."),
    "a ruled line is no front matter": ("---\n\nText, and more.\n\n---\n\nEnd.", "Text, and more.\n\nEnd."),
    "links of Obsidian": ("见[[水轮]]与[[水轮#历史|历史]]，和[[页#节]]。![[a.png]]", "见水轮与历史，和节。"),
    "highlights": ("This is ==very== good, a == b == c.", "This is very good, a == b == c."),
    "tags": ("#水轮 #历史\n\n正文。", "正文。"),
    "a comment of Obsidian": ("前面 %%不要%% 后面。\n\n%%\n都不要\n%%\n\n完。", "前面 后面。\n\n完。"),
    "a block's anchor": ("The wheel turns. ^a1b2c3", "The wheel turns."),
    "a callout": ("> [!NOTE]\n> The wheel turns.", "The wheel turns."),
    "a callout with a title": ("> [!tip]- 小心\n> 水很深。", "小心\n水很深。"),
    "an admonition": ('!!! note "Mind"\n    The wheel turns.\n\n    It does.\n\nEnd.',
                      "Mind\nThe wheel turns.\n\nIt does.\n\nEnd."),
    "an admonition without a title": ("???+ warning\n\tDeep.\n", "Deep."),
    "tabs of a page": ('=== "Linux"\n    Use it.\n', "Linux\nUse it."),
    "fences of colons": ("::: tip 提示\n水很深。\n:::\n\n:::note[Mind]\nDeep.\n:::",
                         "提示\n水很深。\n\nMind\nDeep."),
    "notes of MyST": ("```{note}\n:class: a\nThe wheel turns.\n```\n\n```{code}\nx\n```", "The wheel turns."),
    "imports of MDX": ("import A from './a'\n\nexport const b = {\n  c: 1\n}\n\n# T\n\n<A b={c} />\n\nText.",
                       "T\n\nText."),
    "comments of MDX": ("One. {/* no */} Two.\n\n{/*\nno\n*/}\n\nThree.", "One. Two.\n\nThree."),
    "components of MDX": ("The <Tip>wheel</Tip> turns.", "The wheel turns."),
    "tags of Liquid": ("{% include a.html %}\n\nSee {{ site.url }} now.\n\n{% raw %}\nint a;\n{% endraw %}\n\nEnd.",
                       "See now.\n\nEnd."),
    "short codes of Hugo": ("{{< figure src='a' >}}\n\nText.", "Text."),
    "attributes": ("## The wheel {#wheel .big}\n\nText{: .a}.\n{: .b}", "The wheel\n\nText."),
    "what pandoc cites": ("As is known [@lee2019, p. 4], it turns.", "As is known, it turns."),
    "names of emoji": ("It turns :rocket: at 12:30:45.", "It turns at 12:30:45."),
    "formulas": ("设 $a_1*b*c$ 为正，费用 $5。\n\n$$\nx = y\n$$\n\n\\[ z \\]\n\n完。",
                 "设 $a_1*b*c$ 为正，费用 $5。\n\n完。"),
    "a table of contents": ("[TOC]\n\n- [One](#one)\n- [Two](#two)\n  - [Three](#three)\n\nText.", "Text."),
    "a heading without its blank": ("##标题\n\n#　另一个\n\n正文。", "标题\n\n另一个\n\n正文。"),
    "comments": ("<!-- no\n\nno -->One.<!-- no --> Two.", "One. Two."),
    "the mark of a comment in code": ("Write `<!--` and go on.\n\nEnd `-->`.", "Write <!-- and go on.\n\nEnd -->."),
    "footnotes": ("It turns[^1] now.\n\n[^1]: No.\n\n    No.\n\nEnd.[^b]", "It turns now.\n\nEnd."),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DIALECTS.values(), ids=DIALECTS)
def test_what_dialects_add_is_understood(text, expected):
    assert text_of(text) == expected


MARKS = {
    "emphasis": ("*a* **b** ***c*** _d_ `e` ~~f~~ 2*3*4", "a b c d e 2*3*4"),
    "strong beside Chinese": ("他说**“很好。”**大家都同意**“是”**的。", "他说“很好。”大家都同意“是”的。"),
    "a power is no mark": ("2**3 and 3**2", "2**3 and 3**2"),
    "escapes": (r"\*a\* \_b\_ \# c", "*a* _b_ # c"),
    "entities": ("a &amp; b &lt; c &copy;", "a & b < c ©"),
    "tags": ("H<sub>2</sub>O is 10<sup>3</sup> <b>old</b><br>now", "H2O is 10^3 old\nnow"),
    "links": ("Of [a](b) [c][d] <https://example.org> [e]\n\n[d]: f\n[e]: g", "Of a c https://example.org e"),
    "images": ("![a](b) Text ![c][d]\n\n[d]: e", "Text"),
    "quotations": ("> One\n> two.\n>\n> > Three.", "One two.\n\nThree."),
    "ruled lines": ("One.\n\n---\n\nTwo.\n\n***", "One.\n\nTwo."),
    "setext headings": ("Title\n=====\n\nText.\n\nNext\n---\n\nEnd.", "Title\n\nText.\n\nNext\n\nEnd."),
    "lists": ("3. a\n3. b\n\n* c\n\n  d\n\n* e", "3. a\n4. b\n\n- c\n\nd\n\n- e"),
    "a menu": ("[a](b) | [c](d)\n\nText [e](f).", "Text e."),
    "code that is closed": ("~~~\na\n~~~\n\nText.", "Text."),
    "code that is never closed": ("One.\n\n```\nThe wheel turns.", "One.\n\nThe wheel turns."),
    "code in a list": ("- a\n\n  ```\n  b\n  ```\n\n- c", "- a\n- c"),
    "indented prose": ("    这一段缩进了四格，但是它是一段正文。\n\n    rm -rf a",
                       "这一段缩进了四格，但是它是一段正文。"),
    "sentences in a table": (
        "| a | b |\n|---|---|\n| 1 | The wheel turns as long as there is water. |\n| 2 | 3 |",
        "- The wheel turns as long as there is water.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MARKS.values(), ids=MARKS)
def test_marks_are_not_read(text, expected):
    assert text_of(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("水轮停了很久，\n今天又转了起来。", "水轮停了很久，今天又转了起来。", id="Chinese"),
        pytest.param("The wheel\nturns.", "The wheel turns.", id="English"),
        pytest.param("床前明月光\n疑是地上霜", "床前明月光\n疑是地上霜", id="verse"),
        pytest.param("Mill Road 5\nEast Town", "Mill Road 5\nEast Town", id="address"),
        pytest.param("One  \nTwo\\\nThree", "One\nTwo\nThree", id="hard breaks"),
        pytest.param(f"{'水' * 40}\n{'轮' * 40}\n完了", f"{'水' * 40}{'轮' * 40}完了", id="full lines"),
    ],
)
def test_lines_are_joined_where_they_were_full(text, expected):
    assert text_of(text) == expected


def test_a_paragraph_over_a_ruled_line_is_no_heading():
    source = read(f"{'The wheel turns all day long. ' * 6}\n---\n\nEnd.")
    assert source.parts == ()
    assert source.title is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: >-\n  The wheel\n---\n# Other", "The wheel"),
        ('---\nTitle: "It\'s"\n---\nText.', "It's"),
        ("Text.\n\n# The *wheel*", "The wheel"),
        ("## The wheel\n\nText.", "The wheel"),
        ("Text.\n\n## The wheel", None),
        ("<h1 align='center'>The wheel</h1>\n\nText.", "The wheel"),
    ],
)
def test_title_is_that_of_the_front_matter_or_of_a_top_heading(text, title):
    assert read(text).title == title


def test_text_in_html_is_read_without_menus_code_and_scripts():
    html = (
        "<div>\n<p>The <b>wheel</b> &amp; the mill.</p>\n<script>var a;</script><pre>code</pre>\n"
        "<p><a href='b'>One</a> • <a href='c'>Two</a></p><h2>Head</h2></div>"
    )
    assert list(read_html_texts(html, 5)) == [(0, "The wheel & the mill.", 6), (2, "Head", 8)]


# Recognition

SIGNS_ENOUGH = [
    "# Title\n\nText with [a link](https://example.org).",
    "## One\n\nText.\n\n```\ncode\n```\n",
    "Text with **strong** words.\n\n- a\n- b\n\n> quoted\n",
    "---\ntitle: a\n---\n\n# Title\n\nText.",
    "| a | b |\n|---|---|\n| c | d |\n\n# Title\n\nText.",
    "[[水轮]]是**很老的**机械。",
]
SIGNS_TOO_FEW = [
    "# Title\n\nText, and no other sign of it.",
    "The price is 5*3*2, or 2**3. * A note.",
    "- milk\n- bread\n- eggs\n",
    "From: Lee\n> quoted\n> and more\n\nYes.",
    "# 第一章\n\n水轮停了很久。",
    "# a comment\nrm -rf build\n# another\nmake\n",
    "Name,Age\n[1] Lee, A. The mill.\n",
    "",
]


@pytest.mark.parametrize("text", SIGNS_ENOUGH)
def test_several_signs_make_a_text_markdown(text):
    assert recognise(Source(text, "utf-8"), "")
    assert recognise(Source(text, "utf-8"), ".txt")


@pytest.mark.parametrize("text", SIGNS_TOO_FEW)
def test_one_sign_does_not(text):
    assert not recognise(Source(text, "utf-8"), "")
    assert recognise(Source(text, "utf-8"), ".md")


def test_markdown_comes_through_the_door():
    (source,) = read_bytes(README.encode())
    assert source == read(README)


def test_what_has_no_text_is_no_text():
    assert markdown.read(Source("```\ncode\n```\n\n![a](b)\n\n---", "utf-8"), Options()) == []


# Hostile

_MARK = st.sampled_from(
    [
        *(
            "*",
            "**",
            "_",
            "`",
            "```",
            "[",
            "](",
            ")",
            "![",
            "[[",
            "]]",
            "|",
            "#",
            "# ",
            "> ",
            "- ",
            "1. ",
            "    ",
            "\n",
        ),
        *("<", ">", "<!--", "-->", "<b>", "$", "$$", "~~", ":::", "!!! ", "{%", "%}", "{{", "}}", "[^a]", "[^a]: "),
        *("a", "水", "。", "The wheel turns.", "\t", "\r", "&amp;", "\\", "%%", "\u3000", "\n\n", "---", "==="),
    ]
)


@given(st.lists(_MARK, max_size=60).map("".join))
def test_any_marks_give_text_with_parts_and_places_inside(text):
    source = read(text)
    length = len(source.text)
    assert all(0 <= part.start < part.end <= length for part in source.parts)
    assert all(a.end <= b.start for a, b in itertools.pairwise(source.parts))
    assert [place.start for place in source.places] == sorted(place.start for place in source.places)
    assert all(place.start <= length for place in source.places)
    lines = [int(place.value) for place in source.places if place.kind == "line"]
    assert all(1 <= line <= text.count("\n") + text.count("\r") + 1 for line in lines)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "[",
            "![",
            "[a](",
            "> ",
            "- ",
            "*a ",
            "**",
            "`a ``",
            "<a ",
            "<!-- ",
            "a <!--\n",
            "[[a|",
            "$a ",
            "{{",
            ":::\n",
        ),
        *("#a ", "!!! note\n", "| a ", "[^a]: b\n", "    a\n", "```\n", "import a\n", "export const\n", "%%\n", "$$\n"),
        *("\\[\n", "{/*\n"),
    ],
)
def test_deep_and_endless_marks_are_read(unit):
    read(unit * 3000)


def test_front_matter_that_never_ends_is_given_up_at_once():
    assert not recognise(Source("---\n" + "-a: b\n" * 59 + "The wheel turns.", "utf-8"), "")


def test_lists_in_lists_are_read_as_deep_as_people_write():
    text = "".join(f"{'  ' * depth}- item {depth}\n" for depth in range(15))
    assert text_of(text) == "\n".join(f"- item {depth}" for depth in range(15))


def test_damaged_copies_give_texts_or_one_clear_line():
    for data in damaged(README.encode() * 3, num_copies=200):
        found = outcome(data, Options(name="a", suffix=".md"), "markdown")
        assert found == "refused" or all(source.text for source in found)


def test_code_with_signs_of_markdown_is_refused_unless_its_name_says_markdown():
    code = (
        "# Turns it\n\nimport mill\n\n# **Never** call this.\nx = mill.turn(3)\ny[0](x)  # see [a](https://example.org)\n"
        * 4
    )
    assert recognise(Source(code, "utf-8"), "")
    with pytest.raises(InputError, match="not prose"):
        markdown.read(Source(code, "utf-8"), Options(name="a"))
    assert markdown.read(Source(code, "utf-8"), Options(name="a.md", suffix=".md"))


def test_other_markup_is_no_markdown():
    assert not recognise(Source(README, "utf-8"), ".rst")


def test_warnings_of_the_decoder_are_kept():
    content = Source(README, "utf-8", warnings=("a: 1 malformed",))
    assert markdown.read(content, Options())[0].warnings == content.warnings

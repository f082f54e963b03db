import re

import pytest
from fakes import FakeScorer
from markdown_it import MarkdownIt

from summarize.document import Location, Source
from summarize.formats.markdown import heading, to_markdown
from summarize.formats.view import View
from summarize.pipeline import summarize_text


def explained(text, **options):
    return summarize_text(text, scorer=FakeScorer(), explain=True, **options)


def test_markdown_has_a_footnote_for_each_source_sentence():
    text = "在2018年的世界杯中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。河水上涨。"
    sure = "判为好 98.0%，失实 0.1%"
    assert to_markdown(explained(text, sentences=2)) == (
        "法国队赢得了2018年世界杯冠军，在决赛中击败了克罗地亚队。[^1][^2]\n\n"
        f"[^1]: 第 1 句，共 3 句，第 1 行，权重 50.0%，与第 2 句合为一句；{sure}："
        "在2018年的世界杯中，法国队赢得了冠军。\n\n"
        f"[^2]: 第 2 句，共 3 句，第 1 行，权重 38.1%，与第 1 句合为一句；{sure}：法国队在决赛中击败了克罗地亚队。\n"
    )


def test_footnote_of_a_shortened_sentence_says_what_was_left_out_and_how_sure_that_was():
    text = "昨天夜里，城东的三条街道停电。没有人受伤。"
    output = to_markdown(summarize_text(text, chars=11, scorer=FakeScorer([9, 1])))
    assert output == (
        "城东的三条街道停电。[^1]\n\n"
        "[^1]: 第 1 句，共 2 句，第 1 行，权重 90.0%，有删减（开头）；判为好 98.0%，失实 0.1%："
        "昨天夜里，城东的三条街道停电。\n"
    )


def test_markdown_joins_sentences_as_the_summary_does():
    output = to_markdown(explained("The river\nrose. It slept.", sentences=2))
    assert output.startswith("The river rose.[^1] It slept.[^2]\n\n[^1]: Sentence 1 of 2, line 1, weight ")


HOSTILE = [  # what stands in the text, and what is shown of it
    ("no heading #, and *no* _emphasis_ or __strong__ `code` ~~strike~~.",) * 2,
    ("# a heading", "a heading"),
    ("1. an item.", "an item."),
    ("- an item.", "an item."),
    ("1.no item.", "no item."),
    ("> a quotation.", "a quotation."),
    ("+no list at all.",) * 2,
    ("=== no rule here.",) * 2,
    ("<b>no</b> <script>alert(1)</script> <!-- comment --> &amp; entity.",) * 2,
    ("[no link](example) ![no image](x.png) <http://example.org>.",) * 2,
    ("[a link](http://example.org) <http://example.org>.", "a link <http://example.org>."),
    ("no $x$ mathematics, no a | b table, no \\* escape, no ``` fence.",) * 2,
]


@pytest.mark.parametrize(("text", "expected"), HOSTILE)
def test_markdown_of_the_text_is_shown_and_not_obeyed(text, expected):
    parser = MarkdownIt("gfm-like", {"linkify": False})
    tokens = parser.parse(to_markdown(explained(text, sentences=9), View(path="a.txt")))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"] * (len(tokens) // 3)
    inline = [child for token in tokens[1::3] for child in token.children]
    assert {child.type for child in inline} <= {"text", "text_special"}
    shown = "".join(child.content for child in tokens[1].children)
    assert re.sub(r"\[\^a\.txt:\d+\]", "", shown) == expected


def test_no_reference_becomes_a_link_or_an_image():
    output = to_markdown(explained("The river rose!\n\n(http://example.org) is where the city slept.", sentences=2))
    assert output.startswith("The river rose\\![^1] \\(http://example.org) is where the city slept.[^2]\n")


def test_footnotes_of_several_files_are_kept_apart():
    summary = explained("河水上涨。", sentences=1)
    paths = [None, "a.txt", "b.txt", "b/a.txt", "a b.txt", "a-b.txt", "a[b].txt", "雨.txt", "\udcff.txt"]
    labels = [re.search(r"\[\^(.+?)\]", to_markdown(summary, View(path=path)))[1] for path in paths]
    assert labels[:4] == ["1", "a.txt:1", "b.txt:1", "b/a.txt:1"]
    assert len(set(labels)) == len(paths)
    assert not any(re.search(r"[\s\[\]^]", label) for label in labels)


@pytest.mark.parametrize(
    "name", ["a~~b~~.txt", "a*b*.txt", "[a](b).txt", "a {#id .b}", "@a2024", "`a`", "<b>a</b>", "$a$ | b"]
)
def test_marks_in_the_name_of_a_file_are_shown_and_not_obeyed(name):
    parser = MarkdownIt("gfm-like", {"linkify": False})
    output = heading(name) + to_markdown(explained("河水上涨。", sentences=1), View(path=name))
    tokens = parser.parse(output)
    inline = [child for token in tokens for child in token.children or ()]
    assert {child.type for child in inline} <= {"text", "text_special"}
    assert "".join(child.content for child in tokens[1].children) == name
    assert "{#" not in output.replace("\\{", "")  # to Pandoc what stands in braces behind a heading is no text


def test_footnotes_are_kept_apart_where_case_is_ignored():
    """GitHub ignores the case of labels, and not of Latin letters alone."""
    summary = explained("河水上涨。", sentences=1)
    paths = ["a.txt", "A.txt", "a.TXT", "é.txt", "É.txt", "strasse", "straße", "Strasse"]
    labels = [re.search(r"\[\^(.+?)\]", to_markdown(summary, View(path=path)))[1] for path in paths]
    assert labels[0] == "a.txt:1"
    assert re.fullmatch(r"A\.txt:[0-9a-f]{6}:1", labels[1])
    assert len({label.casefold() for label in labels}) == len(paths)
    assert to_markdown(summary, View(path="A.txt")) == to_markdown(summary, View(path="A.txt"))


def test_footnotes_of_several_texts_of_a_file_are_kept_apart():
    summary = explained("河水上涨。", sentences=1)
    views = [
        View(path="a.mbox", name="消息 1"),
        View(path="a.mbox", name="消息 2"),
        View(name="消息 1"),
        View(path="a.mbox"),
    ]
    labels = [re.search(r"\[\^(.+?)\]", to_markdown(summary, view))[1] for view in views]
    assert labels == ["a.mbox:消息%201:1", "a.mbox:消息%202:1", "消息%201:1", "a.mbox:1"]


def test_footnote_names_the_place():
    text = "The river rose.\n\nIt slept."
    pages = Source(text, "utf-8", format="pdf", places=(Location(0, "page", "[1]*"), Location(17, "page", "2")))
    for source, places in ((text, ["line 1", "line 3"]), (pages, [r"p. \[1\]\*", "p. 2"])):
        output = to_markdown(summarize_text(source, sentences=2, scorer=FakeScorer()))
        assert [f"Sentence {n} of 2, {place}, weight" in output for n, place in enumerate(places, 1)] == [True] * 2
    bare = to_markdown(summarize_text(Source("It rained.", "utf-8", format="docx"), scorer=FakeScorer()))
    assert "Sentence 1 of 1, paragraph 1, weight 100.0%: It rained." in bare


PARTS = "# *Wind*\n\nWind blew hard. It stopped.\n\n# Rain\n\nRain fell all day.\n"


def test_markdown_has_title_parts_and_keywords_around_the_summary():
    source = Source(PARTS, "utf-8", title="Rain *and* wind")
    summary = summarize_text(source, by_heading=True, title=True, keywords=2, scorer=FakeScorer([0, 2, 1, 0, 3]))
    text, notes = to_markdown(summary).split("\n\n[^2]: ")
    assert text.split("\n\n") == [
        r"# Rain \*and\* wind",
        r"## \*Wind\*",
        "Wind blew hard.[^2]",
        "## Rain",
        "Rain fell all day.[^5]",
        "## The whole",
        "Wind blew hard.[^2] Rain fell all day.[^5]",
        "Keywords: Rain, Wind",
    ]
    assert notes.count("[^5]: ") == 1


@pytest.mark.parametrize(
    ("title", "below", "expected"),
    [
        (False, False, ["##", "##", "##"]),
        (False, True, ["###", "###", "###"]),
        (True, False, ["#", "##", "##", "##"]),
        (True, True, ["###", "####", "####", "####"]),
    ],
)
def test_headings_of_markdown_are_of_the_levels_that_they_should_be(title, below, expected):
    source = Source(PARTS, "utf-8", title="Rain and wind")
    summary = summarize_text(source, by_heading=True, title=title, scorer=FakeScorer([0, 2, 1, 0, 3]))
    output = to_markdown(summary, View(is_below_heading=below))
    assert re.findall(r"^#+", output, re.MULTILINE) == expected

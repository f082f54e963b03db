import base64
import json
import logging
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest

from summarize.document import RoleSpan
from summarize.errors import InputError, MissingExtraError
from summarize.inputs import html
from summarize.inputs.html import read, recognise
from summarize.inputs.table import Options

PAGES = Path(__file__).parent / "data" / "html"
EXPECTED = json.loads((PAGES / "pages.json").read_text(encoding="utf-8"))  # some of what is kept, and what is not
PROSE = "The council met on Monday and decided to repair the old bridge before winter."
CHINESE = "市议会星期一开会，决定在入冬以前修好那座老桥。"


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def read_page(content, **options):
    content = content if isinstance(content, bytes) else page(content)
    (source,) = read(content, Options(name="page.html", **options))
    return source


def text_of(content, **options):
    return read_page(content, **options).text


def runs(source, role):
    return [source.text[part.start : part.end] for part in source.parts if part.role == role]


# Pages as they are


@pytest.mark.parametrize("name", EXPECTED)
def test_page_gives_its_main_text_and_nothing_of_its_site(name):
    source = read_page((PAGES / name).read_bytes())
    assert source.format == "html"
    assert source.title == EXPECTED[name]["title"]
    assert source.warnings == ()
    assert [part for part in EXPECTED[name]["kept"] if part not in source.text] == []
    assert [part for part in EXPECTED[name]["left out"] if part in source.text] == []


@pytest.mark.parametrize("name", ["app-shell.html", "file-index.html", "frames.html", "link-list-zh.html"])
def test_page_without_main_text_is_refused_with_advice(name):
    with pytest.raises(InputError, match=r"^page\.html: the page has no main text; .*save it from a browser"):
        read_page((PAGES / name).read_bytes())


# What is a page


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"<!DOCTYPE html><title>x</title><p>y", ""),
        (b"<!doctype HTML PUBLIC '-//W3C//DTD HTML 3.2//EN'>", ""),
        (b"\xef\xbb\xbf  <html lang=en><body>", ""),
        (b"<!-- saved from url=(0017)https://example.org -->\n<HTML><HEAD>", ""),
        (b'<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x" "y">\n<html xmlns="http://www.w3.org/1999/xhtml">', ""),
        (b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', ".xml"),
        ("\ufeff<html><p>市议会</p></html>".encode("utf-16-le"), ""),
        ("<html><p>市议会</p></html>".encode("utf-16-be"), ""),
        (f"<p>{CHINESE}</p>\n<p>{CHINESE}</p>".encode("gb18030"), ""),
        (f"<div><h2>News</h2>\n{PROSE}<br><ul><li>one</li></ul></div>".encode(), ""),
        (f"<title>News</title><p>{PROSE}<p>{PROSE}".encode(), ""),
        (f"<style>p {{}}</style><article><p>{PROSE}</p></article>".encode(), ""),
        (f"{PROSE}<br>{PROSE}".encode(), ".html"),
        (b"<!DOCTYPE html><p>A page of that name.</p>", ".md"),
    ],
)
def test_page_is_recognised(content, suffix):
    assert recognise(content, suffix)


@pytest.mark.parametrize(
    ("content", "suffix"),
    [
        (b"", ""),
        (b"", ".html"),
        (PROSE.encode(), ".html"),
        (b"<div> is a block; </div> closes it. What stands between the two is laid out as one box on the page.", ""),
        (b"<p> opens a paragraph and </p> closes it", ""),
        (b"If a < b and c > d, nothing is marked up.", ".htm"),
        (f'<p align="center"><img src="logo.png"></p>\n\n# Tool\n\n{PROSE}\n\n## Use\n\n{PROSE}\n'.encode(), ""),
        (f"<p>{PROSE}</p>\n".encode(), ".md"),
        (f"# Title\n\n<div>{PROSE}</div>".encode(), ""),
        (b'<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><item><p>y</p></item></channel></rss>', ""),
        (
            b'<feed xmlns="http://www.w3.org/2005/Atom"><entry><summary>x</summary><content>y</content></entry></feed>',
            "",
        ),
        (b'<?xml version="1.0"?><article><title>x</title><section><p>y</p></section></article>', ""),
        (b"<article><info><title>x</title></info><para>y</para><para>z</para><para>z</para></article>", ""),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><text>x</text><title>y</title></svg>', ""),
        (b"<list><item>Steel</item><item>Work</item></list><p>x</p>", ""),
        (f"<hr>\n\n# Title\n\n<p>{PROSE}</p>\n\n{PROSE}\n".encode(), ""),
        (b'{"html": "<html><p>x</p></html>"}', ""),
        (b"<html", ""),
        (b"<htmlish>x</htmlish>", ""),
        (b"<template><div>x</div></template>", ".vue"),
        (b"<!-- a comment without an end <html>", ""),
        (b"\xff\xd8\xff<html>", ""),
    ],
)
def test_what_is_no_page_is_not_recognised(content, suffix):
    assert not recognise(content, suffix)


def test_recognition_of_a_long_head_without_an_end_is_short():
    for piece in ("<!--", "<?", "<!x ", "<", "<p ", "<p><", "</p>"):
        recognise(piece.encode() * (1 << 20), "")


# What a page has


def test_headings_paragraphs_lists_and_quotations_are_laid_out():
    body = f"""<h1>Bridge</h1><p>{PROSE}</p><h2>Costs</h2><ul><li>Steel: half of it.</li><li>Work: the rest.
        <ul><li>by night</li></ul></li></ul><blockquote><p>It must be done, said the mayor.</p></blockquote>
        <ol><li>Close it.</li><li>Mend it.</li></ol><p>{PROSE}</p>"""
    source = read_page(page(body, "<title>Bridge</title>"))
    assert source.text == (
        f"Bridge\n\n{PROSE}\n\nCosts\n\n- Steel: half of it.\n- Work: the rest.\n- by night\n\n"
        f"It must be done, said the mayor.\n\n1. Close it.\n2. Mend it.\n\n{PROSE}"
    )
    assert runs(source, "heading") == ["Bridge", "Costs"]
    assert runs(source, "apparatus") == []
    assert source.places == ()


def test_text_begins_with_the_title_even_if_no_heading_says_it():
    source = read_page(page(f"<p>{PROSE}</p><p>{PROSE} Again.</p>", "<title>The old bridge</title>"))
    assert source.text.startswith(f"The old bridge\n\n{PROSE}")
    assert source.parts == (RoleSpan(0, 14, "heading"),)


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Old bridge | The Courier</title>", "", "Old bridge"),
        ("<title>老桥要修_本地_东岸网</title>", "", "老桥要修"),
        ("<title>Old bridge - will it hold? - The Courier</title>", "<h1>Old bridge - will it hold?</h1>",
         "Old bridge - will it hold?"),
        ("<title>Bridges - Old bridge - Courier</title>", "<h1>Old bridge</h1>", "Old bridge"),
        ("<title>Old bridge | The Courier</title>", "<header><h1>The Courier</h1></header>", "Old bridge"),
        ("<title>The Courier » Old bridge</title>", "<h1>Old bridge</h1>", "Old bridge"),
        ("<title>New page 1</title>", "<h1>Old bridge</h1>", "Old bridge"),
        ("<title>Old bridge</title>", "<header><h1>The Courier</h1></header>", "Old bridge"),
        ("<title>The Courier</title><meta property='og:title' content='Old bridge – The Courier'>"
         "<meta property='og:site_name' content='The Courier'>", "", "Old bridge"),
        ("<title>Well-known half-truths</title>", "", "Well-known half-truths"),
        ("<title>read_url — Tools 4.2</title>", "", "read_url"),
        ("<title>  Old\n  bridge  </title>", "", "Old bridge"),
        ("<title></title>", "<h1>Old bridge</h1>", "Old bridge"),
        ("<title> | </title>", "", None),
        ("<title>Abiword HTML Document</title>", "<h1>Old bridge</h1>", "Old bridge"),
        ("", "", None),
    ],
)  # fmt: skip
def test_title_is_without_the_name_of_the_site(head, body, title):
    assert read_page(page(f"{body}<p>{PROSE}</p><p>{PROSE} So it says.</p>", head)).title == title


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>On <time>12 May</time> the <b>old</b> <i>bridge</i> will be closed.</p>",
         "On 12 May the old bridge will be closed."),
        ("<p>She called it <q>a <em>good</em> bridge</q>.</p>", "She called it “a good bridge”."),
        ("<p>It costs <del>4</del> <ins>5</ins> pounds.</p>", "It costs 5 pounds."),
        ("<p>It is old.<sup><a href='#note1'>[1]</a></sup> It is not safe.</p>", "It is old. It is not safe."),
        ("<p>The bridge\n  is\told.</p>", "The bridge is old."),
        ("<p>老桥\n  要修，<a href=x>议会\n</a>\n说。\n</p>", "老桥要修，议会说。"),
        (f"<p>老桥<a href=x>要修</a>\n<a href=y>议会</a> 说。{CHINESE}</p>", f"老桥要修议会 说。{CHINESE}"),
        (f"<p>See\n<a href=x>the</a>\n<a href=y>plan</a>. {PROSE} Once.</p>", f"See the plan. {PROSE} Once."),
        ("<p>老桥 Bridge\n要修。</p>", "老桥 Bridge要修。"),
        ("<p>One line.<br>Another line.</p>", "One line.\nAnother line."),
        ("<p>One paragraph.<br><br>Another one.</p>", "One paragraph.\n\nAnother one."),
        ("<div>　　第一段，说老桥。<br>　　第二段，说新桥。</div>", "第一段，说老桥。\n\n第二段，说新桥。"),
        ("<div>&nbsp;&nbsp;First paragraph.<br>&nbsp;&nbsp;Second one.</div>", "First paragraph.\n\nSecond one."),
        ("<p>Tom &amp; Jerry&#39;s &eacute;clair is gone.</p>", "Tom & Jerry's éclair is gone."),
        ("<p>It\x01 is&#2; \ufdd0old&#xFDD0;.\x7f</p>", "It is old."),
        ("<dl><dt>When?</dt><dd>On Monday.</dd></dl>", "When?\n\nOn Monday."),
    ],
)  # fmt: skip
def test_words_are_joined_and_parted_as_a_browser_shows_them(body, text):
    assert text_of(f"<article>{body}<p>{PROSE}</p><p>{PROSE} Again.</p></article>").startswith(f"{text}\n\n{PROSE}")


def test_short_bold_paragraph_is_a_heading():
    body = f"<p>{PROSE}</p><p><b>What it costs</b></p><p>{PROSE} Twice.</p><p><b>It is paid for by the town.</b></p>"
    assert runs(read_page(f"<article>{body}<p>{CHINESE}</p></article>"), "heading") == ["What it costs"]


def test_captions_are_set_aside():
    body = f"""<article><p>{PROSE}</p><figure><img src=a.jpg><figcaption>The bridge in 1934.</figcaption></figure>
        <p>{PROSE} Again.</p><div><img src=b.jpg><span class="img-caption">The mayor</span></div>
        <figure><h2>The old mill</h2></figure><p class=caption>The <b>new</b>
 mill</p><p>{PROSE} Twice.</p></article>"""
    assert runs(read_page(body), "apparatus") == ["The bridge in 1934.", "The mayor", "The old mill", "The new mill"]


def test_captions_are_the_text_of_a_page_that_has_no_other():
    source = read_page((PAGES / "photos-zh.html").read_bytes())
    assert "12月3日，一名护堰工人在清除闸门上的积雪，以保证干渠正常供水。" in source.text
    assert runs(source, "apparatus") == []


def test_what_posts_quote_of_each_other_is_set_aside():
    source = read_page((PAGES / "forum-xenforo-en.html").read_bytes())
    assert runs(source, "apparatus") == [
        "I changed the oil last month and used the 75W-90 the parts shop had on the shelf."
    ]


def thread(*posts):
    """Return a thread of posts, each a name and what it says."""
    names = '<div class=post><p class="authi"><a>{}</a> <i>Member</i></p><div class="bbWrapper">{}</div></div>'
    return "".join(names.format(*post) for post in posts)


def test_each_paragraph_of_a_post_says_who_wrote_it():
    assert text_of(thread(("Jo", f"{PROSE}<br><br>Who pays?"), ("老周", f"{CHINESE}<ul><li>两年。</li></ul>"))) == (
        f"Jo: {PROSE}\n\nJo: Who pays?\n\n老周：{CHINESE}\n\n- 两年。"
    )


@pytest.mark.parametrize("name", ["", " ", "<!-- x -->", "x" * 31])
def test_nobody_is_named_unless_all_are(name):
    assert text_of(thread(("Jo", PROSE), (name, CHINESE)).replace("<i>Member</i>", "")) == f"{PROSE}\n\n{CHINESE}"


def test_posts_that_only_schema_org_tells_are_read():
    post = '<div itemprop="comment"><p class=meta>moss, 5 January</p><div itemprop="text"><p>{}</p></div></div>'
    posts = post.format(PROSE) + post.format(CHINESE)
    body = f'<div itemscope itemtype="https://schema.org/DiscussionForumPosting">{posts}</div><p>Log in to reply.</p>'
    assert text_of(body) == f"{PROSE}\n\n{CHINESE}"


def test_verse_keeps_its_lines():
    text = text_of((PAGES / "poem-zh.html").read_bytes())
    assert text.endswith("我坐在门槛上\n数水缸里的云\n数到第七朵的时候\n有人喊我的小名")


def test_table_of_data_is_left_out_and_table_of_columns_is_read():
    data = "<table><tr><th>Year</th><th>Cars</th></tr><tr><td>2024</td><td>38,000</td></tr></table>"
    columns = f"<table><tr><td>Menu</td><td><p>{PROSE}</p>{data}<p>{PROSE} Again.</p></td></tr></table>"
    text = text_of(columns)
    assert PROSE in text
    assert "38,000" not in text
    assert "38,000" not in text_of(f"<p>{PROSE}</p>{data}<p>{PROSE} Again.</p>")


def test_code_is_left_out_but_words_of_code_are_read():
    body = (
        f"<article><p>Call <code>mend()</code> first.</p><pre><code>mend(bridge)</code></pre><p>{PROSE}</p></article>"
    )
    text = text_of(body)
    assert text.startswith(f"Call mend() first.\n\n{PROSE}")


def test_page_that_is_preformatted_is_its_text():
    assert text_of(f"<h1>x</h1><pre>Dear all,\n\n  {PROSE}\n\nJo</pre>").endswith(f"Dear all,\n\n  {PROSE}\n\nJo")


def test_lines_of_nothing_but_links_are_left_out():
    body = f"""<article><p><a href=1>Home</a> » <a href=2>News</a> 3</p><p>{PROSE} See <a href=3>the plan</a>.</p>
        <p>{PROSE} Again.</p><p><a href=4>Read more</a></p></article>"""
    assert text_of(body) == f"{PROSE} See the plan.\n\n{PROSE} Again."


def test_headings_with_nothing_below_them_are_left_out():
    assert text_of(f"<article><p>{PROSE}</p><p>{PROSE} Again.</p><h2>Links</h2><h3>Notes</h3></article>").endswith(
        "Again."
    )


def test_heading_is_written_once():
    body = f"<h1>Old bridge</h1><h1>Old bridge</h1><p>{PROSE}</p><p>{PROSE} Again.</p>"
    assert text_of(page(body, "<title>Old bridge</title>")).count("Old bridge\n") == 1


@pytest.mark.parametrize(
    "body",
    [
        f"<p>{PROSE}</p>",
        f"<p>{CHINESE}</p>",
        f"{PROSE}",
        f"<div>{CHINESE}</div>",
        f"<form>{PROSE}<input></form>",
        f"<table><tr><td>{PROSE}</td></tr></table>",
        f"<center><font size=2>{PROSE}</font></center>",
        f"<ul><li>{PROSE}</li></ul>",
        f"<section hidden><p>{PROSE}</p></section>",
    ],
)
def test_page_of_one_sentence_is_read(body):
    assert text_of(body).removeprefix("- ") in {PROSE, CHINESE}


@pytest.mark.parametrize(
    "content",
    [
        page(""),
        page("<p></p>"),
        page("<h1>Bridge</h1>"),
        page("<p>Bridge</p>"),
        page("<script>document.write('The bridge.')</script><noscript>Enable JavaScript, please.</noscript>"),
        page(f"<template><p>{PROSE}</p></template>"),
        page("<p>Loading…</p>"),
        page("<ul>" + "".join(f"<li><a href={day}>The news of day {day}</a></li>" for day in range(20)) + "</ul>"),
        page("".join(f"<div><a href={day}>The news of day {day}</a></div>" for day in range(20))),
        b"<!-- nothing -->",
        b"<html>",
    ],
)
def test_page_without_a_sentence_is_refused(content):
    with pytest.raises(InputError, match=r"^page\.html: the page has no main text"):
        read_page(content)


# Its encoding


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (f"<meta charset=gb2312><p>{CHINESE}".encode("gb18030"), "gb2312"),
        (f'<meta http-equiv="Content-Type" content="text/html; charset=GBK"><p>{CHINESE}'.encode("gbk"), "gbk"),
        ("<META CONTENT='text/html; charset=big5' HTTP-EQUIV=Content-Type><p>市議會開會。".encode("big5"), "big5"),
        (f'<?xml version="1.0" encoding="gb18030"?><html><p>{CHINESE}'.encode("gb18030"), "gb18030"),
        (f"<p>{CHINESE * 5}".encode("gb18030"), "gb18030"),
        (f"<meta charset=no-such-thing><p>{CHINESE * 5}".encode("gb18030"), "gb18030"),
        (f"<meta charset=gb2312><p>{CHINESE}".encode(), "utf-8"),
        (f"<meta charset=us-ascii><p>{CHINESE * 5}".encode("gb18030"), "gb18030"),
        (f"<meta charset=gb2312><p>{CHINESE}".encode("utf-8-sig"), "utf-8"),
        (f"\ufeff<meta charset=utf-8><p>{CHINESE}".encode("utf-16-le"), "utf-16-le"),
        ("<meta charset=iso-2022-jp><p>橋を直す。".encode("iso-2022-jp"), "iso2022_jp"),
    ],
)  # fmt: skip
def test_page_is_read_in_its_encoding(content, encoding):
    source = read_page(content)
    assert source.encoding == encoding
    assert source.text in {CHINESE, CHINESE * 5, "市議會開會。", "橋を直す。"}
    assert source.warnings == ()


@pytest.mark.parametrize("charset", ["gb2312", ""])
@pytest.mark.parametrize("name", ["news-zh.html", "forum-discuz-zh.html", "tables-zh.html"])
def test_chinese_page_has_the_same_text_in_another_encoding(name, charset):
    content = (PAGES / name).read_text(encoding="utf-8")
    text = text_of(content.encode())
    content = content.replace("utf-8", charset)
    assert text_of(content.encode("gb18030")) == text


def test_encoding_of_the_user_is_believed_rather_than_that_of_the_page():
    source = read_page(f"<meta charset=big5><p>{CHINESE}".encode("gb18030"), encoding="gb18030")
    assert source.text == CHINESE


def test_malformed_bytes_are_warned_of():
    content = page(f"<p>{PROSE * 20}</p>").replace(b"bridge", b"br\xffdge", 1)
    (warning,) = read_page(content, encoding="utf-8").warnings
    assert warning.startswith("page.html: 1 malformed utf-8 sequence")


# A page with its parts


def mhtml(*parts, header="From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\n"):
    head = f'{header}MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html"; boundary="b"\r\n\r\n'
    return head.encode() + b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"


def test_saved_page_with_its_parts_is_read():
    image = b"Content-Type: image/png\r\n\r\nPNG"
    html_part = (
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + base64.encodebytes(page(f"<p>{CHINESE}</p>", "<title>老桥</title>"))
    )  # fmt: skip
    content = mhtml(image, html_part)
    assert recognise(content, ".mhtml")
    assert text_of(content) == f"老桥\n\n{CHINESE}"


def test_encoding_that_a_saved_page_is_named_is_believed():
    content = mhtml(b"Content-Type: text/html; charset=big5\r\n\r\n" + "<p>市議會開會。</p>".encode("big5"))
    assert text_of(content) == "市議會開會。"


def test_mail_is_no_saved_page():
    header = "From: Jo <jo@example.org>\r\nTo: Al <al@example.org>\r\nSubject: x\r\n"
    assert not recognise(mhtml(b"Content-Type: text/html\r\n\r\n<p>x</p>", header=header), "")


def test_saved_page_of_a_word_processor_is_one():
    assert recognise(mhtml(b"Content-Type: text/html\r\n\r\n<p>x</p>", header=""), "")


def test_saved_page_without_a_page_is_refused():
    with pytest.raises(InputError, match=r"^page\.html: the MHTML file contains no page; save it again"):
        read_page(mhtml(b"Content-Type: image/png\r\n\r\nPNG"))


def test_saved_page_of_endless_parts_is_refused():
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="n%d"\r\n\r\n--n%d\r\n' % (n, n) for n in range(3000))
    with pytest.raises(InputError, match=r"^page\.html: the MHTML file contains no page"):
        read_page(mhtml(nested))


# What would take too long, or is damaged


def test_page_above_the_size_is_refused():
    with pytest.raises(InputError, match=r"^page\.html: the page is larger than 32 MB; save its text instead$"):
        read_page(page(" " * html.MAX_BYTES))


@pytest.mark.parametrize("tag", ["div", "b", "table><tr><td", "ul><li", "blockquote", "span"])
def test_page_of_endless_nesting_is_refused(tag):
    with pytest.raises(InputError, match=r"^page\.html: the elements of the page are nested too deeply; save its text"):
        read_page(page(f"<{tag}>" * 100_000 + PROSE))


@pytest.mark.parametrize(
    ("limit", "value", "body"),
    [
        ("MAX_ELEMENTS", 1000, f"<p>{PROSE}</p>" * 1001),
        ("MAX_MARKED", 1000, "<p>" + "a <span>b</span>" * 1001),
        ("MAX_MARKED", 1000, "<p><i>" + "a <b>b</b>" * 600 + "</i><i>" + "a <b>b</b>" * 600 + "</i>"),
        ("MAX_NESTED_CHARS", 10_000, "<div>" * 200 + PROSE),
    ],
)
def test_page_that_would_take_too_long_is_refused(monkeypatch, limit, value, body):
    monkeypatch.setattr(html, limit, value)
    with pytest.raises(
        InputError, match=r"^page\.html: the page is too large; save its text instead, or a part of it$"
    ):
        read_page(page(body))


@pytest.mark.parametrize(
    "made",
    [
        *("a{}=1 ", "a{} ", "a{}/", 'a{}="1"', "'a{} ", "=a{}=1 ", 'a{} = b" ', '"{}="'),
        "<p" + " a{}" * 3_000 + ">",  # 3,000 times 3,000 attributes
    ],
)
def test_attributes_that_would_take_too_long_to_read_are_refused(made, monkeypatch):
    monkeypatch.setattr("lxml.html.document_fromstring", None)  # which takes a minute for 300,000 of them
    monkeypatch.setattr(html, "MAX_ATTRIBUTE_PAIRS", 10_000_000)
    attributes = "".join(made.replace("{}", str(number)) for number in range(2 if "<p" in made else 4_000))
    with pytest.raises(InputError, match=r"^page\.html: the page is too large; save its text instead"):
        read_page(page(f"<p {attributes}>{PROSE}</p>"))


@pytest.mark.parametrize("value", ["'{}'", '"{}"'])
def test_long_value_of_an_attribute_is_one(value, monkeypatch):
    monkeypatch.setattr(html, "MAX_ATTRIBUTE_PAIRS", 10_000_000)
    assert PROSE in text_of(page(f"<p data-x={value.format('a=b c ' * 4_000)}>{PROSE}</p>"))


def test_page_within_the_limits_is_read_however_deep():
    assert text_of("<div>" * 900 + PROSE) == PROSE


def test_entities_of_a_document_type_are_not_expanded():
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    text = text_of(f"{bomb}<html><body><article><p>{PROSE}</p><p>&b; &c; {PROSE}</p></article></body></html>".encode())
    assert "aaaa" not in text
    assert "root:" not in text


def damaged(content, chance):
    """Return bytes with some of them changed, zeroed, cut out, or with a piece of markup put in between."""
    content = bytearray(content)
    for _ in range(chance.randrange(1, 40)):
        place = chance.randrange(len(content))
        kind = chance.randrange(4)
        if kind == 0:
            content[place] = chance.randrange(256)
        elif kind == 1:
            content[place : place + 20] = bytes(20)
        elif kind == 2:
            del content[place : place + chance.randrange(200)]
        else:
            content[place:place] = chance.choice([b"<", b">", b"</div>", b"<!--", b"\xff", b"<table>", b"&#0;"])
    return bytes(content)


def outcome(content):
    """Return the text of a page, or what is said of it."""
    try:
        return text_of(content)
    except InputError as error:
        return f"error: {error}"


@pytest.mark.parametrize("name", ["news-zh.html", "forum-xenforo-en.html", "tables-zh.html", "streamed-en.html"])
def test_damaged_page_gives_a_text_or_an_error_and_nothing_else(name, capfd, caplog):
    chance = random.Random(7)
    content = (PAGES / name).read_bytes()
    with caplog.at_level(logging.DEBUG):
        for _ in range(60):
            copy = damaged(content, chance)
            recognise(copy, ".html")
            found = outcome(copy)
            assert re.fullmatch(r"error: page\.html: [^\n]+", found) or not re.search("error: |[\0\ufdd0]", found)
    assert capfd.readouterr() == ("", "")
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_loggers_are_as_before():
    logger = logging.getLogger("trafilatura")
    logger.setLevel(logging.INFO)
    try:
        text_of(f"<p>{PROSE}</p>")
        assert logger.level == logging.INFO
    finally:
        logger.setLevel(logging.NOTSET)


def test_missing_library_is_said(monkeypatch):
    monkeypatch.setattr("summarize.errors.find_spec", lambda name: None)
    assert recognise(page(f"<p>{PROSE}</p>"), "")
    with pytest.raises(MissingExtraError, match=r"pip install 'summarize\[web\]'"):
        read_page(f"<p>{PROSE}</p>")


def test_recognition_loads_no_library():
    code = (
        "import sys; from summarize.inputs import html; html.recognise(b'<html>', ''); "
        "print([name for name in ('trafilatura', 'lxml', 'email', 'urllib3') if name in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize(
    "mark",
    [
        '<a href="#fn1" class="footnote-ref" role="doc-noteref"><sup>1</sup></a>',
        '<a class="sdfootnoteanc" href="#sdfootnote1sym"><sup>1</sup></a>',
        '<a href="#n" role="doc-noteref">1</a>',
        '<sup><a href="#n">1</a></sup>',
    ],
)
def test_mark_of_a_note_is_left_out(mark):
    assert text_of(f"<article><p>{PROSE}{mark}</p><p>{CHINESE}{mark}</p></article>") == f"{PROSE}\n\n{CHINESE}"


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Old bridge closes</h1><p>Subscribe to read the full article.</p><p>Already a subscriber? Log in.</p>",
        "<h1>Old bridge closes</h1><p>This article is for subscribers only. Cancel any time.</p>",
        "<h1>旧桥关闭</h1><p>登录后阅读全文</p><p>本文为会员专享内容。</p>",
        "<h1>舊橋關閉</h1><p>剩餘80%的內容訂閱後可讀。</p>",
        "<h1>Just a moment</h1><p>Enable JavaScript and cookies to continue.</p>",
    ],
)
def test_page_that_only_calls_for_a_login_is_refused(body):
    with pytest.raises(InputError, match=r"^page\.html: the page only asks to sign in, to subscribe or to "):
        read_page(body)


def test_page_with_a_sentence_beside_the_call_is_read():
    assert text_of(f"<h1>Bridge</h1><p>{PROSE}</p><p>Subscribe to read more.</p>").startswith(f"Bridge\n\n{PROSE}")


def test_what_stands_around_the_page_in_libreoffice_is_left_out():
    head, foot = '<div title="header"><p>Draft</p></div>', '<div title="footer"><p>Page 1</p></div>'
    assert text_of(f"{head}<h1>Table of Contents</h1><h1>Bridge</h1><p>{PROSE}</p>{foot}") == f"Bridge\n\n{PROSE}"


def test_headings_of_the_highest_level_that_several_have_are_its_chapters():
    headings = ("h1", "Bridge"), ("h2", "Plan"), ("h3", "Cost"), ("h2", "Vote")
    body = "".join(f"<{tag}>{heading}</{tag}><p>{PROSE}</p>" for tag, heading in headings)
    source = read_page(page(f"<article>{body}</article>"))
    assert [(source.text[place.start :].partition("\n")[0], place.value) for place in source.places] == [
        ("Plan", "Plan"),
        ("Vote", "Vote"),
    ]
    assert {place.kind for place in source.places} == {"chapter"}
    assert read_page(page(f"<article><h1>Bridge</h1><p>{PROSE}</p></article>")).places == ()

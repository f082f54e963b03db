import pytest
from office import book_members, damaged, damaged_members, page, places, read_one, refusals_of, roles, zipped

from summarize.document import Location
from summarize.errors import InputError
from summarize.inputs import epub, epub_pages

WHEEL = "河谷村的水轮建于一百二十年前。"
FLOOD = "二十年前的一场洪水冲毁了引水渠。"
CHAPTERS = {"a.xhtml": f"<h1>第一章 起点</h1><p>{WHEEL}</p>", "b.xhtml": f"<h1>第二章 终点</h1><p>{FLOOD}</p>"}
CONTENTS = '<li><a href="Text/a.xhtml">第一章 起点</a></li><li><a href="Text/b.xhtml">第二章 终点</a></li>'


def text_of(body: str) -> str:
    """Return the text of a book of one page."""
    return read_one(zipped(book_members({"a.xhtml": body}))).text


def test_a_book_is_its_pages_with_the_names_of_its_chapters():
    source = read_one(zipped(book_members(CHAPTERS, contents=CONTENTS, title="水轮志")))
    assert source.text == f"第一章 起点\n\n{WHEEL}\n\n第二章 终点\n\n{FLOOD}"
    assert (source.format, source.title, source.encoding) == ("epub", "水轮志", "utf-8")
    assert roles(source) == [("第一章 起点", "heading"), ("第二章 终点", "heading")]
    assert places(source) == [("chapter", "第一章 起点", "第一章 起点"), ("chapter", "第二章 终点", "第二章 终点")]


def test_a_book_is_told_by_its_container():
    members = book_members(CHAPTERS)
    del members["mimetype"]
    assert read_one(zipped(members)).format == "epub"
    assert not epub.recognise(zipped({"mimetype": "application/epub+zip"}), ".epub")


def test_the_spine_says_the_order_and_what_stands_beside_it_is_left_out():
    spine = '<itemref idref="b.xhtml"/><itemref idref="nav"/><itemref idref="a.xhtml" linear="no"/>' * 2
    assert read_one(zipped(book_members(CHAPTERS, spine=spine))).text == f"第二章 终点\n\n{FLOOD}"


def test_chapters_within_a_page_begin_where_the_contents_point():
    body = f'<h2 id="x">起点</h2><p>{WHEEL}</p><p><a id="y"/>终点</p><p>{FLOOD}</p>'
    contents = (
        '<li><a href="Text/a.xhtml#x">甲</a><ol><li><a href="Text/a.xhtml#y">终 点</a></li></ol></li>'
        '<li><a href="Text/a.xhtml#gone">无</a></li><li><a href="http://[half">坏</a></li>'
    )
    source = read_one(zipped(book_members({"a.xhtml": body}, contents=contents)))
    assert places(source) == [("chapter", "甲", "起点"), ("chapter", "终 点", "终点")]
    assert roles(source) == [("起点", "heading"), ("终点", "heading")]


def test_an_anchor_within_a_paragraph_counts_from_the_next_on():
    body = f'<p>水轮<a id="y">转了。</a></p><p>{WHEEL}</p>'
    source = read_one(zipped(book_members({"a.xhtml": body}, contents='<li><a href="Text/a.xhtml#y">乙</a></li>')))
    assert source.places == (Location(7, "chapter", "乙"),)


def test_the_contents_of_older_books_are_read():
    members = book_members(CHAPTERS)
    members["OEBPS/content.opf"] = members["OEBPS/content.opf"].replace(
        'id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"',
        'id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"',
    )
    members["OEBPS/toc.ncx"] = (
        '<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" "http://x/ncx-2005-1.dtd">'
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/"><navMap><navPoint><navLabel><text>甲</text></navLabel>'
        '<content src="Text/a.xhtml"/><navPoint><navLabel><text>乙</text></navLabel><content src="Text/b.xhtml"/>'
        "</navPoint></navPoint><navPoint/></navMap></ncx>"
    )
    assert places(read_one(zipped(members))) == [("chapter", "甲", "第一章 起点"), ("chapter", "乙", "第二章 终点")]


def test_headings_are_the_chapters_where_there_are_no_contents():
    assert places(read_one(zipped(book_members(CHAPTERS)))) == [
        ("chapter", "第一章 起点", "第一章 起点"),
        ("chapter", "第二章 终点", "第二章 终点"),
    ]


def test_the_cover_and_the_contents_are_left_out_and_imprints_are_set_aside():
    pages = {
        "cover.xhtml": "<p>水轮志封面</p>",
        "imprint.xhtml": "<p>书名：水轮志</p><p>版权所有。</p>",
        "title.xhtml": '<section epub:type="titlepage"><h1>水轮志</h1><p>林小雨 著</p>'
        '<div class="abstract">水轮转了。</div></section>',
        **CHAPTERS,
    }
    contents = '<li><a href="Text/imprint.xhtml">版权信息</a></li>' + CONTENTS
    guide = '<reference type="cover" href="Text/cover.xhtml"/>'
    source = read_one(zipped(book_members(pages, contents=contents, guide=guide)))
    assert "封面" not in source.text
    assert "水轮转了。" in source.text
    assert roles(source) == [
        ("书名：水轮志", "apparatus"),
        ("版权所有。", "apparatus"),
        ("水轮志", "heading"),
        ("林小雨 著", "apparatus"),
        ("第一章 起点", "heading"),
        ("第二章 终点", "heading"),
    ]


def test_what_project_gutenberg_puts_around_a_book_is_left_out():
    first = "<p>This eBook is for the use of anyone.</p><p>*** START OF THE PROJECT GUTENBERG EBOOK MILL ***</p>"
    last = "<p>*** END OF THE PROJECT GUTENBERG EBOOK MILL ***</p><p>Updated editions will replace this one.</p>"
    newer = f'<section class="pg-boilerplate pgheader" id="pg-header"><p>{FLOOD}</p></section><p>It turns.</p>'
    assert text_of(f"{first}<p>The wheel turned.</p>{last}") == "The wheel turned."
    assert text_of(newer) == "It turns."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("<p>水轮\n转了。</p><div>It\n turns.</div>", "水轮转了。\n\nIt turns.", id="wrapped lines"),
        pytest.param("<p>甲<br/>乙</p><h2>丙<br/>丁</h2>", "甲\n乙\n\n丙丁", id="line breaks"),
        pytest.param("甲<div>乙<p>丙</p>丁</div>戊", "甲\n\n乙\n\n丙\n\n丁\n\n戊", id="text between blocks"),
        pytest.param("<ul><li>甲</li><li><p>乙</p><p>续</p></li></ul>", "- 甲\n- 乙\n\n续", id="bullets"),
        pytest.param("<ol start='3'><li>甲</li><li>乙</li></ol>", "3. 甲\n4. 乙", id="numbers"),
        pytest.param(
            "<ol type='a'><li>甲<ol><li>子</li></ol></li><li>乙</li></ol>", "a. 甲\n1. 子\nb. 乙", id="in others"
        ),
        pytest.param("<li>甲</li>", "- 甲", id="an item without a list"),
        pytest.param("<p>水<em>轮</em><span>转</span>了</p>", "水轮转了", id="emphasis"),
        pytest.param("<p><ruby>水<rp>(</rp><rt>shuǐ</rt><rp>)</rp></ruby>轮</p>", "水轮", id="rubies"),
        pytest.param(
            "<p>甲</p><pre>x = 1</pre><script>x</script><svg><text>x</text></svg><p>乙</p>", "甲\n\n乙", id="code"
        ),
        pytest.param("<p>甲&#160;&lt;乙&gt;</p>", "甲 <乙>", id="characters by number"),
        pytest.param("<p hidden='hidden'>密</p><p>明</p>", "明", id="hidden"),
        pytest.param("<dl><dt>轮</dt><dd>转的。</dd></dl>", "轮\n\n转的。", id="definitions"),
        pytest.param("<p><math><mi>x</mi><mn>1</mn><annotation>x_1</annotation></math>大</p>", "x1大", id="formulas"),
        pytest.param("<p><![CDATA[甲<乙]]><!-- 注 --></p>", "甲<乙", id="marked text"),
    ],
)
def test_a_page_is_read_as_it_is_seen(body, text):
    assert text_of(body) == text


@pytest.mark.parametrize(
    "mark",
    [
        '<a epub:type="noteref" href="n.xhtml#1">1</a>',
        '<sup><a href="#n1">1</a></sup>',
        '<a href="#n1"><sup>[1]</sup></a>',
        '<a href="#n1" class="footnote-ref">1</a>',
        '<a href="#n1">[1]</a>',
        "<sup>①</sup>",
        '<span epub:type="pagebreak" id="p7">7</span>',
        '<aside epub:type="footnote"><p>注</p></aside>',
        '<div role="doc-endnotes"><p>注</p></div>',
        '<section class="footnotes"><p>注</p></section>',
    ],
)
def test_notes_and_their_marks_and_numbers_of_pages_are_left_out(mark):
    assert "".join(text_of(f"<div>水轮转了{mark}。</div>").split()) == "水轮转了。"


def test_figures_in_links_and_powers_are_no_marks_of_notes():
    body = '<p>See page <a href="#p12">12</a>, where 3 km<sup>2</sup> of land are drawn.</p>'
    assert text_of(body) == "See page 12, where 3 km2 of land are drawn."


def test_very_many_raised_words_in_a_paragraph_are_all_read():
    assert (
        text_of(f"<p>The mill{'<sup>x</sup>' * 100_000} km<sup></sup><sup>2</sup></p>")
        == f"The mill{'x' * 100_000} km2"
    )


def test_captions_are_set_aside():
    body = f"<figure><img src='x'/><figcaption>图1 水轮</figcaption></figure><p>{WHEEL}</p>"
    assert roles(read_one(zipped(book_members({"a.xhtml": body})))) == [("图1 水轮", "apparatus")]


def test_of_tables_the_cells_with_sentences_are_read():
    inner = "<table><tr><td>20</td></tr></table>"
    rows = f"<tr><th>主轴</th><td>32</td></tr><tr><td>{WHEEL}</td><td>{inner}</td></tr>"
    assert text_of(f"<table>{rows}</table>") == WHEEL


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<html><body><p>水轮<p>转了。<br>好&nbsp;啊</body></html>", id="as HTML"),
        pytest.param("<html><body><div><p>水轮</div><p>转了。<br>好&nbsp;啊</p></b></body></html>", id="badly nested"),
        pytest.param("<html><head><title/><style/></head><body><p>水轮</p><p>转了。<br>好 啊", id="not closed"),
        pytest.param("<p>水轮</p><p>转了。<br/>好&nbsp;啊</p>", id="without a root"),
        pytest.param('<!DOCTYPE html [<!ENTITY x "y">]><html><p>水轮</p><p>转了。<br/>好 啊</p></html>', id="entities"),
    ],
)
def test_a_page_that_is_no_xml_is_read_as_browsers_do(page):
    members = book_members({"a.xhtml": ""})
    members["OEBPS/Text/a.xhtml"] = page
    assert read_one(zipped(members)).text == "水轮\n\n转了。\n好 啊"


@pytest.mark.parametrize(
    "damage",
    ["<p x='", "<a", "<!--", "<![CDATA[", "<?", "<!DOCTYPE html [", "</", "</b>", "<", "&", "<script>", "<b></i>"],
)
def test_a_page_with_damage_loses_no_text_behind_it(damage):
    members = book_members({"a.xhtml": ""})
    members["OEBPS/Text/a.xhtml"] = f"<p>水轮</p>{damage * 3}<p>转了。</p></script><p>好</p>"
    text = read_one(zipped(members)).text
    assert text.startswith("水轮")
    assert text.endswith("好")


def test_an_empty_page_is_no_damage():
    members = book_members({"a.xhtml": "", "b.xhtml": f"<p>{WHEEL}</p>"})
    members["OEBPS/Text/a.xhtml"] = " "
    assert read_one(zipped(members)).text == WHEEL


def test_a_page_in_another_encoding_is_read():
    members = book_members({"a.xhtml": ""})
    declared = page(f"<p>{WHEEL * 5}</p>").replace("utf-8", "gb2312")
    for encoded in (declared.encode("gb2312"), declared.replace("gb2312", "klingon").encode()):
        members["OEBPS/Text/a.xhtml"] = encoded
        assert read_one(zipped(members)).text == WHEEL * 5


def test_a_page_that_is_no_text_is_refused():
    members = {**book_members({"a.xhtml": ""}), "OEBPS/Text/a.xhtml": bytes(range(256)) * 9}
    with pytest.raises(InputError, match=r"^a file: is damaged \(a page is not text\); convert it to EPUB again$"):
        read_one(zipped(members))


def test_a_page_that_is_no_xml_and_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(epub_pages, "MAX_LOOSE_BYTES", 100)
    members = book_members({"a.xhtml": ""})
    members["OEBPS/Text/a.xhtml"] = "<p>水轮" * 50
    with pytest.raises(InputError, match=r"^a file: is damaged \(a page is not XML\); convert it to EPUB again$"):
        read_one(zipped(members))


ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:enc="http://www.w3.org/2001/04/xmlenc#">'
    '<enc:EncryptedData><enc:EncryptionMethod Algorithm="{}"/><enc:CipherData><enc:CipherReference URI="{}"/>'
    "</enc:CipherData></enc:EncryptedData></encryption>"
)


def test_a_protected_book_is_said_to_be_one():
    members = book_members(CHAPTERS)
    method = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    members["META-INF/encryption.xml"] = ENCRYPTION.format(method, "OEBPS/Text/a.xhtml")
    with pytest.raises(InputError, match=r"^a file: is copy-protected \(DRM\); only its own reader program can"):
        read_one(zipped(members))


@pytest.mark.parametrize(
    ("method", "member"),
    [
        ("http://www.idpf.org/2008/embedding", "OEBPS/Text/a.xhtml"),
        ("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OEBPS/font.ttf"),
    ],
)
def test_a_book_with_scrambled_fonts_is_read(method, member):
    members = book_members(CHAPTERS)
    members["META-INF/encryption.xml"] = ENCRYPTION.format(method, member)
    assert WHEEL in read_one(zipped(members)).text


def test_pages_that_are_missing_are_told_of():
    members = book_members({**CHAPTERS, "c.xhtml": "", "d.xhtml": ""})
    del members["OEBPS/Text/c.xhtml"]
    assert read_one(zipped(members)).warnings == ("a file: 1 file of the book is missing",)
    del members["OEBPS/Text/d.xhtml"]
    assert read_one(zipped(members)).warnings == ("a file: 2 files of the book are missing",)


def test_names_with_blanks_and_chinese_are_found():
    members = book_members(CHAPTERS, contents=CONTENTS.replace("Text/a.xhtml", "Text/%E7%AB%A0%201.xhtml#top"))
    members["OEBPS/content.opf"] = members["OEBPS/content.opf"].replace("Text/a.xhtml", "Text/%E7%AB%A0%201.xhtml")
    members["OEBPS/Text/章 1.xhtml"] = members.pop("OEBPS/Text/a.xhtml")
    assert places(read_one(zipped(members)))[0] == ("chapter", "第一章 起点", "第一章 起点")


@pytest.mark.parametrize(
    ("member", "content", "message"),
    [
        ("META-INF/container.xml", "<a/>", "is damaged or truncated; download it again"),
        ("META-INF/container.xml", "<a", "is damaged .META-INF/container.xml: not well-formed XML"),
        ("OEBPS/content.opf", "<package/>", r"contains no text to summarize \(epub\)"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(member, content, message):
    with pytest.raises(InputError, match=f"^a file: {message}"):
        read_one(zipped({**book_members(CHAPTERS), member: content}))


def test_a_book_of_many_chapters_has_them_all():
    pages = {f"{number}.xhtml": f"<h1>第{number}章</h1><p>{WHEEL}</p>" for number in range(400)}
    contents = "".join(f'<li><a href="Text/{number}.xhtml">第{number}章</a></li>' for number in range(400))
    source = read_one(zipped(book_members(pages, contents=contents)))
    assert len(source.places) == len(source.parts) == source.text.count(WHEEL) == 400


def test_damaged_copies_give_a_text_or_one_line(capfd, caplog):
    members = book_members(CHAPTERS, contents=CONTENTS, title="水轮志")
    assert len(refusals_of(damaged(zipped(members)), epub.read)) > 20
    assert refusals_of(damaged_members(members), epub.read)
    assert capfd.readouterr() == ("", "")
    assert not caplog.records

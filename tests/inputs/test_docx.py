from io import BytesIO

import docx as python_docx
import pytest
from docx.shared import Pt
from office import (
    NAMESPACES,
    damaged,
    damaged_members,
    docx_members,
    paragraph,
    places,
    read_one,
    refusals_of,
    relations,
    roles,
    run,
    zipped,
)

from summarize.document import Location, RoleSpan
from summarize.errors import InputError
from summarize.inputs import docx
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options

WHEEL = "河谷村的水轮建于一百二十年前。"
FLOOD = "二十年前的一场洪水冲毁了引水渠。"
HEADINGS = (
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr>'
    "</w:style>"
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="Title"/></w:style>'
)


def style(name: str, properties: str = "", based_on: str = "") -> str:
    based_on = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{name.replace(" ", "")}"><w:name w:val="{name}"/>{based_on}'
        f"<w:pPr>{properties}</w:pPr></w:style>"
    )


def text_of(body: str, **parts: str) -> str:
    """Return the text of a Word document with this body."""
    return read_one(zipped(docx_members(body, **parts))).text


BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "separate", "end"))


def field(instruction: str, shown: str) -> str:
    return f"{BEGIN}<w:r><w:instrText>{instruction}</w:instrText></w:r>{SEPARATE}{run(shown)}{END}"


def table(*rows: list[str]) -> str:
    """Return a table; each cell is a paragraph, or what is XML already."""
    written = (
        "".join(f"<w:tc>{cell if cell.startswith('<') else paragraph(cell)}</w:tc>" for cell in cells) for cells in rows
    )
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in written)}</w:tbl>"


def test_paragraphs_are_parted_by_blank_lines():
    source = read_one(zipped(docx_members(paragraph(WHEEL) + paragraph("") + paragraph(FLOOD))))
    assert source.text == f"{WHEEL}\n\n{FLOOD}"
    assert (source.format, source.encoding, source.title, source.parts) == ("docx", "utf-8", None, ())


def test_a_document_of_a_library_is_read():
    document = python_docx.Document()
    document.core_properties.title = "Annual Report"
    document.add_heading("The Valley Mill", 0)
    document.add_heading("Background", 1)
    document.add_paragraph("The wheel stood still for twenty years.").add_run(" Now it turns.").bold = True
    document.add_paragraph("The shaft was replaced", "List Number")
    document.add_paragraph("The channel was cleared", "List Number")
    document.add_paragraph("The dam is sound", "List Bullet")
    document.add_heading("Costs", 1)
    document.add_paragraph("Figure 1. The wheel", "Caption")
    document.add_paragraph("It cost 800,000 crowns.").paragraph_format.space_after = Pt(12)
    document.add_table(2, 2).cell(0, 0).text = "32"
    document.sections[0].header.paragraphs[0].text = "Confidential"
    buffer = BytesIO()
    document.save(buffer)
    source = read_one(buffer.getvalue())
    assert source.text == (
        "The Valley Mill\n\nBackground\n\nThe wheel stood still for twenty years. Now it turns.\n\n"
        "1. The shaft was replaced\n2. The channel was cleared\n- The dam is sound\n\nCosts\n\n"
        "Figure 1. The wheel\n\nIt cost 800,000 crowns."
    )
    assert roles(source) == [
        ("The Valley Mill", "heading"),
        ("Background", "heading"),
        ("Costs", "heading"),
        ("Figure 1. The wheel", "apparatus"),
    ]
    assert source.title == "The Valley Mill"
    assert places(source) == [("chapter", "Background", "Background"), ("chapter", "Costs", "Costs")]


def test_a_document_with_another_name_is_told_by_its_content():
    content = zipped(docx_members(paragraph(WHEEL)))
    for suffix in (".doc", ".txt", ".zip", ""):
        assert read_bytes(content, Options(suffix=suffix))[0].text == WHEEL


def test_other_archives_are_no_word_documents():
    assert not docx.recognise(zipped({"word/document.xml": ""}), ".docx")
    assert not docx.recognise(zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), ".docx")
    assert not docx.recognise(b"word/document.xml", ".docx")


@pytest.mark.parametrize(
    ("styles", "used"),
    [
        pytest.param(HEADINGS, "1", id="Word and WPS"),
        pytest.param(style("Heading 1"), "Heading1", id="LibreOffice"),
        pytest.param(style("标题 1"), "标题1", id="a Chinese name"),
        pytest.param(style("My chapters", '<w:outlineLvl w:val="1"/>'), "Mychapters", id="a style of one's own"),
        pytest.param(HEADINGS + style("Mine", based_on="1"), "Mine", id="a style based on another"),
    ],
)
def test_headings_are_told_by_their_style(styles, used):
    source = read_one(zipped(docx_members(paragraph("第一章 起点", used) + paragraph(WHEEL), styles=styles)))
    assert source.text == f"第一章 起点\n\n{WHEEL}"
    assert source.parts == (RoleSpan(0, 6, "heading"),)
    assert source.title == "第一章 起点"


def test_a_paragraph_may_be_a_heading_or_none_whatever_its_style_says():
    body = paragraph("起点", "", '<w:outlineLvl w:val="0"/>') + paragraph("不是标题", "1", '<w:outlineLvl w:val="9"/>')
    assert roles(read_one(zipped(docx_members(body + paragraph(WHEEL), styles=HEADINGS)))) == [("起点", "heading")]


def test_a_style_for_text_may_be_based_on_that_of_headings():
    styles = HEADINGS + style("Plain", '<w:outlineLvl w:val="9"/>', based_on="1")
    assert roles(read_one(zipped(docx_members(paragraph("不是标题", "Plain"), styles=styles)))) == []


def test_styles_in_a_circle_end():
    styles = style("A", based_on="B") + style("B", based_on="A")
    assert text_of(paragraph(WHEEL, "A"), styles=styles) == WHEEL


def test_a_whole_paragraph_with_the_style_of_headings_is_text():
    long = "The wheel turned again after twenty years, and the street lights have had power since."
    assert roles(read_one(zipped(docx_members(paragraph(long, "1"), styles=HEADINGS)))) == []


def test_chapters_are_the_headings_of_the_highest_level_of_which_there_are_several():
    body = "".join(paragraph(name, level) for name, level in (("水轮", "1"), ("起点", "2"), ("终点", "2")))
    source = read_one(zipped(docx_members(body + paragraph(WHEEL), styles=HEADINGS)))
    assert source.places == (Location(4, "chapter", "起点"), Location(8, "chapter", "终点"))


def test_title_is_that_over_the_text_then_the_declared_one_unless_no_one_chose_it():
    body = paragraph("水轮志", "T") + paragraph("第一章", "1") + paragraph(WHEEL)
    without = paragraph("第一章", "1") + paragraph(WHEEL)
    for content, declared, title in (
        (body, "旧稿", "水轮志"),
        (without, "水轮志", "水轮志"),
        (without, "Microsoft Word - 稿.doc", "第一章"),
        (without, "文档1", "第一章"),
        (paragraph(WHEEL), "", None),
    ):
        assert read_one(zipped(docx_members(content, styles=HEADINGS, title=declared))).title == title


def test_what_was_inserted_is_read_and_what_was_deleted_is_not():
    body = (
        f'<w:p>{run("水轮")}<w:del w:id="1"><w:r><w:delText>已经</w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{run("终于")}</w:ins>{run("转了。")}</w:p>'
        f'<w:p><w:moveFrom w:id="3">{run("搬走了。")}</w:moveFrom><w:moveTo w:id="4">{run("搬来了。")}</w:moveTo></w:p>'
    )
    assert text_of(body) == "水轮终于转了。\n\n搬来了。"


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    body = paragraph("水轮终于", "", "<w:rPr><w:del/></w:rPr>") + paragraph("转了。") + paragraph(FLOOD)
    assert text_of(body) == f"水轮终于转了。\n\n{FLOOD}"
    assert text_of(paragraph(WHEEL, "", "<w:rPr><w:del/></w:rPr>")) == WHEEL


def test_a_large_first_letter_belongs_to_its_word():
    body = paragraph("T", "", '<w:framePr w:dropCap="drop"/>') + paragraph("he wheel turned.")
    assert text_of(body) == "The wheel turned."


def test_text_stands_in_links_controls_tags_and_rubies():
    body = (
        f"<w:p><w:hyperlink>{run('水')}</w:hyperlink><w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{run('轮')}"
        f"</w:sdtContent></w:sdt><w:smartTag>{run('又')}</w:smartTag><w:r><w:ruby><w:rt>{run('zhuàn')}</w:rt><w:rubyBase>"
        f"{run('转')}</w:rubyBase></w:ruby></w:r><w:fldSimple w:instr=' AUTHOR '>{run('了')}</w:fldSimple>"
        "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath><w:r><w:t>。</w:t><w:noBreakHyphen/><w:softHyphen/></w:r></w:p>"
    )
    assert text_of(body) == "水轮又转了x=1。-"


def test_a_control_around_paragraphs_is_read_and_its_prompt_is_not():
    prompt = (
        f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{paragraph('Click here.')}</w:sdtContent></w:sdt>"
    )
    filled = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph(WHEEL)}</w:sdtContent></w:sdt>"
    assert text_of(prompt + filled) == WHEEL


RAISED = '<w:vertAlign w:val="superscript"/>'


def test_a_power_behind_an_empty_run_is_no_mark_of_a_note():
    body = f"<w:p>{run('The field has 3 km')}<w:r><w:t/></w:r>{run('2', RAISED)}{run(' of grass.')}</w:p>"
    assert text_of(body) == "The field has 3 km2 of grass."


def test_notes_comments_and_hidden_text_are_left_out():
    hidden, shown = run("密", "<w:vanish/>"), run("明", '<w:vanish w:val="0"/>')
    body = (
        f"<w:p>{run('水轮转了')}<w:r><w:footnoteReference w:id='1'/></w:r>{run('[1]', RAISED)}"
        f"<w:commentRangeStart w:id='0'/>{run('。')}<w:r><w:commentReference w:id='0'/></w:r>{hidden}{shown}</w:p>"
    )
    assert text_of(body) == "水轮转了。明"


def test_the_mark_of_a_note_may_be_raised_by_its_style():
    styles = (
        '<w:style w:type="character" w:styleId="T2"><w:name w:val="2 Text"/><w:rPr>' + RAISED + "</w:rPr></w:style>"
    )
    body = f"<w:p>{run('水轮转了。')}{run('1', '<w:rStyle w:val=&quot;T2&quot;/>'.replace('&quot;', chr(34)))}</w:p>"
    assert text_of(body, styles=styles) == "水轮转了。"


def test_a_raised_figure_stays_where_it_is_a_power():
    assert text_of(f"<w:p>{run('It has 3 km')}{run('2', RAISED)}{run(' of land.')}</w:p>") == "It has 3 km2 of land."
    assert text_of(f"<w:p>{run('It turns.')}{run('2', RAISED)}</w:p>") == "It turns."


def test_a_table_of_contents_is_left_out_however_it_is_made():
    styles = HEADINGS + style("toc 1") + style("WPSOffice手动目录 1")
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    entries = [
        f"<w:p>{field('TOC &quot;1-3&quot;', '第一章 起点 3')}</w:p>",
        f"<w:p>{BEGIN}<w:r><w:instrText>TO</w:instrText></w:r><w:r><w:instrText>C</w:instrText></w:r>{SEPARATE}"
        f"{run('起点')}</w:p>{paragraph('终点')}<w:p>{END}</w:p>",
        paragraph("第一章 起点\t3", "toc1"),
        paragraph("第一章 起点 3", "WPSOffice手动目录1"),
        f"<w:sdt>{gallery}<w:sdtContent>{paragraph('第一章 起点 3')}</w:sdtContent></w:sdt>",
    ]
    for entry in entries:
        assert text_of(entry + paragraph(WHEEL), styles=styles) == WHEEL


def test_the_word_contents_alone_is_set_aside():
    assert roles(read_one(zipped(docx_members(paragraph("目  录") + paragraph(WHEEL))))) == [("目 录", "apparatus")]


def test_of_a_field_only_what_it_shows_is_read():
    outer = f"{BEGIN}<w:r><w:instrText>IF </w:instrText></w:r>{field('X', '甲')}{SEPARATE}{run('乙')}{END}"
    assert text_of(f"<w:p>{run('见')}{field('REF a', '下文')}{field('PAGE', '7')}{outer}</w:p>") == "见下文乙"


def test_a_field_that_never_ends_takes_nothing_away():
    begin = f"<w:p>{BEGIN}<w:r><w:instrText>TOC</w:instrText></w:r></w:p>"
    assert text_of(begin + paragraph(WHEEL)) == WHEEL
    assert text_of(begin * 50 + paragraph(WHEEL) + f"<w:p>{END}</w:p>" * 50) == WHEEL


def test_a_text_box_is_read_once_behind_the_paragraph_that_it_hangs_on():
    box = f"<w:txbxContent>{paragraph(FLOOD)}</w:txbxContent>"
    choice = (
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
    )
    fallback = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    for drawn in (f"<mc:AlternateContent>{choice}{fallback}</mc:AlternateContent>", f"<w:pict>{box}</w:pict>"):
        assert text_of(f"<w:p>{run('水轮')}<w:r>{drawn}</w:r>{run('转了。')}</w:p>") == f"水轮转了。\n\n{FLOOD}"


def test_code_is_left_out_and_captions_are_set_aside():
    styles = style("Source Code") + style("HTML Preformatted") + style("caption") + style("题注")
    body = paragraph("x = 1", "SourceCode") + paragraph("y = 2", "HTMLPreformatted") + paragraph("图1 水轮", "caption")
    source = read_one(zipped(docx_members(body + paragraph("表1 经费", "题注") + paragraph(WHEEL), styles=styles)))
    assert source.text == f"图1 水轮\n\n表1 经费\n\n{WHEEL}"
    assert roles(source) == [("图1 水轮", "apparatus"), ("表1 经费", "apparatus")]


def test_of_tables_the_cells_with_sentences_are_read():
    figures = table(["项目", "金额"], ["主轴", "32"])
    layout = table(["背景", WHEEL], [table(["32", "The wheel turned again at last."]), "签名："])
    assert text_of(figures + layout) == f"{WHEEL}\n\nThe wheel turned again at last."


def test_a_cell_with_a_sentence_keeps_its_headings():
    source = read_one(zipped(docx_members(table([paragraph("背景", "1") + paragraph(WHEEL)]), styles=HEADINGS)))
    assert source.text == f"背景\n\n{WHEEL}"
    assert roles(source) == [("背景", "heading")]


def test_a_row_that_was_deleted_is_left_out():
    deleted = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{paragraph(FLOOD)}</w:tc></w:tr>"
    assert text_of(f"<w:tbl>{deleted}<w:tr><w:tc>{paragraph(WHEEL)}</w:tc></w:tr></w:tbl>") == WHEEL


def level(place: int, form: str, pattern: str, more: str = "") -> str:
    start = "" if "w:start" in more else '<w:start w:val="1"/>'
    return f'<w:lvl w:ilvl="{place}">{start}{more}<w:numFmt w:val="{form}"/><w:lvlText w:val="{pattern}"/></w:lvl>'


def numbered(number: int, place: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{place}"/><w:numId w:val="{number}"/></w:numPr>'


LINKED = '<w:pStyle w:val="1"/>'
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="0">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "%2)")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "chineseCountingThousand", "第%1条")}'
    f"{level(1, 'decimal', '%1.%2', '<w:isLgl/>')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="3">{level(0, "chineseCounting", "第%1章", LINKED)}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="2"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)


@pytest.mark.parametrize(
    ("items", "labels"),
    [
        pytest.param([(1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["1.", "a)", "b)", "2.", "a)"], id="levels"),
        pytest.param([(2, 0), (2, 0)], ["-", "-"], id="bullets"),
        pytest.param([(3, 0), (3, 1), (3, 0)], ["第一条", "1.1", "第二条"], id="articles of a law"),
        pytest.param([(1, 0), (1, 0), (5, 0), (5, 0)], ["1.", "2.", "1.", "2."], id="begun anew"),
        pytest.param([(9, 0), (1, 8)], ["-", "-"], id="of no list"),
    ],
)
def test_items_have_their_marks_and_a_line_each(items, labels):
    body = "".join(paragraph("水轮转了", "", numbered(*item)) for item in items)
    assert text_of(body, numbering=NUMBERING) == "\n".join(f"{label} 水轮转了" for label in labels)


def test_a_number_of_zero_takes_a_paragraph_out_of_its_list():
    styles = style("List Bullet", numbered(2))
    body = paragraph("石坝完好", "ListBullet") + paragraph(WHEEL, "ListBullet", numbered(0))
    assert text_of(body, styles=styles, numbering=NUMBERING) == f"- 石坝完好\n\n{WHEEL}"


def test_an_item_may_have_further_paragraphs_and_a_heading_a_tab():
    numbering = f'<w:abstractNum w:abstractNumId="0">{level(0, "bullet", " ")}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    body = paragraph("第一章\t起点", "1") + paragraph(WHEEL, "", numbered(1))
    assert text_of(body, styles=HEADINGS, numbering=numbering) == f"第一章 起点\n\n{WHEEL}"


def test_headings_have_their_automatic_numbers():
    styles = HEADINGS.replace("<w:pPr>", f"<w:pPr>{numbered(4)}", 1)
    body = paragraph("起点", "1") + paragraph(WHEEL) + paragraph("终点", "1")
    source = read_one(zipped(docx_members(body, styles=styles, numbering=NUMBERING)))
    assert source.text == f"第一章 起点\n\n{WHEEL}\n\n第二章 终点"


def test_line_breaks_stay_in_paragraphs_and_not_in_headings():
    broken = "<w:r><w:t>水轮</w:t><w:br/><w:t>转了</w:t></w:r>"
    heading = f'<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>{broken}</w:p>'
    assert text_of(f"{heading}<w:p>{broken}</w:p>", styles=HEADINGS) == "水轮转了\n\n水轮\n转了"


def test_the_strict_form_is_read():
    members = docx_members(paragraph("第一章", "1") + paragraph(WHEEL), styles=HEADINGS)
    strict = {
        name: part.replace(
            "schemas.openxmlformats.org/wordprocessingml/2006/", "purl.oclc.org/ooxml/wordprocessingml/"
        ).replace("schemas.openxmlformats.org/officeDocument/2006/", "purl.oclc.org/ooxml/officeDocument/")
        for name, part in members.items()
    }
    source = read_one(zipped(strict))
    assert source.text == f"第一章\n\n{WHEEL}"
    assert roles(source) == [("第一章", "heading")]


def test_a_document_of_another_name_in_its_package_is_found():
    members = docx_members(paragraph(WHEEL))
    members["word/document2.xml"] = members.pop("word/document.xml")
    members["_rels/.rels"] = relations({"a": ("officeDocument", "/word/document2.xml")})
    assert read_one(zipped(members)).text == WHEEL


def test_a_document_without_styles_numbers_and_properties_is_read():
    members = docx_members(paragraph(WHEEL, "1", numbered(3)))
    kept = {name: members[name] for name in ("[Content_Types].xml", "word/document.xml")}
    assert read_one(zipped(kept)).text == f"- {WHEEL}"


def test_a_document_with_a_password_is_said_to_have_one():
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    with pytest.raises(
        InputError, match=r"^a file: is encrypted; open it with its password and save it without one first$"
    ):
        read_one(content)


def test_an_old_word_document_is_refused_with_a_hint():
    with pytest.raises(InputError, match=r"^a file: looks like an old Microsoft Office document; "):
        read_one(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))


@pytest.mark.parametrize(
    ("members", "message"),
    [
        (
            {"word/document.xml": f"<w:document {NAMESPACES}/>"},
            r"is not a Word document, or is damaged; open it in Word",
        ),
        ({"word/other.xml": ""}, r"is damaged \(word/document.xml is missing\)"),
        ({"word/document.xml": "<a>"}, r"is damaged \(word/document.xml: not well-formed XML at line 1, column 4\)"),
        (
            {"word/document.xml": f"<w:document {NAMESPACES}><w:body/></w:document>"},
            r"contains no text to summarize \(docx\)",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_line(members, message):
    with pytest.raises(InputError, match=f"^a file: {message}"):
        read_one(zipped({"[Content_Types].xml": "", **members}))


def test_elements_nested_without_end_are_refused():
    deep = "<w:sdt><w:sdtContent>" * 200 + paragraph(WHEEL) + "</w:sdtContent></w:sdt>" * 200
    with pytest.raises(InputError, match="nested too deeply"):
        text_of(deep)


def test_damaged_copies_give_a_text_or_one_line(capfd, caplog):
    body = (
        paragraph("第一章", "1")
        + paragraph(WHEEL, "", numbered(1)) * 3
        + table(["甲", FLOOD])
        + f"<w:p>{field('X', 'y')}</w:p>"
    )
    members = docx_members(body, styles=HEADINGS, numbering=NUMBERING, title="水轮志")
    assert len(refusals_of(damaged(zipped(members)), docx.read)) > 20
    assert refusals_of(damaged_members(members), docx.read)
    assert capfd.readouterr() == ("", "")
    assert not caplog.records

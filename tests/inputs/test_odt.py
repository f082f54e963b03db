from io import BytesIO

import odfdo
import pytest
from office import ODF_NAMESPACES, damaged, damaged_members, odf_members, places, read_one, refusals_of, roles, zipped

from summarize.document import RoleSpan
from summarize.errors import InputError
from summarize.inputs import odt

WHEEL = "河谷村的水轮建于一百二十年前。"
FLOOD = "二十年前的一场洪水冲毁了引水渠。"


def text_of(content: str, **parts: str) -> str:
    """Return the text of an OpenDocument with this content."""
    return read_one(zipped(odf_members(content, **parts))).text


def style(name: str, parent: str = "", family: str = "paragraph", properties: str = "") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{family}" style:parent-style-name="{parent}">'
        f"<style:text-properties {properties}/></style:style>"
    )


def p(text: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1) -> str:
    return f'<text:h text:style-name="Heading_20_{level}" text:outline-level="{level}">{text}</text:h>'


def test_paragraphs_and_headings_are_parted_by_blank_lines():
    source = read_one(zipped(odf_members(h("第一章 起点") + p(WHEEL) + p("") + h("终点") + p(FLOOD), title="水轮志")))
    assert source.text == f"第一章 起点\n\n{WHEEL}\n\n终点\n\n{FLOOD}"
    assert (source.format, source.title) == ("odt", "水轮志")
    assert roles(source) == [("第一章 起点", "heading"), ("终点", "heading")]
    assert places(source) == [("chapter", "第一章 起点", "第一章 起点"), ("chapter", "终点", "终点")]


def test_a_power_behind_an_empty_span_is_no_mark_of_a_note():
    raised = style("T1", family="text", properties='style:text-position="super 58%"')
    area = "The field has 12 km" + "<text:span/>" * 50_000 + '<text:span text:style-name="T1">2</text:span> of grass.'
    assert text_of(p(area), automatic=raised) == "The field has 12 km2 of grass."


def test_a_document_of_a_library_is_read():
    document = odfdo.Document("text")
    document.body.clear()
    document.meta.title = "The Mill"
    document.body.append(odfdo.Header(1, "Background"))
    document.body.append(odfdo.Paragraph("The wheel stood still for twenty years."))
    document.body.append(odfdo.List(["The shaft was replaced", "The channel was cleared"]))
    table = odfdo.Table("Costs", width=2, height=2)
    table.set_value("A1", "Shaft")
    table.set_value("B1", 32)
    document.body.append(table)
    buffer = BytesIO()
    document.save(buffer)
    source = read_one(buffer.getvalue())
    # its template numbers the headings
    assert source.text == (
        "1. Background\n\nThe wheel stood still for twenty years.\n\n"
        "- The shaft was replaced\n- The channel was cleared"
    )
    assert source.title == "The Mill"


def test_flat_files_are_read():
    flat = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document {ODF_NAMESPACES}>'
        "<office:meta><dc:title>水轮志</dc:title></office:meta>"
        f"<office:body><office:text>{p(WHEEL)}</office:text></office:body></office:document>"
    )
    source = read_one(flat.encode())
    assert (source.text, source.title, source.format) == (WHEEL, "水轮志", "odt")
    damage = r"^a file: is damaged \(not well-formed XML at line 2, column \d+\); open it and save it again$"
    with pytest.raises(InputError, match=damage):
        read_one(flat[:-20].encode())


def test_other_archives_and_other_xml_are_no_opendocument():
    assert not odt.recognise(zipped({"content.xml": ""}), ".odt")
    assert not odt.recognise(b"<html><body>office:document</body></html>", ".fodt")


def test_title_is_the_paragraph_in_its_style():
    source = read_one(zipped(odf_members(p("水轮志", "Title") + h("起点") + p(WHEEL), title="旧稿")))
    assert source.title == "水轮志"
    assert source.parts[0] == RoleSpan(0, 3, "heading")


def test_blanks_of_the_file_are_none_of_the_text():
    assert text_of(p("水轮<text:s text:c='3'/>转<text:s/>了。\n   It<text:tab/>turns.")) == "水轮 转 了。 It\tturns."
    assert text_of(p("水轮<text:line-break/>转了。")) == "水轮\n转了。"


def test_text_stands_in_spans_links_rubies_and_sections():
    ruby = "<text:ruby><text:ruby-base>转</text:ruby-base><text:ruby-text>zhuàn</text:ruby-text></text:ruby>"
    inner = p(f"<text:span>水</text:span><text:a>轮</text:a>{ruby}<text:sequence>1</text:sequence>")
    assert text_of(f"<text:section>{inner}</text:section>") == "水轮转1"


def test_what_is_no_part_of_the_text_is_left_out():
    deleted = f"<text:tracked-changes><text:deletion>{p(FLOOD)}</text:deletion></text:tracked-changes>"
    note = (
        f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{p('注')}</text:note-body></text:note>"
    )
    comment = f"<office:annotation>{p('批')}</office:annotation>"
    contents = f"<text:table-of-content><text:index-body>{p('起点 3')}</text:index-body></text:table-of-content>"
    hidden = f'<text:section text:display="none">{p("密")}</text:section>'
    body = p(
        f"水轮{note}转{comment}了<text:page-number>7</text:page-number><text:span text:style-name='T1'>密</text:span>。"
    )
    automatic = style("T1", family="text", properties='text:display="none"')
    assert text_of(deleted + contents + hidden + body, automatic=automatic) == "水轮转了。"


def test_a_raised_mark_of_a_note_is_left_out_and_a_power_stays():
    automatic = style("T1", family="text", properties='style:text-position="super 58%"')
    raised = "<text:span text:style-name='T1'>2</text:span>"
    assert text_of(p(f"水轮转了。{raised}") + p(f"It has 3 km{raised} of land."), automatic=automatic) == (
        "水轮转了。\n\nIt has 3 km2 of land."
    )


def test_captions_are_set_aside_and_code_is_left_out_also_in_automatic_styles():
    styles = style("Caption") + style("Illustration", "Caption") + style("Preformatted_20_Text")
    automatic = style("P1", "Illustration") + style("P2", "Preformatted_20_Text")
    body = p("图1 水轮", "P1") + p("x = 1", "P2") + p("y = 1", "Preformatted_20_Text") + p(WHEEL)
    source = read_one(zipped(odf_members(body, styles=styles, automatic=automatic)))
    assert source.text == f"图1 水轮\n\n{WHEEL}"
    assert roles(source) == [("图1 水轮", "apparatus")]


def test_styles_in_a_circle_end():
    assert text_of(p(WHEEL, "A"), styles=style("A", "B") + style("B", "A")) == WHEEL


def test_of_tables_the_cells_with_sentences_are_read_once():
    def table(*cells):
        row = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        return f"<table:table><table:table-row>{row}</table:table-row></table:table>"

    assert text_of(table(p("32"), p(WHEEL) + table(p(FLOOD), p("20")))) == f"{WHEEL}\n\n{FLOOD}"


def test_a_text_box_follows_the_paragraph_that_it_hangs_on():
    box = f"<draw:frame><draw:text-box>{p(FLOOD)}</draw:text-box><svg:desc>画</svg:desc></draw:frame>"
    assert text_of(p(f"水轮{box}转了。")) == f"水轮转了。\n\n{FLOOD}"


def list_style(name: str, *levels: str) -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def number_level(level: int, form: str, before: str = "", behind: str = ".", shown: int = 1, start: int = 1) -> str:
    return (
        f'<text:list-level-style-number text:level="{level}" style:num-format="{form}" style:num-prefix="{before}" '
        f'style:num-suffix="{behind}" text:display-levels="{shown}" text:start-value="{start}"/>'
    )


BULLETS = '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
LISTS = (
    list_style("N", number_level(1, "1"), number_level(2, "a", behind=")"))
    + list_style("B", BULLETS)
    + list_style("H", number_level(1, "一, 二, 三, ...", "第", "条"), number_level(2, "1", behind="", shown=2))
    + list_style("E", BULLETS.replace("•", " "))
    + list_style("S", number_level(1, "I", start=3))
)


def items(style: str, *texts: str, more: str = "") -> str:
    entries = "".join(f"<text:list-item>{text if text.startswith('<') else p(text)}</text:list-item>" for text in texts)
    return f'<text:list text:style-name="{style}" {more}>{entries}</text:list>'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(items("N", "甲", "乙"), "1. 甲\n2. 乙", id="numbers"),
        pytest.param(items("B", "甲", "乙"), "- 甲\n- 乙", id="bullets"),
        pytest.param(items("H", "甲", "乙"), "第一条 甲\n第二条 乙", id="Chinese"),
        pytest.param(items("S", "甲", "乙"), "III. 甲\nIV. 乙", id="from three on"),
        pytest.param(items("E", "甲"), "甲", id="blanks"),
        pytest.param(items("?", "甲"), "- 甲", id="of no style"),
        pytest.param(items("N", "甲") + items("N", "乙"), "1. 甲\n1. 乙", id="begun anew"),
        pytest.param(
            items("N", "甲") + items("N", "乙", more='text:continue-numbering="true"'), "1. 甲\n2. 乙", id="continued"
        ),
        pytest.param(
            items("N", p("甲") + f"<text:list><text:list-item>{p('子')}</text:list-item></text:list>", "乙"),
            "1. 甲\na) 子\n2. 乙",
            id="in each other",
        ),
        pytest.param(items("N", p("甲") + p("续"), "乙"), "1. 甲\n\n续\n\n2. 乙", id="of two paragraphs"),
        pytest.param(
            items("N", "甲").replace("<text:list-item", "<text:list-item text:start-value='5'"),
            "5. 甲",
            id="with a number of its own",
        ),
    ],
)
def test_items_have_their_marks_and_a_line_each(content, expected):
    assert text_of(content, styles=LISTS) == expected


def test_headings_have_the_numbers_of_the_outline():
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
        '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/></text:outline-style>'
    )
    body = (
        h("起点")
        + h("水轮", 2)
        + h("终点")
        + h("水渠", 2)
        + h("无号").replace("<text:h", '<text:h text:is-list-header="true"')
    )
    assert text_of(body, styles=outline) == "1 起点\n\n1.1 水轮\n\n2 终点\n\n2.1 水渠\n\n无号"


def test_headings_without_numbers_have_no_bullet():
    assert text_of(items("B", h("起点")) + p(WHEEL), styles=LISTS) == f"起点\n\n{WHEEL}"


def frame(content: str, kind: str = "", at: tuple[str, str, str, str] | None = None) -> str:
    where = "".join(
        f' svg:{name}="{length}"' for name, length in zip(("x", "y", "width", "height"), at or (), strict=False)
    )
    kind = f' presentation:class="{kind}"' if kind else ""
    return f"<draw:frame{kind}{where}><draw:text-box>{content}</draw:text-box></draw:frame>"


def test_slides_are_read_with_their_notes():
    notes = f"<presentation:notes>{frame(p('备用'), 'page')}{frame(p(FLOOD), 'notes')}</presentation:notes>"
    first = f"{frame(p('水轮'), 'title')}{frame(p('林小雨'), 'subtitle')}{frame(p('7'), 'page-number')}{notes}"
    second = f"{frame(p('结果'), 'title')}{frame(items('B', '主轴换了', '水渠通了'), 'outline')}{frame(p('第一步'))}"
    source = read_one(
        zipped(
            odf_members(
                f"<draw:page>{first}</draw:page><draw:page>{second}</draw:page>", kind="presentation", styles=LISTS
            )
        )
    )
    assert source.text == f"水轮\n\n林小雨\n\n{FLOOD}\n\n结果\n\n- 主轴换了\n- 水渠通了\n\n第一步"
    assert roles(source) == [("水轮", "heading"), ("林小雨", "apparatus"), ("结果", "heading"), ("第一步", "apparatus")]
    assert places(source) == [("slide", "1", "水轮"), ("slide", "2", "结果")]
    assert (source.format, source.title) == ("odt", "水轮")


def test_boxes_of_a_slide_are_read_in_the_order_of_reading():
    lower = frame(p("乙。"), at=("1cm", "50mm", "2in", "1cm"))
    upper = frame(p("甲。"), at=("1cm", "1cm", "144pt", "1cm"))
    inner = (frame(p(said), at=("9cm", top, "1cm", "1cm")) for said, top in (("丁。", "5cm"), ("丙。", "1cm")))
    slide = f"<draw:page><draw:g>{''.join(inner)}</draw:g>{lower}{upper}</draw:page>"
    assert text_of(slide, kind="presentation") == "甲。\n\n乙。\n\n丙。\n\n丁。"


def test_a_document_with_a_password_is_said_to_have_one():
    members = odf_members(p(WHEEL))
    entry = '<manifest:file-entry manifest:full-path="content.xml"><manifest:encryption-data/></manifest:file-entry>'
    members["META-INF/manifest.xml"] = f"<manifest:manifest {ODF_NAMESPACES}>{entry}</manifest:manifest>"
    whole = {"mimetype": "", "META-INF/manifest.xml": "", "content.xml": "", "encrypted-package": ""}
    for encrypted in (members, whole):
        with pytest.raises(
            InputError, match=r"^a file: is encrypted; open it with its password and save it without one"
        ):
            read_one(zipped(encrypted))


def test_a_spreadsheet_is_refused_with_a_hint():
    with pytest.raises(
        InputError,
        match=r"is an OpenDocument file without text or slides; if it is a spreadsheet, save the sheet as CSV first$",
    ):
        text_of("", kind="spreadsheet")


def test_a_document_without_text_is_refused():
    with pytest.raises(InputError, match=r"^a file: contains no text to summarize \(odt\)$"):
        text_of(p(""))


def test_damaged_copies_give_a_text_or_one_line(capfd, caplog):
    content = h("第一章") + p(WHEEL) + items("N", "甲", "乙") + p(f"水轮{frame(p(FLOOD))}转了。")
    members = odf_members(content, styles=LISTS + style("Caption"), title="水轮志")
    assert len(refusals_of(damaged(zipped(members)), odt.read)) > 20
    assert refusals_of(damaged_members(members), odt.read)
    assert capfd.readouterr() == ("", "")
    assert not caplog.records

from io import BytesIO

import pptx as python_pptx
import pytest
from office import (
    NAMESPACES,
    damaged,
    damaged_members,
    places,
    pptx_members,
    read_one,
    refusals_of,
    relations,
    roles,
    shape,
    zipped,
)
from pptx.util import Inches

from summarize.document import Location
from summarize.errors import InputError
from summarize.inputs import pptx

WHEEL = "河谷村的水轮建于一百二十年前。"
FLOOD = "二十年前的一场洪水冲毁了引水渠。"


def text_of(*slides: str, **more) -> str:
    """Return the text of slides on which this lies."""
    return read_one(zipped(pptx_members(list(slides), **more))).text


def table(*rows: list[str]) -> str:
    cells = "".join(
        "<a:tr>"
        + "".join(f"<a:tc><a:txBody><a:p><a:r><a:t>{cell}</a:t></a:r></a:p></a:txBody></a:tc>" for cell in row)
        + "</a:tr>"
        for row in rows
    )
    return (
        f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{cells}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )


def test_a_slide_is_its_title_its_text_and_its_notes():
    slides = [shape("第一章\n起点", "title") + shape("主轴换了\n水渠通了", "body"), shape("结果", "title")]
    source = read_one(zipped(pptx_members(slides, {1: WHEEL, 2: FLOOD}, title="水轮修复")))
    assert source.text == f"第一章起点\n\n- 主轴换了\n- 水渠通了\n\n{WHEEL}\n\n结果\n\n{FLOOD}"
    assert roles(source) == [("第一章起点", "heading"), ("结果", "heading")]
    assert places(source) == [("slide", "1", "第一章起点"), ("slide", "2", "结果")]
    assert (source.format, source.title) == ("pptx", "第一章起点")


def test_slides_of_a_library_are_read():
    deck = python_pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "The Valley Mill"
    body = slide.placeholders[1].text_frame
    body.text = "The shaft was replaced"
    body.add_paragraph().text = "The channel was cleared"
    slide.notes_slide.notes_text_frame.text = "The wheel stood still for twenty years."
    grid = slide.shapes.add_table(1, 2, Inches(1), Inches(5), Inches(4), Inches(0.5)).table
    grid.cell(0, 0).text, grid.cell(0, 1).text = "32", "The dam is sound, as it always was."
    box = slide.shapes.add_textbox(Inches(1), Inches(6), Inches(4), Inches(1)).text_frame
    box.text = "The county paid for the whole of it."
    buffer = BytesIO()
    deck.save(buffer)
    source = read_one(buffer.getvalue())
    assert source.text == (
        "The Valley Mill\n\n- The shaft was replaced\n- The channel was cleared\n\nThe dam is sound, as it always was."
        "\n\nThe county paid for the whole of it.\n\nThe wheel stood still for twenty years."
    )
    assert source.title == "The Valley Mill"


def test_other_archives_are_no_slides():
    assert not pptx.recognise(zipped({"ppt/presentation.xml": ""}), ".pptx")
    assert not pptx.recognise(zipped({"[Content_Types].xml": "", "word/document.xml": ""}), ".pptx")


def test_slides_come_in_the_order_of_the_show_and_not_of_their_files():
    members = pptx_members([shape("一", "title"), shape("二", "title")])
    entries = '<p:sldId id="2" r:id="rId2"/><p:sldId id="1" r:id="rId1"/><p:sldId id="3" r:id="rId9"/>'
    members["ppt/presentation.xml"] = (
        f"<p:presentation {NAMESPACES}><p:sldIdLst>{entries}</p:sldIdLst></p:presentation>"
    )
    assert read_one(zipped(members)).text == "二\n\n一"


@pytest.mark.parametrize("kind", ["dt", "ftr", "sldNum", "hdr", "chart"])
def test_what_stands_at_the_edge_of_slides_is_left_out(kind):
    assert text_of(shape(WHEEL, "body") + shape("内部资料，2024年5月。", kind)) == WHEEL


def test_a_number_of_the_slide_in_a_text_is_left_out():
    field = '<a:fld id="1" type="slidenum"><a:t>7</a:t></a:fld><a:fld id="1" type="datetime1"><a:t>3/5</a:t></a:fld>'
    assert text_of(shape(WHEEL).replace("</a:p>", f"{field}</a:p>")) == WHEEL


def test_a_text_of_one_paragraph_has_no_bullet():
    assert text_of(shape(WHEEL, "body")) == WHEEL
    assert text_of(shape(f"{WHEEL}\n{FLOOD}", "body", properties="<a:buNone/>")) == f"{WHEEL}\n\n{FLOOD}"
    assert text_of(shape(f"{WHEEL}\n{FLOOD}", properties='<a:buChar char="•"/>')) == f"- {WHEEL}\n- {FLOOD}"


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ('type="arabicPeriod"', ["1.", "2."]),
        ('type="arabicPeriod" startAt="4"', ["4.", "5."]),
        ('type="alphaLcParenR"', ["a)", "b)"]),
        ('type="romanUcParenBoth"', ["(I)", "(II)"]),
        ('type="circleNumDbPlain"', ["①", "②"]),
        ('type="ea1ChsPeriod"', ["一.", "二."]),
    ],
)
def test_automatic_numbers_are_counted(kind, labels):
    text = text_of(shape("水轮转了\n水渠通了", "body", properties=f"<a:buAutoNum {kind}/>"))
    assert text == f"{labels[0]} 水轮转了\n{labels[1]} 水渠通了"


def test_automatic_numbers_begin_anew_behind_a_higher_level():
    def line(text, level):
        return f'<a:p><a:pPr lvl="{level}"><a:buAutoNum type="arabicPeriod"/></a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>'

    lines = line("甲", 0) + line("乙", 1) + line("丙", 0) + line("丁", 1)
    body = shape("X", "body").replace("<a:p><a:pPr></a:pPr><a:r><a:t>X</a:t></a:r></a:p>", lines)
    assert text_of(body) == "1. 甲\n1. 乙\n2. 丙\n1. 丁"


def test_few_words_in_a_box_of_their_own_are_set_aside():
    source = read_one(zipped(pptx_members([shape("水轮", "title") + shape("第一步") + shape(WHEEL)])))
    assert roles(source) == [("水轮", "heading"), ("第一步", "apparatus")]


def test_a_name_under_the_title_is_set_aside():
    source = read_one(zipped(pptx_members([shape("水轮", "ctrTitle") + shape("林小雨", "subTitle") + shape(WHEEL)])))
    assert roles(source) == [("水轮", "heading"), ("林小雨", "apparatus")]


def test_what_stands_on_many_slides_is_left_out():
    slides = [shape(f"第{number}页", "title") + shape("河谷水轮修复工程指挥部办公室") for number in "一二三四"]
    assert "指挥部" not in text_of(*slides)
    assert text_of(*slides[:2]).count("指挥部") == 2


def test_a_title_that_goes_on_is_written_once():
    slides = [shape("水轮", "title") + shape(said, "body") for said in (WHEEL, FLOOD)]
    source = read_one(zipped(pptx_members(slides)))
    assert source.text == f"水轮\n\n{WHEEL}\n\n{FLOOD}"
    assert source.places == (Location(0, "slide", "1"), Location(21, "slide", "2"))


def test_a_slide_with_the_contents_is_left_out():
    slides = [shape("目录", "title") + shape("起点\n终点", "body"), shape("起点", "title") + shape(WHEEL, "body")]
    source = read_one(zipped(pptx_members(slides)))
    assert source.text == f"起点\n\n{WHEEL}"
    assert source.places == (Location(0, "slide", "2"),)


def test_boxes_are_read_from_top_to_bottom_and_columns_from_left_to_right():
    right = shape("右上。", at=(600, 100, 300, 90)) + shape("右下。", at=(600, 200, 300, 300))
    left = shape("左下。", at=(0, 200, 300, 300)) + shape("左上。", at=(0, 100, 300, 90))
    head = shape("水轮", "title", at=(0, 0, 900, 60))
    assert text_of(right + left + head) == "水轮\n\n左上。\n\n左下。\n\n右上。\n\n右下。"


def test_boxes_in_rows_are_read_row_by_row():
    boxes = shape("丁。", at=(60, 500, 50, 50)) + shape("丙。", at=(0, 500, 50, 50))
    boxes += shape("乙。", at=(60, 0, 50, 50)) + shape("甲。", at=(0, 0, 50, 50))
    assert text_of(boxes) == "甲。\n\n乙。\n\n丙。\n\n丁。"


def test_boxes_that_overlap_or_lie_nowhere_stay_in_the_order_of_the_file():
    assert text_of(shape("甲。", at=(50, 50, 100, 100)) + shape("乙。", at=(0, 0, 100, 100))) == "甲。\n\n乙。"
    assert text_of(shape("甲。", at=(50, 50, 10, 10)) + shape("乙。")) == "甲。\n\n乙。"
    assert text_of(shape("甲。", at=(5, 5, 0, 0)) + shape("乙。", at=(5, 5, 0, 0))) == "甲。\n\n乙。"


def test_a_box_in_a_place_of_the_layout_lies_where_that_does():
    members = pptx_members([shape("乙。", "body") + shape("甲。", at=(0, 0, 100, 50))])
    layout = shape("", "body", at=(0, 200, 100, 100))
    members["ppt/slides/_rels/slide1.xml.rels"] = relations({"rId1": ("slideLayout", "../slideLayouts/a.xml")})
    for kind, name in (("Layout", "a"), ("Master", "b")):
        tree = f"<p:cSld><p:spTree>{layout if kind == 'Master' else shape('', 'obj')}</p:spTree></p:cSld>"
        members[f"ppt/slide{kind}s/{name}.xml"] = f"<p:sld{kind} {NAMESPACES}>{tree}</p:sld{kind}>"
    members["ppt/slideLayouts/_rels/a.xml.rels"] = relations({"rId1": ("slideMaster", "../slideMasters/b.xml")})
    assert read_one(zipped(members)).text == "甲。\n\n乙。"


def test_a_group_is_read_together():
    frame = '<p:grpSpPr><a:xfrm><a:off x="500" y="0"/><a:ext cx="100" cy="500"/></a:xfrm></p:grpSpPr>'
    inner = shape("乙。", at=(0, 50, 10, 10)) + shape("甲。", at=(0, 0, 10, 10))
    group = f"<p:grpSp><p:nvGrpSpPr/>{frame}<p:grpSp>{inner}</p:grpSp></p:grpSp>"
    assert text_of(group + shape("头。", at=(0, 0, 100, 500))) == "头。\n\n甲。\n\n乙。"


def test_a_box_in_several_forms_is_read_once():
    forms = f"<mc:Choice>{shape(WHEEL)}</mc:Choice><mc:Fallback>{shape(FLOOD)}</mc:Fallback>"
    assert text_of(f"<mc:AlternateContent>{forms}</mc:AlternateContent>") == WHEEL


def test_of_tables_the_cells_with_sentences_are_read():
    assert text_of(table(["项目", "金额"], ["主轴", "32"]) + table(["背景", WHEEL])) == WHEEL


def test_a_diagram_is_read_in_its_order():
    def point(key, text="", kind=""):
        kind = f' type="{kind}"' if kind else ""
        return f'<dgm:pt modelId="{key}"{kind}><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'

    def below(source, target, place, kind="parOf"):
        return f'<dgm:cxn type="{kind}" srcId="{source}" destId="{target}" srcOrd="{place}"/>'

    points = (
        point("0", kind="doc") + point("c", "通水") + point("a", "换轴") + point("b", "晾干") + point("x", "形", "pres")
    )
    order = (
        below("0", "c", 1) + below("0", "a", 0) + below("a", "b", 0) + below("b", "0", 0) + below("0", "x", 2, "presOf")
    )
    graphic = '<a:graphic><a:graphicData><dgm:relIds r:dm="rId5"/></a:graphicData></a:graphic>'
    members = pptx_members([f"<p:graphicFrame>{graphic}</p:graphicFrame>"])
    members["ppt/slides/_rels/slide1.xml.rels"] = relations({"rId5": ("diagramData", "../diagrams/data1.xml")})
    members["ppt/diagrams/data1.xml"] = f"<dgm:dataModel {NAMESPACES}>{points}{order}</dgm:dataModel>"
    assert read_one(zipped(members)).text == "- 换轴\n- 晾干\n- 通水"


def test_code_is_left_out_and_prose_in_its_font_is_not():
    font = '<a:rPr><a:latin typeface="Courier New"/></a:rPr>'
    code = shape("x = 1").replace("<a:r>", f"<a:r>{font}")
    prose = shape(WHEEL).replace("<a:r>", f"<a:r>{font}")
    assert text_of(code + prose) == WHEEL


def test_line_breaks_and_marks_of_notes():
    runs = (
        '<a:r><a:t>水轮</a:t></a:r><a:br/><a:r><a:t>转了。</a:t></a:r><a:r><a:rPr baseline="30000"/><a:t>1</a:t></a:r>'
    )
    assert text_of(shape("X").replace("<a:r><a:t>X</a:t></a:r>", runs)) == "水轮\n转了。"


def test_formulas_are_read_as_their_characters():
    formula = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    forms = f"<mc:Choice>{formula}</mc:Choice><mc:Fallback>{formula}</mc:Fallback>"
    for written in (formula, f"<mc:AlternateContent>{forms}</mc:AlternateContent>"):
        assert text_of(shape("其中").replace("</a:r>", f"</a:r>{written}")) == "其中x=1"


def test_the_declared_title_counts_where_the_first_slide_has_none():
    for title, expected in (("水轮修复", "水轮修复"), ("PowerPoint 演示文稿", None)):
        slides = [shape(WHEEL), shape("起点", "title")]
        assert read_one(zipped(pptx_members(slides, title=title))).title == expected


def test_the_strict_form_is_read():
    members = {
        name: part.replace("schemas.openxmlformats.org/presentationml/2006/", "purl.oclc.org/ooxml/presentationml/")
        .replace("schemas.openxmlformats.org/drawingml/2006/", "purl.oclc.org/ooxml/drawingml/")
        .replace("schemas.openxmlformats.org/officeDocument/2006/", "purl.oclc.org/ooxml/officeDocument/")
        for name, part in pptx_members([shape(WHEEL)], {1: FLOOD}).items()
    }
    assert read_one(zipped(members)).text == f"{WHEEL}\n\n{FLOOD}"


def test_a_slide_that_is_named_many_times_is_read_once():
    members = pptx_members([shape(WHEEL), shape(FLOOD)])
    deck = members["ppt/presentation.xml"]
    members["ppt/presentation.xml"] = deck.replace("<p:sldIdLst>", "<p:sldIdLst>" + '<p:sldId r:id="rId2"/>' * 2_000)
    assert read_one(zipped(members)).text == f"{FLOOD}\n\n{WHEEL}"


def test_slides_without_text_are_refused():
    with pytest.raises(InputError, match=r"^a file: contains no text to summarize \(pptx\)$"):
        text_of("", "")


def test_many_boxes_and_groups_in_groups_are_read_in_bounded_steps():
    boxes = "".join(shape("甲。", at=(number, number, 0, 0)) for number in range(500))
    assert text_of(boxes).count("甲。") == 500
    with pytest.raises(InputError, match="nested too deeply"):
        text_of("<p:grpSp>" * 250 + shape(WHEEL) + "</p:grpSp>" * 250)


def test_damaged_copies_give_a_text_or_one_line(capfd, caplog):
    slides = [shape("水轮", "title") + shape(f"{WHEEL}\n{FLOOD}", "body", at=(0, 0, 9, 9)) + table(["甲", WHEEL])] * 2
    members = pptx_members(slides, {1: FLOOD}, title="水轮志")
    assert len(refusals_of(damaged(zipped(members)), pptx.read)) > 20
    assert refusals_of(damaged_members(members), pptx.read)
    assert capfd.readouterr() == ("", "")
    assert not caplog.records

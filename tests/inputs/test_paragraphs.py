import pytest

from summarize.document import Location, RoleSpan
from summarize.inputs.paragraphs import (
    Paragraph,
    Paragraphs,
    clean_text,
    declared_title,
    holds_sentence,
    in_one_line,
    is_note_mark,
    sentence_cell,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("  水轮\t转了 ", "水轮\t转了", id="white space at the ends"),
        pytest.param("It\u00a0\u00a0 turns\u2003now", "It turns now", id="blanks"),
        pytest.param("　　水轮　转了", "水轮　转了", id="wide blanks"),
        pytest.param("co\u00adoperate\u200b\ufeff\ufffc\uf0b7\x00\x07", "cooperate", id="what is not read"),
        pytest.param("水轮 \r\n\r\n 转了\x0b再\u2028转", "水轮\n转了\n再\n转", id="line breaks"),
        pytest.param(" \t\n\u00a0", "", id="nothing"),
    ],
)
def test_text_is_cleaned(text, expected):
    assert clean_text(text) == expected


def test_lines_are_joined_with_a_space_between_latin_words_only():
    assert in_one_line("水轮\n转了\nIt\nturns") == "水轮转了It turns"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("水轮终于又转了。", True),
        ("水轮转了吗？当然", True),
        ("The wheel turned again at last.", True),
        ("He said “it turned again at last.”", True),
        ("好。", False),
        ("Yes.", False),
        ("金额（万元）合计三十二", False),
        ("3.5 and 4.5 and 5.5 and 6.5", False),
        ("The sum of all the costs", False),
    ],
)
def test_a_cell_may_hold_a_sentence(text, expected):
    assert holds_sentence(text) is expected
    assert bool(sentence_cell([Paragraph("头"), Paragraph(text)])) is expected


@pytest.mark.parametrize(
    ("before", "raised", "expected"),
    [
        ("转了。", "1", True),
        ("轮", "[12]", True),
        ("wheel", "3,4", True),
        ("wheel", "†", True),
        ("", "①", True),
        ("km", "2", False),
        ("10", "6", False),
        ("wheel", "th", False),
        ("wheel", "2024", False),
    ],
)
def test_a_raised_figure_is_the_mark_of_a_note_or_a_power(before, raised, expected):
    assert is_note_mark(before, raised) is expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("水轮志", "水轮志"),
        (" 水轮\n志 ", "水轮志"),
        ("Documents of the Mill", "Documents of the Mill"),
        *(
            (title, None)
            for title in ("", " ", "…", "Document1", "Untitled", "无标题", "新建 Microsoft Word 文档", "稿.docx")
        ),
        *(
            (title, None)
            for title in ("Microsoft Word - mill.doc", "PowerPoint Presentation", "PowerPoint 演示文稿", "幻灯片 1")
        ),
    ],
)
def test_a_declared_title_counts_if_someone_chose_it(title, expected):
    assert declared_title(title) == expected


def text_of(*paragraphs: Paragraph) -> str:
    text = Paragraphs()
    text.extend(paragraphs)
    return text.sources("text")[0].text


def test_paragraphs_are_parted_by_blank_lines_and_items_by_line_breaks():
    items = [Paragraph("甲", label="-"), Paragraph("乙\n丙", label="2.")]
    assert text_of(Paragraph("头"), *items, Paragraph(""), Paragraph("尾")) == "头\n\n- 甲\n2. 乙丙\n\n尾"


def test_what_is_typed_as_an_item_is_one():
    typed = (Paragraph(text) for text in ("•\t甲", "1.\t乙", "（一）\t丙", "甲\t乙"))
    assert text_of(*typed) == "- 甲\n1. 乙\n（一） 丙\n\n甲\t乙"


def test_parts_say_what_paragraphs_are():
    text = Paragraphs()
    text.extend([Paragraph("起\n点", "heading", "1."), Paragraph("水轮转了。"), Paragraph("图1", "apparatus")])
    (source,) = text.sources("text")
    assert source.text == "1. 起点\n\n水轮转了。\n\n图1"
    assert source.parts == (RoleSpan(0, 5, "heading"), RoleSpan(14, 16, "apparatus"))


def test_an_overlong_heading_is_text_and_the_word_contents_is_neither():
    text = Paragraphs()
    text.extend(Paragraph(said, "heading") for said in ("水" * 41, "水轮" * 7 + "。", "Who turns?", "目 录"))
    (source,) = text.sources("text")
    assert [source.text[part.start : part.end] for part in source.parts] == ["Who turns?", "目 录"]
    assert [part.role for part in source.parts] == ["heading", "apparatus"]


def test_a_place_begins_at_the_next_paragraph():
    text = Paragraphs()
    text.mark("slide", "1")
    text.mark("slide", "2")
    text.add(Paragraph("甲", label="-"))
    text.mark("slide", "3")
    text.mark("chapter", " ")
    text.add(Paragraph("乙", label="-"))
    text.mark("slide", "4")
    (source,) = text.sources("text")
    assert source.text == "- 甲\n\n- 乙"
    assert source.places == (Location(0, "slide", "2"), Location(5, "slide", "3"))


def test_chapters_are_headings_of_the_highest_level_that_several_have():
    text = Paragraphs()
    text.extend(Paragraph(name, "heading", level=level) for name, level in (("志", 0), ("甲", 2), ("子", 3), ("乙", 2)))
    text.mark_chapters()
    assert text.sources("text")[0].places == (Location(3, "chapter", "甲"), Location(9, "chapter", "乙"))
    assert text.first_heading == "志"


def test_without_paragraphs_there_is_no_text():
    text = Paragraphs()
    text.mark("slide", "1")
    text.mark_chapters()
    assert text.sources("text") == []
    assert text.first_heading is None

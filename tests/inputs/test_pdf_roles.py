import pytest
from inputs.pdf_places import LEFT, block_at, line_at

from summarize.inputs.pdf_roles import Body, abstract_label, body_of, is_over_references, is_reference, role_of

BODY = Body(10, 1.2)


def role(text, size=10, body=BODY, **more):
    return role_of([line_at(LEFT, 100, text, size, **more)], body)


def test_body_is_as_most_of_the_text_is_set():
    title = [line_at(LEFT, 40, "A title", 20, is_bold=True)]
    assert body_of([title, block_at(100, *["a line of the text"] * 6)]) == Body(10, 1.2)
    assert body_of([block_at(100, *["a line of the text"] * 6, is_bold=True, is_fixed=True)]) == Body(
        10, 1.2, True, True
    )


def test_pitch_is_that_within_paragraphs_though_they_are_short():
    lines = [line for place in range(6) for line in block_at(100 + 60 * place, "a line of it", "and one more")]
    assert body_of([lines]).pitch == 1.2


def test_body_of_nothing_is_any():
    assert body_of([]) == Body(1, 1.2)
    assert body_of([[line_at(LEFT, 100, "one")]]) == Body(10, 1.2)


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("The Weirs", {"size": 12}),
        ("The Weirs", {"is_bold": True}),
        ("Who opens the weirs?", {"size": 14}),
        ("第一章 水坝", {"size": 14}),
    ],
)
def test_large_or_bold_line_without_a_stop_is_a_heading(text, more):
    assert role(text, **more) == "heading"


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("The weirs were open.", {"is_bold": True}),
        ("The weirs were open.", {"size": 14}),
        ("The Weirs", {}),
        ("• the weirs", {"is_bold": True}),
        ("The Weirs", {"is_bold": True, "body": Body(10, 1.2, is_bold=True)}),
        ("word " * 50, {"size": 14}),
    ],
)
def test_other_lines_are_text(text, more):
    assert role(text, **more) == "text"


@pytest.mark.parametrize(
    "text",
    [
        "Figure 1: A weir",
        "Fig. 2.3. A weir. It is closed.",
        "FIGURE IV",
        "Table 3 Kinds of fish",
        "图1 水坝剖面图",
        "图 2-1：水坝",
        "表三 鱼类数量",
    ],
)
def test_captions_are_apparatus(text):
    assert role(text) == "apparatus"


@pytest.mark.parametrize(
    "text",
    [
        "Figure 1 shows a weir.",
        "Figures of 2012",
        "Tables were full.",
        "图3显示，水坝都已经拆除。",
        "表示感谢",
        "图书馆 开放",
    ],
)
def test_sentences_about_figures_are_text(text):
    assert role(text) == "text"


@pytest.mark.parametrize(
    "text", ["关键词：水坝；鱼类", "Keywords: weirs, fish", "中图分类号：TU992", "DOI: 10.1000/182"]
)
def test_what_a_paper_says_of_itself_is_apparatus(text):
    assert role(text) == "apparatus"


@pytest.mark.parametrize("text", ["a = b + c (3)", "x ∈ {3, −3}", "E = mc²"])
def test_formulas_are_apparatus(text):
    assert role(text) == "apparatus"


def test_sentence_with_a_relation_is_text():
    assert role("The level was > 3 metres when the weirs were open.") == "text"


def test_scraps_of_a_drawing_are_apparatus():
    assert role("Kinds of fish", 7) == "apparatus"
    assert role("Kinds of fish were counted.", 7) == "text"


@pytest.mark.parametrize("text", ["12 14 16", "———", "Contents", "目 录", "•"])
def test_what_nobody_reads_is_left_out(text):
    assert role(text) is None


def test_code_is_left_out_unless_all_of_the_text_is_set_so():
    assert role("weirs.open(3)", is_fixed=True) is None
    assert role("The weirs are open.", is_fixed=True, body=Body(10, 1.2, is_fixed=True)) == "text"
    assert role("水坝已经打开。", is_fixed=True) == "text"


def test_lines_that_are_set_apart_already_are_apparatus():
    assert role("1 See the yearbook.", role="apparatus") == "apparatus"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Abstract. Between 2012 and 2021 three weirs were taken out.", "Abstract. "),
        ("ABSTRACT—Between 2012 and 2021 three weirs were taken out.", "ABSTRACT—"),
        ("摘　要：在二〇一二年至二〇二一年之间，青溪市拆除了三座水坝，种植了树木，鱼类数量有所增加。", "摘　要："),
        ("Abstract thinking is what this whole paper is about, says he.", ""),
        ("Abstract. It is short.", ""),
        ("The abstract. It is not at the beginning of what stands here.", ""),
    ],
)
def test_label_of_an_abstract_is_told_from_its_text(text, label):
    assert text[: abstract_label([line_at(LEFT, 100, text)])] == label


@pytest.mark.parametrize(
    "text", ["References", "REFERENCES", "7 References", "参考文献", "六、参考文献", "Bibliography"]
)
def test_heading_of_a_bibliography_is_known(text):
    assert is_over_references(text)


def test_other_headings_are_over_none():
    assert not is_over_references("References to rivers")


@pytest.mark.parametrize(
    ("text", "is_entry"),
    [
        ("[1] Arnold, P. Weirs.", True),
        ("Arnold, P. (2014).\nWeirs.", True),
        ("［2］王建国. 水坝", True),
        ("We thank all who helped.", False),
    ],
)
def test_entries_of_a_bibliography_have_a_number_or_a_year(text, is_entry):
    assert is_reference(text) is is_entry

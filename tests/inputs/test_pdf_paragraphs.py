import pytest
from inputs.pdf_places import LEFT, RIGHT, block_at, line_at

from summarize.inputs.pdf_paragraphs import paragraphs_of
from summarize.inputs.pdf_roles import Body

BODY = Body(10, 1.2)


def paragraphs(*pages):
    """The lines of each paragraph, joined by a bar."""
    return ["|".join(line.text for line in paragraph.lines) for paragraph in paragraphs_of(pages, BODY)]


def full(y, text, x=LEFT, **more):
    return line_at(x, y, text, right=RIGHT, **more)


def test_full_lines_go_on_in_the_next_one():
    assert paragraphs(block_at(100, "The weirs were", "taken out of", "the river.")) == [
        "The weirs were|taken out of|the river."
    ]


def test_line_with_room_for_the_next_word_ends_its_paragraph():
    lines = [line_at(LEFT, 100, "The weirs are out."), line_at(LEFT, 112, "Fish came back.")]
    assert paragraphs(lines) == ["The weirs are out.", "Fish came back."]


def test_chinese_line_that_could_not_take_the_next_characters_goes_on():
    lines = [
        line_at(LEFT, 100, "规划提出", right=RIGHT - 20, opening=25),
        line_at(LEFT, 112, "了“小规模”的原则。", opening=25),
    ]
    assert paragraphs(lines) == ["规划提出|了“小规模”的原则。"]
    lines = [line_at(LEFT, 100, "主送各街道办事处", right=RIGHT - 20), line_at(LEFT, 112, "现将有关事项通知如下。")]
    assert paragraphs(lines) == ["主送各街道办事处", "现将有关事项通知如下。"]


def test_larger_distance_parts_paragraphs():
    lines = [*block_at(100, "The weirs were", "all out."), full(130, "Then fish came"), line_at(LEFT, 142, "back.")]
    assert paragraphs(lines) == ["The weirs were|all out.", "Then fish came|back."]


def test_indented_line_begins_a_paragraph_behind_a_full_line_that_ends_a_sentence():
    lines = [
        full(100, "The weirs were"),
        full(112, "all out."),
        full(124, "Then fish came", LEFT + 15),
        line_at(LEFT, 136, "back."),
    ]
    assert paragraphs(lines) == ["The weirs were|all out.", "Then fish came|back."]


def test_indented_line_begins_a_paragraph_behind_a_colon():
    assert (
        len(paragraphs([full(100, "We ask you to"), full(112, "do this:"), line_at(LEFT + 20, 124, "Plant trees.")]))
        == 2
    )


def test_hanging_line_goes_on_with_its_sentence():
    lines = [full(100, "[1] Arnold, P. Weirs and"), line_at(LEFT + 20, 112, "what they keep.")]
    assert paragraphs(lines) == ["[1] Arnold, P. Weirs and|what they keep."]


def test_ragged_line_goes_on_in_a_small_letter():
    lines = [line_at(LEFT, 100, "see our page of"), line_at(LEFT, 112, "https://example.org/rivers", opening=130)]
    assert paragraphs(lines) == ["see our page of|https://example.org/rivers"]


def test_other_size_begins_a_paragraph():
    lines = [full(100, "A line of the text"), line_at(LEFT, 112, "and small print.", 8)]
    assert paragraphs(lines) == ["A line of the text", "and small print."]


def test_bold_heading_ends_before_text_that_is_not():
    lines = [full(100, "The weirs", is_bold=True, opens_bold=True), full(112, "They were out")]
    assert paragraphs(lines) == ["The weirs", "They were out"]


def test_text_ends_before_a_bold_heading():
    lines = [line_at(LEFT, 100, "They were out."), line_at(LEFT, 112, "The fish", is_bold=True, opens_bold=True)]
    assert paragraphs(lines) == ["They were out.", "The fish"]


def test_bold_words_in_a_paragraph_do_not_part_it():
    lines = [full(100, "They were"), full(112, "all taken", is_bold=True, opens_bold=True), line_at(LEFT, 124, "out.")]
    assert paragraphs(lines) == ["They were|all taken|out."]


def test_lines_of_a_title_are_centred_and_one_heading():
    lines = [line_at(100, 60, "The River That", 16), line_at(130, 80, "Came Back", 16)]
    assert paragraphs(lines) == ["The River That|Came Back"]


def test_title_and_first_heading_of_one_size_are_two():
    lines = [line_at(120, 60, "Annual Report", 16), line_at(LEFT, 82, "Introduction", 16)]
    assert paragraphs(lines) == ["Annual Report", "Introduction"]


@pytest.mark.parametrize(
    "marks", [("•", "•"), ("-", "-"), ("1.", "2."), ("（一）", "（二）"), ("(a)", "(b)"), ("①", "②")]
)
def test_items_of_a_list_are_paragraphs_although_their_lines_are_full(marks):
    lines = [full(100, f"{marks[0]} open the weirs"), full(112, f"{marks[1]} plant the banks")]
    assert len(paragraphs(lines)) == 2


def test_item_goes_on_in_an_indented_line():
    lines = [full(100, "• open all of the"), line_at(LEFT + 10, 112, "weirs"), line_at(LEFT, 124, "• plant trees")]
    assert paragraphs(lines) == ["• open all of the|weirs", "• plant trees"]


def test_number_and_dash_in_the_middle_of_a_sentence_begin_no_item():
    assert paragraphs([full(100, "as was shown in part"), line_at(LEFT, 112, "3. It was wide.")]) == [
        "as was shown in part|3. It was wide."
    ]
    assert paragraphs([full(100, "the banks of the river"), line_at(LEFT, 112, "– which were low –")]) == [
        "the banks of the river|– which were low –"
    ]


def test_lines_beside_a_figure_are_full_where_they_end():
    wide = [full(100, "The weirs were"), full(112, "taken out. All")]
    narrow = [
        line_at(LEFT, 124 + 12 * place, text, right=180)
        for place, text in enumerate(["of them were", "gone when the", "Marlow rose to"])
    ]
    assert paragraphs([*wide, *narrow, line_at(LEFT, 160, "the road.")]) == [
        "The weirs were|taken out. All|of them were|gone when the|Marlow rose to|the road."
    ]


def test_lines_of_an_indented_box_are_full_where_the_longest_ends():
    box = [
        line_at(LEFT + 20, 200, "Maintainers need a", right=RIGHT - 40),
        line_at(LEFT + 20, 212, "Caution at first."),
    ]
    assert paragraphs([*block_at(100, "A paragraph", "before it."), *box]) == [
        "A paragraph|before it.",
        "Maintainers need a|Caution at first.",
    ]


def test_rows_of_a_table_are_not_joined():
    rows = [
        full(100 + 12 * place, f"{name} gravel", cells=(name, "gravel"), role="apparatus")
        for place, name in enumerate(["barbel", "nase"])
    ]
    assert paragraphs(rows) == ["barbel gravel", "nase gravel"]


def test_paragraph_goes_on_over_a_page_and_a_column():
    left = block_at(100, "The weirs", "were all")
    left[-1] = full(112, "were all")
    right = [line_at(320, 100, "taken out and", right=560, margins=(320, 560)), full_right(112, "the Marlow")]
    assert paragraphs([*left, *right], [line_at(LEFT, 100, "River rose.", page=1)]) == [
        "The weirs|were all|taken out and|the Marlow|River rose."
    ]


def full_right(y, text, page=0):
    return line_at(320, y, text, right=560, margins=(320, 560), page=page)


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (full(700, "They were all out."), full(100, "Then fish came", page=1)),
        (full(700, "They were all"), full(100, "Then fish came", LEFT + 20, page=1)),
        (full(700, "They were all"), full(100, "• Fish came", page=1)),
        (full(700, "They were all"), full(100, "Fish came", size=8, page=1)),
        (full(700, "They were all"), full(100, "三座水坝都拆除了，河里的鱼也多了", page=1)),
        (line_at(LEFT, 700, "Hanna Brandt"), full(100, "Then fish came", page=1)),
    ],
    ids=["stop", "indent", "item", "size", "language", "short"],
)
def test_paragraph_ends_with_its_page(last, first):
    second = line_at(LEFT, 112, "back again.", first.size, page=1)
    assert paragraphs([last], [first, second])[0] == last.text


def test_paragraph_goes_on_behind_what_interrupts_it():
    page = [
        full(100, "The weirs were"),
        line_at(LEFT, 150, "Figure 1: A weir"),
        line_at(LEFT, 180, "taken out."),
        line_at(LEFT, 700, "1 See there.", 8, role="apparatus"),
    ]
    assert paragraphs(page) == ["The weirs were|taken out.", "Figure 1: A weir", "1 See there."]


def test_heading_ends_what_went_before_it():
    page = [full(100, "The weirs were"), line_at(LEFT, 130, "The fish", 14), line_at(LEFT, 160, "taken out.")]
    assert paragraphs(page) == ["The weirs were", "The fish", "taken out."]


def test_abstract_has_its_label_as_a_heading():
    page = block_at(
        100, "Abstract. Between two thousand and twelve and", "nine years later weirs were taken out.", opens_bold=True
    )
    (label, text) = paragraphs_of([page], BODY)
    assert (label.text, label.role) == ("Abstract", "heading")
    assert text.lines[0].text == "Between two thousand and twelve and"


def test_no_lines_make_no_paragraphs():
    assert paragraphs() == []
    assert paragraphs([], []) == []


def test_no_line_is_lost_or_doubled():
    pages = [
        block_at(100, "The weirs were", "all out of"),
        block_at(100, "the river.", "Then fish", page=1),
        block_at(300, "came.", page=1),
    ]
    found = [line for paragraph in paragraphs_of(pages, BODY) for line in paragraph.lines]
    assert sorted(found, key=str) == sorted((line for page in pages for line in page), key=str)


def test_lines_set_to_the_right_are_paragraphs():
    lines = [full(100, "青溪市人民政府办公室", 200), full(112, "2024年3月12日", 235)]
    assert paragraphs(lines) == ["青溪市人民政府办公室", "2024年3月12日"]


def test_short_line_before_a_figure_is_a_paragraph():
    assert len(paragraphs([line_at(LEFT, 100, "Marlow Nurseries"), line_at(LEFT, 112, "8 Alder Lane")])) == 2

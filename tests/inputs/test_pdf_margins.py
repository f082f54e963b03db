from dataclasses import replace

import pytest
from inputs.pdf_places import LEFT, block_at, line_at

from summarize.inputs.pdf_margins import parse_number, remove_margins, with_footnotes


def prose(page):
    """Six lines that no other page has."""
    name = "abcdefghijkl"[page]
    return [
        line_at(LEFT, 100 + 12 * place, f"{name} says line {'abcdef'[place]} of it", page=page) for place in range(6)
    ]


def document(num_pages, *around):
    """Pages of prose with lines around it: the height of each, and what it says on the page of an index."""
    return [
        sorted([*prose(page), *(line_at(LEFT, y, said, page=page) for y, say in around if (said := say(page)))],
               key=lambda line: line.base)
        for page in range(num_pages)
    ]  # fmt: skip


def left_around(pages, size=10):
    """What is left around the prose."""
    return [[line.text for line in lines if " says line " not in line.text] for lines in remove_margins(pages, size)]


@pytest.mark.parametrize(
    "foot",
    [
        lambda page: f"{page + 7}",
        lambda page: f"Rivers {page + 1}",
        lambda page: f"第 {page + 1} 页",
        lambda page: "Rivers",
    ],
)
def test_feet_that_come_again_go(foot):
    assert left_around(document(4, (700, foot))) == [[]] * 4


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        (["11/28/26, 10:19 AM", "The Marlow River"], ["https://rivers.example/a", "1/1"]),
        (["2026/11/28 上午10:19", "水轮"], ["file:///home/a/水轮.html", "1/12"]),
        (["28.11.2026, 10:19 The Marlow River"], ["https://rivers.example/a 1/1"]),
    ],
)
def test_what_a_browser_prints_around_its_only_page_goes(head, foot):
    rows = ((20, head), (780, foot))
    around = [line_at(LEFT + 200 * x, y, said, 8) for y, row in rows for x, said in enumerate(row)]
    assert left_around([[*around[: len(head)], *prose(0), *around[len(head) :]]]) == [[]]


@pytest.mark.parametrize(
    "said",
    [
        "10:19 AM is when it opens",
        "https://rivers.example has more",
        "1/2 of the river",
        "7/8, 9:10 apart",
        "2026-11-28 10:19 It opens.",
    ],
)
def test_outer_line_that_a_browser_did_not_print_stays(said):
    assert left_around([[*prose(0), line_at(LEFT, 780, said)]]) == [[said]]


def test_heads_of_left_and_right_pages_go():
    head = lambda page: "The Marlow River" if page % 2 else "Hanna Brandt"  # noqa: E731
    assert left_around(document(6, (40, head))) == [[]] * 6


def test_heads_of_three_lines_go():
    pages = document(3, (40, lambda page: "Marlow"), (52, lambda page: "River Office"), (64, lambda page: "No. 7"))
    assert left_around(pages) == [[]] * 3


def test_head_of_a_chapter_goes_where_other_pages_have_theirs():
    head = lambda page: "Weirs" if page < 5 else f"Chapter {'abc'[page - 5]}"  # noqa: E731
    assert left_around(document(8, (40, head))) == [[]] * 8


def test_numbers_of_pages_in_roman_digits_go():
    assert left_around(document(4, (700, lambda page: ("iii", "iv", "v", "vi")[page]))) == [[]] * 4


def test_number_of_a_single_page_goes_where_it_stands_apart():
    assert left_around(document(1, (700, lambda page: "12"))) == [[]]
    assert left_around(document(1, (172, lambda page: "12"))) == [["12"]]


def test_line_that_comes_again_at_another_height_stays():
    pages = [[*prose(page), line_at(LEFT, 300 + 40 * page, "Rivers", page=page)] for page in range(4)]
    assert left_around(pages) == [["Rivers"]] * 4


def test_line_that_comes_again_in_the_middle_of_pages_stays():
    pages = document(4, *[(y, lambda page, y=y: f"{'abcd'[page]}{y} is said") for y in (20, 30, 40, 600, 610, 620)])
    pages = [[*lines, line_at(LEFT, 220, "Rivers", page=page)] for page, lines in enumerate(pages)]
    assert all("Rivers" in left for left in left_around(pages))


def test_two_lines_alike_in_a_long_document_stay():
    head = lambda page: "Rivers" if page in (2, 3) else ""  # noqa: E731
    assert left_around(document(12, (90, head))) == [[], [], ["Rivers"], ["Rivers"], *[[]] * 8]


def test_titles_of_slides_with_numbers_stay():
    pages = [[line_at(LEFT, 40, f"Step {page + 1}", 20, page=page), *prose(page)] for page in range(4)]
    assert left_around(pages) == [["Step 1"], ["Step 2"], ["Step 3"], ["Step 4"]]


def test_title_of_the_document_stays_where_it_is_its_running_head():
    pages = [[line_at(LEFT, 40, "Rivers of Marlow", 14, page=page), *prose(page)] for page in range(4)]
    assert left_around(pages) == [["Rivers of Marlow"], [], [], []]


def test_pages_with_the_same_text_keep_it():
    pages = [block_at(100, "Dear neighbour,", "we are going to plant trees.", page=page) for page in range(4)]
    assert [len(lines) for lines in remove_margins(pages, 10)] == [2] * 4


def test_slide_on_which_more_shows_replaces_the_one_before():
    steps = [
        [line_at(LEFT, 100 + 12 * place, f"point {'abcd'[place]}", page=page) for place in range(page + 2)]
        for page in range(3)
    ]
    assert [len(lines) for lines in remove_margins(steps, 10)] == [0, 0, 4]


def test_edges_of_regions_leave_out_what_stood_around_the_text():
    pages = [
        [*block_at(100, "prose", f"of {page}", page=page, margins=(10, 500)),
         line_at(10, 700, f"{page}", right=500, page=page, margins=(10, 500))]
        for page in range(3)
    ]  # fmt: skip
    assert {line.margins for lines in remove_margins(pages, 10) for line in lines} == {(60, 300)}


def test_pages_without_lines_are_no_trouble():
    assert remove_margins([], 10) == []
    assert remove_margins([[], []], 10) == [[], []]


@pytest.mark.parametrize(("number", "count"), [("12", 12), ("iv", 4), ("ix", 9), ("xiv", 14), ("xc", 90), ("i", 1)])
def test_int_of_reads_both_kinds_of_digits(number, count):
    assert parse_number(number) == count


def notes_of(*lines):
    (marked,) = with_footnotes([lines], 10)
    return [line.text for line in marked if line.role == "apparatus"]


BODY = block_at(100, *(f"line {letter} of the text" for letter in "abcdefgh"))


@pytest.mark.parametrize(
    "note", ["1 See the yearbook.", "1See it.", "* By the author.", "① 见年鉴。", "[3] 见年鉴。", "a See it."]
)
def test_small_lines_at_the_foot_that_begin_with_a_mark_are_notes(note):
    assert notes_of(*BODY, line_at(LEFT, 200, note, 8), line_at(LEFT, 210, "and volume four.", 8)) == [
        note,
        "and volume four.",
    ]


def test_large_line_apart_that_begins_with_the_number_of_a_mark_is_a_note():
    marked = [replace(line, notes=("2",)) if place == 3 else line for place, line in enumerate(BODY)]
    note = line_at(LEFT, 240, "2 See the yearbook.")
    assert notes_of(*marked, note, line_at(LEFT, 252, "It has all figures.")) == [note.text, "It has all figures."]
    assert notes_of(*BODY, note) == []
    assert notes_of(*marked, line_at(LEFT, 240, "2. See the yearbook.")) == []
    assert notes_of(*marked, line_at(LEFT, BODY[-1].base + 12, note.text)) == []


def test_small_lines_that_stand_apart_are_notes_without_a_mark():
    assert notes_of(*BODY, line_at(LEFT, 240, "continued from the page before", 8)) == [
        "continued from the page before"
    ]


def test_small_lines_that_go_on_with_the_text_are_none():
    assert notes_of(*BODY, line_at(LEFT, 196, "in smaller letters", 8)) == []


def test_small_lines_with_text_below_them_are_none():
    quotation = [line_at(LEFT, 200, "1 they said,", 8), line_at(LEFT, 210, "and left.", 8)]
    assert notes_of(*BODY, *quotation, *block_at(230, "text", "again")) == []


def test_page_of_small_print_has_no_notes():
    assert notes_of(*block_at(100, "1 small", "print", "only", size=8)) == []


def test_notes_of_each_column_are_found():
    other = [line_at(320, line.base, line.text, margins=(320, 560)) for line in BODY]
    lines = [*BODY, line_at(LEFT, 210, "1 left", 8), *other, line_at(320, 210, "2 right", 8, margins=(320, 560))]
    assert notes_of(*lines) == ["1 left", "2 right"]

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inputs.pdf_places import words_at

from summarize.inputs.pdf_lines import lines_of
from summarize.inputs.pdf_words import Word


def texts_of(words):
    return [line.text for line in lines_of(words, 0)]


def test_lines_are_read_from_top_to_bottom_and_words_from_left_to_right():
    words = [*words_at(60, 112, "came back"), *words_at(60, 100, "then the fish")]
    assert texts_of(words[::-1]) == ["then the fish", "came back"]


def test_line_has_the_edges_of_its_words_and_of_its_region():
    first, second = lines_of([*words_at(72, 100, "then the fish"), *words_at(60, 112, "came back again soon")], 3)
    assert (first.left, first.right, first.base, first.size, first.page) == (72, 137, 100, 10, 3)
    assert first.margins == second.margins == (60, 160)


def test_line_is_bold_or_fixed_where_all_of_it_is():
    words = [*words_at(60, 100, "Fish", is_bold=True), *words_at(90, 100, "came")]
    (line,) = lines_of(words, 0)
    assert (line.is_bold, line.opens_bold) == (False, True)
    (code,) = lines_of(words_at(60, 100, "fish += 1", is_fixed=True, is_bold=True), 0)
    assert (code.is_bold, code.opens_bold, code.is_fixed) == (True, True, True)


def test_opening_is_the_first_word_whatever_fonts_it_is_in():
    logo = [Word("T", 60, 65, 100, 10), Word("EX", 64, 72, 102, 10), *words_at(77, 100, "was fast")]
    (line,) = lines_of(logo, 0)
    assert (line.text, line.opening) == ("TEX was fast", 12)


@pytest.mark.parametrize(
    ("text", "width"),
    [("水坝拆除以后", 10), ("水，坝", 30), ("水”坝", 25), ("“水坝", 15), ("了“小规模", 25), ("水。2013年", 45)],
)
def test_opening_of_chinese_is_what_may_not_be_parted(text, width):
    (line,) = lines_of([Word(text, 60, 160, 100, 10)], 0)
    assert line.opening <= width
    assert line.opening >= 10


def at(*places, size=10):
    """Words of a line, each with where it begins and with what is before it."""
    words, right = [], 0.0
    for gap, blank, text in places:
        word = words_at(right + gap, 100, text, size)[0]._replace(blank=blank)
        right = word.right
        words.append(word)
    return words


@pytest.mark.parametrize(
    ("second", "text"),
    [
        ((3, " ", "fish"), "two fish"),
        ((3, "~", "fish"), "two fish"),
        ((3, "", "fish"), "two fish"),
        ((0.2, "~", "fish"), "twofish"),
        ((0.5, "", "fish"), "twofish"),
    ],
)
def test_english_words_are_parted_by_a_blank_or_by_a_gap(second, text):
    assert texts_of(at((60, "~", "two"), second)) == [text]


@pytest.mark.parametrize(
    ("second", "text"),
    [
        ((0.5, " ", "拆除以后"), "三座水坝拆除以后"),
        ((2, " ", "拆除以后"), "三座水坝 拆除以后"),
        ((3, "~", "拆除以后"), "三座水坝 拆除以后"),
        ((2, "~", "拆除以后"), "三座水坝拆除以后"),
        ((2.5, "~", "2013"), "三座水坝2013"),
        ((2.5, " ", "Marlow"), "三座水坝 Marlow"),
    ],
)
def test_chinese_is_parted_by_what_is_as_wide_as_a_blank(second, text):
    assert texts_of(at((60, "~", "三座水坝"), second)) == [text]


def test_chinese_that_is_spread_over_its_line_is_not_parted():
    assert texts_of(at(*[(4, "~", character) for character in "三座水坝拆除"])) == ["三座水坝拆除"]


def with_mark(before, mark, *, gap=0.0, rise=4.0, size=6):
    words = words_at(60, 100, before)
    return [*words, Word(mark, words[-1].right + gap, words[-1].right + gap + 3 * len(mark), 100 - rise, size)]


@pytest.mark.parametrize(
    ("before", "mark", "text"),
    [
        ("the old weirs", "12", "the old weirs"),
        ("the old weirs.", "3", "the old weirs."),
        ("三座水坝", "[2]", "三座水坝"),
        ("三座水坝", "①", "三座水坝"),
        ("the old weirs", "*", "the old weirs"),
        ("five m", "2", "five m²"),
        ("about 10", "6", "about 10⁶"),
        ("the 19", "th", "the 19th"),
    ],
)
def test_raised_mark_of_a_note_goes_and_a_power_stays(before, mark, text):
    assert texts_of(with_mark(before, mark)) == [text]


def test_lowered_letter_of_a_title_is_no_initial_of_the_text_below():
    title = [*words_at(60, 100, "T", 20), *words_at(68, 104, "E", 20), *words_at(78, 100, "X Live", 20)]
    lines = texts_of(
        [*title, *words_at(60, 140, "It is a guide to all of it."), *words_at(60, 152, "It has been read.")]
    )
    assert lines[0].replace(" ", "") == "TEXLive"


def test_mark_of_a_note_as_large_as_its_line_is_told_by_how_far_it_is_raised():
    assert texts_of(with_mark("the old weirs.", "3", rise=3.5, size=10)) == ["the old weirs."]
    assert texts_of(with_mark("the old weirs.", "3", rise=1, size=10)) == ["the old weirs.3"]


def test_small_number_with_a_blank_before_it_is_no_note():
    assert texts_of(with_mark("the old weirs", "12", gap=5)) == ["the old weirs 12"]


def test_mark_that_begins_a_footnote_stays():
    assert texts_of([Word("1", 60, 63, 96, 6), *words_at(63, 100, "See the yearbook.", 8)]) == ["1See the yearbook."]


def test_lowered_figure_of_a_formula_stays():
    assert texts_of([*words_at(60, 100, "CO"), Word("2", 70, 73, 102, 6, blank="")]) == ["CO2"]


def test_initial_over_several_lines_begins_the_first_of_them():
    words = [Word("R", 60, 80, 112, 27), *words_at(82, 100, "ivers run"), *words_at(82, 112, "through towns")]
    words = [word._replace(blank="") if word.text == "ivers" else word for word in words]
    assert texts_of(words) == ["Rivers run", "through towns"]


@pytest.mark.parametrize("dot", ["•", "·", "*", "o", "−"])
def test_dot_of_a_list_begins_an_item(dot):
    assert texts_of([*words_at(60, 100, dot), *words_at(75, 100, "plant both banks")])[0].startswith("• plant")


def test_dash_before_chinese_begins_an_item_and_before_english_is_left_to_its_lines():
    assert texts_of([Word("–", 60, 65, 100, 10), Word("种植柳树", 68, 108, 100, 10)]) == ["• 种植柳树"]
    assert texts_of([Word("–", 60, 65, 100, 10), *words_at(70, 100, "which was new")]) == ["– which was new"]


def test_mark_of_a_list_is_no_cell():
    (line,) = lines_of([*words_at(60, 100, "1."), *words_at(90, 100, "Plant both banks.")], 0)
    assert line.cells == ("1. Plant both banks.",)


def test_row_as_long_as_a_book_is_read_in_time_that_grows_with_it():
    (line,) = lines_of([Word("ab", 12.0 * place, 12.0 * place + 10, 100, 10) for place in range(20_000)], 0)
    assert len(line.text) == 3 * 20_000 - 1


@given(
    st.lists(
        st.tuples(
            st.text("ab12*[]水，", min_size=1, max_size=3),
            st.floats(0, 500),
            st.floats(0, 50),
            st.sampled_from([6.0, 10.0, 30.0]),
        )
    )
)
def test_words_anywhere_are_in_a_line_but_for_marks_of_notes(placed):
    words = [Word(text, x, x + 5, y, size) for text, x, y, size in placed]
    said = "".join(line.text for line in lines_of(words, 0)) if words else ""
    letters = Counter(letter for word in words for letter in word.text if letter in "ab水")
    assert Counter(letter for letter in said if letter in "ab水") == letters


def test_title_whose_letters_are_apart_is_no_row_of_initials():
    title = [Word(letter, 60 + 30 * place, 75 + 30 * place, 60, 30) for place, letter in enumerate("RIVER")]
    assert texts_of([*title, *words_at(60, 100, "then the fish came back")])[0] == "R I V E R"


def test_chinese_read_from_a_scan_has_no_blanks_though_its_file_has():
    assert texts_of(at(*[(5, " ", text) for text in ("水坝", "已经", "拆", "除", "，", "鱼", "多", "了")])) == [
        "水坝已经拆除，鱼多了"
    ]

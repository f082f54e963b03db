from hypothesis import given
from hypothesis import strategies as st
from inputs.pdf_places import words_at

from summarize.inputs.pdf_columns import regions_of
from summarize.inputs.pdf_words import Word

PROSE = "the river was wide and slow again"


def column(x, y, num_lines, name, size=10):
    """Lines of prose 12 points apart, numbered, as wide as 190 points."""
    return [word for place in range(num_lines) for word in words_at(x, y + 12 * place, f"{name}{place} {PROSE}", size)]


def names_of(words, known=()):
    """The numbered words of each region, from top to bottom."""
    regions, _ = regions_of(words, known)
    ordered = [sorted(region, key=lambda word: (word.base, word.left)) for region in regions]
    return [[word.text for word in region if word.text[-1].isdecimal()] for region in ordered]


def numbered(name, num_lines):
    return [f"{name}{place}" for place in range(num_lines)]


def test_page_of_one_column_is_one_region():
    assert names_of(column(60, 100, 8, "a")) == [numbered("a", 8)]


def test_left_column_is_read_before_the_right_one():
    assert names_of([*column(60, 100, 8, "a"), *column(260, 100, 8, "b")]) == [numbered("a", 8), numbered("b", 8)]


def test_lines_of_columns_need_not_stand_at_the_same_height():
    assert names_of([*column(60, 100, 8, "a"), *column(260, 105, 8, "b")]) == [numbered("a", 8), numbered("b", 8)]


def test_three_columns_are_read_from_left_to_right():
    words = [*column(400, 100, 8, "c", 7), *column(60, 100, 8, "a", 7), *column(230, 100, 8, "b", 7)]
    assert names_of(words) == [numbered("a", 8), numbered("b", 8), numbered("c", 8)]


def test_columns_may_stand_close_if_they_are_long():
    words = [*column(60, 100, 8, "a"), *column(249, 100, 8, "b")]
    assert len(names_of(words)) == 2
    assert len(names_of([word for word in words if word.base < 130])) == 1


def test_title_over_both_columns_is_read_first_and_a_note_below_last():
    title = words_at(100, 60, "T0 The River That Came Back to Life", 18)
    note = words_at(60, 260, "N0 a note that runs below both of the columns to the very right of the page", 10)
    words = [*note, *column(260, 100, 8, "b"), *column(60, 100, 8, "a"), *title]
    assert names_of(words) == [["T0"], numbered("a", 8), numbered("b", 8), ["N0"]]


def test_last_line_of_an_abstract_over_both_columns_belongs_to_it():
    abstract = words_at(60, 60, "A0 an abstract that runs over both of the columns to the very right of the page", 10)
    last = words_at(60, 72, "A1 and ends", 10)
    words = [*column(60, 110, 8, "a"), *column(260, 110, 8, "b"), *last, *abstract]
    assert names_of(words) == [["A0", "A1"], numbered("a", 8), numbered("b", 8)]


def test_heading_across_the_page_parts_two_pairs_of_columns():
    heading = words_at(60, 220, "H0 a heading that runs over both of the columns to the very right of it", 10)
    words = [*column(60, 100, 8, "a"), *column(260, 100, 8, "b"), *heading]
    words += [*column(60, 250, 8, "c"), *column(260, 250, 8, "d")]
    assert names_of(words) == [numbered("a", 8), numbered("b", 8), ["H0"], numbered("c", 8), numbered("d", 8)]


def test_right_column_may_end_before_the_left_one():
    assert names_of([*column(60, 100, 12, "a"), *column(260, 100, 5, "b")]) == [numbered("a", 12), numbered("b", 5)]


def test_short_columns_are_found_where_another_page_has_its_gutter():
    words = [*column(60, 100, 2, "a"), *words_at(260, 100, "b0 the end.")]
    assert len(names_of(words)) == 1
    (_, found) = regions_of([*column(60, 100, 8, "a"), *column(260, 100, 8, "b")])
    assert names_of(words, found) == [["a0", "a1"], ["b0"]]


def test_cells_of_a_table_are_no_columns():
    rows = [
        ("Revenue from water", "12,345", "11,234"),
        ("Staff and training", "2,345", "2,221"),
        ("Depreciation", "345", "340"),
    ]
    words = [
        word
        for place, (name, *figures) in enumerate(rows * 3)
        for word in (
            *words_at(60, 100 + 12 * place, name),
            *words_at(250, 100 + 12 * place, figures[0]),
            *words_at(350, 100 + 12 * place, figures[1]),
        )
    ]
    assert len(regions_of(words)[0]) == 1


def test_dots_before_the_number_of_a_page_are_no_gutter():
    words = []
    for place in range(8):
        words += [
            *words_at(60, 100 + 12 * place, f"a{place} on rivers"),
            *words_at(140, 100 + 12 * place, " ".join("." * 12)),
            *words_at(300, 100 + 12 * place, str(place)),
        ]
    (region,), found = regions_of(words)
    assert not found
    assert [word.text for word in region if word.text.startswith(".")] == [f"............{place}" for place in range(8)]


def test_page_without_words_has_no_regions():
    assert regions_of([]) == ([], [])


def test_words_are_neither_lost_nor_doubled():
    words = [*column(60, 100, 8, "a"), *column(260, 103, 8, "b"), *words_at(90, 60, "A title of it", 20)]
    regions, _ = regions_of(words)
    assert sorted(word for region in regions for word in region) == sorted(words)


@st.composite
def pages(draw):
    """Words anywhere on a page, also over each other."""
    places = st.tuples(st.floats(0, 500), st.floats(0, 800), st.floats(0, 200), st.sampled_from([0.5, 8.0, 10.0, 30.0]))
    return [
        Word(f"w{number}", x, x + width, y, size) for number, (x, y, width, size) in enumerate(draw(st.lists(places)))
    ]


@given(pages())
def test_words_anywhere_are_neither_lost_nor_doubled(words):
    regions, _ = regions_of(words)
    assert sorted(word for region in regions for word in region) == sorted(words)

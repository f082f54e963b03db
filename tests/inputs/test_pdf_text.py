from inputs.pdf_places import LEFT, block_at, line_at

from summarize.document import Location, RoleSpan
from summarize.inputs.pdf_text import as_source


def source_of(*pages, title=None):
    return as_source(pages, [str(number) for number in range(1, len(pages) + 1)], title)


def test_paragraphs_are_parted_by_a_blank_line_and_headings_marked():
    heading = line_at(LEFT, 60, "The Weirs", 14)
    source = source_of([heading, *block_at(100, "They were taken", "out of the river.")])
    assert source.text == "The Weirs\n\nThey were taken out of the river."
    assert source.parts == (RoleSpan(0, 9, "heading"),)
    assert source.title == "The Weirs"


def test_given_title_comes_before_that_of_the_text():
    assert (
        source_of([line_at(LEFT, 60, "The Weirs", 14), *block_at(100, "They", "are out.")], title="Rivers").title
        == "Rivers"
    )


def test_letterhead_is_no_title():
    page = [
        line_at(LEFT, 40, "江州市水利局文件", 20),
        line_at(LEFT, 70, "江水利〔2026〕17号"),
        line_at(LEFT, 100, "关于检查水轮的通知", 14),
        *block_at(140, "各镇水站应当检查水轮，", "并把结果报来。"),
    ]
    assert source_of(page).title == "关于检查水轮的通知"
    assert source_of(page, title="水轮").title == "水轮"


def test_heading_far_down_is_no_title():
    page = [
        *block_at(100, *["a line of text"] * 9),
        line_at(LEFT, 300, "The Weirs", 14),
        *block_at(330, "They", "are out."),
    ]
    assert source_of(page).title is None


def test_items_of_a_list_stand_below_each_other():
    texts = ["• open weirs", "• plant trees", "And wait."]
    items = [line_at(LEFT, 100 + 12 * place, text) for place, text in enumerate(texts)]
    assert source_of([*items, *block_at(200, "All of them", "did.")]).text == (
        "- open weirs\n- plant trees\n\nAnd wait.\n\nAll of them did."
    )


def test_numbered_items_keep_their_numbers():
    items = [line_at(LEFT, 100 + 12 * place, text) for place, text in enumerate(["1. open weirs", "2. plant trees"])]
    assert source_of(items).text == "1. open weirs\n2. plant trees"


def test_rows_of_a_table_stand_below_each_other_with_their_cells():
    rows = [
        line_at(LEFT, 100 + 12 * place, "|".join(cells), cells=cells, role="apparatus")
        for place, cells in enumerate([("barbel", "gravel", "common"), ("nase", "gravel", "rare")])
    ]
    source = source_of(rows)
    assert source.text == "barbel\tgravel\tcommon\nnase\tgravel\trare"
    assert [part.role for part in source.parts] == ["apparatus", "apparatus"]


def test_soft_hyphens_are_nowhere_left():
    assert source_of(block_at(100, "They were com\u00ad", "pre\u00adhensive.")).text == "They were comprehensive."


def test_hyphen_goes_by_the_rest_of_the_text():
    lines = [*block_at(100, "all of the re-", "formed river"), *block_at(200, "it is a re-formed one,", "as they say.")]
    assert source_of(lines).text.startswith("all of the re-formed river")


def test_place_of_a_page_is_where_its_text_begins():
    source = source_of(block_at(100, "They were all", "out."), [], block_at(100, "Then fish", "came.", page=2))
    assert source.places == (Location(0, "page", "1"), Location(source.text.index("Then"), "page", "3"))


def test_page_comes_again_where_its_note_stands_behind_what_goes_on():
    first = [
        *block_at(100, *["The weirs were"] * 5),
        line_at(LEFT, 148, "The weirs were", right=300),
        line_at(LEFT, 300, "1 See there.", 8),
    ]
    source = source_of(first[:4] + first[5:], [line_at(LEFT, 100, "all taken out.", page=1)])
    assert [(place.value, source.text[place.start :].split(" ")[0]) for place in source.places] == [
        ("1", "The"),
        ("2", "all"),
        ("1", "1"),
    ]
    assert source.parts[-1].role == "apparatus"


def test_bibliography_is_apparatus_and_what_follows_its_entries_is_not():
    lines = [
        *block_at(100, "They were all", "out."),
        line_at(LEFT, 150, "References", 14),
        *block_at(180, "[1] Arnold, P. Weirs.", "London."),
        *block_at(230, "We thank all who", "helped us."),
    ]
    source = source_of(lines)
    assert [(source.text[part.start : part.end], part.role) for part in source.parts] == [
        ("References", "heading"),
        ("[1] Arnold, P. Weirs. London.", "apparatus"),
    ]


def test_parts_and_places_lie_in_the_text_in_order():
    lines = [
        line_at(LEFT, 60, "The Weirs", 14),
        *block_at(100, "They", "are out."),
        line_at(LEFT, 150, "Figure 1: A weir"),
    ]
    source = source_of(lines, block_at(100, "Then", "fish came.", page=1))
    starts = [part.start for part in source.parts]
    assert starts == sorted(starts)
    assert all(0 <= part.start < part.end <= len(source.text) for part in source.parts)
    assert [place.start for place in source.places] == sorted(place.start for place in source.places)


def test_nothing_makes_an_empty_text():
    source = source_of([], [])
    assert (source.text, source.parts, source.places) == ("", (), ())

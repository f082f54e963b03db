from inputs.pdf_places import line_at, words_at

from summarize.inputs.pdf_lines import lines_of
from summarize.inputs.pdf_tables import without_figures


def table(*rows, x=(60, 160, 220), y=100):
    words = []
    for place, row in enumerate(rows):
        for left, cell in zip(x, row, strict=False):
            words += words_at(left, y + 12 * place, cell)
    return without_figures(lines_of(words, 0))


def test_table_of_numbers_is_left_out_with_its_head():
    rows = [("Kind", "2012", "2021"), ("Barbel", "3", "12"), ("Nase", "0", "8"), ("Grayling", "–", "1.5%")]
    assert table(*rows) == []
    head = words_at(60, 88, "Kind 2012 2021")
    lines = without_figures(lines_of([*head, *words_at(60, 64, "We counted fish for years.")], 0))
    assert [line.text for line in lines] == ["We counted fish for years.", "Kind 2012 2021"]


def test_text_around_a_table_of_numbers_stays():
    words = words_at(60, 76, "We counted the fish at all stations.")
    for place, row in enumerate([("Barbel", "3"), ("Nase", "0"), ("Grayling", "2")]):
        words += [*words_at(60, 100 + 12 * place, row[0]), *words_at(200, 100 + 12 * place, row[1])]
    words += words_at(60, 160, "There were more of them than before.")
    assert [line.text for line in without_figures(lines_of(words, 0))] == [
        "We counted the fish at all stations.",
        "There were more of them than before.",
    ]


def test_table_of_words_is_apparatus_and_keeps_its_cells():
    lines = table(("Barbel", "gravel", "back since spring"), ("Nase", "gravel", "rare"), ("Grayling", "sand", "common"))
    assert [line.cells for line in lines] == [
        ("Barbel", "gravel", "back since spring"),
        ("Nase", "gravel", "rare"),
        ("Grayling", "sand", "common"),
    ]
    assert {line.role for line in lines} == {"apparatus"}


def test_pairs_of_a_letter_are_lines_of_text():
    lines = table(("From:", "Hanna Brandt"), ("To:", "Ada Penrose"), ("About:", "lime trees"))
    assert [line.text for line in lines] == ["From: Hanna Brandt", "To: Ada Penrose", "About: lime trees"]
    assert not any(line.cells for line in lines)


def test_wide_gap_in_a_line_of_prose_is_a_blank():
    (line,) = table(("We counted", "all fish."))
    assert (line.text, line.cells, line.role) == ("We counted all fish.", (), "text")


def contents(*texts):
    return [
        line.text for line in without_figures([line_at(60, 100 + 12 * place, text) for place, text in enumerate(texts)])
    ]


def test_table_of_contents_is_left_out():
    assert contents("Contents", "1 Rivers 3", "1.1 Weirs ......... 3", "1.2 Banks . . . . . . 12", "2 Towns 20") == [
        "Contents"
    ]


def test_entry_of_two_lines_is_left_out_whole():
    assert contents("1 Weirs ........ 3", "2 What was planted along", "both banks ........ 5", "We began in May.") == [
        "We began in May."
    ]


def test_sentence_that_ends_in_a_year_is_no_entry():
    assert contents("The weirs were closed in 2012", "and opened again.") == [
        "The weirs were closed in 2012",
        "and opened again.",
    ]

import pytest
from inputs.pdf_places import words_at

from summarize.inputs.pdf_characters import Character, Style
from summarize.inputs.pdf_words import Word, count_unknown, usual_size, without_line_numbers, words_of

UPRIGHT = Style(10)
BLANK, GAP = Character(0x20), Character(0)


def row(text, x=0.0, y=100.0, style=UPRIGHT, **more):
    """The characters of a row, each 5 points wide, Chinese 10."""
    characters = []
    for letter in text:
        width = 10 if letter >= "\u2e80" else 5
        characters.append(Character(ord(letter), style, x, y - 2, x + width, y + 8, x, y, **more))
        x += width
    return characters


def texts_of(characters):
    return [[word.text for word in words] for words in words_of(characters)]


def test_words_are_parted_at_blanks_and_say_what_was_before_them():
    (words,) = words_of([*row("weirs"), BLANK, *row("and", 30), GAP, *row("fish", 60)])
    assert [(word.text, word.blank) for word in words] == [("weirs", ""), ("and", " "), ("fish", "~")]


def test_blank_of_the_file_counts_beside_a_gap():
    (words,) = words_of([*row("a"), GAP, BLANK, GAP, *row("b", 30)])
    assert words[1].blank == " "


def test_word_has_the_place_and_the_style_of_its_characters():
    assert words_of(row("fish", 30, 700, Style(10, is_bold=True, is_fixed=True))) == [
        [Word("fish", 30, 50, -700, 10, is_bold=True, is_fixed=True)]
    ]


def test_words_are_parted_where_the_style_or_the_line_changes():
    assert texts_of([*row("fish"), *row("2", 20, style=Style(6))]) == [["fish", "2"]]
    assert texts_of([*row("fish"), *row("come", 20, 90)]) == [["fish", "come"]]


def test_words_are_parted_at_a_gap_where_the_file_has_no_blank():
    assert texts_of([*row("fish"), *row("come", 23)]) == [["fish", "come"]]
    assert texts_of([*row("fi"), *row("sh", 11)]) == [["fish"]]


@pytest.mark.parametrize(
    ("direction", "place"),
    [
        (0, lambda along, down: (along, 800 - down)),
        (1, lambda along, down: (100 + down, along)),
        (2, lambda along, down: (500 - along, 100 + down)),
        (3, lambda along, down: (500 - down, 800 - along)),
    ],
)
def test_words_of_any_direction_are_turned_upright(direction, place):
    def letter(text, along, down):
        (x, y), (end_x, end_y) = place(along, down), place(along + 5, down - 8)
        edges = min(x, end_x), min(y, end_y), max(x, end_x), max(y, end_y)
        return Character(ord(text), Style(10, direction=direction), *edges, x, y)

    (words,) = words_of(
        [letter("a", 10, 20), letter("b", 15, 20), BLANK, letter("c", 30, 20), GAP, letter("d", 10, 32)]
    )
    assert [word.text for word in words] == ["ab", "c", "d"]
    first, beside, below = words
    assert first.right - first.left == 10
    assert beside.left - first.right == 10
    assert beside.base == first.base
    assert below.base - first.base == 12
    assert below.left == first.left


def test_words_that_run_askew_are_left_out():
    assert texts_of([*row("fish"), *row("DRAFT", 0, 300, Style(60, direction=None))]) == [["fish"]]


def test_direction_with_the_most_text_comes_first():
    assert texts_of([*row("axis", style=Style(10, direction=1)), BLANK, *row("a longer text")])[0] == ["a longer text"]


def downwards(text, x, y=700.0):
    return [
        Character(ord(letter), UPRIGHT, x, y - 10 * place - 10, x + 10, y - 10 * place, x, y - 10 * place - 8)
        for place, letter in enumerate(text)
    ]


def test_chinese_that_runs_downwards_is_read_from_the_right():
    (words,) = words_of([*downwards("青溪市旧城区", 500), GAP, *downwards("始建于明代。", 480)])
    assert [word.text for word in words] == ["青溪市旧城区", "始建于明代。"]
    assert words[0].base < words[1].base
    assert words[0].left == words[1].left


def test_figures_on_their_side_belong_to_chinese_that_runs_downwards():
    year = [Character(ord(digit), Style(10, direction=3), 500, 635 - 5 * place, 510, 640 - 5 * place, 502, 640)
            for place, digit in enumerate("2016")]  # fmt: skip
    (words,) = words_of([*downwards("青溪市从前在", 500), *year])
    assert [word.text for word in words] == ["青溪市从前在", "2016"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ﬁsh", "fish"),
        ("ﬀ", "ff"),
        ("oﬃce", "office"),
        ("well\u2010known", "well-known"),
        ("any\ufffe", "any-"),
        ("any\u0002", "any-"),
        ("a\u200bb\ufeffc\u202ed\u2067", "abcd"),
        ("\u2f00\u2f49", "一月"),
        ("⺠⻘⻓", "民青长"),
        ("好︒", "好。"),
        ("a\ue123b\ufffdc\x07", "abc"),
        ("x\ud835y", "xy"),
    ],
)
def test_characters_become_those_that_are_meant(written, read):
    (words,) = words_of(row(written))
    assert "".join(word.text for word in words) == read


@pytest.mark.parametrize("sign", ["\uf0b7", "\uf0a7", "\uf0d8"])
def test_sign_by_itself_of_a_symbol_font_is_the_dot_of_a_list(sign):
    assert texts_of([*row(sign), BLANK, *row("fish", 20)]) == [["•", "fish"]]


def test_letter_by_itself_of_a_font_of_signs_is_the_dot_of_a_list():
    assert texts_of([*row("l", style=Style(10, is_dingbat=True)), BLANK, *row("fish", 20)]) == [["•", "fish"]]


def test_character_that_its_font_does_not_tell_is_left_out():
    assert texts_of([*row("fi"), *row("W", 10, is_unknown=True), *row("sh", 15)]) == [["fish"]]


def test_words_with_a_character_that_is_not_told_count_whole():
    assert count_unknown([*row("fi"), *row("W", 10, is_unknown=True), BLANK, *row("weirs", 40)]) == 3
    assert count_unknown([*row("\uf0b7"), BLANK, *row("weirs", 40)]) == 0
    assert count_unknown([]) == 0


def test_usual_size_is_that_of_half_of_the_text():
    words = [Word("title", 0, 0, 0, 20), Word("a" * 30, 0, 0, 0, 10), Word("note", 0, 0, 0, 8)]
    assert usual_size(words) == 10
    assert usual_size([]) == 1
    assert usual_size([Word("dust", 0, 0, 0, 0.01)]) == 1


def test_no_characters_make_no_words():
    assert words_of([]) == []
    assert words_of([BLANK, GAP]) == []


@pytest.mark.parametrize(("step", "num_lines"), [(1, 10), (5, 50)])
def test_numbers_of_lines_beside_the_text_are_left_out(step, num_lines):
    text = [word for place in range(num_lines) for word in words_at(60, 100 + 12 * place, "the river was wide")]
    numbers = [word for place in range(0, num_lines, step) for word in words_at(30, 100 + 12 * place, f"{place + 110}")]
    assert without_line_numbers([*numbers, *text]) == text


def test_few_numbers_beside_the_text_stay():
    ranking = [word for place in range(7) for word in words_at(60, 100 + 12 * place, f"{place + 1} Riverton")]
    assert without_line_numbers(ranking) == ranking


def test_numbers_in_the_text_stay():
    counts = [word for place in range(10) for word in words_at(60, 100 + 12 * place, f"Riverton has {place + 1} weirs")]
    assert without_line_numbers(counts) == counts

import re
import unicodedata

import pytest
from sentences import sentence_texts

from summarize.text import marks
from summarize.text.marks import FINISHED, ends_with_stop, is_question_sentence, is_wide, one_of

# The table by the names that Unicode has for the marks: of two that look alike only one may be meant.
NAMES = {
    "FULL_STOPS": (*("IDEOGRAPHIC FULL STOP", "HALFWIDTH IDEOGRAPHIC FULL STOP", "FULL STOP", "FULLWIDTH FULL STOP"),),
    "QUESTION_MARKS": ("QUESTION MARK", "FULLWIDTH QUESTION MARK"),
    "EXCLAMATION_MARKS": ("EXCLAMATION MARK", "FULLWIDTH EXCLAMATION MARK"),
    "DOUBLE_STOPS": (
        *("DOUBLE EXCLAMATION MARK", "DOUBLE QUESTION MARK", "QUESTION EXCLAMATION MARK", "EXCLAMATION QUESTION MARK"),
    ),
    "FOREIGN_STOPS": (
        *("ARABIC QUESTION MARK", "ARABIC FULL STOP", "DEVANAGARI DANDA", "DEVANAGARI DOUBLE DANDA"),
        *("TIBETAN MARK SHAD", "MYANMAR SIGN SECTION", "ETHIOPIC FULL STOP", "KHMER SIGN KHAN", "ARMENIAN FULL STOP"),
    ),
    "ELLIPSIS_MARKS": ("HORIZONTAL ELLIPSIS", "MIDLINE HORIZONTAL ELLIPSIS", "TWO DOT LEADER"),
    "COMMA_MARKS": ("COMMA", "FULLWIDTH COMMA"),
    "LIST_COMMAS": ("IDEOGRAPHIC COMMA",),
    "SEMICOLON_MARKS": ("SEMICOLON", "FULLWIDTH SEMICOLON"),
    "COLON_MARKS": ("COLON", "FULLWIDTH COLON"),
    "DASH_MARKS": ("EM DASH", "EN DASH"),
    "RANGE_MARKS": ("TILDE", "FULLWIDTH TILDE", "WAVE DASH"),
    "STRAIGHT_QUOTE": ("QUOTATION MARK",),
    "CLOSING_MARKS": (
        *("RIGHT DOUBLE QUOTATION MARK", "RIGHT SINGLE QUOTATION MARK", "RIGHT CORNER BRACKET"),
        *("RIGHT WHITE CORNER BRACKET", "QUOTATION MARK", "APOSTROPHE", "FULLWIDTH RIGHT PARENTHESIS"),
        *("RIGHT PARENTHESIS", "RIGHT BLACK LENTICULAR BRACKET", "RIGHT SQUARE BRACKET"),
    ),
    "DOTS": ("FULL STOP", "FULLWIDTH FULL STOP"),
    "OPENERS": (
        *("LEFT DOUBLE QUOTATION MARK", "LEFT SINGLE QUOTATION MARK", "LEFT CORNER BRACKET"),
        *("LEFT WHITE CORNER BRACKET", "LEFT DOUBLE ANGLE BRACKET", "LEFT ANGLE BRACKET", "FULLWIDTH LEFT PARENTHESIS"),
        *("LEFT BLACK LENTICULAR BRACKET", "LEFT PARENTHESIS", "LEFT SQUARE BRACKET", "QUOTATION MARK", "APOSTROPHE"),
        *("LEFT-POINTING DOUBLE ANGLE QUOTATION MARK", "GRAVE ACCENT", "ASTERISK", "LOW LINE"),
    ),
}
# Of a pair, the one that opens; Unicode calls the other one the same but for its side.
OPENING_NAMES = {
    "DOUBLE_QUOTE_PAIRS": (
        *("LEFT DOUBLE QUOTATION MARK", "LEFT CORNER BRACKET", "LEFT WHITE CORNER BRACKET"),
        "LEFT-POINTING DOUBLE ANGLE QUOTATION MARK",
    ),
    "SINGLE_QUOTE_PAIRS": ("LEFT SINGLE QUOTATION MARK",),
    "TITLE_PAIRS": ("LEFT DOUBLE ANGLE BRACKET", "LEFT ANGLE BRACKET"),
    "PARENTHESIS_PAIRS": ("FULLWIDTH LEFT PARENTHESIS", "LEFT PARENTHESIS"),
    "BRACKET_PAIRS": (
        *("FULLWIDTH LEFT PARENTHESIS", "LEFT PARENTHESIS", "LEFT BLACK LENTICULAR BRACKET"),
        *("LEFT TORTOISE SHELL BRACKET", "LEFT SQUARE BRACKET", "FULLWIDTH LEFT SQUARE BRACKET"),
    ),
}
UNSEEN_NAMES = (
    *("ZERO WIDTH NO-BREAK SPACE", "ZERO WIDTH SPACE", "ZERO WIDTH NON-JOINER", "ZERO WIDTH JOINER"),
    *("LEFT-TO-RIGHT MARK", "RIGHT-TO-LEFT MARK", "WORD JOINER", "VARIATION SELECTOR-16"),
)
FINAL_NAMES = [
    *(NAMES["FULL_STOPS"] + NAMES["QUESTION_MARKS"] + NAMES["EXCLAMATION_MARKS"]),
    *(NAMES["DOUBLE_STOPS"] + NAMES["FOREIGN_STOPS"] + NAMES["ELLIPSIS_MARKS"]),
]
CLAUSE_NAMES = [*NAMES["COMMA_MARKS"], *NAMES["SEMICOLON_MARKS"], *NAMES["COLON_MARKS"]]


def named(names: object) -> list[str]:
    return [unicodedata.lookup(name) for name in names]


@pytest.mark.parametrize("kind", NAMES)
def test_class_has_the_marks_that_are_named(kind: str) -> None:
    assert sorted(getattr(marks, kind)) == sorted(named(NAMES[kind]))


@pytest.mark.parametrize("kind", OPENING_NAMES)
def test_pairs_are_those_that_are_named(kind: str) -> None:
    closing = [name.replace("LEFT", "RIGHT") for name in OPENING_NAMES[kind]]
    assert getattr(marks, kind) == dict(zip(named(OPENING_NAMES[kind]), named(closing), strict=True))


def test_classes_made_of_others_have_all_of_them() -> None:
    assert sorted(marks.FINAL_MARKS) == sorted(named(FINAL_NAMES))
    assert sorted(marks.CLAUSE_MARKS) == sorted(named(CLAUSE_NAMES))
    assert set(named(NAMES["DOTS"] + NAMES["ELLIPSIS_MARKS"])) == marks.ELLIPSES
    assert set(named(FINAL_NAMES)) == marks.STOPS
    assert set(named([*CLAUSE_NAMES, *NAMES["LIST_COMMAS"], *FINAL_NAMES])) == marks.GOES_ON
    quotes = OPENING_NAMES["DOUBLE_QUOTE_PAIRS"] + OPENING_NAMES["SINGLE_QUOTE_PAIRS"]
    assert [*marks.QUOTE_OPENERS] == named(quotes)
    assert [*marks.QUOTE_CLOSERS] == named(name.replace("LEFT", "RIGHT") for name in quotes)


@pytest.mark.parametrize("name", FINAL_NAMES)
def test_final_mark_ends_a_sentence_in_either_language(name: str) -> None:
    stop = unicodedata.lookup(name)
    assert sentence_texts(f"昨天河水涨了很多{stop}今天城里停了电{stop}") == [
        f"昨天河水涨了很多{stop}",
        f"今天城里停了电{stop}",
    ]
    assert sentence_texts(f"The river rose a lot{stop} The city had no power{stop}") == [
        f"The river rose a lot{stop}",
        f"The city had no power{stop}",
    ]


@pytest.mark.parametrize("name", [*FINAL_NAMES, *NAMES["SEMICOLON_MARKS"]])
def test_line_ends_with_each_of_its_stops(name: str) -> None:
    line = f"走{unicodedata.lookup(name)}"
    assert ends_with_stop(line, 0, len(line))
    assert FINISHED.search(line) is not None


@pytest.mark.parametrize(
    "name", [*NAMES["COMMA_MARKS"], *NAMES["LIST_COMMAS"], *NAMES["COLON_MARKS"], *NAMES["RANGE_MARKS"]]
)
def test_line_does_not_end_with_a_mark_inside_of_sentences(name: str) -> None:
    line = f"走{unicodedata.lookup(name)}"
    assert not ends_with_stop(line, 0, len(line))
    assert FINISHED.search(line) is None


def test_stops_that_are_nothing_else_are_all_but_the_narrow_ones_and_ellipses() -> None:
    narrow = ("FULL STOP", "FULLWIDTH FULL STOP", "QUESTION MARK", "EXCLAMATION MARK")
    assert set(named(FINAL_NAMES)) - set(named(narrow + NAMES["ELLIPSIS_MARKS"])) == marks.SURE_STOPS


@pytest.mark.parametrize("name", UNSEEN_NAMES)
def test_what_one_cannot_see_stays_with_the_sentence_before_it(name: str) -> None:
    unseen = unicodedata.lookup(name)
    assert ends_with_stop(f"走。{unseen}", 0, 3)
    assert is_question_sentence(f"走吗？{unseen}")
    assert sentence_texts(f"雨停了。{unseen}街上有人。") == [f"雨停了。{unseen}", "街上有人。"]


@pytest.mark.parametrize("name", [*OPENING_NAMES["BRACKET_PAIRS"], "LEFT CURLY BRACKET", *OPENING_NAMES["TITLE_PAIRS"]])
def test_bracket_that_closes_stays_with_the_sentence_before_it(name: str) -> None:
    opener, closer = unicodedata.lookup(name), unicodedata.lookup(name.replace("LEFT", "RIGHT"))
    assert ends_with_stop(f"走。{closer}", 0, 3)
    assert sentence_texts(f"{opener}雨停了。{closer} 街上有人。") == [f"{opener}雨停了。{closer}", "街上有人。"]


@pytest.mark.parametrize("name", NAMES["CLOSING_MARKS"])
def test_sentence_is_finished_before_a_closing_mark(name: str) -> None:
    assert FINISHED.search(f"走。{unicodedata.lookup(name)} ") is not None
    assert FINISHED.search(f"走{unicodedata.lookup(name)} ") is None


@pytest.mark.parametrize("name", [*NAMES["QUESTION_MARKS"], *NAMES["DOUBLE_STOPS"][1:]])
def test_question_ends_in_each_question_mark(name: str) -> None:
    assert is_question_sentence(f"真的{unicodedata.lookup(name)}")


@pytest.mark.parametrize("name", [*NAMES["FULL_STOPS"], *NAMES["EXCLAMATION_MARKS"], *NAMES["ELLIPSIS_MARKS"]])
def test_no_question_ends_in_another_stop(name: str) -> None:
    assert not is_question_sentence(f"真的{unicodedata.lookup(name)}")


@pytest.mark.parametrize("name", NAMES["EXCLAMATION_MARKS"])
def test_question_may_be_cried(name: str) -> None:
    assert is_question_sentence(f"真的？{unicodedata.lookup(name)}")


def test_digits_of_chinese_count_to_ten_and_beyond() -> None:
    assert sorted(marks.HAN_DIGITS) == sorted("零〇一二两三四五六七八九十百千")


def test_a_semicolon_ends_lines_and_no_sentences() -> None:
    assert marks.SEMICOLONS.isdisjoint(marks.STOPS)
    assert marks.SEMICOLONS <= marks.LINE_STOPS
    assert marks.SEMICOLONS <= marks.GOES_ON


def test_what_opens_is_never_what_closes() -> None:
    assert marks.MARK_PAIRS.keys().isdisjoint(marks.MARK_PAIRS.values())
    assert set(marks.MARK_PAIRS.values()) <= marks.SURE_CLOSERS


def test_one_of_takes_characters_as_they_are() -> None:
    assert re.findall(one_of("]-^.a"), "b]-^.a\\c") == ["]", "-", "^", ".", "a"]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("走。", True),
        ("“走！”", True),
        ("(Go.)**", True),
        ("清理河道；", True),
        ("走……", True),
        ("走。）））））））", True),
        ("Go.X", False),
        ("走。））））））））", False),  # marks that close, more than anybody sets
        ("走，", False),
        ("走", False),
        ("", False),
    ],
)
def test_lines_end_with_stops(line: str, expected: bool) -> None:
    assert ends_with_stop(line, 0, len(line)) is expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("走。", True),
        ("他说：“走。”", True),
        ("Go.) ", True),
        ("清理河道；", True),
        ("走，", False),
        ("Node.js", False),
    ],
)
def test_finished_sentences_are_told(sentence: str, expected: bool) -> None:
    assert (FINISHED.search(sentence) is not None) is expected


def test_wide_characters_are_at_home_among_chinese() -> None:
    assert [character for character in "天。「３⺀a.“\u2e7f\u3000" if is_wide(character)] == [*"天。「３⺀"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Did it rain?", True),
        ("下雨了吗？", True),
        ("“下雨了吗？”", True),
        ('He said: "Why?" ', True),
        ("(Why?)**", True),
        ("真的？？？", True),
        ("“下雨了吗？”他问。", False),
        ("Why? Because.", False),
        ("真的吗？！", True),
        ("真的吗⁈", True),
        ("真的！", False),
        ("真的吗？”））））））", True),
        ("真的吗？”）））））））", False),  # marks that close, more than anybody sets
        ("Is it so? X", False),
        ("It rained.", False),
        ("”", False),
        ("", False),
    ],
)
def test_questions_end_in_a_question_mark(sentence: str, expected: bool) -> None:
    assert is_question_sentence(sentence) is expected

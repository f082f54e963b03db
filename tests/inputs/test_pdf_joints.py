import pytest

from summarize.inputs.pdf_joints import join_lines, words_in


def joined(before, after, known=()):
    dropped, between = join_lines(before, after, frozenset(known))
    return before[: len(before) - dropped] + between + after


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("the old", "weirs", "the old weirs"),
        ("三座水坝", "拆除以后", "三座水坝拆除以后"),
        ("使用", "Python", "使用Python"),
        ("水坝，", "以后", "水坝，以后"),
        ("gar-", "dens", "gardens"),
        ("gar\u00ad", "dens", "gardens"),
        ("GAR-", "DENS", "GARDENS"),
        ("Anglo-", "Saxon", "Anglo-Saxon"),
        ("state-of-", "the-art", "state-of-the-art"),
        ("well-", "known", "well-known"),
        ("twenty-", "three", "twenty-three"),
        ("nine-", "teenth", "nineteenth"),
        ("data-", "driven", "data-driven"),
        ("1990-", "2000", "1990-2000"),
        ("and/", "or", "and/or"),
        ("the river—", "which", "the river—which"),
        ("the river -", "which", "the river - which"),
        ("-", "which", "- which"),
    ],
)
def test_lines_are_joined_as_they_were_before_they_were_broken(before, after, text):
    assert joined(before, after) == text


@pytest.mark.parametrize(
    ("known", "text"),
    [
        ((), "cooperate"),
        (("co-operate",), "co-operate"),
        (("cooperate",), "cooperate"),
        (("co-operate", "cooperate"), "cooperate"),
    ],
)
def test_hyphen_stays_if_the_text_has_the_word_with_one_and_not_without(known, text):
    assert joined("co-", "operate", known) == text


def test_word_without_a_hyphen_elsewhere_has_none_although_it_begins_as_a_compound():
    assert joined("short-", "age", ["shortage"]) == "shortage"


def test_words_are_those_that_no_end_of_a_line_can_have_broken():
    assert words_in(["hension of the Well-known river's flood com-", "single"]) == {
        "of",
        "the",
        "well-known",
        "river's",
        "flood",
    }

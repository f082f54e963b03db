import re

import pytest

from summarize.text import marks
from summarize.text.marks import FINISHED, asks, ends_with_stop, is_wide, one_of


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
    assert [character for character in "天。「３a.“\u3000" if is_wide(character)] == ["天", "。", "「", "３"]


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
        ("真的吗？”））））））））", False),  # marks that close, more than anybody sets
        ("It rained.", False),
        ("”", False),
        ("", False),
    ],
)
def test_questions_end_in_a_question_mark(sentence: str, expected: bool) -> None:
    assert asks(sentence) is expected

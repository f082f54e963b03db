import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from strategies import articles, marked_texts

from summarize.formats.wrapping import find_breaks, wrap


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        pytest.param("The river rose by two feet.", 10, "The river\nrose by\ntwo feet.", id="at spaces"),
        pytest.param("河水上涨了两米", 6, "河水上\n涨了两\n米", id="wide characters take two columns"),
        pytest.param("河水上涨了，城市停电", 10, "河水上涨\n了，城市停\n电", id="no line begins with a comma"),
        pytest.param("他说（河水）涨了", 6, "他说\n（河\n水）涨\n了", id="no line ends with an opening bracket"),
        pytest.param("使用 PostgreSQL 数据库", 12, "使用\nPostgreSQL\n数据库", id="a Latin word stays whole"),
        pytest.param("版本v2.0发布", 6, "版本\nv2.0发\n布", id="nor is one broken beside Chinese"),
        pytest.param("see http://example.org/long", 10, "see\nhttp://exa\nmple.org/l\nong", id="longer than a line"),
        pytest.param("waterfront。", 10, "waterfron\nt。", id="a mark clings to what is longer than a line"),
        pytest.param("。。。。。。", 6, "。。。\n。。。", id="marks alone"),
        pytest.param("e\u0301e\u0301e\u0301 e\u0301", 3, "e\u0301e\u0301e\u0301\ne\u0301", id="accents take no column"),
        pytest.param("one\n\ntwo three", 5, "one\n\ntwo\nthree", id="its own lines"),
        pytest.param("", 5, "", id="nothing"),
    ],
)
def test_lines_are_broken_where_they_may_be(text, width, expected):
    assert wrap(text, width) == expected


def test_nothing_is_broken_without_a_width():
    assert wrap("河水" * 100 + "\nrose", None, 2) == "  " + "河水" * 100 + "\n  rose"


def test_further_lines_hang():
    assert wrap("- one two three", 9, 2, hanging=True) == "- one two\n  three"
    assert wrap("one two three\nfour", 9, 2) == "  one two\n  three\n  four"


def test_blank_at_the_end_of_a_line_takes_no_room():
    assert wrap("one two", 3) == "one\ntwo"
    assert find_breaks("one   two", 3) == [6]


@given(articles() | marked_texts, st.integers(12, 60), st.integers(0, 4))
def test_nothing_is_lost_and_every_line_fits(text, width, indent):
    text = " ".join(text.split())
    lines = wrap(text, width, indent).split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)
    starts = [line.strip()[:1] for line in lines[1:]]
    marks = "，。；、！？”」"
    may_begin = re.search(f"[{marks}…—]{{{width // 3},}}| [{marks}]", text)  # a run of them, or one behind a space
    assert may_begin or not any(start in marks for start in starts)

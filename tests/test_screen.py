import io

import pytest

from summarize.formats.screen import COLORS, columns, uses_color


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize("environ", [{}, {"NO_COLOR": "1"}, {"FORCE_COLOR": "1"}, {"TERM": "dumb"}], ids=str)
@pytest.mark.parametrize("stream", [None, io.StringIO(), Terminal()], ids=["file", "pipe", "terminal"])
def test_user_has_the_first_word_on_colour(stream, environ):
    assert uses_color("always", stream, environ)
    assert not uses_color("never", stream, environ)


@pytest.mark.parametrize(
    ("environ", "on_terminal", "elsewhere"),
    [
        ({}, True, False),
        ({"TERM": "xterm-256color"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": ""}, True, False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, True, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
    ],
    ids=str,
)
def test_colour_is_for_terminals_unless_the_environment_says_otherwise(environ, on_terminal, elsewhere):
    assert uses_color("auto", Terminal(), environ) is on_terminal
    assert uses_color("auto", io.StringIO(), environ) is elsewhere
    assert uses_color("auto", None, environ) is elsewhere


def test_closed_stream_is_no_terminal():
    stream = Terminal()
    stream.isatty = io.StringIO.isatty.__get__(stream)
    stream.close()
    assert not uses_color("auto", stream, {})
    assert columns(stream, {}) is None


@pytest.mark.parametrize(
    ("told", "expected"), [("100", 100), ("10", 30), ("500", 120), ("0", 80), ("", 80), ("wide", 80), ("²", 80)]
)
def test_lines_are_as_long_as_the_terminal_but_readable(told, expected):
    assert columns(Terminal(), {"COLUMNS": told}) == expected


def test_lines_are_broken_for_terminals_alone():
    assert columns(None, {"COLUMNS": "40"}) is None
    assert columns(io.StringIO(), {"COLUMNS": "40"}) is None


def test_there_are_three_choices():
    assert COLORS == ("auto", "always", "never")

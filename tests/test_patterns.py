import re

import pytest

from summarize.text.patterns import lazy_pattern


@pytest.fixture
def compiled(monkeypatch):
    """The expressions that are compiled, as they come."""
    expressions, compile_ = [], re.compile
    monkeypatch.setattr("re.compile", lambda pattern, flags=0: expressions.append(pattern) or compile_(pattern, flags))
    return expressions


def test_pattern_is_compiled_once_and_when_it_is_first_used(compiled):
    pattern = lazy_pattern("[0-9]+")
    assert compiled == []
    assert pattern.search("a12").group() == "12"
    assert pattern.fullmatch("a12") is None
    assert compiled == ["[0-9]+"]


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("match", ("a1b22",)),
        ("fullmatch", ("12",)),
        ("search", ("a1b22", 2)),
        ("findall", ("a1b22",)),
        ("split", ("a1b22",)),
        ("sub", ("-", "a1b22")),
    ],
)
def test_pattern_does_as_a_compiled_one(method, arguments):
    found, expected = (getattr(one, method)(*arguments) for one in (lazy_pattern(r"\d+"), re.compile(r"\d+")))
    assert repr(found) == repr(expected)


def test_flags_hold():
    assert lazy_pattern("^ b $", re.VERBOSE | re.MULTILINE).search("a\nb\n")


def test_expression_can_be_asked_for_without_compiling_it(compiled):
    assert lazy_pattern("a|b").pattern == "a|b"
    assert compiled == []


def test_wrong_expression_is_an_error_when_it_is_used():
    pattern = lazy_pattern("(")
    with pytest.raises(re.error):
        pattern.match("a")

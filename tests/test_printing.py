"""What a text and a name may not do to whoever reads a summary: steer the terminal, turn the writing, break a line."""

import json
import re

import pytest
from fakes import FakeScorer
from hypothesis import example, given
from hypothesis import strategies as st
from strategies import few_examples

from summarize.document import Location, Source
from summarize.errors import SummarizeError
from summarize.formats.table import render
from summarize.formats.view import View
from summarize.pipeline import summarize_text
from summarize.text.printing import printable

# C0 but for tabs and line breaks, C1, and what turns the direction of writing.
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
PRINTED = [
    ("text", View()),
    ("text", View(cite=True)),
    ("text", View(width=40)),
    ("text", View(explain=True)),
    ("text", View(highlight=True)),
    ("bullets", View(cite=True)),
    ("bullets", View(width=40)),
    ("markdown", View(path="a\x1b[31m\u202eb.txt", name="row 1: \x9b2J")),
    ("json", View(path="a\x1b[31m\u202eb.txt", name="row 1: \x9b2J")),
]
# Words and stops, and what steers between them.
PIECES = [
    *(
        "雨",
        "下了。",
        "河水",
        "rain ",
        "fell. ",
        "Anna: ",
        "张三：",
        "\n",
        "\n\n",
        "# ",
        "- ",
        "**",
        "[",
        "](http://a.example)",
    ),
    *("\x1b", "\x1b[31m", "\x1b]0;", "\x07", "\x1b\\", "\x9b", "2J", "\x1b(B", "\x85", "\x7f", "\x08", "\t", "\r"),
    *("\x0c", "\x1e", "\u202e", "\u2066", "\u2069", "\u2028", "\u202a", "\x00"),
]
hostile_texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@few_examples
@given(hostile_texts)
@example("\x1b(B\x1b(B\x1b(B\u2028")  # a sentence of which nothing is printed
def test_no_text_steers_the_terminal(text):
    text = f"# Rain {text}\n\nAnna{text}: It rained. 早上{text}下了大雨。\n\n# Wind {text}\n\n{text} Wind blew hard."
    source = Source(text.replace("\0", "\ufffd"), "utf-8", title=text, places=(Location(0, "part", text),))
    for summary_options in ({"keywords": 3}, {"by_heading": True}, {"title": True}):
        try:
            summary = summarize_text(source, sentences=5, scorer=FakeScorer(), explain=True, **summary_options)
        except SummarizeError:  # it has no title, or no headings
            assert "keywords" not in summary_options
            continue
        for form, view in PRINTED:
            assert STEERING.findall(render(summary, form, view)) == []
        # A page shows what turns the writing as browsers do, and within its line.
        page = render(summary, "html", View(path="a\x1b\u202e.txt"))
        assert re.findall("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]", page) == []
        assert "<title>a\\x1b\\u202e.txt" in page


@pytest.mark.parametrize(
    "sequence",
    [
        *("\x1b[31m", "\x1b[38:2:1:2:3m", "\x9b1m", "\x1b[>4;1m", "\x1b(B\x1b[m", "\x1b7", "\x1b="),
        *("\x1b]0;a title\x07", "\x1b]8;;http://a.example/\x1b\\", "\x1bP1$r\x1b\\", "\x1b_a\x9c"),
        *("\u202e", "\u2066", "\u202c", "\ufeff"),
    ],
    ids=ascii,
)
def test_sequence_that_steers_is_left_out_with_all_that_it_holds(sequence):
    text = f"The {sequence}river rose{sequence} high. 河{sequence}水上涨。"
    assert summarize_text(text, sentences=2, scorer=FakeScorer()).text == "The river rose high.河水上涨。"


def test_sequence_without_an_end_takes_nothing_with_it():
    text = "The \x1b]0;river rose. It fell."
    assert "river rose. It fell." in summarize_text(text, sentences=2, scorer=FakeScorer()).text


def test_json_keeps_every_character_of_the_text_and_writes_out_those_that_steer():
    text = "The \x1b[31m\x9briver\u202e rose\x7f.\u2028It fell."
    line = render(summarize_text(text, sentences=2, scorer=FakeScorer()), "json", View(path="a\x1b\u202e\x9b.txt"))
    assert STEERING.search(line.removesuffix("\n")) is None
    record = json.loads(line)
    assert record["path"] == "a\x1b\u202e\x9b.txt"
    assert [text[one["start"] : one["end"]] for one in record["sentences"]] == [
        one["text"] for one in record["sentences"]
    ]


@pytest.mark.parametrize("character", ["\x1b", "\x9b", "\u202e", "\n", "\x00", "\x7f", "\udc9b"], ids=ascii)
def test_name_shows_what_it_would_do(character):
    shown = printable(f"a{character}b")
    assert shown.isprintable()
    assert shown == f"a{ascii(character)[1:-1]}b".replace("\\n", "\\n")


@given(st.text(st.characters(codec=None)))
def test_name_is_one_line_that_steers_nothing(name):
    assert STEERING.search(printable(name)) is None
    assert len(printable(name).splitlines()) <= 1

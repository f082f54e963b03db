import json
from dataclasses import fields

import pytest
from fakes import FakeScorer

import summarize
from summarize.formats.table import FORMATS, NAMES, OPTIONS, format_named
from summarize.formats.view import View
from summarize.pipeline import summarize_text

TEXT = "河水上涨了两米。城市停电。"


@pytest.fixture(scope="module")
def explained():
    return summarize_text(TEXT, sentences=1, scorer=FakeScorer(), explain=True)


def test_every_format_has_its_row():
    assert NAMES == ("text", "bullets", "markdown", "json", "html")
    assert [format_named(name).name for name in NAMES] == list(NAMES)


def test_a_name_that_is_none_is_refused():
    with pytest.raises(ValueError, match="format must be one of text, bullets, markdown, json, html, got 'pdf'"):
        format_named("pdf")


def test_options_are_fields_of_a_view():
    assert set(OPTIONS) < {field.name for field in fields(View)}
    assert all(known.takes <= set(OPTIONS) for known in FORMATS)


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_every_format_prints_whole_lines(known, explained):
    assert known.render(explained, View()).endswith(("\n", "</html>"))
    assert "河水上涨了两米。" in known.render(explained, View(path="a.txt", name="第 1 封"))


def test_files_in_a_folder_have_the_suffix_of_their_format():
    suffixes = [known.suffix for known in FORMATS]
    assert suffixes == [".txt", ".txt", ".md", ".json", ".html"]


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_headings_part_the_formats_that_say_so(known):
    heading = known.heading("a.txt")
    assert bool(heading) == (known.several == "headings")
    assert heading in ("", "==> a.txt <==\n", "## a.txt\n\n")


@pytest.mark.parametrize(
    ("name", "unasked", "explain", "forbidden", "highlight"),
    [
        ("text", False, True, False, True),
        ("bullets", False, False, False, False),
        ("markdown", False, False, False, False),
        ("json", True, True, False, True),
        ("html", True, True, True, True),
    ],
)
def test_formats_know_whether_they_need_an_explanation(name, unasked, explain, forbidden, highlight):
    known = format_named(name)
    asked = [{}, {"explain": True}, {"explain": False}, {"highlight": True}]
    assert [known.needs_explanation(**each) for each in asked] == [unasked, explain, forbidden, highlight]


def test_library_prints_in_every_format(explained):
    assert summarize.render(explained) == "河水上涨了两米。\n"
    assert summarize.render(explained, "bullets", summarize.View(cite=True)) == "- 河水上涨了两米。（第 1 行）\n"
    record = json.loads(summarize.render(explained, "json", View(path="a.mbox", name="消息 2")))
    assert (record["path"], record["name"]) == ("a.mbox", "消息 2")
    assert "<h1><bdi>消息 2</bdi></h1>" in summarize.render(explained, "html", View(path="a.mbox", name="消息 2"))


@pytest.mark.parametrize(
    ("name", "view"),
    [
        ("bullets", View(highlight=True)),
        ("markdown", View(explain=True)),
        ("html", View(cite=True)),
        ("json", View(width=9)),
    ],
    ids=str,
)
def test_library_refuses_what_a_format_does_not_take(name, view, explained):
    with pytest.raises(ValueError, match=f"is not for the format {name}"):
        summarize.render(explained, name, view)

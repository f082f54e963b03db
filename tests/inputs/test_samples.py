"""A whole sample of each format, so that its row in the table and its file are known to find and read it."""

import json

import pytest
from inputs.pdf_files import Page, lines, pdf_of
from office import book_members, docx_members, odf_members, paragraph, pptx_members, shape, zipped

from summarize.document import Source
from summarize.inputs import door
from summarize.inputs.table import FORMATS, Format, Options

ENGLISH = "The river rose by three metres in the night."
CHINESE = "市政府关闭了两座大桥，没有人受伤。"
BOTH = f"{ENGLISH}\n\n{CHINESE}"
PROSE = (
    f"{ENGLISH} The city closed both bridges, and nobody was hurt.\n\nThe water fell at noon.\n",
    f"{CHINESE}\n" * 3,
)

# By format: the bytes, and the texts in them.
SAMPLES = {
    "pdf": (pdf_of([Page(lines([ENGLISH]))]), [ENGLISH]),
    "docx": (zipped(docx_members(paragraph(ENGLISH) + paragraph(CHINESE))), [BOTH]),
    "pptx": (zipped(pptx_members([shape(ENGLISH), shape(CHINESE)])), [BOTH]),
    "epub": (zipped(book_members({"a.xhtml": f"<p>{ENGLISH}</p><p>{CHINESE}</p>"}), stored=("mimetype",)), [BOTH]),
    "odt": (zipped(odf_members(f"<text:p>{ENGLISH}</text:p><text:p>{CHINESE}</text:p>"), stored=("mimetype",)), [BOTH]),
    "rtf": (
        f"{{\\rtf1\\ansi {ENGLISH}\\par \\b It fell\\b0  at noon.\\par}}".encode(),
        [f"{ENGLISH}\n\nIt fell at noon."],
    ),
    "mail": (
        "From: li@example.org\nTo: wang@example.org\nSubject: Flood\nMIME-Version: 1.0\n"
        f"Content-Type: text/plain; charset=utf-8\n\n{BOTH}\n".encode(),
        [f"Flood\n\n{BOTH}"],
    ),
    "html": (
        f"<!DOCTYPE html><html><body><p>{ENGLISH}</p><script>var a;</script><p>{CHINESE}</p></body></html>".encode(),
        [BOTH],
    ),
    "notebook": (
        json.dumps({
            "cells": [
                {"cell_type": "markdown", "source": [f"{ENGLISH}\n", "\n", CHINESE]},
                {"cell_type": "code", "source": "print(1)", "outputs": []},
            ],
            "nbformat": 4,
            "metadata": {},
        }).encode(),
        [BOTH],
    ),
    "chat": (
        f"2026-01-02 10:01 Li: {ENGLISH}\n2026-01-02 10:02 Wang: {CHINESE}\n"
        "2026-01-02 10:03 Li: It fell again.\n".encode(),
        [f"Li: {ENGLISH}\n\nWang: {CHINESE}\n\nLi: It fell again."],
    ),
    "records": (json.dumps([{"id": 1, "text": ENGLISH}, {"id": 2, "text": CHINESE}]).encode(), [ENGLISH, CHINESE]),
    "subtitles": (
        f"1\n00:00:01,000 --> 00:00:03,000\n{ENGLISH}\n\n2\n00:00:09,000 --> 00:00:12,000\n{CHINESE}\n".encode(),
        [BOTH],
    ),
    "latex": (
        "\\documentclass{article}\n\\begin{document}\n"
        f"\\label{{a}}{ENGLISH}\n\n{CHINESE} % a note\n\\end{{document}}\n".encode(),
        [BOTH],
    ),
    "rst": (f".. contents::\n\n{ENGLISH}\n\n.. note:: {CHINESE}\n".encode(), [BOTH]),
    "markdown": (f"## Flood\n\n**{ENGLISH}**\n\n[{CHINESE}](https://example.org/)\n".encode(), [f"Flood\n\n{BOTH}"]),
}  # fmt: skip

each_format = pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)


def sample_of(known: Format) -> tuple[bytes, list[str]]:
    assert known.name in SAMPLES, f"give {known.name} a sample"
    return SAMPLES[known.name]


def read(known: Format, suffix: str) -> tuple[set[str | None], list[str]]:
    """Return the formats and the texts of what is found in the sample of a format."""
    sources = door.read_bytes(sample_of(known)[0], Options(suffix=suffix))
    return {source.format for source in sources}, [source.text for source in sources]


def test_samples_are_of_formats_that_there_are():
    assert SAMPLES.keys() <= {known.name for known in FORMATS}


@each_format
def test_a_row_has_in_lower_case_what_is_compared_so(known):
    for mark in (*known.opens, *known.holds, *known.suffixes):
        assert mark == mark.lower(), f"{mark!r} of {known.name} can never match"
    assert all(suffix.startswith(".") for suffix in known.suffixes)


@each_format
def test_a_sample_is_read_by_its_suffix(known):
    for suffix in known.suffixes[:1]:
        assert read(known, suffix) == ({known.name}, sample_of(known)[1])


@each_format
def test_a_sample_is_told_by_its_content(known):
    if known.opens or known.holds or known.has_rows:
        assert read(known, "") == ({known.name}, sample_of(known)[1])


@each_format
def test_members_that_tell_an_archive_stand_in_it(known):
    data, _texts = sample_of(known)
    assert not known.members or any(member in data for member in known.members)


@each_format
@pytest.mark.parametrize("prose", PROSE, ids=["english", "chinese"])
@pytest.mark.parametrize("suffix", ["", ".txt"])
def test_prose_is_of_no_format(known, prose, suffix):
    content = prose.encode() if known.content == "bytes" else Source(prose, "utf-8")
    assert not door.import_module(f"summarize.inputs.{known.name}").recognise(content, suffix)


@pytest.mark.parametrize("prose", PROSE, ids=["english", "chinese"])
def test_prose_is_read_as_it_is(prose):
    assert door.read_bytes(prose.encode()) == [Source(prose, "utf-8")]

import gzip
import io
import subprocess
import sys
import types
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Source
from summarize.errors import ExitStatus, InputError, SummarizeError
from summarize.inputs import door
from summarize.inputs.table import FORMATS, SOURCE_FORMATS, Options, head_of, may_be

CHINESE = "气象台今天上午发布消息，夜间有大风降温。\n老张在县城开了二十年书店，店面不大，却总有人坐在角落里读书。\n"
MARKDOWN = "# 书店\n\n老张在县城开了**二十年**书店。\n\n- [地址](https://example.org/)\n- 电话\n"
UTF16_DOCUMENT = "<!DOCTYPE html><html><body><p>气象台今天上午发布消息。</p></body></html>"


@pytest.fixture
def write(tmp_path):
    """Write bytes to a file and give its path."""

    def write_bytes(data, name="notes.txt"):
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write_bytes


def read_file(*arguments, **options):
    (source,) = door.read_file(*arguments, **options)
    return source


def read_stream(*arguments, **options):
    (source,) = door.read_stream(*arguments, **options)
    return source


def candidates(data, suffix=""):
    return [known.name for known in may_be(head_of(data), suffix)]


# Plain text


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_reader_keeps_line_ends_and_blanks(write, line_end):
    text = f"  　第一行。{line_end}{line_end}The second line. {line_end}"
    source = read_file(write(text.encode()))
    assert source == Source(text, "utf-8")


def test_reader_takes_a_path_as_text_too(write):
    assert read_file(str(write(CHINESE.encode()))).text == CHINESE


def test_reader_reads_a_stream_of_bytes():
    assert read_stream(io.BytesIO(CHINESE.encode("gbk"))).text == CHINESE


def test_reader_leaves_the_stream_open():
    stream = io.BytesIO(CHINESE.encode())
    read_stream(stream)
    assert not stream.closed


def test_named_encoding_reaches_the_decoder(write):
    assert read_file(write(CHINESE.encode("gb18030")), encoding="gbk").encoding == "gbk"


def test_plain_text_asks_no_format():
    code = (
        "import sys; from summarize.inputs.door import read_bytes; read_bytes('雨停了，河水退了。'.encode());"
        "print(*[name for name in sys.modules if name.startswith('summarize.inputs.')])"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(result.stdout.split()) == {f"summarize.inputs.{name}" for name in ("door", "refusal", "table", "whole")}


# Which format


def test_every_format_has_its_file_and_can_be_named():
    assert ("text", *(known.name for known in FORMATS)) == SOURCE_FORMATS
    for known in FORMATS:
        file = door.import_module(f"summarize.inputs.{known.name}")
        assert callable(file.recognise)
        assert callable(file.read)


@pytest.mark.parametrize(
    ("data", "suffix", "name"),
    [
        (b"%PDF-1.7\n", "", "pdf"),
        (b"\n\n%PDF-1.7\n", "", "pdf"),
        (b"PK\3\4anything", "", "docx"),
        (b"{\\rtf1 Hello}", "", "rtf"),
        (b"Received: by mx\r\nFrom: a\r\n", "", "mail"),
        (b"\xef\xbb\xbf<!DOCTYPE HTML>", "", "html"),
        (UTF16_DOCUMENT.encode("utf-16"), "", "html"),
        (b'{"cells": []}', "", "notebook"),
        (b'{"text": "a"}', "", "records"),
        (b"id,text\n1,a\n", "", "records"),
        (b"id\ttext\r\n1\ta\r\n", "", "records"),
        (b"anything", ".csv", "records"),
        (b"\\documentclass{article}", "", "latex"),
        (b"Words\r\n# Title\r\n", "", "markdown"),
        (b"---\r\ntitle: a\r\n---\r\n", "", "markdown"),
    ],
)
def test_a_format_may_be_told_by_its_first_bytes_or_its_suffix(data, suffix, name):
    assert name in candidates(data, suffix)


@pytest.mark.parametrize("text", [CHINESE, "It rained, and the river rose.\n\nThe town was dark.", "", "雨"])
def test_prose_may_be_of_no_format(text):
    assert candidates(text.encode()) == []


@pytest.mark.parametrize("data", [b"<div><p>Text</p></div>", b"From: a\n\nFrom: b", b"<!-- a -->"])
def test_a_suffix_is_believed_rather_than_bytes_that_may_stand_in_any_text(data):
    assert set(candidates(data)) & {"html", "mail"}
    assert not set(candidates(data, ".md")) & {"html", "mail"}
    assert set(candidates(data, ".txt")) & {"html", "mail"}


def test_a_format_of_text_is_told_in_any_encoding():
    source = door.read_bytes(MARKDOWN.encode("utf-16-le"))[0]
    assert (source.format, source.encoding) == ("markdown", "utf-16-le")


def test_a_named_format_is_believed():
    (source,) = door.read_bytes(b"Only *one* mark.", source_format="markdown")
    assert (source.text, source.format) == ("Only one mark.", "markdown")


def test_plain_text_can_be_named():
    (source,) = door.read_bytes(MARKDOWN.encode(), Options(suffix=".md"), source_format="text")
    assert (source.text, source.format) == (MARKDOWN, "text")


def test_an_unknown_format_is_an_error_of_the_caller():
    with pytest.raises(ValueError, match=r"^source_format must be one of text, pdf, .*, got 'word'$"):
        door.read_bytes(b"text", source_format="word")


@pytest.fixture
def format_that_returns(monkeypatch):
    """Make the file of Markdown return texts of ours."""

    def use(*sources):
        fake = types.SimpleNamespace(recognise=lambda *_: True, read=lambda *_: list(sources))
        monkeypatch.setattr(door, "import_module", lambda _: fake)

    return use


def test_a_file_of_a_format_without_any_text_is_refused(format_that_returns):
    format_that_returns(Source(" \n\u200b", "utf-8"))
    with pytest.raises(InputError, match=r"^a\.md: contains no text to summarize \(markdown\)$"):
        door.read_bytes(b"# ", Options(name="a.md", suffix=".md"))


def test_what_no_text_may_hold_is_shown_and_moves_nothing(format_that_returns):
    format_that_returns(Source("a\ud800b\0c", "utf-8"), Source(" ", "utf-8"))
    (source,) = door.read_bytes(b"# ", Options(suffix=".md"))
    assert source.text == "a\ufffdb\ufffdc"


# What cannot be summarized


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0", "a PNG image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "a JPEG image"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a WebP image"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "a sound file; make a transcript of it first"),
        (b"\0\0\0\x18ftypmp42", "a video or a sound file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "an old Microsoft Office document"),
        (b"\x7fELF\x02\x01\x01\0", "a program"),
        (b"SQLite format 3\0\x10", "an SQLite database"),
        (b"notes.txt".ljust(257, b"\0") + b"ustar\x0000", "a tar archive; unpack it first, for example with tar -xf"),
        (b"Rar!\x1a\x07\x01\0", "a RAR archive"),
        (b"a book".ljust(60, b"\0") + b"BOOKMOBI", "a Kindle book; convert it to EPUB first"),
        (b"%!PS-Adobe-3.0\n", "a PostScript file; convert it to PDF first"),
    ],
)
@pytest.mark.parametrize("options", [{}, {"source_format": "text"}], ids=["", "text"])
def test_what_cannot_be_read_is_called_by_name(data, what, options):
    with pytest.raises(InputError, match=f"^a: looks like {what}"):
        door.read_bytes(data, Options(name="a"), **options)


@pytest.mark.parametrize(
    ("member", "what"),
    [
        ("xl/workbook.xml", r"an Excel workbook \(\.xlsx\); save the sheet as CSV first"),
        ("Index/Document.iwa", "an Apple Pages or Keynote document"),
        ("notes.txt", "a zip archive; unpack it first, for example with unzip, and name the files in it"),
    ],
)
def test_zip_archives_are_told_apart(member, what):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(member, CHINESE)
    with pytest.raises(InputError, match=f"looks like {what}"):
        door.read_bytes(buffer.getvalue())


def test_empty_input_is_refused_packed_or_not():
    for data in (b"", gzip.compress(b"")):
        with pytest.raises(InputError, match=r"^a: is empty; there is nothing to summarize$"):
            door.read_bytes(data, Options(name="a"))


@given(st.binary(max_size=300), st.sampled_from(["", ".md", ".csv", ".json", ".tex", ".ipynb", ".txt"]))
def test_any_bytes_give_texts_or_one_clear_line(data, suffix):
    found = text_or_error(data, Options(name="input", suffix=suffix))
    if isinstance(found, str):
        assert found.startswith("input: ")
        assert "\n" not in found
    else:
        assert found
        for source in found:
            assert source.text.strip()
            source.text.encode()  # no surrogates


def text_or_error(data, options):
    """Read bytes, or give the message of the error."""
    try:
        return door.read_bytes(data, options)
    except SummarizeError as error:
        return str(error)


# Files and streams that cannot be read


def test_missing_file_is_named(tmp_path):
    path = tmp_path / "没有.txt"
    with pytest.raises(InputError) as caught:
        read_file(path)
    assert str(caught.value) == f"{path}: no such file; check its name"
    assert caught.value.exit_status == ExitStatus.INPUT_FAILED


def test_directory_is_named(tmp_path):
    with pytest.raises(InputError, match=r"is a folder; name the files in it$"):
        read_file(tmp_path)


def test_file_without_permission_is_named(write, monkeypatch):
    path = write(b"secret")

    def refuse(self, mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)  # a real one would not stop root
    with pytest.raises(InputError, match=r"notes\.txt: permission denied; you need read access to it$"):
        read_file(path)


def test_other_trouble_is_told_in_the_words_of_the_system(tmp_path):
    with pytest.raises(InputError, match=r"cannot be read \(File name too long\)$"):
        read_file(tmp_path / ("a" * 5000))


def test_name_with_line_breaks_makes_one_line(tmp_path):
    with pytest.raises(InputError) as caught:
        read_file(tmp_path / "a\nb\udcff")
    assert str(caught.value).endswith("a\\nb\\udcff: no such file; check its name")


def test_name_with_a_nul_is_refused():
    with pytest.raises(InputError, match=r"a\\x00b: cannot be read"):
        read_file("a\0b")


def test_stream_that_fails_is_named():
    class Broken(io.BytesIO):
        def read(self, size=-1):
            raise OSError(5, "Input/output error")

    with pytest.raises(InputError, match=r"^standard input: cannot be read \(Input/output error\)$"):
        read_stream(Broken())


def test_stream_name_appears_in_messages():
    with pytest.raises(InputError, match=r"^standard input: is empty; there is nothing to summarize$"):
        read_stream(io.BytesIO())


def test_what_no_text_may_hold_is_shown_in_a_title_as_well():
    data = b'[{"title": "a\\ud800b\\u0000", "text": "The river \\udfff rose."}, {"title": "c", "text": "It rained."}]'
    source = door.read_bytes(data, Options(suffix=".json"))[0]
    assert (source.title, source.text) == ("a\ufffdb\ufffd", "The river \ufffd rose.")

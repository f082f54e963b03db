"""The formats that can be read, and those that are known and cannot.

A format is a file of this folder with two functions:

    recognise(content, suffix) -> bool       whether something is of the format, by its content
    read(content, options) -> list[Source]   the texts in it

`content` is bytes of a format of bytes, and a decoded `Source` of one of text. Its row says by what the first bytes or
the name may tell it, so that its file is only imported for what may be of the format. Rows are asked in order.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

HEAD_BYTES = 4096  # that are looked at first


@dataclass(frozen=True, slots=True)
class Options:
    """What is known of an input besides its bytes.

    Args:
        name: how messages call it.
        suffix: of its name, in small letters and with its dot; empty if it has none.
        encoding: that its user named; None to find out.
        field: which field of records has the text; None to find out.
    """

    name: str = "text"
    suffix: str = ""
    encoding: str | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read.

    Args:
        name: of the format and of its file.
        content: what its file reads.
        suffixes: of names that it may be told by.
        opens: what it may begin with behind white space, in small letters.
        holds: what may stand in its first bytes, in small letters.
    """

    name: str
    content: Literal["bytes", "text"]
    suffixes: tuple[str, ...] = ()
    opens: tuple[bytes, ...] = ()
    holds: tuple[bytes, ...] = ()


FORMATS = (
    Format("pdf", "bytes", holds=(b"%pdf-",)),
    Format("docx", "bytes", holds=(b"word/",), suffixes=(".docx", ".docm")),
    Format("pptx", "bytes", holds=(b"ppt/",), suffixes=(".pptx", ".pptm")),
    Format("epub", "bytes", holds=(b"application/epub+zip",), suffixes=(".epub",)),
    Format("odt", "bytes", holds=(b"application/vnd.oasis.opendocument.text",), suffixes=(".odt", ".fodt")),
    Format("rtf", "bytes", opens=(b"{\\rtf",)),
    Format("mail", "bytes", suffixes=(".eml", ".mbox"), opens=(b"from ",),
           holds=(b"\nfrom:", b"\nsubject:", b"\nmime-version:", b"\nmessage-id:", b"\nreceived:")),
    Format("html", "bytes", suffixes=(".html", ".htm", ".xhtml", ".mhtml"),
           opens=(b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<?xml", b"<div", b"<article"),
           holds=(b"<html", b"<body", b"</p>", b"</div>")),
    Format("notebook", "text", suffixes=(".ipynb",), holds=(b'"cells"', b'"nbformat"')),
    Format("records", "text", suffixes=(".json", ".jsonl", ".ndjson", ".csv", ".tsv"), opens=(b"{", b"[")),
    Format("subtitles", "text", suffixes=(".srt", ".vtt", ".lrc", ".ass"), opens=(b"webvtt",),
           holds=(b"-->", b"[00:", b"[01:")),
    Format("latex", "text", suffixes=(".tex", ".ltx"), holds=(b"\\documentclass", b"\\begin{", b"\\section")),
    Format("chat", "text"),
    Format("markdown", "text", suffixes=(".md", ".markdown", ".mdx", ".qmd", ".rmd"), opens=(b"---\n", b"# "),
           holds=(b"\n# ", b"\n## ", b"\n### ", b"```", b"](", b"**")),
)  # fmt: skip

# What is known by its first bytes and not read, and what helps.
UNREADABLE = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Microsoft Office document; save it as plain text first"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image; it has no text to read"),
    (b"\xff\xd8\xff", "a JPEG image; it has no text to read"),
    (b"GIF87a", "a GIF image; it has no text to read"),
    (b"GIF89a", "a GIF image; it has no text to read"),
    (b"BZh91AY&SY", "a bzip2 archive; unpack it first, for example with bunzip2"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"\x7fELF", "a program; only text can be summarized"),
    (b"SQLite format 3\0", "an SQLite database; only text can be summarized"),
)
ZIP_MAGIC = b"PK\x03\x04"
# A zip archive names its members in the clear.
UNREADABLE_ZIPS = (
    (b"xl/workbook.xml", "an Excel workbook (.xlsx); save the sheet as CSV first"),
    (b"", "a zip archive; unpack it first, for example with unzip"),
)


def may_be(head: bytes, suffix: str) -> Iterator[Format]:
    """Yield the formats that something may be of, the likeliest first.

    Args:
        head: its first bytes, `HEAD_BYTES` of them.
        suffix: of its name, in small letters.
    """
    small = head.lower()
    opening = small.lstrip(b"\xef\xbb\xbf \t\r\n")
    for known in FORMATS:
        if suffix in known.suffixes or opening.startswith(known.opens) or any(mark in small for mark in known.holds):
            yield known

"""The formats that can be read, and those that are recognized but not supported.

A format is a file of this folder with two functions:

    recognise(content, suffix) -> bool       whether something is of the format, by its content
    read(content, options) -> list[Source]   the texts in it

`content` is bytes of a format of bytes, and a decoded `Source` of one of text. Its row says by what the first bytes or
the name may tell it, so that its file is only imported for what may be of the format. Rows are asked in order.
"""

from collections.abc import Iterator
from typing import Literal

from summarize.interface import N_
from summarize.value import value

HEAD_BYTES = 4096  # that are looked at first


@value
class Options:
    """What is known of an input besides its bytes.

    Args:
        name: how messages call it.
        argument: what names it after the command; `-` is standard input.
        suffix: of its name, in lower case and with its dot; empty if it has none.
        encoding: that its user named; None to detect it.
        field: which field of records has the text; None to detect it.
    """

    name: str = "text"
    suffix: str = ""
    encoding: str | None = None
    field: str | None = None
    argument: str = "-"


@value
class Format:
    """A format that can be read.

    Args:
        name: of the format and of its file.
        content: what its file reads.
        suffixes: of names that it may be told by.
        opens: what it may begin with after white space, in lower case.
        holds: what may stand in its first bytes, in lower case.
        members: of a format that is an archive, what the list of its members may hold.
        has_rows: whether its first line may be one of cells with a comma, a semicolon or a tab between them.
        gives_way: whether the suffix of another format is believed rather than its first bytes, which may stand there.
    """

    name: str
    content: Literal["bytes", "text"]
    suffixes: tuple[str, ...] = ()
    opens: tuple[bytes, ...] = ()
    holds: tuple[bytes, ...] = ()
    members: tuple[bytes, ...] = ()
    has_rows: bool = False
    gives_way: bool = False


FORMATS = (
    Format("pdf", "bytes", holds=(b"%pdf-",)),
    Format("docx", "bytes", suffixes=(".docx", ".docm"), members=(b"word/",),
           opens=(b"pk\3\4", b"\xd0\xcf\x11\xe0")),  # the second with a password
    Format("pptx", "bytes", suffixes=(".pptx", ".pptm"), opens=(b"pk\3\4",), members=(b"ppt/",)),
    Format("epub", "bytes", suffixes=(".epub",), opens=(b"pk\3\4",), members=(b"application/epub+zip",)),
    Format("odt", "bytes", suffixes=(".odt", ".fodt", ".odp", ".fodp"), opens=(b"pk\3\4",),
           holds=(b"<office:document",), members=(b"opendocument.text", b"opendocument.presentation")),
    Format("rtf", "bytes", opens=(b"{\\rtf",)),
    Format("mail", "bytes", suffixes=(".eml", ".mbox"), opens=(b"from ",),
           holds=(b"\nfrom:", b"\nsubject:", b"\nmime-version:", b"\nmessage-id:", b"\nreceived:"), gives_way=True),
    Format("html", "bytes", suffixes=(".html", ".htm", ".xhtml", ".shtml", ".mhtml", ".mht"),
           opens=(b"<!doctype html", b"<html", b"<head", b"<body", b"<!--", b"<?xml", b"<div", b"<article"),
           holds=(b"<html", b"<body", b"</p>", b"</div>"), gives_way=True),
    Format("notebook", "text", suffixes=(".ipynb",), holds=(b'"cells"', b'"nbformat"')),
    Format("chat", "text", holds=(b":0", b":1", b":2", b":3", b":4", b":5", b'"ts"', b'"mapping"', b'"chat_messages"')),
    Format("records", "text", suffixes=(".json", ".jsonl", ".ndjson", ".csv", ".tsv"),
           opens=(b"{", b"["), has_rows=True),
    Format("subtitles", "text", suffixes=(".srt", ".vtt", ".sbv", ".ass", ".ssa", ".lrc", ".ttml", ".dfxp", ".sub"),
           opens=(b"webvtt", b"[script info]", b"0:0", b"00:0", b"{0}{", b"{1}{"),
           holds=(b"-->", b"ns/ttml", b"}{", b"[00:", b"[0:0", b"[01:", b"\n0:0", b"\n00:0")),
    Format("latex", "text", suffixes=(".tex", ".ltx"), holds=(b"\\documentclass", b"\\begin{", b"\\section")),
    Format("rst", "text", suffixes=(".rst", ".rest"), holds=(b"\n.. ", b":`"), opens=(b".. ",)),
    Format("markdown", "text", suffixes=(".md", ".markdown", ".mdx", ".qmd", ".rmd"), opens=(b"---", b"# "),
           holds=(b"\n# ", b"\n## ", b"\n### ", b"```", b"](", b"**")),
)  # fmt: skip

SOURCE_FORMATS = ("text", *(known.name for known in FORMATS))  # that a user may name

# Of what is packed (`packed`).
GZIP_MAGIC = b"\x1f\x8b\x08"
XZ_MAGIC = b"\xfd7zXZ\0"
ZSTANDARD_MAGIC = b"\x28\xb5\x2f\xfd"
BZIP2_OPENS = tuple(b"BZh%d%s" % (level, block) for level in range(1, 10) for block in (b"1AY&SY", b"\x17rE8P\x90"))
_PACKED = (GZIP_MAGIC, XZ_MAGIC, ZSTANDARD_MAGIC, *BZIP2_OPENS)

# What is known by its first bytes, or by those at an offset, and not read, after "looks like", and what helps.
_SOUND = N_("a sound file; make a transcript of it first")
UNREADABLE = (
    (
        0,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        N_("an old Microsoft Office document; save it as .docx or plain text first"),
    ),
    (0, b"\x89PNG\r\n\x1a\n", N_("a PNG image; it has no text to read")),
    (0, b"\xff\xd8\xff", N_("a JPEG image; it has no text to read")),
    (0, b"GIF87a", N_("a GIF image; it has no text to read")),
    (0, b"GIF89a", N_("a GIF image; it has no text to read")),
    (8, b"WEBPVP8", N_("a WebP image; it has no text to read")),
    (0, b"II*\0", N_("a TIFF image; it has no text to read")),
    (0, b"MM\0*", N_("a TIFF image; it has no text to read")),
    (4, b"ftyp", N_("a video or a sound file; make a transcript of it first")),
    (0, b"ID3", _SOUND),
    (0, b"OggS\0", _SOUND),
    (0, b"fLaC\0", _SOUND),
    (8, b"WAVEfmt ", _SOUND),
    (0, b"%!PS-Adobe", N_("a PostScript file; convert it to PDF first, for example with ps2pdf")),
    (60, b"BOOKMOBI", N_("a Kindle book; convert it to EPUB first, for example with ebook-convert")),
    (0, b"AT&TFORM", N_("a DjVu document; convert it to text first, for example with djvutxt")),
    (0, b"\x1f\x9d", N_("a compressed file (.Z); decompress it first, for example with uncompress")),
    (0, b"\x04\x22\x4d\x18", N_("an lz4 archive; unpack it first, for example with unlz4")),
    (0, b"7z\xbc\xaf\x27\x1c", N_("a 7z archive; unpack it first, for example with 7z x")),
    (0, b"Rar!\x1a\x07", N_("a RAR archive; unpack it first, for example with unrar x")),
    (257, b"ustar", N_("a tar archive; unpack it first, for example with tar -xf, and name the files in it")),
    (0, b"\x7fELF", N_("a program; only text can be summarized")),
    (0, b"SQLite format 3\0", N_("an SQLite database; only text can be summarized")),
)
ZIP_MAGIC = b"PK\x03\x04"
# A zip archive names its members in the clear.
UNREADABLE_ZIPS = (
    (b"xl/workbook.xml", N_("an Excel workbook (.xlsx); save the sheet as CSV first")),
    (b"opendocument.spreadsheet", N_("an OpenDocument spreadsheet (.ods); save it as CSV first")),
    (b"Index/Document.iwa", N_("an Apple Pages or Keynote document; export it as .docx, .pptx or PDF first")),
    (b"", N_("a zip archive; unpack it first, for example with unzip, and name the files in it")),
)


def is_packed(data: bytes) -> bool:
    """Return whether something is packed, by its first bytes."""
    return data.startswith(_PACKED)


def head_of(data: bytes) -> bytes:
    """Return the bytes that tell the format of some: the first ones, in UTF-8 if they are in UTF-16."""
    head = data[:HEAD_BYTES]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return head


def may_be(head: bytes, suffix: str) -> Iterator[Format]:
    """Yield the formats that something may be of, the likeliest first.

    Args:
        head: its first bytes, as `head_of` returns them.
        suffix: of its name, in lower case.
    """
    small = head.lower()
    opening = small.lstrip(b"\xef\xbb\xbf \t\r\n")
    is_named = any(suffix in known.suffixes for known in FORMATS)
    for known in FORMATS:
        if suffix in known.suffixes:
            yield known
        elif is_named and known.gives_way:
            continue
        elif (
            opening.startswith(known.opens)
            or any(mark in small for mark in known.holds)
            or (known.has_rows and _opens_with_row(opening))
        ):
            yield known


def _opens_with_row(opening: bytes) -> bool:
    """Return whether the first line may be the head of a table: no blank stands after what parts its cells."""
    line = opening.partition(b"\n")[0].rstrip()
    return any(mark in line and mark + b" " not in line and not line.endswith(mark) for mark in (b",", b";", b"\t"))

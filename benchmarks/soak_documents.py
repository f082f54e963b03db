"""Documents that are made up for `benchmarks.soak`: of every kind that is read, each with other words."""

import gzip
import json
import random
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from zipfile import ZipFile

NUM_SENTENCES = (2, 3, 6, 12)  # of a document
_PDF_EVERY = 500  # a PDF is read in a process of its own, which takes 0.2 s

_ENGLISH = {
    "who": ("The mayor", "A farmer", "Dr. Brown", "The river", "Our school", "The old bridge", "Nobody", "The council"),
    "did": ("closed", "rose by", "bought", "has seen", "will build", "lost", "asked for", "counted"),
    "what": ("three metres", "two boats", "the library", "$4.5 million", "a new road", "21 per cent", "many trees"),
    "when": ("last night", "in 1998", "on Monday", "after the storm", "for the first time", "this spring"),
}
_CHINESE = {
    "who": ("市长", "一位农民", "李医生", "河水", "我们学校", "老桥", "没有人", "市政府"),
    "did": ("关闭了", "上涨了", "买下", "看见过", "将要修建", "失去了", "要求", "统计了"),
    "what": ("三米", "两条船", "图书馆", "四百五十万元", "一条新路", "百分之二十一的地", "许多树木"),
    "when": ("昨晚", "1998年", "星期一", "暴风雨过后", "第一次", "今年春天"),
}
_LETTERS = "abcdefghijklmnoprstuvwz"
_CHARACTERS = "".join(map(chr, range(0x4E00, 0x5600)))


class Document(NamedTuple):
    """A file that is made up, and its name."""

    name: str
    content: bytes


def sentences(dice: random.Random, number: int, *, is_english: bool) -> list[str]:
    """Return so many sentences in English or in Chinese; a word in each is new, so that what is kept of words shows."""
    table = _ENGLISH if is_english else _CHINESE
    found = []
    for _ in range(number):
        who, did, what, when = (dice.choice(table[part]) for part in ("who", "did", "what", "when"))
        new = "".join(dice.choices(_LETTERS if is_english else _CHARACTERS, k=4))
        found.append(
            f"{who} {did} {what} {when}, said {new.title()}." if is_english else f"{who}{when}{did}{what}，{new}说。"
        )
    return found


def text(dice: random.Random) -> str:
    """Return a text in English or in Chinese."""
    return " ".join(sentences(dice, dice.choice(NUM_SENTENCES), is_english=dice.random() < 0.5))


def documents(number: int, seed: int) -> Iterator[Document]:
    """Yield so many documents, of each kind one after the other, and from time to time a PDF."""
    dice, kinds = random.Random(seed), list(KINDS)
    for count in range(number):
        is_pdf = count % _PDF_EVERY == _PDF_EVERY - 1
        name = "a.pdf" if is_pdf else kinds[count % len(kinds)]
        lines = sentences(dice, dice.choice(NUM_SENTENCES), is_english=is_pdf or dice.random() < 0.5)
        content = _pdf(lines) if is_pdf else KINDS[name](lines)
        yield Document(name, content.encode() if isinstance(content, str) else content)


def _page(lines: list[str]) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{lines[0]}</title></head><body><article>{paragraphs}</article></body></html>"


def _rtf(lines: list[str]) -> str:
    shown = (
        "".join(character if character.isascii() else f"\\u{ord(character)}?" for character in line) for line in lines
    )
    return "{\\rtf1\\ansi " + "\\par ".join(shown) + "}"


def _notebook(lines: list[str]) -> str:
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "markdown", "source": lines}]})


def _zipped(members: Mapping[str, str]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


_OFFICE = "http://schemas.openxmlformats.org"


def _related(target: str, kind: str) -> str:
    relation = f'Id="rId1" Type="{_OFFICE}/officeDocument/2006/relationships/{kind}" Target="{target}"'
    return f'<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship {relation}/></Relationships>'


def _docx(lines: list[str]) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    space = f'xmlns:w="{_OFFICE}/wordprocessingml/2006/main"'
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _related("word/document.xml", "officeDocument"),
            "word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>",
        }
    )


def _pptx(lines: list[str]) -> bytes:
    spaces = (
        f'xmlns:a="{_OFFICE}/drawingml/2006/main" xmlns:p="{_OFFICE}/presentationml/2006/main" '
        f'xmlns:r="{_OFFICE}/officeDocument/2006/relationships"'
    )
    paragraphs = "".join(f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    box = f"<p:sp><p:nvSpPr><p:nvPr/></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>"
    slides = '<p:sldIdLst><p:sldId id="256" r:id="rId1"/></p:sldIdLst>'
    return _zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": _related("ppt/presentation.xml", "officeDocument"),
            "ppt/presentation.xml": f"<p:presentation {spaces}>{slides}</p:presentation>",
            "ppt/_rels/presentation.xml.rels": _related("slides/slide1.xml", "slide"),
            "ppt/slides/slide1.xml": f"<p:sld {spaces}><p:cSld><p:spTree>{box}</p:spTree></p:cSld></p:sld>",
        }
    )


def _epub(lines: list[str]) -> bytes:
    book = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest><item id="a" href="a.xhtml" '
        'media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="a.opf" '
        'media-type="application/oebps-package+xml"/></rootfiles></container>'
    )
    page = _page(lines).replace("<html>", '<html xmlns="http://www.w3.org/1999/xhtml">')
    members = {"mimetype": "application/epub+zip", "META-INF/container.xml": container}
    return _zipped(members | {"a.opf": book, "a.xhtml": page})


def _odt(lines: list[str]) -> str:
    space = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = f'xmlns:office="{space}:office:1.0" xmlns:text="{space}:text:1.0"'
    body = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f"<office:document {spaces}><office:body><office:text>{body}</office:text></office:body></office:document>"


def _pdf(lines: list[str]) -> bytes:
    """Return a PDF of one page; only ASCII is shown."""
    shown = "".join(f"({line}) Tj T* " for line in lines)
    stream = f"BT /F1 10 Tf 14 TL 40 800 Td {shown}ET"
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        f"<</Length {len(stream)}>>stream\n{stream}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    content, places = "%PDF-1.4\n", []
    for number, one in enumerate(objects, start=1):
        places.append(f"{len(content):010} 00000 n \n")
        content += f"{number} 0 obj{one}endobj\n"
    table = f"xref\n0 6\n0000000000 65535 f \n{''.join(places)}trailer<</Size 6/Root 1 0 R>>\n"
    return f"{content}{table}startxref\n{len(content)}\n%%EOF".encode()


KINDS: Mapping[str, Callable[[list[str]], str | bytes]] = {
    "a.txt": lambda lines: "\n".join(lines),
    "a.md": lambda lines: f"# {lines[0]}\n\n" + "\n\n".join(lines) + f"\n\n- {lines[1]}\n- {lines[-1]}\n",
    "a.html": _page,
    "a.json": lambda lines: json.dumps([{"title": lines[0], "text": " ".join(lines)}]),
    "a.csv": lambda lines: "name,text\n" + "".join(f'{number},"{line}"\n' for number, line in enumerate(lines)),
    "a.srt": lambda lines: "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n\n" for n, line in enumerate(lines[:50], start=1)
    ),
    "a.eml": lambda lines: f"From: a@b.c\nSubject: News\nMIME-Version: 1.0\n\n{' '.join(lines)}\n",
    "a.tex": lambda lines: "\\begin{document}\n\\section{News}\n" + "\n\n".join(lines) + "\n\\end{document}\n",
    "a.rtf": _rtf,
    "a.ipynb": _notebook,
    "a.docx": _docx,
    "a.pptx": _pptx,
    "a.epub": _epub,
    "a.fodt": _odt,
    "a.rst": lambda lines: "News\n====\n\n" + "\n\n".join(lines) + "\n\n.. note:: a note\n",
    "chat.txt": lambda lines: "".join(
        f"2026-01-02 10:{n:02} {'Li' if n % 2 else 'Wang'}: {line}\n" for n, line in enumerate(lines[:59])
    ),
    "a.txt.gz": lambda lines: gzip.compress(" ".join(lines).encode()),
    "big5": lambda lines: "".join(lines).encode("gb18030"),
    "damaged": lambda lines: "\n".join(lines).encode("utf-16")[:-1],
    "refused": lambda lines: b"\0\1\2\3" * len(lines),
}  # fmt: skip

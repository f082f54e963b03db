"""From the XHTML pages of a book to paragraphs; a page that is not well-formed XML is parsed leniently.

What a page says of its parts by `epub:type`, `role` or, as older books do, `class` decides what they are.
"""

import re
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from html.entities import html5
from typing import Protocol, TypeVar
from xml.etree.ElementTree import ParseError, XMLParser

from summarize.document import Role
from summarize.errors import InputError
from summarize.inputs.archives import declares_entities
from summarize.inputs.numerals import NumeralForm, numeral, whole_number
from summarize.inputs.paragraphs import Paragraph, clean_text, is_note_mark, sentence_cell
from summarize.interface import _
from summarize.text.decoding import decode
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import needs_space

MAX_LOOSE_BYTES = 8 << 20  # of a page that is no XML

_TYPE_NAMES = ("{http://www.idpf.org/2007/ops}type", "epub:type", "role", "class", "id")
_LEFT_OUT_TYPES = frozenset(
    [
        *("cover", "toc", "landmarks", "page-list", "loi", "lot", "loa", "lov", "copyright-page", "index", "pagebreak"),
        *("footnote", "footnotes", "endnote", "endnotes", "rearnote", "rearnotes", "noteref", "backlink", "pagenum"),
        *("doc-cover", "doc-toc", "doc-pagelist", "doc-index", "doc-pagebreak", "doc-footnote", "doc-footnotes"),
        *("doc-endnote", "doc-endnotes", "doc-noteref", "doc-backlink", "pg-boilerplate", "pg-header", "pg-footer"),
        *("footnote-reference", "footnote-ref", "footnoteref", "footnote-back", "headerlink", "link-target"),
    ]
)
_APPARATUS_TYPES = frozenset(
    [
        *("titlepage", "halftitlepage", "colophon", "imprint", "imprimatur", "bibliography", "biblioentry", "caption"),
        *("other-credits", "contributors", "seriespage", "doc-colophon", "doc-credits", "doc-bibliography"),
    ]
)
_TEXT_TYPES = frozenset(["abstract", "doc-abstract"])  # also on a title page
_LEFT_OUT_TAGS = frozenset(
    [
        *(
            "head",
            "script",
            "style",
            "template",
            "svg",
            "annotation",
            "nav",
            "pre",
            "rt",
            "rp",
            "audio",
            "video",
            "object",
        ),
        *("iframe", "canvas", "form", "button", "select", "textarea"),
    ]
)
_BLOCK_TAGS = frozenset(
    [
        *("body", "section", "article", "aside", "main", "header", "footer", "div", "p", "blockquote", "address"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "caption", "tr", "td", "th"),
        *("figure", "figcaption", "hr", "center", "fieldset", "details", "summary", "pre", "nav", "form"),
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LIST_FORMS: dict[str, NumeralForm] = {"a": "letter", "A": "capital", "i": "roman", "I": "roman capital"}
_MAX_UNCLOSED = 50  # elements in a row that an end tag closes
_VOID_TAGS = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_BREAK = "\v"  # of a line that is seen, unlike one of the file
_LINE_END = lazy_pattern(r"(\S?) ?\n[\n ]*(\S?)")
_BLANKS = lazy_pattern(r"[ \t\r]+")


class Target(Protocol):
    """What takes the elements of a page as they come."""

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        """Take the start of an element."""

    def end(self, tag: str, /) -> None:
        """Take the end of the element that was opened last."""

    def data(self, text: str, /) -> None:
        """Take text."""

    def close(self) -> None:
        """Take the end of the page."""


@dataclass(slots=True)
class _Open:
    """An element that is open, with what it has of those around it."""

    tag: str = ""
    is_left_out: bool = False
    role: Role = "text"
    level: int = 1
    first_run: int = -1  # of what may be the mark of a note
    form: NumeralForm | None = None  # of the numbers of a list
    count: int = 0


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where something that is pointed to stands among paragraphs."""

    name: str


class Page:
    """Takes a page apart: `items` are its paragraphs, and the anchors between them.

    Args:
        anchors: the names of what is pointed to.
    """

    def __init__(self, anchors: Collection[str] = ()) -> None:
        self.items: list[Paragraph | Anchor] = []
        self._anchors = {name for name in anchors if name}
        self._open = [_Open()]
        self._runs: list[str] = []
        self._label = ""
        self._cells: list[list[Paragraph]] = []
        self._waiting: list[Anchor] = []  # until the paragraph ends that they stand in

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        """Take the start of an element."""
        tag = tag.rpartition("}")[2].lower()
        around = self._open[-1]
        element = replace(around, tag=tag, first_run=-1)
        self._open.append(element)
        if around.is_left_out:
            return
        if tag in _BLOCK_TAGS:
            self._end_paragraph(around)
        if tag == "br":
            self._runs.append(_BREAK)
        self._pass_anchor(attributes)
        types = {word for name in _TYPE_NAMES for word in attributes.get(name, "").lower().split()}
        if tag in _LEFT_OUT_TAGS or "hidden" in attributes or not types.isdisjoint(_LEFT_OUT_TYPES):
            element.is_left_out = True
        elif tag in _HEADINGS:
            element.role, element.level = "heading", _HEADINGS[tag]
        elif not types.isdisjoint(_TEXT_TYPES):
            element.role = "text"
        elif tag in ("figcaption", "caption") or not types.isdisjoint(_APPARATUS_TYPES):
            element.role = "apparatus"
        elif tag in ("ul", "ol"):
            element.form = _LIST_FORMS.get(attributes.get("type", ""), "decimal") if tag == "ol" else None
            element.count = whole_number(attributes.get("start"), 1) - 1
        elif tag == "li":
            around.count += 1
            self._label = f"{numeral(around.count, around.form)}." if around.form else "-"
        elif tag in ("td", "th"):
            self._cells.append([])
        elif tag == "sup" or (tag == "a" and "#" in attributes.get("href", "")):
            element.first_run = len(self._runs)

    def end(self, tag: str, /) -> None:
        """Take the end of the element that was opened last."""
        element = self._open.pop()
        if self._open[-1].is_left_out:
            return
        if element.tag in _BLOCK_TAGS:
            self._end_paragraph(element)
        if element.first_run >= 0:
            self._drop_note_mark(element)
        if element.tag in ("td", "th") and not element.is_left_out and self._cells:
            cell = self._cells.pop()
            for paragraph in sentence_cell(cell):
                self._add(paragraph)
        if element.tag == "li":
            self._label = ""

    def data(self, text: str, /) -> None:
        """Take text."""
        if text and not self._open[-1].is_left_out:
            self._runs.append(text)

    def close(self) -> None:
        """Take the end of the page."""
        self._end_paragraph(self._open[-1])
        while self._cells:
            for paragraph in sentence_cell(self._cells.pop(0)):
                self.items.append(paragraph)

    def _pass_anchor(self, attributes: Mapping[str, str]) -> None:
        for name in {attributes.get("id", ""), attributes.get("name", "")}.intersection(self._anchors):
            if any(not run.isspace() for run in self._runs):
                self._waiting.append(Anchor(name))
            else:
                self.items.append(Anchor(name))

    def _drop_note_mark(self, element: _Open) -> None:
        runs = self._runs[element.first_run :]
        mark = "".join(runs).strip()
        is_raised = element.tag == "sup" or any(around.tag == "sup" for around in self._open[-3:])
        before = self._runs[element.first_run - 1] if element.first_run else ""
        if is_note_mark(before[-4:], mark) and (is_raised or not mark.isdecimal()):
            del self._runs[element.first_run :]

    def _end_paragraph(self, element: _Open) -> None:
        text, self._runs = _BLANKS.sub(" ", "".join(self._runs)), []
        text = _LINE_END.sub(_joined, text) if "\n" in text else text
        if clean_text(text):
            self._add(Paragraph(text, element.role, self._label, element.level))
            self._label = ""
        self.items += self._waiting
        self._waiting = []

    def _add(self, paragraph: Paragraph) -> None:
        if self._cells:
            self._cells[-1].append(paragraph)
        else:
            self.items.append(paragraph)


def _joined(match: re.Match[str]) -> str:
    """Return what stands around a line end of the file: it is a space, and none between Chinese characters."""
    before, after = match.groups()
    return f"{before} {after}" if needs_space(before or " ", after or " ") else before + after


_CHUNK_BYTES = 1 << 16  # given to the parser at once
_DECLARED = lazy_pattern(r"<\?xml[^>]{1,100}encoding=[\"']([\w.-]{1,40})")
_HEAD_BYTES = 200

_AnyTarget = TypeVar("_AnyTarget", bound=Target)


def feed(data: bytes, make: Callable[[], _AnyTarget], name: str) -> _AnyTarget:
    """Return what has taken a page.

    Args:
        data: the page.
        make: makes what takes it; again, if the page turns out to be no XML.
        name: how messages call the book.

    Raises:
        InputError: its encoding cannot be told, or it is no XML and too large.
    """
    if not data.strip():
        data = b"<html/>"
    if not declares_entities(data):
        with suppress(ParseError, ValueError, LookupError):  # not XML, or in an encoding that the parser lacks
            return _feed_xml(data, make())
    if len(data) > MAX_LOOSE_BYTES:
        raise InputError(_("{name}: is damaged (a page is not XML); convert it to EPUB again").format(name=name))
    target = make()
    _feed_loose(_decoded(data, name), target)
    return target


def _decoded(data: bytes, name: str) -> str:
    """Return the text of a page in the encoding that it names, or in the one that it is in."""
    declared = _DECLARED.match(data[:_HEAD_BYTES].decode("latin-1"))
    for encoding in (declared[1], None) if declared else (None,):
        with suppress(InputError):
            return decode(data, encoding=encoding, name=name).text
    raise InputError(_("{name}: is damaged (a page is not text); convert it to EPUB again").format(name=name))


def _feed_xml(data: bytes, target: _AnyTarget) -> _AnyTarget:
    parser = XMLParser(target=target)
    parser.entity.update(_entities())
    for start in range(0, len(data), _CHUNK_BYTES):
        parser.feed(data[start : start + _CHUNK_BYTES])
    parser.close()
    return target


@cache
def _entities() -> dict[str, str]:
    """Return the characters that XHTML has names for."""
    return {name.removesuffix(";"): characters for name, characters in html5.items() if name.endswith(";")}


_TOKEN = lazy_pattern(
    r"(?P<mark><!--|<!\[CDATA\[)|<(?P<close>/?)(?P<tag>[A-Za-z][\w:.-]{0,60})"
    r"(?P<attributes>(?:[^<>\"']++|\"[^\"]{0,1000}\"|'[^']{0,1000}')*+)>"
    r"|<![^<>\[]{0,1000}\[[^\]]{0,10000}\]\s{0,20}>|<[!?][^<>]{0,1000}>|(?P<text>[^<]+|<)"
)
_ATTRIBUTE = lazy_pattern(r"([A-Za-z_][\w:.-]{0,60})(?:\s{0,20}=\s{0,20}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+)))?")
_ENDS = {"<!--": "-->", "<![CDATA[": "]]>", "script": "</script", "style": "</style"}
_CLOSED_BY_THE_NEXT = frozenset(["p", "li", "dt", "dd", "tr", "td", "th"])


def _feed_loose(text: str, target: Target) -> None:
    """Give the elements of a page that is no XML to what takes them: each is closed, and in order.

    Linear in the length of the page, which `html.parser` is not, and without the loss of text that there is in lxml.
    """
    open_tags: list[str] = []
    ends: dict[str, int] = {}  # the last that were found; -1 if there are no more
    position = 0
    while token := _TOKEN.match(text, position):
        position = token.end()
        tag = (token["tag"] or "").lower()
        if token["text"]:
            target.data(unescape(token["text"]))
        elif token["close"]:
            _close(tag, open_tags, target)
        elif tag:
            if tag in _CLOSED_BY_THE_NEXT and open_tags[-1:] == [tag]:
                _close(tag, open_tags, target)
            target.start(tag, _attributes(token["attributes"]))
            open_tags.append(tag)
            if tag in _VOID_TAGS or token["attributes"].endswith("/"):
                _close(tag, open_tags, target)
                tag = ""
        raw = token["mark"] or tag
        if raw in _ENDS and not token["close"] and ends.get(raw) != -1:
            end = ends[raw] = text.find(_ENDS[raw], position)
            if raw == "<![CDATA[" and end >= 0:
                target.data(text[position:end])
            if end >= 0:
                position = end if tag else end + len(_ENDS[raw])
    for tag in reversed(open_tags):
        target.end(tag)
    target.close()


def _close(tag: str, open_tags: list[str], target: Target) -> None:
    """Close an element and those in it, if it is open."""
    if tag in open_tags[-_MAX_UNCLOSED:]:
        while (last := open_tags.pop()) != tag:
            target.end(last)
        target.end(tag)


def _attributes(written: str) -> dict[str, str]:
    return {
        name.lower(): unescape(double or single or bare) for name, double, single, bare in _ATTRIBUTE.findall(written)
    }

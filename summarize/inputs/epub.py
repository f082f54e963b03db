"""Books (.epub): the chapters in the order of reading, with the names that the table of contents has for them.

The package names the files of the book and their order (its spine). Left out: the cover, the table of contents, notes,
the numbers of pages, code, and of tables the cells without a sentence. Titles and imprints are set aside, and so is
what Project Gutenberg puts before and after a book.

Source: W3C, EPUB 3.3; IDPF, Open Packaging Format 2.0.1 for older books.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.archives import Archive, member_names, resolve_member
from summarize.inputs.epub_pages import Anchor, Page, feed
from summarize.inputs.paragraphs import Paragraph, Paragraphs, clean_text, declared_title, in_one_line
from summarize.inputs.table import Options
from summarize.interface import _, ngettext
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_FONT_SCRAMBLING = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_PAGE_TYPES = ("application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml")
_NCX_TYPE = "application/x-dtbncx+xml"
_LEFT_OUT_GUIDES = ("cover", "toc", "copyright-page", "index", "loi", "lot", "notes")


def recognise(content: bytes, suffix: str) -> bool:
    """Return whether something is a book."""
    return _CONTAINER in member_names(content)


def read(content: bytes, options: Options) -> list[Source]:
    """Return the text of a book, with its chapters as places.

    Raises:
        InputError: it is damaged or protected.
    """
    archive = Archive(content, options.name)
    book = _read_package(archive)
    _refuse_protected(archive, book.spine)
    missing = [member for member in book.spine if member not in archive.names]
    entries = _entries_by_member(archive, book)
    items: list[Paragraph | Anchor] = []
    for member in book.spine:
        if member in archive.names:
            items += _read_page(archive, member, entries.get(member, ()))
    paragraphs = Paragraphs()
    num_chapters = _add_items(_without_frame(items), paragraphs)
    if num_chapters < 2:
        paragraphs.mark_chapters()
    warnings = []
    if missing:
        warnings.append(
            ngettext(
                "{name}: {number} file of the book is missing",
                "{name}: {number} files of the book are missing",
                len(missing),
            ).format(name=options.name, number=len(missing))
        )
    title = declared_title(book.title) or paragraphs.first_heading
    return paragraphs.sources("epub", title=title, warnings=warnings)


@dataclass(frozen=True, slots=True)
class _Book:
    """What the package of a book says.

    Args:
        title: of the book; may be empty.
        spine: the members of the archive with its text, in the order of reading.
        contents: the member with its table of contents; may be empty.
        is_ncx: whether that is in the older form.
    """

    title: str
    spine: Sequence[str]
    contents: str
    is_ncx: bool


class _Entry(NamedTuple):
    """An entry of the table of contents: what it points to in its file, empty for all of it, and its name."""

    fragment: str
    label: str


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _read_package(archive: Archive) -> _Book:
    rootfiles = (found for found in archive.read_xml(_CONTAINER).iter() if _tag(found) == "rootfile")
    package = next((unquote(found.get("full-path", "")) for found in rootfiles), "")
    root = archive.read_xml(package)
    manifest: dict[str, Element] = {item.get("id", ""): item for item in root.iter() if _tag(item) == "item"}
    members = {key: resolve_member(package, item.get("href", "")) for key, item in manifest.items()}
    nav = next((key for key, item in manifest.items() if "nav" in item.get("properties", "").split()), "")
    ncx = next((key for key, item in manifest.items() if item.get("media-type") == _NCX_TYPE), "")
    left_out = {
        resolve_member(package, found.get("href", ""))
        for found in root.iter()
        if _tag(found) == "reference" and found.get("type", "").lower() in _LEFT_OUT_GUIDES
    }
    spine = [
        members[key]
        for key in _spine(root)
        if key in members and key != nav and manifest[key].get("media-type") in _PAGE_TYPES
    ]
    spine = [member for member in dict.fromkeys(spine) if member not in left_out] or spine
    title = next((found.text or "" for found in root.iter() if _tag(found) == "title"), "")
    return _Book(title, spine, members.get(nav or ncx, ""), is_ncx=not nav)


def _spine(root: Element) -> list[str]:
    """Return the ids of the files in the order of reading, without those that stand beside it, such as notes."""
    references = [found for found in root.iter() if _tag(found) == "itemref"]
    main = [found for found in references if found.get("linear", "yes") != "no"]
    return [found.get("idref", "") for found in main or references]


def _refuse_protected(archive: Archive, spine: Sequence[str]) -> None:
    if _ENCRYPTION not in archive.names:
        return
    encrypted = set()
    for data in archive.read_xml(_ENCRYPTION).iter():
        if _tag(data) == "EncryptedData":
            parts = {_tag(part): part for part in data.iter()}
            method, reference = parts.get("EncryptionMethod"), parts.get("CipherReference")
            if reference is not None and (method is None or method.get("Algorithm") not in _FONT_SCRAMBLING):
                encrypted.add(resolve_member("", reference.get("URI", "")))
    if not encrypted.isdisjoint(spine):
        raise InputError(
            _("{name}: is copy-protected (DRM); only its own reader program can open it").format(name=archive.name)
        )


def _entries_by_member(archive: Archive, book: _Book) -> Mapping[str, list[_Entry]]:
    """Return the entries of the table of contents by the files that they point to."""
    found: dict[str, list[_Entry]] = defaultdict(list)
    if book.contents in archive.names:
        entries = _ncx_entries(archive.read_xml(book.contents)) if book.is_ncx else _nav_entries(archive, book.contents)
        for address, label in entries:
            label = in_one_line(clean_text(label))
            if label:
                member, fragment = resolve_member(book.contents, address), unquote(address.partition("#")[2])
                found[member].append(_Entry(fragment, label))
    return found


def _ncx_entries(root: Element) -> Iterator[tuple[str, str]]:
    for point in root.iter():
        if _tag(point) == "navPoint":
            parts = {_tag(part): part for part in point}
            label, content = parts.get("navLabel"), parts.get("content")
            if label is not None and content is not None:
                yield content.get("src", ""), "".join(label.itertext())


class _Contents:
    """Takes a table of contents in XHTML apart: `entries` are the addresses and names in it."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str]] = []
        self._kinds: list[str] = []  # of the tables that are open
        self._address: str | None = None
        self._runs: list[str] = []

    def start(self, tag: str, attributes: Mapping[str, str], /) -> None:
        """Take the start of an element."""
        tag = tag.rpartition("}")[2].lower()
        if tag == "nav":
            kind = attributes.get("{http://www.idpf.org/2007/ops}type") or attributes.get("epub:type", "")
            self._kinds.append(kind)
        elif tag == "a" and self._kinds and "toc" in self._kinds[-1].split():
            self._address, self._runs = attributes.get("href", ""), []

    def end(self, tag: str, /) -> None:
        """Take the end of the element that was opened last."""
        tag = tag.rpartition("}")[2].lower()
        if tag == "nav" and self._kinds:
            self._kinds.pop()
        elif tag == "a" and self._address is not None:
            self.entries.append((self._address, "".join(self._runs)))
            self._address = None

    def data(self, text: str, /) -> None:
        """Take text."""
        if self._address is not None:
            self._runs.append(text)

    def close(self) -> None:
        """Take the end of the page."""


def _nav_entries(archive: Archive, member: str) -> list[tuple[str, str]]:
    return feed(archive.read(member), _Contents, archive.name).entries


def _read_page(archive: Archive, member: str, entries: Sequence[_Entry]) -> Iterator[Paragraph | Anchor]:
    """Yield the paragraphs of a page, with the names of chapters as anchors before them, and a nameless one first."""
    labels = {entry.fragment: entry.label for entry in entries}
    items = feed(archive.read(member), lambda: Page(labels), archive.name).items
    found = {item.name for item in items if isinstance(item, Anchor)}
    yield Anchor("")
    yield from (Anchor(label) for fragment, label in labels.items() if fragment not in found)
    yield from (Anchor(labels[item.name]) if isinstance(item, Anchor) else item for item in items)


_FRAME = lazy_pattern(r"\*{3} ?(START|END) OF (?:THE|THIS) PROJECT GUTENBERG")
_NO_CHAPTERS = lazy_pattern(
    r"封面|扉页|书名页|版权(?:信息|页|声明|说明)?|目\s*录|cover(?: page)?|(?:half )?title ?page|"
    r"copyright(?: page| notice| information)?|(?:table of )?contents|imprint|colophon|about the publisher",
    re.IGNORECASE,
)


def _without_frame(items: Sequence[Paragraph | Anchor]) -> Sequence[Paragraph | Anchor]:
    """Return what stands between the marks that Project Gutenberg sets before and after a book."""
    marks = [
        (at, "START" in match.groups())
        for at, item in enumerate(items)
        if isinstance(item, Paragraph) and (match := _FRAME.match(clean_text(item.text)))
    ]
    first = max((at + 1 for at, is_start in marks if is_start), default=0)
    end = min((at for at, is_start in marks if not is_start and at >= first), default=len(items))
    return items[first:end]


def _add_items(items: Sequence[Paragraph | Anchor], paragraphs: Paragraphs) -> int:
    """Add paragraphs, chapters as places; return how many there are of these.

    A paragraph that only says the name of its chapter is a heading.
    """
    num_chapters = 0
    label, is_apparatus = "", False
    for item in items:
        if isinstance(item, Anchor):
            label, is_apparatus = item.name, _NO_CHAPTERS.fullmatch(normalize(item.name)) is not None
            num_chapters += bool(label) and not is_apparatus
            paragraphs.mark("chapter", label)
            continue
        if is_apparatus:
            item = item._replace(role="apparatus")
        elif label and item.role == "text" and item.text.split() and _squeezed(item.text) == _squeezed(label):
            item = item._replace(role="heading")
            label = ""
        paragraphs.add(item)
    return num_chapters


def _squeezed(text: str) -> str:
    return "".join(clean_text(text).split())

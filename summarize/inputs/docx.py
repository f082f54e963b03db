"""Word documents (.docx, and .docm and .dotx): the text of their body as it reads with all changes accepted.

The XML is read directly: libraries omit tracked insertions, text boxes, content controls and list numbers from the text
of a paragraph, and they reject the strict variant and broken links.

Left out: what changes deleted, headers and footers, notes, comments, contents and indices, code, hidden text, the
prompts of empty form fields, and of tables the cells without a sentence.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.archives import Archive, member_names
from summarize.inputs.docx_styles import (
    VAL,
    Numbering,
    Style,
    W,
    is_on,
    numbering_of,
    outline_level,
    read_styles,
    value_of,
)
from summarize.inputs.packages import ALTERNATIVES, MATH_TEXT, as_transitional, core_title, related
from summarize.inputs.paragraphs import Paragraph, Paragraphs, declared_title, is_note_mark, sentence_cell
from summarize.inputs.style_names import LOWEST_LEVEL, TITLE_LEVEL
from summarize.inputs.table import Options
from summarize.interface import _

_OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")  # in which Office keeps a document with a password


def recognise(content: bytes, suffix: str) -> bool:
    """Return whether something is a Word document, or a document of any Office program with a password."""
    names = member_names(content)
    return _is_encrypted(content) or ("[Content_Types].xml" in names and any(name[:5] == "word/" for name in names))


def read(content: bytes, options: Options) -> list[Source]:
    """Return the text of a Word document, with its headings as chapters.

    Raises:
        InputError: it is damaged, encrypted, or no Word document.
    """
    if _is_encrypted(content):
        raise InputError(
            _("{name}: is encrypted; open it with its password and save it without one first").format(name=options.name)
        )
    archive = Archive(content, options.name)
    member = related(archive, "", "officeDocument") or "word/document.xml"
    body = as_transitional(archive.read_xml(member)).find(f"{W}body")
    if body is None:
        raise InputError(
            _("{name}: is not a Word document, or is damaged; open it in Word and save it again").format(
                name=options.name
            )
        )
    styles = read_styles(_read_part(archive, member, "styles"))
    numbering = Numbering(_read_part(archive, member, "numbering"))
    reading = _Reading(styles, numbering, has_fields=_has_paired_fields(body))
    paragraphs = Paragraphs()
    title = None
    for paragraph in reading.body(body):
        if paragraph.level == TITLE_LEVEL and title is None:
            title = declared_title(paragraph.text)
        paragraphs.add(paragraph)
    paragraphs.mark_chapters()
    title = title or declared_title(core_title(archive)) or paragraphs.first_heading
    return paragraphs.sources("docx", title=title)


def _is_encrypted(content: bytes) -> bool:
    return content.startswith(_OLE_MAGIC) and _ENCRYPTED_STREAM in content


def _read_part(archive: Archive, member: str, kind: str) -> Element | None:
    target = related(archive, member, kind)
    return as_transitional(archive.read_xml(target)) if target else None


_PARAGRAPH, _TABLE, _ROW, _CELL, _RUN, _TEXT, _BOX = (
    f"{W}{name}" for name in ("p", "tbl", "tr", "tc", "r", "t", "txbxContent")
)
_CONTROL, _FIELD_MARK, _INSTRUCTION, _SIMPLE_FIELD = (
    f"{W}{name}" for name in ("sdt", "fldChar", "instrText", "fldSimple")
)
_BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{W}ptab": "\t"}
_WITHOUT_TEXT = frozenset(
    f"{W}{name}"
    for name in ("pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr", "sectPr", "del", "moveFrom", "delText", "rt", "object")
)
_LEFT_OUT_FIELDS = frozenset(["TOC", "INDEX", "TOA", "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"])
_MAX_FIELDS_IN_FIELDS = 20
_LEFT_OUT_GALLERIES = frozenset(["Table of Contents", "Table of Figures"])


@dataclass(slots=True)
class _Field:
    """A field that has begun.

    Args:
        instructions: the runs of what it is to show (`PAGE`).
        is_silent: whether what stands here is no part of the text: before what it shows, and if that is left out.
    """

    instructions: list[str] = field(default_factory=list)
    is_silent: bool = True


def _is_left_out(instruction: str) -> bool:
    words = instruction.split(maxsplit=1)
    return bool(words) and words[0].upper() in _LEFT_OUT_FIELDS


class _Reading:
    """Reads the paragraphs of a body in order: knows which fields have begun, and what waits for the next paragraph.

    Args:
        styles: of paragraphs, by their ids.
        numbering: counts the items of lists.
        has_fields: whether fields are heeded; not if one never ends, which would take all that follows.
    """

    def __init__(self, styles: dict[str, Style], numbering: Numbering, *, has_fields: bool) -> None:
        self._styles = styles
        self._numbering = numbering
        self._has_fields = has_fields
        self._fields: list[_Field] = []
        self._boxes: list[Element] = []  # text boxes that hang on the paragraph
        self._runs: list[str] = []  # of a paragraph that has begun

    def body(self, body: Element) -> Iterator[Paragraph]:
        """Yield the paragraphs of a body."""
        yield from self._blocks(body)
        yield Paragraph("".join(self._runs))

    def _blocks(self, parent: Iterable[Element]) -> Iterator[Paragraph]:
        for child in parent:
            if child.tag == _PARAGRAPH:
                yield from self._paragraph(child)
            elif child.tag == _TABLE:
                for cell in _cells(child):
                    yield from sentence_cell(list(self._blocks(cell)))
            elif child.tag not in _WITHOUT_TEXT:
                yield from self._blocks(_inside(child))

    def _paragraph(self, paragraph: Element) -> Iterator[Paragraph]:
        """Yield a paragraph, and those of the text boxes that hang on it."""
        self._read_runs(paragraph)
        boxes, self._boxes = self._boxes, []
        properties = paragraph.find(f"{W}pPr")
        if not _goes_on(properties):
            text, self._runs = "".join(self._runs), []
            yield from self._described(text, properties)
        for box in boxes:
            yield from self._blocks(box)

    def _described(self, text: str, properties: Element | None) -> Iterator[Paragraph]:
        """Yield a paragraph with what its properties and its style say of it, unless that leaves it out."""
        if properties is None:
            yield Paragraph(text)
            return
        style_id = value_of(properties, "pStyle")
        style = self._styles.get(style_id, Style())
        kind, level = style.kind, outline_level(properties) or style.level
        if kind in ("text", "heading") and level != style.level:
            kind = "heading" if level <= LOWEST_LEVEL else "text"
        label = self._numbering.label(numbering_of(properties) or style.numbering, style_id)
        if kind != "left out":
            yield Paragraph(text, kind, "" if kind == "heading" and label == "-" else label, level)

    def _read_runs(self, parent: Iterable[Element]) -> None:
        """Take what is said in an element to the paragraph that has begun, and remember the text boxes in it."""
        for child in parent:
            tag = child.tag
            if tag in (_TEXT, MATH_TEXT):
                self._say(child.text or "")
            elif tag in _BREAKS:
                self._say(_BREAKS[tag])
            elif tag == _RUN:
                self._read_run(child)
            elif tag == _BOX:
                self._boxes.append(child)
            elif tag == _FIELD_MARK:
                self._pass_field_mark(child.get(f"{W}fldCharType"))
            elif tag == _INSTRUCTION:
                if self._fields:
                    self._fields[-1].instructions.append(child.text or "")
            elif tag not in _WITHOUT_TEXT:
                self._read_runs(_inside(child))

    def _read_run(self, run: Element) -> None:
        properties = run.find(f"{W}rPr")
        if is_on(properties, "vanish"):
            return
        num_before = len(self._runs)
        self._read_runs(run)
        if properties is not None and self._is_raised(properties):
            before = self._runs[num_before - 1] if num_before else ""
            if is_note_mark(before[-4:], "".join(self._runs[num_before:])):
                del self._runs[num_before:]

    def _is_raised(self, properties: Element) -> bool:
        """Return whether a run is set over the line, by itself or by its style."""
        own = value_of(properties, "vertAlign")
        if own:
            return own == "superscript"
        return self._styles.get(value_of(properties, "rStyle"), Style()).is_raised

    def _say(self, text: str) -> None:
        if text and not any(begun.is_silent for begun in self._fields):
            self._runs.append(text)

    def _pass_field_mark(self, mark: str | None) -> None:
        if mark == "begin" and self._has_fields:
            self._fields.append(_Field())
        elif mark == "separate" and self._fields:
            self._fields[-1].is_silent = _is_left_out("".join(self._fields[-1].instructions))
        elif mark == "end" and self._fields:
            self._fields.pop()


def _inside(element: Element) -> Iterable[Element]:
    """Return what is to be read of an element: one of the alternatives, of a control what was filled in."""
    if element.tag == ALTERNATIVES:
        return element[:1]
    if element.tag == _SIMPLE_FIELD:
        return () if _is_left_out(element.get(f"{W}instr", "")) else element
    if element.tag == _CONTROL:
        properties = element.find(f"{W}sdtPr")
        gallery = None if properties is None else properties.find(f"{W}docPartObj/{W}docPartGallery")
        is_left_out = gallery is not None and gallery.get(VAL) in _LEFT_OUT_GALLERIES
        return () if is_left_out or is_on(properties, "showingPlcHdr") else element
    return element


def _cells(table: Element) -> Iterator[Element]:
    """Yield the cells of the rows that were not deleted."""
    for child in table:
        if child.tag == _CELL:
            yield child
        elif child.tag not in _WITHOUT_TEXT and not (child.tag == _ROW and child.find(f"{W}trPr/{W}del") is not None):
            yield from _cells(child)


def _goes_on(properties: Element | None) -> bool:
    """Return whether the next paragraph continues with this one: it is a large first letter, or its end was deleted."""
    if properties is None:
        return False
    frame = properties.find(f"{W}framePr")
    if frame is not None and frame.get(f"{W}dropCap", "none") != "none":
        return True
    return any(properties.find(f"{W}rPr/{W}{change}") is not None for change in ("del", "moveFrom"))


def _has_paired_fields(body: Element) -> bool:
    """Return whether each field has an end, and few stand in others."""
    depth = deepest = 0
    for mark in body.iter(_FIELD_MARK):
        depth += {"begin": 1, "end": -1}.get(mark.get(f"{W}fldCharType", ""), 0)
        deepest = max(deepest, depth)
    return depth == 0 and deepest <= _MAX_FIELDS_IN_FIELDS

"""Files of office programs and books, put together by hand as programs write them, and damaged copies of files."""

import random
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
    }.items()
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zipped(members: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    """Return an archive; what is `stored` is not packed."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content, ZIP_STORED if name in stored else ZIP_DEFLATED)
    return buffer.getvalue()


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """Return the part that says what another is related to: by id, the kind and the address."""
    entries = "".join(
        f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        for key, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def core(title: str) -> str:
    """Return the part with the title."""
    properties = f"{_PACKAGE}/metadata/core-properties"
    name = f"<dc:title>{escape(title)}</dc:title>"
    return f'<cp:coreProperties xmlns:cp="{properties}" xmlns:dc="http://purl.org/dc/elements/1.1/">{name}</cp:coreProperties>'


def docx_members(body: str, *, styles: str = "", numbering: str = "", title: str = "") -> dict[str, str]:
    """Return the parts of a Word document with this body."""
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(
            {"rId1": ("officeDocument", "word/document.xml"), "rId2": ("core-properties", "docProps/core.xml")}
        ),
        "docProps/core.xml": core(title),
        "word/document.xml": f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(
            {"rId1": ("styles", "styles.xml"), "rId2": ("numbering", "/word/numbering.xml")}
        ),
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>",
    }


def paragraph(text: str, style: str = "", properties: str = "") -> str:
    """Return a paragraph of Word."""
    style = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{style}{properties}</w:pPr>{run(text)}</w:p>"


def run(text: str, properties: str = "") -> str:
    """Return a run of Word."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def pptx_members(slides: list[str], notes: Mapping[int, str] = {}, title: str = "") -> dict[str, str]:
    """Return the parts of a file of slides: what lies on each, and what the notes to some say, by number from 1."""
    members = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations(
            {"rId1": ("officeDocument", "ppt/presentation.xml"), "rId2": ("core-properties", "docProps/core.xml")}
        ),
        "docProps/core.xml": core(title),
    }
    targets = {}
    entries = ""
    for number, shapes in enumerate(slides, 1):
        targets[f"rId{number}"] = ("slide", f"slides/slide{number}.xml")
        entries += f'<p:sldId id="{255 + number}" r:id="rId{number}"/>'
        tree = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
        members[f"ppt/slides/slide{number}.xml"] = f"<p:sld {NAMESPACES}>{tree}</p:sld>"
        if number in notes:
            target = f"notesSlides/notesSlide{number}.xml"
            members[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations({"rId1": ("notesSlide", f"../{target}")})
            tree = f"<p:cSld><p:spTree>{shape(notes[number], 'body')}{shape('1', 'sldNum')}</p:spTree></p:cSld>"
            members[f"ppt/{target}"] = f"<p:notes {NAMESPACES}>{tree}</p:notes>"
    members["ppt/presentation.xml"] = (
        f"<p:presentation {NAMESPACES}><p:sldIdLst>{entries}</p:sldIdLst></p:presentation>"
    )
    members["ppt/_rels/presentation.xml.rels"] = relations(targets)
    return members


def shape(
    text: str, kind: str | None = None, *, at: tuple[int, int, int, int] | None = None, properties: str = ""
) -> str:
    """Return a box of a slide: each line a paragraph; free without a kind; `at` left, top, width and height."""
    place = "" if kind is None else f'<p:ph type="{kind}" idx="1"/>'
    frame = f'<a:xfrm><a:off x="{at[0]}" y="{at[1]}"/><a:ext cx="{at[2]}" cy="{at[3]}"/></a:xfrm>' if at else ""
    lines = "".join(
        f"<a:p><a:pPr>{properties}</a:pPr><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in text.split("\n")
    )
    head = f"<p:nvSpPr><p:cNvPr id='2' name=''/><p:cNvSpPr/><p:nvPr>{place}</p:nvPr></p:nvSpPr>"
    return f"<p:sp>{head}<p:spPr>{frame}</p:spPr><p:txBody><a:bodyPr/>{lines}</p:txBody></p:sp>"


def read_one(content: bytes, name: str = "a file") -> Source:
    """Return the one text that the door finds in bytes without a name that would tell their format."""
    (source,) = read_bytes(content, Options(name=name))
    return source


def roles(source: Source) -> list[tuple[str, str]]:
    """Return the runs of which the format says what they are."""
    return [(source.text[part.start : part.end], part.role) for part in source.parts]


def places(source: Source) -> list[tuple[str, str, str]]:
    """Return kind and value of the places, and the first line behind each."""
    return [(place.kind, place.value, source.text[place.start :].split("\n")[0]) for place in source.places]


def damaged(content: bytes, count: int = 200) -> Iterator[bytes]:
    """Yield copies of a file with damage: bytes changed, the end cut off, a stretch of zeros, a stretch gone."""
    chance = random.Random(7)
    for number in range(count):
        copy = bytearray(content)
        start = chance.randrange(len(copy))
        if number % 4 == 0:
            for _ in range(chance.randint(1, 20)):
                copy[chance.randrange(len(copy))] = chance.randrange(256)
        elif number % 4 == 1:
            del copy[start:]
        elif number % 4 == 2:
            stretch = copy[start : start + chance.randint(1, 200)]
            copy[start : start + len(stretch)] = bytes(len(stretch))
        else:
            del copy[start : start + chance.randint(1, 50)]
        yield bytes(copy)


def damaged_members(members: Mapping[str, str]) -> Iterator[bytes]:
    """Yield archives that are whole, with damage in one of their members."""
    for name, content in members.items():
        for copy in damaged(content.encode(), 50):
            yield zipped({**members, name: copy})


def refusals_of(copies: Iterable[bytes], read: Callable[[bytes, Options], list[Source]]) -> list[str]:
    """Return how damaged copies of a file are refused; those that can be read have no character that no text has.

    Args:
        copies: of the file.
        read: the function of its format.
    """
    messages = []
    for copy in copies:
        try:
            sources = read(copy, Options(name="a file"))
        except InputError as error:
            messages.append(str(error))
        else:
            assert not any(re.search("[\0\ud800-\udfff]", source.text) for source in sources)
    assert all(message.startswith("a file: ") and "\n" not in message for message in messages)
    return messages


_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        **{"office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style"},
        **{"svg": "svg-compatible", "presentation": "presentation", "meta": "meta", "manifest": "manifest"},
    }.items()
)
ODF_NAMESPACES = f'{_ODF} xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odf_members(
    content: str, *, kind: str = "text", styles: str = "", automatic: str = "", title: str = ""
) -> dict[str, str]:
    """Return the parts of an OpenDocument: its content, styles, automatic styles and title."""
    return {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "META-INF/manifest.xml": f"<manifest:manifest {ODF_NAMESPACES}/>",
        "content.xml": f"<office:document-content {ODF_NAMESPACES}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:{kind}>{content}</office:{kind}></office:body>"
        "</office:document-content>",
        "styles.xml": f"<office:document-styles {ODF_NAMESPACES}><office:styles>{styles}</office:styles>"
        "</office:document-styles>",
        "meta.xml": f"<office:document-meta {ODF_NAMESPACES}><office:meta><dc:title>{escape(title)}</dc:title>"
        "</office:meta></office:document-meta>",
    }


def book_members(
    pages: Mapping[str, str], *, contents: str = "", title: str = "", spine: str = "", guide: str = ""
) -> dict[str, str]:
    """Return the members of a book.

    Args:
        pages: the bodies of its pages by their names.
        contents: the list of a table of contents in XHTML.
        title: of the book.
        spine: the order of reading; that of the pages by default.
        guide: what some pages are.
    """
    items = "".join(f'<item id="{name}" href="Text/{name}" media-type="application/xhtml+xml"/>' for name in pages)
    order = spine or "".join(f'<itemref idref="{name}"/>' for name in pages)
    members = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
        "OEBPS/content.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escape(title)}</dc:title></metadata>'
        f'<manifest>{items}<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        f"</manifest><spine>{order}</spine><guide>{guide}</guide></package>",
        "OEBPS/nav.xhtml": page(f'<nav epub:type="toc"><ol>{contents}</ol></nav>'),
    }
    return {**members, **{f"OEBPS/Text/{name}": page(body) for name, body in pages.items()}}


def page(body: str) -> str:
    """Return a page of a book."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>A page</title></head><body>{body}</body></html>'
    )

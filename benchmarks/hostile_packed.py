"""Packed files that are made to slow their reader down, as long as one wants: for `benchmarks.doubling`.

Their length is that of what is packed. Those of text stand in `hostile_files`.
"""

import gzip
import io
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile

Make = Callable[[int], bytes]

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_SLIDES = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    f'xmlns:r="{_OFFICE}"'
)
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table", "style")
)
_PARAGRAPH = "<w:p><w:r><w:t>The river rose.</w:t></w:r></w:p>"
_SAID = "The river rose."


def zipped(members: Mapping[str, str]) -> bytes:
    """Return an archive of these members."""
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def related(*targets: str, kind: str = "officeDocument") -> str:
    """Return the part that says what another is related to, all of one kind, by the ids rId0, rId1, ..."""
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, target in enumerate(targets)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'


def _filling(chars: int, run: str, after: str = "") -> str:
    return run * (number := chars // (len(run) + len(after)) + 1) + after * number


def _docx(run: str, after: str = "", *, around: tuple[str, str] = ("", "")) -> Make:
    def make(chars: int) -> bytes:
        body = around[0] + _filling(chars, run, after) + around[1]
        document = f"<w:document {_WORD}><w:body>{body}</w:body></w:document>"
        return zipped(
            {
                "[Content_Types].xml": "<Types/>",
                "_rels/.rels": related("word/document.xml"),
                "word/document.xml": document,
            }
        )

    return make


def _odt(run: str, after: str = "", *, around: tuple[str, str] = ("", "")) -> Make:
    def make(chars: int) -> bytes:
        body = around[0] + _filling(chars, run, after) + around[1]
        return zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "META-INF/manifest.xml": "<manifest/>",
                "content.xml": f"<office:document-content {_ODF}><office:body><office:text>{body}</office:text>"
                "</office:body></office:document-content>",
            }
        )

    return make


def _pptx(slides: Callable[[int], list[str]]) -> Make:
    """Return what makes a file of slides, of what stands on each for a length."""

    def make(chars: int) -> bytes:
        members = {"[Content_Types].xml": "<Types/>", "_rels/.rels": related("ppt/presentation.xml")}
        shown = slides(chars)
        ids = "".join(f'<p:sldId id="{256 + number}" r:id="rId{number}"/>' for number in range(len(shown)))
        members["ppt/presentation.xml"] = f"<p:presentation {_SLIDES}><p:sldIdLst>{ids}</p:sldIdLst></p:presentation>"
        names = [f"slides/slide{number}.xml" for number in range(len(shown))]
        members["ppt/_rels/presentation.xml.rels"] = related(*names, kind="slide")
        for name, shapes in zip(names, shown, strict=True):
            members[f"ppt/{name}"] = f"<p:sld {_SLIDES}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        return zipped(members)

    return make


_SHAPE = f"<p:sp><p:nvSpPr/><p:txBody><a:p><a:r><a:t>{_SAID}</a:t></a:r></a:p></p:txBody></p:sp>"


def _epub(pages: Callable[[int], list[str]]) -> Make:
    """Return what makes a book, of the bodies of its pages for a length."""

    def make(chars: int) -> bytes:
        bodies = pages(chars)
        items = "".join(
            f'<item id="p{n}" href="p{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(bodies))
        )
        spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(bodies)))
        contents = "".join(f'<li><a href="p{n}.xhtml">Chapter {n}</a></li>' for n in range(len(bodies)))
        members = {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="a.opf" media-type="application/oebps-package+xml"/></rootfiles></container>',
            "a.opf": '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata/><manifest>'
            f'{items}<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/></manifest>'
            f"<spine>{spine}</spine></package>",
            "nav.xhtml": _page(f'<nav epub:type="toc"><ol>{contents}</ol></nav>'),
        }
        return zipped({**members, **{f"p{n}.xhtml": _page(body) for n, body in enumerate(bodies)}})

    return make


def _page(body: str) -> str:
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>A</title>'
        f"</head><body>{body}</body></html>"
    )


def _pdf(pages: Callable[[int], list[bytes]]) -> Make:
    """Return what makes a PDF, of the operators of its pages for a length."""

    def make(chars: int) -> bytes:
        contents = pages(chars)
        font = b"<</Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 32/LastChar 255/Widths[" + b"500 " * 224
        font += b"]/Encoding/WinAnsiEncoding>>"
        kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(contents)))
        objects = [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids),
            font,
        ]
        for number, content in enumerate(contents):
            objects.append(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>"
                % (5 + 2 * number)
            )
            objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        body, offsets = bytearray(b"%PDF-1.7\n"), []
        for number, content in enumerate(objects, 1):
            offsets.append(len(body))
            body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
        table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
        end = b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        return bytes(body) + end % (len(objects) + 1, table, len(objects) + 1, len(body))

    return make


def _line(number: int, text: bytes = b"The river rose again on Monday.") -> bytes:
    return b"BT /F 10 Tf 60 %d Td (%s) Tj ET\n" % (780 - 12 * (number % 60), text)


def _lines(count: int) -> bytes:
    return b"".join(map(_line, range(count)))


# By reader: the suffix of the file, and what each is made of.
PACKED: Mapping[str, tuple[str, Mapping[str, Make]]] = {
    "docx": (
        ".docx",
        {
            "paragraphs": _docx(_PARAGRAPH),
            "runs": _docx("<w:r><w:t>a</w:t></w:r>"),
            "runs of a paragraph": _docx("<w:r><w:t>a </w:t></w:r>", around=("<w:p>", "</w:p>")),
            "nested tables": _docx("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            "rows": _docx(f"<w:tbl><w:tr><w:tc>{_PARAGRAPH}</w:tc></w:tr></w:tbl>"),
            "one table": _docx(f"<w:tr><w:tc>{_PARAGRAPH}</w:tc></w:tr>", around=("<w:tbl>", "</w:tbl>")),
            "one row": _docx(f"<w:tc>{_PARAGRAPH}</w:tc>", around=("<w:tbl><w:tr>", "</w:tr></w:tbl>")),
            "one cell": _docx(_PARAGRAPH, around=("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>")),
            "empty": _docx("<w:p/>"),
            "breaks": _docx("<w:p><w:r><w:br/></w:r></w:p>"),
            "nested": _docx("<w:p>", "</w:p>"),
        },
    ),
    "odt": (
        ".odt",
        {
            "paragraphs": _odt(f"<text:p>{_SAID}</text:p>"),
            "spans": _odt("<text:span>a </text:span>", around=("<text:p>", "</text:p>")),
            "nested spans": _odt("<text:span>", "</text:span>", around=(f"<text:p>{_SAID}", "</text:p>")),
            "lists": _odt("<text:list><text:list-item>", "</text:list-item></text:list>"),
            "rows": _odt(
                f"<table:table-row><table:table-cell><text:p>{_SAID}</text:p></table:table-cell></table:table-row>",
                around=("<table:table>", "</table:table>"),
            ),
            "spaces": _odt("<text:s/>", around=(f"<text:p>{_SAID}", "</text:p>")),
        },
    ),
    "pptx": (
        ".pptx",
        {
            "slides": _pptx(lambda chars: [_SHAPE] * (chars // len(_SHAPE) + 1)),
            "shapes": _pptx(lambda chars: [_SHAPE * (chars // len(_SHAPE) + 1)]),
            "groups": _pptx(lambda chars: [_filling(chars, "<p:grpSp>", "</p:grpSp>")]),
        },
    ),
    "epub": (
        ".epub",
        {
            "chapters": _epub(lambda chars: [f"<h1>A</h1><p>{_SAID}</p>"] * (chars // 30 + 1)),
            "paragraphs": _epub(lambda chars: [f"<p>{_SAID}</p>" * (chars // 22 + 1)]),
            "spans": _epub(lambda chars: [f"<p>{'<span>a</span> ' * (chars // 15)}</p>"]),
            "nested": _epub(lambda chars: [f"{'<div>' * (chars // 11)}{_SAID}{'</div>' * (chars // 11)}"]),
            "headings": _epub(lambda chars: [f"<h2>A</h2><p>{_SAID}</p>" * (chars // 33 + 1)]),
        },
    ),
    "pdf": (
        ".pdf",
        {
            "pages": _pdf(lambda chars: [_lines(3)] * (chars // 200 + 1)),
            "full pages": _pdf(lambda chars: [_lines(60)] * (chars // 4000 + 1)),
            "one page": _pdf(lambda chars: [_lines(chars // 65 + 1)]),
            "one line": _pdf(lambda chars: [_line(0, b"The river rose. " * (chars // 16 + 1))]),
            "letters": _pdf(lambda chars: [b"BT /F 10 Tf 60 700 Td " + b"(a) Tj 5 0 Td " * (chars // 14) + b"ET"]),
            "rulers": _pdf(lambda chars: [_lines(3) + b"60 60 m 500 60 l S\n" * (chars // 19)]),
            "states": _pdf(lambda chars: [b"q " * (chars // 4) + _lines(3) + b"Q " * (chars // 4)]),
        },
    ),
    "gzip": (
        ".txt.gz",
        {"spaces": lambda chars: gzip.compress(b"The river rose." + b" " * chars)},
    ),
    "zip": (
        ".zip",
        {"members": lambda chars: zipped({f"{number}.txt": _SAID for number in range(chars // 30)})},
    ),
}

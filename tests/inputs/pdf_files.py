"""PDFs written by hand: pages of lines in fonts that are not embedded, each letter half as wide as its size."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 595, 842
LEADING = 12.0

_FONTS = {
    "regular": b"<</Type/Font/Subtype/TrueType/BaseFont/Arial/FirstChar 32/LastChar 255"
    b"/Widths[" + b"500 " * 224 + b"]/Encoding/WinAnsiEncoding>>",
    "bold": b"<</Type/Font/Subtype/TrueType/BaseFont/Arial,Bold/FirstChar 32/LastChar 255"
    b"/Widths[" + b"500 " * 224 + b"]/Encoding/WinAnsiEncoding>>",
    "fixed": b"<</Type/Font/Subtype/TrueType/BaseFont/CourierNew/FirstChar 32/LastChar 255"
    b"/Widths[" + b"500 " * 224 + b"]/Encoding/WinAnsiEncoding>>",
    "han": b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/Ascent 880"
    b"/Descent -120/ItalicAngle 0/CapHeight 700/StemV 80>>>>]>>",
    # a font whose glyphs have no characters
    "unknown": b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Odd/Encoding/Identity-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType2/BaseFont/AAAAAA+Odd/DW 500/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
    b"/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/AAAAAA+Odd/Flags 4/FontBBox[0 -200 1000 900]"
    b"/Ascent 880/Descent -120/ItalicAngle 0/CapHeight 700/StemV 80>>>>]>>",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Text:
    """A line on a page: where it begins, from the left and from the top, and what it says."""

    x: float
    y: float
    text: str
    size: float = 10
    font: str = "regular"
    turn: tuple[int, int, int, int] = (1, 0, 0, 1)
    mode: int = 0  # 2 is thickened, 3 is invisible


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on a page, and what else it has."""

    texts: Sequence[Text] = ()
    has_image: bool = False
    rotation: int = 0
    operators: bytes = b""  # of its contents, before the texts
    filled: str = ""  # into a field of a form on it


def lines(
    texts: Iterable[str],
    *,
    x: float = 60,
    y: float = 100,
    size: float = 10,
    font: str = "regular",
    leading: float = LEADING,
) -> list[Text]:
    """Return lines one below the other."""
    return [Text(x, y + leading * place, text, size, font) for place, text in enumerate(texts)]


def pdf_of(
    pages: Sequence[Page | Sequence[Text]], *, title: str = "", labels: bytes = b"", catalog: bytes = b""
) -> bytes:
    """Return a PDF.

    Args:
        pages: what stands on each.
        title: of its metadata.
        labels: the dictionary of its page labels.
        catalog: more entries of its catalog.
    """
    objects: list[bytes] = [b""] * 3  # the catalog, the pages, the metadata

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    fonts = b"".join(b"/%s %d 0 R" % (name.encode(), add(body)) for name, body in _FONTS.items())
    image = add(
        _stream(b"\0", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")
    )
    kids, fields = [], []
    for page in (page if isinstance(page, Page) else Page(page) for page in pages):
        contents = page.operators + (b"q 500 0 0 700 40 40 cm /Image Do Q\n" if page.has_image else b"")
        contents += b"".join(map(_shown, page.texts))
        annotations = b""
        if page.filled:
            look = Text(2, HEIGHT - 8, page.filled)
            form = add(
                _stream(_shown(look), b"/Type/XObject/Subtype/Form/BBox[0 0 480 24]/Resources<</Font<<%s>>>>" % fonts)
            )
            fields.append(
                add(
                    b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(%s)/F 4/Rect[60 400 540 424]/AP<</N %d 0 R>>>>"
                    % (page.filled.encode("cp1252"), form)
                )
            )
            annotations = b"/Annots[%d 0 R]" % fields[-1]
        kids.append(
            add(
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R%s"
                b"/Resources<</Font<<%s>>/XObject<</Image %d 0 R>>>>>>"
                % (WIDTH, HEIGHT, page.rotation, add(_stream(contents)), annotations, fonts, image)
            )
        )
    if fields:
        catalog += b"/AcroForm<</Fields[%s]>>" % b" ".join(b"%d 0 R" % number for number in fields)
    if labels:
        catalog += b"/PageLabels<<%s>>" % labels
    objects[0] = b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    objects[2] = b"<</Title<feff%s>>>" % title.encode("utf-16-be").hex().encode()
    return file_of(objects)


def file_of(objects: Sequence[bytes]) -> bytes:
    """Return the file of objects: the first is the catalog, the third the metadata."""
    body, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return body + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer <</Size %d/Root 1 0 R/Info 3 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(body))
    )


def _stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), entries, data)


def _shown(text: Text) -> bytes:
    """Return the operators that show a line."""
    letters = text.text
    if text.font == "unknown":
        letters = "".join(chr(ord(letter) - 29) for letter in letters)  # the place that it has in most fonts
    said = letters.encode("utf-16-be" if text.font in ("han", "unknown") else "cp1252").hex().encode()
    turn = b" ".join(b"%d" % factor for factor in text.turn)
    return b"BT /%s %g Tf %d Tr %s %g %g Tm <%s> Tj ET\n" % (
        text.font.encode(),
        text.size,
        text.mode,
        turn,
        text.x,
        HEIGHT - text.y,
        said,
    )

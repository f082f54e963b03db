"""The characters of a page of a PDF, and where and how they are set: all that PDFium is asked of a page."""

import ctypes
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from summarize.inputs.pdf_faults import UnreadableError
from summarize.interface import N_
from summarize.text.patterns import lazy_pattern


class Style(NamedTuple):
    """What the characters of a text object have in common."""

    size: float  # in points, 1/72 inch
    is_bold: bool = False
    is_fixed: bool = False  # whether all letters of its font have one width
    is_dingbat: bool = False  # whether its font has signs for letters
    direction: int | None = 0  # in quarters of a turn to the left; None if it is askew


class Character(NamedTuple):
    """A character, in the axes of the page: y grows upwards. Of a blank only the code counts."""

    code: int  # 0 of a blank that PDFium puts into a gap
    style: Style | None = None  # None of a blank
    left: float = 0.0
    bottom: float = 0.0
    right: float = 0.0
    top: float = 0.0
    x: float = 0.0  # where its text object begins, on the line that letters stand on
    y: float = 0.0
    is_unknown: bool = False  # whether its font does not tell what it is


MAX_CHARS = 300_000  # of a page; one of a newspaper has some 50,000
_BLANKS = frozenset(
    [0x01, *range(0x03, 0x21), 0x7F, 0xA0, 0x3000, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F]
)
_HYPHEN = 0x02  # what PDFium makes of one at the end of a line
_RAISED = 0.2  # sizes above its line from which on a figure is a superscript
_RAISED_SIZE = 0.6  # what such a figure is as large as


def characters_of(page: Any) -> list[Character]:
    """Return the characters of a page in the order of the file, without those beyond its edges.

    Args:
        page: a `PdfPage` of pypdfium2.

    Raises:
        UnreadableError: there are too many.
    """
    import pypdfium2.raw as pdfium

    text_page = page.get_textpage()
    try:
        num_chars = pdfium.FPDFText_CountChars(text_page.raw)
        if num_chars > MAX_CHARS:
            raise UnreadableError(
                N_("{name}: has a page of {number:,} characters; remove it, for example with qpdf --pages"),
                number=num_chars,
            )
        characters = list(_characters(page.get_bbox(), text_page.raw, num_chars))
    finally:
        text_page.close()
    unknown = [character.code for character in characters if character.is_unknown]
    if unknown and not _are_odd(unknown):
        return [character._replace(is_unknown=False) for character in characters]
    return characters


_ODD = frozenset(
    {"Cc", "Cf", "Cn", "Co", "Cs", "Lm", "Mc", "Me", "Mn", "No", "Sk"}
)  # categories that are rare in texts
_MIN_ODD_SHARE = 0.03


def _are_odd(codes: Sequence[int]) -> bool:
    """Whether codes of unknown characters give no text if they are taken for the characters, as PDFium does.

    They do in the invisible text that some programs put over a scan. Where they are places in the font, the blanks and
    marks of English become controls, and Chinese becomes something of all scripts.
    """
    num_odd = sum(unicodedata.category(chr(code)) in _ODD for code in codes)
    return num_odd > _MIN_ODD_SHARE * len(codes)


def _characters(edges: tuple[float, float, float, float], raw: Any, num_chars: int) -> Iterator[Character]:
    import pypdfium2.raw as pdfium

    styles = _Styles(raw)
    box = pdfium.FS_RECTF()
    is_inside_word = False
    for index in range(num_chars):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        style, x, y = styles.of(index)
        is_unknown = style is not None and pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1
        if style is None or (code in _BLANKS and not is_unknown):
            yield Character(0 if pdfium.FPDFText_IsGenerated(raw, index) == 1 else 0x20)
            is_inside_word = False
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        if box.right < edges[0] or box.left > edges[2] or box.top < edges[1] or box.bottom > edges[3]:
            continue
        is_digit = 0x30 <= code <= 0x39
        rise = _rise(raw, index, y) if is_digit and style.direction == 0 and is_inside_word else 0.0
        if rise >= _RAISED * style.size:
            style = style._replace(size=_RAISED_SIZE * style.size)
            y += rise
        is_inside_word = not is_digit or rise >= _RAISED * style.size
        is_unknown = is_unknown and code != _HYPHEN
        yield Character(code, style, box.left, box.bottom, box.right, box.top, x, y, is_unknown)


def _rise(raw: Any, index: int, base: float) -> float:
    """Return how far above its line what is drawn of a character begins."""
    import pypdfium2.raw as pdfium

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    pdfium.FPDFText_GetCharBox(raw, index, left, right, bottom, top)
    return bottom.value - base


_BOLD = lazy_pattern(r"bold|black|heavy|demi(?!ng)|heiti|simhei|cmbx|cmssbx|-medi\b", re.IGNORECASE)
_FIXED = lazy_pattern(
    r"courier|mono(?!type)|consola|menlo|typewriter|inconsolata|lettergothic|ocr-?[ab]\b|nimbusmonl"
    r"|(?:\b|\+)(?:cm|ec|la|lm|sf|t1x|tx)[a-z]{0,4}tt",
    re.IGNORECASE,
)
_DINGBATS = lazy_pattern(r"wingding|webding|dingbat", re.IGNORECASE)
_FORCE_BOLD = 1 << 18  # a flag of a font; the weight that PDFium gives is a guess by the width of stems
_MAX_FONT_NAME_BYTES = 200
_MAX_SLANT = 0.2  # of a line that counts as level; scans are a little askew


class _Styles:
    """The styles of the characters of a page; each text object and each font is looked at once."""

    def __init__(self, raw: Any) -> None:
        import pypdfium2.raw as pdfium

        self._raw, self._pdfium = raw, pdfium
        self._by_object: dict[int, tuple[Style, float, float]] = {}
        self._by_font: dict[int, tuple[bool, bool, bool]] = {}

    def of(self, index: int) -> tuple[Style | None, float, float]:
        """Return the style of a character and where its text object begins; no style of what none draws, a line break.

        The characters of a page are asked for in their order.
        """
        drawn = self._pdfium.FPDFText_GetTextObject(self._raw, index)
        if not drawn:
            return None, 0.0, 0.0
        address = ctypes.addressof(drawn.contents)
        known = self._by_object.get(address)
        if known is None:
            x, y = ctypes.c_double(), ctypes.c_double()
            self._pdfium.FPDFText_GetCharOrigin(self._raw, index, x, y)
            known = self._by_object[address] = self._look_at(drawn, index), x.value, y.value
        return known

    def _look_at(self, drawn: Any, index: int) -> Style:
        pdfium = self._pdfium
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._raw, index, matrix)
        size = abs(pdfium.FPDFText_GetFontSize(self._raw, index)) * (matrix.c**2 + matrix.d**2) ** 0.5
        direction = _direction(matrix.a, matrix.b)
        font = pdfium.FPDFTextObj_GetFont(drawn)
        if not font:
            return Style(size, direction=direction)
        address = ctypes.addressof(font.contents)
        if address not in self._by_font:
            buffer = ctypes.create_string_buffer(_MAX_FONT_NAME_BYTES)
            pdfium.FPDFFont_GetBaseFontName(font, buffer, _MAX_FONT_NAME_BYTES)
            name = buffer.value.decode("latin-1")
            is_bold = _BOLD.search(name) is not None or pdfium.FPDFFont_GetFlags(font) & _FORCE_BOLD > 0
            self._by_font[address] = is_bold, _FIXED.search(name) is not None, _DINGBATS.search(name) is not None
        is_bold, is_fixed, is_dingbat = self._by_font[address]
        is_thickened = pdfium.FPDFTextObj_GetTextRenderMode(drawn) == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
        return Style(size, is_bold or is_thickened, is_fixed, is_dingbat, direction)


def _direction(along: float, aside: float) -> int | None:
    """Return in which direction a line runs that goes so far to the right, and so far up, for each step."""
    if not min(abs(along), abs(aside)) <= _MAX_SLANT * (abs(along) + abs(aside)) > 0:
        return None
    if abs(along) > abs(aside):
        return 0 if along > 0 else 2
    return 1 if aside > 0 else 3


def has_image(page: Any) -> bool:
    """Return whether there is an image on a page."""
    import pypdfium2.raw as pdfium

    return next(page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_IMAGE,), max_depth=3), None) is not None

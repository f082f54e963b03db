"""The words of rich text that are known, its code pages and its character sets."""

import codecs
from typing import Literal

Part = Literal["text", "left out", "fonts", "styles", "instruction", "label", "title"]

# Destinations whose text is no part of the text. The title stands in `info`.
LEFT_OUT = frozenset(
    [
        *(b"colortbl", b"pict", b"object", b"footnote", b"annotation", b"atnid", b"atnauthor", b"info", b"nonshppict"),
        *(b"header", b"headerl", b"headerr", b"headerf", b"footer", b"footerl", b"footerr", b"footerf"),
        *(b"ftnsep", b"ftnsepc", b"ftncn", b"aftnsep", b"aftnsepc", b"aftncn", b"shprslt", b"sp", b"xe", b"tc", b"tcn"),
        *(b"rxe", b"txe", b"nonesttables", b"listtable", b"filetbl", b"revtbl"),
    ]
)
# Others: what their text is.
PARTS: dict[bytes, Part] = {
    **{b"fonttbl": "fonts", b"stylesheet": "styles", b"fldinst": "instruction"},
    **{b"listtext": "label", b"pntext": "label"},
}
READ_THOUGH_STARRED = frozenset([b"shpinst", b"do", b"fldinst"])
BOXES = frozenset([b"shptxt", b"dptxbxtext"])
ENDS_PARAGRAPH = frozenset([b"par", b"sect", b"page", b"column"])
ENDS_CELL = frozenset([b"cell", b"nestcell"])
SIGNS = {
    **{b"line": "\n", b"tab": "\t", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"bullet": "•"},
    **{b"ldblquote": "“", b"rdblquote": "”", b"emspace": " ", b"enspace": " ", b"qmspace": " ", b"~": " ", b"_": "-"},
}
LEFT_OUT_FIELDS = frozenset(["TOC", "INDEX", "TOA", "PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"])

# Code pages and the character sets of fonts to codecs; GB 18030 has all of GBK.
_CODECS = {936: "gb18030", 10008: "gb18030", 10002: "cp950", 10000: "mac_roman", 10001: "cp932", 65001: "utf-8"}
CHARSETS = {
    **{77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "cp950", 161: "cp1253", 162: "cp1254"},
    **{163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"},
}
DEFAULT_CODEC = "cp1252"


def find_codec(page: int) -> str:
    """Return the codec of a code page, by its number; the default one if Python does not know it."""
    name = _CODECS.get(page, f"cp{page}")
    try:
        codecs.lookup(name)
    except LookupError:
        return DEFAULT_CODEC
    return name

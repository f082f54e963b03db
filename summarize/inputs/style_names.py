"""Roles of paragraphs by style name: Word's, LibreOffice's, pandoc's, and common Chinese names.

The programs have English names for their own styles in their files, whatever they show.
"""

from typing import Literal

from summarize.inputs.numerals import whole_number
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern

Kind = Literal["text", "heading", "apparatus", "left out"]

_KINDS: tuple[tuple[Kind, str], ...] = (
    ("left out", r"toc|toc heading|toc \d|contents.*|.*手动目录.*|目录.*|index( heading| \d)?|table of .*"),
    ("left out", r".*\b(code|verbatim|preformatted|listing)\b.*|.*(代码|源码).*|header|footer|page number|页[眉脚]"),
    ("apparatus", r".*caption|.*(题注|图题|表题)|bibliography.*|references|参考文献.*|author|作者|date|日期|closing"),
    ("apparatus", r"signature|e-mail signature|salutation|envelope .*|(foot|end)note text|脚注.*|尾注.*"),
    ("heading", r"(heading|标题|Überschrift)( \d)?|title|subtitle|副标题"),
)  # fmt: skip
_KIND_PATTERNS = tuple((kind, lazy_pattern(pattern)) for kind, pattern in _KINDS)
TITLE_LEVEL, LOWEST_LEVEL = 0, 9  # above and below the levels of all other headings
_TITLES = {"title": TITLE_LEVEL, **dict.fromkeys(("subtitle", "副标题"), LOWEST_LEVEL)}


def style_kind(name: str) -> Kind | None:
    """Return what a paragraph of a style is; None if the name of the style says nothing of it."""
    small = normalize(name).lower().replace("_", " ")
    return next((kind for kind, pattern in _KIND_PATTERNS if pattern.fullmatch(small)), None)


def level_of(name: str) -> int:
    """Return the level of a heading by the name of its style."""
    small = normalize(name).lower()
    return _TITLES[small] if small in _TITLES else whole_number(small[-1:], 1)

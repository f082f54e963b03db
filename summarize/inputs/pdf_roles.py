"""Roles of PDF paragraphs: headings by typography, captions and fragments of drawings by content."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from summarize.document import Role
from summarize.inputs.pdf_lines import Line
from summarize.text.markers import match_marker
from summarize.text.marks import ends_with_stop, is_wide
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern


@dataclass(frozen=True, slots=True)
class Body:
    """How the text of a document is set.

    Args:
        size: of the font of most of it.
        pitch: from one line to the next, in sizes.
        is_bold: whether most of it is.
        is_fixed: whether the letters of most of it have one width.
    """

    size: float
    pitch: float
    is_bold: bool = False
    is_fixed: bool = False


_MIN_PITCH = 0.9  # sizes; lines do not touch
_PITCH_SHARE = 0.2  # of the steps that are at most as wide; of short paragraphs, half of them lead to the next one
_USUAL_PITCH = 1.2  # of text that has no two lines one below the other
SAME_SIZE = 0.07  # of a size that what is set alike may differ by


def body_of(pages: Sequence[Sequence[Line]]) -> Body:
    """Return how the text of some pages is set; any way if there is none."""
    lengths: dict[float, int] = {}
    num_bold = num_fixed = 0
    for line in (line for lines in pages for line in lines):
        lengths[line.size] = lengths.get(line.size, 0) + len(line.text)
        num_bold += len(line.text) if line.is_bold else 0
        num_fixed += len(line.text) if line.is_fixed else 0
    half = sum(lengths.values()) / 2
    size, length = 1.0, 0
    for size in sorted(lengths):
        length += lengths[size]
        if length >= half:
            break
    steps = [
        (following.base - line.base) / size
        for lines in pages
        for line, following in pairwise(lines)
        if line.margins == following.margins and is_alike(line.size, size) and is_alike(following.size, size)
    ]
    steps = sorted(step for step in steps if step >= _MIN_PITCH)
    return Body(
        size, steps[int(_PITCH_SHARE * len(steps))] if steps else _USUAL_PITCH, num_bold > half, num_fixed > half
    )


def is_alike(size: float, other: float) -> bool:
    """Whether two sizes are as good as the same."""
    return abs(size - other) <= SAME_SIZE * max(size, other)


LARGE = 1.12  # sizes of the text from which on a line may be a title
_SMALL = 0.87  # below which it may be part of a drawing
_MAX_HEADING_LINES = 3
_MAX_HEADING_CHARS = 200
_MAX_SCRAP_CHARS = 60
_MAX_CAPTION_CHARS = 600
_MAX_HAN_CAPTION_CHARS = 60
_CAPTION = lazy_pattern(
    r"(?:Figure|FIGURE|F[Ii][Gg]\.?|Tab(?:le|\.)|TABLE|Chart|Exhibit|Plate|Scheme|Photo|Map)"
    r"\s?[A-Z]?(?:\d{1,3}|[IVX]{1,5})(?:[.\-–]\d{1,3}){0,3}(?:\s?[.:|—–](?=\s|\Z)|\s+(?=[A-Z“\"(])|\Z)"
)
_HAN_CAPTION = lazy_pattern(
    r"[图圖表](?:表)?\s?[A-Z]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})(?:[.\-－—–]\d{1,3}){0,3}(?!\d)"
)
_CONTENTS = lazy_pattern(r"(?:Table of )?Contents|CONTENTS|目\s?[录錄次]")


def role_of(lines: Sequence[Line], body: Body) -> Role | None:
    """Return what a paragraph is; None for what nobody reads as text.

    Args:
        lines: of the paragraph.
        body: how the text of the document is set.
    """
    text = "\n".join(line.text for line in lines)
    is_code = not body.is_fixed and all(line.is_fixed for line in lines) and not is_wide(max(text))
    if is_code or not any(map(str.isalpha, text)) or _CONTENTS.fullmatch(text):
        return None
    if lines[0].role != "text" or _is_caption(text) or _is_formula(text) or _IMPRINT.match(normalize(text)):
        return "apparatus"
    first = lines[0]
    has_stop = ends_with_stop(text, 0, len(text))
    if first.size < _SMALL * body.size and len(text) <= _MAX_SCRAP_CHARS and not has_stop:
        return "apparatus"
    is_bullet = match_marker(text, 0, len(text))[0] == "bullet"
    is_large = first.size >= LARGE * body.size
    is_bold = all(line.is_bold for line in lines) and not body.is_bold and first.size >= _SMALL * body.size
    is_short = len(lines) <= _MAX_HEADING_LINES and len(text) <= _MAX_HEADING_CHARS
    if (is_large or is_bold) and is_short and not is_bullet and not (has_stop and text[-1] not in "?？!！"):
        return "heading"
    return "text"


# What a paper says of itself over its text.
_IMPRINT = lazy_pattern(
    r"(?:关键[词字]|中图分类号|文献标[识志]码|文章编号|收稿日期|基金项目|作者简介|通信作者|引用格式"
    r"|key\s?words|index terms|jel (?:classification|codes?)|ccs concepts|doi)\s?(?:[:：.—–-]|\s)",
    re.IGNORECASE,
)
_ABSTRACT = lazy_pattern(r"(?:abstract|摘\s{0,3}要|提\s{0,3}要|内容提要)\s?[:：.—–-]?\s*(?=\S)", re.IGNORECASE)
_MIN_ABSTRACT_CHARS = 40


def abstract_label(lines: Sequence[Line]) -> int:
    """Return how many characters at the beginning of a paragraph only say that it is an abstract."""
    first = lines[0]
    match = _ABSTRACT.match(normalize(first.text))
    if match is None or sum(len(line.text) for line in lines) < _MIN_ABSTRACT_CHARS:
        return 0
    is_label = first.opens_bold or match[0].rstrip()[-1] in ":：.—–-"
    return match.end() if is_label else 0


_RELATION = lazy_pattern(r"[=<>≤≥≈≠∈⊂→⇒∼≡]")
_FORMULA_NUMBER = lazy_pattern(r"\(\d{1,3}(?:\.\d{1,3})?[a-z]?\)\Z")
_MAX_FORMULA_LETTERS = 0.5  # of its characters; in prose there are more
_WORD = lazy_pattern(r"[^\W\d_]{4}|[^\0-\u2e7f]{2}")


def _is_formula(text: str) -> bool:
    """Whether a paragraph is a formula in a line of its own."""
    if _RELATION.search(text) is None or (ends_with_stop(text, 0, len(text)) and _WORD.search(text)):
        return False
    return _FORMULA_NUMBER.search(text) is not None or (
        sum(map(str.isalpha, text)) <= _MAX_FORMULA_LETTERS * len(text) and not _WORD.search(text)
    )


def _is_caption(text: str) -> bool:
    if _CAPTION.match(text):
        return len(text) <= _MAX_CAPTION_CHARS
    return (
        len(text) <= _MAX_HAN_CAPTION_CHARS
        and _HAN_CAPTION.match(text) is not None
        and not ends_with_stop(text, 0, len(text))
    )


_REFERENCES = lazy_pattern(
    r"(?:\d{1,2}\.?\s|[一二三四五六七八九十]+、)?\s?(?:References|Bibliography|Works Cited|Literature Cited"
    r"|(?:主要)?参考文献|引用文献)",
    re.IGNORECASE,
)
_REFERENCE = lazy_pattern(r"[\[［〔(]?\d{1,3}[\])］〕.]|.*\b(?:1[5-9]|20)\d\d\b", re.DOTALL)


def is_over_references(text: str) -> bool:
    """Whether a heading stands over a list of what was read."""
    return _REFERENCES.fullmatch(normalize(text)) is not None


def is_reference(text: str) -> bool:
    """Whether a paragraph may be an entry of such a list: it has a number before it or a year in it."""
    return _REFERENCE.match(text) is not None

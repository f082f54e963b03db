"""The sections of a text, at the heading level that gives a useful number of sections.

    the chapters that its format names
    or else its headings down to a level: # and ##, = and ==, or by the line below them, in order of appearance;
    or 第一部, 第一章, 第一节, 一、, （一）, 1, 1.1, 1.1.1, any other

The first level counts at which there are 3 to 40 parts; where there is none, the highest that has at least two.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from summarize.document import Document, Piece
from summarize.text.credits import is_letterhead
from summarize.text.marks import FINISHED, HAN_DIGITS
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import sentence_pieces
from summarize.text.printing import printable

MIN_SECTIONS, MAX_SECTIONS = 3, 40

_MARKS = lazy_pattern(r"[ \t]*(#{1,6}|={1,6})[ \t]+")  # of Markdown, of AsciiDoc
_UNDERLINE = lazy_pattern(r"""\s*\n[ \t]*([=\-~^"'`#*+.:_])\1{2,}[ \t]*\Z""")
_ORDINAL = rf"第[{HAN_DIGITS}\d]{{1,6}}"
# Headings by their form, the highest level first; those of numbers with dots are as deep as they have numbers.
_LEVELS = (
    lazy_pattern(rf"{_ORDINAL}[部卷编篇]|(?i:part|book|volume)\s+(?:[ivxlc]+|\d+|one|two|three|four|five)\b"),
    lazy_pattern(rf"{_ORDINAL}[章回]|(?i:chapter)\s+\w+"),
    lazy_pattern(rf"{_ORDINAL}节|(?i:section)\s+\d+"),
    lazy_pattern(rf"[{HAN_DIGITS}]{{1,4}}、"),
    lazy_pattern(rf"[（(][{HAN_DIGITS}]{{1,4}}[)）]"),
)
_SURE_LEVELS = _LEVELS[:3]  # whose forms no other line has
_MAX_CHARS = 60  # of such a line
_NUMBERED = lazy_pattern(r"\d{1,3}(?:\.\d{1,3})*(?=[.、．\s])")
_MAX_NUMBERS = 6
_NUM_OPENING = 3  # sentences: a heading among them may be that of the whole
_TIMES_CONTENTS = 4  # as many characters as its line in the contents, a part has more
_UNNUMBERED = len(_LEVELS) + _MAX_NUMBERS + 1
DEEPEST_MARKED = 10  # levels of headings with marks of their own; those without come below them
# What says no more than which one it is.
_LABEL = lazy_pattern(
    rf"(?:{_ORDINAL}[部卷编篇章回节]|(?i:chapter|part|book|volume|section)\s+\w+|[\d.]+|[ivxlcIVXLC]+)[.:：、\s]*"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a part of a text.

    Args:
        index: of the sentence that it is, or that it stands above.
        name: what it says, in one line.
        level: the higher, the deeper.
    """

    index: int
    name: str
    level: int


@dataclass(frozen=True, slots=True)
class SectionSpan:
    """A part of a text.

    Args:
        name: what is above it; empty for what stands before the first heading.
        first: index of its first sentence, the heading among them.
        end: index after its last.
    """

    name: str
    first: int
    end: int


def find_title(document: Document) -> Heading | None:
    """Return the heading that a text begins with, if it is that of the whole; None where it heads the first part alone.

    It stands above a level of its own, or has neither a mark nor a number. The head of an official letter is none.
    """
    headings = find_headings(document)
    if headings and _is_letterhead(document, headings[0]):
        headings = headings[1:]
    if not headings or headings[0].index >= _NUM_OPENING:
        return None
    first, others = headings[0], headings[1:]
    if first.level <= DEEPEST_MARKED:
        return first if all(other.level > first.level for other in others) else None
    return first if first.level == DEEPEST_MARKED + _UNNUMBERED else None


def _is_letterhead(document: Document, heading: Heading) -> bool:
    below = document.sentences[heading.index + 1 : heading.index + 2]
    return any(is_letterhead(heading.name, document.text[sentence.start : sentence.end]) for sentence in below)


def find_sections(document: Document) -> list[SectionSpan]:
    """Return the parts of a text, in order; none if it has not got two with text in them.

    A heading without text is kept where it stands above others, and left out at the beginning and where it is a line of
    the contents.
    """
    levels = [level for level in (_chapters(document), *_by_level(document)) if level]
    sections = [_spans(document, headings) for headings in levels]
    readable = [spans for spans in sections if MIN_SECTIONS <= len(spans) <= MAX_SECTIONS]
    several = [spans for spans in sections if sum(_has_text(document, span) for span in spans) > 1]
    if readable and readable[0] in several:
        return readable[0]
    return min(several, key=len, default=[])


def _chapters(document: Document) -> list[Heading]:
    """Return the chapters that the format names."""
    starts = [sentence.start for sentence in document.sentences]
    locations = [location for location in document.places if location.kind == "chapter" and location.value]
    found = [Heading(bisect_left(starts, location.start), printable(location.value), 0) for location in locations]
    return [heading for heading in found if heading.index < len(starts)]


def _by_level(document: Document) -> Iterator[list[Heading]]:
    """Yield the headings down to each level, the highest first."""
    headings = find_headings(document)
    for deepest in sorted({heading.level for heading in headings}):
        yield [heading for heading in headings if heading.level <= deepest]


def find_headings(document: Document) -> list[Heading]:
    """Return all headings of a text, in order, with their levels."""
    underlines = list(dict.fromkeys(filter(None, (_underline(document, index) for index in _headings(document)))))
    return [_heading(document, index, underlines) for index in _headings(document)]


def _headings(document: Document) -> Iterator[int]:
    """Yield which sentences are headings: by their role, or by a form that only headings have.

    A command at a prompt is none.
    """
    paragraphs = [sentence.paragraph for sentence in document.sentences]
    for index, sentence in enumerate(document.sentences):
        if sentence.is_heading:
            if document.text[sentence.start] != "$":
                yield index
        elif sentence.end - sentence.start <= _MAX_CHARS and paragraphs[index] not in (
            *paragraphs[max(0, index - 1) : index],
            *paragraphs[index + 1 : index + 2],
        ):
            line = document.text[sentence.start : sentence.end]
            if any(form.match(normalize(line)) for form in _SURE_LEVELS) and not FINISHED.search(line):
                yield index


def _underline(document: Document, index: int) -> str:
    """Return what a heading is underlined with, twice if there is a line above it as well; mostly nothing."""
    sentence = document.sentences[index]
    match = _UNDERLINE.search(document.text, sentence.start, sentence.end)
    if match is None:
        return ""
    end = document.text.rfind("\n", 0, sentence.start)
    above = document.text[document.text.rfind("\n", 0, max(0, end)) + 1 : max(0, end)].strip()
    return match[1] * (2 if above and not above.strip(match[1]) else 1)


def _heading(document: Document, index: int, underlines: Sequence[str]) -> Heading:
    start, _ = _bounds(document, index)
    name = "".join(piece.text for piece in heading_pieces(document, index))
    if underline := _underline(document, index):
        level = underlines.index(underline) + 1
    elif mark := document.text[document.sentences[index].start : start].strip():
        level = len(mark)
    else:
        level = DEEPEST_MARKED + _level(name)
    return Heading(index, name, level)


def heading_pieces(document: Document, index: int) -> tuple[Piece, ...]:
    """Return a heading as it is printed: with its number, without the marks before it and the line below it."""
    return sentence_pieces(document.text, *_bounds(document, index))


def _bounds(document: Document, index: int) -> tuple[int, int]:
    """Return where what a heading says starts and ends."""
    sentence, text = document.sentences[index], document.text
    if underline := _UNDERLINE.search(text, sentence.start, sentence.end):
        return sentence.start, underline.start()
    marks = _MARKS.match(text, sentence.start, sentence.end)
    return (marks.end() if marks else sentence.start), sentence.end


def _level(name: str) -> int:
    """Return how deep a heading is by its form."""
    name = normalize(name)
    for level, form in enumerate(_LEVELS):
        if form.match(name):
            return level
    if numbered := _NUMBERED.match(name):
        return len(_LEVELS) + min(numbered[0].count("."), _MAX_NUMBERS)
    return _UNNUMBERED


def _spans(document: Document, headings: Sequence[Heading]) -> list[SectionSpan]:
    """Return the parts under some headings, and what stands before them, without those that say nothing."""
    ends = [*(heading.index for heading in headings[1:]), len(document.sentences)]
    spans = [
        SectionSpan(_full_name(document, heading, end), heading.index, end)
        for heading, end in zip(headings, ends, strict=True)
        if heading.index < end
    ]
    if headings[0].index > 0:
        spans.insert(0, SectionSpan("", 0, headings[0].index))
    found, longest = list[SectionSpan](), dict[str, int]()  # by label, the longest part after
    for number, span in reversed(list(enumerate(spans))):
        label, size = _label(span), _num_chars(document, span)
        is_contents = longest.get(label, 0) > _TIMES_CONTENTS * size  # a line of the contents, or a few
        if not is_contents and (number > 0 or _has_text(document, span)):
            found.append(span)
        longest[label] = max(size, longest.get(label, 0))
    return found[::-1]


def _num_chars(document: Document, span: SectionSpan) -> int:
    return document.sentences[span.end - 1].end - document.sentences[span.first].start


def _label(span: SectionSpan) -> str:
    """Return by what a part is known in the contents: which one it is, or else its name."""
    label = _LABEL.match(normalize(span.name))
    return (label[0] if label else span.name).strip().casefold()


def _has_text(document: Document, span: SectionSpan) -> bool:
    """Return whether there is text below a heading; where there is none, more than lines as those of a title."""
    sentences = document.sentences[span.first : span.end]
    return any(sentence.is_text for sentence in sentences[1:] if span.name) or any(
        sentence.is_text and FINISHED.search(document.text, sentence.body, sentence.end) for sentence in sentences
    )


def _full_name(document: Document, heading: Heading, end: int) -> str:
    """Return the name of a part: where it only says which one it is, with the heading below."""
    following = heading.index + 1
    is_label = _LABEL.fullmatch(normalize(heading.name)) is not None
    if not is_label or following >= end or not document.sentences[following].is_heading:
        return heading.name
    name = _heading(document, following, [_underline(document, following)]).name
    return f"{heading.name} {name}"

"""A builder for texts by paragraphs, which `text.layout` will find again, with roles and locations."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarize.document import LocationKind, Role, Source
from summarize.inputs.assembly import Assembly, HeadingAt
from summarize.text.marks import FULL_STOPS, one_of
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import count_words, needs_space

# What is not read: control characters, soft hyphens, marks of breaking, signs of Wingdings, anchors of pictures.
_UNSEEN = lazy_pattern("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\uf000-\uf0ff\ufeff\ufffc]+")
_BLANKS = lazy_pattern("[ \xa0\u2000-\u200a\u202f\u205f]{2,}|[\xa0\u2000-\u200a\u202f\u205f]")
_BREAK = lazy_pattern("(?<![ \t\u3000])[ \t\u3000]*+[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")
_CLOSERS = r"[”’」』）)\]\"']*"
_SENTENCE_END = lazy_pattern(rf"[。！？]|[^\W\d_]{{2,}}{_CLOSERS}[.!?]{_CLOSERS}(?:\s|\Z)")
_FULL_STOP = lazy_pattern(rf"{one_of(FULL_STOPS)}{_CLOSERS}\Z")
_NOTE_MARK = lazy_pattern(r"[\[(（〔【]?(?:\d{1,3}(?:[,，–-]\d{1,3})*|[*†‡§]{1,3}|[①-⑳])[\])）〕】]?")
_BEFORE_POWER = lazy_pattern(r"(?<![A-Za-z])[A-Za-z]{1,3}\Z|[\d)）]\Z")
_TYPED_LABEL = lazy_pattern(r"(?:([•●○▪◦■◆➢–—*-])|(\(?\w{1,3}[.)、]|（\w{1,3}）))\t+")
_CONTENTS = lazy_pattern(r"目\s*[录錄次]|(?:Table of )?Contents|CONTENTS|TABLE OF CONTENTS")
_MIN_SENTENCE_WORDS = 5  # a Chinese character is a word
_MAX_HEADING_WORDS = 40
_MAX_STOPPED_WORDS = 12  # of a heading with a full stop


def clean_text(text: str) -> str:
    """Return text without what is not read, its blanks as single spaces, each line break as a line feed."""
    if not (text.isascii() and text.isprintable()):
        text = _BREAK.sub("\n", _UNSEEN.sub("", text))
    return _BLANKS.sub(" ", text).strip()


def in_one_line(text: str) -> str:
    """Return cleaned text with its lines joined: with a space between Latin words, without one between Chinese."""
    lines = text.split("\n")
    seams = (" " if needs_space(before, after) else "" for before, after in pairwise(lines))
    return lines[0] + "".join(seam + line for seam, line in zip(seams, lines[1:], strict=True))


def holds_sentence(text: str) -> bool:
    """Return whether there is a sentence in a text, as in a cell of a table that serves to lay out prose."""
    return _SENTENCE_END.search(text) is not None and count_words(text) >= _MIN_SENTENCE_WORDS


def is_contents(text: str) -> bool:
    """Return whether cleaned text is what stands over a table of contents."""
    return _CONTENTS.fullmatch(text) is not None


def is_note_mark(before: str, raised: str) -> bool:
    """Return whether what is raised over the line is the mark of a note, and no power or unit such as km².

    Args:
        before: the last characters before it.
        raised: what stands there.
    """
    return _NOTE_MARK.fullmatch(raised.strip()) is not None and _BEFORE_POWER.search(before) is None


class Paragraph(NamedTuple):
    """A paragraph as a format has it.

    Args:
        text: what it says. Its line breaks stay, unless it is a heading or an item.
        role: what it is for; an overlong heading is text.
        label: the mark of an item of a list, or the number of a heading.
        level: of a heading; 1 is the highest, and 0 that of a title.
    """

    text: str
    role: Role = "text"
    label: str = ""
    level: int = 1


def sentence_cell(cell: Sequence[Paragraph]) -> Sequence[Paragraph]:
    """Return the paragraphs of a cell of a table; none if it holds no sentence, as in a table of figures or a form."""
    return cell if any(holds_sentence(paragraph.text) for paragraph in cell) else ()


def _may_be_heading(text: str) -> bool:
    """Return whether what has the form of a heading is one, and no paragraph that was given it by mistake."""
    num_words = count_words(text)
    return num_words <= (_MAX_STOPPED_WORDS if _FULL_STOP.search(text) else _MAX_HEADING_WORDS)


class Paragraphs:
    """A text that grows by paragraphs, with what its format says of them."""

    def __init__(self) -> None:
        self._text = Assembly()
        self._is_list = False
        self._headings: list[HeadingAt] = []

    def add(self, paragraph: Paragraph) -> None:
        """Add a paragraph, if there is anything in it."""
        text, role, label = clean_text(paragraph.text), paragraph.role, paragraph.label
        if not text:
            return
        if role == "heading" and not _may_be_heading(text):
            role = "text"
        if is_contents(text):
            role = "apparatus"
        if not label and (typed := _TYPED_LABEL.match(text)):
            label, text = typed[2] or "-", text[typed.end() :]
        if label or role == "heading":
            text = in_one_line(text)
        if role == "heading":
            text = text.replace("\t", " ")
        if label:
            text = f"{label} {text}"
        is_item = bool(label) and role == "text"
        if self._text.length:
            self._text.write("\n" if is_item and self._is_list else "\n\n")
        start = self._text.write(text, None if role == "text" else role)
        self._is_list = is_item
        if role == "heading":
            self._headings.append(HeadingAt(start, paragraph.level, text))

    def extend(self, paragraphs: Iterable[Paragraph]) -> None:
        """Add paragraphs."""
        for paragraph in paragraphs:
            self.add(paragraph)

    def mark(self, kind: LocationKind, value: str) -> None:
        """Say where the paragraphs from the next one on stand in what the user has."""
        value = in_one_line(clean_text(value))
        if not value:
            return
        self._is_list = False  # two line breaks come before the next one, whatever it is
        self._text.place(kind, value, self._text.length + (2 if self._text.length else 0))

    @property
    def first_heading(self) -> str | None:
        """The heading that the text begins with; None if something else stands first, which may be its title."""
        return self._headings[0].name if self._headings and not self._headings[0].start else None

    def mark_chapters(self) -> None:
        """Name chapters by the headings of the highest level that several have; there are none without."""
        self._text.name_chapters(self._headings)

    def sources(
        self, source_format: str, *, title: str | None = None, encoding: str = "utf-8", warnings: Sequence[str] = ()
    ) -> list[Source]:
        """Return the text as it was read, or nothing if there is none; arguments as of `Source`."""
        if not self._text.length:
            return []
        return [self._text.source(source_format, encoding, title=title, warnings=warnings)]


_NO_TITLES = lazy_pattern(
    r"(?:Microsoft )?(?:Word|PowerPoint)(?: Presentation| Document)?|PowerPoint 演示文稿|WPS (?:文字|演示|Presentation)"
    r"|(?:Presentation|Document|Slide|Untitled|演示文稿|幻灯片|文档|无标题|未命名|新建.{0,24}文档|標題|無標題)[ _-]?\d*"
    r"|Microsoft (?:Word|PowerPoint) - .*|Abiword HTML Document|Unknown Title|Untitled Page"
    r"|.*\.(?:docx?|pptx?|odt|odp|rtf|wps|dotx?)|\W*"
)


def declared_title(title: str) -> str | None:
    """Return the title that a file says it has; None if it is empty, a file's name or a program's name for any."""
    title = in_one_line(clean_text(title))
    return None if _NO_TITLES.fullmatch(title) else title

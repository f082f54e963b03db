"""The text of OpenDocument: its paragraphs and lists, whatever stands around them, and what its styles say of them.

Source: OASIS, Open Document Format for Office Applications (OpenDocument) Version 1.3, part 3.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from summarize.inputs.numerals import NumeralForm, numeral, whole_number
from summarize.inputs.paragraphs import Paragraph, is_note_mark, sentence_cell
from summarize.inputs.style_names import LOWEST_LEVEL, Kind, level_of, style_kind
from summarize.text.patterns import lazy_pattern

OFFICE, TEXT, TABLE, DRAW, STYLE, SVG, PRESENTATION = (
    f"{{urn:oasis:names:tc:opendocument:xmlns:{name}:1.0}}"
    for name in ("office", "text", "table", "drawing", "style", "svg-compatible", "presentation")
)
_STYLE_NAME = f"{TEXT}style-name"
_HEADING, _PARAGRAPH, _LIST, _SPAN, _SPACES = (f"{TEXT}{name}" for name in ("h", "p", "list", "span", "s"))
_TABLE, _CELL = f"{TABLE}table", f"{TABLE}table-cell"
_BREAKS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
_MAX_SPACES = 100
# What stands among paragraphs or in them and is no part of the text.
_LEFT_OUT = frozenset(
    [
        *(
            f"{TEXT}{name}"
            for name in ("tracked-changes", "note", "note-ref", "page-number", "page-count", "ruby-text")
        ),
        *(f"{TEXT}{name}" for name in ("table-of-content", "illustration-index", "table-index", "object-index")),
        *(f"{TEXT}{name}" for name in ("user-index", "alphabetical-index", "hidden-text", "hidden-paragraph")),
        *(f"{OFFICE}{name}" for name in ("annotation", "annotation-end", "forms", "event-listeners", "scripts")),
        *(f"{SVG}{name}" for name in ("title", "desc")),
        *(f"{PRESENTATION}{name}" for name in ("date-time", "footer", "header", "notes")),
        *(f"{DRAW}{name}" for name in ("image", "object", "object-ole", "plugin", "applet")),
    ]
)
# What hangs on a paragraph and may hold paragraphs of its own.
_SHAPES = frozenset(
    f"{DRAW}{name}"
    for name in ("frame", "custom-shape", "rect", "ellipse", "circle", "polygon", "path", "line", "g", "a")
)
_BLANKS = lazy_pattern(r"[ \t\r\n]+")
_ESCAPED = lazy_pattern(r"_([0-9a-f]{2,4})_")  # in names of styles: Heading_20_1


class BodyReader:
    """Reads paragraphs in order: knows the styles, and counts the items of lists as they come by.

    Args:
        roots: what holds styles.
    """

    def __init__(self, roots: Iterable[Element]) -> None:
        self._styles = _Styles(roots)
        self._counts: dict[str, list[int]] = {}  # by the style of a list
        self._shapes: list[Element] = []  # that hang on the paragraph

    def blocks(self, parent: Iterable[Element]) -> Iterator[Paragraph]:
        """Yield the paragraphs in an element."""
        for child in parent:
            if child.tag in (_PARAGRAPH, _HEADING):
                yield from self._paragraph(child, self._outline_label(child) if child.tag == _HEADING else "")
            elif child.tag == _LIST:
                yield from self._list(child, child.get(_STYLE_NAME, ""), 0)
            elif child.tag == _TABLE:
                for cell in _cells(child):
                    yield from sentence_cell(list(self.blocks(cell)))
            elif child.tag not in _LEFT_OUT and child.get(f"{TEXT}display") != "none":
                yield from self.blocks(child)

    def _list(self, element: Element, style: str, level: int) -> Iterator[Paragraph]:
        """Yield the items of a list and of those in it."""
        counts = self._counts.setdefault(style, self._styles.first_counts(style))
        continues = element.get(f"{TEXT}continue-numbering") == "true" or f"{TEXT}continue-list" in element.attrib
        if not continues and level < len(counts):
            counts[level:] = self._styles.first_counts(style)[level:]
        for item in element:
            label = ""
            if item.tag == f"{TEXT}list-item" and item[:1] and item[0].tag != _LIST:
                label = self._item_label(style, level, whole_number(item.get(f"{TEXT}start-value"), -1))
            for child in item:
                if child.tag == _LIST:
                    yield from self._list(child, child.get(_STYLE_NAME, style), level + 1)
                elif child.tag in (_PARAGRAPH, _HEADING):
                    yield from self._paragraph(child, label)
                    label = ""
                else:
                    yield from self.blocks([child])

    def _item_label(self, style: str, level: int, start: int) -> str:
        counts = self._counts[style]
        if level >= len(counts):
            return "-"
        counts[level] = start if start >= 0 else counts[level] + 1
        counts[level + 1 :] = self._styles.first_counts(style)[level + 1 :]
        return self._styles.label(style, level, counts)

    def _outline_label(self, heading: Element) -> str:
        if heading.get(f"{TEXT}is-list-header") == "true":
            return ""
        self._counts.setdefault(_OUTLINE, self._styles.first_counts(_OUTLINE))
        level = max(whole_number(heading.get(f"{TEXT}outline-level"), 1), 1) - 1
        return self._item_label(_OUTLINE, level, whole_number(heading.get(f"{TEXT}start-value"), -1))

    def _paragraph(self, paragraph: Element, label: str) -> Iterator[Paragraph]:
        """Yield a paragraph, and those of the shapes that hang on it."""
        runs: list[str] = []
        self._read_runs(paragraph, runs)
        shapes, self._shapes = self._shapes, []
        kind, level = self._styles.of_paragraphs(paragraph.get(_STYLE_NAME, ""))
        if paragraph.tag == _HEADING:
            kind = "heading" if kind == "text" else kind
            level = whole_number(paragraph.get(f"{TEXT}outline-level"), 1)
        if kind != "left out":
            yield Paragraph("".join(runs), kind, "" if kind == "heading" and label == "-" else label, level)
        yield from self.blocks(shapes)

    def _read_runs(self, element: Element, runs: list[str]) -> None:
        """Append what an element says, and remember the shapes in it."""
        _append_run(element.text, runs)
        for child in element:
            if child.tag in _BREAKS:
                runs.append(_BREAKS[child.tag])
            elif child.tag == _SPACES:
                runs.append(" " * min(whole_number(child.get(f"{TEXT}c"), 1), _MAX_SPACES))
            elif child.tag in _SHAPES:
                self._shapes.append(child)
            elif child.tag == _SPAN:
                self._read_span(child, runs)
            elif child.tag not in _LEFT_OUT:
                self._read_runs(child, runs)
            _append_run(child.tail, runs)

    def _read_span(self, span: Element, runs: list[str]) -> None:
        style = span.get(_STYLE_NAME, "")
        if style in self._styles.hidden:
            return
        before = runs[-1] if runs else ""
        num_before = len(runs)
        self._read_runs(span, runs)
        if style in self._styles.raised and is_note_mark(before[-4:], "".join(runs[num_before:])):
            del runs[num_before:]


def _append_run(text: str | None, runs: list[str]) -> None:
    """Append a run of text, if there is any."""
    if text:
        runs.append(_BLANKS.sub(" ", text))


def _cells(table: Element) -> Iterator[Element]:
    """Yield the cells of a table, without those of tables in them."""
    for child in table:
        if child.tag == _CELL:
            yield child
        else:
            yield from _cells(child)


_OUTLINE = "\0"  # stands for the one style that numbers headings, among the names of those of lists
_MAX_STYLES_IN_CHAIN = 20
_MAX_LEVELS = 10
_NUMERALS: dict[str, NumeralForm] = {
    **{"a": "letter", "A": "capital", "i": "roman", "I": "roman capital", "①": "circled"},
    **dict.fromkeys("一壹", "han"),
}


@dataclass(frozen=True, slots=True)
class _Level:
    """How a level of a list is numbered.

    Args:
        form: the first number as it is written; empty if there is none, `-` of a bullet.
        before: what stands before the number.
        after: what stands after it.
        start: the first number.
        num_shown: of how many levels, as two in `1.2`.
    """

    form: str
    before: str = ""
    after: str = ""
    start: int = 1
    num_shown: int = 1


class _Styles:
    """What the styles of a document say.

    Args:
        roots: what holds them.
    """

    def __init__(self, roots: Iterable[Element]) -> None:
        self.hidden: set[str] = set()
        self.raised: set[str] = set()
        self._paragraphs: dict[str, Element] = {}
        self._lists: dict[str, list[_Level]] = {}
        self._known: dict[str, tuple[Kind, int]] = {}
        for root in roots:
            for style in root.iter(f"{STYLE}style"):
                self._read(style)
            for style in root.iter(f"{TEXT}list-style"):
                self._lists[style.get(f"{STYLE}name", "")] = _read_levels(style)
            for style in root.iter(f"{TEXT}outline-style"):
                self._lists[_OUTLINE] = _read_levels(style)

    def _read(self, style: Element) -> None:
        name, family = style.get(f"{STYLE}name", ""), style.get(f"{STYLE}family")
        if family == "paragraph":
            self._paragraphs[name] = style
        elif family == "text" and (properties := style.find(f"{STYLE}text-properties")) is not None:
            if properties.get(f"{TEXT}display") == "none":
                self.hidden.add(name)
            if _RAISED.match(properties.get(f"{STYLE}text-position", "")):
                self.raised.add(name)

    def of_paragraphs(self, name: str) -> tuple[Kind, int]:
        """Return what a paragraph of a style is, and its level as a heading."""
        if name not in self._known:
            self._known[name] = self._resolved(name)
        return self._known[name]

    def _resolved(self, name: str) -> tuple[Kind, int]:
        for _ in range(_MAX_STYLES_IN_CHAIN):
            style = self._paragraphs.get(name)
            shown = _ESCAPED.sub(lambda match: chr(int(match.group(1), 16)), name)
            shown = shown if style is None else style.get(f"{STYLE}display-name", shown)
            if kind := style_kind(shown):
                return kind, level_of(shown)
            if style is None:
                break
            name = style.get(f"{STYLE}parent-style-name", "")
        return "text", LOWEST_LEVEL + 1

    def first_counts(self, style: str) -> list[int]:
        """Return the counts of a list before its first item."""
        return [level.start - 1 for level in self._lists.get(style, ())]

    def label(self, style: str, place: int, counts: list[int]) -> str:
        """Return what stands before an item of a list with these counts."""
        levels = self._lists[style]
        level = levels[place]
        if level.form in ("", "-"):
            return level.form
        first = max(place + 1 - level.num_shown, 0)
        numbers = (
            numeral(max(count, shown.start), _NUMERALS.get(shown.form[0], "decimal"))
            for count, shown in zip(counts[first : place + 1], levels[first : place + 1], strict=True)
            if shown.form not in ("", "-")
        )
        return f"{level.before}{'.'.join(numbers)}{level.after}".strip()


_RAISED = lazy_pattern(r"super|[1-9]")


def _read_levels(style: Element) -> list[_Level]:
    """Return the levels of the style of a list, from the highest on."""
    found = {whole_number(level.get(f"{TEXT}level"), 1): level for level in style}
    return [
        _read_level(found[at]) if at in found else _Level("-")
        for at in range(1, min(max(found, default=0), _MAX_LEVELS) + 1)
    ]


def _read_level(level: Element) -> _Level:
    if level.tag not in (f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"):
        return _Level("" if level.get(f"{TEXT}bullet-char") == " " else "-")
    return _Level(
        level.get(f"{STYLE}num-format", ""),
        level.get(f"{STYLE}num-prefix", ""),
        level.get(f"{STYLE}num-suffix", ""),
        whole_number(level.get(f"{TEXT}start-value"), 1),
        whole_number(level.get(f"{TEXT}display-levels"), 1),
    )

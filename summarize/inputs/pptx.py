"""Slides (.pptx, .ppsx and the like): of each its title, what its boxes say in the order of reading, and its notes.

The sentences are in the notes mostly. Left out: numbers of slides, footers and dates, what stands on many slides,
charts, code, comments, and of tables the cells without a sentence. A label in a drawing, a few words in a box of
their own, is set aside.

Read by hand, as Word documents are: a library has neither diagrams nor the order of reading.
"""

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element

from summarize.document import Source
from summarize.inputs.archives import Archive, member_names
from summarize.inputs.numerals import NumeralForm, numeral, whole_number
from summarize.inputs.packages import ALTERNATIVES, MATH_TEXT, as_transitional, core_title, related, relations
from summarize.inputs.paragraphs import (
    Paragraph,
    declared_title,
    holds_sentence,
    is_note_mark,
    sentence_cell,
)
from summarize.inputs.slides import Area, Box, Slide, as_label, reading_order, slides_text
from summarize.inputs.table import Options

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"

_TITLES = ("title", "ctrTitle")
_LEFT_OUT_BOXES = ("dt", "ftr", "sldNum", "hdr", "sldImg", "pic", "media", "chart", "clipArt")
_LEFT_OUT_FIELDS = ("slidenum", "datetime")
_EQUIVALENT_PLACEHOLDERS = {"ctrTitle": "title", "obj": "body", "subTitle": "body"}  # on a master
_BULLETED_BOXES = ("body", "obj")  # whose paragraphs have bullets unless they say otherwise
_CODE_FONTS = ("courier", "consolas", "menlo", "monaco", "mono", "lucida console")


def recognise(content: bytes, suffix: str) -> bool:
    """Return whether something is a file of slides."""
    names = member_names(content)
    return "[Content_Types].xml" in names and any(name.startswith("ppt/") for name in names)


def read(content: bytes, options: Options) -> list[Source]:
    """Return the text of slides, with their numbers as places.

    Raises:
        InputError: the file is damaged or encrypted.
    """
    archive = Archive(content, options.name)
    slides = list(_read_slides(archive))
    paragraphs = slides_text(slides)
    own = declared_title(slides[0].title) if slides else None
    title = own or declared_title(core_title(archive)) or paragraphs.first_heading
    return paragraphs.sources("pptx", title=title)


def _read_slides(archive: Archive) -> Iterator[Slide]:
    deck = related(archive, "", "officeDocument") or "ppt/presentation.xml"
    parts = relations(archive, deck)
    layouts: dict[str, dict[str, Area]] = {}
    entries = as_transitional(archive.read_xml(deck)).iter(f"{_P}sldId")
    members = (parts.get(entry.get(f"{_R}id", ""), ("", ""))[1] for entry in entries)
    for member in dict.fromkeys(members):  # no program names a slide twice
        if member:
            layout = related(archive, member, "slideLayout") or ""
            if layout not in layouts:
                layouts[layout] = _layout_placeholders(archive, layout) if layout else {}
            yield _read_slide(archive, member, layouts[layout])


def _read_slide(archive: Archive, member: str, placeholders: dict[str, Area]) -> Slide:
    slide = Slide()
    reading = _Reading(archive, relations(archive, member), placeholders)
    for box in reading_order(list(reading.boxes(_shapes_of(archive, member)))):
        if box.is_title and not slide.title:
            slide.title = box.text
        else:
            slide.boxes.append(box)
    notes = related(archive, member, "notesSlide")
    if notes:
        for shape in _shapes_of(archive, notes).iter(f"{_P}sp"):
            if _placeholder_type(shape) == "body":
                slide.notes += _paragraphs(shape.iter(f"{_A}p"))
    return slide


def _shapes_of(archive: Archive, member: str) -> Element:
    """Return what lies on a slide or a layout."""
    root = as_transitional(archive.read_xml(member))
    tree = root.find(f"{_P}cSld/{_P}spTree")
    return root if tree is None else tree


def _placeholder_of(shape: Element) -> Element | None:
    """Return the place of a layout that a shape fills; None if it is free."""
    return shape.find(f"{_P}nvSpPr/{_P}nvPr/{_P}ph")


def _placeholder_type(shape: Element) -> str:
    placeholder = _placeholder_of(shape)
    return "" if placeholder is None else placeholder.get("type", "obj")


def _layout_placeholders(archive: Archive, member: str) -> dict[str, Area]:
    """Return where the places of a layout lie, by their numbers and their kinds; some only their master says."""
    master = related(archive, member, "slideMaster")
    found = _placeholder_areas(_shapes_of(archive, master), {}) if master else {}
    return _placeholder_areas(_shapes_of(archive, member), found)


def _placeholder_areas(shapes: Element, inherited: dict[str, Area]) -> dict[str, Area]:
    found = dict(inherited)
    for shape in shapes.iter(f"{_P}sp"):
        placeholder = _placeholder_of(shape)
        if placeholder is not None:
            area = _area(shape) or _placeholder_area(placeholder, inherited)
            if area is not None:
                found[placeholder.get("idx", "0")] = found[placeholder.get("type", "obj")] = area
    return found


def _placeholder_area(placeholder: Element, placeholders: dict[str, Area]) -> Area | None:
    kind = placeholder.get("type", "obj")
    return (
        placeholders.get(placeholder.get("idx", "0"))
        or placeholders.get(kind)
        or placeholders.get(_EQUIVALENT_PLACEHOLDERS.get(kind, ""))
    )


def _area(shape: Element) -> Area | None:
    """Return where a shape, a group or a frame lies, if it says so itself."""
    for path in (f"{_P}spPr/{_A}xfrm", f"{_P}grpSpPr/{_A}xfrm", f"{_P}xfrm"):
        frame = shape.find(path)
        if frame is not None:
            start, size = frame.find(f"{_A}off"), frame.find(f"{_A}ext")
            if start is not None and size is not None:
                left, top = (_length(start, name) for name in ("x", "y"))
                return Area(left, top, left + _length(size, "cx"), top + _length(size, "cy"))
    return None


def _length(element: Element, name: str) -> int:
    written = element.get(name, "")
    return -whole_number(written[1:], 0) if written.startswith("-") else whole_number(written, 0)


class _Reading:
    """Reads the boxes of a slide.

    Args:
        archive: the file.
        parts: what the slide is related to.
        placeholders: where the places of its layout lie.
    """

    def __init__(self, archive: Archive, parts: dict[str, tuple[str, str]], placeholders: dict[str, Area]) -> None:
        self._archive = archive
        self._parts = parts
        self._placeholders = placeholders

    def boxes(self, shapes: Iterable[Element]) -> Iterator[Box]:
        """Yield what has text of some shapes; a group is one box, in which they have an order of their own."""
        for shape in shapes:
            if shape.tag == f"{_P}sp":
                yield from self._box(shape)
            elif shape.tag == f"{_P}grpSp":
                inner = reading_order(list(self.boxes(shape)))
                if inner:
                    paragraphs = [paragraph for box in inner for paragraph in box.paragraphs]
                    yield Box(paragraphs, _area(shape), is_free=True)
            elif shape.tag == f"{_P}graphicFrame":
                if paragraphs := list(self._in_frame(shape)):
                    yield Box(paragraphs, _area(shape))
            elif shape.tag == ALTERNATIVES:
                yield from self.boxes(inner_shape for choice in shape[:1] for inner_shape in choice)

    def _box(self, shape: Element) -> Iterator[Box]:
        placeholder, kind = _placeholder_of(shape), _placeholder_type(shape)
        if kind in _LEFT_OUT_BOXES:
            return
        paragraphs = list(_paragraphs(shape.iterfind(f"{_P}txBody/{_A}p"), has_bullets=kind in _BULLETED_BOXES))
        area = _area(shape) or (None if placeholder is None else _placeholder_area(placeholder, self._placeholders))
        if placeholder is None or kind == "subTitle":
            paragraphs = [as_label(paragraph) for paragraph in paragraphs]
        if paragraphs:
            yield Box(paragraphs, area, is_free=placeholder is None, is_title=kind in _TITLES)

    def _in_frame(self, frame: Element) -> Iterator[Paragraph]:
        """Yield what a table or a diagram says."""
        for cell in frame.iter(f"{_A}tc"):
            yield from sentence_cell(list(_paragraphs(cell.iterfind(f"{_A}txBody/{_A}p"))))
        for diagram in frame.iter(f"{_D}relIds"):
            _, member = self._parts.get(diagram.get(f"{_R}dm", ""), ("", ""))
            if member:
                yield from _read_diagram(as_transitional(self._archive.read_xml(member)))


def _read_diagram(root: Element) -> Iterator[Paragraph]:
    """Yield the items of a diagram in their order, those of a lower level after the one over them."""
    points = {point.get("modelId", ""): point for point in root.iter(f"{_D}pt")}
    below: dict[str, list[tuple[int, str]]] = {}
    for connection in root.iter(f"{_D}cxn"):
        if connection.get("type", "parOf") == "parOf":
            placeholder = whole_number(connection.get("srcOrd"), 0)
            below.setdefault(connection.get("srcId", ""), []).append((placeholder, connection.get("destId", "")))
    waiting = [key for key, point in points.items() if point.get("type") == "doc"]
    seen = set(waiting)
    while waiting:
        key = waiting.pop()
        for paragraph in _paragraphs(points[key].iterfind(f"{_D}t/{_A}p")):
            yield paragraph._replace(label="-")
        following = [key for _, key in sorted(below.get(key, []), reverse=True) if key in points and key not in seen]
        waiting += following
        seen.update(following)


_AUTOMATIC_NUMERALS: tuple[tuple[str, NumeralForm], ...] = (
    *(("alphaLc", "letter"), ("alphaUc", "capital"), ("romanLc", "roman"), ("romanUc", "roman capital")),
    *(("circleNum", "circled"), ("ea1", "han")),
)


def _paragraphs(found: Iterable[Element], *, has_bullets: bool = False) -> Iterator[Paragraph]:
    """Yield the paragraphs of a box.

    Args:
        found: its elements.
        has_bullets: whether those have bullets that say nothing of it, unless there is but one.
    """
    filled = [(paragraph, text) for paragraph in found if (text := _text_of(paragraph).strip())]
    counts: dict[int, int] = {}  # of the automatic numbers, by level
    for paragraph, text in filled:
        properties = paragraph.find(f"{_A}pPr")
        level = 0 if properties is None else whole_number(properties.get("lvl"), 0)
        for deeper in [known for known in counts if known > level]:
            del counts[deeper]
        number = None if properties is None else properties.find(f"{_A}buAutoNum")
        if number is not None:
            counts[level] = counts.get(level, whole_number(number.get("startAt"), 1) - 1) + 1
            label = _automatic_label(counts[level], number.get("type", ""))
        else:
            counts.pop(level, None)
            is_bullet = has_bullets and len(filled) > 1
            if properties is not None:
                is_bullet = _has_bullet(properties, is_bullet)
            label = "-" if is_bullet else ""
        yield Paragraph(text, label=label)


def _has_bullet(properties: Element, default: bool) -> bool:
    if properties.find(f"{_A}buNone") is not None:
        return False
    return default or any(properties.find(f"{_A}{kind}") is not None for kind in ("buChar", "buBlip"))


def _automatic_label(number: int, kind: str) -> str:
    form: NumeralForm = next((form for opening, form in _AUTOMATIC_NUMERALS if kind.startswith(opening)), "decimal")
    written = numeral(number, form)
    if kind.endswith("ParenBoth"):
        return f"({written})"
    if kind.endswith("ParenR"):
        return f"{written})"
    return written if form == "circled" else f"{written}."


def _text_of(paragraph: Element) -> str:
    """Return what a paragraph says; nothing of code, which is set in nothing but a font of equal widths."""
    runs: list[str] = []
    fonts: list[str] = []
    for child in paragraph:
        if child.tag == f"{_A}br":
            runs.append("\n")
        elif child.tag == f"{_A}r" or (
            child.tag == f"{_A}fld" and not child.get("type", "").startswith(_LEFT_OUT_FIELDS)
        ):
            run, properties = child.findtext(f"{_A}t") or "", child.find(f"{_A}rPr")
            if not (_is_raised(properties) and is_note_mark("".join(runs[-1:])[-4:], run)):
                runs.append(run)
            font = None if properties is None else properties.find(f"{_A}latin")
            fonts.append("" if font is None else font.get("typeface", "").lower())
        else:
            runs += [element.text or "" for choice in _choice(child) for element in choice.iter(MATH_TEXT)]
    text = "".join(runs)
    is_code = bool(fonts) and all(any(name in font for name in _CODE_FONTS) for font in fonts)
    return "" if is_code and not holds_sentence(text) else text


def _choice(element: Element) -> Sequence[Element]:
    return element[:1] if element.tag == ALTERNATIVES else (element,)


def _is_raised(properties: Element | None) -> bool:
    return properties is not None and whole_number(properties.get("baseline"), 0) > 0

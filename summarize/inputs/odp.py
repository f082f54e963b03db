"""Slides of OpenDocument (.odp, .fodp): of each its title, its boxes in the order of reading, and its notes."""

from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from summarize.inputs.opendocument import DRAW, PRESENTATION, SVG, BodyReader
from summarize.inputs.paragraphs import Paragraph
from summarize.inputs.slides import Area, Box, Slide, as_label, reading_order
from summarize.text.patterns import lazy_pattern

_LEFT_OUT = ("notes", "footer", "header", "date-time", "page-number", "page", "handout", "chart", "graphic", "object")
_LENGTH = lazy_pattern(r"(-?\d{1,9}(?:\.\d{1,9})?)(cm|mm|in|pt|pc|px)")
_UNITS = {"cm": 1000.0, "mm": 100.0, "in": 2540.0, "pt": 2540 / 72, "pc": 2540 / 6, "px": 2540 / 96}  # in 0.01 mm


def read_slides(show: Element, reading: BodyReader) -> Iterator[Slide]:
    """Yield the slides of a show in order.

    Args:
        show: the element that holds them.
        reading: of the document.
    """
    for page in show.iter(f"{DRAW}page"):
        slide = Slide()
        for box in reading_order(list(_boxes(page, reading))):
            if box.is_title and not slide.title:
                slide.title = box.text
            else:
                slide.boxes.append(box)
        for notes in page.iterfind(f"{PRESENTATION}notes"):
            for shape in notes:
                if shape.get(_CLASS) == "notes":
                    slide.notes += reading.blocks(shape)
        yield slide


_CLASS = f"{PRESENTATION}class"


def _boxes(shapes: Iterable[Element], reading: BodyReader) -> Iterator[Box]:
    """Yield what has text of some shapes; a group is one box, in which they have an order of their own."""
    for shape in shapes:
        kind = shape.get(_CLASS, "")
        if (
            kind in _LEFT_OUT
            or shape.tag == f"{PRESENTATION}notes"
            or shape.get(f"{PRESENTATION}placeholder") == "true"
        ):
            continue
        paragraphs: list[Paragraph]
        if shape.tag == f"{DRAW}g":
            paragraphs = [
                paragraph for box in reading_order(list(_boxes(shape, reading))) for paragraph in box.paragraphs
            ]
        else:
            paragraphs = list(reading.blocks(shape))
            if kind in ("", "subtitle"):
                paragraphs = [as_label(paragraph) for paragraph in paragraphs]
        if any(paragraph.text.strip() for paragraph in paragraphs):
            yield Box(paragraphs, _area(shape), is_free=not kind, is_title=kind == "title")


def _area(shape: Element) -> Area | None:
    if shape.tag == f"{DRAW}g":
        areas = [area for inner in shape if (area := _area(inner))]
        if not areas:
            return None
        left, top = (min(area[edge] for area in areas) for edge in (0, 1))
        return Area(left, top, max(area.right for area in areas), max(area.bottom for area in areas))
    found = [_LENGTH.fullmatch(shape.get(f"{SVG}{name}", "")) for name in ("x", "y", "width", "height")]
    lengths = [int(float(match[1]) * _UNITS[match[2]]) for match in found if match]
    if len(lengths) < len(found):
        return None
    left, top, width, height = lengths
    return Area(left, top, left + width, top + height)

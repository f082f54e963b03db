"""Slides of any format: boxes to the order in which they are read, and slides to a text."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from summarize.inputs.paragraphs import Paragraph, Paragraphs, clean_text, in_one_line, is_contents
from summarize.text.pieces import count_words

_MAX_LABEL_WORDS = 6  # a Chinese character is one
_MAX_RUNNING_WORDS = 20
_MIN_RUNNING_SLIDES = 3  # on so many, and a third of all, a box is no part of what they say
_MAX_ORDERED_BOXES = 200  # on a slide; with more it is a drawing


class Area(NamedTuple):
    """Where a box lies: its edges, in any unit."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(frozen=True, slots=True)
class Box:
    """Something on a slide that has text.

    Args:
        paragraphs: what it says.
        area: where it lies; None if that is not known.
        is_free: whether it was drawn there, and is no place that a layout has for text.
        is_title: whether it is the title.
    """

    paragraphs: Sequence[Paragraph]
    area: Area | None
    is_free: bool = False
    is_title: bool = False

    @property
    def text(self) -> str:
        """All that it says, in one line."""
        return in_one_line(clean_text("\n".join(paragraph.text for paragraph in self.paragraphs)))


@dataclass(slots=True)
class Slide:
    """A slide: its title, what its boxes say in the order of reading, and the notes to it."""

    title: str = ""
    boxes: list[Box] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)


def as_label(paragraph: Paragraph) -> Paragraph:
    """Return a paragraph of a free box or a subtitle, set aside if it is a label, a name or a date."""
    is_label = not paragraph.label and count_words(paragraph.text) <= _MAX_LABEL_WORDS
    return paragraph._replace(role="apparatus") if is_label else paragraph


def slides_text(slides: Sequence[Slide]) -> Paragraphs:
    """Return what slides say, with their numbers as places; of those with the contents of the rest nothing."""
    running = _running_texts(slides)
    paragraphs = Paragraphs()
    last_title = ""
    for number, slide in enumerate(slides, 1):
        if is_contents(slide.title):
            continue
        paragraphs.mark("slide", str(number))
        if slide.title != last_title:
            paragraphs.add(Paragraph(slide.title, "heading"))
        last_title = slide.title
        for box in slide.boxes:
            if not (box.is_free and box.text in running):
                paragraphs.extend(box.paragraphs)
        paragraphs.extend(slide.notes)
    return paragraphs


def _running_texts(slides: Sequence[Slide]) -> frozenset[str]:
    """Return what boxes say on many slides, such as the name of a firm."""
    counts = Counter(text for slide in slides for text in {box.text for box in slide.boxes if box.is_free})
    least = max(_MIN_RUNNING_SLIDES, len(slides) / 3)
    return frozenset(
        text for text, count in counts.items() if count >= least and count_words(text) <= _MAX_RUNNING_WORDS
    )


def reading_order(boxes: list[Box]) -> list[Box]:
    """Return boxes in the order of reading: where a wide gap parts them, what is above or left of it comes first.

    In the order of the file where they overlap, or where one does not say where it lies.
    """
    placed = [(at, box.area) for at, box in enumerate(boxes) if box.area is not None]
    if not 0 < len(boxes) == len(placed) <= _MAX_ORDERED_BOXES:
        return boxes
    return [boxes[at] for at in _cut(placed)]


def _cut(placed: list[tuple[int, Area]]) -> list[int]:
    """Return numbered areas in the order of reading, by cutting them at their widest gap until there is none.

    After Nagy and Seth 1984 (recursive X-Y cut).
    """
    gaps = [gap for axis in (0, 1) if (gap := _widest_gap(placed, axis))]
    if not gaps:
        return [at for at, _ in placed]
    _, axis, edge = max(gaps)
    before = [(at, area) for at, area in placed if area[axis] < edge]
    after = [(at, area) for at, area in placed if area[axis] >= edge]
    return _cut(before) + _cut(after)


def _widest_gap(placed: list[tuple[int, Area]], axis: int) -> tuple[int, int, int] | None:
    """Return the widest gap that no area reaches across: its width, the axis, and where it ends.

    Args:
        placed: the areas, at least one.
        axis: 0 from left to right, 1 from top to bottom.
    """
    spans = sorted((area[axis], area[axis + 2]) for _, area in placed)
    gaps = []
    first, reached = spans[0]
    for start, end in spans[1:]:
        if start >= reached and start > first:
            gaps.append((start - reached, axis, start))
        reached = max(reached, end)
    return max(gaps, default=None)

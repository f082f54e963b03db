"""Lines to paragraphs: which lines continue in the next one, also over columns and pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from summarize.document import Role
from summarize.inputs.pdf_lines import Line
from summarize.inputs.pdf_roles import LARGE, Body, abstract_label, is_alike, role_of
from summarize.text.markers import match_marker
from summarize.text.marks import COLON_MARKS, ends_with_stop, is_wide


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together.

    Args:
        lines: of it, at least one.
        role: what it is.
        left: the left edge of the lines that stand close together there.
        right: where these end if they are full.
    """

    lines: list[Line]
    role: Role
    left: float
    right: float

    @property
    def text(self) -> str:
        """What its lines say, one below the other."""
        return "\n".join(line.text for line in self.lines)


def paragraphs_of(pages: Sequence[Sequence[Line]], body: Body) -> list[Paragraph]:
    """Return the paragraphs of all pages in reading order.

    One that a page, a column, a caption or a footnote interrupts is whole, and what interrupts it stands after it.

    Args:
        pages: the lines of each in reading order, without what stands around the text.
        body: how the text is set.
    """
    paragraphs: list[Paragraph] = []
    last: Paragraph | None = None  # of text
    for lines in pages:
        for paragraph in _paragraphs(lines, body):
            if (
                last is not None
                and paragraph.role == "text"
                and _goes_on(last, paragraph, body, paragraphs[-1] is last)
            ):
                last.lines += paragraph.lines
                last.left, last.right = paragraph.left, paragraph.right
                continue
            paragraphs.append(paragraph)
            if paragraph.role != "apparatus":
                last = paragraph if paragraph.role == "text" else None
    return paragraphs


def _paragraphs(lines: Sequence[Line], body: Body) -> Iterator[Paragraph]:
    """Yield the paragraphs of a page as if it stood by itself."""
    for block in _blocks(lines, body):
        left, right, edges = min(line.left for line in block), _right_edge(block), _local_edges(block)
        gathered: list[list[Line]] = []
        for index, line in enumerate(block):
            if gathered and _joins(gathered[-1], line, left, edges[index - 1] or right, body):
                gathered[-1].append(line)
            else:
                gathered.append([line])
        for members in gathered:
            yield from _with_role(members, left, right, body)


def _with_role(lines: list[Line], left: float, right: float, body: Body) -> Iterator[Paragraph]:
    """Yield a paragraph; one that begins with a label after it as a heading; none that nobody reads."""
    label = abstract_label(lines)
    if label:
        said = lines[0].text[:label].rstrip(" :：.—–-")
        yield Paragraph([replace(lines[0], text=said, cells=())], "heading", left, right)
        lines = [replace(lines[0], text=lines[0].text[label:], cells=()), *lines[1:]]
    role = role_of(lines, body)
    if role is not None:
        yield Paragraph(lines, role, left, right)


_MAX_PITCH = 1.2  # of the usual one within a paragraph
_MAX_PITCH_OF_TITLE = 1.7  # sizes


def _blocks(lines: Sequence[Line], body: Body) -> Iterator[list[Line]]:
    """Yield the runs of lines of one size and one region that stand as close as those of a paragraph."""
    block: list[Line] = []
    for line in lines:
        if block and not _is_close(block[-1], line, body):
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_close(line: Line, following: Line, body: Body) -> bool:
    if line.margins != following.margins or line.role != following.role or not is_alike(line.size, following.size):
        return False
    pitch = _MAX_PITCH * body.pitch
    if line.size >= LARGE * body.size:
        pitch = max(pitch, _MAX_PITCH_OF_TITLE)
    return 0 < following.base - line.base <= pitch * max(line.size, following.size)


_BLANK = 0.35  # sizes that a blank takes at most
_INDENT = 0.8  # sizes
_MIN_BOX = 0.5  # of the width of a region that an indented block of lines takes at least, to have an edge of its own


def _right_edge(block: Sequence[Line]) -> float:
    """Return where the full lines of a block end: where two of them do, or at the edge of the region."""
    size, margins = block[0].size, block[0].margins
    left = min(line.left for line in block)
    rights = sorted((line.right for line in block), reverse=True)
    if len(rights) > 2 and rights[0] - rights[1] <= _BLANK * size:
        return rights[0]
    is_box = left > margins[0] + _INDENT * size and rights[0] - left >= _MIN_BOX * (margins[1] - margins[0])
    if is_box and (len(rights) > 2 or block[0].right == rights[0]):
        return rights[0]
    return max(rights[0], margins[1])


_MIN_NARROW_LINES = 3
_MIN_LONG = 0.6  # of the width of its region that a line takes which may be full
_MIN_FAR = 0.25  # of that width which lines begin after that are set to the right
_MAX_ROOM_OF_TITLE = 0.2  # of the width of a line of a title that continues in another one


def _local_edges(block: Sequence[Line]) -> list[float]:
    """Return where three lines or more below each other end, for each of them; 0 for the others.

    It is not where the block ends if they stand beside a figure.
    """
    edges = [0.0] * len(block)
    start = 0
    for index in range(1, len(block) + 1):
        if index < len(block) and abs(block[index].right - block[start].right) <= _BLANK * block[start].size:
            continue
        if index - start >= _MIN_NARROW_LINES:
            edges[start:index] = [max(line.right for line in block[start:index])] * (index - start)
        start = index
    return edges


def _joins(paragraph: Sequence[Line], line: Line, left: float, right: float, body: Body) -> bool:
    """Whether a paragraph continues in the next line of its block.

    Args:
        paragraph: the lines of it.
        line: the next one.
        left: the left edge of the block.
        right: where its full lines end.
        body: how the text is set.
    """
    last = paragraph[-1]
    if line.cells or last.cells or (all(line.is_bold for line in paragraph) and not line.opens_bold):
        return False
    is_full = _is_full(last, line, right)
    is_open = is_full and not _has_stop(last)
    kind = _marker(line)
    if kind == "bullet":
        return is_open and _is_dash_in_prose(paragraph, line)
    if kind and (not is_open or _is_next_item(paragraph, line, kind)):
        return False
    if abs(line.left - last.left) > _INDENT * line.size:
        width = last.margins[1] - last.margins[0]
        if line.size >= LARGE * body.size:
            reaches_edge = is_open and right - last.right <= _MAX_ROOM_OF_TITLE * width
            return line.is_bold == last.is_bold and (reaches_edge or _are_centred(last, line))
        if last.left - last.margins[0] > _MIN_FAR * width:
            return False
    if is_open:
        return True
    if line.is_bold and not last.is_bold:
        return False
    if not is_full:
        return _is_cut_short(last, line)
    return line.left - left < _INDENT * line.size or line.left - last.left < _INDENT / 2 * line.size


def _are_centred(line: Line, following: Line) -> bool:
    """Whether two lines are centred one below the other, as those of a title."""
    shift = abs(line.left + line.right - following.left - following.right) / 2
    return shift <= _INDENT * line.size


def _has_stop(line: Line) -> bool:
    return line.text[-1] in COLON_MARKS or ends_with_stop(line.text, 0, len(line.text))


def _marker(line: Line) -> str:
    """Return the kind of the list mark that a line begins with, if it does."""
    return match_marker(line.text, 0, len(line.text))[0]


_HAN_SLACK = 0.6  # sizes that Chinese lines may end early or late
_MAX_OPENING = 0.4  # of the width of a line; a longer word, an address, says nothing of the line before it


def _is_full(line: Line, following: Line, right: float) -> bool:
    """Whether a line had no room for the first word of the next one."""
    room = right - line.right
    if is_wide(following.text[0]):
        return room < following.opening + _HAN_SLACK * following.size
    return room < min(following.opening + _BLANK * line.size, _MAX_OPENING * (right - line.margins[0]))


def _is_next_item(paragraph: Sequence[Line], line: Line, kind: str) -> bool:
    """Whether a line with a mark begins another item of the list of which a paragraph is one."""
    is_level = abs(line.left - paragraph[0].left) < _INDENT * line.size
    return (_marker(paragraph[0]) == kind and is_level) or line.left < paragraph[-1].left - _INDENT / 2 * line.size


def _is_dash_in_prose(paragraph: Sequence[Line], line: Line) -> bool:
    """Whether a line begins with a dash of its sentence rather than with that of a list."""
    is_level = abs(line.left - paragraph[-1].left) < _INDENT / 2 * line.size
    return line.text[0] in "-–—" and is_level and paragraph[-1].text[-1].isalnum() and _marker(paragraph[0]) != "bullet"


def _is_cut_short(last: Line, line: Line) -> bool:
    """Whether a line that is not full goes on all the same, after a word or a comma: in a small letter.

    A longer one does so in a figure too.
    """
    is_long = last.right - last.margins[0] >= _MIN_LONG * (last.margins[1] - last.margins[0])
    goes_on = line.text[0].islower() or (is_long and line.text[0].isdecimal())
    return goes_on and (last.text[-1].islower() or last.text[-1] in ",-\u00ad")


def _goes_on(last: Paragraph, paragraph: Paragraph, body: Body, is_next: bool) -> bool:
    """Whether a paragraph goes on in one after it, in another column or on another page, or after a figure.

    Args:
        last: the last one of text before.
        paragraph: it.
        body: how the text is set.
        is_next: whether nothing stands between.
    """
    before, after = last.lines[-1], paragraph.lines[0]
    if not is_alike(before.size, after.size) or after.cells or before.cells or _has_stop(before) or _marker(after):
        return False
    if before.size >= LARGE * body.size or _is_han(last) != _is_han(paragraph):
        return False
    if _is_cut_short(before, after):
        return True
    is_interrupted = not is_next or before.page != after.page or before.margins != after.margins
    is_indented = after.left - paragraph.left >= _INDENT * after.size
    is_lone = len(paragraph.lines) == 1 and before.margins == after.margins
    return is_interrupted and not is_indented and not is_lone and _is_full(before, after, last.right)


def _is_han(paragraph: Paragraph) -> bool:
    """Whether a paragraph is Chinese rather than English."""
    return 2 * sum(map(is_wide, paragraph.text)) > len(paragraph.text)

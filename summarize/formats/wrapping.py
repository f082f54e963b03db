"""Line wrapping for terminals, for Chinese and Latin text.

A line is broken at white space and beside a Chinese character, never inside of a Latin word; no line begins with a mark
that closes or parts something, and none ends with one that opens something (避头尾, 禁則). What is longer than a line
by itself, as an address, is broken where the line is full.
"""

import re
from itertools import accumulate, pairwise

from rich.cells import cell_len, chop_cells

from summarize.text.language import HAN
from summarize.text.marks import CLAUSE_MARKS, FINAL_MARKS, LIST_COMMAS, MARK_PAIRS, is_wide

_OPENING = re.escape("".join(filter(is_wide, MARK_PAIRS)) + "“‘(")
_CLOSING = re.escape(
    "".join(filter(is_wide, [*MARK_PAIRS.values(), *FINAL_MARKS, *CLAUSE_MARKS, *LIST_COMMAS])) + "”’…—％"
)
_SOLID = f"{HAN}\u2e80-\u30ff\uff00-\uffef"
_UNBROKEN = re.compile(
    rf"\s*[{_OPENING}]*(?:[{_SOLID}]|[^\s{_SOLID}{_OPENING}{_CLOSING}]+)?[{_CLOSING}]*\s*"
)  # what stays on one line: a word or a Chinese character, and the marks that cling to it

_CLOSES = re.compile(f"[{_CLOSING}]")


def find_breaks(text: str, width: int, indent: int = 0, *, hanging: bool = False) -> list[int]:
    """Return the offsets before which a text is broken, ascending; blanks at the end of a line have no width.

    Args:
        text: what to break, without line breaks.
        width: of a line, in columns: a wide character takes two, one that combines with another none.
        indent: columns before each line.
        hanging: whether the first line has no indent.
    """
    breaks, column = list[int](), 0 if hanging else indent
    for match in _UNBROKEN.finditer(text):
        size = cell_len(match[0].rstrip())
        if column > indent and column + size > width:
            breaks.append(match.start())
            column = indent
        if column + size > width:  # longer than a line
            offsets = accumulate(map(len, chop_cells(match[0], width - indent)[:-1]))
            breaks += [_before_closing(text, match.start(), match.start() + offset) for offset in offsets]
            column = indent + cell_len(text[breaks[-1] : match.end()])
        else:
            column += cell_len(match[0])
    return breaks


def _before_closing(text: str, start: int, end: int) -> int:
    """Return where to break what is longer than a line: before a character that marks cling to, and not before them."""
    position = end
    while position > start + 1 and _CLOSES.match(text, position):
        position -= 1
    return end if position == start + 1 else position


def wrap(text: str, width: int | None, indent: int = 0, *, hanging: bool = False) -> str:
    """Return a text with each of its lines broken where it gets too long, and indented.

    Args:
        text: of any number of lines.
        width: of a line, in columns; None: no line is broken.
        indent: columns before each line; a line without text gets none.
        hanging: whether the first line has no indent.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        is_hanging = hanging and not lines
        breaks = [] if width is None else find_breaks(line, width, indent, hanging=is_hanging)
        for start, end in pairwise([0, *breaks, len(line)]):
            before = "" if hanging and not lines else " " * indent
            lines.append((before + line[start:end]).rstrip())
    return "\n".join(lines)

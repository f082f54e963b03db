"""The lines of a text, and the units that it is made of: paragraphs, list items, headings."""

from typing import NamedTuple

from summarize.document import Role
from summarize.value import value

MAX_WRAP_COLUMNS = 130  # wider lines are whole paragraphs


class TextLine(NamedTuple):
    """A line that is not blank; `start` and `end` leave out the white space around it."""

    start: int
    end: int
    indent: int  # white space before it, in code points
    after_blank: bool
    role: Role | None  # where it is no prose
    is_page: bool  # whether it is the number of a page


@value(frozen=False)
class Unit:
    """A paragraph, a list item, a heading or a run of symbol lines.

    Args:
        start: offset of its first code point.
        end: offset after its last code point.
        marker: the kind of list or section mark it starts with, or the empty string.
        marker_end: offset after that mark; `start` if there is none.
        body: offset where it begins to speak, after marks and labels; `end` if there is nothing else.
        num_lines: how many lines it was gathered from.
        after_blank: whether a blank line stands over it.
        is_symbols: whether it has no letter and no digit.
        role: what it is.
        speaker: start and end offset of the name of who speaks; None if no name is given.
    """

    start: int
    end: int
    marker: str
    marker_end: int
    body: int
    num_lines: int
    after_blank: bool
    is_symbols: bool
    role: Role
    speaker: tuple[int, int] | None = None

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.role == "heading"

"""The units that a text is made of: paragraphs, list items, headings."""

from summarize.document import Role
from summarize.value import value


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

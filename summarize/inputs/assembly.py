"""A builder for texts with roles and locations, shared by all readers.

`writing` fills one line by line, `paragraphs` paragraph by paragraph, `composition` by what is said, `flow` by the
blocks of a page, `pdf_text` by the lines of one.
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from summarize.document import Location, LocationKind, Role, RoleSpan, Source


class HeadingAt(NamedTuple):
    """A heading in the text: where it begins, its level (the higher, the deeper), and what it says in one line."""

    start: int
    level: int
    name: str


class Assembly:
    """What there is of a text so far.

    Attributes:
        length: of it, in code points.
        last: the run that was written last; empty at first.
    """

    def __init__(self) -> None:
        self.length: int = 0
        self.last: str = ""
        self._runs: list[str] = []
        self._parts: list[RoleSpan] = []
        self._locations: list[Location] = []

    def write(self, run: str, role: Role | None = None) -> int:
        """Write a run of text and return where it begins.

        Args:
            run: the text.
            role: what it is for; None if its format does not say so.
        """
        start = self.length
        self._runs.append(run)
        self.length, self.last = start + len(run), run
        if role:
            self.set_role(start, role)
        return start

    def set_role(self, start: int, role: Role) -> None:
        """Say what all is for that has been written from an offset on."""
        self._parts.append(RoleSpan(start, self.length, role))

    def is_role_known(self) -> bool:
        """Return whether what was written last is of a part whose role is known."""
        return bool(self._parts) and self._parts[-1].end == self.length

    def place(self, kind: LocationKind, value: str, start: int | None = None) -> None:
        """Say where the text from an offset on stands, or what is written next; the last said of an offset holds."""
        start = self.length if start is None else start
        if self._locations and (self._locations[-1].start, self._locations[-1].kind) == (start, kind):
            self._locations.pop()
        self._locations.append(Location(start, kind, value))

    def name_chapters(self, headings: Sequence[HeadingAt]) -> None:
        """Name chapters by the headings of the highest level that several have; there are none without."""
        levels = sorted(heading.level for heading in headings)
        top = next((level for level, following in pairwise(levels) if level == following), None)
        self._locations += [Location(one.start, "chapter", one.name) for one in headings if one.level == top]

    def source(
        self,
        source_format: str,
        encoding: str = "utf-8",
        *,
        title: str | None = None,
        name: str = "",
        warnings: Iterable[str] = (),
        speakers: Iterable[tuple[int, int]] = (),
    ) -> Source:
        """Return the text, which is empty if nothing was written; arguments as of `Source`."""
        locations = sorted(self._locations, key=lambda mark_location: mark_location.start)
        return Source(
            "".join(self._runs),
            encoding,
            tuple(warnings),
            format=source_format,
            name=name,
            title=title or None,
            parts=tuple(self._parts),
            places=tuple(mark_location for mark_location in locations if mark_location.start < self.length),
            speakers=tuple(speakers),
        )

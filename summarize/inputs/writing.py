"""A builder for texts by paragraphs and lines, with roles and locations."""

from collections.abc import Iterable, Sequence

from summarize.document import LocationKind, Role, Source
from summarize.inputs.assembly import Assembly
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import needs_space

Run = tuple[str, int]  # some text, and the line of the source that it stands in, from 1
_STOP = lazy_pattern(r"[。！？!?][”’」』）)]?|[.!?][\"')]?\s+")
LETTER_OR_DIGIT = lazy_pattern(r"[^\W_]")
WRAP = "\0wrap"  # the text of a run that stands for the break of a wrapped line


class Writer:
    """Writes a text with its parts and places."""

    def __init__(self) -> None:
        self._text = Assembly()
        self._pending: dict[LocationKind, str] = {}  # what the next paragraph stands in
        self._line = 0
        self._is_item = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been written."""
        return not self._text.length

    def paragraph(self, runs: Iterable[Run], *, role: Role | None = None, is_item: bool = False) -> None:
        """Write a paragraph, nothing if there is no text in it.

        Args:
            runs: of it, in order.
            role: if the format says so.
            is_item: whether it is an item of a list, which stands right below the one before.
        """
        written = unwrap_lines(runs)
        if not written:
            return
        if self._text.length:
            self._text.write("\n" if is_item and self._is_item else "\n\n")
        start = self._text.length
        for kind, value in self._pending.items():
            self._text.place(kind, value)
        self._pending.clear()
        for text, line in written:
            if line != self._line:
                self._text.place("line", str(line))
                self._line = line
            self._text.write(text)
        self._is_item = is_item
        if role:
            self._text.set_role(start, role)

    def heading(self, runs: Iterable[Run], level: int) -> str:
        """Write a heading and return its text; one of the first two levels opens a chapter."""
        written = unwrap_lines(runs)
        title = "".join(text for text, _ in written)
        self.paragraph(written, role="heading")
        if level <= 2 and title:
            self._text.place("chapter", title.replace("\n", " "), self._text.length - len(title))
        return title

    def announce_nothing(self) -> None:
        """Set the last sentence aside if it announces what is left out: code, a table."""
        last = self._text.last
        if last.rstrip("*_ ").endswith((":", "：")) and not self._text.is_role_known():
            stops = [match.end() for match in _STOP.finditer(last)]
            self._text.set_role(self._text.length - len(last) + max(stops, default=0), "apparatus")

    def end_list(self) -> None:
        """Let the next item be the first one of another list."""
        self._is_item = False

    def place(self, kind: LocationKind, value: str) -> None:
        """Say where what is written next stands."""
        self._pending[kind] = value

    def source(self, encoding: str, format_name: str, title: str | None = None) -> Source:
        """Return what has been written."""
        return self._text.source(format_name, encoding, title=title)


def unwrap_lines(runs: Iterable[Run]) -> Sequence[Run]:
    """Return runs without white space at the ends, and with wrapped lines joined as their scripts ask for."""
    written: list[Run] = []
    is_wrapped = False
    for text, line in runs:
        if text == WRAP:
            is_wrapped = bool(written)
            continue
        if not text:
            continue
        last = written[-1][0] if written else "\n"
        if is_wrapped or last[-1].isspace():
            text = text.lstrip()
        if not text:
            continue
        if is_wrapped and not last[-1].isspace() and needs_space(last, text):
            written[-1] = (f"{last} ", written[-1][1])
        is_wrapped = False
        written.append((text, line))
    while written and not written[-1][0].rstrip():
        written.pop()
    if written:
        written[-1] = (written[-1][0].rstrip(), written[-1][1])
    return written

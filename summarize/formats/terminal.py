"""A summary and its explanation for the terminal."""

from typing import TextIO

from summarize.document import Summary


class Terminal:
    """Draws."""

    def __init__(self, stream: TextIO, *, explain: bool, highlight: bool) -> None:
        raise NotImplementedError

    def render(self, summary: Summary, path: str | None = None) -> str:
        """Draw."""
        raise NotImplementedError

"""A summary as a page for the browser."""

from summarize.document import Summary


def to_html(summary: Summary, path: str | None = None) -> str:
    """Return a page."""
    raise NotImplementedError

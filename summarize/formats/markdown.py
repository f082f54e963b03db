"""A summary as Markdown, with a footnote for each sentence of the text that it comes from."""

from summarize.document import Summary


def to_markdown(summary: Summary, path: str | None = None) -> str:
    """Return the summary with footnotes."""
    raise NotImplementedError

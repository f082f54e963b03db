"""A summary as text for people."""

from summarize.summary import Summary


def to_text(summary: Summary) -> str:
    """Return the summary and a final line break."""
    return f"{summary.text}\n"


def heading(name: str) -> str:
    """Return the line that stands above the summary of one of several files, as `head` writes it."""
    return f"==> {name} <==\n"

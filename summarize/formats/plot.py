"""Drawings."""

from summarize.document import Summary


def plot_image(summary: Summary, suffix: str) -> bytes:
    """Return an image."""
    raise NotImplementedError

"""Not written yet."""

from summarize.document import Source
from summarize.inputs.table import Options


def recognise(content: bytes | Source, suffix: str) -> bool:
    """Return no."""
    return False


def read(content: bytes | Source, options: Options) -> list[Source]:
    """Return nothing."""
    return []

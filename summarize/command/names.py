"""Something to read, and what it is called."""

from pathlib import Path
from typing import NamedTuple

from summarize.text.printing import printable

STDIN = "-"
STDIN_NAME = "standard input"


class Input(NamedTuple):
    """Something to read.

    Args:
        name: the file or address as the user named it, or below the folder that the user named; `-` is standard input.
        inside: where it lies in the folder that the user named; else its own name.
        error: why it cannot be read, if that is known before.
    """

    name: str
    inside: Path
    error: str | None = None


def name_of(file: str) -> str:
    """Return what headings and messages call an input."""
    return STDIN_NAME if file == STDIN else printable(file)


def is_address(name: str) -> bool:
    """Return whether a name is that of something in the network."""
    if "://" not in name:
        return False
    from summarize.inputs.url import is_url

    return is_url(name)

"""Something to read, and what it is called."""

import re
from pathlib import Path
from typing import NamedTuple

from summarize.interface import _
from summarize.text.patterns import lazy_pattern
from summarize.text.printing import printable

_NUMBERED = lazy_pattern(r"(text|row|message) (\d+)((?:: .*)?)", re.DOTALL)

STDIN = "-"


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
    """Return what headings and messages call an input; a password in an address is left out."""
    if file == STDIN:
        return _("standard input")
    if "@" in file and is_address(file):
        from summarize.inputs.url import without_password

        return without_password(file)
    return printable(file)


def text_name_of(name: str) -> str:
    """Return what headings and messages call a text of a file that has several.

    Args:
        name: its own name, which is the same in every language: `text 2`, `row 3: Title`, `message 7: Subject`.
    """
    numbered = _NUMBERED.fullmatch(name)
    if numbered is None:
        return printable(name)
    kind = {"text": _("text {number}"), "row": _("row {number}"), "message": _("message {number}")}[numbered[1]]
    return kind.format(number=numbered[2]) + printable(numbered[3])


def is_address(name: str) -> bool:
    """Return whether a name is that of something in the network."""
    if "://" not in name:
        return False
    from summarize.inputs.url import is_url

    return is_url(name)

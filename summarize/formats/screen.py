"""Capabilities of the output: colours and line width."""

import os
from collections.abc import Mapping
from typing import Literal, TextIO

Color = Literal["auto", "always", "never"]
COLORS: tuple[Color, ...] = ("auto", "always", "never")
MIN_WIDTH, MAX_WIDTH = 30, 120  # columns; longer lines are hard to read
_DUMB = ("dumb", "unknown")  # terminals that print what should steer them
_USUAL_WIDTH = 80  # of a terminal that does not tell


def uses_color(choice: Color, stream: TextIO | None, environ: Mapping[str, str] = os.environ) -> bool:
    """Return whether to write in colours.

    With "auto", terminals that are not dumb get colours; NO_COLOR (no-color.org) disables them everywhere, otherwise
    FORCE_COLOR (force-color.org) enables them in files and pipes as well; both count only if not empty.

    Args:
        choice: what the user has asked for.
        stream: what is written to; None for a file.
        environ: the environment.
    """
    if choice != "auto":
        return choice == "always"
    if environ.get("NO_COLOR"):
        return False
    return bool(environ.get("FORCE_COLOR")) or (_is_terminal(stream) and environ.get("TERM", "").lower() not in _DUMB)


def columns(stream: TextIO | None, environ: Mapping[str, str] = os.environ) -> int | None:
    """Return how long lines may be, in columns; None for a file or a pipe, where no line is broken.

    It is what COLUMNS says, or else the terminal, but not so much that lines are hard to read.

    Args:
        stream: what is written to; None for a file.
        environ: the environment.
    """
    if stream is None or not _is_terminal(stream):
        return None
    told = environ.get("COLUMNS", "")
    width = int(told) if told.isascii() and told.isdigit() else 0
    if not width:
        try:
            width = os.get_terminal_size(stream.fileno()).columns
        except (OSError, ValueError):  # ValueError: it has no descriptor
            width = 0
    return max(MIN_WIDTH, min(width or _USUAL_WIDTH, MAX_WIDTH))


def _is_terminal(stream: TextIO | None) -> bool:
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # it is closed
        return False

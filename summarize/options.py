"""What the command's options and arguments may be, checked before anything is read."""

import codecs
import os
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

import click

from summarize.text.patterns import lazy
from summarize.text.printing import printable

Format = Literal["text", "markdown", "json", "html"]
FORMATS: tuple[Format, ...] = ("text", "markdown", "json", "html")
PLOT_SUFFIXES = (".png", ".svg")

STDIN = "-"
STDIN_NAME = "standard input"
_RATIO = lazy(r"\s*(\d+\.?\d*|\.\d+)\s*([%％]?)\s*")


def name_of(file: str) -> str:
    """Return what headings and messages call an input."""
    return STDIN_NAME if file == STDIN else printable(file)


def as_ratio(value: str) -> float:
    """Read a share of the text, `0.2` or `20%`.

    Raises:
        click.BadParameter: it is no number, or not above 0 and at most 1.
    """
    match = _RATIO.fullmatch(value)
    if match is None:
        raise click.BadParameter(f"'{value}' is not a share of the text; write it as 0.2 or 20%")
    number, percent = float(match[1]), bool(match[2])
    ratio = number / 100 if percent else number
    if not 0 < ratio <= 1:
        hint = f"; for {number:g} percent write {number:g}%" if 1 < ratio <= 100 and not percent else ""
        raise click.BadParameter(f"'{value}' is not above 0 and at most {'100%' if percent else '1'}{hint}")
    return ratio


def as_plot(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Check the name of a plot before anything is read.

    Raises:
        click.BadParameter: it is not that of a PNG or SVG.
    """
    if value is not None and value.suffix.lower() not in PLOT_SUFFIXES:
        raise click.BadParameter(f"'{printable(str(value))}' must end in {' or '.join(PLOT_SUFFIXES)}")
    return value


def as_encoding(value: str) -> str:
    """Check the name of an encoding before anything is read.

    Raises:
        click.BadParameter: Python knows no such encoding.
    """
    try:
        codecs.lookup(value)
    except (LookupError, ValueError):  # ValueError: a name that is not ASCII or has a NUL
        raise click.BadParameter(f"unknown encoding '{printable(value)}'; try utf-8, gb18030 or big5") from None
    return value


def as_output(ctx: click.Context, parameter: click.Parameter, value: str | None) -> Path | None:
    """Check the name of a file to write to before anything is read; `-` is standard output, None.

    Raises:
        click.BadParameter: it is no name of a file.
    """
    if value == "":
        raise click.BadParameter("the name of the output is empty; is a variable unset?")
    if value is not None and value.endswith(("/", os.sep)):
        raise click.BadParameter(f"'{printable(value)}' is a folder; name a file in it")
    return None if value is None or value == STDIN else Path(value)


def check_files(files: tuple[str, ...]) -> tuple[str, ...]:
    """Return what to read: the files, or standard input if there are none.

    Raises:
        click.UsageError: there is nothing to read, or it would be read twice.
    """
    if not files:
        if sys.stdin is None or sys.stdin.isatty():
            raise click.UsageError(
                "no file and nothing piped in; name a file, as in `summarize notes.txt`, or pipe a text in, "
                "as in `cat notes.txt | summarize`"
            )
        return (STDIN,)
    if files.count(STDIN) > 1:
        raise click.UsageError("standard input can be read only once; `-` is named more often")
    if "" in files:
        raise click.UsageError("the name of a file is empty; is a variable unset?")
    return files


def _identity(file: str | Path) -> tuple[int, int] | str:
    """Return what tells a file from all others, by whatever name; the name itself where there is no file."""
    with suppress(OSError, ValueError):  # ValueError: a NUL in it
        status = os.fstat(0) if file == STDIN else Path(file).stat()
        if stat.S_ISREG(status.st_mode):
            return status.st_dev, status.st_ino
    return str(Path(file).absolute())


def check_output(files: Sequence[str], output: Path | None, plot: Path | None) -> None:
    """Make sure that no file is written over that is to be read, or twice.

    Raises:
        click.UsageError: it would be.
    """
    if output is not None and plot is not None and _identity(output) == _identity(plot):
        raise click.UsageError(f"--output and --plot are the same file, '{printable(str(plot))}'; name another")
    inputs = {_identity(file): file for file in files}
    for path in filter(None, (output, plot)):
        if _identity(path) in inputs:
            name = name_of(inputs[_identity(path)])
            raise click.UsageError(f"'{name}' is an input and would be written over; name another file")

"""What the values of options may be, checked before anything is read."""

import codecs
from pathlib import Path

import click

from summarize.text.patterns import lazy
from summarize.text.printing import printable

PLOT_SUFFIXES = (".png", ".svg")

_RATIO = lazy(r"\s*(\d+\.?\d*|\.\d+)\s*([%％]?)\s*")


def as_ratio(value: str) -> float:
    """Read a share of the text, `0.2` or `20%`.

    Raises:
        click.BadParameter: it is no number, or not above 0 and at most 1.
    """
    match = _RATIO.fullmatch(value)
    if match is None:
        raise click.BadParameter(f"'{printable(value)}' is not a share of the text; write it as 0.2 or 20%")
    number, percent = float(match[1]), bool(match[2])
    ratio = number / 100 if percent else number
    if not 0 < ratio <= 1:
        hint = f"; for {number:g} percent write {number:g}%" if 1 < ratio <= 100 and not percent else ""
        raise click.BadParameter(f"'{value}' is not above 0 and at most {'100%' if percent else '1'}{hint}")
    return ratio


def as_encoding(value: str) -> str:
    """Check the name of an encoding.

    Raises:
        click.BadParameter: Python knows no such encoding.
    """
    try:
        codecs.lookup(value)
    except (LookupError, ValueError):  # ValueError: a name that is not ASCII or has a NUL
        raise click.BadParameter(f"unknown encoding '{printable(value)}'; try utf-8, gb18030 or big5") from None
    return value


def as_plot(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Check the name of a plot.

    Raises:
        click.BadParameter: it is not that of a PNG or SVG.
    """
    if value is not None and value.suffix.lower() not in PLOT_SUFFIXES:
        raise click.BadParameter(f"'{printable(str(value))}' must end in {' or '.join(PLOT_SUFFIXES)}")
    return value


def as_output(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check the name of a file or folder to write to; `-` is standard output, None.

    Raises:
        click.BadParameter: it is empty.
    """
    if value == "":
        raise click.BadParameter("the name of the output is empty; is a variable unset?")
    return None if value == "-" else value


def as_files(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Check the names of what to read.

    Raises:
        click.UsageError: one is empty, or standard input would be read twice.
    """
    if value.count("-") > 1:
        raise click.UsageError("standard input can be read only once; `-` is named more often")
    if "" in value:
        raise click.UsageError("the name of a file is empty; is a variable unset?")
    return value

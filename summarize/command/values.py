"""What the values of options may be, checked before anything is read."""

import os
from pathlib import Path
from typing import Any

import click

from summarize.interface import _, join_with_or
from summarize.text.patterns import lazy_pattern
from summarize.text.printing import printable

# Characters that web pages, word processors and Chinese input methods use instead of a hyphen.
_DASHES = ("\u2010", "\u2013", "\u2014", "\u2212", "\uff0d")
PLOT_SUFFIXES = (".png", ".svg")

_RATIO = lazy_pattern(r"\s*(\d+\.?\d*|\.\d+)\s*([%％]?)\s*")


class WholeNumber(click.IntRange):
    """A whole number, at least some other; click's own messages speak of integer ranges and x>=1."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read it.

        Raises:
            click.BadParameter: it is not one, or too small.
        """
        try:
            number = int(str(value))
        except ValueError:
            self.fail(_("'{value}' is not a whole number").format(value=printable(str(value))), param, ctx)
        if self.min is not None and number < self.min:
            problem = _("{number} is too small; the minimum is {least}")
            self.fail(problem.format(number=number, least=f"{self.min:g}"), param, ctx)
        return number


def as_query(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check a question before anything is read.

    Raises:
        click.BadParameter: it asks nothing.
    """
    if value is not None and not value.strip():
        raise click.BadParameter(_("the query is empty; write a question or some words"))
    return value


def as_ratio(value: str) -> float:
    """Read a share of the text, `0.2` or `20%`.

    Raises:
        click.BadParameter: it is no number, or not above 0 and at most 1.
    """
    match = _RATIO.fullmatch(value)
    if match is None:
        problem = _("'{value}' is not a share; write 0.2 or 20%")
        raise click.BadParameter(problem.format(value=printable(value)))
    number, percent = float(match[1]), bool(match[2])
    ratio = number / 100 if percent else number
    if not 0 < ratio <= 1:
        if 1 < ratio <= 100 and not percent:
            problem = _("'{value}' must be greater than 0 and at most {most}; for {number} percent write {number}%")
        else:
            problem = _("'{value}' must be greater than 0 and at most {most}")
        most = "100%" if percent else "1"
        raise click.BadParameter(problem.format(value=value, most=most, number=f"{number:g}"))
    return ratio


def as_encoding(value: str) -> str:
    """Check the name of an encoding.

    Raises:
        click.BadParameter: Python does not know the encoding, or it is not an encoding of text files, such as rot13.
    """
    from summarize.text.decoding import encoding_named

    if encoding_named(value) is None:
        problem = _("unknown encoding '{value}'; try utf-8, gb18030 or big5")
        raise click.BadParameter(problem.format(value=printable(value)))
    return value


def as_plot(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    """Check the name of a plot.

    Raises:
        click.BadParameter: it is not that of a PNG or SVG.
    """
    if value is not None and value.suffix.lower() not in PLOT_SUFFIXES:
        problem = _("'{name}' must end in {suffixes}")
        raise click.BadParameter(problem.format(name=printable(str(value)), suffixes=join_with_or(PLOT_SUFFIXES)))
    return value


def as_output(ctx: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Check the name of a file or folder to write to; `-` is standard output, None.

    Raises:
        click.BadParameter: it is empty.
    """
    if value == "":
        raise click.BadParameter(_("the output name is empty; is a shell variable unset?"))
    return None if value == "-" else value


def as_files(ctx: click.Context, parameter: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    """Check the names of what to read.

    Raises:
        click.UsageError: one is empty or a mistyped option, or standard input would be read twice.
    """
    if value.count("-") > 1:
        raise click.UsageError(_("standard input can be read only once, but `-` is given more than once"))
    if "" in value:
        raise click.UsageError(_("a file name is empty; is a shell variable unset?"))
    for name in value:
        if name.startswith(_DASHES) and not os.path.lexists(name):
            problem = _("'{name}' begins with a dash; options begin with a hyphen, -")
            raise click.UsageError(problem.format(name=printable(name)))
    return value

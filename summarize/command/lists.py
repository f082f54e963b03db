"""The names in a list of files."""

import os
import sys
from pathlib import Path

import click

from summarize.command.names import STDIN, name_of
from summarize.interface import _, os_reason

MAX_BYTES = 64 << 20  # of a list: a million names


def read_list(file: str) -> list[str]:
    """Return the names in a list, one per line or each ended by a NUL.

    Names are taken literally: they are not patterns, and `-` is a file.

    Raises:
        click.UsageError: the list cannot be read, or names no file.
    """
    name = name_of(file)
    try:
        if file != STDIN:
            with Path(file).open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
        elif sys.stdin is None:
            raise OSError(_("it is closed"))
        else:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        problem = _("--files-from: {name} cannot be read ({reason})")
        raise click.UsageError(problem.format(name=name, reason=os_reason(error))) from error
    if len(data) > MAX_BYTES:
        problem = _("--files-from: {name} is longer than {size} MB; is it a list of files?")
        raise click.UsageError(problem.format(name=name, size=MAX_BYTES >> 20))
    lines = data.split(b"\0") if b"\0" in data else (line.removesuffix(b"\r") for line in data.split(b"\n"))
    names = [os.fsdecode(line) for line in lines if line]
    if not names:
        raise click.UsageError(_("--files-from: {name} does not name any file").format(name=name))
    return [f"./{found}" if found == STDIN else found for found in names]

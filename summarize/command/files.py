"""What to read: from the names that the user gives to the inputs, in their order.

a name as it is -> a pattern that no shell has filled in -> the files in a folder -> the names in a list
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from summarize.command.names import STDIN, Input, is_address
from summarize.command.streams import file_behind, kind_of, program
from summarize.interface import _
from summarize.text.printing import printable

_PATTERN_CHARACTERS = frozenset("*?[")


def find_inputs(
    names: Sequence[str],
    *,
    listed: str | None = None,
    recursive: bool = False,
    avoid: Path | None = None,
    prints: bool = False,
) -> tuple[list[Input], list[str]]:
    """Find what the user wants to have read.

    Args:
        names: files, folders, addresses, patterns, or `-`.
        listed: the file with further names, or `-`; None if there is none.
        recursive: whether the files in folders are read.
        avoid: a folder that is written to, in which nothing is read.
        prints: whether standard output is written to; the file behind that, if any, is not read.

    Returns:
        The inputs, and a line for each folder of which something was left out.

    Raises:
        click.UsageError: there is nothing to read, or standard input is to be read twice.
    """
    if not names and listed is None:
        if sys.stdin is None or sys.stdin.isatty():
            problem = _(
                "no file and nothing piped in; name a file, as in `{command} notes.txt`, or pipe a text in, "
                "as in `cat notes.txt | {command}`"
            )
            raise click.UsageError(problem.format(command=program()))
        names = [STDIN]
    if listed == STDIN and STDIN in names:
        raise click.UsageError(_("standard input can be read only once; it is both a text and a list of files"))
    every = [name for pattern in names for name in filled_in(pattern)]
    if listed is not None:
        from summarize.command.lists import read_list

        every += read_list(listed)
    inputs: list[Input] = []
    notes: list[str] = []
    written = file_behind(sys.stdout) if prints else None
    for name in every:
        if name == STDIN or is_address(name) or kind_of(Path(name)) != "folder":
            error = _slip_in(name)
            if written and _file_named(name) == written:
                error = _("is the file that standard output is written to; write to another one")
            inputs.append(Input(name, Path(Path(name).name), error))
        elif recursive:
            from summarize.command.folders import find_in_folder

            found, note = find_in_folder(Path(name), avoid, written)
            inputs += found
            notes += note
        else:
            error = _("is a folder; add --recursive to read the files in it")
            inputs.append(Input(name, Path(Path(name).name), error))
    return inputs, notes


def _file_named(name: str) -> tuple[int, int] | None:
    """Return what tells a file from all others; None where there is none."""
    if name == STDIN:
        return file_behind(sys.stdin)
    try:
        status = os.stat(name)  # noqa: PTH116  # no path is made for every name
    except (OSError, ValueError):  # ValueError: a NUL in it
        return None
    return status.st_dev, status.st_ino


def _slip_in(name: str) -> str | None:
    """Return what is wrong with a name that a file should not have, or with an address; None if nothing is.

    It is the name of something in the network that cannot be fetched by it, or of what Word keeps beside an open file.
    """
    if os.path.basename(name).startswith("~$"):  # noqa: PTH119  # no path is made for every name
        return _("is what Word keeps while a document is open; name the document")
    scheme, mark = name.partition("://")[:2]
    if not (mark or name.startswith("www.")) or is_address(name) or os.path.lexists(name):
        return None
    if mark:
        problem = _("only http and https are fetched, not {scheme}; download it, and name the file")
        return problem.format(scheme=printable(scheme))
    return _("no such file; if it is the address of a page, write https://{name}").format(name=printable(name))


def filled_in(pattern: str) -> list[str]:
    """Return the names that fit a pattern, in order: one that is there as it is, or that nothing fits, is itself."""
    if _PATTERN_CHARACTERS.isdisjoint(pattern) or os.path.lexists(pattern) or is_address(pattern):
        return [pattern]
    from glob import glob

    return sorted(glob(pattern, recursive=True)) or [pattern]  # noqa: PTH207  # that of `Path` knows no root

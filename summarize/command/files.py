"""From the names on the command line to the inputs, in order.

a name -> an unexpanded pattern -> the files in a folder -> the names in a list
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from summarize.command.names import STDIN, Input, is_address
from summarize.command.streams import entry_type, program, stream_file_id
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
    """Find the inputs to read.

    Args:
        names: files, folders, addresses, patterns, or `-`.
        listed: the file with further names, or `-`; None if there is none.
        recursive: whether the files in folders are read.
        avoid: the output folder, which is not read.
        prints: whether the summary goes to standard output; a file that standard output is redirected to is not read.

    Returns:
        The inputs, and a line for each folder of which something was left out.

    Raises:
        click.UsageError: there is nothing to read, or standard input is to be read twice.
    """
    if not names and listed is None:
        if sys.stdin is None or sys.stdin.isatty():
            problem = _(
                "no input; name a file, as in `{command} notes.txt`, or pipe in a text, as in `cat notes.txt | "
                "{command}`"
            )
            raise click.UsageError(problem.format(command=program()))
        names = [STDIN]
    if listed == STDIN and STDIN in names:
        raise click.UsageError(_("standard input can be read only once; it cannot be both a text and a list of files"))
    every = [name for pattern in names for name in expand_pattern(pattern)]
    if listed is not None:
        from summarize.command.lists import read_list

        every += read_list(listed)
    inputs: list[Input] = []
    notes: list[str] = []
    written = stream_file_id(sys.stdout) if prints else None
    for name in every:
        if name == STDIN or is_address(name) or entry_type(Path(name)) != "folder":
            error = _name_error(name)
            if written and _file_named(name) == written:
                error = _("is the file that standard output goes to; write to another file")
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
    """Return device and inode of a file; None if there is no file."""
    if name == STDIN:
        return stream_file_id(sys.stdin)
    try:
        status = os.stat(name)  # noqa: PTH116  # no path is made for every name
    except (OSError, ValueError):  # ValueError: a NUL in it
        return None
    return status.st_dev, status.st_ino


def _name_error(name: str) -> str | None:
    """Return what is wrong with the name of a file or with an address; None if nothing is wrong.

    Found are addresses of other schemes than http and https, addresses without a scheme, and lock files of Word.
    """
    if os.path.basename(name).startswith("~$"):  # noqa: PTH119  # no path is made for every name
        return _("is a lock file that Word keeps while a document is open; name the document")
    scheme, mark = name.partition("://")[:2]
    if not (mark or name.startswith("www.")) or is_address(name) or os.path.lexists(name):
        return None
    if mark:
        problem = _("only http and https are fetched, not {scheme}; download it, and name the file")
        return problem.format(scheme=printable(scheme))
    return _("no such file; if it is a web address, write https://{name}").format(name=printable(name))


def expand_pattern(pattern: str) -> list[str]:
    """Return the names that match a pattern, in order; a name that exists or matches nothing stays as it is."""
    if _PATTERN_CHARACTERS.isdisjoint(pattern) or os.path.lexists(pattern) or is_address(pattern):
        return [pattern]
    from glob import glob

    return sorted(glob(pattern, recursive=True)) or [pattern]  # noqa: PTH207  # that of `Path` knows no root

"""What to read: from the names that the user gives to the inputs, in their order.

a name as it is -> a pattern that no shell has filled in -> the files in a folder -> the names in a list
"""

import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

import click

from summarize.command.streams import kind_of
from summarize.errors import InputError
from summarize.inputs.table import HEAD_BYTES, UNREADABLE, ZIP_MAGIC, Options, head_of, is_packed, may_be
from summarize.text.decoding import BYTE_ORDER_MARKS, decode
from summarize.text.printing import printable

STDIN = "-"
STDIN_NAME = "standard input"
MOST_LIST_BYTES = 64 << 20  # of a list of names: a million of them
_END_BYTES = 4 * HEAD_BYTES
_PATTERN_CHARACTERS = frozenset("*?[")


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


def find_inputs(
    names: Sequence[str], *, listed: str | None = None, recursive: bool = False, avoid: Path | None = None
) -> tuple[list[Input], list[str]]:
    """Find what the user wants to have read.

    Args:
        names: files, folders, addresses, patterns, or `-`.
        listed: the file with further names, or `-`; None if there is none.
        recursive: whether the files in folders are read.
        avoid: a folder that is written to, in which nothing is read.

    Returns:
        The inputs, and a line for each folder of which something was left out.

    Raises:
        click.UsageError: there is nothing to read, or standard input is to be read twice.
    """
    if not names and listed is None:
        if sys.stdin is None or sys.stdin.isatty():
            raise click.UsageError(
                "no file and nothing piped in; name a file, as in `summarize notes.txt`, or pipe a text in, "
                "as in `cat notes.txt | summarize`"
            )
        names = [STDIN]
    if listed == STDIN and STDIN in names:
        raise click.UsageError("standard input can be read only once; it is both a text and a list of files")
    every = [name for pattern in names for name in filled_in(pattern)] + (read_list(listed) if listed else [])
    inputs: list[Input] = []
    notes: list[str] = []
    for name in every:
        if name == STDIN or is_address(name) or kind_of(Path(name)) != "folder":
            inputs.append(Input(name, Path(Path(name).name)))
        elif recursive:
            found, note = find_in_folder(Path(name), avoid)
            inputs += found
            notes += note
        else:
            error = "is a folder; add --recursive to read the files in it"
            inputs.append(Input(name, Path(Path(name).name), error))
    return inputs, notes


def filled_in(pattern: str) -> list[str]:
    """Return the names that fit a pattern, in order: one that is there as it is, or that nothing fits, is itself."""
    if _PATTERN_CHARACTERS.isdisjoint(pattern) or os.path.lexists(pattern) or is_address(pattern):
        return [pattern]
    from glob import glob

    return sorted(glob(pattern, recursive=True)) or [pattern]  # noqa: PTH207  # that of `Path` knows no root


def read_list(file: str) -> list[str]:
    """Return the names in a list, each on a line of its own, or behind each a NUL.

    A name stands as it is: nothing in it is a pattern, and `-` is a file.

    Raises:
        click.UsageError: the list cannot be read, or names no file.
    """
    name = name_of(file)
    try:
        if file != STDIN:
            with Path(file).open("rb") as stream:
                data = stream.read(MOST_LIST_BYTES + 1)
        elif sys.stdin is None:
            raise OSError("it is closed")
        else:
            data = sys.stdin.buffer.read(MOST_LIST_BYTES + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or error
        raise click.UsageError(f"--files-from: {name} cannot be read ({reason})") from error
    if len(data) > MOST_LIST_BYTES:
        raise click.UsageError(
            f"--files-from: {name} is longer than {MOST_LIST_BYTES >> 20} MB; is it a list of files?"
        )
    lines = data.split(b"\0") if b"\0" in data else (line.removesuffix(b"\r") for line in data.split(b"\n"))
    names = [os.fsdecode(line) for line in lines if line]
    if not names:
        raise click.UsageError(f"--files-from: {name} names no file")
    return [f"./{found}" if found == STDIN else found for found in names]


def find_in_folder(folder: Path, avoid: Path | None = None) -> tuple[list[Input], list[str]]:
    """Return the files in a folder and its folders that may be read, in order, and in one line what was left out.

    Links to files are followed, those to folders are not, as they may lead in circles.

    Args:
        folder: to look into.
        avoid: a folder in it that is written to.
    """
    left_out: Counter[str] = Counter()
    found = [_looked_at(path, folder, left_out) for path in _files_in(folder, avoid, left_out)]
    inputs = sorted((one for one in found if one), key=lambda one: one.inside.parts)
    note = ", ".join(f"{count} {what}" for what, count in sorted(left_out.items()))
    name = printable(str(folder))
    if not inputs:
        reason = f"there is nothing to read in it{f' (left out: {note})' if note else ''}"
        return [Input(str(folder), Path(folder.name), reason)], []
    return inputs, [f"{name}: left out {note}"] if note else []


def _files_in(folder: Path, avoid: Path | None, left_out: Counter[str]) -> Iterator[Path | Input]:
    """Yield the files below a folder, and the folders that cannot be looked into, in no order."""
    barred = avoid.resolve() if avoid else None
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            with os.scandir(here) as found:
                entries = list(found)
        except OSError as error:
            yield Input(str(here), here.relative_to(folder), f"cannot be looked into ({error.strerror or error})")
            continue
        for entry in entries:
            path = here / entry.name
            if entry.name.startswith("."):
                left_out["hidden"] += 1
            elif not entry.is_dir():
                yield path
            elif entry.is_symlink():
                left_out["linked"] += 1
            elif path.resolve() == barred:
                left_out["written to"] += 1
            else:
                pending.append(path)


def _looked_at(path: Path | Input, folder: Path, left_out: Counter[str]) -> Input | None:
    """Return a file as an input, or None and count it if it is nothing to read."""
    if isinstance(path, Input):
        return path
    inside = path.relative_to(folder)
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # to read from a FIFO might take for ever
            left_out["no files"] += 1
            return None
        what = what_it_is(_ends_of(path), path.suffix.lower())
    except OSError:
        return Input(str(path), inside)  # whoever reads it says what is wrong
    if what == "readable":
        return Input(str(path), inside)
    left_out[what] += 1
    return None


def what_it_is(ends: bytes, suffix: str) -> Literal["readable", "empty", "binary", "no prose"]:
    """Return whether a file in a folder is one to read, by its first and last bytes.

    Args:
        ends: the bytes.
        suffix: of its name, in small letters.
    """
    if not ends:
        return "empty"
    candidates = list(may_be(head_of(ends), suffix))
    if is_packed(ends) or any(known.content == "bytes" for known in candidates):
        return "readable"
    if ends.startswith(ZIP_MAGIC) or any(ends.startswith(magic, offset) for offset, magic, _ in UNREADABLE):
        return "binary"
    is_wide = ends.startswith(tuple(mark for mark, _ in BYTE_ORDER_MARKS))
    if b"\0" in ends and not is_wide:
        return "binary"
    return "readable" if candidates or _is_prose(ends) else "no prose"


def _is_prose(head: bytes) -> bool:
    """Return whether a text is neither code nor data, by its first bytes; what cannot be decoded may be prose."""
    from summarize.inputs.refusal import refuse_no_prose

    try:
        source = decode(head)
    except InputError:
        return True
    try:
        refuse_no_prose(source, Options())
    except InputError:
        return False
    return True


def _ends_of(path: Path) -> bytes:
    """Return the first bytes of a file, and of an archive the last ones as well, where its members are listed."""
    with path.open("rb") as stream:
        head = stream.read(_END_BYTES)
        if len(head) < _END_BYTES or not head.startswith(ZIP_MAGIC):
            return head
        stream.seek(-_END_BYTES, os.SEEK_END)
        return head + stream.read(_END_BYTES)

"""Where the command writes: standard output and standard error."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal, TextIO

import click

from summarize.errors import ExitStatus
from summarize.interface import _, os_reason
from summarize.text.printing import printable


def called_by(info_name: str | None) -> str:
    """Return what messages call the command, which has more than one name: the last word of how it was started.

    Args:
        info_name: what click made of that: "zhaiyao", "python -m summarize"; None if it was not started as a command.
    """
    return printable((info_name or "summarize").rpartition(" ")[2].removesuffix(".exe"))


def program() -> str:
    """Return what messages call the command that is running."""
    context = click.get_current_context(silent=True)
    return called_by(context.find_root().info_name if context else None)


def complain(message: str, name: str | None = None) -> None:
    """Print one line on stderr.

    Args:
        message: what it says.
        name: of the command; None if it is running.
    """
    with suppress(OSError):  # a stderr that is full or closed is no reason to stop
        click.echo(printable(f"{name or program()}: {message}"), err=True)


def tell(text: str) -> None:
    """Print lines on stderr, such as where in the program an error happened."""
    with suppress(OSError):
        click.echo("\n".join(map(printable, text.split("\n"))), err=True, nl=False)


@contextmanager
def writing(name: str | None = None) -> Iterator[None]:
    """Write to stdout inside: a reader who has gone away ends the run quietly, a full disk with one line.

    Args:
        name: of the command; None if it is running.

    Raises:
        SystemExit: it could not be written.
    """
    try:
        yield
    except BrokenPipeError:
        status = ExitStatus.CLOSED_PIPE
    except OSError as error:
        problem = _("{name}: cannot be written ({reason})")
        complain(problem.format(name=_("standard output"), reason=os_reason(error)), name)
        status = ExitStatus.INPUT_FAILED
    else:
        return
    # What is left in the buffer would fail once more, and loudly, when Python closes stdout: let it go nowhere.
    with suppress(OSError, AttributeError):  # AttributeError: there is no stdout at all
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    sys.exit(status)


def show(text: str) -> None:
    """Write to stdout what the command says of itself, in the encoding of the terminal."""
    with writing():
        _check_open()
        click.echo(text, nl=False)


def _check_open() -> None:
    if sys.stdout is None:  # closed by the caller, `>&-`
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def write(text: str) -> None:
    """Write to stdout, at once and in UTF-8 whatever the locale, so that no character is lost."""
    with writing():
        _check_open()
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()


def file_behind(stream: TextIO | None) -> tuple[int, int] | None:
    """Return what tells the file that a stream leads from or to from all others; None where that is no file."""
    try:
        status = os.fstat(stream.fileno()) if stream is not None else None
    except (OSError, ValueError):  # ValueError: it is closed
        return None
    return (status.st_dev, status.st_ino) if status and stat.S_ISREG(status.st_mode) else None


def kind_of(path: Path) -> Literal["nothing", "file", "folder", "other"]:
    """Return what is there by a name, at the end of its links; nothing also where no such name can be."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # ValueError: a NUL in it
        return "nothing"
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"


def is_folder(name: str) -> bool:
    """Return whether a name to write to is that of a folder: it is there, or the name has a slash at its end."""
    return name.endswith(("/", os.sep)) or kind_of(Path(name)) == "folder"

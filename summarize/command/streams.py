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


def command_name(info_name: str | None) -> str:
    """Return the name of the command as it was started; it has more than one.

    Args:
        info_name: what click made of that: "zhaiyao", "python -m summarize"; None if it was not started as a command.
    """
    return printable((info_name or "summarize").rpartition(" ")[2].removesuffix(".exe"))


def program() -> str:
    """Return what messages call the command that is running."""
    context = click.get_current_context(silent=True)
    return command_name(context.find_root().info_name if context else None)


def print_error(message: str, name: str | None = None) -> None:
    """Print one line on stderr.

    Args:
        message: what it says.
        name: of the command; None if it is running.
    """
    with suppress(OSError):  # a full or closed stderr must not stop the run
        click.echo(printable(f"{name or program()}: {message}"), err=True)


def print_stderr(text: str) -> None:
    """Print lines to stderr, such as a traceback."""
    with suppress(OSError):
        click.echo("\n".join(map(printable, text.split("\n"))), err=True, nl=False)


@contextmanager
def writing(name: str | None = None) -> Iterator[None]:
    """Context for writing to stdout: a closed pipe ends the run quietly, a full disk with one line.

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
        print_error(problem.format(name=_("standard output"), reason=os_reason(error)), name)
        status = ExitStatus.INPUT_FAILED
    else:
        return
    # The rest of the buffer would fail again, with a traceback, when Python closes stdout: discard it.
    with suppress(OSError, AttributeError):  # AttributeError: there is no stdout at all
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    sys.exit(status)


def print_stdout(text: str) -> None:
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


def stream_file_id(stream: TextIO | None) -> tuple[int, int] | None:
    """Return device and inode of the file that a stream is redirected to or from; None if it is not a file."""
    try:
        status = os.fstat(stream.fileno()) if stream is not None else None
    except (OSError, ValueError):  # ValueError: it is closed
        return None
    return (status.st_dev, status.st_ino) if status and stat.S_ISREG(status.st_mode) else None


def entry_type(path: Path) -> Literal["nothing", "file", "folder", "other"]:
    """Return what kind of entry a path leads to, after following links; "nothing" also for an impossible name."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # ValueError: a NUL in it
        return "nothing"
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"


def is_folder(name: str) -> bool:
    """Return whether a name to write to is that of a folder: it is there, or the name has a slash at its end."""
    return name.endswith(("/", os.sep)) or entry_type(Path(name)) == "folder"

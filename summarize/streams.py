"""Where the command writes: standard output, standard error, and files."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from summarize.errors import ExitStatus, OutputError
from summarize.text.printing import printable

_DESCRIPTORS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")  # streams, whatever lies behind them


def complain(message: str) -> None:
    """Print one line on stderr."""
    with suppress(OSError):  # a stderr that is full or closed is no reason to stop
        click.echo(f"summarize: {printable(message)}", err=True)


@contextmanager
def writing() -> Iterator[None]:
    """Write to stdout inside: a reader who has gone away ends the run quietly, a full disk with one line.

    Raises:
        SystemExit: it could not be written.
    """
    try:
        yield
    except BrokenPipeError:
        status = ExitStatus.CLOSED_PIPE
    except OSError as error:
        complain(f"standard output: cannot be written ({error.strerror or error})")
        status = ExitStatus.INPUT_FAILED
    else:
        return
    # What is left in the buffer would fail once more, and loudly, when Python closes stdout: let it go nowhere.
    with suppress(OSError, AttributeError):  # AttributeError: there is no stdout at all
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    sys.exit(status)


def write(text: str) -> None:
    """Write to stdout, at once and in UTF-8 whatever the locale, so that no character is lost."""
    with writing():
        if sys.stdout is None:  # closed by the caller, `>&-`
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()


def write_file(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: one that is there is kept until then, and its permissions for ever.

    A link is followed. What is no file, such as a FIFO or /dev/stdout, is written to as it is.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        if _is_no_file(path):
            with path.open("ab") as stream:  # for /dev/stdout may be a file that something stands in
                stream.write(content)
            return
        target = path.resolve()
        if target.exists() and not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        partial = target.with_name(f".summarize.{os.getpid()}.partial")  # of any length the target's name may be
        try:
            partial.write_bytes(content)
            if target.exists():
                shutil.copymode(target, partial)
                with suppress(OSError):  # only root gives a file to somebody else
                    shutil.chown(partial, target.stat().st_uid, target.stat().st_gid)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
        reason = getattr(error, "strerror", None) or error
        raise OutputError(f"{printable(str(path))}: cannot be written ({reason})") from error


def _is_no_file(path: Path) -> bool:
    """Return whether a name stands for a stream or a device: there is nothing to replace."""
    return str(path.absolute()).startswith(_DESCRIPTORS) or (path.exists() and not path.is_file())

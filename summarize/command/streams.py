"""Where the command writes: standard output, standard error, and files."""

import errno
import os
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Literal

import click

from summarize.errors import ExitStatus, OutputError
from summarize.text.printing import printable

_DESCRIPTORS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")  # streams, whatever lies behind them


def called_by(info_name: str | None) -> str:
    """Return what messages call the command, which has more than one name: the last word of how it was started.

    Args:
        info_name: what click made of that: "zhaiyao", "python -m summarize"; None if it was not started as a command.
    """
    return (info_name or "summarize").rpartition(" ")[2].removesuffix(".exe")


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
        click.echo(f"{name or program()}: {printable(message)}", err=True)


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
        complain(f"standard output: cannot be written ({error.strerror or error})", name)
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


class WholeFile:
    """A file that is written whole or not at all: one that is there is kept until the end, its permissions for ever.

    It is written under another name beside its own, and takes its own where the `with` that it is used in ends well. A
    link is followed. What is no file, such as a FIFO or /dev/stdout, is written to as it is. Where nothing is written,
    not even nothing (`write(b"")`), nothing is done.

    Args:
        path: its name.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stream: BinaryIO | None = None
        self._target: Path | None = None  # None: it is written to as it is
        self._partial: Path | None = None

    def write(self, content: bytes) -> None:
        """Add to it.

        Raises:
            OutputError: it cannot be written.
        """
        with self._naming_it():
            self._stream = self._stream or self._open()
            self._stream.write(content)

    def __enter__(self) -> "WholeFile":
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        """End it: put it in its place unless something went wrong inside."""
        try:
            with self._naming_it():
                if self._stream:
                    self._stream.close()
                if self._partial and self._target and kind is None:
                    self._take_over(self._partial, self._target)
        finally:
            if self._partial:
                with suppress(OSError):  # its folder is none, or has gone
                    self._partial.unlink(missing_ok=True)

    def _open(self) -> BinaryIO:
        if is_stream(self._path):
            return self._path.open("ab")  # for /dev/stdout may be a file that something stands in
        self._target = self._path.resolve()
        if self._target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if self._target.exists() and not os.access(self._target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        # Of any length the target's name may be.
        self._partial = self._target.with_name(f".summarize.{os.getpid()}.partial")
        return self._partial.open("wb")

    @staticmethod
    def _take_over(partial: Path, target: Path) -> None:
        if target.exists():
            shutil.copymode(target, partial)
            with suppress(OSError):  # only root gives a file to somebody else
                shutil.chown(partial, target.stat().st_uid, target.stat().st_gid)
        partial.replace(target)

    @contextmanager
    def _naming_it(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
            reason = getattr(error, "strerror", None) or error
            raise OutputError(f"{printable(str(self._path))}: cannot be written ({reason})") from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file as `WholeFile` does.

    Raises:
        OutputError: it cannot be written.
    """
    with WholeFile(path) as file:
        file.write(content)


def kind_of(path: Path) -> Literal["nothing", "file", "folder", "other"]:
    """Return what is there by a name, at the end of its links; nothing also where no such name can be."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):  # ValueError: a NUL in it
        return "nothing"
    return "file" if stat.S_ISREG(mode) else "folder" if stat.S_ISDIR(mode) else "other"


def is_stream(path: Path) -> bool:
    """Return whether a name stands for a stream or a device: there is nothing to replace."""
    return str(path.absolute()).startswith(_DESCRIPTORS) or kind_of(path) == "other"


def is_folder(name: str) -> bool:
    """Return whether a name to write to is that of a folder: it is there, or the name has a slash at its end."""
    return name.endswith(("/", os.sep)) or kind_of(Path(name)) == "folder"

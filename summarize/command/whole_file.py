"""Files that the command writes, whole or not at all."""

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from summarize.command.streams import kind_of
from summarize.errors import OutputError
from summarize.interface import _, os_reason
from summarize.text.printing import printable

_DESCRIPTORS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")  # streams, whatever lies behind them


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
        partial = self._target.with_name(f".summarize.{os.urandom(8).hex()}.partial")
        stream = partial.open("xb")  # never what somebody else has put there
        self._partial = partial
        return stream

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
            reason = os_reason(error)
            if isinstance(error, FileNotFoundError):
                folder = printable(str(self._path.parent))
                reason = _("there is no folder '{folder}'; make it first").format(folder=folder)
            problem = _("{name}: cannot be written ({reason})")
            raise OutputError(problem.format(name=printable(str(self._path)), reason=reason)) from error


def write_file(path: Path, content: bytes) -> None:
    """Write a file as `WholeFile` does.

    Raises:
        OutputError: it cannot be written.
    """
    with WholeFile(path) as file:
        file.write(content)


def is_stream(path: Path) -> bool:
    """Return whether a name stands for a stream or a device: there is nothing to replace."""
    return str(path.absolute()).startswith(_DESCRIPTORS) or kind_of(path) == "other"

"""Atomic writing of files."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from summarize import ending
from summarize.command.streams import entry_type
from summarize.errors import OutputError
from summarize.interface import N_, _, os_reason
from summarize.text.printing import printable

_DESCRIPTORS = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/self/fd/")  # streams, whatever lies behind them


class AtomicFile:
    """A file that is written atomically: an existing file is kept until then, and its permissions are kept.

    It is written under an unpredictable temporary name in the same folder, and renamed when the context ends without an
    exception; otherwise, or on a signal, the temporary file is removed. The temporary file is never readable by anyone
    who could not read the old one. Symbolic links are followed. Anything that is not a regular file, such as a FIFO or
    /dev/stdout, is written to directly. If `write` is never called, no file is created.

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

    def __enter__(self) -> "AtomicFile":
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        """End it: put it in its place unless something went wrong inside."""
        try:
            with self._naming_it():
                if self._stream:
                    self._stream.close()
                if self._partial and self._target and kind is None:
                    self._partial.replace(self._target)
        finally:
            self._remove_partial()
            ending.unregister_cleanup(self._remove_partial)

    def _remove_partial(self) -> None:
        if self._partial:
            with suppress(OSError):  # its folder is none, or has gone
                self._partial.unlink(missing_ok=True)

    def _open(self) -> BinaryIO:
        if _is_descriptor(self._path):
            _refuse_closed(self._path)
        else:
            _refuse_foreign(self._path)
        if is_stream(self._path):
            return self._path.open("ab")  # for /dev/stdout may be a file that something stands in
        self._target = self._path.resolve()
        _refuse_foreign(self._target)
        if self._target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if self._target.exists() and not os.access(self._target, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        # Of any length the target's name may be.
        partial = self._target.with_name(f".summarize.{os.urandom(8).hex()}.partial")
        there = self._target.stat() if self._target.exists() else None
        # Never what somebody else has put there; Windows has one of the flags, and the others have none.
        flags = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"))
        with ending.defer_signals():
            descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL | flags, 0o600 if there else 0o666)
            self._partial = partial
            ending.register_cleanup(self._remove_partial)
        if there:
            _make_like(descriptor, there)
        return os.fdopen(descriptor, "wb")

    @contextmanager
    def _naming_it(self) -> Iterator[None]:
        try:
            yield
        except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
            reason = os_reason(error)
            if isinstance(error, FileNotFoundError):
                folder = printable(str(self._path.parent))
                reason = _("the folder '{folder}' does not exist; create it first").format(folder=folder)
            problem = _("{name}: cannot be written ({reason})")
            raise OutputError(problem.format(name=printable(str(self._path)), reason=reason)) from error


def _refuse_closed(path: Path) -> None:
    """Refuse a stream that was closed when this process started: its name would lead to something else, or to nothing.

    Raises:
        OSError: it is closed.
    """
    streams = {"stdout": sys.stdout, "1": sys.stdout, "stderr": sys.stderr, "2": sys.stderr}
    if path.name in streams and streams[path.name] is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def _refuse_foreign(path: Path) -> None:
    """Refuse what another user has put into a folder that all may write to, such as /tmp: a link, a FIFO, a file.

    Linux can refuse the same to all programs (fs.protected_symlinks and its like), but not every system is set up so.

    Raises:
        OSError: it is such a thing.
    """
    try:
        owner, folder = path.lstat().st_uid, path.parent.stat()
    except OSError:
        return  # whoever opens it says what is wrong
    is_shared = folder.st_mode & stat.S_ISVTX and folder.st_mode & stat.S_IWOTH
    if is_shared and owner not in (os.geteuid(), folder.st_uid):
        raise OSError(errno.EPERM, N_("it belongs to another user, in a folder that everyone may write to"))


def _make_like(descriptor: int, there: os.stat_result) -> None:
    """Give a new private file the owner, group and permissions of an existing one.

    Only root can change the owner. If the group cannot be kept, its permissions are reduced to those of others.
    """
    mode = stat.S_IMODE(there.st_mode) & 0o777
    if sys.platform != "win32":
        try:
            os.fchown(descriptor, -1, there.st_gid)
        except OSError:
            mode &= ~0o070 | (mode & 0o007) << 3
        with suppress(OSError):
            os.fchown(descriptor, there.st_uid, -1)
        os.fchmod(descriptor, mode)


def write_file(path: Path, content: bytes) -> None:
    """Write a file as `AtomicFile` does.

    Raises:
        OutputError: it cannot be written.
    """
    with AtomicFile(path) as file:
        file.write(content)


def is_stream(path: Path) -> bool:
    """Return whether a name stands for a stream or a device: there is nothing to replace."""
    return _is_descriptor(path) or entry_type(path) == "other"


def _is_descriptor(path: Path) -> bool:
    return str(path.absolute()).startswith(_DESCRIPTORS)

"""Storage of input and output: local folders, or anything `fsspec` can reach by an address such as s3://."""

import hashlib
import io
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO, Literal, NamedTuple, Protocol

from summarize.command.streams import entry_type
from summarize.command.whole_file import AtomicFile
from summarize.errors import InputError, MissingExtraError, OutputError, check_extra
from summarize.interface import _, os_reason
from summarize.text.printing import printable

PARTIAL = ".summarize.*.partial"  # as `AtomicFile` calls what it has not finished
_BLOCK_BYTES = 1 << 20  # that are asked of an object store at once


class StoredFile(NamedTuple):
    """A file in a store: how the store calls it, its size, and what changes when it is written."""

    path: str
    size: int
    mark: str


class CountedStream(io.RawIOBase):
    """A pass-through stream that counts and hashes what is written.

    Args:
        write: takes it.

    Attributes:
        size: bytes so far.
        digest: of them.
        is_cut_off: whether nothing passes any more.
    """

    def __init__(self, write: Any) -> None:
        super().__init__()
        self._write = write
        self.size: int = 0
        self.digest: hashlib._Hash = hashlib.sha256()
        self.is_cut_off = False

    def writable(self) -> bool:
        """Return that it can be written to."""
        return True

    def tell(self) -> int:
        """Return how much has passed."""
        return self.size

    def write(self, content: Any) -> int:
        """Pass bytes on."""
        data = bytes(content)
        if not self.is_cut_off:  # a packer that is thrown away still writes its end
            self.size += len(data)
            self.digest.update(data)
            self._write(data)
        return len(data)


class Store(Protocol):
    """A place for files. Paths are as the store itself calls them."""

    def kind_of(self, path: str) -> Literal["nothing", "file", "folder"]:
        """Return what is there by a name."""
        ...

    def find(self, path: str) -> list[StoredFile]:
        """Return a file, or the files below a folder that are not hidden, in the order of their names."""
        ...

    def open(self, path: str) -> BinaryIO:
        """Open a file to be read."""
        ...

    def read(self, paths: Sequence[str]) -> list[bytes]:
        """Return what is in small files."""
        ...

    def writing(self, path: str) -> Any:
        """Give a `CountedStream` to write a file to, which is there whole when the `with` ends well, or not at all."""
        ...

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files and folders, those that are there."""
        ...


def find_store(address: str) -> tuple[Store, str]:
    """Return the store of an address, and what it calls that.

    Args:
        address: a path, or an address with its scheme.

    Raises:
        MissingExtraError: a library is missing.
        InputError: there is no such kind of store.
    """
    address = absolute(address)
    if "://" not in address:
        return LocalStore(), address
    check_extra("batch", ("fsspec",))
    import fsspec

    try:
        system, path = fsspec.core.url_to_fs(address, use_listings_cache=False)
    except ImportError as error:  # which says what to install for it
        raise MissingExtraError(f"{printable(address)}: {error}") from None
    except ValueError as error:
        raise InputError(_("{name}: unsupported kind of store ({reason})").format(name=address, reason=error)) from None
    return RemoteStore(system), path.rstrip("/")


def absolute(address: str) -> str:
    """Return an address that holds in any folder and on any machine that sees the same files."""
    scheme, mark, rest = address.partition("://")
    if mark and scheme not in ("file", "local"):
        return address
    return os.path.abspath(rest if mark else address)  # noqa: PTH100  # which `Path` has no equal of


class LocalStore:
    """Files of this machine."""

    def kind_of(self, path: str) -> Literal["nothing", "file", "folder"]:
        """Return what is there by a name."""
        found = entry_type(Path(path))
        return "nothing" if found == "other" else found

    def find(self, path: str) -> list[StoredFile]:
        """Return a file, or the files below a folder."""
        if self.kind_of(path) == "file":
            return list(_found_here([path]))
        names: list[str] = []
        for folder, folders, files in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".")]
            names += [os.path.join(folder, name) for name in files if not name.startswith(".")]  # noqa: PTH118
        return list(_found_here(sorted(names)))

    def open(self, path: str) -> BinaryIO:
        """Open a file to be read."""
        return Path(path).open("rb")

    def read(self, paths: Sequence[str]) -> list[bytes]:
        """Return what is in small files."""
        return [Path(path).read_bytes() for path in paths]

    @contextmanager
    def writing(self, path: str) -> Iterator[CountedStream]:
        """Give a stream to write a file to."""
        try:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(_unwritten(path, error)) from error
        with AtomicFile(Path(path)) as file:
            file.write(b"")  # it is there although nothing is written
            with _cut_off_at_error(CountedStream(file.write)) as stream:
                yield stream

    def remove(self, paths: Sequence[str]) -> None:
        """Remove files and folders."""
        for path in paths:
            if self.kind_of(path) == "folder":
                shutil.rmtree(path, ignore_errors=True)
            else:
                Path(path).unlink(missing_ok=True)


def _found_here(paths: Iterable[str]) -> Iterator[StoredFile]:
    """Yield those of some names that are files; a link that leads nowhere is found to be none when it is read."""
    for path in paths:
        try:
            found = os.stat(path)  # noqa: PTH116  # no path is made for each of millions
        except OSError:
            yield StoredFile(path, 0, "")
            continue
        if stat.S_ISREG(found.st_mode):  # reading from a FIFO might block forever
            yield StoredFile(path, found.st_size, str(found.st_mtime_ns))


class RemoteStore:
    """Files that fsspec reaches.

    Args:
        system: a file system of fsspec.
    """

    def __init__(self, system: Any) -> None:
        self._system = system

    def kind_of(self, path: str) -> Literal["nothing", "file", "folder"]:
        """Return what is there by a name; the first thing that is asked of a store.

        Raises:
            InputError: it cannot be reached.
        """
        try:
            if self._system.isfile(path):
                return "file"
            return "folder" if self._system.isdir(path) else "nothing"
        except Exception as error:  # each store has its own
            reason = _("{name}: the store cannot be reached ({reason})")
            what = " ".join(f"{type(error).__name__}: {error}".split())
            raise InputError(reason.format(name=printable(path), reason=what)) from error

    def find(self, path: str) -> list[StoredFile]:
        """Return an object, or those whose names begin with that of a folder."""
        every = self._system.find(path, detail=True)
        return [
            StoredFile(name, int(about["size"] or 0), _mark_of(about))
            for name, about in sorted(every.items())
            if not any(part.startswith(".") for part in name[len(path) :].split("/"))
        ]

    def open(self, path: str) -> BinaryIO:
        """Open an object to be read."""
        return io.BufferedReader(self._system.open(path, "rb", block_size=_BLOCK_BYTES), _BLOCK_BYTES)

    def read(self, paths: Sequence[str]) -> list[bytes]:
        """Return what is in small objects, many of them at once."""
        found = self._system.cat(list(paths)) if paths else {}
        if isinstance(found, bytes):  # of a single one
            return [found]
        return [found[path] for path in paths]

    @contextmanager
    def writing(self, path: str) -> Iterator[CountedStream]:
        """Give a stream to write an object to, which is held in memory until it is whole, and sent at once."""
        held = io.BytesIO()
        with _cut_off_at_error(CountedStream(held.write)) as stream:
            yield stream
        try:
            self._send(path, held.getvalue())
        except OSError as error:
            raise OutputError(_unwritten(path, error)) from error

    def _send(self, path: str, content: bytes) -> None:
        try:
            self._system.pipe_file(path, content)
        except FileNotFoundError:  # a store that has folders
            self._system.makedirs(path.rpartition("/")[0], exist_ok=True)
            self._system.pipe_file(path, content)

    def remove(self, paths: Sequence[str]) -> None:
        """Remove objects, and those whose names begin so."""
        for path in paths:
            with suppress(FileNotFoundError):
                self._system.rm(path, recursive=True)


def _mark_of(about: dict[str, Any]) -> str:
    """Return what an object store says of the content of an object, or when it was written."""
    return str(next((about[key] for key in ("ETag", "etag", "md5Hash", "mtime", "LastModified") if about.get(key)), ""))


@contextmanager
def _cut_off_at_error(stream: CountedStream) -> Iterator[CountedStream]:
    try:
        yield stream
    finally:
        stream.is_cut_off = True


def _unwritten(path: str, error: OSError) -> str:
    reason = os_reason(error)
    return _("{name}: cannot be written ({reason})").format(name=printable(path), reason=reason)


def write_bytes(store: Store, path: str, content: bytes) -> None:
    """Write a small file, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    with store.writing(path) as stream:
        stream.write(content)

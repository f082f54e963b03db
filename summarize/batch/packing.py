"""Compressed rows (gzip, Zstandard) as streams, read and written incrementally."""

import gzip
import io
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, BinaryIO, cast

from summarize.errors import InputError, check_extra
from summarize.interface import _

PACKINGS = (".gz", ".zst")
_GZIP_LEVEL = 6
_BUFFER_BYTES = 1 << 18
_GZIP_FRAMES = 31  # of zlib: a head and a sum as gzip has them
_GZIP_FEED_BYTES = 1 << 16
_ZSTANDARD_FEED_BYTES = 1 << 12  # of which 4 may make 128 KiB


def packing_of(name: str) -> str:
    """Return the suffix by which a name says that a file is packed; empty if it does not."""
    return next((suffix for suffix in PACKINGS if name.lower().endswith(suffix)), "")


def check_packing(packing: str) -> None:
    """Make sure that files with a suffix can be unpacked.

    Raises:
        MissingExtraError: the library is missing.
    """
    if packing == ".zst" and sys.version_info < (3, 14):
        check_extra("archives", ("zstandard",))


def unpacked(stream: BinaryIO, packing: str) -> BinaryIO:
    """Return the stream of what is in a packed one; `report_damage` tells what is wrong with it."""
    if packing == ".gz":
        frames = _Frames(lambda: zlib.decompressobj(_GZIP_FRAMES), stream, _GZIP_FEED_BYTES)
    elif packing == ".zst":
        frames = _Frames(_zstandard_frames(), stream, _ZSTANDARD_FEED_BYTES)
    else:
        return stream
    return cast(BinaryIO, io.BufferedReader(frames, _BUFFER_BYTES))


def packing_stream(stream: Any, packing: str) -> Any:
    """Return a stream that packs what is written to it; when it is closed the other one stays open."""
    if packing == ".gz":
        return gzip.GzipFile(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=stream, mtime=0)
    if packing == ".zst":
        if sys.version_info >= (3, 14):
            return import_module("compression.zstd").ZstdFile(stream, "wb")
        return import_module("zstandard").ZstdCompressor().stream_writer(stream, closefd=False)
    return _Unclosed(stream)


class _Unclosed:
    """A stream that somebody else closes.

    Args:
        stream: the stream.
    """

    def __init__(self, stream: Any) -> None:
        self.write: Callable[[bytes], int] = stream.write

    def close(self) -> None:
        """Do nothing."""


def _zstandard_frames() -> Callable[[], Any]:
    """Return what makes what unpacks a frame of Zstandard."""
    if sys.version_info >= (3, 14):
        return cast(Callable[[], Any], import_module("compression.zstd").ZstdDecompressor)
    return cast(Callable[[], Any], import_module("zstandard").ZstdDecompressor().decompressobj)


class _Frames(io.RawIOBase):
    """What is in frames, one after the other, up to where they are damaged.

    The libraries' own readers take a frame that is cut off for a whole one, or lose what stands before the damage.

    Args:
        make: makes what unpacks a frame.
        stream: the frames.
        feed_bytes: how much is unpacked at once, which bounds what comes out of a bomb.
    """

    def __init__(self, make: Callable[[], Any], stream: BinaryIO, feed_bytes: int) -> None:
        super().__init__()
        self._make = make
        self._stream = stream
        self._feed_bytes = feed_bytes
        self._frame: Any = None
        self._packed = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill a buffer as far as there is something."""
        while not self._ready:
            self._packed = self._packed or self._stream.read(self._feed_bytes)
            if not self._packed:
                if self._frame is not None:
                    raise EOFError
                return 0
            self._frame = self._frame or self._make()
            self._ready = memoryview(self._frame.decompress(self._packed))
            self._packed = self._frame.unused_data.lstrip(b"\0")  # with which gzip may be filled up
            if self._frame.eof:
                self._frame = None
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size


@contextmanager
def report_damage(name: str) -> Iterator[None]:
    """Tell damage of what is packed, rather than what went wrong with its store.

    Args:
        name: of the file.

    Raises:
        InputError: it is damaged.
    """
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise _damage(name) from error
    except Exception as error:
        if type(error).__name__ != "ZstdError":
            raise
        raise _damage(name) from error


def _damage(name: str) -> InputError:
    return InputError(_("{name}: is damaged or truncated and cannot be decompressed any further").format(name=name))

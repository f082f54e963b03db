"""Packed files, told by their first bytes: gzip, xz, bzip2 and Zstandard, of a file of any format, to what is in them.

What comes out is bounded before it is held: a bomb, a small file that unpacks to a huge one, is refused while it does.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from io import BytesIO
from pathlib import PurePath
from typing import IO, Any, cast

from summarize.errors import InputError, check_extra
from summarize.inputs.table import GZIP_MAGIC, XZ_MAGIC, ZSTANDARD_MAGIC, Options, is_packed
from summarize.inputs.whole import MAX_BYTES
from summarize.interface import _

MAX_RATIO = 400  # of the bytes that come out to those that went in; that of text is 3 to 10, of logs at most 100
FREE_BYTES = 16 << 20  # that may come out whatever the ratio
MAX_LAYERS = 3
_CHUNK_BYTES = 1 << 20
_FEED_BYTES = 1 << 10  # given to Zstandard at once: it has no other bound, and makes 128 KiB of 4 bytes
_MAX_WINDOW_BYTES = 128 << 20  # that Zstandard may ask for, as its own command has it


def unpack(data: bytes, options: Options) -> tuple[bytes, Options]:
    """Unpack what is packed, up to three times.

    Args:
        data: packed bytes.
        options: what is known of them.

    Returns:
        What is in them, and what is known of that: its name may end in another suffix.

    Raises:
        InputError: it is damaged or cut off, a bomb, or packed again.
        MissingExtraError: the library for Zstandard is missing.
    """
    inner = PurePath(options.name)
    for _layer in range(MAX_LAYERS):
        data = _unpacked(data, options.name)
        if inner.suffix.lower() == options.suffix:
            inner = inner.with_suffix("")
            options = replace(options, suffix=inner.suffix.lower())
        if not is_packed(data):
            return data, options
    raise InputError(
        _("{name}: is compressed in more than {most} layers; decompress it first").format(
            name=options.name, most=MAX_LAYERS
        )
    )


def _unpacked(data: bytes, name: str) -> bytes:
    chunks: list[bytes] = []
    num_bytes = 0
    for chunk in _chunks(data, name):
        num_bytes += len(chunk)
        if num_bytes > MAX_BYTES:
            raise InputError(
                _("{name}: expands to more than {most} MB; decompress it first and use a part of it").format(
                    name=name, most=MAX_BYTES >> 20
                )
            )
        if num_bytes > max(FREE_BYTES, MAX_RATIO * len(data)):
            raise InputError(
                _("{name}: expands to more than {ratio} times its size, which is too much for text").format(
                    name=name, ratio=MAX_RATIO
                )
            )
        chunks.append(chunk)
    return b"".join(chunks)


def _chunks(data: bytes, name: str) -> Iterator[bytes]:
    """Yield what is in packed bytes, bit by bit."""
    import zlib
    from lzma import LZMAError

    damage: tuple[type[Exception], ...] = (EOFError, OSError, ValueError, MemoryError, zlib.error, LZMAError)
    try:
        if data.startswith(ZSTANDARD_MAGIC):
            make, error = _zstandard()
            damage = (*damage, error)
            yield from _zstandard_chunks(data, make)
        else:
            with _stream(data) as stream:
                while chunk := stream.read(_CHUNK_BYTES):
                    yield chunk
    except damage:
        raise InputError(
            _("{name}: is damaged or truncated and cannot be decompressed; download it again").format(name=name)
        ) from None


def _stream(data: bytes) -> IO[bytes]:
    if data.startswith(GZIP_MAGIC):
        import gzip

        return cast(IO[bytes], gzip.GzipFile(fileobj=BytesIO(data)))
    if data.startswith(XZ_MAGIC):
        import lzma

        return lzma.LZMAFile(BytesIO(data))
    import bz2

    return bz2.BZ2File(BytesIO(data))


def _zstandard() -> tuple[Any, type[Exception]]:
    """Return what makes a decompressor of Zstandard, and its error. Python has one of its own from 3.14 on."""
    if sys.version_info >= (3, 14):
        own = import_module("compression.zstd")
        return own.ZstdDecompressor, own.ZstdError
    check_extra("archives", ("zstandard",))
    library = import_module("zstandard")
    return library.ZstdDecompressor(max_window_size=_MAX_WINDOW_BYTES).decompressobj, library.ZstdError


def _zstandard_chunks(data: bytes, make: Any) -> Iterator[bytes]:
    """Yield what is in the frames of Zstandard, one after the other."""
    position = 0
    while position < len(data):
        decompressor = make()
        while not decompressor.eof:
            piece = data[position : position + _FEED_BYTES]
            if not piece:
                raise EOFError
            position += len(piece)
            yield decompressor.decompress(piece)
        position -= len(decompressor.unused_data)

"""Reads all bytes of a file or a stream, up to a limit: an endless stream would exhaust the memory."""

import os
from typing import BinaryIO

from summarize.errors import InputError
from summarize.interface import _

MAX_BYTES = 512 << 20  # packed or not; a novel of Tolstoy's has 3 MB, a book with pictures seldom 100
_CHUNK_BYTES = 1 << 20


def read_all(stream: BinaryIO, name: str) -> bytes:
    """Return what is left of a stream.

    Args:
        stream: is not closed.
        name: how messages call it.

    Raises:
        InputError: it is longer than `MAX_BYTES`. Of a file nothing is read then.
        OSError: it cannot be read.
    """
    size = _size_of(stream)
    chunks: list[bytes] = []
    num_bytes = size if size > MAX_BYTES else 0
    while num_bytes <= MAX_BYTES:
        chunk = stream.read(max(size + 1, _CHUNK_BYTES))  # of a file all, and whether there is more
        if not chunk:
            return chunks[0] if len(chunks) == 1 else b"".join(chunks)
        chunks.append(chunk)
        num_bytes += len(chunk)
    message = _("{name}: is larger than {most} MB; split it and summarize the parts")
    raise InputError(message.format(name=name, most=MAX_BYTES >> 20))


def _size_of(stream: BinaryIO) -> int:
    """Return the size of the file that a stream reads; 0 if there is none."""
    try:
        return os.fstat(stream.fileno()).st_size
    except (OSError, AttributeError):  # one in memory, a pipe that is closed
        return 0

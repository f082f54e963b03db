"""Rows of lines, JSON Lines and CSV: those that begin within a range of bytes, of a file that may be packed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, NamedTuple

from summarize.batch.packing import packing_of, report_damage, unpacked
from summarize.batch.stores import Store
from summarize.batch.task import Piece

MAX_BYTES = 256 << 20  # of a line, and of a row of CSV
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CHUNK_BYTES = 1 << 20


class Line(NamedTuple):
    """A line of a file.

    Args:
        start: where it begins, in bytes.
        end: where the next one begins.
        content: its bytes, with its line break; None if it is too long to be held.
    """

    start: int
    end: int
    content: bytes | None


@contextmanager
def open_unpacked(store: Store, path: str, name: str) -> Iterator[BinaryIO]:
    """Open a file, unpacked.

    Args:
        store: where it lies.
        path: how that calls it.
        name: how messages call it.

    Raises:
        InputError: what is packed in it is damaged.
    """
    with store.open(path) as stream, report_damage(name):
        yield unpacked(stream, packing_of(path))


def lines_from(stream: BinaryIO, start: int) -> Iterator[Line]:
    """Yield the lines of a stream that stands where a line begins.

    Args:
        stream: the stream.
        start: where it stands.
    """
    while content := stream.readline(MAX_BYTES):
        size = len(content)
        is_complete = size < MAX_BYTES or content.endswith(b"\n")
        if not is_complete:
            content = b""
            size += _skip_line(stream)
        if start == 0:
            content = content.removeprefix(BYTE_ORDER_MARK)
        yield Line(start, start + size, content if is_complete else None)
        start += size


def _skip_line(stream: BinaryIO) -> int:
    """Read to the end of the line and return how many bytes that were."""
    size = 0
    while rest := stream.readline(_CHUNK_BYTES):
        size += len(rest)
        if rest.endswith(b"\n"):
            break
    return size


def lines_of(piece: Piece, store: Store) -> Iterator[Line]:
    """Yield the lines that begin in a piece.

    Raises:
        InputError: what is packed is damaged; lines before that have been yielded.
    """
    if piece.start >= piece.end:
        return
    with open_unpacked(store, piece.path, piece.files[0].name) as stream:
        start = piece.start
        if start:
            stream.seek(start - 1)  # a line that begins before is not ours, wherever it ends
            start += _skip_line(stream) - 1
        for line in lines_from(stream, start):
            if line.start >= piece.end:
                return
            yield line

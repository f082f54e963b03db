"""What jieba knows, in shards, and the file in the user's cache folder that has them.

There is one piece ("shard") for each character, in one file, made from jieba's files (`dictionary_making`) for each
edition of those that is installed:

    header    magic, version, size and time of dict.txt, sum of all frequencies, start and transition probabilities (12
              doubles), number of shards, checksum of the index, checksum of the header
    index     three columns of uint32: characters in order, ends of shards, checksums of shards
    shards    frequency and emission probabilities of the character; its second characters; and for each of those the
              words that begin with the pair, each followed by its frequency (UTF-8)

Numbers are in the byte order of the machine: on another kind of machine the version does not read as ours. The file is
data only, nothing in it can run, and it is trusted only where nobody but the user could have written it. It is read
piece by piece and each is checked, so that it may be cut off, replaced or removed at any time.
"""

import os
import stat
import struct
import sys
import weakref
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from summarize.user_folders import user_folder
from summarize.value import value

NEVER = -3.14e100  # jieba's log probability of what its model has not seen

# The tags of a character in a word, and the possible transitions: B begin, M middle, E end, S single.
TAGS = "BMES"
TRANSITIONS = ("BM", "BE", "MM", "ME", "EB", "ES", "SB", "SS")

CACHE_NAME = "jieba-data"
_MAGIC = b"SUMWORDS"
_FORMAT_VERSION = 1
HEADER = struct.Struct("=8sIQqQ12dIII")  # the last field is the checksum of all before it
_SHARD_HEAD = struct.Struct("=i4dI")  # frequency, emission, number of second characters
UINT32_BYTES = 4
_NUM_COLUMNS = 3
_UTF32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"

Emission = tuple[float, ...]


@value
class HiddenMarkovModel:
    """Log probabilities of the places of characters in words; `NEVER` for what was not seen.

    Args:
        start: for each of `TAGS`, that a run of characters begins with it.
        transition: for each of `TRANSITIONS`, that the second place follows the first.
        emission: for each character four numbers, that each of `TAGS` is taken by it.
    """

    start: tuple[float, ...]
    transition: tuple[float, ...]
    emission: Mapping[str, Emission]


class UnusableCacheError(Exception):
    """The cache file is damaged, foreign, out of date, or within the reach of others."""


class Shard(NamedTuple):
    """What begins with one character.

    Args:
        frequency: of the character as a word, 0 if it only begins words, -1 if it does not even that.
        emission: of the character.
        seconds: the characters that stand second in a word.
        ends: for each of `seconds`, where its words end in `words`, in bytes.
        words: for each of `seconds`, the words with it and their beginnings: "word frequency word frequency ...".
    """

    frequency: int
    emission: Emission
    seconds: str
    ends: "array[int]"  # the class takes no brackets at run time before Python 3.12
    words: bytes

    def group(self, position: int) -> str:
        """Return the part of `words` for one of `seconds`."""
        return self.words[self.ends[position - 1] if position else 0 : self.ends[position]].decode()

    def encode(self) -> bytes:
        """Return the bytes of the cache file."""
        head = _SHARD_HEAD.pack(self.frequency, *self.emission, len(self.seconds))
        return head + self.seconds.encode(_UTF32) + self.ends.tobytes() + self.words

    @classmethod
    def decode(cls, data: bytes) -> "Shard":
        """Read what `encode` returned."""
        frequency, *emission, num_seconds = _SHARD_HEAD.unpack_from(data)
        ends_start = _SHARD_HEAD.size + UINT32_BYTES * num_seconds
        words_start = ends_start + UINT32_BYTES * num_seconds
        seconds = data[_SHARD_HEAD.size : ends_start].decode(_UTF32)
        return cls(frequency, tuple(emission), seconds, array("I", data[ends_start:words_start]), data[words_start:])


EMPTY_SHARD = Shard(-1, (NEVER,) * len(TAGS), "", array("I"), b"")


class CachedShards:
    """The cache file; its shards are checked as they are read.

    Raises:
        UnusableCacheError: the file cannot be trusted or was not made from `source` by this program.
        OSError: there is no file, or it cannot be read.
    """

    def __init__(self, source: Path, folder: Path | None) -> None:
        if folder is None or not is_private(folder.stat()):
            raise UnusableCacheError
        self._file = _PrivateFile(folder / cache_file(source))
        header = self._file.read(0, HEADER.size)
        if len(header) < HEADER.size:
            raise UnusableCacheError
        *fields, num_shards, index_checksum, checksum = HEADER.unpack(header)
        _check(header[:-UINT32_BYTES], checksum)
        *identity, total = fields[:5]
        self.total: int = total
        if tuple(identity) != build_identity(source):
            raise UnusableCacheError
        probabilities = tuple(fields[5:])
        self.start: tuple[float, ...] = probabilities[: len(TAGS)]
        self.transition: tuple[float, ...] = probabilities[len(TAGS) :]
        index = self._file.read(HEADER.size, _NUM_COLUMNS * UINT32_BYTES * num_shards)
        self._body = HEADER.size + len(index)
        _check(index, index_checksum)
        columns = memoryview(index).cast("I")
        self._characters = columns[:num_shards]
        self._ends = columns[num_shards : 2 * num_shards]
        self._checksums = columns[2 * num_shards :]

    def list_characters(self) -> list[str]:
        """Return every character that has a shard, in order."""
        return [chr(character) for character in self._characters]

    def read(self, character: str) -> Shard:
        """Return the shard of `character`; an empty one if nothing is known of it.

        Raises:
            UnusableCacheError: the shard is damaged.
        """
        position = bisect_left(self._characters, ord(character))
        if position == len(self._characters) or self._characters[position] != ord(character):
            return EMPTY_SHARD
        start = self._ends[position - 1] if position else 0
        data = self._file.read(self._body + start, self._ends[position] - start)
        _check(data, self._checksums[position])
        return Shard.decode(data)


def build_identity(source: Path) -> tuple[bytes, int, int, int]:
    """Return the fields of the header by which a cache is known to be ours and of this dictionary.

    Size and time stand for the content, as in Python's own .pyc files: to read it would double the cost.
    """
    status = source.stat()
    return _MAGIC, _FORMAT_VERSION, status.st_size, status.st_mtime_ns


def cache_file(source: Path) -> str:
    """Return the name of the cache file that is made from a dictionary: two editions do not write over each other."""
    identity = (*build_identity(source), sys.byteorder)
    return f"{CACHE_NAME}-{zlib.crc32(repr(identity).encode()):08x}.bin"


def _check(data: bytes, checksum: int) -> None:
    if zlib.crc32(data) != checksum:
        raise UnusableCacheError


def cache_folder() -> Path | None:
    """Return the folder for our cache file, which need not exist; None if the user has no home."""
    folder = user_folder("cache")
    return folder if folder.is_absolute() else None


def is_private(status: os.stat_result) -> bool:
    """Whether a file or folder is the user's own and nobody else may write to it."""
    if sys.platform == "win32":
        return True  # the folder lies in the user's profile, which Windows keeps from others
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


class _PrivateFile:
    """A file of the user's own. Parts of it are read: if it were mapped, most of its 8 MB would soon be in memory.

    Raises:
        UnusableCacheError: it is no file, or others may write to it.
        OSError: there is none, or it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        # Follow no link, and do not wait for the other end of a pipe; Windows has neither flag, and needs the last.
        flags = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
        self._descriptor = os.open(path, os.O_RDONLY | flags)
        weakref.finalize(self, os.close, self._descriptor)
        status = os.fstat(self._descriptor)
        if not (stat.S_ISREG(status.st_mode) and is_private(status)):
            raise UnusableCacheError

    def read(self, start: int, size: int) -> bytes:
        """Return a part of it, which is shorter if the file is; only one thread may read at a time."""
        if sys.platform == "win32":
            os.lseek(self._descriptor, start, os.SEEK_SET)
            return os.read(self._descriptor, size)
        return os.pread(self._descriptor, size, start)  # which a process made by `fork` may do as well

"""jieba's data in pieces: one for each character, read when a text first shows that character.

Reading all of jieba's words takes 0.6 to 1 s and importing its hidden Markov model 0.05 to 0.3 s, while a text
needs a few per cent of both. At some place of a text only the words that begin with the character there matter;
so whoever has the pieces of all characters of a text has, for that text, the whole dictionary.

The pieces ("shards") lie in one file in the user's cache folder, made from jieba's files at the first use:

    header    magic, version, size and time of dict.txt, sum of all frequencies, start and transition
              probabilities (12 doubles), number of shards, checksum of the index, checksum of the header
    index     four columns of uint32: characters, ends of shards, bytes of their words, checksums of shards
    shards    emission probabilities (4 doubles), words joined by line breaks (UTF-8), frequencies (uint32)

Numbers are in the byte order of the machine: on another kind of machine the version does not read as ours. The
file is data only, nothing in it can run, and it is trusted only where nobody but the user could have written it.
What cannot be trusted or read is made again; what cannot be written is kept in memory. Neither changes a result.
"""

import contextlib
import mmap
import os
import stat
import struct
import sys
import tempfile
import threading
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

CACHE_FILE = "jieba-data.bin"
NEVER = -3.14e100  # jieba's log probability of what its model has not seen

# The places a character can have in a word, and which can follow which: B begins, M inside, E ends, S alone.
PLACES = "BMES"
TRANSITIONS = ("BM", "BE", "MM", "ME", "EB", "ES", "SB", "SS")

_MAGIC = b"SUMWORDS"
_FORMAT_VERSION = 1
_HEADER = struct.Struct("=8sIQqQ12dIII")  # the last field is the checksum of all before it
_EMISSION = struct.Struct("=4d")
_UINT32_BYTES = 4
_NUM_COLUMNS = 4
_UTF32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"

Emission = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class HiddenMarkovModel:
    """Log probabilities of the places of characters in words; `NEVER` for what was not seen.

    Args:
        start: for each of `PLACES`, that a run of characters begins with it.
        transition: for each of `TRANSITIONS`, that the second place follows the first.
        emission: for each character four numbers, that each of `PLACES` is taken by it.
    """

    start: tuple[float, ...]
    transition: tuple[float, ...]
    emission: Mapping[str, Emission]


class WordDictionary:
    """Words, their frequencies and the model for unknown words, as far as the texts seen so far need them.

    Any number of threads may call `load`; what is there once stays.

    Args:
        source: jieba's dictionary: a word, its frequency and its class on each line, in UTF-8.
        read_model: returns jieba's model; called only where there is no usable cache file.
        folder: where the cache file lies or shall lie; created if missing. None keeps everything in memory.

    Attributes:
        frequencies: frequency of every word, and 0 for every beginning of a word that is not one itself;
            complete for the first characters loaded, empty for all others.
        total: sum of the frequencies of the whole dictionary.
        model: `emission` holds the characters loaded.

    Raises:
        OSError: `source` cannot be read.
        ValueError: `source` is not such a dictionary.
    """

    def __init__(self, source: Path, read_model: Callable[[], HiddenMarkovModel], folder: Path | None) -> None:
        self._source = source
        self._read_model = read_model
        self._folder = folder
        self._loaded: set[str] = set()
        self._lock = threading.Lock()
        self._shards: _CachedShards | _SourceShards
        try:
            self._shards = _CachedShards(source, folder)
        except (_UnusableCacheError, OSError):
            self._shards = self._rebuild()
        self.total = self._shards.total
        self.frequencies: dict[str, int] = {}
        self._emission: dict[str, Emission] = {}
        self.model = HiddenMarkovModel(self._shards.start, self._shards.transition, self._emission)

    def load(self, text: str) -> None:
        """Make everything complete for the characters of `text` and the words that can begin in it."""
        if self._loaded.issuperset(text):
            return
        with self._lock:
            for character in set(text) - self._loaded:
                try:
                    shard = self._shards.read(character)
                except _UnusableCacheError:
                    self._shards = self._rebuild()
                    shard = self._shards.read(character)
                self._emission[character], frequencies = shard
                self.frequencies.update(frequencies)
                self._loaded.add(character)

    def _rebuild(self) -> "_SourceShards":
        """Cut up jieba's files, and leave a cache for the next run if there is a place for it."""
        shards = _SourceShards(self._source, self._read_model())
        if self._folder is not None:
            # Read-only, full, another user's: the shards in memory do as well.
            with contextlib.suppress(OSError):
                _write_cache(shards, self._folder)
        return shards


_Shard = tuple[Emission, dict[str, int]]
_UNSEEN: Emission = (NEVER,) * len(PLACES)


class _UnusableCacheError(Exception):
    """The cache file is damaged, foreign, out of date, or within the reach of others."""


class _SourceShards:
    """jieba's own files, cut up in memory: the way where there is no cache, 0.3 to 0.6 s slower."""

    def __init__(self, source: Path, model: HiddenMarkovModel) -> None:
        self.identity = _identify(source)
        self.start, self.transition = model.start, model.transition
        self._emission = model.emission
        self.total = 0
        self._lines_of: dict[str, list[str]] = {}
        for line in source.read_text(encoding="utf-8").strip("\n").split("\n"):
            self._lines_of.setdefault(line[0], []).append(line)
            self.total += int(line.split(" ", 2)[1])

    def characters(self) -> Iterator[str]:
        """Yield every character that has a shard."""
        yield from self._lines_of
        yield from (character for character in self._emission if character not in self._lines_of)

    def read(self, character: str) -> _Shard:
        """Return the emission of `character`, and the words that begin with it and their beginnings."""
        frequencies: dict[str, int] = {}
        for line in self._lines_of.get(character, ()):
            word, frequency = line.split(" ", 2)[:2]
            frequencies[word] = int(frequency)
            for length in range(1, len(word)):
                frequencies.setdefault(word[:length], 0)
        return self._emission.get(character, _UNSEEN), frequencies


class _CachedShards:
    """The cache file, mapped into memory; its shards are checked as they are read.

    Raises:
        _UnusableCacheError: the file cannot be trusted or was not made from `source` by this program.
        OSError: there is no file, or it cannot be read.
    """

    def __init__(self, source: Path, folder: Path | None) -> None:
        if folder is None or not _is_private(folder.stat()):
            raise _UnusableCacheError
        self._data = _map_private_file(folder / CACHE_FILE)
        if len(self._data) < _HEADER.size:
            raise _UnusableCacheError
        *fields, num_shards, index_checksum, checksum = _HEADER.unpack_from(self._data)
        _check(self._data[: _HEADER.size - _UINT32_BYTES], checksum)
        *identity, self.total = fields[:5]
        if tuple(identity) != _identify(source):
            raise _UnusableCacheError
        probabilities = tuple(fields[5:])
        self.start, self.transition = probabilities[: len(PLACES)], probabilities[len(PLACES) :]
        self._start = _HEADER.size + _NUM_COLUMNS * _UINT32_BYTES * num_shards
        index = self._data[_HEADER.size : self._start]
        _check(index, index_checksum)
        characters = index[: _UINT32_BYTES * num_shards].decode(_UTF32)
        self._position_of = dict(zip(characters, range(num_shards), strict=True))
        columns = memoryview(index).cast("I")
        self._ends = columns[num_shards : 2 * num_shards]
        self._words_bytes = columns[2 * num_shards : 3 * num_shards]
        self._checksums = columns[3 * num_shards :]

    def read(self, character: str) -> _Shard:
        """Return the emission of `character`, and the words that begin with it and their beginnings.

        Raises:
            _UnusableCacheError: the shard is damaged.
        """
        position = self._position_of.get(character)
        if position is None:
            return _UNSEEN, {}
        start = self._ends[position - 1] if position else 0
        shard = self._data[self._start + start : self._start + self._ends[position]]
        _check(shard, self._checksums[position])
        words_end = _EMISSION.size + self._words_bytes[position]
        words = shard[_EMISSION.size : words_end].decode()
        frequencies = array("I", shard[words_end:])
        if not frequencies:
            return _EMISSION.unpack_from(shard), {}
        return _EMISSION.unpack_from(shard), dict(zip(words.split("\n"), frequencies, strict=True))


def _identify(source: Path) -> tuple[bytes, int, int, int]:
    """Return the fields of the header by which a cache is known to be ours and of this dictionary.

    Size and time stand for the content, as in Python's own .pyc files: to read it would double the cost.
    """
    status = source.stat()
    return _MAGIC, _FORMAT_VERSION, status.st_size, status.st_mtime_ns


def _check(data: bytes, checksum: int) -> None:
    if zlib.crc32(data) != checksum:
        raise _UnusableCacheError


def cache_folder() -> Path | None:
    """Return the folder for our cache file, which need not exist; None if the user has no home."""
    folder = user_cache_path("summarize")
    return folder if folder.is_absolute() else None  # "~" stays as it is where there is no home


def _is_private(status: os.stat_result) -> bool:
    """Whether a file or folder is the user's own and nobody else may write to it."""
    if sys.platform == "win32":
        return True  # the folder lies in the user's profile, which Windows keeps from others
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


def _map_private_file(path: Path) -> mmap.mmap:
    # Follow no link, and do not wait for the other end of a pipe; Windows has neither flag.
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags)
    try:
        status = os.fstat(descriptor)
        if not (stat.S_ISREG(status.st_mode) and status.st_size and _is_private(status)):
            raise _UnusableCacheError
        return mmap.mmap(descriptor, 0, access=mmap.ACCESS_READ)
    finally:
        os.close(descriptor)


def _write_cache(shards: _SourceShards, folder: Path) -> None:
    """Put a new cache file in place of whatever is there, whole or not at all.

    Raises:
        OSError: the folder or the file cannot be written, or the folder is another user's.
    """
    _prepare_folder(folder)
    descriptor, name = tempfile.mkstemp(prefix=CACHE_FILE, dir=folder)  # with mode 0600
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_encode(shards))
        temporary.replace(folder / CACHE_FILE)
    except BaseException:  # an interruption leaves no 8 MB behind either
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _prepare_folder(folder: Path) -> None:
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.stat()
    if not _is_private(status):
        if status.st_uid != os.geteuid():  # root could write there, and must not
            raise PermissionError(f"{folder} belongs to another user")
        folder.chmod(0o700)


def _encode(shards: _SourceShards) -> bytes:
    """Return the whole cache file."""
    characters: list[str] = []
    ends, words_bytes, checksums = array("I"), array("I"), array("I")
    body = bytearray()
    for character in shards.characters():
        emission, frequencies = shards.read(character)
        words = "\n".join(frequencies).encode()
        shard = _EMISSION.pack(*emission) + words + array("I", frequencies.values()).tobytes()
        body += shard
        characters.append(character)
        ends.append(len(body))
        words_bytes.append(len(words))
        checksums.append(zlib.crc32(shard))
    columns = "".join(characters).encode(_UTF32), ends.tobytes(), words_bytes.tobytes(), checksums.tobytes()
    index = b"".join(columns)
    fields = *shards.identity, shards.total, *shards.start, *shards.transition
    unchecked = _HEADER.pack(*fields, len(characters), zlib.crc32(index), 0)[:-_UINT32_BYTES]
    checksum = zlib.crc32(unchecked).to_bytes(_UINT32_BYTES, sys.byteorder)
    return unchecked + checksum + index + body

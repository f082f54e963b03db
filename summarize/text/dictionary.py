"""jieba's data in shards: for a text only the words are loaded that begin with a pair of characters in it.

Reading all of jieba's words takes 0.6 to 1 s and importing its hidden Markov model 0.05 to 0.3 s, while a text needs a
few per cent of both. At a position of a text only words that begin with the two characters there can occur; so the
words for all pairs of a text are equivalent to the whole dictionary for that text.

There is one piece ("shard") for each character, in one file in the user's cache folder, made from jieba's files at the
first use, for each edition of those that is installed:

    header    magic, version, size and time of dict.txt, sum of all frequencies, start and transition probabilities (12
              doubles), number of shards, checksum of the index, checksum of the header
    index     three columns of uint32: characters in order, ends of shards, checksums of shards
    shards    frequency and emission probabilities of the character; its second characters; and for each of those the
              words that begin with the pair, each followed by its frequency (UTF-8)

Numbers are in the byte order of the machine: on another kind of machine the version does not read as ours. The
file is data only, nothing in it can run, and it is trusted only where nobody but the user could have written it. A file
that cannot be trusted or read is rebuilt; one that cannot be written is kept in memory. Results are the same in all
cases. It is read
piece by piece and each is checked, so that it may be cut off, replaced or removed at any time.
"""

import contextlib
import os
import stat
import struct
import sys
import threading
import weakref
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from summarize import ending
from summarize.user_folders import user_folder
from summarize.value import value

NEVER = -3.14e100  # jieba's log probability of what its model has not seen

# The tags of a character in a word, and the possible transitions: B begin, M middle, E end, S single.
TAGS = "BMES"
TRANSITIONS = ("BM", "BE", "MM", "ME", "EB", "ES", "SB", "SS")

_CACHE_NAME = "jieba-data"
_MAX_OTHERS = 3  # files of other editions that are kept, 8 MB each
_MAGIC = b"SUMWORDS"
_FORMAT_VERSION = 1
_HEADER = struct.Struct("=8sIQqQ12dIII")  # the last field is the checksum of all before it
_SHARD_HEAD = struct.Struct("=i4dI")  # frequency, emission, number of second characters
_UINT32_BYTES = 4
_NUM_COLUMNS = 3
_UTF32 = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
# What is loaded of so many pairs takes 26 MB, and 0.1 s to load; everything takes 77 MB, and 0.5 s at once. A text of
# some 100,000 characters has as many. Where texts have them together, what was loaded is let go and memory stays flat;
# without rjieba, cutting 2.8 million characters takes 7.4 s so, and 5.3 s where everything stays.
_MAX_PAIRS = 40_000

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


class Loaded(NamedTuple):
    """What is loaded for some texts; more may come, and nothing goes.

    Args:
        frequencies: frequency of every word, and 0 for every beginning of a word that is not one itself; complete
            for what begins with a loaded pair of characters.
        model: `emission` holds the loaded characters.
    """

    frequencies: dict[str, int]
    model: HiddenMarkovModel


class WordDictionary:
    """Words, their frequencies and the model for unknown words, as far as the last texts need them.

    Any number of threads may call `load`; what it returned stays complete for its text, whatever is loaded afterwards.
    However many texts come, what is loaded has at most `_MAX_PAIRS` pairs of characters: then it begins anew. Only one
    text that has more by itself gets everything, which then stays.

    Args:
        source: jieba's dictionary: a word, its frequency and its class on each line, in UTF-8.
        read_model: returns jieba's model; called only where there is no usable cache file.
        folder: where the cache file lies or shall lie; created if missing. None keeps everything in memory.

    Attributes:
        loaded: what is loaded now.
        total: sum of the frequencies of the whole dictionary.

    Raises:
        OSError: `source` cannot be read.
        ValueError: `source` is not such a dictionary.
    """

    def __init__(self, source: Path, read_model: Callable[[], HiddenMarkovModel], folder: Path | None) -> None:
        self._source = source
        self._read_model = read_model
        self._folder = folder
        self._lock = threading.Lock()
        self._is_complete = False
        self._shards: _CachedShards | _SourceShards
        try:
            self._shards = _CachedShards(source, folder)
        except (_UnusableCacheError, OSError):
            self._shards = self._rebuild()
            with contextlib.suppress(_UnusableCacheError, OSError):  # all words in memory would take 33 MB more
                self._shards = _CachedShards(source, folder)
        self.total: int = self._shards.total
        self._begin()

    def _begin(self) -> None:
        """Have nothing loaded; what was loaded until now is left to those who hold it."""
        self._opened: dict[str, _Shard] = {}
        self._loaded_pairs: set[tuple[str, str]] = set()
        self._emission: dict[str, Emission] = {}
        self.loaded: Loaded = Loaded({}, HiddenMarkovModel(self._shards.start, self._shards.transition, self._emission))

    def load(self, text: str) -> Loaded:
        """Return what is complete for the characters of `text` and the words that can begin in it."""
        with self._lock:
            if self._is_complete or not text:
                return self.loaded
            # The mark after the text makes its last character the first of a pair as well.
            pairs = set(zip(text, text[1:] + "\n", strict=True))
            if len(pairs) > _MAX_PAIRS:
                self._load_all()
                return self.loaded
            new = pairs - self._loaded_pairs
            if len(new) + len(self._loaded_pairs) > _MAX_PAIRS:
                self._begin()
                new = pairs
            for first, second in new:
                shard = self._opened.get(first) or self._open(first)
                position = shard.seconds.find(second)
                if position >= 0:
                    self._add(shard.group(position))
            self._loaded_pairs |= new
            return self.loaded

    def _load_all(self) -> None:
        for character in self._shards.characters():
            shard = self._opened.get(character) or self._open(character)
            for position in range(len(shard.seconds)):
                self._add(shard.group(position))
        self._is_complete = True
        self._opened.clear()
        self._loaded_pairs.clear()

    def _open(self, character: str) -> "_Shard":
        try:
            shard = self._shards.read(character)
        except (_UnusableCacheError, OSError):
            self._shards = self._rebuild()
            shard = self._shards.read(character)
        self._opened[character] = shard
        self._emission[character] = shard.emission
        if shard.frequency >= 0:
            self.loaded.frequencies[character] = shard.frequency
        return shard

    def _add(self, group: str) -> None:
        fields = group.split(" ")
        self.loaded.frequencies.update(zip(fields[::2], map(int, fields[1::2]), strict=True))

    def _rebuild(self) -> "_SourceShards":
        """Cut up jieba's files, and leave a cache for the next run if there is a place for it."""
        shards = _SourceShards(self._source, self._read_model())
        if self._folder is not None:
            # Read-only, full, another user's: the shards in memory do as well.
            with contextlib.suppress(OSError):
                _write_cache(shards, self._folder / cache_file(self._source))
        return shards


class _UnusableCacheError(Exception):
    """The cache file is damaged, foreign, out of date, or within the reach of others."""


class _Shard(NamedTuple):
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
    def decode(cls, data: bytes) -> "_Shard":
        """Read what `encode` returned."""
        frequency, *emission, num_seconds = _SHARD_HEAD.unpack_from(data)
        ends_start = _SHARD_HEAD.size + _UINT32_BYTES * num_seconds
        words_start = ends_start + _UINT32_BYTES * num_seconds
        seconds = data[_SHARD_HEAD.size : ends_start].decode(_UTF32)
        return cls(frequency, tuple(emission), seconds, array("I", data[ends_start:words_start]), data[words_start:])


_EMPTY_SHARD = _Shard(-1, (NEVER,) * len(TAGS), "", array("I"), b"")


class _SourceShards:
    """jieba's own files, cut up in memory: the way where there is no cache, 0.3 to 0.6 s slower."""

    def __init__(self, source: Path, model: HiddenMarkovModel) -> None:
        self.identity = _identify(source)
        self.start, self.transition = model.start, model.transition
        self._emission = model.emission
        self.total = 0
        self._lines_of: dict[str, list[str]] = {}
        for line in source.read_text(encoding="utf-8").strip("\n").split("\n"):
            word, frequency = line.split(" ", 2)[:2]
            self._lines_of.setdefault(word[0], []).append(line)
            self.total += int(frequency)

    def characters(self) -> list[str]:
        """Return every character that has a shard, in order."""
        return sorted(self._lines_of.keys() | self._emission.keys())

    def read(self, character: str) -> _Shard:
        """Return the shard of `character`; an empty one if nothing is known of it."""
        frequencies: dict[str, int] = {}
        for line in self._lines_of.get(character, ()):
            word, frequency = line.split(" ", 2)[:2]
            frequencies[word] = int(frequency)
            for length in range(1, len(word)):
                frequencies.setdefault(word[:length], 0)
        groups: dict[str, list[str]] = {}
        for word, number in frequencies.items():
            if word != character:
                groups.setdefault(word[1], []).append(f"{word} {number}")
        encoded = [" ".join(words).encode() for words in groups.values()]
        return _Shard(
            frequencies.get(character, -1),
            self._emission.get(character, _EMPTY_SHARD.emission),
            "".join(groups),
            array("I", accumulate(map(len, encoded))),
            b"".join(encoded),
        )


class _CachedShards:
    """The cache file; its shards are checked as they are read.

    Raises:
        _UnusableCacheError: the file cannot be trusted or was not made from `source` by this program.
        OSError: there is no file, or it cannot be read.
    """

    def __init__(self, source: Path, folder: Path | None) -> None:
        if folder is None or not _is_private(folder.stat()):
            raise _UnusableCacheError
        self._file = _PrivateFile(folder / cache_file(source))
        header = self._file.read(0, _HEADER.size)
        if len(header) < _HEADER.size:
            raise _UnusableCacheError
        *fields, num_shards, index_checksum, checksum = _HEADER.unpack(header)
        _check(header[:-_UINT32_BYTES], checksum)
        *identity, self.total = fields[:5]
        if tuple(identity) != _identify(source):
            raise _UnusableCacheError
        probabilities = tuple(fields[5:])
        self.start, self.transition = probabilities[: len(TAGS)], probabilities[len(TAGS) :]
        index = self._file.read(_HEADER.size, _NUM_COLUMNS * _UINT32_BYTES * num_shards)
        self._body = _HEADER.size + len(index)
        _check(index, index_checksum)
        columns = memoryview(index).cast("I")
        self._characters = columns[:num_shards]
        self._ends = columns[num_shards : 2 * num_shards]
        self._checksums = columns[2 * num_shards :]

    def characters(self) -> list[str]:
        """Return every character that has a shard, in order."""
        return [chr(character) for character in self._characters]

    def read(self, character: str) -> _Shard:
        """Return the shard of `character`; an empty one if nothing is known of it.

        Raises:
            _UnusableCacheError: the shard is damaged.
        """
        position = bisect_left(self._characters, ord(character))
        if position == len(self._characters) or self._characters[position] != ord(character):
            return _EMPTY_SHARD
        start = self._ends[position - 1] if position else 0
        data = self._file.read(self._body + start, self._ends[position] - start)
        _check(data, self._checksums[position])
        return _Shard.decode(data)


def _identify(source: Path) -> tuple[bytes, int, int, int]:
    """Return the fields of the header by which a cache is known to be ours and of this dictionary.

    Size and time stand for the content, as in Python's own .pyc files: to read it would double the cost.
    """
    status = source.stat()
    return _MAGIC, _FORMAT_VERSION, status.st_size, status.st_mtime_ns


def cache_file(source: Path) -> str:
    """Return the name of the cache file that is made from a dictionary: two editions do not write over each other."""
    identity = (*_identify(source), sys.byteorder)
    return f"{_CACHE_NAME}-{zlib.crc32(repr(identity).encode()):08x}.bin"


def _check(data: bytes, checksum: int) -> None:
    if zlib.crc32(data) != checksum:
        raise _UnusableCacheError


def cache_folder() -> Path | None:
    """Return the folder for our cache file, which need not exist; None if the user has no home."""
    folder = user_folder("cache")
    return folder if folder.is_absolute() else None


def _is_private(status: os.stat_result) -> bool:
    """Whether a file or folder is the user's own and nobody else may write to it."""
    if sys.platform == "win32":
        return True  # the folder lies in the user's profile, which Windows keeps from others
    return status.st_uid == os.geteuid() and not status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)


class _PrivateFile:
    """A file of the user's own. Parts of it are read: if it were mapped, most of its 8 MB would soon be in memory.

    Raises:
        _UnusableCacheError: it is no file, or others may write to it.
        OSError: there is none, or it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        # Follow no link, and do not wait for the other end of a pipe; Windows has neither flag, and needs the last.
        flags = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
        self._descriptor = os.open(path, os.O_RDONLY | flags)
        weakref.finalize(self, os.close, self._descriptor)
        status = os.fstat(self._descriptor)
        if not (stat.S_ISREG(status.st_mode) and _is_private(status)):
            raise _UnusableCacheError

    def read(self, start: int, size: int) -> bytes:
        """Return a part of it, which is shorter if the file is; only one thread may read at a time."""
        if sys.platform == "win32":
            os.lseek(self._descriptor, start, os.SEEK_SET)
            return os.read(self._descriptor, size)
        return os.pread(self._descriptor, size, start)  # which a process made by `fork` may do as well


def _write_cache(shards: _SourceShards, path: Path) -> None:
    """Put a new cache file in place of whatever is there, whole or not at all.

    Raises:
        OSError: the folder or the file cannot be written, or the folder is another user's.
    """
    import tempfile  # with all that it imports a millisecond, and mostly there is a file already

    _prepare_folder(path.parent)
    with ending.defer_signals():
        descriptor, name = tempfile.mkstemp(prefix=f"{_CACHE_NAME}-", dir=path.parent)  # with mode 0600
        temporary = Path(name)
        ending.register_cleanup(temporary.unlink)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(_encode(shards))
        temporary.replace(path)
    except BaseException:  # an interruption leaves no 8 MB behind either
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    finally:
        ending.unregister_cleanup(temporary.unlink)
    _remove_old(path)


def _remove_old(kept: Path) -> None:
    """Remove what installations that are no more have left, and runs that were killed: all but a few of the newest."""
    others = [path for path in kept.parent.glob(f"{_CACHE_NAME}*") if path != kept]
    others.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in others[_MAX_OTHERS:]:
        path.unlink()


def _prepare_folder(folder: Path) -> None:
    """Make a folder of the user's own, and the one that it lies in, but no home.

    Raises:
        OSError: it cannot be made, or is not the user's to write to.
    """
    base = folder.parent
    if sys.platform != "win32":
        owner = (base if base.exists() else base.parent).stat().st_uid
        if owner not in (os.geteuid(), 0):  # root could write there, and must not: what it makes is not theirs
            raise PermissionError(f"{base} belongs to another user")
    base.mkdir(mode=0o700, parents=sys.platform == "win32", exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    if _is_private(folder.stat()):
        return
    # The folder itself: what a link leads to is used for other things as well.
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0))
    try:
        if os.fstat(descriptor).st_uid != os.geteuid():
            raise PermissionError(f"{folder} belongs to another user")
        os.fchmod(descriptor, 0o700)
    finally:
        os.close(descriptor)


def _encode(shards: _SourceShards) -> bytes:
    """Return the whole cache file."""
    characters, ends, checksums = array("I"), array("I"), array("I")
    body = bytearray()
    for character in shards.characters():
        shard = shards.read(character).encode()
        body += shard
        characters.append(ord(character))
        ends.append(len(body))
        checksums.append(zlib.crc32(shard))
    index = b"".join(column.tobytes() for column in (characters, ends, checksums))
    fields = *shards.identity, shards.total, *shards.start, *shards.transition
    unchecked = _HEADER.pack(*fields, len(characters), zlib.crc32(index), 0)[:-_UINT32_BYTES]
    return unchecked + zlib.crc32(unchecked).to_bytes(_UINT32_BYTES, sys.byteorder) + index + body

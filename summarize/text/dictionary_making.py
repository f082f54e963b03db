"""jieba's own files cut up into shards, and the cache file written from them: what only a first use needs."""

import contextlib
import os
import sys
import zlib
from array import array
from itertools import accumulate
from pathlib import Path

from summarize import ending
from summarize.text.dictionary_cache import (
    CACHE_NAME,
    EMPTY_SHARD,
    HEADER,
    UINT32_BYTES,
    HiddenMarkovModel,
    Shard,
    build_identity,
    is_private,
)

_MAX_OTHERS = 3  # files of other editions that are kept, 8 MB each


class SourceShards:
    """jieba's own files, cut up in memory: the way where there is no cache, 0.3 to 0.6 s slower."""

    def __init__(self, source: Path, model: HiddenMarkovModel) -> None:
        self.identity: tuple[bytes, int, int, int] = build_identity(source)
        self.start: tuple[float, ...] = model.start
        self.transition: tuple[float, ...] = model.transition
        self._emission = model.emission
        self.total: int = 0
        self._lines_of: dict[str, list[str]] = {}
        for line in source.read_text(encoding="utf-8").strip("\n").split("\n"):
            word, frequency = line.split(" ", 2)[:2]
            self._lines_of.setdefault(word[0], []).append(line)
            self.total += int(frequency)

    def list_characters(self) -> list[str]:
        """Return every character that has a shard, in order."""
        return sorted(self._lines_of.keys() | self._emission.keys())

    def read(self, character: str) -> Shard:
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
        return Shard(
            frequencies.get(character, -1),
            self._emission.get(character, EMPTY_SHARD.emission),
            "".join(groups),
            array("I", accumulate(map(len, encoded))),
            b"".join(encoded),
        )


def write_cache(shards: SourceShards, path: Path) -> None:
    """Put a new cache file in place of whatever is there, whole or not at all.

    Raises:
        OSError: the folder or the file cannot be written, or the folder is another user's.
    """
    import tempfile  # with all that it imports a millisecond, and mostly there is a file already

    _prepare_folder(path.parent)
    with ending.defer_signals():
        descriptor, name = tempfile.mkstemp(prefix=f"{CACHE_NAME}-", dir=path.parent)  # with mode 0600
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
    others = [path for path in kept.parent.glob(f"{CACHE_NAME}*") if path != kept]
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
    if is_private(folder.stat()):
        return
    # The folder itself: what a link leads to is used for other things as well.
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_NOFOLLOW", 0))
    try:
        if os.fstat(descriptor).st_uid != os.geteuid():
            raise PermissionError(f"{folder} belongs to another user")
        os.fchmod(descriptor, 0o700)
    finally:
        os.close(descriptor)


def _encode(shards: SourceShards) -> bytes:
    """Return the whole cache file."""
    characters, ends, checksums = array("I"), array("I"), array("I")
    body = bytearray()
    for character in shards.list_characters():
        shard = shards.read(character).encode()
        body += shard
        characters.append(ord(character))
        ends.append(len(body))
        checksums.append(zlib.crc32(shard))
    index = b"".join(column.tobytes() for column in (characters, ends, checksums))
    fields = *shards.identity, shards.total, *shards.start, *shards.transition
    unchecked = HEADER.pack(*fields, len(characters), zlib.crc32(index), 0)[:-UINT32_BYTES]
    return unchecked + zlib.crc32(unchecked).to_bytes(UINT32_BYTES, sys.byteorder) + index + body

"""jieba's data in shards: for a text only the words are loaded that begin with a pair of characters in it.

Reading all of jieba's words takes 0.6 to 1 s and importing its hidden Markov model 0.05 to 0.3 s, while a text needs a
few per cent of both. At a position of a text only words that begin with the two characters there can occur; so the
words for all pairs of a text are equivalent to the whole dictionary for that text.

A shard for each character is in a file in the user's cache folder (`dictionary_cache`), made from jieba's files at the
first use (`dictionary_making`). A file that cannot be trusted or read is rebuilt; one that cannot be written is kept in
memory. Results are the same in all cases.
"""

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from summarize.text.dictionary_cache import (
    CachedShards,
    Emission,
    HiddenMarkovModel,
    Shard,
    UnusableCacheError,
    cache_file,
)

if TYPE_CHECKING:
    from summarize.text.dictionary_making import SourceShards

# What is loaded of so many pairs takes 26 MB, and 0.1 s to load; everything takes 77 MB, and 0.5 s at once. A text of
# some 100,000 characters has as many. Where texts have them together, what was loaded is let go and memory stays flat;
# without rjieba, cutting 2.8 million characters takes 7.4 s so, and 5.3 s where everything stays.
_MAX_PAIRS = 40_000


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
        self._shards: CachedShards | SourceShards
        try:
            self._shards = CachedShards(source, folder)
        except (UnusableCacheError, OSError):
            self._shards = self._rebuild()
            with contextlib.suppress(UnusableCacheError, OSError):  # all words in memory would take 33 MB more
                self._shards = CachedShards(source, folder)
        self.total: int = self._shards.total
        self._begin()

    def _begin(self) -> None:
        """Have nothing loaded; what was loaded until now is left to those who hold it."""
        self._opened: dict[str, Shard] = {}
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
        for character in self._shards.list_characters():
            shard = self._opened.get(character) or self._open(character)
            for position in range(len(shard.seconds)):
                self._add(shard.group(position))
        self._is_complete = True
        self._opened.clear()
        self._loaded_pairs.clear()

    def _open(self, character: str) -> Shard:
        try:
            shard = self._shards.read(character)
        except (UnusableCacheError, OSError):
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

    def _rebuild(self) -> "SourceShards":
        """Cut up jieba's files, and leave a cache for the next run if there is a place for it."""
        from summarize.text.dictionary_making import SourceShards, write_cache

        shards = SourceShards(self._source, self._read_model())
        if self._folder is not None:
            # Read-only, full, another user's: the shards in memory do as well.
            with contextlib.suppress(OSError):
                write_cache(shards, self._folder / cache_file(self._source))
        return shards

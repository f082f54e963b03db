"""The rankings of peers, kept in files: they do not change with our model, and some peers take seconds a document.

One file a peer, version and corpus, one JSON line a document: `{"text": DIGEST, "ranking": [...]}` or
`{"text": DIGEST, "error": "..."}`. The digest is that of what the peer is told, so a corpus that is cut otherwise gets
new rankings. A line is written as soon as it is known; a run that was killed goes on, and a torn last line is ignored.
"""

import hashlib
import json
import logging
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from types import FrameType

from benchmarks.quality.peers import Peer, PeerText, file_name, quietly


@dataclass(frozen=True, slots=True)
class Ranking:
    """What a peer made of a document.

    Args:
        indices: the first positions of its ranking among the candidates; empty if it failed.
        error: why it failed; empty if it did not.
    """

    indices: tuple[int, ...]
    error: str = ""


def text_digest(text: PeerText) -> str:
    """Return a digest of all that a peer is told, 32 hexadecimal digits."""
    return hashlib.sha256(json.dumps(asdict(text), ensure_ascii=False).encode()).hexdigest()[:32]


class _OutOfTime(BaseException):
    """Not an `Exception`, so that a peer's own `except Exception` cannot swallow it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TimeoutError` in the block once it has used this many CPU seconds; what else the machine does is not it.

    Works in the main thread of a process alone, and only between two steps of Python: a long call of a C library is
    stopped when it returns.
    """

    def stop(number: int, frame: FrameType | None) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, seconds / 10)  # again and again, for peers that catch everything
    try:
        yield
    except _OutOfTime:
        raise TimeoutError(f"more than {seconds:g} CPU seconds") from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def ask(peer: Peer, text: PeerText, seconds: float) -> Ranking:
    """Return a peer's ranking; whatever goes wrong in it is a failure of that peer and never an error here."""
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings(), time_limit(seconds):
            warnings.simplefilter("ignore")
            return Ranking(tuple(quietly(peer.rank, text)))
    except MemoryError:
        return Ranking((), "MemoryError")
    except Exception as error:
        return Ranking((), f"{type(error).__name__}: {str(error)[:200]}".rstrip(": "))
    finally:
        logging.disable(logging.NOTSET)


class RankingCache:
    """The rankings of one peer on one corpus.

    Args:
        folder: where the rankings of all peers lie; made if it is not there.
        peer: whose they are.
        corpus: name of the corpus, such as `zh/test/dtels`; several conditions of it share a file.
    """

    def __init__(self, folder: Path, peer: Peer, corpus: str) -> None:
        self.path = folder / f"{file_name(peer.name)}-{peer.version}" / f"{corpus.replace('/', '-')}.jsonl"
        self._known: dict[str, Ranking] = {}
        self._is_torn = False
        if self.path.exists():
            text = self.path.read_text(encoding="utf-8", errors="replace")
            self._is_torn = bool(text) and not text.endswith("\n")
            for line in text.splitlines():
                try:
                    row = json.loads(line)
                    self._known[row["text"]] = Ranking(tuple(row.get("ranking", ())), row.get("error", ""))
                except (ValueError, KeyError):
                    continue  # the run was killed while it wrote this line

    def get(self, digest: str) -> Ranking | None:
        """Return what is known of a document."""
        return self._known.get(digest)

    def add(self, digest: str, ranking: Ranking) -> None:
        """Keep what a peer made of a document, on the disk at once."""
        self._known[digest] = ranking
        self.path.parent.mkdir(parents=True, exist_ok=True)
        row = {"text": digest, **({"error": ranking.error} if ranking.error else {"ranking": list(ranking.indices)})}
        with self.path.open("a", encoding="utf-8") as file:
            file.write("\n" * self._is_torn + json.dumps(row, ensure_ascii=False) + "\n")
        self._is_torn = False

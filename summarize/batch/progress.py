"""Progress of a batch: a line on the terminal that is redrawn; elsewhere one line every half minute."""

import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from summarize.batch.task import Done, Piece
from summarize.command.progress import PATIENCE, is_terminal
from summarize.command.streams import print_stderr
from summarize.interface import _

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress

ON_TERMINAL = 0.2  # seconds between two pictures
ELSEWHERE = 30.0  # seconds between two lines


class Progress:
    """Shows on stderr how much is done, how fast, and how long the rest takes; used in a `with`.

    Args:
        num_bytes: of all pieces that are still to be done.
        clock: returns seconds.
    """

    def __init__(self, num_bytes: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._num_bytes = max(1, num_bytes)
        self._clock = clock
        self._began = clock()
        self._is_seen = is_terminal(sys.stderr)
        self._pause = ON_TERMINAL if self._is_seen else ELSEWHERE
        self._next = self._began + max(PATIENCE, self._pause)
        self._documents = 0
        self._bytes = 0
        self._rich: RichProgress | None = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *error: object) -> None:
        """Take the picture away."""
        if self._rich:
            self._rich.stop()

    def reached(self, piece: Piece, done: Done) -> None:
        """Say that a piece is done."""
        self._documents += done.read
        self._bytes += piece.size

    def tick(self, num_underway: int) -> None:
        """Redraw.

        Args:
            num_underway: how many documents are done of pieces that are not.
        """
        now = self._clock()
        if now < self._next:
            return
        self._next = now + self._pause
        documents = self._documents + num_underway
        rate = documents / max(now - self._began, 1e-9)
        share = self._share(num_underway)
        line = _("{documents} documents, {rate:.0f} a second").format(documents=documents, rate=rate)
        if share:
            left = as_time((now - self._began) * (1 - share) / share)
            line = _("{line}, {share:.0%} of the input, {left} left").format(line=line, share=share, left=left)
        if self._is_seen:
            self._draw(line, share)
        else:
            print_stderr(f"{line}\n")

    def _share(self, num_underway: int) -> float:
        """Return how much of the input is done; documents that are underway count as long as the others were."""
        bytes_each = self._bytes / self._documents if self._documents else 0.0
        return min(1.0, (self._bytes + num_underway * bytes_each) / self._num_bytes)

    def _draw(self, line: str, share: float) -> None:
        self._rich = self._rich or _start()
        self._rich.update(self._rich.task_ids[0], description=line, completed=share, refresh=True)


def as_time(seconds: float) -> str:
    """Return seconds as hours, minutes and seconds."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}"


def _start() -> "RichProgress":
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    progress = Progress(
        BarColumn(bar_width=20),
        TextColumn("{task.description}"),
        console=Console(stderr=True),
        auto_refresh=False,  # which a thread would do
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    progress.start()
    progress.add_task("", total=1.0)
    return progress

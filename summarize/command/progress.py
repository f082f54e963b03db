"""A progress bar on the terminal for a long run."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

from summarize import ending

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0  # seconds before a bar is shown
_PAUSE = 0.1  # seconds between two pictures of it


class Bar:
    """A progress bar on stderr, shown once the run has taken a while; a context manager.

    Args:
        total: how many there are.
        clock: returns seconds.
    """

    def __init__(self, total: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._total = total
        self._clock = clock
        self._is_wanted = total > 1 and is_terminal(sys.stderr)
        self._shown_at = clock() + PATIENCE - _PAUSE  # or would have been
        self._done = 0
        self._progress: Progress | None = None

    def reached(self, done: int) -> None:
        """Say how many are done."""
        self._done = done
        if not self._is_wanted or self._clock() - self._shown_at < _PAUSE:
            return
        self._shown_at = self._clock()
        if self._progress is None:
            with ending.defer_signals():
                self._progress = _start(self._total)
                ending.register_cleanup(self._progress.stop)  # which shows the cursor again
        self._progress.update(self._progress.task_ids[0], completed=done, refresh=True)

    def tick(self) -> None:
        """Redraw without progress."""
        self.reached(self._done)

    @contextmanager
    def aside(self, is_needed: bool) -> Iterator[None]:
        """Hide the bar while something else is written to the terminal."""
        if self._progress is None or not is_needed:
            yield
            return
        self._progress.stop()
        yield
        self._progress.start()

    def __enter__(self) -> "Bar":
        return self

    def __exit__(self, *error: object) -> None:
        """Take the bar away."""
        if self._progress:
            self._progress.stop()
            ending.unregister_cleanup(self._progress.stop)


def is_terminal(stream: TextIO | None) -> bool:
    """Return whether a stream is a terminal on which output can be erased."""
    is_dumb = os.name == "posix" and os.environ.get("TERM", "").lower() in ("dumb", "")
    return stream is not None and stream.isatty() and not is_dumb


def _start(total: int) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        auto_refresh=False,  # rich would do this in a thread, but this process may fork
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    progress.start()
    progress.add_task("", total=total)
    return progress

"""A supervised worker process: if it is killed, it is replaced and its task is restarted.

The document that was being processed when the process ended is suspect; if that happens again, the document is skipped
with a dead letter. A document that exceeds the time limit is skipped as well.
"""

import gc
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from ctypes import c_long
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from multiprocessing.sharedctypes import RawValue
from typing import Any, NamedTuple, cast

from summarize.batch.places import BatchPaths
from summarize.batch.stores import find_store
from summarize.batch.task import Done, FileSplit, Piece, Settings, SplitTask
from summarize.batch.worker import NOWHERE, Worker
from summarize.command.jobs import interrupts_held
from summarize.command.model import ask_for_one_thread
from summarize.command.work import traceback_of
from summarize.errors import InputError, SummarizeError
from summarize.interface import _, set_language

Task = Piece | SplitTask
Outcome = Done | FileSplit

MAX_DEATHS = 5  # of processes at one task, with no document found guilty in between
MAX_TROUBLES = 3  # at one task, with a store for example
_PAUSES = (1.0, 5.0)  # seconds before a task with trouble is begun again
_GARBAGE_THRESHOLD = 100_000  # as in `summarize.__main__`


class TransientFailure(NamedTuple):
    """A failure that no document caused and that may not recur.

    Args:
        reason: in one line.
        traceback: where.
    """

    reason: str
    traceback: str


class SupervisedWorker:
    """A process that works at one task after the other.

    Args:
        settings: of the batch.
        input_address: where the input lies.
        timeout: most seconds for a document; None for no limit.
        clock: returns seconds.

    Attributes:
        task: what it works at; None if it waits.
    """

    def __init__(
        self,
        settings: Settings,
        input_address: str,
        timeout: float | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._arguments = (settings, input_address)
        self._timeout = timeout
        self._clock = clock
        self._row = RawValue(c_long, NOWHERE)
        self.task: Task | None = None
        self._begin()
        self._start()

    def _begin(self) -> None:
        """Forget what is known of the last task."""
        self._skip: dict[int, str] = {}
        self._suspect: int | None = None
        self._num_deaths = 0
        self._num_troubles = 0
        self._resume_at: float | None = None

    def _start(self) -> None:
        context: Any = multiprocessing.get_context("spawn")  # the libraries of stores have threads: no copy is safe
        ask_for_one_thread()  # which a process only hears before it imports NumPy
        self._row.value = NOWHERE
        self._seen = (NOWHERE, self._clock())
        ours, theirs = context.Pipe()
        process = context.Process(target=_serve, args=(theirs, self._row, *self._arguments), daemon=True)
        with interrupts_held():
            process.start()
        theirs.close()
        self._process: BaseProcess = process
        self._connection: Connection[Any, Any] = ours

    @property
    def waited_for(self) -> "Connection[Any, Any]":
        """The connection that becomes readable when there is a message or when the process ends."""
        return self._connection

    @property
    def row(self) -> int:
        """The row of its piece that is worked at, from 0; below that none is."""
        return int(self._row.value)

    @property
    def pid(self) -> int | None:
        """The number of the process."""
        return self._process.pid

    def give(self, task: Task) -> None:
        """Give it a task; it has none."""
        self._begin()
        self.task = task
        self._send()

    def _send(self) -> None:
        self._seen = (NOWHERE, self._clock())
        with suppress(OSError):  # it has ended just now, which is seen when it is looked at
            self._connection.send((self.task, self._skip))

    def look(self) -> Outcome | None:
        """Return the result of the task if there is one; otherwise make sure that a process is working on it.

        Raises:
            SummarizeError: it cannot be done by anybody.
        """
        if self.task is None:
            return None
        if self._resume_at is not None:
            if self._clock() >= self._resume_at:
                self._resume_at = None
                self._send()
            return None
        try:
            message = self._connection.recv() if self._connection.poll() else None
        except (EOFError, OSError):
            self._bury()
            return None
        if isinstance(message, SummarizeError):
            raise message
        if isinstance(message, TransientFailure):
            self._wait_for_better(message)
        elif message is not None:
            self.task = None
            return cast(Outcome, message)
        elif self._takes_too_long():
            self._give_up()
        return None

    def _bury(self) -> None:
        """Replace a process that has died."""
        self._process.join()
        row, code = self.row, self._process.exitcode or 0
        how = signal.Signals(-code).name if code < 0 else _("exit status {code}").format(code=code)
        self._connection.close()
        self._num_deaths += 1
        if row != NOWHERE and row == self._suspect:
            self._skip[row] = _("its process ended twice while processing it ({how})").format(how=how)
            self._suspect, self._num_deaths = None, 0
        elif self._num_deaths >= MAX_DEATHS:
            reason = _("the processes keep dying ({how}), perhaps for lack of memory; try a smaller --workers")
            raise InputError(reason.format(how=how))
        else:
            self._suspect = row
        self._start()
        self._send()

    def _takes_too_long(self) -> bool:
        row, now = self.row, self._clock()
        if row != self._seen[0]:
            self._seen = (row, now)
        return self._timeout is not None and row != NOWHERE and now - self._seen[1] > self._timeout

    def _give_up(self) -> None:
        """Leave out the document that is worked at."""
        row = self.row
        self.end()
        self._skip[row] = _("exceeded the time limit of {seconds:g} seconds").format(seconds=self._timeout)
        self._start()
        self._send()

    def _wait_for_better(self, trouble: TransientFailure) -> None:
        self._num_troubles += 1
        if self._num_troubles >= MAX_TROUBLES:
            raise InputError(trouble.reason)
        self._resume_at = self._clock() + _PAUSES[self._num_troubles - 1]

    def end(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.join()
        self._connection.close()


def _serve(connection: "Connection[Any, Any]", row: Any, settings: Settings, input_address: str) -> None:
    """Work at what is sent until nobody is there to send.

    Args:
        connection: where it comes from.
        row: where it is said which row is worked at.
        settings: of the batch.
        input_address: where the input lies.
    """
    set_language(settings.language)
    gc.set_threshold(_GARBAGE_THRESHOLD)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C comes to all; whoever started us ends us
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    worker: Worker | None = None

    def announce(index: int) -> None:
        row.value = index

    with suppress(EOFError, OSError):
        while True:
            task, skip = connection.recv()
            try:
                if worker is None:
                    target, root = find_store(settings.output)
                    source, _path = find_store(input_address)
                    worker = Worker(settings, source, target, BatchPaths(root, settings), announce)
                outcome: Any = worker.cut(task) if isinstance(task, SplitTask) else worker.work_at(task, skip)
            except SummarizeError as error:
                outcome = error
            except Exception as error:
                outcome = TransientFailure(f"{type(error).__name__}: {error}", traceback_of(error))
            announce(NOWHERE)
            connection.send(outcome)


def _end_with_parent() -> None:
    """End at once when the parent process ends, for whatever reason."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)

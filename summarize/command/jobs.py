"""Several inputs in parallel, each in a process; results are returned in the order of the inputs.

A process gets one task after the other over a pipe and sends back each result when it is ready. A result that arrives
before its turn is buffered, up to `MAX_HELD` characters in all; after that only the process whose result is due is
read, and the others block. So memory is bounded for any input. There are no threads and no locks: a killed process
affects no other.
"""

import multiprocessing
import os
import signal
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, cast

from summarize import ending
from summarize.command.work import JobRunner, Result, Task
from summarize.errors import InputError, SummarizeError
from summarize.interface import InterfaceLanguage, _, interface_language, set_language

MAX_HELD = 64 << 20  # characters of results that wait for their turn
_MIN_HELD = 1 << 10  # what a result counts at least
_PATIENCE = 2.0  # seconds that a process is given to end by itself
_TICK = 0.2  # seconds after which a caller that waits for results gets None

# A copy of this process has the model already; elsewhere than on Linux a copy is not safe.
START_METHOD = "fork" if sys.platform == "linux" else "spawn"


def num_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@dataclass(slots=True, eq=False)
class _Worker:
    """A process.

    Args:
        process: the process.
        connection: our end of its pipe.
        task: what it works at; None if it waits.
    """

    process: BaseProcess
    connection: "Connection[object, object]"
    task: Task | None = None


class Workers:
    """A pool of worker processes. Used as a context manager, whose exit ends them.

    Args:
        work: what they run; it was created, and checked, in this process.
        num_processes: how many, at least 1.

    Attributes:
        size_held: characters of results that wait for their turn.
    """

    def __init__(self, work: JobRunner, num_processes: int) -> None:
        self._work = work
        self._num_processes = num_processes
        self._context: Any = multiprocessing.get_context(START_METHOD)  # whose stub lacks `Process`
        self._workers: list[_Worker] = []
        self._held: dict[int, deque[Result]] = {}  # by the number of the task
        self.size_held: int = 0
        self._finished: set[int] = set()
        self._turn = 0  # the number of the task whose results are due
        self._is_exhausted = False

    def __enter__(self) -> "Workers":
        ending.register_cleanup(self._end)
        return self

    def __exit__(self, *error: object) -> None:
        """End the processes, busy or not."""
        self._end()
        ending.unregister_cleanup(self._end)
        for worker in self._workers:
            worker.connection.close()

    def _end(self) -> None:
        for worker in self._workers:
            worker.process.terminate()  # it ends the process that reads a PDF for it
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            worker.process.kill()
            worker.process.join()

    def results(self, tasks: Iterable[Task]) -> Iterator[Result | None]:
        """Yield the results of tasks in order, and None from time to time while there are none.

        Args:
            tasks: numbered from 0.

        Raises:
            SummarizeError: what ends all work, as for `JobRunner.results`.
        """
        upcoming = iter(tasks)
        while self._give(upcoming):
            self._listen()
            yield from self._due()
            yield None

    def _give(self, upcoming: Iterator[Task]) -> bool:
        """Assign tasks to idle workers, and return whether results are still to come."""
        while self.size_held < MAX_HELD and not self._is_exhausted:
            idle = next((worker for worker in self._workers if worker.task is None), None)
            if idle is None and len(self._workers) == self._num_processes:
                break
            task = next(upcoming, None)
            if task is None:
                self._is_exhausted = True
                break
            idle = idle or self._start()
            idle.task = task
            self._held[task.number] = deque()
            with suppress(OSError):  # it has just ended; the next read will report that
                idle.connection.send(task)
        return any(worker.task for worker in self._workers)

    def _start(self) -> _Worker:
        with ending.defer_signals(), interrupts_held():
            ours, theirs = self._context.Pipe()
            # A forked process has our ends of the pipes as well, and would never see them closed.
            copied = [ours, *(worker.connection for worker in self._workers)] if START_METHOD == "fork" else []
            process = self._context.Process(
                target=_serve, args=(theirs, self._work, copied, interface_language()), daemon=True
            )
            process.start()
            theirs.close()  # so that ours ends when it ends
            worker = _Worker(process, ours)
            self._workers.append(worker)
        return worker

    def _listen(self) -> None:
        """Receive what has arrived, or wait a moment."""
        is_full = self.size_held >= MAX_HELD
        speakers = {
            worker.connection: worker
            for worker in self._workers
            if worker.task and (worker.task.number == self._turn or not is_full)
        }
        for connection in wait(list(speakers), timeout=_TICK):
            worker = speakers[cast("Connection[object, object]", connection)]
            try:
                self._take(worker, worker.connection.recv())
            except (EOFError, OSError):
                self._bury(worker)

    def _take(self, worker: _Worker, message: object) -> None:
        assert worker.task is not None
        if isinstance(message, SummarizeError):
            raise message
        if isinstance(message, Result):
            self._held[worker.task.number].append(message)
            self.size_held += _size(message)
        else:
            self._finished.add(worker.task.number)
            worker.task = None

    def _bury(self, worker: _Worker) -> None:
        """Report that a process has died, for example because the kernel killed it for lack of memory."""
        assert worker.task is not None
        worker.process.join()
        code = worker.process.exitcode or 0
        how = signal.Signals(-code).name if code < 0 else _("exit status {code}").format(code=code)
        problem = _("its process ended ({how}), perhaps for lack of memory; try a smaller --jobs")
        result = self._work.failure(worker.task, InputError(problem.format(how=how)))
        self._held[worker.task.number].append(result)
        self.size_held += _size(result)
        self._finished.add(worker.task.number)
        worker.connection.close()
        self._workers.remove(worker)

    def _due(self) -> Iterator[Result]:
        """Yield the results whose turn has come."""
        while self._turn in self._held:
            results = self._held[self._turn]
            while results:
                result = results.popleft()
                self.size_held -= _size(result)
                yield result
            if self._turn not in self._finished:
                return
            self._finished.remove(self._turn)
            del self._held[self._turn]
            self._turn += 1


def _size(result: Result) -> int:
    return max(_MIN_HELD, len(result.text))


@contextmanager
def interrupts_held() -> Iterator[None]:
    """Block Ctrl-C in this context, and in a process that is started in it until that process unblocks it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    connection: "Connection[object, object]",
    work: JobRunner,
    copied: "Iterable[Connection[object, object]]",
    language: InterfaceLanguage,
) -> None:
    """Process tasks until the other end of the pipe is closed.

    Args:
        connection: where it comes from.
        work: what is done.
        copied: the other ends, which are not for this process.
        language: what messages are in.
    """
    set_language(language)
    for other in copied:
        other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the parent ends this one
    ending.end_at_signals()
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    with suppress(EOFError, OSError):
        while True:
            task = connection.recv()
            assert isinstance(task, Task)
            try:
                for result in work.results(task):
                    connection.send(result)
            except SummarizeError as error:
                connection.send(error)
            connection.send(None)

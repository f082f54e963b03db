"""The embedded engine: processes of this machine, no service."""

from collections.abc import Iterable, Iterator
from multiprocessing.connection import wait

from summarize.batch.process import Outcome, SupervisedWorker, Task
from summarize.batch.task import Piece, Settings

_TICK = 0.2  # seconds after which whoever waits is told that nothing is done yet


class LocalEngine:
    """Processes that work at tasks. Used in a `with`, at whose end they are ended.

    Args:
        settings: of the batch.
        input_address: where the input lies.
        num_workers: how many processes at most.
        timeout: most seconds for a document; None for no limit.
    """

    def __init__(self, settings: Settings, input_address: str, num_workers: int, timeout: float | None) -> None:
        self._arguments = (settings, input_address, timeout)
        self._num_workers = num_workers
        self._hands: list[SupervisedWorker] = []

    def __enter__(self) -> "LocalEngine":
        return self

    def __exit__(self, *error: object) -> None:
        """End the processes, whatever they are at."""
        for hand in self._hands:
            hand.end()

    @property
    def num_underway(self) -> int:
        """How many documents are done of pieces that are not."""
        return sum(max(0, hand.row) for hand in self._hands if isinstance(hand.task, Piece))

    def results(self, tasks: Iterable[Task]) -> Iterator[Outcome | None]:
        """Yield what comes of tasks, in any order, and None from time to time while there is nothing.

        Raises:
            SummarizeError: what ends all work.
        """
        upcoming = iter(tasks)
        task = next(upcoming, None)
        while task is not None or any(hand.task for hand in self._hands):
            while task is not None and (hand := self._idle_hand()):
                hand.give(task)
                task = next(upcoming, None)
            busy = [hand for hand in self._hands if hand.task]
            wait([hand.waited_for for hand in busy], timeout=_TICK)
            for hand in busy:
                outcome = hand.look()
                if outcome is not None:
                    yield outcome
            yield None

    def _idle_hand(self) -> SupervisedWorker | None:
        idle = next((hand for hand in self._hands if hand.task is None), None)
        if idle is None and len(self._hands) < self._num_workers:
            idle = SupervisedWorker(*self._arguments)
            self._hands.append(idle)
        return idle

"""The Ray engine: one actor per core, each with a supervised process that holds the model, as in the local engine.

A lost actor is replaced where there is room, and its piece goes to the next free actor. Ray's own restarts are not
used: an actor that Ray cannot place would keep its piece forever.
"""

import logging
import os
import platform
import socket
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from contextlib import suppress
from multiprocessing.connection import wait
from typing import Any

from summarize.batch.manifest import Manifest
from summarize.batch.process import Outcome, SupervisedWorker, Task
from summarize.batch.stores import find_store
from summarize.batch.task import Settings
from summarize.errors import InputError, SummarizeError, check_extra
from summarize.interface import _, set_language

_TICK = 0.2  # seconds after which whoever waits is told that nothing is done yet
_KNOCK_SECONDS = 10.0
_PATIENCE = 600.0  # seconds without any actor at work
_MAX_LOSSES = 5  # of actors at one piece, or before one of them could begin

# Send no statistics, do not warn about cores without an accelerator, and do not package and reinstall a `uv run`
# environment for every actor.
_ENVIRONMENT = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    "RAY_ENABLE_UV_RUN_RUNTIME_ENV": "0",
}


class _Actor:
    """Works at one task after the other in a process of its own, which a document may kill without harm to the actor.

    Arguments as for `SupervisedWorker`.
    """

    def __init__(self, settings: Settings, input_address: str, timeout: float | None) -> None:
        set_language(settings.language)
        self._settings = settings
        self._hand = SupervisedWorker(settings, input_address, timeout)

    def complaint(self) -> SummarizeError | None:
        """Return what keeps this actor from working; None if nothing does."""
        store, root = find_store(self._settings.output)
        with suppress(SummarizeError):
            if (Manifest(store, root, root).read() or {}).get("run") == self._settings.run:
                return None
        reason = _("{name}: is not visible on node {node}; input and output must be accessible from all nodes")
        return InputError(reason.format(name=self._settings.output, node=platform.node()))

    def work_at(self, task: Task) -> Outcome | SummarizeError:
        """Return what came of a task, or what ends all work."""
        try:
            self._hand.give(task)
            while True:
                wait([self._hand.waited_for], timeout=_TICK)
                outcome = self._hand.look()
                if outcome is not None:
                    return outcome
        except SummarizeError as error:
            return error


class RayEngine:
    """Actors that work at tasks. Used in a `with`, at whose end they are ended.

    Args:
        settings: of the batch.
        input_address: where the input lies.
        num_workers: how many actors at most; 0: one for each core of the cluster, also of nodes that come later.
        timeout: most seconds for a document; None for no limit.
        address: of the cluster; None for the one that Ray's environment names, or a new one of this machine.
    """

    num_underway = 0  # which nobody is asked for: pieces are what is counted

    def __init__(
        self, settings: Settings, input_address: str, num_workers: int, timeout: float | None, address: str | None
    ) -> None:
        self._arguments = (settings, input_address, timeout)
        self._num_workers = num_workers
        # Of its own Ray would join whatever cluster was started on this machine last.
        self._address = address or os.environ.get("RAY_ADDRESS") or "local"
        self._starting: dict[Any, Any] = {}  # actors by what they were asked
        self._idle: list[Any] = []
        self._busy: dict[Any, tuple[Any, Task]] = {}
        self._num_failed_starts = 0
        self._losses: Counter[Task] = Counter()

    def __enter__(self) -> "RayEngine":
        """Join the cluster.

        Raises:
            InputError: there is none.
        """
        check_extra("ray", ("ray",))
        for name, value in _ENVIRONMENT.items():
            os.environ.setdefault(name, value)
        import ray

        self._ray: Any = ray
        try:
            _knock_at(self._address)
            is_ours: dict[str, Any] = {"include_dashboard": False} if self._address == "local" else {}
            ray.init(address=self._address, log_to_driver=False, logging_level=logging.ERROR, **is_ours)
        except (OSError, ValueError, RuntimeError) as error:
            reason = _("{address}: no Ray cluster was found ({reason})")
            line = str(error).splitlines()[0]
            raise InputError(reason.format(address=self._address, reason=line)) from error
        self._make: Any = ray.remote(num_cpus=1, max_restarts=0, max_task_retries=0)(_Actor)
        return self

    def __exit__(self, *error: object) -> None:
        """Leave the cluster; the actors end with that."""
        self._ray.shutdown()

    def results(self, tasks: Iterable[Task]) -> Iterator[Outcome | None]:
        """Yield what comes of tasks, in any order, and None from time to time while there is nothing.

        Raises:
            SummarizeError: what ends all work.
        """
        upcoming = deque(tasks)
        worked_at = time.monotonic()
        while upcoming or self._busy:
            self._start(len(upcoming) + len(self._busy))
            worked_at = time.monotonic() if self._busy else worked_at
            if time.monotonic() - worked_at > _PATIENCE:
                reason = _("no core of the cluster has been free for {minutes:.0f} minutes")
                raise InputError(reason.format(minutes=_PATIENCE / 60))
            while upcoming and self._idle:
                actor, task = self._idle.pop(), upcoming.popleft()
                self._busy[actor.work_at.remote(task)] = (actor, task)
            ready, _rest = self._ray.wait([*self._starting, *self._busy], timeout=_TICK)
            for reference in ready:
                if reference in self._starting:
                    self._welcome(reference)
                    continue
                actor, task = self._busy.pop(reference)
                outcome = self._outcome(reference)
                if isinstance(outcome, SummarizeError):
                    raise outcome
                if outcome is None:
                    self._lose(task)
                    upcoming.appendleft(task)
                    continue
                self._idle.append(actor)
                yield outcome
            yield None

    def _start(self, num_tasks: int) -> None:
        """Start actors until there are as many as may be."""
        num_cores = int(self._ray.cluster_resources().get("CPU", 0))
        wanted = min(self._num_workers or max(1, num_cores), num_tasks)
        for _number in range(wanted - len(self._starting) - len(self._idle) - len(self._busy)):
            actor = self._make.remote(*self._arguments)
            self._starting[actor.complaint.remote()] = actor

    def _welcome(self, reference: Any) -> None:
        """Take in an actor that has started, or count that it could not.

        Raises:
            SummarizeError: the actor cannot work.
        """
        actor = self._starting.pop(reference)
        try:
            complaint = self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            self._num_failed_starts += 1
            if self._num_failed_starts >= _MAX_LOSSES:
                reason = _("no actor can be started on the cluster ({reason}); is summarize installed on each node?")
                raise InputError(reason.format(reason=str(error).strip().splitlines()[-1])) from error
            return
        if complaint is not None:
            raise complaint
        self._num_failed_starts = 0
        self._idle.append(actor)

    def _outcome(self, reference: Any) -> Outcome | SummarizeError | None:
        """Return what an actor has made of a task; None if the actor is lost."""
        try:
            outcome: Outcome | SummarizeError = self._ray.get(reference)
        except self._ray.exceptions.RayError:
            return None
        return outcome

    def _lose(self, task: Task) -> None:
        self._losses[task] += 1
        if self._losses[task] >= _MAX_LOSSES:
            raise InputError(_("the actors keep dying, perhaps for lack of memory; try a smaller --workers"))


def _knock_at(address: str) -> None:
    """Check that something listens at an address; Ray itself would wait for minutes.

    Raises:
        OSError: nobody does.
    """
    host, mark, port = address.rpartition("://")[2].rpartition(":")
    if mark and port.isdecimal():
        socket.create_connection((host, int(port)), timeout=_KNOCK_SECONDS).close()

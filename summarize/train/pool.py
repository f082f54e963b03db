"""Work on all cores whose results are taken in order, however much there is of it."""

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from multiprocessing.pool import AsyncResult
from typing import Any, TypeVar

_Task = TypeVar("_Task")
_Result = TypeVar("_Result")
_AHEAD = 4  # tasks begun or waiting, for each core


def map_in_order(
    function: Callable[[_Task], _Result],
    tasks: Iterable[_Task],
    initializer: Callable[..., None] | None = None,
    initargs: Iterable[Any] = (),
) -> Iterator[_Result]:
    """Yield a function of each task, in their order, from forked processes.

    Unlike `Pool.imap`, which reads all tasks at once, it takes a task only when results have been taken.

    Args:
        function: of a task.
        tasks: what it is called with.
        initializer: called in each process first.
        initargs: its arguments.
    """
    with multiprocessing.get_context("fork").Pool(initializer=initializer, initargs=initargs) as pool:
        most = _AHEAD * multiprocessing.cpu_count()
        waiting: deque[AsyncResult[_Result]] = deque()
        for task in tasks:
            waiting.append(pool.apply_async(function, (task,)))
            if len(waiting) >= most:
                yield waiting.popleft().get()
        while waiting:
            yield waiting.popleft().get()

import multiprocessing
import os
from collections.abc import Iterator

import pytest

from summarize.train.pool import map_in_order


def double(number: int) -> int:
    return 2 * number


def fail(number: int) -> int:
    raise ValueError(f"no {number}")


def test_results_come_in_order_from_other_processes() -> None:
    assert list(map_in_order(double, range(100))) == list(range(0, 200, 2))
    assert os.getpid() not in set(map_in_order(process, range(10)))


def process(number: int) -> int:
    return os.getpid()


def test_tasks_are_taken_as_results_are() -> None:
    taken = []

    def tasks() -> Iterator[int]:
        for number in range(10_000):
            taken.append(number)
            yield number

    results = map_in_order(double, tasks())
    assert [next(results) for _ in range(3)] == [0, 2, 4]
    assert len(taken) <= 4 * multiprocessing.cpu_count() + 3
    results.close()  # type: ignore[attr-defined]


def test_what_a_function_raises_is_raised_where_its_result_would_be() -> None:
    results = map_in_order(fail, range(3))
    with pytest.raises(ValueError, match="no 0"):
        next(results)

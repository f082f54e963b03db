"""Batches for tests: small inputs, an engine without processes, and what stands in an output."""

import json
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from fakes import FakeScorer

from summarize.batch.places import BatchPaths
from summarize.batch.process import Outcome, Task
from summarize.batch.run import BatchRequest, Tally, run_batch
from summarize.batch.stores import find_store
from summarize.batch.task import Settings, SplitTask
from summarize.batch.worker import Worker

TEXT = "昨天下午，河水上涨了很多，城市停电，学校停课。第{}号居民说，水位仍然很高，桥也被冲走了。今天雨停了。"


class HereEngine:
    """Works at tasks in this process."""

    num_underway = 0

    def __init__(self, settings: Settings, input_address: str) -> None:
        self.tasks: list[Task] = []
        target, root = find_store(settings.output)
        source, _ = find_store(input_address)
        self._worker = Worker(settings, source, target, BatchPaths(root, settings), lambda row: None, FakeScorer())

    def results(self, tasks: Iterable[Task]) -> Iterator[Outcome | None]:
        for task in tasks:
            self.tasks.append(task)
            yield self._worker.cut(task) if isinstance(task, SplitTask) else self._worker.work_at(task, {})


def asked(source: Path | str, output: Path | str, **more: Any) -> BatchRequest:
    own = {name: more.pop(name) for name in list(more) if name in Settings._fields and name != "kind"}
    settings = Settings(str(output), "", "jsonl", own.pop("summary_options", {"sentences": 1}), **own)
    return BatchRequest(str(source), settings, **more)


def run_here(source: Path | str, output: Path | str, **more: Any) -> tuple[Tally, list[Task]]:
    """Do a batch in this process, and return what came of it and what was done for it."""
    engines: list[HereEngine] = []

    def make_engine(settings: Settings, input_address: str) -> AbstractContextManager[HereEngine]:
        engines.append(HereEngine(settings, input_address))
        return nullcontext(engines[-1])

    tally = run_batch(asked(source, output, **more), make_engine, lambda note: None)
    return tally, engines[0].tasks


def documents(number: int) -> list[dict[str, Any]]:
    return [{"id": place, "text": TEXT.format(place)} for place in range(number)]


def write_lines(path: Path, rows: Iterable[Any]) -> Path:
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def written(output: Path) -> list[dict[str, Any]]:
    """Return the rows of all parts, in the order of their names."""
    return [row for part in sorted(output.glob("part-*.jsonl")) for row in read_lines(part)]


def dead_letters(output: Path) -> list[dict[str, Any]]:
    return read_lines(output / "_batch" / "failed.jsonl")


def part_bytes(output: Path) -> dict[str, bytes]:
    return {part.name: part.read_bytes() for part in sorted(output.glob("part-*"))}

"""A batch, started or resumed: plan, split, process, count."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from summarize import __version__
from summarize.batch.manifest import Manifest
from summarize.batch.packing import check_packing, packing_of
from summarize.batch.places import BatchPaths
from summarize.batch.plan import (
    Inputs,
    cut_tasks,
    find_inputs,
    look_into,
    packing_of_all,
    piece_bytes_for,
    pieces,
)
from summarize.batch.process import Outcome, Task
from summarize.batch.progress import Progress
from summarize.batch.stores import absolute, find_store
from summarize.batch.task import Done, FileSplit, Kind, Settings, SplitTask
from summarize.errors import ExitStatus, check_extra
from summarize.interface import _
from summarize.network.storage import DEFAULT_MODEL, SETTINGS_FILE, load_model

_SILENT_BYTES = 1 << 30  # that are cut without a word


class Engine(Protocol):
    """Whoever works at tasks."""

    @property
    def num_underway(self) -> int:
        """How many documents are done of pieces that are not."""
        ...

    def results(self, tasks: Iterable[Task]) -> Iterator[Outcome | None]:
        """Yield what comes of tasks, in any order, and None from time to time while there is nothing."""
        ...


MakeEngine = Callable[[Settings, str], AbstractContextManager[Engine]]


class BatchRequest(NamedTuple):
    """What the user asks for.

    Args:
        input: the address of the input.
        settings: as far as they are known; no run, no kind and no packing yet.
        kind: of the input; None to detect it from its names.
        piece_bytes: how long a piece is; None for what suits the input.
        lists: digests of the lists of words, by the names of their options.
        anew: whether a batch that is there is thrown away.
        is_thorough: whether parts that are there are read, rather than only measured.
    """

    input: str
    settings: Settings
    kind: Kind | None = None
    piece_bytes: int | None = None
    lists: Mapping[str, str] = {}
    anew: bool = False
    is_thorough: bool = False


class Tally(NamedTuple):
    """What came of a batch.

    Args:
        read: documents.
        written: of these.
        failed: of these.
        pieces: of the input.
        before: pieces that were done already.
        dead_letters: the file that says what failed.
    """

    read: int
    written: int
    failed: int
    pieces: int
    before: int
    dead_letters: str

    @property
    def status(self) -> ExitStatus:
        """The exit status that it stands for."""
        return ExitStatus.INPUT_FAILED if self.failed else ExitStatus.OK


def run_batch(asked: BatchRequest, make_engine: MakeEngine, note: Callable[[str], None]) -> Tally:
    """Run a batch, or resume it.

    Args:
        asked: what is asked for.
        make_engine: makes the engine.
        note: takes a line for the user.

    Raises:
        SummarizeError: it cannot be done, or not to its end.
    """
    if asked.settings.model:
        load_model(asked.settings.model)
    source, path = find_store(asked.input)
    target, root = find_store(asked.settings.output)
    target.kind_of(root)  # report an unreachable store before reading anything
    inputs = find_inputs(source, path, asked.kind, root)
    if inputs.kind == "parquet":
        check_extra("batch", ("pyarrow",))
    packing = packing_of_all(inputs)
    for file in inputs.files:
        check_packing(packing_of(file.name))
    model = asked.settings.model and asked.settings.model.absolute()
    settings = asked.settings._replace(
        output=absolute(asked.settings.output), model=model, kind=inputs.kind, packing=packing
    )
    found = look_into(inputs, source, settings)
    if found.note:
        note(found.note)
    settings = settings._replace(field=found.field, delimiter=found.delimiter)
    piece_bytes = asked.piece_bytes or piece_bytes_for(inputs)
    manifest = Manifest(target, root, asked.settings.output)
    with manifest.locked():
        run = manifest.begin(_about(settings, piece_bytes, asked.lists), inputs, anew=asked.anew)
        settings = settings._replace(run=run)
        batch = _Batch(manifest, inputs, piece_bytes, BatchPaths(root, settings), asked, note)
        with make_engine(settings, absolute(asked.input)) as engine:
            return batch.run(engine)


def _about(settings: Settings, piece_bytes: int, lists: Mapping[str, str]) -> dict[str, Any]:
    """Return what determines the output, as the manifest stores it; any difference makes it another batch."""
    options = settings._asdict() | {"summary_options": None, "lexicon": dict(lists), "model": _digest(settings.model)}
    summary_options = {name: value for name, value in settings.summary_options.items() if name != "lexicon"}
    left_out = ("output", "run", "kind", "summary_options", "language")
    return {
        "program": __version__,
        "piece_bytes": piece_bytes,
        "options": {name: _plain(value) for name, value in (options | summary_options).items() if name not in left_out},
    }


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _digest(model: Path | None) -> str:
    """Return a digest of a model, whose settings have one of each of its files."""
    return hashlib.sha256(((model or DEFAULT_MODEL) / SETTINGS_FILE).read_bytes()).hexdigest()


class _Batch:
    """A batch that has been begun."""

    def __init__(
        self,
        manifest: Manifest,
        inputs: Inputs,
        piece_bytes: int,
        paths: BatchPaths,
        asked: BatchRequest,
        note: Callable[[str], None],
    ) -> None:
        self._note = note
        self._manifest = manifest
        self._inputs = inputs
        self._piece_bytes = piece_bytes
        self._paths = paths
        self._is_thorough = asked.is_thorough
        self._dead_letters = BatchPaths(asked.settings.output.rstrip("/")).dead_letters  # as the user calls it

    def run(self, engine: Engine) -> Tally:
        """Do what is left of it."""
        cuts = self._manifest.cuts()
        self._cut(engine, cuts, [task for task in self._cut_tasks() if task.number not in cuts])
        every = pieces(self._inputs, cuts, self._piece_bytes)
        done = self._manifest.done(every, self._paths, is_thorough=self._is_thorough)
        left = [piece for piece in every if piece.number not in done]
        lost = self._manifest.lost_cuts(cuts, left)
        self._cut(engine, cuts, [task for task in self._cut_tasks() if task.number in lost])
        num_before = len(done)
        with Progress(sum(piece.size for piece in left)) as progress:
            for outcome in engine.results(left):
                if isinstance(outcome, Done):
                    done[outcome.piece] = outcome
                    progress.reached(every[outcome.piece], outcome)
                progress.tick(engine.num_underway)
        counts = self._manifest.finish(every, done, self._paths)
        return Tally(**counts, pieces=len(every), before=num_before, dead_letters=self._dead_letters)

    def _cut_tasks(self) -> list[SplitTask]:
        return list(cut_tasks(self._inputs, self._piece_bytes))

    def _cut(self, engine: Engine, cuts: dict[int, FileSplit], tasks: list[SplitTask]) -> None:
        num_bytes = sum(task.file.size for task in tasks)
        if num_bytes > _SILENT_BYTES:
            message = _("{size} GB are read once to find where to split them; then processing starts")
            self._note(message.format(size=round(num_bytes / 1e9, 1)))
        for outcome in engine.results(tasks):
            if isinstance(outcome, FileSplit):
                cuts[outcome.number] = outcome

"""A run over all inputs: in this process or in several, with a progress bar if it takes long, to its output."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Self

from summarize.command.names import STDIN, Input, name_of
from summarize.command.streams import print_error, print_stderr, write
from summarize.command.work import JobRunner, Result, Task, standard_input
from summarize.document import Source
from summarize.errors import ExitStatus, InputError, ModelError, OutputError
from summarize.interface import _


class Output:
    """The destination of results. A context manager; everything is written when it exits.

    Attributes:
        is_seen: whether they appear on a terminal.
    """

    is_seen = False

    def put(self, result: Result) -> None:
        """Take a result.

        Raises:
            OutputError: it cannot be written.
        """
        raise NotImplementedError

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        """Write what is left, unless something went wrong."""


class SeparatorWriter:
    """Separates texts with headings by blank lines."""

    def __init__(self) -> None:
        self._separator = ""

    def parted(self, result: Result) -> str:
        """Return what is printed of a result, after what parts it from the one before."""
        if not (result.is_headed and result.text):
            return result.text
        text, self._separator = self._separator + result.text, "\n"
        return text


class StdoutOutput(Output):
    """Prints each result at once."""

    def __init__(self) -> None:
        self._parting = SeparatorWriter()
        self.is_seen: bool = sys.stdout is not None and sys.stdout.isatty()

    def put(self, result: Result) -> None:
        """Print a result."""
        if result.text:
            write(self._parting.parted(result))


def run(
    work: JobRunner, inputs: Sequence[Input], output: Output, *, jobs: int, wants_field: bool = False
) -> ExitStatus:
    """Process each input and write its result; a failure does not stop the rest.

    Args:
        work: what is done with an input.
        inputs: what is read, at least one.
        output: where summaries are written.
        jobs: how many processes may work at once; 0 for one for each core.
        wants_field: whether the command line names a field; then a warning is printed if no input has fields.

    Returns:
        Whether some input failed.

    Raises:
        ModelError: the model turned out to be of no use for any text.
        OutputError: the output cannot be written.
    """
    tasks: Iterator[Task]
    failures: list[Result] = []
    if len(inputs) > 1:
        total, tasks = len(inputs), _one_each(inputs, reads_ahead=jobs != 1)
    else:
        failures, texts = _texts_of(work, inputs[0])
        total, tasks = len(texts), iter(texts)
    with output, _results(work, tasks, total, jobs) as results:
        formats: set[str] = set()
        every = _noting(chain(failures, results), formats)
        have_failed = _deliver_with_bar(every, output, total) if total > 1 else _deliver(every, output)
    if wants_field:
        _tell_of_no_field(formats)
    return ExitStatus.INPUT_FAILED if have_failed else ExitStatus.OK


def run_together(work: JobRunner, inputs: Sequence[Input], output: Output, *, wants_field: bool = False) -> ExitStatus:
    """Make one summary of all texts of the inputs, and write it; unreadable inputs are reported and skipped.

    Arguments, result and errors are those of `run`.
    """
    failures: list[Result] = []
    sources, names, files = [], [], []
    for one in inputs:
        failed, tasks = _texts_of(work, one)
        failures += failed
        for task in tasks:
            if isinstance(task.content, Source):
                sources.append(task.content)
                files.append(name_of(one.name))
                names.append(task.content.title or name_of(one.name) if len(tasks) == 1 else task.content.name)
    with output:
        has_failed = _deliver([failure._replace(text="") for failure in failures], output)
        if sources:
            has_failed |= _deliver([work.together(sources, names, files)], output)
        elif failures:
            output.put(Result(0, 0, work.record_of(failures[0].error_lines[-1])))
    if wants_field:
        _tell_of_no_field({source.format for source in sources})
    return ExitStatus.INPUT_FAILED if has_failed else ExitStatus.OK


def _noting(results: Iterable[Result | None], formats: set[str]) -> Iterator[Result | None]:
    """Yield results, and note the formats of what they are of."""
    for result in results:
        if result:
            formats.add(result.format)
        yield result


def _tell_of_no_field(formats: set[str]) -> None:
    """Warn that a field was named in vain, if all inputs were read and none has fields."""
    if formats.isdisjoint({"records", ""}):
        print_error(_("warning: --field names a JSON field or a CSV column, but no input has fields"))


def _deliver(results: Iterable[Result | None], output: Output) -> bool:
    """Write what comes of inputs, and return whether one of them failed."""
    has_failed = False
    for result in results:
        if result:
            _tell(result)
            output.put(result)
            has_failed |= result.failed
    return has_failed


def _deliver_with_bar(results: Iterable[Result | None], output: Output, total: int) -> bool:
    """Do the same with a bar that says how far the run is."""
    from summarize.command.progress import Bar  # here, since one input needs none

    has_failed = False
    with Bar(total) as bar:
        for result in results:
            if result is None:
                bar.tick()
                continue
            with bar.aside(output.is_seen or bool(result.error_lines)):
                has_failed |= _deliver([result], output)
            bar.reached(result.task + 1)
    return has_failed


def _one_each(inputs: Sequence[Input], *, reads_ahead: bool) -> Iterator[Task]:
    """Yield a task for each input; another process cannot read standard input, so that is read here for it."""
    for input_index, one in enumerate(inputs):
        content = InputError(one.error) if one.error else None
        if one.name == STDIN and reads_ahead:
            yield Task(input_index, input_index, one.name, _standard_input())
        else:
            yield Task(input_index, input_index, one.name, content)


def _standard_input() -> bytes | InputError:
    try:
        return standard_input()
    except InputError as error:
        return error


def _texts_of(work: JobRunner, one: Input) -> tuple[list[Result], list[Task]]:
    """Return a task for each text of the only input, or what is to be said if it cannot be read."""
    task = Task(0, 0, one.name, InputError(one.error) if one.error else None)
    try:
        sources = work.read(task)
    except (ModelError, OutputError):
        raise
    except Exception as error:
        return [work.failure(task, error)], []
    has_several = len(sources) > 1
    return [], [
        Task(number, 0, one.name, source, text_number=number + 1, has_several=has_several)
        for number, source in enumerate(sources)
    ]


@contextmanager
def _results(work: JobRunner, tasks: Iterator[Task], total: int, jobs: int) -> Iterator[Iterator[Result | None]]:
    """Give the results of tasks, in order, and None from time to time while there are none."""
    if jobs != 1 and total > 1:
        from summarize.command.jobs import Workers, num_cores

        with Workers(work, min(jobs or num_cores(), total)) as workers:
            yield workers.results(tasks)
    else:
        yield (result for task in tasks for result in work.results(task))


def _tell(result: Result) -> None:
    """Print the messages of a result to stderr."""
    print_stderr(result.traceback)
    for complaint in result.error_lines:
        print_error(complaint)

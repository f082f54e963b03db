"""Processing of one input: it is read, each of its texts is summarized, and each summary is rendered to a string.

It runs in this process or in others (`jobs`), so it prints nothing: messages are part of the results.
"""

import errno
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from summarize.command.model import load_scorer
from summarize.command.names import STDIN, is_address, name_of, text_name_of
from summarize.document import Source
from summarize.errors import InputError, ModelError, OutputError, SummarizeError
from summarize.formats.table import format_named
from summarize.formats.view import PLAIN_VIEW
from summarize.interface import _, os_reason
from summarize.value import replace

if TYPE_CHECKING:
    from summarize.formats.view import View
    from summarize.network.scorer import NetworkScorer
    from summarize.pipeline import Scorer
    from summarize.summary import Summary

# Arguments of `summarize_text` that say how long a summary is; "length" goes with none of the others.
LENGTH_OPTIONS = ("sentences", "chars", "words", "ratio", "length")

_NO_ROOM = ("failed to map segment", "cannot allocate memory", "Cannot allocate memory")  # what the loader says
_LIMITS = (errno.EMFILE, errno.ENFILE, errno.EAGAIN)  # of files that are open, and of processes

_NOTHING: Mapping[str, Any] = {}


# These are named tuples: a dataclass takes eight times as long to define, and every call defines all three.
class Job(NamedTuple):
    """What is to be done with every input.

    Args:
        summary_options: arguments of `summarize_text`.
        format: the name of the format.
        view: how it is printed.
        plot: a picture to draw as well; None for none.
        reading: how inputs are read: arguments of `summarize.inputs.door.read_file`.
        model: directory of the model; None for the supplied one.
        has_headings: whether every summary has a heading; else those have one that come from a file with several.
        together: whether all texts are summarized as one.
        debug: whether a traceback comes with an error.
    """

    summary_options: Mapping[str, Any] = _NOTHING
    format: str = "text"
    view: "View" = PLAIN_VIEW
    plot: Path | None = None
    reading: Mapping[str, str | None] = _NOTHING
    model: Path | None = None
    has_headings: bool = False
    together: bool = False
    debug: bool = False


class Task(NamedTuple):
    """An input, or one text of it, to be worked at.

    Args:
        number: of the task, from 0.
        place: of its input among all, from 0.
        file: as the user named it; `-` is standard input.
        content: what has been read of it already: all its bytes, or a text; or why it cannot be read.
        text_number: of that text in the input, from 1.
        has_several: whether the input has several texts, of which that is one.
    """

    number: int
    place: int
    file: str
    content: bytes | Source | InputError | None = None
    text_number: int = 1
    has_several: bool = False


class Result(NamedTuple):
    """What came of a text, or of an input that cannot be read.

    Args:
        task: the number of its task.
        place: of its input among all.
        text: what is printed; empty for nothing.
        is_headed: whether a heading is part of that.
        error_lines: lines for stderr.
        traceback: for stderr, before them.
        failed: whether there is no summary.
        format: of the input, by its name; empty if it cannot be read.
    """

    task: int
    place: int
    text: str = ""
    is_headed: bool = False
    error_lines: tuple[str, ...] = ()
    traceback: str = ""
    failed: bool = False
    format: str = ""


class JobRunner:
    """Runs a job. A worker process loads its own model.

    Args:
        job: the job.
        scorer: the network with the model; None to load it.

    Raises:
        ModelError: the model cannot be read.
    """

    def __init__(self, job: Job, scorer: "Scorer | None" = None) -> None:
        self.job = job
        self._scorer = scorer or load_scorer(job.model)
        self._format = format_named(job.format)

    def __reduce__(self) -> Any:
        return JobRunner, (self.job,)

    def results(self, task: Task) -> Iterator[Result]:
        """Yield the result for each text of an input.

        Raises:
            ModelError: the model turned out to be of no use for any text.
            OutputError: a picture cannot be written.
        """
        try:
            sources = self.read(task)
        except Exception as error:  # even an internal error: the other inputs may be unaffected
            yield self.failure(task, error)
            return
        has_several = task.has_several or len(sources) > 1
        for number, source in enumerate(sources, start=task.text_number):
            yield self._result(task, source, (source.name or f"text {number}") if has_several else "")

    def read(self, task: Task) -> list[Source]:
        """Return the texts of an input.

        Raises:
            SummarizeError: it cannot be read, or has more texts than can be printed; the message names it.
        """
        if isinstance(task.content, Source):
            return [task.content]
        if isinstance(task.content, InputError):
            raise task.content
        sources = self._sources(task.file, task.content)
        if len(sources) > 1 and not self.job.together and (self._format.several == "refused" or self.job.plot):
            problem = _("has {number} texts, but an HTML page or a plot shows only one; choose another format")
            raise InputError(problem.format(number=len(sources)))
        return sources

    def _sources(self, file: str, data: bytes | None) -> list[Source]:
        """Return the texts of a file, or of standard input, all of which may have been read already."""
        from summarize.inputs import door
        from summarize.inputs.table import Options

        how = self.job.reading
        if file == STDIN:
            data = standard_input() if data is None else data
            options = Options(name=name_of(STDIN), encoding=how.get("encoding"), field=how.get("field"))
            return door.read_bytes(data, options, source_format=how.get("source_format"))
        if is_address(file):
            from summarize.inputs.url import read_url

            return read_url(file, **how)
        return door.read_file(file, **how)

    def failure(self, task: Task, error: Exception, name: str = "", warnings: tuple[str, ...] = ()) -> Result:
        """Return the result that reports an error.

        Args:
            task: what it happened at.
            error: one of ours is said as it is; any other is a bug of ours.
            name: of the text in its file; empty if it is the only one.
            warnings: what is said before it.
        """
        full_name = _name_of(task, name)
        reason = reason_of(error).removeprefix(f"{full_name}: ").removeprefix(f"{name_of(task.file)}: ")
        text = self.record_of(reason, replace(self.job.view, path=_path_of(task), name=name))
        traceback = traceback_of(error) if self.job.debug else ""
        error_lines = (*warnings, f"{full_name}: {reason}")
        return Result(task.number, task.place, text, error_lines=error_lines, traceback=traceback, failed=True)

    def record_of(self, reason: str, view: "View | None" = None) -> str:
        """Return the output for a text without a summary: a line in JSON, so that lines can be counted, else none."""
        if self._format.several != "records":
            return ""
        from summarize.formats.json_lines import to_error_line

        return to_error_line(reason, view or self.job.view)

    def _result(self, task: Task, source: Source, name: str) -> Result:
        """Return what comes of a text; its name is empty if it is the only one of its file."""
        full_name = _name_of(task, name)
        warnings = tuple(_named(warning, full_name, name_of(task.file)) for warning in source.warnings)
        try:
            is_headed = self._format.several == "headings" and bool(name or self.job.has_headings)
            view = replace(self.job.view, path=_path_of(task), name=name, is_below_heading=is_headed)
            job = self.job._replace(view=view)
            summary = self._summarized(source, job)
            warnings += _foreign_notices(summary.document.foreign, full_name) + _notices(summary, full_name)
            text = self._drawn(summary, job)
            if is_headed:
                text = self._format.heading(full_name) + text
        except (ModelError, OutputError):
            raise
        except Exception as error:
            return self.failure(task, error, name, warnings)._replace(format=source.format)
        return Result(task.number, task.place, text, is_headed, warnings, format=source.format)

    def printed(self, source: Source, job: Job) -> str:
        """Return what is printed of a text.

        Args:
            source: the text.
            job: how it is summarized and printed.

        Raises:
            SummarizeError: it cannot be summarized or printed.
        """
        return self._drawn(self._summarized(source, job), job)

    def _summarized(self, source: Source, job: Job) -> "Summary":
        from summarize.pipeline import summarize_text

        return summarize_text(source, scorer=self._scorer, **job.summary_options)

    def _drawn(self, summary: "Summary", job: Job) -> str:
        """Return what is printed of a summary, and draw it if that is asked for."""
        text = self._format.render(summary, job.view)
        if job.plot:
            from summarize.command.drawing import draw

            draw(summary, job.plot)
        return text

    def together(self, sources: Sequence[Source], names: Sequence[str], files: Sequence[str]) -> Result:
        """Return what comes of several texts that are summarized as one.

        Args:
            sources: the texts, at least one.
            names: what each is called.
            files: what each comes from, as messages call it.

        Raises:
            ModelError: the model turned out to be of no use for any text.
            OutputError: a picture cannot be written.
        """
        from summarize.text.language import read_as
        from summarize.together import summarize_together

        warnings: tuple[str, ...] = ()
        for source, name, file in zip(sources, names, files, strict=True):
            warnings += tuple(_named(warning, name, file) for warning in source.warnings)
            if not self.job.summary_options.get("language"):
                warnings += _foreign_notices(read_as(source.text)[1], name)
        try:
            summary = summarize_together(
                sources, names, scorer=cast("NetworkScorer", self._scorer), **self.job.summary_options
            )
            warnings += _notices(summary, "")
            return Result(0, 0, self._drawn(summary, self.job), error_lines=warnings)
        except (ModelError, OutputError):
            raise
        except Exception as error:
            traceback, reason = traceback_of(error) if self.job.debug else "", reason_of(error)
            error_lines = (*warnings, reason)
            return Result(0, 0, self.record_of(reason), error_lines=error_lines, traceback=traceback, failed=True)


def _notices(summary: "Summary", name: str) -> tuple[str, ...]:
    """Return the warnings about a summary."""
    notices = []
    if summary.query is not None and not summary.query.is_matched:
        notices.append(_("nothing in it matches the query; the summary ignores the query"))
    if summary.wants_title and summary.title is None:
        notices.append(_("it has no title"))
    return tuple(_named(notice, name, name) for notice in notices)


def _foreign_notices(foreign: str | None, name: str) -> tuple[str, ...]:
    """Return a warning if a text is mostly in what the model has not learned."""
    if foreign is None:
        return ()
    notice = _("most of it is in {language}, which the model was not trained on; the summary may miss what matters")
    return (_named(notice.format(language=_(foreign)), name, name),)


def _path_of(task: Task) -> str | None:
    return None if task.file == STDIN else task.file


def _name_of(task: Task, name: str) -> str:
    return f"{name_of(task.file)}: {text_name_of(name)}" if name else name_of(task.file)


def _named(warning: str, text: str, file: str) -> str:
    """Return a warning prefixed with the name of the file or text that it is about."""
    name, said = (file, warning.removeprefix(f"{file}: ")) if warning.startswith(f"{file}: ") else (text, warning)
    marked = _("warning: {warning}").format(warning=said)
    return f"{name}: {marked}" if name else marked


def standard_input() -> bytes:
    """Return all of standard input.

    Raises:
        InputError: it cannot be read, or is too large.
    """
    import sys

    from summarize.inputs.whole import read_all

    if sys.stdin is None:
        raise InputError(_("{name}: cannot be read ({reason})").format(name=name_of(STDIN), reason=_("it is closed")))
    try:
        return read_all(sys.stdin.buffer, name_of(STDIN))
    except OSError as error:
        problem = _("{name}: cannot be read ({reason})")
        raise InputError(problem.format(name=name_of(STDIN), reason=os_reason(error))) from None


def reason_of(error: Exception) -> str:
    """Return the message of an error: of a SummarizeError its own, of any other that of an internal error."""
    if isinstance(error, SummarizeError):
        return str(error)
    if is_short_of_memory(error):
        return _("out of memory; split the text, use a smaller --jobs, or raise the limit (ulimit -v)")
    if isinstance(error, OSError) and error.errno in _LIMITS:
        problem = _("a system limit was reached ({reason}); use a smaller --jobs, or raise the limit (ulimit -a)")
        return problem.format(reason=os_reason(error))
    what = f"{type(error).__name__}: {error}".removesuffix(": ")
    return _("internal error: {what}; please run again with --debug and report it").format(what=what)


def is_short_of_memory(error: Exception) -> bool:
    """Return whether an error says that memory ran out, where a library is loaded as well."""
    if isinstance(error, OSError):
        return error.errno == errno.ENOMEM
    cannot_be_loaded = isinstance(error, ImportError) and any(sign in str(error) for sign in _NO_ROOM)
    return cannot_be_loaded or isinstance(error, MemoryError)


def traceback_of(error: Exception) -> str:
    """Return where in the program an error happened."""
    from traceback import format_exception

    return "".join(format_exception(error))

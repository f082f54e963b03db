"""`make fuzz-files EACH=2000`: read so many changed copies of a file of each format, as the command reads a file.

Each mutant is read, and one in eight summarized and printed, in a process whose output is looked at. A finding is
anything but a summary or one clear line, too much time or memory, anything printed beside, a character that steers, or
a text in other characters than those of the whole files. A mutant is named by its format and number, from which it is
made again: `PYTHONPATH=tests python -m fuzz.mutants --write docx:17 > a.docx`.
"""

import os
import resource
import signal
import sys
import tempfile
import time
import traceback
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NamedTuple

import click
from fuzz.harnesses import check_source, only_one_line, scorer
from fuzz.mutations import NAMES, mutant, suffix_of, whole
from fuzz.wholes import CONTAINERS, FILES, PACKED

from summarize.document import Source
from summarize.errors import SummarizeError
from summarize.formats.table import FORMATS
from summarize.formats.view import PLAIN_VIEW
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options
from summarize.pipeline import summarize_text
from summarize.text.decoding import REPLACEMENT

MAX_SECONDS = 5  # of the processor, for a mutant of a few kilobytes; a whole file takes 0.01
MAX_GROWTH_BYTES = 128 << 20  # of what is resident, at its peak
MAX_ADDRESSES_BYTES = 4 << 30  # so that a bomb ends a process and not the machine
MAX_FOREIGN = 0.3  # of the different characters of a text, which no whole file has
_MIN_CHARS = 40  # of such a text
SUMMARIZED = 8  # one mutant in so many is: it takes ten times as long as to read one
_MAX_CHARS_SUMMARIZED = 20_000
_SILENT_SECONDS = 60  # of the processor, after which a process is killed
_MAX_SILENT_SECONDS = 900  # by the clock: others may need the machine


class Verdict(NamedTuple):
    """What became of a mutant: `read`, `refused`, or a finding, which says in `problem` what is wrong."""

    name: str
    number: int
    outcome: str
    seconds: float = 0.0
    problem: str = ""


class _SlowError(BaseException):
    """A mutant takes too long."""


@cache
def _characters() -> frozenset[str]:
    """Return the characters of all whole files: any of them may come out, and next to no others."""
    contents = (
        *FILES.values(),
        *PACKED.values(),
        *("".join(members.values()).encode() for members in CONTAINERS.values()),
    )
    texts = (source.text for name in NAMES for source in _read_whole(name))
    return frozenset("".join((*texts, *(content.decode("utf-8", "ignore") for content in contents))))


def _read_whole(name: str) -> list[Source]:
    try:
        return [] if name == "pdf" else read_bytes(whole(name), Options(suffix=suffix_of(name)))
    except SummarizeError:  # of what is refused as it is
        return []


def judge(name: str, number: int, seed: int = 1) -> Verdict:
    """Read a mutant, and return what becomes of it, without a look at what it takes."""
    suffix = suffix_of(name)
    content = mutant(name, number, seed)
    try:
        sources: list[Source] = []
        with only_one_line():
            sources = read_bytes(content, Options(name=f"a{suffix}", suffix=suffix))
            assert sources, "no text, and no refusal"
        for source in sources[:3]:
            _check(source)
            if number % SUMMARIZED == 0:
                _check_summary(source)
        return Verdict(name, number, "read" if sources else "refused")
    except Exception:
        return Verdict(name, number, "finding", problem=traceback.format_exc())


def _check(source: Source) -> None:
    """Raise AssertionError if a text is not what it should be."""
    check_source(source)
    assert source.text.strip(), "an empty text"
    shown = set(source.text) - {REPLACEMENT}
    num_foreign = len(shown - _characters())
    assert len(shown) < _MIN_CHARS or num_foreign <= MAX_FOREIGN * len(shown), f"foreign: {source.text[:200]!r}"


def _check_summary(source: Source) -> None:
    """Raise AssertionError if what is printed of a text is not what it should be."""
    if len(source.text) > _MAX_CHARS_SUMMARIZED:
        return
    with only_one_line():
        summary = summarize_text(source, scorer=scorer(), sentences=2)
        assert summary.text.strip(), "an empty summary"
        for known in FORMATS:
            if known.name in ("text", "markdown", "json"):
                _check_printed(known.render(summary, PLAIN_VIEW))


def _check_printed(printed: str) -> None:
    printed.encode()
    steering = {character for character in printed if unicodedata.category(character) in ("Cc", "Cs")} - {"\n", "\t"}
    steering |= set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068") & set(printed)
    assert not steering, f"printed: {steering}"


# In a process


def _work(pipe: Connection, name: str, numbers: range, seed: int) -> None:
    """Judge mutants one after the other, and tell of each."""
    resource.setrlimit(resource.RLIMIT_AS, (MAX_ADDRESSES_BYTES, MAX_ADDRESSES_BYTES))
    signal.signal(signal.SIGPROF, _stop)
    judge(name, 0, seed)  # what is loaded for it is not counted
    said = Path(tempfile.mkstemp()[1])
    descriptor = os.open(said, os.O_RDWR | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(descriptor, stream)
    for number in numbers:
        before, start = _reset_peak(), _seconds()
        try:
            signal.setitimer(signal.ITIMER_PROF, 4 * MAX_SECONDS)
            verdict = judge(name, number, seed)
            signal.setitimer(signal.ITIMER_PROF, 0)
        except _SlowError:
            verdict = Verdict(name, number, "finding", problem=f"stopped: {traceback.format_exc()}")
        seconds = _seconds() - start
        growth = _memory("VmHWM") - before
        problem = "" if verdict.problem else _problem(seconds, growth, said.read_text(errors="replace"))
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        verdict = verdict._replace(seconds=seconds)
        pipe.send(verdict._replace(outcome="finding", problem=problem) if problem else verdict)
    said.unlink()


def _stop(number: int, frame: object) -> None:
    raise _SlowError


def _problem(seconds: float, growth: int, said: str) -> str:
    if seconds > MAX_SECONDS:
        return f"takes {seconds:.1f} s"
    if growth > MAX_GROWTH_BYTES:
        return f"takes {growth >> 20} MiB"
    return f"prints: {said}" if said else ""


def _seconds() -> float:
    """Return the seconds of the processor that this process and those that it has started took."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def _reset_peak() -> int:
    """Forget what was the most memory, and return what is resident, in bytes."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return _memory("VmRSS")


def _memory(field: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    return int(status.partition(f"{field}:")[2].split()[0]) << 10


# All processes


def judge_all(names: tuple[str, ...], each: int, seed: int, jobs: int) -> Iterator[Verdict]:
    """Yield what becomes of so many mutants of each format, some at a time; a process that ends early is a finding."""
    context = get_context("fork")
    _characters()
    waiting = [(name, range(each)) for name in names][::-1]
    running: dict[Connection, tuple[Any, str, range, float, float]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            name, numbers = waiting.pop()
            mine, theirs = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(theirs, name, numbers, seed))
            process.start()
            theirs.close()
            running[mine] = (process, name, numbers, time.monotonic(), 0.0)
        for pipe in wait(list(running), timeout=5):
            process, name, numbers, _since, _seconds = running[pipe]  # type: ignore[index]
            try:
                verdict = pipe.recv()  # type: ignore[union-attr]
                now = (time.monotonic(), _seconds_of(process.pid))
                running[pipe] = (process, name, numbers[1:], *now)  # type: ignore[index]
                yield verdict
            except EOFError:
                process.join()
                del running[pipe]  # type: ignore[arg-type]
                if numbers:
                    yield Verdict(name, numbers[0], "finding", problem=f"the process ends with {process.exitcode}")
                    waiting.append((name, numbers[1:]))
        for process, _name, _numbers, since, seconds in running.values():
            is_stuck = time.monotonic() - since > _MAX_SILENT_SECONDS
            if is_stuck or _seconds_of(process.pid) - seconds > _SILENT_SECONDS:
                process.kill()


def _seconds_of(pid: int) -> float:
    """Return the seconds of the processor that another process took; 0 if it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@click.command()
@click.option("--each", default=2000, show_default=True, help="Mutants of each format.")
@click.option("--seed", default=1, show_default=True, help="Of the dice.")
@click.option("--jobs", default=2, show_default=True, help="Processes.")
@click.option("--only", type=click.Choice(NAMES), multiple=True, help="These formats. [default: all]")
@click.option("--write", metavar="FORMAT:NUMBER", help="Write this mutant to standard output, and no more.")
def main(each: int, seed: int, jobs: int, only: tuple[str, ...], write: str | None) -> None:
    """Read mutants of each format; the exit status is 1 if anything is found."""
    if write:
        name, _colon, number = write.rpartition(":")
        sys.stdout.buffer.write(mutant(name, int(number), seed))
        return
    counts: Counter[tuple[str, str]] = Counter()
    most: dict[str, float] = {}
    for verdict in judge_all(only or NAMES, each, seed, jobs):
        counts[verdict.name, verdict.outcome] += 1
        most[verdict.name] = max(most.get(verdict.name, 0.0), verdict.seconds)
        if verdict.problem:
            click.echo(f"{verdict.name}:{verdict.number}: {verdict.problem}", err=True)
        if sum(counts[verdict.name, outcome] for outcome in ("read", "refused", "finding")) == each:
            figures = [counts[verdict.name, outcome] for outcome in ("read", "refused", "finding")]
            click.echo("\t".join(map(str, (verdict.name, each, *figures, f"{most[verdict.name]:.2f}"))))
    sys.exit(any(outcome == "finding" for _name, outcome in counts))


if __name__ == "__main__":
    main()

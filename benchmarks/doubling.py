"""`python -m benchmarks.doubling`: which input takes more than 2.2 times as long where it is twice as long?

Each input of `benchmarks.hostile`, `hostile_files` and `hostile_packed` is made longer until it takes long enough to be
measured, and then once more twice as long: as it is read, and where it is plain text summarized under each wish. Beside
the ratio stands how long a byte takes over a byte of prose of that length under the same wish; a file that is only read
is held against prose that is read and summarized. `benchmarks.linear` measures single steps.
"""

import contextlib
import gc
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import click

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is imported: others would count as well
os.environ.setdefault("OMP_NUM_THREADS", "1")

from rich.console import Console
from rich.table import Table

from benchmarks.hostile import PROSE, TEXTS
from benchmarks.hostile_files import FILES as TEXT_FILES
from benchmarks.hostile_packed import PACKED
from summarize.__main__ import _GARBAGE_THRESHOLD  # of the command
from summarize.errors import SummarizeError
from summarize.formats.json_lines import to_json_line
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options
from summarize.pipeline import summarize_text
from summarize.together import summarize_together

MAX_RATIO = 2.2
MAX_TIMES_PROSE = 3.0
_FIRST_CHARS = 8_000
_MAX_CHARS = 1_100_000
_LONG_ENOUGH = 0.4  # CPU seconds
_TOO_LONG = 20.0
_GROWTH = 4  # times as long is the next try of what was too quick
_TURNS = 3  # of what seems steep: perhaps something else took the time, or it began to count
_NUM_TEXTS = 4  # of a text that is summarized as several

FILES: Mapping[str, tuple[str, Mapping[str, Callable[[int], str | bytes]]]] = {**TEXT_FILES, **PACKED}
WISHES: Mapping[str, dict[str, Any]] = {
    "plain": {},
    "-c 30": {"chars": 30},
    "-w 15": {"words": 15},
    "--query": {"query": "why did the river rise 河水"},
    "--by-heading": {"by_heading": True},
    "--title": {"title": True},
    "--keywords": {"keywords": 5},
    "--format json": {"explain": True},
    "--together": {},
}


class Step(NamedTuple):
    """Something to be measured.

    Args:
        wish: what is done with the input.
        name: of the input.
        make: from a length to what does it.
        prose: from a length to what does the same with prose in English and in Chinese.
    """

    wish: str
    name: str
    make: Callable[[int], "Made"]
    prose: tuple[Callable[[int], "Made"], ...]


class Made(NamedTuple):
    """An input of a length.

    Args:
        num_bytes: of it, as UTF-8 or as a file.
        run: does what is measured.
    """

    num_bytes: int
    run: Callable[[], object]


class Found(NamedTuple):
    """What a step takes.

    Args:
        chars: length of the longer input.
        num_bytes: of it.
        seconds: CPU time.
        ratio: of it to the time of half the input.
    """

    chars: int
    num_bytes: int
    seconds: float
    ratio: float


def reading(suffix: str, make: Callable[[int], str | bytes]) -> Callable[[int], Made]:
    """Return what makes a step of a length: to read a file."""

    def step(chars: int) -> Made:
        content = make(chars)
        data = content.encode("utf-8", "replace") if isinstance(content, str) else content
        return Made(max(chars, len(data)), lambda: read_bytes(data, Options(name=f"a{suffix}", suffix=suffix)))

    return step


def summarizing(make: Callable[[int], str], wish: str) -> Callable[[int], Made]:
    """Return what makes a step of a length: to summarize a text, and to print it as JSON where it is explained."""

    def step(chars: int) -> Made:
        text = make(chars)

        def run() -> None:
            if wish == "--together":
                size = len(text) // _NUM_TEXTS + 1
                summarize_together([text[start : start + size] for start in range(0, len(text), size)])
                return
            summary = summarize_text(text, **WISHES[wish])
            if summary.explanation:
                to_json_line(summary)

        return Made(len(text.encode("utf-8", "replace")), run)

    return step


def seconds(step: Callable[[], object]) -> float:
    """Return the CPU seconds of a call; a text that is refused is one as well."""
    start = time.process_time()
    with contextlib.suppress(SummarizeError):
        step()
    return time.process_time() - start


def doubled(step: Callable[[int], Made], most_chars: int = _MAX_CHARS) -> Found:
    """Make a text longer until it takes long enough or is as long as it may be, and then twice as long."""
    chars = _FIRST_CHARS
    seconds(step(chars // 4).run)  # the first call loads what the others have
    before = seconds(step(chars).run)
    while before < _LONG_ENOUGH / 2 and 2 * _GROWTH * chars <= most_chars:
        chars *= _GROWTH
        before = seconds(step(chars).run)
    long, short = step(2 * chars), step(chars)
    took = seconds(long.run)
    for _ in range(_TURNS):
        if took <= MAX_RATIO * before or took < _LONG_ENOUGH / 4 or took > _TOO_LONG:
            break
        took, before = min(took, seconds(long.run)), min(before, seconds(short.run))
    return Found(2 * chars, long.num_bytes, took, took / max(before, 1e-3))


@cache
def _prose_seconds(prose: tuple[Callable[[int], Made], ...], chars: int) -> float:
    """Return the most CPU seconds that a byte of prose of a length takes."""
    made = [step(chars) for step in prose]
    return max(min(seconds(step.run) for _ in range(2)) / step.num_bytes for step in made)


def times_prose(step: Step, found: Found) -> float:
    """Return how many times as long as a byte of prose a byte of what was found takes."""
    return found.seconds / found.num_bytes / _prose_seconds(step.prose, min(found.chars, 16 * _FIRST_CHARS))


def steps(kinds: Iterable[str], summary_options: Iterable[str], names: Iterable[str] = ()) -> Iterator[Step]:
    """Yield what is to be measured.

    Args:
        kinds: of inputs: "text" or a reader.
        summary_options: under which texts are summarized.
        names: of inputs; none for all.
    """
    prose = {wish: tuple(summarizing(TEXTS[name], wish) for name in PROSE.values()) for wish in WISHES}
    for kind in kinds:
        suffix, makes = (".txt", TEXTS) if kind == "text" else FILES[kind]
        makes = {name: make for name, make in makes.items() if not names or name in names}
        for wish in summary_options if kind == "text" else ():
            for name in makes:
                yield Step(wish, name, summarizing(TEXTS[name], wish), prose[wish])
        read = "read" if kind == "text" else f"read {kind}"
        for name, make in makes.items():
            yield Step(read, name, reading(suffix, make), prose["plain"])


@click.command()
@click.option("--kind", "kinds", type=click.Choice(["text", *FILES]), multiple=True, help="[default: all]")
@click.option(
    "--wish", "summary_options", type=click.Choice(list(WISHES)), multiple=True, help="Of texts. [default: all]"
)
@click.option("--name", "names", multiple=True, help="Of inputs. [default: all]")
@click.option("--most", default=_MAX_CHARS, show_default=True, type=click.IntRange(_FIRST_CHARS), help="Characters.")
@click.option("--save", type=click.Path(path_type=Path), help="Where all figures are written: TSV.")
def main(
    kinds: tuple[str, ...], summary_options: tuple[str, ...], names: tuple[str, ...], most: int, save: Path | None
) -> None:
    """Double every input, and show those that take more than 2.2 times as long; the exit status is 1 if any do.

    Shown are as well those of which a byte takes more than three times as long as one of prose.
    """
    gc.set_threshold(_GARBAGE_THRESHOLD)
    table = Table("step", "input", "characters", "CPU seconds", "ratio to half of it", "times prose")
    lines, num_steep = [], 0
    for step in steps(kinds or ("text", *FILES), summary_options or WISHES, names):
        found = doubled(step.make, most)
        over = times_prose(step, found)
        lines.append(f"{step.wish}\t{step.name}\t{found.chars}\t{found.seconds:.3f}\t{found.ratio:.2f}\t{over:.2f}")
        is_steep = found.ratio > MAX_RATIO and found.seconds > _LONG_ENOUGH / 4
        num_steep += is_steep
        if is_steep or over > MAX_TIMES_PROSE:
            took = f"{found.seconds:.2f}"
            table.add_row(step.wish, step.name, f"{found.chars:,}", took, f"{found.ratio:.1f}", f"{over:.1f}")
        if save:
            save.write_text("\n".join(lines) + "\n", encoding="utf-8")
    Console(width=100).print(table)
    sys.exit(bool(num_steep))


if __name__ == "__main__":
    main()

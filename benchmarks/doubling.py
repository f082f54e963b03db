"""`python -m benchmarks.doubling`: which input takes more than 2.5 times as long where it is twice as long?

Each input of `benchmarks.hostile` is doubled until it takes long enough to be measured: as it is read, and where it is
plain text summarized under each wish. `benchmarks.linear` measures single steps.
"""

import contextlib
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import click

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is imported: others would count as well
os.environ.setdefault("OMP_NUM_THREADS", "1")

from rich.console import Console
from rich.table import Table

from benchmarks.hostile import FILES, TEXTS
from summarize.errors import SummarizeError
from summarize.formats.json_lines import to_json_line
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options
from summarize.pipeline import summarize_text

MOST_RATIO = 2.5
_FIRST_CHARS = 8_000
_MOST_CHARS = 1_100_000
_LONG_ENOUGH = 0.4  # CPU seconds
_TOO_LONG = 5.0

WISHES: Mapping[str, dict[str, Any]] = {
    "plain": {},
    "-c 30": {"chars": 30},
    "-w 15": {"words": 15},
    "--by-heading": {"by_heading": True},
    "--title": {"title": True},
    "--keywords": {"keywords": 5},
    "--format json": {"explain": True},
}


def reading(suffix: str, make: Callable[[int], str | bytes]) -> Callable[[int], Callable[[], object]]:
    """Return what makes a step of a length: to read a file."""

    def step(chars: int) -> Callable[[], object]:
        content = make(chars)
        data = content.encode() if isinstance(content, str) else content
        return lambda: read_bytes(data, Options(name=f"a{suffix}", suffix=suffix))

    return step


def summarizing(make: Callable[[int], str], wishes: dict[str, Any]) -> Callable[[int], Callable[[], object]]:
    """Return what makes a step of a length: to summarize a text, and to print it as JSON where it is explained."""

    def step(chars: int) -> Callable[[], object]:
        text = make(chars)

        def run() -> None:
            summary = summarize_text(text, **wishes)
            if summary.explanation:
                to_json_line(summary)

        return run

    return step


def seconds(step: Callable[[], object]) -> float:
    """Return the CPU seconds of a call; a text that is refused is one as well."""
    start = time.process_time()
    with contextlib.suppress(SummarizeError):
        step()
    return time.process_time() - start


def doubled(step: Callable[[int], Callable[[], object]]) -> tuple[int, float, float]:
    """Double a text until it takes long enough; return its length, the time and its ratio to that of half the text."""
    chars, before = _FIRST_CHARS, 0.0
    while True:
        took = seconds(step(chars))
        ratio = took / max(before, 1e-3)
        if took >= _LONG_ENOUGH or 2 * chars > _MOST_CHARS:
            if ratio > MOST_RATIO and took < _TOO_LONG:  # perhaps something else took the time, or it began to count
                took, before = (min(seconds(step(n)) for _ in range(2)) for n in (2 * chars, chars))
                ratio = took / max(before, 1e-3)
                chars *= 2
            return chars, took, ratio
        chars, before = 2 * chars, took


def steps(
    kinds: Iterable[str], wishes: Iterable[str]
) -> Iterator[tuple[str, str, Callable[[int], Callable[[], object]]]]:
    """Yield the names of each step and input, and what makes the step."""
    for kind in kinds:
        if kind == "text":
            for wish in wishes:
                yield from ((wish, name, summarizing(make, WISHES[wish])) for name, make in TEXTS.items())
            yield from (("read", name, reading(".txt", make)) for name, make in TEXTS.items())
        else:
            suffix, makes = FILES[kind]
            yield from ((f"read {kind}", name, reading(suffix, make)) for name, make in makes.items())


@click.command()
@click.option("--kind", "kinds", type=click.Choice(["text", *FILES]), multiple=True, help="[default: all]")
@click.option("--wish", "wishes", type=click.Choice(list(WISHES)), multiple=True, help="Of texts. [default: all]")
@click.option("--save", type=click.Path(path_type=Path), help="Where all figures are written: TSV.")
def main(kinds: tuple[str, ...], wishes: tuple[str, ...], save: Path | None) -> None:
    """Double every input, and show those that take more than 2.5 times as long; the exit status is 1 if any do."""
    table = Table("step", "input", "characters", "CPU seconds", "ratio to half of it")
    lines, num_steep = [], 0
    for step_name, name, step in steps(kinds or ("text", *FILES), wishes or WISHES):
        chars, took, ratio = doubled(step)
        lines.append(f"{step_name}\t{name}\t{chars}\t{took:.3f}\t{ratio:.2f}")
        if ratio > MOST_RATIO and took > _LONG_ENOUGH / 4:
            num_steep += 1
            table.add_row(step_name, name, f"{chars:,}", f"{took:.2f}", f"{ratio:.1f}")
        if save:
            save.write_text("\n".join(lines) + "\n", encoding="utf-8")
    Console(width=100).print(table)
    sys.exit(bool(num_steep))


if __name__ == "__main__":
    main()

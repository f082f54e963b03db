"""`python -m benchmarks.batch`: what the engines of a batch cost beside a bare loop, and what a second core brings.

The documents are paragraphs of the project's articles, each made different. Every run is a process of its own, from its
start to its end, in turns with the others; a run of an engine is compared with the bare loop of its own round, so that
what else the machine does falls on both. Reported are medians, of seconds and of these ratios. CPU seconds are those of
a process and of all that it waited for, which services of Ray are not among.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import click
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
BARE_LOOP = """
import gc, json, os, sys
gc.set_threshold(100_000)
os.environ["OPENBLAS_NUM_THREADS"] = "1"
from summarize.document import Source
from summarize.pipeline import default_scorer, summarize_text
scorer = default_scorer()
with open(sys.argv[1], encoding="utf-8") as rows, open(sys.argv[2], "w", encoding="utf-8") as out:
    for line in rows:
        row = json.loads(line)
        row["summary"] = summarize_text(Source(row["text"], "utf-8", format="records"), scorer=scorer).text
        out.write(json.dumps(row, ensure_ascii=False) + "\\n")
"""


class Run(NamedTuple):
    """What one run took.

    Args:
        seconds: from start to end.
        cpu_seconds: user and system time.
        peak_mb: largest resident memory of one of its processes, in 10^6 bytes.
    """

    seconds: float
    cpu_seconds: float
    peak_mb: float


def measure(command: list[str]) -> Run:
    """Run a command to its end.

    Raises:
        RuntimeError: it failed.
    """
    start = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, cwd=ROOT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed: {said.read().decode(errors='replace')}")
    return Run(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024 / 1e6)


def paragraphs() -> list[str]:
    """Return the longer paragraphs of the articles of `data`."""
    texts = [
        path.read_text(encoding="utf-8")
        for folder in ("zh", "en", "mixed")
        for path in sorted((ROOT / "data" / folder).glob("*.txt"))
        if not path.name.endswith(".ref.txt")
    ]
    return [part for text in texts for part in text.split("\n\n") if len(part) > 80]


def documents(number: int) -> Iterator[dict[str, object]]:
    """Yield rows with a text of one or two paragraphs, each with a number of its own in it."""
    found = paragraphs()
    for index in range(number):
        first, second = found[index % len(found)], found[(index * 7 + index // len(found)) % len(found)]
        text = first if index % 2 else f"{first}\n\n{second}"
        yield {"id": index, "text": text.replace("。", f"，编号{index}。", 1)}


def commands(source: Path, folder: Path, piece_size: str | None) -> dict[str, list[str]]:
    """Return the commands to compare by what they are called; the first one is what the others are compared with."""
    batch = [sys.executable, "-m", "summarize.batch", str(source), str(folder / "out"), "--field", "text"]
    batch += ["--piece-size", piece_size] if piece_size else []
    return {
        "bare loop": [sys.executable, "-c", BARE_LOOP, str(source), str(folder / "loop.jsonl")],
        "local, 1 worker": [*batch, "--workers", "1"],
        "local, 2 workers": [*batch, "--workers", "2"],
        "ray, 1 worker": [*batch, "--workers", "1", "--engine", "ray"],
        "ray, 2 workers": [*batch, "--workers", "2", "--engine", "ray"],
    }


def check_same(folder: Path) -> None:
    """Make sure that a batch has written what the bare loop has.

    Raises:
        RuntimeError: it has not.
    """
    loop = [json.loads(line) for line in (folder / "loop.jsonl").open(encoding="utf-8")]
    parts = [
        json.loads(line) for part in sorted((folder / "out").glob("part-*")) for line in part.open(encoding="utf-8")
    ]
    if loop != parts:
        raise RuntimeError("the batch has written something else than the bare loop")


@click.command()
@click.option("--documents", "number", default=20_000, show_default=True, type=click.IntRange(1), help="How many.")
@click.option("--runs", default=3, show_default=True, type=click.IntRange(1), help="Runs of each.")
@click.option("--only", multiple=True, help="Only what is called so; the bare loop is always run.")
@click.option("--piece-size", help="As of the command.")
def main(number: int, runs: int, only: tuple[str, ...], piece_size: str | None) -> None:
    """Measure whole runs in turns, and show their medians and their ratios to the bare loop."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "in.jsonl"
        with source.open("w", encoding="utf-8") as out:
            out.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in documents(number))
        print(f"{number:,} documents, {source.stat().st_size / 1e6:.1f} MB")
        compared = commands(source, folder, piece_size)
        names = [name for name in compared if not only or name in only or name == "bare loop"]
        measured: dict[str, list[Run]] = {name: [] for name in names}
        for _round in range(runs):
            for name in names:
                shutil.rmtree(folder / "out", ignore_errors=True)
                measured[name].append(measure(compared[name]))
                if name != "bare loop":
                    check_same(folder)
    show(measured)


def show(measured: dict[str, list[Run]]) -> None:
    """Print the medians."""
    bare = measured["bare loop"]
    table = Table("", "seconds", "CPU seconds", "seconds to bare loop", "CPU to bare loop", "largest process, MB")
    for name, runs in measured.items():
        table.add_row(
            name,
            f"{statistics.median(run.seconds for run in runs):.1f}",
            f"{statistics.median(run.cpu_seconds for run in runs):.1f}",
            f"{statistics.median(run.seconds / one.seconds for run, one in zip(runs, bare, strict=True)):.3f}",
            f"{statistics.median(run.cpu_seconds / one.cpu_seconds for run, one in zip(runs, bare, strict=True)):.3f}",
            f"{statistics.median(run.peak_mb for run in runs):.0f}",
        )
    Console(width=110).print(table)


if __name__ == "__main__":
    main()

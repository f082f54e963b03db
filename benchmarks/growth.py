"""`python -m benchmarks.growth`: CPU seconds and memory of whole commands, from 10 KB of text doubled up to 20 MB.

Prose in Chinese and English, a book with headings, a chat and a log, each sentence made different. Every call is a
process of its own; what a size takes is the least of several calls, of long texts of one, since all that else runs on
the machine can only make it more. The ratio is to half the text: while the start is most of it, it is near 1.
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from benchmarks.hostile import prose
from benchmarks.speed import ROOT, Run, measure

MAX_RATIO = 2.2
_FIRST_KB = 10
_MAX_KB = 20_480
_LONG_SECONDS = 1.0  # from here on a call is long, and made but once
_TURNS = 3
_BLOCK_CHARS = 20_000  # that are made at once

Found = dict[str, dict[int, Run]]  # by kind and KB


def _parts(language: str) -> Iterator[str]:
    """Yield paragraphs of the project's articles, each sentence made different, without end."""
    lines = [line for line in prose(language)(_BLOCK_CHARS).split("\n") if line.strip()]
    mark, other = ("。", "，第{n}次。") if language == "zh" else (". ", ", for the {n}th time. ")
    number = 0
    while True:
        yield lines[number % len(lines)].replace(mark, other.format(n=number))
        number += 1


def _book() -> Iterator[str]:
    for number, part in enumerate(_parts("en")):
        yield f"Chapter {number // 40 + 1}\n\n{part}\n\n" if number % 40 == 0 else f"{part}\n\n"


def _chat() -> Iterator[str]:
    for number, part in enumerate(_parts("zh")):
        said = part.partition("。")[0]
        time = f"2026-01-{number // 1440 % 28 + 1:02} {number // 60 % 24:02}:{number % 60:02}:00"
        yield f"{time} {('李明', '王芳', '陈静')[number % 3]}\n{said}。\n\n"


def _log() -> Iterator[str]:
    events = ("opened the file", "closed the connection to the database", "retried the request", "read the settings")
    for number, event in enumerate(event for _ in iter(int, 1) for event in events):
        time = f"2026-01-02 {number // 3600 % 24:02}:{number // 60 % 60:02}:{number % 60:02},{number % 1000:03}"
        yield f"{time} INFO worker-{number % 7}: {event} {number} in {number % 97} ms\n"


# Of each kind its name in the table and what its text is made of.
KINDS: Mapping[str, Callable[[], Iterable[str]]] = {
    "Chinese prose": lambda: (f"{part}\n\n" for part in _parts("zh")),
    "English prose": lambda: (f"{part}\n\n" for part in _parts("en")),
    "book": _book,
    "chat": _chat,
    "log": _log,
}


def write(path: Path, kind: str, size_kb: int) -> None:
    """Write a text of a kind to a size in 10^3 bytes."""
    size = 0
    with path.open("w", encoding="utf-8") as out:
        for part in KINDS[kind]():
            out.write(part)
            size += len(part.encode())
            if size >= size_kb * 1000:
                return


def sizes(most_kb: int) -> list[int]:
    """Return the sizes in KB, each twice the one before, up to the longest."""
    found = [_FIRST_KB]
    while 2 * found[-1] <= most_kb:
        found.append(2 * found[-1])
    return found


def measured(kind: str, size_kb: int, path: Path) -> Run:
    """Return what a call takes for a text, least of several."""
    write(path, kind, size_kb)
    command = [sys.executable, "-m", "summarize", "--from", "text", str(path)]
    best = measure(command)
    for _ in range(_TURNS - 1):
        if best.cpu_seconds >= _LONG_SECONDS:
            break
        best = min(best, measure(command), key=lambda run: run.cpu_seconds)
    return best


def table_of(found: Found) -> Table:
    """Return CPU seconds, their ratio to half the text, and memory."""
    table = Table("text", "KB", "CPU seconds", "ratio to half of it", "peak MB")
    for kind, by_size in found.items():
        for size_kb, run in by_size.items():
            half = by_size.get(size_kb // 2)
            ratio = f"{run.cpu_seconds / half.cpu_seconds:.2f}" if half else ""
            table.add_row(kind, f"{size_kb:,}", f"{run.cpu_seconds:.2f}", ratio, f"{run.peak_mb:.0f}")
    return table


def draw(found: Found, path: Path) -> None:
    """Draw CPU seconds and memory over the size of the text."""
    import matplotlib
    from matplotlib.figure import Figure

    matplotlib.rcParams["svg.hashsalt"] = "growth"  # the same figures give the same bytes
    figure = Figure(figsize=(9, 4), layout="constrained")
    seconds, memory = figure.subplots(1, 2)
    for kind, by_size in found.items():
        seconds.loglog(
            list(by_size), [run.cpu_seconds for run in by_size.values()], marker="o", markersize=3, label=kind
        )
        memory.semilogx(list(by_size), [run.peak_mb for run in by_size.values()], marker="o", markersize=3, label=kind)
    for axes, name in ((seconds, "CPU seconds of a whole call"), (memory, "peak MB")):
        axes.set_xlabel("text, KB of UTF-8")
        axes.set_ylabel(name)
    memory.set_ylim(bottom=0)
    seconds.legend()
    figure.savefig(path, metadata={"Date": None})


def load(path: Path) -> Found:
    """Return what was measured before."""
    if not path.exists():
        return {}
    stored = json.loads(path.read_text(encoding="utf-8"))
    return {kind: {int(size): Run(*run) for size, run in by_size.items()} for kind, by_size in stored.items()}


def save(found: Found, path: Path) -> None:
    """Keep what was measured."""
    rows = {
        kind: {size: (run.cpu_seconds, run.wall_seconds, run.peak_mb) for size, run in by_size.items()}
        for kind, by_size in found.items()
    }
    path.write_text(json.dumps(rows), encoding="utf-8")


@click.command()
@click.option("--kind", "kinds", type=click.Choice(list(KINDS)), multiple=True, help="[default: all]")
@click.option("--most", default=_MAX_KB, show_default=True, type=click.IntRange(_FIRST_KB), help="KB of the longest.")
@click.option(
    "--figures", type=click.Path(path_type=Path), help="Where figures are kept: a run goes on where it ended."
)
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), default=ROOT / "docs" / "speed-growth.svg")
def main(kinds: tuple[str, ...], most: int, figures: Path | None, plot: Path) -> None:
    """Measure how time and memory grow; the exit status is 1 if twice the text takes more than 2.2 times as long."""
    found = load(figures) if figures else {}
    with tempfile.TemporaryDirectory() as folder:
        measured("Chinese prose", _FIRST_KB, Path(folder) / "text.txt")  # the first call of all makes the dictionary
        for size_kb in sizes(most):
            for kind in kinds or KINDS:
                if size_kb not in found.setdefault(kind, {}):
                    found[kind][size_kb] = measured(kind, size_kb, Path(folder) / "text.txt")
                    if figures:
                        save(found, figures)
    Console(width=100).print(table_of(found))
    draw(found, plot)
    sys.exit(
        any(
            size // 2 in runs and run.cpu_seconds > MAX_RATIO * runs[size // 2].cpu_seconds
            for runs in found.values()
            for size, run in runs.items()
        )
    )


if __name__ == "__main__":
    main()

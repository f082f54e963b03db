"""`python -m benchmarks.soak`: is memory flat over very many documents in one process, and no file left open?

Documents of every kind that is read, each with other words, go through the library (read, summarized, printed as text,
now and then in every format and as a plot), and as texts through the command with `--jsonl`, one process or eight at
once, which share a cache and are asked the same. Memory is what is resident, and is looked at a hundred times; what it
has in the first 10,000 documents, the warm-up, it may exceed by 5%. Only Linux says what that is.

The ways take long and can be run one by one: what was looked at is kept in a folder, from which the picture is drawn.
"""

import hashlib
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is imported, as the command does
os.environ.setdefault("OMP_NUM_THREADS", "1")

import click

from benchmarks.soak_documents import documents, text
from summarize.errors import SummarizeError
from summarize.formats.table import FORMATS
from summarize.formats.view import PLAIN_VIEW
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options
from summarize.pipeline import summarize_text

MAX_GROWTH = 0.05
WARM_UP = 10_000  # documents: the dictionary is read word by word as it is needed, and caches fill
NUM_AT_ONCE = 8
_NUM_LOOKS = 100
_EXPLAINED = 100  # one document in so many is printed in every format, with all reasons, which takes 50 ms
_DRAWN = 2_000  # and one in so many is drawn as well, which takes half a second

WISHES: tuple[dict[str, Any], ...] = (
    {}, {"chars": 80}, {"words": 25}, {"sentences": 3, "keywords": 5}, {"ratio": 0.2}, {"title": True},
    {"query": "what did the mayor close 大桥"},
)  # fmt: skip


class Look(NamedTuple):
    """What a process has after so many documents."""

    num_documents: int
    resident_bytes: int
    num_files: int
    num_children: int
    cpu_seconds: float


def look(num_documents: int, process: int | str = "self") -> Look:
    """Return what a process has now."""
    place = Path(f"/proc/{process}")
    pages = int((place / "statm").read_text().split()[1])
    user, system = map(int, (place / "stat").read_text().rpartition(")")[2].split()[11:13])
    children = sum(len(path.read_text().split()) for path in place.glob("task/*/children"))
    num_files = len(list((place / "fd").iterdir()))
    seconds = (user + system) / os.sysconf("SC_CLK_TCK")
    return Look(num_documents, pages * os.sysconf("SC_PAGE_SIZE"), num_files, children, seconds)


def _is_time(count: int, number: int) -> bool:
    return count % max(1, number // _NUM_LOOKS) == 0


def through_library(number: int, seed: int) -> Iterator[Look]:
    """Yield what this process has from time to time while it summarizes."""
    for count, document in enumerate(documents(number, seed), start=1):
        try:
            options = Options(name=document.name, suffix=Path(document.name).suffix)
            for source in read_bytes(document.content, options)[:1]:
                summary = summarize_text(source, explain=count % _EXPLAINED == 0, **WISHES[count % len(WISHES)])
                for known in FORMATS if summary.explanation else FORMATS[:1]:
                    known.render(summary, PLAIN_VIEW)
                if summary.explanation and count % _DRAWN == 0:
                    _draw_plot(summary)
        except SummarizeError:
            pass  # some are damaged, some say too little for what is asked
        if _is_time(count, number):
            yield look(count)


def _draw_plot(summary: Any) -> None:
    from summarize.formats.plot import plot_image

    plot_image(summary, ".png")


def through_lines(number: int, seed: int, digest: Any = None, cache: Path | None = None) -> Iterator[Look]:
    """Yield what the command has from time to time while it answers lines.

    Args:
        number: of lines.
        seed: of the dice that make them up.
        digest: of `hashlib`, to which all answers are added.
        cache: folder for the caches of a user; the user's own if None.
    """
    dice = random.Random(seed)
    command = [sys.executable, "-m", "summarize", "--jsonl"]
    surroundings = {**os.environ, **({"XDG_CACHE_HOME": str(cache)} if cache else {})}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=surroundings) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for count in range(1, number + 1):
            asked = {"id": count, "text": text(dice), **WISHES[count % len(WISHES)]}
            asked |= {"explain": True} if count % _EXPLAINED == 0 else {}
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            if json.loads(answer).get("id") != count:
                raise AssertionError(f"line {count} has no answer of its own")
            if digest is not None:
                digest.update(answer)
            if _is_time(count, number):
                yield look(count, process.pid)
        process.stdin.close()


def at_once(number: int, seed: int, looks: Path) -> list[list[Look]]:
    """Return what each of some processes has that answer the same lines at once and make their cache together.

    Args:
        number: of lines.
        seed: of the dice that make them up.
        looks: folder where what was looked at is kept.

    Raises:
        AssertionError: they do not answer the same, or the cache has not one file.
    """
    digests = [hashlib.sha256() for _ in range(NUM_AT_ONCE)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(NUM_AT_ONCE) as threads:
        cache = Path(folder)
        paths = [looks / f"at-once-{place}.jsonl" for place in range(NUM_AT_ONCE)]
        ways = [through_lines(number, seed, digest, cache) for digest in digests]
        found = list(threads.map(lambda way, path: list(kept(way, path)), ways, paths))
        names = [path.name for path in cache.glob("**/*") if path.is_file()]
    if len({digest.digest() for digest in digests}) != 1:
        raise AssertionError("the processes answer the same lines in several ways")
    if len(names) != 1:
        raise AssertionError(f"the cache has not one file: {names}")
    return found


def growth(looks: list[Look]) -> float:
    """Return by which share memory is larger at most after the warm-up than at most within it; 0 if all is warm-up."""
    warm = max(one.resident_bytes for one in looks if one.num_documents <= WARM_UP)
    return max((one.resident_bytes for one in looks if one.num_documents > WARM_UP), default=warm) / warm - 1


def is_flat(looks: list[Look]) -> bool:
    """Return whether memory is flat after the warm-up, and no file or process was added to those at its end."""
    warm, end = [one for one in looks if one.num_documents <= WARM_UP][-1], looks[-1]
    return growth(looks) <= MAX_GROWTH and end.num_files <= warm.num_files and end.num_children <= warm.num_children


def told(looks: list[Look]) -> str:
    """Return a line about the looks at a process."""
    first, end = looks[0], looks[-1]
    return (
        f"{end.num_documents} documents, {1000 * end.cpu_seconds / end.num_documents:.1f} ms of the processor each, "
        f"at most {max(one.resident_bytes for one in looks) / 2**20:.1f} MiB, {growth(looks):+.1%} after the warm-up, "
        f"{first.num_files} files open at first and {end.num_files} at the end, "
        f"{first.num_children} and {end.num_children} processes"
    )


def draw(curves: Mapping[str, list[Look]], path: Path) -> None:
    """Draw memory over documents."""
    from matplotlib import use

    use("svg")
    from matplotlib import pyplot as plt
    from matplotlib import rcParams

    rcParams["svg.hashsalt"] = "soak"  # the same picture for the same figures
    figure, axes = plt.subplots(figsize=(7, 3.2), layout="constrained")
    for name, looks in curves.items():
        axes.plot([one.num_documents for one in looks], [one.resident_bytes / 2**20 for one in looks], label=name)
    axes.set(xlabel="documents", ylabel="memory in MiB", ylim=(0, None), xlim=(0, None))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def kept(looks: Iterator[Look], path: Path) -> Iterator[Look]:
    """Yield the looks, and write each to a line of JSON as it comes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for one in looks:
            file.write(json.dumps(one) + "\n")
            file.flush()
            yield one


def load(path: Path) -> list[Look]:
    """Return what `kept` wrote."""
    return [Look(*json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]


_WAYS = ("library", "lines", "at-once")
_CURVES = {"library": "library", "lines": "command, --jsonl", "at-once-0": "one of eight commands at once"}


@click.command()
@click.option("--documents", "number", default=20_000, show_default=True, help="Of each way, and of each process.")
@click.option("--way", "ways", type=click.Choice(_WAYS), multiple=True, help="Only this. [default: all]")
@click.option("--seed", default=1, show_default=True, help="Of the dice that make them up.")
@click.option("--looks", type=click.Path(path_type=Path), default=Path("runs/soak"), help="Where figures are kept.")
@click.option("--picture", type=click.Path(path_type=Path), help="Draw the memory of all kept figures: an SVG.")
def main(number: int, ways: tuple[str, ...], seed: int, looks: Path, picture: Path | None) -> None:
    """Summarize very many documents; the exit status is 1 if memory grows, or files stay open, or processes stay."""
    is_sound = True
    for way in ways or _WAYS:
        if way == "at-once":
            curves = at_once(number, seed, looks)
        else:
            run = through_library if way == "library" else through_lines
            curves = [list(kept(run(number, seed), looks / f"{way}.jsonl"))]
        for curve in curves:
            click.echo(f"{way}: {told(curve)}")
            is_sound &= is_flat(curve)
    if picture:
        paths = {name: looks / f"{file}.jsonl" for file, name in _CURVES.items()}
        draw({name: load(path) for name, path in paths.items() if path.exists()}, picture)
    sys.exit(not is_sound)


if __name__ == "__main__":
    main()

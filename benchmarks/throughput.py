"""`python -m benchmarks.throughput [TEXTS]...`: texts of 1,000 Chinese characters per CPU second, in process.

Each way is a process of its own that stays; in turns they work at the same texts, which none has seen before, so that
what else the machine does falls on all alike and nothing is remembered of a text. Before that each has worked at other
texts of the kind, as a program that runs for a while has. Reported are medians of the turns: CPU seconds are user and
system time, ratios are taken within a turn.

    jieba's cut alone     jieba.lcut, to which all is compared
    summarize ...         `summarize_text`: with the extra `fast` (rjieba) and without it, under `-c 30`, and with the
                          JSON that explains the summary
"""

import gzip
import json
import multiprocessing
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
CHARS = 1_000  # of a text, nearly: it ends with a sentence
WARM_UP = 60  # texts before the first turn, more characters than rjieba is loaded for
_SLACK_CHARS = 60
_STOPS = "。！？\n"
BASE, PLAIN = "jieba's cut alone", "summarize"
WAYS = (BASE, PLAIN, "summarize without rjieba", "-c 30", "-c 30 without rjieba", "--format json")


def read_texts(paths: Sequence[Path]) -> Iterator[str]:
    """Yield texts of some 1,000 Chinese characters: the beginnings of long enough ones, and short ones joined.

    Args:
        paths: text files, and JSON lines with a `text` each, packed with gzip or not. Without any they are the
            project's own: its Chinese articles, and the texts that it keeps with marks.
    """
    held = ""
    for text in _all_texts(
        paths or [*sorted((ROOT / "data/zh").glob("*[!f].txt")), ROOT / "data/marks/own.train.jsonl"]
    ):
        held = f"{held}\n{text}" if held else text
        if len(held) < CHARS + _SLACK_CHARS:
            continue
        ends = [index + 1 for index in range(CHARS - _SLACK_CHARS, CHARS + _SLACK_CHARS) if held[index] in _STOPS]
        if ends:
            yield held[: min(ends, key=lambda end: abs(end - CHARS))]
        held = ""


def _all_texts(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        if ".jsonl" not in path.suffixes:
            yield path.read_text(encoding="utf-8").strip()
            continue
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            records = map(json.loads, lines)
            yield from (record["text"].strip() for record in records if record.get("lang", "zh") == "zh")


def work(way: str, texts: Sequence[str], asks: Connection) -> None:
    """Work at texts in one way, in a process of its own: for each pair of numbers received send the CPU seconds taken.

    Args:
        way: one of `WAYS`.
        texts: all of them.
        asks: two numbers at a time, which texts to work at, those from the first to the one before the second.
    """
    do = _way(way)
    while (asked := asks.recv()) is not None:
        batch = texts[slice(*asked)]
        start = time.process_time()
        for text in batch:
            do(text)
        asks.send(time.process_time() - start)


def _way(way: str) -> Callable[[str], object]:
    if way == BASE:
        import jieba

        jieba.setLogLevel("ERROR")
        return jieba.lcut
    if "without" in way:
        sys.modules["rjieba"] = None  # type: ignore[assignment]  # Python's way to make an import fail
    from summarize import BudgetError, summarize_text
    from summarize.formats.json_lines import to_json_line

    def do(text: str) -> object:
        try:
            summary = summarize_text(text, chars=30 if "30" in way else None, explain="json" in way)
        except BudgetError:
            return None
        return to_json_line(summary) if "json" in way else summary.text

    return do


def measure(texts: Sequence[str], num_turns: int, ways: Sequence[str] = WAYS) -> dict[str, list[float]]:
    """Return the CPU seconds a text that each way took in each turn.

    Args:
        texts: more than `WARM_UP` and turns together.
        num_turns: at least 1.
        ways: some of `WAYS`.
    """
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    context = multiprocessing.get_context("spawn")
    pipes, processes = [], []
    for way in ways:
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(way, texts, theirs), daemon=True)
        process.start()
        pipes.append(ours)
        processes.append(process)
    size = (len(texts) - WARM_UP) // num_turns
    taken: dict[str, list[float]] = {way: [] for way in ways}
    for pipe in pipes:
        pipe.send((0, WARM_UP))
    for pipe in pipes:
        pipe.recv()
    for turn in range(num_turns):
        first = WARM_UP + turn * size
        for way, pipe in zip(ways, pipes, strict=True):
            pipe.send((first, first + size))
            taken[way].append(pipe.recv() / size)
    for pipe, process in zip(pipes, processes, strict=True):
        pipe.send(None)
        process.join()
    return taken


def _ratio(taken: Sequence[float], base: Sequence[float]) -> float:
    return statistics.median(one / other for one, other in zip(taken, base, strict=True))


@click.command()
@click.argument("paths", metavar="[TEXTS]...", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--turns", default=7, show_default=True, type=click.IntRange(1), help="Turns that count.")
@click.option("--texts", "most", default=400, show_default=True, type=click.IntRange(2), help="Most texts in all.")
def main(paths: tuple[Path, ...], turns: int, most: int) -> None:
    """Measure how many texts of 1,000 Chinese characters are summarized in a CPU second."""
    texts = [text for text, _ in zip(read_texts(paths), range(most), strict=False)]
    if len(texts) < WARM_UP + turns:
        raise click.UsageError(
            f"{len(texts)} texts of {CHARS} characters are too few for {turns} turns; name more files"
        )
    taken = measure(texts, turns)
    title = f"{len(texts)} texts of {sum(map(len, texts)) / len(texts):,.0f} characters, medians of {turns} turns"
    table = Table("in process", "CPU ms a text", "texts a CPU second", f"over {BASE}", f"over {PLAIN}", title=title)
    for way, of_way in taken.items():
        seconds = statistics.median(of_way)
        ratios = (f"{_ratio(of_way, taken[base]):.2f} x" for base in (BASE, PLAIN))
        table.add_row(way, f"{1000 * seconds:.2f}", f"{1 / seconds:.0f}", *ratios)
    Console(width=120).print(table)


if __name__ == "__main__":
    main()

"""`python -m benchmarks.beside PYTHON`: time and memory of complete calls, compared with other tools, and their growth.

PYTHON is one that has the other tools (`make bench` sets it up). Every call is a process of its own and summarizes one
file to three sentences; all tools take their turns at a text before the next turn begins, so that what else the machine
does falls on all alike. A tool that takes over sixty CPU seconds for a text is done with it and is given no longer one;
of a text that takes over ten, one call is enough.
"""

import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from benchmarks.speed import ROOT, Run, measure, write_long_text

OURS = "summarize"
SIZES_KB = (3, 12, 48, 192, 768, 3072, 12_288)
MAX_SECONDS = 60  # CPU time
ONCE_SECONDS = 10
_READ = "import sys; text = open(sys.argv[1], encoding='utf-8').read()\n"
PEERS = {
    "sumy lex-rank": """
from sumy.nlp.tokenizers import Tokenizer
from sumy.parsers.plaintext import PlaintextParser
from sumy.summarizers.lex_rank import LexRankSummarizer
for sentence in LexRankSummarizer()(PlaintextParser(text, Tokenizer("chinese")).document, 3): print(sentence)
""",
    "jiagu": "import jiagu\nprint(*jiagu.summarize(text, 3), sep='\\n')",
    "TextRank4ZH": """
import networkx
networkx.from_numpy_matrix = networkx.from_numpy_array  # its name in the version that this tool was made for
from textrank4zh import TextRank4Sentence
ranked = TextRank4Sentence()
ranked.analyze(text=text)
print(*(item.sentence for item in ranked.get_key_sentences(num=3)), sep='\\n')
""",
    "snownlp": "from snownlp import SnowNLP\nprint(*SnowNLP(text).summary(3), sep='\\n')",
}


def commands(python: str, path: Path) -> dict[str, list[str]]:
    """Return the call of each tool for a file."""
    ours = [str(Path(sys.executable).with_name("summarize")), "-n", "3", str(path)]
    return {OURS: ours} | {name: [python, "-c", _READ + code, str(path)] for name, code in PEERS.items()}


def measure_all(python: str, sizes_kb: Sequence[int], turns: int, folder: Path) -> dict[str, dict[int, list[Run]]]:
    """Return what each tool took for each size of text, turn by turn, without the first turn, which fills caches."""
    found: dict[str, dict[int, list[Run]]] = {name: {} for name in commands(python, folder)}
    given_up: set[str] = set()
    for size_kb in sizes_kb:
        path = folder / f"{size_kb}.txt"
        write_long_text(path, size_kb / 1000)
        able = {name: command for name, command in commands(python, path).items() if name not in given_up}
        once: set[str] = set()
        for turn in range(turns + 1):
            for name in [name for name in able if name not in given_up | once]:
                run = measure(able[name], most_seconds=MAX_SECONDS)
                if run.cpu_seconds > ONCE_SECONDS:
                    once.add(name)
                if run.cpu_seconds >= MAX_SECONDS:
                    given_up.add(name)
                elif turn or name in once:
                    found[name].setdefault(size_kb, []).append(run)
    return found


def table_of(found: dict[str, dict[int, list[Run]]]) -> Table:
    """Return medians and quartiles of CPU seconds, the median of the ratios of turns, wall seconds and memory."""
    table = Table("tool", "text, KB", "CPU seconds", "times ours", "wall seconds", "peak MB")
    for name, by_size in found.items():
        for size_kb, runs in by_size.items():
            cpu = [run.cpu_seconds for run in runs]
            low, _, high = statistics.quantiles(cpu, n=4) if len(cpu) > 1 else (cpu[0],) * 3
            ours = found[OURS][size_kb]
            ratio = statistics.median(run.cpu_seconds / own.cpu_seconds for run, own in zip(runs, ours, strict=False))
            table.add_row(
                *(name, str(size_kb), f"{statistics.median(cpu):.2f} ({low:.2f} to {high:.2f})", f"{ratio:.1f}"),
                f"{statistics.median(run.wall_seconds for run in runs):.2f}",
                f"{statistics.median(run.peak_mb for run in runs):.0f}",
            )
    return table


def draw(found: dict[str, dict[int, list[Run]]], path: Path) -> None:
    """Draw how the time of each tool grows with the text."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.subplots()
    for name, by_size in found.items():
        medians = [statistics.median(run.cpu_seconds for run in runs) for runs in by_size.values()]
        axes.loglog(list(by_size), medians, marker="o", label=name, linewidth=2.5 if name == OURS else 1.2)
    axes.set_xlabel("Chinese text, KB of UTF-8")
    axes.set_ylabel("CPU seconds of a whole call")
    axes.legend()
    figure.savefig(path, metadata={"Date": None})


@click.command()
@click.argument("python", type=click.Path(exists=True, dir_okay=False))
@click.option("--turns", default=5, show_default=True, type=click.IntRange(1))
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), default=ROOT / "docs" / "speed-beside.svg")
def main(python: str, turns: int, plot: Path) -> None:
    """Measure whole calls beside those of other tools; PYTHON is one that has them."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure_all(python, SIZES_KB, turns, Path(folder))
    Console(width=120).print(table_of(found))
    draw(found, plot)


if __name__ == "__main__":
    main()

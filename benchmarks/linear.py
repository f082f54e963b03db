"""`python -m benchmarks.linear`: does time grow in proportion to the text, also on texts made to slow us down?

First the steps: each text is one short run repeated. Tenfold the text should take about tenfold the time; a quadratic
step would take a hundredfold. Reported are CPU seconds of the longer text and the ratio; times under a millisecond are
noise. Then whole commands on whole texts and on twice as much: the time should no more than double.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from benchmarks.speed import measure, write_long_text
from summarize.text.language import detect_language
from summarize.text.normalization import normalize
from summarize.text.pieces import sentence_pieces
from summarize.text.segmentation import find_sentences
from summarize.text.tokenization import tokenize

RUNS = (
    *(
        "字",
        "。",
        "的",
        "龘",
        "中华人民共和国",
        "（。",
        '。"',
        "”",
        "#",
        "=\n",
        "a\n",
        "。\n",
        "…天",
        "天.",
        "&",
        "，",
        "\u200b",
    ),
    *(
        "a",
        "1.",
        "a.",
        "(",
        '"',
        "1,200,",
        "a@",
        "http://",
        "A-",
        "A1.",
        "'",
        "a'",
        "1年",
        "·",
        "中·",
        "a.5",
        "\n",
        " ",
    ),
    *("Mr. ", ". ", "A. ", "word " * 14 + "\n", "字" * 36 + "\n", "Title\n\n"),
)
STEPS: dict[str, Callable[[str], object]] = {
    "find_sentences": find_sentences,
    "tokenize": tokenize,
    "normalize": normalize,
    "detect_language": detect_language,
    "sentence_pieces": lambda text: sentence_pieces(f"a{text}a", 0, len(text) + 2),
}

# Each stands over and over in a text.
KINDS = {
    "one sentence": "法国队在世界杯决赛中击败了克罗地亚队，赢得了冠军。",
    "one sentence without end": "法国队在世界杯决赛中击败了克罗地亚队，赢得了冠军，",
    "one English sentence": "The city council approved the new budget on Monday after a long debate. ",
    "English without end": "the city council approved the new budget on Monday after a long debate and ",
    "digits": "1234567890",
    "numbers": "12345 ",
    "blanks": " ",
    "lines of one letter": "a\n",
    "headings": "# Results\n\nThe council met. It approved the budget.\n\n",
    "turns": "Anna: The council met on Monday.\nBen: It approved the budget.\n",
}


def seconds(step: Callable[[str], object], text: str) -> float:
    """Return the CPU seconds of the quickest of three calls."""

    def once() -> float:
        start = time.process_time()
        step(text)
        return time.process_time() - start

    return min(once() for _ in range(3))


def step_table(chars: int) -> Table:
    """Return how the time of each step grows, on the worst text for it."""
    table = Table("step", "worst text", f"CPU seconds of {chars:,} characters", "ratio to a tenth of it")
    for name, step in STEPS.items():
        measured = []
        for run in RUNS:
            long = (run * chars)[:chars]
            of_long, of_short = seconds(step, long), seconds(step, long[: chars // 10])
            measured.append((of_long / max(of_short, 1e-3), of_long, run))
        ratio, of_long, run = max(measured)
        table.add_row(name, ascii(run[:12]), f"{of_long:.3f}", f"{ratio:.1f}")
    return table


def command_table(size_mb: float, folder: Path) -> Table:
    """Return what whole commands take for texts of a size in 10^6 bytes, and how much longer for twice as much."""
    table = Table("text", f"CPU seconds of {size_mb:g} MB", "of twice as much", "ratio", "peak MB", "of twice as much")
    command = [sys.executable, "-m", "summarize", "--from", "text"]
    path = folder / "text.txt"
    for kind in ("prose", *KINDS):
        runs = []
        for size in (size_mb, 2 * size_mb):
            if kind == "prose":
                write_long_text(path, size)
            else:
                run = KINDS[kind].encode()
                text = run * (1 + int(size * 1e6) // len(run))
                path.write_bytes(b"Good day. " + text if kind == "blanks" else text)
            runs.append(measure([*command, str(path)]))
        short, long = runs
        ratio = long.cpu_seconds / short.cpu_seconds
        table.add_row(
            *(kind, f"{short.cpu_seconds:.2f}", f"{long.cpu_seconds:.2f}", f"{ratio:.2f}"),
            *(f"{short.peak_mb:.0f}", f"{long.peak_mb:.0f}"),
        )
    return table


@click.command()
@click.option(
    "--chars",
    default=200_000,
    show_default=True,
    type=click.IntRange(1000),
    help="Length of the longer text of a step.",
)
@click.option(
    "--mb", default=1.5, show_default=True, type=click.FloatRange(0.01), help="Size of the shorter whole text."
)
def main(chars: int, mb: float) -> None:
    """Measure how time grows with hostile texts, and show the worst of each step; then with whole texts."""
    console = Console(width=110)
    console.print(step_table(chars))
    with tempfile.TemporaryDirectory() as folder:
        console.print(command_table(mb, Path(folder)))


if __name__ == "__main__":
    main()

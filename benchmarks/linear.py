"""`python -m benchmarks.linear`: does time grow in proportion to the text, also on texts made to slow us down?

Each text is one short run repeated. Tenfold the text should take about tenfold the time; a quadratic step would take
a hundredfold. Reported are CPU seconds of the longer text and the ratio; times under a millisecond are noise.
"""

import time
from collections.abc import Callable

import click
from rich.console import Console
from rich.table import Table

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


def seconds(step: Callable[[str], object], text: str) -> float:
    """Return the CPU seconds of the quickest of three calls."""

    def once() -> float:
        start = time.process_time()
        step(text)
        return time.process_time() - start

    return min(once() for _ in range(3))


@click.command()
@click.option(
    "--chars", default=200_000, show_default=True, type=click.IntRange(1000), help="Length of the longer text."
)
def main(chars: int) -> None:
    """Measure how time grows with hostile texts, and show the worst of each step."""
    table = Table("step", "worst text", f"CPU seconds of {chars:,} characters", "ratio to a tenth of it")
    for name, step in STEPS.items():
        measured = []
        for run in RUNS:
            long = (run * chars)[:chars]
            of_long, of_short = seconds(step, long), seconds(step, long[: chars // 10])
            measured.append((of_long / max(of_short, 1e-3), of_long, run))
        ratio, of_long, run = max(measured)
        table.add_row(name, ascii(run[:12]), f"{of_long:.3f}", f"{ratio:.1f}")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()

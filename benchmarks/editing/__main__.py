"""`python -m benchmarks.editing CORPORA`: how good are fused and shortened sentences, and do they say what was said?

    fusion      the cases of tests/fusion: fused as an editor would, left whole, or fused although they must not be
    restored    real Chinese sentences, cut at a comma and given their subject back: are they fused to what they were?
    wikisplit   two English sentences, and the one that said both
    google      English sentences and what people kept of them, from the part that the training leaves out
    news        Chinese sentences and headlines made of them, at the length of the headline
    budgets     whole texts in 20, 30 and 40 characters or 15 words, beside their beginning cut off there
    sentences   whole texts in N sentences, with fusion and without

What is held out: lines of plain text (`summarize.train.grammar.is_held_out`) and pairs of compress_google
(`summarize.train.edits.is_held_out`); all else is of dev, or of test with `--test`.
"""

import json
import os
from itertools import islice
from pathlib import Path

import click

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks.editing.compression import google, news, shortened
from benchmarks.editing.fusion import (
    fusion_cases,
    load_tagger,
    plain_sentences,
    restore,
    restored_sentences,
    split_sentences,
)
from benchmarks.editing.summaries import budgets, fused_summaries, samples
from benchmarks.editing.tables import Table, read_rows
from summarize.decide.budget import Budget
from summarize.errors import SummarizeError
from summarize.network.scorer import NetworkScorer
from summarize.network.storage import SHIPPED_MODEL, load_model
from summarize.train import edits

Sets = tuple[tuple[str, Budget], ...]  # corpora, and the length of their summaries
CASES = Path(__file__).parents[2] / "tests" / "fusion"
PARTS = ("fusion", "restored", "wikisplit", "google", "news", "budgets", "sentences")
NUM_RESTORED = 5_000
BUDGETS: Sets = (
    *((f"zh/{{part}}/{name}", Budget(chars=chars)) for name in ("dtels", "xwlb", "lctt") for chars in (20, 30, 40)),
    *((f"en/{{part}}/{name}", Budget(words=15)) for name in ("cnndm", "scitldr")),
)
SENTENCES = (("zh/dev/dtels", 3), ("zh/dev/bedtimenews", 3), ("en/dev/cnndm", 3))
SAMPLED: Sets = (
    ("zh/{part}/dtels", Budget(chars=30)),
    ("zh/{part}/xwlb", Budget(chars=40)),
    ("zh/{part}/lctt", Budget(chars=40)),
    ("en/{part}/cnndm", Budget(words=15)),
    ("en/{part}/scitldr", Budget(words=15)),
    ("zh/{part}/dtels", Budget(sentences=3)),
    ("en/{part}/cnndm", Budget(sentences=3)),
)


def measure(part: str, corpora: Path, scorer: NetworkScorer, *, is_test: bool, limit: int | None) -> list[Table]:
    """Return the tables of a part.

    Args:
        part: one of `PARTS`.
        corpora: folder of LANGUAGE/{dev,test,pairs,plain}.
        scorer: the network.
        is_test: whether budgets are measured on test.
        limit: most cases of each set.

    Raises:
        InputError: a file cannot be read.
    """
    grammar = scorer.grammar
    if part == "fusion":
        return fusion_cases(CASES, grammar)
    if part == "restored":
        sentences, tag = plain_sentences(sorted((corpora / "zh" / "plain").glob("*.txt*"))), load_tagger()
        made = (restore(sentence, tag(sentence.removesuffix("。"))) for sentence in sentences)
        return restored_sentences(islice((pair for pair in made if pair), limit or NUM_RESTORED), grammar)
    if part == "wikisplit":
        return split_sentences(read_rows(corpora / "en" / "pairs" / "wikisplit.dev.jsonl.gz", limit), grammar)
    if part == "google":
        path = corpora / "en" / "pairs" / f"{edits.HELD_OUT_OF}.jsonl.gz"
        rows = read_rows(path, limit, lambda row: edits.is_held_out(row, edits.HELD_OUT_OF))
        return google([shortened(row, "en", scorer.model) for row in rows])
    if part == "news":
        rows = read_rows(corpora / "zh" / "pairs" / "compress_news.dev.jsonl.gz", limit)
        return news([shortened(row, "zh", scorer.model, len(row["target"])) for row in rows])
    if part == "budgets":
        return budgets(_paths(corpora, BUDGETS, is_test=is_test), scorer, limit)
    sets = [(corpora / f"{name}.jsonl.gz", number) for name, number in SENTENCES]
    return fused_summaries(sets, scorer, limit)


def _paths(corpora: Path, sets: Sets, *, is_test: bool) -> list[tuple[Path, Budget]]:
    part = "test" if is_test else "dev"
    return [(corpora / f"{name.format(part=part)}.jsonl.gz", budget) for name, budget in sets]


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), default=PARTS, show_default="all",
              help="What to measure; give it again for another one.")  # fmt: skip
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), default=SHIPPED_MODEL,
              show_default="the one that comes with the package", help="A model directory.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), show_default="all, and 5,000 restored ones",
              help="Most texts or pairs of a set, evenly spread; the cases of fusion are all taken.")  # fmt: skip
@click.option("--test", "is_test", is_flag=True, help="Budgets and samples on test, not on dev.")
@click.option("--samples", "num_samples", type=click.IntRange(1), show_default="none",
              help="Print so many summaries with their sources instead, to be read by eye.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="The tables as JSON.")
def main(
    corpora: Path,
    parts: tuple[str, ...],
    model: Path,
    limit: int | None,
    is_test: bool,
    num_samples: int | None,
    as_json: bool,
) -> None:
    """Measure fused and shortened sentences on CORPORA, a folder of LANGUAGE/{dev,test,pairs,plain}."""
    try:
        scorer = NetworkScorer(load_model(model))
        if num_samples:
            for text in samples(_paths(corpora, SAMPLED, is_test=is_test), scorer, num_samples):
                click.echo(text)
            return
        found = []
        for part in PARTS:
            for table in measure(part, corpora, scorer, is_test=is_test, limit=limit) if part in parts else ():
                found.append(table.to_json())
                if not as_json:
                    click.echo(table.to_markdown())
        if as_json:
            record = {"model": str(model), "part": "test" if is_test else "dev", "limit": limit, "tables": found}
            click.echo(json.dumps(record, ensure_ascii=False, indent=2))
    except SummarizeError as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.editing")

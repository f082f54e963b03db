"""`python -m benchmarks.editing`: how good are shortened and fused sentences, and do they say what was said?

make    summarize dev texts of many kinds at a few lengths, and write the sentences that were shortened or fused for
        readers, who judge them one by one, and a key that the readers do not see
count   from the key and the readers' verdicts: how many are good, broken, false; how far readers agree; which
        calls give a summary, and how much of the length it uses; precision against coverage
fusion  whether sentences are fused as they should be, which needs no reader:
            cases       those of tests/fusion: fused as an editor would, left whole, or fused although they must not
            restored    real Chinese sentences, cut at a comma and given their subject back
            wikisplit   two English sentences, and the one that said both
            sentences   whole texts in N sentences, with fusion and without
time    CPU time of a summary of a given length beside one without
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain, islice
from pathlib import Path

import click

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

from benchmarks.editing.counts import agreement_table, call_table, cause_table, first_readings, verdict_table
from benchmarks.editing.curve import curve_table, draw_curve, find_curve
from benchmarks.editing.fusion import (
    fused_summaries,
    fusion_cases,
    load_tagger,
    plain_sentences,
    restore,
    restored_sentences,
    split_sentences,
)
from benchmarks.editing.items import ALL_LIMITS, choose_items, collect, read_texts, summarize_at_limits
from benchmarks.editing.sheets import Key, number_items, read_key, read_verdicts, to_key, to_reader
from benchmarks.editing.tables import Table, read_rows
from benchmarks.editing.times import time_table
from summarize.document import LANGUAGES
from summarize.errors import InputError, SummarizeError
from summarize.evaluate.measure import map_in_processes
from summarize.network.scorer import NetworkScorer
from summarize.network.storage import DEFAULT_MODEL, load_model

CASES = Path(__file__).parents[2] / "tests" / "fusion"
PARTS = ("cases", "restored", "wikisplit", "sentences")
NUM_RESTORED = 5_000
SENTENCES = (("zh/dev/dtels", 3), ("zh/dev/bedtimenews", 3), ("en/dev/cnndm", 3))

Command = Callable[..., None]


def _corpora(command: Command) -> Command:
    return click.option("--corpora", type=click.Path(exists=True, file_okay=False, path_type=Path), required=True,
                        help="Folder of LANGUAGE/{dev,pairs,plain}.")(command)  # fmt: skip


def _model(command: Command) -> Command:
    return click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DEFAULT_MODEL,
                        show_default="the one of the package", help="A model directory.")(command)  # fmt: skip


def _seed(command: Command) -> Command:
    return click.option("--seed", default=1, type=click.IntRange(0), help="Of all chance.")(command)


def _json(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="The tables as JSON.")(command)


def _show(tables: Sequence[Table], as_json: bool, **about: object) -> None:
    if as_json:
        record = {**about, "tables": [table.to_json() for table in tables]}
        click.echo(json.dumps(record, ensure_ascii=False, indent=2))
        return
    for table in tables:
        click.echo(table.to_markdown())


class _Group(click.Group):
    """Commands whose errors are one line."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except SummarizeError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
def main() -> None:
    """Measure shortened and fused sentences."""


def load_scorer(model: Path, least_good: float | None = None, most_false: float | None = None) -> NetworkScorer:
    """Return a network whose judges must be as sure as its settings say, or as is said here.

    Where the end of a sentence is left out they must be as much surer as by the settings.

    Raises:
        ModelError: it cannot be read.
    """
    loaded = load_model(model)
    selection = {
        kind: replace(
            config,
            least_good=config.least_good if least_good is None else least_good,
            least_good_end=config.least_good_end
            if least_good is None
            else min(1.0, least_good + config.least_good_end - config.least_good),
            most_false=config.most_false if most_false is None else most_false,
        )
        for kind, config in loaded.selection.items()
    }
    return NetworkScorer(replace(loaded, selection=selection))


@main.command("make")
@_corpora
@_model
@_seed
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path),
              help="NAME.txt makes a file for each reader, NAME.1.txt and so on, and NAME.key.json.")  # fmt: skip
@click.option("--limit", default=300, type=click.IntRange(1), help="Most items.")
@click.option("--twice", default=100, type=click.IntRange(0), help="Items that two readers get.")
@click.option("--readers", default=2, type=click.IntRange(1), help="How many there are.")
@click.option("--texts", default=300, type=click.IntRange(1), help="Most texts of a kind.")
@click.option("--least-good", type=click.FloatRange(0, 1, min_open=True), show_default="the model's",
              help="How likely the judge must take a shorter form for good.")  # fmt: skip
@click.option("--most-false", type=click.FloatRange(0, 1, min_open=True), show_default="the model's",
              help="How likely the judge may take it for false.")  # fmt: skip
@click.option("-j", "--jobs", default=1, type=click.IntRange(1), help="Processes.")
def make(
    corpora: Path,
    model: Path,
    seed: int,
    out: Path,
    limit: int,
    twice: int,
    readers: int,
    texts: int,
    least_good: float | None,
    most_false: float | None,
    jobs: int,
) -> None:
    """Write items for readers and their key, and say what became of the calls."""
    scorer = load_scorer(model, least_good, most_false)
    summarize = partial(summarize_at_limits, scorer=scorer)
    with map_in_processes(summarize, read_texts(corpora, texts, seed), jobs) as results:
        calls, found = collect(results, limit)
    items = choose_items(found, limit, seed)
    if not items:
        raise InputError(f"no sentence was shortened or fused in {len(calls)} calls")
    asked = number_items(items, twice, readers, seed)
    config = scorer.selection(scorer.default_attention)
    about = {"model": str(model), "seed": seed, "least_good": config.least_good, "most_false": config.most_false}
    out.parent.mkdir(parents=True, exist_ok=True)
    files = {reader: out.with_suffix(f".{reader}{out.suffix or '.txt'}") for reader in range(1, readers + 1)}
    for reader, path in files.items():
        path.write_text(to_reader(each for each in asked if each.reader == reader), encoding="utf-8")
    key = out.with_suffix(".key.json")
    key.write_text(to_key(Key(about, calls, asked)), encoding="utf-8")
    click.echo(call_table(calls).to_markdown())
    of_all, of_items = (Counter(item.limit for item in own) for own in (found, items))
    counts = ", ".join(f"{of_items[name]} of {of_all[name]} at {name}" for name in ALL_LIMITS)
    click.echo(f"{len(items)} items ({counts}), {len(asked) - len(items)} of them twice.")
    for reader, path in files.items():
        click.echo(f"{path}: {sum(each.reader == reader for each in asked)} items")
    click.echo(f"{key}: the key; keep it from the readers")


@main.command("count")
@click.argument("key", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("verdicts", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--most-false", default=1.0, type=click.FloatRange(0, 1),
              help="For the curve: how likely the judge may take a shorter form for false.")  # fmt: skip
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), help="Draw the curve into this SVG, too.")
@_json
def count(key: Path, verdicts: tuple[Path, ...], most_false: float, plot: Path | None, as_json: bool) -> None:
    """Count what the readers say in VERDICTS of the items of KEY."""
    known = read_key(key)
    said = read_verdicts(verdicts, known.asked)
    judged = first_readings(known, said)
    points = find_curve(judged, most_false)
    tables = [verdict_table(judged), cause_table(judged), agreement_table(known, said), call_table(known.calls)]
    _show([*tables, curve_table(points)], as_json, about=known.about)
    if plot:
        draw_curve(plot, points)
    missing = [str(each.number) for each in known.asked if each.number not in said]
    if missing:
        click.echo(f"without a verdict: {', '.join(missing)}", err=True)


@main.command("fusion")
@_corpora
@_model
@click.option("--part", "parts", multiple=True, type=click.Choice(PARTS), default=PARTS, show_default="all",
              help="What to measure; give it again for another one.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), show_default="all, and 5,000 restored ones",
              help="Most texts or pairs of a set, evenly spread; the cases are all taken.")  # fmt: skip
@_json
def fusion(corpora: Path, model: Path, parts: tuple[str, ...], limit: int | None, as_json: bool) -> None:
    """Measure whether sentences are fused as they should be."""
    scorer = load_scorer(model)
    tables = [table for part in PARTS if part in parts for table in fusion_tables(part, corpora, scorer, limit=limit)]
    _show(tables, as_json, model=str(model), limit=limit)


def fusion_tables(part: str, corpora: Path, scorer: NetworkScorer, *, limit: int | None) -> list[Table]:
    """Return the tables of a part.

    Args:
        part: one of `PARTS`.
        corpora: folder of LANGUAGE/{dev,pairs,plain}; of plain text only what is held out is taken.
        scorer: the network.
        limit: most cases of each set.

    Raises:
        InputError: a file cannot be read.
    """
    if part == "cases":
        return fusion_cases(CASES, scorer)
    if part == "restored":
        sentences, tag = plain_sentences(sorted((corpora / "zh" / "plain").glob("*.txt*"))), load_tagger()
        made = (restore(sentence, tag(sentence.removesuffix("。"))) for sentence in sentences)
        return restored_sentences(islice((pair for pair in made if pair), limit or NUM_RESTORED), scorer)
    if part == "wikisplit":
        return split_sentences(read_rows(corpora / "en" / "pairs" / "wikisplit.dev.jsonl.gz", limit), scorer)
    return fused_summaries([(corpora / f"{name}.jsonl.gz", number) for name, number in SENTENCES], scorer, limit)


@main.command("time")
@_corpora
@_model
@_seed
@click.option("--texts", default=40, type=click.IntRange(2), help="Texts of a language, of all kinds in turns.")
@click.option("--turns", default=5, type=click.IntRange(1), help="Counted calls of each kind for each text.")
@_json
def time(corpora: Path, model: Path, seed: int, texts: int, turns: int, as_json: bool) -> None:
    """Measure the CPU time of a summary of a given length beside one without."""
    scorer = load_scorer(model)
    found = [(text.document.language, text.document.text) for text in read_texts(corpora, texts, seed)]
    chosen = [[pair for pair in found if pair[0] == language][:texts] for language in LANGUAGES]
    _show([time_table([*chain(*chosen)], scorer, turns)], as_json, model=str(model), seed=seed)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.editing")

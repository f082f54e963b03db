"""`python -m benchmarks.explanations CORPUS[:N]...`: are a model's explanations true?

Whether the terms add up to the choice, whether a heavy sentence is missed when it is taken out, and whether the weights
stay when they should. docs/EXPLANATIONS.md says how.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import click

# Before NumPy is loaded: every core has a process of its own, and on small matrices more threads are slower.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

from benchmarks.explanations.examination import Examiner, Findings, examine_corpus  # noqa: E402
from benchmarks.explanations.report import (  # noqa: E402
    LEGEND,
    corpus_title,
    find_figures,
    plain,
    print_tables,
    to_json,
)
from summarize import __version__  # noqa: E402
from summarize.document import ATTENTION_KINDS, AttentionKind  # noqa: E402
from summarize.evaluate.commands import add_measuring_options, corpus_argument, open_scorer, reporting, show_progress  # noqa: E402
from summarize.evaluate.measure import sha256_of  # noqa: E402


def measure_explanations(
    corpora: Iterable[tuple[Path, int]],
    *,
    kinds: Sequence[AttentionKind],
    directory: Path | None,
    others: Sequence[Path],
    limit: int | None,
    resamples: int,
    seed: int,
    jobs: int,
    show: TextIO | None,
) -> dict[str, Any]:
    """Measure whether a model's explanations are true, and return everything that was found out, as plain values.

    Args:
        corpora: files, and the sentences of a summary on each.
        kinds: attentions to measure.
        directory: of the model; None for the one that comes with the package.
        others: directories of models that were trained from other seeds.
        limit: most documents of a corpus, evenly spread over it; None for all.
        resamples: draws of documents for the intervals.
        seed: of the draws.
        jobs: processes.
        show: where tables go after each corpus, and at the end those of all corpora together; None for nowhere.

    Raises:
        InputError: a corpus cannot be read, or none of its documents can be measured.
        ModelError: a model cannot be read.
    """
    corpora = list(corpora)
    for path, _ in corpora:
        sha256_of(path)  # a misspelled name comes to light now and not after an hour
    (scorer, about_model), *opened = [open_scorer(model) for model in (directory, *others)]
    folders = [path.name for path in others]
    names = ["model", *(folders if len({"model", *folders}) == len(others) + 1 else map(str, others))]
    measured: list[dict[str, Any]] = []
    everything: list[Findings] = []
    for path, target_sentences in corpora:
        examiner = Examiner(scorer, [other for other, _ in opened], kinds, target_sentences)
        progress = partial(show_progress, description=path.name)
        found = examine_corpus(path, examiner, limit=limit, jobs=jobs, progress=progress)
        figures = find_figures(found.documents, kinds, names, resamples=resamples, seed=seed)
        if show:
            print_tables(corpus_title(found), figures, show)
        measured.append(to_json(found, figures))
        everything += found.documents
    figures = find_figures(everything, kinds, names, resamples=resamples, seed=seed)
    if show:
        if len(measured) > 1:
            print_tables(f"all corpora together: {len(everything)} documents", figures, show)
        click.echo(LEGEND, show)
    return {
        "summarize": __version__,
        "model": about_model,
        "other_models": [about for _, about in opened],
        "limit": limit,
        "resamples": resamples,
        "seed": seed,
        "corpora": measured,
        "together": plain(figures),
    }


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.argument("corpora", nargs=-1, required=True, type=corpus_argument, metavar="CORPUS[:N]...")
@click.option("-n", "--sentences", "default_length", default=1, type=click.IntRange(1),
              help="Sentences of a summary of a corpus without a length of its own.")  # fmt: skip
@click.option("--attention", "kinds", multiple=True, type=click.Choice(ATTENTION_KINDS), default=ATTENTION_KINDS,
              help="Which attention to measure; give it again for another one.")  # fmt: skip
@click.option("--model", "directory", type=click.Path(file_okay=False, path_type=Path),
              help="A model directory.  [default: the one that comes with the package]")  # fmt: skip
@click.option("--other-model", "others", multiple=True, type=click.Path(file_okay=False, path_type=Path),
              help="A model trained from another seed; give it again for more.")  # fmt: skip
@add_measuring_options
def main(
    corpora: tuple[tuple[Path, int | None], ...],
    default_length: int,
    kinds: tuple[AttentionKind, ...],
    directory: Path | None,
    others: tuple[Path, ...],
    limit: int | None,
    output_format: str,
    resamples: int,
    seed: int,
    jobs: int | None,
) -> None:
    """Measure whether a model's explanations are true, on corpora of JSON lines with `text` and `summary`."""
    if len(set(others)) < len(others):
        raise click.UsageError("the same --other-model is named twice")
    with reporting("benchmarks.explanations"):
        record = measure_explanations(
            [(path, length or default_length) for path, length in corpora],
            kinds=kinds,
            directory=directory,
            others=others,
            limit=limit,
            resamples=resamples,
            seed=seed,
            jobs=jobs or os.cpu_count() or 1,
            show=sys.stdout if output_format == "table" else None,
        )
        if output_format == "json":
            click.echo(json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False))


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.explanations")

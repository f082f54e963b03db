"""`python -m summarize.evaluate`: a model and corpora to tables of scores."""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Literal, TextIO

import click

from summarize import __version__
from summarize.document import ATTENTION_KINDS, AttentionKind
from summarize.errors import check_extra
from summarize.evaluate.commands import add_measuring_options, corpus_argument, open_scorer, reporting, show_progress

# Before NumPy is loaded: every core has a process of its own, and on small matrices more threads are slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")


def evaluate(
    corpora: Iterable[tuple[Path, int]],
    *,
    unit: Literal["sentences", "chars", "words"],
    kinds: Sequence[AttentionKind],
    fuse: bool,
    directory: Path | None,
    limit: int | None,
    resamples: int,
    seed: int,
    jobs: int,
    show: TextIO | None,
) -> dict[str, Any]:
    """Measure a model on corpora and return everything that was found out, as plain values.

    Args:
        corpora: files, and the length of a summary on each.
        unit: what lengths count.
        kinds: attentions to measure.
        fuse: whether their sentences may be fused.
        directory: of the model; None for the one that comes with the package.
        limit: most documents of a corpus, evenly spread over it; None for all.
        resamples: draws of documents for the intervals.
        seed: of the draws.
        jobs: processes.
        show: where a table goes after each corpus, and a legend at the end; None for nowhere.

    Raises:
        InputError: a corpus cannot be read.
        ModelError: the model cannot be read.
    """
    from summarize.decide.budget import Budget
    from summarize.evaluate.measure import measure_corpus, sha256_of
    from summarize.evaluate.report import LEGEND, find_figures, print_table, to_json
    from summarize.evaluate.systems import systems_for

    corpora = list(corpora)
    for path, _ in corpora:
        sha256_of(path)  # a misspelled name comes to light now and not after an hour
    scorer, about_model = open_scorer(directory)
    measured = []
    for path, length in corpora:
        bounds: dict[str, Any] = {unit: length}
        budget = Budget(**bounds)
        scores = measure_corpus(
            path,
            systems=systems_for(budget, kinds),
            budget=budget,
            scorer=scorer,
            fuse=fuse,
            limit=limit,
            jobs=jobs,
            progress=partial(show_progress, description=path.name),
        )
        figures = find_figures(scores, resamples=resamples, seed=seed)
        if show:
            print_table(scores, figures, show)
        measured.append(to_json(scores, figures))
    if show:
        click.echo(LEGEND, show)
    return {
        "summarize": __version__,
        "model": about_model,
        "fuse": fuse,
        "limit": limit,
        "resamples": resamples,
        "seed": seed,
        "corpora": measured,
    }


def evaluate_marks(
    paths: Sequence[Path],
    *,
    against: Path | None,
    corpora: Path | None,
    lengths: Sequence[int],
    kinds: Sequence[AttentionKind],
    split_by_kind: bool,
    directory: Path | None,
    limit: int | None,
    resamples: int,
    seed: int,
    jobs: int,
    show: TextIO | None,
) -> dict[str, Any]:
    """Measure a model, or another reader, by what readers marked, and return everything that was found out.

    Arguments are those of `marks_job.judge_network` and, with `against`, of `marks_job.compare_readers`; `directory` is
    that of the model, None for the one that comes with the package.

    Raises:
        InputError: a file or a text cannot be read, or is not the one that was marked.
        ModelError: the model cannot be read.
    """
    from summarize.evaluate import marks_job
    from summarize.evaluate.marks_report import to_json
    from summarize.evaluate.measure import sha256_of

    for path in [*paths, *([against] if against else [])]:
        sha256_of(path)  # a misspelled name comes to light now and not after the texts are read
    about: dict[str, Any] = {"resamples": resamples, "seed": seed}
    shared: dict[str, Any] = {**about, "corpora": corpora, "lengths": lengths, "show": show}
    if against:
        agreement = marks_job.compare_readers(paths, against, **shared)
        return {"summarize": __version__, **about, "against": str(against), **to_json(agreement)}
    scorer, about_model = open_scorer(directory)
    own: dict[str, Any] = {"kinds": kinds, "split_by_kind": split_by_kind, "limit": limit, "jobs": jobs}
    found = marks_job.judge_network(paths, scorer=scorer, progress=show_progress, **own, **shared)
    return {"summarize": __version__, "model": about_model, **about, "limit": limit, **found}


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.argument("corpora", nargs=-1, required=True, type=corpus_argument, metavar="CORPUS[:N]...")
@click.option("-n", "--sentences", "lengths", multiple=True, type=click.IntRange(1),
              help="Most sentences of a summary; with --marks give it again for another length.  [default: 1; with "
              "--marks 1 and 3]")  # fmt: skip
@click.option("-c", "--chars", type=click.IntRange(1), help="Most characters of a summary, instead of sentences.")
@click.option("-w", "--words", type=click.IntRange(1), help="Most words of a summary, instead of sentences.")
@click.option("--attention", "kinds", multiple=True, type=click.Choice(ATTENTION_KINDS), default=ATTENTION_KINDS,
              help="Which attention to measure; give it again for another one.")  # fmt: skip
@click.option("--fuse/--no-fuse", default=False, help="Let the network fuse sentences that have one subject.")
@click.option("--marks", "of_marks", is_flag=True,
              help="Measure by the marks that readers gave sentences: each CORPUS is a file of marks.")  # fmt: skip
@click.option("--corpora", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="With --marks: the folder of corpora, for texts that a file of marks only names.")  # fmt: skip
@click.option("--by-kind", "split_by_kind", is_flag=True, help="With --marks: figures for every kind of text too.")
@click.option("--against", type=click.Path(dir_okay=False, path_type=Path),
              help="With --marks: marks of the same texts by another reader; how far do the two agree?")  # fmt: skip
@click.option("--model", "directory", type=click.Path(file_okay=False, path_type=Path),
              help="A model directory.  [default: the one that comes with the package]")  # fmt: skip
@add_measuring_options
def main(
    corpora: tuple[tuple[Path, int | None], ...],
    lengths: tuple[int, ...],
    chars: int | None,
    words: int | None,
    kinds: tuple[AttentionKind, ...],
    fuse: bool,
    of_marks: bool,
    folder: Path | None,
    split_by_kind: bool,
    against: Path | None,
    directory: Path | None,
    limit: int | None,
    output_format: str,
    resamples: int,
    seed: int,
    jobs: int | None,
) -> None:
    """Score a model on corpora beside the lead, centrality and the greedy oracle.

    A CORPUS is a file of JSON lines, plain or .gz, with the fields `text` and `summary` (and `lang`, `summaries`).
    The scores are ROUGE-1, ROUGE-2 and ROUGE-L F1 on Chinese characters or stemmed English words; of several
    references the best one counts. CORPUS:N stands for N sentences on this corpus, or N characters with -c, or N words
    with -w. Below the scores stands how often the network's summaries break a rule of faithfulness.

    With --marks the choice is judged by readers who marked every sentence, at N sentences and without a length.
    """
    if bool(lengths) + bool(chars) + bool(words) > 1:
        raise click.UsageError("-n, -c and -w cannot be given together; ask for sentences, characters or words")
    if of_marks and (chars or words or fuse or any(own_length for _, own_length in corpora)):
        raise click.UsageError("--marks goes with whole sentences and lengths by -n: without :N, -c, -w and --fuse")
    if (folder or split_by_kind or against) and not of_marks:
        raise click.UsageError("--corpora, --by-kind and --against need --marks")
    if against and (split_by_kind or limit or directory):
        raise click.UsageError("--against compares readers: without --by-kind, --limit and --model")
    if len(lengths) > 1 and not of_marks:
        raise click.UsageError("more than one -n needs --marks")
    default_length = chars or words or (lengths[0] if lengths else 1)
    with_lengths = [(path, own_length or default_length) for path, own_length in corpora]
    show = sys.stdout if output_format == "table" else None
    jobs = jobs or os.cpu_count() or 1
    with reporting("summarize.evaluate"):
        check_extra("evaluate", ("rich", "rouge_score", "scipy"))
        if of_marks:
            record = evaluate_marks(
                [path for path, _ in corpora],
                against=against,
                corpora=folder,
                lengths=sorted(set(lengths)) or (1, 3),
                kinds=kinds,
                split_by_kind=split_by_kind,
                directory=directory,
                limit=limit,
                resamples=resamples,
                seed=seed,
                jobs=jobs,
                show=show,
            )
        else:
            record = evaluate(
                with_lengths,
                unit="chars" if chars else "words" if words else "sentences",
                kinds=kinds,
                fuse=fuse,
                directory=directory,
                limit=limit,
                resamples=resamples,
                seed=seed,
                jobs=jobs,
                show=show,
            )
        if output_format == "json":
            click.echo(json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False))


if __name__ == "__main__":
    main(prog_name="python -m summarize.evaluate")

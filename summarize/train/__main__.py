"""`python -m summarize.train`: corpora to a model directory."""

import json
import os
import sys
import time
from pathlib import Path

import click

from summarize.config import NetworkConfig, TrainConfig, check_judges
from summarize.errors import InputError, SummarizeError, check_extra
from summarize.train.workers import run_workers, worker_of

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def find_corpora(folder: Path, part: str, pattern: str = "*.jsonl*") -> list[Path]:
    """Return the files `folder/LANGUAGE/part/pattern`, in order of their names."""
    return sorted(path for path in folder.glob(f"*/{part}/{pattern}") if path.is_file())


def _read_config(path: Path | None) -> tuple[dict[str, int], TrainConfig]:
    """Read settings that differ from the defaults: `{"network": {...}, "train": {...}}`."""
    if path is None:
        return {}, TrainConfig()
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
        unknown = set(settings) - {"network", "train"}
        if unknown:
            raise ValueError(f"unknown key {', '.join(sorted(unknown))}")
        sizes = settings.get("network", {})
        # Both complain now, not in an hour.
        network = NetworkConfig(**{"vocabulary_size": 1, "num_features": 1, "num_term_features": 1, **sizes})
        train = TrainConfig(**settings.get("train", {}))
        check_judges(network, train)
        return sizes, train
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise InputError(f"{path}: not usable settings: {error}") from error


_FILE = click.Path(path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option(
    "--corpora",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder with LANGUAGE/train/*.jsonl.gz, LANGUAGE/dev/*.jsonl.gz, LANGUAGE/plain/*.txt.gz "
    "and LANGUAGE/pairs/{compress_*.train,cuts_judged.train,cuts_judged.dev}.jsonl.gz: all are taken.",
)
@click.option(
    "--train",
    "train_files",
    multiple=True,
    type=_FILE,
    help="A training corpus, JSONL or JSONL.gz with the fields `text` and `summary`, and `lang` if it is known.",
)
@click.option(
    "--dev",
    "dev_files",
    multiple=True,
    type=_FILE,
    help="A corpus to measure on after each epoch; the best epoch is kept.",
)
@click.option(
    "--plain",
    "plain_files",
    multiple=True,
    type=_FILE,
    help="More text for word vectors, UTF-8, documents separated by a blank line.",
)
@click.option(
    "--pairs",
    "pairs_files",
    multiple=True,
    type=_FILE,
    help="Sentences and shorter ones, from which the judge of shortened sentences learns where people cut, JSONL with "
    "the fields `sources` and `target`.",
)
@click.option(
    "--cuts",
    "cuts_files",
    multiple=True,
    type=_FILE,
    help="Verdicts on shortened sentences, JSONL, for the judge; NAME.dev.jsonl to measure on alone. Texts are looked "
    "for in the folder of corpora. Without any the model shortens nothing.",
)
@click.option(
    "--marks",
    "marks_files",
    multiple=True,
    type=_FILE,
    help="What readers marked, JSONL: NAME.train.jsonl to learn from, NAME.dev.jsonl to measure on. Texts that it does "
    "not hold are looked for in the folder of corpora.",
)
@click.option("--out", required=True, type=_FOLDER, help="Where the model directory is written.")
@click.option(
    "--run",
    type=_FOLDER,
    help="Where intermediate results are kept, so that a killed run goes on.  [default: OUT.run]",
)
@click.option(
    "--config",
    "config_file",
    type=_FILE,
    help='Settings that differ from the defaults, JSON: {"network": {...}, "train": {...}}.',
)
@click.option("--dev-documents", default=150, type=click.IntRange(1), help="Most documents of a dev corpus.")
@click.option(
    "--processes",
    default=1,
    type=click.IntRange(1),
    help="Processes of this machine that train together, each a part of every minibatch. On several machines start the "
    "command on each with TF_CONFIG instead, and folders that all of them see.",
)
def main(
    corpora: Path | None,
    train_files: tuple[Path, ...],
    dev_files: tuple[Path, ...],
    plain_files: tuple[Path, ...],
    pairs_files: tuple[Path, ...],
    cuts_files: tuple[Path, ...],
    marks_files: tuple[Path, ...],
    out: Path,
    run: Path | None,
    config_file: Path | None,
    dev_documents: int,
    processes: int,
) -> None:
    """Train a model on corpora and write it to a directory that `summarize --model` takes."""
    start = time.monotonic()

    def report(line: str) -> None:
        if worker.is_first:
            click.echo(f"[{time.monotonic() - start:6.0f} s] {line}", err=True)

    train_paths, dev_paths = list(train_files), list(dev_files)
    plain_paths, pairs_paths, cuts_paths = list(plain_files), list(pairs_files), list(cuts_files)
    if corpora:
        train_paths += find_corpora(corpora, "train")
        dev_paths += find_corpora(corpora, "dev")
        plain_paths += find_corpora(corpora, "plain", "*.txt*")
        pairs_paths += find_corpora(corpora, "pairs", "compress_*.train.jsonl*")
        for part in ("train", "dev"):
            cuts_paths += find_corpora(corpora, "pairs", f"cuts_judged.{part}.jsonl*")
    for path in marks_files:
        if not path.name.endswith((".train.jsonl", ".dev.jsonl")):
            raise click.UsageError(f"{path}: name it NAME.train.jsonl or NAME.dev.jsonl, to say what it is for")
    train_paths += [path for path in marks_files if path.name.endswith(".train.jsonl")]
    dev_paths += [path for path in marks_files if path.name.endswith(".dev.jsonl")]
    if not train_paths:
        raise click.UsageError("no training corpus; name one with --train FILE or a folder of them with --corpora")
    try:
        check_extra("train", ("rouge_score", "scipy", "keras", "tensorflow"))
        worker = worker_of(os.environ)
        if processes > 1 and worker.count == 1:
            raise SystemExit(run_workers(processes, sys.argv[1:]))
        from summarize.train.job import train_model

        sizes, config = _read_config(config_file)
        train_model(
            train_paths,
            dev_paths,
            plain_paths,
            pairs_paths,
            cuts_paths,
            folder=corpora,
            out=out,
            run=run or out.with_name(out.name + ".run"),
            sizes=sizes,
            config=config,
            dev_documents=dev_documents,
            report=report,
            worker=worker,
        )
    except SummarizeError as error:
        click.echo(f"summarize.train: {error}", err=True)
        raise SystemExit(int(error.exit_status)) from error


if __name__ == "__main__":
    main(prog_name="python -m summarize.train")

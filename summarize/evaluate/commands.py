"""What commands that measure a model share: a corpus and its length, the model, progress."""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from summarize.errors import ExitStatus, SummarizeError

if TYPE_CHECKING:
    from summarize.network.scorer import NetworkScorer

_Found = TypeVar("_Found")

_WITH_LENGTH = re.compile(r"(.+):(\d+)", re.DOTALL)


_Command = TypeVar("_Command", bound=Callable[..., Any])


def add_measuring_options(command: _Command) -> _Command:
    """Add the options of every command that measures a model on documents, after those of its own."""
    options = (
        click.option("--limit", type=click.IntRange(1),
                     help="Most documents of a corpus, evenly spread over it.  [default: all]"),
        click.option("--format", "output_format", type=click.Choice(["table", "json"]), default="table",
                     help="Tables for each corpus, or one JSON object."),
        click.option("--resamples", type=click.IntRange(1), default=1000,
                     help="Draws of documents that the intervals are made from."),
        click.option("--seed", type=click.IntRange(0), default=1, help="Seed of the draws."),
        click.option("-j", "--jobs", type=click.IntRange(1), help="Processes.  [default: one a core]"),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


def corpus_argument(value: str) -> tuple[Path, int | None]:
    """Read `PATH` or `PATH:N`, the length None if there is none; a file whose name ends like a length is a file."""
    match = _WITH_LENGTH.fullmatch(value)
    if match is None or Path(value).exists():
        return Path(value), None
    path, length = match[1], int(match[2])
    if length < 1:
        raise click.BadParameter(f"{value}: the length after the colon must be at least 1")
    return Path(path), length


def open_scorer(directory: Path | None) -> tuple["NetworkScorer", dict[str, str]]:
    """Return the network, and for the record its directory and a digest of all that decides what it does.

    Raises:
        ModelError: the model cannot be read.
    """
    from summarize.evaluate.measure import sha256_of
    from summarize.network import storage
    from summarize.network.scorer import NetworkScorer

    directory = directory or storage.DEFAULT_MODEL
    scorer = NetworkScorer(storage.load_model(directory))
    digests = " ".join(sha256_of(directory / name) for name in storage.FILES)
    sha256 = hashlib.sha256(digests.encode()).hexdigest()
    return scorer, {"path": str(directory), "sha256": sha256, "default_attention": scorer.default_attention}


def show_progress(results: Iterable[_Found], description: str) -> Iterable[_Found]:
    """Pass results on, and show on stderr how many there were if it is a terminal."""
    from rich.console import Console
    from rich.progress import Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = TextColumn("{task.description}: {task.completed:.0f} documents"), TimeElapsedColumn()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        yield from progress.track(results, description=description)


@contextmanager
def reporting(program: str) -> Iterator[None]:
    """Turn an error into one line on stderr and its exit status, and an interruption into its status alone."""
    try:
        yield
    except SummarizeError as error:
        click.echo(f"{program}: {error}", err=True)
        raise SystemExit(int(error.exit_status)) from error
    except KeyboardInterrupt:
        raise SystemExit(int(ExitStatus.INTERRUPTED)) from None

"""The systems that are compared: a checkout of `summarize`, or a peer."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib import metadata
from pathlib import Path

import click

from benchmarks.quality.measure import SECONDS_OF_DOCUMENT
from benchmarks.quality.peers import all_peers, candidates_of, peer_text
from benchmarks.quality.rankings import ask
from summarize.document import Document, Language
from summarize.errors import InputError
from summarize.evaluate.systems import print_sentences

_SECONDS_OF_COMMAND = 120.0

Summarize = Callable[[Document], str]  # raises SummarizeError where there is no summary


def checkout(
    folder: Path, num_sentences: int, python: str = sys.executable, bounds: tuple[int, int] | None = None
) -> Summarize:
    """Return what the command line of a checkout prints for a text.

    Args:
        folder: of the checkout, with the package `summarize` in it.
        num_sentences: N, in sentences; 0 for no length.
        python: the interpreter, which has the libraries of that version.
        bounds: most characters of a Chinese summary and most words of an English one, in place of sentences.
    """
    # In the folder, since Python looks there first; so the interpreter's path must not be relative to here.
    command = [str(Path(shutil.which(python) or python).absolute()), "-m", "summarize"]
    environment = os.environ | {"PYTHONPATH": str(folder.resolve()), "PYTHONIOENCODING": "utf-8"}

    def length(language: Language) -> list[str]:
        if bounds is not None:
            return ["-c", str(bounds[0])] if language == "zh" else ["-w", str(bounds[1])]
        return ["-n", str(num_sentences)] if num_sentences else []

    def summarize(document: Document) -> str:
        try:
            done = subprocess.run(
                [*command, *length(document.language), "-"],
                input=document.text.encode(),
                cwd=folder,
                env=environment,
                capture_output=True,
                timeout=_SECONDS_OF_COMMAND,
                check=True,
            )
        except subprocess.CalledProcessError as error:
            message = error.stderr.decode("utf-8", "replace").strip().splitlines()
            raise InputError(f"{folder}: {message[-1] if message else f'exit status {error.returncode}'}") from error
        except (OSError, subprocess.TimeoutExpired) as error:
            raise InputError(f"{folder}: {error}") from error
        return done.stdout.decode("utf-8").strip()

    return summarize


def peer(name: str, num_sentences: int, seconds: float = SECONDS_OF_DOCUMENT) -> Summarize:
    """Return what a peer chooses of a text, printed as `summarize` prints its own choice.

    Raises:
        BadParameter: there is no such peer, or it is not installed.
    """
    try:
        known = {each.name: each for each in all_peers()}
    except metadata.PackageNotFoundError as error:
        raise click.BadParameter(f"{name!r} is no folder, and {error.name} of the peers is not installed") from error
    if name not in known:
        raise click.BadParameter(f"{name!r} is neither a folder nor one of {', '.join(known)}")

    def summarize(document: Document) -> str:
        if document.language not in known[name].languages:
            raise InputError(f"{name} reads no {document.language}")
        ranking = ask(known[name], peer_text(document), seconds)
        if ranking.error:
            raise InputError(f"{name}: {ranking.error}")
        candidates = candidates_of(document)
        return print_sentences(document, (candidates[at] for at in ranking.indices[:num_sentences]))

    return summarize


def system(
    value: str, num_sentences: int, python: str = sys.executable, bounds: tuple[int, int] | None = None
) -> Summarize:
    """Return a checkout or a peer by what it is called on the command line.

    Raises:
        BadParameter: it is neither, or a peer is asked for no length or another one than sentences.
    """
    if Path(value).is_dir():
        return checkout(Path(value), num_sentences, python, bounds)
    if not num_sentences or bounds is not None:
        raise click.BadParameter("a peer needs to be told how many sentences; give -n")
    return peer(value, num_sentences)

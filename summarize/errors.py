"""The errors a user can meet and the exit status of each."""

import os
import sys
from collections.abc import Iterable
from enum import IntEnum
from importlib.util import find_spec

from summarize.interface import _


class ExitStatus(IntEnum):
    """What the command returns to the shell."""

    OK = 0
    INPUT_FAILED = 1
    USAGE = 2  # click's own
    NO_MODEL = 3
    INTERRUPTED = 130
    CLOSED_PIPE = 141


class SummarizeError(Exception):
    """Base of our errors; its message is one line that says what was wrong and what to do."""

    exit_status = ExitStatus.INPUT_FAILED


class InputError(SummarizeError):
    """A text that cannot be read: missing, binary, empty, or in an unknown encoding."""


class BudgetError(SummarizeError):
    """A length that is too small for every sentence of the text."""


class OutputError(SummarizeError):
    """A file that cannot be written."""


class ModelError(SummarizeError):
    """A model directory that is missing, damaged, or made for another version."""

    exit_status = ExitStatus.NO_MODEL


class MissingExtraError(SummarizeError):
    """An optional library is not installed."""

    exit_status = ExitStatus.USAGE


def check_extra(extra: str, libraries: Iterable[str]) -> None:
    """Make sure that the libraries of an extra of the package are there, without importing them.

    Args:
        extra: what to install where one is missing.
        libraries: the names under which its libraries are imported.

    Raises:
        MissingExtraError: one of them is not installed.
    """
    for library in libraries:
        if find_spec(library) is None:
            problem = _("{library} is missing; run: {command}")
            raise MissingExtraError(problem.format(library=library, command=install_command(extra)))


def install_command(extra: str) -> str:
    """Return the command that installs an extra into the environment of this program.

    It adds to the environment without replacing the installed `summarize`: with pip, with pipx in environments that
    pipx made (it leaves a marker file in them), or with uv where there is no pip.
    """
    from pathlib import Path

    quote = '"' if os.name == "nt" else "'"
    what = f"{quote}summarize[{extra}]{quote}"
    if (Path(sys.prefix) / "pipx_metadata.json").exists():
        return f"pipx runpip summarize install {what}"
    if find_spec("pip") is None:
        return f"uv pip install {what} --python {_interpreter()}"
    return f"{_interpreter()} -m pip install {what}"


def _interpreter() -> str:
    """Return how a shell can call this Python: by its name if that is on the path, else by the shorter path."""
    from pathlib import Path
    from shlex import quote
    from shutil import which

    path = Path(sys.executable)
    found = which(path.name)
    if found and Path(found) == path:
        return path.name
    return quote(str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path))

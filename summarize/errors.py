"""The errors a user can meet and the exit status of each."""

from collections.abc import Iterable
from enum import IntEnum
from importlib.util import find_spec


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
    """A text that cannot be read: missing, binary, empty, or in an encoding we cannot tell."""


class BudgetError(SummarizeError):
    """A length that no sentence of the text fits into."""


class OutputError(SummarizeError):
    """A file that cannot be written."""


class ModelError(SummarizeError):
    """A model directory that is missing, damaged, or made for another version."""

    exit_status = ExitStatus.NO_MODEL


class MissingExtraError(SummarizeError):
    """A library that only training, measuring or plotting needs is not installed."""

    exit_status = ExitStatus.USAGE


def check_extra(extra: str, libraries: Iterable[str]) -> None:
    """Make sure that the libraries of an extra of the package are there, without importing them.

    Args:
        extra: what to install where one is missing.
        libraries: what it brings, by the names under which they are imported.

    Raises:
        MissingExtraError: one of them is not installed.
    """
    for library in libraries:
        if find_spec(library) is None:
            raise MissingExtraError(f"{library} is missing; run: pip install 'summarize[{extra}]'")

"""The errors a user can meet and the exit status of each."""

from enum import IntEnum
from importlib import import_module


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


class ModelError(SummarizeError):
    """A model directory that is missing, damaged, or made for another version."""

    exit_status = ExitStatus.NO_MODEL


class MissingExtraError(SummarizeError):
    """A library that only training or measuring needs is not installed."""

    exit_status = ExitStatus.USAGE


def check_extra(module: str, extra: str) -> None:
    """Import a module of ours that needs an extra of the package.

    Args:
        module: its full name.
        extra: what to install where something is missing.

    Raises:
        MissingExtraError: something it needs is not installed.
    """
    try:
        import_module(module)
    except ModuleNotFoundError as error:
        missing = (error.name or "a library").split(".")[0]
        if missing == "summarize":
            raise
        raise MissingExtraError(f"{missing} is missing; run: pip install 'summarize[{extra}]'") from error

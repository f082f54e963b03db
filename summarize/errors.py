"""The errors a user can meet and the exit status of each."""

from enum import IntEnum


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

"""Not written yet."""

from summarize.inputs.table import Options


def refuse_no_prose(text: str, options: Options) -> None:
    """Do nothing."""

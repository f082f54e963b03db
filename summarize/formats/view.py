"""Rendering options of a summary."""

from summarize.value import value


@value(kw_only=True)
class View:
    """Rendering options; each format supports those listed in its row of `table`.

    Args:
        path: the file name as given by the user; None for standard input.
        name: the name of the text within its file; empty if it is the only one.
        cite: whether to print the location of each sentence after it.
        explain: whether to explain why each sentence was chosen or not.
        highlight: whether to show the whole text with its weights.
        width: the width at which lines are wrapped, in columns; None for no wrapping.
        color: whether colours may be used.
        is_below_heading: whether a heading line is printed above it.
    """

    path: str | None = None
    name: str = ""
    cite: bool = False
    explain: bool = False
    highlight: bool = False
    width: int | None = None
    color: bool = False
    is_below_heading: bool = False


PLAIN_VIEW = View()

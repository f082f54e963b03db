"""How a summary is to be printed: what a format is told beside the summary."""

from summarize.value import value


@value(kw_only=True)
class View:
    """How a summary is to be printed; each format obeys what its row in `table` says that it takes.

    Args:
        path: the file as the user named it; None for standard input.
        name: of the text in its file; empty if it is the only one there.
        cite: whether to say behind each sentence where it stands in what the user has.
        explain: whether to say why each sentence was chosen or not.
        highlight: whether to show the whole text with its weights.
        width: columns of a line that is to be broken; None breaks no line that the summary does not break.
        color: whether colours may be used.
        is_below_heading: whether the line that parts several summaries stands above it.
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

"""A summary as text for people."""

from summarize.formats.view import PLAIN_VIEW, View
from summarize.summary import Summary


def to_text(summary: Summary, view: View = PLAIN_VIEW) -> str:
    """Return the summary and a final line break; with the reasons or the whole text, if the view has them.

    Raises:
        ValueError: the view asks for what only an explanation tells, and the summary has none.
    """
    if view.explain or view.highlight:
        from summarize.formats.terminal import draw

        return draw(summary, view)
    if _is_bare(summary, view):  # what else there may be is not loaded
        return f"{summary.text}\n"
    from summarize.formats.digest import digest_lines

    return "".join(f"{line}\n" for line in digest_lines(summary, view))


def _is_bare(summary: Summary, view: View) -> bool:
    """Return whether nothing is printed but the summary, as it is."""
    has_more = summary.title is not None or summary.keywords is not None or summary.sections is not None
    return not has_more and not view.cite and view.width is None


def heading(name: str) -> str:
    """Return the line that stands above the summary of one of several files, as `head` writes it."""
    return f"==> {name} <==\n"

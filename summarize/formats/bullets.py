"""A summary as a list, a line for each sentence, which is a list in Markdown as well.

    TITLE

    - heading of a section
      - what is said of it
    - THE WHOLE
      - a sentence of the summary

Without sections the sentences of the summary are the list.

    - a sentence of the summary

    Keywords: one, another
"""

from collections.abc import Iterator, Sequence

from summarize.document import Draft
from summarize.formats.citing import SentenceLocations
from summarize.formats.digest import keyword_line
from summarize.formats.plain import heading as heading  # several are separated as texts are
from summarize.formats.view import PLAIN_VIEW, View
from summarize.formats.wording import wording
from summarize.summary import Summary

_MARK = "- "


def to_bullets(summary: Summary, view: View = PLAIN_VIEW) -> str:
    """Return a line for each sentence of the summary and a final line break; what is too long continues indented."""
    return "".join(f"{line}\n" for line in _lines(summary, view))


def _lines(summary: Summary, view: View) -> Iterator[str]:
    locations = SentenceLocations(summary.document) if view.cite else None
    say = wording(summary.document.language, "plain")

    def said(drafts: Sequence[Draft], known: str = "") -> list[str]:
        return [locations.add_citation(draft, known) if locations else draft.text for draft in drafts]

    if summary.title is not None:
        yield from [_wrapped(summary.title.text, view), ""]
    for section in summary.sections or ():
        yield from _item(section.heading, said(section.drafts, section.heading), view)
    yield from _item(say["whole"] if summary.sections else "", said(summary.drafts), view)
    if summary.keywords is not None:
        yield from ["", _wrapped(keyword_line(summary), view)]


def _item(name: str, texts: list[str], view: View) -> Iterator[str]:
    """Yield the lines of a list, as one item of another if it has a name."""
    if name:
        yield _wrapped(name, view, _MARK)
    for text in texts:
        yield _wrapped(text, view, " " * len(_MARK) * bool(name) + _MARK)


def _wrapped(text: str, view: View, mark: str = "") -> str:
    """Return a text with its bullet, and with further lines indented like the first."""
    if view.width is None:  # what measures columns is not loaded
        return mark + text
    from summarize.formats.wrapping import wrap

    return wrap(mark + text, view.width, len(mark), hanging=True)

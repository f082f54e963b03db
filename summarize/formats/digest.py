"""A summary as text with all that comes with it: its title, its sections, itself and its keywords, whatever there is.

TITLE

## heading of a section
  what is said of it

## THE WHOLE
the summary

Keywords: one, another
"""

from collections.abc import Iterator

from summarize.formats.citing import as_text, join_with_citations
from summarize.formats.view import View
from summarize.formats.wording import wording
from summarize.summary import Summary

_INDENT = 2  # columns of what stands under the heading of a section


def digest_lines(summary: Summary, view: View) -> Iterator[str]:
    """Yield the lines of the summary and of what comes with it."""
    document, say = summary.document, wording(summary.document.language, "plain")
    if summary.title is not None:
        yield from _bold(summary.title.text, view)
        yield ""
    for section in summary.sections or ():
        if section.heading:
            yield from _bold(f"## {section.heading}", view)
        if section.drafts:
            cited = (
                join_with_citations(document, section.drafts, section.heading)
                if view.cite
                else as_text(document, section.drafts)
            )
            yield from _wrapped(cited, view, _INDENT)
        yield ""
    if summary.sections:
        yield from _bold(f"## {say['whole']}", view)
    yield from _wrapped(join_with_citations(document, summary.drafts) if view.cite else summary.text, view)
    if summary.keywords is not None:
        yield ""
        yield from _wrapped(keyword_line(summary), view)


def keyword_line(summary: Summary) -> str:
    """Return the keywords in one line that says what they are."""
    say, words = wording(summary.document.language, "plain"), [keyword.text for keyword in summary.keywords or ()]
    return str(say["keywords" if words else "noKeywords"].format(words=say["list"].join(words)))


def _bold(text: str, view: View) -> Iterator[str]:
    """Yield the lines of a title or a heading, which stand out where colours may be used."""
    for line in _wrapped(text, view):
        yield f"\x1b[1m{line}\x1b[0m" if view.color else line


def _wrapped(text: str, view: View, indent: int = 0) -> list[str]:
    if view.width is None:  # what measures columns is not loaded
        return [f"{' ' * indent}{line}" for line in text.split("\n")]
    from summarize.formats.wrapping import wrap

    return wrap(text, view.width, indent).split("\n")

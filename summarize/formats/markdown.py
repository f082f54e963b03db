"""A summary as Markdown, with a footnote for each sentence of the text that it comes from.

Written for the Markdown of GitHub and of Pandoc. What comes from the document is escaped, so that it reads as it stands
there.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from summarize.document import Draft
from summarize.formats.citing import SentenceLocations
from summarize.formats.digest import keyword_line
from summarize.formats.figures import describe_draft
from summarize.formats.view import PLAIN_VIEW, View
from summarize.formats.wording import wording
from summarize.summary import Summary
from summarize.text.pieces import NEW_LINE, display_pieces, separator_between

# A "!" before a reference would make it an image; to Pandoc, braces after a heading are attributes, and @ cites.
_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$^{}]|!$|(?<!\w)@")
# What begins a heading, a list or a rule; what makes a link or a note of the reference before it; what defines a term.
_SPECIAL_AT_START = re.compile(r"(\d*)([#+\-=.():])")
_UNSAFE_IN_LABEL = re.compile(r"[^\w./-]")


def to_markdown(summary: Summary, view: View = PLAIN_VIEW) -> str:
    """Return the summary in one paragraph, of several lines where it has lines, and then its footnotes.

    Before it stand its title and its sections, after it its keywords, where it has them.

    Args:
        summary: what to print.
        view: where it comes from: that keeps the footnotes of several texts apart, but not those of one file that is
            named twice.
    """
    written = _Written(summary, view)
    level = "#" * (3 if view.is_below_heading else 1 + (summary.title is None))
    parts = list[str]()
    if summary.title is not None:
        parts.append(f"{level} {_escaped(summary.title.text)}")
        level += "#"
    for section in summary.sections or ():
        if section.heading:
            parts.append(f"{level} {_escaped(section.heading)}")
        if section.drafts:
            parts.append(written.paragraph(section.drafts))
    if summary.sections:
        parts.append(f"{level} {wording(summary.document.language, 'plain')['whole']}")
    parts.append(written.paragraph(summary.drafts))
    if summary.keywords is not None:
        parts.append(_escaped(keyword_line(summary)))
    return "\n\n".join([*parts, *written.notes()]) + "\n"


class _Written:
    """Sentences of a summary with references, and the footnotes that they lead to."""

    def __init__(self, summary: Summary, view: View) -> None:
        self._summary, self._document = summary, summary.document
        self._prefix = "".join(f"{_label(name)}:" for name in (view.path, view.name) if name)
        self._locations = SentenceLocations(summary.document)
        self._drafts = {index: draft for draft in summary.drafts for index in draft.indices}  # that notes speak of

    def paragraph(self, drafts: Sequence[Draft]) -> str:
        text = ""
        for before, draft in zip([None, *drafts], drafts, strict=False):
            if before is not None:
                parting = separator_between(self._document, before, draft)
                text += "\\\n" if parting == (NEW_LINE,) else "".join(piece.text for piece in parting)
            text += _escaped(draft.text) + "".join(map(self._reference, draft.indices))
            for index in draft.indices:
                self._drafts.setdefault(index, draft)
        return text

    def notes(self) -> Iterator[str]:
        """Yield the footnote of each sentence that was referred to, once, those of the summary first."""
        summary, document, say = self._summary, self._document, wording(self._document.language, "markdown")
        for index, draft in self._drafts.items():
            where = [self._locations.named(kind, [value]) for kind, value in self._locations.best(index)]
            note = say["note"].format(
                number=index + 1,
                count=len(document.sentences),
                place="".join(location + say["comma"] for location in map(_escaped, where)),
                weight=f"{summary.weights[index]:.1%}",
                how="" if draft.is_whole else say["comma"] + describe_draft(draft, index, say),
                text=_escaped("".join(piece.text for piece in display_pieces(document, index))),
            )
            yield f"{self._reference(index)}: {note}"

    def _reference(self, index: int) -> str:
        return f"[^{self._prefix}{index + 1}]"


def _percent_encoded(match: re.Match[str]) -> str:
    return quote(match[0], errors="surrogateescape").replace("~", "%7E")  # which strikes out, if there are two


def _label(path: str) -> str:
    """Return what no other path has in its labels: with a digest where only case may tell it from one, for GitHub."""
    label = _UNSAFE_IN_LABEL.sub(_percent_encoded, path)
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return label if path == path.casefold() else f"{label}:{digest}"


def heading(name: str) -> str:
    """Return what stands above the summary of one of several files."""
    return f"## {_escaped(name)}\n\n"


def _escaped(text: str) -> str:
    """Return a text on one line that Markdown shows as it stands, wherever it is put."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    return _SPECIAL_AT_START.sub(r"\1\\\2", line, count=1) if _SPECIAL_AT_START.match(line) else line

"""A summary as Markdown, with a footnote for each sentence of the text that it comes from.

Written for the Markdown of GitHub and of Pandoc. What comes from the document is escaped, so that it reads as it stands
there.
"""

import hashlib
import re
from urllib.parse import quote

from summarize.formats.figures import making
from summarize.formats.wording import wording
from summarize.summary import Summary
from summarize.text.pieces import NEW_LINE, between, spoken_pieces

_SPECIAL = re.compile(r"[\\`*_\[\]<>&|~$^]|!$")  # a "!" before a reference would make it an image
# What begins a heading, a list or a rule; what makes a link or a note of the reference before it; what defines a term.
_SPECIAL_AT_START = re.compile(r"(\d*)([#+\-=.():])")
_UNSAFE_IN_LABEL = re.compile(r"[^\w./-]")


def to_markdown(summary: Summary, path: str | None) -> str:
    """Return the summary in one paragraph, of several lines where it has lines, and then its footnotes.

    Args:
        summary: what to print.
        path: the file as the user named it, which keeps the footnotes of several files apart, but not those of one that
            is named twice; None for standard input.
    """
    document = summary.document
    prefix = "" if path is None else f"{_label(path)}:"
    labels = {index: f"[^{prefix}{index + 1}]" for index in summary.selected}
    text, before = "", None
    for draft in summary.drafts:
        if before is not None:
            parting = between(document, before, draft)
            text += "\\\n" if parting == (NEW_LINE,) else "".join(piece.text for piece in parting)
        text += _escaped(draft.text) + "".join(labels[index] for index in draft.indices)
        before = draft
    notes, say = [], wording(document.language, "markdown")
    for draft in summary.drafts:
        for index in draft.indices:
            pieces = spoken_pieces(document, index)
            note = say["note"].format(
                number=index + 1,
                count=len(document.sentences),
                weight=f"{summary.weights[index]:.1%}",
                how="" if draft.is_whole else say["comma"] + making(draft, index, say),
                text=_escaped("".join(piece.text for piece in pieces)),
            )
            notes.append(f"{labels[index]}: {note}")
    return "\n\n".join([text, *notes]) + "\n"


def _label(path: str) -> str:
    """Return what no other path has in its labels: with a digest where only case may tell it from one, for GitHub."""
    label = _UNSAFE_IN_LABEL.sub(lambda match: quote(match[0], errors="surrogateescape"), path)
    digest = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return label if path == path.casefold() else f"{label}:{digest}"


def heading(name: str) -> str:
    """Return what stands above the summary of one of several files."""
    return f"## {_escaped(name)}\n\n"


def _escaped(text: str) -> str:
    """Return a text on one line that Markdown shows as it stands, wherever it is put."""
    line = _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
    return _SPECIAL_AT_START.sub(r"\1\\\2", line, count=1) if _SPECIAL_AT_START.match(line) else line

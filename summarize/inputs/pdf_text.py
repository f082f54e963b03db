"""The lines of all pages of a PDF to its text, with what its parts are and on which page they stand."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from summarize.document import Source
from summarize.inputs.assembly import Assembly
from summarize.inputs.pdf_joints import join_lines, words_in
from summarize.inputs.pdf_lines import Line
from summarize.inputs.pdf_margins import remove_margins, with_footnotes
from summarize.inputs.pdf_paragraphs import Paragraph, paragraphs_of
from summarize.inputs.pdf_roles import body_of, is_over_references, is_reference
from summarize.text.credits import is_letterhead
from summarize.text.markers import match_marker
from summarize.text.patterns import lazy_pattern

_PARTING = "\n\n"
_MAX_TITLE_PIECES = 8  # lines, and what parts paragraphs, down to the end of a title


def as_source(pages: Sequence[Sequence[Line]], labels: Sequence[str], title: str | None) -> Source:
    """Return the text of pages.

    Args:
        pages: the lines of each in reading order.
        labels: what each is called.
        title: of the document, if its file says so; otherwise it is its first title, below a letterhead if it has one.
    """
    body = body_of(pages)
    pages = with_footnotes(remove_margins(pages, body.size), body.size)
    paragraphs = paragraphs_of(pages, body)
    _set_references_apart(paragraphs)
    known = words_in(line.text for lines in pages for line in lines)
    text = Assembly()
    label, found = "", None
    num_pieces = 0
    for last, paragraph in pairwise([None, *paragraphs]):
        assert paragraph is not None
        if last is not None:
            text.write("\n" if _is_listed(last, paragraph) else _PARTING)
        start = text.length
        pieces = list(_pieces(paragraph, known))
        for piece, page in pieces:
            if label != labels[page]:
                label = labels[page]
                text.place("page", label)
            text.write(piece)
        if paragraph.role != "text":
            text.set_role(start, paragraph.role)
        num_pieces += len(pieces) + (last is not None)
        if num_pieces <= _MAX_TITLE_PIECES:
            said = "".join(piece for piece, _ in pieces)
            if found and is_letterhead(found, said):
                found = None
            elif paragraph.role == "heading":
                found = found or said
    return text.source("pdf", title=title or found)


def _set_references_apart(paragraphs: Sequence[Paragraph]) -> None:
    """Make apparatus of what stands below the heading of a bibliography, up to the next heading."""
    is_below = False
    for paragraph in paragraphs:
        if is_over_references(paragraph.lines[0].text):
            is_below, paragraph.role = True, "heading"
        elif paragraph.role == "heading":
            is_below = False
        elif is_below and is_reference(paragraph.text):
            paragraph.role = "apparatus"


_LISTED = frozenset({"bullet", "arabic", "parenthesis", "circled", "letter", "roman"})


def _is_listed(last: Paragraph, paragraph: Paragraph) -> bool:
    """Whether two paragraphs are items of a list or rows of a table."""
    if last.lines[0].cells or paragraph.lines[0].cells:
        return bool(last.lines[0].cells and paragraph.lines[0].cells)
    kind = _marker(last)
    return last.role == paragraph.role == "text" and kind in _LISTED and kind == _marker(paragraph)


def _marker(paragraph: Paragraph) -> str:
    text = paragraph.lines[0].text
    return match_marker(text, 0, len(text))[0]


_BULLET = lazy_pattern(r"(?:[^\w\s\"'“‘(（《「\[]|\\item)\s*(?=\S)")


def _pieces(paragraph: Paragraph, known: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Yield what each line adds to the text, and its page."""
    is_item = _marker(paragraph) == "bullet"
    for index, line in enumerate(paragraph.lines):
        said = "\t".join(line.cells) or line.text
        if index == 0 and is_item:
            said = _BULLET.sub("- ", said, count=1)
        if index + 1 < len(paragraph.lines):
            num_dropped, between = join_lines(line.text, paragraph.lines[index + 1].text, known)
            said = said[: len(said) - num_dropped] + between
        yield said.replace("\u00ad", ""), line.page

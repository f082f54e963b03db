"""Lines of a drawing for the terminal: wrapped, filled and aligned by columns, without control characters."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.cells import cell_len, chop_cells
from rich.text import Text

from summarize.document import Document, Piece
from summarize.formats.wording import wording
from summarize.formats.wrapping import find_breaks
from summarize.text.pieces import sentence_pieces, source_piece
from summarize.text.printing import printable

_BARS = " ▏▎▍▌▋▊▉█"


def find_wording(document: Document) -> dict[str, Any]:
    """Return the phrases of the terminal in the language of a document."""
    return wording(document.language, "terminal")


def make_visible(text: str) -> str:
    """Return a text with its control characters written out: none steers the terminal, turns the writing or breaks."""
    return printable(text.replace("\t", " "))


def wrap_text(text: Text, width: int, indent: int = 0, *, hanging: bool = False) -> Iterator[Text]:
    """Yield a text line by line; arguments as for `find_breaks`.

    rich breaks lines at spaces alone: that leaves gaps before every run of Chinese, and closing marks at the left.
    """
    for number, line in enumerate(text.divide(find_breaks(text.plain, width, indent, hanging=hanging))):
        line.rstrip()
        yield line if hanging and not number else Text(" " * indent) + line


def fill_lines(
    parts: Iterable[tuple[str, Text]], width: int, indent: int, *, style: str = "", hanging: bool = False
) -> Iterator[Text]:
    """Yield lines of as many parts as fit; only one that is longer than a line is broken.

    Args:
        parts: each with what stands before it, unless it begins a line; those without text are left out.
        width: of a line, in columns.
        indent: columns before each line.
        style: of all lines.
        hanging: whether the first line has no indent.
    """
    line = Text(style=style)
    for separator, part in parts:
        begins = 0 if hanging else indent
        if line and part and begins + line.cell_len + cell_len(separator) + part.cell_len > width:
            yield from wrap_text(line, width, indent, hanging=hanging)
            line, hanging = Text(style=style), False
        if part:
            line.append(separator if line else "").append_text(part)
    yield from wrap_text(line, width, indent, hanging=hanging)


def cut_runs(
    document: Document, index: int, spans: Sequence[tuple[int, int]], end: int | None = None
) -> Iterator[tuple[Piece, bool]]:
    """Yield the runs of a sentence in order, each with whether it is in one of the spans.

    Args:
        document: the source.
        index: which sentence.
        spans: offsets into the text, in order and apart.
        end: offset to stop at; None for the end of the sentence.
    """
    text, sentence = document.text, document.sentences[index]
    number = 0  # of the next span
    for piece in sentence_pieces(text, sentence.start, end or sentence.end):
        if piece.start is None or piece.end is None:
            yield piece, False
            continue
        position = piece.start
        while number < len(spans) and spans[number][0] < piece.end:
            first, last = max(spans[number][0], position), min(spans[number][1], piece.end)
            if first < last:
                yield source_piece(text, position, first), False
                yield source_piece(text, first, last), True
                position = last
            if spans[number][1] > piece.end:  # it continues in the next line
                break
            number += 1
        yield source_piece(text, position, piece.end), False


def draw_beginning(head: Text, document: Document, index: int, width: int) -> Text:
    """Return one line that begins as it is told and continues with a sentence as far as that fits."""
    sentence = document.sentences[index]
    end = min(sentence.end, sentence.start + width)  # no character is thinner than a column
    line = head.append("".join(make_visible(run.text) for run, _ in cut_runs(document, index, [], end)))
    if end == sentence.end and line.cell_len <= width:
        return line
    return line[: len(chop_cells(line.plain, width - 1)[0])].append("…")


def format_signed(number: int) -> str:
    """Return a number of hundredths with its sign."""
    return f"{number / 100:+.2f}"


def draw_bar(share: float, size: int) -> str:
    """Return a bar of eighths of columns, filled up with spaces."""
    full, eighths = divmod(round(share * size * 8), 8)
    return (_BARS[-1] * full + _BARS[eighths] * bool(eighths)).ljust(size)


def align_right(text: str, size: int) -> str:
    """Return a text that ends at a column; a Chinese character takes two."""
    return " " * (size - cell_len(text)) + text

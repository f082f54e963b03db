"""Words and lines at places of a page, as if they had been read; a letter is half as wide as its size."""

from summarize.inputs.pdf_lines import Line
from summarize.inputs.pdf_words import Word
from summarize.text.marks import is_wide

LEFT, RIGHT = 60.0, 300.0  # the edges of a column


def width_of(text: str, size: float) -> float:
    return sum(size if is_wide(character) else size / 2 for character in text)


def words_at(x: float, y: float, text: str, size: float = 10, **style) -> list[Word]:
    """Return the words of a line that begins at `x` and stands on `y`."""
    words: list[Word] = []
    for said in text.split(" "):
        if said:
            words.append(Word(said, x, x + width_of(said, size), y, size, blank=" " if words else "~", **style))
        x += width_of(said, size) + size / 2
    return words


def line_at(x: float, y: float, text: str, size: float = 10, *, right: float = 0, page: int = 0, **more) -> Line:
    """Return a line that begins at `x`, stands on `y` and ends where its letters do, unless `right` says otherwise."""
    first = text[0] if is_wide(text[0]) else text.split(" ")[0]
    more = {"margins": (LEFT, RIGHT), "opening": width_of(first, size), **more}
    return Line(text, page, x, right or x + width_of(text, size), y, size, **more)


def block_at(y: float, *texts: str, x: float = LEFT, size: float = 10, page: int = 0, **more) -> list[Line]:
    """Return full lines one below the other, and a last one that is as short as it is."""
    last = len(texts) - 1
    return [
        line_at(x, y + 12 * place, text, size, right=RIGHT if place < last else 0, page=page, **more)
        for place, text in enumerate(texts)
    ]

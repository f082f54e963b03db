"""What a summary is printed as: runs of the source, and the joining marks between them."""

import re
from collections.abc import Iterable, Iterator

from summarize.document import Piece
from summarize.text.language import HAN

SPACE = Piece(" ")

# Characters that are set without spaces around them: ideographs, kana, full-width forms, Chinese punctuation.
_SET_SOLID = re.compile(f"[{HAN}\u2e80-\u303f\u3040-\u30ff\ufe30-\ufe4f\uff00-\uffef“”‘’…—]")
_LINE_BREAK = re.compile(r"\s*[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]\s*")
_WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’.,:/-][^\W_{HAN}]+)*")


def count_words(text: str) -> int:
    """Return the words of a text as a word processor counts them: Latin words, numbers, and Chinese characters."""
    return sum(1 for _ in _WORD.finditer(text))


def source_piece(text: str, start: int, end: int) -> Piece:
    """Return the piece that is `text[start:end]`."""
    return Piece(text[start:end], start, end)


def joined(runs: Iterable[Iterable[Piece]]) -> Iterator[Piece]:
    """Put runs of pieces after each other, with a space between two that are not both set solid.

    Chinese needs no space between sentences; English does, also beside Chinese.
    """
    last = ""
    for run in runs:
        is_first_of_run = True
        for piece in run:
            if is_first_of_run and last and needs_space(last, piece.text):
                yield SPACE
            is_first_of_run = False
            last = piece.text
            yield piece


def needs_space(before: str, after: str) -> bool:
    """Return whether two runs of text are parted by a space: unless a Chinese character or mark is on either side."""
    return not (_SET_SOLID.match(before[-1]) or _SET_SOLID.match(after[0]))


def sentence_pieces(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Return a sentence as pieces: one, or one a line if it is wrapped, with spaces between where they are needed."""
    pieces = []
    for match in _LINE_BREAK.finditer(text, start, end):
        pieces.append(source_piece(text, start, match.start()))
        start = match.end()
    pieces.append(source_piece(text, start, end))
    return tuple(joined([piece] for piece in pieces))

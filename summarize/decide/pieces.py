"""What a summary is printed as: runs of the source, and the joining marks between them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from summarize.document import Document, Draft, Piece
from summarize.text.language import HAN

SPACE = Piece(" ")


# Characters that are set without spaces around them: ideographs, kana, full-width forms, Chinese punctuation.
_SET_SOLID = re.compile(f"[{HAN}\u2e80-\u303f\u3040-\u30ff\ufe30-\ufe4f\uff00-\uffef]")
_OF_EITHER = "“”‘’…—"  # marks of Chinese and of English: what stands beside them decides
_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WORD = re.compile(rf"[{HAN}]|[^\W_{HAN}]+(?:['’.,:/-][^\W_{HAN}]+)*")


def count_words(text: str) -> int:
    """Return the words of a text as a word processor counts them: Latin words, numbers, and Chinese characters."""
    return sum(1 for _ in _WORD.finditer(text))


def source_piece(text: str, start: int, end: int) -> Piece:
    """Return the piece that is `text[start:end]`."""
    return Piece(text[start:end], start, end)


def joined(runs: Iterable[Iterable[Piece]]) -> Iterator[Piece]:
    """Put runs of pieces after each other, with a space between two that are not both set solid.

    Chinese needs no space between sentences; English does.
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
    last, first = before.rstrip(_OF_EITHER)[-1:], after.lstrip(_OF_EITHER)[:1]
    return not (_SET_SOLID.match(last) or _SET_SOLID.match(first))


def sentence_pieces(text: str, start: int, end: int) -> tuple[Piece, ...]:
    """Return a sentence as pieces: one, or one a line if it is wrapped, with spaces between where they are needed."""
    pieces = []
    for match in _LINE.finditer(text, start, end):
        line = match.group()
        if line.strip():
            left = match.start() + len(line) - len(line.lstrip())
            pieces.append(source_piece(text, left, left + len(line.strip())))
    return tuple(joined([piece] for piece in pieces))


def merged(text: str, pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces, those as one that stand together in the source."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last and last.start is not None and piece.end is not None and last.end == piece.start:
            merged[-1] = source_piece(text, last.start, piece.end)
        else:
            merged.append(piece)
    return merged


def whole(document: Document, index: int) -> Draft:
    """Return a sentence as it stands."""
    sentence = document.sentences[index]
    return Draft((index,), sentence_pieces(document.text, sentence.start, sentence.end))

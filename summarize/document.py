"""The values that travel through the program: a text, its sentences, and what is printed of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

Language = Literal["zh", "en"]
AttentionKind = Literal["parallel", "sequential", "tree"]
Order = Literal["document", "salience"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
ATTENTION_KINDS: tuple[AttentionKind, ...] = ("parallel", "sequential", "tree")
ORDERS: tuple[Order, ...] = ("document", "salience")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Where one sentence stands in its text.

    Args:
        start: offset of its first code point.
        end: offset behind its last code point; `text[start:end]` has no white space at either end.
        paragraph: number of its paragraph, from 0; consecutive paragraphs have consecutive numbers.
        is_heading: whether it is a heading: read for context, never chosen while there is other text.
    """

    start: int
    end: int
    paragraph: int
    is_heading: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A decoded text and its sentences in order; what lies between two sentences is white space only."""

    text: str
    sentences: tuple[Sentence, ...]
    language: Language

    def sentence_texts(self) -> Iterator[str]:
        """Yield the text of each sentence, exactly as it stands in the source."""
        return (self.text[sentence.start : sentence.end] for sentence in self.sentences)


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the summary.

    Args:
        text: what is printed.
        start: offset in the source, so that `source[start:end] == text`; None for a joining mark of ours.
        end: offset behind it in the source; None for a joining mark.
    """

    text: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence of the summary.

    Args:
        indices: the sentences of the document that it is made of, in order.
        pieces: what is printed.
        is_whole: whether it stands as in the source.
    """

    indices: tuple[int, ...]
    pieces: tuple[Piece, ...]
    is_whole: bool = True

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(piece.text for piece in self.pieces)

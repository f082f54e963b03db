"""The values that travel through the program: a text, its sentences, its summary."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from summarize.explanation import Explanation

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


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary and the decision behind it.

    Args:
        document: what was summarized.
        attention: the kind of attention that weighed the sentences.
        weights: attention weight of each sentence, 0 to 1; they sum to 1.
        selected: indices of the chosen sentences in the order of the summary.
        pieces: what the summary is made of, in order.
        drafts: the same sentence by sentence; the spaces between sentences are in none of them.
        explanation: why it is so, where that was asked for.
    """

    document: Document
    attention: AttentionKind
    weights: tuple[float, ...]
    selected: tuple[int, ...]
    pieces: tuple[Piece, ...]
    drafts: tuple[Draft, ...]
    explanation: "Explanation | None" = None

    @property
    def text(self) -> str:
        """The summary as it is printed, without a final line break."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def ranks(self) -> tuple[int, ...]:
        """Rank of each sentence by weight, from 1; of equal weights the earlier sentence comes first."""
        order = sorted(range(len(self.weights)), key=lambda index: -self.weights[index])
        ranks = [0] * len(order)
        for rank, index in enumerate(order, start=1):
            ranks[index] = rank
        return tuple(ranks)

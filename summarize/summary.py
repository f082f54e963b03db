"""A summary: the last of the values that travel through the program."""

from dataclasses import dataclass, field

from summarize.document import AttentionKind, Document, Draft, Piece
from summarize.explanation import Explanation, Verdict


@dataclass(frozen=True, slots=True)
class QueryMatch:
    """What a text has to do with what was asked of it.

    Args:
        text: the query.
        terms: the words of it that were looked for, simplified and lower-cased; those that only ask are not.
        is_matched: whether anything has to do with it; if not, the summary is the one without a query.
        spans: of each sentence, where words stand that were asked for: start and end offset, rising.
    """

    text: str
    terms: tuple[str, ...]
    is_matched: bool
    spans: tuple[tuple[tuple[int, int], ...], ...]


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
        verdicts: what became of each sentence.
        explanation: why it was weighed so, where that was asked for.
        query: what it has to do with the query; None if there was none.
    """

    document: Document
    attention: AttentionKind
    weights: tuple[float, ...]
    selected: tuple[int, ...]
    pieces: tuple[Piece, ...]
    drafts: tuple[Draft, ...]
    verdicts: tuple[Verdict, ...] = ()
    explanation: Explanation | None = field(default=None, compare=False, repr=False)
    query: QueryMatch | None = None

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

"""A summary: the last of the values that travel through the program."""

from summarize.document import AttentionKind, Document, Draft, Piece
from summarize.explanation import Explanation, Verdict, steady
from summarize.value import value


@value
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


@value
class Keyword:
    """A word or a phrase that says what a text is about.

    Args:
        text: as the text has it first.
        weight: how telling it is beside the others of the text, 0 to 1; the most telling word of the text has 1.
        spans: where it stands, start and end offset, rising.
    """

    text: str
    weight: float
    spans: tuple[tuple[int, int], ...]


@value
class Section:
    """A part of a text under a heading of its own.

    Args:
        heading: what it is called, in one line; empty for what stands before the first heading.
        first: index of its first sentence.
        end: index behind its last sentence.
        drafts: what is said of it, sentence by sentence; empty where it says nothing.
    """

    heading: str
    first: int
    end: int
    drafts: tuple[Draft, ...]


@value(beside=("explanation",))
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
        title: what the text may be called, without sentences if its format says so; None if nobody asked, or it has
            no title of its own.
        wants_title: whether somebody asked.
        keywords: the most telling words, the heaviest first; None if nobody asked.
        sections: the parts of the text, in order; None if nobody asked.
        query: what it has to do with the query; None if there was none.
    """

    document: Document
    attention: AttentionKind
    weights: tuple[float, ...]
    selected: tuple[int, ...]
    pieces: tuple[Piece, ...]
    drafts: tuple[Draft, ...]
    verdicts: tuple[Verdict, ...] = ()
    explanation: Explanation | None = None
    title: Draft | None = None
    wants_title: bool = False
    keywords: tuple[Keyword, ...] | None = None
    sections: tuple[Section, ...] | None = None
    query: QueryMatch | None = None

    @property
    def text(self) -> str:
        """The summary as it is printed, without a final line break."""
        return "".join(piece.text for piece in self.pieces)

    @property
    def ranks(self) -> tuple[int, ...]:
        """Rank of each sentence by weight, from 1; of equal weights the earlier sentence comes first."""
        weights = steady(self.weights).tolist()
        order = sorted(range(len(weights)), key=lambda index: -weights[index])
        ranks = [0] * len(order)
        for rank, index in enumerate(order, start=1):
            ranks[index] = rank
        return tuple(ranks)

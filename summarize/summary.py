"""The summary: the result of the pipeline."""

from summarize.document import AttentionKind, Document, Draft, Piece
from summarize.explanation import Explanation, Verdict, steady
from summarize.value import value


@value
class QueryMatch:
    """How a text matches a query.

    Args:
        text: the query.
        terms: the words that were searched for, simplified and lower-cased, without question words.
        is_matched: whether anything matches; if not, the query was ignored.
        spans: for each sentence the spans of matched words: start and end offset, ascending.
    """

    text: str
    terms: tuple[str, ...]
    is_matched: bool
    spans: tuple[tuple[tuple[int, int], ...], ...]


@value
class Keyword:
    """A word or phrase that characterizes a text.

    Args:
        text: as it first occurs in the text.
        weight: its importance relative to the other words of the text, 0 to 1; the most important word has 1.
        spans: its occurrences: start and end offset, ascending.
    """

    text: str
    weight: float
    spans: tuple[tuple[int, int], ...]


@value
class Section:
    """A section of a text.

    Args:
        heading: its heading, in one line; empty for the part before the first heading.
        first: index of its first sentence.
        end: index after its last sentence.
        drafts: its summary, sentence by sentence; may be empty.
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
        pieces: the pieces of the summary, in order.
        drafts: the same by sentence; the spaces between sentences belong to none.
        verdicts: the outcome for each sentence.
        explanation: the explanation, if requested.
        title: the title of the text, without source sentences if its format gives it; None if not requested, or if the
            text has no title.
        wants_title: whether a title was requested.
        keywords: the keywords, the most important first; None if not requested.
        sections: the sections of the text, in order; None if not requested.
        query: how the text matches the query; None without a query.
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

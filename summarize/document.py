"""The values that travel through the program: a text, its sentences, and what is printed of them."""

from collections.abc import Iterator
from typing import Literal

from summarize.lexicon import NOTHING_SAID, Lexicon
from summarize.value import value

Language = Literal["zh", "en"]
AttentionKind = Literal["parallel", "sequential", "tree"]
Order = Literal["document", "salience"]
Length = Literal["short", "medium", "long"]
Role = Literal["text", "heading", "apparatus"]
PlaceKind = Literal["line", "page", "slide", "chapter", "paragraph", "cell", "row", "message", "time", "text"]
CutKind = Literal["opening", "ending", "tail", "gloss", "time", "adverb", "member", "subject", "other"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
ATTENTION_KINDS: tuple[AttentionKind, ...] = ("parallel", "sequential", "tree")
ORDERS: tuple[Order, ...] = ("document", "salience")
LENGTHS: tuple[Length, ...] = ("short", "medium", "long")
CUT_KINDS: tuple[CutKind, ...] = ("opening", "ending", "tail", "gloss", "time", "adverb", "member", "subject", "other")


@value
class Sentence:
    """Where one sentence stands in its text.

    Args:
        start: offset of its first code point.
        end: offset behind its last code point; `text[start:end]` has no white space at either end.
        paragraph: number of its paragraph, from 0; consecutive paragraphs have consecutive numbers.
        role: "text"; or "heading" or "apparatus" (a byline, a caption, a signature, code), read for context and
            never chosen while there is text.
        body: offset where it begins to speak, `start` to `end` - 1: behind the label of a speaker, a time stamp, a list
            mark, a quote mark; at most `start` means `start`.
        speaker: start and end offset of the name of who speaks, before the sentence or in it; None if none is given.
        marks: the quotation marks and brackets that have to stand before its body and behind its end where it is
            printed by itself, since it is a part of a longer quotation; mostly empty.
    """

    start: int
    end: int
    paragraph: int
    role: Role = "text"
    body: int = 0
    speaker: tuple[int, int] | None = None
    marks: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        if self.body < self.start:  # also of a part of a sentence, made by `replace`
            object.__setattr__(self, "body", self.start)

    @property
    def is_heading(self) -> bool:
        """Whether it is a heading."""
        return self.role == "heading"

    @property
    def is_text(self) -> bool:
        """Whether it may be chosen although there is other text."""
        return self.role == "text"


@value
class Part:
    """A run of a text of which its format says what it is for.

    Args:
        start: offset of its first code point.
        end: offset after its last.
        role: as of a sentence; what a format quotes or sets aside is "apparatus".
    """

    start: int
    end: int
    role: Role


@value
class Place:
    """Where in what the user has some of a text stands: from an offset on, until the next place of its kind.

    Args:
        start: the offset.
        kind: what is counted or named; "text" is one of several texts that were joined (`summarize.together`).
        value: the number or the name, as it is printed: "12", "0:01:05", "II. Winter". It is empty where a text begins
            that has none of the kind; what a text is called may be empty as well.
    """

    start: int
    kind: PlaceKind
    value: str


@value
class Source:
    """A text and how it was read.

    Args:
        text: all that is to be summarized; no lone surrogate, no NUL. Of plain text it is what the file has, without a
            byte order mark, line ends as they were; of another format what a person would read there, its paragraphs
            parted by blank lines.
        encoding: what the bytes were in, by a name that Python and `--encoding` know.
        warnings: one line each, for stderr; empty when all went well.
        format: the name of the format, as in `summarize.inputs.table`.
        name: of the text, where its file has several; otherwise empty.
        title: of the text, if its format says so.
        parts: what its format says of runs of it, in order, none overlapping.
        places: where its parts stand in what the user has, by offset.
        speakers: where the name of each speaker stands before what is said, until the next; an empty run is nobody.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    format: str = "text"
    name: str = ""
    title: str | None = None
    parts: tuple[Part, ...] = ()
    places: tuple[Place, ...] = ()
    speakers: tuple[tuple[int, int], ...] = ()


@value
class Document:
    """A text and its sentences in order; what lies between two sentences is white space only.

    Args:
        text: all of it.
        sentences: in order.
        language: what it is mostly in; of another language, as which of ours it is read.
        title: if its format says so.
        places: where it stands in what the user has, by offset.
        format: the name of the format that it was read from.
        lexicon: what its user says about words.
        foreign: what most of it is in, by an English name, if that is neither language: Japanese, Cyrillic script.
    """

    text: str
    sentences: tuple[Sentence, ...]
    language: Language
    title: str | None = None
    places: tuple[Place, ...] = ()
    format: str = "text"
    lexicon: Lexicon = NOTHING_SAID
    foreign: str | None = None

    def __hash__(self) -> int:
        return hash((self.text, self.language))  # that of many sentences takes long

    @property
    def texts(self) -> tuple[Place, ...]:
        """Where each text begins, and what it is called, if several were joined; otherwise nothing."""
        return tuple(place for place in self.places if place.kind == "text")

    def sentence_texts(self) -> Iterator[str]:
        """Yield what each sentence says, from its body to its end, exactly as it stands in the source."""
        return (self.text[sentence.body : sentence.end] for sentence in self.sentences)


@value
class Piece:
    """A run of the summary.

    Args:
        text: what is printed.
        start: offset in the source, so that `source[start:end] == text`, up to the case of the first letter where a
            sentence begins with another word than in the source; None for a mark of ours: a space, a line
            break, a comma, the other one of two quotation marks.
        end: offset behind it in the source; None for a mark of ours.
    """

    text: str
    start: int | None = None
    end: int | None = None


@value
class Cut:
    """A run of words that may be left out.

    Args:
        first: place of its first word.
        end: place behind its last.
        kind: what it is.
    """

    first: int
    end: int
    kind: CutKind


@value
class Form:
    """A sentence without some of its words.

    Args:
        cuts: what is left out, in order; two of them may touch, and none overlap.
        kept: places of the words that stay, rising.
    """

    cuts: tuple[Cut, ...]
    kept: tuple[int, ...]


@value
class Shortening:
    """What was left out of a sentence, or that it was fused, and how sure the judge was.

    Args:
        cuts: the kind of each cut (`decide.cuts`), in order; none of a fused sentence.
        good: how likely a reader calls what is printed good, 0 to 1; 1 where only a dateline is left out, of which
            the judge is not asked.
        false: how likely one calls it false, 0 to 1.
    """

    cuts: tuple[CutKind, ...]
    good: float
    false: float


@value
class Draft:
    """A sentence of the summary.

    Args:
        indices: the sentences of the document that it is made of, in order.
        pieces: what is printed.
        is_whole: whether it stands as in the source.
        num_label: how many of its pieces, the first ones, say who speaks.
        shortening: what was left out of it, and how sure the judge was; None where it stands whole.
    """

    indices: tuple[int, ...]
    pieces: tuple[Piece, ...]
    is_whole: bool = True
    num_label: int = 0
    shortening: Shortening | None = None

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(piece.text for piece in self.pieces)

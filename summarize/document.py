"""Value classes used throughout: a text, its sentences, and what is printed."""

from collections.abc import Iterator
from typing import Literal

from summarize.lexicon import NOTHING_SAID, Lexicon
from summarize.value import value

Language = Literal["zh", "en"]
AttentionKind = Literal["parallel", "sequential", "tree"]
Order = Literal["document", "salience"]
Length = Literal["short", "medium", "long"]
Role = Literal["text", "heading", "apparatus"]
LocationKind = Literal["line", "page", "slide", "chapter", "paragraph", "cell", "row", "message", "time", "text"]
CutKind = Literal["opening", "ending", "tail", "gloss", "time", "adverb", "member", "subject", "other"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")
ATTENTION_KINDS: tuple[AttentionKind, ...] = ("parallel", "sequential", "tree")
ORDERS: tuple[Order, ...] = ("document", "salience")
LENGTHS: tuple[Length, ...] = ("short", "medium", "long")
CUT_KINDS: tuple[CutKind, ...] = ("opening", "ending", "tail", "gloss", "time", "adverb", "member", "subject", "other")


@value
class Sentence:
    """A sentence: its position in the text, and its role.

    Args:
        start: offset of its first code point.
        end: offset after its last code point; `text[start:end]` has no white space at either end.
        paragraph: number of its paragraph, from 0; consecutive paragraphs have consecutive numbers.
        role: "text"; or "heading" or "apparatus" (a byline, a caption, a signature, code), read for context and
            never chosen while there is text.
        body: offset of its own words, from `start` to `end` - 1: after a speaker label, a time stamp, a list marker or
            a quote marker; a value of at most `start` means `start`.
        speaker: start and end offset of the speaker's name, before or in the sentence; None if there is no name.
        marks: the quotation marks and brackets to add before its body and after its end when it is printed on its own,
            because it is part of a longer quotation; usually empty.
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
        """Whether it may be chosen while there is other text."""
        return self.role == "text"


@value
class RoleSpan:
    """A span of a text whose role is given by its format.

    Args:
        start: offset of its first code point.
        end: offset after its last.
        role: as of a sentence; what a format quotes or sets aside is "apparatus".
    """

    start: int
    end: int
    role: Role


@value
class Location:
    """A location in the user's file, valid from an offset until the next location of the same kind.

    Args:
        start: the offset.
        kind: what is counted or named; "text" is one of several texts that were joined (`summarize.together`).
        value: the number or the name, as it is printed: "12", "0:01:05", "II. Winter". It is empty at the start of a
            text that has no locations of this kind; the name of a text may be empty as well.
    """

    start: int
    kind: LocationKind
    value: str


@value
class Source:
    """A text and how it was read.

    Args:
        text: the text to summarize, without unpaired surrogates and NULs. For plain text it is the content of the file
            without a byte order mark, with its line ends; for other formats it is what a person would read, with
            paragraphs separated by blank lines.
        encoding: the encoding of the bytes, by a name that Python and `--encoding` accept.
        warnings: one line each, for stderr; empty when all went well.
        format: the name of the format, as in `summarize.inputs.table`.
        name: the name of the text, if its file holds several; otherwise empty.
        title: of the text, if its format says so.
        parts: spans whose role the format gives, in order and not overlapping.
        places: locations in the user's file, by offset.
        speakers: spans of speaker names, each valid until the next; an empty span means no speaker.
    """

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()
    format: str = "text"
    name: str = ""
    title: str | None = None
    parts: tuple[RoleSpan, ...] = ()
    places: tuple[Location, ...] = ()
    speakers: tuple[tuple[int, int], ...] = ()


@value
class Document:
    """A text and its sentences, in order; only white space lies between sentences.

    Args:
        text: all of it.
        sentences: in order.
        language: its main language; for a foreign text, the language as which it is processed.
        title: if its format says so.
        places: locations in the user's file, by offset.
        format: the name of the format that it was read from.
        lexicon: the user's word lists.
        foreign: the English name of its main language or script, if that is neither: Japanese, Cyrillic script.
    """

    text: str
    sentences: tuple[Sentence, ...]
    language: Language
    title: str | None = None
    places: tuple[Location, ...] = ()
    format: str = "text"
    lexicon: Lexicon = NOTHING_SAID
    foreign: str | None = None

    def __hash__(self) -> int:
        return hash((self.text, self.language))  # that of many sentences takes long

    @property
    def texts(self) -> tuple[Location, ...]:
        """The start and name of each text, if several were joined; otherwise empty."""
        return tuple(location for location in self.places if location.kind == "text")

    def sentence_texts(self) -> Iterator[str]:
        """Yield the text of each sentence from its body to its end, unchanged."""
        return (self.text[sentence.body : sentence.end] for sentence in self.sentences)


@value
class Piece:
    """A run of the summary.

    Args:
        text: what is printed.
        start: offset in the source, so that `source[start:end] == text`, up to the case of the first letter where a
            sentence begins with another word than in the source; None for added text: a space, a line break, a comma,
            or the missing one of two quotation marks.
        end: offset after it in the source; None for added text.
    """

    text: str
    start: int | None = None
    end: int | None = None


@value
class Cut:
    """A run of words that may be left out.

    Args:
        first: index of its first word.
        end: index after its last word.
        kind: what it is.
    """

    first: int
    end: int
    kind: CutKind


@value
class Form:
    """A shorter form of a sentence: some words are left out.

    Args:
        cuts: what is left out, in order; two of them may touch, and none overlap.
        kept: indices of the kept words, ascending.
    """

    cuts: tuple[Cut, ...]
    kept: tuple[int, ...]


@value
class Shortening:
    """How a sentence was shortened or fused, and the confidence of the judge.

    Args:
        cuts: the kind of each cut (`decide.cuts`), in order; none of a fused sentence.
        good: probability that a reader calls the result good, 0 to 1; 1 if only a dateline is left out, which the judge
            does not see.
        false: probability that a reader calls it false, 0 to 1.
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
        is_whole: whether it is unchanged from the source.
        num_label: number of leading pieces that name the speaker.
        shortening: what was left out of it, and how sure the judge was; None if it is unchanged.
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

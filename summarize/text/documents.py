"""From a source to a document: its sentences, with the roles and locations given by the format."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from summarize.document import Document, Language, Location, RoleSpan, Sentence, Source
from summarize.text.decoding import well_formed
from summarize.text.language import read_as
from summarize.text.segmentation import find_sentences
from summarize.text.speakers import with_speakers
from summarize.value import replace


def as_document(source: Source, language: Language | None = None) -> Document:
    """Split a source into sentences; a sentence that starts in a span with a known role gets that role.

    Lone surrogates, which no encoding of text has, become U+FFFD.

    Args:
        source: the text and how it was read.
        language: of the text, if the user gave it; detected by default.
    """
    text = well_formed(source.text)
    sentences = with_speakers(find_sentences(text), text, source.speakers)
    sentences = _with_roles(sentences, source.parts)
    found, foreign = (language, None) if language else read_as(text)
    locations = source.places if _are_enough(source) else (*source.places, *_paragraphs(sentences))
    return Document(text, sentences, found, source.title, locations, format=source.format, foreign=foreign)


def _are_enough(source: Source) -> bool:
    """Whether a reader finds everything again: by its line in a file of text, or by a place of its format."""
    return source.format == "text" or any(location.kind not in ("chapter", "message") for location in source.places)


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[Location]:
    """Yield the places of the paragraphs, counted from 1; a heading is none."""
    number, last = 0, -1
    for sentence in sentences:
        if sentence.paragraph != last and not sentence.is_heading:
            number, last = number + 1, sentence.paragraph
            yield Location(sentence.start, "paragraph", str(number))


def _with_roles(sentences: tuple[Sentence, ...], parts: Sequence[RoleSpan]) -> tuple[Sentence, ...]:
    if not parts:
        return sentences
    starts = [part.start for part in parts]

    def with_role(sentence: Sentence) -> Sentence:
        location = bisect_right(starts, sentence.start) - 1
        is_inside = location >= 0 and sentence.start < parts[location].end
        return replace(sentence, role=parts[location].role) if is_inside else sentence

    return tuple(with_role(sentence) for sentence in sentences)

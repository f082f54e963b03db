"""A text that was read to a document: its sentences, and what its format says of them."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from summarize.document import Document, Language, Part, Sentence, Source
from summarize.text.language import read_as
from summarize.text.segmentation import find_sentences
from summarize.text.speakers import with_speakers


def as_document(source: Source, language: Language | None = None) -> Document:
    """Return a text with its sentences; one that begins in a part of known role has that role.

    Args:
        source: the text and how it was read.
        language: of the text, which its user knows; by default it is found out.
    """
    sentences = with_speakers(find_sentences(source.text), source.text, source.speakers)
    sentences = _with_roles(sentences, source.parts)
    found, foreign = (language, None) if language else read_as(source.text)
    return Document(source.text, sentences, found, source.title, source.places, format=source.format, foreign=foreign)


def _with_roles(sentences: tuple[Sentence, ...], parts: Sequence[Part]) -> tuple[Sentence, ...]:
    if not parts:
        return sentences
    starts = [part.start for part in parts]

    def with_role(sentence: Sentence) -> Sentence:
        place = bisect_right(starts, sentence.start) - 1
        is_inside = place >= 0 and sentence.start < parts[place].end
        return replace(sentence, role=parts[place].role) if is_inside else sentence

    return tuple(with_role(sentence) for sentence in sentences)

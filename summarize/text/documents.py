"""A text that was read to a document: its sentences, and what its format says of them."""

from bisect import bisect_right
from collections.abc import Sequence

from summarize.document import Document, Language, Part, Sentence, Source
from summarize.text.decoding import well_formed
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences
from summarize.text.speakers import with_speakers
from summarize.value import replace


def as_document(source: Source, language: Language | None = None) -> Document:
    """Return a text with its sentences; one that begins in a part of known role has that role.

    Lone surrogates, which no encoding of text has, become U+FFFD.

    Args:
        source: the text and how it was read.
        language: of the text; detected by default.
    """
    text = well_formed(source.text)
    sentences = with_speakers(find_sentences(text), text, source.speakers)
    sentences = _with_roles(sentences, source.parts)
    found = language or detect_language(text)
    return Document(text, sentences, found, source.title, source.places, source.format)


def _with_roles(sentences: tuple[Sentence, ...], parts: Sequence[Part]) -> tuple[Sentence, ...]:
    if not parts:
        return sentences
    starts = [part.start for part in parts]

    def with_role(sentence: Sentence) -> Sentence:
        place = bisect_right(starts, sentence.start) - 1
        is_inside = place >= 0 and sentence.start < parts[place].end
        return replace(sentence, role=parts[place].role) if is_inside else sentence

    return tuple(with_role(sentence) for sentence in sentences)

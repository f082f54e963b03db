"""Joining several documents into one that records where each begins."""

from collections.abc import Iterator, Sequence

from summarize.document import Document, Language, Location, Sentence
from summarize.text.language import read_as
from summarize.text.patterns import lazy_pattern
from summarize.value import replace

SEAM = "\n\n"  # between two texts
_LINE_END = lazy_pattern(r"\r\n|\n|\r")


def join_documents(documents: Sequence[Document], names: Sequence[str], language: Language | None = None) -> Document:
    """Return documents as one: their texts with a blank line between, and their sentences.

    Its places say where each text begins, and besides what those of the documents say. Of plain text, whose lines
    nobody has counted, the lines of each text are.

    Args:
        documents: at least one.
        names: what each is called.
        language: of the whole; by default the one that most of it is in.
    """
    text, paragraphs = "", 0
    sentences: list[Sentence] = []
    locations: list[Location] = []
    own_places = [_own_locations(document) for document in documents]
    kinds = dict.fromkeys(["line", *(location.kind for own in own_places for location in own)])
    for document, own, name in zip(documents, own_places, names, strict=True):
        start = len(text) + len(SEAM) * bool(text)
        locations.append(Location(start, "text", name))
        placed = {location.kind for location in own if not location.start}
        locations += [Location(start, kind, "") for kind in kinds if kind not in placed]
        locations += [replace(location, start=location.start + start) for location in own]
        sentences += _moved(document.sentences, start, paragraphs)
        paragraphs += document.sentences[-1].paragraph + 1 if document.sentences else 0
        text += (SEAM if text else "") + document.text
    found, foreign = (language, None) if language else read_as(text)
    return Document(text, tuple(sentences), found, None, tuple(locations), foreign=foreign)


def _own_locations(document: Document) -> tuple[Location, ...]:
    """Return the places of a text; the lines, where there are none."""
    if document.places:
        return document.places
    ends = (match.end() for match in _LINE_END.finditer(document.text))
    return tuple(Location(start, "line", str(number)) for number, start in enumerate([0, *ends], start=1))


def _moved(sentences: Sequence[Sentence], chars: int, paragraphs: int) -> Iterator[Sentence]:
    """Yield sentences so many characters and paragraphs further on."""
    for sentence in sentences:
        speaker = sentence.speaker and (sentence.speaker[0] + chars, sentence.speaker[1] + chars)
        yield replace(
            sentence,
            start=sentence.start + chars,
            end=sentence.end + chars,
            body=sentence.body + chars,
            paragraph=sentence.paragraph + paragraphs,
            speaker=speaker,
        )

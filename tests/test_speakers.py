"""Speakers that a format knows."""

from summarize.document import Source
from summarize.text.documents import as_document


def spoken(text: str, *names: str) -> list[tuple[str, str]]:
    """Who speaks and what, where these names stand one behind the other in the text; an empty one is nobody, at `|`."""
    speakers, position = [], 0
    for name in names:
        start = text.index(name or "|", position)
        position = start + len(name)
        speakers.append((start, position))
    document = as_document(Source(text, "utf-8", speakers=tuple(speakers)))
    return [(text[slice(*one.speaker)] if one.speaker else "", text[one.body : one.end]) for one in document.sentences]


def test_any_name_is_a_speaker_and_speaks_until_the_next():
    text = "dave_: It turns. It is old.\n\n+44 20 5550: so it is\n\n阿宁🌸：是的"
    assert spoken(text, "dave_", "+44 20 5550", "阿宁🌸") == [
        ("dave_", "It turns."),
        ("dave_", "It is old."),
        ("+44 20 5550", "so it is"),
        ("阿宁🌸", "是的"),
    ]


def test_nobody_speaks_before_the_first_name_nor_behind_an_empty_one():
    text = "The wheel\n\nAnn: It turns.\n\n| Rain fell."
    assert [name for name, _ in spoken(text, "Ann", "")] == ["", "Ann", ""]


def test_a_label_that_looks_like_a_sentence_is_none():
    assert spoken("Mr. X!: It turns.\n\nMr. X!: Good.", "Mr. X!", "Mr. X!") == [
        ("Mr. X!", "It turns."),
        ("Mr. X!", "Good."),
    ]


def test_a_text_without_known_speakers_keeps_those_that_are_found_in_it():
    text = "Ann: It turns.\nBen: So?\nAnn: It is old.\nBen: Oh."
    sentences = as_document(Source(text, "utf-8")).sentences
    assert [text[slice(*one.speaker)] for one in sentences if one.speaker] == ["Ann", "Ben"] * 2

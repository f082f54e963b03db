from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Sentence
from summarize.text.stretches import MAX_SENTENCES, MIN_SENTENCES, split_into_chunks


def sentences_of(paragraphs: list[int], headings: frozenset[int] = frozenset()) -> list[Sentence]:
    numbers = [number for number, size in enumerate(paragraphs) for _ in range(size)]
    return [
        Sentence(2 * at, 2 * at + 1, paragraph, "heading" if at in headings else "text")
        for at, paragraph in enumerate(numbers)
    ]


def bounds(sentences: list[Sentence]) -> list[tuple[int, int]]:
    return [(stretch.start, stretch.stop) for stretch in split_into_chunks(sentences)]


def test_a_stretch_ends_at_the_first_heading_behind_so_many_sentences() -> None:
    headings = frozenset({0, 5, MIN_SENTENCES + 10, MIN_SENTENCES + 11, 70})
    found = bounds(sentences_of([1] * 80, headings))
    assert found == [(0, MIN_SENTENCES + 10), (MIN_SENTENCES + 10, 70), (70, 80)]


def test_without_headings_it_ends_with_a_paragraph() -> None:
    assert bounds(sentences_of([30] * 5)) == [(0, 90), (90, 150)]


def test_a_paragraph_without_end_is_cut() -> None:
    assert bounds(sentences_of([250])) == [(0, 100), (100, 200), (200, 250)]


def test_a_text_without_sentences_has_none() -> None:
    assert split_into_chunks([]) == []


@given(st.lists(st.integers(1, 150), max_size=20), st.frozensets(st.integers(0, 500)))
def test_together_they_are_the_text(paragraphs: list[int], headings: frozenset[int]) -> None:
    sentences = sentences_of(paragraphs, headings)
    found = split_into_chunks(sentences)
    assert [index for stretch in found for index in range(len(sentences))[stretch]] == list(range(len(sentences)))
    assert all(0 < stretch.stop - stretch.start <= MAX_SENTENCES for stretch in found)

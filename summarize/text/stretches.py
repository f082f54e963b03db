"""Chunks of a long text that are short enough to be read at once: its sections, or runs of paragraphs."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from summarize.document import Sentence

MIN_SENTENCES = 20  # of a stretch that ends at a heading
MAX_SENTENCES = 100  # of any


def split_into_chunks(sentences: Sequence[Sentence]) -> list[slice]:
    """Return the stretches of a text, in order, which together are all of it; none of a text without sentences.

    A stretch ends at the first heading after `MIN_SENTENCES`; without one among its first `MAX_SENTENCES`, at the
    last paragraph of these, and where there is only one, after them.

    Args:
        sentences: of the text.
    """
    headings, paragraphs = _starts(sentences)
    cuts = [0]
    while cuts[-1] < len(sentences):
        start, limit = cuts[-1], cuts[-1] + MAX_SENTENCES
        heading = headings[bisect_left(headings, start + MIN_SENTENCES) :][:1]
        if heading and heading[0] <= limit:
            cuts += heading
        elif limit >= len(sentences):
            cuts.append(len(sentences))
        else:
            paragraph = paragraphs[bisect_right(paragraphs, limit) - 1]
            cuts.append(paragraph if paragraph > start else limit)
    return [slice(*pair) for pair in pairwise(cuts)]


def _starts(sentences: Sequence[Sentence]) -> tuple[list[int], list[int]]:
    """Return which sentences are the first of several headings, and which open a paragraph."""
    headings, paragraphs = list[int](), list[int]()
    before: Sentence | None = None
    for index, sentence in enumerate(sentences):
        if before is None or before.paragraph != sentence.paragraph:
            paragraphs.append(index)
        if sentence.is_heading and not (before is not None and before.is_heading):
            headings.append(index)
        before = sentence
    return headings, paragraphs

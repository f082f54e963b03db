"""Speakers given by a format, which are more reliable than the labels that `turns` finds in a text.

A name may be anything there, `dave_` or a telephone number, and nobody is taken for the one who spoke before.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from summarize.document import Sentence
from summarize.text.patterns import lazy_pattern
from summarize.value import replace

_AFTER_NAME = lazy_pattern(r"[:：]?\s*")


def with_speakers(
    sentences: tuple[Sentence, ...], text: str, speakers: Sequence[tuple[int, int]]
) -> tuple[Sentence, ...]:
    """Return the sentences with the speakers that a format knows; as they are if it knows none.

    Args:
        sentences: of the text, in order.
        text: the text.
        speakers: where each name stands before what is said, as of a `Source`.
    """
    return tuple(_spoken(sentences, text, speakers)) if speakers else sentences


def _spoken(sentences: Sequence[Sentence], text: str, speakers: Sequence[tuple[int, int]]) -> Iterator[Sentence]:
    starts = [start for start, _ in speakers]
    is_cut = False  # whether the label was taken for a sentence, as `J.` may be: then it opens the next one
    for sentence in sentences:
        index = bisect_right(starts, sentence.start) - 1
        if index < 0:
            yield replace(sentence, speaker=None)
            continue
        start, end = speakers[index]
        after_name = _AFTER_NAME.match(text, end)
        body = after_name.end() if after_name and start < end else start
        if sentence.end <= body:
            is_cut = True
            continue
        if is_cut or sentence.start == start:
            sentence = replace(sentence, start=start, body=body)
            is_cut = False
        yield replace(sentence, speaker=(start, end) if start < end else None)

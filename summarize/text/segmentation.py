"""Rule-based sentence segmentation for Chinese, English and mixed text; no character is lost.

`layout` gathers lines into units (a paragraph, a list item, a heading); here each unit is cut at the stops that
end a sentence. A semicolon ends none: it parts clauses. Nothing is cut inside of a quotation or a bracket of up to 200
code points of Chinese or 500 of English, and a quotation stays with the words that name its speaker, before or after
it. Every look back is bounded, every look ahead is bounded or done once: the time is linear in the length of the text,
whatever it holds.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from summarize.document import Sentence
from summarize.text.closers import skip_closing_marks
from summarize.text.emoji import EMOJI, TILDES, is_pictograph
from summarize.text.forms import cues_of
from summarize.text.layout import find_units
from summarize.text.marks import (
    ELLIPSIS_MARKS,
    FINAL_MARKS,
    HAN_DIGITS,
    QUOTE_PAIRS,
    RANGE_MARKS,
    SEMICOLON_MARKS,
    STRAIGHT_QUOTE,
    SURE_STOPS,
    one_of,
)
from summarize.text.moods import MIN_BLANK_UNIT_CHARS, PARTING, find_spans_without_stops, has_wide_blank, split_at_emoji
from summarize.text.normalization import normalize
from summarize.text.passage import Passage, SmallWords
from summarize.text.patterns import lazy_pattern
from summarize.text.roles import unit_sentences
from summarize.text.stops import ends_sentence
from summarize.text.units import Unit

_Span = tuple[int, int]  # start and end offset of a sentence


def find_sentences(text: str) -> tuple[Sentence, ...]:
    """Find the sentences of a text, in order.

    Only white space lies before, between and after the sentences, and none has white space at either end, so
    nothing of the text is lost. A sentence may span a line break where the text is hard-wrapped. A heading is
    one sentence and a paragraph of its own. So is apparatus, as a run of lines without any letter or digit (`----`).

    Empty text, or white space only, has no sentences. Text without any stop has one sentence for each line, unless
    emoji, tildes (`好用～ 下次还来～`) or, in long Chinese lines, blanks stand for stops.

    Args:
        text: any string, with any line ends.

    Returns:
        The sentences, with paragraphs numbered from 0 without gaps.
    """
    text = normalize(text)  # so that what a rule asks for is found in Traditional characters as well
    sentences: list[Sentence] = []
    small_words, cues = SmallWords(text), cues_of(text)
    emoji = [match.start() for match in _EMOJI_MARK.finditer(text)]
    for paragraph, unit in enumerate(find_units(text)):
        spans, pairs = [(unit.start, unit.end)], None
        if unit.role == "text" and _may_have_parts(text, unit):
            passage = Passage(text, unit, small_words, has_emoji=_lies_between(emoji, unit.start, unit.end))
            spans, pairs = _attach_wordless(text, _find_spans(passage)), passage.pairs
        sentences += unit_sentences(text, unit, paragraph, spans, pairs, cues)
    return tuple(sentences)


def _lies_between(positions: Sequence[int], start: int, end: int) -> bool:
    """Whether one of the sorted places lies in text[start:end]."""
    index = bisect_left(positions, start) if positions else 0
    return index < len(positions) and positions[index] < end


# A run of stops, and further stops that stand after a space by themselves: `?!`, `……`, `. . .`.
_STOPS = rf"{one_of(FINAL_MARKS)}*+(?: [。！？.!?]++(?=\s|\Z))*+"
_STOP_RUN = lazy_pattern(f"{one_of(FINAL_MARKS)}{_STOPS}")
# In a unit with tildes. One class first, as the search for it is fast.
_STOP_OR_TILDES = lazy_pattern(f"{one_of(FINAL_MARKS + RANGE_MARKS)}(?:(?<={one_of(FINAL_MARKS)}){_STOPS}|{TILDES})")
# What ends the sentences of a unit that has no stop: tildes, emoji, and in long ones blanks between Chinese.
_STOPPED = lazy_pattern(
    rf"{one_of(''.join(sorted(SURE_STOPS)) + ELLIPSIS_MARKS)}"
    rf"|[.!?．](?=\s|\Z|{one_of(STRAIGHT_QUOTE + ''.join(QUOTE_PAIRS.values()))})"
)
_EMOJI_MARK = lazy_pattern(f"[{EMOJI}]")
_VISIBLE = lazy_pattern(r"\S")
_MAX_SENTENCE_CHARS = 300  # a longer run of numbered items is cut between them
_NUMBERED_ITEM = lazy_pattern(
    rf"{one_of(SEMICOLON_MARKS)}()\s*(?=[①-⒇㈠-㈩❶-❿]|[（(](?:[{HAN_DIGITS}]{{1,3}}|\d{{1,2}})[）)]"
    rf"|\d{{1,2}}[.．、）)]|第?[{HAN_DIGITS}]{{1,3}}[、是要，])"
)
_WORD = lazy_pattern(r"[^\W_]")


def _may_have_parts(text: str, unit: Unit) -> bool:
    """Whether there may be several sentences in a unit. In most lines of chats and lists there are not."""
    return (
        unit.end - unit.start > _MAX_SENTENCE_CHARS
        or PARTING.search(text, unit.marker_end, unit.end - 1) is not None
        or (unit.end - unit.marker_end > MIN_BLANK_UNIT_CHARS and has_wide_blank(text, unit.marker_end, unit.end))
    )


def _attach_wordless(text: str, spans: Iterable[_Span]) -> list[_Span]:
    """Join a span without letter or digit to the span before it, or to the next one if it comes first."""
    joined: list[_Span] = []
    is_open = False  # whether the last of `joined` is still without a word
    for start, end in spans:
        is_wordless = not text[start].isalnum() and _WORD.search(text, start, end) is None
        if joined and (is_open or is_wordless):
            joined[-1] = (joined[-1][0], end)
            is_open = is_open and is_wordless
        else:
            joined.append((start, end))
            is_open = is_wordless
    return joined


def _find_spans(passage: Passage) -> list[_Span]:
    """Return start and end of each sentence."""
    if _STOPPED.search(passage.text, passage.first, passage.end) is None:
        spans = list(find_spans_without_stops(passage))
    else:
        spans = _find_spans_at_stops(passage)
        if passage.has_emoji and not is_pictograph(passage.text[passage.first : passage.first + 1]):
            spans = [part for span in spans for part in split_at_emoji(passage, *span)]
    if passage.end - spans[0][0] > _MAX_SENTENCE_CHARS:
        spans = [part for span in spans for part in _split_items(passage, *span)]
    return spans


def _find_spans_at_stops(passage: Passage) -> list[_Span]:
    text, position, end = passage.text, passage.first, passage.end
    spans: list[_Span] = []
    stop_run = _STOP_OR_TILDES if any(text.find(mark, position, end) >= 0 for mark in RANGE_MARKS) else _STOP_RUN
    while (run := stop_run.search(text, position, end)) is not None:
        run_start, run_end = run.span()
        position = skip_closing_marks(passage, run_end)
        if position >= end:
            break
        following = position
        if text[position].isspace():
            visible = _VISIBLE.search(text, position, end)
            if visible is None:
                break
            following = visible.start()
        if ends_sentence(passage, run_start, run_end, position, following):
            spans.append((passage.start, position))
            passage.start = position = following
    spans.append((passage.start, end))
    return spans


def _split_items(passage: Passage, start: int, end: int) -> Iterator[_Span]:
    """Cut an overlong sentence before its numbered items, each of which is a statement of its own."""
    if end - start > _MAX_SENTENCE_CHARS:
        for match in _NUMBERED_ITEM.finditer(passage.text, start, end):
            if not passage.is_in_kept_pair(match.start(1)):
                yield start, match.start(1)
                start = match.end()
    yield start, end

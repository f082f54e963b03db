"""Sentence ends without a stop: emoji, tildes (`好用～ 下次还来～`), and spaces in long Chinese lines."""

import re
from collections.abc import Iterator

from summarize.text.emoji import EMOJI, POINTERS, TILDES, is_pictograph
from summarize.text.language import HAN
from summarize.text.marks import FINAL_MARKS, GOES_ON, RANGE_MARKS, is_wide, one_of
from summarize.text.passage import Passage
from summarize.text.patterns import lazy_pattern

_BLANKS = " \t\u3000"
MIN_BLANK_UNIT_CHARS = 40
_MIN_BLANK_CLAUSE_CHARS = 4  # on average; otherwise blanks part words
_MAX_CLAUSE_CHARS = 80  # looked at before and after an emoji
_TOPIC_MARKS = " \t\u3000#@【《“「（("  # before a clause: #水轮转了#今天…
# What may part sentences at all. Most lines of chats and lists have none of it.
PARTING = lazy_pattern(rf"[{re.escape(FINAL_MARKS)}{RANGE_MARKS}{EMOJI}\ufe0f\u200d]")
_HAN_BLANK = lazy_pattern(rf"[ \t\u3000](?<=[{HAN}）》”].)[ \t\u3000]*(?=[{HAN}（《“])")
_EMOJI_RUN = lazy_pattern(
    rf"[{RANGE_MARKS}{EMOJI}\ufe0f\u200d](?:{TILDES}"
    rf"|(?<!{one_of(RANGE_MARKS)})[{EMOJI}\ufe0f\u200d]*+(?:\s*+[{EMOJI}\ufe0f\u200d]++)*+)"
)
_MIN_EMOJI_CLAUSE = lazy_pattern(rf"(?:[{HAN}][^\s{EMOJI}]*){{4}}|(?:[A-Za-z\d][^\s{EMOJI}]*\s*){{3}}")
_VISIBLE = lazy_pattern(r"\S")


def has_wide_blank(text: str, start: int, end: int) -> bool:
    """Whether a blank stands after a Chinese character or mark."""
    for blank in _BLANKS:
        position = text.find(blank, max(start, 1), end)
        while position >= 0:
            if text[position - 1] >= "\u2e80":
                return True
            position = text.find(blank, position + 1, end)
    return False


def split_at_emoji(passage: Passage, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a long sentence of a unit with stops at the emoji that stand for stops."""
    if end - start > MIN_BLANK_UNIT_CHARS:
        passage.start = start
        for run in _EMOJI_RUN.finditer(passage.text, start, end):
            visible = _VISIBLE.search(passage.text, run.end(), end)
            if visible and run.start() > start and _is_mood(passage, run) and not passage.is_in_kept_pair(run.end()):
                yield start, run.end()
                start = passage.start = visible.start()
    yield start, end


def find_spans_without_stops(passage: Passage) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a unit that ends them by emoji, by tildes or, if it is long, by blanks."""
    text, first, end = passage.text, passage.first, passage.end
    bounds = []
    # Emoji at the start mark items.
    if PARTING.search(text, first, end) is not None and not is_pictograph(text[first : first + 1]):
        bounds += [match.end() for match in _EMOJI_RUN.finditer(text, first, end) if _is_mood(passage, match)]
    blanks = []
    if end - first > MIN_BLANK_UNIT_CHARS and has_wide_blank(text, first, end):
        blanks = list(_HAN_BLANK.finditer(text, first, end))
    if len(blanks) * (_MIN_BLANK_CLAUSE_CHARS + 1) < end - first:
        bounds += [match.start() for match in blanks]
    for bound in sorted(set(bounds)):
        visible = _VISIBLE.search(text, bound, end)
        if visible is not None and bound > passage.start and not passage.is_in_kept_pair(bound):
            yield passage.start, bound
            passage.start = visible.start()
    yield passage.start, end


def _is_mood(passage: Passage, run: re.Match[str]) -> bool:
    """Whether a run of emoji or tildes ends a clause, and does not stand for a word of it or before an item."""
    text, following = passage.text, _VISIBLE.search(passage.text, run.end(), passage.end)
    if following is None or text[following.start()] in GOES_ON or not POINTERS.isdisjoint(run.group()):
        return False
    initial = text[following.start()]
    if not (is_wide(initial) or initial.isupper() or passage.small_letters_start()):
        return False
    before = text[max(passage.start, run.start() - _MAX_CLAUSE_CHARS) : run.start()]
    after = text[following.start() : min(passage.end, following.start() + _MAX_CLAUSE_CHARS)]
    return all(_MIN_EMOJI_CLAUSE.match(part.lstrip(_TOPIC_MARKS)) for part in (before, after))

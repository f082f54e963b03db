"""What may follow the stop of a sentence and still belong to it: closing marks, emoji, footnote numbers."""

from summarize.text.emoji import is_pictograph
from summarize.text.marks import STRAIGHT_QUOTE, SURE_CLOSERS
from summarize.text.passage import Passage
from summarize.text.patterns import lazy_pattern

# Numbers of notes: `[1]`, `[2-4]`, `[注3]`, `[^4]`, `²`; bare after a word, as PDFs have them, `they agree.12 Others`.
_FOOTNOTE = lazy_pattern(r"[\[［〔](?:注释?|\^)?\d{1,3}(?:[-–—,，、]\s?\d{1,3}){0,8}[\]］〕]|[¹²³⁰⁴-⁹]{1,3}")
_FOOTNOTE_OPENERS = frozenset("[［〔¹²³⁰⁴⁵⁶⁷⁸⁹")
_BARE_FOOTNOTE = lazy_pattern(r"(?<=[a-z]{3}[.!?])\d{1,2}(?:[,–-]\d{1,2}){0,3}(?=\s+[A-Z“])")
_COLOR = lazy_pattern(r"\x1b\[[\d;]*m")  # of a terminal
_EMPHASIS = lazy_pattern(r"[*_]++(?=\s|\Z)")


def skip_closing_marks(passage: Passage, position: int) -> int:
    """The offset after all that closes the sentence whose stop ends at `position`."""
    following = passage.text[position : position + 2]
    if following[:1].isalpha() or (following[:1] == " " and following[1:].isalpha()):
        return position  # a word follows, as most often
    while length_chars := _closer_length(passage, position):
        position += length_chars
    return position


def _closer_length(passage: Passage, position: int) -> int:
    """Length of the closing mark or emoji at `position`; 0 if there is none."""
    text, end = passage.text, passage.end
    character = text[position] if position < end else ""
    if character in SURE_CLOSERS or is_pictograph(character):
        return 1
    if character == STRAIGHT_QUOTE:
        return int(passage.is_gap(position + 1) or position in passage.openings)
    if character == "“":
        return int(position in passage.openings)  # „so“
    if character == "'":
        return int(passage.is_gap(position + 1) or text[position + 1] in SURE_CLOSERS | {STRAIGHT_QUOTE})
    if character == " ":
        return _spaced_closer_length(passage, position)
    if character in _FOOTNOTE_OPENERS:
        pattern = _FOOTNOTE
    elif character == "\x1b":
        pattern = _COLOR
    elif character.isdecimal():
        pattern = _BARE_FOOTNOTE
    else:
        pattern = _EMPHASIS
    match = pattern.match(text, position, end)
    return len(match.group()) if match else 0


def _spaced_closer_length(passage: Passage, position: int) -> int:
    """Length of the space at `position` and what closes by itself after it; 0 if nothing does.

    A closing mark, as in tokenized text; an emoji; the number of a note.
    """
    text, mark = passage.text, position + 1
    if mark >= passage.end:
        return 0
    note = _FOOTNOTE.match(text, mark, passage.end) if text[mark] in _FOOTNOTE_OPENERS else None
    if note and (passage.is_gap(note.end()) or text[note.end()] in _FOOTNOTE_OPENERS):
        return 1 + len(note.group())
    if text[mark] in SURE_CLOSERS or is_pictograph(text[mark]):
        return 2
    if text[mark] == STRAIGHT_QUOTE and passage.is_gap(mark + 1):
        return 2 if mark in passage.openings else 0
    if text.startswith("''", mark) and passage.is_gap(mark + 2):
        return 3 if mark in passage.openings else 0
    return 0

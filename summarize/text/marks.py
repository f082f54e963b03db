"""Chinese and English punctuation marks by function: the table from which all rules and patterns are built.

A class is a string of its characters, so that `one_of` makes a class of a pattern from it and `frozenset` a set. A
semicolon separates clauses and does not end a sentence; at the end of a line it ends the line, as in a list.
"""

import re

from summarize.text.patterns import lazy_pattern

# Final marks: they end a sentence most of the time.
FULL_STOPS = "。｡.．"
QUESTION_MARKS = "？?"
EXCLAMATION_MARKS = "！!"
DOUBLE_STOPS = "‼⁇⁈⁉"
FOREIGN_STOPS = "؟۔।॥།။።។։"  # Arabic, Urdu, Hindi, Tibetan, Burmese, Amharic, Khmer, Armenian
ELLIPSIS_MARKS = "…⋯‥"
FINAL_MARKS = FULL_STOPS + QUESTION_MARKS + EXCLAMATION_MARKS + DOUBLE_STOPS + FOREIGN_STOPS + ELLIPSIS_MARKS

# Marks inside a sentence.
COMMA_MARKS = "，,"
LIST_COMMAS = "、"
SEMICOLON_MARKS = "；;"
COLON_MARKS = "：:"
CLAUSE_MARKS = COMMA_MARKS + SEMICOLON_MARKS + COLON_MARKS
DASH_MARKS = "—–"
RANGE_MARKS = "~～〜"

# Marks in pairs: what opens to what closes.
DOUBLE_QUOTE_PAIRS = {"“": "”", "「": "」", "『": "』", "«": "»"}
SINGLE_QUOTE_PAIRS = {"‘": "’"}
QUOTE_PAIRS = DOUBLE_QUOTE_PAIRS | SINGLE_QUOTE_PAIRS
TITLE_PAIRS = {"《": "》", "〈": "〉"}
PARENTHESIS_PAIRS = {"（": "）", "(": ")"}
BRACKET_PAIRS = PARENTHESIS_PAIRS | {"【": "】", "〔": "〕", "[": "]", "［": "］"}
MARK_PAIRS = QUOTE_PAIRS | TITLE_PAIRS | BRACKET_PAIRS
STRAIGHT_QUOTE = '"'  # opens and closes; the single one is an apostrophe far more often

QUOTE_OPENERS, QUOTE_CLOSERS = "".join(QUOTE_PAIRS), "".join(QUOTE_PAIRS.values())
# What may stand between a final mark and the end of its sentence; with the single straight mark.
CLOSING_MARKS = "".join(["”’」』", STRAIGHT_QUOTE, "'", "）)】]"])

# Sets of single characters for the walk through a text.
DOTS = frozenset(".．")
ELLIPSES = DOTS | frozenset(ELLIPSIS_MARKS)
SURE_STOPS = frozenset("。！？｡" + DOUBLE_STOPS + FOREIGN_STOPS)  # that are nothing else
STOPS = frozenset(FINAL_MARKS)
SEMICOLONS = frozenset(SEMICOLON_MARKS)
LINE_STOPS = STOPS | SEMICOLONS  # that end a line, a list item

# Marks that close and never open, and characters one cannot see: they stay with the sentence before them.
_UNSEEN = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\ufe0f"
SURE_CLOSERS = frozenset("".join(MARK_PAIRS.values()) + "}" + _UNSEEN)
OPENERS = frozenset("“‘「『《〈（【([\"'«`*_")

# Marks that show, right after a stop or at the start of a line, that the sentence goes on.
GOES_ON = frozenset(CLAUSE_MARKS + LIST_COMMAS) | STOPS

HAN_DIGITS = "一二三四五六七八九十百千零〇两"


def one_of(characters: str) -> str:
    """Return a pattern for one of the characters, which are taken as they are."""
    return f"[{re.escape(characters)}]"


# For `search` near the end of a sentence: it ends as sentences and items of lists do, closing marks included.
FINISHED = lazy_pattern(rf"{one_of(FINAL_MARKS + SEMICOLON_MARKS)}{one_of(CLOSING_MARKS)}*\s*\Z")


def ends_with_stop(text: str, start: int, end: int) -> bool:
    """Whether the last thing in text[start:end], up to a few closing marks, ends a line: a stop or a semicolon."""
    low = max(start, end - 8)
    while end > low and (text[end - 1] in SURE_CLOSERS or text[end - 1] in "\"'*_ "):
        end -= 1
    return end > low and text[end - 1] in LINE_STOPS


_ASKING = QUESTION_MARKS + "⁇⁈⁉"


def is_question_sentence(sentence: str) -> bool:
    """Whether a sentence ends in a question mark, up to a few closing or exclamation marks."""
    ending = sentence[-8:].rstrip("".join(SURE_CLOSERS) + EXCLAMATION_MARKS + "\"'*_ ")
    return ending[-1:] in _ASKING and bool(ending)


def is_wide(character: str) -> bool:
    """Whether a character is Chinese or at home among Chinese: Han, kana, full-width marks."""
    return character >= "\u2e80" and character != "\u3000"

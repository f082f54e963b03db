"""Joining of lines: a space, nothing, or a hyphen between a line and the next, or removal of a hyphen."""

from collections.abc import Iterable

from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import needs_space
from summarize.text.word_classes import words_of

_WORD = lazy_pattern(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BROKEN = lazy_pattern(r"((?:[^\W\d_]+-)*)([^\W\d_]+)-\Z")
_MAX_WORD_CHARS = 60
_OPENING_WORD = lazy_pattern(r"[^\W\d_]+")
# They end compounds, and next to no word without a hyphen.
_COMPOUND_ENDS = frozenset({"based", "called", "driven", "friendly", "level", "oriented", "related", "scale", "term"})
_NUMBER_ENDS = ("teen", "ty", "tie")
_SOLID_ENDS = frozenset("-–—/")
_SOFT_HYPHEN = "\u00ad"


def words_in(lines: Iterable[str]) -> frozenset[str]:
    """Return the words of lines in lower case, without those at their ends, which may be broken."""
    words: set[str] = set()
    for line in lines:
        words.update(_WORD.findall(line.lower())[1:-1])
    return frozenset(words)


def join_lines(before: str, after: str, known: frozenset[str]) -> tuple[int, str]:
    """Return how many characters at the end of a line go where it goes on, and what is put between.

    A hyphen at its end goes if it breaks a word. It stays where it is not the only one of its word, before a capital,
    where the text has the word with a hyphen elsewhere and not without, and in what is mostly written with one.

    Args:
        before: the line.
        after: the next one.
        known: the words of the text, in lower case.
    """
    if before.endswith(_SOFT_HYPHEN):
        return 1, ""
    broken = _BROKEN.search(before, max(0, len(before) - _MAX_WORD_CHARS))
    opening = _OPENING_WORD.match(after)
    if broken and opening:
        is_compound = broken[1] or _is_compound(broken[2], opening[0], known)
        return (0 if is_compound else 1), ""
    if before[-1:] in _SOLID_ENDS and before[-2:-1] not in ("", " "):
        return 0, ""
    return 0, " " if needs_space(before, after) else ""


def _is_compound(first: str, second: str, known: frozenset[str]) -> bool:
    """Whether two parts of a word have a hyphen between them wherever they stand."""
    if not second.islower() and not (first.isupper() and second.isupper()):
        return True
    first, second = first.lower(), second.lower()
    if f"{first}-{second}" in known or first + second in known:
        return first + second not in known
    is_number = second.startswith(_NUMBER_ENDS)  # nine-teenth
    return (first in words_of("en", "compound_beginning") and not is_number) or second in _COMPOUND_ENDS

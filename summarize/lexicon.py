"""The user's word lists: words that are never split, and stop words."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

NO_INFORMATION = 1e-6  # nats, of a stop word: above 0, so that shares of information have a meaning
_FIRST_UNPARTED = "\u2e80"  # from here on lie the scripts that are written without spaces


class UserDictionary:
    """Words that are never split: each occurrence is one token, and the text around it is segmented by itself.

    Of several words that start at one position the longest counts. A word of an alphabet does not match inside another
    one: no `art` in `party`. Case does not matter. The time is linear in the text.

    Args:
        words: in Simplified characters; none is empty or has white space at its ends.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word.lower() for word in words)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        # Of the words that begin with a character, the longest first.
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    def pieces(self, text: str) -> Iterator[tuple[str, bool]]:
        """Yield the pieces of a text, none of them empty, and whether each is one of the words.

        Args:
            text: in Simplified characters.
        """
        lowered = text.lower()
        if len(lowered) != len(text):  # a letter whose small form is two
            lowered = text
        behind = 0
        for start, character in enumerate(lowered):
            end = self._end_of_word(lowered, start) if start >= behind and character in self._lengths else start
            if end == start:
                continue
            if start > behind:
                yield text[behind:start], False
            yield text[start:end], True
            behind = end
        if behind < len(text):
            yield text[behind:], False

    def _end_of_word(self, text: str, start: int) -> int:
        """Return the end of the longest word that starts at a position; the position itself if there is none."""
        for length in self._lengths[text[start]]:
            end = min(start + length, len(text))
            if text[start:end] in self._words and _is_parted(text, start) and _is_parted(text, end):
                return end
        return start


def _is_parted(text: str, position: int) -> bool:
    """Return whether a word may end or begin at a place: not between two letters of a script that has spaces."""
    return position in (0, len(text)) or not (_is_letter(text[position - 1]) and _is_letter(text[position]))


def _is_letter(character: str) -> bool:
    return character.isalnum() and character < _FIRST_UNPARTED


class Lexicon(NamedTuple):  # which takes a plain call an eighth of the time of a dataclass
    """What a user says about words.

    Args:
        own: words that are never cut; None if there are none.
        stop_words: those that say nothing about a text, in Simplified characters and small letters: they make no
            keyword, and sentences are not alike by having them in common.
    """

    own: UserDictionary | None = None
    stop_words: frozenset[str] = frozenset()


NOTHING_SAID = Lexicon()

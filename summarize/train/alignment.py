"""Which words of a sentence a shorter one keeps, found by aligning the two."""

from collections.abc import Sequence
from difflib import SequenceMatcher

from summarize.decide.words import Word, words_between
from summarize.document import Document, Language
from summarize.text.marks import LINE_STOPS


def words_of(text: str, language: Language) -> tuple[list[Word], bool]:
    """Return the words and marks of a sentence without its stop, and whether it has one."""
    return without_stop(words_between(Document(text, (), language), 0, len(text)))


def without_stop(words: list[Word]) -> tuple[list[Word], bool]:
    """Return the words of a sentence without its stop, and whether it has one."""
    has_stop = bool(words) and words[-1].text in LINE_STOPS
    return words[: len(words) - has_stop], has_stop


def align(words: Sequence[Word], target: Sequence[Word]) -> tuple[tuple[int, ...], float]:
    """Return the indices of the words that a shorter sentence keeps, ascending, and their share of its characters.

    The longest run that the two have in common is kept, and so on to both sides of it; case counts for nothing. A share
    of 1 means that the shorter sentence was made by leaving words out; of an empty one it is 0.

    Args:
        words: of the sentence.
        target: of the shorter one.
    """
    source, wanted = ([word.text.lower() for word in sentence] for sentence in (words, target))
    blocks = SequenceMatcher(None, source, wanted, autojunk=False).get_matching_blocks()
    kept = tuple(index for block in blocks for index in range(block.a, block.a + block.size))
    return kept, sum(len(source[index]) for index in kept) / max(1, sum(map(len, wanted)))

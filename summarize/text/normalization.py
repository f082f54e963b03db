"""One spelling for the same word: Traditional characters become Simplified ones, full-width letters ASCII ones.

The table `traditional.tsv` is OpenCC's conversion `t2s` (https://github.com/BYVoid/OpenCC, Apache-2.0), asked one
character at a time: a line holds a Traditional character, a tab and its Simplified form. Phrases are not looked at, so
that every character keeps its place; the dozen characters that Simplified text also uses in a narrower sense, such as
乾 in 乾隆, are turned like the rest, which matters little where both sides of a comparison are turned alike.
"""

import string
from functools import cache, lru_cache
from pathlib import Path

_TABLE_FILE = Path(__file__).with_name("traditional.tsv")
_ASCII = "%" + string.digits + string.ascii_letters
_FULL_WIDTH = "".join(chr(ord(character) + 0xFEE0) for character in _ASCII)  # ％０１２...ＡＢＣ...ａｂｃ...


def normalize(text: str) -> str:
    """Return `text` in Simplified characters, with ASCII letters, digits and percent signs.

    The result is as long as `text`, code point for code point: an offset into one is an offset into the other.
    Punctuation, letter case and everything unknown to the table stay as they are.
    """
    if text.isascii():
        return text  # an English text never reads the table
    return text.translate(_table())


@lru_cache(maxsize=1)
def normalize_whole(text: str) -> str:
    """Return a whole text as `normalize` does; asked again for the same text, it need not look again."""
    return normalize(text)


@cache
def _table() -> dict[int, int]:
    """Read the table once, when a text first needs it: about 2 ms."""
    lines = _TABLE_FILE.read_text(encoding="utf-8")
    # Every line is four code points wide, so that the columns are slices.
    return str.maketrans(lines[0::4] + _FULL_WIDTH, lines[2::4] + _ASCII)

"""One spelling for the same word: Traditional characters become Simplified ones, full-width letters ASCII ones.

The table `traditional.tsv` is OpenCC's conversion `t2s` (https://github.com/BYVoid/OpenCC, Apache-2.0), asked one
character at a time: a line holds a Traditional character, a tab and its Simplified form. Phrases are not looked at, so
that every character keeps its place; the dozen characters that Simplified text also uses in a narrower sense, such as
乾 in 乾隆, are turned like the rest, which matters little where both sides of a comparison are turned alike.
"""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_TABLE_FILE = Path(__file__).with_name("traditional.tsv")
_ASCII = "%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FULL_WIDTH = "".join(chr(ord(character) + 0xFEE0) for character in _ASCII)  # ％０１２...ＡＢＣ...ａｂｃ...
_CODE_POINTS = np.dtype("<u4")
_CHARS_AT_ONCE = 1_000_000


def normalize(text: str) -> str:
    """Return `text` in Simplified characters, with ASCII letters, digits and percent signs.

    The result is as long as `text`, code point for code point: an offset into one is an offset into the other.
    Punctuation, letter case and everything unknown to the table stay as they are.
    """
    if text.isascii():
        return text  # an English text never reads the table
    if len(text) > _CHARS_AT_ONCE:
        return "".join(normalize(text[start : start + _CHARS_AT_ONCE]) for start in range(0, len(text), _CHARS_AT_ONCE))
    codes, table = _code_points(text), _table()  # ten times as fast as `str.translate`
    is_in_table = codes < len(table)
    found = np.where(is_in_table, table[np.where(is_in_table, codes, 0)], codes)
    return found.tobytes().decode("utf-32-le", "surrogatepass")


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), _CODE_POINTS)


@cache
def _table() -> NDArray[np.uint32]:
    """Return what each code point becomes, up to the last that is changed; read when a text first needs it."""
    lines = _TABLE_FILE.read_text(encoding="utf-8")
    # Every line is four code points wide, so that the columns are slices.
    changed = _code_points(lines[0::4] + _FULL_WIDTH)
    table = np.arange(int(changed.max()) + 1, dtype=_CODE_POINTS)
    table[changed] = _code_points(lines[2::4] + _ASCII)
    return table

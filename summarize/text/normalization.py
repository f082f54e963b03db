"""One spelling for the same word: Traditional characters become Simplified ones, full-width letters ASCII ones.

The table `traditional.tsv` is OpenCC's conversion `t2s` (https://github.com/BYVoid/OpenCC, Apache-2.0), asked one
character at a time: a line holds a Traditional character, a tab and its Simplified form. Phrases are not looked at, so
that every character keeps its place; the dozen characters that Simplified text also uses in a narrower sense, such as
乾 in 乾隆, are turned like the rest, which matters little where both sides of a comparison are turned alike.
"""

from bisect import bisect_left
from functools import cache
from pathlib import Path

_TABLE_FILE = Path(__file__).with_name("traditional.tsv")
_ASCII = "%0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FULL_WIDTH = "".join(chr(ord(character) + 0xFEE0) for character in _ASCII)  # ％０１２...ＡＢＣ...ａｂｃ...


def normalize(text: str) -> str:
    """Return `text` in Simplified characters, with ASCII letters, digits and percent signs.

    The result is as long as `text`, code point for code point: an offset into one is an offset into the other.
    Punctuation, letter case and everything unknown to the table stay as they are.
    """
    if text.isascii():
        return text  # an English text never reads the table
    return text.translate(_table())


class _Table(dict[int, int]):
    """What each code point becomes, looked up when it is first met: to turn the whole table into this takes 1 ms."""

    def __init__(self) -> None:
        super().__init__(zip(map(ord, _FULL_WIDTH), map(ord, _ASCII), strict=True))
        lines = _TABLE_FILE.read_text(encoding="utf-8")
        # Every line is four code points wide, so that the columns are slices; they rise.
        self._traditional, self._simplified = lines[0::4], lines[2::4]

    def __missing__(self, code: int) -> int:
        place = bisect_left(self._traditional, chr(code))
        is_known = self._traditional[place : place + 1] == chr(code)
        self[code] = ord(self._simplified[place]) if is_known else code
        return self[code]


@cache
def _table() -> _Table:
    return _Table()

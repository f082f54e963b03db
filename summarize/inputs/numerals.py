"""The numbers of lists and headings as documents write them (`12`, `c`, `IV`, `十二`, `⑫`), and as their files do."""

import re
from typing import Literal

from summarize.text.patterns import lazy_pattern

NumeralForm = Literal["decimal", "letter", "capital", "roman", "roman capital", "han", "circled"]

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_HAN = "零一二三四五六七八九"
_HAN_UNITS = ("", "十", "百", "千")
_MAX_LETTERS, _MAX_ROMAN, _MAX_HAN, _MAX_CIRCLED = 78, 4999, 9999, 20
_WHOLE_NUMBER = lazy_pattern(r"\s*(\d{1,9})\s*", re.ASCII)


def whole_number(written: str | None, default: int) -> int:
    """Return the number that an attribute holds; the default where it is missing, no number, or absurd."""
    match = _WHOLE_NUMBER.fullmatch(written or "")
    return int(match.group(1)) if match else default


def numeral(number: int, form: NumeralForm) -> str:
    """Return a number in a form; in digits where the form does not reach, as zero in letters.

    Args:
        number: at least 0.
        form: how it is written. Letters go on after z with aa, bb as in word processors.
    """
    if form in ("letter", "capital") and 0 < number <= _MAX_LETTERS:
        turns, digit_place = divmod(number - 1, 26)
        letters = chr(ord("a") + digit_place) * (turns + 1)
        return letters if form == "letter" else letters.upper()
    if form in ("roman", "roman capital") and 0 < number <= _MAX_ROMAN:
        return _roman(number) if form == "roman" else _roman(number).upper()
    if form == "han" and 0 < number <= _MAX_HAN:
        return _han(number)
    if form == "circled" and 0 < number <= _MAX_CIRCLED:
        return chr(ord("①") + number - 1)
    return str(number)


def _roman(number: int) -> str:
    letters = ""
    for value, mark in _ROMAN:
        count, number = divmod(number, value)
        letters += mark * count
    return letters


def _han(number: int) -> str:
    """Write 1 to 9999 as it is said: 十二, 一百零五, 三千零四十."""
    written = ""
    for digit_place, digit in enumerate(map(int, reversed(str(number)))):
        if digit:
            written = _HAN[digit] + _HAN_UNITS[digit_place] + written
        elif written and written[0] != "零":
            written = "零" + written
    return written.removeprefix("一") if written.startswith("一十") else written

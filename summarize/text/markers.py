"""Marks that open a list item or a section: `1.`, `（一）`, `第三章`, `-`, `##`."""

from summarize.text.marks import HAN_DIGITS
from summarize.text.patterns import lazy_pattern

# By their kind.
_BULLETS = "•·●○▪◦■□◆◇★☆※→►▶✓✔√➢❖♦"
_CIRCLED = "①-⒇㈠-㈩"
_MARKERS = {
    "markdown": lazy_pattern(r"#{1,6}[ \t\u3000]+"),
    "bullet": lazy_pattern(rf"\\item(?:\[[^\]\n]{{0,40}}\])?[ \t]+|[-*+–—][ \t\u3000]+|[{_BULLETS}][ \t\u3000]*"),
    "chapter": lazy_pattern(rf"第[{HAN_DIGITS}\d]{{1,6}}[章节節篇部编編卷回条條](?![{HAN_DIGITS}\d])"),
    "han": lazy_pattern(rf"[{HAN_DIGITS}]{{1,4}}[、．.]"),
    "parenthesis": lazy_pattern(rf"[（(](?:[{HAN_DIGITS}]{{1,4}}|\d{{1,3}}|[A-Za-z]|[ivx]{{1,4}})[)）]"),
    "roman": lazy_pattern(r"(?:[ivx]{1,5}|[IVX]{2,5}|[IVX](?=\.[ \t]+[A-Z]{2}))\.(?=[ \t])"),
    "letter": lazy_pattern(r"[A-Ha-h][.．、](?=[ \t]*[^\0-\u2e7f])(?!.{1,60}?[ \t\u3000][B-H][.．、])"),
    "circled": lazy_pattern(rf"[{_CIRCLED}]"),
    "decimal": lazy_pattern(r"\d{1,2}(?:\.\d{1,2}){1,4}\.?[ \t\u3000]+(?=[A-Z]|[^\0-\u2e7f])"),
    "arabic": lazy_pattern(r"\d{1,3}[a-z]?(?:[.．][)）]?(?!\d)|[、)）])|[A-Za-z][)）]"),
}
_KINDS = {
    **{"#": ("markdown",), "第": ("chapter",)},
    **dict.fromkeys("\\-*+–—" + _BULLETS, ("bullet",)),
    **dict.fromkeys(HAN_DIGITS, ("han",)),
    **dict.fromkeys("（(", ("parenthesis",)),
}
_ENDS_NUMBER = frozenset(".．、)）")
_ROMAN_DIGITS = frozenset("ivxIVX")


def match_marker(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the kind of the mark at `start` and the offset after it; the empty string and `start` if there is none.

    Only the kinds that begin as the text does are tried.
    """
    kinds: tuple[str, ...]
    initial = text[start : start + 1]
    if initial.isdecimal():
        kinds = () if _ENDS_NUMBER.isdisjoint(text[start + 1 : start + 5]) else ("decimal", "arabic")
    elif initial.isascii() and initial.isalpha():
        kinds = _kinds_of_letter(initial, text[start + 1 : start + 2])
    else:
        kinds = _KINDS.get(initial) or (("circled",) if "①" <= initial <= "㈩" else ())
    for kind in kinds:
        if match := _MARKERS[kind].match(text, start, end):
            return kind, match.end()
    return "", start


def _kinds_of_letter(letter: str, following: str) -> tuple[str, ...]:
    if following in _ENDS_NUMBER:
        return ("roman", "letter", "arabic")
    return ("roman",) if letter in _ROMAN_DIGITS and following in _ROMAN_DIGITS else ()

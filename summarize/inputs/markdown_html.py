"""The text between the tags of a block of HTML in Markdown."""

from collections.abc import Iterator
from html import unescape
from typing import Any

from summarize.inputs.writing import LETTER_OR_DIGIT
from summarize.text.patterns import lazy_pattern

_HTML_GONE = ("script", "style", "svg", "table", "pre", "head", "iframe", "video", "audio")
_HTML_TAG = lazy_pattern(r"<(?P<closes>/?)(?P<name>[A-Za-z][\w.-]{0,40})(?P<rest>[^<>]*)>|<[!?][^<>]*>")
_HTML_FLOW = frozenset(
    (
        *("a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "q"),
        *("s", "samp", "small", "span", "strong", "sub", "sup", "tt", "u", "var", "wbr"),
    )
)


def read_html_texts(html: str, line: int) -> Iterator[tuple[int, str, int]]:
    """Yield the texts of a block of HTML, each with the level of a heading, 0 for none, and its line.

    A run of links without a word between them is a menu and is left out.
    """
    level = position = num_links = 0
    in_link = has_words = False
    gone: str | None = None
    pieces: list[str] = []
    start_line = line

    def flush() -> Iterator[tuple[int, str, int]]:
        text = " ".join("".join(pieces).split())
        if LETTER_OR_DIGIT.search(text) and (has_words or num_links < 2):
            yield level, text, start_line
        pieces.clear()

    for match in _pieces_of_html(html):
        between = html[position : match.start()] if match else html[position:]
        if gone is None and between.strip():
            if not pieces:
                start_line = line + between[: len(between) - len(between.lstrip())].count("\n")
            has_words = has_words or (not in_link and LETTER_OR_DIGIT.search(between) is not None)
            pieces.append(unescape(between))
        elif gone is None and between and pieces:
            pieces.append(" ")
        line += between.count("\n")
        if match is None:
            break
        line += match.group().count("\n")
        position = match.end()
        name = (match["name"] or "").lower()
        closes = bool(match["closes"])
        if gone is not None:
            gone = None if closes and name == gone else gone
        elif name in _HTML_GONE and not closes and not match["rest"].endswith("/"):
            gone = name
        elif name == "a":
            in_link, num_links = not closes, num_links + (not closes)
        elif name and name not in _HTML_FLOW:
            yield from flush()
            num_links, has_words = 0, False
            level = int(name[1]) if name in ("h1", "h2", "h3", "h4", "h5", "h6") and not closes else 0
    yield from flush()


def _pieces_of_html(html: str) -> Iterator[Any]:
    """Yield the tags, then None for what stands after the last."""
    yield from _HTML_TAG.finditer(html)
    yield None

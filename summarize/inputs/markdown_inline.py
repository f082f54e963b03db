"""The text of a paragraph of parsed Markdown, without marks, on its lines of the source."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarize.inputs.writing import LETTER_OR_DIGIT, WRAP, Run
from summarize.text.patterns import lazy_pattern

if TYPE_CHECKING:
    from markdown_it.token import Token

_MIN_WRAP_COLUMNS = 40  # lines narrower than that are broken for a reason
_OPEN_ENDS = frozenset(",，、;；:：(（“")
_WIDE_WORD_COLUMNS = 6  # of Chinese that an editor does not part: a character with marks around it
_MAX_LOOK_CHARS = 1000  # of the lines around one that tell how wide they are
_PROBE_CHARS = 40
_MIN_PROBE_CHARS = 4
_MAX_HIDDEN_CHARS = 2000  # between two parts of a paragraph: the address of a link


@dataclass(frozen=True, slots=True)
class Inline:
    """What stands in a paragraph.

    Args:
        runs: what is read of it.
        is_menu: whether all its words are those of links.
        num_links: how many these are.
    """

    runs: list[Run]
    is_menu: bool
    num_links: int


def find_line(token: "Token") -> int:
    """Return the line that a block begins on, from 1; 1 if the parser does not tell it."""
    return token.map[0] + 1 if token.map else 1


def read_inline(token: "Token") -> Inline:
    """Return what stands in a paragraph: its text without marks, and whether it is a menu."""
    lines = _Lines(token)
    runs: list[Run] = []
    num_links = depth = struck = 0
    has_words = False  # outside of links
    children = token.children or []
    for position, child in enumerate(children):
        kind = child.type
        if (
            child.nesting
            and child.markup in ("*", "**")
            and _is_between_digits(runs, children[position + 1 : position + 2])
        ):
            runs.append((child.markup, lines.number))
        elif kind == "link_open":
            num_links, depth = num_links + 1, depth + 1
        elif kind == "link_close":
            depth -= 1
        elif kind in ("s_open", "s_close"):
            struck += 1 if kind == "s_open" else -1
        elif kind in ("softbreak", "hardbreak"):
            runs.append((WRAP if kind == "softbreak" and lines.is_wrapped() else "\n", lines.number))
            lines.go_on()
        elif kind in ("text", "code_inline"):
            number = lines.find(child)
            text = child.content if kind == "code_inline" else _clean(child.content)
            has_words = has_words or (not depth and LETTER_OR_DIGIT.search(text) is not None)
            if not struck:
                runs.append((text, number))
        elif kind == "html_inline":
            number = lines.find(child)
            runs.append((_HTML_INLINE.get(child.content.lower().replace(" ", ""), ""), number))
    return Inline(_without_strong(runs), is_menu=num_links > 0 and not has_words, num_links=num_links)


def _is_between_digits(runs: Sequence[Run], following: Sequence["Token"]) -> bool:
    """Return whether a mark of emphasis stands between two digits, and so for a product: 2*3*4."""
    before = runs[-1][0][-1:] if runs else ""
    after = following[0].content[:1] if following else ""
    return before.isdecimal() and after.isdecimal()


class _Lines:
    """The lines of a paragraph, on the way through it.

    Args:
        token: the paragraph.
    """

    def __init__(self, token: "Token") -> None:
        self._text = token.content
        self._position = 0
        self.number = find_line(token)

    def find(self, child: "Token") -> int:
        """Go on to a part of the paragraph and after it, and return the line it begins on.

        Only text is found that stands there as it is read: otherwise it is on the line of what stands before it.
        """
        probe = child.content[:_PROBE_CHARS].partition("\n")[0]
        if child.type == "code_inline":
            probe = child.markup + probe.split(" ", 1)[0]
        elif len(probe) < _MIN_PROBE_CHARS:
            return self.number
        position = self._text.find(probe, self._position, self._position + _MAX_HIDDEN_CHARS)
        if position < 0:
            return self.number
        self._go_to(position)
        number = self.number
        end = position + len(child.content)
        if child.type == "code_inline":
            end = self._text.find(child.markup, position + len(child.markup)) + len(child.markup)
        self._go_to(end)
        return number

    def _go_to(self, position: int) -> None:
        self.number += self._text.count("\n", self._position, position)
        self._position = max(self._position, position)

    def go_on(self) -> None:
        """Go on to the next line."""
        self._go_to(self._text.find("\n", self._position) + 1)

    def is_wrapped(self) -> bool:
        """Return whether the line continues in the next one because it was full."""
        end = self._text.find("\n", self._position)
        if end < 0:
            return True
        before = self._text[max(0, end - _MAX_LOOK_CHARS) : end].split("\n")
        after = self._text[end + 1 : end + _MAX_LOOK_CHARS].split("\n")
        return is_wrapped_line(before, after)


_HTML_INLINE = {"<br>": "\n", "<br/>": "\n", "<sup>": "^"}


def is_wrapped_line(before: Sequence[str], after: Sequence[str]) -> bool:
    """Return whether a line of a paragraph continues in the next one because it was full.

    It does not if there was room for more and nothing says that the sentence goes on: in verse, in addresses, and
    where each line is a paragraph, as many editors show it.

    Args:
        before: lines of the paragraph, up to the one that is asked about.
        after: those after it, at least one.
    """
    line, following = before[-1].rstrip(), after[0].lstrip()
    if following[:1].islower() or line[-1:] in _OPEN_ENDS:
        return True
    widest = max(map(_columns, [*before, *after]))
    room = widest - _columns(line)
    is_chinese = following[:1] > "\u2e80"
    word = _WIDE_WORD_COLUMNS if is_chinese else max(_columns(following.split(" ", 1)[0]) + 1, widest // 4)
    return widest >= _MIN_WRAP_COLUMNS and room <= word


def _columns(line: str) -> int:
    """Return nearly the columns that a line takes on a screen: above ASCII one or two, of one to three bytes."""
    return (len(line) + len(line.encode("utf-8", "replace"))) // 2


# What dialects put into the text of a paragraph, each with what is read of it.
_MARKS = lazy_pattern(
    r"\[\^[^\]\s]{1,60}\]"  # the number of a footnote
    r"|[ \t]?\[-?@[^\]\n]{1,200}\]"  # what is cited
    r"|!\[\[[^\[\]\n]{1,300}\]\]"
    r"|\[\[(?:[^\[\]|\n]{0,200}\|)?(?P<page>[^\[\]|\n]{1,200})\]\]"
    r"|(?<![=\w])==(?P<marked>[^\s=](?:[^=\n]{0,500}[^\s=])?)==(?![=\w])"
    r"|\{\{[^{}\n]{0,300}\}\}|\{%[^%\n]{0,300}%\}"
    r"|\{(?:[:.#][^{}\n]{0,200}|[\w-]{1,30}=[^{}\n]{0,200})\}"
    r"|(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?![\w:])"  # the name of an emoji
    r"|</?[A-Z][\w.]{0,40}(?:\s[^<>\n]{0,300})?/?>"  # a component of MDX
    r"|(?<=\S) \^[a-z0-9-]{4,20}\Z"  # the anchor of a block
)


_BLANKS = lazy_pattern(r"[ \t]{2,}")


def _clean(text: str) -> str:
    """Return the text of a paragraph without what dialects put there."""
    return _BLANKS.sub(" ", _MARKS.sub(_read_mark, text))


def _read_mark(match: re.Match[str]) -> str:
    page = match["page"]
    if page:
        return page.rpartition("#")[2].strip() if "|" not in match.group() else page.strip()
    return match["marked"] or ""


def _without_strong(runs: list[Run]) -> list[Run]:
    """Return runs without `**` that CommonMark does not take for a mark: beside Chinese, where no blank stands.

    A run of nothing else is one that was kept between digits.
    """
    num_marks = sum(text.count("**") for text, _ in runs if text != "**")
    if not num_marks or num_marks % 2:
        return runs
    return [(text if text == "**" else _STRONG.sub("", text), line) for text, line in runs]


_STRONG = lazy_pattern(r"(?<![A-Za-z0-9*])\*\*(?!\*)|(?<!\*)\*\*(?![A-Za-z0-9*])")

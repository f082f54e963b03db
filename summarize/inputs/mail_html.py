"""The HTML of a mail to lines, with how deep each is quoted.

The programs that write mail mark what they quote, and few write more than paragraphs: this needs no library, and what
looks for the main part of a page would throw short mails away. Every tag is looked at once, up to the next `<`.
"""

import html
from collections import Counter
from dataclasses import dataclass

from summarize.text.patterns import lazy_pattern


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a mail.

    Args:
        text: without white space around it; empty where paragraphs are separated.
        depth: how often it is quoted; 0 what the mail says itself.
        is_heading: whether it is marked as a heading.
    """

    text: str
    depth: int = 0
    is_heading: bool = False


_TAG = lazy_pattern(
    r"<(?P<closing>/?)(?P<name>[A-Za-z][A-Za-z0-9:]{0,20})"
    r"(?P<attributes>(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+|[^<>]*)>|<[!?/][^<>]*>"
)
_VOID = frozenset(("br", "hr", "img", "input", "meta", "link", "area", "base", "col", "wbr", "source", "embed"))
_UNSEEN = frozenset(("head", "style", "script", "title", "noscript", "select", "svg", "object"))
_PARAGRAPHS = frozenset(
    (
        *("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr"),
        "article",
        "section",
    )
)
_LINES = frozenset(("div", "tr", "li", "dt", "dd", "center", "header", "footer", "tbody"))
_CELLS = frozenset(("td", "th"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_IS_HIDDEN = lazy_pattern(r"(?i)display\s*:\s*none|mso-hide\s*:\s*all|max-height\s*:\s*0(?:px)?\s*(?:;|[\"']|$)")
_IS_QUOTED = lazy_pattern(
    r"(?i)\btype\s*=\s*[\"']?cite|gmail_quote(?!_)|gmail_extra|yahoo_quoted|isReplyContent|ntes[\w-]{0,12}quote|protonmail_quote|"
    r"moz-forward-container|zmail_extra"
)
_IS_SIGNATURE = lazy_pattern(
    r"(?i)gmail_signature|moz-signature|ms-outlook-mobile-signature|foxmail_sign|class=[\"']?signature"
)
_MAY_QUOTE = frozenset(("blockquote", "div"))


@dataclass(slots=True)
class _Element:
    """An element that is open."""

    name: str
    is_unseen: bool
    is_quoted: bool


class _Writing:
    """The lines written so far and the elements that are open."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.open: list[_Element] = []
        self._num_open: Counter[str] = Counter()
        self._depth = self._num_unseen = self._num_headings = 0
        self._runs: list[str] = []

    def write(self, run: str) -> None:
        if not self._num_unseen:
            self._runs.append(run)

    def end_line(self, *, is_paragraph: bool) -> None:
        text = " ".join("".join(self._runs).split())
        self._runs = []
        if text:
            self.lines.append(Line(text, self._depth, self._num_headings > 0))
        if is_paragraph and self.lines and self.lines[-1].text:
            self.lines.append(Line("", self._depth))

    def start(self, name: str, attributes: str) -> None:
        if name == "body":
            self.end("head")
        elif self.open and self.open[-1].name == "p" and (name in _PARAGRAPHS or name in _LINES):
            self.end("p")
        self._part(name)
        if name == "li":
            self.write("- ")
        if name == "br" and not "".join(self._runs).strip() and self.lines and self.lines[-1].text:
            self.lines.append(Line("", self._depth))  # the second of two, or one alone in a paragraph
        elif name == "br":
            self.end_line(is_paragraph=False)
        if name in _VOID:
            return
        is_unseen = name in _UNSEEN or bool(_IS_HIDDEN.search(attributes) or _IS_SIGNATURE.search(attributes))
        is_quoted = name in _MAY_QUOTE and _IS_QUOTED.search(attributes) is not None
        self.open.append(_Element(name, is_unseen, is_quoted))
        self._count(self.open[-1], 1)

    def end(self, name: str) -> None:
        if not self._num_open[name]:
            return
        while True:
            element = self.open[-1]
            self._part(element.name)
            self.open.pop()
            self._count(element, -1)
            if element.name == name:
                break

    def _count(self, element: _Element, step: int) -> None:
        self._num_open[element.name] += step
        self._num_unseen += step * element.is_unseen
        self._depth += step * element.is_quoted
        self._num_headings += step * (element.name in _HEADINGS)

    def _part(self, name: str) -> None:
        if name in _PARAGRAPHS or name in _LINES:
            self.end_line(is_paragraph=name in _PARAGRAPHS)
        elif name in _CELLS:
            self.write(" ")


def lines_of_html(markup: str) -> list[Line]:
    """Return the lines that a reader sees, without signatures that are marked as such.

    Args:
        markup: the HTML, whole or in part, however badly nested.
    """
    markup = _without_comments(markup)
    writing = _Writing()
    position = 0
    for tag in _TAG.finditer(markup):
        writing.write(html.unescape(markup[position : tag.start()]))
        position = tag.end()
        if tag["name"] and tag["closing"]:
            writing.end(tag["name"].lower())
        elif tag["name"]:
            writing.start(tag["name"].lower(), tag["attributes"])
    writing.write(html.unescape(markup[position:]))
    writing.end_line(is_paragraph=False)
    return writing.lines


def _without_comments(markup: str) -> str:
    """Leave out comments, those for one program too; one that does not end is none."""
    if "<!--" not in markup:
        return markup
    runs, position = [], 0
    while (start := markup.find("<!--", position)) >= 0:
        end = markup.find("-->", start + 4)
        if end < 0:
            break
        runs.append(markup[position:start])
        position = end + 3
    return "".join([*runs, markup[position:]])

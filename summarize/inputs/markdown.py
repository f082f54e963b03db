"""Markdown: its text without marks, code, tables of figures, images, comments and menus.

Parsed by markdown-it-py as CommonMark with tables; what dialects add is dealt with before (`markdown_lines`) or in the
text of a paragraph (`_clean`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Any

from summarize.document import Source
from summarize.inputs.refusal import refuse_non_prose
from summarize.inputs.table import Options
from summarize.inputs.writing import WRAP, Run, Writer
from summarize.text.patterns import lazy_pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_NAME = "markdown"
_SUFFIXES = (".md", ".markdown", ".mdx", ".qmd", ".rmd")
_NOT_SUFFIXES = (".rst", ".adoc", ".asciidoc", ".org", ".textile", ".wiki")  # which have some marks in common with it

# What makes a text Markdown: two of the first kind, or one and two of the second, which other texts have as well.
_SAMPLE_CHARS = 1 << 16
_SURE_SIGNS = (
    lazy_pattern(r"(?:\A|\n[ \t]*\r?\n)#{1,6} [^\n]{1,200}\r?\n(?!#)"),
    lazy_pattern(r"\]\((?:https?:|[\w./#-]{1,200}\))"),
    lazy_pattern(
        r"(?<![\w*/])\*\*(?! )[^*\n]{1,200}(?<! )\*\*(?![\w*/])|(?<=[\u2e80-\U0003ffff])\*\*[^*\s][^*\n]{0,200}\*\*"
    ),
    lazy_pattern(r"(?:\A|\n) {0,3}```[^`\n]*\n(?:.*\n){0,200}? {0,3}```[ \t\r]*(?:\n|\Z)"),
    lazy_pattern(r"\n[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*\|[ \t|:-]*(?:\r?\n|\Z)"),
    lazy_pattern(r"\A\s*---[ \t]*\r?\n(?>[\w-]{1,40}:.*\n|[ \t]+.*\n|-.*\n|\r?\n){1,60}?---[ \t\r]*(?:\n|\Z)"),
    lazy_pattern(r"\n[ \t]*[-*] \[[ xX]\] "),
    lazy_pattern(r"\[\[[^\[\]\n]{1,100}\]\]"),
    lazy_pattern(r"\n> \[!\w{1,20}\]"),
)
_LIKELY_SIGNS = (
    lazy_pattern(r"(?:\A|\n) {0,3}[-*] [^\n]+\n(?:\s{0,4}\S[^\n]*\n){0,3}? {0,3}[-*] "),
    lazy_pattern(r"(?:\A|\n)> \S"),
    lazy_pattern(r"(?<!`)`[^`\n]{1,80}`(?!`)"),
    lazy_pattern(r"(?:\A|\n)\r?\n(?:---|\*\*\*)\r?\n\r?\n"),
    lazy_pattern(r"(?<![\w*])\*(?![ *])[^*\n]{1,100}(?<![ *])\*(?![\w*])"),
    lazy_pattern(r"\n[^\n]{1,80}\n(?:={4,}|-{4,})\r?\n"),
)

_WORDY = lazy_pattern(r"[^\W_]")
_CHINESE = lazy_pattern(r"[\u3400-\u9fff]")
_LATIN_WORD = lazy_pattern(r"[A-Za-z\u00c0-\u024f]{2,}")
_MIN_PROSE_CHINESE = 12  # of a cell that is a sentence rather than an entry
_MIN_PROSE_WORDS = 6
_MIN_BLOCK_WORDS = 8
_MIN_BLOCK_PROSE = 0.8
_CHINESE_MARK = lazy_pattern(r"[，。！？；]")
_MAX_HEADING_CHARS = 120  # of one underlined: a paragraph over a ruled line is none
_MIN_WRAP_COLUMNS = 40  # lines narrower than that are broken for a reason
_OPEN_ENDS = frozenset(",，、;；:：(（“")
_WIDE_WORD_COLUMNS = 6  # of Chinese that an editor does not part: a character with marks around it
_MAX_LOOK_CHARS = 1000  # of the lines around one that tell how wide they are
_PROBE_CHARS = 40
_MIN_PROBE_CHARS = 4
_MAX_HIDDEN_CHARS = 2000  # between two parts of a paragraph: the address of a link
_MAX_NESTING = 40  # a list in a list takes two


def recognise(content: Source, suffix: str) -> bool:
    """Return whether a text is Markdown, by its suffix or by several signs of it."""
    if suffix in _SUFFIXES or suffix in _NOT_SUFFIXES:
        return suffix in _SUFFIXES
    sample = content.text[:_SAMPLE_CHARS]
    num_sure = 0
    for sign in _SURE_SIGNS:
        num_sure += sign.search(sample) is not None
        if num_sure == 2:
            return True
    return num_sure == 1 and sum(sign.search(sample) is not None for sign in _LIKELY_SIGNS) >= 2


def read(content: Source, options: Options) -> list[Source]:
    """Return the text of Markdown, one.

    Raises:
        InputError: it is code that has some of its signs.
    """
    writer = Writer()
    title = write_markdown(writer, content.text)
    source = replace(writer.source(content.encoding, _NAME, title), warnings=content.warnings)
    if not source.text:
        return []
    if options.suffix not in _SUFFIXES:
        refuse_non_prose(source, options)
    return [source]


def write_markdown(writer: Writer, text: str) -> str | None:
    """Write the text of Markdown and return its title: that of its front matter, or a heading at its top."""
    from summarize.inputs.markdown_lines import prepare

    prepared, title = prepare(text)
    body = _Body(writer, prepared)
    body.write()
    return title or body.title


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])
    parser.inline.ruler.before("escape", "formula", _formula)
    return parser


_FORMULA = lazy_pattern(r"\$(?![\s$])[^$\n]{1,300}(?<![\s\\])\$(?!\d)")


def _formula(state: "StateInline", silent: bool) -> bool:
    """Keep a formula, `$x_1$`, from being read as Markdown."""
    match = _FORMULA.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "$" else None
    if match is None:
        return False
    if not silent:
        state.push("text", "", 0).content = match.group()
    state.pos = match.end()
    return True


@dataclass(frozen=True, slots=True)
class _Inline:
    """What stands in a paragraph.

    Args:
        runs: what is read of it.
        is_menu: whether all its words are those of links.
        num_links: how many these are.
    """

    runs: list[Run]
    is_menu: bool
    num_links: int


class _Body:
    """Writes what a parser has found.

    Args:
        writer: that gets it.
        text: Markdown that has been prepared.
    """

    def __init__(self, writer: Writer, text: str) -> None:
        self._writer = writer
        self._parser = _parser()
        self._tokens = self._parser.parse(text)
        self._items: list[str] = []  # the marks of the list items that are open; empty once they are written
        self._numbers: list[int | None] = []  # of the lists that are open, the number of the next item
        self.title: str | None = None

    def write(self) -> None:
        """Write all of it."""
        menus = _menu_lists(self._tokens)
        number = 0
        while number < len(self._tokens):
            token = self._tokens[number]
            if number in menus:
                number = menus[number]
                continue
            if token.type == "heading_open":
                self._write_heading(token, self._tokens[number + 1])
                number += 2
            elif token.type == "table_open":
                number = self._write_table(number)
            elif token.type == "inline":
                self._write_paragraph(read_inline(token))
            elif token.type == "html_block":
                self._write_html(token)
            elif token.type == "fence":
                self._writer.announce_nothing()
            elif token.type == "code_block":
                self._write_indented(token)
            else:
                self._follow_list(token)
            number += 1

    def _follow_list(self, token: "Token") -> None:
        if token.type == "bullet_list_open":
            self._open_list(None)
        elif token.type == "ordered_list_open":
            self._open_list(int(token.attrs.get("start", 1)))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._numbers.pop()
        elif token.type == "list_item_open":
            number = self._numbers[-1]
            self._items.append("- " if number is None else f"{number}. ")
            if number is not None:
                self._numbers[-1] = number + 1
        elif token.type == "list_item_close":
            self._items.pop()

    def _open_list(self, number: int | None) -> None:
        if not self._numbers:
            self._writer.end_list()
        self._numbers.append(number)

    def _write_heading(self, token: "Token", inline: "Token") -> None:
        runs = read_inline(inline).runs
        is_sentence = token.markup in "=-" and sum(len(text) for text, _ in runs) > _MAX_HEADING_CHARS
        if is_sentence or self._items:
            self._write_runs(runs)
            return
        level = int(token.tag[1])
        is_first = self._writer.is_empty
        heading = self._writer.heading(runs, level)
        if self.title is None and (level == 1 or is_first):
            self.title = heading

    def _write_paragraph(self, inline: _Inline) -> None:
        if not (inline.is_menu and inline.num_links > 1):
            self._write_runs(inline.runs)

    def _write_runs(self, runs: Sequence[Run]) -> None:
        """Write a paragraph, the first one of an item of a list after its mark."""
        if not any(_WORDY.search(text) for text, _ in runs if text != WRAP):
            return
        mark = self._items[-1] if self._items else ""
        if mark:
            self._items[-1] = ""
            first = next(line for text, line in runs if text.strip())
            runs = [(mark, first), *_without_check_box(runs)]
        self._writer.paragraph(runs, is_item=bool(mark))

    def _write_table(self, number: int) -> int:
        """Write the cells of a table that are sentences, and return the number of its last token."""
        end = next(
            position for position in range(number, len(self._tokens)) if self._tokens[position].type == "table_close"
        )
        self._writer.end_list()
        is_left_out = True
        for token in self._tokens[number:end]:
            if token.type == "inline" and is_prose_cell(token.content):
                is_left_out = False
                self._writer.paragraph([("- ", _line_of(token)), *read_inline(token).runs], is_item=True)
        if is_left_out:
            self._writer.announce_nothing()
        return end

    def _write_html(self, token: "Token") -> None:
        """Write the text between tags, which may have marks as well."""
        for level, text, line in html_texts(token.content, _line_of(token)):
            (inline,) = self._parser.parseInline(text)
            inline.map = [line - 1, line]
            found = read_inline(inline)
            if level and any(_WORDY.search(part) for part, _ in found.runs):
                heading = self._writer.heading(found.runs, level)
                self.title = self.title or (heading if level == 1 else None)
            else:
                self._write_paragraph(found)

    def _write_indented(self, token: "Token") -> None:
        """Write the paragraphs of an indented block, which Markdown has for code, that are prose."""
        line = _line_of(token)
        for paragraph in token.content.split("\n\n"):
            if _is_prose_block(paragraph):
                for offset, text in enumerate(paragraph.split("\n")):
                    self._writer.paragraph([(text.strip(), line + offset)])
            else:
                self._writer.announce_nothing()
            line += paragraph.count("\n") + 2


def _line_of(token: "Token") -> int:
    return token.map[0] + 1 if token.map else 1


def _menu_lists(tokens: Sequence["Token"]) -> dict[int, int]:
    """Return where lists of links begin and end: contents, menus."""
    menus: dict[int, int] = {}
    open_lists: list[tuple[int, int, bool]] = []  # where one begins, its items, whether all are links
    for number, token in enumerate(tokens):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            open_lists.append((number, 0, True))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            start, num_items, is_menu = open_lists.pop()
            if is_menu and num_items > 1:
                menus[start] = number + 1
            if open_lists:
                outer, num_outer, is_outer = open_lists[-1]
                open_lists[-1] = (outer, num_outer, is_outer and is_menu)
        elif token.type == "inline" and open_lists:
            start, num_items, is_menu = open_lists[-1]
            open_lists[-1] = (start, num_items + 1, is_menu and read_inline(token).is_menu)
        elif token.type in ("fence", "code_block", "html_block") and open_lists:
            start, num_items, _ = open_lists[-1]
            open_lists[-1] = (start, num_items, False)
    return menus


def _is_prose_block(text: str) -> bool:
    """Return whether an indented block holds sentences: Chinese with marks, or many words that end in a stop."""
    if len(_CHINESE.findall(text)) >= _MIN_PROSE_CHINESE:
        return _CHINESE_MARK.search(text) is not None
    first, last = text.lstrip()[:1], text.rstrip()[-1:]
    if not (first.isupper() and last in ".!?" and len(_LATIN_WORD.findall(text)) >= _MIN_BLOCK_WORDS):
        return False
    from summarize.inputs.measure import measure

    found = measure(text)
    return found.prose > _MIN_BLOCK_PROSE and not found.code


_CHECK_BOX = lazy_pattern(r"\[[ xX]\][ \t]+")


def _without_check_box(runs: Sequence[Run]) -> list[Run]:
    text, line = runs[0]
    return [(_CHECK_BOX.sub("", text, count=1) if _CHECK_BOX.match(text) else text, line), *runs[1:]]


def is_prose_cell(text: str) -> bool:
    """Return whether a cell of a table holds a sentence rather than an entry."""
    return len(_CHINESE.findall(text)) >= _MIN_PROSE_CHINESE or len(_LATIN_WORD.findall(text)) >= _MIN_PROSE_WORDS


def read_inline(token: "Token") -> _Inline:
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
            has_words = has_words or (not depth and _WORDY.search(text) is not None)
            if not struck:
                runs.append((text, number))
        elif kind == "html_inline":
            number = lines.find(child)
            runs.append((_HTML_INLINE.get(child.content.lower().replace(" ", ""), ""), number))
    return _Inline(_without_strong(runs), is_menu=num_links > 0 and not has_words, num_links=num_links)


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
        self.number = _line_of(token)

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

_HTML_GONE = ("script", "style", "svg", "table", "pre", "head", "iframe", "video", "audio")
_HTML_TAG = lazy_pattern(r"<(?P<closes>/?)(?P<name>[A-Za-z][\w.-]{0,40})(?P<rest>[^<>]*)>|<[!?][^<>]*>")
_HTML_FLOW = frozenset(
    (
        *("a", "abbr", "b", "bdi", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins", "kbd", "mark", "q"),
        *("s", "samp", "small", "span", "strong", "sub", "sup", "tt", "u", "var", "wbr"),
    )
)


def html_texts(html: str, line: int) -> Iterator[tuple[int, str, int]]:
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
        if _WORDY.search(text) and (has_words or num_links < 2):
            yield level, text, start_line
        pieces.clear()

    for match in _pieces_of_html(html):
        between = html[position : match.start()] if match else html[position:]
        if gone is None and between.strip():
            if not pieces:
                start_line = line + between[: len(between) - len(between.lstrip())].count("\n")
            has_words = has_words or (not in_link and _WORDY.search(between) is not None)
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

"""The blocks of parsed Markdown in order: headings, paragraphs, items of lists, cells of tables that are sentences."""

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from summarize.inputs.markdown_html import read_html_texts
from summarize.inputs.markdown_inline import Inline, find_line, read_inline
from summarize.inputs.writing import LETTER_OR_DIGIT, WRAP, Run, Writer
from summarize.text.patterns import lazy_pattern

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_CHINESE = lazy_pattern(r"[\u3400-\u9fff]")
_LATIN_WORD = lazy_pattern(r"[A-Za-z\u00c0-\u024f]{2,}")
_MIN_PROSE_CHINESE = 12  # of a cell that is a sentence rather than an entry
_MIN_PROSE_WORDS = 6
_MIN_BLOCK_WORDS = 8
_MIN_BLOCK_PROSE = 0.8
_CHINESE_MARK = lazy_pattern(r"[，。！？；]")
_MAX_HEADING_CHARS = 120  # of one underlined: a paragraph over a ruled line is none
_MAX_NESTING = 40  # a list in a list takes two


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


class MarkdownBody:
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

    def _write_paragraph(self, inline: Inline) -> None:
        if not (inline.is_menu and inline.num_links > 1):
            self._write_runs(inline.runs)

    def _write_runs(self, runs: Sequence[Run]) -> None:
        """Write a paragraph, the first one of an item of a list after its mark."""
        if not any(LETTER_OR_DIGIT.search(text) for text, _ in runs if text != WRAP):
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
            if token.type == "inline" and _is_prose_cell(token.content):
                is_left_out = False
                self._writer.paragraph([("- ", find_line(token)), *read_inline(token).runs], is_item=True)
        if is_left_out:
            self._writer.announce_nothing()
        return end

    def _write_html(self, token: "Token") -> None:
        """Write the text between tags, which may have marks as well."""
        for level, text, line in read_html_texts(token.content, find_line(token)):
            (inline,) = self._parser.parseInline(text)
            inline.map = [line - 1, line]
            found = read_inline(inline)
            if level and any(LETTER_OR_DIGIT.search(part) for part, _ in found.runs):
                heading = self._writer.heading(found.runs, level)
                self.title = self.title or (heading if level == 1 else None)
            else:
                self._write_paragraph(found)

    def _write_indented(self, token: "Token") -> None:
        """Write the paragraphs of an indented block, which Markdown has for code, that are prose."""
        line = find_line(token)
        for paragraph in token.content.split("\n\n"):
            if _is_prose_block(paragraph):
                for offset, text in enumerate(paragraph.split("\n")):
                    self._writer.paragraph([(text.strip(), line + offset)])
            else:
                self._writer.announce_nothing()
            line += paragraph.count("\n") + 2


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


def _is_prose_cell(text: str) -> bool:
    """Return whether a cell of a table holds a sentence rather than an entry."""
    return len(_CHINESE.findall(text)) >= _MIN_PROSE_CHINESE or len(_LATIN_WORD.findall(text)) >= _MIN_PROSE_WORDS

"""From an HTML tree to blocks of plain text: paragraphs, headings, list items."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from summarize.document import Role
from summarize.inputs.assembly import Assembly, HeadingAt
from summarize.text.marks import ends_with_stop
from summarize.text.patterns import lazy_pattern

if TYPE_CHECKING:
    from lxml.etree import _Element

ASIDE = "\ufdd0"  # opens the text of what is set aside: a code point that no text may have
MAX_HEADING_CHARS = 120  # a longer one with a stop at its end is a paragraph in large letters

FOUND_TAGS = frozenset({"head", "item", "list", "quote", "row", "cell"})  # of trafilatura, and not of HTML

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "head", "summary", "legend"})
ITEMS = frozenset({"li", "item"})
LISTS = frozenset({"ul", "ol", "menu", "dir", "list"})
BREAKS = frozenset({"br", "lb"})
QUOTES = frozenset({"blockquote", "quote"})
BLOCKS = frozenset(
    (
        *("address", "article", "aside", "body", "caption", "center", "dd", "details", "dialog", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "html", "main", "nav", "p", "pre"),
        *("section", "table", "tbody", "td", "tfoot", "th", "thead", "tr"),
        *(*HEADINGS, *ITEMS, *LISTS, *QUOTES, *FOUND_TAGS),
    )
)

_BLANK = lazy_pattern(r"[ \t\r\f\v\xa0\u3000\u200b\ufeff]+")
_PARAGRAPH_BREAK = lazy_pattern(r"\n\s*\n")
_RANK = lazy_pattern("h[1-6]")  # of a heading, by its tag or by what trafilatura keeps of it


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading or an item of a list.

    Args:
        text: without white space at its ends; lines that are to stay apart are separated by a line break.
        role: what it is for.
        is_item: whether it is an item of a list.
        is_quote: whether it stands in a quotation.
        level: of a heading; 1 is the highest, and 0 is not known.
    """

    text: str
    role: Role = "text"
    is_item: bool = False
    is_quote: bool = False
    level: int = 0


class _Flow:
    """Gathers the text of a tree into blocks."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._runs: list[str] = []
        self._counters: list[int] = []  # of the lists that are open; 0 for one without numbers
        self._mark = ""
        self._num_headings = self._level = 0
        self._num_quotes = 0

    def write(self, text: str | None) -> None:
        if text:
            self._runs.append(text)

    def open(self, tag: str, rend: str | None) -> None:
        if tag in BREAKS:
            self._runs.append("\n")
            return
        if tag not in BLOCKS:
            return
        self._end_block()
        if tag in HEADINGS:
            self._num_headings += 1
            self._level = next((int(rank[1]) for rank in (tag, rend or "") if _RANK.fullmatch(rank)), 0)
        elif tag in QUOTES:
            self._num_quotes += 1
        elif tag in LISTS:
            self._counters.append(1 if tag == "ol" or rend == "ol" else 0)
        elif tag in ITEMS and not (rend or "").startswith(("dt", "dd")):
            number = self._counters[-1] if self._counters else 0
            self._mark = f"{number}. " if number else "- "
            if number:
                self._counters[-1] += 1

    def close(self, tag: str) -> None:
        if tag not in BLOCKS:
            return
        self._end_block()
        if tag in HEADINGS:
            self._num_headings -= 1
        elif tag in QUOTES:
            self._num_quotes -= 1
        elif tag in LISTS:
            self._counters.pop()
        elif tag in ITEMS:
            self._mark = ""

    def _end_block(self) -> None:
        text = "".join(self._runs)
        self._runs.clear()
        for paragraph in _PARAGRAPH_BREAK.split(text):
            is_aside = paragraph.lstrip().startswith(ASIDE)
            lines = (_BLANK.sub(" ", line).strip() for line in paragraph.replace(ASIDE, "").split("\n"))
            block = "\n".join(line for line in lines if line)
            if not block:
                continue
            is_item, block, self._mark = bool(self._mark), self._mark + block, ""
            is_heading = self._num_headings and not (
                len(block) > MAX_HEADING_CHARS and ends_with_stop(block, 0, len(block))
            )
            role: Role = "apparatus" if is_aside else "heading" if is_heading else "text"
            level = self._level if role == "heading" else 0
            self.blocks.append(Block(block, role, is_item, self._num_quotes > 0, level))


def blocks_of(tree: "_Element", *, skip: Iterable[str] = ()) -> list[Block]:
    """Return the blocks of a tree in order.

    Args:
        tree: elements of HTML, or of what trafilatura makes of it.
        skip: the tags of what has no text to read.
    """
    from lxml.etree import iterwalk

    flow = _Flow()
    skipped = frozenset(skip)
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag
        if not isinstance(tag, str):  # a comment
            continue
        if event == "end":
            flow.close(tag)
            if element is not tree:
                flow.write(element.tail)
            continue
        flow.open(tag, element.get("rend"))
        if tag in skipped:
            walk.skip_subtree()
        else:
            flow.write(element.text)
    flow.close("div")
    return flow.blocks


def assemble_blocks(blocks: Sequence[Block]) -> Assembly:
    """Return blocks put together, an item of a list right below the one before, with what they are for and chapters."""
    text = Assembly()
    headings: list[HeadingAt] = []
    was_item = False
    for block in blocks:
        if text.length:
            text.write("\n" if block.is_item and was_item else "\n\n")
        start = text.write(block.text, None if block.role == "text" else block.role)
        if block.level:
            headings.append(HeadingAt(start, block.level, " ".join(block.text.split())))
        was_item = block.is_item
    text.name_chapters(headings)
    return text

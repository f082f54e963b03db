"""Extraction of the main text of a web page from its tree, without the elements of the site.

Most of this is trafilatura's work. Before it, the tree is brought into a form in which that library loses nothing that
is text (`page_tree`): paragraphs that are separated by line breaks, columns that are laid out by tables, dates in
<time>, captions. Posts of a forum, of which it takes the first for the article and the rest for comments, are gathered
by the names that the common forum programs give them (`forum_posts`). If it finds nothing, all that is no menu is the
text, as in a small page that was written by hand.
"""

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from summarize.inputs.flow import HEADINGS, Block, blocks_of
from summarize.inputs.forum_posts import read_thread
from summarize.inputs.page_tree import (
    FURNITURE,
    SENTENCE_END,
    TEXTLESS,
    count_columns,
    drop_elements,
    mark_article,
    prepare_tree,
    split_tables,
)

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_COLUMNS = 80  # that are text without a sentence that ends, as verse is; a Chinese character takes two
MIN_EXTRACTED_CHARS = 100  # with less, trafilatura searches on; its own 250 are many for Chinese
MIN_PRE_SHARE = 0.6  # of the letters of a page that is one <pre>, as archives of mails are


def main_text(parse: Callable[[], "HtmlElement"]) -> list[Block]:
    """Return the main text of a page; none if it has none. Captions are set aside unless there is nothing else.

    Args:
        parse: returns its tree, which is changed, as often as it is called.
    """
    for attempt in (_preformatted_page, read_thread, _precise, _lenient, _plain):
        blocks = _without_last_headings(attempt(parse()))
        if has_text(blocks):
            break
    else:
        return []
    if any(block.role == "text" for block in blocks):
        return blocks
    return [replace(block, role="text") if block.role == "apparatus" else block for block in blocks]


def has_text(blocks: Sequence[Block]) -> bool:
    """Return whether there is a sentence that ends, or as much text as of a poem, outside of headings."""
    texts = [block for block in blocks if block.role != "heading"]
    if any(SENTENCE_END.search(block.text) for block in texts):
        return True
    return sum(count_columns(block.text) for block in texts if not block.is_item) >= MIN_COLUMNS


def _without_last_headings(blocks: list[Block]) -> list[Block]:
    """Leave out the headings with nothing below them."""
    while blocks and blocks[-1].role == "heading":
        blocks.pop()
    return blocks


# One way after the other


def _preformatted_page(tree: "HtmlElement") -> list[Block]:
    """Return the text of a page that is preformatted, as it is."""
    pre = max(tree.iter("pre"), key=lambda element: len(element.text_content()), default=None)
    if pre is None:
        return []
    drop_elements(tree, TEXTLESS)
    text = pre.text_content()
    if _num_visible(text) < MIN_PRE_SHARE * _num_visible(tree.text_content()) or not SENTENCE_END.search(text):
        return []
    return [Block(text.strip("\n").rstrip())]


def _num_visible(text: str) -> int:
    return len(text) - sum(map(str.isspace, text))


def _precise(tree: "HtmlElement") -> list[Block]:
    return _extracted(tree, "precision")


def _lenient(tree: "HtmlElement") -> list[Block]:
    return _extracted(tree, "recall")


def _extracted(tree: "HtmlElement", favor: Literal["precision", "recall"]) -> list[Block]:
    """Return what trafilatura finds."""
    from trafilatura.core import bare_extraction
    from trafilatura.settings import use_config

    prepare_tree(tree, kept=HEADINGS | {"li"} if favor == "precision" else HEADINGS)  # it tells lists of links itself
    split_tables(tree)
    mark_article(tree)
    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(MIN_EXTRACTED_CHARS))
    with _quiet():
        found: Any = bare_extraction(
            tree,
            favor_precision=favor == "precision",
            favor_recall=favor == "recall",
            include_comments=False,
            include_tables=False,
            config=config,
        )
    return [] if found is None or found.body is None else blocks_of(found.body)


def _plain(tree: "HtmlElement") -> list[Block]:
    """Return all that is no menu."""
    prepare_tree(tree)
    drop_elements(tree, FURNITURE)
    return blocks_of(tree)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what libraries report of a page from standard error."""
    loggers = [logging.getLogger(name) for name in ("trafilatura", "justext", "readability")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)

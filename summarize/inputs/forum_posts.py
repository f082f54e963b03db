"""The posts of a thread of a forum, by the names that the common forum programs give them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from summarize.inputs.flow import Block, blocks_of
from summarize.inputs.page_tree import FURNITURE, prepare_tree, split_tables, to_line
from summarize.text.language import HAN_RUN
from summarize.text.patterns import lazy_pattern

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_NAME_CHARS = 30

# The posts of a thread: Discuz, vBulletin, SMF, Tieba; XenForo, Discourse, MyBB, phpBB, Zhihu, Stack Exchange, old
# Reddit, Hacker News; and whatever says so in the terms of schema.org.
_POST = (
    ".//*[starts-with(@id, 'postmessage_') or starts-with(@id, 'post_message_') or starts-with(@id, 'post_content_')"
    " or starts-with(@id, 'msg_') or contains(@class, 'js-post-body')"
    " or contains(concat(' ', @class, ' '), ' bbWrapper ') or contains(concat(' ', @class, ' '), ' cooked ')"
    " or contains(concat(' ', @class, ' '), ' post_body ') or contains(concat(' ', @class, ' '), ' ztext ')"
    " or contains(concat(' ', @class, ' '), ' usertext-body ') or contains(concat(' ', @class, ' '), ' commtext ')"
    " or (@class='content' and ancestor::*[contains(concat(' ', @class, ' '), ' postbody ')])"
    " or (@itemprop='text' and ancestor::*[contains(@itemtype, 'ForumPosting') or contains(@itemtype, 'QAPage')])]"
)
_AUTHOR = lazy_pattern(
    r"user-?name|author|\bauthi\b|creator|poster|nickname|hnuser|message-name|UserLink|user-details", re.IGNORECASE
)
_MIN_POSTS = 2


def read_thread(tree: "HtmlElement") -> list[Block]:
    """Return the posts of a thread, each paragraph after the name of who wrote it; what they quote is set aside.

    Nobody is named unless all are.
    """
    found = set(tree.xpath(_POST)) | set(tree.iter("blockquote"))
    posts = [post for post in tree.xpath(_POST) if not any(outer in found for outer in post.iterancestors())]
    if len(posts) < _MIN_POSTS:
        return []
    authors = _authors(posts)
    prepare_tree(tree)
    blocks: list[Block] = []
    for post, author in zip(posts, authors if all(authors) else [""] * len(posts), strict=True):
        label = f"{author}{'：' if HAN_RUN.match(author[-1]) else ': '}" if author else ""
        split_tables(post)
        for block in blocks_of(post, skip=FURNITURE):
            if block.role != "text" or block.is_item:
                blocks.append(block)
            elif block.is_quote:
                blocks.append(replace(block, role="apparatus"))
            else:
                blocks.append(replace(block, text=label + block.text))
    return blocks


def _authors(posts: Sequence["HtmlElement"]) -> list[str]:
    """Return who wrote each post: the first name around it; empty if there is none."""
    num_posts = Counter(holder for post in posts for holder in post.iterancestors())
    authors = []
    for post in posts:
        own = set(post.iter())
        *_, around = (post, *takewhile(lambda holder: num_posts[holder] == 1, post.iterancestors()))
        names = (
            to_line(next((text for text in element.itertext() if text.strip()), ""))
            for element in around.iter()
            if element not in own and _AUTHOR.search(f"{element.get('class')} {element.get('itemprop')}")
        )
        authors.append(next((name for name in names if 0 < len(name) <= MAX_NAME_CHARS), ""))
    return authors

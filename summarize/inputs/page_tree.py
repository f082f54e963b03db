"""The tree of a web page, brought into a form in which its text can be told from the elements of the site."""

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from summarize.inputs.flow import ASIDE, BLOCKS, BREAKS, HEADINGS
from summarize.text.marks import CLAUSE_MARKS, ends_with_stop, is_wide
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import needs_space

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MIN_PROSE_COLUMNS = 40  # of a cell that is laid out by a table rather than a datum in it
MIN_ARTICLE_SHARE = 0.9  # of the paragraphs of a page in the element that is its article
MAX_CAPTION_CHARS = 300
MAX_BOLD_HEADING_CHARS = 60

# What has no text to read; what a script would show stands in <template>, what it could not show in <noscript>.
TEXTLESS = (
    *("head", "script", "style", "template", "noscript", "noframes", "svg", "iframe", "object", "embed", "canvas"),
    *("audio", "video", "map", "button", "select", "textarea", "input", "rp", "rt", "del", "s", "strike", "img"),
)
# What belongs to the site.
FURNITURE = ("nav", "footer", "aside", "menu", "dialog", "header")
# What marks words inside of a paragraph.
_PLAIN = (
    *("b", "strong", "em", "i", "u", "big", "small", "font", "tt", "code", "kbd", "samp", "var", "sub", "sup", "mark"),
    *("ins", "abbr", "acronym", "cite", "dfn", "bdi", "bdo", "nobr", "wbr", "ruby", "rb", "output", "data", "q"),
)
_NOTES = (
    ".//sup[.//a[starts-with(@href, '#')] or contains(@class, 'reference')]"
    " | .//a[starts-with(@href, '#') and sup and normalize-space(.) = normalize-space(sup)]"
    " | .//div[@title='header' or @title='footer']"  # as LibreOffice writes those of a page
    " | .//a[@role='doc-noteref' or contains(concat(' ', @class, ' '), ' footnote-ref ')]"
    " | .//*[contains(@class, 'mw-editsection') or contains(@class, 'boilerplate')]"
    " | .//*[@id='siteNotice' or contains(concat(' ', @class), ' reflist') or self::ol[contains(@class, 'references')]]"
)
_CAPTION = lazy_pattern(
    r"(?:^|[\s_-])(?:thumb|photo|img|image|pic)?[-_]?caption(?:[\s_-]|text|$)|(?:img|photo|pic)[-_]?desc", re.IGNORECASE
)
_NO_ARTICLE = lazy_pattern(
    r"comment|respon|footer|sidebar|related|\bnav|cookie|consent|promo|newsletter", re.IGNORECASE
)
_BLANK_CHARACTERS = " \t\r\n\f"
_BLANKS = lazy_pattern(rf"[{_BLANK_CHARACTERS}]+")
_WRAP = lazy_pattern(rf"(?<=(\S))[ \t\r\f]*\n[{_BLANK_CHARACTERS}]*(?=(\S))")
_INDENT = lazy_pattern(r"[ \t\r\n]*(?:\u3000{1,2}|(?:\xa0[ \t]*){2,})")  # of the first line of a paragraph
SENTENCE_END = lazy_pattern(r"[。！？!?]|[^\W\d]{2}[\"”’')）]?\.(?=[\s\"”’')]|\Z)|\.[\"”’')）](?=\s|\Z)")
_LETTER = lazy_pattern(r"[^\W\d_]")


def prepare_tree(tree: "HtmlElement", *, kept: Container[str] = HEADINGS) -> None:
    """Bring a tree into the form in which its text can be told.

    Args:
        tree: of the page, which is changed.
        kept: the tags of blocks whose lines are kept even if they are nothing but links.
    """
    from lxml.etree import strip_tags

    drop_elements(tree, (*TEXTLESS, "pre"))
    for element in tree.xpath(_NOTES):
        _drop(element)
    for link in list(tree.iter("a")):
        if not any(map(str.isalnum, link.text_content())):  # ¶ beside a heading, ↩ after a note, an image
            _drop(link)
    for quote in tree.iter("q"):
        _enclose(quote)
    for time in list(tree.iter("time")):
        parent = time.getparent()
        if parent is not None and parent.tag in {"p", "li", "dd", "td"}:
            time.drop_tag()
    for center in tree.iter("center"):
        center.tag = "div"
    _set_captions_aside(tree)
    _find_bold_headings(tree)
    strip_tags(tree, *_PLAIN)
    for span in list(tree.iter("span")):
        if any(child.tag in BLOCKS or child.tag in BREAKS for child in span):
            span.drop_tag()
    for parent in {element.getparent() for element in tree.iter("br")}:
        if parent.tag not in HEADINGS:
            _part_paragraphs(parent)
    _join_lines(tree)
    _drop_link_lines(tree, kept)


def drop_elements(tree: "HtmlElement", tags: Iterable[str]) -> None:
    """Take elements out of a tree, and leave what stands after them."""
    from lxml.etree import strip_elements

    strip_elements(tree, *tags, with_tail=False)


def _drop(element: "HtmlElement") -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _enclose(quote: "HtmlElement") -> None:
    """Write the quotation marks that a browser shows around <q>."""
    quote.text = f"“{quote.text or ''}"
    if len(quote):
        quote[-1].tail = f"{quote[-1].tail or ''}”"
    else:
        quote.text += "”"


def _set_captions_aside(tree: "HtmlElement") -> None:
    """Make paragraphs of captions, with a mark that says what they are."""
    for element in list(tree.iter("figcaption", "p", "div", "span", "dd", *HEADINGS)):
        is_in_figure = element.tag in HEADINGS and next(element.iterancestors("figure"), None) is not None
        is_caption = element.tag == "figcaption" or is_in_figure or _CAPTION.search(element.get("class") or "")
        if not is_caption or element.getparent() is None:
            continue
        text = to_line(element.text_content())
        if len(text) > MAX_CAPTION_CHARS or any(child.tag in BLOCKS - {"p"} for child in element.iterdescendants()):
            continue
        parent = element.getparent()
        if parent.tag == "p":
            if to_line(parent.text_content()) != text:
                continue
            element = parent
        tail = element.tail
        element.clear()
        element.tag, element.tail = "p", tail
        element.text = ASIDE + text if text else None
    for figure in tree.iter("figure"):
        figure.tag = "div"


def _find_bold_headings(tree: "HtmlElement") -> None:
    """Make headings of short bold paragraphs without a stop."""
    for paragraph in list(tree.iter("p", "div")):
        text = to_line(paragraph.text_content())
        if not text or len(text) > MAX_BOLD_HEADING_CHARS or text[-1] in CLAUSE_MARKS + "。.;；!！":
            continue
        parent = paragraph.getparent()
        if parent is None or parent.tag in {"li", "td", "th", "dd", "dt", *HEADINGS}:
            continue
        bold = "".join(element.text_content() for element in paragraph.iter("b", "strong"))
        if to_line(bold) == text and not any(child.tag in BLOCKS for child in paragraph.iterdescendants()):
            paragraph.tag = "h4"


def _part_paragraphs(parent: "HtmlElement") -> None:
    """Make paragraphs of what is separated by two line breaks, or by one before an indented line."""
    runs: list[list[Any]] = [[]]  # of strings and elements; a block is a run by itself
    num_breaks = 0
    is_parted = False
    pieces: list[Any] = [parent.text]
    for child in parent:
        pieces += (child, child.tail)
    for piece in filter(_is_shown, pieces):
        is_break = not isinstance(piece, str) and piece.tag == "br"
        is_block = not isinstance(piece, str) and piece.tag in BLOCKS
        if not is_break and (num_breaks > 1 or (num_breaks and isinstance(piece, str) and _INDENT.match(piece))):
            is_parted = True
            runs.append([])
        elif is_block or (runs[-1] and not isinstance(runs[-1][-1], str) and runs[-1][-1].tag in BLOCKS):
            runs.append([])
        num_breaks = num_breaks + 1 if is_break else 0
        runs[-1].append(piece)
    if not is_parted:
        return
    if parent.tag == "p":
        parent.tag = "div"
    parent.text = None
    for child in parent:
        child.tail = None
    for run in filter(None, runs):
        _append_run(parent, run)


def _is_shown(piece: Any) -> bool:
    """Whether a piece of a paragraph is an element, or a string of more than blanks of the source."""
    return piece is not None and (not isinstance(piece, str) or bool(piece.strip(_BLANK_CHARACTERS)))


def _append_run(parent: "HtmlElement", run: Sequence[Any]) -> None:
    """Append strings and elements to an element, as a paragraph if they are none."""
    from lxml.html import Element

    if isinstance(run[0], str) or run[0].tag not in BLOCKS:
        paragraph = Element("p")
        parent.append(paragraph)
        parent = paragraph
    for piece in run:
        if not isinstance(piece, str):
            parent.append(piece)
        elif len(parent):
            parent[-1].tail = (parent[-1].tail or "") + piece
        else:
            parent.text = (parent.text or "") + piece


def mark_article(tree: "HtmlElement") -> None:
    """Call the innermost element that has nearly all paragraphs an article, if none is called so.

    trafilatura reads the headings and lists of an article, and elsewhere only paragraphs.
    """
    from lxml.html import Element

    if next(tree.iter("article", "main"), None) is not None:
        return
    lengths: dict[HtmlElement, int] = {}  # of the paragraphs in each element
    for paragraph in tree.iter("p"):
        holders = list(paragraph.iterancestors())
        if any(_NO_ARTICLE.search(f"{holder.get('id')} {holder.get('class')}") for holder in holders[:-2]):
            continue
        length_chars = len(paragraph.text_content())
        for holder in holders:
            lengths[holder] = lengths.get(holder, 0) + length_chars
    most = tree
    while (inner := max(most, key=lambda part: lengths.get(part, 0), default=None)) is not None:
        if inner not in lengths or lengths[inner] < MIN_ARTICLE_SHARE * lengths[tree]:
            break
        most = inner
    if most.tag == "body":
        article = Element("article")
        article.text, most.text = most.text, None
        article.extend(list(most))
        most.append(article)
    elif most is not tree:
        most.tag = "article"


def _slots(tree: "HtmlElement") -> Iterator[tuple["HtmlElement", str, bool]]:
    """Yield where text may stand, in order: an element, "text" or "tail" of it, and whether a line begins there."""
    from lxml.etree import iterwalk

    for event, element in iterwalk(tree, events=("start", "end")):
        if event == "start":
            yield element, "text", element.tag in BLOCKS
        elif element is not tree:
            yield element, "tail", element.tag in BLOCKS or element.tag in BREAKS


def _join_lines(tree: "HtmlElement") -> None:
    """Write the blanks and line ends of the source as one blank each, as a browser does; none between Chinese."""
    last = ""  # the text before, in this line
    held: tuple[HtmlElement, str] | None = None  # whose last blank goes if it stands between Chinese
    for element, kind, is_new_line in _slots(tree):
        if is_new_line:
            last, held = "", None
        text = getattr(element, kind)
        if not text:
            continue
        first = text.lstrip(_BLANK_CHARACTERS)[:1]
        before, rest = text[: len(text) - len(text.lstrip(_BLANK_CHARACTERS))], text.rstrip(_BLANK_CHARACTERS)
        is_solid = bool(first and last) and not needs_space(last, first)
        if held and is_solid:
            setattr(held[0], held[1], getattr(*held).rstrip(" "))
        written = _BLANKS.sub(" ", _WRAP.sub(_joint, text))
        setattr(element, kind, written.lstrip(" ") if is_solid and "\n" in before else written)
        if first:
            last = rest[-1]
            held = (element, kind) if "\n" in text[len(rest) :] else None
        elif last and "\n" in text:
            held = held or (element, kind)


def _joint(wrap: "re.Match[str]") -> str:
    return " " if needs_space(wrap[1], wrap[2]) else ""


def _drop_link_lines(tree: "HtmlElement", kept: Container[str]) -> None:
    """Take out the lines that are nothing but links: menus, pagers, "read more".

    Args:
        tree: of the page.
        kept: the tags of blocks whose lines are kept.
    """
    links = {link for link in tree.iter("a") if not any(part.tag in BLOCKS for part in link.iterdescendants())}
    lines: list[list[tuple[HtmlElement, str]]] = []  # that are nothing but links
    line: list[tuple[HtmlElement, str]] = []
    has_link = has_text = False
    for element, kind, is_new_line in _slots(tree):
        if is_new_line:
            lines += [line] if has_link and not has_text else []
            line, has_link, has_text = [], False, False
        text = getattr(element, kind) or ""
        line.append((element, kind))
        holder = element if kind == "text" else element.getparent()
        if has_text or not _LETTER.search(text):
            continue
        is_link = any(part in links for part in (holder, *holder.iterancestors()))
        owner = next((part.tag for part in (holder, *holder.iterancestors()) if part.tag in BLOCKS), "")
        has_link = has_link or is_link
        has_text = not is_link or owner in kept or ends_with_stop(text, 0, len(text))
    lines += [line] if has_link and not has_text else []
    for element, kind in (slot for line in lines for slot in line):
        setattr(element, kind, None)


def split_tables(tree: "HtmlElement") -> None:
    """Make columns of the tables with prose in their cells, and take out the others, whose cells hold data."""
    columned: set[HtmlElement] = set()
    for element, kind, _ in _slots(tree):
        text = getattr(element, kind)
        if text and count_columns(text) >= MIN_PROSE_COLUMNS and SENTENCE_END.search(text):
            for table in (element, *element.iterancestors())[kind == "tail" :]:
                if table in columned:
                    break
                if table.tag == "table":
                    columned.add(table)
    for table in list(tree.iter("table")):
        if table not in columned:
            _drop(table)
    for part in tree.iter("table", "caption", "colgroup", "tbody", "thead", "tfoot", "tr", "td", "th"):
        part.tag = "div"


def to_line(text: str) -> str:
    """Return a text with one blank for each run of white space, and none around it."""
    return " ".join(text.split())


def count_columns(text: str) -> int:
    """Return how many columns a text takes, nearly."""
    return len(text) if text.isascii() else sum(2 if is_wide(character) else 1 for character in text)

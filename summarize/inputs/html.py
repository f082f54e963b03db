"""Web pages: HTML and XHTML, and pages that a browser saved as one file with their parts (MHTML), to their main text.

    bytes -> the page of an MHTML file -> text, by the encoding that it names -> a tree, within limits
          -> its main text (`main_text`) below its title

The encoding of a page is, as in a browser, that of its byte order mark, else the one that the user or the server named,
else the one in its <meta> or XML declaration; but a page that is UTF-8 is read so whatever it says of itself, for many
were converted and kept their <meta>.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from summarize.document import Source
from summarize.errors import InputError, check_extra
from summarize.inputs.flow import BLOCKS, BREAKS, FOUND_TAGS, Block, assemble_blocks
from summarize.inputs.paragraphs import declared_title, is_contents
from summarize.inputs.table import Options
from summarize.inputs.walls import is_login_wall
from summarize.interface import _
from summarize.text.decoding import BYTE_ORDER_MARKS, decode
from summarize.text.patterns import lazy_pattern

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# The tree of a page takes about ten times its size; trafilatura looks at the text of each element and of all those
# around it, and takes the square of the number of words that are marked in one paragraph. Within these limits the worst
# page takes half a minute.
MAX_BYTES = 32 << 20  # a page that holds its images is large
MAX_ELEMENTS = 150_000
MAX_DEPTH = 1000  # browsers stop at 512
MAX_MARKED = 10_000  # elements inside of one paragraph
MAX_NESTED_CHARS = 1_000_000_000  # of the text of each element, over all elements
MAX_ATTRIBUTE_PAIRS = 400_000_000  # of one element, over all elements: libxml2 looks for each in those before it

_HEAD_BYTES = 1 << 16  # that tell what something is
_META_BYTES = 1 << 13  # that hold the <meta>
_MAX_OUTSIDE_SHARE = 0.1  # of the text of a fragment that stands in none of its blocks
_NUM_FIRST_BLOCKS = 3  # one of which may say the title

_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_SUBTITLES = ("<tt ", "<tt>", "<tt:tt")  # TTML, whose paragraphs are named as those of pages
_OTHER_SUFFIXES = (".md", ".markdown", ".mdx", ".qmd", ".rmd", ".vue", ".svelte", ".jsx", ".xml", ".svg")
# What stands before the first tag that counts.
_PROLOGUE = lazy_pattern(r"(?:[\s\ufeff]+|<!--.*?-->|<\?.*?\?>|<!(?!doctype|--)[^>]*>)+", re.IGNORECASE | re.DOTALL)
_DOCUMENT = lazy_pattern(r"<!doctype\s+html\b|<html(?=[\s>/])", re.IGNORECASE)
_TAG = lazy_pattern(r"<(/?)([a-z][a-z0-9]*)(?=[\s>/])[^<>]*>", re.IGNORECASE)
_BLOCK_TAGS = (BLOCKS - {"hr", *FOUND_TAGS}) | {"head", "script", "style", "title"}
_WORD_TAGS = frozenset(
    (
        *("a", "abbr", "b", "big", "br", "button", "cite", "code", "del", "em", "font", "hr", "i", "img", "input"),
        *("ins", "kbd", "label", "link", "mark", "meta", "picture", "q", "s", "samp", "small", "source", "span"),
        *("strike", "strong", "sub", "sup", "svg", "time", "tt", "u", "var", "video", "wbr"),
    )
)
_MHTML_TYPE = lazy_pattern(r"^content-type:\s*multipart/related\b", re.IGNORECASE | re.MULTILINE)
_SAVED = lazy_pattern(r"^(?:snapshot-content-location:|from:.*saved by)", re.IGNORECASE | re.MULTILINE)
_SENT = lazy_pattern(r"^(?:to|received|message-id|return-path|delivered-to):", re.IGNORECASE | re.MULTILINE)
_HEADER_END = lazy_pattern(r"\r?\n\r?\n")
_CHARSET = lazy_pattern(r"""<meta\s[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
_XML_ENCODING = lazy_pattern(r"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""", re.IGNORECASE)
# Code points that no text of XML may have, and those that `flow` marks with.
_UNWRITABLE = lazy_pattern("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TITLE_BREAK = lazy_pattern(r"\s+[-–—|·•:»›/]{1,2}\s+|\s*(?:[|｜»]|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9]))\s*")


def recognise(content: bytes, suffix: str) -> bool:
    """Return whether something is a page: a document, or a fragment with nearly all of its text in blocks.

    XML of another kind is none, nor is Markdown that begins with a tag, nor a text that speaks of tags.
    """
    if _is_mhtml(content):
        return True
    head = _readable(content[:_HEAD_BYTES])
    prologue = _PROLOGUE.match(head)
    start = prologue.end() if prologue else 0
    if _DOCUMENT.match(head, start):
        return True
    if suffix in _SUFFIXES:
        return any(tag[2].lower() in _BLOCK_TAGS or tag[2].lower() == "br" for tag in _TAG.finditer(head))
    if not head.startswith("<", start) or suffix in _OTHER_SUFFIXES or "<?xml" in head[:start]:
        return False
    if head.startswith(_SUBTITLES, start):
        return False
    return _is_fragment(head[start:])


def read(content: bytes, options: Options) -> list[Source]:
    """Return the main text of a page, below its title.

    Raises:
        InputError: the page has no main text, or is too large or nested too deeply.
        MissingExtraError: trafilatura is not installed.
    """
    check_extra("web", ("trafilatura", "lxml", "lxml_html_clean"))
    from summarize.inputs.main_text import main_text

    if len(content) > MAX_BYTES:
        raise InputError(
            _("{name}: the page is larger than {most} MB; save its text instead").format(
                name=options.name, most=MAX_BYTES >> 20
            )
        )
    encoding = options.encoding
    if _is_mhtml(content):
        content, encoding = _page_of_mhtml(content, options)
    source = _decoded(content, encoding, options.name)
    tree = _parsed(source.text, options.name)
    blocks = main_text(lambda: _parsed(source.text, options.name)) if tree is not None else []
    if not blocks or tree is None:
        raise InputError(
            _(
                "{name}: the page has no main text; it may be a list of links, or be filled in by JavaScript: save it "
                "from a browser, or copy its text"
            ).format(name=options.name)
        )
    if is_login_wall(blocks):
        raise InputError(
            _(
                "{name}: the page only asks to sign in, to subscribe or to enable JavaScript; save it from a browser "
                "that shows its text"
            ).format(name=options.name)
        )
    blocks = [block for block in blocks if not (block.role == "heading" and is_contents(block.text))]
    title = _title(tree, blocks)
    text = assemble_blocks(_under_title(title, blocks))
    return [text.source("html", source.encoding, title=title, warnings=source.warnings)]


# What it is


def _readable(head: bytes) -> str:
    """Return the first bytes of something as text in which its tags can be read."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    if head[:1] and head[1:2] == b"\0":
        return head.decode("utf-16-le", "ignore")
    return head.decode("utf-16-be" if head[:1] == b"\0" else "latin-1", "ignore")


def _is_fragment(text: str) -> bool:
    """Whether most tags in a text are those of pages, and nearly all else stands in blocks, one of which ends."""
    depth = position = num_blocks = num_ends = num_other = num_inside = num_outside = 0
    for tag in _TAG.finditer(text):
        num_chars = len("".join(text[position : tag.start()].split()))
        num_inside += num_chars if depth else 0
        num_outside += 0 if depth else num_chars
        position = tag.end()
        name = tag[2].lower()
        if name in _BLOCK_TAGS:
            num_blocks += 1
            num_ends += bool(tag[1])
            depth = max(0, depth - 1) if tag[1] else depth + 1
        else:
            num_other += name not in _WORD_TAGS
    num_outside += 0 if depth else len("".join(text[position:].split()))
    return (
        num_ends > 0
        and num_inside > 0
        and num_other <= num_blocks
        and num_outside <= _MAX_OUTSIDE_SHARE * (num_inside + num_outside)
    )


def _is_mhtml(content: bytes) -> bool:
    """Whether something is a page with its parts in the form of a mail, which nobody has sent."""
    header = _HEADER_END.split(content[:_META_BYTES].decode("latin-1"), 1)[0]
    return _MHTML_TYPE.search(header) is not None and (
        _SAVED.search(header) is not None or _SENT.search(header) is None
    )


def _page_of_mhtml(content: bytes, options: Options) -> tuple[bytes, str | None]:
    """Return the page in an MHTML file, and the encoding that is named for it."""
    from email import message_from_bytes
    from email.errors import MessageError

    try:
        for part in message_from_bytes(content).walk():
            if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
                page = part.get_payload(decode=True)
                if isinstance(page, bytes):
                    return page, options.encoding or part.get_content_charset()
    except (MessageError, RecursionError, LookupError, ValueError):
        pass
    raise InputError(
        _("{name}: the MHTML file contains no page; save it again as a single HTML file").format(name=options.name)
    )


# What is in it


def _decoded(content: bytes, encoding: str | None, name: str) -> Source:
    """Return the source of a page."""
    if encoding is None and b"\x1b" not in content:  # with which ISO-2022 begins what is not ASCII
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return decode(content, encoding="utf-8", name=name)
    if encoding is None and (declared := _declared(content)):
        try:
            return decode(content, encoding=declared, name=name)
        except InputError:
            pass
    return decode(content, encoding=encoding, name=name)


def _declared(content: bytes) -> str | None:
    """Return the encoding that a page says it is in."""
    head = content[:_META_BYTES].decode("latin-1")
    found = _XML_ENCODING.match(head) or _CHARSET.search(head)
    return found[1] if found else None


def _parsed(text: str, name: str) -> "HtmlElement | None":
    """Return the tree of a page; None if there is nothing in it.

    Raises:
        InputError: it is too large.
    """
    from lxml.etree import ErrorTypes, ParserError
    from lxml.html import HTMLParser, document_fromstring

    _check_attributes(text, name)
    parser = HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        tree: HtmlElement = document_fromstring(_UNWRITABLE.sub("", text).encode("utf-8"), parser=parser)
    except ParserError:
        return None
    if any(error.type == ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise _too_deep(name)
    _check_size(tree, name)
    return tree


# As the standard of HTML cuts a start tag: a quotation mark counts only where a value begins.
_ATTRIBUTE = r"""(?:=[^\s/>=]*+|[^\s/>=]++)(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+"""
_ATTRIBUTES = lazy_pattern(_ATTRIBUTE)
_START_TAG = lazy_pattern(rf"<[A-Za-z][^\s/>]*+((?:[\s/]*+{_ATTRIBUTE})*+)")
_MIN_CHARS_OF_MANY = 2_000  # of attributes that are counted: fewer are never too many


def _check_attributes(text: str, name: str) -> None:
    """Refuse a page whose attributes would take too long to read, which cannot be seen after that any more."""
    num_pairs = 0
    for tag in _START_TAG.finditer(text):
        if tag.end(1) - tag.start(1) >= _MIN_CHARS_OF_MANY:
            num_pairs += sum(1 for _attribute in _ATTRIBUTES.finditer(tag[1])) ** 2
        if num_pairs > MAX_ATTRIBUTE_PAIRS:
            raise _too_large(name)


def _check_size(tree: "HtmlElement", name: str) -> None:
    """Refuse a tree that would take too long, and take out of it what a character reference has smuggled in."""
    from lxml.etree import iterwalk

    num_elements = num_nested = most_marked = 0
    num_marked = [0]  # elements in each open block
    depth = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        is_block = element.tag in BLOCKS
        if event == "end":
            depth -= 1
            if is_block:
                num_marked.pop()
            continue
        depth += 1
        num_elements += 1
        if is_block:
            num_marked.append(0)
        elif element.tag not in BREAKS:
            num_marked[-1] += 1
            most_marked = max(most_marked, num_marked[-1])
        for kind in ("text", "tail"):
            text = getattr(element, kind)
            if text:
                num_nested += depth * len(text)
                if _UNWRITABLE.search(text):
                    setattr(element, kind, _UNWRITABLE.sub("", text))
        if depth > MAX_DEPTH:
            raise _too_deep(name)
        if num_elements > MAX_ELEMENTS or most_marked > MAX_MARKED or num_nested > MAX_NESTED_CHARS:
            raise _too_large(name)


def _too_large(name: str) -> InputError:
    return InputError(_("{name}: the page is too large; save its text instead, or a part of it").format(name=name))


def _too_deep(name: str) -> InputError:
    return InputError(
        _("{name}: the elements of the page are nested too deeply; save its text instead").format(name=name)
    )


# What it is called


def _title(tree: "HtmlElement", blocks: Sequence[Block]) -> str:
    """Return the title of a page without the name of its site; empty if it has none.

    It is a heading with which the title in the head of the page begins, or a part of that title which is a heading or
    opens the text; else the heading that opens the text, if it is of the first rank; else what stands in that title
    before the first mark that parts titles from names; else the heading that opens the text, or the first.
    """
    head_title = declared_title(tree.findtext(".//title") or "") or ""
    shared = _line(next(iter(tree.xpath("//meta[@property='og:title']/@content")), ""))
    site = _line(next(iter(tree.xpath("//meta[@property='og:site_name']/@content")), ""))
    headings = [_line(heading.text_content()) for heading in tree.iter("h1", "h2")]
    firsts = [line for block in blocks[:_NUM_FIRST_BLOCKS] for line in block.text.split("\n")]
    for named in filter(None, (shared, head_title)):
        for heading in filter(None, headings):
            if named.startswith(heading) and heading != site:
                return heading
        segments = [segment for segment in _TITLE_BREAK.split(named) if segment and segment != site]
        for segment in segments:  # the last one may name the site, and a heading too
            if segment in firsts or (segment in headings and segment != segments[-1]):
                return segment
    if blocks[0].role == "heading" and any(
        _line(heading.text_content()) == blocks[0].text for heading in tree.iter("h1")
    ):
        return blocks[0].text
    for named in filter(None, (shared, head_title)):
        bare = named.removesuffix(site).rstrip(" -–—|·•:»›/_｜") if site else ""
        if bare and bare != named:
            return bare
        return next(iter(_TITLE_BREAK.split(named)), "") or named
    return blocks[0].text if blocks[0].role == "heading" else next(filter(None, headings), "")


def _line(text: str | None) -> str:
    return " ".join((text or "").split())


def _under_title(title: str, blocks: Sequence[Block]) -> list[Block]:
    """Return blocks below the title, which is written unless one of the first says it."""
    firsts = [line for block in blocks[:_NUM_FIRST_BLOCKS] for line in block.text.split("\n")]
    headed = list(blocks)
    if title and title not in firsts:
        headed.insert(0, Block(title, "heading"))
    return headed[:1] + [block for above, block in pairwise(headed) if block != above or block.role != "heading"]

"""Classification of text that is not prose, for the message that rejects it."""

import re
from collections import Counter

from summarize.interface import N_, _
from summarize.text.patterns import lazy_pattern

_MARKUP = (
    ("<svg", N_("an SVG image")),
    ("<urlset", N_("a sitemap")),
    ("<sitemapindex", N_("a sitemap")),
    ("<rss", N_("a news feed (RSS)")),
    ("<feed", N_("a news feed (Atom)")),
    ("<html", N_("the source of a web page")),
)
# Documents in XML, and what makes something of them that is read.
_TO_EPUB = N_("convert it to EPUB first, for example with ebook-convert")
_TO_PAGE = N_("convert it to HTML first, for example with pandoc")
_DOCUMENTS = (
    ("<fictionbook", N_("a FictionBook (.fb2)"), _TO_EPUB),
    ("docbook", N_("a document in DocBook"), _TO_PAGE),
    ("jats", N_("an article in JATS"), _TO_PAGE),
    ("<tei", N_("a document in TEI"), _TO_PAGE),
    ("<topic", N_("a document in DITA"), _TO_PAGE),
    ("<opml", N_("an outline (OPML)"), _TO_PAGE),
)
_DIFF = lazy_pattern(r"^(?:diff --git |@@ -\d|--- \S.*\n\+\+\+ )", re.M)
_SQL = lazy_pattern(
    r"^[ \t]*(?:insert into|create (?:table|or|database|index|function)|drop table|alter table|select )", re.M | re.I
)
_STYLE = lazy_pattern(
    r"(?<=[{;\s])(?:color|margin|padding|font|display|width|height|background|border|position|text|line|top|left|flex)"
    r"(?:-[a-z]+)*\s*:[^{}:;]{1,200}[;}]"
)
_HEX_LINE = lazy_pattern(r"^(?:0x)?[0-9a-f]{4,16}[: ]\s*(?:[0-9a-f]{2,8}[ \t]+){4}", re.M | re.I)
_LONG_TOKEN = lazy_pattern(r"[A-Za-z0-9+/=_-]{40,}")
_LOG_LINE = lazy_pattern(r"^[\[(]?(?:\d{4}[-/]\d\d[-/]\d\d[ T]|[A-Z][a-z]{2} +\d{1,2} |\d\d:\d\d:\d\d)", re.M)
_MINIFIED_CHARS = 1000
_JSON = lazy_pattern(r"[\[{]\s*[\[{\"\d\]}]")
_MANY_STYLES = 40


def describe_non_prose(sample: str) -> tuple[str, str]:
    """Return what a text looks like, and what to do with it, for a message; the latter may be empty."""
    opening = sample.lstrip()[:2000]
    num_chars = max(len("".join(sample.split())), 1)
    lines = [line for line in sample.splitlines() if line.strip()]
    if opening.startswith("-----BEGIN ") or "\n-----BEGIN " in sample:
        return _("a key or a certificate"), ""
    if opening.startswith("<"):
        small = opening.lower()
        if document := next((document for tag, *document in _DOCUMENTS if tag in small), None):
            return _(document[0]), _(document[1])
        return next((_(what) for tag, what in _MARKUP if tag in small), "XML"), ""
    if opening.startswith(('.\\"', "'\\\"", ".TH ", ".Dd ")):
        return _("the source of a manual page"), _("format it first, for example with man -l")
    if _DIFF.search(sample):
        return _("a diff"), ""
    if _SQL.search(sample):
        return "SQL", ""
    if sum(map(len, _LONG_TOKEN.findall(sample))) > num_chars / 2 and " " not in opening[:40]:
        return _("base64 or another encoding of bytes"), _("decode it first, for example with base64 -d")
    if 2 * len(_HEX_LINE.findall(sample)) > len(lines):
        return _("a hexdump"), _("convert it back first, for example with xxd -r")
    if _JSON.match(opening):
        return "JSON", ""
    if _has_rows(lines):
        return _("a table"), _("add --from records if one of its columns contains texts")
    if sum(map(str.isdigit, sample)) > num_chars / 2:
        return _("a table of numbers"), ""
    if 3 * len(_STYLE.findall(sample)) > len(lines) or len(_STYLE.findall(sample)) > _MANY_STYLES:
        return _("a style sheet (CSS)"), ""
    if 2 * len(_LOG_LINE.findall(sample)) > len(lines):
        return _("a log"), ""
    if max(map(len, lines), default=0) > _MINIFIED_CHARS:
        return _("minified code or data"), ""
    return _("code or data"), ""


def _has_rows(lines: list[str]) -> bool:
    """Return whether most lines have the same number of the same marks between their cells."""
    for mark in "\t,;|":
        counts = Counter(line.count(mark) for line in lines if mark in line.rstrip(",; "))
        if counts:
            num_marks, num_lines = counts.most_common(1)[0]
            if num_marks > (mark != "\t") and num_lines >= 3 and 10 * num_lines > 8 * len(lines):
                return True
    return False

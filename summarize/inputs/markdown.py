"""Markdown: its text without marks, code, tables of figures, images, comments and menus.

Parsed by markdown-it-py as CommonMark with tables; what dialects add is dealt with before (`markdown_lines`) or in the
text of a paragraph (`markdown_inline`).
"""

from dataclasses import replace

from summarize.document import Source
from summarize.inputs.refusal import refuse_non_prose
from summarize.inputs.table import Options
from summarize.inputs.writing import Writer
from summarize.text.patterns import lazy_pattern

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
    from summarize.inputs.markdown_body import MarkdownBody
    from summarize.inputs.markdown_lines import prepare

    prepared, title = prepare(text)
    body = MarkdownBody(writer, prepared)
    body.write()
    return title or body.title

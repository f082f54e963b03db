"""reStructuredText (.rst), in which Python and Linux write their documents, to what a reader of the page would see.

Left out are directives without prose (images, code, tables, contents), comments, targets, footnotes, fields, literal
blocks and tables; of what is marked inside of a line the text stays.

Source: https://docutils.sourceforge.io/docs/ref/rst/restructuredtext.html. Read by hand: docutils reports what it does
not know, as the directives of Sphinx, and loses the lines.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from summarize.document import Source
from summarize.inputs.composition import numbered_lines
from summarize.inputs.table import Options
from summarize.inputs.writing import WRAP, Run, Writer
from summarize.text.patterns import lazy_pattern

_SUFFIXES = (".rst", ".rest")
_SAMPLE_CHARS = 20_000
_MIN_ROLES = 3
MAX_DEPTH = 50  # of blocks in blocks; what is deeper is read as plain paragraphs
_DIRECTIVE = lazy_pattern(r"\.\. (?:\|[^|]+\| )?(?P<name>[\w:+.-]+)::(?: +(?P<argument>.*))?")
_KNOWN_DIRECTIVE = lazy_pattern(
    r"(?m)^\.\. (?:contents|toctree|note|warning|code(?:-block)?|image|figure|math|module|index|highlight|seealso)::"
)
_ADORNMENT = lazy_pattern(r"([=\-`:.'\"~^_*+#<>])\1{2,}\s*")
_FIELD = lazy_pattern(r":[^:`\s][^:`]{0,60}:(?:\s|\Z)")
_BULLET = lazy_pattern(r"[-*+•](?: +|\Z)")
_NUMBER = lazy_pattern(r"(?P<number>\(?(?:\d{1,3}|#|[a-zA-Z]|[ivx]{1,5})[.)]) +")
_TABLE = lazy_pattern(r"\+[-=]{2,}[+\-=]*\+?\s*|={2,}(?: +={2,})+\s*")
_WITHOUT_PROSE = frozenset(
    (
        *(
            "image",
            "figure",
            "code",
            "code-block",
            "sourcecode",
            "literalinclude",
            "parsed-literal",
            "highlight",
            "raw",
        ),
        *("table", "csv-table", "list-table", "math", "productionlist", "graphviz", "plot", "toctree", "contents"),
        *("include", "index", "testcode", "testsetup", "testoutput", "doctest", "ipython", "meta", "sectionauthor"),
        *("moduleauthor", "codeauthor", "currentmodule", "module", "role", "default-role", "class", "rst-class"),
        *("tabularcolumns", "section-numbering", "sectnum", "header", "footer", "date", "replace", "unicode", "title"),
        *(
            "only",
            "kernel-doc",
            "program",
            "cssclass",
            "grid",
            "video",
            "youtube",
            "mermaid",
            "digraph",
            "target-notes",
        ),
    )
)
_ADMONITIONS = frozenset(  # whose argument is prose
    (
        *("note", "warning", "tip", "important", "attention", "caution", "danger", "error", "hint", "seealso"),
        *("versionadded", "versionchanged", "deprecated", "todo"),
    )
)
_HEADED = frozenset(("admonition", "topic", "sidebar", "rubric"))  # whose argument is a heading

_LITERAL = lazy_pattern(r"``(.{1,400}?)``(?=[^`]|\Z)", re.S)
_LINK = lazy_pattern(r"`([^`<]{1,1000}?)\s*<[^`>]{1,1000}>`__?", re.S)
_ROLE = lazy_pattern(
    r":(?P<kind>[\w:+.-]{1,40}):`(?P<short>~?)!?(?P<name>[^`<]{1,1000}?)(?:\s*<[^`>]{1,1000}>)?`", re.S
)
_REFERENCE = lazy_pattern(r"`([^`]{1,1000})`(?:__?)?", re.S)
_NOTE = lazy_pattern(r"\s?\[(?:\d{1,3}|#[\w-]*|\*|[A-Za-z][\w.-]{0,30})\]_(?!\w)")
_STRONG = lazy_pattern(r"(?<![\w*])\*\*(?=\S)(.{1,200}?)(?<=\S)\*\*(?!\w)", re.S)
_EMPHASIS = lazy_pattern(r"(?<![\w*])\*(?=[^\s*])([^*]{1,200}?)(?<=\S)\*(?![\w*])", re.S)
_SUBSTITUTION = lazy_pattern(r"(?<!\w)\|([^|\s][^|\n]{0,100}?)\|_{0,2}(?!\w)")
_WORD_REFERENCE = lazy_pattern(r"(?<![\w_])([A-Za-z][\w.-]{0,80}?[A-Za-z0-9])__?(?![\w_])")
_ESCAPED = lazy_pattern(r"\\(?: |(.))")


def recognise(content: Source, suffix: str) -> bool:
    """Return whether a text is reStructuredText: by its name, or by directives and roles that no other text has."""
    sample = content.text[:_SAMPLE_CHARS]
    return (
        suffix in _SUFFIXES or _KNOWN_DIRECTIVE.search(sample) is not None or len(_ROLE.findall(sample)) >= _MIN_ROLES
    )


def read(content: Source, options: Options) -> list[Source]:
    """Return the text, with its headings as chapters."""
    reader = _Reader(numbered_lines(content.text.removeprefix("\ufeff")))
    reader.read(0, len(reader.lines), 0)
    source = reader.writer.source(content.encoding, "rst", reader.title)
    return [replace(source, warnings=content.warnings)]


class _Reader:
    """Reads lines, block by block.

    Args:
        lines: all of them.
    """

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = [line.expandtabs(8).rstrip() for line in lines]
        self.writer = Writer()
        self.title: str | None = None
        self._adornments: list[str] = []  # of headings, the highest first
        self._depth = 0

    def read(self, start: int, end: int, indent: int) -> None:
        """Read the lines from one to another, whose text begins at a column."""
        self._depth += 1
        index = start
        while index < end:
            if not self.lines[index]:
                index += 1
            elif self._depth > MAX_DEPTH:
                index = self._read_paragraph(index, self._end_of_paragraph(index, end), 0, end)
            else:
                index = max(index + 1, self._read_block(index, end, indent))
        self._depth -= 1

    def _read_block(self, index: int, end: int, indent: int) -> int:
        """Read what begins on a line, and return where the next block may begin."""
        line = self.lines[index][indent:] if self._indent(index) >= indent else self.lines[index].lstrip()
        if line.startswith((" ", "\t")):
            return self._read_inner(index, end)
        if line.startswith((".. ", "__ ")) or line == "..":
            return self._read_markup(line, index, end, indent)
        if _FIELD.match(line):
            return self._end_of_inner(index + 1, end, indent)
        if line.startswith(">>> "):
            return self._end_of_paragraph(index, end)
        if _TABLE.fullmatch(line):
            return self._end_of_table(index, end)
        if end_index := self._read_heading(index, end, indent):
            return end_index
        if mark := _BULLET.match(line) or _NUMBER.match(line):
            return self._read_item(mark, index, end, indent)
        return self._read_paragraph(index, self._end_of_text(index, end, indent), indent, end)

    def _indent(self, index: int) -> int:
        line = self.lines[index]
        return len(line) - len(line.lstrip())

    def _read_inner(self, index: int, end: int) -> int:
        """Read what is set in: a quotation, or the explanation of a word."""
        indent = self._indent(index)
        end_index = self._end_of_inner(index, end, indent - 1)
        self.read(index, end_index, indent)
        return end_index

    def _end_of_inner(self, index: int, end: int, indent: int) -> int:
        """Return where the lines end that are set in farther than a column."""
        while index < end and (not self.lines[index] or self._indent(index) > indent):
            index += 1
        return index

    def _end_of_paragraph(self, index: int, end: int) -> int:
        while index < end and self.lines[index]:
            index += 1
        return index

    def _end_of_table(self, index: int, end: int) -> int:
        """Return where a table ends: after its last line of marks, or of its rows."""
        if self.lines[index].lstrip().startswith("+"):
            return self._end_of_paragraph(index, end)
        rules = [index]
        for number in range(index + 1, end):
            if _TABLE.fullmatch(self.lines[number].lstrip()):
                rules.append(number)
                if number + 1 >= end or not self.lines[number + 1]:
                    break
        return rules[-1] + 1

    def _end_of_text(self, index: int, end: int, indent: int) -> int:
        """Return where a paragraph ends: at a blank line, or one that is set in or out."""
        end_index = index + 1
        while end_index < end and self.lines[end_index] and self._indent(end_index) == indent:
            end_index += 1
        return end_index

    def _read_markup(self, line: str, index: int, end: int, indent: int) -> int:
        """Read a directive with prose in it, and leave out any other, a comment, a footnote, a target."""
        end_index = self._end_of_inner(index + 1, end, indent)
        directive = _DIRECTIVE.match(line)
        name = directive["name"].rpartition(":")[2] if directive else ""
        if directive is None or name in _WITHOUT_PROSE or line.startswith(".. |"):
            self.writer.announce_nothing()
            return end_index
        argument, first = directive["argument"] or "", index + 1
        if name not in _ADMONITIONS:  # a signature may go on
            first = self._end_of_paragraph(first, end_index)
        first = next((number for number in range(first, end_index) if self.lines[number]), end_index)
        inner = self._indent(first) if first < end_index else indent
        while first < end_index and _FIELD.match(self.lines[first].lstrip()):  # its options
            first += 1
        if argument and name in _HEADED:
            self.writer.heading(_runs([(argument, index + 1)]), len(self._adornments) + 3)
        elif name in _ADMONITIONS and not argument.replace(".", "").isdigit():
            self.writer.paragraph(_runs([(argument, index + 1)]))
        self.read(first, end_index, inner)
        return end_index

    def _read_heading(self, index: int, end: int, indent: int) -> int:
        """Read a heading with the marks below it, and perhaps above; return where it ends, 0 if there is none."""
        over = _ADORNMENT.fullmatch(self.lines[index][indent:])
        title_index = index + (over is not None)
        if title_index + 1 >= end or not self.lines[title_index].strip():
            return 0
        under = _ADORNMENT.fullmatch(self.lines[title_index + 1][indent:])
        if under is None or (over is not None and under[1] != over[1]):
            return title_index + 1 if over is not None and index + 1 < end and not self.lines[index + 1] else 0
        style = under[1] * (1 + (over is not None))
        if style not in self._adornments:
            self._adornments.append(style)
        runs = _runs([(self.lines[title_index].strip(), title_index + 1)])
        heading = self.writer.heading(runs, self._adornments.index(style) + 1)
        self.title = self.title or heading or None
        return title_index + 2

    def _read_item(self, mark: re.Match[str], index: int, end: int, indent: int) -> int:
        """Read an item of a list, with further paragraphs in it."""
        inner = indent + mark.end()
        end_index = index + 1
        while end_index < end and self.lines[end_index] and self._indent(end_index) >= inner:
            end_index += 1
        label = mark.groupdict().get("number") or "-"
        self._read_paragraph(index, end_index, inner, end, label="-" if "#" in label else label)
        rest = self._end_of_inner(end_index, end, inner - 1)
        self.read(end_index, rest, inner)
        return rest

    def _read_paragraph(self, index: int, end_index: int, indent: int, end: int, label: str = "") -> int:
        """Write a paragraph; after one that ends in `::` stands what is literal, and is left out."""
        lines = [(self.lines[number][indent:].strip(), number + 1) for number in range(index, end_index)]
        lines = [(text.removeprefix("| ") if text != "|" else "", number) for text, number in lines]
        is_literal = lines[-1][0].endswith("::")
        if is_literal:
            lines[-1] = (re.sub(r"\s*::\Z", "" if lines[-1][0] in ("::",) else ":", lines[-1][0]), lines[-1][1])
        runs = _runs(lines)
        if label and runs:
            runs.insert(0, (f"{label} ", index + 1))
        self.writer.paragraph(runs, is_item=bool(label))
        if not is_literal:
            return end_index
        self.writer.announce_nothing()
        first = next((number for number in range(end_index, end) if self.lines[number]), end)
        return self._end_of_inner(first, end, self._indent(index)) if first < end else end


def _runs(lines: Sequence[tuple[str, int]]) -> list[Run]:
    """Return the lines of a paragraph as they read, without what is marked in them."""
    text = _plain("\n".join(line for line, _ in lines))
    runs: list[Run] = []
    for line, number in _numbered(text, lines):
        if runs:
            runs.append((WRAP, number))
        runs.append((line, number))
    return runs


def _numbered(text: str, lines: Sequence[tuple[str, int]]) -> Iterator[Run]:
    for line, (_, number) in zip(text.split("\n"), lines, strict=False):
        yield line.strip(), number


def _named(role: re.Match[str]) -> str:
    """Return what a role shows of a name: `:mod:`json`` json, `:meth:`~a.B.c`` c, `:rfc:`7159`` RFC 7159."""
    if role["kind"] in ("rfc", "pep"):
        return f"{role['kind'].upper()} {role['name']}"
    return role["name"].rpartition(".")[2] if role["short"] else role["name"]


def _plain(text: str) -> str:
    """Return a text without the marks in it; its line ends stay."""
    literals: list[str] = []

    def keep(match: re.Match[str]) -> str:
        literals.append(match[1] or "")
        return f"\0{len(literals) - 1}\0"

    text = _ESCAPED.sub(keep, _LITERAL.sub(keep, text))
    text = _LINK.sub(r"\1", text)
    text = _ROLE.sub(_named, text)
    text = _NOTE.sub("", text)
    text = _REFERENCE.sub(r"\1", text)
    text = _EMPHASIS.sub(r"\1", _STRONG.sub(r"\1", text))
    text = _WORD_REFERENCE.sub(r"\1", _SUBSTITUTION.sub(r"\1", text))
    return re.sub("\0(\\d+)\0", lambda match: literals[int(match[1])], text)

"""The lines of Markdown before they are parsed: what dialects add to it is taken out, or put as Markdown has it.

Front matter, comments, formulas on lines of their own, definitions of footnotes, frames around notes (`!!! note`,
`:::tip`, `> [!NOTE]`), imports of MDX, tags of Liquid. No line is added or lost, so that numbers of lines stay.
"""

import re

from summarize.text.patterns import lazy_pattern

_LINE_END = lazy_pattern(r"\r\n|\r|\n")
_KEY = lazy_pattern(r"[\w-]{1,60}[ \t]*[:=]|[ \t]+\S|[ \t]*-|#|[\]}]")
_TITLE = lazy_pattern(r"""["']?title["']?[ \t]*[:=][ \t]*(?P<title>.*)""", re.I)
_MAX_FRONT_LINES = 200
_MAX_FORMULA_LINES = 100
_MAX_IMPORT_LINES = 100

_FENCE = lazy_pattern(r"[ \t>]*+(?:(?:[-*+]|\d{1,9}[.)])[ \t]++)?(?P<fence>`{3,}+|~{3,}+)[ \t]*+(?P<info>[^`]*+)\Z")
# Of MyST: these hold text.
_FENCED_TEXT = lazy_pattern(
    r"\{(?:note|tip|hint|important|warning|caution|danger|attention|error|seealso|admonition|epigraph|pull-quote|topic"
    r"|sidebar|versionadded|versionchanged|deprecated)\}"
)
_COMMENT = lazy_pattern(r"(?<!`)(?P<opens><!--|\{/\*)|(?<!\S)%%.{1,500}?%%(?!\S)")
_COMMENT_ENDS = {"<!--": "-->", "{/*": "*/}"}
_QUOTED_NOTE = lazy_pattern(r"(?P<quote>[ \t]*+(?:>[ \t]*+)+)\[!\w{1,20}\][+-]?[ \t]*+(?P<title>.*)")
_FRAMED_NOTE = lazy_pattern(
    r"""(?P<indent>[ \t]*+)(?:!!!|\?\?\?\+?|===[+!]?(?=[ \t]*+["']))[ \t]*+[\w -]*+(?P<title>["'].*)?\Z"""
)
_COLON_FENCE = lazy_pattern(
    r"[ \t>]*+:{3,}+[ \t]*+(?:\{[^{}]*+\}|[\w-]*+)(?:\[(?P<label>[^\[\]]*+)\])?(?P<title>[^{}]*+)(?:\{[^{}]*+\})?\s*\Z"
)
_NOTE_OPTION = lazy_pattern(r":[\w-]{1,30}:(?: .*)?\Z")
_FOOTNOTE = lazy_pattern(r" {0,3}\[\^[^\]\s]{1,60}\]:")
_FORMULA = lazy_pattern(r"[ \t>]*+(?P<opens>\$\$|\\\[)")
_LIQUID_CODE = lazy_pattern(r"[ \t]*+\{(?:%-?|\{<)[ \t]*(?P<tag>highlight|raw|codeblock|mermaid)\b")
_IMPORT = lazy_pattern(r"import\b.*['\"][ \t]*;?[ \t]*\Z")
_EXPORT = lazy_pattern(r"export[ \t]+(?:const|default|function|let|async)\b")
# Without the blank that has to stand there, or with a wide one; a single mark also opens a tag.
_WIDE = "[\u2e80-\u2fff\u3001-\U0003ffff]"
_TIGHT_HEADING = lazy_pattern(rf"(?P<marks>#{{2,6}})\u3000*(?={_WIDE})|(?P<mark>#)(?:\u3000+|(?={_WIDE}[^\s#]*\Z))")
# `{: .class }`, a place for the contents, a page break, several tags.
_NO_TEXT = lazy_pattern(
    r"[ \t]*+(?:\{:[^{}]*\}|\[\[?_?TOC_?\]?\]|@\[toc\].*|\\(?:newpage|pagebreak|tableofcontents)"
    r"|(?:#[^\s#]+[ \t]*){2,40})",
    re.I,
)
_DEEPER = ("    ", "\t")


def prepare(text: str) -> tuple[str, str | None]:
    """Return Markdown that a parser of the common kind understands, and the title in its front matter."""
    lines = _LINE_END.split(text)
    title = _take_front_matter(lines)
    fences = _Fences(lines)
    number = 0
    while number < len(lines):
        if lines[number].strip():
            _take_comments(lines, number, fences.unclosed)
        number = fences.skip(number) or _take(lines, number) or number + 1
    return "\n".join(lines), title


def _take_front_matter(lines: list[str]) -> str | None:
    """Empty the lines of YAML or TOML at the top, and return the title there."""
    first = next((number for number, line in enumerate(lines[:5]) if line.strip("\ufeff \t")), 0)
    mark = lines[first].rstrip()
    if mark not in ("---", "+++"):
        return None
    ends = (mark, "...") if mark == "---" else (mark,)
    title = None
    for number in range(first + 1, min(len(lines), first + _MAX_FRONT_LINES)):
        line = lines[number].rstrip()
        if line in ends:
            _empty(lines, first, number + 1)
            return title
        if line and not _KEY.match(line):
            return None
        if title is None and (match := _TITLE.match(line)):
            title = match["title"].strip()
            if title in ("|", ">", "|-", ">-") and number + 1 < len(lines):
                title = lines[number + 1].strip()
            title = title.strip("\"'") or None
    return None


def _empty(lines: list[str], start: int, end: int) -> None:
    lines[start:end] = [""] * len(lines[start:end])


def _take_comments(lines: list[str], number: int, unclosed: dict[str, int]) -> None:
    """Take the comments of HTML, MDX and Obsidian that open in a line out of it and out of those that they run over."""
    line = lines[number]
    if "<!--" not in line and "{/*" not in line and "%%" not in line:
        return
    if line.strip() == "%%":
        _take_until(lines, number, len(line), "%%")
        return
    kept: list[str] = []
    position = 0
    while match := _COMMENT.search(line, position):
        end = match.end()
        if opener := match["opens"]:
            closer = _COMMENT_ENDS[opener]
            end = line.find(closer, match.end()) + len(closer)
            if end < len(closer):
                last = None if opener in unclosed else _line_with(lines, number + 1, closer)
                if last is None:
                    unclosed[opener] = 0
                    break
                rest = lines[last].partition(closer)[2]
                lines[number] = "".join(kept) + line[position : match.start()]
                _empty(lines, number + 1, last)
                lines[last] = rest  # it is looked at when its turn comes
                return
        kept.append(line[position : match.start()])
        position = end
    lines[number] = "".join(kept) + line[position:]


def _line_with(lines: list[str], start: int, mark: str) -> int | None:
    """Return the first line from one on that has a mark in it."""
    return next((number for number in range(start, len(lines)) if mark in lines[number]), None)


class _Fences:
    """Fenced code; one that is never closed is none.

    Args:
        lines: of the text.
    """

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self.unclosed: dict[str, int] = {}  # to a mark, how long a fence is that nothing closes any more

    def skip(self, number: int) -> int | None:
        """Return the line after the fence that opens in one, None if none does.

        The frame of one that holds a note is taken away, and so is a mark that is never closed.
        """
        line = self._lines[number]
        if "```" not in line and "~~~" not in line:
            return None
        match = _FENCE.match(line)
        if match is None:
            return None
        fence = match["fence"]
        end = self._find_end(number, fence)
        if end is None:
            self._lines[number] = line[: match.start("fence")]
            return number + 1
        if _FENCED_TEXT.match(match["info"]):
            self._lines[number] = self._lines[end] = ""
            return number + 1
        return end + 1

    def _find_end(self, number: int, fence: str) -> int | None:
        mark = fence[0]
        if len(fence) >= self.unclosed.get(mark, len(fence) + 1):
            return None
        for end in range(number + 1, len(self._lines)):
            closer = self._lines[end].strip(" \t>")
            if len(closer) >= len(fence) and closer.strip(mark) == "":
                return end
        self.unclosed[mark] = len(fence)
        return None


def _take(lines: list[str], number: int) -> int | None:
    """Take out or change what opens in a line, and return the line to continue with if it is not the next."""
    line = lines[number]
    opening = line.lstrip(" \t>")[:1]
    if opening == "[":
        return _take_bracket(lines, number)
    if opening == "#" and (match := _TIGHT_HEADING.match(line)):
        lines[number] = f"{match['marks'] or match['mark']} {line[match.end() :]}"
    elif opening and opening in "!?=":
        _take_framed_note(lines, number)
    elif opening and opening in "$\\" and (match := _FORMULA.match(line)):
        return _take_until(lines, number, match.end(), "$$" if match["opens"] == "$$" else "\\]")
    elif opening == ":":
        if match := _COLON_FENCE.match(line):
            title = (match["label"] or match["title"]).strip()
            lines[number] = f"{title}  " if title else ""
        elif _NOTE_OPTION.match(line):
            lines[number] = ""
    elif opening == "{" and (match := _LIQUID_CODE.match(line)):
        return _take_until(lines, number, match.end(), f"end{match['tag']}", f"/{match['tag']}", f"/ {match['tag']}")
    elif line.startswith("import ") and _IMPORT.match(line):
        lines[number] = ""
    elif line.startswith("export ") and _EXPORT.match(line):
        return _take_export(lines, number)
    if opening and opening in "{@\\#" and _NO_TEXT.fullmatch(lines[number]):
        lines[number] = ""
    return None


def _take_bracket(lines: list[str], number: int) -> int | None:
    """Take out the definition of a footnote, the mark of a quoted note, and the place of a table of contents."""
    line = lines[number]
    if match := _QUOTED_NOTE.match(line):
        title = match["title"].strip()
        lines[number] = f"{match['quote']}{title}  " if title else match["quote"]
    elif _FOOTNOTE.match(line):
        end = number + 1
        while end < len(lines) and (
            lines[end].startswith(_DEEPER)
            if not lines[end - 1].strip()
            else not (lines[end].startswith("#") or _FOOTNOTE.match(lines[end]))
        ):
            end += 1
        _empty(lines, number, end)
        return end
    elif _NO_TEXT.fullmatch(line):
        lines[number] = ""
    return None


def _take_framed_note(lines: list[str], number: int) -> None:
    """Put the title of a note, `!!! note "Title"`, in the place of its frame, and its text at the margin."""
    match = _FRAMED_NOTE.match(lines[number])
    if match is None:
        return
    indent = match["indent"]
    title = (match["title"] or "").strip(" \"'")
    lines[number] = f"{indent}{title}  " if title else ""
    for inner in range(number + 1, len(lines)):
        line = lines[inner]
        if not line.strip():
            continue
        deeper = next((blanks for blanks in _DEEPER if line.startswith(indent + blanks)), None)
        if deeper is None:
            return
        lines[inner] = indent + line[len(indent) + len(deeper) :]


def _take_until(lines: list[str], number: int, position: int, *ends: str) -> int | None:
    """Empty the lines from one on up to the next that has an end in it, if it is not far.

    Args:
        lines: of the text.
        number: the first line.
        position: where in it the end may stand.
        ends: what it may be; what stands after it on its line stays, except for a tag that is not closed there.
    """
    for last in range(number, min(len(lines), number + _MAX_FORMULA_LINES)):
        found = [place for end in ends if (place := lines[last].find(end, position) + len(end)) >= len(end)]
        if found:
            rest = lines[last][min(found) :]
            _empty(lines, number, last + 1)
            lines[last] = "" if "}" in rest else rest
            return last + 1
        position = 0
    return None


def _take_export(lines: list[str], number: int) -> int:
    """Empty what MDX exports, to the next empty line."""
    end = number + 1
    while end < min(len(lines), number + _MAX_IMPORT_LINES) and lines[end].strip():
        end += 1
    _empty(lines, number, end)
    return end

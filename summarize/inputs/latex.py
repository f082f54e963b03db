r"""LaTeX: its text without commands, comments, figures, tables and references; formulas are written on one line.

The text is gone through once, from command to command (`_Reader`); what a macro without arguments stands for is put in
its place. A file that is named by `\input` is not read, and a warning says so.
"""

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace
from itertools import groupby

from summarize.document import Source
from summarize.errors import InputError, check_extra
from summarize.inputs.refusal import refuse_non_prose
from summarize.inputs.table import Options
from summarize.inputs.writing import WRAP, Run, Writer
from summarize.interface import _, join_first
from summarize.text.marks import ends_with_stop
from summarize.text.patterns import lazy_pattern
from summarize.text.printing import printable

_NAME = "latex"
_SUFFIXES = (".tex", ".ltx", ".latex")
_NOT_SUFFIXES = (".md", ".markdown", ".mdx", ".qmd", ".rmd")  # which hold formulas
_SAMPLE_CHARS = 1 << 16
_DOCUMENT = lazy_pattern(r"^[ \t]*\\(?:documentclass|documentstyle|begin\{document\})", re.M)
_SIGNS = (
    lazy_pattern(r"^[ \t]*\\(?:sub)*(?:section|chapter)\*?(?:\[[^\]\n]*\])?\{", re.M),
    lazy_pattern(
        r"^[ \t]*\\begin\{(?:abstract|itemize|enumerate|figure|table|theorem|proof|frame|equation|align)\*?\}", re.M
    ),
    lazy_pattern(
        r"^[ \t]*\\(?:usepackage|maketitle|tableofcontents|bibliography|newcommand|item\b|label\{|input\{)", re.M
    ),
    lazy_pattern(r"\\(?:cite[tp]?|ref|eqref|footnote|emph|textbf)\{"),
)
_MAX_NAMED = 8  # files in a warning


def recognise(content: Source, suffix: str) -> bool:
    """Return whether a text is LaTeX, by its suffix or its commands."""
    if suffix in _SUFFIXES or suffix in _NOT_SUFFIXES:
        return suffix in _SUFFIXES
    sample = content.text[:_SAMPLE_CHARS]
    return _DOCUMENT.search(sample) is not None or sum(sign.search(sample) is not None for sign in _SIGNS) >= 2


def read(content: Source, options: Options) -> list[Source]:
    """Return the text of LaTeX, one.

    Raises:
        InputError: all its text is in other files, or it is a program.
        MissingExtraError: the library with the names of characters is missing.
    """
    check_extra("latex", ("pylatexenc",))
    reader = _Reader(content.text)
    source = reader.read(content.encoding)
    files = list(dict.fromkeys(map(printable, reader.files)))
    named = join_first(files, _MAX_NAMED)
    if not source.text and files:
        raise InputError(
            _("{name}: its text is in other files; summarize these instead: {files}").format(
                name=options.name, files=named
            )
        )
    if not source.text:
        return []
    refuse_non_prose(source, options)  # macros of TeX
    warnings = list(content.warnings)
    if files:
        warnings.append(
            _("{name}: files that it includes are not read: {files}").format(name=options.name, files=named)
        )
    return [replace(source, warnings=tuple(warnings))]


_TOKEN = lazy_pattern(
    r"(?P<command>\\(?:[A-Za-z@]+\*?|[^A-Za-z@]|\Z))|(?P<comment>%[^\n]*(?:\n[ \t]*|\Z))|(?P<open>\{)|(?P<close>\})"
    r"|(?P<math>\$\$?)|(?P<blank>[ \t]*\n\s*)|(?P<tie>~)|(?P<text>[^\\%{}$\n~]+)",
    re.S,
)
_BRACE = lazy_pattern(r"\\(?:url|path|nolinkurl|href)(?P<plain>\{[^{}\s]*\})|\\.|%[^\n]*|[{}]", re.S)
_BEFORE_ARGUMENT = lazy_pattern(r"[ \t]*+(?:%[^\n]*+\n[ \t]*+|\n[ \t]*+(?!\s*\n))?")
_TEX_MACRO = lazy_pattern(r"\s*+\\(?P<name>[A-Za-z@]+)\s*+(?P<arguments>(?:#\d|\[[^\]\n]{0,80}\])*)")
_LATEX_MACRO = lazy_pattern(r"\*?\s*+\{?\s*+\\(?P<name>[A-Za-z@]+)\s*+\}?\s*+(?:\[(?P<arguments>\d)\])?")
_TYPED_MARK = lazy_pattern(r"---|--|``|''|(?<=\w)'(?=\w)|`|,,")
_TYPED_MARKS = {"---": "—", "--": "–", "``": "“", "''": "”", "'": "’", "`": "‘", ",,": "„"}
_EMPTY_BRACKETS = lazy_pattern(r"[ \t]?[(\[（](?:\s|see|cf\.|e\.g\.|参见|见|如|[,;，；、~–-])*[)\]）]")
_BARE_FILE = lazy_pattern(r"[ \t]+(?P<file>[\w./-]+)")
_DIMENSION = lazy_pattern(
    r"\s{0,3}=?\s{0,3}-?(?:\d+(?:\.\d*)?|\.\d+)\s?(?:true)?(?:pt|em|ex|cm|mm|in|bp|pc|sp|dd|mu|\\\w+)"
    r"(?:\s(?:plus|minus)\s?[\d.]+\s?\w{2,4}){0,2}"
)
_WORDY = lazy_pattern(r"[^\W_]")
_BLANKS = lazy_pattern(r"[ \t]{2,}")
_FIRST_WIDE = "\u2e80"
_MAX_OPTION_CHARS = 1000
_MAX_FORMULA_CHARS = 2000
_MAX_DISPLAYED_CHARS = 120  # of a formula on lines of its own that is read within its sentence
_PARAMETER = lazy_pattern(r"#([1-9])")
_MAX_LINE_CHARS = 400  # of a title, of what a macro stands for
_MAX_DEPTH = 8  # of macros in macros
_MAX_HEADING_CHARS = 80
_MAX_UNCLOSED = 100  # environments that are looked for in vain
_LEFT_OUT = " […] "


class _Reader:
    """Reads LaTeX.

    Args:
        text: all of it.
        macros: what those of the text stand for, if it is a part of another.
    """

    def __init__(self, text: str, macros: "_Macros | None" = None) -> None:
        self._text = text
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._closers = _match_braces(text)
        self._writer = Writer()
        self._runs: list[Run] = []
        self._level: int | None = None  # of the heading that is read
        self._is_item = False
        self._braces: list[Callable[[], None] | None] = []  # what is done where they close
        self._numbers: list[int | None] = []  # of the lists that are open, that of the next item
        self._macros = macros or _Macros()
        self._unclosed: set[str] = set()  # environments that nothing closes any more
        self._has_chapters = "\\chapter" in text
        self._title: str | None = None
        self.files: list[str] = []

    def read(self, encoding: str) -> Source:
        """Return the text; of a whole document that of its body."""
        begin, end = self._body()
        self._read_preamble(begin)
        self._go_through(begin, end)
        self._end_paragraph()
        return self._writer.source(encoding, _NAME, self._title)

    def _body(self) -> tuple[int, int]:
        """Return where the body of a document begins and ends; of a chapter, which may show a document, all of it."""
        opening = _DOCUMENT.search(self._text)
        if opening is None or 0 <= self._text.find("\\begin{") < opening.start():
            return 0, len(self._text)
        begin = max(self._text.find("\\begin{document}"), 0)
        end = self._text.rfind("\\end{document}")
        return begin, end if end > begin else len(self._text)

    def line(self) -> str:
        """Return the text as one line."""
        self._go_through(0, len(self._text))
        self._end_paragraph()
        return " ".join(self._writer.source("utf-8", _NAME).text.split())

    def _read_preamble(self, end: int) -> None:
        """Take the macros and the title from what stands above the text."""
        from summarize.inputs import latex_commands as commands

        position = 0
        while (start := self._text.find("\\", position, end)) >= 0:
            match = _TOKEN.match(self._text, start, end)
            name = match["command"][1:].rstrip("*") if match and match["command"] else ""
            position = start + 1 + len(name)
            if name in commands.DEFINITIONS or name in commands.TEX_DEFINITIONS:
                position = max(position, self._define(name, position))
            elif name == "title":
                position = max(position, self._take_title(position))

    def _take_title(self, position: int) -> int:
        argument = self._argument(self._skip_options(position))
        if argument is None:
            return position
        self._title = self._macros.line_of(self._text[argument[0] : argument[1] - 1]) or None
        return argument[1]

    # The way through

    def _go_through(self, position: int, end: int) -> None:
        while position < end:
            match = _TOKEN.match(self._text, position, end)
            if match is None:
                break
            kind, token, start = match.lastgroup, match.group(), position
            position = match.end()
            if kind == "text":
                self._add(_TYPED_MARK.sub(lambda found: _TYPED_MARKS[found.group()], token), start)
            elif kind == "blank":
                if token.count("\n") > 1:
                    self._end_paragraph()
                else:
                    self._runs.append((WRAP, 0))
            elif kind == "tie":
                self._add(" ", start)
            elif kind == "open":
                self._braces.append(None)
            elif kind == "close":
                action = self._braces.pop() if self._braces else None
                if action:
                    action()
            elif kind == "math":
                position = self._read_formula(position, token, is_displayed=token == "$$")
            elif kind == "command":
                name = token[1:].rstrip("*") if len(token) > 2 else token[1:]
                position = max(position, self._read_command(name, start, position))

    def _line_at(self, position: int) -> int:
        return bisect_left(self._breaks, position) + 1

    def _add(self, text: str, position: int) -> None:
        line = self._line_at(position)
        # What is long is joined at the end of the paragraph: a line may be all of the file.
        if self._runs and self._continues(self._runs[-1], line) and len(self._runs[-1][0]) < _MAX_LINE_CHARS:
            text = self._runs.pop()[0] + text
        self._runs.append((text, line))

    @staticmethod
    def _continues(run: Run, line: int) -> bool:
        return run[1] == line and run[0] != WRAP

    def _read_command(self, name: str, start: int, position: int) -> int:
        """Read a command whose name ends at a position, and return where to go on."""
        from summarize.inputs import latex_commands as commands

        if name in ("begin", "end"):
            return self._read_environment(name, position)
        if name in ("[", "("):
            return self._read_formula(position, "\\]" if name == "[" else "\\)", is_displayed=name == "[")
        if name in commands.HEADINGS:
            return self._open_heading(commands.HEADINGS[name], position)
        if name == "item":
            return self._open_item(start, position)
        if name == "\\":
            self._add("\n", start)
            return self._skip_options(position)
        if name in commands.BREAKS:
            self._end_paragraph()
            if name == "maketitle" and self._title:
                self._writer.paragraph([(self._title, self._line_at(start))], role="heading")
            return position
        if name in commands.DEFINITIONS or name in commands.TEX_DEFINITIONS:
            return self._define(name, position)
        if name == "title":
            return self._take_title(position)
        if name in ("verb", "lstinline"):
            return self._read_verbatim(position)
        if name in commands.ADDRESSES or name in commands.SUBJECTS or name in commands.FILES:
            return self._read_plain(name, start, position)
        if name in self._macros.known:
            return self._read_macro(name, start, position)
        if name in commands.ARGUMENTS_WITHOUT_TEXT:
            end = self._skip_arguments(position, commands.ARGUMENTS_WITHOUT_TEXT[name])
            if name in commands.REFERENCES:
                self._take_back_blank()
                return self._skip_wide_blank(end)
            return end
        if name in commands.QUANTITIES:
            return self._read_quantity(start, position)
        return self._read_character(name, start, position)

    def _read_plain(self, name: str, start: int, position: int) -> int:
        """Read a command whose argument is no LaTeX: an address, the key of a source, the name of a file."""
        from summarize.inputs import latex_commands as commands

        position = self._skip_options(position)
        argument = self._argument(position)
        if argument is None and name == "input" and (file := _BARE_FILE.match(self._text, position)):
            self.files.append(file["file"])
            return file.end()
        if argument is None:
            return position
        plain = self._text[argument[0] : argument[1] - 1].strip()
        if name in commands.FILES:
            self.files.append(plain)
        else:
            self._add(plain, start)
        return argument[1]

    def _read_quantity(self, start: int, position: int) -> int:
        r"""Read a number with its unit: `\SI{5}{\kilo\metre}`."""
        from summarize.inputs.latex_commands import formula_text, unit_text

        number = self._argument(self._skip_options(position))
        if number is None:
            return position
        self._add(formula_text(self._text[number[0] : number[1] - 1]).replace("--", "–"), start)
        unit = self._argument(number[1])
        if unit is None:
            return number[1]
        self._add(f" {unit_text(self._text[unit[0] : unit[1] - 1])}", start)
        return unit[1]

    def _read_character(self, name: str, start: int, position: int) -> int:
        """Read a command that stands for a character, or for nothing: what is in its braces is read."""
        from summarize.inputs import latex_commands as commands

        found = commands.accented(name, self._text, position)
        if found:
            self._add(found[0], start)
            return found[1]
        character = commands.symbol(name)
        if character is not None:
            self._add(character, start)
            return self._skip_blank(position)
        if not name.isalpha():
            self._add(name if name in "%&#_{}$" else " " if name in " ,;:/\n" else "", start)
            return position
        if commands.is_reference(name):
            self._take_back_blank()
            return self._skip_wide_blank(self._skip_arguments(position, 1))
        return self._read_unknown(name, start, position)

    def _read_unknown(self, name: str, start: int, position: int) -> int:
        """Read a command that is not known: around some text, about layout, or a name that is defined elsewhere.

        It is a name where empty braces or a blank of its own follow, or if it has a capital; then it is what is read.
        Around a short line of its own over a paragraph it makes a heading.
        """
        from summarize.inputs import latex_commands as commands

        if not self._runs and self._is_alone(start, position):
            return self._open_heading(commands.LOWEST_HEADING, position)
        end = self._skip_options(position)
        if end > position or self._argument(position):
            if not self._text.startswith("{}", position):
                return end
        elif dimension := _DIMENSION.match(self._text, position):
            return dimension.end()
        is_name = self._text.startswith(("{}", "\\ "), position) or not name.islower()
        if is_name and name not in commands.LAYOUT:
            self._add(name, start)
            return position + 2 * self._text.startswith("{}", position)
        return self._skip_blank(position)

    def _is_alone(self, start: int, position: int) -> bool:
        """Whether a command and a short argument without a stop are all of a line, and another line follows."""
        argument = self._argument(position)
        if argument is None or argument[1] - argument[0] > _MAX_HEADING_CHARS:
            return False
        before = self._text[self._text.rfind("\n", 0, start) + 1 : start]
        end, _, following = self._text[argument[1] : argument[1] + _MAX_HEADING_CHARS].partition("\n")
        said = self._text[argument[0] : argument[1] - 1]
        return (
            not before.strip()
            and not end.strip()
            and bool(following.partition("\n")[0].strip())
            and "\n" not in said
            and _WORDY.search(said) is not None
            and not ends_with_stop(said, 0, len(said))
        )

    def _read_verbatim(self, position: int) -> int:
        r"""Read what stands between two marks as it is: `\verb|x_1|`."""
        position = self._skip_options(position)
        mark = self._text[position : position + 1]
        end = self._text.find("}" if mark == "{" else mark, position + 1, position + _MAX_OPTION_CHARS) if mark else -1
        if end < 0 or "\n" in self._text[position:end]:
            return position
        self._add(self._text[position + 1 : end], position)
        return end + 1

    # Structure

    def _end_paragraph(self) -> None:
        runs = [
            (WRAP if is_wrap else "".join(text for text, _ in same), line)
            for (line, is_wrap), same in groupby(self._runs, key=lambda run: (run[1], run[0] == WRAP))
        ]
        self._runs.clear()
        level, self._level = self._level, None
        runs = [(_BLANKS.sub(" ", _EMPTY_BRACKETS.sub("", text)), line) for text, line in runs]
        if level is not None:
            self._writer.heading(runs, level)
        else:
            if any(_WORDY.search(text) for text, _ in runs if text != WRAP):
                self._writer.paragraph(runs, is_item=self._is_item)
        self._is_item = False

    def _open_heading(self, level: int, position: int) -> int:
        self._end_paragraph()
        position = self._skip_options(position)
        argument = self._argument(position)
        if argument is None:
            return position
        self._level = max(1, level if self._has_chapters else level - 1)
        self._braces.append(self._end_paragraph)
        return argument[0]

    def _open_item(self, start: int, position: int) -> int:
        self._end_paragraph()
        self._is_item = True
        number = self._numbers[-1] if self._numbers else None
        if number is not None:
            self._numbers[-1] = number + 1
        mark = "- " if number is None else f"{number}. "
        end = self._skip_options(position)
        if end > position:
            label = self._text[self._text.find("[", position) + 1 : end - 1]
            mark += f"{self._macros.line_of(label)} "
        self._add(mark, start)
        return end

    def _read_environment(self, which: str, position: int) -> int:
        from summarize.inputs import latex_commands as commands

        argument = self._argument(position)
        if argument is None:
            return position
        full_name = self._text[argument[0] : argument[1] - 1].strip()
        name, end = full_name.rstrip("*"), argument[1]
        if which == "end":
            if name not in commands.DISPLAYED:
                self._end_paragraph()
            if name in commands.LISTS and self._numbers:
                self._numbers.pop()
            return end
        if name in commands.DISPLAYED:
            return self._read_formula(end, f"\\end{{{full_name}}}", is_displayed=True)
        if name in commands.ENVIRONMENTS_WITHOUT_TEXT or commands.ENVIRONMENT_NAMES_WITHOUT_TEXT.search(name):
            return self._end_of_environment(f"\\end{{{full_name}}}", end)
        self._end_paragraph()
        if name in commands.LISTS:
            if not self._numbers:
                self._writer.end_list()
            self._numbers.append(1 if commands.LISTS[name] is None else None)
            return self._skip_options(end)
        end = self._skip_arguments(end, commands.ENVIRONMENT_ARGUMENTS.get(full_name, 0))
        if name in commands.TITLED and (title := self._argument(end)):
            return self._open_heading(commands.HEADINGS["frametitle"], title[0] - 1)
        return end

    def _end_of_environment(self, closer: str, position: int) -> int:
        """Return where an environment without text ends; where it begins, if it never does."""
        if closer in self._unclosed or len(self._unclosed) > _MAX_UNCLOSED:
            return position
        end = self._text.find(closer, position)
        if end < 0:
            self._unclosed.add(closer)
            return position
        return end + len(closer)

    # Formulas

    def _read_formula(self, position: int, closer: str, *, is_displayed: bool) -> int:
        """Read a formula; a dollar that nothing closes in its paragraph is a sign of money."""
        from summarize.inputs.latex_commands import formula_text

        limit = min(len(self._text), position + _MAX_FORMULA_CHARS)
        end = self._text.find(closer, position, limit)
        while end > 0 and closer[0] == "$" and self._text[end - 1] == "\\":
            end = self._text.find(closer, end + 1, limit)
        if end < 0 or (closer[0] == "$" and "\n\n" in self._text[position:end]):
            if closer.startswith("\\end"):
                return self._end_of_environment(closer, position)
            if closer == "$":
                self._add("$", position)
            return position
        behind = end + len(closer)
        formula = formula_text(self._text[position:end])
        if not is_displayed:
            self._add(formula, position)
        elif self._is_within_sentence(behind):
            self._add(f" {formula} " if len(formula) <= _MAX_DISPLAYED_CHARS else _LEFT_OUT, position)
        return behind

    def _is_within_sentence(self, end: int) -> bool:
        """Return whether a formula on lines of its own belongs to a sentence: that before it is open, or goes on."""
        # A run is as long as its line, which may be all of the file: no more than its end is looked at.
        said = "".join(text[-_MAX_LINE_CHARS:] for text, _ in self._runs[-4:] if text != WRAP).rstrip()
        following = self._text[end : end + 80].lstrip(" \t")
        goes_on = not following.startswith("\n\n") and following.lstrip()[:1].islower()
        return bool(said) and (said[-1] not in "。．.!！？?;；" or goes_on)

    # Arguments

    def _skip_blank(self, position: int) -> int:
        """Return where what follows a command begins: the blank after its name is no text."""
        return position + (self._text[position : position + 1] in (" ", "\t"))

    def _argument(self, position: int) -> tuple[int, int] | None:
        """Return where an argument in braces begins, and where it ends with its brace; None if none follows."""
        white = _BEFORE_ARGUMENT.match(self._text, position)
        start = white.end() if white else position
        if start not in self._closers:
            return None
        return start + 1, self._closers[start] + 1

    def _skip_options(self, position: int) -> int:
        """Return where the options of a command in brackets end; the position itself if it has none."""
        while True:
            start = position
            while self._text.startswith((" ", "\t"), start) and start < position + 8:
                start += 1
            if not self._text.startswith("[", start):
                return position
            end = self._text.find("]", start, start + _MAX_OPTION_CHARS)
            brace = self._text.find("{", start, end) if end >= 0 else -1
            if brace >= 0 and self._closers.get(brace, -1) > end:
                end = self._text.find("]", self._closers[brace], self._closers[brace] + _MAX_OPTION_CHARS)
            if end < 0 or "\n\n" in self._text[start:end]:
                return position
            position = end + 1

    def _skip_arguments(self, position: int, num_arguments: int) -> int:
        """Return where so many arguments of a command end, with the options before each."""
        for _place in range(num_arguments):
            position = self._skip_options(position)
            argument = self._argument(position)
            if argument is None:
                return position
            position = argument[1]
        return position if num_arguments else self._skip_options(position)

    def _take_back_blank(self) -> None:
        """Take away the blank before a reference."""
        while self._runs and (self._runs[-1][0] == WRAP or not self._runs[-1][0].strip(" ")):
            self._runs.pop()
        if self._runs:
            text, line = self._runs[-1]
            self._runs[-1] = (text.rstrip(" "), line)

    def _skip_wide_blank(self, position: int) -> int:
        """Return where what follows a reference begins: a blank in Chinese stood there because of it."""
        end = self._skip_blank(position)
        last = self._runs[-1][0][-1:] if self._runs else ""
        return end if last > _FIRST_WIDE and self._text[end : end + 1] > _FIRST_WIDE else position

    # Macros

    def _define(self, name: str, position: int) -> int:
        """Take down a macro of the text's, and return where its definition ends."""
        from summarize.inputs.latex_commands import TEX_DEFINITIONS

        match = (_TEX_MACRO if name in TEX_DEFINITIONS else _LATEX_MACRO).match(self._text, position)
        if match is None:
            return position
        if name == "let":
            return match.end("name")
        body = self._argument(self._skip_options(match.end()))
        if body is None:
            return match.end()
        arguments = match["arguments"] or "0"
        num_arguments = int(arguments) if arguments.isdecimal() else arguments.count("#")
        self._macros.known.setdefault(match["name"], (num_arguments, self._text[body[0] : body[1] - 1]))
        return body[1]

    def _read_macro(self, name: str, start: int, position: int) -> int:
        """Read what a macro stands for; of one around its arguments, these."""
        num_arguments, body = self._macros.known[name]
        if "#" in body:
            position = self._skip_options(position)
            return self._read_words_around(body, num_arguments, start, position)
        self._add(self._macros.text_of(name), start)
        if num_arguments:
            return self._skip_arguments(position, num_arguments)
        end = self._skip_blank(position)
        if body.endswith("\\xspace") and end > position and self._text[end : end + 1] < _FIRST_WIDE:
            self._add(" ", start)
        return end

    def _read_words_around(self, body: str, num_arguments: int, start: int, position: int) -> int:
        """Read a macro with words of its own around its arguments; of one without, or with long ones, the arguments."""
        if not any(character.isalnum() for character in self._macros.line_of(_PARAMETER.sub("", body))):
            return position
        arguments: list[str] = []
        end = position
        while len(arguments) < num_arguments and (argument := self._argument(end)) is not None:
            arguments.append(self._text[argument[0] : argument[1] - 1])
            end = argument[1]
        if len(arguments) < num_arguments or sum(map(len, arguments)) + len(body) > _MAX_LINE_CHARS:
            return position
        full_name = _PARAMETER.sub(
            lambda match: arguments[int(match[1]) - 1] if int(match[1]) <= len(arguments) else "", body
        )
        self._add(self._macros.line_of(full_name), start)
        return end


class _Macros:
    """The macros that a text defines: to a name how many arguments one has, and what it stands for."""

    def __init__(self) -> None:
        self.known: dict[str, tuple[int, str]] = {}
        self._texts: dict[str, str] = {}
        self._depth = 0

    def line_of(self, source: str) -> str:
        """Return a little LaTeX as one line of text; empty of what is long, or deep in others."""
        if len(source) > _MAX_LINE_CHARS or self._depth == _MAX_DEPTH:
            return ""
        self._depth += 1
        try:
            return _Reader(source, self).line()[:_MAX_LINE_CHARS]
        finally:
            self._depth -= 1

    def text_of(self, name: str) -> str:
        """Return what a macro stands for as text: that of each is made once, and is short, so that none explodes."""
        if name not in self._texts:
            self._texts[name] = ""  # of one within itself
            self._texts[name] = self.line_of(self.known[name][1])
        return self._texts[name]


def _match_braces(text: str) -> dict[int, int]:
    """Return to each opening brace the place of the one that closes it; those that nothing closes are left out."""
    closers: dict[int, int] = {}
    is_open: list[int] = []
    for match in _BRACE.finditer(text):
        if match.group() == "{":
            is_open.append(match.start())
        elif match.group() == "}" and is_open:
            closers[is_open.pop()] = match.start()
        elif match["plain"]:  # an address, in which % opens no comment
            closers[match.start("plain")] = match.end() - 1
    return closers

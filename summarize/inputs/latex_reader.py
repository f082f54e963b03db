"""LaTeX from command to command: what is text is written, with its headings, items and formulas."""

from collections.abc import Callable
from itertools import groupby

from summarize.document import Source
from summarize.inputs import latex_commands as commands
from summarize.inputs.latex_macros import MAX_LINE_CHARS, Macros
from summarize.inputs.latex_scanner import TOKEN, Scanner
from summarize.inputs.writing import LETTER_OR_DIGIT, WRAP, Run, Writer
from summarize.text.patterns import lazy_pattern

_NAME = "latex"
_TYPED_MARK = lazy_pattern(r"---|--|``|''|(?<=\w)'(?=\w)|`|,,")
_TYPED_MARKS = {"---": "—", "--": "–", "``": "“", "''": "”", "'": "’", "`": "‘", ",,": "„"}
_EMPTY_BRACKETS = lazy_pattern(r"[ \t]?[(\[（](?:\s|see|cf\.|e\.g\.|参见|见|如|[,;，；、~–-])*[)\]）]")
_BARE_FILE = lazy_pattern(r"[ \t]+(?P<file>[\w./-]+)")
_DIMENSION = lazy_pattern(
    r"\s{0,3}=?\s{0,3}-?(?:\d+(?:\.\d*)?|\.\d+)\s?(?:true)?(?:pt|em|ex|cm|mm|in|bp|pc|sp|dd|mu|\\\w+)"
    r"(?:\s(?:plus|minus)\s?[\d.]+\s?\w{2,4}){0,2}"
)
_BLANKS = lazy_pattern(r"[ \t]{2,}")
_FIRST_WIDE = "\u2e80"
_MAX_DISPLAYED_CHARS = 120  # of a formula on lines of its own that is read within its sentence
_LEFT_OUT = " […] "


class LatexReader:
    """Reads LaTeX.

    Args:
        text: all of it.
        macros: what those of the text stand for, if it is a part of another.
    """

    def __init__(self, text: str, macros: Macros | None = None) -> None:
        self._text = text
        self._scanner = Scanner(text)
        self._writer = Writer()
        self._runs: list[Run] = []
        self._level: int | None = None  # of the heading that is read
        self._is_item = False
        self._braces: list[Callable[[], None] | None] = []  # what is done where they close
        self._numbers: list[int | None] = []  # of the lists that are open, that of the next item
        self._macros = macros or Macros(_read_line)
        self._has_chapters = "\\chapter" in text
        self._title: str | None = None
        self.files: list[str] = []

    def read(self, encoding: str) -> Source:
        """Return the text; of a whole document that of its body."""
        begin, end = self._scanner.find_body()
        self._read_preamble(begin)
        self._go_through(begin, end)
        self._end_paragraph()
        return self._writer.source(encoding, _NAME, self._title)

    def read_line(self) -> str:
        """Return the text as one line."""
        self._go_through(0, len(self._text))
        self._end_paragraph()
        return " ".join(self._writer.source("utf-8", _NAME).text.split())

    def _read_preamble(self, end: int) -> None:
        """Take the macros and the title from what stands above the text."""
        position = 0
        while (start := self._text.find("\\", position, end)) >= 0:
            match = TOKEN.match(self._text, start, end)
            name = match["command"][1:].rstrip("*") if match and match["command"] else ""
            position = start + 1 + len(name)
            if name in commands.DEFINITIONS or name in commands.TEX_DEFINITIONS:
                position = max(position, self._macros.read_definition(name, self._scanner, position))
            elif name == "title":
                position = max(position, self._take_title(position))

    def _take_title(self, position: int) -> int:
        argument = self._scanner.find_argument(self._scanner.skip_options(position))
        if argument is None:
            return position
        self._title = self._macros.read_line(self._text[argument[0] : argument[1] - 1]) or None
        return argument[1]

    # The way through

    def _go_through(self, position: int, end: int) -> None:
        while position < end:
            match = TOKEN.match(self._text, position, end)
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

    def _add(self, text: str, position: int) -> None:
        line = self._scanner.find_line(position)
        # What is long is joined at the end of the paragraph: a line may be all of the file.
        if self._runs and self._continues(self._runs[-1], line) and len(self._runs[-1][0]) < MAX_LINE_CHARS:
            text = self._runs.pop()[0] + text
        self._runs.append((text, line))

    @staticmethod
    def _continues(run: Run, line: int) -> bool:
        return run[1] == line and run[0] != WRAP

    def _read_command(self, name: str, start: int, position: int) -> int:
        """Read a command whose name ends at a position, and return where to go on."""
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
            return self._scanner.skip_options(position)
        if name in commands.BREAKS:
            self._end_paragraph()
            if name == "maketitle" and self._title:
                self._writer.paragraph([(self._title, self._scanner.find_line(start))], role="heading")
            return position
        if name in commands.DEFINITIONS or name in commands.TEX_DEFINITIONS:
            return self._macros.read_definition(name, self._scanner, position)
        if name == "title":
            return self._take_title(position)
        if name in ("verb", "lstinline"):
            return self._read_verbatim(position)
        if name in commands.ADDRESSES or name in commands.SUBJECTS or name in commands.FILES:
            return self._read_plain(name, start, position)
        if name in self._macros.known:
            return self._read_macro(name, start, position)
        if name in commands.ARGUMENTS_WITHOUT_TEXT:
            end = self._scanner.skip_arguments(position, commands.ARGUMENTS_WITHOUT_TEXT[name])
            if name in commands.REFERENCES:
                self._take_back_blank()
                return self._skip_wide_blank(end)
            return end
        if name in commands.QUANTITIES:
            return self._read_quantity(start, position)
        return self._read_character(name, start, position)

    def _read_plain(self, name: str, start: int, position: int) -> int:
        """Read a command whose argument is no LaTeX: an address, the key of a source, the name of a file."""
        position = self._scanner.skip_options(position)
        argument = self._scanner.find_argument(position)
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
        number = self._scanner.find_argument(self._scanner.skip_options(position))
        if number is None:
            return position
        self._add(commands.formula_text(self._text[number[0] : number[1] - 1]).replace("--", "–"), start)
        unit = self._scanner.find_argument(number[1])
        if unit is None:
            return number[1]
        self._add(f" {commands.unit_text(self._text[unit[0] : unit[1] - 1])}", start)
        return unit[1]

    def _read_character(self, name: str, start: int, position: int) -> int:
        """Read a command that stands for a character, or for nothing: what is in its braces is read."""
        found = commands.accented(name, self._text, position)
        if found:
            self._add(found[0], start)
            return found[1]
        character = commands.symbol(name)
        if character is not None:
            self._add(character, start)
            return self._scanner.skip_blank(position)
        if not name.isalpha():
            self._add(name if name in "%&#_{}$" else " " if name in " ,;:/\n" else "", start)
            return position
        if commands.is_reference(name):
            self._take_back_blank()
            return self._skip_wide_blank(self._scanner.skip_arguments(position, 1))
        return self._read_unknown(name, start, position)

    def _read_unknown(self, name: str, start: int, position: int) -> int:
        """Read a command that is not known: around some text, about layout, or a name that is defined elsewhere.

        It is a name where empty braces or a blank of its own follow, or if it has a capital; then it is what is read.
        Around a short line of its own over a paragraph it makes a heading.
        """
        if not self._runs and self._scanner.is_alone(start, position):
            return self._open_heading(commands.LOWEST_HEADING, position)
        end = self._scanner.skip_options(position)
        if end > position or self._scanner.find_argument(position):
            if not self._text.startswith("{}", position):
                return end
        elif dimension := _DIMENSION.match(self._text, position):
            return dimension.end()
        is_name = self._text.startswith(("{}", "\\ "), position) or not name.islower()
        if is_name and name not in commands.LAYOUT:
            self._add(name, start)
            return position + 2 * self._text.startswith("{}", position)
        return self._scanner.skip_blank(position)

    def _read_verbatim(self, position: int) -> int:
        r"""Read what stands between two marks as it is: `\verb|x_1|`."""
        position = self._scanner.skip_options(position)
        bounds = self._scanner.find_verbatim(position)
        if bounds is None:
            return position
        begin, end = bounds
        self._add(self._text[begin:end], position)
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
            if any(LETTER_OR_DIGIT.search(text) for text, _ in runs if text != WRAP):
                self._writer.paragraph(runs, is_item=self._is_item)
        self._is_item = False

    def _open_heading(self, level: int, position: int) -> int:
        self._end_paragraph()
        position = self._scanner.skip_options(position)
        argument = self._scanner.find_argument(position)
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
        end = self._scanner.skip_options(position)
        if end > position:
            label = self._text[self._text.find("[", position) + 1 : end - 1]
            mark += f"{self._macros.read_line(label)} "
        self._add(mark, start)
        return end

    def _read_environment(self, which: str, position: int) -> int:
        argument = self._scanner.find_argument(position)
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
            return self._scanner.skip_environment(f"\\end{{{full_name}}}", end)
        self._end_paragraph()
        if name in commands.LISTS:
            if not self._numbers:
                self._writer.end_list()
            self._numbers.append(1 if commands.LISTS[name] is None else None)
            return self._scanner.skip_options(end)
        end = self._scanner.skip_arguments(end, commands.ENVIRONMENT_ARGUMENTS.get(full_name, 0))
        if name in commands.TITLED and (title := self._scanner.find_argument(end)):
            return self._open_heading(commands.HEADINGS["frametitle"], title[0] - 1)
        return end

    # Formulas

    def _read_formula(self, position: int, closer: str, *, is_displayed: bool) -> int:
        """Read a formula; a dollar that nothing closes in its paragraph is a sign of money."""
        end = self._scanner.find_formula_end(position, closer)
        if end < 0:
            if closer.startswith("\\end"):
                return self._scanner.skip_environment(closer, position)
            if closer == "$":
                self._add("$", position)
            return position
        after = end + len(closer)
        formula = commands.formula_text(self._text[position:end])
        if not is_displayed:
            self._add(formula, position)
        elif self._is_within_sentence(after):
            self._add(f" {formula} " if len(formula) <= _MAX_DISPLAYED_CHARS else _LEFT_OUT, position)
        return after

    def _is_within_sentence(self, end: int) -> bool:
        """Return whether a formula on lines of its own belongs to a sentence: that before it is open, or goes on."""
        # A run is as long as its line, which may be all of the file: no more than its end is looked at.
        said = "".join(text[-MAX_LINE_CHARS:] for text, _ in self._runs[-4:] if text != WRAP).rstrip()
        following = self._text[end : end + 80].lstrip(" \t")
        goes_on = not following.startswith("\n\n") and following.lstrip()[:1].islower()
        return bool(said) and (said[-1] not in "。．.!！？?;；" or goes_on)

    # References

    def _take_back_blank(self) -> None:
        """Take away the blank before a reference."""
        while self._runs and (self._runs[-1][0] == WRAP or not self._runs[-1][0].strip(" ")):
            self._runs.pop()
        if self._runs:
            text, line = self._runs[-1]
            self._runs[-1] = (text.rstrip(" "), line)

    def _skip_wide_blank(self, position: int) -> int:
        """Return where what follows a reference begins: a blank in Chinese stood there because of it."""
        end = self._scanner.skip_blank(position)
        last = self._runs[-1][0][-1:] if self._runs else ""
        return end if last > _FIRST_WIDE and self._text[end : end + 1] > _FIRST_WIDE else position

    # Macros

    def _read_macro(self, name: str, start: int, position: int) -> int:
        """Read what a macro stands for; of one around its arguments, these."""
        num_arguments, body = self._macros.known[name]
        if "#" in body:
            position = self._scanner.skip_options(position)
            found = self._macros.expand_around(name, self._scanner, position)
            if found is None:
                return position
            self._add(found[0], start)
            return found[1]
        self._add(self._macros.expand(name), start)
        if num_arguments:
            return self._scanner.skip_arguments(position, num_arguments)
        end = self._scanner.skip_blank(position)
        if body.endswith("\\xspace") and end > position and self._text[end : end + 1] < _FIRST_WIDE:
            self._add(" ", start)
        return end


def _read_line(source: str, macros: Macros) -> str:
    """Return a little LaTeX as one line of text."""
    return LatexReader(source, macros).read_line()

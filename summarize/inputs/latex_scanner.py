r"""Where the parts of LaTeX begin and end: arguments, options, environments, formulas; nothing is read here."""

import re
from bisect import bisect_left

from summarize.inputs.writing import LETTER_OR_DIGIT
from summarize.text.marks import ends_with_stop
from summarize.text.patterns import lazy_pattern

DOCUMENT = lazy_pattern(r"^[ \t]*\\(?:documentclass|documentstyle|begin\{document\})", re.M)
TOKEN = lazy_pattern(
    r"(?P<command>\\(?:[A-Za-z@]+\*?|[^A-Za-z@]|\Z))|(?P<comment>%[^\n]*(?:\n[ \t]*|\Z))|(?P<open>\{)|(?P<close>\})"
    r"|(?P<math>\$\$?)|(?P<blank>[ \t]*\n\s*)|(?P<tie>~)|(?P<text>[^\\%{}$\n~]+)",
    re.S,
)
_BRACE = lazy_pattern(r"\\(?:url|path|nolinkurl|href)(?P<plain>\{[^{}\s]*\})|\\.|%[^\n]*|[{}]", re.S)
_BEFORE_ARGUMENT = lazy_pattern(r"[ \t]*+(?:%[^\n]*+\n[ \t]*+|\n[ \t]*+(?!\s*\n))?")
_MAX_OPTION_CHARS = 1000
_MAX_FORMULA_CHARS = 2000
_MAX_HEADING_CHARS = 80
_MAX_UNCLOSED = 100  # environments that are looked for in vain


class Scanner:
    """Finds where parts of LaTeX begin and end.

    Positions count characters from 0; the end of something is the position after it.

    Args:
        text: all of it.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self._breaks = [match.start() for match in re.finditer("\n", text)]
        self._closers = _match_braces(text)
        self._unclosed: set[str] = set()  # environments that nothing closes any more

    def find_line(self, position: int) -> int:
        """Return the number of the line that a position stands in, from 1."""
        return bisect_left(self._breaks, position) + 1

    def find_body(self) -> tuple[int, int]:
        """Return where the body of a document begins and ends; of a chapter, which may show a document, all of it."""
        opening = DOCUMENT.search(self.text)
        if opening is None or 0 <= self.text.find("\\begin{") < opening.start():
            return 0, len(self.text)
        begin = max(self.text.find("\\begin{document}"), 0)
        end = self.text.rfind("\\end{document}")
        return begin, end if end > begin else len(self.text)

    def skip_blank(self, position: int) -> int:
        """Return where what follows a command begins: the blank after its name is no text."""
        return position + (self.text[position : position + 1] in (" ", "\t"))

    def find_argument(self, position: int) -> tuple[int, int] | None:
        """Return where an argument in braces begins, and where it ends with its brace; None if none follows."""
        white = _BEFORE_ARGUMENT.match(self.text, position)
        start = white.end() if white else position
        if start not in self._closers:
            return None
        return start + 1, self._closers[start] + 1

    def skip_options(self, position: int) -> int:
        """Return where the options of a command in brackets end; the position itself if it has none."""
        while True:
            start = position
            while self.text.startswith((" ", "\t"), start) and start < position + 8:
                start += 1
            if not self.text.startswith("[", start):
                return position
            end = self.text.find("]", start, start + _MAX_OPTION_CHARS)
            brace = self.text.find("{", start, end) if end >= 0 else -1
            if brace >= 0 and self._closers.get(brace, -1) > end:
                end = self.text.find("]", self._closers[brace], self._closers[brace] + _MAX_OPTION_CHARS)
            if end < 0 or "\n\n" in self.text[start:end]:
                return position
            position = end + 1

    def skip_arguments(self, position: int, num_arguments: int) -> int:
        """Return where so many arguments of a command end, with the options before each."""
        for _place in range(num_arguments):
            position = self.skip_options(position)
            argument = self.find_argument(position)
            if argument is None:
                return position
            position = argument[1]
        return position if num_arguments else self.skip_options(position)

    def skip_environment(self, closer: str, position: int) -> int:
        """Return where an environment without text ends; where it begins, if it never does."""
        if closer in self._unclosed or len(self._unclosed) > _MAX_UNCLOSED:
            return position
        end = self.text.find(closer, position)
        if end < 0:
            self._unclosed.add(closer)
            return position
        return end + len(closer)

    def find_formula_end(self, position: int, closer: str) -> int:
        """Return where what closes a formula begins; -1 if nothing does, for a dollar within its paragraph."""
        limit = min(len(self.text), position + _MAX_FORMULA_CHARS)
        end = self.text.find(closer, position, limit)
        while end > 0 and closer[0] == "$" and self.text[end - 1] == "\\":
            end = self.text.find(closer, end + 1, limit)
        if end < 0 or (closer[0] == "$" and "\n\n" in self.text[position:end]):
            return -1
        return end

    def find_verbatim(self, position: int) -> tuple[int, int] | None:
        r"""Return where the text between two marks begins and ends, as in `\verb|x_1|`; None if a mark is missing.

        Args:
            position: that of the first mark.
        """
        mark = self.text[position : position + 1]
        end = self.text.find("}" if mark == "{" else mark, position + 1, position + _MAX_OPTION_CHARS) if mark else -1
        if end < 0 or "\n" in self.text[position:end]:
            return None
        return position + 1, end

    def is_alone(self, start: int, position: int) -> bool:
        """Whether a command and a short argument without a stop are all of a line, and another line follows."""
        argument = self.find_argument(position)
        if argument is None or argument[1] - argument[0] > _MAX_HEADING_CHARS:
            return False
        before = self.text[self.text.rfind("\n", 0, start) + 1 : start]
        end, _, following = self.text[argument[1] : argument[1] + _MAX_HEADING_CHARS].partition("\n")
        said = self.text[argument[0] : argument[1] - 1]
        return (
            not before.strip()
            and not end.strip()
            and bool(following.partition("\n")[0].strip())
            and "\n" not in said
            and LETTER_OR_DIGIT.search(said) is not None
            and not ends_with_stop(said, 0, len(said))
        )


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

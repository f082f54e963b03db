"""The macros that LaTeX defines for itself, and what they stand for."""

from collections.abc import Callable

from summarize.inputs.latex_commands import TEX_DEFINITIONS
from summarize.inputs.latex_scanner import Scanner
from summarize.text.patterns import lazy_pattern

MAX_LINE_CHARS = 400  # of a title, of what a macro stands for
_TEX_MACRO = lazy_pattern(r"\s*+\\(?P<name>[A-Za-z@]+)\s*+(?P<arguments>(?:#\d|\[[^\]\n]{0,80}\])*)")
_LATEX_MACRO = lazy_pattern(r"\*?\s*+\{?\s*+\\(?P<name>[A-Za-z@]+)\s*+\}?\s*+(?:\[(?P<arguments>\d)\])?")
_PARAMETER = lazy_pattern(r"#([1-9])")
_MAX_DEPTH = 8  # of macros in macros


class Macros:
    """The macros that a text defines: to a name how many arguments one has, and what it stands for.

    Args:
        read: returns a little LaTeX, with the macros that it may use, as one line of text.
    """

    def __init__(self, read: Callable[[str, "Macros"], str]) -> None:
        self.known: dict[str, tuple[int, str]] = {}
        self._read = read
        self._texts: dict[str, str] = {}
        self._depth = 0

    def read_line(self, source: str) -> str:
        """Return a little LaTeX as one line of text; empty of what is long, or deep in others."""
        if len(source) > MAX_LINE_CHARS or self._depth == _MAX_DEPTH:
            return ""
        self._depth += 1
        try:
            return self._read(source, self)[:MAX_LINE_CHARS]
        finally:
            self._depth -= 1

    def expand(self, name: str) -> str:
        """Return what a macro stands for as text: that of each is made once, and is short, so that none explodes."""
        if name not in self._texts:
            self._texts[name] = ""  # of one within itself
            self._texts[name] = self.read_line(self.known[name][1])
        return self._texts[name]

    def read_definition(self, command: str, scanner: Scanner, position: int) -> int:
        """Take down a macro that a text defines, and return where its definition ends.

        Args:
            command: that defines it, as `newcommand`.
            scanner: of the text.
            position: where the name of the command ends.
        """
        match = (_TEX_MACRO if command in TEX_DEFINITIONS else _LATEX_MACRO).match(scanner.text, position)
        if match is None:
            return position
        if command == "let":
            return match.end("name")
        body = scanner.find_argument(scanner.skip_options(match.end()))
        if body is None:
            return match.end()
        arguments = match["arguments"] or "0"
        num_arguments = int(arguments) if arguments.isdecimal() else arguments.count("#")
        self.known.setdefault(match["name"], (num_arguments, scanner.text[body[0] : body[1] - 1]))
        return body[1]

    def expand_around(self, name: str, scanner: Scanner, position: int) -> tuple[str, int] | None:
        """Return the text of a macro with words of its own around its arguments, and where these end.

        None for one without words, and for one with long arguments: these are then read where they stand.

        Args:
            name: of the macro.
            scanner: of the text that it is used in.
            position: where its arguments begin.
        """
        num_arguments, body = self.known[name]
        if not any(character.isalnum() for character in self.read_line(_PARAMETER.sub("", body))):
            return None
        arguments: list[str] = []
        end = position
        while len(arguments) < num_arguments and (argument := scanner.find_argument(end)) is not None:
            arguments.append(scanner.text[argument[0] : argument[1] - 1])
            end = argument[1]
        if len(arguments) < num_arguments or sum(map(len, arguments)) + len(body) > MAX_LINE_CHARS:
            return None
        full_name = _PARAMETER.sub(
            lambda match: arguments[int(match[1]) - 1] if int(match[1]) <= len(arguments) else "", body
        )
        return self.read_line(full_name), end

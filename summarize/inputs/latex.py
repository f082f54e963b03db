r"""LaTeX: its text without commands, comments, figures, tables and references; formulas are written on one line.

The text is gone through once, from command to command (`latex_reader`); what a macro without arguments stands for is
put in its place (`latex_macros`). A file that is named by `\input` is not read, and a warning says so.
"""

import re
from dataclasses import replace

from summarize.document import Source
from summarize.errors import InputError, check_extra
from summarize.inputs.latex_scanner import DOCUMENT
from summarize.inputs.refusal import refuse_non_prose
from summarize.inputs.table import Options
from summarize.interface import _, join_first
from summarize.text.patterns import lazy_pattern
from summarize.text.printing import printable

_SUFFIXES = (".tex", ".ltx", ".latex")
_NOT_SUFFIXES = (".md", ".markdown", ".mdx", ".qmd", ".rmd")  # which hold formulas
_SAMPLE_CHARS = 1 << 16
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
    return DOCUMENT.search(sample) is not None or sum(sign.search(sample) is not None for sign in _SIGNS) >= 2


def read(content: Source, options: Options) -> list[Source]:
    """Return the text of LaTeX, one.

    Raises:
        InputError: all its text is in other files, or it is a program.
        MissingExtraError: the library with the names of characters is missing.
    """
    check_extra("latex", ("pylatexenc",))
    from summarize.inputs.latex_reader import LatexReader

    reader = LatexReader(content.text)
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

"""What the commands and environments of LaTeX are for, and the characters that some stand for."""

import re
import unicodedata
from functools import cache
from typing import Any

from summarize.text.patterns import lazy_pattern


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# How many arguments of a command hold no text; any options in brackets hold none either.
_NO_TEXT = {
    0: """pause pagebreak nopagebreak linebreak nolinebreak allowdisplaybreaks footnotemark tableofcontents
    listoffigures listoftables printbibliography printindex appendix centering raggedright raggedleft noindent""",
    1: """documentclass documentstyle usepackage RequirePackage label ref eqref pageref autoref nameref cref Cref vref
    cite citep citealp citealt parencite autocite footcite citeyear citeyearpar supercite upcite nocite bibliography
    bibliographystyle addbibresource includegraphics vspace hspace pagestyle thispagestyle pagenumbering hypersetup
    geometry graphicspath author date affil affiliation institute address email thanks footnote footnotetext marginpar
    todo index glossary phantom hphantom vphantom usetheme usecolortheme usefonttheme usetikzlibrary theoremstyle lstset
    tikzset color stepcounter newcounter newlength selectlanguage setmainfont setsansfont setmonofont setCJKmainfont
    setCJKsansfont setCJKmonofont ctexset linespread captionsetup hyphenation keywords ccsdesc fancyhead fancyfoot lhead
    chead rhead lfoot cfoot rfoot lstinputlisting verbatiminput caption subcaption bibitem tag textcolor colorbox href
    raisebox parbox scalebox foreignlanguage zihao CJKfamily fontfamily fontseries fontshape include input subfile
    subfileinclude IEEEauthorblockN IEEEauthorblockA orcid markright pdfbookmark ifthenelse hypertarget hyperlink""",
    2: """setlength addtolength setcounter addtocounter fontsize setbeamertemplate newtheorem DeclareMathOperator rule
    fancypagestyle PassOptionsToPackage markboth captionof import resizebox multicolumn multirow fcolorbox settowidth
    numberwithin DeclareUnicodeCharacter setCJKfamilyfont newfontfamily""",
    3: "definecolor newenvironment renewenvironment addcontentsline contentsline externaldocument",
    4: "titlespacing",
    5: "titleformat",
}
ARGUMENTS_WITHOUT_TEXT = {name: count for count, names in _NO_TEXT.items() for name in names.split()}
# Those that are taken out with the blank before them; and how one is named that is not known.
REFERENCES = _words(
    """ref eqref pageref autoref nameref cref Cref vref cite citep citealp citealt parencite autocite footcite citeyear
    citeyearpar supercite upcite footnote footnotemark thanks label index todo marginpar"""
)
_REFERENCE = lazy_pattern(r"(?:ref|cite|label|index)s?\Z")
SUBJECTS = _words("citet Citet textcite citeauthor Citeauthor")  # a sentence needs them: the key stays
FILES = _words("input include subfile subfileinclude")
ADDRESSES = _words("url path nolinkurl")
HEADINGS = {
    **{"part": 0, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5, "subparagraph": 6},
    **{"frametitle": 3, "minisec": 5},
}
LOWEST_HEADING = 6
QUANTITIES = _words("SI qty si unit num ang SIrange numrange")
BREAKS = _words("par newpage clearpage cleardoublepage bigskip medskip smallskip maketitle newline")
LAYOUT = _words("Large LARGE Huge HUGE Roman TeXbook")  # with a capital, and no name
DEFINITIONS = _words("newcommand renewcommand providecommand DeclareRobustCommand DeclareMathOperator")
TEX_DEFINITIONS = _words("def gdef edef xdef let")

ENVIRONMENTS_WITHOUT_TEXT = _words(
    "tabu wrapfig pspicture thebibliography comment filecontents CCSXML IEEEkeywords keyword"
)
ENVIRONMENT_NAMES_WITHOUT_TEXT = lazy_pattern(
    r"(?i:code|verb|listing|tabular|longtable|matrix|array|tikz|forest|picture|algorithm|alltt|pseudo|diagram|figure"
    r"|table|minted|program|keywords|circuit|highlighting|shaded)"
)
DISPLAYED = _words("equation align alignat flalign gather multline eqnarray displaymath math subequations dmath")
# The mark of their items; None: they are numbered.
LISTS = {"itemize": "- ", "description": "- ", "compactitem": "- ", "enumerate": None, "compactenum": None}
# How many arguments an environment has that hold no text.
ENVIRONMENT_ARGUMENTS = {
    **{"minipage": 1, "multicols": 1, "CJK": 2, "CJK*": 2, "spacing": 1, "adjustwidth": 2, "column": 1, "list": 2},
    "otherlanguage": 1,
}
TITLED = _words("frame block exampleblock alertblock")  # the next argument is a title

_ACCENTS = {
    **{"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307"},
    **{"u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328"},
    "r": "\u030a",
}
_ACCENTED = lazy_pattern(
    r"[ \t]*(?:\{[ \t]*(?:\\(?P<dotless>[ij])[ \t]*|(?P<braced>\w)?)\}|\\(?P<bare>[ij])(?![A-Za-z])|(?P<letter>\w))"
)
_SYMBOLS = {
    **{"LaTeX": "LaTeX", "TeX": "TeX", "XeLaTeX": "XeLaTeX", "BibTeX": "BibTeX", "S": "§", "P": "¶", "pounds": "£"},
    **{"euro": "€", "texteuro": "€", "textdegree": "°", "degree": "°", "copyright": "©", "textcopyright": "©"},
    **{"textregistered": "®", "texttrademark": "™", "textbackslash": "\\", "textasciitilde": "~", "textbar": "|"},
    **{"quad": " ", "qquad": " ", "enspace": " ", "thinspace": " ", "space": " ", "xspace": "", "slash": "/"},
    **{"textless": "<", "textgreater": ">", "textunderscore": "_", "i": "ı", "j": "ȷ", "today": ""},
    **{"eg": "e.g.", "ie": "i.e.", "etal": "et al.", "wrt": "w.r.t.", "percent": "%", "celsius": "°C"},
    **{"degreeCelsius": "°C", "per": "/", "ohm": "Ω", "micro": "µ"},
    **{"lbrace": "{", "rbrace": "}", "lvert": "|", "rvert": "|", "mid": "|", "colon": ":", "textasciicircum": "^"},
}


@cache
def _known() -> Any:
    from pylatexenc.latex2text import get_default_latex_context_db

    return get_default_latex_context_db()


def is_reference(name: str) -> bool:
    """Return whether a command that is not known is named as one that refers to something."""
    return _REFERENCE.search(name) is not None


@cache
def symbol(name: str) -> str | None:
    """Return what a command without arguments prints; None if it is not known to print a character."""
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    found = getattr(_known().get_macro_spec(name), "simplify_repl", None)
    is_plain = isinstance(found, str) and "%" not in found and name.isalpha()
    return found if is_plain else None


def accented(name: str, text: str, position: int) -> tuple[str, int] | None:
    r"""Return the letter with the accent that a command puts on it, `\'e`, and where it ends; None for another."""
    accent = _ACCENTS.get(name)
    match = _ACCENTED.match(text, position) if accent else None
    if accent is None or match is None or (name.isalpha() and match["letter"] and match.start("letter") == position):
        return None
    letter = match["dotless"] or match["bare"] or match["braced"] or match["letter"] or ""
    return unicodedata.normalize("NFC", letter + accent) if letter else "", match.end()


# Formulas

_FORMULA_TOKEN = lazy_pattern(
    r"\\(?P<name>[A-Za-z]+)[ \t]*|\\(?P<mark>.)|(?P<brace>[{}])|(?P<script>[\^_])[ \t]*|(?P<other>[^\\{}^_])", re.S
)
_SILENT = _words(
    """left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr displaystyle textstyle limits nolimits mathrm mathbf
    mathit mathsf mathtt mathcal mathbb mathfrak mathscr boldsymbol bm text textrm textbf textit mbox hbox operatorname
    ensuremath nonumber notag mathop"""
)
_DROPPED = _words("label tag begin end hspace vspace phantom color")
_MARKS_OF_FORMULA = {",": " ", ";": " ", ":": " ", " ": " ", "!": "", "\\": " ", "|": "‖", "\n": " "}
_MAX_DEPTH = 30
_UNIT = lazy_pattern(r"\\(?P<name>[A-Za-z]+)[ \t]*")
_PREFIXES = _words("kilo milli centi deci mega giga nano tera pico hecto square cubic")


def unit_text(source: str) -> str:
    r"""Return a unit of siunitx as one reads it: `\kilo\metre\per\hour` is kilometre/hour."""

    def read(match: Any) -> str:
        name = match["name"]
        found = symbol(name)
        return (name if found is None else found) + ("" if name in _PREFIXES or found else " ")

    return " ".join(_UNIT.sub(read, source).replace(" /", "/").replace("{", "").replace("}", "").split())


def formula_text(source: str) -> str:
    """Return a formula as one writes it in a line: `x^2 + a/b ≤ α_i`."""
    tokens = list(_FORMULA_TOKEN.finditer(source))
    text, _ = _formula(tokens, 0, 0)
    return " ".join(text.replace("&", " ").replace("~", " ").split())


def _formula(tokens: list[Any], index: int, depth: int) -> tuple[str, int]:
    """Return what stands up to the brace that closes, and the place after it."""
    pieces: list[str] = []
    while index < len(tokens):
        token = tokens[index]
        if token["brace"] == "}":
            return "".join(pieces), index + 1
        piece, index = _formula_piece(tokens, index, depth)
        pieces.append(piece)
    return "".join(pieces), index


def _formula_piece(tokens: list[Any], index: int, depth: int) -> tuple[str, int]:
    token = tokens[index]
    index += 1
    if token["brace"]:
        return _formula(tokens, index, depth + 1) if depth < _MAX_DEPTH else ("", index)
    if token["script"]:
        what, index = _group(tokens, index, depth)
        needs_brackets = token["script"] == "^" and len(what) > 1 and not what.isalnum()
        return token["script"] + (f"({what})" if needs_brackets else what), index
    if token["mark"] is not None:
        return _MARKS_OF_FORMULA.get(token["mark"], token["mark"]), index
    name = token["name"]
    if name is None:
        return token["other"], index
    if name in ("frac", "dfrac", "tfrac", "binom"):
        over, index = _group(tokens, index, depth)
        under, index = _group(tokens, index, depth)
        return f"{_bracketed(over)}/{_bracketed(under)}", index
    if name == "sqrt":
        under, index = _group(tokens, index, depth)
        return f"√{_bracketed(under)}", index
    if name in QUANTITIES:
        number, index = _group(tokens, index, depth)
        unit, index = _group(tokens, index, depth) if _opens(tokens, index) else ("", index)
        return f"{number} {unit}".rstrip(), index
    if name in _DROPPED:
        _, index = _group(tokens, index, depth)
        return " ", index
    if name in _SILENT:
        return "", index
    found = symbol(name)
    if found is None and _opens(tokens, index):
        return "", index
    blank = " " if token.group()[-1:].isspace() and found is not None and not found.isspace() else ""
    return (name if found is None else found) + blank, index


def _opens(tokens: list[Any], index: int) -> bool:
    return index < len(tokens) and tokens[index]["brace"] == "{"


def _group(tokens: list[Any], index: int, depth: int) -> tuple[str, int]:
    """Return the next argument: what stands in braces, or one token."""
    while index < len(tokens) and (tokens[index]["other"] or "x").isspace():
        index += 1
    if index >= len(tokens) or depth >= _MAX_DEPTH or tokens[index]["brace"] == "}":
        return "", index
    text, index = _formula_piece(tokens, index, depth + 1)
    return text.strip(), index


def _bracketed(text: str) -> str:
    return text if len(text) <= 1 or text.isalnum() or text.isdigit() else f"({text})"

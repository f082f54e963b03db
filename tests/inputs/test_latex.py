import contextlib
import itertools

import pytest
from damage import damaged, outcome
from hypothesis import given
from hypothesis import strategies as st

from summarize.document import Source
from summarize.errors import InputError, MissingExtraError
from summarize.inputs import latex
from summarize.inputs.door import read_bytes
from summarize.inputs.latex import recognise
from summarize.inputs.latex_commands import formula_text, unit_text
from summarize.inputs.latex_reader import LatexReader
from summarize.inputs.table import Options

ARTICLE = r"""\documentclass[UTF8]{ctexart}
\usepackage{amsmath} % a package
\newcommand{\ours}{水轮\xspace}
\newcommand{\todo}[1]{}
\newcommand{\term}[1]{\textbf{#1}}
\title{关于\textbf{水轮}的研究\thanks{资助}}
\author{张三\and 李四}
\begin{document}
\maketitle
\begin{abstract}
本文研究水轮~\cite{a}。我们测得
$x^2 \le \frac{a}{b}$，见第~\ref{sec:a} 节（\cite{b}）。% 注释
\end{abstract}

\section{引言}\label{sec:a}
\ours 是一种古老的机械，
它利用水流\footnote{参见文献。}。\todo{补充}由公式
\begin{equation}
E = mc^2, \label{eq:e}
\end{equation}
可知能量守恒。
\begin{figure}
\caption{图}
\end{figure}

\subsection{方法}
\begin{enumerate}
\item 上游水样合格
\item[特别] 下游水样\emph{不合格}
\end{enumerate}
\paragraph{数据} 数据的 50\% 在 \url{http://example.org/%20a}。
\input{chap1}
\begin{thebibliography}{9}\bibitem{a} 张三\end{thebibliography}
\end{document}
这里不读。
"""


def read(text, **options):
    return next(iter(latex.read(Source(text, "utf-8"), Options(**options))), Source("", "utf-8"))


def text_of(text):
    return read(text).text


def test_what_pandoc_writes_around_headings_and_code_is_left_out():
    heading = "\\hypertarget{the-wheel}{%\n\\section{The wheel}\\label{the-wheel}}\n\nIt turns all day.\n\n"
    code = "\\begin{Highlighting}[]\n\\NormalTok{turn }\\KeywordTok{wheel}\n\\end{Highlighting}\n"
    shaded = f"\\begin{{Shaded}}\n{code}\\end{{Shaded}}\n"
    assert text_of(f"\\begin{{document}}\n{heading}{shaded}\\end{{document}}") == "The wheel\n\nIt turns all day."


def test_unknown_command_around_a_short_line_over_a_paragraph_makes_a_heading():
    body = "\\ppt{The wheel}\nIt turns all day.\n\n\\emphasis{It is old.}\nSo it stops."
    source = read(f"\\begin{{document}}\n\n{body}\n\\end{{document}}")
    assert source.text == "The wheel\n\nIt turns all day.\n\nIt is old. So it stops."
    assert [source.text[part.start : part.end] for part in source.parts] == ["The wheel"]


def test_an_article_is_read_without_its_commands():
    source = read(ARTICLE, name="a.tex")
    assert source.text == (
        "关于水轮的研究\n\n本文研究水轮。我们测得x^2 ≤ a/b，见第节。\n\n引言\n\n"
        "水轮是一种古老的机械，它利用水流。由公式E = mc^2, 可知能量守恒。\n\n方法\n\n"
        "1. 上游水样合格\n2. 特别 下游水样不合格\n\n数据\n\n数据的 50% 在 http://example.org/%20a。"
    )
    assert (source.format, source.title) == ("latex", "关于水轮的研究")
    assert source.warnings == ("a.tex: files that it includes are not read: chap1",)


def test_headings_and_places_are_known():
    source = read(ARTICLE)
    headings = [source.text[part.start : part.end] for part in source.parts if part.role == "heading"]
    assert headings == ["关于水轮的研究", "引言", "方法", "数据"]
    lines = {source.text[place.start :][:2]: place.value for place in source.places if place.kind == "line"}
    assert (lines["本文"], lines["引言"], lines["水轮"], lines["可知"], lines["2."]) == ("11", "15", "16", "21", "29")
    chapters = [(place.value, source.text[place.start :][:2]) for place in source.places if place.kind == "chapter"]
    assert chapters == [("引言", "引言"), ("方法", "方法")]


def test_chapters_of_a_book_and_their_sections_are_its_two_levels():
    source = read("\\chapter{One}\nText.\n\\section{Two}\nText.\n\\subsection{Three}\nText.")
    assert [place.value for place in source.places if place.kind == "chapter"] == ["One", "Two"]


CASES = {
    "text of commands": (r"The \emph{old \textbf{wheel}} {\bf turns} \textsc{Now}.", "The old wheel turns Now."),
    "marks as they are typed": ("``It's old''---1--2, `so'", "“It’s old”—1–2, ‘so'"),
    "signs": (r"50\% \& \$5 \#1 a\_b \{c\} \S 2 \ldots\ end", "50% & $5 #1 a_b {c} §2 … end"),
    "accents": (r"na\"ive caf\'e \c{c}a \v{s} \^{\i}le \`a \ss", "naïve café ça š île à ß"),
    "ties and line ends": ("A~b\\\\c\nd\n\ne", "A b\nc d\n\ne"),
    "Chinese lines": ("水轮停了，\n又转了。", "水轮停了，又转了。"),
    "comments": ("One % no\n two, 5\\% more.\n% no\nThree.", "One two, 5% more. Three."),
    "references": (
        r"As shown \cite[p.~2]{a,b} in Figure~\ref{f} (see \citep{c}), it turns.",
        "As shown in Figure, it turns.",
    ),
    "sources that are subjects": (r"\citet{lee2019} shows it.", "lee2019 shows it."),
    "commands of a text that refer": (r"See \figref{a} and \mycite{b}.", "See and."),
    "addresses": (
        r"\href{https://example.org}{A page}, \url{https://example.org/a_b}.",
        "A page, https://example.org/a_b.",
    ),
    "verbatim words": (r"Use \verb|a_b| and \texttt{c}.", "Use a_b and c."),
    "formulas": (r"If $\alpha_i \in \mathbb{R}$ and \(x \geq 0\), so $5.", "If α_i ∈ R and x ≥ 0, so $5."),
    "a formula of its own": ("It turns.\n\\[ x = y \\]\n\nEnd.", "It turns.\n\nEnd."),
    "a formula in a sentence": ("We have $$x = y,$$ where x is old.", "We have x = y, where x is old."),
    "a long formula in a sentence": ("We have \\[" + "x + " * 60 + "x\\] as said.", "We have […] as said."),
    "environments": ("\\begin{center}A\\end{center}\\begin{quote}B\\end{quote}", "A\n\nB"),
    "arguments of environments": (
        "\\begin{minipage}[t]{5cm}A.\\end{minipage}\\begin{CJK*}{UTF8}{gbsn}水\\end{CJK*}",
        "A.\n\n水",
    ),
    "frames": ("\\begin{frame}[fragile]{Old}\nIt turns.\n\\end{frame}\n\\frametitle{New}", "Old\n\nIt turns.\n\nNew"),
    "lists": (
        "\\begin{itemize}\\item a\\item b\\end{itemize}\n\\begin{description}\\item[c] d\\end{description}",
        "- a\n- b\n\n- c d",
    ),
    "tables and code": (
        "A.\\begin{tabular}{ll}a&b\\end{tabular}\\begin{lstlisting}int\\end{lstlisting}"
        "\\begin{myverbatim}x\\end{myverbatim} B.",
        "A. B.",
    ),
    "what is never closed": ("A.\\begin{figure}B. \\emph{C. {D} $E", "A.B. C. D $E"),
    "empty brackets": (r"It turns (see~\cite{a}; \cite{b}) now（见\ref{c}）。", "It turns now。"),
    "macros": (
        "\\newcommand*{\\mill}{the \\emph{mill}}\\def\\x#1{no}\\newcommand{\\y}[2]{}A \\mill{} \\y{b}{c}turns.",
        "A the mill turns.",
    ),
    "macros in each other": (r"\def\a{\b\b}\def\b{\a x}\a.", "xx."),
    "names that are defined elsewhere": (
        r"\LHC\ at \CERN{} and \ours{} run \large well \Large so.",
        "LHC at CERN and ours run well so.",
    ),
    "quantities": (
        r"It is \SI{5}{\kilo\metre} or \qty{3,2}{\percent}, \num{10--20}.",
        "It is 5 kilometre or 3,2 %, 10–20.",
    ),
    "lengths": (r"A\hskip.5em b \vspace{1cm}\parindent=0pt c", "A b c"),
    "no text at all": (r"\vspace{1cm}$\vdots$", ""),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES)
def test_commands_are_read_for_what_they_stand_for(text, expected):
    assert text_of(text) == expected


FORMULAS = {
    r"x_{ij}^2 + \frac{a+b}{2c}": "x_ij^2 + (a+b)/2c",
    r"e^{i\pi} + 1 = 0": "e^iπ + 1 = 0",
    r"\sqrt{x+1}, \left(\sum_{i=1}^{n} a_i\right)": "√(x+1), (∑_i=1^n a_i)",
    r"\text{if } x \neq 0 \mathrm{d}x": "if x ≠ 0 dx",
    r"a \, b \quad c \\ d & e": "a b c d e",
    r"\operatorname{rank}(A) \foo{x} \bar": "rank(A) x bar",
    r"\{x \mid x > 0\}": "{x | x > 0}",
    "": "",
    "}{": "",
}


@pytest.mark.parametrize(("source", "expected"), FORMULAS.items())
def test_formulas_are_written_in_a_line(source, expected):
    assert formula_text(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\kilo\metre\per\hour", "kilometre/hour"),
        (r"\degreeCelsius", "°C"),
        ("km", "km"),
        (r"\milli\second", "millisecond"),
    ],
)
def test_units_are_written_out(source, expected):
    assert unit_text(source) == expected


def test_a_chapter_that_shows_a_document_is_read_whole():
    example = "\\begin{verbatim}\n\\documentclass{a}\n\\begin{document}\n\\end{document}\n\\end{verbatim}"
    text = f"\\chapter{{One}}\nText.\n{example}\nMore."
    assert text_of(text) == "One\n\nText. More."


def test_a_document_of_other_files_names_them():
    text = "\\documentclass{book}\\begin{document}\\include{one}\\input two.tex \\input{three}\\end{document}"
    with pytest.raises(
        InputError, match=r"^a\.tex: its text is in other files; summarize these instead: one, two.tex, three$"
    ):
        read(text, name="a.tex")


def test_many_other_files_are_named_in_part():
    text = "Text." + "".join(f"\\input{{part{number}}}" for number in range(12))
    (warning,) = read(text, name="a").warnings
    assert warning.endswith("part6, part7 and 4 more")


def test_a_program_is_refused():
    text = "\\documentclass{a}\\begin{document}\n" + "x=\\count0 \\advance y by -1 @z=#1#2;\n" * 20
    with pytest.raises(InputError, match="not prose"):
        read(text)


def test_the_library_is_asked_for(monkeypatch):
    monkeypatch.setattr("summarize.errors.find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"^pylatexenc is missing; run: .*summarize\[latex\]"):
        read_bytes(ARTICLE.encode())


@pytest.mark.parametrize(
    ("text", "suffix", "is_latex"),
    [
        (ARTICLE, "", True),
        (ARTICLE, ".txt", True),
        ("Text.", ".tex", True),
        ("\\section{A}\n\nText \\cite{b}.", "", True),
        ("\\begin{itemize}\n\\item a\n\\end{itemize}", ".txt", True),
        ("A formula: \\begin{align} x \\end{align}", "", False),
        ("Write \\section{Title} for a heading.", "", False),
        (ARTICLE, ".md", False),
        ("水轮停了。", "", False),
    ],
)
def test_latex_is_told_by_its_commands(text, suffix, is_latex):
    assert recognise(Source(text, "utf-8"), suffix) is is_latex


def test_latex_comes_through_the_door():
    (source,) = read_bytes(ARTICLE.encode("gb18030"), Options(name="a.tex", suffix=".tex"))
    assert source.text == read(ARTICLE).text
    assert source.encoding == "gb18030"


# Hostile

_TOKENS = st.sampled_from(
    [
        *("\\", "{", "}", "[", "]", "$", "$$", "%", "~", "&", "#1", "\n", "\n\n", " ", "a", "水", "The wheel turns. "),
        *(
            "\\emph",
            "\\section",
            "\\item",
            "\\cite",
            "\\begin{itemize}",
            "\\end{itemize}",
            "\\begin{figure}",
            "\\def\\a",
        ),
        *(
            "\\a",
            "\\[",
            "\\]",
            "\\(",
            "\\)",
            "\\frac",
            "\\verb|",
            "\\url",
            "\\'",
            "\\title",
            "\\maketitle",
            "\\SI",
            "^",
            "_",
        ),
        *(
            "\\begin{document}",
            "\\documentclass",
            "\\newcommand",
            "\\begin{equation}",
            "\\end{equation}",
            "\\\\",
            "\\x{}",
        ),
    ]
)


@given(st.lists(_TOKENS, max_size=60).map("".join))
def test_any_commands_give_text_with_parts_and_places_inside(text):
    with contextlib.suppress(InputError):  # where it is no prose
        source = read(text)
        length = len(source.text)
        assert all(0 <= part.start < part.end <= length for part in source.parts)
        assert all(a.end <= b.start for a, b in itertools.pairwise(source.parts))
        assert [place.start for place in source.places] == sorted(place.start for place in source.places)


@pytest.mark.parametrize(
    "unit",
    [
        *(
            "{",
            "}",
            "\\emph{",
            "\\begin{a}",
            "\\begin{figure}",
            "$",
            "$a ",
            "$$a",
            "\\label{",
            "\\a[",
            "\\item[a",
            "\\section{",
        ),
        *(
            "\\title{",
            "\\def\\a{\\a}",
            "\\newcommand{\\a}[",
            "\\'{",
            "%\n",
            "\\url{a",
            "\\[a",
            "\\frac{",
            "\\begin{frame}{",
        ),
    ],
)
def test_deep_and_endless_commands_are_read(unit):
    for text in (unit * 4000, unit * 4000 + "}" * 4000, f"${unit * 300}$"):
        with contextlib.suppress(InputError):  # most of it is no prose
            read(text)


def test_words_of_a_macro_around_its_arguments_are_kept():
    macros = r"\newcommand{\mill}[2]{the mill of #1 at #2}\newcommand{\hl}[1]{\textbf{#1}}"
    source = read(macros + r"We saw \mill{\emph{Bern}}{noon}, and \hl{the wheel} turned.")
    assert source.text.endswith("We saw the mill of Bern at noon, and the wheel turned.")


def test_macros_of_macros_do_not_explode():
    names = [f"m{chr(97 + number) * 3}" for number in range(25)]
    macros = "".join(rf"\def\{name}{{" + rf"\{following} " * 6 + "}" for name, following in itertools.pairwise(names))
    source = read(macros + f"\\def\\{names[-1]}{{wheel}}The wheel turns. \\{names[0]}")
    assert len(source.text) < 1000


def test_damaged_copies_give_texts_or_one_clear_line():
    for data in damaged(ARTICLE.encode(), num_copies=200):
        found = outcome(data, Options(name="a", suffix=".tex"), "latex")
        assert found == "refused" or all(source.text for source in found)


def copied(num, monkeypatch):
    """Return how many characters are put together while so many formulas of one line are read."""
    add, found = LatexReader._add, []

    def counted(self, text, position):
        add(self, text, position)
        found.append(len(self._runs[-1][0]))

    with monkeypatch.context() as patch:
        patch.setattr(LatexReader, "_add", counted)
        (read,) = latex.read(Source(f"\\begin{{document}}The river rose. {'$a$ ' * num}", "utf-8"), Options())
    assert read.text == "The river rose. " + " ".join("a" * num)
    return sum(found)


def test_a_line_is_not_copied_with_all_that_is_added_to_it(monkeypatch):
    assert copied(8000, monkeypatch) < 2.2 * copied(4000, monkeypatch)

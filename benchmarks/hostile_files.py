"""Files of text that are made to slow their reader down, as long as one wants: for `benchmarks.doubling`.

For each reader what can be nested, many, or long. Those that are packed stand in `hostile_packed`.
"""

import json
from collections.abc import Callable, Mapping

from benchmarks.hostile import around, nested, repeated

_SAID = "The river rose."
_PAGE = "<html><body>"
_TEX = "\\documentclass{article}\\begin{document}\nThe river rose.\n"
_MAIL = "From: a@b.c\nSubject: News\nMIME-Version: 1.0\n"


def _cells(run: str, kind: str = "markdown") -> Callable[[int], str]:
    head = '{"nbformat": 4, "metadata": {}, "cells": ['
    cell = json.dumps({"cell_type": kind, "source": [run]})
    return lambda chars: head + ", ".join([cell] * (chars // len(cell) + 1)) + "]}"


def _rolling(chars: int) -> str:
    times = (f"00:{n // 60 % 60:02}:{n % 60:02}" for n in range(chars // 55))
    return "".join(f"{n}\n{at},000 --> {at},900\nline {n}\nline {n + 1}\n\n" for n, at in enumerate(times))


_CUE = "1\n00:00:01,000 --> 00:00:02,000\nThe river rose\n\n"
# By reader: the suffix of the file, and what each is made of.
FILES: Mapping[str, tuple[str, Mapping[str, Callable[[int], str | bytes]]]] = {
    "html": (
        ".html",
        {
            "paragraphs": around(f"{_PAGE}<article>", f"<p>{_SAID}</p>", "</article></body></html>"),
            "nested": nested("<div>", "The river rose.", "</div>"),
            "open": nested("<div>", "The river rose."),
            "lists": nested("<ul><li>", "a", "</li></ul>"),
            "comments": around(f"{_PAGE}<p>{_SAID}", "<!-- a -->"),
            "half comments": around(f"{_PAGE}<p>{_SAID}", "<!-- a "),
            "breaks": around(f"{_PAGE}a", "<br>b"),
            "attributes": around(f"{_PAGE}<p ", "a=b ", ">The river rose.</p>"),
            "links": around(f"{_PAGE}", "<a href=b>a</a> "),
            "entities": around(f"{_PAGE}<p>", "&amp;&lt;"),
            "tables": around(f"{_PAGE}<table>", "<tr><td>a<td>b</tr>"),
            "prologue": around("", "<?a?>", f"{_PAGE}<p>{_SAID}</p>"),
            "spans": around(f"{_PAGE}<p>", "<span>a</span>"),
            "scripts": around(f"{_PAGE}<p>{_SAID}</p>", "<script>a<"),
            "bold": nested("<b>", "The river rose."),
            "nested tables": nested("<table><tr><td>", "The river rose.", "</td></tr></table>"),
            "nested quotes": nested("<blockquote>", "The river rose.", "</blockquote>"),
            "one row": around(f"{_PAGE}<table><tr>", "<td>a", "</table>"),
            "one cell": around(f"{_PAGE}<table><tr><td>", "The river rose. ", "</table>"),
            "one paragraph": around(f"{_PAGE}<p>", "The river rose. ", "</p>"),
            "headings": around(f"{_PAGE}", f"<h2>A</h2><p>{_SAID}</p>"),
            "items": around(f"{_PAGE}<ul>", f"<li>{_SAID}</li>"),
            "sections": around(f"{_PAGE}", f"<section><p>{_SAID}</p></section>"),
            "linked lists": around(f"{_PAGE}<ul>", "<li><a href=b>a</a></li>"),
            "half tags": around(_PAGE, "<a "),
            "ends": around(f"{_PAGE}<p>{_SAID}</p>", "</div>"),
            "styles": around(f"{_PAGE}<p>{_SAID}</p>", "<style>a{}</style>"),
            "images": around(f"{_PAGE}<p>{_SAID}</p>", "<img src=a alt=b>"),
            "forms": around(f"{_PAGE}<p>{_SAID}</p>", "<form><input><button>a</button></form>"),
            "metas": around("<html><head>", "<meta name=a content=b>", f"</head><body><p>{_SAID}</p>"),
            "one attribute": around(f'{_PAGE}<p class="', "a ", f'">{_SAID}</p>'),
            "data": around(f'{_PAGE}<p>{_SAID}</p><script type="application/ld+json">[', "{},", "1]</script>"),
        },
    ),
    "markdown": (
        ".md",
        {
            **{
                name: around("# A\n\n", run)
                for name, run in {
                    "quotes": "> a\n",
                    "deep lists": "- a\n  - b\n",
                    "numbered": "1. a\n",
                    "links": "[a](b)",
                    "half links": "[a](",
                    "images": "![a](b)",
                    "code": "`a",
                    "fences": "```\na\n",
                    "stars": "*a",
                    "two stars": "**a",
                    "under": "_a_",
                    "tables": "|a",
                    "rows": "| a | b |\n",
                    "html": "<b>a",
                    "comments": "<!-- a",
                    "notes": "[^1]: a\n",
                    "marks": "[^1]",
                    "definitions": "[a]: b\n",
                    "rulers": "***\n",
                    "underlined": "a\n===\n",
                    "escapes": "\\*",
                    "entities": "&amp;",
                    "brackets": "[",
                    "backticks": "`",
                    "dollars": "$a",
                    "divs": "::: a\n",
                    "hashes": "# a\n",
                    "details": "<details>\n",
                    "autolinks": "<http://a.b>",
                    "tildes": "~~a",
                    "reference links": "[a][b] ",
                    "footnotes": "a[^1]\n\n[^1]: b\n\n",
                    "emphasis": "*a* **b** ",
                    "open emphasis": "*a _b ",
                    "tasks": "- [ ] a\n",
                    "cells": "| a ",
                    "formulas": "$$a$$ ",
                    "pipes": "|",
                    "paragraphs": "The river rose.\n\n",
                    "parts": "## A\n\nThe river rose.\n\n",
                    "line ends": "a  \n",
                    "addresses": "http://a.b/c ",
                    "attributes": "a {#b .c} ",
                    "half html": "<a b=c ",
                }.items()
            },
            "nested quotes": nested("> ", "a"),
            "nested lists": lambda chars: "".join(f"{'  ' * n}- a\n" for n in range(int(chars**0.5))),
            "front matter": around("---\n", "a: b\n", "---\n\nThe river rose.\n"),
            "table": around("# A\n\n| a | b |\n|---|---|\n", "| The river rose. | b |\n"),
            "wide table": around("# A\n\n| a", " | b", " |\n|---|\n"),
            "one cell": around("# A\n\n| a | b |\n|---|---|\n| ", "The river rose. ", " | b |\n"),
            "open front matter": around("---\n", "a: b\n"),
        },
    ),
    "latex": (
        ".tex",
        {
            **{
                name: around(_TEX, run)
                for name, run in {
                    "groups": "{",
                    "commands": "\\a",
                    "arguments": "\\emph{a} ",
                    "open": "\\emph{",
                    "formulas": "$a$ ",
                    "half formulas": "$a ",
                    "displays": "\\[a\\] ",
                    "items": "\\item a\n",
                    "begins": "\\begin{a}",
                    "environments": "\\begin{a}b\\end{a}",
                    "comments": "% a\n",
                    "options": "\\a[b",
                    "sections": "\\section{A}\nThe river rose.\n",
                    "cites": "\\cite{a} ",
                    "macros": "\\newcommand{\\a}{b}\n",
                    "definitions": "\\def\\a{b}\\a ",
                    "verbs": "\\verb|a| ",
                    "accents": "\\'e",
                    "tables": "a & b \\\\\n",
                    "paragraphs": "The river rose.\n\n",
                    "braces": "{a}",
                    "deep items": "\\begin{itemize}\\item a\n",
                    "footnotes": "a\\footnote{The river fell.} ",
                    "labels": "\\label{a}\\ref{a} ",
                    "inputs": "\\input{a}\n",
                    "backslashes": "\\\\",
                    "tildes": "a~b ",
                    "ifs": "\\if a \\fi ",
                    "half displays": "\\[a ",
                    "dollars": "$$",
                    "bibliography": "\\bibitem{a} b\n",
                }.items()
            },
            "nested macros": nested("\\emph{", "a", "}"),
            "nested environments": nested("\\begin{a}", "b", "\\end{a}"),
            "growing macros": lambda chars: (
                "".join(
                    f"\\newcommand{{\\m{chr(97 + n % 26)}}}{{\\m{chr(97 + (n + 1) % 26)} a}}\n"
                    for n in range(chars // 26)
                )
                + _TEX
                + "\\ma\n"
            ),
        },
    ),
    "rtf": (
        ".rtf",
        {
            **{
                name: around("{\\rtf1 The river rose. ", run, "}")
                for name, run in {
                    "groups": "{",
                    "words": "\\a",
                    "escapes": "\\'e4",
                    "unicode": "\\u27827?",
                    "paragraphs": "a\\par ",
                    "closed": "{a}",
                    "skipped": "{\\*\\a b}",
                    "pictures": "{\\pict 00}",
                    "fields": "{\\field{\\*\\fldinst a}{\\fldrslt b}}",
                    "tables": "\\trowd a\\cell\\row ",
                    "binary": "\\bin3 abc",
                    "text": "The river rose. ",
                    "tabs": "\\tab a",
                    "cells": "a\\cell ",
                    "bold": "{\\b a}",
                    "fonts": "{\\f0\\fs24 a}",
                }.items()
            },
            "nested": nested("{", "a", "}"),
        },
    ),
    "mail": (
        ".eml",
        {
            "headers": around(_MAIL, "X-A: b\n", "\nThe river rose.\n"),
            "folded": around(f"{_MAIL}X-A: b\n", " c\n", "\nThe river rose.\n"),
            "receivers": around(f"{_MAIL}To: ", "a@b.c, ", "d@e.f\n\nThe river rose.\n"),
            "coded words": around("MIME-Version: 1.0\nSubject: ", "=?utf-8?q?a?= ", f"\nFrom: a@b.c\n\n{_SAID}\n"),
            "quoted": around(f"{_MAIL}\nThe river rose.\n", "> a\n"),
            "deeply quoted": around(f"{_MAIL}\nThe river rose.\n", ">>>>> a\n"),
            "parts": around(
                f"{_MAIL}Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nThe river rose.\n", "--b--\n"
            ),
            "signatures": around(f"{_MAIL}\nThe river rose.\n", "-- \nLi\n"),
            "wrote": around(f"{_MAIL}\nYes.\n", "On Monday, Li wrote:\n"),
            "lines": around(f"{_MAIL}\n", "The river rose.\n"),
            "one line": around(f"{_MAIL}\n", "The river rose. "),
            "quote levels": around(f"{_MAIL}\nThe river rose.\n", ">", " a\n"),
            "many levels": lambda chars: (
                f"{_MAIL}\nYes.\n" + "".join(">" * n + " a\n" for n in range(int((2 * chars) ** 0.5)))
            ),
            "nested parts": lambda chars: (
                f"{_MAIL}"
                + "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(chars // 60))
            ),
            "html": around(f"{_MAIL}Content-Type: text/html\n\n", f"<p>{_SAID}</p>"),
            "html quotes": nested("<blockquote>", _SAID, "</blockquote>"),
            "base64": around(f"{_MAIL}Content-Transfer-Encoding: base64\n\n", "VGhlIHJpdmVyIHJvc2Uu\n"),
            "quoted-printable": around(f"{_MAIL}Content-Transfer-Encoding: quoted-printable\n\n", "=41=42 =\n"),
            "one header": around("Subject: ", "the river ", f"\nFrom: a@b.c\nMIME-Version: 1.0\n\n{_SAID}\n"),
            "forwarded": around(f"{_MAIL}\nYes.\n", "---- Forwarded message ----\nFrom: a\nSubject: b\n\nThe river.\n"),
            "mailbox": repeated(f"From a@b.c Thu Jan  1 00:00:00 2026\n{_MAIL}\nThe river rose.\n\n"),
        },
    ),
    "records": (
        ".json",
        {
            "rows": around('[{"text": "The river rose."}', ', {"text": "The river fell."}', "]"),
            "nested": nested('{"a": ', '"The river rose."', "}"),
            "lists": nested("[", '"The river rose."', "]"),
            "one text": around('[{"text": "', "The river rose. ", '"}]'),
            "fields": lambda chars: json.dumps([{f"f{n}": "The river rose." for n in range(chars // 26)}]),
            "escapes": around('[{"text": "The river ', "\\u0061", '"}]'),
            "numbers": around('[{"text": "The river rose."}', ", 1", "]"),
            "empty": around('[{"text": "The river rose."}', ", {}", "]"),
        },
    ),
    "lines": (
        ".jsonl",
        {
            "lines": repeated('{"text": "The river rose."}\n'),
            "one field": around('{"text": "', "The river rose. ", '"}\n'),
            "other field": around('{"text": "The river rose.", "b": "', "x", '"}\n'),
            "keys": lambda chars: "".join(f'{{"text": "The river rose.", "f{n}": 1}}\n' for n in range(chars // 40)),
            "broken": repeated('{"text": \n'),
        },
    ),
    "rows": (
        ".csv",
        {
            "rows": around("name,text\n", "a,The river rose.\n"),
            "quotes": around("name,text\n", '"a","The ""river"" rose."\n'),
            "open quote": around('name,text\na,"', "The river rose.\n"),
            "columns": around("a", ",b", "\nThe river rose.\n"),
            "wide rows": around("a", ",b", "\n" + ",The river rose.\n" * 3),
            "one cell": around('name,text\na,"', "The river rose. ", '"\n'),
            "empty": around("name,text\na,The river rose.\n", ",\n"),
            "semicolons": around("name;text\n", "a;The river rose.\n"),
            "ones": around("name,text\n", ",111"),
        },
    ),
    "subtitles": (
        ".srt",
        {
            "cues": repeated(_CUE),
            "one cue": around("1\n00:00:01,000 --> 00:00:02,000\n", "The river rose\n"),
            "tags": around("1\n00:00:01,000 --> 00:00:02,000\n", "<i>a</i> "),
            "rolling": _rolling,
            "same": repeated("1\n00:00:01,000 --> 00:00:02,000\nThe\n\n"),
            "speakers": repeated("1\n00:00:01,000 --> 00:00:02,000\n- Yes.\n- No.\n\n"),
            "times": repeated("00:00:01,000 --> 00:00:02,000\n"),
            "numbers": repeated("1\n\n"),
        },
    ),
    "vtt": (
        ".vtt",
        {
            "cues": around("WEBVTT\n\n", "00:01.000 --> 00:02.000\n<v Li>The river rose\n\n"),
            "notes": around("WEBVTT\n\n", "NOTE a\n\n", "00:01.000 --> 00:02.000\nThe river rose\n"),
            "timed words": around("WEBVTT\n\n00:01.000 --> 00:02.000\n", "<00:01.000><c>a</c> "),
        },
    ),
    "rst": (
        ".rst",
        {
            name: around("A\n=\n\n", run)
            for name, run in {
                "roles": ":a:`b` ",
                "directives": ".. a:: b\n\n",
                "titles": "A\n=\n\n",
                "stars": "*a ",
                "items": "* a\n",
                "tables": "=== ===\na   b\n=== ===\n",
                "grids": "+--+\n|a |\n+--+\n",
                "ticks": "`",
                "links": "`a <b>`_ ",
                "indented": "a::\n\n  b\n\n",
                "substitutions": "|a| ",
            }.items()
        },
    ),
    "chat": (
        ".txt",
        {
            "messages": repeated("2026-01-02 10:01 Li: the river rose\n"),
            "Chinese": repeated("2026-01-02 10:01:22 李明\n河水上涨了\n\n"),
            "long message": around("2026-01-02 10:01 Li: ", "the river rose. "),
            "people": lambda chars: "".join(f"2026-01-02 10:01 p{n}: the river rose\n" for n in range(chars // 40)),
        },
    ),
    "notebook": (
        ".ipynb",
        {
            "cells": _cells("The river rose.\n"),
            "nested": nested('{"cells": [', "1", "]}"),
            "code": _cells("a = 1\n", "code"),
            "one cell": lambda chars: json.dumps(
                {"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "markdown", "source": ["a\n"] * (chars // 7)}]}
            ),
        },
    ),
}

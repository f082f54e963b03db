"""Inputs that are made to slow a step down, as long as one wants: for `benchmarks.doubling`.

One character of a kind over and over, brackets and quotation marks that never close, marks of lists, and for each
reader what can be nested, many, or long.
"""

import io
import json
from collections.abc import Callable, Mapping
from zipfile import ZIP_DEFLATED, ZipFile

_CHARACTERS = {
    "letters": "a",
    "capitals": "A",
    "digits": "7",
    "Chinese": "水",
    "rare Chinese": "𠀀",
    "kana": "か",
    "hangul": "강",
    "Cyrillic": "ж",
    "Arabic": "ب",
    "Thai": "ก",
    "combining marks": "e\u0301",
    "emoji": "😀",
    "joined emoji": "👩‍🚀",
    "flags": "🇨🇳",
    "spaces": " ",
    "wide spaces": "\u3000",
    "tabs": "\t",
    "line ends": "\n",
    "carriage returns": "\r\n",
    "line separators": "\u2028",
    "form feeds": "\f",
    "zero width": "\u200b",
    "turned": "\u202e",
    "private": "\ue000",
    "soft hyphens": "\u00ad",
    "unknown": "\ufffd",
    "controls": "\x1b[31m",
}
_MARKS = tuple("()[]{}<>（）《》「」『』【】〈〉“”‘’\"'«»,，、;；:：.。!！?？…—-–_~^*`#+=|\\/@&%$·•")
_RUNS = {
    "words": "word ",
    "sentences": "The river rose again. ",
    "Chinese sentences": "河水又上涨了。",
    "initials": "A. ",
    "abbreviations": "Mr. ",
    "numbers": "1,234.5 ",
    "dots in words": "a.b",
    "addresses": "http://a.b/c?d ",
    "mail addresses": "a@b.c ",
    "quoted": '"Yes," he said. ',
    "Chinese quoted": "“好。”",
    "half quoted": "“好。",
    "bracketed": "(a) b ",
    "half bracketed": "(a ",
    "years": "1998年",
    "times": "10:30 ",
    "dashes": "a — b ",
    "commas": "a, ",
    "Chinese commas": "水，",
    "speakers": "李明：好。\n",
    "English speakers": "LI: Good. ",
    "stars": "**a** ",
    "half stars": "**a ",
    "links": "[a](b) ",
    "half links": "[a](",
    "tags": "<b>a</b>",
    "half tags": "<a ",
    "notes": "[^1] ",
    "entities": "&amp;",
    "apostrophes": "don't ",
    "hyphens": "well-known ",
    "short lines": "a\n",
    "Chinese lines": "河水上涨\n",
    "paragraphs": "It rose.\n\n",
    "titles": "Title\n\nIt rose.\n\n",
    "hashes": "# A\n\nIt rose.\n\n",
    "Chinese titles": "一、洪水\n河水上涨了。\n",
    "wrapped lines": "the river rose again and again and\n",
    "lists": "- one\n",
    "numbered": "1. one\n",
    "lettered": "a) one\n",
    "Chinese list": "（一）水。\n",
    "circled": "①水",
    "letters of lists": "(1) one (2) two ",
    "dialogue": "— No.\n",
    "rows": "| a | b |\n",
    "cells": "a\tb\tc\n",
    "csv": "a,b,c\n",
    "rulers": "----\n",
    "quoted lines": "> a\n",
    "nested quoted lines": ">>>> a\n",
    "code": "```\na\n",
    "indented": "    a\n",
    "times of cues": "[00:01] a\n",
    "dates": "2026年1月2日，",
    "pages": "\nPage 3 of 9\n",
    "signatures": "\n-- \nLi\n",
    "one sentence": "he said that ",
    "one Chinese sentence": "他说，在",
    "names": "Li Ming ",
    "same words": "的的",
}


def _repeated(run: str) -> Callable[[int], str]:
    return lambda chars: run * (chars // len(run) + 1)


def _nested(opens: str, middle: str, closes: str = "") -> Callable[[int], str]:
    """Return what nests as deep as a length has room for."""
    return lambda chars: opens * (n := chars // (len(opens) + len(closes))) + middle + closes * n


def _around(before: str, run: str, behind: str = "") -> Callable[[int], str]:
    return lambda chars: before + run * (chars // len(run) + 1) + behind


TEXTS: Mapping[str, Callable[[int], str]] = {
    **{name: _repeated(run) for name, run in (_CHARACTERS | _RUNS).items()},
    **{f"only {mark}": _repeated(mark) for mark in _MARKS},
    **{f"{mark} and a word": _repeated(f"{mark}word ") for mark in _MARKS},
    **{f"水 and {mark}": _repeated(f"水{mark}") for mark in _MARKS},
    "nested brackets": _nested("(a ", "b", ")"),
    "nested Chinese brackets": _nested("（水", "水", "）"),
    "nested quotation marks": _nested("“a ", "b", "”"),
    "one word": _nested("a", "b"),
    "different words": lambda chars: " ".join(f"w{number:x}" for number in range(chars // 6)),
    "different Chinese": lambda chars: "".join(chr(0x4E00 + number * 7 % 20_000) for number in range(chars)),
    "different sentences": lambda chars: " ".join(f"The w{n:x} rose by {n} m." for n in range(chars // 24)),
}
_SAID = "The river rose."
_PAGE = "<html><body>"
_TEX = "\\documentclass{article}\\begin{document}\nThe river rose.\n"
_MAIL = "From: a@b.c\nSubject: News\nMIME-Version: 1.0\n"


def _cells(run: str) -> Callable[[int], str]:
    head = '{"nbformat": 4, "metadata": {}, "cells": ['
    cell = json.dumps({"cell_type": "markdown", "source": [run]})
    return lambda chars: head + ", ".join([cell] * (chars // len(cell) + 1)) + "]}"


def _docx(run: str, behind: str = "") -> Callable[[int], bytes]:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def make(chars: int) -> bytes:
        body = run * (number := chars // (len(run) + len(behind)) + 1) + behind * number
        document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
        return zipped({"word/document.xml": document}, "word/document.xml")

    return make


def zipped(members: Mapping[str, str], main_part: str) -> bytes:
    """Return an office file of these parts."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{main_part}"/></Relationships>'
    )
    buffer = io.BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", related)
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _rolling(chars: int) -> str:
    times = (f"00:{n // 60 % 60:02}:{n % 60:02}" for n in range(chars // 55))
    return "".join(f"{n}\n{at},000 --> {at},900\nline {n}\nline {n + 1}\n\n" for n, at in enumerate(times))


_PARAGRAPH = "<w:p><w:r><w:t>The river rose.</w:t></w:r></w:p>"
_CUE = "1\n00:00:01,000 --> 00:00:02,000\nThe river rose\n\n"
# By reader: the suffix of the file, and what each is made of.
FILES: Mapping[str, tuple[str, Mapping[str, Callable[[int], str | bytes]]]] = {
    "html": (
        ".html",
        {
            "paragraphs": _around(f"{_PAGE}<article>", f"<p>{_SAID}</p>", "</article></body></html>"),
            "nested": _nested("<div>", "The river rose.", "</div>"),
            "open": _nested("<div>", "The river rose."),
            "lists": _nested("<ul><li>", "a", "</li></ul>"),
            "comments": _around(f"{_PAGE}<p>{_SAID}", "<!-- a -->"),
            "half comments": _around(f"{_PAGE}<p>{_SAID}", "<!-- a "),
            "breaks": _around(f"{_PAGE}a", "<br>b"),
            "attributes": _around(f"{_PAGE}<p ", "a=b ", ">The river rose.</p>"),
            "links": _around(f"{_PAGE}", "<a href=b>a</a> "),
            "entities": _around(f"{_PAGE}<p>", "&amp;&lt;"),
            "tables": _around(f"{_PAGE}<table>", "<tr><td>a<td>b</tr>"),
            "prologue": _around("", "<?a?>", f"{_PAGE}<p>{_SAID}</p>"),
            "spans": _around(f"{_PAGE}<p>", "<span>a</span>"),
            "scripts": _around(f"{_PAGE}<p>{_SAID}</p>", "<script>a<"),
            "bold": _nested("<b>", "The river rose."),
        },
    ),
    "markdown": (
        ".md",
        {
            **{
                name: _around("# A\n\n", run)
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
                }.items()
            },
            "nested quotes": _nested("> ", "a"),
            "nested lists": lambda chars: "".join(f"{'  ' * n}- a\n" for n in range(int(chars**0.5))),
            "front matter": _around("---\n", "a: b\n", "---\n\nThe river rose.\n"),
            "open front matter": _around("---\n", "a: b\n"),
        },
    ),
    "latex": (
        ".tex",
        {
            **{
                name: _around(_TEX, run)
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
                }.items()
            },
        },
    ),
    "rtf": (
        ".rtf",
        {
            **{
                name: _around("{\\rtf1 The river rose. ", run, "}")
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
                }.items()
            },
        },
    ),
    "mail": (
        ".eml",
        {
            "headers": _around(_MAIL, "X-A: b\n", "\nThe river rose.\n"),
            "folded": _around(f"{_MAIL}X-A: b\n", " c\n", "\nThe river rose.\n"),
            "receivers": _around(f"{_MAIL}To: ", "a@b.c, ", "d@e.f\n\nThe river rose.\n"),
            "coded words": _around("MIME-Version: 1.0\nSubject: ", "=?utf-8?q?a?= ", f"\nFrom: a@b.c\n\n{_SAID}\n"),
            "quoted": _around(f"{_MAIL}\nThe river rose.\n", "> a\n"),
            "deeply quoted": _around(f"{_MAIL}\nThe river rose.\n", ">>>>> a\n"),
            "parts": _around(
                f"{_MAIL}Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nThe river rose.\n", "--b--\n"
            ),
            "signatures": _around(f"{_MAIL}\nThe river rose.\n", "-- \nLi\n"),
            "wrote": _around(f"{_MAIL}\nYes.\n", "On Monday, Li wrote:\n"),
            "lines": _around(f"{_MAIL}\n", "The river rose.\n"),
            "one line": _around(f"{_MAIL}\n", "The river rose. "),
            "mailbox": _repeated(f"From a@b.c Thu Jan  1 00:00:00 2026\n{_MAIL}\nThe river rose.\n\n"),
        },
    ),
    "records": (
        ".json",
        {
            "rows": _around('[{"text": "The river rose."}', ', {"text": "The river fell."}', "]"),
            "nested": _nested('{"a": ', '"The river rose."', "}"),
            "lists": _nested("[", '"The river rose."', "]"),
            "one text": _around('[{"text": "', "The river rose. ", '"}]'),
            "fields": lambda chars: json.dumps([{f"f{n}": "The river rose." for n in range(chars // 26)}]),
            "escapes": _around('[{"text": "The river ', "\\u0061", '"}]'),
        },
    ),
    "rows": (
        ".csv",
        {
            "rows": _around("name,text\n", "a,The river rose.\n"),
            "quotes": _around("name,text\n", '"a","The ""river"" rose."\n'),
            "open quote": _around('name,text\na,"', "The river rose.\n"),
            "columns": _around("a", ",b", "\nThe river rose.\n"),
        },
    ),
    "subtitles": (
        ".srt",
        {
            "cues": _repeated(_CUE),
            "one cue": _around("1\n00:00:01,000 --> 00:00:02,000\n", "The river rose\n"),
            "tags": _around("1\n00:00:01,000 --> 00:00:02,000\n", "<i>a</i> "),
            "rolling": _rolling,
        },
    ),
    "chat": (
        ".txt",
        {
            "messages": _repeated("2026-01-02 10:01 Li: the river rose\n"),
            "Chinese": _repeated("2026-01-02 10:01:22 李明\n河水上涨了\n\n"),
            "people": lambda chars: "".join(f"2026-01-02 10:01 p{n}: the river rose\n" for n in range(chars // 40)),
        },
    ),
    "notebook": (".ipynb", {"cells": _cells("The river rose.\n"), "nested": _nested('{"cells": [', "1", "]}")}),
    "docx": (
        ".docx",
        {
            "paragraphs": _docx(_PARAGRAPH),
            "runs": _docx("<w:r><w:t>a</w:t></w:r>"),
            "nested tables": _docx("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
            "rows": _docx(f"<w:tbl><w:tr><w:tc>{_PARAGRAPH}</w:tc></w:tr></w:tbl>"),
            "empty": _docx("<w:p/>"),
            "breaks": _docx("<w:p><w:r><w:br/></w:r></w:p>"),
        },
    ),
}

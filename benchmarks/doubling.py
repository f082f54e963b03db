"""`python -m benchmarks.doubling`: which input takes more than 2.5 times as long where it is twice as long?

Inputs are made to slow a step down: one character of a kind over and over, brackets and quotation marks that never
close, marks of lists, and for each reader what can be nested, many, or long. Each is doubled until it takes long enough
to be measured, first as it is read, then summarized under each wish. `benchmarks.linear` measures single steps.
"""

import io
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import click
from rich.console import Console
from rich.table import Table

from summarize.errors import SummarizeError
from summarize.formats.json_lines import to_json_line
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options
from summarize.pipeline import summarize_text

MOST_RATIO = 2.5
_FIRST_CHARS = 8_000
_MOST_CHARS = 1_100_000
_LONG_ENOUGH = 0.4  # CPU seconds
_TOO_LONG = 20.0

_CHARACTERS = {
    "letters": "a", "capitals": "A", "digits": "7", "Chinese": "水", "rare Chinese": "𠀀", "kana": "か", "hangul": "강",
    "Cyrillic": "ж", "Arabic": "ب", "Thai": "ก", "combining marks": "e\u0301", "emoji": "😀", "joined emoji": "👩‍🚀",
    "flags": "🇨🇳", "spaces": " ", "wide spaces": "\u3000", "tabs": "\t", "line ends": "\n", "carriage returns": "\r\n",
    "line separators": "\u2028", "form feeds": "\f", "zero width": "\u200b", "turned": "\u202e", "private": "\ue000",
    "soft hyphens": "\u00ad", "unknown": "\ufffd", "controls": "\x1b[31m",
}  # fmt: skip
_MARKS = tuple("()[]{}<>（）《》「」『』【】〈〉“”‘’\"'«»,，、;；:：.。!！?？…—-–_~^*`#+=|\\/@&%$·•")
_RUNS = {
    "words": "word ", "sentences": "The river rose again. ", "Chinese sentences": "河水又上涨了。", "initials": "A. ",
    "abbreviations": "Mr. ", "numbers": "1,234.5 ", "dots in words": "a.b", "addresses": "http://a.b/c?d ",
    "mail addresses": "a@b.c ", "quoted": '"Yes," he said. ', "Chinese quoted": "“好。”", "half quoted": "“好。",
    "bracketed": "(a) b ", "half bracketed": "(a ", "years": "1998年", "times": "10:30 ", "dashes": "a — b ",
    "commas": "a, ", "Chinese commas": "水，", "speakers": "李明：好。\n", "English speakers": "LI: Good. ",
    "stars": "**a** ", "half stars": "**a ", "links": "[a](b) ", "half links": "[a](", "tags": "<b>a</b>", "half tags": "<a ",
    "notes": "[^1] ", "entities": "&amp;", "apostrophes": "don't ", "hyphens": "well-known ", "short lines": "a\n",
    "Chinese lines": "河水上涨\n", "paragraphs": "It rose.\n\n", "titles": "Title\n\nIt rose.\n\n", "hashes": "# A\n\nIt rose.\n\n",
    "Chinese titles": "一、洪水\n河水上涨了。\n", "wrapped lines": "the river rose again and again and\n",
    "lists": "- one\n", "numbered": "1. one\n", "lettered": "a) one\n", "Chinese list": "（一）水。\n", "circled": "①水",
    "letters of lists": "(1) one (2) two ", "dialogue": "— No.\n", "rows": "| a | b |\n", "cells": "a\tb\tc\n", "csv": "a,b,c\n",
    "rulers": "----\n", "quoted lines": "> a\n", "nested quoted lines": ">>>> a\n", "code": "```\na\n", "indented": "    a\n",
    "times of cues": "[00:01] a\n", "dates": "2026年1月2日，", "pages": "\nPage 3 of 9\n", "signatures": "\n-- \nLi\n",
    "one sentence": "he said that ", "one Chinese sentence": "他说，在", "names": "Li Ming ", "same words": "的的",
}  # fmt: skip


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
    "different sentences": lambda chars: " ".join(f"The w{number:x} rose by {number} m." for number in range(chars // 24)),
}
_MAIL = "From: a@b.c\nSubject: News\nMIME-Version: 1.0\n"


def _cells(run: str) -> Callable[[int], str]:
    head = '{"nbformat": 4, "metadata": {}, "cells": ['
    cell = json.dumps({"cell_type": "markdown", "source": [run]})
    return lambda chars: head + ", ".join([cell] * (chars // len(cell) + 1)) + "]}"


def _docx(run: str, behind: str = "") -> Callable[[int], bytes]:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def make(chars: int) -> bytes:
        body = run * (number := chars // (len(run) + len(behind)) + 1) + behind * number
        return zipped({"word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>"}, "word/document.xml")

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


_PARAGRAPH = "<w:p><w:r><w:t>The river rose.</w:t></w:r></w:p>"
_CUE = "1\n00:00:01,000 --> 00:00:02,000\nThe river rose\n\n"
# By reader: the suffix of the file, and what each is made of.
FILES: Mapping[str, tuple[str, Mapping[str, Callable[[int], str | bytes]]]] = {
    "html": (".html", {
        "paragraphs": _around("<html><body><article>", "<p>The river rose.</p>", "</article></body></html>"),
        "nested": _nested("<div>", "The river rose.", "</div>"), "open": _nested("<div>", "The river rose."),
        "lists": _nested("<ul><li>", "a", "</li></ul>"), "comments": _around("<html><body><p>The river rose.", "<!-- a -->"),
        "half comments": _around("<html><body><p>The river rose.", "<!-- a "), "breaks": _around("<html><body>a", "<br>b"),
        "attributes": _around("<html><body><p ", "a=b ", ">The river rose.</p>"), "links": _around("<html><body>", "<a href=b>a</a> "),
        "entities": _around("<html><body><p>", "&amp;&lt;"), "tables": _around("<html><body><table>", "<tr><td>a<td>b</tr>"),
        "prologue": _around("", "<?a?>", "<html><body><p>The river rose.</p>"), "spans": _around("<html><body><p>", "<span>a</span>"),
        "scripts": _around("<html><body><p>The river rose.</p>", "<script>a<"), "bold": _nested("<b>", "The river rose."),
    }),
    "markdown": (".md", {
        **{name: _around("# A\n\n", run) for name, run in {
            "quotes": "> a\n", "deep lists": "- a\n  - b\n", "numbered": "1. a\n", "links": "[a](b)", "half links": "[a](",
            "images": "![a](b)", "code": "`a", "fences": "```\na\n", "stars": "*a", "two stars": "**a", "under": "_a_", "tables": "|a",
            "rows": "| a | b |\n", "html": "<b>a", "comments": "<!-- a", "notes": "[^1]: a\n", "marks": "[^1]", "definitions": "[a]: b\n",
            "rulers": "***\n", "underlined": "a\n===\n", "escapes": "\\*", "entities": "&amp;", "brackets": "[", "backticks": "`", "dollars": "$a",
            "divs": "::: a\n", "hashes": "# a\n", "details": "<details>\n", "autolinks": "<http://a.b>", "tildes": "~~a"}.items()},
        "nested quotes": _nested("> ", "a"), "nested lists": lambda chars: "".join(f"{'  ' * n}- a\n" for n in range(int(chars ** 0.5))),
        "front matter": _around("---\n", "a: b\n", "---\n\nThe river rose.\n"), "open front matter": _around("---\n", "a: b\n"),
    }),
    "latex": (".tex", {
        **{name: _around("\\documentclass{article}\\begin{document}\nThe river rose.\n", run) for name, run in {
            "groups": "{", "commands": "\\a", "arguments": "\\emph{a} ", "open": "\\emph{", "formulas": "$a$ ", "half formulas": "$a ",
            "displays": "\\[a\\] ", "items": "\\item a\n", "begins": "\\begin{a}", "environments": "\\begin{a}b\\end{a}", "comments": "% a\n",
            "options": "\\a[b", "sections": "\\section{A}\nThe river rose.\n", "cites": "\\cite{a} ", "macros": "\\newcommand{\\a}{b}\n",
            "definitions": "\\def\\a{b}\\a ", "verbs": "\\verb|a| ", "accents": "\\'e", "tables": "a & b \\\\\n", "paragraphs": "The river rose.\n\n"}.items()},
    }),
    "rtf": (".rtf", {
        **{name: _around("{\\rtf1 The river rose. ", run, "}") for name, run in {
            "groups": "{", "words": "\\a", "escapes": "\\'e4", "unicode": "\\u27827?", "paragraphs": "a\\par ", "closed": "{a}", "skipped": "{\\*\\a b}",
            "pictures": "{\\pict 00}", "fields": "{\\field{\\*\\fldinst a}{\\fldrslt b}}", "tables": "\\trowd a\\cell\\row ", "binary": "\\bin3 abc"}.items()},
    }),
    "mail": (".eml", {
        "headers": _around(_MAIL, "X-A: b\n", "\nThe river rose.\n"), "folded": _around(f"{_MAIL}X-A: b\n", " c\n", "\nThe river rose.\n"),
        "receivers": _around(f"{_MAIL}To: ", "a@b.c, ", "d@e.f\n\nThe river rose.\n"), "coded words": _around("From: a@b.c\nMIME-Version: 1.0\nSubject: ", "=?utf-8?q?a?= ", "\n\nThe river rose.\n"),
        "quoted": _around(f"{_MAIL}\nThe river rose.\n", "> a\n"), "deeply quoted": _around(f"{_MAIL}\nThe river rose.\n", ">>>>> a\n"),
        "parts": _around(f"{_MAIL}Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nThe river rose.\n", "--b--\n"),
        "signatures": _around(f"{_MAIL}\nThe river rose.\n", "-- \nLi\n"), "wrote": _around(f"{_MAIL}\nYes.\n", "On Monday, Li wrote:\n"),
        "lines": _around(f"{_MAIL}\n", "The river rose.\n"), "one line": _around(f"{_MAIL}\n", "The river rose. "),
        "mailbox": _repeated(f"From a@b.c Thu Jan  1 00:00:00 2026\n{_MAIL}\nThe river rose.\n\n"),
    }),
    "records": (".json", {
        "rows": _around('[{"text": "The river rose."}', ', {"text": "The river fell."}', "]"), "nested": _nested('{"a": ', '"The river rose."', "}"),
        "lists": _nested("[", '"The river rose."', "]"), "one text": _around('[{"text": "', "The river rose. ", '"}]'),
        "fields": lambda chars: json.dumps([{f"f{n}": "The river rose." for n in range(chars // 26)}]), "escapes": _around('[{"text": "The river ', "\\u0061", '"}]'),
    }),
    "rows": (".csv", {
        "rows": _around("name,text\n", "a,The river rose.\n"), "quotes": _around('name,text\n', '"a","The ""river"" rose."\n'), "open quote": _around('name,text\na,"', "The river rose.\n"),
        "columns": _around("a", ",b", "\nThe river rose.\n"),
    }),
    "subtitles": (".srt", {
        "cues": _repeated(_CUE), "one cue": _around("1\n00:00:01,000 --> 00:00:02,000\n", "The river rose\n"), "tags": _around("1\n00:00:01,000 --> 00:00:02,000\n", "<i>a</i> "),
        "rolling": lambda chars: "".join(f"{n}\n00:{n // 60 % 60:02}:{n % 60:02},000 --> 00:{n // 60 % 60:02}:{n % 60:02},900\nline {n}\nline {n + 1}\n\n" for n in range(chars // 55)),
    }),
    "chat": (".txt", {
        "messages": _repeated("2026-01-02 10:01 Li: the river rose\n"), "Chinese": _repeated("2026-01-02 10:01:22 李明\n河水上涨了\n\n"),
        "people": lambda chars: "".join(f"2026-01-02 10:01 p{n}: the river rose\n" for n in range(chars // 40)),
    }),
    "notebook": (".ipynb", {"cells": _cells("The river rose.\n"), "nested": _nested('{"cells": [', "1", "]}")}),
    "docx": (".docx", {
        "paragraphs": _docx(_PARAGRAPH), "runs": _docx("<w:r><w:t>a</w:t></w:r>"), "nested tables": _docx("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        "rows": _docx(f"<w:tbl><w:tr><w:tc>{_PARAGRAPH}</w:tc></w:tr></w:tbl>"), "empty": _docx("<w:p/>"), "breaks": _docx("<w:p><w:r><w:br/></w:r></w:p>"),
    }),
}  # fmt: skip
WISHES: Mapping[str, dict[str, Any]] = {
    "plain": {}, "-c 30": {"chars": 30}, "-w 15": {"words": 15}, "--by-heading": {"by_heading": True}, "--title": {"title": True},
    "--keywords": {"keywords": 5}, "--format json": {"explain": True},
}  # fmt: skip


def reading(suffix: str, make: Callable[[int], str | bytes]) -> Callable[[int], Callable[[], object]]:
    """Return what makes a step of a length: to read a file."""

    def step(chars: int) -> Callable[[], object]:
        content = make(chars)
        data = content.encode() if isinstance(content, str) else content
        return lambda: read_bytes(data, Options(name=f"a{suffix}", suffix=suffix))

    return step


def summarizing(make: Callable[[int], str], wishes: dict[str, Any]) -> Callable[[int], Callable[[], object]]:
    """Return what makes a step of a length: to summarize a text, and to print it as JSON where it is explained."""

    def step(chars: int) -> Callable[[], object]:
        text = make(chars)

        def run() -> None:
            summary = summarize_text(text, **wishes)
            if summary.explanation:
                to_json_line(summary)

        return run

    return step


def seconds(step: Callable[[], object]) -> float:
    """Return the CPU seconds of a call; a text that is refused is one as well."""
    start = time.process_time()
    try:
        step()
    except SummarizeError:
        pass
    return time.process_time() - start


def doubled(step: Callable[[int], Callable[[], object]]) -> tuple[int, float, float]:
    """Double a text until it takes long enough; return its length, the time and its ratio to that of half the text."""
    chars, before = _FIRST_CHARS, 0.0
    while True:
        took = seconds(step(chars))
        ratio = took / max(before, 1e-3)
        if took >= _LONG_ENOUGH or 2 * chars > _MOST_CHARS:
            if ratio > MOST_RATIO and took < _TOO_LONG:  # perhaps something else took the time
                took, before = (min(seconds(step(n)) for _ in range(2)) for n in (chars, chars // 2))
                ratio = took / max(before, 1e-3)
            return chars, took, ratio
        chars, before = 2 * chars, took


def steps(kinds: Iterable[str], wishes: Iterable[str]) -> Iterator[tuple[str, str, Callable[[int], Callable[[], object]]]]:
    """Yield the names of each step and input, and what makes the step."""
    for kind in kinds:
        if kind == "text":
            for wish in wishes:
                yield from ((wish, name, summarizing(make, WISHES[wish])) for name, make in TEXTS.items())
            yield from (("read", name, reading(".txt", make)) for name, make in TEXTS.items())
        else:
            suffix, makes = FILES[kind]
            yield from ((f"read {kind}", name, reading(suffix, make)) for name, make in makes.items())


@click.command()
@click.option("--kind", "kinds", type=click.Choice(["text", *FILES]), multiple=True, help="[default: all]")
@click.option("--wish", "wishes", type=click.Choice(list(WISHES)), multiple=True, help="Of texts. [default: all]")
@click.option("--save", type=click.Path(path_type=Path), help="Where all figures are written: TSV.")
def main(kinds: tuple[str, ...], wishes: tuple[str, ...], save: Path | None) -> None:
    """Double every input, and show those that take more than 2.5 times as long; the exit status is 1 if there are any."""
    table = Table("step", "input", "characters", "CPU seconds", "ratio to half of it")
    lines, num_steep = [], 0
    for step_name, name, step in steps(kinds or ("text", *FILES), wishes or WISHES):
        chars, took, ratio = doubled(step)
        lines.append(f"{step_name}\t{name}\t{chars}\t{took:.3f}\t{ratio:.2f}")
        if ratio > MOST_RATIO and took > _LONG_ENOUGH / 4:
            num_steep += 1
            table.add_row(step_name, name, f"{chars:,}", f"{took:.2f}", f"{ratio:.1f}")
        if save:
            save.write_text("\n".join(lines) + "\n", encoding="utf-8")
    Console(width=100).print(table)
    sys.exit(bool(num_steep))


if __name__ == "__main__":
    main()

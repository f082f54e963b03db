"""`python -m benchmarks.soak`: is memory flat over very many documents in one process, and no file left open?

Documents of every kind that is read in this process, each with other words, go through the library (read, summarized,
printed in every format) and as texts through the command with `--jsonl`. Memory is what is resident, and is looked at a
hundred times; what it has in the first quarter, the warm-up, it may exceed by 5%. Only Linux says what that is.
"""

import gzip
import json
import random
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZipFile

import click

from summarize.errors import SummarizeError
from summarize.formats.table import FORMATS
from summarize.formats.view import PLAIN_VIEW
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options
from summarize.pipeline import summarize_text

MOST_GROWTH = 0.05
WARM_UP = 0.25  # of the documents: the dictionary is read word by word as it is needed, until all of it is
_NUM_LOOKS = 100
_EXPLAINED = 11  # one document in so many is printed with all reasons, which takes longer than the rest

_ENGLISH = {
    "who": ("The mayor", "A farmer", "Dr. Brown", "The river", "Our school", "The old bridge", "Nobody", "The council"),
    "did": ("closed", "rose by", "bought", "has seen", "will build", "lost", "asked for", "counted"),
    "what": ("three metres", "two boats", "the library", "$4.5 million", "a new road", "21 per cent", "many trees"),
    "when": ("last night", "in 1998", "on Monday", "after the storm", "for the first time", "this spring"),
}
_CHINESE = {
    "who": ("市长", "一位农民", "李医生", "河水", "我们学校", "老桥", "没有人", "市政府"),
    "did": ("关闭了", "上涨了", "买下", "看见过", "将要修建", "失去了", "要求", "统计了"),
    "what": ("三米", "两条船", "图书馆", "四百五十万元", "一条新路", "百分之二十一的地", "许多树木"),
    "when": ("昨晚", "1998年", "星期一", "暴风雨过后", "第一次", "今年春天"),
}


class Document(NamedTuple):
    """A file that is made up, and its name."""

    name: str
    content: bytes


class Look(NamedTuple):
    """What a process has after so many documents."""

    num_documents: int
    resident_bytes: int
    num_files: int


def sentences(dice: random.Random, number: int) -> list[str]:
    """Return so many sentences in English or in Chinese; a word in each is new, so that what is kept of words shows."""
    is_english = dice.random() < 0.5
    table = _ENGLISH if is_english else _CHINESE
    found = []
    for _ in range(number):
        who, did, what, when = (dice.choice(table[part]) for part in ("who", "did", "what", "when"))
        new = "".join(
            dice.choices("abcdefghijklmnoprstuvwz" if is_english else "".join(map(chr, range(0x4E00, 0x5600))), k=4)
        )
        found.append(
            f"{who} {did} {what} {when}, said {new.title()}." if is_english else f"{who}{when}{did}{what}，{new}说。"
        )
    return found


def _page(lines: list[str]) -> str:
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    return f"<html><head><title>{lines[0]}</title></head><body><article>{paragraphs}</article></body></html>"


def _rtf(lines: list[str]) -> str:
    shown = (
        "".join(character if character.isascii() else f"\\u{ord(character)}?" for character in line) for line in lines
    )
    return "{\\rtf1\\ansi " + "\\par ".join(shown) + "}"


def _notebook(lines: list[str]) -> str:
    return json.dumps({"nbformat": 4, "metadata": {}, "cells": [{"cell_type": "markdown", "source": lines}]})


def _docx(lines: list[str]) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("_rels/.rels", related)
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
    return buffer.getvalue()


KINDS: Mapping[str, Callable[[list[str]], str | bytes]] = {
    "a.txt": lambda lines: "\n".join(lines),
    "a.md": lambda lines: f"# {lines[0]}\n\n" + "\n\n".join(lines) + f"\n\n- {lines[1]}\n- {lines[-1]}\n",
    "a.html": _page,
    "a.json": lambda lines: json.dumps([{"title": lines[0], "text": " ".join(lines)}]),
    "a.csv": lambda lines: "name,text\n" + "".join(f'{number},"{line}"\n' for number, line in enumerate(lines)),
    "a.srt": lambda lines: "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n\n" for n, line in enumerate(lines[:50], start=1)
    ),
    "a.eml": lambda lines: f"From: a@b.c\nSubject: News\nMIME-Version: 1.0\n\n{' '.join(lines)}\n",
    "a.tex": lambda lines: "\\begin{document}\n\\section{News}\n" + "\n\n".join(lines) + "\n\\end{document}\n",
    "a.rtf": _rtf,
    "a.ipynb": _notebook,
    "a.docx": _docx,
    "a.txt.gz": lambda lines: gzip.compress(" ".join(lines).encode()),
    "big5": lambda lines: "".join(lines).encode("gb18030"),
    "damaged": lambda lines: "\n".join(lines).encode("utf-16")[:-1],
    "refused": lambda lines: b"\0\1\2\3" * len(lines),
}  # fmt: skip
WISHES: tuple[dict[str, Any], ...] = (
    {}, {"chars": 80}, {"words": 25}, {"sentences": 3, "keywords": 5}, {"ratio": 0.2}, {"title": True},
    {"query": "what did the mayor close 大桥"},
)  # fmt: skip


def documents(number: int, seed: int) -> Iterator[Document]:
    """Yield so many documents, of each kind one after the other."""
    dice, kinds = random.Random(seed), list(KINDS)
    for count in range(number):
        name = kinds[count % len(kinds)]
        content = KINDS[name](sentences(dice, dice.choice((3, 6, 12, 30))))
        yield Document(name, content.encode() if isinstance(content, str) else content)


def look(num_documents: int, process: int | str = "self") -> Look:
    """Return what a process has now."""
    pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    return Look(num_documents, 4096 * pages, len(list(Path(f"/proc/{process}/fd").iterdir())))


def through_library(number: int, seed: int) -> Iterator[Look]:
    """Yield what this process has from time to time while it summarizes."""
    for count, document in enumerate(documents(number, seed), start=1):
        try:
            options = Options(name=document.name, suffix=Path(document.name).suffix)
            for source in read_bytes(document.content, options)[:1]:
                summary = summarize_text(source, explain=count % _EXPLAINED == 0, **WISHES[count % len(WISHES)])
                for known in FORMATS if summary.explanation else FORMATS[:1]:
                    known.render(summary, PLAIN_VIEW)
        except SummarizeError:
            pass  # some are damaged, some say too little for what is asked
        if count % max(1, number // _NUM_LOOKS) == 0:
            yield look(count)


def through_lines(number: int, seed: int) -> Iterator[Look]:
    """Yield what the command has from time to time while it answers lines."""
    dice = random.Random(seed)
    command = [sys.executable, "-m", "summarize", "--jsonl"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for count in range(1, number + 1):
            asked = {"id": count, "text": " ".join(sentences(dice, dice.choice((1, 6, 12, 30))))}
            asked |= WISHES[count % len(WISHES)] | {"explain": count % _EXPLAINED == 0}
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            if json.loads(process.stdout.readline()).get("id") != count:
                raise AssertionError(f"line {count} has no answer of its own")
            if count % max(1, number // _NUM_LOOKS) == 0:
                yield look(count, process.pid)
        process.stdin.close()


def growth(looks: list[Look]) -> float:
    """Return by which share memory grew at most after the warm-up, beside its most within it."""
    behind = int(WARM_UP * len(looks))
    warm = max(one.resident_bytes for one in looks[: behind + 1])
    return max(one.resident_bytes for one in looks[behind:]) / warm - 1


def draw(curves: Mapping[str, list[Look]], path: Path) -> None:
    """Draw memory over documents."""
    from matplotlib import use

    use("svg")
    from matplotlib import pyplot as plt
    from matplotlib import rcParams

    rcParams["svg.hashsalt"] = "soak"  # the same picture for the same figures
    figure, axes = plt.subplots(figsize=(7, 3.2), layout="constrained")
    for name, looks in curves.items():
        axes.plot([one.num_documents for one in looks], [one.resident_bytes / 2**20 for one in looks], label=name)
    axes.set(xlabel="documents", ylabel="memory in MiB", ylim=(0, None), xlim=(0, None))
    axes.legend(frameon=False)
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


@click.command()
@click.option("--documents", "number", default=20_000, show_default=True, help="Through each of the two ways.")
@click.option("--seed", default=1, show_default=True, help="Of the dice that make them up.")
@click.option("--picture", type=click.Path(path_type=Path), help="Where the memory is drawn: an SVG.")
def main(number: int, seed: int, picture: Path | None) -> None:
    """Summarize very many documents; the exit status is 1 if memory grows or files stay open."""
    curves = {
        "library, all formats": list(through_library(number, seed)),
        "command, --jsonl": list(through_lines(number, seed)),
    }
    is_flat = True
    for name, looks in curves.items():
        grown, files = growth(looks), looks[-1].num_files - looks[int(WARM_UP * len(looks))].num_files
        most = max(one.resident_bytes for one in looks) >> 20
        click.echo(f"{name}: {number} documents, at most {most} MiB, {grown:+.1%} after warm-up, {files:+} files open")
        is_flat &= grown <= MOST_GROWTH and files <= 0
    if picture:
        draw(curves, picture)
    sys.exit(not is_flat)


if __name__ == "__main__":
    main()

"""What fuzzing begins with: a small sound input of each kind, in texts of our own."""

import json
from collections.abc import Iterator

from fuzz.harnesses import SUFFIXES, WISHES
from office import docx_members, page, paragraph, pptx_members, shape, zipped

from summarize.formats.table import FORMATS
from summarize.inputs.table import SOURCE_FORMATS

ENGLISH = (
    "Dr. Li said: “The river rose by 3.5 m last night (the most since 1998).” The city, however, closed both bridges; "
    "nobody was hurt. In the morning the water fell. It fell again at noon, the mayor said."
)
CHINESE = (
    "新华社记者李明报道：昨晚河水上涨了3.5米，是1998年以来最高的一次。市政府（包括各区）关闭了两座大桥，没有人受伤。"
    "在2018年的世界杯中，法国队赢得了冠军。法国队在决赛中击败了克罗地亚队。“水退了！”她说……"
)
_SENTENCES = [*ENGLISH.replace(". ", ".\n").split("\n"), *CHINESE.replace("。", "。\n").split("\n")]
_LIST = "1. One thing\n2. Another - a thing\n   - and 一件事\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
MIXED = f"# Floods\n\n{ENGLISH}\n\n## 洪水\n\n{CHINESE}\n\n{_LIST}"
_PARTS = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8"

TEXTS = {
    "text": MIXED,
    "html": page(f"<h1>Floods</h1><article><p>{ENGLISH}</p><p>{CHINESE}</p><ul><li>one<li>two</ul></article>"),
    "markdown": f"---\ntitle: Floods\n---\n{MIXED}\n```\ncode\n```\n[link](http://a.b) ![i](j) <b>bold</b>\n",
    "latex": f"\\begin{{document}}\\section{{Floods}}\n{ENGLISH} $a^2$\n\n{CHINESE}\\end{{document}}",
    "records": '[{"text": "' + CHINESE + '"}, {"text": "It rained."}]',
    "subtitles": "1\n00:00:01,000 --> 00:00:03,000\nThe river rose.\n\n2\n00:00:04,000 --> 00:00:06,000\n水退了。\n",
    "notebook": json.dumps({"cells": [{"cell_type": "markdown", "source": [MIXED]}], "nbformat": 4, "metadata": {}}),
    "chat": "2026-01-02 10:01 Li: the river rose\n2026-01-02 10:02 Wang: 水退了，大桥开放了。\n",
    "mail": f"From: a@b.c\nSubject: =?utf-8?q?Flood?=\n{_PARTS}\n\n{ENGLISH}\n-- \nLi\n",
    "rtf": "{\\rtf1\\ansi{\\fonttbl{\\f0 A;}}\\pard The river rose by three m.\\par It \\b fell\\b0 . \\u27827?\\par}",
}
ARCHIVES = {
    "docx": lambda: zipped(docx_members(paragraph(ENGLISH) + paragraph(CHINESE), title="Floods")),
    "pptx": lambda: zipped(pptx_members([shape("The river rose."), shape("水退了。")])),
}


def seeds(name: str) -> Iterator[bytes]:
    """Yield what the harness of a name is given first."""
    if name in ("readers", "everything"):
        summary_options = range(len(WISHES) * len(FORMATS))
        ask = [b""] if name == "readers" else [bytes([number]) for number in summary_options]
        contents = {known: text.encode() for known, text in TEXTS.items()} | {k: make() for k, make in ARCHIVES.items()}
        for number, (known, content) in enumerate(contents.items()):
            for named, first in enumerate(((SOURCE_FORMATS.index(known) + 1, 0), (0, number % len(SUFFIXES)))):
                yield bytes(first) + ask[7 * (2 * number + named) % len(ask)] + content
    elif name == "settings":
        yield b'sentences = 2\nformat = "markdown"\nratio = "20%"\nexplain = true\nstop-words = "a.txt"\n'
        yield b'lang = "zh"\n[a]\nb = [1, 2.5, 1979-05-27, {c = "\\u4e2d"}]\n'
    elif name == "dictionary":
        yield "云计算 5 n\n河水\nriver bank\n# note\n".encode()
        yield "大桥\r\nthe\r\n".encode("gb18030")
    elif name == "coprocess":
        yield json.dumps({"id": 1, "text": ENGLISH, "chars": 60}).encode() + b"\n{}\n"
        yield json.dumps({"text": CHINESE, "title": True, "keywords": 2, "query": "河水"}, ensure_ascii=False).encode()
    elif name == "model":
        for choice in (128, 129, 130):
            yield bytes([choice, 200, 1, 0]) + b"\xff\xff\xff\x7f"
        yield b"\0" + b'{"format": 6, "features": [], "network": {}, "selection": {}}'
    else:
        firsts = (b"a", b"b", b"\xfa") if name in ("cuts", "fusion") else (b"",)
        yield from (first + text.encode() for first in firsts for text in (*_SENTENCES, ENGLISH, CHINESE, MIXED))

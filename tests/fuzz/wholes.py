"""A whole file of each format that is read, in texts of our own, with as much of what the format has as is small."""

import bz2
import gzip
import json
import lzma
from base64 import encodebytes
from collections.abc import Mapping

import zstandard
from fuzz.seeds import CHINESE, ENGLISH, MIXED, TEXTS
from inputs.pdf_files import Page, Text, lines, pdf_of
from office import NAMESPACES, book_members, docx_members, odf_members, page, paragraph, pptx_members, run, shape
from office import relations as related

PACKERS = {
    "gz": gzip.compress,
    "xz": lzma.compress,
    "bz2": bz2.compress,
    "zst": zstandard.ZstdCompressor().compress,
}

_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{said}"/><w:basedOn w:val="{base}"/><w:pPr>'
    f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{level}"/></w:pPr></w:style>'
    for level, (name, said, base) in enumerate((("A", "heading 1", "B"), ("B", "heading 2", "C"), ("C", "Normal", "")))
)
_NUMBERING = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="第%1章"/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="lowerRoman"/>'
    '<w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="2"/></w:lvlOverride></w:num>'
)
_GRID = f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph(ENGLISH)}</w:tc></w:tr></w:tbl>'
_WORD = (
    paragraph("Floods", "A")
    + paragraph(ENGLISH)
    + paragraph("One thing", properties='<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>')
    + f'<w:p><w:ins w:id="1">{run("It fell again.")}</w:ins><w:del w:id="2"><w:r><w:delText>gone</w:delText></w:r>'
    f"</w:del>"
    '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    + _GRID
    + f"<w:p><mc:AlternateContent><mc:Choice><wps:txbx>{paragraph(CHINESE)}</wps:txbx></mc:Choice></"
    f"mc:AlternateContent></w:p>" + "<w:p><m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath></w:p>"
)
_SLIDES = [
    shape("Floods", "title", at=(0, 0, 900, 100)) + shape(ENGLISH, "body", at=(0, 200, 900, 400)),
    shape("洪水", "title")
    + f'<p:grpSp><p:grpSpPr><a:xfrm><a:off x="5" y="9"/><a:ext cx="50" cy="90"/><a:chOff x="1" y="2"/>'
    f'<a:chExt cx="5" cy="9"/></a:xfrm></p:grpSpPr>{shape(CHINESE, at=(1, 2, 3, 4))}</p:grpSp>'
    f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody><a:p><a:r><a:t>{ENGLISH}</a:t></a:r></a:p>"
    "</a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
]
_DRAWN = (
    '<draw:page draw:name="p1" presentation:presentation-page-layout-name="L"><draw:frame presentation:class="title" '
    'svg:x="1cm" svg:y="1cm" svg:width="9cm" svg:height="2cm"><draw:text-box><text:p>Floods</text:p></draw:text-box>'
    f'</draw:frame><draw:frame svg:x="1cm" svg:y="5in"><draw:text-box><text:list><text:list-item><text:p>{ENGLISH}'
    "</text:p></text:list-item></text:list></draw:text-box></draw:frame><presentation:notes><draw:frame><draw:text-box>"
    f"<text:p>{CHINESE}</text:p></draw:text-box></draw:frame></presentation:notes></draw:page>"
)
_WRITTEN = (
    '<text:h text:style-name="A" text:outline-level="1">Floods</text:h>'
    f'<text:p text:style-name="B">{ENGLISH}<text:s text:c="3"/><text:tab/><text:line-break/><text:span>It fell.</'
    f"text:span>"
    '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.'
    f'</text:p></text:note-body></text:note></text:p><text:list text:style-name="L" text:continue-numbering="true">'
    f'<text:list-item text:start-value="3"><text:p>{CHINESE}</text:p></text:list-item></text:list>'
    f'<table:table><table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="2">'
    f"<text:p>{ENGLISH}</text:p></table:table-cell></table:table-row></table:table>"
    '<text:tracked-changes><text:changed-region text:id="c"/></text:tracked-changes>'
)
_ODF_STYLES = (
    '<style:style style:name="A" style:family="paragraph" style:parent-style-name="B" style:default-outline-level="1"/>'
    '<style:style style:name="B" style:family="paragraph" style:parent-style-name="C"/>'
    '<style:style style:name="C" style:display-name="Heading 1" style:family="paragraph"/>'
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="I" '
    'text:start-value="2" text:display-levels="3"/></text:list-style>'
)
_BOOK = book_members(
    {
        "a.xhtml": f'<h1 id="x">Floods</h1><p>{ENGLISH}</p><p><a href="b.xhtml#y">1</a></p>',
        "b.xhtml": f'<h2>洪水</h2><p id="y">{CHINESE}</p><aside epub:type="footnote"><p>A note.</p></aside>',
    },
    contents='<li><a href="Text/a.xhtml#x">Floods</a><ol><li><a href="Text/b.xhtml">洪水</a></li></ol></li>',
    title="Floods",
    guide='<reference type="toc" href="nav.xhtml"/>',
)
_FLAT = (
    odf_members(_WRITTEN, styles=_ODF_STYLES)["content.xml"]
    .replace("office:document-content", "office:document")
    .replace("<office:document ", '<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.'
             'opendocument.text" ', 1)
)  # fmt: skip
_FLAT_SLIDES = _FLAT.partition("<office:body>")[0].replace("document.text", "document.presentation") + (
    f"<office:body><office:presentation>{_DRAWN}</office:presentation></office:body></office:document>"
)
_SLIDE_NOTES = {1: "The river rose again after the notes were written."}

# The members of formats that are archives.
CONTAINERS: Mapping[str, Mapping[str, str]] = {
    "docx": docx_members(_WORD, styles=_STYLES, numbering=_NUMBERING, title="Floods")
    | {
        "word/_rels/document.xml.rels": related(
            {
                "rId1": ("styles", "styles.xml"),
                "rId2": ("numbering", "/word/numbering.xml"),
                "rId3": ("footnotes", "footnotes.xml"),
            }
        ),
        "word/footnotes.xml": f'<w:footnotes {NAMESPACES}><w:footnote w:id="1">{paragraph("A note.")}</w:footnote>'
        f"</w:footnotes>",
    },
    "pptx": pptx_members(_SLIDES, _SLIDE_NOTES, title="Floods"),
    "epub": _BOOK,
    "odt": odf_members(_WRITTEN, styles=_ODF_STYLES, automatic=_ODF_STYLES, title="Floods"),
    "odp": odf_members(_DRAWN, kind="presentation", styles=_ODF_STYLES, title="Floods"),
    "xlsx": {"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", "xl/sharedStrings.xml": "<sst/>"},
    "zip": {"notes.txt": ENGLISH, "folder/notes.md": CHINESE},
}

_HTML = TEXTS["html"].replace(
    "<ul>",
    f"<!-- c --><table><tr><td>a</td><td>{ENGLISH}</td></tr></table><pre>x</pre><a href='#'>l</a>&amp;&#20013;<ul>",
)
_RTF = (
    "{\\rtf1\\ansi\\ansicpg936\\deff0{\\fonttbl{\\f0\\fcharset134 A;}{\\f1\\fcharset0 B;}}{\\stylesheet{\\s1 "
    "heading 1;}}"
    "{\\info{\\title Floods}}\\pard\\s1\\outlinelevel0 Floods\\par\\pard\\plain\\uc1 The river rose by three m.\\par "
    "It \\b fell\\b0  again, the mayor said. \\u27827?\\'ba\\'d3\\par{\\*\\listtable{\\list{\\listlevel}}}"
    "\\trowd\\cellx100 It rose.\\cell It fell.\\cell\\row{\\pict\\bin4 abcd}{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}"
    "{\\footnote A note.}\\par The city closed both bridges at noon.\\par}"
)
_LATEX = (
    "\\documentclass{article}\\newcommand{\\a}[1]{#1 "
    "rose}\\def\\b{\\a{It}}\\title{Floods}\\begin{document}\\maketitle\n"
    f"\\section{{Floods}}\\label{{x}}\n{ENGLISH} $a^2$ \\b{{}} \\cite{{y}}\n\n\\begin{{itemize}}\\item One thing"
    f"\\end{{itemize}}\n% a comment\n\\begin{{tabular}}{{ll}}a & b\\\\\\end{{tabular}}\n\n{CHINESE}\\verb|x|\n\n"
    "\\[ x = \\frac{1}{2} \\]\\footnote{A note.}\\end{document}\n"
)
_MARKDOWN = TEXTS["markdown"] + (
    "\n> quoted\n>> twice\n\nA note[^1].\n\n[^1]: Here.\n\n<details><summary>More</summary>It rose.</details>\n\n"
    "Title\n=====\n\n* * *\n\n    indented\n\n[x]: http://a.b 'c'\n"
)
_RST = f"""Floods
======

:author: Li

{ENGLISH} See `the page <http://a.b>`_ and :ref:`x`.

.. note:: It rose.
   Again.

.. code:: python

   print(1)

* One thing
* Another

===== =====
a     b
===== =====
1     2
===== =====

洪水
----

{CHINESE}

.. _x: http://a.b
.. [1] A note.
"""
_ALTERNATIVE = (
    "From: Li <li@example.org>\nTo: =?utf-8?b?546L?= <w@example.org>\nSubject: =?gb2312?B?uuXLrg==?=\n"
    "Date: Thu, 01 Jan 2026 10:00:00 +0800\nMIME-Version: 1.0\nMessage-ID: <1@example.org>\n"
    'Content-Type: multipart/mixed; boundary="b"\n\n--b\nContent-Type: multipart/alternative; boundary=c\n\n'
    f"--c\nContent-Type: text/plain; charset=utf-8; format=flowed\nContent-Transfer-Encoding: 8bit\n\n{ENGLISH}\n> "
    f"old\n\n"
    "--c\nContent-Type: text/html; charset=gb18030\nContent-Transfer-Encoding: base64\n\n"
    f"{encodebytes(f'<p>{CHINESE}</p>'.encode('gb18030')).decode()}\n--c--\n--b\nContent-Type: message/rfc822\n\n"
    "From: a@b.c\nSubject: Old\nContent-Transfer-Encoding: quoted-printable\nContent-Type: text/plain; "
    "charset=utf-8\n\n"
    "It rose =E6=B2=B3 again.\n--b\nContent-Type: text/plain\nContent-Disposition: attachment; "
    "filename*=utf-8''%E6.txt\n\n"
    "Nothing.\n--b--\n"
)
_MBOX = "".join(f"From li@example.org Thu Jan  1 10:00:0{n} 2026\n{_ALTERNATIVE}\n" for n in range(2))
_MHTML = (
    'From: <Saved by a browser>\nSubject: Floods\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary="b"; '
    'type="text/html"\n\n--b\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n'
    f"Content-Location: http://a.b/\n\n{encodebytes(_HTML.encode()).decode()}\n--b\nContent-Type: image/"
    f"png\n\nPNG\n--b--\n"
)
_ASS = (
    "[Script Info]\nTitle: Floods\n\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, "
    "Effect, "
    "Text\nDialogue: 0,0:00:01.00,0:00:02.00,Main,Li,0,0,0,,{\\an8}The river rose\\NIt fell.\n"
    "Dialogue: 0,0:00:03.00,0:00:04.00,Main,Li,0,0,0,,水退了。\n"
)
_TTML = (
    '<?xml version="1.0"?>\n<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" '
    'ttp:frameRate="25" ttp:tickRate="1000"><head/><body begin="1s"><div>\n<p begin="00:00:01.000" '
    'end="00:00:02.000">The '
    'river<br/><span>rose.</span></p>\n<p begin="50f" dur="2000t">水退了。</p></div></body></tt>'
)
_SLACK = [
    {"type": "message", "user": "U1", "ts": f"17000000{n:02}.0001", "text": said, "user_profile": {"real_name": who}}
    for n, (who, said) in enumerate((("Li", "The river <http://a.b|rose>."), ("Wang", CHINESE), ("Li", ENGLISH)))
]
_CHATGPT = {
    "title": "Floods",
    "current_node": "c",
    "mapping": {
        name: {
            "parent": parent,
            "children": [],
            "message": {"author": {"role": role}, "create_time": 1.7e9, "content": {"parts": [said]}},
        }
        for name, parent, role, said in (
            ("a", None, "user", "Did the river rise?"),
            ("b", "a", "assistant", ENGLISH),
            ("c", "b", "user", CHINESE),
        )
    },
}
_CLAUDE = {
    "name": "Floods",
    "chat_messages": [
        {"sender": who, "created_at": "2026-01-02T10:00:00Z", "text": said}
        for who, said in (("human", "Did the river rise?"), ("assistant", ENGLISH), ("human", CHINESE))
    ],
}
_TELEGRAM = {
    "name": "Floods",
    "messages": [
        {"type": "message", "from": who, "date": "2026-01-02T10:00:00", "text": said}
        for who, said in (("Li", [ENGLISH, {"type": "bold", "text": "It rose."}]), ("Wang", CHINESE))
    ],
}
_DISCORD = {
    "channel": {"name": "floods"},
    "messages": [
        {"type": "Default", "timestamp": "2026-01-02T10:00:00+00:00", "author": {"name": who}, "content": said}
        for who, said in (("li", ENGLISH), ("wang", CHINESE))
    ],
}
_ROWS = [{"id": n, "title": "Floods", "text": said, "tags": ["a"]} for n, said in enumerate((ENGLISH, CHINESE))]
_NOTEBOOK = {
    "nbformat": 4,
    "metadata": {"language_info": {"name": "python"}},
    "cells": [
        {"cell_type": "markdown", "source": ["# Floods\n", f"{ENGLISH}\n"]},
        {"cell_type": "code", "source": "print(1)", "outputs": [{"output_type": "stream", "text": ["1"]}]},
        {"cell_type": "raw", "source": [CHINESE]},
    ],
}
_PDF = pdf_of(
    [
        Page(
            [*lines([ENGLISH[start : start + 60] for start in range(0, 180, 60)]), Text(60, 60, "Floods", 18, "bold")]
        ),
        Page([*lines([CHINESE[start : start + 30] for start in range(0, 60, 30)], font="han")], filled="It rose."),
    ],
    title="Floods",
    labels=b"/Nums[0<</S/r>>1<</S/D/St 5>>]",
    catalog=b"/Outlines<</Type/Outlines/First 5 0 R/Last 5 0 R/Count 1>>",
)
_CSV = 'id,title,text\n1,Floods,"{}"\n2,洪水,"{}"\n'.format(ENGLISH.replace('"', '""'), CHINESE)


def _said(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# All other formats, by the suffix of the file: bytes, or a text that is written in UTF-8.
_FILES: Mapping[str, str | bytes] = {
    "txt": MIXED,
    "gb18030.txt": MIXED.encode("gb18030"),
    "big5.txt": "昨晚河水上漲了，市政府關閉了兩座大橋，沒有人受傷。水退了以後，大橋又開放了。".encode("big5"),
    "utf-16.txt": MIXED.encode("utf-16"),
    "html": _HTML,
    "gbk.html": f'<meta charset="gbk">{_HTML}'.encode("gbk", "replace"),
    "mhtml": _MHTML,
    "md": _MARKDOWN,
    "tex": _LATEX,
    "rst": _RST,
    "rtf": _RTF,
    "eml": _ALTERNATIVE,
    "mbox": _MBOX,
    "ipynb": _said(_NOTEBOOK),
    "json": _said(_ROWS),
    "jsonl": "".join(f"{_said(row)}\n" for row in _ROWS),
    "csv": _CSV,
    "tsv": _CSV.replace(",", "\t"),
    "slack.json": _said(_SLACK),
    "chatgpt.json": _said([_CHATGPT]),
    "claude.json": _said([_CLAUDE]),
    "telegram.json": _said(_TELEGRAM),
    "discord.json": _said(_DISCORD),
    "chat.txt": TEXTS["chat"] * 3 + "2026年1月2日 10:03 李明：河水又上涨了，大桥关闭了。\n",
    "srt": TEXTS["subtitles"] + "3\n00:00:07,000 --> 00:00:08,000 X1:1\n<i>- It fell.</i>\n",
    "vtt": "WEBVTT - Floods\nKind: captions\n\nNOTE a\n\nSTYLE\n::cue {}\n\nx\n00:01.000 --> 00:02.000 line:0\n<v "
    "Li>The "
    "river <00:01.500><c>rose</c> &amp; fell.</v>\n\n01:00:03.000 --> 01:00:04.000\n水退了。\n",
    "sbv": "0:00:01.000,0:00:02.000\nThe river rose.\n\n0:00:03.000,0:00:04.000\n水退了。\n",
    "ass": _ASS,
    "lrc": "[ti:Floods]\n[offset:+500]\n[00:01.00]The river rose\n[00:05.00][01:00.00]水<00:05.50>退了\n[00:09.00]\n",
    "ttml": _TTML,
    "sub": "{1}{1}25.000\n{25}{50}The river rose.|It fell.\n{75}{100}{y:i}水退了。\n",
    "fodt": _FLAT,
    "fodp": _FLAT_SLIDES,
    "pdf": _PDF,
}
FILES: Mapping[str, bytes] = {
    name: content.encode() if isinstance(content, str) else content for name, content in _FILES.items()
}
PACKED: Mapping[str, bytes] = {f"txt.{name}": MIXED.encode() for name in PACKERS} | {"html.gz": page(ENGLISH).encode()}

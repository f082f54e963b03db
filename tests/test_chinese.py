"""What is said in Chinese of what cannot be read, or not all of it, and of what no summary fits: no English is left."""

import errno
import gzip
import json
import os
import re
import socket
from collections.abc import Iterator
from http.client import HTTPException
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from inputs.pdf_files import Page, lines, pdf_of
from office import book_members, docx_members, odf_members, paragraph, zipped

from summarize.decide.budget import Budget
from summarize.errors import InputError, ModelError
from summarize.inputs.door import read_bytes, read_file, read_stream
from summarize.inputs.fetching import fetch
from summarize.inputs.table import UNREADABLE, UNREADABLE_ZIPS, Options
from summarize.interface import DOMAIN, LOCALE_FOLDER, set_language
from summarize.network.storage import load_model
from summarize.text.word_lists import read_lexicon

NAME = "卷"
CATALOGUE = LOCALE_FOLDER / "zh" / "LC_MESSAGES" / f"{DOMAIN}.po"
PROSE = "昨天下午河水上涨了很多，城市停电，学校停课。今天雨停了，水位开始回落。\n"
ENGLISH_LINES = [f"The river rose by {number} metres and the schools of the town were closed." for number in range(9)]

# What is no English sentence: names of formats and programs, commands, options, encodings, fields and files.
NAMES = re.compile(
    r"'[^']*'|`[^`]*`|--[a-z-]+(?: (?:records|text|json|utf-7))?|summarize --from text \S+"
    r"|[\w./-]+\.(?:json|xml|xhtml|npz|tex)"
    r"|(?:qpdf|ocrmypdf|ps2pdf|ebook-convert|djvutxt|uncompress|unlz4|unzip|7z x|unrar x|tar -xf|man -l|base64(?: -d)?"
    r"|xxd -r|IN OUT|utf-\d+(?:-le)?|gb18030|big5|windows-125\d|latin-1|lz4|tar|zip|diff|docx|xlsx|epub|notebook)"
    r"|\b[A-Z][A-Za-z]*[A-Z]\w*|\b(?:Microsoft Office|PostScript|Kindle|Excel|Apple Pages|Keynote|Adobe Reader|Word)\b"
    r"|\.(?:docx|pptx|xlsx|ods|Z)\b|MiB"
)


@pytest.fixture(autouse=True)
def chinese(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "")
    set_language("zh")
    yield
    set_language("en")


def assert_chinese(message: str) -> None:
    """A message is a line that names its file first, as in English, and has no English but names and commands."""
    assert message.startswith(f"{NAME}: ")
    assert "\n" not in message
    assert re.search("[\u4e00-\u9fff]", message), message
    assert not re.search("[a-z]{2,}", NAMES.sub("", message)), message


def mail(body: str, kind: str = "text/plain; charset=utf-8") -> bytes:
    header = "From: a@example.org\nTo: b@example.org\nSubject: 水轮\nMIME-Version: 1.0\nMessage-ID: <1@example.org>\n"
    return f"{header}Content-Type: {kind}\n\n{body}\n".encode()


def mailbox(*mails: bytes) -> bytes:
    return b"".join(b"From a@example.org Fri Jan  5 10:22:31 2024\n" + one + b"\n" for one in mails)


def nested(tag: str, depth: int) -> str:
    return f"<{tag}>" * depth + PROSE + f"</{tag}>" * depth


WHOLE = docx_members(paragraph(PROSE))
BOOK = book_members({"a.xhtml": f"<p>{PROSE}</p>"})
WITH_GAP = book_members({"a.xhtml": f"<p>{PROSE}</p>", "b.xhtml": ""})
del WITH_GAP["OEBPS/Text/b.xhtml"]
ENCRYPTION = (
    '<encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod Algorithm="x"/>'
    '<enc:CipherReference URI="OEBPS/Text/a.xhtml"/></enc:EncryptedData></encryption>'
)
REFUSED: dict[str, tuple[bytes, dict[str, str]]] = {
    **{f"unreadable {place}": (bytes(offset) + magic, {}) for place, (offset, magic, _) in enumerate(UNREADABLE)},
    **{f"unreadable zip {place}": (b"PK\3\4" + member, {}) for place, (member, _) in enumerate(UNREADABLE_ZIPS)},
    "empty": (b"", {}),
    "white space": (b" \n\n", {}),
    "binary": (bytes(range(256)) * 9, {}),
    "NULs": (b"\0a\0b\0c\0" * 9 + PROSE.encode(), {"encoding": "utf-8"}),
    "no encoding": (bytes([0xFF, 0x80, 0x90] * 40), {}),
    "not what is named": (PROSE.encode("gb18030"), {"encoding": "utf-8"}),
    "code": (b"int main(void) {\n  return run(1, 2);\n}\n" * 9, {"suffix": ".c"}),
    "base64": (b"QmFzZTY0IGlzIGEgZ3JvdXAgb2YgYmluYXJ5LXRvLXRleHQgZW5jb2Rpbmcgc2NoZW1lcyB0aGF0\n" * 5, {}),
    "hexdump": (b"00000000: 4865 6c6c 6f20 776f 726c 6421 0a00 0102  Hello world!....\n" * 6, {}),
    "manual": (b".TH A 1\n.SH NAME\na \\- b\n", {}),
    "figures": (b"12 34 56 78 90\n" * 20, {}),
    "table": (b"a|b|c\n" + b"1.5|2.5|3.5\n" * 30, {}),
    "style": (b"p { color: red; margin: 0; }\n" * 30, {}),
    "feed": (b"<rss><channel><item/></channel></rss>", {}),
    "key": (b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n", {}),
    "diff": (b"diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n", {}),
    "UTF-7": ((PROSE * 3).encode("utf-7"), {}),
    "gzip": (gzip.compress(PROSE.encode() * 99)[:-9], {}),
    "docx cut off": (zipped(WHOLE)[:-60], {"suffix": ".docx"}),
    "docx without a body": (zipped({**WHOLE, "word/document.xml": "<a/>"}), {}),
    "docx with bad XML": (zipped({**WHOLE, "word/document.xml": "<a"}), {}),
    "docx with entities": (zipped({**WHOLE, "word/document.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"}), {}),
    "docx too deep": (zipped({**WHOLE, "word/document.xml": nested("a", 300)}), {}),
    "docx of another encoding": (
        zipped({**WHOLE, "word/document.xml": '<?xml version="1.0" encoding="klingon"?><a/>'}),
        {},
    ),
    "docx with a password": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), {}),
    "docx without text": (zipped(docx_members("")), {}),
    "epub without a page": (zipped({**BOOK, "META-INF/container.xml": "<a/>"}), {}),
    "epub protected": (zipped({**BOOK, "META-INF/encryption.xml": ENCRYPTION}), {}),
    "epub of no text": (zipped({**BOOK, "OEBPS/Text/a.xhtml": bytes(range(256)) * 9}), {}),
    "odt of a sheet": (zipped({**odf_members("", kind="text"), "content.xml": "<a/>"}), {}),
    "odt encrypted": (zipped({**odf_members(PROSE), "META-INF/manifest.xml": "<encryption-data/>"}), {}),
    "rtf too deep": (b"{\\rtf1 " + b"{" * 20_000, {}),
    "html without text": (b"<!doctype html><html><body></body></html>", {}),
    "html too deep": (f"<!doctype html><html><body>{nested('div', 2000)}</body></html>".encode(), {}),
    "mhtml": (b"From: <Saved by Browser>\nContent-Type: multipart/related; boundary=b\n\n--b--\n", {"suffix": ".mht"}),
    "mail without text": (mail(""), {}),
    "mail encrypted": (mail("x", "application/pkcs7-mime; smime-type=enveloped-data"), {}),
    "mail sealed": (mail("x", "application/pkcs7-mime; smime-type=signed-data"), {}),
    "mail without parts": (mail("--c\n\nx\n--c--", "multipart/mixed; boundary=b"), {}),
    "mailbox": (mailbox(mail(""), mail("")), {}),
    "notebook": (b'{"cells": [], "nbformat": 4}', {"suffix": ".ipynb"}),
    "records without any": (b"[]", {"suffix": ".json"}),
    "records without texts": (b'[{"a": "b", "c": "d"}]', {"suffix": ".json"}),
    "records with several texts": (json.dumps([{"a": PROSE, "b": PROSE}]).encode(), {"suffix": ".json"}),
    "records without that field": (json.dumps([{"a": PROSE}]).encode(), {"suffix": ".json", "field": "b"}),
    "records with fields below it": (
        json.dumps([{"a": {"b": PROSE, "c": PROSE}}]).encode(),
        {"suffix": ".json", "field": "a"},
    ),
    "records without fields": (json.dumps([PROSE]).encode(), {"suffix": ".json", "field": "b"}),
    "records too deep": (b"[" * 200_000, {"suffix": ".json"}),
    "list cut off": (b'[{"a": "b"}', {"suffix": ".json"}),
    "no comma": (b'[{"a": "b"} {"a": "b"}]', {"suffix": ".json"}),
    "quotation": (b'a,b\n"c,d\n', {"suffix": ".csv"}),
    "latex in other files": (
        b"\\documentclass{article}\\begin{document}\\input{one.tex}\\end{document}",
        {"suffix": ".tex"},
    ),
    "pdf damaged": (b"%PDF-1.7\n1 0 obj\n", {}),
    "pdf empty": (pdf_of([[]]), {}),
    "pdf of figures": (pdf_of([lines(["12 14 16 18 20", "13 15 17 19 21", "14 16 18 20 22"])]), {}),
    "pdf of images": (pdf_of([Page(has_image=True)] * 2), {}),
    "pdf of odd fonts": (pdf_of([lines(ENGLISH_LINES, font="unknown")]), {}),
}
NOT_AS_NAMED = ("chat", "subtitles", "records", "notebook", "docx", "pptx", "epub", "odt", "pdf", "html")
WARNED: dict[str, tuple[bytes, dict[str, str]]] = {
    "one malformed": (PROSE.encode() * 9 + b"\xff\n", {}),
    "two malformed": (b"\xff\n" + PROSE.encode() * 20 + b"\xff\n", {}),
    "many malformed": (b"\xff\n" * 5 + PROSE.encode() * 99, {}),
    "cut off": ((PROSE * 9).strip().encode()[:-1], {}),
    "a NUL": (PROSE.encode() * 9 + b"\0", {}),
    "another mark": (("\ufeff" + PROSE).encode(), {"encoding": "gb18030"}),
    "book with a page missing": (zipped(WITH_GAP), {}),
    "rtf cut off": (b"{\\rtf1 The wheel turns and the river rises.", {}),
    "records": (json.dumps([{"a": PROSE, "b": "c"}]).encode(), {"suffix": ".json"}),
    "records of several texts": (json.dumps([{"text": PROSE, "b": PROSE}, {"b": PROSE}]).encode(), {"suffix": ".json"}),
    "field twice": (json.dumps([{"text": PROSE}]).replace("{", '{"text": "x", ').encode(), {"suffix": ".json"}),
    "cells without a head": (f"text,b\n{PROSE.strip()},c,d\n{PROSE.strip()},c\n".encode(), {"suffix": ".csv"}),
    "latex": (f"\\documentclass{{article}}\\begin{{document}}{PROSE}\\input{{one.tex}}\\end{{document}}".encode(), {}),
    "mailbox": (mailbox(mail(PROSE), mail("-----BEGIN PGP MESSAGE-----\nx"), *[mail("")] * 7), {}),
    "pdf with an image": (pdf_of([lines(ENGLISH_LINES), Page(has_image=True), lines(ENGLISH_LINES)]), {}),
    "pdf with an odd font": (pdf_of([lines(ENGLISH_LINES), lines(ENGLISH_LINES, font="unknown")]), {}),
}


@pytest.mark.parametrize(("data", "options"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_is_refused_in_chinese(data: bytes, options: dict[str, str]) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(data, Options(name=NAME, **options))
    assert_chinese(str(caught.value))


@pytest.mark.parametrize("source_format", NOT_AS_NAMED)
def test_what_is_not_of_the_format_that_is_named_is_refused_in_chinese(source_format: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(b"It turns", Options(name=NAME), source_format=source_format)
    assert_chinese(str(caught.value))


@pytest.mark.parametrize(("data", "options"), WARNED.values(), ids=WARNED)
def test_what_is_warned_of_is_warned_of_in_chinese(data: bytes, options: dict[str, str]) -> None:
    warnings = [warning for source in read_bytes(data, Options(name=NAME, **options)) for warning in source.warnings]
    assert warnings
    for warning in warnings:
        assert_chinese(warning)


def test_files_and_streams_that_cannot_be_read_are_said_in_chinese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"^卷: 没有这个文件；请检查文件名$"):
        read_file(NAME)
    Path(NAME).mkdir()
    with pytest.raises(InputError, match=r"^卷: 是文件夹；请指定其中的文件$"):
        read_file(NAME)
    with pytest.raises(InputError, match=r"^标准输入: 无法读取（输入/输出错误）$"):
        read_stream(BrokenStream())
    with pytest.raises(InputError, match=r"^标准输入: 看起来是“代码或数据”，不是文章；.*：summarize --from text -$"):
        read_stream(BytesIO(REFUSED["code"][0]))


class BrokenStream(BytesIO):
    """A stream of a disk that is broken."""

    def read(self, size: int | None = -1) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize(
    "text",
    [
        '{"a": }',
        "{'a': 1}",
        '{"a" 1}',
        '{"a": 1 "b"}',
        '{"a',
        '{"a\tb": 1}',
        r'{"\x": 1}',
        r'{"\u1": 1}',
        "no",
        '{"a": 1,}',
    ],
)
def test_what_python_says_of_json_is_said_in_chinese(text: str) -> None:
    with pytest.raises(InputError) as caught:
        read_bytes(text.encode(), Options(name=NAME, suffix=".json"))
    assert re.fullmatch(
        r"卷: 第 1 行不是有效的 JSON（[^a-z]+）；请修正该行", str(caught.value).replace(r"\uXXXX", "")
    ), caught.value


def test_a_mail_of_a_mailbox_is_warned_of_without_the_name_of_the_mailbox() -> None:
    damaged = mail(PROSE * 9) + b"\xff"
    (source,) = read_bytes(mailbox(damaged, mail("")), Options(name=NAME))
    assert [warning.startswith(f"{NAME}: ") for warning in source.warnings] == [True, False]
    assert source.warnings[1].startswith("第 11 行有 1 处不是有效的 utf-8")


def test_a_text_in_another_encoding_is_refused_as_such_in_any_language() -> None:
    """Its warning is not looked for by its words."""
    data = (PROSE * 3).encode("utf-7")
    with pytest.raises(InputError, match=r"^卷: 看起来是 UTF-7；如果是，请用 --encoding utf-7 读取$"):
        read_bytes(data, Options(name=NAME))


def test_word_lists_and_models_are_refused_in_chinese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for content in (b"\xff\xff\xff", b"a" * 99):
        Path(NAME).write_bytes(content)
        with pytest.raises(InputError) as caught:
            read_lexicon(stop_words=Path(NAME))
        assert_chinese(str(caught.value))
    with pytest.raises(ModelError) as missing:
        load_model(Path(NAME))
    assert_chinese(str(missing.value).replace("python -m summarize.train", ""))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (TimeoutError(), "连接超时；请重试，或用浏览器保存网页"),
        (socket.gaierror(socket.EAI_AGAIN, "later"), "目前无法解析主机名；网络是否连通？"),
        (socket.gaierror(socket.EAI_NONAME, "none"), "没有这个主机；请检查网址"),
        (ConnectionRefusedError(), "连接被拒绝；服务器是否已启动，端口是否正确？"),
        (ConnectionResetError(), "连接中断；请重试"),
        (OSError(errno.ENETUNREACH, os.strerror(errno.ENETUNREACH)), "无法下载（网络不可达）；请检查网址"),
        (HTTPException(), "收到的不是 HTTP 响应；请检查网址"),
    ],
    ids=repr,
)
def test_why_a_page_cannot_be_fetched_is_said_in_chinese(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fail)
    with pytest.raises(InputError) as caught:
        fetch("http://example.org/")
    assert str(caught.value) == f"http://example.org/: {said}"


@pytest.mark.parametrize(
    ("budget", "said"),
    [
        (Budget(chars=3), "3 个字符放不下任何一句；最短的句子需要 9 个"),
        (Budget(words=2), "2 个词放不下任何一句；最短的句子需要 8 个"),
        (Budget(ratio=0.1), "按比例 0.1 只有 2 个字符，而最短的句子有 9 个；比例至少要设为 45%"),
    ],
    ids=["characters", "words", "ratio"],
)
def test_a_length_that_no_sentence_fits_is_said_in_chinese(budget: Budget, said: str) -> None:
    assert str(budget.no_fit_error(np.array([[1, 9, 8], [1, 11, 10]]), 20)) == said


MESSAGES = [message for message in read_po(BytesIO(CATALOGUE.read_bytes()), locale="zh") if message.id]


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: str(message.id)[:60])
def test_chinese_messages_are_written_as_chinese_is(message: Message) -> None:
    """The file is named first, as programs do, so that its name can be taken away; marks are those of Chinese."""
    english = message.id[-1] if isinstance(message.id, tuple) else message.id
    chinese = message.string[0] if isinstance(message.string, tuple) else message.string
    assert chinese.startswith("{name}: ") == english.startswith("{name}: ")
    assert not re.search("[\u4e00-\u9fff][,;:?!()]|[,;:?!()][\u4e00-\u9fff]|您", chinese.removeprefix("{name}: "))
    assert not re.search("[\u4e00-\u9fff][A-Za-z{]|[A-Za-z}][\u4e00-\u9fff]", chinese), "a blank parts the two scripts"

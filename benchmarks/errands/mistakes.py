"""What people get wrong: each ends in one line that says what was wrong and what to do, or is set right in silence."""

import gzip
from functools import partial
from pathlib import Path

from benchmarks.errands.errand import Errand
from benchmarks.errands.workshop import TEXTS

_PACKAGE = b'{"name": "left", "version": "1.2.3", "scripts": {"test": "jest"}, "dependencies": {"lodash": "4.17.21"}}'
_APP = b'<!doctype html><html><body><div id="root"></div><script src="/main.js"></script></body></html>'
_LATIN = "Ce café est très élégant. Le garçon a apporté une crème brûlée à côté.".encode("latin-1")
_PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8ffff3f0005fe02fe0def46b8"
    "0000000049454e44ae426082"
)
# A page with a picture of one grey dot and no text.
_SCAN = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>endobj\n"
    b"4 0 obj<</Length 24>>stream\n200 0 0 200 0 0 cm /I Do\nendstream endobj\n"
    b"5 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1>>stream\n"
    b"\x80\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
# An old Word file begins so.
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000)
_PICTURE_MAIL = (
    b"From a@club.example Mon Nov  2 08:15:10 2026\nFrom: a@club.example\nSubject: pictures\n"
    b"Content-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=\n"
)
# Python finds this before the library, as if that were not installed.
_WITHOUT_PDF = b"import sys\n\nsys.modules['pypdfium2'] = None\n"


def _write(folder: Path, *, name: str, content: bytes) -> None:
    """Write a file into a folder."""
    (folder / name).write_bytes(content)


def _cut_off(folder: Path) -> None:
    """Write a packed file that a download broke off."""
    packed = gzip.compress((TEXTS / "bakery-zh.html").read_bytes())
    (folder / "page.html.gz").write_bytes(packed[: len(packed) // 2])


def _file(name: str, content: bytes) -> "partial[None]":
    return partial(_write, name=name, content=content)


MISTAKES = (
    Errand(
        name="wrong-suffix",
        wanted="a Word file that is called .pdf",
        command="summarize memo.pdf",
        given=("memo-en.docx=memo.pdf",),
        says=("archive",),
        source="memo.pdf",
    ),
    Errand(
        name="empty-file",
        wanted="a file of nothing",
        command="summarize empty.txt",
        prepare=_file("empty.txt", b""),
        complains=(r"empty\.txt: is empty",),
        status=1,
        source="empty.txt",
    ),
    Errand(
        name="no-such-file",
        wanted="a name with a slip, beside a right one",
        command="summarize radme.md readme.md",
        given=("readme.md",),
        says=("photographs",),
        complains=(r"radme\.md: no such file; check its name",),
        status=1,
        source="radme.md",
    ),
    Errand(
        name="folder",
        wanted="a folder without --recursive",
        command="summarize notes",
        given=("notes",),
        complains=("notes: is a folder; add --recursive",),
        status=1,
        source="notes",
    ),
    Errand(
        name="missing-extra",
        wanted="a PDF where the library for PDF is not installed",
        command="PYTHONPATH=. summarize notice-zh.pdf",
        given=("notice-zh.pdf",),
        prepare=_file("sitecustomize.py", _WITHOUT_PDF),
        complains=(r"notice-zh\.pdf: .*pypdfium2 is missing; run: .*install .*summarize\[pdf\]",),
        status=1,
    ),
    Errand(
        name="locked-pdf",
        wanted="an encrypted PDF",
        command="summarize locked.pdf",
        given=("locked.pdf",),
        complains=(r"locked\.pdf: is encrypted; .*password",),
        status=1,
        source="locked.pdf",
    ),
    Errand(
        name="scanned-pdf",
        wanted="a scanned PDF",
        command="summarize scan.pdf",
        prepare=_file("scan.pdf", _SCAN),
        complains=(r"scan\.pdf: contains only images of pages; .*OCR",),
        status=1,
        source="scan.pdf",
    ),
    Errand(
        name="cut-off-gzip",
        wanted="a gzip file that a download broke off",
        command="summarize page.html.gz",
        prepare=_cut_off,
        complains=(r"page\.html\.gz: is damaged or truncated.*again",),
        status=1,
        source="page.html.gz",
    ),
    Errand(
        name="mail-without-text",
        wanted="a mailbox of pictures",
        command="summarize pictures.mbox",
        prepare=_file("pictures.mbox", _PICTURE_MAIL),
        complains=(r"pictures\.mbox: .*no text",),
        status=1,
        source="pictures.mbox",
    ),
    Errand(
        name="picture",
        wanted="a picture",
        command="summarize photo.png",
        prepare=_file("photo.png", _PIXEL),
        complains=(r"photo\.png: looks like a PNG image",),
        status=1,
        source="photo.png",
    ),
    Errand(
        name="old-word",
        wanted="a Word file of before 2007",
        command="summarize letter.doc",
        prepare=_file("letter.doc", _OLD),
        complains=(r"letter\.doc: .*save it as \.docx",),
        status=1,
        source="letter.doc",
    ),
    Errand(
        name="settings-json",
        wanted="JSON without prose",
        command="summarize package.json",
        prepare=_file("package.json", _PACKAGE),
        complains=(r"package\.json: no field contains texts \(.*--field",),
        status=1,
        source="package.json",
    ),
    Errand(
        name="script-page",
        wanted="a page that a script fills in",
        command="summarize app.html",
        prepare=_file("app.html", _APP),
        complains=(r"app\.html: the page has no main text.*browser",),
        status=1,
        source="app.html",
    ),
    Errand(
        name="encoding-untold",
        wanted="a French text in Latin-1",
        command="summarize cafe.txt",
        prepare=_file("cafe.txt", _LATIN),
        complains=(r"cafe\.txt: .*encoding cannot be detected; name it with --encoding",),
        status=1,
        source="cafe.txt",
    ),
    Errand(
        name="encoding-unknown",
        wanted="an encoding that there is not",
        command="summarize --encoding utf9 readme.md",
        given=("readme.md",),
        complains=("unknown encoding 'utf9'; try utf-8",),
        status=2,
    ),
    Errand(
        name="encoding-wrong",
        wanted="a text in UTF-8 read as GBK",
        command="summarize --encoding gbk bakery-zh.html",
        given=("bakery-zh.html",),
        complains=(r"bakery-zh\.html: .*not gbk.*leave out --encoding",),
        status=1,
    ),
    Errand(
        name="option-slip",
        wanted="an option with a slip",
        command="summarize --sentencs 3 readme.md",
        given=("readme.md",),
        complains=("'--sentencs'.*'--sentences'",),
        status=2,
    ),
    Errand(
        name="option-dash",
        wanted="an option with a dash from a web page",
        command="summarize –n 3 readme.md",
        given=("readme.md",),
        complains=("'–n' begins with a dash; .*hyphen",),
        status=2,
    ),
    Errand(
        name="option-value",
        wanted="a number in words",
        command="summarize -n three readme.md",
        given=("readme.md",),
        complains=("'three' is not a whole number",),
        status=2,
    ),
    Errand(
        name="option-zero",
        wanted="no sentence at all",
        command="summarize -n 0 readme.md",
        given=("readme.md",),
        complains=("0 is too small; .*1",),
        status=2,
    ),
    Errand(
        name="ratio-percent",
        wanted="20 for 20%",
        command="summarize -r 20 readme.md",
        given=("readme.md",),
        complains=("for 20 percent write 20%",),
        status=2,
    ),
    Errand(
        name="length-too-small",
        wanted="a length that no sentence fits into",
        command="summarize -c 5 bakery-zh.html",
        given=("bakery-zh.html",),
        complains=(r"no sentence fits into 5 characters; the shortest needs \d+",),
        status=1,
    ),
    Errand(
        name="output-exists",
        wanted="a file to write to that is there",
        command="echo mine > out.txt; summarize -o out.txt readme.md; status=$?; cat out.txt; exit $status",
        given=("readme.md",),
        prints=(r"\Amine\n\Z",),
        complains=(r"'out\.txt' already exists; use --force to overwrite it",),
        status=2,
    ),
    Errand(
        name="output-nowhere",
        wanted="a folder to write to that is not there",
        command="summarize -o summaries/out.txt readme.md",
        given=("readme.md",),
        complains=(r"summaries/out\.txt: cannot be written .*'summaries' does not exist; create it",),
        status=1,
    ),
    Errand(
        name="closed-pipe",
        wanted="a reader that goes away",
        command="summarize readme.md talk-en.srt thread-en.eml bakery-zh.html | head -n 1",
        given=("readme.md", "talk-en.srt", "thread-en.eml", "bakery-zh.html"),
        prints=(r"\A==> readme\.md <==\n\Z",),
        status=141,
    ),
    Errand(
        name="url-refused",
        wanted="a page whose server refuses programs",
        command="summarize {url}/forbidden",
        complains=("403 Forbidden; save the page from a browser",),
        status=1,
        source="{url}/forbidden",
    ),
    Errand(
        name="url-nobody",
        wanted="an address where nobody answers",
        command="summarize http://127.0.0.1:1/page",
        complains=("connection refused",),
        status=1,
        source="http://127.0.0.1:1/page",
    ),
    Errand(
        name="url-bare",
        wanted="an address without https://",
        command="summarize www.paper.example/news",
        complains=(r"www\.paper\.example/news: no such file; .*https://www\.paper\.example/news",),
        status=1,
    ),
    Errand(
        name="question-forgotten",
        wanted="a question that was forgotten",
        command="summarize --query faq-en.md",
        given=("faq-en.md",),
        complains=("--query needs a question, but 'faq-en.md' is a file",),
        status=2,
    ),
    Errand(
        name="nothing-named",
        wanted="the bare command in a terminal",
        command="summarize",
        columns=80,
        complains=("no input; name a file",),
        status=2,
    ),
)

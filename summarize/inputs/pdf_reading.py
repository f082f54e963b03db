"""A PDF to what is read of it, as the process does that `pdf` starts: the file on its input, the answer on its output.

Its time and its memory are limited, where the system can do so.
"""

import json
import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, get_args

from summarize.inputs.pdf_characters import Character, characters_of, has_image
from summarize.inputs.pdf_columns import Gutter, regions_of
from summarize.inputs.pdf_faults import Fault, UnreadableError
from summarize.inputs.pdf_lines import Line, lines_of
from summarize.inputs.pdf_tables import without_figures
from summarize.inputs.pdf_text import as_source
from summarize.inputs.pdf_words import count_unknown, length_chars, without_line_numbers, words_of
from summarize.interface import N_
from summarize.text.patterns import lazy_pattern

_PR_SET_PDEATHSIG = 1  # of <linux/prctl.h>
MAX_PAGES = 5_000
MAX_TEXT_CHARS = 20_000_000  # of all pages; a long book has 2,000,000
MAX_MEMORY_BYTES = 3 << 30  # of addresses; a usual file takes 100 MB
MAX_SECONDS = 30  # of the processor, to begin with
MAX_SECONDS_OF_PAGE = 1.0  # more for each page, on average; a usual one takes 0.02


def main() -> None:
    """Answer for the file on the standard input."""
    _end_with_parent()
    _limit(MAX_SECONDS)
    sys.stdout.write(json.dumps(answer(sys.stdin.buffer.read(), limit=_limit)))


def _end_with_parent() -> None:
    """End as soon as the process does that has started this one, also where it is killed; Linux alone can do that."""
    if sys.platform == "linux":
        import ctypes  # which PDFium is reached by as well

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit(seconds: float) -> None:
    """Limit the memory of this process and the time that it takes from its beginning."""
    with suppress(ImportError, OSError, ValueError):  # no Unix; stricter limits are set already
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), resource.getrlimit(resource.RLIMIT_CPU)[1]))
        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY_BYTES, resource.getrlimit(resource.RLIMIT_AS)[1]))


def _do_not_limit(seconds: float) -> None:
    """Leave the limits of a process as they are."""


def answer(content: bytes, *, limit: Callable[[float], None] = _do_not_limit) -> dict[str, Any]:
    """Return what is read of a file: its text and what is known of it, or an error as a message and its values.

    Args:
        content: all bytes of it.
        limit: is told, when the number of pages is known, how many seconds this may take.
    """
    try:
        document = _open(content)
        try:
            return _read(document, limit)
        finally:
            document.close()
    except UnreadableError as error:
        return {"error": [error.message, error.values]}


def _open(content: bytes) -> Any:
    """Return the `PdfDocument` of a file; it is opened with an empty password, which is what most files have."""
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        code = pdfium.FPDF_GetLastError()
    if code == pdfium.FPDF_ERR_PASSWORD:
        message = N_(
            "{name}: is encrypted; remove its password first, for example with qpdf --decrypt --password=... IN OUT"
        )
    elif code == pdfium.FPDF_ERR_SECURITY:
        message = N_("{name}: is encrypted in a way that cannot be read; print it to a new PDF first")
    else:
        message = N_("{name}: is a damaged PDF; repair it first, for example with qpdf, or download it again")
    raise UnreadableError(message)


_MAX_CHARS_OF_NOTICE = 2_000  # that ask to wait for what another program would show


def _read(document: Any, limit: Callable[[float], None]) -> dict[str, Any]:
    import pypdfium2.raw as pdfium

    num_pages = len(document)
    if num_pages > MAX_PAGES:
        raise UnreadableError(
            N_("{name}: has {number:,} pages, more than {most:,}; split it first, for example with qpdf"),
            number=num_pages,
            most=MAX_PAGES,
        )
    limit(MAX_SECONDS + MAX_SECONDS_OF_PAGE * num_pages)
    pages: list[_Page] = []
    gutters: list[Gutter] = []  # of the pages before: there may be columns of a line or two at the end of a chapter
    num_chars = 0
    for index in range(num_pages):
        pages.append(_page(document, index, gutters))
        num_chars += pages[-1].num_chars
        if num_chars > MAX_TEXT_CHARS:
            raise UnreadableError(
                N_("{name}: has too much text, at page {page}; split it first, for example with qpdf"), page=index + 1
            )
    _refuse_unreadable(pages)
    if num_chars <= _MAX_CHARS_OF_NOTICE and document.get_formtype() == pdfium.FORMTYPE_XFA_FULL:
        raise UnreadableError(N_("{name}: is a form that only Adobe Reader can show; print it to a new PDF there"))
    labels = [document.get_page_label(index).strip() or str(index + 1) for index in range(num_pages)]
    source = as_source([page.lines for page in pages], labels, _title(document.get_metadata_value("Title")))
    if not source.text:
        raise UnreadableError(N_("{name}: has no text that can be summarized, only numbers, code or symbols"))
    return {
        "text": source.text,
        "title": source.title,
        "parts": [(part.start, part.end, part.role) for part in source.parts],
        "places": [(index.start, index.value) for index in source.places],
        "faults": list(_faults(pages)),
        "num_pages": num_pages,
    }


@dataclass(frozen=True, slots=True)
class _Page:
    """What was read of a page.

    Args:
        lines: of its text, in reading order.
        num_chars: how many characters there are.
        fault: why there is no text: the page is an image, or its fonts are unknown, or it is broken.
    """

    lines: Sequence[Line] = ()
    num_chars: int = 0
    fault: Fault | None = None


def _page(document: Any, index: int, gutters: list[Gutter]) -> _Page:
    """Return what can be read of a page; its gutters are added to those of the pages before."""
    characters, is_image = _characters(document, index)
    if characters is None:
        return _Page(fault="broken")
    num_chars = sum(character.style is not None for character in characters)
    if 2 * count_unknown(characters) > num_chars:
        return _Page(num_chars=num_chars, fault="unknown")
    lines: list[Line] = []
    for place, words in enumerate(words_of(characters)):
        if place == 0 or length_chars(words) >= _MIN_TURNED_CHARS:
            regions, found = regions_of(without_line_numbers(words), gutters)
            gutters += found
            del gutters[:-_MAX_GUTTERS]
            lines += [line for region in regions for line in without_figures(lines_of(region, index))]
    return _Page(lines, num_chars, "image" if is_image else None)


_MIN_PAGE_CHARS = 20  # on a page with fewer an image is looked for
_MIN_TURNED_CHARS = 200  # in another direction than the rest that are more than the words along an axis
_MAX_GUTTERS = 8  # that are kept in mind


def _characters(document: Any, index: int) -> tuple[list[Character] | None, bool]:
    """Return the characters of a page, and whether it has next to none, but an image; None if the page is damaged.

    What is filled into a form or written upon a page is text of it as well.
    """
    import pypdfium2
    import pypdfium2.raw as pdfium

    try:
        page = document[index]
        if _has_form(page):
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            page.close()
            page = document[index]
    except pypdfium2.PdfiumError:
        return None, False
    try:
        characters = characters_of(page)
        num_chars = sum(character.style is not None for character in characters)
        return characters, num_chars < _MIN_PAGE_CHARS and has_image(page)
    except pypdfium2.PdfiumError:
        return None, False
    finally:
        page.close()


_MAX_ANNOTATIONS = 5_000  # of a page that are looked at; a page full of links has some 500


def _has_form(page: Any) -> bool:
    """Whether something was, or may be, filled in or written upon a page."""
    import pypdfium2.raw as pdfium

    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if annotation:
            kind = pdfium.FPDFAnnot_GetSubtype(annotation)
            pdfium.FPDFPage_CloseAnnot(annotation)
            if kind in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT):
                return True
    return False


def _refuse_unreadable(pages: Sequence[_Page]) -> None:
    """Refuse a document without text, or with next to none beside images or text that cannot be read."""
    num_chars = sum(len(line.text) for page in pages for line in page.lines)
    faults = Counter(page.fault for page in pages)
    if num_chars >= _MIN_PAGE_CHARS * max(1, faults["image"], faults["unknown"]):
        return
    if faults["unknown"]:
        message = N_(
            "{name}: its fonts do not say which characters they contain; run OCR first, for example with ocrmypdf "
            "--force-ocr"
        )
    elif faults["image"]:
        message = N_("{name}: contains only images of pages; run OCR first, for example with ocrmypdf")
    elif faults["broken"]:
        message = N_("{name}: its pages are damaged; repair it first, for example with qpdf, or download it again")
    elif num_chars == 0:
        message = N_("{name}: has no text; if its pages show text, run OCR first, for example with ocrmypdf")
    else:
        return
    raise UnreadableError(message)


_MAX_PAGES_WITHOUT_COVER = 4  # a longer document may have an image as its front cover and one as its back cover


def _faults(pages: Sequence[_Page]) -> Iterator[tuple[Fault, list[int]]]:
    """Yield why pages are left out, and the numbers of those that are."""
    for fault in get_args(Fault):
        numbers = [number for number, page in enumerate(pages, 1) if page.fault == fault]
        if fault == "image" and len(pages) > _MAX_PAGES_WITHOUT_COVER and not set(numbers) - {1, len(pages)}:
            continue
        if numbers:
            yield fault, numbers


_MAX_TITLE_CHARS = 300
_NO_TITLE = lazy_pattern(
    r"microsoft (?:word|powerpoint|excel)\b.*|(?:microsoft )?powerpoint.*presentation|presentation\d*|document\d*"
    r"|slide \d+|untitled.*|no title|(?:new|blank) .*document|print(?:ing)?.*|about:blank|scan[\s_-]*\d*|page \d+"
    r"|(?:无|無|未)(?:标题|標題|命名).*|幻灯片 ?\d*|powerpoint.*演示文稿|演示文稿\d*|文档\d*|新建.*"
    r"|(?:https?|file):.*|[a-z]:\\.*|/\S*|\S+\.[a-z]{2,5}|.+\.(?:docx?|pptx?|odt|tex|indd|qxp|html?|pdf|rtf|txt|wps)",
    re.IGNORECASE,
)


def _title(title: str) -> str | None:
    """Return the title that the file gives; None if it is that of no text, as a program makes one up."""
    title = " ".join(title.split())
    is_title = title.isprintable() and len(title) <= _MAX_TITLE_CHARS and any(map(str.isalpha, title))
    return title if is_title and "\ufffd" not in title and not _NO_TITLE.fullmatch(title) else None


if __name__ == "__main__":
    main()

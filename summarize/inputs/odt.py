"""OpenDocument: texts (.odt, .fodt) and slides (.odp, .fodp), of LibreOffice and others.

Left out: what changes deleted, headers and footers, notes, comments, contents and indices, code, fields such as the
number of the page, and of tables the cells without a sentence.
"""

from xml.etree.ElementTree import Element

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.archives import Archive, member_names, parse_xml
from summarize.inputs.odp import read_slides
from summarize.inputs.opendocument import OFFICE, BodyReader
from summarize.inputs.paragraphs import Paragraphs, declared_title
from summarize.inputs.slides import slides_text
from summarize.inputs.style_names import TITLE_LEVEL
from summarize.inputs.table import HEAD_BYTES, ZIP_MAGIC, Options
from summarize.interface import _

_FLAT = (b"<office:document", b"urn:oasis:names:tc:opendocument:xmlns:office")
_MANIFEST = "META-INF/manifest.xml"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def recognise(content: bytes, suffix: str) -> bool:
    """Return whether something is an OpenDocument of any kind."""
    if content.startswith(ZIP_MAGIC):
        names = member_names(content)
        return "content.xml" in names and ("mimetype" in names or _MANIFEST in names)
    return all(mark in content[:HEAD_BYTES] for mark in _FLAT)


def read(content: bytes, options: Options) -> list[Source]:
    """Return the text of a document, with its headings as chapters, or of slides with their numbers.

    Raises:
        InputError: it is damaged, encrypted, or has neither text nor slides, as a spreadsheet.
    """
    roots = _roots(content, options.name)
    body = next((found for root in roots for found in root.iter(f"{OFFICE}body")), None)
    text, show = (None if body is None else body.find(f"{OFFICE}{kind}") for kind in ("text", "presentation"))
    title = next((declared_title(found.text or "") for root in roots for found in root.iter(_TITLE)), None)
    reading = BodyReader(roots)
    if show is not None:
        slides = list(read_slides(show, reading))
        paragraphs = slides_text(slides)
        own = declared_title(slides[0].title) if slides else None
    elif text is not None:
        paragraphs, own = _read_text(text, reading)
    else:
        raise InputError(
            _(
                "{name}: is an OpenDocument file without text or slides; if it is a spreadsheet, save the sheet as CSV "
                "first"
            ).format(name=options.name)
        )
    return paragraphs.sources("odt", title=own or title or paragraphs.first_heading)


def _roots(content: bytes, name: str) -> list[Element]:
    """Return the roots of the XML of a document, the one with its text first."""
    if not content.startswith(ZIP_MAGIC):
        try:
            return [parse_xml(content)]
        except ValueError as error:
            raise InputError(
                _("{name}: is damaged ({reason}); open it and save it again").format(name=name, reason=error)
            ) from None
    archive = Archive(content, name)
    if "encrypted-package" in archive.names or b"encryption-data" in archive.read_optional(_MANIFEST):
        raise InputError(
            _("{name}: is encrypted; open it with its password and save it without one first").format(name=name)
        )
    members = ["content.xml", *(member for member in ("styles.xml", "meta.xml") if member in archive.names)]
    return [archive.read_xml(member) for member in members]


def _read_text(text: Element, reading: BodyReader) -> tuple[Paragraphs, str | None]:
    """Return the text, and the title that stands over it."""
    paragraphs = Paragraphs()
    title = None
    for paragraph in reading.blocks(text):
        if paragraph.level == TITLE_LEVEL and title is None:
            title = declared_title(paragraph.text)
        paragraphs.add(paragraph)
    paragraphs.mark_chapters()
    return paragraphs, title

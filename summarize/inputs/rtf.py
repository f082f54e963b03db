r"""Rich text (.rtf, and many a .doc): of Word, WordPad, WPS, TextEdit and LibreOffice.

A text is a tree of groups `{...}` with control words (`\par`) and text in the code page of its font; each group goes
on with what the one around it has set. A group that opens with the word of a destination is no part of the text
unless the word is known here.

Left out: pictures and objects, headers and footers, notes, comments, contents and indices, hidden and deleted text,
and of tables the cells without a sentence.

Source: Microsoft, Rich Text Format Specification, version 1.9.1. Read by hand: the library there is knows neither
headings nor notes nor numbers of lists.
"""

from summarize.document import Source
from summarize.inputs.paragraphs import Paragraphs, declared_title
from summarize.inputs.style_names import TITLE_LEVEL
from summarize.inputs.table import Options
from summarize.interface import _

_OPENS = b"{\\rtf"


def recognise(content: bytes, suffix: str) -> bool:
    """Return whether something is rich text."""
    return content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(_OPENS)


def read(content: bytes, options: Options) -> list[Source]:
    """Return the text, with its headings as chapters; a warning says if it ends too early.

    Raises:
        InputError: it is damaged.
    """
    from summarize.inputs.rtf_reader import RtfReader

    reader = RtfReader()
    is_complete = reader.read(content, options.name)
    paragraphs = Paragraphs()
    title = None
    for paragraph in reader.paragraphs:
        if paragraph.level == TITLE_LEVEL and title is None:
            title = declared_title(paragraph.text)
        paragraphs.add(paragraph)
    paragraphs.mark_chapters()
    title = title or declared_title("".join(reader.title)) or paragraphs.first_heading
    warnings = []
    if not is_complete:
        warnings.append(_("{name}: is truncated; the existing part was read").format(name=options.name))
    return paragraphs.sources("rtf", title=title, encoding=reader.codec, warnings=warnings)

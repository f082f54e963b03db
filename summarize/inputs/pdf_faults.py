"""What is wrong with a PDF: found in the process that reads it, and put into words in the one that asked.

Only the latter knows the language of its user, so a message goes from one to the other as it stands in the catalogue,
with the values that belong into it.
"""

from collections.abc import Sequence
from itertools import groupby
from typing import Literal

from summarize.interface import _, ngettext

Fault = Literal["image", "unknown", "broken"]


class UnreadableError(Exception):
    """A PDF that cannot be read.

    Args:
        message: why, and what to do, with `{name}` where the file is named.
        values: what else stands in it.
    """

    def __init__(self, message: str, **values: int) -> None:
        super().__init__(message, values)
        self.message: str = message
        self.values: dict[str, int] = values


def warning_of(name: str, fault: Fault, numbers: Sequence[int], num_pages: int) -> str:
    """Return the warning that says which pages of a file are left out.

    Args:
        name: how messages call the file.
        fault: why: they are images, or in fonts that do not say which characters they contain, or damaged.
        numbers: of the pages, from 1, in order.
        num_pages: how many the file has.
    """
    if fault == "image":
        message = ngettext(
            "{name}: page {pages} of {total} is an image without text and was skipped; run OCR first, for example with "
            "ocrmypdf",
            "{name}: pages {pages} of {total} are images without text and were skipped; run OCR first, for example "
            "with ocrmypdf",
            len(numbers),
        )
    elif fault == "unknown":
        message = ngettext(
            "{name}: page {pages} of {total} is in a font that does not say which characters it contains, and was "
            "skipped; run OCR first, for example with ocrmypdf --force-ocr",
            "{name}: pages {pages} of {total} are in fonts that do not say which characters they contain, and were "
            "skipped; run OCR first, for example with ocrmypdf --force-ocr",
            len(numbers),
        )
    else:
        message = ngettext(
            "{name}: page {pages} of {total} is damaged and was skipped",
            "{name}: pages {pages} of {total} are damaged and were skipped",
            len(numbers),
        )
    return message.format(name=name, pages=_ranges(numbers), total=num_pages)


def _ranges(numbers: Sequence[int]) -> str:
    """Return the numbers of pages, those in a row as `3-5`."""
    rows = [
        [number for _place, number in row]
        for _step, row in groupby(enumerate(numbers), key=lambda placed: placed[1] - placed[0])
    ]
    return _(", ").join(f"{row[0]}-{row[-1]}" if len(row) > 1 else f"{row[0]}" for row in rows)

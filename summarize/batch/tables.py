"""CSV and TSV: the first row of a file names its columns; cells may have line breaks in them."""

import csv
import io
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from summarize.batch.lines import MAX_BYTES, Line, lines_from, open_unpacked
from summarize.batch.packing import packing_stream
from summarize.batch.stores import CountedStream, Store
from summarize.batch.task import Piece, Row, Settings, Text
from summarize.batch.texts import as_cell, field_names, source_of
from summarize.errors import InputError
from summarize.interface import _
from summarize.text.decoding import SURROGATE


class CellRow(NamedTuple):
    """A row of cells.

    Args:
        cells: what stands in it; nothing on a blank line.
        end: where the next one begins, in bytes.
    """

    cells: list[str]
    end: int


def cell_rows(lines: Iterator[Line], name: str, encoding: str, delimiter: str) -> Iterator[CellRow]:
    """Yield the rows of lines; what is not in the encoding has surrogates.

    Raises:
        InputError: a row is too long to be held, or there is none.
    """
    end = size = 0

    def decoded() -> Iterator[str]:
        nonlocal end, size
        for line in lines:
            size += len(line.content or b"")
            if line.content is None or size > MAX_BYTES:
                reason = _("{name}: a row is longer than {size} MB; is a quotation mark left open?")
                raise InputError(reason.format(name=name, size=MAX_BYTES >> 20))
            end = line.end
            yield line.content.decode(encoding, "surrogateescape")

    csv.field_size_limit(sys.maxsize)
    try:
        for cells in csv.reader(decoded(), delimiter=delimiter):
            yield CellRow(cells, end)
            size = 0
    except csv.Error as error:
        raise InputError(_("{name}: is not a table ({reason})").format(name=name, reason=error)) from None


def head_of(store: Store, path: str, name: str, settings: Settings) -> CellRow:
    """Return the first row of a file, which names its columns.

    Raises:
        InputError: there is none, it is not in the encoding, or it has the columns that are to be added.
    """
    encoding = settings.encoding or "utf-8"
    with open_unpacked(store, path, name) as stream:
        head = next(cell_rows(lines_from(stream, 0), name, encoding, settings.delimiter), None)
    if head is None or not any(head.cells):
        raise InputError(_("{name}: has no header row").format(name=name))
    if SURROGATE.search("".join(head.cells)):
        reason = _("{name}: is not in {encoding}; name its encoding with --encoding")
        raise InputError(reason.format(name=name, encoding=encoding.upper()))
    taken = sorted(set(head.cells) & set(field_names(settings)))
    if taken:
        reason = _("{name}: already has a column {field}; name another one with --into")
        raise InputError(reason.format(name=name, field=taken[0]))
    return head


def rows(piece: Piece, store: Store, settings: Settings) -> Iterator[Row]:
    """Yield the rows of a piece; a place is a row.

    Raises:
        InputError: the file has no head, is no table or damaged.
    """
    name = piece.files[0].name
    encoding = settings.encoding or "utf-8"
    head = head_of(store, piece.path, name, settings)
    start = piece.start or head.end
    if start >= piece.end:
        return
    with open_unpacked(store, piece.path, name) as stream:
        _go_to(stream, start)
        found = cell_rows(lines_from(stream, start), name, encoding, settings.delimiter)
        for row_number, row in enumerate(found, 1):
            yield Row(row_number, (head.cells, row.cells) if row.cells else None, name)
            if row.end >= piece.end:
                return


def _go_to(stream: Any, start: int) -> None:
    """Go to a place in a stream; where that cannot be done it is read up to there."""
    if stream.seekable():
        stream.seek(start)
        return
    while start > 0:
        start -= len(stream.read(min(start, 1 << 20))) or start


def texts(row: Row, store: Store, settings: Settings) -> list[Text]:
    """Return the text of a row.

    Raises:
        InputError: it has none, other cells than the head, or is not in the encoding.
    """
    head, cells = row.raw
    if len(cells) != len(head):
        reason = _("has {number} cells, but the header has {expected}")
        raise InputError(reason.format(number=len(cells), expected=len(head)))
    if any(SURROGATE.search(cell) for cell in cells):
        encoding = (settings.encoding or "utf-8").upper()
        raise InputError(_("is not in {encoding}; name its encoding with --encoding").format(encoding=encoding))
    return [Text(row.place, cells, source_of(dict(zip(head, cells, strict=True)), settings.field))]


class Writer:
    """Writes rows below a head; arguments as for JSON Lines."""

    def __init__(self, stream: CountedStream, piece: Piece, store: Store, settings: Settings) -> None:
        self._stream = packing_stream(stream, settings.packing)
        self._text = io.StringIO(newline="")
        self._csv = csv.writer(self._text, delimiter=settings.delimiter, lineterminator="\n")
        head = head_of(store, piece.path, piece.files[0].name, settings)
        self._put([*head.cells, *field_names(settings)])

    def write(self, text: Text, fields: dict[str, Any]) -> None:
        """Write a text with the fields that it gets."""
        self._put([*text.record, *map(as_cell, fields.values())])

    def _put(self, cells: list[str]) -> None:
        self._csv.writerow(cells)
        self._stream.write(self._text.getvalue().encode("utf-8", "replace"))
        self._text.seek(0)
        self._text.truncate()

    def close(self) -> None:
        """Write what has not been written; the stream stays open."""
        self._stream.close()

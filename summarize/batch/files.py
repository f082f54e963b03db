"""Documents in files of any format that `summarize` reads: each text of each file becomes a line of JSON."""

import json
from collections.abc import Iterator
from pathlib import PurePath

from summarize.batch.jsonl import Writer as Writer
from summarize.batch.stores import Store
from summarize.batch.task import Piece, Row, Settings, Text
from summarize.document import Source
from summarize.errors import InputError, SummarizeError
from summarize.inputs.door import read_bytes
from summarize.inputs.table import Options
from summarize.interface import _, os_reason

MAX_BYTES = 512 << 20  # of a file, which is read whole


def rows(piece: Piece, store: Store, settings: Settings) -> Iterator[Row]:
    """Yield the files of a piece."""
    for file in piece.files:
        yield Row(1, file, file.name)


def texts(row: Row, store: Store, settings: Settings) -> list[Text]:
    """Return the texts of a file; a place is that of a text in its file.

    Raises:
        InputError: it has none.
    """
    if row.raw.size > MAX_BYTES:
        raise InputError(_("is larger than {size} MB").format(size=MAX_BYTES >> 20))
    try:
        with store.open(row.raw.path) as stream:
            data = stream.read()
    except (FileNotFoundError, PermissionError) as error:  # of others it is the store's fault
        raise InputError(_("cannot be read ({reason})").format(reason=os_reason(error))) from None
    suffix = PurePath(row.name).suffix.lower()
    options = Options(row.name, suffix, settings.encoding, settings.field or None)
    try:
        sources = read_bytes(data, options)
    except SummarizeError as error:
        raise InputError(str(error).removeprefix(f"{row.name}: ")) from error
    return [Text(row_number, _line(row.name, source), source) for row_number, source in enumerate(sources, 1)]


def _line(path: str, source: Source) -> str:
    record = {"path": path} | ({"name": source.name} if source.name else {})
    return json.dumps(record, ensure_ascii=False)

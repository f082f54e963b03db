"""JSON Lines: one object per line, which is copied unchanged with the new fields added at its end."""

import json
from collections.abc import Iterator
from typing import Any

from summarize.batch.lines import MAX_BYTES, lines_of
from summarize.batch.packing import packing_stream
from summarize.batch.stores import CountedStream, Store
from summarize.batch.task import Piece, Row, Settings, Text
from summarize.batch.texts import source_of
from summarize.errors import InputError
from summarize.interface import _, json_reason


def rows(piece: Piece, store: Store, settings: Settings) -> Iterator[Row]:
    """Yield the lines of a piece; a place is a line.

    Raises:
        InputError: what is packed is damaged.
    """
    name = piece.files[0].name
    for row_number, line in enumerate(lines_of(piece, store), 1):
        if line.content is None:
            reason = _("the line is longer than {size} MB").format(size=MAX_BYTES >> 20)
            yield Row(row_number, InputError(reason), name)
        else:
            yield Row(row_number, line.content.strip() or None, name)


def texts(row: Row, store: Store, settings: Settings) -> list[Text]:
    """Return the text of a line.

    Raises:
        InputError: it has none.
    """
    line, value = parsed(row.raw, settings.encoding or "utf-8")
    if settings.into in value:
        reason = _("already has a field {field}; name another one with --into")
        raise InputError(reason.format(field=settings.into))
    return [Text(row.place, line, source_of(value, settings.field))]


def parsed(line: bytes, encoding: str) -> tuple[str, dict[str, Any]]:
    """Return the text of a line, without white space around it, and the object in it.

    Raises:
        InputError: there is none.
    """
    try:
        text = line.decode(encoding).strip()
        value = json.loads(text)
    except UnicodeDecodeError:
        raise InputError(
            _("is not in {encoding}; name its encoding with --encoding").format(encoding=encoding.upper())
        ) from None
    except json.JSONDecodeError as error:
        reason = _("the line is not JSON: {reason} (column {column})")
        raise InputError(reason.format(reason=json_reason(error), column=error.colno)) from None
    except ValueError as error:  # a number of too many digits
        raise InputError(_("the line is not JSON: {reason}").format(reason=error)) from None
    except RecursionError:
        raise InputError(_("the line is nested too deeply")) from None
    if not isinstance(value, dict):
        raise InputError(_("the line is not an object"))
    return text, value


class Writer:
    """Writes lines.

    Args:
        stream: where to.
        piece: of which they are.
        store: where that lies.
        settings: of the batch.
    """

    def __init__(self, stream: CountedStream, piece: Piece, store: Store, settings: Settings) -> None:
        self._stream = packing_stream(stream, settings.packing)

    def write(self, text: Text, fields: dict[str, Any]) -> None:
        """Write a text with the fields that it gets."""
        self._stream.write(append_fields(text.record, fields).encode("utf-8", "backslashreplace"))

    def close(self) -> None:
        """Write what has not been written; the stream stays open."""
        self._stream.close()


def append_fields(line: str, fields: dict[str, Any]) -> str:
    """Return the line of an object with fields at its end; the object itself is copied unchanged, to the last digit.

    Args:
        line: the object, without white space around it.
        fields: at least one.
    """
    new = json.dumps(fields, ensure_ascii=False)
    rest = line[:-1].rstrip()
    return f"{rest}{'' if rest == '{' else ', '}{new[1:]}\n"

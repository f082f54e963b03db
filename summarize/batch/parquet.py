"""Parquet: rows of a row group; the columns are copied unchanged, followed by the new ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from summarize.batch.stores import CountedStream, Store
from summarize.batch.task import Piece, Row, Settings, Text
from summarize.batch.texts import as_cell, field_names, source_of
from summarize.errors import InputError
from summarize.interface import _

_ROWS_AT_ONCE = 256


class Record(NamedTuple):
    """Where a row stands.

    Args:
        rows: of Arrow.
        place: in these, from 0.
    """

    rows: Any
    place: int


@contextmanager
def parquet_file(store: Store, path: str, name: str) -> Iterator[Any]:
    """Open a file of Parquet.

    Args:
        store: where it lies.
        path: how that calls it.
        name: how messages call it.

    Raises:
        InputError: it is not one, or damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with store.open(path) as stream, pq.ParquetFile(stream) as file:
            yield file
    except pa.ArrowInvalid as error:
        reason = str(error).splitlines()[0]
        raise InputError(
            _("{name}: is not a Parquet file, or is damaged ({reason})").format(name=name, reason=reason)
        ) from None


def first_rows(store: Store, path: str, name: str, most: int) -> list[dict[str, Any]]:
    """Return the first rows of a file; arguments as for `parquet_file`."""
    with parquet_file(store, path, name) as file:
        return next((batch.to_pylist() for batch in file.iter_batches(batch_size=most)), [])


def rows(piece: Piece, store: Store, settings: Settings) -> Iterator[Row]:
    """Yield the rows of a piece; a place is a row.

    Raises:
        InputError: the file is damaged.
    """
    name = piece.files[0].name
    if piece.start >= piece.end:
        return
    with parquet_file(store, piece.path, name) as file:
        first, row_index = 0, 0
        for batch in file.iter_batches(batch_size=_ROWS_AT_ONCE, row_groups=[piece.group]):
            end = first + batch.num_rows
            if end > piece.start:
                batch = batch.slice(max(0, piece.start - first), min(end, piece.end) - max(first, piece.start))
                for number, value in enumerate(_values(batch, settings.field)):
                    row_index += 1
                    yield Row(row_index, (Record(batch, number), value), name)
            first = end
            if first >= piece.end:
                return


def _values(batch: Any, field: str) -> list[dict[str, Any]]:
    """Return of each row what its text and its title may stand in."""
    import pyarrow.types as types

    top = field if field in batch.schema.names else field.partition(".")[0]
    names = [one.name for one in batch.schema if one.name == top or types.is_string(one.type)]
    values: list[dict[str, Any]] = batch.select(names).to_pylist()
    return values


def texts(row: Row, store: Store, settings: Settings) -> list[Text]:
    """Return the text of a row.

    Raises:
        InputError: it has none.
    """
    record, value = row.raw
    return [Text(row.place, record, source_of(value, settings.field))]


class Writer:
    """Writes rows with the columns that they had; arguments as for JSON Lines."""

    def __init__(self, stream: CountedStream, piece: Piece, store: Store, settings: Settings) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        name = piece.files[0].name
        with parquet_file(store, piece.path, name) as file:
            schema = file.schema_arrow
        names = field_names(settings)
        taken = sorted(set(schema.names) & set(names))
        if taken:
            reason = _("{name}: already has a column {field}; name another one with --into")
            raise InputError(reason.format(name=name, field=taken[0]))
        self._new = [pa.field(name, _type_of(name.removeprefix(settings.into))) for name in names]
        for one in self._new:
            schema = schema.append(one)
        self._schema = schema
        self._file = pq.ParquetWriter(stream, schema, compression="zstd")
        self._rows: Any = None  # those of which some have come
        self._places: list[int] = []
        self._fields: list[dict[str, Any]] = []

    def write(self, text: Text, fields: dict[str, Any]) -> None:
        """Write a text with the fields that it gets."""
        record: Record = text.record
        if record.rows is not self._rows:
            self._flush()
            self._rows = record.rows
        self._places.append(record.place)
        self._fields.append(fields)

    def _flush(self) -> None:
        import pyarrow as pa

        if not self._places:
            return
        columns = list(self._rows.take(pa.array(self._places)).columns)
        for one in self._new:
            values = [fields[one.name] for fields in self._fields]
            columns.append(pa.array(map(as_cell, values) if one.type == pa.string() else values, one.type))
        self._file.write_batch(pa.RecordBatch.from_arrays(columns, schema=self._schema))
        self._places, self._fields = [], []

    def close(self) -> None:
        """Write what has not been written; the stream stays open."""
        self._flush()
        self._file.close()


def _type_of(name: str) -> Any:
    """Return the type of a new column by the suffix that follows the name of the summary's column."""
    import pyarrow as pa

    match name:
        case "_keywords":
            return pa.list_(pa.string())
        case "_selected":
            return pa.list_(pa.list_(pa.int64()))
        case "_sections":
            return pa.list_(pa.struct([("heading", pa.string()), ("summary", pa.string())]))
    return pa.string()

"""The kinds of input: what reads a piece of each, and what writes its part."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Any, Protocol, cast

from summarize.batch.stores import CountedStream, Store
from summarize.batch.task import Kind, Piece, Row, Settings, Text

SUFFIXES: Mapping[str, Kind] = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
}
_MODULES: Mapping[Kind, str] = {"jsonl": "jsonl", "csv": "tables", "parquet": "parquet", "files": "files"}
_PARTS: Mapping[Kind, str] = {"jsonl": ".jsonl", "csv": ".csv", "parquet": ".parquet", "files": ".jsonl"}


class Writer(Protocol):
    """Writes the rows of a part."""

    def write(self, text: Text, fields: dict[str, Any]) -> None:
        """Write a text with the fields that it gets."""
        ...

    def close(self) -> None:
        """Write what has not been written; the stream stays open."""
        ...


def rows(piece: Piece, store: Store, settings: Settings) -> Iterator[Row]:
    """Yield the rows of a piece in their order.

    Raises:
        InputError: what follows cannot be read.
    """
    return cast(Iterator[Row], _module(settings).rows(piece, store, settings))


def texts(row: Row, store: Store, settings: Settings) -> list[Text]:
    """Return the texts of a row.

    Raises:
        InputError: it has none.
    """
    return cast(list[Text], _module(settings).texts(row, store, settings))


def writer(stream: CountedStream, piece: Piece, store: Store, settings: Settings) -> Writer:
    """Return what writes the rows of a piece to a stream."""
    return cast(Writer, _module(settings).Writer(stream, piece, store, settings))


def part_suffix(settings: Settings) -> str:
    """Return how the names of parts end."""
    suffix = ".tsv" if settings.kind == "csv" and settings.delimiter == "\t" else _PARTS[settings.kind]
    return f"{suffix}{settings.packing}"


def _module(settings: Settings) -> Any:
    return import_module(f"summarize.batch.{_MODULES[settings.kind]}")

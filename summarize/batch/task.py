"""The values of a batch: what is to be done, pieces of input, what stands in them, and what came of them."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

from summarize.document import Source
from summarize.interface import InterfaceLanguage

Kind = Literal["jsonl", "csv", "parquet", "files"]
KINDS: tuple[Kind, ...] = ("jsonl", "csv", "parquet", "files")
Extra = Literal["selected", "language", "json"]
EXTRAS: tuple[Extra, ...] = ("selected", "language", "json")


class Settings(NamedTuple):
    """All that decides what is written, besides the input.

    Args:
        output: the folder, or the address of one.
        run: tells this run from another one into the same folder.
        kind: of the input.
        summary_options: arguments of `summarize_text`.
        model: directory of the model; None for the supplied one.
        field: in which field of a row the text stands.
        into: the field of the summary; what comes with it has a name that begins so.
        extras: what comes with it in addition to what the options ask for.
        encoding: of JSON and CSV; of files, None to detect it.
        delimiter: what parts the cells of CSV.
        packing: the suffix of packed parts, ".gz" or ".zst"; empty for plain ones.
        language: what dead letters are in.
    """

    output: str
    run: str
    kind: Kind
    summary_options: Mapping[str, Any]
    model: Path | None = None
    field: str = ""
    into: str = "summary"
    extras: tuple[Extra, ...] = ()
    encoding: str | None = None
    delimiter: str = ","
    packing: str = ""
    language: InterfaceLanguage = "en"


class InputFile(NamedTuple):
    """A file of the input.

    Args:
        path: how its store calls it.
        name: how dead letters and rows call it.
        size: in bytes.
        mark: changes when it is written: its time, or what an object store says of its content.
    """

    path: str
    name: str
    size: int
    mark: str


class Piece(NamedTuple):
    """A piece of the input, which makes one part of the output.

    Args:
        number: of the piece, from 0, in the order of the input.
        files: that it is a piece of: one, or of documents in files all that are in it.
        path: what is read: the file, or what was cut out of it.
        start: its first byte, or row of its row group.
        end: after its last.
        group: of rows, in Parquet.
        size: in bytes, of which progress is a share.
        flaw: why what follows it in the file cannot be read.
    """

    number: int
    files: tuple[InputFile, ...]
    path: str
    start: int
    end: int
    group: int = 0
    size: int = 0
    flaw: str = ""


class SplitTask(NamedTuple):
    """A file whose pieces are not known before it has been read once.

    Args:
        number: of the file in the input, from 0.
        file: the file.
        piece_bytes: how long a piece is at least, unless it is the last.
    """

    number: int
    file: InputFile
    piece_bytes: int


class FileSplit(NamedTuple):
    """Where a file is cut.

    Args:
        number: of the file in the input.
        paths: what is read for each piece: the file itself, or what was cut out of it.
        starts: the first byte of each piece in that, or row of its row group.
        ends: after its last.
        groups: the row group of each.
        sizes: of each, in bytes.
        flaw: why what follows the last piece cannot be read.
    """

    number: int
    paths: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    sizes: tuple[int, ...] = ()
    flaw: str = ""


class Row(NamedTuple):
    """A row of a piece, as it was found; nothing that could harm has been done with it.

    Args:
        place: of the row, or the line, among those of its file in the piece, from 1.
        raw: what its kind finds texts in; why it cannot be held; None if nothing stands there, as on a blank line.
        name: of the file.
    """

    place: int
    raw: Any
    name: str


class Text(NamedTuple):
    """A text of a row, which has one; only a file may have several.

    Args:
        place: of its row, or of the text in its file.
        record: what its kind writes again.
        source: the text.
    """

    place: int
    record: Any
    source: Source


class Done(NamedTuple):
    """What came of a piece, as its marker says it.

    Args:
        piece: its number.
        places: rows or lines in it, also those where nothing stands.
        read: documents.
        written: of these.
        failed: of these.
        size: of the part, in bytes.
        sha256: of the part; empty if there is none.
    """

    piece: int
    places: int
    read: int
    written: int
    failed: int
    size: int
    sha256: str

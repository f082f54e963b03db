"""From the input to pieces: which files there are, of what kind, which field holds the text, and where to split.

The same input always gives the same pieces.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from summarize.batch import jsonl, parquet
from summarize.batch.kinds import SUFFIXES
from summarize.batch.lines import lines_from, open_unpacked
from summarize.batch.packing import packing_of
from summarize.batch.places import OWN_FOLDER
from summarize.batch.stores import Store
from summarize.batch.tables import cell_rows, head_of
from summarize.batch.task import FileSplit, InputFile, Kind, Piece, Settings, SplitTask
from summarize.errors import InputError
from summarize.inputs.records import find_field
from summarize.inputs.rows import find_delimiter
from summarize.inputs.table import Options
from summarize.interface import _
from summarize.text.printing import printable

MIN_PIECE_BYTES = 64 << 10
MAX_PIECE_BYTES = 16 << 20
_PIECES_WANTED = 256  # of a small input, so that all cores have work until the end
_MAX_FILES = 100  # of documents in a piece
_PACKED_RATIO = 4  # by which text in lines is packed, about
_NUM_SAMPLES = 200
_SAMPLE_BYTES = 1 << 16
_ALL = 1 << 62  # more bytes than a file has


class Inputs(NamedTuple):
    """What there is to be read.

    Args:
        kind: of all of it.
        files: in the order of their names.
    """

    kind: Kind
    files: tuple[InputFile, ...]

    @property
    def num_bytes(self) -> int:
        """How long they are together."""
        return sum(file.size for file in self.files)


def find_inputs(store: Store, path: str, kind: Kind | None, avoid: str | None) -> Inputs:
    """Find what is to be read.

    Args:
        store: where it lies.
        path: of a file or a folder.
        kind: what it is; None to detect it from the names.
        avoid: the folder that is written to, if that lies in the same store.

    Raises:
        InputError: there is nothing, or it is of several kinds.
    """
    what = store.kind_of(path)
    name = printable(path)
    if what == "nothing":
        raise InputError(_("{name}: no such file or folder; check its name").format(name=name))
    root = path.rpartition("/")[0] if what == "file" else path
    found = [
        InputFile(one.path, one.path[len(root) :].lstrip("/") if root else one.path, one.size, one.mark)
        for one in store.find(path)
        if f"/{OWN_FOLDER}/" not in one.path and not (avoid and one.path.startswith(f"{avoid}/"))
    ]
    kinds = {_kind_of(file.name) for file in found}
    if kind is None:
        if len(kinds) > 1:
            listed = ", ".join(sorted(kinds))
            reason = _("{name}: contains files of several kinds ({kinds}); choose one with --from")
            raise InputError(reason.format(name=name, kinds=listed))
        kind = kinds.pop() if kinds else "files"
    known: Kind = kind
    files = tuple(file for file in found if known == "files" or what == "file" or _kind_of(file.name) == known)
    if not files:
        raise InputError(_("{name}: contains nothing to read").format(name=name))
    return Inputs(known, files)


def _kind_of(name: str) -> Kind:
    """Return the kind of a file by its name, packed or not."""
    packing = packing_of(name)
    bare = name[: -len(packing)] if packing else name
    return SUFFIXES.get(f".{bare.rpartition('.')[2].lower()}", "files")


def packing_of_all(inputs: Inputs) -> str:
    """Return how the parts are packed: as the input is, if all of it is packed alike."""
    packings = {packing_of(file.name) for file in inputs.files}
    return packings.pop() if len(packings) == 1 and inputs.kind in ("jsonl", "csv") else ""


def piece_bytes_for(inputs: Inputs) -> int:
    """Return how long a piece is where nobody says so."""
    return max(MIN_PIECE_BYTES, min(MAX_PIECE_BYTES, inputs.num_bytes // _PIECES_WANTED))


class FieldChoice(NamedTuple):
    """What the first rows tell.

    Args:
        field: that has the text.
        delimiter: what parts cells.
        note: for the user: which field was taken; None if they named it.
    """

    field: str
    delimiter: str = ","
    note: str | None = None


def look_into(inputs: Inputs, store: Store, settings: Settings) -> FieldChoice:
    """Detect, from the first rows, what the settings leave open.

    Args:
        inputs: the input.
        store: where it lies.
        settings: as far as they are known.

    Raises:
        InputError: it cannot be told which field has the text, or the first file cannot be read.
    """
    if inputs.kind == "files":
        return FieldChoice(settings.field)
    for file in inputs.files:
        delimiter = _delimiter_of(file, store, settings) if inputs.kind == "csv" else ","
        records = _first_records(file, store, settings._replace(delimiter=delimiter, kind=inputs.kind))
        if records:
            options = Options(file.name, field=settings.field or None)
            field, note = find_field(records, options)
            return FieldChoice(field, delimiter, note)
    raise InputError(_("it has no rows"))


def _first_records(file: InputFile, store: Store, settings: Settings) -> list[Any]:
    if settings.kind == "parquet":
        return list(parquet.first_rows(store, file.path, file.name, _NUM_SAMPLES))
    encoding = settings.encoding or "utf-8"
    if settings.kind == "csv":
        if file.size == 0:
            return []
        head = head_of(store, file.path, file.name, settings)
        with open_unpacked(store, file.path, file.name) as stream:
            found = cell_rows(lines_from(stream, 0), file.name, encoding, settings.delimiter)
            sample = [row.cells for _number, row in zip(range(_NUM_SAMPLES + 1), found, strict=False)]
        return [dict(zip(head.cells, cells, strict=False)) for cells in sample[1:] if cells]
    return _first_objects(file, store, encoding)


def _first_objects(file: InputFile, store: Store, encoding: str) -> list[Any]:
    records: list[Any] = []
    reason: InputError | None = None
    try:
        with open_unpacked(store, file.path, file.name) as stream:
            for _number, line in zip(range(_NUM_SAMPLES), lines_from(stream, 0), strict=False):
                try:
                    records += (
                        [jsonl.parsed(line.content, encoding)[1]] if line.content and line.content.strip() else []
                    )
                except InputError as error:
                    reason = reason or error
    except InputError as error:  # it is damaged further on
        reason = reason or error
    if reason and not records:
        raise InputError(f"{file.name}: {str(reason).removeprefix(f'{file.name}: ')}")
    return records


def _delimiter_of(file: InputFile, store: Store, settings: Settings) -> str:
    with open_unpacked(store, file.path, file.name) as stream:
        sample = stream.read(_SAMPLE_BYTES)
    complete_lines = sample[: sample.rfind(b"\n") + 1] or sample
    text = complete_lines.decode(settings.encoding or "utf-8", "replace")
    suffix = ".tsv" if ".tsv" in file.name.lower() else ".csv"
    return find_delimiter(text, suffix)[0]


def cut_tasks(inputs: Inputs, piece_bytes: int) -> Iterator[SplitTask]:
    """Yield the files that have to be read once before it is known where to cut."""
    for number, file in enumerate(inputs.files):
        if _has_to_be_cut(file, inputs.kind, piece_bytes):
            yield SplitTask(number, file, piece_bytes)


def _has_to_be_cut(file: InputFile, kind: Kind, piece_bytes: int) -> bool:
    if kind in ("files", "jsonl") and not (kind == "jsonl" and packing_of(file.path)):
        return False
    return kind == "parquet" or file.size > piece_bytes // (_PACKED_RATIO if packing_of(file.path) else 1)


def pieces(inputs: Inputs, cuts: Mapping[int, FileSplit], piece_bytes: int) -> list[Piece]:
    """Return all pieces.

    Args:
        inputs: the input.
        cuts: of the files that had to be read, by their numbers.
        piece_bytes: how long a piece is about.
    """
    if inputs.kind == "files":
        found = list(_groups_of_files(inputs.files, piece_bytes))
    else:
        found = [
            piece for number, file in enumerate(inputs.files) for piece in _of_file(file, cuts.get(number), piece_bytes)
        ]
    return [piece._replace(number=number) for number, piece in enumerate(found)]


def _of_file(file: InputFile, cut: FileSplit | None, piece_bytes: int) -> Iterator[Piece]:
    """Yield the pieces of a file of rows; their numbers are still to come."""
    if cut is not None:
        every = zip(cut.paths, cut.starts, cut.ends, cut.groups, cut.sizes, strict=True)
        found = [Piece(0, (file,), path, start, end, group, size) for path, start, end, group, size in every]
        if cut.flaw:
            found = found or [Piece(0, (file,), file.path, 0, 0)]
            found[-1] = found[-1]._replace(flaw=cut.flaw)
        yield from found
    elif packing_of(file.path):
        yield Piece(0, (file,), file.path, 0, _ALL, size=file.size)
    else:
        parts = max(1, round(file.size / piece_bytes))
        bounds = [file.size * part // parts for part in range(parts + 1)]
        for start, end in pairwise(bounds):
            yield Piece(0, (file,), file.path, start, end, size=end - start)


def _groups_of_files(files: Sequence[InputFile], piece_bytes: int) -> Iterator[Piece]:
    group: list[InputFile] = []
    size = 0
    for file in files:
        group.append(file)
        size += file.size
        if size >= piece_bytes or len(group) == _MAX_FILES:
            yield Piece(0, tuple(group), "", 0, 0, size=size)
            group, size = [], 0
    if group:
        yield Piece(0, tuple(group), "", 0, 0, size=size)

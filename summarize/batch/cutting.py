"""Where a file is cut that has to be read for it: packed lines, CSV, and the row groups of Parquet.

What is packed cannot be begun in the middle. It is unpacked once, and packed again piece by piece, beside the output.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import pairwise
from typing import Any

from summarize.batch.lines import Line, lines_from, open_unpacked
from summarize.batch.packing import packing_of, packing_stream
from summarize.batch.stores import Store
from summarize.batch.tables import cell_rows, head_of
from summarize.batch.task import FileSplit, Settings, SplitTask
from summarize.errors import InputError, OutputError

_TOO_LONG = b'"longer than can be held"\n'  # stands for such a line, and is refused as it is no object


def cut(task: SplitTask, source: Store, target: Store, folder: str, settings: Settings) -> FileSplit:
    """Return where a file is cut.

    Args:
        task: the file.
        source: where it lies.
        target: where the output lies.
        folder: for what is cut out, and how `target` calls it.
        settings: of the batch.

    Raises:
        InputError: the file is of no use from its beginning.
        OutputError: what is cut out cannot be written.
    """
    if settings.kind == "parquet":
        return _cut_groups(task, source)
    if packing_of(task.file.path):
        return _cut_packed(task, source, target, folder, settings)
    return _cut_table(task, source, settings)


def _cut_groups(task: SplitTask, source: Store) -> FileSplit:
    from summarize.batch.parquet import parquet_file

    starts, ends, groups, sizes = [], [], [], []
    with parquet_file(source, task.file.path, task.file.name) as file:
        for group in range(file.num_row_groups):
            about = file.metadata.row_group(group)
            parts = max(1, min(about.num_rows, round(about.total_byte_size / task.piece_bytes)))
            bounds = [about.num_rows * part // parts for part in range(parts + 1)]
            starts += bounds[:-1]
            ends += bounds[1:]
            groups += [group] * parts
            sizes += [about.total_byte_size // parts] * parts
    paths = (task.file.path,) * len(starts)
    return FileSplit(task.number, paths, tuple(starts), tuple(ends), tuple(groups), tuple(sizes))


def _cut_table(task: SplitTask, source: Store, settings: Settings) -> FileSplit:
    """Cut plain CSV between rows."""
    file = task.file
    encoding = settings.encoding or "utf-8"
    head = head_of(source, file.path, file.name, settings)
    bounds, flaw = [head.end], ""
    with open_unpacked(source, file.path, file.name) as stream:
        stream.seek(head.end)
        end = head.end
        try:
            for row in cell_rows(lines_from(stream, head.end), file.name, encoding, settings.delimiter):
                end = row.end
                if end - bounds[-1] >= task.piece_bytes:
                    bounds.append(end)
        except InputError as error:
            flaw = str(error)
    if end > bounds[-1]:
        bounds.append(end)
    sizes = tuple(stop - start for start, stop in pairwise(bounds))
    paths, groups = (file.path,) * len(sizes), (0,) * len(sizes)
    return FileSplit(task.number, paths, tuple(bounds[:-1]), tuple(bounds[1:]), groups, sizes, flaw)


def _cut_packed(task: SplitTask, source: Store, target: Store, folder: str, settings: Settings) -> FileSplit:
    """Cut packed lines or CSV; what is cut out of CSV has its head as well."""
    file = task.file
    packing = packing_of(file.path)
    paths: list[str] = []
    sizes: list[int] = []
    flaw = ""
    with ExitStack() as writing:

        def begin(head: bytes) -> Callable[[bytes], Any]:
            writing.close()
            paths.append(f"{folder}/{task.number:06d}-{len(paths):06d}{packing}")
            packer = packing_stream(writing.enter_context(target.writing(paths[-1])), packing)
            writing.callback(packer.close)
            packer.write(head)
            sizes.append(0)
            return packer.write  # type: ignore[no-any-return]  # the packers have no types

        head, write = b"", None
        try:
            with open_unpacked(source, file.path, file.name) as stream:
                units = _units(lines_from(stream, 0), file.name, settings)
                head = next(units, b"") if settings.kind == "csv" else b""
                for unit in units:
                    if write is None or sizes[-1] >= task.piece_bytes:
                        write = begin(head)
                    write(unit)
                    sizes[-1] += len(unit)
        except OutputError:
            raise
        except InputError as error:
            flaw = str(error)
    starts, ends = (0,) * len(paths), (1 << 62,) * len(paths)
    return FileSplit(task.number, tuple(paths), starts, ends, (0,) * len(paths), tuple(sizes), flaw)


def _units(lines: Iterator[Line], name: str, settings: Settings) -> Iterator[bytes]:
    """Yield what must not be cut: the bytes of a line, or of a row of CSV."""
    if settings.kind != "csv":
        for line in lines:
            yield _TOO_LONG if line.content is None else line.content
        return
    pending: list[bytes] = []

    def noted() -> Iterator[Line]:
        for line in lines:
            pending.append(line.content or b"")
            yield line

    for _row in cell_rows(noted(), name, settings.encoding or "utf-8", settings.delimiter):
        yield b"".join(pending)  # the reader takes no line before it needs it
        pending.clear()

"""From a piece to a part: the result is the same in any process and after any restart.

The part is written first, then its dead letters, then the marker; without a marker a piece is not done.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from summarize.batch import kinds
from summarize.batch.cutting import cut
from summarize.batch.places import BatchPaths
from summarize.batch.stores import CountedStream, Store, write_bytes
from summarize.batch.task import Done, FileSplit, Piece, Row, Settings, SplitTask, Text
from summarize.batch.texts import fields_of
from summarize.command.model import load_scorer
from summarize.command.work import reason_of
from summarize.errors import InputError, ModelError
from summarize.pipeline import Scorer, summarize_text

NO_PART = ""  # instead of a digest, where a piece is of no use from its beginning
NOWHERE = -1  # announced when no row is worked at


class Worker:
    """Works at pieces.

    Args:
        settings: of the batch.
        source: where the input lies.
        target: where the output lies.
        num_rows: of the files there.
        announce: is told which row of its piece is worked at, from 0, or `NOWHERE`.
        scorer: the network; None to load it for the first piece.
    """

    def __init__(
        self,
        settings: Settings,
        source: Store,
        target: Store,
        num_rows: BatchPaths,
        announce: Callable[[int], None],
        scorer: Scorer | None = None,
    ) -> None:
        self._settings = settings
        self._source = source
        self._target = target
        self._places = num_rows
        self._announce = announce
        self._scorer = scorer

    def cut(self, task: SplitTask) -> FileSplit:
        """Cut a file, and leave a marker that says where.

        Raises:
            SummarizeError: it cannot be done.
        """
        try:
            found = cut(task, self._source, self._target, self._places.cut_out, self._settings)
        except InputError as error:
            found = FileSplit(task.number, flaw=str(error))
        write_bytes(self._target, self._places.cut(task.number), _json(found._asdict()))
        return found

    def work_at(self, piece: Piece, skip: Mapping[int, str]) -> Done:
        """Make the part of a piece.

        Args:
            piece: the piece.
            skip: the rows that must not be touched, and why.

        Raises:
            SummarizeError: it cannot be made.
        """
        self._scorer = self._scorer or load_scorer(self._settings.model)
        store = self._target if piece.path.startswith(self._places.cut_out) else self._source
        part = Part(self._settings, self._scorer, piece, skip, self._announce)
        size, sha256 = 0, NO_PART
        try:
            if piece.flaw and piece.start >= piece.end:
                raise InputError(piece.flaw)
            with self._target.writing(self._places.part(piece.number)) as stream:
                part.write(stream, store)
            size, sha256 = stream.size, stream.digest.hexdigest()
        except InputError as error:
            part.fail_whole(error)
        if part.failed:
            lines = b"".join(_json(letter) + b"\n" for letter in part.failed)
            write_bytes(self._target, self._places.failed(piece.number), lines)
        done = Done(
            piece=piece.number,
            places=part.places,
            read=part.num_written + len(part.failed),
            written=part.num_written,
            failed=len(part.failed),
            size=size,
            sha256=sha256,
        )
        write_bytes(self._target, self._places.done(piece.number), _json(done._asdict()))
        return done


class Part:
    """The part of a piece while it is made; arguments as for `Worker`.

    Attributes:
        failed: dead letters.
        num_written: documents written.
        places: rows or lines that were passed.
    """

    def __init__(
        self,
        settings: Settings,
        scorer: Scorer,
        piece: Piece,
        skip: Mapping[int, str],
        announce: Callable[[int], None],
    ) -> None:
        self._settings = settings
        self._scorer = scorer
        self._piece = piece
        self._skip = skip
        self._announce = announce
        self.failed: list[dict[str, Any]] = []
        self.num_written: int = 0
        self.places: int = 0

    def write(self, stream: CountedStream, source: Store) -> None:
        """Write all of it to a stream.

        Raises:
            InputError: the piece is of no use from its beginning.
        """
        writer = kinds.writer(stream, self._piece, source, self._settings)
        index = 0
        for row in self._rows(source):
            self.places = max(self.places, row.place)
            if row.raw is None:
                continue
            self._announce(index)
            for text in self._texts(row, index, source):
                self._write_one(text, row.name, writer)
            index += 1
        self._announce(NOWHERE)
        writer.close()

    def _rows(self, source: Store) -> Iterator[Row]:
        """Yield the rows, and in place of those that cannot be read one that says why."""
        name, flaw, row_number = self._piece.files[0].name, self._piece.flaw, 0
        try:
            for row in kinds.rows(self._piece, source, self._settings):
                row_number = row.place
                yield row
        except InputError as error:
            flaw = str(error)
        if flaw:
            yield Row(row_number + 1, InputError(flaw.removeprefix(f"{name}: ")), name)

    def _texts(self, row: Row, index: int, source: Store) -> list[Text]:
        """Return the texts of a row; none, and a dead letter, where it cannot be read."""
        try:
            if isinstance(row.raw, InputError):
                raise row.raw
            if index in self._skip:
                raise InputError(self._skip[index])
            return kinds.texts(row, source, self._settings)
        except OSError:
            raise  # the store is not to be reached: no fault of the document
        except Exception as error:
            self._fail(row.place, row.name, error)
            return []

    def _write_one(self, text: Text, name: str, writer: kinds.Writer) -> None:
        try:
            summary = summarize_text(text.source, scorer=self._scorer, **self._settings.summary_options)
            fields = fields_of(summary, self._settings)
        except ModelError:
            raise
        except Exception as error:  # also a bug of ours: the other documents may do without it
            self._fail(text.place, name, error)
            return
        writer.write(text, fields)
        self.num_written += 1

    def fail_whole(self, error: InputError) -> None:
        """Make a dead letter of the piece."""
        name = self._piece.files[0].name
        self._fail(1, name, InputError(str(error).removeprefix(f"{name}: ")))

    def _fail(self, row_number: int, name: str, error: Exception) -> None:
        self.failed.append({"input": name, "row": row_number, "reason": reason_of(error)})


def _json(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")

"""The saved state of a batch: its settings, where the input is split, and which pieces are done."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from summarize.batch.places import OWN_FOLDER, BatchPaths
from summarize.batch.plan import Inputs
from summarize.batch.stores import PARTIAL, LocalStore, Store, StoredFile, write_bytes
from summarize.batch.task import Done, FileSplit, InputFile, Piece
from summarize.batch.worker import NO_PART
from summarize.errors import InputError, OutputError
from summarize.interface import _, os_reason
from summarize.text.printing import printable

FORMAT = 1
_AT_ONCE = 1000  # markers that are read


class Manifest:
    """The folder of the output, and what stands in it of the batch.

    Args:
        store: where it lies.
        root: how that calls it.
        address: how messages call it.
    """

    def __init__(self, store: Store, root: str, address: str) -> None:
        self.store = store
        self.root = root
        self._name = printable(address)
        self._paths = BatchPaths(root)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold a lock against other runs on this machine; a killed run releases it.

        Raises:
            InputError: there is one.
        """
        if not isinstance(self.store, LocalStore):
            yield  # two runs would write the same, each file whole
            return
        lock = Path(self._paths.lock)
        try:
            lock.parent.mkdir(parents=True, exist_ok=True)
            stream = lock.open("w")
        except OSError as error:
            raise OutputError(
                _("{name}: cannot be written ({reason})").format(name=self._name, reason=os_reason(error))
            ) from error
        with stream:
            with suppress(ImportError):  # elsewhere than on POSIX nobody is kept out
                import fcntl

                try:
                    fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    reason = _("{name}: another run is writing to it; wait until it ends")
                    raise InputError(reason.format(name=self._name)) from None
            self._sweep()
            try:
                yield
            finally:
                self._sweep()

    def _sweep(self) -> None:
        """Remove what processes that were killed have left."""
        for partial in Path(self.root).rglob(PARTIAL):
            partial.unlink(missing_ok=True)

    def begin(self, about: Mapping[str, Any], inputs: Inputs, *, anew: bool) -> str:
        """Write the manifest, or check that the existing one is the same; return the name of the run.

        Args:
            about: what decides what is written.
            inputs: the input.
            anew: whether what is there is thrown away.

        Raises:
            InputError: something else is there.
        """
        lines = [json.dumps([file.name, file.size, file.mark]) for file in inputs.files]
        listed = "".join(f"{line}\n" for line in lines).encode()
        digest = hashlib.sha256(listed).hexdigest()
        wanted = {
            "manifest": FORMAT,
            **about,
            "input": {"kind": inputs.kind, "files": len(inputs.files), "bytes": inputs.num_bytes, "sha256": digest},
        }
        run = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()[:16]
        if anew:
            self._clear()
        known = self.read()
        if known is None:
            self._refuse_foreign()
            write_bytes(self.store, self._paths.inputs, listed)
            self._write(wanted | {"run": run})
        elif known.get("run") != run:
            raise InputError(self._difference(known, wanted))
        return run

    def read(self) -> dict[str, Any] | None:
        """Return what stands in the manifest; None if there is none."""
        try:
            found = json.loads(self.store.read([self._paths.manifest])[0])
        except (FileNotFoundError, NotADirectoryError):
            return None
        except ValueError:
            found = None
        if not isinstance(found, dict):
            reason = _("{name}: its manifest is damaged; start over with --force")
            raise InputError(reason.format(name=self._name))
        return found

    def _write(self, content: Mapping[str, Any]) -> None:
        text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
        write_bytes(self.store, self._paths.manifest, text.encode())

    def _refuse_foreign(self) -> None:
        if any(f"/{OWN_FOLDER}/" not in found.path for found in self._found()):
            reason = _("{name}: contains files that were not written by a batch; name another folder")
            raise InputError(reason.format(name=self._name))

    def _found(self) -> list[StoredFile]:
        return self.store.find(self.root)

    def _clear(self) -> None:
        """Remove the files of a batch, the manifest first."""
        parts = [found.path for found in self._found() if found.path.startswith(self._paths.parts)]
        own = [found.path for found in self._found() if f"/{OWN_FOLDER}/" in found.path]
        self.store.remove([self._paths.manifest])
        self.store.remove([*parts, *(path for path in own if path not in (self._paths.lock, self._paths.manifest))])

    def _difference(self, known: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
        """Return a message that says what has changed."""
        what, was, now = next(_differences(known, wanted), ("run", known.get("run"), None))
        if what == "input":
            reason = _(
                "{name}: the input has changed since this batch was started; name another folder, or add --force"
            )
        else:
            reason = _("{name}: contains a batch whose {what} is {was}, not {now}; name another folder, or add --force")
        return reason.format(name=self._name, what=what, was=json.dumps(was), now=json.dumps(now))

    def cuts(self) -> dict[int, FileSplit]:
        """Return where files are cut, as far as that is known."""
        found = (_tuples(value) for value in self._markers("cuts"))
        return {cut.number: cut for cut in (FileSplit(**value) for value in found)}

    def done(self, pieces: Iterable[Piece], paths: BatchPaths, *, is_thorough: bool) -> dict[int, Done]:
        """Return what came of the pieces that are done, and whose parts are as they were written.

        Args:
            pieces: all of them.
            paths: of their parts.
            is_thorough: whether parts are read, rather than only measured.
        """
        sizes = {found.path: found.size for found in self._found()}
        markers = {done.piece: done for done in (Done(**value) for value in self._markers("done"))}
        return {
            piece.number: markers[piece.number]
            for piece in pieces
            if piece.number in markers and self._is_intact(markers[piece.number], paths, sizes, is_thorough)
        }

    def _is_intact(self, done: Done, paths: BatchPaths, sizes: Mapping[str, int], is_thorough: bool) -> bool:
        if done.failed and paths.failed(done.piece) not in sizes:
            return False
        if done.sha256 == NO_PART:
            return True
        part = paths.part(done.piece)
        if sizes.get(part) != done.size:
            return False
        return not is_thorough or hashlib.sha256(self.store.read([part])[0]).hexdigest() == done.sha256

    def _markers(self, folder: str) -> Iterator[dict[str, Any]]:
        paths = [found.path for found in self.store.find(f"{self._paths.own}/{folder}")]
        for first in range(0, len(paths), _AT_ONCE):
            for content in self.store.read(paths[first : first + _AT_ONCE]):
                with suppress(ValueError, TypeError):  # a marker that is damaged is none
                    yield json.loads(content)

    def lost_cuts(self, cuts: Mapping[int, FileSplit], pieces: Iterable[Piece]) -> set[int]:
        """Return the files whose pieces were cut out, and are not there any more.

        Args:
            cuts: of all files.
            pieces: that are still to be done.
        """
        wanted = {piece.path for piece in pieces if piece.path.startswith(self._paths.cut_out)}
        lost = wanted - {found.path for found in self.store.find(self._paths.cut_out)} if wanted else set()
        return {number for number, cut in cuts.items() if not lost.isdisjoint(cut.paths)}

    def finish(self, pieces: list[Piece], done: Mapping[int, Done], paths: BatchPaths) -> dict[str, int]:
        """Join the dead letters, remove intermediate files, and return the counts.

        Args:
            pieces: all of them.
            done: what came of each.
            paths: of the files.
        """
        counts = {name: sum(getattr(one, name) for one in done.values()) for name in ("read", "written", "failed")}
        before: dict[InputFile, int] = {}
        with self.store.writing(paths.dead_letters) as stream:
            for piece in pieces:
                one = done[piece.number]
                base = before.get(piece.files[0], 0) if len(piece.files) == 1 else 0
                if one.failed:
                    for line in self.store.read([paths.failed(piece.number)])[0].splitlines():
                        letter = json.loads(line)
                        letter["row"] += base
                        stream.write(json.dumps(letter, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
                before[piece.files[0]] = base + one.places
        self.store.remove([paths.cut_out])
        manifest = self.read() or {}
        self._write(manifest | {"counts": counts | {"pieces": len(pieces)}})
        return counts


def _differences(known: Mapping[str, Any], wanted: Mapping[str, Any]) -> Iterator[tuple[str, Any, Any]]:
    """Yield the names of what differs, what it was and what it is."""
    for name, value in wanted.items():
        was = known.get(name)
        if was != value and name == "options" and isinstance(was, dict):
            yield from _differences(was, value)
        elif was != value:
            yield name, was, value


def _tuples(value: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(member) if isinstance(member, list) else member for name, member in value.items()}

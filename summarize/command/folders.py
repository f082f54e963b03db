"""The files below a folder: which may be read, by their first bytes, and how many are skipped and why."""

import os
import stat
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from summarize.command.names import Input
from summarize.errors import InputError
from summarize.inputs.table import FORMATS, HEAD_BYTES, UNREADABLE, ZIP_MAGIC, Options, head_of, is_packed, may_be
from summarize.interface import N_, _, os_reason
from summarize.text.decoding import BYTE_ORDER_MARKS, decode
from summarize.text.printing import printable

_END_BYTES = 4 * HEAD_BYTES
_OF_SYSTEMS = frozenset({"desktop.ini", "thumbs.db"})  # treated as hidden, although Windows shows them
_LEFT_OUT = {
    "binary": N_("{count} binary"),
    "empty": N_("{count} empty"),
    "hidden": N_("{count} hidden"),
    "linked": N_("{count} linked"),
    "no files": N_("{count} special"),
    "no prose": N_("{count} without prose"),
    "written to": N_("{count} output"),
}  # what is left out, and how it is counted


def find_in_folder(
    folder: Path, avoid: Path | None = None, written: tuple[int, int] | None = None
) -> tuple[list[Input], list[str]]:
    """Return the files in a folder and its folders that may be read, in order, and in one line what was left out.

    Links to files are followed, those to folders are not, as they may lead in circles.

    Args:
        folder: to look into.
        avoid: a folder in it that is written to.
        written: a file that is, by its device and number.
    """
    left_out: Counter[str] = Counter()
    found = [_looked_at(path, folder, left_out, written) for path in _files_in(folder, avoid, left_out)]
    inputs = sorted((one for one in found if one), key=lambda one: one.inside.parts)
    note = _(", ").join(_(said).format(count=left_out[what]) for what, said in _LEFT_OUT.items() if left_out[what])
    if not inputs:
        reason = _("nothing in it can be read (skipped: {note})") if note else _("contains nothing to read")
        return [Input(str(folder), Path(folder.name), reason.format(note=note))], []
    return inputs, [_("{name}: skipped {note}").format(name=printable(str(folder)), note=note)] if note else []


def _files_in(folder: Path, avoid: Path | None, left_out: Counter[str]) -> Iterator[Path | Input]:
    """Yield the files below a folder, and the folders that cannot be listed, in no particular order."""
    barred = avoid.resolve() if avoid else None
    pending = [folder]
    while pending:
        here = pending.pop()
        try:
            with os.scandir(here) as found:
                entries = list(found)
        except OSError as error:
            reason = _("cannot be listed ({reason})").format(reason=os_reason(error))
            yield Input(str(here), here.relative_to(folder), reason)
            continue
        for entry in entries:
            path = here / entry.name
            if entry.name.startswith((".", "~$")) or entry.name.lower() in _OF_SYSTEMS:
                left_out["hidden"] += 1
            elif not entry.is_dir():
                yield path
            elif entry.is_symlink():
                left_out["linked"] += 1
            elif path.resolve() == barred:
                left_out["written to"] += 1
            else:
                pending.append(path)


def _looked_at(
    path: Path | Input, folder: Path, left_out: Counter[str], written: tuple[int, int] | None
) -> Input | None:
    """Return a file as an input; or count it as skipped and return None."""
    if isinstance(path, Input):
        return path
    inside = path.relative_to(folder)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):  # reading from a FIFO might block forever
            left_out["no files"] += 1
            return None
        if (status.st_dev, status.st_ino) == written:
            left_out["written to"] += 1
            return None
        what = classify_file(_ends_of(path), path.suffix.lower())
    except OSError:
        return Input(str(path), inside)  # the reader will report the error
    if what == "readable":
        return Input(str(path), inside)
    left_out[what] += 1
    return None


def classify_file(ends: bytes, suffix: str) -> Literal["readable", "empty", "binary", "no prose"]:
    """Classify a file in a folder by its first and last bytes.

    Args:
        ends: the bytes.
        suffix: of its name, in lower case.
    """
    if not ends:
        return "empty"
    if is_packed(ends):
        return "readable"
    if ends.startswith(ZIP_MAGIC):
        return "readable" if any(member in ends for known in FORMATS for member in known.members) else "binary"
    if any(ends.startswith(magic, offset) for offset, magic, _what in UNREADABLE):
        return "binary"
    candidates = list(may_be(head_of(ends), suffix))
    if any(known.content == "bytes" for known in candidates):
        return "readable"
    is_wide = ends.startswith(tuple(mark for mark, _encoding in BYTE_ORDER_MARKS))
    if b"\0" in ends and not is_wide:
        return "binary"
    return "readable" if candidates or _is_prose(ends) else "no prose"


def _is_prose(head: bytes) -> bool:
    """Return whether a text is neither code nor data, by its first bytes; what cannot be decoded may be prose."""
    from summarize.inputs.refusal import refuse_non_prose

    try:
        source = decode(head)
    except InputError:
        return True
    try:
        refuse_non_prose(source, Options())
    except InputError:
        return False
    return True


def _ends_of(path: Path) -> bytes:
    """Return the first bytes of a file, and of an archive the last ones as well, where its members are listed."""
    with path.open("rb") as stream:
        head = stream.read(_END_BYTES)
        if len(head) < _END_BYTES or not head.startswith(ZIP_MAGIC):
            return head
        stream.seek(-_END_BYTES, os.SEEK_END)
        return head + stream.read(_END_BYTES)

"""Other outputs than standard output: one file, or a folder with one file per input."""

import os
import stat
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

import click

from summarize.command.names import STDIN, Input, is_address, name_of
from summarize.command.run import Output, SeparatorWriter
from summarize.command.streams import entry_type, is_folder
from summarize.command.whole_file import AtomicFile, is_stream, write_file
from summarize.command.work import Result
from summarize.errors import OutputError
from summarize.interface import _, os_reason
from summarize.text.patterns import lazy_pattern
from summarize.text.printing import printable

_STDIN_STEM = "standard-input"
_PACKED = (".gz", ".xz", ".bz2", ".zst")
_IS_SUFFIX = lazy_pattern(r"\.[A-Za-z][A-Za-z0-9]{0,7}")  # not that of `2024.11 notes`
_UNSAFE_IN_NAME = lazy_pattern(r"[^\w.-]+")
_MAX_NAME_CHARACTERS = 80  # of an address
_SCHEME = lazy_pattern(r"^\w+://")


def find_output(
    inputs: Sequence[Input], name: str | None, plot: Path | None, suffix: str, *, force: bool
) -> Output | None:
    """Return a writer for a file or a folder, after a check that nothing would be overwritten.

    Args:
        inputs: what is read.
        name: of the file or the folder; None for standard output.
        plot: the picture that is drawn besides.
        suffix: of each file in a folder, with its dot.
        force: whether files that are there may be written over.

    Returns:
        None for standard output.

    Raises:
        click.UsageError: something would be overwritten, or two inputs would share a file.
    """
    if name is None:
        check_targets(inputs, [], plot, force=force)
        return None
    in_folder = is_folder(name)
    targets = targets_in(Path(name), inputs, suffix) if in_folder else [Path(name)]
    check_targets(inputs, targets, plot, force=force)
    return FolderOutput(targets) if in_folder else FileOutput(Path(name))


def targets_in(folder: Path, inputs: Sequence[Input], suffix: str) -> list[Path]:
    """Return the file in a folder for each input: of its name, and below the folders that it was found in.

    Inputs that would share one, such as `a.pdf` and `a.docx`, keep the suffix of their own as well: `a.pdf.txt`.

    Args:
        folder: the folder.
        inputs: what is read; the same file twice has the same file twice.
        suffix: of the format.

    Raises:
        click.UsageError: two inputs would still share one.
    """
    keeps_suffix: set[int] = set()  # the inputs whose suffix stays
    while True:
        targets = [
            folder / one.inside.parent / f"{_stem(one, keep_suffix=index in keeps_suffix)}{suffix}"
            for index, one in enumerate(inputs)
        ]
        sharing: dict[Path, list[int]] = defaultdict(list)
        for index, path in enumerate(targets):
            sharing[path].append(index)
        crowded = [
            indices for indices in sharing.values() if len({_identity(inputs[index].name) for index in indices}) > 1
        ]
        if not crowded:
            return targets
        new = {index for indices in crowded for index in indices} - keeps_suffix
        if not new:
            first, second = (name_of(inputs[index].name) for index in crowded[0][:2])
            target = printable(str(targets[crowded[0][0]]))
            problem = _(
                "the summaries of '{first}' and '{second}' would both go to '{target}'; write them to different folders"
            )
            raise click.UsageError(problem.format(first=first, second=second, target=target))
        keeps_suffix |= new


def _stem(one: Input, *, keep_suffix: bool) -> str:
    """Return what the file of an input is called, without the suffix of the format."""
    if one.name == STDIN:
        return _STDIN_STEM
    if is_address(one.name):
        host, slash, page = _SCHEME.sub("", one.name).partition("/")
        name = f"{host}{slash}{page if keep_suffix else _without_suffix(page)}"
        return _UNSAFE_IN_NAME.sub("-", name).strip("-.")[:_MAX_NAME_CHARACTERS]
    return one.inside.name if keep_suffix else _without_suffix(one.inside.name)


def _without_suffix(name: str) -> str:
    stem, dot, suffix = name.rpartition(".")
    if stem and f"{dot}{suffix}".lower() in _PACKED:
        return _without_suffix(stem)
    return stem if stem and _IS_SUFFIX.fullmatch(f"{dot}{suffix}") else name


def _identity(file: str | Path) -> tuple[int, int] | str:
    """Return an identity of a file that is the same for all its names; the name itself if there is no file."""
    with suppress(OSError, ValueError):  # ValueError: a NUL in it
        status = os.fstat(0) if file == STDIN else Path(file).stat()
        if stat.S_ISREG(status.st_mode):
            return status.st_dev, status.st_ino
    return str(Path(file).absolute())


def check_targets(inputs: Sequence[Input], targets: Iterable[Path], plot: Path | None, *, force: bool) -> None:
    """Check that no input is overwritten, no file written twice, and existing files overwritten only with `force`.

    Args:
        inputs: what is read.
        targets: what is written.
        plot: the picture that is drawn.
        force: whether files that are there may be written over.

    Raises:
        click.UsageError: something would be.
    """
    written = list(dict.fromkeys(targets))
    if plot is not None:
        if _identity(plot) in map(_identity, written):
            problem = _("--output and --plot are the same file, '{name}'; name another")
            raise click.UsageError(problem.format(name=printable(str(plot))))
        written.append(plot)
    read = {_identity(one.name): one.name for one in inputs} if written else {}
    for path in written:
        if _identity(path) in read:
            problem = _("'{name}' is an input and would be overwritten; name another file")
            raise click.UsageError(problem.format(name=name_of(read[_identity(path)])))
    there = [] if force else [path for path in written if entry_type(path) == "file" and not is_stream(path)]
    if there:
        problem = _("'{name}' already exists; use --force to overwrite it")
        if len(there) > 1:
            problem = _("'{name}' and {more} more already exist; use --force to overwrite them")
        raise click.UsageError(problem.format(name=printable(str(there[0])), more=len(there) - 1))


class FileOutput(Output):
    """Writes all results to one file atomically; without results the file is not touched.

    Args:
        path: its name.
    """

    def __init__(self, path: Path) -> None:
        self._file = AtomicFile(path)
        self._parting = SeparatorWriter()

    def put(self, result: Result) -> None:
        """Add a result."""
        if result.text:
            self._file.write(self._parting.parted(result).encode("utf-8"))

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        """Put the file in its place."""
        self._file.__exit__(kind, error, traceback)


class FolderOutput(Output):
    """Writes the results of each input to a file of its own.

    Args:
        targets: the file of each input.
    """

    def __init__(self, targets: Sequence[Path]) -> None:
        self._targets = targets
        self._input_index = 0
        self._texts: list[str] = []
        self._parting = SeparatorWriter()

    def put(self, result: Result) -> None:
        """Take a result; the results of an input come one after the other."""
        if result.place != self._input_index:
            self._write()
            self._input_index = result.place
        if result.text:
            self._texts.append(self._parting.parted(result))

    def __exit__(self, kind: object, error: object, traceback: object) -> None:
        """Write the file of the last input."""
        if kind is None:
            self._write()

    def _write(self) -> None:
        if self._texts:
            target = self._targets[self._input_index]
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                problem = _("{name}: cannot be created as a folder ({reason})")
                name = printable(str(target.parent))
                raise OutputError(problem.format(name=name, reason=os_reason(error))) from error
            write_file(target, "".join(self._texts).encode("utf-8"))
        self._texts = []
        self._parting = SeparatorWriter()

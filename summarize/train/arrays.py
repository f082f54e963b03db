"""Data classes of arrays as folders of files, which are written as rows come and read where a row is asked for."""

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from shutil import rmtree
from types import TracebackType
from typing import Any, NamedTuple, Self

import numpy as np
from numpy.lib.format import read_array_header_1_0, read_magic, write_array_header_1_0
from numpy.typing import NDArray


class Rows(NamedTuple):
    """What the rows of an array are.

    Args:
        dtype: of their entries.
        shape: of a row.
    """

    dtype: type[np.generic]
    shape: tuple[int, ...] = ()


class GrowingArray:
    """A .npy file to which rows are appended; it can be read once it is closed.

    Args:
        path: of the file, which is written again.
        rows: what they are.
    """

    def __init__(self, path: Path, rows: Rows) -> None:
        self._rows = rows
        self._length = 0
        self._file = path.open("wb")
        self._write_header()

    def __len__(self) -> int:
        return self._length

    def _write_header(self) -> None:
        """Write what NumPy reads first. It has room for more digits of the length, so its size is always the same."""
        dtype, shape = np.dtype(self._rows.dtype).str, (self._length, *self._rows.shape)
        write_array_header_1_0(self._file, {"descr": dtype, "fortran_order": False, "shape": shape})

    def append(self, rows: NDArray[Any]) -> None:
        """Write rows after those that are there.

        Raises:
            ValueError: they have another shape.
        """
        if rows.shape[1:] != self._rows.shape:
            raise ValueError(f"rows of shape {self._rows.shape} are wanted, got {rows.shape[1:]}")
        self._file.write(np.ascontiguousarray(rows, self._rows.dtype).tobytes())
        self._length += len(rows)

    def close(self) -> None:
        """Make the file whole."""
        self._file.seek(0)
        self._write_header()
        self._file.close()


def load_rows(path: Path) -> NDArray[Any]:
    """Return the array of a .npy file; what is not looked at stays on disk."""
    with path.open("rb") as file:
        read_magic(file)
        shape, _, _ = read_array_header_1_0(file)
    # A file cannot be mapped of which there is nothing after the header.
    array: NDArray[Any] = np.load(path, mmap_mode="r" if shape[0] else None, allow_pickle=False)
    return array


class ArrayFolder:
    """Loads a data class whose fields are all arrays, one file each."""

    __slots__ = ()

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Return what an `ArrayFolderWriter` wrote."""
        return cls(**{field.name: load_rows(folder / f"{field.name}.npy") for field in fields(cls)})  # type: ignore[arg-type]


class ArrayFolderWriter:
    """Writes the arrays of a data class as they come; the folder has its name only when it is whole.

    Args:
        folder: what is written.
        rows: what each array consists of, by its name.
    """

    def __init__(self, folder: Path, rows: Mapping[str, Rows]) -> None:
        self._folder = folder
        self._partial = folder.with_name(folder.name + ".partial")
        self._partial.mkdir(exist_ok=True)
        self._arrays = {name: GrowingArray(self._partial / f"{name}.npy", of_array) for name, of_array in rows.items()}

    def append(self, rows: Mapping[str, NDArray[Any]]) -> None:
        """Write rows of some arrays, by their names."""
        for name, of_array in rows.items():
            self._arrays[name].append(of_array)

    def __getitem__(self, name: str) -> GrowingArray:
        return self._arrays[name]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for array in self._arrays.values():
            array.close()
        if error is None:
            self._partial.replace(self._folder)
        else:
            rmtree(self._partial)

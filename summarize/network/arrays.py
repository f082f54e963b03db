"""Arrays in one file that is mapped, so that a start reads only what it needs of them: the format of safetensors.

    length of the header in bytes (8 bytes, little-endian); the header; the arrays, one behind the other, row by row

The header is a JSON object; of each array, by its name, it says `dtype`, `shape` and `data_offsets`, the place of its
first byte and that behind its last, counted from the end of the header. Other programs read such files, too
(https://github.com/huggingface/safetensors).
"""

import json
import mmap
from collections.abc import Mapping
from math import prod
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.interface import _

_DTYPES: dict[str, np.dtype[Any]] = {
    "F32": np.dtype("<f4"),
    "U32": np.dtype("<u4"),
    "I8": np.dtype("i1"),
    "U8": np.dtype("u1"),
}
_LENGTH_BYTES = 8
_ALIGNMENT = 64  # of where the arrays begin; NumPy wants each to lie at a multiple of its numbers' size


def write_arrays(path: Path, arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write arrays of any shape to a file.

    Raises:
        ValueError: the numbers of one are not float32, uint32, int8 or uint8.
    """
    names = {dtype: name for name, dtype in _DTYPES.items()}
    header: dict[str, Any] = {}
    end = 0
    by_size = sorted(arrays.items(), key=lambda item: -item[1].itemsize)  # so that none lies askew
    for name, array in by_size:
        dtype = array.dtype.newbyteorder("<")
        if dtype not in names:
            raise ValueError(f"the numbers of {name} are {array.dtype}, not one of {', '.join(map(str, names))}")
        start, end = end, end + array.nbytes
        header[name] = {"dtype": names[dtype], "shape": array.shape, "data_offsets": [start, end]}
    encoded = json.dumps(header).encode()
    encoded += b" " * (-(_LENGTH_BYTES + len(encoded)) % _ALIGNMENT)
    with path.open("wb") as file:
        file.write(len(encoded).to_bytes(_LENGTH_BYTES, "little") + encoded)
        for _, array in by_size:
            file.write(array.astype(array.dtype.newbyteorder("<"), order="C").tobytes())


def map_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Return what `write_arrays` wrote, by its names; nothing of it can be changed.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no such file.
    """
    with path.open("rb") as file:
        try:
            return _views(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
            message = _("{file} is damaged or belongs to another model ({reason})")
            raise ValueError(message.format(file=path.name, reason=error)) from error


def _views(data: mmap.mmap) -> dict[str, NDArray[Any]]:
    """Return the arrays in a file, which is sound or makes any of the errors above."""
    body = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "little")
    found: dict[str, NDArray[Any]] = {}
    for name, said in json.loads(data[_LENGTH_BYTES:body]).items():
        dtype, shape, (start, end) = _DTYPES[said["dtype"]], said["shape"], said["data_offsets"]
        if end - start != prod(shape) * dtype.itemsize:
            raise ValueError(f"{name}: {end - start} bytes for {shape}")
        array: NDArray[Any] = np.ndarray(shape, dtype, data, body + start)
        found[name] = array.astype(dtype.newbyteorder("="), copy=False)
    return found

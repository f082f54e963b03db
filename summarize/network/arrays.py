"""Arrays in one file that is mapped, so that a start reads only what it needs of them: the format of safetensors.

    length of the header in bytes (8 bytes, little-endian); the header; the arrays, one after the other, in row-major
    order

The header is a JSON object; of each array, by its name, it says `dtype`, `shape` and `data_offsets`, the place of its
first byte and that after its last, counted from the end of the header. Other programs read such files, too
(https://github.com/huggingface/safetensors).
"""

import json
import mmap
import os
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
_MAX_HEADER_BYTES = 1 << 20  # a hundred arrays have 8 KB
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
    """Return what `write_arrays` wrote, by its names; they are read-only.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no such file, or says of an array what is not so.
    """
    with path.open("rb") as file:
        is_empty = not os.fstat(file.fileno()).st_size  # which cannot be mapped
        data = b"" if is_empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    body = _LENGTH_BYTES + int.from_bytes(data[:_LENGTH_BYTES], "little")
    if body > min(len(data), _MAX_HEADER_BYTES):
        raise ValueError(_("{file} does not begin with a header").format(file=path.name))
    try:
        header = json.loads(data[_LENGTH_BYTES:body])
        return {name: _array_of(said, data, body) for name, said in header.items()}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError, OverflowError) as error:
        raise ValueError(_("the header of {file} is damaged").format(file=path.name)) from error


def _array_of(said: Any, data: bytes | mmap.mmap, body: int) -> NDArray[Any]:
    """Return an array of a file.

    Args:
        said: of it, in the header.
        data: the file.
        body: where the arrays begin in it.

    Raises:
        ValueError, TypeError, KeyError, OverflowError: what is said cannot be.
    """
    dtype, shape, (start, end) = _DTYPES[said["dtype"]], said["shape"], said["data_offsets"]
    if not all(type(number) is int and number >= 0 for number in (*shape, start, end)):
        raise ValueError("a size or an offset is not a non-negative number")
    if end - start != prod(shape) * dtype.itemsize or body + end > len(data):
        raise ValueError(f"an array cannot have the shape {shape}")
    array: NDArray[Any] = np.ndarray(shape, dtype, data, body + start)
    return array.astype(dtype.newbyteorder("="), copy=False)

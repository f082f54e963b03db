import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as numpy_st

from summarize.network.arrays import map_arrays, write_arrays

DTYPES = (np.float32, np.uint32, np.int8, np.uint8)
ARRAYS = numpy_st.arrays(st.sampled_from(DTYPES), numpy_st.array_shapes(min_dims=0, min_side=0))


def file_of(header: bytes, body: bytes) -> bytes:
    return len(header).to_bytes(8, "little") + header + body


def said(**changes: Any) -> bytes:
    """The header of one array of three numbers."""
    return json.dumps({"a": {"dtype": "U8", "shape": [3], "data_offsets": [0, 3]} | changes}).encode()


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), ARRAYS))
def test_arrays_survive_a_round_trip(arrays: dict[str, np.ndarray]) -> None:
    with TemporaryDirectory() as folder:
        write_arrays(Path(folder) / "a", arrays)
        found = map_arrays(Path(folder) / "a")
    assert found.keys() == arrays.keys()
    for name, array in arrays.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert found[name].tobytes() == array.tobytes()
        assert found[name].flags.aligned
        assert not found[name].flags.writeable


def test_arrays_are_written_as_other_programs_read_them(tmp_path: Path) -> None:
    write_arrays(tmp_path / "a", {"small": np.array([-1, 2], np.int8), "large": np.array([[1.5], [2]], np.float32)})
    content = (tmp_path / "a").read_bytes()
    body = 8 + int.from_bytes(content[:8], "little")
    assert json.loads(content[8:body]) == {
        "large": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]},
        "small": {"dtype": "I8", "shape": [2], "data_offsets": [8, 10]},
    }
    assert content[body:] == b"\x00\x00\xc0\x3f\x00\x00\x00\x40\xff\x02"


def test_arrays_of_other_order_and_strides_are_written_row_by_row(tmp_path: Path) -> None:
    array = np.arange(6, dtype=">u4").reshape(2, 3).T
    write_arrays(tmp_path / "a", {"a": array})
    assert map_arrays(tmp_path / "a")["a"].tolist() == [[0, 3], [1, 4], [2, 5]]


@pytest.mark.parametrize("kind", [np.float64, np.int64, np.str_, object])
def test_arrays_of_other_numbers_are_not_written(tmp_path: Path, kind: type) -> None:
    with pytest.raises(ValueError, match="the numbers of a are"):
        write_arrays(tmp_path / "a", {"a": np.zeros(2, kind)})
    assert not (tmp_path / "a").exists()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\1", id="too short"),
        pytest.param(file_of(b"{", b""), id="no JSON"),
        pytest.param(file_of(said(shape=[4]), b"abc"), id="shape"),
        pytest.param(file_of(said(shape=[4], data_offsets=[0, 4]), b"abc"), id="behind the end"),
        pytest.param(file_of(said(shape=[-3], data_offsets=[3, 0]), b"abc"), id="negative shape"),
        pytest.param(file_of(said(data_offsets=[0, 1, 2]), b"abc"), id="offsets"),
        pytest.param(file_of(said(dtype="F64"), b"abc"), id="dtype"),
        pytest.param(file_of(said(shape=None), b"abc"), id="no shape"),
        pytest.param(file_of(b'{"a": {}}', b"abc"), id="nothing said"),
        pytest.param(file_of(said(shape=[10**30], data_offsets=[0, 10**30]), b"abc"), id="a huge shape"),
        pytest.param(file_of(b"[]", b"abc"), id="no object"),
        pytest.param(file_of(b'{"a": 7}', b"abc"), id="a number said"),
    ],
)
def test_arrays_are_not_read_from_another_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(ValueError, match=r"^(a does not begin with a header|the header of a is damaged)$"):
        map_arrays(tmp_path / "a")

from pathlib import Path

import numpy as np
import pytest

from summarize.train.arrays import ArrayFolderWriter, GrowingArray, Rows, load_rows


def grown(path: Path, *appended: list[int]) -> Path:
    array = GrowingArray(path, Rows(np.int32))
    for rows in appended:
        array.append(np.array(rows))
    array.close()
    return path


def test_an_array_grows_by_rows_and_numpy_reads_it(tmp_path: Path) -> None:
    path = grown(tmp_path / "a.npy", [1, 2], [], [3])
    assert np.load(path).tolist() == [1, 2, 3]
    assert np.load(path).dtype == np.int32


def test_the_header_of_a_long_array_has_the_size_of_that_of_an_empty_one(tmp_path: Path) -> None:
    path = grown(tmp_path / "a.npy", list(range(100_000)))
    assert path.stat().st_size - 400_000 == grown(tmp_path / "b.npy").stat().st_size


def test_rows_may_be_wider_than_a_number(tmp_path: Path) -> None:
    array = GrowingArray(tmp_path / "a.npy", Rows(np.float16, (2,)))
    array.append(np.array([[1.5, 2]]))
    array.append(np.array([[3, 4]]))
    assert len(array) == 2
    array.close()
    assert load_rows(tmp_path / "a.npy").tolist() == [[1.5, 2], [3, 4]]


def test_rows_of_another_shape_are_refused(tmp_path: Path) -> None:
    array = GrowingArray(tmp_path / "a.npy", Rows(np.float16, (2,)))
    with pytest.raises(ValueError, match=r"rows of shape \(2,\) are wanted, got \(3,\)"):
        array.append(np.zeros((4, 3)))
    array.close()


def test_an_array_is_read_from_the_disk_where_it_is_looked_at(tmp_path: Path) -> None:
    assert isinstance(load_rows(grown(tmp_path / "a.npy", [1, 2])), np.memmap)


def test_an_empty_array_can_be_read(tmp_path: Path) -> None:
    assert load_rows(grown(tmp_path / "a.npy")).shape == (0,)


def test_a_folder_has_its_name_when_all_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    with ArrayFolderWriter(folder, {"one": Rows(np.int32), "other": Rows(np.bool_)}) as writer:
        writer.append({"one": np.array([1, 2]), "other": np.array([True])})
        assert not folder.exists()
    assert sorted(path.name for path in folder.iterdir()) == ["one.npy", "other.npy"]
    assert load_rows(folder / "other.npy").tolist() == [True]


def test_of_a_folder_that_cannot_be_written_to_its_end_nothing_is_left(tmp_path: Path) -> None:
    def write_half() -> None:
        with ArrayFolderWriter(tmp_path / "made", {"one": Rows(np.int32)}) as writer:
            writer.append({"one": np.array([1])})
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        write_half()
    assert not list(tmp_path.iterdir())


def test_a_folder_that_was_left_half_written_is_written_anew(tmp_path: Path) -> None:
    (tmp_path / "made.partial").mkdir()
    (tmp_path / "made.partial" / "one.npy").write_bytes(b"half an array")
    with ArrayFolderWriter(tmp_path / "made", {"one": Rows(np.int32)}) as writer:
        writer.append({"one": np.array([1])})
    assert load_rows(tmp_path / "made" / "one.npy").tolist() == [1]

from collections.abc import Iterator
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from summarize.errors import InputError
from summarize.inputs import whole
from summarize.inputs.door import read_file, read_stream
from summarize.inputs.whole import read_all

MOST = 3 << 20


@pytest.fixture(autouse=True)
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whole, "MAX_BYTES", MOST)


class Pipe(RawIOBase):
    """A stream without end, or of pieces, that counts what was taken from it."""

    def __init__(self, pieces: Iterator[bytes] | None = None) -> None:
        self.pieces, self.num_taken = pieces, 0

    def read(self, size: int = -1) -> bytes:
        piece = bytes(size) if self.pieces is None else next(self.pieces, b"")
        self.num_taken += len(piece)
        return piece


def test_everything_is_read_in_whatever_pieces_it_comes() -> None:
    pipe = cast(BinaryIO, Pipe(iter([b"The ", b"river", b" rose."])))
    assert read_all(pipe, "a pipe") == b"The river rose."


def test_nothing_is_read_of_nothing() -> None:
    assert read_all(BytesIO(b""), "nothing") == b""


@pytest.mark.parametrize("size", [MOST - 1, MOST])
def test_what_is_as_large_as_the_limit_is_read(size: int) -> None:
    assert len(read_all(BytesIO(bytes(size)), "a stream")) == size


def test_a_stream_without_end_is_left_a_little_behind_the_limit() -> None:
    pipe = Pipe()
    with pytest.raises(InputError, match=r"^a pipe: is larger than 3 MB; split it and summarize the parts$"):
        read_all(cast(BinaryIO, pipe), "a pipe")
    assert pipe.num_taken <= MOST + (1 << 20)


def test_a_device_without_end_is_refused_as_a_file() -> None:
    if not Path("/dev/zero").exists():
        pytest.skip("there is no such device")
    with pytest.raises(InputError, match=r"^/dev/zero: is larger than 3 MB"):
        read_file("/dev/zero")


def test_nothing_is_read_of_a_file_that_is_too_large(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(1 << 40)  # of which nothing is on the disk
    with (tmp_path / "large").open("rb") as file:
        with pytest.raises(InputError, match="larger than 3 MB"):
            read_all(file, "large")
        assert file.tell() == 0
    with pytest.raises(InputError, match="larger than 3 MB"):
        read_file(tmp_path / "large")


def test_a_file_is_read_from_where_its_stream_is(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"head: The river rose.")
    with (tmp_path / "a").open("rb") as file:
        file.seek(6)
        assert read_all(file, "a") == b"The river rose."


def test_a_stream_given_to_the_library_has_the_same_limit() -> None:
    with pytest.raises(InputError, match=r"^standard input: is larger than 3 MB"):
        read_stream(cast(BinaryIO, Pipe()))


def test_the_command_refuses_standard_input_in_one_line(runner) -> None:
    result = runner("-", stdin=b"The river rose. " * (MOST // 16 + 1))
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "summarize: standard input: is larger than 3 MB; split it and summarize the parts\n"

"""However the input is cut, each row is in one piece, and only there."""

import io
from pathlib import Path

import pytest
from batches import asked, documents, part_bytes, run_here, write_lines
from hypothesis import given
from hypothesis import strategies as st

from summarize.batch.lines import lines_of
from summarize.batch.plan import Inputs, find_inputs, pieces
from summarize.batch.stores import LocalStore
from summarize.batch.tables import rows as table_rows
from summarize.batch.task import InputFile, Piece
from summarize.errors import InputError


class OneFile(LocalStore):
    def __init__(self, content: bytes) -> None:
        self.content = content

    def open(self, path: str) -> io.BytesIO:
        return io.BytesIO(self.content)


def pieces_of(content: bytes, piece_bytes: int) -> list[Piece]:
    return pieces(Inputs("jsonl", (InputFile("f", "f", len(content), ""),)), {}, piece_bytes)


@given(
    st.lists(st.binary(max_size=12).map(lambda line: line.replace(b"\n", b"")), max_size=30),
    st.booleans(),
    st.integers(1, 40),
)
def test_each_line_is_in_one_piece(lines: list[bytes], is_ended: bool, piece_bytes: int) -> None:
    content = b"\n".join(lines) + b"\n" * is_ended
    content = content.removeprefix(b"\xef\xbb\xbf")
    found = [line.content for piece in pieces_of(content, piece_bytes) for line in lines_of(piece, OneFile(content))]
    assert found == content.splitlines(keepends=True) or b"".join(line or b"" for line in found) == content


def test_a_byte_order_mark_belongs_to_no_line() -> None:
    content = b"\xef\xbb\xbf{}\n"
    assert [line.content for piece in pieces_of(content, 99) for line in lines_of(piece, OneFile(content))] == [b"{}\n"]


@pytest.mark.parametrize("piece_bytes", [300, 1000, 100_000])
def test_the_size_of_pieces_changes_nothing_but_the_number_of_parts(tmp_path: Path, piece_bytes: int) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(25))
    run_here(source, tmp_path / "one", piece_bytes=1 << 30)
    run_here(source, tmp_path / "several", piece_bytes=piece_bytes)
    (whole,) = part_bytes(tmp_path / "one").values()
    assert b"".join(part_bytes(tmp_path / "several").values()) == whole


def test_what_a_batch_has_written_is_no_input_of_the_next(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(5))
    run_here(source, tmp_path / "first")
    tally, _ = run_here(tmp_path / "first", tmp_path / "second", into="again", field="summary")
    assert (tally.read, tally.written) == (5, 5)


def test_the_output_may_lie_in_the_input(tmp_path: Path) -> None:
    write_lines(tmp_path / "in.jsonl", documents(5))
    run_here(tmp_path, tmp_path / "out")
    assert run_here(tmp_path, tmp_path / "out")[0].before == 1


def test_an_empty_folder_is_no_input(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(InputError, match="contains nothing to read"):
        find_inputs(LocalStore(), str(tmp_path / "in"), None, None)


def test_a_quotation_that_is_never_closed_is_told_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.batch.tables.MAX_BYTES", 1000)
    content = b"id,text\n" + b'1,"never closed\n' + b"2,more\n" * 200
    piece = Piece(0, (InputFile("f", "f.csv", len(content), ""),), "f", 0, len(content))
    with pytest.raises(InputError, match=r"f\.csv: a row is longer than 0 MB; is a quotation mark left open\?"):
        list(table_rows(piece, OneFile(content), asked("f", "out").settings))

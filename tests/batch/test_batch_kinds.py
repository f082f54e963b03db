import csv
import gzip
import io
import json
import os
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from batches import TEXT, dead_letters, documents, part_bytes, run_here, write_lines, written
from fakes import FakeScorer
from packers import pack_zstandard, unpack_zstandard

from summarize import summarize_text
from summarize.errors import InputError


def summary_of(text: str) -> str:
    return summarize_text(text, sentences=1, scorer=FakeScorer()).text


def test_every_row_gets_the_summary_that_the_library_makes_of_its_text(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(20))
    tally, _ = run_here(source, tmp_path / "out")
    assert written(tmp_path / "out") == [row | {"summary": summary_of(row["text"])} for row in documents(20)]
    assert (tally.read, tally.written, tally.failed) == (20, 20, 0)


def test_other_fields_of_a_line_stay_as_they_are_written(tmp_path: Path) -> None:
    line = f'{{ "price": 1.50, "big": 12345678901234567890123, "text": "{TEXT}" }}'
    (tmp_path / "in.jsonl").write_text(line + "\n", "utf-8")
    run_here(tmp_path / "in.jsonl", tmp_path / "out")
    (part,) = part_bytes(tmp_path / "out").values()
    assert part.decode() == line[:-2] + f', "summary": "{summary_of(TEXT)}"}}\n'


def test_fields_that_are_asked_for_stand_beside_the_summary(tmp_path: Path) -> None:
    text = f"水灾\n\n{TEXT.format(1)}"
    source = write_lines(tmp_path / "in.jsonl", [{"text": text}])
    summary_options = {"sentences": 1, "keywords": 2, "title": True}
    run_here(
        source, tmp_path / "out", summary_options=summary_options, into="short", extras=("selected", "language", "json")
    )
    (row,) = written(tmp_path / "out")
    assert list(row) == [
        "text",
        *(f"short{end}" for end in ("", "_title", "_keywords", "_selected", "_language", "_json")),
    ]
    ((start, end),) = row["short_selected"]
    assert text[start:end] == row["short"]
    assert row["short_language"] == "zh"
    assert row["short_json"]["summary"] == row["short"]
    assert len(row["short_keywords"]) == 2


BAD_LINES = {
    "no JSON": ("{bad", "the line is not JSON"),
    "no object": ("[1]", "the line is not an object"),
    "no text": ('{"text": " "}', "has no text in field text"),
    "another field": ('{"body": "x"}', "has no text in field text"),
    "the field is taken": (
        '{"text": "好。", "summary": ""}',
        "already has a field summary; name another one with --into",
    ),
}


@pytest.mark.parametrize(("line", "reason"), BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_goes_to_the_dead_letters_with_its_number(tmp_path: Path, line: str, reason: str) -> None:
    good = json.dumps({"text": TEXT}, ensure_ascii=False)
    (tmp_path / "in.jsonl").write_text(f"{good}\n\n{line}\n{good}\n", "utf-8")
    tally, _ = run_here(tmp_path / "in.jsonl", tmp_path / "out")
    (letter,) = dead_letters(tmp_path / "out")
    assert (letter["input"], letter["row"]) == ("in.jsonl", 3)
    assert letter["reason"].startswith(reason)
    assert (tally.read, tally.written, tally.failed) == (3, 2, 1)


def test_the_number_of_a_bad_line_counts_through_all_pieces(tmp_path: Path) -> None:
    rows = documents(60)
    rows[47] = {"id": 47, "text": ""}
    source = write_lines(tmp_path / "in.jsonl", rows)
    tally, _ = run_here(source, tmp_path / "out", piece_bytes=500)
    assert tally.pieces > 10
    assert [letter["row"] for letter in dead_letters(tmp_path / "out")] == [48]


@pytest.mark.parametrize("packing", [".gz", ".zst"])
@pytest.mark.parametrize("piece_bytes", [600, None], ids=["cut out", "in one piece"])
def test_packed_lines_give_what_plain_ones_give_packed_alike(
    tmp_path: Path, packing: str, piece_bytes: int | None
) -> None:
    plain = write_lines(tmp_path / "in.jsonl", documents(40)).read_bytes()
    packed = gzip.compress(plain) if packing == ".gz" else pack_zstandard(plain)
    (tmp_path / f"in.jsonl{packing}").write_bytes(packed)
    run_here(tmp_path / f"in.jsonl{packing}", tmp_path / "out", piece_bytes=piece_bytes)
    parts = part_bytes(tmp_path / "out")
    unpack = gzip.decompress if packing == ".gz" else unpack_zstandard
    lines = b"".join(unpack(part) for part in parts.values()).decode().splitlines()
    assert [json.loads(line)["id"] for line in lines] == list(range(40))
    assert (len(parts) > 1) == (piece_bytes is not None)
    assert not (tmp_path / "out" / "_batch" / "cut-out").exists()


@pytest.mark.parametrize("packing", [".gz", ".zst"])
@pytest.mark.parametrize("piece_bytes", [20_000, 1 << 30], ids=["cut out", "in one piece"])
def test_what_is_packed_and_cut_off_is_done_as_far_as_it_goes(tmp_path: Path, packing: str, piece_bytes: int) -> None:
    rows = [row | {"noise": sha256(str(row["id"]).encode()).hexdigest()} for row in documents(1500)]
    plain = write_lines(tmp_path / "in.jsonl", rows).read_bytes()
    packed = gzip.compress(plain) if packing == ".gz" else pack_zstandard(plain)
    (tmp_path / f"in.jsonl{packing}").write_bytes(packed[: len(packed) * 3 // 4])
    tally, _ = run_here(tmp_path / f"in.jsonl{packing}", tmp_path / "out", piece_bytes=piece_bytes)
    letters = dead_letters(tmp_path / "out")
    assert "is damaged or truncated" in letters[-1]["reason"]
    assert letters[-1]["row"] > tally.written > 500
    assert tally.read == tally.written + tally.failed


CELLS = [["id", "正文", "note"], *([str(i), TEXT.format(i), 'with "quotes",\nand lines'] for i in range(30))]


def table(rows: list[list[str]], delimiter: str = ",") -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter).writerows(rows)
    return stream.getvalue().encode()


@pytest.mark.parametrize("name", ["in.csv", "in.tsv", "in.csv.gz"])
@pytest.mark.parametrize("piece_bytes", [700, None])
def test_tables_keep_their_cells_and_their_head(tmp_path: Path, name: str, piece_bytes: int | None) -> None:
    data = table(CELLS, "\t" if ".tsv" in name else ",")
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    run_here(tmp_path / name, tmp_path / "out", piece_bytes=piece_bytes)
    rows: list[list[str]] = []
    for part in part_bytes(tmp_path / "out").values():
        text = (gzip.decompress(part) if name.endswith(".gz") else part).decode()
        head, *more = csv.reader(io.StringIO(text, newline=""), delimiter="\t" if ".tsv" in name else ",")
        assert head == ["id", "正文", "note", "summary"]
        rows += more
    assert rows == [[*cells, summary_of(cells[1])] for cells in CELLS[1:]]


def test_a_table_in_another_encoding_is_read_in_it(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(table(CELLS).decode().encode("gb18030"))
    run_here(tmp_path / "in.csv", tmp_path / "out", encoding="gb18030", piece_bytes=700)
    text = b"".join(part_bytes(tmp_path / "out").values()).decode()
    assert text.count(TEXT.format(7)) == 1
    with pytest.raises(InputError, match="is not in UTF-8; name its encoding with --encoding"):
        run_here(tmp_path / "in.csv", tmp_path / "other")


def test_a_row_of_a_table_with_another_number_of_cells_is_a_dead_letter(tmp_path: Path) -> None:
    (tmp_path / "in.csv").write_bytes(table([*CELLS[:4], ["3", TEXT], *CELLS[5:8]]))
    tally, _ = run_here(tmp_path / "in.csv", tmp_path / "out")
    assert [(letter["row"], letter["reason"]) for letter in dead_letters(tmp_path / "out")] == [
        (4, "has 2 cells, but the header has 3")
    ]
    assert tally.written == 6


@pytest.mark.parametrize("piece_bytes", [700, None])
def test_parquet_keeps_its_columns_their_types_and_their_order(tmp_path: Path, piece_bytes: int | None) -> None:
    columns = {
        "id": pa.array(range(50), pa.int16()),
        "body": pa.array([{"text": TEXT.format(i)} for i in range(50)]),
        "day": pa.array([i for i in range(50)], pa.date32()),
        "tags": pa.array([["a", None]] * 50, pa.list_(pa.string())),
    }
    before = pa.table(columns)
    pq.write_table(before, tmp_path / "in.parquet", row_group_size=20)
    summary_options = {"sentences": 1, "keywords": 2}
    run_here(
        tmp_path / "in.parquet",
        tmp_path / "out",
        piece_bytes=piece_bytes,
        summary_options=summary_options,
        extras=("selected",),
        field="body.text",
    )
    after = pq.read_table(tmp_path / "out")
    assert after.select(before.column_names).equals(before)
    assert after["summary"].to_pylist() == [summary_of(TEXT.format(i)) for i in range(50)]
    assert after["summary_keywords"].type == pa.list_(pa.string())
    assert after["summary_selected"].type == pa.list_(pa.list_(pa.int64()))


def test_rows_of_parquet_without_text_are_dead_letters(tmp_path: Path) -> None:
    pq.write_table(pa.table({"text": [TEXT, None, TEXT, ""]}), tmp_path / "in.parquet")
    tally, _ = run_here(tmp_path / "in.parquet", tmp_path / "out")
    assert [letter["row"] for letter in dead_letters(tmp_path / "out")] == [2, 4]
    assert pq.read_table(tmp_path / "out").num_rows == tally.written == 2


def test_a_file_that_is_no_parquet_does_not_stop_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    pq.write_table(pa.table({"text": [TEXT]}), folder / "a.parquet")
    (folder / "b.parquet").write_bytes(b"PAR1 no table PAR1")
    tally, _ = run_here(folder, tmp_path / "out")
    assert (tally.read, tally.written, tally.failed) == (2, 1, 1)
    assert "is not a Parquet file, or is damaged" in dead_letters(tmp_path / "out")[0]["reason"]


def test_documents_in_files_become_lines_with_their_paths(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    (folder / "more").mkdir(parents=True)
    (folder / "a.txt").write_text(TEXT.format(1), "utf-8")
    (folder / "more" / "b.html").write_text(f"<html><body><p>{TEXT.format(2)}</p></body></html>", "utf-8")
    (folder / "c.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / ".hidden").write_text(TEXT, "utf-8")
    (folder / "gone.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.txt")
    tally, _ = run_here(folder, tmp_path / "out")
    assert written(tmp_path / "out") == [
        {"path": "a.txt", "summary": summary_of(TEXT.format(1))},
        {"path": "more/b.html", "summary": summary_of(TEXT.format(2))},
    ]
    assert dead_letters(tmp_path / "out") == [
        {"input": "c.png", "row": 1, "reason": "looks like a PNG image; it has no text to read"},
        {"input": "gone.txt", "row": 1, "reason": "cannot be read (No such file or directory)"},
    ]
    assert tally.read == 4


def test_a_folder_of_several_kinds_has_to_be_told_which(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_lines(folder / "a.jsonl", documents(3))
    (folder / "readme.txt").write_text(TEXT, "utf-8")
    with pytest.raises(InputError, match=r"several kinds \(files, jsonl\); choose one with --from"):
        run_here(folder, tmp_path / "out")
    assert run_here(folder, tmp_path / "out", kind="jsonl")[0].read == 3

"""After whatever was killed, every document is there once, and only unfinished pieces were done again."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from batches import asked, dead_letters, documents, part_bytes, run_here, write_lines, written
from deadly import POISON, SLOW, DeadlyToRead, deadly_lexicon

from summarize.batch.local import LocalEngine
from summarize.batch.run import Tally, run_batch
from summarize.errors import InputError, OutputError
from summarize.lexicon import Lexicon

COMMAND = [sys.executable, "-m", "summarize.batch"]
PATIENCE = 60  # seconds, after which something is wrong


def run_local(source: Path, output: Path, workers: int = 2, timeout: float | None = None, **more) -> Tally:
    def make_engine(settings, input_address):
        return LocalEngine(settings, input_address, workers, timeout)

    return run_batch(asked(source, output, **more), make_engine, lambda note: None)


def markers(output: Path) -> list[Path]:
    return sorted((output / "_batch" / "done").glob("*.json"))


def wait_for(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


def children_of(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [child for child in map(int, found.split()) if b"spawn_main" in Path(f"/proc/{child}/cmdline").read_bytes()]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "in.jsonl", documents(900))


def assert_each_once(output: Path, number: int = 900) -> None:
    assert [row["id"] for row in written(output)] == list(range(number))
    assert dead_letters(output) == []


def begin(source: Path, output: Path, **more) -> subprocess.Popen[bytes]:
    """Start a batch, and return its process when something is done, but not all."""
    command = [*COMMAND, source, output, "-n", "1", "--workers", "2", "--piece-size", "4K", "--field", "text"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, **more)
    wait_for(lambda: len(markers(output)) >= 2 or process.poll() is not None)
    return process


def end(process: subprocess.Popen[bytes]) -> tuple[int, str]:
    _, error = process.communicate(timeout=PATIENCE)
    return process.returncode, error.decode()


def test_processes_write_what_one_alone_writes(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(150))
    one = run_local(source, tmp_path / "one", workers=1, piece_bytes=5000)
    two = run_local(source, tmp_path / "two", workers=2, piece_bytes=5000)
    assert part_bytes(tmp_path / "one") == part_bytes(tmp_path / "two")
    assert one[:5] == two[:5]
    assert_each_once(tmp_path / "two", 150)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_worker_that_is_killed_costs_no_document(tmp_path: Path, source: Path) -> None:
    process = begin(source, tmp_path / "out")
    worker = children_of(process.pid)[0]
    assert (
        b"OPENBLAS_NUM_THREADS=1" in Path(f"/proc/{worker}/environ").read_bytes()
    )  # of its own it would take them all
    os.kill(worker, signal.SIGKILL)
    assert end(process) == (0, "")
    assert_each_once(tmp_path / "out")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_driver_that_is_killed_takes_its_workers_with_it_and_is_gone_on_from(tmp_path: Path, source: Path) -> None:
    output = tmp_path / "out"
    process = begin(source, output)
    workers = children_of(process.pid)
    process.kill()
    process.communicate(timeout=PATIENCE)
    wait_for(lambda: not any(Path(f"/proc/{worker}/cmdline").exists() for worker in workers))
    before = {marker.name: marker.stat().st_mtime_ns for marker in markers(output)}
    again = begin(source, output)
    assert end(again) == (0, "")
    after = {marker.name: marker.stat().st_mtime_ns for marker in markers(output)}
    assert 0 < len(before) < len(after)
    assert {name for name in after if after[name] != before.get(name)} == set(after) - set(before)
    assert_each_once(output)
    assert list(output.rglob(".summarize.*")) == []


def test_ctrl_c_stops_with_one_line_and_the_rest_is_done_later(tmp_path: Path, source: Path) -> None:
    process = begin(source, tmp_path / "out")
    process.send_signal(signal.SIGINT)
    status, error = end(process)
    assert (status, error.count("\n")) == (130, 1)
    assert list((tmp_path / "out").rglob(".summarize.*")) == []
    assert "resumes from there" in error
    run_local(source, tmp_path / "out", piece_bytes=4096, field="text", summary_options=wishes_of(tmp_path / "out"))
    assert_each_once(tmp_path / "out")


def wishes_of(output: Path) -> dict:
    """Return what the command has asked the library for."""
    options = json.loads((output / "_batch" / "manifest.json").read_text())["options"]
    others = ("model", "field", "into", "extras", "encoding", "delimiter", "packing", "lexicon")
    return {name: value for name, value in options.items() if name not in others}


def test_a_disk_that_is_full_stops_the_run_and_costs_no_document(tmp_path: Path) -> None:
    rows = documents(40)
    rows[30]["more"] = "x" * 100_000  # which no file may hold
    source = write_lines(tmp_path / "in.jsonl", rows)
    limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))  # noqa: E731
    status, error = end(begin(source, tmp_path / "out", preexec_fn=limit))
    assert (status, error.count("\n")) == (4, 1)
    assert "cannot be written (File too large)" in error
    assert list((tmp_path / "out").glob(".summarize.*")) == []
    assert end(begin(source, tmp_path / "out")) == (0, "")
    assert_each_once(tmp_path / "out", 40)


def test_a_document_that_kills_its_process_is_left_out_and_told(tmp_path: Path) -> None:
    rows = documents(30)
    rows[11]["text"] = rows[20]["text"] = f"{POISON}有毒。"
    source = write_lines(tmp_path / "in.jsonl", rows)
    tally = run_local(
        source, tmp_path / "out", summary_options={"sentences": 1, "lexicon": deadly_lexicon()}, piece_bytes=2000
    )
    assert [row["id"] for row in written(tmp_path / "out")] == [i for i in range(30) if i not in (11, 20)]
    assert dead_letters(tmp_path / "out") == [
        {"input": "in.jsonl", "row": row, "reason": "its process ended twice while processing it (SIGKILL)"}
        for row in (12, 21)
    ]
    assert (tally.read, tally.written, tally.failed) == (30, 28, 2)


def test_a_document_that_is_worked_at_when_a_process_is_killed_once_is_innocent(tmp_path: Path) -> None:
    rows = documents(10)
    rows[4]["text"] = f"{POISON}有毒。"
    source = write_lines(tmp_path / "in.jsonl", rows)
    summary_options = {"sentences": 1, "lexicon": deadly_lexicon(once=tmp_path / "killed")}
    run_local(source, tmp_path / "out", summary_options=summary_options)
    assert (tmp_path / "killed").exists()
    assert_each_once(tmp_path / "out", 10)


def test_a_document_that_takes_too_long_is_left_out_and_told(tmp_path: Path) -> None:
    rows = documents(10)
    rows[4]["text"] = f"{SLOW}很慢。"
    source = write_lines(tmp_path / "in.jsonl", rows)
    run_local(source, tmp_path / "out", timeout=2, summary_options={"sentences": 1, "lexicon": deadly_lexicon()})
    assert dead_letters(tmp_path / "out") == [
        {"input": "in.jsonl", "row": 5, "reason": "exceeded the time limit of 2 seconds"}
    ]
    assert len(written(tmp_path / "out")) == 9


def test_processes_that_keep_ending_at_no_document_end_the_run(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(3))
    summary_options = {"sentences": 1, "lexicon": Lexicon(own=DeadlyToRead())}
    with pytest.raises(InputError, match=r"the processes keep dying \(SIGKILL\), perhaps for lack of memory;"):
        run_local(source, tmp_path / "out", workers=1, summary_options=summary_options)


def test_a_store_that_fails_is_asked_again_and_then_ends_the_run(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("summarize.batch.process._PAUSES", (0.0, 0.0))
    source = write_lines(tmp_path / "in.jsonl", documents(3))

    def make_engine(settings, input_address):
        source.unlink()
        return LocalEngine(settings, input_address, 1, None)

    with pytest.raises(InputError, match="FileNotFoundError"):
        run_batch(asked(source, tmp_path / "out"), make_engine, lambda note: None)
    assert markers(tmp_path / "out") == []


def numbers(tasks: list) -> list[int]:
    return [task.number for task in tasks]


def spoil_nothing(part: Path) -> None:
    pass


def cut_off(part: Path) -> None:
    part.write_bytes(part.read_bytes()[:-5])


def replace(part: Path) -> None:
    part.write_bytes(b"something else\n")


def forge(part: Path) -> None:
    part.write_bytes(part.read_bytes().replace("居民".encode(), "民居".encode()))


SPOILT = {
    "whole": (spoil_nothing, False, []),
    "cut off": (cut_off, False, [1]),
    "foreign": (replace, False, [1]),
    "gone": (Path.unlink, False, [1]),
    "of the same size": (forge, True, [1]),
}


@pytest.mark.parametrize(("spoil", "is_thorough", "redone"), SPOILT.values(), ids=SPOILT)
def test_a_part_that_is_not_as_it_was_written_is_written_again(tmp_path: Path, spoil, is_thorough, redone) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(20))
    run_here(source, tmp_path / "out", piece_bytes=1000)
    before = part_bytes(tmp_path / "out")
    spoil(tmp_path / "out" / "part-000001.jsonl")
    tally, tasks = run_here(source, tmp_path / "out", piece_bytes=1000, is_thorough=is_thorough)
    assert numbers(tasks) == redone
    assert part_bytes(tmp_path / "out") == before
    assert (tally.read, tally.written, tally.before) == (20, 20, tally.pieces - len(redone))


def test_a_piece_whose_marker_is_damaged_is_done_again(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(20))
    run_here(source, tmp_path / "out", piece_bytes=1000)
    markers(tmp_path / "out")[2].write_text('{"piece": 2')
    assert numbers(run_here(source, tmp_path / "out", piece_bytes=1000)[1]) == [2]


def test_a_piece_that_was_cut_out_can_be_done_again_after_the_end(tmp_path: Path) -> None:
    import gzip

    plain = write_lines(tmp_path / "plain.jsonl", documents(20)).read_bytes()
    (tmp_path / "in.jsonl.gz").write_bytes(gzip.compress(plain))
    run_here(tmp_path / "in.jsonl.gz", tmp_path / "out", piece_bytes=1000)
    before = part_bytes(tmp_path / "out")
    (tmp_path / "out" / "part-000001.jsonl.gz").unlink()
    tally, _ = run_here(tmp_path / "in.jsonl.gz", tmp_path / "out", piece_bytes=1000)
    assert tally.before == tally.pieces - 1
    assert part_bytes(tmp_path / "out") == before


def test_another_batch_is_refused_and_says_what_differs(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(5))
    run_here(source, tmp_path / "out")
    with pytest.raises(InputError, match="contains a batch whose sentences is 1, not 2; name another"):
        run_here(source, tmp_path / "out", summary_options={"sentences": 2})
    write_lines(source, documents(6))
    with pytest.raises(InputError, match="the input has changed since this batch was started"):
        run_here(source, tmp_path / "out")
    tally, _ = run_here(source, tmp_path / "out", anew=True)
    assert (tally.read, tally.before) == (6, 0)


def test_files_that_no_batch_has_written_are_left_alone(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(5))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="contains files that were not written by a batch; name another folder"):
        run_here(source, tmp_path / "out", anew=True)
    assert (tmp_path / "out" / "thesis.txt").read_text() == "mine"


def test_two_runs_into_one_folder_are_refused(tmp_path: Path, source: Path) -> None:
    process = begin(source, tmp_path / "out")
    status, error = end(begin(source, tmp_path / "out"))
    assert (status, error) == (
        4,
        f"summarize.batch: {tmp_path}/out: another run is writing to it; wait until it ends\n",
    )
    assert end(process)[0] == 0


def test_an_output_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    source = write_lines(tmp_path / "in.jsonl", documents(5))
    with pytest.raises(OutputError, match=r"in\.jsonl: cannot be written"):
        run_here(source, source)

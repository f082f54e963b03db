import json
from pathlib import Path

import pytest
from batches import documents, write_lines, written
from click.testing import CliRunner, Result

from summarize.batch import command
from summarize.batch.command import main
from summarize.batch.progress import ELSEWHERE, Progress
from summarize.batch.task import Done, Piece
from summarize.command.declarations import OPTIONS


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    write_lines(tmp_path / "in.jsonl", documents(8))

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return run


def test_a_batch_prints_counts_that_add_up_and_keeps_them(run, tmp_path: Path) -> None:
    write_lines(tmp_path / "in.jsonl", [*documents(8), {"text": ""}])
    done = run("in.jsonl", "out", "--field", "text", "-n", 1, "--workers", 1)
    assert done.stdout == "9 documents read: 8 written, 1 failed; 1 pieces, 0 already done\n"
    assert done.stderr == "summarize-batch: out/_batch/failed.jsonl: lists the documents that failed, and why\n"
    assert done.exit_code == 1
    manifest = json.loads(Path("out/_batch/manifest.json").read_text())
    assert manifest["counts"] == {"read": 9, "written": 8, "failed": 1, "pieces": 1}


def test_options_of_summaries_hold_for_every_document(run, tmp_path: Path) -> None:
    assert run("in.jsonl", "out", "--field", "text", "-c", 12, "--keywords", 2, "--into", "s").exit_code == 0
    rows = written(tmp_path / "out")
    assert all(len(row["s"]) <= 12 and len(row["s_keywords"]) == 2 for row in rows)


WRONG = {
    "no input": (["nothing.jsonl", "out"], 4, "nothing.jsonl: no such file or folder; check its name"),
    "no output": (["in.jsonl"], 2, "Missing argument 'OUTPUT'"),
    "an unknown kind": (["in.jsonl", "out", "--from", "xml"], 2, "'xml' is not one of"),
    "no size": (["in.jsonl", "out", "--piece-size", "many"], 2, "'many' is not a size; write it like 512K or 16M"),
    "no seconds": (["in.jsonl", "out", "--timeout", "-1"], 2, "'-1' is not a number of seconds"),
    "two lengths": (["in.jsonl", "out", "--length", "short", "-n", "2"], 2, "--length cannot be combined with"),
    "a cluster for nobody": (["in.jsonl", "out", "--address", "auto"], 2, "add --engine ray"),
    "no such field": (["in.jsonl", "out", "--field", "body"], 4, "no row has a field 'body'; name one of text"),
    "no model": (["in.jsonl", "out", "--model", "nowhere"], 3, "nowhere"),
    "a file as output": (["in.jsonl", "in.jsonl", "--field", "text"], 4, "cannot be written"),
}


@pytest.mark.parametrize(("arguments", "status", "message"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_in_one_line(run, arguments: list[str], status: int, message: str) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stderr.count("\n")) == (status, 1)
    assert message in done.stderr


def test_every_option_of_a_summary_is_one_of_a_batch() -> None:
    known = {option.name for option in OPTIONS}
    own = {parameter.name for parameter in main.params}
    not_of_summaries = known - own
    assert not_of_summaries == {
        *("together", "format", "cite", "color", "jsonl", "recursive", "files_from", "from", "jobs"),
        *("explain", "highlight", "plot", "config", "show_config", "completion", "version", "help", "help_all"),
    }


def test_neither_the_environment_nor_a_settings_file_has_a_say(run, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("SUMMARIZE_CHARS", "3")
    assert run("in.jsonl", "out", "--field", "text", "-n", 1).exit_code == 0
    assert all(len(row["summary"]) > 3 for row in written(tmp_path / "out"))


def test_the_help_names_the_exit_statuses(run) -> None:
    help_text = " ".join(run("--help").stdout.split())
    assert "4 unfinished" in help_text
    assert "--sentences N" in help_text
    assert command.UNFINISHED == 4


def test_progress_tells_the_rate_and_the_time_that_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    done = Done(piece=0, places=50, read=50, written=50, failed=0, size=9, sha256="x")
    with Progress(1000, clock=lambda: now[0]) as progress:
        progress.tick(3)
        now[0] = ELSEWHERE
        progress.tick(30)
        progress.reached(Piece(0, (), "", 0, 500, size=500), done)
        now[0] = 2 * ELSEWHERE
        progress.tick(10)  # a fifth as many as the half that is done: 60 % in a minute
    assert capsys.readouterr().err.splitlines() == [
        "30 documents, 1 a second",
        "60 documents, 1 a second, 60% of the input, 0:00:40 left",
    ]

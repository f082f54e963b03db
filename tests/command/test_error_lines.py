"""In JSON every input has its line, in order, also one that failed: a stream of them can be counted."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

TEXT = "The river rose by three metres last night. The city closed both bridges.\n"
INPUTS = ("good.txt", "missing.txt", "empty.txt", "white.txt", "blob", "full", "none", "ftp://a.b", "last.txt")
READ = {"good.txt", "full/a.txt", "last.txt"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with inputs of every kind of failure."""
    contents = {"good.txt": TEXT, "last.txt": TEXT, "empty.txt": "", "white.txt": " \n", "full/a.txt": TEXT}
    for name, content in contents.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    (tmp_path / "blob").write_bytes(bytes(range(256)) * 20)
    (tmp_path / "none").mkdir()
    return tmp_path


def records(output: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.splitlines()]


def checked(found: list[dict[str, Any]], expected: list[str]) -> None:
    assert [record["path"] for record in found] == expected
    for record in found:
        assert ("summary" in record) == (record["path"] in READ)
        assert ("error" in record) != ("summary" in record)
        assert "\n" not in record.get("error", "")


@pytest.mark.parametrize("recursive", [False, True])
def test_every_input_has_its_line_in_order(runner, folder: Path, recursive: bool) -> None:
    result = runner("--format", "json", *(["--recursive"] if recursive else []), *INPUTS)
    checked(records(result.stdout), [("full/a.txt" if recursive and name == "full" else name) for name in INPUTS])
    assert result.exit_code == 1


def test_every_input_has_its_line_where_several_processes_work(folder: Path) -> None:
    command = [sys.executable, Path(__file__).parents[1] / "fakes.py", "--format", "json", "--jobs", "2", *INPUTS]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    checked(records(result.stdout), list(INPUTS))


def test_every_name_of_a_list_has_its_line(runner, folder: Path) -> None:
    result = runner("--format", "json", "--files-from", "-", stdin="\n".join(INPUTS))
    checked(records(result.stdout), list(INPUTS))


def test_every_input_has_its_line_in_a_file(runner, folder: Path) -> None:
    runner("--format", "json", "-o", "out.json", *INPUTS)
    checked(records((folder / "out.json").read_text(encoding="utf-8")), list(INPUTS))


@pytest.mark.parametrize("name", INPUTS[1:-1])
def test_an_only_input_that_fails_has_its_line(runner, folder: Path, name: str) -> None:
    checked(records(runner("--format", "json", name).stdout), [name])


def test_standard_input_that_fails_has_its_line(runner) -> None:
    assert records(runner("--format", "json").stdout) == [
        {"path": None, "name": None, "error": "is empty; there is nothing to summarize"}
    ]


def test_texts_together_have_a_line_where_none_of_them_can_be_read(runner, folder: Path) -> None:
    result = runner("--format", "json", "--together", "missing.txt", "empty.txt")
    assert records(result.stdout) == [
        {"path": None, "name": None, "error": "missing.txt: no such file; check its name"}
    ]
    assert result.exit_code == 1


def test_texts_together_have_a_line_where_nothing_fits(runner, folder: Path) -> None:
    result = runner("--format", "json", "--together", "-c", 5, "good.txt", "last.txt")
    (record,) = records(result.stdout)
    assert record["error"] == result.stderr.removeprefix("summarize: ").strip()


def test_texts_together_have_no_other_line(runner, folder: Path) -> None:
    result = runner("--together", "missing.txt", "empty.txt")
    assert (result.exit_code, result.stdout) == (1, "")


def test_every_line_that_asks_has_its_answer(runner) -> None:
    lines = [
        '{"id": 0, "text": "River."}',
        '{"id": 1}',
        "[]",
        "",
        "{",
        '{"id": 5, "text": ""}',
        '{"id": 6, "text": "It rose."}',
    ]
    found = records(runner("--jsonl", stdin="\n".join(lines)).stdout)
    assert len(found) == len(lines)
    assert [record.get("id") for record in found] == [0, 1, None, None, None, 5, 6]
    assert ["error" in record for record in found] == [False, True, True, True, True, True, False]

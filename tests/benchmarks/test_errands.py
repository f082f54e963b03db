import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.errands import __main__ as command
from benchmarks.errands.errand import Errand, Outcome, faults_of, faults_of_text
from benchmarks.errands.everyday import EVERYDAY
from benchmarks.errands.mistakes import MISTAKES
from benchmarks.errands.peers import PEERS, ask
from benchmarks.errands.report import Entry, tally, to_page, to_table, to_transcript
from benchmarks.errands.workshop import TEXTS, carry_out, lacks, run, serving

ALL = (*EVERYDAY, *MISTAKES)
BOAT = Errand(
    name="boat",
    wanted="a boat",
    command="echo the boat leaves",
    says=("boat",),
    never=("train",),
    source="boat.txt",
)


@pytest.fixture(scope="module")
def home():
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.mark.parametrize("errand", ALL, ids=lambda errand: errand.name)
def test_errand_ends_as_it_should(errand, home, tmp_path):
    if missing := lacks(errand):
        pytest.skip(f"needs {', '.join(missing)}")
    with serving(tmp_path) as url:
        assert faults_of(errand, carry_out(errand, tmp_path, home, url)) == []


def test_no_two_errands_have_one_name():
    assert len({errand.name for errand in ALL}) == len(ALL)


def test_every_text_is_somebody_s():
    table = Path(command.__file__).parent
    source = "".join((table / name).read_text("utf-8") for name in ("everyday.py", "mistakes.py"))
    assert [path.name for path in TEXTS.iterdir() if path.name not in source and path.name != "README.md"] == []


@pytest.mark.parametrize(("changes", "outcome", "faults"), [
    ({}, Outcome(0, "the boat leaves\n", "", 0.1), []),
    ({}, Outcome(0, "the train leaves\n", "", 0.1), ["says nothing of /boat/", "says 'train'"]),
    ({}, Outcome(0, "the boat</p>\n", "", 0.1), ["prints '</p>'"]),
    ({}, Outcome(0, "the boat \ufffd\n", "", 0.1), ["prints '\ufffd'"]),
    ({}, Outcome(1, "the boat\n", "", 0.1), ["ends with 1, not with 0"]),
    ({}, Outcome(0, "the boat\n", "a warning\n", 0.1), ["complains: a warning", "complains in 1 lines, not in 0"]),
    ({"prints": ("^- ",)}, Outcome(0, "the boat\n", "", 0.1), ["does not print /^- /"]),
    ({"most_chars": 8}, Outcome(0, "the boat\n", "", 0.1), []),
    ({"most_chars": 7}, Outcome(0, "the boat\n", "", 0.1), ["prints 8 characters, more than 7"]),
    ({"complains": ("sunk",)}, Outcome(0, "the boat\n", "it is sunk\n", 0.1), []),
    ({"complains": ("sunk",)}, Outcome(0, "the boat\n", "", 0.1), ["does not complain /sunk/"]),
    ({"complains": ("sunk",)}, Outcome(0, "the boat\n", "sunk\nsunk\n", 0.1), ["complains in 2 lines, not in 1"]),
])  # fmt: skip
def test_faults_are_all_that_should_not_be(changes, outcome, faults):
    errand = Errand(name="boat", wanted="a boat", command="", says=("boat",), never=("train",), **changes)
    assert faults_of(errand, outcome) == faults


def test_mojibake_is_a_fault_in_any_summary():
    assert faults_of_text(Errand(name="x", wanted="", command=""), "caf\u00c3\u00a9 open") == ["prints '\u00c3\u00a9'"]


def test_run_keeps_both_streams_apart_and_the_status(tmp_path):
    outcome = run(["bash", "-c", "echo out; echo err >&2; exit 3"], tmp_path)
    assert (outcome.output, outcome.errors, outcome.status) == ("out\n", "err\n", 3)
    assert outcome.cpu_seconds >= 0


def test_run_in_a_terminal_is_as_wide_as_asked(tmp_path):
    command_line = ["python3", "-c", "import os, sys; print(os.get_terminal_size(), sys.stdin.isatty())"]
    assert "columns=60" in run(command_line, tmp_path, columns=60).output
    assert run(["true"], tmp_path, columns=60).output == ""


def test_errand_has_its_files_its_programs_and_the_address(tmp_path, home):
    errand = Errand(
        name="x",
        wanted="",
        command="ls; summarize --version; python -c 'print(6 * 7)'; echo {url}",
        given=("readme.md=copy.md", "notes"),
        prepare=lambda folder: (folder / "more.txt").touch(),
    )
    outcome = carry_out(errand, tmp_path, home, "http://here")
    assert outcome.output.splitlines()[:3] == ["copy.md", "more.txt", "notes"]
    assert outcome.output.splitlines()[3].startswith("summarize ")
    assert outcome.output.splitlines()[4:] == ["42", "http://here"]


def test_tables_have_a_row_for_each_errand_and_a_column_for_each_tool():
    done = Outcome(0, "the boat leaves\n", "", 0.25)
    others = {peer.name: ("cannot", None) for peer in PEERS} | {"sumy": ("right", Outcome(0, "boat", "", 1.26))}
    entries = [Entry(BOAT, "right", done, (), others)]
    assert to_table(entries).splitlines()[2:] == [
        "|  | steps |  | 1 |  | 1 | 2 | 2 | 1 |",
        "| boat | a boat | `echo the boat leaves` | right | 0.25 | right, 1.3 s | cannot | cannot | cannot |",
    ]
    assert tally(entries) == "Right of 1: summarize 1, sumy 1, markitdown 0, trafilatura 0, newspaper4k 0."
    page = to_page(entries, entries, "python -m x", {"sumy": "0.1"})
    assert "Written by `python -m x`. Others: sumy 0.1." in page
    assert page.count("| boat |") == 2


def test_transcript_shows_what_was_typed_and_printed_and_what_is_wrong():
    entry = Entry(BOAT, "wrong", Outcome(1, "a train\n", "oh\n", 0.1), ["says 'train'"])
    assert to_transcript(entry) == (
        "### boat: wrong\n\n~~~\n$ echo the boat leaves\na train\n! oh\n[1]\n~~~\n\n- says 'train'\n"
    )


@pytest.mark.parametrize(("printed", "status", "changes", "verdict"), [
    ("the boat leaves", 0, {}, "right"),
    ("the train leaves", 0, {}, "wrong"),
    ("", 0, {}, "wrong"),
    ("", 1, {}, "cannot"),
    ("", 1, {"status": 1}, "right"),
    ("rubbish", 0, {"status": 1}, "wrong"),
    ("the boat leaves", 0, {"wants": frozenset({"json"})}, "cannot"),
    ("the boat leaves", 0, {"source": ""}, "cannot"),
])  # fmt: skip
def test_other_tools_are_judged_by_what_they_print(printed, status, changes, verdict, tmp_path):
    errand = Errand(**{"name": "x", "wanted": "", "command": "", "source": "a.txt", "says": ("boat",),
                       "never": ("train",)} | changes)  # fmt: skip
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\nprintf '%s' '{printed}'\nexit {status}\n", "utf-8")
    python.chmod(0o755)
    assert ask(PEERS[0], errand, str(python), tmp_path, "")[0] == verdict


def test_a_tool_that_is_not_there_says_so_in_a_line(tmp_path):
    errand = Errand(name="x", wanted="", command="", source="a.txt")
    verdict, outcome = ask(PEERS[1], errand, sys.executable, tmp_path, "")
    assert verdict == "cannot"
    assert outcome.errors.startswith("markitdown: ModuleNotFoundError: ")
    assert outcome.errors.count("\n") == 1


@pytest.fixture
def few(monkeypatch):
    wrong = Errand(name="plane", wanted="a plane", command="echo the boat", says=("plane",))
    missing = Errand(name="train", wanted="a train", command="", needs=("no-such-program",))
    monkeypatch.setattr(command, "EVERYDAY", (BOAT, missing))
    monkeypatch.setattr(command, "MISTAKES", (wrong,))


def test_command_ends_with_1_if_an_errand_is_wrong(few, tmp_path):
    result = CliRunner().invoke(command.main, ["-v", "--out", str(tmp_path / "page.md")])
    assert result.exit_code == 1
    assert result.stderr == "plane: says nothing of /plane/\n"
    assert "### boat: right" in result.stdout
    assert "| train | a train | `` | not tried |" in (tmp_path / "page.md").read_text("utf-8")


def test_command_does_only_what_is_named(few):
    result = CliRunner().invoke(command.main, ["boat"])
    assert result.exit_code == 0
    assert "plane" not in result.output
    assert "no errand is called ship" in CliRunner().invoke(command.main, ["ship"]).output

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result

from summarize.document import ATTENTION_KINDS
from summarize.errors import ModelError, install_command
from summarize.evaluate import __main__ as command
from summarize.evaluate.faithfulness import CHECKS

if TYPE_CHECKING:
    from tests.conftest import WriteCorpus
    from tests.evaluate.conftest import FakeScorer

ROWS = (("今天晴。明天雨。", "今天晴"), ("昨天雪。后天风。", "后天有风"))


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch, scorer: "FakeScorer") -> None:
    about = {"path": "fake", "sha256": "0", "default_attention": "parallel"}
    monkeypatch.setattr(command, "open_scorer", lambda directory: (scorer, about))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command.main, ["-j", "1", "--resamples", "20", *map(str, arguments)])


def test_evaluate_prints_a_table_for_each_corpus(write_corpus: "WriteCorpus") -> None:
    one, two = write_corpus(*ROWS, name="one.jsonl"), write_corpus(*ROWS, name="two.jsonl")
    result = run(one, f"{two}:2")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "zh one: 2 documents, at most 1 sentence," in result.stdout
    assert "zh two: 2 documents, at most 2 sentences," in result.stdout
    assert result.stdout.count("gap: share") == 1
    for system in ("lead", "centrality", "parallel", "sequential", "tree", "oracle"):
        num_tables = 4 if system in ATTENTION_KINDS else 2  # of scores, and of violations
        assert sum(line.startswith(system) for line in result.stdout.splitlines()) == num_tables
    assert "lead-cut" not in result.stdout


def test_evaluate_writes_one_json_object(write_corpus: "WriteCorpus") -> None:
    result = run(write_corpus(*ROWS), "--format", "json", "--attention", "tree", "--seed", "7", "--limit", "9")
    record = json.loads(result.stdout)
    assert record["model"] == {"path": "fake", "sha256": "0", "default_attention": "parallel"}
    assert (record["seed"], record["resamples"], record["limit"]) == (7, 20, 9)
    (corpus,) = record["corpora"]
    assert corpus["length"] == {"unit": "sentences", "at_most": 1}
    assert list(corpus["systems"]) == ["lead", "centrality", "tree", "oracle"]
    assert record["fuse"] is False
    assert corpus["systems"]["lead"]["violations"] is None
    assert corpus["systems"]["tree"]["violations"] == dict.fromkeys(CHECKS, 0)


def test_evaluate_takes_characters_and_a_length_of_a_corpus_own(write_corpus: "WriteCorpus") -> None:
    path = write_corpus(*ROWS)
    record = json.loads(run(path, f"{path}:3", "-c", "4", "--format", "json").stdout)
    four, three = record["corpora"]
    assert (four["length"]["at_most"], three["length"]["at_most"]) == (4, 3)
    assert list(four["systems"])[:2] == ["lead", "lead-cut"]
    assert [corpus["systems"]["lead"]["num_failures"] for corpus in (four, three)] == [0, 2]
    assert three["systems"]["lead-cut"]["length_chars"] == 3


def test_evaluate_takes_words(write_corpus: "WriteCorpus") -> None:
    (corpus,) = json.loads(run(write_corpus(*ROWS), "-w", "3", "--format", "json").stdout)["corpora"]
    assert corpus["length"] == {"unit": "words", "at_most": 3}
    assert corpus["systems"]["lead-cut"]["length_chars"] == 4  # a stop is no word


@pytest.mark.parametrize(("option", "expected"), [("--fuse", [0, 1]), ("--no-fuse", [0, 0])])
def test_evaluate_fuses_if_asked_to(write_corpus: "WriteCorpus", option: str, expected: list[int]) -> None:
    path = write_corpus(("河水淹了桥。河水停了。", "河水淹了桥"))
    record = json.loads(run(path, "-n", "2", "--attention", "tree", option, "--format", "json").stdout)
    assert record["fuse"] is (option == "--fuse")
    lengths = {name: system["length_chars"] for name, system in record["corpora"][0]["systems"].items()}
    assert [lengths["lead"], lengths["tree"]] == [11, 11 - 2 * expected[1]]


def test_evaluate_takes_a_file_whose_name_ends_like_a_length(write_corpus: "WriteCorpus") -> None:
    result = run(write_corpus(*ROWS, name="tiny:3"))
    assert "at most 1 sentence," in result.stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param([], "Missing argument", id="no corpus"),
        pytest.param(["x.jsonl:0"], "at least 1", id="length 0"),
        pytest.param(["x.jsonl", "-n", "0"], "0 is not in the range", id="no sentence"),
        pytest.param(["x.jsonl", "-n", "1", "-c", "9"], "cannot be given together", id="two units"),
        pytest.param(["x.jsonl", "-w", "5", "-c", "9"], "cannot be given together", id="words and characters"),
        pytest.param(["x.jsonl", "--attention", "hard"], "'hard' is not one of", id="unknown attention"),
    ],
)
def test_evaluate_explains_wrong_usage(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stdout == ""


def test_evaluate_looks_for_all_corpora_before_it_measures_one(write_corpus: "WriteCorpus") -> None:
    result = run(write_corpus(*ROWS), "nowhere.jsonl")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "summarize.evaluate: nowhere.jsonl: No such file or directory\n"


def test_evaluate_without_a_usable_model_exits_3(write_corpus: "WriteCorpus", monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(directory: Path | None) -> None:
        raise ModelError(f"{directory}: contains no model")

    monkeypatch.setattr(command, "open_scorer", fail)
    result = run(write_corpus(*ROWS), "--model", "nowhere")
    assert (result.exit_code, result.stderr) == (3, "summarize.evaluate: nowhere: contains no model\n")


@pytest.mark.parametrize("library", ["rouge_score", "scipy", "rich"])
def test_evaluate_without_a_library_names_the_extra(
    write_corpus: "WriteCorpus", monkeypatch: pytest.MonkeyPatch, library: str
) -> None:
    for name in list(sys.modules):
        if name == library or name.startswith((f"{library}.", "summarize.evaluate.")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)  # type: ignore[arg-type]  # Python's way to make an import fail
    result = run(write_corpus(*ROWS))
    assert result.exit_code == 2
    assert result.stderr == f"summarize.evaluate: {library} is missing; run: {install_command('evaluate')}\n"


def test_evaluate_interrupted_is_quiet(write_corpus: "WriteCorpus", monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(directory: Path | None) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "open_scorer", interrupt)
    result = run(write_corpus(*ROWS))
    assert (result.exit_code, result.stdout, result.stderr) == (130, "", "")


def test_evaluate_help_loads_nothing_heavy() -> None:
    code = "import sys; import summarize.evaluate.__main__; print({'numpy', 'rich', 'scipy'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout == "set()\n"

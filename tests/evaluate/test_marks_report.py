import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

from summarize.evaluate import __main__ as command
from summarize.evaluate.bootstrap import Estimate
from summarize.evaluate.choices import BASELINES, TextScores
from summarize.evaluate.marks_job import spread_evenly
from summarize.evaluate.marks_report import by_kind, find_group, print_group, print_kinds, to_json

if TYPE_CHECKING:
    from tests.evaluate.conftest import FakeScorer

RESAMPLES = {"resamples": 50, "seed": 1}


def scores(*of_systems: tuple[float, int, int, int], language: Any = "zh", source: str = "news") -> TextScores:
    """A text at one length and without one; of each system share, empty ones, chosen ones, and whether it is a hit."""
    row = [[[share, 1], [empty, taken], [hit, 1]] for share, empty, taken, hit in of_systems]
    return TextScores(language, source, np.array([row, row], np.float64))


@pytest.fixture
def texts() -> list[TextScores]:
    """Four texts; the first system is always worse than the second."""
    return [
        scores((0.5, 2, 2, 0), (1.0, 0, 1, 1)),
        scores((0.0, 1, 2, 0), (0.5, 0, 1, 1)),
        scores((0.5, 1, 4, 1), (1.0, 1, 1, 1), source="essay"),
        scores((0.2, 2, 4, 0), (0.7, 0, 1, 1), language="en"),
        TextScores("en", "mail", None),
    ]


def test_figures_are_means_over_texts_and_empty_is_over_sentences(texts: list[TextScores]) -> None:
    group = find_group("all", texts, ("lead", "tree"), "tree", (2,), **RESAMPLES)
    assert list(group.lengths) == ["2", "default"]
    lead, tree = (group.lengths["2"][name] for name in ("lead", "tree"))
    assert {name: estimate.value for name, estimate in lead.measures.items()} == {
        "share": pytest.approx(1.2 / 4),
        "empty": pytest.approx(6 / 12),
        "hit": pytest.approx(1 / 4),
    }
    assert tree.measures["hit"] == Estimate(1, 1, 1)
    assert lead.ours_minus_it["share"].value == pytest.approx(0.5)
    assert lead.ours_minus_it["share"].sign == 1
    assert lead.ours_minus_it["empty"].value == pytest.approx(1 / 4 - 6 / 12)
    assert tree.ours_minus_it["share"].sign == 0
    assert (group.languages, group.num_texts, group.num_unmarked) == ({"zh": 3, "en": 1}, 4, 1)


def test_intervals_hold_the_figure(texts: list[TextScores]) -> None:
    share = find_group("all", texts, ("lead", "tree"), "tree", (2,), **RESAMPLES).lengths["2"]["lead"].measures["share"]
    assert share.low is not None
    assert share.high is not None
    assert 0 <= share.low < 0.3 < share.high <= 0.5


def test_one_text_has_no_interval(texts: list[TextScores]) -> None:
    share = find_group("one", texts[:1], ("lead", "tree"), "tree", (2,), **RESAMPLES).lengths["2"]["lead"].measures
    assert share["share"] == Estimate(0.5, None, None)


def test_what_is_not_defined_is_none() -> None:
    parts = np.zeros((2, 1, 3, 2))
    parts[:, :, 0] = 0.5, 1
    group = find_group("none", [TextScores("zh", "", parts)] * 2, ("tree",), "tree", (1,), **RESAMPLES)
    figures = group.lengths["1"]["tree"].measures
    assert figures["share"].value == 0.5
    assert figures["empty"] == figures["hit"] == Estimate(None, None, None)
    json.dumps(to_json(group), allow_nan=False)


def test_texts_without_marks_are_counted_and_no_more() -> None:
    group = find_group("none", [TextScores("zh", "", None)] * 3, ("tree",), "tree", (1,), **RESAMPLES)
    assert (group.num_texts, group.num_unmarked, group.lengths) == (0, 3, {})
    file = io.StringIO()
    print_group(group, file)
    assert "none: no text; 3 without a mark above 0 left out" in file.getvalue()


def test_kinds_are_told_apart_by_language(texts: list[TextScores]) -> None:
    assert {name: len(group) for name, group in by_kind(texts).items()} == {
        "zh essay": 1,
        "zh news": 2,
        "en mail": 1,
        "en news": 1,
    }
    assert list(by_kind(texts)) == ["zh essay", "zh news", "en mail", "en news"]


def test_tables_show_figures_and_what_is_apart(texts: list[TextScores]) -> None:
    file = io.StringIO()
    systems = ("lead", "tree")
    print_group(find_group("all", texts, systems, "tree", (2,), **RESAMPLES), file)
    groups = [find_group(name, own, systems, "tree", (2,), **RESAMPLES) for name, own in by_kind(texts).items()]
    print_kinds(groups, "tree", file)
    lines = file.getvalue().splitlines()
    assert lines[0] == "all: 3 zh, 1 en; 1 without a mark above 0 left out"
    (lead,) = (line for line in lines if line.startswith("lead"))
    assert lead.split()[1].startswith(".30")
    assert lead.split()[2].endswith("*")
    assert [line.split()[:3] for line in lines if line.startswith("zh")] == [
        ["zh", "essay", "1"],
        ["zh", "news", "2"],
    ]
    (mail,) = (line for line in lines if line.startswith("en mail"))
    assert mail.split() == ["en", "mail", "0"]
    assert max(map(len, lines)) <= 140


@pytest.mark.parametrize(
    ("limit", "expected"), [(None, [0, 1, 2, 3, 4]), (2, [2, 4]), (5, [0, 1, 2, 3, 4]), (9, [0, 1, 2, 3, 4])]
)
def test_a_limit_takes_items_evenly(limit: int | None, expected: list[int]) -> None:
    assert spread_evenly(range(5), limit) == expected


# The command

TEXT = "天晴了三天。昨天下雨了。桥被大水冲走了。"
UNITS = [[0, 6], [6, 12], [12, 20]]


def row(text: str, marks: tuple[int, ...], best: tuple[int, ...], source: str = "news") -> dict[str, Any]:
    return {
        "text": text,
        "lang": "zh",
        "source": source,
        "marks": [[*unit, mark] for unit, mark in zip(UNITS, marks, strict=True)],
        "best": [UNITS[index] for index in best],
    }


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Marks of two texts and of one more without any, and another reader's of the first two."""
    snow = TEXT.replace("雨", "雪")
    one = row(TEXT, (0, 1, 3), (2,)), row(snow, (3, 0, 2), (0, 2), "essay"), row(TEXT[:-1] + "！", (0, 0, 0), ())
    two = row(TEXT, (0, 2, 3), (2, 1)), row(snow, (2, 0, 3), (2, 0))
    for name, rows in (("one.jsonl", one), ("two.jsonl", two)):
        text = "".join(json.dumps(each) + "\n" for each in rows)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / "one.jsonl", tmp_path / "two.jsonl"


@pytest.fixture(autouse=True)
def _fake_model(monkeypatch: pytest.MonkeyPatch, scorer: "FakeScorer") -> None:
    about = {"path": "fake", "sha256": "0", "default_attention": "parallel"}
    monkeypatch.setattr(command, "open_scorer", lambda directory: (scorer, about))


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(command.main, ["--marks", "-j", "1", "--resamples", "20", *map(str, arguments)])


def test_marks_give_a_table_for_each_file_and_for_all(files: tuple[Path, Path]) -> None:
    result = run(*files, "--by-kind")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert "one: 2 zh; 1 without a mark above 0 left out" in lines
    assert "two: 2 zh" in lines
    assert "all files together: 4 zh; 1 without a mark above 0 left out" in lines
    assert "parallel by kind of text" in lines
    for system in (*BASELINES, "parallel", "sequential", "tree"):
        assert sum(line.startswith(f"{system} ") for line in lines) >= 3
    assert sum(line.split().count("default") == 3 for line in lines) == 4
    assert result.stdout.count("share: marks") == 1


def test_marks_of_one_file_are_shown_once(files: tuple[Path, Path]) -> None:
    assert "together" not in run(files[0]).stdout


def test_marks_give_one_json_object(files: tuple[Path, Path]) -> None:
    record = json.loads(run(files[0], "-n", "2", "-n", "1", "--format", "json", "--by-kind").stdout)
    assert record["model"]["path"] == "fake"
    (file,) = record["files"]
    assert (file["name"], file["num_texts"], file["num_unmarked"]) == ("one", 2, 1)
    assert list(file["lengths"]) == ["1", "2", "default"]
    # The make-believe network likes the first, the second and the last sentence, with marks 0 and 3, 1 and 0, 3 and 2.
    at_one = {name: figures["measures"]["share"]["value"] for name, figures in file["lengths"]["1"].items()}
    assert at_one["parallel"] == pytest.approx((0 / 3 + 3 / 3) / 2)
    assert at_one["sequential"] == pytest.approx((1 / 3 + 0 / 3) / 2, abs=1e-4)
    assert at_one["tree"] == pytest.approx((3 / 3 + 2 / 3) / 2, abs=1e-4)
    assert at_one["lead"] == at_one["parallel"]
    tree = file["lengths"]["1"]["tree"]["measures"]
    assert (tree["empty"]["value"], tree["hit"]["value"]) == (0, 1)
    assert file["lengths"]["1"]["sequential"]["measures"]["empty"]["value"] == 0.5
    assert [kind["name"] for kind in record["kinds"]] == ["zh essay", "zh news"]
    assert record["together"]["lengths"] == file["lengths"]


def test_marks_do_not_depend_on_processes(files: tuple[Path, Path]) -> None:
    one, two = (run(*files, "-j", jobs, "--format", "json").stdout for jobs in ("1", "2"))
    assert one == two


def test_the_default_attention_is_measured_whatever_is_asked_for(files: tuple[Path, Path]) -> None:
    record = json.loads(run(files[0], "--attention", "tree", "--format", "json").stdout)
    assert list(record["together"]["lengths"]["3"]) == [*BASELINES, "parallel", "tree"]


def test_readers_are_compared(files: tuple[Path, Path]) -> None:
    one, two = files
    record = json.loads(run(one, "--against", two, "--format", "json").stdout)
    assert (record["num_texts"], record["num_units"], record["num_cut_otherwise"]) == (2, 6, 0)
    # 0, 1, 3, 3, 0, 2 against 0, 2, 3, 2, 0, 3.
    assert record["agreed"]["exact"]["value"] == 0.5
    assert record["agreed"]["within one"]["value"] == 1
    first = record["choices"]["first by second"]["1"]
    assert first["share"]["value"] == pytest.approx((3 / 3 + 2 / 3) / 2, abs=1e-4)
    assert (first["empty"]["value"], first["hit"]["value"]) == (0, 1)
    assert "model" not in record
    table = run(one, "--against", two).stdout
    assert "2 texts, 6 units" in table
    assert sum(line.startswith(("first by second", "second by first")) for line in table.splitlines()) == 2


def test_readers_without_a_text_in_common_cannot_be_compared(files: tuple[Path, Path], tmp_path: Path) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps(row("别的文章。", (0, 1, 2), ())) + "\n", encoding="utf-8")
    result = run(files[0], "--against", other)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "no text in it that is marked in the other files" in result.stderr


@pytest.mark.parametrize(
    "marks", [None, 3, [], [[0]], [[0, 6, 9]], [[0, 6, 1], [6, 12, 10**30], [12, 20, 1]], [[0, 6, "x"]], [[{}, 6, 1]]]
)
def test_readers_without_proper_marks_are_one_line(files: tuple[Path, Path], tmp_path: Path, marks: object) -> None:
    other = tmp_path / "other.jsonl"
    other.write_text(json.dumps({"text": TEXT, "marks": marks}) + "\n", encoding="utf-8")
    result = run(files[0], "--against", other)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (1, "", 1)
    assert result.stderr.startswith(f"summarize.evaluate: {other}")


def test_a_row_without_its_text_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "dev.jsonl"
    path.write_text('{"corpus": "zh/dev/a", "id": 1, "marks": []}\n', encoding="utf-8")
    result = run(path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"summarize.evaluate: {path}:1: the text of zh/dev/a 1 is needed; name the folder of corpora with --corpora\n"
    )


def test_an_empty_file_and_a_missing_one_are_errors(files: tuple[Path, Path], tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")
    assert run(empty).stderr == f"summarize.evaluate: {empty}: no text in it\n"
    assert run(files[0], "--against", "nowhere").stderr == "summarize.evaluate: nowhere: No such file or directory\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(["--marks", "a.jsonl:2"], "lengths by -n", id="a length of its own"),
        pytest.param(["--marks", "a.jsonl", "-c", "9"], "lengths by -n", id="characters"),
        pytest.param(["--marks", "a.jsonl", "--fuse"], "lengths by -n", id="fusion"),
        pytest.param(["a.jsonl", "--by-kind"], "need --marks", id="kinds without marks"),
        pytest.param(["a.jsonl", "--against", "b.jsonl"], "need --marks", id="another reader without marks"),
        pytest.param(["a.jsonl", "-n", "1", "-n", "3"], "more than one -n", id="two lengths"),
        pytest.param(["--marks", "a.jsonl", "--against", "b", "--limit", "3"], "compares readers", id="a limit"),
        pytest.param(["--marks", "a.jsonl", "--corpora", "nowhere"], "does not exist", id="no folder"),
    ],
)
def test_wrong_usage_of_marks_is_explained(arguments: list[str], message: str) -> None:
    result = CliRunner().invoke(command.main, arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert message in " ".join(result.stderr.split())

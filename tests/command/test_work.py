"""What is done with an input: how it is read, the texts of a file that has several, and what is said of them."""

import json
import pickle
from pathlib import Path

import pytest
from fakes import FakeScorer

from summarize.command.work import Job, JobRunner, Task
from summarize.document import Source
from summarize.errors import InputError
from summarize.formats.view import View
from summarize.pipeline import summarize_text

RAIN = Source("早上下了一场大雨。中午出了太阳。", "utf-8", name="row 1")
SNOW = Source("昨天雪停了。", "utf-8", name="row 2")
NOTHING = Source(" ", "utf-8", name="row 3")


@pytest.fixture
def door(monkeypatch):
    """Let every file hold these texts; what the door was asked for comes back."""
    asked = []

    def hold(*sources):
        def read(path, **how):
            asked.append((str(path), how))
            return list(sources)

        monkeypatch.setattr("summarize.inputs.door.read_file", read)
        monkeypatch.setattr("summarize.inputs.door.read_bytes", lambda data, options, **how: read(options.name, **how))
        return asked

    return hold


@pytest.fixture
def as_one(monkeypatch):
    """Let several texts as one be the first of them."""
    monkeypatch.setattr("summarize.together.summarize_together", lambda texts, names, **_: summarize_text(texts[0]))


def test_file_with_several_texts_gives_a_summary_of_each(runner, door):
    door(RAIN, SNOW)
    result = runner("-n", 1, "letters.mbox")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "==> letters.mbox: row 1 <==\n早上下了一场大雨。\n\n==> letters.mbox: row 2 <==\n昨天雪停了。\n"
    )


def test_standard_input_may_hold_several_texts_too(runner, door):
    door(RAIN, SNOW)
    result = runner("-n", 1, stdin="...")
    assert result.stdout.startswith("==> standard input: row 1 <==\n")
    assert result.stdout.count("==>") == 2


def test_only_text_of_a_file_has_the_name_of_the_file(runner, door):
    door(RAIN)
    assert runner("-n", 1, "a.csv").stdout == "早上下了一场大雨。\n"
    assert runner("-n", 1, "a.csv", "b.csv").stdout.startswith("==> a.csv <==\n")


def test_text_without_a_name_is_numbered(runner, door):
    door(Source("雨停了。", "utf-8"), Source("雪停了。", "utf-8"))
    assert [line for line in runner("a.csv").stdout.splitlines() if ">" in line] == [
        "==> a.csv: text 1 <==",
        "==> a.csv: text 2 <==",
    ]


def test_text_that_fails_does_not_stop_the_others_of_its_file(runner, door):
    door(RAIN, NOTHING, SNOW)
    result = runner("-n", 1, "a.csv")
    assert result.exit_code == 1
    assert result.stdout.count("==>") == 2
    assert result.stderr == "summarize: a.csv: row 3: the text is empty\n"


def test_json_names_the_texts_of_a_file(runner, door):
    door(RAIN, NOTHING)
    records = [json.loads(line) for line in runner("--format", "json", "a.csv").stdout.splitlines()]
    assert [(record["path"], record["name"]) for record in records] == [("a.csv", "row 1"), ("a.csv", "row 3")]
    assert records[1] == {"path": "a.csv", "name": "row 3", "error": "the text is empty"}


def test_warning_names_the_text_or_the_file_that_it_begins_with(runner, door):
    door(RAIN, Source("雪停了。", "utf-8", ("a.csv: is odd", "is very odd"), name="row 2"))
    assert runner("a.csv").stderr == (
        "summarize: a.csv: warning: is odd\nsummarize: a.csv: row 2: warning: is very odd\n"
    )


IN_RUSSIAN = "Власти города объявили о переезде. Это старый дом."


def test_text_in_a_language_that_nobody_learned_is_summarized_and_said(runner, door):
    door(RAIN, Source(IN_RUSSIAN, "utf-8", name="row 2"))
    result = runner("-n", 1, "a.csv")
    assert result.exit_code == 0
    assert result.stdout.endswith("==> a.csv: row 2 <==\nВласти города объявили о переезде.\n")
    assert result.stderr == (
        "summarize: a.csv: row 2: warning: most of it is in Russian, which the model was not trained on; "
        "the summary may miss what matters\n"
    )
    assert runner("--lang", "en", "a.csv").stderr == ""  # its user knows


def test_json_says_what_a_foreign_text_is_in(runner, door):
    door(RAIN, Source(IN_RUSSIAN, "utf-8"))
    records = [json.loads(line) for line in runner("--format", "json", "a.csv").stdout.splitlines()]
    assert [(record["language"], record["foreign"]) for record in records] == [("zh", None), ("en", "Russian")]


@pytest.mark.usefixtures("as_one")
def test_of_several_texts_as_one_each_foreign_one_is_named(runner, door):
    door(RAIN, Source(IN_RUSSIAN, "utf-8", name="row 2"))
    assert runner("--together", "a.csv").stderr.startswith("summarize: row 2: warning: most of it is in Russian, ")


def test_summary_comes_without_a_title_where_none_reads_well(runner, door):
    door(Source("好的。", "utf-8"))
    result = runner("--title", "a.txt")
    assert (result.exit_code, result.stdout) == (0, "好的。\n")
    assert result.stderr == "summarize: a.txt: warning: it has no title\n"
    assert json.loads(runner("--title", "--format", "json", "a.txt").stdout)["title"] is None
    assert "title" not in json.loads(runner("--format", "json", "a.txt").stdout)


def test_name_of_a_text_stays_on_one_line(runner, door):
    door(RAIN, Source("雪停了。", "utf-8", name="Re:\n\x1b[31m"))
    assert "==> a.mbox: Re:\\n\\x1b[31m <==\n" in runner("a.mbox").stdout


@pytest.mark.parametrize("options", [["--format", "html"], ["--plot", "a.png"]], ids=" ".join)
def test_page_or_plot_of_a_file_with_several_texts_is_refused(runner, door, options):
    door(RAIN, SNOW)
    result = runner("a.csv", *options)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "summarize: a.csv: has 2 texts, but an HTML page or a plot shows only one; choose another format\n"
    )


def test_texts_of_one_file_are_work_for_several_processes(runner, door, monkeypatch):
    seen = []

    class Workers:
        def __init__(self, work, num_processes):
            self.work, self.num_processes = work, num_processes

        def __enter__(self):
            return self

        def __exit__(self, *error):
            pass

        def results(self, tasks):
            seen.append(self.num_processes)
            for task in tasks:
                yield from self.work.results(task)
                yield None

    monkeypatch.setattr("summarize.command.jobs.Workers", Workers)
    door(RAIN, SNOW, Source("雨停了。", "utf-8"))
    result = runner("-n", 1, "-j", 2, "a.csv")
    assert seen == [2]
    assert [line for line in result.stdout.splitlines() if ">" in line] == [
        "==> a.csv: row 1 <==",
        "==> a.csv: row 2 <==",
        "==> a.csv: text 3 <==",
    ]
    assert result.stdout == runner("-n", 1, "a.csv").stdout


def test_options_of_reading_reach_the_door(runner, door):
    asked = door(RAIN)
    how = {"encoding": "big5", "field": "body", "source_format": "records"}
    assert runner("--encoding", "big5", "--field", "body", "--from", "records", "a.csv").exit_code == 0
    assert runner("a.csv").exit_code == 0
    assert runner("--from", "text", stdin="...").exit_code == 0
    assert asked == [
        ("a.csv", how),
        ("a.csv", dict.fromkeys(how)),
        ("standard input", {"source_format": "text"}),
    ]


@pytest.mark.usefixtures("as_one")
def test_field_that_no_input_has_is_told_once(runner, door):
    door(RAIN, SNOW)
    told = "summarize: warning: --field names a JSON field or a CSV column, but no input has fields\n"
    assert runner("--field", "body", "a.md", "b.md").stderr == told
    assert runner("--field", "body", "--together", "a.md").stderr == told
    assert runner("a.md").stderr == ""


@pytest.mark.usefixtures("as_one")
def test_field_that_some_input_has_or_that_is_a_setting_is_not_told(runner, door, monkeypatch):
    door(RAIN, Source("雪停了。", "utf-8", format="records"))
    assert runner("--field", "body", "a.csv").stderr == ""
    assert runner("--field", "body", "--together", "a.csv").stderr == ""
    door(RAIN)
    monkeypatch.setenv("SUMMARIZE_FIELD", "body")
    assert runner("a.md").stderr == ""


def test_unknown_format_of_an_input_is_wrong_usage(runner):
    result = runner("--from", "papyrus", "a.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'papyrus' is not one of 'text', 'pdf'" in result.stderr


# By itself


def work(**options):
    return JobRunner(Job(**options), FakeScorer())


def test_error_that_was_found_before_is_told_as_one_of_the_input():
    (result,) = work().results(Task(3, 4, "notes", InputError("is a folder")))
    assert (result.task, result.place, result.text, result.failed) == (3, 4, "", True)
    assert result.error_lines == ("notes: is a folder",)


def test_traceback_comes_with_an_error_only_under_debug(tmp_path):
    task = Task(0, 0, str(tmp_path / "missing.txt"))
    ((quiet,), (loud,)) = (work(debug=debug).results(task) for debug in (False, True))
    assert quiet.traceback == ""
    assert loud.traceback.startswith("Traceback (most recent call last):")
    assert loud.error_lines == quiet.error_lines


def test_heading_is_in_the_result_where_the_run_has_several_inputs(tmp_path):
    Path(tmp_path / "a.txt").write_text("雨停了。", encoding="utf-8")
    task = Task(0, 0, str(tmp_path / "a.txt"))
    (alone,) = work().results(task)
    (headed,) = work(has_headings=True).results(task)
    (record,) = work(has_headings=True, format="json").results(task)
    assert (alone.text, alone.is_headed) == ("雨停了。\n", False)
    assert (headed.text, headed.is_headed) == (f"==> {tmp_path / 'a.txt'} <==\n雨停了。\n", True)
    assert (record.text[0], record.is_headed) == ("{", False)


def test_work_goes_to_another_process_without_the_model():
    job = Job(summary_options={"sentences": 1}, view=View(cite=True), debug=True)
    again = pickle.loads(pickle.dumps(JobRunner(job)))
    assert again.job == job
    assert len(pickle.dumps(JobRunner(job))) < 2000

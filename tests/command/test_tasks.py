"""Several texts as one, and what is asked of a text, from the command line, with the model of the package."""

import json

import pytest
from click.testing import CliRunner

from summarize.cli import main

BRIDGE = "昨天上午，江州市开放了新桥。桥长一千二百米，耗资三亿元。市长说，施工用了两年。\n"
TRAFFIC = "江州新桥昨天通车，长一千二百米。第一天有四万辆车通过。居民说，过江只要五分钟。\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(BRIDGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(TRAFFIC, encoding="utf-8")

    def call(*arguments):
        return CliRunner().invoke(main, [str(argument) for argument in arguments])

    return call


def test_several_texts_get_one_summary_that_says_whose_each_sentence_is(run):
    result = run("--together", "--cite", "-n", 3, "a.txt", "b.txt")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "a.txt" in result.stdout
    assert "b.txt" in result.stdout
    (line,) = run("--together", "--format", "json", "-n", 3, "a.txt", "b.txt").stdout.splitlines()
    record = json.loads(line)
    assert {sentence["place"]["text"] for sentence in record["sentences"]} == {"a.txt", "b.txt"}


def test_a_text_that_cannot_be_read_is_told_and_left_out(run):
    result = run("--together", "-n", 1, "a.txt", "gone.txt", "b.txt")
    assert result.exit_code == 1
    assert result.stderr == "summarize: gone.txt: no such file; check its name\n"
    assert result.stdout


def test_warning_names_the_file_that_it_is_about(run, tmp_path):
    rows = [{"title": "桥", "text": BRIDGE}, {"title": "车", "text": TRAFFIC}]
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    stderr = run("--together", "-n", 1, "a.jsonl").stderr
    assert stderr == "summarize: a.jsonl: warning: the texts are taken from 'text'; to read another one, use --field\n"


def test_a_page_may_be_of_several_texts_together(run, tmp_path):
    result = run("--together", "--format", "html", "-o", "page.html", "a.txt", "b.txt")
    assert result.exit_code == 0
    assert (tmp_path / "page.html").read_text(encoding="utf-8").rstrip().endswith("</html>")


def test_one_summary_goes_into_no_folder(run):
    result = run("--together", "-o", "out/", "a.txt", "b.txt")
    assert result.exit_code == 2
    assert "--together makes one summary" in result.stderr


def test_what_is_asked_for_is_chosen(run):
    assert run("--query", "施工用了几年", "-n", 1, "a.txt").stdout == "市长说，施工用了两年。\n"
    assert run("--query", "多少辆车通过", "-n", 1, "b.txt").stdout == "第一天有四万辆车通过。\n"


def test_a_forgotten_question_is_told(run):
    result = run("--query", "a.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--query needs a question, but 'a.txt' is a file; write --query QUESTION a.txt" in result.stderr


def test_a_question_that_nothing_has_to_do_with_is_told(run):
    result = run("--query", "zebra", "-n", 1, "a.txt")
    assert result.exit_code == 0
    assert result.stdout == run("-n", 1, "a.txt").stdout
    assert result.stderr.startswith(
        "summarize: a.txt: warning: nothing in it matches the query; the summary ignores the query"
    )


def test_an_empty_question_is_a_mistake(run):
    result = run("--query", " ", "a.txt")
    assert result.exit_code == 2
    assert "the query is empty" in result.stderr

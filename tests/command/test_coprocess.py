"""The command as a helper of another program: a line in, a line out."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import FakeScorer
from hypothesis import given
from hypothesis import strategies as st

from summarize.command import coprocess
from summarize.command.coprocess import OPTION_SPECS, serve
from summarize.command.work import Job, JobRunner
from summarize.errors import ModelError

FAKES = str(Path(__file__).parents[1] / "fakes.py")
TEXT = "Fog lies low. Nobody is hurt at all. It rains."
LONGEST = "Nobody is hurt at all."


def ask(runner, *lines, options=()):
    """The status and the answers to objects, or to lines as they are."""
    texts = [line if isinstance(line, str | bytes) else json.dumps(line) for line in lines]
    given = b"".join((text if isinstance(text, bytes) else text.encode()) + b"\n" for text in texts)
    result = runner("--jsonl", *options, stdin=given)
    return result.exit_code, [json.loads(line) for line in result.stdout.splitlines()]


def answer(runner, line, options=()):
    status, (only,) = ask(runner, line, options=options)
    assert status == 0
    return only


def test_every_line_has_its_answer_in_order_with_its_id(runner):
    status, answers = ask(
        runner,
        {"id": 1, "text": TEXT, "sentences": 1},
        {"id": {"deep": ["a", None]}, "text": "雨停了。"},
        {"text": "雪停了。"},
        {"id": None, "text": "天晴了。"},
    )
    assert status == 0
    assert [answer["summary"] for answer in answers] == [LONGEST, "雨停了。", "雪停了。", "天晴了。"]
    assert [answer.get("id", "none") for answer in answers] == [1, {"deep": ["a", None]}, "none", None]
    assert next(iter(answers[0])) == "id"
    assert answers[0]["path"] is None


@pytest.mark.parametrize(
    ("summary_options", "summary"),
    [
        ({"sentences": 1}, LONGEST),
        ({"sentences": 1, "attention": "tree"}, "Fog lies low."),
        ({"sentences": 2, "order": "salience"}, "Nobody is hurt at all. Fog lies low."),
        ({"chars": 21, "compress": False}, "Fog lies low."),
        ({"words": 5}, LONGEST),
        ({"ratio": 0.5}, LONGEST),
        ({"sentences": 1, "chars": None}, LONGEST),
    ],
    ids=str,
)
def test_line_says_what_it_wishes(runner, summary_options, summary):
    assert answer(runner, {"text": TEXT, **summary_options})["summary"] == summary


def test_options_hold_where_a_line_says_nothing_and_a_length_of_it_hides_theirs(runner):
    options = ["-n", 1, "--attention", "tree"]
    assert answer(runner, {"text": TEXT}, options)["summary"] == "Fog lies low."
    assert answer(runner, {"text": TEXT, "attention": "parallel"}, options)["summary"] == LONGEST
    assert answer(runner, {"text": TEXT, "chars": 100}, options)["summary"] == TEXT


def test_language_and_fusion_are_wishes_too(runner):
    assert answer(runner, {"text": TEXT, "language": "zh"})["language"] == "zh"
    text = "江州队赢得了开幕战。江州队击败了北湾队。"
    assert answer(runner, {"text": text, "sentences": 2})["summary"] == "江州队赢得了开幕战，击败了北湾队。"
    assert answer(runner, {"text": text, "sentences": 2, "fuse": False})["summary"] == text


def test_reasons_come_where_they_are_asked_for(runner):
    assert "terms" not in answer(runner, {"text": TEXT})
    assert "terms" in answer(runner, {"text": TEXT, "explain": True})
    assert "terms" in answer(runner, {"text": TEXT}, ["--explain"])
    assert "terms" not in answer(runner, {"text": TEXT, "explain": False}, ["--explain"])


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("", "the line is not JSON: expecting value (column 1)"),
        ("no JSON", "the line is not JSON: expecting value (column 1)"),
        ('{"text": "雨停了。"} {}', "the line is not JSON: extra data (column 18)"),
        ('{"text": NaN}', "the line is not JSON: NaN is not a valid JSON number"),
        ('{"id": 1e999, "text": ""}', "the line is not JSON: 1e999 is not a valid JSON number"),
        ('{"id": ' + "1" * 5000 + "}", "the line is not JSON: a number has more than 4000 digits"),
        (b"\xff", "the line is not in UTF-8"),
        ("[" * 100_000, "the line is nested too deeply"),
        ('["text"]', 'the line is not an object; write {"text": "..."}'),
        ("null", 'the line is not an object; write {"text": "..."}'),
        ({}, "text is missing"),
        ({"text": None}, "text is missing"),
        ({"text": 1}, "text must be a string"),
        ({"text": " "}, "the text is empty"),
        ({"text": "a\0b"}, "text contains a NUL or an unpaired surrogate"),
        ({"text": "\ud800"}, "text contains a NUL or an unpaired surrogate"),
        ({"text": TEXT, "sentences": 0}, "sentences must be a whole number of at least 1"),
        ({"text": TEXT, "sentences": "2"}, "sentences must be a whole number of at least 1"),
        ({"text": TEXT, "sentences": 1.0}, "sentences must be a whole number of at least 1"),
        ({"text": TEXT, "sentences": True}, "sentences must be a whole number of at least 1"),
        ({"text": TEXT, "ratio": 1.5}, "ratio must be a number above 0 and at most 1"),
        ({"text": TEXT, "ratio": "20%"}, "ratio must be a number above 0 and at most 1"),
        ({"text": TEXT, "language": "fr"}, "language must be zh or en"),
        ({"text": TEXT, "order": ["document"]}, "order must be document or salience"),
        ({"text": TEXT, "length": "tiny"}, "length must be short, medium or long"),
        (
            {"text": TEXT, "length": "short", "chars": 9, "words": 2},
            "length cannot be combined with another length; leave out chars",
        ),
        ({"text": TEXT, "keywords": 0}, "keywords must be a whole number of at least 1"),
        ({"text": TEXT, "fuse": 1}, "fuse must be true or false"),
        ({"text": TEXT, "lang": "zh"}, 'unknown key "lang"; the known keys are text, id, sentences, chars, '),
        ({"text": TEXT, "chars": 3}, "no sentence fits into 3 characters; the shortest needs 9"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_line_is_answered_and_stops_nothing(runner, line, error):
    status, answers = ask(runner, line, {"id": 2, "text": "雨停了。"})
    assert status == 0
    assert len(answers) == 2
    assert answers[0]["error"].startswith(error)
    assert {"path", "name", "error"} == set(answers[0])
    assert answers[1]["summary"] == "雨停了。"


def test_error_has_the_id_of_its_line(runner):
    assert answer(runner, {"id": "x\u2028", "text": ""}) == {
        "id": "x\u2028",
        "path": None,
        "name": None,
        "error": "the text is empty",
    }


def test_line_that_is_too_long_to_be_held_is_answered_and_passed_over(runner, monkeypatch):
    monkeypatch.setattr(coprocess, "MAX_LINE_BYTES", 1 << 20)
    status, answers = ask(runner, {"id": 1, "text": "雨" * (1 << 21)}, {"id": 2, "text": "雨停了。"})
    assert status == 0
    assert answers[0] == {"path": None, "name": None, "error": "the line is longer than 1 MB"}
    assert answers[1]["summary"] == "雨停了。"


def test_last_line_needs_no_end(runner):
    result = runner("--jsonl", stdin='{"text": "雨停了。"}')
    assert json.loads(result.stdout)["summary"] == "雨停了。"


def test_nothing_in_is_nothing_out(runner):
    result = runner("--jsonl", stdin="")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_bug_of_ours_is_an_answer_and_a_traceback_under_debug(runner, scorer, monkeypatch):
    monkeypatch.setattr(FakeScorer, "read", lambda self, document, target_sentences: 1 // 0)
    for options, is_told in (([], False), (["--debug"], True)):
        result = runner("--jsonl", *options, stdin='{"id": 1, "text": "雨停了。"}\n')
        assert result.exit_code == 0
        assert json.loads(result.stdout)["error"].startswith("internal error: ZeroDivisionError")
        assert ("Traceback" in result.stderr) == is_told


def test_model_that_is_of_no_use_ends_it(runner, monkeypatch):
    def fail(self, document, target_sentences):
        raise ModelError("model: not usable")

    monkeypatch.setattr(FakeScorer, "read", fail)
    result = runner("--jsonl", stdin='{"text": "雨停了。"}\n')
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", "summarize: model: not usable\n")


@pytest.mark.parametrize(
    "arguments",
    [
        ["a.txt"],
        ["-o", "out.jsonl"],
        ["--format", "text"],
        ["-j", "2"],
        ["--force"],
        ["--encoding", "big5"],
        ["--files-from", "x"],
    ],
    ids=" ".join,
)
def test_what_does_not_go_with_it_is_wrong_usage(runner, arguments):
    result = runner("--jsonl", *arguments, stdin="")
    assert (result.exit_code, result.stdout) == (2, "")
    what = "a file" if arguments == ["a.txt"] else {"-o": "--output", "-j": "--jobs"}.get(arguments[0], arguments[0])
    assert (
        f"--jsonl reads texts from standard input and writes JSON, so it cannot be combined with {what}"
        in result.stderr
    )


def test_settings_that_do_not_go_with_it_do_not_count(runner, monkeypatch):
    for name, value in {"FORMAT": "html", "JOBS": "4", "HIGHLIGHT": "1", "CITE": "1", "SENTENCES": "1"}.items():
        monkeypatch.setenv(f"SUMMARIZE_{name}", value)
    assert answer(runner, {"text": TEXT})["summary"] == LONGEST


def test_closed_standard_input_is_wrong_usage(runner, monkeypatch):
    from click.testing import CliRunner

    from summarize import cli

    with CliRunner().isolation() as _:
        monkeypatch.setattr("sys.stdin", None)
        with pytest.raises(SystemExit) as end:
            cli.main(["--jsonl"], prog_name="summarize")
    assert end.value.code == 2


def test_another_program_talks_to_it_line_by_line(tmp_path):
    command = [sys.executable, FAKES, "--jsonl", "-n", "1"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, **pipes) as helper:
        for number, line in enumerate([json.dumps({"id": 0, "text": TEXT}), "not JSON", json.dumps({"id": 2})]):
            helper.stdin.write(line.encode() + b"\n")
            helper.stdin.flush()
            answer = json.loads(helper.stdout.readline())  # comes before the next line is written
            assert answer.get("id", 1) == number
            assert ("error" in answer) == (number > 0)
        helper.stdin.close()
        assert helper.stdout.read() == helper.stderr.read() == b""
        assert helper.wait(timeout=60) == 0


def test_reader_who_has_gone_away_ends_it_quietly(tmp_path):
    command = [sys.executable, FAKES, "--jsonl"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, **pipes) as helper:
        helper.stdout.close()
        helper.stdin.write(b'{"text": "Fog."}\n')
        helper.stdin.flush()
        assert helper.wait(timeout=60) == 141
        assert helper.stderr.read() == b""
        helper.stdin.close()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(st.dictionaries(st.sampled_from(["text", "id", "more", *OPTION_SPECS]), values, max_size=5))
def test_any_object_has_one_answer_in_one_line(asked):
    import io

    lines = []
    stream = io.BytesIO(json.dumps(asked).encode() + b"\n")
    serve(JobRunner(Job(format="json"), FakeScorer()), stream, lines.append, lines.append)
    (line,) = lines
    assert line.encode().decode().splitlines(keepends=True) == [line]
    answer = json.loads(line)
    assert ("error" in answer) != ("summary" in answer)
    assert answer.get("id", "none") == asked.get("id", "none")

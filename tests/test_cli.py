import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import click
import pytest
from fakes import FakeScorer

from summarize import __version__, cli
from summarize.cli import load_scorer as load_real_scorer
from summarize.command import files, values
from summarize.errors import ModelError

FAKES = str(Path(__file__).with_name("fakes.py"))
RAIN = "早上下了一场大雨。中午出了太阳。"  # the first sentence is the longer one, 9 characters to 7
BRIDGE = "The bridge has been closed since Monday. Nobody was hurt."
TRADITIONAL = "捷運站旁的麵店開了三十幾年，老闆娘每天清晨四點就起床熬湯。"
posix = pytest.mark.skipif(os.name != "posix", reason="POSIX signals, descriptors and terminals")
has_full_disk = pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full to write to")


@pytest.fixture
def write(tmp_path):
    """Write a text or bytes to a file in the folder of the run."""

    def write_file(name, content=RAIN):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write_file


@pytest.fixture
def command(tmp_path):
    """The arguments of `subprocess` for the command with a fake scorer, in the folder of the run."""

    def arguments(*options):
        return {
            "args": [sys.executable, FAKES, *map(str, options)],
            "cwd": tmp_path,
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
        }

    return arguments


# What is read


def test_command_reads_a_file(runner, write):
    write("a.txt")
    result = runner("-n", 1, "a.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "早上下了一场大雨。\n", "")


@pytest.mark.parametrize("arguments", [[], ["-"]], ids=["no-file", "dash"])
def test_command_reads_standard_input(runner, arguments):
    result = runner("-n", 1, *arguments, stdin=RAIN)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "早上下了一场大雨。\n", "")


@pytest.mark.parametrize("name", ["-n.txt", "--help", "二月 报告.txt", "a\tb.txt"])
def test_command_reads_any_name_after_two_dashes(runner, write, name):
    write(name)
    result = runner("-n", 1, "--", name)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "早上下了一场大雨。\n", "")


def test_command_asks_for_a_file_on_a_terminal(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    with pytest.raises(click.UsageError, match="pipe in a text"):
        files.find_inputs(())


@posix
def test_command_does_not_wait_on_a_terminal(command):
    import pty

    ours, theirs = pty.openpty()
    try:
        result = subprocess.run(**command() | {"stdin": theirs}, timeout=60, check=False)
    finally:
        os.close(ours)
        os.close(theirs)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"no input; name a file, as in `summarize notes.txt`" in result.stderr


def test_file_whose_name_begins_with_a_dash_is_read(runner, write):
    write("–n.txt")
    assert runner("-n1", "–n.txt").stdout == "早上下了一场大雨。\n"


@posix
def test_command_asks_for_a_file_if_standard_input_is_closed(command):
    result = subprocess.run(**command(), preexec_fn=lambda: os.close(0), check=False)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"no input; name a file" in result.stderr


@posix
def test_command_reports_a_closed_standard_input_that_was_asked_for(command, write):
    write("a.txt")
    result = subprocess.run(**command("-n1", "-", "a.txt"), preexec_fn=lambda: os.close(0), check=False)
    assert (result.returncode, result.stdout.decode()) == (1, "==> a.txt <==\n早上下了一场大雨。\n")
    assert result.stderr == b"summarize: standard input: cannot be read (it is closed)\n"


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["-", "a.txt", "-"], "standard input can be read only once"),
        (["a.txt", ""], "a file name is empty; is a shell variable unset?"),
        (["–n", "3", "a.txt"], "'–n' begins with a dash; options begin with a hyphen, -"),
        (["a.txt", "——title"], "'——title' begins with a dash"),
        (["-n", "0"], "0 is too small; the minimum is 1"),
        (["-c", "-5"], "-5 is too small; the minimum is 1"),
        (["-w", "many"], "'many' is not a whole number"),
        (["-c=100"], "'=100' is not a whole number"),
        (["-n", "2.5"], "'2.5' is not a whole number"),
        (["-j", "-1"], "-1 is too small; the minimum is 0"),
        (["--attention", "deep"], "'deep' is not one of 'parallel', 'sequential', 'tree'"),
        (["--format", "pdf"], "'pdf' is not one of 'text', 'bullets', 'markdown', 'json', 'html'"),
        (["--order", "random"], "'random' is not one of 'document', 'salience'"),
        (["--lang", "fr"], "'fr' is not one of 'auto', 'zh', 'en'"),
        (["--encoding", "utf-88"], "unknown encoding 'utf-88'; try utf-8, gb18030 or big5"),
        (["--encoding", "编码"], "unknown encoding '编码'"),
        (["--encoding", "a\nb"], r"unknown encoding 'a\nb'"),
        (["--encoding", "rot13"], "unknown encoding 'rot13'; try utf-8, gb18030 or big5"),
        (["--encoding", "base64"], "unknown encoding 'base64'"),
        (["--encoding", "punycode"], "unknown encoding 'punycode'"),
        (["--format", "a\x1b[31m\u202e"], r"'a\x1b[31m\u202e' is not one of"),
        (["--\x9bx"], r"No such option '--\x9bx'"),
        (["--shorter"], "No such option"),
        (["--sentence", "2"], "No such option '--sentence'. Did you mean '--sentences'?"),
        (["--co", "2"], "No such option '--co'. (Did you mean one of: '--color', '--config'?)"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_refused_before_anything_is_read(runner, arguments, hint):
    result = runner(*arguments, stdin=RAIN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in result.stderr
    assert result.stderr.startswith("summarize: ")
    assert result.stderr.endswith(" (see `summarize --help`)\n")
    assert result.stderr.count("\n") == 1


# Options


def test_choice_may_be_typed_in_large_letters(runner):
    assert json.loads(runner("--format", "JSON", "--lang", "ZH", stdin=RAIN).stdout)["language"] == "zh"


@pytest.mark.parametrize(
    ("typed", "ratio"),
    [
        ("0.2", 0.2),
        (".5", 0.5),
        ("1", 1.0),
        ("1.", 1.0),
        ("20%", 0.2),
        ("20 %", 0.2),
        (" 20% ", 0.2),
        ("0.5%", 0.005),
        ("100%", 1.0),
        ("20％", 0.2),  # full-width, as a Chinese keyboard types it
        ("２０％", 0.2),
    ],
)
def test_ratio_is_a_share_or_percent(typed, ratio):
    assert values.as_ratio(typed) == ratio


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("0", "'0' must be greater than 0 and at most 1"),
        ("0%", "'0%' must be greater than 0 and at most 100%"),
        ("101%", "'101%' must be greater than 0 and at most 100%"),
        ("1.5", "'1.5' must be greater than 0 and at most 1; for 1.5 percent write 1.5%"),
        ("20", "'20' must be greater than 0 and at most 1; for 20 percent write 20%"),
        ("200", "'200' must be greater than 0 and at most 1"),
        ("-0.2", "'-0.2' is not a share; write 0.2 or 20%"),
        ("nan", "'nan' is not a share; write 0.2 or 20%"),
        ("inf", "'inf' is not a share; write 0.2 or 20%"),
        ("1e-3", "'1e-3' is not a share; write 0.2 or 20%"),
        ("", "'' is not a share; write 0.2 or 20%"),
        ("%", "'%' is not a share; write 0.2 or 20%"),
        ("1/5", "'1/5' is not a share; write 0.2 or 20%"),
    ],
)
def test_ratio_out_of_range_is_wrong_usage(runner, typed, hint):
    result = runner("-r", typed, stdin=RAIN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"summarize: Invalid value for '-r' / '--ratio': {hint}")
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("options", "summary"),
    [
        (["-n", "1"], "Nobody is hurt at all."),  # parallel by default: the longest
        (["-n", "1", "--attention", "sequential"], "It rains."),  # the last
        (["-n", "1", "--attention", "tree"], "Fog lies low."),  # the first
        (["-n", "2"], "Fog lies low. Nobody is hurt at all."),
        (["--sentences", "2", "--order", "salience"], "Nobody is hurt at all. Fog lies low."),
        (["-c", "21", "--no-compress"], "Fog lies low."),  # the longest has 22 characters
        (["--chars", "36"], "Fog lies low. Nobody is hurt at all."),  # 13 and a space and 22
        (["-c", "35"], "Nobody is hurt at all. It rains."),
        (["-w", "4", "--no-compress"], "Fog lies low."),  # the longest has 5 words; then none fits into the last one
        (["--words", "5"], "Nobody is hurt at all."),
        (["-r", "0.3", "--no-compress"], "Fog lies low."),  # of 46 characters: 13
        (["--ratio", "50%"], "Nobody is hurt at all."),  # 23
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_reach_the_library(runner, options, summary):
    result = runner(*options, stdin="Fog lies low. Nobody is hurt at all. It rains.")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{summary}\n", "")


@pytest.mark.parametrize(
    ("options", "summary"),
    [
        ([], "江州队赢得了开幕战，击败了北湾队。"),
        (["--fuse"], "江州队赢得了开幕战，击败了北湾队。"),
        (["--no-fuse"], "江州队赢得了开幕战。江州队击败了北湾队。"),
        (["--fuse", "--no-fuse"], "江州队赢得了开幕战。江州队击败了北湾队。"),  # the last one counts
        (["--order", "salience"], "江州队赢得了开幕战。江州队击败了北湾队。"),  # in the order of the text alone
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_sentences_are_fused_unless_told_otherwise(runner, options, summary):
    result = runner("-n", 2, *options, stdin="江州队赢得了开幕战。江州队击败了北湾队。")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{summary}\n", "")


@pytest.mark.parametrize(
    ("options", "summary"),
    [
        ([], "昨天河水上涨了很多。今天城市又停电。"),  # no length asks for it: ten words are wanted
        (["-c", "8"], "河水上涨了很多。"),
        (["-w", "7", "--compress"], "河水上涨了很多。"),
        (["-r", "45%"], "河水上涨了很多。"),  # of 18 characters: 8
        (["-c", "8", "--no-compress"], "今天城市又停电。"),
        (["-n", "1"], "昨天河水上涨了很多。"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_sentences_are_shortened_to_a_length_unless_told_otherwise(runner, scorer, options, summary):
    scorer.weights = [2, 1]
    result = runner(*options, stdin="昨天河水上涨了很多。今天城市又停电。")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{summary}\n", "")


def test_length_that_nothing_fits_into_is_an_error_with_the_least(runner):
    result = runner("-c", 7, stdin="昨天河水上涨了很多。")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "summarize: standard input: no sentence fits into 7 characters; the shortest needs 8\n"


def test_length_beyond_all_texts_is_no_error(runner):
    result = runner("-c", 10**400, "-w", 10**400, stdin=RAIN)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{RAIN}\n", "")


@pytest.mark.parametrize(("lang", "language"), [("auto", "en"), ("en", "en"), ("zh", "zh")])
def test_lang_decides_unless_it_is_auto(runner, lang, language):
    result = runner("--lang", lang, "--format", "json", stdin=BRIDGE)
    assert json.loads(result.stdout)["language"] == language


def test_encoding_is_taken_as_named(runner, write):
    write("a.txt", TRADITIONAL.encode("big5"))
    result = runner("--encoding", "Big5", "a.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{TRADITIONAL}\n", "")


def test_version_is_that_of_the_package(runner):
    result = runner("--version")
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"summarize {__version__}\n", "")


# Several files


def test_several_files_are_headed_as_head_does_it(runner, write):
    write("a.txt")
    write("b.txt", BRIDGE)
    result = runner("-n", 1, "a.txt", "-", "b.txt", stdin="雨停了。")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "==> a.txt <==\n早上下了一场大雨。\n"
        "\n==> standard input <==\n雨停了。\n"
        "\n==> b.txt <==\nThe bridge has been closed since Monday.\n"
    )


def test_same_file_twice_gives_two_summaries(runner, write):
    write("a.txt", "雨停了。")
    assert runner("a.txt", "a.txt").stdout == "==> a.txt <==\n雨停了。\n\n==> a.txt <==\n雨停了。\n"


def test_failing_files_do_not_stop_the_rest(runner, write, tmp_path):
    write("good.txt", "雨停了。")
    write("binary", bytes(range(256)) * 4)
    write("empty", "")
    write("long.txt", "这一句话太长了，放不进十个字里面。")
    (tmp_path / "folder").mkdir()
    files = ("missing.txt", "folder", "binary", "good.txt", "empty", "long.txt", "good.txt")
    result = runner("-c", 10, "--no-compress", *files)
    assert result.exit_code == 1
    assert result.stdout == "==> good.txt <==\n雨停了。\n\n==> good.txt <==\n雨停了。\n"
    error_lines = result.stderr.splitlines()
    assert [line.split(": ")[:2] for line in error_lines] == [
        ["summarize", name] for name in ("missing.txt", "folder", "binary", "empty", "long.txt")
    ]
    assert error_lines[0] == "summarize: missing.txt: no such file; check its name"
    assert error_lines[-1] == "summarize: long.txt: no sentence fits into 10 characters; the shortest needs 17"


def test_unreadable_file_is_one_line(runner, write, monkeypatch):
    def refuse(path, *arguments):
        raise PermissionError(13, "Permission denied")

    write("a.txt")
    monkeypatch.setattr(Path, "open", refuse)  # root may read everything
    result = runner("a.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("summarize: a.txt: permission denied")
    assert result.stderr.count("\n") == 1


def test_one_good_file_of_several_is_headed_too(runner, write):
    write("a.txt", "雨停了。")
    result = runner("missing.txt", "a.txt")
    assert (result.exit_code, result.stdout) == (1, "==> a.txt <==\n雨停了。\n")


def test_json_has_a_line_for_each_document_also_for_one_that_failed(runner, write):
    write("a.txt", "雨停了。")
    write("b.txt", "Nobody was hurt.")
    result = runner("--format", "json", "a.txt", "missing.txt", "-", "./b.txt", stdin="天晴了。")
    assert result.exit_code == 1
    records = [json.loads(line) for line in result.stdout.splitlines()]
    assert [record["path"] for record in records] == ["a.txt", "missing.txt", None, "./b.txt"]
    assert [record.get("summary") for record in records] == ["雨停了。", None, "天晴了。", "Nobody was hurt."]
    assert records[1] == {"path": "missing.txt", "name": None, "error": "no such file; check its name"}
    assert result.stderr == "summarize: missing.txt: no such file; check its name\n"


def test_names_stay_on_one_line(runner, write):
    write("a\nb.txt", "雨停了。")
    result = runner("a\nb.txt", "c\x1b[31m\n.txt")
    assert result.stdout == "==> a\\nb.txt <==\n雨停了。\n"
    assert result.stderr.startswith("summarize: c\\x1b[31m\\n.txt: no such file")
    assert result.stderr.count("\n") == 1


@posix
def test_name_that_is_not_utf8_is_readable_and_comes_back_in_json(command, tmp_path):
    name = os.fsdecode(b"\xb1\xa8.txt")
    try:
        (tmp_path / name).write_text(RAIN, encoding="utf-8")
    except OSError:
        pytest.skip("this file system has UTF-8 names only")
    text = subprocess.run(**command("-n1", name, name), check=True)
    assert text.stdout.decode("utf-8").splitlines()[0] == "==> \\udcb1\\udca8.txt <=="
    line = subprocess.run(**command("--format=json", name), check=True).stdout
    assert json.loads(line.decode("utf-8"))["path"] == name


# Warnings, errors, exit status


def test_warning_names_the_file_and_is_no_failure(runner, write):
    write("a.txt", RAIN.encode() * 20 + b"\xff\n")
    result = runner("-n", 1, "a.txt")
    assert (result.exit_code, result.stdout) == (0, "早上下了一场大雨。\n")
    assert result.stderr.startswith("summarize: a.txt: warning: ")
    assert result.stderr.count("a.txt") == 1
    assert result.stderr.count("\n") == 1


def test_missing_model_is_status_3_before_anything_is_read(runner, monkeypatch, tmp_path):
    monkeypatch.setattr(cli, "load_scorer", load_real_scorer)

    def must_not_read(*arguments):
        raise AssertionError("read before the model was known to be good")

    monkeypatch.setattr("summarize.inputs.door.read_file", must_not_read)
    result = runner("--model", tmp_path / "none", "a.txt", "b.txt")
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"summarize: {tmp_path / 'none'}: contains no model")
    assert result.stderr.count("\n") == 1


def test_damaged_model_is_status_3(runner, monkeypatch, write, tmp_path):
    monkeypatch.setattr(cli, "load_scorer", load_real_scorer)
    write("settings.json", '{"format": 1}')
    result = runner("--model", tmp_path, stdin=RAIN)
    assert (result.exit_code, result.stdout) == (3, "")
    assert result.stderr.startswith(f"summarize: {tmp_path}: not a usable model")
    assert result.stderr.count("\n") == 1


def test_model_that_fails_later_ends_the_run(runner, scorer, monkeypatch, write):
    def fail(document, target_sentences):
        raise ModelError("model: not usable")

    monkeypatch.setattr(scorer, "read", fail)
    write("a.txt")
    result = runner("a.txt", "a.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (3, "", "summarize: model: not usable\n")


def test_model_is_loaded_once_and_from_where_it_was_asked_for(runner, scorer, monkeypatch, write):
    asked_for = []
    monkeypatch.setattr(cli, "load_scorer", lambda directory: asked_for.append(directory) or scorer)
    write("a.txt")
    assert runner("a.txt", "a.txt", "a.txt").exit_code == 0
    assert runner("--model", "mine", "a.txt").exit_code == 0
    assert asked_for == [None, Path("mine")]


@pytest.fixture
def broken_scorer(scorer, monkeypatch):
    """A bug of ours: texts with 雷 divide by zero."""
    read = FakeScorer.read

    def fail(self, document, target_sentences):
        return 1 // 0 if "雷" in document.text else read(self, document, target_sentences)

    monkeypatch.setattr(FakeScorer, "read", fail)


DIVISION = "division by zero" if sys.version_info >= (3, 14) else "integer division or modulo by zero"  # Python's words


@pytest.mark.usefixtures("broken_scorer")
def test_unexpected_error_is_one_line_and_does_not_stop_the_rest(runner, write):
    write("a.txt", "打雷了。")
    write("b.txt", "雨停了。")
    result = runner("a.txt", "b.txt")
    assert (result.exit_code, result.stdout) == (1, "==> b.txt <==\n雨停了。\n")
    assert result.stderr == (
        f"summarize: a.txt: internal error: ZeroDivisionError: {DIVISION}; please run again with --debug and report "
        "it\n"
    )


@pytest.mark.usefixtures("broken_scorer")
def test_debug_shows_the_traceback(runner):
    result = runner("--debug", stdin="打雷了。")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Traceback (most recent call last):")
    assert result.stderr.splitlines()[-1].startswith("summarize: standard input: internal error: ZeroDivisionError")


def test_unexpected_error_outside_of_any_file_is_one_line(runner, monkeypatch):
    def fail(directory):
        raise RuntimeError

    monkeypatch.setattr(cli, "load_scorer", fail)
    result = runner(stdin=RAIN)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "summarize: internal error: RuntimeError; please run again with --debug and report it\n"


# Streams


@pytest.mark.parametrize(
    "locale",
    [{"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["latin-1", "C"],
)
def test_output_is_utf8_in_any_locale(command, locale):
    result = subprocess.run(
        **{name: value for name, value in command("-n1").items() if name != "stdin"},
        input=RAIN.encode(),
        env=os.environ | locale,
        check=True,
    )
    assert (result.stdout.decode("utf-8"), result.stderr) == ("早上下了一场大雨。\n", b"")


@posix
def test_closed_pipe_is_quiet(command, write):
    # 200 summaries of 3 kB do not fit into a pipe, so that the command must notice that nobody reads on.
    names = [write(f"{number}.txt", "这是一句很长的话" * 125 + "。").name for number in range(200)]
    with (
        subprocess.Popen(**command("-n1", *names)) as summarize,
        subprocess.Popen(["head", "-1"], stdin=summarize.stdout, stdout=subprocess.PIPE) as head,
    ):
        summarize.stdout.close()
        assert head.communicate(timeout=60)[0] == b"==> 0.txt <==\n"
        assert summarize.stderr.read() == b""
        assert summarize.wait(timeout=60) == 141


@posix
@pytest.mark.parametrize("option", ["--help", "--version"])
def test_closed_pipe_is_quiet_for_help_too(command, option):
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(**command(option) | {"stdout": writer}, check=False)
    os.close(writer)
    assert (result.returncode, result.stderr) == (141, b"")


@has_full_disk
@pytest.mark.parametrize(
    "options", [["a.txt", "a.txt"], ["--format=json", "a.txt"], ["--help"], ["--version"]], ids=str
)
def test_full_disk_is_one_line(command, write, options):
    write("a.txt")
    with Path("/dev/full").open("wb") as full:
        result = subprocess.run(**command(*options) | {"stdout": full}, check=False)
    assert result.returncode == 1
    assert result.stderr == b"summarize: standard output: cannot be written (No space left on device)\n"


@posix
@pytest.mark.parametrize("option", ["a.txt", "--format=json"])
def test_closed_output_is_one_line(command, write, option):
    write("a.txt")
    result = subprocess.run(**command(option, "a.txt"), preexec_fn=lambda: os.close(1), check=False)
    assert result.returncode == 1
    assert result.stderr == b"summarize: standard output: cannot be written (Bad file descriptor)\n"


@posix
@pytest.mark.parametrize("descriptor", ["/dev/full", None], ids=["full", "closed"])
def test_lost_complaint_does_not_stop_the_rest(command, write, descriptor):
    def lose_stderr():
        os.close(2)
        if descriptor:
            os.open(descriptor, os.O_WRONLY)  # takes the lowest number that is free

    write("a.txt", "雨停了。")
    result = subprocess.run(**command("missing.txt", "a.txt"), preexec_fn=lose_stderr, check=False)
    assert (result.returncode, result.stdout.decode()) == (1, "==> a.txt <==\n雨停了。\n")


@posix
def test_interrupt_is_quiet_and_keeps_what_was_printed(command, write):
    write("a.txt", "雨停了。")

    def take_interrupts():  # a shell's background jobs begin with them ignored
        signal.signal(signal.SIGINT, signal.SIG_DFL)

    arguments = command("a.txt", "-") | {"stdin": subprocess.PIPE}
    with subprocess.Popen(**arguments, preexec_fn=take_interrupts) as summarize:
        printed = summarize.stdout.readline()  # with the first summary out it goes on to read standard input
        summarize.send_signal(signal.SIGINT)
        assert summarize.wait(timeout=60) == 130
        assert (printed + summarize.stdout.read()).decode() == "==> a.txt <==\n雨停了。\n"
        assert summarize.stderr.read() == b""


@posix
@pytest.mark.parametrize("option", ["--help", "--help-all", "--version", "--show-config", "--completion=bash"])
def test_closed_output_is_one_line_for_help_too(command, option):
    result = subprocess.run(**command(option), preexec_fn=lambda: os.close(1), check=False)
    assert (result.returncode, result.stdout) == (1, b"")
    assert result.stderr == b"summarize: standard output: cannot be written (Bad file descriptor)\n"


@posix
@pytest.mark.parametrize("closed", [(0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)], ids=str)
def test_descriptors_may_be_closed(write, closed):
    """What is printed goes nowhere else, and least of all into the file that is written."""
    write("a.txt", "雨停了。")
    folder = write("b.txt").parent

    def close():
        for descriptor in closed:
            os.close(descriptor)

    for arguments, status in (
        (["a.txt"], 1 if 1 in closed else 0),
        (["a.txt", "no.txt", "-o", "out.txt", "--force"], 1),
    ):
        result = subprocess.run(
            [sys.executable, "-m", "summarize", *arguments],
            cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, preexec_fn=close, check=False,
        )  # fmt: skip
        assert result.returncode == status
        assert len(result.stderr.splitlines()) == (0 if 2 in closed else status)
        assert result.stdout.decode() == ("雨停了。\n" if arguments == ["a.txt"] and 1 not in closed else "")
    assert (folder / "out.txt").read_text(encoding="utf-8") == "==> a.txt <==\n雨停了。\n"


@posix
@pytest.mark.parametrize("form", [["a.txt", "b.txt"], ["-R", "."], ["./a.txt", "b.txt"]], ids=" ".join)
def test_file_that_output_goes_to_is_not_read(command, write, form):
    write("a.txt", "雨停了。")
    target = write("b.txt", "雪停了。")
    with target.open("ab") as stream:
        result = subprocess.run(**command(*form) | {"stdout": stream}, check=False)
    reason = "b.txt: is the file that standard output goes to; write to another file"
    assert result.stderr.decode().removeprefix("summarize: ") == (
        ".: skipped 1 output\n" if "-R" in form else f"{reason}\n"
    )
    assert result.returncode == (0 if "-R" in form else 1)
    printed = "雨停了。\n" if "-R" in form else "==> a.txt <==\n雨停了。\n"
    assert target.read_text(encoding="utf-8").replace("./", "") == f"雪停了。{printed}".replace("./", "")


@posix
def test_lines_are_not_answered_into_themselves(command, write):
    lines = write("a.jsonl", '{"text": "雨停了。"}\n')
    with lines.open("rb") as given, lines.open("ab") as stream:
        result = subprocess.run(**command("--jsonl") | {"stdin": given, "stdout": stream}, check=False, timeout=60)
    assert result.returncode == 2
    assert b"standard input and standard output are the same file; write to another one" in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="limits of memory as Linux has them")
@pytest.mark.parametrize("megabytes", [30, 80, 110])
def test_shortage_of_memory_is_called_by_its_name(write, megabytes):
    import resource

    path = write("a.txt")

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    command = [sys.executable, "-m", "summarize", path]
    result = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, check=False)
    assert (result.returncode, result.stdout) == (1, "")
    problem = "out of memory; split the text, use a smaller --jobs, or raise the limit (ulimit -v)"
    assert result.stderr == f"summarize: {problem}\n"


@pytest.mark.parametrize("error", [MemoryError(), OSError(12, "Cannot allocate memory")], ids=repr)
def test_text_that_memory_is_too_short_for_does_not_stop_the_rest(runner, write, monkeypatch, error):
    write("a.txt", "雨停了。")
    write("b.txt", "雪停了。")

    def fail(self, document, target_sentences):
        if "雪" in document.text:
            raise error
        return read(self, document, target_sentences)

    read = FakeScorer.read
    monkeypatch.setattr(FakeScorer, "read", fail)
    result = runner("b.txt", "a.txt")
    assert (result.exit_code, result.stdout) == (1, "==> a.txt <==\n雨停了。\n")
    assert result.stderr.startswith("summarize: b.txt: out of memory; ")
    assert len(result.stderr.splitlines()) == 1


def test_traceback_steers_no_terminal(runner, write, monkeypatch):
    write("a.txt")

    def fail(self, document, target_sentences):
        raise RuntimeError("\x1b[31m\u202e")

    monkeypatch.setattr(FakeScorer, "read", fail)
    result = runner("--debug", "a.txt")
    assert "Traceback" in result.stderr
    assert "\x1b" not in result.stderr
    assert "\u202e" not in result.stderr


@posix
@pytest.mark.parametrize(("name", "descriptor"), [("/dev/stdout", 1), ("/dev/fd/1", 1), ("/dev/stderr", 2)])
def test_stream_that_is_closed_is_not_written_to_by_its_name(write, name, descriptor):
    path = write("a.txt")
    command = [sys.executable, "-m", "summarize", path, "-o", name]
    result = subprocess.run(command, capture_output=True, preexec_fn=lambda: os.close(descriptor), check=False)
    assert (result.returncode, result.stdout) == (1, b"")
    problem = f"summarize: {name}: cannot be written (Bad file descriptor)\n"
    assert result.stderr.decode() == ("" if descriptor == 2 else problem)


@pytest.mark.skipif(sys.platform != "linux", reason="limits of files as Linux has them")
def test_limit_of_open_files_is_called_by_its_name(command, write):
    import resource

    names = [write(f"{number}.txt").name for number in range(9)]
    limited = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (12, 12))}
    result = subprocess.run(**command("-j", 9, *names), **limited, check=False)
    assert result.returncode == 1
    problem = "a system limit was reached (Too many open files); use a smaller --jobs, or raise the limit (ulimit -a)"
    assert result.stderr.decode() == f"summarize: {problem}\n"

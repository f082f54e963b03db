"""Settings: option, then environment, then file, then default."""

import os
import sys
import tomllib
from pathlib import Path

import click
import pytest
from platformdirs import user_config_path

from summarize.cli import main
from summarize.command import settings
from summarize.command.option import Option
from summarize.command.settings import default_file

TEXT = "Fog lies low. Nobody is hurt at all. It rains."
LONGEST = "Nobody is hurt at all.\n"
FIRST = "Fog lies low.\n"
SETTINGS = [option for option in main.params if isinstance(option, Option) and option.is_setting]


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    """A user who has a folder for settings and none in the environment; write to the file with it."""
    for name in list(os.environ):
        if name.startswith("SUMMARIZE_"):
            monkeypatch.delenv(name)
    path = tmp_path / "own" / "config.toml"
    monkeypatch.setattr(settings, "default_file", lambda: path)

    def write(text, path=path):
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return write


@pytest.mark.parametrize("folder", [None, "", "/somewhere"])
def test_file_lies_where_a_user_keeps_such_files(monkeypatch, folder):
    if folder is None:
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    else:
        monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    assert default_file() == user_config_path("summarize").expanduser() / "config.toml"


@pytest.mark.skipif(sys.platform != "linux", reason="the XDG folders, of which relative ones do not count")
@pytest.mark.parametrize("folder", [" ", "relative"])
def test_folder_that_is_not_absolute_does_not_count(monkeypatch, tmp_path, folder):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    assert default_file() == tmp_path / ".config" / "summarize" / "config.toml"


def test_no_file_is_fine(runner):
    assert runner("-n", 1, stdin=TEXT).stdout == LONGEST


def test_file_holds_where_nothing_else_is_said(runner, own):
    own('sentences = 1\nattention = "tree"\n')
    assert runner(stdin=TEXT).stdout == FIRST


def test_option_counts_before_environment_before_file_before_default(runner, own, monkeypatch):
    own('attention = "tree"\nsentences = 1')
    assert runner(stdin=TEXT).stdout == FIRST
    monkeypatch.setenv("SUMMARIZE_ATTENTION", "sequential")
    assert runner(stdin=TEXT).stdout == "It rains.\n"
    assert runner("--attention", "parallel", stdin=TEXT).stdout == LONGEST
    monkeypatch.setenv("SUMMARIZE_ATTENTION", "")  # empty is as if it were not there
    assert runner(stdin=TEXT).stdout == FIRST


@pytest.mark.parametrize(
    ("name", "value", "kept"),
    [("FUSE", "0", False), ("FUSE", "no", False), ("FUSE", "true", True), ("COMPRESS", "false", True)],
)
def test_flag_in_the_environment_is_yes_or_no(runner, monkeypatch, name, value, kept):
    monkeypatch.setenv(f"SUMMARIZE_{name}", value)
    summary = runner("-n", 2, stdin="江州队赢得了开幕战。江州队击败了北湾队。").stdout
    assert (summary == "江州队赢得了开幕战，击败了北湾队。\n") == kept


def test_flag_in_the_file_is_taken_back_by_its_opposite(runner, own):
    own("fuse = false")
    text = "江州队赢得了开幕战。江州队击败了北湾队。"
    assert runner("-n", 2, stdin=text).stdout == "江州队赢得了开幕战。江州队击败了北湾队。\n"
    assert runner("-n", 2, "--fuse", stdin=text).stdout == "江州队赢得了开幕战，击败了北湾队。\n"


@pytest.mark.parametrize("ratio", ["0.3", '"30%"', "1"], ids=str)
def test_share_is_a_number_or_percent(runner, own, ratio):
    own(f"ratio = {ratio}\ncompress = false")
    assert runner(stdin=TEXT).stdout == (f"{TEXT}\n" if ratio == "1" else FIRST)


def test_length_hides_the_lengths_of_the_places_behind_it(runner, own, monkeypatch):
    own("sentences = 1")
    assert runner("-c", 36, stdin=TEXT).stdout == "Fog lies low. Nobody is hurt at all.\n"
    monkeypatch.setenv("SUMMARIZE_WORDS", "8")
    assert runner(stdin=TEXT).stdout == "Fog lies low. Nobody is hurt at all.\n"
    assert runner("-n", 1, stdin=TEXT).stdout == LONGEST
    own("sentences = 1\nchars = 13\ncompress = false")
    monkeypatch.delenv("SUMMARIZE_WORDS")
    assert runner(stdin=TEXT).stdout == FIRST  # both, as they stand in one place


def test_file_may_be_named(runner, own, tmp_path, monkeypatch):
    own("sentences = 1\n")
    other = own('attention = "tree"\nsentences = 1\n', tmp_path / "other.toml")
    assert runner("--config", other, stdin=TEXT).stdout == FIRST
    monkeypatch.setenv("SUMMARIZE_CONFIG", str(other))
    assert runner(stdin=TEXT).stdout == FIRST
    assert runner("--config", os.devnull, "-n", 1, stdin=TEXT).stdout == LONGEST


def test_names_in_the_file_are_looked_up_from_its_folder(runner, own, monkeypatch, scorer):
    asked_for = []
    monkeypatch.setattr("summarize.cli.load_scorer", lambda directory: asked_for.append(directory) or scorer)
    path = own('model = "mine"')
    runner(stdin=TEXT)
    own('model = "/other/model"')
    runner(stdin=TEXT)
    monkeypatch.setenv("SUMMARIZE_MODEL", "here")
    runner(stdin=TEXT)
    assert asked_for == [path.parent / "mine", Path("/other/model"), Path("here")]


def test_home_in_a_name_is_the_users(runner, own, monkeypatch, scorer, tmp_path):
    asked_for = []
    monkeypatch.setattr("summarize.cli.load_scorer", lambda directory: asked_for.append(directory) or scorer)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    path = own('model = "~/mine"')
    runner(stdin=TEXT)
    own('model = "~nobody-here/mine"')
    runner(stdin=TEXT)
    assert asked_for == [tmp_path / "mine", path.parent / "~nobody-here/mine"]


def test_setting_counts_only_where_it_goes_with_what_is_asked_for(runner, own):
    own("highlight = true\nexplain = true\n")
    assert runner("-n", 1, "--format", "markdown", stdin=TEXT).exit_code == 0
    assert "⟦" in runner("-n", 1, stdin=TEXT).stdout
    result = runner("-n", 1, "--format", "markdown", "--highlight", stdin=TEXT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--highlight works with text, not with --format markdown" in result.stderr


def test_format_of_the_file_may_be_one_that_an_option_does_not_go_with(runner, own):
    own('format = "html"')
    result = runner("--explain", stdin=TEXT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--explain and --no-explain work with text and json, not with --format html" in result.stderr


# What is wrong


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sentence = 2", 'unknown setting "sentence"; did you mean sentences?'),
        ("stop_words = 2\n", 'unknown setting "stop_words"'),
        ("output = 'x'", 'unknown setting "output"'),
        ("zzz = 1", 'unknown setting "zzz"; `--show-config` lists them all'),
        ("[sentences]\nn = 1", 'the value of sentences must be a whole number, not {"n": 1}'),
        ('sentences = "2"', 'the value of sentences must be a whole number, not "2"'),
        ("sentences = 2.0", "the value of sentences must be a whole number, not 2.0"),
        ("sentences = true", "the value of sentences must be a whole number, not true"),
        ("sentences = 2026-11-28", 'the value of sentences must be a whole number, not "2026-11-28"'),
        ("fuse = 1", "the value of fuse must be true or false, not 1"),
        ("format = 1", "the value of format must be a quoted string, not 1"),
        ("format = ['json']", 'the value of format must be a quoted string, not ["json"]'),
        ("ratio = true", "the value of ratio must be a number or a quoted string, not true"),
        ("sentences = ", "is not TOML: Invalid value (at end of document)"),
        ("sentences = 1\nsentences = 2", "is not TOML: Cannot overwrite a value (at "),
        ("[" * 5000, "is not TOML"),
        ("x = " + "[" * 50_000, "is not TOML"),
    ],
    ids=lambda value: value[:20],
)
def test_what_is_wrong_in_the_file_is_one_line_with_file_and_key(runner, own, text, message):
    path = own(text)
    result = runner(stdin=TEXT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"summarize: {path}: {message}")
    assert result.stderr.count("\n") == 1
    assert len(result.stderr) < 400


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sentences = 0", "sentences: 0 is too small; the minimum is 1"),
        ('format = "pdf"', "format: 'pdf' is not one of 'text'"),
        ("ratio = 2", "ratio: '2' must be greater than 0 and at most 1; for 2 percent write 2%"),
        ('encoding = "utf-88"', "encoding: unknown encoding 'utf-88'; try utf-8, gb18030 or big5"),
    ],
    ids=lambda value: value,
)
def test_value_out_of_range_is_one_line_with_file_and_key(runner, own, text, message):
    path = own(text)
    result = runner(stdin=TEXT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith(f"summarize: Invalid value for {path}: {message}")
    assert result.stderr.count("\n") == 1


def test_value_out_of_range_names_the_variable(runner, monkeypatch):
    monkeypatch.setenv("SUMMARIZE_SENTENCES", "many")
    result = runner(stdin=TEXT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("summarize: Invalid value for SUMMARIZE_SENTENCES: 'many' is not a whole number")


@pytest.mark.parametrize(
    ("content", "message"),
    [(b"\xff\xfe", "is not in UTF-8"), (b" " * (1 << 20) + b" ", "is larger than 1 MB; is it a settings file?")],
    ids=["encoding", "long"],
)
def test_what_is_no_settings_file_is_one_line(runner, own, content, message):
    path = own("")
    path.write_bytes(content)
    result = runner(stdin=TEXT)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == f"summarize: {path}: {message} (see `summarize --help`)\n"


def test_file_that_is_named_must_be_there(runner, tmp_path):
    for path, reason in (
        (tmp_path / "none.toml", "no such settings file"),
        (tmp_path, "cannot be read (Is a directory)"),
    ):
        result = runner("--config", path, stdin=TEXT)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith(f"summarize: {path}: {reason}")


def test_mark_at_the_beginning_of_the_file_is_no_mistake(runner, own):
    own('\ufeffattention = "tree"\nsentences = 1')
    assert runner(stdin=TEXT).stdout == FIRST


# What holds


def test_show_config_is_a_settings_file_that_says_where_each_value_is_from(runner, own, monkeypatch):
    path = own('sentences = 2\nformat = "json"\nratio = "20%"\n')
    monkeypatch.setenv("SUMMARIZE_ORDER", "salience")
    result = runner("--show-config", "--no-fuse")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == f"# {path}"
    assert "sentences = 2  # this file" in lines
    assert "ratio = 0.2  # this file" in lines
    assert 'order = "salience"  # environment: SUMMARIZE_ORDER' in lines
    assert "fuse = false  # command line" in lines
    assert "# chars: no limit  # default" in lines
    assert 'lang = "auto"  # default' in lines
    assert len(lines) == 1 + len(SETTINGS)
    given = tomllib.loads(result.stdout)
    own(result.stdout)
    assert tomllib.loads(runner("--show-config").stdout.replace("# this file", "")) == given


def test_show_config_says_that_there_is_no_file(runner):
    assert runner("--show-config").stdout.splitlines()[0].endswith("config.toml (does not exist)")


def test_show_config_reads_no_text(runner):
    assert runner("--show-config", "missing.txt").exit_code == 0


@pytest.mark.parametrize("option", SETTINGS, ids=lambda option: option.key)
def test_every_setting_may_stand_in_the_environment_and_the_file(runner, own, monkeypatch, option):
    is_path = isinstance(option.type, click.Path)
    value = "mine" if is_path else {"ratio": 0.5, "field": "body", "encoding": "big5"}.get(option.key, 1)
    if option.is_flag:
        value = not option.default
    if getattr(option.type, "choices", None):
        value = option.type.choices[-1]
    shown = f'"{value}"' if isinstance(value, str) else str(value).lower()
    path = own(f"{option.key} = {shown}")
    in_file = [line for line in runner("--show-config").stdout.splitlines() if line.startswith(f"{option.key} = ")]
    expected = f'"{path.parent / str(value)}"' if is_path else shown
    assert in_file == [f"{option.key} = {expected}  # this file"]
    own("")
    variable = f"SUMMARIZE_{option.key.upper().replace('-', '_')}"
    monkeypatch.setenv(variable, str(value))
    in_environment = [line for line in runner("--show-config").stdout.splitlines() if variable in line]
    assert in_environment == [f"{option.key} = {shown}  # environment: {variable}"]

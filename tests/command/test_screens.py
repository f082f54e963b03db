"""What the command prints of itself: help, version, and the names it goes by."""

import os
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from summarize import __version__
from summarize.cli import main
from summarize.command.option import GROUPS, Option
from summarize.command.screens import options_of
from summarize.command.streams import command_name
from summarize.formats.table import NAMES

OPTIONS = list(options_of(main))


def test_help_is_one_screen_of_what_is_mostly_used(runner):
    result = runner("--help")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert len(lines) < 24  # so that the prompt below fits as well
    assert max(map(len, lines)) <= 80
    assert lines[0] == "Usage: summarize [OPTIONS] [FILES]..."
    told = [line.split("  ")[1].strip() or line.split("  ")[3] for line in lines if line.lstrip().startswith("-")]
    assert told == [option.spelling for option in OPTIONS if option.is_common]
    assert "--help-all shows every option" in result.stdout
    assert "\n  summarize notes.txt\n" in result.stdout
    assert runner("-h").stdout == result.stdout


@pytest.mark.parametrize(
    ("language", "opening", "comma", "last"),
    [("en", "Output format: ", ", ", " or "), ("zh", "输出格式：", "、", " 或 ")],
)
def test_help_names_every_output_format(runner, language, opening, comma, last):
    screen = " ".join(runner("--help", "--interface", language).stdout.split())
    assert f"{opening}{comma.join(NAMES[:-1])}{last}{NAMES[-1]}" in screen


def test_help_all_has_every_option_below_its_group_with_its_default(runner):
    result = runner("--help-all")
    assert (result.exit_code, result.stderr) == (0, "")
    assert max(map(len, result.stdout.splitlines())) <= 80
    sections = result.stdout.split("\n\n")
    for group in GROUPS:
        (section,) = [section for section in sections if section.startswith(f"{group}:\n")]
        said = " ".join(section.split())
        for option in options_of(main, group):
            assert option.spelling in said
            assert f"{option.help} [{option.default_text}]".removesuffix(" []") in said
    assert "3 no usable model" in result.stdout


@pytest.mark.parametrize("screen", ["--help", "--help-all"])
def test_help_can_be_read_in_any_locale_and_is_no_wider_for_a_wider_terminal(runner, monkeypatch, screen):
    monkeypatch.setenv("COLUMNS", "200")
    text = runner(screen).stdout
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("screen", ["--help", "--help-all"])
def test_help_in_chinese_is_as_large_and_has_the_same_options(runner, screen):
    english, chinese = (runner(screen, "--interface", language).stdout for language in ("en", "zh"))
    lines = chinese.splitlines()
    assert lines[0] == "用法：summarize [OPTIONS] [FILES]..."
    assert max(map(cell_len, lines)) <= 80
    assert screen == "--help-all" or len(lines) < 24
    options = [re.findall(r"^  +(-.*?)(?:  |$)", text, re.MULTILINE) for text in (english, chinese)]
    assert options[0] == options[1]
    column = {cell_len(line[: match.end()]) for line in lines if (match := re.match(r"  +-.*?\S  +(?=\S)", line))}
    assert screen == "--help-all" or len(column) == 1


def test_help_in_chinese_names_every_choice(runner):
    said = " ".join(runner("--help-all", "--interface", "zh").stdout.split())
    for option in OPTIONS:
        for choice in getattr(option.type, "choices", ()):
            assert str(choice) in said.partition(option.spelling)[2][:200], option.spelling


def test_every_option_has_a_group_a_help_and_shows_its_default():
    for option in main.params[1:]:
        assert isinstance(option, Option)
        assert option.group in GROUPS
        assert option.help
        assert option.help.endswith(".")
        assert option.metavar or option.is_flag


def test_no_option_is_declared_twice():
    names = list(chain.from_iterable([*option.opts, *option.secondary_opts] for option in OPTIONS))
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("--sentance", "--sentences"), ("--formt", "--format"), ("--recursiv", "--recursive"), ("--no-fus", "--no-fuse")],
)
def test_mistyped_option_has_a_suggestion(runner, typed, meant):
    result = runner(typed, "a.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert meant in result.stderr
    assert result.stderr.count("\n") == 1


# Names


@pytest.mark.parametrize(
    ("info_name", "name"),
    [
        ("summarize", "summarize"),
        ("zhaiyao", "zhaiyao"),
        ("python -m summarize", "summarize"),
        ("zhaiyao.exe", "zhaiyao"),
        (None, "summarize"),
    ],
)
def test_messages_call_the_command_as_its_user_does(info_name, name):
    assert command_name(info_name) == name


@pytest.mark.parametrize("name", ["summarize", "zhaiyao"])
def test_usage_version_and_messages_have_the_name_of_the_call(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    runner = CliRunner()
    assert runner.invoke(main, ["--version"], prog_name=name).stdout == f"{name} {__version__}\n"
    assert runner.invoke(main, ["--help"], prog_name=name).stdout.startswith(f"Usage: {name} [OPTIONS]")
    assert f"  {name} notes.txt\n" in runner.invoke(main, ["--help-all"], prog_name=name).stdout
    assert runner.invoke(main, ["missing.txt"], prog_name=name).stderr.startswith(f"{name}: missing.txt: no such")
    wrong = runner.invoke(main, ["-n", "0"], prog_name=name)
    assert wrong.stderr.startswith(f"{name}: Invalid value")
    assert wrong.stderr.endswith(f" (see `{name} --help`)\n")


def test_both_names_are_installed_and_are_one_command():
    tomllib = pytest.importorskip("tomllib")
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["scripts"]) == {"summarize", "summarize-batch", "zhaiyao"}
    assert project["scripts"]["summarize"] == project["scripts"]["zhaiyao"]


@pytest.mark.skipif(os.name != "posix", reason="a script with a line for the shell")
def test_name_is_that_of_the_script_that_was_called(tmp_path):
    script = tmp_path / "zhaiyao"
    script.write_text(f"#!{sys.executable}\nfrom summarize.__main__ import run\nrun()\n", encoding="utf-8")
    script.chmod(0o755)
    result = subprocess.run([script, "missing.txt"], cwd=tmp_path, capture_output=True, check=False)
    assert result.stderr == b"zhaiyao: missing.txt: no such file; check its name\n"


@pytest.mark.parametrize("option", ["--version", "--help", "--help-all", "--bad"])
def test_name_that_the_command_was_started_by_steers_no_terminal(option):
    result = CliRunner().invoke(main, [option], prog_name="a\x1b[31m")
    said = result.stdout + result.stderr
    assert r"a\x1b[31m" in said
    assert "\x1b" not in said

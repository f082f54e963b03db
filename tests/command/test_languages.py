"""The language in which the command speaks: how it is asked for, and a dozen runs in Chinese."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from fakes import FakeScorer

from summarize import cli
from summarize.command import settings
from summarize.command.model import load_scorer

TEXT = "雨停了，河水还在涨。学校停课两天。"


@pytest.fixture(autouse=True)
def own(tmp_path, monkeypatch):
    """The user's own settings file, which is not there."""
    path = tmp_path / "own.toml"
    monkeypatch.setattr(settings, "default_file", lambda: path)
    return path


@pytest.mark.parametrize(
    ("arguments", "stdin", "status", "said"),
    [
        (["--sentense", "1"], "", 2, "没有 '--sentense' 这个选项。是不是 '--sentences'？（用法见 `summarize --help`）"),
        (["-n"], "", 2, "选项 '-n' 后面要给 1 个值（用法见 `summarize --help`）"),
        (["--title=1"], "", 2, "选项 '--title' 不带值（用法见 `summarize --help`）"),
        (["-n", "x"], "", 2, "'-n' / '--sentences' 的值无效：'x' 不是整数（用法见 `summarize --help`）"),
        (["--length", "tiny"], "", 2, "'--length' 的值无效：'tiny' 不是 'short', 'medium', 'long' 之一"),
        (["--length", "long", "-n", "1"], "", 2, "--length 不能与 --sentences、--chars、--words、--ratio 同时使用"),
        (["--format", "html", "--cite"], "", 2, "--cite 只用于 text、bullets、markdown 和 json 格式"),
        (["--config", "none.toml"], "", 2, "none.toml: 没有这个配置文件；请检查文件名（用法见 `summarize --help`）"),
        (["missing.txt"], "", 1, "missing.txt: 没有这个文件；请检查文件名"),
        (["."], "", 1, ".: 是文件夹；要读其中的文件，请加 --recursive"),
        ([], " \n", 1, "标准输入: 只有空白字符，没有可摘要的内容"),
        (["-c", "2"], TEXT, 1, "标准输入: 2 个字符放不下任何一句；最短的句子需要 "),
        (["-"], "%!PS-Adobe-3.0", 1, "标准输入: 无法读取的类型：PostScript 文件；请先转换为 PDF"),
        (["-o", "no/a.txt"], TEXT, 1, "no/a.txt: 无法写入（没有文件夹 'no'；请先建立）"),
        (["--model", "."], TEXT, 3, ".: 这里没有模型"),
    ],
)
def test_what_is_wrong_is_said_in_chinese_with_the_same_status(runner, monkeypatch, arguments, stdin, status, said):
    monkeypatch.setattr(cli, "load_scorer", lambda directory: load_scorer(directory) if directory else FakeScorer())
    english, chinese = (runner("--interface", language, *arguments, stdin=stdin) for language in ("en", "zh"))
    assert (chinese.exit_code, english.exit_code) == (status, status)
    assert chinese.stdout == english.stdout == ""
    assert chinese.stderr.startswith(f"summarize: {said}")
    assert chinese.stderr.count("\n") == english.stderr.count("\n") == 1
    assert english.stderr.isascii()


def test_warning_is_said_in_chinese_and_the_summary_in_the_language_of_the_text(runner):
    Path("a.txt").write_bytes((TEXT * 9).encode() + b"\xff")
    result = runner("--interface", "zh", "-n", "1", "a.txt")
    assert result.exit_code == 0
    assert result.stderr == "summarize: a.txt: 警告：第 1 行有 1 处不是有效的 utf-8，显示为 �\n"


def test_texts_of_a_file_are_numbered_in_chinese_and_their_names_in_json_are_the_same(runner):
    table = "review\n" + "".join(f'"第{number}次来，菜很好，服务也周到，下次还来。"\n' for number in "一二三")
    Path("a.csv").write_text(table, encoding="utf-8")
    shown, records = (
        runner("--interface", "zh", "--field", "review", "--format", format_name, "a.csv").stdout
        for format_name in ("text", "json")
    )
    assert next(line for line in shown.splitlines() if "==>" in line) == "==> a.csv: 第 1 行 <=="
    assert [json.loads(line)["name"] for line in records.splitlines()] == ["row 1", "row 2", "row 3"]


def test_bad_line_of_another_program_is_answered_in_chinese(runner):
    lines = ('{"text": ""}', "no", '{"text": "a", "words": 0}', '{"text": "a", "order": 1}', '{"text": "a", "x": 1}')
    answers = runner("--interface", "zh", "--jsonl", stdin="\n".join(lines)).stdout.splitlines()
    assert [json.loads(answer)["error"].partition("；")[0] for answer in answers] == [
        "文本是空的",
        "这一行不是有效的 JSON：缺少值（第 1 列）",
        "words 应为：不小于 1 的整数",
        "order 应为：document 或 salience",
        '没有 "x" 这个键',
    ]


# How it is asked for


@pytest.mark.parametrize(
    "arguments",
    [
        ["--interface", "zh", "--help"],
        ["--help", "--interface", "zh"],
        ["--interface=ZH", "-h"],
        ["--interface", "en", "--help-all", "--interface", "zh"],
        ["-n", "1", "--interface", "zh", "--nonsense"],
        ["--nonsense", "--interface", "zh"],
        ["a.txt", "-n", "--title", "--interface", "zh"],
    ],
    ids=" ".join,
)
def test_option_counts_wherever_it_stands(runner, arguments):
    assert "用法" in runner(*arguments).output


@pytest.mark.parametrize(
    "arguments",
    [["--nonsense", "--", "--interface", "zh"], ["--query", "--interface", "zh", "--nonsense"], ["--nonsense", "zh"]],
    ids=" ".join,
)
def test_what_is_no_option_does_not_count(runner, arguments):
    assert runner(*arguments).stderr.endswith("(see `summarize --help`)\n")


@pytest.mark.parametrize(
    ("arguments", "environment", "file", "language"),
    [
        pytest.param([], {}, None, "en", id="nothing"),
        pytest.param([], {"LC_ALL": "zh_CN.UTF-8"}, None, "zh", id="locale"),
        pytest.param([], {"LC_ALL": "", "LANG": "en_US.UTF-8", "LANGUAGE": "zh:en"}, None, "zh", id="LANGUAGE"),
        pytest.param([], {}, "interface = 'zh'", "zh", id="file"),
        pytest.param([], {"LC_ALL": "zh_CN.UTF-8"}, "interface = 'en'", "en", id="file before locale"),
        pytest.param([], {"LC_ALL": "zh_CN.UTF-8"}, "interface = 'auto'", "zh", id="file leaves it to the locale"),
        pytest.param([], {"SUMMARIZE_INTERFACE": "en"}, "interface = 'zh'", "en", id="environment before file"),
        pytest.param(["--interface", "zh"], {"SUMMARIZE_INTERFACE": "en"}, None, "zh", id="command line before all"),
        pytest.param(["--interface", "auto"], {"SUMMARIZE_INTERFACE": "zh"}, None, "en", id="auto is the locale"),
        pytest.param(["--config", "other.toml"], {}, "interface = 'en'", "zh", id="file that is named"),
        pytest.param([], {"SUMMARIZE_CONFIG": "other.toml"}, None, "zh", id="file that the environment names"),
    ],
)
def test_language_is_found_where_settings_are(runner, own, monkeypatch, arguments, environment, file, language):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    if file:
        own.write_text(file, encoding="utf-8")
    Path("other.toml").write_text("interface = 'zh'", encoding="utf-8")
    expected = {"en": "no such file; check its name", "zh": "没有这个文件；请检查文件名"}[language]
    assert runner(*arguments, "missing.txt").stderr == f"summarize: missing.txt: {expected}\n"
    usage = {"en": "Usage: ", "zh": "用法："}[language]
    assert runner("--help", *arguments).stdout.startswith(usage)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ('sentence = 1\ninterface = "zh"', 'own.toml: 没有 "sentence" 这项设置；是不是 sentences？'),
        ('interface = "zh"\nsentences = "a"', 'own.toml: sentences 应为：整数，而不是 "a"'),
        ('interface = "zh"\nsentences = 0', "own.toml: sentences 的值无效：0 太小，至少是 1"),
        ('interface = "de"', "own.toml: interface: 'de' is not one of 'auto', 'zh', 'en'"),
        ("interface = 1", "own.toml: the value of interface must be a quoted string, not 1"),
    ],
)
def test_wrong_settings_are_told_once_in_the_language_that_they_ask_for(runner, own, file, said):
    own.write_text(file, encoding="utf-8")
    result = runner("missing.txt")
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert said in result.stderr.replace("Invalid value for ", "").replace(f"{own.parent}/", "")


def test_toml_that_is_none_is_told_in_the_language_of_the_command_line(runner, own):
    own.write_text("a b", encoding="utf-8")
    said = "不是有效的 TOML：键后面缺少 '='（第 1 行第 3 列）（用法见 `summarize --help`）"
    assert runner("--interface", "zh", "missing.txt").stderr == f"summarize: {own}: {said}\n"


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [(["--interface", "de"], {}), ([], {"SUMMARIZE_INTERFACE": "de"})],
    ids=["line", "env"],
)
def test_language_that_is_not_known_is_wrong_usage(runner, monkeypatch, arguments, environment):
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    result = runner(*arguments, "missing.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.endswith("'de' is not one of 'auto', 'zh', 'en' (see `summarize --help`)\n")


def test_switch_of_the_environment_that_is_none_is_told_in_chinese(runner, monkeypatch):
    monkeypatch.setenv("SUMMARIZE_TITLE", "maybe")
    said = "SUMMARIZE_TITLE 的值无效：'maybe' 不是开关值；请写 1 或 0（用法见 `summarize --help`）"
    assert runner("--interface", "zh", "missing.txt").stderr == f"summarize: {said}\n"


def test_settings_that_can_be_read_only_once_are(tmp_path):
    command = f'"{sys.executable}" -m summarize --config <(echo interface = "\'zh\'"; echo sentences = 0) missing.txt'
    result = subprocess.run(["bash", "-c", command], capture_output=True, check=False, cwd=tmp_path)
    assert "sentences 的值无效：0 太小，至少是 1" in result.stderr.decode()


# What it does not touch

REPORT_CATALOGUES = """
import sys
opened = []
sys.addaudithook(lambda event, given: opened.append(str(given[0])) if event == "open" else None)
from summarize.cli import main
try:
    main(prog_name="summarize")
finally:
    print(sum(name.endswith((".mo", ".po")) for name in opened), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("arguments", "environment", "number"),
    [
        (["-n", "1", "a.txt"], {}, 0),
        (["--nonsense"], {"LC_ALL": "en_US.UTF-8"}, 0),
        (["missing.txt"], {"LC_ALL": "zh_CN.UTF-8"}, 1),
    ],
)
def test_catalogue_is_opened_only_where_chinese_is_spoken(tmp_path, arguments, environment, number):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-c", REPORT_CATALOGUES, *arguments],
        cwd=tmp_path,
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )
    assert int(result.stderr.splitlines()[-1]) == number, result.stderr.decode()


@pytest.mark.parametrize(
    ("encoding", "is_chinese"), [("utf-8", True), ("gb18030", True), ("big5", False), ("ascii", False)]
)
def test_terminal_that_has_no_simplified_characters_is_spoken_to_in_english(tmp_path, encoding, is_chinese):
    environment = os.environ | {"PYTHONIOENCODING": encoding, "LC_ALL": "zh_TW.Big5"}
    for arguments in (["--help"], ["missing.txt"]):
        result = subprocess.run(
            [sys.executable, "-m", "summarize", *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            check=False,
        )
        said = (result.stdout or result.stderr).decode(encoding)
        assert said.isascii() != is_chinese

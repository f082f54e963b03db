"""The command's other outputs: files, and what belongs to which format."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

RAIN = "下雨了。早上下了一场大雨。人都走了。"
SUMMARY = "早上下了一场大雨。\n"


@pytest.fixture
def rain(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(RAIN, encoding="utf-8")
    return path


def test_output_goes_to_a_file_and_nowhere_else(runner, rain):
    result = runner("-n", 1, rain, "-o", "out.txt")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert Path("out.txt").read_text(encoding="utf-8") == SUMMARY
    assert sorted(path.name for path in Path().iterdir()) == ["a.txt", "out.txt"]


def test_output_of_several_files_is_what_would_have_been_printed(runner, rain):
    arguments = "-n", 1, "a.txt", "missing.txt", "a.txt"
    printed = runner(*arguments)
    written = runner(*arguments, "--output", "out.txt")
    assert (written.exit_code, written.stdout, written.stderr) == (1, "", printed.stderr)
    assert Path("out.txt").read_bytes() == printed.stdout_bytes


def test_output_is_left_alone_if_all_fails(runner):
    Path("out.txt").write_text("of yesterday", encoding="utf-8")
    assert runner("missing.txt", "-o", "out.txt", "--force").exit_code == 1
    assert Path("out.txt").read_text(encoding="utf-8") == "of yesterday"


@pytest.mark.parametrize("option", ["-o", "--plot"])
def test_output_is_never_written_over_an_input(runner, option):
    Path("a.png").write_text(RAIN, encoding="utf-8")
    result = runner("./a.png", option, "a.png")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'./a.png' is an input and would be overwritten; name another file" in " ".join(result.stderr.split())
    assert Path("a.png").read_text(encoding="utf-8") == RAIN


def test_output_that_cannot_be_written_is_one_line(runner, rain):
    result = runner(rain, "-o", "no/such/folder.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert (
        result.stderr
        == "summarize: no/such/folder.txt: cannot be written (the folder 'no/such' does not exist; create it first)\n"
    )


@pytest.mark.skipif(os.name == "nt", reason="file names there are text")
def test_output_holds_a_name_that_is_not_utf8(tmp_path):
    name = os.fsencode(tmp_path) + b"/\xff.txt"
    Path(os.fsdecode(name)).write_text(RAIN, encoding="utf-8")
    arguments = [sys.executable, "-m", "summarize", name, "-o", tmp_path / "out.md", "--format", "markdown"]
    result = subprocess.run(arguments, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    assert "雨" in (tmp_path / "out.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (["--format", "html", "a.txt", "b.txt"], "shows one document; name one file"),
        (["--plot", "x.png", "a.txt", "b.txt"], "shows one document; name one file"),
        (["--plot", "x.jpg", "a.txt"], "'x.jpg' must end in .png or .svg"),
        (["--format", "json", "--highlight"], "--highlight works with text"),
        (["--format", "html", "--cite"], "--cite works with text, bullets, markdown and json, not with --format html"),
        (["--format", "html", "--explain"], "not with --format html"),
        (["--format", "markdown", "--no-explain"], "not with --format markdown"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_options_that_do_not_belong_together_are_wrong_usage(runner, arguments, hint):
    result = runner(*arguments, stdin=RAIN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert hint in " ".join(result.stderr.split())


@pytest.mark.parametrize("form", ["markdown", "json", "html", "bullets"])
def test_colour_is_asked_for_in_vain_where_there_is_none(runner, form):
    plain = runner("--format", form, stdin=RAIN)
    assert runner("--format", form, "--color", "always", stdin=RAIN).stdout == plain.stdout


def test_length_in_words_and_one_in_numbers_are_wrong_usage(runner):
    result = runner("--length", "short", "-c", 100, stdin=RAIN)
    assert (result.exit_code, result.stdout) == (2, "")
    assert (
        "--length cannot be combined with --sentences, --chars, --words or --ratio; give one of them" in result.stderr
    )


def test_json_explains_unless_told_otherwise(runner):
    assert "terms" in json.loads(runner("--format", "json", stdin=RAIN).stdout)
    assert "terms" in json.loads(runner("--format", "json", "--explain", stdin=RAIN).stdout)
    assert "terms" not in json.loads(runner("--format", "json", "--no-explain", stdin=RAIN).stdout)


def test_no_explain_is_the_summary_alone(runner):
    assert runner("-n", 1, "--no-explain", stdin=RAIN).stdout == SUMMARY


def test_markdown_of_several_files_has_a_section_each(runner, rain):
    Path("b_.txt").write_text("天晴了很久很久。", encoding="utf-8")
    text = runner("-n", 1, "--format", "markdown", "a.txt", "b_.txt").stdout
    assert text.startswith("## a.txt\n\n早上下了一场大雨。")
    assert "\n\n## b\\_.txt\n\n天晴了很久很久。" in text


def test_error_of_a_format_names_the_file(runner, monkeypatch, rain):
    monkeypatch.setattr("summarize.formats.page.MAX_SENTENCES", 2)
    result = runner("--format", "html", "a.txt")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "summarize: a.txt: 3 sentences are too many for an HTML page (at most 2); use --format json\n"
    )


def test_output_to_a_dash_is_standard_output(runner, rain):
    assert runner("-n", 1, rain, "-o", "-").stdout == SUMMARY
    assert [path.name for path in Path().iterdir()] == ["a.txt"]


def test_output_and_plot_are_two_files(runner, rain):
    result = runner(rain, "-o", "same.svg", "--plot", "./same.svg")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--output and --plot are the same file, 'same.svg'; name another" in " ".join(result.stderr.split())


posix = pytest.mark.skipif(os.name != "posix", reason="links, permissions and FIFOs of POSIX")


@posix
def test_output_follows_a_link_and_keeps_permissions(runner, rain):
    Path("real.txt").write_text("of yesterday", encoding="utf-8")
    Path("real.txt").chmod(0o600)
    Path("link.txt").symlink_to("real.txt")
    assert runner("-n", 1, rain, "-o", "link.txt", "--force").exit_code == 0
    assert Path("link.txt").is_symlink()
    assert Path("real.txt").read_text(encoding="utf-8") == SUMMARY
    assert Path("real.txt").stat().st_mode & 0o777 == 0o600


@posix
@pytest.mark.parametrize("folder", [".", "/dev/shm"])
def test_output_replaces_a_file_wherever_it_lies_and_however_long_its_name_is(runner, rain, tmp_path, folder):
    if not os.access(folder, os.W_OK):
        pytest.skip(f"no {folder} to write to")
    path = Path(folder) / f"{'河' * 80}{os.getpid()}.txt"
    path.write_text("of yesterday", encoding="utf-8")
    try:
        assert runner("-n", 1, rain, "-o", path, "--force").exit_code == 0
        assert path.read_text(encoding="utf-8") == SUMMARY
    finally:
        path.unlink()


@posix
def test_output_to_what_is_no_file_is_written_there(rain, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    command = [sys.executable, "-m", "summarize", "-n", "1", rain, "-o", tmp_path / "pipe"]
    with subprocess.Popen(command) as process:
        text = (tmp_path / "pipe").read_text(encoding="utf-8")
        assert process.wait() == 0
    assert "雨" in text
    assert (tmp_path / "pipe").is_fifo()


@posix
def test_output_to_a_loop_of_links_is_one_line(runner, rain):
    Path("one").symlink_to("two")
    Path("two").symlink_to("one")
    result = runner(rain, "-o", "one")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("summarize: one: cannot be written (")
    assert len(result.stderr.splitlines()) == 1


@posix
def test_output_to_standard_output_by_its_name_adds_to_it(rain, tmp_path):
    held = tmp_path / "held.txt"
    held.write_text("above\n", encoding="utf-8")
    command = [sys.executable, "-m", "summarize", "-n", "1", rain, "-o", "/dev/stdout"]
    with held.open("ab") as stream:
        assert subprocess.run(command, stdout=stream, check=False).returncode == 0
    assert held.read_text(encoding="utf-8").startswith("above\n早上")
    piped = subprocess.run(command, capture_output=True, check=False)
    assert (piped.returncode, piped.stderr) == (0, b"")
    assert "雨" in piped.stdout.decode()


@posix
def test_output_is_never_written_over_what_is_piped_in(rain, tmp_path):
    with rain.open("rb") as stream:
        command = [sys.executable, "-m", "summarize", "-o", rain]
        result = subprocess.run(command, stdin=stream, capture_output=True, check=False)
    assert result.returncode == 2
    assert b"'standard input' is an input and would be overwritten" in b" ".join(result.stderr.split())
    assert rain.read_text(encoding="utf-8") == RAIN


@pytest.mark.parametrize(
    ("name", "status", "hint"),
    [
        ("", 2, "the output name is empty; is a shell variable unset?"),
        ("a" * 300, 1, "cannot be written (File name too long)"),
        ("a.txt/b.txt", 1, "cannot be written (Not a directory)"),
    ],
    ids=["empty", "long", "below a file"],
)
@posix
def test_output_that_is_no_file_is_refused(runner, rain, name, status, hint):
    result = runner(rain, "-o", name)
    assert (result.exit_code, result.stdout) == (status, "")
    assert hint in " ".join(result.stderr.split())


@pytest.mark.parametrize("length", [[], ["-n", "2"], ["-c", "8"], ["-w", "7"]], ids=" ".join)
@pytest.mark.parametrize(
    "form",
    [["--explain"], ["--highlight"], ["--format", "json"], ["--format", "markdown"], ["--format", "html"]],
    ids=" ".join,
)
@pytest.mark.parametrize("attention", ["parallel", "sequential", "tree"])
def test_every_form_goes_with_every_length(runner, rain, form, length, attention):
    result = runner(rain, *form, *length, "--attention", attention)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "了" in result.stdout

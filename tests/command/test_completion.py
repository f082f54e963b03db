"""Completion in the real shells, which a machine may not have."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SHELLS = ("bash", "zsh", "fish")


@pytest.fixture(params=SHELLS)
def shell(request):
    if shutil.which(request.param) is None:
        pytest.skip(f"no {request.param} here")
    return request.param


@pytest.fixture
def folder(tmp_path):
    """A folder with the command in `bin`, by both of its names, and some files."""
    (tmp_path / "bin").mkdir()
    for name in ("summarize", "zhaiyao"):
        script = tmp_path / "bin" / name
        script.write_text(f"#!{sys.executable}\nfrom summarize.__main__ import run\nrun()\n", encoding="utf-8")
        script.chmod(0o755)
    (tmp_path / "notes.txt").touch()
    (tmp_path / "nothing.md").touch()
    return tmp_path


def ask(shell, code, folder):
    """What a fresh shell prints."""
    environment = os.environ | {
        "PATH": f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
    }
    bare = {"bash": ["--norc", "--noprofile"], "zsh": ["-f"], "fish": ["--no-config"]}[shell]
    command = [shell, *bare, "-c", code]
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False, timeout=120)
    assert result.returncode == 0, result.stderr.decode()
    return result.stdout.decode()


# What each shell does when its user presses the tab key behind a line, told in its own words.
TAB = {
    "bash": """
eval "$({name} --completion bash)"
COMP_WORDS=({line}); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
compopt() {{ local IFS=' '; echo "compopt $*"; }}
complete -p {name}
_{name}_completion {name}
printf '%s\\n' "${{COMPREPLY[@]}}"
""",
    "zsh": """
autoload -U compinit; compinit -u -d dump
eval "$({name} --completion zsh)"
echo "${{_comps[{name}]}}"
words=({line}); CURRENT=${{#words}}
_describe() {{ local -a all; all=("${{completions_with_descriptions[@]}}"); print -l -- $all; }}
compadd() {{ print -l -- $completions; }}
_path_files() {{ echo "files $*"; }}
_{name}_completion
""",
    "fish": """
{name} --completion fish | source
complete -C '{line}'
""",
}


def completed(shell, line, folder):
    name = line.split()[0]
    return ask(shell, TAB[shell].format(name=name, line=line.replace("''", "")), folder)


@pytest.mark.parametrize("name", ["summarize", "zhaiyao"])
def test_option_is_completed(shell, folder, name):
    found = completed(shell, f"{name} --for", folder)
    assert "--format" in found
    assert "--force" in found
    assert "--fuse" not in found


def test_value_of_an_option_is_completed(shell, folder):
    found = completed(shell, "summarize --format ma", folder)
    assert "markdown" in found
    assert "json" not in found


@pytest.mark.parametrize("line", ["summarize no", "summarize --output no", "summarize --config no"])
def test_file_is_completed_by_the_shell(shell, folder, line):
    found = completed(shell, line, folder)
    assert {"bash": "compopt -o default", "zsh": "files -f", "fish": "notes.txt"}[shell] in found


def test_broken_settings_do_not_disturb_completion(shell, folder):
    (folder / "summarize").mkdir()
    (folder / "summarize" / "config.toml").write_text("[[[", encoding="utf-8")
    assert "--format" in completed(shell, "summarize --for", folder)


def test_script_is_printed_and_nothing_else(runner):
    for shell in SHELLS:
        result = runner("--completion", shell)
        assert (result.exit_code, result.stderr) == (0, "")
        assert "_SUMMARIZE_COMPLETE" in result.stdout


def test_unknown_shell_is_wrong_usage(runner):
    result = runner("--completion", "ash")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'ash' is not one of 'bash', 'zsh', 'fish'" in result.stderr


def test_script_may_be_written_to_a_file_that_is_closed_early(folder):
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full to write to")
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, folder / "bin" / "zhaiyao", "--completion", "fish"]
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 1
    assert result.stderr == b"zhaiyao: standard output: cannot be written (No space left on device)\n"

"""What the documents show of the program is what it does, in either language."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from summarize.cli import main
from summarize.command.screens import options_of
from summarize.formats.table import NAMES
from summarize.inputs.table import SOURCE_FORMATS

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh.md")
DOCUMENTS = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in (*READMES, *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))
}


def examples(language: str) -> dict[str, str]:
    """Return each example once, and the last document that has it."""
    return {
        block: name
        for name, text in DOCUMENTS.items()
        for block in re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    }


# A session on texts of ours: commands, and what each prints, up to the next command or the end of the block.
SESSIONS = [
    pytest.param(block, id=f"{name}: {block.splitlines()[0]}")
    for block, name in examples("console").items()
    if "data/" in block
]
COMMAND = re.compile(r"^\$ ([^\n]*)\n(.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)
PROGRAMS = [
    pytest.param(block, id=f"{name}: {number}") for number, (block, name) in enumerate(examples("python").items(), 1)
]
OPTION = re.compile(r"(?<![\w-])--?[A-Za-z](?:[a-z-]*[a-z])?(?![\w-])")


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """Return the environment of a user who has the command and no wishes."""
    command = tmp_path / "bin" / "summarize"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m summarize "$@"\n')
    command.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    path = f"{command.parent}{os.pathsep}{kept['PATH']}"
    return kept | {"PATH": path, "PYTHONPATH": str(ROOT)}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with our texts that commands may write to."""
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "data").symlink_to(ROOT / "data", target_is_directory=True)
    return folder


def without_code(text: str) -> str:
    """Return a document without what makes parts of it."""
    return re.sub(r"<!-- \[\[\[cog.*?\]\]\] -->", "", text, flags=re.DOTALL)


def by_hand(text: str) -> str:
    """Return a document without what is made of the program."""
    return re.sub(r"<!-- \[\[\[cog.*?\[\[\[end\]\]\] -->", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", READMES)
def test_readme_has_examples(name: str) -> None:
    assert len(re.findall(r"^\$ summarize .*data/", DOCUMENTS[name], re.MULTILINE)) >= 8


@pytest.mark.parametrize("session", SESSIONS)
def test_commands_print_what_is_shown(session: str, folder: Path, environment: dict[str, str]) -> None:
    for command, shown in COMMAND.findall(session):
        run = subprocess.run(
            command,
            shell=True,
            cwd=folder,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        printed = run.stdout.decode("utf-8")
        parts = [re.escape(part.strip("\n")) for part in re.split(r"^\.\.\.$", shown, flags=re.MULTILINE)]
        assert re.fullmatch(".*".join(parts), printed.rstrip("\n"), re.DOTALL), f"{command}\n{printed}"
        assert run.returncode == 0


@pytest.mark.parametrize("program", PROGRAMS)
def test_programs_run(program: str, folder: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-W", "error", "-c", program]
    run = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    assert (run.returncode, run.stderr.decode()) == (0, "")
    assert run.stdout


@pytest.mark.parametrize("name", READMES)
def test_readme_names_every_common_option(name: str) -> None:
    common = {spelled for option in options_of(main) if option.is_common for spelled in option.opts}
    assert common <= set(OPTION.findall(without_code(DOCUMENTS[name])))


@pytest.mark.parametrize("name", READMES)
def test_readme_names_every_output_format(name: str) -> None:
    (item,) = re.findall(r"^- \*\*\w+\*\*[:：] ?`--format`([^;；]*)", DOCUMENTS[name], re.MULTILINE)
    assert set(NAMES) <= set(re.findall(r"[a-z]+", item)), (
        f"the formats of `--format` in {name} are not all that there are"
    )


def test_readme_is_short() -> None:
    assert len(DOCUMENTS["README.md"].split()) <= 900  # as `wc -w` counts: code and tables as well


def test_chinese_readme_is_as_short() -> None:
    characters = re.findall(r"[\u4e00-\u9fff]", DOCUMENTS["README.zh.md"])
    assert len(characters) <= 1_620  # 1.8 to a word of English


@pytest.mark.parametrize(
    "name", sorted(DOCUMENTS.keys() - {"docs/ERRANDS.md"})
)  # which has slips of options on purpose
def test_options_that_a_document_gives_the_command_are_there(name: str) -> None:
    known = {spelled for option in options_of(main) for spelled in (*option.opts, *option.secondary_opts)}
    calls = re.findall(r"(?:^|[ `/|])summarize ((?:[^`|#\n\\]|\\\n)*)", by_hand(DOCUMENTS[name]), re.MULTILINE)
    given = {option for call in calls for option in re.findall(r"(?<!\S)--?[A-Za-z][a-z-]*", call)}
    assert given <= known


@pytest.mark.parametrize("name", READMES)
def test_readme_names_the_extras_that_there_are(name: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"^\|[^|]+\| `(\w+)` \|", DOCUMENTS[name], re.MULTILINE)
    assert sorted([*named, "evaluate"]) == sorted(project["optional-dependencies"])


@pytest.mark.parametrize("name", ["docs/formats.md", "docs/formats.zh.md"])
def test_every_format_has_its_place_in_the_documents(name: str) -> None:
    named = re.findall(r"^\| `(\w+)` \|", by_hand(DOCUMENTS[name]), re.MULTILINE)
    assert sorted(named) == sorted(SOURCE_FORMATS)

import sys
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest

from summarize import errors
from summarize.errors import ExitStatus, MissingExtraError, check_extra, install_command


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder of an environment in which the program seems to run, below the working one."""
    prefix = tmp_path / "tools" / "summarize"
    (prefix / "bin").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "prefix", str(prefix))
    monkeypatch.setattr(sys, "executable", str(prefix / "bin" / "python"))
    monkeypatch.setattr("os.name", "posix")
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.setattr(errors, "find_spec", lambda name: ModuleSpec(name, None))  # there is a pip
    return prefix


def test_extra_is_installed_through_pipx_where_that_installed_the_program(place: Path) -> None:
    (place / "pipx_metadata.json").touch()
    assert install_command("pdf") == "pipx runpip summarize install 'summarize[pdf]'"


def test_extra_is_else_installed_by_the_pip_of_the_interpreter(place: Path) -> None:
    assert install_command("pdf") == "tools/summarize/bin/python -m pip install 'summarize[pdf]'"


def test_interpreter_that_the_shell_finds_is_called_by_its_name(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda name: str(place / "bin" / name))
    assert install_command("pdf") == "python -m pip install 'summarize[pdf]'"


def test_interpreter_elsewhere_is_called_by_its_path(
    place: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "other").mkdir()
    monkeypatch.chdir(tmp_path / "other")
    monkeypatch.setattr(sys, "executable", str(place / "my bin" / "python"))
    assert install_command("pdf") == f"'{place}/my bin/python' -m pip install 'summarize[pdf]'"


def test_extra_is_installed_by_uv_where_there_is_no_pip(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(errors, "find_spec", lambda name: None)
    assert install_command("pdf") == "uv pip install 'summarize[pdf]' --python tools/summarize/bin/python"


def test_check_extra_names_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rich", None)  # Python's way to make it not to be found
    with pytest.raises(MissingExtraError) as caught:
        check_extra("evaluate", ("scipy", "rich"))
    assert str(caught.value) == f"rich is missing; run: {install_command('evaluate')}"
    assert caught.value.exit_status == ExitStatus.USAGE


def test_check_extra_is_silent_where_all_is_there() -> None:
    check_extra("evaluate", ("scipy", "rich"))


def test_check_extra_imports_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "turtle", raising=False)
    check_extra("train", ("turtle",))
    assert "turtle" not in sys.modules

"""What a release promises: papers that say what is there, and checks that fail where they should."""

import re
import tomllib
import zipfile
from datetime import date
from pathlib import Path

import pytest

import summarize
from release import offline, typed, wheel
from release.__main__ import check_changelog

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-02-03\n\n### Added\n\n- A door.\n"
TODAY = date(2026, 2, 3)


def test_version_is_the_same_everywhere() -> None:
    assert PROJECT["version"] == summarize.__version__


def test_licences_has_every_library_and_its_extra() -> None:
    libraries = {
        (re.split(r"[^\w-]", requirement)[0], extra)
        for extra, requirements in [("none", PROJECT["dependencies"]), *PROJECT["optional-dependencies"].items()]
        for requirement in requirements
        if not requirement.startswith("summarize[")
    }
    text = (ROOT / "docs" / "licences.md").read_text(encoding="utf-8").partition("## What it installs")[2]
    rows = re.findall(r"^\| ([\w-]+) \| `?(\w+)`? \|", text, re.MULTILINE)
    assert sorted(libraries) == sorted(row for row in rows if row[0] != "library")


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("## [Unreleased]\n", "## [Unreleased]\n\n- A window.\n", "give what is under"),
        ("[1.2.0]", "[1.1.9]", "the newest release is not"),
        ("- 2026-02-03", "", "the newest release is not"),
        ("02-03", "02-30", "is no date"),
        ("02-03", "02-04", "in the future"),
    ],
)
def test_changelog_without_the_release_is_refused(old: str, new: str, reason: str) -> None:
    check_changelog(CHANGELOG, "1.2.0", TODAY)
    with pytest.raises(wheel.ReleaseError, match=reason):
        check_changelog(CHANGELOG.replace(old, new), "1.2.0", TODAY)


def test_wheel_that_lacks_a_file_is_told(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.whl", "w") as archive:
        archive.writestr("summarize/cli.py", "")
    names = ["summarize/cli.py", "summarize/py.typed", "summarize/model/settings.json"]
    assert wheel.missing_files(tmp_path / "a.whl", names) == ["summarize/model/settings.json", "summarize/py.typed"]


@pytest.mark.parametrize(("second", "told"), [("b", "a.whl"), ("a", "lacks summarize/c.txt")])
def test_builds_that_differ_or_lack_a_file_are_refused(
    second: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = ["a", second]

    def build(uv: str, source: Path, target: Path, *, mask: int) -> dict[str, bytes]:
        with zipfile.ZipFile(tmp_path / "a.whl", "w") as archive:
            archive.writestr(zipfile.ZipInfo("b.txt"), contents.pop())
        return {"a.whl": (tmp_path / "a.whl").read_bytes()}

    monkeypatch.setattr(wheel, "build", build)
    monkeypatch.setattr(wheel, "copy_files", lambda *arguments, **options: None)
    monkeypatch.setattr(wheel, "files_of", lambda folder, *patterns: ["summarize/c.txt"])
    with pytest.raises(wheel.ReleaseError, match=told):
        wheel.build_twice("uv", tmp_path, tmp_path / "dist")


def test_offline_commands_are_those_of_the_document() -> None:
    document = offline.DOCUMENT.read_text(encoding="utf-8")
    assert [command.split(" ")[:2] for command in offline.commands_of(document)] == [
        ["pip", "wheel"],
        ["pip", "install"],
        ["uv", "tool"],
    ]
    with pytest.raises(wheel.ReleaseError, match="no longer says"):
        offline.commands_of(document.replace("pip install --no-index", "pip install"))


def test_public_names_without_types_are_told_but_those_of_keras() -> None:
    symbols = [
        {"name": name, "isExported": exported, "isTypeKnown": known, "diagnostics": [{"message": "is guessed"}]}
        for name, exported, known in [
            ("summarize.a", True, True),
            ("summarize.b", True, False),
            ("summarize._c", False, False),
            ("summarize.train.d", True, False),
        ]
    ]
    assert typed.unknown_names({"typeCompleteness": {"symbols": symbols}}) == ["summarize.b: is guessed"]
    with pytest.raises(ValueError, match="no public name"):
        typed.unknown_names({"typeCompleteness": {"symbols": []}})

"""Prepare a release up to its upload: `python -m release UV VERSION`, or one paper: `python -m release UV bill`."""

import argparse
import datetime
import re
import subprocess
import sys
import tomllib
from collections.abc import Sequence

from release import offline, papers
from release.wheel import ROOT, ReleaseError, build_twice

DIST = ROOT / "dist"


def git(*arguments: str) -> str:
    """Return what git prints about this checkout."""
    return subprocess.run(["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, check=True).stdout


def check_changelog(text: str, version: str, today: datetime.date) -> None:
    """Make sure that the newest release of a changelog is this one, dated, and that nothing waits above it.

    Raises:
        ReleaseError: it is not so.
    """
    unreleased, _, releases = text.partition("\n## [Unreleased]")[2].partition("\n## [")
    if unreleased.strip():
        raise ReleaseError(f"CHANGELOG.md: give what is under [Unreleased] to [{version}]")
    if not (found := re.match(rf"{re.escape(version)}\] - (\d{{4}}-\d\d-\d\d)\n", releases)):
        raise ReleaseError(f"CHANGELOG.md: the newest release is not `## [{version}] - YYYY-MM-DD`")
    try:
        date = datetime.date.fromisoformat(found[1])
    except ValueError as error:
        raise ReleaseError(f"CHANGELOG.md: {found[1]} is no date") from error
    if date > today:
        raise ReleaseError(f"CHANGELOG.md: {date} is in the future")


def check_sources(version: str) -> None:
    """Make sure that what is released is committed, has this version everywhere and was not released before.

    Raises:
        ReleaseError: it is not so.
    """
    if changed := git("status", "--porcelain"):
        raise ReleaseError(f"commit these first:\n{changed}")
    if git("tag", "--list", f"v{version}"):
        raise ReleaseError(f"there is a tag v{version} already")
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    program = re.search(r'^__version__ = "(.*)"$', (ROOT / "summarize/__init__.py").read_text("utf-8"), re.MULTILINE)
    if not declared == version == (program and program[1]):
        raise ReleaseError(f"pyproject.toml says {declared}, summarize/__init__.py {program and program[1]}")
    check_changelog((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version, datetime.date.today())


def prepare(uv: str, version: str, *, is_tested: bool, is_audited: bool) -> None:
    """Check, build, try, describe and tag a release.

    Raises:
        ReleaseError: a step failed; nothing is tagged then.
    """
    check_sources(version)
    if not is_tested and subprocess.run(["make", "check", "test"], cwd=ROOT, check=False).returncode:
        raise ReleaseError("make check test failed")
    built = [str(path) for path in build_twice(uv, ROOT, DIST)]
    papers.prepare(uv)
    papers.ask("twine", "check", "--strict", *built)
    if offline.main([uv]):
        raise ReleaseError("it cannot be installed without a network")
    papers.licences()
    if not is_audited:
        print(papers.audit(uv))
    papers.write_bill(DIST / f"summarize-{version}.cdx.json")
    papers.write_digests(DIST)
    git("tag", "--annotate", f"v{version}", "--message", f"summarize {version}")
    print(f"v{version} is tagged, and dist/ has it:", *sorted(path.name for path in DIST.iterdir()), sep="\n  ")
    names = " ".join(f"dist/{path.name}" for path in sorted(DIST.glob("summarize-*[lz]")))
    print(f"Nothing is uploaded yet. To upload it:\n  uvx twine upload {names} && git push origin v{version}")


def main(arguments: Sequence[str]) -> int:
    """Do one thing, and return 1 if it failed, with a line that says why."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("uv", help="the command uv, with its folder")
    parser.add_argument("wish", help="the version to release, or `bill`, `licences` or `audit`")
    parser.add_argument("--tested", action="store_true", help="make check test has passed on this commit")
    parser.add_argument("--audited", action="store_true", help="make audit has passed, maybe on another machine")
    summary_options = parser.parse_args(arguments)
    try:
        if summary_options.wish not in ("bill", "licences", "audit"):
            prepare(
                summary_options.uv,
                summary_options.wish,
                is_tested=summary_options.tested,
                is_audited=summary_options.audited,
            )
            return 0
        papers.prepare(summary_options.uv)
        if summary_options.wish == "bill":
            papers.write_bill(ROOT / "build" / "summarize.cdx.json")
            print("build/summarize.cdx.json")
        else:
            print(papers.licences() if summary_options.wish == "licences" else papers.audit(summary_options.uv))
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

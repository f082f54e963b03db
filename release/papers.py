"""What comes with a release on paper: its parts, their licences, their known flaws, and the digests of its files.

Each asks a kept tool about an environment that has the program and all of its extras as `uv.lock` has them.
"""

import hashlib
import subprocess
from pathlib import Path

from release.wheel import ROOT, ReleaseError

INSTALLED = ROOT / "build" / "installed"
TOOLS = ROOT / "build" / "release"


def prepare(uv: str) -> None:
    """Make the environment that is asked about, and that of the tools, in build/."""
    summary_options = (
        [INSTALLED, "--no-default-groups", "--all-extras", "--no-editable"],
        [TOOLS, "--only-group", "release"],
    )
    for folder, *options in summary_options:
        environment = ["env", f"UV_PROJECT_ENVIRONMENT={folder}"]
        subprocess.run([*environment, uv, "sync", "--frozen", "--quiet", *map(str, options)], cwd=ROOT, check=True)


def ask(tool: str, *arguments: str) -> str:
    """Run a tool and return what it prints.

    Raises:
        ReleaseError: it failed; the message is what it said.
    """
    done = subprocess.run(
        [str(TOOLS / "bin" / tool), *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise ReleaseError(f"{tool}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def write_bill(path: Path) -> None:
    """Write the bill of materials in CycloneDX, the same each time for the same environment."""
    summary_options = ("--output-reproducible", "--validate", "--of", "JSON", "-o", str(path))
    ask(
        "cyclonedx-py",
        "environment",
        "--pyproject",
        "pyproject.toml",
        *summary_options,
        str(INSTALLED / "bin" / "python"),
    )


def licences() -> str:
    """Return a table of the licences; `[tool.pip-licenses]` says which may be.

    Raises:
        ReleaseError: one of them may not be.
    """
    return ask("pip-licenses", "--python", str(INSTALLED / "bin" / "python"))


def audit(uv: str) -> str:
    """Return what is known of flaws in the libraries, each in the version of `uv.lock`.

    Raises:
        ReleaseError: a flaw is known, or a library was not found in the database, so that nothing is known.
    """
    requirements = ROOT / "build" / "requirements.txt"
    command = [uv, "export", "--quiet", "--frozen", "--no-default-groups", "--all-extras", "--no-emit-project"]
    subprocess.run([*command, "--no-hashes", "--output-file", str(requirements)], cwd=ROOT, check=True)
    return ask("pip-audit", "--strict", "--no-deps", "--disable-pip", "--requirement", str(requirements))


def write_digests(folder: Path) -> None:
    """Write SHA256SUMS of the files of a folder, as `sha256sum -c` reads it."""
    paths = sorted(path for path in folder.iterdir() if path.name != "SHA256SUMS")
    lines = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in paths]
    (folder / "SHA256SUMS").write_text("".join(lines), encoding="utf-8")

"""The tests on the wheel in dist/, in an environment of its own: `python -m release.environment UV --python 3.14`.

`--oldest` takes the oldest of each library that the program allows; without it the newest is taken. What needs
TensorFlow, Ray or a browser is left out. The package itself is not in the folder where the tests run: they use the
wheel, and so do the processes that they start.
"""

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib.metadata import distribution
from pathlib import Path

from release.wheel import ROOT, copy_files, files_of

EXTRAS = ("all", "batch", "evaluate")
LEFT_OUT = ("--ignore=tests/train", "--ignore=tests/browser", "-m", "not train and not ray")
# Published as source only; of everything else a wheel is taken, since what has none for an interpreter cannot be had.
SOURCES = ("jieba", "rouge-score")


def asked_for() -> list[str]:
    """Return the names of the libraries that the program and its extras ask for, in order."""
    requirements = distribution("summarize").requires or []
    names = {re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower() for requirement in requirements}
    return sorted(names - {"summarize"})


def install(uv: str, python: str, wheel: Path, folder: Path, *, oldest: bool) -> None:
    """Make an environment with the wheel, its libraries and what the tests need.

    Args:
        uv: the command.
        python: the version of Python, or its path.
        wheel: the wheel.
        folder: the environment, which is made.
        oldest: whether the libraries that the program asks for are the oldest that it allows.
    """
    subprocess.run([uv, "venv", "--quiet", "--no-config", "--python", python, str(folder)], check=True)
    interpreter = str(folder / "bin" / "python")
    command = [uv, "pip", "install", "--quiet", "--no-config", "--python", interpreter, "--only-binary", ":all:"]
    command += [word for name in SOURCES for word in ("--no-binary", name)]
    extras = [word for name in EXTRAS for word in ("--extra", name)]
    resolution = "lowest-direct" if oldest else "highest"
    libraries = ["-r", str(ROOT / "pyproject.toml"), *extras]
    subprocess.run([*command, "--resolution", resolution, *libraries], check=True)
    frozen = subprocess.run(
        [uv, "pip", "freeze", "--no-config", "--python", interpreter], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    # The tools of the tests are the newest, and change nothing of what the program asks for.
    names = asked_for()
    kept = [line for line in frozen if line.partition("==")[0].lower() in names]
    print(f"{python}:", *kept, flush=True)
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(kept), encoding="utf-8")
    groups = [f"{ROOT / 'pyproject.toml'}:{group}" for group in ("test-tools", "docs")]
    tools = [word for group in groups for word in ("--group", group)]
    subprocess.run([*command, "--constraints", str(constraints), str(wheel), *tools], check=True)


def main(arguments: Sequence[str]) -> int:
    """Install the wheel, run the tests, and return their status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("uv", help="the command uv")
    parser.add_argument("--python", default="3.11", help="version of Python, or its path")
    parser.add_argument("--oldest", action="store_true", help="take the oldest libraries that are allowed")
    parser.add_argument("tests", nargs="*", help="arguments of pytest; all tests without any")
    summary_options, others = parser.parse_known_args(arguments)
    (wheel,) = (ROOT / "dist").glob("*.whl")
    with tempfile.TemporaryDirectory() as temporary:
        folder, tests = Path(temporary, "environment"), Path(temporary, "tests")
        install(summary_options.uv, summary_options.python, wheel, folder, oldest=summary_options.oldest)
        copy_files(ROOT, [*files_of(ROOT, ":!summarize"), "summarize/model/README.md"], tests)  # documents link to it
        command = [
            str(folder / "bin" / "pytest"),
            "-q",
            "-o",
            "pythonpath=tests .",
            *LEFT_OUT,
            *others,
            *summary_options.tests,
        ]
        return subprocess.run(command, cwd=tests, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""The installation without a network, as the documents have it: `python -m release.offline UV [--python PYTHON]`.

The wheels are made with the network in a copy of this checkout. They are installed without one, and then another user
runs the command, without a network, outside of the checkout, where neither installation nor home can be written to.
`unshare` cuts the network off and `setpriv` changes the user: both are Linux'.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from release.wheel import ROOT, ReleaseError, copy_files, files_of

DOCUMENT = ROOT / "docs" / "offline.md"
NOBODY = 65534
MODEL_CASE = "法国队赢得了2018年世界杯冠军，在决赛中击败了克罗地亚队。\n"
# Arguments, and what must be in what they print: a format of each extra, and what reads the files of the package.
CALLS = (
    (("data/worldcup.txt",), MODEL_CASE),
    (("--format", "html", "data/worldcup.txt"), "</html>"),
    (("--format", "json", "data/en/news.txt"), '"summary"'),
    (("--interface", "zh", "--help"), "用法：summarize"),
    (("-n", "1", "data/samples/page.html"), "The ferry"),
    (("-n", "1", "data/samples/report.pdf"), "The office recommends"),
    (("-n", "1", "data/samples/minutes.docx"), "借还书机"),
    (("-n", "1", "data/samples/book.epub"), "Edda Marrow"),
    (("-n", "1", "--query", "Who pays for the damaged pallets?", "data/samples/order.eml"), "pallets"),
    (("-n", "1", "paper.tex"), "The bridge was closed in May."),
    (("--plot", "plot.svg", "--force", "data/worldcup.txt"), MODEL_CASE),
)
PAPER = r"\documentclass{article}\begin{document}The bridge was closed in May.\end{document}"


def commands_of(document: str) -> list[str]:
    """Return the commands by which a document makes the wheels, installs them with pip and installs them with uv.

    Raises:
        ReleaseError: it does not have each of the three.
    """
    lines = re.findall(r"^((?:pip|uv) .*)$", document, re.MULTILINE)
    patterns = (r"pip wheel .*'\.\[all\]'$", r"pip install --no-index .*", r"uv tool install --offline .*")
    found = [next((line for line in lines if re.fullmatch(pattern, line)), "") for pattern in patterns]
    if not all(found):
        raise ReleaseError("docs/offline.md no longer says how to make the wheels and install them")
    return found


def without_network(command: Sequence[str], *, other_user: bool = False) -> list[str]:
    """Return a command that runs another one without any network, as another user if this one is root."""
    if os.geteuid():
        return ["unshare", "--user", "--net", *command]
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if other_user else []
    return ["unshare", "--net", *user, *command]


def run(command: Sequence[str], folder: Path, environment: dict[str, str]) -> str:
    """Run a command in a folder and return what it prints.

    Raises:
        ReleaseError: it failed, or said something on standard error.
    """
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ReleaseError(f"{' '.join(command)}: status {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def make_environment(uv: str, python: str, folder: Path) -> dict[str, str]:
    """Make a virtual environment with pip and nothing else; return the environment of a process that uses it."""
    subprocess.run([uv, "venv", "--quiet", "--seed", "--no-config", "--python", python, str(folder)], check=True)
    path = os.pathsep.join([str(folder / "bin"), str(Path(uv).parent), "/usr/bin", "/bin"])
    return {"PATH": path, "LC_ALL": "C.UTF-8", "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"}


def forbid_writing(folder: Path) -> None:
    """Let everybody read all that is in a folder, and nobody write to it."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod((path.stat().st_mode | 0o444 | (0o111 if path.is_dir() else 0)) & ~0o222)


def try_calls(environment: dict[str, str], folder: Path) -> None:
    """Make every call of `CALLS` as another user, in a folder that is theirs.

    Raises:
        ReleaseError: a call failed, or printed something else.
    """
    copy_files(ROOT, files_of(ROOT, "data/worldcup.txt", "data/en/news.txt", "data/samples"), folder)
    (folder / "paper.tex").write_text(PAPER, encoding="utf-8")
    if not os.geteuid():
        os.chown(folder, NOBODY, NOBODY)
    for arguments, expected in CALLS:
        command = without_network(["summarize", *arguments], other_user=True)
        if expected not in (printed := run(command, folder, environment)):
            raise ReleaseError(f"summarize {' '.join(arguments)} printed {printed!r}, without {expected!r}")


def try_installation(uv: str, python: str, folder: Path) -> None:
    """Do what the document says, in an empty folder, which others can read.

    Raises:
        ReleaseError: a step failed.
    """
    make, install, install_by_uv = commands_of(DOCUMENT.read_text(encoding="utf-8"))
    checkout, here = folder / "checkout", folder / "here"
    copy_files(ROOT, files_of(ROOT, "summarize", "pyproject.toml", "README.md", "LICENSE", "NOTICE"), checkout)
    with_network = {**os.environ, "PATH": make_environment(uv, python, folder / "with-network")["PATH"]}
    run(["sh", "-ec", make], checkout, with_network)
    here.mkdir()
    shutil.copytree(checkout / "wheels", here / "wheels")
    shutil.rmtree(checkout)
    environment = make_environment(uv, python, folder / "installed")
    run(without_network(["sh", "-ec", install]), here, environment)
    forbid_writing(folder / "installed")
    try_calls(environment, here)
    by_uv = {name: str(folder / name.lower()) for name in ("UV_TOOL_DIR", "UV_TOOL_BIN_DIR", "UV_CACHE_DIR")}
    run(without_network(["sh", "-ec", f"{install_by_uv} --python {python}"]), here, environment | by_uv)
    forbid_writing(folder / "uv_tool_dir")
    path = f"{folder / 'uv_tool_bin_dir'}{os.pathsep}/usr/bin{os.pathsep}/bin"
    try_calls(environment | {"PATH": path}, here)


def main(arguments: Sequence[str]) -> int:
    """Try the installation and say that it works, or what does not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("uv", help="the command uv, with its folder")
    parser.add_argument("--python", default="/usr/bin/python3", help="an interpreter that every user may run")
    summary_options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        Path(temporary).chmod(0o755)
        try:
            try_installation(summary_options.uv, summary_options.python, Path(temporary))
        except ReleaseError as error:
            print(error, file=sys.stderr)
            return 1
    print(f"installed without a network by pip and by uv, {len(CALLS)} calls each")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Wheel and source archive, twice, from two folders and two times: `python -m release.wheel UV`, into dist/.

They must be the same to the byte, and the wheel must hold every file of the package. The backend writes neither times
nor owners, and sorts. Another version of it may write another wheel: WHEEL in it names the version that was used.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
# Two moments, in seconds of Unix, and the permissions that new files lack: what a build may not depend on.
MOMENTS = (1_000_000_000, 1_700_000_001)
MASKS = (0o022, 0o077)


class ReleaseError(Exception):
    """A promise of a release that does not hold; the message says which."""


def files_of(folder: Path, *patterns: str) -> list[str]:
    """Return the files of a checkout that git knows or would take, from its root, in order.

    Args:
        folder: the checkout.
        patterns: git's patterns of them; all without any.
    """
    command = [
        "git",
        "-C",
        str(folder),
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "--",
        *patterns,
    ]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted(name for name in set(listed) if name and (folder / name).is_file())


def copy_files(source: Path, names: Iterable[str], target: Path, *, moment: int | None = None) -> None:
    """Copy files into a folder, which is made, below the same names.

    Args:
        source: where they are.
        names: what they are called there.
        target: where they go.
        moment: when they were changed, in seconds of Unix; if none, as it was.
    """
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)
        if moment is None:
            shutil.copystat(source / name, target / name)
        else:
            os.utime(target / name, (moment, moment))


def build(uv: str, source: Path, target: Path, *, mask: int) -> dict[str, bytes]:
    """Build the wheel and the source archive; return the content of each by its name.

    Args:
        uv: the command.
        source: the checkout.
        target: the folder that they go to, which is made.
        mask: permissions that new files lack.
    """
    subprocess.run(
        [uv, "build", "--quiet", "--no-config", "--out-dir", str(target)], cwd=source, umask=mask, check=True
    )
    return {path.name: path.read_bytes() for path in sorted(target.iterdir()) if path.name != ".gitignore"}


def missing_files(wheel: Path, names: Iterable[str]) -> list[str]:
    """Return what a wheel lacks of the files of the package, in order."""
    return sorted(set(names) - set(zipfile.ZipFile(wheel).namelist()))


def build_twice(uv: str, source: Path, out: Path) -> list[Path]:
    """Build a checkout twice; return the wheel and the source archive, in `out`, which is emptied.

    Raises:
        ReleaseError: the two are not the same, or the wheel is not whole.
    """
    names = files_of(source)
    with tempfile.TemporaryDirectory() as temporary:
        built = []
        for number, (moment, mask) in enumerate(zip(MOMENTS, MASKS, strict=True)):
            folder = Path(temporary, "source" + "-again" * number)
            copy_files(source, names, folder, moment=moment)
            built.append(build(uv, folder, Path(temporary, f"built-{number}"), mask=mask))
    first, second = built
    if differing := sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name)):
        raise ReleaseError(f"built twice, these are not the same: {', '.join(differing)}")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for name, content in first.items():
        (out / name).write_bytes(content)
    (wheel,) = out.glob("*.whl")
    if lacking := missing_files(wheel, files_of(source, "summarize")):
        raise ReleaseError(f"{wheel.name} lacks {', '.join(lacking)}")
    return sorted(out.iterdir())


def main(uv: str) -> int:
    """Build into dist/ and print the digest of each file."""
    try:
        for path in build_twice(uv, ROOT, ROOT / "dist"):
            print(hashlib.sha256(path.read_bytes()).hexdigest(), f"dist/{path.name}")
    except ReleaseError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

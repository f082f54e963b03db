"""What README shows of the command is what the command prints."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
# A command on a text of ours and what it prints, up to the next command or the end of the block.
EXAMPLES = re.findall(r"^\$ (summarize [^\n]*data/[^\n]*)\n(.*?)(?=\n+\$ |\n```)", README, re.MULTILINE | re.DOTALL)


def test_readme_has_examples() -> None:
    assert len(EXAMPLES) >= 5


@pytest.mark.parametrize(("command", "shown"), EXAMPLES, ids=[command for command, _ in EXAMPLES])
def test_example_is_what_is_printed(command: str, shown: str) -> None:
    arguments = [sys.executable, "-m", *shlex.split(command)]
    plain = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "FORCE_COLOR")}
    printed = subprocess.run(arguments, cwd=ROOT, env=plain, capture_output=True, check=True).stdout.decode("utf-8")
    parts = [re.escape(part.strip("\n")) for part in re.split(r"^\.\.\.$", shown, flags=re.MULTILINE)]
    assert re.fullmatch(".*".join(parts), printed.rstrip("\n"), re.DOTALL), printed

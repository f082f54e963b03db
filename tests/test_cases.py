"""Golden cases: what the command prints for a text on standard input, one file each in `tests/cases`.

A case begins with a line that says what it shows, and has sections, each headed by a line `=== NAME ===`:

    options  as they are typed
    weights  one number for each sentence; left out, a sentence weighs as much as it is long
    input    standard input
    output   stdout
    errors   stderr; left out where it is empty
    status   exit status; left out where it is 0
"""

import re
import shlex
from pathlib import Path

import pytest

CASES = sorted((Path(__file__).parent / "cases").glob("*.txt"))


def sections(case: Path) -> dict[str, str]:
    about, *parts = re.split(r"^=== (\w+) ===\n", case.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert about.strip(), "a case says first what it shows"
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case.stem for case in CASES])
def test_command_prints_what_the_case_says(case, runner, scorer):
    parts = sections(case)
    assert parts.keys() <= {"options", "weights", "input", "output", "errors", "status"}
    if "weights" in parts:
        scorer.weights = [float(number) for number in parts["weights"].split()]
    result = runner(*shlex.split(parts["options"]), stdin=parts["input"].encode())
    assert result.stdout_bytes.decode("utf-8") == parts["output"]
    assert result.stderr == parts.get("errors", "")
    assert result.exit_code == int(parts.get("status", 0))

"""The manual page, which is made of the options."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from summarize.cli import main
from summarize.command.screens import options_of

PAGE = Path(__file__).parents[1] / "docs" / "summarize.1"


def test_manual_page_is_printed_without_a_warning():
    if shutil.which("man") is None or shutil.which("groff") is None:
        pytest.skip("no man here")
    plain = os.environ | {"MANWIDTH": "80", "LC_ALL": "C.UTF-8", "GROFF_NO_SGR": "1"}
    result = subprocess.run(["man", "--warnings", "-l", PAGE], env=plain, capture_output=True, check=False)
    assert (result.returncode, result.stderr) == (0, b"")
    text = result.stdout.decode("utf-8")
    assert "SUMMARIZE(1)" in text.splitlines()[0]
    for option in options_of(main):
        for name in option.opts:
            assert name in text or f"--[no-]{name[2:]}" in text
    assert "Exit status: 0 success" in " ".join(text.split())


def test_manual_page_has_every_option_with_what_it_does():
    text = PAGE.read_text(encoding="utf-8").replace(r"\-", "-")
    for option in options_of(main):
        assert f"\n{option.help}".replace("`", "") in text

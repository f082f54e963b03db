import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

sys.path.insert(0, str(Path(__file__).parent))  # for `fakes`: pytest's importlib mode leaves this folder out

from fakes import FakeScorer

from summarize import cli


@pytest.fixture
def scorer():
    """A scorer that weighs by the length of sentences, or by `scorer.weights`."""
    return FakeScorer()


@pytest.fixture
def runner(scorer, monkeypatch, tmp_path):
    """The command, run in this process and in an empty folder: `runner("-n", 1, "a.txt", stdin=b"...")`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cli, "load_scorer", lambda directory: scorer)
    for variable in cli.THREAD_VARIABLES:
        monkeypatch.setenv(variable, "1")  # so that the command leaves this process's environment alone

    def run(*arguments: object, stdin: str | bytes = b"") -> Result:
        return CliRunner().invoke(cli.main, [str(a) for a in arguments], input=stdin, catch_exceptions=False)

    return run

import json
import signal
from collections.abc import Callable, Iterator
from functools import partialmethod
from inspect import signature
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from fakes import FakeScorer
from hypothesis import Phase, settings

from summarize import cli
from summarize.command.model import THREAD_VARIABLES
from summarize.interface import set_language

if "mix_stderr" in signature(CliRunner).parameters:  # before click 8.2, which keeps the streams apart by itself
    CliRunner.__init__ = partialmethod(CliRunner.__init__, mix_stderr=False)  # type: ignore[assignment]

WriteCorpus = Callable[..., Path]

# No test measures time, and the machines are shared: a slow example is no failure.
settings.register_profile("shared", deadline=None)
settings.load_profile("shared")
# `make mutants` asks only whether a test fails: not for the smallest example, and the same examples each time.
settings.register_profile(
    "mutants", deadline=None, derandomize=True, database=None, phases=[Phase.explicit, Phase.generate]
)


# What takes most of the time: it starts processes, trains, draws, or summarizes every text of `data` in every way.
SLOW_FOLDERS = ("batch", "benchmarks", "browser", "command", "evaluate", "quality", "train")
SLOW_FILES = [
    "any_bytes",
    "cases",
    "chinese",
    "cli",
    "cli_output",
    "detection",
    "dictionary",
    "ending",
    "explanation",
    "fast_cutting",
    "faults",
    "formats",
    "forms",
    "hostile_model",
    "long",
    "manual",
    "packed",
    "page",
    "pipeline",
    "plot",
    "printing",
    "programs_in_strings",
    "query",
    "quotations",
    "readme",
    "release",
    "reliability",
    "same_bytes",
    "shipped",
    "site",
    "startup",
    "storage",
    "terminal",
    "together",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, so that `-m "not slow"` leaves out what a desk need not wait for."""
    tests = Path(__file__).parent
    for item in items:
        folder, file = item.path.relative_to(tests).parts[0], item.path.stem.removeprefix("test_")
        if folder in SLOW_FOLDERS or file in SLOW_FILES:
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session", autouse=True)
def own_surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep out of the user's home, its cache, settings and language, here and in the processes that tests start."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("LANGUAGE", "LC_MESSAGES", "SUMMARIZE_INTERFACE"):
            patch.delenv(name, raising=False)
        patch.setenv("LC_ALL", "C.UTF-8")
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        patch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(scope="session", autouse=True)
def own_signals() -> Iterator[None]:
    """Heed the signals that who started the tests wants to have ignored (nohup): what tests start inherits that."""
    ignored = {one: answer for one in signal.valid_signals() if (answer := signal.getsignal(one)) == signal.SIG_IGN}
    ended_by = {one for one in (signal.SIGINT, signal.SIGTERM, getattr(signal, "SIGHUP", None)) if one in ignored}
    for one in ended_by:
        signal.signal(one, signal.default_int_handler if one == signal.SIGINT else signal.SIG_DFL)
    yield
    for one in ended_by:
        signal.signal(one, signal.SIG_IGN)


@pytest.fixture
def scorer():
    """A scorer that weighs by the length of sentences, or by `scorer.weights`."""
    return FakeScorer()


@pytest.fixture
def runner(scorer, monkeypatch, tmp_path):
    """The command, run in this process and in an empty folder: `runner("-n", 1, "a.txt", stdin=b"...")`."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LANGUAGE", "")  # which the command sets where it speaks Chinese
    monkeypatch.setattr(cli, "load_scorer", lambda directory: scorer)
    for variable in THREAD_VARIABLES:
        monkeypatch.setenv(variable, "1")  # so that the command leaves this process's environment alone

    def run(*arguments: object, stdin: str | bytes = b"") -> Result:
        return CliRunner().invoke(cli.main, [str(a) for a in arguments], input=stdin, catch_exceptions=False)

    yield run
    set_language("en")


@pytest.fixture
def write_corpus(tmp_path: Path) -> WriteCorpus:
    """A corpus file of texts and references."""

    def write(*rows: tuple[str, str], name: str = "tiny.jsonl") -> Path:
        path = tmp_path / name
        lines = [json.dumps({"text": text, "summary": summary, "lang": "zh"}) for text, summary in rows]
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return write

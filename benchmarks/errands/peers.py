"""The same errands with other tools, each behind one adapter (`adapters`), in an environment that has them."""

import subprocess
from pathlib import Path
from typing import NamedTuple

from benchmarks.errands.errand import Errand, Outcome, Verdict, faults_of_text
from benchmarks.errands.workshop import lay_out, run

_ADAPTERS = Path(__file__).parent / "adapters.py"
_VERSIONS = "import sys; from importlib.metadata import version; print(*map(version, sys.argv[1:]))"


class Peer(NamedTuple):
    """Another tool.

    Args:
        name: of its adapter, and of its package.
        steps: that the errand takes with it: how many programs are called one after the other.
    """

    name: str
    steps: int = 1

    @property
    def heading(self) -> str:
        """What tables call it."""
        return self.name if self.steps == 1 else f"{self.name}, then sumy"


PEERS = (Peer("sumy"), Peer("markitdown", 2), Peer("trafilatura", 2), Peer("newspaper4k"))


def versions_of(python: str) -> dict[str, str]:
    """Return the versions of the tools in the environment of an interpreter.

    Raises:
        subprocess.CalledProcessError: one of them is not there.
    """
    names = [peer.name for peer in PEERS]
    done = subprocess.run([python, "-c", _VERSIONS, *names], capture_output=True, text=True, check=True)
    return dict(zip(names, done.stdout.split(), strict=True))


def ask(peer: Peer, errand: Errand, python: str, folder: Path, url: str) -> tuple[Verdict, Outcome | None]:
    """Have a tool do an errand.

    Args:
        peer: the tool.
        errand: the errand.
        python: interpreter of the environment that has the tool.
        folder: an empty one.
        url: where the folder is served.

    Returns:
        Whether it was done, and what came of it; None if the tool has no way to be asked.
    """
    if errand.wants or not errand.source:
        return "cannot", None
    lay_out(errand, folder)
    source = errand.source.replace("{url}", url)
    command = [python, "-W", "ignore", str(_ADAPTERS), peer.name, source, errand.language, str(errand.sentences)]
    outcome = run(command, folder)
    return _judged(errand, outcome), outcome


def _judged(errand: Errand, outcome: Outcome) -> Verdict:
    """Judge by what is printed alone: each tool says in its own way that something is not as it should be."""
    is_silent = not outcome.output.strip()
    if errand.status:
        return "right" if outcome.status and is_silent else "wrong"
    if outcome.status or is_silent:
        return "cannot" if outcome.status else "wrong"
    return "wrong" if faults_of_text(errand, outcome.output) else "right"

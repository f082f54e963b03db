"""The processes that train together, on one machine or many: which one this is, and how those of a machine are begun.

As TensorFlow has it, `TF_CONFIG` says where they are: {"cluster": {"worker": ["host:port", ...]}, "task": {"type":
"worker", "index": 0}}. All of them need the same folders: the first one prepares what the others read, and writes.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from summarize.errors import InputError

CONFIG_VARIABLE = "TF_CONFIG"
_EVERY_SECONDS = 0.5  # others are looked at


@dataclass(frozen=True, slots=True)
class Worker:
    """One of the processes that train together.

    Args:
        index: which, from 0.
        count: how many there are.
    """

    index: int = 0
    count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether it prepares, measures and writes for all."""
        return self.index == 0

    def part(self, num_documents: int) -> slice:
        """Return which documents of a minibatch are its own; there may be none."""
        return slice(self.index, num_documents, self.count)

    def share(self, num_documents: int) -> float:
        """Return how many of the documents of a minibatch are its own, 0 to 1."""
        return len(range(self.index, num_documents, self.count)) / num_documents


def worker_of(environment: Mapping[str, str]) -> Worker:
    """Return which process this is by its environment, the only one if that does not say.

    Args:
        environment: its variables.

    Raises:
        InputError: what it says makes no sense.
    """
    if not environment.get(CONFIG_VARIABLE):
        return Worker()
    try:
        addresses = json.loads(environment[CONFIG_VARIABLE])
        worker = Worker(int(addresses["task"]["index"]), len(addresses["cluster"]["worker"]))
        is_known = set(addresses["cluster"]) == {"worker"} and addresses["task"]["type"] == "worker"
    except (ValueError, TypeError, LookupError):
        is_known, worker = False, Worker()
    if not is_known or not 0 <= worker.index < worker.count:
        raise InputError(
            f'{CONFIG_VARIABLE} is not usable; write {{"cluster": {{"worker": ["host:port", ...]}}, '
            '"task": {"type": "worker", "index": 0}}, or remove it'
        )
    return worker


def wait_for(path: Path) -> None:
    """Wait until the first process has written a file."""
    while not path.exists():
        time.sleep(_EVERY_SECONDS)


def run_workers(count: int, arguments: Sequence[str]) -> int:
    """Train in several processes of this machine until all have ended; if one fails, the others are ended.

    Args:
        count: how many.
        arguments: of the command.

    Returns:
        The exit status of the first that failed, else 0.
    """
    addresses = [f"127.0.0.1:{port}" for port in _free_ports(count)]
    threads = max(1, (os.cpu_count() or 1) // count)
    started = [
        subprocess.Popen(
            [sys.executable, "-m", "summarize.train", *arguments],
            env=os.environ
            | {"TF_NUM_INTRAOP_THREADS": str(threads), "TF_NUM_INTEROP_THREADS": "1"}
            | {
                CONFIG_VARIABLE: json.dumps(
                    {"cluster": {"worker": addresses}, "task": {"type": "worker", "index": index}}
                )
            },
        )
        for index in range(count)
    ]
    try:
        while True:
            codes = [process.poll() for process in started]
            failed = [code for code in codes if code]
            if failed or None not in codes:
                return next(iter(failed), 0)
            time.sleep(_EVERY_SECONDS)
    finally:
        for process in started:
            process.terminate()
        for process in started:
            process.wait()


def _free_ports(count: int) -> list[int]:
    """Return ports that nobody listens at just now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()

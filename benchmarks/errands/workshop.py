"""The environment in which tasks are run: a folder with inputs, a web server, a terminal, and timing."""

import fcntl
import os
import pty
import resource
import shutil
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.errands.errand import Errand, Outcome

ROOT = Path(__file__).parents[2]
TEXTS = Path(__file__).parent / "texts"
FORBIDDEN = "/forbidden"
_MAX_SECONDS = 120
_PROGRAMS = {"summarize": "-m summarize", "python": ""}


class _Handler(SimpleHTTPRequestHandler):
    """Serves the files of a folder in silence, and refuses one address."""

    def do_GET(self) -> None:
        """Answer a request."""
        if self.path == FORBIDDEN:
            self.send_error(HTTPStatus.FORBIDDEN)
        else:
            super().do_GET()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve the files of a folder, and yield the address of the folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def lay_out(errand: Errand, folder: Path) -> None:
    """Put what the person has into an empty folder."""
    for given in errand.given:
        name, _, copy = given.partition("=")
        if (TEXTS / name).is_dir():
            shutil.copytree(TEXTS / name, folder / (copy or name))
        else:
            shutil.copy(TEXTS / name, folder / (copy or name))
    if errand.prepare:
        errand.prepare(folder)


def lacks(errand: Errand) -> list[str]:
    """Return the programs that an errand needs and this machine has not."""
    return [program for program in errand.needs if shutil.which(program) is None]


def carry_out(errand: Errand, folder: Path, home: Path, url: str = "") -> Outcome:
    """Run the command of an errand.

    Args:
        errand: the errand.
        folder: an empty one.
        home: the person's home, with nothing in it but what commands before this one have left.
        url: where the folder is served.
    """
    _write_programs(home / "bin")
    lay_out(errand, folder)
    environment = {"PATH": f"{home / 'bin'}:{os.environ['PATH']}", "HOME": str(home), "LANG": "C.UTF-8"}
    command = ["bash", "-o", "pipefail", "-c", errand.command.replace("{url}", url)]
    return run(command, folder, environment=environment, columns=errand.columns)


def run(
    command: Sequence[str], folder: Path, *, environment: dict[str, str] | None = None, columns: int = 0
) -> Outcome:
    """Run a command in a folder, with nothing to read, and return what came of it.

    Args:
        command: its words.
        folder: where it runs.
        environment: its variables; None for those of this process.
        columns: of the terminal that it reads from and writes to; 0 for none. All that it prints there must be less
            than the 4 kB that a terminal holds until it is read.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    master, slave = pty.openpty() if columns else (-1, -1)
    if columns:
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    done = subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=slave if columns else subprocess.DEVNULL,
        stdout=slave if columns else subprocess.PIPE,
        stderr=subprocess.PIPE,
        timeout=_MAX_SECONDS,
        check=False,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = _read_terminal(master, slave) if columns else done.stdout
    seconds = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Outcome(done.returncode, output.decode(errors="replace"), done.stderr.decode(errors="replace"), seconds)


def _read_terminal(master: int, slave: int) -> bytes:
    """Return what was written to a terminal, and close it."""
    os.set_blocking(master, False)
    try:
        written = os.read(master, 1 << 16)
    except BlockingIOError:  # nothing
        written = b""
    os.close(slave)
    os.close(master)
    return written.replace(b"\r\n", b"\n")


def _write_programs(folder: Path) -> None:
    """Write the programs of this Python and this working tree, for a shell to find."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, module in _PROGRAMS.items():
        script = folder / name
        path = f'PYTHONPATH="{ROOT}${{PYTHONPATH:+:$PYTHONPATH}}"'
        script.write_text(f'#!/bin/sh\n{path} exec "{sys.executable}" {module} "$@"\n', "utf-8")
        script.chmod(0o755)

"""`python -m benchmarks.speed`: CPU seconds and peak memory of whole cold commands, side by side.

Every command is a process of its own, run in turns with the others, so that what else the machine does falls on
all alike. Reported are medians; CPU seconds are user and system time of the process. The share is that of the command
in each turn over `import numpy, click` in the same turn: what a start cannot do without.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).parent.parent
LONG_TEXT_MB = (1, 20)
BASE = 'python -c "import numpy, click"'


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took.

    Args:
        cpu_seconds: user and system time.
        wall_seconds: from its start to its end.
        peak_mb: largest resident memory, in 10^6 bytes.
    """

    cpu_seconds: float
    wall_seconds: float
    peak_mb: float


def measure(command: list[str], *, most_seconds: int = 0) -> Run:
    """Run a command to its end, or until it has taken so many CPU seconds; 0 is no limit.

    Raises:
        RuntimeError: it failed.
    """
    if most_seconds:
        command = ["prlimit", f"--cpu={most_seconds}", *command]
    # As users have it: modules are compiled once and kept, whatever the environment of this process says.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    wall_seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.stderr is not None
    message = process.stderr.read().decode(errors="replace")
    process.stderr.close()
    is_stopped = most_seconds and usage.ru_utime + usage.ru_stime > most_seconds - 1
    if process.returncode and not is_stopped:
        raise RuntimeError(f"{' '.join(command)} failed with {process.returncode}: {message}")
    return Run(usage.ru_utime + usage.ru_stime, wall_seconds, usage.ru_maxrss * 1024 / 1e6)


def write_long_text(path: Path, size_mb: float) -> None:
    """Write the project's Chinese articles over and over, each sentence made different, to a size in 10^6 bytes."""
    articles = [file.read_text(encoding="utf-8") for file in sorted((ROOT / "data" / "zh").glob("*[!f].txt"))]
    size = number = 0
    with path.open("w", encoding="utf-8") as out:
        while size < size_mb * 1_000_000:
            text = articles[number % len(articles)].replace("。", f"，编号{number}。")
            out.write(text)
            size += len(text.encode())
            number += 1


def start_commands() -> dict[str, list[str]]:
    """Return the commands that are mostly a start, by what they are called."""
    summarize = str(Path(sys.executable).with_name("summarize"))
    return {
        'python -c "pass"': [sys.executable, "-c", "pass"],
        'python -c "import click"': [sys.executable, "-c", "import click"],
        'python -c "import numpy"': [sys.executable, "-c", "import numpy"],
        BASE: [sys.executable, "-c", "import numpy, click"],
        "summarize --version": [summarize, "--version"],
        "summarize --help": [summarize, "--help"],
        "summarize data/worldcup.txt": [summarize, "data/worldcup.txt"],
        "summarize data/zh/news-city.txt": [summarize, "data/zh/news-city.txt"],
        "summarize data/en/news.txt": [summarize, "data/en/news.txt"],
    }


def other_commands(folder: Path) -> dict[str, list[str]]:
    """Return the other commands, by what they are called; the longest text is the last."""
    summarize = str(Path(sys.executable).with_name("summarize"))
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "data" / "samples").iterdir()):
        found[f"summarize data/samples/{path.name}"] = [summarize, f"data/samples/{path.name}"]
    for options in ("-c 30", "--explain", "--format json", "--format html"):
        found[f"summarize {options} data/zh/news-city.txt"] = [summarize, *options.split(), "data/zh/news-city.txt"]
    for size_mb in LONG_TEXT_MB:
        path = folder / f"{size_mb}mb.txt"
        write_long_text(path, size_mb)
        if size_mb == LONG_TEXT_MB[0]:
            found[f"summarize --format json, {size_mb} MB"] = [summarize, "--format", "json", str(path)]
        found[f"summarize a text of {size_mb} MB"] = [summarize, str(path)]
    return found


@click.command()
@click.option("--runs", default=7, show_default=True, type=click.IntRange(1), help="Turns; one for the longest text.")
@click.option("--start", is_flag=True, help="Only the commands that are mostly a start.")
def main(runs: int, start: bool) -> None:
    """Measure start-up, speed and memory of the installed program."""
    with tempfile.TemporaryDirectory() as folder:
        to_run = start_commands() | ({} if start else other_commands(Path(folder)))
        longest = None if start else list(to_run)[-1]
        found: dict[str, list[Run]] = {name: [] for name in to_run}
        for turn in range(runs + 1):
            for name, command in to_run.items():
                if turn > 1 and name == longest:
                    continue
                run = measure(command)
                if turn:  # the first turn fills caches
                    found[name].append(run)
    table = Table("command", "CPU seconds", "over `import numpy, click`", "peak MB", title=f"medians of {runs} runs")
    for name, of_name in found.items():
        seconds = statistics.median(run.cpu_seconds for run in of_name)
        share = statistics.median(
            run.cpu_seconds / base.cpu_seconds for run, base in zip(of_name, found[BASE], strict=False)
        )
        peak = statistics.median(run.peak_mb for run in of_name)
        table.add_row(name, f"{seconds:.3f}", f"{share:.2f} x", f"{peak:.0f}")
    Console(width=120).print(table)


if __name__ == "__main__":
    main()

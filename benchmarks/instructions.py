"""`python -m benchmarks.instructions`: instructions of a cold start and of a loop, a guard that noise does not reach.

Valgrind counts them (`cachegrind`, no cache simulated), on a processor that it makes up, so another machine of the
same architecture counts nearly the same. What is held is the ratio to something of the same run that is not ours:
`import numpy, click` for the start, jieba's cut for the loop. So other versions of Python and NumPy change little.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

ROOT = Path(__file__).parent.parent
BASELINE = Path(__file__).with_suffix(".json")
MOST = 1.05  # times the ratio that was written down
NUM_DOCUMENTS = 12
_COUNT = re.compile(r"I\s+refs:\s+([\d,]+)")

_LOOP = """
import pathlib, sys
texts = [path.read_text("utf-8")[:1000] for path in sorted(pathlib.Path("data/zh").glob("*.txt"))][:{number}]
{work}
"""
_OURS = """
from summarize import summarize_text
summarize_text("河水上涨。城市停电。")
for text in texts[: int(sys.argv[1])]:
    summarize_text(text)
"""
_JIEBA = """
import logging, jieba
jieba.setLogLevel(logging.WARNING)
jieba.lcut("河水上涨。")
for text in texts[: int(sys.argv[1])]:
    jieba.lcut(text)
"""


def count(*command: str) -> int:
    """Return how many instructions a command takes.

    Raises:
        click.ClickException: Valgrind is not installed, or the command failed.
    """
    if shutil.which("valgrind") is None:
        raise click.ClickException("valgrind is not installed; run: apt-get install valgrind")
    one_thread = {"PYTHONHASHSEED": "0", "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | one_thread
    _run(command, environment)  # fills caches: bytecode, and the dictionary's
    counter = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
    report = _run([*counter, *command], environment)
    found = _COUNT.search(report)
    assert found is not None, report
    return int(found[1].replace(",", ""))


def _run(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Run a command and return what it said on stderr."""
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if result.returncode:
        raise click.ClickException(f"{' '.join(command)} failed with {result.returncode}: {result.stderr[-500:]}")
    return result.stderr


def ratios() -> dict[str, float]:
    """Return what is held, by name."""

    def loop(work: str) -> int:
        code = _LOOP.format(number=NUM_DOCUMENTS, work=work)
        return count(sys.executable, "-c", code, str(NUM_DOCUMENTS)) - count(sys.executable, "-c", code, "0")

    imports = count(sys.executable, "-c", "import numpy, click")
    return {
        "start: summarize data/worldcup.txt / import numpy, click": count(
            sys.executable, "-m", "summarize", "data/worldcup.txt"
        )
        / imports,
        "start: summarize --help / import numpy, click": count(sys.executable, "-m", "summarize", "--help") / imports,
        f"loop: {NUM_DOCUMENTS} articles / jieba's cut of them": loop(_OURS) / loop(_JIEBA),
    }


@click.command()
@click.option("--update", is_flag=True, help="Write the ratios down as those that hold from now on.")
def main(update: bool) -> None:
    """Count instructions, and fail if the start or the loop has become dearer by more than 5%."""
    found = ratios()
    held = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    for name, ratio in found.items():
        before = held.get(name)
        click.echo(f"{ratio:8.3f}  {f'{ratio / before:6.3f} of before' if before else '   new'}  {name}")
    if update:
        text = json.dumps({name: round(ratio, 4) for name, ratio in found.items()}, indent=1)
        BASELINE.write_text(text + "\n", encoding="utf-8")
        return
    dearer = [name for name, ratio in found.items() if ratio > MOST * held.get(name, 0)]
    if dearer:
        raise click.ClickException(
            f"dearer by more than {MOST - 1:.0%}: {'; '.join(dearer)}; make it cheaper, or say why and use --update"
        )


if __name__ == "__main__":
    main()

"""`make fuzz MINUTES=2`: throw bytes at each harness, led by what they reach (atheris) where that can be had.

Without atheris, which has no wheel for every Python, changed seeds are thrown without being led: ten times as many, and
those that a led run has kept in the folder of inputs are among them. A finding is written to
`tests/fuzz/found/HARNESS/`, from where `tests/test_any_bytes.py` takes it; it is kept once it is mended.
"""

import hashlib
import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before NumPy is imported: several take longer for small arrays
os.environ.setdefault("OMP_NUM_THREADS", "1")

import click
from fuzz.harnesses import HARNESSES
from fuzz.seeds import seeds

FOUND = Path(__file__).parent / "found"
_MAX_SECONDS = 20  # of one input
_MAX_BYTES = 512  # of one input: what fails for a long one mostly fails for a short one, of which there can be more
_MAX_BYTES_OF = {"readers": 4096, "everything": 4096, "coprocess": 1024}


@click.command()
@click.option("--minutes", default=2.0, show_default=True, help="For each harness.")
@click.option("--only", type=click.Choice(list(HARNESSES)), multiple=True, help="These harnesses. [default: all]")
@click.option("--seed", default=1, show_default=True, help="Of the dice.")
@click.option("--corpus", type=click.Path(path_type=Path), default=Path("build/fuzz"), help="Where inputs are kept.")
@click.option("--led/--not-led", default=None, help="With atheris or without. [default: if it is there]")
def main(minutes: float, only: tuple[str, ...], seed: int, corpus: Path, led: bool | None) -> None:
    """Fuzz each harness for some minutes; the exit status is 1 if one of them fails."""
    failed = []
    for name in only or HARNESSES:
        if led if led is not None else _has_atheris():
            is_sound = _led(name, minutes, seed, corpus / name)
        else:
            is_sound = _not_led(HARNESSES[name], name, minutes, seed, corpus / name)
        failed += [] if is_sound else [name]
    if failed:
        sys.exit(f"failed: {', '.join(failed)}; the inputs are in {FOUND}")


def _most_bytes(name: str) -> int:
    return _MAX_BYTES_OF.get(name, _MAX_BYTES)


def _has_atheris() -> bool:
    try:
        import atheris  # noqa: F401
    except ImportError:
        return False
    return True


def _led(name: str, minutes: float, seed: int, corpus: Path) -> bool:
    """Run a harness under atheris, in a process of its own: it ends its process."""
    corpus.mkdir(parents=True, exist_ok=True)
    for data in seeds(name):
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    (FOUND / name).mkdir(parents=True, exist_ok=True)
    ways = [
        *(
            f"-max_total_time={round(60 * minutes)}",
            f"-seed={seed}",
            f"-max_len={_most_bytes(name)}",
            "-rss_limit_mb=3000",
        ),
        *(f"-timeout={_MAX_SECONDS}", f"-artifact_prefix={FOUND / name}/", "-print_final_stats=1", "-verbosity=0"),
    ]
    command = [sys.executable, "-m", "fuzz.led", name, *ways, str(corpus)]
    start = time.monotonic()
    result = subprocess.run(command, check=False, stderr=subprocess.PIPE, text=True, errors="replace")
    told = [line for line in result.stderr.splitlines() if "number_of_executed_units" in line]
    _tell(name, int(told[-1].split()[-1]) if told else 0, time.monotonic() - start, not result.returncode)
    if result.returncode:
        click.echo(result.stderr[-3000:], err=True)
    if not any((FOUND / name).iterdir()):
        (FOUND / name).rmdir()
    return not result.returncode


def _not_led(harness: Callable[[bytes], None], name: str, minutes: float, seed: int, corpus: Path) -> bool:
    """Run a harness on changed seeds, and on changed inputs of the corpus where there is one."""
    dice, pool = random.Random(seed), [*seeds(name), *(path.read_bytes() for path in sorted(corpus.glob("*")))]
    start, num_inputs, is_sound = time.monotonic(), 0, True
    while time.monotonic() - start < 60 * minutes:
        data = changed(dice.choice(pool), dice.choice(pool), dice)[: _most_bytes(name)]
        num_inputs += 1
        is_sound &= passes(harness, name, data)
    _tell(name, num_inputs, time.monotonic() - start, is_sound)
    return is_sound


def passes(harness: Callable[[bytes], None], name: str, data: bytes) -> bool:
    """Return whether an input does what it should, and keep it if it does not."""
    try:
        with _in_time():
            harness(data)
    except (Exception, _SlowError):
        (FOUND / name).mkdir(parents=True, exist_ok=True)
        (FOUND / name / f"crash-{hashlib.sha256(data).hexdigest()[:16]}").write_bytes(data)
        click.echo(traceback.format_exc(), err=True)
        return False
    return True


def _tell(name: str, num_inputs: int, seconds: float, is_sound: bool) -> None:
    rate = f"{num_inputs / seconds:.0f} a second"
    click.echo(f"{name}: {num_inputs} inputs, {rate}, {'sound' if is_sound else 'FAILED'}")


class _SlowError(BaseException):
    """An input takes too long; no harness takes it for an error of its own."""


@contextmanager
def _in_time() -> Iterator[None]:
    """Raise _SlowError in what takes too long, where there is a signal for it."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(*_: object) -> None:
        raise _SlowError(f"one input takes more than {_MAX_SECONDS} s")

    signal.signal(signal.SIGALRM, stop)
    signal.alarm(_MAX_SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)


def changed(data: bytes, other: bytes, dice: random.Random) -> bytes:
    """Return bytes with a few changes: others in places, a run left out or doubled, one of another input put in."""
    found = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 4, 16))):
        place, length = dice.randrange(len(found) + 1), dice.choice((1, 2, 5, 40))
        kind = dice.randrange(5)
        if kind == 0:
            found[place : place + length] = dice.randbytes(length)
        elif kind == 1:
            del found[place : place + length]
        elif kind == 2:
            found[place:place] = found[place : place + length] * dice.choice((1, 3, 50))
        elif kind == 3:
            start = dice.randrange(len(other) + 1)
            found[place:place] = other[start : start + length]
        else:
            found[place:place] = dice.choice(_PIECES)
    return bytes(found)


_PIECES = (
    *(b"\0", b"\xff", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\x1b[31m", b"\n\n", b"\\u", b"&#0;", b"&#xd800;"),
    *("。".encode(), "”".encode(), "（".encode(), "\u2028".encode(), "\u202e".encode(), "𠀀".encode(), "é".encode()),
    *(
        b"# ",
        b"> ",
        b"- ",
        b"1. ",
        b"| a |",
        b"```\n",
        b"---\n",
        b"<p>",
        b"</div>",
        b"<!--",
        b"{\\*",
        b"\\begin{",
        b"-->",
    ),
    *(b"[" * 300, b"<b>" * 300, b"> " * 300, b"(" * 300, b'{"a":' * 300, b"{" * 300, b"9" * 400, b"1e999", b"NaN"),
)


if __name__ == "__main__":
    main()

"""`python -m benchmarks.errands`: do everyday errands and everyday mistakes, and say which end as they should.

--peers PYTHON does them with other tools as well, which are installed for that interpreter:
    python3 -m venv DIR && DIR/bin/pip install sumy 'markitdown[docx,pdf,pptx]' trafilatura newspaper4k jieba
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from benchmarks.errands.errand import Errand, faults_of
from benchmarks.errands.everyday import EVERYDAY
from benchmarks.errands.mistakes import MISTAKES
from benchmarks.errands.peers import PEERS, ask, versions_of
from benchmarks.errands.report import Entry, tally, to_page, to_table, to_transcript
from benchmarks.errands.workshop import carry_out, lacks, serving


def try_out(errand: Errand, home: Path, python: str | None = None) -> Entry:
    """Do an errand.

    Args:
        errand: the errand.
        home: of who does it.
        python: interpreter of an environment with other tools; None to ask `summarize` alone.
    """
    others = {}
    for peer in PEERS if python else ():
        with _served_folder() as (folder, url):
            others[peer.name] = ask(peer, errand, str(python), folder, url)
    if missing := lacks(errand):
        return Entry(errand, "not tried", faults=[f"needs {program}" for program in missing], others=others)
    with _served_folder() as (folder, url):
        outcome = carry_out(errand, folder, home, url)
    faults = faults_of(errand, outcome)
    return Entry(errand, "wrong" if faults else "right", outcome, faults, others)


@contextmanager
def _served_folder() -> Iterator[tuple[Path, str]]:
    """Yield an empty folder, and its address."""
    with tempfile.TemporaryDirectory() as name, serving(Path(name)) as url:
        yield Path(name), url


def try_all(errands: Sequence[Errand], only: Sequence[str], home: Path, python: str | None) -> list[Entry]:
    """Do those of some errands that are asked for, all if none is; arguments otherwise as for `try_out`."""
    return [try_out(errand, home, python) for errand in errands if not only or errand.name in only]


@click.command()
@click.argument("only", nargs=-1)
@click.option("-v", "--verbose", is_flag=True, help="Print what was typed and printed as well.")
@click.option("--peers", metavar="PYTHON", help="Interpreter of an environment with other tools.")
@click.option("--out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write a page of all.")
def main(only: tuple[str, ...], verbose: bool, peers: str | None, out: Path | None) -> None:
    """Do errands, those that are named or all, and end with 1 if one is wrong."""
    unknown = set(only).difference(errand.name for errand in (*EVERYDAY, *MISTAKES))
    if unknown:
        raise click.UsageError(f"no errand is called {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        try_out(EVERYDAY[0], home)  # fills the caches, as a first call does
        everyday, mistakes = (try_all(errands, only, home, peers) for errands in (EVERYDAY, MISTAKES))
    for entries in filter(None, (everyday, mistakes)):
        if verbose:
            click.echo("\n".join(map(to_transcript, entries)))
        click.echo(f"{to_table(entries)}\n{tally(entries)}\n")
    wrong = [entry for entry in (*everyday, *mistakes) if entry.verdict == "wrong"]
    for entry in wrong:
        click.echo("".join(f"{entry.errand.name}: {fault}\n" for fault in entry.faults), err=True, nl=False)
    if out:
        command = f"python -m benchmarks.errands{' --peers PYTHON' if peers else ''} --out {out}"
        out.write_text(to_page(everyday, mistakes, command, versions_of(peers) if peers else {}), "utf-8")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.errands")

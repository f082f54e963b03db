"""How many faults the tests find that are put into the code on purpose: `make mutants`.

Mutmut writes each fault (another operator, number, argument, string) into a function, and runs the tests that reach
that function in a process forked for it. What is mutated, and which tests are run, stands in `pyproject.toml`.

A module of many mutants is judged by some of them, drawn by a fixed seed, so that all end in bearable time. A mutant is
killed if a test fails or hangs. Those that survive are listed; `mutmut show NAME` shows one. What an earlier run has
killed is not tried again as long as the function is as it was; `rm -r mutants` forgets that.

Needs mutmut, which is no dependency: `uv run --with mutmut==3.8.1 python -m benchmarks.mutants`.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterable
from fnmatch import fnmatch

import pytest
from mutmut import __main__ as mutmut
from mutmut.mutation.data import SourceFileMutationData
from mutmut.runners.harness import PytestRunner
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import change_cwd, walk_mutatable_files
from mutmut.workers import isolation

SEED = 0
KILLED = {"killed", "timeout", "segfault", "suspicious"}


class Selected:
    """Runs some tests of those that pytest has collected, in an order of theirs.

    Args:
        tests: their names.
    """

    def __init__(self, tests: Iterable[str]) -> None:
        self._places = {name: place for place, name in enumerate(tests)}

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Leave out the others."""
        items[:] = sorted(
            (item for item in items if item.nodeid in self._places), key=lambda item: self._places[item.nodeid]
        )


class Runner(PytestRunner):
    """Names files to pytest rather than tests: of a test whose example holds brackets pytest does not know the name."""

    def run_tests(self, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        """Return how pytest ended: 0 if no test failed."""
        if not (names := list(tests)):
            return super().run_tests(mutant_name=mutant_name, tests=names)
        with change_cwd("mutants"):
            files = sorted({name.partition("::")[0] for name in names})
            return self.execute_pytest(["-x", "-q", *files], plugins=[Selected(names)])


def generate(num_processes: int) -> dict[str, list[str]]:
    """Write all mutants of the code as it is now; return the names of those of each module."""
    mutmut.set_mutant_under_test("mutant_generation")
    mutmut.Path("mutants").mkdir(exist_ok=True)
    mutmut.copy_src_dir()
    mutmut.create_mutants(num_processes)
    return {path.as_posix(): [*results_of(path)] for path in sorted(walk_mutatable_files())}


def results_of(path: object) -> dict[str, int | None]:
    """Return what became of each mutant of a file: how its tests ended, or nothing if they were not run."""
    data = SourceFileMutationData(path=path)
    data.load()
    return data.exit_code_by_key


def lives(path: str, name: str) -> bool:
    """Whether no run has killed a mutant since its function became what it is."""
    result = results_of(path)[name]
    return result is None or status_by_exit_code[result] not in KILLED


def draw(names: list[str], most: int) -> list[str]:
    """Return some of the mutants of a module, in order: the same each time, and more of them if `most` is larger."""
    shuffled = random.Random(SEED).sample(names, len(names))
    return sorted(shuffled[:most])


def report(drawn: dict[str, list[str]], made: dict[str, list[str]]) -> Iterable[str]:
    """Yield a table of the modules, and then the mutants that no test has killed."""
    yield "| Module | Mutants | Tried | Killed | Share |"
    yield "|---|---|---|---|---|"
    sums: Counter[str] = Counter()
    survivors = []
    for path, names in drawn.items():
        found = results_of(path)
        status = {name: status_by_exit_code[found[name]] for name in names}
        alive = [name for name in names if status[name] not in KILLED]
        survivors += [f"{status[name]}: {name}" for name in alive]
        figures = {"made": len(made[path]), "tried": len(names), "killed": len(names) - len(alive)}
        sums.update(figures)
        yield row(f"`{path.removeprefix('summarize/')}`", figures)
    yield row("All", sums)
    yield from ["", *survivors]


def row(name: str, figures: dict[str, int]) -> str:
    """Return one line of the table."""
    share = figures["killed"] / max(1, figures["tried"])
    return f"| {name} | {figures['made']:,} | {figures['tried']:,} | {figures['killed']:,} | {share:.0%} |"


def main() -> None:
    """Draw the mutants, run them and print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=45, help="mutants of one module at most (default: 45)")
    parser.add_argument("--module", default="*", help="only modules of such a path, as '*/tree.py'")
    parser.add_argument("--processes", type=int, default=2, help="processes at a time (default: 2)")
    parser.add_argument("--report", action="store_true", help="run nothing, and tell what the last run has found")
    options = parser.parse_args()
    made = generate(options.processes)
    drawn = {path: draw(names, options.most) for path, names in made.items() if fnmatch(path, options.module)}
    if not options.report:
        isolation.PytestRunner = Runner
        mutmut._run([name for path, names in drawn.items() for name in names if lives(path, name)], options.processes)
    print("\n".join(report(drawn, made)))


if __name__ == "__main__":
    main()

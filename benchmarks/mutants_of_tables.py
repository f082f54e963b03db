"""Whether a test fails where a table is wrong: a mark left out, another number, an entry less. `make mutants` ends so.

Mutmut changes what functions do; what stands outside of them is changed here: of each value that a module gives a name,
every character of a string of marks is left out, every number becomes a larger one, every entry of a list or of a
dictionary goes. The module is compiled anew in a process forked for that, so that all that other modules make of the
table is made of the wrong one, and the tests of the module are run.
"""

import argparse
import ast
import contextlib
import importlib.util
import io
import os
import random
import signal
import sys
from collections.abc import Iterator, Sequence
from importlib.machinery import ModuleSpec, SourceFileLoader
from pathlib import Path
from typing import NamedTuple

import pytest

SEED, MAX_SECONDS = 0, 120
# The tests of each module. Those of the marks name every mark.
TESTS = {
    "decide/budget": ["budget"],
    "decide/cuts": ["cuts", "shortening"],
    "decide/doubt": ["doubt", "fusion", "fusion_cases"],
    "decide/fusion": ["fusion", "fusion_cases"],
    "decide/room": ["room", "choice"],
    "decide/rules": ["rules"],
    "decide/selection": ["selection"],
    "decide/shortening": ["shortening"],
    "decide/superseded": ["superseded"],
    "network/encoder": ["encoder"],
    "network/judge": ["judge"],
    "network/tree": ["tree"],
    "text/marks": ["marks"],
    "text/quotations": ["quotations"],
    "text/segmentation": ["segmentation"],
    "text/speech": ["speech"],
}


class Mutant(NamedTuple):
    """A module with a wrong table.

    Args:
        name: of the value, and what was changed.
        source: of the module.
    """

    name: str
    source: str


class Loader(SourceFileLoader):
    """Loads a module of a text, and keeps nothing of that.

    Args:
        name: of the module.
        path: where it lies.
        source: what it shall be.
    """

    def __init__(self, name: str, path: str, source: str) -> None:
        super().__init__(name, path)
        self._source = source

    def get_data(self, path: str) -> bytes:
        """Return the text for the file, and nothing for what has been compiled of it."""
        if path.endswith(".pyc"):
            raise OSError
        return self._source.encode()

    def set_data(self, path: str, data: bytes, *, _mode: int = 0o666) -> None:
        """Write nothing down."""


class Finder:
    """Finds one module otherwise.

    Args:
        loader: loads it.
    """

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:
        """Return the module if it is that one."""
        if name != self._loader.name:
            return None
        return importlib.util.spec_from_file_location(name, self._loader.path, loader=self._loader)


def mutants_of(source: str, *, characters: bool) -> Iterator[Mutant]:
    """Yield the mutants of a module; `characters`: with strings that lack one of their characters."""
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))

    def changed(node: ast.expr, replacement: str, says: str, name: str) -> Mutant:
        start = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        data = source.encode()
        return Mutant(f"{name}:{node.lineno}: {says}", (data[:start] + replacement.encode() + data[end:]).decode())

    for statement in ast.parse(source).body:
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or statement.value is None:
            continue
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        name = ast.unparse(targets[0])
        for node in ast.walk(statement.value):
            if isinstance(node, ast.Constant) and type(node.value) in (int, float) and not _is_index(node, statement):
                value = node.value + 1 if isinstance(node.value, int) else node.value * 1.5
                yield changed(node, repr(value), f"{node.value} -> {value}", name)
            elif isinstance(node, ast.Dict):
                for place in range(len(node.keys)):
                    kept = [number for number in range(len(node.keys)) if number != place]
                    less = ast.Dict([node.keys[number] for number in kept], [node.values[number] for number in kept])
                    lacks = ast.unparse(node.keys[place] or node.values[place])
                    yield changed(node, ast.unparse(less), f"without {lacks}", name)
            elif isinstance(node, ast.Tuple | ast.List | ast.Set) and len(node.elts) > 1:
                for place, element in enumerate(node.elts):
                    rest = [*node.elts[:place], *node.elts[place + 1 :]]
                    yield changed(node, ast.unparse(type(node)(rest)), f"without {ast.unparse(element)}", name)
            elif characters and isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value:
                for place, character in enumerate(node.value):
                    less_text = node.value[:place] + node.value[place + 1 :]
                    yield changed(node, repr(less_text), f"without {character!a}", name)


def _is_index(node: ast.Constant, statement: ast.stmt) -> bool:
    """Whether a number is a part of a format or of a subscript, which is no table."""
    inside = (one for one in ast.walk(statement) if isinstance(one, ast.JoinedStr | ast.Subscript))
    return any(node is part for one in inside for part in ast.walk(one))


def survives(module: str, path: Path, mutant: Mutant, tests: Sequence[str]) -> bool:
    """Return whether the tests of a module find nothing wrong with one that is."""
    pid = os.fork()
    if pid == 0:
        signal.alarm(MAX_SECONDS)
        sys.meta_path.insert(0, Finder(Loader(module, str(path), mutant.source)))
        result = 1
        quiet = io.StringIO()
        with contextlib.suppress(BaseException), contextlib.redirect_stdout(quiet), contextlib.redirect_stderr(quiet):
            result = int(pytest.main(["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-profile=mutants", *tests]))
        os._exit(result)
    return os.waitpid(pid, 0)[1] == 0


def main() -> None:
    """Try the tables of all modules, or of some, and print what no test has noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="*", help=f"of {', '.join(TESTS)} (default: all)")
    parser.add_argument("--most", type=int, default=25, help="mutants of one module but the marks (default: 25)")
    options = parser.parse_args()
    print("| Module | Mutants | Tried | Killed | Share |\n|---|---|---|---|---|")
    survivors = []
    for name in options.modules or TESTS:
        path = Path("summarize", f"{name}.py")
        source = path.read_text(encoding="utf-8")
        made = list(mutants_of(source, characters=name == "text/marks"))
        tried = made if name == "text/marks" else random.Random(SEED).sample(made, min(options.most, len(made)))
        tests = [f"tests/test_{test}.py" for test in TESTS[name]]
        module = f"summarize.{name.replace('/', '.')}"
        if not survives(module, path, Mutant("as it is", source), tests):
            parser.error(f"the tests of {name} fail with the right tables")
        alive = [mutant.name for mutant in tried if survives(module, path, mutant, tests)]
        survivors += [f"{name}: {one}" for one in alive]
        killed = len(tried) - len(alive)
        print(
            f"| `{name}.py` | {len(made)} | {len(tried)} | {killed} | {killed / max(1, len(tried)):.0%} |", flush=True
        )
    print("", *survivors, sep="\n")


if __name__ == "__main__":
    main()

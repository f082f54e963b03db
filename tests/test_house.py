"""How long the files and the functions of the code are: one idea in a file, and a function that fits on a screen."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("summarize", "benchmarks", "release")
MAX_LINES_OF_FILE = 400
MAX_LINES_OF_FUNCTION = 60  # of its body, without its docstring
# What may be longer, with the reason: "path" of a file, "path::name" of a function, as the failure names it.
EXCEPTIONS: dict[str, str] = {}


def find_long_files(name: str, code: str) -> Iterator[tuple[str, int]]:
    """Yield a file, with the number of its lines, if that is too large."""
    length_lines = len(code.splitlines())
    if length_lines > MAX_LINES_OF_FILE:
        yield name, length_lines


def find_long_functions(name: str, code: str) -> Iterator[tuple[str, int]]:
    """Yield the functions of a file whose bodies are too long, each with the number of its lines."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            has_docstring = ast.get_docstring(node) is not None
            before = node.body[0].end_lineno if has_docstring else node.body[0].lineno - 1
            length_lines = node.end_lineno - before
            if length_lines > MAX_LINES_OF_FUNCTION:
                yield f"{name}::{node.name}", length_lines


def find_in_all_files(find) -> dict[str, int]:
    paths = sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))
    assert len(paths) > 100
    names = [(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths]
    return {place: length for name, code in names for place, length in find(name, code)}


def list_lines(what: str, found: dict[str, object]) -> str:
    """Return what is wrong, and where, one place a line."""
    return "\n".join([what, *(f"{place}: {about}" for place, about in found.items())])


def test_no_file_is_too_long():
    long = {place: length for place, length in find_in_all_files(find_long_files).items() if place not in EXCEPTIONS}
    assert not long, list_lines(f"more than {MAX_LINES_OF_FILE} lines:", long)


def test_no_function_is_too_long():
    found = find_in_all_files(find_long_functions)
    long = {place: length for place, length in found.items() if place not in EXCEPTIONS}
    assert not long, list_lines(f"more than {MAX_LINES_OF_FUNCTION} lines without signature and docstring:", long)


def test_exceptions_are_still_needed():
    needed = find_in_all_files(find_long_files) | find_in_all_files(find_long_functions)
    done = {place: reason for place, reason in EXCEPTIONS.items() if place not in needed}
    assert not done, list_lines("no longer too long, take it out of EXCEPTIONS:", done)


@pytest.mark.parametrize(("num_lines", "found"), [(400, []), (401, [("a.py", 401)])])
def test_lines_of_a_file_are_counted(num_lines, found):
    assert list(find_long_files("a.py", "x = 1\n" * num_lines)) == found


@pytest.mark.parametrize("beginning", ["async def f(", "@property\ndef f("], ids=["async", "decorated"])
@pytest.mark.parametrize("docstring", ["", '    """One.\n\n    Two.\n    """\n'], ids=["bare", "documented"])
@pytest.mark.parametrize(("num_lines", "found"), [(60, []), (61, [("a.py::f", 61)])])
def test_lines_of_a_function_are_counted_without_signature_and_docstring(beginning, docstring, num_lines, found):
    code = f"class A:\n    x = 1\n\n{beginning}\n    a,\n    b,\n):\n{docstring}" + "    x = 1\n" * num_lines
    assert list(find_long_functions("a.py", code)) == found

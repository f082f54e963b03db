"""Programs that tests and benchmarks run from strings import only names that exist: no type checker reads them."""

import ast
import re
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
IMPORT = re.compile(r"(?:^|[;\n\"']) *from (summarize[.\w]*) import (\w+(?: as \w+)?(?:, \w+(?: as \w+)?)*)")
MISSPELLED = ("summarize", "summarise_text")  # in a test of the message about a name that there is not


def imports_of(source):
    """Return the imports from this package in the strings of a program, as pairs of module and name."""
    strings = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    found = (match for text in strings if isinstance(text, str) for match in IMPORT.finditer(text))
    return {(module, name.split(" as ")[0]) for module, names in (match.groups() for match in found)
            for name in names.split(", ")}  # fmt: skip


def has_name(module, name):
    """Whether a module has a name, or is a package with a module of that name."""
    found = import_module(module)
    if hasattr(found, name):
        return True
    try:
        import_module(f"{module}.{name}")
    except ModuleNotFoundError:
        return False
    return True


FOUND = {each for folder in ("benchmarks", "tests") for path in (ROOT / folder).rglob("*.py")
         for each in imports_of(path.read_text(encoding="utf-8"))} - {MISSPELLED}  # fmt: skip


def test_imports_in_strings_are_found():
    assert imports_of('code = "import os\\nfrom summarize.a import b, c as d\\nf()"') == {
        ("summarize.a", "b"),
        ("summarize.a", "c"),
    }
    assert ("summarize.pipeline", "summarize_text") in FOUND


@pytest.mark.parametrize(("module", "name"), sorted(FOUND))
def test_program_in_a_string_imports_what_there_is(module, name):
    assert has_name(module, name)

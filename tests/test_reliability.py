"""What `docs/RELIABILITY.md` promises: every proof that it names is a test."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROOF = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PROMISES = re.compile(r"^\| (?:Promise|保证) \|.*\n\|-.*\n((?:\|.*\n)+)", re.MULTILINE)


def document(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


def functions_of(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize(("path", "test"), sorted(set(PROOF.findall(document("RELIABILITY.md")))))
def test_proof_of_a_promise_is_a_test(path: str, test: str) -> None:
    assert test.startswith("test_")
    assert test in functions_of(path)


@pytest.mark.parametrize("name", ["RELIABILITY.md", "RELIABILITY.zh.md"])
def test_promise_has_a_proof(name: str) -> None:
    rows = [row for table in PROMISES.findall(document(name)) for row in table.splitlines()]
    assert [row for row in rows if not PROOF.search(row)] == []
    assert rows


def test_proofs_are_the_same_in_chinese() -> None:
    assert PROOF.findall(document("RELIABILITY.md")) == PROOF.findall(document("RELIABILITY.zh.md"))

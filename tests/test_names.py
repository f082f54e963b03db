"""Public names of the package are as the glossary has them, except for those in `names.txt`, which may only shrink."""

from pathlib import Path

import pytest
from names import EXCEPTIONS, PACKAGE, ROOT, Finding, Glossary, find_faults, read_exceptions, read_glossary, split_name

GLOSSARY = read_glossary(ROOT / "CONTRIBUTING.md")
MODULE = '''
"""Of places, and what stands behind them."""

_PLACE = 1
PLACE = 2


def read_file(path): ...
def name_of(place): ...


class PlaceKind:
    """Kinds."""

    place: int

    @property
    def title(self): ...

    def text(self):
        """Return it anew."""

    def _place(self): ...
'''


def list_lines(what: str, findings: list[Finding]) -> str:
    """Return what is to be done, and what with, one finding a line as `names.txt` has it."""
    return "\n".join([what, *("  ".join(finding) for finding in findings)])


@pytest.fixture(scope="module")
def found() -> list[Finding]:
    return find_faults(PACKAGE, GLOSSARY)


def test_new_names_are_as_the_glossary_has_them(found: list[Finding]) -> None:
    new = sorted(set(found) - set(read_exceptions()))
    assert not new, list_lines(
        "rename these: begin a function with a verb, use the word of the glossary, one name for one thing", new
    )


def test_exceptions_are_listed_only_while_they_last(found: list[Finding]) -> None:
    gone = sorted(set(read_exceptions()) - set(found))
    assert not gone, list_lines("run `python tests/names.py`, which removes these lines", gone)


def test_exceptions_are_in_order_and_listed_once() -> None:
    assert read_exceptions() == sorted(set(read_exceptions()))
    assert EXCEPTIONS.read_text(encoding="utf-8").startswith("# ")


def test_faults_are_found(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(MODULE)
    (tmp_path / "two.py").write_text("def read_file(path): ...\ndef _name_of(place): ...\n")
    glossary = Glossary(frozenset({"place"}), read_glossary(ROOT / "CONTRIBUTING.md").phrases)
    assert find_faults(tmp_path, glossary) == [
        ("part place", "one.py", "PLACE"),
        ("part place", "one.py", "PlaceKind"),
        ("part place", "one.py", "PlaceKind.place"),
        ("part place", "one.py", "name_of"),
        ("several", "one.py,two.py", "read_file"),
        ("verb", "one.py", "PlaceKind.text"),
        ("verb", "one.py", "name_of"),
        ("words", "one.py", "(module)"),
        ("words", "one.py", "PlaceKind.text"),
    ]


def test_glossary_is_read() -> None:
    assert {"place", "wish", "behind"} <= GLOSSARY.parts
    assert "kind" not in GLOSSARY.parts  # which is another thing's word
    assert GLOSSARY.phrases.search("It stands Behind it")
    assert not GLOSSARY.phrases.search("the hindmost")


def test_terms_of_the_glossary_are_in_order_and_defined_once() -> None:
    section = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n## Glossary\n")[2]
    rows = [row for row in section.splitlines() if row.startswith("| ")][1:]
    terms = [row.split(" | ")[0].removeprefix("| ") for row in rows]
    assert 30 <= len(terms) <= 45
    assert terms == sorted(set(terms), key=str.lower)
    assert all(row.count(" | ") == 2 for row in rows)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("read_file", ["read", "file"]),
        ("PlaceKind", ["place", "kind"]),
        ("MAX_BYTES", ["max", "bytes"]),
        ("PDFReader", ["pdf", "reader"]),
        ("_f1", ["f1"]),
    ],
)
def test_words_of_a_name(name: str, words: list[str]) -> None:
    assert split_name(name) == words

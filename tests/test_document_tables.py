"""What the documents have of the program, in the language of the document."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

DOCS = Path(__file__).parent.parent / "docs"
HAN = re.compile("[\u4e00-\u9fff]")
OPENING = re.compile(r"^(?:#+|\||-) ", re.MULTILINE)  # of a heading, a row, an item


@pytest.fixture
def wording(monkeypatch: pytest.MonkeyPatch) -> Iterator[ModuleType]:
    """What says things in the language of a document; it lies beside the documents, as cog finds it."""
    monkeypatch.syspath_prepend(DOCS)
    monkeypatch.chdir(DOCS.parent)
    monkeypatch.setenv("LANGUAGE", "")  # which speaking Chinese sets for other processes
    import wording

    yield wording
    for name in ("wording", "tables", "reference"):
        sys.modules.pop(name, None)


def makers() -> list[Callable[[str], str]]:
    import reference
    import tables

    found = (value for module in (tables, reference) for value in vars(module).values())
    return [made for made in found if hasattr(made, "__wrapped__")]


def test_parts_of_documents_are_in_their_language(wording: ModuleType) -> None:
    for made in makers():
        english, chinese = made("en"), made("zh")
        assert HAN.search(english) is None
        assert HAN.search(chinese)
        assert OPENING.findall(english) == OPENING.findall(chinese)
        assert made("en") == english  # and the program speaks English again


def test_catalogue_of_the_documents_has_what_they_need_and_no_more(
    wording: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue = wording._catalogue()
    looked_up = set()

    class Watched(dict):
        def __getitem__(self, message: str) -> str:
            looked_up.add(message)
            return str(super().__getitem__(message))

    monkeypatch.setattr(wording, "_catalogue", lambda: Watched(catalogue))
    for made in makers():
        made("zh")
    assert looked_up == catalogue.keys()


def test_message_in_no_catalogue_says_what_to_do(wording: ModuleType) -> None:
    with pytest.raises(LookupError, match=r"say this in Chinese in docs/zh\.po: 'a new sentence'"):
        wording.in_language(lambda: wording.said("a new sentence"))("zh")
    assert wording.in_language(lambda: wording.said("a new sentence"))("en") == "a new sentence"

"""What the documents say of the program, in the language of the document.

Most of it the program says itself, in English and, in its catalogue, in Chinese. What it says to programmers only, its
docstrings and its JSON Schema, it says in English; `zh.po` of this folder has that in Chinese, and the heads of tables.
"""

from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path

from babel.messages.pofile import read_po

from summarize.interface import InterfaceLanguage, _, interface_language, set_language

CATALOGUE = Path(__file__).with_name("zh.po")


def in_language(make: Callable[[], str]) -> Callable[[InterfaceLanguage], str]:
    """Let what makes a part of a document take the language of the document, and speak it meanwhile."""

    @wraps(make)
    def made(language: InterfaceLanguage) -> str:
        set_language(language)
        try:
            return make()
        finally:
            set_language("en")

    return made


def said(message: str) -> str:
    """Return an English message in the language that is spoken.

    Raises:
        LookupError: it is in neither catalogue.
    """
    if interface_language() == "en" or not message:
        return message
    if (known := _(message)) != message:
        return known
    if message not in _catalogue():
        raise LookupError(f"say this in Chinese in docs/{CATALOGUE.name}: {message!r}")
    return _catalogue()[message]


@cache
def _catalogue() -> dict[str, str]:
    with CATALOGUE.open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id and message.string}

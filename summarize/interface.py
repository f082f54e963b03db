"""The language in which the program speaks to its user.

Messages stand in the code in English, and in `locale` in Chinese: GNU gettext's catalogues, which translators know.
`_("{name} is a folder").format(name=name)` is how one is written, whole and never as an f-string; `make format` brings
the catalogue up to date. The library always speaks English; only the command calls `set_language`.
"""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from gettext import NullTranslations
    from json import JSONDecodeError

InterfaceLanguage = Literal["en", "zh"]
INTERFACE_LANGUAGES: tuple[InterfaceLanguage, ...] = ("zh", "en")

DOMAIN = "summarize"
LOCALE_FOLDER = Path(__file__).with_name("locale")

_spoken: InterfaceLanguage = "en"
_catalogue: "NullTranslations | None" = None  # English has none


def _(message: str) -> str:
    """Return a message in the language of the interface; one that is not in the catalogue is returned unchanged."""
    return _catalogue.gettext(message) if _catalogue and message else message


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the message for a number of things in the language of the interface."""
    if _catalogue:
        return _catalogue.ngettext(singular, plural, number)
    return singular if number == 1 else plural


def N_(message: str) -> str:
    """Return a message unchanged; mark it for translation where it is defined."""
    return message


def join_with_and(names: Sequence[str]) -> str:
    """Return a list of names in words: `a, b and c`."""
    return _("{others} and {last}").format(others=_(", ").join(names[:-1]), last=names[-1]) if names[1:] else names[0]


def join_with_or(names: Sequence[str]) -> str:
    """Return a choice of names in words: `a, b or c`."""
    return _("{others} or {last}").format(others=_(", ").join(names[:-1]), last=names[-1]) if names[1:] else names[0]


def join_first(names: Sequence[str], most: int) -> str:
    """Return the first of some names, and how many more there are: `a, b and 7 more`."""
    first = _(", ").join(names[:most])
    if len(names) <= most:
        return first
    return _("{names} and {number} more").format(names=first, number=len(names) - most)


def os_reason(error: Exception) -> str:
    """Return the operating system's description of an error; for any other error, its own message."""
    return _(getattr(error, "strerror", None) or str(error))


def json_reason(error: "JSONDecodeError") -> str:
    """Return Python's reason why a text is not JSON, without the position."""
    return _(error.msg[:1].lower() + error.msg[1:].removesuffix(" at").rstrip(": "))


def language_of_locale(environment: Mapping[str, str]) -> InterfaceLanguage:
    """Return the language that a user's locale asks for, by the variables that POSIX and GNU name.

    Args:
        environment: its variables.
    """
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "C")
    wanted = [locale]
    if locale.partition(".")[0] not in ("C", "POSIX"):
        wanted = [*environment.get("LANGUAGE", "").split(":"), locale]
    known = (name[:2].lower() for name in wanted)
    return "zh" if next((name for name in known if name in INTERFACE_LANGUAGES), "en") == "zh" else "en"


def interface_language() -> InterfaceLanguage:
    """Return the language that this process speaks."""
    return _spoken


def set_language(language: InterfaceLanguage) -> None:
    """Set the language of this process and of click; processes that it starts set their own.

    Args:
        language: the language.
    """
    global _spoken, _catalogue
    if language == _spoken:
        return  # which is English at first, and no catalogue is looked for
    import gettext

    _spoken = language
    _catalogue = None
    gettext.textdomain("messages")  # in which there is nothing
    if language != "en":
        _catalogue = gettext.translation(DOMAIN, LOCALE_FOLDER, [language], fallback=True)
        # click's messages are looked up in the domain of the process, and in the language of its environment.
        os.environ["LANGUAGE"] = language
        gettext.bindtextdomain(DOMAIN, LOCALE_FOLDER)
        gettext.textdomain(DOMAIN)

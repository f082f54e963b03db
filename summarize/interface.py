"""The language in which the program speaks to its user.

Messages stand in the code in English, and in `locale` in Chinese: GNU gettext's catalogues, which translators know.
`_("{name} is a folder").format(name=name)` is how one is written. A program that uses the library hears English; only
the command calls `speak`.
"""

import gettext
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

InterfaceLanguage = Literal["en", "zh"]

DOMAIN = "summarize"
LOCALE_FOLDER = Path(__file__).with_name("locale")


def _(message: str) -> str:
    """Return a message in the language of the interface."""
    return gettext.dgettext(DOMAIN, message)


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the message for a number of things in the language of the interface."""
    return gettext.dngettext(DOMAIN, singular, plural, number)


def N_(message: str) -> str:
    """Return a message as it is, to be passed to `_` where it is shown."""
    return message


def language_of_locale(environment: Mapping[str, str]) -> InterfaceLanguage:
    """Return the language that a user's locale asks for, by the variables that POSIX and GNU name.

    Args:
        environment: its variables.
    """
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "C")
    if locale.partition(".")[0] not in ("C", "POSIX"):
        locale = environment.get("LANGUAGE") or locale
    return "zh" if locale.partition(":")[0].lower().startswith("zh") else "en"


def speak(language: InterfaceLanguage) -> None:
    """Make this process, and click in it, speak a language; the processes that it starts have to be told by themselves.

    Args:
        language: the language.
    """
    if language == "en":
        return  # as the messages stand in the code, and no catalogue is looked for
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, LOCALE_FOLDER)
    gettext.textdomain(DOMAIN)  # click's messages are looked up in the domain of the process

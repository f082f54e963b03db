"""Settings: the values of options that are not on the command line. Option, then environment, then file, then default.

An option from the file or the environment applies only if it does not conflict with the command line.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from summarize.command.option import Option
from summarize.command.streams import entry_type
from summarize.interface import INTERFACE_LANGUAGES, InterfaceLanguage, language_of_locale, set_language
from summarize.text.printing import printable
from summarize.user_folders import user_folder

FILE_NAME = "config.toml"


def default_file() -> Path:
    """Return where the user's settings are looked for."""
    return user_folder("config") / FILE_NAME


class Settings:
    """The contents of a settings file by option name; it is read on first use, after the options were checked.

    Args:
        path: the file that the user named; None for the user's own, which need not be there.
        options: those that it may set.
    """

    def __init__(self, path: Path | None, options: Sequence[Option]) -> None:
        self._named = path
        self._options = {option.name: option for option in options if option.is_setting}
        self._values: dict[str, Any] | None = None
        self._content: dict[str, Any] | None = None
        self._error: click.UsageError | None = None
        self._path = path

    @property
    def path(self) -> Path:
        """The file."""
        if self._path is None:
            self._path = default_file()
        return self._path

    def __str__(self) -> str:
        return printable(str(self.path))

    def __contains__(self, name: str) -> bool:
        return name in self._options and name in self._read()  # click asks for those that are no settings, too

    def __getitem__(self, name: str) -> Any:
        return self._read()[name]

    def get(self, name: str, default: Any = None) -> Any:
        """Return what the file says of an option."""
        return self._read().get(name, default) if name in self._options else default

    def as_written(self, key: str) -> object:
        """Return the raw value of a key, valid or not; None if the file cannot be read, which is reported later."""
        if self._content is None:
            self._content = {}
            if self._named or entry_type(self.path) != "nothing":
                from summarize.command.settings_file import read_toml

                try:
                    self._content = read_toml(self.path)
                except click.UsageError as error:
                    self._error = error
        return self._content.get(key)

    def _read(self) -> dict[str, Any]:
        if self._values is None:
            self._values = {}  # also where it is wrong, which is said once
            self.as_written("")
            if self._error:
                raise self._error
            if self._content:
                from summarize.command.settings_file import checked

                self._values = checked(self._content, self.path, list(self._options.values()))
        return self._values


def read_ahead(args: Sequence[str], options: Sequence[Option], environment: Mapping[str, str]) -> Settings:
    """Return the settings, and speak the language that they or the command line ask for from here on.

    So `--help`, which ends the command when it is read, and what is wrong with other options come in that language,
    wherever on the command line the language stands.

    Args:
        args: the command line.
        options: those that may stand on it.
        environment: variables.
    """
    has_value = {spelled for option in options if not option.is_flag for spelled in option.opts}
    given: dict[str, str] = {}
    words = iter(args)
    for word in words:
        if word == "--":
            break
        name, mark, value = word.partition("=")
        given[name] = next(words, "") if name in has_value and not mark else value
    path = given.get("--config") or environment.get("SUMMARIZE_CONFIG")
    settings = Settings(Path(path) if path else None, options)
    _speak_if_shown(language_of_locale(environment))
    asked = given.get("--interface") or environment.get("SUMMARIZE_INTERFACE") or settings.as_written("interface")
    language = next((known for known in INTERFACE_LANGUAGES if known == str(asked).lower()), None)
    if language:
        _speak_if_shown(language)
    return settings


def _speak_if_shown(language: InterfaceLanguage) -> None:
    """Set the language of messages; English if the terminal's encoding lacks Simplified Chinese, as Big5 does."""
    if language == "zh":
        try:
            "简体".encode(getattr(sys.stderr, "encoding", None) or "utf-8")
        except UnicodeEncodeError:
            language = "en"
    set_language(language)

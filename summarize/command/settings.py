"""Settings: what holds where the command line says nothing. Option, then environment, then file, then default.

An option that is given in the file or in the environment counts only where it goes with what the command line asks for.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from summarize.command.option import Option
from summarize.command.streams import kind_of
from summarize.text.printing import printable
from summarize.user_folders import user_folder

FILE_NAME = "config.toml"


def default_file() -> Path:
    """Return where the user's settings are looked for."""
    return user_folder("config") / FILE_NAME


class Settings:
    """What a settings file says, by the names of options, as click asks for it; read when it is first asked for.

    A mistyped option is thus told before any file is read.

    Args:
        path: the file that the user named; None for the user's own, which need not be there.
        options: those that it may set.
    """

    def __init__(self, path: Path | None, options: Sequence[Option]) -> None:
        self._named = path
        self._options = {option.name: option for option in options}
        self._values: dict[str, Any] | None = None
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

    def _read(self) -> dict[str, Any]:
        if self._values is None:
            self._values = {}  # also where it cannot be read, which is said once
            if self._named or kind_of(self.path) != "nothing":
                from summarize.command.settings_file import read_settings

                self._values = read_settings(self.path, list(self._options.values()))
        return self._values


def use_settings_file(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    """Let the settings of a file be the defaults of the options; a shell that completes them has no use for that."""
    if ctx.resilient_parsing:
        return
    options = [option for option in ctx.command.params if isinstance(option, Option) and option.is_setting]
    ctx.default_map = Settings(value, options)  # type: ignore[assignment]  # it is only read

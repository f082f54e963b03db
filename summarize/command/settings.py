"""Settings: what holds where the command line says nothing. Option, then environment, then file, then default.

The file is TOML; its keys are the long names of options, those that `Option.is_setting` names:

    sentences = 2
    format = "markdown"
    stop-words = "stop-words.txt"    # names are looked up from the folder of the file

An option that is given there or in the environment counts only where it goes with what the command line asks for.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from summarize.command.option import Option
from summarize.command.values import as_ratio
from summarize.text.printing import printable

FILE_NAME = "config.toml"
MOST_BYTES = 1 << 20  # of a settings file


def default_file() -> Path:
    """Return where the user's settings are looked for."""
    from platformdirs import user_config_path

    return user_config_path("summarize") / FILE_NAME


class Settings(Mapping[str, Any]):
    """What a settings file says, by the names of options; read when it is first asked for.

    A mistyped option is thus told before any file is read.

    Args:
        path: the file that the user named; None for the user's own, which need not be there.
        options: those that it may set.
    """

    def __init__(self, path: Path | None, options: Sequence[Option]) -> None:
        self._named = path
        self._options = {option.key: option for option in options}
        self._names = {option.name for option in options}
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

    def __getitem__(self, name: str) -> Any:
        if name not in self._names:  # click asks for every option
            raise KeyError(name)
        return self._read()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def _read(self) -> dict[str, Any]:
        if self._values is None:
            self._values = {}  # also where it cannot be read, which is said once
            self._values = self._checked(_read_toml(self.path, must_be=self._named is not None))
        return self._values

    def _checked(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return what click makes values of, from what TOML made of the file.

        Raises:
            click.UsageError: a key is unknown, or its value of a wrong kind.
        """
        values: dict[str, Any] = {}
        for key, value in given.items():
            option = self._options.get(key)
            if option is None:
                raise click.UsageError(f"{self}: unknown setting {_quoted(key)}{self._like(key)}")
            if not _is_of_kind(option, value):
                raise click.UsageError(f"{self}: {key} must be {_kind_of(option)}, not {_quoted(value)}")
            if isinstance(option.type, click.Path):
                value = self._below(value)
            values[option.name] = value if isinstance(value, bool) else str(value)
        return values

    def _below(self, name: str) -> Path:
        """Return the path of a name in the file."""
        try:
            return self.path.parent / Path(name).expanduser()
        except RuntimeError:  # there is no such home
            return self.path.parent / name

    def _like(self, key: str) -> str:
        from difflib import get_close_matches

        near = get_close_matches(key.lower().replace("_", "-"), self._options, 1)
        return f"; is it {near[0]}?" if near else "; `--show-config` lists them all"


def _read_toml(path: Path, *, must_be: bool) -> dict[str, Any]:
    """Return what is in a TOML file; nothing if there is none and there need not be.

    Raises:
        click.UsageError: it cannot be read.
    """
    name = printable(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        if not must_be:
            return {}
        raise click.UsageError(f"{name}: no such settings file; check its name") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise click.UsageError(f"{name}: cannot be read ({getattr(error, 'strerror', None) or error})") from None
    if len(data) > MOST_BYTES:
        raise click.UsageError(f"{name}: is longer than {MOST_BYTES >> 20} MB; is it a settings file?")
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise click.UsageError(f"{name}: is not in UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise click.UsageError(f"{name}: is not TOML: {printable(str(error))}") from None


def _is_of_kind(option: Option, value: object) -> bool:
    """Return whether a value of TOML is one that an option may take; click says whether it is in range."""
    if option.is_flag or isinstance(value, bool):
        return option.is_flag and isinstance(value, bool)
    if isinstance(option.type, click.types.IntParamType):
        return isinstance(value, int)
    return isinstance(value, str | float | int if _is_share(option) else str)


def _kind_of(option: Option) -> str:
    if option.is_flag:
        return "true or false"
    if isinstance(option.type, click.types.IntParamType):
        return "a whole number"
    return "a number or a text in quotes" if _is_share(option) else "a text in quotes"


def _is_share(option: Option) -> bool:
    return isinstance(option.type, click.types.FuncParamType) and option.type.func is as_ratio


def _quoted(value: object) -> str:
    """Return a value in one line, and not too long a one."""
    text = printable(json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= 60 else f"{text[:57]}..."


def use_settings_file(ctx: click.Context, parameter: click.Parameter, value: Path | None) -> None:
    """Let the settings of a file be the defaults of the options; a shell that completes them has no use for that."""
    if ctx.resilient_parsing:
        return
    options = [option for option in ctx.command.params if isinstance(option, Option) and option.is_setting]
    ctx.default_map = Settings(value, options)  # type: ignore[assignment]  # it is only read


def settings_as_toml(ctx: click.Context, values: Mapping[str, Any]) -> str:
    """Return every setting with its value and where that comes from: lines that may be a settings file.

    Args:
        ctx: the context of the command.
        values: of the options, by their names.
    """
    settings = ctx.default_map
    assert isinstance(settings, Settings)
    lines = [f"# {settings}{'' if settings.path.exists() else ' (there is none)'}"]
    for option in ctx.command.params:
        if not (isinstance(option, Option) and option.is_setting):
            continue
        value = values[option.name]
        where = {
            ParameterSource.COMMANDLINE: "command line",
            ParameterSource.ENVIRONMENT: f"environment: {option.envvar}",
            ParameterSource.DEFAULT_MAP: "this file",
        }.get(ctx.get_parameter_source(option.name) or ParameterSource.DEFAULT, "default")
        if value is None:
            lines.append(f"# {option.key}: {option.default_text}  # {where}")
        else:
            shown = value if isinstance(value, bool | int | float) else str(value)
            lines.append(f"{option.key} = {json.dumps(shown, ensure_ascii=False)}  # {where}")
    return "\n".join(lines) + "\n"

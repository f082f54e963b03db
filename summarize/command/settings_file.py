"""The settings file: TOML, whose keys are the long names of options, those that `Option.is_setting` names.

sentences = 2
format = "markdown"
stop-words = "stop-words.txt"    # names are looked up from the folder of the file
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from summarize.command.option import Option
from summarize.command.values import as_ratio
from summarize.text.printing import printable

MOST_BYTES = 1 << 20


def read_settings(path: Path, options: Sequence[Option]) -> dict[str, Any]:
    """Return what click makes values of, by the names of options.

    Args:
        path: the file.
        options: those that it may set.

    Raises:
        click.UsageError: it cannot be read, a key is unknown, or its value of a wrong kind.
    """
    known = {option.key: option for option in options}
    name = printable(str(path))
    values: dict[str, Any] = {}
    for key, value in _read_toml(path).items():
        option = known.get(key)
        if option is None:
            raise click.UsageError(f"{name}: unknown setting {_quoted(key)}{_like(key, known)}")
        if not _is_of_kind(option, value):
            raise click.UsageError(f"{name}: {key} must be {_kind_of(option)}, not {_quoted(value)}")
        if isinstance(option.type, click.Path):
            value = _below(path.parent, value)
        values[option.name] = value if isinstance(value, bool) else str(value)
    return values


def _below(folder: Path, name: str) -> Path:
    """Return the path of a name in a file that lies in a folder."""
    try:
        return folder / Path(name).expanduser()
    except RuntimeError:  # there is no such home
        return folder / name


def _like(key: str, known: Mapping[str, Option]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(key.lower().replace("_", "-"), known, 1)
    return f"; is it {near[0]}?" if near else "; `--show-config` lists them all"


def _read_toml(path: Path) -> dict[str, Any]:
    """Return what is in a TOML file.

    Raises:
        click.UsageError: it cannot be read.
    """
    name = printable(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
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

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
from summarize.interface import _, os_reason
from summarize.text.patterns import lazy_pattern
from summarize.text.printing import printable

MAX_BYTES = 1 << 20


def checked(content: Mapping[str, Any], path: Path, options: Sequence[Option]) -> dict[str, Any]:
    """Return what click makes values of, by the names of options.

    Args:
        content: of the file.
        path: the file.
        options: those that it may set.

    Raises:
        click.UsageError: a key is unknown, or its value of a wrong kind.
    """
    known = {option.key: option for option in options}
    name = printable(str(path))
    values: dict[str, Any] = {}
    for key, value in content.items():
        option = known.get(key)
        if option is None:
            raise click.UsageError(_unknown(name, key, known))
        if not _is_of_kind(option, value):
            problem = _("{name}: the value of {key} must be {what}, not {value}")
            raise click.UsageError(problem.format(name=name, key=key, what=_kind_of(option), value=_quoted(value)))
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


def _unknown(name: str, key: str, known: Mapping[str, Option]) -> str:
    """Return the message about an unknown key, with the closest known one."""
    from difflib import get_close_matches

    near = get_close_matches(key.lower().replace("_", "-"), known, 1)
    if near:
        return _("{name}: unknown setting {key}; did you mean {near}?").format(
            name=name, key=_quoted(key), near=near[0]
        )
    problem = _("{name}: unknown setting {key}; `--show-config` lists them all")
    return problem.format(name=name, key=_quoted(key))


def read_toml(path: Path) -> dict[str, Any]:
    """Return what is in a TOML file.

    Raises:
        click.UsageError: it cannot be read.
    """
    name = printable(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise click.UsageError(_("{name}: no such settings file; check its name").format(name=name)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        problem = _("{name}: cannot be read ({reason})")
        raise click.UsageError(problem.format(name=name, reason=os_reason(error))) from None
    if len(data) > MAX_BYTES:
        problem = _("{name}: is larger than {size} MB; is it a settings file?")
        raise click.UsageError(problem.format(name=name, size=MAX_BYTES >> 20))
    import tomllib

    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise click.UsageError(_("{name}: is not in UTF-8").format(name=name)) from None
    except (ValueError, RecursionError) as error:
        problem = _("{name}: is not TOML: {reason}")
        raise click.UsageError(problem.format(name=name, reason=_reason(error))) from None


_FAULT = lazy_pattern(r"(.*?)( '.*')? \(at (?:line (\d+), column (\d+)|end of document)\)")


def _reason(error: Exception) -> str:
    """Return Python's reason why a text is not TOML, in one line."""
    fault = _FAULT.fullmatch(printable(str(error)))
    if fault is None:
        return printable(str(error))
    what, value, line, column = fault.groups("")
    if line:
        return _("{what} (at line {line}, column {column})").format(what=_(what) + value, line=line, column=column)
    return _("{what} (at end of document)").format(what=_(what) + value)


def _is_of_kind(option: Option, value: object) -> bool:
    """Return whether a value of TOML is one that an option may take; click says whether it is in range."""
    if option.is_flag or isinstance(value, bool):
        return option.is_flag and isinstance(value, bool)
    if isinstance(option.type, click.types.IntParamType):
        return isinstance(value, int)
    return isinstance(value, str | float | int if _is_share(option) else str)


def _kind_of(option: Option) -> str:
    if option.is_flag:
        return _("true or false")
    if isinstance(option.type, click.types.IntParamType):
        return _("a whole number")
    return _("a number or a quoted string") if _is_share(option) else _("a quoted string")


def _is_share(option: Option) -> bool:
    return isinstance(option.type, click.types.FuncParamType) and option.type.func is as_ratio


def _quoted(value: object) -> str:
    """Return a value in one line, and not too long a one."""
    text = printable(json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= 60 else f"{text[:57]}..."

"""What the command prints about itself: short help, full help, version, completion scripts.

All of it is generated from the declarations of the options, like the tables in the documents and the manual page.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click
from click.core import ParameterSource

from summarize.command.option import GROUPS, Group, Option
from summarize.command.settings import Settings
from summarize.command.streams import command_name
from summarize.interface import N_, _

ABOUT = N_(
    "Summarize texts and documents by their most important sentences, offline. FILES may be files, folders (with -R) "
    "or web addresses. Standard input is read for `-`, or when no file is given and input is piped in."
)
HOW_LONG = N_(
    "Without a length, a summary has one to five sentences, depending on the text. If several lengths are given, all "
    "of them apply. Each file gets its own summary, and so does each text in a file that holds several."
)
EXAMPLES = ("{name} notes.txt", "{name} -n 2 --format markdown *.pdf -o summaries/", "cat notes.txt | {name} -c 100")
EXIT_STATUS = N_("Exit status: 0 success, 1 some input failed, 2 wrong usage, 3 no usable model.")
SETTINGS = N_(
    "Most options can also be set in a settings file (--show-config prints its path and all values) or in the "
    "environment, as in SUMMARIZE_CHARS=100. The command line overrides the environment, which overrides the file; if "
    "one of them gives a length, lengths in those that it overrides are ignored."
)

WIDTH = 80
_GAP = 2


def options_of(command: click.Command, group: Group | None = None) -> Iterator[Option]:
    """Yield the options of a command in the order of their declaration, all or those of a group."""
    for option in command.params:
        if isinstance(option, Option) and group in (None, option.group):
            yield option


def wrap(text: str, width: int) -> list[str]:
    """Wrap a text into lines; a wide character takes two columns."""
    if text.isascii():  # which needs no table of widths: that takes 10 ms to load
        from textwrap import wrap

        return wrap(text, width, break_on_hyphens=False, break_long_words=False)
    from summarize.formats import wrapping

    return wrapping.wrap(text, width).split("\n")


def _table(rows: list[tuple[str, str]], most_width: int) -> Iterator[str]:
    """Yield the lines of two columns; what is too long for the first one has a line of its own."""
    width = max((len(left) for left, _ in rows if len(left) <= most_width), default=0)
    for left, right in rows:
        lines = wrap(right, WIDTH - width - 2 * _GAP) or [""]
        if len(left) > width:
            yield f"{'':{_GAP}}{left}"
        else:
            yield f"{'':{_GAP}}{left:{width + _GAP}}{lines.pop(0)}".rstrip()
        yield from (f"{'':{width + 2 * _GAP}}{line}" for line in lines)


def _indented(option: Option) -> str:
    """Return the spelling of an option, with long names aligned."""
    return option.spelling if len(option.opts[0]) == 2 else f"    {option.spelling}"


def _usage(name: str) -> str:
    return _("Usage: {command} [OPTIONS] [FILES]...").format(command=name)


def short_help(command: click.Command, name: str) -> str:
    """Return the short help, which fits on one screen.

    Args:
        command: what to tell of.
        name: what it is called by.
    """
    rows = [(_indented(option), option.help or "") for option in options_of(command) if option.is_common]
    examples = [f"  {example.format(name=command_name(name))}" for example in EXAMPLES]
    return "\n".join([
        _usage(name),
        "",
        *wrap(_(ABOUT), WIDTH),
        "",
        *_table(rows, WIDTH // 3),
        "",
        *examples,
    ]) + "\n"  # fmt: skip


def full_help(command: click.Command, name: str) -> str:
    """Return the full help; arguments as for `short_help`."""
    lines = [_usage(name), "", *wrap(_(ABOUT), WIDTH), "", *wrap(_(HOW_LONG), WIDTH)]
    lines += option_lines(command)
    examples = [f"  {example.format(name=command_name(name))}" for example in EXAMPLES]
    lines += ["", *wrap(_(SETTINGS), WIDTH), "", _("Examples:"), *examples, "", *wrap(_(EXIT_STATUS), WIDTH)]
    return "\n".join(lines) + "\n"


def option_lines(command: click.Command) -> list[str]:
    """Return the lines of the options of a command, below their groups."""
    lines: list[str] = []
    for group, title in GROUPS.items():
        rows = [(_indented(option), option_help(option)) for option in options_of(command, group)]
        if rows:
            lines += ["", _("{group}:").format(group=_(title)), *_table(rows, WIDTH // 3)]
    return lines


def option_help(option: Option) -> str:
    """Return what an option does, and its default."""
    if not option.default_text:
        return option.help
    return _("{help} [{default}]").format(help=option.help, default=option.default_text)


def completion(command: click.Command, shell: str, name: str) -> str:
    """Return the script that makes a shell complete the options and files of a command.

    Args:
        command: the command.
        shell: one that click knows.
        name: what the command is called by.
    """
    from click.shell_completion import get_completion_class

    complete = get_completion_class(shell)
    assert complete is not None
    return complete(command, {}, name, f"_{name}_COMPLETE".replace("-", "_").upper()).source()


def settings_as_toml(ctx: click.Context, values: Mapping[str, Any]) -> str:
    """Return every setting with its value and where that comes from: lines that may be a settings file.

    Args:
        ctx: the context of the command.
        values: of the options, by their names.
    """
    settings = ctx.default_map
    assert isinstance(settings, Settings)
    lines = [f"# {settings}" if settings.path.exists() else _("# {path} (does not exist)").format(path=settings)]
    for option in ctx.command.params:
        if not (isinstance(option, Option) and option.is_setting):
            continue
        value = values[option.name]
        where = {
            ParameterSource.COMMANDLINE: _("command line"),
            ParameterSource.ENVIRONMENT: _("environment: {variable}").format(variable=option.envvar),
            ParameterSource.DEFAULT_MAP: _("this file"),
        }.get(ctx.get_parameter_source(option.name) or ParameterSource.DEFAULT, _("default"))
        if value is None:
            lines.append(f"# {option.key}: {option.default_text}  # {where}")
        else:
            shown = value if isinstance(value, bool | int | float) else str(value)
            quoted = json.dumps(shown, ensure_ascii=not str(shown).isprintable())
            lines.append(f"{option.key} = {quoted}  # {where}")
    return "\n".join(lines) + "\n"

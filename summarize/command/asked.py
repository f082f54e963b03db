"""From the values of all options to the job that is done for every input: conflicts between them are resolved here."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from summarize.command.streams import entry_type
from summarize.command.work import LENGTH_OPTIONS, Job
from summarize.errors import InputError, check_extra
from summarize.formats.screen import columns, uses_color
from summarize.formats.table import FORMATS, Format, format_named
from summarize.formats.view import View
from summarize.interface import _, join_with_and
from summarize.lexicon import Lexicon
from summarize.text.printing import printable

_SOURCES = (ParameterSource.COMMANDLINE, ParameterSource.ENVIRONMENT, ParameterSource.DEFAULT_MAP)
_OF_PRINTING = ("explain", "highlight", "cite")  # colours and widths are left out where they are of no use


def resolve_options(ctx: click.Context) -> dict[str, Any]:
    """Return the values of the options, without settings that conflict with the command line.

    Besides, `wants_field` says whether the command line names a field.

    Raises:
        click.UsageError: two options on the command line exclude each other, or --query has no question.
    """
    values = dict(ctx.params)
    values["wants_field"] = bool(values["field"]) and _is_on_command_line(ctx, "field")
    resolve_lengths(ctx, values)
    if values["query"] and not values["files"] and entry_type(Path(values["query"])) == "file":
        name = printable(values["query"])
        problem = _("--query needs a question, but '{name}' is a file; write --query QUESTION {name}")
        raise click.UsageError(problem.format(name=name))
    known = format_named(values["format"])
    for name in _OF_PRINTING:
        if _is_asked(name, values[name]) and not _goes_with(known, name):
            if _is_on_command_line(ctx, name):
                raise click.UsageError(_not_for(known, name))
            _drop(ctx, values, name)
    return values


def _is_on_command_line(ctx: click.Context, name: str) -> bool:
    return ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE


def resolve_lengths(ctx: click.Context, values: dict[str, Any]) -> None:
    """Keep the lengths from the first source that gives one: command line, environment, settings file."""
    sources = {name: ctx.get_parameter_source(name) for name in LENGTH_OPTIONS if values.get(name) is not None}
    first = next((source for source in _SOURCES if source in sources.values()), None)
    for name, source in sources.items():
        if source != first:
            _drop(ctx, values, name)
    if values.get("length") is not None and sum(values.get(name) is not None for name in LENGTH_OPTIONS) > 1:
        raise click.UsageError(
            _("--length cannot be combined with --sentences, --chars, --words or --ratio; give one of them")
        )


def _drop(ctx: click.Context, values: dict[str, Any], name: str) -> None:
    option = next(option for option in ctx.command.params if option.name == name)
    values[name] = option.get_default(ctx) if isinstance(option.default, str) else None
    ctx.set_parameter_source(name, ParameterSource.DEFAULT)


def _is_asked(name: str, value: Any) -> bool:
    return value is not None if name == "explain" else bool(value)


def _goes_with(known: Format, name: str) -> bool:
    return known.explanation in ("asked", "included") if name == "explain" else name in known.takes


def _not_for(known: Format, name: str) -> str:
    formats = join_with_and([other.name for other in FORMATS if _goes_with(other, name)])
    if name == "explain":
        problem = _("--explain and --no-explain work with {formats}, not with --format {format}")
    else:
        problem = _("{option} works with {formats}, not with --format {format}")
    return problem.format(option=f"--{name}", formats=formats, format=known.name)


def build_job(values: Mapping[str, Any], *, has_headings: bool) -> Job:
    """Return what is to be done with every input.

    Args:
        values: of the options, by their names.
        has_headings: whether every summary has a heading.

    Raises:
        click.UsageError: a list of words cannot be read.
        MissingExtraError: a library is missing that a plot needs.
    """
    known = format_named(values["format"])
    explain, highlight, plot = values["explain"], bool(values["highlight"]), values["plot"]
    if plot:
        check_extra("plot", ("matplotlib",))
    stream = None if values["output"] else sys.stdout
    view = View(
        cite=bool(values["cite"]),
        explain=bool(explain) and "explain" in known.takes,
        highlight=highlight,
        width=columns(stream) if "width" in known.takes else None,
        color=uses_color(values["color"], stream) and "color" in known.takes,
    )
    summary_options: dict[str, Any] = {
        name: values[name] for name in (*LENGTH_OPTIONS, "attention", "order", "keywords", "query")
    }
    summary_options |= {
        "language": None if values["lang"] == "auto" else values["lang"],
        "fuse": values["fuse"],
        "compress": values["compress"],
        "title": bool(values["title"]),
        "by_heading": bool(values["by_heading"]),
        "explain": known.needs_explanation(explain=explain, highlight=highlight) or plot is not None,
    }
    if values["dictionary"] or values["stop_words"]:
        summary_options["lexicon"] = _lexicon(values["dictionary"], values["stop_words"])
    reading = {"encoding": values["encoding"], "field": values["field"], "source_format": values["from"]}
    return Job(
        summary_options=summary_options,
        format=known.name,
        view=view,
        plot=plot,
        reading=reading,
        model=values["model"],
        has_headings=has_headings,
        together=bool(values["together"]),
        debug=bool(values["debug"]),
    )


def _lexicon(dictionary: Path | None, stop_words: Path | None) -> Lexicon:
    """Read lists of words.

    Raises:
        click.UsageError: one cannot be read.
    """
    from summarize.text.word_lists import read_lexicon

    try:
        return read_lexicon(dictionary, stop_words)
    except InputError as error:
        raise click.UsageError(str(error)) from error

"""Exit behaviour of the command: wrong usage is reported in one line, and a closed pipe or Ctrl-C is quiet."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from summarize.command.option import Option
from summarize.command.settings import read_ahead
from summarize.command.streams import command_name, print_error, writing
from summarize.errors import ExitStatus
from summarize.interface import _, ngettext


class QuietCommand(click.Command):
    """A command that tells wrong usage in one line, and ends quietly at a closed pipe or Ctrl-C.

    click's own answers are four lines, a line, and the exit status 1.
    """

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **extra: Any) -> click.Context:
        """Read the options; those that print something and end, such as `--help`, do so here."""
        settings = read_ahead(args, [option for option in self.params if isinstance(option, Option)], os.environ)
        if not extra.get("resilient_parsing"):  # not needed while the shell completes options
            extra["default_map"] = settings
        with report_usage_errors(info_name), writing(command_name(info_name)):
            return super().make_context(info_name, args, *more, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            with report_usage_errors(ctx.info_name):
                return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.exit(ExitStatus.INTERRUPTED)


@contextmanager
def report_usage_errors(info_name: str | None) -> Iterator[None]:
    """Report usage errors in this context in one line that names `--help`.

    Raises:
        SystemExit: it was wrong.
    """
    try:
        yield
    except click.UsageError as error:
        problem = _no_such_option(error) if isinstance(error, click.NoSuchOption) else error.format_message()
        problem = " ".join(problem.split()).replace("。 ", "。").removesuffix(".").removesuffix("。")
        name = command_name(info_name)
        print_error(_("{problem} (see `{command} --help`)").format(problem=problem, command=name), name)
        sys.exit(ExitStatus.USAGE)


def _no_such_option(error: click.NoSuchOption) -> str:
    """Return what is wrong as click says it from 8.4 on; of similar options, those that begin with what was typed."""
    problem = _("No such option {name!r}.").format(name=error.option_name)
    similar = sorted(error.possibilities or ())
    similar = [option for option in similar if option.startswith(error.option_name)] or similar
    if not similar:
        return problem
    names = ", ".join(map(repr, similar))
    hint = ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)", len(similar))
    return f"{problem} {hint.format(possibility=names, possibilities=names)}"

"""The command `summarize`, also installed as `zhaiyao`: it turns options into work and returns an exit status.

It is loaded for every `--help` and every mistyped option. So it imports, at module level, only modules that load
nothing heavier than click; what reads texts or models is imported when it is needed.
"""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from summarize.command.declarations import FILES, OPTIONS
from summarize.command.model import ask_for_one_thread, load_scorer
from summarize.command.quiet import QuietCommand
from summarize.command.streams import is_folder, print_error, print_stderr, stream_file_id, write
from summarize.errors import ExitStatus, SummarizeError
from summarize.interface import _

if TYPE_CHECKING:
    from summarize.command.run import Output

# What says nothing where texts come from standard input, and JSON goes to standard output.
_NOT_WITH_LINES = (
    *("files", "files_from", "recursive", "from", "field", "encoding"),
    *("format", "output", "force", "highlight", "plot", "jobs"),
)


@click.pass_context
def summarize(ctx: click.Context, /, **given: Any) -> None:
    """Run the command with the given options, and exit."""
    from summarize.command.asked import resolve_options

    values = resolve_options(ctx)
    if values["show_config"]:
        from summarize.command.screens import settings_as_toml

        write(settings_as_toml(ctx, values))
        sys.exit(ExitStatus.OK)
    try:
        status = answer_lines(ctx, values) if values["jsonl"] else summarize_inputs(values)
    except click.UsageError:
        raise
    except Exception as error:
        status = report(error, debug=bool(values["debug"]))
    sys.exit(status)


main: QuietCommand = QuietCommand("summarize", params=[FILES, *OPTIONS], callback=summarize, add_help_option=False)


def summarize_inputs(values: Mapping[str, Any]) -> ExitStatus:
    """Summarize the named inputs, and return whether any of them failed.

    Args:
        values: of the options, by their names.

    Raises:
        click.UsageError: the inputs and the options cannot be combined.
        SummarizeError: nothing can be summarized, or what is written cannot be.
    """
    from summarize.command.asked import build_job
    from summarize.command.files import find_inputs
    from summarize.command.run import StdoutOutput, run, run_together
    from summarize.command.work import JobRunner
    from summarize.formats.table import format_named

    form = format_named(values["format"])
    folder = Path(values["output"]) if values["output"] and is_folder(values["output"]) else None
    inputs, notes = find_inputs(
        values["files"],
        listed=values["files_from"],
        recursive=bool(values["recursive"]),
        avoid=folder,
        prints=not values["output"],
    )
    together = bool(values["together"])
    if len(inputs) > 1 and not together and values["plot"]:
        raise click.UsageError(_("a plot shows one document; name one file"))
    if len(inputs) > 1 and not together and form.several == "refused" and not folder:
        raise click.UsageError(_("an HTML page shows one document; name one file, or a folder to write to: -o DIR/"))
    if together and folder:
        raise click.UsageError(_("--together makes one summary; name a file to write to, not a folder"))
    output: Output = StdoutOutput()
    if values["output"] or values["plot"]:
        from summarize.command.outputs import find_output  # a plain call does without

        output = find_output(inputs, values["output"], values["plot"], form.suffix, force=values["force"]) or output
    job = build_job(values, has_headings=len(inputs) > 1 and not folder and not together)
    for note in notes:
        print_error(note)
    # Load the model first, so that an unusable one is reported before the program waits for input.
    ask_for_one_thread()
    work = JobRunner(job, load_scorer(job.model))
    wants_field = bool(values["wants_field"])
    if together:
        return run_together(work, inputs, output, wants_field=wants_field)
    return run(work, inputs, output, jobs=values["jobs"], wants_field=wants_field)


def answer_lines(ctx: click.Context, values: dict[str, Any]) -> ExitStatus:
    """Answer the lines of standard input until its end.

    Args:
        ctx: the context of the command.
        values: of the options, by their names.

    Raises:
        click.UsageError: another option cannot be combined with --jsonl.
        ModelError: the model cannot be used.
    """
    from summarize.command.asked import build_job
    from summarize.command.coprocess import serve
    from summarize.command.work import JobRunner

    for name in _NOT_WITH_LINES:
        is_given = values[name] != ()  # for which click before 8.3 names the command line as well
        if is_given and ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE:
            if name == "files":
                raise click.UsageError(
                    _("--jsonl reads texts from standard input and writes JSON, so it cannot be combined with a file")
                )
            problem = _(
                "--jsonl reads texts from standard input and writes JSON, so it cannot be combined with {option}"
            )
            raise click.UsageError(problem.format(option=f"--{name.replace('_', '-')}"))
    if sys.stdin is None:
        raise click.UsageError(_("--jsonl reads standard input, but standard input is closed"))
    if stream_file_id(sys.stdin) is not None and stream_file_id(sys.stdin) == stream_file_id(sys.stdout):
        raise click.UsageError(_("standard input and standard output are the same file; write to another one"))
    wanted = values | {"format": "json", "highlight": False, "explain": bool(values["explain"]), "output": None}
    job = build_job(wanted, has_headings=False)
    ask_for_one_thread()
    serve(JobRunner(job, load_scorer(job.model)), sys.stdin.buffer, write, print_stderr)
    return ExitStatus.OK


def report(error: Exception, *, debug: bool = False) -> ExitStatus:
    """Print what ended the run and return the exit status it stands for.

    Args:
        error: a SummarizeError is printed unchanged; any other error is a bug in this program.
        debug: whether to print the traceback first.
    """
    from summarize.command.work import reason_of, traceback_of

    if debug:
        print_stderr(traceback_of(error))
    print_error(reason_of(error))
    return error.exit_status if isinstance(error, SummarizeError) else ExitStatus.INPUT_FAILED

"""The command `summarize-batch`: it turns options into a batch and returns an exit status."""

import hashlib
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from summarize.batch.options import PARAMETERS
from summarize.batch.task import Settings
from summarize.command.declarations import OPTIONS
from summarize.command.quiet import QuietCommand
from summarize.command.streams import print_error, print_stderr, write
from summarize.errors import ExitStatus, SummarizeError
from summarize.interface import N_, _, interface_language, os_reason

UNFINISHED = 4  # the exit status of an unfinished batch

ABOUT = N_(
    "Summarize millions of documents. Each row of INPUT (a file or a folder) gets a new field with its summary and is "
    "written to the folder OUTPUT. Both may be addresses such as s3://bucket/folder. To resume a stopped run, start "
    "the same command again."
)
INPUTS = N_("INPUT is JSON Lines, CSV or Parquet, also compressed (.gz, .zst), or a folder of documents in any format.")
EXIT_STATUS = N_(
    "Exit status: 0 success; 1 finished, but some documents failed (OUTPUT/_batch/failed.jsonl says which, and why); "
    "2 wrong usage; 3 no usable model; 4 unfinished; 130 stopped by Ctrl-C."
)


@click.pass_context
def batch(ctx: click.Context, /, **given: Any) -> None:
    """Run a batch, and exit."""
    from summarize.command.asked import resolve_lengths

    values = dict(ctx.params)
    resolve_lengths(ctx, values)
    if values["address"] and values["engine"] != "ray":
        raise click.UsageError(_("--address names a Ray cluster; add --engine ray"))
    try:
        sys.exit(do_batch(values))
    except (SummarizeError, OSError) as error:  # OSError: from a store, after reading was retried
        if values["debug"]:
            from summarize.command.work import traceback_of

            print_stderr(traceback_of(error))
        print_error(os_reason(error) if isinstance(error, OSError) else str(error))
        status = error.exit_status if isinstance(error, SummarizeError) else UNFINISHED
        sys.exit(UNFINISHED if status == ExitStatus.INPUT_FAILED else status)
    except KeyboardInterrupt:
        print_error(_("stopped; finished pieces are kept, and the same command resumes from there"))
        sys.exit(ExitStatus.INTERRUPTED)


class BatchCommand(QuietCommand):
    """The command, with all of its help on one screen."""

    def get_help(self, ctx: click.Context) -> str:
        """Return the help."""
        from summarize.command.screens import WIDTH, option_lines, wrap

        lines = [_("Usage: {name} [OPTIONS] INPUT OUTPUT").format(name=ctx.command_path)]
        for paragraph in (ABOUT, INPUTS):
            lines += ["", *wrap(_(paragraph), WIDTH)]
        return "\n".join([*lines, *option_lines(self), "", *wrap(_(EXIT_STATUS), WIDTH)])


main: BatchCommand = BatchCommand(
    "summarize-batch",
    params=PARAMETERS,
    callback=batch,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def do_batch(values: Mapping[str, Any]) -> ExitStatus:
    """Run a batch and print its result.

    Args:
        values: of the options, by their names.

    Raises:
        SummarizeError: it cannot be run or finished.
    """
    from summarize.batch.run import BatchRequest, run_batch
    from summarize.command.asked import build_job

    unused: dict[str, Any] = {option.name: None for option in OPTIONS} | {"format": "text", "color": "never"}
    job = build_job(unused | dict(values), has_headings=False)
    settings = Settings(
        output=values["output"],
        run="",
        kind="jsonl",
        summary_options=job.summary_options,
        model=job.model,
        field=values["field"] or "",
        into=values["into"],
        extras=tuple(dict.fromkeys(values["extras"])),
        encoding=values["encoding"],
        language=interface_language(),
    )
    asked = BatchRequest(
        input=values["input"],
        settings=settings,
        kind=values["kind"],
        piece_bytes=values["piece_size"],
        lists={name: _digest(values[name]) for name in ("dictionary", "stop_words") if values[name]},
        anew=values["force"],
        is_thorough=values["verify"],
    )

    def make_engine(settings: Settings, input_address: str) -> AbstractContextManager[Any]:
        timeout = values["timeout"] or None
        if values["engine"] == "ray":
            from summarize.batch.on_ray import RayEngine

            return RayEngine(settings, input_address, values["workers"], timeout, values["address"])
        from summarize.batch.local import LocalEngine
        from summarize.command.jobs import num_cores

        return LocalEngine(settings, input_address, values["workers"] or num_cores(), timeout)

    tally = run_batch(asked, make_engine, print_error)
    line = _(
        "{read} documents read: {written} written, {failed} failed; {pieces} pieces, {before} already done"
    ).format(**tally._asdict())
    write(f"{line}\n")
    if tally.failed:
        print_error(_("{name}: lists the documents that failed, and why").format(name=tally.dead_letters))
    return tally.status


def _digest(path: Path) -> str:
    """Return a digest of a list of words, which has been read already."""
    return hashlib.sha256(path.read_bytes()).hexdigest()

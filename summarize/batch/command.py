"""The command `summarize-batch`: from options to a batch, and the exit status."""

import copy
import hashlib
import re
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import click

from summarize.batch.task import EXTRAS, KINDS, Settings
from summarize.command.declarations import OPTIONS
from summarize.command.quiet import QuietCommand
from summarize.command.streams import complain, tell, write
from summarize.command.values import WholeNumber
from summarize.errors import ExitStatus, SummarizeError
from summarize.interface import N_, _

UNFINISHED = 4  # the exit status of a batch that did not come to its end
ENGINES = ("local", "ray")

# Options of `summarize` that decide what a summary is; neither a settings file nor the environment has a say in what
# may run for days and be begun again by somebody else.
_OF_SUMMARIES = (
    *("sentences", "chars", "words", "ratio", "length"),
    *("lang", "query", "order", "fuse", "compress", "dictionary", "stop_words", "attention", "model"),
    *("title", "keywords", "by_heading", "field", "encoding"),
)
_SIZE = re.compile(r"(\d+)([KMG]?)B?", re.I)
_FACTORS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def as_size(value: str) -> int:
    """Read a number of bytes, `512K` or `16M`.

    Raises:
        click.BadParameter: it is none.
    """
    match = _SIZE.fullmatch(value.strip())
    if match is None or not int(match[1]):
        raise click.BadParameter(_("'{value}' is no size; write it as 512K or 16M").format(value=value))
    return int(match[1]) * _FACTORS[match[2].upper()]


def as_seconds(value: str) -> float:
    """Read a number of seconds.

    Raises:
        click.BadParameter: it is none.
    """
    try:
        seconds = float(value)
    except ValueError:
        seconds = -1
    if not 0 <= seconds < float("inf"):
        raise click.BadParameter(_("'{value}' is no number of seconds").format(value=value))
    return seconds


def _of_summaries() -> list[click.Option]:
    options: list[click.Option] = []
    for option in OPTIONS:
        if option.name in _OF_SUMMARIES:
            own = copy.copy(option)
            own.envvar = None
            own.show_default = option.default_text or False
            options.append(own)
    return options


def _own_option(*names: str, **attributes: Any) -> click.Option:
    return click.Option(list(names), show_default=attributes.pop("show_default", False), **attributes)


_OWN = (
    _own_option("--from", "kind", metavar="KIND", type=click.Choice(KINDS, case_sensitive=False),
                show_default="what the names say",
                help=N_("What the input is: jsonl, csv, parquet, or files, each of which is a document.")),
    _own_option("--into", metavar="NAME", default="summary", show_default=True,
                help=N_("Field of the summary; the names of the other new fields begin so.")),
    _own_option("--with", "extras", metavar="WHAT", multiple=True, type=click.Choice(EXTRAS, case_sensitive=False),
                show_default="none",
                help=N_("Add where the chosen sentences stand (selected), the language, or all that --format json "
                        "prints (json); may be given several times.")),
    _own_option("--workers", metavar="N", type=WholeNumber(0), default=0, show_default="0, one for each core",
                help=N_("Work with N processes.")),
    _own_option("--engine", metavar="ENGINE", type=click.Choice(ENGINES, case_sensitive=False), default="local",
                show_default=True,
                help=N_("Who does the work: processes of this machine (local), or a cluster of Ray (ray).")),
    _own_option("--address", metavar="ADDRESS", show_default="a cluster of this machine alone",
                help=N_("The cluster of Ray.")),
    _own_option("--piece-size", metavar="SIZE", type=as_size, show_default="by the input, 64K to 16M",
                help=N_("How much input is one piece, which makes one file of the output.")),
    _own_option("--timeout", metavar="SECONDS", type=as_seconds, default="600", show_default=True,
                help=N_("Most seconds for a document, which then counts as failed; 0: no limit.")),
    _own_option("--force", is_flag=True,
                help=N_("Start anew: throw away the batch that is in OUTPUT.")),
    _own_option("--verify", is_flag=True,
                help=N_("Read what is in OUTPUT and do again what is not as it was written; its size is always "
                        "looked at.")),
    _own_option("--debug", is_flag=True,
                help=N_("Show where in the program an error happened.")),
)  # fmt: skip

_ABOUT = """Summarize millions of documents: the rows of INPUT, a file or a folder, with a new field, into the folder
OUTPUT. Both may be addresses such as s3://bucket/folder. A run that was stopped goes on when it is started again.

INPUT is JSON Lines, CSV or Parquet, packed (.gz, .zst) or not, or a folder of documents.

Exit status: 0 all done, 1 done, but some documents failed (OUTPUT/_batch/failed.jsonl), 2 wrong usage, 3 no usable
model, 4 not done to the end, 130 stopped by Ctrl-C."""


@click.pass_context
def batch(ctx: click.Context, /, **given: Any) -> None:
    """Do a batch, and exit."""
    from summarize.command.asked import settle_lengths

    values = dict(ctx.params)
    settle_lengths(ctx, values)
    if values["address"] and values["engine"] != "ray":
        raise click.UsageError(_("--address is of a cluster of Ray; add --engine ray"))
    try:
        sys.exit(do_batch(values))
    except (SummarizeError, OSError) as error:  # OSError: of a store, where reading it once more did not help
        if values["debug"]:
            from summarize.command.work import traceback_of

            tell(traceback_of(error))
        complain(str(error))
        status = error.exit_status if isinstance(error, SummarizeError) else UNFINISHED
        sys.exit(UNFINISHED if status == ExitStatus.INPUT_FAILED else status)
    except KeyboardInterrupt:
        complain(_("stopped; what is done is kept, and the same command goes on from there"))
        sys.exit(ExitStatus.INTERRUPTED)


main = QuietCommand(
    "summarize-batch",
    params=[
        click.Argument(["input"], type=click.Path()),
        click.Argument(["output"], type=click.Path()),
        *_of_summaries(),
        *_OWN,
    ],
    callback=batch,
    help=_ABOUT,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def do_batch(values: Mapping[str, Any]) -> ExitStatus:
    """Do a batch and print what came of it.

    Args:
        values: of the options, by their names.

    Raises:
        SummarizeError: it cannot be done, or not to its end.
    """
    from summarize.batch.run import Asked, run_batch
    from summarize.command.asked import job_of

    unused: dict[str, Any] = {option.name: None for option in OPTIONS} | {"format": "text", "color": "never"}
    job = job_of(unused | dict(values), has_headings=False)
    settings = Settings(
        output=values["output"],
        run="",
        kind="jsonl",
        wishes=job.wishes,
        model=job.model,
        field=values["field"] or "",
        into=values["into"],
        extras=tuple(dict.fromkeys(values["extras"])),
        encoding=values["encoding"],
    )
    asked = Asked(
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

    tally = run_batch(asked, make_engine, complain)
    line = _("{read} documents read: {written} written, {failed} failed; {pieces} pieces, {before} done before").format(
        **tally._asdict()
    )
    write(f"{line}\n")
    if tally.failed:
        complain(_("{name}: says which documents failed, and why").format(name=tally.dead_letters))
    return tally.status


def _digest(path: Path) -> str:
    """Return a digest of a list of words, which has been read already."""
    return hashlib.sha256(path.read_bytes()).hexdigest()

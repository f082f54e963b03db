"""Every option of `summarize-batch`: those of `summarize` that decide what a summary is, and those of a batch."""

import copy
import re
from functools import partial

import click

from summarize.batch.task import EXTRAS, KINDS
from summarize.command.declarations import OPTIONS
from summarize.command.option import Option
from summarize.command.values import WholeNumber, as_encoding
from summarize.interface import N_, _
from summarize.text.printing import printable

ENGINES = ("local", "ray")

_OF_SUMMARIES = (
    *("sentences", "chars", "words", "ratio", "length"),
    *("lang", "query", "order", "fuse", "compress", "dictionary", "stop_words", "attention", "model"),
    *("title", "keywords", "by_heading", "field", "interface"),
)
_SIZE = re.compile(r"(\d+)([KMG]?)B?", re.I)
_FACTORS = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}

_one_of = partial(click.Choice, case_sensitive=False)


def as_size(value: str) -> int:
    """Read a number of bytes, `512K` or `16M`.

    Raises:
        click.BadParameter: it is none.
    """
    match = _SIZE.fullmatch(value.strip())
    if match is None or not int(match[1]):
        raise click.BadParameter(_("'{value}' is not a size; write it like 512K or 16M").format(value=printable(value)))
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
        raise click.BadParameter(_("'{value}' is not a number of seconds").format(value=printable(value)))
    return seconds


def _of_summaries() -> list[Option]:
    """Return the options of `summarize` that hold here, but only where they stand on the command line.

    Settings files and environment variables are ignored, because a run takes days and may be resumed by somebody else.
    """
    options: list[Option] = []
    for option in OPTIONS:
        if option.name in _OF_SUMMARIES:
            own = copy.copy(option)
            own.is_setting, own.envvar = False, None
            options.append(own)
    return options


_OWN = (
    Option("--from", "kind", group="Input", metavar="KIND", type=_one_of(KINDS),
           default_text=N_("from the file names"),
           help=N_("Kind of input: jsonl, csv, parquet, or files (each file is a document).")),
    Option("--encoding", group="Input", metavar="NAME", type=as_encoding,
           default_text=N_("utf-8; for files: detected"),
           help=N_("Encoding of the text, such as utf-8, gb18030 or big5.")),
    Option("--into", group="Output", metavar="NAME", default="summary",
           help=N_("Name of the field for the summary, and prefix of the other new fields.")),
    Option("--with", "extras", group="Output", metavar="WHAT", multiple=True, type=_one_of(EXTRAS),
           default_text=N_("none"),
           help=N_("Also add the positions of the chosen sentences (selected), the language (language), or everything "
                   "that --format json prints (json); can be repeated.")),
    Option("--force", group="Output", is_flag=True,
           help=N_("Start over: delete the batch that is in OUTPUT.")),
    Option("--verify", group="Output", is_flag=True,
           help=N_("Check the contents of the parts in OUTPUT, and redo those that have changed; sizes are always "
                   "checked.")),
    Option("--workers", group="Other", metavar="N", type=WholeNumber(0), default=0,
           help=N_("Use N processes; 0 means one per core.")),
    Option("--engine", group="Other", metavar="ENGINE", type=_one_of(ENGINES), default="local",
           help=N_("Where to run: local processes (local) or a Ray cluster (ray).")),
    Option("--address", group="Other", metavar="ADDRESS", default_text=N_("a new cluster on this machine"),
           help=N_("Address of the Ray cluster.")),
    Option("--piece-size", group="Other", metavar="SIZE", type=as_size, default_text=N_("64K to 16M, by input size"),
           help=N_("Size of a piece of the input, which becomes one part of the output.")),
    Option("--timeout", group="Other", metavar="SECONDS", type=as_seconds, default="600",
           help=N_("Time limit in seconds per document, which then counts as failed; 0 means no limit.")),
    Option("--debug", group="Other", is_flag=True,
           help=N_("Print a traceback when an error occurs.")),
)  # fmt: skip

PARAMETERS: list[click.Parameter] = [
    click.Argument(["input"], type=click.Path()),
    click.Argument(["output"], type=click.Path()),
    *_of_summaries(),
    *_OWN,
]

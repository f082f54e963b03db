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
        raise click.BadParameter(_("'{value}' is no size; write it as 512K or 16M").format(value=printable(value)))
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
        raise click.BadParameter(_("'{value}' is no number of seconds").format(value=printable(value)))
    return seconds


def _of_summaries() -> list[Option]:
    """Return the options of `summarize` that hold here, but only where they stand on the command line.

    Neither a settings file nor the environment has a say in what runs for days, and is begun again by somebody else.
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
           default_text=N_("what the names say"),
           help=N_("What the input is: jsonl, csv, parquet, or files, each of which is a document.")),
    Option("--encoding", group="Input", metavar="NAME", type=as_encoding,
           default_text=N_("utf-8; of files detected"),
           help=N_("Encoding of the text, such as utf-8, gb18030 or big5.")),
    Option("--into", group="Output", metavar="NAME", default="summary",
           help=N_("Field of the summary; the names of the other new fields begin so.")),
    Option("--with", "extras", group="Output", metavar="WHAT", multiple=True, type=_one_of(EXTRAS),
           default_text=N_("none"),
           help=N_("Add where the chosen sentences stand (selected), the language, or all that --format json prints "
                   "(json); may be given several times.")),
    Option("--force", group="Output", is_flag=True,
           help=N_("Start anew: throw away the batch that is in OUTPUT.")),
    Option("--verify", group="Output", is_flag=True,
           help=N_("Read the parts that are in OUTPUT, and do those again that are not as they were written; their "
                   "sizes are always looked at.")),
    Option("--workers", group="Other", metavar="N", type=WholeNumber(0), default=0,
           help=N_("Work with N processes; 0: one for each core.")),
    Option("--engine", group="Other", metavar="ENGINE", type=_one_of(ENGINES), default="local",
           help=N_("Who does the work: processes of this machine (local), or a cluster of Ray (ray).")),
    Option("--address", group="Other", metavar="ADDRESS", default_text=N_("a cluster of this machine alone"),
           help=N_("The cluster of Ray.")),
    Option("--piece-size", group="Other", metavar="SIZE", type=as_size, default_text=N_("by the input, 64K to 16M"),
           help=N_("How much of the input is one piece, which makes one part of the output.")),
    Option("--timeout", group="Other", metavar="SECONDS", type=as_seconds, default="600",
           help=N_("Most seconds for a document, which then counts as failed; 0: no limit.")),
    Option("--debug", group="Other", is_flag=True,
           help=N_("Show where in the program an error happened.")),
)  # fmt: skip

PARAMETERS: list[click.Parameter] = [
    click.Argument(["input"], type=click.Path()),
    click.Argument(["output"], type=click.Path()),
    *_of_summaries(),
    *_OWN,
]

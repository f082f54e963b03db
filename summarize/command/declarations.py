"""The declarations of all options, from which help, manual page and documents are generated."""

from functools import partial
from pathlib import Path

import click

from summarize import __version__
from summarize.command.option import Option
from summarize.command.streams import command_name, print_stdout
from summarize.command.values import WholeNumber, as_encoding, as_files, as_output, as_plot, as_query, as_ratio
from summarize.document import ATTENTION_KINDS, LANGUAGES, LENGTHS, ORDERS
from summarize.formats.table import NAMES
from summarize.inputs.table import SOURCE_FORMATS
from summarize.interface import INTERFACE_LANGUAGES, N_
from summarize.text.printing import printable

_one_of = partial(click.Choice, case_sensitive=False)
_path = partial(click.Path, readable=False)  # the reader reports an unreadable file and continues with the others
SHELLS = ("bash", "zsh", "fish")  # those that click supports and that were tested


def _show_help(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print the short or the full help, and exit."""
    if value and not ctx.resilient_parsing:
        from summarize.command.screens import full_help, short_help

        write_help = full_help if parameter.name == "help_all" else short_help
        print_stdout(write_help(ctx.command, printable(ctx.command_path)))
        ctx.exit()


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print the version and end."""
    if value and not ctx.resilient_parsing:
        print_stdout(f"{command_name(ctx.info_name)} {__version__}\n")
        ctx.exit()


def _show_completion(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Print a completion script, and exit."""
    if value and not ctx.resilient_parsing:
        from summarize.command.screens import completion

        print_stdout(f"{completion(ctx.command, value, command_name(ctx.info_name))}\n")
        ctx.exit()


FILES = click.Argument(["files"], nargs=-1, type=_path(), callback=as_files)

_LENGTH = (
    Option("-n", "--sentences", group="Length", is_common=True, is_setting=True, metavar="N", type=WholeNumber(1),
           default_text=N_("no limit"),
           help=N_("At most N sentences.")),
    Option("-c", "--chars", group="Length", is_common=True, is_setting=True, metavar="N", type=WholeNumber(1),
           default_text=N_("no limit"),
           help=N_("At most N characters, including spaces and punctuation.")),
    Option("-w", "--words", group="Length", is_common=True, is_setting=True, metavar="N", type=WholeNumber(1),
           default_text=N_("no limit"),
           help=N_("At most N words; a Chinese character counts as one.")),
    Option("-r", "--ratio", group="Length", is_common=True, is_setting=True, metavar="P", type=as_ratio,
           default_text=N_("no limit"),
           help=N_("At most this share of the characters, such as 20%.")),
    Option("--length", group="Length", is_common=True, is_setting=True, metavar="SIZE", type=_one_of(LENGTHS),
           default_text="medium",
           help=N_("Length without a number: short, medium or long.")),
)  # fmt: skip

_CHOICE = (
    Option("--lang", group="Choice", is_setting=True, metavar="LANGUAGE", default="auto",
           type=_one_of(["auto", *LANGUAGES]),
           help=N_("Language of the text: auto, zh (Chinese) or en (English).")),
    Option("--query", group="Choice", metavar="TEXT", callback=as_query, default_text=N_("none"),
           help=N_("Choose sentences that answer a question or match some words.")),
    Option("--together", group="Choice", is_setting=True, is_flag=True,
           help=N_("Make one summary of all texts: shared content once, newer figures over older ones.")),
    Option("--order", group="Choice", is_setting=True, metavar="ORDER", default="document", type=_one_of(ORDERS),
           help=N_("Order of the chosen sentences: as in the text (document), or by weight (salience).")),
    Option("--fuse/--no-fuse", group="Choice", is_setting=True, default=True,
           help=N_("Join neighbouring chosen sentences that share a subject.")),
    Option("--compress/--no-compress", group="Choice", is_setting=True, default=True,
           help=N_("Shorten a sentence that is too long for -c, -w or -r, if the result is very likely to read well.")),
    Option("--dictionary", group="Choice", is_setting=True, metavar="FILE", type=_path(path_type=Path),
           default_text=N_("none"),
           help=N_("File of words that are never split, one per line; jieba user dictionaries work.")),
    Option("--stop-words", group="Choice", is_setting=True, metavar="FILE", type=_path(path_type=Path),
           default_text=N_("none"),
           help=N_("File of words to ignore when weighing a text, one per line.")),
    Option("--attention", group="Choice", is_setting=True, metavar="KIND", type=_one_of(ATTENTION_KINDS),
           default_text=N_("the model's best"),
           help=N_("Which attention weighs the sentences: parallel, sequential or tree.")),
    Option("--model", group="Choice", is_setting=True, metavar="DIR", type=_path(path_type=Path),
           default_text=N_("the supplied one"),
           help=N_("Directory of a model to use instead of the supplied one.")),
)  # fmt: skip

_OUTPUT = (
    Option("--format", group="Output", is_common=True, is_setting=True, metavar="FORMAT", default="text",
           type=_one_of(NAMES),
           help=N_("Output format: {formats}."), fields={"formats": NAMES}),
    Option("-o", "--output", group="Output", is_common=True, metavar="FILE|DIR", type=_path(), callback=as_output,
           default_text=N_("standard output"),
           help=N_("Write to a file, or to one file per input in DIR/.")),
    Option("--force", group="Output", is_flag=True,
           help=N_("Overwrite existing files.")),
    Option("--title", group="Output", is_common=True, is_setting=True, is_flag=True,
           help=N_("Print the title of the text above the summary.")),
    Option("--keywords", group="Output", is_common=True, is_setting=True, metavar="N", type=WholeNumber(1),
           default_text=N_("none"),
           help=N_("Print the N most informative terms below the summary.")),
    Option("--by-heading", group="Output", is_setting=True, is_flag=True,
           help=N_("Summarize each section of the text under its heading.")),
    Option("--cite", group="Output", is_setting=True, is_flag=True,
           help=N_("Print the source of each sentence after it: line, page or time.")),
    Option("--color", group="Output", is_setting=True, metavar="WHEN", default="auto",
           type=_one_of(["auto", "always", "never"]),
           help=N_("When to use colours: auto, always or never; auto uses them on a terminal unless NO_COLOR is set.")),
    Option("--jsonl", group="Output", is_flag=True,
           help=N_("Serve another program: read one JSON object per line, such as {\"text\": \"...\"}, "
                   "and answer each at once.")),
)  # fmt: skip

_INPUT = (
    Option("-R", "--recursive", group="Input", is_common=True, is_setting=True, is_flag=True,
           help=N_("Read all files in folders, except hidden ones.")),
    Option("--files-from", group="Input", metavar="FILE", type=_path(allow_dash=True),
           help=N_("Read the files named in FILE, one per line or each ended by a NUL; `-` is standard input.")),
    Option("--from", group="Input", metavar="FORMAT", type=_one_of(SOURCE_FORMATS),
           default_text=N_("detected"),
           help=N_("Format of the input: {formats}."), fields={"formats": ", ".join(SOURCE_FORMATS)}),
    Option("--field", group="Input", is_setting=True, metavar="NAME", default_text=N_("detected"),
           help=N_("JSON field or CSV column that contains the text.")),
    Option("--encoding", group="Input", is_setting=True, metavar="NAME", type=as_encoding, default_text=N_("detected"),
           help=N_("Character encoding of the text, such as utf-8, gb18030 or big5.")),
    Option("-j", "--jobs", group="Input", is_common=True, is_setting=True, metavar="N", default=1,
           type=WholeNumber(0),
           help=N_("Process N inputs in parallel; 0 means one per core.")),
)  # fmt: skip

_EXPLANATION = (
    Option("--explain/--no-explain", group="Explanation", is_common=True, is_setting=True, default=None,
           default_text=N_("only in JSON"),
           help=N_("Explain why each sentence was chosen or not.")),
    Option("--highlight", group="Explanation", is_setting=True, is_flag=True,
           help=N_("Show the full text with each sentence coloured by its weight.")),
    Option("--plot", group="Explanation", metavar="FILE", type=_path(path_type=Path),
           callback=as_plot,
           help=N_("Also draw the weights into a .png or .svg file.")),
)  # fmt: skip

_OTHER = (
    Option("--interface", group="Other", is_setting=True, metavar="LANG", default="auto",
           type=_one_of(["auto", *INTERFACE_LANGUAGES]), is_eager=True,
           help=N_("Language of messages: auto (from the locale), en or zh.")),
    Option("--config", group="Other", metavar="FILE", type=_path(path_type=Path), envvar="SUMMARIZE_CONFIG",
           expose_value=False, default_text=N_("your own"),
           help=N_("Settings file to use.")),
    Option("--show-config", group="Other", is_flag=True,
           help=N_("Print every setting with its value and its source, and exit.")),
    Option("--completion", group="Other", metavar="SHELL", type=_one_of(SHELLS), is_eager=True,
           expose_value=False, callback=_show_completion,
           help=N_("Print a completion script for {shells}, and exit."), fields={"shells": SHELLS}),
    Option("--debug", group="Other", is_setting=True, is_flag=True,
           help=N_("Print a traceback when an error occurs.")),
    Option("--version", group="Other", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
           help=N_("Show the version and exit.")),
    Option("-h", "--help", group="Other", is_common=True, is_flag=True, is_eager=True, expose_value=False,
           callback=_show_help,
           help=N_("Show this screen; --help-all shows every option.")),
    Option("--help-all", group="Other", is_flag=True, is_eager=True, expose_value=False,
           callback=_show_help,
           help=N_("Show all options and exit.")),
)  # fmt: skip

OPTIONS = (*_LENGTH, *_CHOICE, *_OUTPUT, *_INPUT, *_EXPLANATION, *_OTHER)

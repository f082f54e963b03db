"""Every option of the command, once: help, manual page and documents are made of these; settings have their names."""

from functools import partial
from pathlib import Path

import click

from summarize import __version__
from summarize.command.option import Option
from summarize.command.streams import called_by, show
from summarize.command.values import WholeNumber, as_encoding, as_files, as_output, as_plot, as_query, as_ratio
from summarize.document import ATTENTION_KINDS, LANGUAGES, LENGTHS, ORDERS
from summarize.formats.table import NAMES
from summarize.inputs.table import SOURCE_FORMATS
from summarize.interface import INTERFACE_LANGUAGES, N_
from summarize.text.printing import printable

_one_of = partial(click.Choice, case_sensitive=False)
_path = partial(click.Path, readable=False)  # whoever reads it says so of this file alone, and goes on with the others
SHELLS = ("bash", "zsh", "fish")  # those that click knows and we have tried


def _show_help(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print one screen of help, or all of it, and end."""
    if value and not ctx.resilient_parsing:
        from summarize.command.screens import full_help, short_help

        write_help = full_help if parameter.name == "help_all" else short_help
        show(write_help(ctx.command, printable(ctx.command_path)))
        ctx.exit()


def _show_version(ctx: click.Context, parameter: click.Parameter, value: bool) -> None:
    """Print the version and end."""
    if value and not ctx.resilient_parsing:
        show(f"{called_by(ctx.info_name)} {__version__}\n")
        ctx.exit()


def _show_completion(ctx: click.Context, parameter: click.Parameter, value: str | None) -> None:
    """Print what makes a shell complete the options and files, and end."""
    if value and not ctx.resilient_parsing:
        from summarize.command.screens import completion

        show(f"{completion(ctx.command, value, called_by(ctx.info_name))}\n")
        ctx.exit()


FILES = click.Argument(["files"], nargs=-1, type=_path(), callback=as_files)

_LENGTH = (
    Option("-n", "--sentences", group="Length", is_common=True, is_setting=True, metavar="N", type=WholeNumber(1),
           default_text=N_("no limit"),
           help=N_("At most N sentences.")),
    Option("-c", "--chars", group="Length", is_common=True, is_setting=True, metavar="N", type=WholeNumber(1),
           default_text=N_("no limit"),
           help=N_("At most N characters, spaces and marks included.")),
    Option("-w", "--words", group="Length", is_common=True, is_setting=True, metavar="N", type=WholeNumber(1),
           default_text=N_("no limit"),
           help=N_("At most N words; a Chinese character counts as one.")),
    Option("-r", "--ratio", group="Length", is_common=True, is_setting=True, metavar="P", type=as_ratio,
           default_text=N_("no limit"),
           help=N_("At most this share of the text's characters: 20%.")),
    Option("--length", group="Length", is_common=True, is_setting=True, metavar="SIZE", type=_one_of(LENGTHS),
           default_text="medium",
           help=N_("Instead of a number: short, medium or long.")),
)  # fmt: skip

_CHOICE = (
    Option("--lang", group="Choice", is_setting=True, metavar="LANGUAGE", default="auto",
           type=_one_of(["auto", *LANGUAGES]),
           help=N_("What the text is in: auto, zh (Chinese), en (English).")),
    Option("--query", group="Choice", metavar="TEXT", callback=as_query, default_text=N_("none"),
           help=N_("Choose what answers a question, or has to do with some words.")),
    Option("--together", group="Choice", is_setting=True, is_flag=True,
           help=N_("Summarize all texts as one: what they share once, newest figures first.")),
    Option("--order", group="Choice", is_setting=True, metavar="ORDER", default="document", type=_one_of(ORDERS),
           help=N_("Chosen sentences in the order of the text (document), or the weightiest first (salience).")),
    Option("--fuse/--no-fuse", group="Choice", is_setting=True, default=True,
           help=N_("Make one sentence of chosen neighbours that have one subject.")),
    Option("--compress/--no-compress", group="Choice", is_setting=True, default=True,
           help=N_("Shorten sentences that -c, -w or -r has no room for, if that is sure to read well.")),
    Option("--dictionary", group="Choice", is_setting=True, metavar="FILE", type=_path(path_type=Path),
           default_text=N_("none"),
           help=N_("File of words that are never cut, a line each, as jieba's user dictionaries are.")),
    Option("--stop-words", group="Choice", is_setting=True, metavar="FILE", type=_path(path_type=Path),
           default_text=N_("none"),
           help=N_("File of words that say nothing about a text, a line each.")),
    Option("--attention", group="Choice", is_setting=True, metavar="KIND", type=_one_of(ATTENTION_KINDS),
           default_text=N_("the model's best"),
           help=N_("Which attention weighs the sentences: parallel, sequential or tree.")),
    Option("--model", group="Choice", is_setting=True, metavar="DIR", type=_path(path_type=Path),
           default_text=N_("the one supplied"),
           help=N_("Directory of another trained model.")),
)  # fmt: skip

_OUTPUT = (
    Option("--format", group="Output", is_common=True, is_setting=True, metavar="FORMAT", default="text",
           type=_one_of(NAMES),
           help=N_("How to print: text, bullets, markdown, json or html.")),
    Option("-o", "--output", group="Output", is_common=True, metavar="FILE|DIR", type=_path(), callback=as_output,
           default_text=N_("standard output"),
           help=N_("Write to a file; into DIR/ one for each input.")),
    Option("--force", group="Output", is_flag=True,
           help=N_("Write over files that are there.")),
    Option("--title", group="Output", is_common=True, is_setting=True, is_flag=True,
           help=N_("Print the text's own title above the summary.")),
    Option("--keywords", group="Output", is_common=True, is_setting=True, metavar="N", type=WholeNumber(1),
           default_text=N_("none"),
           help=N_("Print the N most telling words and phrases below it.")),
    Option("--by-heading", group="Output", is_setting=True, is_flag=True,
           help=N_("Summarize what stands below each heading of the text.")),
    Option("--cite", group="Output", is_setting=True, is_flag=True,
           help=N_("Say behind each sentence where it stands: the line, the page, the time.")),
    Option("--color", group="Output", is_setting=True, metavar="WHEN", default="auto",
           type=_one_of(["auto", "always", "never"]),
           help=N_("Colours: auto, always or never; auto has them on a terminal, unless NO_COLOR is set.")),
    Option("--jsonl", group="Output", is_flag=True,
           help=N_("Serve another program: for each line of standard input, an object such as {\"text\": \"...\"}, "
                   "write one with the summary, at once.")),
)  # fmt: skip

_INPUT = (
    Option("-R", "--recursive", group="Input", is_common=True, is_setting=True, is_flag=True,
           help=N_("Read the files in folders, but no hidden ones.")),
    Option("--files-from", group="Input", metavar="FILE", type=_path(allow_dash=True),
           help=N_("Read the files whose names are in FILE, a line each or with a NUL behind each; "
                   "`-`: standard input.")),
    Option("--from", group="Input", metavar="FORMAT", type=_one_of(SOURCE_FORMATS),
           default_text=N_("what the content says"),
           help=N_("Format of the input: {formats}."), fields={"formats": ", ".join(SOURCE_FORMATS)}),
    Option("--field", group="Input", is_setting=True, metavar="NAME", default_text=N_("found out"),
           help=N_("Which field of JSON or column of CSV has the text.")),
    Option("--encoding", group="Input", is_setting=True, metavar="NAME", type=as_encoding, default_text=N_("detected"),
           help=N_("Encoding of the text, such as utf-8, gb18030 or big5.")),
    Option("-j", "--jobs", group="Input", is_common=True, is_setting=True, metavar="N", default=1,
           type=WholeNumber(0),
           help=N_("Work at N inputs at once; 0: one for each core.")),
)  # fmt: skip

_EXPLANATION = (
    Option("--explain/--no-explain", group="Explanation", is_common=True, is_setting=True, default=None,
           default_text=N_("only in JSON"),
           help=N_("Say why each sentence was chosen or not.")),
    Option("--highlight", group="Explanation", is_setting=True, is_flag=True,
           help=N_("Show the whole text with its sentences coloured by weight.")),
    Option("--plot", group="Explanation", metavar="FILE", type=_path(path_type=Path),
           callback=as_plot,
           help=N_("Also draw the weights, to a .png or .svg file.")),
)  # fmt: skip

_OTHER = (
    Option("--interface", group="Other", is_setting=True, metavar="LANG", default="auto",
           type=_one_of(["auto", *INTERFACE_LANGUAGES]), is_eager=True,
           help=N_("What messages are in: auto (by the locale), en or zh.")),
    Option("--config", group="Other", metavar="FILE", type=_path(path_type=Path), envvar="SUMMARIZE_CONFIG",
           expose_value=False, default_text=N_("your own"),
           help=N_("Settings file to use.")),
    Option("--show-config", group="Other", is_flag=True,
           help=N_("Print every setting, its value and where that comes from, and exit.")),
    Option("--completion", group="Other", metavar="SHELL", type=_one_of(SHELLS), is_eager=True,
           expose_value=False, callback=_show_completion,
           help=N_("Print what completes the options in bash, zsh or fish, to be run when the shell starts, "
                   "and exit.")),
    Option("--debug", group="Other", is_setting=True, is_flag=True,
           help=N_("Show where in the program an error happened.")),
    Option("--version", group="Other", is_flag=True, is_eager=True, expose_value=False, callback=_show_version,
           help=N_("Show the version and exit.")),
    Option("-h", "--help", group="Other", is_common=True, is_flag=True, is_eager=True, expose_value=False,
           callback=_show_help,
           help=N_("Show this screen; --help-all shows every option.")),
    Option("--help-all", group="Other", is_flag=True, is_eager=True, expose_value=False,
           callback=_show_help,
           help=N_("Show every option, and exit.")),
)  # fmt: skip

OPTIONS = (*_LENGTH, *_CHOICE, *_OUTPUT, *_INPUT, *_EXPLANATION, *_OTHER)

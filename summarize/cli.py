"""The command `summarize`: from options and files to what is written, and the exit status.

Loaded for every `--help` and every mistyped option, so this module imports click and nothing heavier; whatever reads
texts or models is imported when there is something to read.
"""

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from summarize import __version__
from summarize.document import ATTENTION_KINDS, LANGUAGES, ORDERS, AttentionKind, Language, Order
from summarize.errors import ExitStatus, InputError, ModelError, OutputError, SummarizeError, check_extra
from summarize.options import (
    FORMATS,
    STDIN,
    Format,
    as_encoding,
    as_output,
    as_plot,
    as_ratio,
    check_files,
    check_output,
    name_of,
)
from summarize.streams import complain, write, write_file, writing

if TYPE_CHECKING:
    from summarize.document import Source
    from summarize.pipeline import Scorer
    from summarize.summary import Summary

    Render = Callable[[Summary, str | None], str]

# The matrices of a text are small: more threads win nothing and cost start-up and memory, and one thread adds up in the
# same order on any number of cores. BLAS reads these once, when NumPy is imported, so they are set before.
THREAD_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")

# The mark \b keeps click from wrapping the lines below it.
EPILOG = """\b
Examples:
  summarize notes.txt
  summarize -n 2 *.txt
  cat notes.txt | summarize --chars 100

Exit status: 0 all done, 1 some input failed, 2 wrong usage, 3 no usable model.
"""


def report(error: Exception, name: str | None = None, *, debug: bool = False) -> ExitStatus:
    """Print what went wrong and return the exit status it stands for.

    Args:
        error: one of ours is printed as it is; any other is a bug of ours.
        name: the input that was being summarized, for a bug; our own errors name it themselves.
        debug: whether to print the traceback first.
    """
    if debug:
        import traceback

        traceback.print_exception(error)
    if isinstance(error, SummarizeError):
        complain(str(error))
        return error.exit_status
    what = f"{type(error).__name__}: {error}".removesuffix(": ")
    where = f"{name}: " if name else ""
    complain(f"{where}internal error: {what}; run again with --debug and report")
    return ExitStatus.INPUT_FAILED


def load_scorer(directory: Path | None) -> "Scorer":
    """Return the network with the model of a directory; None stands for the one that comes with the package.

    Raises:
        ModelError: the model cannot be read.
    """
    if directory is None:
        from summarize.pipeline import shipped_scorer

        return shipped_scorer()
    from summarize.network.scorer import NetworkScorer
    from summarize.network.storage import load_model

    return NetworkScorer(load_model(directory))


def read_source(file: str, encoding: str | None) -> "Source":
    """Read a file or standard input, and print the warnings there are.

    Raises:
        InputError: it cannot be read; the message names it.
    """
    from summarize.inputs.door import read_file, read_stream

    name = name_of(file)
    if file != STDIN:
        (source,) = read_file(file, encoding=encoding)
    elif sys.stdin is None:
        raise InputError(f"{name}: cannot be read (it is closed)")
    else:
        (source,) = read_stream(sys.stdin.buffer, encoding=encoding, name=name)
    for warning in source.warnings:
        complain(f"{name}: warning: {warning.removeprefix(f'{name}: ')}")
    return source


def summarize_files(
    files: Sequence[str],
    summarize: Callable[["Source"], "Summary"],
    render: "Render",
    *,
    encoding: str | None,
    output: Path | None,
    heading: Callable[[str], str] | None,
    debug: bool,
) -> ExitStatus:
    """Print what is rendered of the summary of each file; one that fails does not stop the rest.

    Args:
        files: their names; `-` is standard input.
        summarize: from a text to its summary.
        render: from a summary and the name of its file, None for standard input, to what is printed.
        encoding: of the files; None to find out.
        output: file to write to, at the end and all at once; None for standard output, as soon as possible.
        heading: from the name of a file to what stands above what is printed of it, if there are several.
        debug: whether to print tracebacks.

    Returns:
        Whether some input failed.

    Raises:
        ModelError: the model turned out to be of no use for any file.
        OutputError: what is written besides, or the output file, cannot be written.
    """
    status = ExitStatus.OK
    separator = ""
    held = []
    for file in files:
        name = name_of(file)
        try:
            text = render_file(file, summarize, render, encoding)
        except (ModelError, OutputError):
            raise
        except Exception as error:  # also a bug of ours: the other files may do without it
            report(error, name, debug=debug)
            status = ExitStatus.INPUT_FAILED
            continue
        if heading and len(files) > 1:
            text = separator + heading(name) + text
            separator = "\n"
        if output is None:
            write(text)
        else:
            held.append(text)
    if output is not None and held:
        write_file(output, "".join(held).encode("utf-8"))
    return status


def render_file(file: str, summarize: Callable[["Source"], "Summary"], render: "Render", encoding: str | None) -> str:
    """Return what is printed of a file.

    Raises:
        SummarizeError: it failed; the message names the file, or the model.
    """
    source = read_source(file, encoding)
    try:
        return render(summarize(source), None if file == STDIN else file)
    except (ModelError, OutputError):
        raise
    except SummarizeError as error:
        raise type(error)(f"{name_of(file)}: {error}") from error


def renderer(
    output_format: Format, *, explain: bool, highlight: bool, plot: Path | None, output: Path | None
) -> "Render":
    """Return what turns a summary into what is printed.

    Raises:
        MissingExtraError: a library is missing that a plot needs.
    """
    from summarize.formats.screen import columns, uses_color
    from summarize.formats.table import format_named
    from summarize.formats.view import View

    stream = None if output else sys.stdout
    known = format_named(output_format)
    width = columns(stream) if "width" in known.takes else None

    def render(summary: "Summary", path: str | None) -> str:
        return known.render(
            summary,
            View(path=path, explain=explain, highlight=highlight, width=width, color=uses_color("auto", stream)),
        )

    if plot is None:
        return render
    check_extra("plot", ("matplotlib",))
    from summarize.formats.plot import plot_image

    def render_and_plot(summary: "Summary", path: str | None) -> str:
        text = render(summary, path)
        write_file(plot, plot_image(summary, plot.suffix))
        return text

    return render_and_plot


class QuietCommand(click.Command):
    """A command that ends as a shell user expects: click's own answers to a closed pipe and Ctrl-C print or exit 1."""

    def make_context(self, *args: Any, **kwargs: Any) -> click.Context:
        """Read the options; `--help` and `--version` are printed here."""
        with writing():
            return super().make_context(*args, **kwargs)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.exit(ExitStatus.INTERRUPTED)


@click.command(
    cls=QuietCommand,
    context_settings={"help_option_names": ["-h", "--help"], "show_default": True},
    epilog=EPILOG,
)
@click.argument("files", nargs=-1, type=click.Path())
@click.option("-n", "--sentences", metavar="N", type=click.IntRange(1), show_default="no limit",
              help="At most N sentences.")  # fmt: skip
@click.option("-c", "--chars", metavar="N", type=click.IntRange(1), show_default="no limit",
              help="At most N characters, spaces and marks included: for Chinese.")  # fmt: skip
@click.option("-w", "--words", metavar="N", type=click.IntRange(1), show_default="no limit",
              help="At most N words, a Chinese character counting as one: for English.")  # fmt: skip
@click.option("-r", "--ratio", metavar="P", type=as_ratio, show_default="no limit",
              help="At most this share of the text's characters: 0.2 or 20%.")  # fmt: skip
@click.option("--attention", type=click.Choice(ATTENTION_KINDS), show_default="the model's best",
              help="Which attention scores the sentences.")  # fmt: skip
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="text",
              help="Text, Markdown with footnotes, one JSON object a document, or a page for the browser.")  # fmt: skip
@click.option("-o", "--output", metavar="FILE", callback=as_output, show_default="standard output",
              help="File to write to.")  # fmt: skip
@click.option("--explain/--no-explain", default=None, show_default="only in JSON",
              help="Say below the summary why each sentence was chosen or not; in JSON, beside it.")  # fmt: skip
@click.option("--highlight", is_flag=True,
              help="Show the whole text with its sentences coloured by weight.")  # fmt: skip
@click.option("--plot", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              callback=as_plot, help="Also draw the weights, to a .png or .svg file.")  # fmt: skip
@click.option("--order", type=click.Choice(ORDERS), default="document",
              help="Order of the chosen sentences: as in the text, or the weightiest first.")  # fmt: skip
@click.option("--fuse/--no-fuse", default=True,
              help="Make one sentence of chosen neighbours that have one subject.")  # fmt: skip
@click.option("--compress/--no-compress", default=True,
              help="Shorten sentences that -c, -w or -r has no room for, if that is sure to read well.")  # fmt: skip
@click.option("--lang", type=click.Choice(["auto", *LANGUAGES]), default="auto",
              help="Language of the text: detected, Chinese or English.")  # fmt: skip
@click.option("--encoding", metavar="NAME", type=as_encoding, show_default="detected",
              help="Encoding of the text, such as utf-8, gb18030 or big5.")  # fmt: skip
@click.option("--model", "directory", metavar="DIR", type=click.Path(path_type=Path),
              show_default="the one supplied",
              help="Directory of another trained model.")  # fmt: skip
@click.option("--debug", is_flag=True, help="Show where in the program an error happened.")
@click.version_option(__version__, prog_name="summarize", message="%(prog)s %(version)s")
def main(
    files: tuple[str, ...],
    sentences: int | None,
    chars: int | None,
    words: int | None,
    ratio: float | None,
    attention: AttentionKind | None,
    output_format: Format,
    output: Path | None,
    explain: bool | None,
    highlight: bool,
    plot: Path | None,
    order: Order,
    fuse: bool,
    compress: bool,
    lang: Literal["auto"] | Language,
    encoding: str | None,
    directory: Path | None,
    debug: bool,
) -> None:
    """Summarize texts by their most important sentences, offline.

    FILES are texts in Chinese, English or both; `-`, or a pipe and no file, is standard input. Without a length the
    summary is as long as a reader expects, one to five sentences; of several lengths all hold. Several files
    get a summary each.
    """
    files = check_files(files)
    check_output(files, output, plot)
    if highlight and output_format != "text":
        raise click.UsageError("--highlight is for text; --format html shows the whole text as well")
    if explain is not None and output_format in ("markdown", "html"):
        raise click.UsageError(f"--explain and --no-explain are for text and JSON, not for --format {output_format}")
    if len(files) > 1 and (output_format == "html" or plot):
        raise click.UsageError("a page or a plot is of one document; name one file")
    explains = output_format == "json" if explain is None else explain
    for variable in THREAD_VARIABLES:
        os.environ.setdefault(variable, "1")
    try:
        # First of all: a model that is of no use is found out before a text is waited for.
        scorer = load_scorer(directory)
        from summarize.formats.table import format_named
        from summarize.pipeline import summarize_text

        known = format_named(output_format)

        def summarize(source: "Source") -> "Summary":
            return summarize_text(
                source,
                sentences=sentences,
                chars=chars,
                words=words,
                ratio=ratio,
                attention=attention,
                order=order,
                fuse=fuse,
                compress=compress,
                language=None if lang == "auto" else lang,
                explain=explains or highlight or plot is not None or output_format == "html",
                scorer=scorer,
            )

        status = summarize_files(
            files,
            summarize,
            renderer(output_format, explain=explains, highlight=highlight, plot=plot, output=output),
            encoding=encoding,
            output=output,
            heading=known.heading if known.several == "headings" else None,
            debug=debug,
        )
    except Exception as error:
        status = report(error, debug=debug)
    sys.exit(status)

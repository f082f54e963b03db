"""Tables of the documents that are made of the program, each in the language of the document; cog asks for them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click
from wording import in_language, said

from summarize.cli import main
from summarize.command import coprocess, lists
from summarize.command.option import GROUPS, Option
from summarize.command.screens import options_of, short_help
from summarize.formats.table import FORMATS
from summarize.inputs import archives, fetching, html, mail_parts, packed, pdf, pdf_reading, rtf_reader, whole
from summarize.inputs.table import UNREADABLE, UNREADABLE_ZIPS

SCHEMA = Path("summarize/formats/summary.schema.json")
_VALUES = {"FILE": "a file", "DIR": "a folder", "P": '`0.2` or `"20%"`'}
_SEVERAL = {"headings": "each under a heading", "records": "each a record of its own", "refused": "only into a folder"}
_RECORDS = {"json": "one object a line"}  # by format, where more can be said of them


@in_language
def help_screen() -> str:
    """Return the first screen of help."""
    return f"```text\n{short_help(main, 'summarize')}```"


@in_language
def options() -> str:
    """Return a table of the options of each group, below its name."""
    parts = []
    for group, title in GROUPS.items():
        rows = ((f"`{option.spelling}`", option.help, option.default_text) for option in options_of(main, group))
        parts.append(f"## {said(title)}\n\n{table(('option', 'meaning', 'default'), rows)}")
    return "\n\n".join(parts)


@in_language
def settings() -> str:
    """Return a table of the settings."""
    rows = (
        (f"`{option.key}`", _values(option), _default(option), f"`{option.envvar}`")
        for option in options_of(main)
        if option.is_setting
    )
    return table(("key", "values", "default", "variable"), rows)


def _values(option: Option) -> str:
    if option.is_flag:
        return said("`true`, `false`")
    if isinstance(option.type, click.Choice):
        return said(", ").join(f'`"{choice}"`' for choice in option.type.choices)
    if isinstance(option.type, click.IntRange):
        return said("a whole number, at least {least}").format(least=option.type.min)
    return said(_VALUES.get(option.metavar or "", "a text"))


def _default(option: Option) -> str:
    return "true" if option.default is True else option.default_text or "false"


@in_language
def summary_options() -> str:
    """Return a table of what may stand beside the text on a line of `--jsonl`."""
    return table(("key", "value"), ((f"`{name}`", str(wish)) for name, wish in coprocess.OPTION_SPECS.items()))


@in_language
def refused() -> str:
    """Return a list of the kinds of files that are known and not read."""
    kinds = dict.fromkeys(said(what) for *_, what in (*UNREADABLE, *UNREADABLE_ZIPS))
    return "\n".join(f"- {kind}" for kind in kinds)


@in_language
def limits() -> str:
    """Return a table of what bounds an input."""
    times = said("{times} times, beyond {size}").format(times=packed.MAX_RATIO, size=_size(packed.FREE_BYTES))
    seconds = said("{seconds} s and {more} s a page").format(
        seconds=pdf_reading.MAX_SECONDS, more=f"{pdf_reading.MAX_SECONDS_OF_PAGE:g}"
    )
    rows = (
        ("files and standard input: size", _size(whole.MAX_BYTES)),
        ("packed files: unpacked", _size(packed.MAX_BYTES)),
        ("packed files: unpacked to packed", times),
        ("packed files: layers", str(packed.MAX_LAYERS)),
        ("Word, slides, OpenDocument, books: a part, unpacked", _size(archives.MAX_MEMBER_BYTES)),
        ("Word, slides, OpenDocument, books: all that is read, unpacked", _size(archives.MAX_UNPACKED_BYTES)),
        ("Word, slides, OpenDocument, books: elements", f"{archives.MAX_ELEMENTS:,}"),
        ("RTF: groups in groups", f"{rtf_reader.MAX_GROUPS:,}"),
        ("web pages: size", _size(html.MAX_BYTES)),
        ("web pages: elements", f"{html.MAX_ELEMENTS:,}"),
        ("addresses: fetched, and unpacked", _size(fetching.MAX_BYTES)),
        ("addresses: redirections", str(fetching.MAX_REDIRECTS)),
        ("addresses: time", said("{seconds} s").format(seconds=f"{fetching.TOTAL_SECONDS:.0f}")),
        ("PDF: size", _size(pdf.MAX_BYTES)),
        ("PDF: characters", f"{pdf_reading.MAX_TEXT_CHARS:,}"),
        ("PDF: memory", _size(pdf_reading.MAX_MEMORY_BYTES)),
        ("PDF: time", seconds),
        ("mailboxes: size", _size(mail_parts.MAX_BYTES)),
        ("mails: parts", f"{mail_parts.MAX_PARTS:,}"),
        ("`--files-from`: size of the list", _size(lists.MAX_BYTES)),
        ("`--jsonl`: a line", _size(coprocess.MAX_LINE_BYTES)),
    )
    return table(("what", "limit"), ((said(what), limit) for what, limit in rows))


def _size(num_bytes: int) -> str:
    return f"{num_bytes >> 30} GiB" if num_bytes >= 1 << 30 else f"{num_bytes >> 20} MiB"


@in_language
def output_formats() -> str:
    """Return a table of how a summary can be printed."""
    rows = (
        (
            f"`{known.name}`",
            said(known.about),
            said(_RECORDS.get(known.name) or _SEVERAL[known.several]),
            f"`{known.suffix}`",
        )
        for known in FORMATS
    )
    return table(("`--format`", "what it is", "several texts", "file in `-o DIR/`"), rows)


@in_language
def json_fields() -> str:
    """Return tables of the fields of the JSON output, of its sentences and of its drafts."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    shared = schema["$defs"]
    return "\n\n".join([
        _fields(schema["properties"], shared),
        said("Of each of the `sentences`:"),
        _fields(schema["properties"]["sentences"]["items"]["properties"], shared),
        said("Of each of the `drafts`:"),
        _fields(shared["drafts"]["items"]["properties"], shared),
    ])  # fmt: skip


def _fields(fields: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    rows = (
        (f"`{name}`", _kind(field, shared), said(_full(field, shared).get("description", "")))
        for name, field in fields.items()
    )
    return table(("field", "type", "meaning"), rows)


def _kind(field: Mapping[str, Any], shared: Mapping[str, Any]) -> str:
    """Return what a value of a field is.

    Args:
        field: of a JSON Schema.
        shared: what others of the schema refer to.
    """
    known = _full(field, shared)
    if "anyOf" in known:
        return said(" or ").join(_kind(kind, shared) for kind in known["anyOf"])
    if isinstance(known.get("type"), list):
        return said(" or ").join(known["type"])
    if "enum" in known:
        return said(", ").join(known["enum"])
    return said("number, 0 to 1") if "maximum" in known else str(known.get("type") or said("any"))


def _full(field: Mapping[str, Any], shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return a field with what it refers to."""
    found = shared[field["$ref"].rpartition("/")[2]] if "$ref" in field else {}
    return {**found, **field}


def table(head: Iterable[str], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a table.

    Args:
        head: what its columns have, in English.
        rows: their cells.
    """
    titles = [name if name.startswith("`") else said(name) for name in head]
    lines = (f"| {' | '.join(in_cell(cell) for cell in row)} |" for row in rows)
    return "\n".join((f"| {' | '.join(titles)} |", f"|{'---|' * len(titles)}", *lines))


def in_cell(text: str) -> str:
    """Return a text as a cell of a table has it."""
    return text.replace("|", "\\|")

"""The entry point for reading: from a file, a stream or bytes of any format to the texts in it.

unpacked (`packed`) -> recognised by content (`table`) -> read by the file of its format, or decoded as plain text
-> refused if it is no text that can be summarized (`refusal`)
"""

from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.refusal import refuse_non_prose
from summarize.inputs.table import (
    FORMATS,
    HEAD_BYTES,
    SOURCE_FORMATS,
    UNREADABLE,
    UNREADABLE_ZIPS,
    ZIP_MAGIC,
    Format,
    Options,
    head_of,
    is_packed,
    may_be,
)
from summarize.inputs.whole import read_all
from summarize.interface import _, os_reason
from summarize.text.decoding import REPLACEMENT, VISIBLE, decode, well_formed
from summarize.text.printing import printable
from summarize.value import replace


def read_file(
    path: str | Path, *, encoding: str | None = None, field: str | None = None, source_format: str | None = None
) -> list[Source]:
    """Read the texts of a file: most formats hold one text; a mailbox and records hold several.

    Args:
        path: the file.
        encoding: of its text by a name that Python knows; None to detect it.
        field: which field of records has the text; None to detect it.
        source_format: the name of its format, `text` for plain text; None to detect it.

    Returns:
        At least one text.

    Raises:
        InputError: the file cannot be read, is too large, empty, damaged, or in an unsupported format; contains code or
            data rather than prose (unless its format is given); or its encoding is unknown or cannot be detected.
        ValueError: there is no format of that name.
        MissingExtraError: a library is missing that its format needs.
    """
    name = printable(str(path))
    try:
        with Path(path).open("rb") as stream:
            data = read_all(stream, name)
    except FileNotFoundError:
        raise InputError(_("{name}: no such file; check its name").format(name=name)) from None
    except IsADirectoryError:
        raise InputError(_("{name}: is a folder; name the files in it").format(name=name)) from None
    except PermissionError:
        raise InputError(_("{name}: permission denied; you need read access to it").format(name=name)) from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise InputError(_("{name}: cannot be read ({reason})").format(name=name, reason=os_reason(error))) from None
    options = Options(name=name, argument=name, suffix=Path(path).suffix.lower(), encoding=encoding, field=field)
    return read_bytes(data, options, source_format=source_format)


def read_stream(
    stream: BinaryIO,
    *,
    encoding: str | None = None,
    field: str | None = None,
    source_format: str | None = None,
    name: str | None = None,
) -> list[Source]:
    """Read the texts of a stream of bytes until its end; it is not closed. Otherwise as `read_file`."""
    name = name or _("standard input")
    try:
        data = read_all(stream, name)
    except OSError as error:
        raise InputError(_("{name}: cannot be read ({reason})").format(name=name, reason=os_reason(error))) from None
    return read_bytes(data, Options(name=name, encoding=encoding, field=field), source_format=source_format)


def read_bytes(data: bytes, options: Options | None = None, *, source_format: str | None = None) -> list[Source]:
    """Read the texts of bytes; arguments and errors otherwise as for `read_file`."""
    options = options or Options()
    if source_format is not None and source_format not in SOURCE_FORMATS:
        raise ValueError(f"source_format must be one of {', '.join(SOURCE_FORMATS)}, got {source_format!r}")
    if is_packed(data):
        from summarize.inputs.packed import unpack

        data, options = unpack(data, options)
    for known in _candidates(head_of(data), options, source_format):
        if known.content == "bytes" and (source_format or _file_of(known).recognise(data, options.suffix)):
            return _read(known, data, options)
    _refuse_unreadable(data, options.name)
    source = decode(data, encoding=options.encoding, name=options.name)
    for known in _candidates(source.text[:HEAD_BYTES].encode(), options, source_format):
        if known.content == "text" and (source_format or _file_of(known).recognise(source, options.suffix)):
            return _read(known, source, options)
    if source_format is None:
        refuse_non_prose(source, options)
    return [source]


def _candidates(head: bytes, options: Options, source_format: str | None) -> list[Format]:
    """Return the format that the user named, none for plain text; or those that something may be of."""
    if source_format is None:
        candidates = list(may_be(head, options.suffix))
        if options.field is not None:  # with a field name, the input is not a chat or a notebook in JSON
            candidates.sort(key=lambda known: known.name != "records")
        return candidates
    return [known for known in FORMATS if known.name == source_format]


def _file_of(known: Format) -> Any:
    return import_module(f"summarize.inputs.{known.name}")


def _read(known: Format, content: bytes | Source, options: Options) -> list[Source]:
    """Read what is of a format: the texts in it that have something to read."""
    sources = [replace_unprintable(source) for source in _file_of(known).read(content, options)]
    sources = [source for source in sources if VISIBLE.search(source.text)]
    if not sources:
        raise InputError(
            _("{name}: contains no text to summarize ({format})").format(name=options.name, format=known.name)
        )
    return sources


def replace_unprintable(source: Source) -> Source:
    """Replace characters that a text may not contain by U+FFFD, so that offsets are unchanged."""
    said = {"text": source.text, "name": source.name, "title": source.title or ""}
    shown = {kind: well_formed(text).replace("\0", REPLACEMENT) for kind, text in said.items()}
    return source if shown == said else replace(source, **shown | {"title": shown["title"] or None})


def _refuse_unreadable(data: bytes, name: str) -> None:
    """Refuse what is known not to be text by its first bytes."""
    if data.startswith(ZIP_MAGIC):
        what = next((what for member, what in UNREADABLE_ZIPS if member in data), None)
    else:
        what = next((what for offset, magic, what in UNREADABLE if data.startswith(magic, offset)), None)
    if what is not None:
        raise InputError(_("{name}: looks like {what}").format(name=name, what=_(what)))

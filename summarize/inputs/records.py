"""Records, as JSON, JSON Lines, CSV or TSV: each is a text of its own, that in one of its fields.

Which field is found out where only one holds prose, or the usual name of one says so; otherwise the user names it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from summarize.document import Location, Source
from summarize.errors import InputError
from summarize.inputs.table import Options
from summarize.interface import _, join_first, ngettext
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.printing import printable

_NAME = "records"
_JSON_SUFFIXES = (".json", ".jsonl", ".ndjson")
_TABLE_SUFFIXES = (".csv", ".tsv")
# The names of fields with a text, the surest first, whose texts may be short; those of titles.
_SURE_NAMES = ("text", "content", "body", "article", "正文", "内容", "全文", "文本")
_TEXT_NAMES = (
    *_SURE_NAMES,
    *("document", "fulltext", "full_text", "message", "comment", "review", "description", "story", "abstract"),
    *("评论", "留言", "摘要", "描述", "简介"),
)
_TITLE_NAMES = ("title", "headline", "subject", "标题", "题目", "主题")
_NUM_SAMPLES = 200  # rows that are looked at to find the field
_MAX_DEPTH = 8  # of fields in fields
_MAX_NAMED = 12  # fields in a message
_MIN_WIDE = 12  # Chinese characters of a text, in half of the rows
_MIN_WORDS = 8
_MAX_MEASURED = 2000  # characters of a field
_MIN_LEAD = 5  # of the length of one field over that of all others with prose

_WIDE = lazy_pattern(r"[\u3040-\u30ff\u3400-\u9fff]")
_WORD = lazy_pattern(r"[^\W\d_]+")
_HTML = lazy_pattern(r"</[a-z][a-z0-9]*>|<br ?/?>", re.I)


def recognise(content: Source, suffix: str) -> bool:
    """Return whether a text holds records, by its suffix or as it begins.

    Verses with a comma each look like a table as well: without a suffix and tabs one of its columns must hold texts.
    """
    from summarize.inputs.rows import looks_like_table, opens_json

    if suffix in _JSON_SUFFIXES or suffix in _TABLE_SUFFIXES:
        return True
    if opens_json(content.text) or not looks_like_table(content.text):
        return opens_json(content.text)
    return "\t" in content.text.lstrip().partition("\n")[0] or _begins_with_texts(content)


def _begins_with_texts(content: Source) -> bool:
    """Return whether the first rows of a table hold texts in one field."""
    from summarize.inputs.rows import complete_lines

    try:
        return bool(read(replace(content, text=complete_lines(content.text)), Options()))
    except InputError:
        return False


def read(content: Source, options: Options) -> list[Source]:
    """Return the text of each record.

    Raises:
        InputError: the records cannot be read, or it is not clear which field has the text; the message lists them.
    """
    from summarize.inputs.rows import Row, json_rows, longest_list, opens_json, table_rows

    is_json = options.suffix in _JSON_SUFFIXES or (options.suffix not in _TABLE_SUFFIXES and opens_json(content.text))
    text = content.text.removeprefix("\ufeff")
    if is_json:
        rows, warnings = json_rows(text, options.name)
        if len(rows) == 1 and not _is_record(rows[0].value, options.field):
            rows = [Row(0, member) for member in longest_list(rows[0].value)] or rows
    else:
        rows, warnings = table_rows(text, options.name, options.suffix)
    if not rows:
        raise InputError(_("{name}: has no records").format(name=options.name))
    records = [row.value for row in rows]
    if is_json and len(rows) == 1 and options.field is None and _is_record(rows[0].value, None):
        records = [_without_records(rows[0].value)]
    field, warning = find_field(records, options)
    warnings = [*content.warnings, *warnings, *([warning] if warning else [])]
    sources: list[Source] = []
    for number, row in enumerate(rows, 1):
        found = text_of(row.value, field)
        if not found.strip():
            continue
        line = (row.cell_lines or {}).get(field, row.line)
        locations = _locations(found, number, line, has_lines=row.cell_lines is not None)
        title = title_of(row.value, field)
        name = f"row {number}{f': {title}' if title else ''}" if len(rows) > 1 else ""
        sources.append(Source(found, content.encoding, format=_NAME, name=name, title=title, places=locations))
    if sources and len(sources) < len(rows):
        warnings.append(_left_out(options.name, field, len(rows) - len(sources), len(rows)))
    if sources:
        sources[0] = replace(sources[0], warnings=tuple(warnings))
    return sources


def _left_out(name: str, field: str, num_empty: int, num_rows: int) -> str:
    """Return the warning that says how many rows have no text."""
    if field:
        message = ngettext(
            "{name}: skipped {number} row without text in {field!r}",
            "{name}: skipped {number} of {total} rows without text in {field!r}",
            num_empty,
        )
    else:
        message = ngettext(
            "{name}: skipped {number} row without text",
            "{name}: skipped {number} of {total} rows without text",
            num_empty,
        )
    return message.format(name=name, number=num_empty, total=num_rows, field=printable(field))


def _is_record(value: Any, field: str | None) -> bool:
    """Return whether a value has the text itself, rather than a list of records."""
    if not isinstance(value, dict):
        return True
    if field is not None:
        return any(True for _ in _strings(value, field))
    own = _without_records(value)
    return any(_prose_length([own], path) for path in fields_of([own]))


def _without_records(value: Any, depth: int = 0) -> Any:
    """Return an object without the lists of objects in it."""
    if not isinstance(value, dict) or depth == _MAX_DEPTH:
        return value
    return {
        key: _without_records(member, depth + 1)
        for key, member in value.items()
        if not (isinstance(member, list) and any(isinstance(item, dict) for item in member))
    }


def _locations(text: str, number: int, line: int, *, has_lines: bool) -> tuple[Location, ...]:
    """Return the row of a text, and its lines: those of a cell are those of the file, in JSON they are one."""
    locations = [Location(0, "row", str(number))]
    if line:
        locations.append(Location(0, "line", str(line)))
    if has_lines and not _HTML.search(text):
        start = text.find("\n") + 1
        while 0 < start < len(text):
            line += 1
            locations.append(Location(start, "line", str(line)))
            start = text.find("\n", start) + 1
    return tuple(locations)


def text_of(record: Any, field: str) -> str:
    """Return the text in a field of a record, its parts as paragraphs; empty if there is none."""
    found = "\n\n".join(value.strip() if len(value) < 2 else value for value in _strings(record, field))
    return _without_tags(found) if _HTML.search(found) else found


def _without_tags(text: str) -> str:
    from summarize.inputs.markdown_html import read_html_texts

    return "\n\n".join(part for _, part, _ in read_html_texts(text, 1))


def _strings(value: Any, field: str) -> Iterator[str]:
    """Yield the strings at a path, `a.b`, through lists; of an object that ends it, none."""
    if isinstance(value, list):
        for item in value:
            yield from _strings(item, field)
    elif not field:
        if isinstance(value, str):
            yield value
    elif isinstance(value, dict):
        if field in value:
            yield from _strings(value[field], "")
        else:
            head, _, rest = field.partition(".")
            if rest and head in value:
                yield from _strings(value[head], rest)


def fields_of(records: Sequence[Any]) -> dict[str, int]:
    """Return the paths of all strings in records, and how many have each."""
    paths: dict[str, int] = {}
    for record in records:
        for path in dict.fromkeys(_paths(record, "", 0)):
            paths[path] = paths.get(path, 0) + 1
    return paths


def _paths(value: Any, path: str, depth: int) -> Iterator[str]:
    if isinstance(value, str):
        yield path
    elif depth < _MAX_DEPTH:
        if isinstance(value, dict):
            for key, member in value.items():
                yield from _paths(member, f"{path}.{key}" if path else str(key), depth + 1)
        elif isinstance(value, list):
            for item in value:
                yield from _paths(item, path, depth + 1)


def find_field(records: Sequence[Any], options: Options) -> tuple[str, str | None]:
    """Return the field that has the text, and a warning that says which if the user did not.

    Raises:
        InputError: it cannot be told, or no record has it.
    """
    step = max(1, len(records) // _NUM_SAMPLES)
    sample = records[::step]
    if options.field is not None:
        return _named_field(records, sample, options), None
    fields = list(fields_of(sample))
    if fields == [""]:
        return "", None
    prose = {field: length for field in fields if (length := _prose_length(sample, field))}
    chosen = _choose(prose) if prose else _named(fields, _SURE_NAMES)
    if chosen is None:
        message = (
            _("{name}: several fields contain texts ({fields}); choose one with --field NAME")
            if prose
            else _("{name}: no field contains texts ({fields}); choose one with --field NAME")
        )
        raise InputError(message.format(name=options.name, fields=_listed(list(prose) or fields)))
    others = [field for field in prose if field != chosen]
    message = (
        _("{name}: the texts are taken from {field!r}; to read another one, use --field ({others})")
        if others
        else _("{name}: the texts are taken from {field!r}; to read another one, use --field")
    )
    return chosen, message.format(name=options.name, field=printable(chosen), others=_listed(others))


def _named_field(records: Sequence[Any], sample: Sequence[Any], options: Options) -> str:
    """Return the field that the user named, in the letters that the records have."""
    field = (options.field or "").strip()
    if any(True for record in records for _ in _strings(record, field)):
        return field
    fields = list(fields_of(sample))
    if fields == [""]:
        raise InputError(
            _("{name}: its records are plain strings without fields; leave out --field").format(name=options.name)
        )
    alike = [known for known in fields if known.casefold() == field.casefold()]
    if len(alike) == 1:
        return alike[0]
    inside = [known for known in fields if known.startswith(f"{field}.")]
    if len(inside) == 1:
        return inside[0]
    message = (
        _("{name}: {field!r} is an object; name one of {fields}")
        if inside
        else _("{name}: no row has a field {field!r}; name one of {fields}")
    )
    raise InputError(message.format(name=options.name, field=printable(field), fields=_listed(inside or fields)))


def _listed(fields: Sequence[str]) -> str:
    return join_first([printable(field)[:60] for field in fields], _MAX_NAMED) or _("none")


def _prose_length(records: Sequence[Any], field: str) -> int:
    """Return how many characters a field has in some records; 0 if it does not hold prose.

    It does if half of those that are not empty are as long as a sentence, and they are neither code nor data.
    """
    texts = [text for record in records if (text := text_of(record, field)[:_MAX_MEASURED]).strip()]
    num_long = sum(len(_WIDE.findall(text)) >= _MIN_WIDE or len(_WORD.findall(text)) >= _MIN_WORDS for text in texts)
    if not texts or 2 * num_long < len(texts):
        return 0
    from summarize.inputs.measure import measure

    sample = "\n".join(text[: max(100, 20_000 // len(texts))] for text in texts)
    found = measure(sample)
    return sum(map(len, texts)) if found.is_prose and found.prose > found.code else 0


def _choose(prose: dict[str, int]) -> str | None:
    """Return the field with the text among those that hold prose: the only one, one of a usual name, or the longest."""
    if len(prose) == 1:
        return next(iter(prose))
    named = _named(prose, _TEXT_NAMES)
    if named is not None:
        return named
    for field, length in prose.items():
        if length > _MIN_LEAD * (sum(prose.values()) - length):
            return field
    return None


def _named(fields: Iterable[str], names: Sequence[str]) -> str | None:
    """Return the one of some fields that has the first of some names."""
    known = [(field, normalize(field.rpartition(".")[2].strip().casefold())) for field in fields]
    for name in names:
        found = [field for field, last in known if last == name]
        if len(found) == 1:
            return found[0]
    return None


def title_of(record: Any, field: str) -> str | None:
    """Return the title in a record, beside the text in a field of it; None if it has none."""
    if not isinstance(record, dict):
        return None
    for key, value in record.items():
        is_title = key != field and normalize(str(key).strip().casefold()) in _TITLE_NAMES
        if is_title and isinstance(value, str) and value.strip():
            return " ".join(value.split())
    return None

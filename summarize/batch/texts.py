"""The text of a row, as `summarize` reads it from records, and the fields that its summary makes."""

import json
from typing import Any

from summarize.batch.task import Settings
from summarize.document import Source
from summarize.errors import InputError
from summarize.formats.citing import as_text
from summarize.inputs.door import replace_unprintable
from summarize.inputs.records import text_of, title_of
from summarize.interface import _
from summarize.summary import Summary
from summarize.text.decoding import VISIBLE

_FORMAT = "records"


def source_of(value: Any, field: str) -> Source:
    """Return the text of a row.

    Args:
        value: the row, by the names of its fields.
        field: that has the text.

    Raises:
        InputError: it has none.
    """
    text = text_of(value, field)
    if not VISIBLE.search(text):
        raise InputError(_("has no text in field {field}").format(field=field))
    return replace_unprintable(Source(text, "utf-8", format=_FORMAT, title=title_of(value, field)))


def field_names(settings: Settings) -> list[str]:
    """Return the names of the fields that a row gets, in their order."""
    return list(_wanted(settings))


def _wanted(settings: Settings) -> dict[str, str]:
    """Return what is in each field that a row gets, by their names."""
    into, summary_options = settings.into, settings.summary_options
    asked = [name for name in ("title", "keywords", "sections") if summary_options.get(_OPTION_OF.get(name, name))]
    return {into: "summary"} | {f"{into}_{name}": name for name in (*asked, *settings.extras)}


_OPTION_OF = {"sections": "by_heading"}  # what asks for a field, where that is called otherwise


def fields_of(summary: Summary, settings: Settings) -> dict[str, Any]:
    """Return the fields that a row gets.

    Args:
        summary: of its text.
        settings: which fields there are.
    """
    return {name: _value(summary, what) for name, what in _wanted(settings).items()}


def _value(summary: Summary, what: str) -> Any:
    match what:
        case "summary":
            return summary.text
        case "title":
            return summary.title.text if summary.title else None
        case "keywords":
            return [keyword.text for keyword in summary.keywords or ()]
        case "sections":
            return [
                {"heading": section.heading, "summary": as_text(summary.document, section.drafts)}
                for section in summary.sections or ()
            ]
        case "selected":
            sentences = summary.document.sentences
            return [[sentences[index].start, sentences[index].end] for index in sorted(summary.selected)]
        case "language":
            return summary.document.language
    from summarize.formats.json_lines import to_json_line

    return json.loads(to_json_line(summary))


def as_cell(value: Any) -> str:
    """Return what stands for a value where there are only texts."""
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

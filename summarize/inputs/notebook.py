"""Notebooks of Jupyter (.ipynb): what stands in their cells of text, without code and what it printed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from summarize.document import Source
from summarize.errors import InputError
from summarize.inputs.table import Options
from summarize.interface import _

_NAME = "notebook"


def recognise(content: Source, suffix: str) -> bool:
    """Return whether a text is a notebook: JSON with cells and the number of their format."""
    if suffix == ".ipynb":
        return True
    text = content.text
    return (
        text.lstrip("\ufeff \t\r\n").startswith("{")
        and '"nbformat"' in text
        and ('"cells"' in text or '"worksheets"' in text)
    )


def read(content: Source, options: Options) -> list[Source]:
    """Return the text of a notebook, one.

    Raises:
        InputError: it is no JSON, or has no cells.
    """
    from summarize.inputs.markdown import write_markdown
    from summarize.inputs.rows import json_rows
    from summarize.inputs.writing import Writer

    rows = json_rows(content.text.removeprefix("\ufeff"), options.name)[0]
    notebook = rows[0].value if len(rows) == 1 else None
    cells = list(_cells(notebook))
    if not cells:
        raise InputError(_("{name}: is not a notebook: it has no cells").format(name=options.name))
    writer = Writer()
    title = _declared_title(notebook)
    for number, cell in enumerate(cells, 1):
        text = _markdown_of(cell)
        if text:
            writer.place("cell", str(number))
            found = write_markdown(writer, text)
            title = title or found
        elif cell.get("cell_type") == "code":
            writer.announce_nothing()
    source = writer.source(content.encoding, _NAME, title)
    # The lines that are counted are those of a cell, not of the file.
    locations = tuple(location for location in source.places if location.kind != "line")
    return [replace(source, places=locations, warnings=content.warnings)]


def _declared_title(notebook: Any) -> str | None:
    """Return the title that the metadata of a notebook have."""
    metadata = notebook.get("metadata")
    title = metadata.get("title") if isinstance(metadata, dict) else None
    return " ".join(title.split()) or None if isinstance(title, str) else None


def _cells(notebook: Any) -> Iterator[dict[str, Any]]:
    """Yield the cells; in the third version of the format they stand in work sheets."""
    if not isinstance(notebook, dict):
        return
    sheets = notebook.get("worksheets")
    for sheet in [notebook, *(sheets if isinstance(sheets, list) else [])]:
        cells = sheet.get("cells") if isinstance(sheet, dict) else None
        if isinstance(cells, list):
            yield from (cell for cell in cells if isinstance(cell, dict))


def _markdown_of(cell: dict[str, Any]) -> str:
    """Return the Markdown of a cell of text, empty for any other."""
    source = cell.get("source")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return ""
    if cell.get("cell_type") == "heading":  # of the third version
        level = str(cell.get("level", "1"))
        return f"{'#' * (int(level) if level in '123456' else 1)} {source}"
    return source if cell.get("cell_type") == "markdown" else ""

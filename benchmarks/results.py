"""`python -m benchmarks.results`: what was measured, as JSON in `docs/results/`, to the documents that show it.

A record is a list of blocks: a string is a paragraph or a heading in Markdown, an object with `head` and `rows` is a
table of strings. A benchmark writes its record by `write_record`; figures that readers gave are written by hand. Each
`docs/results/NAME.md.jinja` is the text of `docs/NAME.md`, in which `{{ record("marks") }}` stands for a whole record,
and `{{ table("targets", 0) }}` for the first table of one.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

import click
import jinja2

DOCS = Path(__file__).parents[1] / "docs"
RESULTS = DOCS / "results"


class Table(TypedDict):
    """The cells of a table, in Markdown, each row as long as its head."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]


Block = str | Table


def write_record(path: Path, blocks: Sequence[Block]) -> None:
    """Write a record as JSON, a row a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(_dumped(block))
            continue
        rows = ",\n  ".join(map(_dumped, block["rows"]))
        lines.append(f'{{"head": {_dumped(block["head"])}, "rows": [\n  {rows}]}}')
    path.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_record(path: Path) -> list[Block]:
    """Read a record.

    Raises:
        ValueError: it is no record, or a row is longer or shorter than its head.
    """
    blocks: list[Block] = json.loads(path.read_text(encoding="utf-8"))
    for block in blocks:
        if not isinstance(block, str) and any(len(row) != len(block["head"]) for row in block["rows"]):
            raise ValueError(f"{path}: a row has more or fewer cells than its head")
    return blocks


def to_markdown(blocks: Sequence[Block]) -> str:
    """Return blocks as Markdown, with a blank line between two of them and none at the end."""
    return "\n\n".join(block if isinstance(block, str) else _drawn(block) for block in blocks)


def _drawn(table: Table) -> str:
    rows = (table["head"], ["---"] * len(table["head"]), *table["rows"])
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def render(template: Path) -> str:
    """Return the document of a template, with the records beside it.

    Raises:
        ValueError: a record is none.
        jinja2.TemplateError: the template is none.
    """

    def record(name: str) -> str:
        return to_markdown(read_record(template.parent / f"{name}.json"))

    def table(name: str, index: int) -> str:
        tables = [block for block in read_record(template.parent / f"{name}.json") if not isinstance(block, str)]
        return _drawn(tables[index])

    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True)
    return environment.from_string(template.read_text(encoding="utf-8")).render(record=record, table=table)


@click.command()
@click.option("--check", is_flag=True, help="Write nothing, and fail where a document is not what its records make it.")
def main(check: bool) -> None:
    """Write the documents that show what was measured."""
    for template in sorted(RESULTS.glob("*.md.jinja")):
        path, text = DOCS / template.name.removesuffix(".jinja"), render(template)
        if not check:
            path.write_text(text, encoding="utf-8")
        elif path.read_text(encoding="utf-8") != text:
            print(f"{path}: not what docs/results makes it; run `make format`", file=sys.stderr)
            raise SystemExit(1)


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.results")

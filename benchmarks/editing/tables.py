"""What was found out, as tables, and the rows it was found on."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.results import Table as MarkdownTable
from benchmarks.results import to_markdown
from summarize.evaluate.corpus import CorpusDocument, read_corpus, read_lines, sample_corpus

Row = tuple[str | int | float | None, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """What was found out, for people and for machines.

    Args:
        title: of what.
        head: names of the columns.
        rows: cells; numbers with one decimal, None where there is none.
        note: what else is to be said.
    """

    title: str
    head: tuple[str, ...]
    rows: Sequence[Row]
    note: str = ""

    def to_markdown(self) -> str:
        """Return it as Markdown."""
        drawn: MarkdownTable = {"head": self.head, "rows": [[_shown(cell) for cell in row] for row in self.rows]}
        note = [self.note] if self.note else []
        return to_markdown([f"### {self.title}", drawn, *note]) + "\n"

    def to_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        rows = [dict(zip(self.head, row, strict=True)) for row in self.rows]
        return {"title": self.title, "rows": rows, "note": self.note}


def _shown(cell: str | int | float | None) -> str:
    if cell is None:
        return "-"
    return f"{cell:.1f}" if isinstance(cell, float) else str(cell)


def percent(part: float, of: float) -> float | None:
    """Return a share in percent; None of nothing."""
    return 100 * part / of if of else None


def read_rows(
    path: Path, limit: int | None = None, keep: Callable[[dict[str, Any]], bool] = bool
) -> list[dict[str, Any]]:
    """Return the rows of a JSONL file that are to be kept, at most `limit` of them, evenly spread.

    Raises:
        InputError: it cannot be read.
    """
    rows = [row for row in (json.loads(line) for line in read_lines(path) if line.strip()) if keep(row)]
    if limit is None or limit >= len(rows):
        return rows
    return [rows[index * len(rows) // limit] for index in range(limit)]


def documents(path: Path, limit: int | None) -> Iterator[CorpusDocument]:
    """Yield the documents of a corpus that have sentences, at most about `limit` of them, evenly spread.

    Raises:
        InputError: it cannot be read.
    """
    items = read_corpus(path) if limit is None else sample_corpus(path, limit)
    return (item for item in items if item.document.sentences)

"""Marks: what a reader said of each sentence of a text.

A row is an object of a JSONL file with

    marks    [[start, end, mark], ...]: offsets into the text, and 0 (says nothing alone) to 3 (could stand alone as
             the summary)
    best     [[start, end], ...]: what the reader would choose if only one could be printed, best first
    summary  a headline-like sentence in the reader's own words

and either `text`, or where the text is found: `corpus` (`LANGUAGE/PART/NAME`, a file below the folder of corpora), `id`
(for plain text the number of the document, from 0), `part` (start and end of what was read) and `sha256` of the whole
text in UTF-8. Offsets count code points of what was read.

Marks were set on the units into which a text was cut at that time. They are carried over to other units by overlap.
"""

import gzip
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.errors import InputError
from summarize.evaluate.corpus import read_lines

MOST = 3  # the highest mark
BEST_RANKS = 3  # sentences that a reader names as best, at most


def carry_marks(document: Document, marks: Iterable[Sequence[int]]) -> NDArray[np.int64]:
    """Return the mark of each sentence of a document, (S,), 0 to 3.

    A sentence has the highest mark of the units of which it holds at least half, or which hold at least half of it.

    Args:
        document: the document.
        marks: start, end and mark of units, in order.
    """
    units = np.array([unit[:3] for unit in marks], np.int64).reshape(-1, 3)
    found = np.zeros(len(document.sentences), np.int64)
    if not len(units):
        return found
    starts, ends = units[:, 0], units[:, 1]
    for index, sentence in enumerate(document.sentences):
        near = slice(int(np.searchsorted(ends, sentence.body, "right")), int(np.searchsorted(starts, sentence.end)))
        shared = np.minimum(ends[near], sentence.end) - np.maximum(starts[near], sentence.body)
        is_held = 2 * shared >= np.minimum(ends[near] - starts[near], sentence.end - sentence.body)
        found[index] = units[near, 2][is_held & (shared > 0)].max(initial=0)
    return found


def find_best(document: Document, best: Sequence[Sequence[int]], marks: NDArray[np.int64]) -> tuple[int, ...]:
    """Return the sentences that the reader named as best, the best first, at most three.

    Of a unit that lies in several sentences it is the one of the highest mark.
    """
    chosen: list[int] = []
    for unit in best[:BEST_RANKS]:
        is_part = carry_marks(document, [[*unit[:2], 1]]) > 0
        if is_part.any():
            index = int(np.argmax(np.where(is_part, marks, -1)))
            if index not in chosen:
                chosen.append(index)
    return tuple(chosen)


def share_of_marks(marks: NDArray[np.int64], chosen: Sequence[int], num_sentences: int) -> float:
    """Return the marks of the chosen sentences over the most that so many sentences could have; 1 if that is 0.

    Args:
        marks: (S,).
        chosen: indices of sentences.
        num_sentences: sentences of a summary.
    """
    most = int(np.sort(marks)[::-1][:num_sentences].sum())
    return float(marks[list(chosen)].sum()) / most if most else 1.0


def is_marked(path: Path) -> bool:
    """Return whether a file of JSON lines is one of marks, by its first row.

    Raises:
        InputError: the file cannot be read.
    """
    line = next((line for line in read_lines(path) if line.strip()), "null")
    try:
        row = json.loads(line)
    except ValueError:
        return False
    return isinstance(row, dict) and {"marks", "best"} <= row.keys()


def marked_rows(path: Path, corpora: Path | None = None) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of marks, each with its `text`.

    Args:
        path: JSONL, plain or gzip-packed.
        corpora: folder of the corpora in which the texts are that the file does not hold.

    Raises:
        InputError: the file, a row or a text cannot be read, or a text is not the one that was marked.
    """
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        name = f"{path}:{number}"
        try:
            row = json.loads(line)
            if "text" not in row:
                row["text"] = _text_of(row, corpora)
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{name}: not a row of marks: {error}") from error
        yield row


def _text_of(row: dict[str, Any], corpora: Path | None) -> str:
    if corpora is None:
        raise InputError(
            f"the text of {row['corpus']} {row['id']} is needed; name the folder of corpora with --corpora"
        )
    whole = _texts(corpora, row["corpus"])[str(row["id"])]
    if hashlib.sha256(whole.encode()).hexdigest() != row["sha256"]:
        raise ValueError(f"{row['corpus']} {row['id']} is not the text that was marked")
    return whole[slice(*row["part"])]


@cache
def _texts(corpora: Path, corpus: str) -> dict[str, str]:
    """Return the texts of a corpus by their ids."""
    folder = corpora / corpus
    plain = folder.with_name(f"{folder.name}.txt.gz")
    if plain.exists():
        with gzip.open(plain, "rt", encoding="utf-8") as file:
            return {str(number): text for number, text in enumerate(file.read().split("\n\n"))}
    rows = map(json.loads, read_lines(folder.with_name(f"{folder.name}.jsonl.gz")))
    return {str(row["id"]): row["text"] for row in rows}

"""Marks: a reader's ratings of the sentences of a text.

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

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.document import LANGUAGES, Document
from summarize.errors import InputError
from summarize.evaluate.corpus import read_lines
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences

MOST = 3  # the highest mark
BEST_RANKS = 3  # sentences that a reader names as best, at most


def carry_marks(document: Document, marks: Iterable[Sequence[int]]) -> NDArray[np.int64]:
    """Return the mark of each sentence of a document, (S,), 0 to 3.

    A sentence has the highest mark of the units of which it holds at least half, or which hold at least half of it.

    Args:
        document: the document.
        marks: start, end and mark of units, in order.

    Raises:
        ValueError: a unit has less, or another mark.
    """
    units = np.array([unit[:3] for unit in marks], np.int64)
    found = np.zeros(len(document.sentences), np.int64)
    if not len(units):
        return found
    if units.shape[1:] != (3,) or units[:, 2].min() < 0 or units[:, 2].max() > MOST:
        raise ValueError(f"a unit must have a start, an end and a mark of 0 to {MOST}")
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


def share_of_marks(
    marks: NDArray[np.int64],
    chosen: Sequence[int],
    target_sentences: int,
    *,
    candidates: NDArray[np.bool_] | None = None,
) -> float | None:
    """Return the marks of the chosen sentences over the highest sum that so many could have; None if that is 0.

    Args:
        marks: of each sentence, (S,), 0 to 3.
        chosen: indices of sentences.
        target_sentences: sentences that were asked for.
        candidates: (S,), True where a sentence can be chosen; by default all can.
    """
    could = marks if candidates is None else marks[candidates]
    highest = int(np.sort(could)[::-1][:target_sentences].sum())
    return float(marks[list(chosen)].sum()) / highest if highest else None


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
    yield from (row for _, row in _named_rows(path, corpora))


@dataclass(frozen=True, slots=True)
class MarkedText:
    """A text as it is cut today, and what a reader said of it.

    Args:
        name: how messages call it.
        source: what kind of text it is, as the row says; empty where it does not.
        document: the text and its sentences.
        marks: of each sentence, (S,), 0 to 3.
        best: the sentences that the reader named as best, the best first, at most three.
        summary: the reader's own sentence; empty if there is none.
    """

    name: str
    source: str
    document: Document
    marks: NDArray[np.int64]
    best: tuple[int, ...]
    summary: str = ""


def read_marked(path: Path, corpora: Path | None = None) -> Iterator[MarkedText]:
    """Yield the texts of a file of marks, cut into the sentences of today.

    Raises:
        InputError: as for `marked_rows`.
    """
    for name, row in _named_rows(path, corpora):
        try:
            text = row["text"]
            language = row.get("lang") or detect_language(text)
            if language not in LANGUAGES:
                raise ValueError(f"`lang` must be one of {', '.join(LANGUAGES)}, got {language!r}")
            document = Document(text, find_sentences(text), language)
            marks = carry_marks(document, row["marks"])
            best = find_best(document, row.get("best", ()), marks)
            yield MarkedText(name, str(row.get("source", "")), document, marks, best, str(row.get("summary", "")))
        except (ValueError, KeyError, TypeError, IndexError, OverflowError) as error:
            raise _no_row(name, error) from error


def _no_row(name: str, error: Exception) -> InputError:
    reason = f"no {error}" if isinstance(error, KeyError) else str(error)
    return InputError(f"{name}: not a row of marks: {reason}")


def _named_rows(path: Path, corpora: Path | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows of a file of marks, and the file and line of each."""
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        name = f"{path}:{number}"
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise TypeError("not an object")
            if "text" not in row:
                row["text"] = find_text(row, corpora, name)[slice(*row["part"])]
            if not isinstance(row["text"], str):
                raise TypeError("`text` must be a string")
        except (ValueError, KeyError, TypeError) as error:
            raise _no_row(name, error) from error
        yield f"{name} {row.get('id', '')}".strip(), row


def find_text(row: Mapping[str, Any], corpora: Path | None, name: str) -> str:
    """Return the whole text that a row names by `corpus`, `id` and `sha256`.

    Args:
        row: of a file that holds no text itself.
        corpora: folder of the corpora.
        name: how messages call the row.

    Raises:
        InputError: the text cannot be read, or is not the one that was read for the row.
        KeyError: the row does not say where it is.
    """
    corpus, text_id = str(row["corpus"]), str(row["id"])
    if corpora is None:
        raise InputError(f"{name}: the text of {corpus} {text_id} is needed; name the folder of corpora with --corpora")
    full_text = _texts(corpora, corpus).get(text_id)
    if full_text is None:
        raise InputError(f"{name}: {corpora / corpus} has no text {text_id}")
    if hashlib.sha256(full_text.encode()).hexdigest() != row["sha256"]:
        raise InputError(f"{name}: {corpus} {text_id} is not the text that was read")
    return full_text


@cache
def _texts(corpora: Path, corpus: str) -> dict[str, str]:
    """Return the texts of a corpus by their ids."""
    folder = corpora / corpus
    plain = folder.with_name(f"{folder.name}.txt.gz")
    if plain.exists():
        return {str(number): text for number, text in enumerate("".join(read_lines(plain)).split("\n\n"))}
    packed = folder.with_name(f"{folder.name}.jsonl.gz")
    rows = map(json.loads, read_lines(packed if packed.exists() else folder.with_name(f"{folder.name}.jsonl")))
    return {str(row["id"]): row["text"] for row in rows if "id" in row}

"""Corpora of questions: a text, what is asked of it, and what a good answer says and where it stands.

Four kinds of rows are told by their fields:

    `query` and `group`       a part of a meeting, and the answer to a question about it: the parts of a meeting make
                              its text again, with those of the next meeting if they are few
    `segments` of "A：B"      a text, and questions about it with their answers; three texts in a row make one
    `segments` and `title`    a part of a meeting, what it was about, and what a reader has marked in it; the parts of a
                              meeting make its text
    `title`                   a document and its abstract; five in a row make a text, and are asked for by title;
                              in every second text each stands under its title

So a question is always asked of a text that has more in it than the answer.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document, Language
from summarize.errors import InputError
from summarize.evaluate.corpus import read_lines
from summarize.evaluate.overlap import rouge_units
from summarize.text.segmentation import find_sentences

EXAMS_TOGETHER, TITLES_TOGETHER = 3, 5
MIN_PARTS = 3  # of a meeting that needs no others beside it
MIN_OF_ANSWER = 0.6  # of the pairs of units of an answer that a sentence has which gives it

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of a text.

    Args:
        document: the text.
        query: the question.
        reference: the answer that a person gave.
        inside: (S,), True where a sentence is in the part of the text that the answer was given from.
        answers: (S,), True for the sentences that have the answer in them; None where it is not known.
    """

    document: Document
    query: str
    reference: str
    inside: NDArray[np.bool_]
    answers: NDArray[np.bool_] | None = None


def read_questions(path: Path) -> list[Question]:
    """Return the questions of a corpus, told by its first row; those whose answer stands nowhere are left out.

    Raises:
        InputError: the file cannot be read, or its rows hold no questions.
    """
    try:
        rows: list[Row] = [json.loads(line) for line in read_lines(path)]
        first = rows[0]
        if "query" in first and "group" in first:
            found = _of_meetings(rows)
        elif "segments" in first and "title" in first:
            found = _of_marked_meetings(rows)
        elif "segments" in first:
            found = _of_exams(rows)
        else:
            found = _of_titles(rows)
        return list(found)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise InputError(f"{path}: no rows with questions: {error!r}") from error


def _document(text: str, language: Language) -> Document:
    return Document(text, find_sentences(text), language)


def _joined(texts: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return texts as one, and where each stands in it."""
    spans, end = [], -1
    for text in texts:
        spans.append((end + 1, end + 1 + len(text)))
        end = spans[-1][1]
    return "\n".join(texts), spans


def _within(document: Document, spans: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Return which sentences stand in one of some runs of a document, (S,)."""
    return np.array([any(start <= one.start < end for start, end in spans) for one in document.sentences], np.bool_)


def _of_meetings(rows: Sequence[Row]) -> Iterator[Question]:
    groups = {
        group: list(parts) for group, parts in groupby(sorted(rows, key=_group_and_part), lambda row: row["group"])
    }
    names = list(groups)
    for index, name in enumerate(names):
        parts = groups[name]
        others = groups[names[(index + 1) % len(names)]] if len(parts) < MIN_PARTS and len(names) > 1 else []
        lines = dict.fromkeys(line for row in (*parts, *others) for line in row["text"].split("\n"))
        text, spans = _joined(list(lines))
        document, span_of = _document(text, parts[0]["lang"]), dict(zip(lines, spans, strict=True))
        for row in parts:
            inside = _within(document, [span_of[line] for line in row["text"].split("\n")])
            yield Question(document, row["query"], row["summary"], inside)


def _group_and_part(row: Row) -> tuple[str, int]:
    return row["group"], int(row["id"].rsplit("-", 1)[1])


def _of_exams(rows: Sequence[Row]) -> Iterator[Question]:
    for start in range(0, len(rows), EXAMS_TOGETHER):
        taken = rows[start : start + EXAMS_TOGETHER]
        text, spans = _joined([row["text"] for row in taken])
        language = taken[0]["lang"]
        document = _document(text, language)
        for row, span in zip(taken, spans, strict=True):
            inside = _within(document, [span])
            for segment in row["segments"]:
                query, _, answer = segment.partition("：")
                answers = inside & (_shares(document, answer, language) >= MIN_OF_ANSWER)
                if answers.any():
                    yield Question(document, query, answer, inside, answers)


def _shares(document: Document, answer: str, language: Language) -> NDArray[np.float64]:
    """Return the share of an answer's pairs of units, of its unit if it is but one, that each sentence has, (S,)."""

    def pairs(text: str) -> set[tuple[str, ...]]:
        units = rouge_units(text, language)
        return set(pairwise(units)) if len(wanted_units) > 1 else {(unit,) for unit in units}

    wanted_units = rouge_units(answer, language)
    wanted = pairs(answer)
    found = [len(wanted & pairs(text)) / max(1, len(wanted)) for text in document.sentence_texts()]
    return np.array(found)


def _of_marked_meetings(rows: Sequence[Row]) -> Iterator[Question]:
    for _, group in groupby(rows, lambda row: row["id"].rpartition("_")[0]):
        parts = list(group)
        text, spans = _joined([row["text"] for row in parts])
        document = _document(text, parts[0]["lang"])
        for row, span in zip(parts, spans, strict=True):
            starts = [text.find(marked, *span) for marked in row["segments"]]
            marked = [(at, at + len(run)) for at, run in zip(starts, row["segments"], strict=True) if at >= 0]
            touched = [any(start < one.end and one.start < end for start, end in marked) for one in document.sentences]
            inside = _within(document, [span])
            yield Question(document, row["title"], row["summary"], inside, inside & np.array(touched, np.bool_))


def _of_titles(rows: Sequence[Row]) -> Iterator[Question]:
    for number, start in enumerate(range(0, len(rows), TITLES_TOGETHER)):
        taken = rows[start : start + TITLES_TOGETHER]
        text, spans = _joined([f"{row['title']}\n\n{row['text']}\n" if number % 2 else row["text"] for row in taken])
        document = _document(text, taken[0]["lang"])
        is_text = np.array([sentence.is_text for sentence in document.sentences], np.bool_)
        for row, span in zip(taken, spans, strict=True):
            yield Question(document, row["title"], row["summary"], _within(document, [span]) & is_text)

"""Fusion with what comes with the package, on cases written for it; those named `test` are only measured."""

import json
from pathlib import Path
from typing import Any

import pytest

from summarize.decide.fusion import fuse_sentences
from summarize.document import Document
from summarize.pipeline import default_scorer
from summarize.text.pieces import join_runs, make_whole_draft
from summarize.text.segmentation import find_sentences

FOLDER = Path(__file__).parent / "fusion"
MIN_SHARE = 0.8  # of the cases that are fused as an editor would


def rows_of(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (FOLDER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def fused(row: dict[str, Any]) -> str:
    """The text of a case as it is printed."""
    document = Document(row["text"], find_sentences(row["text"]), row["lang"])
    drafts = [make_whole_draft(document, index) for index in range(len(document.sentences))]
    scorer = default_scorer()
    reading, config = scorer.read(document, len(drafts)), scorer.selection(scorer.default_attention)
    sentences = fuse_sentences(document, drafts, scorer.grammar, reading, config)
    return "".join(piece.text for piece in join_runs(sentence.pieces for sentence in sentences))


def as_printed(row: dict[str, Any]) -> str:
    """Return the sentences of a case as they are printed one by one, without the marks of a list."""
    document = Document(row["text"], find_sentences(row["text"]), row["lang"])
    return "".join(
        piece.text
        for piece in join_runs(make_whole_draft(document, index).pieces for index in range(len(document.sentences)))
    )


@pytest.mark.parametrize("name", ["fused.dev", "fused.dev2"])
def test_cases_are_fused_as_an_editor_would_or_left_whole(name: str) -> None:
    rows = rows_of(name)
    found = [(row, fused(row)) for row in rows]
    assert [text for row, text in found if text not in (*row["fused"], row["text"])] == []
    assert sum(text in row["fused"] for row, text in found) >= MIN_SHARE * len(rows)


@pytest.mark.parametrize("name", ["apart.dev", "apart.dev2"])
def test_cases_that_must_not_be_fused_are_not(name: str) -> None:
    assert [row["id"] for row in rows_of(name) if fused(row) != as_printed(row)] == []

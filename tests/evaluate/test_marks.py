import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from summarize.document import Document, Sentence
from summarize.errors import InputError
from summarize.evaluate.marks import carry_marks, find_best, marked_rows, read_marked, share_of_marks

TEXT = "雨下了三天。桥被水冲走。渡船停航。"  # cut at 0, 6, 12, 17


def cut(*ends: int) -> Document:
    starts = (0, *ends[:-1])
    return Document(TEXT, tuple(Sentence(*span, 0) for span in zip(starts, ends, strict=True)), "zh")


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("ends", "marks", "expected"),
    [
        pytest.param((6, 12, 17), [[0, 6, 1], [6, 12, 3], [12, 17, 0]], [1, 3, 0], id="the same units"),
        pytest.param((12, 17), [[0, 6, 1], [6, 12, 3], [12, 17, 2]], [3, 2], id="merged: the highest"),
        pytest.param((6, 12, 17), [[0, 12, 3], [12, 17, 1]], [3, 3, 1], id="cut: each part has the unit's"),
        pytest.param((6, 12, 17), [[0, 8, 3], [8, 12, 1], [12, 17, 0]], [3, 1, 0], id="less than half is nothing"),
        pytest.param((6, 12, 17), [[0, 9, 2], [9, 12, 1], [12, 17, 0]], [2, 2, 0], id="half is enough"),
        pytest.param((6, 12, 17), [[12, 17, 2]], [0, 0, 2], id="not marked"),
        pytest.param((6, 12, 17), [], [0, 0, 0], id="no marks"),
    ],
)
def test_marks_are_carried_by_overlap(ends: tuple[int, ...], marks: list[list[int]], expected: list[int]) -> None:
    assert carry_marks(cut(*ends), marks).tolist() == expected


def test_marks_are_carried_by_what_a_sentence_says_without_its_label() -> None:
    # The unit is half of the sentence with the label, and all of what it says.
    document = Document("主持人：雨停了。", (Sentence(0, 8, 0, body=4, speaker=(0, 3)),), "zh")
    assert carry_marks(document, [[0, 4, 3], [4, 8, 1]]).tolist() == [1]


def test_marks_of_a_document_without_sentences_are_none() -> None:
    assert carry_marks(Document("", (), "zh"), [[0, 4, 3]]).tolist() == []


@pytest.mark.parametrize(
    ("ends", "best", "expected"),
    [
        pytest.param((6, 12, 17), [[12, 17], [0, 6]], (2, 0), id="in the reader's order"),
        pytest.param((6, 12, 17), [[0, 12]], (1,), id="cut: the part of the highest mark"),
        pytest.param((12, 17), [[0, 6], [6, 12], [12, 17]], (0, 1), id="merged: once"),
        pytest.param((17,), [[0, 6]], (0,), id="in one that holds all of it"),
        pytest.param((6, 12, 17), [[12, 17], [0, 6], [6, 12], [0, 6]], (2, 0, 1), id="three at most"),
        pytest.param((6, 12, 17), [[40, 50]], (), id="nowhere"),
        pytest.param((6, 12, 17), [], (), id="none"),
    ],
)
def test_best_sentences_are_found(ends: tuple[int, ...], best: list[list[int]], expected: tuple[int, ...]) -> None:
    document = cut(*ends)
    marks = carry_marks(document, [[0, 6, 1], [6, 12, 3], [12, 17, 2]])
    assert find_best(document, best, marks) == expected


def test_a_tie_among_the_parts_of_a_best_unit_goes_to_the_earlier() -> None:
    assert find_best(cut(6, 12, 17), [[0, 17]], np.array([2, 3, 3])) == (1,)


def test_rows_with_text_are_read_and_cut(tmp_path: Path) -> None:
    row = {"id": "a", "lang": "zh", "source": "news", "text": TEXT, "summary": "桥没了",
           "marks": [[0, 6, 1], [6, 12, 3], [12, 17, 0]], "best": [[6, 12]]}  # fmt: skip
    (marked,) = read_marked(write(tmp_path / "a.jsonl", row))
    assert marked.name == f"{tmp_path / 'a.jsonl'}:1 a"
    assert (marked.source, marked.summary, marked.best) == ("news", "桥没了", (1,))
    assert marked.marks.tolist() == [1, 3, 0]


def test_little_is_needed_of_a_row(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"\n{json.dumps({'text': TEXT, 'marks': []})}\n\n", encoding="utf-8")
    (marked,) = read_marked(path)
    assert (marked.source, marked.best, marked.document.language) == ("", (), "zh")


@pytest.fixture
def row() -> dict[str, Any]:
    """Two thirds of the second document of a plain corpus, or of the document `b` of one of rows."""
    digest = hashlib.sha256(TEXT.encode()).hexdigest()
    return {"corpus": "zh/dev/floods", "id": "1", "sha256": digest, "part": [6, 17], "marks": [[0, 6, 3]], "best": []}


def test_texts_are_found_in_plain_corpora(tmp_path: Path, row: dict[str, Any]) -> None:
    (tmp_path / "zh" / "dev").mkdir(parents=True)
    with gzip.open(tmp_path / "zh" / "dev" / "floods.txt.gz", "wt", encoding="utf-8") as file:
        file.write(f"天晴了。\n\n{TEXT}\n\n又下雨了。")
    (found,) = marked_rows(write(tmp_path / "a.jsonl", row), tmp_path)
    assert found["text"] == TEXT[6:]


@pytest.mark.parametrize("is_packed", [True, False])
def test_texts_are_found_in_corpora_of_rows(tmp_path: Path, row: dict[str, Any], *, is_packed: bool) -> None:
    (tmp_path / "zh" / "dev").mkdir(parents=True)
    lines = "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in (("a", "天晴了。"), ("b", TEXT)))
    path = tmp_path / "zh" / "dev" / f"floods.jsonl{'.gz' * is_packed}"
    path.write_bytes(gzip.compress(lines.encode()) if is_packed else lines.encode())
    (marked,) = read_marked(write(tmp_path / "a.jsonl", {**row, "id": "b"}), tmp_path)
    assert marked.document.text == TEXT[6:]
    assert marked.marks.tolist() == [3, 0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"sha256": "0"}, "is not the text that was read", id="a changed text"),
        pytest.param({"id": "7"}, "has no text 7", id="no such text"),
        pytest.param({"corpus": "zh/dev/droughts"}, "No such file", id="no such corpus"),
        pytest.param({"part": 3}, "not a row of marks", id="no part"),
    ],
)
def test_a_text_that_is_not_there_is_an_error(
    tmp_path: Path, row: dict[str, Any], change: dict[str, Any], message: str
) -> None:
    (tmp_path / "zh" / "dev").mkdir(parents=True)
    (tmp_path / "zh" / "dev" / "floods.txt.gz").write_bytes(gzip.compress(f"天晴了。\n\n{TEXT}".encode()))
    with pytest.raises(InputError, match=message):
        list(marked_rows(write(tmp_path / "a.jsonl", row | change), tmp_path))


def test_a_damaged_corpus_is_an_error(tmp_path: Path, row: dict[str, Any]) -> None:
    (tmp_path / "zh" / "dev").mkdir(parents=True)
    (tmp_path / "zh" / "dev" / "floods.txt.gz").write_bytes(b"no gzip")
    with pytest.raises(InputError, match=r"floods\.txt\.gz: damaged"):
        list(marked_rows(write(tmp_path / "a.jsonl", row), tmp_path))


def test_a_row_that_lacks_its_text_asks_for_the_corpora(tmp_path: Path, row: dict[str, Any]) -> None:
    with pytest.raises(InputError, match=r"a.jsonl:1: the text of zh/dev/floods 1 is needed; .* with --corpora$"):
        list(marked_rows(write(tmp_path / "a.jsonl", row)))


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("{", id="no JSON"),
        pytest.param('"text"', id="no object"),
        pytest.param("{}", id="nothing in it"),
        pytest.param('{"text": 3, "marks": []}', id="text that is none"),
        pytest.param('{"text": "天晴了。"}', id="no marks"),
        pytest.param('{"text": "天晴了。", "marks": 3}', id="marks that are none"),
        pytest.param('{"text": "天晴了。", "marks": [[0, "a", 1]]}', id="an offset that is none"),
        pytest.param('{"text": "天晴了。", "marks": [[0, 4, 99999999999999999999]]}', id="a huge mark"),
        pytest.param('{"text": "天晴了。", "marks": [[0, 4, 1], [4]]}', id="half a unit"),
        pytest.param('{"text": "天晴了。", "marks": [[0, 4], [5, 7], [8, 9]]}', id="no marks in the units"),
        pytest.param('{"text": "天晴了。", "marks": [[0, 4, 4]]}', id="a mark above the highest"),
        pytest.param('{"text": "天晴了。", "marks": [[0, 4, -1]]}', id="a mark below 0"),
        pytest.param('{"text": "天晴了。", "marks": [], "best": [[]]}', id="an empty unit"),
        pytest.param('{"text": "天晴了。", "marks": [], "best": 3}', id="best that is none"),
        pytest.param('{"text": "天晴了。", "marks": [], "lang": "fr"}', id="another language"),
    ],
)
def test_a_line_that_is_no_row_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"a.jsonl:2.* not a row of marks: "):
        list(read_marked(path))


@pytest.mark.parametrize(
    ("chosen", "target_sentences", "candidates", "expected"),
    [
        pytest.param([1], 1, None, 1, id="the best"),
        pytest.param([0, 3], 2, None, 3 / 5, id="two"),
        pytest.param([3], 2, None, 2 / 5, id="one of two"),
        pytest.param([3], 1, [True, False, True, True], 1, id="the best that can be chosen"),
        pytest.param([2], 1, [False, False, True, False], None, id="nothing to be had"),
        pytest.param([], 1, None, 0, id="nothing chosen"),
    ],
)
def test_share_of_marks(
    chosen: list[int], target_sentences: int, candidates: list[bool] | None, expected: float
) -> None:
    can_be = None if candidates is None else np.array(candidates)
    assert share_of_marks(np.array([1, 3, 0, 2]), chosen, target_sentences, candidates=can_be) == expected

import gzip
import json

import numpy as np
import pytest
from click.testing import CliRunner
from models import document_of

from benchmarks import query as command
from benchmarks.query import SYSTEMS, judge, rank_by_bm25
from summarize.evaluate.questions import Question

DOCUMENT = document_of("Rain fell all day.", "The river rose by a metre.", "A river flood came.", "We slept.")


def question(**values):
    inside = np.array([False, True, True, False])
    return Question(DOCUMENT, "river flood", "a river flood", inside, **values)


def test_bm25_favours_what_has_the_rare_words():
    assert rank_by_bm25(DOCUMENT, "River FLOOD?") == [2, 1, 0, 3]
    assert rank_by_bm25(DOCUMENT, "budget") == [0, 1, 2, 3]  # all have nothing


def test_a_choice_is_judged_by_what_it_covers_where_it_stands_and_whether_it_answers():
    # "A river flood came." has all three words of the answer; F1 is 2 * 3 / (4 + 3).
    answers = np.array([False, False, True, False])
    recall, f1, inside, found = judge(question(answers=answers), [2, 3], "A river flood came.")
    assert (recall, f1, inside, found) == (100, pytest.approx(600 / 7), 50, 100)
    assert np.isnan(judge(question(), [2], "A river flood came.")[3])
    assert judge(question(answers=answers), [], "") == [0, 0, 0, 0]


def test_command_prints_a_table_for_each_corpus(tmp_path, monkeypatch):
    rows = [
        {"lang": "zh", "text": f"今天很热。{thing}放在门口左边。大家走了。", "segments": [f"{thing}放在哪里：门口左边"]}
        for thing in ("雨伞", "菜单", "路灯")
    ]
    path = tmp_path / "zh/dev/a.jsonl.gz"
    path.parent.mkdir(parents=True)
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    monkeypatch.setattr(command, "CORPORA", {"zh/dev/a": 1})
    result = CliRunner().invoke(command.main, ["--corpora", str(tmp_path), "--resamples", "20"])
    assert result.exit_code == 0, result.output
    assert "zh/dev/a, 3 questions, one sentence" in result.output
    for system in SYSTEMS:
        assert system in result.output
    assert "100.0 ± 0.0" in result.output  # each question is answered


def test_missing_corpus_is_an_error_of_one_line(tmp_path):
    result = CliRunner().invoke(command.main, ["--corpora", str(tmp_path)])
    assert result.exit_code == 1
    assert "c3_passages.jsonl.gz" in result.stderr

import gzip
import json

import numpy as np
import pytest
from click.testing import CliRunner

from summarize.network.query import MATCH_FEATURES, load_weights
from summarize.train import query as command
from summarize.train.query import Example, examples_of, fit

pytest.importorskip("scipy")


def test_fit_finds_what_tells_the_wanted_sentence():
    # One feature tells it; the other is the same for both.
    inputs = np.array([[1.0, 5.0], [0.0, 5.0]])
    weights, loss = fit([Example(inputs, np.array([1.0, 0.0]), 1.0)], penalty=0.1)
    # Where the slope is 0: the share of the other sentence, 1 / (1 + exp b), is 0.1 b.
    assert 1 / (1 + np.exp(weights[0])) == pytest.approx(0.1 * weights[0], abs=1e-4)
    assert loss == pytest.approx(np.log1p(np.exp(-weights[0])) + 0.05 * weights[0] ** 2)


def test_no_weight_is_negative():
    inputs = np.array([[1.0, 0.0], [0.0, 1.0]])
    weights, _ = fit([Example(inputs, np.array([0.0, 1.0]), 1.0)])
    assert weights[0] == 0
    assert weights[1] > 1


def test_a_corpus_counts_as_the_root_of_its_questions():
    towards, against = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    inputs = np.array([[1.0, 0.0], [0.0, 0.0]])
    many = [Example(inputs, towards, 9**-0.5)] * 9
    few = [Example(inputs, against, 1.0)]
    weights, _ = fit([*many, *few], penalty=0.0)
    assert weights[0] == pytest.approx(np.log(3), abs=1e-4)  # 3 to 1, not 9 to 1


@pytest.fixture
def corpora(tmp_path, monkeypatch):
    """A folder with one small corpus of exam questions."""
    folder = tmp_path / "corpora/zh/train"
    folder.mkdir(parents=True)
    things = ("雨伞", "路灯", "菜单", "合同", "渡轮", "冰箱")
    rows = [
        {
            "lang": "zh",
            "text": f"镇上来了很多客人。{thing}放在门口左边。大家都很满意，傍晚才走。",
            "segments": [f"{thing}放在哪里：门口左边"],
            "summary": "",
        }
        for thing in things
    ]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "exam.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    monkeypatch.setattr(command, "CORPORA", ("zh/train/exam",))
    return tmp_path / "corpora"


def test_command_learns_that_the_words_of_a_question_matter(corpora, tmp_path):
    result = CliRunner().invoke(command.main, ["--corpora", str(corpora), "--out", str(tmp_path / "query.json")])
    assert result.exit_code == 0, result.output
    assert "zh/train/exam: 6 of 6 questions" in result.stderr
    weights = load_weights(tmp_path / "query.json")
    assert weights[MATCH_FEATURES.index("ranking")] > 0.1
    assert weights[MATCH_FEATURES.index("speaker")] == 0  # nobody speaks


def test_command_without_corpora_says_what_is_missing(tmp_path):
    result = CliRunner().invoke(command.main, ["--corpora", str(tmp_path)])
    assert result.exit_code == 1
    assert "c3_passages" in result.stderr
    assert "Traceback" not in result.output


def test_questions_without_a_wanted_sentence_teach_nothing():
    assert list(examples_of([], None)) == []

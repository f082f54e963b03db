import io
import json
from pathlib import Path

import numpy as np
import pytest

from summarize.decide.budget import Budget
from summarize.evaluate.bootstrap import Estimate
from summarize.evaluate.faithfulness import CHECKS
from summarize.evaluate.measure import CorpusScores
from summarize.evaluate.report import find_figures, print_table, to_json

SYSTEMS = ("lead", "parallel", "oracle")


def corpus_scores(
    rouge: list[list[list[float]]], budget: Budget | None = None, violations: list[list[int]] | None = None
) -> CorpusScores:
    """Scores of three systems, (documents, systems, metrics), and violations of parallel, (documents, checks)."""
    scores = np.array(rouge, np.float64)
    lengths = np.where(scores.sum(axis=2) > 0, 20, 0).astype(np.int64)
    return CorpusScores(
        path=Path("dev/tiny.jsonl.gz"),
        sha256="0123456789abcdef" * 4,
        budget=budget or Budget(sentences=1),
        systems=SYSTEMS,
        languages={"zh": len(scores)},
        rouge=scores,
        lengths_chars=lengths,
        violations=np.array(violations or np.zeros((len(scores), len(CHECKS))), np.int64)[:, np.newaxis],
    )


# Means: lead 20, 10, 15; parallel 25, 14, 15; oracle 40, 30, 35.
TWO_DOCUMENTS = [
    [[10, 0, 5], [15, 4, 5], [30, 20, 25]],
    [[30, 20, 25], [35, 24, 25], [50, 40, 45]],
]


def test_find_figures_of_two_documents() -> None:
    lead, parallel, oracle = find_figures(corpus_scores(TWO_DOCUMENTS), resamples=200, seed=1)
    assert [estimate.value for estimate in parallel.rouge.values()] == [25, 14, 15]
    assert parallel.rouge["rouge1"] == Estimate(25, 15, 35)
    assert parallel.minus_lead["rouge1"] == Estimate(5, 5, 5)  # on each document alike, so it is sure
    assert parallel.minus_lead["rouge1"].sign == 1
    assert parallel.minus_lead["rougeL"].sign == 0
    assert parallel.closed_gap == Estimate(25, 25, 25)  # 5 of 20
    assert (lead.closed_gap.value, oracle.closed_gap.value) == (0, 100)


def test_find_figures_counts_documents_without_a_summary() -> None:
    scores = corpus_scores([[[0, 0, 0], [0, 0, 0], [0, 0, 0]], *TWO_DOCUMENTS])
    lead = find_figures(scores, resamples=50, seed=1)[0]
    assert (lead.num_failures, lead.length_chars) == (1, 20)
    assert lead.rouge["rouge1"].value == pytest.approx(40 / 3, abs=1e-4)


def test_find_figures_leaves_undefined_what_is_undefined() -> None:
    # One document, and no way from the lead to the oracle.
    _, parallel, _ = find_figures(corpus_scores([[[0, 0, 0], [10, 0, 0], [0, 0, 0]]]), resamples=50, seed=1)
    assert parallel.rouge["rouge1"] == Estimate(10, None, None)
    assert parallel.closed_gap == Estimate(None, None, None)
    assert parallel.minus_lead["rouge1"].sign == 0


def test_find_figures_adds_violations_up() -> None:
    violations = [[0, 0, 0, 0, 2, 1, 0], [0] * 7]
    lead, parallel, _ = find_figures(corpus_scores(TWO_DOCUMENTS, violations=violations), resamples=50, seed=1)
    assert parallel.violations == dict.fromkeys(CHECKS, 0) | {"numbers": 2, "negation": 1}
    assert parallel.num_unfaithful == 1
    assert (lead.violations, lead.num_unfaithful) == (None, 0)


def test_to_json_has_all_figures() -> None:
    scores = corpus_scores(TWO_DOCUMENTS, Budget(chars=30))
    found = json.loads(json.dumps(to_json(scores, find_figures(scores, resamples=200, seed=1)), allow_nan=False))
    assert found["sha256"] == scores.sha256
    assert (found["name"], found["num_documents"], found["languages"]) == ("tiny", 2, {"zh": 2})
    assert found["length"] == {"unit": "chars", "at_most": 30}
    assert found["confidence"] == 0.95
    assert list(found["systems"]) == list(SYSTEMS)
    parallel = found["systems"]["parallel"]
    assert parallel["rouge"]["rouge2"] == {"value": 14, "low": 4, "high": 24}
    assert parallel["minus_lead"]["rouge2"] == {"value": 4, "low": 4, "high": 4}
    assert parallel["closed_gap"]["value"] == 25
    assert (parallel["length_chars"], parallel["num_failures"]) == (20, 0)
    assert parallel["violations"] == dict.fromkeys(CHECKS, 0)
    assert (parallel["num_unfaithful"], found["systems"]["lead"]["violations"]) == (0, None)


def table_of(scores: CorpusScores) -> list[str]:
    file = io.StringIO()
    print_table(scores, find_figures(scores, resamples=200, seed=1), file)
    return file.getvalue().splitlines()


def test_print_table_shows_scores_differences_and_gap() -> None:
    title, headings, _, lead, parallel, difference, *_ = table_of(corpus_scores(TWO_DOCUMENTS))
    assert title == "zh tiny: 2 documents, at most 1 sentence, sha256 0123456789ab"
    assert headings.split() == ["system", "ROUGE-1", "ROUGE-2", "ROUGE-L", "gap", "chars", "none"]
    assert lead.split() == ["lead", "20.0", "±10.0", "10.0", "±10.0", "15.0", "±10.0", "0%", "20", "0"]
    assert parallel.split() == ["parallel", "25.0", "±10.0", "14.0", "±10.0", "15.0", "±10.0", "25%", "20", "0"]
    assert difference.split() == ["*", "+5.0", "±0.0", "*", "+4.0", "±0.0", "+0.0", "±0.0"]


def test_print_table_is_plain_and_fits_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    lines = table_of(corpus_scores([[[-100, -100, -100]] * 3, [[99, 99, 99]] * 3], violations=[[9999] * 7] * 2))
    assert not any("\x1b" in line for line in lines)
    assert sum("oracle" in line for line in lines) == 1
    assert max(len(line.rstrip()) for line in lines) <= 80


def test_print_table_shows_violations() -> None:
    lines = table_of(corpus_scores(TWO_DOCUMENTS, violations=[[0, 0, 1, 0, 2, 0, 0], [0] * 7]))
    headings, _, parallel = lines[-4:-1]
    assert headings.split() == ["violations", *CHECKS, "documents"]
    assert parallel.split() == ["parallel", "0", "0", "1", "0", "2", "0", "0", "1"]


def test_print_table_names_the_unit() -> None:
    assert "at most 7 words" in table_of(corpus_scores(TWO_DOCUMENTS, Budget(words=7)))[0]


def test_print_table_has_dashes_for_what_is_undefined() -> None:
    lines = table_of(corpus_scores([[[0, 0, 0]] * 3]))
    (lead,) = (line for line in lines if line.startswith("lead"))
    assert lead.split() == ["lead", "0.0", "0.0", "0.0", "-", "-", "1"]

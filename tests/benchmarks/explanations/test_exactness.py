"""Decisions made again, on weights and likeness small enough to be worked out by hand."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import document_of, random_model
from numpy.typing import NDArray
from strategies import articles, few_examples

from benchmarks.explanations.exactness import LENGTHS, exactness, exactness_under_length, is_retraced, retrace
from summarize.config import SelectionConfig
from summarize.decide.budget import Budget
from summarize.document import ATTENTION_KINDS, AttentionKind, Document
from summarize.explanation import Outcome, SentenceScores, Verdict
from summarize.network.scorer import NetworkScorer
from summarize.pipeline import read_for, write_summary
from summarize.summary import Summary
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences

MODEL = random_model(1)
# A judge whose figures are drawn by chance is sure of nothing, so that it must not be asked to be.
LENIENT = {kind: SelectionConfig(least_good=1e-3, most_false=1.0) for kind in ATTENTION_KINDS}
SCORER, LENIENT_SCORER = NetworkScorer(MODEL), NetworkScorer(replace(MODEL, selection=LENIENT))
RAIN = "今天城市又下雨了。我们看见河水上涨。昨天Apple发布新品。没有人受伤，真好。"
kinds = pytest.mark.parametrize("kind", ATTENTION_KINDS)


def read_text(text: str) -> Document:
    return Document(text, find_sentences(text), detect_language(text))


def weighing_of(*weights: float) -> tuple[SentenceScores, NDArray[np.float64]]:
    """Weights as terms, of which a third is content; a weight of 0 may not be chosen."""
    shares = np.array(weights) / sum(weights)
    mask = shares > 0
    logs = np.log(np.where(mask, shares, 1))
    scores = np.where(mask, logs - logs[mask].mean(), 0)
    return SentenceScores(shares, {"content": scores / 3, "place": scores * 2 / 3}, mask), shares


def trace_of(*outcomes: Outcome) -> list[Verdict]:
    """A trace that knows why something was passed over, and nothing else."""
    return [Verdict(outcome, 0.0, None) for outcome in outcomes]


def summary_of(selected: Sequence[int], trace: Sequence[Verdict]) -> Summary:
    document = document_of(*("abcdef"[: len(trace)]))
    return Summary(document, "tree", (1 / len(trace),) * len(trace), tuple(selected), (), (), tuple(trace))


LIKENESS = np.array([[1, 0.95, 0.5, 0], [0.95, 1, 0.5, 0], [0.5, 0.5, 1, 0], [0, 0, 0, 1.0]])
PLAIN = trace_of("lighter", "lighter", "lighter", "lighter")


@pytest.mark.parametrize(
    ("weights", "target_sentences", "redundancy_weight", "expected"),
    [
        pytest.param((4, 3, 2, 1), 1, 1.0, {0}, id="heaviest"),
        # 1 is a near-duplicate of 0; 2 has 2 - 1 left, as 3 has 1: of equal ones the earlier
        pytest.param((4, 3, 2, 1), 2, 1.0, {0, 2}, id="duplicate and tie"),
        pytest.param((4, 3, 2, 1.5), 2, 1.0, {0, 3}, id="redundancy counts"),
        pytest.param((4, 3, 2, 1.5), 2, 0.0, {0, 2}, id="redundancy does not count"),
        pytest.param((4, 3, 2, 1), 9, 1.0, {0, 2, 3}, id="all but duplicates"),
        pytest.param((0, 3, 2, 1), 1, 1.0, {1}, id="heading"),
        pytest.param((3, 3.00001, 2, 1), 1, 1.0, {0}, id="near tie"),
        pytest.param((4, 3, 2, 1e-40), 9, 1.0, {0, 2}, id="as good as no weight"),
    ],
)
def test_retrace_chooses_by_hand(
    weights: tuple[float, ...], target_sentences: int, redundancy_weight: float, expected: set[int]
) -> None:
    weighing, _ = weighing_of(*weights)
    config = SelectionConfig(redundancy_weight=redundancy_weight)
    found = retrace(weighing, LIKENESS, PLAIN, config, target_sentences=target_sentences)
    assert {index for index, verdict in enumerate(found) if verdict.outcome == "chosen"} == expected


def test_retrace_says_what_became_of_each_sentence() -> None:
    weighing, _ = weighing_of(4, 3, 2, 1)
    found = retrace(weighing, LIKENESS, PLAIN, SelectionConfig(), target_sentences=2)
    assert [(verdict.outcome, verdict.like) for verdict in found] == [
        ("chosen", None),
        ("repeats", 0),
        ("chosen", 0),  # of equal ones the earlier
        ("lighter", None),
    ]
    assert [verdict.redundancy for verdict in found] == pytest.approx([0, 0.3 * 0.95, 0.2 * 0.5, 0])


def test_retrace_believes_what_had_no_room_and_what_has_no_weight() -> None:
    weighing, _ = weighing_of(4, 0, 2, 1)
    trace = trace_of("form", "question", "length", "chosen")
    found = retrace(weighing, np.eye(4), trace, SelectionConfig(), target_sentences=2)
    assert [verdict.outcome for verdict in found] == ["form", "question", "length", "chosen"]


def test_retrace_does_not_believe_anything_else() -> None:
    weighing, _ = weighing_of(4, 0, 2, 1)
    trace = trace_of("heading", "length", "repeats", "lighter")
    found = retrace(weighing, np.eye(4), trace, SelectionConfig(), target_sentences=1)
    assert [verdict.outcome for verdict in found] == ["chosen", "short", "lighter", "lighter"]


def test_retrace_fills_a_length_while_something_adds_enough() -> None:
    weighing, _ = weighing_of(100, 50, 6, 4)
    trace = trace_of("chosen", "length", "chosen", "light")
    found = retrace(weighing, np.eye(4), trace, SelectionConfig(filling_share=0.05), target_sentences=None)
    assert [verdict.outcome for verdict in found] == ["chosen", "length", "chosen", "light"]
    heavy = retrace(weighing, np.eye(4), trace, SelectionConfig(filling_share=0.1), target_sentences=None)
    assert [verdict.outcome for verdict in heavy] == ["chosen", "length", "light", "light"]


judge = partial(exactness, likeness=np.eye(3), target_sentences=1, config=SelectionConfig())
TRACE = trace_of("chosen", "lighter", "lighter")


def test_exactness_of_true_terms() -> None:
    weighing, weights = weighing_of(5, 3, 2)
    assert judge(weighing, weights, summary_of([0], TRACE)) == [1, 1, 1]


def test_exactness_finds_a_term_that_was_tampered_with() -> None:
    weighing, weights = weighing_of(5, 3, 2)
    more = weighing.terms["place"] + np.array([0, 1e-5, 0])
    tampered = replace(weighing, terms={**weighing.terms, "place": more})
    assert judge(tampered, weights, summary_of([0], TRACE)) == [0, 0, 1]
    much_more = weighing.terms["place"] + np.array([0, 1, 0])
    tampered = replace(weighing, terms={**weighing.terms, "place": much_more})
    assert judge(tampered, weights, summary_of([0], TRACE)) == [0, 0, 0]


def test_exactness_finds_a_term_that_is_missing() -> None:
    weighing, weights = weighing_of(5, 3, 2)
    less = replace(weighing, terms={"place": weighing.terms["place"]})
    assert judge(less, weights, summary_of([0], TRACE))[0] == 0


def test_exactness_finds_scores_that_are_not_centred() -> None:
    # The weights are the same, but the terms are not relative to the mean of the document.
    weighing, weights = weighing_of(5, 3, 2)
    moved = replace(weighing, terms={name: term + 1 for name, term in weighing.terms.items()})
    assert judge(moved, weights, summary_of([0], TRACE)) == [0, 1, 1]


@pytest.mark.parametrize(
    ("selected", "trace"),
    [
        pytest.param([1], trace_of("lighter", "chosen", "lighter"), id="another choice"),
        pytest.param([1], TRACE, id="another choice than the trace says"),
        pytest.param([], TRACE, id="no choice"),
        pytest.param([0], trace_of("chosen", "repeats", "lighter"), id="another reason"),
        pytest.param([0], [TRACE[0], Verdict("lighter", 0.1, None), TRACE[2]], id="another redundancy"),
        pytest.param([0], [TRACE[0], Verdict("lighter", 0.0, 0), TRACE[2]], id="like another one"),
    ],
)
def test_exactness_finds_another_choice_and_another_trace(selected: list[int], trace: list[Verdict]) -> None:
    weighing, weights = weighing_of(5, 3, 2)
    assert judge(weighing, weights, summary_of(selected, trace)) == [1, 1, 0]


@kinds
@few_examples
@given(articles(), st.integers(1, 4))
def test_exactness_holds_for_any_text_and_network(kind: AttentionKind, text: str, target_sentences: int) -> None:
    document = read_text(text)
    reading = SCORER.read(document, target_sentences)
    budget = Budget(sentences=target_sentences)
    summary = write_summary(document, reading, kind, budget, SCORER, fuse=False, compress=False)
    likeness = np.stack([reading.similarity(index) for index in range(len(document.sentences))])
    weighing = reading.explain().weighings[kind]
    found = exactness(weighing, reading.weigh(kind), summary, likeness, target_sentences, SelectionConfig())
    assert found == [1, 1, 1]


@few_examples
@given(articles(), st.sampled_from((SCORER, LENIENT_SCORER)))
def test_exactness_under_length_holds_for_any_text_and_network(text: str, scorer: NetworkScorer) -> None:
    document = read_text(text)
    reading = scorer.read(document, 1)
    likeness = np.stack([reading.similarity(index) for index in range(len(document.sentences))])
    found = exactness_under_length(document, scorer, ATTENTION_KINDS, likeness)
    assert set(found) <= {1.0} or np.isnan(found).all()


def test_exactness_under_length_is_not_defined_where_nothing_fits() -> None:
    document = read_text("城市" * 40 + "，河水上涨。")
    assert np.isnan(exactness_under_length(document, SCORER, ["tree"], np.eye(1))).all()


def test_exactness_under_length_finds_a_trace_that_was_tampered_with() -> None:
    document = read_text(RAIN)
    reading = read_for(document, LENGTHS["zh"], SCORER)
    summary = write_summary(document, reading, "tree", LENGTHS["zh"], SCORER, fuse=False)
    likeness = np.stack([reading.similarity(index) for index in range(len(document.sentences))])
    holds = partial(is_retraced, reading.explain().weighings["tree"], likeness, config=SelectionConfig())
    assert holds(summary=summary, target_sentences=None)
    passed_over = summary.verdicts[0]._replace(outcome="light")
    assert not holds(summary=replace(summary, verdicts=(passed_over, *summary.verdicts[1:])), target_sentences=None)

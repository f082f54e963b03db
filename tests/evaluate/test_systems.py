from typing import TYPE_CHECKING

import numpy as np
import pytest

from summarize.decide.budget import Budget
from summarize.document import ATTENTION_KINDS
from summarize.evaluate.systems import (
    SYSTEMS,
    DocumentCase,
    centrality,
    cut_lead,
    greedy_oracle,
    lead,
    oracle,
    print_sentences,
    summarize_with,
    systems_for,
)

if TYPE_CHECKING:
    from tests.evaluate.conftest import FakeScorer, MakeItem


def test_printed_is_in_document_order_and_as_the_summary_is_joined(make_item: "MakeItem") -> None:
    document = make_item("天晴。", "It is\nsunny.", "Go out.").document
    assert print_sentences(document, [2, 0, 1]) == "天晴。It is sunny. Go out."
    assert print_sentences(document, []) == ""


def test_lead_leaves_headings_out(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    case = DocumentCase(make_item("#天气", "晴。", "#明天", "雨。", "风。"), Budget(sentences=2), scorer)
    assert lead(case) == [1, 3]


def test_lead_of_headings_alone_takes_headings(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    assert lead(DocumentCase(make_item("#天气", "#明天"), Budget(sentences=1), scorer)) == [0]


@pytest.mark.parametrize(
    ("chars", "expected"),
    [
        pytest.param(1, [], id="nothing fits"),
        pytest.param(2, [1], id="first is passed over"),
        pytest.param(4, [0], id="exactly"),
        pytest.param(6, [0, 1], id="two"),
        pytest.param(7, [0, 1], id="third does not fit"),
        pytest.param(9, [0, 1, 2], id="all"),
    ],
)
def test_lead_takes_what_fits_into_the_characters(
    make_item: "MakeItem", scorer: "FakeScorer", chars: int, expected: list[int]
) -> None:
    assert lead(DocumentCase(make_item("今天晴。", "雨。", "起风。"), Budget(chars=chars), scorer)) == expected


def test_lead_counts_the_joining_space(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    item = make_item("Go.", "Run.", language="en")
    assert lead(DocumentCase(item, Budget(chars=7), scorer)) == [0]
    assert lead(DocumentCase(item, Budget(chars=8), scorer)) == [0, 1]


def test_lead_keeps_to_words(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    item = make_item("Go home now.", "Run.", "Rest.", language="en")
    assert lead(DocumentCase(item, Budget(words=2), scorer)) == [1, 2]


def test_cut_lead_is_exactly_as_long_as_allowed(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    item = make_item("#天气", "今天晴。", "雨。")
    assert cut_lead(DocumentCase(item, Budget(chars=5), scorer)) == "今天晴。雨"
    assert cut_lead(DocumentCase(item, Budget(chars=50), scorer)) == "今天晴。雨。"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(1, "Go", id="one"),
        pytest.param(3, "Go home (now).", id="the marks behind it"),
        pytest.param(5, "Go home (now). 3.5 km.", id="a number is a word"),
        pytest.param(50, "Go home (now). 3.5 km.", id="all"),
    ],
)
def test_cut_lead_ends_with_a_whole_word(
    make_item: "MakeItem", scorer: "FakeScorer", words: int, expected: str
) -> None:
    item = make_item("#Way", "Go home (now).", "3.5 km.", language="en")
    assert cut_lead(DocumentCase(item, Budget(words=words), scorer)) == expected


def test_centrality_is_the_mean_similarity_to_the_others(
    make_item: "MakeItem", make_scorer: "type[FakeScorer]"
) -> None:
    # Sums without the diagonal: 0.3, 0.9, 0.8, 0.4.
    similarities = [
        [1.0, 0.2, 0.1, 0.0],
        [0.2, 1.0, 0.5, 0.2],
        [0.1, 0.5, 1.0, 0.2],
        [0.0, 0.2, 0.2, 1.0],
    ]
    item = make_item("晴。", "雨。", "风。", "雪。")
    assert centrality(DocumentCase(item, Budget(sentences=3), make_scorer(similarities))) == [1, 2, 3]


def test_centrality_leaves_headings_out_and_prefers_the_earlier(
    make_item: "MakeItem", make_scorer: "type[FakeScorer]"
) -> None:
    similarities = [[1.0, 0.5, 0.5], [0.5, 1.0, 0.1], [0.5, 0.1, 1.0]]
    item = make_item("#晴", "雨。", "风。")
    assert centrality(DocumentCase(item, Budget(sentences=1), make_scorer(similarities))) == [1]


def test_greedy_oracle_takes_what_helps_most_and_stops_where_nothing_helps() -> None:
    # The reference is abcd. Alone, cd has F1 2*2/6 and 2*1/4, mean 7/12; ab the same, and comes first. With both:
    # 2*4/8 = 1 and pairs ab, cd of three: 2*2/5, mean 0.9. xyz would only lengthen it.
    sentences = [["x", "y", "z"], ["a", "b"], ["c", "d"]]
    chosen, score = greedy_oracle(sentences, list("abcd"), np.ones(3, bool), lambda indices: True)
    assert chosen == [1, 2]
    assert score == pytest.approx(0.9)


def test_greedy_oracle_respects_mask_and_budget() -> None:
    sentences = [list("abcd"), list("ab"), list("a")]
    mask = np.array([False, True, True])
    assert greedy_oracle(sentences, list("abcd"), mask, lambda indices: len(indices) == 1)[0] == [1]
    assert greedy_oracle(sentences, list("abcd"), mask, lambda indices: indices == [2])[0] == [2]


def test_oracle_follows_the_reference_that_can_be_met_best(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    item = make_item("今天晴。", "明天有雨。", references=("昨天雪大", "明天有雨"))
    assert oracle(DocumentCase(item, Budget(sentences=1), scorer)) == [1]


def test_oracle_without_anything_in_common_is_the_lead(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    item = make_item("今天晴。", "明天雨。", references=("股价涨",))
    assert oracle(DocumentCase(item, Budget(sentences=1), scorer)) == [0]


def test_oracle_is_no_worse_than_any_single_sentence_in_english(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    item = make_item("He ran home.", "Dogs were barking.", references=("A dog barks.",), language="en")
    assert oracle(DocumentCase(item, Budget(sentences=1), scorer)) == [1]  # only stems have anything in common


def test_attended_chooses_by_weight_and_nothing_where_nothing_fits(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    item = make_item("今天晴。", "明天雨。", "后天雪。")
    case = DocumentCase(item, Budget(sentences=1), scorer)
    assert [summarize_with(case, kind=kind) for kind in ATTENTION_KINDS] == ["今天晴。", "明天雨。", "后天雪。"]
    case = DocumentCase(item, Budget(chars=3), scorer)
    assert (summarize_with(case, kind="tree"), case.summary("tree")) == ("", None)


def test_case_keeps_the_summary_of_a_kind(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    case = DocumentCase(make_item("今天晴。", "明天雨。"), Budget(sentences=1), scorer)
    summary = case.summary("sequential")
    assert summary is not None
    assert (summary.text, summary.selected, summary.attention) == ("明天雨。", (1,), "sequential")
    assert case.summary("sequential") is summary


@pytest.mark.parametrize(("fuse", "expected"), [(True, "河水淹了桥，停了。"), (False, "河水淹了桥。河水停了。")])
def test_case_fuses_if_asked_to(make_item: "MakeItem", scorer: "FakeScorer", fuse: bool, expected: str) -> None:
    case = DocumentCase(make_item("河水淹了桥。", "河水停了。"), Budget(sentences=2), scorer, fuse=fuse)
    assert summarize_with(case, kind="parallel") == expected


def test_a_document_is_read_once_for_all_systems(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    case = DocumentCase(make_item("今天晴。", "明天雨。"), Budget(chars=20), scorer)
    for system in SYSTEMS.values():
        assert system(case)
    assert scorer.num_read == 1


def test_systems_for_leaves_out_what_is_not_asked_for() -> None:
    assert systems_for(Budget(sentences=1), ["tree"]) == ("lead", "centrality", "tree", "oracle")
    assert systems_for(Budget(chars=9), ["parallel", "sequential", "tree"]) == tuple(SYSTEMS)
    assert systems_for(Budget(words=9), ["parallel", "sequential", "tree"]) == tuple(SYSTEMS)

from typing import TYPE_CHECKING

import numpy as np
import pytest

from summarize.evaluate.choices import (
    BASELINES,
    CENTRAL_AND_LONG,
    CENTRALITY,
    LEAD,
    LONGEST,
    judge,
    measure_text,
    rank_by_rules,
    systems_of,
)
from summarize.evaluate.marks import MarkedText

if TYPE_CHECKING:
    from tests.evaluate.conftest import FakeScorer, MakeItem

MARKS = np.array([0, 3, 2, 0, 1])


def shares(*arguments: object, **options: object) -> list[list[float]]:
    return judge(*arguments, **options).tolist()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("indices", "target_sentences", "share", "empty"),
    [
        pytest.param([1], 1, 1, 0, id="the best one"),
        pytest.param([2], 1, 2 / 3, 0, id="the second best"),
        pytest.param([0], 1, 0, 1, id="an empty one"),
        pytest.param([0, 1, 4], 3, 4 / 6, 1 / 3, id="three: 0 + 3 + 1 of 3 + 2 + 1"),
        pytest.param([1, 2], 3, 5 / 6, 0, id="fewer than were asked for"),
        pytest.param([1, 2], None, 1, 0, id="as many as were chosen"),
        pytest.param([0, 1, 2, 3, 4], 9, 1, 2 / 5, id="all of them"),
    ],
)
def test_choices_are_judged(indices: list[int], target_sentences: int | None, share: float, empty: float) -> None:
    (share_of_marks, one), (num_empty, num_chosen), _ = shares(MARKS, [1], indices, target_sentences=target_sentences)
    assert (share_of_marks, one) == (pytest.approx(share), 1)
    assert num_empty / num_chosen == pytest.approx(empty)


def test_hit_is_any_of_the_best() -> None:
    assert shares(MARKS, [1, 2, 4], [0, 4])[2] == [1, 1]
    assert shares(MARKS, [1, 2], [0, 4])[2] == [0, 1]
    assert shares(MARKS, [], [1])[2] == [0, 0]  # nothing can be said


def test_nothing_chosen_is_a_share_of_0_and_nothing_that_is_empty() -> None:
    assert shares(MARKS, [1], [], target_sentences=1) == [[0, 1], [0, 0], [0, 1]]


def test_the_highest_sum_is_that_of_candidates() -> None:
    candidates = np.array([True, False, True, True, True])  # not the sentence with mark 3
    assert shares(MARKS, [1], [2, 4], candidates=candidates, target_sentences=2)[0] == [1, 1]
    assert shares(np.zeros(5, np.int64), [], [0], target_sentences=1)[0] == [0, 0]


def test_rules_rank_the_candidates(make_item: "MakeItem", make_scorer: "type[FakeScorer]") -> None:
    # The heading is like all others and longer, and is nobody's candidate.
    document = make_item(
        "#渡船停航三天的消息传遍了两岸", "渡船停航。", "渡船停航三天。", "岸边的人等了很久很久。"
    ).document
    similarities = [[1, 0.9, 0.9, 0.9], [0.9, 1, 0.6, 0], [0.9, 0.6, 1, 0], [0.9, 0, 0, 1]]
    ranked = rank_by_rules(document, make_scorer(similarities).read(document, 1))
    assert ranked[LEAD] == [1, 2, 3]
    assert ranked[LONGEST] == [3, 2, 1]
    assert ranked[CENTRALITY] == [1, 2, 3]  # 1.5, 1.5 and 0.9 over 3
    assert ranked[CENTRAL_AND_LONG] == [2, 3, 1]  # .5 and .3 times the roots of 3 and 6 words; .5 of 2


def marked(item_of: "MakeItem", *sentences: str, marks: list[int], best: tuple[int, ...] = ()) -> MarkedText:
    return MarkedText("test", "news", item_of(*sentences).document, np.array(marks, np.int64), best)


FOUR = ("天晴了三天。", "昨天下雨了。", "桥被大水冲走了。", "渡船明天停航。")


def test_every_system_is_judged_at_every_length_and_without_one(make_item: "MakeItem", scorer: "FakeScorer") -> None:
    text = marked(make_item, *FOUR, marks=[0, 1, 3, 2], best=(2,))
    scores = measure_text(text, scorer, ("parallel", "tree"), (1, 2), {"backwards": [3, 2, 1, 0], "broken": []})
    assert (scores.language, scores.source) == ("zh", "news")
    assert scores.parts is not None
    names = systems_of(("parallel", "tree"), ("backwards", "broken"))
    assert names == (*BASELINES, "backwards", "broken", "parallel", "tree")
    share = {name: (scores.parts[:, at, 0, 0] / scores.parts[:, at, 0, 1]).tolist() for at, name in enumerate(names)}
    # Without a length the default attention takes three: 13 of the 22 words are wanted, and two sentences have 10.
    assert share["parallel"][::2] == pytest.approx([0, 4 / 6])
    assert share["tree"][::2] == pytest.approx([2 / 3, 3 / 6])
    assert share[LEAD] == pytest.approx([0, 1 / 5, 4 / 6])
    assert share[LONGEST] == pytest.approx([1, 1, 5 / 6])
    assert share["backwards"] == pytest.approx([2 / 3, 1, 1])
    assert share["broken"] == [0, 0, 0]
    assert scores.parts[:, names.index("broken"), 1].tolist() == [[0, 0]] * 3


@pytest.mark.parametrize(
    ("sentences", "marks"),
    [
        pytest.param(FOUR, [0, 0, 0, 0], id="marks of 0"),
        pytest.param(("#桥被大水冲走了", "天晴了三天。"), [3, 0], id="a mark on a heading alone"),
        pytest.param((), [], id="no sentence"),
    ],
)
def test_a_text_without_a_mark_is_not_measured(
    make_item: "MakeItem", scorer: "FakeScorer", sentences: tuple[str, ...], marks: list[int]
) -> None:
    assert measure_text(marked(make_item, *sentences, marks=marks), scorer, ("tree",)).parts is None

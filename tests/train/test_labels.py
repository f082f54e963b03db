import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.evaluate.overlap import ExtractScores
from summarize.train import labels
from summarize.train.labels import MIN_SHARE, SHARPNESS, lengthen_reference, marked_labels, soft_labels

EVERY = np.ones(3, bool)

# Against the reference "a b c" (F1 of unigrams and of bigrams, and their mean):
#   0    ab   4/5 2/3 11/15      01   ab c    1    2/3  5/6       012   ab c x   6/7 2/3 16/21
#   1    c    1/2 0   1/4        02   ab x    2/3  2/3  2/3
#   2    x    0   0   0          12   c x     2/5  0    1/5
SENTENCES = [["a", "b"], ["c"], ["x"]]
REFERENCE = ["a", "b", "c"]

units = st.lists(st.sampled_from("abcde"), max_size=6)


def test_salience_of_one_sentence_by_hand() -> None:
    q = np.exp(SHARPNESS * np.array([1, 1 / 4 / (11 / 15), 0]))
    q[2] = 0  # earns nothing
    found = soft_labels(SENTENCES, REFERENCE, EVERY, max_size=1, num_steps=3).salience
    assert found == pytest.approx(q / q.sum())


def test_salience_of_sets_of_one_or_two_by_hand() -> None:
    score = {"0": 11 / 15, "1": 1 / 4, "01": 5 / 6, "02": 2 / 3, "12": 1 / 5}
    p = {chosen: np.exp(SHARPNESS * (value / (5 / 6) - 1)) for chosen, value in score.items()}
    assert p["12"] / sum(p.values()) < MIN_SHARE < p["1"] / sum(p.values())  # so 12 does not count
    # What a set loses without a sentence: 01 loses 7/12 and 1/10, 02 all or nothing.
    first = p["0"] + 35 / 41 * p["01"] + p["02"]
    second = p["1"] + 6 / 41 * p["01"]
    expected = np.array([first, second, 0]) / (first + second)
    found = soft_labels(SENTENCES, REFERENCE, EVERY, max_size=2, num_steps=3).salience
    assert found == pytest.approx(expected)


def test_salience_of_a_set_in_which_nobody_earns_goes_by_single_scores() -> None:
    # Twice the scores: 0 has 2/3, 1 has 1/2, 01 only 1/3, as both say a: each is in the other's way. 02 has 1/2 and
    # 12 has 2/5, all earned by 0 and by 1.
    found = soft_labels([["a", "x"], ["a", "y", "z"], ["q"]], ["a"], EVERY, max_size=2, num_steps=1)
    p = {chosen: np.exp(SHARPNESS * (value / (2 / 3) - 1)) for chosen, value in (("1", 1 / 2), ("01", 1 / 3))}
    first = 1 + 4 / 7 * p["01"] + p["1"]
    second = p["1"] + 3 / 7 * p["01"] + np.exp(SHARPNESS * (2 / 5 / (2 / 3) - 1))
    assert found.salience == pytest.approx(np.array([first, second, 0]) / (first + second))


@pytest.mark.parametrize("max_size", [2, 3, 9])
def test_sets_are_at_most_all_sentences(max_size: int) -> None:
    found = soft_labels([["a", "b"], ["c"]], REFERENCE, np.ones(2, bool), max_size=max_size, num_steps=1)
    alone = np.exp(SHARPNESS * (11 / 15 - 5 / 6) / (5 / 6 - 1 / 4))
    assert found.salience == pytest.approx(np.array([35 / 41 + alone, 6 / 41]) / (1 + alone))


def test_reference_of_a_longer_summary_is_lengthened_by_central_sentences() -> None:
    # Two sentences of two words on average are four words: a reference of one is lengthened to that or more.
    sentences = [["a", "b"], ["c", "d", "e"], ["f"]]
    longer = lengthen_reference(["x"], sentences, EVERY, np.array([0.1, 0.2, 0.3]), 2)
    assert longer == ["x", "f", "c", "d", "e"]
    masked = np.array([False, True, True])
    assert lengthen_reference(["x"], sentences, masked, np.array([0.3, 0.2, 0.1]), 2) == ["x", "c", "d", "e"]


def test_reference_that_is_long_enough_stays() -> None:
    sentences = [["a", "b"], ["c", "d", "e"], ["f"]]
    assert lengthen_reference(["x"], sentences, EVERY, np.ones(3), 1) == ["x"]
    assert lengthen_reference(["x", "y"], sentences, EVERY, np.ones(3), 2) == ["x", "y"]


def test_steps_by_hand() -> None:
    # Gains of the first step: 11/15, 1/4, 0. Of the second: 5/6 - 11/15 = 1/10 and 2/3 - 11/15 = -1/15.
    # Of the third: 16/21 - 5/6, which is below 0.
    first = np.exp(SHARPNESS * (np.array([1, 15 / 44, 0]) - 1))
    second = np.array([0, 1, np.exp(-SHARPNESS)])
    found = soft_labels(SENTENCES, REFERENCE, EVERY, max_size=1, num_steps=3)
    assert found.steps == pytest.approx(np.array([first / first.sum(), second / second.sum(), [0, 0, 0]]))
    assert found.oracle == (0, 1)


def test_steps_end_when_the_next_sentence_adds_too_little() -> None:
    # 19 of 20 words score (38/39 + 36/37) / 2; with the last word (1 + 36/37) / 2, which is 1.3% more.
    reference = [str(number) for number in range(20)]
    found = soft_labels([reference[:19], reference[19:]], reference, np.ones(2, bool), max_size=1, num_steps=2)
    assert found.oracle == (0,)
    assert found.steps[1].tolist() == [0, 0]


def test_steps_end_when_all_are_chosen() -> None:
    found = soft_labels([["a"], ["b"]], ["a", "b"], np.ones(2, bool), max_size=1, num_steps=4)
    assert found.oracle == (0, 1)
    assert found.steps.sum(axis=-1) == pytest.approx([1, 1, 0, 0])


def test_first_of_two_equal_sentences_is_the_oracle() -> None:
    assert soft_labels([["x"], ["a", "b"], ["a", "b"]], ["a", "b"], EVERY, max_size=1, num_steps=2).oracle == (1,)


def test_salience_is_shared_by_best_sentences() -> None:
    found = soft_labels([REFERENCE, ["x"], REFERENCE], REFERENCE, EVERY, max_size=1, num_steps=1)
    assert found.salience == pytest.approx([0.5, 0, 0.5])


def test_salience_is_shared_by_near_best_sets() -> None:
    # Both miss one of ten words; the first also has the bigram in the middle.
    reference = list("abcdefghij")
    found = soft_labels(
        [list("abcdefghi"), list("abcd") + list("fghij"), ["x"]], reference, EVERY, max_size=1, num_steps=1
    )
    assert found.salience[0] > found.salience[1] > 0.25
    assert found.salience[2] == 0


def test_salience_goes_to_those_that_earn_it() -> None:
    # 谢谢 costs each set little and brings it nothing.
    found = soft_labels(
        [list("谢谢"), list("河水今天上涨")], list("河水上涨"), np.ones(2, bool), max_size=1, num_steps=1
    )
    assert found.salience == pytest.approx([0, 1])


def test_masked_sentences_get_nothing() -> None:
    found = soft_labels(
        [REFERENCE, ["a", "b"], ["x"]], REFERENCE, np.array([False, True, True]), max_size=1, num_steps=3
    )
    assert found.salience[0] == 0
    assert found.steps[:, 0].tolist() == [0, 0, 0]
    assert found.oracle == (1,)


@pytest.mark.parametrize(
    ("sentences", "reference", "mask"),
    [
        pytest.param([["x"], ["y"]], REFERENCE, [True, True], id="nothing in common"),
        pytest.param([REFERENCE, ["x"]], REFERENCE, [False, True], id="only the masked have something in common"),
        pytest.param([REFERENCE, ["x"]], REFERENCE, [False, False], id="all masked"),
        pytest.param([[], []], REFERENCE, [True, True], id="sentences without words"),
        pytest.param([["a"], ["b"]], [], [True, True], id="reference without words"),
        pytest.param([[], []], [], [True, True], id="no words at all"),
    ],
)
def test_labels_are_zero(sentences: list[list[str]], reference: list[str], mask: list[bool]) -> None:
    found = soft_labels(sentences, reference, np.array(mask), max_size=1, num_steps=2)
    assert found.salience.tolist() == [0, 0]
    assert found.steps.tolist() == [[0, 0], [0, 0]]
    assert found.oracle == ()


def test_labels_of_one_sentence() -> None:
    found = soft_labels([["a"]], ["a", "b"], np.ones(1, bool), max_size=1, num_steps=2)
    assert found.salience.tolist() == [1]
    assert found.steps.tolist() == [[1], [0]]
    assert found.oracle == (0,)


@given(st.lists(units, min_size=1, max_size=8), units, st.data(), st.integers(1, 4))
def test_labels_are_shares(
    sentences: list[list[str]], reference: list[str], data: st.DataObject, num_steps: int
) -> None:
    mask = np.array(data.draw(st.lists(st.booleans(), min_size=len(sentences), max_size=len(sentences))))
    found = soft_labels(sentences, reference, mask, max_size=1, num_steps=num_steps)
    total = float(bool(found.oracle))
    assert found.salience.sum() == pytest.approx(total)
    assert (found.salience >= 0).all()
    assert not found.salience[~mask].any()
    assert found.steps.sum(axis=-1) == pytest.approx([float(step < len(found.oracle)) for step in range(num_steps)])
    assert not found.steps[:, ~mask].any()
    assert len(set(found.oracle)) == len(found.oracle)


@given(st.lists(units, min_size=1, max_size=8), units, st.integers(1, 4))
def test_each_step_looks_for_the_sentence_that_helps_most(
    sentences: list[list[str]], reference: list[str], num_steps: int
) -> None:
    found = soft_labels(sentences, reference, np.ones(len(sentences), bool), max_size=1, num_steps=num_steps)
    scores = ExtractScores(sentences, reference)
    for step, chosen in enumerate(found.oracle):
        earlier = found.oracle[:step]
        extended = scores.extended(earlier)
        extended[list(earlier)] = -np.inf
        assert extended[chosen] == extended.max()
        assert found.steps[step].argmax() == chosen
        assert not found.steps[step, list(earlier)].any()


def test_search_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    # 40 sentences that each hold one word of the reference: 2^40 sets, of which few are scored.
    reference = [str(number) for number in range(40)]
    scored = []
    extended = ExtractScores.extended
    monkeypatch.setattr(ExtractScores, "extended", lambda self, c: scored.append(c) or extended(self, c))
    found = soft_labels([[word] for word in reference], reference, np.ones(40, bool), max_size=5, num_steps=2)
    assert len(scored) <= 1 + labels.BEAM_SIZE * labels.MAX_SET_SIZE + 2
    assert found.salience.sum() == pytest.approx(1)


def of_marks(
    marks: list[int], best: list[float], mask: list[bool] | None = None, num_steps: int = 3
) -> list[np.ndarray]:
    may_be = np.ones(len(marks), bool) if mask is None else np.array(mask)
    return list(marked_labels(np.array(marks), np.array(best, np.float64), may_be, num_steps))


def test_labels_of_marks_by_hand() -> None:
    # As the only one: 1, 0.2 + 0.6 and 0.02, together 1.82; as one of several: 1, 0.6 + 0.2 and 0.12, together 1.92.
    one, several, steps = of_marks([3, 2, 1, 0], [0, 1, 0, 0])
    assert one == pytest.approx(np.array([1, 0.8, 0.02, 0]) / 1.82)
    assert several == pytest.approx(np.array([1, 0.8, 0.12, 0]) / 1.92)
    # Squares of what is left: 1, 0.64 and 0.0144; then without the first, then without the second as well.
    assert steps == pytest.approx(
        np.array(
            [[1 / 1.6544, 0.64 / 1.6544, 0.0144 / 1.6544, 0], [0, 0.64 / 0.6544, 0.0144 / 0.6544, 0], [0, 0, 1, 0]]
        )
    )


def test_labels_of_marks_put_the_favourite_first() -> None:
    one, several, steps = of_marks([3, 3, 3], [0.75, 1, 0.5])
    assert one == pytest.approx(np.array([1.45, 1.6, 1.3]) / 4.35)
    assert several == pytest.approx(np.array([1.15, 1.2, 1.1]) / 3.45)
    assert steps.argmax(axis=1).tolist() == [1, 0, 2]
    assert steps[1] == pytest.approx(np.array([1.15**2, 0, 1.1**2]) / (1.15**2 + 1.1**2))


def test_labels_of_marks_leave_out_what_may_not_be_chosen() -> None:
    one, several, steps = of_marks([3, 2, 2], [1, 0, 0], [False, True, True], num_steps=2)
    assert one.tolist() == several.tolist() == [0, 0.5, 0.5]
    assert steps.tolist() == [[0, 0.5, 0.5], [0, 0, 1]]  # of equals the first is taken first


def test_labels_of_marks_end_where_nothing_is_left() -> None:
    assert of_marks([0, 3], [0, 0], num_steps=3)[2].tolist() == [[0, 1], [0, 0], [0, 0]]
    assert of_marks([3], [1], num_steps=1)[2].tolist() == [[1]]


@pytest.mark.parametrize(
    ("marks", "mask"), [([0, 0], [True, True]), ([3, 2], [False, False]), ([3, 0], [False, True])], ids=str
)
def test_labels_of_marks_of_nothing_worth_choosing_are_zeros(marks: list[int], mask: list[bool]) -> None:
    for found in of_marks(marks, [1, 0], mask):
        assert not found.any()


@given(st.data(), st.integers(1, 8), st.integers(1, 4))
def test_labels_of_marks_are_distributions(data: st.DataObject, size: int, num_steps: int) -> None:
    marks = data.draw(st.lists(st.integers(0, 3), min_size=size, max_size=size))
    mask = data.draw(st.lists(st.booleans(), min_size=size, max_size=size))
    favourite = data.draw(st.integers(0, size - 1))
    worth = [mark > 0 and may_be for mark, may_be in zip(marks, mask, strict=True)]
    one, several, steps = of_marks(marks, [float(index == favourite) for index in range(size)], mask, num_steps)
    assert steps.shape == (num_steps, size)
    for row in (one, several, *steps):
        assert (row >= 0).all()
        assert not row[~np.array(worth)].any()  # a mark of 0 is surely not to be chosen
    assert [one.sum(), several.sum()] == pytest.approx([float(any(worth))] * 2)
    assert steps.sum(axis=1) == pytest.approx([float(sum(worth) > step) for step in range(num_steps)])
    for shares in (one, several):
        for index in range(size):
            better = [other for other in range(size) if worth[other] and worth[index] and marks[other] > marks[index]]
            assert all(shares[other] > shares[index] for other in better) or favourite == index

import numpy as np
import pytest

from summarize.evaluate.agreement import TwoReadings, agreements, choice, confusion, judged_by_other, pair_up


def row(text: str, *marks: int, best: tuple[int, ...] = (), width: int = 4) -> dict[str, object]:
    """A row whose units are `width` characters each."""
    units = [[width * at, width * at + width, mark] for at, mark in enumerate(marks)]
    return {"text": text, "lang": "zh", "marks": units, "best": [units[at][:2] for at in best]}


def test_texts_are_paired_by_what_they_say() -> None:
    rows = [row("甲", 3, 0, best=(0,)), row("乙", 1, 2, best=(1, 0)), row("丁", 1, 1)]
    others = [row("丙", 1), row("乙", 2, 2, best=(0,)), row("丁", 1, 1, width=5)]
    (pair,), num_otherwise = pair_up(rows, others)
    assert pair.marks.tolist() == [[1, 2], [2, 2]]
    assert pair.best == ((1, 0), (0,))
    assert num_otherwise == 1  # cut into other units


def test_marks_of_another_scale_are_refused() -> None:
    with pytest.raises(ValueError, match="0 to 3, got 1 to 4"):
        pair_up([row("甲", 1, 4)], [row("甲", 1, 3)])


def test_agreement_by_hand() -> None:
    pair = TwoReadings("zh", np.array([[0, 1, 2, 3], [0, 2, 2, 1]]), ((), ()))
    counts = confusion(pair)
    assert counts.sum() == 4
    assert (counts[0, 0], counts[1, 2], counts[2, 2], counts[3, 1]) == (1, 1, 1, 1)
    exact, near, kappa = agreements(counts)
    assert (exact, near) == (0.5, 0.75)
    # Squares of the steps: 0, 1, 0, 4. By chance each of 0, 1, 2, 3 meets each of 0, 2, 2, 1.
    chance = sum((one - other) ** 2 for one in (0, 1, 2, 3) for other in (0, 2, 2, 1)) / 4
    assert kappa == pytest.approx(1 - 5 / chance)


def test_kappa_is_that_of_others() -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    marks = np.random.default_rng(1).integers(0, 4, (2, 60))
    marks[1, :40] = marks[0, :40]
    expected = metrics.cohen_kappa_score(*marks, weights="quadratic", labels=range(4))
    assert agreements(confusion(TwoReadings("zh", marks, ((), ()))))[2] == pytest.approx(expected)


def test_agreement_keeps_a_trailing_axis() -> None:
    counts = np.random.default_rng(1).integers(1, 9, (4, 4, 5)).astype(np.float64)
    together = agreements(counts)
    assert together.shape == (3, 5)
    assert together[:, 2] == pytest.approx(agreements(counts[..., 2]))


def test_kappa_of_one_mark_alone_is_undefined() -> None:
    exact, near, kappa = agreements(confusion(TwoReadings("zh", np.array([[2, 2], [2, 2]]), ((), ()))))
    assert (exact, near) == (1, 1)
    assert np.isnan(kappa)


def test_readers_choose_their_best_and_then_by_marks() -> None:
    pair = TwoReadings("zh", np.array([[1, 3, 0, 2, 2], [0, 0, 0, 0, 0]]), ((3,), ()))
    assert choice(pair, 0, 1) == [3]
    assert choice(pair, 0, 3) == [3, 1, 4]
    assert choice(pair, 1, 2) == [0, 1]
    assert choice(pair, 0, 9) == [3, 1, 4, 0, 2]


def test_choices_are_judged_by_the_other_reader() -> None:
    pair = TwoReadings("zh", np.array([[3, 2, 0], [2, 3, 0]]), ((0, 1), (1,)))
    one, two = judged_by_other(pair, 0, (1, 2)).tolist()
    assert one == [[pytest.approx(2 / 3), 1], [0, 1], [0, 1]]
    assert two == [[1, 1], [0, 2], [1, 1]]
    assert judged_by_other(pair, 1, (1,)).tolist() == [[[pytest.approx(2 / 3), 1], [0, 1], [1, 1]]]

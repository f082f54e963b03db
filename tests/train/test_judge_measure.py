import numpy as np
import pytest

from summarize.network.judge import VERDICTS
from summarize.train.cuts import FALSE, GOOD, POOR
from summarize.train.judge_measure import JudgeRecord, Precision, score_judge

assert VERDICTS == ("good", "poor", "false")
SEED = np.random.default_rng(3)


def sure(*good: float, false: float = 0.0) -> np.ndarray:
    """What a judge says that finds forms so likely good, and none more likely false than that."""
    return np.array([[share, 1 - share - false, false] for share in good])


def test_scores_by_hand() -> None:
    # Of ten forms five are good; the surest two are, and the fourth is false.
    probabilities = sure(0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1)
    verdicts = [GOOD, GOOD, POOR, FALSE, GOOD, GOOD, POOR, POOR, GOOD, POOR]
    scores = score_judge(probabilities, verdicts)
    assert scores.num_forms == 10
    assert scores.surest == (
        Precision(0.0, 0.0, 0.0),  # 5% of ten forms are none
        Precision(0.1, 1.0, 0.0),
        Precision(0.2, 1.0, 0.0),
        Precision(0.3, pytest.approx(2 / 3), 0.0),
    )
    assert scores.printed == Precision(0.2, 1.0, 0.0)
    # Ranks from the end: 10, 9, 6, 5 and 2 of the good ones: (32 - 15) of 25 pairs.
    assert scores.auc == pytest.approx(17 / 25)
    assert "10 forms, surprise" in str(scores)
    assert "AUC 0.680" in str(scores)
    assert "of the surest 0% 0/0.0, 10% 100/0.0, 20% 100/0.0, 30% 67/0.0" in str(scores)
    assert str(scores).endswith("of what it lets through 20% 100/0.0")


def test_surprise_is_that_at_the_verdict() -> None:
    probabilities = np.array([[0.5, 0.25, 0.25], [0.2, 0.3, 0.5], [0.7, 0.2, 0.1]])
    expected = -np.log([0.25, 0.5, 0.7]).mean()
    assert score_judge(probabilities, [POOR, FALSE, GOOD]).log_loss == pytest.approx(expected)


def test_surprise_at_the_impossible_is_finite() -> None:
    assert 20 < score_judge(np.array([[1.0, 0.0, 0.0]]), [FALSE]).log_loss < 30


def test_what_may_be_false_is_not_let_through() -> None:
    probabilities = np.vstack([sure(0.9, false=0.0), sure(0.9, false=0.1), sure(0.5)])
    scores = score_judge(probabilities, [GOOD, FALSE, POOR])
    assert scores.printed == Precision(pytest.approx(1 / 3), 1.0, 0.0)


def test_false_forms_are_counted() -> None:
    scores = score_judge(sure(0.9, 0.9, 0.9, 0.9), [GOOD, GOOD, POOR, FALSE])
    assert scores.printed == Precision(1.0, 0.5, 0.25)


@pytest.mark.parametrize("verdicts", [[GOOD, GOOD], [POOR, FALSE]], ids=["all good", "none good"])
def test_forms_of_one_sort_have_no_auc(verdicts: list[int]) -> None:
    assert np.isnan(score_judge(sure(0.9, 0.2), verdicts).auc)


def test_ties_count_half() -> None:
    assert score_judge(sure(0.5, 0.5), [GOOD, POOR]).auc == 0.5


def test_a_judge_that_says_the_same_of_all_tells_nothing() -> None:
    verdicts = SEED.integers(0, 3, 300)
    scores = score_judge(np.full((300, 3), 1 / 3), verdicts)
    assert scores.auc == 0.5
    assert scores.log_loss == pytest.approx(np.log(3))
    assert scores.printed == Precision(0.0, 0.0, 0.0)


def test_records_are_ranked_by_what_was_held_out_if_anything_was() -> None:
    assert JudgeRecord(9, 9, loss=0.5, log_loss=0.8).rank == 0.8
    assert JudgeRecord(9, 9, loss=0.5).rank == 0.5

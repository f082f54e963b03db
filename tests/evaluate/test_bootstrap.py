import numpy as np
import pytest

from summarize.evaluate.bootstrap import Estimate, Floats, Intervals, bootstrap, estimate


def mean(means: Floats) -> Floats:
    return means


def test_bootstrap_of_equal_documents_is_sure() -> None:
    found = bootstrap(np.full((5, 2), 30.0), mean, resamples=50, seed=1)
    np.testing.assert_array_equal([found.values, found.low, found.high], np.full((3, 2), 30.0))


def test_bootstrap_of_two_documents_reaches_from_one_to_the_other() -> None:
    # A quarter of the draws has the one twice, a quarter the other.
    found = bootstrap(np.array([[0.0], [10.0]]), mean, resamples=500, seed=1)
    assert (found.values.item(), found.low.item(), found.high.item()) == (5, 0, 10)


def test_bootstrap_of_one_document_has_no_interval() -> None:
    found = bootstrap(np.array([[3.0, 4.0]]), mean, resamples=50, seed=1)
    assert found.values.tolist() == [3, 4]
    assert np.isnan([found.low, found.high]).all()


def test_bootstrap_interval_is_two_standard_errors_wide_on_either_side() -> None:
    scores = np.random.default_rng(0).normal(30, 10, (400, 1))
    found = bootstrap(scores, mean, resamples=2000, seed=1)
    half_width = 1.96 * scores.std() / np.sqrt(400)
    assert found.low.item() == pytest.approx(scores.mean() - half_width, abs=0.15 * half_width)
    assert found.high.item() == pytest.approx(scores.mean() + half_width, abs=0.15 * half_width)


def test_bootstrap_draws_the_same_documents_for_all_systems() -> None:
    # Hard and easy documents, and a second system that is better by 1 on each: the difference is sure.
    hard = np.random.default_rng(0).normal(30, 10, 50)
    found = bootstrap(np.stack([hard, hard + 1], axis=1), lambda means: means[1:] - means[:1], resamples=200, seed=1)
    np.testing.assert_allclose([found.values, found.low, found.high], np.ones((3, 1)))


def test_bootstrap_depends_on_nothing_but_scores_and_seed(monkeypatch: pytest.MonkeyPatch) -> None:
    scores = np.random.default_rng(0).normal(30, 10, (20, 3))
    first, again, other = (bootstrap(scores, mean, resamples=100, seed=seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.low, again.low)
    assert (first.low != other.low).any()


def test_bootstrap_has_no_interval_where_the_figure_is_undefined_in_a_draw() -> None:
    def share(means: Floats) -> Floats:
        return np.divide(1, means, out=np.full(means.shape, np.nan), where=means > 0)

    found = bootstrap(np.array([[0.0], [1.0]]), share, resamples=100, seed=1)
    assert found.values.item() == 2
    assert np.isnan([found.low, found.high]).all()


def test_estimate_is_one_of_many_figures_to_four_places() -> None:
    intervals = Intervals(np.array([1, 0.50004]), np.array([1, 0.25]), np.array([1, np.nan]))
    assert estimate(intervals, (1,)) == Estimate(0.5, 0.25, None)


@pytest.mark.parametrize(
    ("low", "high", "sign", "half_width"), [(1, 2, 1, 0.5), (-3, -1, -1, 1), (0, 2, 0, 1), (None, None, 0, None)]
)
def test_estimate_tells_on_which_side_of_zero_it_lies(
    low: float | None, high: float | None, sign: int, half_width: float | None
) -> None:
    found = Estimate(1, low, high)
    assert (found.sign, found.half_width) == (sign, half_width)

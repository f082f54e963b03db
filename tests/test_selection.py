from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarize.config import SelectionConfig
from summarize.decide.selection import Choice, Similarity, select

MANY = 10**6


def choose(
    weights: Sequence[float],
    costs: Sequence[Sequence[int]] | None = None,
    similarity: np.ndarray | None = None,
    *,
    budget: Sequence[int] = (MANY,),
    enough: Sequence[int] | None = None,
    taken: Sequence[int] = (),
    **config: float,
) -> list[Choice]:
    """Select among units; by default they cost 1 each and nothing is alike."""
    alike = np.zeros((len(weights), len(weights))) if similarity is None else np.asarray(similarity, np.float64)
    all_costs = np.ones((len(weights), len(budget)), np.int64) if costs is None else np.asarray(costs, np.int64)
    row: Similarity = alike.__getitem__
    settings = SelectionConfig(**config)
    floats = np.asarray(weights, np.float64)
    return select(floats, all_costs, row, budget=budget, config=settings, enough=enough, taken=taken)


def indices(chosen: list[Choice]) -> list[int]:
    return [choice.index for choice in chosen]


def test_selection_takes_the_weightiest_first() -> None:
    assert indices(choose([0.2, 0.5, 0.3], budget=[2])) == [1, 2]


def test_selection_tells_weights() -> None:
    assert choose([0.2, 0.5, 0.3], budget=[1]) == [Choice(index=1, weight=0.5, redundancy=0)]


def test_selection_takes_the_earlier_of_equals() -> None:
    assert indices(choose([0.2, 0.4, 0.4], budget=[1])) == [1]


def test_selection_takes_the_earlier_of_all_but_equals() -> None:
    assert indices(choose([0.2, 0.4, 0.4 * (1 + 1e-7)], budget=[1])) == [1]
    assert indices(choose([0.2, 0.4, 0.4 * (1 + 1e-3)], budget=[1])) == [2]


def test_selection_passes_over_what_does_not_fit() -> None:
    assert indices(choose([0.5, 0.3, 0.2], [[9], [4], [3]], budget=[8])) == [1, 2]
    assert indices(choose([0.5, 0.3, 0.2], [[6], [4], [2]], budget=[8])) == [0, 2]


def test_selection_fills_a_budget_exactly() -> None:
    assert indices(choose([0.5, 0.3, 0.2], [[5], [3], [1]], budget=[8])) == [0, 1]


def test_selection_obeys_every_budget() -> None:
    costs = [[1, 50], [1, 20], [1, 20], [1, 5]]
    assert indices(choose([0.4, 0.3, 0.2, 0.1], costs, budget=[2, 45])) == [1, 2]
    assert indices(choose([0.4, 0.3, 0.2, 0.1], costs, budget=[9, 45])) == [1, 2, 3]


def test_selection_is_empty_where_nothing_fits() -> None:
    assert choose([0.5, 0.5], [[9], [8]], budget=[7]) == []


def test_selection_of_nothing_is_empty() -> None:
    assert choose([], budget=[7]) == []


def test_selection_never_takes_weight_zero() -> None:
    assert indices(choose([0, 0.4, 0, 0.6])) == [3, 1]
    assert choose([0, 0]) == []


def test_selection_takes_off_redundancy_by_hand() -> None:
    # After 0, 1 has 0.4 - 0.5 * 0.4 * 0.8 = 0.24 and 2 has 0.3 - 0.5 * 0.3 * 0.2 = 0.27.
    alike = [[1, 0.8, 0.2], [0.8, 1, 0], [0.2, 0, 1]]
    chosen = choose([0.5, 0.4, 0.3], similarity=np.array(alike), redundancy_weight=0.5)
    assert indices(chosen) == [0, 2, 1]
    assert [choice.weight for choice in chosen] == [0.5, 0.3, 0.4]
    assert [choice.redundancy for choice in chosen] == pytest.approx([0, 0.03, 0.16])


def test_selection_redundancy_is_the_largest_likeness() -> None:
    # 2 is like 0 by 0.2 and like 1 by 0.6: of its 0.2 the larger share is taken off.
    alike = [[1, 0, 0.2], [0, 1, 0.6], [0.2, 0.6, 1]]
    chosen = choose([0.5, 0.3, 0.2], similarity=np.array(alike), redundancy_weight=1)
    assert indices(chosen) == [0, 1, 2]
    assert chosen[2].redundancy == pytest.approx(0.12)


def test_selection_without_redundancy_weight_reads_weights_alone() -> None:
    alike = [[1, 0.8, 0.2], [0.8, 1, 0], [0.2, 0, 1]]
    chosen = choose([0.5, 0.4, 0.3], similarity=np.array(alike), redundancy_weight=0)
    assert indices(chosen) == [0, 1, 2]
    assert [choice.redundancy for choice in chosen] == [0, 0, 0]


@pytest.mark.parametrize("likeness", [0.9, 0.95, 1.0, 1 + 1e-15])
def test_selection_never_takes_near_duplicates(likeness: float) -> None:
    alike = np.array([[1, likeness, 0], [likeness, 1, 0], [0, 0, 1]])
    assert indices(choose([0.5, 0.4, 0.1], similarity=alike, redundancy_weight=0)) == [0, 2]


def test_selection_takes_what_is_not_quite_a_duplicate() -> None:
    alike = np.array([[1, 0.89], [0.89, 1]])
    assert indices(choose([0.5, 0.4], similarity=alike, redundancy_weight=0)) == [0, 1]


def test_selection_takes_duplicates_if_told() -> None:
    assert indices(choose([0.5, 0.4], similarity=np.ones((2, 2)), redundancy_weight=1, duplicate_similarity=2)) == [
        0,
        1,
    ]


def test_selection_takes_nothing_twice_where_rounding_exceeds_one() -> None:
    alike = np.full((3, 3), 1 + 2e-16)
    chosen = choose([0.5, 0.4, 0.1], similarity=alike, redundancy_weight=1, duplicate_similarity=2)
    assert sorted(indices(chosen)) == [0, 1, 2]


@pytest.mark.parametrize(
    ("enough", "expected"),
    [
        ([0], []),
        ([1], [0]),
        ([4], [0]),
        ([5], [0, 2]),
        ([6], [0, 2]),
        ([7], [0, 2, 1]),
        ([99], [0, 2, 1]),
        (None, [0, 2, 1]),
    ],
    ids=str,
)
def test_selection_stops_when_it_has_enough(enough: list[int] | None, expected: list[int]) -> None:
    assert indices(choose([0.5, 0.2, 0.3], [[4], [3], [2]], enough=enough)) == expected


def test_selection_goes_on_until_every_cost_is_enough() -> None:
    costs = [[1, 50], [1, 1], [1, 1]]
    assert indices(choose([0.5, 0.3, 0.2], costs, budget=[9, 99], enough=[2, 10])) == [0, 1]
    assert indices(choose([0.3, 0.5, 0.2], costs, budget=[9, 99], enough=[1, 10])) == [1, 0]
    assert indices(choose([0.3, 0.5, 0.2], costs, budget=[9, 49], enough=[1, 10])) == [1, 2]
    assert indices(choose([0.5, 0.3, 0.2], costs, budget=[2, 99], enough=[3, 0])) == [0, 1]


def test_selection_does_not_count_what_is_taken_as_enough() -> None:
    assert indices(choose([0.5, 0.3, 0.2], taken=[0], enough=[1])) == [1]


def test_selection_leaves_its_arguments_alone() -> None:
    weights, costs, budget = np.array([0.5, 0.5]), np.ones((2, 1), np.int64), [1]
    select(weights, costs, lambda index: np.ones(2), budget=budget, config=SelectionConfig())
    assert (weights.tolist(), costs.tolist(), budget) == ([0.5, 0.5], [[1], [1]], [1])


def test_selection_does_not_take_again_what_is_taken() -> None:
    assert indices(choose([0.5, 0.3, 0.2], taken=[0])) == [1, 2]
    assert indices(choose([0.5, 0.3, 0.2], taken=[2, 0])) == [1]
    assert choose([0.5, 0.3, 0.2], taken=[0, 1, 2]) == []


def test_selection_charges_nothing_for_what_is_taken() -> None:
    assert indices(choose([0.5, 0.3, 0.2], [[9], [4], [4]], budget=[8], taken=[0])) == [1, 2]


def test_selection_takes_off_what_is_said_in_what_is_taken() -> None:
    # 1 has 0.4 - 0.4 * 0.8 = 0.08 and 2 has 0.3 - 0.3 * 0.2 = 0.24; beside 2 both kinds of likeness count for 1.
    alike = np.array([[1, 0.8, 0.2], [0.8, 1, 0], [0.2, 0, 1]])
    chosen = choose([0.3, 0.4, 0.3], similarity=alike, redundancy_weight=1, taken=[0])
    assert indices(chosen) == [2, 1]
    assert [choice.redundancy for choice in chosen] == pytest.approx([0.06, 0.32])


def test_selection_never_takes_near_duplicates_of_what_is_taken() -> None:
    alike = np.array([[1, 0.95, 0], [0.95, 1, 0], [0, 0, 1]])
    assert indices(choose([0.5, 0.4, 0.1], similarity=alike, taken=[0])) == [2]
    assert indices(choose([0.5, 0.4, 0.1], similarity=alike, taken=[2])) == [0]


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[int]]:
    """Weights, costs, likeness and budget; many weights are equal, some are 0."""
    size = draw(st.integers(1, 8))
    weights = np.array(draw(st.lists(st.integers(0, 12), min_size=size, max_size=size)), np.float64)
    weights /= max(1, weights.sum())
    random = np.random.default_rng(draw(st.integers(0, 10**6)))
    alike = random.choice([0, 0.2, 0.5, 0.85, 0.95, 1], (size, size))
    alike = np.maximum(alike, alike.T)
    np.fill_diagonal(alike, 1)
    return weights, random.integers(0, 9, (size, 2)), alike, [draw(st.integers(0, 30)), draw(st.integers(0, 30))]


Problem = tuple[np.ndarray, np.ndarray, np.ndarray, list[int]]
bounds = st.lists(st.integers(0, 30), min_size=2, max_size=2)


@given(problems(), st.floats(0, 1), st.none() | bounds)
def test_selection_never_exceeds_its_budget(
    problem: Problem, redundancy_weight: float, enough: list[int] | None
) -> None:
    weights, costs, alike, budget = problem
    chosen = choose(weights, costs, alike, budget=budget, enough=enough, redundancy_weight=redundancy_weight)
    assert (costs[indices(chosen)].sum(axis=0) <= budget).all()
    assert len(set(indices(chosen))) == len(chosen)
    assert all(weights[choice.index] == choice.weight > 0 for choice in chosen)


@given(problems())
def test_selection_without_redundancy_weight_is_plain_top_k(problem: Problem) -> None:
    weights, costs, _, budget = problem
    remaining, expected = np.array(budget), []
    for index in np.argsort(-weights, kind="stable"):
        if weights[index] > 0 and (costs[index] <= remaining).all():
            remaining = remaining - costs[index]
            expected.append(int(index))
    assert indices(choose(weights, costs, budget=budget, redundancy_weight=0)) == expected


@given(problems(), st.floats(0, 1))
def test_selection_holds_no_near_duplicates(problem: Problem, redundancy_weight: float) -> None:
    weights, costs, alike, budget = problem
    chosen = indices(choose(weights, costs, alike, budget=budget, redundancy_weight=redundancy_weight))
    assert all(alike[i, j] < 0.9 for i in chosen for j in chosen if i != j)


@given(problems())
def test_selection_leaves_out_only_what_does_not_fit(problem: Problem) -> None:
    weights, costs, _, budget = problem
    chosen = indices(choose(weights, costs, budget=budget))
    remaining = np.array(budget) - costs[chosen].sum(axis=0)
    left_out = [index for index in np.flatnonzero(weights > 0) if index not in chosen]
    assert all((costs[index] > remaining).any() for index in left_out)


@given(problems(), st.sampled_from([1e-9, 1e-3, 3.0, 1e6, 1e12]))
def test_selection_does_not_change_with_the_scale_of_weights(problem: Problem, scale: float) -> None:
    weights, costs, alike, budget = problem
    chosen = choose(weights, costs, alike, budget=budget, enough=[9, 9])
    scaled = choose(weights * scale, costs, alike, budget=budget, enough=[9, 9])
    assert indices(scaled) == indices(chosen)


@given(problems())
def test_selection_is_the_same_every_time(problem: Problem) -> None:
    weights, costs, alike, budget = problem
    assert choose(weights, costs, alike, budget=budget) == choose(weights, costs, alike, budget=budget)


@given(problems(), bounds, bounds)
def test_selection_of_less_is_the_start_of_more(problem: Problem, one: list[int], other: list[int]) -> None:
    weights, costs, alike, budget = problem
    less, more = (
        indices(choose(weights, costs, alike, budget=budget, enough=enough))
        for enough in (np.minimum(one, other), np.maximum(one, other))
    )
    assert more[: len(less)] == less


@given(problems(), bounds)
def test_selection_stops_as_soon_as_it_has_enough(problem: Problem, enough: list[int]) -> None:
    weights, costs, alike, budget = problem
    chosen = indices(choose(weights, costs, alike, budget=budget, enough=enough))
    everything = indices(choose(weights, costs, alike, budget=budget))
    assert chosen == everything or (costs[chosen].sum(axis=0) >= enough).all()
    assert not chosen or (costs[chosen[:-1]].sum(axis=0) < enough).any()


@given(problems(), st.integers(1, 3))
def test_selection_goes_on_where_it_was_stopped(problem: Problem, number: int) -> None:
    weights, costs, alike, budget = problem
    chosen = choose(weights, costs, alike, budget=budget)
    first = indices(chosen[:number])
    remaining = np.array(budget) - costs[first].sum(axis=0)
    assert choose(weights, costs, alike, budget=remaining.tolist(), taken=first) == chosen[number:]

from collections.abc import Sequence

import numpy as np
import pytest
from chooser import choose_again
from hypothesis import given
from hypothesis import strategies as st

from summarize.config import SelectionConfig
from summarize.decide.selection import GreedySelector, Selected, Similarity, select

MANY = 10**6


def rows(alike: np.ndarray) -> Similarity:
    """Return the likeness of units that a square has."""
    return lambda index, first=0, end=None: alike[index, first:end]


def choose(
    weights: Sequence[float],
    costs: Sequence[Sequence[int]] | None = None,
    similarity: np.ndarray | None = None,
    *,
    budget: Sequence[int] = (MANY,),
    **config: float,
) -> list[Selected]:
    """Select among units; by default they cost 1 each and nothing is alike."""
    alike = np.zeros((len(weights), len(weights))) if similarity is None else np.asarray(similarity, np.float64)
    all_costs = np.ones((len(weights), len(budget)), np.int64) if costs is None else np.asarray(costs, np.int64)
    settings = SelectionConfig(**config)
    floats = np.asarray(weights, np.float64)
    return select(floats, all_costs, rows(alike), budget=budget, config=settings)


def indices(chosen: list[Selected]) -> list[int]:
    return [choice.index for choice in chosen]


def test_selection_takes_the_weightiest_first() -> None:
    assert indices(choose([0.2, 0.5, 0.3], budget=[2])) == [1, 2]


def test_selection_tells_weights() -> None:
    assert choose([0.2, 0.5, 0.3], budget=[1]) == [Selected(index=1, weight=0.5, redundancy=0)]


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


@pytest.mark.parametrize("likeness", [0.9 - 1e-15, 0.9, 0.95, 1.0, 1 + 1e-15])
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


def test_selection_leaves_its_arguments_alone() -> None:
    weights, costs, budget = np.array([0.5, 0.5]), np.ones((2, 1), np.int64), [1]
    select(weights, costs, rows(np.ones((2, 2))), budget=budget, config=SelectionConfig())
    assert (weights.tolist(), costs.tolist(), budget) == ([0.5, 0.5], [[1], [1]], [1])


# Step by step


def greedy(
    weights: Sequence[float], similarity: Sequence[Sequence[float]] | None = None, **config: float
) -> GreedySelector:
    """Units of which none is chosen; by default nothing is alike."""
    alike = np.eye(len(weights)) if similarity is None else np.array(similarity, np.float64)
    return GreedySelector(np.array(weights, np.float64), rows(alike), SelectionConfig(**config))


EVERY = np.ones(3, np.bool_)
ALIKE = [[1, 0.8, 0.2], [0.8, 1, 0], [0.2, 0, 1]]


def test_greedy_has_chosen_nothing_at_first() -> None:
    state = greedy([0.5, 0, 0.3], ALIKE)
    assert state.choices == []
    assert state.indices == []
    assert state.is_open.tolist() == [True, False, True]
    assert state.scores.tolist() == [0.5, 0, 0.3]
    assert state.redundancy.tolist() == [0, 0, 0]
    assert state.like.tolist() == [-1, -1, -1]
    assert not state.repeats.any()


def test_greedy_takes_off_what_was_said_by_hand() -> None:
    state = greedy([0.5, 0.4, 0.3], ALIKE, redundancy_weight=0.5)
    state.take(0)
    # Half of 0.4 x 0.8 and half of 0.3 x 0.2.
    assert state.redundancy.tolist() == pytest.approx([0, 0.16, 0.03])
    assert state.scores.tolist() == pytest.approx([0.5, 0.24, 0.27])
    assert state.like.tolist() == [-1, 0, 0]
    assert state.is_open.tolist() == [False, True, True]
    assert state.choices == [Selected(0, 0.5, 0)]


def test_greedy_keeps_what_was_taken_off_when_a_unit_was_chosen() -> None:
    state = greedy([0.3, 0.4, 0.3], ALIKE)
    for index in (0, 2, 1):
        state.take(index)
    assert state.indices == [0, 2, 1]
    assert [choice.redundancy for choice in state.choices] == pytest.approx([0, 0.06, 0.32])
    assert state.like.tolist() == [-1, 0, 0]


def test_greedy_names_the_chosen_unit_that_another_is_most_like() -> None:
    alike = [[1, 0, 0.2], [0, 1, 0.6], [0.2, 0.6, 1]]
    state = greedy([0.5, 0.3, 0.2], alike)
    state.take(0)
    assert state.like.tolist() == [-1, -1, 0]
    state.take(1)
    assert state.like.tolist() == [-1, -1, 1]
    assert state.likeness.tolist() == [0, 0, 0.6]


def test_greedy_names_the_first_of_those_that_another_is_equally_like() -> None:
    state = greedy([0.5, 0.3, 0.2], [[1, 0, 0.6], [0, 1, 0.6], [0.6, 0.6, 1]])
    state.take(1)
    state.take(0)
    assert state.like[2] == 1


def test_greedy_names_the_first_of_those_that_another_is_all_but_equally_like() -> None:
    state = greedy([0.5, 0.3, 0.2], [[1, 0, 0.6 + 1e-15], [0, 1, 0.6], [0.6 + 1e-15, 0.6, 1]])
    state.take(1)
    state.take(0)
    assert state.like[2] == 1


def test_greedy_tells_what_repeats_a_chosen_unit() -> None:
    state = greedy([0.5, 0.3, 0.2], [[1, 0.9, 0.89], [0.9, 1, 0], [0.89, 0, 1]])
    state.take(0)
    assert state.repeats.tolist() == [False, True, False]
    assert state.best(EVERY) == 2


def test_greedy_best_is_the_open_unit_of_the_highest_score() -> None:
    state = greedy([0.2, 0.5, 0.3])
    assert state.best(EVERY) == 1
    assert state.best(np.array([True, False, True])) == 2
    assert state.best(np.array([False, False, False])) is None
    state.is_open[1] = False
    assert state.best(EVERY) == 2
    state.take(2)
    assert state.best(EVERY) == 0
    state.take(0)
    assert state.best(EVERY) is None


def test_greedy_best_is_the_first_of_those_that_are_all_but_equal() -> None:
    assert greedy([0.4, 0.4 * (1 + 1e-7), 0.2]).best(EVERY) == 0
    assert greedy([0.4, 0.4 * (1 + 1e-3), 0.2]).best(EVERY) == 1


def test_greedy_takes_what_it_is_told_to_take() -> None:
    state = greedy([0.5, 0, 0.3], [[1, 0, 0.95], [0, 1, 0], [0.95, 0, 1]])
    state.take(0)
    state.take(2)  # repeats it
    state.take(1)  # weighs nothing
    assert state.choices == [Selected(0, 0.5, 0), Selected(2, 0.3, pytest.approx(0.285)), Selected(1, 0, 0)]


def test_greedy_of_nothing_has_no_best() -> None:
    assert greedy([]).best(np.zeros(0, np.bool_)) is None


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


@given(problems(), st.floats(0, 1))
def test_selection_never_exceeds_its_budget(problem: Problem, redundancy_weight: float) -> None:
    weights, costs, alike, budget = problem
    chosen = choose(weights, costs, alike, budget=budget, redundancy_weight=redundancy_weight)
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
    chosen = choose(weights, costs, alike, budget=budget)
    scaled = choose(weights * scale, costs, alike, budget=budget)
    assert indices(scaled) == indices(chosen)


@given(problems())
def test_selection_is_the_same_every_time(problem: Problem) -> None:
    weights, costs, alike, budget = problem
    assert choose(weights, costs, alike, budget=budget) == choose(weights, costs, alike, budget=budget)


@given(problems(), st.integers(0, 8), st.integers(0, 8))
def test_selection_of_fewer_is_the_start_of_more(problem: Problem, one: int, other: int) -> None:
    weights, _, alike, _ = problem
    less, more = (indices(choose(weights, similarity=alike, budget=[number])) for number in sorted((one, other)))
    assert more[: len(less)] == less


@given(problems(), st.integers(0, 4))
def test_selection_goes_on_where_it_was_stopped(problem: Problem, number: int) -> None:
    weights, costs, alike, budget = problem
    chosen = choose(weights, costs, alike, budget=budget)
    state = greedy(weights, alike)
    for choice in chosen[:number]:
        state.take(choice.index)
    remaining = np.array(budget) - costs[state.indices].sum(axis=0)
    while (index := state.best((costs <= remaining).all(axis=1))) is not None:
        state.take(index)
        remaining = remaining - costs[index]
    assert state.choices == chosen


@given(problems(), st.floats(0, 1))
def test_selection_is_what_the_rule_alone_chooses(problem: Problem, redundancy_weight: float) -> None:
    weights, _, alike, _ = problem
    state = greedy(weights, alike, redundancy_weight=redundancy_weight)
    while (index := state.best(np.ones(len(weights), np.bool_))) is not None:
        state.take(index)
    chosen, taken, repeats = choose_again(
        weights, alike, len(weights), redundancy_weight=redundancy_weight, duplicate_similarity=0.9
    )
    assert state.indices == chosen
    when_chosen = {choice.index: choice.redundancy for choice in state.choices}
    for unit, (off, like) in enumerate(taken):
        assert when_chosen.get(unit, state.redundancy[unit]) == pytest.approx(off, abs=1e-12)
        assert state.like[unit] == (-1 if like is None else like)
    assert {unit for unit in np.flatnonzero(state.repeats & (weights > 0)) if unit not in chosen} == repeats


def test_unit_is_held_against_what_is_asked_for() -> None:
    three = greedy([3, 2, 1], [[1, 0.8, 0.8], [0.8, 1, 0.8], [0.8, 0.8, 1]], redundancy_weight=0.5)
    three.take(0, 0, 2)
    assert three.scores.tolist() == pytest.approx([3, 1.2, 1])
    assert three.like.tolist() == [-1, 0, -1]


def test_best_is_looked_for_where_it_is_asked_for() -> None:
    three = greedy([3, 2, 1])
    assert three.best(np.ones(2, np.bool_), 1, 3) == 1
    assert three.best(np.array([False, True]), 1, 3) == 2
    assert three.best(np.ones(0, np.bool_), 3, 3) is None

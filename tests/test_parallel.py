import numpy as np
import pytest
from hypothesis import given
from strategies import arrays, masks

from summarize.network.attention import Array
from summarize.network.parallel import parallel_attention

LN2, LN3 = np.log(2), np.log(3)

ALL = np.ones(2, bool)
STATES = np.array([[0.0], [2.0]])  # d = 1
NO_FEATURES = np.zeros((2, 1))


def weights_of(*, W: float = 0.0, U: float = 0.0, b: float = 0.0, v: float = 0.0, w: float = 0.0) -> dict[str, Array]:
    """Weights of a network with H = A = F = 1."""
    values = {"W": [[W]], "U": [[U]], "b": [b], "v": [v], "w": [w]}
    return {f"parallel/{name}": np.array(value) for name, value in values.items()}


# W h + U d = -ln 3 / 2 and +ln 3 / 2, tanh gives -1/2 and 1/2, v makes that -ln 2 and ln 2
COMPARING = weights_of(W=LN3 / 2, U=-LN3 / 2, v=2 * LN2)


def test_parallel_attention_by_hand() -> None:
    # exp gives 1/2 and 2; of 5/2
    assert parallel_attention(STATES, NO_FEATURES, ALL, COMPARING) == pytest.approx([1 / 5, 4 / 5])


def test_parallel_attention_adds_its_bias() -> None:
    # The bias does what U d did.
    weights = weights_of(W=LN3 / 2, b=-LN3 / 2, v=2 * LN2)
    assert parallel_attention(STATES, NO_FEATURES, ALL, weights) == pytest.approx([1 / 5, 4 / 5])


def test_parallel_attention_sees_features_directly() -> None:
    # The feature lifts -ln 2 by 2 ln 2 to the other's ln 2.
    weights = COMPARING | {"parallel/w": np.array([2 * LN2])}
    assert parallel_attention(STATES, np.array([[1.0], [0]]), ALL, weights) == pytest.approx([1 / 2, 1 / 2])


def test_parallel_attention_by_hand_in_more_than_one_dimension() -> None:
    # H = 2, A = 3, F = 2, all in halves of ln 3, L: h = (0, 2) and (2, 0), d = (1, 1), so U d + b = (0, -1, 0) L.
    #   W h = (0, 2, 0) L and (1, 0, 2) L      tanh of the sum: (0, 1/2, 0) and (1/2, -1/2, 4/5)
    #   v . that: 2 ln 2 and (1 - 2 + 4) ln 2 = 3 ln 2      w . f: 3 ln 2 and ln 2      together 5 ln 2 and 4 ln 2
    half = LN3 / 2
    weights = {
        "parallel/W": half * np.array([[1 / 2, 0, 1], [0, 1, 0]]),
        "parallel/U": half * np.array([[1, 0, -1], [0, -1, 0]]),
        "parallel/b": half * np.array([-1, 0, 1]),
        "parallel/v": LN2 * np.array([2, 4, 5]),
        "parallel/w": LN2 * np.array([3, -2]),
    }
    alpha = parallel_attention(np.array([[0.0, 2], [2, 0]]), np.array([[1.0, 0], [1, 1]]), ALL, weights)
    assert alpha == pytest.approx([2 / 3, 1 / 3])


def test_parallel_attention_compares_with_all_three() -> None:
    # h = 0, 1, 2: W h + U d = -ln 3 / 2, 0, ln 3 / 2; scores -ln 2, 0, ln 2; exp gives 1/2, 1, 2; of 7/2
    alpha = parallel_attention(np.array([[0.0], [1], [2]]), np.zeros((3, 1)), np.ones(3, bool), COMPARING)
    assert alpha == pytest.approx([1 / 7, 2 / 7, 4 / 7])


def test_parallel_attention_gives_masked_nothing_but_hears_them() -> None:
    # The masked sentence is part of the document all the same: d is still 1; exp gives 1/2 and 2; of 5/2
    states, mask = np.array([[0.0], [1], [2]]), np.array([True, False, True])
    assert parallel_attention(states, np.zeros((3, 1)), mask, COMPARING) == pytest.approx([1 / 5, 0, 4 / 5])


def test_parallel_attention_when_nothing_may_be_chosen_is_zeros() -> None:
    assert parallel_attention(STATES, NO_FEATURES, ~ALL, COMPARING).tolist() == [0, 0]


def test_parallel_attention_of_one_sentence_is_one() -> None:
    assert parallel_attention(np.array([[9.0]]), np.array([[5.0]]), np.array([True]), COMPARING).tolist() == [1]


@given(arrays(2, 3, 5, 1), arrays(2, 3, 5, 1), masks(5))
def test_parallel_attention_treats_leading_positions_apart(states: Array, features: Array, mask: np.ndarray) -> None:
    weights = weights_of(W=1, U=-1, b=0.3, v=2, w=1)
    alpha = parallel_attention(states, features, mask, weights)
    assert alpha.shape == (2, 3, 5)
    assert alpha[1, 2] == pytest.approx(parallel_attention(states[1, 2], features[1, 2], mask, weights))


@given(arrays(5, 1), arrays(5, 1), masks(5))
def test_parallel_attention_sums_to_one_or_zero(states: Array, features: Array, mask: np.ndarray) -> None:
    alpha = parallel_attention(states, features, mask, weights_of(W=1, U=-1, b=0.3, v=2, w=1))
    assert alpha.sum() == pytest.approx(float(mask.any()))
    assert (alpha[~mask] == 0).all()


@given(arrays(5, 1), arrays(5, 1), masks(5), arrays(5, 1), arrays(5, 1))
def test_parallel_attention_ignores_changes_under_the_mask(
    states: Array, features: Array, mask: np.ndarray, other_states: Array, other_features: Array
) -> None:
    real = mask[:, None]
    weights = weights_of(W=1, v=2, w=1)  # U = 0: the document's mean, which all sentences make, is not heard
    changed = parallel_attention(
        np.where(real, states, other_states), np.where(real, features, other_features), mask, weights
    )
    assert changed.tolist() == parallel_attention(states, features, mask, weights).tolist()

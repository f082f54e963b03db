import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import random_model
from strategies import arrays, few_examples, masks

from summarize.network.attention import Array
from summarize.network.features import FEATURE_NAMES
from summarize.network.layers import gru_step
from summarize.network.sequential import sequential_attention

LN2, LN3 = np.log(2), np.log(3)
CLOSED = -1000.0  # a gate of exactly 0, an aversion of exactly 0

BOTH = np.ones(2, bool)
STATES = np.array([[0.0], [2.0]])  # d = 1
NO_FEATURES = np.zeros((2, 1))


def weights_of(**changes: object) -> dict[str, Array]:
    """Weights of a network with K = 2 and H = A = F = R = 1: all zero, no aversion to what is covered, z = 0."""
    weights: dict[str, object] = {
        "P": [[0]],
        "W": [[0], [0]],
        "A": [[[0], [0]], [[0], [0]]],
        "B": [[[0]], [[0]]],
        "b": [[0], [0]],
        "v": [[0], [0]],
        "w": [[0], [0]],
        "c": CLOSED,
        "pi": [0, 0],
        "reader/kernel": [[0, 0, 0]],
        "reader/recurrent_kernel": [[0, 0, 0]],
        "reader/bias": [[CLOSED, 0, 0], [0, 0, 0]],
    }
    weights |= {name.replace("reader_", "reader/"): value for name, value in changes.items()}
    return {f"sequential/{name}": np.array(value, np.float64) for name, value in weights.items()}


def steps_of(weights: dict[str, Array], features: Array = NO_FEATURES) -> Array:
    return sequential_attention(STATES, features, BOTH, weights)[1]


def test_sequential_attention_without_preference_is_even() -> None:
    alpha, steps = sequential_attention(STATES, NO_FEATURES, BOTH, weights_of())
    assert alpha == pytest.approx([1 / 2, 1 / 2])
    assert steps == pytest.approx(np.full((2, 2), 1 / 2))


def test_sequential_attention_counts_what_is_covered_against_a_sentence() -> None:
    # Step 1: features give ln 3 and 0, so 3/4 and 1/4. Step 2: softplus(ln 3) = ln 4, so the scores are
    # -ln 4 * 3/4 and -ln 4 * 1/4; their exp stand as 4^(-1/2) = 1/2 to 1, so 1/3 and 2/3.
    steps = steps_of(weights_of(w=[[LN3], [0]], c=LN3), np.array([[1.0], [0]]))
    assert steps == pytest.approx(np.array([[3 / 4, 1 / 4], [1 / 3, 2 / 3]]))


def test_sequential_attention_adds_up_what_is_covered() -> None:
    # Three steps that all prefer the first sentence by ln 3, with aversion ln 4. exp of the scores stands as
    # 3 to 1; then as 3 * 4^(-1/2) = 3/2 to 1; then less a further 4^(-1/5), since 3/5 - 2/5 = 1/5.
    weights = weights_of(w=[[LN3]] * 3, c=LN3, pi=[0] * 3, v=[[0]] * 3, b=[[0]] * 3, A=[[[0], [0]]] * 3, B=[[[0]]] * 3)
    third = 3 / 2 * 4 ** (-1 / 5)
    expected = [[3 / 4, 1 / 4], [3 / 5, 2 / 5], [third / (1 + third), 1 / (1 + third)]]
    assert steps_of(weights, np.array([[1.0], [0]])) == pytest.approx(np.array(expected))


def test_sequential_attention_mixes_its_steps_by_learned_shares() -> None:
    # pi = 3/4, 1/4 over the steps (3/4, 1/4) and (1/3, 2/3): 9/16 + 1/12 = 31/48
    weights = weights_of(w=[[LN3], [0]], c=LN3, pi=[LN3, 0])
    alpha, _ = sequential_attention(STATES, np.array([[1.0], [0]]), BOTH, weights)
    assert alpha == pytest.approx([31 / 48, 17 / 48])


def test_sequential_attention_starts_from_the_document() -> None:
    # s_0 = tanh(ln 3 / 2) = 1/2. W gives ln 3 s - ln 3 / 2 h = ln 3 / 2 and -ln 3 / 2, tanh 1/2 and -1/2,
    # v = 2 ln 2 makes that ln 2 and -ln 2; exp gives 2 and 1/2; of 5/2. In step 2 v = 0.
    steps = steps_of(weights_of(P=[[LN3 / 2]], W=[[LN3], [-LN3 / 2]], v=[[2 * LN2], [0]]))
    assert steps == pytest.approx(np.array([[4 / 5, 1 / 5], [1 / 2, 1 / 2]]))


def test_sequential_attention_reads_what_it_attended_to() -> None:
    # Step 1 is even, so a = 1 and, as z = 0, s_1 = tanh(ln 3 / 2) = 1/2; step 2 goes on as from s_0 above.
    steps = steps_of(
        weights_of(W=[[LN3], [-LN3 / 2]], v=[[0], [2 * LN2]], reader_kernel=[[0, 0, LN3 / 2]]),
    )
    assert steps == pytest.approx(np.array([[1 / 2, 1 / 2], [4 / 5, 1 / 5]]))


def test_sequential_attention_reads_with_the_gru_of_layers() -> None:
    # a = 1; every weight of the reader takes part in s_1, which step 2 shows: its score differs by v tanh(s_1 - h).
    kernel, recurrent = np.array([[0.3, -0.2, 0.5]]), np.array([[0.7, 0.4, -0.6]])
    bias = np.array([[0.1, 0.2, 0.3], [-0.3, 0.5, 0.2]])
    weights = weights_of(
        P=[[0.8]],
        W=[[1], [-1]],
        v=[[0], [1]],
        reader_kernel=kernel,
        reader_recurrent_kernel=recurrent,
        reader_bias=bias,
    )
    s = gru_step(np.tanh([0.8]), kernel[0] + bias[0], recurrent, bias[1])[0]
    odds = np.exp(np.tanh(s) - np.tanh(s - 2))
    assert steps_of(weights)[1] == pytest.approx([odds / (1 + odds), 1 / (1 + odds)])


def test_sequential_attention_by_hand_in_more_than_one_dimension() -> None:
    # H = F = R = 2, A = 3, with L = ln 3 / 2: tanh gives 1/2 of L and 4/5 of 2 L. h = (0, 2) and (2, 0), d = (1, 1).
    # s_0 = tanh((1, 2, 0) L) = (1/2, 4/5, 0).
    # Step 1: W s + b = (1, 0, 2) L + (-1, 1, -1) L = (0, 1, 1) L      W h = (-1, 0, -1) L and (0, 1, -2) L
    #   tanh: (-1/2, 1/2, 0) and (0, 4/5, -1/2)      v: 2 ln 2 and 3 ln 2      w f: 2 ln 2 and 0      so 2 to 1
    # a_1 = 2/3 (0, 2) + 1/3 (2, 0) = (2/3, 4/3)
    # s_1: z = (0, 1, 1/2) and r = (1/2, 0, 0); s~ = (tanh(L + 1/2 (4 - 2) L), not looked at, tanh(L))
    #   = (4/5, -, 1/2), so s_1 = (4/5, 4/5, 1/4)
    # Step 2: W s = (13/5, 1, 0) L      A_2 of s: (1, 1), by B_2 (-13/5, 1, 0) L      b = (1, -2, 1) L: (1, 0, 1) L
    #   A_2 of h: (0, -1) and (0, 1), by B_2 (1, -1, 1) L and (-1, 1, -1) L
    #   with W h as above: (1, -1, 1) L and (0, 2, -2) L      tanh: (1/2, -1/2, 1/2) and (0, 4/5, -4/5)
    #   v: 3 ln 2 and 0      w f: -ln 2 and 3 ln 2      covered, by ln 8: -2 ln 2 and -ln 2      0 and 2 ln 2: 1 to 4
    half = LN3 / 2
    weights = weights_of(
        P=half * np.array([[1, 1, 0], [0, 1, 0]]),
        W=half * np.array([[2, 0, 0], [0, 0, 5 / 2], [4, 4, -8], [0, 1 / 2, -1], [-1 / 2, 0, -1 / 2]]),
        A=[np.zeros((5, 2)), np.array([[5 / 4, 0], [0, 0], [0, 4], [0, 1 / 2], [0, -1 / 2]])],
        B=[np.ones((2, 3)), half * np.array([[-8 / 5, 0, 1], [-1, 1, -1]])],
        b=half * np.array([[-1, 1, -1], [1, -2, 1]]),
        v=LN2 * np.array([[1, 5, 2], [6, 5, 5]]),
        w=LN2 * np.array([[2, -2], [-1, 4]]),
        c=np.log(7),
        pi=[LN3, 0],
        reader_kernel=half * np.array([[0, 0, 0, 0, 0, 0, 3, 9, 3], [0, 0, 0, 0, 0, 0, -3 / 4, 9, -3 / 4]]),
        reader_recurrent_kernel=half * np.array([[0] * 6 + [4, 9, 9], [0] * 6 + [5 / 2, 9, 9], [0] * 6 + [9, 9, 9]]),
        reader_bias=[[CLOSED, -CLOSED, 0, 0, CLOSED, CLOSED, 0, 0, 0], [0] * 6 + [-2 * half, 0, 0]],
    )
    features = np.array([[1.0, 0], [1, 1]])
    alpha, steps = sequential_attention(np.array([[0.0, 2], [2, 0]]), features, BOTH, weights)
    assert steps == pytest.approx(np.array([[2 / 3, 1 / 3], [1 / 5, 4 / 5]]))
    assert alpha == pytest.approx([11 / 20, 9 / 20])  # 3/4 * 2/3 + 1/4 * 1/5


def test_sequential_attention_steps_have_a_projection_of_their_own() -> None:
    # Step 1 has no W at all; A_2 B_2 is (ln 3, -ln 3 / 2), the W of the tests above, and s_1 = 1/2 as there.
    steps = steps_of(
        weights_of(
            A=[[[0], [0]], [[2], [-1]]],
            B=[[[0]], [[LN3 / 2]]],
            v=[[2 * LN2], [2 * LN2]],
            reader_kernel=[[0, 0, LN3 / 2]],
        )
    )
    assert steps == pytest.approx(np.array([[1 / 2, 1 / 2], [4 / 5, 1 / 5]]))


def test_sequential_attention_steps_have_a_bias_of_their_own() -> None:
    # Step 2: b - ln 3 / 2 h with b = ln 3 / 2 is again ln 3 / 2 and -ln 3 / 2. Step 1 without b: tanh gives 0 and
    # -tanh(ln 3) = -(3 - 1/3) / (3 + 1/3) = -4/5, and v = 5/4 ln 3 makes that 0 and -ln 3: 3/4 and 1/4.
    steps = steps_of(weights_of(W=[[0], [-LN3 / 2]], b=[[0], [LN3 / 2]], v=[[LN3 * 5 / 4], [2 * LN2]]))
    assert steps == pytest.approx(np.array([[3 / 4, 1 / 4], [4 / 5, 1 / 5]]))


def test_sequential_attention_gives_masked_nothing() -> None:
    mask = np.array([False, True])
    alpha, steps = sequential_attention(STATES, NO_FEATURES, mask, weights_of(c=LN3))
    assert alpha.tolist() == [0, 1]
    assert steps.tolist() == [[0, 1], [0, 1]]


def test_sequential_attention_when_nothing_may_be_chosen_is_zeros() -> None:
    alpha, steps = sequential_attention(STATES, NO_FEATURES, ~BOTH, weights_of(c=LN3))
    assert alpha.tolist() == [0, 0]
    assert steps.tolist() == [[0, 0], [0, 0]]


def test_sequential_attention_of_one_sentence_is_one() -> None:
    alpha, steps = sequential_attention(STATES[:1], NO_FEATURES[:1], BOTH[:1], weights_of(c=LN3))
    assert alpha.tolist() == [1]
    assert steps.tolist() == [[1], [1]]


@few_examples
@given(arrays(2, 3, 6, 8), arrays(2, 3, 6, len(FEATURE_NAMES)), masks(6))
def test_sequential_attention_treats_leading_positions_apart(states: Array, features: Array, mask: np.ndarray) -> None:
    model = random_model(4)
    alpha, steps = sequential_attention(states, features, mask, model.weights)
    assert steps.shape == (2, 3, model.network.num_steps, 6)
    alone, steps_alone = sequential_attention(states[1, 2], features[1, 2], mask, model.weights)
    assert alpha[1, 2] == pytest.approx(alone)
    assert steps[1, 2] == pytest.approx(steps_alone)


@few_examples
@given(arrays(6, 8), arrays(6, len(FEATURE_NAMES)), masks(6), st.integers(0, 20))
def test_sequential_attention_sums_to_one_or_zero(states: Array, features: Array, mask: np.ndarray, seed: int) -> None:
    model = random_model(seed)
    alpha, steps = sequential_attention(states, features, mask, model.weights)
    assert steps.shape == (model.network.num_steps, 6)
    assert steps.sum(axis=1) == pytest.approx(np.full(len(steps), float(mask.any())))
    assert alpha.sum() == pytest.approx(float(mask.any()))
    assert (alpha[~mask] == 0).all()
    assert (steps[:, ~mask] == 0).all()


@few_examples
@given(arrays(6, 8), arrays(6, len(FEATURE_NAMES)), masks(6), arrays(6, 8), arrays(6, len(FEATURE_NAMES)))
def test_sequential_attention_ignores_changes_under_the_mask(
    states: Array, features: Array, mask: np.ndarray, other_states: Array, other_features: Array
) -> None:
    weights = random_model(1).weights
    weights["sequential/P"][:] = 0  # the document's mean, which all sentences make, is not heard
    real = mask[:, None]
    before, _ = sequential_attention(states, features, mask, weights)
    after, _ = sequential_attention(
        np.where(real, states, other_states), np.where(real, features, other_features), mask, weights
    )
    assert after.tolist() == before.tolist()


def test_sequential_attention_turns_away_from_what_it_has_chosen() -> None:
    # A sentence that every step prefers strongly gets less in step 2 the greater the aversion is.
    features = np.array([[1.0], [0]])
    second = [steps_of(weights_of(w=[[5], [5]], c=c), features)[1, 0] for c in (CLOSED, 0, 5, 20)]
    assert second == sorted(second, reverse=True)
    assert second[0] > 0.99
    assert second[-1] < 0.01

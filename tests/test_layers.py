import numpy as np
import pytest
from hypothesis import given
from strategies import arrays

from summarize.network.layers import Array, bidirectional_gru, doubled, gru_step, projections, sigmoid

LN3 = np.log(3)
CLOSED, OPEN = -1000.0, 1000.0  # what makes a gate exactly 0 or 1


def test_sigmoid_by_hand() -> None:
    # 1 / (1 + 1/3), 1 / (1 + 1), 1 / (1 + 3)
    assert sigmoid(np.array([LN3, 0, -LN3])) == pytest.approx([3 / 4, 1 / 2, 1 / 4])


def test_sigmoid_does_not_overflow() -> None:
    assert sigmoid(np.array([-1e5, 1e5], np.float32)).tolist() == [0, 1]


def test_gru_step_by_hand() -> None:
    # Without recurrent weights: z = sigmoid(ln 3) = 3/4, s~ = tanh(ln 3 / 2) = 1/2, s' = 3/4 * 2 + 1/4 * 1/2
    after = gru_step(np.array([2.0]), np.array([LN3, 0, LN3 / 2]), np.zeros((1, 3)), np.zeros(3))
    assert after == pytest.approx([1.625])


def test_gru_step_sees_its_state() -> None:
    # s = 2, U = (1, 3, 1/4), c = (1, -6, 1/2):
    # z = sigmoid(ln 3 - 3 + 2 + 1) = 3/4          r = sigmoid(0 + 6 - 6) = 1/2
    # s~ = tanh(ln 3 / 2 - 1/2 + 1/2 (2/4 + 1/2)) = tanh(ln 3 / 2) = 1/2
    after = gru_step(
        np.array([2.0]), np.array([LN3 - 3, 0, LN3 / 2 - 0.5]), np.array([[1, 3, 0.25]]), np.array([1, -6, 0.5])
    )
    assert after == pytest.approx([1.625])


def test_gru_step_reset_hides_state_and_its_bias_from_the_candidate() -> None:
    after = gru_step(
        np.array([2.0]), np.array([CLOSED, CLOSED, LN3 / 2]), np.array([[0, 0, 5.0]]), np.array([0, 0, 7.0])
    )
    assert after == pytest.approx([0.5])


def test_gru_step_keeps_state_while_update_is_open() -> None:
    after = gru_step(np.array([2.0]), np.array([OPEN, 0, 1]), np.array([[0, 1.0, 1]]), np.zeros(3))
    assert after == pytest.approx([2])


def test_gru_step_mixes_the_entries_of_its_state() -> None:
    # z = 0 and r = 1, so s' = tanh(s U_s); U_s sends the first entry to the second.
    kernel = np.zeros((2, 6))
    kernel[0, 5] = LN3
    after = gru_step(np.array([0.5, 9]), np.array([CLOSED] * 2 + [OPEN] * 2 + [0, 0]), kernel, np.zeros(6))
    assert after == pytest.approx([0, 0.5])


@given(arrays(2, 3, 4), arrays(2, 3, 12), arrays(4, 12), arrays(12))
def test_gru_step_treats_leading_positions_apart(state: Array, projected: Array, kernel: Array, bias: Array) -> None:
    together = gru_step(state, projected, kernel, bias)
    assert together.shape == (2, 3, 4)
    assert together[1, 2] == pytest.approx(gru_step(state[1, 2], projected[1, 2], kernel, bias))


def adding_weights(forward: float, backward: float) -> dict[str, Array]:
    """Weights under which each state is tanh(w x + the state before)."""
    weights = {}
    for direction, w in (("forward", forward), ("backward", backward)):
        weights[f"document/{direction}/kernel"] = np.array([[0, 0, w]])
        weights[f"document/{direction}/recurrent_kernel"] = np.array([[0, 0, 1.0]])
        weights[f"document/{direction}/bias"] = np.array([[CLOSED, OPEN, 0], [0, 0, 0]])
    return weights


def test_bidirectional_gru_by_hand() -> None:
    # forward with w = 1: tanh(1), tanh(2 + that); backward with w = -1: tanh(-2), and before it tanh(-1 + that)
    states = bidirectional_gru([np.array([[1.0], [2.0]])], adding_weights(1, -1), "document")
    forward = [np.tanh(1), np.tanh(2 + np.tanh(1))]
    backward = [np.tanh(-1 + np.tanh(-2)), np.tanh(-2)]
    assert states == pytest.approx(np.array([forward, backward]).T)


def test_bidirectional_gru_adds_both_rows_of_its_bias() -> None:
    # r = 1, so that s~ = tanh(x + b + c): tanh(0 + ln 3 / 4 + ln 3 / 4) = 1/2
    weights = adding_weights(1, 1)
    weights["document/forward/bias"] = np.array([[CLOSED, OPEN, LN3 / 4], [0, 0, LN3 / 4]])
    assert bidirectional_gru([np.zeros((1, 1))], weights, "document") == pytest.approx(np.array([[0.5, 0]]))


@given(arrays(5, 1))
def test_bidirectional_gru_reads_backwards_what_is_turned_around(inputs: Array) -> None:
    states = bidirectional_gru([inputs], adding_weights(0.5, 0.7), "document")
    turned = bidirectional_gru([inputs[::-1]], adding_weights(0.7, 0.5), "document")
    assert states == pytest.approx(turned[::-1, ::-1])


@given(arrays(3, 4, 2), arrays(4, 2, 9), arrays(4, 3, 9), arrays(4, 2, 9))
def test_bidirectional_gru_takes_each_step_as_the_cell_does(
    inputs: Array, kernels: Array, recurrent_kernels: Array, biases: Array
) -> None:
    weights = {}
    for number, direction in enumerate(("forward", "backward")):
        weights[f"document/{direction}/kernel"] = kernels[number]
        weights[f"document/{direction}/recurrent_kernel"] = recurrent_kernels[number]
        weights[f"document/{direction}/bias"] = biases[number]
    expected = np.zeros((3, 4, 6))
    for number, order in enumerate((range(4), reversed(range(4)))):
        state = np.zeros((3, 3))
        for place in order:
            projected = inputs[:, place] @ kernels[number] + biases[number, 0]
            state = gru_step(state, projected, recurrent_kernels[number], biases[number, 1])
            expected[:, place, 3 * number : 3 * number + 3] = state
    assert bidirectional_gru([inputs], weights, "document") == pytest.approx(expected)


@given(arrays(2, 4, 3), arrays(2, 4, 9), arrays(2, 3, 9), arrays(9))
def test_gru_step_takes_many_rows_that_share_a_kernel(
    state: Array, projected: Array, kernels: Array, bias: Array
) -> None:
    together = gru_step(state, projected, kernels, bias)
    for number in range(2):
        assert together[number] == pytest.approx(gru_step(state[number], projected[number], kernels[number], bias))


def test_bidirectional_gru_keeps_single_precision() -> None:
    weights = {name: value.astype(np.float32) for name, value in adding_weights(1, 1).items()}
    assert bidirectional_gru([np.ones((3, 1), np.float32)], weights, "document").dtype == np.float32


def test_bidirectional_gru_reads_parts_as_if_they_stood_side_by_side() -> None:
    random = np.random.default_rng(2)
    content, features = random.normal(size=(4, 2)), random.normal(size=(3, 4, 1))  # of three sequences the same content
    shapes = {"kernel": (3, 6), "recurrent_kernel": (2, 6), "bias": (2, 6)}
    weights = {
        f"document/{direction}/{name}": random.normal(size=shape)
        for direction in ("forward", "backward")
        for name, shape in shapes.items()
    }
    states = bidirectional_gru([content, features], weights, "document")
    assert states.shape == (3, 4, 4)
    for own, found in zip(features, states, strict=True):
        together = bidirectional_gru([np.hstack([content, own])], weights, "document")
        assert found == pytest.approx(together, abs=1e-14)


def test_projections_by_hand() -> None:
    kernel, bias = np.array([[1.0, 2, 3], [10, 20, 30]]), np.array([[0.5, 0, 0], [9, 9, 9]])
    weights = {
        f"document/{direction}/{name}": sign * value
        for direction, sign in (("forward", 1), ("backward", -1))
        for name, value in (("kernel", kernel), ("bias", bias))
    }
    # 2 of the first row and 3 of the second, and the first row of the bias
    found = projections([np.array([[2.0]]), np.array([[3.0]])], weights, "document")
    assert [part.tolist() for part in found] == [[[32.5, 64, 96]], [[-32.5, -64, -96]]]


def test_doubled_weights_are_the_same_numbers_in_64_bits() -> None:
    weights = {"a": np.array([0.1, -2], np.float32), "b": np.array(0.3, np.float32)}
    found = doubled(weights)
    assert list(found) == ["a", "b"]
    assert len(found) == 2
    assert found["a"].dtype == found["b"].dtype == np.float64
    assert found["a"].tolist() == [0.10000000149011612, -2]


def test_doubled_weights_are_made_once() -> None:
    weights, others = {"a": np.ones(1, np.float32)}, {"a": np.ones(1, np.float32)}
    array = doubled(weights)["a"]
    assert doubled(weights)["a"] is array
    assert doubled(others)["a"] is not array


def test_bidirectional_gru_of_nothing_is_empty() -> None:
    assert bidirectional_gru([np.zeros((0, 1))], adding_weights(1, 1), "document").shape == (0, 2)

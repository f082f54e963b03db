import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import arrays, masks

from summarize.network.attention import Array, attention, masked_softmax, scaled_dot_product

LN2, LN3 = np.log(2), np.log(3)


def test_masked_softmax_by_hand() -> None:
    # exp gives 1, 2, 1; of 4
    assert masked_softmax(np.array([0, LN2, 0])) == pytest.approx([1 / 4, 2 / 4, 1 / 4])


def test_masked_softmax_gives_masked_exactly_zero() -> None:
    # exp gives 1, 2; of 3
    shares = masked_softmax(np.array([0, LN2, 0]), np.array([True, True, False]))
    assert shares == pytest.approx([1 / 3, 2 / 3, 0])
    assert shares[2] == 0


@pytest.mark.parametrize("shape", [(3,), (2, 3), (2, 2, 3)])
def test_masked_softmax_of_nothing_real_is_zeros(shape: tuple[int, ...]) -> None:
    assert masked_softmax(np.ones(shape), np.zeros(shape, bool)).tolist() == np.zeros(shape).tolist()


def test_masked_softmax_of_empty_row_is_empty() -> None:
    assert masked_softmax(np.zeros((2, 0))).shape == (2, 0)


@pytest.mark.parametrize("hidden", [np.nan, np.inf, -np.inf, 1e300])
def test_masked_softmax_does_not_read_what_is_masked(hidden: float) -> None:
    scores, mask = np.array([0, hidden, LN3]), np.array([True, False, True])
    assert masked_softmax(scores, mask) == pytest.approx([1 / 4, 0, 3 / 4])


def test_masked_softmax_does_not_overflow() -> None:
    assert masked_softmax(np.array([1e4, 1e4, -1e4])) == pytest.approx([1 / 2, 1 / 2, 0])


def test_masked_softmax_takes_rows_that_lie_far_apart() -> None:
    scores = np.array([[0, LN3], [-1e4, -1e4 + LN3]])
    assert masked_softmax(scores) == pytest.approx(np.array([[1 / 4, 3 / 4], [1 / 4, 3 / 4]]))


def test_masked_softmax_broadcasts_its_mask() -> None:
    scores = np.array([[0, LN2, 7], [LN2, 0, 7]])
    shares = masked_softmax(scores, np.array([True, True, False]))
    assert shares == pytest.approx(np.array([[1, 2, 0], [2, 1, 0]]) / 3)


def test_masked_softmax_takes_whole_numbers() -> None:
    assert masked_softmax(np.array([5, 5])) == pytest.approx([1 / 2, 1 / 2])


def test_masked_softmax_keeps_single_precision() -> None:
    assert masked_softmax(np.zeros(3, np.float32), np.array([True, False, True])).dtype == np.float32


@given(arrays(3, 5, low=-50, high=50), masks(3, 5))
def test_masked_softmax_rows_sum_to_one_or_zero(scores: Array, mask: np.ndarray) -> None:
    shares = masked_softmax(scores, mask)
    assert shares.sum(axis=-1) == pytest.approx(mask.any(axis=-1).astype(float))
    assert (shares[~mask] == 0).all()
    assert (shares >= 0).all()


@given(arrays(5), masks(5), arrays(5, low=-1e6, high=1e6))
def test_masked_softmax_ignores_changes_under_the_mask(scores: Array, mask: np.ndarray, other: Array) -> None:
    changed = np.where(mask, scores, other)
    assert masked_softmax(changed, mask).tolist() == masked_softmax(scores, mask).tolist()


@given(arrays(4), st.floats(-20, 20))
def test_masked_softmax_knows_differences_only(scores: Array, shift: float) -> None:
    assert masked_softmax(scores + shift) == pytest.approx(masked_softmax(scores))


@given(arrays(4), masks(4))
def test_masked_softmax_ignores_padding(scores: Array, mask: np.ndarray) -> None:
    padded = masked_softmax(np.append(scores, [9, 9]), np.append(mask, [False, False]))
    assert padded.tolist() == [*masked_softmax(scores, mask).tolist(), 0, 0]


def test_scaled_dot_product_by_hand() -> None:
    query, keys = np.array([1.0, 2, 3, 4]), np.array([[1.0, 1, 1, 1], [0, 0, 0, 1]])
    assert scaled_dot_product(query, keys) == pytest.approx([10 / 2, 4 / 2])  # the root of 4 is 2


# A query and two keys with scores 2 ln 3 / 2 = ln 3 and 0, so weights 3/4 and 1/4,
# and values whose mixture is (3/4 * 4, 1/4 * 8) = (3, 2).
QUERY = np.array([2.0, 0, 0, 0])
KEYS = np.array([[LN3, 0, 0, 0], [0, 5, 0, 0]])
VALUES = np.array([[4.0, 0], [0, 8]])


def test_attention_by_hand() -> None:
    attended, alpha = attention(QUERY, KEYS, VALUES)
    assert alpha == pytest.approx([3 / 4, 1 / 4])
    assert attended == pytest.approx([3, 2])


@pytest.mark.parametrize("leading", [(), (3,), (3, 2)])
def test_attention_treats_leading_positions_apart(leading: tuple[int, ...]) -> None:
    # Turning the keys around at the last position turns the weights around there and nowhere else.
    keys = np.broadcast_to(KEYS, (*leading, 2, 4)).copy()
    expected = np.broadcast_to([3 / 4, 1 / 4], (*leading, 2)).copy()
    mixture = np.broadcast_to([3.0, 2.0], (*leading, 2)).copy()
    if leading:
        last = tuple(size - 1 for size in leading)
        keys[last] = KEYS[::-1]
        expected[last] = [1 / 4, 3 / 4]
        mixture[last] = [1, 6]
    attended, alpha = attention(np.broadcast_to(QUERY, (*leading, 4)), keys, np.broadcast_to(VALUES, (*leading, 2, 2)))
    assert alpha == pytest.approx(expected)
    assert attended == pytest.approx(mixture)


def test_attention_gives_masked_nothing() -> None:
    attended, alpha = attention(QUERY, KEYS, VALUES, np.array([False, True]))
    assert alpha.tolist() == [0, 1]
    assert attended.tolist() == [0, 8]


def test_attention_of_nothing_real_is_zeros() -> None:
    query, keys, values = (np.stack([each, each]) for each in (QUERY, KEYS, VALUES))
    attended, alpha = attention(query, keys, values, np.array([[False, False], [True, True]]))
    assert alpha[0].tolist() == [0, 0]
    assert attended[0].tolist() == [0, 0]
    assert attended[1] == pytest.approx([3, 2])


@given(arrays(3), arrays(5, 3), arrays(5, 2), masks(5), arrays(5, 3), arrays(5, 2))
def test_attention_ignores_changes_under_the_mask(
    query: Array, keys: Array, values: Array, mask: np.ndarray, other_keys: Array, other_values: Array
) -> None:
    real = mask[:, None]
    changed = attention(query, np.where(real, keys, other_keys), np.where(real, values, other_values), mask)
    for after, before in zip(changed, attention(query, keys, values, mask), strict=True):
        assert after.tolist() == before.tolist()


def test_attention_asks_the_score_it_is_given() -> None:
    attended, alpha = attention(QUERY, KEYS, VALUES, score=lambda query, keys: np.array([0, LN3]) * query[0] / 2)
    assert alpha == pytest.approx([1 / 4, 3 / 4])
    assert attended == pytest.approx([1, 6])


def test_attention_refuses_keys_without_values() -> None:
    with pytest.raises(ValueError, match="2 keys for 1 values"):
        attention(QUERY, KEYS, VALUES[:1])


def test_attention_refuses_a_query_of_another_width() -> None:
    with pytest.raises(ValueError, match="query of width 3 for keys of width 4"):
        attention(QUERY[:3], KEYS, VALUES)


def test_attention_leaves_widths_to_another_score() -> None:
    _, alpha = attention(QUERY[:3], KEYS, VALUES, score=lambda query, keys: keys[:, 0])
    assert alpha == pytest.approx([3 / 4, 1 / 4])

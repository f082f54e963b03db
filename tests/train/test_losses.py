import keras
import numpy as np
import pytest
from keras import ops
from train.builders import TINY, examples_of, tiny_lexicon
from train.networks import build

from summarize.config import TrainConfig
from summarize.train import losses
from summarize.train.minibatches import pad
from summarize.train.network import SummaryNetwork

pytestmark = pytest.mark.train

LN2 = np.log(2)


def tensor(*rows: object) -> object:
    return ops.convert_to_tensor(np.array(rows, np.float32))


def test_divergence_by_hand() -> None:
    # 1/2 ln(1/2 : 1/4) + 1/2 ln(1/2 : 1/2); then 1 ln(1 : 1/4)
    wanted, alpha = tensor([0.5, 0.5, 0], [0, 0, 1]), tensor([0.25, 0.5, 0.25], [0.25, 0.5, 0.25])
    assert np.array(losses.divergence(wanted, alpha)) == pytest.approx([LN2 / 2, 2 * LN2], rel=1e-5)


def test_divergence_is_least_where_the_attention_is_what_it_should_be() -> None:
    wanted = tensor([0.2, 0.3, 0.5])
    assert np.array(losses.divergence(wanted, wanted)) == pytest.approx([0])


def test_divergence_of_nothing_wanted_is_nothing() -> None:
    assert np.array(losses.divergence(tensor([0, 0]), tensor([0.5, 0.5]))).tolist() == [0]
    assert np.array(losses.divergence(tensor([0, 0]), tensor([0, 0]))).tolist() == [0]


def test_divergence_of_a_wanted_sentence_without_weight_is_finite() -> None:
    assert np.array(losses.divergence(tensor([1, 0]), tensor([0, 1]))) == pytest.approx([9 * np.log(10)], rel=1e-5)


def test_divergence_takes_steps() -> None:
    wanted, alpha = tensor([[1, 0], [0, 0]]), tensor([[0.5, 0.5], [0.5, 0.5]])
    assert np.array(losses.divergence(wanted, alpha)) == pytest.approx(np.array([[LN2, 0]]), rel=1e-5)


def test_ranking_by_hand() -> None:
    # Pairs (0, 1), (0, 2), (1, 2) are wanted more by 0.4, 0.7, 0.3; the ratios of their weights are 1/2, 1/2 and 1.
    wanted, alpha = tensor([0.7, 0.3, 0]), tensor([0.5, 0.25, 0.25])
    expected = (1.1 * np.log(1.5) + 0.3 * LN2) / 1.4
    assert np.array(losses.ranking(wanted, alpha, tensor([1, 1, 1]) > 0)) == pytest.approx([expected], rel=1e-5)


def test_ranking_does_not_see_what_is_masked() -> None:
    wanted, alpha = tensor([0.7, 0.3, 0]), tensor([0.5, 0.25, 0.25])
    found = losses.ranking(wanted, alpha, tensor([1, 1, 0]) > 0)
    assert np.array(found) == pytest.approx([np.log(1.5)], rel=1e-5)


@pytest.mark.parametrize(
    ("wanted", "mask"),
    [
        pytest.param([0, 0, 0], [1, 1, 1], id="nothing wanted"),
        pytest.param([0.5, 0.5, 0], [1, 1, 0], id="all wanted alike"),
        pytest.param([1, 0, 0], [0, 0, 0], id="all masked"),
    ],
)
def test_ranking_without_pairs_is_nothing(wanted: list[float], mask: list[int]) -> None:
    found = losses.ranking(tensor(wanted), tensor([0.2, 0.3, 0.5]), tensor(mask) > 0)
    assert np.array(found).tolist() == [0]


def test_coverage_by_hand() -> None:
    # Before step 1 nothing, before step 2 (1, 0), before step 3 (1.5, 0.5): 0 + 0.5 + 0.5 over three steps.
    steps = tensor([[1, 0], [0.5, 0.5], [0, 1]])
    assert np.array(losses.coverage(steps, tensor([[1, 0], [1, 0], [0, 1]]))) == pytest.approx([1 / 3])


def test_coverage_does_not_count_steps_without_labels() -> None:
    steps = tensor([[1, 0], [0.5, 0.5], [0, 1]])
    assert np.array(losses.coverage(steps, tensor([[1, 0], [1, 0], [0, 0]]))) == pytest.approx([0.5 / 3])
    assert np.array(losses.coverage(steps, tensor([[0, 0]] * 3))).tolist() == [0]


def test_naming_by_hand() -> None:
    log_words = tensor([np.log(0.5), np.log(0.25), np.log(0.25)], [0, -4, -8], [0, -4, -8])
    words = ops.convert_to_tensor(np.array([[1, 2, 0], [2, 0, 0], [0, 0, 0]], np.int32))
    assert np.array(losses.naming(log_words, words)) == pytest.approx([2 * LN2, 8, 0], rel=1e-5)


def test_word_naming_by_hand() -> None:
    # Odds of 3 to 1: named costs ln(4/3), not named ln 4; even odds cost ln 2; what is not known costs nothing.
    logits = tensor([[np.log(3), np.log(3), 50], [0, 50, 50]], [[9, 9, 9], [9, 9, 9]])
    wanted = tensor([[1, 0, -1], [1, -1, -1]], [[-1, -1, -1], [-1, -1, -1]])
    expected = (np.log(4 / 3) + np.log(4) + LN2) / 3
    assert np.array(losses.word_naming(wanted, logits)) == pytest.approx([expected, 0], rel=1e-5)


def test_word_naming_is_nothing_where_it_is_sure_and_right() -> None:
    found = losses.word_naming(tensor([[1, 0]]), tensor([[1000, -1000]]))
    assert np.array(found) == pytest.approx([0])
    assert np.array(losses.word_naming(tensor([[1, 0]]), tensor([[-1000, 1000]]))) == pytest.approx([1000])


def test_marking_by_hand() -> None:
    even = [np.log(1 / 4)] * 4
    sure = [np.log(1 / 2), np.log(1 / 4), np.log(1 / 8), np.log(1 / 8)]
    log_marks = tensor([sure, even, sure], [sure, sure, sure])
    marks = ops.convert_to_tensor(np.array([[0, 3, -1], [-1, -1, -1]], np.int32))
    assert np.array(losses.rating_loss(marks, log_marks)) == pytest.approx([(LN2 + 2 * LN2) / 2, 0], rel=1e-5)
    marks = ops.convert_to_tensor(np.array([[1, 2, 3], [-1, 0, -1]], np.int32))
    assert np.array(losses.rating_loss(marks, log_marks)) == pytest.approx([(2 + 2 + 3) * LN2 / 3, LN2], rel=1e-5)


def test_loss_is_the_sum_of_its_parts() -> None:
    train = TrainConfig(
        **{"ranking_loss": 0.5, "step_loss": 0.25, "coverage_loss": 3, "reader_loss": 0.125},
        **{"mark_loss": 0.75, "word_loss": 2, "num_reader_words": 20, "word_dropout": 0},
    )
    network = SummaryNetwork(TINY, train, tiny_lexicon().vectors[np.arange(TINY.vocabulary_size)])
    # Two documents of two sentences; the second has no labels, no words and no marks and so adds nothing.
    wanted, none = [1, 0], [0, 0]
    alpha = {"parallel": [0.5, 0.5], "sequential": [0.25, 0.75], "tree": [1, 0]}
    predicted = {kind: tensor(weights, [0.5, 0.5]) for kind, weights in alpha.items()}
    predicted["steps"] = tensor([[0.5, 0.5], [0.5, 0.5]], [[0.5, 0.5], [0.5, 0.5]])
    predicted["log_words"] = tensor(*[[-1, -2, -3]] * 6)
    predicted["named"] = tensor(*[[[0, 9], [0, 9]]] * 2)
    predicted["log_marks"] = tensor(*[[[-5, -6, -7, -8]] * 2] * 2)
    labels = {
        "salience": tensor(wanted, none),
        "steps": tensor([[1, 0], [1, 0]], [none, none]),
        "words": ops.convert_to_tensor(np.array([[1, 2], [0, 0]], np.int32)),
        "named": tensor([[1, -1], [0, -1]], [[-1, -1], [-1, -1]]),
        "marks": ops.convert_to_tensor(np.array([[3, -1], [-1, -1]], np.int32)),
    }
    found = network.compute_loss({"candidate_mask": tensor([1, 1], [1, 1]) > 0}, labels, predicted)
    divergences = LN2 + 2 * LN2 + 0
    rankings = np.log(2) + np.log(4) + np.log1p(1e-9)
    steps, coverage = LN2, 1 / 2  # of the second step; over both
    of_attention = divergences + 0.5 * rankings + 0.25 * steps + 3 * coverage
    of_readers = 0.75 * 8 + 2 * LN2  # a mark of 3; words of even odds
    log_loss = (2.5 + 0) / 2
    assert float(found) == pytest.approx((of_attention + of_readers) / 2 + 3 * 0.125 * log_loss, rel=1e-5)


@pytest.fixture(scope="module")
def network() -> SummaryNetwork:
    keras.utils.set_random_seed(1)
    return build(TINY, tiny_lexicon().vectors)


@pytest.mark.parametrize(
    ("documents", "is_labelled"),
    [
        pytest.param([[3, 4, 2], [1, 0], [5], [0, 0]], True, id="padding"),
        pytest.param([[3, 4, 2], [1, 0], [5], [0, 0]], False, id="no labels"),
        pytest.param([[0, 0]], True, id="no words"),
        pytest.param([[1]], True, id="one sentence of one word"),
    ],
)
def test_gradients_are_finite(network: SummaryNetwork, documents: list[list[int]], is_labelled: bool) -> None:
    import tensorflow as tf

    examples = {"made": examples_of(documents, is_marked=is_labelled)}
    inputs, labels = pad(examples, [("made", index) for index in range(len(documents))], network.train_config)
    if not is_labelled:
        labels = {name: np.full_like(array, -(name in ("marks", "named"))) for name, array in labels.items()}
    with tf.GradientTape() as tape:
        loss = network.compute_loss(inputs, labels, network(inputs, training=True))
    gradients = tape.gradient(loss, network.trainable_variables)
    assert np.isfinite(float(loss))
    for variable, gradient in zip(network.trainable_variables, gradients, strict=True):
        assert gradient is not None, variable.path
        assert np.isfinite(np.array(tf.convert_to_tensor(gradient))).all(), variable.path

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from keras import ops
from numpy.typing import NDArray
from train.builders import TINY, tiny_lexicon

from summarize.network import tree as numpy_tree
from summarize.network.encoder import Tokens, sentence_vectors
from summarize.train.attention import masked_mean, masked_softmax
from summarize.train.encoder import SentenceReader, document_reader
from summarize.train.parallel import ParallelAttention
from summarize.train.reader import ReferenceReader
from summarize.train.sequential import SequentialAttention
from summarize.train.tree import TreeAttention, edge_features, tree_marginals

pytestmark = pytest.mark.train

KINDS = {"parallel": ParallelAttention, "sequential": SequentialAttention, "tree": TreeAttention}
VECTORS = tiny_lexicon().vectors[np.arange(TINY.vocabulary_size)]

# Three documents: five sentences of which the third may not be chosen, three sentences, and two that may not.
SENTENCE_MASK = np.array([[1, 1, 1, 1, 1], [1, 1, 1, 0, 0], [1, 1, 0, 0, 0]], bool)
CANDIDATE_MASK = np.array([[1, 1, 0, 1, 1], [1, 1, 1, 0, 0], [0, 0, 0, 0, 0]], bool)
PARAGRAPHS = np.array([[0, 0, 1, 1, 2], [0, 1, 1, 0, 0], [0, 0, 0, 0, 0]], np.int32)


class Around(keras.Model):
    """Something that can be saved around one attention."""

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.attention = KINDS[kind](TINY)

    def call(self, states: Any, features: Any, masks: tuple[Any, Any] = (SENTENCE_MASK, CANDIDATE_MASK)) -> Any:
        return weigh(self.attention, states, features, masks)


def weigh(attention: keras.layers.Layer, states: Any, features: Any, masks: tuple[Any, Any]) -> Any:
    if isinstance(attention, TreeAttention):
        return attention(states, features, PARAGRAPHS[:, : states.shape[1]], masks[1])
    found = attention(states, features, *masks)
    return found[0] if isinstance(attention, SequentialAttention) else found


def random_states(num_sentences: int = 5) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    random = np.random.default_rng(0)
    states = random.normal(0, 1, (3, num_sentences, TINY.state_size)).astype(np.float32)
    features = random.random((3, num_sentences, TINY.num_features)).astype(np.float32)
    return states, features


def made(kind: str, seed: int = 1) -> keras.layers.Layer:
    """An attention whose weights are all drawn at random."""
    attention = KINDS[kind](TINY)
    weigh(attention, *random_states(), (SENTENCE_MASK, CANDIDATE_MASK))
    random = np.random.default_rng(seed)
    for variable in attention.trainable_variables:
        variable.assign(random.normal(0, 1, variable.shape))
    return attention


@pytest.mark.parametrize("kind", KINDS)
def test_attention_gives_a_weight_to_each_sentence(kind: str) -> None:
    alpha = np.array(weigh(made(kind), *random_states(), (SENTENCE_MASK, CANDIDATE_MASK)))
    assert alpha.shape == (3, 5)
    assert alpha.dtype == np.float32
    assert (alpha[CANDIDATE_MASK] > 0).all()
    assert alpha.sum(axis=-1) == pytest.approx([1, 1, 0], abs=1e-5)
    assert alpha.max() > 0.4  # not flat


@pytest.mark.parametrize("kind", KINDS)
def test_attention_is_zero_where_nothing_may_be_chosen(kind: str) -> None:
    alpha = np.array(weigh(made(kind), *random_states(), (SENTENCE_MASK, CANDIDATE_MASK)))
    assert not alpha[~CANDIDATE_MASK].any()


@pytest.mark.parametrize("kind", KINDS)
def test_attention_does_not_see_padding(kind: str) -> None:
    attention, (states, features) = made(kind), random_states()
    alpha = np.array(weigh(attention, states, features, (SENTENCE_MASK, CANDIDATE_MASK)))
    states[~SENTENCE_MASK], features[~SENTENCE_MASK] = 7, -7
    assert np.array(weigh(attention, states, features, (SENTENCE_MASK, CANDIDATE_MASK))) == pytest.approx(alpha)
    cut = (SENTENCE_MASK[1:, :3], CANDIDATE_MASK[1:, :3])
    if kind == "tree":
        shorter = attention(states[1:, :3], features[1:, :3], PARAGRAPHS[1:, :3], cut[1])
    else:
        shorter = weigh(attention, states[1:, :3], features[1:, :3], cut)
    assert np.array(shorter) == pytest.approx(alpha[1:, :3], abs=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_attention_starts_without_favour_among_equals(kind: str) -> None:
    # Equal states and features; in the tree all paragraphs are one, and edges start without a view on places.
    attention = KINDS[kind](TINY)
    states, features = np.ones((3, 5, TINY.state_size), np.float32), np.ones((3, 5, TINY.num_features), np.float32)
    every = np.ones((3, 5), bool)
    alpha = np.array(weigh(attention, states, features, (every, every)))
    assert alpha == pytest.approx(np.full((3, 5), 0.2), abs=1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_attention_survives_saving(kind: str, tmp_path: Path) -> None:
    one, other = Around(kind), Around(kind)
    before = np.array(one(*random_states()))
    for variable in one.trainable_variables:
        variable.assign(np.random.default_rng(3).normal(0, 1, variable.shape))
    expected = np.array(one(*random_states()))
    one.save_weights(tmp_path / "one.weights.h5")
    other(*random_states())
    other.load_weights(tmp_path / "one.weights.h5")
    assert np.array_equal(np.array(other(*random_states())), expected)
    assert np.abs(expected - before).max() > 0.01


@pytest.mark.parametrize("kind", KINDS)
def test_attention_learns_all_its_weights(kind: str) -> None:
    import tensorflow as tf

    attention = made(kind)
    with tf.GradientTape() as tape:
        loss = ops.sum(weigh(attention, *random_states(), (SENTENCE_MASK, CANDIDATE_MASK))[:, 0])
    for variable, gradient in zip(
        attention.trainable_variables, tape.gradient(loss, attention.trainable_variables), strict=True
    ):
        values = np.array(gradient)
        assert np.isfinite(values).all(), variable.path
        assert np.abs(values).max() > 1e-8, variable.path


def test_sequential_attention_gives_each_step() -> None:
    states, features = random_states()
    attention = made("sequential")
    alpha, steps = (np.array(found) for found in attention(states, features, SENTENCE_MASK, CANDIDATE_MASK))
    assert steps.shape == (3, TINY.num_steps, 5)
    assert steps.sum(axis=-1) == pytest.approx(np.array([[1, 1], [1, 1], [0, 0]]), abs=1e-5)
    assert not steps.transpose(0, 2, 1)[~CANDIDATE_MASK].any()
    share = np.array(ops.softmax(attention.pi))
    assert alpha == pytest.approx(np.einsum("k,bks->bs", share, steps), abs=1e-6)


def test_sequential_attention_looks_away_from_what_it_has_seen() -> None:
    states, features = random_states()
    attention = made("sequential")
    for name in ("A", "W", "P", "b", "v", "w"):
        getattr(attention, name).assign(np.zeros(getattr(attention, name).shape))
    attention.w.assign(np.stack([np.eye(TINY.num_features)[0] * 9, np.zeros(TINY.num_features)]))
    attention.c.assign(20.0)
    features[..., 0] = [1, 0, 0, 0, 0]
    _, steps = attention(states, features, SENTENCE_MASK, CANDIDATE_MASK)
    assert np.array(steps)[0].argmax(axis=-1)[0] == 0
    assert np.array(steps)[0, 1] == pytest.approx([0, 1 / 3, 0, 1 / 3, 1 / 3], abs=1e-3)


def test_masked_softmax_by_hand() -> None:
    scores = np.array([[np.log(3), 0, 50], [1, 2, 3]], np.float32)
    mask = np.array([[1, 1, 0], [0, 0, 0]], bool)
    assert np.array(masked_softmax(scores, mask)) == pytest.approx(np.array([[0.75, 0.25, 0], [0, 0, 0]]))


def test_masked_mean_by_hand() -> None:
    states = np.array([[[1, 2], [3, 6], [9, 9]], [[1, 1], [1, 1], [1, 1]]], np.float32)
    mask = np.array([[1, 1, 0], [0, 0, 0]], bool)
    assert np.array(masked_mean(ops.convert_to_tensor(states), mask)).tolist() == [[2, 4], [0, 0]]


def test_edge_features_are_those_of_the_forward_pass() -> None:
    found = np.array(edge_features(ops.convert_to_tensor(PARAGRAPHS)))
    for row in range(3):
        assert found[row] == pytest.approx(numpy_tree.edge_features(PARAGRAPHS[row]), abs=1e-6)


def test_tree_marginals_are_those_of_the_forward_pass() -> None:
    random = np.random.default_rng(1)
    edge_scores = random.normal(0, 2, (3, 5, 5)).astype(np.float32)
    root_scores = random.normal(0, 2, (3, 5)).astype(np.float32)
    edges, roots = (np.array(found) for found in tree_marginals(edge_scores, root_scores, CANDIDATE_MASK))
    for row in range(3):
        expected = numpy_tree.tree_marginals(edge_scores[row], root_scores[row], CANDIDATE_MASK[row])
        assert edges[row] == pytest.approx(expected[0], abs=1e-5)
        assert roots[row] == pytest.approx(expected[1], abs=1e-5)


def words(*sentences: list[int]) -> NDArray[np.int32]:
    return np.array([sentences], np.int32)


def read(reader: SentenceReader, token_ids: NDArray[np.int32], training: bool = False) -> Any:
    """What the reader makes of words that are nothing special to their document, x."""
    return read_both(reader, token_ids, training)[0]


def read_both(reader: SentenceReader, token_ids: NDArray[np.int32], training: bool = False) -> Any:
    """The same, and the logits that words are named."""
    return reader(token_ids, np.zeros((*token_ids.shape, TINY.num_term_features), np.float32), training=training)


def test_sentence_reader_gives_zeros_without_words() -> None:
    x = np.array(read(SentenceReader(TINY, VECTORS, 0.5), words([3, 4, 0], [0, 0, 0], [5, 0, 0])))
    assert x.shape == (1, 3, TINY.sentence_size + 1)
    assert not x[0, 1].any()
    assert np.abs(x[0, [0, 2]]).max(axis=-1).all()


def test_sentence_reader_does_not_see_padding() -> None:
    reader = SentenceReader(TINY, VECTORS, 0.5)
    long = np.array(read(reader, words([3, 4, 0, 0, 0], [5, 6, 7, 8, 9])))
    assert np.array(read(reader, words([3, 4]))) == pytest.approx(long[:, :1], abs=1e-6)


def test_sentence_reader_knows_what_a_word_is_to_the_document() -> None:
    reader, ids = SentenceReader(TINY, VECTORS, 0.5), words([3, 4])
    plain = np.array(read(reader, ids))
    special = np.ones((*ids.shape, TINY.num_term_features), np.float32)
    assert np.abs(np.array(reader(ids, special)[0]) - plain).max() > 1e-3


def test_sentence_reader_keeps_its_table() -> None:
    reader = SentenceReader(TINY, VECTORS, 0.5)
    read(reader, words([3]))
    assert np.array_equal(np.array(reader.table), VECTORS.astype(np.float32))
    assert all(variable is not reader.table for variable in reader.trainable_variables)
    assert len(reader.trainable_variables) == 4  # the convolution's two, v and the bias of being named


def test_sentence_reader_hides_words_only_while_training() -> None:
    reader = SentenceReader(TINY, VECTORS, 0.5)
    sentence = words(list(range(2, 30)))
    known = np.array(read(reader, sentence))
    assert np.array_equal(np.array(read(reader, sentence)), known)
    assert np.abs(np.array(read(reader, sentence, training=True)) - known).max() > 1e-4


def test_sentence_reader_hides_a_share_of_words() -> None:
    # Word vectors that tell the unknown word from the others, a convolution that shows them, words that weigh alike.
    table = np.zeros_like(VECTORS)
    table[1, 0] = 1
    reader = SentenceReader(TINY, table, 0.25)
    read(reader, words([3]))
    kernel = np.zeros(reader.convolution.kernel.shape)
    kernel[TINY.kernel_size // 2, 0, 0] = np.log(3) / 2  # tanh of it is 1/2
    reader.convolution.kernel.assign(kernel)
    reader.v.assign(np.zeros(TINY.sentence_size))
    share = 2 * float(read(reader, words(list(range(2, 40)) * 50), training=True)[0, 0, 0])
    assert share == pytest.approx(0.25, abs=0.04)


def test_sentence_reader_hides_no_padding() -> None:
    hidden = np.array(read(SentenceReader(TINY, VECTORS, 0.9), words([0, 0], [0, 0]), training=True))
    assert not hidden.any()


def reader_by_hand() -> SentenceReader:
    """A reader for which word 2 has u = ln 3, word 3 has u = 0, and word 4 has u = -ln 3."""
    table = np.zeros_like(VECTORS)
    table[2, 0], table[4, 0] = 1, -1
    reader = SentenceReader(TINY, table, 0.0)
    read(reader, words([3]))
    kernel = np.zeros(reader.convolution.kernel.shape)
    kernel[TINY.kernel_size // 2, 0, 0] = np.log(3) / 2  # tanh of it is 1/2
    reader.convolution.kernel.assign(kernel)
    reader.v.assign(2 * np.log(3) * np.eye(TINY.sentence_size)[0])
    return reader


def test_sentence_reader_knows_how_many_likely_words_there_are() -> None:
    # 1 + 3, then 1 + 3 + 3 + 1/3, then 1 + 1, then nothing.
    x = np.array(read(reader_by_hand(), words([2, 0, 0], [2, 2, 4], [3, 0, 0], [0, 0, 0])))
    assert x[0, :, -1] == pytest.approx([np.log(4) / 5, np.log(22 / 3) / 5, np.log(2) / 5, 0], rel=1e-5)


def test_sentence_reader_tells_the_odds_that_each_word_is_named() -> None:
    reader, ids = reader_by_hand(), words([2, 3, 4], [3, 2, 0])
    x, named = read_both(reader, ids)
    log3 = np.log(3)
    assert np.array(named)[ids > 0] == pytest.approx([log3, 0, -log3, 0, log3], abs=1e-6)
    reader.named_bias.assign(2.0)  # adds to all odds, and to nothing that is kept
    again, biased = read_both(reader, ids)
    assert np.array(biased)[ids > 0] == pytest.approx(np.array(named)[ids > 0] + 2, abs=1e-6)
    assert np.array_equal(np.array(again), np.array(x))


def test_sentence_reader_is_that_of_the_forward_pass() -> None:
    reader = SentenceReader(TINY, VECTORS, 0.0)
    read(reader, words([3]))
    random = np.random.default_rng(4)
    for variable in reader.trainable_variables:
        variable.assign(random.normal(0, 1, variable.shape))
    ids = words([3, 9, 14, 2], [0, 0, 0, 0], [21, 0, 0, 0], [7, 7, 30, 0])
    features = random.random((*ids.shape, TINY.num_term_features)).astype(np.float32) * (ids > 0)[..., None]
    tokens = Tokens(ids[ids > 0], np.arange(8, dtype=np.int32), np.array([0, 4, 4, 5, 8]))
    weights = {
        "words/convolution/kernel": np.array(reader.convolution.kernel),
        "words/convolution/bias": np.array(reader.convolution.bias),
        "words/v": np.array(reader.v),
    }
    expected = sentence_vectors(tokens, features[ids > 0], tiny_lexicon().vectors, weights)
    assert np.array(reader(ids, features)[0])[0] == pytest.approx(expected, abs=1e-5)
    assert expected[[0, 2, 3], -1].min() > 0


def test_document_reader_does_not_see_padding() -> None:
    random = np.random.default_rng(0)
    reader = document_reader(TINY)
    read = random.normal(0, 1, (1, 4, 6)).astype(np.float32)
    padded = np.concatenate([read, np.full((1, 3, 6), 9, np.float32)], axis=1)
    mask = np.array([[1, 1, 1, 1, 0, 0, 0]], bool)
    states = np.array(reader(padded, mask=mask))
    assert states.shape == (1, 7, TINY.state_size)
    assert states[:, :4] == pytest.approx(np.array(reader(read)), abs=1e-6)


def test_reference_reader_gives_log_probabilities() -> None:
    reader = ReferenceReader(TINY, 12)
    x = np.random.default_rng(0).normal(0, 1, (2, 3, TINY.sentence_size)).astype(np.float32)
    alpha = np.array([[0.5, 0.5, 0], [0, 0, 0]], np.float32)
    found = np.array(reader(x, alpha, ops.convert_to_tensor(VECTORS), np.ones((2, 3), bool)))
    assert found.shape == (2, 12)
    assert np.exp(found).sum(axis=-1) == pytest.approx([1, 1], abs=1e-5)


def test_reference_reader_names_no_more_words_than_there_are() -> None:
    assert ReferenceReader(TINY, 10**6).num_words == TINY.vocabulary_size


def test_reference_reader_does_not_see_sentences_without_weight() -> None:
    reader = ReferenceReader(TINY, 12)
    random = np.random.default_rng(0)
    x = random.normal(0, 1, (1, 3, TINY.sentence_size)).astype(np.float32)
    alpha, table = np.array([[0.5, 0, 0.5]], np.float32), ops.convert_to_tensor(VECTORS)
    before = np.array(reader(x, alpha, table, np.ones((1, 3), bool)))
    x[0, 1] = 9
    assert np.array_equal(np.array(reader(x, alpha, table, np.ones((1, 3), bool))), before)
    x[0, 2] = 9
    assert np.abs(np.array(reader(x, alpha, table, np.ones((1, 3), bool))) - before).max() > 1e-3


def test_reference_reader_reads_what_is_real_alone() -> None:
    reader = ReferenceReader(TINY, 12)
    x = np.random.default_rng(0).normal(0, 1, (1, 3, TINY.sentence_size)).astype(np.float32)
    alpha, table = np.array([[0.5, 0, 0.5]], np.float32), ops.convert_to_tensor(VECTORS)
    found = np.array(reader(x, alpha, table, np.ones((1, 3), bool)))
    padded, weights = np.pad(x, ((0, 0), (0, 4), (0, 0))), np.pad(alpha, ((0, 0), (0, 4)))
    assert np.array(reader(padded, weights, table, np.arange(7)[None] < 3)) == pytest.approx(found, abs=1e-5)

"""Keras networks with weights of our choice. Imports TensorFlow."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.config import NetworkConfig, TrainConfig
from summarize.network.encoder import WordVectors
from summarize.network.layers import Array
from summarize.train import export
from summarize.train.judge import Judge
from summarize.train.network import SummaryNetwork

Inputs = dict[str, NDArray[Any]]


def random_inputs(
    documents: Sequence[Sequence[int]], config: NetworkConfig, *, headings: int = 0, seed: int = 0
) -> Inputs:
    """Padded inputs of documents given as the number of words in each sentence; the first sentences are headings."""
    num_features, num_term_features = config.num_features, config.num_term_features
    random = np.random.default_rng(seed)
    num_sentences = max(map(len, documents))
    num_words = max(1, *(length for document in documents for length in document), 1)
    inputs: Inputs = {
        "token_ids": np.zeros((len(documents), num_sentences, num_words), np.int32),
        "token_features": np.zeros((len(documents), num_sentences, num_words, num_term_features), np.float32),
        "features": np.zeros((len(documents), num_sentences, num_features), np.float32),
        "paragraphs": np.zeros((len(documents), num_sentences), np.int32),
        "sentence_mask": np.zeros((len(documents), num_sentences), np.bool_),
        "candidate_mask": np.zeros((len(documents), num_sentences), np.bool_),
    }
    for row, document in enumerate(documents):
        for column, length in enumerate(document):
            inputs["token_ids"][row, column, :length] = random.integers(1, config.vocabulary_size, length)
            inputs["token_features"][row, column, :length] = random.random((length, num_term_features))
        size = len(document)
        inputs["features"][row, :size] = random.random((size, num_features))
        inputs["paragraphs"][row, :size] = np.cumsum(random.random(size) < 0.4)
        inputs["sentence_mask"][row, :size] = True
        inputs["candidate_mask"][row, headings:size] = True
    return inputs


def build(config: NetworkConfig, vectors: WordVectors) -> SummaryNetwork:
    """A network with all its weights made."""
    network = SummaryNetwork(config, TrainConfig(num_reader_words=20), vectors[np.arange(config.vocabulary_size)])
    inputs = random_inputs([[2, 1]], config)
    network(inputs, training=True)  # so that the reader's weights are made, too
    return network


def set_random_weights(network: SummaryNetwork, seed: int, scale: float) -> None:
    """Draw all trainable weights anew, normal around 0; large enough ones make outputs that are not flat."""
    random = np.random.default_rng(seed)
    for variable in network.trainable_variables:
        variable.assign(random.normal(0, scale, variable.shape))


def import_weights(network: SummaryNetwork, weights: Mapping[str, Array]) -> None:
    """Set what `export_weights` has read."""
    export.import_weights(network, weights)
    exported = export.export_weights(network)
    assert exported.keys() == {name for name in weights if not name.startswith("judge/")}
    assert all(np.array_equal(exported[name], weights[name]) for name in exported)


def import_judge(judge: Judge, weights: Mapping[str, Array]) -> None:
    """Set what `Judge.export` has read."""
    for name, variable in judge.variables_by_name().items():
        variable.assign(weights[name])
    exported = judge.export()
    assert exported.keys() == weights.keys()
    assert all(np.array_equal(exported[name], weights[name]) for name in exported)

"""Padded minibatches of examples, sampled so that no corpus dominates."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.config import TrainConfig
from summarize.network.features import FEATURE_NAMES, POSITION_FEATURES, WANTED_FEATURE, target_length_feature
from summarize.text.vocabulary import UNKNOWN_ID
from summarize.train.examples import Examples
from summarize.train.workers import Worker

Arrays = dict[str, NDArray[Any]]
_WANTED = FEATURE_NAMES.index(WANTED_FEATURE)
_POOL_MINIBATCHES = 32  # documents of so many minibatches are sorted by length together


def draw(examples: Mapping[str, Examples], config: TrainConfig, epoch: int) -> list[tuple[str, int]]:
    """Draw the documents of one epoch, the same for the same seed and epoch.

    A corpus of n documents gets a share in proportion to `n ** corpus_exponent`; its documents come in random
    order, and again in another order only when all have come. Corpora that were marked by reading together have the
    share that the settings say, unless there are no others.
    """
    rng = np.random.default_rng((config.seed, epoch))
    examples = {name: corpus for name, corpus in examples.items() if len(corpus)}
    sizes = np.array([len(corpus) for corpus in examples.values()], np.float64)
    shares = sizes**config.corpus_exponent
    is_marked = np.array([corpus.is_marked for corpus in examples.values()])
    if is_marked.any() and not is_marked.all():
        for part, share in ((is_marked, config.marked_share), (~is_marked, 1 - config.marked_share)):
            shares[part] *= share / shares[part].sum()
    wanted = np.rint(config.documents_per_epoch * shares / shares.sum()).astype(int)
    drawn = []
    for (name, corpus), number in zip(examples.items(), wanted, strict=True):
        order = np.random.default_rng((config.seed, len(corpus)))
        first = epoch * number
        num_rounds = -(-(first + number) // len(corpus))
        rounds = [order.spawn(1)[0].permutation(len(corpus)) for _ in range(num_rounds)]
        drawn += [(name, int(index)) for index in chain.from_iterable(rounds[first // len(corpus) :])][
            first % len(corpus) :
        ][:number]
    rng.shuffle(drawn)
    return [(str(name), int(index)) for name, index in drawn]


def pack(
    examples: Mapping[str, Examples], drawn: list[tuple[str, int]], config: TrainConfig
) -> list[list[tuple[str, int]]]:
    """Put documents of like length together, as many as `sentences_per_minibatch` holds with padding."""

    def num_sentences(document: tuple[str, int]) -> int:
        name, index = document
        return int(np.diff(examples[name].sentence_bounds[index : index + 2])[0])

    mean = max(1.0, float(np.mean([num_sentences(document) for document in drawn])))
    pool_size = max(1, int(_POOL_MINIBATCHES * config.sentences_per_minibatch / mean))
    packed = []
    for start in range(0, len(drawn), pool_size):
        pool = sorted(drawn[start : start + pool_size], key=num_sentences)
        held: list[tuple[str, int]] = []
        for document in pool:
            if held and (len(held) + 1) * num_sentences(document) > config.sentences_per_minibatch:
                packed.append(held)
                held = []
            held.append(document)
        packed.append(held)
    return packed


def pad(
    examples: Mapping[str, Examples],
    documents: list[tuple[str, int]],
    config: TrainConfig,
    is_longer: NDArray[np.bool_] | None = None,
) -> tuple[Arrays, Arrays]:
    """Return the inputs and the labels of `SummaryNetwork` for some documents.

    Args:
        examples: of each corpus.
        documents: corpus and number of each of B documents.
        config: the longest sentence.
        is_longer: (B,), True where more than one sentence is asked for, as many as the example says. None: nowhere.
    """
    if is_longer is None:
        is_longer = np.zeros(len(documents), np.bool_)
    spans = [slice(*examples[name].sentence_bounds[index : index + 2]) for name, index in documents]
    num_sentences = max(span.stop - span.start for span in spans)
    lengths = [
        np.minimum(np.diff(examples[name].token_bounds[span.start : span.stop + 1]), config.max_words)
        for (name, _), span in zip(documents, spans, strict=True)
    ]
    shape = len(documents), num_sentences
    longest = max(1, max(int(length.max(initial=0)) for length in lengths))
    first = examples[documents[0][0]]
    num_steps = first.steps.shape[1]
    word_lists = [
        examples[name].words[slice(*examples[name].word_bounds[index : index + 2])] for name, index in documents
    ]
    inputs: Arrays = {
        "token_ids": np.zeros((*shape, longest), np.int32),
        "token_features": np.zeros((*shape, longest, first.token_features.shape[1]), np.float32),
        "features": np.zeros((*shape, first.features.shape[1]), np.float32),
        "paragraphs": np.zeros(shape, np.int32),
        "sentence_mask": np.zeros(shape, np.bool_),
        "candidate_mask": np.zeros(shape, np.bool_),
    }
    labels: Arrays = {
        "salience": np.zeros(shape, np.float32),
        "steps": np.zeros((shape[0], num_steps, num_sentences), np.float32),
        "marks": np.full(shape, -1, np.int32),
        "words": np.zeros((shape[0], max(1, max(map(len, word_lists)))), np.int32),
        "named": np.full((*shape, longest), -1, np.float32),
    }
    for row, ((name, index), span, words) in enumerate(zip(documents, spans, word_lists, strict=True)):
        corpus, size = examples[name], span.stop - span.start
        for column, length in enumerate(lengths[row]):
            start = corpus.token_bounds[span.start + column]
            token_ids = corpus.token_ids[start : start + length]
            inputs["token_ids"][row, column, :length] = token_ids
            is_known = (token_ids != UNKNOWN_ID) & (token_ids < config.num_reader_words)
            labels["named"][row, column, :length] = np.where(is_known, np.isin(token_ids, words), -1)
            inputs["token_features"][row, column, :length] = corpus.token_features[start : start + length]
        inputs["features"][row, :size] = corpus.features[span]
        inputs["paragraphs"][row, :size] = corpus.paragraphs[span]
        inputs["sentence_mask"][row, :size] = True
        labels["marks"][row, :size] = corpus.marks[span]
        inputs["candidate_mask"][row, :size] = corpus.candidates[span]
        if is_longer[row]:
            inputs["features"][row, :size, _WANTED] = target_length_feature(int(corpus.target_sentences[index]))
            labels["salience"][row, :size] = corpus.longer_salience[span]
            labels["steps"][row, :, :size] = corpus.steps[span].T
        else:
            labels["salience"][row, :size] = labels["steps"][row, 0, :size] = corpus.salience[span]
        labels["words"][row, : len(words)] = words
    return inputs, labels


class Minibatches:
    """One epoch of minibatches in random order; the place features of some documents are hidden.

    Args:
        examples: of each corpus.
        config: how to draw, pack and hide.
        epoch: from 0; the same number gives the same minibatches.
        worker: whose part of them it is.
    """

    def __init__(
        self, examples: Mapping[str, Examples], config: TrainConfig, epoch: int, worker: Worker | None = None
    ) -> None:
        self._examples, self._config, self._epoch = examples, config, epoch
        self._worker = worker or Worker()
        self._packed = pack(examples, draw(examples, config, epoch), config)
        np.random.default_rng((config.seed, epoch)).shuffle(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    @property
    def sizes(self) -> list[int]:
        """How many documents each minibatch has, those of all workers."""
        return [len(documents) for documents in self._packed]

    def __iter__(self) -> Iterator[tuple[Arrays, Arrays]]:
        """Yield the inputs and the labels of each minibatch: the worker's, or the first document's if it has none."""
        rng = np.random.default_rng((self._config.seed, self._epoch, len(self)))
        for documents in self._packed:
            num_fitting = np.array([self._examples[name].num_fitting[index] for name, index in documents])
            is_longer = rng.random(len(documents)) < 1 - (1 - self._config.longer_share) / num_fitting
            is_hidden = rng.random(len(documents)) < self._config.place_dropout
            part = self._worker.part(len(documents))
            if not documents[part]:
                part = slice(1)
            inputs, labels = pad(self._examples, documents[part], self._config, is_longer[part])
            inputs["features"][is_hidden[part], :, : len(POSITION_FEATURES)] = 0
            yield inputs, labels

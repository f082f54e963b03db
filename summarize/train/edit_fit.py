"""Training the editor: minibatches of sentences of like length, and the loop."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from summarize.config import NetworkConfig, TrainConfig
from summarize.network.editor import DOCUMENT_FEATURES, EDGE_FEATURES, edge_features, embed
from summarize.network.layers import Array
from summarize.train.editor import Editor
from summarize.train.edits import Edits
from summarize.train.optimizer import adam
from summarize.train.prepare import EDITOR_FILE, Lexicon, Report

_LEARNING_RATE = 2e-3
_WARM_UP = 200  # steps
_DOCUMENT_DROPOUT = 0.3  # share of sentences read as if there were no document
_JITTER = 3.0  # words by which sentences of a minibatch may differ more than they must

Drawn = list[tuple[str, int]]


def draw_sentences(edits: Mapping[str, Edits], config: TrainConfig, epoch: int) -> list[Drawn]:
    """Return all sentences in minibatches of like length, in random order, the same for the same seed and epoch."""
    rng = np.random.default_rng((config.seed, epoch))
    drawn = [(name, index) for name, corpus in edits.items() for index in range(len(corpus))]
    lengths = np.concatenate([np.zeros(0), *(np.diff(corpus.bounds) for corpus in edits.values())])
    order = np.argsort(lengths + _JITTER * rng.random(len(lengths)))
    size = config.edits_per_minibatch
    minibatches = [[drawn[index] for index in order[start : start + size]] for start in range(0, len(order), size)]
    rng.shuffle(minibatches)
    return minibatches


def pad_edits(
    edits: Mapping[str, Edits], drawn: Drawn, lexicon: Lexicon, rng: np.random.Generator | None = None
) -> tuple[dict[str, NDArray[Any]], NDArray[np.float32]]:
    """Return the inputs and the labels of `Editor` for some sentences; with chance, some without their document."""
    spans = [slice(*edits[name].bounds[index : index + 2]) for name, index in drawn]
    longest = max(span.stop - span.start for span in spans)
    first = edits[drawn[0][0]]
    ids = np.zeros((len(drawn), longest, first.ids.shape[1]), np.int64)
    inputs: dict[str, NDArray[Any]] = {
        "features": np.zeros((len(drawn), longest, first.features.shape[1]), np.float32),
        "edges": np.zeros((len(drawn), longest, longest, len(EDGE_FEATURES)), np.float32),
        "allowed": np.zeros((len(drawn), longest, longest), np.bool_),
        "mask": np.zeros((len(drawn), longest), np.bool_),
    }
    steps = np.zeros((len(drawn), longest, longest), np.float32)
    for row, ((name, _), span) in enumerate(zip(drawn, spans, strict=True)):
        size = span.stop - span.start
        ids[row, :size] = edits[name].ids[span]
        inputs["features"][row, :size] = edits[name].features[span]
        if rng is not None and rng.random() < _DOCUMENT_DROPOUT:
            inputs["features"][row, :, DOCUMENT_FEATURES] = 0
        inputs["edges"][row, :size, :size] = edge_features(inputs["features"][row, :size])
        inputs["allowed"][row, :size, :size] = np.triu(np.ones((size, size), bool), 1)
        inputs["mask"][row, :size] = True
        kept = np.flatnonzero(edits[name].is_kept[span])
        steps[row, kept[:-1], kept[1:]] = 1
    inputs["embedded"] = embed(ids, lexicon.vectors)
    return inputs, steps


def fit_editor(
    edits: Mapping[str, Edits], lexicon: Lexicon, *, network: NetworkConfig, train: TrainConfig, report: Report
) -> dict[str, Array]:
    """Train the editor; return its weights under the names that the forward pass reads.

    Without any sentence the weights are those it begins with.

    Args:
        edits: of each source.
        lexicon: vectors.
        network: sizes.
        train: epochs, minibatches and seed.
        report: takes lines about the progress.
    """
    keras.utils.set_random_seed(train.seed)
    editor = Editor(network.editor_state_size, network.editor_attention_size, train.editor_dropout)
    epochs = [draw_sentences(edits, train, epoch) for epoch in range(train.editor_epochs)]
    num_steps = sum(map(len, epochs))
    optimizer = adam(
        learning_rate=_LEARNING_RATE,
        num_steps=max(1, num_steps),
        num_warm_up_steps=min(_WARM_UP, num_steps // 2 + 1),
        weight_decay=train.weight_decay,
    )
    editor.compile(optimizer=optimizer, jit_compile=False)
    editor.build_for(network)
    for number, minibatches in enumerate(epochs, start=1):
        rng = np.random.default_rng((train.seed, number))
        losses = [
            float(editor.train_on_batch(*pad_edits(edits, drawn, lexicon, rng), return_dict=True)["loss"])
            for drawn in minibatches
        ]
        if losses:
            report(f"editor: epoch {number}/{len(epochs)}  mean loss {np.mean(losses):.4f}")
    return editor.export()


def prepare_editor(
    run: Path,
    edits: Mapping[str, Edits],
    lexicon: Lexicon,
    *,
    network: NetworkConfig,
    train: TrainConfig,
    report: Report,
) -> dict[str, Array]:
    """Return the weights of the editor of a run, trained if the run does not have it yet."""
    file = run / EDITOR_FILE
    if not file.exists():
        weights = fit_editor(edits, lexicon, network=network, train=train, report=report)
        partial = run / "editor.partial.npz"
        np.savez(partial, allow_pickle=False, **weights)
        partial.replace(file)
    with np.load(file) as archive:
        return {name: archive[name] for name in archive.files}

"""The editor in Keras: beside the forward pass in NumPy, and how it is trained."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from train.builders import NUM_TERMS, TINY, tiny_lexicon

from summarize.config import TrainConfig
from summarize.network.editor import (
    DOCUMENT_FEATURES,
    EDGE_FEATURES,
    MOST_IDS,
    WORD_FEATURES,
    edge_features,
    embed,
    path_scores,
)
from summarize.network.layers import Array
from summarize.network.storage import weight_shapes
from summarize.train.edit_fit import draw_sentences, fit_editor, pad_edits, prepare_editor
from summarize.train.editor import Editor
from summarize.train.edits import Edits

pytestmark = pytest.mark.train

TOLERANCE = 1e-5
LEXICON = tiny_lexicon()
CONFIG = TrainConfig(editor_epochs=6, edits_per_minibatch=8, editor_dropout=0, seed=4)


@pytest.fixture(scope="module", autouse=True)
def _without_graphs() -> Iterator[None]:
    """To make a graph takes longer than these few steps."""
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


def edits_of(*lengths: int, seed: int = 0) -> Edits:
    """Made-up sentences of so many words: those are kept that have a capital, so that there is something to learn."""
    random = np.random.default_rng(seed)
    bounds = np.append(0, np.cumsum([length + 2 for length in lengths])).astype(np.int64)
    ids = np.zeros((bounds[-1], MOST_IDS), np.int32)
    ids[:, 0] = random.integers(1, NUM_TERMS, bounds[-1])
    ids[::3, 1] = random.integers(1, NUM_TERMS, len(ids[::3]))
    features = random.uniform(0.1, 1, (bounds[-1], len(WORD_FEATURES))).astype(np.float16)
    features[:, WORD_FEATURES.index("is_comma")] = random.random(bounds[-1]) < 0.2
    is_kept = random.random(bounds[-1]) < 0.5
    features[:, WORD_FEATURES.index("is_capital")] = is_kept
    is_kept[bounds[:-1]] = is_kept[bounds[1:] - 1] = True  # the marks
    ids[bounds[:-1]] = ids[bounds[1:] - 1] = 0
    return Edits(ids, features, is_kept, bounds)


EDITS = {"one": edits_of(*[3, 5, 4, 6] * 4, seed=1), "other": edits_of(4, 7, seed=2)}


def build(seed: int = 1, scale: float = 0.7) -> Editor:
    """An editor with weights large enough that no step is like another."""
    editor = Editor(TINY.editor_state_size, TINY.editor_attention_size, dropout=0.3)
    editor.build_for(TINY)
    random = np.random.default_rng(seed)
    for variable in editor.trainable_variables:
        variable.assign(random.normal(0, scale, variable.shape))
    return editor


# Keras beside NumPy


@pytest.mark.parametrize("lengths", [[0], [1], [12], [3, 9, 1, 6], [40, 2]], ids=str)
def test_forward_pass_is_that_of_keras(lengths: list[int]) -> None:
    editor, edits = build(), {"own": edits_of(*lengths, seed=5)}
    inputs, _ = pad_edits(edits, [("own", index) for index in range(len(lengths))], LEXICON)
    by_keras = np.array(editor(inputs))
    weights = editor.export()
    for row, length in enumerate(lengths):
        size = length + 2
        features = inputs["features"][row, :size]
        by_numpy = path_scores(inputs["embedded"][row, :size], features, weights)
        behind = np.triu(np.ones((size, size), bool), 1)
        assert np.abs(by_numpy[behind] - by_keras[row, :size, :size][behind]).max() < TOLERANCE
        assert (np.exp(by_keras[row, : size - 1])[:, :size][~behind[:-1]] < TOLERANCE).all()
        assert np.exp(by_keras[row, : size - 1, size:]).sum() < TOLERANCE  # nothing leads into the padding


def test_parity_is_tested_on_steps_that_are_not_alike() -> None:
    edits = {"own": edits_of(12, seed=5)}
    inputs, _ = pad_edits(edits, [("own", 0)], LEXICON)
    first = np.exp(path_scores(inputs["embedded"][0], inputs["features"][0], build().export()))[0]
    assert first[1:].max() > 5 * first[1:].min()


def test_exported_weights_are_those_that_the_forward_pass_names() -> None:
    exported = build().export()
    expected = {name: shape for name, shape in weight_shapes(TINY).items() if name.startswith("editor/")}
    assert {name: array.shape for name, array in exported.items()} == expected
    assert {array.dtype for array in exported.values()} == {np.dtype(np.float32)}


def test_exported_weights_are_copies() -> None:
    editor = build()
    editor.export()["editor/v"] += 1
    assert editor.export()["editor/v"].tolist() == build().export()["editor/v"].tolist()


def test_dropout_hides_inputs_in_training_alone() -> None:
    editor = build()
    inputs, _ = pad_edits(EDITS, [("one", 0)], LEXICON)
    assert np.array_equal(editor(inputs), editor(inputs))
    assert not np.allclose(editor(inputs, training=True), editor(inputs))


def test_loss_is_the_mean_surprise_of_the_steps_taken() -> None:
    # Of two sentences one takes two steps of 1/2 and 1/4, the other one of 1/8: (1 + 2 + 3) ln 2 / 3.
    log_p = np.log(np.array([[[1, 0.5, 1], [1, 1, 0.25], [1, 1, 1]], [[1, 0.3, 0.125], [1, 1, 1], [1, 1, 1]]]))
    steps = np.array([[[0, 1, 0], [0, 0, 1], [0, 0, 0]], [[0, 0, 1], [0, 0, 0], [0, 0, 0]]], np.float32)
    editor = build()
    assert float(editor.compute_loss(y=steps, y_pred=log_p.astype(np.float32))) == pytest.approx(2 * np.log(2))
    assert float(editor.compute_loss(y=0 * steps, y_pred=log_p.astype(np.float32))) == 0


# Minibatches


def test_minibatches_have_every_sentence_once() -> None:
    drawn = draw_sentences(EDITS, CONFIG, 0)
    assert sorted(pair for minibatch in drawn for pair in minibatch) == sorted(
        (name, index) for name, edits in EDITS.items() for index in range(len(edits))
    )
    assert sorted(map(len, drawn)) == [2, 8, 8]


def test_minibatches_are_the_same_for_the_same_seed_and_epoch() -> None:
    drawn = draw_sentences(EDITS, CONFIG, 3)
    assert drawn == draw_sentences(EDITS, CONFIG, 3)
    assert drawn != draw_sentences(EDITS, CONFIG, 4)
    assert drawn != draw_sentences(EDITS, TrainConfig(edits_per_minibatch=8, seed=5), 3)


def test_minibatches_hold_sentences_of_like_length() -> None:
    edits = {"own": edits_of(*[2] * 8, *[40] * 8, *[20] * 8)}
    lengths = np.diff(edits["own"].bounds)
    for minibatch in draw_sentences(edits, CONFIG, 0):
        assert len({int(lengths[index]) for _, index in minibatch}) == 1


def test_minibatches_of_nothing_are_none() -> None:
    assert draw_sentences({}, CONFIG, 0) == []
    assert draw_sentences({"empty": edits_of()}, CONFIG, 0) == []


def test_padding_by_hand() -> None:
    edits = {"own": edits_of(2, 1, seed=3)}
    inputs, _ = pad_edits(edits, [("own", 1), ("own", 0)], LEXICON)
    assert inputs["mask"].tolist() == [[True, True, True, False], [True] * 4]
    assert inputs["allowed"][0].tolist() == [
        [False, True, True, False],
        [False, False, True, False],
        [False] * 4,
        [False] * 4,
    ]
    first, second = edits["own"].features[4:], edits["own"].features[:4]
    assert inputs["features"][0, :3] == pytest.approx(first.astype(np.float32))
    assert not inputs["features"][0, 3:].any()
    assert not inputs["edges"][0, 3:].any()
    assert not inputs["edges"][0, :, 3:].any()
    assert inputs["edges"][1] == pytest.approx(edge_features(second.astype(np.float32)))
    assert inputs["edges"].shape[-1] == len(EDGE_FEATURES)
    assert inputs["embedded"][1] == pytest.approx(embed(edits["own"].ids[:4], LEXICON.vectors))
    assert not inputs["embedded"][0, 3:].any()


def test_labels_are_the_steps_of_the_path() -> None:
    edits = edits_of(3, 1)
    edits.is_kept[:] = [True, False, True, True, True, True, False, True]
    _, steps = pad_edits({"own": edits}, [("own", 0), ("own", 1)], LEXICON)
    assert np.argwhere(steps[0]).tolist() == [[0, 2], [2, 3], [3, 4]]
    assert np.argwhere(steps[1]).tolist() == [[0, 2]]


def test_some_sentences_are_read_as_if_there_were_no_document() -> None:
    edits = {"own": edits_of(*[3] * 60)}
    drawn = [("own", index) for index in range(60)]
    inputs, _ = pad_edits(edits, drawn, LEXICON, np.random.default_rng(1))
    of_document = inputs["features"][:, :, DOCUMENT_FEATURES].any(axis=(1, 2))
    assert 30 <= of_document.sum() <= 54  # of 60, each with a chance of 0.7
    others = np.delete(np.arange(len(WORD_FEATURES)), DOCUMENT_FEATURES)
    assert (
        inputs["features"][:, :, others].all(axis=-1).sum()
        == pad_edits(edits, drawn, LEXICON)[0]["features"][:, :, others].all(axis=-1).sum()
    )
    again, _ = pad_edits(edits, drawn, LEXICON, np.random.default_rng(1))
    assert np.array_equal(again["features"], inputs["features"])


# Training


def trained(edits: dict[str, Edits], config: TrainConfig = CONFIG) -> tuple[dict[str, Array], list[str]]:
    reported: list[str] = []
    return fit_editor(edits, LEXICON, network=TINY, train=config, report=reported.append), reported


@pytest.fixture(scope="module")
def run() -> tuple[dict[str, Array], list[str]]:
    return trained(EDITS)


def are_equal(one: dict[str, Array], other: dict[str, Array]) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


def mean_surprise(weights: dict[str, Array]) -> float:
    """The mean surprise at a step, by the forward pass in NumPy."""
    total, number = 0.0, 0
    for name, edits in EDITS.items():
        for index in range(len(edits)):
            inputs, steps = pad_edits(EDITS, [(name, index)], LEXICON)
            log_p = path_scores(inputs["embedded"][0], inputs["features"][0], weights)
            total -= log_p[steps[0] > 0].sum()
            number += int(steps[0].sum())
    return total / number


def test_training_lowers_the_loss(run: tuple[dict[str, Array], list[str]]) -> None:
    _, reported = run
    assert [line.split("  ")[0] for line in reported] == [f"editor: epoch {number}/6" for number in range(1, 7)]
    losses = [float(line.split()[-1]) for line in reported]
    assert losses[-1] == min(losses) < 0.97 * losses[0]


def test_training_makes_paths_likelier(run: tuple[dict[str, Array], list[str]]) -> None:
    untrained, _ = trained({})
    assert mean_surprise(run[0]) < 0.97 * mean_surprise(untrained)


def test_training_is_the_same_for_the_same_seed(run: tuple[dict[str, Array], list[str]]) -> None:
    again, reported = trained(EDITS)
    assert are_equal(again, run[0])
    assert reported == run[1]
    other, _ = trained(EDITS, TrainConfig(editor_epochs=1, edits_per_minibatch=8, editor_dropout=0, seed=5))
    assert not are_equal(other, run[0])


@pytest.mark.parametrize("edits", [{}, {"empty": edits_of()}], ids=["no corpus", "no sentence"])
def test_training_on_nothing_gives_weights_all_the_same(edits: dict[str, Edits]) -> None:
    weights, reported = trained(edits)
    assert reported == []
    assert {name: array.shape for name, array in weights.items()} == {
        name: shape for name, shape in weight_shapes(TINY).items() if name.startswith("editor/")
    }
    assert all(np.isfinite(array).all() for array in weights.values())


def prepared(folder: Path, edits: dict[str, Edits]) -> tuple[dict[str, Array], list[str]]:
    reported: list[str] = []
    config: Any = {"network": TINY, "train": TrainConfig(editor_epochs=1, edits_per_minibatch=8)}
    return prepare_editor(folder, edits, LEXICON, **config, report=reported.append), reported


def test_editor_is_trained_once(tmp_path: Path) -> None:
    first, reported = prepared(tmp_path, EDITS)
    assert len(reported) == 1
    second, reported = prepared(tmp_path, {})
    assert reported == []
    assert are_equal(first, second)
    assert [path.name for path in tmp_path.iterdir()] == ["editor.npz"]


def test_editor_is_trained_anew_if_the_run_was_killed(tmp_path: Path) -> None:
    (tmp_path / "editor.partial.npz").write_bytes(b"half an archive")
    weights, _ = prepared(tmp_path, EDITS)
    assert weights.keys() == {name for name in weight_shapes(TINY) if name.startswith("editor/")}

"""The judge in Keras: beside the forward pass in NumPy, and how it is trained."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from numpy.typing import NDArray
from train.builders import TINY, form_examples, tiny_lexicon

from summarize.config import TrainConfig
from summarize.network.judge import VERDICTS, embed, judge_forms, judge_shapes, weights_of_judge
from summarize.network.layers import Array
from summarize.train.cuts import GOOD, POOR
from summarize.train.forms import FormExample, JudgeExamples, pad
from summarize.train.judge import Judge
from summarize.train.judge_fit import fit_judge, measure_judge, predict, prepare_judges
from summarize.train.judge_measure import JudgeRecord, score_judge

pytestmark = pytest.mark.train

TOLERANCE = 1e-5
LEXICON = tiny_lexicon()
CONFIG = TrainConfig(
    deletion_epochs=1, judge_epochs=6, forms_per_minibatch=16, judge_dropout=0, judge_learning_rate=0.03, seed=4
)
SHAPES = judge_shapes(TINY)
JUDGED = form_examples(64, seed=1)
HELD_OUT = form_examples(60, seed=2)
EXAMPLES = JudgeExamples(JUDGED, form_examples(20, seed=3), {"held out": HELD_OUT})
FEW = replace(EXAMPLES, judged=JUDGED[:16], deletions=())


@pytest.fixture(scope="module", autouse=True)
def _without_graphs() -> Iterator[None]:
    """To make a graph takes longer than these few steps."""
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


def build(seed: int = 4, scale: float = 0.7, dropout: float = 0.3) -> Judge:
    """A judge with weights large enough that no form is like another."""
    judge = Judge(TINY.embedding_size, TINY.judge_state_size, TINY.judge_width, dropout)
    random = np.random.default_rng(seed)
    for variable in judge.trainable_variables:
        variable.assign(random.normal(0, scale, variable.shape))
    return judge


def by_numpy(weights: dict[str, Array], example: FormExample) -> NDArray[np.float64]:
    """What the forward pass that runs says of a form, (3,)."""
    embedded = embed(example.ids, LEXICON.vectors)
    (found,) = judge_forms(embedded, example.features.astype(np.float32), example.layout, weights)
    return found


# Keras beside NumPy


@pytest.mark.parametrize(
    "examples",
    [
        pytest.param(form_examples(1, seed=5), id="one"),
        pytest.param(form_examples(12, seed=6), id="padding"),
        pytest.param([*form_examples(2, seed=7, num_words=2), *form_examples(1, seed=8, num_words=90)], id="long"),
    ],
)
def test_forward_pass_is_that_of_keras(examples: list[FormExample]) -> None:
    judge = build()
    by_keras = predict(judge, examples, LEXICON.vectors)
    weights = judge.export()
    for row, example in enumerate(examples):
        assert np.abs(by_numpy(weights, example) - by_keras[row]).max() < TOLERANCE
    assert by_keras.sum(axis=1) == pytest.approx(1, abs=TOLERANCE)


def test_parity_is_tested_on_forms_that_are_not_alike() -> None:
    found = predict(build(), JUDGED, LEXICON.vectors)
    assert (np.ptp(found, axis=0) > 0.4).all()


def test_forms_are_judged_alike_in_any_company() -> None:
    judge = build()
    together = predict(judge, JUDGED, LEXICON.vectors)
    assert together[::-1] == pytest.approx(predict(judge, JUDGED[::-1], LEXICON.vectors), abs=TOLERANCE)
    assert together[7:8] == pytest.approx(predict(judge, JUDGED[7:8], LEXICON.vectors), abs=TOLERANCE)


def test_exported_weights_are_those_that_the_forward_pass_names() -> None:
    exported = build().export()
    assert {name: array.shape for name, array in exported.items()} == SHAPES
    assert {array.dtype for array in exported.values()} == {np.dtype(np.float32)}


def test_exported_weights_are_copies() -> None:
    judge = build()
    judge.export()["b_2"] += 1
    assert judge.export()["b_2"].tolist() == build().export()["b_2"].tolist()


def test_dropout_hides_inputs_in_training_alone() -> None:
    judge, inputs = build(), pad(JUDGED[:4], LEXICON.vectors)
    assert np.array_equal(judge(inputs), judge(inputs))
    assert not np.allclose(judge(inputs, training=True), judge(inputs))


# Training

WEIGHED = ((GOOD, 1.0), (POOR, 0.1))  # verdicts and weights of one form


def fitted(examples: JudgeExamples, config: TrainConfig = CONFIG, seed: int = 4) -> tuple[Judge, float, list[str]]:
    reported: list[str] = []
    judge, loss = fit_judge(examples, LEXICON.vectors, network=TINY, train=config, seed=seed, report=reported.append)
    return judge, loss, reported


@pytest.fixture(scope="module")
def run() -> tuple[Judge, float, list[str]]:
    return fitted(EXAMPLES)


def are_equal(one: dict[str, Array], other: dict[str, Array]) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


def test_training_learns_a_rule(run: tuple[Judge, float, list[str]]) -> None:
    judge, loss, _ = run
    (scores,) = measure_judge(judge, EXAMPLES, LEXICON.vectors).values()
    untaught, _, _ = fitted(replace(EXAMPLES, judged=()))
    (before,) = measure_judge(untaught, EXAMPLES, LEXICON.vectors).values()
    assert before.log_loss == pytest.approx(np.log(3), abs=1e-6)
    assert scores.log_loss < 0.75 * before.log_loss
    assert scores.auc > 0.9
    assert scores.num_forms == len(HELD_OUT)
    assert loss < 0.75 * before.log_loss


def test_training_reports_each_epoch(run: tuple[Judge, float, list[str]]) -> None:
    _, loss, reported = run
    assert [line.split("  ")[0] for line in reported] == [
        "judge: deletions, epoch 1/1",
        *(f"judge: verdicts, epoch {number}/6" for number in range(1, 7)),
    ]
    losses = [float(line.split()[-1]) for line in reported[1:]]
    assert losses[-1] == pytest.approx(loss, abs=1e-4)
    assert losses[-1] < 0.9 * losses[0]


def test_reported_loss_is_the_mean_of_the_epoch() -> None:
    # The learning rate of a step as small as this leaves the judge as it is.
    config = replace(CONFIG, judge_learning_rate=1e-12, judge_epochs=1, deletion_epochs=0)
    examples = JudgeExamples([replace(example, weight=0.5) for example in JUDGED[:24]])
    judge, loss, _ = fitted(examples, config)
    found = predict(judge, examples.judged, LEXICON.vectors)
    log_loss = -np.log([row[example.verdict] for row, example in zip(found, examples.judged, strict=True)])
    assert loss == pytest.approx(0.5 * log_loss.mean(), rel=1e-4)


def test_training_is_the_same_for_the_same_seed() -> None:
    config = replace(CONFIG, judge_epochs=1, judge_dropout=0.2)
    one, other, of_other_seed = (fitted(FEW, config, seed)[0].export() for seed in (4, 4, 5))
    assert are_equal(one, other)
    assert not are_equal(one, of_other_seed)


def test_deletions_teach_first_and_some_of_them_beside_verdicts() -> None:
    config = replace(CONFIG, judge_epochs=1, deletions_beside=0.25)
    teaching = JudgeExamples(JUDGED[:16], form_examples(32, seed=3))
    _, _, reported = fitted(teaching, config)
    assert [line.split(",")[0] for line in reported] == ["judge: deletions", "judge: verdicts"]
    _, _, reported = fitted(replace(teaching, deletions=()), config)
    assert [line.split(",")[0] for line in reported] == ["judge: verdicts"]


def test_heavier_examples_are_believed() -> None:
    twice = [replace(one, verdict=verdict, weight=weight) for one in JUDGED[:8] for verdict, weight in WEIGHED]
    judge, _, _ = fitted(JudgeExamples(twice), replace(CONFIG, judge_epochs=10))
    found = predict(judge, JUDGED[:8], LEXICON.vectors).mean(axis=0)
    assert found[GOOD] > 0.7 > 0.3 > found[POOR]


@pytest.mark.parametrize("deletions", [[], JUDGED[:20]], ids=["nothing", "deletions alone"])
def test_a_judge_that_saw_no_verdicts_is_sure_of_nothing(deletions: list[FormExample]) -> None:
    judge, loss, reported = fitted(JudgeExamples(deletions=deletions))
    assert (loss, reported) == (0, [])
    assert predict(judge, HELD_OUT, LEXICON.vectors) == pytest.approx(1 / len(VERDICTS))
    assert {name: array.shape for name, array in judge.export().items()} == SHAPES


# Runs


def prepared(
    folder: Path, examples: JudgeExamples, num_runs: int = 3, num_judges: int = 2
) -> tuple[dict[str, Array], JudgeRecord, list[str]]:
    reported: list[str] = []
    config = replace(CONFIG, judge_epochs=1, judge_runs=num_runs)
    network = replace(TINY, num_judges=num_judges)
    weights, record = prepare_judges(folder, examples, LEXICON, network=network, train=config, report=reported.append)
    return weights, record, reported


def records_in(folder: Path, num_runs: int = 3) -> list[dict[str, Any]]:
    return [json.loads((folder / f"judge-{run}.json").read_text(encoding="utf-8")) for run in range(num_runs)]


def test_judges_are_trained_once_and_the_best_are_kept(tmp_path: Path) -> None:
    first, record, reported = prepared(tmp_path, FEW)
    runs = [line for line in reported if line.startswith("judge, run")]
    assert runs == ["judge, run 1/3", "judge, run 2/3", "judge, run 3/3"]
    surprises = [one["log_loss"] for one in records_in(tmp_path)]
    assert len(set(surprises)) == 3
    one, other = np.argsort(surprises)[:2].tolist()
    assert reported[-1] == f"judges: runs {one + 1}, {other + 1} are the best"
    assert record.log_loss == min(surprises)
    assert (record.num_judged, record.num_deletions) == (16, 0)
    assert are_equal(weights_of_judge(first, 0), dict(np.load(tmp_path / f"judge-{one}.npz")))
    assert are_equal(weights_of_judge(first, 1), dict(np.load(tmp_path / f"judge-{other}.npz")))
    again, record_again, reported = prepared(tmp_path, JudgeExamples())
    assert reported == [f"judges: runs {one + 1}, {other + 1} are the best"]
    assert are_equal(first, again)
    assert record_again == record
    files = [f"judge-{run}.{suffix}" for run in range(3) for suffix in ("json", "npz")]
    assert sorted(path.name for path in tmp_path.iterdir()) == [*files, "judges.json"]


def test_judges_are_measured_by_the_one_that_likes_a_form_least(tmp_path: Path) -> None:
    weights, record, _ = prepared(tmp_path, FEW)
    both = np.stack([[by_numpy(weights_of_judge(weights, judge), form) for form in HELD_OUT] for judge in (0, 1)])
    least = np.argmin(both[:, :, 0], axis=0)
    assert set(least) == {0, 1}
    found = both[least, np.arange(len(HELD_OUT))]
    assert record.scores == {"held out": str(score_judge(found, [form.verdict for form in HELD_OUT]))}


def test_where_nothing_is_held_out_the_loss_says_which_is_the_best(tmp_path: Path) -> None:
    _, record, reported = prepared(tmp_path, replace(FEW, held_out={}), num_judges=1)
    losses = [one["loss"] for one in records_in(tmp_path)]
    assert record.loss == min(losses)
    assert record.log_loss is None
    assert record.scores == {}
    assert reported[-1] == f"judges: runs {np.argmin(losses) + 1} are the best"


def test_a_model_cannot_have_more_judges_than_are_trained(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="judge_runs must be at least num_judges, 2, got 1"):
        prepared(tmp_path, FEW, num_runs=1)


def test_a_judge_is_trained_anew_if_the_run_was_killed(tmp_path: Path) -> None:
    (tmp_path / "judge-0.partial.npz").write_bytes(b"half an archive")
    (tmp_path / "judge-0.json").write_text("{", encoding="utf-8")
    weights, _, _ = prepared(tmp_path, replace(FEW, held_out={}), num_runs=1, num_judges=1)
    assert {name: array.shape for name, array in weights_of_judge(weights, 0).items()} == SHAPES

"""Training the judges: first on what people left out of sentences, then on verdicts of readers as well.

Deletions are many and say where a sentence may be cut; verdicts are few and say what a reader thinks of such cuts as
`summarize` proposes. It is done from several seeds; the judges with the lowest loss on held-out verdicts are kept.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import keras
import numpy as np
from keras import ops
from numpy.typing import NDArray

from summarize.config import NetworkConfig, TrainConfig, check_judges
from summarize.network.encoder import WordVectors
from summarize.network.judge import VERDICTS, embed, judge_forms
from summarize.network.layers import Array
from summarize.train.cuts import GOOD
from summarize.train.forms import FormExample, JudgeExamples, minibatches, pad
from summarize.train.judge import Judge
from summarize.train.judge_measure import JudgeRecord, JudgeScores, score_judge
from summarize.train.optimizer import adam
from summarize.train.prepare import LearnedVocabulary, Report, judge_file, judges_file

_WARM_UP = 0.05  # share of the steps in which the learning rate rises
_FASTER_FIRST = 4 / 3  # the learning rate of deletions, beside that of verdicts
_MORE_FIRST = 2  # forms of a minibatch, likewise
_MEASURED_AT_ONCE = 128  # forms


@dataclass(frozen=True, slots=True)
class _Phase:
    """A part of the training.

    Args:
        name: how it is reported.
        examples: what is learned from.
        epochs: how often.
        size: examples of a minibatch.
        learning_rate: at its peak.
    """

    name: str
    examples: Sequence[FormExample]
    epochs: int
    size: int
    learning_rate: float


def _phases(examples: JudgeExamples, train: TrainConfig) -> list[_Phase]:
    """Return what is learned in order: deletions, then verdicts and the deletions beside them."""
    num_first = round((1 - train.deletions_beside) * len(examples.deletions))
    first, beside = examples.deletions[:num_first], examples.deletions[num_first:]
    rate, size = train.judge_learning_rate, train.forms_per_minibatch
    return [
        _Phase("deletions", first, train.deletion_epochs, _MORE_FIRST * size, _FASTER_FIRST * rate),
        _Phase("verdicts", [*examples.judged, *beside], train.judge_epochs, size, rate),
    ]


def fit_judge(
    examples: JudgeExamples,
    vectors: WordVectors,
    *,
    network: NetworkConfig,
    train: TrainConfig,
    seed: int,
    report: Report,
) -> tuple[Judge, float]:
    """Train a judge; return it and the mean loss of its last epoch.

    Without verdicts it learns nothing, and finds every verdict as likely as another: who has never seen a false form
    cannot be sure that one is true.

    Args:
        examples: what it learns from.
        vectors: of words.
        network: sizes.
        train: how it learns.
        seed: of its first weights, of the order of the examples, and of what is hidden.
        report: takes lines about the progress.
    """
    keras.utils.set_random_seed(seed)
    judge = Judge(network.embedding_size, network.judge_state_size, network.judge_width, train.judge_dropout)
    loss = 0.0
    if examples.judged:
        rng = np.random.default_rng(seed)
        for phase in _phases(examples, train):
            loss = _fit_phase(judge, phase, vectors, train.weight_decay, rng, report)
    else:
        judge.matrices["W_2"].assign(ops.zeros_like(judge.matrices["W_2"]))
    return judge, loss


def _fit_phase(
    judge: Judge, phase: _Phase, vectors: WordVectors, weight_decay: float, rng: np.random.Generator, report: Report
) -> float:
    """Train a judge further and return the mean loss of the last epoch, 0 without any example."""
    num_steps = phase.epochs * -(-len(phase.examples) // phase.size)
    loss = 0.0
    if not num_steps:
        return loss
    optimizer = adam(
        learning_rate=phase.learning_rate,
        num_steps=num_steps,
        num_warm_up_steps=max(1, int(_WARM_UP * num_steps)),
        weight_decay=weight_decay,
    )
    log_loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    judge.compile(optimizer=optimizer, loss=log_loss, jit_compile=False)
    for epoch in range(1, phase.epochs + 1):
        total = 0.0
        for drawn in minibatches(phase.examples, phase.size, rng):
            verdicts = np.array([example.verdict for example in drawn])
            weights = np.array([example.weight for example in drawn], np.float32)
            logs = judge.train_on_batch(pad(drawn, vectors), verdicts, sample_weight=weights, return_dict=True)
            total += len(drawn) * float(logs["loss"])
        loss = total / len(phase.examples)
        report(f"judge: {phase.name}, epoch {epoch}/{phase.epochs}  mean loss {loss:.4f}")
    return loss


def predict(judge: Judge, examples: Sequence[FormExample], vectors: WordVectors) -> NDArray[np.float64]:
    """Return how likely a judge in Keras finds forms good, poor and false, (N, 3); each row sums to 1."""
    found = np.zeros((len(examples), len(VERDICTS)))
    order = np.argsort([len(example) for example in examples], kind="stable")
    for start in range(0, len(order), _MEASURED_AT_ONCE):
        indices = order[start : start + _MEASURED_AT_ONCE]
        found[indices] = ops.softmax(judge(pad([examples[index] for index in indices], vectors)))
    return found


def measure_judge(judge: Judge, examples: JudgeExamples, vectors: WordVectors) -> dict[str, JudgeScores]:
    """Return how a judge does on what was held out, by what it is."""
    return {
        name: score_judge(predict(judge, forms, vectors), [form.verdict for form in forms])
        for name, forms in examples.held_out.items()
    }


def prepare_judges(
    run: Path,
    examples: JudgeExamples,
    lexicon: LearnedVocabulary,
    *,
    network: NetworkConfig,
    train: TrainConfig,
    report: Report,
) -> tuple[dict[str, Array], JudgeRecord]:
    """Return the parameters and the record of the best judges of a run, after training those that are missing.

    The best have the lowest loss on held-out verdicts, or, without these, on the training data.

    Raises:
        ValueError: the model is to have more judges than are trained.
    """
    check_judges(network, train)
    records = [
        _trained(run, number, examples, lexicon, network=network, train=train, report=report)
        for number in range(train.judge_runs)
    ]
    best = sorted(range(len(records)), key=lambda number: records[number].rank)[: network.num_judges]
    report(f"judges: runs {', '.join(str(number + 1) for number in best)} are the best")
    judges: list[dict[str, Array]] = []
    for number in best:
        with np.load(judge_file(run, number)) as archive:
            judges.append({name: archive[name] for name in archive.files})
    file = judges_file(run)
    if not file.exists():
        scores = {
            name: str(score_judge(_predict_together(judges, forms, lexicon.vectors), [form.verdict for form in forms]))
            for name, forms in examples.held_out.items()
        }
        file.write_text(json.dumps(asdict(replace(records[best[0]], scores=scores)), indent=1), encoding="utf-8")
    weights = {f"judge/{index}/{name}": array for index, judge in enumerate(judges) for name, array in judge.items()}
    return weights, JudgeRecord(**json.loads(file.read_text(encoding="utf-8")))


def _trained(
    run: Path,
    number: int,
    examples: JudgeExamples,
    lexicon: LearnedVocabulary,
    *,
    network: NetworkConfig,
    train: TrainConfig,
    report: Report,
) -> JudgeRecord:
    """Return what is known about a judge of a run, trained now unless it is there."""
    file = judge_file(run, number)
    if not file.exists():
        report(f"judge, run {number + 1}/{train.judge_runs}")
        judge, loss = fit_judge(
            examples, lexicon.vectors, network=network, train=train, seed=train.seed + number, report=report
        )
        record = _record(judge, loss, examples, lexicon.vectors)
        for name, scores in record.scores.items():
            report(f"judge: {name}: {scores}")
        file.with_suffix(".json").write_text(json.dumps(asdict(record), indent=1), encoding="utf-8")
        partial = file.with_suffix(".partial.npz")
        np.savez(partial, allow_pickle=False, **judge.export())
        partial.replace(file)
    return JudgeRecord(**json.loads(file.with_suffix(".json").read_text(encoding="utf-8")))


def _predict_together(
    judges: Sequence[dict[str, Array]], examples: Sequence[FormExample], vectors: WordVectors
) -> NDArray[np.float64]:
    """Return what the judge says of each form who finds it least likely to be good, (N, 3)."""
    found = np.zeros((len(examples), len(VERDICTS)))
    for row, example in enumerate(examples):
        embedded, features = embed(example.ids, vectors), example.features.astype(np.float64)
        verdicts = [judge_forms(embedded, features, example.layout, judge)[0] for judge in judges]
        found[row] = min(verdicts, key=lambda verdict: float(verdict[GOOD]))
    return found


def _record(judge: Judge, loss: float, examples: JudgeExamples, vectors: WordVectors) -> JudgeRecord:
    found = measure_judge(judge, examples, vectors)
    num_forms = sum(scores.num_forms for scores in found.values())
    log_loss = sum(scores.num_forms * scores.log_loss for scores in found.values()) / num_forms if num_forms else None
    lines = {name: str(scores) for name, scores in found.items()}
    return JudgeRecord(len(examples.judged), len(examples.deletions), loss, log_loss, lines)

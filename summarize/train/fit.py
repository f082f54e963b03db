"""The training loop: epochs of minibatches, a checkpoint and dev scores after each, resumed after a kill."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import keras
import numpy as np

from summarize.config import NetworkConfig, SelectionConfig, TrainConfig
from summarize.document import ATTENTION_KINDS, AttentionKind
from summarize.network.features import FEATURE_NAMES
from summarize.network.layers import Array
from summarize.network.storage import Model
from summarize.train.dev import DevCorpus, mean_scores, measure_dev
from summarize.train.examples import Examples
from summarize.train.export import export_weights, import_weights
from summarize.train.minibatches import Minibatches, pad
from summarize.train.network import SummaryNetwork
from summarize.train.optimizer import adam
from summarize.train.prepare import LearnedVocabulary, Report
from summarize.train.steps import LocalSteps, Steps

ALONE = LocalSteps()
REPORT_MINIBATCHES = 100
_SEEDS = 2  # of a worker: what is dropped by chance comes from one of words and one of states
WARM_UP = 0.02  # share of the steps in which the learning rate rises
DEFAULT_SELECTION: dict[AttentionKind, SelectionConfig] = {kind: SelectionConfig() for kind in ATTENTION_KINDS}


def build_network(
    network: NetworkConfig, train: TrainConfig, lexicon: LearnedVocabulary, examples: Mapping[str, Examples]
) -> SummaryNetwork:
    """Return a compiled network with its weights made, the same for the same seed."""
    keras.utils.set_random_seed(train.seed)
    model = SummaryNetwork(network, train, lexicon.vectors[np.arange(network.vocabulary_size)].astype(np.float32))
    num_minibatches = len(Minibatches(examples, train, 0))
    steps = train.epochs * num_minibatches
    optimizer = adam(
        learning_rate=train.learning_rate,
        num_steps=steps,
        num_warm_up_steps=max(1, int(WARM_UP * steps)),
        weight_decay=train.weight_decay,
        averaging=train.averaging,
    )
    model.compile(optimizer=optimizer, jit_compile=False)
    name, corpus = next((name, corpus) for name, corpus in examples.items() if len(corpus))
    inputs, _ = pad({name: corpus}, [(name, 0)], train)
    model(inputs, training=True)
    optimizer.build(model.trainable_variables)
    return model


@contextmanager
def use_averaged_weights(model: SummaryNetwork) -> Iterator[None]:
    """Give a network the running mean of its weights inside, where the optimizer keeps one (Izmailov et al. 2018)."""
    own = [np.array(variable) for variable in model.trainable_variables]
    model.optimizer.finalize_variable_values(model.trainable_variables)
    try:
        yield
    finally:
        for variable, value in zip(model.trainable_variables, own, strict=True):
            variable.assign(value)


def snapshot(keras_model: SummaryNetwork, network: NetworkConfig, lexicon: LearnedVocabulary) -> Model:
    """Return the model as it is now, ready to run or to be saved."""
    return Model(
        network=network,
        selection=DEFAULT_SELECTION,
        default_attention="parallel",
        vocabulary=lexicon.vocabulary,
        vectors=lexicon.vectors,
        idf=lexicon.idf,
        weights=export_weights(keras_model),
        grammar=lexicon.grammar,
    )


def _train_epoch(model: SummaryNetwork, minibatches: Minibatches, steps: Steps, report: Report) -> float:
    """Take one step for each minibatch and return the mean loss of a document."""
    total, num_documents = 0.0, 0
    for number, (size, (inputs, labels)) in enumerate(zip(minibatches.sizes, minibatches, strict=True), start=1):
        total += size * steps.take(model, inputs, labels, steps.worker.share(size))
        num_documents += size
        if number % REPORT_MINIBATCHES == 0 or number == len(minibatches):
            report(f"  minibatch {number}/{len(minibatches)}  mean loss {total / num_documents:.4f}")
    return total / max(1, num_documents)


def fit(
    run: Path,
    examples: Mapping[str, Examples],
    lexicon: LearnedVocabulary,
    dev: Sequence[DevCorpus],
    *,
    network: NetworkConfig,
    train: TrainConfig,
    report: Report,
    start: Mapping[str, Array] | None = None,
    steps: Steps = ALONE,
) -> tuple[Model, int]:
    """Train a network; return it as it was after its best epoch by mean dev score, and the number of that epoch.

    The first half of the epochs is not measured. After every epoch the run directory holds the weights with the
    optimizer's state and the scores so far; a run that was killed continues from there. Without dev corpora the last
    epoch counts as the best.

    Args:
        run: directory of the run.
        examples: of each training corpus.
        lexicon: vocabulary, vectors and idf.
        dev: what to measure after each epoch.
        network: sizes.
        train: how to train.
        report: takes lines about the progress.
        start: weights to begin with, as `export_weights` gives them; random ones by default.
        steps: how steps are taken. Of several processes the first one measures, and writes to the run directory.
    """
    run.mkdir(exist_ok=True)
    log_file, best_file = run / "epochs.json", run / "best.npz"

    def checkpoint(number: int) -> Path:
        return run / f"epoch-{number}.weights.h5"

    model = build_network(network, train, lexicon, examples)
    if start is not None:
        import_weights(model, start)
    log: list[dict[str, Any]] = []
    if log_file.exists():
        log = json.loads(log_file.read_text(encoding="utf-8"))
        model.load_weights(checkpoint(len(log)))
        report(f"going on after epoch {len(log)}")
    for epoch in range(len(log), train.epochs):
        model.reseed(train.seed + _SEEDS * steps.worker.index, epoch)
        loss = _train_epoch(model, Minibatches(examples, train, epoch, steps.worker), steps, report)
        if not steps.worker.is_first:
            continue
        with use_averaged_weights(model):
            current = snapshot(model, network, lexicon)
        is_measured = bool(dev) and 2 * (epoch + 1) > train.epochs
        scores = measure_dev(current, dev) if is_measured else {}
        means = mean_scores(scores, dev) if is_measured else {}
        score = sum(means.values()) / max(1, len(means))
        if not dev or (is_measured and score > max((entry["score"] for entry in log if entry["dev"]), default=-1.0)):
            np.savez(best_file, allow_pickle=False, **current.weights)
        log.append({"epoch": epoch + 1, "loss": loss, "score": score, "dev": scores})
        # The log decides which checkpoint counts; the one before stays, for a kill between the two.
        model.save_weights(checkpoint(epoch + 1))
        partial = run / "epochs.partial.json"
        partial.write_text(json.dumps(log, indent=1), encoding="utf-8")
        partial.replace(log_file)
        checkpoint(epoch - 1).unlink(missing_ok=True)
        of_kinds = "  ".join(f"{kind} {value:.2f}" for kind, value in means.items())
        report(f"epoch {epoch + 1}/{train.epochs}  loss {loss:.4f}  dev {of_kinds}")
        for name, of_corpus in scores.items():
            report(f"    {name:14s} " + "  ".join(f"{kind} {value:.2f}" for kind, value in of_corpus.items()))
    steps.wait()
    log = json.loads(log_file.read_text(encoding="utf-8"))
    with np.load(best_file) as archive:
        weights = {name: archive[name] for name in archive.files}
    best = max((entry for entry in log if entry["dev"]), key=lambda entry: entry["score"]) if dev else log[-1]
    return replace(snapshot(model, network, lexicon), weights=weights), int(best["epoch"])


def fit_marks(
    run: Path,
    examples: Mapping[str, Examples],
    lexicon: LearnedVocabulary,
    dev: Sequence[DevCorpus],
    model: Model,
    *,
    train: TrainConfig,
    report: Report,
    steps: Steps = ALONE,
) -> Model:
    """Train a model further on the marks of readers alone, if there are any.

    Marks are few, so it is done from several seeds, and the mean of their weights is kept (Wortsman et al. 2022a,
    Model soups), or rather the mean of that and of what it began with, which has seen more text (Wortsman et al.
    2022b, Robust fine-tuning). What marks forgive and readers of pairs do not is taken off the scores at last.

    Args:
        run: directory of the run.
        examples: of each training corpus.
        lexicon: vocabulary, vectors and idf.
        dev: what is looked at after each epoch.
        model: what to begin with.
        train: how the first phase was trained.
        report: takes lines about the progress.
        steps: how steps are taken.
    """
    marked = {name: corpus for name, corpus in examples.items() if corpus.is_marked}
    if not marked:
        return model
    found = []
    for number in range(train.marked_runs):
        report(f"marks, run {number + 1}/{train.marked_runs}")
        further, _ = fit(
            run / f"marks-{number}",
            marked,
            lexicon,
            dev,
            network=model.network,
            train=train.for_marks(number),
            report=report,
            start=model.weights,
            steps=steps,
        )
        found.append(further.weights)
    share = train.marked_weight
    weights = {
        name: share * np.mean([one[name] for one in found], axis=0) + (1 - share) * first
        for name, first in model.weights.items()
    }
    for name in ("parallel/w", "sequential/w", "tree/w"):  # (..., F), what a feature adds to a score
        weights[name][..., FEATURE_NAMES.index("leans")] -= train.leaning_malus
        weights[name][..., FEATURE_NAMES.index("length_long")] -= train.length_malus
    return replace(model, weights={name: value.astype(np.float32) for name, value in weights.items()})

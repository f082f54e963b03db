import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from models import document_of, random_model
from train.builders import TINY, examples_of, tiny_lexicon

from summarize.config import TrainConfig
from summarize.document import ATTENTION_KINDS, Document, Language
from summarize.evaluate.corpus import CorpusDocument
from summarize.network.features import FEATURE_NAMES
from summarize.network.layers import Array
from summarize.network.scorer import NetworkScorer
from summarize.network.storage import Model
from summarize.pipeline import summarize_text
from summarize.text.segmentation import find_sentences
from summarize.text.terms import find_terms
from summarize.train import fit as fitting
from summarize.train.dev import DevCorpus, best_attention, mean_scores, measure_dev, quick_rouge
from summarize.train.examples import Examples
from summarize.train.fit import build_network, fit, fit_marks, snapshot

pytestmark = pytest.mark.train

EXAMPLES = {"one": examples_of([[3, 2, 3]] * 8, seed=1), "other": examples_of([[1, 3, 2]] * 8, seed=2)}
CONFIG = TrainConfig(
    num_reader_words=20,
    documents_per_epoch=16,
    sentences_per_minibatch=48,  # one minibatch of all documents
    epochs=4,
    learning_rate=0.02,
    word_dropout=0.2,
    longer_share=0,  # so that every epoch asks for the same
)
NO_DROPOUT = replace(CONFIG, word_dropout=0, state_dropout=0)
DOCUMENT = document_of("The river rose.", "The city slept.")
DEV = (DevCorpus("dev", (CorpusDocument("d", DOCUMENT, ("River rose",)),), (find_terms(DOCUMENT),), 1),)

Weights = dict[str, Array]


class Killed(Exception):
    """What ends a run before its time."""


@pytest.fixture(scope="module", autouse=True)
def _without_graphs() -> Iterator[None]:
    """To make a graph takes longer than these few steps; `test_job.py` has one."""
    tf.config.run_functions_eagerly(True)
    yield
    tf.config.run_functions_eagerly(False)


class Dev:
    """Stands in for `measure_dev`: gives the scores it was told; and keeps the weights of each epoch."""

    def __init__(self, scores: Sequence[float]) -> None:
        self.scores = list(scores)
        self.weights: list[Weights] = []

    def __call__(self, model: Model, corpora: Sequence[DevCorpus]) -> dict[str, dict[str, float]]:
        score = self.scores.pop(0)
        return {corpus.name: dict.fromkeys(ATTENTION_KINDS, score) for corpus in corpora}

    def snapshot(self, *arguments: Any) -> Model:
        model = snapshot(*arguments)
        self.weights.append(model.weights)
        return model


def run_fit(
    run: Path, dev: Dev, config: TrainConfig, corpora: Sequence[DevCorpus], report: Callable[[str], None]
) -> tuple[Weights, int]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "measure_dev", dev)
        patch.setattr(fitting, "snapshot", dev.snapshot)
        model, epoch = fit(run, EXAMPLES, tiny_lexicon(), corpora, network=TINY, train=config, report=report)
        dev.weights.pop()  # of the model that is returned
    return model.weights, epoch


SCORES = (30, 20)  # of the third and the fourth epoch; the first half is not measured


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A run from beginning to end, measured on dev."""
    run, dev, reported = tmp_path_factory.mktemp("run"), Dev(SCORES), []
    weights, epoch = run_fit(run, dev, CONFIG, DEV, reported.append)
    return {"run": run, "dev": dev, "weights": weights, "epoch": epoch, "reported": reported}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A run from beginning to end, without dropout and without dev."""
    run, dev = tmp_path_factory.mktemp("run"), Dev(())
    weights, epoch = run_fit(run, dev, NO_DROPOUT, (), lambda line: None)
    return {"run": run, "dev": dev, "weights": weights, "epoch": epoch}


def are_equal(one: Weights, other: Weights) -> bool:
    return one.keys() == other.keys() and all(np.array_equal(one[name], other[name]) for name in one)


@pytest.mark.parametrize("name", ["whole", "plain"])
def test_fit_lowers_the_loss(name: str, request: pytest.FixtureRequest) -> None:
    run = request.getfixturevalue(name)["run"]
    losses = [entry["loss"] for entry in json.loads((run / "epochs.json").read_text(encoding="utf-8"))]
    assert losses[-1] == min(losses) < 0.95 * losses[0]


def test_fit_keeps_the_best_epoch(whole: dict[str, Any]) -> None:
    kept = [are_equal(whole["weights"], weights) for weights in whole["dev"].weights]
    assert kept == [False, False, True, False]
    assert whole["dev"].scores == []


def test_fit_numbers_the_epoch_whose_weights_it_keeps(whole: dict[str, Any]) -> None:
    assert are_equal(whole["weights"], whole["dev"].weights[whole["epoch"] - 1])


def test_fit_without_dev_keeps_the_last_epoch(plain: dict[str, Any]) -> None:
    assert plain["epoch"] == 4
    assert are_equal(plain["weights"], plain["dev"].weights[-1])


def test_fit_reports_each_epoch(whole: dict[str, Any]) -> None:
    lines = [line for line in whole["reported"] if line.startswith("epoch")]
    assert [line.split()[1] for line in lines] == ["1/4", "2/4", "3/4", "4/4"]
    assert lines[2].endswith("dev parallel 30.00  sequential 30.00  tree 30.00")
    assert sum("minibatch 1/1" in line for line in whole["reported"]) == 4


def test_fit_leaves_what_a_later_run_needs(whole: dict[str, Any]) -> None:
    assert sorted(path.name for path in whole["run"].iterdir()) == [
        "best.npz",
        "epoch-3.weights.h5",
        "epoch-4.weights.h5",
        "epochs.json",
    ]
    log = json.loads((whole["run"] / "epochs.json").read_text(encoding="utf-8"))
    assert [(entry["epoch"], entry["score"]) for entry in log] == [(1, 0), (2, 0), (3, 30), (4, 20)]
    assert log[0]["dev"] == log[1]["dev"] == {}
    assert log[3]["dev"] == {"dev": dict.fromkeys(ATTENTION_KINDS, 20)}


def test_fit_of_a_finished_run_only_reads(plain: dict[str, Any]) -> None:
    dev, before = Dev(()), (plain["run"] / "epoch-4.weights.h5").read_bytes()
    weights, epoch = run_fit(plain["run"], dev, NO_DROPOUT, (), lambda line: None)
    assert dev.weights == []
    assert epoch == 4
    assert are_equal(weights, plain["weights"])
    assert (plain["run"] / "epoch-4.weights.h5").read_bytes() == before


def killed_and_continued(run: Path, config: TrainConfig, corpora: Sequence[DevCorpus]) -> tuple[list[Weights], Weights]:
    """Kill a run in its third epoch, before the checkpoint, and go on: weights of each epoch, the best weights."""
    reported: list[str] = []

    def kill(line: str) -> None:
        reported.append(line)
        if sum("minibatch 1/1" in line for line in reported) == 3:
            raise Killed

    first, second = Dev(SCORES), Dev(SCORES)
    with pytest.raises(Killed):
        run_fit(run, first, config, corpora, kill)
    assert len(first.weights) == 2
    lines: list[str] = []
    best, _ = run_fit(run, second, config, corpora, lines.append)
    assert lines[0] == "going on after epoch 2"
    return [*first.weights, *second.weights], best


def test_fit_goes_on_after_a_kill_as_if_nothing_had_been(plain: dict[str, Any], tmp_path: Path) -> None:
    weights, best = killed_and_continued(tmp_path, NO_DROPOUT, ())
    assert [are_equal(*pair) for pair in zip(weights, plain["dev"].weights, strict=True)] == [True] * 4
    assert are_equal(best, plain["weights"])


def test_fit_with_dropout_goes_on_after_a_kill_as_if_nothing_had_been(whole: dict[str, Any], tmp_path: Path) -> None:
    weights, best = killed_and_continued(tmp_path, CONFIG, DEV)
    assert are_equal(weights[0], whole["dev"].weights[0])  # the same seed gives the same weights
    assert [are_equal(*pair) for pair in zip(weights, whole["dev"].weights, strict=True)] == [True] * 4
    assert are_equal(best, whole["weights"])


def test_fit_goes_on_after_a_kill_between_checkpoint_and_log(plain: dict[str, Any], tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(plain["run"], run)
    log = json.loads((run / "epochs.json").read_text(encoding="utf-8"))
    (run / "epochs.json").write_text(json.dumps(log[:-1]), encoding="utf-8")
    weights, epoch = run_fit(run, Dev(()), NO_DROPOUT, (), lambda line: None)
    assert epoch == 4
    assert are_equal(weights, plain["weights"])


def test_fit_keeps_the_first_measured_epoch_of_equals_even_if_all_are_nothing(tmp_path: Path) -> None:
    dev = Dev((0, 0))
    weights, epoch = run_fit(tmp_path, dev, CONFIG, DEV, lambda line: None)
    assert epoch == 3
    assert are_equal(weights, dev.weights[2])


def test_fit_begins_with_the_weights_it_is_given(tmp_path: Path, plain: dict[str, Any]) -> None:
    config = replace(NO_DROPOUT, epochs=1, learning_rate=1e-9)
    given = plain["weights"]
    model, _ = fit(
        *(tmp_path, EXAMPLES, tiny_lexicon(), ()),
        **{"network": TINY, "train": config, "report": lambda line: None, "start": given},
    )
    assert model.weights.keys() == given.keys()
    assert all(model.weights[name] == pytest.approx(given[name], abs=1e-6) for name in given)


def marks_phase(model: Model, examples: dict[str, Examples], **settings: Any) -> tuple[Model, list[dict[str, Any]]]:
    """What comes of a phase on marks, each run of which adds its number from 1 to all weights; and what it was told."""
    told: list[dict[str, Any]] = []

    def stand_in(run: Path, examples: Any, *arguments: Any, **options: Any) -> tuple[Model, int]:
        told.append({"run": run.name, "examples": list(examples), **options})
        return replace(model, weights={name: weight + len(told) for name, weight in options["start"].items()}), 1

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fitting, "fit", stand_in)
        train = replace(CONFIG, **settings)
        found = fit_marks(Path("run"), examples, tiny_lexicon(), DEV, model, train=train, report=lambda line: None)
    return found, told


def test_marks_are_learned_from_several_seeds_and_their_mean_is_mixed_with_what_was_there() -> None:
    model = random_model(3)
    marked = examples_of([[2, 3]], is_marked=True)
    settings = {"marked_runs": 3, "seed": 5, "marked_weight": 0.75, "leaning_malus": 0.25, "length_malus": 0.5}
    found, told = marks_phase(model, {**EXAMPLES, "notes": marked}, **settings)
    assert [one["run"] for one in told] == ["marks-0", "marks-1", "marks-2"]
    assert all(one["examples"] == ["notes"] for one in told)
    assert [one["train"] for one in told] == [replace(CONFIG, **settings).for_marks(run) for run in range(3)]
    assert all(one["start"] is model.weights for one in told)  # not from where the run before ended
    assert found.weights.keys() == model.weights.keys()
    for name, weight in model.weights.items():
        expected = weight + 1.5  # three quarters of the mean of 1, 2 and 3
        if name in ("parallel/w", "sequential/w", "tree/w"):
            expected[..., FEATURE_NAMES.index("leans")] -= 0.25
            expected[..., FEATURE_NAMES.index("length_long")] -= 0.5
        assert found.weights[name] == pytest.approx(expected, abs=1e-6)
        assert found.weights[name].dtype == np.float32
    assert replace(found, weights=model.weights) == model


def test_without_marks_a_model_stays_as_it_is() -> None:
    model = random_model(3)
    found, told = marks_phase(model, dict(EXAMPLES))
    assert found is model
    assert told == []


def test_network_is_built_for_a_seed() -> None:
    network = build_network(TINY, CONFIG, tiny_lexicon(), EXAMPLES)
    schedule = network.optimizer._learning_rate
    rates = [float(schedule(step)) for step in range(6)]  # one of warming up, four of falling
    assert rates[0] == 0
    assert max(rates) == pytest.approx(CONFIG.learning_rate, rel=0.01)
    assert rates[1:] == sorted(rates[1:], reverse=True)
    assert rates[-1] == pytest.approx(0.05 * CONFIG.learning_rate, rel=0.01)


def item(language: Language, text: str, reference: str) -> CorpusDocument:
    return CorpusDocument("d", Document(text, find_sentences(text), language), (reference,))


@pytest.mark.parametrize(
    ("language", "summary", "reference", "expected"),
    [
        # 4 and 5 characters, 4 in common; 3 and 4 pairs, 2 in common
        pytest.param("zh", "北京下雨。", "北京下大雨", (800 / 9 + 400 / 7) / 2, id="Chinese"),
        # the city and the cities: 1 of 2 and 2; no pair; not stemmed
        pytest.param("en", "The city", "the cities", 25, id="English"),
        pytest.param("en", "...", "the city", 0, id="nothing"),
    ],
)
def test_quick_rouge_by_hand(language: Language, summary: str, reference: str, expected: float) -> None:
    assert quick_rouge(summary, item(language, "x", reference)) == pytest.approx(expected)


def test_mean_scores_by_hand() -> None:
    scores = {"a": {"parallel": 1, "sequential": 2, "tree": 3}, "b": {"parallel": 3, "sequential": 2, "tree": 0}}
    corpora = [replace(DEV[0], name=name) for name in scores]
    assert mean_scores(scores, corpora) == {"parallel": 2, "sequential": 2, "tree": 1.5}


def test_mean_scores_weigh_marks_as_much_as_all_other_corpora() -> None:
    corpora = [replace(DEV[0], name=name) for name in "abc"]
    corpora += [replace(DEV[0], name=name, marks=(np.array([3, 0]),)) for name in ("d N=1", "d N=3")]
    of_corpora = [0, 1, 5, 60, 80]
    scores = {
        corpus.name: dict.fromkeys(ATTENTION_KINDS, value) for corpus, value in zip(corpora, of_corpora, strict=True)
    }
    assert mean_scores(scores, corpora) == dict.fromkeys(ATTENTION_KINDS, (2 + 70) / 2)
    marked = {name: scores[name] for name in ("d N=1", "d N=3")}
    assert mean_scores(marked, corpora[3:]) == dict.fromkeys(ATTENTION_KINDS, 70)


def test_measure_dev_of_marks_is_the_share_of_what_could_be_had() -> None:
    model = random_model(3)
    one = item("en", "The river rose. The flood hit the city. Rain fell all day.", "A flood hit the city")
    marks = (np.array([1, 3, 2]),)
    corpora = [DevCorpus(f"en N={number}", (one,), (find_terms(one.document),), number, marks) for number in (1, 2, 3)]
    found = measure_dev(model, corpora)
    for corpus, most in zip(corpora, (3, 5, 6), strict=True):
        for kind in ATTENTION_KINDS:
            summary = summarize_text(
                one.document.text, sentences=corpus.num_sentences, attention=kind, scorer=NetworkScorer(model)
            )
            share = sum(int(marks[0][index]) for index in summary.selected) / most
            assert found[corpus.name][kind] == pytest.approx(100 * share)
    assert found["en N=3"] == dict.fromkeys(ATTENTION_KINDS, 100)


def test_measure_dev_summarizes_as_the_library_does() -> None:
    model = random_model(3)
    items = [
        item("en", "The river rose. The flood hit the city. Rain fell.", "A flood hit the city"),
        item("zh", "我们今天看河水。城市下雨。", "城市下雨"),
    ]
    corpora = [
        DevCorpus(name, (one,), (find_terms(one.document),), num_sentences)
        for name, one, num_sentences in (("en", items[0], 2), ("zh", items[1], 1))
    ]
    found = measure_dev(model, corpora)
    for corpus in corpora:
        for kind in ATTENTION_KINDS:
            summary = summarize_text(
                corpus.documents[0].document.text,
                language=corpus.documents[0].document.language,
                sentences=corpus.num_sentences,
                attention=kind,
                scorer=NetworkScorer(model),
            )
            assert found[corpus.name][kind] == pytest.approx(quick_rouge(summary.text, corpus.documents[0]))


def test_the_best_attention_is_the_readers_where_they_marked_texts_each_of_which_counts_once() -> None:
    item, terms, marks = DEV[0].documents[0], DEV[0].terms[0], np.array([1, 0])
    corpora = [
        replace(DEV[0], name=name, documents=(item,) * count, terms=(terms,) * count, marks=(marks,) * count)
        for name, count in (("few", 1), ("many", 3))
    ]
    corpora.append(replace(DEV[0], name="references", documents=(item,) * 99, terms=(terms,) * 99))
    scores = {
        "few": {"parallel": 0.0, "sequential": 90.0, "tree": 0.0},
        "many": {"parallel": 60.0, "sequential": 20.0, "tree": 50.0},
        "references": {"parallel": 0.0, "sequential": 0.0, "tree": 100.0},
    }
    assert best_attention(scores, corpora) == "parallel"
    assert best_attention(scores, corpora[2:]) == "tree"

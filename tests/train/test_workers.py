import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from train.builders import examples_of

from summarize.config import TrainConfig
from summarize.errors import InputError
from summarize.train.minibatches import Minibatches
from summarize.train.workers import Worker, worker_of

DATA = Path(__file__).parents[2] / "data" / "train"
SETTINGS = {
    "network": {"embedding_size": 8, "sentence_size": 8, "state_size": 8, "attention_size": 4, "num_steps": 2}
    | {"step_rank": 1, "judge_state_size": 6, "judge_width": 3, "num_judges": 1},
    "train": {"vocabulary_size": 300, "num_reader_words": 100, "documents_per_epoch": 60, "corpus_exponent": 1}
    | {
        "sentences_per_minibatch": 5000,
        "epochs": 3,
        "learning_rate": 0.005,
        "judge_runs": 1,
        "judge_held_out": 0,
        "word_dropout": 0,
    }
    | {"state_dropout": 0},
}


def places(index: object, *workers: str, kind: str = "worker") -> dict[str, str]:
    return {"TF_CONFIG": json.dumps({"cluster": {"worker": workers}, "task": {"type": kind, "index": index}})}


@pytest.mark.parametrize("environment", [{}, {"TF_CONFIG": ""}])
def test_without_a_word_of_others_a_process_is_the_only_one(environment: dict[str, str]) -> None:
    assert worker_of(environment) == Worker(0, 1)


def test_the_environment_says_which_process_this_is() -> None:
    assert worker_of(places(1, "a:1", "b:1", "c:1")) == Worker(1, 3)


@pytest.mark.parametrize(
    "environment",
    [places(2, "a:1", "b:1"), places(-1, "a:1"), places("x", "a:1"), places(0), places(0, "a:1", kind="ps")]
    + [{"TF_CONFIG": text} for text in ("{", "[]", "{}", '{"cluster": {"worker": 3}, "task": {"index": 0}}')],
)
def test_an_environment_that_makes_no_sense_is_refused(environment: dict[str, str]) -> None:
    with pytest.raises(InputError, match="TF_CONFIG is not usable"):
        worker_of(environment)


@pytest.mark.parametrize("count", [1, 2, 3])
@pytest.mark.parametrize("size", [1, 2, 7])
def test_workers_share_the_documents_of_a_minibatch(count: int, size: int) -> None:
    documents = list(range(size))
    workers = [Worker(index, count) for index in range(count)]
    assert sorted(document for worker in workers for document in documents[worker.part(size)]) == documents
    assert [worker.share(size) for worker in workers] == [len(documents[w.part(size)]) / size for w in workers]


def test_minibatches_of_workers_are_those_of_one_in_parts() -> None:
    examples = {"one": examples_of([[3, 2, 3], [2, 2], [1, 4, 2, 2]] * 5)}
    config = TrainConfig(num_reader_words=20, documents_per_epoch=15, sentences_per_minibatch=20)
    whole = Minibatches(examples, config, 0)
    parts = [list(Minibatches(examples, config, 0, Worker(index, 2))) for index in range(2)]
    assert whole.sizes == [len(inputs["features"]) for inputs, _ in whole]
    assert max(whole.sizes) > 2
    for (inputs, labels), *of_workers in zip(whole, *parts, strict=True):
        for index, (own_inputs, own_labels) in enumerate(of_workers):
            width = own_inputs["features"].shape[1]
            assert np.array_equal(own_inputs["features"], inputs["features"][index::2, :width])
            assert np.array_equal(own_labels["salience"], labels["salience"][index::2, :width])


def test_a_worker_without_a_document_has_the_first_one_and_no_share() -> None:
    examples = {"one": examples_of([[3, 2, 3]])}
    config = replace(TrainConfig(num_reader_words=20, documents_per_epoch=1), longer_share=0)
    [(inputs, _)] = Minibatches(examples, config, 0, Worker(1, 2))
    assert inputs["features"].shape[:2] == (1, 3)
    assert Worker(1, 2).share(1) == 0


def train(folder: Path, *arguments: str, settings: object = SETTINGS) -> subprocess.CompletedProcess[str]:
    config = folder / "config.json"
    config.write_text(json.dumps(settings), encoding="utf-8")
    corpora = [part for language in ("zh", "en") for part in ("--train", str(DATA / f"mini.{language}.jsonl"))]
    command = [sys.executable, "-m", "summarize.train", *corpora, "--config", str(config), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.train
def test_two_processes_take_the_steps_of_one(tmp_path: Path) -> None:
    losses = []
    for number in (1, 2):
        out = tmp_path / f"of-{number}"
        result = train(tmp_path, "--out", str(out), "--processes", str(number))
        assert result.returncode == 0, result.stderr
        assert result.stderr.count("epoch 3/3") == 1  # the first process alone reports
        assert (out / "settings.json").exists()
        run = tmp_path / f"of-{number}.run"
        losses.append([epoch["loss"] for epoch in json.loads((run / "epochs.json").read_text(encoding="utf-8"))])
    one, two = losses
    # Each epoch is one step. What sums round differently grows from step to step, as Adam divides by small gradients.
    assert two[0] == pytest.approx(one[0], rel=1e-6)
    assert two[1:] == pytest.approx(one[1:], rel=1e-3)
    assert len({round(loss, 2) for loss in one}) == 3  # and they are not the same all the time


@pytest.mark.train
def test_if_a_process_fails_all_end(tmp_path: Path) -> None:
    result = train(tmp_path, "--out", str(tmp_path / "out"), "--processes", "2", "--plain", str(tmp_path / "gone.txt"))
    assert result.returncode == 1
    assert "gone.txt" in result.stderr
    assert "Traceback" not in result.stderr

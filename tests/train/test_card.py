import subprocess
from pathlib import Path

import pytest
from models import random_model

from summarize.config import TrainConfig
from summarize.train import card
from summarize.train.card import write_card
from summarize.train.judge_measure import JudgeRecord

MODEL = random_model(1)
DEV = {
    "dtels": (1, {"parallel": 31.256, "sequential": 30, "tree": 29.5}),
    "bbc": (5, {"parallel": 40, "sequential": 41, "tree": 42}),
}

JUDGE = JudgeRecord(1234, 5678, loss=0.5, log_loss=0.7, scores={"read (zh)": "99 forms, AUC 0.9"})


@pytest.fixture
def text(tmp_path: Path) -> str:
    return written(tmp_path / "README.md", dev=DEV)


def written(path: Path, dev: dict[str, tuple[int, dict[str, float]]], judge: JudgeRecord = JUDGE) -> str:
    write_card(
        path,
        MODEL,
        TrainConfig(seed=7, epochs=12),
        corpora={"lctt": (12345, "0123456789ab"), "csl": (7, "ba9876543210")},
        dev=dev,
        judge=judge,
        epochs=9,
        minutes=118.6,
    )
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "line",
    [
        "| lctt | 12,345 | `0123456789ab` |",
        "| csl | 7 | `ba9876543210` |",
        "| dev corpus | sentences | parallel | sequential | tree |",
        "|---|---|---|---|---|",
        "| dtels | 1 | 31.26 | 30.00 | 29.50 |",
        "| bbc | 5 | 40.00 | 41.00 | 42.00 |",
        f"- {sum(array.size for array in MODEL.weights.values()):,} float32 weights",
        "## Limits",
        "## Shortened sentences",
        "- read (zh): 99 forms, AUC 0.9",
        "## Settings",
    ],
)
def test_card_has_the_line(text: str, line: str) -> None:
    assert line in text.splitlines()


@pytest.mark.parametrize(
    "part",
    [
        "seed 7, in 119 minutes; epoch 9 of 12 was kept. The default attention is tree.",
        f"{len(MODEL.vocabulary)} terms with int8 vectors of 4 numbers",
        "`learning_rate` 0.001",
        "`place_dropout` 0.25",
        "learned from 1,234 verdicts on shortened sentences and from 5,678 forms made of what people left out",
        "It chooses sentences; it does not judge whether they are true.",
    ],
)
def test_card_says(text: str, part: str) -> None:
    assert part in text


def test_card_without_dev_has_no_table_of_scores(tmp_path: Path) -> None:
    text = written(tmp_path / "README.md", dev={})
    assert "dev corpus" not in text
    assert "| lctt | 12,345 |" in text


def test_card_of_a_judge_that_was_not_measured_says_so(tmp_path: Path) -> None:
    text = written(tmp_path / "README.md", DEV, JudgeRecord(1234, 0, loss=0.5))
    assert "Nothing was held out to measure it on." in text


def test_card_of_a_judge_without_verdicts_says_that_nothing_is_shortened(tmp_path: Path) -> None:
    text = written(tmp_path / "README.md", DEV, JudgeRecord(0, 0, loss=0))
    assert "The judges saw no verdicts, and so the model shortens nothing." in text


def test_card_names_the_commit(text: str) -> None:
    found = subprocess.run(["git", "rev-parse", "--short=12", "HEAD"], capture_output=True, text=True, check=False)
    if found.returncode:
        pytest.skip("not a checkout")
    assert f"`{found.stdout.strip()}" in text


@pytest.mark.parametrize("error", [FileNotFoundError(), subprocess.CalledProcessError(128, "git")])
def test_card_outside_a_checkout_does_without_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(card.subprocess, "run", fail)
    assert "at commit `unknown`" in written(tmp_path / "README.md", dev=DEV)

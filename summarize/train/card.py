"""The model card: what a model was made of, how good it is, and what it is not for."""

import dataclasses
import subprocess
from collections.abc import Mapping
from pathlib import Path

from summarize.config import TrainConfig
from summarize.document import ATTENTION_KINDS
from summarize.network.storage import Model
from summarize.train.judge_measure import JudgeRecord

_LIMITS = """\
- It chooses sentences; it does not judge whether they are true.
- What it knows of a good choice it has from readers' marks of texts of 40 kinds, most of them two or three thousand
  characters long; of Chinese essays, medical chats and English stories it chooses worst (docs/RESULTS.md). On poetry,
  tables and languages other than Chinese and English its weights are guesses.
- Traditional Chinese is mapped to Simplified characters for the network and was not trained on by itself.
- Readers' marks favour long sentences that stand alone; what is short like a headline is chosen less often.
"""


def _commit() -> str:
    """Return the commit of the code that trains, or "unknown" outside a checkout."""
    try:
        found = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=12"],
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return found.stdout.strip()


def write_card(
    path: Path,
    model: Model,
    config: TrainConfig,
    *,
    corpora: Mapping[str, tuple[int, str]],
    dev: Mapping[str, tuple[int, Mapping[str, float]]],
    judge: JudgeRecord,
    epochs: int,
    minutes: float,
) -> None:
    """Write the card of a model.

    Args:
        path: the file.
        model: the model.
        config: how it was trained.
        corpora: for each training corpus its examples and the first digits of its SHA-256.
        dev: for each dev corpus the sentences of a summary and the score of each kind of attention.
        judge: what the judges of shortened sentences learned from, and how good they are together.
        epochs: the epoch that was kept.
        minutes: what the training took, from corpora to model.
    """
    num_weights = sum(array.size for array in model.weights.values())
    lines = [
        "# Model card",
        "",
        f"Trained by `python -m summarize.train` at commit `{_commit()}`, seed {config.seed}, "
        f"in {minutes:.0f} minutes; epoch {epochs} of {config.epochs} was kept. "
        f"The default attention is {model.default_attention}.",
        "",
        f"- {len(model.vocabulary):,} terms with int8 vectors of {model.network.embedding_size} numbers, learned from "
        "text alone and not changed by training",
        f"- {num_weights:,} float32 weights",
        "",
        "| training corpus | examples | SHA-256 of the file begins |",
        "|---|---|---|",
        *(f"| {name} | {number:,} | `{digest}` |" for name, (number, digest) in corpora.items()),
        "",
    ]
    if dev:
        lines += [
            "Mean of ROUGE-1 and ROUGE-2 F1 (percent, not stemmed, first reference) on dev while training; "
            "`python -m summarize.evaluate` gives proper figures:",
            "",
            f"| dev corpus | sentences | {' | '.join(ATTENTION_KINDS)} |",
            "|---|---|" + "---|" * len(ATTENTION_KINDS),
            *(
                f"| {name} | {number} | " + " | ".join(f"{scores[kind]:.2f}" for kind in ATTENTION_KINDS) + " |"
                for name, (number, scores) in dev.items()
            ),
            "",
        ]
    lines += ["## Shortened sentences", "", _judge_line(judge), ""]
    if judge.scores:
        lines += [*(f"- {name}: {scores}" for name, scores in judge.scores.items()), ""]
    settings = [f"`{name}` {value}" for name, value in dataclasses.asdict(config).items()]
    lines += ["## Limits", "", _LIMITS, "## Settings", "", ", ".join(settings), ""]
    path.write_text("\n".join(lines), encoding="utf-8")


def _judge_line(judge: JudgeRecord) -> str:
    if not judge.num_judged:
        return "The judges saw no verdicts, and so the model shortens nothing."
    learned = (
        f"The judges learned from {judge.num_judged:,} verdicts on shortened sentences and from "
        f"{judge.num_deletions:,} forms made of what people left out of theirs."
    )
    if not judge.scores:
        return f"{learned} Nothing was held out to measure it on."
    return (
        f"{learned} On sentences of documents that were held out (mean surprise at the verdict in nats, area under the "
        "ROC curve, and of the forms they are surest of, in percent, how many were called good and how many false):"
    )

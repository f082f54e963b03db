"""Judged forms as arrays: what the judge learns from and is measured on, and padded minibatches of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.document import CUT_KINDS, Language
from summarize.network.encoder import WordVectors
from summarize.network.judge import (
    COMPRESSION_FEATURES,
    CONTEXT_WORDS,
    MAX_IDS,
    WORD_FEATURES,
    Layout,
    embed,
    encode_forms,
    spell,
    word_features,
)
from summarize.text.grammar import Grammar
from summarize.text.vocabulary import PADDING_ID
from summarize.train.cuts import JudgedForm

_JITTER = 6.0  # words by which forms of a minibatch may differ more than they must


@dataclass(frozen=True, slots=True)
class FormExample:
    """A form as the judge reads it.

    Args:
        ids: int32 (T, 4), token ids of what stands before the sentence and of its words.
        features: float16 (T, F), what each of these words is.
        layout: the form alone.
        verdict: place in `VERDICTS`.
        weight: how much it counts in training.
        language: of its document.
    """

    ids: NDArray[np.int32]
    features: NDArray[np.float16]
    layout: Layout
    verdict: int
    weight: float
    language: Language

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class JudgeExamples:
    """What the judge learns from, and what it is measured on.

    Args:
        judged: forms with verdicts that teach.
        deletions: what people left out, and the same made wrong.
        held_out: forms with verdicts that do not teach, by what they are.
    """

    judged: Sequence[FormExample] = ()
    deletions: Sequence[FormExample] = ()
    held_out: dict[str, list[FormExample]] = field(default_factory=dict)


def make_example(judged: JudgedForm, grammar: Grammar) -> FormExample:
    """Return a judged form as arrays, as `Reading.judge` lays it out."""
    context = judged.before[-CONTEXT_WORDS:]
    words = [*context, *(word.text for word in judged.words)]
    return FormExample(
        ids=spell(words, grammar.vocabulary),
        features=word_features(words, len(context), judged.language, grammar).astype(np.float16),
        layout=encode_forms([judged.form], words, len(context), judged.language, has_stop=judged.has_stop),
        verdict=judged.verdict,
        weight=judged.weight,
        language=judged.language,
    )


def minibatches(examples: Sequence[FormExample], size: int, rng: np.random.Generator) -> Iterator[list[FormExample]]:
    """Yield all examples in minibatches of like length, in random order."""
    lengths = np.array([len(example) for example in examples])
    order = np.argsort(lengths + _JITTER * rng.random(len(lengths)))
    starts = np.arange(0, len(order), size)
    for start in rng.permutation(starts):
        yield [examples[index] for index in order[start : start + size]]


def pad(examples: Sequence[FormExample], vectors: WordVectors) -> dict[str, NDArray[Any]]:
    """Return the inputs of `summarize.train.judge.Judge` for some forms, at least one."""
    num, longest = len(examples), max(map(len, examples))
    most_kept = max(example.layout.kept.shape[1] for example in examples)
    most_cuts = max(example.layout.cuts.shape[1] for example in examples)
    ids = np.full((num, longest, MAX_IDS), PADDING_ID, np.int32)
    inputs: dict[str, NDArray[Any]] = {
        "features": np.zeros((num, longest, len(WORD_FEATURES)), np.float32),
        "mask": np.zeros((num, longest), np.bool_),
        "kept": np.full((num, most_kept), -1, np.int32),
        "is_behind": np.zeros((num, most_kept, 2), np.float32),
        "gone": np.zeros((num, longest), np.bool_),
        "cuts": np.full((num, most_cuts, 4), -1, np.int32),
        "kinds": np.zeros((num, most_cuts, len(CUT_KINDS)), np.float32),
        "forms": np.zeros((num, len(COMPRESSION_FEATURES)), np.float32),
    }
    for row, example in enumerate(examples):
        ids[row, : len(example)] = example.ids
        inputs["features"][row, : len(example)] = example.features
        inputs["mask"][row, : len(example)] = True
        for name in ("kept", "is_behind", "gone", "cuts", "kinds"):
            (array,) = getattr(example.layout, name)
            inputs[name][row, : len(array)] = array
        inputs["forms"][row] = example.layout.forms[0]
    inputs["embedded"] = embed(ids, vectors).astype(np.float32)
    return inputs

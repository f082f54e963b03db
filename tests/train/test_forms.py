from dataclasses import replace

import numpy as np
import pytest
from models import words_of
from train.builders import TINY, form_examples, tiny_lexicon

from summarize.decide.cuts import find_forms
from summarize.document import CUT_KINDS
from summarize.network.judge import (
    COMPRESSION_FEATURES,
    CONTEXT_WORDS,
    MAX_IDS,
    WORD_FEATURES,
    embed,
    encode_forms,
    spell,
    word_features,
)
from summarize.train.cuts import JudgedForm
from summarize.train.forms import make_example, minibatches, pad

LEXICON = tiny_lexicon()
WORDS = words_of("昨天 ， 河水 term3 ， 城市 term4")
FORM = next(form for form in find_forms(WORDS, [False] * len(WORDS), "zh") if len(form.cuts) > 1)
JUDGED = JudgedForm(tuple(WORDS), ("term5", "。"), True, "zh", FORM, 1, "d", 0.7)


def test_an_example_is_laid_out_as_a_document_is_read() -> None:
    example = make_example(JUDGED, LEXICON.grammar)
    words = ["term5", "。", *(word.text for word in WORDS)]
    expected = encode_forms([FORM], words, 2, "zh", has_stop=True)
    assert np.array_equal(example.ids, spell(words, LEXICON.vocabulary))
    assert example.features == pytest.approx(word_features(words, 2, "zh", LEXICON.grammar), abs=1e-3)
    for name in ("kept", "is_behind", "gone", "cuts", "kinds", "forms"):
        assert np.array_equal(getattr(example.layout, name), getattr(expected, name)), name
    assert (example.verdict, example.weight, example.language, len(example)) == (1, 0.7, "zh", len(words))


def test_an_example_has_the_end_of_what_stands_before() -> None:
    before = tuple(f"term{number}" for number in range(2, 2 + CONTEXT_WORDS + 5))
    example = make_example(replace(JUDGED, before=before), LEXICON.grammar)
    assert len(example) == CONTEXT_WORDS + len(WORDS)
    assert example.ids[0, 0] == LEXICON.vocabulary.encode(before[5])[0]
    assert example.features[:, WORD_FEATURES.index("is_context")].sum() == CONTEXT_WORDS


def test_minibatches_have_every_example_once() -> None:
    examples = form_examples(19, seed=1)
    drawn = list(minibatches(examples, 8, np.random.default_rng(1)))
    assert sorted(map(len, drawn)) == [3, 8, 8]
    assert sorted(id(example) for batch in drawn for example in batch) == sorted(map(id, examples))


def test_minibatches_are_the_same_for_the_same_seed() -> None:
    examples = form_examples(19, seed=1)
    place_of = {id(example): place for place, example in enumerate(examples)}

    def places(seed: int) -> list[list[int]]:
        drawn = minibatches(examples, 8, np.random.default_rng(seed))
        return [[place_of[id(example)] for example in batch] for batch in drawn]

    assert places(1) == places(1)
    assert places(1) != places(2)


def test_minibatches_hold_forms_of_like_length() -> None:
    short, long = form_examples(8, seed=1, num_words=6), form_examples(8, seed=2, num_words=60)
    for batch in minibatches([*short, *long], 8, np.random.default_rng(3)):
        assert len({len(example) for example in batch}) == 1


def test_minibatches_of_nothing_are_none() -> None:
    assert list(minibatches([], 8, np.random.default_rng(1))) == []


def test_padding_by_hand() -> None:
    one, other = form_examples(1, seed=1, num_words=5)[0], form_examples(1, seed=2, num_words=9)[0]
    inputs = pad([one, other], LEXICON.vectors)
    size, longest = len(one), len(other)
    num_kept, most_kept = one.layout.kept.shape[1], max(one.layout.kept.shape[1], other.layout.kept.shape[1])
    num_cuts, most_cuts = one.layout.cuts.shape[1], max(one.layout.cuts.shape[1], other.layout.cuts.shape[1])
    assert inputs["embedded"].shape == (2, longest, TINY.embedding_size)
    assert inputs["features"].shape == (2, longest, len(WORD_FEATURES))
    assert inputs["kept"].shape == (2, most_kept)
    assert inputs["cuts"].shape == (2, most_cuts, 4)
    assert inputs["kinds"].shape == (2, most_cuts, len(CUT_KINDS))
    assert inputs["forms"].shape == (2, len(COMPRESSION_FEATURES))
    assert inputs["mask"].tolist() == [[True] * size + [False] * (longest - size), [True] * longest]
    assert inputs["embedded"][0, :size] == pytest.approx(embed(one.ids, LEXICON.vectors))
    assert not inputs["embedded"][0, size:].any()
    assert not inputs["features"][0, size:].any()
    assert not inputs["gone"][0, size:].any()
    assert inputs["gone"][0, :size].tolist() == one.layout.gone[0].tolist()
    assert inputs["kept"][0, :num_kept].tolist() == one.layout.kept[0].tolist()
    assert (inputs["kept"][0, num_kept:] == -1).all()
    assert (inputs["cuts"][0, num_cuts:] == -1).all()
    assert one.ids.shape == (size, MAX_IDS)

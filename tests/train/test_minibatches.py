from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import few_examples
from train.builders import examples_of

from summarize.config import TrainConfig
from summarize.network.features import FEATURE_NAMES, POSITION_FEATURES, WANTED_FEATURE, target_length_feature
from summarize.train.examples import Examples
from summarize.train.minibatches import Minibatches, draw, pack, pad


def corpus(num_documents: int, seed: int = 0) -> Examples:
    """Documents of 1 to 8 sentences of 0 to 6 words."""
    random = np.random.default_rng(seed)
    return examples_of([random.integers(0, 7, random.integers(1, 9)).tolist() for _ in range(num_documents)], seed=seed)


EXAMPLES = {"big": corpus(100, seed=1), "small": corpus(25, seed=2)}


def config(**changes: Any) -> TrainConfig:
    return TrainConfig(**{"documents_per_epoch": 30, "sentences_per_minibatch": 40, "seed": 3, **changes})


def all_arrays(minibatches: Minibatches) -> list[dict[str, Any]]:
    return [inputs | labels for inputs, labels in minibatches]


def are_equal(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> bool:
    return len(one) == len(other) and all(
        a.keys() == b.keys() and all(np.array_equal(a[name], b[name]) for name in a)
        for a, b in zip(one, other, strict=True)
    )


def test_minibatches_are_the_same_for_the_same_seed_and_epoch() -> None:
    one = all_arrays(Minibatches(EXAMPLES, config(), 4))
    assert are_equal(one, all_arrays(Minibatches(EXAMPLES, config(), 4)))
    assert not are_equal(one, all_arrays(Minibatches(EXAMPLES, config(), 5)))
    assert not are_equal(one, all_arrays(Minibatches(EXAMPLES, config(seed=4), 4)))


def test_minibatches_can_be_gone_through_twice() -> None:
    minibatches = Minibatches(EXAMPLES, config(), 0)
    assert are_equal(all_arrays(minibatches), all_arrays(minibatches))


def test_minibatches_know_their_number() -> None:
    minibatches = Minibatches(EXAMPLES, config(), 0)
    assert len(minibatches) == len(all_arrays(minibatches)) > 1


@pytest.mark.parametrize(
    ("exponent", "expected"),
    [
        pytest.param(0.5, {"big": 20, "small": 10}, id="in proportion to the root"),  # 10 : 5
        pytest.param(1.0, {"big": 24, "small": 6}, id="in proportion to the size"),  # 4 : 1
        pytest.param(0.0, {"big": 15, "small": 15}, id="to each the same"),
    ],
)
def test_draw_gives_each_corpus_its_share(exponent: float, expected: dict[str, int]) -> None:
    drawn = draw(EXAMPLES, config(corpus_exponent=exponent), 0)
    assert Counter(name for name, _ in drawn) == expected


@pytest.mark.parametrize("documents_per_epoch", [7, 30, 125, 400])
def test_draw_takes_every_document_before_any_comes_twice(documents_per_epoch: int) -> None:
    times = {name: Counter(dict.fromkeys(range(len(made)), 0)) for name, made in EXAMPLES.items()}
    for epoch in range(12):
        for name, index in draw(EXAMPLES, config(documents_per_epoch=documents_per_epoch), epoch):
            times[name][index] += 1
        for of_corpus in times.values():
            assert max(of_corpus.values()) - min(of_corpus.values()) <= 1


def test_draw_takes_another_order_the_second_time() -> None:
    alone = {"small": EXAMPLES["small"]}
    first, second = (draw(alone, config(documents_per_epoch=12), epoch)[:12] for epoch in (0, 4))
    # Epoch 4 begins with document 48, so with the last two of the second round.
    assert len(set(first) & set(second)) < 12


def test_draw_mixes_corpora() -> None:
    names = [name for name, _ in draw(EXAMPLES, config(), 0)]
    assert names != sorted(names)
    assert names != sorted(names, reverse=True)


def test_draw_passes_over_a_corpus_without_examples() -> None:
    drawn = draw({"empty": corpus(0), **EXAMPLES}, config(corpus_exponent=0.5), 0)
    assert Counter(name for name, _ in drawn) == {"big": 20, "small": 10}


def test_draw_takes_nothing_of_a_corpus_with_too_small_a_share() -> None:
    # 1 and 100 in 101 of 50 documents
    drawn = draw({"big": EXAMPLES["big"], "one": corpus(1)}, config(documents_per_epoch=50, corpus_exponent=1.0), 0)
    assert Counter(name for name, _ in drawn) == {"big": 50}


def marked(num_documents: int) -> Examples:
    return examples_of([[1, 2]] * num_documents, is_marked=True)


# 16 and 4 documents that were read, whose roots are as 2 to 1, as are those of 100 and 25.
MARKED = {"notes": marked(16), "talks": marked(4)}
READ = {"big": EXAMPLES["big"], "notes": MARKED["notes"], "small": EXAMPLES["small"], "talks": MARKED["talks"]}


@pytest.mark.parametrize(
    ("share", "expected"),
    [
        pytest.param(0.3, {"big": 14, "small": 7, "notes": 6, "talks": 3}, id="three tenths of thirty"),
        pytest.param(0.7, {"big": 6, "small": 3, "notes": 14, "talks": 7}, id="seven tenths"),
        pytest.param(0.0, {"big": 20, "small": 10}, id="none"),
    ],
)
def test_draw_gives_marked_corpora_together_their_share(share: float, expected: dict[str, int]) -> None:
    settings = config(corpus_exponent=0.5, marked_share=share)
    for epoch in range(3):
        assert Counter(name for name, _ in draw(READ, settings, epoch)) == expected


def test_draw_of_marked_corpora_alone_gives_them_everything() -> None:
    counted = Counter(name for name, _ in draw(MARKED, config(corpus_exponent=0.5), 0))
    assert counted == {"notes": 20, "talks": 10}


def test_draw_takes_every_marked_document_before_any_comes_twice() -> None:
    settings = config(documents_per_epoch=40, corpus_exponent=0.5)
    times = {name: Counter(dict.fromkeys(range(len(made)), 0)) for name, made in READ.items()}
    for epoch in range(6):
        for name, index in draw(READ, settings, epoch):
            times[name][index] += 1
        for of_corpus in times.values():
            assert max(of_corpus.values()) - min(of_corpus.values()) <= 1


@few_examples
@given(st.integers(1, 90), st.integers(2, 120), st.integers(0, 5))
def test_pack_holds_every_document_once_and_few_sentences(
    sentences_per_minibatch: int, documents_per_epoch: int, epoch: int
) -> None:
    settings = config(sentences_per_minibatch=sentences_per_minibatch, documents_per_epoch=documents_per_epoch)
    drawn = draw(EXAMPLES, settings, epoch)
    packed = pack(EXAMPLES, drawn, settings)
    assert Counter(document for documents in packed for document in documents) == Counter(drawn)
    for documents in packed:
        longest = max(int(EXAMPLES[name].num_sentences[index]) for name, index in documents)
        assert len(documents) == 1 or len(documents) * longest <= sentences_per_minibatch


def test_pack_puts_like_lengths_together() -> None:
    packed = pack(EXAMPLES, draw(EXAMPLES, config(), 0), config())
    lengths = [sorted(int(EXAMPLES[n].num_sentences[i]) for n, i in documents) for documents in packed]
    assert all(before[-1] <= behind[0] for before, behind in pairwise(lengths))


def words_of(examples: Examples, document: int) -> list[list[int]]:
    """The token ids of each sentence of a document."""
    first, behind = examples.sentence_bounds[document : document + 2]
    bounds = examples.token_bounds
    return [examples.token_ids[bounds[i] : bounds[i + 1]].tolist() for i in range(first, behind)]


def test_pad_by_hand() -> None:
    made = {"one": examples_of([[2, 0, 3], [4]]), "other": examples_of([[1, 2]], seed=9)}
    inputs, labels = pad(made, [("one", 1), ("other", 0), ("one", 0)], config())
    one, other = made["one"], made["other"]
    (a,), (b, c), (d, e, f) = words_of(one, 1), words_of(other, 0), words_of(one, 0)
    assert inputs["token_ids"].tolist() == [
        [a, [0] * 4, [0] * 4],
        [[*b, 0, 0, 0], [*c, 0, 0], [0] * 4],
        [[*d, 0, 0], [0] * 4, [*f, 0]],
    ]
    assert e == []
    assert inputs["sentence_mask"].tolist() == [[True, False, False], [True, True, False], [True, True, True]]
    # The first sentence of each corpus' first document is a heading.
    assert inputs["candidate_mask"].tolist() == [[True, False, False], [False, True, False], [False, True, True]]
    for name in ("features", "paragraphs"):
        expected = getattr(other, name)
        assert np.array_equal(inputs[name][1, :2], expected)
        assert not inputs[name][1, 2:].any()
    assert np.array_equal(labels["salience"][2], one.salience[:3])
    assert labels["salience"][0].tolist() == [1, 0, 0]
    assert np.array_equal(labels["steps"][2], np.array([one.salience[:3], np.zeros(3)]))
    assert not labels["steps"][0, :, 1:].any()


def test_pad_for_longer_summaries() -> None:
    made = {"one": examples_of([[2, 0, 3], [4]])}
    one = made["one"]
    inputs, labels = pad(made, [("one", 0), ("one", 1)], config(), np.array([True, False]))
    assert np.array_equal(labels["salience"][0], one.longer_salience[:3])
    assert np.array_equal(labels["steps"][0], one.steps[:3].T)
    wanted = inputs["features"][..., FEATURE_NAMES.index(WANTED_FEATURE)]
    assert wanted[0] == pytest.approx([target_length_feature(int(one.target_sentences[0]))] * 3)
    assert np.array_equal(labels["salience"][1, :1], one.salience[3:])
    assert labels["steps"][1, 0].tolist() == labels["salience"][1].tolist()


def test_pad_keeps_kinds_of_numbers() -> None:
    inputs, labels = pad(EXAMPLES, [("big", 0)], config())
    kinds = {name: array.dtype for name, array in (inputs | labels).items()}
    assert kinds == {
        "token_ids": np.int32,
        "token_features": np.float32,
        "features": np.float32,
        "paragraphs": np.int32,
        "sentence_mask": np.bool_,
        "candidate_mask": np.bool_,
        "salience": np.float32,
        "steps": np.float32,
        "marks": np.int32,
        "words": np.int32,
        "named": np.float32,
    }


def test_pad_cuts_long_sentences() -> None:
    made = {"one": examples_of([[9, 2]])}
    inputs, _ = pad(made, [("one", 0)], config(max_words=4))
    long, short = words_of(made["one"], 0)
    assert inputs["token_ids"].tolist() == [[long[:4], [*short, 0, 0]]]


def test_pad_leaves_room_for_a_word_where_there_is_none() -> None:
    made = {"one": examples_of([[0]])}
    made["one"].word_bounds[:] = 0
    inputs, labels = pad(made, [("one", 0)], config())
    assert inputs["token_ids"].tolist() == [[[0]]]
    assert labels["words"].tolist() == [[0]]


def test_pad_gives_each_document_its_reference_words() -> None:
    _, labels = pad(EXAMPLES, [("big", 5), ("small", 5), ("big", 6)], config())
    for row, (name, index) in zip(labels["words"], [("big", 5), ("small", 5), ("big", 6)], strict=True):
        expected = EXAMPLES[name].words[slice(*EXAMPLES[name].word_bounds[index : index + 2])]
        assert row[row > 0].tolist() == expected.tolist()


def test_pad_tells_which_words_the_reference_names() -> None:
    made = examples_of([[2, 0, 3], [4]])
    made = replace(
        made,
        token_ids=np.array([2, 5, 9, 5, 8, 3, 3, 2, 5], np.int32),
        words=np.array([5, 8, 3], np.int32),
        word_bounds=np.array([0, 2, 3]),
    )
    inputs, labels = pad({"one": made}, [("one", 0), ("one", 1)], config(num_reader_words=9, max_words=3))
    assert inputs["token_ids"].tolist() == [[[2, 5, 0], [0, 0, 0], [9, 5, 8]], [[3, 3, 2], [0, 0, 0], [0, 0, 0]]]
    # Word 9 is none that the reader may name, so it is not known whether the reference has it; nor is padding.
    none = [-1, -1, -1]
    assert labels["named"].tolist() == [[[0, 1, -1], none, [-1, 1, 1]], [[1, 1, 0], none, none]]


def test_pad_gives_each_sentence_its_mark() -> None:
    made = {"read": examples_of([[2, 1, 3], [4, 1]], is_marked=True), "not": examples_of([[1]])}
    assert [made["read"].is_marked, made["not"].is_marked] == [True, False]
    _, labels = pad(made, [("read", 1), ("not", 0), ("read", 0)], config())
    assert labels["marks"].tolist() == [[3, 0, -1], [-1, -1, -1], [0, 1, 2]]


def test_padding_is_zero_everywhere() -> None:
    for inputs, labels in Minibatches(EXAMPLES, config(place_dropout=0), 0):
        mask = inputs["sentence_mask"]
        assert (np.sort(~mask, axis=1) == ~mask).all()  # what is real comes first
        for name in ("token_ids", "features", "paragraphs", "candidate_mask"):
            assert not inputs[name][~mask].any(), name
        assert not labels["salience"][~mask].any()
        assert (labels["marks"][~mask] == -1).all()
        assert (labels["named"][inputs["token_ids"] == 0] == -1).all()
        assert not labels["steps"].transpose(0, 2, 1)[~mask].any()


def hidden_documents(settings: TrainConfig, examples: Mapping[str, Examples] = EXAMPLES) -> list[bool]:
    """Whether the place features of each document of an epoch are hidden; checks all other columns."""
    shown = Minibatches(examples, replace(settings, place_dropout=0), 0)
    found = []
    for (inputs, labels), (expected, expected_labels) in zip(Minibatches(examples, settings, 0), shown, strict=True):
        for name in inputs.keys() - {"features"}:
            assert np.array_equal(inputs[name], expected[name])
        for name in labels:
            assert np.array_equal(labels[name], expected_labels[name])
        places = len(POSITION_FEATURES)
        assert np.array_equal(inputs["features"][..., places:], expected["features"][..., places:])
        for row, whole in zip(inputs["features"][..., :places], expected["features"][..., :places], strict=True):
            assert whole.any()
            found.append(not row.any())
            assert found[-1] or np.array_equal(row, whole)
    return found


def test_place_features_come_first() -> None:
    assert FEATURE_NAMES[: len(POSITION_FEATURES)] == POSITION_FEATURES


def test_place_features_of_some_documents_are_hidden() -> None:
    is_hidden = hidden_documents(config(place_dropout=0.3, documents_per_epoch=400))
    assert np.mean(is_hidden) == pytest.approx(0.3, abs=0.06)


def test_place_features_are_shown_without_place_dropout() -> None:
    assert not any(hidden_documents(config(place_dropout=0)))


def test_minibatches_ask_more_often_for_long_summaries_where_references_are_long() -> None:
    shares = {}
    for num_fitting in (1, 4):
        made = replace(EXAMPLES["big"], num_fitting=np.full(100, num_fitting, np.int32))
        settings = config(documents_per_epoch=2_000, longer_share=0.4, place_dropout=0)
        wanted = FEATURE_NAMES.index(WANTED_FEATURE)
        asked = [inputs["features"][:, 0, wanted] > 0 for inputs, _ in Minibatches({"big": made}, settings, 0)]
        shares[num_fitting] = np.concatenate(asked).mean()
    assert shares[1] == pytest.approx(0.4, abs=0.04)
    assert shares[4] == pytest.approx(1 - 0.6 / 4, abs=0.04)

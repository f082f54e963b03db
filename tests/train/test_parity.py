"""The forward pass in NumPy beside the network in Keras."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from models import parameter_shapes
from numpy.typing import NDArray
from train.builders import TINY, tiny_lexicon
from train.networks import Inputs, build, import_judge, import_weights, random_inputs, set_random_weights

from summarize.decide.cuts import find_forms
from summarize.document import ATTENTION_KINDS, Document
from summarize.network.bags import SentenceBags
from summarize.network.encoder import SLICE_TOKENS, Tokens, WordVectors, sentence_states, sentence_vectors
from summarize.network.features import sentence_features, term_features
from summarize.network.judge import CONTEXT_WORDS, weights_of_judge, word_features
from summarize.network.layers import Array
from summarize.network.parallel import parallel_attention
from summarize.network.scorer import NetworkScorer, candidate_mask, encode_terms, term_idf
from summarize.network.sequential import sequential_attention
from summarize.network.storage import Model, load_model
from summarize.network.tree import MAX_LEAVES, tree_attention
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences
from summarize.text.terms import find_terms
from summarize.train.alignment import words_of
from summarize.train.cuts import GOOD, JudgedForm
from summarize.train.export import export_weights
from summarize.train.forms import make_example
from summarize.train.judge import Judge
from summarize.train.judge_fit import predict
from summarize.train.network import SummaryNetwork

pytestmark = pytest.mark.train

TOLERANCE = 1e-5
NUM_WANTED = 3
TEXTS = Path(__file__).parents[2] / "data"

CASES = {
    "one word": [[1]],
    "one sentence": [[9]],
    "padding": [[7, 3, 4, 6, 1], [2], [5, 5, 8]],
    "empty sentences": [[0, 4, 0, 2, 0], [3, 0]],
    "no words": [[0, 0, 0], [0]],
    "sixty sentences": [[(3 * index) % 11 for index in range(60)], [4, 2]],
    "long sentences": [[SLICE_TOKENS + 1, 2, 2 * SLICE_TOKENS + 9, SLICE_TOKENS, SLICE_TOKENS - 1], [3, 0]],
}


class Exported(dict[str, Array]):
    """Exported weights, which say where one has to be added that a forward pass reads."""

    def __missing__(self, name: str) -> Array:
        pytest.fail(f"{name} is not exported: add it to parameter_shapes in summarize/network/storage.py")


def explain_difference(differing: Iterable[str], document: object) -> str:
    """Say which files differ if these of a network's outputs do."""
    kinds = sorted({"sequential" if output == "steps" else output for output in differing})
    lines = [f"{kind}: summarize/network/{kind}.py and summarize/train/{kind}.py differ" for kind in kinds]
    if kinds == sorted(ATTENTION_KINDS):
        lines.append("all: or summarize/network/encoder.py and summarize/train/encoder.py, which all read, differ")
    return "\n".join(f"{line} (document {document})" for line in lines)


def forward_pass(
    row: int, inputs: Inputs, vectors: WordVectors, weights: Mapping[str, Array]
) -> dict[str, NDArray[np.floating]]:
    """What the NumPy functions make of one document of a minibatch, without its padding."""
    size = int(inputs["sentence_mask"][row].sum())
    token_ids, features, paragraphs, mask = (
        inputs[name][row, :size] for name in ("token_ids", "features", "paragraphs", "candidate_mask")
    )
    bounds = np.append(0, np.cumsum((token_ids > 0).sum(axis=-1)))
    ids = token_ids[token_ids > 0]
    tokens = Tokens(ids, np.arange(len(ids), dtype=np.int32), bounds)  # each token is a term of its own
    of_terms = inputs["token_features"][row, :size][token_ids > 0]
    x = sentence_vectors(tokens, of_terms, vectors, weights)
    states = sentence_states(x, features, weights)
    sequential, steps = sequential_attention(states, features, mask, weights)
    return {
        "parallel": parallel_attention(states, features, mask, weights),
        "sequential": sequential,
        "tree": tree_attention(states, features, paragraphs, mask, weights),
        "steps": steps,
    }


@pytest.fixture(scope="module")
def network() -> SummaryNetwork:
    """Weights large enough that no attention is flat."""
    network = build(TINY, tiny_lexicon().vectors)
    set_random_weights(network, seed=1, scale=0.7)
    return network


@pytest.mark.parametrize("num_headings", [0, 1])
@pytest.mark.parametrize("documents", CASES.values(), ids=CASES)
def test_forward_pass_is_that_of_keras(network: SummaryNetwork, documents: list[list[int]], num_headings: int) -> None:
    # A heading alone in its document leaves nothing that may be chosen.
    inputs = random_inputs(documents, TINY, headings=num_headings)
    vectors, weights = tiny_lexicon().vectors, Exported(export_weights(network))
    by_keras = {kind: np.array(found) for kind, found in network(inputs).items()}
    for row, document in enumerate(documents):
        by_numpy = forward_pass(row, inputs, vectors, weights)
        differing = [
            kind
            for kind, expected in by_keras.items()
            if not np.abs(by_numpy[kind] - expected[row, ..., : len(document)]).max() < TOLERANCE  # or not a number
        ]
        assert not differing, explain_difference(differing, row)
        for kind, expected in by_keras.items():
            assert not expected[row, ..., len(document) :].any(), f"{kind}: Keras weighs padding (document {row})"
            total = float(len(document) > num_headings)
            assert by_numpy[kind].sum(axis=-1) == pytest.approx(total, abs=TOLERANCE), f"{kind} (document {row})"


def test_parity_is_tested_on_attention_that_is_not_flat(network: SummaryNetwork) -> None:
    inputs = random_inputs(CASES["sixty sentences"][:1], TINY)
    by_keras = network(inputs)
    for kind in ATTENTION_KINDS:
        alpha = np.array(by_keras[kind])[0]
        assert alpha.max() > 5 / 60
        assert alpha.min() < 1 / 5 / 60


def test_exported_weights_are_those_that_the_forward_pass_names(network: SummaryNetwork) -> None:
    exported = export_weights(network)
    assert {name: array.shape for name, array in exported.items()} == {
        name: shape for name, shape in parameter_shapes(TINY).items() if not name.startswith("judge/")
    }
    assert {array.dtype for array in exported.values()} == {np.dtype(np.float32)}


def test_every_variable_of_what_weighs_is_exported(network: SummaryNetwork) -> None:
    layers = [network.words.convolution, network.document, network.parallel, network.sequential, network.tree]
    variables = [variable for layer in layers for variable in layer.trainable_variables] + [network.words.v]
    exported = export_weights(network).values()  # drawn at random, so no two variables are equal
    missing = [one.path for one in variables if not any(np.array_equal(one, array) for array in exported)]
    assert not missing, f"not exported: {missing}; add them to parameter_shapes in summarize/network/storage.py"
    assert len(variables) == len(exported)


def test_weights_are_exported_in_the_order_of_the_supplied_model(network: SummaryNetwork) -> None:
    # So that training from the same corpora writes the same file.
    supplied = [name for name in load_model().weights if not name.startswith("judge/")]
    assert list(export_weights(network)) == supplied


def test_difference_is_explained_by_the_files_that_differ() -> None:
    assert explain_difference(["steps", "sequential"], 3) == (
        "sequential: summarize/network/sequential.py and summarize/train/sequential.py differ (document 3)"
    )
    assert "encoder.py" in explain_difference(ATTENTION_KINDS, 0)
    assert "encoder.py" not in explain_difference(ATTENTION_KINDS[:2], 0)


def test_exported_weights_are_copies(network: SummaryNetwork) -> None:
    exported = export_weights(network)
    exported["parallel/v"] += 1
    assert np.abs(export_weights(network)["parallel/v"] - exported["parallel/v"]).min() == pytest.approx(1)


def read(path: Path) -> Document:
    text = path.read_text(encoding="utf-8")
    return Document(text, find_sentences(text), detect_language(text))


def inputs_of(document: Document, model: Model) -> Inputs:
    """A minibatch of one document, as the training would make it without cutting anything."""
    terms = find_terms(document)
    idf = term_idf(terms, model.vocabulary, model.idf)
    tokens = encode_terms(terms, model.vocabulary)
    bags = SentenceBags(terms, idf)
    lengths = np.diff(tokens.bounds)
    is_token = np.arange(lengths.max()) < lengths[:, None]
    padded = np.zeros((1, *is_token.shape), np.int32)
    padded[0][is_token] = tokens.ids
    of_tokens = np.zeros((*padded.shape, model.network.num_term_features), np.float32)
    of_tokens[0][is_token] = term_features(terms, bags, idf)[tokens.terms]
    mask = candidate_mask(document, terms)
    return {
        "token_ids": padded,
        "token_features": of_tokens,
        "features": sentence_features(document, terms, bags, idf, target_sentences=NUM_WANTED)[None],
        "paragraphs": np.array([[sentence.paragraph for sentence in document.sentences]], np.int32),
        "sentence_mask": np.ones_like(mask)[None],
        "candidate_mask": mask[None],
    }


@pytest.fixture(scope="module")
def shipped() -> tuple[Model, SummaryNetwork]:
    model = load_model()
    network = build(model.network, model.vectors)
    import_weights(network, model.weights)
    return model, network


@pytest.mark.parametrize(
    "name",
    [
        "worldcup.txt",
        "zh/judgment.txt",
        "zh/report-survey.txt",
        "zh/traditional.txt",
        "en/report.txt",
        "en/hardwrapped.txt",
        "mixed/release-notes.txt",
    ],
)
def test_shipped_weights_weigh_as_in_keras(shipped: tuple[Model, SummaryNetwork], name: str) -> None:
    model, network = shipped
    document = read(TEXTS / name)
    assert len(document.sentences) <= MAX_LEAVES  # above it the tree is one of trees
    by_keras = network(inputs_of(document, model))
    reading = NetworkScorer(model).read(document, NUM_WANTED)
    differing = [
        kind
        for kind in ATTENTION_KINDS
        if not np.abs(reading.weigh(kind) - np.array(by_keras[kind])[0]).max() < TOLERANCE
    ]
    assert not differing, explain_difference(differing, name)


@pytest.mark.parametrize("name", ["worldcup.txt", "zh/traditional.txt", "en/report.txt", "mixed/release-notes.txt"])
def test_shipped_weights_judge_as_in_keras(shipped: tuple[Model, SummaryNetwork], name: str) -> None:
    model, _ = shipped
    sizes = model.network
    judges = [
        Judge(sizes.embedding_size, sizes.judge_state_size, sizes.judge_width, dropout=0)
        for _ in range(sizes.num_judges)
    ]
    for number, judge in enumerate(judges):
        import_judge(judge, weights_of_judge(model.weights, number))
    document = read(TEXTS / name)
    reading = NetworkScorer(model).read(document, NUM_WANTED)
    before: tuple[str, ...] = ()
    for text in islice(document.sentence_texts(), 4):
        words, has_stop = words_of(text, document.language)
        texts = tuple(word.text for word in words)
        is_verb = [reading.may_be_predicate(word) for word in texts]
        forms = list(islice(find_forms(words, is_verb, document.language), 20))
        if forms:
            by_numpy = reading.judge(texts, before, forms, has_stop=has_stop)
            judged = [JudgedForm(tuple(words), before, has_stop, document.language, form, GOOD, "") for form in forms]
            read_words = [*before[-CONTEXT_WORDS:], *texts]
            features = word_features(read_words, len(read_words) - len(texts), document.language, model.grammar)
            # Between the two they are kept in half precision.
            examples = [replace(make_example(one, model.grammar), features=features) for one in judged]
            by_keras = np.stack([predict(judge, examples, model.vectors) for judge in judges])  # (judges, N, 3)
            least = by_keras[:, :, GOOD].argmin(axis=0)
            assert np.abs(by_numpy - by_keras[least, np.arange(len(forms))]).max() < TOLERANCE
        before = texts

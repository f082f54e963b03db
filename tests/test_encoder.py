import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import random_model
from strategies import few_examples, rows_of_ids

from summarize.network import encoder
from summarize.network.attention import Array
from summarize.network.encoder import Tokens, WordVectors, sentence_states, sentence_vectors, word_attention
from summarize.network.layers import bidirectional_gru

LN2, LN3 = np.log(2), np.log(3)

# Word 1 has the vector 1, word 2 the vector 2, word 3 the vector -1; 0 pads.
VECTORS = WordVectors(np.array([[0], [1], [2], [-1]], np.int8), np.ones(4, np.float32))
NO_COMPANY = np.zeros((4, 0), np.float32)


def simple_weights(kernel: list[float], *, bias: float = 0.0, v: float = 0.0) -> dict[str, Array]:
    """Weights of a network with E = D = 1."""
    return {
        "words/convolution/kernel": np.array(kernel, np.float32).reshape(-1, 1, 1),
        "words/convolution/bias": np.array([bias], np.float32),
        "words/v": np.array([v], np.float32),
    }


# With the vectors 1 and 2: tanh(ln 3 / 2) = 1/2 and tanh(ln 3) = (3 - 1/3) / (3 + 1/3) = 4/5.
HERE = simple_weights([0, LN3 / 2, 0])
BEFORE = simple_weights([LN3 / 2, 0, 0])
BEHIND = simple_weights([0, 0, LN3 / 2])


def flatten(sentences: list[list[int]]) -> Tokens:
    """Sentences of token ids, of which each is a term of the document by the same number."""
    token_ids = np.array([token_id for sentence in sentences for token_id in sentence], np.int32)
    bounds = np.append(0, np.cumsum([len(sentence) for sentence in sentences])).astype(np.int64)
    return Tokens(token_ids, token_ids, bounds)


def read(sentences: list[list[int]], weights: dict[str, Array]) -> list[float]:
    return sentence_vectors(flatten(sentences), NO_COMPANY, VECTORS, weights)[:, 0].tolist()


def test_word_vectors_are_codes_by_scale() -> None:
    vectors = WordVectors(np.array([[0, 0], [1, -2], [100, 127]], np.int8), np.array([0, 0.5, 0.01], np.float32))
    found = vectors[np.array([[2, 1], [0, 1]])]
    assert found == pytest.approx(np.array([[[1, 1.27], [0.5, -1]], [[0, 0], [0.5, -1]]]))
    assert found.dtype == np.float64


def test_word_vectors_of_no_ids_are_none() -> None:
    assert VECTORS[np.zeros((0, 3), np.int32)].shape == (0, 3, 1)


@pytest.mark.parametrize(
    ("words", "weights", "expected"),
    [
        pytest.param([1], HERE, 1 / 2, id="one word"),
        pytest.param([1], BEFORE, 0, id="nothing before one word"),
        pytest.param([1], BEHIND, 0, id="nothing behind one word"),
        pytest.param([1], simple_weights([9, 0, 9], bias=LN3 / 2), 1 / 2, id="bias"),
        pytest.param([1, 2], HERE, (1 / 2 + 4 / 5) / 2, id="two words"),
        pytest.param([1, 2], BEFORE, (0 + 1 / 2) / 2, id="the word before"),
        pytest.param([1, 2], BEHIND, (4 / 5 + 0) / 2, id="the word behind"),
        pytest.param([1, 2, 3], HERE, (1 / 2 + 4 / 5 - 1 / 2) / 3, id="three words"),
        pytest.param([1, 2, 3], BEFORE, (0 + 1 / 2 + 4 / 5) / 3, id="the words before"),
        pytest.param([1, 2, 3], BEHIND, (4 / 5 - 1 / 2 + 0) / 3, id="the words behind"),
    ],
)
def test_sentence_vectors_by_hand(words: list[int], weights: dict[str, Array], expected: float) -> None:
    assert read([words], weights) == pytest.approx([expected])  # v = 0, so every word weighs the same


def test_sentence_vectors_add_up_all_three_places() -> None:
    # Under tanh, in halves of ln 3: 0 + 1 + 2 - 1 = 2, then 1 + 2 - 1 - 1 = 1, then 2 - 1 + 0 - 1 = 0.
    weights = simple_weights([LN3 / 2] * 3, bias=-LN3 / 2)
    assert read([[1, 2, 3]], weights) == pytest.approx([(4 / 5 + 1 / 2 + 0) / 3])


def test_sentence_vectors_heed_heavy_words() -> None:
    # p = 0, 1/2, 4/5 and v = 10 ln 2: scores 0, 5 ln 2, 8 ln 2; exp gives 1, 32, 256; of 289
    weights = BEFORE | {"words/v": np.array([10 * LN2], np.float32)}
    assert read([[1, 2, 3]], weights) == pytest.approx([(0 + 32 / 2 + 256 * 4 / 5) / 289])


def test_sentence_vectors_know_what_a_word_is_to_the_document() -> None:
    # Term 1 counts ln 3 / 2 and term 2 nothing; the words' own vectors are not looked at.
    weights = HERE | {"words/convolution/kernel": np.array([[[0], [0]], [[0], [1]], [[0], [0]]], np.float32)}
    of_terms = np.array([[0], [LN3 / 2], [0], [0]], np.float32)
    assert sentence_vectors(flatten([[1], [2], [1, 2]]), of_terms, VECTORS, weights)[:, 0] == pytest.approx(
        [1 / 2, 0, 1 / 4]
    )


def test_sentence_vectors_do_not_see_other_sentences() -> None:
    assert read([[1], [2], [1]], BEFORE) == pytest.approx([0, 0, 0])
    assert read([[1], [2], [1]], BEHIND) == pytest.approx([0, 0, 0])


def test_sentence_vectors_of_different_lengths_do_not_mix() -> None:
    assert read([[1, 2, 3], [1], [2, 2]], HERE) == pytest.approx([(4 / 5) / 3, 1 / 2, 4 / 5])


def test_sentence_vectors_without_words_are_zeros() -> None:
    weights = simple_weights([0, 1, 0], bias=5)
    assert read([[], [1], [], [2], []], weights)[::2] == [0, 0, 0]
    assert read([[], []], weights) == [0, 0]
    assert read([], weights) == []


def test_sentence_vectors_are_single_precision() -> None:
    assert sentence_vectors(flatten([[1, 2]]), NO_COMPANY, VECTORS, HERE).dtype == np.float64


def masses(sentences: list[list[int]], weights: dict[str, Array]) -> list[float]:
    """m, the last entry of each sentence's vector."""
    x = sentence_vectors(flatten(sentences), NO_COMPANY, VECTORS, weights)
    assert x.shape == (len(sentences), 2)
    return x[:, -1].tolist()


# p = 1/2 and 4/5 of words 1 and 2, so that u is ln 3 of word 1, and ln 4 of word 2.
LIKELY = HERE | {"words/v": np.array([2 * LN3], np.float32)}
LIKELIER = HERE | {"words/v": np.array([5 / 4 * np.log(4)], np.float32)}


@pytest.mark.parametrize(
    ("words", "weights", "expected"),
    [
        pytest.param([1], LIKELY, np.log(1 + 3) / 5, id="one word"),
        pytest.param([1, 1], LIKELY, np.log(1 + 3 + 3) / 5, id="two words"),
        pytest.param([1, 3], LIKELY, np.log(1 + 3 + 1 / 3) / 5, id="one word likely and one unlikely"),
        pytest.param([2], LIKELIER, np.log(1 + 4) / 5, id="another word"),
        pytest.param([1, 2, 3], HERE, np.log(1 + 3) / 5, id="words of even odds"),
        pytest.param([3] * 9, HERE | {"words/v": np.array([200], np.float32)}, 0, id="none is likely"),
        pytest.param([1], HERE | {"words/v": np.array([2000], np.float32)}, 1000 / 5, id="overflow"),
        pytest.param([], LIKELY, 0, id="no words"),
    ],
)
def test_mass_of_a_sentence_by_hand(words: list[int], weights: dict[str, Array], expected: float) -> None:
    assert masses([words], weights) == pytest.approx([expected], rel=1e-5)


def test_mass_of_a_sentence_does_not_see_other_sentences() -> None:
    assert masses([[1], [], [1, 1], [1]], LIKELY) == pytest.approx(np.log([4, 1, 7, 4]) / 5)


def test_mass_of_a_sentence_in_several_slices_is_that_of_all_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "SLICE_TOKENS", 2)
    assert masses([[1] * 5, [1], [1, 3, 3]], LIKELY) == pytest.approx(np.log([1 + 5 * 3, 4, 1 + 3 + 2 / 3]) / 5)
    monkeypatch.undo()
    num_words = 2 * encoder.SLICE_TOKENS + 10
    assert masses([[1] * num_words], LIKELY) == pytest.approx([np.log(1 + 3 * num_words) / 5])


def slow_vectors(sentences: list[list[int]], of_terms: Array, vectors: WordVectors, weights: dict[str, Array]) -> Array:
    """The formula, word by word, (S, D + 1)."""
    kernel, bias, v = (weights[f"words/{name}"] for name in ("convolution/kernel", "convolution/bias", "v"))
    x = np.zeros((len(sentences), len(v) + 1))
    for index, sentence in enumerate(sentences):
        p = np.zeros((len(sentence), len(v)))
        for t in range(len(sentence)):
            sums = bias.astype(np.float64)
            for k in range(3):
                if 0 <= t + k - 1 < len(sentence):
                    word = sentence[t + k - 1]
                    sums = sums + np.append(vectors[np.array(word)], of_terms[word]) @ kernel[k]
            p[t] = np.tanh(sums)
        beta = np.exp(p @ v)
        if sentence:
            x[index] = np.append(beta @ p / beta.sum(), np.log(1 + beta.sum()) / encoder.MASS_SCALE)
    return x


MODEL = random_model(5)
NUM_TERMS = len(MODEL.vocabulary)
COMPANY = np.random.default_rng(6).random((NUM_TERMS, MODEL.network.num_term_features)).astype(np.float32)


@given(rows_of_ids(NUM_TERMS))
def test_sentence_vectors_follow_the_formula(sentences: list[list[int]]) -> None:
    found = sentence_vectors(flatten(sentences), COMPANY, MODEL.vectors, MODEL.weights)
    assert found == pytest.approx(slow_vectors(sentences, COMPANY, MODEL.vectors, MODEL.weights), abs=1e-5)


@given(rows_of_ids(NUM_TERMS, max_length=20), st.integers(1, 30))
def test_sentence_vectors_are_the_same_in_slices_of_any_size(sentences: list[list[int]], slice_tokens: int) -> None:
    together = sentence_vectors(flatten(sentences), COMPANY, MODEL.vectors, MODEL.weights)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(encoder, "SLICE_TOKENS", slice_tokens)
        in_slices = sentence_vectors(flatten(sentences), COMPANY, MODEL.vectors, MODEL.weights)
    assert in_slices == pytest.approx(together, abs=1e-5)


def test_sentence_vectors_read_more_sentences_than_a_slice_holds() -> None:
    sentences = [[1 + index % 3] * (1 + index % 5) for index in range(encoder.SLICE_TOKENS)]
    assert read(sentences, HERE) == pytest.approx(
        [[1 / 2, 4 / 5, -1 / 2][index % 3] for index in range(len(sentences))]
    )


def test_sentence_vectors_read_a_sentence_longer_than_a_slice() -> None:
    num_words = 2 * encoder.SLICE_TOKENS + 10
    assert read([[1] * num_words], BEFORE) == pytest.approx([(num_words - 1) / num_words / 2], rel=1e-5)


def test_sentence_vectors_heavy_word_in_another_slice_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "SLICE_TOKENS", 2)
    weights = BEFORE | {"words/v": np.array([10 * LN2], np.float32)}  # exp gives 1, 32, 256, as above
    assert read([[1, 2, 3]], weights) == pytest.approx([(0 + 32 / 2 + 256 * 4 / 5) / 289])


def test_sentence_vectors_do_not_overflow() -> None:
    weights = HERE | {"words/v": np.array([1000], np.float32)}
    assert read([[1, 2, 3], [3, 3]], weights) == pytest.approx([4 / 5, -1 / 2])


@few_examples
@given(st.integers(1, 6), st.integers(0, 50))
def test_sentence_states_read_content_and_features_side_by_side(num_sentences: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    x = random.normal(0, 1, (num_sentences, MODEL.network.sentence_size + 1))
    features = random.normal(0, 1, (num_sentences, MODEL.network.num_features))
    states = sentence_states(x, features, MODEL.weights)
    assert states.shape == (num_sentences, MODEL.network.state_size)
    assert states.dtype == np.float64
    expected = bidirectional_gru([np.hstack([x, features])], MODEL.weights, "document")
    assert states == pytest.approx(expected, abs=1e-13)


def test_sentence_states_know_both_neighbours() -> None:
    random = np.random.default_rng(0)
    x = random.normal(0, 1, (3, MODEL.network.sentence_size + 1))
    features = random.normal(0, 1, (3, MODEL.network.num_features))
    states = sentence_states(x, features, MODEL.weights)
    half = MODEL.network.state_size // 2
    first, last = x.copy(), x.copy()
    first[0] += 1
    last[2] += 1
    forward = sentence_states(first, features, MODEL.weights)
    backward = sentence_states(last, features, MODEL.weights)
    assert (forward[1, :half] != states[1, :half]).all()  # what came before
    assert (forward[1, half:] == states[1, half:]).all()
    assert (backward[1, half:] != states[1, half:]).all()  # what comes behind
    assert (backward[1, :half] == states[1, :half]).all()


def test_word_attention_by_hand() -> None:
    # p = 0, 1/2, 4/5 and v = 10 ln 2: scores 0, 5 ln 2, 8 ln 2; exp gives 1, 32, 256; of 289
    weights = BEFORE | {"words/v": np.array([10 * LN2], np.float32)}
    found = word_attention(flatten([[1, 2, 3], [], [2]]), NO_COMPANY, VECTORS, weights)
    assert found == pytest.approx(np.array([1 / 289, 32 / 289, 256 / 289, 1]))
    assert found.dtype == np.float64


@pytest.mark.parametrize("sentences", [[], [[]], [[], []]])
def test_word_attention_of_no_words_is_empty(sentences: list[list[int]]) -> None:
    assert word_attention(flatten(sentences), NO_COMPANY, VECTORS, HERE).tolist() == []


def test_word_attention_is_the_same_in_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = flatten([[1, 2, 3, 1, 2, 3, 3], [2], [3, 1, 1, 2]])
    weights = BEFORE | {"words/v": np.array([LN2], np.float32)}
    whole = word_attention(tokens, NO_COMPANY, VECTORS, weights)
    monkeypatch.setattr(encoder, "SLICE_TOKENS", 3)
    assert word_attention(tokens, NO_COMPANY, VECTORS, weights) == pytest.approx(whole)

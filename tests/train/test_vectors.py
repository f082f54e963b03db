import numpy as np
import pytest
import scipy.sparse
from hypothesis import given
from numpy.typing import NDArray
from strategies import arrays
from train.builders import counts_of

from summarize.text.vocabulary import SPECIAL_TERMS
from summarize.train import vectors
from summarize.train.vectors import VECTOR_LENGTH, TermCounts, choose_terms, learn_vectors, quantize

CONTEXTS = (("water", "bridge", "boat", "fish"), ("money", "loan", "bank", "share"))
SYNONYMS = (("river", "stream"), ("euro", "dollar"))


def worlds(num_documents: int = 300) -> TermCounts:
    """Documents about water or about money; each has one of two synonyms, in its middle, so that they never meet."""
    random = np.random.default_rng(0)
    documents = []
    for index in range(num_documents):
        topic, which = index % 2, index // 2 % 2
        words = [str(word) for word in random.choice(CONTEXTS[topic], 12)]
        documents.append([*words[:6], SYNONYMS[topic][which], *words[6:]])
    return counts_of(*documents)


WORLDS = worlds()
TERMS = [*SPECIAL_TERMS, *(w for group in (*SYNONYMS, *CONTEXTS) for w in group)]


def learned(seed: int = 1, width: int = 4) -> dict[str, NDArray[np.float32]]:
    found = learn_vectors(WORLDS, TERMS, width, seed)
    return dict(zip(TERMS, found[np.arange(len(TERMS))], strict=True))


@pytest.fixture(autouse=True)
def _nothing_is_common(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without this nearly all words of so small a corpus were dropped as common ones."""
    monkeypatch.setattr(vectors, "COMMON", 1.0)


def cosine(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


@pytest.mark.parametrize(("one", "other", "stranger"), [(*SYNONYMS[0], "euro"), (*SYNONYMS[1], "stream")])
def test_vectors_of_words_in_like_contexts_are_close(one: str, other: str, stranger: str) -> None:
    found = learned()
    assert cosine(found[one], found[other]) > 0.8
    assert cosine(found[one], found[stranger]) < 0.2


def test_vectors_have_one_length_but_for_special_terms() -> None:
    found = learned()
    assert not np.any([found.pop(term) for term in SPECIAL_TERMS])
    assert [np.linalg.norm(vector) for vector in found.values()] == pytest.approx([VECTOR_LENGTH] * 12, rel=0.01)


def test_vectors_are_the_same_for_the_same_seed() -> None:
    one, other, third = (learn_vectors(WORLDS, TERMS, 4, seed) for seed in (5, 5, 6))
    assert np.array_equal(one.codes, other.codes)
    assert np.array_equal(one.scales, other.scales)
    assert not np.array_equal(one.codes, third.codes)


def test_vectors_wider_than_the_vocabulary_end_in_zeros() -> None:
    found = learn_vectors(WORLDS, TERMS, 20, 1)
    assert found.codes.shape == (14, 20)
    assert not found.codes[:, 13:].any()


def test_vectors_of_words_without_company_are_zero() -> None:
    found = learn_vectors(counts_of(["river"], ["euro"], ["river"]), [*SPECIAL_TERMS, "river", "euro"], 2, 1)
    assert not found.codes.any()


def test_near_pairs_by_hand() -> None:
    # 2 3 3 and, in another document, 4: pairs at distance 1 count 1, at distance 2 4/5; both ways.
    streams = [np.array([2, 3, 3], np.int32), np.array([4], np.int32)]
    pairs = vectors._near_pairs(streams, 5, np.ones(5), np.random.default_rng(0)).toarray()
    expected = np.zeros((5, 5))
    expected[2, 3] = expected[3, 2] = 1 + 4 / 5
    expected[3, 3] = 2
    assert pairs == pytest.approx(expected)


def test_near_pairs_do_not_count_unknown_terms_but_keep_their_places() -> None:
    pairs = vectors._near_pairs([np.array([2, 1, 3], np.int32)], 4, np.ones(4), np.random.default_rng(0)).toarray()
    assert pairs[2, 3] == pytest.approx(4 / 5)
    assert not pairs[1].any()


def test_near_pairs_are_the_same_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(1)
    streams = [random.integers(2, 9, 12).astype(np.int32) for _ in range(10)]
    whole = vectors._near_pairs(streams, 9, np.ones(9), random).toarray()
    monkeypatch.setattr(vectors, "_CHUNK_TERMS", 30)
    assert vectors._near_pairs(streams, 9, np.ones(9), random).toarray() == pytest.approx(whole)


def test_rare_characters_get_the_mean_of_their_words() -> None:
    terms = [*SPECIAL_TERMS, "河水", "水面", "水", "河", "面", "x", "ox"]
    rows = np.zeros((9, 2))
    rows[2], rows[3], rows[6], rows[7], rows[8] = (1, 0), (0, 1), (-1, 0), (0.6, 0.8), (0, 1)
    # log(1 + occurrences) is 1 for 河水 and 2 for 水面; 面 is frequent by itself, and Latin letters spell nothing.
    occurrences = np.array([0, 0, np.e - 1, np.e**2 - 1, 3, 0, 50, 0, 9])
    vectors._fill_characters(rows, terms, occurrences)
    root = np.sqrt(5)
    expected = [[0, 0], [0, 0], [1, 0], [0, 1], [1 / root, 2 / root], [1, 0], [-1, 0], [0.6, 0.8], [0, 1]]
    assert rows == pytest.approx(np.array(expected))


def test_characters_without_company_get_a_vector() -> None:
    # 雨 never stands alone, its word stands between 天 and 冷.
    counts = counts_of(*[["天", "下雨", "冷"]] * 20)
    found = learn_vectors(counts, [*SPECIAL_TERMS, "天", "冷", "下雨", "雨"], 2, 1)[np.arange(6)]
    assert np.linalg.norm(found[4]) == pytest.approx(VECTOR_LENGTH, rel=0.01)
    assert found[5] == pytest.approx(found[4], rel=0.05)


@given(arrays(5, 7, low=-1e3, high=1e3))
def test_quantize_errs_by_half_a_step(exact: NDArray[np.float64]) -> None:
    rounded = quantize(exact)
    step = np.abs(exact).max(axis=1, keepdims=True) / 127
    assert rounded.codes.dtype == np.int8
    assert (np.abs(rounded[np.arange(5)] - exact) <= 0.5001 * step + 1e-30).all()


def test_quantize_keeps_zeros() -> None:
    rounded = quantize(np.zeros((2, 3)))
    assert not rounded.codes.any()
    assert rounded.scales.tolist() == [0, 0]


def test_counts_are_of_lookup_forms() -> None:
    counts = counts_of(["1997年", "涨", "2018年"], ["3.5%", "涨", "12.25%"])
    assert counts.terms == ["0年", "涨", "0.0%"]
    assert counts.counts().tolist() == [2, 2, 2]
    assert [ids.tolist() for ids in counts.sequences()] == [[0, 1, 0], [2, 1, 2]]


def test_idf_by_hand() -> None:
    # Of 3 Chinese documents (and one more) 水 is in 3 and 雨 in 1; of the one English document (and one more) gpt and
    # 0年 are in it. 0年 is also in 2 Chinese ones, which is as large a share.
    counts = counts_of(
        ["水", "雨", "水", "1997年"], ["水", "2018年"], ["gpt", "5年", "5年"], ["水"], is_english=[False, False, True]
    )
    expected = {"水": np.log(4 / 3), "雨": np.log(4), "0年": np.log(2), "gpt": np.log(2)}
    assert dict(zip(counts.terms, counts.idf(), strict=True)) == pytest.approx(expected)


def test_idf_is_never_nothing() -> None:
    assert counts_of(*[["水"]] * 100).idf() == pytest.approx([0.05])


LATIN = {"river": 9, "flood": 7, "city": 5, "rain": 3}
CHINESE = {"下雨": 8, "大雨": 6, "河": 4, "城市": 2, "上涨": 1}


def test_choose_terms_by_hand() -> None:
    # 10 places: 2 of 10 for Latin, 8 // 5 = 1 for the character that is most often in words: 雨, 14 times. The other
    # Chinese terms fill the rest up to 10, less the special terms.
    chosen = choose_terms(counts_of(LATIN | CHINESE), 10, 0.2)
    assert chosen == [*SPECIAL_TERMS, "river", "下雨", "flood", "大雨", "河", "城市", "上涨", "雨"]


def test_choose_terms_leaves_out_the_rarest() -> None:
    chosen = choose_terms(counts_of(LATIN | CHINESE), 8, 0.25)
    assert chosen == [*SPECIAL_TERMS, "river", "下雨", "flood", "大雨", "河", "雨"]


def test_choose_terms_takes_no_character_twice() -> None:
    chosen = choose_terms(counts_of({"雨": 9, "下雨": 3, "河": 1}), 7, 0)
    assert chosen == [*SPECIAL_TERMS, "雨", "下雨", "河"]


def test_choose_terms_takes_all_when_there_is_room() -> None:
    chosen = choose_terms(counts_of(LATIN | CHINESE), 1000, 0.5)
    assert len(chosen) == len(set(chosen))
    assert set(chosen) == {*SPECIAL_TERMS, *LATIN, *CHINESE, *"下雨大河城市上涨"}


@pytest.mark.parametrize("size", [10, 50, 100])
@pytest.mark.parametrize("latin_share", [0, 0.33, 0.5])
def test_choose_terms_respects_size_and_share(size: int, latin_share: float) -> None:
    random = np.random.default_rng(3)
    latin = {"w" * (index + 1): int(n) for index, n in enumerate(random.integers(1, 99, 200))}
    chinese = {chr(0x4E00 + index) + "雨": int(n) for index, n in enumerate(random.integers(1, 99, 200))}
    chosen = choose_terms(counts_of(latin | chinese), size, latin_share)
    assert chosen[:2] == list(SPECIAL_TERMS)
    assert len(chosen) == len(set(chosen)) == size
    occurrences = latin | chinese
    known = [occurrences[term] for term in chosen[2:] if term in occurrences]
    assert known == sorted(known, reverse=True)
    assert sum(term.isascii() for term in chosen[2:]) == int(latin_share * size)


def test_rare_terms_are_forgotten_where_there_are_too_many() -> None:
    counts = TermCounts(most_terms=4)
    for words in (["水", "水", "河"], ["水", "桥", "河"], ["船", "鱼"]):
        id_of = {word: index for index, word in enumerate(dict.fromkeys(words))}
        counts.add(tuple(id_of), np.array([id_of[word] for word in words], np.int32), False)
    # The fifth term is one too many: of five those go that come as often as the third rarest, or less.
    assert counts.terms == ["水", "河", "", "", ""]
    assert counts.counts()[:2].tolist() == [3, 2]
    counts.add(("鱼",), np.array([0], np.int32), False)
    assert counts.terms[5:] == ["鱼"]
    assert choose_terms(counts, 100, 0)[len(SPECIAL_TERMS) :] == ["水", "河", "鱼"]
    assert [ids.tolist() for ids in counts.sequences()] == [[0, 0, 1], [0, 2, 1], [3, 4], [5]]


def test_rare_pairs_are_forgotten_where_there_are_too_many() -> None:
    pairs = scipy.sparse.csr_matrix(np.array([[5.0, 1, 0], [2, 4, 3], [0, 1, 6]]))
    assert vectors._without_rarest(pairs.copy(), 7).toarray().tolist() == pairs.toarray().tolist()
    # Of seven pairs three may stay; one as rare as the rarest of those goes as well.
    assert vectors._without_rarest(pairs, 6).toarray().tolist() == [[5, 0, 0], [0, 0, 0], [0, 0, 6]]

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import document_of
from strategies import any_texts, articles, marked_texts, rows_of_ids

from summarize.document import Document, Sentence
from summarize.network.bags import SentenceBags
from summarize.network.features import (
    FEATURE_GROUPS,
    FEATURE_NAMES,
    FORM_FEATURES,
    MAX_TARGET_SENTENCES,
    POSITION_FEATURES,
    RELATION_FEATURES,
    TERM_FEATURES,
    WANTED_FEATURE,
    sentence_features,
    target_length_feature,
    term_features,
)
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences
from summarize.text.terms import DocumentTerms, find_terms

LN2, LN3 = np.log(2), np.log(3)


def features_of(document: Document, **idf_of: float) -> dict[str, list[float]]:
    """Each feature by name, a number for each sentence; the information of a term is 1 unless it is given."""
    terms = find_terms(document)
    idf = np.array([idf_of.get(term, 1.0) for term in terms.terms])
    found = sentence_features(document, terms, SentenceBags(terms, idf), idf)
    assert found.dtype == np.float64
    return {name: found[:, index].tolist() for index, name in enumerate(FEATURE_NAMES)}


def terms_of(rows: list[list[int]], num_terms: int) -> DocumentTerms:
    ids = np.array([term_id for row in rows for term_id in row], np.int32)
    bounds = np.append(0, np.cumsum([len(row) for row in rows])).astype(np.int64)
    return DocumentTerms(tuple(f"term{index}" for index in range(num_terms)), ids, bounds)


def test_feature_names_are_distinct() -> None:
    assert (*POSITION_FEATURES, *RELATION_FEATURES, *FORM_FEATURES, WANTED_FEATURE) == FEATURE_NAMES
    assert len(set(FEATURE_NAMES)) == len(FEATURE_NAMES)


@pytest.mark.parametrize(("target_sentences", "expected"), [(1, 0), (2, LN2 / 2), (3, LN3 / 2), (5, np.log(5) / 2)])
def test_wanted_sentences_are_told_to_every_sentence(target_sentences: int, expected: float) -> None:
    document = document_of("A one.", "B two.")
    terms = find_terms(document)
    idf = np.ones(len(terms.terms))
    found = sentence_features(document, terms, SentenceBags(terms, idf), idf, target_sentences=target_sentences)
    assert found[:, FEATURE_NAMES.index(WANTED_FEATURE)] == pytest.approx([expected] * 2)


def test_wanted_sentences_stop_at_the_most() -> None:
    assert (
        target_length_feature(MAX_TARGET_SENTENCES)
        == target_length_feature(MAX_TARGET_SENTENCES + 1)
        == target_length_feature(2**62)
    )


def test_term_features_by_hand() -> None:
    terms = find_terms(document_of("Rain rain fell.", "Snow fell.", "Rain."))
    assert terms.terms == ("rain", "fell", "snow")
    idf = np.array([2.0, 1.0, 3.0])
    expected = [[0.2, LN3 / 3, 2 / 3, 1], [0.1, LN2 / 3, 2 / 3, 1], [0.3, 0, 1 / 3, 0]]
    assert term_features(terms, SentenceBags(terms, idf), idf) == pytest.approx(np.array(expected))


def test_term_features_of_nothing_are_none() -> None:
    terms = find_terms(document_of("..."))
    idf = np.zeros(0)
    assert term_features(terms, SentenceBags(terms, idf), idf).shape == (0, len(TERM_FEATURES))


# Two paragraphs: sentences 0, 1 and 2, then 3.
PLACES = features_of(document_of("A one.", "B two.", "C three.", "D four.", paragraphs=[0, 0, 0, 1]))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("place_first", [1, 0, 0, 0]),
        ("place_last", [0, 0, 0, 1]),
        ("place_relative", [0, 1 / 3, 2 / 3, 1]),
        ("place_reciprocal", [1, 1 / 2, 1 / 3, 1 / 4]),
        ("place_log", [0, LN2 / 5, LN3 / 5, 2 * LN2 / 5]),
        ("paragraph_relative", [0, 0, 0, 1]),
        ("paragraph_first", [1, 1, 1, 0]),
        ("in_paragraph_relative", [0, 1 / 2, 1, 0]),
        ("opens_paragraph", [1, 0, 0, 1]),
        ("closes_paragraph", [0, 0, 1, 1]),
        ("document_length", [np.log(5) / 6] * 4),
    ],
)
def test_features_of_place_by_hand(name: str, expected: list[float]) -> None:
    assert PLACES[name] == pytest.approx(expected)


def test_features_of_place_count_paragraphs_from_the_first() -> None:
    part = features_of(document_of("A one.", "B two.", "C three.", paragraphs=[7, 8, 9]))
    assert part["paragraph_relative"] == pytest.approx([0, 1 / 2, 1])
    assert part["paragraph_first"] == [1, 0, 0]
    assert part["opens_paragraph"] == [1, 1, 1]


# Terms red 0, fox 1, dog 2, blue 3, each of information 1. Sentences are (1, 1) over the root of 2 on their terms:
# neighbours share one, so their cosine is 1/2; the first and the last share none.
COMPANY = features_of(document_of("Red fox.", "Red dog.", "Blue dog."))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("length_log", [LN3 / 5] * 3),
        ("length_relative", [1 / 2] * 3),
        ("length_rank", [0, 0, 0]),
        ("centrality", [(1 / 2 + 0) / 2, (1 / 2 + 1 / 2) / 2, (0 + 1 / 2) / 2]),
        ("centrality_relative", [1 / 2, 1, 1 / 2]),
        ("forward_centrality", [(1 / 2 + 0) / 2, 1 / 2, 0]),
        ("backward_centrality", [0, 1 / 2, (0 + 1 / 2) / 2]),
        ("title_similarity", [0, 0, 0]),
        ("first_similarity", [1, 1 / 2, 0]),
        ("last_similarity", [0, 1 / 2, 1]),
        ("novelty", [1, 1 / 2, 1 / 2]),  # all is new, dog is, blue is
        ("keyword_share", [3 / 6, 4 / 6, 3 / 6]),  # red and dog weigh 2, fox and blue 1
        ("term_frequency", [LN2 / 2 / 2, LN2 / 2, LN2 / 2 / 2]),  # red and dog occur twice
        ("idf_mean", [1 / 10] * 3),
        ("has_number", [0, 0, 0]),
        ("number_share", [0, 0, 0]),
        ("latin_share", [1, 1, 1]),
        ("is_heading", [0, 0, 0]),
        ("is_english", [1, 1, 1]),
    ],
)
def test_features_of_company_by_hand(name: str, expected: list[float]) -> None:
    assert COMPANY[name] == pytest.approx(expected, abs=1e-6)


def test_centrality_rank_by_hand() -> None:
    # Cosines: 0 and 1 share red of (red, fox) and (red, dog): 1/2. 2 shares nothing. 3 is 0 again.
    #   sums: 0: 1/2 + 0 + 1 = 3/2    1: 1/2 + 0 + 1/2 = 1    2: 0    3: as 0
    features = features_of(document_of("Red fox.", "Red dog.", "Green cow.", "Fox red!"))
    assert features["centrality"] == pytest.approx([1 / 2, 1 / 3, 0, 1 / 2], abs=1e-6)
    assert features["centrality_rank"][1:3] == pytest.approx([1 / 3, 0])  # one of three others is less central


def test_cosine_weighs_terms_by_information() -> None:
    # (3, 4) over 5 against red alone: 3/5; and two of red against one of fox: (6, 4) over the root of 52
    features = features_of(document_of("Red fox.", "Red.", "Red red fox."), red=3, fox=4)
    assert features["first_similarity"] == pytest.approx([1, 3 / 5, (3 * 6 + 4 * 4) / 5 / np.sqrt(52)])


def test_lengths_by_hand() -> None:
    # 1, 2 and 6 words: 3 in the mean
    features = features_of(document_of("One.", "Two two.", "Six six six six six six."))
    assert features["length_log"] == pytest.approx([LN2 / 5, LN3 / 5, np.log(7) / 5])
    assert features["length_relative"] == pytest.approx([1 / 6, 2 / 6, 1])
    assert features["length_rank"] == pytest.approx([0, 1 / 2, 1])


def test_relative_length_is_at_most_two() -> None:
    # 20 words among 9 sentences of 1: the mean is 2.9, so that halved it would be 3.4
    features = features_of(document_of(*["One."] * 9, "Word " * 19 + "word."))
    assert features["length_relative"][-1] == 2


def test_novelty_counts_information() -> None:
    # fox with 3 has been said, cow with 1 is new
    features = features_of(document_of("Fox.", "Fox cow."), fox=3)
    assert features["novelty"] == pytest.approx([1, 1 / 4])


def test_keywords_are_twenty() -> None:
    # Words of information 1 to 25: the twenty weightiest have 6 to 25, together 310.
    words = [f"w{chr(96 + index)}" for index in range(1, 26)]
    features = features_of(
        document_of(" ".join(words[:23]) + ".", f"{words[23]} {words[24]}."),
        **{word: float(index) for index, word in enumerate(words, start=1)},
    )
    assert sum(range(6, 26)) == 310
    assert features["keyword_share"] == pytest.approx([(310 - 24 - 25) / 310, (24 + 25) / 310])


def test_keywords_weigh_by_occurrence() -> None:
    # fox 1 thrice, cow 2 once, and nineteen others of 2.5: only cow is left out.
    others = [f"w{chr(97 + index)}" for index in range(19)]
    features = features_of(
        document_of("Fox fox fox.", "Cow.", " ".join(others) + "."), cow=2, **dict.fromkeys(others, 2.5)
    )
    assert features["keyword_share"] == pytest.approx([3 / (3 + 19 * 2.5), 0, 19 * 2.5 / (3 + 19 * 2.5)])


def test_idf_mean_by_hand() -> None:
    assert features_of(document_of("Fox cow."), fox=3, cow=6)["idf_mean"] == pytest.approx([0.45])


def test_shares_of_numbers_and_latin_words() -> None:
    features = features_of(document_of("涨了 3.5% Apple", "雨。", "2018 GPT-4", language="zh"))
    lengths = [4, 1, 2]  # 涨, 了, 3.5%, Apple
    assert np.expm1(5 * np.array(features["length_log"])) == pytest.approx(lengths, rel=1e-5)
    assert features["number_share"] == pytest.approx([1 / 4, 0, 1])
    assert features["has_number"] == [1, 0, 1]
    assert features["latin_share"] == pytest.approx([1 / 4, 0, 1 / 2])
    assert features["is_english"] == [0, 0, 0]


def test_heading_is_the_title_and_not_the_first_sentence() -> None:
    features = features_of(document_of("Red fox", "Blue fox.", "Blue.", headings=[0], paragraphs=[0, 1, 1]))
    assert features["is_heading"] == [1, 0, 0]
    assert features["title_similarity"] == pytest.approx([1, 1 / 2, 0])
    assert features["first_similarity"] == pytest.approx([1 / 2, 1, 1 / np.sqrt(2)])


def test_heading_further_down_is_no_title() -> None:
    features = features_of(document_of("Red fox.", "Blue fox", "Blue.", headings=[1]))
    assert features["title_similarity"] == [0, 0, 0]
    assert features["first_similarity"] == pytest.approx([1, 1 / 2, 0])


def test_first_sentence_of_headings_alone_is_the_first() -> None:
    features = features_of(document_of("Red fox", "Red", headings=[0, 1]))
    assert features["first_similarity"] == pytest.approx([1, 1 / np.sqrt(2)])


@pytest.mark.parametrize(
    ("sentence", "marks"),
    [
        ("Rain fell.", ""),
        ("雨停了。", ""),
        ("雨停了……", ""),
        ("Rain fell", "is_unfinished"),
        ("雨停了，", "is_unfinished"),
        ("Did it rain?", "is_question"),
        ("下雨了吗？", "is_question"),
        ("It rained!", "is_exclamation"),
        ("下雨了！", "is_exclamation"),
        ("真的吗？！", "is_question is_exclamation"),
        ("“下雨了。”", "is_quoted"),
        ("「走吧！」她说。", "is_quoted is_exclamation"),
        ('He said "no"', "is_quoted is_unfinished"),
        ("It's raining.", ""),
        ("(It rained.)", ""),
        ("（雨停了。）", ""),
        ('"Why?" he asked.', "is_quoted is_question"),
    ],
)
def test_features_of_marks(sentence: str, marks: str) -> None:
    features = features_of(document_of(sentence, "Another one."))
    names = ("is_quoted", "is_question", "is_exclamation", "is_unfinished")
    assert [name for name in names if features[name][0]] == [name for name in names if name in marks.split()]


def test_feature_groups_are_told_once_and_know_all_forms() -> None:
    grouped = [index for group in FEATURE_GROUPS.values() for index in group]
    assert len(set(grouped)) == len(grouped)
    assert {FEATURE_NAMES.index(name) for name in FORM_FEATURES} <= set(grouped)
    assert FEATURE_NAMES.index("length_short") in FEATURE_GROUPS["length"]
    assert FEATURE_NAMES.index("leans") in FEATURE_GROUPS["form"]


def test_length_counts_chinese_characters_and_other_words() -> None:
    # 涨 and 了, 3.5% and Apple; then forty words, which are 64; then nothing.
    features = features_of(document_of("涨了 3.5% Apple。", "word " * 39 + "word.", "……", language="zh"))
    assert features["length_short"] == pytest.approx([(2 + 3.2) / 60, 1, 0])
    assert features["length_long"] == pytest.approx([(2 + 3.2) / 150, 64 / 150, 0])
    assert features_of(document_of("雨" * 151 + "。", language="zh"))["length_long"] == [1]


# No other feature of form: neither leaning, nor persons, nor talk.
PLAIN = "Rain fell."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        pytest.param(PLAIN, {}, id="plain"),
        pytest.param("……", {}, id="no words"),
        pytest.param("Rain, snow; hail: all fell.", {"num_clauses": 3 / 6}, id="clauses"),
        pytest.param("雨、雪，风；雷：停了。", {"num_clauses": 3 / 6}, id="Chinese clauses"),
        pytest.param("a, b, c, d, e, f, g, h.", {"num_clauses": 1}, id="many clauses"),
        pytest.param("12 men and 3 cows.", {"num_numbers": 2 / 4}, id="numbers"),
        pytest.param("1 2 3 4 5 6.", {"num_numbers": 1}, id="many numbers"),
        pytest.param("But rain fell.", {"leans": 1}, id="leans"),
        pytest.param("Rain fell but stopped.", {}, id="leans on nothing before it"),
        pytest.param("它停了。", {"leans": 1}, id="Chinese pronoun"),
        pytest.param("但是雨停了。", {"leans": 1}, id="Chinese connective"),
        pytest.param("雨停了但是河水上涨。", {}, id="Chinese connective inside"),
        pytest.param("Rain woke me.", {"has_person": 1, "person_share": 1 / 3}, id="person"),
        pytest.param("We saw you.", {"has_person": 1, "person_share": 2 / 3}, id="persons"),
        pytest.param("雨淋湿我们。", {"has_person": 1, "person_share": 1 / 3}, id="Chinese person"),
        pytest.param("Rain fell yeah.", {"talk_share": 2 / 3}, id="talk"),
        pytest.param("Yeah okay rain.", {"talk_share": 1}, id="much talk"),
        pytest.param("Thanks.", {"has_courtesy": 1}, id="courtesy"),
        pytest.param("谢谢老师。", {"has_courtesy": 1}, id="Chinese courtesy"),
        pytest.param("Rain finally fell.", {"has_conclusion": 1}, id="conclusion"),
        pytest.param("河水最终退去。", {"has_conclusion": 1}, id="Chinese conclusion"),
        pytest.param("Rain fell:", {"num_clauses": 1 / 6, "ends_open": 1}, id="ends in a colon"),
        pytest.param("河水上涨，", {"num_clauses": 1 / 6, "ends_open": 1}, id="ends in a comma"),
        pytest.param("河水上涨；", {"num_clauses": 1 / 6, "ends_open": 1}, id="ends in a semicolon"),
    ],
)
def test_features_of_form_by_hand(sentence: str, expected: dict[str, float]) -> None:
    features = features_of(document_of(PLAIN, sentence, PLAIN))
    found = {name: features[name][1] for name in FORM_FEATURES if not name.startswith("length_")}
    assert {name: value for name, value in found.items() if value} == pytest.approx(expected)


def test_neighbours_of_questions_know_it() -> None:
    features = features_of(document_of("Why?", "Rain fell.", "Snow fell.", "真的吗？", "So?"))
    assert features["after_question"] == [0, 1, 0, 0, 1]
    assert features["before_question"] == [0, 0, 1, 1, 0]


def spoken(*lines: str, roles: dict[int, str] | None = None) -> Document:
    """A document of lines; `Ann| Rain fell.` is what Ann says, `-| Rain fell.` stands in a list, `| ` follows on."""
    text, found, speaker = "", [], None
    for number, line in enumerate(lines):
        label, _, said = line.partition("| ") if "| " in line else (None, "", line)
        start = len(text)
        if label is None:
            speaker = None
        elif label and label != "-":
            speaker = (start, start + len(label))
        prefix = f"{label}: " if label else ""
        role = (roles or {}).get(number, "text")
        found.append(Sentence(start, start + len(prefix + said), number, role, start + len(prefix), speaker))
        text += prefix + said + "\n"
    return Document(text, tuple(found), "en")


# Ann says 2 and 2 words, Bob 3, Ann 1, and nobody 3: 11 in all.
TALK = features_of(
    spoken("Ann| Rain fell.", "| Rain stopped.", "Bob| Snow fell hard.", "Ann| Rain.", "One river rose.")
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("is_spoken", [1, 1, 1, 1, 0]),
        ("opens_turn", [1, 0, 1, 1, 0]),
        ("speaker_share", [5 / 11, 5 / 11, 3 / 11, 5 / 11, 0]),
        ("turn_length", [np.log(5) / 6, np.log(5) / 6, np.log(4) / 6, LN2 / 6, 0]),
        ("is_listed", [1, 0, 1, 1, 0]),
        ("before_list", [0, 1, 0, 0, 0]),
        ("is_apparatus", [0, 0, 0, 0, 0]),
    ],
)
def test_features_of_talk_by_hand(name: str, expected: list[float]) -> None:
    assert TALK[name] == pytest.approx(expected)


def test_turn_ends_where_the_same_name_stands_again() -> None:
    features = features_of(spoken("Ann| Rain.", "Ann| Snow fell.", "One river rose.", "One river fell."))
    assert features["opens_turn"] == [1, 1, 0, 0]
    assert features["turn_length"] == pytest.approx([LN2 / 6, LN3 / 6, 0, 0])
    assert features["speaker_share"] == pytest.approx([3 / 9, 3 / 9, 0, 0])


def test_features_of_lists_by_hand() -> None:
    features = features_of(spoken("Bring:", "-| One rope.", "-| One lamp.", "Rain fell."))
    assert features["is_listed"] == [0, 1, 1, 0]
    assert features["before_list"] == [1, 0, 0, 0]
    assert features["is_spoken"] == features["speaker_share"] == features["turn_length"] == [0, 0, 0, 0]


def test_apparatus_is_known() -> None:
    features = features_of(spoken("Photo: Ann", "Rain fell.", "Title", roles={0: "apparatus", 2: "heading"}))
    assert features["is_apparatus"] == [1, 0, 0]


def test_features_of_sentences_without_words_are_zeros() -> None:
    features = features_of(document_of("Rain fell.", "……", "Rain."))
    for name in ("length_log", "centrality", "novelty", "keyword_share", "term_frequency", "idf_mean", "latin_share"):
        assert features[name][1] == 0, name


def test_features_of_document_without_words_are_finite() -> None:
    features = features_of(document_of("……", "！！"))
    assert np.isfinite(list(features.values())).all()
    assert features["centrality_relative"] == [0, 0]


def test_features_of_document_without_sentences_are_none() -> None:
    document = Document("", (), "zh")
    terms = find_terms(document)
    found = sentence_features(document, terms, SentenceBags(terms, np.zeros(0)), np.zeros(0))
    assert found.shape == (0, len(FEATURE_NAMES))
    assert found.dtype == np.float64


@pytest.mark.parametrize("num_sentences", [1, 2, 8])
def test_centrality_is_zero_where_no_word_is_shared(num_sentences: int) -> None:
    # Sentences of 2 to 6 words, all different: what rounding leaves of 1 - 1 must not pass for centrality.
    words = (f"{first}{second}" for first in "abcdef" for second in "bcdfgh")
    sentences = [" ".join(next(words) for _ in range(2 + index % 5)) + "." for index in range(num_sentences)]
    features = features_of(document_of(*sentences))
    assert features["centrality"] == pytest.approx([0] * num_sentences, abs=1e-6)
    assert features["centrality_relative"] == pytest.approx([0] * num_sentences, abs=1e-6)
    assert features["centrality_rank"] == [0] * num_sentences


def test_centrality_rank_of_equals_is_equal() -> None:
    # Six sentences of two words, every two of which share the first: all cosines are alike.
    features = features_of(document_of(*[f"rain x{letter}." for letter in "abcdef"]), rain=0.37)
    assert features["centrality_rank"] == [0] * 6


@given(any_texts | marked_texts | articles(), st.integers(0, 100))
def test_features_lie_in_their_range(text: str, seed: int) -> None:
    document = Document(text, find_sentences(text), detect_language(text))
    terms = find_terms(document)
    idf = np.random.default_rng(seed).uniform(0.1, 12, len(terms.terms))
    found = sentence_features(document, terms, SentenceBags(terms, idf), idf)
    assert found.shape == (len(document.sentences), len(FEATURE_NAMES))
    for index, name in enumerate(FEATURE_NAMES):
        assert np.isfinite(found[:, index]).all(), name
        assert (found[:, index] >= -1e-6).all(), name
        assert (found[:, index] <= 2 + 1e-6).all(), name


def dense(terms: DocumentTerms, idf: np.ndarray) -> np.ndarray:
    """The sentences as unit vectors, (S, terms), word by word."""
    bags = np.zeros((terms.num_sentences, len(terms.terms)))
    for row in range(terms.num_sentences):
        for term_id in terms.sentence(row):
            bags[row, term_id] += idf[term_id]
        length = np.sqrt((bags[row] ** 2).sum())
        bags[row] /= length or 1
    return bags


@given(rows_of_ids(6), st.integers(0, 100))
def test_bags_similarity_is_the_cosine(rows: list[list[int]], seed: int) -> None:
    terms, idf = terms_of(rows, 6), np.random.default_rng(seed).uniform(0.1, 12, 6)
    bags, vectors = SentenceBags(terms, idf), dense(terms, idf)
    for index in range(len(rows)):
        assert bags.similarity_to(index) == pytest.approx(vectors @ vectors[index], abs=1e-12)


@given(rows_of_ids(6), st.integers(0, 100))
def test_bags_similarity_to_earlier_is_the_sum_of_cosines(rows: list[list[int]], seed: int) -> None:
    terms, idf = terms_of(rows, 6), np.random.default_rng(seed).uniform(0.1, 12, 6)
    vectors = dense(terms, idf)
    expected = [sum(vectors[i] @ vectors[j] for j in range(i)) for i in range(len(rows))]
    assert SentenceBags(terms, idf).similarity_to_earlier() == pytest.approx(expected, abs=1e-12)


@given(rows_of_ids(6), st.integers(0, 100))
def test_bags_total_and_cosine_to_it(rows: list[list[int]], seed: int) -> None:
    terms, idf = terms_of(rows, 6), np.random.default_rng(seed).uniform(0.1, 12, 6)
    bags, vectors = SentenceBags(terms, idf), dense(terms, idf)
    assert bags.total() == pytest.approx(vectors.sum(axis=0), abs=1e-12)
    assert bags.cosine_to(bags.total()) == pytest.approx(vectors @ vectors.sum(axis=0), abs=1e-12)


@given(rows_of_ids(6), st.integers(0, 100))
def test_bags_similarity_lies_in_zero_to_one(rows: list[list[int]], seed: int) -> None:
    bags = SentenceBags(terms_of(rows, 6), np.random.default_rng(seed).uniform(0.1, 12, 6))
    for index in range(len(rows)):
        assert (bags.similarity_to(index) >= 0).all()
        assert (bags.similarity_to(index) <= 1 + 1e-12).all()


def test_bags_without_words_are_alike_to_nothing() -> None:
    bags = SentenceBags(terms_of([[0], [], [0]], 1), np.ones(1))
    assert bags.similarity_to(1).tolist() == [0, 0, 0]
    assert bags.similarity_to(0).tolist() == [1, 0, 1]


def test_bags_of_many_like_sentences_add_up_exactly() -> None:
    # 3,000 sentences, all the same: sentence i has cosine 1 to each of the i before it.
    num_sentences = 3000
    bags = SentenceBags(terms_of([[0, 1, 2]] * num_sentences, 3), np.array([1.0, 2, 3]))
    assert bags.similarity_to_earlier() == pytest.approx(np.arange(num_sentences), abs=1e-6)

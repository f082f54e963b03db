import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest

from summarize.document import LANGUAGES
from summarize.text import word_classes
from summarize.text.normalization import normalize
from summarize.text.word_classes import classes_of, descriptions, words_by_language, words_of, words_of_all

TABLE = Path(word_classes.__file__).with_name("word_classes.txt").read_text(encoding="utf-8")
# Inner classes of a class: what is in them is in it, too.
WITHIN = {
    "preposition": [
        *("plain_preposition", "short_preposition", "means_preposition", "path_preposition"),
        *("place_preposition", "object_preposition", "leaning_preposition", "voice"),
    ],
    "short_preposition": ["means_preposition", "path_preposition"],
    "copula": ["plain_copula"],
    "modal": ["future", "obligation", "hedge"],
    "subordinator": ["limiting_subordinator"],
    "relative": ["subject_relative"],
    "localizer": ["naming_localizer"],
    "negation": ["plain_negation"],
}


def rows_of(language):
    """The rows of one language: classes, and words as they are listed, repeated ones and all."""
    plain = TABLE.replace("\n  ", " ").partition(f"[{language}]\n")[2].partition("\n[")[0]
    heads = [row.partition(": ") for row in plain.split("\n") if row]
    return [(names.split(), words.split()) for names, _, words in heads]


LISTED = {language: [word for _, words in rows_of(language) for word in words] for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_word_stands_once(language):
    assert [word for word, times in Counter(LISTED[language]).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_written_as_sentences_are_compared(language):
    assert [word for word in LISTED[language] if normalize(word).lower() != word] == []


def test_languages_have_letters_of_their_own():
    assert all(re.fullmatch(r"[\u3400-\u9fff]+", word) for word in LISTED["zh"])
    assert all(re.fullmatch(r"[a-z'’.]+", word) for word in LISTED["en"])


def test_each_class_is_described_in_one_sentence_and_has_words():
    assert all(re.fullmatch(r"[a-z_]+", name) for name in descriptions())
    assert all(text and not text.endswith(".") and ". " not in text for text in descriptions().values())
    assert {name for language in LANGUAGES for names, _ in rows_of(language) for name in names} == set(descriptions())


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_of_the_same_classes_stand_in_one_row(language):
    order = list(descriptions())
    named = [names for names, _ in rows_of(language)]
    assert all(names == sorted(names, key=order.index) for names in named)
    assert [names for names, times in Counter(map(tuple, named)).items() if times > 1] == []


@pytest.mark.parametrize(("outer", "inner"), [(outer, inner) for outer, found in WITHIN.items() for inner in found])
def test_inner_class_lies_within_the_outer(outer, inner):
    assert words_of_all(inner) < words_of_all(outer)


@pytest.mark.parametrize(
    "apart",
    [
        ["article", "demonstrative", "possessive", "own_possessive", "none", "subject_pronoun"],
        ["additive", "alternative", "clause_coordinator", "subordinator", "relative"],
        ["preposition", "coverb", "aspect", "structural", "suffix", "modal", "copula", "progress"],
        ["person", "anaphor"],
        ["future", "obligation"],
        ["have", "do", "be", "modal", "copula"],
        ["negation", "not_negated"],
        ["saying", "not_saying"],
        ["condition", "cause"],
        ["approximator", "estimate", "sequence", "distributive"],
        ["numeral", "time", "classifier"],
        ["numeral", "weekday", "month"],
    ],
    ids=" ".join,
)
def test_classes_that_exclude_each_other_share_no_word(apart):
    shared = {(one, other): words_of_all(one) & words_of_all(other) for one, other in combinations(apart, 2)}
    allowed = {("preposition", "modal"): {"将"}}  # of what will be done, and before what it is done to
    assert {pair: words for pair, words in shared.items() if words} == {
        pair: words for pair, words in allowed.items() if pair in shared
    }


def test_words_of_one_language():
    assert words_of("en", "article") == {"the", "a", "an"}
    assert words_of("zh", "additive", "alternative") == {"和", "与", "及", "以及", "或"}
    assert words_of("zh") == frozenset()


def test_words_of_both_languages():
    assert words_of_all("additive") == words_of("zh", "additive") | {"and"}
    assert words_of_all("article", "aspect") == {"the", "a", "an", "了", "过", "着"}
    assert words_by_language("alternative") == {"zh": {"或"}, "en": {"or"}}


def test_class_without_words_is_an_error():
    with pytest.raises(KeyError):
        words_of("zh", "article")  # Chinese has none
    with pytest.raises(KeyError):
        words_by_language("article")
    with pytest.raises(KeyError):
        words_of_all("artcle")


@pytest.mark.parametrize(
    ("word", "language", "some"),
    [
        ("与", "zh", {"preposition", "additive", "comitative"}),
        ("not", "en", {"negation", "plain_negation"}),
        ("以及", "zh", {"additive"}),
        ("harbour", "en", set()),
        ("not", "zh", set()),
        ("", "en", set()),
    ],
)
def test_classes_of_a_word(word, language, some):
    assert classes_of(word, language) >= some
    assert bool(classes_of(word, language)) == bool(some)

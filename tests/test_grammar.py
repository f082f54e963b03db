import numpy as np
import pytest

from summarize.text.grammar import LIKELY, NEVER, NOUN_TOO, OFTEN, Grammar, check_grammar, check_order, pair_code
from summarize.text.vocabulary import SPECIAL_TERMS, Vocabulary

VOCABULARY = Vocabulary((*SPECIAL_TERMS, "赢得", "研究", "冠军", "仅", "用", "won", "0年"))
LEVELS = np.array([NEVER, NEVER, OFTEN, NOUN_TOO, NEVER, OFTEN, LIKELY, OFTEN, NEVER], np.uint8)
COMPOUNDS = np.unique(np.array([pair_code("世界杯", "冠军"), pair_code("赛", "冠军")], np.uint32))
GRAMMAR = Grammar(VOCABULARY, LEVELS, COMPOUNDS)


@pytest.mark.parametrize(
    ("word", "level"),
    [("赢得", OFTEN), ("研究", NOUN_TOO), ("冠军", NEVER), ("won", OFTEN), ("2018年", NEVER), ("", NEVER)],
)
def test_level_of_a_known_word(word: str, level: int) -> None:
    assert GRAMMAR.predicate_level(word) == level


def test_level_of_an_unknown_word_is_that_of_its_weaker_part() -> None:
    assert GRAMMAR.predicate_level("仅用") == LIKELY
    assert GRAMMAR.predicate_level("仅冠军") == NEVER
    assert GRAMMAR.predicate_level("河") == NEVER


def test_compounds_are_pairs_of_words_or_end_alike() -> None:
    assert GRAMMAR.makes_compound("世界杯", "冠军")
    assert GRAMMAR.makes_compound("锦标赛", "冠军")
    assert not GRAMMAR.makes_compound("电影节", "冠军")
    assert not GRAMMAR.makes_compound("冠军", "世界杯")
    assert not GRAMMAR.makes_compound("", "冠军")


def test_grammar_without_compounds_has_none() -> None:
    assert not Grammar(VOCABULARY, LEVELS, np.zeros(0, np.uint32)).makes_compound("世界杯", "冠军")


@pytest.mark.parametrize(
    ("levels", "compounds", "reason"),
    [
        pytest.param(LEVELS.astype(np.int64), COMPOUNDS, "wrong type", id="levels of another type"),
        pytest.param(LEVELS, COMPOUNDS.astype(np.uint64), "wrong type", id="compounds of another type"),
        pytest.param(LEVELS[None], COMPOUNDS, "wrong type", id="levels of another shape"),
        pytest.param(LEVELS[:-1], COMPOUNDS, "vocabulary", id="a word without level"),
    ],
)
def test_grammar_that_does_not_fit_is_refused(levels: np.ndarray, compounds: np.ndarray, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        check_grammar(Grammar(VOCABULARY, levels, compounds))
    check_grammar(GRAMMAR)


def test_grammar_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="not sorted"):
        check_order(Grammar(VOCABULARY, LEVELS, COMPOUNDS[::-1]))
    check_order(GRAMMAR)

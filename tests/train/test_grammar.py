from pathlib import Path

import pytest
from train.builders import write_rows

from summarize.text.grammar import LIKELY, NEVER, NOUN_TOO, OFTEN
from summarize.text.vocabulary import SPECIAL_TERMS, Vocabulary
from summarize.train.grammar import GrammarCounts, count_grammar, make_grammar

TERMS = ("赢得", "研究", "培育", "冠军", "在", "河水", "won", "river", "他", "he")


def counts_of(*texts: tuple[str, int]) -> GrammarCounts:
    counts = GrammarCounts()
    for text, times in texts:
        for _ in range(times):
            counts.add(text, "en" if text.isascii() else "zh")
    return counts


@pytest.fixture(scope="module")
def levels() -> dict[str, int]:
    counts = counts_of(
        ("他赢得冠军。", 30), ("河水上涨。", 40), ("研究人员培育新品种。", 30), ("在河水中。", 30), ("他在家。", 5),
        ("he won the race.", 30), ("the river is high.", 30),
    )  # fmt: skip
    vocabulary = Vocabulary((*SPECIAL_TERMS, *TERMS))
    grammar = make_grammar(counts, vocabulary)
    return {term: grammar.predicate_level(term) for term in TERMS}


def test_words_after_subject_pronouns_begin_predicates(levels: dict[str, int]) -> None:
    assert levels["赢得"] == levels["won"] == OFTEN
    assert levels["冠军"] == levels["河水"] == levels["river"] == NEVER
    assert levels["他"] == levels["he"] == NEVER


def test_the_class_of_a_word_counts_where_no_pronoun_was_seen(levels: dict[str, int]) -> None:
    assert levels["在"] == OFTEN  # a preposition
    assert levels["研究"] == levels["培育"] == NOUN_TOO  # verbs that are nouns as well, by jieba's dictionary


def test_a_verb_never_seen_behind_a_pronoun_is_likely() -> None:
    vocabulary = Vocabulary((*SPECIAL_TERMS, "上涨"))
    assert make_grammar(counts_of(("河水上涨。", 30)), vocabulary).predicate_level("上涨") == LIKELY


def test_rare_words_are_nothing() -> None:
    vocabulary = Vocabulary((*SPECIAL_TERMS, "赢得"))
    assert make_grammar(counts_of(("他赢得冠军。", 19)), vocabulary).predicate_level("赢得") == NEVER


def test_nouns_that_stand_together_are_compounds() -> None:
    counts = counts_of(("世界杯冠军。", 9), ("河水。", 500), ("世界杯河水。", 2))
    grammar = make_grammar(counts, Vocabulary(SPECIAL_TERMS))
    assert grammar.makes_compound("世界杯", "冠军")
    assert grammar.makes_compound("某杯", "冠军")  # by the last character, which was seen nine times
    assert not grammar.makes_compound("世界杯", "河水")  # twice
    assert not grammar.makes_compound("冠军", "世界杯")


def test_corpora_and_plain_text_are_counted_alike(tmp_path: Path) -> None:
    corpus = write_rows(tmp_path / "a.jsonl", {"id": "1", "text": "他赢得冠军。", "summary": "冠军"})
    plain = tmp_path / "b.txt"
    plain.write_text("他赢得冠军。\n\n他赢得冠军。\n", encoding="utf-8")
    counts = count_grammar([corpus], [plain])
    assert counts.words["zh"]["赢得"] == counts.after_subjects["zh"]["赢得"] == 3

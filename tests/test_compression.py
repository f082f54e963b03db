"""Compression with a made-up editor: paths by hand, what is printed of them, and the forms of a sentence."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations, pairwise

import numpy as np
import pytest
from fakes import FakeEditor, uniform_edit
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_np
from models import document_of
from strategies import articles, few_examples, marked_texts
from summarize.decide.compression import (
    BONUS,
    LEAST_WORDS,
    MOST_WORDS,
    Compression,
    compressed_pieces,
    compressions,
    find_paths,
    step_costs,
)

from summarize.decide import bonds
from summarize.decide.words import words_between
from summarize.document import Document, Language, Piece
from summarize.text.language import detect_language
from summarize.text.pieces import SPACE, merged
from summarize.text.segmentation import find_sentences
from summarize.text.tokenization import is_word

LN2 = np.log(2)
VERBS = ("上涨", "停电", "淹没", "说", "下雨", "rose", "slept", "fell")


class Editor(FakeEditor):
    """Every step is equally likely, but for those between the words it was told."""

    def __init__(
        self, verbs: Sequence[str] = VERBS, steps: Sequence[tuple[str, str]] = (), strength: float = 5
    ) -> None:
        self.verbs, self.steps, self.strength = verbs, steps, strength

    def edit(self, words: Sequence[str]) -> np.ndarray:
        log_p = uniform_edit(words)
        for before, after in self.steps:
            log_p[["", *words].index(before), [*words, ""].index(after) + 1] += self.strength
        return log_p

    def is_verb(self, word: str) -> bool:
        return word in self.verbs

    def is_noun(self, word: str) -> bool:
        return False


def forms(
    text: str, language: Language = "zh", *, most_chars: int = 1000, editor: Editor | None = None
) -> list[Compression]:
    """The shorter forms of the first sentence of a text."""
    document = Document(text, find_sentences(text), language)
    return list(compressions(document, 0, editor or Editor(), most_chars=most_chars))


def texts(found: Sequence[Compression]) -> set[str]:
    return {form.text for form in found}


# Paths


# Of three words of 2, 1 and 3 characters each path has the probability 1/8, but the last word alone, which has 1/4.
LOG_P = np.log(
    [
        [0, 1 / 2, 1 / 4, 1 / 4, 0],
        [0, 0, 1 / 2, 1 / 4, 1 / 4],
        [0, 0, 0, 1 / 2, 1 / 2],
        [0, 0, 0, 0, 1],
        [0, 0, 0, 0, 0],
    ],
    where=np.triu(np.ones((5, 5), bool), 1) & ~np.eye(5, k=4, dtype=bool),
    out=np.full((5, 5), -np.inf),
)
COSTS = np.array([0, 2, 1, 3, 0])[None, :].repeat(5, axis=0)
FORWARD = np.triu(np.ones((5, 5), bool), 1)


def test_paths_by_hand() -> None:
    paths = find_paths(LOG_P, FORWARD, COSTS, budget=6, bonus=0)
    # 0 characters have no path; of 3 there are the last word (1/4) and the first two (1/8).
    expected = [-np.inf, *np.log([1 / 8, 1 / 8, 1 / 4, 1 / 8, 1 / 8, 1 / 8])]
    assert paths.values == pytest.approx(expected)
    assert [paths.of_length(length) for length in range(1, 7)] == [(1,), (0,), (2,), (1, 2), (0, 2), (0, 1, 2)]


def test_paths_count_the_best_length_first_and_the_shorter_of_equals() -> None:
    paths = find_paths(LOG_P, FORWARD, COSTS, budget=6, bonus=0)
    assert paths.lengths() == [3, 1, 2, 4, 5, 6]


def test_paths_give_a_bonus_to_each_character() -> None:
    # ln 2 a character: 1/8 of 2^6 is 8, and 1/4 of 2^3 is 2, as much as 1/8 of 2^4.
    paths = find_paths(LOG_P, FORWARD, COSTS, budget=6, bonus=LN2)
    assert paths.values[1:] == pytest.approx(np.log([1 / 4, 1 / 2, 2, 2, 4, 8]))
    assert paths.lengths()[0] == 6


def test_paths_keep_to_the_budget() -> None:
    paths = find_paths(LOG_P, FORWARD, COSTS, budget=2, bonus=0)
    assert len(paths.values) == 3
    assert sorted(paths.lengths()) == [1, 2]
    assert find_paths(LOG_P, FORWARD, COSTS, budget=0, bonus=0).lengths() == []


def test_paths_take_no_step_that_is_not_allowed() -> None:
    allowed = FORWARD.copy()
    allowed[0, 3] = allowed[2, 3] = False  # the last word only behind the first
    paths = find_paths(LOG_P, allowed, COSTS, budget=6, bonus=0)
    assert {length: paths.of_length(length) for length in paths.lengths()} == {1: (1,), 2: (0,), 3: (0, 1), 5: (0, 2)}


def test_paths_pay_for_steps() -> None:
    costs = COSTS.copy()
    costs[1, 3] += 1  # a space
    assert find_paths(LOG_P, FORWARD, costs, budget=6, bonus=0).lengths() == [3, 1, 2, 4, 6]


@few_examples
@given(st.integers(1, 6), st.data())
def test_paths_are_the_best_of_all(size: int, data: st.DataObject) -> None:
    shape = size + 2, size + 2
    log_p = -data.draw(st_np.arrays(np.float64, shape, elements=st.floats(0, 9, width=16)))
    allowed = data.draw(st_np.arrays(np.bool_, shape)) & np.triu(np.ones(shape, bool), 1)
    costs = data.draw(st_np.arrays(np.int64, shape, elements=st.integers(0, 4)))
    best: dict[int, float] = {}
    for kept in (kept for number in range(size + 1) for kept in combinations(range(1, size + 1), number)):
        steps = list(pairwise([0, *kept, size + 1]))
        length = sum(int(costs[step]) for step in steps)
        if all(allowed[step] for step in steps) and length <= 12:
            value = sum(float(log_p[step]) for step in steps) + 0.5 * length
            best[length] = max(best.get(length, -np.inf), value)
    paths = find_paths(log_p, allowed, costs, budget=12, bonus=0.5)
    found = {length: float(paths.values[length]) for length in paths.lengths()}
    assert found == pytest.approx(best)
    for length in found:
        steps = list(pairwise([0, *(place + 1 for place in paths.of_length(length)), size + 1]))
        assert sum(int(costs[step]) for step in steps) == length
        assert sum(float(log_p[step]) for step in steps) + 0.5 * length == pytest.approx(best[length])


# What a step costs, and what is printed


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("河水上涨", "zh", [[2, 2, 0], [2, 2, 0]], id="Chinese has no spaces"),
        pytest.param("the river", "en", [[3, 5, 0], [3, 6, 0]], id="English has one"),
        pytest.param("the  river", "en", [[3, 5, 0], [3, 6, 0]], id="and only one"),
        pytest.param("river, city", "en", [[5, 1, 4, 0], [5, 1, 5, 0], [5, 1, 5, 0]], id="none before a comma"),
        pytest.param("用Mac写", "zh", [[1, 3, 1, 0], [1, 3, 1, 0], [1, 3, 1, 0]], id="none between Chinese and Latin"),
        pytest.param(
            "用 Mac 写", "zh", [[1, 3, 1, 0], [1, 3, 1, 0], [1, 3, 1, 0]], id="not even if the source has one"
        ),
    ],
)
def test_step_costs_are_the_word_and_a_space_where_one_is_needed(
    text: str, language: Language, expected: list[list[int]]
) -> None:
    words = words_between(document_of(text, language=language), 0, len(text))
    costs = step_costs(text, words)
    assert costs.shape == (len(words) + 2, len(words) + 2)
    for j, row in enumerate(expected):
        assert costs[j, j + 1 :].tolist() == row[j:], j


def test_step_costs_join_a_word_to_a_comma_over_others() -> None:
    text = "river of old, city"
    costs = step_costs(text, words_between(document_of(text), 0, len(text)))
    assert costs[1, 4] == 1  # river,
    assert costs[1, 5] == 5  # river city


@pytest.mark.parametrize(
    ("text", "kept", "expected"),
    [
        pytest.param("The river rose.", [0, 1, 2], [Piece("The river rose", 0, 14)], id="all"),
        pytest.param(
            "The old river rose.", [0, 2, 3], [Piece("The", 0, 3), SPACE, Piece("river rose", 8, 18)], id="gap"
        ),
        pytest.param("The river rose,", [0, 3], [Piece("The", 0, 3), Piece(",", 14, 15)], id="comma"),
        pytest.param("The\nriver rose", [0, 1], [Piece("The", 0, 3), SPACE, Piece("river", 4, 9)], id="line break"),
        pytest.param("昨天河水上涨", [0, 2], [Piece("昨天", 0, 2), Piece("上涨", 4, 6)], id="Chinese"),
        pytest.param("河水 上涨", [0, 1], [Piece("河水", 0, 2), Piece("上涨", 3, 5)], id="Chinese with a space"),
    ],
)
def test_compressed_pieces_are_runs_of_the_source(text: str, kept: list[int], expected: list[Piece]) -> None:
    words = words_between(document_of(text), 0, len(text))
    assert merged(text, compressed_pieces(text, words, kept)) == expected


# Forms


def test_forms_by_hand() -> None:
    # 昨天 (1/4 from the start), 河水 (1/3, 1/4 from the start), 上涨 (1/2, 1/3 over 河水), 了 (1/2 after 上涨): a form
    # has three words at least, and 上涨 with them; it does not begin with it.
    found = forms("昨天河水上涨了。")
    expected = {
        "昨天河水上涨。": 1 / 5 * 1 / 4 * 1 / 3 * 1 / 2,
        "河水上涨了。": 1 / 5 * 1 / 3 * 1 / 2 * 1,
    }
    # 昨天上涨了。 is as long as 河水上涨了。, which has P = 1/30; its own is 1/5 * 1/4 * 1/2 = 1/40.
    assert {form.text: float(np.exp(form.log_p)) for form in found} == pytest.approx(expected)


def test_forms_have_a_value_and_the_best_comes_first() -> None:
    best, second = forms("昨天河水上涨了。")
    assert best.text == "河水上涨了。"
    assert best.value == pytest.approx(np.log(1 / 30) + BONUS["zh"] * 5)  # of characters without the stop
    assert second.value == pytest.approx(np.log(1 / 120) + BONUS["zh"] * 6)
    assert best.has_verb


def test_forms_follow_the_editor() -> None:
    editor = Editor(steps=[("昨天", "上涨")])
    assert texts(forms("昨天河水上涨了。", editor=editor)) == {"昨天上涨了。", "昨天河水上涨。"}


def test_english_forms_by_hand() -> None:
    found = forms("The old river rose.", "en", editor=Editor(steps=[("The", "river")]))
    # "old river rose" is as long as "The river rose" and less likely; both are words enough.
    assert texts(found) == {"The old rose.", "The river rose."}
    (form,) = (form for form in found if form.text == "The river rose.")
    assert form.pieces == (Piece("The", 0, 3), SPACE, Piece("river rose.", 8, 19))
    assert form.value == pytest.approx(form.log_p + BONUS["en"] * len("The river rose"))


def test_forms_keep_to_the_characters() -> None:
    text = "昨天河水上涨了。"
    assert texts(forms(text, most_chars=7)) == {"河水上涨了。", "昨天河水上涨。"}
    assert texts(forms(text, most_chars=6)) == {"河水上涨了。"}
    assert forms(text, most_chars=5) == []
    assert forms(text, most_chars=0) == []
    assert forms(text, most_chars=-3) == []


def test_forms_count_the_stop() -> None:
    assert texts(forms("昨天河水上涨了", most_chars=5)) == {"河水上涨了"}
    assert texts(forms("昨天河水上涨了！", most_chars=6)) == {"河水上涨了！"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("河水上涨。", id="two words"),
        pytest.param("……", id="marks alone"),
        pytest.param("河水没有上涨。", id="a negation that would be lost"),
        pytest.param("《河水的城市》。", id="a title that would be cut"),
        pytest.param("我们" + "下雨" * MOST_WORDS, id="too many words"),
    ],
)
def test_sentence_that_is_not_shortened(text: str) -> None:
    assert forms(text) == []


def test_forms_tell_whether_there_is_a_verb() -> None:
    assert {form.has_verb for form in forms("昨天河水上涨了。")} == {True}
    assert {form.has_verb for form in forms("昨天河水上涨了。", editor=Editor(verbs=()))} == {False}


def test_forms_of_traditional_characters_are_asked_for_in_simplified() -> None:
    seen: list[str] = []

    class Curious(Editor):
        def is_verb(self, word: str) -> bool:
            seen.append(word)
            return super().is_verb(word)

    found = forms("昨天河水上漲了。", editor=Curious())
    assert "上涨" in seen
    assert "河水上漲了。" in texts(found)


def test_forms_of_wrapped_lines_have_spaces_for_breaks() -> None:
    found = forms("The old\nriver rose\nat night.", "en", editor=Editor(steps=[("The", "river")]))
    assert "The river rose at night." in texts(found)
    assert not any("\n" in form.text for form in found)


def read(text: str) -> Document:
    return Document(text, find_sentences(text), detect_language(text))


class Random(FakeEditor):
    """Knows log P and verbs by chance, the same for the same words."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def edit(self, words: Sequence[str]) -> np.ndarray:
        noise = np.random.default_rng(self.seed).normal(0, 2, (len(words) + 2, len(words) + 2))
        scores = np.where(np.isfinite(uniform_edit(words)), noise, -np.inf)
        mass = np.logaddexp.reduce(scores[:-1], axis=1, keepdims=True)
        return np.concatenate([scores[:-1] - mass, scores[-1:]])

    def is_verb(self, word: str) -> bool:
        return is_word(word) and (sum(map(ord, word)) + self.seed) % 3 == 0

    def is_noun(self, word: str) -> bool:
        return (sum(map(ord, word)) + self.seed) % 3 == 1


@few_examples
@given(articles(max_sentences=4) | marked_texts, st.integers(1, 60), st.integers(0, 99))
def test_forms_keep_their_promises(text: str, most_chars: int, seed: int) -> None:
    document, editor = read(text), Random(seed)
    for index, sentence in enumerate(document.sentences):
        words = words_between(document, sentence.start, sentence.end)
        found = list(compressions(document, index, editor, most_chars=most_chars))
        assert [form.value for form in found] == sorted((form.value for form in found), reverse=True)
        assert len({len(form.text) for form in found}) == len(found)
        for form in found:
            assert len(form.text) <= most_chars
            assert len(form.text) <= sentence.end - sentence.start
            own = [piece for piece in form.pieces if piece != SPACE]
            assert all(text[piece.start : piece.end] == piece.text != "" for piece in own)
            assert all(one.end < other.start for one, other in pairwise(own))
            assert sentence.start <= own[0].start
            assert own[-1].end <= sentence.end
            kept = [word for word in words if any(p.start <= word.start and word.end <= p.end for p in own)]
            assert sum(is_word(word.text) for word in kept) >= LEAST_WORDS
            assert form.has_verb == any(editor.is_verb(word.text) for word in kept)
            if words[-1].text in bonds.STOPS:
                assert form.text.endswith(words[-1].text)


@few_examples
@given(articles(max_sentences=4), st.integers(0, 99))
def test_forms_part_no_number_and_no_quotation_and_lose_no_negation(text: str, seed: int) -> None:
    document = read(text)
    for index, sentence in enumerate(document.sentences):
        words = words_between(document, sentence.start, sentence.end)
        if words and words[-1].text in bonds.STOPS:
            words.pop()
        clauses = bonds.clauses_of(words)
        for form in compressions(document, index, Random(seed), most_chars=1000):
            spans = [(piece.start, piece.end) for piece in form.pieces if piece.start is not None]
            is_kept = [any(start <= word.start and word.end <= end for start, end in spans) for word in words]
            touched = {int(clause) for clause, keep in zip(clauses, is_kept, strict=True) if keep}
            assert all(is_kept[k] for k in bonds.locked_words(words, document.language) if clauses[k] in touched)
            for first, last in bonds.bound_spans(words, document.language):
                assert len(set(is_kept[first : last + 1])) == 1
            for first, last in bonds.counted_spans(words, document.language):
                assert is_kept[first : last + 1] == sorted(is_kept[first : last + 1])


def test_form_is_doubtful_below_one_nat_a_word() -> None:
    form = forms("昨天河水上涨了很多。")[0]
    assert replace(form, log_p=-1.01 * form.num_words).is_doubtful
    assert not replace(form, log_p=-0.99 * form.num_words).is_doubtful

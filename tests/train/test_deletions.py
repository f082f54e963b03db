from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import words_of
from train.builders import write_rows

from summarize.decide.cuts import make_form
from summarize.errors import InputError
from summarize.train.cuts import GOOD, POOR, JudgedForm
from summarize.train.deletions import DELETION_WEIGHT, MIN_KEPT, NUM_WRONG, corrupt_form, read_deletions, wrong_forms

ZH = {"id": "1", "sources": ["昨天下午河水上涨了很多，城市停电。"], "target": "河水上涨，城市停电。"}
EN = {"id": "2", "sources": ["The old river rose at night and the city slept."], "target": "The river rose."}


def read(folder: Path, *rows: dict[str, Any] | str, seed: int = 1) -> list[JudgedForm]:
    return list(read_deletions([write_rows(folder / "pairs.jsonl", *rows)], seed))


def kept(form: JudgedForm) -> list[str]:
    return [form.words[place].text for place in form.form.kept]


def deletion(spaced: str, places: Sequence[int]) -> JudgedForm:
    words = words_of(spaced)
    return JudgedForm(tuple(words), (), True, "zh", make_form(words, places, "zh"), GOOD, "d", DELETION_WEIGHT)


SENTENCE = deletion("昨天 下午 河水 上涨 了 很多 ， 城市 停电 ， 许多 人 在 睡觉", (2, 3, 6, 7, 8))


def test_a_pair_is_a_good_form_and_poor_ones_behind_it(tmp_path: Path) -> None:
    good, *poor = read(tmp_path, ZH)
    assert kept(good) == ["河水", "上涨", "，", "城市", "停电"]
    assert (good.verdict, good.document, good.language, good.has_stop, good.before) == (GOOD, "1", "zh", True, ())
    assert 1 <= len(poor) <= NUM_WRONG
    for form in poor:
        assert form.verdict == POOR
        assert form.words == good.words
        assert form.form.kept != good.form.kept
    assert {form.weight for form in (good, *poor)} == {DELETION_WEIGHT}


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"sources": [*EN["sources"], "It rained."]}, id="two sources"),
        pytest.param({"target": "The river rose quickly."}, id="words of its own"),
        pytest.param({"target": EN["sources"][0]}, id="nothing left out"),
        pytest.param({"target": "The old river rose at night and the city slept"}, id="the stop left out"),
        pytest.param({"target": "The river."}, id="two words"),
        pytest.param({"target": ""}, id="empty target"),
        pytest.param({"target": "The river rose.", "sources": [""]}, id="empty source"),
    ],
)
def test_a_pair_that_is_no_deletion_is_left_out(tmp_path: Path, changes: dict[str, Any]) -> None:
    assert read(tmp_path, EN | changes) == []


def test_a_pair_of_many_cuts_is_left_out(tmp_path: Path) -> None:
    source = " ".join(f"old{number} river{number}" for number in range(6))
    target = " ".join(f"river{number}" for number in range(6))
    assert read(tmp_path, {"sources": [source], "target": target, "lang": "en"}) == []


def test_pairs_of_all_files_are_mixed_in_the_same_way_for_a_seed(tmp_path: Path) -> None:
    rows = [EN | {"id": str(number), "sources": [f"{EN['sources'][0][:-1]} {number} times."]} for number in range(20)]
    paths = [
        write_rows(tmp_path / "one.jsonl", *rows[:10]),
        write_rows(tmp_path / "other.jsonl", "", *rows[10:]),
    ]

    def names(seed: int) -> list[str]:
        return [form.document for form in read_deletions(paths, seed) if form.verdict == GOOD]

    assert sorted(names(1), key=int) == [str(number) for number in range(20)]
    assert names(1) != sorted(names(1), key=int)
    assert len({int(name) // 10 for name in names(1)[:10]}) == 2
    assert names(1) == names(1)
    assert names(1) != names(2)
    assert list(read_deletions(paths, 1)) == list(read_deletions(paths, 1))
    assert list(read_deletions([], 1)) == []


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("{", id="no JSON"),
        pytest.param("[]", id="no object"),
        pytest.param({"target": "The river rose."}, id="no sources"),
        pytest.param({"sources": [], "target": "The river rose."}, id="empty sources"),
        pytest.param({"sources": ["The river rose."]}, id="no target"),
        pytest.param({"sources": [3], "target": "a"}, id="a source that is none"),
    ],
)
def test_a_line_that_is_no_pair_is_named(tmp_path: Path, line: dict[str, Any] | str) -> None:
    with pytest.raises(InputError, match=r"pairs.jsonl:2: not a pair with `sources` and `target`"):
        read(tmp_path, "", line)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none.jsonl: No such file"):
        list(read_deletions([tmp_path / "none.jsonl"], 1))


def test_wrong_forms_differ_from_what_people_left_out_and_from_each_other() -> None:
    found = [list(wrong_forms(SENTENCE, np.random.default_rng(seed))) for seed in range(200)]
    assert sum(map(len, found)) > 1.2 * len(found)
    for forms in found:
        ways = [SENTENCE.form.kept, *(form.form.kept for form in forms)]
        assert len(set(ways)) == len(ways)
        for form in forms:
            assert MIN_KEPT <= len(form.form.kept) < len(SENTENCE.words)
            assert form.form == make_form(SENTENCE.words, form.form.kept, "zh")
    assert len({form.form.kept for forms in found for form in forms}) > 30  # of many kinds


class Chance:
    """A generator that draws what it was told, each draw once."""

    def __init__(self, *draws: Any) -> None:
        self.draws = list(draws)

    def choice(self, _: Any) -> Any:
        return self.draws.pop(0)

    def random(self) -> float:
        return self.draws.pop(0)

    def integers(self, *_: int) -> int:
        return self.draws.pop(0)


@pytest.mark.parametrize(
    ("draws", "expected"),
    [
        # k is kept, - is cut; an edge is named by the word before it; a draw below .6 cuts more.
        pytest.param(("edge", 2, 1, 0.1), "----kk--", id="cuts a word more behind the edge"),
        pytest.param(("edge", 2, 2, 0.9), "-kkkkk--", id="cuts two words less before the edge"),
        pytest.param(("edge", 5, 2, 0.1), "---k----", id="cuts two words more before the edge"),
        pytest.param(("edge", 5, 1, 0.9), "---kkkk-", id="cuts a word less behind the edge"),
        pytest.param(("edge", 5, 3, 0.9), "---kkkkk", id="no further than the end"),
        pytest.param(("edge", 2, 3, 0.9), "kkkkkk--", id="up to the beginning"),
        pytest.param(("hole", 4, 1), "---k-k--", id="hole"),
        pytest.param(("hole", 6, 4), "---kkk--", id="hole where all is cut"),
        pytest.param(("span", 2, 4), "kk----kk", id="span alone"),
        pytest.param(("span", 6, 4), "kkkkkk--", id="span at the end"),
        pytest.param(("head", 2), "-----k--", id="head"),
    ],
)
def test_mistakes_by_hand(draws: tuple[Any, ...], expected: str) -> None:
    before = "---kkk--"
    is_kept = np.array([mark == "k" for mark in before])
    rng: Any = Chance(*draws)
    found = corrupt_form(is_kept, rng)
    assert "".join("k" if mark else "-" for mark in found) == expected
    assert "".join("k" if mark else "-" for mark in is_kept) == before  # what was given is not changed
    assert not rng.draws


@given(st.lists(st.booleans(), min_size=2, max_size=30).filter(lambda marks: len(set(marks)) == 2), st.integers(0, 99))
def test_mistakes_of_any_sentence_change_no_length(marks: list[bool], seed: int) -> None:
    found = corrupt_form(np.array(marks), np.random.default_rng(seed))
    assert found.shape == (len(marks),)
    assert found.dtype == np.bool_

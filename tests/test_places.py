"""Places of words: sets of them by hand, and what cuts bring together as the kept words show it."""

import pytest
from models import marked_form, words_of

from summarize.decide.cuts import find_forms
from summarize.decide.places import bits_of, edges, gone_bits, is_split, of_cut, pairs, seams
from summarize.decide.words import Word, Words
from summarize.document import Cut, Form, Language

LONG = "昨天 下午 ， 市政府 （ 含 交通局 ） 正式 公布 方案 ， 道路 、 桥梁 、 管网 等 都 修 ， 居民 高兴"


def test_sets_of_places_have_a_bit_for_each() -> None:
    assert bits_of([0, 2, 5]) == 0b100101
    assert gone_bits(marked_form("[ a b ] c [ d ] e")[1]) == 0b1011


@pytest.mark.parametrize(("gone", "is_in_part"), [(0b0000, False), (0b0110, False), (0b0100, True), (0b1001, False)])
def test_set_is_split_where_a_part_of_it_is_cut(gone: int, is_in_part: bool) -> None:
    assert is_split([0b0110], gone) is is_in_part


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[ a b ] c d", []),
        ("a b [ c d ]", []),
        ("a [ b c ] d", [(0, 3)]),
        ("[ a ] b [ c ] d [ e ] f [ g ]", [(1, 3), (3, 5)]),
    ],
)
def test_seams_are_where_words_are_brought_together(marked: str, expected: list[tuple[int, int]]) -> None:
    assert list(seams(marked_form(marked)[1])) == expected


def test_cuts_that_touch_have_one_seam_or_none() -> None:
    cuts = Cut(1, 2, "time"), Cut(2, 4, "adverb")
    assert list(seams(Form(cuts, (0, 4)))) == [(0, 4)]
    assert list(seams(Form((Cut(0, 2, "opening"), *[Cut(2, 4, "time")]), (4, 5)))) == []
    assert list(seams(Form((Cut(2, 4, "time"), Cut(4, 6, "ending")), (0, 1)))) == []


def test_seams_and_cut_words_are_what_the_kept_words_leave() -> None:
    words = words_of(LONG)
    forms = list(find_forms(words, [True] * len(words), "zh"))
    assert len(forms) > 30
    for form in forms:
        jumps = [(one, other) for one, other in zip(form.kept, form.kept[1:], strict=False) if other > one + 1]
        assert list(seams(form)) == jumps
        assert gone_bits(form) == bits_of(set(range(len(words))) - set(form.kept))


def test_edges_are_those_inside_of_the_sentence() -> None:
    words = words_of("a b c d")
    assert [edges(words, Cut(first, end, "time")) for first, end in ((0, 2), (1, 3), (2, 4))] == [[2], [1, 3], [2]]


def test_pairs_reach_from_one_half_to_the_other() -> None:
    assert pairs(words_of("他 说 “ 今天 （ 周六 ） 来 ”"), "zh") == ([0b1110000, 0b111111100], [])
    assert pairs(words_of("他 说 “ 今天 （ 周六 ）"), "zh") == ([0b1110000], [2])


def test_rule_of_cuts_is_asked_once_of_each() -> None:
    asked = []

    def breaks(words: list[Word], cut: Cut, language: Language) -> bool:
        asked.append((cut.first, cut.end))
        return cut.first == 2

    rule, words = of_cut(breaks), Words(words_of("a b c d"))  # type: ignore[arg-type]
    first, second = Cut(0, 1, "opening"), Cut(2, 3, "time")
    assert not rule(words, Form((first,), (1, 2, 3)), "zh")
    assert rule(words, Form((first, second), (1, 3)), "zh")
    assert rule(words, Form((Cut(2, 3, "time"),), (0, 1, 3)), "zh")
    assert asked == [(0, 1), (2, 3)]

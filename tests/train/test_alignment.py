import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import words_of as spaced

from summarize.document import Language
from summarize.train.alignment import align, words_of


@pytest.mark.parametrize(
    ("text", "language", "expected", "has_stop"),
    [
        pytest.param("河水上涨。", "zh", ["河水", "上涨"], True, id="stop"),
        pytest.param("河水上涨", "zh", ["河水", "上涨"], False, id="no stop"),
        pytest.param("The river rose!", "en", ["The", "river", "rose"], True, id="English"),
        pytest.param("河水上漲。", "zh", ["河水", "上涨"], True, id="in Simplified characters"),
        pytest.param("。", "zh", [], True, id="stop alone"),
        pytest.param("", "zh", [], False, id="empty"),
    ],
)
def test_words_come_without_the_stop(text: str, language: Language, expected: list[str], *, has_stop: bool) -> None:
    words, found = words_of(text, language)
    assert [word.text for word in words] == expected
    assert found is has_stop


def test_words_have_their_places_in_the_text() -> None:
    text = "The river rose."
    words, _ = words_of(text, "en")
    assert [text[word.start : word.end] for word in words] == ["The", "river", "rose"]


@pytest.mark.parametrize(
    ("source", "target", "expected", "coverage"),
    [
        pytest.param("昨天 河水 上涨", "河水 上涨", (1, 2), 1, id="end"),
        pytest.param("昨天 河水 上涨", "昨天 上涨", (0, 2), 1, id="both ends"),
        pytest.param("昨天 河水 上涨", "昨天 河水 上涨", (0, 1, 2), 1, id="all"),
        pytest.param("昨天 河水 上涨", "城市 停电", (), 0, id="nothing"),
        pytest.param("昨天 河水 上涨", "河水 猛 涨", (1,), 2 / 4, id="words of its own"),
        pytest.param("河水 上涨", "上涨 河水", (0,), 2 / 4, id="in order only"),
        pytest.param("河水 上涨", "", (), 0, id="empty target"),
        pytest.param("", "河水", (), 0, id="empty source"),
        pytest.param("At night the river rose", "The river rose", (2, 3, 4), 1, id="a capital at the beginning"),
        pytest.param("河水 ， 城市 ， 田野", "河水 ， 田野", (0, 1, 4), 1, id="marks are words"),
    ],
)
def test_alignment_by_hand(source: str, target: str, expected: tuple[int, ...], coverage: float) -> None:
    assert align(spaced(source), spaced(target)) == (expected, pytest.approx(coverage))


@given(st.lists(st.sampled_from(["河水", "上涨", "，", "the", "Night"]), min_size=1, max_size=12), st.data())
def test_alignment_keeps_words_of_both_in_order(source: list[str], data: st.DataObject) -> None:
    places = sorted(data.draw(st.sets(st.integers(0, len(source) - 1))))
    target = [source[place] for place in places]
    kept, coverage = align(spaced(" ".join(source)), spaced(" ".join(target)))
    assert list(kept) == sorted(set(kept))
    assert len(kept) <= len(target)
    assert 0 <= coverage <= 1
    if len(set(source)) == len(source):  # where each word is another there is one alignment
        assert kept == tuple(places)

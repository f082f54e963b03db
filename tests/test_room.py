"""How much room is left: costs of English sentences, which a space parts, and of Chinese ones, which nothing does."""

import numpy as np
import pytest

from summarize.decide.budget import UNLIMITED, sentence_costs
from summarize.decide.room import Room
from summarize.document import Document
from summarize.text.pieces import make_whole_draft, may_have_separator
from summarize.text.segmentation import find_sentences

ENGLISH = "Rain fell. The river rose. We left."  # of 10, 15 and 8 characters, and of 2, 3 and 2 words
RAIN, RIVER, LEFT = range(3)


def read(text: str) -> Document:
    return Document(text, find_sentences(text), "zh")


def room_of(
    document: Document, *taken: int, sentences: int = 9, chars: int = UNLIMITED, words: int = UNLIMITED
) -> Room:
    room = Room(document, (sentences, chars, words))
    for index in taken:
        room.take(make_whole_draft(document, index))
    return room


def fitting(room: Room, document: Document) -> list[bool]:
    costs = sentence_costs(document)
    found: list[bool] = room.fits(costs).tolist()
    assert found == [room.fits_one(index, costs) for index in range(len(costs))]
    return found


def test_spaces_may_stand_beside_english_sentences() -> None:
    document = read("Rain fell. 河水上涨了。")
    assert [may_have_separator(make_whole_draft(document, index)) for index in (0, 1)] == [True, False]


def test_what_is_taken_is_taken_off() -> None:
    document = read(ENGLISH)
    room = room_of(document, RIVER, RAIN, sentences=5, chars=40, words=9)
    assert room.left.tolist() == [3, 15, 4]


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ({"chars": 10}, [True, False, True]),
        ({"chars": 9}, [False, False, True]),
        ({"words": 2}, [True, False, True]),
        ({"words": 3}, [True, True, True]),
        ({"sentences": 1}, [True, True, True]),
        ({"sentences": 0}, [False, False, False]),
    ],
)
def test_first_sentence_fits_by_each_bound(bounds: dict[str, int], expected: list[bool]) -> None:
    document = read(ENGLISH)
    assert fitting(room_of(document, **bounds), document) == expected


def test_sentence_beside_another_needs_a_space() -> None:
    document = read(ENGLISH)
    assert fitting(room_of(document, RAIN, chars=26), document) == [True, True, True]
    assert fitting(room_of(document, RAIN, chars=25), document) == [True, False, True]
    assert fitting(room_of(document, RAIN, LEFT, chars=35), document)[RIVER]  # two spaces
    assert not fitting(room_of(document, RAIN, LEFT, chars=34), document)[RIVER]


def test_english_sentence_beside_chinese_ones_needs_none() -> None:
    document = read("昨天下雨了。We left. 河水上涨了。")
    assert fitting(room_of(document, 0, 2, chars=20), document)[1]
    assert not fitting(room_of(document, 0, 2, chars=19), document)[1]


def test_form_has_what_is_left_but_for_a_space_beside_each_sentence_that_may_have_one() -> None:
    assert room_of(read(ENGLISH), chars=40, words=9).for_form() == (40, 9)
    assert room_of(read(ENGLISH), RAIN, LEFT, chars=40, words=9).for_form() == (20, 5)
    assert room_of(read("昨天下雨了。We left."), 0, 1, chars=40, words=20).for_form() == (25, 13)


def test_share_is_what_is_left_of_characters_or_words_whichever_is_less() -> None:
    document = read(ENGLISH)
    costs = sentence_costs(document)
    assert room_of(document, chars=20, words=3).largest_shares(costs) == pytest.approx([1.5, 1, 1.5])
    assert room_of(document, chars=15).largest_shares(costs) == pytest.approx([15 / 10, 1, 15 / 8])
    assert room_of(document, RAIN, chars=40, words=6).largest_shares(costs) == pytest.approx([2, 4 / 3, 2])
    nothing = np.array([[1, 0, 0]])  # what is not printed
    assert room_of(document, chars=20, words=3).largest_shares(nothing) == pytest.approx([3])


def test_no_form_is_looked_for_where_little_is_left() -> None:
    document = read("昨天河水上涨了很多停电了。雨停了。")  # 13 characters of 20 leave 7, which is 35 in a hundred
    costs = sentence_costs(document)
    assert room_of(document, 0, chars=20).largest_shares(costs) == pytest.approx([7 / 13, 7 / 4])
    assert room_of(document, 0, chars=19).largest_shares(costs).tolist() == [0, 0]
    assert room_of(document, 0, chars=40, words=18).largest_shares(costs).tolist() == [0, 0]  # 6 of 18 words


@pytest.mark.parametrize(
    ("text", "taken", "new", "least"),
    [
        pytest.param(ENGLISH, [RAIN], LEFT, 10 + 1 + 8, id="a space between"),
        pytest.param(ENGLISH, [RAIN, LEFT], RIVER, 10 + 1 + 15 + 1 + 8, id="two spaces"),
        pytest.param("昨天下雨了。We left. 河水上涨了。", [0], 1, 6 + 8, id="no space beside Chinese"),
        pytest.param("昨天下雨了。We left. 河水上涨了。", [0, 2], 1, 6 + 8 + 6, id="nor between two"),
        pytest.param("Rain fell. 河水上涨了。We left.", [0, 2], 1, 10 + 1 + 8 + 6, id="a space in the order of choice"),
        pytest.param("Rain fell. We left. 河水上涨了。", [0, 2], 1, 10 + 1 + 8 + 6, id="a space in that of the text"),
    ],
)
def test_room_holds_a_sentence_if_it_fits_in_either_order(text: str, taken: list[int], new: int, least: int) -> None:
    document = read(text)
    drafts = [make_whole_draft(document, index) for index in taken]
    assert room_of(document, *taken, chars=least).holds(drafts, make_whole_draft(document, new))
    assert not room_of(document, *taken, chars=least - 1).holds(drafts, make_whole_draft(document, new))

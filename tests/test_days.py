import pytest

from summarize.text.days import Day, chronological_order, compare, find_day, find_days


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-05-01", Day(2024, 5, 1)),
        ("notes_20240501.txt", Day(2024, 5, 1)),
        ("2024.5.1 周三", Day(2024, 5, 1)),
        ("2024年5月1日", Day(2024, 5, 1)),
        ("新华社北京5月1日电", Day(None, 5, 1)),
        ("5月1号的会", Day(None, 5, 1)),
        ("Posted on May 1, 2024 by us", Day(2024, 5, 1)),
        ("1 May 2024", Day(2024, 5, 1)),
        ("on the 1st Sept. it rained", Day(None, 9, 1)),
        ("HARWICK, March 14 — The council", Day(None, 3, 14)),
        ("截至8月12日17时", Day(None, 8, 12, 17 * 60)),
        ("8月12日下午5时30分", Day(None, 8, 12, 17 * 60 + 30)),
        ("2024-08-12 07:05", Day(2024, 8, 12, 7 * 60 + 5)),
        ("8月12日晚上12时", Day(None, 8, 12, 12 * 60)),
    ],
)
def test_a_day_is_found_in_any_form(text, day):
    assert find_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "version 1.2.3.4", "13月40日", "99999999", "May I?", "maybe 5", "第12日", "8月份"]
)
def test_what_is_no_day_is_none(text):
    assert find_day(text) is None


def test_all_days_of_a_text_come_in_order():
    assert list(find_days("8月9日发生，8月12日通报")) == [Day(None, 8, 9), Day(None, 8, 12)]


@pytest.mark.parametrize(
    ("one", "other", "sign"),
    [
        (Day(2023, 12, 30), Day(2024, 1, 2), -1),
        (Day(2024, 1, 2), Day(2023, 12, 30), 1),
        (Day(None, 5, 1), Day(None, 5, 3), -1),
        (Day(2024, 5, 3), Day(None, 5, 1), 1),
        (Day(None, 12, 30), Day(None, 1, 2), 0),  # of which year?
        (Day(None, 5, 1, 60), Day(None, 5, 1, 90), -1),
        (Day(None, 5, 1, 60), Day(None, 5, 1), 0),
        (Day(2024, 5, 1), Day(2024, 5, 1), 0),
    ],
)
def test_days_are_compared_by_what_both_have(one, other, sign):
    assert compare(one, other) == sign
    assert compare(other, one) == -sign


def test_days_come_in_the_order_of_time_and_equal_ones_as_they_were():
    days = [Day(None, 5, 3), Day(None, 5, 1), Day(None, 5, 3), Day(None, 4, 30)]
    assert chronological_order(days) == [3, 1, 0, 2]
    assert chronological_order([]) == []


@pytest.mark.parametrize(
    "days",
    [
        [Day(None, 5, 3), None],
        [Day(2024, 5, 3), Day(None, 5, 1)],
        [Day(None, 12, 30), Day(None, 1, 2)],
    ],
)
def test_an_order_that_cannot_be_told_is_none(days):
    assert chronological_order(days) is None

import pytest

from summarize.text.dates import is_date, is_date_line

DATES = [
    *("2025年3月4日", "2025-03-04", "2025/3/4", "2025.3.4", "3月4日", "二〇二五年三月四日", "二○二五年十二月三十一日"),
    *("March 4, 2025", "Mar. 4th, 2025", "4 March 2025", "Tuesday, March 4, 2025", "Tue 4 Mar 2025"),
]


@pytest.mark.parametrize("date", DATES, ids=str)
def test_date(date: str) -> None:
    assert is_date(date)
    assert is_date_line(date)


@pytest.mark.parametrize(
    "line",
    [
        *("07:30", "7：30:15", "7:30 p.m.", "2025-03-04 07:30", "2025年3月4日 星期二", "2025年3月4日（周二）07:30"),
        *("发布于2025年3月4日", "日期：March 4, 2025", "Published on March 4, 2025", "2025-03-04 | 来源：河湾网"),
        "3月4日 作者 林小河",
    ],
    ids=str,
)
def test_line_with_a_date_or_a_time(line: str) -> None:
    assert is_date_line(line)
    assert not is_date(line)


@pytest.mark.parametrize(
    "line",
    [
        *("2025年", "2025年3月4日，磨坊开门。", "3月", "March", "March 4", "May the wheel turn.", "2025", "一二三四五"),
        *("日期", "发布于河湾镇", "12 Angry Men"),
    ],
    ids=str,
)
def test_what_is_no_date(line: str) -> None:
    assert not is_date_line(line)
    assert not is_date(line)


def test_nothing_is_no_date() -> None:
    assert not is_date("")

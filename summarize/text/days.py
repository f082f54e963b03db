"""Dates and times in a text, to determine the newer of two texts."""

import re
from collections.abc import Iterator, Sequence
from functools import cmp_to_key
from typing import NamedTuple

from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern


class Day(NamedTuple):
    """A day.

    Args:
        year: None where only month and day are named.
        month: 1 to 12.
        day: 1 to 31.
        minute: of the day, 0 to 1439; None where no time is named.
    """

    year: int | None
    month: int
    day: int
    minute: int | None = None


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
_DAY = lazy_pattern(
    rf"""(?<![\d.])(?:
        (?P<y1>\d{{4}})\s?[-/.年_]\s?(?P<m1>\d{{1,2}})\s?[-/.月_]\s?(?P<d1>\d{{1,2}})(?!\d)\s?[日号]?
      | (?P<y2>(?:19|20)\d\d)(?P<m2>[01]\d)(?P<d2>[0-3]\d)(?!\d)
      | (?P<m3>\d{{1,2}})\s?月\s?(?P<d3>\d{{1,2}})\s?[日号]
      | (?P<d5>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m5>{_MONTH})\b\.?(?:,?\s(?P<y5>\d{{4}})\b)?
    ) | \b(?P<m4>{_MONTH})\.?\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s(?P<y4>\d{{4}})\b)?""",
    re.VERBOSE,
)
# A time that stands right after a day: 8月12日下午5时30分, 2024-08-12 17:30.
_TIME = lazy_pattern(
    r"[\sT，,]{0,3}(?P<half>上午|下午|晚上?|凌晨|中午)?\s?(?P<hour>\d{1,2})\s?[:：时点]\s?(?P<minute>\d{2})?"
)
_AFTERNOON = ("下午", "晚", "晚上")


def find_days(text: str) -> Iterator[Day]:
    """Yield the days that a text names, in order; what is no day of a calendar (13月40日) is passed over."""
    text = normalize(text)
    for match in _DAY.finditer(text):
        found = {name[0]: value for name, value in match.groupdict().items() if value}
        month = int(found["m"]) if found["m"].isdecimal() else _MONTHS.index(found["m"][:3].lower()) + 1
        day = int(found["d"])
        if 1 <= month <= 12 and 1 <= day <= 31:
            yield Day(int(found["y"]) if "y" in found else None, month, day, _minute_after(text, match.end()))


def find_day(text: str) -> Day | None:
    """Return the first day that a text names; None if it names none."""
    return next(find_days(text), None)


def _minute_after(text: str, end: int) -> int | None:
    match = _TIME.match(text, end)
    if match is None:
        return None
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"] in _AFTERNOON and hour < 12:
        hour += 12
    return 60 * hour + minute if hour < 24 and minute < 60 else None


def compare(one: Day, other: Day) -> int:
    """Return -1 if a day is before another, 1 if after it, 0 if it is the same or that cannot be told.

    Years count where both have one, and times where both have one. Without a year days more than half a year apart may
    lie in either order.
    """
    if one.year is None or other.year is None:
        if abs(one.month - other.month) > 6:
            return 0
        one, other = one._replace(year=None), other._replace(year=None)
    if one.minute is None or other.minute is None:
        one, other = one._replace(minute=None), other._replace(minute=None)
    before, after = ((day.year or 0, day.month, day.day, day.minute or 0) for day in (one, other))
    return (before > after) - (before < after)


def chronological_order(days: Sequence[Day | None]) -> list[int] | None:
    """Return the places of days in the order of time, among ties the earlier place first.

    Returns:
        The order, or None if it cannot be told: a day is missing, or some have a year and others not, or days without
        one are more than half a year apart.
    """
    known = [day for day in days if day is not None]
    months = [day.month for day in known]
    has_year = {day.year is not None for day in known}
    if len(known) < len(days) or len(has_year) > 1 or (has_year == {False} and max(months) - min(months) > 6):
        return None

    def compare_indices(one: int, other: int) -> int:
        return compare(known[one], known[other])

    return sorted(range(len(known)), key=cmp_to_key(compare_indices))

"""Lines that are a date or a time of day."""

import re

from summarize.text.marks import COLON_MARKS, HAN_DIGITS
from summarize.text.patterns import lazy_pattern

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
TIME = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:[ ]?[AaPp]\.?[Mm]\.?)?"  # also for verbose patterns
_DATE = (
    rf"\d{{4}}[-/.年] ?\d{{1,2}}[-/.月] ?\d{{1,2}}日?|\d{{1,2}}月\d{{1,2}}[日号]|"
    rf"[{HAN_DIGITS}○]{{4}}年[{HAN_DIGITS}]{{1,3}}月[{HAN_DIGITS}]{{1,3}}日"
)
_ENGLISH_DATE = (
    rf"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})"
)
_DATED_HEADS = ("日期", "时间", "發佈", "发布于", "发表于", "更新于", "Date", "Published", "Updated", "Posted")
_ENGLISH_DATE_HEADS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    *("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)


def _date_line(date: str) -> re.Pattern[str]:
    """Return the pattern of a line with a date, the time of day, and what may stand after these."""
    return lazy_pattern(
        rf"(?:(?:{'|'.join(_DATED_HEADS)})(?: on)?[:：]?\s?)?(?:{date})(?:"
        rf"(?:[\s\u3000T，,（(]*(?:星期.|周.|上午|下午)?[)）]?\s*(?:{TIME})?)"
        rf"|[\s\u3000|]*(?:{TIME})?[\s\u3000|]{{0,6}}(?:来源|作者|记者|编辑|阅读|浏览|点击|责任编辑)[^。！？]{{0,70}})"
    )


_DATE_LINE, _ENGLISH_DATE_LINE = _date_line(_DATE), _date_line(_ENGLISH_DATE)
_DATE_ONLY, _ENGLISH_DATE_ONLY = lazy_pattern(_DATE), lazy_pattern(_ENGLISH_DATE)
_TIME_ONLY = lazy_pattern(TIME)
_AFTER_YEAR = frozenset("-/.年")
_COLONS = frozenset(COLON_MARKS)
_CHINESE_STOPS = frozenset("。！？")
_BEFORE_DAY = frozenset("期周")  # which any character may stand for


def is_date_line(run: str) -> bool:
    """Return whether a run is a date or a time of day, with what may stand after a date."""
    if run[-1] in _CHINESE_STOPS and run[-2:-1] not in _BEFORE_DAY:
        return False
    is_headed = run.startswith(_DATED_HEADS)
    return (
        ((is_headed or _may_open_date(run)) and _DATE_LINE.fullmatch(run) is not None)
        or ((is_headed or _may_open_english_date(run)) and _ENGLISH_DATE_LINE.fullmatch(run) is not None)
        or (run[0].isdecimal() and not _COLONS.isdisjoint(run[1:3]) and _TIME_ONLY.fullmatch(run) is not None)
    )


def is_date(run: str) -> bool:
    """Return whether a run, perhaps empty, is a date and nothing else."""
    return (_may_open_date(run) and _DATE_ONLY.fullmatch(run) is not None) or (
        _may_open_english_date(run) and _ENGLISH_DATE_ONLY.fullmatch(run) is not None
    )


def _may_open_date(run: str) -> bool:
    return run[4:5] in _AFTER_YEAR or (run[:1].isdecimal() and "月" in run[1:3])


def _may_open_english_date(run: str) -> bool:
    return run.startswith(_ENGLISH_DATE_HEADS) or (run[:1].isdecimal() and " " in run[1:3])

"""The layouts of chats and transcripts to messages: who says what, and when.

A head names a speaker and a time. It stands before what is said, or alone over it:

    [05/01/2024, 10:22:31] Anna: text        WhatsApp, and most programs that write a line for each message
    10:22:31 From Anna to Everyone: text     Zoom
    [10:22] <anna> text                      IRC
    10:22 TAB Anna TAB text                  LINE, WeeChat
    张三(00:01:23): text                     Tencent Meeting, Rev
    2024-01-05 10:22:31 张三(12345)          QQ, Teams, DiscordChatExporter
    张三 2024/1/5 10:22                      WeChat, Telegram, Discord, Feishu, iFLYTEK, Otter
    Anna Smith, and below it   10:22 AM      Slack

A timetable has other names at each time, a program's log says how grave a line is: neither is a chat.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass

from summarize.inputs.composition import numbered_lines
from summarize.text.language import HAN_RUN
from summarize.text.patterns import lazy_pattern


@dataclass(frozen=True, slots=True)
class Message:
    """What somebody says at a time.

    Args:
        speaker: the name.
        time: as the file writes it, without brackets around it.
        lines: what is said, perhaps with blank lines.
        line: number of its head in the file, from 1; 0 where lines say nothing, as in JSON.
    """

    speaker: str
    time: str
    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Conversation:
    """The messages of a file, in order.

    Args:
        messages: of it.
        preamble: the lines over the first of them.
        title: of it, if the file says so; otherwise empty.
    """

    messages: tuple[Message, ...]
    preamble: tuple[str, ...] = ()
    title: str = ""


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]{0,6}\.?"
_WEEKDAY = r"(?:(?:星期|周|週)[一二三四五六日天]|(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?)"
_DATE = "|".join(
    (
        r"\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?",
        r"\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})",
        r"\d{1,2}月\d{1,2}日",
        r"\d{1,2}[-/]\d{1,2}",
        rf"\d{{1,2}} {_MONTH}(?: \d{{4}})?",
        rf"{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?",
    )
)
_RELATIVE = r"[Tt]oday|[Yy]esterday|[今昨前]天"
_DAY = rf"(?:(?:{_DATE})(?:[ ,，(（]{{0,2}}{_WEEKDAY}[)）]?)?|{_WEEKDAY}(?:, (?:{_DATE}))?|{_RELATIVE})"
_HALF, _AM_OR_PM = r"(?:上午|下午|凌晨|早上|中午|晚上)", r"[AaPp]\.?[Mm]\.?"
_CLOCK = (
    rf"(?:{_HALF} ?)?\d{{1,2}}:\d\d(?P<seconds>:\d\d)?(?:\.\d{{1,3}})?(?: ?{_AM_OR_PM})?"
    r"(?!\d|[:,.]\d)"  # not so far only, as in a log
)
_STAMP = rf"(?P<time>(?P<day>{_DAY}(?:, ?| at |T|[ ]{{1,2}}))?{_CLOCK}Z?)"
_OPEN, _CLOSE = r"(?P<bracket>[\[(（【])?", r"(?(bracket)[\])）】])"
_SURE_OPEN, _SURE_CLOSE = r"(?P<bracket>[\[(（【])", r"[\])）】]"
_NOT_IN_NAMES = r"[^:：\[\]()（）<>|=\n\t]"
_ASIDE = r"(?P<aside> ?[(（<][^()（）<>\n:：]{1,40}[)）>]|#\d{4})?"
_NAME = rf"(?P<name>(?!\s){_NOT_IN_NAMES}{{1,40}}?){_ASIDE}"
_SAID = r" ?(?:：|:(?!//|\d))[ \t]*(?P<said>.*)"
_TO = r"(?:to|To|发送给|发送至|傳送至|給|给|到)"
# Heads before what is said; those of the first kind are nothing else.
_INLINE_SURE = (
    lazy_pattern(
        rf"{_STAMP}[ \t]{{1,4}}(?:From|来自|從|从)[ \t]{{1,4}}"
        r"(?P<name>[^:：\n()]{1,60}?)(?P<aside> ?\([^()\n]{1,40}\))?"
        rf"(?:[ \t]{{1,4}}{_TO}[ \t]{{1,4}}[^:：\n]{{1,60}})?{_SAID}"
    ),
    lazy_pattern(
        rf"{_OPEN}{_STAMP}{_CLOSE}[ \t]{{0,4}}<[@+%&~ ]?"
        r"(?P<name>[^<>\s][^<>\n]{0,40})>(?P<aside>)[ \t]{1,4}(?P<said>.*)"
    ),
    lazy_pattern(rf"{_STAMP}\t(?P<name>\S[^\t\n]{{0,40}}?)(?P<aside>):?\t(?P<said>.*)"),
)
_INLINE = (
    lazy_pattern(rf"{_SURE_OPEN}{_STAMP}{_SURE_CLOSE}[ \t]{{0,4}}[-–—]?[ \t]{{0,4}}{_NAME}{_SAID}"),
    lazy_pattern(rf"{_STAMP}[ \t]{{0,4}}[-–—][ \t]{{0,4}}{_NAME}{_SAID}"),
    lazy_pattern(rf"{_STAMP}[ \t]{{1,4}}(?=[^\Wa-z_]){_NAME}{_SAID}"),
    lazy_pattern(rf"\[?{_NAME}\]?[ \t]{{0,4}}{_OPEN}{_STAMP}{_CLOSE} ?[:：][ \t]*(?P<said>\S.*)"),
)
# Heads alone on their line.
_ALONE = (
    lazy_pattern(rf"{_OPEN}{_STAMP}{_CLOSE}[ \t]{{1,4}}{_NAME}[ \t]{{0,4}}[:：]?"),
    lazy_pattern(
        rf"\[?{_NAME}\]?(?::\w{{1,30}}:)?(?:[ \t,，—–-]{{1,8}}|(?=[\[(（【])){_OPEN}{_STAMP}{_CLOSE}[ \t]{{0,4}}[:：]?"
    ),
)
_STAMP_ALONE = lazy_pattern(_STAMP)
_STAMP_OPENS = lazy_pattern(rf"{_OPEN}{_STAMP}{_CLOSE}")
_TIME = lazy_pattern(r"\d:\d\d")
_LEVEL = lazy_pattern(r"\b(?:INFO|WARN(?:ING)?|ERROR|DEBUG|TRACE|FATAL|CRITICAL|NOTICE|SEVERE)\b")
_WORD = lazy_pattern(r"[^\W\d_]{2}|[\u3400-\u9fff]")
_LEVEL_CHARS = 100  # in which the level of a line of a log stands
_NO_NAME = lazy_pattern(
    r".*[。！？!?；;“”\"{}\\].*|(?!\+?\d[\d -]{6,})[\W\d_]*"
    r"|(?:发布|更新|发表|截止|开始|结束|报名|会议|日期|时间|来源|作者|通话)\S{0,4}"
    r"|(?i:posted|updated|published|last|date|time|from|by|on|at|start|end)\b.*|[AaPp][Mm]"
)
_DAY_ALONE = lazy_pattern(_DAY)  # as in a timeline
_SAYS = lazy_pattern(r" (?:wrote|writes|said|says)\Z|(?<=.)写道\Z")
_UNSEEN = lazy_pattern(r"[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")

_HEAD_LINES = 400  # by which a chat is told
_MIN_MESSAGES = 3
_MIN_INLINE_SHARE = 1 / 3  # of the lines that are not blank
_MIN_SAID_SHARE = 0.6  # of the heads
_MAX_LINES = 12  # of a message whose head is alone, on average
_MAX_NAMES_SHARE = 0.7  # of the heads, where these might be those of a timetable or of a list of news
_MAX_LEVELS_SHARE = 0.2
_MAX_PREAMBLE_LINES = 15
_MAX_NAME_WORDS = 6


@dataclass(frozen=True, slots=True)
class _Head:
    """What names a speaker and a time.

    Args:
        name: of the speaker; empty where the program itself speaks.
        time: as it is written.
        line: its number, from 1.
        below: number of the first line below it.
        said: what is said on its line.
        is_sure: whether it has more than an hour and a minute, as a timetable has not.
    """

    name: str
    time: str
    line: int
    below: int
    said: str
    is_sure: bool


def find_talk(text: str) -> Conversation | None:
    """Return the messages of a chat or a transcript; None if a text is none, by the first of its lines."""
    lines = [_UNSEEN.sub("", line).replace("\u202f", " ").replace("\xa0", " ") for line in numbered_lines(text)]
    layout = _layout_of(lines[:_HEAD_LINES])
    if layout is None:
        return None
    heads = list(layout.heads(lines, _timed(lines)))
    preamble = tuple(line.strip() for line in lines[: heads[0].line - 1] if line.strip())
    return Conversation(_messages(lines, heads), preamble)


@dataclass(frozen=True, slots=True)
class _Layout:
    """How heads are written.

    Args:
        heads: from the lines and those that have a time of day, by number, to the heads.
        is_inline: whether something is said on the lines of the heads.
        is_sure: whether nothing else is written so.
    """

    heads: Callable[[Sequence[str], dict[int, str]], Iterator[_Head]]
    is_inline: bool = False
    is_sure: bool = False


def _layout_of(lines: Sequence[str]) -> _Layout | None:
    """Return the layout in which there are most messages; None if the lines are no chat."""
    timed = _timed(lines)
    if len(timed) < _MIN_MESSAGES or _is_log(timed.values()):
        return None
    best, most = None, 0
    for layout in _LAYOUTS:
        heads = list(layout.heads(lines, timed))
        num_named = sum(bool(head.name) for head in heads)
        if num_named > most and _is_talk(lines, heads, layout):
            best, most = layout, num_named
    return best


def _timed(lines: Sequence[str]) -> dict[int, str]:
    return {number: line.strip() for number, line in enumerate(lines, 1) if _TIME.search(line)}


def _is_log(lines: Collection[str]) -> bool:
    return sum(_LEVEL.search(line, 0, _LEVEL_CHARS) is not None for line in lines) > _MAX_LEVELS_SHARE * len(lines)


def _is_talk(lines: Sequence[str], heads: Sequence[_Head], layout: _Layout) -> bool:
    """Whether lines with these heads are a chat: most of them are heads, or below most heads something is said."""
    named = [head for head in heads if head.name]
    if len(named) < _MIN_MESSAGES:
        return False
    if sum(bool(line.strip()) for line in lines[: heads[0].line - 1]) > _MAX_PREAMBLE_LINES:
        return False
    names = {head.name for head in named}
    may_be_other = not (layout.is_inline and all(head.is_sure for head in named))
    if may_be_other and len(names) > _MAX_NAMES_SHARE * len(named):
        return False
    messages = _messages(lines, heads)
    num_said = sum(_WORD.search("".join(message.lines)) is not None for message in messages)
    if num_said < _MIN_SAID_SHARE * len(named):
        return False
    if layout.is_inline:
        num_lines = sum(bool(line.strip()) for line in lines)
        is_mostly_named = layout.is_sure or 2 * len(named) >= len(heads)
        return is_mostly_named and len(heads) >= _MIN_INLINE_SHARE * num_lines
    return sum(len(message.lines) for message in messages) <= _MAX_LINES * len(named)


def _messages(lines: Sequence[str], heads: Sequence[_Head]) -> tuple[Message, ...]:
    """Return what is said from each head to the next one; below a line of the program nothing is."""
    ends = [head.line - 1 for head in heads[1:]] + [len(lines)]
    return tuple(
        Message(head.name, head.time, (head.said, *lines[head.below - 1 : end]), head.line)
        for head, end in zip(heads, ends, strict=True)
        if head.name
    )


def _inline(pattern: re.Pattern[str]) -> Callable[[Sequence[str], dict[int, str]], Iterator[_Head]]:
    """Return what finds heads before what is said; a line that only begins with a time is of the program itself."""

    def heads(lines: Sequence[str], timed: dict[int, str]) -> Iterator[_Head]:
        for number, line in timed.items():
            if head := _head(number, pattern.fullmatch(line)):
                yield head
            elif opening := _STAMP_OPENS.match(line):
                yield _Head("", opening["time"], number, number + 1, "", is_sure=False)

    return heads


def _alone(pattern: re.Pattern[str]) -> Callable[[Sequence[str], dict[int, str]], Iterator[_Head]]:
    """Return what finds heads over what is said."""

    def heads(lines: Sequence[str], timed: dict[int, str]) -> Iterator[_Head]:
        return (head for number, line in timed.items() if (head := _head(number, pattern.fullmatch(line))))

    return heads


def _head(number: int, match: re.Match[str] | None) -> _Head | None:
    name = _name(match["name"], match["aside"] or "") if match else ""
    if match is None or not name:
        return None
    return _Head(name, match["time"], number, number + 1, match.groupdict().get("said", ""), _is_sure(match))


def _name(name: str, aside: str) -> str:
    """Return a name with the aside that tells it from the same name, unless that is a number; empty if it is none."""
    name = _SAYS.sub("", name.strip(" ~～*@·•"))
    if not name or _NO_NAME.fullmatch(name) or _DAY_ALONE.fullmatch(name) or len(name.split()) > _MAX_NAME_WORDS:
        return ""
    return name + aside.strip() if HAN_RUN.search(aside) and not any(map(str.isdigit, aside)) else name


def _is_sure(match: re.Match[str]) -> bool:
    half = match["time"][-1] in "mM." or not match["time"][0].isdigit()  # AM or PM
    return half or any(match.groupdict().get(group) for group in ("day", "seconds", "bracket", "aside"))


def _in_two_lines(lines: Sequence[str], timed: dict[int, str]) -> Iterator[_Head]:
    """Yield heads of a name and a time below it; a time alone continues with what the same speaker says.

    The name stands over several times, or over one that is indented.
    """
    found = [
        (number, match) for number, line in timed.items() if number > 1 and (match := _STAMP_ALONE.fullmatch(line))
    ]
    names = Counter(lines[number - 2].strip() for number, _ in found)
    speaker = ""
    for number, match in found:
        above = lines[number - 2].strip()
        is_name = names[above] > 1 or lines[number - 1][:1].isspace()
        name = _name(above, "") if is_name else ""
        speaker = name or speaker
        if speaker:
            yield _Head(speaker, match["time"], number - bool(name), number + 1, "", is_sure=False)


_LAYOUTS = (
    *(_Layout(_inline(pattern), is_inline=True, is_sure=True) for pattern in _INLINE_SURE),
    *(_Layout(_inline(pattern), is_inline=True) for pattern in _INLINE),
    *(_Layout(_alone(pattern)) for pattern in _ALONE),
    _Layout(_in_two_lines),
)

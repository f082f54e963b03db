"""Emoji, and tildes used as drawn-out sentence ends."""

from summarize.text.language import HAN
from summarize.text.marks import RANGE_MARKS, one_of
from summarize.text.patterns import lazy_pattern

EMOJI = "\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u2604\u2607-\u2775\u2794-\u27bf\u2b50\u2b55"
_FIRST_EMOJI = "\u2600"
_TONE = "啦哦呀呢吧哒哟啊嘛吗噢喔嘞咯哈了哇"  # may end a clause before one tilde
# A drawn-out end as in chats, `好用～ 下次还来~`; between numbers and dates it is a range. After its first mark:
TILDES = (
    rf"(?<=[^\0-\u2e7f]{one_of(RANGE_MARKS)})(?<![\d年月日时点分号~～〜].){one_of(RANGE_MARKS)}*+"
    rf"(?=\s*(?:\Z|[{EMOJI}])|\s+(?!\d))"
    rf"|(?:(?<=[{_TONE}]{one_of(RANGE_MARKS)})|(?<=[{HAN}]{one_of(RANGE_MARKS)}){one_of(RANGE_MARKS)}){one_of(RANGE_MARKS)}*+(?=[{HAN}“《【])"
)
POINTERS = frozenset("👉👇📍📌⏰📞☎✅❌➡▶🔹🔸🔶🔷⭐✓✔")  # stand before what they mark
_PICTOGRAPH = lazy_pattern(rf"(?![{''.join(POINTERS)}])[{EMOJI}]")


def is_pictograph(character: str) -> bool:
    """Return whether a character is an emoji that shows a mood rather than points at something."""
    return character >= _FIRST_EMOJI and _PICTOGRAPH.match(character) is not None

"""Subtitles (SRT, WebVTT): which of their lines are not spoken, and which of the spoken ones make one paragraph.

A cue has a line with its times, often a number or a name over it, and one line or two of what is said. A sentence may
run on over several cues; it is then one, with the lines of numbers and times inside of it, which are not printed.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from summarize.text.language import HAN_RUN
from summarize.text.marks import ends_with_stop
from summarize.text.patterns import lazy_pattern
from summarize.text.units import Unit

ARROW = "-->"
_MAX_JOINED_CHARS = 400  # a longer paragraph takes no further line
_MAX_TIMES_CHARS = 120
_MIN_CUES = 2
_MIN_STOPPED = 5  # one line in so many ends a sentence, or stops are not set at all
_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
_TIMES = lazy_pattern(rf"{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}(?![\d:])[^\n]*")
_ARROW_TO_TIME = lazy_pattern(r"-->[ \t]*\d{1,3}:\d\d")
_NUMBER = lazy_pattern(r"\d{1,6}")
_BLOCK_HEADS = ("WEBVTT", "NOTE", "STYLE", "REGION")


# The number or name over the times, and these.
_CUE_HEAD = lazy_pattern(rf"^(?:[^\S\n]*[^\s>][^\n>]{{0,60}}\n)?[^\S\n]*{_TIMES.pattern}$", re.MULTILINE)


# WEBVTT, NOTE and the like, up to the next blank line.
_BLOCK = lazy_pattern(
    rf"^(?:{'|'.join(_BLOCK_HEADS)})(?:[ \t][^\n]*)?\r?(?:\n|\Z)(?:[^\S\n]*\S[^\n]*(?:\n|\Z))*", re.MULTILINE
)


def find_timing_lines(text: str) -> list[tuple[int, int]]:
    """Return start and end of the runs of lines that are not spoken, in order; none where a text is no subtitles."""
    if _ARROW_TO_TIME.search(text) is None:
        return []
    spans = [_without_speech(text, match) for match in _CUE_HEAD.finditer(text)]
    if len(spans) < _MIN_CUES:
        return []
    if text.startswith("WEBVTT"):
        spans += [match.span() for match in _BLOCK.finditer(text)]
    return sorted(spans)


def _without_speech(text: str, head: re.Match[str]) -> tuple[int, int]:
    """Start and end of the lines over a cue; what stands over its times is spoken unless it is alone or a number."""
    break_ = text.find("\n", head.start(), head.end())
    if break_ >= 0 and not _is_title(text, head.start(), break_):
        return break_ + 1, head.end()
    return head.span()


def _is_title(text: str, start: int, end: int) -> bool:
    """Whether the line over the times of a cue names the cue: a number, or anything below a blank line."""
    if _NUMBER.fullmatch(text[start:end].strip()):
        return True
    before = text[max(0, start - 4) : start].replace("\r", "")
    return start == 0 or before.endswith("\n\n")


def is_frame_line(text: str, start: int, end: int) -> bool:
    """Return whether a line, without the white space around it, is that of the times of a cue or the name over it."""
    if text.find(ARROW, start, end + _MAX_TIMES_CHARS) < 0:
        return False
    if _TIMES.match(text, start, end):
        return True
    below = end
    while below < len(text) and text[below].isspace() and text.count("\n", end, below + 1) <= 1:
        below += 1
    is_over_times = text.count("\n", end, below) == 1 and _TIMES.match(text, below) is not None
    return is_over_times and _is_title(text, start, end)


def join_cues(text: str, units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield the units of subtitles, those of one sentence as one, which has the numbers and times between inside.

    A line continues where the one before it has not stopped. In subtitles without full stops, as Chinese ones mostly
    are, only a small letter shows that. A dash, a bracket, another speaker or another script starts again.

    Args:
        text: the text.
        units: all of it, in order.
    """
    spoken = [unit for unit in units if unit.role == "text"]
    num_stopped = sum(_has_full_stop(text, unit) for unit in spoken)
    has_stops = num_stopped * _MIN_STOPPED >= len(spoken)
    last: Unit | None = None
    frames: list[Unit] = []
    for unit in units:
        if last is None or unit.role != "text":
            if unit.role == "text":
                last = unit
            elif last is None:
                yield unit
            else:
                frames.append(unit)
            continue
        if _goes_on(text, last, unit, has_stops=has_stops):
            last.end = unit.end
            last.num_lines += unit.num_lines
        else:
            yield from _in_order(last, frames)
            last = unit
        frames = []
    yield from _in_order(last, frames)


def _in_order(last: Unit | None, frames: Iterable[Unit]) -> Iterator[Unit]:
    if last is not None:
        yield last
    yield from frames


_OPENS_ANEW = frozenset("-–—<[(（【♪♫>*#")
_OPENS_SOUND, _CLOSES_SOUND = frozenset("[(（【♪♫"), frozenset("])）】♪♫")  # around what is heard and not said
_FULL_STOPS = frozenset("。.")


def _has_full_stop(text: str, unit: Unit) -> bool:
    return text[unit.end - 1] in _FULL_STOPS or any(stop in text[unit.start : unit.end - 1] for stop in ("。", ". "))


def _goes_on(text: str, last: Unit, unit: Unit, *, has_stops: bool) -> bool:
    if text[unit.start] in _OPENS_ANEW and not text.startswith(("<i>", "<b>", "</"), unit.start):
        return False
    if text[last.start] in _OPENS_SOUND and text[last.end - 1] in _CLOSES_SOUND:
        return False
    if (
        unit.marker
        or unit.end - last.start > _MAX_JOINED_CHARS
        or ends_with_stop(text, last.start, _bare_end(text, last))
    ):
        return False
    line_start = text.rfind("\n", last.start, last.end) + 1 or last.start
    if (HAN_RUN.search(text, line_start, last.end) is None) != (HAN_RUN.search(text, unit.start, unit.end) is None):
        return False  # the same in another language
    return has_stops or text[unit.start].islower()


_TAG_AT_END = lazy_pattern(r"(?:</[a-z]{1,5}>\s*)+\Z")


def _bare_end(text: str, unit: Unit) -> int:
    """The offset after what is said in a unit, before the tags that end it."""
    tag = _TAG_AT_END.search(text, max(unit.start, unit.end - 24), unit.end)
    return tag.start() if tag else unit.end

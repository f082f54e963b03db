"""The layouts of subtitles and lyrics to cues: SRT, WebVTT, SBV, Whisper's, ASS, LRC, TTML, MicroDVD, copied lines.

Nothing is judged here of what a cue says, except for the markup of ASS; its lines come as they stand.
"""

import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from summarize.inputs.composition import numbered_lines
from summarize.text.patterns import lazy_pattern

Layout = Literal["arrows", "events", "stamps", "elements", "frames", "copied"]


@dataclass(frozen=True, slots=True)
class Cue:
    """What is said at a time.

    Args:
        start: of the time, in seconds.
        end: of the time, in seconds; None where the layout does not say it.
        lines: what is said, without blank lines; empty where something is said to end.
        line: number of its first line in the file, from 1.
        speaker: who says it, where the layout has a field for that; otherwise empty.
    """

    start: float
    end: float | None
    lines: tuple[str, ...]
    line: int
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class SubtitleTrack:
    """The cues of a file in order of time.

    Args:
        layout: which one it is in.
        cues: of it.
        title: of what is said, if the file says so; otherwise empty.
        preamble: the lines over the first cue that are none of the layout.
    """

    layout: Layout
    cues: tuple[Cue, ...]
    title: str = ""
    preamble: tuple[str, ...] = ()


def find_script(text: str, suffix: str) -> SubtitleTrack | None:
    """Return the cues of a text; None if it is no subtitles.

    Args:
        text: the text, or so much of it that some cues are in it.
        suffix: of its file: one of subtitles may begin with other lines, and have a single cue.
    """
    lines = numbered_lines(text)
    for read in (_read_arrows, _read_events, _read_stamps, _read_elements, _read_frames, _read_copied):
        script = read(lines, suffix)
        if script is not None:
            return replace(script, cues=tuple(sorted(script.cues, key=lambda cue: cue.start)))
    return None


def seconds_of(clock: str) -> float:
    """The seconds of a time such as `1:02:03,5`."""
    seconds = 0.0
    for part in clock.replace(",", ".").split(":"):
        seconds = 60 * seconds + float(part)
    return seconds


_CLOCK = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,6})?"
_ARROW = lazy_pattern(
    rf"\s*(?P<bracket>\[)?(?P<start>{_CLOCK})[ \t]*-{{1,2}}>[ \t]*(?P<end>{_CLOCK})"
    r"(?(bracket)\][ \t]*(?P<said>.*)|(?:[ \t]+[A-Za-z]\w*:\S+)*[ \t]*)"
)
_COMMA = lazy_pattern(r"\s*(?P<start>\d{1,2}:\d\d:\d\d\.\d{3}),(?P<end>\d{1,2}:\d\d:\d\d\.\d{3})\s*")  # SBV
_NUMBER = lazy_pattern(r"\s*\d{1,6}\s*")
_HEADER = lazy_pattern(r"WEBVTT(?:[ \t]+(?:-[ \t]*)?(?P<title>.*))?")
_BLOCK = lazy_pattern(r"(?:NOTE|STYLE|REGION)(?:[ \t].*)?")
_NO_TITLE = lazy_pattern(r"(?:This file has cues|Kind:|Language:|X-TIMESTAMP).*", re.I)
_SUFFIXES = (".srt", ".vtt", ".sbv", ".ass", ".ssa", ".lrc", ".ttml", ".dfxp", ".sub")


def _read_arrows(lines: Sequence[str], suffix: str) -> SubtitleTrack | None:
    """Read what has a line `start --> end` over each cue, or before what it says."""
    header = _HEADER.fullmatch(lines[0])
    heads: list[tuple[int, float, float]] = []
    said: list[list[tuple[int, str]]] = []
    before: list[tuple[int, str]] = []  # the lines over the first cue
    is_block, follows_blank = False, True
    for number, line in enumerate(lines, 1):
        if "->" in line or "," in line:
            head = _ARROW.fullmatch(line) or _COMMA.fullmatch(line)
            if head is not None:
                _drop_identifier(said[-1] if said else before, number, lines, heads[-1][0] if heads else 0)
                heads.append((number, seconds_of(head["start"]), seconds_of(head["end"])))
                inner = head.groupdict().get("said")
                said.append([(number, inner)] if inner else [])
                is_block = follows_blank = False
                continue
        is_blank = not line.strip()
        is_block = not is_blank and (
            is_block or (header is not None and follows_blank and bool(_BLOCK.fullmatch(line)))
        )
        follows_blank = is_blank
        if not (is_blank or is_block):
            (said[-1] if said else before).append((number, line.strip()))
    is_sure = header is not None or suffix in _SUFFIXES
    if len(heads) < (1 if is_sure else 2) or (before and not is_sure):
        return None
    cues = tuple(
        Cue(start, end, tuple(line for _, line in run), run[0][0] if run else number)
        for (number, start, end), run in zip(heads, said, strict=True)
    )
    title = (header["title"] or "").strip() if header else ""
    preamble = () if header else tuple(line for _, line in before)
    return SubtitleTrack("arrows", cues, "" if _NO_TITLE.fullmatch(title) else title, preamble)


def _drop_identifier(run: list[tuple[int, str]], number: int, lines: Sequence[str], last_head: int) -> None:
    """Take the number or the name of a cue off the lines that stand over its times and below those of the last one."""
    if run and last_head < run[-1][0] == number - 1:
        is_alone = number < 3 or not lines[number - 3].strip()
        if is_alone or _NUMBER.fullmatch(run[-1][1]):
            run.pop()


_EVENT_FIELDS = ("Layer", "Start", "End", "Style", "Name", "MarginL", "MarginR", "MarginV", "Effect", "Text")
_NO_SPEAKERS = frozenset(("", "default", "ntp", "comment"))
_NO_SPEECH = lazy_pattern(
    r"(?i)(?:.*[ _-])?(?:signs?|op|ed|songs?|lyrics?|karaoke|title|staff|credits?|note|注释|歌词|屏幕字)(?:[ _-].*|\d*)"
)
_NO_SCRIPT_TITLE = lazy_pattern(r"<?untitled>?|Default Aegisub file|", re.I)
_DRAWING = lazy_pattern(r"\{[^{}]*\\p[1-9]")
_OVERRIDE = lazy_pattern(r"\{[^{}]*\}")
_LINE_BREAK = lazy_pattern(r"\\[Nn]")


def _read_events(lines: Sequence[str], suffix: str) -> SubtitleTrack | None:
    """Read ASS and SSA: the events that are speech, without drawings, signs and songs."""
    if not any(line.strip().lower() == "[script info]" for line in lines[:5]):
        return None
    fields: Sequence[str] = _EVENT_FIELDS
    cues: list[Cue] = []
    title = section = ""
    for number, line in enumerate(lines, 1):
        key, colon, value = line.partition(":")
        if line.startswith("["):
            section = line.strip().lower()
        elif key == "Title" and colon and section == "[script info]":
            title = "" if _NO_SCRIPT_TITLE.fullmatch(value.strip()) else value.strip()
        elif key == "Format" and section == "[events]":
            fields = [field.strip() for field in value.split(",")]
        elif key == "Dialogue" and section == "[events]":
            cells = dict(zip(fields, value.strip().split(",", len(fields) - 1), strict=False))
            cue = _event_cue(cells, number)
            if cue is not None:
                cues.append(cue)
    return SubtitleTrack("events", tuple(dict.fromkeys(cues)), title) if cues else None


def _event_cue(cells: dict[str, str], number: int) -> Cue | None:
    """Return the cue of an event; None if it is no speech or its times are none."""
    said = cells.get("Text", "")
    start, end = (_EVENT_CLOCK.fullmatch(cells.get(field, "").strip()) for field in ("Start", "End"))
    if start is None or end is None or _DRAWING.search(said) or _NO_SPEECH.fullmatch(cells.get("Style", "").strip()):
        return None
    plain = _OVERRIDE.sub("", said).replace("\\h", " ")
    lines = tuple(line.strip() for line in _LINE_BREAK.split(plain) if line.strip())
    speaker = cells.get("Name", cells.get("Actor", "")).strip()
    if speaker.lower() in _NO_SPEAKERS:
        speaker = ""
    return Cue(seconds_of(start.group()), seconds_of(end.group()), lines, number, speaker)


_EVENT_CLOCK = lazy_pattern(r"\d{1,3}:\d{1,2}:\d{1,2}(?:\.\d{1,3})?")
_STAMP = r"\[\d{1,3}:\d{1,2}(?::\d{1,2})?(?:[.:]\d{1,3})?\]"
_STAMPED_LINE = lazy_pattern(rf"\s*((?:{_STAMP}\s*)+)(.*)")
_TAG_LINE = lazy_pattern(r"\s*\[(?P<key>[A-Za-z#]{1,10}):(?P<value>[^\[\]]*)\]\s*")
_NICK = lazy_pattern(r"<[^<>\d][^<>]*> ")
_MIN_STAMPED = 3
_MAX_PREAMBLE_LINES = 5
_MAX_FIRST_SECONDS = 120  # later begins a chat, by the time of day


def _read_stamps(lines: Sequence[str], suffix: str) -> SubtitleTrack | None:
    """Read LRC, `[01:02.50]what is sung`; a line with several times comes at the first of them."""
    found: list[tuple[list[str], list[str], int]] = []  # times, what is said at them, number of the line
    tags: dict[str, str] = {}
    preamble: list[str] = []
    num_others = 0
    for number, line in enumerate(lines, 1):
        if stamped := _STAMPED_LINE.fullmatch(line):
            stamps = stamped[1].replace(" ", "").replace("\t", "")[1:-1].split("][")
            found.append((stamps, [stamped[2].strip()] if stamped[2].strip() else [], number))
        elif tag := _TAG_LINE.fullmatch(line):
            tags[tag["key"].lower()] = tag["value"].strip()
        elif line.strip():
            (found[-1][1] if found else preamble).append(line.strip())
            num_others += bool(found)
    is_enough = len(found) >= (1 if suffix == ".lrc" else _MIN_STAMPED)
    if not is_enough or 2 * num_others > len(found) or len(preamble) > _MAX_PREAMBLE_LINES:
        return None
    has_hundredths = any(_has_hundredths(stamp) for stamps, _, _ in found for stamp in stamps)
    cues = tuple(
        Cue(min(_stamp_seconds(stamp, has_hundredths=has_hundredths) for stamp in stamps), None, tuple(said), number)
        for stamps, said, number in found
    )
    is_sure = suffix == ".lrc" or bool(tags)
    is_chat = 2 * sum(bool(said and _NICK.match(said[0])) for _, said, _ in found) > len(found)
    if is_chat or not (is_sure or min(cue.start for cue in cues) < _MAX_FIRST_SECONDS):
        return None
    title, artist = tags.get("ti", ""), tags.get("ar", "")
    full_title = f"{title} - {artist}" if title and artist else title
    return SubtitleTrack("stamps", cues, full_title, tuple(preamble))


def _has_hundredths(stamp: str) -> bool:
    """Whether the last part of `01:02:75` cannot be seconds."""
    parts = stamp.split(":")
    return len(parts) == 3 and "." not in stamp and int(parts[2]) > 59


def _stamp_seconds(stamp: str, *, has_hundredths: bool) -> float:
    if has_hundredths and stamp.count(":") == 2:
        stamp = ".".join(stamp.rsplit(":", 1))
    return seconds_of(stamp)


_TIMED_TEXT = lazy_pattern(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:tt:)?tt\b", re.S)
_ELEMENT = lazy_pattern(
    r"<(?:tt:)?p\b[^<>]*?\bbegin=[\"'](?P<start>[^\"']{1,20})[\"'](?P<more>[^<>]*)>(?P<said>.*?)</(?:tt:)?p>", re.S
)
_ELEMENT_END = lazy_pattern(r"\bend=[\"'](?P<end>[^\"']{1,20})[\"']")
_ELEMENT_TAG = lazy_pattern(r"<[^>]*>")
_OFFSET = lazy_pattern(r"(?P<number>\d{1,12}(?:\.\d{1,6})?)(?P<unit>h|ms?|[sft])")
_RATE = lazy_pattern(r"\b(?P<kind>frame|tick)Rate=[\"'](?P<rate>[1-9]\d{0,9})[\"']")
_USUAL_ELEMENT_RATE = 30.0  # frames a second, as the standard of TTML has it
_SECONDS = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001}


def _read_elements(lines: Sequence[str], suffix: str) -> SubtitleTrack | None:
    """Read TTML, `<p begin="00:00:01.000" end="...">`, as it comes from broadcasters and their players."""
    text = "\n".join(lines)
    if _TIMED_TEXT.match(text) is None:
        return None
    seconds = _SECONDS | _seconds_of_units(text)
    cues = []
    line, position = 1, 0
    for element in _ELEMENT.finditer(text, 0, _end_of_last(text)):
        start, end = (_element_seconds(clock, seconds) for clock in (element["start"], _end_of(element["more"])))
        line, position = line + text.count("\n", position, element.start()), element.start()
        said = _LINE_ELEMENT.sub("\n", " ".join(element["said"].split()))
        run = (" ".join(line.split()) for line in html.unescape(_ELEMENT_TAG.sub("", said)).split("\n"))
        if start is not None:
            cues.append(Cue(start, end, tuple(filter(None, run)), line))
    return SubtitleTrack("elements", tuple(cues)) if cues else None


_LINE_ELEMENT = lazy_pattern(r"\s*<(?:tt:)?br\s*/?>\s*")


def _end_of_last(text: str) -> int:
    """Return where the last element ends: what opens after that would be looked for in vain, each time to the end."""
    return max(text.rfind(closing) + len(closing) for closing in ("</p>", "</tt:p>"))


def _end_of(attributes: str) -> str:
    found = _ELEMENT_END.search(attributes)
    return found["end"] if found else ""


def _seconds_of_units(text: str) -> dict[str, float]:
    """Return the seconds of a frame and of a tick, by the first element of TTML."""
    rates = {found["kind"]: float(found["rate"]) for found in _RATE.finditer(text[: text.find("<body")])}
    frame = rates.get("frame", _USUAL_ELEMENT_RATE)
    return {"f": 1 / frame, "t": 1 / rates.get("tick", frame if "frame" in rates else 1.0)}


def _element_seconds(clock: str, seconds: Mapping[str, float]) -> float | None:
    """Return the seconds of a time of TTML, None if it is none.

    Args:
        clock: `00:00:01.5`, `00:00:01:12` with a frame, or a number with a unit, `1.5s`.
        seconds: of each unit.
    """
    if offset := _OFFSET.fullmatch(clock):
        return float(offset["number"]) * seconds[offset["unit"]]
    parts = clock.split(":")
    return seconds_of(":".join(parts[:3])) if _CLOCK_PARTS.fullmatch(":".join(parts[:3])) else None


_CLOCK_PARTS = lazy_pattern(r"\d{1,3}:\d\d:\d\d(?:\.\d{1,6})?")
_FRAMES_LINE = lazy_pattern(r"\s*\{(?P<start>\d{1,8})\}\{(?P<end>\d{0,8})\}(?P<said>.*)")
_FRAME_RATE = lazy_pattern(r"\d{2}(?:\.\d{1,6})?")
_STYLE = lazy_pattern(r"\{[a-zA-Z]:[^{}]*\}|^/")
_USUAL_RATE = 23.976  # frames a second, unless the first line says it
_MIN_FRAMES_LINES = 2


def _read_frames(lines: Sequence[str], suffix: str) -> SubtitleTrack | None:
    """Read MicroDVD, `{25}{88}What is said|in two lines`, whose times are counted in frames."""
    found = [(number, match) for number, line in enumerate(lines, 1) if (match := _FRAMES_LINE.fullmatch(line))]
    num_filled = sum(bool(line.strip()) for line in lines)
    if len(found) < _MIN_FRAMES_LINES or 2 * len(found) < num_filled:
        return None
    first = found[0][1]["said"].strip()
    says_rate = _FRAME_RATE.fullmatch(first) is not None
    rate = float(first) if says_rate else _USUAL_RATE
    cues = []
    for number, match in found[says_rate:]:
        run = (_STYLE.sub("", line.strip()).strip() for line in match["said"].split("|"))
        end = int(match["end"]) / rate if match["end"] else None
        cues.append(Cue(int(match["start"]) / rate, end, tuple(filter(None, run)), number))
    return SubtitleTrack("frames", tuple(cues))


_COPIED_LINE = lazy_pattern(r"\s*(?P<clock>\d{1,2}(?::\d\d){1,2})(?:\s+(?P<said>\S.*))?\s*")
_MIN_COPIED = 5
_MAX_FIRST_COPIED_SECONDS, _MAX_GAP_SECONDS = 60, 20


def _read_copied(lines: Sequence[str], suffix: str) -> SubtitleTrack | None:
    """Read a transcript copied from a page of videos: a time alone over each line, or before it.

    It begins in the first minute and continues every few seconds, as no timetable and no list of chapters does.
    """
    found: list[tuple[float, list[str], int]] = []
    preamble: list[str] = []
    for number, line in enumerate(lines, 1):
        if stamped := _COPIED_LINE.fullmatch(line):
            found.append((seconds_of(stamped["clock"]), [stamped["said"]] if stamped["said"] else [], number))
        elif line.strip() and found:
            found[-1][1].append(line.strip())
        elif line.strip():
            preamble.append(line.strip())
    gaps = [later - sooner for (sooner, _, _), (later, _, _) in pairwise(found)]
    if (
        len(found) < _MIN_COPIED
        or len(preamble) > _MAX_PREAMBLE_LINES
        or found[0][0] >= _MAX_FIRST_COPIED_SECONDS
        or min(gaps) < 0
        or median(gaps) > _MAX_GAP_SECONDS
        or 2 * sum(0 < len(said) < 3 for _, said, _ in found) < len(found)
    ):
        return None
    cues = tuple(Cue(start, None, tuple(said), number) for start, said, number in found)
    return SubtitleTrack("copied", cues, preamble=tuple(preamble))

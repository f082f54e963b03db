"""Cues to utterances, each by one speaker and in one language, without sounds, songs and tags, and said once."""

import html
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarize.inputs.cues import Cue, seconds_of
from summarize.text.language import HAN, HAN_RUN
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern

PAUSE_SECONDS = 2.0  # after which another may speak


@dataclass(frozen=True, slots=True)
class Utterance:
    """A line that one speaker says.

    Args:
        text: what is said.
        start: of its cue, in seconds.
        end: of its cue, in seconds.
        line: number of the first line of its cue in the file.
        speaker: the name; empty if it is not known.
        is_anew: whether a mark or a name says that somebody begins to speak.
        is_credit: whether it says who made the subtitles or the song.
    """

    text: str
    start: float
    end: float
    line: int
    speaker: str = ""
    is_anew: bool = False
    is_credit: bool = False


def find_utterances(cues: Sequence[Cue]) -> list[Utterance]:
    """Return what is said in cues, which are in order of time.

    What captions repeat of those before them is said once. Where Chinese stands in most cues beside another language,
    the Chinese is what is said: the other says the same.
    """
    shown = _in_one_language(_once(_at_one_time(cues)))
    return list(_with_speakers([one for cue in shown for one in _of_cue(cue)]))


# Each line once


def _at_one_time(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Yield the cues, those that one speaker says at one time as one, as of subtitles in two languages."""
    last: Cue | None = None
    lines: list[str] = []
    known: set[str] = set()
    for cue in cues:
        if last is not None and cue.start == last.start and cue.speaker == last.speaker and cue.lines and lines:
            lines += [line for line in cue.lines if line not in known]
        else:
            if last is not None:
                yield replace(last, lines=tuple(lines))
            last, lines, known = cue, list(cue.lines), set()
        known.update(cue.lines)
    if last is not None:
        yield replace(last, lines=tuple(lines))


_SAME_TIME_SECONDS = 0.1
_ROLLING_SHARE = 1 / 2
_MIN_ROLLING = 3


def _once(cues: Iterable[Cue]) -> list[Cue]:
    """Return the cues without the lines that roll up from one to the next.

    Captions made by a machine show each line twice, first below and then above the next one, or grow word by word. A
    cue that says the same as the one before it and follows at once is that one, too.
    """
    shown = [replace(cue, lines=tuple(line for line in map(_plain, cue.lines) if line)) for cue in _with_ends(cues)]
    spoken = [cue for cue in shown if cue.lines]
    num_rolling = sum(_grows(one.lines[-1], other.lines[0]) for one, other in pairwise(spoken))
    is_rolling = num_rolling >= max(_MIN_ROLLING, _ROLLING_SHARE * len(spoken))
    found: list[Cue] = []
    before: tuple[str, ...] = ()
    for cue in spoken:
        fresh = cue.lines
        if found and fresh == before and (is_rolling or cue.start - _end(found[-1]) < _SAME_TIME_SECONDS):
            fresh = ()
        elif found and is_rolling:
            num_same = _num_overlapping(before, fresh)
            if not num_same and _grows(before[-1], fresh[0]):
                found[-1] = replace(found[-1], lines=(*found[-1].lines[:-1], fresh[0]), end=cue.end)
                num_same = 1
            fresh = fresh[num_same:]
        before = cue.lines
        if fresh:
            found.append(replace(cue, lines=fresh))
        elif not is_rolling:
            found[-1] = replace(found[-1], end=max(_end(cue), _end(found[-1])))
    return found


def _end(cue: Cue) -> float:
    return cue.start if cue.end is None else cue.end


_INNER_TIME = lazy_pattern(r"<((?:\d{1,3}:)?\d{1,2}:\d\d[.]\d{1,3})>")
_LAST_WORD_SECONDS = 1.0  # that it takes, nearly


def _with_ends(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Yield the cues with an end: the next start if none is given, and what the times of the words say if they do."""
    waiting: Cue | None = None
    for cue in cues:
        if waiting is not None:
            yield replace(waiting, end=cue.start if waiting.end is None else waiting.end)
        times = [time for line in cue.lines for time in _INNER_TIME.findall(line)]
        if times and cue.end is not None:
            cue = replace(cue, end=min(cue.end, seconds_of(times[-1]) + _LAST_WORD_SECONDS))
        waiting = cue
    if waiting is not None:
        yield waiting


def _grows(line: str, following: str) -> bool:
    """Whether a line continues in the following one, or is that one."""
    if not following.startswith(line):
        return False
    next_character = following[len(line) : len(line) + 1]
    return not (next_character.isascii() and next_character.isalnum())


def _num_overlapping(before: Sequence[str], lines: Sequence[str]) -> int:
    """How many of the first lines are the last ones before."""
    most = min(len(before), len(lines))
    return next((num for num in range(most, 0, -1) if before[-num:] == lines[:num]), 0)


_TAG = lazy_pattern(
    r"</?(?!v[ .])[A-Za-z][\w.-]{0,30}(?:[ .=][^<>\n]{0,200})?>|</v>"
    r"|<(?:\d{1,3}:)?\d{1,2}:\d\d[.]\d{1,3}>|\{\\[^{}\n]{0,200}\}"
)
_UNSEEN = lazy_pattern(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")


def _plain(line: str) -> str:
    """Return a line without its tags but those of speakers, and without what has no width."""
    if "<" in line or "{" in line:
        line = _TAG.sub("", line)
    if "&" in line:
        line = html.unescape(line)
    return " ".join(_UNSEEN.sub("", line).split())


_BILINGUAL_SHARE = 0.6
_LATIN_WORD = lazy_pattern(r"[A-Za-z]{2}")


def _in_one_language(cues: Sequence[Cue]) -> list[Cue]:
    num_two = sum(any(map(HAN_RUN.search, cue.lines)) and any(map(_is_foreign, cue.lines)) for cue in cues)
    if num_two < _BILINGUAL_SHARE * len(cues):
        return list(cues)
    return [replace(cue, lines=tuple(line for line in cue.lines if not _is_foreign(line)) or cue.lines) for cue in cues]


def _is_foreign(line: str) -> bool:
    return HAN_RUN.search(line) is None and _LATIN_WORD.search(line) is not None


# What is said


_VOICE = lazy_pattern(r"<v(?:\.[\w.-]{1,40})? {1,4}([^<>\n]{1,60})>")
_IN_BRACKETS = lazy_pattern(r"\[[^\[\]]{1,200}\]|【[^【】]{1,100}】|［[^［］]{1,100}］")
_SONG = lazy_pattern(r"[♪♫♬♩🎵🎶]")
_SOUNDS = "|".join(
    (
        *("music", "applause", "laugh", "chuckl", "cheer", "sigh", "gasp", "cough", "crying", "sob", "scream", "shout"),
        *("whisper", "groan", "grunt", "clap", "ring", "knock", "beep", "bark", "footstep", "silence", "inaudible"),
        *("indistinct", "crosstalk", "unintelligible", "speaking", "singing", "humming", "whistl", "thunder", "sniff"),
    )
)
_SOUND = lazy_pattern(
    r"[(（](?:[^()（）\n]{0,40}(?:[声聲]|笑|音[乐樂]|鼓掌|沉默|[欢歡]呼|[叹嘆][气氣]|咳嗽)|[A-Z][A-Z ,'’-]{1,60}"
    rf"|(?i:(?:[a-z]+ ){{0,4}}(?:{_SOUNDS})[a-z]*(?:[ ,][a-z ,'’]{{0,60}})?))[)）]"
)
_ASIDE_LINE = lazy_pattern(r"[(（][^()（）.。!！?？]*[)）]")
_OPENS_ANEW = lazy_pattern(r"(?:[-–—‐]+(?=[\s\w“\"'…¿¡(（])|>{1,3}|＞+)\s*")
_CREDITS = "|".join(
    (
        *(
            "字幕",
            "翻译",
            "校对",
            "校正",
            "时间轴",
            "听译",
            "听写",
            "压制",
            "后期",
        ),
        *(
            "监制",
            "监督",
            "总监",
            "片源",
            "作词",
            "作曲",
            "编曲",
            "制作人",
            "混音",
        ),
        *("母带", "和声", "录音", "吉他", "贝斯", "鼓", "词", "曲", "词曲", "出品", "发行", "原唱", "演唱"),
        *("Lyrics by", "Composed by", "Produced by", "Arranged by"),
    )
)
_SITES = "字幕组|字幕由|人人影视|YYeTs|射手网|opensubtitles|addic7ed|amara\\.org|subscene|纯音乐[，,]请欣赏"
_CREDIT = lazy_pattern(
    rf"(?:{_CREDITS})[^。！？\n:：]{{0,8}}[:：].{{1,60}}|.{{0,30}}(?:{_SITES}).{{0,60}}"
    r"|.{0,20}(?:[Ss]ubtitle[sd]?|[Cc]aption(?:s|ed|ing)|[Tt]ranscri(?:bed|pt)|[Tt]ranslated|[Ss]ync(?:ed|hroni[sz]ed)?)"
    r" (?:(?:and|&|made|corrected|corrections|created|provided) ){0,3}by .{1,60}"
)


def _of_cue(cue: Cue) -> Iterator[Utterance]:
    before, *voices = _VOICE.split("\n".join(cue.lines))
    for speaker, run in [(cue.speaker, before), *zip(voices[::2], voices[1::2], strict=True)]:
        is_first = True
        for line in _SOUND.sub("", _IN_BRACKETS.sub("", run)).split("\n"):
            said = " ".join(line.split())
            mark = _OPENS_ANEW.match(said)
            said = said[mark.end() :] if mark else said
            if _SONG.search(said) or _ASIDE_LINE.fullmatch(normalize(said)) or not any(map(str.isalnum, said)):
                continue
            is_anew = mark is not None or (is_first and bool(speaker))
            is_credit = _CREDIT.fullmatch(normalize(said)) is not None
            yield Utterance(said, cue.start, _end(cue), cue.line, speaker.strip(), is_anew, is_credit)
            is_first = False


_LABEL = lazy_pattern(
    rf"(?P<name>[{HAN}·]{{1,10}} ?\d{{0,2}}|[A-Z][\w.'’&-]*(?: [A-Z0-9&#(][\w.'’)&-]*){{0,3}})"
    r"(?:[（(][^()（）]{1,20}[)）])? ?[:：]\s*(?=\S)"
)
_NO_NAMES = frozenset(("OK", "PS", "RT", "NOTE", "WARNING", "TIP", "Q", "A", "I"))
_MIN_NAMED, _MIN_NAMED_SHARE = 2, 0.2


def _with_speakers(said: Sequence[Utterance]) -> Iterator[Utterance]:
    """Yield the utterances, with the names before a colon taken off: all if there are many, and those in capitals.

    A speaker continues until another begins; where only some are named, until a pause.
    """
    labels = [None if one.is_credit else _LABEL.match(one.text) for one in said]
    are_named = sum(label is not None for label in labels) >= max(_MIN_NAMED, _MIN_NAMED_SHARE * len(said))
    speaker, end = "", 0.0
    for one, label in zip(said, labels, strict=True):
        name = label["name"].strip() if label else ""
        if label and name not in _NO_NAMES and (are_named or name.isupper()):
            one = replace(one, text=one.text[label.end() :], speaker=name, is_anew=True)
        elif (
            not one.speaker and not one.is_anew and not one.is_credit and (are_named or one.start - end < PAUSE_SECONDS)
        ):
            one = replace(one, speaker=speaker)
        speaker, end = one.speaker, one.end
        yield one

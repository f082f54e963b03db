"""Subtitles and lyrics (`cues` has their layouts) to what is said: sentences of whole cues, without times and tags.

    cues -> each line once -> utterances, each by one speaker -> runs that read as sentences

Sounds and songs (`[music]`, `(applause)`, `♪`) are left out, and so is what a caption repeats of the one before it.
Where Chinese stands in a cue beside another language, the Chinese is read: the other says the same.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from summarize.document import Role, Source
from summarize.errors import InputError
from summarize.inputs.composition import LINE, PARAGRAPH, Composition, speech_role
from summarize.inputs.cues import Cue, find_script
from summarize.inputs.table import Options
from summarize.text.language import HAN, HAN_RUN
from summarize.text.marks import COMMA_MARKS, FULL_STOPS, LIST_COMMAS, ends_with_stop
from summarize.text.moods import MIN_BLANK_UNIT_CHARS
from summarize.text.patterns import lazy
from summarize.text.pieces import needs_space

_HEAD_CHARS = 20_000  # in which subtitles are recognised


def recognise(content: Source, suffix: str) -> bool:
    """Return whether a text is subtitles or lyrics with times."""
    return find_script(content.text[:_HEAD_CHARS], suffix) is not None


def read(content: Source, options: Options) -> list[Source]:
    """Return what is said or sung, a paragraph for each run of it that belongs together.

    Raises:
        InputError: there are no cues, or nothing is said in them.
    """
    script = find_script(content.text, options.suffix)
    if script is None:
        raise InputError(f"{options.name}: has no times of subtitles; name its format, or `text` to read it as it is")
    said = list(_utterances(_in_one_language(_once(_at_one_time(script.cues)))))
    said = [one for one in said if one.text != script.title]
    if not said:
        raise InputError(f"{options.name}: nothing is said in these subtitles; there is nothing to summarize")
    text = Composition()
    text.add(script.title, role="heading")
    joint = _joint_of(said, is_sung=script.layout == "stamps")
    if joint is _joint_of_speech:
        said = list(_in_clauses(said))
    last: _Utterance | None = None
    length_chars = 0
    for one in said:
        before = PARAGRAPH if last is None or last.is_credit or one.is_credit else joint(last, one, length_chars)
        is_new = last is None or before in (PARAGRAPH, LINE)
        length_chars = len(one.text) + (0 if is_new else length_chars + len(before))
        speaker = one.speaker if is_new else None
        role: Role | None = "apparatus" if one.is_credit else speech_role(one.text)
        places = {"time": _printed(one.start), "line": str(one.line)}
        text.add(one.text, before=before, speaker=speaker, role=role, places=places)
        last = one
    return [text.source("subtitles", content.encoding, warnings=content.warnings, title=script.title)]


def _printed(seconds: float) -> str:
    """Return a time as it is printed, `0:01:05`."""
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}"


# Each line once


def _at_one_time(cues: Sequence[Cue]) -> Iterator[Cue]:
    """Yield the cues, those that one speaker says at one time as one, as of subtitles in two languages."""
    last: Cue | None = None
    for cue in cues:
        if last is not None and cue.start == last.start and cue.speaker == last.speaker and cue.lines and last.lines:
            last = replace(last, lines=(*last.lines, *(line for line in cue.lines if line not in last.lines)))
            continue
        if last is not None:
            yield last
        last = cue
    if last is not None:
        yield last


_INNER_TIME = lazy(r"<((?:\d{1,3}:)?\d{1,2}:\d\d[.]\d{1,3})>")
_LAST_WORD_SECONDS = 1.0  # that it takes, nearly
_SAME_TIME_SECONDS = 0.1
_ROLLING_SHARE = 1 / 3


def _once(cues: Iterable[Cue]) -> list[Cue]:
    """Return the cues without the lines that roll up from one to the next, and with their ends.

    Captions made by a machine show each line twice, first below and then above the next one, or grow word by word. A
    cue that says the same as the one before it and follows at once is that one, too.
    """
    shown = [replace(cue, lines=tuple(line for line in map(_plain, cue.lines) if line)) for cue in _with_ends(cues)]
    num_rolling = sum(bool(one.lines and other.lines) and _rolls(one, other) for one, other in pairwise(shown))
    is_rolling = num_rolling >= max(2, _ROLLING_SHARE * len(shown))
    found: list[Cue] = []
    before: tuple[str, ...] = ()
    for cue in shown:
        fresh = cue.lines
        if found and cue.lines == before and cue.start - (found[-1].end or 0) < _SAME_TIME_SECONDS:
            fresh = ()
        elif found and is_rolling and before and fresh:
            num_same = _num_overlapping(before, fresh)
            if not num_same and fresh[0].startswith(before[-1]):
                found[-1] = replace(found[-1], lines=(*found[-1].lines[:-1], fresh[0]), end=cue.end)
                num_same = 1
            fresh = fresh[num_same:]
        before = cue.lines or before
        if fresh or not cue.lines:
            found.append(replace(cue, lines=fresh))
        else:
            found[-1] = replace(found[-1], end=max(cue.end or 0, found[-1].end or 0))
    return [cue for cue in found if cue.lines]


def _with_ends(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Yield the cues with an end: that which is given, unless the times of the words say better; or the next start."""
    for cue, following in pairwise([*cues, None]):
        end = cue.end
        if end is None:
            end = following.start if following else cue.start
        times = [time for line in cue.lines for time in _INNER_TIME.findall(line)]
        if times:
            seconds = 0.0
            for part in times[-1].split(":"):
                seconds = 60 * seconds + float(part)
            end = min(end, seconds + _LAST_WORD_SECONDS)
        yield replace(cue, end=end)


def _rolls(cue: Cue, following: Cue) -> bool:
    return following.lines[0].startswith(cue.lines[-1])


def _num_overlapping(before: Sequence[str], lines: Sequence[str]) -> int:
    """How many of the first lines are the last ones before."""
    most = min(len(before), len(lines))
    return next((num for num in range(most, 0, -1) if tuple(before[-num:]) == tuple(lines[:num])), 0)


_TAG = lazy(r"</?(?!v[ .])[A-Za-z][\w.-]{0,30}(?:[ .=][^<>\n]{0,200})?>|</v>|<(?:\d{1,3}:)?\d{1,2}:\d\d[.]\d{1,3}>|\{\\[^{}]*\}")
_BLANKS = lazy(r"[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]+")


def _plain(line: str) -> str:
    """Return a line without its tags but those of speakers, and without what has no width."""
    if "<" in line or "{" in line:
        line = _TAG.sub("", line)
    if "&" in line:
        line = html.unescape(line)
    return _BLANKS.sub(" ", line).strip()


_BILINGUAL_SHARE = 0.6
_LATIN_WORD = lazy(r"[A-Za-z]{2,}")


def _in_one_language(cues: Sequence[Cue]) -> list[Cue]:
    """Return the cues in Chinese only, where most of them have lines in Chinese and in another language."""
    num_two = sum(any(map(_is_han, cue.lines)) and any(map(_is_foreign, cue.lines)) for cue in cues)
    if num_two < _BILINGUAL_SHARE * len(cues):
        return list(cues)
    return [
        replace(cue, lines=tuple(line for line in cue.lines if not _is_foreign(line)) or cue.lines) for cue in cues
    ]


def _is_han(line: str) -> bool:
    return HAN_RUN.search(line) is not None


def _is_foreign(line: str) -> bool:
    return HAN_RUN.search(line) is None and _LATIN_WORD.search(line) is not None


# Cues to utterances


@dataclass(frozen=True, slots=True)
class _Utterance:
    """A line that one speaker says.

    Args:
        text: what is said.
        start: of its cue, in seconds.
        end: of its cue, in seconds.
        line: number of the first line of its cue in the file.
        speaker: the name; empty if it is not known.
        is_anew: whether a mark says that another begins to speak.
        is_credit: whether it says who made the subtitles.
    """

    text: str
    start: float
    end: float
    line: int
    speaker: str = ""
    is_anew: bool = False
    is_credit: bool = False


_VOICE = lazy(r"<v(?:\.[\w.-]{1,40})?[ ]+([^<>\n]{1,60})>")
_IN_BRACKETS = lazy(r"\[[^\[\]]{1,200}\]|【[^【】]{1,100}】|［[^［］]{1,100}］")
_SONG = lazy(r"[^\n]*[♪♫♬♩🎵🎶][^\n]*")
_SOUND_WORDS = (
    "music|applause|laugh|chuckl|cheer|sigh|gasp|cough|cr(?:y|ies)|sob|scream|shout|whisper|groan|grunt|clap|ring|knock|"
    "beep|bark|footstep|door|silence|inaudible|indistinct|crosstalk|unintelligible|speak|sing|hum|whistl|thunder|sniff"
)
_SOUND = lazy(
    rf"[(（](?:[^()（）\n]*(?:声|笑|音乐|音樂|掌声|鼓掌|沉默|欢呼|叹气|咳嗽)|[A-Z][A-Z ,'’-]*|(?:[A-Za-z]+ )*?(?:{_SOUND_WORDS})"
    r"\w*(?:[ ,][A-Za-z ,'’]*)?)[)）]",
    re.I,
)
_ASIDE_LINE = lazy(r"[(（][^()（）.。!！?？]*[)）]")
_OPENS_ANEW = lazy(r"(?:[-–—‐]+(?=[\s\w“\"'…¿¡(（])|>{1,3}|＞+)\s*")
_LABEL = lazy(
    rf"(?P<name>[{HAN}·]{{1,10}}[ ]?\d{{0,2}}|[A-Z][\w.'’&-]*(?: [A-Z0-9&#(][\w.'’)&-]*){{0,3}})(?:[（(][^()（）]{{1,20}}[)）])?"
    r"[ ]?[:：]\s*(?=\S)"
)
_NO_NAMES = frozenset(("OK", "PS", "RT", "NOTE", "WARNING", "TIP", "Q", "A"))
_LEAST_NAMED_SHARE = 0.2
_CREDIT = lazy(
    r"(?:字幕|翻译|翻譯|校对|校對|校正|时间轴|時間軸|听译|聽譯|听写|压制|壓制|后期|後期|监制|监督|总监|日听|片源|作词|作詞|作曲|"
    r"编曲|編曲|制作人|製作人|混音|母带|和声|和聲|录音|吉他|贝斯|鼓|词|曲|出品|发行|監製|词曲|原唱|演唱|Lyrics by|Composed by|"
    r"Produced by|Arranged by)[^。！？\n]{0,8}?\s*[:：].{1,60}"
    r"|.{0,30}(?:字幕组|字幕組|人人影视|YYeTs|字幕由|射手网|opensubtitles|addic7ed|amara\.org|subscene|纯音乐[，,]请欣赏).{0,60}"
    r"|.{0,20}(?:[Ss]ubtitle[sd]?|[Cc]aption(?:s|ed|ing)|[Tt]ranscri(?:bed|pt)|[Tt]ranslated|[Ss]ync(?:ed|hroni[sz]ed)?)"
    r" (?:(?:and|&|made|corrected|corrections|created|provided) ){0,3}by .{1,60}"
)


def _utterances(cues: Iterable[Cue]) -> Iterator[_Utterance]:
    """Yield what is said in the cues; a speaker who is named goes on until another begins, or a pause if few are."""
    found = [one for cue in cues for one in _of_cue(cue)]
    named = [one for one in found if _LABEL.match(one.text)]
    are_names = len(named) >= max(2, _LEAST_NAMED_SHARE * len(found))
    speaker, end = "", 0.0
    for one in found:
        label = None if one.is_credit else _LABEL.match(one.text)
        if label and label["name"] not in _NO_NAMES and (are_names or (label["name"].isupper() and len(label["name"]) > 1)):
            one = replace(one, text=one.text[label.end() :], speaker=label["name"].strip(), is_anew=True)
        elif not one.speaker and not one.is_anew and not one.is_credit:
            one = replace(one, speaker=speaker if are_names or one.start - end < _PAUSE_SECONDS else "")
        speaker, end = one.speaker, one.end
        yield one


def _of_cue(cue: Cue) -> Iterator[_Utterance]:
    before, *rest = _VOICE.split("\n".join(cue.lines))
    runs = [(cue.speaker, before), *zip(rest[::2], rest[1::2], strict=True)]
    for speaker, run in runs:
        run = _SOUND.sub("", _SONG.sub("", _IN_BRACKETS.sub("", run)))
        is_first = True
        for line in run.split("\n"):
            line = line.strip()
            mark = _OPENS_ANEW.match(line)
            said = line[mark.end() :] if mark else line
            if _ASIDE_LINE.fullmatch(said) or not any(map(str.isalnum, said)):
                continue
            is_anew = mark is not None or (is_first and bool(speaker))
            is_credit = _CREDIT.fullmatch(said) is not None
            yield _Utterance(said, cue.start, cue.end or cue.start, cue.line, speaker.strip(), is_anew, is_credit)
            is_first = False


# Utterances to runs that read as sentences

_Joint = Callable[[_Utterance, _Utterance, int], str]  # what parts two utterances; also how long the run is already

_LEAST_STOPPED_SHARE = 0.2
_LEAST_FLOWING_SHARE = 0.6
_FLOWING_SECONDS = 0.15  # between two cues of which the second goes on
_PAUSE_SECONDS, _LONG_PAUSE_SECONDS = 2.0, 6.0
_BREATH_SECONDS = 1.0
_LATIN_CHARS = 7  # as many letters say as much as a Chinese character
_MOST_PARAGRAPH_CHARS = 150  # of Chinese
_MOST_RUN_CHARS = MIN_BLANK_UNIT_CHARS  # without stops; a longer line of Chinese is cut at its blanks into what cues are
_LEAST_RUN_CHARS = 8
_GOES_ON = frozenset(COMMA_MARKS + LIST_COMMAS)
_HAN_OPENINGS = (
    *("然后", "所以", "但是", "不过", "那么", "接下来", "首先", "其次", "最后", "另外", "因此", "好", "第一", "第二", "第三"),
    *("可是", "如果", "现在", "今天", "那我们", "还有", "大家"),
)
# Where speech in English begins a new clause: a word that links, and one that opens a clause behind it.
_LATIN_OPENING = lazy(
    r"\b(?:and|so|but|now|then|because|also|okay|well)(?: (?:so|now|then|finally|actually|maybe|also|if|when))?"
    r" (?:I|you|he|she|it|we|they|there|this|that|these|those|the|a|my|your|our|his|her|their|what|most|some|people|let)\b",
    re.I,
)


def _in_clauses(said: Iterable[_Utterance]) -> Iterator[_Utterance]:
    """Yield the utterances, those of English cut where a clause opens."""
    for one in said:
        start = 0
        for opening in _LATIN_OPENING.finditer(one.text):
            if opening.start() > start:
                yield replace(one, text=one.text[start : opening.start()].rstrip(), is_anew=one.is_anew and not start)
                start = opening.start()
        yield replace(one, text=one.text[start:], is_anew=one.is_anew and not start)


def _joint_of(said: Sequence[_Utterance], *, is_sung: bool) -> _Joint:
    """Return what decides how utterances are parted, by how they are written.

    With stops, sentences are what the stops make of them. Without, as Chinese and machines mostly write: the lines of a
    song or a film are each by themselves; of speech that flows on from cue to cue so many make a run as read well.
    """
    num_stopped = sum(_has_stop(one.text) for one in said)
    if num_stopped >= _LEAST_STOPPED_SHARE * len(said):
        return _joint_with_stops
    if is_sung:
        return _joint_of_song
    gaps = [other.start - one.end for one, other in pairwise(said) if other.start != one.start]
    is_flowing = sum(gap < _FLOWING_SECONDS for gap in gaps) >= _LEAST_FLOWING_SHARE * max(1, len(gaps))
    return _joint_of_speech if is_flowing else _joint_of_lines


_INNER_STOP = lazy(r"[。！？!?]|\.(?=\s|\Z)")


def _has_stop(line: str) -> bool:
    return _INNER_STOP.search(line) is not None


def _blank(last: _Utterance, one: _Utterance) -> str:
    return " " if needs_space(last.text, one.text) else ""


def _is_parted(last: _Utterance, one: _Utterance) -> bool:
    return one.is_anew and (one.speaker != last.speaker or not one.speaker)


def _width(chars: int, sample: str) -> float:
    """How many Chinese characters would take as much room."""
    return chars if HAN_RUN.search(sample) else chars / _LATIN_CHARS


def _joint_with_stops(last: _Utterance, one: _Utterance, length_chars: int) -> str:
    pause = one.start - last.end
    is_stopped = ends_with_stop(last.text, 0, len(last.text))
    is_long = _width(length_chars, last.text) > _MOST_PARAGRAPH_CHARS
    if _is_parted(last, one) or pause > _LONG_PAUSE_SECONDS or (is_stopped and (pause > _PAUSE_SECONDS or is_long)):
        return PARAGRAPH
    return _blank(last, one)


def _joint_of_song(last: _Utterance, one: _Utterance, length_chars: int) -> str:
    return PARAGRAPH if one.start > last.end else LINE


def _joint_of_lines(last: _Utterance, one: _Utterance, length_chars: int) -> str:
    is_same_cue = one.start == last.start and not _is_parted(last, one)
    if is_same_cue or (last.text[-1] in _GOES_ON and not one.is_anew):
        return " "
    return PARAGRAPH


def _joint_of_speech(last: _Utterance, one: _Utterance, length_chars: int) -> str:
    """Part at a breath, before what opens a clause if there is enough of one, and where it would be too long."""
    opens = one.text.startswith(_HAN_OPENINGS) or _LATIN_OPENING.match(one.text) is not None
    is_enough = _width(length_chars, last.text) > _LEAST_RUN_CHARS
    is_long = _width(length_chars + 1 + len(one.text), last.text) > _MOST_RUN_CHARS
    if _is_parted(last, one) or one.start - last.end > _BREATH_SECONDS or is_long or (opens and is_enough):
        return PARAGRAPH
    return " "

"""Subtitles and lyrics to what is said: sentences of whole cues, without their times.

text -> cues (`cues`) -> utterances, each by one speaker (`utterances`) -> runs that read as sentences
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from summarize.document import LocationKind, Role, Source
from summarize.errors import InputError
from summarize.inputs.composition import LINE, PARAGRAPH, Composition, head_role, speech_role
from summarize.inputs.cues import find_script
from summarize.inputs.table import Options
from summarize.inputs.utterances import PAUSE_SECONDS, Utterance, find_utterances
from summarize.interface import _
from summarize.text.language import HAN_RUN
from summarize.text.marks import COMMA_MARKS, LIST_COMMAS, ends_with_stop
from summarize.text.moods import MIN_BLANK_UNIT_CHARS
from summarize.text.patterns import lazy_pattern
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
        raise InputError(_("{name}: has no times as in subtitles; read it with --from text").format(name=options.name))
    said = [one for one in find_utterances(script.cues) if one.text != script.title]
    if not said:
        raise InputError(
            _("{name}: the subtitles contain no speech; there is nothing to summarize").format(name=options.name)
        )
    joint = _joint_of(said, is_sung=script.layout == "stamps")
    if joint is _joint_of_speech:
        said = list(_in_clauses(said))
    text = Composition()
    text.add(script.title, role="heading")
    for line in script.preamble:
        text.add(line, role=head_role(line))
    last: Utterance | None = None
    length_chars = 0  # of the run so far
    for one in said:
        before = PARAGRAPH if last is None or last.is_credit or one.is_credit else joint(last, one, length_chars)
        is_new = before in (PARAGRAPH, LINE)
        length_chars = len(one.text) if is_new else length_chars + len(before) + len(one.text)
        role: Role | None = "apparatus" if one.is_credit else speech_role(one.text) if is_new else None
        locations: dict[LocationKind, str] = {"time": _printed(one.start), "line": str(one.line)}
        text.add(one.text, before=before, speaker=one.speaker if is_new else None, role=role, locations=locations)
        last = one
    return [text.source("subtitles", content.encoding, warnings=content.warnings, title=script.title)]


def _printed(seconds: float) -> str:
    """Return a time as it is printed, `0:01:05`."""
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}"


_Joint = Callable[[Utterance, Utterance, int], str]  # what parts two utterances; also how long the run is before them

_MIN_STOPPED_SHARE = 0.2
_MIN_FLOWING_SHARE = 0.6
_FLOWING_SECONDS = 0.15  # between two cues of which the second goes on
_STOP = lazy_pattern(r"[。！？!?]|\.(?=\s|\Z)")


def _joint_of(said: Sequence[Utterance], *, is_sung: bool) -> _Joint:
    """Return what decides how utterances are separated, by how they are written.

    With stops, sentences are what the stops make of them. Without, as Chinese and machines mostly write: the lines of a
    song or a film are each by themselves; of speech that flows on from cue to cue so many make a run as read well.
    """
    if sum(_STOP.search(one.text) is not None for one in said) >= _MIN_STOPPED_SHARE * len(said):
        return _joint_with_stops
    if is_sung:
        return _joint_of_song
    gaps = [other.start - one.end for one, other in pairwise(said) if other.start != one.start]
    is_flowing = sum(gap < _FLOWING_SECONDS for gap in gaps) >= _MIN_FLOWING_SHARE * max(1, len(gaps))
    return _joint_of_speech if is_flowing else _joint_of_lines


def _is_parted(last: Utterance, one: Utterance) -> bool:
    return one.is_anew and (one.speaker != last.speaker or not one.speaker)


_LATIN_CHARS = 7  # as many letters say as much as a Chinese character, nearly
_MAX_PARAGRAPH_CHARS = 150  # of Chinese, before a sentence begins another
_LONG_PAUSE_SECONDS = 6.0  # parts a sentence, too


def _width(length_chars: int, sample: str) -> float:
    """How many Chinese characters say as much."""
    return length_chars if HAN_RUN.search(sample) else length_chars / _LATIN_CHARS


def _joint_with_stops(last: Utterance, one: Utterance, length_chars: int) -> str:
    pause = one.start - last.end
    is_stopped = ends_with_stop(last.text, 0, len(last.text))
    is_long = _width(length_chars, last.text) > _MAX_PARAGRAPH_CHARS
    if _is_parted(last, one) or pause > _LONG_PAUSE_SECONDS or (is_stopped and (pause > PAUSE_SECONDS or is_long)):
        return PARAGRAPH
    return " " if needs_space(last.text, one.text) else ""


def _joint_of_song(last: Utterance, one: Utterance, length_chars: int) -> str:
    return PARAGRAPH if one.start > last.end else LINE


_MAX_RUN_CHARS = MIN_BLANK_UNIT_CHARS  # a longer line without stops is cut at its blanks into what the cues are
_GOES_ON = frozenset(COMMA_MARKS + LIST_COMMAS)


def _joint_of_lines(last: Utterance, one: Utterance, length_chars: int) -> str:
    is_same_cue = one.start == last.start
    goes_on = last.text[-1] in _GOES_ON or (one.text[0].islower() and one.start - last.end < PAUSE_SECONDS)
    is_long = _width(length_chars + 1 + len(one.text), last.text) > _MAX_RUN_CHARS
    return " " if (is_same_cue or (goes_on and not is_long)) and not _is_parted(last, one) else PARAGRAPH


_BREATH_SECONDS = 1.0
_MIN_RUN_CHARS = 8
_HAN_OPENINGS = (
    *(
        "然后",
        "所以",
        "但是",
        "不过",
        "那么",
        "那我们",
        "接下来",
        "首先",
        "其次",
        "最后",
        "另外",
        "因此",
        "可是",
        "如果",
    ),
    *("还有", "第一", "第二", "第三", "现在", "今天", "大家", "好"),
)
# Where speech in English begins a new clause: a word that links, and one that opens a clause after it.
_LATIN_OPENING = lazy_pattern(
    r"\b(?:and|so|but|now|then|because|also|okay|well)(?: (?:so|now|then|finally|actually|maybe|also|if|when))?"
    r" (?:I|you|he|she|it|we|they|there|this|that|these|those|the|a|my|your|our|his|her|their|what|most|some|people)\b",
    re.I,
)


def _in_clauses(said: Iterable[Utterance]) -> Iterator[Utterance]:
    """Yield the utterances, those of English cut where a clause opens."""
    for one in said:
        start = 0
        for opening in _LATIN_OPENING.finditer(one.text):
            if opening.start() > start:
                yield replace(one, text=one.text[start : opening.start()].rstrip(), is_anew=one.is_anew and not start)
                start = opening.start()
        yield replace(one, text=one.text[start:], is_anew=one.is_anew and not start)


def _joint_of_speech(last: Utterance, one: Utterance, length_chars: int) -> str:
    """Part at a breath, before what opens a clause if there is enough of one, and where it would be too long."""
    opens = one.text.startswith(_HAN_OPENINGS) or _LATIN_OPENING.match(one.text) is not None
    is_enough = _width(length_chars, last.text) > _MIN_RUN_CHARS
    is_long = _width(length_chars + 1 + len(one.text), last.text) > _MAX_RUN_CHARS
    if _is_parted(last, one) or one.start - last.end > _BREATH_SECONDS or is_long or (opens and is_enough):
        return PARAGRAPH
    return " "

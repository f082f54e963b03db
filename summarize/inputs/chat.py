"""Chats and transcripts (`messages`, `exports` have their layouts) to `Name: what is said`, a paragraph for each turn.

What the program says by itself is left out (who joined, what was taken back, that there is a picture), and so are the
words that an answer quotes.
"""

from collections.abc import Iterator
from dataclasses import replace

from summarize.document import LocationKind, Source
from summarize.errors import InputError
from summarize.inputs.chat_notices import is_divider, is_system_message, without_emoticons
from summarize.inputs.composition import LINE, PARAGRAPH, Composition, head_role, speech_role
from summarize.inputs.exports import find_exports
from summarize.inputs.messages import Conversation, Message, find_talk
from summarize.inputs.table import Options
from summarize.interface import _
from summarize.text.marks import ends_with_stop
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import needs_space

_TABLES = (".csv", ".tsv")  # their rows may begin with times


def recognise(content: Source, suffix: str) -> bool:
    """Return whether a text is a chat or a transcript with times."""
    return suffix not in _TABLES and bool(_find(content.text))


def _find(text: str) -> list[Conversation]:
    talks = find_exports(text)
    talk = None if talks else find_talk(text)
    return [talk] if talk else talks


def read(content: Source, options: Options) -> list[Source]:
    """Return what is said in each talk, one in most files.

    Raises:
        InputError: there are no messages, or they say nothing.
    """
    talks = _find(content.text)
    if not talks:
        raise InputError(
            _("{name}: has no names and times as in a chat; read it with --from text").format(name=options.name)
        )
    sources = [source for talk in talks if (source := _as_source(talk, content, is_alone=len(talks) == 1))]
    if not sources:
        raise InputError(
            _("{name}: the chat has no messages with text; there is nothing to summarize").format(name=options.name)
        )
    return [replace(sources[0], warnings=content.warnings), *sources[1:]]


def _as_source(talk: Conversation, content: Source, *, is_alone: bool) -> Source | None:
    """Return what is said, a paragraph for each message; what goes on after a full stop is in that of the one before.

    A talk that is not alone is called by its title. If nothing is said in it, there is none.
    """
    text = Composition()
    title = _write_title(text, talk)
    last_speaker, last_line = "", ""
    for message in talk.messages:
        said = list(_said(message))
        if not said:
            continue
        locations: dict[LocationKind, str] = {"time": message.time}
        if message.line:
            locations["line"] = str(message.line)
        goes_on = message.speaker == last_speaker and ends_with_stop(last_line, 0, len(last_line))
        blank = " " if goes_on and needs_space(last_line, said[0]) else ""
        before, speaker = (blank, None) if goes_on else (PARAGRAPH, message.speaker)
        role = None if goes_on else speech_role(said[0])
        text.add(said[0], before=before, speaker=speaker, role=role, locations=locations)
        for line in said[1:]:
            text.add(line, before=LINE, role=speech_role(line))
        last_speaker, last_line = message.speaker, said[-1]
    if not last_line:
        return None
    return text.source("chat", content.encoding, title=title, name="" if is_alone else title)


_WITH = lazy_pattern(r"(?:消息对象|群名称|会议主题|主题|聊天对象)\s{0,4}[:：]\s{0,4}(?P<title>.+)")
_OF_EXPORT = lazy_pattern(
    r"[\W_]*|消息(?:记录|分组).*|(?:导出|保存|储存)(?:时间|日期).*|Saved on.*|--- Log opened.*|Messages and calls .*"
)


def _write_title(text: Composition, talk: Conversation) -> str:
    """Write what stands over the messages and return the title: what a line says it is, or the first short one."""
    lines = [line for line in talk.preamble if not (_OF_EXPORT.fullmatch(normalize(line)) or is_divider(line))]
    named = next((found for line in lines if (found := _WITH.fullmatch(line))), None)
    title = talk.title or (named["title"].strip() if named else "")
    if not title and lines and head_role(lines[0]):
        title = lines.pop(0)
    text.add(title, role="heading")
    for line in lines:
        if named is None or line != named.group():
            text.add(line, role=head_role(line))
    return title


_ANSWERED = lazy_pattern(r"「[^「」]{1,2000}」\s*\n\s*(?:- ?){5,}\s*\n")  # as WeChat writes what an answer is about


def _said(message: Message) -> Iterator[str]:
    """Yield the lines that a person says in a message."""
    lines = _ANSWERED.sub("", "\n".join(message.lines)).split("\n")
    is_first, is_reaction = True, False
    for row in lines:
        line = " ".join(row.split())
        if not line:
            continue
        said = without_emoticons(line)
        is_count = is_reaction and line.isdecimal()  # of those who reacted
        is_reaction = is_count or not said
        is_between = is_divider(line) and not is_first  # of days; a date may be what somebody answers
        is_first = False
        if not (is_count or is_between or line.startswith(">") or is_system_message(line)) and any(
            map(str.isalnum, said)
        ):
            yield said

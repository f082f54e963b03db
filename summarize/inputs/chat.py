"""Chats and transcripts (`messages` has their layouts) to lines `Name: what is said`, a paragraph for each turn.

What the program says by itself is left out (who joined, what was taken back, that there is a picture), and so are the
words that an answer quotes.
"""

from collections.abc import Iterator

from summarize.document import PlaceKind, Source
from summarize.errors import InputError
from summarize.inputs.composition import LINE, PARAGRAPH, Composition, speech_role
from summarize.inputs.exports import find_export
from summarize.inputs.messages import Message, Talk, find_talk
from summarize.inputs.table import Options
from summarize.text.marks import ends_with_stop
from summarize.text.patterns import lazy
from summarize.text.pieces import needs_space


_TABLES = (".csv", ".tsv")  # their rows may begin with times


def recognise(content: Source, suffix: str) -> bool:
    """Return whether a text is a chat or a transcript with times."""
    return suffix not in _TABLES and _find(content.text) is not None


def _find(text: str) -> Talk | None:
    return find_export(text) or find_talk(text)


def read(content: Source, options: Options) -> list[Source]:
    """Return what is said, a paragraph for each message; what goes on behind a full stop is in that of the one before.

    Raises:
        InputError: there are no messages, or they say nothing.
    """
    talk = _find(content.text)
    if talk is None:
        raise InputError(f"{options.name}: has no messages with names and times; name its format, or `text` for none")
    text = Composition()
    title = talk.title
    text.add(title, role="heading")
    for line in talk.preamble:
        title = _write_preamble(text, line, title)
    last_speaker, last_line = "", ""
    for message in talk.messages:
        said = list(_said(message))
        if not said:
            continue
        places: dict[PlaceKind, str] = {"time": message.time}
        if message.line:
            places["line"] = str(message.line)
        goes_on = message.speaker == last_speaker and ends_with_stop(last_line, 0, len(last_line))
        blank = " " if goes_on and needs_space(last_line, said[0]) else ""
        before, speaker = (blank, None) if goes_on else (PARAGRAPH, message.speaker)
        text.add(said[0], before=before, speaker=speaker, role=speech_role(said[0]), places=places)
        for line in said[1:]:
            text.add(line, before=LINE, role=speech_role(line))
        last_speaker, last_line = message.speaker, said[-1]
    if not last_line:
        raise InputError(f"{options.name}: nothing is said in this chat; there is nothing to summarize")
    return [text.source("chat", content.encoding, warnings=content.warnings, title=title)]


_WITH = lazy(r"(?:消息对象|群名称|会议主题|主题|聊天对象|\[LINE\] Chat history with|Chat history with)\s*[:：]?\s*(.+)")
_EXPORT = lazy(r"[\W_]*|--- Log opened.*|消息(?:记录|分组).*|(?:导出|保存|儲存)(?:时间|日期|日期：).*|Saved on.*|Messages and calls are .*")
_MOST_TITLE_CHARS = 60


def _write_preamble(text: Composition, line: str, title: str) -> str:
    """Write a line over the messages and return the title, which is its first unless one says that it is another."""
    if _EXPORT.fullmatch(line) or _DIVIDER.fullmatch(line):
        return title
    about = _WITH.fullmatch(line)
    is_title = about is not None or (not title and len(line) <= _MOST_TITLE_CHARS and not ends_with_stop(line, 0, len(line)))
    if is_title and not title:
        title = about[1].strip() if about else line
        text.add(title, role="heading")
        return title
    text.add(line, role="apparatus")
    return title


# What the programs say where nobody speaks. In square brackets and between `<>` also inside of what is said.
_KINDS = (
    "图片|圖片|照片|视频|影片|语音|語音|语音通话|视频通话|表情|动画表情|動畫表情|文件|檔案|位置|红包|轉帳|转账|链接|名片|聊天记录|小程序|贴图|貼圖|收藏|音乐|"
    "视频号|拍一拍|接龙|投票|公告|群公告|闪照|动态表情|自定义表情|卡片消息|photo|image|video|sticker|audio|voice|file|gif|location|contact|"
    "link|album|media|document|attachment"
)
_ATTACHED = lazy(
    rf"\[(?:{_KINDS})\].*|【(?:{_KINDS})】.*|<(?:[^<>]*omitted|attached: [^<>]*|[^<>]*已省略|附件[^<>]*)>|‎?(?:{_KINDS}|GIF) omitted"
    r"|.{1,80}\((?:file attached|文件附件|附件)\)|[^\s]{1,60}\.(?:jpe?g|png|gif|mp4|webp|opus|heic|amr|silk)",
    2,
)
_EMOTICON = lazy(r"\[[\u3400-\u9fff]{1,4}\]|\[(?:[A-Z][a-z]{2,12})\]|(?<![\w/]):[a-z][a-z0-9_+-]{1,30}:(?!\w)|\s*(?:\((?:edited|已编辑)\)|<This message was edited>|<已编辑>)\s*$")
_NOTICE = lazy(
    r".{0,60}(?:撤回了?一条消息|加入了?(?:本?群聊?|会议|通话)|退出了?(?:本?群聊?|会议|通话)|离开了?(?:会议|群聊)|邀请.{1,40}加入|移出了?群聊|修改群名为|"
    r"拍了拍|成为.{0,6}(?:群主|管理员)|已添加了.{1,30}(?:现在可以开始聊天|为好友)|打招呼的内容|领取了.{1,30}红包|開始了?(?:通话|會議)|收回了?訊息|"
    r"已收回訊息|通话时长|通話時間|已取消|对方已拒绝|未接来电|未接來電|开启了朋友验证|消息已发出，但被对方拒收了).{0,60}"
    r"|(?:You|.{1,40}) (?:deleted this message|joined (?:using|the|via|from)\b.*|has (?:joined|left)\b.*|left(?: the (?:group|meeting|channel|call))?|"
    r"added .{1,60}|removed .{1,60}|created (?:this )?group.*|changed (?:the|this|their|his|her) .{1,60}|pinned a message.*|started a (?:call|meeting).*|"
    r"was (?:added|removed)\b.{0,60}|set the (?:channel|topic).{0,200}|turned (?:on|off) disappearing messages.*)\.?"
    r"|(?:This message was deleted|You deleted this message|Missed (?:voice|video) call.*|Messages and calls are end-to-end encrypted.*|"
    r"Waiting for this message.*|null|\d{1,3} repl(?:y|ies)|Last reply .{1,40}|View thread|New|also sent to the channel|replied to a thread:?|"
    r"(?:Reacted|Liked|Loved|Laughed at|Replying) (?:to )?.{1,200}|(?:Video|Voice|Audio) call.{0,30})"
    r"|[-*>!<#=]{1,3}[-!*>]\s.*|\*{1,3} .*|--- .*",
)
_QUOTED = lazy(r"(?:「[^「」]{1,2000}」|\"[^\"\n]{1,200}\")\s*\n\s*(?:- ?){5,}\s*\n")
_DIVIDER = lazy(r"[-—–=_ ·*]*(?:\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?(?:[ (（]*(?:星期|周|週)?[一二三四五六日天][)）]?)?|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? [A-Z][a-z]{2,9} \d{1,2}(?:st|nd|rd|th)?(?:, \d{4})?|[Tt]oday|[Yy]esterday|今天|昨天)[-—–=_ ·*]*|[-—–=_ ·*]{3,}")


def _said(message: Message) -> Iterator[str]:
    """Yield the lines that a person says in a message."""
    lines = _QUOTED.sub("", "\n".join(message.lines)).split("\n")
    is_reaction = False
    for line in lines:
        line = line.strip()
        is_count = is_reaction and line.isdecimal()  # of those who reacted
        is_reaction = is_count or (bool(line) and not _EMOTICON.sub("", line).strip())
        if not line or is_count or line.startswith(">") or _ATTACHED.fullmatch(line) or _NOTICE.fullmatch(line) or _DIVIDER.fullmatch(line):
            continue
        line = " ".join(_EMOTICON.sub("", line).split())
        if any(map(str.isalnum, line)):
            yield line

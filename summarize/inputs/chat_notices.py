"""What a line of a chat is that nobody says: what its program tells, and what stands for a picture or a file."""

from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern

_KINDS = "|".join(
    (
        *(
            "图片",
            "照片",
            "视频",
            "影片",
            "语音",
            "语音通话",
            "视频通话",
            "表情",
            "动画表情",
        ),
        *(
            "自定义表情",
            "动态表情",
            "贴图",
            "文件",
            "档案",
            "位置",
            "红包",
            "转账",
            "转帐",
            "链接",
            "名片",
            "聊天记录",
        ),
        *("小程序", "收藏", "音乐", "视频号", "拍一拍", "接龙", "投票", "公告", "群公告", "闪照", "卡片消息"),
        *(
            "photo",
            "image",
            "video",
            "sticker",
            "audio",
            "voice",
            "file",
            "gif",
            "location",
            "contact",
            "link",
            "album",
        ),
        *("media", "document", "attachment"),
    )
)
_ATTACHED = lazy_pattern(
    rf"(?i)[\[【](?:{_KINDS})[\]】].*|(?:{_KINDS}) omitted|<[^<>]*(?:omitted|已省略)>|.{{1,8}}已忽略|<attached: [^<>]*>"
    r"|.{1,80}\((?:file attached|文件附件|附件)\)|\S{1,60}\.(?:jpe?g|png|gif|mp4|webp|opus|heic|amr|silk)"
)
_TOLD_IN_CHINESE = "|".join(
    (
        *("撤回了?一条消息", "收回了?[讯消]息", "加入了?(?:本?群聊?|会议|通话)", "退出了?(?:本?群聊?|会议|通话)"),
        *("邀请.{1,40}加入了?群聊", "离开了?(?:会议|群聊)", "移出了?群聊", "修改群名为.{1,40}", "拍了拍.{1,20}"),
        *(
            "成为.{0,6}(?:群主|管理员)",
            "以上是打招呼的内容",
            "已添加了.{1,30}，现在可以开始聊天了?",
            "领取了.{1,20}的?红包",
        ),
        *("通话时长.{0,10}", "通话时间.{0,10}", "对方已拒绝", "未接来电", "开启了朋友验证.{0,60}"),
    )
)
_TOLD_OF_SOMEBODY = "|".join(
    (
        *("deleted this message", "joined using .{0,20}invite link", r"(?:has )?joined (?:via .{0,20}link|#\S{1,40})"),
        "(?:has )?joined the (?:group|meeting|channel|call)",
        *("(?:has )?left the (?:group|meeting|channel|call)", "created (?:this )?group .{0,60}"),
        *(
            "was (?:added|removed) (?:to|from|by) .{1,60}",
            "pinned a message.{0,40}",
            "started a (?:call|meeting).{0,20}",
        ),
        *("set the channel (?:topic|description).{0,200}", "turned (?:on|off) disappearing messages.{0,80}"),
    )
)
_TOLD = "|".join(
    (
        *("This message was deleted", "Missed (?:voice|video) call.{0,20}", "null", "New", "View thread"),
        *("Messages and calls are end-to-end encrypted.*", r"Waiting for this message\..*", r"\d{1,3} repl(?:y|ies)"),
        *(
            "Last reply .{1,40}",
            "also sent to the channel",
            "replied to a thread:?",
            "(?:Video|Voice|Audio) call.{0,30}",
        ),
        *("joined", r"\*{1,3} .*", "--- .*", r"[-*<=]{1,3}[-!*>] .*"),
    )
)
_TOLD_LINE = lazy_pattern(
    rf".{{0,40}}(?:{_TOLD_IN_CHINESE})[。！]?|[^.!?]{{1,40}} (?:{_TOLD_OF_SOMEBODY})\.?|(?:{_TOLD})\.?"
)
_DATE = (
    r"(?:\d{4}[-/.年] ?\d{1,2}[-/.月] ?\d{1,2}日?|\d{1,2}月\d{1,2}日)"
    r"(?:[ (（]{0,2}(?:星期|周)?[一二三四五六日天][)）]?)?"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? [A-Z][a-z]{2,9} \d{1,2}(?:st|nd|rd|th)?(?:, \d{4})?"
    r"|[Tt]oday|[Yy]esterday|今天|昨天"
)
_DIVIDER = lazy_pattern(rf"[-—–=_ ·*]*(?:{_DATE})[-—–=_ ·*]*|[-—–=_ ·*]{{3,}}")
_EMOTICON = lazy_pattern(
    r"\[(?:[\u3400-\u9fff]{1,4}|[A-Z][a-z]{2,12})\]|(?<![\w/]):[a-z+-][a-z0-9_+-]{1,30}:(?!\w)"
    r"| ?(?:\((?:edited|已编辑)\)|<This message was edited>|<已编辑>)\Z"
)


def is_divider(line: str) -> bool:
    """Return whether a line parts days: a date, or a rule."""
    return _DIVIDER.fullmatch(normalize(line)) is not None


def is_system_message(line: str) -> bool:
    """Return whether a line is nobody's words: it tells who came and went, or stands for a picture."""
    return any(pattern.fullmatch(normalize(line)) for pattern in (_TOLD_LINE, _ATTACHED))


def without_emoticons(line: str) -> str:
    """Return a line, without white space around it, without `[微笑]`, `:+1:`, `(edited)`."""
    return " ".join(_EMOTICON.sub("", line).split())

"""Notices about the text itself and its publication, and calls to action."""

from collections.abc import Iterable

from summarize.text.patterns import has_any, lazy_pattern

# What is said of nothing but the text itself and where it was published. These are enough wherever they stand; ...
_BOILERPLATE = lazy_pattern(
    r"©|\(c\) ?(?:19|20)\d\d|[Aa]ll [Rr]ights [Rr]eserved|版权声明|版[权權]所[有属屬]|转载请(?:注明|联系)|轉載請|"
    r"未经.{0,8}(?:不得|禁止).{0,6}转载|"
    r"(?:禁止|不得|谢绝|严禁)转载|如有侵权|侵权.{0,8}(?:联系|删除)|(?:错|误)收(?:了|到)?(?:本|此)邮件|"
    r"本邮件.{0,30}(?:保密|机密|特定收件人)|"
    r"received this (?:e-?mail|message|communication) (?:in error|by mistake)|intended (?:solely|"
    r"only) for the (?:use of|person|recipient|addressee)|"
    r"unsubscribe|Sent from my |发自我的|distributed to \d+ |退订|"
    r"contributed to this (?:report|story|article)"
)
# One of these is in each notice: they are found much faster.
NOTICE_CUES = (
    *("©", "(c) ", "ights ", "版权", "版權", "转载", "轉載", "侵权", "邮件", "eceived this", "ntended ", "nsubscribe"),
    *("Sent from my ", "发自我的", "istributed to", "退订", "ontributed to this"),
)
# ... these where they open a sentence or a line.
_CALLS = {
    **{"分享到": "", "字号": "[:：]", "热门评论": "", "精彩评论": "", "网友评论": "", "大家都在看": ""},
    **{"相关": "(?:推荐|阅读|新闻|链接)", "延伸阅读": "", "推荐阅读": "", "往期": "(?:回顾|推荐|精选)", "更多精彩": ""},
    **{"阅读原文": "", "上一篇": "", "下一篇": "", "扫码": "", "扫一扫": "", "扫描": ".{0,6}二维码"},
    **{"打开": ".{0,6}(?:APP|App|客户端)", "下载": ".{0,6}(?:APP|App|客户端)", "微信公众号": ""},
    **{"关注": "(?:.{0,12}(?:公众号|微信)|我们)", "欢迎": "(?:扫码|关注|订阅|转发|点赞)"},
    **{
        "点击": "(?:下载|上方|下方|蓝字|阅读|关注|查看|这里|此处|进入|收听|订阅)",
        "长按": ".{0,10}(?:识别|关注|二维码)",
    },
    **{"Sign up ": "(?:for|to)", "Click here": "", "Share this": "", "Follow us": "", "Subscribe ": "(?:to|now)"},
    **{"Read more": "", "Download ": "(?:our|the) app", "Terms of ": "(?:Use|Service)", "Privacy Policy": ""},
    **{"Skip to": "", "Advertisement": "", "Related ": "(?:articles|stories|posts)", "Back to top": "", "Like us": ""},
    "View ": "(?:this|in) (?:e-?mail|in your|browser)",
    "This ": "(?:story|article|report|post) (?:has been|was) "
    "(?:updated|corrected|first published|originally published)",
}
_CALL_HEADS = tuple(_CALLS)
_BEFORE_CALL = " \t\u3000>＞»·•*【[（("
_CALL = lazy_pattern(rf"[\s>＞»·•*【\[（(]*(?:{'|'.join(head + rest for head, rest in _CALLS.items())})")
_MAX_CALL_CHARS = 60


def is_notice(run: str, cues: Iterable[str]) -> bool:
    """Return whether a run speaks of where it was published, or calls for a click.

    Args:
        run: a line or a sentence.
        cues: those of `NOTICE_CUES` that the whole text has.
    """
    if has_any(cues, run) and _BOILERPLATE.search(run):
        return True
    most = _MAX_CALL_CHARS * (1 if run[0] >= "\u2e80" else 2)
    return len(run) <= most and _may_call(run) and _CALL.match(run) is not None


def _may_call(run: str) -> bool:
    head = run.lstrip(_BEFORE_CALL)
    return head.startswith(_CALL_HEADS) or head[:1].isspace()

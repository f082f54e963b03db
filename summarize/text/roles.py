"""What in a text is apparatus: bylines, captions, page numbers, greetings and signatures, headers of mail, code.

It is told by its form and its place. A sentence with a stop in the middle of a text is text, whatever it speaks of,
unless its form is that of nothing else. Every pattern is tried on a short run of the text, or once from its start to
its end: the time is linear in the length of the text.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from summarize.document import Role, Sentence
from summarize.text.balance import missing_marks
from summarize.text.marks import COLON_MARKS, HAN_DIGITS, STOPS, ends_with_stop
from summarize.text.patterns import lazy
from summarize.text.quotations import MarkPair
from summarize.text.subtitles import frame_spans
from summarize.text.units import Unit

MOST_APPARATUS_CHARS = 240  # a longer run is text


class Span(NamedTuple):
    """Lines that are not prose, from `start` to `end`, and what they are."""

    start: int
    end: int
    role: Role


# --- Runs of lines: front matter, fenced code, comments, headers of mail. ---

_FRONT_MATTER = lazy(r"\s*---[ \t]*\r?\n(?:[\w-]{1,40}:.*\n|[ \t]+.*\n|-.*\n|\r?\n){1,60}?---[ \t\r]*(?:\n|\Z)")
_SENDER_KEYS = "From|Received|Return-Path|发件人|發件人|寄件者|寄件人|发送时间"
_HEADER_KEYS = (
    f"{_SENDER_KEYS}|To|Cc|Bcc|Subject|Date|Sent|References|Importance|Attachments|Sender|Precedence|Organization"
    "|[A-Z][A-Za-z0-9]{0,20}(?:-[A-Za-z0-9]{1,20}){1,5}"
    "|收件人|收件者|抄送|副本|密送|主题|主題|主旨|日期|时间|時間|发送日期|寄件日期|附件|重要性"
)
# Of LaTeX: what holds no prose.
_ENVIRONMENTS = (
    "equation|align|alignat|gather|multline|eqnarray|displaymath|table|tabular|tabularx|longtable|figure|tikzpicture|"
    "lstlisting|verbatim|minted|algorithm|thebibliography"
)
_OPENER = (
    rf"[ \t]{{0,3}}(?=[`~<\\\\A-Z发發寄收抄副密主日时時附重])(?:(?P<fence>```|~~~)|(?P<comment><!--)"
    rf"|(?P<math>\\begin\{{(?P<environment>{_ENVIRONMENTS})\*?\}})|(?P<header>(?:{_HEADER_KEYS})[:：]))"
)
_OPENS_TEXT = lazy(_OPENER)
_OPENS_LINE = lazy(rf"\n{_OPENER}")  # with a line break, which is found much faster than a beginning
_HEADER_LINE = lazy(
    rf"[ \t]{{0,3}}(?:(?P<subject>Subject|主题|主題|主旨)|(?P<key>{_HEADER_KEYS}))[:：].*(?:\n[ \t]+\S.*)*\n?"
)
_SENDER_LINE = lazy(rf"^[ \t]{{0,3}}(?:{_SENDER_KEYS})[:：]", re.M)
# Without one of these a text has no such run: they are found much faster.
_CUES = (
    *("```", "~~~", "<!--", "\\begin{"),
    *(key + colon for key in _SENDER_KEYS.split("|") for colon in COLON_MARKS),
)
_CLOSES_FENCE = {mark: lazy(rf"^[ \t]{{0,3}}{mark}+[ \t\r]*$", re.M) for mark in ("```", "~~~")}


def raw_spans(text: str) -> list[Span]:
    """Return the runs of lines that are not prose, in order and apart; a fence that is never closed opens none."""
    if frames := frame_spans(text):
        return [Span(start, end, "apparatus") for start, end in frames]
    spans: list[Span] = []
    position = 0
    if "---" in text and (front := _FRONT_MATTER.match(text)):
        spans.append(Span(front.start(), front.end(), "apparatus"))
        position = front.end()
    if not _has_any(_CUES, text):
        return spans
    unclosed: set[str] = set()
    while opener := _next_opener(text, position):
        found, position = _raw_from(text, opener, unclosed)
        spans += found
    return spans


def _next_opener(text: str, position: int) -> re.Match[str] | None:
    """Return the first opener in a line that starts at `position` or behind it."""
    if position == 0:
        return _OPENS_TEXT.match(text) or _OPENS_LINE.search(text)
    return _OPENS_LINE.search(text, position - 1)


def _raw_from(text: str, opener: re.Match[str], unclosed: set[str]) -> tuple[list[Span], int]:
    """Return what begins at an opener, nothing if it is prose after all, and where to look on.

    Args:
        text: the text.
        opener: where it begins.
        unclosed: marks that nothing closes any more, so that the text is not searched again for each.
    """
    mark = opener["fence"] or opener["comment"] or opener["environment"] or ""
    start = opener.start() + (text[opener.start()] == "\n")
    if opener["header"]:
        return _mail_header(text, start)
    if mark in unclosed:
        return [], opener.end()
    if opener["comment"]:
        end = text.find("-->", opener.end()) + 3
    elif opener["math"]:
        closer = re.compile(rf"\\end\{{{mark}\*?\}}").search(text, opener.end())
        end = closer.end() if closer else -1
    else:
        closer = _CLOSES_FENCE[mark].search(text, text.find("\n", opener.end()) + 1 or len(text))
        end = closer.end() if closer else -1
    if end < opener.end():
        unclosed.add(mark)
        return [], opener.end()
    return [Span(start, end, "apparatus")], end


def _mail_header(text: str, start: int) -> tuple[list[Span], int]:
    """Return the lines of a mail header, two at least, of which one says who wrote, and where they end.

    The subject is a heading.
    """
    spans: list[Span] = []
    position = start
    while line := _HEADER_LINE.match(text, position):
        spans.append(Span(line.start(), line.end(), "heading" if line["subject"] else "apparatus"))
        position = line.end()
    is_header = len(spans) > 1 and _SENDER_LINE.search(text, start, position) is not None
    return spans if is_header else [], max(position, start + 1)


# --- Single lines and sentences. ---

_PAGE_LINE = lazy(
    r"[-–—·]{1,3} ?\d{1,4} ?[-–—·]{1,3}|第 ?(?:\d{1,4}|[一二三四五六七八九十百]{1,4}) ?[页頁]"
    r"(?:[ ，,/]{0,3}共 ?\d{1,4} ?[页頁])?|\d{1,4} ?/ ?\d{1,4}"
    r"|[Pp](?:age|\.) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?"
)
_BARE_NUMBER = lazy(r"\d{1,4}")
_PAGE_INITIALS = frozenset("-–—·第Pp")  # or a digit
_PAGE_ENDS = frozenset("-–—·页頁")  # or a digit
_MOST_PAGE_CHARS = 24


def is_page_line(text: str, start: int, end: int) -> bool:
    """Return whether a line is the number of a page; a bare number is one where pages have a running head."""
    if end - start > _MOST_PAGE_CHARS or not _may_be_page(text[start], text[end - 1]):
        return False
    if text[start].isdecimal() and _BARE_NUMBER.fullmatch(text, start, end):
        return bool(running_heads(text))
    return _PAGE_LINE.fullmatch(text, start, end) is not None


def _may_be_page(initial: str, last: str) -> bool:
    return (initial in _PAGE_INITIALS or initial.isdecimal()) and (last in _PAGE_ENDS or last.isdecimal())


MOST_HEAD_CHARS = 40
_LEAST_HEADS = 3
_LEAST_PAGE_CHARS = 30  # on average from one to the next
_HEAD = lazy(r"[ \t\u3000\x0c]*([^\s\d:：，,][^\n\r]{1,38}[^\n\r:：，,、；;。！？.!?…”」\"）)])[ \t\r]*")
_CLOCK = lazy(r"\d[:：]\d\d")


@lru_cache(maxsize=1)
def running_heads(text: str) -> dict[str, int]:
    """Return the short lines without a stop that come again on page after page, and the offset of each's first.

    They come three times or more, at least 30 code points apart on average. A label of a speaker, which has a colon
    or a time of day, is none.
    """
    lines = text.split("\n")
    counts = Counter(lines)
    again = {line for line, count in counts.items() if count >= _LEAST_HEADS and 2 < len(line) <= 2 * MOST_HEAD_CHARS}
    heads = {line: match[1] for line in again if (match := _HEAD.fullmatch(line)) and not _CLOCK.search(line)}
    places: dict[str, list[int]] = {}
    offset = 0
    for line in lines if heads else ():
        if line in heads:
            head = heads[line]
            places.setdefault(head, []).append(offset + line.index(head))
        offset += len(line) + 1
    return {
        head: found[0]
        for head, found in places.items()
        if found[-1] - found[0] >= (len(found) - 1) * _LEAST_PAGE_CHARS
        and any(character.isalpha() for character in head)
    }


_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_TIME = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?: ?[AaPp]\.?[Mm]\.?)?"
_DATE = (
    rf"\d{{4}}[-/.年] ?\d{{1,2}}[-/.月] ?\d{{1,2}}日?|\d{{1,2}}月\d{{1,2}}[日号]|"
    rf"[{HAN_DIGITS}○]{{4}}年[{HAN_DIGITS}]{{1,3}}月[{HAN_DIGITS}]{{1,3}}日"
)
_ENGLISH_DATE = (
    rf"(?:(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?,? )?"
    rf"(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}|\d{{1,2}} {_MONTH} \d{{4}})"
)
# Words that head a line which says who made the text or where it comes from.
_CREDITS = (
    "作者|原作者|记者|記者|见习记者|实习记者|特约记者|通讯员|通訊員|实习生|撰文|撰稿|采写|供稿|供图|摄影|攝影|摄|文|"
    "图|图片|视频|编辑|編輯|责编|"
    "责任编辑|責任編輯|校对|审核|审校|监制|编译|翻译|译者|来源|來源|文章来源|图片来源|信息来源|稿源|出处|转自|"
    "转载自|原标题|排版|策划|统筹|"
    "编审|初审|复审|终审|二审|三审|主编|制作|美编|发布时间|发布日期|更新时间|阅读量|浏览次数|via|VIA|Via|本文来源|"
    "文字|值班编辑"
)
_ENGLISH_CREDITS = (
    "Sources?|Photos?|Photographs?|Credits?|Via|Authors?|Editors?|Editing|Reporting|Images?|Written|Edited|Published|"
    "Updated|Posted|Last updated|Filed|Tags|Categories|Category|Contact|Image credit|Photo credit"
)


def _spaced(pattern: str) -> str:
    """Return a pattern for a verbose one, where a space has to be escaped."""
    return pattern.replace(" ", "\\ ")


# What forms have at their start or end: a pattern is compiled where a run has it, which most texts never have.
_CREDIT_WORDS = tuple(_CREDITS.split("|"))
_HOUSES = ("本报", "本刊", "本网")
_CREDIT_HEADS = (*_HOUSES, *_CREDIT_WORDS)
_CREDIT = lazy(
    rf"""
    (?:本报|本刊|本网)?(?:{_CREDITS})(?:[/／、|｜＆&](?:{_CREDITS}))*(?:\s?[:：/／|｜丨]\s?[^。！？!?]{{0,60}}
      |[\s\u3000]+[\u3400-\u9fff]{{2,3}}(?:[、\s\u3000]+(?:{_CREDITS}|[\u3400-\u9fff]{{2,3}})){{0,8}})
    """,
    re.VERBOSE,
)
_BRACKETED_CREDIT = lazy(
    rf"(?:[（(【\[]|——?)\s?(?:据)?(?:{_CREDITS})(?:[:：/／\s][^。！？!?)）】\]]{{0,40}})?[)）】\]]?"
)
_REPORTER_HEADS = (*_HOUSES, "新华社", "见习", "实习", "特约", "记者", "通讯员")
_REPORTERS = lazy(
    r"""
    (?:本报|本刊|本网|新华社)?(?:见习|实习|特约)?(?:记者|通讯员)[\s\u3000]*[^\W\dA-Za-z_]{2,4}
    (?:[、\s\u3000]+(?:通讯员|记者|摄影|报道|文/图|[^\W\dA-Za-z_]{2,4})){0,8}
    """,
    re.VERBOSE,
)
_CAPTION_HEADS = (
    *("作者", "本文作者", "图", "圖", "表", "附图", "附表", "插图", "照片", "上图为", "下图为", "资料图"),
    *"▲△▼▽↑↓",
)
_CAPTION = lazy(
    rf"""
    (?:本文)?作者(?:[系为]|单位|简介|是)[^。！？]{{0,80}}。?
  | (?:图|圖|表|附图|附表|插图|照片)\ ?(?:\d{{1,3}}
      |[{HAN_DIGITS}]{{1,3}})(?:[-.–—]\d{{1,3}})?(?:\s?[:：.．、]\s?.{{1,120}}|[\s\u3000]+.{{0,79}}[^。！？；])
  | [▲△▼▽↑↓]\s?.{{1,120}} | (?:图为|上图为|下图为|资料图|图片说明)[^。！？]{{0,80}}[。]?
    """,
    re.VERBOSE,
)
_OPENS_CREDIT = "（(【[—"
_OPENS_BRACKETED = frozenset("（(【[")
_CLOSES_BRACKETED = frozenset("）)】]")
_BRACKETED = lazy(
    r"""
    [（(](?:资料|示意|效果|网络|设计|航拍|配|插)图片?[^。！？()（）]{0,20}[)）]
  | \((?:(?:File\ )?[Pp]hotos?|Images?|Pictures?|Credits?|Source|[Vv]ia|Reporting|Additional\ reporting
      |Writing|Editing)\b[^()]{0,150}\)
  | [（(](?:完|END|End|本报记者|记者)[^。！？!?)）]{0,30}[)）]
  | [\[【（(](?:图片|圖片|照片|视频|影片|表情|语音|文件|动画表情|图|红包|位置|链接|image|photo|video|sticker|audio|GIF
      |file)(?:[:：]?[^\]】)）]{0,30})[\]】)）]
  | \[[^\[\]\n]{1,60}\]
  | [（(][^（）()。！？.!?]{0,12}(?:声|笑|音乐|音樂|沉默|[Aa]pplause|[Ll]aughter|[Ll]aughs|[Mm]usic|[Cc]heer(?:s
      |ing))[）)]
    """,
    re.VERBOSE,
)
_ENGLISH_HEADS = (
    *("Photo", "Image", "Picture", "Illustration", "Graphic", "Map", "Source", "Credit", "Via", "Author", "Editor"),
    *("Editing", "Reporting", "Written", "Edited", "Published", "Updated", "Posted", "Last updated", "Filed", "Tags"),
    *("Categor", "Contact", "By ", "BY ", "by ", "bY ", "Figure", "Fig.", "FIGURE", "Table", "TABLE", "Exhibit"),
    *("Chart", "Contents", "contents", "CONTENTS", "WEBVTT"),
)
_ENGLISH_FORM = lazy(
    rf"""
    (?:Photo|Image|Picture|Illustration|Graphic|Map)s?\ (?:courtesy|by|from)\ .{{1,80}}
  | [Bb][Yy]\ [A-Z][\w.'’-]{{1,20}}(?:,?\ (?:and\ )?(?:[A-Z][\w.'’-]{{0,20}}|de|van|von|der
      |al)){{1,6}}(?:,[^.!?]{{1,40}}|\ \|[^.!?]{{1,40}})?
  | (?:{_spaced(_ENGLISH_CREDITS)})(?:\ by)?(?:\s?[:：/|]\s?[^!?]{{1,60}}|\ by\ [A-Z][^!?:]{{1,50}})
  | (?:Figure|Fig\.|FIGURE|Table|TABLE|Exhibit|Photo|Image
      |Chart)\ ?\d{{1,3}}[a-z]?(?:[.-]\d{{1,3}})?\s?[.:–—|]\s?.{{1,200}}
  | (?:Table\ of\ )?[Cc]ontents | TABLE\ OF\ CONTENTS | CONTENTS | WEBVTT.{{0,60}}
    """,
    re.VERBOSE,
)
_MAIL_QUOTED = lazy(r"On .{5,80} wrote:?")
_CONTENTS = lazy(r"目\s{0,4}[录錄次]")
_DATED_HEADS = ("日期", "时间", "發佈", "发布于", "发表于", "更新于", "Date", "Published", "Updated", "Posted")
_ENGLISH_DATE_HEADS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    *("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
)


def _date_line(date: str) -> re.Pattern[str]:
    """Return the pattern of a line with a date, the time of day, and what may stand behind these."""
    return lazy(
        rf"(?:(?:{'|'.join(_DATED_HEADS)})(?: on)?[:：]?\s?)?(?:{date})(?:"
        rf"(?:[\s\u3000T，,（(]*(?:星期.|周.|上午|下午)?[)）]?\s*(?:{_TIME})?)"
        rf"|[\s\u3000|]*(?:{_TIME})?[\s\u3000|]{{0,6}}(?:来源|作者|记者|编辑|阅读|浏览|点击|责任编辑)[^。！？]{{0,70}})"
    )


_DATE_LINE, _ENGLISH_DATE_LINE = _date_line(_DATE), _date_line(_ENGLISH_DATE)
_DATE_ONLY, _ENGLISH_DATE_ONLY = lazy(_DATE), lazy(_ENGLISH_DATE)
_TIME_ONLY = lazy(_TIME)
_BEHIND_YEAR = frozenset("-/.年")
_COLONS = frozenset(COLON_MARKS)
_CHINESE_STOPS = frozenset("。！？")
_BEFORE_DAY = frozenset("期周")  # which any character may stand for
_FIGURE_MARKS = frozenset(".,:/()（）[]［］、．-")
_FIGURES = lazy(r"[\d\s.,:/()（）\[\]［］、．-]+")
_MARKUP_INITIALS = frozenset("[!<\\$%♪♫-—_*=#")
_MARKUP = lazy(
    r"""
    \[\^[\w-]{1,20}\](?::.{0,300})?
  | (?:\[?!\[[^\]]*\]\([^)]*\)(?:\]\([^)]*\))?\s*)+
  | (?:</?[A-Za-z][^<>]{0,200}>\s*)+ | <[?!][^<>]{0,200}>
  | (?:\\[A-Za-z@]++\*?(?:\[[^\]]*\]|\{(?:[^{}]++|\{[^{}]*\})*+\})*+\s*+)++
  | \$\$[^$]+\$\$ | \\\[.*\\\] | %+\ .{0,200}
  | [♪♫].{0,80}
  | [-—_*=]{2,}\s?[\w\s:：]{1,30}\s?[-—_*=]{2,}
  | (?:\#[^\s\#]{1,30}\#?\s*)+
    """,
    re.VERBOSE,
)
# Forms that anything may open. Each is told by a mark or a word in it or at its end, and is tried only where this is.
_FREE_FORM = lazy(
    rf"""
    [^。！？]{{1,80}}[。\s（(]{{1,3}}(?:图片来源|图源|供图|摄影|Photo)[:：/／]?[^。！？]{{1,40}}
  | [^。！？]{{1,80}}(?:[。\s]|[（(]).{{0,12}}[\s\u3000]?[摄攝][）)]?
  | [^…]{{1,60}}?(?:…{{2,}}|\.{{4,}}|·{{4,}}|(?:\ \.){{4,}}|-{{6,}}|_{{6,}})[\s.…·]*\d{{1,4}}
  | (?:\S{{1,12}}[:：]?\s?)?(?:https?://|www\.)\S+
  | 在?\ ?.{{0,10}}\d{{4}}.{{3,60}}写道[:：]
  | {_spaced(_TIME)}[.,]\d{{1,3}}\s*-->\s*.{{1,80}}
    """,
    re.VERBOSE,
)
_FREE_FORM_ENDS = frozenset("摄攝）):：")  # or a digit
_FREE_FORM_CUES = ("图片来源", "图源", "供图", "摄影", "Photo", "://", "www.", "-->")
_PATH_MARKS = ">＞»›"  # two at least, between the names of pages: 首页 > 新闻 > 本地
_PATH = lazy(rf"[^。！？!?;；{_PATH_MARKS}]{{1,16}}(?:\s?[{_PATH_MARKS}]\s?[^。！？!?;；{_PATH_MARKS}]{{1,16}}){{2,6}}")
_GREETING_HEADS = ("尊敬的", "亲爱的", "敬爱的", "親愛的", "各位", "Dear", "Hi", "Hello", "Hey", "Good ")
_GREETING_ENDS = frozenset(":：，,")
_GREETING = lazy(
    r"""
    (?:尊敬的|亲爱的|敬爱的|親愛的|各位)[^。！？!?，]{1,16}(?:[:：，,！!]|您?你?好[！!：:，,。]?)
  | [^\s。！？!?，：:]{0,8}(?:你们?好|您好|大家好|同志们?|先生|女士)[:：，,]
  | (?:Dear|Hi|Hello|Hey|Good\ (?:morning|afternoon|evening))\b[^.!?:]{0,30}[,:!]?
    """,
    re.VERBOSE,
)
_CLOSING_HEADS = (
    *("此致", "敬", "顺", "祝", "特此", "多谢", "谢谢", "感谢", "謝謝", "以上", "--"),
    *("Best", "Kind", "Warm", "Many", "Regards", "regards", "Wishes", "wishes", "Sincerely", "sincerely", "Yours"),
    *("Thanks", "thanks", "Thank you", "Cheers", "Respectfully"),
)
_CLOSING = lazy(
    r"""
    此致(?:\s*敬[礼禮])?[!！。]? | 敬[礼禮][!！。]? | 顺[颂祝祈致].{0,6}[!！。]? | 祝(?:好|安|商祺|您?工作顺利
      |身体健康|一切顺利|生活愉快|学习进步)[!！。]?
  | 特此(?:通知|公告|函告|说明|声明|通告)[。！!]? | (?:多谢|谢谢|感谢|謝謝)(?:大家|各位|您|配合|支持|理解)?[!！。~]?
      | 以上[。，]?谢谢[!！。]?
  | (?:(?:Best|Kind|Kindest|Warm|Warmest|Many)\ )?(?:[Rr]egards|[Ww]ishes)[,.!]? | Best,?
      | (?:Yours\ )?[Ss]incerely(?:\ yours)?[,.]?
  | Yours(?:\ (?:truly|faithfully|ever))?[,.]? | (?:Many\ )?[Tt]hanks(?:\ (?:a\ lot|in\ advance|again|so\ much|all
      |everyone))?[,.!]?
  | Thank\ you(?:\ (?:all|very\ much|again|in\ advance))?[,.!]? | Cheers[,.!]? | Respectfully(?:\ yours)?[,.]? | --
    """,
    re.VERBOSE,
)
# What is said of nothing but the text itself and where it was published. These are enough wherever they stand; ...
_BOILERPLATE = lazy(
    r"©|\(c\) ?(?:19|20)\d\d|[Aa]ll [Rr]ights [Rr]eserved|版权声明|版[权權]所[有属屬]|转载请(?:注明|联系)|轉載請|"
    r"未经.{0,8}(?:不得|禁止).{0,6}转载|"
    r"(?:禁止|不得|谢绝|严禁)转载|如有侵权|侵权.{0,8}(?:联系|删除)|(?:错|误)收(?:了|到)?(?:本|此)邮件|"
    r"本邮件.{0,30}(?:保密|机密|特定收件人)|"
    r"received this (?:e-?mail|message|communication) (?:in error|by mistake)|intended (?:solely|"
    r"only) for the (?:use of|person|recipient|addressee)|"
    r"unsubscribe|Sent from my |发自我的|distributed to \d+ |退订|"
    r"contributed to this (?:report|story|article)"
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
_CALL = lazy(rf"[\s>＞»·•*【\[（(]*(?:{'|'.join(head + rest for head, rest in _CALLS.items())})")
_MOST_CALL_CHARS = 60


# One of these is in each notice: they are found much faster.
_NOTICE_CUES = (
    *("©", "(c) ", "ights ", "版权", "版權", "转载", "轉載", "侵权", "邮件", "eceived this", "ntended ", "nsubscribe"),
    *("Sent from my ", "发自我的", "istributed to", "退订", "ontributed to this"),
)


class Cues(NamedTuple):
    """What a text has of the words and marks by which forms are told that may open with anything; mostly nothing.

    Args:
        notices: those of what is said of the text itself.
        forms: those of free forms.
        paths: the marks between the names of pages.
    """

    notices: tuple[str, ...]
    forms: tuple[str, ...]
    paths: tuple[str, ...]


def cues_of(text: str) -> Cues:
    """Return the cues that a text has anywhere."""
    notices, forms, paths = (
        tuple(cue for cue in cues if cue in text) for cues in (_NOTICE_CUES, _FREE_FORM_CUES, _PATH_MARKS)
    )
    return Cues(notices, forms, paths)


def is_apparatus(text: str, start: int, end: int, cues: Cues) -> bool:
    """Return whether a run of the text, a line or a sentence, has the form of apparatus, wherever it stands.

    Args:
        text: the text.
        start: offset of the run.
        end: offset behind it.
        cues: those of the text.
    """
    if end - start > MOST_APPARATUS_CHARS:
        return False
    run = text[start:end]
    return (
        _is_notice(run, cues)
        or _is_closing(run)
        or _has_form(run)
        or (_may_be_free_form(run, cues) and _FREE_FORM.fullmatch(run) is not None)
        or (_has_any(cues.paths, run) and run[0] not in _PATH_MARKS and _PATH.fullmatch(run) is not None)
    )


def _has_form(run: str) -> bool:
    """Return whether a run has one of the forms that are told by how they start."""
    is_open = run[-1] not in _CHINESE_STOPS or run[-2:-1] in _BEFORE_DAY  # most paragraphs end in a stop
    return (
        (is_open and _has_open_form(run))
        or (run.startswith(_CAPTION_HEADS) and _CAPTION.fullmatch(run) is not None)
        or (run.startswith(_ENGLISH_HEADS) and _ENGLISH_FORM.fullmatch(run) is not None)
        or (run.startswith("On ") and run.rstrip(":").endswith(" wrote") and _MAIL_QUOTED.fullmatch(run) is not None)
        or (run[0] in _MARKUP_INITIALS and _MARKUP.fullmatch(run) is not None)
    )


def _has_open_form(run: str) -> bool:
    """Return whether a run has one of the forms that hold no Chinese stop."""
    return (
        (run.startswith(_CREDIT_HEADS) and _CREDIT.fullmatch(run) is not None)
        or (_may_be_bracketed_credit(run) and _BRACKETED_CREDIT.fullmatch(run) is not None)
        or (run.startswith(_REPORTER_HEADS) and _REPORTERS.fullmatch(run) is not None)
        or _is_date_line(run)
        or (run[0] in _OPENS_BRACKETED and run[-1] in _CLOSES_BRACKETED and _BRACKETED.fullmatch(run) is not None)
        or (_is_of_figure(run[0]) and _is_of_figure(run[-1]) and _FIGURES.fullmatch(run) is not None)
        or (_may_be_page(run[0], run[-1]) and _PAGE_LINE.fullmatch(run) is not None)
        or (run[0] == "目" and run[-1] in "录錄次" and _CONTENTS.fullmatch(run) is not None)
    )


def _may_be_bracketed_credit(run: str) -> bool:
    inner = run.lstrip(_OPENS_CREDIT)
    return inner != run and inner.lstrip().lstrip("据").startswith(_CREDIT_WORDS)


def _is_date_line(run: str) -> bool:
    """Return whether a run is a date or a time of day, with what may stand behind a date."""
    is_headed = run.startswith(_DATED_HEADS)
    return (
        ((is_headed or _may_open_date(run)) and _DATE_LINE.fullmatch(run) is not None)
        or ((is_headed or _may_open_english_date(run)) and _ENGLISH_DATE_LINE.fullmatch(run) is not None)
        or (run[0].isdecimal() and not _COLONS.isdisjoint(run[1:3]) and _TIME_ONLY.fullmatch(run) is not None)
    )


def _is_date(run: str) -> bool:
    return (_may_open_date(run) and _DATE_ONLY.fullmatch(run) is not None) or (
        _may_open_english_date(run) and _ENGLISH_DATE_ONLY.fullmatch(run) is not None
    )


def _may_open_date(run: str) -> bool:
    return run[4:5] in _BEHIND_YEAR or (run[:1].isdecimal() and "月" in run[1:3])


def _may_open_english_date(run: str) -> bool:
    return run.startswith(_ENGLISH_DATE_HEADS) or (run[:1].isdecimal() and " " in run[1:3])


def _is_of_figure(character: str) -> bool:
    return character in _FIGURE_MARKS or character.isdecimal() or character.isspace()


def _is_closing(run: str) -> bool:
    """Return whether a run closes a letter."""
    return run.startswith(_CLOSING_HEADS) and _CLOSING.fullmatch(run) is not None


def _is_greeting(run: str) -> bool:
    may_be = run[-1] in _GREETING_ENDS or run.startswith(_GREETING_HEADS)
    return may_be and _GREETING.fullmatch(run) is not None


def _may_be_free_form(run: str, cues: Cues) -> bool:
    return run[-1] in _FREE_FORM_ENDS or run[-1].isdecimal() or _has_any(cues.forms, run)


def _has_any(words: Iterable[str], run: str) -> bool:
    for word in words:  # `any` takes twice the time for a short run  # noqa: SIM110
        if word in run:
            return True
    return False


def _is_notice(run: str, cues: Cues) -> bool:
    """Return whether a run speaks of where it was published, or calls for a click."""
    if _has_any(cues.notices, run) and _BOILERPLATE.search(run):
        return True
    most = _MOST_CALL_CHARS * (1 if run[0] >= "\u2e80" else 2)
    return len(run) <= most and _may_call(run) and _CALL.match(run) is not None


def _may_call(run: str) -> bool:
    head = run.lstrip(_BEFORE_CALL)
    return head.startswith(_CALL_HEADS) or head[:1].isspace()


_CODE = lazy(
    r"[{};]\s*(?://.*|/\*.*)?|(?:import|from|def|class|let|var|const|return|function|#include|\$|sudo|npm|pip|"
    r"git)\b.*|.*(?:=>|\)\s*[{:]).{0,40}"
)


# Of the calls that a program prints when it fails.
_TRACE_HEADS = ("at ", 'File "', "Traceback (")
_TRACE = lazy(
    r"at [\w.$<>/]+ ?\([^()]{0,80}\)|Traceback \(most recent call last\):"
    r"|File \"[^\"]{1,200}\", line \d+(?:, in .{1,80})?"
)


def is_code(text: str, start: int, end: int, indent: int) -> bool:
    """Return whether a line is one of the calls in a log, or an indented one is code, as Markdown writes it."""
    if text.startswith(_TRACE_HEADS, start, end) and _TRACE.fullmatch(text, start, end):
        return True
    return (
        indent >= 4
        and end - start <= 120
        and text[start:end].isascii()
        and _CODE.fullmatch(text, start, end) is not None
    )


# --- Units by their place. ---

_MOST_SIGNATURE_LINES = 8
_MOST_SIGNATURE_CHARS = 60
_MOST_OFFICE_CHARS = 24
_MOST_DATE_CHARS = 40
_NUM_OPENING = 4  # units of text over a greeting, at most
_OPENS_LINKS = lazy(
    r"\s*(?:相关阅读|相关新闻|相关链接|延伸阅读|推荐阅读|往期回顾|往期推荐|Related (?:articles|stories|posts)|"
    r"Read more|See also)[:：]?"
)
_NOTE = lazy(r"[［\[]\d{1,3}[］\]]|[①-⑳]")
_NOTE_INITIALS = frozenset("［[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_REFERENCE = lazy(r"(?<=\S)[［\[]\d{1,3}[］\]]|(?<=\w)[①-⑳](?=[，。；、！？\s]|\Z)")


def mark_apparatus(text: str, units: Sequence[Unit]) -> None:
    """Flag the units that are apparatus by their form or by where they stand.

    Args:
        text: the text.
        units: all of it, in order; those with a role already keep it.
    """
    cues = cues_of(text)
    references: set[str] | None = None
    num_texts = 0
    tail_left = 0  # how many short lines may still follow a closing or a "see also"
    is_signed = False  # whether these are below `--`, where a stop may be that of an abbreviation
    for unit in units:
        if unit.role != "text":
            if unit.is_symbols and text[unit.start : unit.end] == "--":
                tail_left, is_signed = _MOST_SIGNATURE_LINES, True
            continue
        num_texts += 1
        length_chars = unit.end - unit.start
        start = unit.body
        if length_chars > MOST_APPARATUS_CHARS:
            tail_left = 0
        elif start >= unit.end:
            unit.role = "apparatus"
        elif is_apparatus(text, start, unit.end, cues) or (
            start > unit.start and is_apparatus(text, unit.start, unit.end, cues)
        ):
            unit.role = "apparatus"
            if _is_closing(text[start : unit.end]) or _OPENS_LINKS.fullmatch(text, start, unit.end):
                tail_left = _MOST_SIGNATURE_LINES
        elif num_texts < _NUM_OPENING and _is_greeting(text[start : unit.end]):
            unit.role = "apparatus"
        elif (
            tail_left
            and unit.speaker is None
            and length_chars <= _MOST_SIGNATURE_CHARS
            and (not ends_with_stop(text, unit.start, unit.end) or (is_signed and length_chars <= _MOST_OFFICE_CHARS))
        ):
            unit.role = "apparatus"
            tail_left -= 1
        elif text[unit.start] in _NOTE_INITIALS and (note := _NOTE.match(text, unit.start, unit.end)):
            if references is None:
                references = set(_REFERENCE.findall(text))
            unit.role = "apparatus" if note.group() in references else "text"
        else:
            tail_left = 0
    _mark_signature(text, units)


def _mark_signature(text: str, units: Sequence[Unit]) -> None:
    """Flag the office or the name over a date that ends the text."""
    if len(units) < 3 or units[-1].end - units[-1].body > _MOST_DATE_CHARS:
        return
    if not _is_date(text[units[-1].body : units[-1].end]):
        return
    for unit in units[-2:-4:-1]:
        is_short = unit.end - unit.start <= _MOST_OFFICE_CHARS
        if unit.role != "text" or unit.marker or not is_short or ends_with_stop(text, unit.start, unit.end):
            return
        unit.role = "apparatus"


# --- What opens a sentence without being said. ---


_OPENS_SOURCE, _OPENS_QUOTE_OR_BOX = frozenset("（(【"), frozenset("><[")
_QUOTE_OR_BOX = lazy(
    r"(?:>[ \t]?)+|<v(?:\.[\w.]{1,20})?[ ][^<>\n]{1,30}>|\[[ xX✓]\][ \t]+|"
    r"\[\d{1,2}:\d{2}(?::\d{2})?(?:\.\d{1,3})?\][ \t]*"
)
_SOURCE = lazy(rf"[（(【](?:(?:{_CREDITS})[:：/／\s]|via)[^。！？!?)）】]{{0,40}}[)）】][ \t\u3000]*")


def behind_opening(text: str, start: int, end: int) -> int:
    """Return the offset behind quote marks, check boxes, time stamps in brackets and sources that stand at `start`."""
    for _ in range(4):
        initial, match = text[start : start + 1], None
        if initial in _OPENS_SOURCE:
            match = _SOURCE.match(text, start, end) if text.startswith(_CREDIT_WORDS, start + 1, end) else None
        elif initial in _OPENS_QUOTE_OR_BOX:
            match = _QUOTE_OR_BOX.match(text, start, end)
        if match is None:
            break
        start = match.end()
    return start


_CIRCLED = "①-⑳⑴-⒇㈠-㈩❶-❿"
_OPENS_NUMBER = frozenset("（(" + HAN_DIGITS)  # or a digit
_ENDS_NUMBER = frozenset(")）、.．")
_MOST_ITEM_CHARS = 1000  # so far before or behind it the mark of the item next to it stands
_HAN_ONES = ["", *"一二三四五六七八九"]
_HAN_NUMBERS = [f"{ten}{one}" for ten in ("", "十", *(f"{one}十" for one in _HAN_ONES[2:])) for one in _HAN_ONES]


_ITEM_MARK = lazy(
    rf"(?:(?P<before>[（(]?)(?P<number>\d{{1,2}}|[{HAN_DIGITS}]{{1,3}})(?P<behind>[)）、]|[.．][)）]?(?!\d))"
    rf"|(?P<circled>[{_CIRCLED}]))[ \t\u3000]*"
)


def _behind_item_mark(text: str, unit: Unit, start: int, end: int) -> int:
    """Where a later sentence of a unit says something, behind the mark of a list that runs on in a paragraph.

    `二、`, `3.)` and `④` are marks where that of the item before or behind stands in the unit as well; otherwise a
    number is a number.
    """
    mark = _ITEM_MARK.match(text, start, end) if _may_be_item(text[start : start + 5]) else None
    if mark is None or mark.end() >= end:
        return start
    low, high = max(unit.start, start - _MOST_ITEM_CHARS), min(unit.end, start + _MOST_ITEM_CHARS)
    before, behind = _neighbours(mark)
    is_item = (before and _stands(text, before, low, start)) or (behind and _stands(text, behind, mark.end(), high))
    return mark.end() if is_item else start


def _may_be_item(head: str) -> bool:
    """Whether the first five code points of a sentence may hold the mark of an item."""
    if head[0] in _OPENS_NUMBER or head[0].isdecimal():
        return not _ENDS_NUMBER.isdisjoint(head[1:])
    return "①" <= head[0] <= "㈩"


def _neighbours(mark: re.Match[str]) -> tuple[str, str]:
    """The mark of the item before that of a mark and the one behind; empty where there is none."""
    if mark["circled"]:
        return chr(ord(mark["circled"]) - 1), chr(ord(mark["circled"]) + 1)
    number = mark["number"]
    if number.isdecimal():
        numbers = [str(int(number) - 1), str(int(number) + 1)]
    elif number in _HAN_NUMBERS:
        place = _HAN_NUMBERS.index(number)
        numbers = [_HAN_NUMBERS[place - 1], *_HAN_NUMBERS[place + 1 : place + 2], ""][:2]
    else:
        return "", ""
    before, behind = (f"{mark['before']}{one}{mark['behind']}" if one else "" for one in numbers)
    return before, behind


def _stands(text: str, mark: str, start: int, end: int) -> bool:
    """Whether a mark stands in text[start:end], and not as the end of a longer number."""
    while (start := text.find(mark, start, end)) >= 0:
        if not (start and (text[start - 1].isdecimal() or text[start - 1] in HAN_DIGITS)):
            return True
        start += 1
    return False


def unit_sentences(
    text: str,
    unit: Unit,
    paragraph: int,
    spans: Sequence[tuple[int, int]],
    pairs: Sequence[MarkPair] | None,
    cues: Cues,
) -> list[Sentence]:
    """Return the sentences of a unit.

    Args:
        text: the text.
        unit: of it.
        paragraph: the number of the unit.
        spans: start and end of its sentences, in order.
        pairs: the pairs of marks in the unit; None: they are looked for.
        cues: those of the text.
    """
    bodies = [_body(text, unit, start, end) for start, end in spans]
    if bodies[0] > unit.start:
        pairs = None  # what stands before the body pairs with nothing behind it
    marks = missing_marks(text, [(body, end) for body, (_, end) in zip(bodies, spans, strict=True)], pairs)
    return [
        Sentence(start, end, paragraph, _role(text, unit, start, end, cues), body, unit.speaker, missing)
        for (start, end), body, missing in zip(spans, bodies, marks, strict=True)
    ]


def _body(text: str, unit: Unit, start: int, end: int) -> int:
    """Where the sentence that starts at `start` begins to speak: the first one of a unit where the unit does.

    A label or a mark with nothing behind it speaks itself.
    """
    if start > unit.start:
        return unit.body if start <= unit.body < unit.end else _behind_item_mark(text, unit, start, end)
    return unit.body if unit.body < unit.end else start


def _role(text: str, unit: Unit, start: int, end: int, cues: Cues) -> Role:
    """The role of a sentence of a unit: that of the unit, or apparatus if it has the form."""
    if unit.role != "text" or (start <= unit.body and end == unit.end):
        return unit.role
    if end - start > MOST_APPARATUS_CHARS:
        return "text"
    is_sentence = text[end - 1] in STOPS and text[start] not in _MAY_OPEN_APPARATUS
    is_found = _is_notice(text[start:end], cues) if is_sentence else is_apparatus(text, start, end, cues)
    return "apparatus" if is_found else "text"


_MAY_OPEN_APPARATUS = frozenset("（([【—▲△")  # a sentence with a stop at its end is text unless one of these is first

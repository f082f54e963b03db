"""Apparatus that is recognized by its form, independent of position: bylines, captions, page numbers, markup, notices.

Every pattern is tried on a short run of the text, a line or a sentence, and only where the run begins or ends as the
form does: the time is linear in the length of the text, and most texts compile few of the patterns.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from summarize.text.credits import is_credit
from summarize.text.dates import TIME, is_date_line
from summarize.text.letters import is_closing
from summarize.text.marks import HAN_DIGITS
from summarize.text.notices import NOTICE_CUES, is_notice
from summarize.text.pages import is_page_number
from summarize.text.patterns import has_any, lazy_pattern

MAX_APPARATUS_CHARS = 240  # a longer run is text
_CAPTION_HEADS = (
    *("作者", "本文作者", "图", "圖", "表", "附图", "附表", "插图", "照片", "上图为", "下图为", "资料图"),
    *"▲△▼▽↑↓",
)
_CAPTION = lazy_pattern(
    rf"""
    (?:本文)?作者(?:[系为]|单位|简介|是)[^。！？]{{0,80}}。?
  | (?:图|圖|表|附图|附表|插图|照片)\ ?(?:\d{{1,3}}
      |[{HAN_DIGITS}]{{1,3}})(?:[-.–—]\d{{1,3}})?(?:\s?[:：.．、]\s?.{{1,120}}|[\s\u3000]+.{{0,79}}[^。！？；])
  | [▲△▼▽↑↓]\s?.{{1,120}} | (?:图为|上图为|下图为|资料图|图片说明)[^。！？]{{0,80}}[。]?
    """,
    re.VERBOSE,
)
_OPENS_BRACKETED = frozenset("（(【[")
_CLOSES_BRACKETED = frozenset("）)】]")
_BRACKETED = lazy_pattern(
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
    *("Figure", "Fig.", "FIGURE", "Table", "TABLE", "Exhibit", "Photo", "Image", "Chart"),
    *("Contents", "contents", "CONTENTS", "WEBVTT"),
)
_ENGLISH_FORM = lazy_pattern(
    r"""
    (?:Figure|Fig\.|FIGURE|Table|TABLE|Exhibit|Photo|Image
      |Chart)\ ?\d{1,3}[a-z]?(?:[.-]\d{1,3})?\s?[.:–—|]\s?.{1,200}
  | (?:Table\ of\ )?[Cc]ontents | TABLE\ OF\ CONTENTS | CONTENTS | WEBVTT.{0,60}
    """,
    re.VERBOSE,
)
# What a Kindle writes over each of its clippings.
_CLIPPING_HEADS = ("您在", "Your ")
_CLIPPING = lazy_pattern(
    r"您在(?:第|位置).{1,40}的(?:标注|笔记|书签)\b.{0,60}"
    r"|Your (?:Highlight|Note|Bookmark) (?:on|at) (?:[Pp]age|[Ll]ocation) .{1,120}"
)
_MAIL_QUOTED = lazy_pattern(r"On .{5,80} wrote:?")
_CONTENTS = lazy_pattern(r"目\s{0,4}[录錄次]")
_FIGURE_MARKS = frozenset(".,:/()（）[]［］、．-")
_FIGURES = lazy_pattern(r"[\d\s.,:/()（）\[\]［］、．-]+")
_MARKUP_INITIALS = frozenset("[!<\\$%♪♫-—_*=#")
_MARKUP = lazy_pattern(
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
_FREE_FORM = lazy_pattern(
    rf"""
    [^。！？]{{1,80}}[。\s（(]{{1,3}}(?:图片来源|图源|供图|摄影|Photo)[:：/／]?[^。！？]{{1,40}}
  | [^。！？]{{1,80}}(?:[。\s]|[（(]).{{0,12}}[\s\u3000]?[摄攝][）)]?
  | [^…]{{1,60}}?(?:…{{2,}}|\.{{4,}}|·{{4,}}|(?:\ \.){{4,}}|-{{6,}}|_{{6,}})[\s.…·]*\d{{1,4}}
  | (?:\S{{1,12}}[:：]?\s?)?(?:https?://|www\.)\S+
  | 在?\ ?.{{0,10}}\d{{4}}.{{3,60}}写道[:：]
  | {TIME}[.,]\d{{1,3}}\s*-->\s*.{{1,80}}
  | (?:[\w.:+-]{{1,60}}\(\d[a-z]{{0,3}}\)[,;]?\s*){{2,40}}
    """,
    re.VERBOSE,
)
_FREE_FORM_ENDS = frozenset("摄攝）):：")  # or a digit
_FREE_FORM_CUES = ("图片来源", "图源", "供图", "摄影", "Photo", "://", "www.", "-->")
_BACK_TO_TEXT = ("↩", "↩︎", "↩️")  # at the end of a note: the link to what it is about
_PATH_MARKS = ">＞»›"  # two at least, between the names of pages: 首页 > 新闻 > 本地
_PATH = lazy_pattern(
    rf"[^。！？!?;；{_PATH_MARKS}]{{1,16}}(?:\s?[{_PATH_MARKS}]\s?[^。！？!?;；{_PATH_MARKS}]{{1,16}}){{2,6}}"
)


class ApparatusCues(NamedTuple):
    """The cue words and marks in a text for forms that may start with anything; usually none.

    Args:
        notices: those of what is said of the text itself.
        forms: those of free forms.
        paths: the marks between the names of pages.
    """

    notices: tuple[str, ...]
    forms: tuple[str, ...]
    paths: tuple[str, ...]


@lru_cache(maxsize=1)  # the units of a text and its sentences are looked at one after the other
def cues_of(text: str) -> ApparatusCues:
    """Return the cues that a text has anywhere."""
    notices, forms, paths = (
        tuple(cue for cue in cues if cue in text) for cues in (NOTICE_CUES, _FREE_FORM_CUES, _PATH_MARKS)
    )
    return ApparatusCues(notices, forms, paths)


def is_apparatus(text: str, start: int, end: int, cues: ApparatusCues) -> bool:
    """Return whether a run of the text, a line or a sentence, has the form of apparatus, wherever it stands.

    Args:
        text: the text.
        start: offset of the run.
        end: offset after it.
        cues: those of the text.
    """
    if end - start > MAX_APPARATUS_CHARS:
        return False
    run = text[start:end]
    return (
        is_notice(run, cues.notices)
        or is_closing(run)
        or is_credit(run)
        or is_date_line(run)
        or is_page_number(run)
        or _has_form(run)
        or (_may_be_free_form(run, cues) and _FREE_FORM.fullmatch(run) is not None)
        or run.endswith(_BACK_TO_TEXT)
        or (has_any(cues.paths, run) and run[0] not in _PATH_MARKS and _PATH.fullmatch(run) is not None)
    )


def _has_form(run: str) -> bool:
    """Return whether a run has one of the forms that are told by how they start."""
    return (
        (run.startswith(_CAPTION_HEADS) and _CAPTION.fullmatch(run) is not None)
        or (run.startswith(_ENGLISH_HEADS) and _ENGLISH_FORM.fullmatch(run) is not None)
        or (run.startswith(_CLIPPING_HEADS) and _CLIPPING.fullmatch(run) is not None)
        or (run.startswith("On ") and run.rstrip(":").endswith(" wrote") and _MAIL_QUOTED.fullmatch(run) is not None)
        or (run[0] in _OPENS_BRACKETED and run[-1] in _CLOSES_BRACKETED and _BRACKETED.fullmatch(run) is not None)
        or (_is_of_figure(run[0]) and _is_of_figure(run[-1]) and _FIGURES.fullmatch(run) is not None)
        or (run[0] in _MARKUP_INITIALS and _MARKUP.fullmatch(run) is not None)
        or (run[0] == "目" and run[-1] in "录錄次" and _CONTENTS.fullmatch(run) is not None)
    )


def _is_of_figure(character: str) -> bool:
    return character in _FIGURE_MARKS or character.isdecimal() or character.isspace()


def _may_be_free_form(run: str, cues: ApparatusCues) -> bool:
    return run[-1] in _FREE_FORM_ENDS or run[-1].isdecimal() or has_any(cues.forms, run)

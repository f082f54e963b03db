"""Lines that say who made a text or where it comes from: by-lines, sources, editors."""

import re

from summarize.text.patterns import lazy_pattern

# Words that head such a line.
CREDITS = (
    "作者|原作者|记者|記者|见习记者|实习记者|特约记者|通讯员|通訊員|实习生|撰文|撰稿|采写|供稿|供图|摄影|攝影|摄|文|"
    "图|图片|视频|编辑|編輯|责编|"
    "责任编辑|責任編輯|校对|审核|审校|监制|编译|翻译|译者|来源|來源|文章来源|图片来源|信息来源|稿源|出处|转自|"
    "转载自|原标题|排版|策划|统筹|"
    "编审|初审|复审|终审|二审|三审|主编|制作|美编|发布时间|发布日期|更新时间|阅读量|浏览次数|via|VIA|Via|本文来源|"
    "文字|值班编辑"
)
_ENGLISH_CREDITS = (  # for a verbose pattern
    "Sources?|Photos?|Photographs?|Credits?|Via|Authors?|Editors?|Editing|Reporting|Images?|Written|Edited|Published|"
    "Updated|Posted|Last[ ]updated|Filed|Tags|Categories|Category|Contact|Image[ ]credit|Photo[ ]credit"
)
# What a run begins with that may match: most texts compile none of the patterns.
CREDIT_WORDS = tuple(CREDITS.split("|"))
_HOUSES = ("本报", "本刊", "本网")
_CREDIT_HEADS = (*_HOUSES, *CREDIT_WORDS)
_CREDIT = lazy_pattern(
    rf"""
    (?:本报|本刊|本网)?(?:{CREDITS})(?:[/／、|｜＆&](?:{CREDITS}))*(?:\s?[:：/／|｜丨]\s?[^。！？!?]{{0,60}}
      |[\s\u3000]+[\u3400-\u9fff]{{2,3}}(?:[、\s\u3000]+(?:{CREDITS}|[\u3400-\u9fff]{{2,3}})){{0,8}})
    """,
    re.VERBOSE,
)
_OPENS_CREDIT = "（(【[—"
_BRACKETED_CREDIT = lazy_pattern(
    rf"(?:[（(【\[]|——?)\s?(?:据)?(?:{CREDITS})(?:[:：/／\s][^。！？!?)）】\]]{{0,40}})?[)）】\]]?"
)
_REPORTER_HEADS = (*_HOUSES, "新华社", "见习", "实习", "特约", "记者", "通讯员")
_REPORTERS = lazy_pattern(
    r"""
    (?:本报|本刊|本网|新华社)?(?:见习|实习|特约)?(?:记者|通讯员)[\s\u3000]*[^\W\dA-Za-z_]{2,4}
    (?:[、\s\u3000]+(?:通讯员|记者|摄影|报道|文/图|[^\W\dA-Za-z_]{2,4})){0,8}
    """,
    re.VERBOSE,
)
_ENGLISH_HEADS = (
    *("Photo", "Image", "Picture", "Illustration", "Graphic", "Map", "Source", "Credit", "Via", "Author", "Editor"),
    *("Editing", "Reporting", "Written", "Edited", "Published", "Updated", "Posted", "Last updated", "Filed", "Tags"),
    *("Category", "Categories", "Contact", "By ", "BY ", "by ", "bY "),
)
_ENGLISH_CREDIT = lazy_pattern(
    rf"""
    (?:Photo|Image|Picture|Illustration|Graphic|Map)s?\ (?:courtesy|by|from)\ .{{1,80}}
  | [Bb][Yy]\ [A-Z][\w.'’-]{{1,20}}(?:,?\ (?:and\ )?(?:[A-Z][\w.'’-]{{0,20}}|de|van|von|der
      |al)){{1,6}}(?:,[^.!?]{{1,40}}|\ \|[^.!?]{{1,40}})?
  | (?:{_ENGLISH_CREDITS})(?:\ by)?(?:\s?[:：/|]\s?[^!?]{{1,60}}|\ by\ [A-Z][^!?:]{{1,50}})
    """,
    re.VERBOSE,
)
_CHINESE_STOPS = frozenset("。！？")
# Of an official letter or a case: 江建城〔2026〕118号, （2023）江0304民初2187号.
_NUMBER = lazy_pattern(r"[\u3400-\u9fff]{0,12}\s?[〔\[［（(【]\d{4}[〕\]］）)】]\s?[\w\s]{0,20}?\d{1,6}\s?[号號]")
_MAX_NUMBER_CHARS = 45
_ISSUERS = ("文件", *"厅局委府会部办院司廳會辦")


def is_credit(run: str) -> bool:
    """Return whether a run, a line or a sentence, says who made the text or where it comes from."""
    if run.startswith(_ENGLISH_HEADS) and _ENGLISH_CREDIT.fullmatch(run):
        return True
    return run[-1] not in _CHINESE_STOPS and (
        (run.startswith(_CREDIT_HEADS) and _CREDIT.fullmatch(run) is not None)
        or (_may_be_bracketed_credit(run) and _BRACKETED_CREDIT.fullmatch(run) is not None)
        or (run.startswith(_REPORTER_HEADS) and _REPORTERS.fullmatch(run) is not None)
        or _is_number(run)
    )


def is_letterhead(heading: str, below: str) -> bool:
    """Return whether a heading is the head of an official letter, whose number stands below, and not its title."""
    return heading.endswith(_ISSUERS) and _is_number(below)


def _is_number(run: str) -> bool:
    """Return whether a run is the number of an official letter or of a case."""
    return run[-1] in "号號" and len(run) <= _MAX_NUMBER_CHARS and _NUMBER.fullmatch(run) is not None


def _may_be_bracketed_credit(run: str) -> bool:
    inner = run.lstrip(_OPENS_CREDIT)
    return inner != run and inner.lstrip().lstrip("据").startswith(CREDIT_WORDS)

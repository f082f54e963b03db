"""Front and back matter of a long text: licence, contents and index, acknowledgements and calls for donations."""

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document
from summarize.text.marks import FINISHED
from summarize.text.patterns import has_any, lazy_pattern

MAX_MATTER = 0.15  # of the sentences that may be chosen: what is more than that is what the text is about
MAX_LINES = 0.5  # of these: where more have no stop, it says nothing of a sentence that it has none
_MAX_HEADING_CHARS = 60
_TAIL_CHARS = 8  # at the end of a sentence, where its stop is

# What only such parts say. The first letter of a sentence is left out, since it may be a capital.
_WORDING = (
    *("ermission is granted", "ermission is hereby", "ermission notice", "edistribut", "erbatim cop", "icensed under"),
    *("ree Software Foundation", "eneral Public Licen", "ree Documentation Licen", "ll rights reserved", "opyright"),
    *(
        "ithout warrant",
        "ithout any warrant",
        "o warrant",
        "mplied warrant",
        "onation",
        "onate ",
        "hanks to",
        "rateful to",
    ),
    *(
        "版权",
        "著作权",
        "版權",
        "自由软件基金会",
        "通用公共许可",
        "许可协议",
        "许可证",
        "重新发布",
        "重新分发",
        "担保责任",
    ),
    *("捐赠", "捐款", "鸣谢", "致谢"),
)
# Headings of such parts, alone or after a number.
_HEADING = lazy_pattern(
    r"(?i:[#=*\s]*(?:(?:appendix|chapter|section)?\s*[\dA-Z]{0,3}(?:\.\d+)*[.:]?\s+)?"
    r"(?:copyright(?: (?:notice|page))?|legal notices?|"
    r"(?:the )?(?:gnu )?(?:general public |free documentation )?licen[sc]es?|"
    r"(?:table of )?contents|acknowledge?ments?|donations?|index|bibliography|references|credits|contributors|colophon|"
    r"revision history|trademarks?|about the authors?|translators?))[\s:]*\Z|"
    r"[#=*\s]*(?:(?:第.{1,3}[章节]|附录.?|[\d.]+)\s*)?"
    r"(?:版权(?:声明|信息|页)?|著作权|法律声明|许可(?:证|协议)?|授权(?:声明|协议)?|目录|目次|致谢|鸣谢|捐赠|捐款|参考文献|索引|贡献者|译者|"
    r"作者简介|修订(?:历史|记录)|商标)[\s:：]*\Z"
)


def find_boilerplate(document: Document, mask: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return which sentences belong to front or back matter, (S,).

    What parts such as a licence say does, unless it is so much that the text is about that, and a line without a stop
    does, as of the contents, where most sentences have one.

    Args:
        document: the text.
        mask: (S,), True where a sentence may be chosen.
    """
    is_around, is_line = np.zeros(len(mask), np.bool_), np.zeros(len(mask), np.bool_)
    wording = [words for words in _WORDING if words in document.text]
    is_under = False  # a heading of such a part
    for index, (sentence, text) in enumerate(zip(document.sentences, document.sentence_texts(), strict=True)):
        if sentence.is_heading:
            is_under = len(text) <= _MAX_HEADING_CHARS and _HEADING.match(text) is not None
        is_around[index] = is_under or has_any(wording, text)
        is_line[index] = not sentence.is_heading and FINISHED.search(text[-_TAIL_CHARS:]) is None
    found = np.zeros_like(mask)
    for kind, most in ((is_around, MAX_MATTER), (is_line, MAX_LINES)):
        if np.count_nonzero(kind & mask) <= most * np.count_nonzero(mask):
            found |= kind
    return found

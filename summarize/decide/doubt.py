"""Doubt: why sentences are left apart that begin alike.

A fusion has to pass all of these rules, and each of them has the name of what it doubts. A word that a list lacks may
let a pair through, a word too many costs no more than a sentence that stands as it is, so the lists are generous.
"""

import re
from collections.abc import Sequence

from summarize.decide.words import (
    ATTRIBUTED,
    CONDITION,
    HAN_NUMERALS,
    MODALITY,
    PAIRS,
    Word,
    denies,
    is_time,
    says,
)
from summarize.document import Language
from summarize.text.grammar import word_set
from summarize.text.marks import (
    COLON_MARKS,
    COMMA_MARKS,
    DOUBLE_QUOTE_PAIRS,
    LIST_COMMAS,
    QUOTE_CLOSERS,
    SEMICOLON_MARKS,
    STRAIGHT_QUOTE,
    is_wide,
)
from summarize.text.tokenization import is_word

_QUESTION = {
    "zh": word_set("吗 呢 么 为何 为什么 是否 能否 可否 怎么 怎样 如何 谁 哪 哪里 哪儿 几时 何时 何处 多少 难道"),
    "en": word_set("why how who whom whose what when where whether"),
}
_CONTRAST = {
    "zh": word_set(
        "然而 但 但是 不过 却 反而 反倒 尽管 虽 虽然 虽说 可是 可惜 而是 相反 倒 倒是 则 固然 "
        "与此相反 反之 尽管如此 仍 仍然 依然 依旧 仍旧 竟 竟然 居然 偏偏 其实 实际上 事实上 反倒是 "
        "反过来 相比之下 相较之下 与之相反 另一方面 只不过 迟迟 至今 岂料 不料 谁知 唯独 唯有"
    ),
    "en": word_set(
        "but however yet although though despite nevertheless nonetheless instead still whereas "
        "rather only otherwise conversely while unlike alternatively meanwhile even actually "
        "notwithstanding"
    ),
}
_CAUSE = {
    "zh": word_set(
        "因此 因而 所以 由于 由此 于是 从而 故 故此 为此 因为 可见 既然 难怪 是以 缘于 出于 鉴于 "
        "归因于 这样一来 如此一来 继而 随之 受此影响 为了 以便 以免 导致 使得 致使"
    ),
    "en": word_set(
        "therefore thus hence consequently because since accordingly so result due owing thanks "
        "leading causing caused prompting meaning"
    ),
}
_PRONOUN = {  # those that stand for somebody named before
    "zh": word_set(
        "他 她 它 他们 她们 它们 自己 这 那 这些 那些 这个 那个 此 其 其中 该 双方 两者 二者 前者 "
        "后者 这里 那里 这样 那样 对方 有人 谁 彼此 之"
    ),
    "en": word_set("he she it they this that these those his her its their both such there here who which"),
}
_INDEFINITE = {
    "zh": word_set(
        "一 某 某些 有 有的 有些 一些 部分 另 另外 其他 其它 别的 多 许多 不少 很多 若干 多数 少数 每 各 任何"
    ),
    "en": word_set("a an one some another other many most several few each every any all no two three more"),
}
_ANYBODY = word_set(  # two of them need not be the same
    "记者 网友 市民 居民 游客 观众 专家 学者 男子 女子 司机 乘客 村民 学生 家长 老人 孩子 消费者 "
    "用户 患者 医生 业内人士 分析人士 知情人士 目击者 受害者 嫌疑人 路人 顾客 员工 工人 农民 "
    "选手 球员 读者 作者 老师 教师 警察 民警 people police residents passengers visitors "
    "students workers experts critics officials witnesses neighbours neighbors"
)
_NOW_OR_THEN = word_set(
    "如今 现在 目前 眼下 当前 现 至今 今天 今年 后来 曾 曾经 当年 早年 晚年 now today formerly once previously"
)
_AGES = word_set("年代 世纪 时期 朝代 古代 战争 期间 之初 末年 初年")  # what was so then need not be so
_AMOUNTS = "一某几数两多三四五六七八九十半"
_MEASURES = frozenset("名个位项种家些只条件次场群对队份支")
_PRESENT = word_set("is are has have does do")
_TIME_UNITS = word_set("年 年度 月 日 号 时 点 天 周 星期 个月 小时 分钟 岁 季 世纪")
CLOSING_QUOTES = frozenset(QUOTE_CLOSERS + STRAIGHT_QUOTE + "'")
_SPEECH_MARKS = frozenset([*DOUBLE_QUOTE_PAIRS, *DOUBLE_QUOTE_PAIRS.values(), STRAIGHT_QUOTE])
_MARKS_OF_THE_LAST = {  # only the last of fused sentences may have them, and inside it
    "zh": frozenset(filter(is_wide, COLON_MARKS + SEMICOLON_MARKS)),
    "en": frozenset(),
}
_MARKS_INSIDE = {"zh": frozenset(filter(is_wide, COMMA_MARKS + LIST_COMMAS)), "en": frozenset(",")}
_NUMBERED = re.compile(r"[\d一二三四五六七八九十]+|[A-Za-z]")
_POINTING = word_set("该 那些 这些 the that these those")
_OPEN_ENDS = word_set("的 地 得 之 of the a an in on at for to and")
_COORDINATED = word_set("和 与 及 以及 或 同 跟 and or")
_SCOPE_IN_SECOND = word_set("must may might could should would")
DETERMINERS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand dozens hundreds thousands several many all both some more most new no"
) | word_set("the a an its his her their in on at to for from by with up down out off over as into")
_STOPS = {"zh": frozenset("。"), "en": frozenset(".")}


def is_stop(word: Word, language: Language) -> bool:
    """Return whether a mark ends a plain statement."""
    return word.text in _STOPS[language]


def counts_time(words: Sequence[Word]) -> bool:
    """Return whether words begin with an amount of time: 两个 小时, 十六岁."""
    first = words[0].text
    number = first.lstrip("0123456789." + HAN_NUMERALS)
    if number == first:
        return False
    return number in _TIME_UNITS or (
        number in ("", "个", "多", "余") and words[1:2] != [] and words[1].text in _TIME_UNITS
    )


def about_sentence(words: Sequence[Word], language: Language) -> str | None:
    """Return why a sentence is never fused with another, or None.

    Args:
        words: those of the sentence with its marks.
        language: of the document.
    """
    body = words[:-1] if is_stop(words[-1], language) else words
    plain = _without_pairs(body)
    marks = {word.text for word in plain if not is_word(word.text)}
    if not marks <= _MARKS_INSIDE[language] | _MARKS_OF_THE_LAST[language]:
        return "marks"
    if body and body[-1].text in _MARKS_OF_THE_LAST[language]:  # an item of a list: no stop goes behind its mark
        return "marks"
    if _NUMBERED.match(body[0].text) and len(body) > 1 and not is_word(body[1].text):
        return "list"
    if any(word.text in _SPEECH_MARKS for word in body) and says(body, ATTRIBUTED, language):
        return "quotation"
    for reason, what in (
        ("question", _QUESTION),
        ("condition", CONDITION),
        ("contrast", _CONTRAST),
        ("cause", _CAUSE),
    ):
        if says(plain, what, language):
            return reason
    return None


def _without_pairs(words: Sequence[Word]) -> list[Word]:
    """Return the words outside of marks that come in pairs (quotation marks, brackets), which have no stop inside."""
    outside: list[Word] = []
    closing, held = "", outside
    for word in words:
        if closing:
            held.append(word)
            if word.text == closing:
                closing, held = "", outside
        elif word.text in PAIRS:
            closing, held = PAIRS[word.text], []
        else:
            outside.append(word)
    return outside if not closing else list(words)  # a mark without its partner


def about_subject(words: Sequence[Word], language: Language) -> str | None:
    """Return why what two sentences begin with is not one subject for sure, or None."""
    first, last = words[0].text.lower(), words[-1].text.lower()
    if last in _PRONOUN[language] or (len(words) == 1 and first in _POINTING):
        return "pronoun"
    if len(words) == 1 and first in _ANYBODY:
        return "indefinite"
    if first in _INDEFINITE[language] or _indefinite_number(first, language):
        return "indefinite"
    if not is_word(last) and last not in PAIRS.values():
        return "marks"
    if is_time(words[-1]) or last in _OPEN_ENDS:
        return "no name"
    if any(word.text in "，,、" or word.text in _COORDINATED for word in words):
        return "several"
    return None


def _indefinite_number(word: str, language: Language) -> bool:
    is_amount = word[0] in _AMOUNTS and word[1:2] in _MEASURES and len(word) > 1
    return word[0].isdigit() or (language == "zh" and is_amount)


def about_pair(first: Sequence[Word], second: Sequence[Word], language: Language) -> str | None:
    """Return why two predicates do not go into one sentence, or None.

    Args:
        first: the phrase before the first subject and its predicate.
        second: the second predicate.
        language: of the document.
    """
    if any(word.text in _MARKS_OF_THE_LAST[language] for word in first):
        return "marks"
    if says(first, ATTRIBUTED, language):
        return "attribution"
    plain = [word for word in first if word.text != second[0].text]  # 应当 ... 应当 ...: each has its own
    if says(plain[:-1], MODALITY, language):  # at the end 计划 is a plan, not a will
        return "modality"
    if denies(plain, language):
        return "negation"
    if any(word.text.lower() in _SCOPE_IN_SECOND for word in second):
        return "modality"
    if any(word.text[-2:] in _AGES for word in first):
        return "time"
    if any(is_time(word) for word in first) and any(is_time(word) for word in second[:3]):
        return "time"
    if second[0].text.lower() in _PRESENT and not any(word.text.lower() in _PRESENT for word in first):
        return "time"
    if any(word.text.lower() in _NOW_OR_THEN or word.text[0] == "每" for word in second[:3]):
        return "time"
    return None

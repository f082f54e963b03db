"""A sentence as fusion sees it: its words with their places, and the reasons to leave it alone.

The lists are closed and short on purpose. A word that is missing from one costs at worst a sentence that stands as it
is, or, for the reasons, is caught by another rule: a fusion has to pass them all.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document, Language
from summarize.text.normalization import normalize
from summarize.text.tokenization import is_word, tokenize


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces."""
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of a sentence.

    Args:
        text: as it is compared: in Simplified characters.
        start: offset in the source.
        end: offset behind it.
    """

    text: str
    start: int
    end: int


def words_between(document: Document, start: int, end: int) -> list[Word]:
    """Return the words and marks of `text[start:end]`, without white space."""
    found = []
    for token in tokenize(normalize(document.text[start:end])):
        if not token.isspace():
            found.append(Word(token, start, start + len(token)))
        start += len(token)
    return found


# A thought of somebody, not of the text.
_ATTRIBUTED = {
    "zh": word_set(
        "据 据悉 表示 称 说 道 讲 透露 指出 认为 以为 报道 介绍 介绍说 获悉 了解到 强调 回应 坦言 "
        "直言 声称 宣称 自称 笑称 据称 谎称 辩称 消息 相信 觉得 估计 猜测 推测 怀疑 主张 建议 告诉 "
        "写道 问道 答道 说道 看来 而言 来说 显示 传闻 传言 听说 谣传 疑似"
    ),
    "en": word_set(
        "said says say saying according reported reportedly allegedly alleged told tells tell "
        "claimed claims claim believes believed believe thinks thought think argued argues insisted "
        "insists suggested suggests denied joked joking warned warns asked asks replied wrote writes "
        "quoted rumored rumoured apparently"
    ),
}
_QUESTION = {
    "zh": word_set("吗 呢 么 为何 为什么 是否 能否 可否 怎么 怎样 如何 谁 哪 哪里 哪儿 几时 何时 何处 多少 难道"),
    "en": word_set("why how who whom whose what when where whether"),
}
_CONDITION = {
    "zh": word_set(
        "如果 若 若是 如若 假如 假若 假使 假设 倘若 倘使 要是 只要 除非 一旦 即使 即便 哪怕 无论 "
        "不论 不管 只有 否则 万一 的话 除外"
    ),
    "en": word_set("if unless until till provided whenever would once while whereas"),
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
_MODALITY = {
    "zh": word_set(
        "可能 或 或许 或将 或者 也许 大概 恐怕 应 应当 应该 该当 必须 必需 须 需 需要 可 可以 能 "
        "能够 会 将 将要 将会 拟 计划 打算 准备 有望 预计 预期 料 想 想要 要 愿 愿意 希望 期望 试图 "
        "企图 有意 考虑 似乎 好像 仿佛 未必 不妨 理应 务必 允许 禁止 拒绝 "
        "有可能 很可能 极有可能 可望 料将 势必 必将 须要 不得 得以 准许 获准 意欲 意在 旨在 "
        "力争 争取 力图 谋求 寻求 恐 恐将 想必 应予 理当 势将 尚待 有待 预估 预测 "
        "预告 宜 不必 不用 无需 不一定 倾向 "
        "尽量 尽可能 力求 尝试 要想 本可 本应 有权 有资格 拟定 暂定 预定 "
        ""
    ),
    "en": word_set(
        "may might can could should must shall will would need needs ought perhaps maybe probably "
        "possibly likely seems seem seemed appears appear appeared plans plan planned hopes hope "
        "hoped wants want wanted expects expect expected tries tried aims aim refused refuses "
        "declined agreed unlikely possible potentially supposedly allegedly set due able unable "
        "bound supposed considering considers consider intends intended intend proposes proposed "
        "propose seeking seeks seek wishes allowed permitted required requires urged asked hoping "
        "trying planning about almost nearly"
    ),
}
_NEGATION = {
    "zh": word_set(
        "没有 没 未 不 无 勿 别 莫 非 否 毫无 并非 绝非 从未 从不 尚未 未能 未曾 难以 免于 无法 拒绝 "
        "并未 并不 并没有 从来没有 绝不 决不 毫不 不曾 未必 无人 无一 没人 拒不"
    ),
    "en": word_set(
        "not no never none nobody nothing neither nor without hardly barely scarcely cannot n't "
        "unable refused denied failed lacks lacked stopped cancelled canceled rejects rejected avoid "
        "avoided"
    ),
}
_NEGATION_BEGINS = "不没未无非"
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
_TIME_WORDS = word_set(
    "今年 去年 前年 明年 后年 今天 昨天 前天 明天 后天 今日 昨日 明日 今晨 今晚 昨晚 上午 中午 "
    "下午 傍晚 凌晨 清晨 早上 晚上 深夜 当天 当日 当晚 次日 翌日 同日 同年 同月 目前 如今 现在 "
    "眼下 当前 现时 近日 日前 近期 近年 近年来 此前 此后 早前 年初 年底 年末 年中 上周 本周 下周 "
    "上周末 本周末 周末 上月 本月 下月 月初 月底 月末 季度 一季度 二季度 三季度 四季度 上半年 "
    "下半年 世纪 年代 周一 周二 周三 周四 周五 周六 周日 星期一 星期二 星期三 星期四 星期五 "
    "星期六 星期日 星期天 春天 夏天 秋天 冬天 春季 夏季 秋季 冬季 春节 国庆 国庆节 后来 当年 "
    "早期 过去 从前 以前 未来 今后 期间 当时 那时 曾 曾经 一度 先前 today yesterday tomorrow "
    "tonight now currently recently earlier formerly previously once morning afternoon evening "
    "night noon midnight week weeks month months year years decade decades century centuries "
    "season weekend monday tuesday wednesday thursday friday saturday sunday january february "
    "march april june july august september october november december spring summer autumn "
    "winter last next ago"
)
_NOW_OR_THEN = word_set(
    "如今 现在 目前 眼下 当前 现 至今 今天 今年 后来 曾 曾经 当年 早年 晚年 now today formerly once previously"
)
_AGES = word_set("年代 世纪 时期 朝代 古代 战争 期间 之初 末年 初年")  # what was so then need not be so
_PRESENT = word_set("is are has have does do")
_DATE = re.compile(r"\d{4}|\d{4}年.*|\d{1,2}月.*|\d{1,2}[日号]")

_TIME_UNITS = word_set("年 年度 月 日 号 时 点 天 周 星期 个月 小时 分钟 岁 季 世纪")

_NUMBER_CHARACTERS = "0123456789.一二三四五六七八九十百千万亿两几数半"
_PAIRS = {"“": "”", "‘": "’", "《": "》", "「": "」", "『": "』", "〈": "〉", "（": "）", "(": ")"}
_BOUND_PAIRS = _PAIRS | {'"': '"', "【": "】", "[": "]"}  # what stands between is kept whole or not at all
CLOSING_QUOTES = "”’」』\"'"
_SPEECH_MARKS = '“”「」『』"'
_MARKS_OF_THE_LAST = {"zh": frozenset("：；"), "en": frozenset()}  # only the last of fused sentences may have them
_MARKS_INSIDE = {"zh": frozenset("，、"), "en": frozenset(",")}
_NUMBERED = re.compile(r"[\d一二三四五六七八九十]+|[A-Za-z]")
_POINTING = word_set("该 那些 这些 the that these those")
_OPEN_ENDS = word_set("的 地 得 之 of the a an in on at for to and")
_COORDINATED = word_set("和 与 及 以及 或 同 跟 and or")
_SCOPE_IN_SECOND = word_set("must may might could should would")
_NOT_NEGATED = word_set("不断 不仅 不久 不少 不同 不动产 不锈钢 无人机 无线 无锡 未来 非洲 非遗 非常 没收 不良")
DETERMINERS = word_set(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety "
    "hundred thousand dozens hundreds thousands several many all both some more most new no"
) | word_set("the a an its his her their in on at to for from by with up down out off over as into")
_STOPS = {"zh": frozenset("。"), "en": frozenset(".")}


def is_time(word: Word) -> bool:
    """Return whether a word says when."""
    return word.text.lower() in _TIME_WORDS or _DATE.fullmatch(word.text) is not None


def says(found: Sequence[Word], what: dict[str, frozenset[str]], language: Language) -> bool:
    """Return whether one of the words is in a list."""
    return any(word.text.lower() in what[language] for word in found)


def is_stop(word: Word, language: Language) -> bool:
    """Return whether a mark ends a plain statement."""
    return word.text in _STOPS[language]


def counts_time(words: Sequence[Word]) -> bool:
    """Return whether words begin with an amount of time: 两个 小时, 十六岁."""
    first = words[0].text
    number = first.lstrip(_NUMBER_CHARACTERS)
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
    if _NUMBERED.match(body[0].text) and len(body) > 1 and not is_word(body[1].text):
        return "list"
    if any(word.text in _SPEECH_MARKS for word in body) and says(body, _ATTRIBUTED, language):
        return "quotation"
    for reason, what in (
        ("question", _QUESTION),
        ("condition", _CONDITION),
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
        elif word.text in _PAIRS:
            closing, held = _PAIRS[word.text], []
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
    if not is_word(last) and last not in _PAIRS.values():
        return "marks"
    if is_time(words[-1]) or last in _OPEN_ENDS:
        return "no name"
    if any(word.text in "，,、" or word.text in _COORDINATED for word in words):
        return "several"
    return None


def _indefinite_number(word: str, language: Language) -> bool:
    if language == "en":
        return word[0].isdigit()
    return word[0].isdigit() or (
        word[0] in "一某几数两多三四五六七八九十半" and word[1:2] in tuple("名个位项种家些只条件次场群对队份支")
    )


def about_pair(first: Sequence[Word], second: Sequence[Word], language: Language) -> str | None:
    """Return why two predicates do not go into one sentence, or None.

    Args:
        first: the phrase before the first subject and its predicate.
        second: the second predicate.
        language: of the document.
    """
    if any(word.text in _MARKS_OF_THE_LAST[language] for word in first):
        return "marks"
    if says(first, _ATTRIBUTED, language):
        return "attribution"
    plain = [word for word in first if word.text != second[0].text]  # 应当 ... 应当 ...: each has its own
    if says(plain[:-1], _MODALITY, language):  # at the end 计划 is a plan, not a will
        return "modality"
    if _denies(plain, language):
        return "negation"
    if language == "en" and says(second, {"en": _SCOPE_IN_SECOND, "zh": _SCOPE_IN_SECOND}, language):
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


def _denies(words: Sequence[Word], language: Language) -> bool:
    return says(words, _NEGATION, language) or any(_is_negated(word.text, language) for word in words)


def _is_negated(word: str, language: Language) -> bool:
    if language == "en":
        return word.endswith(("n't", "n’t"))
    return len(word) > 1 and word[0] in _NEGATION_BEGINS and word not in _NOT_NEGATED


# What compression must not part.

UNITS = word_set(
    # time, dates
    "年 年度 年代 世纪 月 月份 个月 季度 周 周年 星期 日 号 天 时 点 点钟 小时 分 分钟 秒 秒钟 岁 学期 "
    # money and shares
    "元 块 角 美元 欧元 日元 英镑 港元 卢布 韩元 人民币 万元 亿元 成 倍 股 个百分点 百分点 % ％ ‰ "
    # size and weight
    "米 公里 千米 厘米 毫米 纳米 微米 英里 海里 英尺 英寸 里 尺 寸 码 平方米 平方公里 平方千米 立方米 亩 公顷 "
    "吨 公斤 千克 克 毫克 斤 两 升 毫升 度 摄氏度 瓦 千瓦 兆瓦 千瓦时 赫兹 伏 马力 字节 像素 "
    # measure words
    "个 名 位 人 人次 次 场 届 项 条 件 只 头 匹 辆 架 艘 台 部 本 册 张 片 座 栋 幢 套 家 所 间 层 楼 户 口 棵 株 朵 "
    "支 枝 根 双 群 批 组 队 种 类 级 等级 局 轮 页 章 句 字 遍 趟 起 宗 例 笔 份 枚 颗 粒 滴 杯 瓶 袋 箱 包 桶 盒 副 "
    "幅 盏 段 首 篇 期 款 节 门 班 代 帧 平 票 分球 环 "
    # English
    "percent per % million billion trillion thousand hundred dozen dollars dollar euros euro pounds pound yen yuan "
    "cents year years month months week weeks day days hour hours minute minutes second seconds km kilometers "
    "kilometres kilometer miles mile meters metres meter metre feet foot inches inch cm mm kg kilograms grams g tons "
    "tonnes ton tonne lbs liters litres degrees mph kb mb gb tb mhz ghz hz a.m. p.m. am pm bn"
)

STOPS = frozenset("。.！!？?；;｡…")  # printed behind whatever is kept
COMMAS = frozenset("，,；;：:、—–")
BARRIERS = frozenset("—–：:；;")  # nothing is left out over them
NO_SPACE_BEFORE = frozenset(",.;:!?%)]}’”'")
NO_SPACE_AFTER = frozenset("([{‘“$£€#")
_LINKS = {
    "zh": word_set(
        "和 与 及 以及 或 并 并且 而 但 但是 且 的 地 得 之 等 在 于 对 从 向 把 被 将 由 为 给 以 "
        "因 因为 所 是 了 着 过 们 吗 呢"
    ),
    "en": word_set(
        "and or but of the a an in on at for to from by with as that which who is was are were its his her their"
    ),
}
_TURNS = {  # verbs that make the opposite of the verb behind them, or less than it
    "zh": word_set(
        "停止 取消 反对 避免 防止 阻止 放弃 暂停 终止 禁止 否认 拒 拒绝 涉嫌 疑似 试图 接近 几乎 "
        "险些 差点 缺乏 缺少 减少 限制 抵制 谴责 撤销 撤回 推迟 延期 除 除了 以外 仅 只 才 最多 至少 "
        "约 近 超 超过 不足"
    ),
    "en": word_set(
        "stop stopped cancel cancelled canceled avoid prevent prevented deny denied fail failed "
        "failing only almost nearly about over under least most than except without against refuse "
        "refused suspend suspended"
    ),
}
_TAILS = {
    "zh": word_set("的 地 得 之 等 了 着 过 们 吗 呢 吧 啊 和 与 及 以及 或 但 但是 于 给 把"),
    "en": word_set(
        "and or but of 's that which who to for from by with as than at in on into over is are was "
        "were be been has have had will would"
    ),
}
_RANGES = word_set("to and of in or - – / : 比 至 到")  # between two numbers that belong together


def clauses_of(words: Sequence[Word]) -> NDArray[np.int64]:
    """Return the number of each word's clause, (T,); a comma is of the clause that it ends."""
    is_comma = np.array([word.text in COMMAS and word.text != "、" for word in words], np.int64)
    return np.cumsum(is_comma) - is_comma


def locked_words(words: Sequence[Word], language: Language) -> list[int]:
    """Return the places of words without which a clause says something else: negation, modality, condition."""
    lists = (_NEGATION, _MODALITY, _CONDITION, _TURNS)
    return [
        place
        for place, word in enumerate(words)
        if any(word.text.lower() in found[language] for found in lists) or _is_negated(word.text, language)
    ]


def counted_spans(words: Sequence[Word], language: Language) -> Iterator[tuple[int, int]]:
    """Yield first and last place of runs that must go on once begun: a number, its unit, what is counted."""
    for place, word in enumerate(words[:-1]):
        is_number = word.text[0].isdigit() or (language == "zh" and word.text[0] in _NUMBER_CHARACTERS)
        if not is_number or (is_time(word) and words[place + 1].text not in UNITS):  # 4000多年 is no year
            continue
        if place + 2 < len(words) and words[place + 1].text in _RANGES and words[place + 2].text[0].isdigit():
            yield place, place + 2
            continue
        last = place + 1
        while last + 1 < len(words) and last < place + 3 and _goes_on(words[last], words[last + 1]):
            last += 1
        if is_word(words[place + 1].text):
            yield place, last


def _goes_on(unit: Word, following: Word) -> bool:
    return len(unit.text) == 1 and is_word(following.text) and unit.text not in "元%％"


def bound_spans(words: Sequence[Word], language: Language) -> Iterator[tuple[int, int]]:
    """Yield first and last place of runs that are kept whole or not at all."""
    opened: list[tuple[int, str]] = []
    for place, word in enumerate(words):
        if opened and word.text == opened[-1][1]:
            yield opened.pop()[0], place
        elif word.text in _BOUND_PAIRS:
            opened.append((place, _BOUND_PAIRS[word.text]))
        if (language == "en" or word.text.isascii()) and _touches_next(words, place):
            yield place, place + 1
        if "·" in word.text and place:  # 梅琳 | 达·盖茨: what is cut off before such a name is a part of it
            yield place - 1, place
        is_range = place + 2 < len(words) and words[place + 1].text in _RANGES
        if is_range and _is_figure(word) and _is_figure(words[place + 2]):  # 5月13日至15日
            yield place, place + 2
        if place + 1 < len(words) and is_word(words[place + 1].text):
            following = words[place + 1].text.lower()
            starts_number = _is_figure(word) and (following in UNITS or following.lstrip("多余来几") in UNITS)
            starts_number |= word.text[0].isdigit() and len(following) == 1
            if starts_number or (word.text.lower() in _NEGATION[language] and is_word(words[place + 1].text)):
                yield place, place + 1


def _touches_next(words: Sequence[Word], place: int) -> bool:
    """Return whether a word is written together with the next one (few-shot, R&B), or held to it by a hyphen."""
    if place + 1 == len(words):
        return False
    word, following = words[place], words[place + 1]
    is_hyphen = following.text in _HYPHENS or word.text in _HYPHENS
    if not following.text.isascii():
        return is_hyphen and word.text not in _DASHES
    return is_hyphen or (word.end == following.start and following.text not in NO_SPACE_BEFORE | COMMAS)


def _is_figure(word: Word) -> bool:
    return word.text[0].isdigit() or is_time(word) or word.text[0] in _NUMBER_CHARACTERS


def goes_on(words: Sequence[Word], verbs: Sequence[int], is_noun: Sequence[bool], language: Language) -> list[int]:
    """Return the places of words that are not kept without the next one.

    A preposition keeps the word it stands before; an English auxiliary its verb, and an English noun or adjective the
    noun behind it (zero training loss).

    Args:
        words: those of the sentence.
        verbs: places of its verbs.
        is_noun: (T,), whether each word never begins a predicate.
        language: of the document.
    """
    found, of_verbs = [], set(verbs)
    for place, (word, following) in enumerate(pairwise(words)):
        text, behind = word.text.lower(), following.text.lower()
        if not is_word(behind):
            continue
        is_open = text in _PREPOSITIONS[language] or text in _AUXILIARIES[language]
        if language == "en":
            is_plain = is_noun[place + 1] and behind not in _LITTLE_WORDS and not behind.endswith("ly")
            is_open |= is_plain and text not in _ARTICLES and not is_time(following)
            is_open |= place in of_verbs and behind in _ARTICLES
        if is_open:
            found.append(place)
    return found


def objects(words: Sequence[Word], verbs: Sequence[int], is_noun: Sequence[bool]) -> list[int]:
    """Return the places of verbs with an object right behind them: something of their clause has to follow."""
    last = len(words) - 1
    return [place for place in verbs if place < last and is_noun[place + 1] and is_word(words[place + 1].text)]


def subjects_of(words: Sequence[Word], is_noun: Sequence[bool]) -> list[int]:
    """Return for each clause the one that has its subject: itself, or an earlier one if it begins with a predicate."""
    clauses = clauses_of(words)
    found: list[int] = []
    for number in range(int(clauses.max(initial=-1)) + 1):
        first = int(np.flatnonzero(clauses == number)[0])
        is_own = is_noun[first] or is_time(words[first]) or not found
        found.append(number if is_own else found[-1])
    return found


def cannot_begin(words: Sequence[Word], language: Language) -> NDArray[np.bool_]:
    """Return which words a sentence does not begin with unless it did before, (T,)."""
    found = [word.text.lower() in _TAILS[language] or word.text in COMMAS for word in words]
    return np.array([False, *found[1:]][: len(found)], bool)


def cannot_end(words: Sequence[Word], language: Language) -> NDArray[np.bool_]:
    """Return which words a sentence does not end with unless it did before, (T,)."""
    found = [word.text.lower() in _LINKS[language] or word.text in COMMAS for word in words]
    if found:
        found[-1] = words[-1].text in COMMAS
    return np.array(found, bool)


def is_attribution(word: Word, language: Language) -> bool:
    """Return whether a word says that somebody says."""
    return word.text.lower() in _ATTRIBUTED[language] or word.text in ("宣布", "announced")


_AUXILIARIES = {
    "zh": word_set("将 会 可 可以 能 能够 应 应当 必须 已 已经 正在 正 被 把 不 没有 没 未 所 是"),
    "en": word_set(
        "will would can could may might must shall should is are was were be been being has have had "
        "do does did not to and or"
    ),
}
_ARTICLES = word_set("a an the this that these those its his her their our my your no")
_LITTLE_WORDS = (
    word_set("and or but to that which who whom whose where when while after before because since although though if")
    | word_set("a an the this these those its his her their our my your not no also then now today yesterday tomorrow")
    | word_set("he she it they we i you there here is are was were be been has have had will would can could may might")
    | word_set("of in on at for from by with about into over under between among through during without within as than")
)
_HYPHENS = frozenset("-‐–/&")
_DASHES = frozenset("–")
_PREPOSITIONS = {
    "zh": word_set(
        "在 从 对 向 以 为 把 被 由 因 于 将 与 跟 同 按 按照 根据 经 随着 关于 针对 通过 作为 除 用 给 让 使 据"
    ),
    "en": word_set(
        "of in on at for from by with about into over under between among through during without "
        "within against toward towards across behind near around than as"
    ),
}
_SUBORDINATORS = {
    "zh": word_set("因为 由于 如果 虽然 尽管 只要 除非 当 即使 无论 为了 以便 随着"),
    "en": word_set(
        "to that which who whom whose where when while after before because since although though if "
        "unless until whether"
    ),
}


def main_verbs(words: Sequence[Word], verbs: Sequence[int], language: Language) -> list[int]:
    """Return the places of the verbs that are in no subordinate clause."""
    inside = {
        place
        for opener, end in governed_spans(words, verbs, language)
        if words[opener].text.lower() in _SUBORDINATORS[language]
        for place in range(opener, end)
    }
    clauses = clauses_of(words)
    if language == "zh":  # 面对...的并购, 通过...方法: a clause that begins with a preposition
        phrases = {int(clauses[place]) for place in range(len(words)) if _begins_phrase(words, clauses, place)}
        return [place for place in verbs if place not in inside and int(clauses[place]) not in phrases]
    outside = [place for place in verbs if place not in inside]
    in_first = [place for place in outside if clauses[place] == 0]
    return in_first or [place for place in outside if not place or clauses[place - 1] != clauses[place]] or outside


def _begins_phrase(words: Sequence[Word], clauses: NDArray[np.int64], place: int) -> bool:
    is_first = not place or clauses[place - 1] != clauses[place]
    return is_first and (words[place].text in _PREPOSITIONS["zh"] or words[place].text in ("面对", "面临", "基于"))


def governed_spans(words: Sequence[Word], verbs: Sequence[int], language: Language) -> Iterator[tuple[int, int]]:
    """Yield the place of each word that others depend on, and the place behind the last of these.

    A preposition governs what follows up to the next verb or preposition, a subordinator all of its clause, an English
    auxiliary the verb behind it. What is governed is not kept without the word that governs it.
    """
    clauses, of_verbs = clauses_of(words), set(verbs)
    for place, word in enumerate(words):
        text = word.text.lower()
        opens_clause = text in _SUBORDINATORS[language]
        if language == "en" and text in _AUXILIARIES["en"] and place + 1 in of_verbs:
            yield place, place + 2
        if not opens_clause and text not in _PREPOSITIONS[language]:
            continue
        end = place + 1
        while end < len(words) and clauses[end] == clauses[place]:
            following = words[end].text.lower()
            ends_phrase = following in _PREPOSITIONS[language] or following in _SUBORDINATORS[language]
            if not opens_clause and (ends_phrase or end in of_verbs):
                break
            end += 1
        yield place, end

"""Bonds: which words of a sentence are not kept without which others when it is shortened."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from summarize.decide.words import (
    ATTRIBUTED,
    CONDITION,
    HAN_NUMERALS,
    MODALITY,
    NEGATION,
    Word,
    begins_with_number,
    is_negated,
    is_time,
)
from summarize.document import Language
from summarize.text.grammar import word_set
from summarize.text.marks import (
    CLAUSE_MARKS,
    COLON_MARKS,
    DASH_MARKS,
    LINE_STOPS,
    LIST_COMMAS,
    MARK_PAIRS,
    SEMICOLON_MARKS,
    STRAIGHT_QUOTE,
)
from summarize.text.tokenization import is_word

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
STOPS = LINE_STOPS  # printed behind whatever is kept
COMMAS = frozenset(CLAUSE_MARKS + LIST_COMMAS + DASH_MARKS)
BARRIERS = frozenset(COLON_MARKS + SEMICOLON_MARKS + DASH_MARKS)  # nothing is left out over them
NO_SPACE_BEFORE = frozenset(",.;:!?%)]}’”'")
NO_SPACE_AFTER = frozenset("([{‘“$£€#")
_BOUND_PAIRS = MARK_PAIRS | {STRAIGHT_QUOTE: STRAIGHT_QUOTE}  # what stands between is kept whole or not at all
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
_COPULAS = {
    "zh": word_set("是 这是 那是 就是 也是 都是 正是 仍是 便是 则是 还是 被 遭 遭到 受到"),
    "en": word_set("is are was were am"),
}
_LEANING = word_set("of over between among against than per 's ’s")  # on the word before them
_FURTHER = {  # they take up what was said before
    "zh": word_set("而是 其次 但 但是 然而 不过 而 却 则 因此 所以 于是 并 并且 且 反而 从而 也 还 又 再 才 就 同时"),
    "en": word_set("but however therefore thus also so then yet and or nor instead"),
}
_TAILS = {
    "zh": word_set("的 地 得 之 等 了 着 过 们 吗 呢 吧 啊 和 与 及 以及 或 于 给 把"),
    "en": word_set(
        "and or but of 's that which who to for from by with as than at in on into over is are was "
        "were be been has have had will would"
    ),
}
_ORDINAL = "第"
_COORDINATORS = word_set("和 及 以及 或 and or")  # not 与, which may stand for "with"
_COMPARED = word_set("as more less fewer higher lower larger smaller many much few long far well often big high low")
_BRIDGES = word_set("、 到 至 成")  # between a word and what it leads to, as coordinators are
_BEFORE_FIGURES = word_set(  # words without which a number behind them is another number
    "这 那 某 最后 首 前 后 每 另 近 约 大约 超 超过 逾 不足 不到 至少 最多 "
    "last first next past previous every each another about nearly almost under over"
)
OF_ITS_CLAUSE = word_set("的 地 得 所")  # what they describe or lead to stands in their clause
_RANGES = word_set("to and of in or - – / : 比 至 到")  # between two numbers that belong together
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
        "在 从 对 向 以 继 自 为 把 被 由 因 于 将 与 跟 同 按 按照 根据 经 随着 关于 针对 通过 作为 除 用 给 让 使 据"
    ),
    "en": word_set(
        "of in on at for from by with about into over under between among through during without "
        "within against toward towards across behind near around than as despite amid amidst among beyond inside "
        "outside onto upon per versus via unlike regarding concerning except throughout alongside"
    ),
}
_SUBORDINATORS = {
    "zh": word_set("因为 由于 如果 虽然 尽管 只要 除非 当 即使 无论 不论 不管 为了 以便 随着"),
    "en": word_set(
        "to that which who whom whose where when while after before because since although though if "
        "unless until whether"
    ),
}


def clauses_of(words: Sequence[Word]) -> NDArray[np.int64]:
    """Return the number of each word's clause, (T,); a comma is of the clause that it ends."""
    is_comma = np.array([word.text in COMMAS and word.text != "、" for word in words], np.int64)
    return np.cumsum(is_comma) - is_comma


def locked_words(words: Sequence[Word], language: Language) -> list[int]:
    """Return the places of words without which a clause says something else.

    Negation, modality and condition; verbs that turn those behind them; who is done to (被); what is the same (是).
    """
    lists = (NEGATION, MODALITY, CONDITION, _TURNS, _COPULAS)
    return [
        place
        for place, word in enumerate(words)
        if any(word.text.lower() in found[language] for found in lists) or is_negated(word.text, language)
    ]


def opens_condition(words: Sequence[Word], place: int, language: Language) -> bool:
    """Return whether a word is an "if" at the beginning of a clause."""
    is_first = not place or words[place - 1].text in COMMAS
    return is_first and words[place].text.lower() in CONDITION[language]


def counted_spans(words: Sequence[Word], language: Language) -> Iterator[tuple[int, int]]:
    """Yield first and last place of runs that must go on once begun: a number, its unit, what is counted."""
    for place, word in enumerate(words[:-1]):
        if not begins_with_number(word) or (
            is_time(word) and words[place + 1].text not in UNITS
        ):  # 3000多年 is no year
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
    last = len(words) - 1
    for place, word in enumerate(words):
        if opened and word.text == opened[-1][1]:
            yield opened.pop()[0], place
        elif word.text in _BOUND_PAIRS:
            opened.append((place, _BOUND_PAIRS[word.text]))
        if (language == "en" or word.text.isascii()) and _touches_next(words, place):
            yield place, place + 1
        if language == "en" and word.text.lower() in ("times", "as") and place + 1 < len(words):
            following = words[place + 1].text.lower()
            if following in _COMPARED and is_word(following):  # 2.4 times as many, as long
                yield place, place + 1
        if "·" in word.text and place:  # 贝拉 | 克·奥巴马: what is cut off before it is a part of it
            yield place - 1, place
        is_range = place + 2 < len(words) and words[place + 1].text in _RANGES
        if is_range and _is_figure(word) and _is_figure(words[place + 2]):  # 3月1日至5日
            yield place, place + 2
        if place + 1 < len(words) and is_word(words[place + 1].text):
            following = words[place + 1].text.lower()
            starts_number = _is_figure(word) and (following in UNITS or following.lstrip("多余来几") in UNITS)
            starts_number |= word.text[0].isdigit() and len(following) == 1
            qualifies = word.text == _ORDINAL or word.text.lower() in _BEFORE_FIGURES
            starts_number |= qualifies and begins_with_number(words[place + 1])
            if starts_number or word.text.lower() in NEGATION[language] or following in _LEANING:
                yield place, place + 1
    for place, _ in opened:  # its partner stands in another sentence
        if place < last:
            yield place, last


def _touches_next(words: Sequence[Word], place: int) -> bool:
    """Return whether a word is written together with the next one (well-known, Q&A), or held to it by a hyphen."""
    if place + 1 == len(words):
        return False
    word, following = words[place], words[place + 1]
    is_hyphen = following.text in _HYPHENS or word.text in _HYPHENS
    if not following.text.isascii():
        return is_hyphen and word.text not in _DASHES
    return is_hyphen or (word.end == following.start and following.text not in NO_SPACE_BEFORE | COMMAS)


def _is_figure(word: Word) -> bool:
    is_ordinal = word.text[0] == _ORDINAL and word.text[1:2] in HAN_NUMERALS
    return is_ordinal or begins_with_number(word) or is_time(word)


def coordinators(words: Sequence[Word]) -> list[int]:
    """Return the places of words that are kept with the word before them: what joins the parts of a list.

    Of 甲、乙、丙三县 the parts in front may not be left out: 丙三县 would be another thing.
    """
    return [
        place
        for place, word in enumerate(words)
        if place and (word.text.lower() in _COORDINATORS or words[place - 1].text == "、")
    ]


def bridges(words: Sequence[Word]) -> list[int]:
    """Return the places of words without which their two neighbours would read as one: coordinators and the like."""
    inner = range(1, len(words) - 1)
    return [place for place in inner if words[place].text.lower() in _COORDINATORS | _BRIDGES]


def articles(words: Sequence[Word], verbs: Sequence[int]) -> tuple[list[int], list[int]]:
    """Return the places of English articles and possessives, and of what none of them stands right before."""
    wrong = _LITTLE_WORDS | _PREPOSITIONS["en"]
    no_nouns = {place for place, word in enumerate(words) if not is_word(word.text) or word.text.lower() in wrong}
    return [place for place, word in enumerate(words) if word.text.lower() in _ARTICLES], sorted(no_nouns | {*verbs})


def unfinished_clauses(words: Sequence[Word], language: Language) -> list[int]:
    """Return the numbers of the clauses that a main clause has to follow: what begins with "if", but for the last."""
    clauses = clauses_of(words)
    return [
        int(clauses[place])
        for place, word in enumerate(words)
        if word.text.lower() in _SUBORDINATORS[language] | {"as"}
        and (not place or clauses[place - 1] != clauses[place])
        and clauses[place] != clauses[-1]
    ]


def goes_on(words: Sequence[Word], verbs: Sequence[int], is_noun: Sequence[bool], language: Language) -> list[int]:
    """Return the places of words that are not kept without the next one.

    A preposition keeps the word it stands before; an English auxiliary its verb, and an English noun or adjective the
    noun behind it (river water level).

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
        is_open |= language == "zh" and is_noun[place] and is_noun[place + 1] and _is_part_of_name(word, following)
        if language == "en":
            is_plain = is_noun[place + 1] and behind not in _LITTLE_WORDS and not behind.endswith("ly")
            is_open |= is_plain and text not in _ARTICLES and not is_time(following)
            is_open |= place in of_verbs and behind in _ARTICLES
            is_open |= text in ("a", "an")  # which of the two depends on the word behind
        if is_open:
            found.append(place)
    return found


def _is_part_of_name(word: Word, following: Word) -> bool:
    """Return whether a Chinese noun of one character goes on in the next: jieba cuts names that it does not know."""
    is_character = len(word.text) == 1 and not word.text.isascii() and word.end == following.start
    return is_character and word.text not in UNITS | _LINKS["zh"] | _TAILS["zh"] and not begins_with_number(word)


def objects(words: Sequence[Word], verbs: Sequence[int], is_noun: Sequence[bool]) -> list[int]:
    """Return the places of verbs with an object right behind them: something of their clause has to follow."""
    last = len(words) - 1
    return [
        place
        for place in verbs
        if place < last
        and (words[place + 1].text in "《「“" or (is_noun[place + 1] and is_word(words[place + 1].text)))
    ]


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
    wrong = _TAILS[language] | _FURTHER[language] | (_COPULAS["zh"] if language == "zh" else frozenset())
    found = [word.text.lower() in wrong or word.text in COMMAS for word in words]
    return np.array([False, *found[1:]][: len(found)], bool)


def cannot_end(words: Sequence[Word], language: Language) -> NDArray[np.bool_]:
    """Return which words a sentence does not end with unless it did before, (T,)."""
    wrong = _LINKS[language] | ATTRIBUTED[language] | _SUBORDINATORS[language]
    found = [word.text.lower() in wrong or word.text in COMMAS for word in words]
    if found:
        found[-1] = words[-1].text in COMMAS
    return np.array(found, bool)


def main_verbs(words: Sequence[Word], verbs: Sequence[int], language: Language) -> list[int]:
    """Return the places of the verbs that are in no subordinate clause and, in Chinese, predicates of their clause."""
    inside = {
        place
        for opener, end in governed_spans(words, verbs, language)
        if words[opener].text.lower() in _SUBORDINATORS[language]
        for place in range(opener, end)
    }
    clauses = clauses_of(words)
    if language == "zh":  # 面对洪水, 通过投票: a clause that begins with a preposition
        phrases = {int(clauses[place]) for place in range(len(words)) if _begins_phrase(words, clauses, place)}
        outside = [place for place in verbs if place not in inside and int(clauses[place]) not in phrases]
        return [
            place
            for number in range(int(clauses.max(initial=-1)) + 1)
            for place in _predicates(words, outside, clauses == number)
        ]
    outside = [place for place in verbs if place not in inside]
    in_first = [place for place in outside if clauses[place] == 0]
    return in_first or [place for place in outside if not place or clauses[place - 1] != clauses[place]] or outside


def _predicates(words: Sequence[Word], verbs: Sequence[int], is_inside: NDArray[np.bool_]) -> list[int]:
    """Return the verbs of a Chinese clause that are said of its subject, not of a noun behind 的.

    They stand behind the last 的 with a verb before it: 来访的总统发表讲话. Where none does, the first verb is the
    predicate and what 的 ends is its object's: 会见来访的总统.
    """
    own = [place for place in verbs if is_inside[place]]
    inside = np.flatnonzero(is_inside).tolist()
    attributes = [place for place in inside if words[place].text == "的" and own and own[0] < place]
    return own if not attributes else [place for place in own if place > attributes[-1]] or own[:1]


def subordinate_spans(words: Sequence[Word], verbs: Sequence[int], language: Language) -> Iterator[tuple[int, int]]:
    """Yield first place and place behind the last of subordinate clauses that have a verb; "as" may open one."""
    clauses = clauses_of(words)
    for place, word in enumerate(words):
        end = int(np.searchsorted(clauses, clauses[place], side="right"))
        opens = word.text.lower() in _SUBORDINATORS[language] | {"as"}
        if opens and any(place < verb < end for verb in verbs):
            yield place, end


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

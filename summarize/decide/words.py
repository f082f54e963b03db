"""The words of a sentence with their places, and the lists of words that fusion and compression both ask for.

The lists are closed: what they lack is not recognized. For fusion that is why a pair has to pass several of them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarize.document import Document, Language
from summarize.text.grammar import word_set
from summarize.text.marks import PARENTHESIS_PAIRS, QUOTE_PAIRS, TITLE_PAIRS
from summarize.text.normalization import normalize
from summarize.text.tokenization import tokenize


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


ATTRIBUTED = {  # a thought of somebody, not of the text
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
CONDITION = {
    "zh": word_set(
        "如果 若 若是 如若 假如 假若 假使 假设 倘若 倘使 要是 只要 除非 一旦 即使 即便 哪怕 无论 "
        "不论 不管 只有 否则 万一 的话 除外"
    ),
    "en": word_set("if unless until till provided whenever would once while whereas"),
}
MODALITY = {
    "zh": word_set(
        "可能 或 或许 或将 或者 也许 大概 恐怕 应 应当 应该 该当 必须 必需 须 需 需要 可 可以 能 "
        "能够 会 将 将要 将会 拟 计划 打算 准备 有望 预计 预期 料 想 想要 要 愿 愿意 希望 期望 试图 "
        "企图 有意 考虑 似乎 好像 仿佛 未必 不妨 理应 务必 允许 禁止 拒绝 "
        "有可能 很可能 极有可能 可望 料将 势必 必将 须要 不得 得以 准许 获准 意欲 意在 旨在 "
        "力争 争取 力图 谋求 寻求 恐 恐将 想必 应予 理当 势将 尚待 有待 预估 预测 "
        "预告 宜 不必 不用 无需 不一定 倾向 "
        "尽量 尽可能 力求 尝试 要想 本可 本应 有权 有资格 拟定 暂定 预定 "
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
NEGATION = {
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
_NOT_NEGATED = word_set("不断 不仅 不久 不少 不同 不动产 不锈钢 无人机 无线 无锡 未来 非洲 非遗 非常 没收 不良")
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
_DATE = re.compile(r"\d{4}|\d{4}年.*|\d{1,2}月.*|\d{1,2}[日号]")
HAN_NUMERALS = "一二三四五六七八九十百千万亿两几数半"
PAIRS = QUOTE_PAIRS | TITLE_PAIRS | PARENTHESIS_PAIRS


def is_time(word: Word) -> bool:
    """Return whether a word says when."""
    return word.text.lower() in _TIME_WORDS or _DATE.fullmatch(word.text) is not None


def says(found: Sequence[Word], what: dict[str, frozenset[str]], language: Language) -> bool:
    """Return whether one of the words is in a list."""
    return any(word.text.lower() in what[language] for word in found)


def denies(words: Sequence[Word], language: Language) -> bool:
    """Return whether one of the words negates."""
    return says(words, NEGATION, language) or any(is_negated(word.text, language) for word in words)


def is_negated(word: str, language: Language) -> bool:
    """Return whether a word holds a negation: 不能, didn't."""
    if language == "en":
        return word.endswith(("n't", "n’t"))
    return len(word) > 1 and word[0] in _NEGATION_BEGINS and word not in _NOT_NEGATED


def begins_with_number(word: Word) -> bool:
    """Return whether a word begins with a digit or a Chinese numeral."""
    return word.text[0].isdigit() or word.text[0] in HAN_NUMERALS

"""Queries: the words to search for, and the kind of answer that a question expects."""

from dataclasses import dataclass
from functools import cache

from summarize.lexicon import NOTHING_SAID, Lexicon
from summarize.text.language import HAN_RUN
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.tokenization import is_word, tokenize
from summarize.text.word_classes import words_of_all

# Words of a request that say what to do with a text, not what of it is wanted.
_REQUESTS = """
summarize summarise summary summaries discuss discusses discussed discussing discussion discussions describe mention
mentions mentioned explain talk talks talked say says said tell told think thinks thought opinion opinions about
according text passage article author writer people please main mainly much many
总结 概括 摘要 归纳 介绍 讲述 讨论 谈论 谈到 提到 说到 讲到 说明 描述 关于 有关 对于 说 讲 谈 请问 告诉
认为 觉得 知道 看法 观点 意思
下列 以下 下面 哪项 哪个 哪些 哪种 哪一项 正确 文章 文中 本文 上文 短文 这段话 全文 作者 内容 情况 方面 主要
什么 什么样 怎么样 怎么办 怎么回事 有没有 一下 可以 时候 到底 究竟 再 人 多
"""
_REQUESTING = frozenset(_REQUESTS.split())
_FUNCTION_CLASSES = (
    *("preposition", "article", "demonstrative", "possessive", "subject_pronoun", "anaphor", "person", "copula", "be"),
    *("have", "do", "modal", "infinitive", "additive", "alternative", "question", "question_particle", "structural"),
    *("aspect", "tone_particle", "genitive", "relative", "pointing"),
)
_WANTS = {
    "number": lazy_pattern(
        r"多少|几|多[大高长远久重]|百分之|\bhow (?:many|much|old|long|far|large|high|often)\b|\bnumbers?\b"
    ),
    "time": lazy_pattern(
        r"什么时候|何时|哪[一]?[年月天日]|几[点月号年]|时间|日期|\bwhen\b|\bwhat (?:time|date|year|day)\b|\bdates?\b"
    ),
    "reason": lazy_pattern(r"为什么|为何|原因|怎么会|理由|\bwhy\b|\breasons?\b|\bcauses?\b"),
}
WANTED_KINDS = tuple(_WANTS)
_ENGLISH_ENDINGS = ("'s", "’s", "ies", "ing", "ed", "es", "ly", "s")
_MIN_STEM = 3  # letters


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked.

    Args:
        text: as the user has put it.
        terms: the distinct search terms, in order: simplified, lower-cased, without question words.
        pairs: the distinct pairs of Chinese characters that stand together in the words to look for.
        wants: which of `WANTED_KINDS` a good answer has.
    """

    text: str
    terms: tuple[str, ...]
    pairs: tuple[str, ...]
    wants: frozenset[str]


def read_query(text: str, lexicon: Lexicon = NOTHING_SAID) -> Query:
    """Parse a query; one without content words has no terms.

    Args:
        text: the query.
        lexicon: which words are never cut, and which say nothing.
    """
    normalized = normalize(text).lower()
    words = [token for token in tokenize(normalized, lexicon.own) if is_word(token)]
    ignored = _ignored() | lexicon.stop_words
    terms = tuple(dict.fromkeys(word for word in words if word not in ignored))
    pairs = dict.fromkeys(pair for term in terms for run in HAN_RUN.findall(term) for pair in character_pairs(run))
    wants = frozenset(kind for kind, pattern in _WANTS.items() if pattern.search(normalized))
    return Query(text, terms, tuple(pairs), wants)


@cache
def _ignored() -> frozenset[str]:
    return _REQUESTING | words_of_all(*_FUNCTION_CLASSES)


def character_pairs(run: str) -> list[str]:
    """Return the pairs of characters that stand together in a run, in order."""
    return [run[index : index + 2] for index in range(len(run) - 1)]


def stem(word: str) -> str:
    """Return an English word without its ending, roughly: `batteries` and `battery` have one stem, as have other words.

    Any other word is its own stem.
    """
    if not word.isascii():
        return word
    for ending in _ENGLISH_ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            found = word.removesuffix(ending)
            if ending in ("ing", "ed") and found[-1] == found[-2]:  # planned
                found = found[:-1]
            word = found + "y" * (ending == "ies")
            break
    return word.removesuffix("e") if len(word) > _MIN_STEM else word

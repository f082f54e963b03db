"""What a corpus has shown about words: which begin a predicate, and which two nouns make one name.

Fusion asks before it leaves a subject out or puts a name before a noun. No tagger runs: both answers were counted
(`summarize.train.grammar`) and are looked up.
"""

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.text.vocabulary import Vocabulary

# Levels of `Grammar.predicates`.
NEVER, NOUN_TOO, LIKELY, OFTEN = 0, 1, 2, 3


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written with spaces."""
    return frozenset(words.split())


HELPING_WORDS = word_set(  # begin predicates but only help their verbs, and never end a subject
    "将 会 在 于 从 向 对 把 被 由 为 给 以 因 也 还 又 已 就 都 均 共 仍 正 曾 可 能 应 应当 "
    "应该 不 没 没有 未 是 有 则 并 且 再 更 最 先 已经 正在 将要 必须 可以 要 需 需要 不断 "
    "进一步 通过 根据 按照 每次 首次 曾经 目前 的 此外 所 来 去 能够 得以 陆续 随后 同时 一直 "
    "再次 全部 共同 分别 继续 主要 较 很 非常 十分 尤其 特别 更加 仅 只 才 即 便 亦 皆 却 而 "
    "以及 与 和 跟 同 还会 还要 也是 还是 就是 都是 只是 不是 属于 称为 做为 作为 按 据 经 随 自 "
    "自从 向着 朝 往 当 比 除 连 让 使 令 请 所以 用 凭 凭借 借助 依托 依靠 围绕 针对 利用 沿 "
    "沿着 趁 率 受 全程 全年 累计 总计 合计 平均 连续 先后 逐渐 逐步 日益 联合 独自 亲自 当场 "
    "首先 正式 成功 自动 also then later now soon quickly finally already eventually is are was "
    "were be been being has have had do does did will would can could may might must shall "
    "should to not still just only ever never always often all both each "
)


def pair_code(left: str, right: str) -> int:
    """Return 32 bits that stand for two words in a row; of 300,000 pairs one in 14,000 others looks like one."""
    return zlib.crc32(f"{left}\t{right}".encode())


@dataclass(frozen=True, slots=True)
class Grammar:
    """Counted knowledge about the words of a vocabulary.

    Args:
        vocabulary: the words.
        predicates: uint8 (V,), how surely a word begins a predicate: `NEVER`, `NOUN_TOO` (研究), `LIKELY` (it can be a
            verb) or `OFTEN` (it was seen to).
        compounds: uint32 (C,), rising: `pair_code` of two nouns that stand together in text (世界杯 冠军), and of the
            last character of the first and the second (杯 冠军).
    """

    vocabulary: Vocabulary
    predicates: NDArray[np.uint8]
    compounds: NDArray[np.uint32]

    def predicate_level(self, word: str) -> int:
        """Return how surely a word, lower-cased and in Simplified characters, begins a predicate."""
        return self._level(word) if word in self.vocabulary else self.level_of_parts(word)

    def level_of_parts(self, word: str) -> int:
        """Return how surely a word that is not in the dictionary does: if it is two that do (仅用, 培育出)."""
        parts = ((word[:cut], word[cut:]) for cut in range(1, len(word)))
        return max((min(self._level(left), self._level(right)) for left, right in parts), default=NEVER)

    def _level(self, word: str) -> int:
        return int(self.predicates[self.vocabulary.encode(word)[0]]) if word in self.vocabulary else NEVER

    def makes_compound(self, left: str, right: str) -> bool:
        """Return whether two nouns in this order make one name."""
        return self._has(pair_code(left, right)) or self._has(pair_code(left[-1:], right))

    def _has(self, code: int) -> bool:
        place = int(np.searchsorted(self.compounds, np.uint32(code)))
        return place < len(self.compounds) and int(self.compounds[place]) == code


def check_grammar(grammar: Grammar) -> None:
    """Raise ValueError unless the arrays are those of the vocabulary, of the right types and in order."""
    arrays: tuple[tuple[NDArray[Any], type], ...] = ((grammar.predicates, np.uint8), (grammar.compounds, np.uint32))
    if any(array.dtype != dtype or array.ndim != 1 for array, dtype in arrays):
        raise ValueError("its grammar has arrays of the wrong type")
    if len(grammar.predicates) != len(grammar.vocabulary):
        raise ValueError(f"its grammar is not that of a vocabulary of {len(grammar.vocabulary)}")
    if not (grammar.compounds[1:] > grammar.compounds[:-1]).all():
        raise ValueError("the compounds of its grammar are not in order")

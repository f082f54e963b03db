"""Chinese word segmentation with rjieba, which implements jieba's dictionary search in Rust (MIT licence).

Of jieba's two steps (`cutting`) it takes the first one, where most of the time goes: the most probable way to cut a
block into words of the dictionary. It adds the same numbers in the same order, so that of ways that differ by the
rounding alone, as 一一 | 一 and 一 | 一一, it takes the same one. What stays single is left to `cutting`: the
probabilities of rjieba's hidden Markov model are rounded, and it joins letters and marks in other ways. So are
characters that are marks to jieba and not to rjieba.
"""

from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Protocol

from summarize.text.cutting import MAX_RUNS, WordSegmenter
from summarize.text.patterns import lazy_pattern

_BETWEEN = "\x1f"  # words, while their singles are cut
# What rjieba makes words of and jieba does not, what has no UTF-8, and what stands between words.
_HIDDEN = lazy_pattern(f"[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\ud800-\udfff\U00020000-\U0003ffff{_BETWEEN}]")
# Two words and more that stayed single: a Chinese character, a mark, or letters and digits, which rjieba joins.
_SINGLE = r"(?:[\u4e00-\u9fd5+#&._%\-]|[a-zA-Z0-9]+)"
_SINGLES = lazy_pattern(f"(?<![^{_BETWEEN}]){_SINGLE}(?:{_BETWEEN}{_SINGLE})+(?![^{_BETWEEN}])")
# jieba's list of words has one twice, of frequency 3, and the sum of all frequencies, by which each is divided, counts
# both; that of rjieba counts one. A word that stands in no text makes up for the other.
_NO_WORD, _LACKING = "\ue000", 3
# Blocks that are cut in another way if the sum is a little other: of two ways one is better by the rounding alone.
_ROUNDED = (
    "咝咝咝大战谁知犯人换上退回水泵军营深圳提起预先向往黄陵深处鱼类冷静许可没事贪污无限娘家革命",
    "听听听成员回到属于进来安排相似伟大年间开展手段命运依靠全球说话那里观念某些抗战对方团体创新",
    "糊糊糊说法真是面积行使解放山地职业说话委员风格见到门外知识厘米今年校名搜狐农村本身动物朝鲜",
)


class Jieba(Protocol):
    """What is asked of rjieba."""

    def cut(self, text: str, hmm: bool = True) -> list[str]:
        """Return the words of a text, with the hidden Markov model or without."""
        ...

    def add_word(self, word: str, freq: int | None, tag: str | None) -> int:
        """Add a word of a frequency and a class."""
        ...


def make_fast_segmenter(jieba: Jieba, own: WordSegmenter) -> "FastWordSegmenter | None":
    """Return what cuts as `own` does, but faster; None if this rjieba cannot be made to.

    Args:
        jieba: rjieba; a word is added to it that stands in no text.
        own: cuts what stays single.
    """
    jieba.add_word(_NO_WORD, _LACKING, None)
    fast = FastWordSegmenter(jieba, own)
    return fast if all(fast.cut(text) == own.cut(text) for text in _ROUNDED) else None


class FastWordSegmenter:
    """Cuts text as `cutting.WordSegmenter` does, several times as fast.

    Args:
        jieba: rjieba, made ready by `make_fast_segmenter`.
        own: cuts what stays single.
    """

    def __init__(self, jieba: Jieba, own: WordSegmenter) -> None:
        self._cut = jieba.cut
        self._own = own
        self._recut = lru_cache(MAX_RUNS)(self._cut_singles)

    def cut(self, text: str) -> list[str]:
        """Return the words of `text`, white space and punctuation included; joined, they give `text`."""
        shown = _HIDDEN.sub("。", text)
        words = _BETWEEN.join(self._cut(shown, False))
        found = _SINGLES.sub(lambda singles: self._recut(singles.group()), words).split(_BETWEEN) if words else []
        if shown != text:
            found = [text[start:end] for start, end in pairwise(accumulate(map(len, found), initial=0))]
        return found

    def _cut_singles(self, singles: str) -> str:
        return _BETWEEN.join(self._own.cut_singles(singles.replace(_BETWEEN, "")))

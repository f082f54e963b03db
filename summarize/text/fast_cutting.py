"""Chinese text to words by rjieba, which is jieba's algorithm and data in Rust (MIT licence): the words of `cutting`.

It has jieba's dictionary and model, adds in the same order and decides ties alike, but departs from jieba 0.42.1 in
two places, where it is not followed:

    later ideographs    (㐀, 鿖, 𠀀) make words there; to jieba they are marks, and so they are hidden from it
    - . _ + # & %       may join the letters and digits around them to one word there; what lies between Chinese
                        characters and has such a mark is cut anew as jieba cuts it
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate, pairwise

from summarize.text.cutting import LATIN_RUN
from summarize.text.patterns import lazy

# What rjieba makes words of and jieba does not; and what has no UTF-8.
_HIDDEN = lazy("[\u3400-\u4dbf\u9fd6-\u9fff\uf900-\ufaff\ud800-\udfff\U00020000-\U0003ffff]")
_MARK_OF_BLOCK = lazy(r"[+#&._%\-]")
_ASCII_RUN = lazy(r"[a-zA-Z0-9+#&._%\-]+")
ASCII_WORDS = frozenset(["AT&T", "C#", "C++", "c#", "c++"])  # of the dictionary, that have such a mark


class FastCutter:
    """Cuts text as `cutting.WordCutter` does, fifteen times as fast.

    Args:
        cut: that of rjieba.
    """

    def __init__(self, cut: Callable[[str], list[str]]) -> None:
        self._cut = cut

    def cut(self, text: str) -> list[str]:
        """Return the words of `text`, white space and punctuation included; joined, they give `text`."""
        shown = _HIDDEN.sub("。", text)
        words = self._cut(shown)
        if shown != text:
            bounds = accumulate(map(len, words), initial=0)
            words = [text[start:end] for start, end in pairwise(bounds)]
        return list(_recut(words, text)) if _MARK_OF_BLOCK.search(text) else words


def _recut(words: list[str], text: str) -> Iterator[str]:
    """Yield the words of a text, those cut as jieba does that are ASCII with marks in between."""
    bounds = list(accumulate(map(len, words), initial=0))
    done = 0
    for run in _ASCII_RUN.finditer(text):
        if run.group().isalnum():
            continue
        first, end = bisect_left(bounds, run.start()), bisect_right(bounds, run.end()) - 1
        yield from words[done:first]  # a word may reach over an end of the run: A股
        part = ""
        for word in words[first:end]:
            if word in ASCII_WORDS:
                yield from filter(None, LATIN_RUN.split(part))
                yield word
                part = ""
            else:
                part += word
        yield from filter(None, LATIN_RUN.split(part))
        done = max(first, end)
    yield from words[done:]

"""Hypothesis strategies and settings that several tests share."""

from typing import Any

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as st_np
from numpy.typing import NDArray

few_examples = settings(max_examples=30)  # where one takes long, or the test runs for several cases

# Any text that can be decoded, and one rich in what texts are made of.
any_texts = st.text(max_size=200)
marked_texts = st.text(
    st.sampled_from("ab AB01年天下雨。！？.!?…，,;“”\"'（）()[]#*-·—\t\n\r\u3000\u2028"), max_size=120
)

_ENGLISH_WORDS = ("the", "river", "rose", "city", "flood", "3.5%", "2018", "don't", "Mr. Li", "well-known", "night")
_CHINESE_WORDS = ("河水", "上涨", "城市", "我们", "2018年", "Apple", "，", "今天", "下雨", "了")


def _sentence(words: list[str], stop: str, quotes: str) -> str:
    body = (" " if words[0] in _ENGLISH_WORDS else "").join(words)
    return f"{quotes[:1]}{body[0].upper()}{body[1:]}{stop}{quotes[1:]}"


english_sentences = st.builds(
    _sentence,
    st.lists(st.sampled_from(_ENGLISH_WORDS), min_size=1, max_size=7),
    st.sampled_from([".", "!", "?"]),
    st.sampled_from(["", "", "", '""', "“”", "()"]),
)
chinese_sentences = st.builds(
    _sentence,
    st.lists(st.sampled_from(_CHINESE_WORDS), min_size=1, max_size=7),
    st.sampled_from(["。", "！", "？", "……", "!", ". "]),
    st.sampled_from(["", "", "", "“”", "「」", "（）"]),
)


@st.composite
def articles(draw: st.DrawFn, max_sentences: int = 12) -> str:
    """A text of sentences in either language or in both, in paragraphs, perhaps under a heading; never empty."""
    kind = draw(st.sampled_from([english_sentences, chinese_sentences, english_sentences | chinese_sentences]))
    parts = [draw(st.sampled_from(["", "", "# Floods\n\n", "洪水\n\n"]))]
    for sentence in draw(st.lists(kind, min_size=1, max_size=max_sentences)):
        parts += [sentence, draw(st.sampled_from([" ", " ", "\n", "\n\n", ""]))]
    return "".join(parts)


def arrays(*shape: int, low: float = -3, high: float = 3) -> st.SearchStrategy[NDArray[np.float64]]:
    """Arrays of tame numbers, with few of them drawn one by one."""
    return st_np.arrays(np.float64, shape, elements=st.floats(low, high, width=32), fill=st.floats(low, high, width=32))


def masks(*shape: int) -> st.SearchStrategy[NDArray[np.bool_]]:
    """Masks of any kind: all True, all False, mixed."""
    return st_np.arrays(np.bool_, shape)


@st.composite
def rows_of_ids(draw: st.DrawFn, num_ids: int, max_rows: int = 8, max_length: int = 10) -> list[list[int]]:
    """Sentences as lists of ids below `num_ids`; some are empty."""
    row: Any = st.lists(st.integers(0, num_ids - 1), max_size=max_length)
    return draw(st.lists(row, min_size=1, max_size=max_rows))

"""Chinese word segmentation: jieba's algorithm (MIT licence) on jieba's data, in linear time and faster than jieba.

jieba cuts a block in two steps. Of all ways to cut it into words of the dictionary it takes the most probable:

    best(start) = max over words block[start:end] of  log(frequency / total) + best(end)

Then each run of characters that stayed single goes through a hidden Markov model, which finds words that are in
no dictionary, such as names. Ties are decided as jieba decides them, and floats are added in the same order.

Departs from jieba: its Viterbi search copies the path at every character, so that 100,000 characters without a
word among them take minutes; here each step is remembered once. The result is the same.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from itertools import pairwise
from math import inf, log

from summarize.text.dictionary import Loaded, WordDictionary
from summarize.text.dictionary_cache import NEVER, TAGS, HiddenMarkovModel
from summarize.text.patterns import lazy_pattern

# The patterns of jieba 0.42.1.
_BLOCK = lazy_pattern(r"([\u4e00-\u9fd5a-zA-Z0-9+#&\._%\-]+)")
_BETWEEN_BLOCKS = lazy_pattern(r"\r\n|.", re.DOTALL)
_HAN_RUN = lazy_pattern(r"([^\0-\x7f]+)")  # in a block
_LATIN_RUN = lazy_pattern(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")

_UNSEEN = (NEVER,) * len(TAGS)
MAX_RUNS = 2**14  # of characters that stay single, whose words are remembered, some 3 MB: half of them come again


class _LogProbabilities(dict[int, float]):
    """Frequency to log(frequency / total), worked out when first asked for; few frequencies are distinct."""

    def __init__(self, total: int) -> None:
        self._log_total = log(total)

    def __missing__(self, frequency: int) -> float:
        self[frequency] = log(frequency) - self._log_total
        return self[frequency]


class WordSegmenter:
    """Cuts text as `jieba.cut` does.

    Args:
        dictionary: the words and the model; what a text needs of them is loaded as the text comes.

    Attributes:
        cut_singles: returns the words of a run of characters of one block that the dictionary left single.
    """

    def __init__(self, dictionary: WordDictionary) -> None:
        self._dictionary = dictionary
        self._log_probability = _LogProbabilities(dictionary.total)
        self.cut_singles: Callable[[str], tuple[str, ...]] = lru_cache(MAX_RUNS)(self._cut_singles)

    def cut(self, text: str) -> list[str]:
        """Return the words of `text`, white space and punctuation included; joined, they give `text`."""
        loaded = self._dictionary.load(text)
        words: list[str] = []
        for index, piece in enumerate(_BLOCK.split(text)):
            words += self._cut_block(piece, loaded) if index % 2 else _BETWEEN_BLOCKS.findall(piece)
        return words

    def _cut_block(self, block: str, loaded: Loaded) -> list[str]:
        words: list[str] = []
        start = single_start = 0  # the characters from `single_start` to `start` stayed single
        for end in self._path(block, loaded):
            if end - start > 1:
                if single_start < start:
                    words += self.cut_singles(block[single_start:start])
                words.append(block[start:end])
                single_start = end
            start = end
        if single_start < start:
            words += self.cut_singles(block[single_start:])
        return words

    def _path(self, block: str, loaded: Loaded) -> Iterator[int]:
        """Yield where the words end of the most probable way to cut a block into words of the dictionary."""
        frequency_of = loaded.frequencies.get
        log_probability = self._log_probability
        length_chars = len(block)
        best = [0.0] * (length_chars + 1)
        ends = [0] * length_chars  # of the most probable word from each place on
        for start in range(length_chars - 1, -1, -1):
            best_end = start + 1
            frequency = frequency_of(block[start])
            # An unknown character counts as seen once. One that only begins words is no word, unless none does here.
            best_score = log_probability[frequency or 1] + best[best_end] if frequency != 0 else -inf
            if frequency is not None:
                for end in range(start + 2, length_chars + 1):
                    frequency = frequency_of(block[start:end])
                    if frequency is None:  # no word begins like this
                        break
                    if frequency:
                        score = log_probability[frequency] + best[end]
                        if score >= best_score:  # of equal ways jieba takes the longer word
                            best_score, best_end = score, end
            if best_score == -inf:
                best_score = log_probability[1] + best[start + 1]
            best[start] = best_score
            ends[start] = best_end
        tag = 0
        while tag < length_chars:
            tag = ends[tag]
            yield tag

    def _cut_singles(self, run: str) -> tuple[str, ...]:
        """Return the words that the model finds in a run of characters that the dictionary left single."""
        loaded = self._dictionary.load(run) if len(run) > 1 else None
        if loaded is None or loaded.frequencies.get(run):
            return tuple(run)  # a word of the dictionary was less probable than its characters
        words: list[str] = []
        for index, piece in enumerate(_HAN_RUN.split(run)):
            if index % 2:
                ends = _word_ends(piece, loaded.model)
                words += [piece[start:end] for start, end in pairwise([0, *ends])]
            else:
                words += filter(None, _LATIN_RUN.split(piece))
        return tuple(words)


def _word_ends(run: str, model: HiddenMarkovModel) -> list[int]:
    """Return where the words of `run`, which is not empty, end on the most probable path through the model.

    The four places are written out, because each can follow two others only. Of equal paths jieba takes the one
    through the later letter; equality is common, since `NEVER` swallows what is added to it.
    """
    b_to_m, b_to_e, m_to_m, m_to_e, e_to_b, e_to_s, s_to_b, s_to_s = model.transition
    emission_of = model.emission.get
    b, m, e, s = (start + emitted for start, emitted in zip(model.start, emission_of(run[0], _UNSEEN), strict=True))
    came_from: list[tuple[str, str, str, str]] = []  # the place before B, M, E and S, from the second on
    for character in run[1:]:
        b_here, m_here, e_here, s_here = emission_of(character, _UNSEEN)
        b_after_e, b_after_s = e + e_to_b + b_here, s + s_to_b + b_here
        m_after_b, m_after_m = b + b_to_m + m_here, m + m_to_m + m_here
        e_after_b, e_after_m = b + b_to_e + e_here, m + m_to_e + e_here
        s_after_e, s_after_s = e + e_to_s + s_here, s + s_to_s + s_here
        b, before_b = (b_after_s, "S") if b_after_s >= b_after_e else (b_after_e, "E")
        m, before_m = (m_after_m, "M") if m_after_m >= m_after_b else (m_after_b, "B")
        e, before_e = (e_after_m, "M") if e_after_m >= e_after_b else (e_after_b, "B")
        s, before_s = (s_after_s, "S") if s_after_s >= s_after_e else (s_after_e, "E")
        came_from.append((before_b, before_m, before_e, before_s))

    tag = "S" if s >= e else "E"
    ends = [len(run)]
    for position in range(len(run) - 1, 0, -1):
        tag = came_from[position - 1][TAGS.index(tag)]
        if tag in "ES":
            ends.append(position)
    ends.reverse()
    return ends

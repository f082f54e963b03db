"""Compression: a sentence without the words that a reader can spare (Knight & Marcu 2002).

The editor says how likely each word is the next one kept after each other; here the likeliest path that fits is found,
among those that break no rule:

    numbers     a number keeps its unit, and both keep what they count; what is counted may stand without them
    negation    没有, 可能, "not", "if" and their like are kept wherever something of their clause is kept
    quotations  what stands between quotation marks or brackets is kept whole or not at all
    edges       a sentence does not begin or end with a comma, a preposition or 的

    value(path) = log P(path) + BONUS x characters      or else the shortest path would be the best

What is kept keeps its order, so a compression is a list of runs of the source.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from summarize.decide import doubt
from summarize.decide.doubt import Word
from summarize.decide.pieces import SPACE, needs_space, source_piece
from summarize.document import Language, Piece

BONUS: dict[Language, float] = {"zh": 0.35, "en": 0.12}
_LONGEST_QUOTE = 30  # words


@dataclass(frozen=True, slots=True)
class Compression:
    """A way to shorten a sentence.

    Args:
        kept: places of the kept words, rising.
        value: its value; larger is better.
        length: characters, with spaces.
    """

    kept: tuple[int, ...]
    value: float
    length: int


def steps_allowed(words: Sequence[Word], language: Language) -> NDArray[np.bool_]:
    """Return which word may be the next one kept after which, (T + 2, T + 2): row 0 is the start, the last column the end.

    Args:
        words: words and marks of a sentence, without its stop.
        language: of the document.
    """
    size = len(words)
    must_follow, must_precede = np.zeros(size + 2, bool), np.zeros(size + 2, bool)
    for first, last in doubt.counted_spans(words, language):
        must_follow[first + 1 : last + 1] = True
    for first, last in doubt.bound_spans(words, language):
        must_follow[first + 1 : last + 1] = True
        must_precede[first + 2 : last + 2] = True
    index = np.arange(size + 2)
    is_next = index[None, :] == index[:, None] + 1
    allowed = index[None, :] > index[:, None]
    allowed &= is_next | ~(must_follow[:, None] | must_precede[None, :])
    clause = np.full(size + 2, -1)
    clause[1:-1] = doubt.clauses_of(words)
    for place in doubt.locked_words(words, language):
        k = place + 1
        over = (index[:, None] < k) & (index[None, :] > k)
        touches = (clause == clause[k])[:, None] | (clause == clause[k])[None, :]
        allowed &= ~(over & touches)
    allowed[0, 1:-1] &= ~doubt.cannot_begin(words, language)
    allowed[1:-1, -1] &= ~doubt.cannot_end(words, language)
    marks = np.zeros(size + 2, bool)
    marks[1:-1] = [word.text in doubt.COMMAS for word in words]
    allowed &= ~(marks[:, None] & marks[None, :])
    allowed[0, -1] = False
    return allowed


def step_costs(text: str, words: Sequence[Word]) -> NDArray[np.int64]:
    """Return what a step to each word costs in characters, (T + 2, T + 2): the word, and a space if one is needed."""
    size = len(words)
    costs = np.zeros((size + 2, size + 2), np.int64)
    costs[:, 1:-1] = [word.end - word.start for word in words]
    for left in range(size):
        for right in range(left + 1, size):
            costs[left + 1, right + 1] += len(_between(text, words[left], words[right], is_next=right == left + 1))
    return costs


def _between(text: str, left: Word, right: Word, *, is_next: bool) -> str:
    """Return what stands between two kept words: the source's own space, or one where two words would touch."""
    if is_next:
        return " " if right.start > left.end and needs_space(left.text, right.text) else ""
    if right.text in doubt.NO_SPACE_BEFORE or left.text in doubt.NO_SPACE_AFTER:
        return ""
    return " " if needs_space(text[left.start : left.end], text[right.start : right.end]) else ""


def best_path(
    log_p: NDArray[np.floating], allowed: NDArray[np.bool_], costs: NDArray[np.int64], *, budget: int, bonus: float
) -> Compression | None:
    """Return the best path that costs at most `budget`; None if there is none.

    Dynamic programming over the last kept word and the characters so far.

    Args:
        log_p: (T + 2, T + 2), log P(t|j).
        allowed: (T + 2, T + 2).
        costs: (T + 2, T + 2), characters.
        budget: most characters.
        bonus: what a character is worth.
    """
    size = len(log_p)
    gain = np.where(allowed, log_p, -np.inf) + bonus * costs
    best = np.full((size, budget + 1), -np.inf)
    came_from = np.zeros((size, budget + 1), np.int64)
    best[0, 0] = 0.0
    for t in range(1, size):
        for j in np.flatnonzero(np.isfinite(gain[:t, t])):
            cost = int(costs[j, t])
            if cost > budget:
                continue
            value = best[j, : budget + 1 - cost] + gain[j, t]
            is_better = value > best[t, cost:]
            best[t, cost:][is_better] = value[is_better]
            came_from[t, cost:][is_better] = j
    length = int(best[-1].argmax())
    value = float(best[-1, length])
    if not np.isfinite(value):
        return None
    kept: list[int] = []
    t, left = size - 1, length
    while t:
        last = int(came_from[t, left])
        left -= int(costs[last, t])
        t = last
        if t:
            kept.append(t - 1)
    return Compression(tuple(reversed(kept)), value, length)


def compressed_pieces(text: str, words: Sequence[Word], kept: Sequence[int]) -> list[Piece]:
    """Return the kept words as runs of the source, with spaces where two would touch."""
    pieces: list[Piece] = []
    for place, (left, right) in enumerate(pairwise([-1, *kept])):
        del place
        word = words[right]
        if left < 0:
            pieces.append(source_piece(text, word.start, word.end))
            continue
        last = pieces[-1]
        between = _between(text, words[left], word, is_next=right == left + 1)
        if right == left + 1 and last.start is not None and text[words[left].end : word.start] == between:
            pieces[-1] = source_piece(text, last.start, word.end)
        else:
            pieces += [SPACE] * len(between) + [source_piece(text, word.start, word.end)]
    return pieces

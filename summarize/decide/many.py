"""The further sentences of a summary as long as a book, in time that grows with the text and not with its square.

As by `choice`, the one of the highest score comes first, but

    each is held against the `NEAR` sentences before it and after it alone, not against all of the text
    none comes in a shorter form

Scores only fall while sentences are chosen, so that the highest of a heap is the highest of all if it has not fallen
since it was put there (Minoux 1978, "Accelerated greedy algorithms"). In the heap stand logarithms in steps of `TIE`:
of scores that differ by no more than another machine may make of them, the earlier sentence comes first.
"""

import math
from heapq import heapify, heappop, heappush
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from summarize.decide.room import Room
from summarize.decide.selection import TIE, GreedySelector
from summarize.document import Document, Draft
from summarize.explanation import Outcome
from summarize.text.pieces import make_whole_draft

NEAR = 500  # sentences


class Chosen(Protocol):
    """Sentences on their way into a summary (`choice`)."""

    document: Document
    greedy: GreedySelector
    drafts: list[Draft]
    last: Outcome

    def take(self, draft: Draft, first: int = 0, end: int | None = None) -> None:
        """Choose a sentence as it is printed by a draft, and hold those from `first` to before `end` against it."""
        ...

    def pass_over(self, index: int, outcome: Outcome) -> None:
        """Leave a sentence out for good."""
        ...


def choose_many(chosen: Chosen, room: Room, costs: NDArray[np.int64], least: float) -> None:
    """Choose sentences while one fits and adds something.

    Args:
        chosen: those that are chosen already.
        room: what is left.
        costs: (S, 3), sentences, characters and words of each.
        least: a sentence of a lower score adds too little.
    """
    document, greedy = chosen.document, chosen.greedy

    def step(index: int) -> tuple[int, int]:
        return -round(math.log(greedy.scores[index]) / TIE), index

    heap = [step(index) for index in np.flatnonzero(greedy.is_open & ~greedy.repeats & (greedy.scores > 0)).tolist()]
    heapify(heap)
    while heap and room.left[0] > 0:
        place, index = heappop(heap)
        if greedy.repeats[index] or greedy.scores[index] <= 0:
            continue
        if (now := step(index))[0] > place:
            heappush(heap, now)
            continue
        if greedy.scores[index] < least:
            chosen.last = "light"
            break
        draft = make_whole_draft(document, index) if room.fits_one(index, costs) else None
        if draft is None or not room.holds(chosen.drafts, draft):
            chosen.pass_over(index, "length")
            continue
        room.take(draft)
        chosen.take(draft, max(0, index - NEAR), min(len(costs), index + 1 + NEAR))

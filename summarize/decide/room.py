"""How much room is left in a summary while it admits up, with what stands between its sentences."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from summarize.document import Document, Draft
from summarize.text.pieces import count_words, drop_repeated_speakers, join_drafts, make_whole_draft, may_have_separator

MUCH_LEFT = 0.35  # of a length: from so much on a shorter form of a sentence is worth a look


class Room:
    """What is left of the bounds of a summary while it admits up.

    Attributes:
        left: sentences, characters and words that may still come; what stands between sentences is not taken off.
    """

    def __init__(self, document: Document, bounds: tuple[int, int, int]) -> None:
        self._document, self._bounds = document, bounds
        self.left: NDArray[np.int64] = np.array(bounds, np.int64)
        self._num = self._num_parted = 0  # of the sentences taken: all, and those that something may stand beside

    def largest_shares(self, costs: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the largest share of each sentence that a form of it can have, (S,); 0 if little is left."""
        is_wide = all(MUCH_LEFT * bound <= left for bound, left in zip(self._bounds[1:], self.left[1:], strict=True))
        shares = (self.left[1:] / np.maximum(1, costs[:, 1:])).min(axis=1)
        return np.asarray(shares if is_wide else np.zeros_like(shares))

    def for_form(self) -> tuple[int, int]:
        """Return most characters and words of a shorter form."""
        return int(self.left[1]) - min(self._num, self._num_parted), int(self.left[2])

    def fits(self, costs: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return whether each whole sentence fits, (S,), if no line has a break on both sides; that says `holds`."""
        found: NDArray[np.bool_] = np.asarray((costs <= self.left).all(axis=1))
        if self._num:  # something stands between sentences
            places = np.flatnonzero(found)
            found[places] = self._fit_beside(places.tolist(), costs[places, 1])
        return found

    def fits_one(self, index: int, costs: NDArray[np.int64]) -> bool:
        """Return what `fits` says of one sentence."""
        fits: bool = (costs[index] <= self.left).all() and (
            not self._num or self._fit_beside([index], costs[index : index + 1, 1])[0]
        )
        return fits

    def _fit_beside(self, indices: Sequence[int], chars: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Return whether sentences of so many characters, (N,), fit with what stands between sentences, (N,)."""
        between = np.minimum(self._num, np.maximum(0, self._num_parted + _are_parted(self._document, indices) - 1))
        return np.asarray(chars + between <= self.left[1])

    def admits(self, drafts: Sequence[Draft], costs: NDArray[np.int64]) -> bool:
        """Return whether sentences still fit when they come one after the other, in this order.

        Args:
            drafts: of whole sentences.
            costs: (S, 3), of each sentence of the document.
        """
        taken: list[Draft] = []
        for draft in drafts:
            if not (self.fits(costs)[draft.indices[0]] and self.holds(taken, draft)):
                return False
            self.take(draft)
            taken.append(draft)
        return True

    def holds(self, drafts: Sequence[Draft], new: Draft) -> bool:
        """Return whether one more fits as all are printed, in this order and in that of the document."""
        most_between = min(self._num, 2 * (self._num_parted + may_have_separator(new)))
        if len(new.text) + most_between <= self.left[1]:
            return True
        orders = ([*drafts, new], sorted([*drafts, new], key=lambda draft: draft.indices))
        found = (join_drafts(self._document, drop_repeated_speakers(self._document, order)) for order in orders)
        return all(sum(len(piece.text) for piece in pieces) <= self._bounds[1] for pieces in found)

    def take(self, draft: Draft) -> None:
        """Take off what a sentence needs."""
        self.left -= (1, len(draft.text), count_words(draft.text))
        self._num += 1
        self._num_parted += may_have_separator(draft)


def _are_parted(document: Document, indices: Sequence[int]) -> NDArray[np.bool_]:
    """Return whether a space or a line break may stand beside each of some whole sentences, (N,)."""
    known = _parted(document)
    for index in indices:
        if index not in known:
            known[index] = may_have_separator(make_whole_draft(document, index))
    return np.array([known[index] for index in indices], np.bool_)


@lru_cache(maxsize=1)  # a summary asks for the same again and again
def _parted(document: Document) -> dict[int, bool]:
    return {}

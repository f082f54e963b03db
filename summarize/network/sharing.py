"""Shared information of sentences, as a share of their information, to detect paraphrases."""

from collections.abc import Iterable
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from summarize.text.terms import DocumentTerms

Floats = NDArray[np.float64]

MIN_COMMON = 4  # words; with fewer two sentences have no more than a subject in common
MAX_INFORMATION = 9.0  # nats of a word: a rare name alone is not all that a sentence says


class SharedInformation:
    """The distinct words of the sentences of a document and how much each says.

    Args:
        terms: the document's terms.
        information: of each term in nats, (terms,), 0 for those that do not count; at most `MAX_INFORMATION` counts.
    """

    def __init__(self, terms: DocumentTerms, information: Floats) -> None:
        self._number_of = {term: number for number, term in enumerate(terms.terms)}
        self._information = np.minimum(information, MAX_INFORMATION)
        counts = [np.unique(terms.sentence(index)) for index in range(terms.num_sentences)]
        self._own = [own[self._information[own] > 0] for own in counts]
        rows = np.repeat(np.arange(len(self._own)), [len(own) for own in self._own])
        columns = np.fromiter(chain.from_iterable(self._own), np.int64, len(rows))
        order = np.argsort(columns, kind="stable")
        self._rows = rows[order]  # of each entry, by term
        self._bounds = np.searchsorted(columns[order], np.arange(len(self._information) + 1))
        self._totals: Floats = np.bincount(rows, self._information[columns], len(self._own)).astype(np.float64)

    def _common(self, index: int, first: int = 0, end: int | None = None) -> Floats:
        """Return the information of the words that each sentence has in common with one, 0 if they are few.

        Args:
            index: of the one.
            first: of the sentences that are looked at.
            end: where these end; None is the end of all.
        """
        end = len(self._own) if end is None else end
        entries = []
        for term in self._own[index]:
            rows = self._rows[self._bounds[term] : self._bounds[term + 1]]  # rising
            entries.append(rows[slice(*np.searchsorted(rows, (first, end)))] - first)
        rows = np.concatenate([np.zeros(0, np.int64), *entries])
        worth = np.repeat(self._information[self._own[index]], [len(part) for part in entries])
        shared = np.asarray(np.bincount(rows, worth, end - first), np.float64)
        return np.where(np.bincount(rows, minlength=end - first) >= MIN_COMMON, shared, 0.0)

    def shared_with(self, index: int) -> Floats:
        """Return the share of what each sentence says that one of them says too, (S,), 0 to 1."""
        return _share(self._common(index), self._totals)

    def information(self, words: Iterable[str]) -> float:
        """Return what some words of the document say, in nats; others say nothing."""
        return float(sum(self._information[self._number_of[word]] for word in words if word in self._number_of))

    def agreement(self, text_of: NDArray[np.int64], counted: Iterable[int], nearness: Floats) -> Floats:
        """Return the share of what each sentence says that a sentence of another text says too, (S,), 0 to 1.

        In each other text the sentence that says most of it counts, and all other texts count alike, except for their
        nearness: texts on two things have common words in common, and agree on nothing.

        Args:
            text_of: the number of each sentence's text, (S,).
            counted: sentences in which it is looked for.
            nearness: how much each text is on one thing with each, (K, K), 0 to 1.
        """
        num_texts = int(text_of.max(initial=0)) + 1
        most = np.zeros((num_texts, len(text_of)))
        for index in counted:
            np.maximum(most[text_of[index]], self.shared_with(index), out=most[text_of[index]])
        near = np.where(np.eye(num_texts, dtype=bool), 0.0, nearness)
        return np.asarray((most * near[:, text_of]).sum(axis=0) / max(1, num_texts - 1))

    def overlap_with(self, index: int, first: int = 0, end: int | None = None) -> Floats:
        """Return the larger of the shares that sentences and one have in common, 0 to 1.

        Args:
            index: of the one.
            first: of the sentences that are looked at.
            end: where these end; None is the end of all.
        """
        return _share(self._common(index, first, end), np.minimum(self._totals[first:end], self._totals[index]))


def _share(part: Floats, total: Floats) -> Floats:
    return np.minimum(1.0, np.divide(part, total, out=np.zeros_like(part), where=total > 0))

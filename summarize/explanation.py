"""Value classes that explain a summary: how sentences were weighed, and the outcome for each."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from summarize.document import AttentionKind, Draft, Piece
from summarize.value import value

Floats = NDArray[np.float64]
ROOT = -1  # the parent of a root
NO_TREE = -2  # the parent of a sentence that may not be chosen and is in no tree

_STEADY_BITS = 33

Outcome = Literal[
    "chosen",
    "heading",
    "apparatus",
    "question",
    "short",
    "superseded",
    "repeats",
    "length",
    "form",
    "light",
    "lighter",
]


def steady(values: ArrayLike) -> Floats:
    """Return numbers of any shape rounded to 33 binary digits, some ten decimal ones.

    Types of processor add up in different orders, and so differ in the fifteenth digit of what they find. What is equal
    but for that is equal then, so that on all of them the same one of several comes first.
    """
    mantissas, exponents = np.frexp(values)  # from 1/2 to below 1, and powers of 2
    return np.asarray(np.ldexp(np.round(mantissas * 2**_STEADY_BITS), exponents - _STEADY_BITS), np.float64)


@value
class SentenceScores:
    """How one kind of attention weighed the S sentences of a document.

    The terms are in nats, relative to the mean of the document's candidates: 0 means no effect. A sentence that may not
    be chosen has weight 0 and terms 0.

    Args:
        weights: attention weight of each sentence, (S,); they sum to 1.
        terms: the contributions to the score of each sentence, (S,) by name. Their sum is the score, and the weights
            are the softmax of the candidates' scores.
        candidates: (S,), True where a sentence may be chosen.
    """

    weights: Floats
    terms: Mapping[str, Floats]
    candidates: NDArray[np.bool_]

    @property
    def scores(self) -> Floats:
        """The sum of the terms of each sentence, (S,)."""
        return np.asarray(np.sum(list(self.terms.values()), axis=0))


class Steps(NamedTuple):
    """The K steps of the sequential attention.

    Args:
        shares: the share of each step, (K,); they sum to 1.
        weights: the attention of each step, (K, S); each row sums to 1. The shares times them are the weights.
    """

    shares: NDArray[np.floating]
    weights: NDArray[np.floating]


class Tree(NamedTuple):
    """The likeliest tree of a document.

    Args:
        parents: the sentence that each sentence hangs from, (S,), `ROOT` or `NO_TREE`.
        weights: the probability of that parent, (S,), 0 to 1; 0 if there is no tree.
    """

    parents: NDArray[np.int64]
    weights: NDArray[np.floating]


@value
class AttentionReport:
    """The attention of each kind to a document, for a summary of a given length.

    Args:
        weighings: by each kind of attention.
        steps: those of the sequential one.
        tree: that of the tree.
    """

    weighings: Mapping[AttentionKind, SentenceScores]
    steps: Steps
    tree: Tree


class WordWeight(NamedTuple):
    """The share of a word in the content of its sentence.

    Args:
        start: offset of the word in the text.
        end: offset after it.
        weight: 0 to 1; the words of a sentence sum to 1.
    """

    start: int
    end: int
    weight: float


class Verdict(NamedTuple):  # there is one per sentence, and a dataclass takes three times as long to create
    """The outcome of the decision for a sentence.

    Args:
        outcome: "chosen", or the reason against it: a "heading", "apparatus", a "question" or too "short", which are
            never chosen; "superseded" by newer figures in another text; "repeats" a chosen sentence; no room within the
            "length"; no acceptable shorter "form"; too "light" to fill the length with; "lighter" than the chosen ones.
        redundancy: the amount subtracted from its weight for redundancy: at the time of choice for a chosen sentence,
            at the end for others.
        like: the chosen sentence that it is most similar to; None if there is none.
    """

    outcome: Outcome
    redundancy: float
    like: int | None


class Answer(Protocol):
    """A summary as it was decided; `decide.choice.Decision` is one, `Summary` another."""

    @property
    def drafts(self) -> Sequence[Draft]:
        """The sentences of the summary in its order."""
        ...

    @property
    def pieces(self) -> Sequence[Piece]:
        """What is printed of them."""
        ...

    @property
    def verdicts(self) -> Sequence[Verdict]:
        """What became of each sentence, (S,)."""
        ...


class Explainer(Protocol):
    """A document that has been read for a summary of a certain length."""

    @property
    def max_target_sentences(self) -> int:
        """The largest target length that changes the weights, in sentences."""
        ...

    def explain(self) -> AttentionReport:
        """Weigh with each kind of attention, and say why."""
        ...

    def word_weights(self) -> list[list[WordWeight]]:
        """Return the words of each sentence, (S,), and how heavy each is in it."""
        ...

    def for_length(self, target_sentences: int) -> "Explainer":
        """Return the same document read for a summary of n sentences, at least 1; itself if it is weighed so."""
        ...


class Explanation:
    """The explanation of a summary. Expensive parts are computed on first use.

    Args:
        reading: the document.
        decide: from a kind of attention, its weights, (S,), and a number of sentences to the summary.
    """

    def __init__(self, reading: Explainer, decide: Callable[[AttentionKind, Floats, int], Answer]) -> None:
        self.reading = reading
        self.decide = decide
        self._accounts: dict[int, AttentionReport] = {}

    @cached_property
    def account(self) -> AttentionReport:
        """How the document was weighed for the length that was asked for."""
        return self.reading.explain()

    @cached_property
    def words(self) -> list[list[WordWeight]]:
        """The words of each sentence, (S,), without marks; empty for a sentence that has none."""
        return self.reading.word_weights()

    def reweigh(self, target_sentences: int) -> AttentionReport:
        """Return how the document is weighed for a summary of n sentences, at least 1; determined once."""
        number = min(target_sentences, self.reading.max_target_sentences)
        if number not in self._accounts:
            reading = self.reading.for_length(number)
            self._accounts[number] = self.account if reading is self.reading else reading.explain()
        return self._accounts[number]

    def answer(self, kind: AttentionKind, num_sentences: int) -> Answer:
        """Return the summary of n sentences, at least 1, as a kind of attention makes it."""
        return self.decide(kind, self.reweigh(num_sentences).weighings[kind].weights, num_sentences)

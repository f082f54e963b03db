"""The values that say why a summary is what it is: how sentences were weighed, and what became of each."""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Literal, NamedTuple, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from summarize.document import AttentionKind, Draft, Piece
from summarize.value import value

Floats = NDArray[np.float64]
ROOT = -1  # the parent of a sentence that hangs from no other
NO_TREE = -2  # the parent of a sentence that may not be chosen, and so hangs nowhere

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
class Weighing:
    """How one kind of attention weighed the S sentences of a document.

    The terms are in nats and relative to the mean of the document's candidates, so that 0 says nothing for or against a
    sentence. What may not be chosen has weight 0 and terms 0.

    Args:
        weights: attention weight of each sentence, (S,); they sum to 1.
        terms: what went into the score of each sentence, (S,) by name. Their sum is the score, and the softmax of the
            scores of the candidates is the weights.
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
        shares: what each step counts, (K,); they sum to 1.
        weights: the attention of each step, (K, S); each row sums to 1. The shares times them are the weights.
    """

    shares: NDArray[np.floating]
    weights: NDArray[np.floating]


class Tree(NamedTuple):
    """The likeliest tree of a document.

    Args:
        parents: the sentence that each sentence hangs from, (S,), `ROOT` or `NO_TREE`.
        weights: how likely that is, (S,), 0 to 1; 0 where there is no tree.
    """

    parents: NDArray[np.int64]
    weights: NDArray[np.floating]


@value
class Account:
    """How a document was weighed for a summary of a certain length.

    Args:
        weighings: by each kind of attention.
        steps: those of the sequential one.
        tree: that of the tree.
    """

    weighings: Mapping[AttentionKind, Weighing]
    steps: Steps
    tree: Tree


class WordWeight(NamedTuple):
    """How much of what a sentence says to the network a word of it says.

    Args:
        start: offset of the word in the text.
        end: offset behind it.
        weight: 0 to 1; the words of a sentence sum to 1.
    """

    start: int
    end: int
    weight: float


class Verdict(NamedTuple):  # one for each sentence of a text, and a dataclass takes three times as long to make
    """What became of a sentence.

    Args:
        outcome: "chosen"; or why not: a "heading", "apparatus", a "question" or too "short", which are never chosen;
            it is "superseded" by a newer text that has other figures; it "repeats" a chosen sentence; the "length" left
            no room for it; no shorter "form" of it was sure to read well; it was too "light" to add something to the
            length; it is "lighter" than what was chosen.
        redundancy: what was taken off its weight for what was already said: for a chosen sentence when it was chosen,
            for others in the end.
        like: the chosen sentence that it was taken off for; None where there is none.
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
    def most_wanted(self) -> int:
        """A longer summary is weighed as one of so many sentences."""
        ...

    def explain(self) -> Account:
        """Weigh with each kind of attention, and say why."""
        ...

    def word_weights(self) -> list[list[WordWeight]]:
        """Return the words of each sentence, (S,), and how heavy each is in it."""
        ...

    def for_length(self, num_wanted: int) -> "Explainer":
        """Return the same document read for a summary of so many sentences, at least 1; itself if it is weighed so."""
        ...


class Explanation:
    """Why a summary is what it is. What takes long is found out when it is first asked for.

    Args:
        reading: the document.
        decide: from weights of a kind of attention, (S,), and a number of sentences, to the summary that they make.
    """

    def __init__(self, reading: Explainer, decide: Callable[[AttentionKind, Floats, int], Answer]) -> None:
        self.reading = reading
        self.decide = decide
        self._accounts: dict[int, Account] = {}

    @cached_property
    def account(self) -> Account:
        """How the document was weighed for the length that was asked for."""
        return self.reading.explain()

    @cached_property
    def words(self) -> list[list[WordWeight]]:
        """The words of each sentence, (S,), without marks; empty for a sentence that has none."""
        return self.reading.word_weights()

    def reweigh(self, num_wanted: int) -> Account:
        """Return how the document is weighed for a summary of so many sentences, at least 1; found out once."""
        number = min(num_wanted, self.reading.most_wanted)
        if number not in self._accounts:
            reading = self.reading.for_length(number)
            self._accounts[number] = self.account if reading is self.reading else reading.explain()
        return self._accounts[number]

    def answer(self, kind: AttentionKind, num_sentences: int) -> Answer:
        """Return the summary of so many sentences, at least 1, as a kind of attention makes it."""
        return self.decide(kind, self.reweigh(num_sentences).weighings[kind].weights, num_sentences)

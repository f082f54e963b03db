"""A text to its summary: the public call, and the steps it is made of."""

from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.budget import UNLIMITED, Budget, sentence_costs
from summarize.decide.fusion import Grammar, fuse_sentences
from summarize.decide.pieces import joined, needs_space, sentence_pieces
from summarize.decide.selection import Choice, select
from summarize.document import (
    ATTENTION_KINDS,
    LANGUAGES,
    ORDERS,
    AttentionKind,
    Document,
    Language,
    Order,
    Summary,
)
from summarize.errors import InputError
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences


class Reading(Protocol):
    """A document that has been read."""

    def weigh(self, kind: AttentionKind) -> NDArray[np.float64]:
        """Return the attention weight of each sentence, (S,), 0 to 1; they sum to 1."""
        ...

    def similarity(self, index: int) -> NDArray[np.float64]:
        """Return the likeness of each sentence to one of them, (S,), 0 to 1."""
        ...


class Scorer(Protocol):
    """Whatever weighs the sentences of a document; `summarize.network.scorer.NetworkScorer` is the trained one."""

    @property
    def default_attention(self) -> AttentionKind:
        """The kind of attention to use unless another is asked for."""
        ...

    @property
    def grammar(self) -> Grammar:
        """What is known about words, for fusion."""
        ...

    def selection(self, kind: AttentionKind) -> SelectionConfig:
        """Return how sentences are chosen by the weights of a kind of attention."""
        ...

    def read(self, document: Document, num_wanted: int) -> Reading:
        """Read a document that has at least one sentence, for a summary of so many sentences, at least 1."""
        ...


def read_for(document: Document, budget: Budget, scorer: Scorer) -> Reading:
    """Read a document that has at least one sentence, for a summary as long as the budget allows."""
    return scorer.read(document, budget.num_wanted(sentence_costs(document), len(document.text)))


def choose(
    document: Document, reading: Reading, kind: AttentionKind, budget: Budget, config: SelectionConfig
) -> tuple[NDArray[np.float64], list[Choice]]:
    """Weigh the sentences of a document and choose among them.

    Returns:
        The weight of each sentence, (S,), and the chosen ones, the best first.

    Raises:
        BudgetError: no sentence fits.
    """
    weights = reading.weigh(kind)
    costs = sentence_costs(document)
    if budget.is_open:
        bounds = config.max_sentences, UNLIMITED, UNLIMITED
        share = config.attention_share
    else:
        bounds = budget.bounds(len(document.text))
        share = 1.0
    # Where neither of two sentences is set solid a space stands between them: characters must fit, and they must fit
    # with a space for each sentence that begins or ends like that, but for one.
    spaces = [needs_space("a", text) or needs_space(text, "a") for text in document.sentence_texts()]
    spaced = np.column_stack([costs, costs[:, 1] + np.array(spaces, np.int64)])
    limits = (*bounds, bounds[1] + 1)
    chosen = select(weights, spaced, reading.similarity, budget=limits, config=config, share=share)
    if not chosen:
        raise budget.too_tight(costs[weights > 0], len(document.text))
    return weights, chosen


def _check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {value!r}")


def summarize_text(
    text: str,
    *,
    sentences: int | None = None,
    chars: int | None = None,
    words: int | None = None,
    ratio: float | None = None,
    attention: AttentionKind | None = None,
    order: Order = "document",
    language: Language | None = None,
    fuse: bool = True,
    scorer: Scorer | None = None,
) -> Summary:
    """Summarize a text by some of its own sentences, fused where they have one subject.

    Without any length the summary is as long as the attention asks for: sentences in order of weight until they
    hold a stated share of it (`SelectionConfig.attention_share`), at least one and at most five.

    Args:
        text: what to summarize, with at least one character that is not white space.
        sentences: most sentences.
        chars: most characters, joining spaces included.
        words: most words; a Chinese character counts as one.
        ratio: most characters as a share of the text's, above 0 and at most 1.
        attention: which attention weighs the sentences; by default the one that did best on dev.
        order: "document" keeps the order of the text, "salience" puts the best sentence first.
        language: "zh" or "en"; detected by default.
        fuse: whether neighbouring sentences with one subject become one, in the order of the text.
        scorer: by default the network with the model that comes with the package.

    Raises:
        ValueError: an argument is out of its range.
        InputError: the text is empty or white space.
        BudgetError: not even the shortest sentence fits into the length.
        ModelError: the model that comes with the package cannot be read.
    """
    budget = Budget(sentences=sentences, chars=chars, words=words, ratio=ratio)
    _check_choice("order", order, ORDERS)
    if language is not None:
        _check_choice("language", language, LANGUAGES)
    if attention is not None:
        _check_choice("attention", attention, ATTENTION_KINDS)
    document = Document(text, find_sentences(text), language or detect_language(text))
    if not document.sentences:
        raise InputError("the text is empty")
    if scorer is None:
        scorer = shipped_scorer()
    kind = attention or scorer.default_attention
    weights, chosen = choose(document, read_for(document, budget, scorer), kind, budget, scorer.selection(kind))
    selected = [choice.index for choice in chosen]
    if order == "document":
        selected.sort()
    if fuse and order == "document":
        runs = [sentence.pieces for sentence in fuse_sentences(document, selected, scorer.grammar)]
    else:
        spans = (document.sentences[index] for index in selected)
        runs = [sentence_pieces(text, sentence.start, sentence.end) for sentence in spans]
    pieces = joined(runs)
    return Summary(document, kind, tuple(weights.tolist()), tuple(selected), tuple(pieces))


@cache
def shipped_scorer() -> Scorer:
    """Return the network with the model that comes with the package, read at the first call.

    Raises:
        ModelError: the model cannot be read.
    """
    from summarize.network.scorer import NetworkScorer
    from summarize.network.storage import load_model

    return NetworkScorer(load_model())

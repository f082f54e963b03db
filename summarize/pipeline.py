"""A text to its summary: the public call, and the steps it is made of."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide import choice
from summarize.decide.budget import Budget, sentence_costs
from summarize.decide.choice import Decision, Request, decide
from summarize.decide.fusion import Grammar
from summarize.document import (
    ATTENTION_KINDS,
    LANGUAGES,
    ORDERS,
    AttentionKind,
    Document,
    Language,
    Length,
    Order,
    Source,
)
from summarize.errors import InputError
from summarize.explanation import Explainer, Explanation, Outcome
from summarize.interface import _
from summarize.lexicon import NOTHING_SAID, Lexicon
from summarize.summary import QueryMatch, Summary
from summarize.text.decoding import well_formed
from summarize.text.documents import as_document
from summarize.text.pieces import spoken_pieces
from summarize.value import replace


class Reading(choice.Reading, Explainer, Protocol):
    """A document that has been read."""

    def for_length(self, num_wanted: int) -> "Reading":
        """Return the same document read for a summary of so many sentences, at least 1; itself if it is weighed so."""
        ...

    @property
    def closed(self) -> Mapping[int, Outcome]:
        """The sentences that may not be chosen although they have a weight, and what becomes of them."""
        ...

    @property
    def query(self) -> QueryMatch | None:
        """What the document has to do with the query; None if there is none."""
        ...

    def information(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """Return how telling words are, whatever the text, (N,); in Simplified characters and small letters."""
        ...

    def weigh(self, kind: AttentionKind) -> NDArray[np.float64]:
        """Return the attention weight of each sentence, (S,), 0 to 1; they sum to 1."""
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


def write_summary(
    document: Document,
    reading: Reading,
    kind: AttentionKind,
    budget: Budget,
    scorer: Scorer,
    *,
    order: Order = "document",
    fuse: bool = True,
    compress: bool = True,
) -> Summary:
    """Summarize a document that has been read, without an explanation; arguments as for `summarize_text`.

    Raises:
        BudgetError: not even the shortest form of a sentence fits.
    """
    weights = reading.weigh(kind)
    request = Request(budget, order, fuse=fuse, compress=compress, closed=reading.closed)
    decision = decide(document, weights, reading, request, scorer.selection(kind), scorer.grammar)
    selected = tuple(index for draft in decision.drafts for index in draft.indices)
    return Summary(
        document,
        kind,
        tuple(weights.tolist()),
        selected,
        decision.pieces,
        decision.drafts,
        decision.verdicts,
        query=reading.query,
    )


def explained(summary: Summary, reading: Reading, scorer: Scorer) -> Summary:
    """Return a summary that says why it is what it is.

    Args:
        summary: what `write_summary` made of the reading.
        reading: what it was made of.
        scorer: what read it.
    """

    def decide_again(kind: AttentionKind, weights: NDArray[np.float64], num_sentences: int) -> Decision:
        request = Request(Budget(sentences=num_sentences), closed=reading.closed)
        return decide(summary.document, weights, reading, request, scorer.selection(kind), scorer.grammar)

    return replace(summary, explanation=Explanation(reading, decide_again))


def _check_choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise ValueError(f"{name} must be one of {', '.join(allowed)}, got {value!r}")


def summarize_text(
    text: str | Source | Document,
    *,
    sentences: int | None = None,
    chars: int | None = None,
    words: int | None = None,
    ratio: float | None = None,
    length: Length | None = None,
    attention: AttentionKind | None = None,
    order: Order = "document",
    language: Language | None = None,
    fuse: bool = True,
    compress: bool = True,
    explain: bool = False,
    title: bool = False,
    keywords: int | None = None,
    by_heading: bool = False,
    query: str | None = None,
    lexicon: Lexicon = NOTHING_SAID,
    scorer: Scorer | None = None,
) -> Summary:
    """Summarize a text by some of its own sentences, fused where they have one subject.

    Without any length the summary is as long as a reader expects of a text of that length (`decide.budget.open_words`):
    sentences in order of weight until they have so many words, at least one and at most five.

    Args:
        text: what to summarize, with at least one character that is neither white space nor a control character; or
            what `summarize.inputs.door` read; or a document of which the sentences are known.
        sentences: most sentences.
        chars: most characters, joining spaces and line breaks included.
        words: most words; a Chinese character counts as one.
        ratio: most characters as a share of the text's, above 0 and at most 1.
        length: "short", "medium" or "long" where no other length is given: about half of what a reader expects, that,
            or twice as much.
        attention: which attention weighs the sentences; by default the one that did best on dev.
        order: "document" keeps the order of the text, "salience" puts the best sentence first.
        language: "zh" or "en"; detected by default, and then `Document.foreign` says what most of the text is in, if it
            is in neither. A document has its own.
        fuse: whether neighbouring sentences with one subject become one, in the order of the text.
        compress: whether a sentence that a length in characters or words has no room for may come in a shorter form.
        explain: whether the summary can say why it is what it is (`Summary.explanation`).
        title: whether to find what the text may be called besides (`Summary.title`); there may be nothing.
        keywords: how many of the most telling words and phrases to find besides (`Summary.keywords`), at least 1.
        by_heading: whether to say besides what is in each part of the text (`Summary.sections`).
        query: what is asked of the text: its sentences are weighed by how well they answer it, too. `Summary.query`
            says whether anything has to do with it; if nothing has, the summary is the one without it.
        lexicon: which words are never cut, and which say nothing about a text (`text.word_lists` reads files of them).
        scorer: by default the network with the model that comes with the package.

    Raises:
        ValueError: an argument is out of its range, or the query is empty.
        InputError: the text is empty, or white space and control characters; or it should be summarized by its headings
            and has none.
        BudgetError: not even the shortest form of a sentence fits into the length.
        ModelError: the model that comes with the package cannot be read.
    """
    budget = Budget(sentences=sentences, chars=chars, words=words, ratio=ratio, length=length)
    _check_choice("order", order, ORDERS)
    if language is not None:
        _check_choice("language", language, LANGUAGES)
    if attention is not None:
        _check_choice("attention", attention, ATTENTION_KINDS)
    if keywords is not None and keywords < 1:
        raise ValueError(f"keywords must be at least 1, got {keywords}")
    if isinstance(text, str):
        text = Source(text, "utf-8")
    document = text if isinstance(text, Document) else as_document(text, language)
    if lexicon is not NOTHING_SAID:
        document = replace(document, lexicon=lexicon)
    if not any(spoken_pieces(document, index) for index in range(len(document.sentences))):
        raise InputError(_("the text is empty"))
    if scorer is None:
        scorer = shipped_scorer()
    if query is not None:
        scorer = asked_scorer(scorer, query)
    kind = attention or scorer.default_attention
    reading = read_for(document, budget, scorer)
    summary = write_summary(document, reading, kind, budget, scorer, order=order, fuse=fuse, compress=compress)
    if title:
        from summarize.decide.title import find_title

        found_title = find_title(document, np.array(summary.weights), reading)
        summary = replace(summary, title=found_title, wants_title=True)
    if keywords is not None:
        from summarize.decide.keywords import find_keywords

        found = find_keywords(document, np.array(summary.weights), reading, keywords)
        summary = replace(summary, keywords=found)
    if by_heading:
        from summarize.decide.outline import find_outline

        sections = find_outline(document, np.array(summary.weights), reading.similarity, scorer.selection(kind))
        summary = replace(summary, sections=sections)
    return explained(summary, reading, scorer) if explain else summary


def asked_scorer(scorer: Scorer, query: str) -> Scorer:
    """Return a scorer that weighs sentences by how well they answer a query, too.

    Args:
        scorer: weighs them without it; a network.
        query: what is asked.

    Raises:
        ValueError: the query is empty.
        ModelError: what weighs answers cannot be read.
    """
    from summarize.network.query import AskedScorer
    from summarize.network.scorer import NetworkScorer

    if not query.strip():
        raise ValueError("the query is empty; say what is asked of the text")
    return AskedScorer(cast("NetworkScorer", scorer), well_formed(query))


@cache
def shipped_scorer() -> Scorer:
    """Return the network with the model that comes with the package, read at the first call.

    Raises:
        ModelError: the model cannot be read.
    """
    from summarize.network.scorer import NetworkScorer
    from summarize.network.storage import load_model

    return NetworkScorer(load_model())

"""From a text to its summary: the public function and its steps."""

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
from summarize.text.pieces import display_pieces
from summarize.value import replace


class Reading(choice.Reading, Explainer, Protocol):
    """A document that has been read."""

    def for_length(self, target_sentences: int) -> "Reading":
        """Return the same document read for a summary of n sentences, at least 1; itself if it is weighed so."""
        ...

    @property
    def closed(self) -> Mapping[int, Outcome]:
        """Sentences that are excluded although they have a weight, with their outcome."""
        ...

    @property
    def query(self) -> QueryMatch | None:
        """How the document matches the query; None without a query."""
        ...

    def information(self, terms: Sequence[str]) -> NDArray[np.float64]:
        """Return the information (idf) of words, (N,), which are in Simplified characters and lower case."""
        ...

    def weigh(self, kind: AttentionKind) -> NDArray[np.float64]:
        """Return the attention weight of each sentence, (S,), 0 to 1; they sum to 1."""
        ...


class Scorer(Protocol):
    """Anything that weighs the sentences of a document, such as `summarize.network.scorer.NetworkScorer`."""

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

    def read(self, document: Document, target_sentences: int) -> Reading:
        """Read a document that has at least one sentence, for a summary of n sentences, at least 1."""
        ...


def read_for(document: Document, budget: Budget, scorer: Scorer) -> Reading:
    """Read a document that has at least one sentence, for a summary as long as the budget allows."""
    return scorer.read(document, budget.target_sentences(sentence_costs(document), len(document.text)))


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


def add_explanation(summary: Summary, reading: Reading, scorer: Scorer) -> Summary:
    """Return a summary with its explanation.

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
    """Summarize a text by selected sentences; neighbours with the same subject are fused.

    Without a length, the summary has a default length that depends on the text (`decide.budget.default_word_range`):
    sentences are taken in order of weight until it is reached, at least one and at most five.

    Args:
        text: the text, with at least one visible character; or a source read by `summarize.inputs.door`; or a document
            that is already split into sentences.
        sentences: most sentences.
        chars: most characters, joining spaces and line breaks included.
        words: most words; a Chinese character counts as one.
        ratio: most characters as a share of the text's, above 0 and at most 1.
        length: "short", "medium" or "long", if no other length is given: about half the default length, the default, or
            twice as much.
        attention: the attention that weighs the sentences; by default the one that performed best on the dev sets.
        order: "document" keeps the order of the text, "salience" puts the best sentence first.
        language: "zh" or "en"; detected by default; `Document.foreign` then names the main language of a text that is
            in neither. Ignored for a document.
        fuse: whether to fuse neighbouring chosen sentences with the same subject (in document order only).
        compress: whether to shorten a sentence that does not fit into a length in characters or words.
        explain: whether to provide an explanation (`Summary.explanation`).
        title: whether to find a title (`Summary.title`); there may be none.
        keywords: the number of keywords to find (`Summary.keywords`), at least 1.
        by_heading: whether to summarize each section of the text as well (`Summary.sections`).
        query: a question or words; sentences that answer or match it get a higher weight. `Summary.query` says whether
            anything matches; if nothing does, the query is ignored.
        lexicon: the user's words: those that are never split, and stop words (`text.word_lists` reads files of them).
        scorer: the scorer of sentences; by default the network with the supplied model.

    Raises:
        ValueError: an argument is out of range, or the query is empty.
        InputError: the text is empty or has no visible characters; or `by_heading` is set and the text has no headings.
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
    if not any(display_pieces(document, index) for index in range(len(document.sentences))):
        raise InputError(_("the text is empty"))
    if scorer is None:
        scorer = default_scorer()
    if query is not None:
        scorer = make_query_scorer(scorer, query)
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
    return add_explanation(summary, reading, scorer) if explain else summary


def make_query_scorer(scorer: Scorer, query: str) -> Scorer:
    """Return a scorer that also takes a query into account.

    Args:
        scorer: weighs them without it; a network.
        query: what is asked.

    Raises:
        ValueError: the query is empty.
        ModelError: what weighs answers cannot be read.
    """
    from summarize.network.query import QueryScorer
    from summarize.network.scorer import NetworkScorer

    if not query.strip():
        raise ValueError("the query is empty; write a question or some words")
    return QueryScorer(cast("NetworkScorer", scorer), well_formed(query))


@cache
def default_scorer() -> Scorer:
    """Return the network with the model that comes with the package, read at the first call.

    Raises:
        ModelError: the model cannot be read.
    """
    from summarize.network.scorer import NetworkScorer
    from summarize.network.storage import load_model

    return NetworkScorer(load_model())

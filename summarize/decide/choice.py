"""The decision which sentences a summary contains, and its record.

    no bound            the weightiest sentence, further ones until it is as long as a reader expects, and the sentence
                        that a chosen one leans on
    so many sentences   the weightiest ones
    a length            of what fits, the weightiest first; a heavier sentence that does not fit comes in a shorter form
                        if one is sure to read well (`shortening`) and is worth more than what fits whole; so on, until
                        nothing fits or what fits adds too little

The outcome for each sentence is recorded when it is decided; nothing is reconstructed afterwards.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.budget import UNLIMITED, Budget, default_word_range, sentence_costs
from summarize.decide.fusion import Grammar, fuse_sentences
from summarize.decide.room import Room
from summarize.decide.selection import TIE, GreedySelector
from summarize.decide.words import Judge, depends_on_previous
from summarize.document import Document, Draft, Order, Piece
from summarize.explanation import Outcome, Verdict, steady
from summarize.text.marks import FINISHED, GOES_ON, is_question_sentence
from summarize.text.pieces import drop_repeated_speakers, join_drafts, make_whole_draft
from summarize.value import replace, value

Floats = NDArray[np.float64]

FUSION_SLACK = (1.6, 1.4, 1.2)  # times a length: how much text may be taken in the hope that fusion makes it fit
NUM_SHORTENED = 4  # sentences whose shorter forms are looked at, the heaviest ones
NUM_EXACT = 200  # sentences of a summary; further ones are chosen as `many` says
NUM_SHORTENED_IF_NONE_FITS = 20  # the same where no sentence fits whole


class Reading(Judge, Protocol):
    """A document that has been read."""

    def similarity(self, index: int, first: int = 0, end: int | None = None) -> Floats:
        """Return the likeness of the sentences from `first` to before `end`, all by default, to one, 0 to 1."""
        ...


@value
class Decision:
    """What is printed, and what became of each sentence.

    Args:
        drafts: the sentences of the summary in its order.
        pieces: what is printed of them.
        verdicts: (S,).
    """

    drafts: tuple[Draft, ...]
    pieces: tuple[Piece, ...]
    verdicts: tuple[Verdict, ...]


@value
class Request:
    """The request for a summary.

    Args:
        budget: how long the summary may be.
        order: of its sentences.
        fuse: whether sentences may become one.
        compress: whether sentences may be shortened.
        closed: sentences that were excluded before, with their outcomes.
    """

    budget: Budget
    order: Order = "document"
    fuse: bool = True
    compress: bool = True
    closed: Mapping[int, Outcome] = MappingProxyType({})


def decide(
    document: Document, weights: Floats, reading: Reading, request: Request, config: SelectionConfig, grammar: Grammar
) -> Decision:
    """Choose, shorten and fuse the sentences of a summary, and record why; those of a foreign text are not shortened.

    Args:
        document: the source, with at least one sentence.
        weights: attention weight of each sentence, (S,).
        reading: what is known about the sentences.
        request: what is asked for.
        config: how sentences are chosen.
        grammar: what is known about words, for fusion.

    Raises:
        BudgetError: not even the shortest form of a sentence fits.
    """
    if document.foreign:
        request = replace(request, fuse=False, compress=False)  # the judges were not trained on these languages
    weights = _visible(document, weights)
    mere = _unpunctuated_lines(document, weights, config) if request.budget.limits_text else []
    choose = partial(_choose, document, weights, reading, config=config, closed=request.closed, mere=mere)
    chosen = choose(request.budget, compress=request.compress)
    drafts = chosen.drafts
    fuse = partial(fuse_sentences, document, grammar=grammar, judge=reading, config=config) if request.fuse else list
    if request.order == "document":
        drafts = fuse(_in_order(drafts))
        if request.fuse and request.budget.limits_text:
            roomier: _SelectionState | None = None
            for factor in FUSION_SLACK:
                scaled_by = request.budget.scaled_by(factor)
                room = Room(document, scaled_by.bounds(len(document.text)))
                if roomier is not None and room.admits(roomier.drafts, sentence_costs(document)):
                    continue  # the same would be chosen as with more room, and that could not be fused to fit
                roomier = choose(scaled_by, compress=False, may_fail=True)
                weight = _weight(drafts, weights)
                if _weight(roomier.drafts, weights) < weight * (1 - TIE):
                    continue  # fused or not, they weigh the same
                fused = fuse(_in_order(roomier.drafts))
                text = "".join(piece.text for piece in join_drafts(document, drop_repeated_speakers(document, fused)))
                is_held = bool(text) and request.budget.holds(text, len(document.text), len(fused))
                if is_held and _weight(fused, weights) > weight:
                    drafts, chosen = fused, roomier
                    break
    drafts = drop_repeated_speakers(document, drafts)
    return Decision(tuple(drafts), tuple(join_drafts(document, drafts)), chosen.verdicts())


def _in_order(drafts: Sequence[Draft]) -> list[Draft]:
    """Return drafts in the order of the text."""
    return sorted(drafts, key=lambda draft: draft.indices)


def _weight(drafts: Sequence[Draft], weights: Floats) -> float:
    """Return the attention that sentences hold; of one that was shortened, half."""
    return sum(
        float(weights[list(draft.indices)].sum()) / (1 if draft.is_whole or len(draft.indices) > 1 else 2)
        for draft in drafts
    )


def _visible(document: Document, weights: Floats) -> Floats:
    """Return the weights, 0 for what prints nothing; where nothing else has weight they are as they were."""
    prints = sentence_costs(document)[:, 1] > 0
    return np.where(prints, weights, 0.0) if (weights[prints] > 0).any() else weights


class _SelectionState:
    """The state of the selection.

    Args:
        document: the source.
        greedy: which are chosen.

    Attributes:
        drafts: how they are printed, in order of choice.
        outcomes: what became of those that were passed over, so far.
        last: the outcome for sentences that are never considered.
    """

    def __init__(self, document: Document, greedy: GreedySelector) -> None:
        self.document = document
        self.greedy = greedy
        self.drafts: list[Draft] = []
        self.outcomes: dict[int, Outcome] = {}
        self.last: Outcome = "lighter"

    def take(self, draft: Draft, first: int = 0, end: int | None = None) -> None:
        """Choose a sentence as it is printed by a draft, and hold those from `first` to before `end` against it."""
        (index,) = draft.indices
        self.greedy.take(index, first, end)
        self.drafts.append(draft)

    def pass_over(self, index: int, outcome: Outcome) -> None:
        """Leave a sentence out for good."""
        self.greedy.is_open[index] = False
        self.outcomes[index] = outcome

    def heavier(self, than: int | None, fits: NDArray[np.bool_]) -> list[int]:
        """Return the open sentences that do not fit and have a higher score than one that does, the best first."""
        greedy, scores = self.greedy, self.greedy.scores
        least = 0.0 if than is None else scores[than] * (1 + TIE)
        found = np.flatnonzero(greedy.is_open & ~fits & ~greedy.repeats & (scores > least))
        return [int(index) for index in found[np.argsort(-steady(scores[found]), kind="stable")]]

    def verdicts(self) -> tuple[Verdict, ...]:
        """Return what became of each sentence, (S,)."""
        greedy = self.greedy
        when_chosen = {choice.index: choice.redundancy for choice in greedy.choices}
        numbers = (greedy.like, greedy.redundancy, greedy.repeats)
        found = []
        for index, (like, redundancy, repeats) in enumerate(zip(*(of.tolist() for of in numbers), strict=True)):
            is_chosen = index in when_chosen
            outcome = "chosen" if is_chosen else self._outcome(index, is_repeated=repeats)
            found.append(Verdict(outcome, when_chosen[index] if is_chosen else redundancy, like if like >= 0 else None))
        return tuple(found)

    def _outcome(self, index: int, *, is_repeated: bool) -> Outcome:
        sentence = self.document.sentences[index]
        if self.greedy.weights[index] == 0:
            if sentence.role != "text":
                return sentence.role
            return "question" if is_question_sentence(self.document.text[sentence.body : sentence.end]) else "short"
        return self.outcomes.get(index, "repeats" if is_repeated else self.last)


def _choose(
    document: Document,
    weights: Floats,
    reading: Reading,
    budget: Budget,
    *,
    config: SelectionConfig,
    closed: Mapping[int, Outcome],
    mere: Sequence[int],
    compress: bool,
    may_fail: bool = False,
) -> _SelectionState:
    """Return the sentences of a summary; none only if that may be.

    Args:
        document: the source.
        weights: of each sentence, (S,).
        reading: what is known about the sentences.
        budget: how long the summary may be.
        config: how sentences are chosen.
        closed: sentences that may not be chosen, and what becomes of them.
        mere: those that no length is filled with.
        compress: whether sentences may be shortened.
        may_fail: whether there may be none.

    Raises:
        BudgetError: not even the shortest form of a sentence fits.
    """
    chosen = _SelectionState(document, GreedySelector(weights, reading.similarity, config))
    for index, outcome in closed.items():
        if weights[index] > 0:
            chosen.pass_over(index, outcome)
    for index in mere:
        chosen.pass_over(index, "light")
    if budget.is_open:
        _choose_default_length(chosen, config, budget.factor)
    else:
        _choose_within(chosen, reading, budget, config, compress=compress and budget.limits_text)
    if not chosen.drafts and not may_fail:
        weights = np.where(np.isin(np.arange(len(weights)), [*mere, *closed]), 0.0, weights)
        costs = sentence_costs(document)[weights > 0]
        if compress and budget.limits_text:
            from summarize.decide.shortening import form_costs

            heaviest = np.argsort(-steady(weights), kind="stable")[: min(NUM_SHORTENED_IF_NONE_FITS, len(costs))]
            bounds, least = budget.bounds(len(document.text)), costs.min(axis=0).tolist()
            chars, words = (cost if bound < UNLIMITED else 0 for cost, bound in zip(least[1:], bounds[1:], strict=True))
            forms = form_costs(document, heaviest.tolist(), reading, config, (chars, words))
            costs = np.concatenate([costs, forms])
        raise budget.no_fit_error(costs, len(document.text))
    return chosen


def _unpunctuated_lines(document: Document, weights: Floats, config: SelectionConfig) -> list[int]:
    """Return the sentences that do not fill up a length: low-weight lines without a stop, as a date or a signature.

    What somebody says, as in a chat, needs no stop. Where nothing else has weight, there are none.
    """
    least = config.least_share * float(weights.max(initial=0.0))
    light = np.flatnonzero((weights > 0) & (weights < least)).tolist()
    found = [index for index in light if not _is_statement(document, index)]
    return found if len(found) < np.count_nonzero(weights) else []


def _is_statement(document: Document, index: int) -> bool:
    """Return whether a sentence ends as a statement does, or is said by somebody."""
    sentence = document.sentences[index]
    text = document.text[sentence.body : sentence.end]
    return (sentence.speaker is not None and text[-1:] not in GOES_ON) or FINISHED.search(text) is not None


def _choose_within(
    chosen: _SelectionState, reading: Reading, budget: Budget, config: SelectionConfig, *, compress: bool
) -> None:
    """Choose sentences while one fits and adds something."""
    document, greedy = chosen.document, chosen.greedy
    room = Room(document, budget.bounds(len(document.text)))
    costs = sentence_costs(document)
    least = config.filling_share * float(greedy.weights.max(initial=0.0)) if budget.limits_text else 0.0
    num_shortened = 0
    while room.left[0] > 0:
        if len(chosen.drafts) >= NUM_EXACT:
            from summarize.decide.many import choose_many  # few summaries are so long

            choose_many(chosen, room, costs, least)
            break
        fits = room.fits(costs)
        best = greedy.best(fits)
        if best is not None and chosen.drafts and greedy.scores[best] < least:
            chosen.last = "light"
            best = None
        worth = greedy.scores[best] if best is not None else least * bool(chosen.drafts)
        most_shortened = NUM_SHORTENED if chosen.drafts or best is not None else NUM_SHORTENED_IF_NONE_FITS
        draft = make_whole_draft(document, best) if best is not None else None
        heavier, forms = chosen.heavier(best, fits), {}
        tried: dict[int, float] = {}  # sentences of which shorter forms are looked at, and the least share of each
        if compress and num_shortened < most_shortened:
            shares = greedy.scores * room.largest_shares(costs)
            found = [index for index in heavier if shares[index] > worth][: most_shortened - num_shortened]
            tried = {index: float(worth / greedy.scores[index]) for index in found}
        if tried:
            from summarize.decide.shortening import (
                most_confident_forms,  # a call that shortens nothing does not load it
            )

            most_chars, most_words = room.for_form()
            forms = most_confident_forms(document, tried, reading, config, most_chars=most_chars, most_words=most_words)
        for index in heavier:
            if index in tried:
                num_shortened += 1
                if index in forms:
                    draft = forms[index].draft
                    break
                chosen.pass_over(index, "form")
            elif best is not None or chosen.last != "light" or greedy.scores[index] >= least:
                chosen.pass_over(index, "length")
        if draft is None:
            break
        if room.holds(chosen.drafts, draft):
            room.take(draft)
            chosen.take(draft)
        else:
            chosen.pass_over(draft.indices[0], "length")


def _choose_default_length(chosen: _SelectionState, config: SelectionConfig, factor: float) -> None:
    """Choose as many sentences as make a summary as long as a reader expects, times a factor.

    The best one may be half as long again as a summary should be, or however long it is if all are longer. Further ones
    must leave the summary short enough and be neither much lighter, unless it is too short without them. Where room is
    left, the sentence that a chosen one leans on comes with it, unless it says little itself.
    """
    document, greedy = chosen.document, chosen.greedy
    num_words = sentence_costs(document)[:, 2]
    of_texts = dict(zip(map(hash, document.sentence_texts()), num_words.tolist(), strict=True))  # repeated ones once
    least, wanted, most = default_word_range(sum(of_texts.values()), document.language, factor)
    max_sentences = max(1, round(factor * config.max_sentences))

    def take(index: int | None, fits: NDArray[np.bool_]) -> bool:
        for heavier in chosen.heavier(index, fits):
            chosen.pass_over(heavier, "length")
        if index is not None:
            chosen.take(make_whole_draft(document, index))
        return index is not None

    for is_short in (num_words <= round(1.5 * most), np.ones(len(num_words), np.bool_)):
        if (first := greedy.best(is_short)) is not None:
            take(first, is_short)
            break
    heaviest = greedy.choices[0].weight if greedy.choices else 0.0
    for enough, least_weight in ((least, 0.0), (wanted, config.least_share * heaviest)):
        while (spent := int(num_words[greedy.indices].sum())) < enough and len(chosen.drafts) < max_sentences:
            fits = num_words <= most - spent
            if not take(greedy.best(fits & (greedy.weights >= least_weight)), fits | (greedy.weights < least_weight)):
                break
    firsts = [location.start for location in document.texts]
    starts = [sentence.start for sentence in document.sentences] if firsts else []
    first_of_text = {bisect_left(starts, first) for first in firsts}  # which lean on no sentence of another text
    for index in tuple(greedy.indices):
        before = index - 1
        if (
            before < 0
            or not greedy.is_open[before]
            or index in first_of_text
            or not greedy.weights[before] >= max(config.companion_share * greedy.weights[index], TIE)
        ):
            continue
        is_possible = before not in greedy.indices and not greedy.repeats[before]
        has_room = num_words[greedy.indices].sum() + num_words[before] <= most
        if is_possible and has_room and len(chosen.drafts) < max_sentences and depends_on_previous(document, index):
            take(before, np.ones(len(num_words), np.bool_))

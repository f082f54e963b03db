"""What a summary is made of: whole sentences, and shortened ones where whole ones would not do.

Whole sentences come first, by weight (`selection`). Then, under a length in characters or words:

    the weightiest sentence does not fit     of the weightiest few, the one is shortened for which
                                             ATTENTION log weight + value of its shorter form (`compression`)
                                             is largest, and the rest of the length is filled anew
    much of the length is left               the weightiest of the others is shortened to what is left

A length in characters or words is filled with statements: a title or a "he wrote:" says nothing beside other sentences.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.budget import UNLIMITED, Budget, open_words, sentence_costs
from summarize.decide.pieces import (
    count_words,
    label_pieces,
    needs_space,
    printed,
    speakers_once,
    stands_alone,
    whole,
)
from summarize.decide.selection import TIE, select
from summarize.decide.words import Editor, leans
from summarize.document import Document, Draft, Sentence
from summarize.text.marks import FINISHED, GOES_ON

if TYPE_CHECKING:
    from summarize.decide.compression import Compression

ATTENTION = 8.0  # what a unit of log weight is worth beside one of log P
DOUBTFUL = 12.0  # and what one loses that an editor would hardly write
WITHOUT_VERB = 12.0  # what a form loses that says nothing of anything
NUM_CANDIDATES = 6  # sentences that are shortened before one is chosen
LEAST_SHARE = 0.1  # of the largest weight: no lighter sentence fills up a length in characters or words
MUCH_LEFT = 0.35  # of a length: so much is filled with a shortened sentence
FILLING_LOG_P = -0.4  # for each kept word of a form that fills what is left


class Reading(Editor, Protocol):
    """A document that has been read."""

    def similarity(self, index: int) -> NDArray[np.float64]:
        """Return the likeness of each sentence to one of them, (S,), 0 to 1."""
        ...


class _Limits:
    """What is left of a budget."""

    def __init__(self, document: Document, budget: Budget, config: SelectionConfig) -> None:
        bounds = budget.bounds(len(document.text))
        self.document = document
        self.bounds = (config.max_sentences, UNLIMITED, UNLIMITED) if budget.is_open else bounds

    def left(self, drafts: Sequence[Draft]) -> tuple[int, int, int]:
        """Return most sentences, characters and words of what may still come; spaces between are taken off already."""
        sentences, chars, words = self.bounds
        used = sum(len(draft.text) + _may_be_parted(draft) for draft in drafts)
        num_words = sum(count_words(draft.text) for draft in drafts)
        return sentences - len(drafts), chars - used, words - num_words

    def hold(self, drafts: Sequence[Draft]) -> bool:
        """Return whether drafts fit as they are printed, in this order and in that of the document."""
        chars = self.bounds[1]
        orders = (drafts, sorted(drafts, key=lambda draft: draft.indices))
        return chars == UNLIMITED or all(_length_chars(self.document, order) <= chars for order in orders)


def indices_of(drafts: Sequence[Draft]) -> list[int]:
    """Return the sentences of the document that drafts are made of."""
    return [index for draft in drafts for index in draft.indices]


def _length_chars(document: Document, drafts: Sequence[Draft]) -> int:
    return sum(len(piece.text) for piece in printed(document, speakers_once(document, drafts)))


def _may_be_parted(draft: Draft) -> bool:
    """Return whether a space or a line break may stand beside a draft."""
    text = draft.text
    return draft.num_label > 0 or needs_space("a", text) or needs_space(text, "a") or stands_alone(text)


@lru_cache(maxsize=1)
def _spaces(document: Document) -> NDArray[np.int64]:
    """Return 1 for each whole sentence beside which a space or a line break may stand, else 0, (S,)."""
    return np.array([_may_be_parted(whole(document, index)) for index in range(len(document.sentences))], np.int64)


def _without_overflow(drafts: list[Draft], limits: _Limits, taken: Sequence[Draft] = ()) -> list[Draft]:
    """Return the drafts but for the last ones, should what parts them be too long: a line may have two breaks."""
    while len(drafts) + len(taken) > 1 and drafts and not limits.hold([*taken, *drafts]):
        drafts = drafts[:-1]
    return drafts


def select_whole(
    document: Document,
    weights: NDArray[np.float64],
    reading: Reading,
    budget: Budget,
    config: SelectionConfig,
    taken: Sequence[Draft] = (),
) -> list[Draft]:
    """Return whole sentences that fit, the best first; none if none fits.

    Where neither of two sentences is set solid a space stands between them, and a line break beside one that needs a
    line of its own: characters must fit, and they must fit with one mark for each such sentence, but for one.

    Args:
        document: the source.
        weights: attention weight of each sentence, (S,).
        reading: what they have in common.
        budget: how long they may be together.
        config: redundancy.
        taken: what is in the summary already.
    """
    costs = sentence_costs(document)
    limits = _Limits(document, budget, config)
    bounds = limits.left(taken)
    spaced = np.column_stack([costs, costs[:, 1] + _spaces(document)])
    if budget.sentences is None and not budget.is_open:
        weights = _without_light(weights)
    if budget.is_open:
        return [whole(document, index) for index in _select_open(document, weights, costs, reading, config, taken)]
    chosen = select(
        weights,
        spaced,
        reading.similarity,
        budget=(*bounds, bounds[1] + 1),
        config=config,
        taken=indices_of(taken),
    )
    return _without_overflow([whole(document, choice.index) for choice in chosen], limits, taken)


def _select_open(
    document: Document,
    weights: NDArray[np.float64],
    costs: NDArray[np.int64],
    reading: Reading,
    config: SelectionConfig,
    taken: Sequence[Draft],
) -> list[int]:
    """Return the sentences of a summary without a bound: as many as make it as long as a reader expects.

    The best one may be half as long again as a summary should be, or however long it is if all are longer. Further ones
    must leave the summary short enough and be neither much lighter, unless it is too short without them. Where room is
    left, the sentence that a chosen one leans on comes with it, unless it says little itself.
    """
    words_of_text = dict(zip(document.sentence_texts(), costs[:, 2].tolist(), strict=True))
    least, wanted, most = open_words(sum(words_of_text.values()), document.language)
    indices = indices_of(taken)
    for most_of_first in (round(1.5 * most), UNLIMITED):
        if not indices:
            first = select(weights, costs, reading.similarity, budget=(1, UNLIMITED, most_of_first), config=config)
            indices = [choice.index for choice in first]
    heaviest = weights[indices[0]] if indices else 0.0
    for enough, least_weight in ((least, 0.0), (wanted, config.least_share * heaviest)):
        spent = int(costs[indices, 2].sum())
        if spent < enough:
            further = select(
                np.where(weights >= least_weight, weights, 0.0),
                costs,
                reading.similarity,
                budget=(config.max_sentences - len(indices), UNLIMITED, most - spent),
                config=config,
                enough=(0, 0, enough - spent),
                taken=indices,
            )
            indices += [choice.index for choice in further]
    left = most - int(costs[indices, 2].sum())
    for index in tuple(indices):
        before = index - 1
        if before < 0 or before in indices or costs[before, 2] > left:
            continue
        is_heavy = weights[before] >= max(config.companion_share * weights[index], TIE)
        is_new = reading.similarity(index)[before] < config.duplicate_similarity
        if len(indices) < config.max_sentences and is_heavy and is_new and leans(document, index):
            indices.append(before)
            left -= int(costs[before, 2])
    return indices[len(indices_of(taken)) :]


def compose(
    document: Document,
    weights: NDArray[np.float64],
    reading: Reading,
    budget: Budget,
    config: SelectionConfig,
    *,
    compress: bool,
) -> list[Draft]:
    """Return the sentences of a summary, the best first.

    Args:
        document: the source.
        weights: attention weight of each sentence, (S,).
        reading: what is known about the sentences.
        budget: how long the summary may be.
        config: redundancy.
        compress: whether sentences may be shortened.

    Raises:
        BudgetError: not even the shortest form of a sentence fits.
    """
    weights = visible(document, weights)
    if budget.is_fine:
        weights = statements(document, weights)
    drafts = select_whole(document, weights, reading, budget, config)
    limits = _Limits(document, budget, config)
    best = int(np.argmax(weights))
    if compress and budget.is_fine:
        if best not in indices_of(drafts):
            shortened = _best_shortened(document, weights, reading, limits)
            if shortened:
                drafts = [shortened]
                drafts += select_whole(document, weights, reading, budget, config, drafts)
        if drafts:
            drafts += _without_overflow(_fill(document, weights, reading, limits, drafts, config), limits, drafts)
    if not drafts:
        if budget.sentences is None:
            weights = _without_light(weights)
        raise budget.too_tight(_least_costs(document, weights, reading, compress=compress), len(document.text))
    return drafts


def visible(document: Document, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights, 0 for what prints nothing; where nothing else has weight they are as they were."""
    prints = sentence_costs(document)[:, 1] > 0
    return np.where(prints, weights, 0.0) if (weights[prints] > 0).any() else weights


def statements(document: Document, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights, 0 for what states nothing by itself: a title, a date, a signature, what ends in a colon.

    They have no stop at their end. What somebody says, as in a chat, needs none. Where nothing else has weight they
    keep theirs.
    """
    states = np.array([_states(document, sentence) for sentence in document.sentences])
    return np.where(states, weights, 0.0) if (weights[states] > 0).any() else weights


def _states(document: Document, sentence: Sentence) -> bool:
    text = document.text[sentence.body : sentence.end]
    is_said = sentence.speaker is not None and sentence.is_text and text[-1:] not in GOES_ON
    return is_said or FINISHED.search(text) is not None


def _without_light(weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the weights, 0 for sentences too light to fill up a length."""
    return np.where(weights >= LEAST_SHARE * weights.max(), weights, 0.0)


def _least_costs(
    document: Document, weights: NDArray[np.float64], reading: Reading, *, compress: bool
) -> NDArray[np.int64]:
    """Return sentences, characters and words of what could be printed at least, (U, 3)."""
    costs = sentence_costs(document)[weights > 0]
    if not compress:
        return costs
    best = np.argsort(-weights, kind="stable")[:NUM_CANDIDATES]
    best = best[weights[best] > 0]
    forms = (form for index in best for form in _forms(document, int(index), reading, most_chars=UNLIMITED))
    shorter = [(1, len(form.text), count_words(form.text)) for form in forms]
    return np.array([*costs, *shorter], np.int64)


def _forms(document: Document, index: int, reading: Reading, *, most_chars: int) -> "Iterator[Compression]":
    """Yield the shorter forms of a sentence; a call that shortens nothing does not load what only that needs."""
    from summarize.decide.compression import compressions

    return compressions(document, index, reading, most_chars=most_chars)


def _best_form(document: Document, index: int, reading: Reading, limits: tuple[int, int, int]) -> "Compression | None":
    """Return the best form of a sentence that fits, a doubtful one only if all are; None if there is none."""
    sentences, chars, words = limits
    if sentences < 1:
        return None
    doubtful = None
    label = "".join(piece.text for piece in label_pieces(document, index))
    words -= count_words(label)
    for form in _forms(document, index, reading, most_chars=min(chars - len(label), UNLIMITED)):
        if count_words(form.text) <= words:
            if not form.is_doubtful:
                return form
            doubtful = doubtful or form
    return doubtful


def _shortened(document: Document, index: int, form: "Compression") -> Draft:
    label = label_pieces(document, index)
    return Draft((index,), label + form.pieces, is_whole=False, num_label=len(label))


def _best_shortened(
    document: Document, weights: NDArray[np.float64], reading: Reading, limits: _Limits
) -> Draft | None:
    found: list[tuple[float, Draft]] = []
    for index in np.argsort(-weights, kind="stable")[:NUM_CANDIDATES]:
        if weights[index] > 0:
            form = _best_form(document, int(index), reading, limits.left(()))
            if form:
                value = ATTENTION * float(np.log(weights[index])) + form.value
                value -= WITHOUT_VERB * (not form.has_verb) + DOUBTFUL * form.is_doubtful
                found.append((value, _shortened(document, int(index), form)))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def _fill(
    document: Document,
    weights: NDArray[np.float64],
    reading: Reading,
    limits: _Limits,
    drafts: Sequence[Draft],
    config: SelectionConfig,
) -> list[Draft]:
    """Return one more sentence, shortened to what is left, if that is much."""
    sentences, chars, words = limits.left(drafts)
    shares = chars / limits.bounds[1], words / limits.bounds[2]
    if sentences < 1 or min((share for share in shares if share < 1), default=1.0) < MUCH_LEFT:
        return []
    redundancy = np.max([reading.similarity(index) for index in indices_of(drafts)], axis=0)
    scores = weights * (1 - config.redundancy_weight * redundancy)
    scores[redundancy >= config.duplicate_similarity] = 0
    for index in np.argsort(-scores, kind="stable")[:NUM_CANDIDATES]:
        if scores[index] <= 0 or int(index) in indices_of(drafts):
            continue
        form = _best_form(document, int(index), reading, (sentences, chars, words))
        if form and form.log_p >= FILLING_LOG_P * form.num_words:
            return [_shortened(document, int(index), form)]
    return []

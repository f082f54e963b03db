"""Compression: a sentence without the words that a reader can spare (Knight & Marcu 2002).

The editor says how likely each word is the next one kept after each other; here the likeliest path that fits is found,
among those that break no rule:

    numbers     a number keeps its unit, and both keep what they count; what is counted may stand without them
    negation    没有, 可能, "not", "if" and their like are kept wherever something of their clause is kept
    quotations  what stands between quotation marks or brackets is kept whole or not at all
    verbs       a clause that has verbs keeps one, and the sentence one of a main clause
    governors   what follows a preposition, or a word that opens a subordinate clause, is not kept without it
    edges       a sentence does not begin or end with a comma, a preposition or 的

    value(path) = log P(path) + BONUS x characters      or else the shortest path would be the best

What is kept keeps its order, so a compression is a list of runs of the source.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from summarize.decide import bonds
from summarize.decide.pieces import SPACE, merged, needs_space, source_piece
from summarize.decide.words import Editor, Word, words_between
from summarize.document import Document, Language, Piece
from summarize.text.tokenization import is_word

BONUS: dict[Language, float] = {"zh": 0.35, "en": 0.05}
LEAST_WORDS = 3  # of a compression
LEAST_LOG_P = -1.0  # for each kept word: below it about half of the forms say something else or read badly
MOST_WORDS = 160  # of a sentence that is shortened: time grows with their square


@dataclass(frozen=True, slots=True)
class Compression:
    """A shorter form of a sentence.

    Args:
        pieces: what is printed, its stop included.
        log_p: log P(path).
        value: log P(path) and the bonus of its characters; larger is better.
        num_words: of the words kept.
        has_verb: whether there is a verb in it.
    """

    pieces: tuple[Piece, ...]
    log_p: float
    value: float
    num_words: int
    has_verb: bool

    @property
    def is_doubtful(self) -> bool:
        """Whether an editor would hardly write it."""
        return self.log_p < LEAST_LOG_P * self.num_words

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join(piece.text for piece in self.pieces)


def steps_allowed(
    words: Sequence[Word], verbs: Sequence[int], is_noun: Sequence[bool], language: Language
) -> NDArray[np.bool_]:
    """Return which word may be the next one kept after which, (T + 2, T + 2); 0 is the start, T + 1 the end.

    Args:
        words: words and marks of a sentence, without its stop.
        verbs: places of its verbs.
        is_noun: (T,), whether each word never begins a predicate.
        language: of the document.
    """
    size = len(words)
    index = np.arange(size + 2)
    allowed = index[None, :] > index[:, None]
    allowed[0, -1] = False
    allowed &= _whole_runs(words, verbs, is_noun, language)
    clause = np.full(size + 2, -1)
    clause[1:-1] = bonds.clauses_of(words)
    for k in (place + 1 for place in bonds.locked_words(words, language)):
        over = (index[:, None] < k) & (index[None, :] > k)
        if bonds.opens_condition(words, k - 1, language):  # it is a condition of all that follows
            allowed &= ~over
        touches = (clause == clause[k])[:, None] | (clause == clause[k])[None, :]
        allowed &= ~(over & touches)
    for place, end in bonds.governed_spans(words, verbs, language):
        allowed[: place + 1, place + 2 : end + 1] = False
    is_mark = np.array([word.text in bonds.COMMAS for word in words])
    leaves = np.append(False, np.append(is_mark, True)) | (index == size + 1)
    for k in (place + 1 for place in bonds.objects(words, verbs, is_noun)):
        allowed[k, leaves | (clause != clause[k])] = False
    for k in (place + 1 for place, word in enumerate(words) if word.text in bonds.OF_ITS_CLAUSE):
        allowed[k, clause != clause[k]] = False
    is_comma = is_mark & np.array([word.text != "、" for word in words])
    allowed[1:-1, 1:-1] &= ~_runs_on(words, verbs, is_noun, clause[1:-1], is_comma)
    for place in (place for place, word in enumerate(words) if word.text in bonds.BARRIERS):
        allowed[1 : place + 1, place + 2 : -1] = False
    for left, right in pairwise_of_equal([word.text.lower() for word in words]):
        allowed[left + 1, right + 1] = right == left + 1
    allowed[1:-1, 1:-1] &= ~(is_mark[:, None] & is_mark[None, :])
    for place in bonds.bridges(words):
        allowed[place, place + 2] = False
    if language == "en":
        before, wrong = bonds.articles(words, verbs)
        for k in (place + 1 for place in before):
            allowed[k, [place + 1 for place in wrong if place > k]] = False
            allowed[k, -1] = False
    for number in bonds.unfinished_clauses(words, language):
        allowed[clause == number, -1] = False
    allowed[0, [place + 1 for place in verbs if place]] = False  # nor without a subject where it had one
    allowed[0, 1:-1] &= ~bonds.cannot_begin(words, language)
    allowed[1:-1, -1] &= ~bonds.cannot_end(words, language)
    return allowed


def _whole_runs(
    words: Sequence[Word], verbs: Sequence[int], is_noun: Sequence[bool], language: Language
) -> NDArray[np.bool_]:
    """Return which steps part nothing that belongs together, (T + 2, T + 2)."""
    size = len(words) + 2
    must_follow, must_precede = np.zeros(size, bool), np.zeros(size, bool)
    for first, last in bonds.counted_spans(words, language):
        must_follow[first + 1 : last + 1] = True
    for first, last in bonds.bound_spans(words, language):
        must_follow[first + 1 : last + 1] = True
        must_precede[first + 2 : last + 2] = True
    must_precede[[place + 1 for place in bonds.coordinators(words)]] = True
    must_follow[[place + 1 for place in bonds.goes_on(words, verbs, is_noun, language)]] = True
    return np.asarray(np.eye(size, k=1, dtype=bool) | ~(must_follow[:, None] | must_precede[None, :]))


def _runs_on(
    words: Sequence[Word],
    verbs: Sequence[int],
    is_noun: Sequence[bool],
    clauses: NDArray[np.int64],
    is_mark: NDArray[np.bool_],
) -> NDArray[np.bool_]:
    """Return which steps from clause to clause give one clause the words of another, (T, T).

    A clause that has its verb, or is kept to its end, keeps its comma. Without a comma a step leads from a subject to
    its predicate alone: to what is no noun, in a clause that has no subject of its own. No step leads over the subject
    of what it enters.
    """
    size = len(words)
    after_verb = np.zeros(size, bool)
    for place in verbs:
        after_verb[place:] |= clauses[place:] == clauses[place]
    subject = np.array([*bonds.subjects_of(words, is_noun), 0])[clauses]  # (T,), the clause of each word's subject
    is_other = clauses[:, None] != clauses[None, :]
    is_plain = ~is_mark[:, None] & ~is_mark[None, :]
    has_own_subject = (subject == clauses)[None, :]
    is_subject = clauses[:, None] == subject[None, :]
    is_last = np.append(is_mark[1:], True)[:, None]  # of its clause: nothing behind it is left out but the comma
    is_complete = after_verb[:, None] | is_last
    runs_on = is_plain & (is_complete | has_own_subject | ~is_subject | np.asarray(is_noun, bool)[None, :])
    skips_subject = ~has_own_subject & (clauses[:, None] < subject[None, :])
    return np.asarray(is_other & (runs_on | skips_subject))


def pairwise_of_equal(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield the places of two equal words: side by side they would read as a slip."""
    seen: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        for earlier in seen.setdefault(text, []):
            yield earlier, place
        seen[text].append(place)


def keeps_verbs(kept: Sequence[int], verbs: Sequence[int], main: Sequence[int], spans: Sequence[range]) -> bool:
    """Return whether each clause of which something is kept keeps its predicate, and the sentence a main verb.

    A clause without a main verb keeps any verb of its own, if it has one.

    Args:
        kept: places of the kept words.
        verbs: places of the verbs.
        main: places of those that are in no subordinate clause.
        spans: the places of each clause, and of each subordinate clause.
    """
    places = set(kept)
    for span in spans:
        needed = [verb for verb in main if verb in span] or [verb for verb in verbs if verb in span]
        if needed and not places.isdisjoint(span) and places.isdisjoint(needed):
            return False
    return not main or not places.isdisjoint(main)


def clause_spans(words: Sequence[Word], verbs: Sequence[int], language: Language) -> list[range]:
    """Return the places of each clause, and of each subordinate clause that has a verb."""
    clauses = bonds.clauses_of(words)
    bounds = [0, *(np.flatnonzero(np.diff(clauses)) + 1).tolist(), len(words)]
    spans = [range(start, end) for start, end in pairwise(bounds)]
    return spans + [range(place, end) for place, end in bonds.subordinate_spans(words, verbs, language)]


def step_costs(text: str, words: Sequence[Word]) -> NDArray[np.int64]:
    """Return what a step to each word costs in characters, (T + 2, T + 2): the word, and a space if one is needed."""
    size = len(words)
    costs = np.zeros((size + 2, size + 2), np.int64)
    costs[:, 1:-1] = [word.end - word.start for word in words]
    for left in range(size):
        for right in range(left + 1, size):
            costs[left + 1, right + 1] += len(_between(text, words[left], words[right], is_next=right == left + 1))
    return costs


def _between(text: str, left: Word, right: Word, *, is_next: bool) -> str:
    """Return what stands between two kept words: the source's own space, or one where two words would touch."""
    if is_next:
        return " " if right.start > left.end and needs_space(left.text, right.text) else ""
    if right.text in bonds.NO_SPACE_BEFORE or left.text in bonds.NO_SPACE_AFTER:
        return ""
    return " " if needs_space(text[left.start : left.end], text[right.start : right.end]) else ""


@dataclass(frozen=True, slots=True)
class Paths:
    """The best path of every length.

    Args:
        values: (budget + 1,), the value of the best path of exactly so many characters, minus infinity if none has.
        came_from: (T + 2, budget + 1), the word before each on the best path of so many characters to it.
        costs: (T + 2, T + 2).
    """

    values: NDArray[np.float64]
    came_from: NDArray[np.int32]
    costs: NDArray[np.int64]

    def lengths(self) -> list[int]:
        """Return the lengths for which there is a path, the best one first."""
        order = np.argsort(-self.values, kind="stable")
        return [int(length) for length in order if np.isfinite(self.values[length])]

    def of_length(self, length: int) -> tuple[int, ...]:
        """Return the places of the words on the best path of a length, rising."""
        kept: list[int] = []
        t = len(self.came_from) - 1
        while t:
            last = int(self.came_from[t, length])
            length -= int(self.costs[last, t])
            t = last
            kept += [t - 1] * (t > 0)
        return tuple(reversed(kept))


def find_paths(
    log_p: NDArray[np.floating], allowed: NDArray[np.bool_], costs: NDArray[np.int64], *, budget: int, bonus: float
) -> Paths:
    """Find the best path of every length up to a budget, by dynamic programming over the last kept word.

    Args:
        log_p: (T + 2, T + 2), log P(t|j).
        allowed: (T + 2, T + 2).
        costs: (T + 2, T + 2), characters.
        budget: most characters, at least 0.
        bonus: what a character is worth.
    """
    size = len(log_p)
    gain = np.where(allowed, log_p, -np.inf) + bonus * costs
    best = np.full((size, budget + 1), -np.inf)
    came_from = np.zeros((size, budget + 1), np.int32)
    best[0, 0] = 0.0
    for t in range(1, size):
        for j in np.flatnonzero(np.isfinite(gain[:t, t])):
            cost = int(costs[j, t])
            if cost > budget:
                continue
            value = best[j, : budget + 1 - cost] + gain[j, t]
            is_better = value > best[t, cost:]
            best[t, cost:][is_better] = value[is_better]
            came_from[t, cost:][is_better] = j
    return Paths(best[-1], came_from, costs)


def compressions(document: Document, index: int, editor: Editor, *, most_chars: int) -> Iterator[Compression]:
    """Yield shorter forms of a sentence, one of each length, the best first.

    Args:
        document: the source.
        index: of the sentence.
        editor: what is known about its words.
        most_chars: of a form, its stop included.
    """
    sentence, language = document.sentences[index], document.language
    words = words_between(document, sentence.body, sentence.end)
    stop = [words.pop()] if words and words[-1].text in bonds.STOPS else []
    if not LEAST_WORDS <= len(words) <= MOST_WORDS:
        return
    budget = min(most_chars, sentence.end - sentence.body) - sum(word.end - word.start for word in stop)
    if budget < 0:
        return
    costs = step_costs(document.text, words)
    bonus = BONUS[language]
    texts = [word.text for word in words]
    verbs = [place for place, text in enumerate(texts) if editor.is_verb(text)]
    is_noun = [editor.is_noun(text) for text in texts]
    main, spans = bonds.main_verbs(words, verbs, language), clause_spans(words, verbs, language)
    allowed = steps_allowed(words, verbs, is_noun, language)
    paths = find_paths(editor.edit(texts), allowed, costs, budget=budget, bonus=bonus)
    for length in paths.lengths():
        kept = paths.of_length(length)
        num_words = sum(is_word(texts[place]) for place in kept)
        if num_words >= LEAST_WORDS and len(kept) < len(words) and keeps_verbs(kept, verbs, main, spans):
            pieces = compressed_pieces(document.text, words, kept)
            pieces += [source_piece(document.text, word.start, word.end) for word in stop]
            value = float(paths.values[length])
            yield Compression(
                pieces=tuple(merged(document.text, pieces)),
                log_p=value - bonus * length,
                value=value,
                num_words=num_words,
                has_verb=not set(kept).isdisjoint(verbs),
            )


def compressed_pieces(text: str, words: Sequence[Word], kept: Sequence[int]) -> list[Piece]:
    """Return the kept words as runs of the source, with spaces where two would touch."""
    pieces = [source_piece(text, words[kept[0]].start, words[kept[0]].end)]
    for left, right in pairwise(kept):
        between = _between(text, words[left], words[right], is_next=right == left + 1)
        start = words[left].end if between and text[words[left].end : words[right].start] == between else None
        if start is not None:
            pieces.append(source_piece(text, start, words[right].end))
        else:
            pieces += [SPACE] * len(between) + [source_piece(text, words[right].start, words[right].end)]
    return pieces

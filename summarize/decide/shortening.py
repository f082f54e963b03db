"""Shorter forms of a sentence: proposed by `cuts`, forbidden by `rules`, and printed only where the judge is sure."""

from collections.abc import Sequence
from itertools import accumulate, islice

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.budget import UNLIMITED
from summarize.decide.cuts import dateline_end, find_forms
from summarize.decide.rules import broken_rule
from summarize.decide.words import Judge, Word, words_between
from summarize.document import Document, Draft, Form, Language, Piece, Shortening
from summarize.text.marks import CLAUSE_MARKS, LINE_STOPS, LIST_COMMAS
from summarize.text.pieces import (
    SPACE,
    count_words,
    label_pieces,
    merged,
    needs_space,
    sentence_pieces,
    source_piece,
)
from summarize.text.tokenization import is_word
from summarize.value import value

MOST_WORDS = 120  # of a sentence that is shortened
LEAST_WORDS = 3  # of a form
MOST_PROPOSED = 2000  # forms of a sentence that are looked at
MOST_JUDGED = 32  # of those, the ones with the fewest cuts

_NO_SPACE_BEFORE = frozenset(",.;:!?%)]}’”'" + CLAUSE_MARKS + LIST_COMMAS + "）》」』】")
_NO_SPACE_AFTER = frozenset("([{‘“$£€#（《「『【，。；：、")


@value
class Shortened:
    """A sentence in a shorter form.

    Args:
        draft: how it is printed.
        share: of the sentence's characters that are kept, 0 to 1.
    """

    draft: Draft
    share: float

    @property
    def text(self) -> str:
        """What is printed."""
        return self.draft.text


def surest_form(
    document: Document,
    index: int,
    judge: Judge,
    config: SelectionConfig,
    *,
    most_chars: int,
    most_words: int,
    least_share: float = 0.0,
) -> Shortened | None:
    """Return the form of a sentence that is likeliest to be good, of those that fit and are sure; None if none is.

    Args:
        document: the source.
        index: of the sentence.
        judge: says how they read.
        config: how sure it must be.
        most_chars: of the form, with the label of its speaker.
        most_words: of the form, with its label.
        least_share: of the sentence's characters, which a form keeps more of.
    """
    found = shorter_forms(
        document, index, judge, config, most_chars=most_chars, most_words=most_words, least_share=least_share
    )
    return max(found, key=lambda form: form.draft.shortening.good if form.draft.shortening else 0.0, default=None)


def shorter_forms(
    document: Document,
    index: int,
    judge: Judge,
    config: SelectionConfig,
    *,
    most_chars: int = UNLIMITED,
    most_words: int = UNLIMITED,
    least_share: float = 0.0,
) -> list[Shortened]:
    """Return the forms of a sentence that fit and are sure to read well; arguments as for `surest_form`.

    A dateline is left out of each. Where nothing else is, the judge is not asked: that form is good for sure.
    """
    sentence = document.sentences[index]
    if any(sentence.marks) or not sentence.is_text:
        return []
    words = words_between(document, sentence.body, sentence.end)
    stop = words.pop() if words and words[-1].text in LINE_STOPS else None
    if stop is None and words and words[-1].text.endswith("."):  # p.m. ends the sentence as well
        stop = Word(".", words[-1].end - 1, words[-1].end)
    if not LEAST_WORDS <= len(words) <= MOST_WORDS:
        return []
    label = label_pieces(document, index)
    head = dateline_end(words, document.language)  # is left out of every form, and no loss
    words = words[head:]
    num_chars = sum(word.end - word.start for word in words)

    def share(form: Form) -> float:
        """Return how much of the sentence is kept."""
        return sum(words[place].end - words[place].start for place in form.kept) / num_chars

    def that_fit(form: Form) -> tuple[Piece, ...] | None:
        """Return how a form is printed; None if it is too long, or nothing of it is printed."""
        pieces = form_pieces(document, words, form, stop)
        if not pieces:
            return None
        pieces = (*label, *pieces)
        text = "".join(piece.text for piece in pieces)
        fits = len(text) <= most_chars and (most_words == UNLIMITED or count_words(text) <= most_words)
        return pieces if fits else None

    def shortened(form: Form, pieces: tuple[Piece, ...], good: float, false: float) -> Shortened:
        kinds = (*(("opening",) if head else ()), *(cut.kind for cut in form.cuts))
        draft = Draft((index,), pieces, False, len(label), Shortening(kinds, good, false))
        return Shortened(draft, share(form))

    found = []
    undated = Form((), tuple(range(len(words))))
    if head and len(words) >= LEAST_WORDS and (pieces := that_fit(undated)) is not None:
        found.append(shortened(undated, pieces, 1.0, 0.0))
    allowed: list[tuple[Form, tuple[Piece, ...]]] = []
    proposed = _proposed(words, judge, document.language, most_chars)
    for form in sorted(proposed, key=lambda form: (len(form.cuts), -len(form.kept))):
        if len(allowed) == MOST_JUDGED:
            break
        if share(form) <= least_share or (pieces := that_fit(form)) is None:
            continue
        if broken_rule(words, form, document.language) is None:
            allowed.append((form, pieces))
    if not allowed:
        return found
    verdicts = judge.judge(
        [word.text for word in words],
        words_before(document, index),
        [form for form, _ in allowed],
        has_stop=stop is not None,
        least_good=config.least_good,
    )
    for (form, pieces), (good, _, false) in zip(allowed, verdicts.tolist(), strict=True):
        least_good = config.least_good_end if form.cuts[-1].end == len(words) else config.least_good
        if good >= least_good and false <= config.most_false:
            found.append(shortened(form, pieces, good, false))
    return found


def costs_of_forms(
    document: Document, indices: Sequence[int], judge: Judge, config: SelectionConfig
) -> NDArray[np.int64]:
    """Return sentences, characters and words of each form of some sentences that is sure to read well, (N, 3)."""
    forms = [form for index in indices for form in shorter_forms(document, index, judge, config)]
    return np.array([(1, len(form.text), count_words(form.text)) for form in forms], np.int64).reshape(-1, 3)


def _proposed(words: Sequence[Word], judge: Judge, language: Language, most_chars: int) -> list[Form]:
    is_verb = [judge.may_be_predicate(word.text) for word in words]
    counted = [0, *accumulate(is_word(word.text) for word in words)]

    def num_words(form: Form) -> int:
        return counted[-1] - sum(counted[cut.end] - counted[cut.first] for cut in form.cuts)

    forms = islice(find_forms(words, is_verb, language, most_chars), MOST_PROPOSED)
    return [form for form in forms if num_words(form) >= LEAST_WORDS]


def words_before(document: Document, index: int) -> list[str]:
    """Return the words of the sentence before, if there is one."""
    if not index:
        return []
    sentence = document.sentences[index - 1]
    return [word.text for word in words_between(document, sentence.body, sentence.end)]


def form_pieces(document: Document, words: Sequence[Word], form: Form, stop: Word | None) -> tuple[Piece, ...]:
    """Return a form as runs of the source: with a space where two words would touch, and its stop.

    Where it begins with another word than the sentence, an English one gets a capital. Where all that is kept steers a
    terminal and is not printed, there are none.

    Args:
        document: the source.
        words: of the sentence, without its stop.
        form: what of it is kept.
        stop: of the sentence.
    """
    text = document.text
    runs: list[list[int]] = []
    for place in form.kept:
        if runs and place == runs[-1][1] + 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    pieces: list[Piece] = []
    for number, (first, last) in enumerate(runs):
        if pieces and _is_spaced(text, words, runs[number - 1][1], first):
            pieces.append(SPACE)
        pieces += sentence_pieces(text, words[first].start, words[last].end)
    if not pieces:
        return ()
    if form.kept[0] and document.language == "en":
        pieces[0] = _capitalized(pieces[0], words[form.kept[0]].text)
    if stop is not None and not words[form.kept[-1]].text.endswith(stop.text):
        pieces.append(source_piece(text, stop.start, stop.end))
    return tuple(merged(text, pieces))


def _is_spaced(text: str, words: Sequence[Word], left: int, right: int) -> bool:
    """Return whether a space stands between two words that are brought together."""
    one, other = words[left], words[right]
    if other.text in _NO_SPACE_BEFORE or one.text in _NO_SPACE_AFTER:
        return False
    if needs_space(text[one.start : one.end], text[other.start : other.end]):
        return True
    before_gap, behind_gap = words[left + 1].start > one.end, other.start > words[right - 1].end
    is_mixed = text[one.end - 1].isascii() != text[other.start].isascii()
    return (before_gap or behind_gap) and is_mixed


def _capitalized(piece: Piece, word: str) -> Piece:
    """Return a piece that begins a sentence with a capital if its first word is written in small letters."""
    is_plain = word.isascii() and word.isalpha() and word.islower()
    return Piece(piece.text[:1].upper() + piece.text[1:], piece.start, piece.end) if is_plain else piece

"""Shorter forms of a sentence: proposed by `cuts`, filtered by `rules`, and printed only if the judge is confident."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, islice
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.budget import UNLIMITED
from summarize.decide.cuts import dateline_end, find_forms
from summarize.decide.rules import broken_rule
from summarize.decide.words import Judge, JudgeRequest, Word, Words, words_between
from summarize.document import Document, Draft, Form, Piece, Shortening
from summarize.text.marks import CLAUSE_MARKS, LINE_STOPS, LIST_COMMAS
from summarize.text.pieces import (
    SPACE,
    count_words,
    label_pieces,
    merge_pieces,
    needs_space,
    sentence_pieces,
    source_piece,
)
from summarize.text.tokenization import is_word
from summarize.value import value

MAX_WORDS = 120  # of a sentence that is shortened
MIN_WORDS = 3  # of a form
MAX_PROPOSED = 2000  # forms of a sentence that are looked at
MAX_JUDGED = 32  # of those, the ones with the fewest cuts

_NO_SPACE_BEFORE = frozenset(",.;:!?%)]}’”'" + CLAUSE_MARKS + LIST_COMMAS + "）》」』】")
_NO_SPACE_AFTER = frozenset("([{‘“$£€#（《「『【，。；：、")


@value
class ShorterForm:
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


def most_confident_forms(
    document: Document,
    least_shares: Mapping[int, float],
    judge: Judge,
    config: SelectionConfig,
    *,
    most_chars: int,
    most_words: int,
) -> dict[int, ShorterForm]:
    """Return, for each sentence that has one, the form most likely good among those that fit and pass the thresholds.

    Args:
        document: the source.
        least_shares: for each sentence, the share of its characters that a form must exceed.
        judge: says how they read.
        config: how sure it must be.
        most_chars: of a form, with the label of its speaker.
        most_words: of a form, with its label.
    """
    limits = _Limits(most_chars, most_words)
    sentences = [_to_shorten(document, index, share) for index, share in least_shares.items()]
    found = _sure_forms([(one, *one.that_fit(limits, judge)) for one in sentences if one is not None], judge, config)
    return {
        forms[0].draft.indices[0]: max(
            forms, key=lambda form: form.draft.shortening.good if form.draft.shortening else 0
        )
        for forms in found
        if forms
    }


def find_shorter_forms(
    document: Document,
    index: int,
    judge: Judge,
    config: SelectionConfig,
    *,
    most_chars: int = UNLIMITED,
    most_words: int = UNLIMITED,
) -> list[ShorterForm]:
    """Return the fitting forms of a sentence above the thresholds; arguments as for `most_confident_forms`.

    A dateline is left out of each. A form that omits only the dateline is accepted without the judge.
    """
    sentence = _to_shorten(document, index)
    if sentence is None:
        return []
    return _sure_forms([(sentence, *sentence.that_fit(_Limits(most_chars, most_words), judge))], judge, config)[0]


def form_costs(
    document: Document, indices: Sequence[int], judge: Judge, config: SelectionConfig, least: tuple[int, int]
) -> NDArray[np.int64]:
    """Return sentences, characters and words of forms of some sentences that are sure to read well, (N, 3).

    Args:
        document: the source.
        indices: of the sentences.
        judge: says how they read.
        config: how sure it must be.
        least: characters and words, 0 where it does not matter; only forms that have less of either are looked for.
    """
    sentences = filter(None, (_to_shorten(document, index) for index in indices))
    found = chain.from_iterable(_sure_forms([(one, *one.below(least, judge)) for one in sentences], judge, config))
    return np.array([(1, len(form.text), count_words(form.text)) for form in found], np.int64).reshape(-1, 3)


def _sure_forms(
    proposed: "Sequence[tuple[_ToShorten, list[ShorterForm], list[_Printed]]]", judge: Judge, config: SelectionConfig
) -> list[list[ShorterForm]]:
    """Return the forms of each of some sentences that are sure to read well.

    Args:
        proposed: each sentence with the forms that are sure to and with those that the judge is asked of.
        judge: says how they read.
        config: how sure it must be.
    """
    asked = [(sentence, forms) for sentence, _, forms in proposed if forms]
    questions = [sentence.question(forms) for sentence, forms in asked]
    verdicts = iter(judge.judge_all(questions, least_good=config.least_good) if asked else [])
    return [
        [*sure, *(sentence.sure(forms, next(verdicts).tolist(), config) if forms else [])]
        for sentence, sure, forms in proposed
    ]


class _Limits(NamedTuple):
    """Most characters and words of a form."""

    chars: int
    words: int

    def hold(self, text: str) -> bool:
        """Return whether a text is short enough."""
        return len(text) <= self.chars and (self.words == UNLIMITED or count_words(text) <= self.words)


class _Printed(NamedTuple):
    """A form, and how it is printed.

    Args:
        form: of a sentence.
        pieces: what is printed of it.
        is_visible: whether any of them is its own, and not the label of its speaker.
    """

    form: Form
    pieces: tuple[Piece, ...]
    is_visible: bool

    @property
    def text(self) -> str:
        """What is printed."""
        return "".join([piece.text for piece in self.pieces])

    def is_below(self, bounds: tuple[int, int]) -> bool:
        """Return whether it has less characters than one bound or less words than the other."""
        return len(self.text) < bounds[0] or (bounds[1] > 0 and count_words(self.text) < bounds[1])


class _Verbs(Sequence[bool]):
    """Whether each word may be a predicate, (T,): the judge is asked of those that somebody wants to know it of."""

    def __init__(self, words: Sequence[Word], judge: Judge) -> None:
        self._words, self._judge = words, judge

    @overload
    def __getitem__(self, index: int) -> bool: ...
    @overload
    def __getitem__(self, index: slice) -> list[bool]: ...
    def __getitem__(self, index: int | slice) -> bool | list[bool]:
        if isinstance(index, slice):
            return [self._judge.may_be_predicate(word.text) for word in self._words[index]]
        return self._judge.may_be_predicate(self._words[index].text)

    def __len__(self) -> int:
        return len(self._words)


@value
class _ToShorten:
    """A sentence of which there may be shorter forms.

    Args:
        document: the source.
        index: of the sentence.
        words: without its stop and the dateline that it begins with.
        stop: its stop.
        label: who speaks.
        has_dateline: whether it begins with one, which is left out of every form, and no loss.
        num_chars: of the words.
        least_share: of these, of which a form keeps more.
    """

    document: Document
    index: int
    words: Words
    stop: Word | None
    label: tuple[Piece, ...]
    has_dateline: bool
    num_chars: int
    least_share: float

    def that_fit(self, limits: _Limits, judge: Judge) -> tuple[list[ShorterForm], list[_Printed]]:
        """Return the forms that are short enough: those that are sure to read well, and those that may."""
        undated = [form for form in self._undated() if limits.hold(form.text)]
        allowed: list[_Printed] = []
        for form in self._proposed(judge, limits.chars):
            if len(allowed) == MAX_JUDGED:
                break
            if self._share(form) <= self.least_share:
                continue
            printed = self._printed(form)
            if printed.is_visible and limits.hold(printed.text) and self._allows(form):
                allowed.append(printed)
        return undated, allowed

    def below(self, bounds: tuple[int, int], judge: Judge) -> tuple[list[ShorterForm], list[_Printed]]:
        """Return the forms with less characters or less words than so many, as `that_fit` does."""
        forms = [self._printed(form) for form in self._proposed(judge, UNLIMITED)]
        forms = [form for form in forms if form.is_visible]
        short = {index for index, form in enumerate(forms) if form.is_below(bounds)}
        if max(short, default=0) < MAX_JUDGED:
            asked = [index for index in sorted(short) if self._allows(forms[index].form)]
        else:  # whether the judge is asked of a form depends on how many are allowed before it
            allowed = islice((index for index, form in enumerate(forms) if self._allows(form.form)), MAX_JUDGED)
            asked = [index for index in allowed if index in short]
        return self._undated(), [forms[index] for index in asked]

    def question(self, forms: Sequence[_Printed]) -> JudgeRequest:
        """Return what the judge is asked about some forms."""
        words, before = [word.text for word in self.words], words_before(self.document, self.index)
        return JudgeRequest(words, before, [printed.form for printed in forms], self.stop is not None)

    def sure(
        self, forms: Sequence[_Printed], verdicts: Sequence[Sequence[float]], config: SelectionConfig
    ) -> list[ShorterForm]:
        """Return those of some forms that are sure to read well, as the judge has found."""
        found = []
        for printed, (good, _, false) in zip(forms, verdicts, strict=True):
            is_end_cut = printed.form.cuts[-1].end == len(self.words)
            if good >= (config.least_good_end if is_end_cut else config.least_good) and false <= config.most_false:
                found.append(self._shortened(printed, good, false))
        return found

    def _proposed(self, judge: Judge, most_chars: int) -> list[Form]:
        """Return the forms that are looked at, those with the fewest cuts first."""
        is_verb = _Verbs(self.words, judge)
        counted = [0, *accumulate(is_word(word.text) for word in self.words)]
        forms = islice(find_forms(self.words, is_verb, self.document.language, most_chars), MAX_PROPOSED)
        found = [
            form
            for form in forms
            if counted[-1] - sum([counted[cut.end] - counted[cut.first] for cut in form.cuts]) >= MIN_WORDS
        ]
        return sorted(found, key=lambda form: (len(form.cuts), -len(form.kept)))

    def _allows(self, form: Form) -> bool:
        """Return whether a form breaks no rule."""
        return broken_rule(self.words, form, self.document.language) is None

    def _share(self, form: Form) -> float:
        """Return how much of the sentence is kept."""
        return sum([self.words[index].end - self.words[index].start for index in form.kept]) / self.num_chars

    def _printed(self, form: Form) -> _Printed:
        """Return a form as it is printed."""
        pieces = form_pieces(self.document, self.words, form, self.stop)
        return _Printed(form, (*self.label, *pieces), bool(pieces))

    def _undated(self) -> list[ShorterForm]:
        """Return the sentence without its dateline, if it has one and something is left."""
        if not self.has_dateline or len(self.words) < MIN_WORDS:
            return []
        printed = self._printed(Form((), tuple(range(len(self.words)))))
        return [self._shortened(printed, 1.0, 0.0)] if printed.is_visible else []

    def _shortened(self, printed: _Printed, good: float, false: float) -> ShorterForm:
        kinds = (*(("opening",) if self.has_dateline else ()), *(cut.kind for cut in printed.form.cuts))
        shortening = Shortening(kinds, good, false)
        draft = Draft((self.index,), printed.pieces, False, len(self.label), shortening)
        return ShorterForm(draft, self._share(printed.form))


def _to_shorten(document: Document, index: int, least_share: float = 0.0) -> _ToShorten | None:
    """Return a sentence that may be shortened; None if this one may not."""
    sentence = document.sentences[index]
    if any(sentence.marks) or not sentence.is_text:
        return None
    words = words_between(document, sentence.body, sentence.end)
    stop = words.pop() if words and words[-1].text in LINE_STOPS else None
    if stop is None and words and words[-1].text.endswith("."):  # p.m. ends the sentence as well
        stop = Word(".", words[-1].end - 1, words[-1].end)
    if not MIN_WORDS <= len(words) <= MAX_WORDS:
        return None
    head = dateline_end(words, document.language)
    words = Words(words[head:])
    num_chars = sum(word.end - word.start for word in words)
    return _ToShorten(document, index, words, stop, label_pieces(document, index), head > 0, num_chars, least_share)


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
    for index in form.kept:
        if runs and index == runs[-1][1] + 1:
            runs[-1][1] = index
        else:
            runs.append([index, index])
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
    return tuple(merge_pieces(text, pieces))


def _is_spaced(text: str, words: Sequence[Word], left: int, right: int) -> bool:
    """Return whether a space stands between two words that are brought together."""
    one, other = words[left], words[right]
    if other.text in _NO_SPACE_BEFORE or one.text in _NO_SPACE_AFTER:
        return False
    if needs_space(text[one.start : one.end], text[other.start : other.end]):
        return True
    before_gap, after_gap = words[left + 1].start > one.end, other.start > words[right - 1].end
    is_mixed = text[one.end - 1].isascii() != text[other.start].isascii()
    return (before_gap or after_gap) and is_mixed


def _capitalized(piece: Piece, word: str) -> Piece:
    """Return a piece that begins a sentence with a capital if its first word is written in lower case."""
    is_plain = word.isascii() and word.isalpha() and word.islower()
    return Piece(piece.text[:1].upper() + piece.text[1:], piece.start, piece.end) if is_plain else piece

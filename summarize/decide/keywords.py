"""Keywords: the most informative words of a text, and the fixed phrases that contain them.

    score = (sum over where it stands of ((1 - m) / S + m w_i)) * sqrt(information) * (1 + b (words - 1))

w_i is the attention weight of the sentence of the occurrence, and S the number of sentences: half of the score follows
the attention, half the frequency. The information of a word is its idf; that of a phrase is the mean of
its words. Neighbours are one phrase where one of the two never stands without the other, and that more than once. Words
of grammar, numbers, and words that nearly every text has are left out, single characters but in phrases.

On dev, of the words of titles that a text has, five keywords name more than with `w_i` or without it alone, and more
than those of jieba's tf-idf and TextRank.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from summarize.decide.words import HAN_NUMERALS
from summarize.document import Document
from summarize.explanation import steady
from summarize.lexicon import NO_INFORMATION
from summarize.summary import Keyword
from summarize.text.language import HAN_RUN
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import sentence_pieces
from summarize.text.terms import word_spans
from summarize.text.word_classes import descriptions, words_of, words_of_all

Floats = NDArray[np.float64]

MIN_INFORMATION = 2.0  # of a word by itself: what half of all texts have says little about one
MAX_WORDS = 4  # of a phrase
MIN_TOGETHER = 2  # times that a phrase stands in the text
_ATTENTION_SHARE = 0.5  # m
_WORD_BONUS = 0.5  # b
_COUNTING = "一二三四五六七八九十两几"  # numerals that begin no name together with what they count
_POSSESSIVES = ("'s", "’s")
_NUMBER = lazy_pattern(r"\d|[^a-z].*\d")  # a number, with or without its unit; not the name of a model


class InformationSource(Protocol):
    """A provider of the information of words."""

    def information(self, terms: Sequence[str]) -> Floats:
        """Return the information of words in Simplified characters and small letters, (N,)."""
        ...


@dataclass(slots=True)
class _Occurrence:
    """Where a word or a phrase stands: the first and the last word of a run, and the weight of the sentence."""

    start: int
    end: int
    weight: float


@dataclass(slots=True)
class _Run:
    """The words of a sentence: which term each is, and where it stands."""

    weight: float
    terms: list[int]
    spans: list[tuple[int, int]]


@dataclass(slots=True)
class _Terms:
    """The words of a text as numbers: a plural in -s is one with its singular.

    Args:
        names: of each, in lower case.
    """

    names: list[str] = field(default_factory=list)
    _number_of: dict[str, int] = field(default_factory=dict)

    def number(self, name: str, known: frozenset[str]) -> int:
        singular = name[:-1] if name.isascii() and name.endswith("s") and name[:-1] in known else name
        if singular not in self._number_of:
            self._number_of[singular] = len(self.names)
            self.names.append(singular)
        return self._number_of[singular]


def find_keywords(document: Document, weights: Floats, informant: InformationSource, count: int) -> tuple[Keyword, ...]:
    """Return the most informative words and phrases, the best first; among ties the earlier first.

    There may be fewer than so many, or none. Apparatus is not looked at while there is something else. A foreign text
    has none: which of its words are of grammar is not known.

    Args:
        document: the text.
        weights: attention weight of each sentence, (S,).
        informant: knows how informative words are.
        count: how many, at least 1.
    """
    if document.foreign:
        return ()
    terms, runs = _read(document, weights)
    information = informant.information(terms.names)
    occurrences: dict[tuple[int, ...], list[_Occurrence]] = {}
    may_be = [is_telling(name) and bits > NO_INFORMATION for name, bits in zip(terms.names, information, strict=True)]
    for key, occurrence in _phrases(document, runs, may_be):
        occurrences.setdefault(key, []).append(occurrence)
    scores = {
        key: sum(occurrence.weight for occurrence in found)
        * float(np.sqrt(information[list(key)].mean()))
        * (1 + _WORD_BONUS * (len(key) - 1))
        for key, found in occurrences.items()
        if len(key) > 1 or (len(terms.names[key[0]]) > 1 and information[key[0]] >= MIN_INFORMATION)
    }
    chosen: list[Keyword] = []
    compared = dict(zip(scores, steady(list(scores.values())).tolist(), strict=True))
    best = sorted(scores, key=lambda key: -compared[key])
    for key in best:
        text = _usual_form(document, occurrences[key])
        if not any(text.lower() in other.text.lower() for other in chosen):
            spans = tuple((occurrence.start, occurrence.end) for occurrence in occurrences[key])
            chosen.append(Keyword(text, scores[key] / scores[best[0]], spans))
        if len(chosen) == count:
            break
    return tuple(chosen)


def _read(document: Document, weights: Floats) -> tuple[_Terms, list[_Run]]:
    """Return the words of a text, sentence by sentence."""
    normalized, sentences = normalize(document.text), document.sentences
    is_read = [sentence.role != "apparatus" for sentence in sentences]
    spans = [
        [(start, end - 2 * normalized.endswith(_POSSESSIVES, start, end)) for start, end in words]
        if is_read[index] or not any(is_read)
        else []
        for index, words in enumerate(word_spans(document))
    ]
    names = [list(_names(normalized, words)) for words in spans]
    terms, known = _Terms(), frozenset(name for words in names for name in words)
    shares = (1 - _ATTENTION_SHARE) / max(1, len(sentences)) + _ATTENTION_SHARE * weights
    runs = [
        _Run(share, [terms.number(name, known) for name in own], words)
        for share, own, words in zip(shares.tolist(), names, spans, strict=True)
    ]
    return terms, runs


def _names(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Yield words in lower case; what a number counts, as 号线 in 4号线, as a number."""
    before, behind = "", 0
    for start, end in spans:
        name = text[start:end].lower()
        is_counted = start == behind and before[-1:].isdigit() and _is_number(before)
        yield f"0{name}" if is_counted else name
        before, behind = name, end


def is_telling(name: str) -> bool:
    """Return whether a word, in Simplified characters and small letters, is none of grammar and no number."""
    return name not in _grammar() and not _is_number(name)


@cache
def _grammar() -> frozenset[str]:
    return words_of_all(*descriptions())


def _is_number(name: str) -> bool:
    """Return whether a word is a number, perhaps with what it counts: 3.5%, 十一月, 两个; not GPT-4, 四川, 百度."""
    counted = name.lstrip(HAN_NUMERALS)
    return (
        _NUMBER.match(name) is not None
        or not counted
        or (len(counted) < len(name) and name[0] in _COUNTING and counted in _units())
    )


@cache
def _units() -> frozenset[str]:
    return words_of("zh", "time_unit", "unit", "classifier")


def _phrases(
    document: Document, runs: Sequence[_Run], may_be: Sequence[bool]
) -> Iterator[tuple[tuple[int, ...], _Occurrence]]:
    """Yield the words and phrases that may be keywords: what words each is of, and where it stands."""
    alone, together = Counter[int](), Counter[tuple[int, int]]()
    for run in runs:
        alone.update(run.terms)
        together.update(
            (run.terms[k], run.terms[k + 1])
            for k in range(len(run.terms) - 1)
            if may_be[run.terms[k]] and may_be[run.terms[k + 1]] and _touch(document.text, run.spans, k)
        )

    def is_one(run: _Run, k: int) -> bool:
        """Return whether a word of a run belongs with the next one."""
        pair = run.terms[k], run.terms[k + 1]
        times = together[pair]
        is_bound = times >= MIN_TOGETHER and times >= min(alone[pair[0]], alone[pair[1]])
        return is_bound and _touch(document.text, run.spans, k)

    for run in runs:
        first = 0
        while first < len(run.terms):
            last = first
            while last + 1 < min(len(run.terms), first + MAX_WORDS) and is_one(run, last):
                last += 1
            if may_be[run.terms[first]]:
                yield (
                    tuple(run.terms[first : last + 1]),
                    _Occurrence(run.spans[first][0], run.spans[last][1], run.weight),
                )
            first = last + 1


def _touch(text: str, spans: Sequence[tuple[int, int]], k: int) -> bool:
    """Return whether nothing stands between a word and the next one but what words of a phrase have between them."""
    end, start = spans[k][1], spans[k + 1][0]
    gap = text[end:start]
    if not gap or gap == "-":
        return True
    is_chinese = HAN_RUN.match(text[end - 1]) is not None and HAN_RUN.match(text[start]) is not None
    return gap.isspace() and not (is_chinese and "\n" not in gap)


def _usual_form(document: Document, occurrences: Sequence[_Occurrence]) -> str:
    """Return how a phrase is printed: as it mostly is in the text; in lower case rather than with a capital."""
    forms = Counter(
        "".join(piece.text for piece in sentence_pieces(document.text, occurrence.start, occurrence.end))
        for occurrence in occurrences
    )
    return max(forms, key=lambda form: (forms[form], form[:1].islower()))

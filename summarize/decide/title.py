"""What a text may be called, in its own words: at most 20 characters of Chinese, or 12 words of English.

    its own title, or the heading that it begins with, if that speaks of what the text speaks of, or if it is that of a
        book, a meeting or a record, which people name; of a longer one a part
    or else a short sentence, or a shorter form of one that the judge allows: the best of those that are worth it

        worth = named * sqrt(w / heaviest w)      named = weight of the keywords in it / weight of the five heaviest
        score = worth * good

w is the weight of the sentence for a summary of one sentence; good is what the judge says of a form, and 1 for what
stands whole. What speaks of I, we or you counts half; what leans on another sentence does not count. A form must be as
sure to read well and to be true as one of a summary.

The bounds are those that did well on dev, where texts have titles that were taken off.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.keywords import Informant, find_keywords, is_telling
from summarize.decide.shortening import shorter_forms
from summarize.decide.words import Judge
from summarize.document import Document, Draft, Language, Piece
from summarize.errors import BudgetError
from summarize.interface import _
from summarize.summary import Keyword
from summarize.text.marks import BRACKET_PAIRS, CLAUSE_MARKS, FULL_STOPS, MARK_PAIRS
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy
from summarize.text.pieces import count_words, whole
from summarize.text.printing import printable
from summarize.text.sections import find_title as find_heading
from summarize.text.sections import heading_pieces
from summarize.text.tokenization import is_word, tokenize
from summarize.text.word_classes import LEANING, PERSONS
from summarize.value import replace

Floats = NDArray[np.float64]

MOST_CHARS = 20  # of a Chinese title
MOST_WORDS = 12  # of an English one
LEAST_WORTH = 0.2  # the heaviest keyword, in the heaviest sentence, is about 0.25
_NUM_SENTENCES = 12  # that are looked at, the heaviest ones
_NUM_KEYWORDS = 30  # that may be named
_NUM_HEAVIEST = 5
_LEAST_WORDS = 3  # of a sentence or a form of one
_LEAST_CHARS, _MOST_CHARS_OF_ITS_OWN = 2, 200  # of a title of its own, a part of which may be taken
_PERSON_MALUS = 0.5
_BRACKETS = tuple(BRACKET_PAIRS)
# What parts the clauses of a title, and parts it from a gloss and from the name of where it was published.
_PARTS = lazy(
    r"\s*[（(【\[][^（）()【】\[\]]{0,60}[）)】\]]\s*|[：:，,；;。！!？?|｜_]+\s*|\s[-–—]\s|——|──|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])"
)
# Formats whose title somebody gave to the whole, whether or not it speaks of what the text does: a novel's need not.
_NAMED_BY_PEOPLE = frozenset({"epub", "chat", "records"})
# What stands above a part of any text, or where a title should stand.
_SAYS_NOTHING = lazy(
    r"(?:第[一二三四五六七八九十百\d]+[章节部卷篇回]|[\d.\s]+|chapter [\divxlc]+|part [\divxlc]+|introduction|abstract|"
    r"summary|overview|(?:table of )?contents|preface|foreword|read ?me|untitled|document|"
    r"目录|摘要|前言|引言|导言|简介|概述|绪论|序言?|正文|内容|无标题|未命名|文档)[\s.:：\d]*"
)
_ABBREVIATION = lazy(r"\w\.\w+\.\Z")


class Reading(Judge, Informant, Protocol):
    """A document that has been read."""


def find_title(document: Document, weights: Floats, reading: Reading, config: SelectionConfig) -> Draft:
    """Return what a text may be called; of no sentence if its format says so.

    Args:
        document: the text.
        weights: attention weight of each sentence for a summary of one sentence, (S,).
        reading: what is known about the sentences and the words.
        config: how sure the judge must be of a sentence of a summary.

    Raises:
        BudgetError: nothing is short and good enough.
    """
    keywords = find_keywords(document, weights, reading, _NUM_KEYWORDS)
    found = _own_title(document, keywords) or _said_title(document, weights, reading, config, keywords)
    if found is None:
        message = (
            _("no title: nothing in the text says in {most} characters what it is about; ask for a sentence instead")
            if document.language == "zh"
            else _("no title: nothing in the text says in {most} words what it is about; ask for a sentence instead")
        )
        raise BudgetError(message.format(most=MOST_CHARS if document.language == "zh" else MOST_WORDS))
    return found


def _own_title(document: Document, keywords: Sequence[Keyword]) -> Draft | None:
    """Return the text's own title, or its first heading, or a part of either."""
    body = normalize(" ".join(document.text[s.body : s.end] for s in document.sentences if s.is_text)).lower()
    for draft in _headlines(document):
        if _is_given(document, draft.text):
            return draft
        parts = [draft, *_parts_of(draft)]
        able = [part for part in parts if _fits(part.text, document.language) and _is_about(part.text, body)]
        able = [part for part in able if part is draft or _is_balanced(part.text)]
        if able:
            return able[0] if able[0] is draft else max(able, key=lambda part: _named(part.text, keywords))
    return None


def _is_given(document: Document, title: str) -> bool:
    """Return whether somebody called the whole so, in as few words as a title may have."""
    is_given = document.format in _NAMED_BY_PEOPLE and title == document.title
    return is_given and _fits(title, document.language) and not _SAYS_NOTHING.fullmatch(title.lower())


def _headlines(document: Document) -> Iterator[Draft]:
    """Yield what the text calls itself: its title, then a heading that it begins with."""
    first = find_heading(document)
    heading = Draft((first.index,), heading_pieces(document, first.index)) if first else None
    title = printable(" ".join((document.title or "").split()))
    own = Draft((), (Piece(title),)) if title and not (heading and heading.text == title) else None
    yield from (draft for draft in (own, heading) if draft and len(draft.text) <= _MOST_CHARS_OF_ITS_OWN)


def _parts_of(draft: Draft) -> Iterator[Draft]:
    """Yield the parts of a title, one or several in a row: those that it begins with first, of these the longest."""
    text = draft.text
    gaps = [match.span() for match in _PARTS.finditer(text)]
    bounds = [(0, 0), *gaps, (len(text), len(text))]
    runs = [(start, end) for (_, start), (end, _) in combinations(bounds, 2) if start < end]
    for start, end in sorted(runs, key=lambda run: (run[0], -run[1])):
        yield Draft(draft.indices, _between(draft.pieces, start, end), is_whole=False)


def _between(pieces: Sequence[Piece], start: int, end: int) -> tuple[Piece, ...]:
    """Return a run of what is printed, by offsets into it."""
    found, at = [], 0
    for piece in pieces:
        low, high = max(start - at, 0), min(end - at, len(piece.text))
        if low < high:
            begins = None if piece.start is None else piece.start + low
            found.append(Piece(piece.text[low:high], begins, None if begins is None else begins + high - low))
        at += len(piece.text)
    return tuple(found)


def _is_balanced(text: str) -> bool:
    """Return whether all marks that come in pairs do."""
    return all(text.count(opener) == text.count(closer) for opener, closer in MARK_PAIRS.items())


def _is_about(title: str, body: str) -> bool:
    """Return whether a title speaks of what a text does: the text has at least a third of its telling words."""
    if len(title) < _LEAST_CHARS or title.startswith(_BRACKETS) or _SAYS_NOTHING.fullmatch(title.lower()):
        return False
    words = [word for word in _words(title) if is_telling(word)]
    return bool(words) and 3 * sum(word in body for word in words) >= len(words)


def _said_title(
    document: Document, weights: Floats, reading: Reading, config: SelectionConfig, keywords: Sequence[Keyword]
) -> Draft | None:
    """Return the best of the short sentences and the shorter forms of the heaviest ones."""
    heaviest = [index for index in np.argsort(-weights, kind="stable").tolist() if weights[index] > 0]
    best, most = None, 0.0
    for index in heaviest[:_NUM_SENTENCES]:
        if any(document.sentences[index].marks):
            continue
        for draft in _candidates(document, index, reading, config):
            words = _words(draft.text)
            worth = _named(draft.text, keywords) * float(np.sqrt(weights[index] / weights[heaviest[0]]))
            if worth < LEAST_WORTH or len(words) < _LEAST_WORDS or words[0] in LEANING:
                continue
            score = worth * (draft.shortening.good if draft.shortening else 1.0)
            score *= 1.0 if PERSONS.isdisjoint(words) else _PERSON_MALUS
            if score > most:
                best, most = draft, score
    return best


def _candidates(document: Document, index: int, judge: Judge, config: SelectionConfig) -> Iterator[Draft]:
    """Yield what a sentence offers that is short enough, without the name of its speaker and without its stop."""
    sentence = whole(document, index)
    label = "".join(piece.text for piece in sentence.pieces[: sentence.num_label])
    limits = (
        {"most_chars": MOST_CHARS + 1 + len(label)}  # with its stop
        if document.language == "zh"
        else {"most_words": MOST_WORDS + count_words(label)}
    )
    for draft in (sentence, *(form.draft for form in shorter_forms(document, index, judge, config, **limits))):
        title = _as_title(draft)
        if _fits(title.text, document.language) and not title.text.startswith(_BRACKETS):
            yield title


def _as_title(draft: Draft) -> Draft:
    """Return a draft without the name of its speaker and without its stop."""
    pieces = draft.pieces[draft.num_label :]
    text = "".join(piece.text for piece in pieces)
    end = len(text) if _ABBREVIATION.search(text) else len(text.rstrip(FULL_STOPS + CLAUSE_MARKS))
    return replace(draft, pieces=_between(pieces, 0, end), num_label=0)


def _named(text: str, keywords: Sequence[Keyword]) -> float:
    """Return the share of the heaviest keywords, by weight, that a text names as much of."""
    heaviest = sum(keyword.weight for keyword in keywords[:_NUM_HEAVIEST])
    small = text.lower()
    return sum(keyword.weight for keyword in keywords if keyword.text.lower() in small) / heaviest if heaviest else 0.0


def _fits(text: str, language: Language) -> bool:
    return bool(text) and (len(text) <= MOST_CHARS if language == "zh" else count_words(text) <= MOST_WORDS)


def _words(text: str) -> list[str]:
    """Return the words of a text, in Simplified characters and small letters."""
    return [token.lower() for token in tokenize(normalize(text)) if is_word(token)]

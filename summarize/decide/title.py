"""The title of a text, in its own words: at most 20 Chinese characters or 12 English words.

It is its own title, the heading that it begins with, or the line above the salutation of a letter, if that speaks of
what the text speaks of, or if it is that of a book, a meeting or a record, which people name; of a longer one a part,
the one that names most of the keywords.

A sentence of the text is none: of those that were chosen once, short ones and shorter forms among the heaviest, readers
called a third good (docs/EXPERIMENTS.md). A headline names who or what the text is about; a sentence says "he".
"""

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from summarize.decide.keywords import InformationSource, find_keywords, is_telling
from summarize.document import Document, Draft, Language, Piece
from summarize.summary import Keyword
from summarize.text.marks import BRACKET_PAIRS, CLAUSE_MARKS, COLON_MARKS, MARK_PAIRS, STOPS
from summarize.text.normalization import normalize
from summarize.text.patterns import lazy_pattern
from summarize.text.pieces import count_words
from summarize.text.printing import printable
from summarize.text.sections import find_title as find_heading
from summarize.text.sections import heading_pieces
from summarize.text.tokenization import is_word, tokenize

Floats = NDArray[np.float64]

MAX_CHARS = 20  # of a Chinese title
MAX_WORDS = 12  # of an English one
_NUM_KEYWORDS = 30  # that may be named
_NUM_HEAVIEST = 5
_MIN_CHARS, _MAX_CHARS_OF_ITS_OWN = 2, 200  # of a title of its own, a part of which may be taken
_BRACKETS = tuple(BRACKET_PAIRS)
_ENDS = STOPS | frozenset(CLAUSE_MARKS)
_NUM_OPENING = 3  # a title, whom it is for, and what it says
# What parts the clauses of a title, and parts it from a gloss and from the name of where it was published.
_PARTS = lazy_pattern(
    r"\s*[（(【\[][^（）()【】\[\]]{0,60}[）)】\]]\s*|[：:，,；;。！!？?|｜_]+\s*|\s[-–—]\s|——|──|(?<=[^\x00-\x7f])\s+(?=[^\x00-\x7f])"
)
# Formats whose title somebody gave to the whole, whether or not it speaks of what the text does: a novel's need not.
_NAMED_BY_PEOPLE = frozenset({"epub", "chat", "records"})
# What stands above a part of any text, or where a title should stand.
_SAYS_NOTHING = lazy_pattern(
    r"(?:第[一二三四五六七八九十百\d]+[章节部卷篇回]|[\d.\s]+|chapter [\divxlc]+|part [\divxlc]+|introduction|abstract|"
    r"summary|overview|(?:table of )?contents|preface|foreword|read ?me|untitled|document|"
    r"目录|摘要|前言|引言|导言|简介|概述|绪论|序言?|正文|内容|无标题|未命名|文档)[\s.:：\d]*"
)


def find_title(document: Document, weights: Floats, informant: InformationSource) -> Draft | None:
    """Return the title of a text, without source sentences if its format gives it; None if it has no title.

    Args:
        document: the text.
        weights: attention weight of each sentence for a summary of one sentence, (S,).
        informant: how informative words are.
    """
    keywords = find_keywords(document, weights, informant, _NUM_KEYWORDS)
    body = normalize(" ".join(document.text[s.body : s.end] for s in document.sentences if s.is_text)).lower()
    for draft in _headlines(document):
        if _is_given(document, draft):
            return draft
        parts = [draft, *_parts_of(draft)]
        able = [part for part in parts if _fits(part.text, document.language) and _is_about(part.text, body)]
        able = [part for part in able if part is draft or _is_balanced(part.text)]
        if able:
            return able[0] if able[0] is draft else max(able, key=lambda part: _named(part.text, keywords))
    return None


def _is_given(document: Document, draft: Draft) -> bool:
    """Return whether somebody called the whole so, in as few words as a title may have.

    It is the title of the file, and the text begins with it or its format is one whose files people name.
    """
    title = draft.text
    is_given = title == document.title and (bool(draft.indices) or document.format in _NAMED_BY_PEOPLE)
    return is_given and _fits(title, document.language) and not _SAYS_NOTHING.fullmatch(normalize(title).lower())


def _headlines(document: Document) -> Iterator[Draft]:
    """Yield what the text calls itself: its title, then a heading or a line that it begins with."""
    first = find_heading(document)
    index = first.index if first else 0
    heading = Draft((index,), heading_pieces(document, index)) if first or _is_above_salutation(document) else None
    title = printable(" ".join((document.title or "").split()))
    own = Draft((), (Piece(title),)) if title and not (heading and heading.text == title) else None
    yield from (draft for draft in (own, heading) if draft and len(draft.text) <= _MAX_CHARS_OF_ITS_OWN)


def _is_above_salutation(document: Document) -> bool:
    """Return whether a text begins with a line that nobody says, above one with whom it is for: 各位老师：."""
    if len(document.sentences) < _NUM_OPENING:
        return False
    first, second, third = document.sentences[:_NUM_OPENING]
    line, below = (document.text[sentence.start : sentence.end] for sentence in (first, second))
    are_lines = first.paragraph < second.paragraph < third.paragraph and not any((*first.marks, *second.marks))
    is_said = first.speaker is not None or first.body != first.start or second.speaker is not None
    return are_lines and first.is_text and not is_said and line[-1] not in _ENDS and below[-1] in COLON_MARKS


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
    """Return whether a title matches its text: at least a third of its informative words occur in the text."""
    if len(title) < _MIN_CHARS or title.startswith(_BRACKETS) or _SAYS_NOTHING.fullmatch(normalize(title).lower()):
        return False
    words = [word for word in _words(title) if is_telling(word)]
    return bool(words) and 3 * sum(word in body for word in words) >= len(words)


def _named(text: str, keywords: Sequence[Keyword]) -> float:
    """Return the share of the heaviest keywords, by weight, that a text names as much of."""
    heaviest = sum(keyword.weight for keyword in keywords[:_NUM_HEAVIEST])
    small = text.lower()
    return sum(keyword.weight for keyword in keywords if keyword.text.lower() in small) / heaviest if heaviest else 0.0


def _fits(text: str, language: Language) -> bool:
    return bool(text) and (len(text) <= MAX_CHARS if language == "zh" else count_words(text) <= MAX_WORDS)


def _words(text: str) -> list[str]:
    """Return the words of a text, in Simplified characters and small letters."""
    return [token.lower() for token in tokenize(normalize(text)) if is_word(token)]

"""Reference-free checks that a summary prints only what the source says.

    offsets     a piece with offsets is the source there, up to a capital at its beginning
    printed     what is printed is the pieces, joined
    marks       what is not the source's is a joining mark of a closed list, and none runs into another (`；。`, `：。`)
    budget      it is as short as was asked for
    numbers     no number is separated from its unit
    negation    where something of a clause is kept, so are its words of negation, possibility and condition
    words       no word is cut in its middle

Each function counts how often a summary breaks one rule. They look at the pieces and the source alone, and not at how
the pieces were found, so that they hold for whole, shortened and fused sentences, and for whatever comes after these.
What is a unit, a clause, a negation `decide` says; that none of it is lost is checked here independently.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from summarize.decide.budget import Budget
from summarize.decide.cuts import split_clauses
from summarize.decide.figures import UNITS
from summarize.decide.words import CONDITION, MODALITY, NEGATION, Word, is_negated, words_between
from summarize.document import Language
from summarize.formats.plain import to_text
from summarize.summary import Summary
from summarize.text.marks import CLAUSE_MARKS, COMMA_MARKS, FINAL_MARKS, LIST_COMMAS, MARK_PAIRS, STRAIGHT_QUOTE, one_of
from summarize.text.tokenization import is_word

JOINING_MARKS = frozenset((" ", "\n", "and", "。", ": ", "：", *COMMA_MARKS, *LIST_COMMAS))
_OTHER_MARKS = frozenset("".join([*MARK_PAIRS, *MARK_PAIRS.values(), STRAIGHT_QUOTE, "``''"]))  # of two, the other one
CHECKS = ("offsets", "printed", "marks", "budget", "numbers", "negation", "words")

_NUMBER = re.compile("[0-9][0-9.,]*[十百千万亿]*[多余来]?|第?[零〇一二三四五六七八九十百千万亿两几数半]+[多余来]?")
_CURRENCIES = frozenset("¥￥$£€")
_ABOUT = "多余来"  # jieba joins them to what follows: 100 余名
_SEAM = re.compile(one_of(CLAUSE_MARKS + LIST_COMMAS) + one_of(FINAL_MARKS + CLAUSE_MARKS + LIST_COMMAS))


def violations(summary: Summary, budget: Budget) -> dict[str, int]:
    """Return how often a summary breaks each rule, by its name in `CHECKS`.

    Args:
        summary: what to look at.
        budget: how long it was allowed to be.
    """
    counts = (
        wrong_offsets(summary),
        misprints(summary, to_text(summary).removesuffix("\n")),
        unknown_marks(summary) + wrong_seams(summary),
        over_budget(summary, budget),
        parted_numbers(summary),
        lost_negations(summary),
        count_split_words(summary),
    )
    return dict(zip(CHECKS, counts, strict=True))


def wrong_offsets(summary: Summary) -> int:
    """Count the pieces with offsets that are not what stands there in the source, or what a capital makes of it."""
    source = summary.document.text
    return sum(
        piece.end is None
        or not 0 <= piece.start < piece.end <= len(source)
        or piece.text not in (source[piece.start : piece.end], _capitalized(source[piece.start : piece.end]))
        for piece in summary.pieces
        if piece.start is not None
    )


def _capitalized(text: str) -> str:
    return text[:1].upper() + text[1:]


def misprints(summary: Summary, printed: str) -> int:
    """Return 1 unless the pieces, joined, are what is printed, and something is."""
    return int(not printed or "".join(piece.text for piece in summary.pieces) != printed)


def unknown_marks(summary: Summary) -> int:
    """Count the pieces without offsets that are none of `JOINING_MARKS` nor quotation marks or brackets."""
    return sum(
        piece.start is None and piece.text not in JOINING_MARKS and not _OTHER_MARKS.issuperset(piece.text)
        for piece in summary.pieces
    )


def wrong_seams(summary: Summary) -> int:
    """Count the marks that go on, as a comma does, with a stop or another one right after them.

    Two marks that stand so in the source are not counted as often as they do there.
    """
    of_source = Counter(_SEAM.findall(summary.document.text))
    return (Counter(_SEAM.findall(summary.text)) - of_source).total()


def over_budget(summary: Summary, budget: Budget) -> int:
    """Return 1 if the summary is longer than allowed; as many sentences count as its pieces come from."""
    text = "".join(piece.text for piece in summary.pieces)
    return int(not budget.holds(text, len(summary.document.text), len(list(_source_words(summary)))))


def parted_numbers(summary: Summary) -> int:
    """Count the numbers of which only the unit is printed, or only the number, or something between the two.

    A number is written in digits or Chinese numerals; its unit is the measure, the measure word or the currency sign
    beside it, with or without a hyphen (34-year-old). Two parts of a long number are held to the same.
    """
    runs = _runs(summary)
    return sum(
        _are_parted(left, right, runs) for words in _source_words(summary) for left, right in _numbers_and_units(words)
    )


def lost_negations(summary: Summary) -> int:
    """Count the words of negation, possibility and condition that are left out of clauses of which a word is kept.

    A clause ends at a comma or semicolon outside of quotation marks and brackets (`cuts.split_clauses`).
    """
    runs, language = _runs(summary), summary.document.language
    lost = 0
    for words in _source_words(summary):
        for first, end in split_clauses(words):
            clause = words[first:end]
            if any(is_word(word.text) and _touches(word, runs) for word in clause):
                lost += sum(_is_locked(word, language) and _run_of(word, runs) is None for word in clause)
    return lost


def _is_locked(word: Word, language: Language) -> bool:
    text = word.text.lower()
    return any(text in words[language] for words in (NEGATION, MODALITY, CONDITION)) or is_negated(text, language)


def count_split_words(summary: Summary) -> int:
    """Count the ends of pieces that lie within a word or a number of a source sentence, or outside of all sentences.

    The words are those of the sentence as a whole: a name that jieba does not know and joins to what follows it counts
    as cut where a fusion parts the two.
    """
    edges = {edge for words in _source_words(summary) for word in words for edge in (word.start, word.end)}
    speakers = (sentence.speaker for sentence in summary.document.sentences if sentence.speaker)
    edges |= {edge for start, end in speakers for edge in (start, end, end + 1)}  # with the colon or without
    return sum((start not in edges) + (end not in edges) for start, end in _runs(summary))


def _runs(summary: Summary) -> list[tuple[int, int]]:
    """Return the spans of the source that are printed, in the order of the summary."""
    return [(piece.start, piece.end) for piece in summary.pieces if piece.start is not None and piece.end is not None]


def _source_words(summary: Summary) -> Iterator[list[Word]]:
    """Yield the words and marks of each sentence of the source of which something is printed; labels are none of it."""
    runs = _runs(summary)
    for sentence in summary.document.sentences:
        if any(start < sentence.end and sentence.body < end for start, end in runs):
            yield words_between(summary.document, sentence.body, sentence.end)


def _touches(word: Word, runs: Sequence[tuple[int, int]]) -> bool:
    return any(start < word.end and word.start < end for start, end in runs)


def _run_of(word: Word, runs: Sequence[tuple[int, int]]) -> int | None:
    """Return which run prints a word as a whole; None if none does."""
    return next((index for index, (start, end) in enumerate(runs) if start <= word.start and word.end <= end), None)


def _numbers_and_units(words: Sequence[Word]) -> Iterator[tuple[Word, Word]]:
    """Yield two words in a row, or with a hyphen between, that are a number and its unit or two parts of a number."""
    is_number = False
    for index, word in enumerate(words[:-1]):
        text = word.text.lower()
        is_number = _NUMBER.fullmatch(text) is not None or (is_number and text in UNITS)
        following = words[index + 1]
        if text in _CURRENCIES and _NUMBER.fullmatch(following.text):
            yield word, following
        if not is_number:
            continue
        if following.text == "-" and index + 2 < len(words) and following.start == word.end:
            following = words[index + 2]
        if _is_unit(following.text.lower()):
            yield word, following


def _is_unit(text: str) -> bool:
    return text in UNITS or (len(text) > 1 and text[0] in _ABOUT and text[1:] in UNITS)


def _are_parted(left: Word, right: Word, runs: Sequence[tuple[int, int]]) -> bool:
    """Return whether one of two words is printed without the other, or with something between."""
    first, second = _run_of(left, runs), _run_of(right, runs)
    if first is None or second is None:
        return first is not second
    return second != first and not (
        second == first + 1 and runs[first][1] == left.end and runs[second][0] == right.start
    )

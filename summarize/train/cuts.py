"""Readers' verdicts on shorter forms of sentences.

A row is an object of a JSONL file. It has `verdict`:

    good     could be printed in place of the sentence
    thin     reads well and is true, but hardly says anything
    clumsy   is true, but reads badly
    broken   is no sentence
    false    says what the sentence does not

`lang`, and either where the sentence is found: `corpus`, `id` and `sha256` of its text as for marks
(`summarize.evaluate.marks`), and

    start, end  offsets of the sentence
    kept        [[start, end], ...]: what is kept of it
    cuts        [[start, end, kind], ...]: what is left out, and how `summarize.decide.cuts` called it at that time

or the sentence itself: `source`, and `target`, the shorter form, which is aligned with it. Offsets count code points of
the text. `cause`, in a word, says what is wrong; it is not learned from.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from pathlib import Path
from typing import Any

from summarize.decide.cuts import make_form
from summarize.decide.shortening import MAX_WORDS
from summarize.decide.words import Word, words_between
from summarize.document import CUT_KINDS, LANGUAGES, Cut, Document, Form, Language
from summarize.errors import InputError
from summarize.evaluate.corpus import read_lines
from summarize.evaluate.marks import find_text
from summarize.network.judge import VERDICTS
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences
from summarize.train.alignment import align, without_stop, words_of

GOOD, POOR, FALSE = (VERDICTS.index(verdict) for verdict in ("good", "poor", "false"))
CLASS_OF = {"good": GOOD, "thin": POOR, "clumsy": POOR, "broken": POOR, "false": FALSE}  # verdict of a reader to ours
ALIGNED_WEIGHT = 0.7  # of a row whose cuts are found by aligning, beside 1 of one that says them
MIN_COVERAGE = 0.93  # of a target's characters: a row with less was not made by leaving words out
MAX_CUTS = 7  # of a form that is learned from; `find_forms` makes no more than four


@dataclass(frozen=True, slots=True)
class JudgedForm:
    """A shorter form of a sentence and its verdict.

    Args:
        words: of the sentence, without its stop.
        before: texts of the words of the sentence before it; empty where there is none or it is not known.
        has_stop: whether the sentence ends in a stop.
        language: of its document.
        form: what is kept; something is, but not all.
        verdict: place in `VERDICTS`.
        document: which document it is from; what is held out is told by it.
        weight: how much it counts in training, above 0 to 1.
    """

    words: tuple[Word, ...]
    before: tuple[str, ...]
    has_stop: bool
    language: Language
    form: Form
    verdict: int
    document: str
    weight: float = 1.0


def is_learnable(words: Sequence[Word], kept: Sequence[int]) -> bool:
    """Return whether a form is one that may come up: of a sentence not too long, with something kept and a few cuts."""
    bounds = (-1, *kept, len(words))
    num_cuts = sum(other > one + 1 for one, other in pairwise(bounds))
    return bool(kept) and 1 <= num_cuts <= MAX_CUTS and len(words) <= MAX_WORDS


def read_cuts(path: Path, corpora: Path | None = None) -> Iterator[JudgedForm]:
    """Yield the forms of a file of judged cuts; those that nothing can be learned from are left out.

    Those are forms of sentences that are too long to be shortened, forms that keep nothing or everything as words are
    cut today, and targets with words of their own.

    Args:
        path: JSONL, plain or gzip-packed.
        corpora: folder of the corpora in which the texts are that the file does not hold.

    Raises:
        InputError: the file, a row or a text cannot be read, or a text is not the one that was read.
    """
    for number, line in enumerate(read_lines(path), start=1):
        if not line.strip():
            continue
        name = f"{path}:{number}"
        try:
            row = json.loads(line)
            found = _found(row, corpora, name) if "kept" in row else _aligned(row)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            reason = f"no {error}" if isinstance(error, KeyError) else str(error)
            raise InputError(f"{name}: not a judged cut: {reason}") from error
        if found is not None:
            yield found


def _verdict(row: dict[str, Any]) -> int:
    if row["verdict"] not in CLASS_OF:
        raise ValueError(f"`verdict` must be one of {', '.join(CLASS_OF)}, got {row['verdict']!r}")
    return CLASS_OF[row["verdict"]]


def _language(row: dict[str, Any], text: str) -> Language:
    language = row.get("lang") or detect_language(text)
    if language not in LANGUAGES:
        raise ValueError(f"`lang` must be one of {', '.join(LANGUAGES)}, got {language!r}")
    return language


def _aligned(row: dict[str, Any]) -> JudgedForm | None:
    """Return what a row with `source` and `target` says."""
    verdict, language = _verdict(row), _language(row, row["source"])
    words, has_stop = words_of(row["source"], language)
    kept, coverage = align(words, words_of(row["target"], language)[0])
    if coverage < MIN_COVERAGE or not is_learnable(words, kept):
        return None
    form, document = make_form(words, kept, language), str(row.get("document", row["source"]))
    return JudgedForm(tuple(words), (), has_stop, language, form, verdict, document, ALIGNED_WEIGHT)


def _found(row: dict[str, Any], corpora: Path | None, name: str) -> JudgedForm | None:
    """Return what a row says of a sentence of a corpus."""
    verdict, runs, cuts = _verdict(row), row["kept"], row["cuts"]
    start, end = row["start"], row["end"]
    text = find_text(row, corpora, name)
    language = _language(row, text)
    bounds = [start, *chain.from_iterable(runs), end]
    if not 0 <= start < end <= len(text) or sorted(bounds) != bounds:
        raise ValueError("`kept` must hold starts and ends in order, inside `start` and `end`, inside the text")
    document = Document(text, find_sentences(text), language)
    words, has_stop = without_stop(words_between(document, start, end))
    kept = tuple(index for index, word in enumerate(words) if _is_kept(word, runs))
    if not is_learnable(words, kept):
        return None
    form, before = _named(words, kept, cuts, language), _before(document, start)
    return JudgedForm(tuple(words), before, has_stop, language, form, verdict, str(row["id"]))


def _is_kept(word: Word, runs: Sequence[Sequence[int]]) -> bool:
    """Return whether at least half of a word is kept."""
    return 2 * sum(max(0, min(word.end, end) - max(word.start, start)) for start, end in runs) >= word.end - word.start


def _named(words: Sequence[Word], kept: tuple[int, ...], cuts: Sequence[Sequence[Any]], language: Language) -> Form:
    """Return the form with the cuts that a row names.

    Where words are separated otherwise today, or a kind is none of today's, the cuts are named as `make_form` does.
    """
    first_of = {word.start: index for index, word in enumerate(words)}
    end_of = {word.end: index + 1 for index, word in enumerate(words)}
    named = [Cut(first_of.get(start, -1), end_of.get(end, -1), kind) for start, end, kind in cuts]
    gone = [index for cut in named for index in range(cut.first, cut.end)]
    is_todays = {cut.kind for cut in named} <= set(CUT_KINDS) and sorted([*gone, *kept]) == list(range(len(words)))
    return Form(tuple(named), kept) if is_todays else make_form(words, kept, language)


def _before(document: Document, start: int) -> tuple[str, ...]:
    """Return the words of the sentence that ends before an offset, if there is one."""
    sentence = next((one for one in reversed(document.sentences) if one.end <= start), None)
    return tuple(word.text for word in words_between(document, sentence.body, sentence.end)) if sentence else ()

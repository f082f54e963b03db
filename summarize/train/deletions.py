"""Human deletions as good forms, and corrupted versions of them as poor forms.

Pairs of a sentence and a shorter one teach where a sentence may be cut; what is cut a few words beside that place is
mostly no sentence any more. Such forms are many and cheap, and not all of them are labelled rightly, so they count less
than verdicts.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.decide.cuts import make_form
from summarize.errors import InputError
from summarize.evaluate.corpus import read_lines
from summarize.text.language import detect_language
from summarize.train.alignment import align, words_of
from summarize.train.cuts import GOOD, POOR, JudgedForm, is_learnable

DELETION_WEIGHT = 0.3  # beside 1 of a verdict
MIN_COVERAGE = 0.95  # of the shorter sentence's characters: one with more words of its own was not made by deletion
MAX_KEPT = 0.92  # of the words: a pair that hardly shortens teaches nothing
MIN_KEPT = 3  # words
MAX_CUTS = 5  # of a deletion
NUM_WRONG = 2  # forms made wrong of each
_MISTAKES = ("edge", "edge", "hole", "span", "head")  # the likeliest one twice
_CUTS_MORE = 0.6  # of mistakes at the edge of a cut: those that cut more; the others keep more


def read_deletions(paths: Sequence[Path], seed: int) -> Iterator[JudgedForm]:
    """Yield the deletions of pairs of all files, mixed, each with its wrong forms after it; the same for a seed.

    Args:
        paths: JSONL with `sources` and `target`, and `lang` and `id` if they are known; of several sources none is cut.
        seed: of the order, and of what is made wrong.

    Raises:
        InputError: a file cannot be read, or a line is no pair.
    """
    named = [
        (f"{path}:{number}", line)
        for path in paths
        for number, line in enumerate(read_lines(path), start=1)
        if line.strip()
    ]
    for index in np.random.default_rng(seed).permutation(len(named)):
        name, line = named[index]
        try:
            deletion = _deletion(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise InputError(f"{name}: not a pair with `sources` and `target`: {error}") from error
        if deletion is not None:
            yield deletion
            yield from wrong_forms(deletion, np.random.default_rng((seed, zlib.crc32(line.encode()))))


def _deletion(row: dict[str, Any]) -> JudgedForm | None:
    """Return a pair as a good form; None if it has several sources or was not made by leaving words out."""
    source, *others = row["sources"]
    language = row.get("lang") or detect_language(source)
    if others:
        return None
    words, has_stop = words_of(source, language)
    kept, coverage = align(words, words_of(row["target"], language)[0])
    if coverage < MIN_COVERAGE or not MIN_KEPT <= len(kept) <= MAX_KEPT * len(words):
        return None
    form = make_form(words, kept, language)
    if not is_learnable(words, kept) or len(form.cuts) > MAX_CUTS:
        return None
    return JudgedForm(tuple(words), (), has_stop, language, form, GOOD, str(row.get("id", source)), DELETION_WEIGHT)


def wrong_forms(deletion: JudgedForm, rng: np.random.Generator) -> Iterator[JudgedForm]:
    """Yield poor forms of the sentence of a deletion, at most `NUM_WRONG`; each differs from it and from the others."""
    words, seen = deletion.words, {deletion.form.kept}
    for _ in range(NUM_WRONG):
        is_kept = corrupt_form(np.isin(np.arange(len(words)), deletion.form.kept), rng)
        kept = tuple(np.flatnonzero(is_kept).tolist())
        if kept not in seen and len(kept) >= MIN_KEPT and is_learnable(words, kept):
            seen.add(kept)
            yield replace(deletion, form=make_form(words, kept, deletion.language), verdict=POOR)


def corrupt_form(is_kept: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.bool_]:
    """Return what is kept of a sentence after a mistake that chance makes, (T,) to (T,); it may be what it was.

    edge    a cut begins or ends up to three words too early or too late
    hole    up to four words more are left out somewhere
    span    up to ten words in a row are all that is left out
    head    the first three words kept, or fewer, are left out too

    Args:
        is_kept: (T,), with a word that is kept beside one that is not.
        rng: chance.
    """
    size, spoiled = len(is_kept), is_kept.copy()
    mistake = rng.choice(_MISTAKES)
    if mistake == "edge":
        index = int(rng.choice(np.flatnonzero(is_kept[1:] != is_kept[:-1])))  # the last word before the edge
        number, cuts_more = rng.choice([1, 1, 2, 3]), bool(rng.random() < _CUTS_MORE)
        before, after = slice(max(0, index + 1 - number), index + 1), slice(index + 1, index + 1 + number)
        spoiled[before if cuts_more == is_kept[index] else after] = not cuts_more
    elif mistake == "hole":
        first = rng.integers(size)
        spoiled[first : first + rng.integers(1, 5)] = False
    elif mistake == "span":
        first = rng.integers(size)
        spoiled[:] = True
        spoiled[first : first + rng.choice([4, 6, 8, 10])] = False
    else:
        spoiled[np.flatnonzero(is_kept)[: rng.integers(1, 4)]] = False
    return spoiled

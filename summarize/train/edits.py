"""Pairs of a sentence and a shorter one to the paths that the editor learns.

Three sources: pairs of sentences (`sources` and `target`), where the target is nearly a subsequence of the source; and
documents with headlines, where the sentence that has most of the headline in order stands for its source. Of pairs that
come without a dev split a part is held out, so that the editor can be measured on it.
"""

import multiprocessing
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from itertools import islice
from json import loads
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.decide.bonds import STOPS
from summarize.decide.words import words_between
from summarize.document import Document
from summarize.evaluate.corpus import corpus_name, parse_row, read_lines
from summarize.evaluate.overlap import rouge_units
from summarize.network.editor import MOST_IDS, WORD_FEATURES, spell, word_facts, word_features
from summarize.network.features import SentenceBags, term_features
from summarize.network.scorer import term_idf
from summarize.text.grammar import Grammar
from summarize.text.language import detect_language
from summarize.text.normalization import normalize
from summarize.text.segmentation import find_sentences
from summarize.text.terms import DocumentTerms, find_terms
from summarize.train.arrays import ArrayFile

HELD_OUT_OF = "compress_google.train"  # pairs without a dev split
_CHUNK_LINES = 64
_MOST_WORDS = 80
_LEAST_WORDS = 5
_LEAST_COVERAGE_OF_PAIRS = 0.85  # of the target's characters
_LEAST_COVERAGE_OF_HEADLINES = 0.55
_MOST_KEPT = 0.9  # of the words: a pair that hardly shortens teaches nothing


@dataclass(frozen=True, slots=True)
class Edits(ArrayFile):
    """Sentences and what of them is kept, laid end to end; each has a start and an end mark.

    Args:
        ids: int32 (words, 4), token ids; 0 where there are no more.
        features: float16 (words, F).
        is_kept: bool (words,); True for the marks.
        bounds: int64 (sentences + 1,).
    """

    ids: NDArray[np.int32]
    features: NDArray[np.float16]
    is_kept: NDArray[np.bool_]
    bounds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.bounds) - 1


def kept_words(spans: Sequence[tuple[int, int]], source: str, target: str) -> tuple[NDArray[np.bool_], float]:
    """Return which words of a source a target keeps, (T,), and the share of the target's letters that they hold.

    Args:
        spans: start and end of each word in `source`.
        source: the text of the sentence, in the form in which it is compared.
        target: the shorter sentence, in the same form.
    """
    matched = np.zeros(len(source), bool)
    for block in SequenceMatcher(None, source, target, autojunk=False).get_matching_blocks():
        matched[block.a : block.a + block.size] = True
    kept = np.array([matched[start:end].mean() > 0.5 for start, end in spans], bool)
    held = sum(sum(map(str.isalnum, source[start:end])) for (start, end), keep in zip(spans, kept, strict=True) if keep)
    return kept, held / max(1, sum(map(str.isalnum, target)))


@dataclass(frozen=True, slots=True)
class EditMaker:
    """What a worker needs to turn a line into examples."""

    grammar: Grammar
    idf: NDArray[np.float32]

    def of_pair(self, row: dict[str, Any]) -> dict[str, NDArray[Any]] | None:
        """Return the arrays of a pair with one source, None if it is of no use."""
        if len(row["sources"]) != 1:
            return None
        text = row["sources"][0]
        document = Document(text, find_sentences(text), row.get("lang") or detect_language(text))
        span = 0, len(text)
        return self._arrays(document, span, row["target"], None, _LEAST_COVERAGE_OF_PAIRS)

    def of_document(self, line: str, name: str) -> dict[str, NDArray[Any]] | None:
        """Return the arrays of the sentence of a document that has most of its headline."""
        item = parse_row(line, name)
        document, reference = item.document, item.references[0]
        units = set(rouge_units(reference, document.language))
        candidates = [sentence for sentence in document.sentences if sentence.is_text]
        if not candidates or len(units) < 3:
            return None

        def shared(place: int) -> float:
            sentence = candidates[place]
            own = set(rouge_units(document.text[sentence.start : sentence.end], document.language))
            return len(own & units)

        best = max(range(len(candidates)), key=shared)
        if shared(best) < _LEAST_COVERAGE_OF_HEADLINES * len(units):
            return None
        sentence = candidates[best]
        terms = find_terms(document)
        span = sentence.start, sentence.end
        return self._arrays(document, span, reference, terms, _LEAST_COVERAGE_OF_HEADLINES)

    def _arrays(
        self,
        document: Document,
        span: tuple[int, int],
        target: str,
        terms: DocumentTerms | None,
        least_coverage: float,
    ) -> dict[str, NDArray[Any]] | None:
        words = words_between(document, *span)
        if words and words[-1].text in STOPS:
            words.pop()
        if not _LEAST_WORDS <= len(words) <= _MOST_WORDS:
            return None
        source = normalize(document.text[span[0] : span[1]]).lower()
        spans = [(word.start - span[0], word.end - span[0]) for word in words]
        kept, coverage = kept_words(spans, source, normalize(target).lower())
        if coverage < least_coverage or not 2 <= kept.sum() <= _MOST_KEPT * len(words):
            return None
        texts = [word.text for word in words]
        of_document = None
        if terms is not None:
            idf = term_idf(terms, self.grammar.vocabulary, self.idf)
            of_document = word_facts(texts, terms, term_features(terms, SentenceBags(terms, idf), idf))
        features = word_features(texts, document.language, of_document, self.grammar)
        return {
            "ids": spell(texts, self.grammar.vocabulary),
            "features": features.astype(np.float16),
            "is_kept": np.concatenate([[True], kept, [True]]),
        }


def _lines(path: Path) -> Iterator[list[str]]:
    lines = (line for line in read_lines(path) if line.strip())
    while chunk := list(islice(lines, _CHUNK_LINES)):
        yield chunk


def is_held_out(row: dict[str, Any], corpus: str) -> bool:
    """Return whether a pair of a corpus is kept for measuring: one in ten, by its id, of `HELD_OUT_OF`."""
    return corpus == HELD_OUT_OF and zlib.crc32(row["id"].encode()) % 10 == 0


def _make_pairs(maker: EditMaker, corpus: str, lines: list[str]) -> list[dict[str, NDArray[Any]]]:
    rows = (loads(line) for line in lines)
    made = (maker.of_pair(row) for row in rows if not is_held_out(row, corpus))
    return [arrays for arrays in made if arrays is not None]


def _make_headlines(maker: EditMaker, lines: list[str]) -> list[dict[str, NDArray[Any]]]:
    made = (maker.of_document(line, "corpus") for line in lines)
    return [arrays for arrays in made if arrays is not None]


def make_edits(path: Path, maker: EditMaker, *, are_pairs: bool) -> Edits:
    """Make the examples of a file, on all cores; none of what is held out.

    Raises:
        InputError: the file cannot be read.
    """
    work = partial(_make_pairs, maker, corpus_name(path)) if are_pairs else partial(_make_headlines, maker)
    with multiprocessing.get_context("fork").Pool() as pool:
        made = [arrays for chunk in pool.imap(work, _lines(path)) for arrays in chunk]
    lengths = [len(arrays["is_kept"]) for arrays in made]
    return Edits(
        ids=np.concatenate([np.zeros((0, MOST_IDS), np.int32), *(arrays["ids"] for arrays in made)]),
        features=np.concatenate(
            [np.zeros((0, len(WORD_FEATURES)), np.float16), *(arrays["features"] for arrays in made)]
        ),
        is_kept=np.concatenate([np.zeros(0, np.bool_), *(arrays["is_kept"] for arrays in made)]),
        bounds=np.append(0, np.cumsum(np.array(lengths, np.int64))),
    )

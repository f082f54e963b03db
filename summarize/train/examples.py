"""Corpora to training examples: arrays of token ids, features and labels, document after document."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.config import TrainConfig
from summarize.document import Document, Sentence
from summarize.evaluate.corpus import CorpusDocument, parse_row, read_lines
from summarize.evaluate.marks import carry_marks, find_best, is_marked, marked_rows
from summarize.evaluate.overlap import rouge_units
from summarize.network.bags import SentenceBags
from summarize.network.features import (
    FEATURE_NAMES,
    MAX_TARGET_SENTENCES,
    TERM_FEATURES,
    sentence_features,
    term_features,
)
from summarize.network.scorer import candidate_mask, encode_terms, term_idf
from summarize.text.language import detect_language
from summarize.text.marks import CLAUSE_MARKS, CLOSING_MARKS, is_wide, one_of
from summarize.text.segmentation import find_sentences
from summarize.text.terms import find_terms
from summarize.text.vocabulary import Vocabulary
from summarize.train.arrays import ArrayFolder, ArrayFolderWriter, Rows
from summarize.train.labels import MAX_SET_SIZE, lengthen_reference, marked_labels, soft_labels
from summarize.train.pool import map_in_order
from summarize.train.vectors import TermCounts

_CHUNK_LINES = 64
# The marks that end a clause, up to what closes it and the white space after it; not those inside numbers.
_WIDE_MARKS = "".join(filter(is_wide, CLAUSE_MARKS))
_CLAUSE_END = re.compile(rf"(?:{one_of(_WIDE_MARKS)}|{one_of(CLAUSE_MARKS)}(?=\s)){one_of(CLOSING_MARKS)}*()\s*(?=\S)")
_CENTRALITY = FEATURE_NAMES.index("centrality")
_MIN_BEHEADED = 6  # sentences of a document that can lose its first ones


@dataclass(frozen=True, slots=True)
class Examples(ArrayFolder):
    """The examples of one corpus, laid end to end; of a folder what is asked for is read.

    Args:
        token_ids: int32 (tokens,).
        token_features: float16 (tokens, G), what each word is to its document.
        token_bounds: int64 (sentences + 1,), where each sentence's tokens lie.
        sentence_bounds: int64 (documents + 1,), where each document's sentences lie.
        features: float16 (sentences, F).
        paragraphs: int32 (sentences,).
        candidates: bool (sentences,), which may be chosen.
        salience: float32 (sentences,), labels q of a summary of one sentence.
        longer_salience: float32 (sentences,), labels q of a longer one.
        steps: float16 (sentences, K), labels of each step towards the longer one.
        target_sentences: int32 (documents,), sentences of the longer one.
        num_fitting: int32 (documents,), mean sentences of the document that its reference is as long as, at least 1.
        marks: int8 (sentences,), a reader's marks, 0 to 3; -1 where nobody has marked.
        words: int32 (words,), the references' words.
        word_bounds: int64 (documents + 1,).
    """

    token_ids: NDArray[np.int32]
    token_features: NDArray[np.float16]
    token_bounds: NDArray[np.int64]
    sentence_bounds: NDArray[np.int64]
    features: NDArray[np.float16]
    paragraphs: NDArray[np.int32]
    candidates: NDArray[np.bool_]
    salience: NDArray[np.float32]
    longer_salience: NDArray[np.float32]
    steps: NDArray[np.float16]
    target_sentences: NDArray[np.int32]
    num_fitting: NDArray[np.int32]
    marks: NDArray[np.int8]
    words: NDArray[np.int32]
    word_bounds: NDArray[np.int64]

    @property
    def is_marked(self) -> bool:
        """Whether the labels are the marks of readers."""
        return bool(len(self)) and bool((self.marks[: self.sentence_bounds[1]] >= 0).any())

    def __len__(self) -> int:
        return len(self.sentence_bounds) - 1

    @property
    def num_sentences(self) -> NDArray[np.int64]:
        """Sentences in each document, (documents,)."""
        return np.diff(self.sentence_bounds)


def _rows(num_steps: int) -> dict[str, Rows]:
    """Return what the arrays of examples consist of."""
    return {
        "token_ids": Rows(np.int32),
        "token_features": Rows(np.float16, (len(TERM_FEATURES),)),
        "token_bounds": Rows(np.int64),
        "sentence_bounds": Rows(np.int64),
        "features": Rows(np.float16, (len(FEATURE_NAMES),)),
        "paragraphs": Rows(np.int32),
        "candidates": Rows(np.bool_),
        "salience": Rows(np.float32),
        "longer_salience": Rows(np.float32),
        "steps": Rows(np.float16, (num_steps,)),
        "target_sentences": Rows(np.int32),
        "num_fitting": Rows(np.int32),
        "marks": Rows(np.int8),
        "words": Rows(np.int32),
        "word_bounds": Rows(np.int64),
    }


def clauses(text: str, sentence: Sentence) -> Iterator[Sentence]:
    """Yield the runs of a sentence that end at a comma, semicolon, colon or its end, as sentences of their own."""
    start = sentence.body
    for match in _CLAUSE_END.finditer(text, sentence.body, sentence.end):
        yield replace(sentence, start=start, end=match.start(1))
        start = match.end()
    if start < sentence.end:
        yield replace(sentence, start=start)


def shuffled(sentences: Sequence[Sentence], rng: np.random.Generator) -> tuple[Sentence, ...]:
    """Return the sentences in random order; headings and the bounds of paragraphs stay where they are."""
    slots = [index for index, sentence in enumerate(sentences) if sentence.is_text]
    mixed = list(sentences)
    for slot, index in zip(slots, rng.permutation(slots), strict=True):
        mixed[slot] = replace(sentences[index], paragraph=sentences[slot].paragraph)
    return tuple(mixed)


@dataclass(frozen=True, slots=True)
class _Maker:
    """What a worker needs to turn a line of a corpus into one document's arrays."""

    vocabulary: Vocabulary
    idf: NDArray[np.float32]
    config: TrainConfig
    num_steps: int

    def make(self, line: str, name: str) -> Iterator[dict[str, NDArray[Any]]]:
        """Yield the arrays of one document, and of the altered copies that chance wants.

        A copy without the first sentences, or with all in random order, teaches to look beyond the lead; one cut into
        clauses, what to make of short units, as in speech. A document that has nothing in common with its reference
        is left out.
        """
        item = parse_row(line, name)
        row = json.loads(line)
        if "marks" in row and "best" in row:
            yield from self._make_marked(item, row)
            return
        sentences = item.document.sentences
        rng = np.random.default_rng((self.config.seed, *name.encode()))
        copies = [sentences]
        if len(sentences) >= _MIN_BEHEADED and rng.random() < self.config.beheaded_share:
            copies.append(sentences[int(rng.integers(1, len(sentences) // 2)) :])
        if rng.random() < self.config.shuffled_share:
            copies.append(shuffled(sentences, rng))
        if rng.random() < self.config.clause_share:
            copies.append(tuple(clause for sentence in sentences for clause in clauses(item.document.text, sentence)))
        for copy in copies:
            document = replace(item.document, sentences=copy[: self.config.max_sentences])
            arrays = self._arrays(item, document, rng)
            if arrays is not None:
                yield arrays

    def _make_marked(self, item: CorpusDocument, row: dict[str, Any]) -> Iterator[dict[str, NDArray[Any]]]:
        """Yield the arrays of a marked document, and of parts of it: they teach not to rely on the beginning."""
        sentences = item.document.sentences[: self.config.max_sentences]
        rng = np.random.default_rng((self.config.seed, *item.name.encode()))
        parts = [slice(0, len(sentences))]
        for _ in range(self.config.num_crops if len(sentences) >= 2 * _MIN_BEHEADED else 0):
            length = int(rng.integers(_MIN_BEHEADED, len(sentences)))
            start = int(rng.integers(0, len(sentences) - length + 1))
            parts.append(slice(start, start + length))
        marks = carry_marks(item.document, row["marks"])
        best = np.zeros(len(marks))
        for rank, index in enumerate(find_best(item.document, row["best"], marks)):
            best[index] = 1 - rank / 4
        for part in parts:
            if marks[part].max() < 2:
                continue
            document = replace(item.document, sentences=sentences[part])
            target_sentences = int(rng.integers(2, MAX_TARGET_SENTENCES + 1))
            arrays, mask = self._inputs(document)
            one, longer, steps = marked_labels(marks[part], best[part], mask, self.num_steps)
            yield arrays | {
                "salience": one.astype(np.float32),
                "longer_salience": longer.astype(np.float32),
                "steps": steps.T.astype(np.float16),
                "target_sentences": np.array([target_sentences], np.int32),
                "num_fitting": np.array([2], np.int32),
                "marks": marks[part].astype(np.int8),
                "words": self._reference_words(item),
            }

    def _inputs(self, document: Document) -> tuple[dict[str, NDArray[Any]], NDArray[np.bool_]]:
        """Return what the network reads of a document, and which sentences may be chosen, (S,)."""
        terms = find_terms(document)
        idf = term_idf(terms, self.vocabulary, self.idf)
        tokens = encode_terms(terms, self.vocabulary)
        mask = candidate_mask(document, terms)
        bags = SentenceBags(terms, idf)
        return {
            "token_ids": tokens.ids,
            "token_features": term_features(terms, bags, idf)[tokens.terms].astype(np.float16),
            "token_lengths": np.diff(tokens.bounds),
            "features": sentence_features(document, terms, bags, idf).astype(np.float16),
            "paragraphs": np.array([sentence.paragraph for sentence in document.sentences], np.int32),
            "candidates": mask,
        }, mask

    def _arrays(
        self, item: CorpusDocument, document: Document, rng: np.random.Generator
    ) -> dict[str, NDArray[Any]] | None:
        arrays, mask = self._inputs(document)
        units = [rouge_units(text, document.language) for text in document.sentence_texts()]
        reference = rouge_units(item.references[0], document.language)
        labels = soft_labels(units, reference, mask, max_size=MAX_SET_SIZE, num_steps=1)
        if not labels.oracle:
            return None
        target_sentences = int(rng.integers(2, MAX_TARGET_SENTENCES + 1))
        num_fitting = max(1, round(len(reference) / np.mean([len(u) for u, m in zip(units, mask, strict=True) if m])))
        if num_fitting > 1 and rng.random() < self.config.fitting_share:
            target_sentences = min(num_fitting, MAX_TARGET_SENTENCES)
        centrality = arrays["features"][:, _CENTRALITY] * np.sqrt([len(unit) for unit in units])
        longer_reference = lengthen_reference(reference, units, mask, centrality, target_sentences)
        longer = soft_labels(units, longer_reference, mask, max_size=target_sentences, num_steps=self.num_steps)
        return arrays | {
            "salience": labels.salience.astype(np.float32),
            "longer_salience": longer.salience.astype(np.float32),
            "steps": longer.steps.T.astype(np.float16),
            "target_sentences": np.array([target_sentences], np.int32),
            "num_fitting": np.array([num_fitting], np.int32),
            "marks": np.full(len(mask), -1, np.int8),
            "words": self._reference_words(item),
        }

    def _reference_words(self, item: CorpusDocument) -> NDArray[np.int32]:
        """The reference's words that the reader may name and that say something, each once."""
        text = item.references[0]
        terms = find_terms(Document(text, find_sentences(text), item.document.language))
        ids = {ids[0] for term in terms.terms if len(ids := self.vocabulary.encode(term)) == 1}
        named = [i for i in sorted(ids) if 1 < i < self.config.num_reader_words and self.idf[i] > 1.5]
        return np.array(named, np.int32)


_maker: _Maker


def _start_worker(maker: _Maker) -> None:
    global _maker
    _maker = maker


def _make_chunk(chunk: tuple[str, int, list[str]]) -> list[dict[str, NDArray[Any]]]:
    path, first, lines = chunk
    return [
        arrays
        for number, line in enumerate(lines, start=first)
        if line.strip()
        for arrays in _maker.make(line, f"{Path(path).name}:{number}")
    ]


def _chunks(path: Path, lines: Iterator[str] | None = None) -> Iterator[tuple[str, int, list[str]]]:
    """Yield the lines of a file, or those that stand for them, some together, with the number of the first from 1."""
    lines = lines or read_lines(path)
    first = 1
    while chunk := list(islice(lines, _CHUNK_LINES)):
        yield str(path), first, chunk
        first += len(chunk)


def _lines_of(path: Path, corpora: Path | None, most: int) -> Iterator[str]:
    """Yield the rows of a file of marks with their texts, or the lines of a corpus, in place of some an empty one.

    What is left of a corpus is at most so many rows, evenly spread.
    """
    if is_marked(path):
        yield from (json.dumps(row, ensure_ascii=False) for row in marked_rows(path, corpora))
        return
    total = max(most, sum(1 for line in read_lines(path) if line.strip()))
    index = 0
    for line in read_lines(path):
        is_taken = bool(line.strip()) and index * most // total < (index + 1) * most // total
        index += bool(line.strip())
        yield line if is_taken else ""


def make_examples(
    path: Path,
    folder: Path,
    vocabulary: Vocabulary,
    idf: NDArray[np.float32],
    config: TrainConfig,
    num_steps: int,
    corpora: Path | None = None,
) -> Examples:
    """Make the examples of a corpus, on all cores, and write them as they come; documents without a label are left out.

    Args:
        path: a corpus, or a file of marks.
        folder: what the examples are written to.
        vocabulary: that of the network.
        idf: (V,), the information of its terms.
        config: how many documents, how long, and which copies of them.
        num_steps: K.
        corpora: folder of the texts that a file of marks does not hold.

    Raises:
        InputError: the corpus, or a text that was marked, cannot be read.
    """
    maker = _Maker(vocabulary, idf, config, num_steps)
    chunks = _chunks(path, _lines_of(path, corpora, config.max_documents))
    with ArrayFolderWriter(folder, _rows(num_steps)) as writer:
        for name in ("token_bounds", "sentence_bounds", "word_bounds"):
            writer[name].append(np.zeros(1, np.int64))
        for arrays in chain.from_iterable(map_in_order(_make_chunk, chunks, _start_worker, (maker,))):
            lengths = arrays.pop("token_lengths")
            writer["token_bounds"].append(len(writer["token_ids"]) + np.cumsum(lengths))
            writer.append(arrays)
            writer["sentence_bounds"].append(np.array([len(writer["salience"])]))
            writer["word_bounds"].append(np.array([len(writer["words"])]))
    return Examples.load(folder)


Counted = tuple[tuple[str, ...], NDArray[np.int32], bool]


def _count_rows(chunk: tuple[str, int, list[str]]) -> list[Counted]:
    path, first, lines = chunk
    rows = (parse_row(line, f"{path}:{number}") for number, line in enumerate(lines, start=first) if line.strip())
    return [_count(row.document) for row in rows]


def _count_plain(texts: list[str]) -> list[Counted]:
    return [_count(Document(text, find_sentences(text), detect_language(text))) for text in texts]


def _count(document: Document) -> Counted:
    terms = find_terms(document)
    return terms.terms, terms.term_ids, document.language == "en"


def _plain_documents(path: Path) -> Iterator[list[str]]:
    """Yield lists of documents of a plain text file, in which blank lines part documents."""
    documents, held = [], []
    for line in chain(read_lines(path), [""]):
        if line.strip():
            held.append(line)
        elif held:
            documents.append("".join(held))
            held = []
        if len(documents) >= _CHUNK_LINES:
            yield documents
            documents = []
    yield documents


def count_terms(corpora: Sequence[Path], plain: Sequence[Path], folder: Path | None = None) -> TermCounts:
    """Count the terms of corpora and of plain text, on all cores.

    Args:
        corpora: files of documents.
        plain: files of plain text.
        folder: in which there is room for the sequence of their words.

    Raises:
        InputError: one of them cannot be read.
    """
    counts = TermCounts(folder)
    of_corpora = (map_in_order(_count_rows, _chunks(path)) for path in corpora)
    of_plain = (map_in_order(_count_plain, _plain_documents(path)) for path in plain)
    for results in chain(of_corpora, of_plain):
        for terms, term_ids, is_english in chain.from_iterable(results):
            counts.add(terms, term_ids, is_english)
    return counts

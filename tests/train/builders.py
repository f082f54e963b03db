"""Counts, examples and networks small enough to be made up on the spot; no TensorFlow here."""

import gzip
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from summarize.config import NetworkConfig
from summarize.decide.cuts import make_form
from summarize.decide.words import Word
from summarize.network.encoder import WordVectors
from summarize.network.features import FEATURE_NAMES, MAX_TARGET_SENTENCES, TERM_FEATURES, WANTED_FEATURE
from summarize.text.grammar import Grammar
from summarize.text.segmentation import find_sentences
from summarize.text.vocabulary import SPECIAL_TERMS, Vocabulary
from summarize.train.cuts import FALSE, GOOD, POOR, JudgedForm
from summarize.train.examples import Examples
from summarize.train.forms import FormExample, make_example
from summarize.train.prepare import LearnedVocabulary
from summarize.train.vectors import TermCounts

NUM_TERMS = 40

TINY = NetworkConfig(
    vocabulary_size=NUM_TERMS,
    num_features=len(FEATURE_NAMES),
    num_term_features=len(TERM_FEATURES),
    embedding_size=6,
    sentence_size=8,
    state_size=8,
    attention_size=5,
    num_steps=2,
    step_rank=2,
    judge_state_size=6,
    judge_width=5,
)


def tiny_lexicon(seed: int = 0) -> LearnedVocabulary:
    """As many terms as `TINY` has places, with vectors and idf drawn at random."""
    random = np.random.default_rng(seed)
    codes = random.integers(-127, 128, (NUM_TERMS, TINY.embedding_size)).astype(np.int8)
    codes[: len(SPECIAL_TERMS)] = 0
    vocabulary = Vocabulary([*SPECIAL_TERMS, *(f"term{index}" for index in range(2, NUM_TERMS))])
    return LearnedVocabulary(
        vocabulary,
        WordVectors(codes, np.full(NUM_TERMS, 0.02, np.float32)),
        random.uniform(1, 8, NUM_TERMS).astype(np.float32),
        Grammar(vocabulary, random.integers(0, 4, NUM_TERMS).astype(np.uint8), np.arange(3, dtype=np.uint32)),
    )


def counts_of(*documents: Mapping[str, int] | Sequence[str], is_english: Iterable[bool] = ()) -> TermCounts:
    """Counts of documents given as words in order, or as the number of times each word comes."""
    counts = TermCounts()
    languages = [*is_english, *[False] * len(documents)]
    for document, language in zip(documents, languages, strict=False):
        words = [w for w, n in document.items() for _ in range(n)] if isinstance(document, Mapping) else document
        id_of = {word: index for index, word in enumerate(dict.fromkeys(words))}
        counts.add(tuple(id_of), np.array([id_of[word] for word in words], np.int32), language)
    return counts


def examples_of(
    documents: Sequence[Sequence[int]], *, seed: int = 0, num_steps: int = TINY.num_steps, is_marked: bool = False
) -> Examples:
    """Made-up examples: for each document the words of each of its sentences; everything else is drawn at random.

    The first sentence of every third document is a heading. Features lie above 0, but for the sentences wanted, which
    are one. Marks, if there are any, go 0, 1, 2, 3, 0 and so on. What a sentence deserves can be read from its feature
    `centrality`, so that there is something to learn.
    """
    random = np.random.default_rng(seed)
    lengths = [length for document in documents for length in document]
    num_sentences = len(lengths)
    features = random.uniform(0.1, 1, (num_sentences, len(FEATURE_NAMES))).astype(np.float16)
    features[:, FEATURE_NAMES.index(WANTED_FEATURE)] = 0  # one sentence, until a minibatch asks for more
    candidates = np.ones(num_sentences, bool)
    salience, longer_salience = np.zeros(num_sentences, np.float32), np.zeros(num_sentences, np.float32)
    steps = np.zeros((num_sentences, num_steps), np.float16)
    sentence_bounds = np.append(0, np.cumsum([len(document) for document in documents]))
    for index in range(len(documents)):
        span = slice(*sentence_bounds[index : index + 2])
        candidates[span.start] = index % 3 != 0 or span.stop - span.start == 1
        deserved = np.where(candidates[span], features[span, FEATURE_NAMES.index("centrality")], 0) ** 4
        salience[span] = deserved / deserved.sum()
        longer_salience[span] = np.sqrt(deserved) / np.sqrt(deserved).sum()
        steps[span.start + np.argmax(salience[span]), 0] = 1
    num_words = random.integers(0, 5, len(documents))
    return Examples(
        token_ids=random.integers(1, NUM_TERMS, sum(lengths)).astype(np.int32),
        token_features=random.random((sum(lengths), len(TERM_FEATURES))).astype(np.float16),
        token_bounds=np.append(0, np.cumsum(lengths)),
        sentence_bounds=sentence_bounds,
        features=features,
        paragraphs=random.integers(0, 2, num_sentences).cumsum().astype(np.int32),
        candidates=candidates,
        salience=salience,
        longer_salience=longer_salience,
        steps=steps,
        target_sentences=random.integers(2, MAX_TARGET_SENTENCES + 1, len(documents)).astype(np.int32),
        num_fitting=np.ones(len(documents), np.int32),
        marks=(np.arange(num_sentences) % 4 if is_marked else np.full(num_sentences, -1)).astype(np.int8),
        words=random.integers(2, 10, num_words.sum()).astype(np.int32),
        word_bounds=np.append(0, np.cumsum(num_words)),
    )


def pack_rows(path: Path, *rows: Mapping[str, object]) -> Path:
    """Write a corpus file of rows, packed, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress("\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()))
    return path


def marks_of(text: str, marks: Sequence[int], *best: int) -> dict[str, object]:
    """What a reader said of the sentences of a text: the mark of each, and which are the best, the best first."""
    spans = [(sentence.start, sentence.end) for sentence in find_sentences(text)]
    return {
        "marks": [[*span, mark] for span, mark in zip(spans, marks, strict=True)],
        "best": [list(spans[index]) for index in best],
    }


def found_elsewhere(text: str, corpus: str, number: object, part: tuple[int, int] | None = None) -> dict[str, object]:
    """Where the text of a row of marks is found, and that it is the one that was read."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"corpus": corpus, "id": number, "part": list(part or (0, len(text))), "sha256": digest}


def write_rows(path: Path, *rows: Mapping[str, object] | str) -> Path:
    """Write a corpus file of rows; a text stands as it is."""
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def form_examples(number: int, *, seed: int = 0, num_words: int | None = None) -> list[FormExample]:
    """Made-up forms of made-up sentences, some with a sentence before them.

    A form is good that keeps the first word, false that keeps the last word but not the first, and poor else, so that
    there is something to learn.
    """
    random, lexicon = np.random.default_rng(seed), tiny_lexicon()
    found = []
    while len(found) < number:
        size = num_words or int(random.integers(4, 12))
        words = [Word(f"term{random.integers(2, NUM_TERMS)}", place, place + 1) for place in range(size)]
        kept = tuple(np.flatnonzero(random.random(size) < 0.6).tolist())
        if not 0 < len(kept) < size:
            continue
        verdict = GOOD if kept[0] == 0 else FALSE if kept[-1] == size - 1 else POOR
        before = ("term2", "term3", ".") if num_words is None and random.random() < 0.3 else ()
        form = make_form(words, kept, "en")
        judged = JudgedForm(tuple(words), before, True, "en", form, verdict, f"d{len(found)}")
        example = make_example(judged, lexicon.grammar)
        ids = random.integers(1, NUM_TERMS, example.ids.shape) * (random.random(example.ids.shape) < [1, 0.3, 0, 0])
        found.append(replace(example, ids=ids.astype(np.int32)))
    return found

"""A baseline for the network: gradient-boosted trees on 19 simple features.

Trained on what a network is trained on, up to 600 documents of each training corpus, to tell how good a sentence is:
the mean of its ROUGE-1 and ROUGE-2 F1 against the reference, scaled to 0 to 1 within the document. One model for both
languages. It knows neither words nor our model, so its ranking is kept like that of any peer.
"""

import hashlib
import pickle
import re
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.peers import Peer, PeerText, peer_text
from summarize.document import LANGUAGES
from summarize.evaluate.corpus import CorpusDocument, sample_corpus
from summarize.evaluate.measure import sha256_of
from summarize.evaluate.overlap import ExtractScores, rouge_units
from summarize.text.normalization import normalize
from summarize.text.tokenization import is_word, tokenize

Floats = NDArray[np.float64]

NAME = "boosted"
EDITION = 1  # of the features and the training
DOCUMENTS_OF_CORPUS = 600
FEATURES = (
    "place_reciprocal",  # 1, 1/2, 1/3 ...
    "place_relative",  # 0 for the first sentence, 1 for the last
    "place_log",  # log(1 + index)
    "is_last",
    "opens_paragraph",
    "paragraph_relative",  # the paragraph's place among paragraphs, 0 to 1
    "length_log",  # log(1 + words)
    "length_relative",  # words over the mean sentence's
    "length_rank",  # share of sentences that are shorter
    "centrality",  # mean tf-idf cosine to the other sentences
    "centrality_rank",  # share of sentences that are less central
    "first_similarity",  # tf-idf cosine to the first sentence
    "title_similarity",  # share of the title's words that it names; 0 without a title
    "novelty",  # share of its idf that no sentence before it has
    "keyword_share",  # share of the document's 20 heaviest words that it names, by tf-idf
    "digit_share",  # words with a digit / words
    "is_quoted",  # has a quotation mark
    "is_question",  # has a question or exclamation mark
    "is_english",
)
_NUM_KEYWORDS = 20
_QUOTES = re.compile(r"[“”\"「」『』]")
_QUESTION = re.compile(r"[？?！!]")


def _words(text: str) -> list[str]:
    return [token.lower() for token in tokenize(normalize(text)) if is_word(token)]


def _rank_share(values: Floats) -> Floats:
    return np.asarray(np.searchsorted(np.sort(values), values) / max(1, len(values) - 1))


def features(text: PeerText) -> Floats:
    """Return what is known of each candidate, (S, 19) in the order of `FEATURES`; idf is that of the document."""
    words = [_words(sentence) for sentence in text.sentences]
    num_sentences = len(words)
    column: dict[str, int] = {}
    for sentence in words:
        for word in sentence:
            column.setdefault(word, len(column))
    counts = np.zeros((num_sentences, max(1, len(column))))  # (S, V)
    for row, sentence in enumerate(words):
        for word in sentence:
            counts[row, column[word]] += 1
    idf = np.log((1 + num_sentences) / (1 + (counts > 0).sum(axis=0))) + 1  # (V,), above 0
    weighted = counts * idf
    norms = np.linalg.norm(weighted, axis=1, keepdims=True)
    unit = np.divide(weighted, norms, out=np.zeros_like(weighted), where=norms > 0)
    to_all = unit @ unit.sum(axis=0) - (norms[:, 0] > 0)  # less the cosine to itself
    centrality = np.maximum(0, np.round(to_all, 9)) / max(1, num_sentences - 1)
    said = np.cumsum(counts > 0, axis=0) - (counts > 0) > 0  # by a sentence before
    information = (counts > 0) * idf
    total = information.sum(axis=1)
    document_weight = weighted.sum(axis=0)
    keywords = np.zeros_like(document_weight)
    heaviest = np.argsort(-document_weight, kind="stable")[:_NUM_KEYWORDS]
    keywords[heaviest] = document_weight[heaviest]
    title = {column[word] for word in _words(text.title) if word in column}
    named = (counts[:, sorted(title)] > 0).mean(axis=1) if title else np.zeros(num_sentences)
    index = np.arange(num_sentences, dtype=np.float64)
    paragraph = np.array(text.paragraphs) - text.paragraphs[0]
    lengths = np.array([len(sentence) for sentence in words], np.float64)

    def share(numerator: Floats, denominator: Floats) -> Floats:
        return np.divide(numerator, denominator, out=np.zeros(num_sentences), where=denominator > 0)

    def test(pattern: re.Pattern[str]) -> Floats:
        return np.array([bool(pattern.search(sentence)) for sentence in text.sentences], np.float64)

    digits = np.array([sum(any(map(str.isdigit, word)) for word in sentence) for sentence in words], np.float64)
    columns = (
        1 / (1 + index),
        index / max(1, num_sentences - 1),
        np.log1p(index),
        index == num_sentences - 1,
        np.diff(paragraph, prepend=-1) != 0,
        paragraph / max(1, int(paragraph[-1])),
        np.log1p(lengths),
        share(lengths, np.full(num_sentences, lengths.mean())),
        _rank_share(lengths),
        centrality,
        _rank_share(centrality),
        unit @ unit[0],
        named,
        share((information * ~said).sum(axis=1), total),
        ((counts > 0) @ keywords) / max(1e-9, float(keywords.sum())),
        share(digits, lengths),
        test(_QUOTES),
        test(_QUESTION),
        np.full(num_sentences, text.language == "en"),
    )
    return np.stack(columns, axis=1).astype(np.float64)


def targets(text: PeerText, references: Sequence[str]) -> Floats:
    """Return how good each candidate is, (S,), 0 for the worst and 1 for the best of the document; all 0 if equal."""
    units = [rouge_units(sentence, text.language) for sentence in text.sentences]
    scores = np.max(
        [ExtractScores(units, rouge_units(reference, text.language)).extended([]) for reference in references], axis=0
    )
    spread = scores.max() - scores.min()
    return np.asarray((scores - scores.min()) / spread if spread > 0 else np.zeros_like(scores))


def train(documents: Iterable[CorpusDocument]) -> Any:
    """Return a trained regressor; documents with fewer than two candidates teach nothing."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    inputs, wanted = [], []
    for item in documents:
        if item.document.sentences:
            text = peer_text(item.document)
            if len(text.sentences) > 1:
                inputs.append(features(text))
                wanted.append(targets(text, item.references))
    model = HistGradientBoostingRegressor(
        max_iter=300, learning_rate=0.05, min_samples_leaf=50, early_stopping=False, random_state=1
    )
    return model.fit(np.concatenate(inputs), np.concatenate(wanted))


def training_corpora(corpora: Path) -> list[Path]:
    """Return the training files of a folder of corpora."""
    return [path for language in LANGUAGES for path in sorted((corpora / language / "train").glob("*.jsonl*"))]


def boosted_peer(paths: Sequence[Path], folder: Path, limit: int = DOCUMENTS_OF_CORPUS) -> Peer:
    """Return the trees as a peer, trained now or read from the folder where they were kept.

    Args:
        paths: training corpora, at least one.
        folder: where the trained trees lie.
        limit: most documents of a corpus, evenly spread over it.

    Raises:
        InputError: a corpus cannot be read.
    """
    digests = " ".join(f"{path.name} {sha256_of(path)}" for path in paths)
    trained_on = hashlib.sha256(f"{digests} {limit}".encode()).hexdigest()[:8]
    version = f"{metadata.version('scikit-learn')}.{EDITION}.{trained_on}"
    path = folder / f"{NAME}-{version}.pickle"
    if path.exists():
        model = pickle.loads(path.read_bytes())  # our own file
    else:
        model = train(item for corpus in paths for item in sample_corpus(corpus, limit))
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".unfinished")
        unfinished.write_bytes(pickle.dumps(model))
        unfinished.replace(path)

    def rank(text: PeerText) -> list[int]:
        return [int(index) for index in np.argsort(-np.round(model.predict(features(text)), 9), kind="stable")]

    return Peer(NAME, version, LANGUAGES, rank)

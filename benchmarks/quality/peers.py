"""Other summarizers behind one interface: sentences in, indices of the best ones out.

Every peer is handed the sentences that all systems choose from, cut by `summarize`, so that what is compared is the
choice and not the cutting; its own splitter is put out of the way, and its own words, stop words, stemmer and formula
do the rest, with the settings its documentation shows. None is told N: each one ranks, and its choice of N sentences
is the first N of its ranking, which is what its own interface would return.

A peer is imported when it is first asked, so this file can be read without any of them.

| peer | left to it | given to it |
|---|---|---|
| sumy | its summarizer classes, stop words, stemmer, jieba or NLTK's word tokenizer | its document model; no Punkt |
| TextRank4ZH | words, parts of speech, graph | sentences; `from_numpy_array` under the name it knows |
| jiagu, fasttextrank, snownlp | words, similarity, ranking | sentences |
| harvesttext | everything: it takes sentences | |
| lexrank | everything: it takes sentences | each sentence as a document to count idf in, for lack of others |
| summa | stop words, stemmer, graph | sentences |
| newspaper4k | keywords, its four scores | sentences; the opening heading as title |
"""

import contextlib
import importlib
import io
import string
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from typing import Any
from unittest.mock import patch

from summarize.document import Document, Language
from summarize.network.scorer import text_mask

MAX_RANKED = 10  # sentences of a ranking that are kept; the longest summaries measured have 5


@dataclass(frozen=True, slots=True)
class PeerText:
    """What a peer is told of a document.

    Args:
        sentences: the candidates in order, at least one; line breaks within a sentence are spaces.
        paragraphs: for each candidate the number of its paragraph; rises.
        title: the heading that opens the text; empty without one.
        language: of the text.
    """

    sentences: tuple[str, ...]
    paragraphs: tuple[int, ...]
    title: str
    language: Language


def candidates_of(document: Document) -> list[int]:
    """Return the indices of the sentences that all systems choose from: all but headings."""
    return [index for index, is_text in enumerate(text_mask(document)) if is_text]


def peer_text(document: Document) -> PeerText:
    """Return what peers are told of a document that has at least one sentence."""
    texts = [" ".join(text.split()) for text in document.sentence_texts()]
    candidates = candidates_of(document)
    has_title = document.sentences[0].is_heading and candidates[0] != 0
    return PeerText(
        tuple(texts[index] for index in candidates),
        tuple(document.sentences[index].paragraph for index in candidates),
        texts[0] if has_title else "",
        document.language,
    )


Rank = Callable[[PeerText], Iterable[int]]  # positions in `sentences`, the best first; may raise anything


@dataclass(frozen=True, slots=True)
class Peer:
    """A system that only looks at the sentences.

    Args:
        name: what tables call it.
        version: of what decides its choice: a cached ranking of another version is not used.
        languages: those it is measured on.
        rank: ranks the candidates.
    """

    name: str
    version: str
    languages: tuple[Language, ...]
    rank: Rank


def indices_of(chosen: Iterable[str], sentences: Sequence[str]) -> list[int]:
    """Return where each of the chosen sentences stands; among ties the first that is not taken yet.

    Raises:
        LookupError: the peer returned something that it was not given.
    """
    indices: dict[str, list[int]] = {}
    for index in reversed(range(len(sentences))):
        indices.setdefault(sentences[index].strip(), []).append(index)
    found = []
    for sentence in chosen:
        left = indices.get(sentence.strip())
        if not left:
            raise LookupError(f"not one of the sentences, or not so often: {sentence!r}")
        found.append(left.pop())
    return found


class _SumyEnglishWords:
    """Sumy's English words without the Punkt data that its `Tokenizer` wants for cutting sentences."""

    def to_words(self, sentence: str) -> tuple[str, ...]:
        from nltk import word_tokenize
        from sumy.nlp.tokenizers import Tokenizer

        return tuple(filter(Tokenizer._is_word, word_tokenize(sentence, preserve_line=True)))


@cache
def _sumy_parts(language: Language) -> tuple[Any, Any, frozenset[str]]:
    from sumy.nlp.stemmers import Stemmer
    from sumy.nlp.tokenizers import Tokenizer
    from sumy.utils import get_stop_words

    name = {"zh": "chinese", "en": "english"}[language]
    return Tokenizer(name) if language == "zh" else _SumyEnglishWords(), Stemmer(name), get_stop_words(name)


def _sumy(module: str, class_name: str) -> Rank:
    def rank(text: PeerText) -> list[int]:
        from sumy.models.dom import ObjectDocumentModel, Paragraph, Sentence
        from sumy.parsers.parser import DocumentParser

        words, stemmer, stop_words = _sumy_parts(text.language)
        made = [Sentence(sentence, words) for sentence in text.sentences]
        paragraphs: dict[int, list[Any]] = {}
        for sentence, number in zip(made, text.paragraphs, strict=True):
            paragraphs.setdefault(number, []).append(sentence)
        if text.title:
            next(iter(paragraphs.values())).insert(0, Sentence(text.title, words, is_heading=True))
        document = ObjectDocumentModel([Paragraph(sentences) for sentences in paragraphs.values()])
        # Set up as sumy's own command does it.
        summarizer = getattr(importlib.import_module(f"sumy.summarizers.{module}"), class_name)(stemmer)
        if module == "edmundson":
            summarizer.null_words = stop_words
            summarizer.bonus_words = DocumentParser.SIGNIFICANT_WORDS
            summarizer.stigma_words = DocumentParser.STIGMA_WORDS
        else:
            summarizer.stop_words = stop_words
        ranking: list[int] = []

        def count(infos: list[Any]) -> list[Any]:  # instead of a number; sees all sentences, sorted by rating
            ranking.extend(info.order for info in infos)
            return infos

        summarizer(document, count)
        return ranking

    return rank


@cache
def _textrank4zh() -> Any:
    import networkx
    from textrank4zh import TextRank4Sentence

    networkx.from_numpy_matrix = networkx.from_numpy_array  # its name until networkx 3
    return TextRank4Sentence()


def _rank_textrank4zh(text: PeerText) -> list[int]:
    ranker = _textrank4zh()
    ranker.seg.ss.segment = lambda _: list(text.sentences)
    ranker.analyze(text="".join(text.sentences), lower=True, source="all_filters")
    return [item.index for item in ranker.get_key_sentences(MAX_RANKED)]


def _rank_jiagu(text: PeerText) -> list[int]:
    import jiagu
    from jiagu import utils

    with patch.object(utils, "cut_sentences", lambda _: iter(text.sentences)):
        ranked = jiagu.summarize("".join(text.sentences), min(MAX_RANKED, len(text.sentences)))
    return indices_of(ranked, text.sentences)


@cache
def _harvesttext() -> Any:
    from harvesttext import HarvestText

    return HarvestText()


def _rank_harvesttext(text: PeerText) -> list[int]:
    return indices_of(_harvesttext().get_summary(list(text.sentences), topK=MAX_RANKED), text.sentences)


def _rank_fasttextrank(text: PeerText) -> list[int]:
    from FastTextRank import util
    from FastTextRank.FastTextRank4Sentence import FastTextRank4Sentence

    with patch.object(util, "cut_sentences", lambda _: iter(text.sentences)):
        ranker = FastTextRank4Sentence()  # the wheel lacks the stop words that it could use
        ranked = ranker.summarize("".join(text.sentences), min(MAX_RANKED, len(text.sentences)))
    return indices_of(ranked, text.sentences)


def _rank_snownlp(text: PeerText) -> list[int]:
    from snownlp import SnowNLP, normal

    with patch.object(normal, "get_sentences", lambda _: list(text.sentences)):
        ranked = SnowNLP("".join(text.sentences)).summary(MAX_RANKED)
    return indices_of(ranked, text.sentences)


def _rank_lexrank(text: PeerText) -> list[int]:
    from lexrank import STOPWORDS, LexRank

    ranker = LexRank([[sentence] for sentence in text.sentences], stopwords=STOPWORDS["en"])
    ranked = ranker.get_summary(list(text.sentences), summary_size=MAX_RANKED, threshold=0.1)
    return indices_of(ranked, text.sentences)


def _rank_summa(text: PeerText) -> list[int]:
    from summa.preprocessing import textcleaner
    from summa.summarizer import summarize

    with patch.object(textcleaner, "split_sentences", lambda _: list(text.sentences)):
        scored = summarize(" ".join(text.sentences), ratio=1.0, scores=True)  # all of them, in document order
    indices = indices_of((sentence for sentence, _ in scored), text.sentences)
    # It gives sentences that it counts as unrelated to any other a score of 0; they come last, in order.
    order = sorted(range(len(scored)), key=lambda at: -scored[at][1])
    return [indices[at] for at in order]


@cache
def _newspaper_stop_words() -> Any:
    from newspaper.text import StopWords

    return StopWords("en")


def _rank_newspaper(text: PeerText) -> list[int]:
    from newspaper import nlp

    stop_words = _newspaper_stop_words()
    keywords = nlp.keywords(" ".join(text.sentences), stop_words, nlp.settings.SUMMARIZE_KEYWORD_COUNT)
    title_words = list(stop_words.tokenizer(text.title))
    return [index for index, *_ in nlp.scored_sentences(list(text.sentences), title_words, keywords, stop_words)]


_ZH: tuple[Language, ...] = ("zh",)
_EN: tuple[Language, ...] = ("en",)
# name, distribution, languages, how it ranks, edition of the lines above that call it
_TABLE: tuple[tuple[str, str, tuple[Language, ...], Rank, int], ...] = (
    ("sumy lsa", "sumy", (*_ZH, *_EN), _sumy("lsa", "LsaSummarizer"), 1),
    ("sumy lex-rank", "sumy", (*_ZH, *_EN), _sumy("lex_rank", "LexRankSummarizer"), 1),
    ("sumy text-rank", "sumy", (*_ZH, *_EN), _sumy("text_rank", "TextRankSummarizer"), 1),
    ("sumy luhn", "sumy", (*_ZH, *_EN), _sumy("luhn", "LuhnSummarizer"), 1),
    ("sumy edmundson", "sumy", (*_ZH, *_EN), _sumy("edmundson", "EdmundsonSummarizer"), 1),
    ("sumy sum-basic", "sumy", (*_ZH, *_EN), _sumy("sum_basic", "SumBasicSummarizer"), 1),
    ("TextRank4ZH", "textrank4zh", _ZH, _rank_textrank4zh, 1),
    ("jiagu", "jiagu", _ZH, _rank_jiagu, 1),
    ("harvesttext", "harvesttext", _ZH, _rank_harvesttext, 1),
    ("fasttextrank", "fasttextrank", _ZH, _rank_fasttextrank, 1),
    ("snownlp", "snownlp", _ZH, _rank_snownlp, 1),
    ("lexrank", "lexrank", _EN, _rank_lexrank, 1),
    ("summa", "summa", _EN, _rank_summa, 1),
    ("newspaper4k", "newspaper4k", _EN, _rank_newspaper, 1),
)
DISTRIBUTIONS = tuple(dict.fromkeys(distribution for _, distribution, *_ in _TABLE))


def all_peers() -> tuple[Peer, ...]:
    """Return the peers of the dependency group `peers`.

    Raises:
        PackageNotFoundError: one is not installed.
    """
    return tuple(
        Peer(name, f"{metadata.version(distribution)}.{edition}", languages, rank)
        for name, distribution, languages, rank, edition in _TABLE
    )


def quietly(rank: Rank, text: PeerText) -> list[int]:
    """Return the first of a peer's ranking, without what it prints.

    Raises:
        ValueError: it ranked nothing, or what is not there, or a sentence twice.
        Exception: whatever the peer raises.
    """
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        ranking = [int(index) for index in rank(text)]
    if not ranking:
        raise ValueError("returned nothing")
    if len(set(ranking)) < len(ranking) or not set(ranking) <= set(range(len(text.sentences))):
        raise ValueError(f"not a ranking of {len(text.sentences)} sentences: {ranking[:MAX_RANKED]}")
    return ranking[:MAX_RANKED]


def file_name(name: str) -> str:
    """Return a peer's name with letters, digits and hyphens only."""
    allowed = string.ascii_letters + string.digits
    return "".join(letter if letter in allowed else "-" for letter in name)

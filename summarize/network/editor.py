"""The editor: which words of a sentence a shorter one keeps, as a path from kept word to kept word.

    h       = bidirectional GRU over the words t of [e_t ; f_t], between a start and an end mark
    s_jt    = (Q h_j) . (K h_t) / sqrt(A) + w_e . e_jt + v . tanh(W h_t + b) - sum of c . h_k over the words k between
    P(t|j)  = softmax over t > j of s_jt                  the next word kept after j is t, or the end
    P(path) = product of P(t|j) along it

A path sees which words it joins, so that what is left out in between makes no hole. After Knight & Marcu 2002 (a
sentence's compressions as its subsequences) with pointers (Vinyals et al. 2015) in place of a grammar.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from summarize.document import Language
from summarize.network.attention import Array
from summarize.network.encoder import WordVectors
from summarize.network.layers import Weights, bidirectional_gru
from summarize.text.grammar import OFTEN, Grammar
from summarize.text.language import HAN_RUN
from summarize.text.marks import CLAUSE_MARKS, LIST_COMMAS, MARK_PAIRS
from summarize.text.patterns import lazy
from summarize.text.terms import DocumentTerms
from summarize.text.tokenization import is_word
from summarize.text.vocabulary import PADDING_ID, Vocabulary
from summarize.text.word_classes import words_of_all

MOST_IDS = 4  # of a word: an unknown one is spelled by its characters

WORD_FEATURES = (
    *("is_comma", "is_list_comma", "is_opening", "is_closing", "is_other_mark", "is_word"),
    *("is_number", "is_time", "is_latin", "is_capital", "is_of", "is_han"),
    *("never_predicate", "noun_too", "likely_predicate", "often_predicate"),
    *("compound_before", "compound_after"),
    *("place", "place_from_end", "clause", "place_in_clause", "is_first_of_clause", "length"),
    *("information", "occurrences", "spread", "in_opening", "has_document", "is_english", "is_start", "is_end"),
)
EDGE_FEATURES = ("is_next", "gap_log", "crosses_comma", "crosses_words", "to_end")

DOCUMENT_FEATURES = [
    WORD_FEATURES.index(name) for name in ("information", "occurrences", "spread", "in_opening", "has_document")
]
_COLUMN = {name: column for column, name in enumerate(WORD_FEATURES)}
_NUMBER = lazy(r"\d|[一二三四五六七八九十百千万亿两几]+")
_TIME = lazy(
    r"\d+(?:年|月|日|时|点|分|号)|[今去明前昨后当本上下次同]?(?:年|月|日|天|晚|周|晨|季度)|.*(?:年|月|日)|上午|下午|凌晨"
)
_LATIN = lazy(r"[A-Za-z]")
_COMMAS = frozenset(CLAUSE_MARKS)
_GENITIVES = words_of_all("genitive")
_OPENING = frozenset(MARK_PAIRS)
_CLOSING = frozenset(MARK_PAIRS.values())


def word_features(
    words: Sequence[str], language: Language, of_document: NDArray[np.float32] | None, grammar: Grammar
) -> NDArray[np.float32]:
    """Return what the editor sees of the words of a sentence, float32 (T + 2, F), with a start and an end mark.

    Args:
        words: words and marks of the sentence, T; in Simplified characters.
        language: of the document.
        of_document: (T, 4), what each word is to the document (`features.term_features`); None without a document.
        grammar: what is known about words.
    """
    size = len(words)
    columns = np.zeros((size + 2, len(WORD_FEATURES)), np.float32)
    columns[0, _COLUMN["is_start"]] = columns[-1, _COLUMN["is_end"]] = 1
    columns[:, _COLUMN["is_english"]] = language == "en"
    columns[:, _COLUMN["has_document"]] = of_document is not None
    clause = place_in_clause = 0
    for row, word in enumerate(words, start=1):
        lower = word.lower()
        is_comma = word in _COMMAS
        has_letters = is_word(word)
        level = grammar.predicate_level(lower) if has_letters else 0
        flags = {
            "is_comma": is_comma,
            "is_list_comma": word in LIST_COMMAS,
            "is_opening": word in _OPENING,
            "is_closing": word in _CLOSING,
            "is_word": has_letters,
            "is_number": has_letters and _NUMBER.match(word) is not None,
            "is_time": has_letters and _TIME.fullmatch(word) is not None,
            "is_latin": _LATIN.match(word) is not None,
            "is_capital": word[:1].isupper(),
            "is_of": word in _GENITIVES,
            "is_han": HAN_RUN.match(word) is not None,
            "is_first_of_clause": place_in_clause == 0,
        }
        flags["is_other_mark"] = not (has_letters or any(list(flags.values())[:4]))
        for name, value in flags.items():
            columns[row, _COLUMN[name]] = value
        if has_letters:
            columns[row, _COLUMN["never_predicate"] + min(level, OFTEN)] = 1
        columns[row, _COLUMN["clause"]] = min(clause, 8) / 4
        columns[row, _COLUMN["place_in_clause"]] = min(place_in_clause, 20) / 10
        columns[row, _COLUMN["length"]] = min(len(word), 12) / 4
        clause, place_in_clause = (clause + 1, 0) if is_comma else (clause, place_in_clause + 1)
    places = np.arange(size)
    columns[1:-1, _COLUMN["place"]] = places / max(1, size)
    columns[1:-1, _COLUMN["place_from_end"]] = (size - 1 - places) / 20
    if language == "zh":
        for row in range(1, size):
            if grammar.makes_compound(words[row - 1].lower(), words[row].lower()):
                columns[row, _COLUMN["compound_after"]] = columns[row + 1, _COLUMN["compound_before"]] = 1
    if of_document is not None:
        start = _COLUMN["information"]
        columns[1:-1, start : start + of_document.shape[1]] = of_document
    return columns


def edge_features(features: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return e_jt of the words of a sentence with its two marks, float32 (T + 2, T + 2, 5)."""
    size = len(features)
    index = np.arange(size)
    gap = index[None, :] - index[:, None] - 1  # words left out
    commas = np.cumsum(features[:, _COLUMN["is_comma"]])
    crossed = commas[None, :] - features[None, :, _COLUMN["is_comma"]] - commas[:, None]
    edges = np.zeros((size, size, len(EDGE_FEATURES)), np.float32)
    edges[..., 0] = gap == 0
    edges[..., 1] = np.log1p(np.maximum(gap, 0)) / 2
    edges[..., 2] = crossed > 0
    edges[..., 3] = (gap > 0) & (crossed <= 0)
    edges[:, -1, 4] = 1
    return edges


def word_facts(words: Sequence[str], terms: DocumentTerms, of_terms: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return what each word of a sentence is to its document, (T, 4); zeros for marks.

    Args:
        words: in Simplified characters.
        terms: those of the document.
        of_terms: what each of them is to the document (`features.term_features`).
    """
    wanted = {word.lower() for word in words}
    place = {term: index for index, term in enumerate(terms.terms) if term in wanted}
    facts = np.zeros((len(words), of_terms.shape[1]), np.float32)
    for row, word in enumerate(words):
        index = place.get(word.lower())
        if index is not None:
            facts[row] = of_terms[index]
    return facts


def spell(words: Sequence[str], vocabulary: Vocabulary) -> NDArray[np.int32]:
    """Return the token ids of each word, int32 (T + 2, 4), between a start and an end mark; marks have none."""
    ids = np.full((len(words) + 2, MOST_IDS), PADDING_ID, np.int32)
    for row, word in enumerate(words, start=1):
        if is_word(word):
            spelled = vocabulary.encode(word.lower())[:MOST_IDS]
            ids[row, : len(spelled)] = spelled
    return ids


def embed(ids: NDArray[np.integer], vectors: WordVectors) -> NDArray[np.float32]:
    """Return the mean of the vectors of each word's ids: (..., 4) to (..., E)."""
    lengths = np.maximum(1, (ids != PADDING_ID).sum(axis=-1))
    return np.asarray(vectors[ids].sum(axis=-2) / lengths[..., None], np.float32)


def path_scores(embedded: Array, features: Array, weights: Weights) -> NDArray[np.float64]:
    """Return log P(t|j), (T + 2, T + 2); minus infinity where t is not behind j.

    Args:
        embedded: (T + 2, E); zeros for marks.
        features: (T + 2, F).
        weights: `editor/forward|backward/...`, `editor/Q`, `K`, `W` (H, A), `b`, `v` (A,), `c` (H,), `w_e` (5,).
    """
    states = bidirectional_gru(np.concatenate([embedded, features], axis=-1), weights, "editor")  # (T + 2, H)
    queries, keys = states @ weights["editor/Q"], states @ weights["editor/K"]  # (T + 2, A)
    scores = (queries @ keys.T / np.sqrt(queries.shape[-1])).astype(np.float64)
    scores += edge_features(features) @ weights["editor/w_e"]
    scores += np.tanh(states @ weights["editor/W"] + weights["editor/b"]) @ weights["editor/v"]
    spared = np.cumsum(states @ weights["editor/c"])  # (T + 2,)
    scores -= np.append(0, spared[:-1])[None, :] - spared[:, None]
    behind = np.triu(np.ones(scores.shape, bool), 1)
    scores = np.where(behind, scores, -np.inf)
    mass = np.logaddexp.reduce(scores, axis=1)  # minus infinity for the end mark
    return np.where(behind, scores - np.where(behind.any(axis=1), mass, 0.0)[:, None], -np.inf)

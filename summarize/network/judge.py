"""The judge: how likely a reader would call a shorter form of a sentence good, and how likely false.

    s       = bidirectional GRU over the words t of what stands before and of the sentence, of [e_t ; f_t]     (T, H)
    k       = bidirectional GRU over the kept words, of [e_t ; f_t ; s_t ; is after a cut ; is before one]    (K, H)
    g_t     = tanh(W_g s_t)                     for each word t that is cut
    c_i     = tanh(W_c [s_l ; s_a ; s_z ; s_r ; kind of i])     for each cut i from a to z between the kept l and r
    P       = softmax(W_2 tanh(W_1 [mean k ; max k ; mean g ; max g ; max c ; o]))     good, poor, false

e_t is the word's vector, f_t what it is (`WORD_FEATURES`), o what the form is as a whole (`COMPRESSION_FEATURES`). What
stands before the sentence is read for what a pronoun means and what a clause depends on. The sentence is read once,
each of its forms beside the others.

There are several judges, trained from seeds of their own (Lakshminarayanan et al. 2017, deep ensembles): the form that
a single judge rates best among many is too often one that it is wrong about. The lowest rating counts.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from summarize.config import NetworkConfig
from summarize.document import CUT_KINDS, Form, Language
from summarize.network.attention import masked_softmax
from summarize.network.encoder import WordVectors
from summarize.network.layers import Array, Weights, both_ways, projections
from summarize.text.grammar import OFTEN, Grammar
from summarize.text.marks import CLAUSE_MARKS, LIST_COMMAS, MARK_PAIRS
from summarize.text.patterns import lazy_pattern
from summarize.text.tokenization import is_word
from summarize.text.vocabulary import PADDING_ID, UNKNOWN_ID, Vocabulary
from summarize.text.word_classes import words_of_all
from summarize.value import value

Floats = NDArray[np.float64]

VERDICTS = ("good", "poor", "false")
MAX_IDS = 4  # of a word: an unknown one is spelled by its characters
CONTEXT_WORDS = 24  # most of what stands before the sentence
_CLASSES = (
    "preposition", "anaphor", "person", "negation", "condition", "modality", "attribution", "saying", "contrast",
    "cause", "subordinator", "additive", "relative", "article", "copula", "localizer", "aspect", "reversal", "leaning",
)  # fmt: skip
WORD_FEATURES = (
    *("is_comma", "is_list_comma", "is_opening", "is_closing", "is_other_mark", "is_word", "is_number", "is_time"),
    *("is_latin", "is_capital", "is_of", "never_predicate", "noun_too", "likely_predicate", "often_predicate"),
    *("place", "place_from_end", "clause", "place_in_clause", "length", "is_english", "is_context"),
    *(f"is_{name}" for name in _CLASSES),
)
COMPRESSION_FEATURES = (
    "share_kept", "num_kept", "num_cuts", "is_english", *CUT_KINDS, "clauses_cut", "clauses_kept", "has_stop",
)  # fmt: skip
_NUMBER_OF_KIND = {kind: number for number, kind in enumerate(CUT_KINDS)}
_COLUMN = {name: column for column, name in enumerate(WORD_FEATURES)}
# Those of what a word is by itself, in the order of their bits in `_kinds`.
_KIND_COLUMNS = [*range(_COLUMN["is_of"] + 1), *(_COLUMN[f"is_{name}"] for name in _CLASSES)]
_NUMBER = lazy_pattern(r"\d|[一二三四五六七八九十百千万亿两几]+")
_TIME = lazy_pattern(
    r"\d+(?:年|月|日|时|点|分|号)|[今去明前昨后当本上下次同]?(?:年|月|日|天|晚|周|晨|季度)|.*(?:年|月|日)|上午|下午|凌晨"
)
_LATIN = lazy_pattern(r"[A-Za-z]")
_COMMAS = frozenset(CLAUSE_MARKS)
_OPENING, _CLOSING = frozenset(MARK_PAIRS), frozenset(MARK_PAIRS.values())


@cache
def _members() -> dict[str, frozenset[str]]:
    """Return the words of each class."""
    return {name: words_of_all(name) for name in ("genitive", *_CLASSES)}


def judge_shapes(network: NetworkConfig) -> dict[str, tuple[int, ...]]:
    """Return the shape of each array of a judge."""
    hidden, width = network.judge_state_size, network.judge_width
    inputs = network.embedding_size + len(WORD_FEATURES)
    shapes: dict[str, tuple[int, ...]] = {
        "W_g": (hidden, width),
        "W_c": (4 * hidden + len(CUT_KINDS), width),
        "W_1": (2 * hidden + 3 * width + len(COMPRESSION_FEATURES), width),
        "b_1": (width,),
        "W_2": (width, len(VERDICTS)),
        "b_2": (len(VERDICTS),),
    }
    for reader, size in (("source", inputs), ("kept", inputs + hidden + 2)):
        for direction in ("forward", "backward"):
            shapes[f"{reader}/{direction}/kernel"] = (size, 3 * hidden // 2)
            shapes[f"{reader}/{direction}/recurrent_kernel"] = (hidden // 2, 3 * hidden // 2)
            shapes[f"{reader}/{direction}/bias"] = (2, 3 * hidden // 2)
    return shapes


def word_features(words: Sequence[str], num_context: int, language: Language, grammar: Grammar) -> Floats:
    """Return what each word is, float64 (T, F).

    Args:
        words: in Simplified characters; the first `num_context` stand before the sentence.
        num_context: how many.
        language: of the document.
        grammar: which words may be predicates.
    """
    return features_of_all([words], [num_context], language, grammar)[0]


def features_of_all(
    sentences: Sequence[Sequence[str]], nums_context: Sequence[int], language: Language, grammar: Grammar
) -> list[Floats]:
    """Return what `word_features` does for each of some sentences, at least one."""
    words = list(chain.from_iterable(sentences))
    # Of each sentence what stands before it and its own words, one after the other.
    sizes = np.array([(num, len(of) - num) for of, num in zip(sentences, nums_context, strict=True)]).ravel()  # (2S,)
    part = np.repeat(np.arange(len(sizes)), sizes)  # (T,)
    starts = (np.cumsum(sizes) - sizes)[part]
    all_places = np.arange(len(words))
    indices, is_own = all_places - starts, part % 2 == 1
    columns = np.zeros((len(words), len(WORD_FEATURES)))
    kinds = np.array(list(map(_kinds, words)), np.int64)  # (T,)
    columns[:, _KIND_COLUMNS] = (kinds[:, None] >> np.arange(len(_KIND_COLUMNS))) & 1
    has_letters = np.flatnonzero(columns[:, _COLUMN["is_word"]])
    levels = grammar.predicate_levels([words[row].lower() for row in has_letters.tolist()])
    columns[has_letters, _COLUMN["never_predicate"] + np.minimum(levels, OFTEN)] = 1
    columns[:, _COLUMN["is_english"]] = language == "en"
    columns[:, _COLUMN["is_context"]] = ~is_own
    columns[:, _COLUMN["length"]] = np.minimum(list(map(len, words)), 12) / 4
    is_comma = columns[:, _COLUMN["is_comma"]].astype(np.int64)
    commas: NDArray[np.int64] = np.cumsum(is_comma) - is_comma
    behind_comma = np.maximum.accumulate(np.append(0, is_comma * (all_places + 1)))[:-1]
    clause_starts = np.maximum(behind_comma, starts)
    columns[:, _COLUMN["clause"]] = np.minimum(commas - commas[starts], 8) / 4
    columns[:, _COLUMN["place_in_clause"]] = np.minimum(all_places - clause_starts, 20) / 10
    lengths = sizes[part]
    columns[:, _COLUMN["place"]] = np.where(is_own, indices / lengths, 0)
    columns[:, _COLUMN["place_from_end"]] = np.where(is_own, np.minimum(lengths - 1 - indices, 60) / 20, 0)
    return np.split(columns, np.cumsum([len(of) for of in sentences])[:-1])


@lru_cache(maxsize=2**14)
def _kinds(word: str) -> int:
    """Return what a word is by itself: a bit for each of `_KIND_COLUMNS`."""
    is_comma, has_letters = word in _COMMAS, is_word(word)
    marks = (is_comma, word in LIST_COMMAS, word in _OPENING, word in _CLOSING)
    lower, members = word.lower(), _members()
    found = (
        *marks,
        not (has_letters or any(marks)),
        has_letters,
        has_letters and _NUMBER.match(word) is not None,
        has_letters and _TIME.fullmatch(word) is not None,
        has_letters and _LATIN.match(word) is not None,
        has_letters and word[:1].isupper(),
        has_letters and word in members["genitive"],
        *(lower in members[name] for name in _CLASSES),
    )
    return sum(1 << index for index, is_so in enumerate(found) if is_so)


def spell(words: Sequence[str], vocabulary: Vocabulary) -> NDArray[np.int32]:
    """Return the token ids of each word, int32 (T, 4); marks have none."""
    ids = np.full((len(words), MAX_IDS), PADDING_ID, np.int32)
    rows = [row for row, word in enumerate(words) if is_word(word)]
    lowered = [words[row].lower() for row in rows]
    ids[rows, 0] = first = vocabulary.ids_of(lowered)
    for index in np.flatnonzero(first == UNKNOWN_ID).tolist():
        spelled = vocabulary.encode(lowered[index])[:MAX_IDS]
        ids[rows[index], : len(spelled)] = spelled
    return ids


def embed(ids: NDArray[np.integer], vectors: WordVectors) -> Floats:
    """Return the mean of the vectors of each word's ids: (..., 4) to (..., E)."""
    lengths = np.maximum(1, (ids != PADDING_ID).sum(axis=-1))
    return np.asarray(vectors[ids].sum(axis=-2) / lengths[..., None])


@value
class Layout:
    """Forms of one sentence as arrays of the places of its words, those before the sentence counted.

    Args:
        kept: int (N, K), indices of the kept words, padded with -1.
        is_behind: float64 (N, K, 2), whether a cut precedes each kept word, and whether one follows it.
        gone: bool (N, T), what is cut.
        cuts: int (N, C, 4), the kept place before a cut, its first and last place and the kept place after it; where
            there is none the nearest of the cut; -1 where there is no cut.
        kinds: float64 (N, C, 9), which of `CUT_KINDS` each cut is.
        forms: float64 (N, O).
    """

    kept: NDArray[np.int64]
    is_behind: Floats
    gone: NDArray[np.bool_]
    cuts: NDArray[np.int64]
    kinds: Floats
    forms: Floats


def encode_forms(
    forms: Sequence[Form], words: Sequence[str], num_context: int, language: Language, *, has_stop: bool
) -> Layout:
    """Return forms of one sentence as arrays.

    Args:
        forms: N of them, at least one.
        words: what stands before the sentence and its words, T.
        num_context: how many stand before it.
        language: of the document.
        has_stop: whether the sentence ends in a stop.
    """
    own, num = words[num_context:], len(forms)
    cuts = np.full((num, max(len(form.cuts) for form in forms), 4), -1)
    kinds = np.zeros((*cuts.shape[:2], len(CUT_KINDS)))
    found = [
        (row, column, cut.first, cut.end, _NUMBER_OF_KIND[cut.kind])
        for row, form in enumerate(forms)
        for column, cut in enumerate(form.cuts)
    ]
    row, column, first, end, kind = np.array(found, np.int64).reshape(-1, 5).T
    cuts[row, column] = np.stack([np.maximum(0, first - 1), first, end - 1, np.minimum(end, len(own) - 1)], axis=1)
    kinds[row, column, kind] = 1
    opened = np.zeros((num, len(own) + 1), np.int64)  # cuts that begin at each place, less those that end before it
    np.add.at(opened, (row, first), 1)
    np.add.at(opened, (row, end), -1)
    is_kept = np.cumsum(opened[:, :-1], axis=1) == 0
    cuts[cuts >= 0] += num_context
    gone = np.zeros((num, len(words)), np.bool_)
    gone[:, num_context:] = ~is_kept
    rows, indices = np.nonzero(is_kept)
    lengths = is_kept.sum(axis=1)
    columns = np.arange(len(rows)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    kept = np.full((num, int(lengths.max())), -1)
    kept[rows, columns] = indices + num_context
    around = np.pad(is_kept, ((0, 0), (1, 1)), constant_values=True)  # nothing is cut beyond the ends
    touches_cut = np.zeros((*kept.shape, 2))
    touches_cut[rows, columns, 0], touches_cut[rows, columns, 1] = ~around[rows, indices], ~around[rows, indices + 2]
    return Layout(kept, touches_cut, gone, cuts, kinds, form_features(is_kept, kinds, own, language, has_stop=has_stop))


def form_features(
    is_kept: NDArray[np.bool_], kinds: Floats, words: Sequence[str], language: Language, *, has_stop: bool
) -> Floats:
    """Return what each form of a sentence is as a whole, float64 (N, O).

    Args:
        is_kept: (N, T), which words of the sentence are kept.
        kinds: (N, C, 9), which of `CUT_KINDS` each cut is; all 0 where there is none.
        words: of the sentence, T.
        language: of the document.
        has_stop: whether the sentence ends in a stop.
    """
    counted = np.array([(is_word(word), word in _COMMAS) for word in words], np.int64).reshape(-1, 2)
    (num_words, num_commas), num_kept = counted.sum(axis=0), is_kept.astype(np.int64) @ counted  # (2,), (N, 2)
    of_kinds = kinds.sum(axis=1)  # (N, 9)
    found = np.empty((len(is_kept), len(COMPRESSION_FEATURES)))
    found[:, 0] = num_kept[:, 0] / max(1, num_words)
    found[:, 1] = np.minimum(num_kept[:, 0], 60) / 30
    found[:, 2] = of_kinds.sum(axis=1) / 3
    found[:, 3] = language == "en"
    found[:, 4:-3] = of_kinds
    found[:, -3] = (num_commas - num_kept[:, 1]) / 4
    found[:, -2] = num_kept[:, 1] / 4
    found[:, -1] = has_stop
    return found


def weights_of_judge(weights: Weights, number: int) -> dict[str, Array]:
    """Return the weights of one judge of a model's, counted from 0, by their names in `judge_shapes`."""
    prefix = f"judge/{number}/"
    return {name.removeprefix(prefix): weights[name] for name in weights if name.startswith(prefix)}


def judge_forms(embedded: Array, features: Array, layout: Layout, weights: Weights) -> Floats:
    """Return how likely each form of a sentence is good, poor and false, (N, 3); each row sums to 1.

    Args:
        embedded: e, (T, E); zeros for marks.
        features: f, (T, F).
        layout: the forms.
        weights: of the judge, as in `judge_shapes`.
    """
    return judge_sentences([np.concatenate([embedded, features], axis=-1)], [layout], weights)[0]


def judge_sentences(read: Sequence[Array], layouts: Sequence[Layout], weights: Weights) -> list[Floats]:
    """Return what `judge_forms` does for each of some sentences, at least one, which are read side by side.

    Args:
        read: [e ; f] of each, (T, E + F).
        layouts: the forms of each.
        weights: of the judge, as in `judge_shapes`.
    """
    sizes = [len(layout.forms) for layout in layouts]
    row = np.repeat(np.arange(len(layouts)), sizes)[:, None]  # (N, 1), the sentence of each form
    words = _stacked([one[None] for one in read], 0)  # (S, T, E + F)
    is_word = np.arange(words.shape[1]) < np.array([len(one) for one in read])[:, None]  # (S, T)
    states = _read_all(words, is_word, weights, "source")  # (S, T, H)
    kept = _stacked([layout.kept for layout in layouts], -1)  # (N, K)
    touches_cut = _stacked([layout.is_behind for layout in layouts], 0)
    gone = _stacked([layout.gone for layout in layouts], False)  # (N, T)
    cuts, kinds = _stacked([layout.cuts for layout in layouts], -1), _stacked([layout.kinds for layout in layouts], 0)
    of_kept = np.concatenate([words[row, kept], states[row, kept], touches_cut], axis=-1)
    kept_states = _read_all(of_kept, kept >= 0, weights, "kept")  # (N, K, H)
    cut_states = np.tanh(states @ weights["W_g"])  # (S, T, A)
    edges = states[row[..., None], cuts].reshape(*cuts.shape[:2], -1)  # (N, C, 4H)
    seams = np.tanh(np.concatenate([edges, kinds], axis=-1) @ weights["W_c"])  # (N, C, A)
    parts = [
        *_pooled(kept_states, kept >= 0),
        *_pooled(cut_states[row[:, 0]], gone),
        _pooled(seams, cuts[:, :, 0] >= 0)[1],
        np.concatenate([layout.forms for layout in layouts]),
    ]
    hidden = np.tanh(np.concatenate(parts, axis=-1) @ weights["W_1"] + weights["b_1"])
    verdicts = masked_softmax(hidden @ weights["W_2"] + weights["b_2"])
    return np.split(np.asarray(verdicts), np.cumsum(sizes)[:-1])


def _stacked(arrays: Sequence[NDArray[Any]], rest: float) -> NDArray[Any]:
    """Return arrays one below the other, those that are shorter along their second axis filled up at the end."""
    longest = max(array.shape[1] for array in arrays)
    if all(array.shape[1] == longest for array in arrays):
        return arrays[0] if len(arrays) == 1 else np.concatenate(arrays)
    shape = (sum(len(array) for array in arrays), longest, *arrays[0].shape[2:])
    found, end = np.full(shape, rest, arrays[0].dtype), 0
    for array in arrays:
        found[end : end + len(array), : array.shape[1]] = array
        end += len(array)
    return found


def _pooled(states: Array, mask: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return the mean and the maximum of the states that count, (N, A) each; 0 and -1 where none counts."""
    counted = np.where(mask[..., None], states, 0)
    mean = counted.sum(axis=1) / np.maximum(1, mask.sum(axis=1))[:, None]
    return mean, np.where(mask[..., None], states, -1).max(axis=1)


def _read_all(inputs: Array, mask: NDArray[np.bool_], weights: Weights, name: str) -> Array:
    """Read sequences of different length from both ends, (N, K, I) to (N, K, H).

    What is masked stands at the end and is read last, so that it changes nothing; its states mean nothing.
    """
    lengths = mask.sum(axis=1)
    indices = np.arange(inputs.shape[1])
    turned = np.where(mask, lengths[:, None] - 1 - indices, indices)  # each row from its own end
    rows = np.arange(len(inputs))[:, None]
    forward, backward = projections([inputs], weights, name)
    states = both_ways(forward, backward[rows, turned], weights, name)  # (K, 2, N, H/2)
    from_front, from_end = states[:, 0].swapaxes(0, 1), states[:, 1].swapaxes(0, 1)
    return np.concatenate([from_front, from_end[rows, turned]], axis=-1)

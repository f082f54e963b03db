"""Faithfulness of explanations, measured per document and per corpus.

Exactness: the terms are the score, the scores are the weights, the weights are the choice and all that the trace says
of it. Erasure: a sentence that weighs much is missed when it is taken out. Stability: the weights stay when they
should. Plausibility: they lie where a person's summary lies. What is drawn by chance is drawn from the text's own seed,
so that no order of documents matters.
"""

import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import stats
from sklearn.metrics import ndcg_score, roc_auc_score

from benchmarks.explanations.changes import CHANGES
from benchmarks.explanations.erasure import Eraser, content_drop, words_drop
from benchmarks.explanations.exactness import exactness, exactness_under_length
from benchmarks.explanations.gradients import gradient_times_input, to_float64
from summarize.decide.budget import Budget
from summarize.document import AttentionKind, Document, Language
from summarize.errors import InputError
from summarize.evaluate.corpus import CorpusDocument, corpus_name, read_corpus, sample_corpus
from summarize.evaluate.measure import map_in_processes, sha256_of
from summarize.evaluate.overlap import ExtractScores
from summarize.evaluate.rouge import units
from summarize.evaluate.systems import greedy_oracle
from summarize.network.long import LongReading
from summarize.network.scorer import NetworkScorer, Reading
from summarize.pipeline import write_summary
from summarize.summary import Summary
from summarize.text.segmentation import find_sentences

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FEWEST, MOST = 4, 60  # sentences that may be chosen of a document that is measured
DROPS = ("words", "content", "weights", "words, heavier half", "words, above mean", "words, not reread")
RANKINGS = ("attention", "random", "lead", "uniform", "central", "gradient")
AGREEMENTS = ("spearman", "favourite", "top")
STAYS = ("spearman", "choice")
PLAUSIBILITY = ("auc", "ndcg")
RIVALS = ("lead", "random", "centrality")

_LEAST = float(np.finfo(np.float32).tiny)  # under the logarithm of a weight
_NUM_ORDERS = 5  # of chance
_SEED = 1


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found on one document; NaN where something is not defined.

    Args:
        language: of the document.
        num_candidates: sentences that may be chosen.
        exact: (kinds, `exactness.EXACT`), 1 where it is so and 0 where not; NaN where nothing fits the length.
        taus: (kinds, `DROPS`), Kendall's tau-b of the weights and of what is lost without each sentence.
        most_missed: (kinds,), 1 where the account in words loses most without the heaviest sentence, 0 where not.
        curves: (kinds, `RANKINGS`, 2, percents), comprehensiveness and sufficiency.
        seeds: (kinds, pairs of models, `AGREEMENTS`), 0 to 1 but Spearman's -1 to 1.
        changes: (kinds, `CHANGES`, `STAYS`); NaN where the change does not change the text.
        is_cut_otherwise: (`CHANGES`,), 1 where the changed text has another number of sentences, 0 where not.
        plausibility: (kinds and `RIVALS`, `PLAUSIBILITY`).
    """

    language: Language
    num_candidates: int
    exact: Floats
    taus: Floats
    most_missed: Floats
    curves: Floats
    seeds: Floats
    changes: Floats
    is_cut_otherwise: Floats
    plausibility: Floats


@dataclass(frozen=True, slots=True)
class CorpusFindings:
    """What was found on a corpus.

    Args:
        path: the corpus file.
        sha256: digest of the file as it lies on the disk.
        target_sentences: sentences of a summary.
        documents: those that were measured.
        num_left_out: documents with too few or too many sentences that may be chosen.
    """

    path: Path
    sha256: str
    target_sentences: int
    documents: list[Findings]
    num_left_out: int

    @property
    def name(self) -> str:
        """The corpus' short name."""
        return corpus_name(self.path)


def kendall(one: Floats, other: Floats) -> float:
    """Return Kendall's tau-b (Kendall 1945), -1 to 1; NaN where either is constant."""
    return float(stats.kendalltau(one, other).statistic) if np.ptp(one) > 0 and np.ptp(other) > 0 else np.nan


def spearman(one: Floats, other: Floats) -> float:
    """Return Spearman's rank correlation, -1 to 1; NaN where either is constant."""
    return float(stats.spearmanr(one, other).statistic) if np.ptp(one) > 0 and np.ptp(other) > 0 else np.nan


def erasure_taus(eraser: Eraser) -> tuple[Floats, Floats]:
    """Return tau-b of the weights of the candidates and of what is lost without each, (kinds, `DROPS`).

    Beside it, (kinds,), 1 where most words are lost without the heaviest candidate, and 0 where not.

    What is lost: of the account in words, in content, and in the weights themselves (half of the sum of what they
    change, the sentence's own included). To understand it, three times more in words: among the heavier half of the
    candidates alone, among those above the mean weight, and as if the rest were not read again but kept its
    proportions.
    """
    whole, candidates = eraser.whole, eraser.candidates
    remains = [eraser.take_out([index]) for index in candidates.tolist()]
    drops = (
        np.stack([words_drop(eraser.likeness, whole.weights, rest.weights) for rest in remains], axis=-1),
        np.stack([content_drop(whole.content, rest.content) for rest in remains], axis=-1),
        np.stack([np.abs(whole.weights - rest.weights).sum(axis=-1) / 2 for rest in remains], axis=-1),
    )  # (kinds, candidates) each
    gone = np.eye(whole.weights.shape[1])[candidates]  # (candidates, S)
    taus = []
    for kind, all_weights in enumerate(whole.weights):
        weights = all_weights[candidates]
        heavier = np.argsort(-weights, kind="stable")[: (len(weights) + 1) // 2]
        above = weights > weights.mean()
        not_reread = words_drop(eraser.likeness, all_weights, all_weights * (1 - gone))
        taus.append(
            [
                *(kendall(weights, drop[kind]) for drop in drops),
                kendall(weights[heavier], drops[0][kind][heavier]),
                kendall(weights[above], drops[0][kind][above]) if above.any() else np.nan,
                kendall(weights, not_reread),
            ]
        )
    most_missed = drops[0].argmax(axis=1) == whole.weights[:, candidates].argmax(axis=1)
    return np.array(taus), most_missed.astype(np.float64)


def uniform_drops(likeness: Floats, candidates: NDArray[np.int64]) -> Floats:
    """Return what the account of a document loses without each candidate if all weigh the same, (candidates,), 0 to 1.

    That is the plain mean of their vectors. It loses most without a sentence that is like no other.
    """
    everyone = np.isin(np.arange(len(likeness)), candidates).astype(np.float64)
    without = everyone - np.eye(len(likeness))[candidates]
    return words_drop(likeness, everyone, without)


def uniform_shares(likeness: Floats, candidates: NDArray[np.int64]) -> Floats:
    """Return the share of each candidate in that mean m, (candidates,): s_i . m / (n m . m); they sum to 1."""
    products = likeness[np.ix_(candidates, candidates)].sum(axis=1)  # n s_i . m
    return np.asarray(np.round(products / max(products.sum(), _LEAST), 9))


def erasure_curves(eraser: Eraser, gradients: Floats, rng: np.random.Generator) -> Floats:
    """Return comprehensiveness and sufficiency, (kinds, `RANKINGS`, 2, percents).

    Args:
        eraser: the document.
        gradients: gradient times input, (kinds, S).
        rng: chance.
    """
    candidates = eraser.candidates

    def curves(values: Floats) -> Floats:
        """From a value of each candidate to (2, kinds, percents); of equal values the earlier candidate is first."""
        return np.array(eraser.curves(candidates[np.argsort(-values, kind="stable")]))

    by_chance = [eraser.curves(rng.permutation(candidates)) for _ in range(_NUM_ORDERS)]
    shared = {
        "random": np.mean(by_chance, axis=0),  # (2, kinds, percents)
        "lead": np.array(eraser.curves(candidates)),
        "uniform": curves(uniform_drops(eraser.likeness, candidates)),
        "central": curves(uniform_shares(eraser.likeness, candidates)),
    }
    found = []
    for kind, weights in enumerate(eraser.whole.weights):
        own = {
            "attention": curves(weights[candidates]),
            "gradient": curves(np.abs(gradients[kind])[candidates]),
        }
        found.append([(shared | own)[name][:, kind] for name in RANKINGS])
    return np.array(found)


def agreement(one: Floats, other: Floats, target_sentences: int) -> list[float]:
    """Return `AGREEMENTS` of two models' weights of the same candidates: the last two are shares, 0 to 1."""
    top = min(target_sentences, len(one))
    heaviest = [set(np.argsort(-weights, kind="stable")[:top].tolist()) for weights in (one, other)]
    return [spearman(one, other), float(one.argmax() == other.argmax()), len(heaviest[0] & heaviest[1]) / top]


def _whole_sentences(
    document: Document,
    reading: Reading | LongReading,
    kind: AttentionKind,
    scorer: NetworkScorer,
    target_sentences: int,
) -> Summary:
    budget = Budget(sentences=target_sentences)
    return write_summary(document, reading, kind, budget, scorer, fuse=False, compress=False)


def measure_change(
    eraser: Eraser,
    document: Document,
    change: Callable[[Document], str],
    scorer: NetworkScorer,
    kinds: Sequence[AttentionKind],
    target_sentences: int,
) -> tuple[Floats, float]:
    """Return what stays of weights and choice when the text changes, (kinds, `STAYS`), and whether it is cut otherwise.

    All is NaN where nothing changes. A text that is cut into another number of sentences counts as another choice.
    """
    nothing = np.full((len(kinds), len(STAYS)), np.nan)
    text = change(document)
    if text == document.text:
        return nothing, np.nan
    other = replace(document, text=text, sentences=find_sentences(text))
    if len(other.sentences) != len(document.sentences):
        nothing[:, STAYS.index("choice")] = 0
        return nothing, 1.0
    reading = scorer.read(other, target_sentences)
    stays = [
        [
            spearman(weights[eraser.candidates], reading.weigh(kind)[eraser.candidates]),
            float(
                set(_whole_sentences(document, eraser.reading, kind, scorer, target_sentences).selected)
                == set(_whole_sentences(other, reading, kind, scorer, target_sentences).selected)
            ),
        ]
        for kind, weights in zip(kinds, eraser.whole.weights, strict=True)
    ]
    return np.array(stays), 0.0


def likeness_to_reference(scores: Floats, labels: Bools, gains: Floats) -> list[float]:
    """Return `PLAUSIBILITY` of scores of candidates; NaN where labels are all the same, or no gain is above 0.

    AUC: how often a sentence of the oracle is above one that is not. NDCG: Järvelin & Kekäläinen 2002.

    Args:
        scores: what they are ranked by, (candidates,).
        labels: whether the oracle chooses them.
        gains: what each is worth, 0 or more.
    """
    return [
        float(roc_auc_score(labels, scores)) if labels.any() and not labels.all() else np.nan,
        float(ndcg_score([gains], [scores])) if gains.any() else np.nan,
    ]


def plausibility(item: CorpusDocument, eraser: Eraser, target_sentences: int, rng: np.random.Generator) -> Floats:
    """Return how well weights and their rivals agree with a reference, (kinds and `RIVALS`, `PLAUSIBILITY`).

    Of several references it is the one that sentences can meet best.
    """
    candidates, mask = eraser.candidates, eraser.reading.mask
    language = item.document.language
    sentences = [units(text, language) for text in item.document.sentence_texts()]
    references = [units(reference, language) for reference in item.references]
    found = [
        greedy_oracle(sentences, own, mask, lambda indices: len(indices) <= target_sentences) for own in references
    ]
    best = max(range(len(found)), key=lambda number: found[number][1])
    labels = np.isin(candidates, found[best][0])
    gains = ExtractScores(sentences, references[best]).extended([])[candidates]
    judge = partial(likeness_to_reference, labels=labels, gains=gains)
    by_chance = np.mean(
        [judge(rng.permutation(len(candidates)).astype(np.float64)) for _ in range(_NUM_ORDERS)], axis=0
    )
    central = np.round(eraser.likeness.sum(axis=1) - np.diag(eraser.likeness), 9)
    of_kinds = [judge(weights[candidates]) for weights in eraser.whole.weights]
    return np.array([*of_kinds, judge(-candidates.astype(np.float64)), by_chance, judge(central[candidates])])


class Examiner:
    """Measures the explanations of documents.

    Args:
        scorer: the network.
        others: the same trained from other seeds.
        kinds: attentions to measure.
        target_sentences: sentences of a summary, at least 1.
    """

    def __init__(
        self,
        scorer: NetworkScorer,
        others: Sequence[NetworkScorer],
        kinds: Sequence[AttentionKind],
        target_sentences: int,
    ) -> None:
        self.scorer: NetworkScorer = scorer
        self.others: Sequence[NetworkScorer] = others
        self.kinds: tuple[AttentionKind, ...] = tuple(kinds)
        self.target_sentences: int = target_sentences
        self._precise = to_float64(scorer.model.weights)

    def examine(self, item: CorpusDocument) -> Findings | None:
        """Return what is found on a document; None if too few or too many of its sentences may be chosen."""
        document, scorer, kinds, target_sentences = item.document, self.scorer, self.kinds, self.target_sentences
        if len(document.sentences) < FEWEST:
            return None
        if not FEWEST <= int(scorer.read(document, target_sentences).mask.sum()) <= MOST:
            return None
        rng = np.random.default_rng([_SEED, zlib.crc32(document.text.encode("utf-8", "surrogatepass"))])
        eraser = Eraser(document, scorer.model, kinds, target_sentences)
        account = eraser.reading.explain()
        exact = [
            exactness(
                account.weighings[kind],
                weights,
                _whole_sentences(document, eraser.reading, kind, scorer, target_sentences),
                eraser.likeness,
                target_sentences,
                scorer.selection(kind),
            )
            for kind, weights in zip(kinds, eraser.whole.weights, strict=True)
        ]
        taus, most_missed = erasure_taus(eraser)
        gradients = gradient_times_input(eraser.reading, kinds, self._precise)
        changes = [
            measure_change(eraser, document, change, scorer, kinds, target_sentences) for change in CHANGES.values()
        ]
        return Findings(
            language=document.language,
            num_candidates=len(eraser.candidates),
            exact=np.column_stack([exact, exactness_under_length(document, scorer, kinds, eraser.likeness)]),
            taus=taus,
            most_missed=most_missed,
            curves=erasure_curves(eraser, gradients, rng),
            seeds=self._seeds(eraser, document),
            changes=np.stack([stays for stays, _ in changes], axis=1),
            is_cut_otherwise=np.array([is_cut_otherwise for _, is_cut_otherwise in changes]),
            plausibility=plausibility(item, eraser, target_sentences, rng),
        )

    def _seeds(self, eraser: Eraser, document: Document) -> Floats:
        """Return how well each two models agree, (kinds, pairs, `AGREEMENTS`)."""
        candidates = eraser.candidates
        weighed = [eraser.whole.weights[:, candidates]]
        for other in self.others:
            reading = Reading(document, eraser.terms, other.model, self.target_sentences)
            weighed.append(np.stack([reading.weigh(kind)[candidates] for kind in self.kinds]))
        pairs = list(combinations(weighed, 2))
        found = np.empty((len(self.kinds), len(pairs), len(AGREEMENTS)))
        for kind in range(len(self.kinds)):
            for pair, (left, right) in enumerate(pairs):
                found[kind, pair] = agreement(left[kind], right[kind], self.target_sentences)
        return found


Progress = Callable[[Iterable[Findings | None]], Iterable[Findings | None]]


def examine_corpus(
    path: Path, examiner: Examiner, *, limit: int | None = None, jobs: int = 1, progress: Progress = iter
) -> CorpusFindings:
    """Measure the explanations of the documents of a corpus.

    Args:
        path: the corpus, JSONL, plain or packed with gzip.
        examiner: what measures a document.
        limit: most documents, evenly spread over the corpus, those that are left out included; None for all.
        jobs: processes; the result does not depend on it.
        progress: is given the results on their way.

    Raises:
        InputError: the corpus cannot be read, or has no document of 4 to 60 sentences that may be chosen.
    """
    digest = sha256_of(path)
    documents = read_corpus(path) if limit is None else sample_corpus(path, limit)
    with map_in_processes(examiner.examine, documents, jobs) as results:
        found = list(progress(results))
    measured = [findings for findings in found if findings is not None]
    if not measured:
        raise InputError(f"{path}: no document with {FEWEST} to {MOST} sentences that may be chosen")
    return CorpusFindings(path, digest, examiner.target_sentences, measured, len(found) - len(measured))

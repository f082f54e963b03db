"""Documents to the ROUGE of every system on each, peers from what is kept of them where it is kept."""

import multiprocessing
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality.peers import Peer, PeerText, candidates_of, peer_text
from benchmarks.quality.rankings import Ranking, RankingCache, ask, text_digest
from summarize.decide.budget import Budget
from summarize.document import ATTENTION_KINDS, AttentionKind
from summarize.errors import BudgetError, InputError
from summarize.evaluate.corpus import CorpusDocument
from summarize.evaluate.rouge import METRICS, rouge
from summarize.evaluate.systems import (
    CENTRALITY,
    LEAD,
    ORACLE,
    DocumentCase,
    centrality,
    lead,
    oracle,
    print_sentences,
    select_with,
)
from summarize.pipeline import Scorer

SECONDS_OF_DOCUMENT = 20.0  # CPU time that a peer may take for one
_CHUNK_SIZE = 4  # documents handed to a process at once


def own_systems(kinds: Sequence[AttentionKind] = ATTENTION_KINDS) -> dict[str, Callable[[DocumentCase], list[int]]]:
    """Return what is computed again each time: the lead, centrality, the network, the oracle."""
    return {
        LEAD: lead,
        CENTRALITY: centrality,
        **{kind: partial(select_with, kind=kind) for kind in kinds},
        ORACLE: oracle,
    }


@dataclass(frozen=True, slots=True)
class Setup:
    """What is the same for all documents of a set.

    Args:
        scorer: the network; None if the peers alone are asked, and nothing is scored.
        kinds: attentions to measure.
        peers: systems that only look at the sentences.
        lengths: N of each column of scores, in sentences.
        seconds: CPU time that a peer may take for a document.
    """

    scorer: Scorer | None
    kinds: tuple[AttentionKind, ...]
    peers: tuple[Peer, ...]
    lengths: tuple[int, ...]
    seconds: float = SECONDS_OF_DOCUMENT

    @property
    def systems(self) -> tuple[str, ...]:
        """All systems in the order of the tables."""
        first, *others = own_systems(self.kinds)
        return (first, others[0], *(peer.name for peer in self.peers), *others[1:])


@dataclass(frozen=True, slots=True)
class Task:
    """A document, and what is known of it already."""

    item: CorpusDocument
    rankings: dict[str, Ranking]


@dataclass(frozen=True, slots=True)
class ItemScores:
    """What the systems got on one document.

    Args:
        rouge: (lengths, systems, metrics), percent; 0 where a system failed.
        lengths_chars: (lengths, systems), code points of each summary; 0 where a system failed.
        rankings: of peers whose ranking was not known.
        errors: the peers that failed, and why.
    """

    rouge: NDArray[np.float64]
    lengths_chars: NDArray[np.int64]
    rankings: dict[str, Ranking] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def measure_item(task: Task, setup: Setup) -> ItemScores:
    """Summarize a document with every system and score the summaries."""
    item, language = task.item, task.item.document.language
    text: PeerText | None = None
    rankings, found = dict(task.rankings), {}
    for peer in setup.peers:
        if peer.name not in rankings:
            text = text or peer_text(item.document)
            rankings[peer.name] = found[peer.name] = ask(peer, text, setup.seconds)
    errors = {name: ranking.error for name, ranking in rankings.items() if ranking.error}
    shape = len(setup.lengths), len(setup.systems)
    scores, lengths_chars = np.zeros((*shape, len(METRICS))), np.zeros(shape, np.int64)
    if setup.scorer is None:
        return ItemScores(scores, lengths_chars, found, errors)
    own = own_systems(setup.kinds)
    candidates = candidates_of(item.document)
    scored: dict[str, NDArray[np.float64]] = {}  # systems often agree, and the longest common subsequence is slow
    for row, length in enumerate(setup.lengths):
        case = DocumentCase(item, Budget(sentences=length), setup.scorer)
        for column, name in enumerate(setup.systems):
            if name in own:
                try:
                    chosen = own[name](case)
                except BudgetError:
                    chosen = []
            else:
                chosen = [candidates[index] for index in rankings[name].indices[:length]]
            summary = print_sentences(item.document, chosen)
            if summary not in scored:
                scored[summary] = rouge(summary, item.references, language)
            scores[row, column], lengths_chars[row, column] = scored[summary], len(summary)
    return ItemScores(scores, lengths_chars, found, errors)


_setup: Setup | None = None  # in a worker process


def _set_up_worker(setup: Setup) -> None:
    global _setup
    _setup = setup
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers


def _work(task: Task) -> ItemScores:
    assert _setup is not None
    return measure_item(task, _setup)


@contextmanager
def _mapped(setup: Setup, tasks: Iterable[Task], jobs: int) -> Iterator[Iterable[ItemScores]]:
    if jobs == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield (measure_item(task, setup) for task in tasks)
        return
    with multiprocessing.get_context("fork").Pool(jobs, _set_up_worker, (setup,)) as pool:
        yield pool.imap(_work, tasks, _CHUNK_SIZE)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the systems got on a set.

    Args:
        systems: names, the first being the lead.
        rouge: (documents, lengths, systems, metrics), percent.
        lengths_chars: (documents, lengths, systems), code points; 0 where a system failed.
        errors: for each peer that failed, how often it did and why.
    """

    systems: tuple[str, ...]
    rouge: NDArray[np.float64]
    lengths_chars: NDArray[np.int64]
    errors: dict[str, Counter[str]]


def measure(
    items: Iterable[CorpusDocument],
    setup: Setup,
    *,
    corpus: str,
    cache: Path,
    jobs: int,
    progress: Callable[[Iterable[ItemScores]], Iterable[ItemScores]] = iter,
) -> Scores:
    """Measure all systems on documents; what peers made of them is kept in the folder as it comes.

    Args:
        items: documents with at least one sentence.
        setup: what to measure.
        corpus: what the documents are called in the cache.
        cache: folder of the rankings.
        jobs: processes; the scores do not depend on it.
        progress: is given the results on their way.

    Raises:
        InputError: there is no document.
    """
    caches = {peer.name: RankingCache(cache, peer, corpus) for peer in setup.peers}
    digests: list[str] = []

    def tasks() -> Iterator[Task]:
        for item in items:
            digest = text_digest(peer_text(item.document)) if caches else ""
            digests.append(digest)
            known = {name: own.get(digest) for name, own in caches.items()}
            yield Task(item, {name: ranking for name, ranking in known.items() if ranking is not None})

    scores: list[ItemScores] = []
    with _mapped(setup, tasks(), jobs) as results:
        for result in progress(results):
            for name, ranking in result.rankings.items():
                caches[name].add(digests[len(scores)], ranking)
            scores.append(result)
    if not scores:
        raise InputError(f"{corpus}: no document in it")
    errors: dict[str, Counter[str]] = {}
    for result in scores:
        for name, error in result.errors.items():
            errors.setdefault(name, Counter())[error] += 1
    return Scores(
        setup.systems,
        np.stack([result.rouge for result in scores]),
        np.stack([result.lengths_chars for result in scores]),
        errors,
    )

"""A corpus to the ROUGE of every system on every document, and what is wrong with the summaries, on all cores."""

import hashlib
import multiprocessing
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from summarize.decide.budget import Budget
from summarize.document import ATTENTION_KINDS, AttentionKind, Language
from summarize.errors import InputError
from summarize.evaluate.corpus import CorpusDocument, corpus_name, read_corpus, sample_corpus
from summarize.evaluate.faithfulness import CHECKS, violations
from summarize.evaluate.rouge import METRICS, rouge
from summarize.evaluate.systems import SYSTEMS, DocumentCase
from summarize.pipeline import Scorer

_CHUNK_SIZE = 4  # documents handed to a process at once


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """What the systems got on one document.

    Args:
        language: of the document.
        rouge: (systems, metrics), percent; 0 where there is no summary.
        lengths_chars: (systems,), code points of each summary; 0 where there is none.
        violations: (kinds, checks), how often the summary of each attention among the systems breaks each rule of
            `faithfulness`; 0 where there is none.
    """

    language: Language
    rouge: NDArray[np.float64]
    lengths_chars: NDArray[np.int64]
    violations: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class CorpusScores:
    """What the systems got on a corpus.

    Args:
        path: the corpus file.
        sha256: digest of the file as it lies on the disk.
        budget: how long the summaries may be.
        systems: names, the first being the lead.
        languages: how many documents are in each language.
        rouge: (documents, systems, metrics), percent.
        lengths_chars: (documents, systems), code points; 0 where no sentence fits the budget.
        violations: (documents, kinds, checks), of `kinds` and `faithfulness.CHECKS`.
    """

    path: Path
    sha256: str
    budget: Budget
    systems: tuple[str, ...]
    languages: dict[Language, int]
    rouge: NDArray[np.float64]
    lengths_chars: NDArray[np.int64]
    violations: NDArray[np.int64]

    @property
    def kinds(self) -> tuple[AttentionKind, ...]:
        """The attentions among the systems."""
        return attentions_of(self.systems)

    @property
    def name(self) -> str:
        """The corpus' short name."""
        return corpus_name(self.path)


def sha256_of(path: Path) -> str:
    """Return the digest of a file, 64 hexadecimal digits.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from error


def attentions_of(systems: Sequence[str]) -> tuple[AttentionKind, ...]:
    """Return the attentions among systems."""
    return tuple(kind for kind in ATTENTION_KINDS if kind in systems)


def measure_document(
    item: CorpusDocument, *, systems: Sequence[str], budget: Budget, scorer: Scorer, fuse: bool = False
) -> DocumentScores:
    """Summarize one document with every system, score the summaries, and check those of the network."""
    language, kinds = item.document.language, attentions_of(systems)
    found = np.zeros((len(kinds), len(CHECKS)), np.int64)
    if item.document.sentences:
        case = DocumentCase(item, budget, scorer, fuse=fuse)
        summaries = [SYSTEMS[name](case) for name in systems]
        for row, kind in enumerate(kinds):
            summary = case.summary(kind)
            if summary:
                found[row] = list(violations(summary, budget).values())
    else:
        summaries = [""] * len(systems)
    return DocumentScores(
        language,
        np.array([rouge(summary, item.references, language) for summary in summaries]),
        np.array([len(summary) for summary in summaries], np.int64),
        found,
    )


Progress = Callable[[Iterable[DocumentScores]], Iterable[DocumentScores]]  # passes results on and shows how many

_Item = TypeVar("_Item")
_Found = TypeVar("_Found")
_measure: Callable[[Any], Any] | None = None  # in a worker process: what it does with a document


def _set_up_worker(measure: Callable[[Any], Any]) -> None:
    global _measure
    _measure = measure
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers


def _work(item: Any) -> Any:
    assert _measure is not None
    return _measure(item)


@contextmanager
def map_in_processes(
    measure: Callable[[_Item], _Found], documents: Iterable[_Item], jobs: int
) -> Iterator[Iterator[_Found]]:
    """Give the results in the order of the documents, from `jobs` processes where the system can fork.

    A forked worker has the model without a copy; started afresh it would have to be sent the model first.
    """
    if jobs == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield map(measure, documents)
        return
    with multiprocessing.get_context("fork").Pool(jobs, _set_up_worker, (measure,)) as pool:
        yield pool.imap(_work, documents, _CHUNK_SIZE)


def measure_corpus(
    path: Path,
    *,
    systems: Sequence[str],
    budget: Budget,
    scorer: Scorer,
    fuse: bool = False,
    limit: int | None = None,
    jobs: int = 1,
    progress: Progress = iter,
) -> CorpusScores:
    """Summarize the documents of a corpus with every system and score the summaries.

    Args:
        path: the corpus, JSONL, plain or packed with gzip.
        systems: names from `SYSTEMS`.
        budget: how long the summaries may be.
        scorer: the network.
        fuse: whether its sentences may be fused.
        limit: most documents, evenly spread over the corpus; None for all.
        jobs: processes; the result does not depend on it.
        progress: is given the results on their way.

    Raises:
        InputError: the corpus cannot be read or has no document.
    """
    digest = sha256_of(path)
    measure = partial(measure_document, systems=tuple(systems), budget=budget, scorer=scorer, fuse=fuse)
    documents = read_corpus(path) if limit is None else sample_corpus(path, limit)
    with map_in_processes(measure, documents, jobs) as results:
        scores = list(progress(results))
    if not scores:
        raise InputError(f"{path}: no document in it")
    rouge_of_all = np.stack([score.rouge for score in scores])  # (documents, systems, metrics)
    assert rouge_of_all.shape == (len(scores), len(systems), len(METRICS))
    return CorpusScores(
        path=path,
        sha256=digest,
        budget=budget,
        systems=tuple(systems),
        languages=dict(Counter(score.language for score in scores).most_common()),
        rouge=rouge_of_all,
        lengths_chars=np.stack([score.lengths_chars for score in scores]),
        violations=np.stack([score.violations for score in scores]),
    )

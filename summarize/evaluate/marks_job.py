"""Files of marks to tables and a record: what a network chooses by the marks of readers, or how readers agree."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TextIO

from summarize.document import ATTENTION_KINDS, AttentionKind
from summarize.errors import InputError
from summarize.evaluate.agreement import pair_up
from summarize.evaluate.choices import TextScores, measure_text, systems_of
from summarize.evaluate.corpus import corpus_name
from summarize.evaluate.marks import marked_rows, read_marked
from summarize.evaluate.marks_report import (
    AGREEMENT_LEGEND,
    LEGEND,
    Agreement,
    by_kind,
    find_agreement,
    find_group,
    print_agreement,
    print_group,
    print_kinds,
    to_json,
)
from summarize.evaluate.measure import map_in_processes, sha256_of
from summarize.pipeline import Scorer

Progress = Callable[..., Iterable[TextScores]]  # passes results on and shows how many


def spread_evenly(items: Sequence[Any], limit: int | None) -> list[Any]:
    """Return `limit` of the items, evenly spread, or all if there are no more."""
    total = len(items)
    if limit is None or limit >= total:
        return list(items)
    return [item for at, item in enumerate(items) if at * limit // total < (at + 1) * limit // total]


def judge_network(
    paths: Sequence[Path],
    *,
    corpora: Path | None,
    scorer: Scorer,
    kinds: Sequence[AttentionKind],
    lengths: Sequence[int],
    split_by_kind: bool,
    limit: int | None,
    resamples: int,
    seed: int,
    jobs: int,
    progress: Progress,
    show: TextIO | None = None,
) -> dict[str, Any]:
    """Measure what a network chooses by the marks of readers, and return everything that was found out.

    Args:
        paths: files of marks.
        corpora: folder of the corpora in which the texts are that the files do not hold.
        scorer: the network.
        kinds: attentions to measure; the default one always is.
        lengths: N, in sentences; without a length is measured always.
        split_by_kind: whether figures are wanted for every kind of text too.
        limit: most texts of a file, evenly spread over it; None for all.
        resamples: draws of texts for the intervals.
        seed: of the draws.
        jobs: processes.
        progress: is given the results on their way and the `description` of a file.
        show: where tables go after each file, those of all files together, and a legend; None for nowhere.

    Raises:
        InputError: a file or a text cannot be read, or is not the one that was marked.
    """
    default = scorer.default_attention
    kinds = [kind for kind in ATTENTION_KINDS if kind in {*kinds, default}]
    systems = systems_of(kinds)
    find = partial(find_group, systems=systems, ours=default, lengths=lengths, resamples=resamples, seed=seed)
    measure = partial(measure_text, scorer=scorer, kinds=kinds, lengths=lengths)
    read = [(path, sha256_of(path), spread_evenly(list(read_marked(path, corpora)), limit)) for path in paths]
    everything: list[TextScores] = []
    files = []
    for path, digest, texts in read:
        if not texts:
            raise InputError(f"{path}: no text in it")
        with map_in_processes(measure, texts, jobs) as results:
            scores = list(progress(results, description=path.name))
        group = find(corpus_name(path), scores)
        if show:
            print_group(group, show)
        files.append({"path": str(path), "sha256": digest, **to_json(group)})
        everything += scores
    together = find("all files together", everything)
    groups = [find(name, scores) for name, scores in by_kind(everything).items()] if split_by_kind else []
    if show:
        if len(files) > 1:
            print_group(together, show)
        if groups:
            print_kinds(groups, default, show)
        print(LEGEND, file=show)
    return {"files": files, "together": to_json(together), "kinds": [to_json(group) for group in groups]}


def compare_readers(
    paths: Sequence[Path],
    against: Path,
    *,
    corpora: Path | None,
    lengths: Sequence[int],
    resamples: int,
    seed: int,
    show: TextIO | None = None,
) -> Agreement:
    """Measure how far a second reader agrees, on the texts that both marked.

    Args:
        paths: files of marks.
        against: the marks of another reader.
        corpora: folder of the corpora in which the texts are that the files do not hold.
        lengths: N of the choices that are judged by the other's marks.
        resamples: draws of texts for the intervals.
        seed: of the draws.
        show: where tables go, and a legend at the end; None for nowhere.

    Raises:
        InputError: a file or a text cannot be read, or no text stands in both.
    """
    rows = [row for path in paths for row in marked_rows(path, corpora)]
    try:
        pairs, num_otherwise = pair_up(rows, marked_rows(against, corpora))
    except (ValueError, KeyError, TypeError, IndexError, OverflowError) as error:
        raise InputError(f"{against}, or what it is compared with, has a text without proper marks: {error}") from error
    if not pairs:
        raise InputError(f"{against}: no text in it that is marked in the other files, cut into the same units")
    found = find_agreement(pairs, num_otherwise, lengths, resamples=resamples, seed=seed)
    if show:
        print_agreement(found, show)
        print(AGREEMENT_LEGEND, file=show)
    return found

"""`python -m benchmarks.marks CORPORA`: evaluation of systems by readers' marks; `make bench-marks`.

The peers of `benchmarks.quality.peers`, the rules and the network choose among the same sentences of texts that
readers marked, and are judged by the marks (`summarize.evaluate.choices`). Beside them stand gradient-boosted trees
that see the features of the network, without its words, and were taught by the marks of other texts: what they reach,
a network should.
"""

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

import click
import numpy as np

# Before NumPy's libraries start threads: on small matrices more of them are slower.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

from benchmarks.quality.__main__ import git_commit, say  # noqa: E402
from benchmarks.quality.measure import SECONDS_OF_DOCUMENT, Setup, measure  # noqa: E402
from benchmarks.quality.peers import Peer, all_peers, candidates_of, peer_text  # noqa: E402
from benchmarks.quality.rankings import RankingCache, text_digest  # noqa: E402
from benchmarks.quality.report import ABOVE, BELOW, LANGUAGE_NAMES  # noqa: E402
from benchmarks.results import RESULTS, Block, Table, write_record  # noqa: E402
from summarize.document import ATTENTION_KINDS, LANGUAGES, Document, Language  # noqa: E402
from summarize.errors import InputError, SummarizeError  # noqa: E402
from summarize.evaluate.agreement import AGREEMENTS  # noqa: E402
from summarize.evaluate.choices import (  # noqa: E402
    DEFAULT,
    LENGTHS,
    MEASURES,
    TextScores,
    measure_text,
    systems_of,
)
from summarize.evaluate.commands import open_scorer  # noqa: E402
from summarize.evaluate.corpus import CorpusDocument  # noqa: E402
from summarize.evaluate.marks import MarkedText, read_marked  # noqa: E402
from summarize.evaluate.marks_job import compare_readers, spread_evenly  # noqa: E402
from summarize.evaluate.marks_report import Figures, Group, by_kind, find_group, shown_share  # noqa: E402
from summarize.network.bags import SentenceBags  # noqa: E402
from summarize.network.features import sentence_features  # noqa: E402
from summarize.network.scorer import NetworkScorer, term_idf  # noqa: E402
from summarize.network.storage import Model  # noqa: E402
from summarize.text.terms import find_terms  # noqa: E402

ROOT = Path(__file__).parent.parent
LEARNED = "trees, taught by marks"
MARKS = ROOT / "data" / "marks"
TWICE = MARKS / "twice.jsonl"


def marked_files(corpora: Path, part: str) -> list[Path]:
    """Return the files of marks of a part, `dev` or `train`: those of `data/marks`, and `marked*` of the corpora."""
    own = sorted(MARKS.glob(f"*.{part}.jsonl"))
    others = [path for language in LANGUAGES for path in sorted((corpora / language / part).glob("marked*.jsonl*"))]
    return own + others


def read_all(paths: Iterable[Path], corpora: Path, limit: int | None = None) -> list[MarkedText]:
    """Return the texts of files of marks that have a sentence, at most `limit` of a file, evenly spread over it.

    Raises:
        InputError: one cannot be read.
    """
    texts = [text for path in paths for text in spread_evenly(list(read_marked(path, corpora)), limit)]
    return [text for text in texts if text.document.sentences]


def network_features(document: Document, model: Model) -> Any:
    """Return the features of the candidates of a document as the network is told them, (candidates, F)."""
    terms = find_terms(document)
    idf = term_idf(terms, model.vocabulary, model.idf)
    return sentence_features(document, terms, SentenceBags(terms, idf), idf)[candidates_of(document)]


def teach(texts: Iterable[MarkedText], model: Model) -> Any:
    """Return trees that tell the mark of a sentence by its features."""
    from sklearn.ensemble import HistGradientBoostingRegressor

    inputs, wanted = [], []
    for text in texts:
        inputs.append(network_features(text.document, model))
        wanted.append(text.marks[candidates_of(text.document)])
    trees = HistGradientBoostingRegressor(
        max_iter=300, learning_rate=0.05, min_samples_leaf=40, early_stopping=False, random_state=1
    )
    return trees.fit(np.concatenate(inputs), np.concatenate(wanted))


def rank_by_trees(trees: Any, document: Document, model: Model) -> list[int]:
    """Return the candidates by the mark that trees expect, among ties the earlier first."""
    expected = np.round(trees.predict(network_features(document, model)), 9)
    return [candidates_of(document)[at] for at in np.argsort(-expected, kind="stable")]


def rank_by_peers(
    texts: Sequence[MarkedText], peers: Sequence[Peer], language: Language, *, cache: Path, jobs: int, seconds: float
) -> list[dict[str, list[int]]]:
    """Return for each text of a language the sentences in the order of each peer; none where it failed.

    What peers make of a text is kept in the folder `cache`, so that a run that was stopped goes on.
    """
    corpus = f"{language}/marks"
    items = (CorpusDocument(text.name, text.document, ("",)) for text in texts)
    setup = Setup(None, (), tuple(peers), (1,), seconds)
    measure(items, setup, corpus=corpus, cache=cache, jobs=jobs)
    known = {peer.name: RankingCache(cache, peer, corpus) for peer in peers}
    rankings = []
    for text in texts:
        digest, candidates = text_digest(peer_text(text.document)), candidates_of(text.document)
        found = {name: own.get(digest) for name, own in known.items()}
        rankings.append(
            {name: [candidates[at] for at in ranking.indices] if ranking else [] for name, ranking in found.items()}
        )
    return rankings


@dataclass(frozen=True, slots=True)
class Measured:
    """What all systems got on the texts of a language.

    Args:
        systems: their names.
        scores: of each text.
        failures: how often each peer failed, where it did.
    """

    systems: tuple[str, ...]
    scores: list[TextScores]
    failures: dict[str, int]

    def among(self, systems: Sequence[str]) -> list[TextScores]:
        """Return the scores of some of the systems."""
        columns = [self.systems.index(name) for name in systems]
        return [
            score if score.parts is None else replace(score, parts=score.parts[:, columns]) for score in self.scores
        ]


def measure_language(
    texts: Sequence[MarkedText], scorer: NetworkScorer, trees: Any, rankings: Sequence[Mapping[str, list[int]]]
) -> Measured:
    """Judge the rules, peers, trees and attentions on the texts of a language, at least one."""
    scores = []
    failures: dict[str, int] = {}
    for text, own in zip(texts, rankings, strict=True):
        orders = {**own, LEARNED: rank_by_trees(trees, text.document, scorer.model)} if trees is not None else own
        scores.append(measure_text(text, scorer, ATTENTION_KINDS, LENGTHS, orders))
        for name, order in own.items():
            if not order:
                failures[name] = failures.get(name, 0) + 1
    others = [*rankings[0], *([LEARNED] if trees is not None else [])]
    return Measured(systems_of(ATTENTION_KINDS, others), scores, failures)


def _cell(measure: str, figures: Figures) -> str:
    """Return a figure, and whether the default attention is surely better or worse; of what is empty less is better."""
    sign = figures.ours_minus_it[measure].sign * (-1 if measure == "empty" else 1)
    return shown_share(figures.measures[measure]) + {1: f" {ABOVE}", -1: f" {BELOW}", 0: ""}[sign]


def _headings() -> list[str]:
    lengths = [*(f"N = {length}" for length in LENGTHS), DEFAULT]
    return [f"{measure}, {length}" for length in lengths for measure in MEASURES]


def systems_table(group: Group, ours: str) -> Table:
    """Return every system's figures, marked where the default attention is apart from it."""
    rows = []
    for name in next(iter(group.lengths.values()), ()):
        figures = [of_systems[name] for of_systems in group.lengths.values()]
        cells = [_cell(measure, each) for each in figures for measure in MEASURES]
        rows.append([f"**{name}**" if name == ours else name, *cells])
    return {"head": ["system", *_headings()], "rows": rows}


def kinds_table(groups: Iterable[Group], system: str) -> Table:
    """Return what one system gets by kind of text."""
    rows = []
    for group in groups:
        found = [of_systems[system].measures for of_systems in group.lengths.values()]
        if found:
            cells = [shown_share(own[measure]) for own in found for measure in MEASURES]
            rows.append([group.name, str(group.num_texts), *cells])
    return {"head": ["kind", "texts", *_headings()], "rows": rows}


def to_record(
    measured: Mapping[Language, Measured], ours: str, about: Sequence[str], *, resamples: int, seed: int
) -> list[Block]:
    """Return the record of everything that was measured: all texts, kinds of text, and the peers of each language.

    Args:
        measured: by language, at least one.
        ours: the attention that others are compared with.
        about: paragraphs on what was measured with what.
        resamples: draws of texts for the intervals.
        seed: of the draws.
    """
    find = partial(find_group, ours=ours, lengths=LENGTHS, resamples=resamples, seed=seed)
    shared = [
        name for name in next(iter(measured.values())).systems if all(name in own.systems for own in measured.values())
    ]
    everything = [score for own in measured.values() for score in own.among(shared)]
    together = find("all", everything, shared)
    counts = ", ".join(f"{count} {LANGUAGE_NAMES[language]}" for language, count in together.languages.items())
    blocks: list[Block] = [
        "## Read as an editor would",
        *about,
        f"{together.num_texts} texts ({counts}); {together.num_unmarked} without a mark above 0 left out. "
        f"{ABOVE} says that the default attention, {ours}, is better than the system, {BELOW} that it is worse: the "
        "95% interval of their difference, from paired draws of texts, excludes 0.",
        systems_table(together, ours),
        f"### {ours} by kind of text",
        kinds_table((find(name, scores, shared) for name, scores in by_kind(everything).items()), ours),
    ]
    for language, own in measured.items():
        group = find(language, own.scores, own.systems)
        blocks += [f"### {LANGUAGE_NAMES[language]} texts, {group.num_texts}", systems_table(group, ours)]
        failed = ", ".join(f"{name} {count} times" for name, count in own.failures.items())
        blocks += [f"Failed, and judged as choosing nothing: {failed}."] if failed else []
    return blocks


def second_reader(paths: Sequence[Path], twice: Path, corpora: Path, *, resamples: int, seed: int) -> str:
    """Return a sentence on how far a second reader agrees; empty without marks of one."""
    if not twice.exists():
        return ""
    found = compare_readers(paths, twice, corpora=corpora, lengths=LENGTHS, resamples=resamples, seed=seed)
    exact, near, kappa = (found.agreed[name].value or 0 for name in AGREEMENTS)
    shares = {
        length: np.mean([of_lengths[str(length)]["share"].value or 0 for of_lengths in found.choices.values()])
        for length in LENGTHS
    }
    by_length = " and ".join(f"{share:.2f} (N = {number})" for number, share in shares.items())
    return (
        f"The ceiling is a second reader: of the {found.num_units:,} units of {found.num_texts} texts two readers gave "
        f"{exact:.0%} the same mark and {near:.1%} marks at most one step apart, quadratic kappa {kappa:.2f}; a "
        f"reader's own choice has by the other's marks a share of {by_length}."
    )


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--marks", "marks", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A file of marks; give it again for another one.  [default: those of data/marks and of the corpora, "
              "dev]")  # fmt: skip
@click.option("--teach", "lessons", multiple=True, type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A file of marks that trees are taught by; again for more.  [default: the same, train]")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help="Most texts of a file, evenly spread.  [default: all]")
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A model directory.  [default: the one that comes with the package]")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=RESULTS / "marks.json",
              show_default="docs/results/marks.json", help="Where the record goes.")  # fmt: skip
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), default=ROOT / "runs" / "peers",
              show_default="runs/peers", help="Folder where the rankings of peers are kept.")  # fmt: skip
@click.option("--seconds", default=SECONDS_OF_DOCUMENT, type=click.FloatRange(0, min_open=True),
              help="CPU time that a peer may take for a text before it counts as failed.")  # fmt: skip
@click.option("--resamples", type=click.IntRange(1), default=1000, help="Draws of texts for the intervals.")
@click.option("--seed", type=click.IntRange(0), default=1, help="Seed of the draws.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Processes that ask peers.  [default: one a core]")
def main(
    corpora: Path,
    marks: tuple[Path, ...],
    lessons: tuple[Path, ...],
    limit: int | None,
    model: Path | None,
    out: Path,
    cache: Path,
    seconds: float,
    resamples: int,
    seed: int,
    jobs: int | None,
) -> None:
    """Judge other summarizers, trees taught by marks, simple rules and the network by the marks of readers.

    CORPORA is the folder of corpora: texts that a file of marks only names are found there, and
    LANGUAGE/{dev,train}/marked*.jsonl.gz are files of marks. `make format` puts the record into docs/RESULTS.md.
    """
    try:
        peers = all_peers()
    except metadata.PackageNotFoundError as error:
        raise click.UsageError(f"{error.name} is not installed; `make bench-marks` sets everything up") from error
    begun = time.monotonic()
    try:
        paths, lesson_paths = (
            list(given) or marked_files(corpora, part) for given, part in ((marks, "dev"), (lessons, "train"))
        )
        texts = read_all(paths, corpora, limit)
        if not texts:
            raise InputError("no marked text; name files of marks with --marks")
        scorer, about_model = open_scorer(model)
        taught_by = read_all(lesson_paths, corpora)
        say(f"{len(texts)} texts; trees are taught by {len(taught_by)} others")
        trees = teach(taught_by, scorer.model) if taught_by else None
        measured: dict[Language, Measured] = {}
        for language in LANGUAGES:
            own = [text for text in texts if text.document.language == language]
            if own:
                say(f"{language}: ask peers about {len(own)} texts")
                asked = [peer for peer in peers if language in peer.languages]
                rankings = rank_by_peers(
                    own, asked, language, cache=cache, jobs=jobs or os.cpu_count() or 1, seconds=seconds
                )
                say(f"{language}: judge")
                measured[language] = measure_language(own, scorer, trees, rankings)
        about = [
            f"`make bench-marks CORPORA=DIR`{f' with `--limit {limit}`' if limit else ''}, commit {git_commit()}, "
            f"model {about_model['sha256'][:12]}; {resamples:,} draws of texts, seed {seed}.",
            "Readers marked every sentence from 0 (says nothing alone) to 3 (could stand alone as the summary). share: "
            "marks of the chosen sentences over the highest sum that so many sentences have; empty: chosen sentences "
            "with mark 0; hit: texts in which one of the reader's best three is chosen; ± half the width of the 95% "
            "interval. Every system chooses among the same sentences; default: no length is given, and all others "
            f"choose as many as the default attention. {LEARNED}: gradient-boosted trees on the network's own "
            f"features, taught by the marks of {len(taught_by):,} other texts.",
            second_reader([*paths, *lesson_paths], TWICE, corpora, resamples=resamples, seed=seed),
        ]
        record = to_record(
            measured, scorer.default_attention, [part for part in about if part], resamples=resamples, seed=seed
        )
        write_record(out, record)
        say(f"written to {out} after {time.monotonic() - begun:,.0f} seconds")
    except (SummarizeError, ValueError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.marks")

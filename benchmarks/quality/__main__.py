"""`python -m benchmarks.quality CORPORA`: other tools, the network and simple rules on the same sentences."""

import os
import subprocess
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from importlib import metadata
from itertools import chain
from pathlib import Path

import click

# Before NumPy is loaded: every core has a process of its own, and on small matrices more threads are slower.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
    os.environ.setdefault(_variable, "1")

from benchmarks.quality.boosted import boosted_peer, training_corpora  # noqa: E402
from benchmarks.quality.measure import SECONDS_OF_DOCUMENT, ItemScores, Scores, Setup, measure  # noqa: E402
from benchmarks.quality.peers import DISTRIBUTIONS, Peer, all_peers  # noqa: E402
from benchmarks.quality.plot import Curves, draw  # noqa: E402
from benchmarks.quality.report import Result, find_rows, to_record  # noqa: E402
from benchmarks.quality.sets import (  # noqa: E402
    AS_IS,
    CONDITIONS,
    CURVE_LENGTHS,
    CURVES,
    DEFAULT_SETS,
    TestSet,
    documents_of,
    parse_set,
)
from benchmarks.results import DOCS, RESULTS, write_record  # noqa: E402
from summarize.document import ATTENTION_KINDS, AttentionKind  # noqa: E402
from summarize.errors import SummarizeError  # noqa: E402
from summarize.evaluate.commands import open_scorer  # noqa: E402
from summarize.evaluate.corpus import CorpusDocument  # noqa: E402
from summarize.evaluate.measure import sha256_of  # noqa: E402

ROOT = Path(__file__).parent.parent.parent


def git_commit() -> str:
    """Return the short name of the commit, with a note if `summarize/` differs from it; `unknown` outside git."""
    try:
        run = partial(subprocess.run, cwd=ROOT, capture_output=True, text=True, check=True)
        commit = run(["git", "rev-parse", "--short", "HEAD"]).stdout.strip()
        is_changed = run(["git", "status", "--porcelain", "--", "summarize", "benchmarks"]).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{commit}, with changes" if is_changed else commit


def say(text: str) -> None:
    """Tell on stderr how far the run is."""
    click.echo(f"{time.strftime('%H:%M:%S')} {text}", err=True)


def _shown(description: str) -> Callable[[Iterable[ItemScores]], Iterable[ItemScores]]:
    def pass_on(results: Iterable[ItemScores]) -> Iterable[ItemScores]:
        for count, result in enumerate(results, start=1):
            if count % 200 == 0:
                say(f"{description}: {count:,} documents")
            yield result

    return pass_on


@dataclass(frozen=True, slots=True)
class Job:
    """What is measured, with what and how.

    Args:
        corpora: folder of the sets.
        peers: of all languages.
        setup: the network and how long a peer may take.
        default: the attention that is measured where texts are changed.
        cache: folder where the rankings of peers are kept.
        jobs: processes.
        seed: of the shuffled texts.
    """

    corpora: Path
    peers: tuple[Peer, ...]
    setup: Setup
    default: AttentionKind
    cache: Path
    jobs: int
    seed: int

    def scores(self, test_set: TestSet, condition: str, limit: int | None) -> Scores | None:
        """Return what every system gets on a set under a condition; None if no document of it can be changed so."""
        description = f"{test_set.corpus} {condition}"
        say(description)
        items = documents_of(test_set.path(self.corpora), limit=limit, condition=condition, seed=self.seed)
        first = next(items, None)
        if first is None and condition != AS_IS:
            return None
        own = replace(self.setup, lengths=(test_set.num_sentences,))
        own = (
            replace(own, peers=self._peers_for(test_set)) if condition == AS_IS else replace(own, kinds=(self.default,))
        )
        found = self._measured(chain([first] if first else [], items), own, test_set, description)
        for name, errors in found.errors.items():
            say(f"{description}: {name} failed: {dict(errors.most_common(3))}")
        return found

    def curves(self, test_set: TestSet, limit: int) -> Curves:
        """Return what every system gets on a set at each of `CURVE_LENGTHS`."""
        description = f"{test_set.corpus} at {len(CURVE_LENGTHS)} lengths"
        say(description)
        items = documents_of(test_set.path(self.corpora), limit=limit, condition=AS_IS, seed=self.seed)
        own = replace(self.setup, peers=self._peers_for(test_set), lengths=CURVE_LENGTHS)
        return Curves(test_set, CURVE_LENGTHS, self._measured(items, own, test_set, description))

    def _peers_for(self, test_set: TestSet) -> tuple[Peer, ...]:
        return tuple(peer for peer in self.peers if test_set.language in peer.languages)

    def _measured(self, items: Iterable[CorpusDocument], own: Setup, test_set: TestSet, description: str) -> Scores:
        return measure(
            items, own, corpus=test_set.corpus, cache=self.cache, jobs=self.jobs, progress=_shown(description)
        )


def about_run(limit: int | None, model: str, *, resamples: int, seed: int) -> list[str]:
    """Return paragraphs on what was measured with what: at most `limit` documents a set, the digest of a model."""
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in (*DISTRIBUTIONS, "scikit-learn"))
    spread = "all documents" if limit is None else f"at most {limit:,} documents a set, evenly spread"
    return [
        f"`make bench-quality CORPORA=DIR`{f' with `--limit {limit}`' if limit else ''}, commit {git_commit()}, "
        f"model {model[:12]}; {spread}, {resamples:,} draws, seed {seed}.",
        "Every system chooses N whole sentences of the same ones, cut by `summarize`, headings left out; all are "
        "printed in document order and scored alike. Peers rank with their own words, stop words and formulas; "
        "`benchmarks/quality/peers.py` says what each is given. boosted: gradient-boosted trees over 19 simple "
        "features, trained on up to 600 documents of each training corpus.",
        f"Versions: {versions}.",
    ]


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.argument("corpora", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--set", "sets", multiple=True, metavar="LANGUAGE/PART/NAME:N", default=DEFAULT_SETS,
              callback=lambda context, option, values: [parse_set(value) for value in values],
              help="A corpus and the length of its summaries in sentences; give it again for another one.")  # fmt: skip
@click.option("--limit", type=click.IntRange(1), help="Most documents of a set, evenly spread.  [default: all]")
@click.option("--curve-limit", default=300, type=click.IntRange(0), help="The same for the plot; 0 draws none.")
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="A model directory.  [default: the one that comes with the package]")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=RESULTS / "peers.json",
              show_default="docs/results/peers.json", help="Where the record goes.")  # fmt: skip
@click.option("--plot", type=click.Path(dir_okay=False, path_type=Path), default=DOCS / "rouge-by-length.svg",
              show_default="docs/rouge-by-length.svg", help="The plot.")  # fmt: skip
@click.option("--cache", type=click.Path(file_okay=False, path_type=Path), default=ROOT / "runs" / "peers",
              show_default="runs/peers", help="Folder where the rankings of peers are kept.")  # fmt: skip
@click.option("--seconds", default=SECONDS_OF_DOCUMENT, type=click.FloatRange(0, min_open=True),
              help="CPU time that a peer may take for a document before it counts as failed.")  # fmt: skip
@click.option("--resamples", type=click.IntRange(1), default=1000, help="Draws of documents for the intervals.")
@click.option("--seed", type=click.IntRange(0), default=1, help="Seed of the draws and of the shuffled texts.")
@click.option("-j", "--jobs", type=click.IntRange(1), help="Processes.  [default: one a core]")
@click.option("--peers-only", is_flag=True, help="Only fill the cache with the rankings of peers.")
def main(
    corpora: Path,
    sets: list[TestSet],
    limit: int | None,
    curve_limit: int,
    model: Path | None,
    out: Path,
    plot: Path,
    cache: Path,
    seconds: float,
    resamples: int,
    seed: int,
    jobs: int | None,
    peers_only: bool,
) -> None:
    """Measure other summarizers, the network, the lead, centrality and the oracle on the same sentences.

    CORPORA is a folder of LANGUAGE/PART/NAME.jsonl.gz, each line a document with `text` and `summary`. `make
    format` puts the record into docs/PEERS.md. What peers choose is kept, so that a run that was stopped goes on.
    """
    try:
        peers = all_peers()
    except metadata.PackageNotFoundError as error:
        raise click.UsageError(f"{error.name} is not installed; `make bench-quality` sets everything up") from error
    try:
        digests = {test_set.corpus: sha256_of(test_set.path(corpora)) for test_set in sets}
        trained_on = training_corpora(corpora)
        if trained_on:
            say("boosted trees: train, or read")
            peers = (*peers, boosted_peer(trained_on, cache))
        scorer, about_model = (None, {}) if peers_only else open_scorer(model)
        default = scorer.default_attention if scorer else ATTENTION_KINDS[0]
        setup = Setup(scorer, ATTENTION_KINDS, (), (1,), seconds)
        job = Job(corpora, peers, setup, default, cache, jobs or os.cpu_count() or 1, seed)
        results = []
        for test_set in sets:
            for condition in (AS_IS,) if peers_only else CONDITIONS:
                scores = job.scores(test_set, condition, limit)
                if scores is not None and scorer is not None:
                    rows = find_rows(scores, default, resamples=resamples, seed=seed)
                    digest = digests[test_set.corpus]
                    results.append(Result(test_set, condition, len(scores.rouge), digest, rows, scores.errors))
        curves = [job.curves(test_set, curve_limit) for test_set in sets if curve_limit and test_set.corpus in CURVES]
        if scorer is None:
            return
        about = about_run(limit, about_model["sha256"], resamples=resamples, seed=seed)
        if curves:
            draw(plot, curves)
            about.append(
                f"![ROUGE-1 against the length of summaries]({os.path.relpath(plot, DOCS)})\n\nEach curve is a system "
                f"asked for 1 to 5 sentences, on {curve_limit} documents of a set."
            )
        write_record(out, to_record(results, default, about))
        say(f"written to {out}")
    except (SummarizeError, ValueError) as error:
        raise click.ClickException(str(error)) from error


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.quality")

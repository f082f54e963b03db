"""`python -m benchmarks.gate`: a regression gate for the quality of the model, also run by `tests/quality`.

What was reached once is pinned in `tests/quality/floors.json`, less a tolerance: the share of marks that each attention
chooses in the marked texts of the project, one sentence and three; the ROUGE-1 of the default attention on the texts of
`data/`, and on samples of the dev corpora where the environment variable SUMMARIZE_CORPORA names a folder of them.
`--update` raises floors to what is measured now; one goes down with `--allow-lower` alone, so that a loss stands in the
command and in the diff.
"""

import json
import math
import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache, partial
from pathlib import Path

import click

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
from numpy.typing import NDArray

from summarize.decide.budget import Budget
from summarize.document import ATTENTION_KINDS, AttentionKind
from summarize.errors import SummarizeError
from summarize.evaluate.choices import LENGTHS, measure_text, systems_of
from summarize.evaluate.corpus import CorpusDocument, parse_row, sample_corpus
from summarize.evaluate.marks import read_marked
from summarize.evaluate.measure import sha256_of
from summarize.evaluate.rouge import rouge
from summarize.evaluate.systems import DocumentCase, summarize_with
from summarize.pipeline import Scorer, default_scorer

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "tests" / "quality" / "floors.json"
TEXTS = "data"
DEV_SETS = {  # and N
    "zh/dev/dtels": 1,
    "zh/dev/xwlb": 1,
    "zh/dev/lctt": 1,
    "zh/dev/csl": 1,
    "zh/dev/bedtimenews": 3,
    "zh/dev/ms_docs": 1,
    "zh/dev/vcsum": 3,
    "en/dev/cnndm": 3,
    "en/dev/scitldr": 1,
    "en/dev/bbc": 5,
}
DEV_LIMIT = 80  # documents of each
MARKED = ROOT / "data" / "marks" / "own.dev.jsonl"
TOLERANCE = 0.5  # percent, between what was measured and the floor
TOLERANCE_OF_MARKS = 3.0  # the same of a share of marks: as much as one text of 33
_TABLE_ROW = re.compile(r"\| `([^`]+)\.txt` \|.*\| (\d+) \|")


@dataclass(frozen=True, slots=True)
class Floor:
    """The least that must be reached on a set.

    Args:
        floor: mean ROUGE-1 F1 of the default attention, or the share of marks of the one that is named; percent.
        measured: what it got when the floor was set.
        num_documents: of the set.
        sha256: digest of the corpus file; empty for the texts of `data/`.
    """

    floor: float
    measured: float
    num_documents: int
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """What is reached on a set now, in percent."""

    value: float
    num_documents: int
    sha256: str = ""
    tolerance: float = TOLERANCE

    def as_floor(self) -> Floor:
        """Return the floor that this sets."""
        floor = math.floor(10 * (self.value - self.tolerance)) / 10
        return Floor(floor, round(self.value, 2), self.num_documents, self.sha256)


def read_floors(path: Path = FLOORS) -> dict[str, Floor]:
    """Return the floors by the name of their set; none if there is no file yet."""
    if not path.exists():
        return {}
    return {name: Floor(**row) for name, row in json.loads(path.read_text(encoding="utf-8")).items()}


def write_floors(floors: Mapping[str, Floor], path: Path = FLOORS) -> None:
    """Write the floors, a diff that can be read."""
    rows = {name: asdict(floor) for name, floor in floors.items()}
    path.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")


def data_texts(folder: Path = ROOT / "data") -> Iterator[tuple[CorpusDocument, int]]:
    """Yield the texts of `data/` with their references and N, as its README lists them."""
    for name, num_sentences in _TABLE_ROW.findall((folder / "README.md").read_text(encoding="utf-8")):
        text, summary = ((folder / f"{name}{end}").read_text(encoding="utf-8") for end in (".txt", ".ref.txt"))
        yield parse_row(json.dumps({"text": text, "summary": summary}), name), int(num_sentences)


def rouge1(item: CorpusDocument, num_sentences: int, scorer: Scorer) -> float:
    """Return the ROUGE-1 F1 of the default attention's summary of a document, percent; 0 if there is none."""
    if not item.document.sentences:
        return 0.0
    case = DocumentCase(item, Budget(sentences=num_sentences), scorer)
    summary = summarize_with(case, kind=scorer.default_attention)
    return float(rouge(summary, item.references, item.document.language)[0])


def measure_texts(scorer: Scorer) -> Measured:
    """Measure the texts of `data/`."""
    found = [rouge1(item, num_sentences, scorer) for item, num_sentences in data_texts()]
    return Measured(sum(found) / len(found), len(found))


def measure_dev(path: Path, num_sentences: int, scorer: Scorer) -> Measured:
    """Measure a sample of a dev corpus.

    Raises:
        InputError: it cannot be read.
    """
    found = [rouge1(item, num_sentences, scorer) for item in sample_corpus(path, DEV_LIMIT)]
    return Measured(sum(found) / max(1, len(found)), len(found), sha256_of(path))


@cache
def shares_of_marks(scorer: Scorer) -> dict[tuple[str, int], NDArray[np.float64]]:
    """Return which share of the highest marks the sentences have that a system chooses, by its name and their number.

    Of each of the marked texts that the project has itself and that nothing learns from, 0 to 1.
    """
    texts = (text for text in read_marked(MARKED) if text.document.sentences)
    found = [measure_text(text, scorer, ATTENTION_KINDS).parts for text in texts]
    parts = np.array([part for part in found if part is not None])  # (texts, lengths + 1, systems, measures, 2)
    return {
        (system, length): parts[:, row, column, 0, 0]
        for row, length in enumerate(LENGTHS)
        for column, system in enumerate(systems_of(ATTENTION_KINDS))
    }


def measure_marks(kind: AttentionKind, num_sentences: int, scorer: Scorer) -> Measured:
    """Measure an attention by marks."""
    shares = shares_of_marks(scorer)[kind, num_sentences]
    return Measured(100 * float(shares.mean()), len(shares), tolerance=TOLERANCE_OF_MARKS)


def gates(corpora: Path | None) -> dict[str, Callable[[Scorer], Measured]]:
    """Return what can be measured here, by the name of its floor."""
    found: dict[str, Callable[[Scorer], Measured]] = {TEXTS: measure_texts}
    for kind in ATTENTION_KINDS:
        for num_sentences in LENGTHS:
            found[f"marks, {kind}:{num_sentences}"] = partial(measure_marks, kind, num_sentences)
    for corpus, num_sentences in DEV_SETS.items() if corpora else ():
        path = corpora / f"{corpus}.jsonl.gz"
        if path.exists():
            found[f"{corpus}:{num_sentences}"] = lambda scorer, path=path, num_sentences=num_sentences: measure_dev(
                path, num_sentences, scorer
            )
    return found


def corpora_of_environment() -> Path | None:
    """Return the folder that SUMMARIZE_CORPORA names."""
    value = os.environ.get("SUMMARIZE_CORPORA")
    return Path(value) if value else None


def updated(
    old: Mapping[str, Floor], measured: Mapping[str, Measured], *, allow_lower: bool
) -> tuple[dict[str, Floor], list[str]]:
    """Return the new floors, and the names of those that would go down although that is not allowed.

    What was not measured keeps its floor. A corpus of another digest is another set: its floor starts again.
    """
    new, refused = dict(old), []
    for name, now in measured.items():
        floor = now.as_floor()
        before = old.get(name)
        is_same_set = before is not None and (before.sha256, before.num_documents) == (now.sha256, now.num_documents)
        if is_same_set and floor.floor < before.floor and not allow_lower:
            refused.append(name)
        else:
            new[name] = floor
    return new, refused


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--corpora", type=click.Path(exists=True, file_okay=False, path_type=Path), envvar="SUMMARIZE_CORPORA",
              help="Folder of LANGUAGE/dev/NAME.jsonl.gz; also SUMMARIZE_CORPORA.")  # fmt: skip
@click.option("--update", is_flag=True, help="Set the floors to what is measured now.")
@click.option("--allow-lower", is_flag=True, help="With --update: also where that is lower.")
def main(corpora: Path | None, update: bool, allow_lower: bool) -> None:
    """Measure the model that comes with the package against its floors."""
    if allow_lower and not update:
        raise click.UsageError("--allow-lower goes with --update")
    floors, scorer = read_floors(), default_scorer()
    measured = {}
    try:
        for name, measure in gates(corpora).items():
            now = measured[name] = measure(scorer)
            floor = floors.get(name)
            click.echo(f"{name}: {now.value:.2f} on {now.num_documents}, floor {floor.floor if floor else 'none'}")
    except SummarizeError as error:
        raise click.ClickException(str(error)) from error
    if update:
        new, refused = updated(floors, measured, allow_lower=allow_lower)
        if refused:
            raise click.ClickException(f"lower than before, not written: {', '.join(refused)}; see --allow-lower")
        write_floors(new)
    else:
        below = [
            name
            for name, now in measured.items()
            if name in floors and floors[name].sha256 == now.sha256 and now.value < floors[name].floor
        ]
        if below:
            raise click.ClickException(f"below the floor: {', '.join(below)}")


if __name__ == "__main__":
    main(prog_name="python -m benchmarks.gate")

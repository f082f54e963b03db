"""`python -m benchmarks.together --corpora DIR`: are multi-document summaries better than summaries of joined texts?

On sets of texts with one reference for all: the first sentences of the first text; the sentences most like all others;
the texts put one after the other and read as one, which is what `cat` gives; and `summarize.together`. Each row has
ROUGE F1 with the half width of its 95% interval, and how much more `together` has on the same sets, with its interval.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from benchmarks.comparison import comparison_table
from summarize.document import Document, Language, Source
from summarize.errors import InputError
from summarize.evaluate.corpus import read_lines
from summarize.evaluate.rouge import METRICS, rouge
from summarize.evaluate.systems import mean_similarity, print_sentences
from summarize.network.scorer import NetworkScorer, text_mask
from summarize.network.storage import DEFAULT_MODEL, load_model
from summarize.pipeline import summarize_text
from summarize.text.documents import as_document
from summarize.text.joining import SEAM, join_documents
from summarize.together import summarize_together

# Corpora of several texts with one reference, and how many sentences that has.
CORPORA = {"zh/dev/dtels_cluster": 1, "en/dev/fewsum_reviews": 3}
SYSTEMS = ("lead of the first", "centrality", "read as one", "together")


@dataclass(frozen=True, slots=True)
class TextSet:
    """Texts on one thing, and what people wrote as their summary.

    Args:
        texts: at least one.
        references: at least one.
        language: of all.
    """

    texts: tuple[str, ...]
    references: tuple[str, ...]
    language: Language


def read_sets(path: Path) -> Iterator[TextSet]:
    """Yield the sets of texts of a corpus.

    Raises:
        InputError: the file cannot be read or a row is none.
    """
    for number, line in enumerate(read_lines(path), start=1):
        try:
            row = json.loads(line)
            references = tuple(row.get("summaries") or [row["summary"]])
            yield TextSet(tuple(text for text in row["documents"] if text.strip()), references, row["lang"])
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}:{number}: not a row with `documents`, `summary` and `lang`: {error}") from error


def summaries_of(texts: TextSet, num_sentences: int, scorer: NetworkScorer) -> list[str]:
    """Return what each of `SYSTEMS` makes of a set of texts."""
    documents = [as_document(Source(text, "utf-8"), texts.language) for text in texts.texts]
    joined = join_documents(documents, [""] * len(documents), texts.language)
    heap = SEAM.join(texts.texts)
    return [
        print_sentences(joined, np.flatnonzero(text_mask(joined))[:num_sentences].tolist()),
        print_sentences(joined, _most_central(joined, num_sentences, scorer)),
        summarize_text(heap, sentences=num_sentences, language=texts.language, scorer=scorer).text,
        summarize_together(texts.texts, sentences=num_sentences, language=texts.language, scorer=scorer).text,
    ]


def _most_central(document: Document, num_sentences: int, scorer: NetworkScorer) -> list[int]:
    likeness = mean_similarity(scorer.read(document, num_sentences), document)
    order = np.argsort(-likeness, kind="stable")
    return [int(index) for index in order if text_mask(document)[index]][:num_sentences]


def measure(path: Path, num_sentences: int, scorer: NetworkScorer) -> NDArray[np.float64]:
    """Return ROUGE of every system on every set of a corpus, (sets, systems, metrics)."""
    scores = [
        [rouge(summary, texts.references, texts.language) for summary in summaries_of(texts, num_sentences, scorer)]
        for texts in read_sets(path)
    ]
    return np.array(scores).reshape(-1, len(SYSTEMS), len(METRICS))


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--corpora", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DEFAULT_MODEL)
@click.option("--resamples", default=2000, type=click.IntRange(1), help="Draws for the intervals.")
def main(corpora: Path, model: Path, resamples: int) -> None:
    """Compare summaries of several texts."""
    scorer = NetworkScorer(load_model(model))
    console = Console(width=None if Console().is_terminal else 160)
    for name, num_sentences in CORPORA.items():
        try:
            scores = measure(corpora / f"{name}.jsonl.gz", num_sentences, scorer)
        except InputError as error:
            raise click.ClickException(str(error)) from error
        sentences = "one sentence" if num_sentences == 1 else f"{num_sentences} sentences"
        title = f"{name}, {len(scores)} sets, {sentences}"
        console.print(comparison_table(title, SYSTEMS, METRICS, scores, resamples=resamples))


if __name__ == "__main__":
    main()

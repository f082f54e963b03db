"""`python -m benchmarks.query --corpora DIR`: do query-focused summaries contain the answer?

Questions are asked of texts in which more stands than the answer (`summarize.evaluate.questions`). Beside `--query`
stand the summary without it, and the sentences of the highest BM25, by which programs that search find passages. Of the
chosen sentences are given: ROUGE-1 recall and F1 against the answer that a person gave; the share that stands in the
part of the text from which it was given; how often one of them has the answer in it, where that is known. With the half
widths of 95% intervals, and how much more `--query` has on the same questions.
"""

import math
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from benchmarks.comparison import comparison_table
from summarize.document import Document
from summarize.errors import InputError
from summarize.evaluate.questions import Question, read_questions
from summarize.evaluate.rouge import units
from summarize.evaluate.systems import print_sentences
from summarize.network.scorer import NetworkScorer, text_mask
from summarize.network.storage import DEFAULT_MODEL, load_model
from summarize.pipeline import summarize_text
from summarize.text.normalization import normalize
from summarize.text.tokenization import is_word, tokenize

# Corpora of questions, and how many sentences answer one.
CORPORA = {
    "zh/dev/c3_passages": 1,
    "zh/dev/c3_interviews": 1,
    "zh/dev/vcsum_dev_marked": 3,
    "zh/dev/ms_docs": 1,
    "zh/dev/bedtimenews": 3,
    "en/dev/qmsum_segment": 5,
    "en/dev/convosumm_email": 3,
}
SYSTEMS = ("without the query", "BM25", "--query")
MEASURES = ("recall", "F1", "in the part", "has the answer")
K1, B = 1.2, 0.75


def words_of(text: str) -> list[str]:
    """Return the words of a text, simplified and in lower case."""
    return [token for token in tokenize(normalize(text).lower()) if is_word(token)]


def rank_by_bm25(document: Document, query: str) -> list[int]:
    """Return the sentences of text by BM25 (Robertson & Zaragoza 2009), among ties the earlier first."""
    bags = [Counter(words_of(text)) for text in document.sentence_texts()]
    mean = sum(map(len, bags)) / max(1, len(bags))
    scores = np.zeros(len(bags))
    for word in dict.fromkeys(words_of(query)):
        having = sum(word in bag for bag in bags)
        rarity = math.log1p((len(bags) - having + 0.5) / (having + 0.5))
        for index, bag in enumerate(bags):
            scores[index] += rarity * bag[word] * (K1 + 1) / (bag[word] + K1 * (1 - B + B * len(bag) / max(1, mean)))
    order = np.argsort(-scores, kind="stable")
    return [int(index) for index in order if text_mask(document)[index]]


def choices_of(question: Question, num_sentences: int, scorer: NetworkScorer) -> list[tuple[list[int], str]]:
    """Return what each of `SYSTEMS` chooses for a question, and what that reads like."""
    document = question.document
    ranked = rank_by_bm25(document, question.query)[:num_sentences]
    plain = summarize_text(document, sentences=num_sentences, scorer=scorer)
    asked = summarize_text(document, sentences=num_sentences, scorer=scorer, query=question.query)
    return [
        (list(plain.selected), plain.text),
        (ranked, print_sentences(document, ranked)),
        (list(asked.selected), asked.text),
    ]


def judge(question: Question, indices: Sequence[int], text: str) -> list[float]:
    """Return the `MEASURES` of a choice in percent; NaN where it is not known which sentences have the answer."""
    language = question.document.language
    own, wanted = (Counter(units(one, language)) for one in (text, question.reference))
    common = sum((own & wanted).values())
    inside = question.inside[list(indices)].mean() if indices else 0.0
    found = math.nan if question.answers is None else float(question.answers[list(indices)].any())
    return [
        100 * common / max(1, sum(wanted.values())),
        200 * common / max(1, sum(own.values()) + sum(wanted.values())),
        100 * inside,
        100 * found,
    ]


def measure(path: Path, num_sentences: int, scorer: NetworkScorer) -> NDArray[np.float64]:
    """Return what every system gets for every question of a corpus, (questions, systems, measures).

    Raises:
        InputError: the file cannot be read, or holds no questions.
    """
    scores = [
        [judge(question, *choice) for choice in choices_of(question, num_sentences, scorer)]
        for question in read_questions(path)
    ]
    return np.array(scores).reshape(-1, len(SYSTEMS), len(MEASURES))


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--corpora", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DEFAULT_MODEL)
@click.option("--resamples", default=2000, type=click.IntRange(1), help="Draws for the intervals.")
def main(corpora: Path, model: Path, resamples: int) -> None:
    """Compare summaries with and without a query."""
    scorer = NetworkScorer(load_model(model))
    console = Console(width=None if Console().is_terminal else 190)
    for name, num_sentences in CORPORA.items():
        try:
            scores = measure(corpora / f"{name}.jsonl.gz", num_sentences, scorer)
        except InputError as error:
            raise click.ClickException(str(error)) from error
        sentences = "one sentence" if num_sentences == 1 else f"{num_sentences} sentences"
        title = f"{name}, {len(scores)} questions, {sentences}"
        console.print(comparison_table(title, SYSTEMS, MEASURES, scores, resamples=resamples))


if __name__ == "__main__":
    main()

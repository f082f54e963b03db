"""`python -m summarize.train.query --corpora DIR`: what makes a sentence answer a question, learned from answers.

    loss = - sum over questions c sum over sentences i of t_i log w_i + l |b|^2 / 2

t shares 1 among the sentences that a reader found the answer in or, where none said so, among the best extract of the
part that the answer was given from; w is what `network.query` makes of a few numbers of each sentence, none of which
may count against it; c lets a corpus of n questions count as the root of n. The problem is convex, with one solution.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
from numpy.typing import NDArray

from summarize.errors import SummarizeError
from summarize.evaluate.questions import Question, read_questions
from summarize.evaluate.rouge import units
from summarize.evaluate.systems import greedy_oracle
from summarize.network.query import MATCH_FEATURES, SALIENCE, WEIGHTS_FILE, QueryMatcher, save_weights
from summarize.network.reweighing import MIN_WEIGHT
from summarize.network.scorer import NetworkScorer
from summarize.network.storage import DEFAULT_MODEL, load_model
from summarize.text.asking import read_query
from summarize.text.terms import find_terms

Floats = NDArray[np.float64]

CORPORA = (
    "zh/train/c3_passages",
    "zh/train/c3_interviews",
    "zh/train/ms_docs",
    "zh/train/bedtimenews",
    "en/train/qmsum_segment",
    "en/train/convosumm_email",
)
MAX_QUESTIONS = 150  # of a corpus of whole documents, which are long
NUM_WANTED = 3  # sentences for which the salience is asked
MAX_IN_EXTRACT = 5  # sentences
PENALTY = 0.01  # l


class Example(NamedTuple):
    """A question as the fit sees it.

    Args:
        inputs: of each candidate the `MATCH_FEATURES` and the logarithm of its weight without the query, (C, F + 1).
        target: what each should weigh, (C,); they sum to 1.
        weight: how much the question counts.
    """

    inputs: Floats
    target: Floats
    weight: float


def examples_of(questions: Sequence[Question], scorer: NetworkScorer) -> Iterator[Example]:
    """Yield the questions of a corpus as examples; those that nothing in the text has to do with are left out."""
    found: list[tuple[Floats, Floats]] = []
    last = None
    for question in questions:
        if last is None or question.document is not last:
            last = question.document
            terms, reading = find_terms(last), scorer.read(last, NUM_WANTED)
            salience = np.log(np.maximum(reading.weigh(scorer.default_attention), MIN_WEIGHT))
        matching = QueryMatcher(last, terms, scorer.model, read_query(question.query), reading.information)
        wanted = _wanted(question) & reading.mask
        if matching.is_matched and wanted.any():
            inputs = np.column_stack([matching.features, salience])[reading.mask]
            found.append((inputs, wanted[reading.mask] / wanted.sum()))
    yield from (Example(inputs, target, len(found) ** -0.5) for inputs, target in found)


def _wanted(question: Question) -> NDArray[np.bool_]:
    """Return the sentences that should be chosen, (S,)."""
    if question.answers is not None:
        return question.answers
    language = question.document.language
    sentences = [units(text, language) for text in question.document.sentence_texts()]
    reference = units(question.reference, language)
    chosen, _ = greedy_oracle(sentences, reference, question.inside, lambda indices: len(indices) <= MAX_IN_EXTRACT)
    return np.isin(np.arange(len(sentences)), chosen)


def fit(examples: Iterable[Example], penalty: float = PENALTY) -> tuple[Floats, float]:
    """Return the weights that fit examples best, (F + 1,), none of them negative, and their loss.

    Args:
        examples: at least one.
        penalty: of the squares of all but the last weight.
    """
    from scipy.optimize import minimize

    given = list(examples)
    total = sum(example.weight for example in given)
    num_weights = given[0].inputs.shape[1]
    is_punished = np.arange(num_weights) < num_weights - 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        value, slope = 0.0, np.zeros(num_weights)
        for inputs, target, weight in given:
            scores = inputs @ weights
            scores -= scores.max()
            shares = np.exp(scores) / np.exp(scores).sum()
            value -= weight * float(target @ (scores - np.log(np.exp(scores).sum())))
            slope += weight * (inputs.T @ (shares - target))
        punished = weights * is_punished
        return value / total + penalty * float(punished @ punished) / 2, slope / total + penalty * punished

    start = np.where(is_punished, 0.0, 1.0)
    found = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=[(0, None)] * num_weights)
    return np.asarray(found.x), float(found.fun)


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option("--corpora", required=True, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--model", type=click.Path(exists=True, file_okay=False, path_type=Path), default=DEFAULT_MODEL)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), default=WEIGHTS_FILE)
def main(corpora: Path, model: Path, out: Path) -> None:
    """Learn the weights of a query from the questions in CORPORA and write them."""
    try:
        scorer = NetworkScorer(load_model(model))
        examples: list[Example] = []
        for name in CORPORA:
            questions = read_questions(corpora / f"{name}.jsonl.gz")
            is_long = all(question.answers is None for question in questions) and name.startswith("zh")
            own = list(examples_of(questions[: MAX_QUESTIONS if is_long else None], scorer))
            click.echo(f"{name}: {len(own)} of {len(questions)} questions", err=True)
            examples += own
    except SummarizeError as error:
        raise click.ClickException(str(error)) from error
    if not examples:
        raise click.ClickException("no question to learn from")
    weights, value = fit(examples)
    save_weights(weights, out)
    for name, weight in zip([*MATCH_FEATURES, SALIENCE], weights, strict=True):
        click.echo(f"{name:16}{weight:7.3f}")
    click.echo(f"{out}: loss {value:.4f} on {len(examples)} questions")


if __name__ == "__main__":
    main()

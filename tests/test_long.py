from dataclasses import replace

import numpy as np
import pytest
from models import random_model
from numpy.typing import NDArray

from summarize.document import ATTENTION_KINDS, AttentionKind, Document, Source
from summarize.network.bags import SentenceBags
from summarize.network.cosines import Cosines
from summarize.network.long import BOILERPLATE_FACTOR, MIN_CENTRALITY, NUM_BEST, WHOLE_TEXT_TERM, LongReading
from summarize.network.scorer import MAX_AT_ONCE, NetworkScorer, Reading, term_idf
from summarize.text.documents import as_document
from summarize.text.stretches import MAX_SENTENCES, split_into_chunks
from summarize.text.terms import find_terms

Floats = NDArray[np.float64]

MODEL = random_model(1)
SCORER = NetworkScorer(MODEL)
kinds = pytest.mark.parametrize("kind", ATTENTION_KINDS)


def long_document(num_sentences: int = MAX_AT_ONCE + 200, per_paragraph: int = 4) -> Document:
    """Sentences of which each has words of its own."""
    sentences = [f"The {place}th house stands at the corner of street {place % 7}." for place in range(num_sentences)]
    paragraphs = [" ".join(sentences[at : at + per_paragraph]) for at in range(0, num_sentences, per_paragraph)]
    return as_document(Source("\n\n".join(paragraphs), "utf-8"))


def factors_of(document: Document) -> Floats:
    """Return how central each sentence is beside the most central one."""
    terms = find_terms(document)
    bags = SentenceBags(terms, term_idf(terms, MODEL.vocabulary, MODEL.idf))
    to_others = bags.cosine_to(bags.total()) - 1
    return np.asarray(np.sqrt(np.maximum(MIN_CENTRALITY, to_others / to_others.max())))


def test_a_text_of_common_length_is_read_at_once_and_a_long_one_by_stretches() -> None:
    assert isinstance(SCORER.read(long_document(MAX_AT_ONCE), 1), Reading)
    assert isinstance(SCORER.read(long_document(MAX_AT_ONCE + 1), 1), LongReading)


@kinds
def test_in_a_stretch_weights_are_those_of_its_sentences_times_how_central_they_are(kind: AttentionKind) -> None:
    document = long_document()
    weights = SCORER.read(document, 2).weigh(kind)
    assert weights.sum() == pytest.approx(1)
    first = replace(document, sentences=document.sentences[:MAX_SENTENCES])
    within = SCORER.read(first, 2).weigh(kind) * factors_of(document)[:MAX_SENTENCES]
    of_first = weights[:MAX_SENTENCES]
    assert of_first / of_first.sum() == pytest.approx(within / within.sum(), rel=1e-4)


@kinds
def test_the_weight_of_a_stretch_is_that_of_its_best_sentences_among_those_of_all(kind: AttentionKind) -> None:
    document = long_document()
    weights = SCORER.read(document, 2).weigh(kind)
    stretches = [slice(at, at + MAX_SENTENCES) for at in range(0, len(weights), MAX_SENTENCES)]
    best = [index for one in stretches for index in sorted((one.start + np.argsort(-weights[one])[:NUM_BEST]).tolist())]
    among = SCORER.read(replace(document, sentences=tuple(document.sentences[index] for index in best)), 2).weigh(kind)
    masses = among.reshape(-1, NUM_BEST).sum(axis=1).tolist()
    assert [weights[stretch].sum() for stretch in stretches] == pytest.approx(masses, rel=1e-5)


def test_very_many_stretches_are_weighed_in_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarize.network.long.MAX_AT_ONCE", 6)
    monkeypatch.setattr("summarize.network.long.MAX_SENTENCES", 6)
    weights = SCORER.read(long_document(), 2).weigh("parallel")
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()


@kinds
def test_the_terms_of_an_explanation_add_up_to_the_scores(kind: AttentionKind) -> None:
    reading = SCORER.read(long_document(), 2)
    account = reading.explain()
    weighing = account.weighings[kind]
    assert weighing.weights == pytest.approx(reading.weigh(kind))
    assert WHOLE_TEXT_TERM in weighing.terms
    logs = np.log(weighing.weights)
    assert weighing.scores == pytest.approx(logs - logs.mean(), abs=1e-9)
    assert account.steps.shares @ account.steps.weights == pytest.approx(account.weighings["sequential"].weights)
    assert account.steps.weights.sum(axis=1) == pytest.approx(1)
    assert (account.tree.parents < len(weighing.weights)).all()


def test_a_tree_stays_in_its_stretch() -> None:
    parents = SCORER.read(long_document(), 2).explain().tree.parents
    hanging = np.flatnonzero(parents >= 0)
    assert (hanging // MAX_SENTENCES == parents[hanging] // MAX_SENTENCES).all()


def test_what_stands_around_the_text_weighs_little() -> None:
    document = long_document()
    licence = "Permission is granted to copy this book. It may be redistributed."
    around = as_document(Source(f"{licence}\n\n{document.text}", "utf-8"))
    weights, central = SCORER.read(around, 2).weigh("parallel"), factors_of(around)
    first = around.sentences[split_into_chunks(around.sentences)[0]]
    alone = SCORER.read(replace(around, sentences=first), 2).weigh("parallel")
    ratio = (weights[0] / weights[2]) / (alone[0] * central[0] / (alone[2] * central[2]))
    assert ratio == pytest.approx(BOILERPLATE_FACTOR, rel=1e-3)


def test_words_are_those_of_the_sentences() -> None:
    document = long_document()
    words = SCORER.read(document, 2).word_weights()
    assert len(words) == len(document.sentences)
    assert sum(word.weight for word in words[-1]) == pytest.approx(1, abs=1e-5)
    last = document.sentences[-1]
    assert all(last.start <= word.start < word.end <= last.end for word in words[-1])


def test_another_length_is_another_reading() -> None:
    reading = SCORER.read(long_document(), 2)
    assert reading.for_length(2) is reading
    assert reading.for_length(9) is reading  # of a stretch no more than two sentences are asked
    other = reading.for_length(1).weigh("parallel")
    assert other == pytest.approx(SCORER.read(long_document(), 1).weigh("parallel"))
    assert other != pytest.approx(reading.weigh("parallel"))


def test_likeness_is_that_of_bags_of_words() -> None:
    document = long_document(50)
    terms = find_terms(document)
    idf = np.linspace(1, 9, len(terms.terms))
    bags, cosines = SentenceBags(terms, idf), Cosines(terms, idf)
    to_others = bags.cosine_to(bags.total()) - 1
    assert cosines.centrality() == pytest.approx(to_others / to_others.max(), abs=1e-5)
    for index in (0, 1, 49):
        assert cosines.similarity_to(index) == pytest.approx(bags.similarity_to(index), abs=1e-6)
        for first, end in ((0, 7), (7, 50), (49, 50), (50, 50)):
            assert (cosines.similarity_to(index, first, end) == cosines.similarity_to(index)[first:end]).all()
            assert (bags.similarity_to(index, first, end) == bags.similarity_to(index)[first:end]).all()

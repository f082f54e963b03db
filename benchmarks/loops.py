"""`pytest benchmarks/loops.py`: the inner loops of a summary, each alone, by pytest-benchmark.

The text is a Chinese article of the project; what a step needs of those before it is made beforehand.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from summarize import summarize_text
from summarize.document import ATTENTION_KINDS, AttentionKind, Document, Source
from summarize.network.scorer import NetworkScorer
from summarize.network.storage import load_model
from summarize.text.documents import as_document
from summarize.text.segmentation import find_sentences
from summarize.text.terms import find_terms

TEXT = (Path(__file__).parent.parent / "data" / "zh" / "news-business.txt").read_text(encoding="utf-8")
Benchmark = Callable[..., Any]


@pytest.fixture(scope="module")
def document() -> Document:
    """The article in sentences."""
    return as_document(Source(TEXT, "utf-8"), None)


@pytest.fixture(scope="module")
def scorer() -> NetworkScorer:
    """The network, which has read once, so that its word cutter is ready."""
    found = NetworkScorer(load_model())
    summarize_text(TEXT, scorer=found)
    return found


def test_segmentation(benchmark: Benchmark) -> None:
    """Text to sentences."""
    assert benchmark(find_sentences, TEXT)


def test_words(benchmark: Benchmark, document: Document, scorer: NetworkScorer) -> None:
    """Sentences to words."""
    assert benchmark(find_terms, document).terms


def test_reading(benchmark: Benchmark, document: Document, scorer: NetworkScorer) -> None:
    """Sentences to states."""
    assert benchmark(scorer.read, document, 1)


@pytest.mark.parametrize("kind", ATTENTION_KINDS)
def test_weighing(benchmark: Benchmark, document: Document, scorer: NetworkScorer, kind: AttentionKind) -> None:
    """Sentences to weights."""
    assert benchmark(lambda: scorer.read(document, 1).weigh(kind)).sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "length", [{}, {"chars": 30}, {"sentences": 3, "explain": True}], ids=["plain", "c30", "explained"]
)
def test_summary(benchmark: Benchmark, scorer: NetworkScorer, length: dict[str, Any]) -> None:
    """Text to summary."""
    assert benchmark(summarize_text, TEXT, scorer=scorer, **length).text

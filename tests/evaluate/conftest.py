"""A make-believe network and documents made of given sentences, so that figures can be worked out on paper."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

import numpy as np
import pytest
from numpy.typing import NDArray

from summarize.config import SelectionConfig
from summarize.decide.words import JudgeRequest
from summarize.document import AttentionKind, Document, Form, Language, Sentence
from summarize.evaluate.corpus import CorpusDocument
from summarize.explanation import Outcome

MakeItem = Callable[..., CorpusDocument]


class FakeReading:
    closed: Mapping[int, Outcome] = MappingProxyType({})
    query = None

    def __init__(self, document: Document, scorer: "FakeScorer") -> None:
        self._num_sentences, self._scorer = len(document.sentences), scorer

    def weigh(self, kind: AttentionKind) -> NDArray[np.float64]:
        """All attention on the sentence that the kind was told to like, a little on the others."""
        weights = np.full(self._num_sentences, 0.01)
        weights[self._scorer.likes[kind] % self._num_sentences] = 1.0
        return weights / weights.sum()

    def similarity(self, index: int, first: int = 0, end: int | None = None) -> NDArray[np.float64]:
        if self._scorer.similarities is None:
            return np.eye(self._num_sentences)[index, first:end]
        return np.array(self._scorer.similarities[index])[first:end]

    def may_be_predicate(self, word: str) -> bool:
        return False

    def judge(
        self, words: Sequence[str], before: Sequence[str], forms: Sequence[Form], **options: bool | float
    ) -> NDArray[np.float64]:
        """No shorter form of a sentence is good, but every fusion, which loses subjects alone."""
        is_fused = np.array([{cut.kind for cut in form.cuts} == {"subject"} for form in forms])
        return np.where(is_fused[:, None], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0])

    def judge_all(self, asked: Sequence[JudgeRequest], **options: bool | float) -> list[NDArray[np.float64]]:
        return [self.judge(*one[:3]) for one in asked]


class FakeGrammar:
    """Knows two verbs and no compound."""

    def predicate_level(self, word: str) -> int:
        return 3 if word in ("淹", "停") else 0

    def makes_compound(self, left: str, right: str) -> bool:
        return False


class FakeScorer:
    grammar = FakeGrammar()
    default_attention: AttentionKind = "parallel"

    def __init__(self, similarities: Sequence[Sequence[float]] | None = None) -> None:
        self.likes: dict[AttentionKind, int] = {"parallel": 0, "sequential": 1, "tree": -1}
        self.similarities = similarities
        self.num_read = 0

    def selection(self, kind: AttentionKind) -> SelectionConfig:
        return SelectionConfig()

    def read(self, document: Document, target_sentences: int) -> FakeReading:
        self.num_read += 1
        return FakeReading(document, self)


@pytest.fixture
def scorer() -> FakeScorer:
    return FakeScorer()


@pytest.fixture
def make_scorer() -> type[FakeScorer]:
    return FakeScorer


@pytest.fixture
def make_item() -> MakeItem:
    """A document with one paragraph a sentence; a sentence that begins with `#` is a heading (without the mark)."""

    def make(*sentences: str, references: Sequence[str] = ("无",), language: Language = "zh") -> CorpusDocument:
        texts = [sentence.removeprefix("#") for sentence in sentences]
        spans, start = [], 0
        for paragraph, (sentence, text) in enumerate(zip(sentences, texts, strict=True)):
            spans.append(
                Sentence(start, start + len(text), paragraph, "heading" if sentence.startswith("#") else "text")
            )
            start += len(text) + 1
        return CorpusDocument("test", Document("\n".join(texts), tuple(spans), language), tuple(references))

    return make

"""A document, its weights, likenesses and judge made up, and the decision on it.

The characters of a Chinese sentence are its words and its stop. `PLAN` has the forms that `test_shortening.py` shows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from fakes import FakeGrammar, FakeReading
from models import document_of

from summarize.config import SelectionConfig
from summarize.decide.budget import Budget
from summarize.decide.choice import Decision, Request, decide
from summarize.document import Document, Order
from summarize.explanation import Outcome
from summarize.text.language import detect_language
from summarize.text.segmentation import find_sentences

RIVER = "昨天河水上涨了很多。"  # 10 characters
CITY = "今天城市又停电。"  # 8
STOP = "停。"
PLAN = "市政府公布了方案，居民可以写信，也可以打电话。"  # 23, 22 of them words and commas
FIRST, FIRST_TWO, SECOND = "市政府公布了方案。", "市政府公布了方案，居民可以写信。", "居民可以写信。"  # 9, 16, 7
LAST_TWO = "居民可以写信，也可以打电话。"  # 14

CONFIG = SelectionConfig(
    redundancy_weight=1.0,
    duplicate_similarity=0.9,
    max_sentences=5,
    companion_share=0.5,
    least_share=0.3,
    filling_share=0.05,
    least_good=0.85,
    least_good_end=0.85,
    most_false=0.03,
    least_good_fused=0.6,
    most_false_fused=0.15,
)
REFUSED = (0.0, 1.0)  # what a judge says who wants no shorter form


@dataclass(frozen=True)
class Case:
    """A document and what is known about it."""

    document: Document
    weights: np.ndarray
    reading: FakeReading

    def decide(
        self,
        *,
        order: Order = "document",
        fuse: bool = False,
        compress: bool = True,
        config: SelectionConfig | None = None,
        closed: Mapping[int, Outcome] | None = None,
        **bounds: Any,
    ) -> Decision:
        request = Request(Budget(**bounds), order, fuse, compress, closed or {})
        return decide(self.document, self.weights, self.reading, request, config or CONFIG, FakeGrammar())

    def indices(self, **options: Any) -> list[int]:
        """What is chosen, in order of choice."""
        drafts = self.decide(order="salience", **options).drafts
        return [index for draft in drafts for index in draft.indices]

    def texts(self, **options: Any) -> list[str]:
        """The sentences that are printed, in order of choice."""
        return [draft.text for draft in self.decide(order="salience", **options).drafts]

    def outcomes(self, **options: Any) -> list[str]:
        return [verdict.outcome for verdict in self.decide(**options).verdicts]


def case(
    texts: Sequence[str] | Document,
    weights: Sequence[float],
    *,
    figures: Mapping[str, tuple[float, float]] | None = None,
    others: tuple[float, float] | None = REFUSED,
    likeness: Sequence[Sequence[float]] | None = None,
) -> Case:
    """Sentences of which nothing has a good shorter form, unless it is said otherwise."""
    document = texts if isinstance(texts, Document) else document_of(*texts, language=detect_language("".join(texts)))
    reading = FakeReading(document, {}, likeness=likeness, figures=figures, others=others)
    return Case(document, np.array(weights, np.float64), reading)


def read(text: str) -> Document:
    return Document(text, find_sentences(text), detect_language(text))


def text_of(decision: Decision) -> str:
    return "".join(piece.text for piece in decision.pieces)


def of_chars(*lengths: int) -> list[str]:
    """Different sentences of so many characters, stop not counted."""
    return ["雨水河城山风雷电云雪田木"[index] * length + "。" for index, length in enumerate(lengths)]

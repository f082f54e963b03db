"""A mixin for readings that delegate the judging of shorter forms to another reading."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from summarize.decide.words import Judge, JudgeRequest
from summarize.document import Form


class DelegatesJudging(ABC):
    """Judges as another reading does."""

    @property
    @abstractmethod
    def _judge(self) -> Judge:
        """That one."""

    def judge(
        self,
        words: Sequence[str],
        before: Sequence[str],
        forms: Sequence[Form],
        *,
        has_stop: bool,
        least_good: float = 0.0,
    ) -> NDArray[np.float64]:
        """Return how likely a reader calls each form of a sentence good, poor and false, (N, 3)."""
        return self._judge.judge(words, before, forms, has_stop=has_stop, least_good=least_good)

    def judge_all(self, asked: Sequence[JudgeRequest], *, least_good: float = 0.0) -> list[NDArray[np.float64]]:
        """Return what `judge` says of each of some sentences."""
        return self._judge.judge_all(asked, least_good=least_good)

    def may_be_predicate(self, word: str) -> bool:
        """Return whether a word, in Simplified characters, may begin a predicate."""
        return self._judge.may_be_predicate(word)

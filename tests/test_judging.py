from typing import Any

import numpy as np

from summarize.decide.words import Judge
from summarize.network.judging import DelegatesJudging


class Recorder:
    """A judge who writes down what it is asked, and answers each question by its number."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def _answer(self, *asked: Any) -> int:
        self.asked.append(asked)
        return len(self.asked)

    def judge(self, words: Any, before: Any, forms: Any, *, has_stop: bool, least_good: float = 0.0) -> Any:
        return np.full((1, 3), self._answer(words, before, forms, has_stop, least_good))

    def judge_all(self, asked: Any, *, least_good: float = 0.0) -> Any:
        return [np.full((1, 3), self._answer(asked, least_good))]

    def may_be_predicate(self, word: str) -> Any:
        return self._answer(word)


class Another(DelegatesJudging):
    def __init__(self) -> None:
        self.recorder = Recorder()

    @property
    def _judge(self) -> Judge:
        return self.recorder


def test_all_questions_go_to_the_other_judge_and_its_answers_come_back() -> None:
    reading = Another()
    assert reading.judge(["a"], ["b"], [], has_stop=True, least_good=0.5).tolist() == [[1, 1, 1]]
    assert [answer.tolist() for answer in reading.judge_all([], least_good=0.25)] == [[[2, 2, 2]]]
    assert reading.may_be_predicate("rose") == 3
    assert reading.recorder.asked == [(["a"], ["b"], [], True, 0.5), ([], 0.25), ("rose",)]


def test_no_form_is_too_poor_to_be_judged_if_no_share_is_named() -> None:
    reading = Another()
    reading.judge([], [], [], has_stop=False)
    reading.judge_all([])
    assert reading.recorder.asked == [([], [], [], False, 0.0), ([], 0.0)]

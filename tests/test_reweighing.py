import numpy as np
import pytest

from summarize.document import ATTENTION_KINDS
from summarize.explanation import AttentionReport, SentenceScores, Steps, Tree
from summarize.network.reweighing import add_to_scores, softmax

MASK = np.array([True, False, True])


def test_softmax_gives_the_candidates_shares_of_one():
    assert softmax(np.log([1.0, 9.0, 3.0]), MASK) == pytest.approx([1 / 4, 0, 3 / 4])
    assert softmax(np.array([1000.0, 2000.0, 1000.0]), MASK) == pytest.approx([1 / 2, 0, 1 / 2])


def test_a_new_term_makes_up_what_the_others_lack():
    weights = np.array([1 / 2, 0, 1 / 2])
    weighing = SentenceScores(weights, {"content": np.zeros(3)}, MASK)
    steps = Steps(np.array([0.5, 0.5]), np.array([[1.0, 0, 0], [0, 0, 1.0]]))
    account = AttentionReport(dict.fromkeys(ATTENTION_KINDS, weighing), steps, Tree(np.array([-1, -2, 0]), np.ones(3)))
    scores = dict.fromkeys(ATTENTION_KINDS, np.log([1.0, 1.0, 3.0]))
    terms = {kind: {"content": np.array([5.0, 7.0, 5.0])} for kind in ATTENTION_KINDS}
    found = add_to_scores(account, scores, terms, "query", MASK)
    new = found.weighings["tree"]
    assert new.weights == pytest.approx([1 / 4, 0, 3 / 4])
    assert new.terms["content"] == pytest.approx([0, 0, 0])  # the same for both candidates
    assert new.terms["query"] == pytest.approx([-np.log(3) / 2, 0, np.log(3) / 2])
    # The steps change as the whole does: 1/4 and 3/4 of what there was for each.
    assert found.steps.shares == pytest.approx([1 / 4, 3 / 4])
    assert found.steps.weights.tolist() == [[1, 0, 0], [0, 0, 1]]
    assert found.tree is account.tree

from dataclasses import replace

import numpy as np
from models import document_of, random_model

from benchmarks.explanations.gradients import gradient_times_input, to_float64
from summarize.document import ATTENTION_KINDS
from summarize.network.encoder import sentence_states
from summarize.network.scorer import Reading
from summarize.network.sequential import sequential_attention
from summarize.text.terms import find_terms

DOCUMENT = document_of(
    "The flood", "The river rose again", "The city slept on", "No", "Nobody was hurt in 2018", headings=[0]
)


def test_gradient_times_input_of_features_alone_by_hand() -> None:
    # With states that do not depend on what is read, u_i = constant + w . f_i. So the log of the favourite's weight
    # changes with the inputs of sentence i by (1 if i is the favourite, else 0) - alpha_i, times w . f_i.
    model = random_model(1)
    still = {
        name: np.zeros_like(weight) if name.startswith("document/") else weight
        for name, weight in model.weights.items()
    }
    still["parallel/w"] = still["parallel/w"] / 10  # so that not all weight is on one sentence
    reading = Reading(DOCUMENT, find_terms(DOCUMENT), replace(model, weights=still), 1)
    alpha = reading.weigh("parallel")
    (found,) = gradient_times_input(reading, ["parallel"], to_float64(still))
    scores = reading.features.astype(np.float64) @ still["parallel/w"].astype(np.float64)
    expected = ((np.arange(5) == alpha.argmax()) - alpha) * scores
    assert reading.mask.tolist() == [False, True, True, False, True]
    np.testing.assert_allclose(found, np.where(reading.mask, expected, 0), atol=1e-5)
    assert np.abs(found).max() > 0.01


def test_gradient_times_input_is_the_slope_of_a_larger_step() -> None:
    # By Richardson's rule, from steps of 1% and 2% and in single precision: the same to a thousandth.
    model = random_model(2)
    reading = Reading(DOCUMENT, find_terms(DOCUMENT), model, 1)
    found = gradient_times_input(reading, ATTENTION_KINDS, to_float64(model.weights))
    assert found.shape == (3, 5)
    assert not found[:, ~reading.mask].any()
    weights = to_float64(model.weights)
    favourite = int(reading.weigh("sequential").argmax())

    def log_weight(index: int, step: float) -> float:
        scale = np.ones((5, 1))
        scale[index] += step
        features = scale * reading.features
        states = sentence_states(scale * reading.content, features, weights)
        return float(np.log(sequential_attention(states, features, reading.mask, weights)[0][favourite]))

    for index in np.flatnonzero(reading.mask):
        one, two = ((log_weight(index, step) - log_weight(index, -step)) / (2 * step) for step in (0.01, 0.02))
        np.testing.assert_allclose(found[1, index], (4 * one - two) / 3, rtol=1e-3, atol=1e-5)

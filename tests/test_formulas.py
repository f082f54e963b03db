"""The formulas that the documents print, worked out sum by sum in plain Python, are what the program computes.

Widths differ (H = 4, A = 3, F = 2, K = 3, R = 2) and none is 1, so that a wrong scale, axis or mask shows.
"""

from itertools import product
from math import exp, log, sqrt, tanh
from pathlib import Path

import numpy as np
import pytest

import summarize
from summarize.config import SelectionConfig
from summarize.decide.selection import GreedySelector
from summarize.network.attention import Array
from summarize.network.parallel import parallel_attention
from summarize.network.sequential import sequential_attention
from summarize.network.tree import EDGE_FEATURES, edge_features, tree_attention

ROOT = Path(__file__).parents[1]
S, H, A, F, K, R = 5, 4, 3, 2, 3, 2
CANDIDATES = [0, 1, 3, 4]  # sentence 2 may not be chosen
MASK = np.isin(np.arange(S), CANDIDATES)
PARAGRAPHS = np.array([0, 0, 1, 1, 2])
RANDOM = np.random.default_rng(5)
STATES, FEATURES = RANDOM.normal(size=(S, H)), RANDOM.normal(size=(S, F))
MEAN = [sum(STATES[i][k] for i in range(S)) / S for k in range(H)]  # d

DOCUMENTED = {
    "docs/how-it-works.md": (
        "α = softmaxᵢ(v · tanh(W hᵢ + U d + b) + w · fᵢ)",
        "αₜ = softmaxᵢ(vₜ · tanh(Wₜ [sₜ₋₁ ; hᵢ] + bₜ) + wₜ · fᵢ - c Σ_{t'<t} αₜ'ᵢ)",
        "sₜ = GRU(sₜ₋₁, Σᵢ αₜᵢ hᵢ)",
        "α = Σₜ πₜ αₜ",
        "L = I - A",
        "βⱼ ∝ P(root → j) = rⱼ (L⁻¹)ⱼⱼ",
    ),
    "summarize/network/parallel.py": ("u_i     = v . tanh(W h_i + U d + b) + w . f_i        d = mean over i of h_i",),
    "summarize/network/sequential.py": (
        "u_ti     = v_t . tanh(W_t [s_(t-1) ; h_i] + b_t) + w_t . f_i - c sum over t' < t of alpha_t'i",
        "s_t      = GRU(s_(t-1), sum over i of alpha_ti h_i)      s_0 = tanh(P d),  d = mean over i of h_i",
        "W_t = W + A_t B_t",
    ),
    "summarize/network/tree.py": (
        "A_ij: (Q h_i) . (K h_j) / sqrt(A) + w_e . e_ij      r_j: v . tanh(W h_j + b) + w . f_j",
        "beta_j  = P(root -> j) / sum of P(root -> .)",
    ),
    "summarize/decide/selection.py": ("score_i = w_i - lambda w_i r_i",),
}

EVERYWHERE = (
    "change the formula in {file}, docs/how-it-works.md, docs/how-it-works.zh.md, DOCUMENTED of this file "
    "and the sum below"
)


def weights_of(**shapes: tuple[int, ...]) -> dict[str, Array]:
    return {name: RANDOM.normal(size=shape) for name, shape in shapes.items()}


def named(kind: str, weights: dict[str, Array]) -> dict[str, Array]:
    return {f"{kind}/{name}": value for name, value in weights.items()}


def applied(matrix: Array, vector: list[float], column: int) -> float:
    """Return one number of a vector times a matrix."""
    return sum(value * float(matrix[row][column]) for row, value in enumerate(vector))


def softmax(scores: dict[int, float]) -> dict[int, float]:
    total = sum(exp(score) for score in scores.values())
    return {index: exp(score) / total for index, score in scores.items()}


def dot(one: Array, other: Array) -> float:
    return sum(float(a) * float(b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(("file", "formula"), [(file, one) for file, all_of in DOCUMENTED.items() for one in all_of])
def test_document_prints_the_formula_that_is_computed_here(file: str, formula: str) -> None:
    folder = Path(summarize.__file__).parents[1] if file.startswith("summarize") else ROOT
    is_printed = formula in (folder / file).read_text(encoding="utf-8")
    assert is_printed, f"{formula!r} is not in {file}: {EVERYWHERE.format(file=file)}"


@pytest.mark.parametrize("formula", DOCUMENTED["docs/how-it-works.md"][:4])
def test_chinese_document_prints_the_same_formula(formula: str) -> None:
    file = "docs/how-it-works.zh.md"
    is_printed = formula in (ROOT / file).read_text(encoding="utf-8")
    assert is_printed, f"{formula!r} is not in {file}: {EVERYWHERE.format(file='the docstring of its module')}"


def test_parallel_attention_is_its_formula() -> None:
    own = weights_of(W=(H, A), U=(H, A), b=(A,), v=(A,), w=(F,))
    scores = {}
    for i in CANDIDATES:
        compared = [applied(own["W"], STATES[i], a) + applied(own["U"], MEAN, a) + float(own["b"][a]) for a in range(A)]
        scores[i] = sum(float(own["v"][a]) * tanh(compared[a]) for a in range(A)) + dot(own["w"], FEATURES[i])
    alpha = softmax(scores)
    found = parallel_attention(STATES, FEATURES, MASK, named("parallel", own))
    assert found == pytest.approx([alpha.get(i, 0) for i in range(S)], rel=1e-12), (
        "differs from the formula in summarize/network/parallel.py"
    )


def gru(state: list[float], read: list[float], kernel: Array, recurrent: Array, bias: Array) -> list[float]:
    """A GRU cell as Keras has it (`reset_after`), its gates in the order z, r, candidate."""
    size = len(state)

    def of_read(gate: int, a: int) -> float:
        return applied(kernel, read, gate * size + a) + float(bias[0][gate * size + a])

    def of_state(gate: int, a: int) -> float:
        return applied(recurrent, state, gate * size + a) + float(bias[1][gate * size + a])

    after = []
    for a in range(size):
        z, r = (1 / (1 + exp(-(of_read(gate, a) + of_state(gate, a)))) for gate in (0, 1))
        candidate = tanh(of_read(2, a) + r * of_state(2, a))
        after.append(z * state[a] + (1 - z) * candidate)
    return after


def test_sequential_attention_is_its_formula() -> None:
    own = weights_of(P=(H, A), W=(A + H, A), A=(K, A + H, R), B=(K, R, A), b=(K, A), v=(K, A), w=(K, F), c=(), pi=(K,))
    reader = weights_of(kernel=(H, 3 * A), recurrent_kernel=(A, 3 * A), bias=(2, 3 * A))
    aversion = log(1 + exp(float(own["c"])))  # what is learned is made positive
    pi = softmax({t: float(own["pi"][t]) for t in range(K)})
    state = [tanh(applied(own["P"], MEAN, a)) for a in range(A)]
    covered = dict.fromkeys(CANDIDATES, 0.0)
    steps, total = [], dict.fromkeys(CANDIDATES, 0.0)
    for t in range(K):
        of_step = own["W"] + own["A"][t] @ own["B"][t]
        scores = {}
        for i in CANDIDATES:
            both = [*state, *STATES[i]]
            compared = [tanh(applied(of_step, both, a) + float(own["b"][t][a])) for a in range(A)]
            scores[i] = dot(own["v"][t], compared) + dot(own["w"][t], FEATURES[i]) - aversion * covered[i]
        alpha = softmax(scores)
        steps.append([alpha.get(i, 0) for i in range(S)])
        for i in CANDIDATES:
            covered[i] += alpha[i]
            total[i] += pi[t] * alpha[i]
        read = [sum(alpha[i] * float(STATES[i][k]) for i in CANDIDATES) for k in range(H)]
        state = gru(state, read, reader["kernel"], reader["recurrent_kernel"], reader["bias"])
    weights = named("sequential", own | {f"reader/{name}": value for name, value in reader.items()})
    found, found_steps = sequential_attention(STATES, FEATURES, MASK, weights)
    assert found_steps == pytest.approx(np.array(steps), rel=1e-12), (
        "differs from the formula in summarize/network/sequential.py"
    )
    assert found == pytest.approx([total.get(i, 0) for i in range(S)], rel=1e-12), (
        "differs from the formula in summarize/network/sequential.py"
    )


def hangs_from_a_root(parents: dict[int, int | None]) -> bool:
    """Tell whether everything hangs from a root, which None is, so that nothing hangs from itself."""
    for start in parents:
        node: int | None = start
        for _step in parents:
            node = parents[node] if node is not None else None
        if node is not None:
            return False
    return True


def test_tree_attention_is_the_share_of_all_trees_in_which_a_sentence_is_a_root() -> None:
    own = weights_of(Q=(H, A), K=(H, A), W=(H, A), b=(A,), v=(A,), w=(F,), w_e=(len(EDGE_FEATURES),))
    edges = edge_features(PARAGRAPHS)

    def score(parent: int | None, child: int) -> float:
        if parent is None:
            compared = [tanh(applied(own["W"], STATES[child], a) + float(own["b"][a])) for a in range(A)]
            return dot(own["v"], compared) + dot(own["w"], FEATURES[child])
        asked = sum(applied(own["Q"], STATES[parent], a) * applied(own["K"], STATES[child], a) for a in range(A))
        return asked / sqrt(A) + dot(own["w_e"], edges[parent][child])

    choices = [[None, *(other for other in CANDIDATES if other != child)] for child in CANDIDATES]
    of_root, num_trees = dict.fromkeys(CANDIDATES, 0.0), 0
    for found in product(*choices):
        parents = dict(zip(CANDIDATES, found, strict=True))
        if hangs_from_a_root(parents):
            num_trees += 1
            likely = exp(sum(score(parent, child) for child, parent in parents.items()))
            for child, parent in parents.items():
                of_root[child] += likely if parent is None else 0
    assert num_trees == (len(CANDIDATES) + 1) ** (len(CANDIDATES) - 1)  # Cayley: trees of a root and four sentences
    expected = [of_root.get(i, 0) / sum(of_root.values()) for i in range(S)]
    found_shares = tree_attention(STATES, FEATURES, PARAGRAPHS, MASK, named("tree", own))
    assert found_shares == pytest.approx(expected, rel=1e-9), "differs from the formula in summarize/network/tree.py"


def test_score_of_selection_is_its_formula() -> None:
    weights, likeness = np.array([0.5, 0.3, 0.2]), np.array([[1, 0.25, 0], [0.25, 1, 0.75], [0, 0.75, 1]])
    greedy = GreedySelector(
        weights, lambda index, first=0, end=None: likeness[index, first:end], SelectionConfig(redundancy_weight=0.5)
    )
    greedy.take(0)  # r = 1/4 and 0
    assert greedy.scores[1:] == pytest.approx([0.3 - 0.5 * 0.3 * 0.25, 0.2]), (
        "differs from the formula in summarize/decide/selection.py"
    )
    greedy.take(1)  # r = 3/4
    assert greedy.scores[2] == pytest.approx(0.2 - 0.5 * 0.2 * 0.75), (
        "differs from the formula in summarize/decide/selection.py"
    )

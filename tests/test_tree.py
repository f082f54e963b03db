from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from models import random_model
from strategies import arrays, few_examples, masks

from summarize.explanation import NO_TREE, ROOT
from summarize.network import tree
from summarize.network.attention import Array
from summarize.network.features import FEATURE_NAMES
from summarize.network.tree import (
    EDGE_FEATURES,
    edge_features,
    find_tree,
    likeliest_tree,
    tree_attention,
    tree_marginals,
    tree_scores,
)

LN2 = np.log(2)


def test_edge_features_by_hand() -> None:
    # Sentences 0 and 1 are one paragraph, 2 is another. log1p(1) / 5 and log1p(2) / 5:
    near, far = np.log(2) / 5, np.log(3) / 5
    expected = np.array(
        [
            # earlier, distance, same paragraph, parent opens a paragraph, parent is first
            [[0, 0, 1, 1, 1], [1, near, 1, 1, 1], [1, far, 0, 1, 1]],  # the parent is sentence 0
            [[0, near, 1, 0, 0], [0, 0, 1, 0, 0], [1, near, 0, 0, 0]],  # 1
            [[0, far, 0, 1, 0], [0, near, 0, 1, 0], [0, 0, 1, 1, 0]],  # 2
        ]
    )
    found = edge_features(np.array([0, 0, 1]))
    assert found == pytest.approx(expected)
    assert found.dtype == np.float64
    assert found.shape[-1] == len(EDGE_FEATURES)


def test_edge_features_do_not_need_paragraphs_from_zero() -> None:
    assert edge_features(np.array([7, 7, 8])).tolist() == edge_features(np.array([0, 0, 1])).tolist()


def trees(real: list[int]) -> Iterator[dict[int, int]]:
    """Every way to give each real sentence a parent or make it a root, without cycles: child to parent."""
    for parents in product(*([ROOT, *(i for i in real if i != j)] for j in real)):
        parent_of = dict(zip(real, parents, strict=True))
        if all(reaches_root(j, parent_of) for j in real):
            yield parent_of


def reaches_root(child: int, parent_of: dict[int, int]) -> bool:
    for _ in parent_of:
        if child == ROOT:
            break
        child = parent_of[child]
    return child == ROOT


def enumerated_marginals(edge_scores: Array, root_scores: Array, mask: np.ndarray) -> tuple[Array, Array]:
    """The marginals by adding up the weight of every tree."""
    size, real = len(mask), [int(j) for j in np.flatnonzero(mask)]
    edges, roots, total = np.zeros((size, size)), np.zeros(size), 0.0
    for parent_of in trees(real):
        weight = 1.0
        for j, i in parent_of.items():
            mass = np.exp(root_scores[j]) + sum(np.exp(edge_scores[k, j]) for k in real if k != j)
            weight *= np.exp(root_scores[j] if i == ROOT else edge_scores[i, j]) / mass
        total += weight
        for j, i in parent_of.items():
            if i == ROOT:
                roots[j] += weight
            else:
                edges[i, j] += weight
    return edges / total, roots / total


@pytest.mark.parametrize(("size", "count"), [(1, 1), (2, 3), (3, 16), (4, 125)])
def test_enumeration_finds_every_tree(size: int, count: int) -> None:
    assert len(list(trees(list(range(size))))) == count == (size + 1) ** (size - 1)  # Cayley's formula


def test_tree_marginals_by_hand() -> None:
    # Root scores ln 2 and 0, edges 0. Sentence 0 is a root by 2/3 and 1's child by 1/3; sentence 1 either by 1/2.
    #   two roots     2/3 * 1/2 = 2/6
    #   0 over 1      2/3 * 1/2 = 2/6
    #   1 over 0      1/3 * 1/2 = 1/6; together 5/6
    edges, roots = tree_marginals(np.zeros((2, 2)), np.array([LN2, 0]), np.ones(2, bool))
    assert edges == pytest.approx(np.array([[0, 2 / 5], [1 / 5, 0]]))
    assert roots == pytest.approx([4 / 5, 3 / 5])


@pytest.mark.parametrize("size", [1, 2, 3, 4])
@few_examples
@given(data=st.data())
def test_tree_marginals_are_those_of_all_trees(size: int, data: st.DataObject) -> None:
    edge_scores, root_scores = data.draw(arrays(size, size)), data.draw(arrays(size))
    mask = data.draw(masks(size))
    edges, roots = tree_marginals(edge_scores, root_scores, mask)
    expected_edges, expected_roots = enumerated_marginals(edge_scores, root_scores, mask)
    assert edges == pytest.approx(expected_edges, abs=1e-9)
    assert roots == pytest.approx(expected_roots, abs=1e-9)


@few_examples
@given(arrays(7, 7, low=-8, high=8), arrays(7, low=-8, high=8), masks(7))
def test_tree_marginals_give_each_real_sentence_one_parent(
    edge_scores: Array, root_scores: Array, mask: np.ndarray
) -> None:
    edges, roots = tree_marginals(edge_scores, root_scores, mask)
    assert edges.sum(axis=0) + roots == pytest.approx(mask.astype(float), abs=1e-6)
    assert (edges >= -1e-6).all()
    assert (roots >= -1e-6).all()


@given(arrays(5, 5), arrays(5), masks(5), arrays(5, 5, low=-60, high=60), arrays(5, low=-60, high=60))
def test_tree_marginals_ignore_changes_under_the_mask(
    edge_scores: Array, root_scores: Array, mask: np.ndarray, other_edges: Array, other_roots: Array
) -> None:
    is_read = mask[:, None] & mask[None, :] & ~np.eye(5, dtype=bool)
    changed = tree_marginals(
        np.where(is_read, edge_scores, other_edges), np.where(mask, root_scores, other_roots), mask
    )
    for after, before in zip(changed, tree_marginals(edge_scores, root_scores, mask), strict=True):
        assert after.tolist() == before.tolist()
        assert (after[~mask] == 0).all()
        assert (after[..., ~mask] == 0).all()


@given(arrays(4, 4), arrays(4), arrays(4))
def test_tree_marginals_do_not_change_with_the_scale_of_a_child(
    edge_scores: Array, root_scores: Array, shift: Array
) -> None:
    mask = np.ones(4, bool)
    shifted = tree_marginals(edge_scores + shift, root_scores + shift, mask)
    for after, before in zip(shifted, tree_marginals(edge_scores, root_scores, mask), strict=True):
        assert after == pytest.approx(before)


def test_tree_marginals_of_nothing_real_are_zeros() -> None:
    edges, roots = tree_marginals(np.ones((3, 3)), np.ones(3), np.zeros(3, bool))
    assert edges.tolist() == np.zeros((3, 3)).tolist()
    assert roots.tolist() == [0, 0, 0]


@pytest.mark.parametrize("strength", [10, 15, 20])
def test_tree_marginals_hold_where_edges_are_much_stronger_than_roots(strength: float) -> None:
    # Root scores ln 2 and 0. Trees of two roots weigh next to nothing; 0 over 1 and 1 over 0 stand as 2 to 1.
    edges, roots = tree_marginals(np.full((2, 2), float(strength)), np.array([LN2, 0]), np.ones(2, bool))
    assert roots == pytest.approx([2 / 3, 1 / 3], abs=1e-4)
    assert edges == pytest.approx(np.array([[0, 2 / 3], [1 / 3, 0]]), abs=1e-4)


@pytest.mark.parametrize("strength", [30, 50, 1000])
def test_tree_marginals_stay_shares_where_edges_lead_beyond_all_digits(strength: float) -> None:
    edges, roots = tree_marginals(np.full((2, 2), float(strength)), np.array([LN2, 0]), np.ones(2, bool))
    assert roots.sum() == pytest.approx(1, abs=1e-6)
    assert edges.sum(axis=0) + roots == pytest.approx(np.ones(2), abs=1e-6)


def test_tree_marginals_do_not_read_the_diagonal_however_large() -> None:
    # The tree worked out by hand above; a sentence that is most like itself is no parent of itself.
    edges, roots = tree_marginals(np.eye(2) * 40, np.array([LN2, 0]), np.ones(2, bool))
    assert edges == pytest.approx(np.array([[0, 2 / 5], [1 / 5, 0]]))
    assert roots == pytest.approx([4 / 5, 3 / 5])


def test_tree_marginals_do_not_read_masked_parents_however_likely() -> None:
    edge_scores = np.zeros((3, 3))
    edge_scores[2] = 40
    _, roots = tree_marginals(edge_scores, np.array([LN2, 0, 0]), np.array([True, True, False]))
    assert roots == pytest.approx([4 / 5, 3 / 5, 0])


def simple_weights(**changes: object) -> dict[str, Array]:
    """Weights of a network with H = A = F = 1, all zero but those given."""
    zeros = {"Q": [[0]], "K": [[0]], "W": [[0]], "b": [0], "v": [0], "w": [0], "w_e": [0] * len(EDGE_FEATURES)}
    return {f"tree/{name}": np.array(value, np.float64) for name, value in (zeros | changes).items()}


TWO = np.ones(2, bool)
SAME_PARAGRAPH = np.zeros(2, int)


def test_tree_attention_by_hand() -> None:
    # The feature makes the root scores ln 2 and 0: roots 4/5 and 3/5 as above, of 7/5 together.
    beta = tree_attention(np.zeros((2, 1)), np.array([[1.0], [0]]), SAME_PARAGRAPH, TWO, simple_weights(w=[LN2]))
    assert beta == pytest.approx([4 / 7, 3 / 7])


def test_tree_attention_scores_roots_by_state() -> None:
    # v tanh(W h + b) with tanh(ln 3 / 2) = 1/2: ln 2 for h = 1; 0 for h = -1 where W h + b = 0
    weights = simple_weights(W=[[np.log(3) / 4]], b=[np.log(3) / 4], v=[2 * LN2])
    beta = tree_attention(np.array([[1.0], [-1]]), np.zeros((2, 1)), SAME_PARAGRAPH, TWO, weights)
    assert beta == pytest.approx([4 / 7, 3 / 7])


def test_tree_attention_scores_roots_by_states_of_more_than_one_dimension() -> None:
    # H = 2, A = 3, F = 2, with L = ln 3 / 2: W h + b = (1, 2, 0) L and (0, -1, 2) L, tanh of that (1/2, 4/5, 0) and
    # (0, -1/2, 4/5); v gives (2 + 4) ln 2 and (-5/2 + 4) ln 2, w of the features -ln 2 and 5/2 ln 2: 5 ln 2, 4 ln 2.
    half = np.log(3) / 2
    weights = simple_weights(w=[-LN2, 7 / 2 * LN2]) | {
        "tree/Q": np.zeros((2, 3)),
        "tree/K": np.zeros((2, 3)),
        "tree/W": half * np.array([[1, 1, -1], [0, -2, 1]]),
        "tree/b": half * np.array([0, 1, 1]),
        "tree/v": LN2 * np.array([4, 5, 5]),
    }
    features = np.array([[1.0, 0], [1, 1]])
    edge_scores, root_scores = tree_scores(np.array([[1.0, 0], [0, 1]]), features, SAME_PARAGRAPH, weights)
    assert edge_scores.tolist() == [[0, 0], [0, 0]]
    assert root_scores == pytest.approx([5 * LN2, 4 * LN2])


def test_tree_attention_scores_edges_by_state() -> None:
    # Q h_i K h_j with Q h = (ln 2, 0) and K h = (1, 1): 0 is 1's parent by 2/3; the rest stands as 1 to 1.
    #   two roots   1/2 * 1/3 = 1/6      0 over 1   1/2 * 2/3 = 2/6      1 over 0   1/2 * 1/3 = 1/6
    #   roots: 0 in 3 of 4, 1 in 2 of 4
    weights = simple_weights(Q=[[LN2], [0]], K=[[0], [1]])
    beta = tree_attention(
        np.array([[1.0, 1], [0, 1]]), np.zeros((2, 1)), SAME_PARAGRAPH, TWO, weights | {"tree/W": np.zeros((2, 1))}
    )
    assert beta == pytest.approx([3 / 5, 2 / 5])


def test_tree_attention_divides_edge_scores_by_the_root_of_the_width() -> None:
    # A = 4: Q h_i . K h_j = 4 * ln 2 / 2 over 2 is ln 2, as above.
    weights = simple_weights(b=[0] * 4, v=[0] * 4)
    weights |= {
        "tree/Q": np.array([[LN2 / 2] * 4, [0] * 4]),
        "tree/K": np.array([[0] * 4, [1] * 4]),
        "tree/W": np.zeros((2, 4)),
    }
    beta = tree_attention(np.array([[1.0, 1], [0, 1]]), np.zeros((2, 1)), SAME_PARAGRAPH, TWO, weights)
    assert beta == pytest.approx([3 / 5, 2 / 5])


def test_tree_attention_scores_edges_by_layout() -> None:
    # Only `parent_is_earlier` counts, by ln 2: the same tree as above.
    beta = tree_attention(
        np.zeros((2, 1)), np.zeros((2, 1)), SAME_PARAGRAPH, TWO, simple_weights(w_e=[LN2, 0, 0, 0, 0])
    )
    assert beta == pytest.approx([3 / 5, 2 / 5])


def test_tree_attention_sees_paragraphs() -> None:
    # Only `same_paragraph` counts, by ln 2. Sentences 0 and 1 share one; 2 stands alone and is more of a root.
    weights = simple_weights(w_e=[0, 0, LN2, 0, 0])
    beta = tree_attention(np.zeros((3, 1)), np.zeros((3, 1)), np.array([0, 0, 1]), np.ones(3, bool), weights)
    assert beta[0] == pytest.approx(beta[1])
    assert beta[2] > beta[0]


def test_tree_attention_gives_masked_nothing() -> None:
    beta = tree_attention(
        np.zeros((3, 1)), np.array([[1.0], [9], [0]]), np.zeros(3, int), np.array([True, False, True]),
        simple_weights(w=[LN2]),
    )  # fmt: skip
    assert beta == pytest.approx([4 / 7, 0, 3 / 7])
    assert beta[1] == 0


def test_tree_attention_of_one_sentence_is_one() -> None:
    beta = tree_attention(np.ones((1, 1)), np.ones((1, 1)), np.zeros(1, int), np.ones(1, bool), simple_weights())
    assert beta.tolist() == [1]


WEIGHTS = random_model(3).weights  # H = 8


def random_document(num_sentences: int, seed: int, sentences_per_paragraph: float = 3) -> tuple[Array, Array, Array]:
    """States, features and paragraphs of a document."""
    random = np.random.default_rng(seed)
    states = random.normal(0, 1, (num_sentences, 8)).astype(np.float32)
    features = random.uniform(0, 1, (num_sentences, len(FEATURE_NAMES))).astype(np.float32)
    starts = random.uniform(0, 1, num_sentences) < 1 / sentences_per_paragraph
    return states, features, np.cumsum(starts) - starts[0]


# 128 leaves a tree, and so few that there are trees over trees over trees.
max_leaves = pytest.mark.parametrize("leaves", [2, 3, 7, 128])


@max_leaves
@few_examples
@given(num_sentences=st.integers(1, 60), seed=st.integers(0, 1000), data=st.data())
def test_tree_attention_sums_to_one_or_zero(leaves: int, num_sentences: int, seed: int, data: st.DataObject) -> None:
    mask = data.draw(masks(num_sentences))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "MAX_LEAVES", leaves)
        beta = tree_attention(*random_document(num_sentences, seed), mask, WEIGHTS)
    assert beta.shape == (num_sentences,)
    assert beta.sum() == pytest.approx(float(mask.any()))
    assert (beta[~mask] == 0).all()
    assert (beta >= 0).all()


@max_leaves
@few_examples
@given(seed=st.integers(0, 1000), mask=masks(30))
def test_tree_attention_ignores_changes_under_the_mask(leaves: int, seed: int, mask: np.ndarray) -> None:
    states, features, paragraphs = random_document(30, seed)
    other_states, other_features, _ = random_document(30, seed + 1)
    real = mask[:, None]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "MAX_LEAVES", leaves)
        before = tree_attention(states, features, paragraphs, mask, WEIGHTS)
        after = tree_attention(
            np.where(real, states, other_states), np.where(real, features, other_features), paragraphs, mask, WEIGHTS
        )
    assert after.tolist() == before.tolist()


@pytest.mark.parametrize("num_sentences", [1, 7, 12])
def test_tree_attention_is_one_tree_up_to_the_limit(monkeypatch: pytest.MonkeyPatch, num_sentences: int) -> None:
    states, features, paragraphs = random_document(num_sentences, seed=1)
    edge_scores = (states @ WEIGHTS["tree/Q"]) @ (states @ WEIGHTS["tree/K"]).T / np.sqrt(5)  # A = 5
    edge_scores = edge_scores + edge_features(paragraphs) @ WEIGHTS["tree/w_e"]
    root_scores = np.tanh(states @ WEIGHTS["tree/W"] + WEIGHTS["tree/b"]) @ WEIGHTS["tree/v"]
    root_scores = root_scores + features @ WEIGHTS["tree/w"]
    _, roots = tree_marginals(edge_scores, root_scores, np.ones(num_sentences, bool))
    monkeypatch.setattr(tree, "MAX_LEAVES", 12)
    beta = tree_attention(states, features, paragraphs, np.ones(num_sentences, bool), WEIGHTS)
    assert beta == pytest.approx(roots / roots.sum())


def test_tree_attention_above_the_limit_lets_the_roots_of_all_runs_compete(monkeypatch: pytest.MonkeyPatch) -> None:
    states, features, _ = random_document(5, seed=2)
    paragraphs = np.array([0, 0, 1, 1, 1])
    mask = np.array([True, True, True, False, True])
    roots = [
        tree_marginals(*tree_scores(states[run], features[run], paragraphs[run], WEIGHTS), mask[run])[1]
        for run in (slice(0, 2), slice(2, 5))  # four sentences would fit, but the paragraph is not cut
    ]
    expected = np.concatenate(roots)
    monkeypatch.setattr(tree, "MAX_LEAVES", 4)
    beta = tree_attention(states, features, paragraphs, mask, WEIGHTS)
    assert roots[0].sum() != pytest.approx(roots[1].sum())
    assert beta == pytest.approx(expected / expected.sum())


def test_tree_attention_treats_leading_positions_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_LEAVES", 3)
    documents = [random_document(5, seed=seed)[:2] for seed in (6, 7)]
    states, features = (np.stack(arrays) for arrays in zip(*documents, strict=True))
    paragraphs, mask = np.array([0, 0, 1, 1, 1]), np.array([True, True, True, False, True])
    together = tree_attention(states, features, paragraphs, mask, WEIGHTS)
    assert together.shape == (2, 5)
    for (own_states, own_features), beta in zip(documents, together, strict=True):
        assert beta == pytest.approx(tree_attention(own_states, own_features, paragraphs, mask, WEIGHTS))


def test_tree_attention_above_the_limit_passes_over_runs_without_candidates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_LEAVES", 2)
    mask = np.array([True, True, False, False, True, True])
    beta = tree_attention(*random_document(6, seed=3)[:2], np.array([0, 0, 1, 1, 2, 2]), mask, WEIGHTS)
    assert beta.sum() == pytest.approx(1)
    assert beta[~mask].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        pytest.param([0, 0, 0, 0, 0, 0, 0], [3, 3, 1], id="one paragraph"),
        pytest.param([0, 0, 1, 1, 2, 2, 3], [2, 2, 3], id="at paragraphs"),
        pytest.param([0, 1, 2, 3, 4, 5, 6], [3, 3, 1], id="all alone"),
        pytest.param([0, 1, 1, 1, 1, 2, 2], [1, 3, 3], id="a long one between"),
        pytest.param([4, 4, 4, 5, 5, 5, 5], [3, 3, 1], id="numbered from elsewhere"),
    ],
)
def test_runs_are_cut_at_paragraphs(
    monkeypatch: pytest.MonkeyPatch, paragraphs: list[int], expected: list[int]
) -> None:
    monkeypatch.setattr(tree, "MAX_LEAVES", 3)
    runs = tree._runs(np.array(paragraphs))
    assert [run.stop - run.start for run in runs] == expected
    assert [run.start for run in runs] == [0, *(run.stop for run in runs[:-1])]


@pytest.mark.parametrize("sentences_per_paragraph", [1e9, 20, 1])
def test_tree_attention_weighs_a_thousand_sentences(sentences_per_paragraph: float) -> None:
    document = random_document(1000, seed=4, sentences_per_paragraph=sentences_per_paragraph)
    beta = tree_attention(*document, np.ones(1000, bool), WEIGHTS)
    assert beta.sum() == pytest.approx(1)
    assert (beta > 0).all()


@few_examples
@given(st.lists(st.integers(0, 2), min_size=1, max_size=300), st.integers(2, 40))
def test_runs_hold_every_sentence_once_and_few_each(steps: list[int], leaves: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tree, "MAX_LEAVES", leaves)
        runs = tree._runs(np.cumsum(steps))
    assert [index for run in runs for index in range(run.start, run.stop)] == list(range(len(steps)))
    assert all(1 <= run.stop - run.start <= leaves for run in runs)


def test_likeliest_tree_by_hand() -> None:
    # Each would rather hang from the other; to make 0 the root loses 0.3, to make 1 the root 0.2.
    edges, roots = np.array([[0, 0.6], [0.7, 0]]), np.array([0.4, 0.4])
    assert likeliest_tree(edges, roots, np.ones(2, bool)).tolist() == [1, ROOT]
    assert likeliest_tree(edges, roots, np.array([False, True])).tolist() == [NO_TREE, ROOT]


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5])
@few_examples
@given(data=st.data())
def test_likeliest_tree_is_the_best_of_all_trees(size: int, data: st.DataObject) -> None:
    mask = data.draw(masks(size))
    edges, roots = data.draw(arrays(size, size)), data.draw(arrays(size))

    def value(parent_of: dict[int, int]) -> float:
        return sum(roots[j] if i == ROOT else edges[i, j] for j, i in parent_of.items())

    found = likeliest_tree(edges, roots, mask).tolist()
    real = [int(j) for j in np.flatnonzero(mask)]
    assert [j for j, i in enumerate(found) if i != NO_TREE] == real
    best = max(map(value, trees(real)), default=0)
    assert value({j: found[j] for j in real}) == pytest.approx(best)
    assert all(reaches_root(j, {j: found[j] for j in real}) for j in real)


def test_likeliest_tree_of_many_cycles() -> None:
    # Pairs of sentences that hang from each other, and pairs of pairs as well: cycles within cycles.
    index = np.arange(512)
    edges = sum(2.0**-k * (index[:, None] == index[None, :] ^ (1 << k)) for k in range(9))
    parents = likeliest_tree(edges, np.full(512, 1e-4), np.ones(512, bool)).tolist()
    assert all(reaches_root(j, dict(enumerate(parents))) for j in range(512))
    # One root; of the other 511 every second one has an edge of 1, every second of the rest one of 1/2, and so on.
    assert sum(i == ROOT for i in parents) == 1
    value = sum(edges[i, j] for j, i in enumerate(parents) if i != ROOT)
    assert value == pytest.approx(sum(2.0**-k * (256 >> k) for k in range(9)))


def test_tree_of_a_long_document_is_that_of_its_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_LEAVES", 3)
    rng = np.random.default_rng(0)
    states, features = rng.normal(size=(7, 8)), rng.normal(size=(7, len(FEATURE_NAMES)))
    paragraphs, mask = np.array([0, 0, 1, 1, 1, 2, 2]), np.array([True, True, True, False, True, True, True])
    parents, likely = find_tree(states, features, paragraphs, mask, WEIGHTS)
    for start, end in ((0, 2), (2, 5), (5, 7)):
        run = slice(start, end)
        alone = find_tree(states[run], features[run], paragraphs[run], mask[run], WEIGHTS)
        assert likely[run] == pytest.approx(alone.weights)
        assert parents[run].tolist() == [i + start if i >= 0 else i for i in alone.parents.tolist()]
    assert parents[3] == NO_TREE
    assert likely[3] == 0

"""Tree-structured attention: sentences hang from the sentences they elaborate; the roots carry the weight.

    a       = sum over j of beta_j x_j
    (A_.j, r_j) = softmax over the parents that j may have, among them the root, of
                  A_ij: (Q h_i) . (K h_j) / sqrt(A) + w_e . e_ij      r_j: v . tanh(W h_j + b) + w . f_j
    L       = I - A                                      P(root -> j) = r_j (L^-1)_jj
    beta_j  = P(root -> j) / sum of P(root -> .)         P(i -> j) = A_ij ((L^-1)_jj - (L^-1)_ji)

These are the exact marginals over all trees under a root (matrix-tree theorem: Tutte 1984, Koo et al. 2007; as
salience: Liu et al. 2019, SUMO). A sentence's own scores may be scaled freely without a change, so each column
is a softmax and the Laplacian of Koo et al. becomes I - A. The structure of the text enters through e_ij: order,
distance, same paragraph or not, first in its paragraph or not.

An inverse takes cubic time, so above `MAX_LEAVES` sentences the text is cut into runs of paragraphs, each with trees of
its own, as if it were a text of its own; the roots of all compete for the weight.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from summarize.explanation import NO_TREE, ROOT, Tree
from summarize.network.attention import Array, Mask, masked_softmax
from summarize.network.layers import Weights

MAX_LEAVES = 512
LARGEST_LEAD = 20.0  # of log scores
EDGE_FEATURES = (
    "parent_is_earlier",
    "distance_log",
    "same_paragraph",
    "parent_opens_paragraph",
    "parent_is_first",
)

Integers = NDArray[np.integer]


def edge_features(paragraphs: Integers) -> Array:
    """Return e_ij for each parent i and child j, float64 (S, S, 5) in the order of `EDGE_FEATURES`.

    Args:
        paragraphs: (S,), the number of each sentence's paragraph, not falling.
    """
    index = np.arange(len(paragraphs))
    opens = np.diff(paragraphs, prepend=-1) != 0
    offset = index[None, :] - index[:, None]  # child less parent
    square = offset.shape
    columns = (
        offset > 0,
        np.log1p(np.abs(offset)) / 5,
        paragraphs[:, None] == paragraphs[None, :],
        np.broadcast_to(opens[:, None], square),
        np.broadcast_to(index[:, None] == 0, square),
    )
    return np.stack(columns, axis=-1, dtype=np.float64, casting="unsafe")


def tree_marginals(edge_scores: Array, root_scores: Array, mask: Mask) -> tuple[Array, Array]:
    """Return the exact marginals over all trees in which each real sentence has a parent or is a root.

    Args:
        edge_scores: (..., S, S), log of how well i is the parent of j; the diagonal is not read.
        root_scores: (..., S), log of how well j is a root.
        mask: (S,), True where a sentence is real.

    An edge that leads its child's root score by more than `LARGEST_LEAD` counts as leading by that much: beyond it
    the inverse has no digits left.

    Returns:
        P(i -> j), (..., S, S), and P(root -> j), (..., S), in float64. The parents of a real j sum to 1 with its root;
        all of a masked one's are 0.
    """
    size = root_scores.shape[-1]
    may_be = mask[:, None] & mask[None, :] & ~np.eye(size, dtype=bool)  # (S, S)
    allowed = np.vstack([may_be, mask]).T  # (S, S + 1): of each child the parents and, last, the root
    scores = np.empty((*root_scores.shape, size + 1))  # (..., S, S + 1), float64
    scores[..., :-1], scores[..., -1] = edge_scores.swapaxes(-1, -2), root_scores
    best = np.where(allowed, scores, -np.inf).max(axis=-1)  # (..., S)
    scores[..., -1] = np.maximum(root_scores, best - LARGEST_LEAD)
    shares = masked_softmax(scores, allowed)
    edges, roots = shares[..., :-1].swapaxes(-1, -2), shares[..., -1]
    inverse = np.linalg.inv(np.eye(size) - edges)  # (..., S, S)
    diagonal = np.diagonal(inverse, axis1=-2, axis2=-1)  # (..., S)
    return edges * (diagonal[..., None, :] - inverse.swapaxes(-1, -2)), roots * diagonal


def tree_scores(states: Array, features: Array, paragraphs: Integers, weights: Weights) -> tuple[Array, Array]:
    """Return log scores of each edge i -> j, (..., S, S), and of each root, (..., S); see `tree_attention`."""
    queries, keys = states @ weights["tree/Q"], states @ weights["tree/K"]  # (..., S, A)
    edge_scores = queries @ keys.swapaxes(-1, -2) / np.sqrt(queries.shape[-1])  # (..., S, S)
    edge_scores = edge_scores + edge_features(paragraphs) @ weights["tree/w_e"]
    compared = np.tanh(states @ weights["tree/W"] + weights["tree/b"])  # (..., S, A)
    return edge_scores, compared @ weights["tree/v"] + features @ weights["tree/w"]


def root_shares(edge_scores: Array, root_scores: Array, mask: Mask) -> Array:
    """Return beta, (..., S): how likely each sentence is a root, as shares; arguments as in `tree_marginals`."""
    return _shares(tree_marginals(edge_scores, root_scores, mask)[1])


def _shares(roots: Array) -> Array:
    total = roots.sum(axis=-1, keepdims=True)
    return np.asarray(np.divide(roots, total, out=np.zeros_like(roots), where=total > 0))


def _runs(paragraphs: Integers) -> list[slice]:
    """Cut a document into runs of at most `MAX_LEAVES` sentences, at paragraphs where there are any."""
    cuts = [0]
    starts = np.flatnonzero(np.diff(paragraphs, prepend=-1))
    while len(paragraphs) - cuts[-1] > MAX_LEAVES:
        limit = cuts[-1] + MAX_LEAVES
        last = starts[np.searchsorted(starts, limit, side="right") - 1]
        cuts.append(int(last) if last > cuts[-1] else limit)
    return [slice(*run) for run in zip(cuts, [*cuts[1:], len(paragraphs)], strict=True)]


class Trees(NamedTuple):
    """All trees over a run of R sentences.

    Args:
        run: the sentences.
        edge_scores: log of how well i is the parent of j, (..., R, R).
        root_scores: log of how well j is a root, (..., R).
        edges: P(i -> j), (..., R, R).
        roots: P(root -> j), (..., R).
    """

    run: slice
    edge_scores: Array
    root_scores: Array
    edges: Array
    roots: Array


def tree_runs(states: Array, features: Array, paragraphs: Integers, mask: Mask, weights: Weights) -> Iterator[Trees]:
    """Yield the trees over each run of the document; arguments as in `tree_attention`."""
    for run in _runs(paragraphs):
        scores = tree_scores(states[..., run, :], features[..., run, :], paragraphs[run], weights)
        yield Trees(run, *scores, *tree_marginals(*scores, mask[run]))


def tree_attention(states: Array, features: Array, paragraphs: Integers, mask: Mask, weights: Weights) -> Array:
    """Weigh the sentences of one document by the trees they make.

    Args:
        states: h, (..., S, H).
        features: f, (..., S, F).
        paragraphs: (S,), the number of each sentence's paragraph, not falling.
        mask: (S,), True where a sentence may be chosen.
        weights: `tree/Q`, `K` and `W` (H, A), `b` and `v` (A,), `w` (F,), `w_e` (5,).

    Returns:
        beta, (..., S); sums to 1, or to 0 if nothing may be chosen. Memory is 8 `MAX_LEAVES`^2 bytes a few times over.
    """
    trees = tree_runs(states, features, paragraphs, mask, weights)
    return _shares(np.concatenate([run.roots for run in trees], axis=-1))


def likeliest_tree(edge_scores: Array, root_scores: Array, mask: Mask) -> NDArray[np.int64]:
    """Return the likeliest of all trees: the parent of each sentence, (S,), `ROOT` or `NO_TREE`.

    That is the tree with the largest sum of log scores. Found by contraction of cycles (Chu & Liu 1965, Edmonds 1967),
    in cubic time at worst. The arguments are those of `tree_marginals`.
    """
    real = np.flatnonzero(mask)
    parents = np.full(len(mask), NO_TREE)
    if len(real):
        scores = np.vstack([edge_scores[np.ix_(real, real)], root_scores[real]]).astype(np.float64)  # the root last
        np.fill_diagonal(scores, -np.inf)
        parents[real] = np.append(real, ROOT)[_arborescence(scores)]
    return parents


def find_tree(states: Array, features: Array, paragraphs: Integers, mask: Mask, weights: Weights) -> Tree:
    """Return the likeliest tree of a document, or trees of its runs; arguments as in `tree_attention`."""
    parents, likely = np.full(len(states), NO_TREE), np.zeros(len(states))
    for trees in tree_runs(states, features, paragraphs, mask, weights):
        start = trees.run.start
        found = likeliest_tree(trees.edge_scores, trees.root_scores, mask[trees.run])
        hangs = np.flatnonzero(found >= 0)
        parents[trees.run] = np.where(found >= 0, found + start, found)
        likely[trees.run] = np.where(found == ROOT, trees.roots, 0)
        likely[hangs + start] = trees.edges[found[hangs], hangs]
    return Tree(parents, likely)


def _arborescence(scores: Array) -> NDArray[np.int64]:
    """Return the best parent of each node so that all hang from the root: (N + 1, N), the root last, to (N,)."""
    size = scores.shape[1]
    best: NDArray[np.int64] = np.argmax(scores, axis=0)
    cycle = _find_cycle(best)
    if cycle is None:
        return best
    rest = np.setdiff1d(np.arange(size), cycle)
    # The cycle becomes one node: to enter it at a node is worth what that gains over the edge which it replaces.
    gains = scores[:, cycle] - scores[best[cycle], cycle]  # (N + 1, C)
    outer = np.append(rest, size)
    enter_at = np.argmax(gains[outer], axis=1)  # (R + 1,)
    leave_from = np.argmax(scores[np.ix_(cycle, rest)], axis=0)  # (R,)
    smaller = np.full((len(rest) + 2, len(rest) + 1), -np.inf)  # the rest, the cycle and the root
    smaller[: len(rest), :-1] = scores[np.ix_(rest, rest)]
    smaller[-1, :-1] = scores[size, rest]
    smaller[-2, :-1] = scores[np.ix_(cycle, rest)].max(axis=0)
    smaller[np.append(np.arange(len(rest)), len(rest) + 1), -1] = gains[outer].max(axis=1)
    found = _arborescence(smaller)
    parents: NDArray[np.int64] = best.copy()
    names = np.concatenate([rest, [-1], [size]])  # of the nodes of the smaller graph
    parents[rest] = np.where(found[:-1] == len(rest), cycle[leave_from], names[found[:-1]])
    entrance = found[-1] if found[-1] < len(rest) else len(rest)  # its row among the outer ones
    parents[cycle[enter_at[entrance]]] = outer[entrance]
    return parents


def _find_cycle(parents: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """Return the nodes of a cycle, or None: `parents` is (N,), N being the root."""
    size = len(parents)
    seen_from = np.full(size + 1, -1)
    seen_from[size] = size
    for start in range(size):
        node = start
        while seen_from[node] == -1:
            seen_from[node] = start
            node = int(parents[node])
        if node != size and seen_from[node] == start:
            cycle = [node]
            while parents[cycle[-1]] != node:
                cycle.append(int(parents[cycle[-1]]))
            return np.array(cycle)
    return None
